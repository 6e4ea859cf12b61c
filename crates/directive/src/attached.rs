//! A plan or regulation that the letter puts into force and that follows behind its signature, in the same file.
//!
//! Known by a title of its own and, under it, `(Ban hành kèm theo Quyết định số …)`. Not for annexes with tables, nor for
//! a second letter with a letterhead of its own.

use crate::Ctx;
use crate::grammar::Assigns;
use crate::pieces::pieces;
use std::ops::Range;

/// The body of the document that follows a block, and whether documents of its type give orders.
pub(crate) fn body(ctx: &Ctx<'_>, after: usize) -> Option<(Range<usize>, Assigns)> {
    let all = pieces(ctx, after..ctx.doc.blocks.len());
    let (kind, under) = (0..all.len()).find_map(|place| crate::head::begins_attached(ctx, &all, place))?;
    let start = all[under].block + 1;
    let foot = crate::foot::read(ctx, start);
    (foot.blocks.start > start).then_some((start..foot.blocks.start, ctx.grammar.types[kind].assigns))
}
