//! Tasks: assign, and what the units and the level above say of them.
//!
//! Every command is one transaction: load, decide, append, commit.

mod judges;
mod time;

pub use judges::judges;
pub use time::{ExtensionDecision, ask_extension, decide_extension, hold, resume};

use crate::addressees::{self, Called};
use crate::letters::ObligationText;
use crate::loaded::{Loaded, load, parents, registered, units_below};
use crate::open::{Work, found};
use crate::views::*;
use crate::{App, Result, history};
use jiff::civil::Date;
use programme::decide::{self, Reach, Refusal};
use programme::direction::Directed;
use programme::event::Payload;
use programme::ids::{LetterId, ObligationId, TaskKey, UnitId};
use programme::model::*;
use programme::moment::Moment;
use programme::period::{Bounds, Period};
use programme::task::TaskState;
use std::sync::Arc;
use text::fold::search_key;

/// Which units get an obligation, for which period, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assign {
    pub obligation: ObligationId,
    /// Empty: the units that the addressees expand to; where they name none of the office, the one that the head directed,
    /// with its helpers.
    pub to: Vec<UnitId>,
    /// `None`: the period that today lies in, by the obligation's recurrence.
    pub period: Option<Period>,
    /// `None`: the obligation's own date; where it has none and names no unit, that of the head's direction; or none.
    pub due: Option<Date>,
    /// The task of the level above that these serve.
    pub parent: Option<TaskKey>,
    /// Units that help; they see the task, the unit does it.
    pub cooperating: Vec<UnitId>,
}

impl Assign {
    /// The obligation, given to whom its addressees mean, until when it says itself.
    pub fn of(obligation: ObligationId) -> Assign {
        Assign { obligation, to: Vec::new(), period: None, due: None, parent: None, cooperating: Vec::new() }
    }
}

/// Which tasks to list; empty: all that stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    pub unit: Option<UnitId>,
    /// Tasks in which this unit helps another.
    pub cooperating: Option<UnitId>,
    pub letter: Option<LetterId>,
    pub obligation: Option<ObligationId>,
    pub period: Option<Period>,
    pub state: Option<TaskState>,
    pub overdue: bool,
    /// Words that must all occur in the task's sentence, its letter's number or its unit's name, with or without accents.
    pub words: Option<String>,
}

/// Whether all words, folded, stand in a task.
fn says(row: &TaskRow, words: &[&str]) -> bool {
    let said = [row.section.as_deref(), row.text.as_deref(), row.letter_code.as_deref(), Some(&row.unit_name)];
    let said = search_key(&said.into_iter().flatten().collect::<Vec<_>>().join(" "));
    words.iter().all(|word| said.contains(word))
}

pub async fn list(app: &App, filter: TaskFilter) -> Result<Vec<Arc<TaskRow>>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let wanted = |t: &&Entry<Task>| {
        let facts = &t.facts;
        filter.unit.as_ref().is_none_or(|u| u == &facts.key.unit)
            && filter.cooperating.as_ref().is_none_or(|u| facts.cooperating.contains(u))
            && filter.letter.as_ref().is_none_or(|l| l == &facts.letter)
            && filter.obligation.as_ref().is_none_or(|o| o == &facts.key.obligation)
            && filter.period.is_none_or(|p| p == facts.key.period)
            && filter.state.map_or(t.stands(now), |s| s == t.state(now))
            && (!filter.overdue || t.overdue(now))
    };
    let words = filter.words.as_deref().map(search_key).unwrap_or_default();
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let rows = all.tasks.values().filter(wanted).map(|t| all.task_row(t, now));
    let mut rows: Vec<Arc<TaskRow>> = rows.filter(|row| words.is_empty() || says(row, &words)).collect();
    // What is due first stands first; what has no date stands last.
    rows.sort_by(|a, b| (a.due.is_none(), a.due, &a.key).cmp(&(b.due.is_none(), b.due, &b.key)));
    Ok(rows)
}

/// What a task asks for, as its slip says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The sentence of the letter; `None` after erasure.
    pub quote: Option<String>,
    /// Kinds of evidence that would prove it.
    pub needs: Vec<Need>,
}

