//! Decisions about the time a task has: more of it (gia hạn), and a pause (tạm dừng).
//!
//! ```text
//! ask_extension(task due 20 June, until 30 June)  →  [ExtensionAsked]
//! decide_extension(…the person who asked…)        →  Refusal::NotIndependent
//! ```

use super::{Reach, Refusal, may_do, may_judge, standing, working};
use crate::event::Payload;
use crate::model::*;
use crate::moment::Moment;
use jiff::civil::Date;

/// Asks for more time: who may do the unit's work does, once until it is answered. `last` is the due day of the task that
/// this one serves.
pub fn ask_extension(
    task: &Entry<Task>,
    last: Option<Date>,
    by: &Actor,
    reach: Reach,
    now: Moment,
    until: Date,
    reason: Sealed,
) -> Result<Vec<Payload>, Refusal> {
    working(task, now)?;
    may_do(by, reach)?;
    if task.declared(now).is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if task.extension(now).is_some() {
        return Err(Refusal::AlreadyAsked);
    }
    later(task, last, until, now)?;
    if until < now.day() {
        return Err(Refusal::EndDatePast);
    }
    Ok(vec![Payload::ExtensionAsked { task: task.facts.key.clone(), until, reason }])
}

/// The answer to a request for more time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionAnswer {
    pub granted: bool,
    /// Another day than the one asked for.
    pub until: Option<Date>,
    pub note: Option<Sealed>,
}

/// Answers a request for more time: who may judge the work does, never the person who asked.
pub fn decide_extension(
    task: &Entry<Task>,
    last: Option<Date>,
    by: &Actor,
    reach: Reach,
    now: Moment,
    answer: ExtensionAnswer,
) -> Result<Vec<Payload>, Refusal> {
    standing(task, now)?;
    may_judge(by, reach)?;
    let asked = task.extension(now).ok_or(Refusal::NotAsked)?;
    if asked.stamp.by == by.person {
        return Err(Refusal::NotIndependent);
    }
    let ExtensionAnswer { granted, until, note } = answer;
    let until = until.filter(|_| granted).or_else(|| asked.day()).ok_or(Refusal::NotAsked)?;
    if granted {
        later(task, last, until, now)?;
    } else if note.is_none() {
        return Err(Refusal::EmptyText);
    }
    Ok(vec![Payload::ExtensionDecided { task: task.facts.key.clone(), until, granted, note }])
}

fn later(task: &Entry<Task>, last: Option<Date>, until: Date, now: Moment) -> Result<(), Refusal> {
    let due = task.due(now).ok_or(Refusal::NoDue)?;
    if until <= due {
        return Err(Refusal::NotLater);
    }
    if last.is_some_and(|last| until > last) { Err(Refusal::PastParent) } else { Ok(()) }
}

/// Pauses a task that is not done; the side that assigned it does, and says why.
pub fn hold(task: &Entry<Task>, by: &Actor, reach: Reach, now: Moment, reason: Sealed) -> Result<Vec<Payload>, Refusal> {
    standing(task, now)?;
    assigner(task, by, reach)?;
    if task.declared(now).is_some() || task.held(now) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::TaskHeld { task: task.facts.key.clone(), held: true, note: Some(reason) }])
}

/// Lets a paused task go on, in the state in which it was.
pub fn resume(task: &Entry<Task>, by: &Actor, reach: Reach, now: Moment, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    standing(task, now)?;
    assigner(task, by, reach)?;
    if !task.held(now) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::TaskHeld { task: task.facts.key.clone(), held: false, note }])
}

/// The side that assigned the task: the person who did, or the level above.
pub(super) fn assigner(task: &Entry<Task>, by: &Actor, reach: Reach) -> Result<(), Refusal> {
    if task.stamp.by == by.person || reach == Reach::Below { Ok(()) } else { Err(Refusal::NotYours) }
}
