//! VIQR (RFC 1456): Vietnamese in plain ASCII, as mail once had to be: `Vie^.t Nam`, `ddu+o+`ng`, `\.` for a plain dot.

use crate::letters::{self, Letter};
use unicode_normalization::UnicodeNormalization;

const TONES: [(u8, u8); 5] = [(b'`', 1), (b'?', 2), (b'~', 3), (b'\'', 4), (b'.', 5)];

/// The letter of a vowel with its hat sign; `*` is a variant of `+`.
fn with_hat(vowel: u8, sign: u8) -> Option<char> {
    Some(match (vowel, sign) {
        (b'a', b'(') => 'ă',
        (b'A', b'(') => 'Ă',
        (b'a', b'^') => 'â',
        (b'A', b'^') => 'Â',
        (b'e', b'^') => 'ê',
        (b'E', b'^') => 'Ê',
        (b'o', b'^') => 'ô',
        (b'O', b'^') => 'Ô',
        (b'o', b'+' | b'*') => 'ơ',
        (b'O', b'+' | b'*') => 'Ơ',
        (b'u', b'+' | b'*') => 'ư',
        (b'U', b'+' | b'*') => 'Ư',
        _ => return None,
    })
}

/// Appends the text that the bytes mean. The RFC leaves nothing to taste: a dot after a vowel is a tone unless escaped.
pub(super) fn decode_into(bytes: &[u8], out: &mut String) {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        at += 1;
        match (byte, next) {
            (b'\\', next) if next.is_ascii_graphic() => {
                out.push(char::from(next));
                at += 1;
            }
            (b'd', b'd') => {
                out.push('đ');
                at += 1;
            }
            (b'D', b'd' | b'D') => {
                out.push('Đ');
                at += 1;
            }
            _ => {
                let mut letter = char::from(byte);
                if let Some(hatted) = with_hat(byte, next) {
                    letter = hatted;
                    at += 1;
                }
                let tone = TONES.iter().find(|(sign, _)| bytes.get(at) == Some(sign));
                if let (Some(found), Some((_, tone))) = (vowel(letter), tone) {
                    letter = letters::character(Letter { tone: *tone, ..found });
                    at += 1;
                }
                out.push(letter);
            }
        }
    }
}

fn vowel(c: char) -> Option<Letter> {
    letters::letter(c).filter(|letter| letters::is_vowel(letter.base) && letter.tone == 0)
}

/// The ASCII form of a text; `None` when a character has none. What would be read as a mark is escaped.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut previous = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after_vowel = previous.and_then(letters::letter).is_some_and(|letter| letters::is_vowel(letter.base));
        let escape = match c {
            '\\' => true,
            '(' | '^' | '+' | '*' | '`' | '?' | '~' | '\'' | '.' => after_vowel,
            'd' | 'D' => matches!(chars.peek(), Some('d' | 'D' | 'đ' | 'Đ')),
            _ => false,
        };
        if escape {
            out.push(b'\\');
        }
        match c {
            'đ' => out.extend(b"dd"),
            'Đ' => out.extend(b"DD"),
            _ if c.is_ascii() => out.push(c as u8),
            _ => out.extend(spelled(letters::letter(c)?)),
        }
        previous = Some(c);
    }
    Some(out)
}

/// A vowel, its hat sign and its tone sign.
fn spelled(letter: Letter) -> impl Iterator<Item = u8> {
    let bare = letters::character(Letter { tone: 0, ..letter });
    let tone = TONES.iter().find(|(_, tone)| *tone == letter.tone).map(|(sign, _)| *sign);
    let hatted = bare.nfd().filter_map(|part| match part {
        '\u{306}' => Some(b'('),
        '\u{302}' => Some(b'^'),
        '\u{31B}' => Some(b'+'),
        part => u8::try_from(u32::from(part)).ok(),
    });
    hatted.collect::<Vec<_>>().into_iter().chain(tone)
}
