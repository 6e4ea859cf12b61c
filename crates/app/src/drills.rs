//! Drills: a neutral letter to the office's own people, to exercise reporting what looks suspicious.
//!
//! What counts is how many report and how soon. Nobody is named: tokens live until the drill is closed, only as digests; then
//! every row about a person is deleted, and figures of groups of ten or more are all that is left. Not here: the rules
//! ([`programme::drill`], [`decide`]), the lures (`content/drills/`).
//!
//! ```text
//! plan → enter(list) → approve (the head) → announce → start → round (by the program) → visit, report → close
//! ```

mod close;
mod domains;
mod list;
mod notice;
mod results;
mod seen;
mod send;
mod view;

pub use close::close;
pub use domains::{OwnDomain, add_domain, domains, remove_domain};
pub use list::{Entered, WRONG_LINES, WrongLine, enter};
pub use notice::{is_out, leave, left, opt_in, opt_out};
pub use results::{GroupResult, Results};
pub use seen::{Teaching, report, visit};
pub use send::{Sent, end, round};
pub use view::{DrillView, Letter, Progress, history, letters, list, show};

use crate::evidence::words;
use crate::mail::{self, MailProblem};
use crate::open::{Work, found};
use crate::{App, Error, Result};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::drill::{self, Lure, Told, Window};
use programme::ids::*;
use programme::model::*;
use serde::{Deserialize, Serialize};
use store::Tx;

/// A drill to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDrill {
    pub title: String,
    /// Id of a lure.
    pub lure: String,
    pub from: Date,
    pub until: Date,
    /// Letters in a second.
    pub per_s: u32,
    /// The tasks of the office that it serves.
    pub tasks: Vec<TaskKey>,
}

/// The private words of a drill, version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Plan {
    v: u8,
    title: String,
    lure: String,
    from: Date,
    until: Date,
    per_s: u32,
}

impl Plan {
    fn window(&self) -> Window {
        Window { from: self.from, until: self.until }
    }

    fn lure(&self) -> Option<&'static Lure> {
        drill::builtin().iter().find(|lure| lure.id == self.lure)
    }
}

/// Plans a drill of the office; nothing goes out before it was approved, announced and started.
pub async fn plan(app: &App, by: &Actor, new: NewDrill) -> Result<ActivityId> {
    let NewDrill { title, lure, from, until, per_s, tasks } = new;
    let mut work = app.work(by).await?;
    for key in &tasks {
        crate::loaded::load(&mut work, by, key).await?;
    }
    let plan = Plan { v: 1, title: crate::written::name(&title)?, lure, from, until, per_s };
    plan.lure().ok_or(Refusal::NotWanted)?;
    let json = programme::chain::canonical(&plan).map_err(store::Error::from)?;
    let (id, unit): (ActivityId, UnitId) = (work.ids.make(), work.office.clone());
    let activity = Activity {
        id: id.clone(),
        kind: ActivityKind::Drill,
        unit: unit.clone(),
        on: from,
        people: 0,
        tasks,
        evidence: None,
        note: None,
        plan: Some(work.text(&json).await?),
        planned: true,
        outreach: None,
        digital: None,
        reported: None,
    };
    let events = decide::plan_drill(activity, (plan.window(), per_s), (by, &unit), work.now)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// The head approves a drill as it was read ([`DrillView::read`]), for the days of its plan, with the signed paper where there is
/// one.
///
/// # Errors
/// [`Refusal::DrillChanged`] when the letter, the days or the list are no longer those that were read.
pub async fn approve(app: &App, by: &Actor, id: &ActivityId, read: &str, paper: Option<(String, Vec<u8>)>) -> Result<()> {
    let stored = crate::evidence::keep(app, paper.into_iter().collect()).await?.pop();
    let others = others(app, &by.person).await?;
    let mut work = app.work(by).await?;
    let (drill, plan) = known(&mut work, id).await?;
    let paper = match &stored {
        Some(file) => Some(work.file(file).await?),
        None => None,
    };
    let (office, window) = (work.office.clone(), plan.window());
    let list = store::drill::all(&mut work.tx, id).await?;
    let n = list.len() as u64;
    let events = decide::approve_drill(&drill, (window, window), (n, others), paper, (by, &office), work.now)?;
    if view::fingerprint(&drill, &list) != read {
        return Err(Refusal::DrillChanged.into());
    }
    work.append(events).await?;
    work.commit().await
}

/// Whether the office has people beside this one: then nobody approves what they planned.
pub async fn others(app: &App, person: &PersonId) -> Result<bool> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    Ok(all.grants_at(now).any(|grant| grant.facts.unit == all.office && &grant.facts.person != person))
}

