//! The grammar of official Vietnamese letters: document to metadata, references and obligations.
//!
//! [`read`] takes any [`text::Doc`] and says who writes to whom about what, which documents are cited, and what each
//! unit is asked to do: one task a clause, each quoting its place in the text. [`compare`] holds a lower letter against
//! the upper one that it implements. Pure and deterministic: the same text gives the same answer, and every answer names
//! the rules that made it. The rules are the tables in `data/`; the Rust only applies them.
//!
//! Not for deciding: a person confirms every obligation before anything is assigned. Not for file formats, which end in
//! `reader`.
//!
//! ```
//! let doc = text::Doc::from_lines("ĐẢNG CỘNG SẢN VIỆT NAM\nSố 5-CV/ĐU\nKính gửi: Các chi bộ.\n1. Giao Chi bộ 1 họp dân.");
//! let reading = directive::read(&doc);
//! assert_eq!(reading.letter.code.as_deref(), Some("5-CV/ĐU"));
//! assert_eq!(reading.tasks[0].to, ["Chi bộ 1"]);
//! ```

mod annex;
mod attached;
mod clauses;
mod compare;
mod dates;
mod foot;
mod grammar;
mod head;
mod judge;
mod lex;
mod model;
mod outline;
mod outreach;
mod pattern;
mod pieces;
mod refs;
mod tables;
mod tasks;
mod units;
pub mod wire;

pub use compare::{Carried, Comparison, compare};
pub use model::{
    Copy, EvidenceKind, Letter, Part, Problem, Reading, Recurrence, Reference, Relation, Secrecy, Signature, System, Task, Topic, Urgency,
};

use grammar::{Assigns, GRAMMAR, Grammar};
use lex::{Lexed, Shape};
use std::ops::Range;
use text::Doc;

/// So many names of addressees are known again in the text; each is looked for at every word.
const MOST_NAMES: usize = 300;

/// Whether words begin as an action clause does: with a verb, after connectives, adverbs and modals.
///
/// ```
/// assert!(directive::begins_action("báo cáo kết quả"));
/// assert!(!directive::begins_action("thiết bị ngoại vi"));
/// ```
pub fn begins_action(words: &str) -> bool {
    let doc = Doc::from_lines(words);
    let lexed = Lexed::new(&doc.text, &GRAMMAR.vocabulary);
    let ctx = Ctx { doc: &doc, lexed: &lexed, grammar: &GRAMMAR, written: None, writer: String::new(), to: Vec::new() };
    let end = lexed.tokens.len();
    clauses::verb(&ctx, clauses::skip_connectives(&ctx, &(0..end)), end).is_some()
}

/// Reads a letter. Never fails: what is missing is missing in the answer, and told as a problem.
pub fn read(doc: &Doc) -> Reading {
    let doc = text::repair::rejoin(doc);
    let mut lexed = Lexed::new(&doc.text, &GRAMMAR.vocabulary);
    let head = head::read(&Ctx { doc: &doc, lexed: &lexed, grammar: &GRAMMAR, written: None, writer: String::new(), to: Vec::new() });
    let mut letter = head.letter;
    let names: Vec<String> = letter.to.iter().flat_map(|name| units::listed(name)).take(MOST_NAMES).collect();
    lexed.know(&names, &GRAMMAR.vocabulary);
    let ctx = Ctx {
        doc: &doc,
        lexed: &lexed,
        grammar: &GRAMMAR,
        written: letter.date.clone(),
        writer: text::fold::fold(letter.issuer.as_deref().unwrap_or_default()),
        to: letter.to.clone(),
    };
    let foot = foot::read(&ctx, head.body);
    letter.copies = foot.copies;
    letter.signature = foot.signature;
    let body = head.body..foot.blocks.start.max(head.body);
    let (references, mentions) = refs::read(&ctx, &head.own_number, letter.code.as_deref());
    letter.references = references;
    letter.attachments = refs::attachments(&ctx, &mentions, body.clone());
    let items = outline::items(&ctx, body);
    let assigns = head.kind.map_or(Assigns::Yes, |kind| GRAMMAR.types[kind].assigns);
    let (mut tasks, roles) = tasks::read(&ctx, &items, assigns);
    letter.topics = outreach::topics(&ctx, &items, &roles);
    letter.channels = outreach::channels(&ctx, &items, &roles);
    if let Some((body, assigns)) = attached::body(&ctx, foot.blocks.end) {
        let items = outline::items(&ctx, body);
        let (more, roles) = tasks::read(&ctx, &items, assigns);
        tasks.extend(more);
        letter.topics.extend(outreach::topics(&ctx, &items, &roles));
        letter.channels.extend(outreach::channels(&ctx, &items, &roles));
    }
    if assigns != Assigns::No {
        tasks.extend(annex::read(&ctx, head.body..doc.blocks.len()));
    }
    let problems = problems(&letter, &tasks, head.found);
    Reading { letter, tasks, problems, doc }
}