/// What each of these tasks asks for, in their order.
pub async fn asked(app: &App, rows: &[Arc<TaskRow>]) -> Result<Vec<Asked>> {
    let all = app.snapshot().await?;
    let asked = |row: &Arc<TaskRow>| Asked {
        quote: all.words.get(&row.key.obligation).map(|words| words.quote.clone()),
        needs: all.obligations.get(&row.key.obligation).map(|o| o.facts.needs.clone()).unwrap_or_default(),
    };
    Ok(rows.iter().map(asked).collect())
}

pub async fn show(app: &App, key: &TaskKey) -> Result<Option<TaskView>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let Some(task) = all.tasks.get(key) else { return Ok(None) };
    let Some(obligation) = all.obligations.get(&key.obligation) else { return Ok(None) };
    let mut tx = app.inner.db.read().await?;
    let mut evidence = Vec::new();
    for entry in all.attached(key) {
        evidence.push(crate::evidence::view(&mut tx, &all, entry).await?);
    }
    evidence.sort_by_key(|e| e.received_at);
    let mut rows = history::of(&mut tx, &all, SubjectKind::Task, &key.to_string()).await?;
    for view in &evidence {
        rows.extend(history::of(&mut tx, &all, SubjectKind::Evidence, view.id.as_str()).await?);
    }
    rows.sort_by(|a, b| (a.at, &a.office, a.seq).cmp(&(b.at, &b.office, b.seq)));
    let mut activities = Vec::new();
    for activity in all.activities.iter().filter(|a| a.facts.tasks.contains(key)) {
        activities.push(crate::evidence::activity_view(&mut tx, activity).await?);
    }
    Ok(Some(TaskView {
        row: all.task_row(task, now),
        doers: decide::doers(task, all.attached(key)).cloned().collect(),
        obligation: all.obligation_view(obligation, &all.called(now), now),
        parent: task.facts.parent.clone(),
        children: all.tasks.values().filter(|t| t.facts.parent.as_ref() == Some(key)).map(|t| all.task_row(t, now)).collect(),
        evidence,
        cases: crate::cases::of_task(&mut tx, &all, key).await?,
        activities,
        history: rows,
    }))
}

/// Gives an obligation to units; a group addressee expands to its units here.
pub async fn assign(app: &App, by: &Actor, what: Assign) -> Result<Vec<TaskKey>> {
    let mut work = app.work(by).await?;
    may_assign(&mut work, by, &what.to).await?;
    let assigned = assign_in(&mut work, &what).await?;
    work.commit().await?;
    Ok(assigned)
}

/// Gives every confirmed obligation of a letter to the units that its addressees expand to.
/// Obligations whose addressees name no unit of this office are left for a person to assign.
pub async fn assign_all(app: &App, by: &Actor, letter: &LetterId) -> Result<Vec<TaskKey>> {
    let mut work = app.work(by).await?;
    may_assign(&mut work, by, &[]).await?;
    registered(&mut work, letter).await?;
    let obligations = store::obligation::about(&mut work.tx, letter.as_str()).await?;
    let mut assigned = Vec::new();
    for obligation in obligations.iter().filter(|o| decide::holds(o)) {
        let id = obligation.facts.id.clone();
        let what = Assign::of(id);
        match assign_in(&mut work, &what).await {
            Ok(keys) => assigned.extend(keys),
            Err(crate::Error::Refused(Refusal::NoUnit | Refusal::AlreadyAssigned)) => {}
            Err(e) => return Err(e),
        }
    }
    work.commit().await?;
    Ok(assigned)
}

/// Passes a task on to units below: a derived obligation with the same words, and tasks that serve the first one.
/// Roll-up counts the first task only.
pub async fn delegate(app: &App, by: &Actor, key: &TaskKey, to: &[UnitId], due: Option<Date>) -> Result<Vec<TaskKey>> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    may_assign(&mut work, by, to).await?;
    let id = &key.obligation;
    let source = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    work.seen(&source);
    let Whom { units, .. } = whom(&mut work, &source, to).await?;
    let mut children = Vec::new();
    for unit in &units {
        children.extend(store::task::by_unit(&mut work.tx, unit.id.as_str()).await?);
    }
    let what = decide::Delegation { task: &task, source: &source.facts, units: &units, children: &children, due };
    let events = decide::delegate(what, &work.ids.make(), by, reach, now)?;
    let keys = assigned(&events);
    work.append(events).await?;
    work.commit().await?;
    Ok(keys)
}

