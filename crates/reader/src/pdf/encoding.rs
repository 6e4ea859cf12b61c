//! Encodings of simple fonts: bytes and glyph names to characters (ISO 32000-1, annex D; Adobe Glyph List).
//!
//! `Abreveacute` is "Ắ", `uni1EA1` is "ạ", `parenleft` is "(".

use text::normalize::nfc;

/// The encoding that `Differences` change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Standard,
    WinAnsi,
    MacRoman,
}

pub(super) fn byte_text(byte: u8, base: Base) -> Option<char> {
    let decoded = |encoding: &'static encoding_rs::Encoding| encoding.decode_without_bom_handling(&[byte]).0.chars().next();
    match base {
        Base::WinAnsi => decoded(encoding_rs::WINDOWS_1252),
        Base::MacRoman => decoded(encoding_rs::MACINTOSH),
        Base::Standard => Some(match byte {
            0x27 => '’',
            0x60 => '‘',
            0x20..=0x7E => char::from(byte),
            0xA4 => '⁄',
            0xAA => '“',
            0xAE => 'ﬁ',
            0xAF => 'ﬂ',
            0xB1 => '–',
            0xB7 => '•',
            0xB9 => '„',
            0xBA => '”',
            0xBC => '…',
            0xD0 => '—',
            _ => return decoded(encoding_rs::WINDOWS_1252),
        }),
    }
}

/// The text of a glyph by its name.
pub(super) fn name_text(name: &str) -> Option<String> {
    // A ligature has some letters; a name of a thousand is a trick.
    const MAX_NAME_BYTES: usize = 128;
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    // What follows a dot tells variants of one letter apart.
    let name = name.split('.').next().filter(|n| !n.is_empty())?;
    if name.chars().count() == 1 {
        return Some(name.to_owned());
    }
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(digits) = name.strip_prefix("uni").filter(|d| d.len() >= 4 && d.len() % 4 == 0 && d.is_ascii()) {
        return digits.as_bytes().chunks_exact(4).map(|four| std::str::from_utf8(four).ok().and_then(hex)).collect();
    }
    if let Some(c) = name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())).and_then(hex) {
        return Some(c.to_string());
    }
    if let Ok(place) = NAMES.binary_search_by_key(&name, |entry| entry.0) {
        return Some(NAMES[place].1.to_string());
    }
    composed(name)
}

/// Letters with marks: the letter's name, then the names of its marks.
fn composed(name: &str) -> Option<String> {
    const MARKS: [(&str, char); 12] = [
        ("acute", '\u{301}'),
        ("grave", '\u{300}'),
        ("hookabove", '\u{309}'),
        ("hook", '\u{309}'),
        ("tilde", '\u{303}'),
        ("dotbelow", '\u{323}'),
        ("circumflex", '\u{302}'),
        ("breve", '\u{306}'),
        ("horn", '\u{31B}'),
        ("dieresis", '\u{308}'),
        ("caron", '\u{30C}'),
        ("cedilla", '\u{327}'),
    ];
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mut rest = &name[1..];
    let mut text = letter.to_string();
    while !rest.is_empty() {
        let (mark_name, mark) = MARKS.iter().find(|(mark_name, _)| rest.starts_with(mark_name))?;
        text.push(*mark);
        rest = &rest[mark_name.len()..];
    }
    Some(nfc(&text))
}

/// Names that are neither letters with marks nor codes; sorted.
static NAMES: [(&str, char); 105] = [
    ("AE", 'Æ'),
    ("Aring", 'Å'),
    ("Dcroat", 'Đ'),
    ("Dslash", 'Đ'),
    ("Eth", 'Ð'),
    ("Euro", '€'),
    ("OE", 'Œ'),
    ("Oslash", 'Ø'),
    ("Thorn", 'Þ'),
    ("ae", 'æ'),
    ("ampersand", '&'),
    ("approxequal", '≈'),
    ("aring", 'å'),
    ("asciicircum", '^'),
    ("asciitilde", '~'),
    ("asterisk", '*'),
    ("at", '@'),
    ("backslash", '\\'),
    ("bar", '|'),
    ("braceleft", '{'),
    ("braceright", '}'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("brokenbar", '¦'),
    ("bullet", '•'),
    ("cent", '¢'),
    ("colon", ':'),
    ("comma", ','),
    ("copyright", '©'),
    ("currency", '¤'),
    ("dagger", '†'),
    ("daggerdbl", '‡'),
    ("dcroat", 'đ'),
    ("degree", '°'),
    ("divide", '÷'),
    ("dmacron", 'đ'),
    ("dollar", '$'),
    ("dong", '₫'),
    ("eight", '8'),
    ("ellipsis", '…'),
    ("emdash", '—'),
    ("endash", '–'),
    ("equal", '='),
    ("eth", 'ð'),
    ("exclam", '!'),
    ("exclamdown", '¡'),
    ("ff", 'ﬀ'),
    ("ffi", 'ﬃ'),
    ("fi", 'ﬁ'),
    ("five", '5'),
    ("fl", 'ﬂ'),
    ("florin", 'ƒ'),
    ("four", '4'),
    ("germandbls", 'ß'),
    ("grave", '`'),
    ("greater", '>'),
    ("greaterequal", '≥'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("hyphen", '-'),
    ("less", '<'),
    ("lessequal", '≤'),
    ("macron", '¯'),
    ("minus", '−'),
    ("mu", 'µ'),
    ("multiply", '×'),
    ("nine", '9'),
    ("numbersign", '#'),
    ("oe", 'œ'),
    ("one", '1'),
    ("onehalf", '½'),
    ("ordfeminine", 'ª'),
    ("ordmasculine", 'º'),
    ("oslash", 'ø'),
    ("paragraph", '¶'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("percent", '%'),
    ("period", '.'),
    ("periodcentered", '·'),
    ("perthousand", '‰'),
    ("plus", '+'),
    ("plusminus", '±'),
    ("question", '?'),
    ("questiondown", '¿'),
    ("quotedbl", '"'),
    ("quotedblbase", '„'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotesingle", '\''),
    ("registered", '®'),
    ("section", '§'),
    ("semicolon", ';'),
    ("seven", '7'),
    ("six", '6'),
    ("slash", '/'),
    ("space", ' '),
    ("sterling", '£'),
    ("three", '3'),
    ("two", '2'),
    ("underscore", '_'),
    ("yen", '¥'),
    ("zero", '0'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_text() {
        assert!(NAMES.is_sorted_by_key(|entry| entry.0));
        let texts = ["Abreveacute", "uni1EA1", "uhorndotbelow", "dcroat", "A.sc", "parenleft", "g23"].map(name_text);
        let expected = [Some("Ắ"), Some("ạ"), Some("ự"), Some("đ"), Some("A"), Some("("), None].map(|t| t.map(str::to_owned));
        assert_eq!(texts, expected);
    }
}
