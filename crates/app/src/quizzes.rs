//! Quizzes: planned for some units, taken by a unit's code on a shared machine, by a learner, or on paper; figures of groups stay.
//!
//! Nobody's name stands beside a score: a sheet is a row without name, time or address, kept until the quiz is closed. Whoever
//! passed may have a certificate, which names them and holds no figure; nothing leads from one to the other. A learner alone
//! sees their own results. Not here: how answers are marked ([`programme::quiz`]), who may do what ([`decide`]).
//!
//! ```text
//! plan → hand_in(code, …) × 25, key_in(paper) × 12 → close → evidence: "37 took it, 31 passed", by group of ten or more
//! ```

mod bank;
mod certificate;
mod close;
mod learning;
mod paper;
mod scan;
mod take;
mod view;

pub use bank::{
    BankFilter, BankQuestion, Imported, bank, export_gift, export_xlsx, import, keep, one, pool_size, table_words, template, withdraw,
};
pub(crate) use certificate::of_person;
pub use certificate::{
    Checked, Issued, Standing, certificate_pdf, check_certificate, issue, issue_own, issued, makes_certificate_pdf, office_key, proof,
    revoke,
};
pub use close::{Group, Hard, Results, close};
pub(crate) use learning::own_rows;
pub use learning::{CardView, Learning, Marked, OpenQuiz, OwnRow, answer_card, hand_in_own, learning, own_sheet};
pub use paper::{KeyedIn, PaperForm, PaperItem, ScanLine, forms, key_in, number_of, scan_seal, take_scans};
pub use scan::{Cutting, Doubtful, MOST_PAGES, NotRead, SCAN_DOUBTS, SCAN_PROBLEMS, Scanned, ScannedSheet, doubt_code, read_scans};
pub use take::{Face, ItemResult, Outcome, Sheet, SheetItem, by_code, hand_in, sheet};
pub use view::{QuizView, UnitPart, history, list, show};

use crate::evidence::words;
use crate::open::{Work, found};
use crate::{App, Error, Result, meetings};
use jiff::civil::Date;
use programme::decide::{self, QuizShape, Refusal};
use programme::ids::*;
use programme::learn::Reader;
use programme::model::*;
use programme::quiz::{self, Days, Question};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Tx, content};

/// A quiz to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuiz {
    pub title: String,
    /// Topics of the bank.
    pub topics: Vec<String>,
    /// Only questions for this reader, and those for everybody.
    pub reader: Option<Reader>,
    pub n_questions: usize,
    pub from: Date,
    pub until: Date,
    pub pass_percent: u32,
    pub tries: u32,
    /// The units that take it, with how many people each has.
    pub units: Vec<(UnitId, u32)>,
    /// The course that a certificate names; `None`: it gives none.
    pub course: Option<String>,
    /// The tasks of the office that it serves.
    pub tasks: Vec<TaskKey>,
}

/// The private words of a quiz, version 1. The questions stand in it as they were on the day it was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    v: u8,
    title: String,
    topics: Vec<String>,
    reader: Option<Reader>,
    days: Days,
    pass_percent: u32,
    tries: u32,
    course: Option<String>,
    /// What the order of questions follows from.
    seed: String,
    questions: Vec<Question>,
    units: Vec<PlanUnit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanUnit {
    unit: UnitId,
    people: u32,
    code: String,
}

impl Plan {
    fn people(&self) -> Vec<u32> {
        self.units.iter().map(|unit| unit.people).collect()
    }

    fn shape<'a>(&self, people: &'a [u32]) -> QuizShape<'a> {
        let Plan { days, pass_percent, tries, .. } = *self;
        QuizShape { days, n_questions: self.questions.len(), pass_percent, tries, people }
    }

    async fn sealed(&self, work: &mut Work) -> Result<Sealed> {
        let json = programme::chain::canonical(self).map_err(store::Error::from)?;
        work.text(&json).await
    }
}

