//! Keys in people's devices by which they sign in: private. Only the public half of a key is ever known here.

use crate::{Result, Tx};
use jiff::civil::Date;
use programme::ids::PersonId;
use programme::moment::Moment;
use sqlx::FromRow;
use std::collections::BTreeSet;

/// One key of one person, for one name of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What the key is called by in addresses.
    pub id: String,
    /// What its device calls it, base64url.
    pub credential: String,
    pub person: PersonId,
    /// What the device calls the person, base64url: drawn at random, the same for all keys of one person.
    pub handle: String,
    /// The name of the server for which it was made; good for no other.
    pub host: String,
    /// What its owner calls it.
    pub name: String,
    /// The public key in COSE form, base64url.
    pub public_key: String,
    /// How often the device signed with it, as it says itself; always 0 for devices that do not count.
    pub counter: u32,
    /// The device may share it with other devices of its owner.
    pub synced: bool,
    pub created_at: Moment,
    /// The last day on which it was used: no finer, so that nobody is watched by it.
    pub used_on: Option<Date>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    credential: String,
    person: String,
    handle: String,
    host: String,
    name: String,
    public_key: String,
    counter: i64,
    synced: bool,
    created_at: String,
    used_on: Option<String>,
}

impl TryFrom<Row> for Passkey {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Passkey> {
        let bad = || crate::projection::damaged("passkey", &row.id, &"not an id, a number or a time");
        Ok(Passkey {
            person: row.person.parse().map_err(|_| bad())?,
            counter: row.counter.try_into().map_err(|_| bad())?,
            created_at: row.created_at.parse().map_err(|_| bad())?,
            used_on: row.used_on.as_deref().map(str::parse).transpose().map_err(|_| bad())?,
            id: row.id,
            credential: row.credential,
            handle: row.handle,
            host: row.host,
            name: row.name,
            public_key: row.public_key,
            synced: row.synced,
        })
    }
}

/// Keeps a new key. One that is there already, of whomever, is refused by the database.
pub async fn put(tx: &mut Tx, p: &Passkey) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into passkey (id, credential, person, handle, host, name, public_key, counter, synced, created_at, used_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(&p.id).bind(&p.credential).bind(p.person.as_str()).bind(&p.handle).bind(&p.host).bind(&p.name)
        .bind(&p.public_key).bind(i64::from(p.counter)).bind(p.synced).bind(p.created_at.to_string())
        .bind(p.used_on.map(|d| d.to_string())).execute(c).await?; });
    Ok(())
}

/// The key that its device calls by this name.
pub async fn by_credential(tx: &mut Tx, credential: &str) -> Result<Option<Passkey>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select id, credential, person, handle, host, name, public_key, counter, synced, created_at, used_on
         from passkey where credential = $1").bind(credential).fetch_optional(c).await?);
    row.map(Passkey::try_from).transpose()
}

/// A person's keys, the latest first.
pub async fn of(tx: &mut Tx, person: &PersonId) -> Result<Vec<Passkey>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select id, credential, person, handle, host, name, public_key, counter, synced, created_at, used_on
         from passkey where person = $1 order by created_at desc, id").bind(person.as_str()).fetch_all(c).await?);
    rows.into_iter().map(Passkey::try_from).collect()
}

/// Everybody who has a key.
pub async fn holders(tx: &mut Tx) -> Result<BTreeSet<PersonId>> {
    let rows: Vec<(String,)> = on!(tx, c => sqlx::query_as("select distinct person from passkey").fetch_all(c).await?);
    let bad = |id: &str| crate::projection::damaged("passkey", id, &"not an id");
    rows.into_iter().map(|(id,)| id.parse().map_err(|_| bad(&id))).collect()
}

/// Counts a use, in one step with looking whether the device's counter has moved on: false, and nothing changed, where it
/// has not, or where the key is gone. A counter that stays at 0 is that of a device that does not count.
pub async fn count_use(tx: &mut Tx, id: &str, counter: u32, on: Date) -> Result<bool> {
    let n = on!(tx, c => sqlx::query(
        "update passkey set counter = $2, used_on = $3 where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))")
        .bind(id).bind(i64::from(counter)).bind(on.to_string()).execute(c).await?.rows_affected());
    Ok(n == 1)
}

pub async fn rename(tx: &mut Tx, id: &str, name: &str) -> Result<()> {
    on!(tx, c => { sqlx::query("update passkey set name = $2 where id = $1").bind(id).bind(name).execute(c).await?; });
    Ok(())
}

pub async fn remove(tx: &mut Tx, id: &str) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from passkey where id = $1").bind(id).execute(c).await?; });
    Ok(())
}

/// Ends all keys of a person.
pub async fn remove_of(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from passkey where person = $1").bind(person.as_str()).execute(c).await?; });
    Ok(())
}
