//! Difficulties: the list by who is to act, and raising one, with a task or without.

use app::App;
use app::cases::{self, CaseFilter, NewCase};
use app::lang::{Lang, t_with};
use app::programme::decide;
use app::programme::ids::{CaseId, TaskKey, UnitId};
use app::programme::model::{Actor, CaseKind};
use app::views::{CaseView, UnitRow};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done};
use crate::shown::{self, CaseItem};
use crate::site::Site;
use crate::standing::may_work;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "difficulties.html")]
pub(crate) struct DifficultiesPage {
    frame: Frame,
    tabs: Vec<Tab>,
    cases: Vec<Row>,
    can_raise: bool,
}

struct Tab {
    href: String,
    words: String,
    here: bool,
}

struct Row {
    case: CaseItem,
    /// With whom it lies, and how many others are answered with it.
    more: Vec<String>,
}

#[derive(Template)]
#[template(path = "difficulty_new.html")]
pub(crate) struct DifficultyNewPage {
    frame: Frame,
    errors: Vec<WrongField>,
    task: String,
    task_title: Option<String>,
    /// More than one: the person says for which.
    units: Vec<Choice>,
    boards: Vec<Choice>,
    office: String,
    text: String,
}

#[derive(Deserialize)]
pub(crate) struct Show {
    show: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Begin {
    task: Option<String>,
}

/// The lists there are; codes of the family `difficulties-show`.
const SHOWS: [&str; 4] = ["open", "answered", "mine", "all"];

pub(crate) async fn list(State(site): State<Site>, visit: Visit, Query(query): Query<Show>) -> Result<Page<DifficultiesPage>, PageError> {
    let filter = CaseFilter { kind: Some(CaseKind::Difficulty), ..CaseFilter::default() };
    let mut views = cases::list(&site.app, filter).await?;
    let units = app::office::units(&site.app).await?;
    let (by, scope, can_raise) = (visit.by.clone(), visit.scope(&site).await?, visit.acts().is_ok());
    views.retain(|view| scope.sees_case(view));
    let show = SHOWS.into_iter().find(|s| query.show.as_deref() == Some(*s));
    // Where nothing waits, what was answered is what people look for.
    let first = || ["open", "answered"].into_iter().find(|show| views.iter().any(|view| fits(view, show, &by)));
    let show = show.or_else(first).unwrap_or("open");
    let frame = visit.frame("/difficulties");
    let tab = |show: &'static str, here: bool| Tab {
        href: format!("/difficulties?show={show}"),
        words: frame.code_with("difficulties-show", show, &[("n", views.iter().filter(|v| fits(v, show, &by)).count().into())]),
        here,
    };
    let tabs = SHOWS.into_iter().map(|s| tab(s, s == show)).collect();
    let row = |view: &CaseView| Row { case: shown::case(frame.lang, view, &units), more: more(frame.lang, view) };
    let cases = views.iter().filter(|view| fits(view, show, &by)).map(row).collect();
    Ok(Page(DifficultiesPage { tabs, cases, can_raise, frame }))
}

fn fits(view: &CaseView, show: &str, by: &Actor) -> bool {
    let waits = view.answered_at.is_none() && view.closed_at.is_none() && view.joined_into.is_none();
    match show {
        "open" => waits,
        "answered" => view.answered_at.is_some(),
        "mine" => view.unit == by.unit,
        _ => true,
    }
}

fn more(lang: Lang, view: &CaseView) -> Vec<String> {
    let waits = view.answered_at.is_none() && view.closed_at.is_none();
    let at = view.at_unit_name.as_ref().filter(|_| waits);
    let at = at.map(|name| t_with(lang, "difficulty-lies-with", &[("unit", name.as_str().into())]).into_owned());
    let joined = (!view.joined.is_empty()).then(|| t_with(lang, "difficulty-n-joined", &[("n", view.joined.len().into())]).into_owned());
    at.into_iter().chain(joined).collect()
}

