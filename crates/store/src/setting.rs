//! Small private settings of this installation, by name: which office it writes for, the projections' version.

use crate::{Result, Tx};

pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    Ok(on!(tx, c => sqlx::query_scalar("select value from setting where name = $1").bind(name).fetch_optional(c).await?))
}

pub async fn put(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value")
        .bind(name).bind(value).execute(c).await?; });
    Ok(())
}
