//! The lessons that ship inside the program.
//!
//! To add a lesson: a file in `content/lessons/` and a line here.

use std::sync::LazyLock;

use super::lesson::{Lesson, parse};

pub(super) static FILES: &[(&str, &str)] = &[
    ("account-lost.citizen.toml", include_str!("../../../../content/lessons/account-lost.citizen.toml")),
    ("account-lost.member.toml", include_str!("../../../../content/lessons/account-lost.member.toml")),
    ("account-lost.official.toml", include_str!("../../../../content/lessons/account-lost.official.toml")),
    ("ai.citizen.toml", include_str!("../../../../content/lessons/ai.citizen.toml")),
    ("ai.member.toml", include_str!("../../../../content/lessons/ai.member.toml")),
    ("ai.official.toml", include_str!("../../../../content/lessons/ai.official.toml")),
    ("check-before-sharing.citizen.toml", include_str!("../../../../content/lessons/check-before-sharing.citizen.toml")),
    ("check-before-sharing.member.toml", include_str!("../../../../content/lessons/check-before-sharing.member.toml")),
    ("check-before-sharing.official.toml", include_str!("../../../../content/lessons/check-before-sharing.official.toml")),
    ("devices.citizen.toml", include_str!("../../../../content/lessons/devices.citizen.toml")),
    ("devices.member.toml", include_str!("../../../../content/lessons/devices.member.toml")),
    ("devices.official.toml", include_str!("../../../../content/lessons/devices.official.toml")),
    ("law.citizen.toml", include_str!("../../../../content/lessons/law.citizen.toml")),
    ("law.member.toml", include_str!("../../../../content/lessons/law.member.toml")),
    ("law.official.toml", include_str!("../../../../content/lessons/law.official.toml")),
    ("leak.citizen.toml", include_str!("../../../../content/lessons/leak.citizen.toml")),
    ("leak.member.toml", include_str!("../../../../content/lessons/leak.member.toml")),
    ("leak.official.toml", include_str!("../../../../content/lessons/leak.official.toml")),
    ("malware.citizen.toml", include_str!("../../../../content/lessons/malware.citizen.toml")),
    ("malware.member.toml", include_str!("../../../../content/lessons/malware.member.toml")),
    ("malware.official.toml", include_str!("../../../../content/lessons/malware.official.toml")),
    ("official-accounts.citizen.toml", include_str!("../../../../content/lessons/official-accounts.citizen.toml")),
    ("official-accounts.member.toml", include_str!("../../../../content/lessons/official-accounts.member.toml")),
    ("official-accounts.official.toml", include_str!("../../../../content/lessons/official-accounts.official.toml")),
    ("passwords.citizen.toml", include_str!("../../../../content/lessons/passwords.citizen.toml")),
    ("passwords.member.toml", include_str!("../../../../content/lessons/passwords.member.toml")),
    ("passwords.official.toml", include_str!("../../../../content/lessons/passwords.official.toml")),
    ("personal-data.citizen.toml", include_str!("../../../../content/lessons/personal-data.citizen.toml")),
    ("personal-data.member.toml", include_str!("../../../../content/lessons/personal-data.member.toml")),
    ("personal-data.official.toml", include_str!("../../../../content/lessons/personal-data.official.toml")),
    ("scams.citizen.toml", include_str!("../../../../content/lessons/scams.citizen.toml")),
    ("scams.member.toml", include_str!("../../../../content/lessons/scams.member.toml")),
    ("scams.official.toml", include_str!("../../../../content/lessons/scams.official.toml")),
    ("social-networks.citizen.toml", include_str!("../../../../content/lessons/social-networks.citizen.toml")),
    ("social-networks.member.toml", include_str!("../../../../content/lessons/social-networks.member.toml")),
    ("social-networks.official.toml", include_str!("../../../../content/lessons/social-networks.official.toml")),
    ("state-secrets.citizen.toml", include_str!("../../../../content/lessons/state-secrets.citizen.toml")),
    ("state-secrets.member.toml", include_str!("../../../../content/lessons/state-secrets.member.toml")),
    ("state-secrets.official.toml", include_str!("../../../../content/lessons/state-secrets.official.toml")),
];

static LESSONS: LazyLock<Vec<Lesson>> = LazyLock::new(|| {
    let read = |(file, text): &(&str, &str)| parse(file, text).expect("a test reads the shipped lessons");
    FILES.iter().map(read).collect()
});

/// The topics in the order in which the library shows them: what touches most people first.
pub const TOPICS: &[&str] = &[
    "scams",
    "passwords",
    "personal-data",
    "social-networks",
    "check-before-sharing",
    "account-lost",
    "devices",
    "malware",
    "leak",
    "ai",
    "official-accounts",
    "state-secrets",
    "law",
];

/// The shipped lesson on a topic for a kind of reader.
pub fn find(topic: &str, reader: &str) -> Option<&'static Lesson> {
    builtin().iter().find(|lesson| lesson.topic == topic && lesson.reader.as_str() == reader)
}

/// The shipped lessons, in the order of their names.
pub fn builtin() -> &'static [Lesson] {
    &LESSONS
}
