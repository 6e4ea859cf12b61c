//! The tables that facts may hold: names, columns and their types.
//!
//! osquery's table and column names wherever osquery has the table. A check that names anything else is refused when it is
//! loaded, so that a typing error never turns into "not tested".

use Column::{Bool, Int, List, Text};

use crate::facts::{Cell, Facts};

/// Whether a table describes one thing (bound to its row) or many (bound to the list of rows).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    One,
    Many,
}

/// The type of a column. Dates are ISO text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Bool,
    Int,
    Text,
    List,
}

/// One table.
#[derive(Debug)]
pub struct Schema {
    pub name: &'static str,
    pub shape: Shape,
    pub columns: &'static [(&'static str, Column)],
}

/// The table of this name.
pub fn table(name: &str) -> Option<&'static Schema> {
    TABLES.iter().find(|table| table.name == name)
}

impl Schema {
    /// The type of a column.
    pub fn column(&self, name: &str) -> Option<Column> {
        self.columns.iter().find(|(column, _)| *column == name).map(|(_, kind)| *kind)
    }
}

/// What in these facts does not follow the schema: `table.column` names, empty if all is well.
/// Used on facts that come from outside and by the collectors' own tests.
pub fn mismatches(facts: &Facts) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, content) in &facts.tables {
        let Some(schema) = table(name) else {
            wrong.push(name.clone());
            continue;
        };
        if schema.shape == Shape::One && content.rows.len() > 1 {
            wrong.push(format!("{name}: more than one row"));
        }
        for (column, cell) in content.rows.iter().flatten() {
            let fits = matches!(
                (schema.column(column), cell),
                (Some(Bool), Cell::Bool(_)) | (Some(Int), Cell::Int(_)) | (Some(Text), Cell::Text(_)) | (Some(List), Cell::List(_))
            );
            if !fits {
                wrong.push(format!("{name}.{column}"));
            }
        }
    }
    wrong
}

