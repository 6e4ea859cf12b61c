//! The model: who, what is owed, what is known.
//!
//! Every thing is *facts* (the latest statement wins, by [`Stamp`]) and *marks* (a set that only grows).
//! Both merge in any order to the same result, which is why ledgers of different offices may arrive in any order.
//! What a thing is at a date is a function of its marks up to that date ([`crate::task`]).
//! Not here: free text, names of persons and files. They are private; the model holds a [`Sealed`] reference.

mod codes;

pub use codes::*;

use crate::ids::*;
use crate::moment::Moment;
use crate::period::{Period, Recurrence};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// Who said it, when, and where it stands: (time, office, seq) is unique and orders all statements.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    pub at: Moment,
    pub office: UnitId,
    pub seq: u64,
    pub by: PersonId,
}

/// SHA-256, as 64 lower-case hex digits in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

/// A private text or file, named by id and by `SHA-256(salt ‖ SHA-256(bytes))`:
/// after erasure of content and salt the digest tells nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sealed {
    pub id: ContentId,
    pub digest: Digest,
}

/// One thing that was said of a subject later on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub stamp: Stamp,
    pub kind: MarkKind,
    /// The words that came with it.
    pub note: Option<Sealed>,
    /// The other end: the successor, the unit routed to, the signature's digest.
    pub other: Option<String>,
}

/// A thing: its latest facts with the stamp of the statement, and all marks in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<F> {
    pub facts: F,
    pub stamp: Stamp,
    pub marks: BTreeSet<Mark>,
}

impl<F> Entry<F> {
    /// The last mark of one of these kinds made up to `as_of`.
    pub fn last(&self, kinds: &[MarkKind], as_of: Moment) -> Option<&Mark> {
        self.marks.iter().rev().find(|m| m.stamp.at <= as_of && kinds.contains(&m.kind))
    }

    /// True when a mark of this kind was ever made.
    pub fn has(&self, kind: MarkKind) -> bool {
        self.marks.iter().any(|m| m.kind == kind)
    }
}

/// A unit. Ids are never reused; the tree is dated, so merged communes keep their past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    /// Official code where there is one.
    pub code: Option<String>,
    /// The official name, as written in a letter's addressees.
    pub name: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

/// A role of a person in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub id: GrantId,
    pub person: PersonId,
    pub unit: UnitId,
    pub role: Role,
    /// Also in every unit below.
    pub subtree: bool,
    pub until: Option<Date>,
    pub delegated_by: Option<PersonId>,
}

/// A letter; issuer, subject, signer and text stand in its private contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub id: LetterId,
    pub office: UnitId,
    pub direction: Direction,
    /// Number and symbol as printed, `277-CV/BTGDVTU`.
    pub code: Option<String>,
    /// Code of the letter's type, `CV`.
    pub letter_type: Option<String>,
    pub date: Option<Date>,
    pub secrecy: Option<Secrecy>,
    pub urgency: Option<Urgency>,
    /// The file that was received; its digest is salted, the bytes are a blob. Of a draft: its body, a private text.
    pub file: Sealed,
    /// What was read (metadata as JSON). Absent for *Tuyệt mật*.
    pub meta: Option<Sealed>,
    /// The plain text that quotes point into. Absent for *Tuyệt mật*.
    pub text: Option<Sealed>,
    /// The letter that this one carries on.
    pub implements: Option<LetterId>,
    /// When it was taken in, where what was read of it was corrected later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Moment>,
    /// Of a draft: who was asked for an opinion on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Asked>,
}

/// A unit of the Front or a mass organisation that is asked for its opinion on a draft: it reads the draft until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub unit: UnitId,
    /// The last day.
    pub until: Date,
}

/// When something is due: a day, or a month without a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Due {
    Day(Date),
    Month(i16, i8),
}

impl Due {
    /// The last day on which it is still on time.
    pub fn last_day(self) -> Date {
        match self {
            Due::Day(day) => day,
            Due::Month(year, month) => Date::new(year, month, 1).map(Date::last_of_month).unwrap_or(Date::MAX),
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Due::Day(day) => write!(f, "{day}"),
            Due::Month(year, month) => write!(f, "{year:04}-{month:02}"),
        }
    }
}

impl FromStr for Due {
    type Err = BadCode;
    fn from_str(text: &str) -> Result<Due, BadCode> {
        let bad = || BadCode(text.to_owned());
        if text.len() == 7 {
            let first: Date = format!("{text}-01").parse().map_err(|_| bad())?;
            return Ok(Due::Month(first.year(), first.month()));
        }
        text.parse().map(Due::Day).map_err(|_| bad())
    }
}

