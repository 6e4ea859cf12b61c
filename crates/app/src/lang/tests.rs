//! The catalogues agree with each other and with the code: no key is missing, unused or spelled out in a language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

#[test]
fn words_with_values_set_in() {
    assert_eq!(t(Lang::Vi, "nav-letters"), "Văn bản");
    assert_eq!(t_with(Lang::Vi, "letters-count", &[("n", 1200.into())]), "1.200 văn bản");
    assert_eq!(t_with(Lang::En, "letters-count", &[("n", 1.into())]), "1 letter");
    assert_eq!(code(Lang::Vi, "need", "letter_issued"), "Văn bản ban hành");
    assert_eq!(t(Lang::Vi, "no-such-key"), "no-such-key");
}

#[test]
fn numbers_days_and_sizes_as_offices_write_them() {
    assert_eq!(number(Lang::Vi, 1_203_214), "1.203.214");
    assert_eq!(number(Lang::En, -3_214), "-3,214");
    assert_eq!(due("2026-12".parse().unwrap()), "12/2026");
    assert_eq!(moment("2026-06-05T18:30:00.000Z".parse().unwrap()), "01:30, 06/06/2026");
    assert_eq!((size(Lang::Vi, 812), size(Lang::Vi, 4_530_000)), ("812 B".to_owned(), "4,5 MB".to_owned()));
    assert_eq!((Lang::of_locale("en_GB.UTF-8"), Lang::of_locale("C.UTF-8")), (Lang::En, Lang::Vi));
}

#[test]
fn every_code_of_every_list_has_words() {
    let mut keys: Vec<String> = Vec::new();
    for family in code_families() {
        keys.extend(family.1.iter().map(|c| code_key(family.0, c)));
    }
    for lang in Lang::ALL {
        let missing: Vec<&String> = keys.iter().filter(|key| !has(lang, key)).collect();
        assert_eq!(missing, Vec::<&String>::new(), "without words in {lang}");
    }
}

#[test]
fn both_catalogues_have_the_same_keys_and_parse() {
    for (idx, topic) in TOPICS.iter().enumerate() {
        let [vi, en] = topic.map(|text| FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| errors).map(|_| keys_of(text)));
        assert_eq!(vi.expect("the Vietnamese catalogue parses"), en.expect("the English catalogue parses"), "topic {idx}");
    }
    let mut seen = BTreeSet::new();
    let twice: Vec<String> = TOPICS.iter().flat_map(|t| keys_of(t[0])).filter(|k| !seen.insert(k.clone())).collect();
    assert_eq!(twice, Vec::<String>::new(), "defined twice");
}

#[test]
fn every_key_used_exists_and_every_key_is_used() {
    let catalogue: BTreeSet<String> = TOPICS.iter().flat_map(|t| keys_of(t[0])).collect();
    let families: Vec<&str> = code_families().into_iter().map(|f| f.0).collect();
    let mut used = BTreeSet::new();
    let mut unknown = Vec::new();
    for (path, text) in sources() {
        for word in quoted(&text) {
            if catalogue.contains(word) {
                used.insert(word.to_owned());
            }
        }
        for key in keys_asked_for(&text) {
            used.insert(key.to_owned());
            if !catalogue.contains(key) {
                unknown.push(format!("{}: {key}", path.display()));
            }
        }
        for family in families_asked_for(&text) {
            if !families.contains(&family) {
                unknown.push(format!("{}: family {family}", path.display()));
            }
        }
    }
    assert_eq!(unknown, Vec::<String>::new(), "used, but in no catalogue");
    let of_a_family = |key: &str| code_families().iter().any(|f| f.1.iter().any(|c| code_key(f.0, c) == key));
    // The command line builds the keys of its help from the names of its arguments; its own test looks after them.
    let unused: Vec<&String> =
        catalogue.iter().filter(|k| !used.contains(*k) && !of_a_family(k) && k.split('-').next() != Some("cli")).collect();
    assert_eq!(unused, Vec::<&String>::new(), "in the catalogue, but used nowhere");
}

