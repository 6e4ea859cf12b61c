//! The model: who, what is owed, what is known.
//!
//! Every thing is *facts* (the latest statement wins, by [`Stamp`]) and *marks* (a set that only grows).
//! Both merge in any order to the same result, which is why ledgers of different offices may arrive in any order.
//! What a thing is at a date is a function of its marks up to that date ([`crate::task`]).
//! Not here: free text, names of persons and files. They are private; the model holds a [`Sealed`] reference.

use crate::ids::*;
use crate::moment::Moment;
use crate::period::{Period, Recurrence};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A code that is not in its list, with the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a known code: {0:?}")]
pub struct BadCode(pub String);

/// A closed list of codes: the enum, its text form in events, SQL and URLs, and `ALL` in the order of the list.
macro_rules! codes { ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* })*) => { $(
    $(#[$doc])*
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(try_from = "String", into = "&'static str")]
    pub enum $name { $($(#[$vdoc])* $variant,)* }
    impl $name {
        pub const ALL: &[$name] = &[$($name::$variant,)*];
        pub fn as_str(self) -> &'static str { match self { $($name::$variant => $code,)* } }
    }
    impl FromStr for $name {
        type Err = BadCode;
        fn from_str(text: &str) -> Result<$name, BadCode> {
            Self::ALL.iter().copied().find(|c| c.as_str() == text).ok_or_else(|| BadCode(text.to_owned()))
        }
    }
    impl TryFrom<String> for $name { type Error = BadCode; fn try_from(text: String) -> Result<$name, BadCode> { text.parse() } }
    impl From<$name> for &'static str { fn from(code: $name) -> &'static str { code.as_str() } }
    impl fmt::Display for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) } }
)* } }

codes! {
    /// What a unit is. Addressees such as "the cells directly below" select units by kind.
    UnitKind {
        Nation = "nation",
        Province = "province",
        Commune = "commune",
        /// Cấp ủy.
        PartyCommittee = "party_committee",
        /// Văn phòng cấp ủy.
        PartyOffice = "party_office",
        /// Ban tham mưu của cấp ủy.
        PartyBoard = "party_board",
        /// Ủy ban kiểm tra.
        PartyInspection = "party_inspection",
        /// Đảng bộ.
        PartyOrganisation = "party_organisation",
        /// Chi bộ.
        PartyCell = "party_cell",
        PeoplesCouncil = "peoples_council",
        PeoplesCommittee = "peoples_committee",
        /// Phòng, ban chuyên môn.
        Division = "division",
        /// Đơn vị sự nghiệp.
        ServiceUnit = "service_unit",
        Front = "front",
        MassOrganisation = "mass_organisation",
        Police = "police",
        Military = "military",
        School = "school",
        /// Thôn, tổ dân phố.
        Hamlet = "hamlet",
        Other = "other",
    }
    /// What a person may do in a unit.
    Role {
        Clerk = "clerk",
        Head = "head",
        /// The person in charge of information technology.
        Officer = "officer",
        /// Judges work that others did (Decree 331/2026 art. 31.2.c: not the operator).
        Assessor = "assessor",
        Learner = "learner",
        Admin = "admin",
    }
    Direction { In = "in", Out = "out", Draft = "draft", }
    /// State-secret marks, as on the stamp.
    Secrecy { Mat = "mat", ToiMat = "toi_mat", TuyetMat = "tuyet_mat", }
    Urgency { Khan = "khan", ThuongKhan = "thuong_khan", HoaToc = "hoa_toc", }
    /// How a machine or an office is connected.
    Network { Internet = "internet", Internal = "internal", Isolated = "isolated", }
    /// How an obligation came to be.
    Method { Read = "read", Hand = "hand", Derived = "derived", }
    /// What kind of proof an obligation asks for; the table is [`crate::sufficiency`].
    Need {
        Meeting = "meeting",
        Training = "training",
        Inspection = "inspection",
        DataProtection = "data_protection",
        Publication = "publication",
        LetterIssued = "letter_issued",
        Report = "report",
        Other = "other",
        /// Can only ever be declared, in free text: watching or fighting opinions. Outside the verified rate.
        DeclaredOnly = "declared_only",
    }
    /// What a piece of evidence is.
    EvidenceKind {
        File = "file",
        /// A run of `inspect`.
        Inspection = "inspection",
        /// A run of `scan`.
        Scan = "scan",
        /// A person's word, in writing.
        Attestation = "attestation",
        /// The recorded result of an [`Activity`].
        Activity = "activity",
        /// An outgoing letter of this ledger.
        Letter = "letter",
        /// A sealed return of this ledger.
        Return = "return",
    }
    AssetKind {
        InformationSystem = "information_system",
        Host = "host",
        Site = "site",
        MailDomain = "mail_domain",
        Database = "database",
        AccountList = "account_list",
        DataSet = "data_set",
        Backup = "backup",
        Supplier = "supplier",
    }
    /// The outcome of one check on one asset, in the order of `inspect`: the worse, the later; roll-ups show the last.
    Verdict {
        NotApplicable = "not_applicable",
        Pass = "pass",
        Warn = "warn",
        NotTested = "not_tested",
        Error = "error",
        Fail = "fail",
    }
    CaseKind {
        Incident = "incident",
        Breach = "breach",
        Risk = "risk",
        Difficulty = "difficulty",
        Feedback = "feedback",
        ScamReport = "scam_report",
    }
    ActivityKind {
        Conference = "conference",
        CellMeeting = "cell_meeting",
        Training = "training",
        Article = "article",
        Broadcast = "broadcast",
        SystemReview = "system_review",
        GoodExample = "good_example",
    }
    /// What can be said of a thing after it came to be. Which marks fit which thing: [`crate::event`].
    MarkKind {
        Acknowledged = "acknowledged",
        Progressed = "progressed",
        Declared = "declared",
        Returned = "returned",
        Accepted = "accepted",
        Withdrawn = "withdrawn",
        Confirmed = "confirmed",
        Dropped = "dropped",
        Succeeded = "succeeded",
        Closed = "closed",
        Routed = "routed",
        Answered = "answered",
        Approved = "approved",
        Sealed = "sealed",
        Erased = "erased",
    }
    /// The kinds of thing that marks and links speak of.
    SubjectKind {
        Unit = "unit",
        Grant = "grant",
        Letter = "letter",
        Obligation = "obligation",
        Task = "task",
        Evidence = "evidence",
        Asset = "asset",
        Exception = "exception",
        Case = "case",
        Activity = "activity",
        Return = "return",
        Content = "content",
        Office = "office",
    }
}

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
    /// The file that was received; its digest is salted, the bytes are a blob.
    pub file: Sealed,
    /// What was read (metadata as JSON). Absent for *Tuyệt mật*.
    pub meta: Option<Sealed>,
    /// The plain text that quotes point into. Absent for *Tuyệt mật*.
    pub text: Option<Sealed>,
    /// The letter that this one carries on.
    pub implements: Option<LetterId>,
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

/// A difficulty, incident, risk or feedback.
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
