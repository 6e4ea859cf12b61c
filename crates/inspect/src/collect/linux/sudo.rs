//! Who may act as root through sudo: `/etc/sudoers` with the files it includes.
//!
//! Not a full sudoers(5) parser: aliases are left unexpanded and a rule is kept as it stands.
//!
//! ```text
//! %admin ALL=(ALL) NOPASSWD: ALL   →   header="%admin ALL" nopasswd=true all_commands=true
//! ```

use std::io;

use super::super::root::{Root, unseen};
use crate::facts::{Row, Status, Table, Unseen, row};

const MAX_INCLUDES: usize = 64;
const MAIN: &str = "/etc/sudoers";

pub(super) fn sudoers(root: &Root) -> Table {
    let mut table = Table::seen(&[], Vec::new());
    let mut todo = vec![MAIN.to_owned()];
    let mut files = 0;
    while let Some(path) = todo.pop() {
        files += 1;
        if files > MAX_INCLUDES {
            table.status = Status::Partial;
            table.reason = Some(Unseen::TooManyFiles.as_str().to_owned());
            break;
        }
        match root.read(&path) {
            Ok(text) => {
                let joined = text.replace("\\\n", " ");
                todo.extend(joined.lines().flat_map(|line| included(root, line)));
                table.rows.extend(joined.lines().filter_map(|line| rule(&path, line)));
                table.source.push(path);
            }
            Err(error) if path == MAIN => return unseen(&error, MAIN),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => {
                table.status = Status::Partial;
                table.reason = Some(Unseen::IncludedFileUnreadable.as_str().to_owned());
            }
        }
    }
    table
}

/// The files that a line includes; sudo skips names with a dot and those that end in `~`.
fn included(root: &Root, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["@include" | "#include", path] => vec![path.to_owned()],
        ["@includedir" | "#includedir", dir] => {
            let names = root.list(dir).into_iter().filter(|name| !name.contains('.') && !name.ends_with('~'));
            names.map(|name| format!("{dir}/{name}")).collect()
        }
        _ => Vec::new(),
    }
}

fn rule(source: &str, line: &str) -> Option<Row> {
    let line = line.trim();
    let first = line.split_whitespace().next()?;
    if line.starts_with(['#', '@']) || first.ends_with("_Alias") {
        return None;
    }
    if first.starts_with("Defaults") {
        // `!authenticate` frees everybody it applies to from the password.
        return line.contains("!authenticate").then(|| made(source, first, "!authenticate", true, true));
    }
    let (header, details) = line.split_once('=')?;
    let (mut open, mut nopasswd, mut all, mut all_open) = (false, false, false, false);
    for command in details.split(',') {
        let mut rest = command.trim();
        if let Some(after) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            rest = after.1.trim();
        }
        while let Some((tag, after)) = rest.split_once(':').filter(|(tag, _)| is_tag(tag)) {
            match tag.trim() {
                "NOPASSWD" => open = true,
                "PASSWD" => open = false,
                _ => {}
            }
            rest = after.trim();
        }
        nopasswd |= open;
        all |= rest == "ALL";
        all_open |= open && rest == "ALL";
    }
    Some(made(source, header.trim(), details.trim(), nopasswd, if nopasswd { all_open } else { all }))
}

fn is_tag(word: &str) -> bool {
    let word = word.trim();
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

fn made(source: &str, header: &str, details: &str, nopasswd: bool, all_commands: bool) -> Row {
    row([
        ("source", source.into()),
        ("header", header.into()),
        ("rule_details", details.into()),
        ("nopasswd", nopasswd.into()),
        ("all_commands", all_commands.into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Cell;

    fn flags(line: &str) -> Option<(Cell, Cell)> {
        rule(MAIN, line).map(|row| (row["nopasswd"].clone(), row["all_commands"].clone()))
    }

    #[test]
    fn tags_hold_for_the_commands_after_them() {
        let of = |nopasswd: bool, all: bool| Some((Cell::Bool(nopasswd), Cell::Bool(all)));
        assert_eq!(flags("root ALL=(ALL:ALL) ALL"), of(false, true));
        assert_eq!(flags("%admin ALL=(ALL) NOPASSWD: ALL"), of(true, true));
        assert_eq!(flags("sao-luu ALL=(root) NOPASSWD: /usr/bin/rsync, PASSWD: ALL"), of(true, false));
        assert_eq!(flags("Defaults:van-thu !authenticate"), of(true, true));
        assert_eq!(flags("Defaults env_reset"), None);
        assert_eq!(flags("Cmnd_Alias MAY = /usr/sbin/shutdown"), None);
        assert_eq!(flags("# %admin ALL=(ALL) NOPASSWD: ALL"), None);
    }
}
