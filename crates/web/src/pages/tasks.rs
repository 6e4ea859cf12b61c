//! Tasks by unit, with the states that offices count by.

use app::lang::{Lang, number};
use app::letters::LetterFilter;
use app::programme::decide::{self, Reach};
use app::programme::ids::UnitId;
use app::programme::period::Period;
use app::programme::sufficiency::Verification;
use app::programme::task::TaskState;
use app::tasks::{self, TaskFilter};
use app::views::{LetterRow, TaskRow, UnitRow};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Redirect;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done, letters as register};
use crate::shown::{self, TaskItem};
use crate::site::Site;
use crate::standing::{due_soon, standing};
use crate::visit::{Choice, Frame, Visit};

/// Tasks on one page.
const PAGE_TASKS: usize = 100;

/// The kinds of task that can be asked for; codes of the family `show`.
const SHOWS: &[&str] =
    &["open", "overdue", "soon", "not-begun", "under-way", "acknowledged", "done", "on-time", "gap", "verified", "held", "all"];

#[derive(Template)]
#[template(path = "tasks.html")]
pub(crate) struct TasksPage {
    frame: Frame,
    title: String,
    count_words: String,
    show: &'static str,
    q: String,
    tabs: Vec<Tab>,
    units: Vec<Choice>,
    /// The unit asked for has units below it: with them or without.
    has_below: bool,
    below: bool,
    letters: Vec<Choice>,
    periods: Vec<Choice>,
    groups: Vec<TaskGroup>,
    /// The tasks of one's own unit that nobody acknowledged, all at once; up to which moment they were seen here.
    acknowledge: Option<Acknowledge>,
    slip_href: Option<String>,
    earlier: Option<String>,
    later: Option<String>,
}

struct Acknowledge {
    words: String,
    seen: String,
}

struct Tab {
    href: String,
    words: String,
    count: String,
    here: bool,
}

