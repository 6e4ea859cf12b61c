//! A letter that the office writes: edited in plain fields, seen as it will look, numbered, replaced by its signed copy.

use app::documents::Format;
use app::drafts::{self, DraftEdit, Preview, PreviewPiece};
use app::lang::{code_key, date, moment, t};
use app::programme::ids::{LetterId, UnitId};
use app::programme::model::Urgency;
use app::views::{DraftView, FrontView};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use serde::Deserialize;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, done_at, evidence, letter};
use crate::shown;
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "draft.html")]
pub(crate) struct DraftPage {
    frame: Frame,
    errors: Vec<WrongField>,
    title: String,
    /// The letter that this one carries on: address and number.
    upper: Option<(String, String)>,
    edited: String,
    href: String,
    letter_href: String,
    subject: String,
    to: String,
    paragraphs: Vec<Field>,
    recipients: String,
    authority: String,
    position: String,
    signer: String,
    urgencies: Vec<Choice>,
    number: String,
    day: String,
    formats: Vec<&'static str>,
    /// Who can be asked for an opinion; chosen are those who are.
    fronts: Vec<Choice>,
    until: String,
}

/// One paragraph to be edited; its number counts those that are kept.
struct Field {
    number: usize,
    text: String,
    rows: usize,
}

#[derive(Template)]
#[template(path = "draft_preview.html")]
pub(crate) struct PreviewPage {
    frame: Frame,
    title: String,
    href: String,
    formats: Vec<&'static str>,
    letter: Preview,
}

/// Where an empty paragraph is wanted: behind this one.
#[derive(Deserialize)]
pub(crate) struct Blank {
    blank: Option<usize>,
}

/// Begins a draft from an incoming letter, or goes on with the one that is there.
pub(crate) async fn make(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let view = letter::load(&site, &visit, &letter).await?;
    visit.registers()?;
    let draft = drafts::make(&site.app, &visit.by, &view.row.id).await?;
    Ok(done(&format!("/letters/{draft}/draft"), "draft-made"))
}

/// The draft of an address, for those who write the office's letters.
async fn load(site: &Site, visit: &Visit, letter: &str) -> Result<DraftView, PageError> {
    let id: LetterId = letter.parse().map_err(|_| PageError::NotFound)?;
    if !visit.scope(site).await?.sees_letter(&id) {
        return Err(PageError::NotFound);
    }
    visit.registers()?;
    drafts::show(&site.app, &id).await?.ok_or(PageError::NotFound)
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
    Query(Blank { blank }): Query<Blank>,
) -> Result<Page<DraftPage>, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let mut page = page(visit.frame("/letters"), &view, site.app.now().day());
    if let Some(at) = blank {
        let at = at.min(page.paragraphs.len());
        page.paragraphs.insert(at, Field { number: at + 1, text: String::new(), rows: 2 });
        page.paragraphs.iter_mut().enumerate().for_each(|(idx, field)| field.number = idx + 1);
    }
    Ok(Page(page))
}

/// Saves, and then adds or takes out a paragraph, or shows the letter.
pub(crate) async fn save(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let then = form.one("then");
    let (verb, at) = then.split_once('-').unwrap_or((then, ""));
    let at: usize = at.parse().unwrap_or(0);
    let mut texts: Vec<&str> = form.all("paragraph");
    if verb == "remove" && (1..=texts.len()).contains(&at) {
        texts.remove(at - 1);
    }
    if texts.iter().all(|text| text.is_empty()) {
        let mut page = page(visit.frame("/letters"), &view, site.app.now().day());
        page.errors = wrong_fields(&page.frame, &[FieldError { field: "p1", code: "no-paragraph" }]);
        return Ok(Page(page).into_response());
    }
    // A blank paragraph before the place counts for nothing: it is not kept.
    let kept = texts.iter().take(at).filter(|text| !text.is_empty()).count();
    drafts::edit(&site.app, &visit.by, &view.id, read(&form, &texts)).await?;
    let path = format!("/letters/{letter}/draft");
    Ok(match verb {
        "add" => Redirect::to(&format!("{path}?blank={kept}#p{}", kept + 1)),
        "remove" => done_at(&path, "draft-saved", &format!("#p{}", at.saturating_sub(1).max(1))),
        "preview" => Redirect::to(&format!("{path}/preview")),
        _ => done(&path, "draft-saved"),
    }
    .into_response())
}

