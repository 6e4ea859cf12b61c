//! Behind the link of a drill's letter: what gave it away, and nothing that could be filled in. No cookie is set here, no form
//! stands here, and nothing of who came is kept. And the way out of drills, from the letter that tells of them.

use app::drills;
use app::programme::drill::Visit as Coming;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, sign_in};
use crate::site::Site;
use crate::visit::Frame;

#[derive(Template)]
#[template(path = "landing.html")]
pub(crate) struct LandingPage {
    frame: Frame,
    /// Empty where no drill has such a link, or has it no more.
    report_href: String,
    sender: String,
    subject: String,
    letter: String,
    cues: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "drill_leave.html")]
pub(crate) struct LeavePage {
    frame: Frame,
    href: String,
    known: bool,
    is_out: bool,
}

/// A page with neither a form nor a person: the same for everybody.
async fn plain(site: &Site, headers: &HeaderMap) -> Result<Frame, PageError> {
    let mut frame = sign_in::frame(site, headers, "/").await?;
    frame.token = String::new();
    Ok(frame)
}

pub(crate) async fn show(State(site): State<Site>, parts: Parts, Path(token): Path<String>) -> Result<Response, PageError> {
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let coming = Coming {
        head: parts.method == Method::HEAD,
        agent: text("user-agent"),
        takes_page: text(header::ACCEPT.as_str()).contains("text/html"),
        ahead: [text("purpose"), text("sec-purpose"), text("x-moz")].iter().any(|why| why.contains("prefetch") || why.contains("preview")),
        after_ms: None,
    };
    let teaching = drills::visit(&site.app, &token, coming).await?;
    let frame = plain(&site, &parts.headers).await?;
    let Some(drills::Teaching { lure, text }) = teaching else {
        let none = String::new;
        let page = LandingPage { report_href: none(), sender: none(), subject: none(), letter: none(), cues: Vec::new(), frame };
        return Ok((StatusCode::NOT_FOUND, Page(page)).into_response());
    };
    let link = frame.t("drill-cue-link");
    let quote = |quote: &str| if quote == app::programme::drill::LINK { link.to_string() } else { quote.to_owned() };
    let cues = lure.cues.iter().map(|cue| (quote(&cue.quote), cue.why.clone())).collect();
    let page = LandingPage {
        report_href: format!("/report-mail?link={token}"),
        sender: lure.sender.clone(),
        subject: lure.subject.clone(),
        letter: text,
        cues,
        frame,
    };
    Ok(Page(page).into_response())
}

/// Asking first: programs that look at mail open every link in it, and would put people out of drills.
pub(crate) async fn leave_form(State(site): State<Site>, parts: Parts, Path(way): Path<String>) -> Result<Response, PageError> {
    let left = drills::left(&site.app, &way).await?;
    let frame = sign_in::frame(&site, &parts.headers, "/").await?;
    let page = LeavePage { href: format!("/drills/leave/{way}"), known: left.is_some(), is_out: left.unwrap_or_default(), frame };
    let status = if page.known { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok((status, Page(LeavePage { href: if page.known { page.href } else { String::new() }, ..page })).into_response())
}

pub(crate) async fn leave(State(site): State<Site>, parts: Parts, Path(way): Path<String>, _form: Form) -> Result<Response, PageError> {
    if !drills::leave(&site.app, &way).await? {
        return Err(PageError::NotFound);
    }
    let frame = sign_in::frame(&site, &parts.headers, "/").await?;
    Ok(Page(LeavePage { href: String::new(), known: true, is_out: true, frame }).into_response())
}
