//! Contents and forms of an outreach letter: what is to be told, and by which ways.
//!
//! Not for tasks: the items of these sections are read for orders as well, elsewhere.

use crate::Ctx;
use crate::clauses::{Nesting, split, trim};
use crate::grammar::Role;
use crate::lex::Shape;
use crate::model::Topic;
use crate::outline::Item;
use std::ops::Range;

/// The contents that are to be told: every item under such a heading.
pub(crate) fn topics(ctx: &Ctx<'_>, items: &[Item], roles: &[Option<Role>]) -> Vec<Topic> {
    under(items, roles, Role::Topics)
        .map(|item| {
            let range = trim(ctx, item.content.clone());
            Topic { section: item.section.clone(), text: ctx.lexed.string(&range), span: ctx.lexed.span(&range) }
        })
        .filter(|topic| !topic.text.is_empty())
        .collect()
}

/// Items below a heading of a role, the heading itself left out.
fn under<'i>(items: &'i [Item], roles: &'i [Option<Role>], role: Role) -> impl Iterator<Item = &'i Item> {
    items
        .iter()
        .enumerate()
        .filter(move |(place, item)| {
            roles.get(*place) == Some(&Some(role)) && item.parent.is_some_and(|parent| roles.get(parent) == Some(&Some(role)))
        })
        .map(|(_, item)| item)
}

/// The forms: pieces of a list after `như:`, or one item each.
pub(crate) fn channels(ctx: &Ctx<'_>, items: &[Item], roles: &[Option<Role>]) -> Vec<String> {
    let mut out = Vec::new();
    for item in under(items, roles, Role::Channels) {
        let range = trim(ctx, item.content.clone());
        let colon = listing_colon(ctx, &range);
        match colon {
            Some(colon) => {
                for clause in split(ctx, &(colon + 1..range.end)) {
                    pieces(ctx, &clause.range, &mut out);
                }
            }
            None => pieces(ctx, &range, &mut out),
        }
    }
    // A heading with its forms in the same paragraph: `Hình thức tuyên truyền: hội nghị, tờ rơi`.
    for (place, item) in items.iter().enumerate() {
        let heads =
            roles.get(place) == Some(&Some(Role::Channels)) && !item.parent.is_some_and(|parent| roles[parent] == Some(Role::Channels));
        if let Some(colon) = listing_colon(ctx, &item.content).filter(|_| heads) {
            for clause in split(ctx, &(colon + 1..item.content.end)) {
                pieces(ctx, &clause.range, &mut out);
            }
        }
    }
    out
}

fn listing_colon(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<usize> {
    let colon = range.clone().find(|&token| ctx.lexed.is_sign(token, &[':']))?;
    (colon + 1 < range.end).then_some(colon)
}

/// Forms between commas; a comma inside a list of units (`của các sở, ngành`) separates none.
fn pieces(ctx: &Ctx<'_>, range: &Range<usize>, out: &mut Vec<String>) {
    let mut start = range.start;
    let mut nesting = Nesting::default();
    for token in range.clone() {
        nesting.step(ctx.lexed.tokens[token].sign, ctx.lexed.tokens[token].shape);
        if nesting.inside() || !ctx.lexed.is_sign(token, &[',']) || in_units(ctx, start, token, range.end) {
            continue;
        }
        out.extend(Some(form(ctx, &(start..token))).filter(|form| !form.is_empty()));
        start = token + 1;
    }
    out.extend(Some(form(ctx, &(start..range.end))).filter(|form| !form.is_empty()));
}

/// Whether a comma stands inside the name of a list of units.
fn in_units(ctx: &Ctx<'_>, start: usize, comma: usize, end: usize) -> bool {
    (start..comma).any(|token| {
        let counted = ctx.grammar.units.plural.at(ctx.lexed, token, comma).is_some() || ctx.lexed.tokens[token].is_name();
        counted && crate::units::at(ctx, token, end).is_some_and(|stop| stop > comma)
    })
}

/// A form without `Tuyên truyền trên` before it and dots behind it.
fn form(ctx: &Ctx<'_>, range: &Range<usize>) -> String {
    let mut range = trim(ctx, range.clone());
    while range.start < range.end && ctx.lexed.is_sign(range.end - 1, &['…', '.']) {
        range.end -= 1;
    }
    if let Some(length) = ctx.grammar.outline.told_by.length_at(ctx.lexed, range.start, range.end) {
        range.start += length;
    }
    let words = range.clone().any(|token| ctx.lexed.tokens[token].shape != Shape::Sign);
    if words { ctx.lexed.string(&range) } else { String::new() }
}
