//! Scanning: anchors in the bytes, then shape, validators and the words around, then one decision per place. Pure.
//!
//! ```text
//! scan_bytes("Số CCCD: 001203000123".as_bytes(), &rules)   →   cccd, high, bytes 11..23, "00********23"
//! ```

use std::ops::Range;

use text::legacy::Charset;
use text::{BlockKind, Doc};

use crate::columns::Columns;
use crate::digits::{self, Run};
use crate::email;
use crate::finding::{Confidence, Finding, Place, mask};
use crate::rule::{Anchor, Hit, Looked, Role, Rule, Rules, Taker};
use crate::source::Source;

/// How far before and after a number its label may stand, in bytes of the view.
const BEFORE: usize = 128;
const AFTER: usize = 32;

/// A label of another kind this near (in bytes of folded text) claims the number.
const CLAIM: usize = 24;
/// A label after the number stands this near.
const NEAR_AFTER: usize = 16;

/// A decision: which rule, how sure, where in the view.
struct Found {
    rule: usize,
    confidence: Confidence,
    at: Range<usize>,
}

/// Scans the bytes of a text file, whatever its charset. Findings are in the order of their places.
pub fn scan_bytes(bytes: &[u8], rules: &Rules) -> Vec<Finding> {
    let source = Source::detect(bytes);
    let columns = Columns::of_text(&source, rules);
    let mut line = LineCounter::default();
    let findings = find(&source, &columns, rules).into_iter().map(|(found, rule)| {
        let place = Place { line: Some(line.at(&source, found.at.start)), span: Some(source.span(found.at.clone())), ..Place::default() };
        made(&source, &found, rule, place)
    });
    findings.collect()
}

/// Scans a document that a reader made; places are pages, blocks and cells.
pub fn scan_doc(doc: &Doc, rules: &Rules) -> Vec<Finding> {
    let source = Source::new(doc.text.as_bytes(), Charset::Utf8);
    let columns = Columns::of_doc(doc, rules);
    let findings = find(&source, &columns, rules).into_iter().map(|(found, rule)| {
        let place = place_in(doc, found.at.start);
        made(&source, &found, rule, place)
    });
    findings.collect()
}

/// Scans the name of a file or folder for state-secret marks.
pub fn scan_name(name: &str, rules: &Rules) -> Option<Finding> {
    let rule = rules.anchored(|anchor| matches!(anchor, Anchor::Mark))?;
    let confidence = rules.marks.as_ref()?.in_name(name)?;
    let place = Place { in_name: true, ..Place::default() };
    Some(Finding { kind: rule.kind, rule: rule.id.clone(), confidence, place, masked: None })
}

fn made(source: &Source<'_>, found: &Found, rule: &Rule, place: Place) -> Finding {
    let masked = match rule.anchor {
        Anchor::Mark => None,
        _ => Some(mask(&source.text(found.at.clone()))),
    };
    Finding { kind: rule.kind, rule: rule.id.clone(), confidence: found.confidence, place, masked }
}

fn find<'a>(source: &Source<'_>, columns: &Columns, rules: &'a Rules) -> Vec<(Found, &'a Rule)> {
    let mut all = numbers(source, columns, rules);
    for at in 0..rules.iter().count() {
        let confidence = rules.rule(at).labelled;
        match rules.rule(at).anchor {
            Anchor::Email => {
                let places = email::places(&source.view).into_iter();
                all.extend(places.map(|place| Found { rule: at, confidence, at: place }));
            }
            Anchor::Mark => {
                let marks = rules.marks.as_ref().map(|marks| marks.find(source)).unwrap_or_default();
                all.extend(marks.into_iter().map(|(place, confidence)| Found { rule: at, confidence, at: place }));
            }
            Anchor::Digits { .. } => {}
        }
    }
    all.sort_by_key(|found| (found.at.start, found.at.end, found.rule));
    all.into_iter()
        .map(|found| {
            let rule = rules.rule(found.rule);
            (found, rule)
        })
        .collect()
}

