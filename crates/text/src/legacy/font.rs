//! What the name of a font says about the charset of its text.
//!
//! The name is the best witness there is: in doc, rtf, docx and pdf a run in `.VnTime` is TCVN3 whatever its bytes look
//! like. Not for fonts of Unicode: `Times New Roman` says nothing.

use super::{Charset, FontEncoding};

/// How a family of fonts is named: the start of the name in small letters, and its charset.
const FAMILIES: [(&str, Charset); 15] = [
    (".vn", Charset::Tcvn3),
    ("vntime", Charset::Tcvn3),
    ("vnarial", Charset::Tcvn3),
    ("vnstcvn3", Charset::Tcvn3),
    ("tcvn3", Charset::Tcvn3),
    ("abc-", Charset::Tcvn3),
    ("vni-", Charset::VniWindows),
    ("vni ", Charset::VniWindows),
    ("vni_", Charset::VniWindows),
    ("vnitimes", Charset::VniWindows),
    ("vps ", Charset::Vps),
    ("vps-", Charset::Vps),
    ("vpstimes", Charset::Vps),
    ("vi times", Charset::Viscii),
    ("vi arial", Charset::Viscii),
];

/// Families that come in pairs; the second font shows the capitals and is named with `H` or `Hoa` (capital) at the end.
const PAIRED: [Charset; 3] = [Charset::Tcvn3, Charset::Vps, Charset::Viscii];

/// Words after the name of the family that say how the letters are drawn.
const STYLES: [&str; 9] = ["bolditalic", "bold", "italic", "oblique", "regular", "normal", "mt", "ps", "ttf"];

pub(super) fn encoding(name: &str) -> Option<FontEncoding> {
    let name = family(name);
    let (_, charset) = FAMILIES.iter().find(|(start, _)| name.starts_with(start))?;
    let capitals = PAIRED.contains(charset) && (name.ends_with('h') || name.ends_with(" hoa"));
    Some(FontEncoding { charset: *charset, capitals })
}

/// The name in small letters without the tag of an embedded part (`ABCDEF+`), vertical sign and words of style.
fn family(name: &str) -> String {
    let untagged = match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    };
    let mut family = untagged.trim().trim_start_matches(['@', '_', '"', '\'']).to_lowercase();
    loop {
        let bare = family.trim_end_matches([' ', '-', ',', '.', '"', '\'']);
        let style = STYLES.iter().find_map(|style| bare.strip_suffix(style)).filter(|rest| {
            // `VNI-Bold` would be a family; a style follows a separator.
            rest.ends_with([' ', '-', ',', '.']) && rest.len() > 5
        });
        let end = style.unwrap_or(bare).len();
        if end == family.len() {
            return family;
        }
        family.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_charset_and_capitals() {
        let told = |name: &str| encoding(name).map(|font| (font.charset, font.capitals));
        for (name, expected) in [
            (".VnTime", Some((Charset::Tcvn3, false))),
            (".VnTimeH", Some((Charset::Tcvn3, true))),
            (".vntimeh", Some((Charset::Tcvn3, true))),
            (".VnArial NarrowH", Some((Charset::Tcvn3, true))),
            (".VnTimeH Bold", Some((Charset::Tcvn3, true))),
            ("ABCDEF+.VnTimeH-BoldItalic", Some((Charset::Tcvn3, true))),
            ("BCDEEE+.VnTime,Bold", Some((Charset::Tcvn3, false))),
            (".VnCentury Schoolbook", Some((Charset::Tcvn3, false))),
            ("@.VnTime", Some((Charset::Tcvn3, false))),
            ("VNtimeH.TTF", Some((Charset::Tcvn3, true))),
            ("VNI-Times", Some((Charset::VniWindows, false))),
            ("VNI-Helve-Condense", Some((Charset::VniWindows, false))),
            ("VNI Couri", Some((Charset::VniWindows, false))),
            ("vni-times", Some((Charset::VniWindows, false))),
            ("VNI-Swiss-Bold", Some((Charset::VniWindows, false))),
            ("VPS Times", Some((Charset::Vps, false))),
            ("VPS Helv Hoa", Some((Charset::Vps, true))),
            ("VI Times H", Some((Charset::Viscii, true))),
            ("Times New Roman", None),
            ("ABCDEE+Calibri", None),
            ("Vnitalic Sans", None),
            ("", None),
        ] {
            assert_eq!(told(name), expected, "{name}");
        }
    }
}
