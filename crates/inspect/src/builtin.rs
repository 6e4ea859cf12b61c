//! The checks that ship inside the program: an explicit list, so that a new file is never forgotten by the build.
//!
//! To add a check: write `rules/inspect/<id>.toml` and one line here. A test compares the list with the folder.

use crate::check::Checks;
use crate::support::Support;

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../rules/inspect/", $name)))),*]
    };
}

/// (file name, content) of every shipped check.
pub(crate) static FILES: &[(&str, &str)] = files![
    "bk.fresh.toml"
    "lx.db.public.toml"
    "lx.disk.toml"
    "lx.eol.toml"
    "lx.fw.toml"
    "lx.lock.toml"
    "lx.log.remote.toml"
    "lx.log.retention.toml"
    "lx.nopass.toml"
    "lx.patch.auto.toml"
    "lx.perm.toml"
    "lx.ports.legacy.toml"
    "lx.ports.unexpected.toml"
    "lx.pw.lockout.toml"
    "lx.pw.policy.toml"
    "lx.reboot.toml"
    "lx.ssh.empty.toml"
    "lx.ssh.password.toml"
    "lx.ssh.root.toml"
    "lx.sudo.nopasswd.toml"
    "lx.time.toml"
    "lx.uid0.toml"
    "win.autologon.toml"
    "win.autorun.toml"
    "win.bitlocker.toml"
    "win.eol.toml"
    "win.fw.toml"
    "win.lock.toml"
    "win.rdp.toml"
    "win.smb1.toml"
];

static SUPPORT: &str = include_str!("../../../rules/inspect/data/support.toml");

/// The shipped checks with the shipped end-of-support list.
pub fn builtin() -> Checks {
    let support = Support::load(SUPPORT).expect("a test loads the shipped list");
    Checks::load(FILES, support).expect("a test loads every shipped check")
}
