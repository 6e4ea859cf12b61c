//! What the desk shows beside letters and tasks: requests that wait, directions, drafts, meetings.

use jiff::civil::Date;
use programme::ids::*;
use programme::moment::Moment;

/// A request for more time that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionView {
    pub until: Date,
    /// `None` after erasure.
    pub reason: Option<String>,
    pub asked_at: Moment,
    pub by: PersonId,
    pub by_name: Option<String>,
}
