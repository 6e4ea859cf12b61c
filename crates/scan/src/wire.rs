//! The lines of `luytre scan --json`: one object a finding, one a problem, the summary last. Adding fields is fine.
//!
//! ```json
//! {"file":"a.txt","kind":"cccd","rule":"vn.cccd","line":3,"start":41,"end":53,"confidence":"high","masked":"00********23"}
//! {"file":"b.zip","problem":{"code":"scan-archive"}}
//! {"summary":{"files":2,"bytes":4096,"findings":1,"skipped":1,"seconds":0.01}}
//! ```

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::Finding;
use crate::walk::{Problem, Summary};

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    kind: &'static str,
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    #[serde(skip_serializing_if = "is_false")]
    in_name: bool,
    confidence: &'static str,
    masked: Option<&'a str>,
}

#[derive(Serialize)]
struct ProblemLine<'a> {
    file: &'a str,
    problem: ProblemBody,
}

#[derive(Serialize)]
struct ProblemBody {
    code: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    data: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct SummaryLine {
    summary: SummaryBody,
}

#[derive(Serialize)]
struct SummaryBody {
    files: u64,
    bytes: u64,
    findings: u64,
    /// Files, links and other entries that were not scanned, or not wholly; each has a line of its own.
    skipped: u64,
    seconds: f64,
}

/// One finding, without a line end.
pub fn finding_line(file: &str, finding: &Finding) -> String {
    let place = &finding.place;
    json(&Line {
        file,
        kind: finding.kind.as_str(),
        rule: &finding.rule,
        page: place.page,
        line: place.line,
        cell: place.cell.as_deref(),
        start: place.span.as_ref().map(|span| span.start),
        end: place.span.as_ref().map(|span| span.end),
        in_name: place.in_name,
        confidence: finding.confidence.as_str(),
        masked: finding.masked.as_deref(),
    })
}

/// One problem, without a line end.
pub fn problem_line(file: &str, problem: &Problem) -> String {
    let data = problem.data().into_iter().collect();
    json(&ProblemLine { file, problem: ProblemBody { code: problem.code(), data } })
}

/// The last line.
pub fn summary_line(summary: &Summary) -> String {
    let body = SummaryBody {
        files: summary.files,
        bytes: summary.bytes,
        findings: summary.findings,
        skipped: summary.skipped,
        seconds: (summary.elapsed.as_secs_f64() * 1_000.0).round() / 1_000.0,
    };
    json(&SummaryLine { summary: body })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

fn json(line: &impl Serialize) -> String {
    serde_json::to_string(line).expect("texts and numbers always serialise")
}
