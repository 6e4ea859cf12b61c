//! A file system to look at: the running one, or an image mounted somewhere.
//!
//! Links are followed inside the root only, so that `/etc/localtime` of a mounted image never shows the inspecting machine.
//! Not for writing. Files are read up to a limit.
//!
//! ```text
//! Root::new("/mnt/anh").read("/etc/os-release")
//! ```

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::facts::{Status, Table, Unseen};

/// No configuration file is longer.
const MAX_FILE_BYTES: u64 = 4 << 20;
const MAX_LINKS: usize = 40;

/// A file system to look at.
pub(super) struct Root {
    base: PathBuf,
}

impl Root {
    pub(super) fn new(base: &Path) -> Root {
        Root { base: base.to_path_buf() }
    }

    /// True for the running system.
    pub(super) fn is_live(&self) -> bool {
        self.base == Path::new("/")
    }

    /// The text of a file; bytes that are not UTF-8 become replacement characters.
    pub(super) fn read(&self, path: &str) -> io::Result<String> {
        let file = File::open(self.resolve(path))?;
        if file.metadata()?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut bytes = Vec::new();
        file.take(MAX_FILE_BYTES).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The text of a file, or nothing where it is missing or unreadable.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.read(path).ok()
    }

    /// The names in a folder, sorted; empty where it is missing or unreadable.
    pub(super) fn list(&self, path: &str) -> Vec<String> {
        let entries = fs::read_dir(self.resolve(path)).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// The texts of all files in a folder whose names end so, by name.
    pub(super) fn texts(&self, dir: &str, ending: &str) -> Vec<(String, String)> {
        let names = self.list(dir).into_iter().filter(|name| name.ends_with(ending));
        names.map(|name| format!("{dir}/{name}")).filter_map(|path| Some((path.clone(), self.text(&path)?))).collect()
    }

    /// True where something is there, links followed.
    pub(super) fn exists(&self, path: &str) -> bool {
        self.meta(path).is_ok()
    }

    /// What stands at a path, links followed.
    pub(super) fn meta(&self, path: &str) -> io::Result<Metadata> {
        fs::symlink_metadata(self.resolve(path))
    }

    /// Where a link points, unresolved.
    pub(super) fn link(&self, path: &str) -> io::Result<String> {
        let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
        Ok(fs::read_link(self.resolve(dir).join(name))?.to_string_lossy().into_owned())
    }

    /// The real path with all links followed inside the root; a missing end is kept.
    pub(super) fn resolve(&self, path: &str) -> PathBuf {
        let mut todo = parts(Path::new(path));
        let mut done = PathBuf::new();
        let mut links = 0;
        while let Some(part) = todo.pop() {
            if part == ".." {
                done.pop();
                continue;
            }
            let here = self.base.join(&done).join(&part);
            match fs::read_link(&here) {
                // In /proc, links such as `fd/3` or `root` are not paths; they are read by `link` only.
                Ok(target) if links < MAX_LINKS => {
                    links += 1;
                    if target.is_absolute() {
                        done = PathBuf::new();
                    }
                    todo.extend(parts(&target));
                }
                _ => done.push(&part),
            }
        }
        self.base.join(done)
    }
}

/// The components, last first, without the root.
fn parts(path: &Path) -> Vec<OsString> {
    let names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some(OsString::from("..")),
        _ => None,
    });
    let mut names: Vec<OsString> = names.collect();
    names.reverse();
    names
}

/// The table for a source that could not be opened.
pub(super) fn unseen(error: &io::Error, source: &str) -> Table {
    match error.kind() {
        io::ErrorKind::NotFound => Table::unseen(Status::Absent, Unseen::NotFound, &[source]),
        io::ErrorKind::PermissionDenied => Table::unseen(Status::Denied, Unseen::NeedsRoot, &[source]),
        _ => Table::unseen(Status::Error, Unseen::Unreadable, &[source]),
    }
}
