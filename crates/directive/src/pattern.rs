//! Small patterns over words, written in the data files: `(trước|xong trước) (hết)? {day}`.
//!
//! A word stands for itself; `(a b|c)` is a choice, `?` makes it optional; slots in braces take a date, a number or
//! any few words of the same clause. Each pattern is unfolded to plain sequences and found by its first word, so that
//! a long list of rules costs one look-up a word. Not a general regular expression.

use crate::dates::{self, Moment};
use crate::lex::{Lexed, UNKNOWN, Vocabulary};
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Word(u32),
    Day,
    Month,
    Quarter,
    Year,
    Number,
    /// At most so many tokens that do not end the clause.
    Gap(usize),
}

/// A rule found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Number of the rule, in the order of adding.
    pub(crate) rule: usize,
    /// Tokens.
    pub(crate) range: Range<usize>,
    /// What a date slot took.
    pub(crate) moment: Option<Moment>,
}

/// A plain sequence with its rule.
type Sequence = (usize, Box<[Part]>);

/// The rule of a pattern that only says what the others do not mean: `dự án` is no `dự`.
pub(crate) const NO_RULE: usize = usize::MAX;

/// Many patterns, found together.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    /// For the number of a first word its place in `buckets`, plus one; zero: no pattern begins so. A letter asks this
    /// a hundred thousand times.
    index: Vec<u16>,
    buckets: Vec<Vec<Sequence>>,
}

impl Patterns {
    /// Adds a pattern for a rule.
    ///
    /// # Errors
    /// What is wrong with the pattern, in words for the author of the rule.
    pub(crate) fn add(&mut self, rule: usize, pattern: &str, vocabulary: &mut Vocabulary) -> Result<(), String> {
        let mut sequences = unfold(pattern, vocabulary)?;
        sequences.sort_by_key(|sequence| std::cmp::Reverse(sequence.len()));
        for sequence in sequences {
            let Some(Part::Word(first)) = sequence.first().copied() else {
                return Err(format!("`{pattern}` does not begin with a word"));
            };
            let bucket = self.bucket_mut(first);
            let place = bucket.partition_point(|(_, other)| other.len() >= sequence.len());
            bucket.insert(place, (rule, sequence.into()));
        }
        Ok(())
    }

    fn bucket_mut(&mut self, first: u32) -> &mut Vec<Sequence> {
        let first = first as usize;
        if self.index.len() <= first {
            self.index.resize(first + 1, 0);
        }
        if self.index[first] == 0 {
            self.buckets.push(Vec::new());
            self.index[first] = u16::try_from(self.buckets.len()).unwrap_or(u16::MAX);
        }
        &mut self.buckets[usize::from(self.index[first]) - 1]
    }

    /// The patterns that begin with a word.
    fn bucket(&self, first: u32) -> Option<&Vec<Sequence>> {
        let place = self.index.get(first as usize).copied()?;
        self.buckets.get(usize::from(place).checked_sub(1)?)
    }

    /// The longest pattern that begins at a token and ends before `end`.
    pub(crate) fn at(&self, lexed: &Lexed<'_>, start: usize, end: usize) -> Option<Found> {
        let first = lexed.tokens.get(start).filter(|token| token.id != UNKNOWN && start < end)?;
        let longest = self.bucket(first.id)?.iter().find_map(|(rule, sequence)| {
            let mut moment = None;
            let stop = follow(sequence, lexed, start, end, &mut moment)?;
            Some(Found { rule: *rule, range: start..stop, moment })
        });
        longest.filter(|found| found.rule != NO_RULE)
    }

    /// Length in tokens of the longest pattern at a token.
    pub(crate) fn length_at(&self, lexed: &Lexed<'_>, start: usize, end: usize) -> Option<usize> {
        self.at(lexed, start, end).map(|found| found.range.len())
    }

    /// Every place where a pattern begins.
    pub(crate) fn all<'a>(&'a self, lexed: &'a Lexed<'_>, range: Range<usize>) -> impl Iterator<Item = Found> + 'a {
        let end = range.end;
        range.filter_map(move |start| self.at(lexed, start, end))
    }

    pub(crate) fn any(&self, lexed: &Lexed<'_>, range: Range<usize>) -> bool {
        self.all(lexed, range).next().is_some()
    }

    /// The rule of the pattern that covers the whole range.
    pub(crate) fn whole(&self, lexed: &Lexed<'_>, range: &Range<usize>) -> Option<usize> {
        let first = lexed.tokens.get(range.start)?;
        self.bucket(first.id)?
            .iter()
            .find_map(|(rule, sequence)| (follow(sequence, lexed, range.start, range.end, &mut None)? == range.end).then_some(*rule))
            .filter(|rule| *rule != NO_RULE)
    }
}

