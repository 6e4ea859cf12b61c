//! What the interface for programs is, for the people who write them: short, and open to everybody like its description.

use askama::Template;
use axum::extract::State;
use axum::http::request::Parts;

use crate::error::PageError;
use crate::pages::{Page, calendar, sign_in};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "api.html")]
pub(crate) struct ApiPage {
    frame: Frame,
    base: String,
}

/// Method, address and code (family `api-op`) of what can be asked for; a test holds them against the description.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("GET", "/api/v1/letters", "letters"),
    ("GET", "/api/v1/letters/{letter}", "letter"),
    ("GET", "/api/v1/tasks", "tasks"),
    ("GET", "/api/v1/tasks/{task}", "task"),
    ("POST", "/api/v1/tasks/{task}/evidence", "add-evidence"),
    ("GET", "/api/v1/evidence/{evidence}", "evidence"),
    ("GET", "/api/v1/evidence/{evidence}/file", "evidence-file"),
    ("GET", "/api/v1/rates", "rates"),
    ("POST", "/api/v1/scam", "scam"),
];

/// What can go wrong; codes of the family `api-problem`.
const PROBLEMS: &[&str] = &["400", "401", "403", "404", "405", "409", "410", "413", "415", "421", "422", "429", "500", "503", "507"];

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Result<Visit, crate::visit::Turned>,
    parts: Parts,
) -> Result<Page<ApiPage>, PageError> {
    let frame = match visit {
        Ok(visit) => visit.frame("/manage"),
        Err(_) => sign_in::frame(&site, &parts.headers, "/api").await?,
    };
    Ok(Page(ApiPage { frame, base: calendar::base(&site, &parts) }))
}
