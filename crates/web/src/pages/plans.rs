//! Inspections that come round: what, how often, what came of the last run. For the installation's administrator.

use app::lang::moment;
use app::plans::{self, Every, NewPlan, PlanView, Planned};
use app::programme::model::Role;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

const ADMIN: &[Role] = &[Role::Admin];

#[derive(Template)]
#[template(path = "plans.html")]
pub(crate) struct PlansPage {
    frame: Frame,
    plans: Vec<PlanItem>,
    worse: Option<String>,
    units: Vec<Choice>,
    every: Vec<Choice>,
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
    let rows = plans::list(&site.app, &visit.by).await?;
    let worse = worse(&site, &visit).await?;
    let units = app::office::units(&site.app).await?;
    let own = visit.by.unit.clone();
    let frame = visit.frame("/manage");
    let choice = |u: app::views::UnitRow| Choice { chosen: u.id == own, value: u.id.to_string(), words: u.name };
    let every = |e: Every| Choice {
        value: e.as_str().to_owned(),
        words: frame.code("plans-every", e.as_str()).into_owned(),
        chosen: e == Every::Week,
    };
    Ok(Page(PlansPage {
        plans: rows.iter().map(|p| item(&frame, p)).collect(),
        worse,
        units: units.into_iter().map(choice).collect(),
        every: Every::ALL.map(every).to_vec(),
        frame,
    }))
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

pub(crate) async fn add(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    visit.needs(ADMIN)?;
    let unit = form.one("unit").parse().map_err(|_| PageError::field("unit", "bad-choice"))?;
    let every = Every::of(form.one("every")).ok_or_else(|| PageError::field("every", "bad-choice"))?;
    let hour = form.one("hour").parse().map_err(|_| PageError::field("hour", "bad-number"))?;
    let path = form.one("path");
    let what = match form.one("what") {
        "host" => Planned::Host,
        "files" => Planned::Files(path.into()),
        _ => return Err(PageError::field("what", "bad-choice")),
    };
    let usual = if what == Planned::Host { app::lang::t(visit.lang, "plans-host").into_owned() } else { path.to_owned() };
    let name = form.some("name").map_or(usual, str::to_owned);
    plans::add(&site.app, &visit.by, NewPlan { unit, what, name, every, hour }).await?;
    Ok(done("/inspection/plans", "plan-added"))
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
