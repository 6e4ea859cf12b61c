//! Cutting one drafted obligation in two: the places where its sentence may be cut, to choose from.

use app::letters;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::letter::cards;
use crate::pages::obligation::{WrongField, load, wrong_fields};
use crate::pages::{Page, done_at, letters as register};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "split.html")]
pub(crate) struct SplitPage {
    frame: Frame,
    errors: Vec<WrongField>,
    letter_href: String,
    letter_title: String,
    action: String,
    cuts: Vec<Cut>,
}

/// A place to cut at: its byte in the letter's text, and what comes out.
struct Cut {
    at: usize,
    first: String,
    second: String,
}

pub(crate) async fn form(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
) -> Result<Page<SplitPage>, PageError> {
    page(&site, visit, &letter, &obligation, &[]).await.map(Page)
}

pub(crate) async fn split(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (view, current) = load(&site, &visit, &letter, &obligation).await?;
    let text = view.text.as_deref().unwrap_or_default();
    let at = form.one("at").parse().ok().filter(|at| letters::cuts(text, current.start..current.end).contains(at));
    let Some(at) = at else {
        let wrong = [FieldError { field: "at", code: "no-cut" }];
        return Ok(Page(page(&site, visit, &letter, &obligation, &wrong).await?).into_response());
    };
    letters::split(&site.app, &visit.by, &current.id, at).await?;
    let anchor = cards::anchor(&view.obligations, current.start);
    Ok(done_at(&format!("/letters/{letter}"), "split", &anchor).into_response())
}

async fn page(site: &Site, visit: Visit, letter: &str, obligation: &str, wrong: &[FieldError]) -> Result<SplitPage, PageError> {
    let (view, current) = load(site, &visit, letter, obligation).await?;
    let text = view.text.as_deref().unwrap_or_default();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = |at: usize| Cut { at, first: part(current.start, at), second: part(at, current.end) };
    let frame = visit.frame("/letters");
    Ok(SplitPage {
        errors: wrong_fields(&frame, wrong),
        letter_href: format!("/letters/{letter}"),
        letter_title: register::title(frame.lang, &view.row),
        action: format!("/letters/{letter}/obligations/{obligation}/split"),
        cuts: letters::cuts(text, current.start..current.end).into_iter().map(cut).collect(),
        frame,
    })
}
