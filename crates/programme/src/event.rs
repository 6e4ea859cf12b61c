//! The event: the only fact. What kinds there are, how one looks on the wire, what it changes.
//!
//! One ledger per office; an event is (office, epoch, seq) with actor, time, payload and the hash of the one before.
//! Its wire form is canonical JSON (RFC 8785), so that anybody can check a chain with public tools.
//! The facts structs of [`crate::model`] are version 1 of the wire form. A changed form becomes a new payload kind
//! (`task_assigned/2`) beside the old one, which stays readable for ever.
//! Not here: who may say what ([`crate::decide`]) and whether a chain is whole ([`crate::chain`]).
//!
//! ```text
//! {"actor":"…","at":"2026-06-05T01:02:03.000Z","data":{"task":"….….2026-Q2"},"epoch":1,
//!  "kind":"task_acknowledged/1","office":"…","prev":"…","relies":[],"seq":12,"v":1}
//! ```

use crate::decide::Referral;
use crate::direction::Directed;
use crate::drill::{Told, Window};
use crate::ids::*;
use crate::model::*;
use crate::moment::Moment;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A place in a ledger: this event, with everything before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Head {
    pub office: UnitId,
    pub epoch: u32,
    pub seq: u64,
    pub hash: Digest,
}

/// One event, as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Version of the envelope; 1.
    pub v: u8,
    pub office: UnitId,
    /// A restore from backup opens a new epoch; two heads inside one epoch are a fork.
    pub epoch: u32,
    /// From 1, without gaps, over all epochs.
    pub seq: u64,
    pub at: Moment,
    pub actor: PersonId,
    /// Heads of other offices' ledgers without which this event makes no sense.
    pub relies: Vec<Head>,
    /// Hash of the event before; zeros for the first.
    pub prev: Digest,
    #[serde(flatten)]
    pub payload: Payload,
}

