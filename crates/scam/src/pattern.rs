//! Phrases: what a rule looks for, written nearly as one would say it.
//!
//! ```text
//! chuyển|gửi ~2 tiền|phí      one of several words, at most two other words, one of several words
//! <pay> ~4 (tài khoản|ví)      one of several phrases
//! bấm|nhấp ~3 <link>          a class: <link>, <phone>, <money>, <number>, or a list of phrases under a name
//! khóa tài? khoản             a word that may be missing
//! ```
//!
//! A gap never reaches over the end of a sentence. Accents count where the message has accents.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use text::fold::{fold, search_key};

use crate::lexicon::{LINK, Lexicon, MONEY, NUMBER, PHONE, Word};
use crate::token::Token;

/// Widest gap, in words.
const MAX_GAP: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Word { any: Vec<(Word, Option<Box<str>>)>, optional: bool },
    Class { any: Arc<[Pattern]>, optional: bool },
    Gap(usize),
}

/// Lists of phrases under a name.
pub(crate) type Classes = BTreeMap<String, Arc<[Pattern]>>;

impl Pattern {
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(phrase: &str, classes: &Classes, lexicon: &mut Lexicon) -> Result<Pattern, String> {
        let steps = parts(phrase).map(|part| step(part, classes, lexicon)).collect::<Result<Vec<_>, _>>()?;
        let is_firm = |step: Option<&Step>| matches!(step, Some(Step::Word { optional: false, .. } | Step::Class { optional: false, .. }));
        if is_firm(steps.first()) && is_firm(steps.last()) {
            Ok(Pattern { steps })
        } else {
            Err(format!("{phrase}: begins and ends with a word that must be there"))
        }
    }

    /// The words with which it can begin.
    pub(crate) fn first(&self) -> Vec<Word> {
        match self.steps.first() {
            Some(Step::Word { any, .. }) => any.iter().map(|(word, _)| *word).collect(),
            Some(Step::Class { any, .. }) => any.iter().flat_map(Pattern::first).collect(),
            _ => Vec::new(),
        }
    }

    /// The words from `at` on that it covers, the shortest way.
    pub(crate) fn find(&self, tokens: &[Token], at: usize) -> Option<Range<usize>> {
        follow(&self.steps, tokens, at, at).map(|end| at..end)
    }
}

/// The steps of a phrase as they are written: between blanks, but what stands in brackets is one of them.
fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let is_gap = move |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth <= 0 && c.is_whitespace()
    };
    phrase.split(is_gap).filter(|part| !part.is_empty())
}

fn step(part: &str, classes: &Classes, lexicon: &mut Lexicon) -> Result<Step, String> {
    if let Some(width) = part.strip_prefix('~') {
        let width: usize = width.parse().map_err(|_| format!("{part}: no gap"))?;
        return if width <= MAX_GAP { Ok(Step::Gap(width)) } else { Err(format!("{part}: too wide")) };
    }
    let (part, optional) = part.strip_suffix('?').map_or((part, false), |part| (part, true));
    if let Some(phrases) = part.strip_prefix('(').and_then(|part| part.strip_suffix(')')) {
        let any = phrases.split('|').map(|phrase| Pattern::parse(phrase, classes, lexicon)).collect::<Result<_, _>>()?;
        return Ok(Step::Class { any, optional });
    }
    if let Some(name) = part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
        let entity = [("link", LINK), ("phone", PHONE), ("money", MONEY), ("number", NUMBER)].into_iter().find(|(known, _)| *known == name);
        if let Some((_, word)) = entity {
            return Ok(Step::Word { any: vec![(word, None)], optional });
        }
        let any = classes.get(name).ok_or_else(|| format!("{name}: no such class"))?.clone();
        return Ok(Step::Class { any, optional });
    }
    let any = part.split('|').map(|word| {
        let exact = Some(fold(word).into_boxed_str()).filter(|word| !word.is_ascii());
        let plain = search_key(word);
        if plain.is_empty() || plain.contains(' ') { Err(format!("{part}: no word")) } else { Ok((lexicon.learn(&plain), exact)) }
    });
    Ok(Step::Word { any: any.collect::<Result<_, _>>()?, optional })
}

