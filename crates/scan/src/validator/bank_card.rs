//! Bank cards: the Luhn check digit (ISO/IEC 7812-1) and the first digits of the schemes in use in Vietnam (NAPAS 9704, Visa,
//! Mastercard, JCB, American Express, UnionPay).
//!
//! ```text
//! 4111111111111111 → both hold
//! ```

use super::{Validator, number};

pub(super) const LUHN: Validator = Validator { id: "luhn", holds: luhn };
pub(super) const PREFIX: Validator = Validator { id: "card_prefix", holds: prefix };

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let value = u32::from(digit - b'0') * if at % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum > 0 && sum.is_multiple_of(10)
}

fn prefix(digits: &[u8]) -> bool {
    if digits.len() < 12 {
        return false;
    }
    let (two, four) = (number(&digits[..2]), number(&digits[..4]));
    match digits.len() {
        15 => matches!(two, 34 | 37),
        16 => digits[0] == b'4' || matches!(two, 51..=55) || matches!(four, 2221..=2720 | 3528..=3589 | 9704) || two == 62,
        19 => four == 9704 || two == 62,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digit_and_prefix() {
        assert!(luhn(b"4111111111111111") && prefix(b"4111111111111111"));
        assert!(!luhn(b"4111111111111112"));
        assert!(!luhn(b"0000000000000000"));
        assert!(prefix(b"9704360000000000"));
        assert!(!prefix(b"1234567890123456"));
    }
}
