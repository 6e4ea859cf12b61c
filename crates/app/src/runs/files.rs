//! Scan of folders for sensitive data: two checks, one for state-secret marks, one for personal data.
//!
//! The result file holds places and masks, never a value (`scan`).

use super::{Run, RunView, record};
use crate::{App, Result};
use programme::ids::UnitId;
use programme::model::*;
use scan::Kind;
use scan::walk::{Progress, Report};
use std::path::PathBuf;

/// State-secret marks in a folder.
pub const STATE_SECRET: &str = "scan.state_secret";
/// Personal numbers, accounts, addresses in a folder.
pub const PERSONAL_DATA: &str = "scan.personal_data";

/// Which folders, for which unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanRequest {
    pub unit: UnitId,
    /// How this set of data is called.
    pub name: String,
    pub paths: Vec<PathBuf>,
}

/// Scans folders and records what was found. `on_progress` is called from several threads.
pub async fn scan(app: &App, by: &Actor, request: ScanRequest, on_progress: impl Fn(Progress) + Send + Sync + 'static) -> Result<RunView> {
    let ScanRequest { unit, name, paths } = request;
    let report =
        app.engine(&name, move || ::scan::walk(&paths, &::scan::walk::Options::default(), &::scan::builtin(), &on_progress)).await?;
    let network = app.snapshot().await?.network;
    let verdicts = vec![
        (STATE_SECRET.to_owned(), state_secret(&report, network)),
        (PERSONAL_DATA.to_owned(), judged(&report, |kind| kind != Kind::SecretMark)),
    ];
    let file = app.store_file("scan.jsonl", lines(&report).into_bytes()).await?;
    let (kind, asset_kind) = (EvidenceKind::Scan, AssetKind::DataSet);
    record(app, by, Run { unit, kind, asset_kind, asset_name: name, network, verdicts, file }).await
}

/// On an isolated installation state secrets may lawfully be kept (Law 117/2025).
fn state_secret(report: &Report, network: Network) -> Verdict {
    if network == Network::Isolated { Verdict::NotApplicable } else { judged(report, |kind| kind == Kind::SecretMark) }
}

/// Found: fail. Nothing found, but not everything seen, or nothing there: not tested. Else pass.
fn judged(report: &Report, wanted: impl Fn(Kind) -> bool) -> Verdict {
    let found = report.files.iter().flat_map(|f| &f.findings).any(|f| wanted(f.kind));
    match found {
        true => Verdict::Fail,
        false if report.summary.skipped > 0 || report.summary.files == 0 => Verdict::NotTested,
        false => Verdict::Pass,
    }
}

fn lines(report: &Report) -> String {
    let mut lines = String::new();
    for file in &report.files {
        let path = file.path.display().to_string();
        for finding in &file.findings {
            lines.push_str(&::scan::wire::finding_line(&path, finding));
            lines.push('\n');
        }
        for problem in &file.problems {
            lines.push_str(&::scan::wire::problem_line(&path, problem));
            lines.push('\n');
        }
    }
    lines.push_str(&::scan::wire::summary_line(&report.summary));
    lines.push('\n');
    lines
}
