//! A task from a clause, and what later words add to it.
//!
//! Not for deciding whether a clause is a task.

use crate::Ctx;
use crate::grammar::Label;
use crate::judge;
use crate::model::{EvidenceKind, Task};
use crate::units as names;
use std::ops::Range;

/// The units of a name, `*` when it means everybody addressed.
pub(super) fn units(ctx: &Ctx<'_>, range: &Range<usize>) -> Vec<String> {
    let text = ctx.lexed.string(range);
    if names::is_everybody(&text) { vec!["*".to_owned()] } else { names::split(&text) }
}

/// Whether units are named rather than everybody of a kind.
pub(super) fn is_specific(to: &[String]) -> bool {
    to.iter().all(|unit| {
        unit != "*"
            && unit.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase))
            && unit.starts_with(char::is_uppercase)
    })
}

pub(super) fn task(
    ctx: &Ctx<'_>,
    range: &Range<usize>,
    section: String,
    to: Vec<String>,
    rule: &'static str,
    forced: bool,
    closing: bool,
) -> Task {
    let to = if to.is_empty() { vec!["*".to_owned()] } else { to };
    let mut confidence = match rule {
        "cue.assign" | "unit.heading" | "unit.assigned_heading" => 0.95,
        "cue.require" | "unit.subject" => 0.9,
        _ => 0.8,
    };
    if forced && !crate::clauses::is_action(ctx, range) {
        confidence -= 0.2;
    }
    if closing {
        confidence -= 0.2;
    }
    let mut task = Task {
        section,
        to,
        text: String::new(),
        span: ctx.lexed.span(range),
        due: None,
        recurs: None,
        reports_to: None,
        evidence: EvidenceKind::Other,
        declared_only: false,
        parts: Vec::new(),
        difficulty: false,
        via: None,
        partners: Vec::new(),
        product: None,
        confidence,
        rules: vec![rule],
    };
    judged(ctx, &mut task, range);
    task
}

/// Everything that the words of the clause say.
fn judged(ctx: &Ctx<'_>, task: &mut Task, range: &Range<usize>) {
    task.rules.truncate(1);
    task.text = ctx.lexed.string(range);
    let recurs = judge::recurs(ctx, range);
    task.recurs = recurs.map(|(recurs, _)| recurs);
    task.rules.extend(recurs.map(|(_, rule)| rule));
    let due = judge::due(ctx, range, task.recurs);
    task.rules.extend(due.as_ref().map(|(_, rule)| *rule));
    task.due = due.map(|(due, _)| due);
    let report = judge::report(ctx, range);
    task.rules.extend(report.as_ref().map(|_| "report.to"));
    (task.reports_to, task.via) = report.map_or((None, None), |report| (Some(report.to), report.via));
    let (evidence, rule) = judge::evidence(ctx, range);
    task.rules.push(rule);
    task.evidence = evidence;
    (task.declared_only, task.parts) = judge::declared(ctx, range);
    if task.declared_only {
        task.evidence = EvidenceKind::Other;
        task.rules.push("declared.opinions");
    } else if !task.parts.is_empty() {
        task.rules.push("declared.opinions");
        task.evidence = task.parts.iter().find(|part| !part.declared_only).map_or(evidence, |part| part.evidence);
    }
    task.difficulty = judge::is_difficulty(ctx, range);
    task.partners = judge::partners(ctx, range);
}

/// Adds a rider: to the clause itself when it follows at once, otherwise only what it says.
pub(super) fn ride(ctx: &Ctx<'_>, task: &mut Task, range: &Range<usize>) {
    let follows = ctx.lexed.within(&task.span).end + 2 >= range.start;
    if follows {
        extend(ctx, task, range);
        return;
    }
    when(ctx, task, range);
    if task.reports_to.is_none() {
        let report = judge::report(ctx, range);
        task.rules.extend(report.as_ref().map(|_| "report.to"));
        (task.reports_to, task.via) = report.map_or((None, None), |report| (Some(report.to), report.via));
    }
}

/// Adds a rider or the rest of a list.
pub(super) fn extend(ctx: &Ctx<'_>, task: &mut Task, range: &Range<usize>) {
    let span = task.span.start..ctx.lexed.span(range).end;
    let tokens = ctx.lexed.within(&span);
    task.span = span;
    judged(ctx, task, &tokens);
}

/// Labels in brackets: `(Chủ trì: Văn phòng; hoàn thành: tháng 6/2026)`.
pub(super) fn bracketed_labels(ctx: &Ctx<'_>, task: &mut Task, range: &Range<usize>) {
    let mut at = range.start;
    while let Some(open) = (at..range.end).find(|&token| ctx.lexed.is_sign(token, &['('])) {
        let close = (open..range.end).find(|&token| ctx.lexed.is_sign(token, &[')'])).unwrap_or(range.end);
        // `(Công an xã chủ trì)`
        let unit = names::at(ctx, open + 1, close).filter(|&end| ctx.grammar.outline.leads.whole(ctx.lexed, &(end..close)).is_some());
        if let Some(end) = unit {
            complete(ctx, task, Label::Lead, &(open + 1..end));
        }
        for clause in crate::clauses::split(ctx, &(open + 1..close)) {
            if let Some((label, value)) = super::heading::label(ctx, &clause.range) {
                complete(ctx, task, label, &value);
            }
        }
        at = close.max(open + 1);
    }
}

/// What a label says of a task.
pub(super) fn complete(ctx: &Ctx<'_>, task: &mut Task, label: Label, value: &Range<usize>) {
    if value.is_empty() {
        return;
    }
    match label {
        Label::Lead => {
            task.to = units(ctx, value);
            task.rules[0] = "label.lead";
            task.confidence = 0.95;
        }
        Label::Partner => task.partners = names::split(&ctx.lexed.string(value)),
        Label::When => when(ctx, task, value),
        Label::Product => task.product = Some(ctx.lexed.string(value)),
        Label::Number | Label::Task | Label::Event => {}
    }
}

/// A due date or recurrence that stands alone, as in a table's cell.
pub(crate) fn when(ctx: &Ctx<'_>, task: &mut Task, value: &Range<usize>) {
    // A time of day says when something takes place.
    let deadline = judge::due(ctx, value, None).is_some();
    if !deadline && ctx.grammar.actions.hours.any(ctx.lexed, value.clone()) {
        return;
    }
    let recurs = judge::recurs(ctx, value);
    if let Some((recurs, rule)) = recurs {
        task.recurs = Some(recurs);
        task.rules.push(rule);
    }
    let due = || judge::due(ctx, value, task.recurs).or_else(|| judge::bare_due(ctx, value, task.recurs));
    if let Some((due, rule)) = task.due.is_none().then(due).flatten() {
        task.due = Some(due);
        task.rules.push(rule);
    }
}