/// What an event says. The text in `rename` is the wire name with its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum Payload {
    #[serde(rename = "ledger_opened/1")]
    LedgerOpened(LedgerOpened),
    #[serde(rename = "office_declared/1")]
    OfficeDeclared { network: Network },
    /// Where people reach the office, the police and the one-stop desk; the latest holds.
    #[serde(rename = "contacts_posted/1")]
    ContactsPosted { contacts: Sealed },
    #[serde(rename = "unit_added/1")]
    UnitAdded(Unit),
    #[serde(rename = "unit_closed/1")]
    UnitClosed { unit: UnitId, on: Date, successors: Vec<UnitId> },
    /// Works again from `on`; its facts are those of the `unit_added` beside it.
    #[serde(rename = "unit_reopened/1")]
    UnitReopened { unit: UnitId, on: Date },
    #[serde(rename = "granted/1")]
    Granted(Grant),
    #[serde(rename = "letter_received/1")]
    LetterReceived(Letter),
    /// A letter that the office writes: drafted, changed, numbered, replaced by its signed copy; or one of the register, what
    /// was read of it corrected by a person. The latest facts hold.
    #[serde(rename = "letter_edited/1")]
    LetterEdited(Letter),
    #[serde(rename = "letter_confirmed/1")]
    LetterConfirmed { letter: LetterId, obligations: Vec<ObligationId> },
    /// The head's direction, given by the head or entered in the head's name; the latest holds.
    #[serde(rename = "letter_directed/1")]
    LetterDirected(Directed),
    /// Taken out of the register, because it was taken in by mistake or twice; what was said of it stays.
    #[serde(rename = "letter_withdrawn/1")]
    LetterWithdrawn { letter: LetterId, reason: Sealed },
    /// Put back into the register, as it was.
    #[serde(rename = "letter_restored/1")]
    LetterRestored { letter: LetterId },
    #[serde(rename = "obligation_drafted/1")]
    ObligationDrafted(Obligation),
    #[serde(rename = "obligation_edited/1")]
    ObligationEdited(Obligation),
    #[serde(rename = "obligation_succeeded/1")]
    ObligationSucceeded { obligation: ObligationId, by: ObligationId },
    #[serde(rename = "task_assigned/1")]
    TaskAssigned(Task),
    #[serde(rename = "task_acknowledged/1")]
    TaskAcknowledged { task: TaskKey },
    #[serde(rename = "task_progressed/1")]
    TaskProgressed { task: TaskKey, note: Sealed },
    #[serde(rename = "task_declared/1")]
    TaskDeclared { task: TaskKey, note: Option<Sealed> },
    #[serde(rename = "task_returned/1")]
    TaskReturned { task: TaskKey, note: Sealed },
    /// `unit` is the unit in whose name the work was accepted.
    #[serde(rename = "task_accepted/1")]
    TaskAccepted { task: TaskKey, unit: UnitId, note: Option<Sealed> },
    /// More time is asked for, until a day.
    #[serde(rename = "extension_asked/1")]
    ExtensionAsked { task: TaskKey, until: Date, reason: Sealed },
    /// The answer; `until` is the day given, or the one that was refused.
    #[serde(rename = "extension_decided/1")]
    ExtensionDecided { task: TaskKey, until: Date, granted: bool, note: Option<Sealed> },
    /// The assigning side pauses the task, or lets it go on.
    #[serde(rename = "task_held/1")]
    TaskHeld { task: TaskKey, held: bool, note: Option<Sealed> },
    #[serde(rename = "evidence_attached/1")]
    EvidenceAttached(Evidence),
    /// An inspection or scan run: one event with every verdict, the details in the result blob.
    #[serde(rename = "run_recorded/1")]
    RunRecorded { evidence: Evidence, results: Vec<CheckResult> },
    #[serde(rename = "asset_registered/1")]
    AssetRegistered(Asset),
    #[serde(rename = "exception_granted/1")]
    ExceptionGranted(Exception),
    /// Of a good example also: its words bettered and nominated again; the latest facts hold.
    #[serde(rename = "case_opened/1")]
    CaseOpened(Case),
    #[serde(rename = "case_routed/1")]
    CaseRouted { case: CaseId, to: UnitId, note: Option<Sealed> },
    /// The same difficulty as another one: answered with it.
    #[serde(rename = "case_joined/1")]
    CaseJoined { case: CaseId, into: CaseId },
    #[serde(rename = "case_answered/1")]
    CaseAnswered { case: CaseId, answer: Sealed },
    #[serde(rename = "case_closed/1")]
    CaseClosed { case: CaseId, note: Option<Sealed> },
    /// Handed over on a day to the authority in charge, whose name is `to`; said again with the signed receipt.
    #[serde(rename = "case_referred/1")]
    CaseReferred { case: CaseId, to: Sealed, on: Date, receipt: Option<Sealed> },
    /// What everybody may read of a case from now on, written by who answers; `None`: nothing any more.
    #[serde(rename = "case_published/1")]
    CasePublished { case: CaseId, text: Option<Sealed> },
    /// A good example was accepted and is shared from now on; `unit` is the unit in whose name.
    #[serde(rename = "case_accepted/1")]
    CaseAccepted { case: CaseId, unit: UnitId, note: Option<Sealed> },
    /// A nomination was given back to be bettered.
    #[serde(rename = "case_returned/1")]
    CaseReturned { case: CaseId, reason: Sealed },
    /// A person judged a number, link or account that a scam report names.
    #[serde(rename = "indicator_judged/1")]
    IndicatorJudged {
        case: CaseId,
        value: Sealed,
        confirmed: bool,
        /// The last day on which it is listed; events of earlier programs name none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// A meeting is planned, or its plan changed.
    #[serde(rename = "activity_planned/1")]
    ActivityPlanned(Activity),
    /// One person was there.
    #[serde(rename = "attendance_given/1")]
    AttendanceGiven { activity: ActivityId, name: Sealed },
    /// A name that stood on the list by mistake is struck out; `name` is the content of the one that was given.
    #[serde(rename = "attendance_struck/1")]
    AttendanceStruck { activity: ActivityId, name: ContentId },
    #[serde(rename = "activity_recorded/1")]
    ActivityRecorded(Activity),
    /// The head approves a drill, for these days; with the paper that was signed, where there is one.
    #[serde(rename = "drill_approved/1")]
    DrillApproved { activity: ActivityId, from: Date, until: Date, paper: Option<Sealed> },
    /// Staff were told that drills are held, on a day; by a letter to each of them, or as a person says.
    #[serde(rename = "drill_announced/1")]
    DrillAnnounced { activity: ActivityId, on: Date, by_mail: bool },
    /// From now on letters go out, on the days that were approved.
    #[serde(rename = "drill_started/1")]
    DrillStarted { activity: ActivityId },
    /// Nothing more goes out, for ever.
    #[serde(rename = "drill_stopped/1")]
    DrillStopped { activity: ActivityId, reason: Sealed },
    /// Questions came into the office's own bank together, new or changed: their texts with their ids, as JSON.
    #[serde(rename = "questions_kept/1")]
    QuestionsKept { batch: QuestionId, questions: Sealed },
    /// The office certifies that somebody passed a quiz; whose name it is stands in the sealed text alone.
    #[serde(rename = "certificate_issued/1")]
    CertificateIssued { activity: ActivityId, certificate: CertificateId, text: Sealed },
    /// A certificate no longer holds.
    #[serde(rename = "certificate_revoked/1")]
    CertificateRevoked { activity: ActivityId, certificate: CertificateId, reason: Option<Sealed> },
    #[serde(rename = "return_drafted/1")]
    ReturnDrafted(Return),
    #[serde(rename = "return_approved/1")]
    ReturnApproved { id: ReturnId, digest: Digest },
    /// The office's signature (hex, Ed25519) over the return's digest.
    #[serde(rename = "return_sealed/1")]
    ReturnSealed { id: ReturnId, digest: Digest, public_key: String, signature: String },
    /// Something no longer holds: a task, evidence, activity, asset, exception, grant, good example or drafted obligation.
    #[serde(rename = "withdrawn/1")]
    Withdrawn { what: SubjectKind, id: String, note: Option<Sealed> },
    /// Content and salt of a private text or file were removed; `basis` is the code of the legal ground.
    #[serde(rename = "erased/1")]
    Erased { content: ContentId, basis: String },
}