/// Where the steps end, from this word on; `start` is where the whole phrase began.
fn follow(steps: &[Step], tokens: &[Token], start: usize, at: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    match step {
        Step::Gap(width) => {
            let mut reach = (at..=at + width).take_while(|next| *next == at || tokens.get(*next - 1).is_some_and(|token| !token.begins));
            reach.find_map(|next| follow(rest, tokens, start, next))
        }
        Step::Word { any, optional } => {
            let fits = |token: &Token| {
                let same =
                    |(word, exact): &(Word, Option<Box<str>>)| *word == token.word && is_same(exact.as_deref(), token.accented.as_deref());
                (at == start || !token.begins) && any.iter().any(same)
            };
            let taken = tokens.get(at).filter(|token| fits(token)).and_then(|_| follow(rest, tokens, start, at + 1));
            taken.or_else(|| optional.then(|| follow(rest, tokens, start, at)).flatten())
        }
        Step::Class { any, optional } => {
            let may = at == start || tokens.get(at).is_some_and(|token| !token.begins);
            let mut ends = any.iter().filter(|_| may).filter_map(|pattern| follow(&pattern.steps, tokens, at, at));
            let taken = ends.find_map(|end| follow(rest, tokens, start, end));
            taken.or_else(|| optional.then(|| follow(rest, tokens, start, at)).flatten())
        }
    }
}

/// Whether the accents fit: where one of the two has none, they do ("chuyen" typed in haste is "chuyển", but "chuyện" is not).
fn is_same(of_phrase: Option<&str>, of_message: Option<&str>) -> bool {
    match (of_phrase, of_message) {
        (Some(phrase), Some(message)) => message.is_ascii() || phrase == message,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity;
    use crate::token::tokens;

    fn found(phrase: &str, message: &str) -> Option<String> {
        let mut lexicon = Lexicon::default();
        let bank = Pattern::parse("ngân hàng", &Classes::new(), &mut lexicon).unwrap();
        let classes = Classes::from([("bank".to_owned(), Arc::from([bank]))]);
        let pattern = Pattern::parse(phrase, &classes, &mut lexicon).unwrap();
        let (entities, _) = entity::find(message);
        let tokens = tokens(message, &entities, &lexicon);
        let hit = (0..tokens.len()).find_map(|at| pattern.find(&tokens, at))?;
        Some(message[tokens[hit.start].at.start..tokens[hit.end - 1].at.end].to_owned())
    }

    #[test]
    fn phrases_are_found_as_they_are_said() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(found("chuyển|gửi ~2 tiền", "Hãy gửi ngay số tiền này"), some("gửi ngay số tiền"));
        assert_eq!(found("chuyển|gửi ~2 tiền", "gui ngay cho toi so tien"), None, "the gap is too wide");
        assert_eq!(found("chuyển ~3 tiền", "Chuyển sang. Tiền đâu"), None, "over the end of a sentence");
        assert_eq!(found("bấm ~2 <link>", "bấm vào abc.top nhé"), some("bấm vào abc.top"));
        assert_eq!(found("vào (tài khoản|ví) của", "vào tài khoản của tôi"), some("vào tài khoản của"));
        assert_eq!(found("vào (tài khoản|ví) của", "vao vi cua toi"), some("vao vi cua"));
        assert_eq!(found("vào (tài khoản|ví) của", "vào tài ví của"), None);
        assert_eq!(found("<bank> khóa", "Ngân hàng khóa thẻ"), some("Ngân hàng khóa"));
        assert_eq!(found("khóa tài? khoản", "bị khóa khoản vay"), some("khóa khoản"));
        assert_eq!(found("mã số", "mà số tiền"), None, "another word");
        assert_eq!(found("khóa tài? khoản", "khoa tai khoan ngan hang"), some("khoa tai khoan"));
    }

    #[test]
    fn a_phrase_that_cannot_be_is_refused() {
        for bad in ["(tài khoản|stk", "(~1 a|b) c", "~2 tiền", "tiền ~2", "<none> tiền", "a ~99 b", "tiền?"] {
            assert!(Pattern::parse(bad, &Classes::new(), &mut Lexicon::default()).is_err(), "{bad}");
        }
    }
}
