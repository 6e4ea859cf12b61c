//! Decisions about tasks and their evidence: assign, acknowledge, progress, declare, return, accept, withdraw, attach.

use super::time::assigner;
use super::{Reach, Refusal, due_fits, holds, may_do, may_judge, standing, working};
use crate::event::Payload;
use crate::ids::{ObligationId, PersonId, TaskKey, UnitId};
use crate::model::*;
use crate::moment::Moment;
use crate::period::Period;
use crate::sufficiency::declared_only;
use crate::task::TaskState;
use jiff::civil::Date;

/// What assigning needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Assignment<'a> {
    pub obligation: &'a Entry<Obligation>,
    pub units: &'a [Unit],
    /// The tasks of the obligation that there are.
    pub existing: &'a [Entry<Task>],
    pub period: Period,
    pub due: Option<Date>,
    /// The day of the letter.
    pub letter_date: Option<Date>,
    /// The task of the level above that these serve.
    pub parent: Option<&'a TaskKey>,
    /// Units that help.
    pub cooperating: &'a [UnitId],
}

/// Gives a confirmed obligation to units for a period; units that already have the task are passed over.
/// The due date is the one given, else the obligation's own, else none: it is never invented. One that is given is never later
/// than what the letter asks for; of work that recurs the letter's day is that of one period.
pub fn assign(what: Assignment<'_>, now: Moment) -> Result<Vec<Payload>, Refusal> {
    if !holds(what.obligation) {
        return Err(Refusal::NotConfirmed);
    }
    if what.units.is_empty() {
        return Err(Refusal::NoUnit);
    }
    let facts = &what.obligation.facts;
    let own = facts.due.map(Due::last_day);
    let given = what.due.filter(|due| Some(*due) != own);
    due_fits(given, what.letter_date)?;
    if facts.recurs.is_none() && own.is_some_and(|own| given.is_some_and(|given| given > own)) {
        return Err(Refusal::DuePastLetter);
    }
    let mut assigned = Vec::new();
    for unit in what.units {
        if unit.valid_to.is_some_and(|to| to < now.day()) {
            return Err(Refusal::UnitClosed { unit: unit.id.clone() });
        }
        let key = TaskKey { obligation: facts.id.clone(), unit: unit.id.clone(), period: what.period };
        if what.existing.iter().any(|t| t.facts.key == key && t.stands(now)) {
            continue;
        }
        let mut cooperating: Vec<UnitId> = what.cooperating.iter().filter(|id| **id != unit.id).cloned().collect();
        cooperating.sort();
        cooperating.dedup();
        assigned.push(Payload::TaskAssigned(Task {
            key,
            letter: facts.letter.clone(),
            due: what.due.or(own),
            parent: what.parent.cloned(),
            cooperating,
        }));
    }
    if assigned.is_empty() { Err(Refusal::AlreadyAssigned) } else { Ok(assigned) }
}

/// What passing a task on needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Delegation<'a> {
    pub task: &'a Entry<Task>,
    /// The obligation of that task.
    pub source: &'a Obligation,
    /// The units below that get it.
    pub units: &'a [Unit],
    /// The tasks that serve this one already.
    pub children: &'a [Entry<Task>],
    pub due: Option<Date>,
}

/// Passes a task on to units that do not serve it yet: a derived obligation (with the new id `derived`), confirmed, and a task that serves the first one
/// for each unit. The first task's due date holds unless an earlier one is given; a later one is refused.
pub fn delegate(what: Delegation<'_>, derived: &ObligationId, by: &Actor, reach: Reach, now: Moment) -> Result<Vec<Payload>, Refusal> {
    working(what.task, now)?;
    may_do(by, reach)?;
    if what.units.is_empty() {
        return Err(Refusal::NoUnit);
    }
    let source = what.source;
    let key = &what.task.facts.key;
    // Passed on means to somebody else: a task that serves itself would stand for nothing.
    if what.units.iter().any(|unit| unit.id == key.unit) {
        return Err(Refusal::NotYours);
    }
    let serves = |t: &Entry<Task>, unit: &Unit| t.facts.key.unit == unit.id && t.facts.parent.as_ref() == Some(key) && t.stands(now);
    let new: Vec<&Unit> = what.units.iter().filter(|unit| !what.children.iter().any(|t| serves(t, unit))).collect();
    if new.is_empty() {
        return Err(Refusal::AlreadyAssigned);
    }
    let own = what.task.due(now);
    if what.due.zip(own).is_some_and(|(due, own)| due > own) {
        return Err(Refusal::PastParent);
    }
    let due = what.due.or(own);
    let mut events = vec![
        Payload::ObligationDrafted(Obligation {
            id: derived.clone(),
            method: Method::Derived,
            confidence: 100,
            derived_from: Some(source.id.clone()),
            ..source.clone()
        }),
        Payload::LetterConfirmed { letter: source.letter.clone(), obligations: vec![derived.clone()] },
    ];
    events.extend(new.into_iter().map(|unit| {
        let key = TaskKey { obligation: derived.clone(), unit: unit.id.clone(), period: key.period };
        let parent = Some(what.task.facts.key.clone());
        Payload::TaskAssigned(Task { key, letter: source.letter.clone(), due, parent, cooperating: Vec::new() })
    }));
    Ok(events)
}

/// The unit has seen the task.
pub fn acknowledge(task: &Entry<Task>, by: &Actor, reach: Reach, now: Moment) -> Result<Vec<Payload>, Refusal> {
    standing(task, now)?;
    may_do(by, reach)?;
    if task.acknowledged(now).is_some() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::TaskAcknowledged { task: task.facts.key.clone() }])
}