/// The first event of an epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerOpened {
    /// Ed25519 public key, 64 hex digits.
    pub public_key: String,
    /// After a restore: the last head that is known.
    pub previous: Option<Head>,
    /// After a restore: events known to be lost, first and last seq.
    pub lost: Option<(u64, u64)>,
}

/// What an event changes: facts (the latest stamp wins), marks and results (sets that grow).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Facts(Box<Facts>),
    Mark { of: SubjectKind, id: String, mark: Mark },
    Results { unit: UnitId, run: EvidenceId, observed_at: Moment, results: Vec<CheckResult> },
}

/// The latest statement about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facts {
    Unit(Unit),
    Grant(Grant),
    Letter(Letter),
    Obligation(Obligation),
    Task(Task),
    Evidence(Evidence),
    Asset(Asset),
    Exception(Exception),
    Case(Case),
    Activity(Activity),
    Return(Return),
}

impl Payload {
    /// The thing that the event is mainly about: its history shows the event.
    pub fn subject(&self) -> (SubjectKind, String) {
        use SubjectKind as S;
        match self {
            Payload::LedgerOpened(_) | Payload::OfficeDeclared { .. } | Payload::ContactsPosted { .. } => (S::Office, String::new()),
            Payload::UnitAdded(unit) => (S::Unit, unit.id.to_string()),
            Payload::UnitClosed { unit, .. } | Payload::UnitReopened { unit, .. } => (S::Unit, unit.to_string()),
            Payload::Granted(grant) => (S::Grant, grant.id.to_string()),
            Payload::LetterReceived(letter) | Payload::LetterEdited(letter) => (S::Letter, letter.id.to_string()),
            Payload::LetterConfirmed { letter, .. }
            | Payload::LetterDirected(Directed { letter, .. })
            | Payload::LetterWithdrawn { letter, .. }
            | Payload::LetterRestored { letter } => (S::Letter, letter.to_string()),
            Payload::ObligationDrafted(o) | Payload::ObligationEdited(o) => (S::Obligation, o.id.to_string()),
            Payload::ObligationSucceeded { obligation, .. } => (S::Obligation, obligation.to_string()),
            Payload::TaskAssigned(task) => (S::Task, task.key.to_string()),
            Payload::TaskAcknowledged { task }
            | Payload::TaskProgressed { task, .. }
            | Payload::TaskDeclared { task, .. }
            | Payload::TaskReturned { task, .. }
            | Payload::TaskAccepted { task, .. }
            | Payload::ExtensionAsked { task, .. }
            | Payload::ExtensionDecided { task, .. }
            | Payload::TaskHeld { task, .. } => (S::Task, task.to_string()),
            Payload::EvidenceAttached(evidence) | Payload::RunRecorded { evidence, .. } => (S::Evidence, evidence.id.to_string()),
            Payload::AssetRegistered(asset) => (S::Asset, asset.id.to_string()),
            Payload::ExceptionGranted(exception) => (S::Exception, exception.id.to_string()),
            Payload::CaseOpened(case) => (S::Case, case.id.to_string()),
            Payload::CaseRouted { case, .. }
            | Payload::CaseJoined { case, .. }
            | Payload::CaseAnswered { case, .. }
            | Payload::CaseClosed { case, .. }
            | Payload::CaseReferred { case, .. }
            | Payload::CasePublished { case, .. }
            | Payload::CaseAccepted { case, .. }
            | Payload::CaseReturned { case, .. }
            | Payload::IndicatorJudged { case, .. } => (S::Case, case.to_string()),
            Payload::ActivityRecorded(activity) | Payload::ActivityPlanned(activity) => (S::Activity, activity.id.to_string()),
            Payload::AttendanceGiven { activity, .. }
            | Payload::AttendanceStruck { activity, .. }
            | Payload::DrillApproved { activity, .. }
            | Payload::DrillAnnounced { activity, .. }
            | Payload::DrillStarted { activity }
            | Payload::DrillStopped { activity, .. }
            | Payload::CertificateIssued { activity, .. }
            | Payload::CertificateRevoked { activity, .. } => (S::Activity, activity.to_string()),
            Payload::QuestionsKept { batch, .. } => (S::Question, batch.to_string()),
            Payload::ReturnDrafted(r) => (S::Return, r.id.to_string()),
            Payload::ReturnApproved { id, .. } | Payload::ReturnSealed { id, .. } => (S::Return, id.to_string()),
            Payload::Withdrawn { what, id, .. } => (*what, id.clone()),
            Payload::Erased { content, .. } => (S::Content, content.to_string()),
        }
    }

