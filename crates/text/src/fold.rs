//! Forms of a text for comparing, searching and sorting; the text itself stays as its author wrote it.
//!
//! [`fold`] brings case and the two ways of placing tones together (`hòa`, `HOÀ` → `hoà`), [`search_key`] also takes
//! accents off, [`sort_key`] sorts like a Vietnamese dictionary. [`fold_with_map`] and [`search_key_with_map`] tell where
//! a hit stands in the original. Not for display.

use crate::letters::{self, Letter};
use crate::normalize::{is_ignorable, is_plain};
use crate::syllable;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

mod sort;
pub use sort::sort_key;

/// The text in NFC and small letters, every tone in its new place, Ð as đ, plain blanks, nothing invisible.
///
/// `fold("Ủy ban, HÒA")` is `"uỷ ban, hoà"`; `quý`, `qua`, `già` stay, because there the first vowel is no vowel.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    walk(text, |c, _| out.push(c));
    out
}

/// [`fold`] without accents, `đ` as `d`, quotes and dashes as on a keyboard, blanks folded to one and trimmed.
///
/// `search_key("  Đảng uỷ\u{A0}xã ")` is `"dang uy xa"`.
pub fn search_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    search_walk(text, |c, _| out.push(c));
    out
}

/// [`fold`] that remembers where everything came from.
pub fn fold_with_map(text: &str) -> Mapped {
    let mut mapped = Mapped::with_capacity(text.len());
    walk(text, |c, from| mapped.push(c, from));
    mapped
}

/// [`search_key`] that remembers where everything came from: to show a hit in the text as it was written.
pub fn search_key_with_map(text: &str) -> Mapped {
    let mut mapped = Mapped::with_capacity(text.len());
    search_walk(text, |c, from| mapped.push(c, from));
    mapped
}

/// A folded text with the way back to its original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapped {
    pub text: String,
    /// For each byte of `text` the bytes of the original that its character came from.
    origins: Vec<(u32, u32)>,
}

impl Mapped {
    fn with_capacity(bytes: usize) -> Mapped {
        Mapped { text: String::with_capacity(bytes), origins: Vec::with_capacity(bytes) }
    }

    fn push(&mut self, c: char, from: Range<usize>) {
        self.text.push(c);
        // Texts over 4 GiB are refused long before this by every reader's limits; their far end maps to the limit.
        let narrow = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.origins.resize(self.text.len(), (narrow(from.start), narrow(from.end)));
    }

    /// Bytes of the original that a stretch of [`Mapped::text`] came from. An empty stretch maps to an empty one.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        let end_of_all = self.origins.last().map_or(0, |(_, end)| *end);
        let start = self.origins.get(folded.start).map_or(end_of_all, |(start, _)| *start) as usize;
        let last = folded.end.checked_sub(1).filter(|last| *last >= folded.start);
        let end = last.and_then(|last| self.origins.get(last)).map_or(start, |(_, end)| *end as usize);
        start..end.max(start)
    }

    /// Where `needle`, folded the same way, stands in the original.
    pub fn find_all(&self, needle: &str) -> Vec<Range<usize>> {
        let hits = self.text.match_indices(needle).filter(|_| !needle.is_empty());
        hits.map(|(at, hit)| self.original(at..at + hit.len())).collect()
    }
}

/// One letter that waits for its word to end, with its place in the original.
type Waiting = (Letter, Range<usize>);

/// The word being read: letters wait, because the tone may move to another one.
#[derive(Default)]
struct Word {
    letters: [Waiting; syllable::LONGEST],
    length: usize,
    /// The word grew longer than any syllable: its letters pass as they are.
    too_long: bool,
}

impl Word {
    fn push(&mut self, letter: Letter, from: Range<usize>, emit: &mut impl FnMut(char, Range<usize>)) {
        if self.length == syllable::LONGEST {
            self.release(emit);
            self.too_long = true;
        }
        if self.too_long {
            emit(letters::character(letter), from);
        } else {
            self.letters[self.length] = (letter, from);
            self.length += 1;
        }
    }

    fn end(&mut self, emit: &mut impl FnMut(char, Range<usize>)) {
        if !self.too_long {
            self.place_tone();
        }
        self.release(emit);
        self.too_long = false;
    }

