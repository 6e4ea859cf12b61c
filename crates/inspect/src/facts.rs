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
    /// Why the status is not `ok`: a short code (`needs_root`, `container`, `not_declared`…), never a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the rows came from: paths, registry keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
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
    pub fn partial(reason: &str, source: &[&str], rows: Vec<Row>) -> Table {
        Table { status: Status::Partial, reason: Some(reason.to_owned()), source: owned(source), rows }
    }

    /// A table that was not seen.
    pub fn unseen(status: Status, reason: &str, source: &[&str]) -> Table {
        Table { status, reason: Some(reason.to_owned()), source: owned(source), rows: Vec::new() }
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