fn problems(letter: &Letter, tasks: &[Task], found: bool) -> Vec<Problem> {
    if !found {
        return vec![Problem::NoLetterhead];
    }
    let mut problems = Vec::new();
    problems.extend((letter.number.is_none()).then_some(Problem::NumberBlank));
    problems.extend((letter.date.as_ref().is_none_or(|date| date.len() < 10)).then_some(Problem::DateBlank));
    problems.extend((letter.signature.name.is_none()).then_some(Problem::NoSignature));
    problems.extend(tasks.is_empty().then_some(Problem::NoTasks));
    problems
}

/// What every part of the grammar looks at.
struct Ctx<'a> {
    doc: &'a Doc,
    lexed: &'a Lexed<'a>,
    grammar: &'static Grammar,
    /// The date of the letter, for dates without a year.
    written: Option<String>,
    /// Who writes, folded.
    writer: String,
    /// The addressees.
    to: Vec<String>,
}

impl Ctx<'_> {
    /// Capitals throughout, at least two words of them.
    fn is_capital(&self, range: &Range<usize>) -> bool {
        let tokens = &self.lexed.tokens[range.clone()];
        let count = |shape: Shape| tokens.iter().filter(|token| token.shape == shape).count();
        let (upper, small, capital) = (count(Shape::Upper), count(Shape::Small), count(Shape::Capital));
        upper >= 2 && small == 0 && capital * 3 <= upper || upper >= 5 && (small + capital) * 6 <= upper
    }

    /// Whether a unit is the writer itself (`Ủy ban nhân dân tỉnh` in a letter of that body).
    fn is_writer(&self, unit: &Range<usize>) -> bool {
        let name = text::fold::fold(&self.lexed.string(unit));
        let long: Vec<&str> = name.split(' ').map(|word| self.grammar.long_form(word)).collect();
        !self.writer.is_empty() && (self.writer.starts_with(&name) || self.writer.starts_with(&long.join(" ")))
    }

    /// Tokens of the block that a token stands in.
    fn block_of(&self, token: usize) -> (usize, usize) {
        let at = self.lexed.tokens.get(token).map_or(0, |token| token.start);
        let place = self.doc.blocks.partition_point(|block| block.span.end <= at);
        let span = self.doc.blocks.get(place).map_or(0..self.doc.text.len(), |block| block.span.clone());
        let range = self.lexed.within(&span);
        (range.start, range.end)
    }

    /// A name that ends in a joining word goes on in the next line.
    fn ends_open(&self, text: Option<&String>) -> bool {
        text.is_some_and(|text| {
            let lexed = Lexed::new(text, &self.grammar.vocabulary);
            let end = lexed.tokens.len();
            end > 0 && (lexed.is_sign(end - 1, &[',', '-', '–']) || self.grammar.units.and.whole(&lexed, &(end - 1..end)).is_some())
        })
    }

    /// Whether a date belongs to a document: `… ngày 12/6/2026 của Ban Thường vụ`.
    fn is_cited_date(&self, after: usize) -> bool {
        self.grammar.refs.of.at(self.lexed, after, self.lexed.tokens.len()).is_some()
            && units::begins_with_head(self, &(after + 1..self.lexed.tokens.len().min(after + 6)))
    }
}

#[cfg(test)]
fn with_ctx<T>(text: &str, work: impl FnOnce(&Ctx<'_>) -> T) -> T {
    let doc = Doc::from_lines(text);
    let lexed = Lexed::new(&doc.text, &GRAMMAR.vocabulary);
    let written = Some("2026-01-05".to_owned());
    work(&Ctx { doc: &doc, lexed: &lexed, grammar: &GRAMMAR, written, writer: String::new(), to: Vec::new() })
}

#[cfg(test)]
mod tests;
