//! "Is this message a scam?": open to everybody, nothing of it is kept or written to a log.

use app::engines::scam::Verdict;
use app::offline;
use askama::Template;
use axum::extract::State;
use axum::http::request::Parts;

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, sign_in};
use crate::site::Site;
use crate::visit::{Frame, Turned, Visit};

/// Signs of a message that are looked at here: several times the longest that people get.
pub(super) const MAX_SIGNS: usize = 5_000;

#[derive(Template)]
#[template(path = "scam.html")]
pub(crate) struct ScamPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// What was asked about, to be seen beside the answer.
    text: String,
    answer: Option<Said>,
    max: usize,
}

/// The answer as the page shows it.
pub(super) struct Said {
    /// Of the family `scam-verdict`.
    pub(super) verdict: &'static str,
    /// The look of the notice.
    pub(super) class: &'static str,
    pub(super) reasons: Vec<(String, String)>,
    pub(super) advice: Vec<String>,
}

pub(crate) async fn form(State(site): State<Site>, visit: Result<Visit, Turned>, parts: Parts) -> Result<Page<ScamPage>, PageError> {
    let frame = sign_in::public_frame(&site, visit, &parts, "/scam").await?;
    Ok(Page(ScamPage { frame, errors: Vec::new(), text: String::new(), answer: None, max: MAX_SIGNS }))
}

pub(crate) async fn check(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    form: Form,
) -> Result<Page<ScamPage>, PageError> {
    let frame = sign_in::public_frame(&site, visit, &parts, "/scam").await?;
    let text = form.one("text").to_owned();
    let wrong = match text.chars().count() {
        0 => Some("no-message"),
        1..=MAX_SIGNS => None,
        _ => Some("message-too-long"),
    };
    let fields: Vec<FieldError> = wrong.map(|code| FieldError { field: "text", code }).into_iter().collect();
    let answer = wrong.is_none().then(|| said(&text));
    Ok(Page(ScamPage { errors: wrong_fields(&frame, &fields), text, answer, max: MAX_SIGNS, frame }))
}

pub(super) fn said(text: &str) -> Said {
    let answer = offline::scam(text);
    let class = match answer.verdict {
        Verdict::Danger => "bad",
        Verdict::Suspicious => "soon",
        Verdict::NoSign => "calm",
    };
    let reasons = answer.reasons.into_iter().map(|reason| (reason.quote, reason.why)).collect();
    Said { verdict: answer.verdict.as_str(), class, reasons, advice: answer.advice }
}
