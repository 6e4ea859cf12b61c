//! Findings as SARIF 2.1.0 (OASIS standard, 27 March 2020), for tools that collect results of many scanners.
//!
//! No snippet is ever written: a region is bytes, a line or nothing.
//!
//! ```text
//! let log = scan::sarif::log(&report.files, &rules, "0.1.0");
//! ```

use serde_json::{Value, json};

use crate::finding::{Confidence, Finding};
use crate::rule::{Rule, Rules};
use crate::walk::FileReport;

/// One SARIF log with one run; `version` is the program's.
pub fn log(files: &[FileReport], rules: &Rules, version: &str) -> Value {
    let results: Vec<Value> =
        files.iter().flat_map(|file| file.findings.iter().map(|finding| result(&file.path.to_string_lossy(), finding, rules))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "luytre scan",
                "version": version,
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            "results": results,
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": &*rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.why },
        "properties": { "kind": rule.kind.as_str() },
    })
}

fn result(file: &str, finding: &Finding, rules: &Rules) -> Value {
    let title = rules.get(&finding.rule).map_or("", |rule| rule.title.as_str());
    let text = finding.masked.as_ref().map_or_else(|| title.to_owned(), |masked| format!("{title}: {masked}"));
    let mut location = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some(span) = &finding.place.span {
        location["region"] = json!({ "byteOffset": span.start, "byteLength": span.len() });
    } else if let Some(line) = finding.place.line {
        location["region"] = json!({ "startLine": line });
    }
    let level = match finding.confidence {
        Confidence::High => "error",
        Confidence::Medium => "warning",
        Confidence::Low => "note",
    };
    json!({
        "ruleId": &*finding.rule,
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": location }],
        "properties": { "confidence": finding.confidence.as_str(), "page": finding.place.page, "cell": finding.place.cell },
    })
}

/// A path as a relative URI reference (RFC 3986): everything outside the unreserved set is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
