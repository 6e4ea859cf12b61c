//! The rules that ship inside the program.
//!
//! To add a rule: an entry with examples in a file of `rules/scan/`; a new file gets a line here.

use crate::rule::Rules;

pub(crate) static FILES: &[(&str, &str)] = &[
    ("personal.toml", include_str!("../../../rules/scan/personal.toml")),
    ("secret.toml", include_str!("../../../rules/scan/secret.toml")),
];

/// The shipped rules.
pub fn builtin() -> Rules {
    Rules::load(FILES).expect("a test loads the shipped rules")
}
