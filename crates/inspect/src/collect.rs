//! Collecting: reads one asset and fills tables of facts. The only half of this crate with input.
//!
//! Not for judging: a collector knows no rule. It reads language-neutral sources (files, `/proc`, the registry), starts no
//! program, changes nothing, and says by a status what it could not see. Passwords, hashes and real names are never kept.
//!
//! ```text
//! let facts = inspect::collect::host(&HostOptions::live("may-chu"), now);
//! ```

use std::path::PathBuf;

use jiff::Timestamp;

use crate::facts::{Asset, AssetKind, Collector, Facts, Status, Table, Unseen, row};

mod backup;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod root;
#[cfg(windows)]
mod windows;

/// What to look at on a host, beside the system itself.
#[derive(Debug, Clone)]
pub struct HostOptions {
    /// The file system to read: `/`, or where the system's image is mounted.
    pub root: PathBuf,
    /// The office's id and name of the asset.
    pub id: String,
    pub name: String,
    /// Folders where backups are kept; `None` where the office declared nothing.
    pub backup_dirs: Option<Vec<PathBuf>>,
    /// Ports that are wanted on this host; `None` where the office declared nothing.
    pub declared_ports: Option<Vec<DeclaredPort>>,
}

/// A port that the office wants open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeclaredPort {
    pub port: u16,
    /// IP protocol number: 6 is TCP, 17 UDP.
    pub protocol: u8,
}

impl HostOptions {
    /// The running machine, nothing declared; its name is its id.
    pub fn live(name: &str) -> HostOptions {
        HostOptions { root: PathBuf::from("/"), id: name.to_owned(), name: name.to_owned(), backup_dirs: None, declared_ports: None }
    }
}

/// Facts of a host: the machine this runs on, or a Linux system mounted at `options.root`.
pub fn host(options: &HostOptions, now: Timestamp) -> Facts {
    let kind = if cfg!(windows) { AssetKind::WindowsPc } else { AssetKind::LinuxHost };
    let mut facts = Facts::new(
        Asset { id: options.id.clone(), kind, name: options.name.clone() },
        Collector { name: "luytre".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), started: now, privileged: None },
    );
    facts.insert("declared_ports", declared_ports(options));
    facts.insert("backup_sets", backup::sets(options.backup_dirs.as_deref()));
    #[cfg(target_os = "linux")]
    linux::collect(&root::Root::new(&options.root), &mut facts);
    #[cfg(windows)]
    windows::collect(&mut facts);
    #[cfg(not(any(target_os = "linux", windows)))]
    facts.insert("os_version", Table::unseen(Status::Unsupported, Unseen::Platform, &[]));
    facts
}

/// Facts of a folder that holds backups.
pub fn backup(dir: &std::path::Path, id: &str, now: Timestamp) -> Facts {
    let collector = Collector { name: "luytre".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), started: now, privileged: None };
    let mut facts = Facts::new(Asset { id: id.to_owned(), kind: AssetKind::Backup, name: dir.display().to_string() }, collector);
    facts.insert("backup_sets", backup::sets(Some(&[dir.to_path_buf()])));
    facts
}

fn declared_ports(options: &HostOptions) -> Table {
    let Some(ports) = &options.declared_ports else {
        return Table::unseen(Status::Unsupported, Unseen::NotDeclared, &[]);
    };
    let rows = ports.iter().map(|one| row([("port", i64::from(one.port).into()), ("protocol", i64::from(one.protocol).into())]));
    Table::seen(&[], rows.collect())
}