impl TryFrom<String> for Due {
    type Error = BadCode;
    fn try_from(text: String) -> Result<Due, BadCode> {
        text.parse()
    }
}

impl From<Due> for String {
    fn from(due: Due) -> String {
        due.to_string()
    }
}

/// An obligation of a letter. Its words, quote and addressees stand in `text` (private).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    pub id: ObligationId,
    pub letter: LetterId,
    /// Byte offsets of the quote in the letter's text.
    pub start: u64,
    pub end: u64,
    pub text: Sealed,
    pub due: Option<Due>,
    pub recurs: Option<Recurrence>,
    pub needs: Vec<Need>,
    /// Ids of checks that must pass on every asset in scope.
    pub checks: Vec<String>,
    pub method: Method,
    /// Percent; 100 when a person chose the words.
    pub confidence: u8,
    /// The obligation that this one was derived from when a unit passes its task on.
    pub derived_from: Option<ObligationId>,
}

/// A task: the key and what was said at assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub key: TaskKey,
    pub letter: LetterId,
    pub due: Option<Date>,
    /// The task of the level above that this one serves; roll-up counts only tasks without a parent.
    pub parent: Option<TaskKey>,
    /// Units that help (phối hợp): they see the task, the assigned unit does and answers for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cooperating: Vec<UnitId>,
}

/// Evidence; observed and received are two different times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub id: EvidenceId,
    pub unit: UnitId,
    pub kind: EvidenceKind,
    pub tasks: Vec<TaskKey>,
    /// What the evidence shows happened at this time.
    pub observed_at: Moment,
    /// Overrides the table's freshness when earlier.
    pub expires: Option<Date>,
    pub content: Option<Sealed>,
    pub note: Option<Sealed>,
    pub supersedes: Option<EvidenceId>,
    /// The one need that it is handed in for, where the task has several; `None`: every need that its kind suffices for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proves: Option<Need>,
}

/// The outcome of one check on one asset in one run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CheckResult {
    pub asset: AssetId,
    pub check: String,
    pub verdict: Verdict,
}

/// Something that can be inspected. Its name (host name, path) is private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    pub id: AssetId,
    pub unit: UnitId,
    pub kind: AssetKind,
    pub name: Sealed,
    /// Level 1–5 of an information system (Decree 331/2026 art. 8).
    pub level: Option<u8>,
    pub network: Network,
}

/// A written exception: this check on this asset may stay failed until a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    pub id: ExceptionId,
    pub asset: AssetId,
    pub check: String,
    pub until: Date,
    pub reason: Sealed,
}

/// A difficulty, incident, risk, feedback, supervision or report of a scam: one life for all kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: CaseId,
    pub kind: CaseKind,
    pub unit: UnitId,
    pub task: Option<TaskKey>,
    pub text: Sealed,
    /// Through whom it goes, and to whom: the route that the letter named.
    pub via: Option<UnitId>,
    pub to: Option<UnitId>,
    /// The service concerned, of feedback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// The last day on which an answer is in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Came by a public form, from somebody whom nobody knows: `unit` is the office that received it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_public: bool,
    /// Who asked agrees that question and answer are published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub agreed: bool,
    /// The visit or opinion that this recommendation comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Supervision>,
    /// The case that an appeal is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<CaseId>,
    /// What a good example is about, beside its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nomination: Option<Box<Nomination>>,
}

impl Case {
    /// A case with only what every one has.
    pub fn new(id: CaseId, kind: CaseKind, unit: UnitId, text: Sealed) -> Case {
        Case {
            id,
            kind,
            unit,
            task: None,
            text,
            via: None,
            to: None,
            service: None,
            due: None,
            by_public: false,
            agreed: false,
            supervision: None,
            about: None,
            nomination: None,
        }
    }
}

/// What a good example was done for, and whom its words name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nomination {
    /// The letter that it carries out; where the case has a task, the task says more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterId>,
    /// Code of a topic of the library ([`crate::learn::TOPICS`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    pub naming: Naming,
}

/// A supervision visit or an opinion on a draft, as each of its recommendations names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// The first of its recommendations: what belongs together has the same.
    pub first: CaseId,
    pub form: SupervisionForm,
    pub on: Date,
    /// What was looked at, and what was found.
    pub words: Sealed,
    /// The draft that an opinion is on, where it is a letter of the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterId>,
    /// All was in order: nothing is recommended, and the case is closed as it opens.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_order: bool,
}

