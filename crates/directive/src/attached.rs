//! A plan or regulation that the letter puts into force and that follows behind its signature, in the same file.
//!
//! Known by a title of its own and, under it, `(Ban hành kèm theo Quyết định số …)`. Not for annexes with tables, nor for
//! a second letter with a letterhead of its own.

use crate::Ctx;
use crate::grammar::Assigns;
use crate::pieces::{Piece, pieces};
use std::ops::Range;

/// A title and the words under it are not longer, in pieces.
const MOST_TITLE: usize = 8;

/// The type of a document that begins with this piece, and the piece that says that it is put into force.
pub(crate) fn begins(ctx: &Ctx<'_>, all: &[Piece], place: usize) -> Option<(usize, usize)> {
    let kind = crate::head::title_of(ctx, &all.get(place)?.range)?;
    let force = &ctx.grammar.head.in_force;
    let says = |piece: &Piece| {
        let start = piece.range.start + usize::from(ctx.lexed.is_sign(piece.range.start, &['(']));
        force.at(ctx.lexed, start, piece.range.end).is_some()
    };
    let under = (place + 1..all.len().min(place + 1 + MOST_TITLE)).find(|&under| says(&all[under]))?;
    Some((kind, under))
}

/// The body of the document that follows a block, and whether documents of its type give orders.
pub(crate) fn body(ctx: &Ctx<'_>, after: usize) -> Option<(Range<usize>, Assigns)> {
    let all: Vec<Piece> = pieces(ctx, after..ctx.doc.blocks.len());
    let (kind, under) = (0..all.len()).find_map(|place| begins(ctx, &all, place))?;
    let start = all[under].block + 1;
    let foot = crate::foot::read(ctx, start);
    (foot.blocks.start > start).then_some((start..foot.blocks.start, ctx.grammar.types[kind].assigns))
}
