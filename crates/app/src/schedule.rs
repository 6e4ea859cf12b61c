//! The scheduler: opens the tasks of the period that has begun, in the program's own name.
//!
//! Run as often as one likes; what is open already is not opened again. Not here: which tasks ([`programme::schedule`]) and
//! when it is run (the rim).

use crate::open::Work;
use crate::{App, Result};
use programme::event::Payload;
use programme::ids::{PersonId, TaskKey, UnitId};
use programme::model::*;
use programme::schedule;
use std::collections::{BTreeMap, BTreeSet};

/// The program as an actor of the office: it holds no role and needs none for what nobody decides.
pub(crate) fn program(office: &UnitId) -> Actor {
    Actor { person: PersonId::program(), unit: office.clone(), roles: Vec::new(), below: Vec::new() }
}

/// Opens what has to be opened today; returns the new tasks.
pub async fn run(app: &App) -> Result<Vec<TaskKey>> {
    let Some(all) = app.try_snapshot().await? else { return Ok(Vec::new()) };
    // Most days nothing begins; then nobody has to wait for the ledger.
    let waiting = all.obligations.values().any(|o| o.facts.recurs.is_some());
    if !waiting {
        return Ok(Vec::new());
    }
    let mut work = app.work(&program(&all.office)).await?;
    let events = events(&mut work).await?;
    let key = |event: &Payload| match event {
        Payload::TaskAssigned(task) => Some(task.key.clone()),
        _ => None,
    };
    let keys: Vec<TaskKey> = events.iter().filter_map(key).collect();
    if !events.is_empty() {
        work.append(events).await?;
        work.commit().await?;
    }
    Ok(keys)
}

async fn events(work: &mut Work) -> Result<Vec<Payload>> {
    let units: Vec<Unit> = store::unit::all(&mut work.tx).await?.into_iter().map(|u| u.facts).collect();
    let mut tasks: BTreeMap<_, Vec<Entry<Task>>> = BTreeMap::new();
    for task in store::things::tasks_in_brief(&mut work.tx).await? {
        tasks.entry(task.facts.key.obligation.clone()).or_default().push(task);
    }
    let stands: BTreeSet<TaskKey> = tasks.values().flatten().filter(|t| t.stands(work.now)).map(|t| t.facts.key.clone()).collect();
    let mut events = Vec::new();
    for obligation in store::obligation::all(&mut work.tx).await? {
        let Some(of) = tasks.get(&obligation.facts.id) else { continue };
        let new = schedule::to_open(&obligation, of, &units, work.now);
        if !new.is_empty() {
            work.seen(&obligation);
            of.iter().for_each(|task| work.seen(task));
        }
        events.extend(new);
    }
    Ok(schedule::rooted(events, &stands))
}
