//! Sentences and clauses: where one action ends and the next begins, who is told to do it, whether it is one at all.
//!
//! Not for what the action is. A clause ends at `;` or at the end of a sentence, never at a comma.

use crate::Ctx;
use crate::lex::{Shape, Token};
use crate::pattern::Patterns;
use crate::units;
use std::ops::Range;

#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// Tokens, without the punctuation at the end.
    pub(crate) range: Range<usize>,
    pub(crate) new_sentence: bool,
    /// It ends in a colon: what follows belongs to it.
    pub(crate) leads: bool,
}

/// No clause that a person wrote is longer; a text that never ends a sentence is cut here, so that reading it stays quick.
const MOST_TOKENS: usize = 400;

/// What is to be sent, before the cue: `Kết quả thực hiện đề nghị …`, in tokens.
const MOST_RESULT: usize = 6;

/// A list of units that goes on behind a semicolon is no longer.
const MOST_NAMES: usize = 120;

/// The clauses of a paragraph.
pub(crate) fn split(ctx: &Ctx<'_>, range: &Range<usize>) -> Vec<Clause> {
    let lexed = ctx.lexed;
    let mut out = Vec::new();
    let (mut start, mut new_sentence) = (range.start, true);
    let mut nesting = Nesting::default();
    for token in range.clone() {
        nesting.step(lexed.tokens[token].sign, lexed.tokens[token].shape);
        if token - start >= MOST_TOKENS {
            push(ctx, start..token, new_sentence, &mut out);
            (start, new_sentence) = (token, true);
            nesting = Nesting::default();
        }
        if nesting.inside() {
            continue;
        }
        let semicolon = lexed.is_sign(token, &[';']);
        // `Đối với thôn: (1) Trưởng thôn …; (2) …`
        let listed = lexed.is_sign(token, &[':']) && inline_number(ctx, token + 1, range.end).is_some();
        if listed {
            push(ctx, start..token + 1, new_sentence, &mut out);
            (start, new_sentence) = (token + 1, true);
            continue;
        }
        if !semicolon && !ends_sentence(ctx, token, range.end) {
            continue;
        }
        push(ctx, start..token, new_sentence, &mut out);
        (start, new_sentence) = (token + 1, !semicolon);
    }
    push(ctx, start..range.end, new_sentence, &mut out);
    join_names(ctx, out)
}

/// A piece that only names units goes on behind its semicolon: `đề nghị các sở; các xã rà soát …`.
fn join_names(ctx: &Ctx<'_>, clauses: Vec<Clause>) -> Vec<Clause> {
    let mut out: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match out.last_mut() {
            Some(last) if !clause.new_sentence && !last.leads && last.range.len() <= MOST_NAMES && only_names(ctx, &last.range) => {
                last.range.end = clause.range.end;
                last.leads = clause.leads;
            }
            _ => out.push(clause),
        }
    }
    out
}

/// Whether a clause ends behind the units that it names, told or not.
fn only_names(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let cues = &ctx.grammar.cues;
    let first = skip_connectives(ctx, range);
    let names = |from: usize| units::heading_at(ctx, from, range.end) == Some(range.end);
    if names(first) && unit_not_verb(ctx, first, range.end).is_some() {
        return true;
    }
    cues.cues.patterns.all(ctx.lexed, first..range.end).any(|found| {
        let weak = cues.cues.rules[found.rule].value;
        let from = found.range.end + usize::from(ctx.lexed.is_sign(found.range.end, &[':']));
        let told = found.range.start == first || told_by_writer(ctx, first, found.range.start, weak);
        !weak && told && names(from)
    })
}

/// The token behind `(1)`.
fn inline_number(ctx: &Ctx<'_>, at: usize, end: usize) -> Option<usize> {
    let number = ctx.lexed.tokens.get(at + 1)?.shape == Shape::Number;
    (number && ctx.lexed.is_sign(at, &['(']) && ctx.lexed.is_sign(at + 2, &[')']) && at + 3 < end).then_some(at + 3)
}

