//! The office and its units, who works there in what role; adding units.

use std::collections::BTreeMap;

use app::dashboard::{self, DashboardQuery};
use app::lang::{code, number};
use app::office::{self, NewUnit};
use app::people;
use app::programme::decide::Refusal;
use app::programme::ids::UnitId;
use app::programme::model::{Role, UnitKind};
use app::views::{OfficeView, PersonRow, UnitRow};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, sent_back};
use crate::shown::Plain;
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "units.html")]
pub(crate) struct UnitsPage {
    frame: Frame,
    count_words: String,
    facts: Vec<Plain>,
    units: Vec<UnitItem>,
    choices: Vec<Choice>,
    kinds: Vec<Choice>,
    may_change: bool,
    /// Work was passed on to a unit below, so that the units do not add up.
    has_delegated: bool,
    name: String,
    errors: Vec<WrongField>,
}

struct UnitItem {
    name: String,
    /// Where it is changed, for who may.
    edit_href: Option<String>,
    href: String,
    all_href: String,
    kind: String,
    depth: u32,
    closed: bool,
    people: Vec<String>,
    n_tasks: String,
    /// With the units below.
    all_tasks: String,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<UnitsPage>, PageError> {
    let office = office::show(&site.app).await?.ok_or(PageError::NotFound)?;
    let units = office::units(&site.app).await?;
    let scope = visit.scope(&site).await?;
    let people = people::list(&site.app).await?;
    let figures = dashboard::show(&site.app, DashboardQuery { units: scope.units(), ..DashboardQuery::default() }).await?;
    let has_delegated = figures.units.iter().map(|u| u.own.tasks).sum::<u64>() > figures.total.tasks;
    let n_tasks: BTreeMap<UnitId, [u64; 2]> = figures.units.into_iter().map(|u| (u.unit.id, [u.own.tasks, u.rolled.tasks])).collect();
    let may_change = visit.by.is(Role::Admin);
    let people = if scope.is_whole() { people } else { Vec::new() };
    let page = page(visit.frame("/manage"), &office, &units, &people, &n_tasks, may_change);
    Ok(Page(UnitsPage { has_delegated, ..page }))
}

pub(crate) async fn add(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(&[Role::Admin])?;
    let kind: UnitKind = form.one("kind").parse().map_err(|_| PageError::field("kind", "bad-choice"))?;
    let parent = form.some("parent").map(|id| known_unit(id, "parent")).transpose()?;
    let name = form.one("name").to_owned();
    let code = match office::add_unit(&site.app, &visit.by, NewUnit { parent, kind, name }).await {
        Ok(_) => return Ok(done("/units", "unit").into_response()),
        Err(error) => wrong_name(&error).ok_or_else(|| PageError::from(error))?,
    };
    let Page(mut page) = list(State(site), visit).await?;
    page.errors = wrong_fields(&page.frame, &[FieldError { field: "unit-name", code }]);
    page.name = form.one("name").to_owned();
    let chosen = |choices: &mut Vec<Choice>, name| choices.iter_mut().for_each(|c| c.chosen = c.value == form.one(name));
    chosen(&mut page.kinds, "kind");
    if form.some("parent").is_some() {
        chosen(&mut page.choices, "parent");
    }
    Ok(sent_back(Page(page)))
}

/// What is wrong with the name of a unit; `None` for an error of something else.
pub(crate) fn wrong_name(error: &app::Error) -> Option<&'static str> {
    match error {
        app::Error::Refused(Refusal::EmptyText) => Some("no-name"),
        app::Error::Refused(Refusal::TooLong) => Some("name-too-long"),
        app::Error::Refused(taken @ Refusal::UnitNameTaken) => Some(taken.code()),
        _ => None,
    }
}

fn known_unit(id: &str, field: &'static str) -> Result<UnitId, PageError> {
    id.parse().map_err(|_| PageError::field(field, "bad-choice"))
}

fn page(
    frame: Frame,
    office: &OfficeView,
    units: &[UnitRow],
    people: &[PersonRow],
    n_tasks: &BTreeMap<UnitId, [u64; 2]>,
    may_change: bool,
) -> UnitsPage {
    let lang = frame.lang;
    let choice =
        |family: &str, value: &str| Choice { value: value.to_owned(), words: code(lang, family, value).into_owned(), chosen: false };
    let mut facts = vec![Plain::new(lang, "office", office.unit.name.clone())];
    if !office.above.is_empty() {
        facts.push(Plain::new(lang, "office-above", office.above.join(" › ")));
    }
    facts.push(Plain::new(lang, "office-network", code(lang, "network", office.network.as_str()).into_owned()));
    facts.push(Plain::digits(lang, "office-key", office.public_key.clone()));
    let of_unit = |unit: &UnitRow| people.iter().filter(|p| p.unit == unit.id).map(|p| person(&frame, p)).collect();
    let counted =
        |unit: &UnitRow| n_tasks.get(&unit.id).copied().unwrap_or_default().map(|n| number(lang, n.try_into().unwrap_or(i64::MAX)));
    let item = |u: &UnitRow| {
        let [n_tasks, all_tasks] = counted(u);
        UnitItem {
            name: u.name.clone(),
            edit_href: may_change.then(|| format!("/units/{}", u.id)),
            href: format!("/tasks?show=all&unit={}", u.id),
            all_href: format!("/tasks?show=all&unit={}&below=1", u.id),
            kind: code(lang, "unit-kind", u.kind.as_str()).into_owned(),
            depth: u.depth.min(3),
            closed: u.valid_to.is_some(),
            people: of_unit(u),
            n_tasks,
            all_tasks,
        }
    };
    UnitsPage {
        count_words: frame.with("units-count", &[("n", units.len().into())]),
        facts,
        units: units.iter().map(item).collect(),
        choices: units
            .iter()
            .filter(|u| u.valid_to.is_none())
            .map(|u| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.depth == 0 })
            .collect(),
        kinds: UnitKind::ALL.iter().map(|k| Choice { chosen: *k == UnitKind::PartyCell, ..choice("unit-kind", k.as_str()) }).collect(),
        may_change,
        has_delegated: false,
        name: String::new(),
        errors: Vec::new(),
        frame,
    }
}

fn person(frame: &Frame, person: &PersonRow) -> String {
    let name = person.name.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
    let roles: Vec<_> = person.roles.iter().map(|r| frame.code("role", r.as_str())).collect();
    format!("{name} ({})", roles.join(", "))
}
