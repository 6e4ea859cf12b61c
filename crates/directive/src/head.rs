//! The letterhead: who writes, which number, where and when, about what, to whom.
//!
//! Order does not matter, kinds do: a motto, a number, a place with date, a title and an address are known by their
//! form, what stands before the number is the issuer, what stands after it or after the title is the subject.
//! Not for the body, which begins where this ends.

mod address;
mod bodies;
mod number;
mod subject;

use crate::Ctx;
use crate::dates;
use crate::lex::Shape;
use crate::model::{Letter, Secrecy, System, Urgency};
use crate::pieces::{Piece, pieces};
use std::ops::Range;

pub(crate) use address::trimmed;
pub(crate) use number::symbol;
pub(crate) use subject::code_of_type;

/// No letterhead is longer.
const MOST_BLOCKS: usize = 90;

/// A title and the words under it are not longer, in pieces.
const MOST_TITLE: usize = 8;

/// What the letterhead says.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) letter: Letter,
    /// Place of the type in the grammar.
    pub(crate) kind: Option<usize>,
    /// Block where the body begins.
    pub(crate) body: usize,
    /// Tokens of the letter's own number, where no reference is looked for.
    pub(crate) own_number: Range<usize>,
    /// Something of a letterhead was there.
    pub(crate) found: bool,
}

/// What a piece of letterhead is.
#[derive(Debug)]
enum Kind {
    Motto(System),
    Number,
    PlaceDate,
    Secrecy(Secrecy),
    Urgency(Urgency),
    /// With the token after the words of address.
    Address(usize),
    /// Place of the type, and the token after its name.
    Title(usize, usize),
    Furniture,
    Other,
}

/// The pieces collected while the head is read.
#[derive(Default)]
struct Seen {
    bodies: Vec<Range<usize>>,
    about: Vec<Range<usize>>,
    title: Option<usize>,
    subject: Vec<Range<usize>>,
    motto: Option<System>,
    number: Option<number::Number>,
    date: Option<(dates::Moment, String)>,
}

pub(crate) fn read(ctx: &Ctx<'_>) -> Head {
    let all = pieces(ctx, 0..ctx.doc.blocks.len().min(MOST_BLOCKS));
    let body = all.last().map_or(0, |piece| piece.block + 1);
    let mut head = Head { letter: Letter::default(), kind: None, body, own_number: 0..0, found: false };
    let mut seen = Seen::default();
    let mut announced = false;
    for piece in all.iter().filter(|piece| !piece.is_rule) {
        // `Số:` and the number in two lines.
        if std::mem::take(&mut announced) {
            seen.number = number::parse_from(ctx, &piece.range, piece.range.start);
            if seen.number.is_some() {
                head.own_number = piece.range.clone();
                continue;
            }
        }
        match kind(ctx, piece, &seen) {
            Kind::Motto(system) => seen.motto = seen.motto.or(Some(system)),
            Kind::Secrecy(secrecy) => head.letter.secrecy = head.letter.secrecy.max(Some(secrecy)),
            Kind::Urgency(urgency) => head.letter.urgency = head.letter.urgency.max(Some(urgency)),
            Kind::Furniture => {}
            Kind::Number => {
                head.own_number = piece.range.clone();
                let number = number::parse(ctx, &piece.range);
                announced = number.is_none() && piece.range.len() <= 2;
                seen.about.extend(number.as_ref().map(|number| number.end..piece.range.end).filter(|rest| !rest.is_empty()));
                seen.number = number;
            }
            Kind::PlaceDate => seen.date = place_date(ctx, &piece.range),
            Kind::Title(kind, end) => {
                seen.title = Some(kind);
                seen.subject.extend(Some(end..piece.range.end).filter(|rest| !rest.is_empty()));
            }
            Kind::Address(from) => {
                head.body = address::read(ctx, piece.block, from, &mut head.letter.to);
                break;
            }
            Kind::Other if is_body(ctx, piece, &seen) => {
                head.body = piece.block;
                break;
            }
            Kind::Other => {
                let about = ctx.grammar.head.about.at(ctx.lexed, piece.range.start, piece.range.end).is_some();
                seen.file(piece, about);
            }
        }
    }
    finish(ctx, &seen, head)
}

