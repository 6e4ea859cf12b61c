//! Telephone numbers and accounts: what their form alone says.
//!
//! What is seen is code, what it weighs and says is data (`rules/scam/numbers.toml`, `banks.toml`), with its source and its
//! examples. Whether a number is listed is asked elsewhere ([`mod@crate::question`]): a form says little, a list says it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use text::fold::search_key;

use crate::domain::is_one_step;
use crate::filter::{digits, is_identity, phone_number};
use crate::verdict::Found;

static FILES: [(&str, &str); 2] =
    [("numbers.toml", include_str!("../../../rules/scam/numbers.toml")), ("banks.toml", include_str!("../../../rules/scam/banks.toml"))];

static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| Numbers::load(&FILES).expect("a test loads the shipped numbers"));

/// What the shipped data knows of numbers, read once.
pub fn builtin() -> &'static Numbers {
    &NUMBERS
}

/// Digits of an account.
const ACCOUNT: std::ops::RangeInclusive<usize> = 6..=19;
/// Shortest hotline of which one digit may be changed: shorter ones are all next to each other.
const NEAR: usize = 8;

/// All that is known of numbers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    sign: Vec<SignRule>,
    pub(crate) reasons: BTreeMap<String, String>,
    pub(crate) read: BTreeMap<String, String>,
    pub(crate) advice: Vec<NumberAdvice>,
    land: Vec<Land>,
    hotline: Vec<Hotline>,
    mobile: Mobile,
    areas: BTreeMap<String, String>,
    bank: Vec<Bank>,
}

/// A sign of a number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignRule {
    pub id: String,
    pub weight: f32,
    pub why: String,
    /// Who says so; empty where it follows from the form.
    #[serde(default)]
    pub source: String,
    /// Numbers that show it, and numbers that do not.
    #[serde(default)]
    pub examples: Vec<String>,
    #[serde(default)]
    pub counter_examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberAdvice {
    #[serde(rename = "for")]
    pub(crate) kinds: Vec<String>,
    pub(crate) text: String,
    /// Only where nothing was found.
    #[serde(default)]
    pub(crate) calm: bool,
    /// Only where something was found.
    #[serde(default)]
    pub(crate) alarm: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Land {
    code: String,
    name: String,
    /// The trick with the missed call was told of.
    #[serde(default)]
    missed: bool,
}

/// A number that an organisation prints as its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hotline {
    pub number: String,
    pub title: String,
    pub source: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mobile {
    heads: Vec<String>,
}

/// A bank or wallet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// Six digits, by which NAPAS knows it.
    pub bin: String,
    pub title: String,
    pub full: String,
    pub names: Vec<String>,
}

impl Numbers {
    /// # Errors
    /// The file that cannot be read, and why.
    pub fn load(files: &[(&str, &str)]) -> Result<Numbers, crate::rule::Error> {
        let mut all = Numbers::default();
        for (file, text) in files {
            let wrong = |source| crate::rule::Error::Toml { file: (*file).to_owned(), source: Box::new(source) };
            let part: Numbers = toml::from_str(text).map_err(wrong)?;
            all.sign.extend(part.sign);
            all.reasons.extend(part.reasons);
            all.read.extend(part.read);
            all.advice.extend(part.advice);
            all.land.extend(part.land);
            all.hotline.extend(part.hotline);
            all.mobile.heads.extend(part.mobile.heads);
            all.areas.extend(part.areas);
            all.bank.extend(part.bank);
        }
        Ok(all)
    }

    /// The signs, in the order of their file.
    pub fn signs(&self) -> &[SignRule] {
        &self.sign
    }

    /// The hotlines that are built in.
    pub fn hotlines(&self) -> &[Hotline] {
        &self.hotline
    }

    /// The bank of the first six digits.
    pub fn bank_of(&self, bin: &str) -> Option<&Bank> {
        self.bank.iter().find(|bank| bank.bin == bin)
    }

    /// The bank that somebody names, with or without marks, blanks and the word "bank".
    pub fn bank_named(&self, name: &str) -> Option<&Bank> {
        let plain = |name: &str| search_key(name).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let bare = |name: &str| {
            let all = plain(name);
            let end = all.strip_prefix("nganhang").unwrap_or(&all);
            end.strip_prefix("tmcp").unwrap_or(end).trim_end_matches("bank").to_owned()
        };
        let wanted = bare(name);
        let is = |other: &str| bare(other) == wanted;
        let fits = |bank: &&Bank| is(&bank.title) || is(&bank.full) || bank.names.iter().any(|name| is(name));
        self.bank.iter().find(fits).filter(|_| !wanted.is_empty())
    }