fn numbers(source: &Source<'_>, columns: &Columns, rules: &Rules) -> Vec<Found> {
    let mut all = Vec::new();
    digits::for_each_run(&source.view, |run| {
        let mut first = 0;
        while first < run.len() {
            match number_at(source, columns, rules, run, first) {
                Some((found, n_groups)) => {
                    all.push(found);
                    first += n_groups;
                }
                None => first += 1,
            }
        }
    });
    all
}

/// The number that begins with this group, and how many groups it takes.
fn number_at(source: &Source<'_>, columns: &Columns, rules: &Rules, run: &Run, first: usize) -> Option<(Found, usize)> {
    for shape in &rules.shapes {
        if first + shape.groups.len() > run.len() || !digits::fits(&source.view, run, first, &shape.groups) {
            continue;
        }
        let groups = &run[first..first + shape.groups.len()];
        let at = groups[0].start..groups[groups.len() - 1].end;
        if !stands_alone(source, &at) {
            continue;
        }
        let value: Vec<u8> = groups.iter().flat_map(|group| source.view[group.clone()].iter().copied()).collect();
        let valid = shape.rules.iter().copied().filter(|taker| match &rules.rule(taker.rule).anchor {
            Anchor::Digits { validators } => validators.iter().all(|validator| (validator.holds)(&value)),
            _ => false,
        });
        let valid: Vec<Taker> = valid.collect();
        if valid.is_empty() {
            continue;
        }
        let crowded = groups.len() > 1 && source.view[groups[0].end] == b' ' && in_table(source, &at);
        if let Some((rule, confidence)) = decide(source, columns, rules, &at, &valid, !crowded) {
            let plus = at.start > 0 && source.view[at.start - 1] == b'+';
            let at = at.start - usize::from(plus)..at.end;
            return Some((Found { rule, confidence, at }, groups.len()));
        }
    }
    None
}

/// True where nothing beside the number makes it a part of something longer: a word, a path, a decimal, an address.
fn stands_alone(source: &Source<'_>, at: &Range<usize>) -> bool {
    let view = &source.view;
    let before = at.start.checked_sub(1).map(|at| view[at]);
    let code = |at: usize| view.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let bad_before = match before {
        Some(b'/' | b'\\' | b'@' | b'#' | b'%' | b'`') => true,
        // "HD-…" and "x.…" are codes, "số -…" is not.
        Some(b'-' | b'.') => at.start >= 2 && code(at.start - 2),
        _ => source.is_word(at.start, true),
    };
    let bad_after = match view.get(at.end) {
        Some(b'/' | b'\\' | b'@' | b'%') => true,
        Some(b'.' | b'-' | b':') => code(at.end + 1),
        _ => source.is_word(at.end, false),
    };
    !bad_before && !bad_after
}

/// True where a blank and another number stand beside: what looks like groups of one number may be cells of a table.
fn in_table(source: &Source<'_>, at: &Range<usize>) -> bool {
    let view = &source.view;
    let is_number = |token: &[u8]| token.iter().any(u8::is_ascii_digit);
    let before = view[..at.start]
        .strip_suffix(b" ")
        .and_then(|rest| rest.rsplit(|byte| !byte.is_ascii_alphanumeric()).next())
        .is_some_and(is_number);
    let after =
        view[at.end..].strip_prefix(b" ").and_then(|rest| rest.split(|byte| !byte.is_ascii_alphanumeric()).next()).is_some_and(is_number);
    before || after
}

/// Which of the rules whose digits are valid is meant, and how sure that is; `alone`: whether a number without a label counts.
fn decide(
    source: &Source<'_>,
    columns: &Columns,
    rules: &Rules,
    at: &Range<usize>,
    valid: &[Taker],
    alone: bool,
) -> Option<(usize, Confidence)> {
    let labels = labels(source, columns, rules, at);
    let mut best: Option<(bool, Confidence, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>)> = None;
    for Taker { rule, labelled_only } in valid {
        let nearest = |role| {
            let own = labels.hits.iter().filter(|hit| hit.rule == *rule && hit.role == role);
            own.max_by_key(|hit| (hit.end, hit.end - hit.start))
        };
        let (context, exclude) = (nearest(Role::Context), nearest(Role::Exclude));
        let rank = |hit: Option<&Hit>| hit.map(|hit| (hit.end, hit.end - hit.start));
        let answer = if exclude.is_some() && rank(exclude) >= rank(context) {
            None
        } else if let Some(context) = context {
            Some((true, rules.rule(*rule).labelled, labels.end.saturating_sub(context.end)))
        } else if labels.claimed_by_other(*rule) {
            None
        } else {
            rules.rule(*rule).alone.filter(|_| alone && !labelled_only).map(|confidence| (false, confidence, usize::MAX))
        };
        if let Some((labelled, confidence, distance)) = answer {
            best = best.max(Some((labelled, confidence, std::cmp::Reverse(distance), std::cmp::Reverse(*rule))));
        }
    }
    best.map(|(_, confidence, _, rule)| (rule.0, confidence))
}

