//! What the beginning of an item says about the rest: a role, a unit with a colon, a label.
//!
//! Not for clauses.

use crate::Ctx;
use crate::clauses;
use crate::grammar::{Label, Role};
use crate::lex::Shape;
use crate::units;
use std::ops::Range;

/// Longest heading, in tokens.
const MOST_HEADING: usize = 26;

/// A title that is all name, in tokens.
pub(super) const MOST_TITLE: usize = 14;

/// Fields of work behind the first one of a department's name, in tokens.
const MOST_FIELDS: usize = 10;

/// A unit that heads an item.
pub(super) struct UnitHeading {
    pub(super) to: Vec<String>,
    /// Tokens after the colon.
    pub(super) rest: Range<usize>,
    /// The rest only leads to the items below.
    pub(super) leads: bool,
    pub(super) rule: &'static str,
}

/// What a heading says: `MỤC ĐÍCH, YÊU CẦU`, `Nội dung tuyên truyền`, `Mục tiêu: …`.
pub(super) fn role(ctx: &Ctx<'_>, content: &Range<usize>, heading: bool) -> Option<(Role, &'static str)> {
    let end = first_colon(ctx, content).unwrap_or(content.end);
    let name = clauses::trim(ctx, content.start..end);
    if name.is_empty() || name.len() > MOST_HEADING || !heading && end == content.end {
        return None;
    }
    // `Yêu cầu: các hội …` orders; `Yêu cầu` alone is a heading.
    let inline = end + 1 < content.end;
    if inline && ctx.grammar.cues.cues.patterns.at(ctx.lexed, name.start, name.end).is_some() {
        return None;
    }
    let roles = &ctx.grammar.cues.roles;
    if let Some(rule) = roles.patterns.whole(ctx.lexed, &name) {
        return Some((roles.rules[rule].value, roles.rules[rule].id));
    }
    let found = roles.patterns.at(ctx.lexed, name.start, name.end)?;
    let crate::grammar::Rule { id, value } = roles.rules[found.rule];
    // `Mục đích của …` is a purpose too, but only as a heading; what is told is known by its first words.
    (value != Role::Purpose || heading && ctx.is_capital(&name) && found.range.len() >= 2).then_some((value, id))
}

fn first_colon(ctx: &Ctx<'_>, content: &Range<usize>) -> Option<usize> {
    content.clone().take(MOST_HEADING * 2).find(|&token| ctx.lexed.is_sign(token, &[':']))
}