    /// A sign that was seen, in words.
    pub(crate) fn found(&self, id: &str, quote: &str, values: &[(&str, &str)]) -> Option<Found> {
        let sign = self.sign.iter().find(|sign| sign.id == id)?;
        let mut why = fill(&sign.why, values);
        let source = fill(&sign.source, values);
        if !source.is_empty() {
            why = fill("{why} ({source})", &[("why", &why), ("source", &source)]);
        }
        Some(Found { rule: sign.id.clone(), weight: sign.weight, quote: quote.to_owned(), why })
    }

    fn land(&self, digits: &str) -> Option<&Land> {
        // Three digits first: 1 is a head of many.
        let of = |length: usize| self.land.iter().find(|land| land.code.len() == length && digits.starts_with(&land.code));
        of(3).or_else(|| of(2)).or_else(|| of(1))
    }
}

/// Every `{name}` of a text filled in, each value as it is: what stands in a value is never filled in again.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 40);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, end)| Some((values.iter().find(|(known, _)| *known == name)?.1, end)));
        match known {
            Some((value, end)) => {
                filled.push_str(value);
                rest = end;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

/// Whether somebody writes a number and nothing else, and which kind it looks like: `Some(true)` for a telephone number.
pub(crate) fn looks_like(text: &str) -> Option<bool> {
    let all = digits(text)?;
    let is_phone = phone_number(text).is_some_and(|number| {
        number.starts_with('+') || number.starts_with("1900") || number.starts_with("1800") || number.starts_with('0') && number.len() <= 11
    });
    let short = (3..=5).contains(&all.len());
    (is_phone || short || ACCOUNT.contains(&all.len())).then_some(is_phone || short)
}

/// A telephone number in the one form in which it is compared; `None` for what cannot be one.
pub fn normal_phone(written: &str) -> Option<String> {
    phone_number(written)
}

/// An account in the one form in which it is compared: its digits.
pub fn normal_account(written: &str) -> Option<String> {
    digits(written).filter(|digits| ACCOUNT.contains(&digits.len()))
}

/// What the form of a telephone number says.
pub(crate) fn phone(written: &str, numbers: &Numbers) -> Vec<Found> {
    let quote = written.trim();
    let Some(number) = phone_number(quote) else { return Vec::new() };
    let found = |id: &str, values: &[(&str, &str)]| numbers.found(id, quote, values);
    let seen = if let Some(abroad) = number.strip_prefix('+') {
        from_abroad(abroad, numbers, &found)
    } else {
        vec![at_home(&number, numbers, &found)]
    };
    seen.into_iter().flatten().collect()
}

type Say<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> Option<Found>;

fn from_abroad(digits: &str, numbers: &Numbers, found: Say<'_>) -> Vec<Option<Found>> {
    let at_home = digits.strip_prefix("84").unwrap_or(digits);
    let is_short = |number: &str| (3..=4).contains(&number.len()) && !number.starts_with('0');
    let is_service = |number: &str| (8..=10).contains(&number.len()) && (number.starts_with("1900") || number.starts_with("1800"));
    if is_short(at_home) || is_service(digits) {
        return vec![found("phone.dressed_up", &[("like", at_home)])];
    }
    if digits.starts_with("84") {
        let n = (at_home.len() + 1).to_string();
        return vec![found("phone.not_whole", &[("n", &n)])];
    }
    let land = numbers.land(digits);
    let code = land.map_or_else(|| digits.chars().take(2).collect(), |land| land.code.clone());
    let code = format!("+{code}");
    match land {
        Some(land) if land.missed => vec![found("phone.missed_call", &[("code", &code), ("land", &land.name)])],
        Some(land) => {
            let name = format!(", {}", land.name);
            vec![found("phone.foreign", &[("code", &code), ("land", &name)])]
        }
        None => vec![found("phone.foreign", &[("code", &code), ("land", "")])],
    }
}

fn at_home(number: &str, numbers: &Numbers, found: Say<'_>) -> Option<Found> {
    let length = number.len();
    let n = length.to_string();
    if let Some(known) = numbers.hotline.iter().find(|hotline| hotline.number == number) {
        return found("phone.hotline", &[("title", &known.title), ("source", &known.source)]);
    }
    let near = |hotline: &&Hotline| hotline.number.len() >= NEAR && is_one_step(&hotline.number, number);
    if let Some(near) = numbers.hotline.iter().find(near) {
        return found("phone.near_hotline", &[("like", &near.number), ("title", &near.title)]);
    }
    let is_service = (8..=10).contains(&length);
    if number.starts_with("1900") && is_service {
        return found("phone.premium", &[]);
    }
    if number.starts_with("1800") && is_service || length < 6 && !number.starts_with('0') {
        return None;
    }
    // Networks of the police, the army (069) and of Party and State offices (080) have lengths of their own.
    if number.starts_with("069") || number.starts_with("080") {
        return None;
    }
    if number.starts_with("01") && length == 11 {
        return found("phone.old_mobile", &[]);
    }
    let area = number.get(1..4).and_then(|three| numbers.areas.get_key_value(three));
    let area = area.or_else(|| number.get(1..3).and_then(|two| numbers.areas.get_key_value(two)));
    if let Some((code, land)) = area.filter(|_| number.starts_with("02") && length == 11) {
        let head = format!("0{code}");
        return found("phone.landline", &[("head", &head), ("land", land)]);
    }
    if length == 10 && number.starts_with('0') && !number.starts_with("02") {
        let head = number.get(..3).unwrap_or_default();
        let known = numbers.mobile.heads.iter().any(|known| known == head);
        return if known { None } else { found("phone.no_network", &[("head", head)]) };
    }
    found("phone.not_whole", &[("n", &n)])
}

/// What the form of an account says; `bank` as somebody wrote it.
pub(crate) fn account(written: &str, bank: &str, numbers: &Numbers) -> Vec<Found> {
    let quote = written.trim();
    let Some(number) = normal_account(quote) else { return Vec::new() };
    let head = number.get(..3).unwrap_or_default();
    let like_phone = number.len() == 10 && numbers.mobile.heads.iter().any(|known| known == head);
    let seen = [
        is_identity(&number).then(|| numbers.found("account.identity", quote, &[])).flatten(),
        is_card(&number).then(|| numbers.found("account.card", quote, &[])).flatten(),
        like_phone.then(|| numbers.found("account.like_phone", quote, &[])).flatten(),
        (!bank.is_empty() && numbers.bank_named(bank).is_none())
            .then(|| numbers.found("account.unknown_bank", bank, &[("bank", bank)]))
            .flatten(),
    ];
    seen.into_iter().flatten().collect()
}

/// 16 or 19 digits: of NAPAS (9704), or of a brand of cards with a check digit that fits (Luhn, ISO/IEC 7812-1 annex B).
/// Some banks have accounts of 14 digits and more, so the length alone says nothing.
pub(crate) fn is_card(number: &str) -> bool {
    let napas = number.starts_with("9704") && (16..=19).contains(&number.len());
    napas || number.len() == 16 && matches!(number.as_bytes().first(), Some(b'4' | b'5')) && luhn(number)
}

fn luhn(number: &str) -> bool {
    let digit = |(at, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
        if digit > 9 { digit - 9 } else { digit }
    };
    number.bytes().all(|byte| byte.is_ascii_digit()) && number.bytes().rev().enumerate().map(digit).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_shown_by_its_examples_and_by_no_counter_example() {
        let numbers = builtin();
        for sign in numbers.signs() {
            let of = |written: &str| match sign.id.split_once('.') {
                Some(("phone", _)) => phone(written, numbers),
                Some(("account", _)) => account(written, "", numbers),
                _ => Vec::new(),
            };
            let shows = |written: &str| of(written).iter().any(|found| found.rule == sign.id);
            for example in &sign.examples {
                assert!(shows(example), "{}: {example} shows {:?}", sign.id, of(example));
            }
            for counter in &sign.counter_examples {
                assert!(!shows(counter), "{}: {counter}", sign.id);
            }
            let is_tested = sign.id.starts_with("phone.") || sign.id.starts_with("account.") && sign.id != "account.unknown_bank";
            assert!(!is_tested || !sign.examples.is_empty() && !sign.counter_examples.is_empty(), "{} has no examples", sign.id);
        }
    }

    #[test]
    fn ordinary_numbers_say_nothing() {
        for ordinary in ["0912 345 678", "+84 912 345 678", "0355.123.456", "1800 8098", "195", "0692 123 456", "080 12345"] {
            assert_eq!(phone(ordinary, builtin()), Vec::new(), "{ordinary}");
        }
    }

    #[test]
    fn banks_are_known_by_their_names() {
        let numbers = builtin();
        for (name, title) in [("VCB", "Vietcombank"), ("ngân hàng Vietcombank", "Vietcombank"), ("MB", "MB Bank"), ("agribank", "Agribank")]
        {
            assert_eq!(numbers.bank_named(name).map(|bank| bank.title.as_str()), Some(title), "{name}");
        }
        assert_eq!(numbers.bank_of("970436").map(|bank| bank.title.as_str()), Some("Vietcombank"));
        for none in ["", "bank", "Ngân hàng Trái Đất", "\0"] {
            assert_eq!(numbers.bank_named(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_filled_in_is_never_filled_in_again() {
        assert_eq!(fill("a {x} b {y} {z", &[("x", "{y}"), ("y", "1")]), "a {y} b 1 {z");
    }

    #[test]
    fn numbers_are_told_from_words() {
        for (text, kind) in [
            ("0912 345 678", Some(true)),
            ("+84-912-345-678", Some(true)),
            ("113", Some(true)),
            ("1900 1234", Some(true)),
            ("19034567890123", Some(false)),
            ("001203000123", Some(false)),
            ("006591234567", Some(true)),
            ("12", None),
            ("0912 345 678 anh Tám", None),
            ("", None),
        ] {
            assert_eq!(looks_like(text), kind, "{text}");
        }
    }
}
