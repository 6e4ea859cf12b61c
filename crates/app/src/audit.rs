//! The ledger as a log: everything that was written, the latest first.

use crate::views::HistoryRow;
use crate::{App, Result, history};
use store::ledger;

/// So many events of the office's ledger before this number (`None`: the latest).
pub async fn list(app: &App, before: Option<u64>, limit: u32) -> Result<Vec<HistoryRow>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let links = ledger::before(&mut tx, &all.office, before.unwrap_or(u64::MAX), i64::from(limit)).await?;
    history::rows(&mut tx, &all, links).await
}
