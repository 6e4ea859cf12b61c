//! What a clause says besides its action: until when, how often, who gets the report, what would prove it.
//!
//! Not for finding clauses. Every answer comes with the name of the rule that gave it.

use crate::Ctx;
use crate::clauses::{Nesting, verb};
use crate::grammar::Rule;
use crate::lex::Shape;
use crate::model::{EvidenceKind, Part, Recurrence};
use crate::pattern::Patterns;
use crate::units;
use std::ops::Range;

/// How often.
pub(crate) fn recurs(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<(Recurrence, &'static str)> {
    let rules = &ctx.grammar.dates.recurs;
    let best = rules
        .patterns
        .all(ctx.lexed, range.clone())
        .filter(|found| {
            let (_, adverb) = rules.rules[found.rule].value;
            !adverb || is_adverb(ctx, range, &found.range)
        })
        .min_by_key(|found| found.rule)?;
    let rule = &rules.rules[best.rule];
    Some((rule.value.0, rule.id))
}

/// Whether words stand before the verb of the clause or of one of its parts, as an adverb does.
fn is_adverb(ctx: &Ctx<'_>, range: &Range<usize>, found: &Range<usize>) -> bool {
    let part = (range.start..found.start).rev().find(|&token| ctx.lexed.is_sign(token, &[','])).map_or(range.start, |comma| comma + 1);
    let actions = &ctx.grammar.actions;
    let mut at = part;
    while at < found.start {
        let skipped = [&actions.adverbs, &actions.connectives, &actions.modals]
            .iter()
            .find_map(|patterns| patterns.length_at(ctx.lexed, at, found.start));
        match skipped {
            Some(length) => at += length,
            None => return false,
        }
    }
    verb(ctx, found.end, range.end).is_some() || found.end < range.end && ctx.lexed.is_sign(found.end, &[',', ':'])
}

/// Until when, as `YYYY-MM-DD` or `YYYY-MM`. A year that is not said is the letter's, or the next one when the date
/// would lie before the letter; what lies years before it is no deadline.
pub(crate) fn due(ctx: &Ctx<'_>, range: &Range<usize>, recurs: Option<Recurrence>) -> Option<(String, &'static str)> {
    let rules = &ctx.grammar.dates.due;
    let mut best: Option<(String, &'static str)> = None;
    for found in rules.patterns.all(ctx.lexed, range.clone()) {
        let before = found.range.start.saturating_sub(2).max(range.start)..found.range.start;
        if ctx.grammar.dates.not_before.all(ctx.lexed, before.clone()).any(|hit| hit.range.end == before.end) {
            continue;
        }
        let Rule { id, value: month } = &rules.rules[found.rule];
        let Some(mut moment) = found.moment else { continue };
        moment.month = moment.month.or(*month);
        let comes_round = recurs.is_some_and(|recurs| recurs != Recurrence::Regular);
        if moment.year.is_none() && comes_round || ctx.is_cited_date(found.range.end) {
            continue;
        }
        best = dated(ctx, moment).map(|date| (date, *id)).or(best);
    }
    best
}

fn dated(ctx: &Ctx<'_>, moment: crate::dates::Moment) -> Option<String> {
    let written = ctx.written.as_deref();
    let year: Option<u32> = written.and_then(|date| date.get(..4)).and_then(|year| year.parse().ok());
    let date = moment.canonical(year)?;
    let past = written.is_some_and(|written| date[..date.len().min(written.len())] < written[..written.len().min(date.len())]);
    match (past, moment.year) {
        (false, _) => Some(date),
        (true, None) => moment.canonical(year.map(|year| year + 1)),
        // `đất sử dụng trước ngày 15/10/1993`: what lies years back is told, not due. A slip of the year stays to be seen.
        (true, Some(due)) => year.is_none_or(|year| due + 1 >= year).then_some(date),
    }
}

/// Where a report or result goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) to: String,
    pub(crate) via: Option<String>,
}

/// `báo cáo (kết quả) (về) X (qua Y)`.
pub(crate) fn report(ctx: &Ctx<'_>, range: &Range<usize>) -> Option<Report> {
    let evidence = &ctx.grammar.evidence;
    let mut at = range.start;
    while at < range.end {
        let Some(length) = evidence.report_verbs.length_at(ctx.lexed, at, range.end) else {
            at += 1;
            continue;
        };
        let mut from = at + length;
        while let Some(length) = evidence
            .report_objects
            .length_at(ctx.lexed, from, range.end)
            .or_else(|| evidence.report_links.length_at(ctx.lexed, from, range.end))
        {
            from += length;
        }
        // `khó khăn, vướng mắc (nếu có) về …`
        if ctx.lexed.is_sign(from, &['(']) {
            let close = (from..range.end).find(|&token| ctx.lexed.is_sign(token, &[')']));
            from = close.map_or(from, |close| close + 1);
            from += evidence.report_links.length_at(ctx.lexed, from, range.end).unwrap_or(0);
        }
        // `báo cáo danh sách đảng viên`: people without a name are what is reported.
        let named = ctx.lexed.tokens.get(from).is_some_and(crate::lex::Token::is_name)
            || ctx.grammar.units.before.at(ctx.lexed, from, range.end).is_some()
            || from > 0 && evidence.report_links.whole(ctx.lexed, &(from - 1..from)).is_some()
            || from == at + length;
        if let Some(end) = units::at(ctx, from, range.end).filter(|_| named) {
            return Some(with_way(ctx, from, end, range.end));
        }
        // `gửi báo cáo kết quả … về X`: further on in the same part.
        let later = (from..range.end.min(from + 25)).take_while(|&token| !ctx.lexed.is_sign(token, &[';', '(', '.'])).find_map(|token| {
            let link = evidence.report_links.length_at(ctx.lexed, token, range.end)?;
            let end = units::at(ctx, token + link, range.end)?;
            let named = ctx.lexed.tokens[token + link].is_name();
            named.then_some((token + link, end))
        });
        if let Some((from, end)) = later {
            return Some(with_way(ctx, from, end, range.end));
        }
        at += length;
    }
    None
}

/// The unit with the way its report takes: `X (qua Y)`.
fn with_way(ctx: &Ctx<'_>, from: usize, unit: usize, end: usize) -> Report {
    let to = ctx.lexed.string(&(from..unit));
    let bracket = ctx.lexed.is_sign(unit, &['(']);
    let start = unit + usize::from(bracket || ctx.lexed.is_sign(unit, &[',']));
    let via = ctx.grammar.evidence.report_via.length_at(ctx.lexed, start, end).map(|length| start + length);
    let Some(via) = via else { return Report { to, via: None } };
    let stop = if bracket { (via..end).find(|&token| ctx.lexed.is_sign(token, &[')', ';', ','])) } else { units::at(ctx, via, end) };
    let Some(stop) = stop.filter(|stop| *stop > via) else { return Report { to, via: None } };
    let way = ctx.lexed.string(&(via..stop));
    let whole = if bracket { ctx.lexed.string(&(from..stop + 1)) } else { ctx.lexed.string(&(from..stop)) };
    Report { to: whole, via: Some(way) }
}

/// What would show that the clause was carried out.
pub(crate) fn evidence(ctx: &Ctx<'_>, range: &Range<usize>) -> (EvidenceKind, &'static str) {
    let mut start = verb(ctx, crate::clauses::skip_connectives(ctx, range), range.end).unwrap_or(range.start);
    // `Tập trung tuyên truyền`: what is done follows the adverb.
    while let Some(length) = ctx.grammar.actions.adverbs.length_at(ctx.lexed, start, range.end) {
        match verb(ctx, start + length, range.end) {
            Some(next) if next == start + length => start = next,
            _ => break,
        }
    }
    let rules = &ctx.grammar.evidence.kinds;
    let head = start..range.end.min(start + 7);
    let fits = |rule: &&crate::grammar::EvidenceRule| !rule.unless.any(ctx.lexed, range.clone());
    let at_verb = rules.iter().filter(fits).find(|rule| rule.first.at(ctx.lexed, start, range.end).is_some());
    let said = |patterns: &Patterns, range: &Range<usize>| {
        patterns.all(ctx.lexed, range.clone()).any(|found| !is_second_syllable(ctx, found.range.start))
    };
    let near = || rules.iter().filter(fits).find(|rule| said(&rule.first, &head) || said(&rule.any, &head));
    let anywhere = || rules.iter().filter(fits).find(|rule| said(&rule.any, range));
    at_verb.or_else(near).or_else(anywhere).map_or((EvidenceKind::Other, "evidence.other"), |rule| (rule.kind, rule.id))
}

/// Whether a word is only the end of another one: `trình` of `công trình`.
fn is_second_syllable(ctx: &Ctx<'_>, at: usize) -> bool {
    at > 0 && ctx.grammar.evidence.compounds.length_at(ctx.lexed, at - 1, at + 1).is_some()
}

/// Whether a piece asks for opinions to be watched or fought.
fn is_declared(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let evidence = &ctx.grammar.evidence;
    evidence.declared.any(ctx.lexed, range.clone()) && !evidence.declared_unless.any(ctx.lexed, range.clone())
}

/// `(true, [])` when the whole clause can only be declared, the pieces when only some can.
pub(crate) fn declared(ctx: &Ctx<'_>, range: &Range<usize>) -> (bool, Vec<Part>) {
    let evidence_words = &ctx.grammar.evidence;
    if !evidence_words.declared.any(ctx.lexed, range.clone()) || evidence_words.restrain.any(ctx.lexed, range.clone()) {
        return (false, Vec::new());
    }
    let pieces = pieces(ctx, range);
    let flags: Vec<bool> = pieces.iter().map(|piece| is_declared(ctx, piece)).collect();
    if flags.iter().all(|flag| *flag) {
        return (true, Vec::new());
    }
    if !flags.contains(&true) {
        return (false, Vec::new());
    }
    let mut parts: Vec<Part> = Vec::new();
    for (piece, declared_only) in pieces.iter().zip(flags) {
        let span = ctx.lexed.span(piece);
        match parts.last_mut() {
            Some(last) if last.declared_only && declared_only => last.span.end = span.end,
            _ => {
                let kind = if declared_only { EvidenceKind::Other } else { evidence(ctx, piece).0 };
                parts.push(Part { span, evidence: kind, declared_only });
            }
        }
    }
    (false, parts)
}

/// Pieces of a clause that begin with an action of their own after a comma.
fn pieces(ctx: &Ctx<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    let mut nesting = Nesting::default();
    for token in range.clone() {
        nesting.step(ctx.lexed.tokens[token].sign, ctx.lexed.tokens[token].shape);
        // Two verbs may share an object: `đấu tranh, phản bác các quan điểm …`.
        let comma = !nesting.inside() && ctx.lexed.is_sign(token, &[',']) && token > start + 4;
        let adverb = || ctx.grammar.actions.adverbs.at(ctx.lexed, token + 1, range.end).is_some();
        if comma && (adverb() || begins_at_verb(ctx, start..token, range.end)) {
            out.push(start..token);
            start = token + 1;
        }
    }
    out.push(start..range.end);
    out
}

/// Whether after the piece so far and its comma an action of more than one word begins, no thing of a list.
fn begins_at_verb(ctx: &Ctx<'_>, before: Range<usize>, end: usize) -> bool {
    let words = &ctx.grammar.evidence;
    let at = before.end + 1;
    let verb = ctx.grammar.actions.verbs.length_at(ctx.lexed, at, end).filter(|length| *length > 1);
    verb.is_some_and(|length| words.owned.at(ctx.lexed, at + length, end).is_none()) && !words.lists.any(ctx.lexed, before)
}

/// Whether the clause says what to do when somebody is stuck.
pub(crate) fn is_difficulty(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let evidence = &ctx.grammar.evidence;
    evidence.difficulty.any(ctx.lexed, range.clone()) && evidence.conditions.any(ctx.lexed, range.clone())
}

/// Units that work along: `phối hợp với X, Y`.
pub(crate) fn partners(ctx: &Ctx<'_>, range: &Range<usize>) -> Vec<String> {
    let links = &ctx.grammar.evidence.partner;
    range
        .clone()
        .find_map(|token| {
            let length = links.length_at(ctx.lexed, token, range.end)?;
            let end = units::at(ctx, token + length, range.end)?;
            Some(units::split(&ctx.lexed.string(&(token + length..end))))
        })
        .unwrap_or_default()
        .into_iter()
        .filter(|unit| unit.chars().any(char::is_alphabetic))
        .collect()
}

/// Whether words end in a colon that names things, so that what follows a semicolon is no further action.
pub(crate) fn opens_list(ctx: &Ctx<'_>, range: &Range<usize>) -> bool {
    let mut nesting = Nesting::default();
    let colon = range.clone().filter(|&token| {
        nesting.step(ctx.lexed.tokens[token].sign, ctx.lexed.tokens[token].shape);
        !nesting.inside() && ctx.lexed.is_sign(token, &[':'])
    });
    let Some(colon) = colon.last() else { return false };
    (1..=4).any(|back| {
        let start = colon.saturating_sub(back);
        start >= range.start && ctx.grammar.actions.such_as.whole(ctx.lexed, &(start..colon)).is_some()
    }) && ctx.lexed.tokens.get(colon + 1).is_some_and(|token| colon + 1 < range.end && token.shape != Shape::Sign)
}

/// A date that stands alone where a deadline is expected: `30/6/2026`, `Quý III`, `Tháng 11/2026`.
pub(crate) fn bare_due(ctx: &Ctx<'_>, range: &Range<usize>, recurs: Option<Recurrence>) -> Option<(String, &'static str)> {
    use crate::dates;
    let comes_round = recurs.is_some_and(|recurs| recurs != Recurrence::Regular);
    let found: Vec<dates::Moment> = range
        .clone()
        .filter_map(|token| {
            let found = dates::day(ctx.lexed, token, range.end)
                .or_else(|| dates::month(ctx.lexed, token, range.end))
                .or_else(|| dates::quarter(ctx.lexed, token, range.end));
            found.map(|(moment, _)| moment)
        })
        .collect();
    // A year alone is its end.
    let year = || {
        range.clone().find_map(|token| dates::year(ctx.lexed, token, range.end)).map(|(year, _)| dates::Moment { month: Some(12), ..year })
    };
    let found = if found.is_empty() { year().into_iter().collect() } else { found };
    found
        .into_iter()
        .filter(|moment| moment.year.is_some() || !comes_round)
        // Of a span (`từ … đến …`) the end; a day says more than its month.
        .filter_map(|moment| dated(ctx, moment).map(|date| (date, "due.alone")))
        .max_by(|(one, _), (other, _)| one[..7].cmp(&other[..7]).then(one.len().cmp(&other.len())).then(one.cmp(other)))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(clause: &str, expected: &Expect) {
        let out = crate::with_ctx(clause, |ctx| {
            let (all, parts) = super::declared(ctx, &(0..ctx.lexed.tokens.len()));
            let mut lines = vec![format!("all declared: {all}")];
            lines.extend(parts.iter().map(|part| {
                let sign = if part.declared_only { "declared" } else { part.evidence.code() };
                format!("{sign}: {}", &clause[part.span.clone()])
            }));
            lines.join("\n")
        });
        expected.assert_eq(&out);
    }

    #[test]
    fn what_can_be_proved_is_parted_from_what_can_only_be_declared() {
        check(
            "chủ động nắm bắt tình hình dư luận xã hội, kịp thời phản ánh tâm tư, nguyện vọng, ý kiến, kiến nghị của Nhân dân",
            &expect![[r#"
            all declared: false
            declared: chủ động nắm bắt tình hình dư luận xã hội
            other: kịp thời phản ánh tâm tư, nguyện vọng, ý kiến, kiến nghị của Nhân dân"#]],
        );
        check(
            "tổ chức hội nghị quán triệt chỉ thị, đấu tranh phản bác các quan điểm sai trái",
            &expect![[r#"
            all declared: false
            meeting: tổ chức hội nghị quán triệt chỉ thị
            declared: đấu tranh phản bác các quan điểm sai trái"#]],
        );
    }

    #[test]
    fn a_list_of_things_is_no_list_of_actions() {
        check(
            "theo dõi tình hình tư tưởng liên quan đến công tác bảo đảm an ninh mạng, bảo mật thông tin, an ninh dữ liệu",
            &expect!["all declared: true"],
        );
    }
}
