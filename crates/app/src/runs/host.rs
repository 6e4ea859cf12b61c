//! Inspection of a host: facts, judged by the built-in checks.

use super::{Run, RunView, record};
use crate::{App, Result};
use programme::ids::UnitId;
use programme::model::*;
use std::path::PathBuf;

/// Which machine, for which unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectRequest {
    /// The unit whose machine it is.
    pub unit: UnitId,
    /// How the machine is called.
    pub name: String,
    /// `None`: the running machine; else where the system's files lie.
    pub root: Option<PathBuf>,
    /// Folders where backups are kept; `None`: nothing declared.
    pub backup_dirs: Option<Vec<PathBuf>>,
}

/// Inspects a host and records what was found; a re-run closes what it no longer sees.
pub async fn inspect(app: &App, by: &Actor, request: InspectRequest) -> Result<RunView> {
    let InspectRequest { unit, name, root, backup_dirs } = request;
    let now = app.now().timestamp();
    let mut options = inspect::collect::HostOptions::live(&name);
    options.backup_dirs = backup_dirs;
    if let Some(root) = root {
        options.root = root;
    }
    let (verdicts, lines) = app
        .engine(&name, move || {
            let checks = inspect::builtin();
            let findings = inspect::run(&inspect::collect::host(&options, now), &checks, &[], now);
            let mut lines = String::new();
            for finding in &findings {
                if let Some(check) = checks.iter().find(|c| c.id == finding.check) {
                    lines.push_str(&inspect::wire::json_line(finding, check));
                    lines.push('\n');
                }
            }
            let verdicts = findings.iter().map(|f| (f.check.clone(), verdict(f.verdict))).collect();
            (verdicts, lines)
        })
        .await?;
    let network = app.snapshot().await?.network;
    let file = app.store_file("inspection.jsonl", lines.into_bytes()).await?;
    let (kind, asset_kind) = (EvidenceKind::Inspection, AssetKind::Host);
    record(app, by, Run { unit, kind, asset_kind, asset_name: name, network, verdicts, file }).await
}

fn verdict(verdict: inspect::Verdict) -> Verdict {
    match verdict {
        inspect::Verdict::NotApplicable => Verdict::NotApplicable,
        inspect::Verdict::Pass => Verdict::Pass,
        inspect::Verdict::Warn => Verdict::Warn,
        inspect::Verdict::NotTested => Verdict::NotTested,
        inspect::Verdict::Error => Verdict::Error,
        inspect::Verdict::Fail => Verdict::Fail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_the_same_order() {
        use inspect::Verdict as I;
        let all = [I::NotApplicable, I::Pass, I::Warn, I::NotTested, I::Error, I::Fail];
        assert_eq!(all.map(verdict), Verdict::ALL);
        assert!(all.iter().all(|v| v.as_str() == verdict(*v).as_str()));
    }
}
