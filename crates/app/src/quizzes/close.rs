//! Closing a quiz: figures of groups become evidence, and every sheet goes, in one transaction.

use super::{Plan, known};
use crate::snapshot::Snapshot;
use crate::{App, Error, Result};
use programme::decide;
use programme::drill::{Counts, LEAST_GROUP, roll_up};
use programme::ids::{ActivityId, EvidenceId, UnitId};
use programme::model::*;
use programme::quiz::Days;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::quiz::Taken;

/// The file of a result.
const FILE: &str = "ket-qua-kiem-tra.json";
/// Questions that many did not know, at the most.
const MOST_HARD: usize = 5;

/// The result of a quiz, version 1. How many passed is told of ten people or more; how many took it is told of every unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    pub v: u8,
    pub quiz: ActivityId,
    pub days: Days,
    pub n_questions: u32,
    pub pass_percent: u32,
    /// People whom the units named.
    pub people: u64,
    pub taken: u64,
    /// `None` where fewer than ten took it altogether.
    pub passed: Option<u64>,
    pub groups: Vec<Group>,
    /// What most did not know: where to teach again.
    pub hard: Vec<Hard>,
}

/// The figures of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub unit: UnitId,
    pub name: String,
    /// Smaller units that are counted in it.
    pub with: Vec<String>,
    pub taken: u64,
    pub passed: u64,
}

/// A question, how often it was answered the first time, and right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hard {
    pub text: String,
    pub topic: String,
    pub asked: u64,
    pub known: u64,
}

impl Results {
    pub(super) fn read(bytes: &[u8]) -> Result<Results> {
        serde_json::from_slice(bytes).map_err(|e| Error::BadRecord { id: "quiz".to_owned(), what: e.to_string() })
    }

    fn count(
        all: &Snapshot,
        (id, plan): (&ActivityId, &Plan),
        taken: &BTreeMap<UnitId, Taken>,
        items: &BTreeMap<usize, (u64, u64)>,
    ) -> Results {
        let counts = |taken: &Taken| Counts { sent: taken.sheets, reported: taken.passed, ..Counts::default() };
        let units: BTreeMap<UnitId, Counts> = taken.iter().map(|(unit, taken)| (unit.clone(), counts(taken))).collect();
        let name = |unit: &UnitId| all.unit_name(unit);
        let groups: Vec<Group> = roll_up(&units, &all.parents())
            .into_iter()
            .map(|(unit, group)| {
                let with = group.with.iter().map(name).collect();
                Group { name: name(&unit), unit, with, taken: group.counts.sent, passed: group.counts.reported }
            })
            .collect();
        let mut hard: Vec<Hard> = items
            .iter()
            .filter(|(_, (asked, known))| *asked >= LEAST_GROUP && known < asked)
            .filter_map(|(at, (asked, known))| {
                let question = plan.questions.get(*at)?;
                Some(Hard { text: question.text.clone(), topic: question.topic.clone(), asked: *asked, known: *known })
            })
            .collect();
        hard.sort_by(|a, b| (a.known * b.asked).cmp(&(b.known * a.asked)).then_with(|| a.text.cmp(&b.text)));
        hard.truncate(MOST_HARD);
        Results {
            v: 1,
            quiz: id.clone(),
            days: plan.days,
            n_questions: u32::try_from(plan.questions.len()).unwrap_or(u32::MAX),
            pass_percent: plan.pass_percent,
            people: plan.units.iter().map(|unit| u64::from(unit.people)).sum(),
            taken: taken.values().map(|taken| taken.sheets).sum(),
            passed: (!groups.is_empty()).then(|| groups.iter().map(|group| group.passed).sum()),
            groups,
            hard,
        }
    }
}

/// Closes a quiz.
pub async fn close(app: &App, by: &Actor, id: &ActivityId) -> Result<()> {
    let all = app.snapshot().await?;
    // Sheets that come in while the file is written make it another one: then once more.
    loop {
        let mut tx = app.inner.db.read().await?;
        let entry = crate::open::found(all.quizzes.iter().find(|quiz| &quiz.facts.id == id), SubjectKind::Activity, id)?;
        let plan = super::plan_of(&mut tx, entry).await?.ok_or(decide::Refusal::QuizOver)?;
        decide::close_quiz(entry, plan.days, entry.facts.clone(), (by, &all.office), app.now())?;
        let taken = store::quiz::by_unit(&mut tx, id).await?;
        let items = store::quiz::items(&mut tx, id).await?;
        drop(tx);
        let results = Results::count(&all, (id, &plan), &taken, &items);
        let json = programme::chain::canonical(&results).map_err(store::Error::from)?;
        let file = app.store_file(FILE, json.into_bytes()).await?;
        if fixed(app, by, id, (&results, &taken), &file).await? {
            return Ok(());
        }
    }
}

/// False when sheets came in since they were counted.
async fn fixed(
    app: &App,
    by: &Actor,
    id: &ActivityId,
    (results, counted): (&Results, &BTreeMap<UnitId, Taken>),
    file: &crate::open::Stored,
) -> Result<bool> {
    let mut work = app.work(by).await?;
    let (entry, plan) = known(&mut work, id).await?;
    if &store::quiz::by_unit(&mut work.tx, id).await? != counted {
        return Ok(false);
    }
    let facts = &entry.facts;
    let mut tasks = Vec::new();
    for key in &facts.tasks {
        tasks.extend(store::task::get(&mut work.tx, &key.to_string()).await?.filter(|task| task.stands(work.now)));
    }
    tasks.iter().for_each(|task| work.seen(task));
    let evidence = Evidence {
        id: work.ids.make::<EvidenceId>(),
        unit: facts.unit.clone(),
        kind: EvidenceKind::Activity,
        tasks: tasks.iter().map(|task| task.facts.key.clone()).collect(),
        observed_at: work.now,
        expires: None,
        content: Some(work.file(file).await?),
        note: None,
        supersedes: None,
        proves: None,
    };
    let people = u32::try_from(results.taken).unwrap_or(u32::MAX);
    let recorded = Activity { on: facts.on.min(work.now.day()), people, evidence: Some(evidence.id.clone()), ..facts.clone() };
    let office = work.office.clone();
    let mut events = decide::attach(evidence, &tasks, by, decide::Reach::Own, work.now)?;
    events.extend(decide::close_quiz(&entry, plan.days, recorded, (by, &office), work.now)?);
    store::quiz::forget(&mut work.tx, id).await?;
    work.append(events).await?;
    work.commit().await?;
    crate::texts::leave_no_trace(app).await;
    Ok(true)
}
