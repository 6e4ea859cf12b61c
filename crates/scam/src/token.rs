//! A message as words without disguise: accents off, short forms spelled out, letters that were spread out or written as
//! digits brought back, words that were glued together taken apart. Each word knows where it stands in the message.

use std::ops::Range;

use text::fold::{Mapped, fold_with_map, search_key};

use crate::abbreviations;
use crate::entity::Entity;
use crate::lexicon::{Lexicon, OTHER, Word, name};

/// One word of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) word: Word,
    /// The word without accents; what is no word has a name: `<link>`.
    pub(crate) plain: Box<str>,
    /// The word with its accents, where the message has accents at all.
    pub(crate) accented: Option<Box<str>>,
    /// Bytes of the message.
    pub(crate) at: Range<usize>,
    /// A sentence ends before it.
    pub(crate) begins: bool,
    /// Stands between quotation marks, as somebody else's words.
    pub(crate) quoted: bool,
}

/// A word as it stands in the folded text.
struct Raw<'a> {
    text: &'a str,
    /// Bytes of the folded text.
    at: Range<usize>,
    begins: bool,
}

/// Least length of a word that may be several words without blanks.
const GLUED: usize = 6;
/// Fewest single letters in a row that are one word spread out.
const SPREAD: usize = 3;

/// The words of a message. What `entities` cover is one word each.
pub(crate) fn tokens(message: &str, entities: &[Entity], lexicon: &Lexicon) -> Vec<Token> {
    let folded = fold_with_map(message);
    let raw = words(&folded);
    let marked = raw.iter().filter(|word| !word.text.is_ascii()).count();
    let has_accents = marked * 5 >= raw.len();
    let mut out = Out { folded: &folded, lexicon, has_accents, all: Vec::with_capacity(raw.len() + 8) };
    let mut entities = entities.iter().peekable();
    let mut at = 0;
    while at < raw.len() {
        let from = folded.original(raw[at].at.clone());
        if let Some(entity) = entities.next_if(|entity| entity.at.start < from.end) {
            let covered = raw[at..].iter().take_while(|word| folded.original(word.at.clone()).start < entity.at.end).count();
            out.all.push(Token {
                word: entity.kind,
                plain: name(entity.kind).into(),
                accented: None,
                at: entity.at.clone(),
                begins: raw[at].begins,
                quoted: false,
            });
            at += covered.max(1);
            continue;
        }
        let spread = spread(&raw[at..], &folded.text);
        if spread >= SPREAD && out.spread(&raw[at..at + spread]) {
            at += spread;
        } else {
            out.word(&raw[at]);
            at += 1;
        }
    }
    let mut all = out.all;
    for quote in quotes(message) {
        all.iter_mut().filter(|token| quote.contains(&token.at.start)).for_each(|token| token.quoted = true);
    }
    all
}

/// Most bytes between two quotation marks that belong together.
const LONGEST_QUOTE: usize = 400;

/// Bytes between quotation marks.
fn quotes(message: &str) -> Vec<Range<usize>> {
    let mut quotes = Vec::new();
    let mut opened: Option<(usize, char)> = None;
    for (at, c) in message.char_indices() {
        match (c, opened) {
            ('“' | '«', _) => opened = Some((at, c)),
            ('"', None) => opened = Some((at, c)),
            ('"' | '”' | '»', Some((from, _))) => {
                if at - from <= LONGEST_QUOTE {
                    quotes.push(from..at);
                }
                opened = None;
            }
            _ => {}
        }
    }
    quotes
}

/// Stretches of letters and digits of the folded text.
fn words(folded: &Mapped) -> Vec<Raw<'_>> {
    let text = folded.text.as_str();
    let mut words: Vec<Raw<'_>> = Vec::with_capacity(text.len() / 4);
    let mut start = None;
    let mut end_before = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let between = &text[end_before..from];
                let begins = words.is_empty() || ends_sentence(between);
                words.push(Raw { text: &text[from..at], at: from..at, begins });
                (start, end_before) = (None, at);
            }
            _ => {}
        }
    }
    words
}

/// Whether a sentence ends in what stands between two words: a stop with a blank after it, or a new line.
fn ends_sentence(between: &str) -> bool {
    between.contains(['\n', '!', '?', '…']) || between.contains(". ") || between.contains("; ")
}

