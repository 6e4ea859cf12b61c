//! When a task counts as verified: one table says which evidence suffices, how long it stays fresh and who accepts it.
//!
//! Verified means: backed by evidence that our engines made and that is fresh, or that someone independent of the
//! doer accepted (the level above, or an assessor who is not the operator: Decree 331/2026 art. 31.2.c).
//! Where the obligation names checks, every check must cover every asset in scope and pass or have a dated exception;
//! an empty scope, `not_tested` and `error` never verify. An attestation alone never verifies.
//!
//! ```text
//! (training, activity) → accepted by someone independent, fresh for 365 days
//! ```

use crate::ids::AssetId;
use crate::model::*;
use crate::moment::Moment;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Who must have accepted the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Nobody: an engine or the office's own sealed record made it.
    Machine,
    /// A person of another unit who did not do the work.
    Independent,
}

/// This evidence suffices for this need, until the end of so many days after it was observed (`None`: for ever).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub need: Need,
    pub evidence: EvidenceKind,
    pub fresh_days: Option<u32>,
    pub acceptance: Acceptance,
}

const fn row(need: Need, evidence: EvidenceKind, fresh_days: Option<u32>, acceptance: Acceptance) -> Row {
    Row { need, evidence, fresh_days, acceptance }
}

/// The table. A year follows the yearly training, review and report of TCVN 14423:2026 and Decree 331/2026;
/// 30 days for machine results follow the monthly device and patch review of QCVN 12:2026/BCA.
pub static TABLE: &[Row] = {
    use Acceptance::{Independent, Machine};
    use EvidenceKind as E;
    &[
        row(Need::Meeting, E::File, None, Independent),
        row(Need::Meeting, E::Activity, None, Independent),
        row(Need::Training, E::Activity, Some(365), Independent),
        row(Need::Training, E::File, Some(365), Independent),
        row(Need::Inspection, E::Inspection, Some(30), Machine),
        row(Need::Inspection, E::File, Some(365), Independent),
        row(Need::DataProtection, E::Scan, Some(30), Machine),
        row(Need::DataProtection, E::Inspection, Some(30), Machine),
        row(Need::DataProtection, E::File, Some(365), Independent),
        row(Need::Publication, E::File, None, Independent),
        row(Need::Publication, E::Activity, None, Independent),
        row(Need::LetterIssued, E::Letter, None, Independent),
        row(Need::LetterIssued, E::File, None, Independent),
        row(Need::Report, E::Return, None, Machine),
        row(Need::Report, E::File, None, Independent),
        row(Need::Other, E::File, None, Independent),
        row(Need::Other, E::Activity, None, Independent),
        // A programme says what is planned, never that it was held, taught or published: it answers only an obligation
        // that asks for no more than some document, and only when somebody independent has read and accepted it.
        row(Need::Other, E::WorkProgramme, None, Independent),
    ]
};

/// Whether a file can answer this need, once somebody independent has accepted it.
pub fn takes_files(need: Need) -> bool {
    TABLE.iter().any(|row| row.need == need && row.evidence == EvidenceKind::File)
}

/// Days a check's result stays fresh.
pub const CHECK_FRESH_DAYS: u32 = 30;

/// The kind of asset that a check looks at, by the first word of its id.
pub fn asset_kind_of(check: &str) -> AssetKind {
    match check.split('.').next().unwrap_or_default() {
        "web" => AssetKind::Site,
        "mail" => AssetKind::MailDomain,
        "db" => AssetKind::Database,
        "bk" => AssetKind::Backup,
        "scan" => AssetKind::DataSet,
        _ => AssetKind::Host,
    }
}

/// True when a run of this kind bears on an obligation: its checks or its needs ask for it.
pub fn asks_for(needs: &[Need], checks: &[String], run: EvidenceKind) -> bool {
    let scans = |check: &String| asset_kind_of(check) == AssetKind::DataSet;
    let by_checks = checks.iter().any(|c| scans(c) == (run == EvidenceKind::Scan));
    by_checks || TABLE.iter().any(|r| r.evidence == run && needs.contains(&r.need))
}

/// One outcome of one check, as projected from a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    pub asset: AssetId,
    pub check: String,
    pub at: Moment,
    pub verdict: Verdict,
}

