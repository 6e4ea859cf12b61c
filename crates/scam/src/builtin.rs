//! The rules that ship inside the program.
//!
//! To add a rule: an entry with examples in a file of `rules/scam/`; a new file gets a line here.

use std::sync::LazyLock;

use crate::rule::Rules;

pub(crate) static FILES: &[(&str, &str)] = &[
    ("classes.toml", include_str!("../../../rules/scam/classes.toml")),
    ("asks.toml", include_str!("../../../rules/scam/asks.toml")),
    ("claims.toml", include_str!("../../../rules/scam/claims.toml")),
    ("lures.toml", include_str!("../../../rules/scam/lures.toml")),
    ("pressure.toml", include_str!("../../../rules/scam/pressure.toml")),
    ("stories.toml", include_str!("../../../rules/scam/stories.toml")),
    ("calm.toml", include_str!("../../../rules/scam/calm.toml")),
    ("links.toml", include_str!("../../../rules/scam/links.toml")),
    ("brands.toml", include_str!("../../../rules/scam/brands.toml")),
    ("hosts.toml", include_str!("../../../rules/scam/hosts.toml")),
    ("verdict.toml", include_str!("../../../rules/scam/verdict.toml")),
];

pub(crate) static WORDS: &str = include_str!("../../../rules/scam/words.tsv");

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::load(FILES, WORDS).expect("a test loads the shipped rules"));

/// The shipped rules, read once.
pub fn builtin() -> &'static Rules {
    &RULES
}
