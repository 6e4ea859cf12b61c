//! The lines of `luytre inspect --json`: one object a finding. Adding fields is fine, renaming is not.
//!
//! ```json
//! {"asset":"may-chu","check":"lx.uid0","verdict":"pass","severity":"critical","observed":"…","remedy":null}
//! ```

use serde::Serialize;

use crate::check::Check;
use crate::verdict::{Finding, Gap, Reason, Verdict};

#[derive(Serialize)]
struct Line<'a> {
    asset: &'a str,
    check: &'a str,
    verdict: &'static str,
    severity: &'static str,
    /// Labels and values as the check file names them; null where nothing was seen.
    observed: Option<String>,
    /// What to do, where something is to be done.
    remedy: Option<&'a str>,
    title: &'a str,
    want: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<WireReason<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    partial: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception_until: Option<String>,
}

/// A reason as codes and data; sentences are made from them by whoever shows them.
#[derive(Serialize)]
struct WireReason<'a> {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

/// One JSON line without its line end; `check` is the check of the finding.
pub fn json_line(finding: &Finding, check: &Check) -> String {
    let line = Line {
        asset: &finding.asset,
        check: &finding.check,
        verdict: finding.verdict.as_str(),
        severity: finding.severity.as_str(),
        observed: observed(finding),
        remedy: remedy(finding, check),
        title: &check.title,
        want: &check.want,
        reason: finding.reason.as_ref().map(reason),
        partial: finding.partial.iter().map(|gap| gap.table.as_str()).collect(),
        exception_until: finding.exception.as_ref().map(|exception| exception.until.to_string()),
    };
    serde_json::to_string(&line).expect("strings and options always serialise")
}

/// The observed values in one line: `label: value; label: value`.
pub fn observed(finding: &Finding) -> Option<String> {
    let parts: Vec<String> = finding.observed.iter().map(|one| format!("{}: {}", one.label, one.value)).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The nearest remedy where the verdict asks for one: the user's own, else the IT officer's.
pub fn remedy<'a>(finding: &Finding, check: &'a Check) -> Option<&'a str> {
    if !matches!(finding.verdict, Verdict::Fail | Verdict::Warn) {
        return None;
    }
    check.fix.own.as_deref().or(check.fix.it.as_deref())
}

fn reason(reason: &Reason) -> WireReason<'_> {
    let (table, status, detail) = match reason {
        Reason::Table(Gap { table, status, reason }) => (Some(table.as_str()), Some(status.as_str()), reason.as_deref()),
        Reason::Field { name: detail } | Reason::Condition { message: detail } => (None, None, Some(detail.as_str())),
        Reason::OutOfScope => (None, None, None),
    };
    WireReason { code: reason.code(), table, status, detail }
}
