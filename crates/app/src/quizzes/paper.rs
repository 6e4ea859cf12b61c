//! On paper: forms to be printed, and sheets that a clerk keys in, many at a time. A sheet has no field for a name.

use super::take::digest;
use super::{Plan, known, plan_of};
use crate::open::found;
use crate::{App, Result};
use programme::decide::{self, Refusal, Sheets};
use programme::hex::hex;
use programme::ids::{ActivityId, UnitId};
use programme::model::*;
use programme::quiz::{self, Item, Kind, VARIANTS, WrongSheet};
use ring::hmac;
use std::collections::{BTreeMap, BTreeSet};
use store::quiz::{Sitting, by_unit, count_item, put, sitting};

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

pub(super) fn order(plan: &Plan, variant: u16) -> Vec<Item> {
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
    take(app, by, id, text, |_| Some(unit)).await
}

/// A sheet that was read from a scan, as somebody confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanLine {
    pub unit: UnitId,
    pub line: String,
    /// [`scan_seal`] of the unit and the number that the sheet's code names; empty of a copied sheet, which has no number.
    pub seal: String,
}

/// By which it is known again that this unit and this number were read together from one sheet: a form brings them back, and the
/// same sheet under the name of another unit would be counted a second time.
pub fn scan_seal(app: &App, quiz: &ActivityId, unit: &UnitId, number: u32) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.inner.key.secret("scanned sheet"));
    hex(hmac::sign(&key, format!("{quiz} {unit} {number}").as_bytes()).as_ref())
}

/// The number of the sheet that a line names.
pub fn number_of(line: &str) -> Option<u32> {
    let (_, rest) = line.split_once('/')?;
    rest.trim_start().chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// Takes sheets that somebody compared with what was read of their scans, a line each with the unit it is of: all of them, or
/// none.
///
/// # Errors
/// [`Refusal::QuizFull`] where a unit has fewer people than sheets.
pub async fn take_scans(app: &App, by: &Actor, id: &ActivityId, lines: &[ScanLine]) -> Result<KeyedIn> {
    let is_sealed = |scan: &ScanLine| match number_of(&scan.line) {
        Some(number) => scan_seal(app, id, &scan.unit, number) == scan.seal,
        None => !scan.line.contains('/'),
    };
    let other = lines.iter().zip(1..).filter(|(scan, _)| !is_sealed(scan)).map(|(_, line)| WrongSheet { line, why: "number" });
    let other: Vec<WrongSheet> = other.collect();
    if !other.is_empty() {
        return Ok(KeyedIn::Wrong(other));
    }
    // A line stays one, and none is passed over: the unit goes by its number.
    let line = |scan: &ScanLine| if scan.line.trim().is_empty() { "?".to_owned() } else { scan.line.replace(['\n', '\r'], " ") };
    let text = lines.iter().map(line).collect::<Vec<_>>().join("\n");
    take(app, by, id, &text, |line| lines.get(line - 1).map(|scan| &scan.unit)).await
}

async fn take<'a>(app: &App, by: &Actor, id: &ActivityId, text: &str, unit_of: impl Fn(usize) -> Option<&'a UnitId>) -> Result<KeyedIn> {
    let mut work = app.work(by).await?;
    decide::may_quiz(by, &work.office)?;
    let (entry, plan) = known(&mut work, id).await?;
    let orders: Vec<(u16, Vec<Item>)> = VARIANTS.iter().map(|variant| (*variant, order(&plan, *variant))).collect();
    let of = |variant| orders.iter().find(|(number, _)| *number == variant).map(|(_, order)| order.as_slice());
    let sheets = match quiz::read_sheets(text, of) {
        Ok(sheets) if sheets.is_empty() => return Err(Refusal::EmptyText.into()),
        Ok(sheets) => sheets,
        Err(wrong) => return Ok(KeyedIn::Wrong(wrong)),
    };
    let (mut named, mut wrong) = (BTreeSet::new(), Vec::new());
    let mut units = Vec::new();
    for (line, sheet) in &sheets {
        let part = plan.units.iter().find(|part| unit_of(*line) == Some(&part.unit)).ok_or(Refusal::NoUnit)?;
        units.push(part);
        let Some(number) = sheet.number else { continue };
        if !named.insert((part.unit.clone(), number)) {
            wrong.push(WrongSheet { line: *line, why: "twice" });
        } else if sitting(&mut work.tx, id, &numbered(app, id, &part.unit, number)).await?.is_some() {
            wrong.push(WrongSheet { line: *line, why: "taken" });
        }
    }
    if !wrong.is_empty() {
        return Ok(KeyedIn::Wrong(wrong));
    }
    let mut taken: BTreeMap<UnitId, u64> = by_unit(&mut work.tx, id).await?.into_iter().map(|(unit, taken)| (unit, taken.sheets)).collect();
    for ((_, sheet), part) in sheets.iter().zip(units) {
        let taken = taken.entry(part.unit.clone()).or_default();
        decide::hand_in(&entry, plan.days, Sheets::Paper, (0, false, plan.tries), (*taken, part.people), work.now)?;
        let chosen = sheet.chosen(of(sheet.variant).unwrap_or_default());
        let score = quiz::score(&plan.questions, &chosen);
        let passed = score.passes(plan.pass_percent);
        let row = Sitting { unit: part.unit.clone(), tries: 1, best: score.right, passed, certified: false };
        let sitting = match sheet.number {
            Some(number) => numbered(app, id, &part.unit, number),
            None => digest(&hex(&work.ids.salt())),
        };
        put(&mut work.tx, id, &sitting, &row).await?;
        for (at, (question, chosen)) in plan.questions.iter().zip(&chosen).enumerate() {
            count_item(&mut work.tx, id, at, question.is_right(chosen)).await?;
        }
        *taken += 1;
    }
    work.commit().await?;
    Ok(KeyedIn::Taken(sheets.len()))
}

/// By which a sheet with a number is known again. It follows from the office's key: who reads the table of sheets alone cannot
/// tell which paper a row is of.
pub(super) fn numbered(app: &App, quiz: &ActivityId, unit: &UnitId, number: u32) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.inner.key.secret("paper sitting"));
    digest(&hex(hmac::sign(&key, format!("{quiz} {unit} {number}").as_bytes()).as_ref()))
}
