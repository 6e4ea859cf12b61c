//! Reminders by mail: each person's own address and choice.

use app::mail::wanted::{self, Want};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "my_mail.html")]
pub(crate) struct MyMailPage {
    frame: Frame,
    refused: Option<String>,
    is_set_up: bool,
    address: Option<String>,
    pending: Option<String>,
    wants: Vec<Choice>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<MyMailPage>, PageError> {
    Ok(Page(page(&site, visit).await?))
}

async fn page(site: &Site, visit: Visit) -> Result<MyMailPage, PageError> {
    let known = wanted::show(&site.app, &visit.by.person).await?;
    let is_set_up = app::mail::is_set_up(&site.app).await?;
    let frame = visit.frame("/manage");
    let choice = |w: Want| Choice {
        value: w.as_str().to_owned(),
        words: frame.code("my-mail-want", w.as_str()).into_owned(),
        chosen: w == known.want,
    };
    Ok(MyMailPage {
        refused: None,
        is_set_up,
        pending: known.pending.map(|to| frame.with("my-mail-sent", &[("address", to.into())])),
        address: known.address,
        wants: Want::ALL.iter().copied().map(choice).collect(),
        frame,
    })
}

/// The way on, or the page with what went wrong.
async fn after(site: &Site, visit: Visit, result: app::Result<()>, notice: &'static str) -> Result<Response, PageError> {
    let words = match result {
        Ok(()) => return Ok(done("/account/mail", notice).into_response()),
        Err(app::Error::Account(refusal)) => app::lang::code(visit.lang, "refusal", refusal.code()).into_owned(),
        Err(app::Error::Mail(problem)) => app::lang::code(visit.lang, "mail-problem", problem.as_str()).into_owned(),
        Err(other) => return Err(other.into()),
    };
    Ok(Page(MyMailPage { refused: Some(words), ..page(site, visit).await? }).into_response())
}

pub(crate) async fn ask(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let asked = wanted::ask(&site.app, &visit.by.person, form.one("address")).await;
    after(&site, visit, asked, "mail-asked").await
}

pub(crate) async fn confirm(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let confirmed = wanted::confirm(&site.app, &visit.by.person, form.one("code")).await;
    after(&site, visit, confirmed, "mail-confirmed").await
}

pub(crate) async fn want(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    let want: Want = form.one("want").parse().map_err(|_| PageError::field("want", "bad-choice"))?;
    wanted::want(&site.app, &visit.by.person, want).await?;
    Ok(done("/account/mail", "mail-want"))
}

pub(crate) async fn remove(State(site): State<Site>, visit: Visit, _form: Form) -> Result<Redirect, PageError> {
    wanted::remove(&site.app, &visit.by.person).await?;
    Ok(done("/account/mail", "mail-removed"))
}
