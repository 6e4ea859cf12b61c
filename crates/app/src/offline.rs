//! The engines on their own, without an office and its record: what the command line offers for single files and this machine.
//!
//! Not for evidence: what is to prove a task is run through the record ([`crate::runs`]).
//!
//! ```text
//! let letter = offline::read(&bytes, "cong-van.docx");
//! let findings = offline::inspect_host(None, now);
//! ```

use directive::{Comparison, Reading};
use inspect::collect::HostOptions;
use inspect::{Checks, Finding};
use jiff::Timestamp;
use std::path::PathBuf;

/// A letter as read, with the problems of the file beside those of the grammar.
#[derive(Debug)]
pub struct Letter {
    pub reading: Reading,
    pub problems: Vec<reader::Problem>,
}

/// Reads a letter from the bytes of a file.
pub fn read(bytes: &[u8], name: &str) -> Letter {
    let read = reader::read(bytes, name, &reader::Limits::default());
    Letter { reading: directive::read(&read.doc), problems: read.problems }
}

/// What a lower letter carries on of an upper one.
pub fn compare(upper: &Letter, lower: &Letter) -> Comparison {
    directive::compare(&upper.reading, &lower.reading)
}

/// Judges the machine this runs on, or the system whose files lie below `root`.
pub fn inspect_host(root: Option<PathBuf>, name: &str, now: Timestamp) -> (Vec<Finding>, Checks) {
    let mut options = HostOptions::live(name);
    if let Some(root) = root {
        options.root = root;
    }
    let checks = inspect::builtin();
    let findings = inspect::run(&inspect::collect::host(&options, now), &checks, &[], now);
    (findings, checks)
}

/// Looks through files and folders for sensitive data by the built-in rules.
pub fn scan(paths: &[PathBuf], on_progress: &(dyn Fn(scan::Progress) + Sync)) -> scan::Report {
    scan::walk(paths, &scan::Options::default(), &scan::builtin(), on_progress)
}

/// What a message, a link or a number says about itself, by the built-in rules and lists.
pub fn scam(message: &str) -> scam::Answer {
    scam::check(message, scam::builtin())
}

/// The built-in rules, for whoever shows findings with their titles.
pub fn scan_rules() -> scan::Rules {
    scan::builtin()
}