/// Only to one's own unit or to units below.
async fn may_assign(work: &mut Work, by: &Actor, to: &[UnitId]) -> Result<()> {
    if !by.roles.iter().any(|role| role.acts()) {
        return Err(Refusal::RoleMissing { role: Role::Clerk }.into());
    }
    let parents = parents(&store::unit::all(&mut work.tx).await?);
    // Without names, the addressees below the office are meant.
    let from_office = by.unit == work.office;
    let within = |unit: &UnitId| decide::reach(by, unit, &parents) != Reach::Elsewhere;
    let may = if to.is_empty() { from_office } else { to.iter().all(within) };
    if may { Ok(()) } else { Err(Refusal::NotYours.into()) }
}

fn assigned(events: &[Payload]) -> Vec<TaskKey> {
    let key = |event: &Payload| match event {
        Payload::TaskAssigned(task) => Some(task.key.clone()),
        _ => None,
    };
    events.iter().filter_map(key).collect()
}

async fn assign_in(work: &mut Work, what: &Assign) -> Result<Vec<TaskKey>> {
    let id = &what.obligation;
    let obligation = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    let letter_date = registered(work, &obligation.facts.letter).await?.facts.date;
    let existing = store::task::about(&mut work.tx, id.as_str()).await?;
    let Whom { units, directed } = whom(work, &obligation, &what.to).await?;
    let recurs = obligation.facts.recurs;
    let period = what.period.unwrap_or_else(|| Period::containing(work.now.day(), recurs, Bounds::Calendar));
    work.seen(&obligation);
    let directed_due = directed.as_ref().and_then(|d| d.due).filter(|_| obligation.facts.due.is_none());
    let helpers = match directed {
        Some(directed) if what.to.is_empty() && what.cooperating.is_empty() => directed.cooperating,
        _ => what.cooperating.clone(),
    };
    let assignment = decide::Assignment {
        obligation: &obligation,
        units: &units,
        existing: &existing,
        period,
        due: what.due.or(directed_due),
        letter_date,
        parent: what.parent.as_ref(),
        cooperating: &helpers,
    };
    let events = decide::assign(assignment, work.now)?;
    let keys = assigned(&events);
    work.append(events).await?;
    Ok(keys)
}

/// Who gets an obligation.
struct Whom {
    units: Vec<Unit>,
    /// The head's direction, where the addressees name no unit of the office.
    directed: Option<Directed>,
}

/// The units named, or those that the addressees expand to; where they are none, the one that the head directed.
async fn whom(work: &mut Work, obligation: &Entry<Obligation>, named: &[UnitId]) -> Result<Whom> {
    let (meant, open) = meant(work, obligation).await?;
    let letter = &obligation.facts.letter;
    let letter = store::letter::get(&mut work.tx, letter.as_str()).await?;
    let directed = letter.as_ref().and_then(|l| l.direction(work.now)).map(|(_, directed)| directed).filter(|_| open);
    if let Some(letter) = letter.filter(|_| directed.is_some()) {
        work.seen(&letter);
    }
    if named.is_empty() && directed.is_none() {
        return Ok(Whom { units: meant, directed });
    }
    let wanted = |unit: &Unit| match &directed {
        Some(directed) if named.is_empty() => unit.id == directed.lead,
        _ => named.contains(&unit.id),
    };
    let units = store::unit::all(&mut work.tx).await?.into_iter().map(|u| u.facts).filter(wanted).collect();
    Ok(Whom { units, directed })
}

