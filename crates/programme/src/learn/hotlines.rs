//! Where anybody can report a scam or ask: the data file `content/hotlines.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// One way to report or to ask.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hotline {
    pub id: String,
    pub name: String,
    /// What is dialled or written to; an app has none.
    pub number: Option<String>,
    /// How it is used and what for.
    pub what: String,
    /// One line for the foot of a leaflet, where this one stands there.
    pub short: Option<String>,
    pub source: String,
    /// Of the source, or of the last look at it: ISO 8601, as precise as it is known.
    pub date: String,
    /// How far the source reaches, where that must be said.
    pub checked: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    hotline: Vec<Hotline>,
}

static HOTLINES: LazyLock<Vec<Hotline>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../content/hotlines.toml")).expect("a test reads the shipped hotlines");
    file.hotline
});

/// The shipped hotlines, the most useful first.
pub fn hotlines() -> &'static [Hotline] {
    &HOTLINES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hotline_says_where_it_is_known_from() {
        assert!(hotlines().len() >= 4 && hotlines().iter().any(|hotline| hotline.short.is_some()));
        for hotline in hotlines() {
            let year: Result<u16, _> = hotline.date.get(..4).unwrap_or_default().parse();
            assert!(!hotline.source.is_empty() && year.is_ok_and(|year| year >= 2023), "{}", hotline.id);
        }
    }
}
