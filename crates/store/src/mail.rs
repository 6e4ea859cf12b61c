//! Mail: who wants it where, and letters on their way. Private; addresses never stand in the ledger.
//!
//! A letter is `waiting`, then `sending` from the moment before the server is spoken to, then `sent` or `given_up`. One that
//! is found `sending` long after belongs to a program that ended in between: [`take_back`] makes it wait again.

use crate::{Result, Tx};
use programme::ids::PersonId;
use programme::moment::Moment;
use sqlx::FromRow;

/// What a person wants, and the code that proves an address to be theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub person: PersonId,
    /// The address that was proven.
    pub address: Option<String>,
    /// A code of the caller's.
    pub want: String,
    /// The address whose code is awaited.
    pub pending: Option<String>,
    /// Digest of that code.
    pub code: Option<String>,
    pub code_until: Option<Moment>,
    pub code_tries: i64,
    pub asked_at: Option<Moment>,
    /// Codes asked for on the day of `asked_at`.
    pub asked_times: i64,
    /// The last day whose digest was made, `2026-11-27`.
    pub told_day: Option<String>,
    /// Up to when news was told.
    pub told_until: Option<Moment>,
}

#[derive(FromRow)]
struct ChoiceRow {
    person: String,
    address: Option<String>,
    want: String,
    pending: Option<String>,
    code: Option<String>,
    code_until: Option<String>,
    code_tries: i64,
    asked_at: Option<String>,
    asked_times: i64,
    told_day: Option<String>,
    told_until: Option<String>,
}

impl TryFrom<ChoiceRow> for Choice {
    type Error = crate::Error;
    fn try_from(row: ChoiceRow) -> Result<Choice> {
        let bad = || crate::projection::damaged("mail_choice", &row.person, &"not an id or a time");
        let moment = |text: &Option<String>| text.as_deref().map(str::parse).transpose().map_err(|_| bad());
        Ok(Choice {
            person: row.person.parse().map_err(|_| bad())?,
            code_until: moment(&row.code_until)?,
            asked_at: moment(&row.asked_at)?,
            told_until: moment(&row.told_until)?,
            address: row.address,
            want: row.want,
            pending: row.pending,
            code: row.code,
            code_tries: row.code_tries,
            asked_times: row.asked_times,
            told_day: row.told_day,
        })
    }
}

pub async fn put_choice(tx: &mut Tx, c: &Choice) -> Result<()> {
    let text = |m: Option<Moment>| m.map(|m| m.to_string());
    on!(tx, conn => { sqlx::query(
        "insert into mail_choice (person, address, want, pending, code, code_until, code_tries, asked_at, asked_times, told_day,
         told_until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (person) do update set address = excluded.address, want = excluded.want, pending = excluded.pending,
         code = excluded.code, code_until = excluded.code_until, code_tries = excluded.code_tries, asked_at = excluded.asked_at,
         asked_times = excluded.asked_times, told_day = excluded.told_day, told_until = excluded.told_until")
        .bind(c.person.as_str()).bind(&c.address).bind(&c.want).bind(&c.pending).bind(&c.code).bind(text(c.code_until))
        .bind(c.code_tries).bind(text(c.asked_at)).bind(c.asked_times).bind(&c.told_day).bind(text(c.told_until))
        .execute(conn).await?; });
    Ok(())
}

pub async fn choice(tx: &mut Tx, person: &PersonId) -> Result<Option<Choice>> {
    let row: Option<ChoiceRow> =
        on!(tx, c => sqlx::query_as("select * from mail_choice where person = $1").bind(person.as_str()).fetch_optional(c).await?);
    row.map(Choice::try_from).transpose()
}

/// Everybody with a proven address.
pub async fn choices(tx: &mut Tx) -> Result<Vec<Choice>> {
    let rows: Vec<ChoiceRow> =
        on!(tx, c => sqlx::query_as("select * from mail_choice where address is not null order by person").fetch_all(c).await?);
    rows.into_iter().map(Choice::try_from).collect()
}

/// Removes a person's choice and what is on its way to them.
pub async fn forget(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from mail_choice where person = $1").bind(person.as_str()).execute(c).await?; });
    on!(tx, c => { sqlx::query("delete from outbox where person = $1").bind(person.as_str()).execute(c).await?; });
    Ok(())
}

/// A letter on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The left half of its Message-ID, the same at every try.
    pub id: String,
    pub person: PersonId,
    /// What it is for, once per person: `day 2026-11-27`.
    pub slot: String,
    pub subject: String,
    pub body: String,
    pub state: String,
    pub tries: i64,
    pub created_at: Moment,
    /// Waiting: not before this. Sending: since when. Sent, given up: when that was.
    pub next_at: Moment,
    /// Why the last try failed; a code of the caller's.
    pub problem: Option<String>,
}

