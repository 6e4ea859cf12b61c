//! Decisions about cases, activities, exceptions and returns.

use super::{Reach, Refusal, may_do};
use crate::chain::{Key, return_digest};
use crate::event::Payload;
use crate::ids::UnitId;
use crate::model::*;
use crate::moment::Moment;

/// Opens a case; the route was named by the letter or by the person.
pub fn open_case(case: Case, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    Ok(vec![Payload::CaseOpened(case)])
}

/// The unit at which a case lies: where it was routed last, else its first stop.
pub fn case_at(case: &Entry<Case>) -> Option<UnitId> {
    let routed = case.marks.iter().rev().find(|m| m.kind == MarkKind::Routed);
    let last = routed.and_then(|m| m.other.as_deref()).and_then(|unit| unit.parse().ok());
    last.or_else(|| case.facts.via.clone()).or_else(|| case.facts.to.clone())
}

fn open(case: &Entry<Case>) -> Result<(), Refusal> {
    if case.has(MarkKind::Closed) { Err(Refusal::CaseClosed) } else { Ok(()) }
}

/// Passes a case on; only the unit at which it lies, or the one that opened it, may.
pub fn route_case(case: &Entry<Case>, by: &Actor, to: UnitId, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    open(case)?;
    if case_at(case).as_ref() != Some(&by.unit) && case.facts.unit != by.unit && !by.is(Role::Clerk) {
        return Err(Refusal::NotYours);
    }
    Ok(vec![Payload::CaseRouted { case: case.facts.id.clone(), to, note }])
}

/// Answers a case, once; the unit at which it lies does, or who may act for that unit (`reach`). The unit that raised it
/// does not answer itself.
pub fn answer_case(case: &Entry<Case>, by: &Actor, reach: Reach, answer: Sealed) -> Result<Vec<Payload>, Refusal> {
    open(case)?;
    if case.facts.unit == by.unit {
        return Err(Refusal::NotIndependent);
    }
    may_do(by, reach)?;
    if case.has(MarkKind::Answered) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::CaseAnswered { case: case.facts.id.clone(), answer }])
}

/// Closes a case: whoever may act for the unit at which it lies (`reach`), or the unit that raised it.
pub fn close_case(case: &Entry<Case>, by: &Actor, reach: Reach, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    open(case)?;
    if case.facts.unit != by.unit {
        may_do(by, reach)?;
    }
    Ok(vec![Payload::CaseClosed { case: case.facts.id.clone(), note }])
}

/// Records something that was held or published.
pub fn record_activity(activity: Activity, by: &Actor, reach: Reach, now: Moment) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if activity.on > now.day() {
        return Err(Refusal::InTheFuture);
    }
    Ok(vec![Payload::ActivityRecorded(activity)])
}

/// Grants a written exception with an end date; the head answers for it.
pub fn grant_exception(exception: Exception, by: &Actor, now: Moment) -> Result<Vec<Payload>, Refusal> {
    if !by.is(Role::Head) {
        return Err(Refusal::RoleMissing { role: Role::Head });
    }
    if exception.until < now.day() {
        return Err(Refusal::EndDatePast);
    }
    Ok(vec![Payload::ExceptionGranted(exception)])
}

/// Counts the figures of a unit: its own people, or those of a unit above.
pub fn may_report(by: &Actor, reach: Reach) -> Result<(), Refusal> {
    if reach == Reach::Below { Ok(()) } else { may_do(by, reach) }
}

/// The head of the unit that reports approves exactly the figures with this digest.
pub fn approve_return(r: &Entry<Return>, by: &Actor, shown: &Digest) -> Result<Vec<Payload>, Refusal> {
    if !by.is(Role::Head) {
        return Err(Refusal::RoleMissing { role: Role::Head });
    }
    if by.unit != r.facts.unit {
        return Err(Refusal::NotYours);
    }
    if r.has(MarkKind::Sealed) {
        return Err(Refusal::AlreadySealed);
    }
    let digest = return_digest(&r.facts).map_err(|_| Refusal::FiguresChanged)?;
    if digest != *shown {
        return Err(Refusal::FiguresChanged);
    }
    if approved(r, &digest) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::ReturnApproved { id: r.facts.id.clone(), digest }])
}

/// Seals an approved return with the office's key; the unit that reports does, or who may act for it (`reach`).
pub fn seal_return(r: &Entry<Return>, by: &Actor, reach: Reach, key: &Key) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if r.has(MarkKind::Sealed) {
        return Err(Refusal::AlreadySealed);
    }
    let digest = return_digest(&r.facts).map_err(|_| Refusal::FiguresChanged)?;
    if !approved(r, &digest) {
        return Err(Refusal::NotApproved);
    }
    let signature = key.sign_return(&r.facts.id, &digest);
    Ok(vec![Payload::ReturnSealed { id: r.facts.id.clone(), digest, public_key: key.public(), signature }])
}

fn approved(r: &Entry<Return>, digest: &Digest) -> bool {
    let digest = digest.to_string();
    r.marks.iter().any(|m| m.kind == MarkKind::Approved && m.other.as_ref() == Some(&digest))
}
