//! The end of the letter: recipients and signature, beside or below each other.
//!
//! Not for annexes, which come after it. Lines with a dash under `Nơi nhận` are copies; authority, position and name
//! are known by their form, wherever they stand.

use crate::Ctx;
use crate::lex::{Shape, Token};
use crate::model::{Copy, Signature};
use crate::pieces::{Piece, pieces};
use std::ops::Range;

/// A signature stands at most so many blocks before the recipients (PDF reads the right column first).
const MOST_BEFORE: usize = 8;
/// A list of recipients with its signature is not longer.
const MOST_AFTER: usize = 90;

/// What the end of the letter says.
#[derive(Debug, Default)]
pub(crate) struct Foot {
    pub(crate) copies: Vec<Copy>,
    pub(crate) signature: Signature,
    /// Blocks of the end; the body stops before it.
    pub(crate) blocks: Range<usize>,
}

pub(crate) fn read(ctx: &Ctx<'_>, body: usize) -> Foot {
    let all = pieces(ctx, body..ctx.doc.blocks.len());
    let head = &ctx.grammar.head;
    let is_copies = |piece: &Piece| {
        let length = head.copies.length_at(ctx.lexed, piece.range.start, piece.range.end);
        length.is_some_and(|length| piece.range.len() == length || ctx.lexed.is_sign(piece.range.start + length, &[':', '.', '-']))
    };
    let annex = all.iter().position(|piece| is_annex(ctx, piece)).unwrap_or(all.len());
    // An annex has no recipients; what looks like one before them is none.
    // A scan or a copy may have lost the words `Nơi nhận`; the first entry is always the same.
    let copies = all.iter().position(is_copies).or_else(|| all.iter().position(|piece| is_first_copy(ctx, piece)));
    let annex = if copies.is_some_and(|copies| annex < copies) { all.len() } else { annex };
    let mut foot = Foot::default();
    let start = match copies {
        Some(copies) => all[..copies]
            .iter()
            .rposition(|piece| {
                piece.block + MOST_BEFORE < all[copies].block
                    || !is_signing(ctx, piece) && !piece.is_rule && piece.block != all[copies].block
            })
            .map_or(copies.min(1) * usize::from(copies > 0 && is_signing(ctx, &all[0])), |before| before + 1)
            .min(copies),
        None => match all[..annex].iter().position(|piece| is_authority(ctx, &piece.range) && ctx.is_capital(&piece.range)) {
            Some(start) => start,
            None => match all[..annex].iter().rposition(|piece| is_position(ctx, &piece.range)) {
                Some(start) if start + 8 >= annex && all[start].range.len() <= 8 => start,
                _ => {
                    let end = all.get(annex).map_or(ctx.doc.blocks.len(), |piece| piece.block);
                    foot.blocks = end..end;
                    return foot;
                }
            },
        },
    };
    let mut end = annex.min(start + MOST_AFTER);
    if let Some(next) = all[start..end].iter().position(|piece| crate::head::begins_letter(ctx, &piece.range)) {
        end = start + next;
    }
    if let Some(next) = (start + 1..end).find(|&place| crate::head::begins_attached(ctx, &all, place).is_some()) {
        end = next;
    }
    collect(ctx, &all[start..end], &mut foot);
    let last = all[start..end].last().map_or(body, |piece| piece.block + 1);
    foot.blocks = all.get(start).map_or(last, |piece| piece.block)..last;
    foot
}

/// `- Như trên;`
fn is_first_copy(ctx: &Ctx<'_>, piece: &Piece) -> bool {
    let start = piece.range.start + 1;
    let first = &ctx.grammar.head.copies_first;
    is_dash(ctx, piece.range.start) && first.at(ctx.lexed, start, piece.range.end).is_some() && piece.range.len() <= 8
}