fn read(form: &Form, texts: &[&str]) -> DraftEdit {
    let lines = |name: &str| form.one(name).lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    DraftEdit {
        subject: Some(form.one("subject").to_owned()),
        to: Some(lines("to")),
        paragraphs: Some(drafts::paragraphs(&texts.join("\n"))),
        recipients: Some(lines("recipients").iter().map(|line| recipient(line)).collect()),
        authority: Some(lines("authority")),
        position: Some(form.one("position").to_owned()),
        signer: Some(form.one("signer").to_owned()),
        urgency: Some(form.one("urgency").parse().ok()),
    }
}

/// "Đảng ủy (để b/c)" → the name, and what the copy is for.
fn recipient(line: &str) -> (String, Option<String>) {
    let split = line.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).filter(|(name, _)| !name.trim().is_empty());
    match split {
        Some((name, purpose)) => (name.trim().to_owned(), Some(purpose.trim().to_owned())),
        None => (line.to_owned(), None),
    }
}

pub(crate) async fn number(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let day = dates::read(form.one("date"));
    let mut wrong = Vec::new();
    if form.some("number").is_none() {
        wrong.push(FieldError { field: "number", code: "no-number" });
    }
    if day.is_none() {
        wrong.push(FieldError { field: "date", code: "bad-day" });
    }
    let by = visit.by.clone();
    let mut page = page(visit.frame("/letters"), &view, site.app.now().day());
    page.errors = wrong_fields(&page.frame, &wrong);
    if let Some(day) = day.filter(|_| wrong.is_empty()) {
        match drafts::number(&site.app, &by, &view.id, form.one("number"), day).await {
            Ok(()) => return Ok(done(&format!("/letters/{letter}/draft"), "draft-numbered").into_response()),
            Err(error) => page.errors = vec![refused(&page.frame, "number", error)?],
        }
    }
    (page.number, page.day) = (form.one("number").to_owned(), form.one("date").to_owned());
    Ok(Page(page).into_response())
}

/// A refusal said at the field that it is about; anything else is an answer of its own.
fn refused(frame: &Frame, field: &'static str, error: app::Error) -> Result<WrongField, PageError> {
    use app::programme::decide::Refusal as R;
    match &error {
        app::Error::Refused(
            refusal @ (R::NumberTaken
            | R::BadNumber
            | R::EmptyText
            | R::TooLong
            | R::NoLetter
            | R::AlreadyReceived { .. }
            | R::ReceivedAndRemoved { .. }
            | R::NotExaminable),
        ) => Ok(WrongField { field, words: t(frame.lang, &code_key("refusal", refusal.code())).into_owned() }),
        _ => Err(error.into()),
    }
}

/// Days that are proposed for an opinion.
const OPINION_DAYS: i64 = 10;

/// Asks units of the Front for their opinion; those that are not ticked are not asked any more.
pub(crate) async fn ask(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let (by, today) = (visit.by.clone(), site.app.now().day());
    let chosen = form.all("fronts");
    let units: Vec<UnitId> = view.fronts.iter().map(|f| f.unit.clone()).filter(|unit| chosen.contains(&unit.as_str())).collect();
    // Whoever asks nobody needs no day.
    let until = dates::read(form.one("until")).or(units.is_empty().then_some(today));
    let wrong = match until {
        None => "bad-day",
        Some(until) if until < today && !units.is_empty() => "answer-day-past",
        Some(until) => {
            drafts::ask(&site.app, &by, &view.id, &units, until).await?;
            return Ok(done(&format!("/letters/{letter}/draft"), "draft-asked").into_response());
        }
    };
    let mut page = page(visit.frame("/letters"), &view, today);
    page.errors = wrong_fields(&page.frame, &[FieldError { field: "until", code: wrong }]);
    page.fronts.iter_mut().for_each(|front| front.chosen = units.iter().any(|unit| unit.as_str() == front.value));
    form.one("until").clone_into(&mut page.until);
    Ok(Page(page).into_response())
}

/// Takes in the signed copy: the draft is a letter that went out.
pub(crate) async fn signed(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
    mut upload: Upload,
) -> Result<Response, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let by = visit.by.clone();
    let mut page = page(visit.frame("/letters"), &view, site.app.now().day());
    let Some(file) = upload.files.pop() else {
        page.errors = wrong_fields(&page.frame, &[FieldError { field: "files", code: "no-file" }]);
        return Ok(Page(page).into_response());
    };
    let file = app::letters::Upload { name: file.name, bytes: file.bytes };
    match drafts::register_signed(&site.app, &by, &view.id, file).await {
        Ok(()) => Ok(done(&format!("/letters/{letter}"), "draft-signed").into_response()),
        Err(error) => {
            page.errors = vec![refused(&page.frame, "files", error)?];
            Ok(Page(page).into_response())
        }
    }
}