/// Everything that bears on one task. `evidence` and `results` may hold more than the task's own; they are filtered.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    pub needs: &'a [Need],
    pub checks: &'a [String],
    pub task: &'a Entry<Task>,
    pub evidence: &'a [Entry<Evidence>],
    pub assets: &'a [Entry<Asset>],
    pub results: &'a [Observed],
    pub exceptions: &'a [Entry<Exception>],
}

/// Why a task is not verified; sentences come from the catalogues.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// No evidence of a kind that suffices.
    NoEvidence { need: Need },
    /// There was evidence, but it is older than the table allows.
    Stale { need: Need, since: Date },
    /// Evidence waits for somebody independent to accept it.
    NotAccepted { need: Need },
    /// No asset of the unit is in the check's scope.
    EmptyScope { check: String },
    /// The check was never run on this asset, or only before the freshness limit.
    NotCovered { check: String, asset: AssetId },
    /// The check did not pass and no exception holds.
    NotPassed { check: String, asset: AssetId, verdict: Verdict },
}

/// The answer to "is it verified?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    Verified,
    Lacking(Vec<Lack>),
    /// Outside the verified rate.
    DeclaredOnly,
}

/// True when nothing but words can ever answer the needs.
pub fn declared_only(needs: &[Need]) -> bool {
    !needs.is_empty() && needs.iter().all(|n| *n == Need::DeclaredOnly)
}

/// Judges a task as of a moment; a pure function of what was known then.
pub fn verify(proof: Proof<'_>, as_of: Moment) -> Verification {
    if declared_only(proof.needs) && proof.checks.is_empty() {
        return Verification::DeclaredOnly;
    }
    let mut lacks: Vec<Lack> = Vec::new();
    let none = [Need::Other];
    let needs = if proof.needs.is_empty() { &none[..] } else { proof.needs };
    for need in needs.iter().filter(|n| **n != Need::DeclaredOnly) {
        // Where checks are named, they are the proof of the technical needs.
        let by_checks = matches!(need, Need::Inspection | Need::DataProtection) && !proof.checks.is_empty();
        if !by_checks {
            lacks.extend(need_lacks(proof, *need, as_of));
        }
    }
    for check in proof.checks {
        check_lacks(proof, check, as_of, &mut lacks);
    }
    lacks.sort();
    lacks.dedup();
    if lacks.is_empty() { Verification::Verified } else { Verification::Lacking(lacks) }
}

fn need_lacks(proof: Proof<'_>, need: Need, as_of: Moment) -> Option<Lack> {
    let mut lack = Lack::NoEvidence { need };
    for evidence in standing(proof, as_of).filter(|e| e.facts.proves.is_none_or(|proves| proves == need)) {
        let Some(row) = TABLE.iter().find(|r| r.need == need && r.evidence == evidence.facts.kind) else { continue };
        // A run proves nothing by having been made: its verdicts answer.
        if row.evidence.is_run() {
            match run_lack(proof, row.evidence, as_of) {
                None => return None,
                Some(found) => lack = lack.max(found),
            }
            continue;
        }
        if !fresh(&evidence.facts, row.fresh_days, as_of) {
            lack = lack.max(Lack::Stale { need, since: evidence.facts.observed_at.day() });
            continue;
        }
        if row.acceptance == Acceptance::Machine || accepted_independently(proof, evidence, as_of) {
            return None;
        }
        lack = Lack::NotAccepted { need };
    }
    Some(lack)
}

/// Where no checks are named, every check that was run on the unit's assets must have passed, on every asset of the
/// unit that this kind of run looks at. The first thing that lacks is enough of an answer.
fn run_lack(proof: Proof<'_>, run: EvidenceKind, as_of: Moment) -> Option<Lack> {
    let scanned = |kind: AssetKind| (kind == AssetKind::DataSet) == (run == EvidenceKind::Scan);
    let all = "*".to_owned();
    let mut empty = true;
    for asset in in_scope(proof, as_of).filter(|a| scanned(a.facts.kind)) {
        empty = false;
        let asset = &asset.facts.id;
        let checks: BTreeSet<&str> =
            proof.results.iter().filter(|r| &r.asset == asset && r.at <= as_of).map(|r| r.check.as_str()).collect();
        if checks.is_empty() {
            return Some(Lack::NotCovered { check: all, asset: asset.clone() });
        }
        let mut lacks = Vec::new();
        for check in checks {
            asset_lacks(proof, asset, check, as_of, &mut lacks);
        }
        if let Some(lack) = lacks.into_iter().next() {
            return Some(lack);
        }
    }
    empty.then_some(Lack::EmptyScope { check: all })
}

