//! The community digital team: what a period came to by unit and by skill group, what is missing, and every entry.

pub(crate) mod entry;
pub(crate) mod form;

use app::digital::{self, Asked};
use app::lang::{Lang, code, date, number, period as period_words, t, t_with};
use app::programme::digital::{KINDS, Sums};
use app::programme::model::{ActivityKind, SkillGroup, UnitKind};
use app::programme::period::{Bounds, Period, Recurrence};
use app::views::{DigitalOverview, DigitalRow, DigitalState};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use crate::bars::{Bar, single};
use crate::error::PageError;
use crate::pages::{Page, attachment};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

/// Months, quarters, halves and years that can be looked at, the running one with them.
const SHOWN: [(Recurrence, usize); 4] =
    [(Recurrence::Monthly, 12), (Recurrence::Quarterly, 4), (Recurrence::HalfYearly, 2), (Recurrence::Yearly, 2)];

#[derive(Template)]
#[template(path = "digital.html")]
pub(crate) struct DigitalPage {
    frame: Frame,
    /// What can be recorded: address and words.
    records: Vec<Choice>,
    periods: Vec<Choice>,
    workbook_href: String,
    title: String,
    is_empty: bool,
    totals: Vec<Total>,
    units: Vec<UnitLine>,
    groups: Vec<GroupLine>,
    /// What is missing, in words.
    gaps: Vec<String>,
    lists: Vec<List>,
}

struct Total {
    name: String,
    value: String,
}

/// A unit with its counts under the heads of the totals.
struct UnitLine {
    name: String,
    is_total: bool,
    values: Vec<Total>,
    bar: Option<Bar>,
}

struct GroupLine {
    name: String,
    /// `None`: nobody was taught.
    learners: Option<String>,
    bar: Bar,
}

struct List {
    /// The key of its title.
    id: &'static str,
    title: String,
    items: Vec<Item>,
}

struct Item {
    href: String,
    title: String,
    meta: Vec<String>,
    tag: Tag,
}

#[derive(Deserialize, Default)]
pub(crate) struct Wanted {
    period: Option<String>,
}

impl Wanted {
    /// The period that is asked for; the running month for any other word.
    fn period(&self, today: Date) -> (Period, Date, Date) {
        let this = Period::containing(today, Some(Recurrence::Monthly), Bounds::Calendar);
        let asked: Option<Period> = self.period.as_deref().and_then(|period| period.parse().ok());
        let days = |period: Period| period.days(Bounds::Calendar).map(|(from, to)| (period, from, to));
        asked.and_then(days).or_else(|| days(this)).unwrap_or((this, today, today))
    }
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit, Query(wanted): Query<Wanted>) -> Result<Page<DigitalPage>, PageError> {
    let today = site.app.now().day();
    let (period, from, to) = wanted.period(today);
    let asked = Asked { from, to, units: visit.scope(&site).await?.units() };
    let overview = digital::overview(&site.app, &asked).await?;
    let rows = digital::list(&site.app, &asked).await?;
    let hamlets: Vec<_> = app::office::units(&site.app).await?.into_iter().filter(|u| u.kind == UnitKind::Hamlet).map(|u| u.id).collect();
    let can_record = visit.acts().is_ok();
    let frame = visit.frame("/digital");
    let lang = frame.lang;
    let record = |kind: &ActivityKind| Choice {
        value: format!("/digital/new?kind={kind}"),
        words: frame.code("digital-do", kind.as_str()).into_owned(),
        chosen: false,
    };
    let idle: Vec<&str> =
        overview.units.iter().filter(|u| u.sums.entries == 0 && hamlets.contains(&u.unit.id)).map(|u| u.unit.name.as_str()).collect();
    Ok(Page(DigitalPage {
        records: KINDS.iter().filter(|_| can_record).map(record).collect(),
        periods: periods(lang, period, today),
        workbook_href: format!("/digital/figures.xlsx?period={period}"),
        title: frame.with("digital-in-period", &[("period", inside(&period_words(lang, period)).into())]),
        is_empty: overview.total.entries == 0,
        totals: counts(lang, &overview.total),
        units: units(lang, &overview),
        groups: SkillGroup::ALL.iter().map(|group| group_line(lang, *group, &overview.total)).collect(),
        gaps: gaps(lang, &overview.total, &idle),
        lists: lists(lang, &rows),
        frame,
    }))
}

