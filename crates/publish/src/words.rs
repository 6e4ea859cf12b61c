//! The fixed Vietnamese words of the documents, read from the text files in `words/`, and filling their blanks.
//!
//! Words are data so that a clerk can correct them without touching code. Not for layout.
//!
//! ```ignore
//! assert_eq!(fill("Số {number}-{symbol}", &[("number", "05"), ("symbol", "CV/ĐU")]), "Số 05-CV/ĐU");
//! ```

use std::sync::OnceLock;

use serde::Deserialize;

use crate::letter::System;

/// Words of both forms of letters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forms {
    party: Form,
    state: Form,
    pub(crate) marks: Marks,
    pub(crate) check: CheckWords,
    pub(crate) typography: Typography,
}

/// The fixed words of one form; blanks are written `{name}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    pub(crate) right: Vec<String>,
    pub(crate) number: String,
    pub(crate) code: String,
    pub(crate) subject: String,
    pub(crate) subject_starts: Vec<String>,
    pub(crate) place_date: String,
    pub(crate) to: String,
    pub(crate) grounds: String,
    pub(crate) recipients: String,
    pub(crate) archive: String,
    pub(crate) list_end: String,
    pub(crate) end: String,
    pub(crate) part: String,
    pub(crate) annex: String,
    pub(crate) annex_only: String,
    pub(crate) annex_note: String,
    pub(crate) annex_open_date: String,
    pub(crate) letter_kind: String,
    pub(crate) dash: String,
}

/// Stamps of secrecy and urgency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Marks {
    pub(crate) mat: String,
    pub(crate) toi_mat: String,
    pub(crate) tuyet_mat: String,
    pub(crate) khan: String,
    pub(crate) thuong_khan: String,
    pub(crate) hoa_toc: String,
}

/// Beside the QR code of a letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckWords {
    pub(crate) text: String,
    pub(crate) qr_alt: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typography {
    pub(crate) glue: Vec<String>,
    pub(crate) glue_before: Vec<String>,
    names: Vec<String>,
}

impl Forms {
    /// The words of a system; the Front follows the State form.
    pub(crate) fn of(&self, system: System) -> &Form {
        match system {
            System::Party => &self.party,
            System::State | System::Front => &self.state,
        }
    }
}

/// The words of the letter forms.
pub(crate) fn forms() -> &'static Forms {
    static WORDS: OnceLock<Forms> = OnceLock::new();
    WORDS.get_or_init(|| parse(include_str!("../words/forms.toml")))
}

/// Reads a word file that is built into the program.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("the built-in word files are read by the tests")
}

/// `template` with every `{name}` replaced by its value; values are never searched for blanks themselves.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        let value = values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value);
        debug_assert!(values.iter().any(|(key, _)| *key == name), "no value for {{{name}}} in {template:?}");
        filled.push_str(value);
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// `text` as it goes on inside a sentence: its first letter small, unless a name begins there.
pub(crate) fn inside(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut words = text.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let starts_with = |name: &String| lower.strip_prefix(name.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let is_name = second.chars().next().is_some_and(char::is_uppercase)
        || first.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric())
        || forms().typography.names.iter().any(starts_with);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !is_name => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_begins_small_unless_it_begins_with_a_name() {
        let check = |text: &str, wanted: &str| assert_eq!(inside(text), wanted);
        check("Rà soát, khắc phục điểm yếu", "rà soát, khắc phục điểm yếu");
        check("Đẩy mạnh chuyển đổi số", "đẩy mạnh chuyển đổi số");
        check("Ban hành quy chế", "ban hành quy chế");
        check("Ban Chỉ đạo 35", "Ban Chỉ đạo 35");
        check("Chỉ thị số 05-CT/TU", "Chỉ thị số 05-CT/TU");
        check("CNTT trong cơ quan", "CNTT trong cơ quan");
        check("Luật An ninh mạng", "Luật An ninh mạng");
        check("", "");
    }

    #[test]
    fn values_are_not_templates() {
        let text = fill("{a} và {b}", &[("a", "{b}"), ("b", "x")]);
        assert_eq!(text, "{b} và x");
    }

    #[test]
    fn both_forms_have_their_words() {
        assert_eq!(forms().of(System::Party).right.len(), 1);
        assert_eq!(forms().of(System::State).right.len(), 2);
        assert_eq!(forms().of(System::Front).end, "./.");
    }
}
