//! "Is this a scam?" for programs: the same answer as the page and the command give, without a token, and nothing of it is kept.

use app::engines::scam::picture::MAX_BYTES;
use app::engines::scam::wire::AnswerLine;
use app::scams::{self, Asked};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer};

use super::{Answer, Refused};
use crate::error::PageError;
use crate::form::json;
use crate::pages::scam::{MAX_LINE, MAX_SIGNS, paced, unread};
use crate::site::Site;

/// Bytes of a body: a picture in base64, and what stands around it.
const MAX_BODY: usize = MAX_BYTES / 3 * 4 + (64 << 10);

/// What is asked about: exactly one of these, and the bank with an account alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    #[serde(default, deserialize_with = "given")]
    text: Option<String>,
    #[serde(default, deserialize_with = "given")]
    link: Option<String>,
    #[serde(default, deserialize_with = "given")]
    phone: Option<String>,
    #[serde(default, deserialize_with = "given")]
    account: Option<String>,
    #[serde(default, deserialize_with = "given")]
    bank: Option<String>,
    #[serde(default, deserialize_with = "given")]
    qr: Option<String>,
}

/// A part that is there is a string: `null` is not the same as left out.
fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    String::deserialize(value).map(Some)
}

pub(super) async fn ask(State(site): State<Site>, request: Request) -> Answer<Response> {
    if request.uri().query().is_some_and(|query| !query.is_empty()) {
        return Err(PageError::field("query", "unknown-parameter").into());
    }
    let parts = request_parts(&request);
    let body = json(request, &site, MAX_BODY).await?.ok_or(Refused::MediaType("application/json"))?;
    // A list would be taken for the parts in their order.
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(PageError::field("body", "bad-question").into());
    }
    let question: Question = serde_json::from_slice(&body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => PageError::field("body", "bad-question").into(),
        _ => Refused::Unreadable,
    })?;
    drop(body);
    let asked = asked(question)?;
    paced(&site, &parts, &asked).map_err(Refused::TooOften)?;
    let answer = scams::ask(&site.app, asked).await?.map_err(unread)?;
    let json = serde_json::to_vec(&AnswerLine::from(&answer)).map_err(|error| PageError::Internal(error.into()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}

/// What is known of who asks; the body stays where it is.
fn request_parts(request: &Request) -> axum::http::request::Parts {
    let (mut parts, ()) = axum::http::Request::new(()).into_parts();
    parts.extensions = request.extensions().clone();
    parts
}

fn asked(question: Question) -> Answer<Asked> {
    let Question { text, link, phone, account, bank, qr } = question;
    let given = [&text, &link, &phone, &account, &qr].into_iter().flatten().count();
    if given != 1 || bank.is_some() && account.is_none() {
        return Err(PageError::field("body", "one-question").into());
    }
    for (field, value) in [("phone", &phone), ("account", &account), ("bank", &bank)] {
        if value.as_ref().is_some_and(|value| value.chars().count() > MAX_LINE) {
            return Err(PageError::field(field, "too-long-line").into());
        }
    }
    if let Some(qr) = qr {
        let bytes = STANDARD.decode(qr).map_err(|_| PageError::field("qr", "bad-base64"))?;
        return Ok(Asked::Picture(bytes));
    }
    if let Some(number) = account {
        return Ok(Asked::Account { number, bank: bank.unwrap_or_default() });
    }
    if let Some(number) = phone {
        return Ok(Asked::Phone(number));
    }
    let text = text.or(link).unwrap_or_default();
    if text.chars().count() > MAX_SIGNS {
        return Err(PageError::field("text", "message-too-long").into());
    }
    if !text.contains(char::is_alphanumeric) {
        return Err(PageError::field("text", "no-message").into());
    }
    Ok(Asked::Text(text))
}