impl Seen {
    /// Keeps a piece that has no form of its own where its place says.
    fn file(&mut self, piece: &Piece, about: bool) {
        let list = if self.title.is_some() {
            &mut self.subject
        } else if self.number.is_some() || about || !self.about.is_empty() {
            &mut self.about
        } else {
            &mut self.bodies
        };
        list.push(piece.range.clone());
    }
}

fn kind(ctx: &Ctx<'_>, piece: &Piece, seen: &Seen) -> Kind {
    let (lexed, head, range) = (ctx.lexed, &ctx.grammar.head, &piece.range);
    if let Some(rule) = head.motto.patterns.whole(lexed, range) {
        return Kind::Motto(head.motto.rules[rule].value);
    }
    // A stamp may stand in brackets or after a bullet.
    let bare = bare(ctx, range);
    if let Some(rule) = head.secrecy.patterns.whole(lexed, &bare) {
        return Kind::Secrecy(head.secrecy.rules[rule].value);
    }
    if let Some(rule) = head.urgency.patterns.whole(lexed, &bare) {
        return Kind::Urgency(head.urgency.rules[rule].value);
    }
    if let Some(length) = head.address.length_at(lexed, range.start, range.end) {
        let after = range.start + length;
        if lexed.is_sign(after, &[':']) || range.end == after || seen.number.is_some() || seen.title.is_some() {
            return Kind::Address(after + usize::from(lexed.is_sign(after, &[':'])));
        }
    }
    if seen.number.is_none() && number::is_number(ctx, range) {
        return Kind::Number;
    }
    if seen.date.is_none() && place_date(ctx, range).is_some() {
        return Kind::PlaceDate;
    }
    if seen.title.is_none() {
        if let Some((kind, end)) = title(ctx, range) {
            return Kind::Title(kind, end);
        }
    } else if subject::is_telegram_address(ctx, range) {
        return Kind::Address(range.end);
    }
    let furniture = head.furniture.length_at(lexed, bare.start, bare.end);
    if furniture.is_some_and(|length| bare.len() <= length + 3) {
        return Kind::Furniture;
    }
    Kind::Other
}

/// Without brackets and bullets around.
fn bare(ctx: &Ctx<'_>, range: &Range<usize>) -> Range<usize> {
    let sign = |token: usize| ctx.lexed.tokens[token].shape == Shape::Sign;
    let start = range.clone().find(|&token| !sign(token)).unwrap_or(range.end);
    let end = range.clone().rev().find(|&token| !sign(token)).map_or(start, |token| token + 1);
    start..end.max(start)
}

