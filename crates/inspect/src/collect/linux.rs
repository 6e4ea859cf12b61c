//! Facts of a Linux host, from files, `/proc` and `/sys` below a root.
//!
//! Inside a container the kernel, the disks, the clock and the packet filter belong to the machine around it; those tables
//! then say `unsupported` with the reason `container`. On a mounted image whatever only a running system shows says
//! `not_running`.

use super::root::Root;
use crate::facts::{Facts, Row, Status, Table, Unseen, row};

mod accounts;
mod firewall;
mod logs;
mod passwords;
mod ports;
mod session;
mod ssh;
mod storage;
mod sudo;
mod system;

/// Reads one table.
type Reader = fn(&Root) -> Table;

/// Tables that describe the machine around a container.
const HOST_ONLY: &[(&str, Reader)] = &[
    ("auto_updates", system::auto_updates),
    ("disk_encryption", storage::disk_encryption),
    ("firewall", firewall::firewall),
    ("log_forwarding", logs::forwarding),
    ("log_retention", logs::retention),
    ("reboot", system::reboot),
    ("time_sync", system::time_sync),
];

/// Tables that mean the same inside a container.
const ANYWHERE: &[(&str, Reader)] = &[
    ("file_permissions", storage::file_permissions),
    ("listening_ports", ports::listening_ports),
    ("os_version", system::os_version),
    ("password_policy", passwords::policy),
    ("session_lock", session::session_lock),
    ("shadow", accounts::shadow),
    ("sshd_config", ssh::sshd_config),
    ("sudoers", sudo::sudoers),
    ("users", accounts::users),
    ("world_writable", storage::world_writable),
];

/// Fills every table of a Linux host.
pub(super) fn collect(root: &Root, facts: &mut Facts) {
    if root.is_live() {
        facts.collector.privileged = system::is_privileged(root);
    }
    let container = system::container(root);
    let desktop = session::has_desktop(root);
    facts.insert(
        "platform",
        Table::seen(
            &["/run", "/proc/1"],
            vec![row([("container", container.as_deref().unwrap_or_default().into()), ("desktop", desktop.into())])],
        ),
    );
    for (name, read) in HOST_ONLY {
        let table = match container {
            Some(_) => Table::unseen(Status::Unsupported, Unseen::Container, &[]),
            None => read(root),
        };
        facts.insert(name, table);
    }
    for (name, read) in ANYWHERE {
        facts.insert(name, read(root));
    }
}

/// One row without the cells that are unknown.
fn known<const N: usize>(cells: [(&str, Option<crate::facts::Cell>); N]) -> Row {
    cells.into_iter().filter_map(|(name, cell)| Some((name.to_owned(), cell?))).collect()
}

/// Lines without comments and blanks at the ends; empty ones left out.
fn lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The last value of `KEY=value` or `key = value`, without quotes.
fn setting(text: &str, key: &str) -> Option<String> {
    let found = lines(text).filter_map(|line| line.split_once('=')).rfind(|(name, _)| name.trim().eq_ignore_ascii_case(key));
    found.map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned())
}

/// True where systemd starts this unit: something wants it, and it is not masked.
fn unit_enabled(root: &Root, unit: &str) -> bool {
    let dir = "/etc/systemd/system";
    if root.link(&format!("{dir}/{unit}")).is_ok_and(|target| target == "/dev/null") {
        return false;
    }
    let wanted = root.list(dir).into_iter().filter(|name| name.ends_with(".wants") || name.ends_with(".requires"));
    wanted.into_iter().any(|name| root.list(&format!("{dir}/{name}")).iter().any(|entry| entry == unit))
}

/// The names of running programs, or nothing where no process table is there.
fn running(root: &Root) -> Option<Vec<String>> {
    let pids = root.list("/proc").into_iter().filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    let names: Vec<String> = pids.filter_map(|pid| root.text(&format!("/proc/{pid}/comm"))).map(|name| name.trim().to_owned()).collect();
    (!names.is_empty()).then_some(names)
}
