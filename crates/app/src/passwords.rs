//! Passwords: Argon2id hashes, and which ones are too easy. Lengths and lists only, no rules about signs (NIST SP 800-63B).
//!
//! Hashing takes tens of milliseconds and 19 MiB on purpose: always run it off the async threads.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;

/// Shortest password, in characters.
pub(crate) const LEAST: usize = 12;
/// Longest, in bytes: longer ones cost time and protect nobody.
const MOST_BYTES: usize = 512;

/// Folded beginnings and whole passwords that everybody tries first.
static COMMON: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../data/common_passwords.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect());

/// A hash of nothing that anybody typed: an unknown login costs as much time as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this one", &[7; 16]).unwrap_or_default());

/// 19 MiB, two passes, one lane: OWASP's first choice for Argon2id.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The PHC string of a password; `None` when the library refuses the input.
pub(crate) fn hash(password: &str, salt: &[u8; 16]) -> Option<String> {
    argon2().hash_password_with_salt(password.as_bytes(), salt).ok().map(|hash| hash.to_string())
}

/// Whether this is the password; without a hash to compare with the answer is no, and takes as long.
pub(crate) fn holds(password: &str, hash: Option<&str>) -> bool {
    let against = hash.unwrap_or_else(|| NOBODY.as_str());
    let same = password.len() <= MOST_BYTES && argon2().verify_password(password.as_bytes(), against).is_ok();
    same && hash.is_some()
}

/// Too short, one of those that are tried first, or made of the name that stands beside it.
pub(crate) fn is_weak(password: &str, login: &str) -> bool {
    let folded: String = text::fold::search_key(password).chars().filter(|c| !c.is_whitespace()).collect();
    let plain = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let mut signs: Vec<char> = folded.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    password.chars().count() < LEAST
        || password.len() > MOST_BYTES
        || signs.len() < 5
        || COMMON.iter().any(|common| *common == folded || *common == plain)
        || login.len() > 3 && folded.replace(login, "").chars().filter(|c| c.is_alphabetic()).count() < 4
        || is_run(&folded)
}

/// One key after the other, up or down.
fn is_run(text: &str) -> bool {
    let steps: Vec<i32> = text.as_bytes().windows(2).map(|w| i32::from(w[1]) - i32::from(w[0])).collect();
    let even = steps.iter().filter(|step| matches!(step, -1..=1)).count();
    even * 4 >= steps.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_password_alone() {
        let hash = hash("ba con trâu trắng", &[3; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(holds("ba con trâu trắng", Some(&hash)));
        assert!(!holds("ba con trau trang", Some(&hash)));
        assert!(!holds("nobody has this one", None), "whoever has no password gets in with none");
    }

    #[test]
    fn easy_ones_are_refused_and_long_plain_ones_are_not() {
        for weak in [
            "hanhnguyen hanhnguyen",
            "hanhnguyen-2026",
            "ngắn",
            "matkhau123456",
            "Mật khẩu 123456",
            "123456789012",
            "aaaaaaaaaaaaaa",
            "abcdefghijkl",
            "hanhnguyen2026!",
        ] {
            assert!(is_weak(weak, "hanhnguyen"), "{weak}");
        }
        for fine in ["ba con trâu trắng", "Lúa chín tháng mười", "x9!kQ2#mB7vT"] {
            assert!(!is_weak(fine, "hanhnguyen"), "{fine}");
        }
    }
}