/// `Ban Xây dựng Đảng: …`, `Giao Văn phòng Đảng ủy:`, `Sở Y tế` over a list, `Công an xã có trách nhiệm:`.
pub(super) fn unit(ctx: &Ctx<'_>, content: &Range<usize>, children: bool, outer: bool, assigning: bool) -> Option<UnitHeading> {
    let lexed = ctx.lexed;
    let cues = &ctx.grammar.cues.cues;
    let cue = cues.patterns.at(lexed, content.start, content.end).filter(|found| !cues.rules[found.rule].value);
    let mut from = cue.as_ref().map_or(content.start, |found| found.range.end);
    let toward = ctx.grammar.outline.toward.length_at(lexed, from, content.end);
    from += toward.unwrap_or(0);
    let colon = first_colon(ctx, &(from..content.end));
    let rule = if cue.is_some() { "unit.assigned_heading" } else { "unit.heading" };
    let verb = ctx.grammar.actions.verbs.length_at(lexed, from, content.end).unwrap_or(0);
    let Some(end) = units::heading_at(ctx, from, content.end).filter(|end| end - from > verb) else {
        // `Đối với chi bộ mới thành lập` over a list
        let whole = clauses::trim(ctx, from..content.end);
        let kind = toward.is_some() && children && colon.is_none() && whole.end == content.end && whole.len() <= MOST_TITLE;
        if kind && ctx.grammar.units.heads.at(lexed, from, content.end).is_some() {
            return Some(UnitHeading { to: vec![lexed.string(&whole)], rest: whole.end..whole.end, leads: true, rule });
        }
        return somebody(ctx, content, from, colon.filter(|_| assigning && verb == 0), rule);
    };
    let bracketed = if lexed.is_sign(end, &['(']) {
        (end..content.end).find(|&token| lexed.is_sign(token, &[')'])).map_or(end, |close| close + 1)
    } else {
        end
    };
    let to = super::make::units(ctx, &(from..end));
    let heading = |rest: Range<usize>, leads: bool| Some(UnitHeading { to: to.clone(), rest, leads, rule });
    let whole = clauses::trim(ctx, content.clone());
    if bracketed >= whole.end {
        // The name alone: a heading when something follows under it.
        let colon = bracketed < content.end && lexed.is_sign(bracketed, &[':']);
        return (children || colon).then(|| heading(whole.end..whole.end, true)).flatten();
    }
    if colon == Some(bracketed) {
        let rest = bracketed + 1..whole.end;
        // `Thanh tra khoa học: Ủy ban nhân dân các xã …`: a title, the unit stands behind it.
        if clauses::subject(ctx, &rest).is_some_and(|told| told.unit.start == rest.start && ctx.lexed.tokens[rest.start].is_name()) {
            return None;
        }
        // `Đảng ủy xã: lãnh đạo Ủy ban nhân dân xã` over a list is a heading too.
        let verb = ctx.grammar.actions.verbs.length_at(lexed, rest.start, rest.end).unwrap_or(0);
        let only_leads = children && verb > 0 && units::heading_at(ctx, rest.start + verb, rest.end) == Some(rest.end);
        let rest = if only_leads { whole.end..whole.end } else { rest };
        return heading(rest, only_leads || content.end > 0 && lexed.is_sign(content.end - 1, &[':']) && children);
    }
    if let Some(stop) = colon.filter(|stop| names_all(ctx, &(from..*stop), end, content.end, toward.is_some(), children)) {
        let to = units::split(&lexed.string(&(from..stop)));
        let rest = stop + 1..whole.end.max(stop + 1);
        let leads = rest.is_empty();
        return Some(UnitHeading { to, rest, leads, rule });
    }
    // `Sở Y tế, cơ quan thường trực về …: …`, `Các phòng ban tham gia đào tạo`
    let stop = colon.filter(|colon| colon - from <= 24 && outer && *colon >= bracketed);
    let acts =
        clauses::verb(ctx, bracketed, content.end).is_some() || ctx.grammar.actions.modals.at(lexed, bracketed, content.end).is_some();
    if let Some(stop) = stop {
        let to = units::split(&lexed.string(&(from..stop)));
        let clean = !acts && !lexed.is_sign(bracketed, &['.', ';']) && stop + 1 < content.end;
        return (clean && outer).then(|| UnitHeading { to, rest: stop + 1..whole.end, leads: false, rule });
    }
    let title = children
        && whole.end == content.end
        && whole.len() <= MOST_TITLE
        && !lexed.tokens[from].is_sign(&['-'])
        && lexed.tokens[from].shape != Shape::Small;
    title.then(|| UnitHeading { to: vec![lexed.string(&(from..whole.end))], rest: whole.end..whole.end, leads: true, rule })
}

/// Whether all that stands before a colon is one name, though words in it read like verbs: `Nhiệm vụ của Tổ tiếp công
/// dân, xử lý đơn thư:`, `Trung tâm Kiểm soát thanh toán BHXH: Chuẩn bị …`, `Đồng chí Trưởng Ban xây dựng Đảng - Trưởng
/// Tiểu ban: Phụ trách …`.
fn names_all(ctx: &Ctx<'_>, name: &Range<usize>, known: usize, end: usize, toward: bool, children: bool) -> bool {
    let lexed = ctx.lexed;
    let rest = name.end + 1..end;
    if known >= name.end || name.len() > MOST_HEADING || lexed.tokens[name.start].shape == Shape::Small && !toward {
        return false;
    }
    let actions = &ctx.grammar.actions;
    let said = |token: usize| {
        [&actions.modals, &actions.past, &actions.duty].iter().any(|table| table.at(lexed, token, name.end).is_some())
            || ctx.grammar.cues.cues.patterns.at(lexed, token, name.end).is_some()
    };
    // `Đảng ủy xã lãnh đạo Ủy ban nhân dân xã:` names one unit and what it does to another.
    let verb = actions.verbs.length_at(lexed, known, name.end);
    if verb.is_some_and(|length| units::begins_with_head(ctx, &(known + length..name.end))) {
        return false;
    }
    let whole = (known..name.end).all(|token| !lexed.is_sign(token, &[';', '.']) && !said(token));
    let leads = ctx.grammar.cues.leads.patterns.any(lexed, known..name.end);
    let named = (known..name.end).any(|token| lexed.tokens[token].is_name());
    let begins =
        |rest: &Range<usize>| lexed.tokens.get(rest.start).is_some_and(crate::lex::Token::is_name) && clauses::is_action(ctx, rest);
    let named = named || toward || listed(ctx, &(known..name.end));
    whole && !leads && if rest.is_empty() { children && (named || verb.is_none()) } else { named && begins(&rest) }
}

