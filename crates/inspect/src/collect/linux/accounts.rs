//! Accounts: `/etc/passwd` and `/etc/shadow`. Of a password only its state, its kind of hash and its age are kept; real names
//! and comments are not read into facts at all.
//!
//! ```text
//! nam:$y$j9T$…:20500:0:99999:7:::   →   username=nam password_status=active hash_alg=yescrypt last_change=2026-02-16
//! ```

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::super::root::{Root, unseen};
use super::known;
use crate::facts::{Row, Table, row};

pub(super) fn users(root: &Root) -> Table {
    match root.read("/etc/passwd") {
        Ok(text) => Table::seen(&["/etc/passwd"], text.lines().filter_map(passwd_row).collect()),
        Err(error) => unseen(&error, "/etc/passwd"),
    }
}

pub(super) fn shadow(root: &Root) -> Table {
    match root.read("/etc/shadow") {
        Ok(text) => Table::seen(&["/etc/shadow"], text.lines().filter_map(shadow_row).collect()),
        Err(error) => unseen(&error, "/etc/shadow"),
    }
}

/// passwd(5): name, password, uid, gid, comment, directory, shell.
fn passwd_row(line: &str) -> Option<Row> {
    let fields: Vec<&str> = line.split(':').collect();
    let [name, password, uid, gid, _, directory, shell] = fields[..] else { return None };
    let state = match password {
        "x" => "shadow",
        "" => "empty",
        other if other.starts_with(['!', '*']) => "locked",
        _ => "hash",
    };
    Some(row([
        ("username", name.into()),
        ("uid", uid.parse::<i64>().ok()?.into()),
        ("gid", gid.parse::<i64>().ok()?.into()),
        ("directory", directory.into()),
        ("shell", shell.into()),
        ("password_field", state.into()),
    ]))
}

/// shadow(5): name, password, last change, min, max, warning, inactive, expire, reserved; days since 1970.
fn shadow_row(line: &str) -> Option<Row> {
    let fields: Vec<&str> = line.split(':').collect();
    let (&name, &password) = (fields.first()?, fields.get(1)?);
    let field = |at: usize| fields.get(at).and_then(|text| text.parse::<i64>().ok());
    let status = match password {
        "" => "empty",
        "!!" | "*" | "!*" => "not_set",
        other if other.starts_with(['!', '*']) => "locked",
        _ => "active",
    };
    Some(known([
        ("username", Some(name.into())),
        ("password_status", Some(status.into())),
        ("hash_alg", hash_kind(password.trim_start_matches('!')).map(Into::into)),
        ("last_change", field(2).and_then(day).map(|day| day.to_string().into())),
        ("max", field(4).map(Into::into)),
        ("expire", field(7).and_then(day).map(|day| day.to_string().into())),
    ]))
}

fn day(days: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(days.checked_abs().filter(|days| *days < 1_000_000)?.days()).ok()
}

/// crypt(5): the prefix names the method.
fn hash_kind(hash: &str) -> Option<&'static str> {
    let kinds = [
        ("$y$", "yescrypt"),
        ("$gy$", "gost-yescrypt"),
        ("$7$", "scrypt"),
        ("$2", "bcrypt"),
        ("$6$", "sha512"),
        ("$5$", "sha256"),
        ("$1$", "md5"),
    ];
    let kind = kinds.into_iter().find(|(prefix, _)| hash.starts_with(prefix)).map(|(_, kind)| kind);
    kind.or((hash.len() == 13).then_some("des"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Cell;

    #[test]
    fn a_hash_leaves_only_its_kind_and_age() {
        let row = shadow_row("nam:$y$j9T$salt$hash:20500:0:99999:7:::").unwrap();
        assert_eq!(row["password_status"], Cell::from("active"));
        assert_eq!(row["hash_alg"], Cell::from("yescrypt"));
        assert_eq!(row["last_change"], Cell::from("2026-02-16"));
        assert!(!format!("{row:?}").contains("salt"));
    }

    #[test]
    fn states_of_a_password() {
        let status = |line: &str| shadow_row(line).unwrap()["password_status"].clone();
        assert_eq!(status("khach::20500:0:99999:7:::"), Cell::from("empty"));
        assert_eq!(status("daemon:*:20500:0:99999:7:::"), Cell::from("not_set"));
        assert_eq!(status("cu:!$6$a$b:20500::::::"), Cell::from("locked"));
    }

    #[test]
    fn real_names_are_not_kept() {
        let row = passwd_row("van-thu:x:1000:1000:Nguyen Thi Vi Du,,,:/home/van-thu:/bin/bash").unwrap();
        assert_eq!(row["uid"], Cell::Int(1000));
        assert!(!format!("{row:?}").contains("Nguyen"));
    }
}
