//! What happened at the door: attempts to sign in, changes of passwords and sessions. Private, kept for a time, then gone.

use crate::{Result, Tx};
use programme::ids::PersonId;
use programme::moment::Moment;
use sqlx::FromRow;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub at: Moment,
    /// Code of what happened; the words are the catalogue's.
    pub what: String,
    pub person: Option<PersonId>,
    /// The name that was typed, whether or not anybody has it.
    pub login: String,
    pub address: String,
}

#[derive(FromRow)]
struct Row {
    at: String,
    what: String,
    person: Option<String>,
    login: String,
    address: String,
}

impl TryFrom<Row> for Access {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Access> {
        let bad = || crate::projection::damaged("access", &row.at, &"not an id or a time");
        Ok(Access {
            at: row.at.parse().map_err(|_| bad())?,
            person: row.person.as_deref().map(str::parse).transpose().map_err(|_| bad())?,
            what: row.what,
            login: row.login,
            address: row.address,
        })
    }
}

pub async fn append(tx: &mut Tx, a: &Access) -> Result<()> {
    on!(tx, c => { sqlx::query("insert into access (at, what, person, login, address) values ($1, $2, $3, $4, $5)")
        .bind(a.at.to_string()).bind(&a.what).bind(a.person.as_ref().map(PersonId::as_str)).bind(&a.login).bind(&a.address)
        .execute(c).await?; });
    Ok(())
}

/// The latest first.
pub async fn list(tx: &mut Tx, limit: i64) -> Result<Vec<Access>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select at, what, person, login, address from access order by at desc, what, login limit $1")
        .bind(limit).fetch_all(c).await?);
    rows.into_iter().map(Access::try_from).collect()
}

pub async fn of(tx: &mut Tx, person: &PersonId) -> Result<Vec<Access>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select at, what, person, login, address from access where person = $1 order by at desc, what")
        .bind(person.as_str()).fetch_all(c).await?);
    rows.into_iter().map(Access::try_from).collect()
}

/// Forgets what is older.
pub async fn forget(tx: &mut Tx, before: Moment) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from access where at < $1").bind(before.to_string()).execute(c).await?; });
    Ok(())
}

/// Forgets what is known of one person: also the tries under a name to sign in that was theirs, which bear no person. Lines
/// of anybody else to whom such a name went on stay. To be called while the account is still there: it knows the name.
pub async fn forget_person(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "delete from access where person = $1 or (person is null and login <> '' and login in
         (select login from access where person = $1 union select login from credential where person = $1))")
        .bind(person.as_str()).execute(c).await?; });
    Ok(())
}
