//! The time a task has: asking for more, answering that, pausing and going on.

use crate::loaded::{Loaded, load};
use crate::open::Work;
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide::{self, ExtensionAnswer, Refusal};
use programme::ids::TaskKey;
use programme::model::{Actor, Task};

/// The answer to a request for more time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExtensionDecision {
    pub granted: bool,
    /// `None`: the day that was asked for.
    pub until: Option<Date>,
    /// Needed where it is refused.
    pub note: Option<String>,
}

/// Asks for more time, until a day later than the present due day.
pub async fn ask_extension(app: &App, by: &Actor, key: &TaskKey, until: Date, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let last = last_day(&mut work, &task.facts).await?;
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let events = decide::ask_extension(&task, last, by, reach, now, until, reason)?;
    work.append(events).await?;
    work.commit().await
}

/// Answers the request that waits.
pub async fn decide_extension(app: &App, by: &Actor, key: &TaskKey, decision: ExtensionDecision) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let last = last_day(&mut work, &task.facts).await?;
    let ExtensionDecision { granted, until, note } = decision;
    let note = work.note(note.as_deref()).await?;
    let events = decide::decide_extension(&task, last, by, reach, now, ExtensionAnswer { granted, until, note })?;
    work.append(events).await?;
    work.commit().await
}

/// The due day of the task that this one serves.
async fn last_day(work: &mut Work, task: &Task) -> Result<Option<Date>> {
    let Some(parent) = &task.parent else { return Ok(None) };
    let parent = store::task::get(&mut work.tx, &parent.to_string()).await?;
    parent.iter().for_each(|parent| work.seen(parent));
    Ok(parent.and_then(|parent| parent.due(work.now)))
}

/// Pauses a task; the side that assigned it says why.
pub async fn hold(app: &App, by: &Actor, key: &TaskKey, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let events = decide::hold(&task, by, reach, now, reason)?;
    work.append(events).await?;
    work.commit().await
}

/// Lets a paused task go on.
pub async fn resume(app: &App, by: &Actor, key: &TaskKey, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let Loaded { task, reach, now } = load(&mut work, by, key).await?;
    let note = work.note(note).await?;
    let events = decide::resume(&task, by, reach, now, note)?;
    work.append(events).await?;
    work.commit().await
}
