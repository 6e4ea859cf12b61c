//! Disks and permissions: encryption of mounted file systems, protection of key files, files that anybody may write.
//!
//! ```text
//! /sys/dev/block/254:0/dm/uuid = CRYPT-LUKS2-…   →   encrypted=true type=CRYPT-LUKS2
//! ```

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::super::root::Root;
use super::known;
use crate::facts::{Row, Status, Table, Unseen, row};

/// Device mapper, RAID and LVM can be stacked; nobody stacks deeper.
const MAX_STACK: usize = 8;
const MAX_ENTRIES: usize = 300_000;
const MAX_ROWS: usize = 200;

/// File systems that hold data on a block device.
const DATA_SYSTEMS: &[&str] = &["ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs", "ntfs", "ntfs3", "exfat"];

/// Files whose permissions matter most.
const KEY_FILES: &[&str] =
    &["/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/etc/crontab", "/etc/ssh/sshd_config", "/root"];

/// Folders where nothing may be writable for everybody.
const KEY_DIRS: &[&str] = &["/etc", "/usr/bin", "/usr/sbin", "/usr/local", "/opt", "/root", "/srv", "/var/www", "/var/spool/cron", "/boot"];

pub(super) fn disk_encryption(root: &Root) -> Table {
    let source = "/proc/self/mountinfo";
    let Some(text) = root.text(source) else {
        return Table::unseen(Status::Unsupported, Unseen::NotRunning, &[source]);
    };
    let mut rows: Vec<Row> = text.lines().filter_map(|line| mount_row(root, line)).collect();
    rows.sort_by_key(|row| format!("{row:?}"));
    rows.dedup_by(|a, b| a.get("name") == b.get("name") && a.get("type") == b.get("type"));
    if rows.is_empty() {
        return Table::unseen(Status::Unsupported, Unseen::NoBlockDevice, &[source]);
    }
    Table::seen(&[source, "/sys/dev/block"], rows)
}

/// proc(5), mountinfo: id parent major:minor root mount-point options … `-` type source super-options.
fn mount_row(root: &Root, line: &str) -> Option<Row> {
    let (head, tail) = line.split_once(" - ")?;
    let mut tail = tail.split(' ');
    let (kind, device) = (tail.next()?, tail.next()?);
    let fields: Vec<&str> = head.split(' ').collect();
    let (numbers, place) = (*fields.get(2)?, *fields.get(4)?);
    if !DATA_SYSTEMS.contains(&kind) || place.starts_with("/boot") {
        return None;
    }
    // btrfs has no device number of its own; its source names the device.
    let by_number = format!("/sys/dev/block/{numbers}");
    let by_name = format!("/sys/class/block/{}", real_name(root, device));
    let sys = [by_number, by_name].into_iter().find(|path| root.exists(path));
    let layer = sys.as_deref().map(|path| encryption(root, path, 0));
    Some(known([
        ("path", Some(place.into())),
        ("name", Some(device.into())),
        ("encrypted", layer.as_ref().map(|layer| layer.is_some().into())),
        ("type", layer.flatten().map(Into::into)),
    ]))
}

/// `/dev/mapper/goc` is a link to `../dm-0`.
fn real_name(root: &Root, device: &str) -> String {
    let target = root.link(device).unwrap_or_else(|_| device.to_owned());
    target.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The kind of encryption under a block device, `None` where any part of it lies open.
fn encryption(root: &Root, sys: &str, depth: usize) -> Option<String> {
    let uuid = root.text(&format!("{sys}/dm/uuid")).unwrap_or_default();
    if uuid.starts_with("CRYPT-") {
        return Some(uuid.trim().splitn(3, '-').take(2).collect::<Vec<_>>().join("-"));
    }
    let below = root.list(&format!("{sys}/slaves"));
    if below.is_empty() || depth == MAX_STACK {
        return None;
    }
    let mut kinds = below.iter().map(|name| encryption(root, &format!("{sys}/slaves/{name}"), depth + 1));
    let first = kinds.next()??;
    kinds.all(|kind| kind.is_some()).then_some(first)
}

pub(super) fn file_permissions(root: &Root) -> Table {
    let mut paths: Vec<String> = KEY_FILES.iter().map(|path| (*path).to_owned()).collect();
    let keys = root.list("/etc/ssh").into_iter().filter(|name| name.starts_with("ssh_host_") && name.ends_with("_key"));
    paths.extend(keys.map(|name| format!("/etc/ssh/{name}")));
    let rows: Vec<Row> = paths
        .into_iter()
        .filter_map(|path| {
            let meta = root.meta(&path).ok()?;
            let mode = meta.permissions().mode();
            Some(row([
                ("path", path.into()),
                ("mode", format!("{:04o}", mode & 0o7777).into()),
                ("uid", meta.uid().into()),
                ("group", (mode >> 3 & 7).into()),
                ("others", (mode & 7).into()),
            ]))
        })
        .collect();
    if rows.is_empty() {
        return Table::unseen(Status::Error, Unseen::NoKeyFile, &["/etc"]);
    }
    Table::seen(&["/etc", "/root"], rows)
}

pub(super) fn world_writable(root: &Root) -> Table {
    let mut walk = Walk { rows: Vec::new(), left: MAX_ENTRIES, denied: false };
    let mut todo: Vec<(PathBuf, String)> =
        KEY_DIRS.iter().map(|dir| (root.resolve(dir), (*dir).to_owned())).filter(|(real, _)| real.is_dir()).collect();
    while let Some((real, shown)) = todo.pop() {
        walk.dir(&real, &shown, &mut todo);
    }
    walk.rows.sort_by_key(|row| format!("{row:?}"));
    let reason = if walk.left == 0 {
        Unseen::TooManyFiles
    } else if walk.rows.len() > MAX_ROWS {
        Unseen::TooManyRows
    } else if walk.denied {
        Unseen::NeedsRoot
    } else {
        return Table::seen(KEY_DIRS, walk.rows);
    };
    walk.rows.truncate(MAX_ROWS);
    Table::partial(reason, KEY_DIRS, walk.rows)
}

struct Walk {
    rows: Vec<Row>,
    left: usize,
    denied: bool,
}

impl Walk {
    /// Looks at one folder's entries; links have no permissions of their own.
    fn dir(&mut self, real: &Path, shown: &str, todo: &mut Vec<(PathBuf, String)>) {
        let Ok(entries) = fs::read_dir(real) else {
            self.denied = true;
            return;
        };
        for entry in entries.flatten() {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            let Ok(meta) = entry.metadata() else { continue };
            let path = format!("{shown}/{}", entry.file_name().to_string_lossy());
            let mode = meta.permissions().mode() & 0o7777;
            let sticky_dir = meta.is_dir() && mode & 0o1000 != 0;
            if mode & 0o002 != 0 && (meta.is_file() || meta.is_dir()) && !sticky_dir {
                self.rows.push(row([("path", path.clone().into()), ("mode", format!("{mode:04o}").into())]));
            }
            if meta.is_dir() {
                todo.push((entry.path(), path));
            }
        }
    }
}
