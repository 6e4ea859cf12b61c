//! The words that rules know, as numbers: a message is compared with thousands of phrases, and numbers compare fast.

use std::collections::HashMap;

/// A word of the rules; 0 is any other word.
pub(crate) type Word = u32;

/// No word of any rule.
pub(crate) const OTHER: Word = 0;
/// A link, a telephone number, a sum of money, any other number: each is one word to the rules.
pub(crate) const LINK: Word = 1;
pub(crate) const PHONE: Word = 2;
pub(crate) const MONEY: Word = 3;
pub(crate) const NUMBER: Word = 4;
const FIRST: Word = 5;

/// What stands for a link, a number or a sum among words.
pub(crate) fn name(kind: Word) -> &'static str {
    match kind {
        LINK => "<link>",
        PHONE => "<phone>",
        MONEY => "<money>",
        _ => "<number>",
    }
}

/// Longest word, in letters, that is taken apart into words written without blanks.
const MAX_GLUED: usize = 40;

/// All words of all rules, without accents.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashMap<Box<str>, Word>,
    /// Letters of the longest word.
    longest: usize,
}

impl Lexicon {
    /// The number of a word of a rule, new or known.
    pub(crate) fn learn(&mut self, plain: &str) -> Word {
        self.longest = self.longest.max(plain.len());
        let next = FIRST + Word::try_from(self.words.len()).unwrap_or(Word::MAX - FIRST);
        *self.words.entry(plain.into()).or_insert(next)
    }

    /// The number of a word of a message.
    pub(crate) fn word(&self, plain: &str) -> Word {
        self.words.get(plain).copied().unwrap_or(OTHER)
    }

    /// Where a word that was written without blanks falls into known words: ends of its parts, in bytes.
    /// `None` when it does not. Of several ways the one with the longest first parts is taken.
    pub(crate) fn split(&self, glued: &str) -> Option<Vec<usize>> {
        if !glued.is_ascii() || glued.len() > MAX_GLUED {
            return None;
        }
        // `reached[at]`: from where a known word leads there.
        let mut from: Vec<Option<usize>> = vec![None; glued.len() + 1];
        let mut open = vec![false; glued.len() + 1];
        open[glued.len()] = true;
        for start in (0..glued.len()).rev() {
            let longest = self.longest.min(glued.len() - start);
            let end =
                (2..=longest).rev().map(|length| start + length).find(|end| open[*end] && self.words.contains_key(&glued[start..*end]));
            (open[start], from[start]) = (end.is_some(), end);
        }
        let mut ends = Vec::new();
        let mut at = 0;
        while at < glued.len() {
            at = from[at]?;
            ends.push(at);
        }
        Some(ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_written_as_one_fall_apart() {
        let mut lexicon = Lexicon::default();
        for word in ["chuyen", "khoan", "tien", "ti"] {
            lexicon.learn(word);
        }
        assert_eq!(lexicon.split("chuyenkhoan"), Some(vec![6, 11]));
        assert_eq!(lexicon.split("tien"), Some(vec![4]));
        assert_eq!(lexicon.split("chuyenx"), None);
        assert_eq!(lexicon.split(""), Some(vec![]));
    }
}
