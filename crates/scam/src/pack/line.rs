//! A line of a bucket: what is known of one entry, without the entry itself.

use crate::filter::{Key, Kind};

/// Bytes of a digest that a line and the name of its bucket hold together: nobody finds another number with the same ones.
pub(super) const KEPT: usize = 16;
const REST: usize = KEPT - 2;
/// Longest code of a reason, longest id of a case.
const MOST_CODE: usize = 40;

/// An entry as a bucket holds it: `5e0c… phone 2026-11-27 2027-11-27 scam_report 0197…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What of the digest does not stand in the bucket's name.
    pub(super) rest: [u8; REST],
    pub kind: Kind,
    pub on: String,
    pub until: Option<String>,
    pub reason: String,
    /// Empty where there is none.
    pub about: String,
}

impl Line {
    pub(super) fn of(key: &Key, entry: &super::Entry) -> Option<Line> {
        let line = Line {
            rest: key.0[2..KEPT].try_into().ok()?,
            kind: entry.kind,
            on: entry.on.clone(),
            until: entry.until.clone(),
            reason: entry.reason.clone(),
            about: entry.about.clone(),
        };
        // Only what can be read again is written.
        Line::read(&line.written()).filter(|read| *read == line)
    }

    pub(super) fn read(text: &str) -> Option<Line> {
        let mut parts = text.split(' ');
        let mut next = || parts.next();
        let (rest, kind, on, until) = (unhex(next()?)?, Kind::of(next()?)?, next()?.to_owned(), next()?);
        let (reason, about) = (next()?.to_owned(), next()?);
        let until = (until != "-").then(|| until.to_owned());
        let about = if about == "-" { String::new() } else { about.to_owned() };
        let is_plain = parts.next().is_none()
            && is_day(&on)
            && until.as_deref().is_none_or(is_day)
            && is_code(&reason)
            && !reason.is_empty()
            && is_code(&about);
        is_plain.then_some(Line { rest, kind, on, until, reason, about })
    }

    pub(super) fn written(&self) -> String {
        let or_none = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        let until = or_none(self.until.as_deref().unwrap_or_default());
        [&hex(&self.rest), self.kind.as_str(), &self.on, &until, &self.reason, &or_none(&self.about)].join(" ")
    }

    pub(super) fn is_of(&self, kind: Kind, key: &Key) -> bool {
        self.kind == kind && self.rest == key.0[2..KEPT]
    }

    /// The first bytes of the key, as many as a filter looks at.
    pub(super) fn key(&self, bucket: u16) -> Key {
        let mut key = [0; 32];
        key[..2].copy_from_slice(&bucket.to_be_bytes());
        key[2..KEPT].copy_from_slice(&self.rest);
        Key(key)
    }

    /// Whether it still counts on this day, `YYYY-MM-DD`.
    pub fn counts(&self, today: &str) -> bool {
        self.until.as_deref().is_none_or(|until| until >= today)
    }
}

fn is_code(text: &str) -> bool {
    text.len() <= MOST_CODE && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
}

/// `YYYY-MM-DD`; whether there is such a day is of no concern.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Small letters only: one digest has one way to be written.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
