//! Sheets of quizzes that are not closed, by nobody's name; and what a learner has learned, for that learner alone.
//!
//! Not here: what a sheet is worth (`programme::quiz`), figures of quizzes that were closed (evidence).
//!
//! ```text
//! let taken = quiz::by_unit(&mut tx, &quiz).await?;   // { cell: Taken { sheets: 12, passed: 9 } }
//! ```

use crate::projection::damaged;
use crate::{Result, Tx};
use programme::ids::{ActivityId, PersonId, UnitId};
use programme::model::{Mark, Sealed};
use programme::quiz::leitner::Card;
use sqlx::FromRow;
use std::collections::BTreeMap;

/// One person's sheet, by nobody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    pub unit: UnitId,
    pub tries: u32,
    /// Right answers in the best try.
    pub best: u32,
    pub passed: bool,
    pub certified: bool,
}

/// The sheets of one unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    pub sheets: u64,
    pub passed: u64,
}

/// How a learner did in one quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnResult {
    pub activity: ActivityId,
    pub tries: u32,
    pub best: u32,
    pub questions: u32,
    pub passed: bool,
}

#[derive(FromRow)]
struct Row {
    unit: String,
    tries: i64,
    best: i64,
    passed: bool,
    certified: bool,
}

fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}

/// The sheet of a sitting, known by its digest.
pub async fn sitting(tx: &mut Tx, quiz: &ActivityId, sitting: &str) -> Result<Option<Sitting>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select unit, tries, best, passed, certified from quiz_sitting where activity = $1 and sitting = $2")
        .bind(quiz.as_str()).bind(sitting).fetch_optional(c).await?);
    let read = |row: Row| {
        let unit = row.unit.parse().map_err(|e| damaged("quiz_sitting", &row.unit, &e))?;
        let Row { passed, certified, .. } = row;
        Ok(Sitting { unit, tries: number(row.tries), best: number(row.best), passed, certified })
    };
    row.map(read).transpose()
}

/// Puts down where a sitting stands after a try.
pub async fn put(tx: &mut Tx, quiz: &ActivityId, sitting: &str, now: &Sitting) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into quiz_sitting (activity, sitting, unit, tries, best, passed, certified) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (activity, sitting) do update set tries = excluded.tries, best = excluded.best, passed = excluded.passed,
         certified = excluded.certified")
        .bind(quiz.as_str()).bind(sitting).bind(now.unit.as_str()).bind(i64::from(now.tries)).bind(i64::from(now.best))
        .bind(now.passed).bind(now.certified).execute(c).await?; });
    Ok(())
}

