//! Is the record whole? Walks chains, signatures, private contents and blobs; names exactly what is damaged.

use crate::{App, Result};
pub use programme::chain::Damage;
use programme::ids::ContentId;

/// What the walk found. The sentence for each damage comes from the catalogue key `damage-CODE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// True when nothing is damaged.
    pub whole: bool,
    pub offices: u64,
    pub events: u64,
    pub contents: u64,
    pub blobs: u64,
    /// Contents erased, with the code of the legal ground: not damage.
    pub erased: Vec<(ContentId, String)>,
    pub damage: Vec<Damage>,
}

/// Walks what was recorded: quick enough for a page.
pub async fn run(app: &App) -> Result<VerifyReport> {
    let mut tx = app.inner.db.read().await?;
    let office = app.office_id(&mut tx).await?;
    let report = store::verify::run(&mut tx, &app.inner.blobs, office.as_ref()).await?;
    Ok(report_of(report))
}

/// As [`run`], and makes anew beside what pages read, to compare. Nothing is written, and nobody is kept from writing.
pub async fn run_deep(app: &App) -> Result<VerifyReport> {
    let mut tx = app.inner.db.read().await?;
    let office = app.office_id(&mut tx).await?;
    let mut report = report_of(store::verify::run(&mut tx, &app.inner.blobs, office.as_ref()).await?);
    report.damage.extend(store::verify::derived(&mut tx).await?);
    report.whole = report.damage.is_empty();
    Ok(report)
}

pub(crate) fn report_of(report: store::verify::Report) -> VerifyReport {
    VerifyReport {
        whole: report.damage.is_empty(),
        offices: report.offices,
        events: report.events,
        contents: report.contents,
        blobs: report.blobs,
        erased: report.erased,
        damage: report.damage,
    }
}

/// Drops every projection and replays all ledgers; returns the number of events.
pub async fn rebuild(app: &App) -> Result<u64> {
    let mut tx = app.inner.db.write().await?;
    let n = store::projection::rebuild(&mut tx).await?;
    tx.commit().await?;
    if let Ok(mut held) = app.inner.snapshot.lock() {
        *held = None;
    }
    Ok(n)
}
