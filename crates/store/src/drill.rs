//! Who gets the letters of drills, and who wants none. Private; gone when a drill is closed.
//!
//! A letter is `pending`, then `sending` from the moment before the server is spoken to, then `sent`, `refused` or pending again.
//! One that is found `sending` when nobody sends belongs to a program that ended in between: [`leave`] makes it `unknown`, and
//! only a person says whether it went. `left_out`: somebody who wants none, or was not told in time.

use crate::{Result, Tx};
use programme::ids::{ActivityId, UnitId};
use programme::moment::Moment;
use sqlx::FromRow;
use std::collections::BTreeMap;

/// One letter of a drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// From 1, in the order of the list.
    pub number: i64,
    pub address: String,
    pub unit: UnitId,
    pub state: String,
    pub tries: i64,
    /// Not before this.
    pub next_at: Option<Moment>,
    /// When the letter that tells of drills went out.
    pub told_at: Option<Moment>,
    pub sent_at: Option<Moment>,
    pub visited_at: Option<Moment>,
    pub machine_at: Option<Moment>,
    pub reported_at: Option<Moment>,
}

/// What can be seen of a letter later, each the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Visited,
    Machine,
    Reported,
}

#[derive(FromRow)]
struct Row {
    number: i64,
    address: String,
    unit: String,
    state: String,
    tries: i64,
    next_at: Option<String>,
    told_at: Option<String>,
    sent_at: Option<String>,
    visited_at: Option<String>,
    machine_at: Option<String>,
    reported_at: Option<String>,
}

impl TryFrom<Row> for Recipient {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Recipient> {
        let bad = || crate::projection::damaged("drill_recipient", &row.number.to_string(), &"not an id or a time");
        let moment = |text: &Option<String>| text.as_deref().map(str::parse).transpose().map_err(|_| bad());
        Ok(Recipient {
            unit: row.unit.parse().map_err(|_| bad())?,
            next_at: moment(&row.next_at)?,
            told_at: moment(&row.told_at)?,
            sent_at: moment(&row.sent_at)?,
            visited_at: moment(&row.visited_at)?,
            machine_at: moment(&row.machine_at)?,
            reported_at: moment(&row.reported_at)?,
            number: row.number,
            address: row.address,
            state: row.state,
            tries: row.tries,
        })
    }
}

fn recipients(rows: Vec<Row>) -> Result<Vec<Recipient>> {
    rows.into_iter().map(Recipient::try_from).collect()
}

/// Puts the list of a drill in the place of the one before: addresses with their units, in order.
pub async fn put_list(tx: &mut Tx, drill: &ActivityId, list: &[(String, UnitId)]) -> Result<()> {
    forget(tx, drill).await?;
    let numbered: Vec<(i64, &(String, UnitId))> = (1..).zip(list).collect();
    for chunk in numbered.chunks(1000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new("insert into drill_recipient (activity, number, address, unit, state, tries) ");
            query.push_values(chunk, |mut row, (number, (address, unit))| {
                row.push_bind(drill.as_str()).push_bind(*number).push_bind(address.as_str()).push_bind(unit.as_str())
                    .push_bind("pending").push_bind(0_i64);
            });
            query.build().execute(c).await?;
        });
    }
    Ok(())
}

/// Deletes everything about the people of a drill; how many they were.
pub async fn forget(tx: &mut Tx, drill: &ActivityId) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query("delete from drill_recipient where activity = $1").bind(drill.as_str()).execute(c).await?.rows_affected()))
}

/// How many letters stand where.
pub async fn states(tx: &mut Tx, drill: &ActivityId) -> Result<BTreeMap<String, u64>> {
    let rows: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(
        "select state, count(*) from drill_recipient where activity = $1 group by state").bind(drill.as_str()).fetch_all(c).await?);
    Ok(rows.into_iter().map(|(state, n)| (state, u64::try_from(n).unwrap_or_default())).collect())
}

/// How many letters were reported.
pub async fn reported(tx: &mut Tx, drill: &ActivityId) -> Result<u64> {
    let n: i64 = on!(tx, c => sqlx::query_scalar(
        "select count(*) from drill_recipient where activity = $1 and reported_at is not null and state = 'sent'")
        .bind(drill.as_str()).fetch_one(c).await?);
    Ok(u64::try_from(n).unwrap_or_default())
}

/// How many addresses of which unit.
pub async fn by_unit(tx: &mut Tx, drill: &ActivityId) -> Result<BTreeMap<UnitId, u64>> {
    let rows: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(
        "select unit, count(*) from drill_recipient where activity = $1 group by unit").bind(drill.as_str()).fetch_all(c).await?);
    let bad = |id: &str| crate::projection::damaged("drill_recipient", id, &"not an id");
    rows.into_iter().map(|(unit, n)| Ok((unit.parse().map_err(|_| bad(&unit))?, u64::try_from(n).unwrap_or_default()))).collect()
}

/// Every letter of a drill, in order.
pub async fn all(tx: &mut Tx, drill: &ActivityId) -> Result<Vec<Recipient>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as("select * from drill_recipient where activity = $1 order by number")
        .bind(drill.as_str()).fetch_all(c).await?);
    recipients(rows)
}

/// The letters of a drill that stand at this, in order.
pub async fn in_state(tx: &mut Tx, drill: &ActivityId, state: &str) -> Result<Vec<Recipient>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from drill_recipient where activity = $1 and state = $2 order by number")
        .bind(drill.as_str()).bind(state).fetch_all(c).await?);
    recipients(rows)
}

