//! What the use cases hand out: plain structs with public fields, ready for a page or a line of JSON.
//!
//! Codes and data only: words for states, refusals and marks come from the message catalogues.
//! Free text, names and quotes are filled in from the private tables; after an erasure they are `None`.
//!
//! ```text
//! TaskRow { state: Declared, due: 2026-06-30, verification: Lacking([NotAccepted { need: Meeting }]), … }
//! ```

mod desk;
mod digital;
mod example;
mod voice;

pub use desk::*;
pub use digital::*;
pub use example::*;
pub use voice::*;

use jiff::civil::Date;
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::period::{Period, Recurrence};
use programme::rates::Rates;
use programme::services::{ByService, Shown};
use programme::sufficiency::Verification;
use programme::task::TaskState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The office that this installation writes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeView {
    pub unit: UnitRow,
    /// Names from the nation down to the office's parent.
    pub above: Vec<String>,
    /// Ed25519 public key, 64 hex digits.
    pub public_key: String,
    pub network: Network,
    pub head: Option<programme::event::Head>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    pub code: Option<String>,
    pub name: String,
    /// 0 for the office itself, 1 for its units, and so on.
    pub depth: u32,
    pub valid_to: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub id: PersonId,
    /// `None` after erasure.
    pub name: Option<String>,
    pub unit: UnitId,
    pub unit_name: String,
    pub roles: Vec<Role>,
}

/// A role that a person holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    pub id: GrantId,
    pub unit: UnitId,
    pub unit_name: String,
    pub role: Role,
    /// Also in every unit below.
    pub subtree: bool,
    pub until: Option<Date>,
    pub delegated_by: Option<PersonId>,
    pub delegated_by_name: Option<String>,
}

/// What was read from a letter, beside its codes: stored as one private text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterMeta {
    /// `party`, `state`, `front`, `other`.
    pub system: String,
    pub issuer: Option<String>,
    pub superior: Option<String>,
    pub place: Option<String>,
    /// As far as it was written: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: Option<String>,
    pub subject: Option<String>,
    pub to: Vec<String>,
    pub copies: Vec<String>,
    pub signer: Option<SignerMeta>,
    pub references: Vec<ReferenceMeta>,
    /// What stands in brackets behind a copy: (copy, purpose).
    pub purposes: Vec<(String, String)>,
    pub attachments: Vec<String>,
    /// Contents of an outreach letter: (section, text).
    pub topics: Vec<(String, String)>,
    pub channels: Vec<String>,
    /// Through whom and to whom the letter wants difficulties reported.
    pub difficulties_via: Option<String>,
    pub difficulties_to: Option<String>,
    /// Codes of problems met while reading, with their data.
    pub problems: Vec<ProblemMeta>,
}

