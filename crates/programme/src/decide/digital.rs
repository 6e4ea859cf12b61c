//! Decisions about the work of the community digital team: record what was held, correct it, take it back.
//!
//! ```text
//! hold_digital(a class of 20 with 12 learners of safety)   →  [ActivityRecorded]
//! hold_digital(a class of 20 with 31 learners of safety)   →  Refusal::DigitalLearners
//! ```

use super::{Reach, Refusal, may_do};
use crate::digital::is_digital;
use crate::event::Payload;
use crate::model::*;
use crate::moment::Moment;

/// Longest that something of one day lasts, in minutes.
pub const MOST_MINUTES: u32 = 24 * 60;
/// More people or visits than one entry of a commune's hamlet can have.
pub const MOST_COUNTED: u32 = 10_000;

/// Whether counts can be those of an activity of this kind with so many people.
fn counted(kind: ActivityKind, people: u32, work: &DigitalWork) -> Result<(), Refusal> {
    let DigitalWork { minutes, visits, learners, .. } = work;
    if *minutes == 0 || *minutes > MOST_MINUTES {
        return Err(Refusal::DigitalHours);
    }
    let is_class = kind == ActivityKind::DigitalClass;
    let most = learners.values().copied().max().unwrap_or_default();
    let all: u64 = learners.values().map(|n| u64::from(*n)).sum();
    if is_class && (learners.values().any(|n| *n == 0) || most == 0 || most > people || all < u64::from(people)) {
        return Err(Refusal::DigitalLearners);
    }
    let fits = match kind {
        ActivityKind::HomeVisit => *visits > 0 && learners.is_empty(),
        // A help point was open even when nobody came.
        ActivityKind::HelpPoint => *visits == 0 && learners.is_empty(),
        _ => *visits == 0,
    };
    if fits && *visits <= MOST_COUNTED && people <= MOST_COUNTED { Ok(()) } else { Err(Refusal::DigitalCounts) }
}

/// It was held: as it was planned (`known`), without a plan, or other than it was said first, with a reason.
pub fn hold_digital(
    known: Option<&Entry<Activity>>,
    held: Activity,
    by: &Actor,
    reach: Reach,
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if !is_digital(held.kind) {
        return Err(Refusal::NotWanted);
    }
    if known.is_some_and(|known| known.has(MarkKind::Withdrawn)) {
        return Err(Refusal::EntryWithdrawn);
    }
    if held.on > now.day() {
        return Err(Refusal::InTheFuture);
    }
    let work = held.digital.as_deref().ok_or(Refusal::DigitalCounts)?;
    counted(held.kind, held.people, work)?;
    if known.is_some_and(|known| !known.facts.planned) && work.reason.is_none() {
        return Err(Refusal::EmptyText);
    }
    Ok(vec![Payload::ActivityRecorded(Activity { planned: false, ..held })])
}

