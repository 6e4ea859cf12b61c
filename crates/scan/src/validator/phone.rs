//! Telephone numbers of Vietnam: mobile prefixes in use since the change of 2018 (from 11 to 10 digits), and fixed lines with
//! the area codes of 2017 (02…). International form starts with 84.
//!
//! ```text
//! 0912345678, 84912345678 → mobile      02438251234 → fixed line
//! ```

use super::Validator;

pub(super) const MOBILE: Validator = Validator { id: "vn_mobile", holds: mobile };
pub(super) const LANDLINE: Validator = Validator { id: "vn_landline", holds: landline };

/// The three first digits after which seven follow.
const MOBILE_PREFIXES: [&[u8; 2]; 37] = [
    b"32", b"33", b"34", b"35", b"36", b"37", b"38", b"39", b"52", b"55", b"56", b"58", b"59", b"70", b"76", b"77", b"78", b"79", b"81",
    b"82", b"83", b"84", b"85", b"86", b"87", b"88", b"89", b"90", b"91", b"92", b"93", b"94", b"95", b"96", b"97", b"98", b"99",
];

fn national(digits: &[u8]) -> Option<&[u8]> {
    digits.strip_prefix(b"0084").or_else(|| digits.strip_prefix(b"84")).or_else(|| digits.strip_prefix(b"0"))
}

fn mobile(digits: &[u8]) -> bool {
    national(digits)
        .is_some_and(|rest| rest.len() == 9 && MOBILE_PREFIXES.iter().any(|prefix| rest.starts_with(*prefix)) && !is_filler(rest))
}

/// What people type where a number is asked for: 0900000000, 0987654321.
fn is_filler(rest: &[u8]) -> bool {
    rest[2..] == *b"0000000" || rest.windows(2).all(|pair| pair[0] == pair[1] + 1)
}

/// Hà Nội (24) and Hồ Chí Minh City (28) have eight digits after the area code, all others seven after three digits.
fn landline(digits: &[u8]) -> bool {
    national(digits).is_some_and(|rest| rest.len() == 10 && rest[0] == b'2' && rest[1] != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_numbers() {
        assert!(mobile(b"0912345678"));
        assert!(mobile(b"84912345678"));
        assert!(!mobile(b"0112345678"));
        assert!(!mobile(b"091234567"));
        assert!(!mobile(b"1712345678"));
        assert!(!mobile(b"0900000000"));
        assert!(!mobile(b"0987654321"));
    }

    #[test]
    fn fixed_lines() {
        assert!(landline(b"02438251234"));
        assert!(landline(b"842438251234"));
        assert!(!landline(b"0912345678"));
    }
}
