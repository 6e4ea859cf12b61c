//! Folders with backups: each entry directly inside counts as one backup, a folder with all it holds.
//!
//! Not for restoring or opening a backup. Works on every platform.
//!
//! ```text
//! backup_sets: path=/srv/sao-luu backups=14 newest=2026-11-22T19:00:05Z newest_bytes=73400320 median_bytes=73100000
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::facts::{Row, Status, Table, Unseen, row};

/// Most files looked at in one folder; a hundred thousand take about a second.
const MAX_ENTRIES: usize = 100_000;
const MAX_DEPTH: usize = 12;

/// The table `backup_sets` for the declared folders.
pub(super) fn sets(dirs: Option<&[PathBuf]>) -> Table {
    let Some(dirs) = dirs else {
        return Table::unseen(Status::Unsupported, Unseen::NotDeclared, &[]);
    };
    let mut table = Table::seen(&[], Vec::new());
    for dir in dirs {
        table.source.push(dir.display().to_string());
        match set(dir) {
            Ok((row, whole)) => {
                table.rows.push(row);
                if !whole {
                    table.status = Status::Partial;
                    table.reason = Some(Unseen::TooManyFiles.as_str().to_owned());
                }
            }
            Err(error) => {
                // One folder that cannot be read must not be hidden by another that can.
                let (status, reason) = match error.kind() {
                    io::ErrorKind::NotFound => (Status::Error, Unseen::FolderMissing),
                    io::ErrorKind::PermissionDenied => (Status::Denied, Unseen::FolderDenied),
                    _ => (Status::Error, Unseen::FolderUnreadable),
                };
                return Table::unseen(status, reason, &[&dir.display().to_string()]);
            }
        }
    }
    table
}

#[derive(Default)]
struct Sum {
    bytes: u64,
    newest: Option<Timestamp>,
}

/// One row, and whether everything was counted.
fn set(dir: &Path) -> io::Result<(Row, bool)> {
    let mut left = MAX_ENTRIES;
    let mut backups = Vec::new();
    for entry in fs::read_dir(dir)? {
        let mut sum = Sum::default();
        add(&entry?.path(), MAX_DEPTH, &mut left, &mut sum);
        backups.extend(sum.newest.map(|newest| (newest, sum.bytes)));
    }
    backups.sort_unstable();
    let mut cells = row([("path", dir.display().to_string().into()), ("backups", (backups.len() as i64).into())]);
    if let Some((newest, bytes)) = backups.last() {
        let mut sizes: Vec<u64> = backups.iter().map(|(_, bytes)| *bytes).collect();
        sizes.sort_unstable();
        cells.extend(row([
            ("newest", newest.to_string().into()),
            ("newest_bytes", (*bytes as i64).into()),
            ("median_bytes", (sizes[sizes.len() / 2] as i64).into()),
        ]));
    }
    Ok((cells, left > 0))
}

/// Adds a file, or all files below a folder. Links are not followed: a backup elsewhere is not here.
fn add(path: &Path, depth: usize, left: &mut usize, sum: &mut Sum) {
    let Ok(meta) = fs::symlink_metadata(path) else { return };
    if *left == 0 || depth == 0 {
        return;
    }
    *left -= 1;
    if meta.is_file() {
        sum.bytes += meta.len();
        let modified = meta.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
        sum.newest = sum.newest.max(modified);
    } else if meta.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            add(&entry.path(), depth - 1, left, sum);
        }
    }
}
