//! Decisions about good examples (điển hình, cách làm hay): nominate, accept, give back, share, withdraw.
//!
//! A unit says what it did well; the level above, or an assessor of another unit, accepts it. By that it is shared with
//! everybody of the office. Whoever wrote the words does not accept them, as nobody accepts evidence of their own; so what
//! the office itself nominates goes up in its report as nominated, unless an assessor of another unit accepts it.
//!
//! ```text
//! nominated → accepted, shared → withdrawn ┐
//!     ↑    ↘ returned with a reason ───────┴→ bettered and nominated again
//! ```

use super::{Reach, Refusal, may_do, may_judge, may_register, published};
use crate::event::Payload;
use crate::ids::{ContentId, UnitId};
use crate::model::*;
use crate::moment::Moment;

crate::codes! {
    /// Where a good example stands.
    ExampleState {
        Nominated = "nominated",
        /// Accepted by the level above, and shared.
        Accepted = "accepted",
        /// Given back to be bettered.
        Returned = "returned",
        /// Taken back by its unit, or shared no more.
        Withdrawn = "withdrawn",
    }
}

/// Where a good example stood at a time; `None` for any other case, and before its latest words where nothing else is known.
pub fn example_state(case: &Entry<Case>, as_of: Moment) -> Option<ExampleState> {
    if case.facts.kind != CaseKind::GoodExample {
        return None;
    }
    let mark = case.last(&[MarkKind::Accepted, MarkKind::Returned, MarkKind::Withdrawn], as_of);
    let nominated = Some(&case.stamp).filter(|stamp| stamp.at <= as_of);
    match (mark, nominated) {
        (None, nominated) => nominated.map(|_| ExampleState::Nominated),
        (Some(mark), Some(stamp)) if *stamp > mark.stamp => Some(ExampleState::Nominated),
        (Some(mark), _) => Some(match mark.kind {
            MarkKind::Accepted => ExampleState::Accepted,
            MarkKind::Returned => ExampleState::Returned,
            _ => ExampleState::Withdrawn,
        }),
    }
}

/// The acceptance that held at a time.
pub fn accepted(case: &Entry<Case>, as_of: Moment) -> Option<&Mark> {
    let holds = example_state(case, as_of) == Some(ExampleState::Accepted);
    case.last(&[MarkKind::Accepted], as_of).filter(|_| holds)
}

/// The words that everybody may read, beyond the office; only of what is shared inside it.
pub fn shared_with_all(case: &Entry<Case>) -> Option<&Sealed> {
    accepted(case, Moment::LAST)?;
    published(case).map(|(text, _)| text)
}

/// A unit nominates what it did well.
pub fn nominate(case: Case, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if case.kind != CaseKind::GoodExample || case.nomination.is_none() {
        return Err(Refusal::WrongKind);
    }
    Ok(vec![Payload::CaseOpened(case)])
}

/// Changes the words and nominates again: what waits still, or what was given back or withdrawn.
pub fn nominate_again(old: &Entry<Case>, bettered: Case, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    let same = old.facts.id == bettered.id && old.facts.unit == bettered.unit;
    match example_state(old, Moment::LAST) {
        None => Err(Refusal::WrongKind),
        Some(_) if !same => Err(Refusal::NotTheSame),
        Some(ExampleState::Accepted) => Err(Refusal::ExampleStep),
        Some(_) => nominate(bettered, by, reach),
    }
}

fn at_step(case: &Entry<Case>, steps: &[ExampleState]) -> Result<(), Refusal> {
    let state = example_state(case, Moment::LAST).ok_or(Refusal::WrongKind)?;
    if steps.contains(&state) { Ok(()) } else { Err(Refusal::ExampleStep) }
}

/// A nomination that waits, before somebody independent of it.
fn may_decide(case: &Entry<Case>, by: &Actor, reach: Reach) -> Result<(), Refusal> {
    at_step(case, &[ExampleState::Nominated])?;
    may_judge(by, reach)?;
    // Who wrote it in the unit's name does not judge it, whatever unit they act for now.
    if case.stamp.by == by.person { Err(Refusal::NotIndependent) } else { Ok(()) }
}

/// Accepts a nomination in the words that were `read`; from now on it is shared.
pub fn accept_example(
    case: &Entry<Case>,
    by: &Actor,
    reach: Reach,
    read: &ContentId,
    note: Option<Sealed>,
) -> Result<Vec<Payload>, Refusal> {
    may_decide(case, by, reach)?;
    if &case.facts.text.id != read {
        return Err(Refusal::ExampleChanged);
    }
    Ok(vec![Payload::CaseAccepted { case: case.facts.id.clone(), unit: by.unit.clone(), note }])
}

/// Gives a nomination back with the reason.
pub fn return_example(case: &Entry<Case>, by: &Actor, reach: Reach, reason: Sealed) -> Result<Vec<Payload>, Refusal> {
    may_decide(case, by, reach)?;
    Ok(vec![Payload::CaseReturned { case: case.facts.id.clone(), reason }])
}

/// Withdraws with a reason: the unit its nomination; the unit, or whoever may judge it, what is shared. What everybody could
/// read is taken back with it.
pub fn withdraw_example(case: &Entry<Case>, by: &Actor, reach: Reach, reason: Sealed) -> Result<Vec<Payload>, Refusal> {
    at_step(case, &[ExampleState::Nominated, ExampleState::Accepted])?;
    let shared = accepted(case, Moment::LAST).is_some();
    may_do(by, reach).or_else(|refusal| if shared && may_judge(by, reach).is_ok() { Ok(()) } else { Err(refusal) })?;
    let id = case.facts.id.clone();
    let taken_back = published(case).map(|_| Payload::CasePublished { case: id.clone(), text: None });
    let withdrawn = Payload::Withdrawn { what: SubjectKind::Case, id: id.to_string(), note: Some(reason) };
    Ok(taken_back.into_iter().chain([withdrawn]).collect())
}

/// Takes what is shared into the office's public pages, or out of them: who keeps the office's register says so. Words that
/// name a person are for everybody only where that person agreed to it.
pub fn publish_example(case: &Entry<Case>, by: &Actor, office: &UnitId, public: bool) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    at_step(case, &[ExampleState::Accepted])?;
    let naming = case.facts.nomination.as_ref().map(|n| n.naming);
    if public && naming == Some(Naming::Agreed) {
        return Err(Refusal::NamesPerson);
    }
    if public == shared_with_all(case).is_some() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::CasePublished { case: case.facts.id.clone(), text: public.then(|| case.facts.text.clone()) }])
}
