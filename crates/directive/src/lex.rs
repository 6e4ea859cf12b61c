//! The text as words, numbers and signs, each with its place and the number of its word in the grammar.
//!
//! Every rule compares numbers, never letters, so that case, tone placement and blanks are settled once, here.
//! Not for meaning. `"Số 57-CT/TW"` is `số` `57` `-` `ct` `/` `tw`.

use std::collections::HashMap;
use std::ops::Range;

/// A word that no rule of the grammar names.
pub(crate) const UNKNOWN: u32 = 0;

/// The words that the grammar knows.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    /// Words of letterhead and signature without their accents, for pages that OCR read badly.
    plain: HashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// The number of a word, a new one when it is not known yet.
    pub(crate) fn add(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.ids.len() + 1).unwrap_or(u32::MAX);
        *self.ids.entry(text::fold::fold(word).into()).or_insert(next)
    }

    /// The number of a word of the text. A word with a capital that nobody knows may be one of the letterhead whose
    /// accents were misread (`GIÁM ĐÓC`, `Noi nhận`).
    pub(crate) fn get(&self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(text::fold::fold(word).as_str()) {
            return *id;
        }
        let capital = word.len() > 2 && word.starts_with(char::is_uppercase) && !self.plain.is_empty();
        let plain = || self.plain.get(text::fold::search_key(word).as_str()).copied();
        capital.then(plain).flatten().unwrap_or(UNKNOWN)
    }

    /// Lets the words of a phrase be known without their accents too.
    pub(crate) fn add_plain(&mut self, phrase: &str) {
        for word in phrase.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2) {
            let id = self.add(word);
            self.plain.entry(text::fold::search_key(word).into()).or_insert(id);
        }
    }
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Small,
    Capital,
    /// Capitals only, at least two letters.
    Upper,
    Number,
    Sign,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) id: u32,
    pub(crate) shape: Shape,
    /// The first character, for signs.
    pub(crate) sign: char,
}

impl Token {
    pub(crate) fn is_sign(&self, signs: &[char]) -> bool {
        self.shape == Shape::Sign && signs.contains(&self.sign)
    }

    pub(crate) fn is_name(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }
}

/// A text with its tokens.
#[derive(Debug)]
pub(crate) struct Lexed<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: Vec<Token>,
    /// For each token how many tokens of a known name begin there; empty as long as no name is known.
    names: Vec<usize>,
}

impl<'t> Lexed<'t> {
    pub(crate) fn new(text: &'t str, vocabulary: &Vocabulary) -> Lexed<'t> {
        let mut tokens = Vec::with_capacity(text.len() / 4);
        // A letter repeats its words: folding each once halves the time of reading.
        let mut seen: HashMap<&str, u32> = HashMap::new();
        let mut rest = text.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            if c.is_whitespace() {
                continue;
            }
            let class = Class::of(c);
            let mut end = start + c.len_utf8();
            while let Some(&(at, next)) = rest.peek().filter(|(_, next)| class.takes(*next)) {
                end = at + next.len_utf8();
                rest.next();
            }
            let word = &text[start..end];
            let id = *seen.entry(word).or_insert_with(|| vocabulary.get(word));
            tokens.push(Token { start, end, id, shape: shape(word, class), sign: c });
        }
        Lexed { text, tokens, names: Vec::new() }
    }

    /// Marks every place where one of these names stands, so that its end is never guessed.
    pub(crate) fn know(&mut self, names: &[String], vocabulary: &Vocabulary) {
        let names: Vec<Lexed<'_>> = names.iter().map(|name| Lexed::new(name, vocabulary)).filter(|name| name.tokens.len() > 1).collect();
        let same = |name: &Lexed<'_>, at: usize| {
            let place = |nth: usize| (self.word(at + nth), name.word(nth));
            name.tokens.len() <= self.tokens.len() - at
                && (0..name.tokens.len()).map(place).all(|(one, other)| one == other || one.to_lowercase() == other.to_lowercase())
        };
        self.names = (0..self.tokens.len())
            .map(|at| {
                names
                    .iter()
                    .filter(|name| self.tokens[at].id == name.tokens[0].id && same(name, at))
                    .map(|name| name.tokens.len())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
    }

    /// Length in tokens of the known name that begins at a token.
    pub(crate) fn name_at(&self, token: usize, end: usize) -> Option<usize> {
        self.names.get(token).copied().filter(|length| *length > 0 && token + length <= end)
    }

    /// The tokens that lie inside a span of bytes.
    pub(crate) fn within(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.start < span.start);
        let end = self.tokens.partition_point(|token| token.end <= span.end);
        start..end.max(start)
    }

    /// Bytes from the first to the last of some tokens.
    pub(crate) fn span(&self, tokens: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start..last.end,
            (Some(first), _) => first.start..first.start,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// The text of some tokens, as printed.
    pub(crate) fn slice(&self, tokens: &Range<usize>) -> &'t str {
        self.text.get(self.span(tokens)).unwrap_or_default()
    }

    /// The same with every run of blanks as one.
    pub(crate) fn string(&self, tokens: &Range<usize>) -> String {
        squeezed(self.slice(tokens))
    }

    pub(crate) fn word(&self, token: usize) -> &'t str {
        self.tokens.get(token).map(|token| &self.text[token.start..token.end]).unwrap_or_default()
    }

    pub(crate) fn number(&self, token: usize) -> Option<u32> {
        let found = self.tokens.get(token)?;
        (found.shape == Shape::Number).then(|| self.word(token).parse().ok()).flatten()
    }

    pub(crate) fn is_sign(&self, token: usize, signs: &[char]) -> bool {
        self.tokens.get(token).is_some_and(|token| token.is_sign(signs))
    }

    /// Whether nothing stands between this token and the one before.
    pub(crate) fn touches_previous(&self, token: usize) -> bool {
        token > 0 && self.tokens.get(token).is_some_and(|found| self.tokens[token - 1].end == found.start)
    }
}

/// Every run of blanks as one, none around.
pub(crate) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Sign,
}

impl Class {
    fn of(c: char) -> Class {
        match c {
            '0'..='9' => Class::Digit,
            c if c.is_alphabetic() || is_mark(c) => Class::Letter,
            _ => Class::Sign,
        }
    }

    fn takes(self, c: char) -> bool {
        self != Class::Sign && Class::of(c) == self
    }
}

/// A combining accent.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn shape(word: &str, class: Class) -> Shape {
    match class {
        Class::Digit => Shape::Number,
        Class::Sign => Shape::Sign,
        Class::Letter => {
            let mut letters = word.chars();
            let capital = letters.next().is_some_and(char::is_uppercase);
            let mut upper = 0;
            let mut small = 0;
            for c in letters {
                if c.is_uppercase() { upper += 1 } else { small += 1 }
            }
            match (capital, upper, small) {
                (true, 1.., 0) => Shape::Upper,
                (true, ..) => Shape::Capital,
                _ => Shape::Small,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_signs() {
        let mut vocabulary = Vocabulary::default();
        let uy = vocabulary.add("ủy");
        let lexed = Lexed::new("Số 57-CT/TW, Đảng UỶ", &vocabulary);
        let words: Vec<&str> = (0..lexed.tokens.len()).map(|token| lexed.word(token)).collect();
        assert_eq!(words, ["Số", "57", "-", "CT", "/", "TW", ",", "Đảng", "UỶ"]);
        assert_eq!(lexed.tokens[8].id, uy);
        assert_eq!(lexed.tokens[7].shape, Shape::Capital);
        assert_eq!(lexed.string(&(0..4)), "Số 57-CT");
    }
}
