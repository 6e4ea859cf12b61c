//! The dashboard: one's own work, the four rates with the gap declared − verified as headline, who waits for whom;
//! everything clicks through.

use app::assets;
use app::dashboard::{self, DashboardQuery};
use app::lang::{Lang, date, number};
use app::programme::decide::may_hear;
use app::programme::model::{CaseKind, Verdict};
use app::programme::period::{Period, Recurrence};
use app::programme::rates::Rates;
use app::returns::{self, ReportTemplate};
use app::views::DashboardView;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;

use crate::bars::{self, Bar};
use crate::dates;
use crate::error::{FieldError, PageError};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::waiting::{self, Wait};
use crate::pages::{Page, learn, ledger, plans};
use crate::shown::{self, TaskItem};
use crate::site::Site;
use crate::visit::{Choice, Frame, Turned, Visit};

/// Overdue tasks shown here; the rest behind the link.
const MAX_OVERDUE: usize = 20;

/// Letters shown here, those with something to look at first.
const MAX_LETTERS: usize = 30;

#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage {
    frame: Frame,
    errors: Vec<WrongField>,
    as_of: String,
    as_of_words: String,
    periods: Vec<Choice>,
    may_receive: bool,
    /// Only a period or the state of an earlier day is shown.
    only_part: bool,
    n_tasks: u64,
    /// What one's own unit has to do.
    own: Vec<Wait>,
    has_own_work: bool,
    gap: String,
    gap_title: String,
    gap_words: String,
    has_gap: bool,
    rates: Vec<Rate>,
    declared_only: Option<String>,
    waits: Vec<Wait>,
    /// Units with something to look at first, the others folded away.
    units: Vec<RatesRow>,
    other_units: Vec<RatesRow>,
    others_words: String,
    /// Work was passed on to a unit below, so that the units do not add up to the total.
    has_delegated: bool,
    letters: Vec<RatesRow>,
    more_letters: Option<String>,
    by_period: Vec<RatesRow>,
    overdue: Vec<TaskItem>,
    findings: Option<String>,
    /// That a planned inspection found something worse; for the administrator.
    worse: Option<String>,
    /// That the record is damaged; likewise.
    damaged: Option<String>,
}

struct Rate {
    class: &'static str,
    key: &'static str,
    /// What is counted.
    href: &'static str,
    percent: String,
    of: String,
    bar: Bar,
    /// What is still missing, where anything is.
    others: Option<Others>,
}

struct Others {
    href: &'static str,
    words: String,
}

struct RatesRow {
    name: String,
    href: String,
    depth: u32,
    n_tasks: String,
    acknowledged: String,
    declared: String,
    on_time: String,
    verified: String,
    gap: String,
    has_gap: bool,
    bar: Bar,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    as_of: String,
    /// `TEMPLATE:PERIOD`.
    #[serde(default)]
    period: String,
}

/// A period as one of the report templates bounds it.
struct Reported {
    period: Period,
    last: Date,
}

/// One's own work for who is signed in; for everybody else what is for everybody.
pub(crate) async fn show(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Query(asked): Query<Asked>,
) -> Result<Response, Turned> {
    match visit {
        Ok(visit) => Ok(work(&site, visit, asked).await?.into_response()),
        Err(Turned::ToSignIn(_)) => Ok(learn::home(&site, &parts).await?.into_response()),
        Err(turned) => Err(turned),
    }
}