/// The rules' words around a number.
struct Labels {
    hits: Vec<Hit>,
    /// Where the number begins in the folded text before it.
    end: usize,
    /// Where, in that text, the last digit before the number stands: a label before it has served already.
    last_digit: usize,
}

impl Labels {
    fn claimed_by_other(&self, rule: usize) -> bool {
        self.hits
            .iter()
            .any(|hit| hit.rule != rule && hit.role == Role::Context && hit.end >= self.last_digit && self.end - hit.end <= CLAIM)
    }
}

fn labels(source: &Source<'_>, columns: &Columns, rules: &Rules, at: &Range<usize>) -> Labels {
    // The header of a column says what its cells are, more surely than the cells beside it.
    if let Some(hits) = columns.hits(source, at.start).filter(|hits| !hits.is_empty()) {
        let end = hits.iter().map(|hit| hit.end).max().unwrap_or(0);
        return Labels { hits: hits.to_vec(), end, last_digit: 0 };
    }
    let before = source.text(at.start.saturating_sub(BEFORE)..at.start);
    let Looked { text, mut hits } = rules.look(own_lines(&before));
    let last_digit = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    if hits.is_empty() {
        let line = source.line(at.end, AFTER);
        let after = rules.look(&source.text(at.end..line.end));
        let near = after.hits.into_iter().filter(|hit| {
            let between = &after.text[..hit.start];
            hit.start <= NEAR_AFTER && hit.role == Role::Context && !between.contains(|c: char| c.is_ascii_digit())
        });
        hits.extend(near.map(|hit| Hit { start: 0, end: 0, ..hit }));
    }
    Labels { hits, end: text.len(), last_digit }
}

/// The part of the text before a number where its label may stand: its own line, and the line above where its own has no
/// words and the one above no number.
fn own_lines(before: &str) -> &str {
    let Some((above, own)) = before.rsplit_once(['\n', '\r']) else { return before };
    if own.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
        return own;
    }
    let above = above.trim_end();
    let line = above.rsplit_once(['\n', '\r']).map_or(above, |(_, line)| line);
    if line.chars().filter(char::is_ascii_digit).count() >= 6 {
        return own;
    }
    &before[above.len() - line.len()..]
}

/// The page, block and cell of a place in a document.
fn place_in(doc: &Doc, at: usize) -> Place {
    let index = doc.blocks.partition_point(|block| block.span.end < at);
    let Some(block) = doc.blocks.get(index) else { return Place::default() };
    let cell = match block.kind {
        BlockKind::Cell { table, row, column } => Some(format!("{}!{}{}", table + 1, letters(column), row + 1)),
        _ => None,
    };
    let line = u32::try_from(index + 1).ok().filter(|_| cell.is_none());
    Place { page: block.page, line, cell, ..Place::default() }
}

/// Column 0 is A, 26 is AA.
fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        name.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    name.iter().rev().collect()
}

/// Counts lines forward, for places that come in order.
#[derive(Default)]
struct LineCounter {
    at: usize,
    lines: u32,
}

impl LineCounter {
    fn at(&mut self, source: &Source<'_>, place: usize) -> u32 {
        let passed = memchr::memchr_iter(b'\n', &source.view[self.at..place]).count();
        self.lines += u32::try_from(passed).unwrap_or(u32::MAX);
        self.at = place;
        self.lines + 1
    }
}
