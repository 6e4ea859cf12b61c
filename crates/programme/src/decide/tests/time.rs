//! More time and pauses, minute by minute on 5 June 2026.

use super::*;
use jiff::civil::{Date, date};

fn june(day: i8) -> Date {
    date(2026, 6, day)
}

/// A task due on 20 June with marks that may name a day of June.
fn due_on_the_20th(marks: &[(u8, MarkKind, &str, Option<i8>)]) -> Entry<Task> {
    let mut task = task(&[]);
    task.facts.due = Some(june(20));
    for (minute, kind, person, day) in marks {
        let other = day.map(|day| june(day).to_string());
        task.marks.insert(Mark { stamp: stamp(*minute, person), kind: *kind, note: None, other });
    }
    task
}

fn people() -> (Actor, Actor) {
    (by("an", "cell", &[Role::Officer]), by("mai", "office", &[Role::Head]))
}

use MarkKind::{ExtensionAsked, ExtensionGranted, ExtensionRefused, Held, Resumed};

#[test]
fn more_time_is_asked_for_once_and_means_a_later_day() {
    let (an, mai) = people();
    let ask = |task: &Entry<Task>, by: &Actor, reach, day| ask_extension(task, None, by, reach, at(5), june(day), sealed());
    let open = due_on_the_20th(&[]);
    assert!(ask(&open, &an, Reach::Own, 30).is_ok());
    assert_eq!(ask(&open, &mai, Reach::Below, 30), Err(Refusal::NotYours), "the head above does not ask herself");
    assert_eq!(ask(&open, &an, Reach::Own, 20), Err(Refusal::NotLater));
    assert_eq!(ask(&task(&[]), &an, Reach::Own, 30), Err(Refusal::NoDue));
    let serves = ask_extension(&open, Some(june(25)), &an, Reach::Own, at(5), june(30), sealed());
    assert_eq!(serves, Err(Refusal::PastParent), "the task that it serves is due on the 25th");
    let asked = due_on_the_20th(&[(2, ExtensionAsked, "an", Some(30))]);
    assert_eq!(ask(&asked, &an, Reach::Own, 30), Err(Refusal::AlreadyAsked));
    let refused = due_on_the_20th(&[(2, ExtensionAsked, "an", Some(30)), (3, ExtensionRefused, "mai", Some(30))]);
    assert!(ask(&refused, &an, Reach::Own, 25).is_ok(), "refused, it may be asked again");
    let done = due_on_the_20th(&[(2, Declared, "an", None)]);
    assert_eq!(ask(&done, &an, Reach::Own, 30), Err(Refusal::AlreadyDone));
    let past = due_on_the_20th(&[(2, ExtensionGranted, "mai", Some(2))]);
    assert_eq!(ask(&past, &an, Reach::Own, 4), Err(Refusal::EndDatePast));
}

#[test]
fn the_level_above_gives_more_time_and_never_the_person_who_asked() {
    let (an, mai) = people();
    let answer = |granted, day: Option<i8>, note| ExtensionAnswer { granted, until: day.map(june), note };
    let asked = due_on_the_20th(&[(2, ExtensionAsked, "an", Some(30))]);
    let decided = |by: &Actor, reach, answer| decide_extension(&asked, None, by, reach, at(5), answer);
    let until = |events: Vec<Payload>| match &events[..] {
        [Payload::ExtensionDecided { until, granted, .. }] => (*until, *granted),
        other => panic!("{other:?}"),
    };
    assert_eq!(until(decided(&mai, Reach::Below, answer(true, None, None)).unwrap()), (june(30), true));
    assert_eq!(until(decided(&mai, Reach::Below, answer(true, Some(25), None)).unwrap()), (june(25), true));
    assert_eq!(decided(&mai, Reach::Below, answer(true, Some(19), None)), Err(Refusal::NotLater));
    assert_eq!(decided(&mai, Reach::Below, answer(false, None, None)), Err(Refusal::EmptyText), "a refusal says why");
    assert_eq!(until(decided(&mai, Reach::Below, answer(false, Some(25), Some(sealed()))).unwrap()), (june(30), false));
    assert_eq!(decided(&an, Reach::Own, answer(true, None, None)), Err(Refusal::NotIndependent));
    let promoted = by("an", "office", &[Role::Head]);
    assert_eq!(decided(&promoted, Reach::Below, answer(true, None, None)), Err(Refusal::NotIndependent), "the same person");
    let quiet = due_on_the_20th(&[]);
    assert_eq!(decide_extension(&quiet, None, &mai, Reach::Below, at(5), answer(true, None, None)), Err(Refusal::NotAsked));
}

#[test]
fn the_due_day_moves_when_it_is_granted_and_not_before() {
    let day = |day: i8| Moment::end_of(june(day));
    let mut task = due_on_the_20th(&[(2, ExtensionAsked, "an", Some(30))]);
    assert_eq!((task.due(day(25)), task.overdue(day(25)), task.on_time(day(25))), (Some(june(20)), true, Some(false)));
    let stamp = Stamp { at: Moment::start_of(june(22)), ..stamp(9, "mai") };
    task.marks.insert(Mark { stamp, kind: ExtensionGranted, note: None, other: Some(june(30).to_string()) });
    assert_eq!((task.due(day(21)), task.overdue(day(21))), (Some(june(20)), true), "the day before");
    assert_eq!((task.due(day(22)), task.overdue(day(25)), task.on_time(day(25))), (Some(june(30)), false, None));
    assert!(task.overdue(Moment::end_of(date(2026, 7, 1))));
    assert!(task.extension(day(21)).is_some() && task.extension(day(22)).is_none());
}

#[test]
fn a_pause_stops_the_clock_and_ends_where_it_began() {
    let (an, mai) = people();
    let late = Moment::end_of(june(25));
    let held = due_on_the_20th(&[(2, Progressed, "an", None), (3, Held, "mai", None)]);
    assert_eq!((held.state(late), held.overdue(late), held.on_time(late)), (TaskState::Held, false, None));
    let resumed = due_on_the_20th(&[(2, Progressed, "an", None), (3, Held, "mai", None), (4, Resumed, "mai", None)]);
    assert_eq!((resumed.state(late), resumed.overdue(late)), (TaskState::InProgress, true));
    assert_eq!(hold(&resumed, &an, Reach::Own, at(5), sealed()), Err(Refusal::NotYours), "the doer does not pause itself");
    assert!(hold(&resumed, &mai, Reach::Below, at(5), sealed()).is_ok());
    assert_eq!(hold(&held, &mai, Reach::Below, at(5), sealed()), Err(Refusal::AlreadyDone));
    assert_eq!(resume(&resumed, &mai, Reach::Below, at(5), None), Err(Refusal::AlreadyDone));
    assert!(resume(&held, &mai, Reach::Below, at(5), None).is_ok());
    assert_eq!(declare(&held, &an, Reach::Own, at(5), None), Err(Refusal::OnHold));
    assert_eq!(progress(&held, &an, Reach::Own, at(5), sealed()), Err(Refusal::OnHold));
    let anew = Entry { stamp: stamp(6, "clerk"), ..held };
    assert_eq!(anew.state(late), TaskState::InProgress, "assigned anew, it is not paused any more");
}