/// The sheets of each unit.
pub async fn by_unit(tx: &mut Tx, quiz: &ActivityId) -> Result<BTreeMap<UnitId, Taken>> {
    let rows: Vec<(String, i64, i64)> = on!(tx, c => sqlx::query_as(
        "select unit, count(*), cast(sum(case when passed then 1 else 0 end) as bigint) from quiz_sitting
         where activity = $1 group by unit").bind(quiz.as_str()).fetch_all(c).await?);
    let read = |(unit, sheets, passed): (String, i64, i64)| {
        let id: UnitId = unit.parse().map_err(|e| damaged("quiz_sitting", &unit, &e))?;
        Ok((id, Taken { sheets: count(sheets), passed: count(passed) }))
    };
    rows.into_iter().map(read).collect()
}

/// A question was answered once more, right or not.
pub async fn count_item(tx: &mut Tx, quiz: &ActivityId, question: usize, known: bool) -> Result<()> {
    let question = i64::try_from(question).unwrap_or(i64::MAX);
    on!(tx, c => { sqlx::query(
        "insert into quiz_item (activity, question, asked, known) values ($1, $2, 1, $3)
         on conflict (activity, question) do update set asked = quiz_item.asked + 1, known = quiz_item.known + excluded.known")
        .bind(quiz.as_str()).bind(question).bind(i64::from(known)).execute(c).await?; });
    Ok(())
}

/// How often each question was answered, and right.
pub async fn items(tx: &mut Tx, quiz: &ActivityId) -> Result<BTreeMap<usize, (u64, u64)>> {
    let rows: Vec<(i64, i64, i64)> = on!(tx, c => sqlx::query_as(
        "select question, asked, known from quiz_item where activity = $1").bind(quiz.as_str()).fetch_all(c).await?);
    let place = |n: i64| usize::try_from(n).unwrap_or_default();
    Ok(rows.into_iter().map(|(question, asked, known)| (place(question), (count(asked), count(known)))).collect())
}

/// Deletes every sheet of a quiz; how many there were.
pub async fn forget(tx: &mut Tx, quiz: &ActivityId) -> Result<u64> {
    on!(tx, c => { sqlx::query("delete from quiz_item where activity = $1").bind(quiz.as_str()).execute(c).await?; });
    Ok(on!(tx, c => sqlx::query("delete from quiz_sitting where activity = $1").bind(quiz.as_str()).execute(c).await?.rows_affected()))
}

/// The cards of a learner.
pub async fn cards(tx: &mut Tx, person: &PersonId) -> Result<BTreeMap<String, Card>> {
    let rows: Vec<(String, i64, String)> = on!(tx, c => sqlx::query_as(
        "select question, box_number, due from learner_card where person = $1").bind(person.as_str()).fetch_all(c).await?);
    let read = |(question, box_number, due): (String, i64, String)| {
        let due = due.parse().map_err(|e| damaged("learner_card", &question, &e))?;
        Ok((question, Card { box_number: u8::try_from(box_number).unwrap_or(1), due }))
    };
    rows.into_iter().map(read).collect()
}

/// A card of a learner lies in another box now.
pub async fn put_card(tx: &mut Tx, person: &PersonId, question: &str, card: Card) -> Result<()> {
    on!(tx, c => { sqlx::query(
        "insert into learner_card (person, question, box_number, due) values ($1, $2, $3, $4)
         on conflict (person, question) do update set box_number = excluded.box_number, due = excluded.due")
        .bind(person.as_str()).bind(question).bind(i64::from(card.box_number)).bind(card.due.to_string()).execute(c).await?; });
    Ok(())
}

/// How a learner did, quiz by quiz.
pub async fn own_results(tx: &mut Tx, person: &PersonId) -> Result<Vec<OwnResult>> {
    let rows: Vec<(String, i64, i64, i64, bool)> = on!(tx, c => sqlx::query_as(
        "select activity, tries, best, questions, passed from learner_result where person = $1 order by activity desc")
        .bind(person.as_str()).fetch_all(c).await?);
    let read = |(activity, tries, best, questions, passed): (String, i64, i64, i64, bool)| {
        let id = activity.parse().map_err(|e| damaged("learner_result", &activity, &e))?;
        Ok(OwnResult { activity: id, tries: number(tries), best: number(best), questions: number(questions), passed })
    };
    rows.into_iter().map(read).collect()
}

/// Puts down how a learner stands in a quiz.
pub async fn put_own_result(tx: &mut Tx, person: &PersonId, result: &OwnResult) -> Result<()> {
    let OwnResult { activity, tries, best, questions, passed } = result;
    on!(tx, c => { sqlx::query(
        "insert into learner_result (person, activity, tries, best, questions, passed) values ($1, $2, $3, $4, $5, $6)
         on conflict (person, activity) do update set tries = excluded.tries, best = excluded.best, questions = excluded.questions,
         passed = excluded.passed")
        .bind(person.as_str()).bind(activity.as_str()).bind(i64::from(*tries)).bind(i64::from(*best)).bind(i64::from(*questions))
        .bind(*passed).execute(c).await?; });
    Ok(())
}

/// Deletes everything that is kept of what a learner learned.
pub async fn forget_learner(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from learner_card where person = $1").bind(person.as_str()).execute(c).await?; });
    on!(tx, c => { sqlx::query("delete from learner_result where person = $1").bind(person.as_str()).execute(c).await?; });
    Ok(())
}

/// What was said of the office's own questions, in order: the id it was said of, and the mark.
pub async fn said_of_questions(tx: &mut Tx) -> Result<Vec<(String, Mark)>> {
    crate::things::marks_of_kind(tx, programme::model::SubjectKind::Question).await
}

/// The sealed texts that hold questions, in the order in which they were kept.
pub fn kept(said: &[(String, Mark)]) -> Vec<&Sealed> {
    said.iter().filter(|(_, mark)| mark.kind == programme::model::MarkKind::Kept).filter_map(|(_, mark)| mark.note.as_ref()).collect()
}
