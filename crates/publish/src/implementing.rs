//! The implementing letter (văn bản triển khai): an upper letter's obligations, passed on to one's own units.
//!
//! In the form of real ones: "Thực hiện …", what everyone must know, the tasks of each unit under its own number,
//! where difficulties go, what is enclosed. A deadline that nobody stated is left out of the text and said to be
//! missing in the table; none is made up. Words: `words/implementing.toml`. Not for choosing the obligations.
//!
//! ```
//! use publish::{ImplementingLetter, ObligationText, UnitObligations, implementing_letter};
//! let task = ObligationText { text: "rà soát máy tính".into(), ..ObligationText::default() };
//! let unit = UnitObligations { unit: "Văn phòng Đảng ủy".into(), tasks: vec![task] };
//! let letter = implementing_letter(&ImplementingLetter { units: vec![unit], ..ImplementingLetter::default() });
//! assert_eq!(letter.body.len(), 2);
//! ```

use std::sync::OnceLock;

use serde::Deserialize;

use crate::citation::{self, Due, Recurrence, UpperLetter};
use crate::clean;
use crate::letter::{
    Align, Annex, Block, Column, Heading, IssueDate, Level, OfficialLetter, Recipient, Row, Signature, System, Table, Text, Urgency,
};
use crate::words::{self, fill};

/// Who writes: what is the same on every letter of an office.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Office {
    pub system: System,
    pub superior: String,
    pub issuer: String,
    /// The body that speaks in the text: "Ban Thường vụ Đảng ủy xã". Empty: the issuer.
    pub speaker: String,
    pub place: String,
    /// What stands after the number: "CV/ĐU", "BC-UBND".
    pub symbol: String,
    pub recipients: Vec<Recipient>,
    pub archive: String,
    pub signature: Signature,
}

impl Office {
    /// A letter with this office's head and foot, and nothing in between.
    pub(crate) fn letter(&self, number: Option<&str>, date: IssueDate) -> OfficialLetter {
        OfficialLetter {
            system: self.system,
            superior: self.superior.clone(),
            issuer: self.issuer.clone(),
            number: number.map(String::from),
            symbol: self.symbol.clone(),
            place: self.place.clone(),
            date,
            recipients: self.recipients.clone(),
            archive: self.archive.clone(),
            signature: self.signature.clone(),
            ..OfficialLetter::default()
        }
    }

    pub(crate) fn speaker(&self) -> String {
        let speaker = clean::line(&self.speaker);
        if speaker.is_empty() { clean::line(&self.issuer) } else { speaker }
    }
}

/// What an implementing letter is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImplementingLetter {
    pub office: Office,
    pub number: Option<String>,
    pub date: IssueDate,
    pub urgency: Option<Urgency>,
    /// What the letter is about; `None`: "triển khai thực hiện" and the letter that is implemented.
    pub subject: Option<String>,
    pub to: Vec<String>,
    /// The letters that are implemented, the nearest level first.
    pub upper: Vec<UpperLetter>,
    /// Obligations of everyone.
    pub common: Vec<ObligationText>,
    pub units: Vec<UnitObligations>,
    /// Where difficulties go: "Ban Thường vụ Đảng ủy (qua Ban Xây dựng Đảng)".
    pub difficulties_to: Option<String>,
    /// Adds a table of all tasks with their deadlines.
    pub with_table: bool,
}

/// The obligations of one addressee, in the order in which they are to be printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitObligations {
    pub unit: String,
    pub tasks: Vec<ObligationText>,
}

/// One obligation as it is to be printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ObligationText {
    pub text: String,
    pub due: Due,
    pub recurs: Option<Recurrence>,
    /// To whom results are reported, if it was said.
    pub reports_to: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    subject: String,
    subject_passed_on: String,
    directives: Vec<String>,
    opening: String,
    opening_without_letters: String,
    common: String,
    units: String,
    unit: String,
    closing: String,
    difficulties: String,
    attached: String,
    see_annex: String,
    said: Said,
    ask: Ask,
    details: Details,
    annex: AnnexWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    closing_whole: Vec<String>,
    closing: Vec<String>,
    difficulties_starts: Vec<String>,
    difficulties: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    party: String,
    state: String,
    front: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Details {
    frame: String,
    separator: String,
    due: String,
    recurs: String,
    reports_to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnnexWords {
    title: String,
    number: String,
    task: String,
    due: String,
    recurs: String,
    reports_to: String,
    everyone: String,
    no_due: String,
    no_recurs: String,
    no_route: String,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| words::parse(include_str!("../words/implementing.toml")))
}

