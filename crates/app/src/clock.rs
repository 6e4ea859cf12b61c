//! The installation's clock held against its ledger, in which time never runs backwards.

use crate::{App, Result};
use store::ledger;

/// Whole minutes by which the clock is behind the latest entry: above zero, it was set back, and new entries bear the time of
/// the latest until it has caught up. Zero in an empty installation.
pub async fn behind_minutes(app: &App) -> Result<i64> {
    let mut tx = app.inner.db.read().await?;
    let Some(office) = app.office_id(&mut tx).await? else { return Ok(0) };
    let last = ledger::head(&mut tx, &office).await?.map(|head| head.at);
    Ok(last.map_or(0, |last| (last.millis() - app.now().millis()).max(0) / 60_000))
}
