//! Decisions about activities, exceptions and returns.

use super::{Reach, Refusal, may_do};
use crate::chain::{Key, return_digest};
use crate::digital::is_digital;
use crate::event::Payload;
use crate::model::*;
use crate::moment::Moment;

/// Records something that was held or published.
pub fn record_activity(activity: Activity, by: &Actor, reach: Reach, now: Moment) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    // A drill and a quiz are recorded by what they leave when they are closed, the digital team's work with its counts; a good
    // example is nominated.
    let apart = matches!(activity.kind, ActivityKind::Drill | ActivityKind::Quiz | ActivityKind::GoodExample);
    if apart || is_digital(activity.kind) {
        return Err(Refusal::NotWanted);
    }
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

/// Counts the figures of a unit and writes its report: its own people, or those of a unit above.
pub fn may_report(by: &Actor, reach: Reach) -> Result<(), Refusal> {
    let of_above = reach == Reach::Below;
    may_do(by, if of_above { Reach::Own } else { reach })
}

/// When the figures of a return were counted: at its end, or when it was drafted before that.
pub fn counted_at(r: &Entry<Return>) -> Moment {
    r.facts.counted_at.unwrap_or_else(|| Moment::end_of(r.facts.as_of).min(r.stamp.at))
}

/// Words under the sections of a return that is not sealed. The figures stay; an approval lapses, because it was for
/// what stood there before.
pub fn write_return(r: &Entry<Return>, by: &Actor, reach: Reach, narrative: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    may_report(by, reach)?;
    if r.has(MarkKind::Sealed) {
        return Err(Refusal::AlreadySealed);
    }
    let counted_at = Some(counted_at(r));
    Ok(vec![Payload::ReturnDrafted(Return { narrative, counted_at, ..r.facts.clone() })])
}

/// True when the figures and words that stand there now were approved.
pub fn is_approved(r: &Entry<Return>) -> bool {
    // Only what was approved is sealed, and nothing changes it after. A year's digest takes ten milliseconds.
    r.has(MarkKind::Sealed) || r.has(MarkKind::Approved) && return_digest(&r.facts).is_ok_and(|digest| approved(r, &digest))
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
