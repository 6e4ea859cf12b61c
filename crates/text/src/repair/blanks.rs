//! Blanks that a PDF lost after an accented vowel: `Đểbảo đảm` is `Để bảo đảm`.
//!
//! A word is only taken apart when it is no syllable itself and every piece is one, and only in a text where that
//! happens again and again. Not for text that lost all its blanks.

use crate::letters::{self, Letter};
use crate::syllable;

/// Whether the text shows the damage: at least five words, and one in a hundred.
pub(super) fn are_lost<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut broken, mut all) = (0, 0);
    for line in lines {
        for word in line.split(|c: char| !c.is_alphabetic()) {
            all += usize::from(!word.is_empty());
            broken += usize::from(cuts(word).is_some());
        }
    }
    broken >= 5 && broken * 100 >= all
}

/// The line with the lost blanks put back.
pub(super) fn put_back(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while !rest.is_empty() {
        let word_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        let mut from = 0;
        for cut in cuts(word).unwrap_or_default() {
            out.push_str(&word[from..cut]);
            out.push(' ');
            from = cut;
        }
        out.push_str(&word[from..]);
        let other_end = after.find(char::is_alphabetic).unwrap_or(after.len());
        out.push_str(&after[..other_end]);
        rest = &after[other_end..];
    }
    out
}

pub(super) fn is_syllable(word: &str) -> bool {
    let known: Option<Vec<Letter>> = word.chars().map(letters::letter).collect();
    known.is_some_and(|known| syllable::is_valid(&known))
}

/// An abbreviation in capitals, as `UBND`.
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_uppercase)
}

/// Byte places where blanks are missing; `None` when the word is whole or cannot be taken apart.
fn cuts(word: &str) -> Option<Vec<usize>> {
    if word.is_ascii() || word.len() < 4 || is_abbreviation(word) || is_syllable(word) {
        return None;
    }
    let places: Vec<usize> = word
        .char_indices()
        .filter(|(_, c)| !c.is_ascii() && letters::letter(*c).is_some_and(|letter| letters::is_vowel(letter.base)))
        .map(|(at, c)| at + c.len_utf8())
        .filter(|&at| at < word.len())
        .collect();
    split(word, 0, &places)
}

/// The fewest cuts among `places` that leave only syllables (and abbreviations).
fn split(word: &str, from: usize, places: &[usize]) -> Option<Vec<usize>> {
    let whole = |piece: &str| is_syllable(piece) || is_abbreviation(piece);
    if from > 0 && whole(&word[from..]) {
        return Some(Vec::new());
    }
    places
        .iter()
        .enumerate()
        .filter(|&(_, &at)| at > from && whole(&word[from..at]))
        .filter_map(|(nth, &at)| {
            let mut cuts = split(word, at, &places[nth + 1..])?;
            cuts.insert(0, at);
            Some(cuts)
        })
        .min_by_key(Vec::len)
}
