//! Projections: tables that follow from events alone, dropped and rebuilt by [`rebuild`].
//!
//! Facts: the statement with the latest (time, office, seq) wins. Marks, results and links: sets that grow.
//! Both give the same tables whatever the order of events, which a property test holds us to.

use crate::ledger::{EventRow, signed};
use crate::{Error, Result, Tx, setting};
use programme::chain;
use programme::event::{Change, Event, Facts};
use programme::ids::{EvidenceId, UnitId};
use programme::model::*;
use programme::moment::Moment;
use std::collections::{BTreeMap, BTreeSet};

/// Raised when the shape or the meaning of a projection changes; a database with another number is rebuilt at start.
pub const VERSION: &str = "1";

/// SQL of one table of facts; all have the same columns.
struct Table {
    insert: &'static str,
    conflict: &'static str,
}

macro_rules! table {
    ($name:literal) => {
        Table {
            insert: concat!("insert into ", $name, " (id, unit, about, facts, at, office, seq, by_person) "),
            conflict: concat!(
                " on conflict (id) do update set unit = excluded.unit, about = excluded.about, ",
                "facts = excluded.facts, at = excluded.at, office = excluded.office, seq = excluded.seq, ",
                "by_person = excluded.by_person where (excluded.at, excluded.office, excluded.seq) > (",
                $name,
                ".at, ",
                $name,
                ".office, ",
                $name,
                ".seq)"
            ),
        }
    };
}

/// The order of [`index`].
static TABLES: [Table; 11] = [
    table!("unit"),
    table!("role_grant"),
    table!("letter"),
    table!("obligation"),
    table!("task"),
    table!("evidence"),
    table!("asset"),
    table!("exception"),
    table!("cases"),
    table!("activity"),
    table!("returns"),
];

const CLEAR: &[&str] = &[
    "delete from unit",
    "delete from role_grant",
    "delete from letter",
    "delete from obligation",
    "delete from task",
    "delete from evidence",
    "delete from asset",
    "delete from exception",
    "delete from cases",
    "delete from activity",
    "delete from returns",
    "delete from mark",
    "delete from check_result",
    "delete from link",
];

struct FactsRow {
    id: String,
    unit: Option<String>,
    about: Option<String>,
    facts: String,
    stamp: Stamp,
}

struct ResultRow {
    unit: UnitId,
    run: EvidenceId,
    observed_at: Moment,
    result: CheckResult,
}

/// Everything some events change, with the latest facts only: one statement may touch a row once.
#[derive(Default)]
struct Batch {
    facts: [BTreeMap<String, FactsRow>; 11],
    marks: Vec<(SubjectKind, String, Mark)>,
    results: Vec<ResultRow>,
    /// (kind of the one that speaks, its id, relation, the other's id)
    links: BTreeSet<(&'static str, String, &'static str, String)>,
}

/// Applies events to the projections; any order, any grouping gives the same tables.
pub(crate) async fn apply<'a>(tx: &mut Tx, events: impl IntoIterator<Item = &'a Event>) -> Result<()> {
    let mut batch = Batch::default();
    for event in events {
        batch.add(event)?;
    }
    batch.write(tx).await
}

/// The tables that are projections.
pub(crate) fn tables() -> impl Iterator<Item = &'static str> {
    CLEAR.iter().filter_map(|clear| clear.strip_prefix("delete from "))
}

/// Drops every projection and replays all ledgers. Returns the number of events.
pub async fn rebuild(tx: &mut Tx) -> Result<u64> {
    for clear in CLEAR {
        on!(tx, c => { sqlx::query(*clear).execute(c).await?; });
    }
    let (mut place, mut n) = ((String::new(), 0), 0);
    while let Some((batch, n_events)) = next_batch(tx, &mut place).await? {
        batch.write(tx).await?;
        n += n_events;
    }
    setting::put(tx, "projections", VERSION).await?;
    Ok(n)
}

/// As [`rebuild`], into an empty database beside, which is left to compare with.
pub(crate) async fn replay(from: &mut Tx, into: &mut Tx) -> Result<()> {
    let mut place = (String::new(), 0);
    while let Some((batch, _)) = next_batch(from, &mut place).await? {
        batch.write(into).await?;
    }
    Ok(())
}

