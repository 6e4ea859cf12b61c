//! Backups: one encrypted file with everything that does not follow from something else, and the way back from it.
//!
//! The file is [age](https://age-encryption.org/v1), inside it a plain tar: with the passphrase, public tools open it
//! (`age -d FILE | tar -x`). First comes `manifest.json`, which promises every other member by size and SHA-256:
//! `office.key`, `rows/TABLE.jsonl` ([`store::portable`]), `blobs/SHA256`. It knows no kind of database: what was kept on
//! SQLite comes back on PostgreSQL, and the other way. Projections are replayed from the events.
//!
//! Restoring puts nothing in place before all of it was checked, and opens a new epoch of the ledger: what was said after
//! the backup is lost, and everyone who knows it can tell. A drill does the same in a folder that is deleted again.
//!
//! ```text
//! let made = backup::make(&app, Path::new("e/2026-06-05.luytre"), Lock::Passphrase(Passphrase::strong(text)?), progress).await?;
//! let back = backup::restore(Settings::new("new"), file, Unlock::Passphrase(Passphrase::of(text)), None, progress).await?;
//! ```

mod archive;
mod bring;
mod drill;
mod kept;
mod lock;
mod manifest;
mod open;
mod problem;
mod write;

pub(crate) use bring::restorer;
pub(crate) use drill::sweep as sweep_drills;
pub use drill::{Drilled, Standing};
pub use kept::{FAILURES, Record, Status, status};
pub use lock::{Lock, Passphrase, Unlock};
pub use problem::Problem;

use crate::verify::VerifyReport;
use crate::{App, Error, Result, Settings};
use programme::event::Head;
use programme::moment::Moment;
use std::path::Path;
use std::sync::Arc;

/// How far a long piece of work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done_bytes: u64,
    /// 0 when nobody can know.
    pub total_bytes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Everything is read once, to promise it.
    Measuring,
    Writing,
    Reading,
    /// Events are replayed, the record is verified.
    Checking,
}

impl Stage {
    pub const ALL: [Stage; 4] = [Stage::Measuring, Stage::Writing, Stage::Reading, Stage::Checking];

    pub fn code(self) -> &'static str {
        match self {
            Stage::Measuring => "measuring",
            Stage::Writing => "writing",
            Stage::Reading => "reading",
            Stage::Checking => "checking",
        }
    }
}

/// Called from another thread, about once a megabyte.
pub type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;

/// Nobody watches.
pub fn quietly() -> OnProgress {
    Arc::new(|_| ())
}

/// A backup that lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub at: Moment,
    /// The end of the office's own ledger in it.
    pub head: Head,
    pub events: u64,
    pub files: u64,
    pub size_bytes: u64,
    /// Files that the record names and that are missing or changed: `verify` names them. The backup holds what there is.
    pub damaged_files: u64,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub office_name: String,
    /// When the backup was made.
    pub made_at: Moment,
    /// The end of the office's ledger in the backup; the new epoch begins behind it.
    pub head: Head,
    pub epoch: u32,
    pub events: u64,
    pub files: u64,
    /// Of the record that came back; damage was in the backup already.
    pub verify: VerifyReport,
}

/// Writes a backup of what the installation holds at this moment; others may go on working.
///
/// The file appears under its name only when it is whole and on the disk. Refused ([`Problem`]) when the name is taken, when
/// a key to lock with is none, or when something was erased while it was being copied; `NotSetUp` when there is no office.
pub async fn make(app: &App, file: &Path, lock: Lock, progress: OnProgress) -> Result<Made> {
    let (worker, path) = (app.clone(), file.to_owned());
    let made = off_the_threads("backup", move || async move { write::make(&worker, &path, &lock, &progress).await }).await;
    kept::keep(app, kept::Kind::Backup, made.as_ref().map(kept::of_made).map_err(kept::code_of)).await;
    made
}

/// Brings a backup back into `settings.data`, which must be missing or empty, and into `settings.database`, which must be
/// empty too. `last_known` is the number of the last event that anybody has seen (a printed report, a receipt): what lies
/// between the backup and it is written down as lost.
///
/// Refused ([`Problem`]) when the file is foreign, cut off, changed, newer than this program, or locked with another key;
/// then nothing is left behind.
pub async fn restore(settings: Settings, file: &Path, unlock: Unlock, last_known: Option<u64>, progress: OnProgress) -> Result<Restored> {
    let path = file.to_owned();
    off_the_threads("restore", move || async move { bring::restore(&settings, &path, &unlock, last_known, &progress).await }).await
}

/// Brings a backup back into a folder that is deleted again, and compares it with what the installation holds now.
///
/// Errors as of [`restore`]; what is wrong is kept for [`status`] too.
pub async fn drill(app: &App, file: &Path, unlock: Unlock, progress: OnProgress) -> Result<Drilled> {
    let (worker, path) = (app.clone(), file.to_owned());
    let drilled = off_the_threads("drill", move || async move { drill::drill(&worker, &path, &unlock, &progress).await }).await;
    kept::keep(app, kept::Kind::Drill, drilled.as_ref().map_err(kept::code_of).and_then(kept::of_drilled)).await;
    drilled
}

/// A folder for its owner alone, gone when it is dropped: an office's whole record comes to lie in it, in the clear.
fn private_folder(prefix: &str, beside: &Path) -> std::io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(beside)
}

/// Runs work that mostly waits for the disk on a thread of its own, where it may still ask the database.
async fn off_the_threads<T, F>(what: &str, work: impl FnOnce() -> F + Send + 'static) -> Result<T>
where
    T: Send + 'static,
    F: Future<Output = Result<T>>,
{
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || runtime.block_on(work())).await.map_err(|_| Error::EngineFailed(what.to_owned()))?
}
