//! How an upper letter, a deadline and a repetition are named inside a sentence.
//!
//! Party letters set a comma before "ngày", State letters do not. Nothing is named that was not given: a letter
//! without date is cited without date. Words: `words/citation.toml`. Not for reading such phrases (crate `directive`).
//!
//! ```ignore
//! assert_eq!(full(&upper, System::Party), "Chỉ thị số 05-CT/TU, ngày 05/6/2026 của Ban Thường vụ Tỉnh ủy về …");
//! ```

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::clean;
use crate::letter::System;
use crate::page::short_date;
use crate::words::{self, fill, inside};

/// A letter of a level above that is cited.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpperLetter {
    /// "Chỉ thị", "Kế hoạch", "Công văn".
    pub kind: String,
    /// "05-CT/TU"; may be empty.
    pub code: String,
    pub date: Option<Date>,
    /// "Ban Thường vụ Tỉnh ủy"; may be empty.
    pub issuer: String,
    pub subject: Option<String>,
    /// Whether a copy goes along.
    pub attached: bool,
}

/// When something must be done, as far as it was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Due {
    /// No deadline was stated. None is ever made up.
    #[default]
    Unstated,
    Date(Date),
    /// Within a month (1 to 12).
    Month {
        year: i16,
        month: i8,
    },
}

/// How often something must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recurrence {
    /// "thường xuyên": all the time.
    Regular,
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    letters_separator: String,
    short: String,
    open_number: String,
    short_without_code: String,
    of_issuer: String,
    month: String,
    party: Citation,
    state: Citation,
    recurs: Recurs,
    said: Said,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Citation {
    date: String,
    issuer: String,
    subject: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recurs {
    regular: String,
    weekly: String,
    monthly: String,
    quarterly: String,
    half_yearly: String,
    yearly: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    dates: Vec<String>,
    months: Vec<String>,
    regular: Vec<String>,
    weekly: Vec<String>,
    monthly: Vec<String>,
    quarterly: Vec<String>,
    half_yearly: Vec<String>,
    yearly: Vec<String>,
    subject_starts: Vec<String>,
    ties: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| words::parse(include_str!("../words/citation.toml")))
}

/// A letter with everything known of it.
pub(crate) fn full(letter: &UpperLetter, system: System) -> String {
    let words = words();
    let form = if system == System::Party { &words.party } else { &words.state };
    let mut text = short(letter);
    if let Some(date) = letter.date {
        text.push_str(&fill(&form.date, &[("date", &short_date(date))]));
    }
    let issuer = clean::line(&letter.issuer);
    if !issuer.is_empty() {
        text.push_str(&fill(&form.issuer, &[("issuer", &issuer)]));
    }
    if let Some(subject) = letter.subject.as_deref().map(bare_subject).filter(|subject| !subject.is_empty()) {
        text.push_str(&fill(&form.subject, &[("subject", &subject)]));
    }
    text
}

/// A letter by its kind and code alone.
pub fn short(letter: &UpperLetter) -> String {
    let (kind, mut code) = (clean::line(&letter.kind), clean::line(&letter.code));
    if !code.is_empty() && !has_number(letter) {
        code.insert_str(0, &words().open_number);
    }
    let template = if code.is_empty() { &words().short_without_code } else { &words().short };
    if code.is_empty() { fill(template, &[("kind", &kind)]) } else { fill(template, &[("kind", &kind), ("code", &code)]) }
}

/// Whether the letter's code has its number: that of a draft begins with the symbol.
pub(crate) fn has_number(letter: &UpperLetter) -> bool {
    let code = clean::line(&letter.code);
    !code.is_empty() && !code.starts_with(['-', '/'])
}

/// A letter by its kind, code and issuer: "Chỉ thị số 57-CT/TW của Ban Bí thư".
pub(crate) fn of_issuer(letter: &UpperLetter) -> String {
    let (short, issuer) = (short(letter), clean::line(&letter.issuer));
    if issuer.is_empty() { short } else { fill(&words().of_issuer, &[("letter", &short), ("issuer", &issuer)]) }
}

