//! Giving a confirmed obligation to units: those the letter means are ticked, the rest is chosen; no date is made up.

use std::collections::BTreeSet;

use app::lang::{date, due};
use app::programme::decide::Refusal;
use app::programme::ids::UnitId;
use app::programme::period::{Bounds, Period};
use app::tasks::{self, Assign};
use app::views::{DirectionView, LetterView, ObligationView, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::letter::cards;
use crate::pages::obligation::{WrongField, load, wrong_fields};
use crate::pages::{Page, done_with, letters as register, sent_back};
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
    /// Names of the units that have the task already.
    have: Vec<String>,
    have_words: String,
    /// Units that may help, and whether some are ticked.
    helpers: Vec<Choice>,
    helped: bool,
    due: String,
    due_hint: String,
    /// The day is past: a tick says that it is meant so.
    asks_past: bool,
    /// Empty for one-off work.
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
            let past = what.due.is_some_and(|due| due < site.app.now().day());
            if past && form.some("past").is_none() {
                let page = page(visit.frame("/letters"), &view, &current, &units, site.app.now().day());
                let page = again(page, &form, &[FieldError { field: "due", code: "due-past" }]);
                return Ok(sent_back(Page(AssignPage { asks_past: true, ..page })));
            }
            match tasks::assign(&site.app, &visit.by, what).await {
                Ok(given) => {
                    let notice = if past { "assigned-past" } else { "assigned" };
                    Ok(done_with(&format!("/letters/{letter}"), notice, given.len()).into_response())
                }
                Err(app::Error::Refused(refusal @ (Refusal::DueBeforeLetter | Refusal::DuePastLetter))) => {
                    let page = page(visit.frame("/letters"), &view, &current, &units, site.app.now().day());
                    let words = shown::wrong_due(&page.frame, &refusal, view.row.date, current.due);
                    let page = again(page, &form, &[]);
                    Ok(Page(AssignPage { errors: vec![WrongField { field: "due", words }], ..page }).into_response())
                }
                Err(error) => Err(error.into()),
            }
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
    let due = form.some("due").map(dates::read);
    let period = form.some("period").map(str::parse::<Period>);
    let mut wrong = Vec::new();
    if to.is_empty() {
        wrong.push(FieldError { field: "units", code: "no-unit" });
    }
    if due == Some(None) {
        wrong.push(FieldError { field: "due", code: "bad-day" });
    }
    if matches!(period, Some(Err(_))) {
        wrong.push(FieldError { field: "period", code: "bad-period" });
    }
    let (due, period) = (due.flatten(), period.and_then(Result::ok));
    let helpers = form.all("cooperating");
    let cooperating = units.iter().filter(|u| helpers.contains(&u.id.as_str())).map(|u| u.id.clone()).collect();
    if wrong.is_empty() { Ok(Assign { obligation: obligation.id.clone(), to, period, due, parent: None, cooperating }) } else { Err(wrong) }
}

fn page(frame: Frame, letter: &LetterView, o: &ObligationView, units: &[UnitRow], today: Date) -> AssignPage {
    let lang = frame.lang;
    let below: Vec<&UnitRow> = units.iter().filter(|u| u.depth > 0 && u.valid_to.is_none_or(|to| today <= to)).collect();
    let now = Period::containing(today, o.recurs, Bounds::Calendar);
    let has_task = |u: &UnitRow| o.tasks.iter().any(|t| t.key.unit == u.id && t.key.period == now && t.stands());
    let (have, open): (Vec<&UnitRow>, Vec<&UnitRow>) = below.into_iter().partition(|u| has_task(u));
    let kinds: BTreeSet<_> = open.iter().map(|u| u.kind).collect();
    let many = kinds.into_iter().filter(|kind| open.iter().filter(|u| u.kind == *kind).count() > 1);
    let choice = |u: &&UnitRow| {
        let (id, name, kind, depth) = (u.id.to_string(), u.name.clone(), u.kind.to_string(), (u.depth - 1).min(3));
        UnitChoice { id, name, kind, depth, chosen: o.suggested.contains(&u.id) }
    };
    let helper = |u: &&UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: o.suggested_cooperating.contains(&u.id) };
    AssignPage {
        errors: Vec::new(),
        letter_href: format!("/letters/{}", letter.row.id),
        letter_title: register::title(lang, &letter.row),
        action: format!("/letters/{}/obligations/{}/assign", letter.row.id, o.id),
        text: o.text.clone().unwrap_or_default(),
        quote: o.quote.clone().unwrap_or_default(),
        facts: cards::facts(lang, o, today),
        units_hint: units_hint(&frame, letter, o, open.iter().filter(|u| o.suggested.contains(&u.id)).count()),
        groups: many.map(|k| Group { kind: k.to_string(), words: frame.code("unit-kind", k.as_str()).into_owned() }).collect(),
        helpers: open.iter().chain(&have).map(helper).collect(),
        helped: !o.suggested_cooperating.is_empty(),
        units: open.iter().map(choice).collect(),
        have_words: frame.with("assign-have", &[("n", have.len().into())]),
        have: have.iter().map(|u| u.name.clone()).collect(),
        due: o.due.map(|d| d.last_day()).or(o.suggested_due).map(dates::written).unwrap_or_default(),
        due_hint: match (o.due, o.suggested_due) {
            (Some(stated), _) => frame.with("assign-due-given", &[("date", due(stated).into())]),
            (None, Some(day)) => frame.with("assign-due-directed", &[("date", date(day).into())]),
            (None, None) => frame.t("assign-due-none").into_owned(),
        },
        asks_past: false,
        periods: if o.recurs.is_some() { periods(&frame, o, today) } else { Vec::new() },
        frame,
    }
}

/// Why some units are ticked already, or none is.
fn units_hint(frame: &Frame, letter: &LetterView, o: &ObligationView, n_ticked: usize) -> String {
    let to = shown::addressees(frame.lang, &o.to).join("; ");
    let helpers = |given: &DirectionView| given.cooperating.iter().map(|u| u.id.clone()).eq(o.suggested_cooperating.iter().cloned());
    let directed = letter.direction_given.as_ref().filter(|given| o.suggested == [given.lead.id.clone()] && helpers(given));
    match (n_ticked, directed) {
        (0, _) if o.suggested.is_empty() => frame.t("assign-units-none").into_owned(),
        (0, Some(given)) => frame.with("assign-units-have", &[("to", given.lead.name.clone().into())]),
        (0, None) => frame.with("assign-units-have", &[("to", to.into())]),
        (_, Some(given)) => frame.with("assign-units-directed", &[("unit", given.lead.name.clone().into())]),
        (n, None) => frame.with("assign-units-hint", &[("n", n.into()), ("to", to.into())]),
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
    let (units, helpers) = (form.all("units"), form.all("cooperating"));
    let chosen = |u: UnitChoice| UnitChoice { chosen: units.contains(&u.id.as_str()), ..u };
    let period = form.one("period");
    AssignPage {
        errors: wrong_fields(&page.frame, wrong),
        units: page.units.into_iter().map(chosen).collect(),
        helped: !helpers.is_empty(),
        helpers: page.helpers.into_iter().map(|c| Choice { chosen: helpers.contains(&c.value.as_str()), ..c }).collect(),
        due: form.one("due").to_owned(),
        periods: page.periods.into_iter().map(|c| Choice { chosen: c.value == period, ..c }).collect(),
        ..page
    }
}
