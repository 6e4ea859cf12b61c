//! Who is signed in: private. The cookie itself is never stored, only its digest.

use crate::{Result, Tx};
use programme::ids::{PersonId, UnitId};
use programme::moment::Moment;
use sqlx::FromRow;

/// One sign-in on one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie, 64 hex digits.
    pub id: String,
    pub person: PersonId,
    /// The unit that the person acts for, of several; `None`: the first.
    pub unit: Option<UnitId>,
    pub created_at: Moment,
    pub seen_at: Moment,
    /// What the browser called itself, shortened.
    pub agent: String,
    pub address: String,
    /// Leads to nothing but the setting up of a second factor.
    pub must_enrol: bool,
}

#[derive(FromRow)]
struct Row {
    id: String,
    person: String,
    unit: Option<String>,
    created_at: String,
    seen_at: String,
    agent: String,
    address: String,
    must_enrol: bool,
}

impl TryFrom<Row> for Session {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Session> {
        let bad = || crate::projection::damaged("session", &row.id, &"not an id or a time");
        Ok(Session {
            person: row.person.parse().map_err(|_| bad())?,
            unit: row.unit.as_deref().map(str::parse).transpose().map_err(|_| bad())?,
            created_at: row.created_at.parse().map_err(|_| bad())?,
            seen_at: row.seen_at.parse().map_err(|_| bad())?,
            id: row.id,
            agent: row.agent,
            address: row.address,
            must_enrol: row.must_enrol,
        })
    }
}

pub async fn put(tx: &mut Tx, s: &Session) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into session (id, person, unit, created_at, seen_at, agent, address, must_enrol)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set unit = excluded.unit, seen_at = excluded.seen_at, address = excluded.address")
        .bind(&s.id).bind(s.person.as_str()).bind(s.unit.as_ref().map(UnitId::as_str)).bind(s.created_at.to_string())
        .bind(s.seen_at.to_string()).bind(&s.agent).bind(&s.address).bind(s.must_enrol).execute(c).await?; });
    Ok(())
}

pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<Session>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select id, person, unit, created_at, seen_at, agent, address, must_enrol from session where id = $1")
        .bind(id).fetch_optional(c).await?);
    row.map(Session::try_from).transpose()
}

/// A person's sessions, the latest first.
pub async fn of(tx: &mut Tx, person: &PersonId) -> Result<Vec<Session>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select id, person, unit, created_at, seen_at, agent, address, must_enrol from session where person = $1
         order by seen_at desc, id").bind(person.as_str()).fetch_all(c).await?);
    rows.into_iter().map(Session::try_from).collect()
}

/// A person has a second factor now: their sessions lead everywhere again.
pub async fn enrolled(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("update session set must_enrol = false where person = $1").bind(person.as_str()).execute(c).await?; });
    Ok(())
}

/// A person needs a second factor and has none: their sessions lead to nothing but the setting up of one.
pub async fn must_enrol(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("update session set must_enrol = true where person = $1").bind(person.as_str()).execute(c).await?; });
    Ok(())
}

pub async fn remove(tx: &mut Tx, id: &str) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from session where id = $1").bind(id).execute(c).await?; });
    Ok(())
}

/// Ends a person's sessions, all but one.
pub async fn remove_of(tx: &mut Tx, person: &PersonId, but: Option<&str>) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from session where person = $1 and id <> $2")
        .bind(person.as_str()).bind(but.unwrap_or_default()).execute(c).await?; });
    Ok(())
}

/// Ends sessions that were not used since one moment, or began before another.
pub async fn remove_stale(tx: &mut Tx, seen_before: Moment, created_before: Moment) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from session where seen_at < $1 or created_at < $2")
        .bind(seen_before.to_string()).bind(created_before.to_string()).execute(c).await?; });
    Ok(())
}