/// Each letter once: without those that an earlier one is, or that the subject of another one names.
pub(crate) fn named_once<'a>(letters: &[&'a UpperLetter]) -> Vec<&'a UpperLetter> {
    let repeated = |(i, letter): (usize, &&UpperLetter)| {
        let same = |other: &&UpperLetter| !letter.code.is_empty() && other.code == letter.code;
        letters[..i].iter().any(same) || letters.iter().any(|other| other.code != letter.code && says_code(other, &letter.code))
    };
    let once: Vec<_> = letters.iter().enumerate().filter(|pair| !repeated(*pair)).map(|(_, letter)| *letter).collect();
    // Two letters whose subjects name each other are both named.
    if once.is_empty() { letters.to_vec() } else { once }
}

/// All letters in full, but none named twice: one whose subject names another of them is named without its subject.
pub(crate) fn all_once(letters: &[&UpperLetter], system: System) -> String {
    let names_another = |letter: &UpperLetter| letters.iter().any(|other| other.code != letter.code && says_code(letter, &other.code));
    joined(letters, |letter| {
        let subject = letter.subject.clone().filter(|_| !names_another(letter));
        full(&UpperLetter { subject, ..letter.clone() }, system)
    })
}

/// Whether the subject of `letter` names the letter of this code.
pub(crate) fn says_code(letter: &UpperLetter, code: &str) -> bool {
    let (subject, code) = (clean::line(letter.subject.as_deref().unwrap_or_default()), clean::line(code));
    let part_of_a_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |at: usize| {
        let (before, after) = (subject.get(..at), subject.get(at + code.len()..));
        !part_of_a_word(before.and_then(|text| text.chars().next_back())) && !part_of_a_word(after.and_then(|text| text.chars().next()))
    };
    !code.is_empty() && subject.match_indices(&code).any(|(at, _)| whole(at))
}

/// Several letters in one sentence.
pub(crate) fn joined(letters: &[&UpperLetter], name: impl Fn(&UpperLetter) -> String) -> String {
    let names: Vec<String> = letters.iter().map(|letter| name(letter)).collect();
    names.join(&words().letters_separator)
}

/// The deadline in words; `None` if none was stated.
pub(crate) fn due(due: Due) -> Option<String> {
    match due {
        Due::Unstated => None,
        Due::Date(date) => Some(short_date(date)),
        Due::Month { year, month } => Some(fill(&words().month, &[("month", &month.to_string()), ("year", &year.to_string())])),
    }
}

/// The repetition in words.
pub(crate) fn recurs(recurrence: Recurrence) -> &'static str {
    let words = &words().recurs;
    match recurrence {
        Recurrence::Regular => &words.regular,
        Recurrence::Weekly => &words.weekly,
        Recurrence::Monthly => &words.monthly,
        Recurrence::Quarterly => &words.quarterly,
        Recurrence::HalfYearly => &words.half_yearly,
        Recurrence::Yearly => &words.yearly,
    }
}

