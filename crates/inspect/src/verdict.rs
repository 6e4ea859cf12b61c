//! Verdicts and findings: the answer of one check on one asset.
//!
//! One enum with one order, shared by roll-up and pages. "Not tested" is an answer of its own and never counts as passed.
//!
//! ```text
//! Verdict::worst([Pass, NotTested]) == Some(NotTested)
//! ```

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The answer of a check, from the mildest to the gravest: this order is the one used for roll-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    NotApplicable,
    Pass,
    Warn,
    /// The facts needed were not seen; [`Finding::reason`] says why.
    #[serde(alias = "unknown")]
    NotTested,
    /// The check itself could not be carried out; a fault of ours or of the pack.
    Error,
    Fail,
}

/// How grave a failure is, from the mildest to the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

/// Whether a failing check lowers the score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    #[default]
    Mandatory,
    Recommended,
    Info,
}

/// One check on one asset. Words (title, why, remedies) stay in the check; look them up by `check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// [`crate::facts::Asset::id`].
    pub asset: String,
    /// The check's id.
    pub check: String,
    pub verdict: Verdict,
    pub severity: Severity,
    /// The current values, as the check's `show` names them.
    pub observed: Vec<Observed>,
    /// Why the verdict is `not_tested`, `not_applicable` or `error`.
    pub reason: Option<Reason>,
    /// Tables that were seen only in part: the verdict holds for what was seen.
    pub partial: Vec<Gap>,
    /// The accepted exception that covers a failure at the time of the run.
    pub exception: Option<Exception>,
}

/// One observed value with its label from the check file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    pub label: String,
    pub value: String,
}

/// Why there is no clear answer. Codes and data; sentences come from catalogues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A table that the check needs was not seen.
    Table(Gap),
    /// A column that the check needs is unknown on this asset.
    Field { name: String },
    /// The condition could not be evaluated (wrong types, too many rows); the text is technical English.
    Condition { message: String },
    /// The check's `applies` is false here.
    OutOfScope,
}

impl Reason {
    /// The codes of all reasons, for whoever has words for them.
    pub const CODES: &[&str] = &["table", "field", "condition", "out_of_scope"];

    pub fn code(&self) -> &'static str {
        match self {
            Reason::Table(_) => "table",
            Reason::Field { .. } => "field",
            Reason::Condition { .. } => "condition",
            Reason::OutOfScope => "out_of_scope",
        }
    }
}

/// A table that was not, or not wholly, seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub table: String,
    /// A [`crate::facts::Status`] name, or `missing` where the collector does not know the table.
    pub status: String,
    /// The collector's code, e.g. `needs_root`, `container`.
    pub reason: Option<String>,
}

/// A written acceptance of a failure: by whom, why, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub asset: String,
    pub check: String,
    pub reason: String,
    pub owner: String,
    /// The last day on which it holds, in Vietnam's calendar.
    pub until: Date,
}

impl Verdict {
    /// The gravest of many, `None` of none.
    pub fn worst(verdicts: impl IntoIterator<Item = Verdict>) -> Option<Verdict> {
        verdicts.into_iter().max()
    }

    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::NotApplicable => "not_applicable",
            Verdict::Pass => "pass",
            Verdict::Warn => "warn",
            Verdict::NotTested => "not_tested",
            Verdict::Error => "error",
            Verdict::Fail => "fail",
        }
    }
}

impl Severity {
    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

impl Finding {
    /// True where a required check is settled: it passed, does not apply, or its failure is accepted and dated.
    pub fn is_settled(&self) -> bool {
        matches!(self.verdict, Verdict::Pass | Verdict::NotApplicable) || self.exception.is_some()
    }
}
