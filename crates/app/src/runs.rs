//! Runs of the engines as evidence: one event with every verdict, one result file, and the tasks that asked for it.
//!
//! The engine runs first, off the async threads and outside any transaction. Not here: checks (`inspect`), rules (`scan`).

mod files;
mod host;

pub use files::{PERSONAL_DATA, STATE_SECRET, ScanRequest, scan};
pub use host::{InspectRequest, inspect};

use crate::open::{Stored, Work};
use crate::{App, Result};
use programme::decide;
use programme::event::Payload;
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::sufficiency::asks_for;

/// A recorded run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunView {
    pub id: EvidenceId,
    pub asset: AssetId,
    /// The tasks that the run is evidence for.
    pub tasks: Vec<TaskKey>,
    pub results: Vec<CheckResult>,
    /// The result file, one JSON object a line.
    pub file: ContentId,
    pub observed_at: Moment,
}

/// What an engine found, on its way into the ledger.
struct Run {
    unit: UnitId,
    kind: EvidenceKind,
    asset_kind: AssetKind,
    asset_name: String,
    network: Network,
    /// (check, verdict)
    verdicts: Vec<(String, Verdict)>,
    file: Stored,
}

/// Records a run: registers the asset when it is new, one event with all verdicts, attached to the tasks that ask for it.
async fn record(app: &App, by: &Actor, run: Run) -> Result<RunView> {
    let mut work = app.work(by).await?;
    let reach = crate::loaded::reach(&mut work, by, &run.unit).await?;
    let mut events = Vec::new();
    let asset = match asset(&mut work, &run).await? {
        Some(id) => id,
        None => {
            let id: AssetId = work.ids.make();
            let name = work.text(&run.asset_name).await?;
            let (unit, kind, network) = (run.unit.clone(), run.asset_kind, run.network);
            events.push(Payload::AssetRegistered(Asset { id: id.clone(), unit, kind, name, level: None, network }));
            id
        }
    };
    let results: Vec<CheckResult> =
        run.verdicts.iter().map(|(check, verdict)| CheckResult { asset: asset.clone(), check: check.clone(), verdict: *verdict }).collect();
    let tasks = asking(&mut work, &run).await?;
    let content = work.file(&run.file).await?;
    let file = content.id.clone();
    let evidence = Evidence {
        id: work.ids.make(),
        unit: run.unit.clone(),
        kind: run.kind,
        tasks: tasks.clone(),
        observed_at: work.now,
        expires: None,
        content: Some(content),
        note: None,
        supersedes: None,
        proves: None,
    };
    let view = RunView { id: evidence.id.clone(), asset, tasks, results: results.clone(), file, observed_at: work.now };
    events.extend(decide::record_run(evidence, results, by, reach, work.now)?);
    work.append(events).await?;
    work.commit().await?;
    Ok(view)
}

/// The unit's asset of this kind and name, if it is registered.
async fn asset(work: &mut Work, run: &Run) -> Result<Option<AssetId>> {
    let assets = store::asset::by_unit(&mut work.tx, run.unit.as_str()).await?;
    for asset in assets.iter().filter(|a| a.facts.kind == run.asset_kind && !a.has(MarkKind::Withdrawn)) {
        let name = store::content::stored(&mut work.tx, &asset.facts.name.id).await?.and_then(|c| c.body);
        if name.as_deref() == Some(&run.asset_name) {
            return Ok(Some(asset.facts.id.clone()));
        }
    }
    Ok(None)
}

/// The unit's standing tasks whose obligation asks for this kind of run.
async fn asking(work: &mut Work, run: &Run) -> Result<Vec<TaskKey>> {
    let mut asking = Vec::new();
    for task in store::task::by_unit(&mut work.tx, run.unit.as_str()).await? {
        let obligation = store::obligation::get(&mut work.tx, task.facts.key.obligation.as_str()).await?;
        let asks = obligation.is_some_and(|o| asks_for(&o.facts.needs, &o.facts.checks, run.kind));
        if asks && task.stands(work.now) {
            work.seen(&task);
            asking.push(task.facts.key.clone());
        }
    }
    Ok(asking)
}
