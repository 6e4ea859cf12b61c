//! Who may accept the work of a task: independent of the unit, and of the person who did it.

use crate::{App, Result, people};
use programme::decide;
use programme::ids::{PersonId, TaskKey, UnitId};
use std::collections::BTreeSet;

/// The names of everybody who may accept this task now, in the order of their roles in the ledger.
pub async fn judges(app: &App, key: &TaskKey) -> Result<Vec<String>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let Some(task) = all.tasks.get(key) else { return Ok(Vec::new()) };
    let doers: BTreeSet<&PersonId> = decide::doers(task, all.attached(key)).collect();
    let parents = all.parents();
    let mut judges: Vec<&PersonId> = Vec::new();
    for grant in all.grants_at(now).map(|grant| &grant.facts) {
        let acting = |unit: &UnitId| people::acting(&all, &grant.person, Some(unit), now);
        let judges_it = |by| decide::may_judge(&by, decide::reach(&by, &key.unit, &parents)).is_ok();
        let may = !doers.contains(&grant.person) && acting(&grant.unit).is_some_and(judges_it);
        if may && !judges.contains(&&grant.person) {
            judges.push(&grant.person);
        }
    }
    Ok(judges.into_iter().filter_map(|person| all.names.get(person).cloned()).collect())
}
