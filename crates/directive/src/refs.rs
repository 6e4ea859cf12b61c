//! Documents that the letter cites by their code, wherever they stand, each once.
//!
//! A code is known by its form (`57-CT/TW`, `126/2024/NĐ-CP`), its type by the word before it, date and issuer by what
//! follows; later mentions fill what the first left out. Not for laws cited without a number.

use crate::Ctx;
use crate::dates::{self, Moment};
use crate::head::symbol;
use crate::lex::{Shape, Token};
use crate::model::{Reference, Relation};
use crate::units;
use std::collections::HashMap;
use std::ops::Range;

/// A sentence is looked back for no further, in tokens.
const MOST_BEFORE: usize = 300;
/// What is sent along is listed within so many tokens.
const MOST_ATTACHED: usize = 600;

/// One place where a code stands.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// Tokens from the word of the type to the end of the issuer or date.
    pub(crate) whole: Range<usize>,
    /// Tokens of the code.
    pub(crate) code: Range<usize>,
    /// Place in the list of references.
    pub(crate) reference: usize,
}

/// What the letter cites, in order of first mention, and every mention.
pub(crate) fn read(ctx: &Ctx<'_>, own: &Range<usize>, own_code: Option<&str>) -> (Vec<Reference>, Vec<Mention>) {
    let mut references: Vec<Reference> = Vec::new();
    let mut mentions = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut shared: Option<(usize, String)> = None;
    let mut token = 0;
    while token < ctx.lexed.tokens.len() {
        let Some((code, end)) = code_at(ctx, token).filter(|_| !own.contains(&token)) else {
            token += 1;
            continue;
        };
        let block = ctx.block_of(token);
        let key = code.to_lowercase();
        if own_code.is_some_and(|own| own.to_lowercase() == key) || is_form(ctx, token, block.0) {
            token = end;
            continue;
        }
        let mention = Found::read(ctx, token, end, block);
        let issuer = mention
            .issuer
            .clone()
            .or_else(|| shared.as_ref().filter(|(at, _)| *at == block.0 && mention.bare).map(|(_, issuer)| issuer.clone()));
        if mention.heads_list {
            shared = mention.issuer.clone().map(|issuer| (block.0, issuer));
        }
        let place = *known.entry(key).or_insert_with(|| {
            let span = ctx.lexed.span(&(token..end));
            references.push(Reference { code: code.clone(), kind: None, date: None, issuer: None, relation: Relation::Cites, span });
            references.len() - 1
        });
        let reference = &mut references[place];
        // A title in capitals spoils the case of a code (`QĐ-TTG`).
        if code != reference.code
            && code.chars().filter(|c| c.is_lowercase()).count() > reference.code.chars().filter(|c| c.is_lowercase()).count()
        {
            reference.code = code;
        }
        reference.kind = reference
            .kind
            .take()
            .filter(|_| !mention.typed || mentions.iter().any(|other: &Mention| other.reference == place))
            .or(Some(mention.kind));
        reference.date = reference.date.take().or(mention.date);
        reference.issuer = reference.issuer.take().or(issuer);
        reference.relation = stronger(reference.relation, relation(ctx, mention.whole.start, block));
        mentions.push(Mention { whole: mention.whole, code: token..end, reference: place });
        token = end;
    }
    (references, mentions)
}

/// `Mẫu số 02/BCĐ-MT` is a form to fill in.
fn is_form(ctx: &Ctx<'_>, at: usize, block: usize) -> bool {
    let from = at.saturating_sub(3).max(block);
    ctx.grammar.refs.forms.all(ctx.lexed, from..at).any(|found| found.range.end == at)
}

/// The stronger of two relations: a letter that implements a document may attach it as well.
fn stronger(one: Relation, other: Relation) -> Relation {
    let rank = |relation| match relation {
        Relation::Implements => 0,
        Relation::Replaces => 1,
        Relation::Attaches => 2,
        Relation::Cites => 3,
    };
    if rank(other) < rank(one) { other } else { one }
}