/// Staff were told on a day, on paper or at a meeting; `None`: the program tells each of them by mail, from now on.
pub async fn announce(app: &App, by: &Actor, id: &ActivityId, on: Option<Date>) -> Result<()> {
    if on.is_none() {
        may_send_from(app).await?;
    }
    let mut work = app.work(by).await?;
    let (drill, plan) = known(&mut work, id).await?;
    let told = Told { on: on.unwrap_or(work.now.day()), by_mail: on.is_none() };
    let office = work.office.clone();
    let events = decide::announce_drill(&drill, told, plan.window(), (by, &office), work.now)?;
    work.append(events).await?;
    work.commit().await
}

/// Starts a drill; its letters go out on the days that were approved.
pub async fn start(app: &App, by: &Actor, id: &ActivityId) -> Result<()> {
    may_send_from(app).await?;
    let mut work = app.work(by).await?;
    let (drill, plan) = known(&mut work, id).await?;
    let n = addresses(&mut work.tx, id).await?;
    let office = work.office.clone();
    let events = decide::start_drill(&drill, plan.window(), n, (by, &office), work.now)?;
    work.append(events).await?;
    work.commit().await
}

/// Mail is set up, and its sender is one of the office's own addresses: a drill borrows nobody's name.
async fn may_send_from(app: &App) -> Result<()> {
    let server = mail::server(app).await?.ok_or(MailProblem::NotSetUp)?;
    let mut tx = app.inner.db.read().await?;
    let own = domains::own(app, &mut tx).await?;
    if drill::is_own(&server.settings.sender, &own) { Ok(()) } else { Err(Refusal::DrillSender.into()) }
}

/// Stops a drill at once; one that was not started is called off, and its list deleted.
pub async fn stop(app: &App, by: &Actor, id: &ActivityId, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let (drill, _) = known(&mut work, id).await?;
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let office = work.office.clone();
    let events = decide::stop_drill(&drill, reason, (by, &office), work.now)?;
    if !drill.has(MarkKind::Started) {
        store::drill::forget(&mut work.tx, id).await?;
    }
    work.append(events).await?;
    work.commit().await?;
    crate::texts::leave_no_trace(app).await;
    Ok(())
}

/// A person looked into the mail server's log: a letter of which nobody knew went (`arrived`), or it goes once more. One that was
/// refused goes once more too.
pub async fn settle(app: &App, by: &Actor, id: &ActivityId, number: i64, arrived: bool) -> Result<()> {
    let mut work = app.work(by).await?;
    known(&mut work, id).await?;
    decide::may_drill(by, &work.office)?;
    let letter = found(store::drill::one(&mut work.tx, id, number).await?, SubjectKind::Activity, id)?;
    let (to, at) = if arrived { ("sent", Some(work.now)) } else { ("pending", None) };
    let settled = match letter.state.as_str() {
        "unknown" => store::drill::settle(&mut work.tx, id, number, ("unknown", to), [at, None]).await?,
        "refused" if !arrived => store::drill::settle(&mut work.tx, id, number, ("refused", to), [None, None]).await?,
        _ => false,
    };
    if !settled {
        return Err(Refusal::AlreadyDone.into());
    }
    work.commit().await
}

async fn known(work: &mut Work, id: &ActivityId) -> Result<(Entry<Activity>, Plan)> {
    let entry = store::activity::get(&mut work.tx, id.as_str()).await?.filter(|a| a.facts.kind == ActivityKind::Drill);
    let entry = found(entry, SubjectKind::Activity, id)?;
    work.seen(&entry);
    let plan = plan_of(&mut work.tx, &entry).await?.ok_or(Refusal::DrillOver)?;
    Ok((entry, plan))
}

/// The plan of a drill; `None` where it was erased.
async fn plan_of(tx: &mut Tx, drill: &Entry<Activity>) -> Result<Option<Plan>> {
    let Some(body) = words(tx, drill.facts.plan.as_ref()).await? else { return Ok(None) };
    let bad = |e: serde_json::Error| Error::BadRecord { id: drill.facts.id.to_string(), what: e.to_string() };
    serde_json::from_str(&body).map(Some).map_err(bad)
}

async fn addresses(tx: &mut Tx, id: &ActivityId) -> Result<u64> {
    Ok(store::drill::states(tx, id).await?.values().sum())
}
