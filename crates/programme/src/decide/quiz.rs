//! Decisions about quizzes: the bank, planning, who may hand in a sheet, closing, certificates.
//!
//! ```text
//! planned → open on its days: sheets by unit code, by a learner, on paper → over: paper only → closed: figures of groups stay
//! ```

use super::Refusal;
use crate::event::Payload;
use crate::ids::*;
use crate::model::*;
use crate::moment::Moment;
use crate::quiz::{self, Days, State};

/// What of a quiz has to be in bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuizShape<'a> {
    pub days: Days,
    pub n_questions: usize,
    pub pass_percent: u32,
    pub tries: u32,
    /// People of each unit.
    pub people: &'a [u32],
}

/// Units of one quiz.
pub const MOST_QUIZ_UNITS: usize = 500;
/// People of one unit.
pub const MOST_QUIZ_PEOPLE: u32 = 5_000;

/// May keep the bank and hold quizzes: the office's clerk, officer or administrator.
pub fn may_quiz(by: &Actor, office: &UnitId) -> Result<(), Refusal> {
    let may = [Role::Clerk, Role::Officer, Role::Admin].into_iter().any(|role| by.is(role)) && &by.unit == office;
    if may { Ok(()) } else { Err(Refusal::RoleMissing { role: Role::Officer }) }
}

/// May see quizzes and what groups did in them: whoever holds them, and the office's head.
pub fn may_see_quizzes(by: &Actor, office: &UnitId) -> Result<(), Refusal> {
    if by.is(Role::Head) && &by.unit == office { Ok(()) } else { may_quiz(by, office) }
}

/// Takes questions into the bank, new or changed.
pub fn keep_questions(batch: QuestionId, questions: Sealed, (by, office): (&Actor, &UnitId)) -> Result<Vec<Payload>, Refusal> {
    may_quiz(by, office)?;
    Ok(vec![Payload::QuestionsKept { batch, questions }])
}

/// Takes a question out of the bank; quizzes that ask it already go on.
pub fn withdraw_question(question: &QuestionId, stands: bool, (by, office): (&Actor, &UnitId)) -> Result<Vec<Payload>, Refusal> {
    may_quiz(by, office)?;
    let withdrawn = Payload::Withdrawn { what: SubjectKind::Question, id: question.to_string(), note: None };
    if stands { Ok(vec![withdrawn]) } else { Err(Refusal::AlreadyDone) }
}

/// Plans a quiz, or changes one that was not closed (`old`): its days and how many people its units have.
pub fn plan_quiz(
    activity: Activity,
    shape: QuizShape<'_>,
    old: Option<(&Entry<Activity>, Days)>,
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_quiz(by, office)?;
    if let Some((quiz, days)) = old {
        standing(quiz, days, now)?;
    }
    if !shape.days.is_sound() || shape.days.until < now.day() {
        return Err(Refusal::QuizDays);
    }
    let sound = (1..=quiz::MOST_QUESTIONS).contains(&shape.n_questions)
        && (1..=100).contains(&shape.pass_percent)
        && (1..=quiz::MOST_TRIES).contains(&shape.tries)
        && (1..=MOST_QUIZ_UNITS).contains(&shape.people.len())
        && shape.people.iter().all(|n| (1..=MOST_QUIZ_PEOPLE).contains(n));
    if !sound {
        return Err(Refusal::QuizSize);
    }
    let on = shape.days.from;
    let activity = Activity { kind: ActivityKind::Quiz, on, people: 0, evidence: None, planned: true, ..activity };
    Ok(vec![Payload::ActivityPlanned(activity)])
}

/// The state of a quiz that was neither closed nor called off.
fn standing(quiz: &Entry<Activity>, days: Days, now: Moment) -> Result<State, Refusal> {
    match quiz::state(quiz, days, now) {
        State::Closed | State::Off => Err(Refusal::QuizOver),
        state => Ok(state),
    }
}

/// How a sheet comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheets {
    /// Answered on a screen: on the days of the quiz alone.
    Screen,
    /// Keyed in from paper: until the quiz is closed.
    Paper,
}

/// Whether one more sheet may be handed in: `tried` and `passed` of this sitting so far, `taken` of `people` in its unit.
pub fn hand_in(
    quiz: &Entry<Activity>,
    days: Days,
    how: Sheets,
    (tried, passed, tries): (u32, bool, u32),
    (taken, people): (u64, u32),
    now: Moment,
) -> Result<(), Refusal> {
    match (standing(quiz, days, now)?, how) {
        (State::Open, _) | (State::Over, Sheets::Paper) => {}
        (State::Over, Sheets::Screen) => return Err(Refusal::QuizOver),
        _ => return Err(Refusal::QuizNotOpen),
    }
    if passed {
        return Err(Refusal::AlreadyDone);
    }
    if tried >= tries {
        return Err(Refusal::QuizNoTries);
    }
    if tried == 0 && taken >= u64::from(people) {
        return Err(Refusal::QuizFull);
    }
    Ok(())
}

/// Closes a quiz: the activity with its result. Not before its first day.
pub fn close_quiz(
    quiz: &Entry<Activity>,
    days: Days,
    recorded: Activity,
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_quiz(by, office)?;
    if standing(quiz, days, now)? == State::Waiting {
        return Err(Refusal::QuizNotOpen);
    }
    Ok(vec![Payload::ActivityRecorded(Activity { kind: ActivityKind::Quiz, planned: false, ..recorded })])
}

/// Calls a quiz off: nothing of it counts.
pub fn call_off_quiz(
    quiz: &Entry<Activity>,
    days: Days,
    reason: Sealed,
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_quiz(by, office)?;
    standing(quiz, days, now)?;
    Ok(vec![Payload::Withdrawn { what: SubjectKind::Activity, id: quiz.facts.id.to_string(), note: Some(reason) }])
}

/// Certifies that somebody passed. Whoever passed asks for it, by the sitting: the program writes it.
pub fn certify(
    quiz: &Entry<Activity>,
    (passed, certified, gives): (bool, bool, bool),
    certificate: CertificateId,
    text: Sealed,
) -> Result<Vec<Payload>, Refusal> {
    if quiz.has(MarkKind::Withdrawn) {
        return Err(Refusal::QuizOver);
    }
    if !passed || !gives {
        return Err(Refusal::QuizNotPassed);
    }
    if certified {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::CertificateIssued { activity: quiz.facts.id.clone(), certificate, text }])
}

/// Takes a certificate back.
pub fn revoke_certificate(
    quiz: &Entry<Activity>,
    certificate: &CertificateId,
    reason: Option<Sealed>,
    (by, office): (&Actor, &UnitId),
) -> Result<Vec<Payload>, Refusal> {
    may_quiz(by, office)?;
    let said = |kind| quiz.marks.iter().any(|mark| mark.kind == kind && mark.other.as_deref() == Some(certificate.as_str()));
    if !said(MarkKind::Certified) {
        return Err(Refusal::NoLongerHolds);
    }
    if said(MarkKind::Revoked) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::CertificateRevoked { activity: quiz.facts.id.clone(), certificate: certificate.clone(), reason }])
}