/// How many words from here are single letters with one sign or blank between each two.
fn spread(words: &[Raw<'_>], text: &str) -> usize {
    let is_single = |word: &Raw<'_>| word.text.chars().count() == 1;
    let mut count = 0;
    for (word, next) in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
        if !is_single(word) {
            break;
        }
        count += 1;
        let Some(next) = next else { break };
        let between = &text[word.at.end..next.at.start];
        if between.chars().count() > 1 && between.trim() != between.trim_matches(['.', '-', '_', '*', '|', '/']) || between.len() > 3 {
            break;
        }
    }
    count
}

struct Out<'a> {
    folded: &'a Mapped,
    lexicon: &'a Lexicon,
    has_accents: bool,
    all: Vec<Token>,
}

impl Out<'_> {
    fn push(&mut self, plain: &str, accented: Option<&str>, at: Range<usize>, begins: bool) {
        let accented = accented.filter(|_| self.has_accents).map(Box::from);
        self.all.push(Token { word: self.lexicon.word(plain), plain: plain.into(), accented, at, begins, quoted: false });
    }

    fn word(&mut self, raw: &Raw<'_>) {
        let plain = search_key(raw.text);
        let at = self.folded.original(raw.at.clone());
        if let Some(words) = abbreviations::spelled_out(&plain) {
            for (n, word) in words.iter().enumerate() {
                self.push(word, None, at.clone(), raw.begins && n == 0);
            }
            return;
        }
        if self.lexicon.word(&plain) != OTHER {
            return self.push(&plain, Some(raw.text), at, raw.begins);
        }
        let undone = undigit(&plain);
        let known = undone.as_deref().unwrap_or(&plain);
        if undone.is_some() && self.lexicon.word(known) != OTHER {
            return self.push(known, None, at, raw.begins);
        }
        if known.len() >= GLUED && self.split(known, &raw.at, raw.begins) {
            return;
        }
        self.push(&plain, Some(raw.text), at, raw.begins);
    }

    /// Several words that were written as one.
    fn split(&mut self, glued: &str, from: &Range<usize>, begins: bool) -> bool {
        let Some(ends) = self.lexicon.split(glued).filter(|ends| ends.len() > 1) else { return false };
        let at = self.folded.original(from.clone());
        let mut start = 0;
        for end in ends {
            self.push(&glued[start..end], None, at.clone(), begins && start == 0);
            start = end;
        }
        true
    }

    /// One word or several whose letters were spread out; false when nothing known comes of it.
    fn spread(&mut self, letters: &[Raw<'_>]) -> bool {
        let joined: String = letters.iter().map(|letter| search_key(letter.text)).collect();
        let from = letters[0].at.start..letters[letters.len() - 1].at.end;
        if self.lexicon.word(&joined) != OTHER {
            let at = self.folded.original(from);
            self.push(&joined, None, at, letters[0].begins);
            return true;
        }
        self.split(&joined, &from, letters[0].begins)
    }
}

/// A word with digits in the place of letters; `None` where there are none, or nothing else.
fn undigit(plain: &str) -> Option<String> {
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits == plain.len() || digits > plain.len() / 2 {
        return None;
    }
    let letter = |c: char| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        other => other,
    };
    Some(plain.chars().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity;

    fn read(message: &str) -> String {
        let mut lexicon = Lexicon::default();
        let known = "công an chuyển khoản tiền mã otp số tài khoản không cung cấp ngân hàng khóa bị trúng thưởng";
        let mut names = std::collections::BTreeMap::new();
        for word in known.split(' ') {
            let plain = search_key(word);
            names.insert(lexicon.learn(&plain), plain);
        }
        let (entities, _) = entity::find(message);
        let tokens = tokens(message, &entities, &lexicon);
        let name = |token: &Token| names.get(&token.word).cloned().unwrap_or_else(|| format!("<{}>", &message[token.at.clone()]));
        tokens.iter().map(|token| format!("{}{}", if token.begins { "| " } else { "" }, name(token))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn disguises_come_off() {
        assert_eq!(read("Công an. Chuyển khoản"), "| cong an | chuyen khoan");
        assert_eq!(read("C.ô.n.g a.n"), "| cong an");
        assert_eq!(read("c ô n g a n"), "| cong an");
        assert_eq!(read("chuyenkhoan tien"), "| chuyen khoan tien");
        assert_eq!(read("ma 0TP, kh0a"), "| ma otp khoa");
        assert_eq!(read("O-T-P"), "| otp");
        assert_eq!(read("ko cung cap stk"), "| khong cung cap so tai khoan");
        assert_eq!(read("chuy\u{200B}ển kho\u{200B}ản"), "| chuyen khoan");
        assert_eq!(read("bị khóa tại abc.top 500k"), "| bi khoa tai <abc.top> <500k>");
    }
}
