//! Every rule proves itself: what it must find, and what it must not.

use scam::check::explain;

fn names(message: &str) -> Vec<String> {
    explain(message, scam::builtin()).0.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn every_rule_finds_its_examples_and_nothing_in_its_counter_examples() {
    let mut wrong = Vec::new();
    for rule in scam::builtin().all() {
        wrong.extend(
            rule.examples
                .iter()
                .filter(|example| !names(example).contains(&rule.id))
                .map(|example| format!("{} misses: {example}", rule.id)),
        );
        wrong.extend(
            rule.counter_examples
                .iter()
                .filter(|example| names(example).contains(&rule.id))
                .map(|example| format!("{} finds: {example}", rule.id)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_of_rules_are_unique_and_every_rule_that_accuses_says_why() {
    let rules = scam::builtin().all();
    for (at, rule) in rules.iter().enumerate() {
        assert!(rules[..at].iter().all(|other| other.id != rule.id), "{}", rule.id);
        assert_eq!(rule.weight > 0.0, !rule.why.is_empty(), "{}", rule.id);
    }
}

#[test]
fn a_note_on_a_link_is_told_of_its_examples_and_of_no_counter_example() {
    let examples: Vec<(&str, bool, &str)> = scam::builtin().link_examples().collect();
    assert!([true, false].iter().all(|told| examples.iter().any(|(_, is_told, _)| is_told == told)));
    for (sign, is_told, text) in examples {
        assert_eq!(names(text).contains(&format!("link.{sign}")), is_told, "{sign}: {text}");
    }
}
