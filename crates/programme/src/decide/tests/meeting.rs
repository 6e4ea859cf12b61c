//! Meetings: who may plan and hold them, whose names count.

use super::*;

/// A meeting of the cell on 5 June with names given at these minutes.
fn meeting(names: &[u8]) -> Entry<Activity> {
    let facts = Activity {
        id: "m".parse().unwrap(),
        kind: ActivityKind::CellMeeting,
        unit: "cell".parse().unwrap(),
        on: "2026-06-05".parse().unwrap(),
        people: 0,
        tasks: Vec::new(),
        evidence: None,
        note: None,
        plan: Some(sealed()),
        planned: true,
        outreach: None,
        digital: None,
        reported: None,
    };
    let marks: Vec<_> = names.iter().map(|minute| (*minute, MarkKind::Attended, "program")).collect();
    entry(facts, &marks)
}

fn on(day: &str) -> Moment {
    Moment::start_of(day.parse().unwrap())
}

#[test]
fn names_are_taken_about_the_day_of_the_meeting() {
    let open = meeting(&[]);
    for (day, takes) in [("2026-06-03", false), ("2026-06-04", true), ("2026-06-05", true), ("2026-06-06", true), ("2026-06-07", false)] {
        assert_eq!(sign_in(&open, sealed(), on(day)).is_ok(), takes, "{day}");
    }
    let an = by("an", "cell", &[Role::Officer]);
    assert_eq!(enter_names(&open, vec![sealed(); 3], &an, Reach::Own).unwrap().len(), 3);
    assert_eq!(enter_names(&open, Vec::new(), &an, Reach::Own), Err(Refusal::EmptyText));
    assert_eq!(enter_names(&open, vec![sealed()], &by("hoa", "front", &[Role::Head]), Reach::Elsewhere), Err(Refusal::NotYours));
}

#[test]
fn the_head_count_is_never_lower_than_the_names() {
    let two = meeting(&[2, 3]);
    assert_eq!(head_count(&two, None, None), Ok(2));
    assert_eq!(head_count(&two, Some(1), None), Err(Refusal::FewerThanSigned));
    assert_eq!(head_count(&two, Some(5), None), Err(Refusal::EmptyText), "who did not sign needs a word");
    assert_eq!(head_count(&two, Some(5), Some(&sealed())), Ok(5));
}

#[test]
fn a_meeting_is_held_once_and_not_before_its_day() {
    let an = by("an", "cell", &[Role::Officer]);
    let open = meeting(&[2]);
    let held = || Activity { people: 1, ..open.facts.clone() };
    assert_eq!(hold_meeting(&open, held(), &an, Reach::Own, on("2026-06-04")), Err(Refusal::InTheFuture));
    let events = hold_meeting(&open, held(), &an, Reach::Own, at(5)).unwrap();
    let [Payload::ActivityRecorded(recorded)] = &events[..] else { panic!("{events:?}") };
    assert_eq!((recorded.people, recorded.planned), (1, false));
    let done = entry(recorded.clone(), &[]);
    assert_eq!(hold_meeting(&done, held(), &an, Reach::Own, at(5)), Err(Refusal::MeetingHeld));
    assert_eq!(sign_in(&done, sealed(), at(5)), Err(Refusal::MeetingHeld));
    assert_eq!(plan_meeting(held(), Some(&done), &an, Reach::Own), Err(Refusal::MeetingHeld));
    let off = entry(open.facts.clone(), &[(4, Withdrawn, "an")]);
    assert_eq!(call_off(&off, &an, Reach::Own, None), Err(Refusal::MeetingHeld));
    assert!(plan_meeting(held(), Some(&open), &an, Reach::Own).is_ok(), "a plan may change");
}
