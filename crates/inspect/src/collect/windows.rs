//! Facts of a Windows PC, from the registry: language-neutral names and numbers only.
//!
//! What the registry does not show (updates installed, antivirus state, accounts, audit policy) says `unsupported`.
//!
//! ```text
//! HKLM\SYSTEM\…\Terminal Server  fDenyTSConnections = 1   →   windows_policy.remote_desktop=false
//! ```

use winreg::RegKey;
use winreg::enums::{HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY};

use crate::facts::{Cell, Facts, Row, Status, Table, Unseen};

const CURRENT_VERSION: &str = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion";
const FIREWALL: &str = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy";
const TERMINAL: &str = r"SYSTEM\CurrentControlSet\Control\Terminal Server";
const WINLOGON: &str = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon";
const SYSTEM_POLICY: &str = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System";
const EXPLORER_POLICY: &str = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\Explorer";
const UPDATE_POLICY: &str = r"SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU";
const SMB_SERVER: &str = r"SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters";
const LSA: &str = r"SYSTEM\CurrentControlSet\Control\Lsa";
const BITLOCKER: &str = r"SYSTEM\CurrentControlSet\Control\BitLockerStatus";

/// Tables that need more than the registry.
const UNSUPPORTED: &[&str] = &["listening_ports", "log_retention", "password_policy", "time_sync", "users"];

/// Fills the tables of a Windows PC.
pub(super) fn collect(facts: &mut Facts) {
    let machine = RegKey::predef(HKEY_LOCAL_MACHINE);
    facts.insert("os_version", os_version(&machine));
    facts.insert("windows_policy", policy(&machine));
    for name in UNSUPPORTED {
        facts.insert(name, Table::unseen(Status::Unsupported, Unseen::NotYetOnWindows, &[]));
    }
}

fn open(machine: &RegKey, path: &str) -> Option<RegKey> {
    machine.open_subkey_with_flags(path, KEY_READ | KEY_WOW64_64KEY).ok()
}

fn number(machine: &RegKey, path: &str, name: &str) -> Option<i64> {
    open(machine, path)?.get_value::<u32, _>(name).ok().map(i64::from)
}

fn text(machine: &RegKey, path: &str, name: &str) -> Option<String> {
    open(machine, path)?.get_value::<String, _>(name).ok()
}

fn os_version(machine: &RegKey) -> Table {
    let source = format!(r"HKLM\{CURRENT_VERSION}");
    let mut row = Row::new();
    row.insert("platform".to_owned(), "windows".into());
    let texts = [("name", "ProductName"), ("version", "DisplayVersion"), ("build", "CurrentBuild"), ("edition", "EditionID")];
    for (column, value) in texts {
        if let Some(found) = text(machine, CURRENT_VERSION, value) {
            row.insert(column.to_owned(), found.into());
        }
    }
    if let Some(kind) = text(machine, CURRENT_VERSION, "InstallationType") {
        row.insert("server".to_owned(), (kind != "Client").into());
    }
    if row.contains_key("build") {
        Table::seen(&[&source], vec![row])
    } else {
        Table::unseen(Status::Error, Unseen::Unreadable, &[&source])
    }
}

fn policy(machine: &RegKey) -> Table {
    let yes = |path: &str, name: &str| number(machine, path, name).map(|value| Cell::Bool(value == 1));
    let profile = |name: &str| yes(&format!(r"{FIREWALL}\{name}"), "EnableFirewall");
    let cells = [
        ("firewall_domain", profile("DomainProfile")),
        ("firewall_private", profile("StandardProfile")),
        ("firewall_public", profile("PublicProfile")),
        ("remote_desktop", number(machine, TERMINAL, "fDenyTSConnections").map(|denied| Cell::Bool(denied == 0))),
        ("remote_desktop_nla", yes(&format!(r"{TERMINAL}\WinStations\RDP-Tcp"), "UserAuthentication")),
        ("smb1_server", smb1(machine)),
        ("auto_logon", Some(Cell::Bool(text(machine, WINLOGON, "AutoAdminLogon").as_deref() == Some("1")))),
        // Only whether a password lies there; its text is not kept.
        ("auto_logon_password_stored", Some(Cell::Bool(text(machine, WINLOGON, "DefaultPassword").is_some()))),
        ("lock_idle_s", lock_idle(machine).map(Cell::Int)),
        ("autorun_blocked_drives", number(machine, EXPLORER_POLICY, "NoDriveTypeAutoRun").map(Cell::Int)),
        ("auto_update_disabled", Some(Cell::Bool(number(machine, UPDATE_POLICY, "NoAutoUpdate") == Some(1)))),
        ("blank_password_console_only", yes(LSA, "LimitBlankPasswordUse")),
        ("os_volume_protected", yes(BITLOCKER, "BootStatus")),
    ];
    let row: Row = cells.into_iter().filter_map(|(name, cell)| Some((name.to_owned(), cell?))).collect();
    Table::seen(&["HKLM", "HKCU"], vec![row])
}

/// Without the value, the server part of SMB 1 is on up to Windows 8.1 and not installed later, which the registry alone does
/// not tell; only a set value is a fact.
fn smb1(machine: &RegKey) -> Option<Cell> {
    number(machine, SMB_SERVER, "SMB1").map(|value| Cell::Bool(value != 0))
}

/// Seconds of idle time after which the session locks: the machine's limit, else this user's locking screen saver; 0 = never.
fn lock_idle(machine: &RegKey) -> Option<i64> {
    if let Some(seconds) = number(machine, SYSTEM_POLICY, "InactivityTimeoutSecs").filter(|seconds| *seconds > 0) {
        return Some(seconds);
    }
    let desktop = RegKey::predef(HKEY_CURRENT_USER).open_subkey(r"Control Panel\Desktop").ok()?;
    let value = |name: &str| desktop.get_value::<String, _>(name).ok();
    let locks = value("ScreenSaveActive").as_deref() == Some("1") && value("ScreenSaverIsSecure").as_deref() == Some("1");
    if locks { value("ScreenSaveTimeOut")?.parse().ok() } else { Some(0) }
}
