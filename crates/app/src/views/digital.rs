//! What the pages show of the community digital team's work: counts, hours and places.

use super::{FileView, UnitName};
use jiff::civil::Date;
use programme::digital::Sums;
use programme::ids::*;
use programme::model::{ActivityKind, DigitalWork};
use programme::moment::Moment;

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigitalState {
    Planned,
    Held,
    /// Taken back after it was said to have been held.
    Withdrawn,
    CalledOff,
}

impl DigitalState {
    pub const ALL: [DigitalState; 4] = [DigitalState::Planned, DigitalState::Held, DigitalState::Withdrawn, DigitalState::CalledOff];

    /// Code of the family `digital-state`.
    pub fn code(self) -> &'static str {
        match self {
            DigitalState::Planned => "planned",
            DigitalState::Held => "held",
            DigitalState::Withdrawn => "withdrawn",
            DigitalState::CalledOff => "called-off",
        }
    }
}

/// One entry in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitalRow {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub unit: UnitName,
    pub on: Date,
    /// `None`: not said, or erased.
    pub place: Option<String>,
    /// People helped or taught.
    pub people: u32,
    pub work: DigitalWork,
    pub state: DigitalState,
    /// Stands for what is kept of it now, for whoever changes it.
    pub read: String,
}

/// One entry with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitalView {
    pub row: DigitalRow,
    pub note: Option<String>,
    pub letter: Option<LetterId>,
    pub letter_code: Option<String>,
    /// Contents of the letter that it tells: key and words.
    pub topics: Vec<(String, String)>,
    pub tasks: Vec<TaskKey>,
    pub files: Vec<FileView>,
    /// Who said what stands there now; `None` after erasure.
    pub by_name: Option<String>,
    pub at: Moment,
}

/// A unit with what its team did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitalUnit {
    pub unit: UnitName,
    pub sums: Sums,
}

/// The team's work of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitalOverview {
    pub total: Sums,
    /// Every hamlet, and other units that did some, in the order of the tree.
    pub units: Vec<DigitalUnit>,
}