/// The assets of the task's unit that were registered by then and not withdrawn.
fn in_scope(proof: Proof<'_>, as_of: Moment) -> impl Iterator<Item = &Entry<Asset>> {
    proof
        .assets
        .iter()
        .filter(move |a| a.facts.unit == proof.task.facts.key.unit && a.stamp.at <= as_of)
        .filter(move |a| a.last(&[MarkKind::Withdrawn], as_of).is_none())
}

/// The task's evidence known by then and not withdrawn.
fn standing(proof: Proof<'_>, as_of: Moment) -> impl Iterator<Item = &Entry<Evidence>> {
    proof.evidence.iter().filter(move |e| {
        e.facts.tasks.contains(&proof.task.facts.key)
            && e.stamp.at <= as_of
            && e.facts.observed_at <= as_of
            && e.last(&[MarkKind::Withdrawn], as_of).is_none()
    })
}

fn fresh(evidence: &Evidence, fresh_days: Option<u32>, as_of: Moment) -> bool {
    let by_table = fresh_days.is_none_or(|days| is_within(evidence.observed_at, days, as_of));
    by_table && evidence.expires.is_none_or(|day| as_of.day() <= day)
}

/// Counted in whole days, as due days and expiry are: what holds in the morning holds until the evening.
fn is_within(since: Moment, days: u32, as_of: Moment) -> bool {
    as_of.day() <= since.plus_days(days).day()
}

/// Accepted after the evidence came, in another unit's name, by a person who neither declared nor collected.
fn accepted_independently(proof: Proof<'_>, evidence: &Entry<Evidence>, as_of: Moment) -> bool {
    let Some(accepted) = proof.task.accepted(as_of) else { return false };
    let declared_it = |m: &Mark| m.kind == MarkKind::Declared && m.stamp.by == accepted.stamp.by;
    accepted.stamp.at >= evidence.stamp.at
        && accepted.other.as_deref().is_some_and(|unit| unit != proof.task.facts.key.unit.as_str())
        && accepted.stamp.by != evidence.stamp.by
        && !proof.task.marks.iter().any(declared_it)
}

fn check_lacks(proof: Proof<'_>, check: &str, as_of: Moment, lacks: &mut Vec<Lack>) {
    let kind = asset_kind_of(check);
    let mut scope = in_scope(proof, as_of).filter(|a| a.facts.kind == kind).peekable();
    if scope.peek().is_none() {
        lacks.push(Lack::EmptyScope { check: check.to_owned() });
    }
    for asset in scope {
        asset_lacks(proof, &asset.facts.id, check, as_of, lacks);
    }
}

fn asset_lacks(proof: Proof<'_>, asset: &AssetId, check: &str, as_of: Moment, lacks: &mut Vec<Lack>) {
    if excepted(proof, asset, check, as_of) {
        return;
    }
    let last = proof
        .results
        .iter()
        .filter(|r| &r.asset == asset && r.check == check && r.at <= as_of)
        .filter(|r| is_within(r.at, CHECK_FRESH_DAYS, as_of))
        // Two runs at the same moment: the worse one counts.
        .max_by_key(|r| (r.at, r.verdict));
    let check = check.to_owned();
    match last.map(|r| r.verdict) {
        Some(Verdict::Pass | Verdict::NotApplicable) => {}
        Some(verdict) => lacks.push(Lack::NotPassed { check, asset: asset.clone(), verdict }),
        None => lacks.push(Lack::NotCovered { check, asset: asset.clone() }),
    }
}

fn excepted(proof: Proof<'_>, asset: &AssetId, check: &str, as_of: Moment) -> bool {
    proof.exceptions.iter().any(|e| {
        &e.facts.asset == asset
            && e.facts.check == check
            && e.stamp.at <= as_of
            && as_of.day() <= e.facts.until
            && e.last(&[MarkKind::Withdrawn], as_of).is_none()
    })
}

#[cfg(test)]
mod tests;
