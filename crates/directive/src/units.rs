//! Names of units in running text: where one begins, where it ends, which ones a list names.
//!
//! A name is a head word (`Sở`, `Đảng ủy`, `các cơ quan`), words in capitals and a few small words that go on with
//! names; the first other word ends it, so that no list of verbs is needed. Not a register: it never asks whether the
//! unit exists.

use crate::Ctx;
use crate::lex::{Lexed, Shape, squeezed};
use std::ops::Range;

/// Small syllables that follow a capital one inside a name (`Hội Cựu giáo chức`).
const MOST_SMALL: usize = 4;

/// `các sở:` is not longer, in tokens.
const MOST_BEFORE_LIST: usize = 40;

/// The token after the unit name or list of names that begins at `start`.
pub(crate) fn at(ctx: &Ctx<'_>, start: usize, end: usize) -> Option<usize> {
    scan(ctx.lexed, start, end, &[','])
}

/// The token after one name, or names joined by "và": the issuer of a document.
pub(crate) fn issuer_at(ctx: &Ctx<'_>, start: usize, end: usize) -> Option<usize> {
    scan(ctx.lexed, start, end, &[])
}

/// The same, with semicolons between names: headings before a colon.
pub(crate) fn heading_at(ctx: &Ctx<'_>, start: usize, end: usize) -> Option<usize> {
    scan(ctx.lexed, start, end, &[',', ';'])
}

/// Whether a name begins here, however it goes on.
pub(crate) fn begins_with_head(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    head_end(ctx.lexed, range.start, range.end, false).is_some()
}

/// The token after what may stand before a name, the post and the head word.
fn head_end(lexed: &Lexed<'_>, start: usize, end: usize, in_list: bool) -> Option<usize> {
    let units = &crate::grammar::GRAMMAR.units;
    if let Some(length) = lexed.name_at(start, end) {
        return Some(start + length);
    }
    // `Đồng chí Phan Văn Cội, Chủ tịch Ủy ban nhân dân xã`
    let person = units.persons.length_at(lexed, start, end).map(|length| start + length);
    if let Some(name) = person.filter(|&name| {
        lexed.tokens.get(name).is_some_and(crate::lex::Token::is_name)
            && !lexed.tokens.get(name + 1).is_some_and(|next| next.shape == Shape::Small)
    }) {
        return Some(name + 1);
    }
    let mut at = start;
    let mut announced = in_list;
    while let Some(length) = units.before.length_at(lexed, at, end) {
        at += length;
        announced = true;
    }
    let mut posted = false;
    while let Some(length) = units.posts.length_at(lexed, at, end) {
        at += length;
        posted = true;
        while let Some(length) = units.before.length_at(lexed, at, end) {
            at += length;
        }
        // `Trưởng, Phó các phòng`
        if lexed.is_sign(at, &[',']) && units.posts.at(lexed, at + 1, end).is_some() {
            at += 1;
        }
    }
    // `Giám đốc: Sở A, Sở B`
    if posted && lexed.is_sign(at, &[':']) && lexed.tokens.get(at + 1).is_some_and(|next| at + 1 < end && next.is_name()) {
        at += 1;
    }
    if let Some(length) = lexed.name_at(at, end) {
        return Some(at + length);
    }
    let capital = lexed.tokens.get(start).is_some_and(|token| start < end && token.is_name());
    if let Some(length) = units.heads.length_at(lexed, at, end) {
        let named = lexed.tokens[at].is_name();
        let whole = named || !goes_on_otherwise(lexed, at + length, end);
        // Old encodings write `ủy ban` even at the start of a sentence: their capitals lived in the font.
        let long = length > 1 && crate::grammar::GRAMMAR.actions.verbs.length_at(lexed, at, end).is_none_or(|verb| verb < length);
        return ((announced || named || long || posted && capital) && whole).then_some(at + length);
    }
    let alone = || units.alone.length_at(lexed, start, end).map(|length| start + length);
    if posted && (capital || announced) { Some(at) } else { alone() }
}

/// Whether a small head word is only the beginning of another word: `các vụ việc`, `các cơ sở dữ liệu`.
fn goes_on_otherwise(lexed: &Lexed<'_>, at: usize, end: usize) -> bool {
    let small = lexed.tokens.get(at).is_some_and(|token| at < end && token.shape == Shape::Small);
    small && !ends_name(lexed, at, end)
}

