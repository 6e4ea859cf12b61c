//! Findings as SARIF 2.1.0 (OASIS standard, 27 March 2020), for tools that collect results of many scanners.
//!
//! Verdicts become SARIF kinds (section 3.27.9): pass, fail, notApplicable, and `open` for what could not be tested.
//!
//! ```text
//! let log = inspect::sarif::log(&findings, &checks, "0.1.0");
//! ```

use serde_json::{Value, json};

use crate::check::{Check, Checks};
use crate::verdict::{Finding, Severity, Verdict};
use crate::wire;

/// One SARIF log with one run; `version` is the program's. Findings whose check is not in `checks` are left out.
pub fn log(findings: &[Finding], checks: &Checks, version: &str) -> Value {
    let known: Vec<(&Finding, &Check)> = findings.iter().filter_map(|finding| Some((finding, checks.get(&finding.check)?))).collect();
    let mut rules: Vec<&Check> = known.iter().map(|(_, check)| *check).collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    rules.dedup_by(|a, b| a.id == b.id);
    let results: Vec<Value> = known.iter().map(|(finding, check)| result(finding, check)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "luytre inspect",
                "version": version,
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
            }},
            "results": results,
        }],
    })
}

fn rule(check: &Check) -> Value {
    json!({
        "id": check.id,
        "shortDescription": { "text": check.title },
        "fullDescription": { "text": check.why },
        "help": { "text": check.fix.it.as_deref().or(check.fix.own.as_deref()).unwrap_or_default() },
        "defaultConfiguration": { "level": level(check.severity) },
        "properties": { "tags": check.groups, "severity": check.severity.as_str() },
    })
}

fn result(finding: &Finding, check: &Check) -> Value {
    let kind = match finding.verdict {
        Verdict::Pass => "pass",
        Verdict::Fail | Verdict::Warn => "fail",
        Verdict::NotApplicable => "notApplicable",
        Verdict::NotTested | Verdict::Error => "open",
    };
    // Section 3.27.10: a level other than "none" belongs to kind "fail" only.
    let level = match finding.verdict {
        Verdict::Fail => level(finding.severity),
        Verdict::Warn => "warning",
        _ => "none",
    };
    let text = wire::observed(finding).map_or_else(|| check.title.clone(), |seen| format!("{} ({seen})", check.title));
    let mut result = json!({
        "ruleId": finding.check,
        "kind": kind,
        "level": level,
        "message": { "text": text },
        "locations": [{ "logicalLocations": [{ "name": finding.asset, "kind": "resource" }] }],
        "properties": { "verdict": finding.verdict.as_str() },
    });
    if let Some(exception) = &finding.exception {
        result["suppressions"] = json!([{ "kind": "external", "justification": exception.reason }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}