/// The code that begins at a number, with the token after it.
fn code_at(ctx: &Ctx<'_>, at: usize) -> Option<(String, usize)> {
    let lexed = ctx.lexed;
    let first = lexed.tokens.get(at).filter(|token| token.shape == Shape::Number)?;
    if lexed.touches_previous(at) && !lexed.tokens[at - 1].is_sign(&['(', '"', '“', ':', ';', ',', '.']) {
        return None;
    }
    let announced = at > 0 && (ctx.grammar.refs.number.length_at(lexed, at - 1, at).is_some() || lexed.is_sign(at - 1, &[':']));
    let mut number = lexed.word(at).to_owned();
    let mut sign = at + 1;
    // `12a/KH-UBND`
    if lexed.touches_previous(sign) && lexed.word(sign).chars().count() == 1 && lexed.tokens.get(sign)?.shape != Shape::Sign {
        number.push_str(lexed.word(sign));
        sign += 1;
    }
    if let Some(found) = without_dash(ctx, &number, sign).filter(|_| announced) {
        return Some(found);
    }
    let separator = lexed.tokens.get(sign).filter(|token| token.is_sign(&['/', '-', '–']))?;
    let near = |token: usize| {
        lexed.touches_previous(token)
            || announced && lexed.tokens.get(token).is_some_and(|next| next.start <= lexed.tokens[token - 1].end + 2)
    };
    if !near(sign) || first.end > separator.start + 2 {
        return None;
    }
    let slash = separator.sign == '/';
    let mut start = sign + 1;
    let mut year = false;
    if slash
        && lexed.number(start).is_some_and(|year| (1945..=2200).contains(&year))
        && lexed.is_sign(start + 1, &['/'])
        && lexed.touches_previous(start)
    {
        number.push('/');
        number.push_str(lexed.word(start));
        start += 2;
        year = true;
    }
    let name = lexed.tokens.get(start).filter(|token| token.is_name())?;
    if !near(start) {
        return None;
    }
    let (symbol, letters, end) = symbol(ctx, start, lexed.tokens.len());
    let symbol = without_glued(&symbol);
    let party = !slash && symbol.contains('/');
    let typed = letters.iter().any(|letters| ctx.grammar.type_of_code(letters).is_some() && letters.chars().count() > 1);
    // `Công văn 1517/TLĐ`
    let named =
        (at.saturating_sub(3)..at).any(|start| ctx.grammar.type_names.at(lexed, start, at).is_some_and(|found| found.range.end == at));
    let state = slash
        && (year
            || announced
            || named && name.shape == Shape::Upper
            || typed && symbol.contains('-')
            || symbol.contains('-') && name.shape == Shape::Upper);
    (party || state).then(|| (format!("{number}{}{symbol}", if slash { '/' } else { '-' }), end))
}

/// `TM-VPngày`: a blank was lost behind the code; no symbol ends in three small letters behind two capitals.
fn without_glued(symbol: &str) -> String {
    let small = symbol.chars().rev().take_while(|c| c.is_lowercase()).count();
    let kept = symbol.chars().count() - small;
    let capitals = symbol.chars().take(kept).collect::<Vec<_>>().iter().rev().take_while(|c| c.is_uppercase()).count();
    symbol.chars().take(if small >= 3 && capitals >= 2 { kept } else { kept + small }).collect()
}

/// `số 84 QĐ/TWĐTN`: the dash was left out.
fn without_dash(ctx: &Ctx<'_>, number: &str, at: usize) -> Option<(String, usize)> {
    let typed = ctx.lexed.tokens.get(at)?.is_name() && ctx.grammar.type_of_code(ctx.lexed.word(at)).is_some();
    let issued = ctx.lexed.is_sign(at + 1, &['/']) && ctx.lexed.touches_previous(at + 1) && ctx.lexed.touches_previous(at + 2);
    let (symbol, _, end) = symbol(ctx, at, ctx.lexed.tokens.len());
    (typed && issued && symbol.contains('/')).then(|| (format!("{number}{symbol}"), end))
}

/// What one mention says about its document.
struct Found {
    kind: String,
    /// The type was said in words.
    typed: bool,
    date: Option<String>,
    issuer: Option<String>,
    whole: Range<usize>,
    /// No word of a type stands before it: one of a list.
    bare: bool,
    /// It opens a list: `các văn bản của …: số 1, số 2`.
    heads_list: bool,
}

