//! What a learner learns, for that learner alone: cards that come back (Leitner), quizzes of their unit, their own results.

use super::take::{Face, ItemResult, Outcome, Sheet, face, made, result, taken_in};
use super::{bank, standing};
use crate::snapshot::Snapshot;
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide::Refusal;
use programme::hex::hex;
use programme::ids::{ActivityId, PersonId};
use programme::learn::Reader;
use programme::model::*;
use programme::quiz::leitner::{Card, DAYS, after};
use programme::quiz::{self, Kind, Question, State};
use ring::hmac;
use std::collections::{BTreeMap, BTreeSet};
use store::quiz::{cards, own_results, put_card};

/// New cards in a day, so that what comes back stays bearable.
const NEW_A_DAY: usize = 10;

/// The learner's own page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learning {
    pub next: Option<CardView>,
    /// Cards that are due today.
    pub due: usize,
    /// Questions that were never asked.
    pub new: usize,
    /// The day on which the next card is due, where none is today.
    pub next_due: Option<Date>,
    /// Cards in each box.
    pub boxes: [usize; DAYS.len()],
    pub open: Vec<OpenQuiz>,
    pub results: Vec<OwnRow>,
}

/// A card to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardView {
    pub id: String,
    pub topic: String,
    pub text: String,
    pub kind: Kind,
    /// In the order of today; empty for true and false.
    pub answers: Vec<String>,
    /// `None`: never asked.
    pub box_number: Option<u8>,
}

/// What came of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub result: ItemResult,
    pub card: Card,
}

/// A quiz that the learner can take now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuiz {
    pub face: Face,
    pub tried: u32,
    pub passed: bool,
    pub certified: bool,
}

/// How the learner did in a quiz, closed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRow {
    pub title: Option<String>,
    pub best: u32,
    pub questions: u32,
    pub passed: bool,
}

/// The secret of a learner's sitting: it follows from the person and the office's key, so that nobody who reads the table of
/// sheets alone can tell whose one is.
pub(super) fn sitting(app: &App, quiz: &ActivityId, person: &PersonId) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.inner.key.secret("learner sitting"));
    hex(hmac::sign(&key, format!("{quiz} {person}").as_bytes()).as_ref())
}

/// The learner's own page, with cards for a kind of reader.
pub async fn learning(app: &App, by: &Actor, reader: Reader) -> Result<Learning> {
    let all = app.snapshot().await?;
    let today = all.now(app).day();
    let mut tx = app.inner.db.read().await?;
    let known = cards(&mut tx, &by.person).await?;
    let questions = bank::whole(&mut tx).await?;
    let by_id: BTreeMap<&str, &Question> = questions.iter().map(|of| (of.id.as_str(), &of.question)).collect();
    let mut due: Vec<(&Card, &str)> = known
        .iter()
        .filter(|(id, card)| card.due <= today && by_id.contains_key(id.as_str()))
        .map(|(id, card)| (card, id.as_str()))
        .collect();
    due.sort_by(|a, b| (a.0.due, a.0.box_number, a.1).cmp(&(b.0.due, b.0.box_number, b.1)));
    let unasked: Vec<&str> = questions
        .iter()
        .filter(|of| !known.contains_key(&of.id) && of.question.reader.is_none_or(|of| of == reader))
        .map(|of| of.id.as_str())
        .collect();
    // In an order of the learner's own, so that topics mix and neighbours are not asked the same.
    let first = quiz::draw(unasked.len(), 1, &format!("{} {}", by.person, known.len())).first().map(|at| unasked[*at]);
    // A card that was new today lies in box 1 or 2 and is due tomorrow, or in three days.
    let fresh = |card: &Card| (1..=2).contains(&card.box_number) && days_ahead(today, card) == Some(DAYS[usize::from(card.box_number) - 1]);
    let may_be_new = known.values().filter(|card| fresh(card)).count() < NEW_A_DAY;
    let next = due.first().map(|(_, id)| *id).or(first.filter(|_| may_be_new));
    let mut boxes = [0; DAYS.len()];
    for card in known.values() {
        boxes[usize::from(card.box_number.clamp(1, DAYS.len() as u8)) - 1] += 1;
    }
    let next = next.and_then(|id| by_id.get(id).map(|question| card_view(id, question, known.get(id), (by, today))));
    let next_due = known.values().map(|card| card.due).filter(|day| *day > today).min();
    let (open, results) = (open(app, &mut tx, by).await?, own_rows(&mut tx, &all, &by.person).await?);
    Ok(Learning { next, due: due.len(), new: unasked.len(), next_due, boxes, open, results })
}

fn days_ahead(today: Date, card: &Card) -> Option<i64> {
    today.until(card.due).ok().map(|span| i64::from(span.get_days()))
}

