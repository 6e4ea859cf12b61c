//! What the pages show of a good example beside what every case has.

use programme::decide::ExampleState;
use programme::ids::{ContentId, LetterId};
use programme::model::Naming;
use programme::moment::Moment;

/// A good example: its words, where it stands, who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleView {
    pub state: ExampleState,
    /// The words that were read, for whoever accepts them.
    pub words: ContentId,
    /// How it was done; `None` after erasure, as the two below.
    pub how: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// The figure of it, with its unit: "320 hộ".
    pub figure: Option<String>,
    pub letter: Option<LetterId>,
    /// Code of a topic of the library.
    pub topic: Option<String>,
    pub naming: Naming,
    pub nominated_by: Option<String>,
    /// The unit for which somebody of another one entered it.
    pub entered_for: Option<String>,
    /// Accepted, given back or withdrawn last; nothing of it once it is nominated again.
    pub decided: Option<DecidedView>,
    /// Given back or withdrawn before it was nominated again: with the reason that was given.
    pub before: Option<DecidedView>,
    /// Everybody may read it since then.
    pub public_since: Option<Moment>,
}

/// Who decided on a good example, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedView {
    pub state: ExampleState,
    pub at: Moment,
    /// `None` after erasure.
    pub by_name: Option<String>,
    /// In whose name it was accepted.
    pub for_unit: Option<String>,
    /// The reason; of an acceptance what was added to it.
    pub note: Option<String>,
}