    fn release(&mut self, emit: &mut impl FnMut(char, Range<usize>)) {
        for (letter, from) in &mut self.letters[..self.length] {
            emit(letters::character(*letter), from.clone());
        }
        self.length = 0;
    }

    fn place_tone(&mut self) {
        let word = &mut self.letters[..self.length];
        let mut toned = word.iter().enumerate().filter(|(_, (letter, _))| letter.tone != 0).map(|(place, _)| place);
        // No tone or two: nothing to move.
        let (Some(old), None) = (toned.next(), toned.next()) else { return };
        let vowel_at = |place: usize| word.get(place).is_some_and(|(letter, _)| letters::is_vowel(letter.base));
        let alone = !vowel_at(old + 1) && (old == 0 || !vowel_at(old - 1));
        if alone {
            return;
        }
        let mut bare = [Letter::default(); syllable::LONGEST];
        for (slot, (letter, _)) in bare.iter_mut().zip(word.iter()) {
            *slot = *letter;
        }
        if let Some(new) = syllable::tone_place(&bare[..word.len()]).filter(|new| *new != old) {
            word[new].0.tone = word[old].0.tone;
            word[old].0.tone = 0;
        }
    }
}

/// Gives out the folded characters, each with the bytes of the original that it came from.
fn walk(text: &str, mut emit: impl FnMut(char, Range<usize>)) {
    let mut word = Word::default();
    if text.chars().all(is_plain) {
        for (at, c) in text.char_indices() {
            step(c, at..at + c.len_utf8(), &mut word, &mut emit);
        }
    } else {
        for cluster in clusters(text) {
            // Some letters exist whole only when small (ẗ): small first, then composed.
            let small = text[cluster.clone()].chars().filter(|c| !is_ignorable(*c)).nfc().flat_map(char::to_lowercase);
            for c in small.nfc() {
                step(c, cluster.clone(), &mut word, &mut emit);
            }
        }
    }
    word.end(&mut emit);
}

fn step(c: char, from: Range<usize>, word: &mut Word, emit: &mut impl FnMut(char, Range<usize>)) {
    if let Some(letter) = letters::letter(c) {
        word.push(Letter { upper: false, ..letter }, from, emit);
        return;
    }
    match c {
        // Ð and ð are letters of Icelandic that many keyboards offered for đ.
        '\u{D0}' | '\u{F0}' | '\u{189}' | '\u{256}' => {
            word.push(letters::letter('đ').unwrap_or_default(), from, emit);
        }
        _ if is_ignorable(c) => {}
        // A letter with a mark that is not of Vietnamese: the word is foreign, its tones stay.
        _ if is_combining_mark(c) => {
            word.release(emit);
            emit(c, from);
        }
        _ => {
            word.end(emit);
            if c.is_ascii() {
                emit(c, from);
            } else if c.is_whitespace() {
                emit(' ', from);
            } else {
                for small in c.to_lowercase() {
                    emit(small, from.clone());
                }
            }
        }
    }
}

/// Stretches of one character and what follows on it: marks, and signs that show nothing.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut chars = text.get(at..)?.char_indices();
        chars.next()?;
        let length = chars.find(|(_, c)| !is_combining_mark(*c) && !is_ignorable(*c)).map_or(text.len() - at, |(length, _)| length);
        at += length;
        Some(at - length..at)
    })
}

fn search_walk(text: &str, mut emit: impl FnMut(char, Range<usize>)) {
    let mut blank: Option<Range<usize>> = None;
    let mut started = false;
    walk(text, |c, from| {
        if is_combining_mark(c) {
            return;
        }
        if c.is_whitespace() {
            blank = started.then(|| blank.as_ref().map_or(from.start, |blank| blank.start)..from.end);
            return;
        }
        if let Some(blank) = blank.take() {
            emit(' ', blank);
        }
        started = true;
        match bare(c) {
            Some(c) => emit(c, from),
            None => decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    emit(part, from.clone());
                }
            }),
        }
    });
}

/// A character without accents; `None` for those that only Unicode can take apart.
fn bare(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    if let Some(letter) = letters::letter(c) {
        return Some(char::from(letters::ASCII[usize::from(letter.base)]));
    }
    match c {
        '‘' | '’' | '‚' | '′' => Some('\''),
        '“' | '”' | '„' | '″' | '«' | '»' => Some('"'),
        '‐'..='―' | '−' => Some('-'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
