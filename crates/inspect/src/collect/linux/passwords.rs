//! Rules for new passwords, locking after failures, and a second factor: PAM and its modules' own files.
//!
//! ```text
//! password requisite pam_pwquality.so retry=3 minlen=14   →   quality_enforced=true min_length=14
//! ```

use super::super::root::Root;
use super::{known, lines, setting};
use crate::facts::{Status, Table, Unseen};

/// The stacks that other services include, on Debian and on Red Hat systems.
const STACKS: &[&str] = &["/etc/pam.d/common-password", "/etc/pam.d/common-auth", "/etc/pam.d/system-auth", "/etc/pam.d/password-auth"];

const SECOND_FACTORS: &[&str] =
    &["pam_google_authenticator.so", "pam_oath.so", "pam_u2f.so", "pam_yubico.so", "pam_duo.so", "pam_privacyidea.so"];

/// libpwquality's own minimum, and faillock(8)'s own limit.
const DEFAULT_MIN_LENGTH: i64 = 8;
const DEFAULT_ATTEMPTS: i64 = 3;

pub(super) fn policy(root: &Root) -> Table {
    if !root.exists("/etc/pam.d") {
        return Table::unseen(Status::Unsupported, Unseen::NoPam, &["/etc/pam.d"]);
    }
    let stacks: Vec<String> = STACKS.iter().filter_map(|path| root.text(path)).collect();
    let all: Vec<&str> = stacks.iter().flat_map(|text| lines(text)).collect();
    let module = |name: &str| all.iter().copied().find(|line| line.contains(name));
    let quality = module("pam_pwquality.so").or_else(|| module("pam_cracklib.so"));
    let lock = module("pam_faillock.so").or_else(|| module("pam_tally2.so"));
    let mut own = root.text("/etc/security/pwquality.conf").unwrap_or_default();
    for (_, text) in root.texts("/etc/security/pwquality.conf.d", ".conf") {
        own = own + "\n" + &text;
    }
    let value = |line: &str, file: &str, key: &str| argument(line, key).or_else(|| setting(file, key).and_then(|text| text.parse().ok()));
    let faillock = root.text("/etc/security/faillock.conf").unwrap_or_default();
    let second = root
        .texts("/etc/pam.d", "")
        .iter()
        .any(|(_, text)| lines(text).any(|line| SECOND_FACTORS.iter().any(|module| line.contains(module))));
    let cells = known([
        ("quality_enforced", Some(quality.is_some().into())),
        ("min_length", quality.map(|line| value(line, &own, "minlen").unwrap_or(DEFAULT_MIN_LENGTH).into())),
        ("min_classes", quality.map(|line| classes(&|key| value(line, &own, key)).into())),
        ("lockout_enforced", Some(lock.is_some().into())),
        ("lockout_attempts", lock.map(|line| value(line, &faillock, "deny").unwrap_or(DEFAULT_ATTEMPTS).into())),
        ("second_factor", Some(second.into())),
    ]);
    Table::seen(&["/etc/pam.d", "/etc/security/pwquality.conf", "/etc/security/faillock.conf"], vec![cells])
}

/// Required kinds of character: `minclass`, or one for every negative credit (pwquality.conf(5)).
fn classes(value: &dyn Fn(&str) -> Option<i64>) -> i64 {
    let credits = ["dcredit", "ucredit", "lcredit", "ocredit"];
    let required = credits.into_iter().filter(|key| value(key).is_some_and(|number| number < 0)).count() as i64;
    required.max(value("minclass").unwrap_or(0))
}

fn argument(line: &str, key: &str) -> Option<i64> {
    line.split_whitespace().find_map(|word| word.strip_prefix(key)?.strip_prefix('=')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_of_a_module() {
        let line = "password requisite pam_pwquality.so retry=3 minlen=14 dcredit=-1 ucredit=-1";
        assert_eq!(argument(line, "minlen"), Some(14));
        assert_eq!(classes(&|key| argument(line, key)), 2);
        assert_eq!(classes(&|key| argument("pam_pwquality.so minclass=4", key)), 4);
    }
}
