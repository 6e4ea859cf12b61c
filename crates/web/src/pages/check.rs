//! Did the office issue this paper? Open to everybody, by the code that stands on it.

use app::checks::{self, Paper};
use app::lang::date;
use app::voices::spaced;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::error::PageError;
use crate::pages::account::Qr;
use crate::pages::{Page, letter, voices};
use crate::site::Site;
use crate::visit::{Frame, Turned, Visit, host};

#[derive(Template)]
#[template(path = "check.html")]
pub(crate) struct CheckPage {
    frame: Frame,
    code: String,
    /// Of the family `check`; empty where nothing was asked.
    answer: &'static str,
    class: &'static str,
    facts: Vec<(String, String)>,
    /// Somebody may say that the paper is forged.
    can_report: bool,
}

#[derive(Template)]
#[template(path = "letter_check.html")]
pub(crate) struct LetterCheckPage {
    frame: Frame,
    href: String,
    title: String,
    code: String,
    address: String,
    qr: Option<Qr>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    code: Option<String>,
}

fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(20).collect()
}

/// The form for a code that is typed in.
pub(crate) async fn form(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    if let Some(code) = asked.code.as_deref().map(typed).filter(|code| !code.is_empty()) {
        return Ok(Redirect::to(&format!("/check/{code}")).into_response());
    }
    let frame = voices::frame(&site, visit, &parts, "/check").await?;
    Ok(Page(CheckPage { frame, code: String::new(), answer: "", class: "", facts: Vec::new(), can_report: false }).into_response())
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Path(code): Path<String>,
) -> Result<Page<CheckPage>, PageError> {
    let frame = voices::frame(&site, visit, &parts, "/check").await?;
    let code = typed(&code);
    let paper = checks::check(&site.app, &code).await?;
    let (answer, class) = match &paper {
        Paper::Issued { .. } => ("issued", "good"),
        Paper::Numbered { .. } => ("numbered", "soon"),
        Paper::Withdrawn => ("withdrawn", "soon"),
        Paper::Secret => ("secret", "soon"),
        Paper::NoCode => ("no-code", "soon"),
        Paper::Unknown => ("unknown", "bad"),
    };
    let can_report = matches!(paper, Paper::Unknown | Paper::Withdrawn | Paper::Issued { .. });
    let fact = |key: &str, value: Option<String>| value.map(|value| (frame.t(key).into_owned(), value));
    let facts = match paper {
        Paper::Issued { code, date: day, subject } => {
            vec![fact("check-number", code), fact("check-date", day.map(date)), fact("check-subject", subject)]
        }
        Paper::Numbered { code, date: day } => vec![fact("check-number", code), fact("check-date", day.map(date))],
        _ => Vec::new(),
    };
    Ok(Page(CheckPage { code: spaced(&code), answer, class, facts: facts.into_iter().flatten().collect(), can_report, frame }))
}

/// The code of a letter of the office, to be printed beside it.
pub(crate) async fn of_letter(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Page<LetterCheckPage>, PageError> {
    let view = letter::load(&site, &visit, &id).await?;
    let code = checks::code(&site.app, &view.row.id).await?.filter(|_| view.row.secrecy.is_none()).ok_or(PageError::NotFound)?;
    let scheme = if site.secure { "https" } else { "http" };
    let address = format!("{scheme}://{}/check/{code}", host(&headers));
    let frame = visit.frame("/letters");
    let title = crate::shown::letter_code(frame.lang, view.row.code.as_deref());
    Ok(Page(LetterCheckPage { href: format!("/letters/{id}"), title, qr: Qr::of(&address), code: spaced(&code), address, frame }))
}
