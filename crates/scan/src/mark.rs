//! State-secret marks: MẬT, TỐI MẬT, TUYỆT MẬT as the mark of a document, told apart from the same words in prose.
//!
//! A mark stands alone in its line, cell or box, in capitals, or after a label ("Độ mật: …"), or in brackets. Several levels
//! close together are a form or a regulation about marks, not a mark. All words are data ([`Marks`]); nothing of the text is
//! ever kept. Marks that are stamped or drawn as pictures are not seen here.
//!
//! ```text
//! "TỐI MẬT" above "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  →  high      "QUY CHẾ BẢO MẬT"  →  nothing
//! ```

use std::ops::Range;

use memchr::memmem;
use serde::Deserialize;
use text::fold::search_key;
use text::legacy::{self, Charset};
use unicode_normalization::UnicodeNormalization;

use crate::finding::Confidence;
use crate::source::Source;

/// Longest line looked at around a hit, to each side, in bytes of the view.
const LINE_REACH: usize = 400;
/// The surroundings in which a letterhead or another level counts, to each side.
const AROUND: usize = 1_500;
const CLOSE: usize = 500;
/// So many lines from the beginning are the top of a document.
const TOP_LINES: usize = 12;
/// A longer cell, in bytes, is no mark with its frame and no label with its level.
const LONGEST_MARK: usize = 120;
/// A longer line is prose.
const LONGEST_BRACKET_LINE: usize = 200;

/// What may frame a mark: drawn boxes, brackets, dashes.
const FRAME: &[char] =
    &['*', '_', '-', '–', '—', '=', '[', ']', '(', ')', '{', '}', '<', '>', '|', '~', '"', '“', '”', '.', ':', ' ', '\u{a0}'];
/// What separates cells of a letterhead in plain text.
const CELLS: &[&str] = &["\t", "|", "   "];

/// The words of marks, from the rule file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Marks {
    /// In capitals, the word common to all of them last.
    levels: Vec<String>,
    /// Labels before a level: "Độ mật".
    labels: Vec<String>,
    /// Words that may stand beside a level: "KHẨN".
    beside: Vec<String>,
    /// Folded words of a letterhead.
    evidence: Vec<String>,
    /// A stamp that lifts the mark.
    lifted: Vec<String>,
}

/// One candidate before its surroundings are looked at.
struct Candidate {
    at: Range<usize>,
    level: usize,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Alone,
    /// Alone, but the charset cannot show whether it is in capitals.
    AloneSmall,
    Label,
    Bracket,
}

impl Marks {
    /// The marks in a text: places in the view, in order.
    pub(crate) fn find(&self, source: &Source<'_>) -> Vec<(Range<usize>, Confidence)> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut seen = 0;
        for place in self.places(source) {
            let line = source.line(place, LINE_REACH);
            if line.start < seen {
                continue;
            }
            seen = line.end.max(line.start + 1);
            let text = source.text(line.clone());
            if let Some((level, form)) = self.in_line(&text, source.charset) {
                candidates.push(Candidate { at: self.level_place(source, &line, level), level, form });
            }
        }
        let judged = candidates.iter().map(|one| (one.at.clone(), self.judge(source, one, &candidates)));
        judged.filter_map(|(at, confidence)| Some((at, confidence?))).collect()
    }

    /// A level in brackets, or in capitals between joining signs, in the name of a file.
    pub(crate) fn in_name(&self, name: &str) -> Option<Confidence> {
        let name = legacy::decode(name.as_bytes(), Charset::Utf8);
        let marked = name.split(['(', '[', '{']).skip(1).filter_map(|part| part.split([')', ']', '}']).next());
        let bracketed = marked.map(str::trim).any(|part| self.level_of(&part.to_uppercase()).is_some());
        let joined = name.split(['_', '-', '.', '+']).map(str::trim).any(|part| self.level_of(part).is_some());
        (bracketed || joined).then_some(Confidence::Medium)
    }