/// What the next events behind this place change, and how many they are; moves the place on.
async fn next_batch(tx: &mut Tx, place: &mut (String, i64)) -> Result<Option<(Batch, u64)>> {
    let rows: Vec<EventRow> = on!(tx, c => sqlx::query_as(
        "select office, seq, hash, body from event where (office, seq) > ($1, $2) order by office, seq limit 10000")
        .bind(&place.0).bind(place.1).fetch_all(c).await?);
    let Some(last) = rows.last() else { return Ok(None) };
    *place = (last.office.clone(), last.seq);
    let mut batch = Batch::default();
    for row in &rows {
        batch.add(&chain::read(&row.body)?.event)?;
    }
    Ok(Some((batch, rows.len() as u64)))
}

/// Whether the projections were written by a program with the same ones.
pub async fn is_current(tx: &mut Tx) -> Result<bool> {
    Ok(setting::get(tx, "projections").await?.as_deref() == Some(VERSION))
}

/// Rebuilds when the tables were written by a program with other projections.
pub async fn refresh(tx: &mut Tx) -> Result<bool> {
    if is_current(tx).await? {
        return Ok(false);
    }
    rebuild(tx).await?;
    Ok(true)
}

/// Table, id, unit and the thing it is about, by which lists select.
fn index(facts: &Facts) -> (usize, String, Option<String>, Option<String>) {
    let text = |id: &dyn std::fmt::Display| Some(id.to_string());
    match facts {
        Facts::Unit(f) => (0, f.id.to_string(), None, f.parent.as_ref().map(UnitId::to_string)),
        Facts::Grant(f) => (1, f.id.to_string(), text(&f.unit), text(&f.person)),
        Facts::Letter(f) => (2, f.id.to_string(), text(&f.office), None),
        Facts::Obligation(f) => (3, f.id.to_string(), None, text(&f.letter)),
        Facts::Task(f) => (4, f.key.to_string(), text(&f.key.unit), text(&f.key.obligation)),
        Facts::Evidence(f) => (5, f.id.to_string(), text(&f.unit), None),
        Facts::Asset(f) => (6, f.id.to_string(), text(&f.unit), None),
        Facts::Exception(f) => (7, f.id.to_string(), None, text(&f.asset)),
        Facts::Case(f) => (8, f.id.to_string(), text(&f.unit), f.task.as_ref().map(ToString::to_string)),
        Facts::Activity(f) => (9, f.id.to_string(), text(&f.unit), None),
        Facts::Return(f) => (10, f.id.to_string(), text(&f.unit), text(&f.period)),
    }
}

fn json(facts: &Facts) -> Result<String> {
    Ok(match facts {
        Facts::Unit(f) => chain::canonical(f),
        Facts::Grant(f) => chain::canonical(f),
        Facts::Letter(f) => chain::canonical(f),
        Facts::Obligation(f) => chain::canonical(f),
        Facts::Task(f) => chain::canonical(f),
        Facts::Evidence(f) => chain::canonical(f),
        Facts::Asset(f) => chain::canonical(f),
        Facts::Exception(f) => chain::canonical(f),
        Facts::Case(f) => chain::canonical(f),
        Facts::Activity(f) => chain::canonical(f),
        Facts::Return(f) => chain::canonical(f),
    }?)
}

impl Batch {
    fn add(&mut self, event: &Event) -> Result<()> {
        for change in event.changes() {
            match change {
                Change::Facts(facts) => self.add_facts(&facts, event.stamp())?,
                Change::Mark { of, id, mark } => self.marks.push((of, id, mark)),
                Change::Results { unit, run, observed_at, results } => {
                    self.results.extend(results.into_iter().map(|result| ResultRow {
                        unit: unit.clone(),
                        run: run.clone(),
                        observed_at,
                        result,
                    }));
                }
            }
        }
        Ok(())
    }

    fn add_facts(&mut self, facts: &Facts, stamp: Stamp) -> Result<()> {
        match facts {
            Facts::Evidence(f) => self.link("evidence", f.id.as_str(), "proves", &f.tasks),
            Facts::Activity(f) => self.link("activity", f.id.as_str(), "about", &f.tasks),
            _ => {}
        }
        let (table, id, unit, about) = index(facts);
        let Some(rows) = self.facts.get_mut(table) else { return Ok(()) };
        if rows.get(&id).is_none_or(|known| known.stamp < stamp) {
            rows.insert(id.clone(), FactsRow { id, unit, about, facts: json(facts)?, stamp });
        }
        Ok(())
    }

    fn link(&mut self, kind: &'static str, id: &str, relation: &'static str, tasks: &[programme::ids::TaskKey]) {
        self.links.extend(tasks.iter().map(|t| (kind, id.to_owned(), relation, t.to_string())));
    }