    /// The wire name with its version, `task_declared/1`; a test holds it to the name that serde writes.
    pub fn kind(&self) -> &'static str {
        match self {
            Payload::LedgerOpened(_) => "ledger_opened/1",
            Payload::OfficeDeclared { .. } => "office_declared/1",
            Payload::ContactsPosted { .. } => "contacts_posted/1",
            Payload::UnitAdded(_) => "unit_added/1",
            Payload::UnitClosed { .. } => "unit_closed/1",
            Payload::UnitReopened { .. } => "unit_reopened/1",
            Payload::Granted(_) => "granted/1",
            Payload::LetterReceived(_) => "letter_received/1",
            Payload::LetterEdited(_) => "letter_edited/1",
            Payload::LetterConfirmed { .. } => "letter_confirmed/1",
            Payload::LetterDirected(_) => "letter_directed/1",
            Payload::LetterWithdrawn { .. } => "letter_withdrawn/1",
            Payload::LetterRestored { .. } => "letter_restored/1",
            Payload::ObligationDrafted(_) => "obligation_drafted/1",
            Payload::ObligationEdited(_) => "obligation_edited/1",
            Payload::ObligationSucceeded { .. } => "obligation_succeeded/1",
            Payload::TaskAssigned(_) => "task_assigned/1",
            Payload::TaskAcknowledged { .. } => "task_acknowledged/1",
            Payload::TaskProgressed { .. } => "task_progressed/1",
            Payload::TaskDeclared { .. } => "task_declared/1",
            Payload::TaskReturned { .. } => "task_returned/1",
            Payload::TaskAccepted { .. } => "task_accepted/1",
            Payload::ExtensionAsked { .. } => "extension_asked/1",
            Payload::ExtensionDecided { .. } => "extension_decided/1",
            Payload::TaskHeld { .. } => "task_held/1",
            Payload::EvidenceAttached(_) => "evidence_attached/1",
            Payload::RunRecorded { .. } => "run_recorded/1",
            Payload::AssetRegistered(_) => "asset_registered/1",
            Payload::ExceptionGranted(_) => "exception_granted/1",
            Payload::CaseOpened(_) => "case_opened/1",
            Payload::CaseRouted { .. } => "case_routed/1",
            Payload::CaseJoined { .. } => "case_joined/1",
            Payload::CaseAnswered { .. } => "case_answered/1",
            Payload::CaseClosed { .. } => "case_closed/1",
            Payload::CaseReferred { .. } => "case_referred/1",
            Payload::CasePublished { .. } => "case_published/1",
            Payload::CaseAccepted { .. } => "case_accepted/1",
            Payload::CaseReturned { .. } => "case_returned/1",
            Payload::IndicatorJudged { .. } => "indicator_judged/1",
            Payload::ActivityPlanned(_) => "activity_planned/1",
            Payload::AttendanceGiven { .. } => "attendance_given/1",
            Payload::AttendanceStruck { .. } => "attendance_struck/1",
            Payload::ActivityRecorded(_) => "activity_recorded/1",
            Payload::DrillApproved { .. } => "drill_approved/1",
            Payload::DrillAnnounced { .. } => "drill_announced/1",
            Payload::DrillStarted { .. } => "drill_started/1",
            Payload::DrillStopped { .. } => "drill_stopped/1",
            Payload::QuestionsKept { .. } => "questions_kept/1",
            Payload::CertificateIssued { .. } => "certificate_issued/1",
            Payload::CertificateRevoked { .. } => "certificate_revoked/1",
            Payload::ReturnDrafted(_) => "return_drafted/1",
            Payload::ReturnApproved { .. } => "return_approved/1",
            Payload::ReturnSealed { .. } => "return_sealed/1",
            Payload::Withdrawn { .. } => "withdrawn/1",
            Payload::Erased { .. } => "erased/1",
        }
    }
}

