//! Inspections that come round: this machine, a folder of it; each day, week or month at an hour.
//!
//! Made by the installation's administrator, run by the scheduler in the program's own name, recorded like any other run,
//! with its evidence ([`crate::runs`]). Read-only, one at a time. Times that were missed are made up for by one run.

use crate::assets::{self, AssetRow};
use crate::runs::{self, InspectRequest, ScanRequest};
use crate::schedule::program;
use crate::{App, Error, Result};
use jiff::ToSpan as _;
use jiff::civil::Date;
use programme::decide;
use programme::ids::{AssetId, UnitId};
use programme::model::{Actor, Verdict};
use programme::moment::Moment;
use std::collections::BTreeMap;
use std::path::PathBuf;
use store::plan::{self, Plan};

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    /// The machine that the program runs on.
    Host,
    /// A folder of it, for secret marks and personal data.
    Files(PathBuf),
}

programme::codes! {
    /// How often.
    Every {
        Day = "day",
        /// On Mondays.
        Week = "week",
        /// On the first day.
        Month = "month",
    }
}

impl Every {
    /// The latest day, this one or an earlier one, on which it comes round.
    fn last_on(self, day: Date) -> Date {
        match self {
            Every::Day => day,
            Every::Week => day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
            Every::Month => day.first_of_month(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    pub unit: UnitId,
    pub what: Planned,
    /// How the machine or the set of data is called.
    pub name: String,
    pub every: Every,
    /// Hour of the day in Vietnam, 0 to 23.
    pub hour: i8,
}

/// A plan as the administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    pub id: String,
    pub unit_name: String,
    pub name: String,
    pub path: Option<String>,
    pub every: Every,
    pub hour: i64,
    pub done_at: Option<Moment>,
    /// Why the last run came to nothing; a code of the family `plan-problem`.
    pub problem: Option<String>,
    /// Checks that the last run found worse than the run before.
    pub worse: i64,
}

/// Plans of one installation: one machine needs no more.
const MOST_PLANS: usize = 20;
/// A run that was claimed so long ago was cut off: it is taken up again.
const LEFT_MINUTES: i64 = 6 * 60;
const HOST: &str = "host";
const FILES: &str = "files";

/// Plans an inspection; its first run is at the next time that comes round.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`]; [`Error::Plan`]: `no_folder`, `bad_hour`, `too_many`; refusals for the name.
pub async fn add(app: &App, by: &Actor, new: NewPlan) -> Result<()> {
    decide::may_administer(by)?;
    let name = crate::written::name(&new.name)?;
    if !(0..24).contains(&new.hour) {
        return Err(Error::Plan("bad_hour"));
    }
    let path = match &new.what {
        Planned::Host => None,
        Planned::Files(path) if path.is_absolute() && path.is_dir() => Some(path.display().to_string()),
        Planned::Files(_) => return Err(Error::Plan("no_folder")),
    };
    let all = app.snapshot().await?;
    crate::open::found(all.units.get(&new.unit), programme::model::SubjectKind::Unit, &new.unit)?;
    let now = app.now();
    let id = app.ids()?.make::<programme::ids::ContentId>().to_string();
    let mut tx = app.inner.db.write().await?;
    if plan::all(&mut tx).await?.len() >= MOST_PLANS {
        return Err(Error::Plan("too_many"));
    }
    let kind = if path.is_some() { FILES } else { HOST }.to_owned();
    let (unit, every, hour) = (new.unit, new.every.as_str().to_owned(), i64::from(new.hour));
    let row = Plan {
        id,
        unit,
        kind,
        name,
        path,
        every,
        hour,
        made_at: now,
        slot: None,
        claimed_at: None,
        done_at: None,
        problem: None,
        worse: 0,
    };
    plan::put(&mut tx, &row).await?;
    Ok(tx.commit().await?)
}

/// Every plan; for the administrator, because a folder's path stands in it.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`].
pub async fn list(app: &App, by: &Actor) -> Result<Vec<PlanView>> {
    decide::may_administer(by)?;
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let view = |p: Plan| PlanView {
        unit_name: all.unit_name(&p.unit),
        every: p.every.parse().unwrap_or(Every::Month),
        id: p.id,
        name: p.name,
        path: p.path,
        hour: p.hour,
        done_at: p.done_at,
        problem: p.problem,
        worse: p.worse,
    };
    Ok(plan::all(&mut tx).await?.into_iter().map(view).collect())
}

/// Ends a plan; what its runs recorded stays.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`].
pub async fn remove(app: &App, by: &Actor, id: &str) -> Result<bool> {
    decide::may_administer(by)?;
    let mut tx = app.inner.db.write().await?;
    let removed = plan::remove(&mut tx, id).await?;
    tx.commit().await?;
    Ok(removed)
}

/// Says that somebody looked at what got worse; the reminder goes.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`].
pub async fn seen(app: &App, by: &Actor) -> Result<()> {
    decide::may_administer(by)?;
    let mut tx = app.inner.db.write().await?;
    for row in plan::all(&mut tx).await?.into_iter().filter(|p| p.worse > 0) {
        plan::put(&mut tx, &Plan { worse: 0, ..row }).await?;
    }
    Ok(tx.commit().await?)
}

/// Runs every plan whose time has come, one after the other; returns the names of those that ran.
pub async fn run(app: &App) -> Result<Vec<String>> {
    let mut ran = Vec::new();
    while let Some(row) = claim(app).await? {
        let outcome = run_one(app, &row).await;
        let problem = match &outcome {
            Ok(_) => None,
            Err(Error::Plan(code)) => Some((*code).to_owned()),
            Err(error) => {
                tracing::error!("a planned inspection failed: {error}");
                Some("failed".to_owned())
            }
        };
        let worse = outcome.unwrap_or_default();
        ran.push(row.name.clone());
        let mut tx = app.inner.db.write().await?;
        // Ended meanwhile: then it stays ended.
        if let Some(now) = plan::all(&mut tx).await?.into_iter().find(|p| p.id == row.id) {
            let worse = if problem.is_some() { now.worse } else { worse };
            plan::put(&mut tx, &Plan { claimed_at: None, done_at: Some(app.now()), problem, worse, ..now }).await?;
        }
        tx.commit().await?;
    }
    Ok(ran)
}

/// Takes the next plan whose time has come, unless one is under way.
async fn claim(app: &App) -> Result<Option<Plan>> {
    let mut tx = app.inner.db.read().await?;
    if plan::all(&mut tx).await?.is_empty() {
        return Ok(None);
    }
    drop(tx);
    let now = app.now();
    let mut tx = app.inner.db.write().await?;
    let plans = plan::all(&mut tx).await?;
    let under_way = |p: &Plan| p.claimed_at.is_some_and(|at| now < at.plus_minutes(LEFT_MINUTES));
    if plans.iter().any(under_way) {
        return Ok(None);
    }
    let due = |p: &Plan| p.claimed_at.is_some() || p.slot.unwrap_or(p.made_at) < slot(p, now);
    let Some(next) = plans.into_iter().find(due) else { return Ok(None) };
    let claimed = Plan { slot: Some(slot(&next, now)), claimed_at: Some(now), ..next };
    plan::put(&mut tx, &claimed).await?;
    tx.commit().await?;
    Ok(Some(claimed))
}

/// The latest time at which a plan came round.
fn slot(plan: &Plan, now: Moment) -> Moment {
    let every: Every = plan.every.parse().unwrap_or(Every::Month);
    let at = |day: Date| Moment::start_of(day).plus_minutes(plan.hour * 60);
    let this = at(every.last_on(now.day()));
    if this <= now {
        return this;
    }
    let before = every.last_on(now.day()).yesterday().unwrap_or(now.day());
    at(every.last_on(before))
}

/// How many checks came out worse than the time before.
async fn run_one(app: &App, row: &Plan) -> Result<i64> {
    let (unit, name) = (row.unit.clone(), row.name.clone());
    let by = program(&unit);
    let before = last(&assets::list(app).await?);
    let view = match &row.path {
        None => runs::inspect(app, &by, InspectRequest { unit, name, root: None, backup_dirs: None }).await?,
        Some(path) => {
            let path = PathBuf::from(path);
            if !path.is_dir() {
                return Err(Error::Plan("no_folder"));
            }
            runs::scan(app, &by, ScanRequest { unit, name, paths: vec![path] }, |_| ()).await?
        }
    };
    let worse = |r: &&programme::model::CheckResult| {
        let known = before.get(&(r.asset.clone(), r.check.clone()));
        known.is_some_and(|known| known < &r.verdict && matches!(r.verdict, Verdict::Warn | Verdict::Fail | Verdict::Error))
    };
    Ok(i64::try_from(view.results.iter().filter(worse).count()).unwrap_or(i64::MAX))
}

fn last(rows: &[AssetRow]) -> BTreeMap<(AssetId, String), Verdict> {
    rows.iter().flat_map(|row| row.results.iter().map(|r| ((row.id.clone(), r.check.clone()), r.verdict))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_time_that_came_round() {
        let last = |every: Every, now: &str| {
            let made_at = "2026-01-01T00:00:00Z".parse().unwrap();
            let (kind, name, id) = (HOST.to_owned(), String::new(), String::new());
            let plan = Plan {
                id,
                unit: "u".parse().unwrap(),
                kind,
                name,
                path: None,
                every: every.as_str().to_owned(),
                hour: 6,
                made_at,
                slot: None,
                claimed_at: None,
                done_at: None,
                problem: None,
                worse: 0,
            };
            slot(&plan, now.parse().unwrap()).to_string()
        };
        // Thursday 26 November 2026: six in Vietnam is 23:00 UTC of the day before.
        assert_eq!(last(Every::Day, "2026-11-26T01:00:00Z"), "2026-11-25T23:00:00.000Z");
        assert_eq!(last(Every::Day, "2026-11-25T22:59:00Z"), "2026-11-24T23:00:00.000Z");
        assert_eq!(last(Every::Week, "2026-11-26T01:00:00Z"), "2026-11-22T23:00:00.000Z");
        assert_eq!(last(Every::Week, "2026-11-22T20:00:00Z"), "2026-11-15T23:00:00.000Z");
        assert_eq!(last(Every::Month, "2026-11-26T01:00:00Z"), "2026-10-31T23:00:00.000Z");
        assert_eq!(last(Every::Month, "2026-10-31T20:00:00Z"), "2026-09-30T23:00:00.000Z");
    }
}