    async fn write(&self, tx: &mut Tx) -> Result<()> {
        for (rows, table) in self.facts.iter().zip(&TABLES) {
            write_facts(tx, table, &rows.values().collect::<Vec<_>>()).await?;
        }
        write_marks(tx, &self.marks).await?;
        write_results(tx, &self.results).await?;
        write_links(tx, &self.links.iter().collect::<Vec<_>>()).await
    }
}

async fn write_facts(tx: &mut Tx, table: &Table, rows: &[&FactsRow]) -> Result<()> {
    for chunk in rows.chunks(1000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(table.insert);
            query.push_values(chunk, |mut row, f| {
                row.push_bind(&f.id).push_bind(f.unit.as_deref()).push_bind(f.about.as_deref()).push_bind(&f.facts)
                    .push_bind(f.stamp.at.to_string()).push_bind(f.stamp.office.as_str())
                    .push_bind(signed(f.stamp.seq)).push_bind(f.stamp.by.as_str());
            });
            query.push(table.conflict);
            query.build().execute(c).await?;
        });
    }
    Ok(())
}

async fn write_marks(tx: &mut Tx, marks: &[(SubjectKind, String, Mark)]) -> Result<()> {
    for chunk in marks.chunks(1000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(
                "insert into mark (of_kind, id, at, office, seq, kind, by_person, note, note_digest, other) ");
            query.push_values(chunk, |mut row, (of, id, mark)| {
                let note = mark.note.as_ref();
                row.push_bind(of.as_str()).push_bind(id).push_bind(mark.stamp.at.to_string())
                    .push_bind(mark.stamp.office.as_str()).push_bind(signed(mark.stamp.seq))
                    .push_bind(mark.kind.as_str()).push_bind(mark.stamp.by.as_str())
                    .push_bind(note.map(|n| n.id.as_str())).push_bind(note.map(|n| n.digest.to_string()))
                    .push_bind(mark.other.as_deref());
            });
            query.push(" on conflict (of_kind, id, office, seq) do nothing");
            query.build().execute(c).await?;
        });
    }
    Ok(())
}

async fn write_results(tx: &mut Tx, results: &[ResultRow]) -> Result<()> {
    for chunk in results.chunks(1000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(
                "insert into check_result (run, asset, check_id, unit, observed_at, verdict) ");
            query.push_values(chunk, |mut row, r| {
                row.push_bind(r.run.as_str()).push_bind(r.result.asset.as_str()).push_bind(&r.result.check)
                    .push_bind(r.unit.as_str()).push_bind(r.observed_at.to_string())
                    .push_bind(r.result.verdict.as_str());
            });
            query.push(" on conflict (run, asset, check_id) do nothing");
            query.build().execute(c).await?;
        });
    }
    Ok(())
}

async fn write_links(tx: &mut Tx, links: &[&(&'static str, String, &'static str, String)]) -> Result<()> {
    for chunk in links.chunks(1000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new("insert into link (from_kind, from_id, relation, to_id) ");
            query.push_values(chunk, |mut row, (kind, id, relation, to)| {
                row.push_bind(*kind).push_bind(id).push_bind(*relation).push_bind(to);
            });
            query.push(" on conflict (from_kind, from_id, relation, to_id) do nothing");
            query.build().execute(c).await?;
        });
    }
    Ok(())
}

/// Every projection as sorted text: two databases, or one before and after a replay, are compared by it.
pub async fn dump(tx: &mut Tx) -> Result<String> {
    const QUERIES: &[&str] = &[
        "select id || ' ' || facts || ' ' || at || office || by_person from unit order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from role_grant order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from letter order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from obligation order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from task order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from evidence order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from asset order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from exception order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from cases order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from activity order by 1",
        "select id || ' ' || facts || ' ' || at || office || by_person from returns order by 1",
        "select of_kind || ' ' || id || ' ' || at || office || kind || by_person || coalesce(note, '')
         || coalesce(note_digest, '') || coalesce(other, '') from mark order by 1",
        "select run || ' ' || asset || ' ' || check_id || unit || observed_at || verdict from check_result order by 1",
        "select from_kind || ' ' || from_id || ' ' || relation || ' ' || to_id from link order by 1",
    ];
    let mut out = Vec::new();
    for query in QUERIES {
        let mut rows: Vec<String> = on!(tx, c => sqlx::query_scalar(*query).fetch_all(c).await?);
        // The databases order text differently; bytes are the same everywhere.
        rows.sort();
        out.extend(rows);
    }
    Ok(out.join("\n"))
}

pub(crate) fn damaged(table: &'static str, id: &str, what: &dyn ToString) -> Error {
    Error::Damaged { table, id: id.to_owned(), what: what.to_string() }
}
