//! The rules of the house that no compiler checks: sizes, names, module essays, paths named in documents, tests of the store.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const MAX_FILE_LINES: usize = 600;
const MAX_FUNCTION_LINES: usize = 70;
const BANNED_NAMES: &[&str] = &["mod.rs", "util.rs", "utils.rs", "helper.rs", "helpers.rs", "common.rs", "prelude.rs"];

/// Everything that breaks a rule, one sentence each, in the order of the paths.
pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let mut sources = Vec::new();
    for folder in ["crates", "xtask", "fuzz"] {
        files_below(&root.join(folder), "rs", &mut sources)?;
    }
    sources.sort();
    let mut complaints = Vec::new();
    for path in &sources {
        let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let shown = path.strip_prefix(root).unwrap_or(path).display().to_string();
        complaints.extend(check_source(&shown, &text));
    }
    complaints.extend(check_documents(root)?);
    complaints.extend(check_store(root)?);
    Ok(complaints)
}

fn check_source(shown: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let n_lines = text.lines().count();
    if n_lines > MAX_FILE_LINES {
        complaints.push(format!("{shown}: {n_lines} lines, more than {MAX_FILE_LINES}: split it by idea"));
    }
    let is_entry = text.trim_start().starts_with("//!") || text.trim_start().starts_with("#![");
    if !is_entry {
        complaints.push(format!("{shown}: does not begin with `//!` saying what it is for"));
    }
    if BANNED_NAMES.iter().any(|name| shown.ends_with(&format!("/{name}"))) {
        complaints.push(format!("{shown}: a room without a name: call it by what it holds"));
    }
    for (idx, line) in text.lines().enumerate() {
        let open_end = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "todo".to_owned() + "!(", "unimplemented".to_owned() + "!("];
        if open_end.iter().any(|word| line.contains(word.as_str())) {
            complaints.push(format!("{shown}:{}: something left open", idx + 1));
        }
        let skipped = ["#[ign".to_owned() + "ore", "#[should_".to_owned() + "panic"];
        if skipped.iter().any(|word| line.contains(word.as_str())) {
            complaints.push(format!("{shown}:{}: a test that is skipped or expects a panic", idx + 1));
        }
    }
    complaints.extend(
        long_functions(text)
            .into_iter()
            .map(|(line, name, n)| format!("{shown}:{line}: function {name} has {n} lines, more than {MAX_FUNCTION_LINES}")),
    );
    complaints
}

/// Functions longer than a screen, found by indentation: rustfmt closes a body at the column of its `fn`.
fn long_functions(text: &str) -> Vec<(usize, String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let Some(name) = function_name(trimmed) else { continue };
        let indent = line.len() - trimmed.len();
        let closing = format!("{}}}", " ".repeat(indent));
        let Some(length) = lines[start..].iter().position(|l| *l == closing) else { continue };
        if length + 1 > MAX_FUNCTION_LINES {
            found.push((start + 1, name, length + 1));
        }
    }
    found
}

fn function_name(line: &str) -> Option<String> {
    let mut rest = line;
    for prefix in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async ", "unsafe "] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    let rest = rest.strip_prefix("fn ")?;
    // One-line bodies and trait signatures close on the same line.
    if rest.ends_with(';') || rest.ends_with("{}") || (rest.contains('{') && rest.ends_with('}')) {
        return None;
    }
    Some(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
}

/// Paths that a document names in backquotes must exist.
fn check_documents(root: &Path) -> Result<Vec<String>> {
    let mut documents = Vec::new();
    files_below(&root.join("docs"), "md", &mut documents)?;
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        documents.push(root.join(name));
    }
    documents.sort();
    let mut complaints = Vec::new();
    for path in documents {
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for word in text.split('`').skip(1).step_by(2) {
            let looks_like_path = ["crates/", "docs/", "rules/", "samples/", "fuzz/", "xtask/", ".ci/"].iter().any(|p| word.starts_with(p));
            let is_pattern = word.contains(['<', '*', ' ', '…']);
            if looks_like_path && !is_pattern && !root.join(word).exists() {
                complaints.push(format!("{}: names `{word}`, which does not exist", path.strip_prefix(root).unwrap_or(&path).display()));
            }
        }
    }
    Ok(complaints)
}

/// Every public function of the store is exercised inside a test on both databases.
fn check_store(root: &Path) -> Result<Vec<String>> {
    let mut sources = Vec::new();
    files_below(&root.join("crates/store"), "rs", &mut sources)?;
    sources.sort();
    let mut functions = Vec::new();
    let mut tests = String::new();
    for path in &sources {
        let text = fs::read_to_string(path)?;
        let in_tests_folder = path.components().any(|c| c.as_os_str() == "tests");
        let (code, test) = match text.find("#[cfg(test)]") {
            _ if in_tests_folder => ("", text.as_str()),
            Some(at) => text.split_at(at),
            None => (text.as_str(), ""),
        };
        functions.extend(
            code.lines()
                .filter_map(|l| l.trim_start().strip_prefix("pub async fn "))
                .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()),
        );
        tests.push_str(test);
    }
    functions.sort();
    functions.dedup();
    let untested = functions.into_iter().filter(|name| !tests.contains(&format!("{name}(")));
    Ok(untested.map(|name| format!("crates/store: `{name}` has no test on both databases")).collect())
}

fn files_below(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden_or_built = path.file_name().is_some_and(|n| n == "target" || n.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden_or_built {
            files_below(&path, extension, found)?;
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_function_is_named() {
        let body = "    x();\n".repeat(80);
        let text = format!("//! A room.\npub fn far_too_long() {{\n{body}}}\nfn short() {{\n    y();\n}}\n");
        assert_eq!(long_functions(&text), [(2, "far_too_long".to_owned(), 82)]);
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(check_source("crates/a/src/utils.rs", "fn a() {}\n").len(), 2);
        assert!(check_source("crates/a/src/unit.rs", "//! Units.\nfn a() {}\n").is_empty());
    }
}