/// The units below the office that the addressees expand to, and whether they leave open who sees to it.
async fn meant(work: &mut Work, obligation: &Entry<Obligation>) -> Result<(Vec<Unit>, bool)> {
    let now = work.now.day();
    let mut units = units_below(work).await?;
    units.retain(|u| u.valid_to.is_none_or(|to| now <= to));
    let units: Vec<Called> = units.into_iter().map(Called::of).collect();
    let words: ObligationText = private(work, &obligation.facts.text).await?.ok_or(Refusal::NoLongerHolds)?;
    let letter = store::letter::get(&mut work.tx, obligation.facts.letter.as_str()).await?;
    let meta: LetterMeta = match letter.and_then(|l| l.facts.meta) {
        Some(meta) => private(work, &meta).await?.unwrap_or_default(),
        None => LetterMeta::default(),
    };
    let open = addressees::leaves_open(&meta.to, &words.to, &units);
    let meant = addressees::expand_in(&meta.to, &words.to, &units);
    Ok((units.into_iter().map(|u| u.unit).filter(|u| meant.contains(&u.id)).collect(), open))
}

/// A private record; `None` after erasure.
async fn private<T: serde::de::DeserializeOwned>(work: &mut Work, sealed: &Sealed) -> Result<Option<T>> {
    let body = store::content::get(&mut work.tx, &sealed.id).await?.and_then(|c| c.body);
    let bad = |e: serde_json::Error| crate::Error::BadRecord { id: sealed.id.to_string(), what: e.to_string() };
    body.map(|body| serde_json::from_str(&body).map_err(bad)).transpose()
}

pub async fn acknowledge(app: &App, by: &Actor, key: &TaskKey) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let events = decide::acknowledge(&task, by, reach, now)?;
    work.append(events).await?;
    work.commit().await
}

/// Acknowledges every task of one's own unit that was given out by then (`seen`: when the list was shown) and that nobody
/// acknowledged; how many they were.
pub async fn acknowledge_all(app: &App, by: &Actor, seen: Moment) -> Result<usize> {
    let mut work = app.work(by).await?;
    let now = work.now;
    let tasks = store::task::by_unit(&mut work.tx, by.unit.as_str()).await?;
    let waits = |task: &&Entry<Task>| task.state(now) == TaskState::Assigned && task.stamp.at <= seen;
    let mut events = Vec::new();
    for task in tasks.iter().filter(waits) {
        work.seen(task);
        events.extend(decide::acknowledge(task, by, Reach::Own, now)?);
    }
    let n = events.len();
    if n == 0 {
        return Err(Refusal::AlreadyDone.into());
    }
    work.append(events).await?;
    work.commit().await?;
    Ok(n)
}

pub async fn progress(app: &App, by: &Actor, key: &TaskKey, note: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let note = work.note(Some(note)).await?.ok_or(Refusal::EmptyText)?;
    let events = decide::progress(&task, by, reach, now, note)?;
    work.append(events).await?;
    work.commit().await
}

pub async fn declare(app: &App, by: &Actor, key: &TaskKey, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let note = work.note(note).await?;
    let events = decide::declare(&task, by, reach, now, note)?;
    work.append(events).await?;
    work.commit().await
}

pub async fn return_for_more(app: &App, by: &Actor, key: &TaskKey, note: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let note = work.note(Some(note)).await?.ok_or(Refusal::EmptyText)?;
    let events = decide::return_for_more(&task, by, reach, now, note)?;
    work.append(events).await?;
    work.commit().await
}

pub async fn accept(app: &App, by: &Actor, key: &TaskKey, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let mut evidence = Vec::new();
    for id in store::things::linked(&mut work.tx, SubjectKind::Evidence, "proves", &key.to_string()).await? {
        evidence.extend(store::evidence::get(&mut work.tx, &id).await?);
    }
    evidence.iter().for_each(|e| work.seen(e));
    let note = work.note(note).await?;
    let id = &key.obligation;
    let obligation = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    let events = decide::accept(&task, &obligation.facts.needs, &evidence, by, reach, now, note)?;
    work.append(events).await?;
    work.commit().await
}

pub async fn withdraw(app: &App, by: &Actor, key: &TaskKey, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let note = work.note(note).await?;
    let events = decide::withdraw_task(&task, by, reach, now, note)?;
    work.append(events).await?;
    work.commit().await
}