/// The token behind `Một là,`.
fn ordinal(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<usize> {
    let first = trim_start(ctx, range.clone()).start;
    let after = first + ctx.grammar.actions.ordinals.length_at(ctx.lexed, first, range.end)?;
    ctx.lexed.is_sign(after, &[',', ':']).then_some(after + 1)
}

fn push(ctx: &Ctx<'_>, range: Range<usize>, new_sentence: bool, out: &mut Vec<Clause>) {
    let counted = inline_number(ctx, range.start, range.end).or_else(|| ordinal(ctx, &range));
    let range = counted.unwrap_or(range.start)..range.end;
    let leads = range.end > range.start && ctx.lexed.is_sign(range.end - 1, &[':']);
    let trimmed = trim(ctx, range);
    if !trimmed.is_empty() {
        out.push(Clause { range: trimmed, new_sentence, leads });
    }
}

/// Without punctuation around; brackets and quotes that belong to the text stay.
pub(crate) fn trim(ctx: &Ctx<'_>, mut range: Range<usize>) -> Range<usize> {
    while range.start < range.end && ctx.lexed.is_sign(range.start, &[';', '.', ',', ':', '-', '–', '/', ')', '+', '•', '*']) {
        range.start += 1;
    }
    while range.start < range.end {
        let last = range.end - 1;
        let dots = ctx.lexed.is_sign(last, &['.']) && ctx.lexed.touches_previous(last) && ctx.lexed.is_sign(last.saturating_sub(1), &['.']);
        if dots || !ctx.lexed.is_sign(last, &[';', '.', ',', ':', '/', '-', '–']) {
            break;
        }
        range.end -= 1;
    }
    range
}

/// Without dashes and other signs before it.
pub(crate) fn trim_start(ctx: &Ctx<'_>, mut range: Range<usize>) -> Range<usize> {
    while range.start < range.end && ctx.lexed.is_sign(range.start, &[';', '.', ',', '-', '–', '(', '+', '*', '•']) {
        range.start += 1;
    }
    range
}

/// Brackets and quotes that are open.
#[derive(Default)]
pub(crate) struct Nesting {
    brackets: usize,
    quoted: bool,
}

impl Nesting {
    pub(crate) fn step(&mut self, sign: char, shape: Shape) {
        if shape != Shape::Sign {
            return;
        }
        match sign {
            '(' => self.brackets += 1,
            ')' => self.brackets = self.brackets.saturating_sub(1),
            '“' => self.quoted = true,
            '”' => self.quoted = false,
            '"' => self.quoted = !self.quoted,
            _ => {}
        }
    }

    pub(crate) fn inside(&self) -> bool {
        self.brackets > 0 || self.quoted
    }
}

/// A full stop with a blank and a capital behind it, unless an abbreviation or a number stands before.
fn ends_sentence(ctx: &Ctx<'_>, token: usize, end: usize) -> bool {
    let lexed = ctx.lexed;
    if !lexed.is_sign(token, &['.', '!', '?', '…']) || lexed.touches_previous(token + 1) && token + 1 < end {
        return false;
    }
    let Some(next) = lexed.tokens.get(token + 1).filter(|_| token + 1 < end) else { return true };
    let begins = next.is_name() || next.is_sign(&['“', '"', '(', '-', '–', '+']) || next.shape == Shape::Number;
    let abbreviated =
        token > 0 && ctx.grammar.actions.abbreviations.whole(lexed, &(token - 1..token)).is_some() && lexed.is_sign(token, &['.']);
    begins && !abbreviated
}

/// The first token that is no connective: `đồng thời, vận động` begins at `vận động`.
pub(crate) fn skip_connectives(ctx: &Ctx<'_>, range: &Range<usize>) -> usize {
    let mut at = range.start;
    loop {
        if let Some(length) = ctx.grammar.actions.connectives.length_at(ctx.lexed, at, range.end) {
            at += length;
        } else if at > range.start && ctx.lexed.is_sign(at, &[',', ':']) && at < range.end {
            at += 1;
        } else {
            return at;
        }
    }
}

/// Whether a clause begins with a verb, after connectives, adverbs and modals; the token of the verb.
pub(crate) fn verb(ctx: &Ctx<'_>, from: usize, end: usize) -> Option<usize> {
    let actions = &ctx.grammar.actions;
    let mut at = from;
    loop {
        if actions.verbs.at(ctx.lexed, at, end).is_some() {
            return Some(at);
        }
        let skipped =
            [&actions.adverbs, &actions.connectives, &actions.modals].iter().find_map(|patterns| patterns.length_at(ctx.lexed, at, end));
        let time = || actions.time_words.length_at(ctx.lexed, at, end);
        match skipped.or_else(time) {
            Some(length) => at += length,
            // `Hằng tuần (trước 16 giờ thứ Năm) báo cáo …`
            None if at > from && ctx.lexed.is_sign(at, &['(']) => match after_bracket(ctx, at, end) {
                after if after > at => at = after,
                _ => return None,
            },
            None if at > from && at < end && (ctx.lexed.is_sign(at, &[',', '/']) || ctx.lexed.tokens[at].shape == Shape::Number) => at += 1,
            None => return None,
        }
    }
}

/// Whether a clause is an action without a unit named.
pub(crate) fn is_action(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    !states(ctx, range) && starts(ctx, range).into_iter().any(|from| verb(ctx, from, range.end).is_some())
}

/// Places where the main part may begin: after connectives, and after each comma of a preamble (`Trên cơ sở …, `).
fn starts(ctx: &Ctx<'_>, range: &Range<usize>) -> Vec<usize> {
    let first = skip_connectives(ctx, range);
    let mut out = vec![first];
    // `Tiêu chuẩn, đo lường: Ủy ban nhân dân xã kiểm tra …`: a title before the sentence.
    let colon = (first..range.end.min(first + 20)).find(|&token| ctx.lexed.is_sign(token, &[':']));
    let titled = verb(ctx, first, range.end).is_none();
    let named = |after: usize| ctx.lexed.tokens.get(after).is_some_and(Token::is_name) && units::begins_with_head(ctx, &(after..range.end));
    out.extend(colon.map(|colon| colon + 1).filter(|&after| after < range.end && (titled || named(after))));
    // `Mỗi quý các chi bộ tổ chức …`
    out.extend(ctx.grammar.dates.recurs.patterns.at(ctx.lexed, first, range.end).map(|found| found.range.end));
    let actions = &ctx.grammar.actions;
    let preamble = actions.preambles.length_at(ctx.lexed, first, range.end).unwrap_or(0);
    // `Theo dõi` is a verb, though `theo` alone opens a preamble.
    if preamble > 0 && actions.verbs.length_at(ctx.lexed, first, range.end).unwrap_or(0) <= preamble {
        let mut nesting = Nesting::default();
        for token in first..range.end {
            nesting.step(ctx.lexed.tokens[token].sign, ctx.lexed.tokens[token].shape);
            if !nesting.inside() && ctx.lexed.is_sign(token, &[',', ':']) && token + 1 < range.end {
                out.push(token + 1);
            }
        }
    }
    out
}

/// A sentence that tells how things are, or answers, or asks a superior.
fn states(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let actions = &ctx.grammar.actions;
    let first = skip_connectives(ctx, range);
    actions.answers.at(ctx.lexed, first, range.end).is_some() || is_statement(ctx, range)
}

pub(crate) fn is_statement(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let first = skip_connectives(ctx, range);
    let actions = &ctx.grammar.actions;
    // `Các xã thực hiện phương án đã được duyệt`: the unit may stand before the verb.
    let act = || unit_not_verb(ctx, first, range.end).unwrap_or(first);
    let describes = |told: usize| {
        let acts = verb(ctx, first, told).is_some() || verb(ctx, act(), told).is_some();
        acts && !(first..told).any(|token| ctx.lexed.is_sign(token, &[',']))
    };
    let told = || actions.told.all(ctx.lexed, range.clone()).any(|found| !describes(found.range.start));
    actions.deems.at(ctx.lexed, first, range.end).is_none() && (actions.statements.any(ctx.lexed, range.clone()) || told())
}

/// Who is told to do something, and where the action begins.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Tokens of the unit.
    pub(crate) unit: Range<usize>,
    /// Tokens of the action.
    pub(crate) action: Range<usize>,
    /// The rule that found it.
    pub(crate) rule: &'static str,
}

