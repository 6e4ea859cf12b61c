//! What suffices and what does not, day by day in June 2026.

use super::*;
use crate::ids::{PersonId, TaskKey};
use crate::period::Period;
use jiff::civil::date;
use std::collections::BTreeSet;

/// Days of June 2026, noon in Vietnam.
fn on(day: i8) -> Moment {
    Moment::start_of(date(2026, 6, 1)).plus_days(u32::try_from(day).unwrap() - 1)
}

fn stamp(day: i8, by: &str, seq: u64) -> Stamp {
    Stamp { at: on(day), office: "office".parse().unwrap(), seq, by: by.parse::<PersonId>().unwrap() }
}

fn key() -> TaskKey {
    TaskKey { obligation: "o".parse().unwrap(), unit: "cell".parse().unwrap(), period: Period::Once }
}

fn task(marks: &[(i8, MarkKind, &str, Option<&str>)]) -> Entry<Task> {
    let mark = |(i, (day, kind, by, other)): (usize, &(i8, MarkKind, &str, Option<&str>))| Mark {
        stamp: stamp(*day, by, 10 + i as u64),
        kind: *kind,
        note: None,
        other: other.map(str::to_owned),
    };
    let facts = Task { key: key(), letter: "l".parse().unwrap(), due: None, parent: None, cooperating: Vec::new() };
    Entry { facts, stamp: stamp(1, "clerk", 1), marks: marks.iter().enumerate().map(mark).collect() }
}

fn evidence(kind: EvidenceKind, day: i8, by: &str) -> Entry<Evidence> {
    let facts = Evidence {
        id: "e".parse().unwrap(),
        unit: "cell".parse().unwrap(),
        kind,
        tasks: vec![key()],
        observed_at: on(day),
        expires: None,
        content: None,
        note: None,
        supersedes: None,
        proves: None,
    };
    Entry { facts, stamp: stamp(day, by, 5), marks: BTreeSet::new() }
}

fn host(id: &str) -> Entry<Asset> {
    let name = Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO };
    let (unit, kind) = ("cell".parse().unwrap(), AssetKind::Host);
    let facts = Asset { id: id.parse().unwrap(), unit, kind, name, level: None, network: Network::Internet };
    Entry { facts, stamp: stamp(1, "clerk", 2), marks: BTreeSet::new() }
}

fn seen(asset: &str, check: &str, day: i8, verdict: Verdict) -> Observed {
    Observed { asset: asset.parse().unwrap(), check: check.to_owned(), at: on(day), verdict }
}

#[derive(Default)]
struct Known {
    needs: Vec<Need>,
    checks: Vec<String>,
    evidence: Vec<Entry<Evidence>>,
    assets: Vec<Entry<Asset>>,
    results: Vec<Observed>,
    exceptions: Vec<Entry<Exception>>,
}

impl Known {
    fn verify(&self, task: &Entry<Task>, day: i8) -> Verification {
        let Known { needs, checks, evidence, assets, results, exceptions } = self;
        verify(Proof { needs, checks, task, evidence, assets, results, exceptions }, on(day))
    }
}

fn lacking(lack: Lack) -> Verification {
    Verification::Lacking(vec![lack])
}

const ABOVE: Option<&str> = Some("office");
use MarkKind::{Accepted, Declared, Returned};

#[test]
fn a_file_needs_somebody_independent() {
    let known = Known { needs: vec![Need::Meeting], evidence: vec![evidence(EvidenceKind::File, 2, "an")], ..Known::default() };
    let not_accepted = lacking(Lack::NotAccepted { need: Need::Meeting });
    assert_eq!(known.verify(&task(&[(3, Declared, "an", None)]), 9), not_accepted, "declared is not verified");
    let accepted = |by, unit| task(&[(3, Declared, "an", None), (4, Accepted, by, unit)]);
    assert_eq!(known.verify(&accepted("mai", ABOVE), 9), Verification::Verified);
    assert_eq!(known.verify(&accepted("mai", ABOVE), 3), not_accepted, "not before it was accepted");
    assert_eq!(known.verify(&accepted("an", ABOVE), 9), not_accepted, "the doer, even in the name of the level above");
    assert_eq!(known.verify(&accepted("mai", Some("cell")), 9), not_accepted, "in the doing unit's own name");
    let returned = task(&[(3, Declared, "an", None), (4, Accepted, "mai", ABOVE), (5, Returned, "mai", None)]);
    assert_eq!(known.verify(&returned, 9), not_accepted, "sent back afterwards");
    assert_eq!(known.verify(&returned, 4), Verification::Verified, "but it was verified the day before");
}

