//! Names of persons: private, by id. Roles are facts in the ledger; the name is not.

use crate::{Result, Tx};
use programme::ids::PersonId;
use std::collections::BTreeMap;

pub async fn put(tx: &mut Tx, id: &PersonId, name: &str) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into person (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name")
        .bind(id.as_str()).bind(name).execute(c).await?; });
    Ok(())
}

/// Every known name; persons whose name was erased are absent.
pub async fn names(tx: &mut Tx) -> Result<BTreeMap<PersonId, String>> {
    let rows: Vec<(String, String)> = on!(tx, c => sqlx::query_as(
        "select id, name from person where name is not null").fetch_all(c).await?);
    Ok(rows.into_iter().filter_map(|(id, name)| Some((id.parse().ok()?, name))).collect())
}

/// Removes the name; the id stays, because events name it.
pub async fn erase(tx: &mut Tx, id: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("update person set name = null where id = $1").bind(id.as_str()).execute(c).await?; });
    Ok(())
}
