//! Changing the plan of a meeting that was not held, and striking a name off its list.

use app::lang::code;
use app::meetings::{self, PlanChange};
use app::programme::ids::ContentId;
use app::programme::model::ActivityKind;
use app::views::MeetingView;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::meeting::seen;
use crate::pages::meetings::{KINDS, planned};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, clash, done};
use crate::site::Site;
use crate::standing::may_work;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "meeting_edit.html")]
pub(crate) struct MeetingEditPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    read: String,
    kinds: Vec<Choice>,
    title: String,
    on: String,
    place: String,
    agenda: String,
}

/// The meeting, for who may change it.
async fn mine(site: &Site, visit: &Visit, id: &str) -> Result<MeetingView, PageError> {
    let view = seen(site, visit, id).await?;
    if !may_work(&visit.by, visit.reach(site, &view.unit.id).await?) {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    if planned(&view) { Ok(view) } else { Err(PageError::Conflict("meeting_held".to_owned())) }
}

pub(crate) async fn form(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<MeetingEditPage>, PageError> {
    let view = mine(&site, &visit, &id).await?;
    Ok(Page(page(visit.frame("/meetings"), &view)))
}

pub(crate) async fn change(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = mine(&site, &visit, &id).await?;
    let changed = match read(&form, site.app.now().day()) {
        Ok(new) => {
            let changed = meetings::change(&site.app, &visit.by, &view.id, form.some("read"), new).await;
            clash("title", changed)?
        }
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => Ok(done(&format!("/meetings/{id}"), "meeting-changed").into_response()),
        Err(wrong) => {
            let view = mine(&site, &visit, &id).await?;
            let page = page(visit.frame("/meetings"), &view);
            let one = |name: &str| form.one(name).to_owned();
            let kinds = page.kinds.into_iter().map(|c| Choice { chosen: c.value == form.one("kind"), ..c }).collect();
            let errors = wrong_fields(&page.frame, &wrong);
            let (title, on, place, agenda) = (one("title"), one("on"), one("place"), one("agenda"));
            Ok(Page(MeetingEditPage { errors, kinds, title, on, place, agenda, ..page }).into_response())
        }
    }
}

fn read(form: &Form, today: Date) -> Result<PlanChange, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let kind = form.one("kind").parse::<ActivityKind>().ok().filter(|kind| KINDS.contains(kind));
    if kind.is_none() {
        wrong.push(FieldError { field: "kind", code: "bad-choice" });
    }
    let on = dates::deed(form.one("on"), today);
    if let Err(code) = on {
        wrong.push(FieldError { field: "on", code });
    }
    if form.some("title").is_none() {
        wrong.push(FieldError { field: "title", code: "no-meeting-title" });
    }
    let too_long = |name: &str, most: usize| form.one(name).chars().count() > most;
    for (field, most) in [("title", 200), ("place", 200), ("agenda", 20_000)] {
        if too_long(field, most) {
            wrong.push(FieldError { field, code: "too-long-line" });
        }
    }
    let (Some(kind), Ok(on), true) = (kind, on, wrong.is_empty()) else { return Err(wrong) };
    Ok(PlanChange {
        kind,
        on,
        title: form.one("title").to_owned(),
        place: form.some("place").map(str::to_owned),
        agenda: form.one("agenda").lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect(),
    })
}

fn page(frame: Frame, view: &MeetingView) -> MeetingEditPage {
    let kind = |k: ActivityKind| Choice {
        value: k.to_string(),
        words: code(frame.lang, "activity-kind", k.as_str()).into_owned(),
        chosen: k == view.kind,
    };
    MeetingEditPage {
        errors: Vec::new(),
        href: format!("/meetings/{}", view.id),
        read: view.read.clone(),
        kinds: KINDS.into_iter().map(kind).collect(),
        title: view.title.clone().unwrap_or_default(),
        on: dates::written(view.on),
        place: view.place.clone().unwrap_or_default(),
        agenda: view.agenda.join("\n"),
        frame,
    }
}

/// Strikes out a name that stands on the list by mistake; it can be entered again.
pub(crate) async fn strike(
    State(site): State<Site>,
    visit: Visit,
    Path((id, name)): Path<(String, String)>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let view = mine(&site, &visit, &id).await?;
    let name: ContentId = name.parse().map_err(|_| PageError::NotFound)?;
    meetings::strike_name(&site.app, &visit.by, &view.id, &name).await?;
    Ok(done(&format!("/meetings/{id}"), "name-struck"))
}
