//! What can be inspected, what the last runs said of it, and dated exceptions from a check.
//!
//! Assets are registered by their first run ([`crate::runs`]). An exception is written, reasoned, and ends on a day.

use crate::open::found;
use crate::texts::note;
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::{AssetId, ExceptionId, UnitId};
use programme::model::*;
use programme::moment::Moment;
use programme::sufficiency::Observed;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetRow {
    pub id: AssetId,
    pub unit: UnitId,
    pub unit_name: String,
    pub kind: AssetKind,
    /// `None` after erasure.
    pub name: Option<String>,
    pub network: Network,
    pub last_run: Option<Moment>,
    /// The last outcome of each check, by check.
    pub results: Vec<AssetResult>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetResult {
    pub check: String,
    pub at: Moment,
    pub verdict: Verdict,
    /// An exception that holds today, and its last day.
    pub excepted_until: Option<Date>,
}

/// Every asset that still stands, by unit.
pub async fn list(app: &App) -> Result<Vec<AssetRow>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let mut tx = app.inner.db.read().await?;
    let mut rows = Vec::new();
    for asset in all.assets.iter().filter(|a| !a.has(MarkKind::Withdrawn)) {
        let facts = &asset.facts;
        let none = Vec::new();
        let observed = all.results.get(&facts.id).unwrap_or(&none);
        let mut last: BTreeMap<&str, &Observed> = BTreeMap::new();
        for result in observed {
            let known = last.entry(&result.check).or_insert(result);
            if (known.at, known.verdict) < (result.at, result.verdict) {
                *known = result;
            }
        }
        let until = |check: &str| {
            let holds = |e: &&Entry<Exception>| {
                e.facts.asset == facts.id && e.facts.check == check && now.day() <= e.facts.until && !e.has(MarkKind::Withdrawn)
            };
            all.exceptions.iter().filter(holds).map(|e| e.facts.until).max()
        };
        let result = |o: &Observed| AssetResult { check: o.check.clone(), at: o.at, verdict: o.verdict, excepted_until: until(&o.check) };
        rows.push(AssetRow {
            id: facts.id.clone(),
            unit: facts.unit.clone(),
            unit_name: all.unit_name(&facts.unit),
            kind: facts.kind,
            name: note(&mut tx, Some(&facts.name)).await?,
            network: facts.network,
            last_run: observed.iter().map(|o| o.at).max(),
            results: last.into_values().map(result).collect(),
        });
    }
    rows.sort_by(|a, b| (&a.unit_name, &a.name, &a.id).cmp(&(&b.unit_name, &b.name, &b.id)));
    Ok(rows)
}

/// What an exception says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewException {
    pub asset: AssetId,
    pub check: String,
    /// The last day on which it holds.
    pub until: Date,
    pub reason: String,
}

/// Grants an exception; only the head may, and never without an end.
pub async fn except(app: &App, by: &Actor, new: NewException) -> Result<ExceptionId> {
    let NewException { asset, check, until, reason } = new;
    let mut work = app.work(by).await?;
    let entry = found(store::asset::get(&mut work.tx, asset.as_str()).await?, SubjectKind::Asset, &asset)?;
    work.seen(&entry);
    let reason = work.note(Some(&reason)).await?.ok_or(Refusal::EmptyText)?;
    let id: ExceptionId = work.ids.make();
    let events = decide::grant_exception(Exception { id: id.clone(), asset, check, until, reason }, by, work.now)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}