/// One letter of a drill.
pub async fn one(tx: &mut Tx, drill: &ActivityId, number: i64) -> Result<Option<Recipient>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("select * from drill_recipient where activity = $1 and number = $2")
        .bind(drill.as_str()).bind(number).fetch_optional(c).await?);
    row.map(Recipient::try_from).transpose()
}

/// The next letters that may go now, in order.
pub async fn next(tx: &mut Tx, drill: &ActivityId, now: Moment, most: i64) -> Result<Vec<Recipient>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from drill_recipient where activity = $1 and state = 'pending' and (next_at is null or next_at <= $2)
         order by number limit $3").bind(drill.as_str()).bind(now.to_string()).bind(most).fetch_all(c).await?);
    recipients(rows)
}

/// The next people of a drill who were not told by mail yet, in order.
pub async fn untold(tx: &mut Tx, drill: &ActivityId, now: Moment, most: i64) -> Result<Vec<Recipient>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select * from drill_recipient where activity = $1 and told_at is null and state = 'pending'
         and (next_at is null or next_at <= $2) order by number limit $3")
        .bind(drill.as_str()).bind(now.to_string()).bind(most).fetch_all(c).await?);
    recipients(rows)
}

/// A person was told.
pub async fn tell(tx: &mut Tx, drill: &ActivityId, number: i64, at: Moment) -> Result<()> {
    on!(tx, c => { sqlx::query("update drill_recipient set told_at = $3 where activity = $1 and number = $2")
        .bind(drill.as_str()).bind(number).bind(at.to_string()).execute(c).await?; });
    Ok(())
}

/// A letter is about to be handed over, with a token of this digest in it.
pub async fn send(tx: &mut Tx, drill: &ActivityId, number: i64, token: &str) -> Result<bool> {
    let n = on!(tx, c => sqlx::query(
        "update drill_recipient set state = 'sending', token = $3, tries = tries + 1 where activity = $1 and number = $2
         and state = 'pending'").bind(drill.as_str()).bind(number).bind(token).execute(c).await?.rows_affected());
    Ok(n == 1)
}

/// What became of a letter that stood at `from`: where it stands now, when the server took it, when it is tried again.
/// False where it stood elsewhere.
pub async fn settle(tx: &mut Tx, drill: &ActivityId, number: i64, (from, to): (&str, &str), at: [Option<Moment>; 2]) -> Result<bool> {
    let [sent_at, next_at] = at.map(|at| at.map(|at| at.to_string()));
    let n = on!(tx, c => sqlx::query(
        "update drill_recipient set state = $4, sent_at = coalesce($5, sent_at), next_at = $6 where activity = $1 and number = $2
         and state = $3").bind(drill.as_str()).bind(number).bind(from).bind(to).bind(&sent_at).bind(&next_at)
        .execute(c).await?.rows_affected());
    Ok(n == 1)
}

/// What nobody waits for any more, because the program that sent it ended, is unknown; how many letters.
pub async fn leave(tx: &mut Tx, drill: &ActivityId) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query("update drill_recipient set state = 'unknown' where activity = $1 and state = 'sending'")
        .bind(drill.as_str()).execute(c).await?.rows_affected()))
}

/// The letter with a token of this digest, and its drill.
pub async fn by_token(tx: &mut Tx, token: &str) -> Result<Option<(ActivityId, Recipient)>> {
    #[derive(FromRow)]
    struct OfDrill {
        activity: String,
        #[sqlx(flatten)]
        row: Row,
    }
    let found: Option<OfDrill> =
        on!(tx, c => sqlx::query_as("select * from drill_recipient where token = $1").bind(token).fetch_optional(c).await?);
    let bad = |id: &str| crate::projection::damaged("drill_recipient", id, &"not an id");
    found.map(|of| Ok((of.activity.parse().map_err(|_| bad(&of.activity))?, of.row.try_into()?))).transpose()
}

/// Something was seen of a letter for the first time. Of one that is unknown it shows that it arrived.
pub async fn see(tx: &mut Tx, drill: &ActivityId, number: i64, seen: Seen, at: Moment) -> Result<bool> {
    let arrived = "update drill_recipient set state = 'sent', sent_at = $3 where activity = $1 and number = $2
         and state in ('unknown', 'sending')";
    on!(tx, c => { sqlx::query(arrived).bind(drill.as_str()).bind(number).bind(at.to_string()).execute(c).await?; });
    let first = match seen {
        Seen::Visited => "update drill_recipient set visited_at = $3 where activity = $1 and number = $2 and visited_at is null",
        Seen::Machine => "update drill_recipient set machine_at = $3 where activity = $1 and number = $2 and machine_at is null",
        Seen::Reported => "update drill_recipient set reported_at = $3 where activity = $1 and number = $2 and reported_at is null",
    };
    let n = on!(tx, c => sqlx::query(first).bind(drill.as_str()).bind(number).bind(at.to_string()).execute(c).await?.rows_affected());
    Ok(n == 1)
}

/// Somebody wants no letter of any drill.
pub async fn opt_out(tx: &mut Tx, digest: &str, at: Moment) -> Result<()> {
    on!(tx, c => { sqlx::query("insert into drill_opt_out (digest, since) values ($1, $2) on conflict (digest) do nothing")
        .bind(digest).bind(at.to_string()).execute(c).await?; });
    Ok(())
}

/// Takes part again.
pub async fn opt_in(tx: &mut Tx, digest: &str) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from drill_opt_out where digest = $1").bind(digest).execute(c).await?; });
    Ok(())
}

pub async fn is_out(tx: &mut Tx, digest: &str) -> Result<bool> {
    Ok(on!(tx, c => sqlx::query_scalar("select count(*) > 0 from drill_opt_out where digest = $1").bind(digest).fetch_one(c).await?))
}
