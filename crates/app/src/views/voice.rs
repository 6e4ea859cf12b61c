//! What the pages show of cases that people outside open: supervision, hand-over, what is published, judgements.

use super::CaseView;
use jiff::civil::Date;
use programme::ids::*;
use programme::model::SupervisionForm;
use programme::moment::Moment;

/// The visit or opinion that a recommendation comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionView {
    /// What belongs together has the same.
    pub first: CaseId,
    pub form: SupervisionForm,
    pub on: Date,
    /// `None` after erasure.
    pub words: Option<String>,
    pub letter: Option<LetterId>,
    /// Nothing was recommended.
    pub in_order: bool,
}

/// To whom a case was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralView {
    /// `None` after erasure.
    pub to: Option<String>,
    pub on: Date,
    /// The file of the signed receipt.
    pub receipt: Option<ContentId>,
}

/// What everybody may read of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedView {
    /// Of a warning.
    pub title: Option<String>,
    /// The question; of a forged paper, what was forged; of a warning, how the scam goes.
    pub question: String,
    /// The answer; of a forged paper, what is true; of a warning, what to do, one thing a line.
    pub answer: String,
    pub at: Moment,
}

/// What a person found of a number, link or account that a report names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedView {
    /// `None` after erasure.
    pub value: Option<String>,
    /// The last day on which it is listed; `None`: it was found to be no scam's.
    pub until: Option<Date>,
    pub at: Moment,
    pub by_name: Option<String>,
}

impl CaseView {
    /// Past its day, and nobody was told anything.
    pub fn overdue(&self, today: Date) -> bool {
        self.settled_at.is_none() && self.joined_into.is_none() && self.due.is_some_and(|due| due < today)
    }
}
