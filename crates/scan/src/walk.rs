//! Walking: folders and files to findings, in parallel, in a fixed order, with nothing dropped silently.
//!
//! Links are not followed. A text file is scanned as it is stored, a document through `reader`; whatever was not, or not
//! wholly, scanned is a [`Problem`] of its file. The contents of a file never leave this module except as masks.
//!
//! ```text
//! let report = scan::walk(&[folder], &Options::default(), &rules, &|progress| show(progress));
//! ```

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ignore::WalkBuilder;
use rayon::prelude::*;

use crate::engine::{scan_bytes, scan_doc, scan_name};
use crate::finding::Finding;
use crate::rule::Rules;

mod sniff;

use sniff::Contents;

/// How much a walk may look at.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files in all; the rest is one problem of the folder.
    pub files: usize,
    /// Bytes of one text file.
    pub text_bytes: u64,
    /// Limits for documents. Recognition of pictures is slow: `ocr_pages` is 0 unless asked for.
    pub reader: reader::Limits,
}

impl Default for Options {
    fn default() -> Options {
        Options { files: 5_000_000, text_bytes: 1 << 30, reader: reader::Limits { ocr_pages: 0, ..reader::Limits::default() } }
    }
}

/// Everything that a walk saw.
#[derive(Debug, Clone)]
pub struct Report {
    /// Files with findings or problems, by path.
    pub files: Vec<FileReport>,
    pub summary: Summary,
}

/// One file, link or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    pub path: PathBuf,
    pub bytes: u64,
    pub findings: Vec<Finding>,
    pub problems: Vec<Problem>,
}

/// Totals of a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Files that were opened.
    pub files: u64,
    pub bytes: u64,
    pub findings: u64,
    /// Entries with a problem because of which something was not scanned.
    pub skipped: u64,
    pub elapsed: Duration,
}

/// How far a walk has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub files_done: u64,
    pub files_total: u64,
    pub bytes_done: u64,
    pub bytes_total: u64,
}

/// Why something was not, or not wholly, scanned. Codes and data; words come from catalogues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file or folder could not be opened or read.
    Unreadable { denied: bool },
    /// A link; what it points to is scanned only if it lies in a folder of the walk.
    Link,
    /// A device, pipe or socket.
    Special,
    /// A text file larger than [`Options::text_bytes`].
    TooLarge { bytes: u64, limit_bytes: u64 },
    /// An archive; its members are not looked at yet.
    Archive,
    /// Contents that are neither text nor a known document.
    Binary,
    /// More files than [`Options::files`].
    TooManyFiles { limit: usize },
    /// What the reader of documents says.
    Reader(reader::Problem),
}

impl Problem {
    /// Key of the message in the catalogues.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Unreadable { denied: true } => "scan-denied",
            Problem::Unreadable { denied: false } => "scan-unreadable",
            Problem::Link => "scan-link",
            Problem::Special => "scan-special",
            Problem::TooLarge { .. } => "scan-too-large",
            Problem::Archive => "scan-archive",
            Problem::Binary => "scan-binary",
            Problem::TooManyFiles { .. } => "scan-too-many-files",
            Problem::Reader(problem) => problem.code(),
        }
    }

    /// Every code of this crate, so that a catalogue can be checked for completeness; the reader has its own list.
    pub const CODES: &'static [&'static str] = &[
        "scan-denied",
        "scan-unreadable",
        "scan-link",
        "scan-special",
        "scan-too-large",
        "scan-archive",
        "scan-binary",
        "scan-too-many-files",
    ];

    /// Values for the message, by name.
    pub fn data(&self) -> Vec<(&'static str, String)> {
        match self {
            Problem::TooLarge { bytes, limit_bytes } => vec![("bytes", bytes.to_string()), ("limit_bytes", limit_bytes.to_string())],
            Problem::TooManyFiles { limit } => vec![("limit", limit.to_string())],
            Problem::Reader(problem) => problem.data(),
            _ => vec![],
        }
    }

    /// False for remarks about a document that was read whole.
    fn hides_contents(&self) -> bool {
        !matches!(
            self,
            Problem::Reader(
                reader::Problem::WrongExtension { .. } | reader::Problem::EncodingGuessed { .. } | reader::Problem::Recognised { .. }
            )
        )
    }
}

/// One entry to look at.
struct Entry {
    path: PathBuf,
    bytes: u64,
}

