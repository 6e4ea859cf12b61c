//! Personal number (số định danh cá nhân, on the căn cước card): 3 digits province of birth registration, 1 century and sex,
//! 2 year of birth, 6 random (Decree 137/2015/NĐ-CP art. 13, codes of Circular 59/2021/TT-BCA).
//!
//! There is no check digit: a valid structure is plausibility, never proof. The mergers of 2025 renumbered nobody.
//!
//! ```text
//! 001 2 03 000123: Hà Nội, man, born 2003
//! ```

use super::{Validator, number};

pub(super) const VALIDATOR: Validator = Validator { id: "vn_cccd", holds };

/// The 63 codes of provinces as they were until 2025; the numbers between them were never given out.
const PROVINCES: [u32; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52,
    54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// A fixed bound, for this crate knows no clock: a few years ahead cost little precision, and it is raised now and then.
const LAST_BIRTH_YEAR: u32 = 2030;

fn holds(digits: &[u8]) -> bool {
    if digits.len() != 12 {
        return false;
    }
    // 0 and 1 are the twentieth century's men and women, 2 and 3 the twenty-first's; later ones are not born yet.
    let century = u32::from(digits[3] - b'0') / 2;
    let born = 1900 + century * 100 + number(&digits[4..6]);
    // Six equal digits at the end are a form's filler.
    let random = &digits[6..];
    let filler = random.iter().all(|digit| *digit == random[0]);
    PROVINCES.contains(&number(&digits[..3])) && born <= LAST_BIRTH_YEAR && !filler
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_of_a_personal_number() {
        assert!(holds(b"001203000123"));
        assert!(holds(b"096185004417"));
        assert!(!holds(b"003203000123"), "no province has code 003");
        assert!(!holds(b"001299000123"), "born in 2099");
        assert!(!holds(b"001403000123"), "the twenty-second century");
        assert!(!holds(b"202511201530"), "a time");
        assert!(!holds(b"001203000000"), "a form's filler");
        assert!(!holds(b"00120300012"));
    }
}
