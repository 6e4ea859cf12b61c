//! The progress report on a directive: parts I to V, a table of figures, a list of evidence, a table of tasks.
//!
//! What is declared and what is verified always stand side by side, every figure carries the references of its
//! evidence ("[MC-012]"), and what has no evidence says so. Parts without content say that too. Figures come in
//! ready; nothing is computed here but sums and percentages. Words: `words/report.toml`.
//!
//! ```
//! use publish::{ProgressReport, progress_report};
//! let report = progress_report(&ProgressReport::default());
//! assert_eq!(report.annexes.len(), 3);
//! ```

mod annexes;
mod parts;
mod references;
mod tasks;
mod wording;
mod workbook;

pub(crate) use workbook::made_at;
pub use workbook::workbook;

use jiff::civil::Date;

use crate::citation::{self, Due, UpperLetter};
use crate::clean;
use crate::implementing::Office;
use crate::letter::{Block, Heading, IssueDate, Level, OfficialLetter, Text};
use crate::page::short_date;
use crate::words::fill;

/// What a progress report is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProgressReport {
    pub office: Office,
    pub number: Option<String>,
    pub date: IssueDate,
    pub to: Vec<String>,
    /// The letters whose implementation is reported.
    pub upper: Vec<UpperLetter>,
    pub period: Period,
    pub indicators: Vec<Indicator>,
    pub rates: Vec<UnitRates>,
    /// Units whose own report has not come in.
    pub missing: Vec<String>,
    /// What each content of an outreach letter has reached.
    pub outreach: Vec<TopicLine>,
    pub tasks: Vec<TaskLine>,
    pub difficulties: Vec<Difficulty>,
    pub good_examples: Vec<String>,
    pub next_period: Vec<String>,
    pub feedback: Vec<Feedback>,
    /// Feedback by service, the sum in the last line.
    pub by_service: Vec<ServiceLine>,
    pub proposals: Vec<String>,
    pub evidence: Vec<EvidenceLine>,
    /// Words that a person wrote, under the parts to which they belong.
    pub written: Vec<Written>,
}

/// What a person wrote under one part of the report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// From 1 to 5.
    pub part: u32,
    /// Another title than the usual one.
    pub title: Option<String>,
    pub paragraphs: Vec<String>,
}

/// The reported period; the figures are those known on `as_of`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Period {
    /// "tháng 11 năm 2026", "quý IV năm 2026".
    pub label: String,
    /// `None`: from the beginning.
    pub from: Option<Date>,
    pub to: Date,
    pub as_of: Date,
}

/// Under which part of the report an indicator stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    /// Part I: conferences held, letters issued.
    Leadership,
    /// Part II: what was done.
    #[default]
    Results,
}

/// A value of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    Count(u64),
    /// Thousandths, printed as a percentage with one decimal.
    Permille(u64),
    /// Fewer than ten, where people could be guessed.
    Few,
    /// So many or more: the number itself would give a small one away.
    AtLeast(u64),
    /// Not told, for the same reason.
    Untold,
}

impl Figure {
    fn is_told(self) -> bool {
        matches!(self, Figure::Count(_) | Figure::Permille(_))
    }
}

/// Feedback on one service, or on all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLine {
    pub service: String,
    pub received: Figure,
    pub answered: Figure,
    pub overdue: Figure,
}

/// One row of the table of figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Indicator {
    pub label: String,
    /// How it is counted, in words.
    pub counted: String,
    /// What is counted: "hội nghị", "lượt người".
    pub unit: String,
    pub section: Section,
    /// What the units say; `None` if nobody said anything.
    pub declared: Option<Figure>,
    /// The part that is proved; `None` if nothing is.
    pub verified: Option<Figure>,
    /// References of the evidence: "MC-012".
    pub evidence: Vec<String>,
    /// Those of them that the proved part rests on.
    pub proving: Vec<String>,
}

/// How well a figure is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureState {
    /// All of it is proved.
    Verified,
    /// Less, or other, is proved than was declared.
    Partly,
    /// Evidence is there, but proves nothing yet.
    Declared,
    NoEvidence,
}

impl Indicator {
    /// How well the figure is founded: a figure without evidence is never verified. What is told in part names no evidence,
    /// for that could be counted.
    pub fn state(&self) -> FigureState {
        match (self.declared, self.verified) {
            (Some(declared), _) if !declared.is_told() => FigureState::Declared,
            _ if self.evidence.is_empty() => FigureState::NoEvidence,
            (Some(declared), Some(verified)) if declared != verified => FigureState::Partly,
            (_, Some(_)) => FigureState::Verified,
            (_, None) => FigureState::Declared,
        }
    }
}

/// So many of so many; of none, it has no percentage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    pub count: u32,
    pub of: u32,
}

