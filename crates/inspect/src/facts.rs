//! Facts: what a collector saw on one asset, as tables in the manner of osquery.
//!
//! A table says by its [`Status`] whether it was seen at all, so that "not collected" never looks like "empty".
//! Not for judging: a fact knows no rule. Never put a secret in: of a password only its kind and age.
//! The JSON form of [`Facts`] is the wire format `facts/1`; it travels from the collecting machine to the judging one.
//!
//! ```text
//! let users = facts.table("users");      // Some(Table { status: Ok, rows: [..] })
//! ```

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The version of the wire form of [`Facts`].
pub const SCHEMA: &str = "facts/1";

/// Everything collected about one asset in one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Always [`SCHEMA`] in what this version writes.
    pub schema: String,
    pub asset: Asset,
    pub collector: Collector,
    pub tables: BTreeMap<String, Table>,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// The office's id of the asset, or the name where nobody gave one.
    pub id: String,
    pub kind: AssetKind,
    pub name: String,
}

/// Kinds of asset; a check names the kinds it applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetKind {
    LinuxHost,
    WindowsPc,
    Web,
    MailDomain,
    Database,
    Backup,
    Office,
}

/// Who collected, when, and with which rights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collector {
    pub name: String,
    pub version: String,
    pub started: Timestamp,
    /// True where the collector ran as administrator; absent where that could not be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privileged: Option<bool>,
}

/// One table with how it came about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub status: Status,
    /// Why the status is not `ok`: a short code, of our own collectors one of [`Unseen`], never a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the rows came from: paths, registry keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
}

/// Why a collector did not see a table, or not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// The table of supported systems does not list this one.
    UnlistedSystem,
    /// The source does not exist.
    NotFound,
    /// Only an administrator may read it.
    NeedsRoot,
    /// It could not be read or understood.
    Unreadable,
    /// The office has not declared what to look at.
    NotDeclared,
    /// More files than are looked at in one run.
    TooManyFiles,
    /// A declared folder does not exist.
    FolderMissing,
    /// A declared folder may not be opened.
    FolderDenied,
    /// A declared folder could not be read.
    FolderUnreadable,
    /// The system has no PAM.
    NoPam,
    /// Files of a system that is not running.
    NotRunning,
    /// Some processes belong to others.
    ProcessHidden,
    /// No SSH server is installed.
    NoSshServer,
    /// A file that the configuration includes could not be read.
    IncludedFileUnreadable,
    /// No disk is visible.
    NoBlockDevice,
    /// None of the key files is there.
    NoKeyFile,
    /// More rows than one run keeps.
    TooManyRows,
    /// The configuration was read, the running state was not.
    ConfigurationOnly,
    /// No package manager that is known.
    UnknownPackageManager,
    /// A container shares this with its host.
    Container,
    /// Not collected on Windows yet.
    NotYetOnWindows,
    /// Not collected on this system.
    Platform,
}

impl Unseen {
    /// Every reason, for whoever has words for them.
    pub const ALL: &[Unseen] = &[
        Unseen::UnlistedSystem,
        Unseen::NotFound,
        Unseen::NeedsRoot,
        Unseen::Unreadable,
        Unseen::NotDeclared,
        Unseen::TooManyFiles,
        Unseen::FolderMissing,
        Unseen::FolderDenied,
        Unseen::FolderUnreadable,
        Unseen::NoPam,
        Unseen::NotRunning,
        Unseen::ProcessHidden,
        Unseen::NoSshServer,
        Unseen::IncludedFileUnreadable,
        Unseen::NoBlockDevice,
        Unseen::NoKeyFile,
        Unseen::TooManyRows,
        Unseen::ConfigurationOnly,
        Unseen::UnknownPackageManager,
        Unseen::Container,
        Unseen::NotYetOnWindows,
        Unseen::Platform,
    ];