impl Event {
    pub fn stamp(&self) -> Stamp {
        Stamp { at: self.at, office: self.office.clone(), seq: self.seq, by: self.actor.clone() }
    }

    /// What the event changes; applying changes of any events in any order gives the same projections.
    pub fn changes(&self) -> Vec<Change> {
        let facts = |facts: Facts| vec![Change::Facts(Box::new(facts))];
        match self.payload.clone() {
            Payload::UnitAdded(unit) => facts(Facts::Unit(unit)),
            Payload::Granted(grant) => facts(Facts::Grant(grant)),
            Payload::LetterReceived(letter) | Payload::LetterEdited(letter) => facts(Facts::Letter(letter)),
            Payload::ObligationDrafted(o) | Payload::ObligationEdited(o) => facts(Facts::Obligation(o)),
            Payload::TaskAssigned(task) => facts(Facts::Task(task)),
            Payload::EvidenceAttached(evidence) => facts(Facts::Evidence(evidence)),
            Payload::AssetRegistered(asset) => facts(Facts::Asset(asset)),
            Payload::ExceptionGranted(exception) => facts(Facts::Exception(exception)),
            Payload::CaseOpened(case) => facts(Facts::Case(case)),
            Payload::ActivityRecorded(activity) | Payload::ActivityPlanned(activity) => facts(Facts::Activity(activity)),
            Payload::ReturnDrafted(r) => facts(Facts::Return(r)),
            Payload::RunRecorded { evidence, results } => {
                let (unit, run, observed_at) = (evidence.unit.clone(), evidence.id.clone(), evidence.observed_at);
                vec![Change::Facts(Box::new(Facts::Evidence(evidence))), Change::Results { unit, run, observed_at, results }]
            }
            other => self.marks(other),
        }
    }

