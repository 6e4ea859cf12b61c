//! The calendar that calendar programs subscribe to. They can send no header, so the secret stands in the address: a token
//! that is good for this and nothing else, and no line of the log repeats it.

use app::lang::Lang;
use app::programme::model::Digest;
use app::tokens::{self, Bearer, Purpose, Shown};
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::{origin, tagged};
use crate::error::PageError;
use crate::site::Site;

/// What the address of a calendar ends in, which some programs look at.
const END: &str = ".ics";

pub(crate) async fn show(State(site): State<Site>, Path(file): Path<String>, parts: Parts) -> Result<Response, PageError> {
    let secret = file.strip_suffix(END).ok_or(PageError::NotFound)?;
    let by = match tokens::enter(&site.app, secret, &origin(&parts)).await? {
        Shown::In(Bearer { by, purpose: Purpose::Calendar }) => by,
        Shown::In(_) | Shown::Wrong => return Err(PageError::NotFound),
        Shown::Wait(minutes) => {
            let seconds = minutes.saturating_mul(60).to_string();
            return Ok((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds)]).into_response());
        }
    };
    let calendar = app::calendar::of(&site.app, &by, Lang::Vi, &base(&site, &parts)).await?;
    let tag = Digest::of(calendar.as_bytes()).to_string();
    let headers =
        [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CONTENT_DISPOSITION, "inline; filename=\"luytre.ics\"")];
    Ok(tagged(&parts.headers, &tag, || (headers, calendar).into_response()))
}

/// The address of a calendar with this secret.
pub(crate) fn address(site: &Site, parts: &Parts, secret: &str) -> String {
    format!("{}/calendar/{secret}{END}", base(site, parts))
}

/// This server as the visitor reaches it; the guard let the name pass.
pub(crate) fn base(site: &Site, parts: &Parts) -> String {
    let host = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    format!("{}://{host}", if site.secure { "https" } else { "http" })
}