/// Takes back what was said to have been held: no figure counts it any more.
pub fn withdraw_digital(known: &Entry<Activity>, reason: Sealed, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if known.has(MarkKind::Withdrawn) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::Withdrawn { what: SubjectKind::Activity, id: known.facts.id.to_string(), note: Some(reason) }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    const LAN: &str = "lan";

    fn by(roles: &[Role]) -> Actor {
        Actor { person: LAN.parse().unwrap(), unit: "thon-1".parse().unwrap(), roles: roles.to_vec(), below: Vec::new() }
    }

    fn now() -> Moment {
        "2026-06-10T01:00:00.000Z".parse().unwrap()
    }

    fn held(kind: ActivityKind, people: u32, digital: DigitalWork) -> Activity {
        let json = r#"{"evidence":null,"id":"a","kind":"training","note":null,"on":"2026-06-09","people":0,"tasks":[],"unit":"thon-1"}"#;
        Activity { kind, people, digital: Some(Box::new(digital)), ..serde_json::from_str(json).unwrap() }
    }

    fn work(minutes: u32, visits: u32, learners: &[(SkillGroup, u32)]) -> DigitalWork {
        DigitalWork { minutes, visits, learners: learners.iter().copied().collect(), ..DigitalWork::default() }
    }

    fn said(activity: Activity) -> Result<usize, Refusal> {
        hold_digital(None, activity, &by(&[Role::Officer]), Reach::Own, now()).map(|events| events.len())
    }

    #[test]
    fn counts_have_to_fit_what_was_held() {
        use {ActivityKind as K, SkillGroup as G};
        assert_eq!(said(held(K::HomeVisit, 0, work(60, 3, &[]))), Ok(1));
        assert_eq!(said(held(K::HomeVisit, 3, work(60, 0, &[]))), Err(Refusal::DigitalCounts), "no home was visited");
        assert_eq!(said(held(K::HomeVisit, 3, work(0, 3, &[]))), Err(Refusal::DigitalHours));
        assert_eq!(said(held(K::HomeVisit, 3, work(1441, 3, &[]))), Err(Refusal::DigitalHours), "a day has no more");
        assert_eq!(said(held(K::HelpPoint, 0, work(60, 0, &[]))), Ok(1), "open, and nobody came");
        assert_eq!(said(held(K::HelpPoint, 9, work(60, 2, &[]))), Err(Refusal::DigitalCounts), "nobody's home");
        assert_eq!(said(held(K::HelpPoint, 10_001, work(60, 0, &[]))), Err(Refusal::DigitalCounts));
        assert_eq!(said(held(K::DigitalClass, 20, work(90, 0, &[(G::General, 20), (G::Safety, 12)]))), Ok(1));
        assert_eq!(said(held(K::DigitalClass, 20, work(90, 0, &[(G::Safety, 31)]))), Err(Refusal::DigitalLearners), "more than came");
        assert_eq!(said(held(K::DigitalClass, 20, work(90, 0, &[(G::Safety, 9)]))), Err(Refusal::DigitalLearners), "some learned nothing");
        assert_eq!(said(held(K::DigitalClass, 20, work(90, 0, &[]))), Err(Refusal::DigitalLearners));
        assert_eq!(said(held(K::Training, 20, work(90, 0, &[]))), Err(Refusal::NotWanted), "no work of the team");
        assert_eq!(said(Activity { digital: None, ..held(K::HelpPoint, 3, work(60, 0, &[])) }), Err(Refusal::DigitalCounts));
        assert_eq!(said(Activity { on: date(2026, 6, 11), ..held(K::HelpPoint, 3, work(60, 0, &[])) }), Err(Refusal::InTheFuture));
    }

    #[test]
    fn it_is_corrected_with_a_reason_and_taken_back_once() {
        let officer = by(&[Role::Officer]);
        let first = held(ActivityKind::HelpPoint, 8, work(60, 0, &[]));
        let stamp = Stamp { at: now(), office: "o".parse().unwrap(), seq: 1, by: officer.person.clone() };
        let mut entry = Entry { facts: Activity { planned: true, ..first.clone() }, stamp: stamp.clone(), marks: BTreeSet::new() };
        let hold = |entry: &Entry<Activity>, held: Activity| hold_digital(Some(entry), held, &officer, Reach::Own, now());
        let events = hold(&entry, first.clone()).unwrap();
        assert!(matches!(&events[..], [Payload::ActivityRecorded(a)] if !a.planned), "{events:?}");
        entry.facts.planned = false;
        let mut better = Activity { people: 9, ..first };
        assert_eq!(hold(&entry, better.clone()), Err(Refusal::EmptyText), "why is it other than it was?");
        let reason = Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO };
        better.digital = Some(Box::new(DigitalWork { reason: Some(reason.clone()), ..work(60, 0, &[]) }));
        assert!(hold(&entry, better.clone()).is_ok());
        assert!(withdraw_digital(&entry, reason.clone(), &officer, Reach::Own).is_ok());
        entry.marks.insert(Mark { stamp, kind: MarkKind::Withdrawn, note: None, other: None });
        assert_eq!(withdraw_digital(&entry, reason, &officer, Reach::Own), Err(Refusal::AlreadyDone));
        assert_eq!(hold(&entry, better), Err(Refusal::EntryWithdrawn));
    }

    #[test]
    fn only_who_works_for_the_unit_records_it() {
        let activity = || held(ActivityKind::HelpPoint, 8, work(60, 0, &[]));
        let learner = hold_digital(None, activity(), &by(&[Role::Learner]), Reach::Own, now());
        assert_eq!(learner, Err(Refusal::RoleMissing { role: Role::Officer }));
        assert_eq!(hold_digital(None, activity(), &by(&[Role::Officer]), Reach::Elsewhere, now()), Err(Refusal::NotYours));
    }
}
