//! The numbered skeleton of the body: `Phần I`, `I.`, `Điều 5.`, `1.`, `1.1.`, `a)`, `-`, `+`, in any mixture.
//!
//! Not for what an item says. Each paragraph becomes an item with the path of numbers above it; a number that already
//! holds its parent is not repeated, dashes add nothing.

use crate::Ctx;
use crate::lex::{Shape, Token};
use std::ops::Range;
use text::BlockKind;

/// What stands before an item, from the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Part,
    Roman,
    Article,
    Decimal(usize),
    Letter,
    Bracket,
    Dash,
    Plus,
    /// A paragraph without a mark.
    Plain,
}

#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Tokens behind the mark.
    pub(crate) content: Range<usize>,
    pub(crate) level: Level,
    /// Path of the numbers, `III.2`.
    pub(crate) section: String,
    /// Place of the item that this one stands under.
    pub(crate) parent: Option<usize>,
    /// A heading by its style.
    pub(crate) is_heading: bool,
}

/// Whether a line begins with the mark of an item.
pub(crate) fn is_mark(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    mark(ctx, range).is_some_and(|(level, ..)| level != Level::Plain)
}

/// The items of some blocks, tables left out.
pub(crate) fn items(ctx: &Ctx<'_>, blocks: Range<usize>) -> Vec<Item> {
    let tables = crate::tables::lines_in_tables(ctx, &blocks);
    let mut items: Vec<Item> = Vec::new();
    // The open items, outermost first: level, label, place.
    let mut open: Vec<(Level, String, usize)> = Vec::new();
    for index in blocks {
        let Some(block) = ctx.doc.blocks.get(index) else { break };
        if matches!(block.kind, BlockKind::Cell { .. } | BlockKind::Aside(_)) {
            continue;
        }
        let tokens = ctx.lexed.within(&block.span);
        let before = tables.partition_point(|table| table.start <= tokens.start);
        if before > 0 && tables[before - 1].contains(&tokens.start) {
            continue;
        }
        if tokens.clone().all(|token| ctx.lexed.tokens[token].shape == Shape::Sign) {
            continue;
        }
        let (level, label, start) = mark(ctx, &tokens).unwrap_or((Level::Plain, String::new(), tokens.start));
        // A plain paragraph goes on with the last number, not with its dashes.
        let limit = if level == Level::Plain { Level::Dash } else { level };
        while open.last().is_some_and(|(last, ..)| *last >= limit) {
            open.pop();
        }
        let parent = open.last().map(|(.., place)| *place);
        if level != Level::Plain {
            open.push((level, label, items.len()));
        }
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        items.push(Item { content: start..tokens.end, level, section: path(&open), parent, is_heading });
    }
    items
}

/// The numbers of the open items as one path.
fn path(open: &[(Level, String, usize)]) -> String {
    let labels: Vec<&str> = open.iter().map(|(_, label, _)| label.as_str()).filter(|label| !label.is_empty()).collect();
    let mut path = String::new();
    for (place, label) in labels.iter().enumerate() {
        let repeated = labels.get(place + 1).is_some_and(|next| next.strip_prefix(label).is_some_and(|rest| rest.starts_with('.')));
        if repeated {
            continue;
        }
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(label);
    }
    path
}

