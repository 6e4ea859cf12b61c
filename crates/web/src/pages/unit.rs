//! One unit of the office: its name, kind, code and place in the tree; closing and reopening it. For the administrator.

use app::lang::date;
use app::office::{self, UnitChange};
use app::programme::decide::Refusal;
use app::programme::ids::UnitId;
use app::programme::model::{Role, UnitKind};
use app::tasks::{self, TaskFilter};
use app::views::UnitRow;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::units::wrong_name;
use crate::pages::{Page, done, sent_back};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "unit.html")]
pub(crate) struct UnitPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    name: String,
    code: String,
    kinds: Vec<Choice>,
    /// Where it may lie; empty for the office itself.
    parents: Vec<Choice>,
    successors: Vec<Choice>,
    may_close: bool,
    /// Since when it is closed, in words: then it is reopened here, and nothing else.
    closed_words: Option<String>,
    tasks_href: String,
    /// What stands in the way of closing it.
    open_words: Option<String>,
}

const ADMIN: &[Role] = &[Role::Admin];

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<UnitPage>, PageError> {
    visit.needs(ADMIN)?;
    let units = office::units(&site.app).await?;
    let unit = units.iter().find(|u| u.id.as_str() == id).ok_or(PageError::NotFound)?;
    let tasks = tasks::list(&site.app, TaskFilter { unit: Some(unit.id.clone()), ..TaskFilter::default() }).await?;
    let n_open = tasks.iter().filter(|task| is_open(task)).count();
    Ok(Page(page(visit.frame("/manage"), &units, unit, n_open)))
}

fn is_open(task: &app::views::TaskRow) -> bool {
    task.declared_at.is_none() && task.stands()
}

/// The unit of an address, as long as it was not closed.
fn find<'a>(units: &'a [UnitRow], id: &str) -> Result<&'a UnitRow, PageError> {
    units.iter().find(|u| u.id.as_str() == id && u.valid_to.is_none()).ok_or(PageError::NotFound)
}

pub(crate) async fn change(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let units = office::units(&site.app).await?;
    let unit = find(&units, &id)?;
    let kind: UnitKind = form.one("kind").parse().map_err(|_| PageError::field("kind", "bad-choice"))?;
    let parent: Option<UnitId> = form.some("parent").map(str::parse).transpose().map_err(|_| PageError::field("parent", "bad-choice"))?;
    let (name, code) = (form.one("name").to_owned(), form.one("code").to_owned());
    let change = UnitChange { parent, kind, name: name.clone(), code: Some(code.clone()).filter(|code| !code.is_empty()) };
    let wrong = match office::change_unit(&site.app, &visit.by, &unit.id, change).await {
        Ok(()) => return Ok(done("/units", "unit-changed").into_response()),
        Err(error) => wrong_name(&error).ok_or_else(|| PageError::from(error))?,
    };
    let Page(mut page) = show(State(site), visit, Path(id)).await?;
    page.errors = wrong_fields(&page.frame, &[FieldError { field: "name", code: wrong }]);
    (page.name, page.code) = (name, code);
    let chosen = |choices: &mut Vec<Choice>, name| choices.iter_mut().for_each(|c| c.chosen = c.value == form.one(name));
    chosen(&mut page.kinds, "kind");
    chosen(&mut page.parents, "parent");
    Ok(sent_back(Page(page)))
}

pub(crate) async fn close(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    visit.needs(ADMIN)?;
    let units = office::units(&site.app).await?;
    let unit = find(&units, &id)?;
    let successors = form.all("successors").into_iter().filter_map(|id| id.parse().ok()).collect();
    office::close_unit(&site.app, &visit.by, &unit.id, successors).await?;
    Ok(done(&format!("/units/{}", unit.id), "unit-closed"))
}

pub(crate) async fn reopen(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    visit.needs(ADMIN)?;
    let id: UnitId = id.parse().map_err(|_| PageError::NotFound)?;
    office::reopen_unit(&site.app, &visit.by, &id).await?;
    Ok(done(&format!("/units/{id}"), "unit-reopened"))
}

fn page(frame: Frame, units: &[UnitRow], unit: &UnitRow, n_open: usize) -> UnitPage {
    let is_office = unit.depth == 0;
    let parents = units.iter().filter(|u| !is_office && u.id != unit.id && u.valid_to.is_none());
    let others = units.iter().filter(|u| u.id != unit.id && u.depth > 0 && u.valid_to.is_none());
    let choice = |u: &UnitRow, chosen| Choice { value: u.id.to_string(), words: u.name.clone(), chosen };
    let kind =
        |k: &UnitKind| Choice { value: k.to_string(), words: frame.code("unit-kind", k.as_str()).into_owned(), chosen: *k == unit.kind };
    let n_below = units.iter().filter(|u| u.parent.as_ref() == Some(&unit.id) && u.valid_to.is_none()).count();
    let in_the_way = match (n_below, n_open) {
        (0, 0) => None,
        (0, n) => Some(frame.with("unit-close-tasks", &[("n", n.into())])),
        (..) => Some(frame.code("refusal", &Refusal::UnitHasUnits.code().replace('_', "-")).into_owned()),
    };
    UnitPage {
        errors: Vec::new(),
        href: format!("/units/{}", unit.id),
        title: unit.name.clone(),
        name: unit.name.clone(),
        code: unit.code.clone().unwrap_or_default(),
        kinds: UnitKind::ALL.iter().map(kind).collect(),
        parents: parents.map(|u| choice(u, unit.parent.as_ref() == Some(&u.id))).collect(),
        successors: others.map(|u| choice(u, false)).collect(),
        may_close: !is_office,
        closed_words: unit.valid_to.map(|day| frame.with("unit-closed-since", &[("date", date(day).into())])),
        tasks_href: format!("/tasks?unit={}", unit.id),
        open_words: in_the_way,
        frame,
    }
}
