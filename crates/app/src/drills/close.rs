//! Closing a drill: figures of groups become evidence, and every row about a person goes, in one transaction.

use super::{Results, known, plan_of};
use crate::open::found;
use crate::{App, Result};
use programme::decide;
use programme::ids::{ActivityId, EvidenceId};
use programme::model::*;

/// The file of a result.
const FILE: &str = "ket-qua-dien-tap.json";

/// Closes a drill that was started.
pub async fn close(app: &App, by: &Actor, id: &ActivityId) -> Result<()> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let entry = store::activity::get(&mut tx, id.as_str()).await?.filter(|a| a.facts.kind == ActivityKind::Drill);
    let entry = found(entry, SubjectKind::Activity, id)?;
    let plan = plan_of(&mut tx, &entry).await?.ok_or(decide::Refusal::DrillOver)?;
    let lure = plan.lure().ok_or(decide::Refusal::DrillOver)?;
    // Refused before anything is written.
    decide::close_drill(&entry, entry.facts.clone(), (by, &all.office), app.now())?;
    let letters = store::drill::all(&mut tx, id).await?;
    drop(tx);
    let results = Results::count(&all, id, (lure, plan.window()), &letters);
    let file = app.store_file(FILE, results.written()?).await?;

    let mut work = app.work(by).await?;
    let (entry, _) = known(&mut work, id).await?;
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
        content: Some(work.file(&file).await?),
        note: None,
        supersedes: None,
        proves: None,
    };
    let people = u32::try_from(results.sent).unwrap_or(u32::MAX);
    let on = facts.on.min(work.now.day());
    let reported = results.is_shown().then(|| u32::try_from(results.reported).unwrap_or(u32::MAX));
    let recorded = Activity { on, people, reported, evidence: Some(evidence.id.clone()), ..facts.clone() };
    let office = work.office.clone();
    let mut events = decide::attach(evidence, &tasks, by, decide::Reach::Own, work.now)?;
    events.extend(decide::close_drill(&entry, recorded, (by, &office), work.now)?);
    store::drill::forget(&mut work.tx, id).await?;
    work.append(events).await?;
    work.commit().await?;
    crate::texts::leave_no_trace(app).await;
    Ok(())
}
