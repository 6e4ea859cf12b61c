//! Reading the projections back as the model's types: by id, by unit, by what they are about, or all.
//!
//! ```text
//! let tasks = store::task::by_unit(&mut tx, unit.as_str()).await?;   // Vec<Entry<Task>>
//! ```

use crate::projection::damaged;
use crate::{Result, Tx};
use programme::ids::{AssetId, EvidenceId, UnitId};
use programme::model::*;
use programme::sufficiency::Observed;
use serde::de::DeserializeOwned;
use sqlx::FromRow;
use std::collections::{BTreeMap, BTreeSet};

#[derive(FromRow)]
struct Row {
    id: String,
    facts: String,
    at: String,
    office: String,
    seq: i64,
    by_person: String,
}

#[derive(FromRow)]
struct MarkRow {
    id: String,
    at: String,
    office: String,
    seq: i64,
    kind: String,
    by_person: String,
    note: Option<String>,
    note_digest: Option<String>,
    other: Option<String>,
}

/// The readers of one table; `$by` are the columns to select by.
macro_rules! things { ($($(#[$doc:meta])* $module:ident $table:literal $facts:ty, $kind:literal;)*) => { $(
    $(#[$doc])*
    pub mod $module {
        use super::*;
        const ROW: &str = concat!("select id, facts, at, office, seq, by_person from ", $table, " ");
        const MARK: &str = "select id, at, office, seq, kind, by_person, note, note_digest, other from mark ";
        pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<Entry<$facts>>> {
            let found = fetch(tx, $table, "where id = $1", concat!("where of_kind = '", $kind, "' and id = $1"), id).await?;
            Ok(found.into_iter().next())
        }
        pub async fn by_unit(tx: &mut Tx, unit: &str) -> Result<Vec<Entry<$facts>>> {
            fetch(tx, $table, "where unit = $1 order by id", concat!("where of_kind = '", $kind, "' and id in (select id from ", $table, " where unit = $1)"), unit).await
        }
        pub async fn about(tx: &mut Tx, about: &str) -> Result<Vec<Entry<$facts>>> {
            fetch(tx, $table, "where about = $1 order by id", concat!("where of_kind = '", $kind, "' and id in (select id from ", $table, " where about = $1)"), about).await
        }
        pub async fn all(tx: &mut Tx) -> Result<Vec<Entry<$facts>>> {
            fetch(tx, $table, "where $1 = '' order by id", concat!("where of_kind = '", $kind, "' and $1 = ''"), "").await
        }
        async fn fetch(tx: &mut Tx, table: &'static str, rows: &'static str, marks: &'static str, key: &str) -> Result<Vec<Entry<$facts>>> {
            entries(tx, table, (ROW, rows), (MARK, marks), key).await
        }
    }
)* } }

things! {
    /// Units that events named; built-in ones are in `programme::tree`.
    unit "unit" Unit, "unit";
    /// Roles of persons; `about` is the person.
    role_grant "role_grant" Grant, "grant";
    letter "letter" Letter, "letter";
    /// `about` is the letter.
    obligation "obligation" Obligation, "obligation";
    /// `about` is the obligation.
    task "task" Task, "task";
    evidence "evidence" Evidence, "evidence";
    asset "asset" Asset, "asset";
    /// `about` is the asset.
    exception "exception" Exception, "exception";
    /// `about` is the task.
    cases "cases" Case, "case";
    activity "activity" Activity, "activity";
    /// `about` is the period.
    returns "returns" Return, "return";
}

type Sql = (&'static str, &'static str);

async fn entries<F: DeserializeOwned>(tx: &mut Tx, table: &'static str, rows: Sql, marks: Sql, key: &str) -> Result<Vec<Entry<F>>> {
    let rows: Vec<Row> = on!(tx, c => {
        let mut query = sqlx::QueryBuilder::new(rows.0);
        query.push(rows.1);
        query.build_query_as().bind(key).fetch_all(c).await?
    });
    let marks: Vec<MarkRow> = on!(tx, c => {
        let mut query = sqlx::QueryBuilder::new(marks.0);
        query.push(marks.1);
        query.build_query_as().bind(key).fetch_all(c).await?
    });
    let mut by_id: BTreeMap<String, BTreeSet<Mark>> = BTreeMap::new();
    for row in marks {
        let id = row.id.clone();
        by_id.entry(id).or_default().insert(mark(row)?);
    }
    rows.into_iter().map(|row| entry(table, &row, &mut by_id)).collect()
}

fn entry<F: DeserializeOwned>(table: &'static str, row: &Row, marks: &mut BTreeMap<String, BTreeSet<Mark>>) -> Result<Entry<F>> {
    let stamp = stamp(table, &row.id, &row.at, &row.office, row.seq, &row.by_person)?;
    let facts = serde_json::from_str(&row.facts).map_err(|e| damaged(table, &row.id, &e))?;
    Ok(Entry { facts, stamp, marks: marks.remove(&row.id).unwrap_or_default() })
}

fn stamp(table: &'static str, id: &str, at: &str, office: &str, seq: i64, by: &str) -> Result<Stamp> {
    Ok(Stamp {
        at: at.parse().map_err(|e| damaged(table, id, &e))?,
        office: office.parse().map_err(|e| damaged(table, id, &e))?,
        seq: u64::try_from(seq).map_err(|e| damaged(table, id, &e))?,
        by: by.parse().map_err(|e| damaged(table, id, &e))?,
    })
}

fn mark(row: MarkRow) -> Result<Mark> {
    let note = match (&row.note, &row.note_digest) {
        (Some(id), Some(digest)) => Some(Sealed {
            id: id.parse().map_err(|e| damaged("mark", &row.id, &e))?,
            digest: digest.parse().map_err(|e| damaged("mark", &row.id, &e))?,
        }),
        _ => None,
    };
    Ok(Mark {
        stamp: stamp("mark", &row.id, &row.at, &row.office, row.seq, &row.by_person)?,
        kind: row.kind.parse().map_err(|e| damaged("mark", &row.id, &e))?,
        note,
        other: row.other,
    })
}

/// Every task with its marks, but of how far it is only what was said first: a year holds a hundred such words for a task,
/// and what state it is in follows from the first.
pub async fn tasks_in_brief(tx: &mut Tx) -> Result<Vec<Entry<Task>>> {
    let rows = ("select id, facts, at, office, seq, by_person from task ", "where $1 = '' order by id");
    // Two ranges of one index rather than "other than": a year says a hundred times as often how far it is as anything else.
    let marks = (
        "select id, at, office, seq, kind, by_person, note, note_digest, other from mark
         where of_kind = 'task' and (kind < 'progressed' or kind > 'progressed') and $1 = '' ",
        "union all select m.id, m.at, m.office, m.seq, m.kind, m.by_person, m.note, m.note_digest, m.other from task
         join mark m on m.of_kind = 'task' and m.kind = 'progressed' and m.id = task.id
         where (m.office, m.seq) = (select first.office, first.seq from mark first where first.of_kind = 'task'
          and first.kind = 'progressed' and first.id = task.id order by first.at, first.office, first.seq limit 1)",
    );
    entries(tx, "task", rows, marks, "").await
}

/// Marks on an office itself: its key, its declared network.
pub async fn office_marks(tx: &mut Tx, office: &UnitId) -> Result<BTreeSet<Mark>> {
    let rows: Vec<MarkRow> = on!(tx, c => sqlx::query_as(
        "select id, at, office, seq, kind, by_person, note, note_digest, other from mark
         where of_kind = 'office' and id = $1").bind(office.as_str()).fetch_all(c).await?);
    rows.into_iter().map(mark).collect()
}

/// Every mark on things of one kind that have no facts of their own, in order, each with the id that it stands on.
pub(crate) async fn marks_of_kind(tx: &mut Tx, kind: SubjectKind) -> Result<Vec<(String, Mark)>> {
    let rows: Vec<MarkRow> = on!(tx, c => sqlx::query_as(
        "select id, at, office, seq, kind, by_person, note, note_digest, other from mark
         where of_kind = $1 order by at, office, seq").bind(kind.as_str()).fetch_all(c).await?);
    rows.into_iter().map(|row| Ok((row.id.clone(), mark(row)?))).collect()
}

#[derive(FromRow)]
struct ObservedRow {
    asset: String,
    check_id: String,
    observed_at: String,
    verdict: String,
}

impl TryFrom<ObservedRow> for Observed {
    type Error = crate::Error;
    fn try_from(row: ObservedRow) -> Result<Observed> {
        Ok(Observed {
            asset: row.asset.parse().map_err(|e| damaged("check_result", &row.asset, &e))?,
            at: row.observed_at.parse().map_err(|e| damaged("check_result", &row.asset, &e))?,
            verdict: row.verdict.parse().map_err(|e| damaged("check_result", &row.asset, &e))?,
            check: row.check_id,
        })
    }
}

/// Every outcome of every check in one unit.
pub async fn results(tx: &mut Tx, unit: &UnitId) -> Result<Vec<Observed>> {
    let rows: Vec<ObservedRow> = on!(tx, c => sqlx::query_as(
        "select asset, check_id, observed_at, verdict from check_result where unit = $1
         order by asset, check_id, observed_at").bind(unit.as_str()).fetch_all(c).await?);
    rows.into_iter().map(Observed::try_from).collect()
}

/// Every outcome of every check on one asset.
pub async fn results_of(tx: &mut Tx, asset: &AssetId) -> Result<Vec<Observed>> {
    let rows: Vec<ObservedRow> = on!(tx, c => sqlx::query_as(
        "select asset, check_id, observed_at, verdict from check_result where asset = $1
         order by asset, check_id, observed_at").bind(asset.as_str()).fetch_all(c).await?);
    rows.into_iter().map(Observed::try_from).collect()
}

/// Every outcome of every check in all units.
pub async fn all_results(tx: &mut Tx) -> Result<Vec<Observed>> {
    let rows: Vec<ObservedRow> = on!(tx, c => sqlx::query_as(
        "select asset, check_id, observed_at, verdict from check_result order by asset, check_id, observed_at")
        .fetch_all(c).await?);
    rows.into_iter().map(Observed::try_from).collect()
}

/// The runs that gave a result of an asset, the last first: only of this check, and only with this verdict, where they are named.
pub async fn runs_of(tx: &mut Tx, asset: &str, check: Option<&str>, verdict: Option<Verdict>) -> Result<Vec<EvidenceId>> {
    let (check, verdict) = (check.unwrap_or_default(), verdict.map_or("", Verdict::as_str));
    let runs: Vec<String> = on!(tx, c => sqlx::query_scalar(
        "select run from check_result where asset = $1 and ($2 = '' or check_id = $2) and ($3 = '' or verdict = $3)
         order by observed_at desc, run desc").bind(asset).bind(check).bind(verdict).fetch_all(c).await?);
    runs.into_iter().map(|run| run.parse().map_err(|e| damaged("check_result", &run, &e))).collect()
}

/// The verdicts of one run.
pub async fn run_results(tx: &mut Tx, run: &EvidenceId) -> Result<Vec<CheckResult>> {
    let rows: Vec<ObservedRow> = on!(tx, c => sqlx::query_as(
        "select asset, check_id, observed_at, verdict from check_result where run = $1 order by asset, check_id")
        .bind(run.as_str()).fetch_all(c).await?);
    let results = rows.into_iter().map(Observed::try_from);
    results.map(|o| o.map(|Observed { asset, check, verdict, .. }| CheckResult { asset, check, verdict })).collect()
}

/// Ids of things of one kind that relate to `to`, such as the evidence that proves a task.
pub async fn linked(tx: &mut Tx, kind: SubjectKind, relation: &str, to: &str) -> Result<Vec<String>> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "select from_id from link where to_id = $1 and relation = $2 and from_kind = $3 order by from_id")
        .bind(to).bind(relation).bind(kind.as_str()).fetch_all(c).await?))
}