fn scan(lexed: &Lexed<'_>, start: usize, end: usize, joiners: &[char]) -> Option<usize> {
    let units = &crate::grammar::GRAMMAR.units;
    let mut at = head_end(lexed, start, end, false)?;
    loop {
        if let Some(next) = continued(lexed, at, end) {
            at = next;
            continue;
        }
        let joined = join(lexed, at, end, joiners);
        let Some(next) = joined.filter(|next| crate::grammar::GRAMMAR.type_names.at(lexed, *next, end).is_none()) else { break };
        let after = head_end(lexed, next, end, true).or_else(|| continued(lexed, next, end));
        match after {
            Some(after) => at = after,
            None => break,
        }
    }
    // A link or a tail verb-like word at the end was no part of it.
    while at > start + 1 && units.links.whole(lexed, &(at - 1..at)).is_some() && units.tails.whole(lexed, &(at - 1..at)).is_none() {
        at -= 1;
    }
    Some(at)
}

/// The token after one more word or phrase of the same name.
fn continued(lexed: &Lexed<'_>, at: usize, end: usize) -> Option<usize> {
    let units = &crate::grammar::GRAMMAR.units;
    let token = lexed.tokens.get(at).filter(|_| at < end)?;
    match token.shape {
        Shape::Upper => return Some(at + 1),
        Shape::Capital => return Some(name_word(lexed, at, end)),
        // `Phòng Kiểm tra số 1`
        Shape::Number if at > 0 && numbered(lexed, at - 1) => return Some(at + 1),
        Shape::Number if lexed.tokens[at - 1].is_name() || at > 0 && lexed.tokens[at - 1].id == token.id => return Some(at + 1),
        Shape::Number => return lexed.tokens.get(at + 1).filter(|next| at + 1 < end && next.is_name()).map(|_| at + 1),
        Shape::Sign => return None,
        Shape::Small => {}
    }
    if let Some(length) = units.tails.length_at(lexed, at, end).filter(|length| is_tail(lexed, at, end, *length)) {
        return Some(at + length);
    }
    // `Đảng ủy các xã`, `cơ quan báo chí của tỉnh`
    let link = units.links.length_at(lexed, at, end).or_else(|| units.plural.at(lexed, at, end).map(|_| 0))?;
    let mut next = at + link;
    while let Some(length) = units.before.length_at(lexed, next, end) {
        next += length;
    }
    match lexed.tokens.get(next).filter(|_| next < end)?.shape {
        Shape::Upper => return Some(next + 1),
        Shape::Capital => return Some(name_word(lexed, next, end)),
        _ => {}
    }
    units.tails.length_at(lexed, next, end).or_else(|| units.heads.length_at(lexed, next, end)).map(|length| next + length)
}

/// Whether the word before a number says that it counts bodies of one name.
fn numbered(lexed: &Lexed<'_>, at: usize) -> bool {
    (at.saturating_sub(1)..=at).any(|from| crate::grammar::GRAMMAR.units.numbered.whole(lexed, &(from..at + 1)).is_some())
}

/// A tail that is also a verb (`tổ chức`, `báo` of `báo cáo`) only goes on with a list, after a comma or "và".
fn is_tail(lexed: &Lexed<'_>, at: usize, end: usize, length: usize) -> bool {
    let grammar = &*crate::grammar::GRAMMAR;
    let verb = grammar.actions.verbs.length_at(lexed, at, end).unwrap_or(0);
    let listed = at > 0 && (lexed.is_sign(at - 1, &[',']) || grammar.units.and.whole(lexed, &(at - 1..at)).is_some());
    verb < length || verb == length && listed
}

/// The token after a word that begins with a capital. Names write the first syllable of a word with a capital (`Nội vụ`),
/// places every syllable (`Tân Lũy`): small syllables go along when all are a known word, or as long as
/// nothing else begins there.
fn name_word(lexed: &Lexed<'_>, at: usize, end: usize) -> usize {
    let grammar = &*crate::grammar::GRAMMAR;
    let tables = [&grammar.units.departments, &grammar.units.tails, &grammar.units.heads, &grammar.actions.verbs];
    let known = tables.iter().filter_map(|table| table.length_at(lexed, at, end)).max().unwrap_or(1);
    let from = at + known;
    let mut next = from;
    while next < end && next - from < MOST_SMALL && lexed.tokens[next].shape == Shape::Small && !ends_name(lexed, next, end) {
        next += 1;
    }
    next
}

/// Whether something other than a name begins at a small word.
fn ends_name(lexed: &Lexed<'_>, at: usize, end: usize) -> bool {
    let grammar = &*crate::grammar::GRAMMAR;
    let (actions, units, evidence) = (&grammar.actions, &grammar.units, &grammar.evidence);
    let verbs = [&actions.verbs, &actions.adverbs, &actions.modals, &actions.preambles, &actions.past];
    let joins = [&units.and, &units.links, &units.tails, &units.before, &grammar.refs.of, &evidence.report_links, &evidence.report_via];
    verbs.iter().chain(&joins).any(|table| table.at(lexed, at, end).is_some()) || grammar.cues.cues.patterns.at(lexed, at, end).is_some()
}