pub(crate) async fn preview(State(site): State<Site>, visit: Visit, Path(letter): Path<String>) -> Result<Page<PreviewPage>, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let shown = drafts::preview(&site.app, &view.id).await?.ok_or(PageError::NotFound)?;
    let frame = visit.frame("/letters");
    let title = title(&frame, &view);
    Ok(Page(PreviewPage { title, href: format!("/letters/{}/draft", view.id), formats: formats(), letter: shown, frame }))
}

pub(crate) async fn download(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path((letter, document)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let format = Format::all().iter().copied().find(|f| document == format!("draft.{}", f.extension())).ok_or(PageError::NotFound)?;
    let bytes = drafts::render(&site.app, &view.id, format, site.outside(&headers).as_deref()).await?.ok_or(PageError::NotFound)?;
    let name = view.code.as_deref().unwrap_or("du-thao").replace(['/', '\\'], "-");
    Ok(evidence::attachment(&format!("{name}.{}", format.extension()), bytes))
}

fn formats() -> Vec<&'static str> {
    Format::all().iter().map(|f| f.extension()).collect()
}

fn title(frame: &Frame, view: &DraftView) -> String {
    let code = view.code.as_deref().map(|code| shown::letter_code_inside(frame.lang, Some(code)));
    code.map_or_else(|| frame.t("draft-title").into_owned(), |code| frame.with("draft-title-of", &[("code", code.into())]))
}

fn page(frame: Frame, view: &DraftView, today: Date) -> DraftPage {
    let body = &view.body;
    let field = |(idx, paragraph): (usize, &drafts::Paragraph)| {
        let text = drafts::lines(std::slice::from_ref(paragraph));
        Field { number: idx + 1, rows: (text.chars().count() / 75 + 1).clamp(1, 8), text }
    };
    let recipients = body.recipients.iter().map(|(name, purpose)| match purpose {
        Some(purpose) => format!("{name} ({purpose})"),
        None => name.clone(),
    });
    let urgency = |u: &Urgency| Choice {
        value: u.to_string(),
        words: frame.code("urgency", u.as_str()).into_owned(),
        chosen: body.urgency == Some(*u),
    };
    let front = |front: &FrontView| Choice {
        value: front.unit.to_string(),
        words: match front.until {
            Some(until) => format!("{} ({})", front.name, frame.with("draft-ask-now", &[("date", date(until).into())])),
            None => front.name.clone(),
        },
        chosen: front.until.is_some(),
    };
    let usual = today.checked_add(jiff::Span::new().days(OPINION_DAYS)).unwrap_or(today);
    let until = view.fronts.iter().filter_map(|front| front.until).max().unwrap_or(usual);
    let who = view.edited_by.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
    DraftPage {
        errors: Vec::new(),
        title: title(&frame, view),
        upper: view.implements.as_ref().map(|id| {
            let code = shown::letter_code_inside(frame.lang, view.implements_code.as_deref());
            (format!("/letters/{id}"), frame.with("draft-upper", &[("code", code.into())]))
        }),
        edited: frame.with("draft-edited", &[("who", who.into()), ("at", moment(view.edited_at).into())]),
        href: format!("/letters/{}/draft", view.id),
        letter_href: format!("/letters/{}", view.id),
        subject: body.subject.clone(),
        to: body.to.join("\n"),
        paragraphs: body.paragraphs.iter().enumerate().map(field).collect(),
        recipients: recipients.collect::<Vec<_>>().join("\n"),
        authority: body.authority.join("\n"),
        position: body.position.clone(),
        signer: body.signer.clone(),
        urgencies: Urgency::ALL.iter().map(urgency).collect(),
        number: body.number.clone().unwrap_or_default(),
        day: dates::written(view.date.unwrap_or(today)),
        formats: formats(),
        fronts: view.fronts.iter().map(front).collect(),
        until: dates::written(until),
        frame,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_read_with_what_it_is_for() {
        let of = |line: &str| recipient(line);
        assert_eq!(of("Tỉnh ủy (để b/c)"), ("Tỉnh ủy".to_owned(), Some("để b/c".to_owned())));
        assert_eq!(of("Như trên"), ("Như trên".to_owned(), None));
        assert_eq!(of("(để b/c)"), ("(để b/c)".to_owned(), None));
    }
}
