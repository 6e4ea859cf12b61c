//! Inspections that come round: what, how often, what came of the last run. For the installation's administrator.

use app::lang::moment;
use app::plans::{self, Every, NewPlan, PlanView, Planned};
use app::programme::model::Role;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

const ADMIN: &[Role] = &[Role::Admin];
/// What is looked at, as the form names it.
const HOST: &str = "host";
const FILES: &str = "files";

#[derive(Template)]
#[template(path = "plans.html")]
pub(crate) struct PlansPage {
    frame: Frame,
    errors: Vec<WrongField>,
    plans: Vec<PlanItem>,
    worse: Option<String>,
    what: Vec<Choice>,
    units: Vec<Choice>,
    every: Vec<Choice>,
    path: String,
    name: String,
    hour: String,
}

struct PlanItem {
    id: String,
    name: String,
    meta: Vec<String>,
    problem: Option<String>,
}

/// The reminder that a planned inspection found something worse; for the administrator alone.
pub(crate) async fn worse(site: &Site, visit: &Visit) -> Result<Option<String>, PageError> {
    if !visit.by.is(Role::Admin) {
        return Ok(None);
    }
    let n: i64 = plans::list(&site.app, &visit.by).await?.iter().map(|p| p.worse).sum();
    Ok((n > 0).then(|| app::lang::t_with(visit.lang, "plans-worse", &[("n", n.into())]).into_owned()))
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<PlansPage>, PageError> {
    visit.needs(ADMIN)?;
    Ok(Page(page(&site, visit, None).await?))
}

/// The page; `typed`: the form as it was sent and what is wrong with it.
async fn page(site: &Site, visit: Visit, typed: Option<(&Form, FieldError)>) -> Result<PlansPage, PageError> {
    let rows = plans::list(&site.app, &visit.by).await?;
    let worse = worse(site, &visit).await?;
    let units = app::office::units(&site.app).await?;
    let own = visit.by.unit.to_string();
    let frame = visit.frame("/manage");
    let sent = |field: &str, usual: &str| typed.as_ref().map_or(usual, |(form, _)| form.one(field)).to_owned();
    let (what, unit, turn) = (sent("what", HOST), sent("unit", &own), sent("every", Every::Week.as_str()));
    let choice = |u: app::views::UnitRow| Choice { chosen: u.id.as_str() == unit, value: u.id.to_string(), words: u.name };
    let every = |e: Every| Choice {
        value: e.as_str().to_owned(),
        words: frame.code("plans-every", e.as_str()).into_owned(),
        chosen: e.as_str() == turn,
    };
    let kind = |(value, words): (&str, &str)| Choice { value: value.to_owned(), words: frame.t(words).into_owned(), chosen: value == what };
    let errors = typed.as_ref().map(|(_, error)| wrong_fields(&frame, std::slice::from_ref(error))).unwrap_or_default();
    Ok(PlansPage {
        errors,
        plans: rows.iter().map(|p| item(&frame, p)).collect(),
        worse,
        what: [(HOST, "plans-host"), (FILES, "plans-files")].map(kind).to_vec(),
        units: units.into_iter().filter(|u| u.valid_to.is_none()).map(choice).collect(),
        every: Every::ALL.iter().copied().map(every).collect(),
        path: sent("path", ""),
        name: sent("name", ""),
        hour: sent("hour", "6"),
        frame,
    })
}

fn item(frame: &Frame, plan: &PlanView) -> PlanItem {
    let every = frame.code("plans-every", plan.every.as_str());
    let when = frame.with("plans-when", &[("every", every.into()), ("hour", plan.hour.into())]);
    let what = plan.path.clone().unwrap_or_else(|| frame.t("plans-host").into_owned());
    let last = match plan.done_at {
        Some(at) => frame.with("plans-done", &[("at", moment(at).into())]),
        None => frame.t("plans-not-yet").into_owned(),
    };
    PlanItem {
        id: plan.id.clone(),
        name: plan.name.clone(),
        meta: vec![what, plan.unit_name.clone(), when, last],
        problem: plan.problem.as_deref().map(|code| frame.code("plan-problem", code).into_owned()),
    }
}

pub(crate) async fn add(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let unit = form.one("unit").parse().map_err(|_| PageError::field("unit", "bad-choice"))?;
    let every: Every = form.one("every").parse().map_err(|_| PageError::field("every", "bad-choice"))?;
    let hour = form.one("hour").parse().map_err(|_| PageError::field("hour", "bad-number"))?;
    let path = form.one("path");
    let what = match form.one("what") {
        HOST => Planned::Host,
        FILES => Planned::Files(path.into()),
        _ => return Err(PageError::field("what", "bad-choice")),
    };
    let usual = if what == Planned::Host { app::lang::t(visit.lang, "plans-host").into_owned() } else { path.to_owned() };
    let name = form.some("name").map_or(usual, str::to_owned);
    match plans::add(&site.app, &visit.by, NewPlan { unit, what, name, every, hour }).await {
        Err(app::Error::Plan("no_folder")) => {
            let wrong = FieldError { field: "path", code: "no-folder" };
            Ok(Page(page(&site, visit, Some((&form, wrong))).await?).into_response())
        }
        added => {
            added?;
            Ok(done("/inspection/plans", "plan-added").into_response())
        }
    }
}

pub(crate) async fn end(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    visit.needs(ADMIN)?;
    let removed = plans::remove(&site.app, &visit.by, &id).await?;
    if removed { Ok(done("/inspection/plans", "plan-ended")) } else { Err(PageError::NotFound) }
}

pub(crate) async fn seen(State(site): State<Site>, visit: Visit, _form: Form) -> Result<Redirect, PageError> {
    visit.needs(ADMIN)?;
    plans::seen(&site.app, &visit.by).await?;
    Ok(done("/inspection/plans", "plan-seen"))
}
