//! The lures that ship inside the program, and the words that none of them may use.
//!
//! To add a lure: a file in `content/drills/` and a line here.

use std::sync::LazyLock;

use super::lure::{Forbidden, Lure, parse};

pub(super) static FILES: &[(&str, &str)] = &[
    ("canteen.toml", include_str!("../../../../content/drills/canteen.toml")),
    ("document-form.toml", include_str!("../../../../content/drills/document-form.toml")),
    ("library-card.toml", include_str!("../../../../content/drills/library-card.toml")),
    ("meeting-room.toml", include_str!("../../../../content/drills/meeting-room.toml")),
    ("parking-card.toml", include_str!("../../../../content/drills/parking-card.toml")),
    ("printer.toml", include_str!("../../../../content/drills/printer.toml")),
    ("shared-file.toml", include_str!("../../../../content/drills/shared-file.toml")),
];

static FORBIDDEN: LazyLock<Forbidden> = LazyLock::new(|| {
    let words = include_str!("../../../../content/drills/_forbidden.toml");
    Forbidden::parse(words, include_str!("../../../../rules/scam/brands.toml")).expect("a test reads the shipped lists")
});

static LURES: LazyLock<Vec<Lure>> = LazyLock::new(|| {
    let read = |(file, text): &(&str, &str)| parse(file, text, &FORBIDDEN).expect("a test reads the shipped lures");
    FILES.iter().map(read).collect()
});

/// The shipped lures, in the order of their names.
pub fn builtin() -> &'static [Lure] {
    &LURES
}

/// What no lure may speak of.
pub fn forbidden() -> &'static Forbidden {
    &FORBIDDEN
}