/// Composes the implementing letter.
pub fn implementing_letter(input: &ImplementingLetter) -> OfficialLetter {
    let input = &without_closing(input);
    let mut letter = input.office.letter(input.number.as_deref(), input.date);
    letter.urgency = input.urgency;
    letter.to.clone_from(&input.to);
    letter.heading = Heading::Subject(match &input.subject {
        Some(subject) => subject.clone(),
        None => subject(&input.upper),
    });
    letter.opening = vec![Text::from(opening(input))];
    letter.body = body(input);
    letter.closing = closing(input);
    if input.with_table {
        letter.annexes.push(table(input));
    }
    letter
}

/// Names the letter that is implemented and, where that one only passes a directive on, the directive first.
fn subject(upper: &[UpperLetter]) -> String {
    let words = words();
    let Some((letter, others)) = upper.split_first() else { return String::new() };
    let rank = |letter: &UpperLetter| words.directives.iter().position(|kind| *kind == clean::line(&letter.kind));
    // What the letter refers to and does not say to be its subject is not what it passes on.
    let is_subject = |other: &&UpperLetter| letter.subject.is_none() || citation::says_code(letter, &other.code);
    let directives = others.iter().filter(|other| rank(letter).is_none() && rank(other).is_some());
    let directive = directives.filter(is_subject).min_by_key(|other| rank(other));
    match directive {
        Some(directive) if citation::has_number(letter) => {
            let (directive, letter) = (citation::of_issuer(directive), citation::short(letter));
            fill(&words.subject_passed_on, &[("directive", &directive), ("letter", &letter)])
        }
        Some(directive) => fill(&words.subject, &[("letter", &citation::of_issuer(directive))]),
        None => fill(&words.subject, &[("letter", &citation::of_issuer(letter))]),
    }
}

/// The input without the duties that say nothing but what the closing says, so that it stands once.
fn without_closing(input: &ImplementingLetter) -> ImplementingLetter {
    let said = &words().said;
    let is_closing = |task: &ObligationText| {
        let text = citation::sentence(&task.text).to_lowercase();
        let more = task.due != Due::Unstated || task.recurs.is_some() || text.contains(';') || text.contains(". ");
        let own_route = route(input).is_some() && says_difficulties(task);
        !more && (own_route || said.closing_whole.contains(&text))
    };
    let mut input = input.clone();
    let others = |tasks: &mut Vec<ObligationText>| tasks.retain(|task| !is_closing(task));
    others(&mut input.common);
    input.units.iter_mut().for_each(|unit| others(&mut unit.tasks));
    input
}

/// Where the office wants difficulties to go, if it says so.
fn route(input: &ImplementingLetter) -> Option<String> {
    input.difficulties_to.as_deref().map(clean::line).filter(|to| !to.is_empty())
}

/// Whether a duty says where difficulties go.
fn says_difficulties(task: &ObligationText) -> bool {
    let said = &words().said;
    let text = citation::sentence(&task.text).to_lowercase();
    said.difficulties_starts.iter().any(|start| text.starts_with(start.as_str()))
        && said.difficulties.iter().any(|words| text.contains(words.as_str()))
}

fn opening(input: &ImplementingLetter) -> String {
    let words = words();
    let upper = citation::named_once(&input.upper.iter().collect::<Vec<_>>());
    let system = input.office.system;
    let ask = match system {
        System::Party => &words.ask.party,
        System::State => &words.ask.state,
        System::Front => &words.ask.front,
    };
    let speaker = input.office.speaker();
    if upper.is_empty() {
        return fill(&words.opening_without_letters, &[("speaker", &speaker), ("ask", ask)]);
    }
    let letters = citation::joined(&upper, |letter| citation::full(letter, system));
    fill(&words.opening, &[("letters", &letters), ("speaker", &speaker), ("ask", ask)])
}

fn body(input: &ImplementingLetter) -> Vec<Block> {
    let words = words();
    let mut body = Vec::new();
    let mut section = 0;
    let mut heading = |body: &mut Vec<Block>, text: &str| {
        section += 1;
        body.push(Block::Heading { level: Level::Section, numbers: vec![section], text: text.to_owned() });
        section
    };
    if !input.common.is_empty() {
        heading(&mut body, &words.common);
        body.extend(input.common.iter().map(|task| Block::Item(Text::from(printed(task)))));
    }
    let mut units = input.units.iter().filter(|unit| !unit.tasks.is_empty()).peekable();
    if units.peek().is_some() {
        let section = heading(&mut body, &words.units);
        for (unit, n) in units.zip(1..) {
            let numbers = vec![section, n];
            let name = fill(&words.unit, &[("unit", clean::line(&unit.unit).trim_end_matches(':'))]);
            let name = Text::default().bold(&name);
            if let [only] = unit.tasks.as_slice() {
                let text = name.plain(" ").plain(&printed(only));
                body.push(Block::Numbered { numbers, text });
            } else {
                body.push(Block::Numbered { numbers, text: name });
                body.extend(unit.tasks.iter().map(|task| Block::Item(Text::from(printed(task)))));
            }
        }
    }
    body
}

