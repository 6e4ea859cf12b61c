//! The dashboard: the four rates first, the gap declared − verified as headline, everything clicks through.

use app::dashboard::{self, DashboardQuery};
use app::lang::{Lang, date, number};
use app::programme::rates::Rates;
use app::views::DashboardView;
use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use serde::Deserialize;

use crate::bars::{self, Bar};
use crate::error::PageError;
use crate::pages::Page;
use crate::shown::{self, TaskItem};
use crate::site::Site;
use crate::visit::{Frame, Visit};

/// Overdue tasks shown here; the rest behind the link.
const MAX_OVERDUE: usize = 20;

#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage {
    frame: Frame,
    as_of: String,
    as_of_words: String,
    n_tasks: u64,
    gap: String,
    gap_title: String,
    gap_words: String,
    has_gap: bool,
    rates: Vec<Rate>,
    declared_only: Option<String>,
    units: Vec<RatesRow>,
    letters: Vec<RatesRow>,
    overdue: Vec<TaskItem>,
    open_cases: Option<String>,
}

struct Rate {
    class: &'static str,
    key: &'static str,
    href: &'static str,
    percent: String,
    of: String,
    bar: Bar,
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
pub(crate) struct AsOf {
    as_of: Option<String>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Query(query): Query<AsOf>) -> Result<Page<HomePage>, PageError> {
    let asked = query.as_of.filter(|text| !text.is_empty());
    let as_of = asked.map(|text| text.parse::<Date>()).transpose().map_err(|_| PageError::field("as_of", "bad-date"))?;
    let view =
        dashboard::show(&site.app, DashboardQuery { as_of, units: visit.scope(&site).await?.units(), ..DashboardQuery::default() }).await?;
    Ok(Page(page(visit.frame("/"), &view)))
}

fn page(frame: Frame, view: &DashboardView) -> HomePage {
    let (lang, total) = (frame.lang, &view.total);
    let units = view.units.iter().filter(|u| u.rolled.tasks > 0);
    HomePage {
        as_of: view.as_of.to_string(),
        as_of_words: frame.with("home-as-of-words", &[("date", date(view.as_of).into())]),
        n_tasks: total.tasks,
        gap: number(lang, signed(total.gap)),
        gap_title: frame.t(gap_title(total)).into_owned(),
        gap_words: frame.with(
            "home-gap-words",
            &[
                ("declared", total.declared.into()),
                ("tasks", total.tasks.into()),
                ("verified", total.verified.into()),
                ("verifiable", total.verifiable.into()),
            ],
        ),
        has_gap: total.gap > 0,
        rates: rates(&frame, total),
        declared_only: (total.declared_only > 0).then(|| frame.with("home-declared-only", &[("n", total.declared_only.into())])),
        units: units
            .map(|u| row(lang, u.unit.name.clone(), format!("/tasks?unit={}", u.unit.id), u.unit.depth.min(3), &u.rolled))
            .collect(),
        letters: view
            .letters
            .iter()
            .map(|l| {
                let code = shown::letter_code(frame.lang, l.code.as_deref());
                let name = l.subject.as_ref().map_or_else(|| code.clone(), |s| format!("{code}: {s}"));
                row(lang, name, format!("/letters/{}", l.letter), 0, &l.rates)
            })
            .collect(),
        overdue: view.overdue.iter().take(MAX_OVERDUE).map(|t| shown::task(lang, t, view.as_of)).collect(),
        open_cases: (view.open_cases > 0).then(|| frame.with("home-open-cases", &[("n", view.open_cases.into())])),
        frame,
    }
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
        Rate { class, key, href, percent: bars::percent_words(part, whole), of, bar }
    };
    let r = total;
    vec![
        rate("acknowledged", "rate-acknowledged", "/tasks?show=not-begun", "f-seen", r.acknowledged, r.tasks, "rate-of"),
        rate("declared", "rate-declared", "/tasks?show=done", "f-declared", r.declared, r.tasks, "rate-of"),
        rate("on-time", "rate-on-time", "/tasks?show=overdue", "f-on-time", r.on_time, r.due, "rate-of-due"),
        rate("verified", "rate-verified", "/tasks?show=verified", "f-verified", r.verified, r.verifiable, "rate-of-verifiable"),
    ]
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
