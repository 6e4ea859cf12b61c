//! The letters of a drill that a person has to look after: of which nobody knows whether they went, and those that were refused.
//! Nothing that a reader did stands here.

use app::drills::{self, Letter};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done, drill, drills as all};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "drill_letters.html")]
pub(crate) struct LettersPage {
    frame: Frame,
    href: String,
    title: String,
    unknown: Vec<Letter>,
    refused: Vec<Letter>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<LettersPage>, PageError> {
    let view = drill::seen(&site, &visit, &id).await?;
    let letters = drills::letters(&site.app, &visit.by, &view.id).await?;
    let (unknown, refused) = letters.into_iter().partition(|letter| letter.unknown);
    let title = all::title(visit.lang, &view);
    Ok(Page(LettersPage { href: format!("/drills/{id}"), title, unknown, refused, frame: visit.frame("/manage") }))
}

/// What the mail server's log says of one letter.
pub(crate) async fn settle(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let view = drill::seen(&site, &visit, &id).await?;
    all::runs(&visit)?;
    let number: i64 = form.one("number").parse().map_err(|_| PageError::field("number", "bad-choice"))?;
    let arrived = match form.one("what") {
        "arrived" => true,
        "again" => false,
        _ => return Err(PageError::field("what", "bad-choice")),
    };
    drills::settle(&site.app, &visit.by, &view.id, number, arrived).await?;
    Ok(done(&format!("/drills/{id}/letters"), "drill-settled"))
}
