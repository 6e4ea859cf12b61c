//! Number and symbol: `Số 277-CV/BTGDVTU`, `Số: 09/2009/CT-UBND`, `Số:       /UBND-NC`, `Số   -CV/ĐU`.
//!
//! Not for references, which [`crate::refs`] finds in running text.

use crate::Ctx;
use crate::lex::Shape;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) number: Option<String>,
    pub(super) symbol: Option<String>,
    pub(super) code: Option<String>,
    /// The words of the symbol, for finding the type.
    pub(super) letters: Vec<String>,
    /// The token after it.
    pub(super) end: usize,
}

/// Whether a piece of letterhead is the number.
pub(super) fn is_number(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let (lexed, head) = (ctx.lexed, &ctx.grammar.head);
    let Some(length) = head.number.length_at(lexed, range.start, range.end) else { return false };
    head.number_not.at(lexed, range.start, range.end).is_none()
        && range.len() <= 40
        && (lexed.is_sign(range.start + length, &[':']) || parse(ctx, range).is_some())
}

/// Reads the number; `None` when no symbol follows.
pub(super) fn parse(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<Number> {
    let at = range.start + ctx.grammar.head.number.length_at(ctx.lexed, range.start, range.end)?;
    parse_from(ctx, range, at)
}

/// The same behind the word "số", which a narrow column may have left in the line before.
pub(super) fn parse_from(ctx: &Ctx<'_>, range: &Range<usize>, at: usize) -> Option<Number> {
    let lexed = ctx.lexed;
    let mut at = at;
    while at < range.end && lexed.is_sign(at, &[':', '.', '…', '*', '_', '(', ')']) {
        at += 1;
    }
    let mut number = String::new();
    if at < range.end && lexed.tokens[at].shape == Shape::Number {
        number.push_str(lexed.word(at));
        at += 1;
    }
    let mut after_blanks = skip(ctx, at, range.end, &['.', '…', '_', '*']);
    // Handwriting that OCR could not read: `Số: 2†§/STTTT-CNTT`. The number stays unknown, the symbol does not.
    let colon = lexed.is_sign(range.start + 1, &[':']);
    let symbol_at = |place: usize| {
        lexed.is_sign(place, &['/', '-'])
            && lexed.tokens.get(place + 1).is_some_and(|next| place + 1 < range.end && next.shape == Shape::Upper)
    };
    let unread = colon && !symbol_at(after_blanks) && !lexed.is_sign(after_blanks, &['/', '-', '–']);
    if let Some(place) = (after_blanks..range.end.min(after_blanks + 5)).find(|&place| unread && symbol_at(place)) {
        number.clear();
        after_blanks = place;
    }
    let separator = lexed.tokens.get(after_blanks).filter(|token| after_blanks < range.end && token.is_sign(&['/', '-', '–']))?.sign;
    let mut year = String::new();
    let mut at = after_blanks + 1;
    if lexed.number(at).is_some_and(|year| (1945..=2200).contains(&year)) && lexed.is_sign(at + 1, &['/']) {
        year = format!("/{}", lexed.word(at));
        at += 2;
    }
    let (symbol, letters, end) = symbol(ctx, at, range.end);
    let symbol = Some(symbol).filter(|symbol| !symbol.is_empty())?;
    let separator = if separator == '/' || !year.is_empty() { '/' } else { '-' };
    let code = format!("{number}{year}{separator}{symbol}");
    Some(Number { number: Some(number).filter(|number| !number.is_empty()), symbol: Some(symbol), code: Some(code), letters, end })
}

fn skip(ctx: &Ctx<'_>, mut at: usize, end: usize, signs: &[char]) -> usize {
    while at < end && ctx.lexed.is_sign(at, signs) {
        at += 1;
    }
    at
}

/// Words joined by `-`, `/`, `&` or `.`; a blank is only allowed around the joining sign.
pub(crate) fn symbol(ctx: &Ctx<'_>, start: usize, end: usize) -> (String, Vec<String>, usize) {
    let lexed = ctx.lexed;
    let (mut symbol, mut letters) = (String::new(), Vec::new());
    let mut at = start;
    while at < end {
        let token = &lexed.tokens[at];
        let joined = symbol.is_empty() || symbol.ends_with(['-', '/', '&', '.']) || lexed.touches_previous(at);
        let joins = token.is_sign(&['-', '–', '/', '&', '.'])
            && lexed.tokens.get(at + 1).is_some_and(|next| at + 1 < end && next.shape != Shape::Sign);
        match token.shape {
            Shape::Sign if joins && (token.sign != '.' || lexed.touches_previous(at + 1)) => {
                symbol.push(if token.sign == '–' { '-' } else { token.sign });
            }
            Shape::Sign => break,
            _ if !joined => break,
            _ => {
                symbol.push_str(lexed.word(at));
                letters.push(lexed.word(at).to_owned());
            }
        }
        at += 1;
    }
    (symbol, letters, at)
}