pub(crate) async fn begin(
    State(site): State<Site>,
    visit: Visit,
    Query(query): Query<Begin>,
) -> Result<Page<DifficultyNewPage>, PageError> {
    visit.acts()?;
    new_page(&site, visit, query.task.as_deref(), None, &[]).await
}

/// Raises a difficulty; what is missing is said at its field.
pub(crate) async fn add(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.acts()?;
    let task = match form.some("task") {
        Some(task) => Some(visit.task(&site, task).await?),
        None => None,
    };
    let unit = match (&task, form.some("unit")) {
        (Some(key), _) => key.unit.clone(),
        (None, Some(unit)) => unit.parse().map_err(|_| PageError::field("unit", "bad-choice"))?,
        (None, None) => visit.by.unit.clone(),
    };
    let via = form.some("via").map(str::parse::<UnitId>).transpose().map_err(|_| PageError::field("via", "bad-choice"))?;
    let Some(text) = form.some("text") else {
        let wrong = [FieldError { field: "text", code: "no-text" }];
        return Ok(new_page(&site, visit, form.some("task"), Some(&form), &wrong).await?.into_response());
    };
    let new = NewCase { kind: CaseKind::Difficulty, unit, task, text: text.to_owned(), via, to: None };
    match cases::raise(&site.app, &visit.by, new).await {
        Ok(id) => Ok(done(&format!("/difficulties/{id}"), "difficulty").into_response()),
        Err(app::Error::Refused(decide::Refusal::TooLong)) => {
            let wrong = [FieldError { field: "text", code: "too-long" }];
            Ok(new_page(&site, visit, form.some("task"), Some(&form), &wrong).await?.into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn new_page(
    site: &Site,
    visit: Visit,
    task: Option<&str>,
    form: Option<&Form>,
    wrong: &[FieldError],
) -> Result<Page<DifficultyNewPage>, PageError> {
    let units = app::office::units(&site.app).await?;
    let today = site.app.now().day();
    let row = match task {
        Some(task) => app::tasks::show(&site.app, &visit.task(site, task).await?).await?.map(|view| view.row),
        None => None,
    };
    let by = visit.by.clone();
    let frame = visit.frame("/difficulties");
    let sent = |name: &str| form.map(|f| f.one(name)).unwrap_or_default();
    let open: Vec<&UnitRow> = units.iter().filter(|u| u.valid_to.is_none_or(|to| today <= to)).collect();
    let chosen = if sent("unit").is_empty() { by.unit.as_str() } else { sent("unit") };
    let choice = |u: &&UnitRow, chosen: &str| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.id.as_str() == chosen };
    let parents = units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
    let may = |u: &&UnitRow| may_work(&by, decide::reach(&by, &u.id, &parents));
    Ok(Page(DifficultyNewPage {
        errors: wrong_fields(&frame, wrong),
        task: row.as_ref().map(|r| r.key.to_string()).unwrap_or_default(),
        task_title: row.map(|r| r.text.clone().unwrap_or_else(|| frame.t("erased").into_owned())),
        units: open.iter().copied().filter(may).map(|u| choice(&u, chosen)).collect(),
        boards: open.iter().filter(|u| u.depth == 1 && u.id != by.unit).map(|u| choice(u, sent("via"))).collect(),
        office: open.first().map(|u| u.name.clone()).unwrap_or_default(),
        text: sent("text").to_owned(),
        frame,
    }))
}

/// Raises a difficulty with a task; the route follows from the letter.
pub(crate) async fn raise(app: &App, by: &Actor, key: &TaskKey, text: &str) -> app::Result<CaseId> {
    let unit = key.unit.clone();
    let new = NewCase { kind: CaseKind::Difficulty, unit, task: Some(key.clone()), text: text.to_owned(), via: None, to: None };
    cases::raise(app, by, new).await
}

/// Back to one difficulty, after something was done with it.
pub(crate) fn back(id: &CaseId, notice: &'static str) -> Redirect {
    done(&format!("/difficulties/{id}"), notice)
}
