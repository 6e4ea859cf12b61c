//! References of evidence, as they stand behind a figure: each once, in order, runs of numbers as a range.
//!
//! Not for what a reference stands for: that is annex 2.
//!
//! ```ignore
//! assert_eq!(listed(&["MC-011", "MC-009", "MC-010", "MC-002"].map(String::from)), "MC-002, MC-009–MC-011");
//! ```

use super::wording::words;
use crate::clean;
use crate::words::fill;

/// Fewer references than this are named one by one.
const N_RANGE: usize = 3;

/// " [MC-001, MC-004]", or nothing.
pub(super) fn bracketed(references: &[String]) -> String {
    if references.is_empty() {
        return String::new();
    }
    fill(&words().references, &[("references", &listed(references))])
}

/// "MC-001, MC-004–MC-009".
pub(super) fn listed(references: &[String]) -> String {
    let words = words();
    let mut references: Vec<String> = references.iter().map(|reference| clean::line(reference)).collect();
    references.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    references.dedup();
    let mut parts: Vec<String> = Vec::new();
    for run in references.chunk_by(|a, b| follows(a, b)) {
        match run {
            [first, .., last] if run.len() >= N_RANGE => {
                parts.push(fill(&words.references_range, &[("first", first), ("last", last)]));
            }
            _ => parts.extend(run.iter().cloned()),
        }
    }
    parts.join(&words.references_separator)
}

/// "MC-009" → ("MC-", 9); `None` for what does not end in a number.
fn parsed(reference: &str) -> Option<(&str, u64)> {
    let prefix = reference.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = reference.get(prefix.len()..)?.parse().ok()?;
    Some((prefix, number))
}

pub(super) fn sort_key(reference: &str) -> (&str, u64, &str) {
    let (prefix, number) = parsed(reference).unwrap_or((reference, 0));
    (prefix, number, reference)
}

fn follows(a: &str, b: &str) -> bool {
    matches!((parsed(a), parsed(b)), (Some((left, n)), Some((right, next))) if left == right && n.checked_add(1) == Some(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(references: &str, wanted: &str) {
        let references: Vec<String> = references.split_whitespace().map(String::from).collect();
        assert_eq!(listed(&references), wanted);
    }

    #[test]
    fn references_stand_in_order_and_runs_become_ranges() {
        check("MC-012", "MC-012");
        check("MC-004 MC-001", "MC-001, MC-004");
        check("MC-001 MC-002", "MC-001, MC-002");
        check("MC-011 MC-009 MC-010 MC-002 MC-009", "MC-002, MC-009–MC-011");
        check("MC-999 MC-1000 MC-1001 A-1002", "A-1002, MC-999–MC-1001");
        check("MC-99999999999999999999", "MC-99999999999999999999");
    }
}
