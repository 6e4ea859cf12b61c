//! What is remembered of backups and drills, among the settings of the installation: when the last one was, and how it ended.

use super::manifest::Manifest;
use super::{Drilled, Made, Standing};
use crate::{App, Error, Result, kept};
use programme::moment::Moment;
use serde::{Deserialize, Serialize};
use store::Tx;

/// Why a drill failed whose file opened: what came back is not whole.
const RECORD_DAMAGED: &str = "record_damaged";

/// Every reason that a [`Record`] of a failure may name beside [`super::Problem::CODES`]; `failed` for anything else.
pub const FAILURES: &[&str] = &["apart", RECORD_DAMAGED];

/// One backup or drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub at: Moment,
    /// Of the file; 0 when there is none.
    pub size_bytes: u64,
    pub events: u64,
    pub files: u64,
    /// `whole`, `damaged`, the code of a [`super::Problem`] or one of [`FAILURES`]; `failed` for anything else.
    pub result: String,
}

/// What a page shows: "last backup three days ago, last drill in May".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// The last backup that lies somewhere.
    pub backup: Option<Record>,
    /// The last attempt, when it failed and no backup was made since.
    pub backup_failed: Option<Record>,
    /// The last drill that came to its end.
    pub drill: Option<Record>,
    pub drill_failed: Option<Record>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Backup,
    Drill,
}

impl Kind {
    /// The names of the settings: what came to its end, what failed.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Backup => ("backup-done", "backup-failed"),
            Kind::Drill => ("drill-done", "drill-failed"),
        }
    }
}

/// When the last backup and the last drill were, and how they ended.
pub async fn status(app: &App) -> Result<Status> {
    let mut tx = app.inner.db.read().await?;
    let (backup, backup_failed) = last(&mut tx, Kind::Backup).await?;
    let (drill, drill_failed) = last(&mut tx, Kind::Drill).await?;
    Ok(Status { backup, backup_failed, drill, drill_failed })
}

async fn last(tx: &mut Tx, kind: Kind) -> Result<(Option<Record>, Option<Record>)> {
    let (done, failed) = kind.names();
    let done: Option<Record> = kept::get(tx, done).await?;
    let failed: Option<Record> = kept::get(tx, failed).await?;
    let failed = failed.filter(|f| done.as_ref().is_none_or(|d| f.at > d.at));
    Ok((done, failed))
}

pub(super) async fn put(tx: &mut Tx, kind: Kind, record: &Record) -> Result<()> {
    kept::put(tx, kind.names().0, record).await
}

/// Remembers how it ended; an installation that is open for reading only remembers nothing. A backup that lies on the disk
/// is no failure because that could not be written down.
pub(super) async fn keep(app: &App, kind: Kind, ended: std::result::Result<Record, &'static str>) {
    if app.inner.read_only {
        return;
    }
    if let Err(error) = keep_in(app, kind, ended).await {
        tracing::warn!("what became of a backup or drill could not be remembered: {error}");
    }
}

async fn keep_in(app: &App, kind: Kind, ended: std::result::Result<Record, &'static str>) -> Result<()> {
    let (done, failed) = kind.names();
    let mut tx = app.inner.db.write().await?;
    match ended {
        Ok(record) => kept::put(&mut tx, done, &record).await?,
        Err(code) => {
            let record = Record { at: app.now(), size_bytes: 0, events: 0, files: 0, result: code.to_owned() };
            kept::put(&mut tx, failed, &record).await?;
        }
    }
    Ok(tx.commit().await?)
}

pub(super) fn code_of(error: &Error) -> &'static str {
    match error {
        Error::Backup(problem) => problem.code(),
        _ => "failed",
    }
}

fn result(whole: bool) -> String {
    if whole { "whole" } else { "damaged" }.to_owned()
}

pub(super) fn of_made(made: &Made) -> Record {
    let Made { at, events, files, size_bytes, damaged_files, .. } = *made;
    Record { at, size_bytes, events, files, result: result(damaged_files == 0) }
}

/// A drill counts as done only when it showed that the record would come back; else why it did not.
pub(super) fn of_drilled(drilled: &Drilled) -> std::result::Result<Record, &'static str> {
    let restored = &drilled.restored;
    let (events, files) = (restored.events, restored.files);
    match (restored.verify.whole, drilled.standing) {
        (false, _) => Err(RECORD_DAMAGED),
        (true, Standing::Apart) => Err(Standing::Apart.code()),
        (true, _) => Ok(Record { at: drilled.at, size_bytes: drilled.size_bytes, events, files, result: result(true) }),
    }
}

/// The backup that a record came back from was a good one.
pub(super) fn of_manifest(manifest: &Manifest, size_bytes: u64) -> Record {
    let Manifest { made_at: at, events, files, .. } = *manifest;
    Record { at, size_bytes, events, files, result: result(true) }
}
