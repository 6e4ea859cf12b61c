//! What a letter says, as plain data.
//!
//! Not for the wire: [`crate::wire`] has the form of the command's JSON. Strings are as printed, line breaks as one blank.

use serde::Deserialize;
use std::ops::Range;
use text::Doc;

/// A letter that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The text with its lines joined to paragraphs; every span of the tasks points into `doc.text`.
    pub doc: Doc,
    pub letter: Letter,
    pub tasks: Vec<Task>,
    pub problems: Vec<Problem>,
}

/// Letterhead, subject, addressees, signature and what the letter cites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    pub system: System,
    /// The body above the number, its lines joined.
    pub issuer: Option<String>,
    /// The separate body printed above the issuer.
    pub superior: Option<String>,
    /// Code of the document type (Decree 30/2020 annex III, or the Party's), `CV` for an official letter.
    pub kind: Option<String>,
    /// Digits as printed; `None` when left blank.
    pub number: Option<String>,
    /// The part after the number and the year.
    pub symbol: Option<String>,
    /// Number and symbol as one, without blanks.
    pub code: Option<String>,
    pub place: Option<String>,
    /// `YYYY-MM-DD`, or `YYYY-MM` when the day is blank.
    pub date: Option<String>,
    pub subject: Option<String>,
    pub secrecy: Option<Secrecy>,
    pub urgency: Option<Urgency>,
    pub to: Vec<String>,
    pub copies: Vec<Copy>,
    pub signature: Signature,
    pub references: Vec<Reference>,
    /// What is sent along, as the letter says it.
    pub attachments: Vec<String>,
    /// Contents that an outreach letter wants told.
    pub topics: Vec<Topic>,
    /// Forms in which they are to be told.
    pub channels: Vec<String>,
}

/// One entry of the recipients' list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// As printed, brackets included.
    pub text: String,
    /// What stands in brackets: what the copy is for.
    pub purpose: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// On whose behalf, as printed; `None` when the head signs alone.
    pub authority: Option<String>,
    pub position: Option<String>,
    pub name: Option<String>,
}

/// A document that the letter cites by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub code: String,
    pub kind: Option<String>,
    pub date: Option<String>,
    pub issuer: Option<String>,
    pub relation: Relation,
    /// Bytes of the code's first mention in the text.
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Path of the item numbers.
    pub section: String,
    pub text: String,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// One action clause: what somebody is asked to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Path of the item numbers (`2.1`, `III.2`, `PL.3` for a row of the annex), empty outside items.
    pub section: String,
    /// Units as printed; `*` alone when every addressee is meant.
    pub to: Vec<String>,
    /// The clause as printed, without the unit and the end punctuation.
    pub text: String,
    /// Bytes of the text where the clause stands.
    pub span: Range<usize>,
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub due: Option<String>,
    pub recurs: Option<Recurrence>,
    /// Who gets the report or result, with the way it takes (`… (qua …)`).
    pub reports_to: Option<String>,
    /// What would show that it was done.
    pub evidence: EvidenceKind,
    /// The clause asks for opinions to be watched or fought: it can only be declared, in free words.
    pub declared_only: bool,
    /// Pieces with their own evidence, where a clause mixes both; empty when it is of one kind.
    pub parts: Vec<Part>,
    /// The clause says where difficulties are to be reported.
    pub difficulty: bool,
    /// The body that a report passes on its way.
    pub via: Option<String>,
    /// Units that work along.
    pub partners: Vec<String>,
    /// What is to come out, where the letter says it.
    pub product: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// Names of the rules that made the task what it is, in the order of their use.
    pub rules: Vec<&'static str>,
}

/// A piece of a mixed clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub span: Range<usize>,
    pub evidence: EvidenceKind,
    pub declared_only: bool,
}

/// What could not be read; words come from catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing looks like an official letter.
    NoLetterhead,
    /// The number was left blank.
    NumberBlank,
    /// Day or month were left blank.
    DateBlank,
    /// The document orders nothing that the grammar recognises.
    NoTasks,
    /// Nobody signed, as far as can be seen.
    NoSignature,
}

impl Problem {
    /// The stable name of the problem, for catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Problem::NoLetterhead => "letter.no_letterhead",
            Problem::NumberBlank => "letter.number_blank",
            Problem::DateBlank => "letter.date_blank",
            Problem::NoTasks => "letter.no_tasks",
            Problem::NoSignature => "letter.no_signature",
        }
    }
}

/// Who issues: the Party, the State, the Front with the mass organisations, somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    Party,
    State,
    Front,
    #[default]
    Other,
}

impl System {
    pub fn code(self) -> &'static str {
        match self {
            System::Party => "party",
            System::State => "state",
            System::Front => "front",
            System::Other => "other",
        }
    }
}

/// Marks of state secrets, from the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secrecy {
    Secret,
    MostSecret,
    TopSecret,
}

impl Secrecy {
    pub fn code(self) -> &'static str {
        match self {
            Secrecy::Secret => "mat",
            Secrecy::MostSecret => "toi_mat",
            Secrecy::TopSecret => "tuyet_mat",
        }
    }
}

/// Marks of urgency, from the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Urgent,
    VeryUrgent,
    Express,
}

impl Urgency {
    pub fn code(self) -> &'static str {
        match self {
            Urgency::Urgent => "khan",
            Urgency::VeryUrgent => "thuong_khan",
            Urgency::Express => "hoa_toc",
        }
    }
}

/// How the letter stands to a document that it cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    Implements,
    Replaces,
    Attaches,
    Cites,
}

impl Relation {
    pub fn code(self) -> &'static str {
        match self {
            Relation::Implements => "implements",
            Relation::Replaces => "replaces",
            Relation::Attaches => "attaches",
            Relation::Cites => "cites",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurrence {
    /// Again and again, without an interval.
    Regular,
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

impl Recurrence {
    pub fn code(self) -> &'static str {
        match self {
            Recurrence::Regular => "regular",
            Recurrence::Weekly => "weekly",
            Recurrence::Monthly => "monthly",
            Recurrence::Quarterly => "quarterly",
            Recurrence::HalfYearly => "half_yearly",
            Recurrence::Yearly => "yearly",
        }
    }
}

/// What would show that an action was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Meeting,
    Training,
    Inspection,
    DataProtection,
    Publication,
    LetterIssued,
    Report,
    Other,
}

impl EvidenceKind {
    pub fn code(self) -> &'static str {
        match self {
            EvidenceKind::Meeting => "meeting",
            EvidenceKind::Training => "training",
            EvidenceKind::Inspection => "inspection",
            EvidenceKind::DataProtection => "data_protection",
            EvidenceKind::Publication => "publication",
            EvidenceKind::LetterIssued => "letter_issued",
            EvidenceKind::Report => "report",
            EvidenceKind::Other => "other",
        }
    }
}