/// The obligation as a sentence, with what it does not say itself in brackets.
fn printed(task: &ObligationText) -> String {
    let words = &words().details;
    let sentence = citation::sentence(&task.text);
    let mut details = Vec::new();
    if let Some(due) = citation::due(task.due).filter(|_| !citation::says_due(&sentence, task.due)) {
        details.push(fill(&words.due, &[("due", &due)]));
    }
    if let Some(recurs) = task.recurs.filter(|recurs| !citation::says_recurrence(&sentence, *recurs)) {
        details.push(fill(&words.recurs, &[("recurs", citation::recurs(recurs))]));
    }
    let route = task.reports_to.as_deref().map(clean::line).filter(|to| !to.is_empty() && !sentence.contains(to.as_str()));
    if let Some(to) = route {
        details.push(fill(&words.reports_to, &[("to", &to)]));
    }
    if details.is_empty() {
        return format!("{sentence}.");
    }
    format!("{sentence} {}.", fill(&words.frame, &[("details", &details.join(&words.separator))]))
}

fn closing(input: &ImplementingLetter) -> Vec<Text> {
    let words = words();
    let duties = || input.common.iter().chain(input.units.iter().flat_map(|unit| &unit.tasks));
    let says_closing = |task: &ObligationText| {
        let text = task.text.to_lowercase();
        words.said.closing.iter().any(|words| text.contains(words.as_str()))
    };
    let mut sentences = Vec::new();
    if !duties().any(says_closing) {
        sentences.push(words.closing.clone());
    }
    if let Some(to) = route(input).filter(|_| !duties().any(says_difficulties)) {
        sentences.push(fill(&words.difficulties, &[("to", &to)]));
    }
    let mut closing: Vec<Text> = Vec::new();
    if !sentences.is_empty() {
        closing.push(Text::from(sentences.join(" ")));
    }
    if input.with_table {
        closing.push(Text::default().italic(&words.see_annex));
    }
    let attached: Vec<&UpperLetter> = input.upper.iter().filter(|letter| letter.attached).collect();
    if !attached.is_empty() {
        // The subject was said in the opening; enclosures are named by code, date and issuer.
        let name = |letter: &UpperLetter| citation::full(&UpperLetter { subject: None, ..letter.clone() }, input.office.system);
        let letters = citation::joined(&attached, name);
        closing.push(Text::default().italic(&fill(&words.attached, &[("letters", &letters)])));
    }
    closing
}

/// The annex: every task in one row, grouped by unit; what was not stated is said to be missing.
fn table(input: &ImplementingLetter) -> Annex {
    let words = &words().annex;
    let column = |head: &str, share, align| Column { head: head.to_owned(), share, align };
    let columns = vec![
        column(&words.number, 5, Align::Centre),
        column(&words.task, 50, Align::Left),
        column(&words.due, 15, Align::Centre),
        column(&words.recurs, 12, Align::Centre),
        column(&words.reports_to, 18, Align::Left),
    ];
    let mut rows = Vec::new();
    let everyone = (words.everyone.as_str(), input.common.as_slice());
    let units = input.units.iter().map(|unit| (unit.unit.as_str(), unit.tasks.as_slice()));
    let mut n = 0;
    for (unit, tasks) in std::iter::once(everyone).chain(units).filter(|(_, tasks)| !tasks.is_empty()) {
        rows.push(Row::group(clean::line(unit)));
        for task in tasks {
            n += 1;
            let route = task.reports_to.as_deref().map(clean::line).filter(|to| !to.is_empty());
            // A task without deadline that returns regularly lacks nothing.
            let no_due = if task.recurs.is_some() { &words.no_recurs } else { &words.no_due };
            rows.push(Row::plain(vec![
                n.to_string(),
                citation::sentence(&task.text),
                citation::due(task.due).unwrap_or_else(|| no_due.clone()),
                task.recurs.map_or_else(|| words.no_recurs.clone(), |recurs| citation::recurs(recurs).to_owned()),
                route.unwrap_or_else(|| words.no_route.clone()),
            ]));
        }
    }
    Annex { title: words.title.clone(), landscape: true, blocks: vec![Block::Table(Table { columns, rows })] }
}
