//! Windows-1258, the Vietnamese page of Windows (WHATWG Encoding Standard, index windows-1258).
//!
//! Half composed: letters of Latin-1 and ă â ê ô ơ ư đ are one byte, every other tone is a combining mark after its
//! vowel, so that a decoded text needs composing (`ê` + U+0323 is `ệ`).

use crate::letters::{self, Letter};
use crate::normalize;

/// Bytes 0x80–0xFF, sixteen to a row.
#[rustfmt::skip]
pub(super) const HIGH: [char; 128] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', '\u{8a}', '‹', 'Œ', '\u{8d}', '\u{8e}', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', '\u{9a}', '›', 'œ', '\u{9d}', '\u{9e}', 'Ÿ',
    '\u{a0}', '¡', '¢', '£', '¤', '¥', '¦', '§', '¨', '©', 'ª', '«', '¬', '\u{ad}', '®', '¯',
    '°', '±', '²', '³', '´', 'µ', '¶', '·', '¸', '¹', 'º', '»', '¼', '½', '¾', '¿',
    'À', 'Á', 'Â', 'Ă', 'Ä', 'Å', 'Æ', 'Ç', 'È', 'É', 'Ê', 'Ë', '\u{300}', 'Í', 'Î', 'Ï',
    'Đ', 'Ñ', '\u{309}', 'Ó', 'Ô', 'Ơ', 'Ö', '×', 'Ø', 'Ù', 'Ú', 'Û', 'Ü', 'Ư', '\u{303}', 'ß',
    'à', 'á', 'â', 'ă', 'ä', 'å', 'æ', 'ç', 'è', 'é', 'ê', 'ë', '\u{301}', 'í', 'î', 'ï',
    'đ', 'ñ', '\u{323}', 'ó', 'ô', 'ơ', 'ö', '÷', 'ø', 'ù', 'ú', 'û', 'ü', 'ư', '₫', 'ÿ',
];

/// Appends the text that the bytes mean, composing a mark with the vowel before it.
pub(super) fn decode_into(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        let c = byte.checked_sub(0x80).map_or(char::from(*byte), |place| HIGH[usize::from(place)]);
        normalize::push_composed(c, out);
    }
}

/// Appends the bytes of one character, its tone as a mark where the page has no letter; false when it has none.
pub(super) fn encode_into(c: char, out: &mut Vec<u8>) -> bool {
    let byte = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) if byte < 0x80 => Some(byte),
        _ => HIGH.iter().position(|meant| *meant == c).map(|place| 0x80 + place as u8),
    };
    if let Some(byte) = byte(c) {
        out.push(byte);
        return true;
    }
    let Some(letter) = letters::letter(c) else { return false };
    let bare = byte(letters::character(Letter { tone: 0, ..letter }));
    let mark = [None, Some(0xCC), Some(0xD2), Some(0xDE), Some(0xEC), Some(0xF2)][usize::from(letter.tone)];
    let (Some(bare), Some(mark)) = (bare, mark) else { return false };
    out.extend([bare, mark]);
    true
}