#[derive(FromRow)]
struct OutgoingRow {
    id: String,
    person: String,
    slot: String,
    subject: String,
    body: String,
    state: String,
    tries: i64,
    created_at: String,
    next_at: String,
    problem: Option<String>,
}

impl TryFrom<OutgoingRow> for Outgoing {
    type Error = crate::Error;
    fn try_from(row: OutgoingRow) -> Result<Outgoing> {
        let bad = || crate::projection::damaged("outbox", &row.id, &"not an id or a time");
        Ok(Outgoing {
            person: row.person.parse().map_err(|_| bad())?,
            created_at: row.created_at.parse().map_err(|_| bad())?,
            next_at: row.next_at.parse().map_err(|_| bad())?,
            id: row.id,
            slot: row.slot,
            subject: row.subject,
            body: row.body,
            state: row.state,
            tries: row.tries,
            problem: row.problem,
        })
    }
}

/// Puts a letter into the outbox; a second one for the same person and slot changes nothing.
pub async fn put(tx: &mut Tx, o: &Outgoing) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into outbox (id, person, slot, subject, body, state, tries, created_at, next_at, problem)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (person, slot) do nothing")
        .bind(&o.id).bind(o.person.as_str()).bind(&o.slot).bind(&o.subject).bind(&o.body).bind(&o.state).bind(o.tries)
        .bind(o.created_at.to_string()).bind(o.next_at.to_string()).bind(&o.problem).execute(c).await?; });
    Ok(())
}

/// The letter that waits longest and may go now.
pub async fn next(tx: &mut Tx, now: Moment) -> Result<Option<Outgoing>> {
    let row: Option<OutgoingRow> = on!(tx, c => sqlx::query_as(
        "select * from outbox where state = 'waiting' and next_at <= $1 order by next_at, id limit 1")
        .bind(now.to_string()).fetch_optional(c).await?);
    row.map(Outgoing::try_from).transpose()
}

/// Changes where a letter stands, if it still stands at `from`; false: somebody else was faster.
pub async fn step(tx: &mut Tx, from: &str, to: &Outgoing) -> Result<bool> {
    let changed = on!(tx, c => sqlx::query(
        "update outbox set state = $3, tries = $4, next_at = $5, problem = $6, subject = $7, body = $8 where id = $1 and state = $2")
        .bind(&to.id).bind(from).bind(&to.state).bind(to.tries).bind(to.next_at.to_string()).bind(&to.problem)
        .bind(&to.subject).bind(&to.body).execute(c).await?.rows_affected());
    Ok(changed > 0)
}

/// Letters whose sending began before this and never ended wait again; how many.
pub async fn take_back(tx: &mut Tx, before: Moment) -> Result<u64> {
    Ok(on!(tx, c => sqlx::query("update outbox set state = 'waiting' where state = 'sending' and next_at < $1")
        .bind(before.to_string()).execute(c).await?.rows_affected()))
}

/// (state, problem, when): where every letter stands, the latest first.
pub async fn standing(tx: &mut Tx) -> Result<Vec<(String, Option<String>, Moment)>> {
    let rows: Vec<(String, Option<String>, String)> =
        on!(tx, c => sqlx::query_as("select state, problem, next_at from outbox order by next_at desc, id").fetch_all(c).await?);
    let bad = || crate::projection::damaged("outbox", "", &"not a time");
    rows.into_iter().map(|(state, problem, at)| Ok((state, problem, at.parse().map_err(|_| bad())?))).collect()
}

/// Removes letters that were over before this.
pub async fn sweep(tx: &mut Tx, before: Moment) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from outbox where state in ('sent', 'given_up') and next_at < $1")
        .bind(before.to_string()).execute(c).await?; });
    Ok(())
}
