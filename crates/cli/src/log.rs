//! The log of a program that serves: beside the terminal a file in the data folder, begun anew when it has grown.
//!
//! `luytre.log` is the newest, then `luytre.log.1` up to `luytre.log.5`. No names and no contents are logged anywhere
//! (see `ARCHITECTURE.md`); here nothing is looked at.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

const MAX_BYTES: u64 = 5_000_000;
const OLDER: u32 = 5;

/// A file that many threads append to, line by line.
#[derive(Clone)]
pub(crate) struct LogFile(Arc<Mutex<Rotating>>);

struct Rotating {
    path: PathBuf,
    file: Option<File>,
    size_bytes: u64,
    max_bytes: u64,
}

impl LogFile {
    /// Opened, with its folder, when the first line comes: a start that fails leaves no folder behind.
    pub(crate) fn later(path: &Path) -> LogFile {
        LogFile::of(path, MAX_BYTES)
    }

    /// Opens the file now, so that a place that cannot be written is told at once.
    pub(crate) fn open(path: &Path) -> io::Result<LogFile> {
        let mut log = Rotating { path: path.to_owned(), file: None, size_bytes: 0, max_bytes: MAX_BYTES };
        log.reopen()?;
        Ok(LogFile(Arc::new(Mutex::new(log))))
    }

    fn of(path: &Path, max_bytes: u64) -> LogFile {
        LogFile(Arc::new(Mutex::new(Rotating { path: path.to_owned(), file: None, size_bytes: 0, max_bytes })))
    }
}

impl Rotating {
    /// Opens the file, and makes its folder, for their owner alone.
    fn reopen(&mut self) -> io::Result<()> {
        if let Some(folder) = self.path.parent().filter(|f| !f.as_os_str().is_empty()) {
            make_private(folder)?;
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&self.path)?;
        self.size_bytes = file.metadata()?.len();
        self.file = Some(file);
        Ok(())
    }

    fn older(&self, n: u32) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(format!(".{n}"));
        name.into()
    }

    /// Moves every file one number on; the oldest goes. What cannot be moved (someone looks at it) stays: the log goes on.
    fn rotate(&mut self) -> io::Result<()> {
        // Closed first: Windows renames no open file.
        self.file = None;
        for n in (1..OLDER).rev() {
            std::fs::rename(self.older(n), self.older(n + 1)).ok();
        }
        std::fs::rename(&self.path, self.older(1)).ok();
        self.reopen()
    }
}

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut log = self.0.lock().map_err(|_| io::ErrorKind::Other)?;
        if log.file.is_none() {
            log.reopen()?;
        }
        if log.size_bytes > 0 && log.size_bytes + bytes.len() as u64 > log.max_bytes {
            log.rotate()?;
        }
        log.size_bytes += bytes.len() as u64;
        log.file.as_mut().ok_or(io::ErrorKind::NotFound)?.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for LogFile {
    type Writer = LogFile;

    fn make_writer(&self) -> LogFile {
        self.clone()
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_is_first_and_five_older_ones_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logs").join("luytre.log");
        let mut log = LogFile::of(&path, 30);
        for n in 0..40 {
            log.write_all(format!("line {n:02}\n").as_bytes()).unwrap();
        }
        let text = |name: &str| std::fs::read_to_string(folder.path().join("logs").join(name)).unwrap();
        assert_eq!(text("luytre.log"), "line 39\n");
        assert_eq!(text("luytre.log.1"), "line 36\nline 37\nline 38\n");
        assert_eq!(text("luytre.log.5"), "line 24\nline 25\nline 26\n");
        assert_eq!(std::fs::read_dir(folder.path().join("logs")).unwrap().count(), 6);
        // A second start goes on where the first ended.
        let mut again = LogFile::of(&path, 30);
        again.write_all(b"line 40\n").unwrap();
        assert_eq!(text("luytre.log"), "line 39\nline 40\n");
    }
}
