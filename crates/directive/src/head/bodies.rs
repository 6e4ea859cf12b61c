//! The bodies above the number: issuer and superior, and which system they belong to.
//!
//! Not for units named in the text. `ỦY BAN NHÂN DÂN` / `TỈNH …` is one body, `UBND TỈNH …` / `SỞ …` are two.

use crate::Ctx;
use crate::model::System;
use std::ops::Range;

/// Superior and issuer.
pub(super) fn joined(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> (Option<String>, Option<String>) {
    let mut bodies: Vec<String> = Vec::new();
    for line in lines {
        let head = &ctx.grammar.head;
        let start = head.bodies.length_at(ctx.lexed, line.start, line.end).unwrap_or(0);
        let more = head.goes_on.length_at(ctx.lexed, line.start, line.end).unwrap_or(0);
        let open = ctx.ends_open(bodies.last());
        let text = ctx.lexed.string(line);
        match bodies.last_mut() {
            Some(last) if start <= more || open => {
                last.push(' ');
                last.push_str(&text);
            }
            _ => bodies.push(text),
        }
    }
    let clean = |body: String| body.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(').to_owned();
    let issuer = bodies.pop().map(clean);
    (bodies.pop().map(clean), issuer)
}

/// The motto decides; an issuer of the Front or a mass organisation goes before the motto of the State.
pub(super) fn system(ctx: &Ctx<'_>, motto: Option<System>, lines: &[Range<usize>], symbol: Option<&str>) -> System {
    let head = &ctx.grammar.head;
    let begins = |patterns: &crate::pattern::Patterns| lines.iter().any(|line| patterns.at(ctx.lexed, line.start, line.end).is_some());
    match motto {
        Some(System::Party) => System::Party,
        Some(System::Front) => System::Front,
        _ if begins(&head.front) => System::Front,
        Some(System::State) if !begins(&head.other) => System::State,
        Some(_) => System::Other,
        // Without a motto the form of the number tells: `-CV/` is the Party's, `/CV-` the State's.
        None => match symbol {
            Some(symbol) if symbol.contains('/') => System::Party,
            Some(_) => System::State,
            None => System::Other,
        },
    }
}