/// A heading of an annex.
fn is_annex(ctx: &Ctx<'_>, piece: &Piece) -> bool {
    let range = &piece.range;
    ctx.grammar.head.annex.at(ctx.lexed, range.start, range.end).is_some()
        && range.len() <= 25
        && (ctx.lexed.tokens[range.start].shape == Shape::Upper || range.len() <= 3)
}

fn collect(ctx: &Ctx<'_>, all: &[Piece], foot: &mut Foot) {
    let headed = all.iter().any(|piece| ctx.grammar.head.copies.at(ctx.lexed, piece.range.start, piece.range.end).is_some());
    let copying = !headed && all.first().is_some_and(|piece| is_first_copy(ctx, piece));
    let mut reader = Reader { foot, copying, closed: false, authority: Vec::new(), position: None, deputy: false, name: None };
    for piece in all.iter().filter(|piece| !piece.is_rule) {
        let mut range = piece.range.clone();
        let glued = glued_signature(ctx, &range);
        range.end = glued.unwrap_or(range.end);
        if let Some(length) = ctx.grammar.head.copies.length_at(ctx.lexed, range.start, range.end) {
            range.start += length;
            while ctx.lexed.is_sign(range.start, &[':', '.']) && range.start < range.end {
                range.start += 1;
            }
            reader.copying = true;
        }
        if !range.is_empty() {
            reader.take(ctx, range, piece.right);
        }
        if let Some(start) = glued {
            reader.take(ctx, start..piece.range.end, true);
        }
    }
    let Reader { authority, position, name, .. } = reader;
    for copy in &mut foot.copies {
        copy.text = crate::head::trimmed(&copy.text);
    }
    foot.copies.retain(|copy| !copy.text.is_empty());
    foot.signature = Signature { authority: Some(authority.join(" ")).filter(|text| !text.is_empty()), position, name };
}

/// Where the right column begins when a single blank parts it from the left one: `- Như trên; PHÓ GIÁM ĐỐC`.
fn glued_signature(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<usize> {
    let left = is_dash(ctx, range.start) || ctx.grammar.head.copies.at(ctx.lexed, range.start, range.end).is_some();
    (range.start + 1..range.end).filter(|_| left).find(|&start| {
        let rest = start..range.end;
        let signed = is_authority(ctx, &rest) || is_position(ctx, &rest);
        ctx.lexed.is_sign(start - 1, &[';', ':', '.']) && ctx.is_capital(&rest) && signed
    })
}

/// The lines of a signature that a reader ran together: `TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hà Thị Tre`.
fn glued_lines(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let lexed = ctx.lexed;
    if !is_authority(ctx, range) && !is_position(ctx, range) || lexed.tokens[range.start].shape != Shape::Upper {
        return None;
    }
    let prefix = |token: usize| token > range.start && lexed.is_sign(token - 1, &['.', '/']);
    let starts = (range.start + 1..range.end).filter(|&token| {
        let rest = token..range.end;
        let found = &lexed.tokens[token];
        let after_capitals = lexed.tokens[token - 1].shape == Shape::Upper;
        let authority = found.shape == Shape::Upper
            && ctx.grammar.head.authority.length_at(lexed, token, range.end).is_some_and(|length| length > 1)
            && is_authority(ctx, &rest);
        let position = found.shape == Shape::Upper
            && !prefix(token)
            && !lexed.is_sign(token - 1, &[','])
            && ctx.grammar.head.positions.length_at(lexed, token, range.end).is_some_and(|length| length > 1);
        let name = found.shape == Shape::Capital && after_capitals && rest.len() <= 5 && is_plain_name(ctx, &rest);
        // `PHÓ CHỦ TỊCH` holds `CHỦ TỊCH`, `BAN BÍ THƯ` holds `BÍ THƯ`.
        let inside = position
            && (1..=2).any(|back| {
                token >= range.start + back
                    && [&ctx.grammar.head.positions, &ctx.grammar.units.heads]
                        .iter()
                        .any(|table| table.length_at(lexed, token - back, range.end).is_some_and(|length| length > back))
            });
        authority || position && !inside || name
    });
    let mut bounds: Vec<usize> = std::iter::once(range.start).chain(starts).collect();
    bounds.push(range.end);
    (bounds.len() > 2).then(|| bounds.windows(2).map(|pair| pair[0]..pair[1]).collect())
}

struct Reader<'f> {
    foot: &'f mut Foot,
    copying: bool,
    /// The entry of the archive was read: the list is over.
    closed: bool,
    authority: Vec<String>,
    position: Option<String>,
    /// The position is a deputy's.
    deputy: bool,
    name: Option<String>,
}

