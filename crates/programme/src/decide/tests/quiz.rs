//! Quizzes: each safeguard that depends on who, when and how often, and a try to get around it.

use super::*;
use crate::ids::UnitId;
use crate::quiz::Days;
use jiff::civil::date;

const DAYS: Days = Days { from: date(2026, 6, 12), until: date(2026, 6, 14) };

fn office() -> UnitId {
    "office".parse().unwrap()
}

fn clerk() -> Actor {
    by("an", "office", &[Role::Clerk])
}

fn quiz(said: &[(MarkKind, Option<&str>)]) -> Entry<Activity> {
    let facts = Activity {
        id: "q".parse().unwrap(),
        kind: ActivityKind::Quiz,
        unit: office(),
        on: DAYS.from,
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
    let minutes = 1u8..;
    let mark = |(minute, (kind, other)): (u8, &(MarkKind, Option<&str>))| Mark {
        stamp: stamp(minute, "x"),
        kind: *kind,
        note: None,
        other: other.map(str::to_owned),
    };
    Entry { facts, stamp: stamp(0, "an"), marks: minutes.zip(said).map(mark).collect() }
}

fn day(day: i8) -> Moment {
    Moment::end_of(date(2026, 6, day))
}

fn shape(people: &[u32]) -> QuizShape<'_> {
    QuizShape { days: DAYS, n_questions: 10, pass_percent: 80, tries: 2, people }
}

#[test]
fn who_holds_quizzes_and_within_what_bounds() {
    let plan = |by: &Actor, shape: QuizShape<'_>| plan_quiz(quiz(&[]).facts, shape, None, (by, &office()), day(10)).map(|_| ());
    assert_eq!(plan(&clerk(), shape(&[12])), Ok(()));
    for other in [by("an", "office", &[Role::Learner]), by("an", "cell", &[Role::Clerk]), by("an", "office", &[Role::Head])] {
        assert_eq!(plan(&other, shape(&[12])).unwrap_err().code(), "role_missing");
    }
    let bad = [
        QuizShape { n_questions: 0, ..shape(&[12]) },
        QuizShape { n_questions: 51, ..shape(&[12]) },
        QuizShape { pass_percent: 0, ..shape(&[12]) },
        QuizShape { pass_percent: 101, ..shape(&[12]) },
        QuizShape { tries: 0, ..shape(&[12]) },
        QuizShape { tries: 6, ..shape(&[12]) },
        shape(&[]),
        shape(&[12, 0]),
    ];
    for shape in bad {
        assert_eq!(plan(&clerk(), shape), Err(Refusal::QuizSize), "{shape:?}");
    }
    let turned = Days { from: DAYS.until, until: DAYS.from };
    let past = Days { from: date(2026, 6, 1), until: date(2026, 6, 9) };
    for days in [turned, past] {
        assert_eq!(plan(&clerk(), QuizShape { days, ..shape(&[12]) }), Err(Refusal::QuizDays));
    }
    let off = quiz(&[(MarkKind::Withdrawn, None)]);
    let again = plan_quiz(off.facts.clone(), shape(&[12]), Some((&off, DAYS)), (&clerk(), &office()), day(12));
    assert_eq!(again, Err(Refusal::QuizOver), "what was called off is not planned again");
}

#[test]
fn sheets_come_in_on_the_days_of_the_quiz_and_no_more_than_there_are_people() {
    let quiz = quiz(&[]);
    let hand = |how, at, sitting, unit| hand_in(&quiz, DAYS, how, sitting, unit, day(at)).err();
    use Sheets::{Paper, Screen};
    assert_eq!(
        [hand(Screen, 11, (0, false, 2), (0, 12)), hand(Paper, 11, (0, false, 2), (0, 12))],
        [Some(Refusal::QuizNotOpen), Some(Refusal::QuizNotOpen)]
    );
    assert_eq!([hand(Screen, 12, (0, false, 2), (0, 12)), hand(Screen, 14, (1, false, 2), (11, 12))], [None, None]);
    assert_eq!([hand(Screen, 15, (0, false, 2), (0, 12)), hand(Paper, 15, (0, false, 2), (0, 12))], [Some(Refusal::QuizOver), None]);
    assert_eq!(hand(Screen, 13, (2, false, 2), (5, 12)), Some(Refusal::QuizNoTries));
    assert_eq!(hand(Screen, 13, (1, true, 2), (5, 12)), Some(Refusal::AlreadyDone), "who passed does not try for more");
    assert_eq!(hand(Screen, 13, (0, false, 2), (12, 12)), Some(Refusal::QuizFull));
    assert_eq!(hand(Screen, 13, (1, false, 2), (12, 12)), None, "a second try is no second person");
}

#[test]
fn a_quiz_is_closed_once_and_not_before_it_began() {
    let close = |quiz: &Entry<Activity>, by: &Actor, at| close_quiz(quiz, DAYS, quiz.facts.clone(), (by, &office()), day(at)).err();
    let open = quiz(&[]);
    assert_eq!(
        [close(&open, &clerk(), 11), close(&open, &clerk(), 13), close(&open, &clerk(), 20)],
        [Some(Refusal::QuizNotOpen), None, None]
    );
    assert_eq!(close(&open, &by("mai", "office", &[Role::Head]), 13).unwrap().code(), "role_missing");
    let mut closed = quiz(&[]);
    closed.facts.planned = false;
    assert_eq!(close(&closed, &clerk(), 13), Some(Refusal::QuizOver));
    let hand = hand_in(&closed, DAYS, Sheets::Paper, (0, false, 2), (0, 12), day(13));
    assert_eq!(hand, Err(Refusal::QuizOver), "no sheet is slipped in behind the figures");
    let off = call_off_quiz(&closed, DAYS, sealed(), (&clerk(), &office()), day(13));
    assert_eq!(off, Err(Refusal::QuizOver), "figures that were fixed do not go away");
}

#[test]
fn only_whoever_passed_is_certified_once_and_only_what_holds_is_revoked() {
    let give = |sitting| certify(&quiz(&[]), sitting, "c1".parse().unwrap(), sealed()).err();
    assert_eq!(
        [give((true, false, true)), give((false, false, true)), give((true, true, true)), give((true, false, false))],
        [None, Some(Refusal::QuizNotPassed), Some(Refusal::AlreadyDone), Some(Refusal::QuizNotPassed)]
    );
    let given = quiz(&[(MarkKind::Certified, Some("c1"))]);
    let taken = quiz(&[(MarkKind::Certified, Some("c1")), (MarkKind::Revoked, Some("c1"))]);
    let revoke = |quiz: &Entry<Activity>, id: &str| revoke_certificate(quiz, &id.parse().unwrap(), None, (&clerk(), &office())).err();
    assert_eq!(
        [revoke(&given, "c1"), revoke(&given, "c2"), revoke(&taken, "c1")],
        [None, Some(Refusal::NoLongerHolds), Some(Refusal::AlreadyDone)]
    );
    let learner = by("an", "office", &[Role::Learner]);
    assert!(revoke_certificate(&given, &"c1".parse().unwrap(), None, (&learner, &office())).is_err());
}

#[test]
fn nobody_records_a_quiz_by_hand() {
    let activity = Activity { planned: false, ..quiz(&[]).facts };
    let recorded = record_activity(activity, &clerk(), Reach::Own, day(13));
    assert_eq!(recorded, Err(Refusal::NotWanted), "a quiz is recorded by what it leaves when it is closed");
}
