//! The ledger as a log: everything that was written, the latest first.

use crate::views::HistoryRow;
use crate::{App, Result, history};
use programme::decide;
use programme::model::SubjectKind;
use store::ledger;

/// So many events of the office's ledger before this number (`None`: the latest). What people outside said, and what they
/// were answered, stays with those who answer.
pub async fn list(app: &App, before: Option<u64>, limit: u32) -> Result<Vec<HistoryRow>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let links = ledger::before(&mut tx, &all.office, before.unwrap_or(u64::MAX), i64::from(limit)).await?;
    let mut rows = history::rows(&mut tx, &all, links).await?;
    let is_confidential = |id: &str| all.case(id).is_some_and(|case| decide::is_confidential(case.facts.kind));
    for row in rows.iter_mut().filter(|row| row.subject.0 == SubjectKind::Case && is_confidential(&row.subject.1)) {
        row.note = None;
    }
    Ok(rows)
}
