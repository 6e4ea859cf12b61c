//! Signing in at a meeting, by the code on the poster: no account, one field, one answer.

use app::lang::date;
use app::meetings;
use app::programme::decide::Refusal;
use app::views::MeetingView;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::cookies;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::Page;
use crate::pages::meetings::{planned, title};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::site::Site;
use crate::visit::{Frame, origin};

#[derive(Template)]
#[template(path = "attend.html")]
pub(crate) struct AttendPage {
    frame: Frame,
    errors: Vec<WrongField>,
    code: String,
    title: String,
    lines: Vec<String>,
    /// Why no name is taken.
    closed: Option<String>,
    signed: bool,
    name: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    signed: Option<String>,
}

pub(crate) async fn form(
    State(site): State<Site>,
    parts: Parts,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let page = page(&site, &parts, &code).await?;
    let known = !page.title.is_empty();
    let page = Page(AttendPage { signed: asked.signed.is_some() && known, ..page });
    Ok(if known { page.into_response() } else { (StatusCode::NOT_FOUND, page).into_response() })
}

pub(crate) async fn sign_in(State(site): State<Site>, parts: Parts, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let page = page(&site, &parts, &code).await?;
    if page.title.is_empty() {
        return Ok((StatusCode::NOT_FOUND, Page(page)).into_response());
    }
    if page.closed.is_some() {
        return Ok((StatusCode::CONFLICT, Page(page)).into_response());
    }
    let device = cookies::visitor(&parts.headers).unwrap_or_default();
    let wrong = match meetings::sign_in(&site.app, &code, form.one("name"), &origin(&parts), &device).await {
        Ok(_) => return Ok(Redirect::to(&format!("/attend/{}?signed=1", page.code)).into_response()),
        Err(app::Error::Refused(Refusal::EmptyText)) => "no-own-name",
        Err(app::Error::Refused(Refusal::TooLong)) => "person-too-long",
        Err(app::Error::Refused(Refusal::AlreadyDone)) => "name-given",
        Err(app::Error::Account(_)) => "names-wait",
        Err(other) => return Err(other.into()),
    };
    let errors = wrong_fields(&page.frame, &[FieldError { field: "name", code: wrong }]);
    Ok(Page(AttendPage { errors, name: form.one("name").to_owned(), ..page }).into_response())
}

/// The page of a code; without a title where no meeting has it.
async fn page(site: &Site, parts: &Parts, code: &str) -> Result<AttendPage, PageError> {
    let office = app::office::show(&site.app).await?.ok_or(PageError::NotFound)?;
    let meeting = meetings::by_code(&site.app, code, &origin(parts)).await?;
    let frame = Frame::bare(site, &parts.headers, office.unit.name, parts.uri.path());
    let today = site.app.now().day();
    let closed = match &meeting {
        None => Some(frame.t("attend-unknown").into_owned()),
        Some(view) => closed(&frame, view, today),
    };
    let lines =
        |view: &MeetingView| [Some(view.unit.name.clone()), Some(date(view.on)), view.place.clone()].into_iter().flatten().collect();
    Ok(AttendPage {
        errors: Vec::new(),
        // Of a code that no meeting has nothing comes back.
        code: meeting.as_ref().and_then(|view| view.code.clone()).unwrap_or_default(),
        title: meeting.as_ref().map(|view| title(frame.lang, view)).unwrap_or_default(),
        lines: meeting.as_ref().map(lines).unwrap_or_default(),
        closed,
        signed: false,
        name: String::new(),
        frame,
    })
}

fn closed(frame: &Frame, view: &MeetingView, today: jiff::civil::Date) -> Option<String> {
    let days = [("from", date(view.names_from).into()), ("to", date(view.names_until).into())];
    if view.called_off {
        Some(frame.t("attend-called-off").into_owned())
    } else if !planned(view) {
        Some(frame.t("attend-held").into_owned())
    } else if today < view.names_from || view.names_until < today {
        Some(frame.with("attend-not-today", &days))
    } else {
        None
    }
}