/// Every table, by name.
pub static TABLES: &[Schema] = &[
    // Automatic installation of security updates, as configured.
    Schema { name: "auto_updates", shape: Shape::One, columns: &[("enabled", Bool), ("method", Text)] },
    // One row a declared backup folder; each entry directly inside it counts as one backup.
    Schema {
        name: "backup_sets",
        shape: Shape::Many,
        columns: &[("path", Text), ("backups", Int), ("newest", Text), ("newest_bytes", Int), ("median_bytes", Int)],
    },
    // Ports that the office declared as wanted on this asset.
    Schema { name: "declared_ports", shape: Shape::Many, columns: &[("port", Int), ("protocol", Int)] },
    // osquery disk_encryption, one row a mounted file system that holds data.
    Schema { name: "disk_encryption", shape: Shape::Many, columns: &[("path", Text), ("name", Text), ("encrypted", Bool), ("type", Text)] },
    // Permissions of files that must be protected; `others` and `group` are the octal digits.
    Schema {
        name: "file_permissions",
        shape: Shape::Many,
        columns: &[("path", Text), ("mode", Text), ("uid", Int), ("group", Int), ("others", Int)],
    },
    // The packet filter as configured to start, and whether the kernel has one loaded.
    Schema { name: "firewall", shape: Shape::One, columns: &[("tool", Text), ("enabled", Bool), ("input_policy", Text), ("loaded", Bool)] },
    // osquery listening_ports; protocol 6 is TCP, 17 UDP; `scope` is loopback, link, private, public or any.
    Schema {
        name: "listening_ports",
        shape: Shape::Many,
        columns: &[("pid", Int), ("port", Int), ("protocol", Int), ("family", Int), ("address", Text), ("scope", Text), ("process", Text)],
    },
    // Whether logs are copied to another machine.
    Schema { name: "log_forwarding", shape: Shape::One, columns: &[("remote", Bool), ("targets", List)] },
    // How long logs are kept. `rotated_days`: by log rotation; `journal_days`: by the system journal, 0 where it is not kept
    // over a restart, missing where only its size is limited; `oldest`: the oldest log file seen.
    Schema {
        name: "log_retention",
        shape: Shape::One,
        columns: &[("rotated_days", Int), ("journal_days", Int), ("journal", Text), ("oldest", Text)],
    },
    // osquery os_version; `platform` is the ID of os-release, or `windows`.
    Schema {
        name: "os_version",
        shape: Shape::One,
        columns: &[("name", Text), ("platform", Text), ("version", Text), ("build", Text), ("edition", Text), ("server", Bool)],
    },
    // Derived from os_version and the shipped end-of-support list: `ends` is the last day of free security updates.
    Schema { name: "os_support", shape: Shape::One, columns: &[("product", Text), ("ends", Text), ("source", Text), ("as_of", Text)] },
    // Rules for new passwords and for locking after failures.
    Schema {
        name: "password_policy",
        shape: Shape::One,
        columns: &[
            ("quality_enforced", Bool),
            ("min_length", Int),
            ("min_classes", Int),
            ("lockout_enforced", Bool),
            ("lockout_attempts", Int),
            ("second_factor", Bool),
        ],
    },
    // What kind of machine this is; `container` is empty on a machine of its own.
    Schema { name: "platform", shape: Shape::One, columns: &[("container", Text), ("desktop", Bool)] },
    // The running kernel against the newest installed one.
    Schema { name: "reboot", shape: Shape::One, columns: &[("required", Bool), ("running", Text), ("newest", Text)] },
    // Idle locking of the screen and of shells, in seconds; 0 = never.
    Schema {
        name: "session_lock",
        shape: Shape::One,
        columns: &[("desktop", Bool), ("lock", Bool), ("idle_s", Int), ("shell_timeout_s", Int)],
    },
    // osquery shadow without any hash; `password_status` is active, empty, locked or not_set.
    Schema {
        name: "shadow",
        shape: Shape::Many,
        columns: &[
            ("username", Text),
            ("password_status", Text),
            ("hash_alg", Text),
            ("last_change", Text),
            ("max", Int),
            ("expire", Text),
        ],
    },
    // The effective SSH server settings; `match_*` are values that Match blocks set for some users or hosts.
    Schema {
        name: "sshd_config",
        shape: Shape::One,
        columns: &[
            ("port", List),
            ("listenaddress", List),
            ("permitrootlogin", Text),
            ("passwordauthentication", Text),
            ("permitemptypasswords", Text),
            ("match_permitrootlogin", List),
            ("match_passwordauthentication", List),
            ("match_permitemptypasswords", List),
            ("defaulted", List),
        ],
    },
    // osquery sudoers; one row a rule that gives rights.
    Schema {
        name: "sudoers",
        shape: Shape::Many,
        columns: &[("source", Text), ("header", Text), ("rule_details", Text), ("nopasswd", Bool), ("all_commands", Bool)],
    },
    // The clock's synchronisation.
    Schema {
        name: "time_sync",
        shape: Shape::One,
        columns: &[("service", Text), ("enabled", Bool), ("running", Bool), ("synchronized", Bool)],
    },
    // osquery users; `password_field` is shadow, empty, locked or hash.
    Schema {
        name: "users",
        shape: Shape::Many,
        columns: &[("username", Text), ("uid", Int), ("gid", Int), ("directory", Text), ("shell", Text), ("password_field", Text)],
    },
    // Windows settings read from the registry; a missing column is a value that is not set or not readable.
    Schema {
        name: "windows_policy",
        shape: Shape::One,
        columns: &[
            ("firewall_domain", Bool),
            ("firewall_private", Bool),
            ("firewall_public", Bool),
            ("remote_desktop", Bool),
            ("remote_desktop_nla", Bool),
            ("smb1_server", Bool),
            ("auto_logon", Bool),
            ("auto_logon_password_stored", Bool),
            ("lock_idle_s", Int),
            ("autorun_blocked_drives", Int),
            ("auto_update_disabled", Bool),
            ("blank_password_console_only", Bool),
            ("os_volume_protected", Bool),
        ],
    },
    // Files in key places that anybody may write.
    Schema { name: "world_writable", shape: Shape::Many, columns: &[("path", Text), ("mode", Text)] },
];
