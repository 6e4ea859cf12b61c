//! "I got a suspicious letter": open to everybody. A drill's letter is thanked for at once; of any other the check says what it
//! shows and whom to tell. Nothing of the text is kept.

use app::drills;
use app::scams::{self, Asked};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::request::Parts;
use serde::Deserialize;

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::scam::{MAX_SIGNS, Said, said};
use crate::pages::{Page, sign_in};
use crate::site::Site;
use crate::visit::{Turned, Visit};

#[derive(Template)]
#[template(path = "report_mail.html")]
pub(crate) struct ReportMailPage {
    frame: crate::visit::Frame,
    errors: Vec<WrongField>,
    text: String,
    /// It was a drill.
    thanks: bool,
    answer: Option<Said>,
    max: usize,
}

#[derive(Deserialize)]
pub(crate) struct From {
    link: Option<String>,
}

pub(crate) async fn form(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    Query(from): Query<From>,
    parts: Parts,
) -> Result<Page<ReportMailPage>, PageError> {
    let frame = sign_in::public_frame(&site, visit, &parts, "/report-mail").await?;
    // From the page behind a link: only what can be a token comes back.
    let token = from.link.filter(|link| link.len() <= 64 && link.bytes().all(|b| b.is_ascii_alphanumeric()));
    let text = token.map(|token| format!("{}{token}", app::programme::drill::TOKEN_PATH)).unwrap_or_default();
    Ok(Page(ReportMailPage { errors: Vec::new(), text, thanks: false, answer: None, max: MAX_SIGNS, frame }))
}

pub(crate) async fn report(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    form: Form,
) -> Result<Page<ReportMailPage>, PageError> {
    let frame = sign_in::public_frame(&site, visit, &parts, "/report-mail").await?;
    let text = form.one("text").to_owned();
    let wrong = match text.chars().count() {
        0 => Some("no-message"),
        1..=MAX_SIGNS => None,
        _ => Some("message-too-long"),
    };
    let fields: Vec<FieldError> = wrong.map(|code| FieldError { field: "text", code }).into_iter().collect();
    let thanks = wrong.is_none() && drills::report(&site.app, &text).await?;
    let answer = match wrong.is_none() && !thanks {
        true => scams::ask(&site.app, Asked::Text(text.clone())).await?.ok().map(|answer| said(&frame, answer)),
        false => None,
    };
    let errors = wrong_fields(&frame, &fields);
    Ok(Page(ReportMailPage { errors, text: if thanks { String::new() } else { text }, thanks, answer, max: MAX_SIGNS, frame }))
}