struct TaskGroup {
    title: String,
    tasks: Vec<TaskItem>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    unit: String,
    /// Not empty: with the units below it.
    #[serde(default)]
    below: String,
    #[serde(default)]
    letter: String,
    #[serde(default)]
    period: String,
    /// Words to look for.
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page<TasksPage>, PageError> {
    let words = Some(asked.q.clone()).filter(|words| !words.trim().is_empty());
    let filter = TaskFilter { letter: asked.letter.parse().ok(), words, ..TaskFilter::default() };
    let scope = visit.scope(&site).await?;
    let today = site.app.now().day();
    let units: Vec<UnitRow> = app::office::units(&site.app).await?.into_iter().filter(|unit| scope.sees_unit(&unit.id)).collect();
    let of_units: BTreeSet<&UnitId> = match with_below(&units, &asked.unit) {
        [] => units.iter().map(|unit| &unit.id).collect(),
        [unit, ..] if asked.below.is_empty() => [&unit.id].into_iter().collect(),
        all => all.iter().map(|unit| &unit.id).collect(),
    };
    let rows = tasks::list(&site.app, filter).await?.into_iter().filter(|row| of_units.contains(&row.key.unit));
    let rows: Vec<(&'static str, Arc<TaskRow>)> = rows.map(|row| (standing(&row, today), row)).collect();
    let letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    let letters: Vec<LetterRow> = letters.into_iter().filter(|row| scope.sees_letter(&row.id)).collect();
    let own = visit.by.unit.clone();
    let works = decide::may_do(&visit.by, Reach::Own).is_ok();
    let seen = site.app.now();
    let n = rows.iter().filter(|(_, row)| row.key.unit == own && row.state == TaskState::Assigned).count();
    let mut page = page(visit.frame("/tasks"), &asked, rows, &units, &letters, today);
    // What a narrower list leaves out is not taken by its button.
    if works && n > 1 && asked.letter.is_empty() && asked.period.is_empty() && asked.q.trim().is_empty() {
        let words = page.frame.with("tasks-acknowledge-all", &[("n", n.into())]);
        page.acknowledge = Some(Acknowledge { words, seen: seen.to_string() });
    }
    Ok(Page(page))
}

/// Acknowledges all tasks of one's own unit that stood on the list.
pub(crate) async fn acknowledge(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    visit.acts()?;
    let seen = form.one("seen").parse().unwrap_or_else(|_| site.app.now());
    tasks::acknowledge_all(&site.app, &visit.by, seen).await?;
    Ok(done("/tasks", "acknowledge-all"))
}

fn page(
    frame: Frame,
    asked: &Asked,
    rows: Vec<(&'static str, Arc<TaskRow>)>,
    units: &[UnitRow],
    letters: &[LetterRow],
    today: Date,
) -> TasksPage {
    let lang = frame.lang;
    let show = SHOWS.iter().copied().find(|s| *s == asked.show).unwrap_or("open");
    let (periods, rows) = of_period(lang, asked, rows);
    let tabs = tabs(&frame, asked, show, &rows, today);
    let wanted: Vec<Arc<TaskRow>> =
        rows.into_iter().filter(|(standing, row)| belongs(row, standing, show, today)).map(|(_, row)| row).collect();
    // Whoever sees several units and asked for none of them has to see whose task each one is.
    let has_below = with_below(units, &asked.unit).len() > 1;
    let below = has_below && !asked.below.is_empty();
    let many_units = units.len() > 1 && asked.unit.is_empty() || below;
    let wanted = if many_units { by_unit(wanted, units) } else { by_due(wanted) };
    let starts = page_starts(&wanted);
    let at = asked.page.min(starts.len().saturating_sub(1));
    let here_tasks = starts.get(at).copied().unwrap_or(0)..starts.get(at + 1).copied().unwrap_or(wanted.len());
    let here = units.iter().find(|u| u.id.as_str() == asked.unit);
    // What one unit passed on to another stands here with both, and once in every sum.
    let in_sight = |unit: &UnitId| units.iter().any(|u| &u.id == unit);
    let passed_on = wanted.iter().filter(|row| row.parent.as_ref().is_some_and(|parent| in_sight(&parent.unit))).count();
    let count_key = if passed_on > 0 { "tasks-count-passed-on" } else { "tasks-count" };
    TasksPage {
        title: match here {
            Some(unit) => frame.with("tasks-of-unit", &[("unit", unit.name.as_str().into())]),
            None => frame.t("nav-tasks").into_owned(),
        },
        count_words: frame.with(count_key, &[("n", wanted.len().into()), ("passed_on", passed_on.into())]),
        show,
        q: asked.q.trim().to_owned(),
        tabs,
        units: units
            .iter()
            .map(|u| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.id.as_str() == asked.unit })
            .collect(),
        letters: letters
            .iter()
            .map(|l| Choice { value: l.id.to_string(), words: register::title(lang, l), chosen: l.id.as_str() == asked.letter })
            .collect(),
        has_below,
        below,
        periods,
        acknowledge: None,
        slip_href: here.map(|unit| format!("/slip?unit={}", unit.id)),
        groups: if many_units { units_groups(lang, &wanted[here_tasks], today) } else { due_groups(&frame, &wanted[here_tasks], today) },
        earlier: (at > 0).then(|| address(asked, show, at - 1)),
        later: (at + 1 < starts.len()).then(|| address(asked, show, at + 1)),
        frame,
    }
}

fn address(asked: &Asked, show: &str, page: usize) -> String {
    let id = |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect::<String>();
    let page = if page > 0 { format!("&page={page}") } else { String::new() };
    let words: String = form_urlencoded::byte_serialize(asked.q.trim().as_bytes()).collect();
    let words = if words.is_empty() { words } else { format!("&q={words}") };
    let below = if asked.below.is_empty() { "" } else { "&below=1" };
    let period = if asked.period.is_empty() { String::new() } else { format!("&period={}", id(&asked.period)) };
    format!("/tasks?show={show}&unit={}{below}&letter={}{period}{words}{page}", id(&asked.unit), id(&asked.letter))
}

/// A unit with all below it, as they stand in the order of the tree; empty where there is no such unit.
fn with_below<'a>(units: &'a [UnitRow], unit: &str) -> &'a [UnitRow] {
    let Some(at) = units.iter().position(|u| u.id.as_str() == unit) else { return &[] };
    let below = units[at + 1..].iter().take_while(|u| u.depth > units[at].depth).count();
    &units[at..=at + below]
}

/// The periods that can be chosen, where there are several, and the tasks of the one that was.
fn of_period(lang: Lang, asked: &Asked, rows: Vec<(&'static str, Arc<TaskRow>)>) -> (Vec<Choice>, Vec<(&'static str, Arc<TaskRow>)>) {
    let periods: BTreeSet<Period> = rows.iter().map(|(_, row)| row.key.period).collect();
    let wanted: Option<Period> = asked.period.parse().ok();
    let choice = |p: &Period| Choice { value: p.to_string(), words: shown::period(lang, *p), chosen: wanted == Some(*p) };
    let choices = if periods.len() > 1 || wanted.is_some() { periods.iter().map(choice).collect() } else { Vec::new() };
    let kept = rows.into_iter().filter(|(_, row)| wanted.is_none_or(|period| period == row.key.period)).collect();
    (choices, kept)
}