/// A line that is the name of a document type, or begins with one in capitals.
fn title(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(usize, usize)> {
    let bare = bare(ctx, range);
    let found = ctx.grammar.type_names.at(ctx.lexed, bare.start, bare.end)?;
    if !ctx.grammar.types[found.rule].title {
        return None;
    }
    if found.range.end == bare.end {
        return Some((found.rule, range.end));
    }
    // `PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC`, but not `Kế hoạch số 8 của …`
    let capitals = ctx.is_capital(range) && ctx.lexed.tokens[range.start].shape == Shape::Upper;
    let number = ctx.grammar.refs.number.length_at(ctx.lexed, found.range.end, range.end).is_some();
    (capitals && !number).then_some((found.rule, found.range.end))
}

/// Place and date, when the piece is nothing else.
fn place_date(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(dates::Moment, String)> {
    let comma = range.clone().find(|&token| dates::date_line(ctx.lexed, token, range.end).is_some())?;
    let (moment, stop) = dates::date_line(ctx.lexed, comma, range.end)?;
    let place = range.start..comma.saturating_sub(usize::from(comma > range.start && ctx.lexed.is_sign(comma - 1, &[',', '.', ';'])));
    let short = place.len() <= 8 && place.clone().all(|token| ctx.lexed.tokens[token].shape != Shape::Number);
    (short && stop + 2 >= range.end).then(|| (moment, ctx.lexed.string(&place)))
}

/// Whether the body begins at a piece that has no form of its own.
fn is_body(ctx: &Ctx<'_>, piece: &Piece, seen: &Seen) -> bool {
    if let Some(kind) = seen.title {
        return subject::ends_before(ctx, piece, &seen.subject, &ctx.grammar.types[kind]);
    }
    if seen.number.is_some() {
        let begun = !seen.about.is_empty();
        return begun && subject::is_prose(ctx, piece) && (piece.after_blank || piece.range.len() > 60);
    }
    subject::is_prose(ctx, piece) && piece.range.len() > 40
}

/// Puts together what was seen.
fn finish(ctx: &Ctx<'_>, seen: &Seen, mut head: Head) -> Head {
    let letter = &mut head.letter;
    let found = [seen.motto.is_some(), seen.number.is_some(), seen.date.is_some(), seen.title.is_some(), !letter.to.is_empty()];
    head.found = found.iter().filter(|found| **found).count() >= 2;
    if head.found {
        (letter.superior, letter.issuer) = bodies::joined(ctx, &seen.bodies);
    }
    if let Some((moment, place)) = &seen.date {
        letter.date = moment.canonical(None);
        letter.place = Some(place.clone()).filter(|place| !place.is_empty());
    }
    if let Some(number) = &seen.number {
        letter.number.clone_from(&number.number);
        letter.symbol.clone_from(&number.symbol);
        letter.code.clone_from(&number.code);
    }
    head.kind = seen.title.or_else(|| {
        let of_symbol = seen.number.as_ref().filter(|number| number.letters.len() > 1);
        let of_symbol = of_symbol.and_then(|number| ctx.grammar.type_of_code(number.letters.first()?));
        of_symbol.or_else(|| ctx.grammar.type_of_code("CV").filter(|_| seen.number.is_some() || !letter.to.is_empty()))
    });
    letter.kind = head.kind.map(|kind| subject::code_of_type(ctx, kind, letter.symbol.as_deref()));
    let subject = if seen.title.is_some() { subject::of_title(ctx, &seen.subject) } else { subject::of_letter(ctx, &seen.about) };
    letter.subject = subject.filter(|subject| !subject.is_empty());
    letter.system = bodies::system(ctx, seen.motto, &seen.bodies, letter.symbol.as_deref());
    head
}

/// The type that a title standing alone names.
fn title_of(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<usize> {
    title(ctx, range).filter(|_| ctx.lexed.tokens[range.start].shape == Shape::Upper).map(|(kind, _)| kind)
}

/// The type of a document that begins with this piece, and the piece that says that it is put into force.
pub(crate) fn begins_attached(ctx: &Ctx<'_>, all: &[Piece], place: usize) -> Option<(usize, usize)> {
    let kind = title_of(ctx, &all.get(place)?.range)?;
    let force = &ctx.grammar.head.in_force;
    let says = |piece: &Piece| {
        let start = piece.range.start + usize::from(ctx.lexed.is_sign(piece.range.start, &['(']));
        force.at(ctx.lexed, start, piece.range.end).is_some()
    };
    let under = (place + 1..all.len().min(place + 1 + MOST_TITLE)).find(|&under| says(&all[under]))?;
    Some((kind, under))
}

/// Whether a second letter begins here (files that hold several).
pub(crate) fn begins_letter(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    ctx.grammar.head.motto.patterns.whole(ctx.lexed, range).is_some()
}

/// The token after the letter's number, when the line begins with it.
pub(crate) fn number_end(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<usize> {
    number::parse(ctx, range).map(|number| number.end)
}

/// Whether a line is nothing but place and date.
pub(crate) fn is_place_date(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    place_date(ctx, range).is_some_and(|(moment, place)| moment.year.is_some() && !place.is_empty())
}
