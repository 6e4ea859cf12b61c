//! Hygiene of every text that goes onto paper: one Unicode form, no invisible or forbidden characters.
//!
//! XML forbids most control characters even when escaped, and direction overrides can make a printed name read
//! otherwise than its code points. Not for spelling and not for markup: the writers escape that themselves.
//!
//! ```ignore
//! assert_eq!(line("Ủy\u{0} ban\n nhân dân"), "Ủy ban nhân dân");
//! ```

use unicode_normalization::UnicodeNormalization;

/// `text` in NFC on one line: runs of blanks become one space, invisible controls go, the ends are trimmed.
pub(crate) fn line(text: &str) -> String {
    let inner = span(text);
    inner.trim_matches(' ').to_owned()
}

/// As [`line`], but keeps a space at either end: for runs inside a paragraph.
pub(crate) fn span(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            // No-break spaces were put there on purpose and stay.
            '\u{a0}' => clean.push(c),
            // Fonts lack these two hyphens; which hyphens hold together is the writers' business.
            '\u{2010}' | '\u{2011}' => clean.push('-'),
            c if c.is_whitespace() => {
                if !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            c if forbidden(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// `text` in capitals with its first letter kept apart from the rest: "đảng ủy" to "ĐẢNG ỦY".
pub(crate) fn capitals(text: &str) -> String {
    line(&text.to_uppercase())
}

/// `text` cut at the hyphens inside codes, those between two letters or digits of which one is a capital or digit.
pub(crate) fn between_code_hyphens(text: &str) -> Vec<&str> {
    let sign = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let in_code = |at: usize| {
        let before = text.get(..at).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        let after = text.get(at + 1..).and_then(|text| text.chars().next()).unwrap_or(' ');
        before.is_alphanumeric() && after.is_alphanumeric() && (sign(before) || sign(after))
    };
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('-').filter(|(at, _)| in_code(*at)) {
        pieces.push(&text[from..at]);
        from = at + 1;
    }
    pieces.push(&text[from..]);
    pieces
}

/// Characters that no official text contains: controls, direction marks and overrides, soft hyphens, byte-order
/// marks, private use and non-characters.
fn forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{10ffff}')
        || (c as u32 & 0xfffe) == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_go_and_blanks_become_one() {
        assert_eq!(line(" Ủy\u{0}\u{7} ban \t\n nhân\u{202e} dân\u{feff}\u{ffff} "), "Ủy ban nhân dân");
        assert_eq!(line("<b>&amp; #let *x* $y$"), "<b>&amp; #let *x* $y$");
        assert_eq!(span(" a "), " a ");
        assert_eq!(line("57\u{2011}CT/TW"), "57-CT/TW");
    }

    #[test]
    fn codes_are_cut_at_their_hyphens() {
        let check = |text: &str, wanted: &[&str]| assert_eq!(between_code_hyphens(text), wanted);
        check("[MC-009–MC-014]", &["[MC", "009–MC", "014]"]);
        check("Chỉ thị số 57-CT/TW", &["Chỉ thị số 57", "CT/TW"]);
        check("Số     -CV/ĐU - vi-rút -", &["Số     -CV/ĐU - vi-rút -"]);
        check("-", &["-"]);
        check("", &[""]);
    }

    #[test]
    fn one_unicode_form() {
        assert_eq!(line("U\u{309}y ban"), "\u{1ee6}y ban");
        assert_eq!(capitals("đặc khu Hải Vân"), "ĐẶC KHU HẢI VÂN");
    }
}
