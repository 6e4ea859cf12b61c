//! The system as a whole: its release, whether it is a container, updates, kernel, clock.
//!
//! ```text
//! VERSION_ID="12"   →   os_version: platform=debian version=12
//! ```

use super::super::root::{Root, unseen};
use super::{known, lines, running, setting, unit_enabled};
use crate::facts::{Status, Table, Unseen, row};

/// Whether the collector runs as root; `None` where /proc does not tell.
pub(super) fn is_privileged(root: &Root) -> Option<bool> {
    let status = root.text("/proc/self/status")?;
    let uids = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    Some(uids.split_whitespace().nth(1)? == "0")
}

/// The kind of container around us, `None` on a machine of its own.
pub(super) fn container(root: &Root) -> Option<String> {
    if let Some(kind) = root.text("/run/systemd/container") {
        return Some(kind.trim().to_owned());
    }
    for (path, kind) in [("/.dockerenv", "docker"), ("/run/.containerenv", "podman")] {
        if root.exists(path) {
            return Some(kind.to_owned());
        }
    }
    let environment = root.text("/proc/1/environ").unwrap_or_default();
    if let Some(kind) = environment.split('\0').find_map(|one| one.strip_prefix("container=")) {
        return Some(kind.to_owned());
    }
    let groups = root.text("/proc/1/cgroup").unwrap_or_default();
    ["docker", "kubepods", "libpod", "lxc"].into_iter().find(|kind| groups.contains(kind)).map(str::to_owned)
}

pub(super) fn os_version(root: &Root) -> Table {
    let text = match root.read("/etc/os-release").or_else(|_| root.read("/usr/lib/os-release")) {
        Ok(text) => text,
        Err(error) => return unseen(&error, "/etc/os-release"),
    };
    let cells = known([
        ("name", setting(&text, "PRETTY_NAME").map(Into::into)),
        ("platform", setting(&text, "ID").map(Into::into)),
        ("version", setting(&text, "VERSION_ID").map(Into::into)),
    ]);
    Table::seen(&["/etc/os-release"], vec![cells])
}

pub(super) fn auto_updates(root: &Root) -> Table {
    if root.exists("/etc/apt") {
        return Table::seen(&["/etc/apt/apt.conf.d"], vec![row([("method", "apt".into()), ("enabled", apt_enabled(root).into())])]);
    }
    if root.exists("/etc/dnf") {
        let timers = ["dnf-automatic.timer", "dnf-automatic-install.timer", "dnf5-automatic.timer"];
        let applies = root.text("/etc/dnf/automatic.conf").and_then(|text| setting(&text, "apply_updates"));
        let enabled = unit_enabled(root, "dnf-automatic-install.timer")
            || (timers.into_iter().any(|timer| unit_enabled(root, timer)) && applies.as_deref() == Some("yes"));
        return Table::seen(&["/etc/dnf/automatic.conf"], vec![row([("method", "dnf".into()), ("enabled", enabled.into())])]);
    }
    Table::unseen(Status::Unsupported, Unseen::UnknownPackageManager, &[])
}

/// Debian and Ubuntu: unattended-upgrades is installed, switched on, and the timer that starts it is not masked.
fn apt_enabled(root: &Root) -> bool {
    let mut upgrade = "0".to_owned();
    for (_, text) in root.texts("/etc/apt/apt.conf.d", "") {
        if let Some(value) = apt_setting(&text, "APT::Periodic::Unattended-Upgrade") {
            upgrade = value;
        }
    }
    let masked = |unit: &str| root.link(&format!("/etc/systemd/system/{unit}")).is_ok_and(|target| target == "/dev/null");
    let installed = root.exists("/usr/bin/unattended-upgrade");
    installed && !matches!(upgrade.as_str(), "0" | "") && !masked("apt-daily-upgrade.timer")
}

/// The last value of `Name "value";` in apt.conf(5)'s flat form.
fn apt_setting(text: &str, name: &str) -> Option<String> {
    let mut flat = lines(text).filter(|line| !line.starts_with("//"));
    let last = flat.rfind(|line| line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)))?;
    Some(last[name.len()..].trim().trim_end_matches(';').trim().trim_matches('"').to_owned())
}

/// The running kernel against the newest installed one.
pub(super) fn reboot(root: &Root) -> Table {
    let Some(running) = root.text("/proc/sys/kernel/osrelease") else {
        return Table::unseen(Status::Unsupported, Unseen::NotRunning, &["/proc/sys/kernel/osrelease"]);
    };
    let kernels = root.list("/boot").into_iter().filter_map(|name| name.strip_prefix("vmlinuz-").map(str::to_owned));
    let newest = kernels.filter(|name| !name.contains("rescue")).max_by(|a, b| version_key(a).cmp(&version_key(b)));
    let cells = known([
        ("required", Some(root.exists("/run/reboot-required").into())),
        ("running", Some(running.trim().into())),
        ("newest", newest.map(Into::into)),
    ]);
    Table::seen(&["/proc/sys/kernel/osrelease", "/boot", "/run/reboot-required"], vec![cells])
}

/// `6.1.0-28-amd64` sorts after `6.1.0-9-amd64`.
fn version_key(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

/// (unit, program name) of the usual time services.
const TIME_SERVICES: &[(&str, &str)] = &[
    ("systemd-timesyncd.service", "systemd-timesyn"),
    ("chrony.service", "chronyd"),
    ("chronyd.service", "chronyd"),
    ("ntp.service", "ntpd"),
    ("ntpsec.service", "ntpd"),
    ("openntpd.service", "ntpd"),
];

pub(super) fn time_sync(root: &Root) -> Table {
    let programs = running(root);
    let is_running = |program: &str| programs.as_ref().map(|names| names.iter().any(|name| name == program));
    let enabled = TIME_SERVICES.iter().find(|(unit, _)| unit_enabled(root, unit));
    let alive = TIME_SERVICES.iter().find(|(_, program)| is_running(program) == Some(true));
    let service = alive.or(enabled).map_or("", |(unit, _)| unit.trim_end_matches(".service"));
    let synchronized =
        (service == "systemd-timesyncd" && programs.is_some()).then(|| root.exists("/run/systemd/timesync/synchronized").into());
    let cells = known([
        ("service", Some(service.into())),
        ("enabled", Some(enabled.is_some().into())),
        ("running", programs.is_some().then(|| alive.is_some().into())),
        ("synchronized", synchronized),
    ]);
    Table::seen(&["/etc/systemd/system", "/proc", "/run/systemd/timesync"], vec![cells])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_setting_of_apt_wins() {
        let text = "// APT::Periodic::Unattended-Upgrade \"9\";\nAPT::Periodic::Unattended-Upgrade \"1\";\nAPT::Periodic::Unattended-Upgrade \"0\";\n";
        assert_eq!(apt_setting(text, "APT::Periodic::Unattended-Upgrade").as_deref(), Some("0"));
        assert_eq!(apt_setting("", "APT::Periodic::Unattended-Upgrade"), None);
    }

    #[test]
    fn kernels_are_ordered_by_number() {
        assert!(version_key("6.1.0-28-amd64") > version_key("6.1.0-9-amd64"));
        assert!(version_key("6.12.3") > version_key("6.9.12"));
    }
}
