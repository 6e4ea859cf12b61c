//! The fixed words around a lesson, from `words/lesson.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// Words of all that is made of a lesson; blanks are written `{name}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    #[serde(rename = "do")]
    pub(crate) do_: String,
    pub(crate) dont: String,
    pub(crate) remember: String,
    pub(crate) sources: String,
    pub(crate) dated: String,
    pub(crate) number: String,
    pub(crate) date: String,
    /// By the code of a kind of reader.
    pub(crate) readers: BTreeMap<String, String>,
    pub(crate) script: Script,
    pub(crate) talk: Talk,
    pub(crate) warning: WarningWords,
}

/// Words around a warning of the office's own that is read out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WarningWords {
    pub(crate) open: String,
    /// Before what to do.
    pub(crate) then: String,
    pub(crate) published: String,
}

/// Words of a broadcast's script.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    pub(crate) kind: String,
    pub(crate) symbol: String,
    pub(crate) time: String,
    pub(crate) minutes: String,
    pub(crate) seconds: String,
    pub(crate) text: String,
    pub(crate) again: String,
    pub(crate) unread: String,
    pub(crate) review: String,
}

/// Words of a paper for a cell meeting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Talk {
    pub(crate) kind: String,
    pub(crate) symbol: String,
    pub(crate) agenda: String,
    pub(crate) steps: Vec<String>,
    pub(crate) talk: String,
    pub(crate) cases: String,
    pub(crate) lists: String,
    pub(crate) discuss: String,
    pub(crate) minutes: String,
    pub(crate) minutes_lines: Vec<String>,
    pub(crate) open: String,
    pub(crate) invented: String,
}

pub(crate) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| crate::words::parse(include_str!("../../words/lesson.toml")))
}

/// "NÊN LÀM" → "Nên làm".
pub(crate) fn sentence_case(capitals: &str) -> String {
    let lower = capitals.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