/// The figures of a period as a workbook, of the units that this person sees.
pub(crate) async fn workbook(State(site): State<Site>, visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, PageError> {
    let (period, from, to) = wanted.period(site.app.now().day());
    let asked = Asked { from, to, units: visit.scope(&site).await?.units() };
    let named = period_words(visit.lang, period);
    let bytes = digital::workbook(&site.app, visit.lang, &asked, &named, site.app.now()).await?;
    Ok(attachment(&format!("to-cong-nghe-so-{period}.xlsx"), bytes))
}

/// "Tháng 11/2026" inside a sentence.
fn inside(period: &str) -> String {
    let mut signs = period.chars();
    signs.next().map(|first| first.to_lowercase().chain(signs).collect()).unwrap_or_default()
}

/// The running period of each length and those before it; one that is asked for and not among them stands first.
fn periods(lang: Lang, asked: Period, today: Date) -> Vec<Choice> {
    let mut all = Vec::new();
    for (recurs, n) in SHOWN {
        let mut day = today;
        for _ in 0..n {
            let period = Period::containing(day, Some(recurs), Bounds::Calendar);
            all.push(period);
            let Some(before) = period.days(Bounds::Calendar).and_then(|(first, _)| first.yesterday().ok()) else { break };
            day = before;
        }
    }
    if !all.contains(&asked) {
        all.insert(0, asked);
    }
    let choice = |p: Period| Choice { value: p.to_string(), words: period_words(lang, p), chosen: p == asked };
    all.into_iter().map(choice).collect()
}

/// Hours with one digit behind the comma, where there is any.
pub(crate) fn hours(lang: Lang, minutes: u64) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    let whole = number(lang, i64::try_from(tenths / 10).unwrap_or(i64::MAX));
    match (tenths % 10, lang) {
        (0, _) => whole,
        (rest, Lang::Vi) => format!("{whole},{rest}"),
        (rest, Lang::En) => format!("{whole}.{rest}"),
    }
}

fn counts(lang: Lang, sums: &Sums) -> Vec<Total> {
    let count = |key: &str, n: u64| Total { name: t(lang, key).into_owned(), value: number(lang, i64::try_from(n).unwrap_or(i64::MAX)) };
    vec![
        count("digital-visits", sums.visits),
        count("digital-points", sums.help_points),
        count("digital-helped", sums.helped),
        count("digital-classes", sums.classes),
        count("digital-taught", sums.taught),
        Total { name: t(lang, "digital-hours").into_owned(), value: hours(lang, sums.minutes) },
    ]
}

fn units(lang: Lang, overview: &DigitalOverview) -> Vec<UnitLine> {
    let all = overview.total.minutes;
    let bar = |minutes: u64| {
        let args = [("hours", hours(lang, minutes).into()), ("all", hours(lang, all).into())];
        single("f-on-time", minutes, all, t_with(lang, "digital-of-hours", &args).into_owned())
    };
    let of_unit = |unit: &app::views::DigitalUnit| UnitLine {
        name: unit.unit.name.clone(),
        is_total: false,
        values: counts(lang, &unit.sums),
        bar: Some(bar(unit.sums.minutes)),
    };
    let total = UnitLine { name: t(lang, "digital-total").into_owned(), is_total: true, values: counts(lang, &overview.total), bar: None };
    overview.units.iter().map(of_unit).chain([total]).collect()
}