/// A word on how the work goes.
pub fn progress(task: &Entry<Task>, by: &Actor, reach: Reach, now: Moment, note: Sealed) -> Result<Vec<Payload>, Refusal> {
    working(task, now)?;
    may_do(by, reach)?;
    if matches!(task.state(now), TaskState::Declared | TaskState::Accepted) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::TaskProgressed { task: task.facts.key.clone(), note }])
}

/// The unit declares the task done.
pub fn declare(task: &Entry<Task>, by: &Actor, reach: Reach, now: Moment, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    working(task, now)?;
    may_do(by, reach)?;
    if task.declared(now).is_some() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::TaskDeclared { task: task.facts.key.clone(), note }])
}

/// Sends a declared task back for more.
pub fn return_for_more(task: &Entry<Task>, by: &Actor, reach: Reach, now: Moment, note: Sealed) -> Result<Vec<Payload>, Refusal> {
    standing(task, now)?;
    may_judge(by, reach)?;
    if task.declared(now).is_none() {
        return Err(Refusal::NotDeclared);
    }
    Ok(vec![Payload::TaskReturned { task: task.facts.key.clone(), note }])
}

/// Accepts declared work and its evidence. Whoever declared it or brought evidence for it cannot accept it; where
/// evidence can prove the obligation's `needs`, there must be some. The same person says it once, and again when evidence was
/// brought or taken back since: that is something else to judge.
pub fn accept(
    task: &Entry<Task>,
    needs: &[Need],
    evidence: &[Entry<Evidence>],
    by: &Actor,
    reach: Reach,
    now: Moment,
    note: Option<Sealed>,
) -> Result<Vec<Payload>, Refusal> {
    standing(task, now)?;
    if task.declared(now).is_none() {
        return Err(Refusal::NotDeclared);
    }
    may_judge(by, reach)?;
    if doers(task, evidence).any(|doer| doer == &by.person) {
        return Err(Refusal::NotIndependent);
    }
    let judged = task.last(&[MarkKind::Declared, MarkKind::Returned, MarkKind::Accepted], now);
    let said = judged.filter(|mark| mark.kind == MarkKind::Accepted && mark.stamp.by == by.person);
    if said.is_some_and(|said| !evidence.iter().any(|e| changed_since(task, e, &said.stamp))) {
        return Err(Refusal::AlreadyDone);
    }
    if !declared_only(needs) && proving(task, evidence).next().is_none() {
        return Err(Refusal::NoEvidence);
    }
    Ok(vec![Payload::TaskAccepted { task: task.facts.key.clone(), unit: by.unit.clone(), note }])
}

/// True when this evidence of the task came or was taken back after that.
fn changed_since(task: &Entry<Task>, evidence: &Entry<Evidence>, since: &Stamp) -> bool {
    let taken_back = |mark: &Mark| mark.kind == MarkKind::Withdrawn && &mark.stamp > since;
    evidence.facts.tasks.contains(&task.facts.key) && (&evidence.stamp > since || evidence.marks.iter().any(taken_back))
}

/// The evidence of the task that was not taken back.
fn proving<'a>(
    task: &'a Entry<Task>,
    evidence: impl IntoIterator<Item = &'a Entry<Evidence>>,
) -> impl Iterator<Item = &'a Entry<Evidence>> {
    evidence.into_iter().filter(|e| e.facts.tasks.contains(&task.facts.key) && !e.has(MarkKind::Withdrawn))
}

/// Who declared the task or brought the evidence that stands for it: none of them accepts it.
pub fn doers<'a>(task: &'a Entry<Task>, evidence: impl IntoIterator<Item = &'a Entry<Evidence>>) -> impl Iterator<Item = &'a PersonId> {
    let declared = task.marks.iter().filter(|m| m.kind == MarkKind::Declared).map(|m| &m.stamp.by);
    declared.chain(proving(task, evidence).map(|e| &e.stamp.by))
}

/// Takes a task back; only the side that assigned it may.
pub fn withdraw_task(task: &Entry<Task>, by: &Actor, reach: Reach, now: Moment, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    standing(task, now)?;
    assigner(task, by, reach)?;
    let id = task.facts.key.to_string();
    Ok(vec![Payload::Withdrawn { what: SubjectKind::Task, id, note }])
}

/// Attaches evidence to standing tasks of one unit.
pub fn attach(evidence: Evidence, tasks: &[Entry<Task>], by: &Actor, reach: Reach, now: Moment) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if evidence.observed_at > now {
        return Err(Refusal::InTheFuture);
    }
    for task in tasks {
        standing(task, now)?;
    }
    Ok(vec![Payload::EvidenceAttached(evidence)])
}

/// Takes evidence back; the unit's own side may.
pub fn withdraw_evidence(evidence: &Entry<Evidence>, by: &Actor, reach: Reach, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if evidence.has(MarkKind::Withdrawn) {
        return Err(Refusal::AlreadyDone);
    }
    let id = evidence.facts.id.to_string();
    Ok(vec![Payload::Withdrawn { what: SubjectKind::Evidence, id, note }])
}

/// Records a run of an engine: one event with every verdict.
pub fn record_run(evidence: Evidence, results: Vec<CheckResult>, by: &Actor, reach: Reach, now: Moment) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if results.is_empty() {
        return Err(Refusal::EmptyRun);
    }
    if evidence.observed_at > now {
        return Err(Refusal::InTheFuture);
    }
    Ok(vec![Payload::RunRecorded { evidence, results }])
}