#[test]
fn no_sentence_stands_in_code_or_template() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let is_template = path.extension().is_some_and(|e| e == "html");
        let in_code = || quoted(&text).into_iter().filter(|w| vietnamese(w)).map(str::to_owned).collect();
        let visible = if is_template { words_of_template(&text) } else { in_code() };
        found.extend(visible.into_iter().map(|w| format!("{}: {w}", path.display())));
    }
    assert_eq!(found, Vec::<String>::new());
}

/// The lists of codes that are looked up by family, each with all its codes.
fn code_families() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut families = crate::lang::families::all();
    families.sort_unstable_by_key(|f| f.0);
    families
}

/// Message names of a catalogue, with the variables each uses.
fn keys_of(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()) && !key.contains(' '))
        .map(str::to_owned)
        .collect()
}

#[test]
fn both_languages_set_in_the_same_values() {
    let variables = |text: &'static str| -> BTreeMap<String, BTreeSet<&'static str>> {
        let mut key = String::new();
        let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        for line in text.lines() {
            if let Some((name, _)) = line.split_once(" =").filter(|(n, _)| !n.starts_with([' ', '#'])) {
                key = name.to_owned();
            }
            let names =
                line.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default());
            found.entry(key.clone()).or_default().extend(names);
        }
        found
    };
    for [vi, en] in TOPICS {
        for (key, names) in variables(vi) {
            assert_eq!(Some(&names), variables(en).get(&key), "{key}");
        }
    }
}

/// Sources and templates in which keys are used, tests left out.
fn sources() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    for folder in ["app/src", "web/src", "web/templates", "cli/src"] {
        files_below(&crates.join(folder), &mut paths);
    }
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        if path.file_name().is_some_and(|n| n == "tests.rs") || path.components().any(|c| c.as_os_str() == "tests") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let is_rust = path.extension().is_some_and(|e| e == "rs");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        sources.push((path, if is_rust { without_comments(code) } else { text }));
    }
    sources
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
            found.push(path);
        }
    }
}

fn without_comments(code: &str) -> String {
    code.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| l.split(" // ").next().unwrap_or(l)).collect::<Vec<_>>().join("\n")
}

/// What stands between double quotes, line by line.
fn quoted(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}

/// Literal keys of calls `t("key"`, `t(lang, "key"`, `t_with(…, "key"`.
fn keys_asked_for(text: &str) -> Vec<&str> {
    calls(text, &["t(", "t_with("])
}

/// Literal families of calls `code("family"`, `code(lang, "family"`.
fn families_asked_for(text: &str) -> Vec<&str> {
    calls(text, &["code(", "code_with("])
}

fn calls<'a>(text: &'a str, names: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for name in names {
        for (at, _) in text.match_indices(name) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &text[at + name.len()..];
            let first = rest
                .split_once('"')
                .filter(|(lead, _)| lead.is_empty() || lead.trim_end().ends_with(',') && lead.len() < 40 && !lead.contains([')', ';']));
            found.extend(first.and_then(|(_, r)| r.split_once('"')).map(|(key, _)| key));
        }
    }
    found
}

fn vietnamese(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !c.is_uppercase() || ('\u{1ea0}'..='\u{1ef9}').contains(&c))
}

/// Words that a visitor would see in a template without any catalogue: text between tags, and values of spoken attributes.
fn words_of_template(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = text;
    // Template tags hold code; what they print comes from a catalogue or from data.
    while let Some(at) = rest.find('{').filter(|at| at + 1 < rest.len()) {
        let close = match &rest[at..at + 2] {
            "{{" => "}}",
            "{%" => "%}",
            "{#" => "#}",
            _ => "",
        };
        plain.push_str(&rest[..at]);
        let end = if close.is_empty() { Some(at + 1) } else { rest[at..].find(close).map(|e| at + e + 2) };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    plain.push_str(rest);
    let mut words = Vec::new();
    for part in plain.split('<') {
        let (tag, shown) = part.split_once('>').unwrap_or(("", part));
        let spoken = ["title=\"", "alt=\"", "placeholder=\"", "aria-label=\"", "data-label=\""];
        let values = spoken.iter().filter_map(|name| tag.split_once(name)).filter_map(|(_, v)| v.split('"').next());
        words.extend(
            values.chain([shown]).map(str::trim).filter(|w| w.chars().any(char::is_alphabetic) && !w.starts_with('&')).map(str::to_owned),
        );
    }
    words
}
