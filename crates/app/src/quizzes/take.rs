//! Taking a quiz by the code of a unit: no account, no name. The browser holds a secret number, sealed by the office's key, so
//! that a second try is known as one; of it only a digest is kept.

use super::{Plan, PlanUnit, known, standing};
use crate::accounts::AccountRefusal;
use crate::door::Giver;
use crate::sessions::From;
use crate::snapshot::Snapshot;
use crate::{App, Error, Result, schedule};
use programme::decide::{self, Refusal, Sheets};
use programme::hex::hex;
use programme::ids::{ActivityId, UnitId};
use programme::learn::Reader;
use programme::model::*;
use programme::quiz::{self, Days, Kind, Question, Score, State};
use ring::hmac;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use store::quiz::Sitting;
use store::{Tx, quiz as rows};

/// A quiz as whoever takes it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub id: ActivityId,
    pub unit: UnitId,
    pub unit_name: String,
    pub title: String,
    pub days: Days,
    pub state: State,
    pub n_questions: usize,
    pub pass_percent: u32,
    pub tries: u32,
    /// The course that a certificate names.
    pub course: Option<String>,
    /// What the course is made of: the lessons of its topics, by topic and reader.
    pub lessons: Vec<(String, Reader)>,
    /// As many sheets came in as the unit has people.
    pub full: bool,
}

/// The questions in the order of one sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub face: Face,
    pub items: Vec<SheetItem>,
    /// Goes with the answers.
    pub token: String,
    /// Tries of this sitting so far.
    pub tried: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetItem {
    pub text: String,
    pub kind: Kind,
    /// Empty for true and false, whose words are the page's.
    pub answers: Vec<String>,
}

/// What came of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub face: Face,
    pub score: Score,
    pub passed: bool,
    pub tries_left: u32,
    pub items: Vec<ItemResult>,
    pub token: String,
}

/// One question after marking. While tries are left and it was not passed, the right answers are not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemResult {
    pub text: String,
    pub kind: Kind,
    pub right: bool,
    /// Answers as they were shown: the text, whether it was chosen, whether it is right (`None`: not told).
    pub answers: Vec<(String, bool, Option<bool>)>,
    /// Words about what was chosen, and the explanation.
    pub said: Vec<String>,
    /// A lesson to read again: topic and reader.
    pub lesson: Option<(String, Reader)>,
}

/// The quiz behind a unit's code, for somebody who holds it. Wrong codes are counted by address, at a door of their own; a right
/// one always passes, as at meetings: behind one router sits a whole office.
pub async fn by_code(app: &App, code: &str, from: &From) -> Result<Option<Face>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    if let Some((entry, plan, unit)) = coded(&mut tx, &all, code).await? {
        return Ok(Some(face(app, &mut tx, &all, (&entry, &plan), &unit).await?));
    }
    let (now, Ok(mut door)) = (app.now(), app.inner.quiz_door.lock()) else { return Ok(None) };
    match door.take_at(&from.address, now) {
        Ok(_counted) => Ok(None),
        Err(_) => Err(Error::Account(AccountRefusal::Waits)),
    }
}

async fn coded(tx: &mut Tx, all: &Snapshot, code: &str) -> Result<Option<(Entry<Activity>, Plan, PlanUnit)>> {
    let signs = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    let code: String = signs.take(16).collect();
    for (entry, plan) in standing(tx, &all.quizzes).await? {
        if let Some(unit) = plan.units.iter().find(|unit| unit.code == code) {
            let unit = unit.clone();
            return Ok(Some((entry.clone(), plan, unit)));
        }
    }
    Ok(None)
}

pub(super) async fn face(
    app: &App,
    tx: &mut Tx,
    all: &Snapshot,
    (entry, plan): (&Entry<Activity>, &Plan),
    unit: &PlanUnit,
) -> Result<Face> {
    let taken = rows::by_unit(tx, &entry.facts.id).await?.get(&unit.unit).map_or(0, |taken| taken.sheets);
    Ok(Face {
        id: entry.facts.id.clone(),
        unit_name: all.unit_name(&unit.unit),
        unit: unit.unit.clone(),
        title: plan.title.clone(),
        days: plan.days,
        state: quiz::state(entry, plan.days, all.now(app)),
        n_questions: plan.questions.len(),
        pass_percent: plan.pass_percent,
        tries: plan.tries,
        course: plan.course.clone(),
        lessons: plan.topics.iter().filter_map(|topic| lesson(topic, plan.reader)).collect(),
        full: taken >= u64::from(unit.people),
    })
}

