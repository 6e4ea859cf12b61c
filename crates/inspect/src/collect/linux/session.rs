//! Idle locking: of the screen where there is a desktop, of shells otherwise.
//!
//! Only settings for the whole machine are read; a desktop user's own setting stands in a binary file of his and is left
//! unknown, not guessed.
//!
//! ```text
//! [org/gnome/desktop/session] idle-delay=uint32 300   →   idle_s=300
//! ```

use super::super::root::Root;
use super::{known, lines, setting};
use crate::facts::Table;

const DESKTOPS: &[&str] = &["/usr/share/xsessions", "/usr/share/wayland-sessions"];

/// (section, key of the idle time, seconds per unit, section of the lock, key of the lock) of dconf databases.
const DCONF: &[(&str, &str, i64, &str, &str)] = &[
    ("org/gnome/desktop/session", "idle-delay", 1, "org/gnome/desktop/screensaver", "lock-enabled"),
    ("org/cinnamon/desktop/session", "idle-delay", 1, "org/cinnamon/desktop/screensaver", "lock-enabled"),
    ("org/mate/desktop/session", "idle-delay", 60, "org/mate/screensaver", "lock-enabled"),
];

/// True where a graphical session can be started.
pub(super) fn has_desktop(root: &Root) -> bool {
    DESKTOPS.iter().any(|dir| root.list(dir).iter().any(|name| name.ends_with(".desktop")))
}

pub(super) fn session_lock(root: &Root) -> Table {
    let desktop = has_desktop(root);
    let (idle_s, lock) = if desktop { desktop_lock(root) } else { (None, None) };
    let cells = known([
        ("desktop", Some(desktop.into())),
        ("idle_s", idle_s.map(Into::into)),
        ("lock", lock.map(Into::into)),
        ("shell_timeout_s", Some(shell_timeout(root).into())),
    ]);
    Table::seen(&["/usr/share/xsessions", "/etc/dconf/db", "/etc/xdg/kscreenlockerrc", "/etc/profile"], vec![cells])
}

/// (idle seconds, locks) set for all users, where set.
fn desktop_lock(root: &Root) -> (Option<i64>, Option<bool>) {
    for dir in root.list("/etc/dconf/db").into_iter().filter(|name| name.ends_with(".d")) {
        let texts = root.texts(&format!("/etc/dconf/db/{dir}"), "");
        let all: String = texts.into_iter().map(|(_, text)| text + "\n").collect();
        for (session, idle, unit_s, saver, lock) in DCONF {
            let idle_s = section_setting(&all, session, idle)
                .and_then(|value| value.trim_start_matches("uint32").trim().parse::<i64>().ok())
                .map(|number| number * unit_s);
            if idle_s.is_some() {
                return (idle_s, section_setting(&all, saver, lock).map(|value| value == "true"));
            }
        }
    }
    let kde = root.text("/etc/xdg/kscreenlockerrc").unwrap_or_default();
    let minutes = section_setting(&kde, "Daemon", "Timeout").and_then(|value| value.parse::<i64>().ok());
    (minutes.map(|minutes| minutes * 60), section_setting(&kde, "Daemon", "Autolock").map(|value| value == "true"))
}

/// The last value of a key in a section of an INI file.
fn section_setting(text: &str, section: &str, key: &str) -> Option<String> {
    let mut inside = false;
    let mut found = None;
    for line in lines(text) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            inside = name == section;
        } else if inside && let Some(value) = setting(line, key) {
            found = Some(value);
        }
    }
    found
}

/// Seconds after which an idle shell ends: `TMOUT` of bash and ksh, or logind; 0 = never.
fn shell_timeout(root: &Root) -> i64 {
    let mut texts: Vec<String> =
        ["/etc/profile", "/etc/bash.bashrc", "/etc/bashrc", "/etc/environment"].into_iter().filter_map(|path| root.text(path)).collect();
    texts.extend(root.texts("/etc/profile.d", ".sh").into_iter().map(|(_, text)| text));
    let shell = texts.iter().filter_map(|text| tmout(text)).next_back();
    let logind = root.text("/etc/systemd/logind.conf").and_then(|text| super::logs::seconds(&setting(&text, "StopIdleSessionSec")?));
    shell.filter(|seconds| *seconds > 0).or(logind).unwrap_or(0)
}

/// `TMOUT=900`, also after `export`, `readonly`, `declare -xr` or `typeset`.
fn tmout(text: &str) -> Option<i64> {
    let values = lines(text).filter_map(|line| line.split_once("TMOUT=").map(|(_, rest)| rest));
    values.filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()).next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_one_section() {
        let text = "[org/gnome/desktop/session]\nidle-delay=uint32 300\n[org/gnome/desktop/screensaver]\nlock-enabled=true\n";
        assert_eq!(section_setting(text, "org/gnome/desktop/session", "idle-delay").as_deref(), Some("uint32 300"));
        assert_eq!(section_setting(text, "org/gnome/desktop/session", "lock-enabled"), None);
    }

    #[test]
    fn timeouts_of_shells() {
        assert_eq!(tmout("readonly TMOUT=600; export TMOUT"), Some(600));
        assert_eq!(tmout("# TMOUT=600"), None);
        assert_eq!(tmout("umask 022"), None);
    }
}
