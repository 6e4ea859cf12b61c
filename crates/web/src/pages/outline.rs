//! A talk outline for a letter: what its attached directive and plan say on each topic, and which of it stays.

use std::collections::BTreeSet;

use app::documents::{self, Format};
use app::outlines::{self, OutlineView};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;

use crate::error::PageError;
use crate::pages::{Page, evidence, letter, letters as register};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "outline.html")]
pub(crate) struct OutlinePage {
    frame: Frame,
    href: String,
    letter_title: String,
    /// Address and name.
    sources: Vec<(String, String)>,
    lacking: Vec<String>,
    topics: Vec<TopicItem>,
    formats: Vec<&'static str>,
}

struct TopicItem {
    section: String,
    text: String,
    quotes: Vec<QuoteItem>,
}

struct QuoteItem {
    /// Place of the topic and of the quote in it: "0.2".
    value: String,
    place: String,
    text: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<OutlinePage>, PageError> {
    let view = letter::load(&site, &visit, &id).await?;
    let outline = load(&site, &visit, &view).await?;
    let frame = visit.frame("/letters");
    let links = outline.source_letters.iter().map(|id| format!("/letters/{id}"));
    let topics = outline.topics.iter().zip(&outline.quotes).enumerate().map(|(topic, (of, quotes))| TopicItem {
        section: of.section.clone(),
        text: of.text.clone(),
        quotes: quotes
            .iter()
            .enumerate()
            .map(|(nth, quote)| QuoteItem { value: format!("{topic}.{nth}"), place: quote.place.clone(), text: quote.text.clone() })
            .collect(),
    });
    Ok(Page(OutlinePage {
        href: format!("/letters/{}", view.row.id),
        letter_title: register::title(frame.lang, &view.row),
        sources: links.zip(outline.sources.iter().map(|source| source.named.clone())).collect(),
        topics: topics.collect(),
        lacking: outline.lacking,
        formats: Format::all().iter().map(|format| format.extension()).collect(),
        frame,
    }))
}

/// The outline as a document, with the quotes that were ticked.
pub(crate) async fn document(
    State(site): State<Site>,
    visit: Visit,
    Path((id, name)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, PageError> {
    let view = letter::load(&site, &visit, &id).await?;
    let format = Format::all().iter().copied().find(|f| name == format!("outline.{}", f.extension())).ok_or(PageError::NotFound)?;
    let outline = load(&site, &visit, &view).await?;
    let query = uri.query().unwrap_or_default();
    let ticked = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "keep").map(|(_, value)| value.into_owned());
    let ticked: BTreeSet<String> = ticked.collect();
    let paper = outlines::document(&site.app, &outline, |topic, nth| ticked.contains(&format!("{topic}.{nth}"))).await?;
    let bytes = documents::render(&site.app, paper, format, site.app.now()).await?.ok_or(PageError::NotFound)?;
    Ok(evidence::attachment(&format!("de-cuong.{}", format.extension()), bytes))
}

async fn load(site: &Site, visit: &Visit, view: &app::views::LetterView) -> Result<OutlineView, PageError> {
    let scope = visit.scope(site).await?;
    outlines::show(&site.app, &scope, &view.row.id).await?.ok_or(PageError::NotFound)
}