/// `Giao Sở Nội vụ theo dõi …`; `…, Ủy ban nhân dân xã đề nghị các trường cử …`. With `only_assign`, inside a unit's own
/// item, `đề nghị` and `yêu cầu` are that unit's actions.
pub(crate) fn cue(ctx: &Ctx<'_>, range: &Range<usize>, only_assign: bool, in_item: bool) -> Option<Told> {
    let lexed = ctx.lexed;
    let cues = &ctx.grammar.cues;
    let first = skip_connectives(ctx, range);
    for at in first..range.end {
        let Some(found) = cues.cues.patterns.at(lexed, at, range.end) else { continue };
        let rule = &cues.cues.rules[found.rule];
        // `Về an toàn trường học: giao Sở …`
        let result = at > first && at - first <= MOST_RESULT && ctx.grammar.actions.results.at(lexed, first, at).is_some();
        let opens = at == first || result || at > first && lexed.is_sign(at - 1, &[':']) && at - first <= 14;
        if only_assign && !(opens && found.rule == 0) {
            continue;
        }
        // In an item `Công an xã chỉ đạo …` is what the unit does; weak words are only the writer's outside.
        if !opens && !told_by_writer(ctx, first, at, rule.value) || rule.value && (opens || in_item) {
            continue;
        }
        let mut from = found.range.end;
        if lexed.is_sign(from, &[':']) {
            from += 1;
        }
        let kind_of_people = rule.id == "cue.appoint" && cues.appointed.at(lexed, from, range.end).is_some();
        if kind_of_people || cues.not_before.at(lexed, from, range.end).is_some() {
            continue;
        }
        let Some(end) = units::heading_at(ctx, from, range.end) else { continue };
        let end = up_to_verb(ctx, after_bracket(ctx, end, range.end), range.end);
        // `đề nghị Ban tổ chức hội nghị …`: the unit must be followed by what it shall do.
        let action = end + usize::from(lexed.is_sign(end, &[':', ',']))..range.end;
        if !action.is_empty() && may_act(ctx, &action) {
            // `Kết quả thực hiện đề nghị các cơ quan gửi về …`: what is sent stands before.
            let action = if result { range.clone() } else { action };
            return Some(Told { unit: from..end, action, rule: rule.id });
        }
    }
    None
}