/// Level, label and the token behind the mark.
fn mark(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(Level, String, usize)> {
    let lexed = ctx.lexed;
    let first = lexed.tokens.get(range.start).filter(|_| !range.is_empty())?;
    match first.shape {
        Shape::Sign if first.is_sign(&['+', '○', '▫']) => Some((Level::Plus, String::new(), range.start + 1)),
        Shape::Sign
            if first.is_sign(&['-', '–', '—', '•', '*', '·', '●', '▪', '■', '⁃', '\u{f0b7}', '\u{f02d}', '\u{f0a7}', '\u{f0fc}']) =>
        {
            lexed
                .tokens
                .get(range.start + 1)
                .filter(|next| range.start + 1 < range.end && next.shape != Shape::Number || next.start > first.end)?;
            Some((Level::Dash, String::new(), range.start + 1))
        }
        Shape::Sign if first.sign == '(' => bracket(ctx, range),
        Shape::Number => decimal(ctx, range),
        _ => named(ctx, range).or_else(|| roman(ctx, range)).or_else(|| letter(ctx, range)),
    }
}

/// `(1)`, `(a)`.
fn bracket(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(Level, String, usize)> {
    let inside = ctx.lexed.tokens.get(range.start + 1)?;
    let word = ctx.lexed.word(range.start + 1);
    let short =
        inside.shape == Shape::Number && word.len() <= 2 || inside.shape == Shape::Small && word.chars().count() <= 3 && word.is_ascii();
    (short && ctx.lexed.is_sign(range.start + 2, &[')']) && range.end > range.start + 3)
        .then(|| (Level::Bracket, word.to_owned(), range.start + 3))
}

/// `Điều 5.`, `Chương II`, `Phần thứ nhất`.
fn named(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(Level, String, usize)> {
    let (lexed, words) = (ctx.lexed, &ctx.grammar.outline);
    if !lexed.tokens[range.start].is_name() {
        return None;
    }
    let article = words.article.length_at(lexed, range.start, range.end);
    let length = article.or_else(|| words.part.length_at(lexed, range.start, range.end))?;
    let at = range.start + length;
    let label = if let Some(ordinal) = words.ordinals.length_at(lexed, at, range.end).filter(|_| article.is_none()) {
        lexed.string(&(at..at + ordinal))
    } else {
        let token = lexed.tokens.get(at).filter(|_| at < range.end)?;
        let word = lexed.word(at);
        let letter = article.is_none() && word.len() == 1 && token.is_name();
        (token.shape == Shape::Number || is_roman(word) || letter).then(|| word.to_owned())?
    };
    let end = at + lexed_len(ctx, at, &label);
    let signed = lexed.is_sign(end, &['.', ':', '-', '–', ')']);
    // `Điều 5 Nghị định số …` cites; an article of this document has a sign behind its number.
    let alone = end >= range.end || article.is_none() && (lexed.tokens[end].is_name() || ctx.is_capital(range));
    (signed && end < range.end || alone).then(|| {
        let level = if article.is_some() { Level::Article } else { Level::Part };
        (level, label, (end + usize::from(signed && end < range.end)).min(range.end))
    })
}

fn lexed_len(ctx: &Ctx<'_>, at: usize, label: &str) -> usize {
    ctx.grammar.outline.ordinals.length_at(ctx.lexed, at, at + 4).filter(|_| label.contains(' ')).unwrap_or(1)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// `IV.`, `I-`, `II/`, `III)`.
fn roman(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(Level, String, usize)> {
    let lexed = ctx.lexed;
    let word = lexed.word(range.start);
    let sign = range.start + 1;
    let signed = lexed.is_sign(sign, &['.', '-', '–', '/', ')', ':']) && sign < range.end;
    let apart = !lexed.is_sign(sign, &['/', ':']) || !lexed.touches_previous(sign + 1);
    if !is_roman(word) || !signed || !apart || lexed.tokens.get(sign + 1).is_none_or(|next| next.shape == Shape::Number) {
        return None;
    }
    Some((Level::Roman, word.to_owned(), sign + 1))
}

/// `1.`, `1)`, `1/`, `1-`, `2.1.`, `1.1 Tên`.
fn decimal(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(Level, String, usize)> {
    let lexed = ctx.lexed;
    let mut depth = 1;
    let mut at = range.start;
    let short = |token: usize| {
        lexed.tokens.get(token).is_some_and(|found| token < range.end && found.shape == Shape::Number && lexed.word(token).len() <= 2)
    };
    if !short(at) {
        return None;
    }
    while lexed.is_sign(at + 1, &['.']) && lexed.touches_previous(at + 1) && short(at + 2) && lexed.touches_previous(at + 2) {
        at += 2;
        depth += 1;
    }
    let label = lexed.slice(&(range.start..at + 1)).to_owned();
    let sign = at + 1;
    let next_fits = |token: usize| {
        lexed.tokens.get(token).is_some_and(|next| {
            token < range.end && (next.shape != Shape::Number || next.start > lexed.tokens[token - 1].end + 1) && !next.is_sign(&['/', ','])
        })
    };
    if lexed.is_sign(sign, &['.', ')', '/', '-', '–', ':']) && next_fits(sign + 1) {
        let symbol_follows = lexed.is_sign(sign, &['/', '-']) && lexed.touches_previous(sign + 1);
        return (!symbol_follows).then(|| (Level::Decimal(depth), label, sign + 1));
    }
    // `1.1 Tên mục`
    let name = lexed.tokens.get(sign).is_some_and(|token| sign < range.end && token.is_name());
    (depth > 1 && name).then_some((Level::Decimal(depth), label, sign))
}

/// `a)`, `đ.`, `b/`.
fn letter(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(Level, String, usize)> {
    let lexed = ctx.lexed;
    let word = lexed.word(range.start);
    let sign = range.start + 1;
    let one = word.chars().count() == 1 && lexed.tokens[range.start].shape == Shape::Small;
    let closed = lexed.is_sign(sign, &[')']) || lexed.is_sign(sign, &['.', '/']) && lexed.tokens.get(sign + 1).is_some_and(Token::is_name);
    (one && closed && sign + 1 < range.end).then(|| (Level::Letter, word.to_owned(), sign + 1))
}
