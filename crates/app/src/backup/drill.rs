//! A drill: the backup is brought back as in earnest, into a folder that is deleted again, and compared with the present.

use super::bring::{self, Place};
use super::lock::Unlock;
use super::{OnProgress, Problem, Restored, open, private_folder};
use crate::{App, Error, Result, Settings};
use programme::moment::Moment;
use std::path::Path;
use store::ledger;

const PREFIX: &str = ".drill-";

/// How a backup stands to the record that is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was said since.
    Same,
    /// So many events were said since: they would be lost.
    Behind { events: u64 },
    /// The record in use does not know the end of the backup: it is older, or a fork.
    Apart,
}

impl Standing {
    /// Every code there is: each has its sentence in the catalogues.
    pub const CODES: &'static [&'static str] = &["same", "behind", "apart"];

    pub fn code(self) -> &'static str {
        match self {
            Standing::Same => "same",
            Standing::Behind { .. } => "behind",
            Standing::Apart => "apart",
        }
    }
}

impl Drilled {
    /// Whether the office would have its record back: it is whole, and the record in use goes on from it.
    pub fn passed(&self) -> bool {
        self.restored.verify.whole && self.standing != Standing::Apart
    }
}

/// What a drill showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drilled {
    pub at: Moment,
    pub restored: Restored,
    pub standing: Standing,
    /// Whole hours since the backup was made.
    pub age_hours: u64,
    /// Of the backup file.
    pub size_bytes: u64,
}

pub(super) async fn drill(app: &App, file: &Path, unlock: &Unlock, progress: &OnProgress) -> Result<Drilled> {
    let (manifest, plain) = open::open(file, unlock, progress)?;
    let size_bytes = plain.size_bytes;
    let own = app.office_id(&mut app.inner.db.read().await?).await?;
    if own.is_some_and(|own| own != manifest.office) {
        return Err(Problem::OtherOffice.into());
    }
    let data = &app.inner.settings.data;
    // On the office's own disk, for its owner alone: it holds everything in the clear for as long as the drill takes.
    let folder = private_folder(PREFIX, data).map_err(|source| Error::Io { path: data.clone(), source })?;
    let settings = Settings { database: None, ..app.inner.settings.clone() };
    let restored = bring::bring(Place { folder: folder.path(), settings: &settings, last_known: None }, manifest, plain).await?;
    folder.close().map_err(|source| Error::Io { path: data.clone(), source })?;
    let mut tx = app.inner.db.read().await?;
    let office = &restored.head.office;
    let known = ledger::place(&mut tx, office, restored.head.seq).await?;
    let last = ledger::head(&mut tx, office).await?.map_or(0, |h| h.head.seq);
    let standing = match last.saturating_sub(restored.head.seq) {
        _ if known.as_ref() != Some(&restored.head) => Standing::Apart,
        0 => Standing::Same,
        events => Standing::Behind { events },
    };
    let at = app.now();
    let age_hours = u64::try_from((at.millis() - restored.made_at.millis()) / 3_600_000).unwrap_or_default();
    Ok(Drilled { at, restored, standing, age_hours, size_bytes })
}

/// Removes what drills and copies of an older database left that were killed; only while nobody else uses the folder.
pub(crate) fn sweep(data: &Path) -> Result<()> {
    let io = |source| Error::Io { path: data.to_owned(), source };
    for entry in std::fs::read_dir(data).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) {
            std::fs::remove_dir_all(entry.path()).map_err(io)?;
        } else if name.starts_with(store::migrate::COPYING) {
            std::fs::remove_file(entry.path()).map_err(io)?;
        }
    }
    Ok(())
}