/// The four rates of one unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitRates {
    pub unit: String,
    pub n_tasks: u32,
    pub acknowledged: Rate,
    pub declared: Rate,
    pub on_time: Rate,
    pub verified: Rate,
    /// Tasks declared done and not verified, though they could be.
    pub unverified: u32,
    /// Tasks that can only ever be declared; outside the verified rate.
    pub declared_only: u32,
}

/// One task with its outcome.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaskLine {
    pub unit: String,
    pub text: String,
    pub due: Due,
    pub declared: bool,
    /// `None` where there is no deadline or it has not come yet.
    pub on_time: Option<bool>,
    pub verified: bool,
    /// Can never be verified, only declared.
    pub declared_only: bool,
    pub evidence: Vec<String>,
}

/// One content of an outreach letter, with what told it in the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TopicLine {
    /// "1.3", in the letter that lists it.
    pub section: String,
    pub text: String,
    /// Forms by which it was told, and how often: "Hội nghị", 2.
    pub forms: Vec<(String, u32)>,
    pub audiences: Vec<String>,
    /// Activities that told it, as the units say.
    pub declared: u32,
    /// Those among them that are proved.
    pub verified: u32,
    /// Attendances that were counted; a person may count more than once.
    pub people: u64,
    pub evidence: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difficulty {
    pub unit: String,
    pub text: String,
    pub cause: Option<String>,
    /// What was done about it; `None` while open.
    pub answer: Option<String>,
}

/// A petition or remark that came in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feedback {
    /// From whom, as far as it may be printed; may be empty.
    pub from: String,
    pub text: String,
    pub answer: Option<String>,
}

/// One piece of evidence in the list of the annex.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EvidenceLine {
    /// "MC-012".
    pub reference: String,
    /// What it is, and behind ": " which one: "Tệp: bien-ban.docx".
    pub kind: String,
    pub unit: String,
    pub date: Option<Date>,
    /// SHA-256 of its bytes in hexadecimal; the first 16 digits are printed.
    pub sha256: String,
}

impl EvidenceLine {
    /// What it is, whichever one: "Tệp".
    fn class(&self) -> &str {
        self.kind.split_once(": ").map_or(&self.kind, |(class, _)| class)
    }
}

/// Composes the progress report.
pub fn progress_report(input: &ProgressReport) -> OfficialLetter {
    let words = wording::words();
    let mut letter = input.office.letter(input.number.as_deref(), input.date);
    let upper: Vec<&UpperLetter> = input.upper.iter().collect();
    let short = citation::joined(&upper, citation::short);
    let full = citation::all_once(&upper, input.office.system);
    let (subject, opening) =
        if upper.is_empty() { (&words.subject_without_letters, &words.opening_without_letters) } else { (&words.subject, &words.opening) };
    let period = &input.period;
    let subject = fill(subject, &[("letters", &short), ("period", &period.label)]);
    letter.heading = Heading::Titled { kind: words.kind.clone(), subject: citation::sentence(&subject) };
    letter.to.clone_from(&input.to);
    letter.opening = vec![Text::from(fill(
        opening,
        &[("letters", &full), ("speaker", &input.office.speaker()), ("period", &period.label), ("window", &window(period))],
    ))];
    letter.body = [parts::leadership, parts::results, parts::difficulties, parts::next, parts::proposals]
        .iter()
        .zip(1..)
        .flat_map(|(part, n)| with_words(part(input, n), input.written.iter().find(|w| w.part == n)))
        .collect();
    letter.annexes = vec![annexes::figures(input), annexes::evidence(input), tasks::tasks(input)];
    letter
}

/// A part with what a person wrote, right below its title.
fn with_words(mut blocks: Vec<Block>, written: Option<&Written>) -> Vec<Block> {
    let Some(written) = written else { return blocks };
    if let (Some(Block::Heading { text, .. }), Some(title)) = (blocks.first_mut(), &written.title) {
        *text = clean::line(title);
    }
    let at = usize::from(!blocks.is_empty());
    let paragraphs = written.paragraphs.iter().map(|text| Block::Paragraph(Text::from(clean::line(text))));
    blocks.splice(at..at, paragraphs);
    blocks
}

/// From when to when, and as known on which day, if that is another day.
fn window(period: &Period) -> String {
    let words = wording::words();
    let [to, as_of] = [period.to, period.as_of].map(short_date);
    let Some(from) = period.from.map(short_date) else { return fill(&words.window_until, &[("to", &to)]) };
    let template = if period.as_of == period.to { &words.window } else { &words.window_as_of };
    let all = [("from", from.as_str()), ("to", &to), ("as_of", &as_of)];
    fill(template, &all)
}

/// A heading of the report.
fn heading(level: Level, numbers: Vec<u32>, text: &str) -> Block {
    Block::Heading { level, numbers, text: text.to_owned() }
}
