//! Pieces of letterhead and signature block: what stands alone in one column of one line.
//!
//! Letterheads come as table cells, as separate lines, or as two columns with blanks or tabs between; here they all
//! become one list in reading order. Not for the body, whose blocks stay whole.

use crate::Ctx;
use crate::lex::{Lexed, Shape};
use std::ops::Range;
use text::BlockKind;

/// One stretch of letterhead.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Tokens.
    pub(crate) range: Range<usize>,
    pub(crate) block: usize,
    /// An empty line stands before it.
    pub(crate) after_blank: bool,
    /// Not the first column of its line.
    pub(crate) right: bool,
    /// A rule drawn with signs, or nothing.
    pub(crate) is_rule: bool,
}

/// The pieces of some blocks.
pub(crate) fn pieces(ctx: &Ctx<'_>, blocks: Range<usize>) -> Vec<Piece> {
    let (doc, lexed) = (ctx.doc, ctx.lexed);
    let mut out: Vec<Piece> = Vec::new();
    let mut after_blank = false;
    for index in blocks {
        let Some(block) = doc.blocks.get(index) else { break };
        if matches!(block.kind, BlockKind::Aside(aside) if aside != text::Aside::TextBox) {
            continue;
        }
        let tokens = lexed.within(&block.span);
        if tokens.is_empty() {
            after_blank = true;
            continue;
        }
        let mut first = true;
        for column in columns(lexed, &tokens) {
            for range in glued(ctx, column) {
                let is_rule = range.clone().all(|token| lexed.tokens[token].shape == Shape::Sign || is_ornament(lexed, token, &range));
                out.push(Piece { range, block: index, after_blank: after_blank && first, right: !first, is_rule });
                first = false;
            }
        }
        after_blank = false;
    }
    whole_again(ctx, out)
}

/// Joins what a narrow column broke: `CỘNG` / `HÒA XÃ HỘI …`, `ỦY` / `BAN NHÂN DÂN`, `TM.` / `ỦY BAN …`.
fn whole_again(ctx: &Ctx<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let head = &ctx.grammar.head;
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let broken = out.last().is_some_and(|last| {
            let both = last.range.start..piece.range.end;
            let adjacent = last.range.end == piece.range.start && !last.is_rule && !piece.is_rule && !piece.right;
            let motto = || head.motto.patterns.whole(ctx.lexed, &both).is_some();
            let body = || last.range.len() == 1 && head.bodies.length_at(ctx.lexed, both.start, both.end).is_some_and(|length| length > 1);
            let authority = || head.authority.whole(ctx.lexed, &last.range).is_some();
            let first_name = last.range.len() == 1 && ctx.lexed.tokens[last.range.start].shape == Shape::Capital;
            let day = || last.range.clone().any(|token| ctx.grammar.refs.dated.at(ctx.lexed, token, last.range.end).is_some());
            let dated = || (first_name || day()) && both.len() <= 14 && crate::head::is_place_date(ctx, &both);
            adjacent && both.len() <= 30 && (motto() || body() || authority() || !crate::head::is_place_date(ctx, &last.range) && dated())
        });
        match out.last_mut() {
            Some(last) if broken => last.range.end = piece.range.end,
            _ => out.push(piece),
        }
    }
    out
}

/// `o0o`, `***o***`: letters drawn as a rule.
fn is_ornament(lexed: &Lexed<'_>, token: usize, range: &Range<usize>) -> bool {
    range.len() <= 7 && matches!(lexed.word(token), "o" | "O" | "0")
}

/// Columns of a line: tokens with a tab or three blanks between, unless the gap is a blank left to be filled in.
fn columns(lexed: &Lexed<'_>, tokens: &Range<usize>) -> Vec<Range<usize>> {
    let mut columns = Vec::new();
    let mut start = tokens.start;
    for token in tokens.start + 1..tokens.end {
        let gap = &lexed.text[lexed.tokens[token - 1].end..lexed.tokens[token].start];
        let wide = gap.contains('\t') || gap.chars().count() >= 3;
        if wide && !fills_in(lexed, token, start) {
            columns.push(start..token);
            start = token;
        }
    }
    columns.push(start..tokens.end);
    columns
}

/// Whether the gap before a token is a blank for a number or a day: `Số:      /UBND`, `ngày     tháng`.
fn fills_in(lexed: &Lexed<'_>, token: usize, start: usize) -> bool {
    let before = lexed.word(token - 1).to_lowercase();
    let after = lexed.word(token).to_lowercase();
    let date_word = |word: &str| include_str!("../data/date-words.txt").split_whitespace().take(3).any(|known| known == word);
    let first = lexed.word(start).to_lowercase();
    let numbering = include_str!("../data/number-words.txt").split_whitespace().any(|known| known == first);
    lexed.tokens[token].is_sign(&['/', '-', '.', '…', '*']) && numbering && token - start <= 3
        || numbering && token - start <= 2 && lexed.tokens[token].shape == Shape::Number
        || date_word(&after)
        || date_word(&before)
        || lexed.tokens[token - 1].is_sign(&['…', '/']) && !numbering
        || numbering && lexed.tokens[token - 1].is_sign(&['/', '-']) && token - start <= 5
}

/// Takes apart what a single blank holds together: a motto, or place and date, behind something else.
fn glued(ctx: &Ctx<'_>, column: Range<usize>) -> Vec<Range<usize>> {
    let lexed = ctx.lexed;
    if column.len() > 60 {
        return vec![column];
    }
    let mut out = Vec::new();
    let mut start = column.start;
    if let Some(end) = crate::head::number_end(ctx, &column).filter(|end| *end < column.end) {
        out.push(start..end);
        start = end;
    }
    let mut token = start;
    while token < column.end {
        // `… văn bản của Đoàn TNCS Hồ Chí Minh` names a body in a sentence.
        let named = token > start && ctx.grammar.refs.of.whole(lexed, &(token - 1..token)).is_some();
        if let Some(found) = ctx.grammar.head.motto.patterns.at(lexed, token, column.end).filter(|_| !named) {
            if token > start {
                out.push(start..token);
            }
            out.push(found.range.clone());
            start = found.range.end;
            token = start;
            continue;
        }
        if let Some(place) = place_before_date(lexed, start, token, column.end) {
            if place > start {
                out.push(start..place);
            }
            out.push(place..column.end);
            start = column.end;
            break;
        }
        token += 1;
    }
    if start < column.end {
        out.push(start..column.end);
    }
    out
}

/// The first token of the place name, when place and date end the column and `token` is the comma between them.
fn place_before_date(lexed: &Lexed<'_>, start: usize, token: usize, end: usize) -> Option<usize> {
    if !lexed.is_sign(token, &[',', '.', ';']) || token == start {
        return None;
    }
    let (_, stop) = crate::dates::date_line(lexed, token + 1, end)?;
    let rest = stop..end;
    if !rest.into_iter().all(|token| lexed.tokens[token].shape == Shape::Sign) {
        return None;
    }
    // `…, ngày 05/6/2026` in figures is a place's date only when nothing stands before the place.
    let figures = (token + 1..stop).any(|token| lexed.is_sign(token, &['/', '-', '.']));
    let mut place = token;
    while place > start && token - place < 7 {
        let before = &lexed.tokens[place - 1];
        if !(before.is_name() || before.is_sign(&['.']) && place - 1 > start || before.is_sign(&['-', '–']) && place < token) {
            break;
        }
        place -= 1;
    }
    while place < token && !lexed.tokens[place].is_name() {
        place += 1;
    }
    (place < token && (!figures || place == start)).then_some(place)
}