/// Plans a quiz of the office: its questions are drawn from the bank now, and each unit gets its code.
///
/// # Errors
/// [`Refusal::QuizTopic`] for a topic that the bank does not know, [`Refusal::QuizSize`] when it has fewer questions.
pub async fn plan(app: &App, by: &Actor, new: NewQuiz) -> Result<ActivityId> {
    let pool = bank::pool(app, &new.topics, new.reader).await?;
    if pool.len() < new.n_questions {
        return Err(Refusal::QuizSize.into());
    }
    let all = app.snapshot().await?;
    let mut work = app.work(by).await?;
    for key in &new.tasks {
        crate::loaded::load(&mut work, by, key).await?;
    }
    let seed = programme::hex::hex(&work.ids.salt());
    let questions = quiz::draw(pool.len(), new.n_questions, &seed).into_iter().map(|at| pool[at].question.clone()).collect();
    let mut units: Vec<PlanUnit> = Vec::new();
    for (unit, people) in new.units {
        let known = all.units.get(&unit).is_some() || all.unit_rows().iter().any(|row| row.id == unit);
        if !known {
            return Err(Refusal::NoUnit.into());
        }
        if !units.iter().any(|known| known.unit == unit) {
            units.push(PlanUnit { unit, people, code: meetings::code(&work.ids.salt()) });
        }
    }
    let course = new.course.as_deref().filter(|course| !course.trim().is_empty()).map(crate::written::name).transpose()?;
    let NewQuiz { topics, reader, pass_percent, tries, .. } = new;
    let days = Days { from: new.from, until: new.until };
    let title = crate::written::name(&new.title)?;
    crate::unnamed::refuse_numbers(&title)?;
    let plan = Plan { v: 1, title, topics, reader, days, pass_percent, tries, course, seed, questions, units };
    let (id, office): (ActivityId, UnitId) = (work.ids.make(), work.office.clone());
    let activity = Activity {
        id: id.clone(),
        kind: ActivityKind::Quiz,
        unit: office.clone(),
        on: days.from,
        people: 0,
        tasks: new.tasks,
        evidence: None,
        note: None,
        plan: Some(plan.sealed(&mut work).await?),
        planned: true,
        outreach: None,
        digital: None,
        reported: None,
    };
    let people = plan.people();
    let events = decide::plan_quiz(activity, plan.shape(&people), None, (by, &office), work.now)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Gives a quiz another last day and its units other numbers of people, never fewer than sheets came in; codes and questions stay.
pub async fn change(
    app: &App,
    by: &Actor,
    id: &ActivityId,
    read: Option<&str>,
    (until, people): (Date, &BTreeMap<UnitId, u32>),
) -> Result<()> {
    let mut work = app.work(by).await?;
    let (entry, old) = known(&mut work, id).await?;
    crate::clash::refuse(&entry.facts, read)?;
    let taken = store::quiz::by_unit(&mut work.tx, id).await?;
    let mut plan = old.clone();
    plan.days.until = until;
    for unit in &mut plan.units {
        unit.people = people.get(&unit.unit).copied().unwrap_or(unit.people);
        if u64::from(unit.people) < taken.get(&unit.unit).map_or(0, |taken| taken.sheets) {
            return Err(Refusal::QuizSize.into());
        }
    }
    let sealed = plan.sealed(&mut work).await?;
    let activity = Activity { plan: Some(sealed), ..entry.facts.clone() };
    let office = work.office.clone();
    let n = plan.people();
    let events = decide::plan_quiz(activity, plan.shape(&n), Some((&entry, old.days)), (by, &office), work.now)?;
    work.append(events).await?;
    work.commit().await
}

/// Calls a quiz off: its sheets are deleted, nothing of it counts.
pub async fn call_off(app: &App, by: &Actor, id: &ActivityId, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let (entry, plan) = known(&mut work, id).await?;
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let office = work.office.clone();
    let events = decide::call_off_quiz(&entry, plan.days, reason, (by, &office), work.now)?;
    store::quiz::forget(&mut work.tx, id).await?;
    work.append(events).await?;
    work.commit().await?;
    crate::texts::leave_no_trace(app).await;
    Ok(())
}

async fn known(work: &mut Work, id: &ActivityId) -> Result<(Entry<Activity>, Plan)> {
    let entry = store::activity::get(&mut work.tx, id.as_str()).await?.filter(|a| a.facts.kind == ActivityKind::Quiz);
    let entry = found(entry, SubjectKind::Activity, id)?;
    work.seen(&entry);
    let plan = plan_of(&mut work.tx, &entry).await?.ok_or(Refusal::QuizOver)?;
    Ok((entry, plan))
}

/// The plan of a quiz; `None` where it was erased.
async fn plan_of(tx: &mut Tx, quiz: &Entry<Activity>) -> Result<Option<Plan>> {
    let Some(body) = words(tx, quiz.facts.plan.as_ref()).await? else { return Ok(None) };
    parsed(quiz, &body).map(Some)
}

fn parsed(quiz: &Entry<Activity>, body: &str) -> Result<Plan> {
    serde_json::from_str(body).map_err(|e| Error::BadRecord { id: quiz.facts.id.to_string(), what: e.to_string() })
}

/// Every quiz that was neither closed nor called off, with its plan; in one question to the database.
async fn standing<'a>(tx: &mut Tx, quizzes: &'a [Entry<Activity>]) -> Result<Vec<(&'a Entry<Activity>, Plan)>> {
    let open: Vec<&Entry<Activity>> = quizzes.iter().filter(|q| q.facts.planned && !q.has(MarkKind::Withdrawn)).collect();
    let plans: Vec<&ContentId> = open.iter().filter_map(|q| q.facts.plan.as_ref()).map(|plan| &plan.id).collect();
    let bodies = content::many(tx, &plans).await?;
    let mut standing = Vec::new();
    for quiz in open {
        let body = quiz.facts.plan.as_ref().and_then(|plan| bodies.get(&plan.id)).and_then(|content| content.body.as_deref());
        if let Some(body) = body {
            standing.push((quiz, parsed(quiz, body)?));
        }
    }
    Ok(standing)
}