/// Where a sequence ends that begins at `at`.
fn follow(parts: &[Part], lexed: &Lexed<'_>, at: usize, end: usize, moment: &mut Option<Moment>) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    let date = |taken: Option<(Moment, usize)>, moment: &mut Option<Moment>| {
        let (found, stop) = taken?;
        *moment = Some(found);
        follow(rest, lexed, stop, end, moment)
    };
    match *part {
        Part::Word(id) => {
            let token = lexed.tokens.get(at).filter(|_| at < end)?;
            (token.id == id).then(|| follow(rest, lexed, at + 1, end, moment)).flatten()
        }
        Part::Day => date(dates::day(lexed, at, end), moment),
        Part::Month => date(dates::month(lexed, at, end), moment),
        Part::Quarter => date(dates::quarter(lexed, at, end), moment),
        Part::Year => date(dates::year(lexed, at, end), moment),
        Part::Number => {
            let number = lexed.tokens.get(at).filter(|_| at < end)?.shape == crate::lex::Shape::Number;
            number.then(|| follow(rest, lexed, at + 1, end, moment)).flatten()
        }
        Part::Gap(most) => {
            let mut stop = at;
            loop {
                if let Some(found) = follow(rest, lexed, stop, end, moment) {
                    return Some(found);
                }
                if stop >= end || stop - at >= most || lexed.is_sign(stop, &[';', '.', ':', '!', '?']) {
                    return None;
                }
                stop += 1;
            }
        }
    }
}

/// All plain sequences of a pattern.
fn unfold(pattern: &str, vocabulary: &mut Vocabulary) -> Result<Vec<Vec<Part>>, String> {
    let mut sequences: Vec<Vec<Part>> = vec![Vec::new()];
    let mut rest = pattern.trim_start();
    while !rest.is_empty() {
        let (choices, after) = if let Some(inner) = rest.strip_prefix('(') {
            let close = inner.find(')').ok_or_else(|| format!("`{pattern}`: a bracket is not closed"))?;
            let mut choices = inner[..close].split('|').map(|choice| plain(choice, vocabulary)).collect::<Result<Vec<_>, _>>()?;
            let mut after = &inner[close + 1..];
            if let Some(optional) = after.strip_prefix('?') {
                choices.push(Vec::new());
                after = optional;
            }
            (choices, after)
        } else {
            let end = rest.find(' ').unwrap_or(rest.len());
            (vec![plain(&rest[..end], vocabulary)?], &rest[end..])
        };
        sequences = sequences.iter().flat_map(|head| choices.iter().map(move |tail| [head.as_slice(), tail].concat())).collect();
        if sequences.len() > 512 {
            return Err(format!("`{pattern}` unfolds to too many sequences"));
        }
        rest = after.trim_start();
    }
    Ok(sequences)
}

/// Words and slots without choices.
fn plain(words: &str, vocabulary: &mut Vocabulary) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for word in words.split_whitespace() {
        let Some(slot) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) else {
            // The data writes words as people do: `b/c`, `chính trị-xã hội`; take them apart as the text is.
            let known = Vocabulary::default();
            let lexed = Lexed::new(word, &known);
            parts.extend((0..lexed.tokens.len()).map(|token| Part::Word(vocabulary.add(lexed.word(token)))));
            continue;
        };
        parts.push(match slot {
            "day" => Part::Day,
            "month" => Part::Month,
            "quarter" => Part::Quarter,
            "year" => Part::Year,
            "number" => Part::Number,
            _ => {
                let most = slot.strip_prefix("gap").ok_or_else(|| format!("no slot is called `{slot}`"))?;
                Part::Gap(if most.is_empty() { 80 } else { most.parse().map_err(|_| format!("`{slot}` is no gap"))? })
            }
        });
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Option<String> {
        let mut vocabulary = Vocabulary::default();
        dates::add_words(&mut vocabulary);
        let mut patterns = Patterns::default();
        patterns.add(0, pattern, &mut vocabulary).unwrap();
        let lexed = Lexed::new(text, &vocabulary);
        let hit = patterns.all(&lexed, 0..lexed.tokens.len()).next();
        hit.map(|found| lexed.slice(&found.range).to_owned())
    }

    #[test]
    fn choices_options_and_gaps() {
        assert_eq!(found("(trước|xong trước) (hết)? ngày", "hoàn thành XONG TRƯỚC ngày mai").as_deref(), Some("XONG TRƯỚC ngày"));
        assert_eq!(found("giao {gap3} sau", "giao các xã làm việc sau").as_deref(), None);
        assert_eq!(found("giao {gap} sau", "giao các xã làm việc sau").as_deref(), Some("giao các xã làm việc sau"));
        assert_eq!(found("giao {gap} sau", "giao xã; làm sau").as_deref(), None);
        assert_eq!(found("trước {day}", "nộp trước ngày 05/3/2026.").as_deref(), Some("trước ngày 05/3/2026"));
    }

    #[test]
    fn a_longer_word_is_another_word() {
        let mut vocabulary = Vocabulary::default();
        let mut patterns = Patterns::default();
        patterns.add(0, "dự", &mut vocabulary).unwrap();
        patterns.add(NO_RULE, "dự án", &mut vocabulary).unwrap();
        let lexed = Lexed::new("dự án, dự họp", &vocabulary);
        let starts: Vec<usize> = patterns.all(&lexed, 0..lexed.tokens.len()).map(|found| found.range.start).collect();
        assert_eq!(starts, [3]);
    }

    #[test]
    fn mistakes_are_told() {
        let mut vocabulary = Vocabulary::default();
        let mut patterns = Patterns::default();
        for wrong in ["(a|b", "{day} x", "a {none}"] {
            assert!(patterns.add(0, wrong, &mut vocabulary).is_err(), "{wrong}");
        }
    }
}
