//! Names as a hasty eye sees them: letters of other alphabets, accents and digits become the Latin letters they look like.
//!
//! Both names of a comparison go through it. [`coarse`] also takes letters together that only a hasty eye confuses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name as it looks. `vietc0mbаnk` (with a Cyrillic а) and `vietcombank` look alike.
pub(crate) fn skeleton(name: &str) -> String {
    if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return joined(name);
    }
    let bare: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(latin).collect();
    let alike: String =
        unicode_security::skeleton(&bare).filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(latin).collect();
    joined(&alike)
}

/// Pairs of letters that look like one: Unicode's table takes `m` apart, so it is put together again.
fn joined(name: &str) -> String {
    name.replace("rn", "m").replace("nn", "m").replace("vv", "w")
}

/// A skeleton in which letters are one that differ by a stroke (b and d, c and e, m, n and r, u and v), and strokes alone
/// (i, j, l) are nothing.
pub(crate) fn coarse(skeleton: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[("cl", "d"), ("lc", "k")];
    let whole = PAIRS.iter().fold(skeleton.to_owned(), |name, (pair, one)| name.replace(pair, one));
    let one = |c: char| match c {
        'd' => Some('b'),
        'e' => Some('c'),
        'n' | 'r' => Some('m'),
        'u' => Some('v'),
        'q' => Some('g'),
        'i' | 'j' | 'l' => None,
        other => Some(other),
    };
    let mut letters: Vec<char> = whole.chars().filter_map(one).collect();
    letters.dedup_by(|a, b| a == b && *a == 'm');
    letters.into_iter().collect()
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
        let near = |a: &str, b: &str| assert_eq!(coarse(&skeleton(a)), coarse(&skeleton(b)), "{a} {b}");
        near("agribanlc", "agribank");
        near("uietlnbamk", "vietinbank");
        near("cllehvucomg", "dichvucong");
        assert_ne!(skeleton("agribank"), skeleton("abbank"));
    }
}