/// Whether the name of the writer stands right before a cue: not `theo đề nghị của …`, not `… của Văn phòng đề nghị`.
fn told_by_writer(ctx: &Ctx<'_>, from: usize, cue: usize, weak: bool) -> bool {
    let lexed = ctx.lexed;
    if ctx.grammar.cues.not_after.any(lexed, cue.saturating_sub(1)..cue) {
        return false;
    }
    (from..cue).any(|start| {
        let begins = start == from || lexed.is_sign(start - 1, &[',', ';', ')', '.', ':']);
        begins && units::at(ctx, start, cue) == Some(cue)
    }) || !weak && from < cue && lexed.is_sign(cue - 1, &[',', ';'])
}

/// The token behind `(sau đây gọi tắt là …)`.
fn after_bracket(ctx: &Ctx<'_>, at: usize, end: usize) -> usize {
    if !ctx.lexed.is_sign(at, &['(']) || at >= end {
        return at;
    }
    (at..end).find(|&token| ctx.lexed.is_sign(token, &[')'])).map_or(at, |token| token + 1)
}

/// Names may end in small words that no table knows (`Trung tâm Phát triển quỹ đất thực hiện …`): up to four of them
/// belong to the name when a verb of two syllables or more follows.
fn up_to_verb(ctx: &Ctx<'_>, at: usize, end: usize) -> usize {
    let actions = &ctx.grammar.actions;
    let begins = |at: usize| {
        let tables = [&actions.verbs, &actions.adverbs, &actions.modals];
        tables.iter().any(|table| table.length_at(ctx.lexed, at, end).is_some_and(|length| length > 1))
    };
    let known = [&actions.verbs, &actions.adverbs, &actions.modals, &actions.preambles, &actions.past];
    // `Tổ ứng cứu sự cố có nhiệm vụ`: the verb is part of the name.
    let mut words = (at..end.min(at + 10)).take_while(|&token| ctx.lexed.tokens[token].shape != Shape::Sign);
    if let Some(duty) = words.find(|&token| ctx.grammar.actions.duty.at(ctx.lexed, token, end).is_some()) {
        // `… trực tiếp chỉ đạo và chịu trách nhiệm`: one of several verbs.
        let joined = duty > at && ctx.grammar.units.and.whole(ctx.lexed, &(duty - 1..duty)).is_some();
        // `Đoàn kiểm tra trong quá trình kiểm tra có trách nhiệm`: a preamble is no part of the name.
        if !joined && actions.preambles.at(ctx.lexed, at, end).is_none() {
            return duty;
        }
    }
    if let Some(verb) = behind_relative(ctx, at, end) {
        return verb;
    }
    let mut stop = at;
    while stop < end && stop - at <= 4 && ctx.lexed.tokens[stop].shape == Shape::Small {
        if begins(stop) {
            return stop;
        }
        if stop == at && known.iter().any(|table| table.at(ctx.lexed, stop, end).is_some())
            || ctx.grammar.refs.of.at(ctx.lexed, stop, end).is_some()
        {
            return at;
        }
        stop += 1;
    }
    at
}