    /// The code that [`Table::reason`] carries.
    pub fn as_str(self) -> &'static str {
        match self {
            Unseen::UnlistedSystem => "unlisted_system",
            Unseen::NotFound => "not_found",
            Unseen::NeedsRoot => "needs_root",
            Unseen::Unreadable => "unreadable",
            Unseen::NotDeclared => "not_declared",
            Unseen::TooManyFiles => "too_many_files",
            Unseen::FolderMissing => "folder_missing",
            Unseen::FolderDenied => "folder_denied",
            Unseen::FolderUnreadable => "folder_unreadable",
            Unseen::NoPam => "no_pam",
            Unseen::NotRunning => "not_running",
            Unseen::ProcessHidden => "process_hidden",
            Unseen::NoSshServer => "no_ssh_server",
            Unseen::IncludedFileUnreadable => "included_file_unreadable",
            Unseen::NoBlockDevice => "no_block_device",
            Unseen::NoKeyFile => "no_key_file",
            Unseen::TooManyRows => "too_many_rows",
            Unseen::ConfigurationOnly => "configuration_only",
            Unseen::UnknownPackageManager => "unknown_package_manager",
            Unseen::Container => "container",
            Unseen::NotYetOnWindows => "not_yet_on_windows",
            Unseen::Platform => "platform",
        }
    }
}

/// Whether a table was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[default]
    Ok,
    /// Rows are there, others may be missing.
    Partial,
    /// The collector lacks the right to look.
    Denied,
    /// The thing itself is not on this asset.
    Absent,
    /// This collector, or this kind of machine, cannot show it.
    Unsupported,
    /// Looking failed.
    Error,
}

/// One row: column name to value. A missing column means unknown.
pub type Row = BTreeMap<String, Cell>;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<String>),
}

impl Status {
    /// True where a check may look at the rows.
    pub fn is_seen(self) -> bool {
        matches!(self, Status::Ok | Status::Partial)
    }

    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Partial => "partial",
            Status::Denied => "denied",
            Status::Absent => "absent",
            Status::Unsupported => "unsupported",
            Status::Error => "error",
        }
    }
}

impl Facts {
    /// Facts without a table yet.
    pub fn new(asset: Asset, collector: Collector) -> Facts {
        Facts { schema: SCHEMA.to_owned(), asset, collector, tables: BTreeMap::new() }
    }

    /// The table of this name, if the collector mentioned it.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }

    /// Puts a table in place of any earlier one.
    pub fn insert(&mut self, name: &str, table: Table) {
        self.tables.insert(name.to_owned(), table);
    }
}

impl Table {
    /// A table that was seen whole.
    pub fn seen(source: &[&str], rows: Vec<Row>) -> Table {
        Table { status: Status::Ok, reason: None, source: owned(source), rows }
    }

    /// A table that was seen in part.
    pub fn partial(reason: Unseen, source: &[&str], rows: Vec<Row>) -> Table {
        Table { status: Status::Partial, reason: Some(reason.as_str().to_owned()), source: owned(source), rows }
    }

    /// A table that was not seen.
    pub fn unseen(status: Status, reason: Unseen, source: &[&str]) -> Table {
        Table { status, reason: Some(reason.as_str().to_owned()), source: owned(source), rows: Vec::new() }
    }
}

fn owned(source: &[&str]) -> Vec<String> {
    source.iter().map(|place| (*place).to_owned()).collect()
}

/// A row of the given cells.
pub fn row<const N: usize>(cells: [(&str, Cell); N]) -> Row {
    cells.into_iter().map(|(name, cell)| (name.to_owned(), cell)).collect()
}

impl From<bool> for Cell {
    fn from(value: bool) -> Cell {
        Cell::Bool(value)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Cell {
        Cell::Int(value)
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Cell {
        Cell::Int(i64::from(value))
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Cell {
        Cell::Text(value.to_owned())
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Cell {
        Cell::Text(value)
    }
}

impl From<Vec<String>> for Cell {
    fn from(value: Vec<String>) -> Cell {
        Cell::List(value)
    }
}
