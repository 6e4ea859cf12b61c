//! Names as a hasty eye sees them: letters of other alphabets, accents and digits become the Latin letters they look like.
//!
//! Both names of a comparison go through it, because Unicode's table (UTS 39) takes some letters apart (`m` → `rn`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name as it looks. `vietc0mbаnk` (with a Cyrillic а) and `vietcombank` look alike.
pub(crate) fn skeleton(name: &str) -> String {
    if name.bytes().all(|b| b.is_ascii_lowercase() && b != b'm' || b == b'-') {
        return name.to_owned();
    }
    let bare: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(latin).collect();
    let alike: String = unicode_security::skeleton(&bare).filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(latin).collect();
    alike.replace("vv", "w")
}

/// Letters that Unicode's table leaves alone, and digits.
fn latin(c: char) -> char {
    match c {
        '0' | 'ο' | 'о' => 'o',
        '1' | 'ı' | '|' | 'ł' | 'ӏ' => 'l',
        '3' | 'ɛ' | 'ε' => 'e',
        '4' => 'a',
        '5' => 's',
        'đ' | 'ɖ' | 'ð' => 'd',
        'ɡ' => 'g',
        'ƙ' | 'κ' | 'к' => 'k',
        'ß' | 'β' => 'b',
        'ƅ' => 'b',
        'ħ' => 'h',
        'ŧ' | 'τ' | 'т' => 't',
        'ø' => 'o',
        'ñ' | 'η' => 'n',
        'м' => 'm',
        'ν' => 'v',
        'ω' => 'w',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        let same = |a: &str, b: &str| assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        same("vietc0mbank", "vietcombank");
        same("vietcornbank", "vietcombank");
        same("viеtcоmbаnk", "vietcombank");
        same("việtcombank", "vietcombank");
        same("b1dv", "bldv");
        assert_ne!(skeleton("agribank"), skeleton("abbank"));
    }
}