/// The verb behind what a name says of the body: `các xã có rừng | chỉ đạo`, `các đảng ủy được giám sát | chuẩn bị`.
fn behind_relative(ctx: &Ctx<'_>, at: usize, end: usize) -> Option<usize> {
    let actions = &ctx.grammar.actions;
    let units = &ctx.grammar.units;
    let verb = |at: usize| actions.verbs.length_at(ctx.lexed, at, end).unwrap_or(0);
    let begins = |at: usize| verb(at) > 1 || actions.adverbs.length_at(ctx.lexed, at, end).is_some_and(|length| length > 1);
    let done = units.relative_done.length_at(ctx.lexed, at, end);
    let from = match (units.relative.length_at(ctx.lexed, at, end), done) {
        (Some(length), _) if verb(at) <= length && !begins(at + length) => at + length,
        (_, Some(length)) if verb(at + length) > 1 => at + length + verb(at + length),
        _ => return None,
    };
    let small = |token: usize| ctx.lexed.tokens[token].shape == Shape::Small;
    let said = |token: usize| actions.modals.at(ctx.lexed, token, end).is_some() || actions.duty.at(ctx.lexed, token, end).is_some();
    if said(at) {
        return None;
    }
    (from + usize::from(done.is_none())..end.min(from + 5))
        .take_while(|&token| small(token) && small(token - 1))
        .find(|&token| begins(token))
}

