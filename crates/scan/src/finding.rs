//! Findings: what kind of sensitive value stands where, and how sure that is.
//!
//! The value itself is never kept: a finding holds a mask made by one rule for all kinds, and nothing at all for a
//! state-secret mark.
//!
//! ```text
//! mask("001203000123") == "00********23"      mask("123456") == "******"
//! ```

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Personal number of 12 digits on the citizen's card.
    Cccd,
    /// The old identity card's 9 digits.
    Cmnd,
    /// Tax code.
    Mst,
    /// Social insurance number.
    Bhxh,
    DriverLicence,
    Phone,
    Email,
    BankCard,
    BankAccount,
    /// MẬT, TỐI MẬT, TUYỆT MẬT as a mark of a document.
    SecretMark,
}

/// How sure a finding is, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// One sensitive value at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// The rule's id.
    pub rule: Arc<str>,
    pub confidence: Confidence,
    pub place: Place,
    /// [`mask`] of the value; `None` for a state-secret mark.
    pub masked: Option<String>,
}

/// Where in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Page, counted from 1, where the format knows pages.
    pub page: Option<u32>,
    /// Line of a text file, block of a document, counted from 1.
    pub line: Option<u32>,
    /// Cell of a table: `2!C5` is the second table or sheet, column C, row 5.
    pub cell: Option<String>,
    /// Bytes in the file as it is stored; of plain-text files only.
    pub span: Option<Range<usize>>,
    /// True where the value stands in the file's name and not in its contents.
    pub in_name: bool,
}

impl Kind {
    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Cccd => "cccd",
            Kind::Cmnd => "cmnd",
            Kind::Mst => "mst",
            Kind::Bhxh => "bhxh",
            Kind::DriverLicence => "driver_licence",
            Kind::Phone => "phone",
            Kind::Email => "email",
            Kind::BankCard => "bank_card",
            Kind::BankAccount => "bank_account",
            Kind::SecretMark => "secret_mark",
        }
    }
}

impl Confidence {
    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// Below this many characters a mask shows nothing.
const SHORTEST_SHOWN: usize = 8;

/// The first two and last two characters of a value, the rest as `*`; values under eight characters are hidden whole.
pub fn mask(value: &str) -> String {
    let chars: Vec<char> = value.chars().collect();
    if chars.len() < SHORTEST_SHOWN {
        return "*".repeat(chars.len());
    }
    let hidden = "*".repeat(chars.len() - 4);
    let (head, tail) = (&chars[..2], &chars[chars.len() - 2..]);
    head.iter().copied().chain(hidden.chars()).chain(tail.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_show_two_characters_at_each_end() {
        assert_eq!(mask("001203000123"), "00********23");
        assert_eq!(mask("0912 345 678"), "09********78");
        assert_eq!(mask("1234567"), "*******");
        assert_eq!(mask("đặng@x.vn"), "đặ*****vn");
        assert_eq!(mask(""), "");
    }
}