impl Reader<'_> {
    fn take(&mut self, ctx: &Ctx<'_>, range: Range<usize>, right: bool) {
        let lexed = ctx.lexed;
        if is_dash(ctx, range.start) && self.copying {
            if !self.closed {
                self.items(ctx, range);
            }
        } else if let Some(parts) = glued_lines(ctx, &range) {
            for part in parts {
                self.take(ctx, part, right);
            }
        } else if is_authority(ctx, &range) && !self.is_open(ctx, &range) {
            if self.position.is_none() {
                self.authority.push(lexed.string(&range));
            }
        } else if is_position(ctx, &range) && !self.is_open(ctx, &range) {
            self.position(ctx, &range);
        } else if ctx.grammar.head.furniture.at(lexed, range.start, range.end).is_some() && range.len() < 8
            || lexed.is_sign(range.start, &['(']) && right
        {
            // `(Đã ký)`
        } else if (is_name(ctx, &range) || self.position.is_some() && is_plain_name(ctx, &range))
            && (right || self.position.is_some() || !self.authority.is_empty())
            && !self.goes_on(ctx, &range)
        {
            if self.name.is_none() {
                self.name = Some(lexed.string(&range));
            }
        } else if self.copying && !right && self.name.is_none() {
            let text = lexed.string(&range);
            let small = lexed.tokens[range.start].shape == Shape::Small;
            let open = self.foot.copies.last().is_none_or(|copy| !copy.text.ends_with('.'));
            match self.foot.copies.last_mut() {
                Some(last) if (small || !last.text.ends_with([';', ',', '.'])) && open && self.position.is_none() => {
                    last.text.push(' ');
                    last.text.push_str(&text);
                }
                _ if open && self.position.is_none() && self.authority.is_empty() => self.items(ctx, range),
                _ => {}
            }
        }
        if let Some(copy) = self.foot.copies.last_mut() {
            copy.purpose = purpose(ctx, &copy.text);
        }
    }

    /// Who signs for another holds the lower post: `KT. BỘ TRƯỞNG / CHỦ NHIỆM VĂN PHÒNG / PHÓ CHỦ NHIỆM`.
    fn position(&mut self, ctx: &Ctx<'_>, range: &Range<usize>) {
        let deputy = ctx.grammar.head.deputies.at(ctx.lexed, range.start, range.end).is_some();
        if deputy && !self.authority.is_empty() && self.name.is_none() && !self.deputy {
            self.authority.extend(self.position.take());
        }
        if self.position.is_none() {
            self.position = Some(super::head::trimmed(&ctx.lexed.string(range)));
            self.deputy = deputy;
        }
    }

    /// A copy that ends without punctuation goes on in the next line, even when that looks like a position.
    fn is_open(&self, ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
        let open = self.copying && self.foot.copies.last().is_some_and(|copy| copy.text.ends_with(','));
        open && !ctx.is_capital(range) && self.foot.copies.len() > 1 && range.len() > 6
    }

    fn goes_on(&self, ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
        self.copying && self.position.is_none() && self.authority.is_empty() && ctx.lexed.is_sign(range.end - 1, &[';', ',', '.'])
    }

    /// One or several entries in one line.
    fn items(&mut self, ctx: &Ctx<'_>, range: Range<usize>) {
        let lexed = ctx.lexed;
        let mut starts: Vec<usize> = vec![range.start];
        starts.extend((range.start + 1..range.end).filter(|&token| {
            let named = lexed.tokens.get(token + 1).is_some_and(Token::is_name);
            is_dash(ctx, token) && lexed.is_sign(token - 1, &[';', ',', '.']) && named && !lexed.touches_previous(token)
        }));
        for (nth, &start) in starts.iter().enumerate() {
            let end = starts.get(nth + 1).copied().unwrap_or(range.end);
            let start = start + usize::from(is_dash(ctx, start));
            let text = lexed.string(&(start..end));
            if !text.is_empty() {
                self.closed |= ctx.grammar.head.archive.at(lexed, start, end).is_some();
                self.foot.copies.push(Copy { text, purpose: None });
            }
        }
    }
}

