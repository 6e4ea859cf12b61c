//! Difficulties: where they lie, who answers, who is told.

use super::*;
use crate::ids::CaseId;

/// A case of the cell, by way of the board, to the office.
fn case(marks: &[(u8, MarkKind, &str)]) -> Entry<Case> {
    let (unit, via, to) = ("cell".parse().unwrap(), Some("board".parse().unwrap()), Some("office".parse().unwrap()));
    entry(Case { via, to, ..Case::new("c".parse().unwrap(), CaseKind::Difficulty, unit, sealed()) }, marks)
}

fn other(id: &str, marks: &[(u8, MarkKind, &str)]) -> Entry<Case> {
    let mut other = case(marks);
    (other.facts.id, other.facts.unit) = (id.parse().unwrap(), "hamlet".parse().unwrap());
    other
}

fn within(reach: Reach) -> Lies<'static> {
    Lies::Within(reach)
}

use MarkKind::{Answered, Closed, Joined};

#[test]
fn a_difficulty_is_answered_where_it_lies_and_once() {
    let (board, front) = (by("binh", "board", &[Role::Officer]), by("hoa", "front", &[Role::Head]));
    assert_eq!(case_at(&case(&[])).unwrap().as_str(), "board");
    assert_eq!(answer_case(&case(&[]), &[], &front, within(Reach::Elsewhere), &sealed()), Err(Refusal::NotYours));
    assert!(answer_case(&case(&[]), &[], &board, within(Reach::Own), &sealed()).is_ok());
    let answered = case(&[(2, Answered, "binh")]);
    assert_eq!(answer_case(&answered, &[], &board, within(Reach::Own), &sealed()), Err(Refusal::AlreadyDone));
    assert_eq!(route_case(&answered, &board, "office".parse().unwrap(), None), Err(Refusal::AlreadyDone));
}

#[test]
fn what_was_answered_is_closed_by_the_side_that_asked() {
    let (an, board) = (by("an", "cell", &[Role::Officer]), by("binh", "board", &[Role::Officer]));
    let lan = by("lan", "office", &[Role::Clerk]);
    let close = |case: &Entry<Case>, by: &Actor, at, asker| close_case(case, by, within(at), asker, None);
    let answered = case(&[(2, Answered, "binh")]);
    assert_eq!(close(&answered, &board, Reach::Own, Reach::Elsewhere), Err(Refusal::NotYours), "who answered does not end it");
    assert!(close(&answered, &an, Reach::Elsewhere, Reach::Own).is_ok());
    assert!(close(&answered, &lan, Reach::Below, Reach::Below).is_ok(), "the clerk, on the asker's behalf");
    assert!(close(&case(&[]), &board, Reach::Own, Reach::Elsewhere).is_ok(), "a question that nobody answers may be ended where it lies");
    assert_eq!(close(&case(&[(2, Closed, "an")]), &an, Reach::Elsewhere, Reach::Own), Err(Refusal::CaseClosed));
}

#[test]
fn the_same_difficulty_is_joined_and_answered_once() {
    let (board, an) = (by("binh", "board", &[Role::Officer]), by("an", "cell", &[Role::Officer]));
    let join = |case: &Entry<Case>, into: &Entry<Case>, by: &Actor, reach| join_case(case, into, by, [within(reach), within(reach)]);
    let (one, two) = (case(&[]), other("d", &[]));
    assert!(join(&two, &one, &board, Reach::Own).is_ok());
    assert_eq!(join(&two, &one, &an, Reach::Elsewhere), Err(Refusal::NotYours));
    assert_eq!(join(&one, &one, &board, Reach::Own), Err(Refusal::NotTheSame));
    let joined = other("d", &[(2, Joined, "binh")]);
    assert_eq!(join(&joined, &one, &board, Reach::Own), Err(Refusal::Joined));
    assert_eq!(join(&one, &joined, &board, Reach::Own), Err(Refusal::Joined), "into the first one, not into one that was joined");
    assert_eq!(answer_case(&joined, &[], &board, within(Reach::Own), &sealed()), Err(Refusal::Joined));
    let ended = other("e", &[(2, Joined, "binh"), (3, Closed, "an")]);
    let events = answer_case(&one, &[joined, ended], &board, within(Reach::Own), &sealed()).unwrap();
    let told: Vec<CaseId> =
        events.iter().filter_map(|e| if let Payload::CaseAnswered { case, .. } = e { Some(case.clone()) } else { None }).collect();
    assert_eq!(told.iter().map(CaseId::as_str).collect::<Vec<_>>(), ["c", "d"]);
    let mut answered = case(&[]);
    answered.marks.insert(Mark { stamp: stamp(4, "binh"), kind: Answered, note: Some(sealed()), other: None });
    assert_eq!(join(&two, &answered, &board, Reach::Own).unwrap().len(), 2, "joined late, it is answered at once");
}

#[test]
fn an_answer_from_above_is_entered_by_who_keeps_the_register() {
    let office: UnitId = "office".parse().unwrap();
    let above = Lies::Outside(&office);
    let mut own = case(&[]);
    own.facts.unit = office.clone();
    let (lan, an) = (by("lan", "office", &[Role::Clerk]), by("an", "cell", &[Role::Head]));
    assert!(answer_case(&own, &[], &lan, above, &sealed()).is_ok(), "the office's own question, answered from above");
    assert_eq!(answer_case(&own, &[], &an, above, &sealed()), Err(Refusal::RoleMissing { role: Role::Clerk }));
    assert_eq!(answer_case(&own, &[], &lan, within(Reach::Own), &sealed()), Err(Refusal::NotIndependent), "it does not answer itself");
}