fn belongs(row: &TaskRow, standing: &str, show: &str, today: Date) -> bool {
    let done = standing.starts_with("done");
    match show {
        "open" => !done && standing != "held",
        "soon" => due_soon(row, today),
        "held" => standing == "held",
        "not-begun" => row.acknowledged_at.is_none(),
        "acknowledged" => row.acknowledged_at.is_some(),
        "under-way" => row.acknowledged_at.is_some() && !done && standing != "held",
        "on-time" => row.rates.on_time > 0,
        "overdue" => row.overdue,
        "done" => done,
        "gap" => done && matches!(row.verification, Verification::Lacking(_)),
        "verified" => row.verification == Verification::Verified,
        _ => true,
    }
}

/// By unit, in the order of the office's tree; within a unit by due date, tasks without one last.
fn by_unit(mut rows: Vec<Arc<TaskRow>>, units: &[UnitRow]) -> Vec<Arc<TaskRow>> {
    let places: BTreeMap<&UnitId, usize> = units.iter().enumerate().map(|(place, unit)| (&unit.id, place)).collect();
    let place = |row: &TaskRow| places.get(&row.key.unit).copied().unwrap_or(usize::MAX);
    rows.sort_by(|a, b| (place(a), a.due.unwrap_or(Date::MAX), &a.key).cmp(&(place(b), b.due.unwrap_or(Date::MAX), &b.key)));
    rows
}

/// Where pages begin: a unit's tasks stand together on one page, unless they alone fill more.
fn page_starts(rows: &[Arc<TaskRow>]) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut at, mut on_page) = (0, 0);
    for unit in rows.chunk_by(|a, b| a.key.unit == b.key.unit) {
        if on_page > 0 && on_page + unit.len() > PAGE_TASKS {
            starts.push(at);
            on_page = 0;
        }
        let more = (PAGE_TASKS..unit.len()).step_by(PAGE_TASKS).map(|n| at + n);
        starts.extend(more);
        on_page += unit.len() % PAGE_TASKS;
        at += unit.len();
    }
    starts
}

fn units_groups(lang: Lang, rows: &[Arc<TaskRow>], today: Date) -> Vec<TaskGroup> {
    let groups = rows.chunk_by(|a, b| a.key.unit == b.key.unit);
    groups
        .map(|rows| TaskGroup {
            title: rows.first().map(|r| r.unit_name.clone()).unwrap_or_default(),
            tasks: rows.iter().map(|r| TaskItem { unit_name: None, ..shown::task(lang, r, today) }).collect(),
        })
        .collect()
}

/// One unit's tasks by how near their day is.
fn due_groups(frame: &Frame, rows: &[Arc<TaskRow>], today: Date) -> Vec<TaskGroup> {
    let groups = rows.chunk_by(|a, b| nearness(a, today) == nearness(b, today));
    groups
        .map(|rows| TaskGroup {
            title: rows.first().map(|r| frame.code("near", nearness(r, today)).into_owned()).unwrap_or_default(),
            tasks: rows.iter().map(|r| TaskItem { unit_name: None, ..shown::task(frame.lang, r, today) }).collect(),
        })
        .collect()
}

/// Codes of the family `near`.
fn nearness(row: &TaskRow, today: Date) -> &'static str {
    let days = row.due.map(|due| due.since(today).map_or(0, |span| span.get_days()));
    match days {
        _ if row.overdue => "overdue",
        None => "none",
        Some(..0) => "past",
        Some(0..=7) => "week",
        Some(8..=31) => "month",
        Some(_) => "later",
    }
}

fn tabs(frame: &Frame, asked: &Asked, show: &str, rows: &[(&'static str, Arc<TaskRow>)], today: Date) -> Vec<Tab> {
    let tab = |s: &&'static str| {
        let n = rows.iter().filter(|(standing, row)| belongs(row, standing, s, today)).count();
        // What is empty needs no tab, but for the one that stands open and the first and last.
        let wanted = n > 0 || *s == show || matches!(*s, "open" | "all");
        let count = number(frame.lang, n.try_into().unwrap_or(i64::MAX));
        wanted.then(|| Tab { href: address(asked, s, 0), words: frame.code("show", s).into_owned(), count, here: *s == show })
    };
    SHOWS.iter().filter_map(tab).collect()
}

/// By due day, tasks without one last.
fn by_due(mut rows: Vec<Arc<TaskRow>>) -> Vec<Arc<TaskRow>> {
    rows.sort_by(|a, b| (!a.overdue, a.due.unwrap_or(Date::MAX), &a.key).cmp(&(!b.overdue, b.due.unwrap_or(Date::MAX), &b.key)));
    rows
}