async fn work(site: &Site, visit: Visit, asked: Asked) -> Result<Page<HomePage>, PageError> {
    let today = site.app.now().day();
    let asked_day = Some(asked.as_of.as_str()).filter(|text| !text.is_empty());
    let asked_day = asked_day.map(dates::read);
    let wrong = asked_day == Some(None);
    let asked_day = asked_day.flatten();
    let reported = reported(&asked.period);
    // A period that still runs is counted up to today.
    let as_of = asked_day.or_else(|| reported.as_ref().map(|r| r.last)).filter(|day| *day < today);
    let scope = visit.scope(site).await?;
    let report = reported.map(|r| r.period);
    let only_part = report.is_some() || as_of.is_some();
    let view = dashboard::show(&site.app, DashboardQuery { as_of, report, units: scope.units(), ..DashboardQuery::default() }).await?;
    let reminders = app::reminders::due(&site.app, today).await?;
    let turn = app::turn::show(&site.app, &visit.by, &reminders).await?;
    let mut found = assets::list(&site.app).await?;
    found.retain(|asset| scope.sees_unit(&asset.unit));
    let failed = |r: &&assets::AssetResult| matches!(r.verdict, Verdict::Fail | Verdict::Error) && r.excepted_until.is_none();
    let n_findings = found.iter().flat_map(|asset| &asset.results).filter(failed).count();
    let (may_receive, unit, whole) = (visit.may_register(), visit.by.unit.clone(), scope.is_whole());
    let (sees_own, hears) = (scope.sees_unit(&unit), may_hear(&visit.by, CaseKind::Feedback).is_ok());
    let worse = plans::worse(site, &visit).await?;
    let damaged = ledger::damaged(site, &visit).await?;
    let frame = visit.frame("/");
    // Whoever only learns in a unit is not shown its work.
    let mut own = if sees_own { waiting::of_unit(&frame, &unit, &reminders, hears) } else { Vec::new() };
    // Whoever sees the whole office finds its units one by one further down.
    own.extend(waiting::of_person(&frame, &turn, !whole));
    let waits = if whole { waiting::for_whom(&frame, &view, &reminders) } else { Vec::new() };
    let findings = (n_findings > 0).then(|| frame.with("home-findings", &[("n", n_findings.into())]));
    let has_own_work = view.units.iter().any(|u| u.unit.id == unit && u.own.tasks > 0);
    let page = HomePage { only_part, ..page(frame, &view, &asked.period, today) };
    if wrong {
        let errors = wrong_fields(&page.frame, &[FieldError { field: "as_of", code: "bad-day" }]);
        return Ok(Page(HomePage { errors, as_of: asked.as_of, may_receive, own, has_own_work, waits, findings, worse, damaged, ..page }));
    }
    Ok(Page(HomePage { may_receive, own, has_own_work, waits, findings, worse, damaged, ..page }))
}

fn reported(asked: &str) -> Option<Reported> {
    let (template, period) = asked.split_once(':')?;
    let (template, period) = (returns::template(template)?, period.parse::<Period>().ok()?);
    let (_, last) = period.days(template.bounds)?;
    Some(Reported { period, last })
}

/// The periods that reports are asked for, the running one of each template and the one before.
fn periods(frame: &Frame, asked: &str, today: Date) -> Vec<Choice> {
    let of = |template: &ReportTemplate, day: Date, recurs: Recurrence| {
        let period = Period::containing(day, Some(recurs), template.bounds);
        let template_words = frame.code("report-template", &template.id);
        let value = format!("{}:{period}", template.id);
        let words = format!("{} – {template_words}", shown::period(frame.lang, period));
        (period, Choice { chosen: value == asked, value, words })
    };
    let mut choices = Vec::new();
    for template in returns::templates() {
        let Some(recurs) = template.recurrence else { continue };
        let (running, choice) = of(template, today, recurs);
        choices.push(choice);
        let before = running.days(template.bounds).and_then(|(first, _)| first.yesterday().ok());
        choices.extend(before.map(|day| of(template, day, recurs).1));
    }
    choices
}

