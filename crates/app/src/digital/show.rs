//! What the team's work looks like: its entries, the overview of a period, the same as a workbook.

use super::evidence_of;
use crate::evidence;
use crate::lang::{Lang, code, date, t, t_with};
use crate::meetings::{Plan, plan_of};
use crate::snapshot::Snapshot;
use crate::views::{DigitalOverview, DigitalRow, DigitalState, DigitalUnit, DigitalView};
use crate::{App, Error, Result};
use jiff::civil::Date;
use programme::digital::{Sums, is_digital};
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::scope::Scope;
use publish::{Cell, TableSheet};
use std::collections::BTreeSet;
use store::content;

/// Of which days, and of which units: `None` means all of the office.
#[derive(Debug, Clone)]
pub struct Asked {
    pub from: Date,
    pub to: Date,
    pub units: Option<BTreeSet<UnitId>>,
}

impl Asked {
    fn sees(&self, unit: &UnitId) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(unit))
    }
}

fn entries(all: &Snapshot) -> impl Iterator<Item = &Entry<Activity>> {
    all.meetings.iter().filter(|entry| is_digital(entry.facts.kind))
}

fn state(entry: &Entry<Activity>) -> DigitalState {
    match entry.has(MarkKind::Withdrawn) {
        true if entry.facts.planned => DigitalState::CalledOff,
        true => DigitalState::Withdrawn,
        false if entry.facts.planned => DigitalState::Planned,
        false => DigitalState::Held,
    }
}

/// Entries of some days, the latest first; what is planned and was not held stands there whatever its day.
pub async fn list(app: &App, asked: &Asked) -> Result<Vec<DigitalRow>> {
    let all = app.snapshot().await?;
    let fits = |entry: &&Entry<Activity>| {
        let within = asked.from <= entry.facts.on && entry.facts.on <= asked.to;
        asked.sees(&entry.facts.unit) && (within || state(entry) == DigitalState::Planned)
    };
    let found: Vec<&Entry<Activity>> = entries(&all).filter(fits).collect();
    let plans: Vec<&ContentId> = found.iter().filter_map(|a| a.facts.plan.as_ref()).map(|plan| &plan.id).collect();
    let mut tx = app.inner.db.read().await?;
    let plans = content::many(&mut tx, &plans).await?;
    let place = |entry: &Entry<Activity>| {
        let body = plans.get(&entry.facts.plan.as_ref()?.id)?.body.as_deref()?;
        serde_json::from_str::<Plan>(body).ok()?.place
    };
    let mut rows: Vec<DigitalRow> = found.into_iter().map(|entry| row(&all, entry, place(entry))).collect();
    rows.sort_by(|a, b| (b.on, &b.id).cmp(&(a.on, &a.id)));
    Ok(rows)
}

fn row(all: &Snapshot, entry: &Entry<Activity>, place: Option<String>) -> DigitalRow {
    let facts = &entry.facts;
    DigitalRow {
        id: facts.id.clone(),
        kind: facts.kind,
        unit: all.unit_named(&facts.unit),
        on: facts.on,
        place,
        people: facts.people,
        work: facts.digital.as_deref().cloned().unwrap_or_default(),
        state: state(entry),
        read: crate::clash::mark(facts),
    }
}

/// One entry; `None` where there is none.
pub async fn show(app: &App, id: &ActivityId) -> Result<Option<DigitalView>> {
    let all = app.snapshot().await?;
    let Some(entry) = entries(&all).find(|entry| &entry.facts.id == id) else { return Ok(None) };
    let mut tx = app.inner.db.read().await?;
    let plan = plan_of(&mut tx, entry).await?.unwrap_or_default();
    let facts = &entry.facts;
    let mut files = Vec::new();
    for id in evidence_of(facts) {
        let Some(evidence) = store::evidence::get(&mut tx, id.as_str()).await? else { continue };
        if let Some(sealed) = evidence.facts.content {
            files.push(evidence::file_view(&mut tx, &sealed.id).await?);
        }
    }
    let letter: Option<LetterId> = plan.letter.as_deref().and_then(|id| id.parse().ok());
    let topics = facts.outreach.as_ref().map(|o| o.topics.clone()).unwrap_or_default();
    let told = letter.as_ref().map(|letter| super::Topics::of(&all, letter).all).unwrap_or_default();
    Ok(Some(DigitalView {
        topics: told.into_iter().filter(|(key, _)| topics.contains(key)).collect(),
        letter_code: letter.as_ref().and_then(|id| all.letters.get(id)).and_then(|letter| letter.facts.code.clone()),
        letter,
        note: crate::texts::note(&mut tx, facts.note.as_ref()).await?,
        tasks: facts.tasks.clone(),
        files,
        by_name: all.names.get(&entry.stamp.by).cloned(),
        at: entry.stamp.at,
        row: row(&all, entry, plan.place),
    }))
}

/// A file of an entry by its name and bytes; `None` where the entry has no such file.
pub async fn file(app: &App, view: &DigitalView, id: &ContentId) -> Result<Option<(String, Vec<u8>)>> {
    match view.files.iter().any(|file| &file.content == id) {
        true => evidence::download(app, id).await,
        false => Ok(None),
    }
}

