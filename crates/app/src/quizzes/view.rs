//! Quizzes as pages show them. While one is open only how many took it is shown: a count of passes that moves as somebody hands
//! in a sheet would name them.

use super::{Plan, Results, plan_of};
use crate::evidence::download;
use crate::snapshot::Snapshot;
use crate::views::HistoryRow;
use crate::{App, Result, texts};
use programme::decide;
use programme::ids::*;
use programme::learn::Reader;
use programme::model::*;
use programme::quiz::{self, Days, State};
use store::quiz::by_unit;

/// A quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizView {
    pub id: ActivityId,
    /// `None` after erasure.
    pub title: Option<String>,
    pub topics: Vec<String>,
    /// Stands for what is kept of it now, for whoever changes it.
    pub read: String,
    pub reader: Option<Reader>,
    pub days: Option<Days>,
    pub n_questions: usize,
    pub pass_percent: u32,
    pub tries: u32,
    pub course: Option<String>,
    pub state: State,
    pub units: Vec<UnitPart>,
    pub results: Option<Results>,
    /// The file that holds them.
    pub evidence: Option<ContentId>,
    /// Why it was called off.
    pub called_off: Option<String>,
    pub tasks: Vec<TaskKey>,
}

/// One unit of a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPart {
    pub unit: UnitId,
    pub name: String,
    pub people: u32,
    /// By which its people take the quiz.
    pub code: String,
    /// Sheets that came in; nothing is left of them when the quiz is closed.
    pub taken: u64,
}

/// Every quiz, the latest first.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`] for everybody but who holds quizzes and the office's head.
pub async fn list(app: &App, by: &Actor) -> Result<Vec<QuizView>> {
    let all = app.snapshot().await?;
    decide::may_see_quizzes(by, &all.office)?;
    let mut views = Vec::new();
    for entry in all.quizzes.iter() {
        views.push(view(app, &all, entry).await?);
    }
    views.sort_by(|a, b| (b.days.map(|d| d.from), &b.id).cmp(&(a.days.map(|d| d.from), &a.id)));
    Ok(views)
}

pub async fn show(app: &App, by: &Actor, id: &ActivityId) -> Result<Option<QuizView>> {
    let all = app.snapshot().await?;
    decide::may_see_quizzes(by, &all.office)?;
    match all.quizzes.iter().find(|entry| &entry.facts.id == id) {
        Some(entry) => {
            // A damaged plan is told on its own page; the list goes on without its words.
            plan_of(&mut app.inner.db.read().await?, entry).await?;
            Ok(Some(view(app, &all, entry).await?))
        }
        None => Ok(None),
    }
}

/// Every event of a quiz, in order. That a certificate was given tells no name.
pub async fn history(app: &App, id: &ActivityId) -> Result<Vec<HistoryRow>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    crate::history::of(&mut tx, &all, SubjectKind::Activity, id.as_str()).await
}

async fn view(app: &App, all: &Snapshot, entry: &Entry<Activity>) -> Result<QuizView> {
    let facts = &entry.facts;
    let mut tx = app.inner.db.read().await?;
    let plan = plan_of(&mut tx, entry).await;
    let is_damaged = texts::is_damaged(&plan);
    let plan = texts::if_whole(plan)?;
    let off = entry.marks.iter().rev().find(|mark| mark.kind == MarkKind::Withdrawn).and_then(|mark| mark.note.as_ref());
    let called_off = texts::note(&mut tx, off).await?;
    let taken = by_unit(&mut tx, &facts.id).await?;
    let file = match &facts.evidence {
        Some(id) => store::evidence::get(&mut tx, id.as_str()).await?.and_then(|evidence| evidence.facts.content),
        None => None,
    };
    drop(tx);
    let evidence = file.map(|file| file.id);
    let results = match &evidence {
        Some(id) => download(app, id).await?.map(|(_, bytes)| Results::read(&bytes)).transpose()?,
        None => None,
    };
    let part = |part: &super::PlanUnit| UnitPart {
        unit: part.unit.clone(),
        name: all.unit_name(&part.unit),
        people: part.people,
        code: part.code.clone(),
        taken: taken.get(&part.unit).map_or(0, |taken| taken.sheets),
    };
    let days = plan.as_ref().map(|plan| plan.days);
    let unplanned = Days { from: facts.on, until: facts.on };
    Ok(QuizView {
        read: crate::clash::mark(&entry.facts),
        id: facts.id.clone(),
        topics: plan.as_ref().map(|plan| plan.topics.clone()).unwrap_or_default(),
        reader: plan.as_ref().and_then(|plan| plan.reader),
        n_questions: plan.as_ref().map_or(0, |plan| plan.questions.len()),
        pass_percent: plan.as_ref().map_or(0, |plan| plan.pass_percent),
        tries: plan.as_ref().map_or(0, |plan| plan.tries),
        course: plan.as_ref().and_then(|plan| plan.course.clone()),
        state: quiz::state(entry, days.unwrap_or(unplanned), all.now(app)),
        units: plan.iter().flat_map(|plan: &Plan| &plan.units).map(part).collect(),
        title: plan.map(|plan| plan.title).or_else(|| is_damaged.then(texts::damaged)),
        days,
        results,
        evidence,
        called_off,
        tasks: facts.tasks.clone(),
    })
}