fn card_view(id: &str, question: &Question, card: Option<&Card>, (by, today): (&Actor, Date)) -> CardView {
    let order = order(id, question, (by, today));
    let texts = order.iter().map(|at| question.answers[*at].text.clone());
    CardView {
        id: id.to_owned(),
        topic: question.topic.clone(),
        text: question.text.clone(),
        kind: question.kind,
        answers: if question.kind == Kind::TrueFalse { Vec::new() } else { texts.collect() },
        box_number: card.map(|card| card.box_number),
    }
}

/// The order of a card's answers on a day.
fn order(id: &str, question: &Question, (by, today): (&Actor, Date)) -> Vec<usize> {
    let form = quiz::form(std::slice::from_ref(question), &format!("{} {id} {today}", by.person));
    form.into_iter().next().map(|item| item.answers).unwrap_or_default()
}

/// Marks a card by the places of the answers that were chosen, and puts it into its next box. A card that is not due is marked and
/// stays where it is, so that nobody climbs by asking for the same page again.
pub async fn answer_card(app: &App, by: &Actor, id: &str, marked: &BTreeSet<usize>) -> Result<Option<Marked>> {
    let mut tx = app.inner.db.write().await?;
    let today = app.now().day();
    let Some(question) = bank::whole(&mut tx).await?.into_iter().find(|of| of.id == id).map(|of| of.question) else { return Ok(None) };
    let order = order(id, &question, (by, today));
    let chosen: BTreeSet<usize> = marked.iter().filter_map(|at| order.get(*at).copied()).collect();
    let before = cards(&mut tx, &by.person).await?.get(id).copied();
    let card = match before.filter(|card| card.due > today) {
        Some(card) => card,
        None => after(before, question.is_right(&chosen), today),
    };
    put_card(&mut tx, &by.person, id, card).await?;
    tx.commit().await?;
    Ok(Some(Marked { result: result(&question, &order, &chosen, true), card }))
}

async fn open(app: &App, tx: &mut store::Tx, by: &Actor) -> Result<Vec<OpenQuiz>> {
    let all = app.snapshot().await?;
    let mut open = Vec::new();
    for (entry, plan) in standing(tx, &all.quizzes).await? {
        let Some(unit) = plan.units.iter().find(|unit| unit.unit == by.unit) else { continue };
        if quiz::state(entry, plan.days, all.now(app)) != State::Open {
            continue;
        }
        let key = super::take::digest(&sitting(app, &entry.facts.id, &by.person));
        let row = store::quiz::sitting(tx, &entry.facts.id, &key).await?;
        let face = face(app, tx, &all, (entry, &plan), unit).await?;
        let (tried, passed, certified) = row.map_or((0, false, false), |row| (row.tries, row.passed, row.certified));
        open.push(OpenQuiz { face, tried, passed, certified });
    }
    Ok(open)
}

/// A learner's own results.
pub(crate) async fn own_rows(tx: &mut store::Tx, all: &Snapshot, person: &PersonId) -> Result<Vec<OwnRow>> {
    let mut rows = Vec::new();
    for own in own_results(tx, person).await? {
        let title = match all.quizzes.iter().find(|quiz| quiz.facts.id == own.activity) {
            Some(quiz) => crate::texts::if_whole(super::plan_of(tx, quiz).await)?.map(|plan| plan.title),
            None => None,
        };
        rows.push(OwnRow { title, best: own.best, questions: own.questions, passed: own.passed });
    }
    Ok(rows)
}

/// The questions of a quiz of the learner's own unit, for their next try.
pub async fn own_sheet(app: &App, by: &Actor, id: &ActivityId) -> Result<Option<Sheet>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let Some(quiz) = open(app, &mut tx, by).await?.into_iter().find(|quiz| &quiz.face.id == id) else { return Ok(None) };
    if quiz.passed {
        return Err(Refusal::AlreadyDone.into());
    }
    if quiz.tried >= quiz.face.tries {
        return Err(Refusal::QuizNoTries.into());
    }
    let standing = standing(&mut tx, &all.quizzes).await?;
    let plan = standing.into_iter().find(|(entry, _)| &entry.facts.id == id).map(|(_, plan)| plan);
    Ok(plan.map(|plan| made(app, &plan, quiz.face, &sitting(app, id, &by.person), quiz.tried)))
}

/// Marks a learner's own sheet; it counts for the unit like any other, and the learner alone sees it as theirs.
pub async fn hand_in_own(app: &App, by: &Actor, id: &ActivityId, marked: &[BTreeSet<usize>]) -> Result<Option<Outcome>> {
    let mut tx = app.inner.db.read().await?;
    let open = open(app, &mut tx, by).await?.into_iter().find(|quiz| &quiz.face.id == id);
    drop(tx);
    match open {
        Some(quiz) => taken_in(app, quiz.face, &sitting(app, id, &by.person), marked, Some(&by.person)).await.map(Some),
        None => Ok(None),
    }
}
