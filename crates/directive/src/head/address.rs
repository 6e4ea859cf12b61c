//! The addressees after `Kính gửi`: one in the same line, or a list.
//!
//! Not for deciding who has to do what. A list in one line is only taken apart at semicolons, or at commas when every
//! part begins like the name of a body.

use crate::Ctx;
use crate::lex::Shape;
use crate::units;
use std::ops::Range;
use text::BlockKind;

/// Most blocks of a list of addressees.
const MOST_BLOCKS: usize = 60;

/// Collects the addressees from the token `from` of a block on; the block where the body begins.
pub(super) fn read(ctx: &Ctx<'_>, block: usize, from: usize, to: &mut Vec<String>) -> usize {
    let first = ctx.lexed.within(&ctx.doc.blocks[block].span);
    let mut list = List::default();
    list.add(ctx, from..first.end);
    let mut next = block + 1;
    let mut blank = false;
    while next < ctx.doc.blocks.len() && next < block + MOST_BLOCKS {
        let found = &ctx.doc.blocks[next];
        let tokens = ctx.lexed.within(&found.span);
        if tokens.is_empty() {
            blank = true;
        } else if tokens.clone().all(|token| ctx.lexed.tokens[token].shape == Shape::Sign) {
            if !list.items.is_empty() {
                break;
            }
        } else if matches!(found.kind, BlockKind::Aside(_)) {
            // A page's header is no part of the list.
        } else if list.takes(ctx, &tokens, blank) {
            list.add(ctx, tokens);
            blank = false;
        } else {
            break;
        }
        next += 1;
    }
    to.extend(list.finish());
    next
}

#[derive(Default)]
struct List {
    items: Vec<String>,
    /// Items stand behind dashes.
    dashed: bool,
}

impl List {
    /// Whether a line goes on with the list.
    fn takes(&self, ctx: &Ctx<'_>, tokens: &Range<usize>, blank: bool) -> bool {
        if is_dash(ctx, tokens.start) {
            return true;
        }
        let Some(last) = self.items.last() else { return true };
        let ended = last.ends_with('.');
        let open = last.ends_with([',', ';']);
        let small = ctx.lexed.tokens[tokens.start].shape == Shape::Small;
        if ended || tokens.len() > 45 || crate::outline::is_mark(ctx, tokens) {
            return false;
        }
        let opener = ctx.grammar.head.opener.at(ctx.lexed, tokens.start, tokens.end).is_some();
        let unit = units::at(ctx, tokens.start, tokens.end).is_some();
        if small {
            return !blank || open;
        }
        if self.dashed {
            return !blank && !opener && (last.ends_with(',') || unit) && !ctx.lexed.is_sign(tokens.end - 1, &[':']);
        }
        !opener && unit && (open || !blank) && !ctx.lexed.is_sign(tokens.end - 1, &[':'])
    }

    fn add(&mut self, ctx: &Ctx<'_>, tokens: Range<usize>) {
        if tokens.is_empty() {
            return;
        }
        // Several dashes may share a line: `Kính gửi: - Sở A; - Sở B`.
        let mut starts: Vec<usize> = tokens.clone().filter(|&token| is_dash(ctx, token) && begins_item(ctx, token, tokens.start)).collect();
        self.dashed |= !starts.is_empty();
        if starts.first() != Some(&tokens.start) {
            starts.insert(0, tokens.start);
        }
        for (nth, &start) in starts.iter().enumerate() {
            let end = starts.get(nth + 1).copied().unwrap_or(tokens.end);
            let dash = is_dash(ctx, start);
            let text = ctx.lexed.string(&(start + usize::from(dash)..end));
            let small = ctx.lexed.tokens[start].shape == Shape::Small;
            match self.items.last_mut() {
                Some(last) if !dash && (small || self.dashed || !last.ends_with([',', ';'])) => {
                    last.push(' ');
                    last.push_str(&text);
                }
                _ if text.is_empty() => {}
                _ => self.items.push(text),
            }
        }
    }

    fn finish(self) -> Vec<String> {
        let alone = !self.dashed && self.items.len() == 1;
        let mut out = Vec::new();
        for item in self.items {
            if alone {
                out.extend(parts(&item));
            } else {
                out.push(item);
            }
        }
        out.iter().map(|item| trimmed(item)).filter(|item| !item.is_empty()).collect()
    }
}

/// One line with several addressees.
fn parts(item: &str) -> Vec<String> {
    if item.contains(';') {
        return item.split(';').map(str::to_owned).collect();
    }
    let grammar = &*crate::grammar::GRAMMAR;
    let names: Vec<&str> = item.split(", ").collect();
    let all_bodies = names.len() > 1
        && names.iter().all(|name| {
            let lexed = crate::lex::Lexed::new(name, &grammar.vocabulary);
            name.starts_with(char::is_uppercase) && grammar.units.heads.at(&lexed, 0, lexed.tokens.len()).is_some()
        });
    if all_bodies { names.into_iter().map(str::to_owned).collect() } else { vec![item.to_owned()] }
}

/// Without end punctuation.
pub(crate) fn trimmed(item: &str) -> String {
    item.trim()
        .trim_end_matches("./.")
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '.' | ':' | '/'))
        .trim()
        .to_owned()
}

fn is_dash(ctx: &Ctx<'_>, token: usize) -> bool {
    ctx.lexed.is_sign(token, &['-', '–', '•', '+', '*', '·', '●', '▪', '\u{f0b7}', '\u{f02d}'])
}

/// A dash in the middle of a line only begins an item after `;` or `,`, with a blank and a capital behind it.
fn begins_item(ctx: &Ctx<'_>, token: usize, start: usize) -> bool {
    token == start
        || ctx.lexed.is_sign(token - 1, &[';', ',', ':'])
            && !ctx.lexed.touches_previous(token + 1)
            && ctx.lexed.tokens.get(token + 1).is_some_and(crate::lex::Token::is_name)
}
