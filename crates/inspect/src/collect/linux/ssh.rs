//! The SSH server's effective settings, as sshd(8) would take them: the first value wins, `Include` is read in place, what
//! stands in a `Match` block holds for some users or hosts only and is kept apart.
//!
//! ```text
//! PermitRootLogin no   →   permitrootlogin="no"
//! ```

use std::collections::BTreeMap;

use super::super::root::{Root, unseen};
use crate::facts::{Row, Status, Table, Unseen, row};

const MAIN: &str = "/etc/ssh/sshd_config";
const MAX_DEPTH: usize = 8;

/// Settings looked at, with sshd's built-in value (OpenSSH 7.0 and later).
const DEFAULTS: &[(&str, &str)] =
    &[("permitrootlogin", "prohibit-password"), ("passwordauthentication", "yes"), ("permitemptypasswords", "no")];

#[derive(Default)]
struct Settings {
    global: BTreeMap<String, String>,
    matched: BTreeMap<String, Vec<String>>,
    ports: Vec<String>,
    addresses: Vec<String>,
    sources: Vec<String>,
    incomplete: bool,
}

pub(super) fn sshd_config(root: &Root) -> Table {
    let installed = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].into_iter().any(|path| root.exists(path));
    if !installed {
        return Table::unseen(Status::Absent, Unseen::NoSshServer, &["/usr/sbin/sshd"]);
    }
    let mut settings = Settings::default();
    match root.read(MAIN) {
        Ok(text) => add(root, MAIN, &text, false, 0, &mut settings),
        Err(error) => return unseen(&error, MAIN),
    }
    let rows = vec![effective(&settings)];
    let sources: Vec<&str> = settings.sources.iter().map(String::as_str).collect();
    if settings.incomplete {
        return Table::partial(Unseen::IncludedFileUnreadable, &sources, rows);
    }
    Table::seen(&sources, rows)
}

fn add(root: &Root, path: &str, text: &str, mut in_match: bool, depth: usize, settings: &mut Settings) {
    settings.sources.push(path.to_owned());
    for line in super::lines(text) {
        let (key, value) = split(line);
        match key.as_str() {
            // `Match all` ends a block as far as anybody writes it.
            "match" => in_match = !value.eq_ignore_ascii_case("all"),
            "include" if depth < MAX_DEPTH => {
                for file in value.split_whitespace().flat_map(|pattern| expand(root, pattern)) {
                    match root.read(&file) {
                        Ok(text) => add(root, &file, &text, in_match, depth + 1, settings),
                        Err(_) => settings.incomplete = true,
                    }
                }
            }
            "port" if !in_match => settings.ports.push(value.to_owned()),
            "listenaddress" if !in_match => settings.addresses.push(value.to_owned()),
            _ if in_match => settings.matched.entry(key).or_default().push(value.to_ascii_lowercase()),
            _ => {
                settings.global.entry(key).or_insert_with(|| value.to_ascii_lowercase());
            }
        }
    }
}

/// `Key value`, `Key=value` or `Key "value"`.
fn split(line: &str) -> (String, &str) {
    let at = line.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(line.len());
    let value = line[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '=');
    (line[..at].to_ascii_lowercase(), value.trim_matches('"'))
}

/// The files of an `Include` pattern; a star may stand in the last part.
fn expand(root: &Root, pattern: &str) -> Vec<String> {
    let pattern = if pattern.starts_with('/') { pattern.to_owned() } else { format!("/etc/ssh/{pattern}") };
    let Some((dir, name)) = pattern.rsplit_once('/') else { return Vec::new() };
    match name.split_once('*') {
        None => vec![pattern],
        Some((head, tail)) => {
            let fits = |name: &String| name.len() >= head.len() + tail.len() && name.starts_with(head) && name.ends_with(tail);
            root.list(dir).into_iter().filter(fits).map(|name| format!("{dir}/{name}")).collect()
        }
    }
}

fn effective(settings: &Settings) -> Row {
    let mut cells = row([
        ("port", if settings.ports.is_empty() { vec!["22".to_owned()] } else { settings.ports.clone() }.into()),
        ("listenaddress", settings.addresses.clone().into()),
    ]);
    let mut defaulted = Vec::new();
    for (key, built_in) in DEFAULTS {
        let value = settings.global.get(*key).map_or(*built_in, |value| match value.as_str() {
            "without-password" => "prohibit-password",
            other => other,
        });
        if !settings.global.contains_key(*key) {
            defaulted.push((*key).to_owned());
        }
        cells.insert((*key).to_owned(), value.into());
        let matched = settings.matched.get(*key).cloned().unwrap_or_default();
        cells.insert(format!("match_{key}"), matched.into());
    }
    cells.insert("defaulted".to_owned(), defaulted.into());
    cells
}
