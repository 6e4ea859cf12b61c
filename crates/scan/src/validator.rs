//! Validators: what the digits of a number must satisfy, as a static table of functions that rules name.
//!
//! To add one: a file with the rule it implements and its source, and one line in [`VALIDATORS`].
//!
//! ```text
//! validator::find("vn_mst").is_some_and(|validator| (validator.holds)(b"0100109106"))
//! ```

mod bank_card;
mod cccd;
mod mst;
mod phone;

/// A named test of a number's digits (ASCII digits only, separators removed).
#[derive(Debug)]
pub struct Validator {
    pub id: &'static str,
    pub holds: fn(&[u8]) -> bool,
}

/// Every validator.
pub static VALIDATORS: &[Validator] =
    &[cccd::VALIDATOR, mst::VALIDATOR, phone::MOBILE, phone::LANDLINE, bank_card::LUHN, bank_card::PREFIX];

/// The validator of this id.
pub fn find(id: &str) -> Option<&'static Validator> {
    VALIDATORS.iter().find(|validator| validator.id == id)
}

/// The number that ASCII digits spell.
fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}