/// The token after a comma, dash or "và" that joins two names.
fn join(lexed: &Lexed<'_>, at: usize, end: usize, joiners: &[char]) -> Option<usize> {
    let units = &crate::grammar::GRAMMAR.units;
    if at >= end {
        return None;
    }
    if lexed.is_sign(at, joiners) {
        // `…, đơn vị; các cơ quan` and `A, và B`
        let next = at + 1;
        return Some(units.and.length_at(lexed, next, end).map_or(next, |length| next + length));
    }
    if lexed.is_sign(at, &['-', '–', '&', '/']) {
        return Some(at + 1);
    }
    if let Some(length) = units.and.length_at(lexed, at, end) {
        return Some(at + length);
    }
    // `các sở: Nội vụ, Tài chính`
    let plural = lexed.is_sign(at, &[':']) && (at.saturating_sub(3)..at).any(|token| units.plural.at(lexed, token, at).is_some());
    let next = at + 1;
    (plural && lexed.tokens.get(next).is_some_and(|token| next < end && token.is_name()) && !begins_order(lexed, next, end)).then_some(next)
}

/// `Các trường học: Tổ chức tuyên truyền …`: behind the colon an order begins, no list of names.
fn begins_order(lexed: &Lexed<'_>, at: usize, end: usize) -> bool {
    let grammar = &*crate::grammar::GRAMMAR;
    let units = &grammar.units;
    let Some(verb) = grammar.actions.verbs.length_at(lexed, at, end) else { return false };
    let after = at + verb;
    let listed = after >= end || lexed.is_sign(after, &[',', ';', '.']) || units.and.at(lexed, after, end).is_some();
    !listed && units.departments.at(lexed, at, end).is_none() && units.heads.length_at(lexed, at, end).is_none_or(|head| head <= verb)
}

/// The units of a name or list of names, as printed; `các sở: A, B` becomes `Sở A`, `Sở B`.
pub(crate) fn split(text: &str) -> Vec<String> {
    split_in(text, true)
}

/// With `posts`, `Giám đốc: A, B` becomes `Giám đốc A`, `Giám đốc B`; inside such a list there is no other.
fn split_in(text: &str, posts: bool) -> Vec<String> {
    let text = squeezed(text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '-' | '–')));
    let grammar = &*crate::grammar::GRAMMAR;
    let lexed = Lexed::new(&text, &grammar.vocabulary);
    let mut out = Vec::new();
    let mut start = 0;
    let end = lexed.tokens.len();
    // The offices behind a person's name are that person's.
    let persons = (0..end).filter(|&token| grammar.units.persons.at(&lexed, token, end).is_some()).count();
    if persons == 1 && grammar.units.persons.at(&lexed, 0, end).is_some() {
        return vec![text];
    }
    let mut at = 0;
    while at < end {
        // `Văn phòng HĐND và UBND` is one name.
        if let Some(length) = crate::grammar::GRAMMAR.units.heads.length_at(&lexed, at, end).filter(|length| *length > 4) {
            at += length;
            continue;
        }
        if let Some((post, list)) = post_list(&lexed, start, at, end).filter(|_| posts) {
            let own = |name: &str| grammar.units.posts.at(&Lexed::new(name, &grammar.vocabulary), 0, 2).is_some();
            let names = split_in(&lexed.string(&(list..end)), false);
            out.extend(names.into_iter().map(|name| if own(&name) { name } else { format!("{post} {name}") }));
            return out;
        }
        if let Some((prefix, list)) = plural_list(&lexed, start, at, end) {
            let stop = expand(&lexed, &prefix, list, end, &mut out);
            (start, at) = (stop, stop);
            continue;
        }
        let next = boundary(&lexed, at, end);
        if let Some(next) = next {
            push(&lexed, start..at, &mut out);
            (start, at) = (next, next);
            continue;
        }
        at += 1;
    }
    push(&lexed, start..end, &mut out);
    out
}

fn push(lexed: &Lexed<'_>, range: Range<usize>, out: &mut Vec<String>) {
    let text = lexed.string(&range);
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    if !text.is_empty() {
        out.push(text.to_owned());
    }
}

