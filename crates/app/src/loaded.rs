//! A task as a command sees it: loaded in its transaction, with where it lies from the actor.
//!
//! Not for reading pages, which see a snapshot.

use crate::Result;
use crate::open::{Work, found};
use programme::decide::{self, Reach};
use programme::ids::{LetterId, TaskKey, UnitId};
use programme::model::*;
use programme::moment::Moment;
use std::collections::BTreeMap;

pub(crate) fn parents(units: &[Entry<Unit>]) -> BTreeMap<UnitId, UnitId> {
    units.iter().filter_map(|u| Some((u.facts.id.clone(), u.facts.parent.clone()?))).collect()
}

/// The task, where it lies from the actor, and the time of the command.
pub(crate) struct Loaded {
    pub(crate) task: Entry<Task>,
    pub(crate) reach: Reach,
    pub(crate) now: Moment,
}

pub(crate) async fn load(work: &mut Work, by: &Actor, key: &TaskKey) -> Result<Loaded> {
    let task = found(store::task::get(&mut work.tx, &key.to_string()).await?, SubjectKind::Task, key)?;
    let reach = reach(work, by, &key.unit).await?;
    work.seen(&task);
    Ok(Loaded { task, reach, now: work.now })
}

/// The letter, which the decision is taken on: one of the register, not one that was taken out of it.
pub(crate) async fn registered(work: &mut Work, id: &LetterId) -> Result<Entry<Letter>> {
    let letter = found(store::letter::get(&mut work.tx, id.as_str()).await?, SubjectKind::Letter, id)?;
    work.seen(&letter);
    decide::in_register(&letter)?;
    Ok(letter)
}

/// The units below the office, closed ones too.
pub(crate) async fn units_below(work: &mut Work) -> Result<Vec<Unit>> {
    let all = store::unit::all(&mut work.tx).await?;
    let parents = parents(&all);
    let below = |unit: &Unit| decide::lies_below(&work.office, &unit.id, &parents);
    Ok(all.into_iter().map(|u| u.facts).filter(below).collect())
}

pub(crate) async fn reach(work: &mut Work, by: &Actor, unit: &UnitId) -> Result<Reach> {
    let units = store::unit::all(&mut work.tx).await?;
    Ok(decide::reach(by, unit, &parents(&units)))
}