/// `Sở Y tế chủ trì …`: a unit at the start with an action behind it. A preamble may stand before both.
pub(crate) fn subject(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<Told> {
    if is_statement(ctx, range) {
        return None;
    }
    let first = skip_connectives(ctx, range);
    for from in starts(ctx, range) {
        let Some(end) = unit_not_verb(ctx, from, range.end) else { continue };
        let end = up_to_verb(ctx, after_bracket(ctx, end, range.end), range.end);
        let colon = ctx.lexed.is_sign(end, &[':']);
        let action = end + usize::from(colon || ctx.lexed.is_sign(end, &[',']))..range.end;
        if action.is_empty() || answers(ctx, &(from..end), &action) || !acts(ctx, &action) {
            continue;
        }
        // With a preamble the text is the whole clause, or it would be torn; a title is left out.
        let whole = from != first && !ctx.lexed.is_sign(from - 1, &[':']);
        let action = if whole { range.clone() } else { action };
        return Some(Told { unit: from..end, action, rule: "unit.subject" });
    }
    None
}

/// `Ban Thường vụ ghi nhận kết quả …`: the writer answers, or anybody with words that are no action of their own.
fn answers(ctx: &Ctx<'_>, unit: &Range<usize>, action: &Range<usize>) -> bool {
    let length = |patterns: &Patterns| patterns.length_at(ctx.lexed, action.start, action.end).unwrap_or(0);
    let answer = length(&ctx.grammar.actions.answers);
    answer > length(&ctx.grammar.actions.verbs) || answer > 0 && ctx.is_writer(unit)
}

/// A unit's name, unless the same words are a verb (`Tổ chức`, `Ban hành`, `Báo cáo`).
pub(crate) fn unit_not_verb(ctx: &Ctx<'_>, from: usize, end: usize) -> Option<usize> {
    let unit = units::at(ctx, from, end)?;
    let verb = ctx.grammar.actions.verbs.length_at(ctx.lexed, from, end).unwrap_or(0);
    let head = ctx.grammar.units.heads.length_at(ctx.lexed, from, end).unwrap_or(0);
    let named = || ctx.lexed.tokens[from + verb].is_name() && (verb == 1 || ctx.lexed.tokens[from].is_name());
    (unit - from > verb && (verb == 0 || head > verb || named())).then_some(unit)
}

/// Whether a verb stands anywhere: `Khối 12: từ ngày 06/5 đến ngày 09/5` says when, not what.
pub(crate) fn names_action(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    ctx.grammar.actions.verbs.any(ctx.lexed, range.clone())
}

/// After a unit: a verb or what leads to one, no past and no statement.
fn acts(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let actions = &ctx.grammar.actions;
    let length = |patterns: &Patterns| patterns.length_at(ctx.lexed, range.start, range.end).unwrap_or(0);
    // `có ý kiến` is an action, `có` alone none.
    let past = length(&actions.past) > 0 && length(&actions.past) >= length(&actions.verbs);
    let modal = length(&actions.duty) > 0 || length(&actions.modals) > 0 && names_action(ctx, range);
    modal || length(&actions.preambles) > 0 && !past || !past && verb(ctx, range.start, range.end).is_some()
}

/// After a cue and a unit nearly everything is an action.
fn may_act(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let past = ctx.grammar.actions.past.length_at(ctx.lexed, range.start, range.end);
    let named = ctx.lexed.tokens.get(range.start).is_some_and(|token: &Token| token.shape != Shape::Sign);
    named && (past.is_none() || acts(ctx, range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: &Expect) {
        let out = crate::with_ctx(text, |ctx| {
            let all = 0..ctx.lexed.tokens.len();
            let lines: Vec<String> = split(ctx, &all)
                .iter()
                .map(|clause| {
                    let told = cue(ctx, &clause.range, false, false).or_else(|| subject(ctx, &clause.range));
                    let unit = told.as_ref().map(|told| ctx.lexed.slice(&told.unit)).unwrap_or("-");
                    let action = told.as_ref().map_or(&clause.range, |told| &told.action);
                    let sign = if told.is_some() || is_action(ctx, &clause.range) { "!" } else { "." };
                    format!("{sign} {unit} | {}", ctx.lexed.slice(action))
                })
                .collect();
            lines.join("\n")
        });
        expected.assert_eq(&out);
    }

    #[test]
    fn clauses_end_at_semicolons_and_sentences() {
        check(
            "Giao Sở Nội vụ theo dõi kết quả (nếu có; kể cả tồn đọng); báo cáo Ủy ban nhân dân tỉnh. Quá thời gian này, các hội không tổ chức đại hội thì Chủ tịch sẽ xem xét.",
            &expect![[r#"
                ! Sở Nội vụ | theo dõi kết quả (nếu có; kể cả tồn đọng)
                ! - | báo cáo Ủy ban nhân dân tỉnh
                . - | Quá thời gian này, các hội không tổ chức đại hội thì Chủ tịch sẽ xem xét"#]],
        );
    }

    #[test]
    fn wishes_told_of_others_are_no_orders() {
        check(
            "Sở Nội vụ nhận được Công văn của Văn phòng đề nghị Sở xem xét. Theo đề nghị của Trưởng phòng Tư pháp. Để chuẩn bị tốt, Ủy ban nhân dân xã đề nghị các trường cử 01 giáo viên.",
            &expect![[r#"
                . - | Sở Nội vụ nhận được Công văn của Văn phòng đề nghị Sở xem xét
                . - | Theo đề nghị của Trưởng phòng Tư pháp
                ! các trường | cử 01 giáo viên"#]],
        );
    }

    #[test]
    fn verbs_that_look_like_units() {
        check(
            "Tổ chức quán triệt nghị quyết; ban hành kế hoạch; báo cáo kết quả. Tổ chức đảng cơ sở lãnh đạo thực hiện; Trên cơ sở kết quả rà soát, Công an xã xử lý.",
            &expect![[r#"
                ! - | Tổ chức quán triệt nghị quyết
                ! - | ban hành kế hoạch
                ! - | báo cáo kết quả
                ! Tổ chức đảng cơ sở | lãnh đạo thực hiện
                ! Công an xã | Trên cơ sở kết quả rà soát, Công an xã xử lý"#]],
        );
    }
}
