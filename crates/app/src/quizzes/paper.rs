//! On paper: forms to be printed, and sheets that a clerk keys in, many at a time. A sheet has no field for a name.

use super::take::digest;
use super::{Plan, known, plan_of};
use crate::open::found;
use crate::{App, Result};
use programme::chain::hex;
use programme::decide::{self, Refusal, Sheets};
use programme::ids::{ActivityId, UnitId};
use programme::model::*;
use programme::quiz::{self, Item, Kind, VARIANTS, WrongSheet};
use store::quiz::{Sitting, by_unit, count_item, put};

/// One printed form of a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperForm {
    pub variant: u16,
    pub items: Vec<PaperItem>,
}

/// A question as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperItem {
    pub text: String,
    pub kind: Kind,
    /// Empty for true and false, whose words are the page's.
    pub answers: Vec<String>,
    /// The letters of the right answers, for the key.
    pub key: String,
}

/// What came of sheets that were keyed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyedIn {
    Taken(usize),
    /// Lines that are no sheets: nothing was taken.
    Wrong(Vec<WrongSheet>),
}

fn order(plan: &Plan, variant: u16) -> Vec<Item> {
    quiz::form(&plan.questions, &format!("{} {variant}", plan.seed))
}

/// The printed forms of a quiz.
pub async fn forms(app: &App, by: &Actor, id: &ActivityId) -> Result<Vec<PaperForm>> {
    let all = app.snapshot().await?;
    decide::may_quiz(by, &all.office)?;
    let entry = found(all.quizzes.iter().find(|quiz| &quiz.facts.id == id), SubjectKind::Activity, id)?;
    let mut tx = app.inner.db.read().await?;
    let plan = plan_of(&mut tx, entry).await?.ok_or(Refusal::QuizOver)?;
    let form =
        |variant: &u16| PaperForm { variant: *variant, items: order(&plan, *variant).iter().map(|item| printed(&plan, item)).collect() };
    Ok(VARIANTS.iter().map(form).collect())
}

fn printed(plan: &Plan, item: &Item) -> PaperItem {
    let question = &plan.questions[item.question];
    let texts = item.answers.iter().map(|at| question.answers[*at].text.clone());
    let right = item.answers.iter().zip(quiz::LETTERS).filter(|(at, _)| question.answers[**at].right);
    PaperItem {
        text: question.text.clone(),
        kind: question.kind,
        answers: if question.kind == Kind::TrueFalse { Vec::new() } else { texts.collect() },
        key: right.map(|(_, letter)| letter).collect(),
    }
}

/// Takes sheets of a unit that were keyed in, a line each: all of them, or none. Only how many is told, never who passed.
///
/// # Errors
/// [`Refusal::QuizFull`] where the unit has fewer people than sheets.
pub async fn key_in(app: &App, by: &Actor, id: &ActivityId, unit: &UnitId, text: &str) -> Result<KeyedIn> {
    let mut work = app.work(by).await?;
    decide::may_quiz(by, &work.office)?;
    let (entry, plan) = known(&mut work, id).await?;
    let part = plan.units.iter().find(|part| &part.unit == unit).ok_or(Refusal::NoUnit)?;
    let orders: Vec<(u16, Vec<Item>)> = VARIANTS.iter().map(|variant| (*variant, order(&plan, *variant))).collect();
    let of = |variant| orders.iter().find(|(number, _)| *number == variant).map(|(_, order)| order.as_slice());
    let sheets = match quiz::read_sheets(text, of) {
        Ok(sheets) if sheets.is_empty() => return Err(Refusal::EmptyText.into()),
        Ok(sheets) => sheets,
        Err(wrong) => return Ok(KeyedIn::Wrong(wrong)),
    };
    let mut taken = by_unit(&mut work.tx, id).await?.get(unit).map_or(0, |taken| taken.sheets);
    for sheet in &sheets {
        decide::hand_in(&entry, plan.days, Sheets::Paper, (0, false, plan.tries), (taken, part.people), work.now)?;
        let chosen = sheet.chosen(of(sheet.variant).unwrap_or_default());
        let score = quiz::score(&plan.questions, &chosen);
        let passed = score.passes(plan.pass_percent);
        let row = Sitting { unit: unit.clone(), tries: 1, best: score.right, passed, certified: false };
        let sitting = digest(&hex(&work.ids.salt()));
        put(&mut work.tx, id, &sitting, &row).await?;
        for (at, (question, chosen)) in plan.questions.iter().zip(&chosen).enumerate() {
            count_item(&mut work.tx, id, at, question.is_right(chosen)).await?;
        }
        taken += 1;
    }
    work.commit().await?;
    Ok(KeyedIn::Taken(sheets.len()))
}