    fn marks(&self, payload: Payload) -> Vec<Change> {
        let (of, id) = payload.subject();
        let mark = |kind, note, other| Change::Mark {
            of,
            id: if of == SubjectKind::Office { self.office.to_string() } else { id.clone() },
            mark: Mark { stamp: self.stamp(), kind, note, other },
        };
        let one = match payload {
            Payload::LetterConfirmed { obligations, .. } => {
                let confirmed = |id: ObligationId| Change::Mark {
                    of: SubjectKind::Obligation,
                    id: id.to_string(),
                    mark: Mark { stamp: self.stamp(), kind: MarkKind::Confirmed, note: None, other: None },
                };
                let letter = mark(MarkKind::Confirmed, None, None);
                return std::iter::once(letter).chain(obligations.into_iter().map(confirmed)).collect();
            }
            Payload::LetterDirected(directed) => mark(MarkKind::Directed, directed.note.clone(), Some(directed.line())),
            Payload::LetterWithdrawn { reason, .. } => mark(MarkKind::Withdrawn, Some(reason), None),
            Payload::LetterRestored { .. } => mark(MarkKind::Resumed, None, None),
            Payload::LedgerOpened(opened) => mark(MarkKind::Confirmed, None, Some(opened.public_key)),
            Payload::OfficeDeclared { network } => mark(MarkKind::Declared, None, Some(network.to_string())),
            Payload::ContactsPosted { contacts } => mark(MarkKind::Kept, Some(contacts), None),
            Payload::UnitClosed { on, successors, .. } => {
                let ids: Vec<_> = successors.iter().map(UnitId::as_str).collect();
                mark(MarkKind::Closed, None, Some(format!("{on} {}", ids.join(" ")).trim_end().to_owned()))
            }
            Payload::UnitReopened { on, .. } => mark(MarkKind::Resumed, None, Some(on.to_string())),
            Payload::ObligationSucceeded { by, .. } => mark(MarkKind::Succeeded, None, Some(by.to_string())),
            Payload::TaskAcknowledged { .. } => mark(MarkKind::Acknowledged, None, None),
            Payload::TaskProgressed { note, .. } => mark(MarkKind::Progressed, Some(note), None),
            Payload::TaskDeclared { note, .. } => mark(MarkKind::Declared, note, None),
            Payload::TaskReturned { note, .. } | Payload::CaseReturned { reason: note, .. } => mark(MarkKind::Returned, Some(note), None),
            Payload::TaskAccepted { unit, note, .. } => mark(MarkKind::Accepted, note, Some(unit.to_string())),
            Payload::ExtensionAsked { until, reason, .. } => mark(MarkKind::ExtensionAsked, Some(reason), Some(until.to_string())),
            Payload::ExtensionDecided { until, granted, note, .. } => {
                let kind = if granted { MarkKind::ExtensionGranted } else { MarkKind::ExtensionRefused };
                mark(kind, note, Some(until.to_string()))
            }
            Payload::TaskHeld { held, note, .. } => mark(if held { MarkKind::Held } else { MarkKind::Resumed }, note, None),
            Payload::CaseRouted { to, note, .. } => mark(MarkKind::Routed, note, Some(to.to_string())),
            Payload::AttendanceGiven { name, .. } => mark(MarkKind::Attended, Some(name), None),
            Payload::AttendanceStruck { name, .. } => mark(MarkKind::Struck, None, Some(name.to_string())),
            Payload::DrillApproved { from, until, paper, .. } => mark(MarkKind::Approved, paper, Some(Window { from, until }.line())),
            Payload::DrillAnnounced { on, by_mail, .. } => mark(MarkKind::Announced, None, Some(Told { on, by_mail }.line())),
            Payload::DrillStarted { .. } => mark(MarkKind::Started, None, None),
            Payload::DrillStopped { reason, .. } => mark(MarkKind::Stopped, Some(reason), None),
            Payload::QuestionsKept { questions, .. } => mark(MarkKind::Kept, Some(questions), None),
            Payload::CertificateIssued { certificate, text, .. } => mark(MarkKind::Certified, Some(text), Some(certificate.to_string())),
            Payload::CertificateRevoked { certificate, reason, .. } => mark(MarkKind::Revoked, reason, Some(certificate.to_string())),
            Payload::CaseJoined { into, .. } => mark(MarkKind::Joined, None, Some(into.to_string())),
            Payload::CaseAnswered { answer, .. } => mark(MarkKind::Answered, Some(answer), None),
            Payload::CaseClosed { note, .. } => mark(MarkKind::Closed, note, None),
            Payload::CaseReferred { to, on, receipt, .. } => mark(MarkKind::Referred, Some(to), Some(referral(on, receipt))),
            Payload::CasePublished { text, .. } => mark(MarkKind::Published, text, None),
            Payload::CaseAccepted { unit, note, .. } => mark(MarkKind::Accepted, note, Some(unit.to_string())),
            Payload::IndicatorJudged { value, confirmed, until, .. } => {
                mark(MarkKind::Judged, Some(value), Some(judgement(confirmed, until)))
            }
            Payload::ReturnApproved { digest, .. } => mark(MarkKind::Approved, None, Some(digest.to_string())),
            Payload::ReturnSealed { signature, .. } => mark(MarkKind::Sealed, None, Some(signature)),
            Payload::Withdrawn { note, .. } => mark(MarkKind::Withdrawn, note, None),
            Payload::Erased { basis, .. } => mark(MarkKind::Erased, None, Some(basis)),
            // Facts were handled by `changes`.
            _ => return Vec::new(),
        };
        vec![one]
    }
}

