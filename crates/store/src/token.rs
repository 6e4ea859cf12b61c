//! Secrets by which programs act for a person: private. The secret itself is never stored, only its digest.

use crate::{Result, Tx};
use jiff::civil::Date;
use programme::ids::{PersonId, UnitId};
use programme::moment::Moment;
use sqlx::FromRow;

/// One secret of one person, for one unit and one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What the token is called by; tells nothing of the secret.
    pub id: String,
    /// SHA-256 of the secret, 64 hex digits.
    pub digest: String,
    pub person: PersonId,
    /// The unit that it acts for.
    pub unit: UnitId,
    /// What its owner calls it.
    pub name: String,
    /// Code of what it is for; the list is the caller's.
    pub purpose: String,
    pub created_at: Moment,
    /// The last day on which it is good.
    pub until: Date,
    /// The last day on which it was used: no finer, so that nobody is watched by it.
    pub used_on: Option<Date>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    digest: String,
    person: String,
    unit: String,
    name: String,
    purpose: String,
    created_at: String,
    until: String,
    used_on: Option<String>,
}

impl TryFrom<Row> for Token {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Token> {
        let bad = || crate::projection::damaged("token", &row.id, &"not an id or a time");
        Ok(Token {
            person: row.person.parse().map_err(|_| bad())?,
            unit: row.unit.parse().map_err(|_| bad())?,
            created_at: row.created_at.parse().map_err(|_| bad())?,
            until: row.until.parse().map_err(|_| bad())?,
            used_on: row.used_on.as_deref().map(str::parse).transpose().map_err(|_| bad())?,
            id: row.id,
            digest: row.digest,
            name: row.name,
            purpose: row.purpose,
        })
    }
}

/// Keeps a new token.
pub async fn put(tx: &mut Tx, t: &Token) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into token (id, digest, person, unit, name, purpose, created_at, until, used_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(&t.id).bind(&t.digest).bind(t.person.as_str()).bind(t.unit.as_str()).bind(&t.name).bind(&t.purpose)
        .bind(t.created_at.to_string()).bind(t.until.to_string()).bind(t.used_on.map(|d| d.to_string()))
        .execute(c).await?; });
    Ok(())
}

/// The token whose secret has this digest. How long the index takes tells at most of digests, and a digest leads back to
/// no secret.
pub async fn by_digest(tx: &mut Tx, digest: &str) -> Result<Option<Token>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select id, digest, person, unit, name, purpose, created_at, until, used_on from token where digest = $1")
        .bind(digest).fetch_optional(c).await?);
    row.map(Token::try_from).transpose()
}

/// A person's tokens, the latest first.
pub async fn of(tx: &mut Tx, person: &PersonId) -> Result<Vec<Token>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select id, digest, person, unit, name, purpose, created_at, until, used_on from token where person = $1
         order by created_at desc, id").bind(person.as_str()).fetch_all(c).await?);
    rows.into_iter().map(Token::try_from).collect()
}

/// Remembers the day of a use.
pub async fn used(tx: &mut Tx, id: &str, on: Date) -> Result<()> {
    on!(tx, c => { sqlx::query("update token set used_on = $2 where id = $1").bind(id).bind(on.to_string()).execute(c).await?; });
    Ok(())
}

pub async fn remove(tx: &mut Tx, id: &str) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from token where id = $1").bind(id).execute(c).await?; });
    Ok(())
}

/// Ends all tokens of a person.
pub async fn remove_of(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from token where person = $1").bind(person.as_str()).execute(c).await?; });
    Ok(())
}

/// Removes tokens whose last day was before this one.
pub async fn remove_ended(tx: &mut Tx, before: Date) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from token where until < $1").bind(before.to_string()).execute(c).await?; });
    Ok(())
}