    /// Where the last word of a level stands in the bytes, in the forms that the charset has for it.
    fn places(&self, source: &Source<'_>) -> Vec<usize> {
        let Some(word) = self.levels.iter().filter_map(|level| level.rsplit(' ').next()).next() else { return Vec::new() };
        let small = word.to_lowercase();
        let title: String = word.chars().take(1).chain(small.chars().skip(1)).collect();
        let mut forms: Vec<Vec<u8>> = Vec::new();
        // Letters set apart, as on the covers of reports.
        let spelled = word.chars().map(String::from).collect::<Vec<_>>().join(" ");
        for form in [word, small.as_str(), title.as_str(), spelled.as_str()] {
            forms.extend(legacy::encode(form, source.charset));
            if source.charset == Charset::Utf8 {
                forms.push(decomposed(form).into_bytes());
            }
        }
        forms.sort();
        forms.dedup();
        let mut places: Vec<usize> =
            forms.iter().flat_map(|form| memmem::find_iter(source.raw(), form).map(|at| source.view_of(at..at).start)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The mark that a line is or holds.
    fn in_line(&self, line: &str, charset: Charset) -> Option<(usize, Form)> {
        if let Some(found) = self.alone(line, charset) {
            return Some(found);
        }
        let mut cells: Vec<&str> = vec![line];
        for separator in CELLS {
            cells = cells.into_iter().flat_map(|cell| cell.split(separator)).collect();
        }
        let cells = cells.into_iter().map(str::trim).filter(|cell| !cell.is_empty());
        for cell in cells {
            let found = self.alone(cell, charset).or_else(|| self.label(cell).map(|level| (level, Form::Label)));
            if found.is_some() {
                return found;
            }
        }
        if line.chars().count() > LONGEST_BRACKET_LINE {
            return None;
        }
        let bracketed = line.split(['(', '[']).skip(1).filter_map(|part| part.split([')', ']']).next());
        bracketed.map(str::trim).find_map(|part| self.level_of(part)).map(|level| (level, Form::Bracket))
    }

    /// A level with nothing but a frame and words of urgency around it.
    fn alone(&self, cell: &str, charset: Charset) -> Option<(usize, Form)> {
        let trimmed = cell.trim();
        if trimmed.len() > LONGEST_MARK {
            return None;
        }
        // A list item, unless the dash stands on both sides.
        if trimmed.starts_with(['-', '+', '•', '*', '–']) && !trimmed.ends_with(['-', '+', '•', '*', '–', '=', '_']) {
            return None;
        }
        let bare = trimmed.trim_matches(FRAME);
        let mut words: Vec<&str> = bare.split_whitespace().collect();
        let spelled: String;
        if words.len() > 2 && words.iter().all(|word| word.chars().count() == 1) {
            spelled = words.concat();
            let level = self.levels.iter().position(|level| level.replace(' ', "") == spelled)?;
            return Some((level, Form::Alone));
        }
        let joined = words.join(" ");
        for extra in &self.beside {
            let rest = joined.strip_suffix(extra.as_str()).or_else(|| joined.strip_prefix(extra.as_str()));
            if let Some(rest) = rest {
                words = rest.trim_matches(|c: char| FRAME.contains(&c) || c == '/' || c == ',').split_whitespace().collect();
                break;
            }
        }
        let text = words.join(" ");
        if let Some(level) = self.level_of(&text) {
            return Some((level, Form::Alone));
        }
        // TCVN3 has no capitals with marks; its fonts of capitals show small letters as capitals.
        let level = self.level_of(&text.to_uppercase()).filter(|_| charset == Charset::Tcvn3)?;
        let plain_small = text.chars().any(|c| c.is_ascii_lowercase());
        Some((level, if plain_small { Form::AloneSmall } else { Form::Alone }))
    }

    /// "Độ mật: Tối mật", the level being all that follows.
    fn label(&self, cell: &str) -> Option<usize> {
        let (label, value) = cell.split_once(':').filter(|_| cell.len() <= LONGEST_MARK)?;
        let label = search_key(label.trim_matches(FRAME));
        let value = value.trim_matches(FRAME).to_uppercase();
        self.labels.iter().any(|known| search_key(known) == label).then(|| self.level_of(&value)).flatten()
    }

    fn level_of(&self, text: &str) -> Option<usize> {
        self.levels.iter().position(|level| level == text)
    }

    /// The bytes of the level inside its line, or the line.
    fn level_place(&self, source: &Source<'_>, line: &Range<usize>, level: usize) -> Range<usize> {
        let level = &self.levels[level];
        let raw = source.span(line.clone());
        let lower = level.to_lowercase();
        let mut chars = lower.chars();
        let title: String = level.chars().take(1).chain(chars.by_ref().skip(1)).collect();
        for form in [level, &lower, &title] {
            let composed = legacy::encode(form, source.charset);
            let forms = composed.into_iter().chain((source.charset == Charset::Utf8).then(|| decomposed(form).into_bytes()));
            for form in forms {
                if let Some(at) = memmem::find(&source.raw()[raw.clone()], &form) {
                    return source.view_of(raw.start + at..raw.start + at + form.len());
                }
            }
        }
        line.clone()
    }

    /// How sure the surroundings make it; `None` where they show that it is no mark.
    fn judge(&self, source: &Source<'_>, one: &Candidate, all: &[Candidate]) -> Option<Confidence> {
        let another_level = all.iter().any(|other| other.level != one.level && other.at.start.abs_diff(one.at.start) <= CLOSE);
        if another_level {
            return None;
        }
        let end = source.view.len().min(one.at.end + AROUND);
        let around = source.text(one.at.start.saturating_sub(AROUND)..end);
        let lifted = around.lines().any(|line| self.lifted.iter().any(|stamp| line.trim_matches(FRAME) == stamp));
        if lifted {
            return Some(Confidence::Low);
        }
        let folded = search_key(&around);
        let evidence = self.evidence.iter().any(|words| folded.contains(&search_key(words)));
        let top = memchr::memchr_iter(b'\n', &source.view[..one.at.start]).nth(TOP_LINES).is_none();
        Some(match one.form {
            Form::Alone | Form::Label if evidence => Confidence::High,
            Form::Label if top => Confidence::High,
            Form::Alone | Form::Label if top => Confidence::Medium,
            Form::Label => Confidence::Medium,
            Form::AloneSmall if evidence && top => Confidence::Medium,
            Form::Bracket if evidence || top => Confidence::Medium,
            _ => Confidence::Low,
        })
    }
}

/// The text in Unicode's decomposed form, as macOS and some programs store it.
fn decomposed(text: &str) -> String {
    text.nfd().collect()
}
