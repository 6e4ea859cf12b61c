//! "Is this a scam?": a message, a link, a number, a picture of a code; open to everybody, nothing of it is kept or written to
//! a log.

use std::time::Instant;

use app::engines::scam::number::normal_account;
use app::engines::scam::picture::Unread;
use app::engines::scam::question::LISTED;
use app::engines::scam::{Answer, Verdict};
use app::lang::date;
use app::scams::{self, Asked};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::guard::Peer;
use crate::pace::{PICTURE, QUESTION};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, sign_in};
use crate::site::Site;
use crate::visit::{Frame, Turned, Visit};

/// Signs of a message that are looked at here: several times the longest that people get.
pub(crate) const MAX_SIGNS: usize = 5_000;
/// Signs of an account or the name of a bank.
pub(crate) const MAX_LINE: usize = 100;
/// Bytes of a form with a picture: the picture and what stands around it.
pub(crate) const MAX_FORM_BYTES: usize = app::engines::scam::picture::MAX_BYTES + (64 << 10);

#[derive(Template)]
#[template(path = "scam.html")]
pub(crate) struct ScamPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// What was asked about, to be seen beside the answer.
    text: String,
    account: String,
    bank: String,
    answer: Option<Said>,
    max: usize,
}

/// The answer as the page shows it.
pub(super) struct Said {
    /// Of the family `scam-verdict`.
    pub(super) verdict: &'static str,
    /// The look of the notice.
    pub(super) class: &'static str,
    pub(super) read: Vec<String>,
    pub(super) reasons: Vec<(String, String)>,
    /// What is told beside gives no alarm.
    pub(super) calm: bool,
    pub(super) listed: Vec<InList>,
    pub(super) advice: Vec<String>,
}

/// Where something stands in a list.
pub(super) struct InList {
    pub(super) words: String,
    pub(super) appeal: Option<String>,
}

pub(crate) async fn form(State(site): State<Site>, visit: Result<Visit, Turned>, parts: Parts) -> Result<Page<ScamPage>, PageError> {
    let frame = sign_in::public_frame(&site, visit, &parts, "/scam").await?;
    Ok(Page(blank(frame)))
}

fn blank(frame: Frame) -> ScamPage {
    let (text, account, bank) = (String::new(), String::new(), String::new());
    ScamPage { errors: Vec::new(), text, account, bank, answer: None, max: MAX_SIGNS, frame }
}

/// A message, a link or a telephone number.
pub(crate) async fn check(State(site): State<Site>, visit: Result<Visit, Turned>, parts: Parts, form: Form) -> Result<Response, PageError> {
    let page = blank(sign_in::public_frame(&site, visit, &parts, "/scam").await?);
    let page = ScamPage { text: form.one("text").to_owned(), ..page };
    match page.text.chars().count() {
        0 => Ok(wrong(page, "text", "no-message")),
        1..=MAX_SIGNS => {
            let asked = Asked::Text(page.text.clone());
            told(&site, &parts, page, asked).await
        }
        _ => Ok(wrong(page, "text", "message-too-long")),
    }
}

/// An account, with the bank's name.
pub(crate) async fn account(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    form: Form,
) -> Result<Response, PageError> {
    let page = blank(sign_in::public_frame(&site, visit, &parts, "/scam").await?);
    let page = ScamPage { account: form.one("account").to_owned(), bank: form.one("bank").to_owned(), ..page };
    let is_long = |value: &String| value.chars().count() > MAX_LINE;
    if is_long(&page.account) || is_long(&page.bank) {
        let field = if is_long(&page.account) { "account" } else { "bank" };
        return Ok(wrong(page, field, "too-long-line"));
    }
    if page.account.is_empty() {
        return Ok(wrong(page, "account", "no-account"));
    }
    if normal_account(&page.account).is_none() {
        return Ok(wrong(page, "account", "no-account-number"));
    }
    let asked = Asked::Account { number: page.account.clone(), bank: page.bank.clone() };
    told(&site, &parts, page, asked).await
}

/// A picture of a code; of several files the first one.
pub(crate) async fn picture(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    upload: Result<Upload, PageError>,
) -> Result<Response, PageError> {
    let page = blank(sign_in::public_frame(&site, visit, &parts, "/scam").await?);
    let upload = match upload {
        Err(PageError::TooLarge) => return Ok((StatusCode::PAYLOAD_TOO_LARGE, wrong(page, "picture", "picture-too-large")).into_response()),
        other => other?,
    };
    match upload.files.into_iter().next() {
        Some(file) => told(&site, &parts, page, Asked::Picture(file.bytes)).await,
        None => Ok(wrong(page, "picture", "no-picture-file")),
    }
}

async fn told(site: &Site, parts: &Parts, page: ScamPage, asked: Asked) -> Result<Response, PageError> {
    if let Err(seconds) = paced(site, parts, &asked) {
        let mut response =
            Page(ScamPage { errors: wrong_fields(&page.frame, &[FieldError { field: "text", code: "asked-too-often" }]), ..page })
                .into_response();
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(axum::http::header::RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    match scams::ask(&site.app, asked).await? {
        Ok(answer) => {
            let answer = Some(said(&page.frame, answer));
            Ok(Page(ScamPage { answer, ..page }).into_response())
        }
        Err(unread) => Ok(wrong(page, "picture", unread.code())),
    }
}

/// Whether this address may ask now; else the seconds until it may.
pub(crate) fn paced(site: &Site, parts: &Parts, asked: &Asked) -> Result<(), u64> {
    let address = parts.extensions.get::<Peer>().map(|peer| peer.0.as_str()).unwrap_or_default();
    let steps = if matches!(asked, Asked::Picture(_)) { PICTURE } else { QUESTION };
    site.pace.take(address, steps, Instant::now())
}

/// The page with what is wrong. It is no failure: whoever asked sees the form again, and what they typed.
fn wrong(page: ScamPage, field: &'static str, code: &'static str) -> Response {
    let errors = wrong_fields(&page.frame, &[FieldError { field, code }]);
    Page(ScamPage { errors, ..page }).into_response()
}

pub(super) fn said(frame: &Frame, answer: Answer) -> Said {
    let class = match answer.verdict {
        Verdict::Danger => "bad",
        Verdict::Suspicious => "soon",
        Verdict::NoSign => "calm",
    };
    let day = |iso: &str| iso.parse().map_or_else(|_| iso.to_owned(), date);
    let in_list = |listed: app::engines::scam::verdict::Listed| {
        let until = listed.until.as_deref().map(day);
        let key = if until.is_some() { "scam-listed-until" } else { "scam-listed" };
        let values = [
            ("value", listed.quote.into()),
            ("source", listed.source.into()),
            ("on", day(&listed.on).into()),
            ("until", until.unwrap_or_default().into()),
            ("why", listed.why.into()),
        ];
        InList { words: frame.with(key, &values), appeal: listed.appeal }
    };
    Said {
        verdict: answer.verdict.as_str(),
        class,
        read: answer.read,
        // What stands in a list is told by itself, with its days and where to appeal.
        reasons: answer.reasons.into_iter().filter(|reason| reason.rule != LISTED).map(|reason| (reason.quote, reason.why)).collect(),
        calm: answer.verdict == Verdict::NoSign,
        listed: answer.listed.into_iter().map(in_list).collect(),
        advice: answer.advice,
    }
}

/// Why a picture was not read, for the interface.
pub(crate) fn unread(unread: Unread) -> PageError {
    PageError::field("qr", unread.code())
}