/// The team's work of a period: together, and by unit. Every hamlet has its line, whether it did anything or not.
pub async fn overview(app: &App, asked: &Asked) -> Result<DigitalOverview> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let seen: BTreeSet<UnitId> = all.unit_rows().into_iter().map(|row| row.id).filter(|id| asked.sees(id)).collect();
    let scope = Scope { units: seen, from: asked.from, to: asked.to };
    let found = programme::digital::overview(entries(&all), &scope);
    let open: BTreeSet<UnitId> = all.units_below(now).into_iter().filter(|u| u.kind == UnitKind::Hamlet).map(|u| u.id).collect();
    let listed = |id: &UnitId| scope.units.contains(id) && (open.contains(id) || found.units.contains_key(id));
    let units = all.unit_rows().into_iter().map(|row| row.id).filter(listed);
    let unit = |id: UnitId| DigitalUnit { sums: found.units.get(&id).cloned().unwrap_or_default(), unit: all.unit_named(&id) };
    Ok(DigitalOverview { units: units.map(unit).collect(), total: found.total })
}

/// The overview and its entries as a workbook; `named` is the period in words, `at` the time written into the file.
pub async fn workbook(app: &App, lang: Lang, asked: &Asked, named: &str, at: Moment) -> Result<Vec<u8>> {
    let (overview, mut rows) = (overview(app, asked).await?, list(app, asked).await?);
    // What is planned for other days stands on the page as work to come; a file about a period holds that period.
    rows.retain(|row| asked.from <= row.on && row.on <= asked.to);
    let all = app.snapshot().await?;
    let about = format!("{}, {}", all.unit_name(&all.office), named);
    let sheets = vec![by_unit(lang, &overview), by_group(lang, &overview.total), by_entry(lang, &rows)];
    let title = t(lang, "nav-digital").into_owned();
    let made = app.engine("xlsx", move || publish::table_workbook(&title, &about, &sheets, at.timestamp())).await?;
    made.map_err(Error::Document)
}

fn heads(lang: Lang, keys: &[(&str, f64)]) -> Vec<(String, f64)> {
    keys.iter().map(|(key, width)| (t(lang, key).into_owned(), *width)).collect()
}

/// Hours as they are read, half an hour as 0.5.
fn hours(minutes: u64) -> Cell {
    Cell::Number(minutes as f64 / 60.0)
}

fn by_unit(lang: Lang, overview: &DigitalOverview) -> TableSheet {
    let line = |name: &str, s: &Sums| {
        let counts = [s.visits, s.help_points, s.helped, s.classes, s.taught].map(Cell::Count);
        std::iter::once(Cell::Text(name.to_owned())).chain(counts).chain([hours(s.minutes)]).collect()
    };
    let keys = [
        ("unit", 34.0),
        ("digital-visits", 14.0),
        ("digital-points", 16.0),
        ("digital-helped", 16.0),
        ("digital-classes", 14.0),
        ("digital-taught", 14.0),
        ("digital-hours", 12.0),
    ];
    let total = line(&t(lang, "digital-total"), &overview.total);
    TableSheet {
        name: t(lang, "digital-by-unit").into_owned(),
        columns: heads(lang, &keys),
        rows: overview.units.iter().map(|u| line(&u.unit.name, &u.sums)).chain([total]).collect(),
    }
}

fn by_group(lang: Lang, total: &Sums) -> TableSheet {
    let group = |g: &SkillGroup| vec![Cell::Text(code(lang, "skill-group", g.as_str()).into_owned()), Cell::Count(total.learners_of(*g))];
    TableSheet {
        name: t(lang, "digital-by-group").into_owned(),
        columns: heads(lang, &[("digital-group", 44.0), ("digital-learners", 18.0)]),
        rows: SkillGroup::ALL.iter().map(group).collect(),
    }
}

fn by_entry(lang: Lang, rows: &[DigitalRow]) -> TableSheet {
    let word = |family: &str, of: &str| Cell::Text(code(lang, family, of).into_owned());
    let learners = |work: &DigitalWork| {
        let of = |(group, n): (&SkillGroup, &u32)| {
            let args = [("group", code(lang, "skill-group", group.as_str()).into_owned().into()), ("n", (*n).into())];
            t_with(lang, "digital-group-n", &args).into_owned()
        };
        work.learners.iter().map(of).collect::<Vec<_>>().join("; ")
    };
    let line = |row: &DigitalRow| {
        let held = row.state != DigitalState::Planned && row.state != DigitalState::CalledOff;
        let counted = |cell: Cell| if held { cell } else { Cell::Text(String::new()) };
        vec![
            Cell::Text(date(row.on)),
            word("activity-kind", row.kind.as_str()),
            Cell::Text(row.unit.name.clone()),
            Cell::Text(row.place.clone().unwrap_or_default()),
            word("digital-state", row.state.code()),
            counted(Cell::Count(row.work.visits.into())),
            counted(Cell::Count(row.people.into())),
            counted(hours(row.work.minutes.into())),
            Cell::Text(learners(&row.work)),
        ]
    };
    let keys = [
        ("activity-on", 12.0),
        ("activity-kind", 26.0),
        ("unit", 24.0),
        ("meeting-place", 30.0),
        ("digital-standing", 14.0),
        ("digital-visits", 12.0),
        ("digital-people", 12.0),
        ("digital-hours", 10.0),
        ("digital-learners", 40.0),
    ];
    TableSheet { name: t(lang, "digital-entries").into_owned(), columns: heads(lang, &keys), rows: rows.iter().map(line).collect() }
}