/// The questions for a new sitting, or for the next try of the one that `again` is the token of.
///
/// # Errors
/// [`Refusal::QuizSitting`] for a token of something else, and what [`decide::hand_in`] refuses: nobody fills in a sheet that
/// will not be taken.
pub async fn sheet(app: &App, code: &str, again: Option<&str>, from: &From) -> Result<Option<Sheet>> {
    let Some(face) = by_code(app, code, from).await? else { return Ok(None) };
    let sitting = match again {
        Some(token) => opened(app, &face, token).ok_or(Refusal::QuizSitting)?,
        None => new_sitting(app)?,
    };
    let mut work = app.work(&schedule::program(&app.snapshot().await?.office)).await?;
    let (entry, plan) = known(&mut work, &face.id).await?;
    let unit = plan.units.iter().find(|unit| unit.unit == face.unit).ok_or(Refusal::QuizSitting)?;
    let stands = rows::sitting(&mut work.tx, &face.id, &digest(&sitting)).await?;
    may_hand_in(&mut work.tx, (&entry, &plan), unit, stands.as_ref(), (Sheets::Screen, work.now)).await?;
    Ok(Some(made(app, &plan, face, &sitting, stands.map_or(0, |row| row.tries))))
}

pub(super) fn made(app: &App, plan: &Plan, face: Face, sitting: &str, tried: u32) -> Sheet {
    let item = |item: &quiz::Item| {
        let question = &plan.questions[item.question];
        let answers = if question.kind == Kind::TrueFalse { Vec::new() } else { shown(question, &item.answers) };
        SheetItem { text: question.text.clone(), kind: question.kind, answers }
    };
    let items = form_of(plan, sitting).iter().map(item).collect();
    Sheet { token: sealed(app, &face, sitting), items, tried, face }
}

fn shown(question: &Question, order: &[usize]) -> Vec<String> {
    order.iter().map(|at| question.answers[*at].text.clone()).collect()
}

pub(super) fn form_of(plan: &Plan, sitting: &str) -> Vec<quiz::Item> {
    quiz::form(&plan.questions, &format!("{} {sitting}", plan.seed))
}

/// Marks a sheet: for each question of it, in its order, the places of the answers that were chosen.
pub async fn hand_in(app: &App, code: &str, token: &str, marked: &[BTreeSet<usize>], from: &From, device: &str) -> Result<Option<Outcome>> {
    let Some(face) = by_code(app, code, from).await? else { return Ok(None) };
    let sitting = opened(app, &face, token).ok_or(Refusal::QuizSitting)?;
    let giver = Giver { meeting: face.id.as_str(), address: &from.address, device, sheet: true };
    if app.inner.quiz_door.lock().ok().and_then(|mut door| door.take_name(giver, app.now())).is_some() {
        return Err(Error::Account(AccountRefusal::Waits));
    }
    taken_in(app, face, &sitting, marked, None).await.map(Some)
}

