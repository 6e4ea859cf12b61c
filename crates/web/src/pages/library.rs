//! What an office makes of a lesson: sheets, papers, sound, a text for its page on a social network; with its own name on each.

use app::lessons::{self, Imprint, Product};
use app::programme::learn::{self, Lesson};
use app::speech;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::error::PageError;
use crate::library::{At, Link, SourceView};
use crate::pages::account::Qr;
use crate::pages::{Page, evidence};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "library.html")]
pub(crate) struct LibraryPage {
    frame: Frame,
    lesson: &'static Lesson,
    topic: String,
    /// The lesson as a page for everybody.
    public: String,
    library: String,
    /// Why nothing is given out.
    expired: Option<String>,
    /// Sheets to be printed from the browser.
    prints: Vec<Link>,
    files: Vec<Link>,
    /// What this program or machine cannot make, and what to do about it.
    lacking: Vec<String>,
    time: String,
    sentences: Vec<&'static str>,
    dated: String,
    /// Only this machine can open the pages: no QR code.
    local: bool,
}

/// A sheet as a page that is printed.
#[derive(Template)]
#[template(path = "lesson_sheet.html")]
pub(crate) struct SheetPage {
    frame: Frame,
    href: String,
    kind: &'static str,
    lesson: &'static Lesson,
    reader: String,
    imprint: Imprint,
    qr: Option<Qr>,
    sources: Vec<SourceView>,
    dated: String,
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path((topic, reader)): Path<(String, String)>,
) -> Result<Page<LibraryPage>, PageError> {
    visit.works()?;
    let lesson = learn::find(&topic, &reader).ok_or(PageError::NotFound)?;
    let local = address(&site, &headers, lesson).is_none();
    let frame = visit.frame("/manage");
    let href = format!("/library/{topic}/{reader}");
    let is_expired = lesson.is_expired(site.app.now().day());
    let (here, elsewhere): (Vec<Product>, Vec<Product>) = Product::ALL.iter().copied().partition(|product| product.is_made_here());
    let file = |product: Product| Link {
        href: format!("{href}/files/{}.{}", product.as_str(), product.extension()),
        words: frame.code("lesson-product", product.as_str()).into_owned(),
    };
    let print = |kind: &str| Link { href: format!("{href}/{kind}"), words: frame.code("lesson-print", kind).into_owned() };
    Ok(Page(LibraryPage {
        topic: frame.code("lesson-topic", &lesson.topic).into_owned(),
        public: At::Server.lesson(lesson),
        library: At::Server.library(),
        expired: is_expired.then(|| frame.with("lesson-expired", &[("date", app::lang::date(lesson.expires).into())])),
        prints: ["leaflet", "handout"].into_iter().filter(|_| !is_expired).map(print).collect(),
        files: here.into_iter().filter(|_| !is_expired).map(file).collect(),
        lacking: lacking(&frame, &elsewhere),
        time: lessons::spoken_time_line(lesson),
        sentences: lessons::sentences(&lesson.spoken),
        dated: lessons::dated(lesson),
        lesson,
        local,
        frame,
    }))
}

fn lacking(frame: &Frame, elsewhere: &[Product]) -> Vec<String> {
    let pdf = elsewhere.contains(&Product::Leaflet).then(|| frame.t("library-no-pdf").into_owned());
    let (debian, windows) = speech::PACKAGES;
    let packages = [("debian", debian.into()), ("windows", windows.into())];
    let sound = elsewhere.contains(&Product::Sound).then(|| frame.with("library-no-sound", &packages));
    pdf.into_iter().chain(sound).collect()
}

pub(crate) async fn leaflet(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path((topic, reader)): Path<(String, String)>,
) -> Result<Page<SheetPage>, PageError> {
    sheet(&site, visit, &headers, (&topic, &reader), "leaflet").await
}

pub(crate) async fn handout(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path((topic, reader)): Path<(String, String)>,
) -> Result<Page<SheetPage>, PageError> {
    sheet(&site, visit, &headers, (&topic, &reader), "handout").await
}

/// A lesson that expired is not given out.
async fn sheet(
    site: &Site,
    visit: Visit,
    headers: &HeaderMap,
    (topic, reader): (&str, &str),
    kind: &'static str,
) -> Result<Page<SheetPage>, PageError> {
    visit.works()?;
    let today = site.app.now().day();
    let lesson = learn::find(topic, reader).filter(|lesson| !lesson.is_expired(today)).ok_or(PageError::NotFound)?;
    let imprint = lessons::imprint(&site.app, address(site, headers, lesson)).await?;
    let frame = visit.frame("/manage");
    let view = crate::library::lesson(&frame, At::Server, lesson, today);
    Ok(Page(SheetPage {
        href: format!("/library/{topic}/{reader}"),
        kind,
        lesson,
        reader: view.reader,
        qr: imprint.address.as_deref().and_then(Qr::of),
        imprint,
        sources: view.sources,
        dated: lessons::dated(lesson),
        frame,
    }))
}

pub(crate) async fn download(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path((topic, reader, name)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    visit.works()?;
    let lesson = learn::find(&topic, &reader).ok_or(PageError::NotFound)?;
    let named = |product: &Product| name == format!("{}.{}", product.as_str(), product.extension());
    let product = Product::ALL.iter().copied().find(named).ok_or(PageError::NotFound)?;
    let made = lessons::make(&site.app, lesson, product, address(&site, &headers, lesson)).await?.ok_or(PageError::NotFound)?;
    Ok(evidence::attachment(&format!("{}-{topic}-{reader}.{}", stem(product), product.extension()), made))
}

/// The first words of a file's name.
fn stem(product: Product) -> &'static str {
    match product {
        Product::Leaflet => "to-roi",
        Product::Handout => "to-phat-tay",
        Product::Slides => "trinh-chieu",
        Product::Script | Product::Sound => "bai-phat-thanh",
        Product::Talk => "tai-lieu-sinh-hoat",
    }
}

/// Where others find the lesson.
fn address(site: &Site, headers: &HeaderMap, lesson: &Lesson) -> Option<String> {
    site.outside(headers).map(|pages| format!("{pages}{}", At::Server.lesson(lesson)))
}
