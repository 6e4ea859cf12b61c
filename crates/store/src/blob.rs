//! Files, kept by their SHA-256 under `blobs/aa/aabb…`: written once, never changed.
//!
//! A blob reaches the disk (temporary file, fsync, rename, fsync of the folder) before the event that names it is
//! committed; so a committed event always has its bytes, and a crash leaves at most an orphan, which [`Blobs::sweep`]
//! removes. Not here: names and salts of files ([`crate::content`]).

use crate::{Error, Result, private};
use programme::model::Digest;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of blobs.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    /// Makes the folder if need be; it is its owner's alone.
    pub fn open(folder: &Path) -> Result<Blobs> {
        private::folder(folder).map_err(at(folder))?;
        Ok(Blobs { folder: folder.to_owned() })
    }

    /// The folder as it is, even when it is not there: for reading only.
    pub fn at(folder: &Path) -> Blobs {
        Blobs { folder: folder.to_owned() }
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join(&name[..2]).join(&name)
    }

    /// Keeps the bytes; the same bytes are kept once. What lies under their name and is not they was damaged on the disk: it
    /// is put right.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest> {
        let digest = Digest::of(bytes);
        let path = self.path(&digest);
        let folder = path.parent().unwrap_or(&self.folder);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            // Somebody may have put it this very moment: its name has to be on the disk as well.
            sync_folder(folder)?;
            sync_folder(&self.folder)?;
            return Ok(digest);
        }
        part(folder)?;
        // A folder in the place of the file: an empty one can go, in any other lies what is not ours.
        if path.is_dir() {
            fs::remove_dir(&path).map_err(at(&path))?;
        }
        let mut temporary = tempfile::NamedTempFile::new_in(folder).map_err(at(folder))?;
        temporary.write_all(bytes).map_err(at(&path))?;
        temporary.as_file().sync_all().map_err(at(&path))?;
        temporary.persist(&path).map_err(|e| Error::Io { path: path.clone(), source: e.error })?;
        sync_folder(folder)?;
        sync_folder(&self.folder)?;
        Ok(digest)
    }

    /// The bytes, as they lie on the disk; `None` when there are none.
    pub fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>> {
        let path = self.path(digest);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(at(&path)(e)),
        }
    }

    /// The file of a blob, to be read piece by piece; `None` when there is none.
    pub fn file(&self, digest: &Digest) -> Result<Option<File>> {
        let path = self.path(digest);
        match File::open(&path) {
            // On Unix a folder opens too.
            Ok(_) if path.is_dir() => Ok(None),
            Ok(file) => Ok(Some(file)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(at(&path)(e)),
        }
    }

    /// Makes the file of a blob, to be filled piece by piece by someone who checks what comes. It reaches the disk with
    /// [`Blobs::sync`]: while many come back at once, one wait for all is shorter than one for each.
    pub fn create(&self, digest: &Digest) -> Result<File> {
        let path = self.path(digest);
        part(path.parent().unwrap_or(&self.folder))?;
        File::create_new(&path).map_err(at(&path))
    }

    /// Waits until every file and every name in the folder is on the disk.
    pub fn sync(&self) -> Result<()> {
        for folder in entries(&self.folder)?.iter().filter(|folder| folder.is_dir()) {
            for file in entries(folder)? {
                // Windows wants a handle that may write.
                File::options().read(true).write(true).open(&file).and_then(|f| f.sync_all()).map_err(at(&file))?;
            }
            sync_folder(folder)?;
        }
        sync_folder(&self.folder)
    }

    /// Removes one blob; nothing happens when it is not there.
    pub fn remove(&self, digest: &Digest) -> Result<()> {
        let path = self.path(digest);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(at(&path)(e)),
            _ => Ok(()),
        }
    }

    /// True when no file was ever put, or all were removed.
    pub fn is_empty(&self) -> Result<bool> {
        for folder in entries(&self.folder)?.iter().filter(|folder| folder.is_dir()) {
            if !entries(folder)?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Removes every file that no content names; returns how many. Only while nobody else writes into the folder.
    pub fn sweep(&self, known: &BTreeSet<String>) -> Result<u64> {
        let mut removed = 0;
        for folder in entries(&self.folder)? {
            if !folder.is_dir() {
                continue;
            }
            for file in entries(&folder)? {
                let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                if !known.contains(&name) && file.is_file() {
                    fs::remove_file(&file).map_err(at(&file))?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

/// Makes the part of the folder in which a blob lies, never the folder itself: where that is gone while the program runs, its
/// files would begin anew in a place that the record knows nothing of.
fn part(folder: &Path) -> Result<()> {
    match fs::create_dir(folder) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(at(folder)(e)),
        _ => Ok(()),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = match fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(at(folder))?,
    };
    read.map(|entry| entry.map(|e| e.path()).map_err(at(folder))).collect()
}

/// Makes a rename in the folder reach the disk. Windows has no handle for a folder; there NTFS journals the rename.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|f| f.sync_all()).map_err(at(folder))
}

/// Makes a rename in the folder reach the disk: on this system the file system's journal does.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> Result<()> {
    Ok(())
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { path, source }
}
