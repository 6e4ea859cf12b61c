//! Every rule of the data files on every example, also on those of the other rules: the rule named must win.

use crate::grammar::raw::{CUES, CuesFile, DATES, DatesFile, EVIDENCE, Entry, EvidenceFile, Example, TYPES};
use crate::{Ctx, judge, tasks, with_ctx};
use std::collections::BTreeSet;

fn parts(example: &Example) -> (&str, Option<&str>) {
    match example {
        Example::Text(text) => (text, None),
        Example::Valued { text, value } => (text, Some(value)),
    }
}

/// Each example must be decided by its own entry, each counter-example by none of its own.
fn check(entries: &[Entry], decide: impl Fn(&Ctx<'_>) -> Option<(String, String)>) {
    let mut seen = BTreeSet::new();
    for entry in entries {
        assert!(seen.insert(&entry.id), "{} twice", entry.id);
        assert!(!entry.examples.is_empty(), "{} has no example", entry.id);
        for example in &entry.examples {
            let (text, value) = parts(example);
            let got = with_ctx(text, &decide);
            let (rule, found) = got.unwrap_or_default();
            assert_eq!(rule, entry.id, "{text}");
            if let Some(value) = value {
                assert_eq!(found, value, "{text}");
            }
        }
        for text in &entry.not {
            let got = with_ctx(text, &decide).unwrap_or_default();
            assert_ne!(got.0, entry.id, "{text}");
        }
    }
}

fn whole(ctx: &Ctx<'_>) -> std::ops::Range<usize> {
    0..ctx.lexed.tokens.len()
}

#[test]
fn due_dates() {
    let file: DatesFile = toml::from_str(DATES).unwrap();
    check(&file.due, |ctx| judge::due(ctx, &whole(ctx), None).map(|(due, rule)| (rule.to_owned(), due)));
}

#[test]
fn recurrences() {
    let file: DatesFile = toml::from_str(DATES).unwrap();
    check(&file.recurs, |ctx| judge::recurs(ctx, &whole(ctx)).map(|(recurs, rule)| (rule.to_owned(), recurs.code().to_owned())));
}

#[test]
fn evidence() {
    let file: EvidenceFile = toml::from_str(EVIDENCE).unwrap();
    check(&file.evidence, |ctx| {
        let (kind, rule) = judge::evidence(ctx, &whole(ctx));
        Some((rule.to_owned(), kind.code().to_owned()))
    });
    check(&file.declared, |ctx| judge::declared(ctx, &whole(ctx)).0.then(|| ("declared.opinions".to_owned(), String::new())));
    check(&file.report, |ctx| judge::report(ctx, &whole(ctx)).map(|report| ("report.to".to_owned(), report.to)));
}

#[test]
fn cues_leads_roles_and_labels() {
    let file: CuesFile = toml::from_str(CUES).unwrap();
    check(&file.cue, |ctx| crate::clauses::cue(ctx, &whole(ctx), false, false).map(|told| (told.rule.to_owned(), String::new())));
    check(&file.lead, |ctx| Some((tasks::lead_rule(ctx, &whole(ctx)).to_owned(), String::new())));
    check(&file.role, |ctx| tasks::role_rule(ctx, &whole(ctx)).map(|rule| (rule.to_owned(), String::new())));
    check(&file.label, |ctx| tasks::label_rule(ctx, &whole(ctx)).map(|rule| (rule.to_owned(), String::new())));
}

#[test]
fn relations() {
    let file: CuesFile = toml::from_str(CUES).unwrap();
    check(&file.relation, |ctx| {
        let (references, _) = crate::refs::read(ctx, &(0..0), None);
        references.first().map(|reference| (format!("relation.{}", reference.relation.code()), String::new()))
    });
}

#[test]
fn a_type_is_known_by_one_name_and_one_code() {
    let file: toml::Table = toml::from_str(TYPES).unwrap();
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for entry in file["type"].as_array().unwrap() {
        assert!(codes.insert(entry["code"].as_str().unwrap().to_lowercase()), "{entry}");
        for name in entry["names"].as_array().unwrap() {
            assert!(names.insert(text::fold::fold(name.as_str().unwrap())), "{name}");
        }
    }
}