#[test]
fn evidence_after_the_acceptance_was_not_accepted() {
    let known = Known { needs: vec![Need::Meeting], evidence: vec![evidence(EvidenceKind::File, 6, "an")], ..Known::default() };
    let task = task(&[(3, Declared, "an", None), (4, Accepted, "mai", ABOVE)]);
    assert_eq!(known.verify(&task, 9), lacking(Lack::NotAccepted { need: Need::Meeting }));
}

#[test]
fn an_attestation_never_verifies_and_opinions_stand_apart() {
    let attested = Known { needs: vec![Need::Meeting], evidence: vec![evidence(EvidenceKind::Attestation, 2, "an")], ..Known::default() };
    let task = task(&[(3, Declared, "an", None), (4, Accepted, "mai", ABOVE)]);
    assert_eq!(attested.verify(&task, 9), lacking(Lack::NoEvidence { need: Need::Meeting }));
    let opinions = Known { needs: vec![Need::DeclaredOnly], ..Known::default() };
    assert_eq!(opinions.verify(&task, 9), Verification::DeclaredOnly);
}

#[test]
fn a_file_handed_in_for_one_need_answers_no_other() {
    let task = task(&[(3, Declared, "an", None), (4, Accepted, "mai", ABOVE)]);
    let file = |proves| {
        let mut file = evidence(EvidenceKind::File, 2, "an");
        file.facts.proves = proves;
        Known { needs: vec![Need::Meeting, Need::Training], evidence: vec![file], ..Known::default() }
    };
    assert_eq!(file(None).verify(&task, 9), Verification::Verified, "as of records that name none");
    assert_eq!(file(Some(Need::Meeting)).verify(&task, 9), lacking(Lack::NoEvidence { need: Need::Training }));
    let none = [Need::Meeting, Need::Training].map(|need| Lack::NoEvidence { need });
    assert_eq!(file(Some(Need::Other)).verify(&task, 9), Verification::Lacking(none.to_vec()));
}

#[test]
fn evidence_without_a_need_is_written_as_it_always_was() {
    let old = serde_json::to_value(&evidence(EvidenceKind::File, 2, "an").facts).unwrap();
    assert!(old.get("proves").is_none());
    let read: Evidence = serde_json::from_value(old).unwrap();
    assert_eq!(read.proves, None);
}

#[test]
fn a_work_programme_proves_planning_and_nothing_that_was_held() {
    let task = task(&[(3, Declared, "an", None), (4, Accepted, "mai", ABOVE)]);
    let planned = |need| Known { needs: vec![need], evidence: vec![evidence(EvidenceKind::WorkProgramme, 2, "an")], ..Known::default() };
    assert_eq!(planned(Need::Meeting).verify(&task, 9), lacking(Lack::NoEvidence { need: Need::Meeting }));
    assert_eq!(planned(Need::Other).verify(&task, 3), lacking(Lack::NotAccepted { need: Need::Other }));
    assert_eq!(planned(Need::Other).verify(&task, 9), Verification::Verified);
}

