//! The first member: what the backup is and what it holds. A wire form of its own, versioned.

use programme::event::Head;
use programme::ids::UnitId;
use programme::model::Digest;
use programme::moment::Moment;
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "manifest.json";
pub(super) const KEY: &str = "office.key";
/// Raised when an older program could not restore what this one writes.
pub(super) const FORMAT: u32 = 1;
/// No manifest comes near: it takes some 150 bytes a file.
pub(super) const MAX_BYTES: u64 = 1 << 30;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    /// Version of the program that wrote it, for people.
    pub(super) program: String,
    /// Version of the tables, see [`store::migrate`].
    pub(super) schema: i64,
    pub(super) made_at: Moment,
    pub(super) office: UnitId,
    pub(super) office_name: String,
    /// The ends of all ledgers.
    pub(super) heads: Vec<Head>,
    pub(super) events: u64,
    pub(super) contents: u64,
    pub(super) files: u64,
    pub(super) members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) size_bytes: u64,
    pub(super) sha256: Digest,
}

/// What every format has: read first, so that a newer one is told from a damaged one.
#[derive(Deserialize)]
pub(super) struct Version {
    pub(super) format: u32,
}

/// What kind of member a name is of.
pub(super) enum Part<'a> {
    Key,
    Rows(&'a str),
    Blob(Digest),
}

impl Member {
    pub(super) fn part(&self) -> Option<Part<'_>> {
        let rows = || self.name.strip_prefix("rows/")?.strip_suffix(".jsonl").map(Part::Rows);
        let blob = || Some(Part::Blob(self.name.strip_prefix("blobs/")?.parse().ok()?));
        if self.name == KEY { Some(Part::Key) } else { rows().or_else(blob) }
    }
}

pub(super) fn rows_name(table: &str) -> String {
    format!("rows/{table}.jsonl")
}

pub(super) fn blob_name(digest: &Digest) -> String {
    format!("blobs/{digest}")
}

impl Manifest {
    /// The end of the office's own ledger.
    pub(super) fn head(&self) -> Option<&Head> {
        self.heads.iter().find(|head| head.office == self.office)
    }

    /// Size of the whole tar, the manifest with `own_bytes` included.
    pub(super) fn total_bytes(&self, own_bytes: u64) -> u64 {
        let members: u64 = self.members.iter().map(|m| super::archive::taken(m.size_bytes)).sum();
        super::archive::taken(own_bytes) + members + super::archive::END as u64
    }
}