/// Where the next name begins, when the token at `at` joins two names: a new name begins with a capital head word
/// (`…, Cổng Thông tin`), or after a semicolon.
fn boundary(lexed: &Lexed<'_>, at: usize, end: usize) -> Option<usize> {
    let units = &crate::grammar::GRAMMAR.units;
    let next = if lexed.is_sign(at, &[',', ';']) { at + 1 } else { at + units.and.length_at(lexed, at, end).filter(|_| at > 0)? };
    let next = units.and.length_at(lexed, next, end).map_or(next, |length| next + length);
    let next = if lexed.is_sign(at, &[',', ';']) { next } else { at + 1 };
    let token = lexed.tokens.get(next).filter(|_| next < end)?;
    let head = head_end(lexed, next, end, true).is_some();
    let many = units.plural.at(lexed, next, end).is_some();
    let capital = token.is_name() && head;
    // `các sở, ban, ngành` is one name; `…, các hội quần chúng` after a name in capitals another.
    (capital || many && head && lexed.is_sign(at, &[',', ';'])).then_some(next)
}

/// `các sở:` between `start` and `at`: the singular head, and where the list begins.
fn plural_list(lexed: &Lexed<'_>, start: usize, at: usize, end: usize) -> Option<(String, usize)> {
    let units = &crate::grammar::GRAMMAR.units;
    if !lexed.is_sign(at, &[':']) || at + 1 >= end {
        return None;
    }
    let from = start.max(at.saturating_sub(MOST_BEFORE_LIST));
    let plural = (from..at).find_map(|token| units.plural.length_at(lexed, token, at).map(|length| (token, token + length)))?;
    let (before, head) = plural;
    let mut prefix = lexed.string(&(start..before));
    let name = lexed.string(&(head..at));
    let name = if prefix.is_empty() { capitalized(&name) } else { name };
    if !prefix.is_empty() {
        prefix.push(' ');
    }
    Some((prefix + &name, at + 1))
}