/// As it stands in a mark: the day, and the paper that proves it.
fn referral(on: Date, receipt: Option<Sealed>) -> String {
    Referral { on, receipt: receipt.map(|receipt| receipt.id) }.line()
}

/// As it stands in a mark: `confirmed 2027-11-28`, `refused`.
fn judgement(confirmed: bool, until: Option<Date>) -> String {
    let finding = if confirmed { "confirmed" } else { "refused" };
    until.map_or_else(|| finding.to_owned(), |until| format!("{finding} {until}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::canonical;
    use serde::de::DeserializeOwned;

    fn again<F: Serialize + DeserializeOwned>(old: &str) {
        let read: F = serde_json::from_str(old).unwrap();
        assert_eq!(canonical(&read).unwrap(), old);
    }

    #[test]
    fn what_was_written_before_reads_and_hashes_as_before() {
        again::<Task>(r#"{"due":null,"key":"o.u.once","letter":"l","parent":null}"#);
        again::<Letter>(
            r#"{"code":null,"date":null,"direction":"in","file":{"digest":"0000000000000000000000000000000000000000000000000000000000000000","id":"f"},"id":"l","implements":null,"letter_type":null,"meta":null,"office":"o","secrecy":null,"text":null,"urgency":null}"#,
        );
        again::<Activity>(r#"{"evidence":null,"id":"a","kind":"training","note":null,"on":"2026-06-05","people":3,"tasks":[],"unit":"u"}"#);
        // The digital team's counts came later.
        again::<Activity>(
            r#"{"digital":{"learners":{"general":20,"safety":12},"minutes":90},"evidence":null,"id":"a","kind":"digital_class","note":null,"on":"2026-06-05","people":20,"tasks":[],"unit":"u"}"#,
        );
        again::<Case>(
            r#"{"id":"c","kind":"difficulty","task":null,"text":{"digest":"0000000000000000000000000000000000000000000000000000000000000000","id":"t"},"to":null,"unit":"u","via":null}"#,
        );
        again::<Return>(
            r#"{"absent":[],"as_of":"2026-06-05","children":[],"figures":[],"id":"r","letter":null,"period":"once","revision":1,"template":"t","unit":"u"}"#,
        );
    }

    #[test]
    fn kinds_are_the_names_on_the_wire() {
        let source = include_str!("event.rs").split("#[cfg(test)]").next().unwrap();
        let renamed: Vec<&str> = source.split("rename = \"").skip(1).filter_map(|s| s.split('"').next()).collect();
        assert_eq!(renamed.len(), 55);
        for name in renamed {
            assert!(source.contains(&format!(" => \"{name}\",")), "{name}");
        }
        let task: TaskKey = "o.u.once".parse().unwrap();
        for payload in [Payload::TaskAcknowledged { task: task.clone() }, Payload::TaskDeclared { task, note: None }] {
            assert_eq!(serde_json::to_value(&payload).unwrap()["kind"], payload.kind());
        }
    }
}