impl Found {
    fn read(ctx: &Ctx<'_>, at: usize, end: usize, block: (usize, usize)) -> Found {
        let lexed = ctx.lexed;
        let mut before = at;
        while before > block.0
            && (ctx.grammar.refs.number.length_at(lexed, before - 1, before).is_some() || before < at && lexed.is_sign(before - 1, &[':']))
        {
            before -= 1;
        }
        let colon = before > block.0 && lexed.is_sign(before, &[':']);
        let (kind, start) = kind(ctx, before, at, end, block.0);
        let mut found = Found {
            typed: start < before,
            kind,
            date: None,
            issuer: None,
            whole: start + usize::from(colon && start == before)..end,
            bare: start == before || colon,
            heads_list: colon,
        };
        found.after(ctx, end, block.1);
        if found.issuer.is_none() {
            let (from, anchor) = if colon { (before, before) } else { (start, start) };
            found.issuer = issuer_before(ctx, from, anchor, block.0, colon);
        }
        found
    }

    /// Date and issuer behind the code, in either order.
    fn after(&mut self, ctx: &Ctx<'_>, mut at: usize, end: usize) {
        for _ in 0..2 {
            let from = at + usize::from(ctx.lexed.is_sign(at, &[',', '(']) && at < end);
            if let Some((moment, stop)) = date(ctx, from, end).filter(|_| self.date.is_none()) {
                self.date = moment.canonical(None);
                at = stop + usize::from(ctx.lexed.is_sign(stop, &[')']) && ctx.lexed.is_sign(from.wrapping_sub(1), &['(']));
                self.whole.end = at;
                continue;
            }
            let Some(of) = ctx.grammar.refs.of.length_at(ctx.lexed, from, end).filter(|_| self.issuer.is_none()) else { break };
            // In capitals a name cannot be told from what follows it.
            if ctx.lexed.tokens[from].shape == Shape::Upper {
                break;
            }
            let Some(stop) = units::issuer_at(ctx, from + of, end) else { break };
            self.issuer = Some(ctx.lexed.string(&(from + of..stop)));
            at = stop;
            self.whole.end = at;
        }
    }
}

fn date(ctx: &Ctx<'_>, at: usize, end: usize) -> Option<(Moment, usize)> {
    let word = ctx.grammar.refs.dated.length_at(ctx.lexed, at, end)?;
    // The word "ngày" belongs to the date.
    let from = (at + word).saturating_sub(1);
    dates::day(ctx.lexed, from, end)
}

/// The type by the word before the number, else by the letters of the code; and where its words begin.
fn kind(ctx: &Ctx<'_>, before: usize, at: usize, end: usize, block: usize) -> (String, usize) {
    let (lexed, grammar) = (ctx.lexed, ctx.grammar);
    let symbol = lexed.slice(&(at..end));
    let adjacent = (before.saturating_sub(5).max(block)..before).find_map(|start| {
        let found = grammar.type_names.at(lexed, start, before)?;
        (found.range.end == before).then_some((found.rule, start))
    });
    if let Some((kind, start)) = adjacent {
        return (crate::head::code_of_type(ctx, kind, Some(symbol)), start);
    }
    // `Luật An ninh mạng số 116/2025/QH15`: the name stands between.
    let law = symbol.to_uppercase().contains("/QH");
    if law {
        let sentence = (block..before).rev().take(25).take_while(|&token| !lexed.is_sign(token, &[';', '.', ':'])).last().unwrap_or(before);
        let named = (sentence..before).rev().find_map(|start| grammar.type_names.at(lexed, start, before).map(|found| (found.rule, start)));
        if let Some((kind, start)) = named.filter(|(kind, start)| lexed.tokens[*start].is_name() && !grammar.types[*kind].code.is_empty()) {
            return (grammar.types[kind].code.to_owned(), start);
        }
    }
    let letters: Vec<&str> = symbol.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()).collect();
    let own =
        letters.first().and_then(|letters| grammar.type_of_code(letters)).filter(|kind| !grammar.types[*kind].also.contains(&"QH") || law);
    let code = own.or_else(|| grammar.type_of_code(if law { "QH" } else { "CV" }));
    (code.map(|kind| grammar.types[kind].code.to_owned()).unwrap_or_default(), before)
}