/// Scans files and folders. `on_progress` is called after every file, from several threads.
pub fn walk(paths: &[PathBuf], options: &Options, rules: &Rules, on_progress: &(dyn Fn(Progress) + Sync)) -> Report {
    let started = Instant::now();
    let (mut entries, mut reports) = list(paths, options);
    let (files_total, bytes_total) = (entries.len() as u64, entries.iter().map(|entry| entry.bytes).sum());
    let (files_done, bytes_done) = (AtomicU64::new(0), AtomicU64::new(0));
    // Large files first, so that no thread is left alone with one at the end; the report is sorted again.
    entries.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.path.cmp(&b.path)));
    let scanned: Vec<FileReport> = entries
        .par_iter()
        .with_max_len(1)
        .map(|entry| {
            let report = file(entry, options, rules);
            on_progress(Progress {
                files_done: files_done.fetch_add(1, Ordering::Relaxed) + 1,
                files_total,
                bytes_done: bytes_done.fetch_add(entry.bytes, Ordering::Relaxed) + entry.bytes,
                bytes_total,
            });
            report
        })
        .collect();
    let bytes = scanned.iter().map(|report| report.bytes).sum();
    reports.extend(scanned.into_iter().filter(|report| !report.findings.is_empty() || !report.problems.is_empty()));
    reports.sort_by(|a, b| a.path.cmp(&b.path));
    let skipped = reports.iter().filter(|report| report.problems.iter().any(Problem::hides_contents)).count();
    let summary = Summary {
        files: files_total,
        bytes,
        findings: reports.iter().map(|report| report.findings.len() as u64).sum(),
        skipped: skipped as u64,
        elapsed: started.elapsed(),
    };
    Report { files: reports, summary }
}

/// The files below the paths, and a report for every other entry.
fn list(paths: &[PathBuf], options: &Options) -> (Vec<Entry>, Vec<FileReport>) {
    let mut entries = Vec::new();
    let mut reports = Vec::new();
    let trouble = |path: &Path, problem| FileReport { path: path.to_path_buf(), bytes: 0, findings: vec![], problems: vec![problem] };
    for root in paths {
        // Hidden and ignored files are where forgotten copies lie: no filter at all.
        let walk = WalkBuilder::new(root).standard_filters(false).follow_links(false).sort_by_file_name(|a, b| a.cmp(b)).build();
        for found in walk {
            let entry = match found {
                Ok(entry) => entry,
                Err(error) => {
                    let denied = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::PermissionDenied);
                    reports.push(trouble(&path_of(&error).unwrap_or_else(|| root.clone()), Problem::Unreadable { denied }));
                    continue;
                }
            };
            let Some(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                continue;
            }
            if entries.len() >= options.files {
                reports.push(trouble(root, Problem::TooManyFiles { limit: options.files }));
                break;
            }
            // A path named by the user is followed even if it is a link: he meant what it points to.
            let target = if entry.depth() == 0 { fs::metadata(entry.path()).ok() } else { None };
            if kind.is_file() || target.as_ref().is_some_and(fs::Metadata::is_file) {
                let bytes = target.or_else(|| entry.metadata().ok()).map_or(0, |meta| meta.len());
                entries.push(Entry { path: entry.into_path(), bytes });
            } else {
                let problem = if kind.is_symlink() { Problem::Link } else { Problem::Special };
                reports.push(trouble(entry.path(), problem));
            }
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries.dedup_by(|a, b| a.path == b.path);
    (entries, reports)
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn file(entry: &Entry, options: &Options, rules: &Rules) -> FileReport {
    let name = entry.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut findings: Vec<Finding> = scan_name(&name, rules).into_iter().collect();
    let mut problems = Vec::new();
    let mut bytes = 0;
    match contents(entry, options) {
        Ok((read, what)) => {
            bytes = read.len() as u64;
            match what {
                Contents::Text => findings.extend(scan_bytes(&read, rules)),
                Contents::Document => {
                    let document = reader::read(&read, &name, &options.reader);
                    findings.extend(scan_doc(&document.doc, rules));
                    problems.extend(document.problems.into_iter().map(Problem::Reader));
                }
                Contents::Archive => problems.push(Problem::Archive),
                Contents::Binary => problems.push(Problem::Binary),
            }
        }
        Err(problem) => problems.push(problem),
    }
    FileReport { path: entry.path.clone(), bytes, findings, problems }
}

/// The bytes of a file, as far as they are needed, and what they are.
fn contents(entry: &Entry, options: &Options) -> Result<(Vec<u8>, Contents), Problem> {
    let unreadable = |error: io::Error| Problem::Unreadable { denied: error.kind() == io::ErrorKind::PermissionDenied };
    let mut file = File::open(&entry.path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.by_ref().take(sniff::HEAD_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    let what = sniff::contents(&bytes, &entry.path);
    let limit_bytes = match what {
        Contents::Text => options.text_bytes,
        Contents::Document => options.reader.bytes,
        Contents::Archive | Contents::Binary => return Ok((bytes, what)),
    };
    if entry.bytes > limit_bytes {
        return Err(Problem::TooLarge { bytes: entry.bytes, limit_bytes });
    }
    // A file may grow while it is read; the limit holds all the same.
    file.take(limit_bytes).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok((bytes, what))
}