#[test]
fn every_check_on_every_asset() {
    let mut known = Known { needs: vec![Need::Inspection], checks: vec!["lx.fw".to_owned(), "lx.time".to_owned()], ..Known::default() };
    let task = task(&[]);
    let empty = |check: &str| Lack::EmptyScope { check: check.to_owned() };
    assert_eq!(known.verify(&task, 9), Verification::Lacking(vec![empty("lx.fw"), empty("lx.time")]));
    known.assets = vec![host("a"), host("b")];
    known.results = vec![
        seen("a", "lx.fw", 2, Verdict::Pass),
        seen("a", "lx.time", 2, Verdict::NotApplicable),
        seen("b", "lx.fw", 2, Verdict::NotTested),
        seen("b", "lx.time", 2, Verdict::Pass),
    ];
    let asset: AssetId = "b".parse().unwrap();
    let check = "lx.fw".to_owned();
    let untested = Lack::NotPassed { check: check.clone(), asset: asset.clone(), verdict: Verdict::NotTested };
    assert_eq!(known.verify(&task, 9), lacking(untested));
    known.results.push(seen("b", "lx.fw", 3, Verdict::Error));
    let error = Lack::NotPassed { check: check.clone(), asset: asset.clone(), verdict: Verdict::Error };
    assert_eq!(known.verify(&task, 9), lacking(error));
    known.results.push(seen("b", "lx.fw", 4, Verdict::Pass));
    assert_eq!(known.verify(&task, 9), Verification::Verified);
    let later = on(4).plus_days(31);
    let Known { needs, checks, evidence, assets, results, exceptions } = &known;
    let proof = Proof { needs, checks, task: &task, evidence, assets, results, exceptions };
    let Verification::Lacking(lacks) = verify(proof, later) else { panic!() };
    assert!(lacks.contains(&Lack::NotCovered { check, asset }), "results grow old: {lacks:?}");
}

#[test]
fn a_dated_exception_covers_a_failure_until_its_day() {
    let reason = Sealed { id: "r".parse().unwrap(), digest: Digest::ZERO };
    let exception =
        Exception { id: "x".parse().unwrap(), asset: "a".parse().unwrap(), check: "lx.fw".to_owned(), until: date(2026, 6, 10), reason };
    let known = Known {
        needs: vec![Need::Inspection],
        checks: vec!["lx.fw".to_owned()],
        assets: vec![host("a")],
        results: vec![seen("a", "lx.fw", 2, Verdict::Fail)],
        exceptions: vec![Entry { facts: exception, stamp: stamp(3, "head", 7), marks: BTreeSet::new() }],
        ..Known::default()
    };
    assert_eq!(known.verify(&task(&[]), 10), Verification::Verified);
    let failed = Lack::NotPassed { check: "lx.fw".to_owned(), asset: "a".parse().unwrap(), verdict: Verdict::Fail };
    assert_eq!(known.verify(&task(&[]), 11), lacking(failed.clone()));
    assert_eq!(known.verify(&task(&[]), 2), lacking(failed), "granted on the 3rd");
}

#[test]
fn where_no_check_is_named_everything_that_was_run_must_have_passed() {
    let mut known = Known {
        needs: vec![Need::Inspection],
        evidence: vec![evidence(EvidenceKind::Inspection, 2, "an")],
        assets: vec![host("a")],
        results: vec![seen("a", "lx.fw", 2, Verdict::Pass), seen("a", "lx.time", 2, Verdict::Fail)],
        ..Known::default()
    };
    let failed = Lack::NotPassed { check: "lx.time".to_owned(), asset: "a".parse().unwrap(), verdict: Verdict::Fail };
    assert_eq!(known.verify(&task(&[]), 9), lacking(failed));
    known.results.push(seen("a", "lx.time", 5, Verdict::Pass));
    assert_eq!(known.verify(&task(&[]), 9), Verification::Verified);
    known.assets.push(host("b"));
    let uncovered = Lack::NotCovered { check: "*".to_owned(), asset: "b".parse().unwrap() };
    assert_eq!(known.verify(&task(&[]), 9), lacking(uncovered), "one machine was not looked at");
}

#[test]
fn each_need_has_a_row_except_what_can_only_be_declared() {
    for need in Need::ALL {
        assert_eq!(TABLE.iter().any(|r| r.need == *need), *need != Need::DeclaredOnly, "{need}");
    }
    assert!(asks_for(&[Need::Inspection], &[], EvidenceKind::Inspection));
    assert!(asks_for(&[], &["scan.state_secret".to_owned()], EvidenceKind::Scan));
    assert!(!asks_for(&[Need::Meeting], &["scan.state_secret".to_owned()], EvidenceKind::Inspection));
}
