//! The evaluation set of `eval/scam`: what the check must reach on messages and names that its rules were not made from.

use scam::{Verdict, check};

const EVAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../eval/scam");

fn read(file: &str) -> String {
    std::fs::read_to_string(format!("{EVAL}/{file}")).unwrap()
}

fn alarms(message: &str) -> bool {
    check(message, scam::builtin()).verdict != Verdict::NoSign
}

/// Precision and recall of the alarms of a file of messages.
fn scored(file: &str) -> (f64, f64) {
    let (mut hits, mut misses, mut false_alarms) = (0.0, 0.0, 0.0);
    for line in read(file).lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        match (message["label"].as_str().unwrap(), alarms(message["text"].as_str().unwrap())) {
            ("scam", true) => hits += 1.0,
            ("scam", false) => misses += 1.0,
            ("ordinary", alarm) => false_alarms += f64::from(u8::from(alarm)),
            (label, _) => panic!("{label}"),
        }
    }
    assert!(hits + misses >= 200.0, "{file} has too few messages to say anything");
    (hits / (hits + false_alarms), hits / (hits + misses))
}

#[test]
fn messages_are_told_apart() {
    let (precision, recall) = scored("messages.jsonl");
    assert!(precision >= 0.97 && recall >= 0.92, "precision {precision:.3}, recall {recall:.3}");
}

#[test]
fn messages_that_nobody_tuned_for_are_told_apart() {
    for set in ["holdout.jsonl", "holdout-2.jsonl"] {
        let (precision, recall) = scored(set);
        assert!(precision >= 0.93 && recall >= 0.85, "{set}: precision {precision:.3}, recall {recall:.3}");
    }
}

#[test]
fn honest_names_give_no_alarm() {
    let all = read("legitimate.txt");
    let wrong: Vec<&str> = all.lines().filter(|name| alarms(name)).collect();
    let share = wrong.len() as f64 / all.lines().count() as f64;
    assert!(all.lines().count() >= 2_000 && share <= 0.005, "{:.2} %: {wrong:?}", share * 100.0);
}

#[test]
fn names_that_look_like_brands_are_found() {
    let all = read("permutations.txt");
    let names: Vec<&str> = all.lines().filter_map(|line| line.split('\t').next_back()).collect();
    let missed: Vec<&str> = names.iter().copied().filter(|name| !alarms(name)).collect();
    let recall = 1.0 - missed.len() as f64 / names.len() as f64;
    assert!(
        names.len() >= 5_000 && recall >= 0.97,
        "{:.1} % of {}; missed {:?}",
        recall * 100.0,
        names.len(),
        &missed[..missed.len().min(400)]
    );
}