/// `… của Giám đốc Sở Nội vụ tại Tờ trình số …`, `… của Thường trực: số …`: the issuer before the code.
fn issuer_before(ctx: &Ctx<'_>, from: usize, anchor: usize, block: usize, colon: bool) -> Option<String> {
    let lexed = ctx.lexed;
    let end = if colon {
        anchor
    } else {
        let at = from.checked_sub(1).filter(|&at| at >= block)?;
        ctx.grammar.refs.at.whole(lexed, &(at..from)).map(|_| at)?
    };
    (end.saturating_sub(25).max(block)..end).find_map(|start| {
        let of = ctx.grammar.refs.of.length_at(lexed, start, end)?;
        (units::at(ctx, start + of, end)? == end).then(|| lexed.string(&(start + of..end)))
    })
}

/// How the sentence before a code relates to it.
fn relation(ctx: &Ctx<'_>, start: usize, block: (usize, usize)) -> Relation {
    let lexed = ctx.lexed;
    let sentence = sentence_start(ctx, start, block.0);
    let before = sentence..start;
    for rule in &ctx.grammar.cues.relations {
        let hit = rule.before.all(lexed, before.clone()).any(|found| {
            // The cue opens the sentence, or stands right before the document.
            let opens = found.range.start <= sentence + 1;
            let near = start - found.range.end <= 5;
            let told =
                found.range.start > block.0 && rule.not.all(lexed, found.range.start.saturating_sub(2)..found.range.end).next().is_some();
            let attaches = rule.relation == Relation::Attaches;
            !told && (opens || near || attaches)
        });
        if hit {
            return rule.relation;
        }
        if rule.after.any(lexed, start..block.1.min(start + 60)) {
            return rule.relation;
        }
    }
    Relation::Cites
}

fn sentence_start(ctx: &Ctx<'_>, at: usize, block: usize) -> usize {
    let block = block.max(at.saturating_sub(MOST_BEFORE));
    (block..at)
        .rev()
        .find(|&token| {
            let stop = ctx.lexed.is_sign(token, &['.']) && !ctx.lexed.touches_previous(token + 1);
            stop && ctx.lexed.tokens.get(token + 1).is_some_and(Token::is_name)
        })
        .map_or(block, |token| token + 1)
}

/// What is sent along: each document after words such as `gửi kèm`, or the words themselves.
pub(crate) fn attachments(ctx: &Ctx<'_>, mentions: &[Mention], blocks: Range<usize>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for index in blocks {
        let Some(block) = ctx.doc.blocks.get(index) else { break };
        let tokens = ctx.lexed.within(&block.span);
        let cues = &ctx.grammar.cues;
        let mut at = tokens.start;
        while at < tokens.end {
            let Some(found) = cues.attach.at(ctx.lexed, at, tokens.end) else {
                at += 1;
                continue;
            };
            at = found.range.end;
            let told = (1..=3).any(|back| {
                found.range.start >= tokens.start + back
                    && cues.attach_not_after.at(ctx.lexed, found.range.start - back, found.range.start).is_some()
            });
            if told {
                continue;
            }
            let limit = tokens.end.min(at + MOST_ATTACHED);
            let end = (at..limit).find(|&token| ctx.lexed.is_sign(token, &[')']) && depth(ctx, at, token) == 0).unwrap_or(limit);
            let mut known = std::collections::BTreeSet::new();
            let cited: Vec<String> = mentions
                .iter()
                .filter(|mention| mention.code.start >= at && mention.code.end <= end && known.insert(mention.reference))
                .map(|mention| ctx.lexed.string(&mention.whole))
                .collect();
            if cited.is_empty() {
                let text = ctx.lexed.string(&(at..end));
                let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '"' && c != '“' && c != '”');
                out.extend(Some(text.to_owned()).filter(|text| (4..=300).contains(&text.chars().count())));
            }
            out.extend(cited);
            at = end;
        }
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|text| seen.insert(text.to_lowercase()));
    out
}

/// Brackets that were opened since `from`.
fn depth(ctx: &Ctx<'_>, from: usize, to: usize) -> usize {
    (from..to).fold(0_usize, |depth, token| match ctx.lexed.tokens[token].sign {
        '(' => depth + 1,
        ')' => depth.saturating_sub(1),
        _ => depth,
    })
}
