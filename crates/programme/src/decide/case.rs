//! Decisions about cases: open, pass on, join, answer, close.
//!
//! The same difficulty of several units is joined and answered once; the asker's side closes what was answered, so that
//! nobody's question ends without the asker having been told.
//!
//! ```text
//! opened → routed → answered → closed by the side that asked
//!        ↘ joined into another case: answered with it
//! ```

use super::{Reach, Refusal, may_do, may_hear, may_register};
use crate::event::Payload;
use crate::ids::UnitId;
use crate::model::*;
use crate::moment::Moment;

/// Where a case lies, seen from who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies<'a> {
    /// With a unit of the office, as the actor reaches it.
    Within(Reach),
    /// With a body outside of this office: what it says is entered by who keeps the office's register.
    Outside(&'a UnitId),
}

/// Opens a case; the route was named by the letter or by the person.
pub fn open_case(case: Case, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    let has_own_way = matches!(case.kind, CaseKind::GoodExample | CaseKind::Warning);
    if has_own_way { Err(Refusal::WrongKind) } else { Ok(vec![Payload::CaseOpened(case)]) }
}

/// The unit at which a case lies: where it was routed last, else its first stop.
pub fn case_at(case: &Entry<Case>) -> Option<UnitId> {
    case_at_moment(case, Moment::LAST)
}

/// As [`case_at`], as of then.
pub fn case_at_moment(case: &Entry<Case>, as_of: Moment) -> Option<UnitId> {
    let routed = case.last(&[MarkKind::Routed], as_of);
    let last = routed.and_then(|m| m.other.as_deref()).and_then(|unit| unit.parse().ok());
    last.or_else(|| case.facts.via.clone()).or_else(|| case.facts.to.clone())
}

/// Goes on; a good example lives otherwise ([`super::example`]).
pub(super) fn open(case: &Entry<Case>) -> Result<(), Refusal> {
    if case.facts.kind == CaseKind::GoodExample {
        return Err(Refusal::WrongKind);
    }
    if case.has(MarkKind::Closed) { Err(Refusal::CaseClosed) } else { Ok(()) }
}

/// Open, not answered, and not joined into another one.
fn waiting(case: &Entry<Case>) -> Result<(), Refusal> {
    open(case)?;
    if case.has(MarkKind::Joined) {
        return Err(Refusal::Joined);
    }
    if case.has(MarkKind::Answered) { Err(Refusal::AlreadyDone) } else { Ok(()) }
}

/// Speaks for the body at which the case lies.
pub(super) fn speaks(by: &Actor, lies: Lies<'_>) -> Result<(), Refusal> {
    match lies {
        Lies::Within(reach) => may_do(by, reach),
        Lies::Outside(office) => may_register(by, office),
    }
}

/// Who speaks for the body at which the case lies; the unit that raised it does not answer itself, but may enter what
/// came from outside.
pub(super) fn may_answer(case: &Entry<Case>, by: &Actor, lies: Lies<'_>) -> Result<(), Refusal> {
    may_hear(by, case.facts.kind)?;
    if case.facts.unit == by.unit && !case.facts.by_public && matches!(lies, Lies::Within(_)) {
        return Err(Refusal::NotIndependent);
    }
    speaks(by, lies)
}

/// Passes a case on; only the unit at which it lies, or the one that opened it, may.
pub fn route_case(case: &Entry<Case>, by: &Actor, to: UnitId, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    waiting(case)?;
    may_hear(by, case.facts.kind)?;
    if case_at(case).as_ref() != Some(&by.unit) && case.facts.unit != by.unit && !by.is(Role::Clerk) {
        return Err(Refusal::NotYours);
    }
    Ok(vec![Payload::CaseRouted { case: case.facts.id.clone(), to, note }])
}

/// Joins a case into another one that asks the same: who may answer both does. An answer that `into` has already is its
/// answer from now on.
pub fn join_case(case: &Entry<Case>, into: &Entry<Case>, by: &Actor, lies: [Lies<'_>; 2]) -> Result<Vec<Payload>, Refusal> {
    waiting(case)?;
    open(into)?;
    if into.has(MarkKind::Joined) {
        return Err(Refusal::Joined);
    }
    if case.facts.id == into.facts.id || case.facts.kind != into.facts.kind {
        return Err(Refusal::NotTheSame);
    }
    may_answer(case, by, lies[0])?;
    may_answer(into, by, lies[1])?;
    let id = case.facts.id.clone();
    let answer = into.last(&[MarkKind::Answered], Moment::LAST).and_then(|m| m.note.clone());
    let mut events = vec![Payload::CaseJoined { case: id.clone(), into: into.facts.id.clone() }];
    events.extend(answer.map(|answer| Payload::CaseAnswered { case: id, answer }));
    Ok(events)
}

/// Answers a case, once, and with it every case `joined` into it.
pub fn answer_case(
    case: &Entry<Case>,
    joined: &[Entry<Case>],
    by: &Actor,
    lies: Lies<'_>,
    answer: &Sealed,
) -> Result<Vec<Payload>, Refusal> {
    waiting(case)?;
    may_answer(case, by, lies)?;
    let others = joined.iter().filter(|c| !c.has(MarkKind::Answered) && !c.has(MarkKind::Closed));
    let answered = |c: &Entry<Case>| Payload::CaseAnswered { case: c.facts.id.clone(), answer: answer.clone() };
    Ok(std::iter::once(case).chain(others).map(answered).collect())
}

/// Closes a case. One that was answered: the side that asked (`asker`: how the actor reaches it), who is told by this; any
/// other also the body at which it lies. Whoever asked by a public form is told by the code alone: the body closes it. What
/// the Front recommended only the Front closes, not the office that it supervises in its name.
pub fn close_case(case: &Entry<Case>, by: &Actor, lies: Lies<'_>, asker: Reach, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    open(case)?;
    may_hear(by, case.facts.kind)?;
    if case.facts.by_public {
        speaks(by, lies)?;
    } else if case.facts.kind == CaseKind::Supervision {
        if asker != Reach::Own {
            return Err(Refusal::NotYours);
        }
        may_do(by, asker)?;
    } else if may_do(by, asker).is_err() {
        if case.has(MarkKind::Answered) {
            return Err(Refusal::NotYours);
        }
        speaks(by, lies)?;
    }
    // Whoever asked reads an answer, where it went, or why there is none.
    let told = case.has(MarkKind::Answered) || case.has(MarkKind::Referred) || note.is_some();
    if case.facts.by_public && !told {
        return Err(Refusal::CloseUnanswered);
    }
    Ok(vec![Payload::CaseClosed { case: case.facts.id.clone(), note }])
}