impl LetterMeta {
    /// Of a letter whose stored data are damaged: what stands in lists in the place of its subject.
    pub(crate) fn damaged() -> LetterMeta {
        LetterMeta { subject: Some(crate::texts::damaged()), ..LetterMeta::default() }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignerMeta {
    pub authority: Option<String>,
    pub position: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReferenceMeta {
    pub code: Option<String>,
    pub letter_type: Option<String>,
    pub date: Option<String>,
    pub issuer: Option<String>,
    /// `implements`, `cites`, `attaches`, `replaces`.
    pub relation: String,
}

/// A problem as a code with its data; the sentence comes from the catalogue key `problem-CODE`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProblemMeta {
    pub code: String,
    pub data: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    pub id: LetterId,
    pub direction: Direction,
    pub code: Option<String>,
    pub letter_type: Option<String>,
    pub date: Option<Date>,
    pub received_at: Moment,
    pub issuer: Option<String>,
    /// Never present for *Tuyệt mật*.
    pub subject: Option<String>,
    pub secrecy: Option<Secrecy>,
    pub urgency: Option<Urgency>,
    pub confirmed: bool,
    /// A confirmed obligation of it was given to nobody.
    pub unassigned: bool,
    /// It was taken out of the register.
    pub removed: bool,
    pub obligations: u64,
    pub rates: Rates,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterView {
    pub row: LetterRow,
    pub meta: LetterMeta,
    /// The text that `ObligationView::start..end` points into (bytes).
    pub text: Option<String>,
    /// Tells what the register says now from what it said before: 64 hex digits.
    pub version: String,
    pub file: FileView,
    /// The letter of the register that this one carries on.
    pub implements: Option<LetterId>,
    /// The letter was taken out of the register.
    pub removed: Option<RemovedView>,
    /// Letters of the register that this one may be the same as.
    pub twins: Vec<TwinView>,
    /// The head's direction that holds.
    pub direction_given: Option<DirectionView>,
    pub obligations: Vec<ObligationView>,
    pub history: Vec<HistoryRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObligationState {
    Draft,
    Confirmed,
    Succeeded,
    Dropped,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObligationView {
    pub id: ObligationId,
    pub letter: LetterId,
    pub state: ObligationState,
    /// Section of the letter, `2.1`.
    pub section: Option<String>,
    pub text: Option<String>,
    pub quote: Option<String>,
    /// Byte offsets into the letter's text.
    pub start: usize,
    pub end: usize,
    /// Addressees as written; `*` means every recipient.
    pub to: Vec<String>,
    /// Units that the addressees expand to, as suggested for assigning; where they name no unit of the office and the head gave
    /// a direction, the one that leads.
    pub suggested: Vec<UnitId>,
    /// The head's direction answers who leads, because the letter does not.
    pub directed: bool,
    /// Units that help and the day, as the head directed; only where the direction answers who leads.
    pub suggested_cooperating: Vec<UnitId>,
    pub suggested_due: Option<Date>,
    /// `None`: the letter states none. It is never invented.
    pub due: Option<Due>,
    pub recurs: Option<Recurrence>,
    pub reports_to: Option<String>,
    pub needs: Vec<Need>,
    pub checks: Vec<String>,
    pub method: Method,
    /// Percent.
    pub confidence: u8,
    pub derived_from: Option<ObligationId>,
    pub tasks: Vec<Arc<TaskRow>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    pub key: TaskKey,
    pub unit_name: String,
    pub letter: LetterId,
    pub letter_code: Option<String>,
    pub section: Option<String>,
    pub text: Option<String>,
    pub period: Period,
    /// With the last extension that was granted.
    pub due: Option<Date>,
    /// The day of the assignment, where an extension moved it.
    pub first_due: Option<Date>,
    /// The request for more time that waits for an answer.
    pub extension: Option<ExtensionView>,
    /// Units that help; they see the task, the unit does it.
    pub cooperating: Vec<UnitName>,
    /// The task that was passed on with this one.
    pub parent: Option<TaskKey>,
    pub overdue: bool,
    pub state: TaskState,
    pub acknowledged_at: Option<Moment>,
    pub declared_at: Option<Moment>,
    pub on_time: Option<bool>,
    pub verification: Verification,
    /// What it counts for.
    pub rates: Rates,
    pub evidence: u64,
}

impl LetterRow {
    /// What was read in it waits for a person's word. A letter of the office's own without obligations waits for nobody.
    pub fn waits(&self) -> bool {
        let reads = match self.direction {
            Direction::In => true,
            Direction::Out => self.obligations > 0,
            Direction::Draft => false,
        };
        reads && !self.confirmed && !self.removed
    }
}

impl TaskRow {
    /// False once it was taken back from its unit.
    pub fn stands(&self) -> bool {
        self.state != TaskState::Withdrawn
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskView {
    pub row: Arc<TaskRow>,
    /// Who declared it or brought its evidence: none of them accepts it.
    pub doers: Vec<PersonId>,
    pub obligation: ObligationView,
    pub parent: Option<TaskKey>,
    pub children: Vec<Arc<TaskRow>>,
    pub evidence: Vec<EvidenceView>,
    pub cases: Vec<CaseView>,
    pub activities: Vec<ActivityView>,
    pub history: Vec<HistoryRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileView {
    pub content: ContentId,
    /// `None` after erasure.
    pub name: Option<String>,
    pub size_bytes: u64,
    /// SHA-256 of the file, 64 hex digits; `None` after erasure.
    pub sha256: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceView {
    pub id: EvidenceId,
    pub kind: EvidenceKind,
    pub unit: UnitId,
    pub observed_at: Moment,
    pub received_at: Moment,
    pub expires: Option<Date>,
    pub by: PersonId,
    pub by_name: Option<String>,
    /// The unit in whose name somebody of another unit entered it.
    pub on_behalf_of: Option<String>,
    pub file: Option<FileView>,
    pub note: Option<String>,
    /// The one need that it was handed in for; `None`: no particular one.
    pub proves: Option<Need>,
    pub withdrawn: bool,
    /// Verdicts of a run, in the order asset, check; empty for other kinds.
    pub results: Vec<CheckResult>,
}

/// One line of a history: who did what when, as a wire kind (`task_declared/1`) with data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    pub at: Moment,
    pub office: UnitId,
    pub seq: u64,
    pub by: PersonId,
    pub by_name: Option<String>,
    /// In whose name it was entered: the unit that did it, or the head who said it. Words: [`crate::lang::on_behalf`].
    pub on_behalf_of: Option<String>,
    /// What it is about, named as far as the ledger names it: a unit, the number of a letter, a day.
    pub about: Option<String>,
    /// What it is about: its kind and id.
    pub subject: (SubjectKind, String),
    /// The wire kind; the sentence comes from the catalogue key `event-KIND`.
    pub kind: String,
    /// The evidence that was taken back.
    pub taken_back: Option<TakenBack>,
    /// What a correction of a letter changed.
    pub changes: Vec<Change>,
    pub note: Option<String>,
    /// The other end: a unit, a successor, a network.
    pub other: Option<String>,
    /// The event's hash, 64 hex digits.
    pub hash: String,
}

/// One thing that a correction changed in what is known of a letter; `None`: nothing stood or stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// A code of the family `letter-field`.
    pub field: &'static str,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// A piece of evidence as it was called when it was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    pub kind: EvidenceKind,
    /// The name of its file, else what was noted beside it; `None` where it has neither, or after an erasure.
    pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    pub id: CaseId,
    pub kind: CaseKind,
    pub unit: UnitId,
    pub unit_name: String,
    pub task: Option<TaskKey>,
    pub text: Option<String>,
    pub via: Option<UnitId>,
    pub to: Option<UnitId>,
    /// Where it lies now.
    pub at_unit: Option<UnitId>,
    pub at_unit_name: Option<String>,
    pub opened_at: Moment,
    pub answer: Option<String>,
    pub answered_at: Option<Moment>,
    pub answered_by: Option<String>,
    /// The body whose answer was entered by somebody of another one.
    pub answered_for: Option<String>,
    /// The case with which it is answered.
    pub joined_into: Option<CaseId>,
    /// The cases that are answered with this one.
    pub joined: Vec<CaseId>,
    pub closed_at: Option<Moment>,
    /// Why it was closed, where somebody said it.
    pub closed_note: Option<String>,
    pub service: Option<Service>,
    pub due: Option<Date>,
    pub by_public: bool,
    /// Who asked agrees that question and answer are published.
    pub agreed: bool,
    pub supervision: Option<SupervisionView>,
    pub referral: Option<ReferralView>,
    pub published: Option<PublishedView>,
    pub judged: Vec<JudgedView>,
    /// The case that an appeal is about.
    pub about: Option<CaseId>,
    /// Of a good example; its title stands in `text`.
    pub example: Option<ExampleView>,
    /// When somebody was told what became of it.
    pub settled_at: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityView {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub unit: UnitId,
    pub on: Date,
    pub people: u32,
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRates {
    pub unit: UnitRow,
    pub own: Rates,
    pub rolled: Rates,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRates {
    pub letter: LetterId,
    pub code: Option<String>,
    pub subject: Option<String>,
    pub rates: Rates,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRates {
    pub period: Period,
    pub rates: Rates,
}

/// The four rates as of a day, by unit, letter and period. Root tasks only in the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DashboardView {
    pub as_of: Date,
    pub total: Rates,
    pub units: Vec<UnitRates>,
    pub letters: Vec<LetterRates>,
    pub periods: Vec<PeriodRates>,
    pub overdue: Vec<Arc<TaskRow>>,
    /// Declared done and not verified.
    pub gap: Vec<Arc<TaskRow>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReturnState {
    Draft,
    Approved,
    Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnView {
    pub id: ReturnId,
    pub template: String,
    pub unit: UnitRow,
    pub period: Period,
    pub revision: u32,
    pub as_of: Date,
    /// What was said after this moment is in none of the figures.
    pub counted_at: Moment,
    pub state: ReturnState,
    pub letter: Option<LetterId>,
    /// What was written under the sections, by section code; only where one return is shown.
    pub narrative: BTreeMap<String, String>,
    pub figures: Vec<FigureView>,
    /// Feedback by the service concerned; `None` where the return counts none, as one on a letter.
    pub feedback: Option<ByService>,
    pub absent: Vec<UnitRow>,
    /// SHA-256 of the canonical return; what approval and seal stand on. Empty in lists.
    pub digest: String,
    pub approved_by: Option<String>,
    pub approved_at: Option<Moment>,
    /// Ed25519, hex.
    pub signature: Option<String>,
    pub sealed_at: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureView {
    /// The indicator's code; its words come from the catalogue key `indicator-CODE`.
    pub code: String,
    /// As much of it as may be told; `None`: no evidence feeds it yet.
    pub value: Option<Shown>,
    /// The first of what it was counted from, as many as were asked for; none of what is not told.
    pub refs: Vec<FigureRef>,
    /// Of how many things it was counted; 0 where that is not told.
    pub n_refs: usize,
}

/// Where a figure comes from: what kind of thing, its id, and how to call it (a file name, a letter's code).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRef {
    pub kind: SubjectKind,
    pub id: String,
    pub label: Option<String>,
    /// Some of the digital team's work, which has a page of its own.
    pub is_digital: bool,
    /// Nothing that its reader may open: [`crate::access::Scope::opens_case`].
    pub is_shut: bool,
}