/// Whether `sentence` already says the deadline.
pub(crate) fn says_due(sentence: &str, due: Due) -> bool {
    let (templates, day, month, year) = match due {
        Due::Unstated => return false,
        Due::Date(date) => (&words().said.dates, date.day(), date.month(), date.year()),
        Due::Month { year, month } => (&words().said.months, 1, month, year),
    };
    let values = [
        ("d", day.to_string()),
        ("dd", format!("{day:02}")),
        ("m", month.to_string()),
        ("mm", format!("{month:02}")),
        ("y", year.to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sentence = sentence.to_lowercase();
    templates.iter().any(|template| sentence.contains(&fill(template, &values)))
}

/// Whether `sentence` already says the repetition.
pub(crate) fn says_recurrence(sentence: &str, recurrence: Recurrence) -> bool {
    let said = &words().said;
    let phrases = match recurrence {
        Recurrence::Regular => &said.regular,
        Recurrence::Weekly => &said.weekly,
        Recurrence::Monthly => &said.monthly,
        Recurrence::Quarterly => &said.quarterly,
        Recurrence::HalfYearly => &said.half_yearly,
        Recurrence::Yearly => &said.yearly,
    };
    let sentence = sentence.to_lowercase();
    phrases.iter().any(|phrase| sentence.contains(phrase.as_str()))
}

/// `text` as a sentence of its own: first letter a capital, no tie to what stood before, no end mark.
pub fn sentence(text: &str) -> String {
    let text = clean::line(text);
    let bare = text.trim_start_matches(['-', '+', '–', ' ']).trim_end_matches(['.', ';', ',', ':', '/', ' ']);
    let lower = bare.to_lowercase();
    let tie = words().said.ties.iter().find(|tie| lower.starts_with(tie.as_str()));
    let bare = tie.and_then(|tie| bare.get(tie.len()..)).unwrap_or(bare).trim_start();
    let mut letters = bare.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn bare_subject(subject: &str) -> String {
    let subject = clean::line(subject);
    let lower = subject.to_lowercase();
    let start = words().said.subject_starts.iter().find(|start| lower.starts_with(start.as_str()));
    let bare = start.and_then(|start| subject.get(start.len()..)).unwrap_or(&subject);
    inside(bare.trim_end_matches(['.', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nothing_is_cited_that_was_not_given() {
        let mut upper = UpperLetter { kind: "Chỉ thị".into(), code: "05-CT/TU".into(), ..UpperLetter::default() };
        assert_eq!(full(&upper, System::Party), "Chỉ thị số 05-CT/TU");
        upper.date = Some(date(2026, 2, 5));
        upper.issuer = "Tỉnh ủy Sông Hồng".into();
        upper.subject = Some("V/v bảo đảm an ninh mạng.".into());
        assert_eq!(full(&upper, System::Party), "Chỉ thị số 05-CT/TU, ngày 05/02/2026 của Tỉnh ủy Sông Hồng về bảo đảm an ninh mạng");
        assert!(full(&upper, System::State).starts_with("Chỉ thị số 05-CT/TU ngày 05/02/2026 của"));
    }

    #[test]
    fn a_letter_is_named_once() {
        let letter = |kind: &str, code: &str, subject: &str| UpperLetter {
            kind: kind.into(),
            code: code.into(),
            subject: Some(subject.into()),
            ..UpperLetter::default()
        };
        let passed_on = letter("Công văn", "86-CV/BTGDVTU", "tuyên truyền thực hiện Chỉ thị số 57-CT/TW của Ban Bí thư");
        let directive = letter("Chỉ thị", "57-CT/TW", "an ninh mạng");
        let other = letter("Chỉ thị", "7-CT/TW", "Đoàn kết");
        let once = named_once(&[&passed_on, &directive, &other, &other]);
        assert_eq!(joined(&once, short), "Công văn số 86-CV/BTGDVTU; Chỉ thị số 7-CT/TW");
        let all = all_once(&[&passed_on, &directive], System::Party);
        assert_eq!(all, "Công văn số 86-CV/BTGDVTU; Chỉ thị số 57-CT/TW về an ninh mạng");
    }

    #[test]
    fn a_deadline_is_not_said_twice() {
        let due = Due::Date(date(2026, 6, 5));
        assert!(says_due("Rà soát máy tính, xong trước ngày 5/6/2026", due));
        assert!(says_due("xong trước ngày 05 tháng 6 năm 2026", due));
        assert!(!says_due("Rà soát máy tính", due));
        assert!(says_due("Trong Tháng 12/2026", Due::Month { year: 2026, month: 12 }));
        assert!(says_recurrence("Báo cáo hàng quý", Recurrence::Quarterly));
        assert!(!says_due("x", Due::Unstated));
    }

    #[test]
    fn sentences_begin_with_a_capital_and_have_no_end() {
        assert_eq!(sentence("- đưa nội dung vào sinh hoạt; "), "Đưa nội dung vào sinh hoạt");
        assert_eq!(sentence("đồng thời, vận động Nhân dân tham gia"), "Vận động Nhân dân tham gia");
        assert_eq!(sentence(""), "");
    }
}
