//! Payment codes: what a VietQR picture says (EMVCo Merchant-Presented Mode; NAPAS has the identifier A000000727).
//!
//! Two digits of a field's name, two of its length, the value; the last field is a CRC-16 over all before it. Whoever makes a
//! code makes its CRC too: that it fits says only that the code came whole.
//!
//! ```text
//! read("00020101021138540010A000000727…6304ABCD") → bank 970436, account 0123456789, 500000, "nop phi"
//! ```

/// The identifier of NAPAS within a payment code.
const NAPAS: &str = "A000000727";
/// Most fields of one level; the longest honest code has under twenty.
const MOST_FIELDS: usize = 60;
/// The name of the field of the check, and of its length.
const CRC_HEAD: &str = "6304";

/// What a payment code says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payment {
    /// Six digits; empty where the code is not one of NAPAS.
    pub bank: String,
    /// Account or card, as it stands in the code.
    pub account: String,
    /// It is the number of a card.
    pub is_card: bool,
    pub amount: Option<String>,
    pub note: Option<String>,
    /// The name that whoever made the code put there.
    pub name: Option<String>,
    /// The check at the end fits.
    pub is_whole: bool,
}

/// The payment that a code asks for; `None` for a code that is no payment at all.
pub fn read(code: &str) -> Option<Payment> {
    let code = code.trim();
    // The first field is the version of the format, and it is always the same.
    if !code.starts_with("000201") {
        return None;
    }
    let fields = fields(code);
    let of = |name: &str| fields.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let napas = fields.iter().filter(|(name, _)| ("26".."52").contains(name)).map(|(_, value)| self::fields(value));
    let napas = napas.into_iter().find(|inner| inner.contains(&("00", NAPAS))).unwrap_or_default();
    let inner = |name: &str| napas.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    let to = self::fields(inner("01"));
    let to = |name: &str| to.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value).to_owned();
    let more = of("62").map(self::fields).unwrap_or_default();
    let some = |value: Option<&str>| value.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
    Some(Payment {
        bank: to("00"),
        account: to("01"),
        is_card: inner("02") == "QRIBFTTC",
        amount: some(of("54")),
        note: some(more.iter().find(|(name, _)| *name == "08").map(|(_, value)| *value)),
        name: some(of("59")),
        // The fields must also lead up to the check: a length that was changed shifts all that comes after it.
        is_whole: is_whole(code) && fields.last().is_some_and(|(name, value)| *name == "63" && value.len() == 4),
    })
}

/// The fields of one level, as far as they can be read.
fn fields(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while found.len() < MOST_FIELDS {
        let (Some(name), Some(length)) = (rest.get(..2), rest.get(2..4)) else { break };
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let Some(length) = length.parse::<usize>().ok().filter(|_| is_number(name) && is_number(length)) else { break };
        let value = &rest[4..];
        // Lengths are counted in characters: names may have marks.
        let Some(end) = value.char_indices().map(|(at, _)| at).chain([value.len()]).nth(length) else { break };
        found.push((name, &value[..end]));
        rest = &value[end..];
    }
    found
}

/// Whether the four digits at the end are the check of all before them.
fn is_whole(code: &str) -> bool {
    let Some(at) = code.len().checked_sub(4).filter(|at| code.is_char_boundary(*at)) else { return false };
    let (before, check) = code.split_at(at);
    before.ends_with(CRC_HEAD) && u16::from_str_radix(check, 16).is_ok_and(|check| check == crc(before.as_bytes()))
}

/// CRC-16 with the polynomial 0x1021 from 0xFFFF on (ISO/IEC 13239), as EMVCo asks for.
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 })
    })
}

/// A sum with dots between thousands, as people read it; as it stands where it is no whole number.
pub(crate) fn sum(amount: &str) -> String {
    let whole = amount.strip_suffix(".00").or_else(|| amount.strip_suffix(".0")).unwrap_or(amount);
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return amount.to_owned();
    }
    let digits = whole.trim_start_matches('0');
    let mut told = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            told.push('.');
        }
        told.push(digit);
    }
    if told.is_empty() { "0".to_owned() } else { told }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code as banks make it.
    fn code(bank: &str, account: &str, amount: &str, note: &str) -> String {
        let field = |name: &str, value: &str| format!("{name}{:02}{value}", value.chars().count());
        let to = field("00", bank) + &field("01", account);
        let napas = field("00", NAPAS) + &field("01", &to) + &field("02", "QRIBFTTA");
        let whole = field("00", "01") + &field("01", "12") + &field("38", &napas) + &field("53", "704") + &field("54", amount);
        let whole = whole + &field("58", "VN") + &field("62", &field("08", note)) + CRC_HEAD;
        format!("{whole}{:04X}", crc(whole.as_bytes()))
    }

    #[test]
    fn the_check_is_the_one_of_the_standard() {
        assert_eq!(crc(b"123456789"), 0x29B1);
    }

    #[test]
    fn a_code_says_bank_account_sum_and_note() {
        let payment = read(&code("970436", "0123456789", "500000", "nop phi ho so")).unwrap();
        let expected = Payment {
            bank: "970436".to_owned(),
            account: "0123456789".to_owned(),
            amount: Some("500000".to_owned()),
            note: Some("nop phi ho so".to_owned()),
            is_whole: true,
            ..Payment::default()
        };
        assert_eq!(payment, expected);
        assert_eq!(read(&code("970436", "0123456789", "500000", "nộp phí hồ sơ")).unwrap().note.as_deref(), Some("nộp phí hồ sơ"));
    }

    #[test]
    fn a_code_that_was_changed_does_not_fit_its_check() {
        let changed = code("970436", "0123456789", "500000", "a").replace("0123456789", "9876543210");
        let payment = read(&changed).unwrap();
        assert_eq!((payment.account.as_str(), payment.is_whole), ("9876543210", false));
    }

    #[test]
    fn a_code_whose_lengths_do_not_lead_to_its_check_is_not_whole() {
        let wrong = code("970436", "0123456789", "500000", "nop").replace("62070803nop", "62080804nop");
        let (before, _) = wrong.split_at(wrong.len() - 4);
        let wrong = format!("{before}{:04X}", crc(before.as_bytes()));
        assert_eq!(read(&wrong).map(|payment| payment.is_whole), Some(false));
    }

    #[test]
    fn anything_may_come_and_nothing_is_made_of_it() {
        let whole = code("970436", "0123456789", "500000", "nộp");
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            assert!(read(&whole[..end]).is_none_or(|payment| !payment.is_whole), "cut at {end}");
        }
        for strange in
            ["", "https://a.top", "000201", "00020199", "0002013899", "000201389\u{1F600}", "000201\0\0", &"0002016204".repeat(5_000)]
        {
            assert!(read(strange).is_none_or(|payment| payment.account.is_empty()), "{strange:.40}");
        }
    }

    #[test]
    fn sums_are_told_as_people_read_them() {
        for (written, told) in [("500000", "500.000"), ("1500000.00", "1.500.000"), ("7", "7"), ("0", "0"), ("1e9", "1e9"), ("", "")] {
            assert_eq!(sum(written), told);
        }
    }
}
