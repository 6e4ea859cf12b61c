//! Whose packs of verified entries this installation takes, and which one of each is in use: private. The packs themselves are
//! files beside the database.

use crate::{Result, Tx};
use programme::moment::Moment;

/// An issuer whose key was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Ed25519, 64 hex digits.
    pub key: String,
    pub name: String,
    pub accepted_at: Moment,
    /// Of the latest pack that was ever installed; 0 before the first.
    pub number: i64,
    /// The day of that pack, `YYYY-MM-DD`; empty before the first.
    pub made: String,
    pub entries: i64,
    /// `None`: no pack of this issuer is in use.
    pub installed_at: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    name: String,
    accepted_at: String,
    number: i64,
    made: String,
    entries: i64,
    installed_at: Option<String>,
}

/// Keeps an issuer, or what is now in use of them; the day of acceptance stays the first one.
pub async fn put(tx: &mut Tx, issuer: &Issuer) -> Result<()> {
    let Issuer { key, name, accepted_at, number, made, entries, installed_at } = issuer;
    on!(tx, c => { sqlx::query(
        "insert into scam_issuer (key, name, accepted_at, number, made, entries, installed_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (key) do update set name = excluded.name, number = excluded.number, made = excluded.made,
         entries = excluded.entries, installed_at = excluded.installed_at")
        .bind(key).bind(name).bind(accepted_at.to_string()).bind(number).bind(made).bind(entries)
        .bind(installed_at.map(|at| at.to_string())).execute(c).await?; });
    Ok(())
}

/// All of them, by the day of acceptance.
pub async fn all(tx: &mut Tx) -> Result<Vec<Issuer>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select key, name, accepted_at, number, made, entries, installed_at from scam_issuer order by accepted_at, key")
        .fetch_all(c).await?);
    let moment =
        |key: &str, text: &str| text.parse::<Moment>().map_err(|_| crate::projection::damaged("scam_issuer", key, &"not a moment"));
    let issuer = |row: Row| {
        let accepted_at = moment(&row.key, &row.accepted_at)?;
        let installed_at = row.installed_at.as_deref().map(|at| moment(&row.key, at)).transpose()?;
        let Row { key, name, number, made, entries, .. } = row;
        Ok(Issuer { key, name, accepted_at, number, made, entries, installed_at })
    };
    rows.into_iter().map(issuer).collect()
}
