//! Tax code of organisations (mã số thuế): ten digits whose last one is a check digit, thirteen with a branch number
//! (Circular 105/2020/TT-BTC): weights 31, 29, 23, 19, 17, 13, 7, 5, 3; check = 10 − (sum mod 11); sum mod 11 = 0 is not issued.
//!
//! Since 1 July 2025 a person's tax code is the personal number; that is the business of the rule for personal numbers.
//!
//! ```text
//! 0100109106: sum 378, 378 mod 11 = 4, check digit 6
//! ```

use super::Validator;

pub(super) const VALIDATOR: Validator = Validator { id: "vn_mst", holds };

const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

fn holds(digits: &[u8]) -> bool {
    let branch_ok = match digits.len() {
        10 => true,
        13 => digits[10..] != *b"000",
        _ => false,
    };
    branch_ok && {
        let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        !sum.is_multiple_of(11) && 10 - sum % 11 == u32::from(digits[9] - b'0')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit() {
        assert!(holds(b"0100109106"));
        assert!(holds(b"0100109106001"));
        assert!(!holds(b"0100109107"));
        assert!(!holds(b"0100109106000"));
        assert!(!holds(b"0000000000"));
    }
}