fn page(frame: Frame, view: &DashboardView, asked: &str, today: Date) -> HomePage {
    let (lang, total) = (frame.lang, &view.total);
    let shown_units = view.units.iter().filter(|u| u.rolled.tasks > 0);
    let has_delegated = view.units.iter().map(|u| u.own.tasks).sum::<u64>() > total.tasks;
    let (first, others): (Vec<_>, Vec<_>) = shown_units.partition(|u| u.rolled.gap > 0 || u.rolled.overdue > 0 || u.unit.depth == 0);
    let units = |list: &[&app::views::UnitRates]| {
        let unit = |u: &&app::views::UnitRates| {
            // The office's own row counts the work of all its units: its link leads to all of it.
            let of_unit = if u.unit.depth > 0 { format!("&unit={}&below=1", u.unit.id) } else { String::new() };
            row(lang, u.unit.name.clone(), format!("/tasks?show=all{of_unit}"), u.unit.depth.min(3), &u.rolled)
        };
        list.iter().map(unit).collect::<Vec<_>>()
    };
    let letter = |l: &app::views::LetterRates| {
        let code = shown::letter_code(lang, l.code.as_deref());
        let name = l.subject.as_ref().map_or_else(|| code.clone(), |s| format!("{code}: {s}"));
        row(lang, name, format!("/letters/{}", l.letter), 0, &l.rates)
    };
    let of_period =
        |p: &app::views::PeriodRates| row(lang, shown::period(lang, p.period), format!("/tasks?show=all&period={}", p.period), 0, &p.rates);
    let mut letters: Vec<_> = view.letters.iter().collect();
    letters.sort_by_key(|l| std::cmp::Reverse(l.rates.gap + l.rates.overdue));
    let more_letters = letters.len().saturating_sub(MAX_LETTERS);
    HomePage {
        errors: Vec::new(),
        as_of: dates::written(view.as_of),
        as_of_words: frame.with("home-as-of-words", &[("date", date(view.as_of).into())]),
        periods: periods(&frame, asked, today),
        n_tasks: total.tasks,
        has_delegated,
        gap: number(lang, signed(total.gap)),
        gap_title: frame.t(gap_title(total)).into_owned(),
        gap_words: gap_words(&frame, total),
        has_gap: total.gap > 0,
        rates: rates(&frame, total),
        declared_only: (total.declared_only > 0).then(|| frame.with("home-declared-only", &[("n", total.declared_only.into())])),
        units: units(&first),
        others_words: frame.with("home-other-units", &[("n", others.len().into())]),
        other_units: units(&others),
        letters: letters.into_iter().take(MAX_LETTERS).map(letter).collect(),
        more_letters: (more_letters > 0).then(|| frame.with("home-more-letters", &[("n", more_letters.into())])),
        by_period: if view.periods.len() > 1 { view.periods.iter().map(of_period).collect() } else { Vec::new() },
        overdue: view.overdue.iter().take(MAX_OVERDUE).map(|t| shown::task(lang, t, view.as_of)).collect(),
        may_receive: false,
        only_part: false,
        own: Vec::new(),
        has_own_work: false,
        waits: Vec::new(),
        findings: None,
        worse: None,
        damaged: None,
        frame,
    }
}

fn gap_words(frame: &Frame, total: &Rates) -> String {
    let figures = [("declared", total.declared), ("tasks", total.tasks), ("verified", total.verified), ("verifiable", total.verifiable)];
    frame.with("home-gap-words", &figures.map(|(name, n)| (name, n.into())))
}

fn gap_title(total: &Rates) -> &'static str {
    match total {
        Rates { gap: 1.., .. } => "home-gap-title",
        Rates { declared: 0, .. } => "home-gap-nothing-title",
        _ => "home-gap-none-title",
    }
}

fn rates(frame: &Frame, total: &Rates) -> Vec<Rate> {
    let rate = |class, key, href, fill, part: u64, whole: u64, of| {
        let of = frame.with(of, &[("part", part.into()), ("whole", whole.into())]);
        let bar = bars::single(fill, part, whole, of.clone());
        Rate { class, key, href, percent: bars::percent_words(part, whole), of, bar, others: None }
    };
    let others = |key, href, n: u64| (n > 0).then(|| Others { href, words: frame.with(key, &[("n", n.into())]) });
    let r = total;
    let missing = [
        others("rate-not-acknowledged", "/tasks?show=not-begun", r.tasks - r.acknowledged),
        others("rate-not-declared", "/tasks?show=open", r.tasks - r.declared - r.held),
        others("rate-not-on-time", "/tasks?show=overdue", r.overdue),
        others("rate-not-verified", "/tasks?show=gap", r.gap),
    ];
    let rates = [
        rate("acknowledged", "rate-acknowledged", "/tasks?show=acknowledged", "f-seen", r.acknowledged, r.tasks, "rate-of"),
        rate("declared", "rate-declared", "/tasks?show=done", "f-declared", r.declared, r.tasks, "rate-of"),
        rate("on-time", "rate-on-time", "/tasks?show=on-time", "f-on-time", r.on_time, r.due, "rate-of-due"),
        rate("verified", "rate-verified", "/tasks?show=verified", "f-verified", r.verified, r.verifiable, "rate-of-verifiable"),
    ];
    rates.into_iter().zip(missing).map(|(rate, others)| Rate { others, ..rate }).collect()
}

fn row(lang: Lang, name: String, href: String, depth: u32, rates: &Rates) -> RatesRow {
    RatesRow {
        name,
        href,
        depth,
        n_tasks: number(lang, signed(rates.tasks)),
        acknowledged: bars::percent_words(rates.acknowledged, rates.tasks),
        declared: bars::percent_words(rates.declared, rates.tasks),
        on_time: bars::percent_words(rates.on_time, rates.due),
        verified: bars::percent_words(rates.verified, rates.verifiable),
        gap: number(lang, signed(rates.gap)),
        has_gap: rates.gap > 0,
        bar: bars::progress(lang, rates),
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
