//! Cases of every kind: raise, route, answer, close. The asker is always told.
//!
//! The route is the letter's: a commune's difficulty "qua Ban Xây dựng Đảng" goes through that board first; what the
//! office cannot answer goes above, and the answer that comes back is entered by the clerk.

mod above;
mod shown;
mod voice;

pub use above::{Above, route_above};
pub(crate) use shown::{ExampleText, title_of_example};
pub use voice::{
    MOST_MONTHS, MOST_TITLE, USUAL_MONTHS, WarningWords, grant_appeal, judge, keep_receipt, publish, publishable, refer, unpublish, warn,
    warn_anew,
};

use crate::loaded::reach;
use crate::open::{Work, found};
use crate::snapshot::Snapshot;
use crate::views::{CaseView, HistoryRow};
use crate::{App, Result, addressees};
use programme::decide::{self, Refusal};
use programme::event::Payload;
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::tree;
use shown::{joined, views};
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
    let events = decide::open_case(Case { task, via, to, ..Case::new(id.clone(), kind, unit, text) }, by, reach)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

impl Snapshot {
    /// The unit through which the letter of a task wants difficulties reported.
    fn route(&self, key: &TaskKey, now: Moment) -> Option<UnitId> {
        let letter = &self.tasks.get(key)?.facts.letter;
        let via = self.metas.get(letter)?.difficulties_via.clone()?;
        addressees::expand(&[via], &self.called(now)).into_iter().next()
    }
}

/// Passes a case on to a unit that is known here.
pub async fn route(app: &App, by: &Actor, id: &CaseId, to: &UnitId, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    if !tree::BUILT_IN.contains_key(to) {
        found(store::unit::get(&mut work.tx, to.as_str()).await?, SubjectKind::Unit, to)?;
    }
    let note = work.note(note).await?;
    let events = decide::route_case(&case, by, to.clone(), note)?;
    work.append(events).await?;
    work.commit().await
}

/// Answers a case, and all that were joined into it. What came from a body above the office is entered here by who keeps
/// the register; the history says in whose name.
pub async fn answer(app: &App, by: &Actor, id: &CaseId, text: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let text = work.note(Some(text)).await?.ok_or(Refusal::EmptyText)?;
    let joined = joined_into(&mut work, id).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let events = decide::answer_case(&case, &joined, by, lies.seen(), &text)?;
    work.append(events).await?;
    work.commit().await
}

/// Joins a case into another one that asks the same; the answer to that one answers both.
pub async fn join(app: &App, by: &Actor, id: &CaseId, into: &CaseId) -> Result<()> {
    let mut work = app.work(by).await?;
    let (case, into) = (case(&mut work, id).await?, case(&mut work, into).await?);
    let lies = [Where::of(&mut work, by, &case).await?, Where::of(&mut work, by, &into).await?];
    let mut events = decide::join_case(&case, &into, by, [lies[0].seen(), lies[1].seen()])?;
    // What was joined into this one before asks the same as well.
    for other in joined_into(&mut work, id).await? {
        events.push(Payload::CaseJoined { case: other.facts.id.clone(), into: into.facts.id.clone() });
    }
    work.append(events).await?;
    work.commit().await
}

/// Closes a case; the asker's side closes what was answered and is told by that.
pub async fn close(app: &App, by: &Actor, id: &CaseId, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let note = work.note(note).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let asker = reach(&mut work, by, &case.facts.unit).await?;
    let events = decide::close_case(&case, by, lies.seen(), asker, note)?;
    work.append(events).await?;
    work.commit().await
}

pub(crate) async fn case(work: &mut Work, id: &CaseId) -> Result<Entry<Case>> {
    let case = found(store::cases::get(&mut work.tx, id.as_str()).await?, SubjectKind::Case, id)?;
    work.seen(&case);
    Ok(case)
}

/// Every case that was joined into this one.
async fn joined_into(work: &mut Work, id: &CaseId) -> Result<Vec<Entry<Case>>> {
    let mut all = store::cases::all(&mut work.tx).await?;
    all.retain(|c| joined(c).as_ref() == Some(id));
    all.iter().for_each(|c| work.seen(c));
    Ok(all)
}

/// Where a case lies, seen from who acts.
struct Where {
    office: UnitId,
    /// `None`: with a body outside of the office.
    reach: Option<decide::Reach>,
}

impl Where {
    async fn of(work: &mut Work, by: &Actor, case: &Entry<Case>) -> Result<Where> {
        let office = work.office.clone();
        let Some(unit) = decide::case_at(case) else { return Ok(Where { office, reach: Some(decide::Reach::Elsewhere) }) };
        let parents = crate::loaded::parents(&store::unit::all(&mut work.tx).await?);
        let inside = unit == office || decide::lies_below(&office, &unit, &parents);
        let reach = inside.then(|| decide::reach(by, &unit, &parents));
        Ok(Where { office, reach })
    }

    fn seen(&self) -> decide::Lies<'_> {
        self.reach.map_or(decide::Lies::Outside(&self.office), decide::Lies::Within)
    }
}

/// What was answered to a unit and not yet closed by its side: what it has to be told.
pub async fn told_to(app: &App, unit: &UnitId) -> Result<Vec<CaseView>> {
    let filter = CaseFilter { unit: Some(unit.clone()), open: true, ..CaseFilter::default() };
    let mut views = list(app, filter).await?;
    views.retain(|v| v.answered_at.is_some());
    Ok(views)
}

/// Every event of a case, in order.
pub async fn history(app: &App, id: &CaseId) -> Result<Vec<HistoryRow>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let mut rows = crate::history::of(&mut tx, &all, SubjectKind::Case, id.as_str()).await?;
    // Bodies outside of the office are known by their names only here.
    for row in rows.iter_mut().filter(|row| row.kind.starts_with("case_routed")) {
        row.other = row.other.take().map(|unit| unit.parse().map_or(unit, |id| all.unit_name(&id)));
    }
    Ok(rows)
}

/// Cases, the latest first.
pub async fn list(app: &App, filter: CaseFilter) -> Result<Vec<CaseView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let wanted = |case: &&Entry<Case>| {
        filter.kind.is_none_or(|k| k == case.facts.kind)
            && filter.unit.as_ref().is_none_or(|u| u == &case.facts.unit)
            && !(filter.open && case.has(MarkKind::Closed))
    };
    let mut views = views(&mut tx, &all, &all.cases.iter().filter(wanted).collect::<Vec<_>>()).await?;
    views.sort_by_key(|v| std::cmp::Reverse(v.opened_at));
    Ok(views)
}

pub async fn show(app: &App, id: &CaseId) -> Result<Option<CaseView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    match all.cases.iter().find(|c| &c.facts.id == id) {
        Some(case) => Ok(views(&mut tx, &all, &[case]).await?.pop()),
        None => Ok(None),
    }
}

pub(crate) async fn of_task(tx: &mut Tx, all: &Snapshot, key: &TaskKey) -> Result<Vec<CaseView>> {
    let of_task = |c: &&Entry<Case>| c.facts.task.as_ref() == Some(key) && c.facts.kind != CaseKind::GoodExample;
    views(tx, all, &all.cases.iter().filter(of_task).collect::<Vec<_>>()).await
}
