//! Difficulties: what keeps a unit from a task, on its way along the letter's route, and the answer.

use app::App;
use app::cases::{self, CaseFilter, NewCase};
use app::programme::ids::{CaseId, TaskKey};
use app::programme::model::{Actor, CaseKind};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done};
use crate::shown::{self, CaseItem};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "difficulties.html")]
pub(crate) struct DifficultiesPage {
    frame: Frame,
    cases: Vec<CaseItem>,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<DifficultiesPage>, PageError> {
    let filter = CaseFilter { kind: Some(CaseKind::Difficulty), ..CaseFilter::default() };
    let views = cases::list(&site.app, filter).await?;
    let units = app::office::units(&site.app).await?;
    let (by, scope) = (visit.by.clone(), visit.scope(&site).await?);
    let frame = visit.frame("/difficulties");
    let cases = views.iter().filter(|view| scope.sees_case(view)).map(|view| shown::case(frame.lang, view, &units, &by)).collect();
    Ok(Page(DifficultiesPage { frame, cases }))
}

pub(crate) async fn answer(State(site): State<Site>, visit: Visit, Path(case): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let id: CaseId = case.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(&site).await?;
    let views = cases::list(&site.app, CaseFilter::default()).await?;
    views.iter().find(|view| view.id == id && scope.sees_case(view)).ok_or(PageError::NotFound)?;
    cases::answer(&site.app, &visit.by, &id, form.one("answer")).await?;
    Ok(done("/difficulties", "answered"))
}

/// Raises a difficulty with a task; the route follows from the letter.
pub(crate) async fn raise(app: &App, by: &Actor, key: &TaskKey, text: &str) -> app::Result<CaseId> {
    let unit = key.unit.clone();
    let new = NewCase { kind: CaseKind::Difficulty, unit, task: Some(key.clone()), text: text.to_owned(), via: None, to: None };
    cases::raise(app, by, new).await
}
