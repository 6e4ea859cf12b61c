//! One form for text that people, Word and PDF spell in many ways.
//!
//! [`nfc`] only composes; [`clean`] also takes the invisible and the lookalike out: soft hyphens, zero-width signs,
//! non-breaking blanks, ligatures, Ð typed for Đ, marks that strayed from their vowel. Quotes, dashes and letters of
//! other alphabets stay. Never run it before a legacy charset is converted: there the soft hyphen is the letter ư.

use crate::letters::{self, Letter};
use unicode_normalization::{UnicodeNormalization, char::compose, is_nfc};

/// The text in Unicode NFC: every Vietnamese letter one character.
pub fn nfc(text: &str) -> String {
    if is_composed(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !push_composed(c, &mut out) {
            return text.nfc().collect();
        }
    }
    out
}

/// Appends a character, or puts it on the vowel before it when it is a tone or hat of Vietnamese.
/// False when only the whole algorithm of Unicode can tell the composed form; the character is appended as it is.
pub(crate) fn push_composed(c: char, out: &mut String) -> bool {
    if is_plain(c) {
        out.push(c);
        return true;
    }
    let last = out.chars().next_back();
    let marked = last.and_then(letters::letter).filter(|letter| letters::is_vowel(letter.base));
    let marked = marked.and_then(|letter| {
        // Two marks above keep their order in Unicode: á and a hat are not ấ.
        let blocked = matches!(c, '\u{302}' | '\u{306}') && matches!(letter.tone, 1..=4);
        with_mark(letter, c).filter(|_| !blocked)
    });
    match (last, marked) {
        (Some(last), Some(marked)) => {
            out.truncate(out.len() - last.len_utf8());
            out.push(letters::character(marked));
            true
        }
        _ => {
            out.push(c);
            false
        }
    }
}

/// A character that stays as it is in NFC whatever surrounds it, among those that Vietnamese text is made of.
pub(crate) fn is_plain(c: char) -> bool {
    matches!(c, '\0'..'\u{300}' | '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..'\u{2126}')
}

/// Whether the text is in NFC. Looks only for what breaks it in Vietnamese text before it asks Unicode.
fn is_composed(text: &str) -> bool {
    text.chars().all(is_plain) || is_nfc(text)
}

/// The text as one would have typed it with care: NFC, lines ended by `\n`, plain blanks, nothing invisible.
///
/// `clean("Ð\u{1EA3}ng\u{A0}uỷ xã – ho\u{300}a")` is `"Đảng uỷ xã – hòa"`: the tone stays where its author put it.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' | ' '..='~' => out.push(c),
            '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{D0}' | '\u{189}' => out.push('Đ'),
            '\u{F0}' | '\u{256}' => out.push('đ'),
            _ if is_ignorable(c) || c.is_control() => {}
            _ if c.is_whitespace() => out.push(' '),
            '\u{FB00}'..='\u{FB06}' => out.push_str(ligature(c)),
            _ => out.push(c),
        }
    }
    let out = if is_composed(&out) { out } else { nfc(&out) };
    if out.contains(is_vietnamese_mark) { with_marks_attached(&out) } else { out }
}

/// The tones and hats of Vietnamese as combining marks.
fn is_vietnamese_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{303}' | '\u{306}' | '\u{309}' | '\u{31B}' | '\u{323}')
}

/// Marks that Unicode could not compose, put on the vowels that they strayed from.
fn with_marks_attached(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_vietnamese_mark(c) || !attach(c, &mut out) {
            out.push(c);
        }
    }
    nfc(&out)
}

/// Signs that show nothing: soft hyphen, zero-width blanks and joiners, marks of direction, byte order mark.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn ligature(c: char) -> &'static str {
    const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    LIGATURES[(u32::from(c) - 0xFB00) as usize]
}

/// Puts a mark on the vowel before it, over a blank (`tiê ́ng`, as PDF programs write it) or a consonant (`viêṭ`).
/// False when the word before has no vowel that can take it.
fn attach(mark: char, out: &mut String) -> bool {
    let word_end = out.strip_suffix(' ').unwrap_or(out).len();
    let word = out[..word_end].char_indices().rev().take(3).take_while(|(_, c)| c.is_alphabetic());
    let vowel = word.filter_map(|(at, c)| Some((at, c, letters::letter(c)?))).find(|(_, _, found)| letters::is_vowel(found.base));
    let Some((at, old, letter)) = vowel else { return false };
    let Some(marked) = with_mark(letter, mark) else { return false };
    out.truncate(word_end);
    out.replace_range(at..at + old.len_utf8(), letters::character(marked).encode_utf8(&mut [0; 4]));
    true
}

/// A vowel with one more tone or hat; `None` when it has one already: that is not ours to judge.
fn with_mark(letter: Letter, mark: char) -> Option<Letter> {
    let tone = match mark {
        '\u{300}' => 1,
        '\u{309}' => 2,
        '\u{303}' => 3,
        '\u{301}' => 4,
        '\u{323}' => 5,
        _ => {
            let hatted = compose(letters::character(Letter { tone: 0, ..letter }), mark)?;
            return letters::letter(hatted).map(|hatted| Letter { tone: letter.tone, ..hatted });
        }
    };
    (letter.tone == 0).then_some(Letter { tone, ..letter })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn damage_of_typing_is_repaired() {
        for (typed, meant) in [
            ("Ðảng uỷ xã Tân Lũy, Ðiều 5, ðề nghị", "Đảng uỷ xã Tân Lũy, Điều 5, đề nghị"),
            ("Tân\u{A0}Lũy\u{202F}2026", "Tân Lũy 2026"),
            ("tuyên truy\u{AD}ền\u{200B}, \u{FEFF}phổ biến", "tuyên truyền, phổ biến"),
            ("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "Tiếng Việt"),
            ("o\u{31B}\u{300} u\u{31B}\u{301}", "ờ ứ"),
            ("tiê \u{301}ng Viê \u{323}t", "tiếng Việt"),
            ("viêt \u{323}, hocx\u{323}", "việt, họcx"),
            ("oﬃce ﬁle ﬂag", "office file flag"),
            ("dòng một\r\ndòng hai\rdòng ba\u{2028}dòng bốn\u{C}", "dòng một\ndòng hai\ndòng ba\ndòng bốn\n"),
            ("“Số: 05” – ‘mật’ … 25 °C", "“Số: 05” – ‘mật’ … 25 °C"),
            ("Москва Αθήνα Во̀н", "Москва Αθήνα Во̀н"),
            ("hòa hoà thủy thuỷ", "hòa hoà thủy thuỷ"),
        ] {
            assert_eq!(clean(typed), meant, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "[a-zàảãđĐÐ \u{A0}\u{AD}\u{300}-\u{31B}\u{323}ﬁ\r\n]{0,40}|\\PC{0,40}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        /// The quick way of composing Vietnamese is the same as that of Unicode.
        #[test]
        fn composing_is_that_of_unicode(text in "[aeioduyAOUđêơậ ńç\u{300}\u{301}\u{302}\u{303}\u{306}\u{308}\u{309}\u{31B}\u{323}]{0,12}") {
            prop_assert_eq!(nfc(&text), text.nfc().collect::<String>());
        }
    }
}
