//! Inspections that come round. Private: a folder's path stands in it.

use crate::{Result, Tx};
use programme::ids::UnitId;
use programme::moment::Moment;
use sqlx::FromRow;

/// One inspection that comes round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub id: String,
    pub unit: UnitId,
    /// Codes of the caller's.
    pub kind: String,
    pub name: String,
    pub path: Option<String>,
    pub every: String,
    /// Of the day in Vietnam, 0 to 23.
    pub hour: i64,
    pub made_at: Moment,
    /// The last time of the plan that was taken up, run or not.
    pub slot: Option<Moment>,
    /// A run is under way since.
    pub claimed_at: Option<Moment>,
    pub done_at: Option<Moment>,
    pub problem: Option<String>,
    /// Checks that the last run found worse than the one before.
    pub worse: i64,
}

#[derive(FromRow)]
struct Row {
    id: String,
    unit: String,
    kind: String,
    name: String,
    path: Option<String>,
    every: String,
    hour: i64,
    made_at: String,
    slot: Option<String>,
    claimed_at: Option<String>,
    done_at: Option<String>,
    problem: Option<String>,
    worse: i64,
}

impl TryFrom<Row> for Plan {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Plan> {
        let bad = || crate::projection::damaged("plan", &row.id, &"not an id or a time");
        let moment = |text: &Option<String>| text.as_deref().map(str::parse).transpose().map_err(|_| bad());
        Ok(Plan {
            unit: row.unit.parse().map_err(|_| bad())?,
            made_at: row.made_at.parse().map_err(|_| bad())?,
            slot: moment(&row.slot)?,
            claimed_at: moment(&row.claimed_at)?,
            done_at: moment(&row.done_at)?,
            id: row.id,
            kind: row.kind,
            name: row.name,
            path: row.path,
            every: row.every,
            hour: row.hour,
            problem: row.problem,
            worse: row.worse,
        })
    }
}

pub async fn put(tx: &mut Tx, p: &Plan) -> Result<()> {
    let text = |m: Option<Moment>| m.map(|m| m.to_string());
    on!(tx, c => { sqlx::query(
        "insert into plan (id, unit, kind, name, path, every, hour, made_at, slot, claimed_at, done_at, problem, worse)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (id) do update set slot = excluded.slot, claimed_at = excluded.claimed_at, done_at = excluded.done_at,
         problem = excluded.problem, worse = excluded.worse")
        .bind(&p.id).bind(p.unit.as_str()).bind(&p.kind).bind(&p.name).bind(&p.path).bind(&p.every).bind(p.hour)
        .bind(p.made_at.to_string()).bind(text(p.slot)).bind(text(p.claimed_at)).bind(text(p.done_at)).bind(&p.problem)
        .bind(p.worse).execute(c).await?; });
    Ok(())
}

/// Every plan, the oldest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Plan>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as("select * from plan order by made_at, id").fetch_all(c).await?);
    rows.into_iter().map(Plan::try_from).collect()
}

pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(on!(tx, c => sqlx::query("delete from plan where id = $1").bind(id).execute(c).await?.rows_affected()) > 0)
}
