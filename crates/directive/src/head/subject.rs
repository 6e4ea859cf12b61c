//! What the letter is about: the lines under the number, or under the title.
//!
//! Not for the body: the hard part is to know where it begins, because nothing marks the end of a title.

use crate::Ctx;
use crate::grammar::DocType;
use crate::lex::Shape;
use crate::pieces::Piece;
use std::ops::Range;

/// The lines after the number of an official letter.
pub(super) fn of_letter(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> Option<String> {
    joined(ctx, lines)
}

/// The lines after a title. `CỦA BAN THƯỜNG VỤ TỈNH ỦY` before `về …` says who, not what.
pub(super) fn of_title(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> Option<String> {
    let about = |line: &Range<usize>| ctx.grammar.head.about.at(ctx.lexed, line.start, line.end).is_some();
    let says_who = |line: &Range<usize>| {
        ctx.grammar.refs.of.at(ctx.lexed, line.start, line.end).is_some()
            || ctx.grammar.head.decider.at(ctx.lexed, line.start, line.end).is_some()
    };
    let what = lines.iter().position(about).unwrap_or(0);
    let from = if lines[..what].iter().all(says_who) { what } else { 0 };
    joined(ctx, &lines[from..])
}

fn joined(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> Option<String> {
    let text = lines.iter().map(|line| ctx.lexed.string(line)).collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '*' | '_' | '.' | ';' | ':'));
    // `(V/v …)`
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).filter(|text| !text.contains('('));
    Some(inner.unwrap_or(text).trim().to_owned())
}

/// The code of a type; where its name has several, the one that the symbol carries.
pub(crate) fn code_of_type(ctx: &Ctx<'_>, kind: usize, symbol: Option<&str>) -> String {
    let kind = &ctx.grammar.types[kind];
    let carried = symbol.unwrap_or_default().split(['-', '/', '&', '.']).find(|part| kind.also.contains(part));
    match carried {
        Some(part) if part.starts_with(char::is_uppercase) && part.chars().count() <= 3 => part.to_owned(),
        _ => kind.code.to_owned(),
    }
}

/// `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH … ĐIỆN:` before the addressees of a telegram.
pub(super) fn is_telegram_address(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let last = range.clone().rev().find(|&token| ctx.lexed.tokens[token].shape != Shape::Sign);
    let Some(last) = last else { return false };
    ctx.grammar.head.telegram.at(ctx.lexed, last, range.end).is_some() && range.len() <= 30 && last + 2 >= range.end
}

/// Whether the body begins at this piece, after these lines of a title.
pub(super) fn ends_before(ctx: &Ctx<'_>, piece: &Piece, subject: &[Range<usize>], kind: &DocType) -> bool {
    let Some(last) = subject.last() else { return crate::outline::is_mark(ctx, &piece.range) && piece.range.len() > 3 };
    if crate::outline::is_mark(ctx, &piece.range) || is_prose(ctx, piece) {
        return true;
    }
    let decider = ctx.grammar.head.decider.at(ctx.lexed, piece.range.start, piece.range.end).is_some();
    if kind.decides && decider {
        return true;
    }
    let first = &subject[0];
    let capitals = ctx.is_capital(first) && ctx.is_capital(last);
    let small = ctx.lexed.tokens[piece.range.start].shape == Shape::Small;
    let bracket = ctx.lexed.is_sign(piece.range.start, &['(']);
    // Only a bracket or a line that goes on in small letters may follow a title in capitals.
    if capitals && !ctx.is_capital(&piece.range) && !bracket && !small && last.len() > 2 {
        return true;
    }
    piece.after_blank && !ctx.is_capital(&piece.range) && !small
}

/// A sentence of the body: it begins as bodies do and is long or ends as sentences do.
pub(super) fn is_prose(ctx: &Ctx<'_>, piece: &Piece) -> bool {
    let range = &piece.range;
    let opens = ctx.grammar.head.opener.at(ctx.lexed, range.start, range.end).is_some();
    let ended = ctx.lexed.is_sign(range.end - 1, &['.', ':', ';']) && !ctx.lexed.is_sign(range.start, &['(']);
    let long = range.len() > 22;
    !ctx.is_capital(range) && (opens && (long || ended || ctx.lexed.is_sign(range.end - 1, &[','])) || ended && long || range.len() > 70)
}
