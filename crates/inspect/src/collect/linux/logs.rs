//! How long logs are kept, and whether they are copied to another machine.
//!
//! ```text
//! rotate 4 + weekly   →   rotated_days=28
//! ```

use jiff::Timestamp;

use super::super::root::Root;
use super::{known, lines, setting};
use crate::facts::{Table, row};

/// Logs that an investigation needs; the shortest-lived of them counts.
const KEY_LOGS: &[&str] = &["/auth.log", "/secure", "/syslog", "/messages"];

const ROTATE_FILES: &[&str] = &["/etc/logrotate.d/rsyslog", "/etc/logrotate.d/syslog", "/etc/logrotate.d/syslog-ng"];

pub(super) fn retention(root: &Root) -> Table {
    let (journal, journal_days) = journal(root);
    let cells = known([
        ("rotated_days", rotated_days(root).map(Into::into)),
        ("journal", Some(journal.into())),
        ("journal_days", journal_days.map(Into::into)),
        ("oldest", oldest(root).map(|time| time.to_string().into())),
    ]);
    Table::seen(&["/etc/systemd/journald.conf", "/etc/logrotate.conf", "/etc/logrotate.d", "/var/log"], vec![cells])
}

pub(super) fn forwarding(root: &Root) -> Table {
    let mut targets = Vec::new();
    let mut texts: Vec<String> = root.text("/etc/rsyslog.conf").into_iter().collect();
    texts.extend(root.texts("/etc/rsyslog.d", ".conf").into_iter().map(|(_, text)| text));
    for line in texts.iter().flat_map(|text| lines(text)) {
        targets.extend(rsyslog_target(line));
    }
    targets.extend(root.text("/etc/systemd/journal-upload.conf").and_then(|text| setting(&text, "URL")));
    let remote = !targets.is_empty();
    Table::seen(
        &["/etc/rsyslog.conf", "/etc/rsyslog.d", "/etc/systemd/journal-upload.conf"],
        vec![row([("remote", remote.into()), ("targets", targets.into())])],
    )
}

/// `*.* @@may:514`, `*.* @may`, or `action(type="omfwd" target="may" …)`.
fn rsyslog_target(line: &str) -> Option<String> {
    if line.contains("omfwd") {
        let rest = line.split("target=").nth(1)?.trim_start_matches(['"', '\'']);
        return rest.split(['"', '\'', ' ', ')']).next().map(str::to_owned);
    }
    let action = line.split_whitespace().nth(1)?;
    action.strip_prefix('@').map(|target| target.trim_start_matches('@').to_owned())
}

/// (kind, days kept): days are 0 where the journal dies with a restart, `None` where only its size is limited.
fn journal(root: &Root) -> (&'static str, Option<i64>) {
    let programs = ["/usr/lib/systemd/systemd-journald", "/lib/systemd/systemd-journald"];
    if !programs.into_iter().any(|path| root.exists(path)) {
        return ("none", Some(0));
    }
    let mut storage = "auto".to_owned();
    let mut kept = None;
    let mut texts: Vec<String> = root.text("/etc/systemd/journald.conf").into_iter().collect();
    for dir in ["/usr/lib/systemd/journald.conf.d", "/etc/systemd/journald.conf.d"] {
        texts.extend(root.texts(dir, ".conf").into_iter().map(|(_, text)| text));
    }
    for text in &texts {
        storage = setting(text, "Storage").unwrap_or(storage);
        kept = setting(text, "MaxRetentionSec").or(kept);
    }
    match storage.as_str() {
        "none" => ("none", Some(0)),
        "volatile" => ("volatile", Some(0)),
        "auto" if !root.exists("/var/log/journal") => ("volatile", Some(0)),
        _ => ("persistent", kept.and_then(|text| seconds(&text)).filter(|s| *s > 0).map(|s| s / 86_400)),
    }
}

/// A time span of systemd.time(7): `90day`, `1month`, `2week 3d`, plain seconds.
pub(super) fn seconds(text: &str) -> Option<i64> {
    if text == "infinity" {
        return None;
    }
    let mut total = 0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: i64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let end = rest.find(|c: char| c.is_ascii_digit() || c.is_whitespace()).unwrap_or(rest.len());
        let unit = match &rest[..end] {
            "" | "s" | "sec" | "second" | "seconds" => 1,
            "m" | "min" | "minute" | "minutes" => 60,
            "h" | "hr" | "hour" | "hours" => 3_600,
            "d" | "day" | "days" => 86_400,
            "w" | "week" | "weeks" => 604_800,
            "M" | "month" | "months" => 2_629_800,
            "y" | "year" | "years" => 31_557_600,
            _ => return None,
        };
        total += number.checked_mul(unit)?;
        rest = rest[end..].trim_start();
    }
    Some(total)
}

