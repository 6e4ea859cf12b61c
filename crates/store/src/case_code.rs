//! The codes by which people whom nobody knows follow what they asked: private. Only a keyed digest is kept, so that neither
//! a copy of the database nor the ledger gives a code away.

use crate::{Result, Tx};
use programme::ids::CaseId;

/// Keeps the digest of a case's code (64 hex digits).
pub async fn put(tx: &mut Tx, digest: &str, case: &CaseId) -> Result<()> {
    on!(tx, c => { sqlx::query("insert into case_code (digest, case_id) values ($1, $2)")
        .bind(digest).bind(case.as_str()).execute(c).await?; });
    Ok(())
}

/// The case whose code has this digest.
pub async fn find(tx: &mut Tx, digest: &str) -> Result<Option<CaseId>> {
    let id: Option<String> =
        on!(tx, c => sqlx::query_scalar("select case_id from case_code where digest = $1").bind(digest).fetch_optional(c).await?);
    id.map(|id| id.parse().map_err(|_| crate::projection::damaged("case_code", &id, &"not an id"))).transpose()
}