/// Writes a sheet down, for nobody or for a learner.
pub(super) async fn taken_in(
    app: &App,
    face: Face,
    sitting: &str,
    marked: &[BTreeSet<usize>],
    learner: Option<&programme::ids::PersonId>,
) -> Result<Outcome> {
    let mut work = app.work(&schedule::program(&app.snapshot().await?.office)).await?;
    let (entry, plan) = known(&mut work, &face.id).await?;
    let unit = plan.units.iter().find(|unit| unit.unit == face.unit).ok_or(Refusal::QuizSitting)?;
    let key = digest(sitting);
    let before = rows::sitting(&mut work.tx, &face.id, &key).await?;
    may_hand_in(&mut work.tx, (&entry, &plan), unit, before.as_ref(), (Sheets::Screen, work.now)).await?;
    let form = form_of(&plan, sitting);
    let chosen = quiz::Sheet { variant: 0, number: None, marked: marked.to_vec() }.chosen(&form);
    let score = quiz::score(&plan.questions, &chosen);
    let passed = score.passes(plan.pass_percent);
    let old = before.unwrap_or(Sitting { unit: unit.unit.clone(), tries: 0, best: 0, passed: false, certified: false });
    let now = Sitting { tries: old.tries + 1, best: old.best.max(score.right), passed, ..old };
    rows::put(&mut work.tx, &face.id, &key, &now).await?;
    for (at, (question, chosen)) in plan.questions.iter().zip(&chosen).enumerate() {
        // The first try alone tells what people knew.
        if now.tries == 1 {
            rows::count_item(&mut work.tx, &face.id, at, question.is_right(chosen)).await?;
        }
    }
    if let Some(person) = learner {
        let of = u32::try_from(plan.questions.len()).unwrap_or(u32::MAX);
        let own = rows::OwnResult { activity: face.id.clone(), tries: now.tries, best: now.best, questions: of, passed };
        rows::put_own_result(&mut work.tx, person, &own).await?;
    }
    work.commit().await?;
    let tries_left = if passed { 0 } else { plan.tries.saturating_sub(now.tries) };
    let tells = passed || tries_left == 0;
    let items = form.iter().map(|item| result(&plan.questions[item.question], &item.answers, &chosen[item.question], tells)).collect();
    Ok(Outcome { token: sealed(app, &face, sitting), face, score, passed, tries_left, items })
}

/// The lesson of a topic for a reader, for members where everybody is meant; own topics have none.
fn lesson(topic: &str, reader: Option<Reader>) -> Option<(String, Reader)> {
    let reader = reader.unwrap_or(Reader::Member);
    programme::learn::find(topic, reader.as_str()).map(|_| (topic.to_owned(), reader))
}

pub(super) fn result(question: &Question, order: &[usize], chosen: &BTreeSet<usize>, tells: bool) -> ItemResult {
    let right = question.is_right(chosen);
    let answer = |at: &usize| {
        let answer = &question.answers[*at];
        (answer.text.clone(), chosen.contains(at), tells.then_some(answer.right))
    };
    let about = chosen.iter().filter_map(|at| question.answers.get(*at)?.feedback.clone());
    let said = about.chain(question.why.clone()).filter(|_| tells || right).collect();
    let lesson = lesson(&question.topic, question.reader);
    let answers = order.iter().map(answer).collect();
    ItemResult { text: question.text.clone(), kind: question.kind, right, answers, said, lesson: lesson.filter(|_| !right) }
}

async fn may_hand_in(
    tx: &mut Tx,
    (entry, plan): (&Entry<Activity>, &Plan),
    unit: &PlanUnit,
    stands: Option<&Sitting>,
    (how, now): (Sheets, programme::moment::Moment),
) -> Result<()> {
    let taken = rows::by_unit(tx, &entry.facts.id).await?.get(&unit.unit).map_or(0, |taken| taken.sheets);
    let (tried, passed) = stands.map_or((0, false), |row| (row.tries, row.passed));
    Ok(decide::hand_in(entry, plan.days, how, (tried, passed, plan.tries), (taken, unit.people), now)?)
}

fn new_sitting(app: &App) -> Result<String> {
    let mut bytes = [0; 16];
    app.fill(&mut bytes)?;
    Ok(hex(&bytes))
}

pub(super) fn digest(sitting: &str) -> String {
    hex(&Sha256::digest(sitting.as_bytes()))
}

fn tag(app: &App, face: &Face, sitting: &str) -> hmac::Tag {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.inner.key.secret("quiz sitting"));
    hmac::sign(&key, format!("{} {} {sitting}", face.id, face.unit).as_bytes())
}

fn sealed(app: &App, face: &Face, sitting: &str) -> String {
    format!("{sitting}.{}", hex(&tag(app, face, sitting).as_ref()[..16]))
}

/// The sitting of a token that this office made for this quiz and unit.
pub(super) fn opened(app: &App, face: &Face, token: &str) -> Option<String> {
    let (sitting, _) = token.split_once('.')?;
    // Both are made here; what differs in one sign is refused, and how long that took tells nothing that helps: a sitting that
    // nobody has is worth no more than a new one.
    (sealed(app, face, sitting) == token).then(|| sitting.to_owned())
}