/// Days that log rotation keeps the shortest-lived key log; `None` where none is rotated.
fn rotated_days(root: &Root) -> Option<i64> {
    let global = root.text("/etc/logrotate.conf").unwrap_or_default();
    let outside = Rotation::default().with(lines(&global).take_while(|line| !line.contains('{')));
    let texts = ROTATE_FILES.iter().filter_map(|path| root.text(path));
    texts.flat_map(|text| key_days(&text, &outside)).min()
}

#[derive(Clone)]
struct Rotation {
    period_days: i64,
    kept: i64,
    max_age_days: Option<i64>,
}

impl Default for Rotation {
    /// logrotate(8) without a word: old files are removed, rotation is weekly in every shipped configuration.
    fn default() -> Rotation {
        Rotation { period_days: 7, kept: 0, max_age_days: None }
    }
}

impl Rotation {
    fn with<'a>(&self, lines: impl Iterator<Item = &'a str>) -> Rotation {
        let mut changed = self.clone();
        for line in lines {
            let mut words = line.split_whitespace();
            let (word, number) = (words.next(), words.next().and_then(|text| text.parse::<i64>().ok()));
            match (word, number) {
                (Some("daily"), _) => changed.period_days = 1,
                (Some("weekly"), _) => changed.period_days = 7,
                (Some("monthly"), _) => changed.period_days = 30,
                (Some("yearly"), _) => changed.period_days = 365,
                (Some("rotate"), Some(kept)) => changed.kept = kept,
                (Some("maxage"), Some(days)) => changed.max_age_days = Some(days),
                _ => {}
            }
        }
        changed
    }

    fn days(&self) -> i64 {
        let days = self.period_days * self.kept;
        self.max_age_days.map_or(days, |max| days.min(max))
    }
}

/// The days of every block of a logrotate file that names a key log.
fn key_days(text: &str, outside: &Rotation) -> Vec<i64> {
    let clean: String = lines(text).map(|line| format!("{line}\n")).collect();
    let blocks = clean.split('}').filter_map(|block| block.split_once('{'));
    let named = blocks.filter(|(head, _)| head.split_whitespace().any(|path| KEY_LOGS.iter().any(|log| path.ends_with(log))));
    named.map(|(_, body)| outside.with(body.lines()).days()).collect()
}

/// The time of the oldest key log or journal file.
fn oldest(root: &Root) -> Option<Timestamp> {
    let mut paths: Vec<String> = root
        .list("/var/log")
        .into_iter()
        .map(|name| format!("/var/log/{name}"))
        .filter(|path| KEY_LOGS.iter().any(|log| path["/var/log".len()..].starts_with(log)))
        .collect();
    for machine in root.list("/var/log/journal") {
        let dir = format!("/var/log/journal/{machine}");
        paths.extend(root.list(&dir).into_iter().map(|name| format!("{dir}/{name}")));
    }
    let files = paths.into_iter().filter_map(|path| root.meta(&path).ok()).filter(|meta| meta.is_file());
    files.filter_map(|meta| Timestamp::try_from(meta.modified().ok()?).ok()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotation_counts_the_key_logs_only() {
        let text =
            "/var/log/syslog\n/var/log/auth.log\n{\n\trotate 4\n\tweekly\n\tmissingok\n}\n/var/log/cron.log\n{\n rotate 1\n daily\n}\n";
        assert_eq!(key_days(text, &Rotation::default()), [28]);
        assert_eq!(key_days("/var/log/messages { monthly\nrotate 6\nmaxage 90\n}", &Rotation::default()), [90]);
    }

    #[test]
    fn time_spans_of_systemd() {
        assert_eq!(seconds("90day"), Some(90 * 86_400));
        assert_eq!(seconds("1month"), Some(2_629_800));
        assert_eq!(seconds("2week 3d"), Some(17 * 86_400));
        assert_eq!(seconds("900"), Some(900));
        assert_eq!(seconds("infinity"), None);
    }

    #[test]
    fn targets_of_rsyslog() {
        assert_eq!(rsyslog_target("*.* @@10.0.0.5:514").as_deref(), Some("10.0.0.5:514"));
        assert_eq!(rsyslog_target("action(type=\"omfwd\" target=\"log.tinh\" port=\"514\")").as_deref(), Some("log.tinh"));
        assert_eq!(rsyslog_target("auth,authpriv.* /var/log/auth.log"), None);
    }
}