/// `Giám đốc:` before names with heads of their own: each gets the post.
fn post_list(lexed: &Lexed<'_>, start: usize, at: usize, end: usize) -> Option<(String, usize)> {
    let posts = &crate::grammar::GRAMMAR.units.posts;
    let post = lexed.is_sign(at, &[':']) && posts.whole(lexed, &(start..at)).is_some() && at + 1 < end;
    post.then(|| (lexed.string(&(start..at)), at + 1))
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Adds the names of a list after `các sở:`; the token after the list.
fn expand(lexed: &Lexed<'_>, prefix: &str, from: usize, end: usize, out: &mut Vec<String>) -> usize {
    let units = &crate::grammar::GRAMMAR.units;
    let mut start = from;
    loop {
        let known = units.departments.length_at(lexed, start, end).map(|length| start + length);
        let own_head = head_end(lexed, start, end, false).filter(|_| known.is_none()).is_some();
        let mut stop = known.unwrap_or(start + 1);
        while stop < end
            && !lexed.is_sign(stop, &[',', ';'])
            && boundary(lexed, stop, end).is_none()
            && !ends_list(lexed, stop, end, known.is_some())
        {
            stop += 1;
        }
        let name = lexed.string(&(start..stop.min(end)));
        if !name.is_empty() {
            out.push(if own_head { name } else { format!("{prefix} {name}") });
        }
        if stop >= end {
            return end;
        }
        let next = if lexed.is_sign(stop, &[',', ';']) { stop + 1 } else { stop + units.and.length_at(lexed, stop, end).unwrap_or(1) };
        let next = if lexed.is_sign(stop, &[',', ';']) {
            units.and.length_at(lexed, next, end).map_or(next, |length| next + length)
        } else {
            next
        };
        // Another name with a head of its own ends the list of departments.
        if !own_head && units.departments.at(lexed, next, end).is_none() && head_end(lexed, next, end, false).is_some() {
            return next;
        }
        if !lexed.is_sign(stop, &[',']) && units.departments.at(lexed, next, end).is_none() && !own_head {
            let plain = lexed.tokens.get(next).is_some_and(crate::lex::Token::is_name);
            if !plain {
                return next;
            }
        }
        if next >= end {
            return end;
        }
        start = next;
    }
}

/// "và" after a department that the table knows begins the next one.
fn ends_list(lexed: &Lexed<'_>, at: usize, end: usize, known: bool) -> bool {
    known && crate::grammar::GRAMMAR.units.and.at(lexed, at, end).is_some()
}

/// Names that an entry of the addressees teaches: those that begin with a head word in capitals, one by one.
pub(crate) fn listed(entry: &str) -> Vec<String> {
    let grammar = &*crate::grammar::GRAMMAR;
    let named = |name: &String| {
        let lexed = Lexed::new(name, &grammar.vocabulary);
        lexed.tokens.first().is_some_and(crate::lex::Token::is_name) && grammar.units.heads.at(&lexed, 0, lexed.tokens.len()).is_some()
    };
    let mut names: Vec<String> = split(entry).into_iter().filter(named).collect();
    // `Các tổ quản lý ngành hàng`: the whole entry, and the name without what stands before it.
    let lexed = Lexed::new(entry, &grammar.vocabulary);
    let end = lexed.tokens.len();
    let before = grammar.units.before.length_at(&lexed, 0, end).unwrap_or(0);
    if (2..=12).contains(&end) && before > 0 && !lexed.is_sign(end - 1, &[':']) {
        names.push(lexed.string(&(0..end)));
        names.extend((end - before > 1).then(|| lexed.string(&(before..end))));
    }
    names
}

/// Whether a name only says "everybody addressed".
pub(crate) fn is_everybody(text: &str) -> bool {
    let grammar = &*crate::grammar::GRAMMAR;
    let lexed = Lexed::new(text, &grammar.vocabulary);
    let mut at = 0;
    while at < lexed.tokens.len() {
        at += match grammar.units.everybody.length_at(&lexed, at, lexed.tokens.len()) {
            Some(length) => length,
            None if lexed.is_sign(at, &[',', ';']) => 1,
            None => return false,
        };
    }
    at > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(texts: &[&str], expected: &Expect) {
        let grammar = &*crate::grammar::GRAMMAR;
        let mut out = Vec::new();
        for text in texts {
            let lexed = Lexed::new(text, &grammar.vocabulary);
            let end = scan(&lexed, 0, lexed.tokens.len(), &[',']).unwrap_or(0);
            let name = lexed.slice(&(0..end));
            out.push(format!("{} | {}", split(name).join(" + "), &text[name.len()..]));
        }
        expected.assert_eq(&out.join("\n"));
    }

    #[test]
    fn a_name_ends_where_the_verb_begins() {
        check(
            &[
                "Sở Xây dựng xây dựng kế hoạch",
                "Các sở, ban, ngành, huyện, thị xã xây dựng kế hoạch",
                "Ban Xây dựng Đảng chủ trì, phối hợp với Văn phòng",
                "Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội tuyên truyền",
                "Giám đốc các sở, Thủ trưởng các ban, ngành tỉnh; Chủ tịch Ủy ban nhân dân các xã, phường chỉ đạo",
                "các sở: Tài nguyên và Môi trường, Giáo dục và Đào tạo và Văn phòng Ủy ban nhân dân tỉnh theo dõi",
                "các hội: Hội Nghề cá, Hội Tin học và Hiệp hội Nhà thầu hoàn thành",
                "Báo và Phát thanh, truyền hình Sông Hồng, Cổng Thông tin điện tử tỉnh mở chuyên mục",
                "các cơ quan tham mưu, giúp việc Đảng ủy tham mưu",
                "Trưởng thôn, Bí thư chi bộ họp dân",
                "Phòng Văn hóa - Xã hội tổng hợp",
                "Các trường học: Tổ chức tuyên truyền dưới cờ",
                "các phòng: Xây dựng, Kiểm tra số 2, Giao dịch giải quyết",
                "rà soát các hệ thống",
            ],
            &expect![[r#"
                Sở Xây dựng |  xây dựng kế hoạch
                Các sở, ban, ngành, huyện, thị xã |  xây dựng kế hoạch
                Ban Xây dựng Đảng |  chủ trì, phối hợp với Văn phòng
                Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội |  tuyên truyền
                Giám đốc các sở + Thủ trưởng các ban, ngành tỉnh | ; Chủ tịch Ủy ban nhân dân các xã, phường chỉ đạo
                Sở Tài nguyên và Môi trường + Sở Giáo dục và Đào tạo + Văn phòng Ủy ban nhân dân tỉnh |  theo dõi
                Hội Nghề cá + Hội Tin học + Hiệp hội Nhà thầu |  hoàn thành
                Báo và Phát thanh, truyền hình Sông Hồng + Cổng Thông tin điện tử tỉnh |  mở chuyên mục
                các cơ quan tham mưu, giúp việc Đảng ủy |  tham mưu
                Trưởng thôn + Bí thư chi bộ |  họp dân
                Phòng Văn hóa - Xã hội |  tổng hợp
                Các trường học | : Tổ chức tuyên truyền dưới cờ
                Phòng Xây dựng + Phòng Kiểm tra số 2 + Phòng Giao dịch |  giải quyết
                 | rà soát các hệ thống"#]],
        );
    }
}