/// What stands in the last brackets of a copy, when it says what for.
fn purpose(ctx: &Ctx<'_>, text: &str) -> Option<String> {
    let (_, inside) = text.rsplit_once('(')?;
    let (inside, _) = inside.split_once(')')?;
    let lexed = crate::lex::Lexed::new(inside, &ctx.grammar.vocabulary);
    ctx.grammar.head.purpose.at(&lexed, 0, lexed.tokens.len()).map(|_| inside.trim().to_owned())
}

fn is_dash(ctx: &Ctx<'_>, token: usize) -> bool {
    ctx.lexed.is_sign(token, &['-', '–', '•', '+', '*', '·', '●', '\u{f0b7}', '\u{f02d}'])
}

fn is_signing(ctx: &Ctx<'_>, piece: &Piece) -> bool {
    is_authority(ctx, &piece.range) || is_position(ctx, &piece.range) || is_name(ctx, &piece.range) && piece.range.len() >= 2
}

/// `T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`.
fn is_authority(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let Some(length) = ctx.grammar.head.authority.length_at(ctx.lexed, range.start, range.end) else { return false };
    let first = &ctx.lexed.tokens[range.start];
    let marked = length > 1 || ctx.lexed.is_sign(range.start + 1, &['.', '/']) || first.shape == Shape::Upper;
    let listed = ctx.lexed.is_sign(range.start + length, &[',', ';', '&', '-']);
    marked && !listed && range.len() > length && range.len() <= 22 && !ctx.lexed.is_sign(range.end - 1, &[';', ':'])
}

/// `PHÓ CHỦ TỊCH`, `GIÁM ĐỐC SỞ Y TẾ`: a position, in capitals or alone.
fn is_position(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let Some(length) = ctx.grammar.head.positions.length_at(ctx.lexed, range.start, range.end) else { return false };
    ctx.is_capital(range) && range.len() <= 16 || length == range.len()
}

/// Two to six words that begin with capitals, perhaps after a rank or degree.
fn is_name(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    if is_rank(ctx, range) {
        return true;
    }
    let mut words = 0;
    for token in &ctx.lexed.tokens[range.clone()] {
        match token.shape {
            Shape::Capital | Shape::Upper => words += 1,
            Shape::Sign if token.is_sign(&['.', ',']) && words > 0 => {}
            _ => return false,
        }
    }
    (2..=7).contains(&words) && !crate::units::begins_with_head(ctx, range)
}

/// A name whose first word is also the head of a body (`Đoàn Văn Bãi`), behind a position.
fn is_plain_name(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    (2..=4).contains(&range.len()) && ctx.lexed.tokens[range.clone()].iter().all(|token| token.shape == Shape::Capital)
}

/// `Đại tá Nguyễn Văn A`: one small word second, the rest capitals.
fn is_rank(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let small = range.clone().filter(|&token| ctx.lexed.tokens[token].shape == Shape::Small).count();
    let names = range.clone().all(|token| ctx.lexed.tokens[token].is_name() || token == range.start + 1);
    small == 1 && names && ctx.lexed.tokens[range.start + 1].shape == Shape::Small && (4..=7).contains(&range.len())
}
