//! Giving a confirmed obligation to units: those the letter means are ticked, the rest is chosen; no date is made up.

use std::collections::BTreeSet;

use app::lang::due;
use app::programme::ids::UnitId;
use app::programme::period::{Bounds, Period};
use app::tasks::{self, Assign};
use app::views::{LetterView, ObligationView, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::letter::cards;
use crate::pages::obligation::{WrongField, load, wrong_fields};
use crate::pages::{Page, done, letters as register};
use crate::shown::{self, Fact};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "assign.html")]
pub(crate) struct AssignPage {
    frame: Frame,
    errors: Vec<WrongField>,
    letter_href: String,
    letter_title: String,
    action: String,
    text: String,
    quote: String,
    facts: Vec<Fact>,
    units_hint: String,
    groups: Vec<Group>,
    units: Vec<UnitChoice>,
    due: String,
    due_hint: String,
    periods: Vec<Choice>,
}

/// All units of one kind, ticked together.
struct Group {
    kind: String,
    words: String,
}

struct UnitChoice {
    id: String,
    name: String,
    kind: String,
    depth: u32,
    chosen: bool,
    has_task: bool,
}

pub(crate) async fn form(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
) -> Result<Page<AssignPage>, PageError> {
    let (letter, obligation) = load(&site, &visit, &letter, &obligation).await?;
    let units = app::office::units(&site.app).await?;
    Ok(Page(page(visit.frame("/letters"), &letter, &obligation, &units, site.app.now().day())))
}

pub(crate) async fn assign(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (view, current) = load(&site, &visit, &letter, &obligation).await?;
    let units = app::office::units(&site.app).await?;
    match read(&form, &current, &units) {
        Ok(what) => {
            tasks::assign(&site.app, &visit.by, what).await?;
            Ok(done(&format!("/letters/{letter}"), "assigned").into_response())
        }
        Err(wrong) => {
            let page = page(visit.frame("/letters"), &view, &current, &units, site.app.now().day());
            Ok(Page(again(page, &form, &wrong)).into_response())
        }
    }
}

fn read(form: &Form, obligation: &ObligationView, units: &[UnitRow]) -> Result<Assign, Vec<FieldError>> {
    let named: BTreeSet<&str> = form.all("units").into_iter().collect();
    // Without script a whole group arrives as its kind.
    let groups: BTreeSet<&str> = form.all("group").into_iter().collect();
    let wanted = |u: &&UnitRow| u.depth > 0 && (named.contains(u.id.as_str()) || groups.contains(u.kind.as_str()));
    let to: Vec<UnitId> = units.iter().filter(wanted).map(|u| u.id.clone()).collect();
    let due = form.some("due").map(str::parse::<Date>);
    let period = form.some("period").map(str::parse::<Period>);
    let mut wrong = Vec::new();
    if to.is_empty() {
        wrong.push(FieldError { field: "units", code: "no-unit" });
    }
    if matches!(due, Some(Err(_))) {
        wrong.push(FieldError { field: "due", code: "bad-date" });
    }
    if matches!(period, Some(Err(_))) {
        wrong.push(FieldError { field: "period", code: "bad-period" });
    }
    let (due, period) = (due.and_then(Result::ok), period.and_then(Result::ok));
    if wrong.is_empty() {
        Ok(Assign { obligation: obligation.id.clone(), to, period, due, parent: None, cooperating: Vec::new() })
    } else {
        Err(wrong)
    }
}

fn page(frame: Frame, letter: &LetterView, o: &ObligationView, units: &[UnitRow], today: Date) -> AssignPage {
    let lang = frame.lang;
    let below: Vec<&UnitRow> = units.iter().filter(|u| u.depth > 0 && u.valid_to.is_none_or(|to| today <= to)).collect();
    let kinds: BTreeSet<_> = below.iter().map(|u| u.kind).collect();
    let many = kinds.into_iter().filter(|kind| below.iter().filter(|u| u.kind == *kind).count() > 1);
    let now = Period::containing(today, o.recurs, Bounds::Calendar);
    let to = shown::addressees(lang, &o.to).join("; ");
    let choice = |u: &&UnitRow| {
        let has_task = o.tasks.iter().any(|t| t.key.unit == u.id && t.key.period == now);
        let (id, name, kind, depth) = (u.id.to_string(), u.name.clone(), u.kind.to_string(), (u.depth - 1).min(3));
        UnitChoice { id, name, kind, depth, chosen: o.suggested.contains(&u.id) && !has_task, has_task }
    };
    let units: Vec<UnitChoice> = below.iter().map(choice).collect();
    AssignPage {
        errors: Vec::new(),
        letter_href: format!("/letters/{}", letter.row.id),
        letter_title: register::title(lang, &letter.row),
        action: format!("/letters/{}/obligations/{}/assign", letter.row.id, o.id),
        text: o.text.clone().unwrap_or_default(),
        quote: o.quote.clone().unwrap_or_default(),
        facts: cards::facts(lang, o),
        units_hint: match units.iter().filter(|u| u.chosen).count() {
            0 if o.suggested.is_empty() => frame.t("assign-units-none").into_owned(),
            0 => frame.with("assign-units-have", &[("to", to.into())]),
            n => frame.with("assign-units-hint", &[("n", n.into()), ("to", to.into())]),
        },
        groups: many.map(|k| Group { kind: k.to_string(), words: frame.code("unit-kind", k.as_str()).into_owned() }).collect(),
        due: o.due.map(|d| d.last_day().to_string()).unwrap_or_default(),
        due_hint: match o.due {
            Some(stated) => frame.with("assign-due-given", &[("date", due(stated).into())]),
            None => frame.t("assign-due-none").into_owned(),
        },
        periods: periods(&frame, o, today),
        units,
        frame,
    }
}

/// This period of the obligation's rhythm and the next; once for one-off work.
fn periods(frame: &Frame, o: &ObligationView, today: Date) -> Vec<Choice> {
    let now = Period::containing(today, o.recurs, Bounds::Calendar);
    let mut periods = vec![now, now.next(), Period::Once];
    periods.dedup();
    let choice = |p: Period| Choice { value: p.to_string(), words: shown::period(frame.lang, p), chosen: p == now };
    periods.into_iter().map(choice).collect()
}

fn again(page: AssignPage, form: &Form, wrong: &[FieldError]) -> AssignPage {
    let units = form.all("units");
    let chosen = |u: UnitChoice| UnitChoice { chosen: units.contains(&u.id.as_str()), ..u };
    let period = form.one("period");
    AssignPage {
        errors: wrong_fields(&page.frame, wrong),
        units: page.units.into_iter().map(chosen).collect(),
        due: form.one("due").to_owned(),
        periods: page.periods.into_iter().map(|c| Choice { chosen: c.value == period, ..c }).collect(),
        ..page
    }
}