/// Something that was held or published, with how many people it reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub unit: UnitId,
    pub on: Date,
    pub people: u32,
    pub tasks: Vec<TaskKey>,
    pub evidence: Option<EvidenceId>,
    pub note: Option<Sealed>,
    /// Title, place, agenda and sign-in code of a meeting, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Sealed>,
    /// Only planned so far: nothing was held, and no figure counts it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub planned: bool,
    /// What of an outreach letter it tells, and whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outreach: Option<Outreach>,
    /// What of the community digital team's work was counted, once it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digital: Option<Box<DigitalWork>>,
    /// Of a drill that is over: how many of those who got its letter reported it. Of fewer than ten people nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<u32>,
}

/// What the community digital team did, as counts: nobody's name and no household (Decree 224/2026 art. 78–79).
/// How many people it helped or taught are the activity's `people`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigitalWork {
    /// How long it lasted.
    pub minutes: u32,
    /// Homes that were visited; of nothing but a round of visits.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub visits: u32,
    /// Learners of a class by what they learned; whoever learned of two groups counts in both.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub learners: BTreeMap<SkillGroup, u32>,
    /// Further files, beside the activity's own evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<EvidenceId>,
    /// Why it was corrected; what was said first has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Sealed>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What an activity tells of a letter, and whom it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outreach {
    /// The letter that lists the contents to be told.
    pub letter: LetterId,
    /// Sections of the letter that hold them, `1.3`.
    pub topics: Vec<String>,
    pub audiences: Vec<Audience>,
    /// How often it was sent out, or how many copies were printed; of something that people come to there is no count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// Who speaks, of the office's own speakers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<PersonId>,
}

/// One figure of a return, with the evidence that it was counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Code of an indicator or rate, [`crate::indicators`].
    pub code: String,
    /// `None`: no evidence feeds this figure yet. Never 0 by silence.
    pub value: Option<u64>,
    /// Ids of events' subjects: evidence, letters, cases, activities, tasks.
    pub evidence: Vec<String>,
}

/// A child's sealed return that this return counts in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildReturn {
    pub unit: UnitId,
    pub id: ReturnId,
    pub digest: Digest,
}

/// The figures of a unit and period, drafted, approved by a person, sealed by the office's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    pub id: ReturnId,
    pub template: String,
    pub unit: UnitId,
    pub period: Period,
    pub revision: u32,
    pub as_of: Date,
    pub letter: Option<LetterId>,
    pub figures: Vec<Figure>,
    pub children: Vec<ChildReturn>,
    /// Children that sent nothing, by name: shown, never waited for.
    pub absent: Vec<UnitId>,
    /// What a person wrote under the report's sections: section code → text, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<Sealed>,
    /// When the figures were counted, where words were written to them later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_at: Option<Moment>,
}

/// Who acts, with the roles held in `unit` on the day of the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    pub unit: UnitId,
    pub roles: Vec<Role>,
    /// The roles that also hold in every unit below.
    pub below: Vec<Role>,
}

impl EvidenceKind {
    /// Made by the machine: its verdicts are the proof, whoever brought it.
    pub fn is_run(self) -> bool {
        matches!(self, EvidenceKind::Inspection | EvidenceKind::Scan)
    }
}

impl Role {
    /// True for a role that brings work with it: neither learning nor speaking is that.
    pub fn works(self) -> bool {
        self.acts() || self == Role::Assessor
    }

    /// True for a role in which somebody acts in the unit's name. An assessor judges what others did and does none of it,
    /// or the judgement would not be independent.
    pub fn acts(self) -> bool {
        !matches!(self, Role::Learner | Role::Speaker | Role::Assessor)
    }
}

impl Actor {
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// True when this role also holds in the units below.
    pub fn is_below(&self, role: Role) -> bool {
        self.below.contains(&role)
    }
}

impl Digest {
    /// SHA-256 of bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        use sha2::Digest as _;
        Digest(sha2::Sha256::digest(bytes).into())
    }

    /// The all-zero digest that stands before the first event.
    pub const ZERO: Digest = Digest([0; 32]);
}

impl Sealed {
    /// Seals bytes by their plain digest: `SHA-256(salt ‖ SHA-256(bytes))`.
    pub fn new(id: ContentId, salt: &[u8], plain: &Digest) -> Sealed {
        use sha2::Digest as _;
        Sealed { id, digest: Digest(sha2::Sha256::new().chain_update(salt).chain_update(plain.0).finalize().into()) }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = BadCode;
    fn from_str(text: &str) -> Result<Digest, BadCode> {
        let bad = || BadCode(text.to_owned());
        let mut bytes = [0; 32];
        let lower_hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !lower_hex {
            return Err(bad());
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()).ok_or_else(bad)?;
        }
        Ok(Digest(bytes))
    }
}

impl TryFrom<String> for Digest {
    type Error = BadCode;
    fn try_from(text: String) -> Result<Digest, BadCode> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}