fn group_line(lang: Lang, group: SkillGroup, total: &Sums) -> GroupLine {
    let most = SkillGroup::ALL.iter().map(|group| total.learners_of(*group)).max().unwrap_or_default();
    let n = total.learners_of(group);
    let words = t_with(lang, "digital-of-learners", &[("n", n.into())]).into_owned();
    GroupLine {
        name: code(lang, "skill-group", group.as_str()).into_owned(),
        learners: (n > 0).then(|| number(lang, i64::try_from(n).unwrap_or(i64::MAX))),
        bar: single("f-on-time", n, most, words),
    }
}

/// Skill groups that nobody was taught and hamlets that recorded nothing, each a sentence.
fn gaps(lang: Lang, total: &Sums, idle: &[&str]) -> Vec<String> {
    let groups: Vec<_> = total.gaps().into_iter().map(|g| code(lang, "skill-group", g.as_str()).to_lowercase()).collect();
    let said = |key: &str, name: &str, list: String| (!list.is_empty()).then(|| t_with(lang, key, &[(name, list.into())]).into_owned());
    let of_groups = said("digital-gap-groups", "groups", groups.join("; "));
    of_groups.into_iter().chain(said("digital-gap-units", "units", idle.join("; "))).collect()
}

fn lists(lang: Lang, rows: &[DigitalRow]) -> Vec<List> {
    let list = |id: &'static str, states: &[DigitalState]| {
        let mut items: Vec<Item> = rows.iter().filter(|row| states.contains(&row.state)).map(|row| item(lang, row)).collect();
        // What is to be done comes in the order of its days, what was done the latest first.
        if states == [DigitalState::Planned] {
            items.reverse();
        }
        List { id, title: t(lang, id).into_owned(), items }
    };
    let all = [
        list("digital-planned", &[DigitalState::Planned]),
        list("digital-held", &[DigitalState::Held]),
        list("digital-back", &[DigitalState::Withdrawn, DigitalState::CalledOff]),
    ];
    all.into_iter().filter(|list| !list.items.is_empty()).collect()
}

fn item(lang: Lang, row: &DigitalRow) -> Item {
    let mut meta = vec![date(row.on), row.unit.name.clone()];
    if row.state != DigitalState::Planned && row.state != DigitalState::CalledOff {
        meta.extend(counted(lang, row));
    }
    Item { href: format!("/digital/{}", row.id), title: title(lang, row), meta, tag: tag(lang, row.state) }
}

/// "Điểm hỗ trợ xã hội số: Nhà văn hóa thôn 3".
pub(crate) fn title(lang: Lang, row: &DigitalRow) -> String {
    let kind = code(lang, "activity-kind", row.kind.as_str());
    row.place.as_ref().map_or_else(|| kind.to_string(), |place| format!("{kind}: {place}"))
}

/// What was counted, in words.
pub(crate) fn counted(lang: Lang, row: &DigitalRow) -> Vec<String> {
    let n = |key: &str, n: u32| t_with(lang, key, &[("n", n.into())]).into_owned();
    let hours = t_with(lang, "digital-n-hours", &[("hours", hours(lang, row.work.minutes.into()).into())]).into_owned();
    match row.kind {
        ActivityKind::HomeVisit => vec![n("digital-n-visits", row.work.visits), n("digital-n-helped", row.people), hours],
        ActivityKind::DigitalClass => vec![n("digital-n-taught", row.people), hours],
        _ => vec![n("digital-n-helped", row.people), hours],
    }
}

pub(crate) fn tag(lang: Lang, state: DigitalState) -> Tag {
    let class = match state {
        DigitalState::Planned => "calm",
        DigitalState::Held => "good",
        DigitalState::Withdrawn | DigitalState::CalledOff => "",
    };
    Tag { class, words: code(lang, "digital-state", state.code()).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_to_the_tenth() {
        let words = |lang, minutes: [u64; 5]| minutes.map(|m| hours(lang, m));
        assert_eq!(words(Lang::Vi, [0, 5, 90, 150, 75_000]), ["0", "0,1", "1,5", "2,5", "1.250"]);
        assert_eq!(words(Lang::En, [0, 5, 90, 150, 75_000]), ["0", "0.1", "1.5", "2.5", "1,250"]);
    }
}
