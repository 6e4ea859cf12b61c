//! VNI-Windows (the fonts `VNI-Times`, `VNI-Helve`, …): a vowel, then one byte for its hat and tone together.
//!
//! `aá` is ấ, `AÁ` is Ấ; ơ ư đ, the i's with tones and ỵ are single bytes (`ô`, `ö`, `ñ`, `ì`, `í`, `æ`, `ó`, `ò`, `î`).
//! The rows show the bytes as their Windows-1252 characters, which is how a Western program shows such a document.
//! Source: the code chart of VNI, the same in the keyboard programs xvnkb and UniKey.

use super::cp1252;
use std::sync::LazyLock;

/// Letters of one byte: as written, as meant.
const SINGLES: (&str, &str) = ("ñÑôÔöÖìÌíÍæÆóÓòÒîÎ", "đĐơƠưƯìÌíÍỉỈĩĨịỊỵỴ");

/// Letters of two bytes: the first byte, the second bytes, what they mean, in the same order.
/// The rows of i and the last place of y are a second spelling that some typists used; reading knows it.
const PAIRS: [(char, &str, &str); 16] = [
    ('a', "øùûõïâàáåãäêèéúüë", "àáảãạâầấẩẫậăằắẳẵặ"),
    ('A', "ØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË", "ÀÁẢÃẠÂẦẤẨẪẬĂẰẮẲẴẶ"),
    ('e', "øùûõïâàáåãä", "èéẻẽẹêềếểễệ"),
    ('E', "ØÙÛÕÏÂÀÁÅÃÄ", "ÈÉẺẼẸÊỀẾỂỄỆ"),
    ('o', "øùûõïâàáåãä", "òóỏõọôồốổỗộ"),
    ('O', "ØÙÛÕÏÂÀÁÅÃÄ", "ÒÓỎÕỌÔỒỐỔỖỘ"),
    ('ô', "øùûõï", "ờớởỡợ"),
    ('Ô', "ØÙÛÕÏ", "ỜỚỞỠỢ"),
    ('u', "øùûõï", "ùúủũụ"),
    ('U', "ØÙÛÕÏ", "ÙÚỦŨỤ"),
    ('ö', "øùûõï", "ừứửữự"),
    ('Ö', "ØÙÛÕÏ", "ỪỨỬỮỰ"),
    ('y', "øùûõï", "ỳýỷỹỵ"),
    ('Y', "ØÙÛÕÏ", "ỲÝỶỸỴ"),
    ('i', "øùûõï", "ìíỉĩị"),
    ('I', "ØÙÛÕÏ", "ÌÍỈĨỊ"),
];

struct Tables {
    single: [char; 256],
    /// By first byte the row in `pairs`, 0 for a byte that begins none.
    row: [u8; 256],
    /// By row and second byte − 0xC0; NUL where there is no such pair.
    pairs: [[char; 64]; PAIRS.len() + 1],
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { single: super::WESTERN, row: [0; 256], pairs: [['\0'; 64]; PAIRS.len() + 1] };
    for (written, meant) in SINGLES.0.chars().zip(SINGLES.1.chars()) {
        tables.single[written as usize] = meant;
    }
    for (row, (first, seconds, meant)) in (1u8..).zip(PAIRS) {
        tables.row[first as usize] = row;
        for (second, meant) in seconds.chars().zip(meant.chars()) {
            // A mark typed in the other case (`Aù`) still means the letter; its vowel gives the case.
            for second in second.to_lowercase().chain(second.to_uppercase()) {
                if let Some(place) = (second as usize).checked_sub(0xC0).filter(|place| *place < 64) {
                    tables.pairs[usize::from(row)][place] = meant;
                }
            }
        }
    }
    tables
});

/// Appends the text that the bytes mean; a mark without its vowel keeps its Windows-1252 character.
pub(super) fn decode_into(bytes: &[u8], out: &mut String) {
    let tables = &*TABLES;
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        match tables.pair(*first, tail) {
            Some(pair) => {
                out.push(pair);
                rest = &tail[1..];
            }
            None => {
                out.push(tables.single[usize::from(*first)]);
                rest = tail;
            }
        }
    }
}

/// [`decode_into`] for judging: a letter of Windows-1252 that is none of VNI becomes U+FFFD.
pub(super) fn decode_strictly(bytes: &[u8], out: &mut String) {
    let tables = &*TABLES;
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let pair = tables.pair(*first, tail);
        let single = tables.single[usize::from(*first)];
        let stray = *first >= 0xC0 && !SINGLES.1.contains(single);
        out.push(pair.unwrap_or(if stray { char::REPLACEMENT_CHARACTER } else { single }));
        rest = if pair.is_some() { &tail[1..] } else { tail };
    }
}

impl Tables {
    #[inline]
    fn pair(&self, first: u8, tail: &[u8]) -> Option<char> {
        let second = usize::from(tail.first()?.checked_sub(0xC0)?);
        let meant = self.pairs[usize::from(self.row[usize::from(first)])][second];
        (meant != '\0').then_some(meant)
    }
}

/// Appends the bytes of one character; false when VNI has none.
pub(super) fn encode_into(c: char, out: &mut Vec<u8>) -> bool {
    if c.is_ascii() {
        out.push(c as u8);
        return true;
    }
    let single = SINGLES.1.chars().position(|meant| meant == c);
    if let Some(written) = single.and_then(|place| SINGLES.0.chars().nth(place)) {
        out.extend(cp1252::byte(written));
        return true;
    }
    for (first, seconds, meant) in PAIRS {
        let place = meant.chars().position(|meant| meant == c);
        if let Some(second) = place.and_then(|place| seconds.chars().nth(place)) {
            out.extend(cp1252::byte(first).into_iter().chain(cp1252::byte(second)));
            return true;
        }
    }
    // Every other character keeps its Windows-1252 byte, unless VNI made a letter or a mark of that byte.
    let is_free = |byte: &u8| TABLES.single[usize::from(*byte)] == c && !PAIRS.iter().any(|(_, seconds, _)| seconds.contains(c));
    let byte = cp1252::byte(c).filter(is_free);
    out.extend(byte);
    byte.is_some()
}