/// `Phòng Nghiệp vụ`, then `, dự toán, pháp chế`: fields of work that go on with a name, though they may read like verbs.
fn listed(ctx: &Ctx<'_>, rest: &Range<usize>) -> bool {
    let small = |token: usize| matches!(ctx.lexed.tokens[token].shape, Shape::Small | Shape::Number);
    let word = |token: usize| small(token) || ctx.lexed.is_sign(token, &[',', '-', '–']);
    rest.len() <= MOST_FIELDS && ctx.lexed.is_sign(rest.start, &[',']) && rest.clone().all(word)
}

/// Where items are headed by those who act, a short name with a colon and an action behind it is somebody, though no
/// table knows the name: `Tổng phụ trách Đội: Xây dựng kịch bản …`.
fn somebody(ctx: &Ctx<'_>, content: &Range<usize>, from: usize, colon: Option<usize>, rule: &'static str) -> Option<UnitHeading> {
    let colon = colon.filter(|colon| colon - from <= 12 && colon + 1 < content.end)?;
    let rest = clauses::trim(ctx, colon + 1..content.end);
    let named = ctx.lexed.tokens.get(from).is_some_and(crate::lex::Token::is_name);
    (named && clauses::is_action(ctx, &rest)).then(|| UnitHeading {
        to: units::split(&ctx.lexed.string(&(from..colon))),
        rest,
        leads: false,
        rule,
    })
}

/// A point of an agenda: it ends in how long it takes (`(30 phút)`).
pub(super) fn is_slot(ctx: &Ctx<'_>, content: &Range<usize>) -> bool {
    let from = content.end.saturating_sub(4).max(content.start);
    let timed = ctx.grammar.outline.slots.all(ctx.lexed, from..content.end).any(|found| found.range.end + 1 >= content.end);
    timed && ctx.lexed.is_sign(from, &['(']) && ctx.lexed.is_sign(content.end - 1, &[')'])
}

/// A label with what stands after its colon.
pub(super) fn label(ctx: &Ctx<'_>, content: &Range<usize>) -> Option<(Label, Range<usize>)> {
    named_label(ctx, content).map(|(label, value, _)| (label, value))
}

/// The same with the name of the rule.
pub(super) fn named_label(ctx: &Ctx<'_>, content: &Range<usize>) -> Option<(Label, Range<usize>, &'static str)> {
    let lexed = ctx.lexed;
    let content = &clauses::trim_start(ctx, content.clone());
    let colon = content.clone().take(9).find(|&token| lexed.is_sign(token, &[':']))?;
    let labels = &ctx.grammar.cues.labels;
    let rule = labels.patterns.whole(lexed, &(content.start..colon))?;
    Some((labels.rules[rule].value, clauses::trim(ctx, colon + 1..content.end), labels.rules[rule].id))
}

/// Whether the list after a colon gives orders. Of several words the one said last counts.
pub(super) fn lead(ctx: &Ctx<'_>, range: &Range<usize>) -> (bool, &'static str) {
    let leads = &ctx.grammar.cues.leads;
    // `…, Ban Thường vụ Đảng ủy yêu cầu:`
    let whole = clauses::trim(ctx, range.clone());
    let tail = whole.end.saturating_sub(4).max(whole.start)..whole.end;
    if tail.clone().any(|token| ctx.grammar.cues.cues.patterns.whole(ctx.lexed, &(token..tail.end)).is_some()) {
        return (true, "lead.orders");
    }
    let last = leads.rules.len() - 1;
    let said = leads.patterns.all(ctx.lexed, range.clone()).filter(|found| found.rule != last).max_by_key(|found| found.range.start);
    let rule = &leads.rules[said.map_or(last, |found| found.rule)];
    (rule.value, rule.id)
}
