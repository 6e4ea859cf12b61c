//! Difficulties and feedback: raise, route, answer, close. The asker is always told.
//!
//! The route is the letter's: a commune's difficulty "qua Ban Xây dựng Đảng" goes through that board first.

use crate::evidence::words;
use crate::loaded::reach;
use crate::open::{Work, found};
use crate::snapshot::Snapshot;
use crate::views::CaseView;
use crate::{App, Result, addressees};
use programme::decide::{self, Refusal};
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use store::Tx;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    pub kind: CaseKind,
    pub unit: UnitId,
    pub task: Option<TaskKey>,
    pub text: String,
    /// Through whom; `None`: the way that the task's letter names, else straight to `to`.
    pub via: Option<UnitId>,
    /// `None`: the office.
    pub to: Option<UnitId>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    pub kind: Option<CaseKind>,
    pub unit: Option<UnitId>,
    pub open: bool,
}

pub async fn raise(app: &App, by: &Actor, new: NewCase) -> Result<CaseId> {
    let route = match (&new.via, &new.task) {
        (None, Some(key)) => {
            let all = app.snapshot().await?;
            all.route(key, all.now(app))
        }
        _ => None,
    };
    let mut work = app.work(by).await?;
    let reach = reach(&mut work, by, &new.unit).await?;
    if let Some(key) = &new.task {
        let task = found(store::task::get(&mut work.tx, &key.to_string()).await?, SubjectKind::Task, key)?;
        work.seen(&task);
    }
    let text = work.note(Some(&new.text)).await?.ok_or(Refusal::EmptyText)?;
    let id: CaseId = work.ids.make();
    let to = new.to.or_else(|| Some(work.office.clone()));
    let NewCase { kind, unit, task, via, .. } = new;
    // The board through which it should go does not write to itself.
    let via = via.or(route).filter(|via| via != &unit);
    let events = decide::open_case(Case { id: id.clone(), kind, unit, task, text, via, to }, by, reach)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

impl Snapshot {
    /// The unit through which the letter of a task wants difficulties reported.
    fn route(&self, key: &TaskKey, now: Moment) -> Option<UnitId> {
        let letter = &self.tasks.get(key)?.facts.letter;
        let via = self.metas.get(letter)?.difficulties_via.clone()?;
        addressees::expand(&[via], &self.units_below(now)).into_iter().next()
    }
}

pub async fn route(app: &App, by: &Actor, id: &CaseId, to: &UnitId, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let case = found(store::cases::get(&mut work.tx, id.as_str()).await?, SubjectKind::Case, id)?;
    work.seen(&case);
    let note = work.note(note).await?;
    let events = decide::route_case(&case, by, to.clone(), note)?;
    work.append(events).await?;
    work.commit().await
}

pub async fn answer(app: &App, by: &Actor, id: &CaseId, text: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let case = found(store::cases::get(&mut work.tx, id.as_str()).await?, SubjectKind::Case, id)?;
    work.seen(&case);
    let text = work.note(Some(text)).await?.ok_or(Refusal::EmptyText)?;
    let reach = reach_at(&mut work, by, &case).await?;
    let events = decide::answer_case(&case, by, reach, text)?;
    work.append(events).await?;
    work.commit().await
}

pub async fn close(app: &App, by: &Actor, id: &CaseId, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let case = found(store::cases::get(&mut work.tx, id.as_str()).await?, SubjectKind::Case, id)?;
    work.seen(&case);
    let note = work.note(note).await?;
    let reach = reach_at(&mut work, by, &case).await?;
    let events = decide::close_case(&case, by, reach, note)?;
    work.append(events).await?;
    work.commit().await
}

/// How the actor stands to the unit at which a case lies.
async fn reach_at(work: &mut Work, by: &Actor, case: &Entry<Case>) -> Result<decide::Reach> {
    match decide::case_at(case) {
        Some(unit) => reach(work, by, &unit).await,
        None => Ok(decide::Reach::Elsewhere),
    }
}

/// Cases, the latest first.
pub async fn list(app: &App, filter: CaseFilter) -> Result<Vec<CaseView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let mut views = Vec::new();
    for case in &all.cases {
        let wanted = filter.kind.is_none_or(|k| k == case.facts.kind)
            && filter.unit.as_ref().is_none_or(|u| u == &case.facts.unit)
            && !(filter.open && case.has(MarkKind::Closed));
        if wanted {
            views.push(view(&mut tx, &all, case).await?);
        }
    }
    views.sort_by_key(|v| std::cmp::Reverse(v.opened_at));
    Ok(views)
}

pub async fn show(app: &App, id: &CaseId) -> Result<Option<CaseView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    match all.cases.iter().find(|c| &c.facts.id == id) {
        Some(case) => Ok(Some(view(&mut tx, &all, case).await?)),
        None => Ok(None),
    }
}

pub(crate) async fn of_task(tx: &mut Tx, all: &Snapshot, key: &TaskKey) -> Result<Vec<CaseView>> {
    let mut views = Vec::new();
    for case in all.cases.iter().filter(|c| c.facts.task.as_ref() == Some(key)) {
        views.push(view(tx, all, case).await?);
    }
    Ok(views)
}

async fn view(tx: &mut Tx, all: &Snapshot, case: &Entry<Case>) -> Result<CaseView> {
    let facts = &case.facts;
    let answered = case.marks.iter().rev().find(|m| m.kind == MarkKind::Answered);
    let answer = match answered {
        Some(mark) => words(tx, mark.note.as_ref()).await?,
        None => None,
    };
    Ok(CaseView {
        id: facts.id.clone(),
        kind: facts.kind,
        unit: facts.unit.clone(),
        unit_name: all.unit_name(&facts.unit),
        task: facts.task.clone(),
        text: words(tx, Some(&facts.text)).await?,
        via: facts.via.clone(),
        to: facts.to.clone(),
        at_unit: decide::case_at(case),
        opened_at: case.stamp.at,
        answer,
        answered_at: answered.map(|m| m.stamp.at),
        closed_at: case.marks.iter().find(|m| m.kind == MarkKind::Closed).map(|m| m.stamp.at),
    })
}
