//! Every letter in every charset, there and back.

use super::*;
use crate::letters::accented;
use proptest::prelude::*;

const CHARSETS: [Charset; 9] = [
    Charset::Utf8,
    Charset::Utf16Le,
    Charset::Utf16Be,
    Charset::Tcvn3,
    Charset::VniWindows,
    Charset::Viscii,
    Charset::Vps,
    Charset::Viqr,
    Charset::Cp1258,
];

/// The capitals that TCVN3 leaves to a font: all with a tone, sixty of the 134 letters.
const WITHOUT_BYTE_IN_TCVN3: &str = "ÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ";

fn as_read(text: &str, charset: Charset) -> String {
    let small = |c: char| c.to_lowercase().next().unwrap_or(c);
    match charset {
        Charset::Tcvn3 => text.chars().map(|c| if WITHOUT_BYTE_IN_TCVN3.contains(c) { small(c) } else { c }).collect(),
        _ => text.to_owned(),
    }
}

#[test]
fn all_134_letters_go_there_and_back() {
    assert_eq!(WITHOUT_BYTE_IN_TCVN3.chars().count(), 60);
    let letters = accented();
    assert_eq!(letters.len(), 134);
    for charset in CHARSETS {
        for letter in &letters {
            for text in [letter.to_string(), format!("H{letter}n"), format!("{letter}{letter}"), format!("a{letter}u")] {
                let bytes = encode(&text, charset).expect("every letter has its bytes");
                assert_eq!(decode(&bytes, charset), as_read(&text, charset), "{charset:?} {text}");
            }
        }
        let all: String = letters.iter().collect();
        let bytes = encode(&all, charset).expect("every letter has its bytes");
        assert_eq!(decode(&bytes, charset), as_read(&all, charset), "{charset:?}");
    }
}

#[test]
fn fonts_of_capitals_give_the_capitals_back() {
    let capitals = font(".VnTimeH").expect("a known font");
    for letter in accented().into_iter().filter(|c| c.is_uppercase()) {
        let bytes = encode(&letter.to_string(), Charset::Tcvn3).expect("every letter has its byte");
        assert_eq!(capitals.convert(&decode(&bytes, Charset::Latin1)), letter.to_string());
    }
}

#[test]
fn unicode_under_a_legacy_font_stays() {
    let plain = font(".VnTime").expect("a known font");
    assert_eq!(plain.convert("Xã Tân Lũy đã báo cáo"), "Xã Tân Lũy đã báo cáo");
    assert_eq!(plain.convert("X· T©n Lòy ®· b¸o c¸o"), "Xã Tân Lũy đã báo cáo");
    assert_eq!(font(".VnTimeH").map(|font| font.convert("Xã Tân Lũy")).as_deref(), Some("XÃ TÂN LŨY"));
}

/// In a document a byte stands as its Windows-1252 sign or, from programs that knew only Latin-1, as a C1 control.
#[test]
fn all_letters_come_out_of_western_text() {
    for charset in [Charset::Tcvn3, Charset::VniWindows, Charset::Viscii, Charset::Vps, Charset::Cp1258] {
        for letter in accented() {
            let text = format!("x{letter}n");
            let bytes = encode(&text, charset).expect("every letter has its bytes");
            let windows = decode(&bytes, Charset::Latin1);
            let latin: String = bytes.iter().copied().map(char::from).collect();
            assert_eq!(convert(&windows, charset), as_read(&text, charset), "{charset:?}");
            assert_eq!(convert(&latin, charset), as_read(&text, charset), "{charset:?}");
        }
    }
}

#[test]
fn windows_pages_agree_with_the_encoding_standard() {
    for (charset, standard) in [(Charset::Cp1258, encoding_rs::WINDOWS_1258), (Charset::Latin1, encoding_rs::WINDOWS_1252)] {
        for byte in 0..=255u8 {
            let bytes = [byte];
            let (expected, _) = standard.decode_without_bom_handling(&bytes);
            assert_eq!(decode(&[byte], charset), expected, "{charset:?} {byte:#X}");
        }
    }
    let mark_by_mark = encoding_rs::WINDOWS_1258.decode(b"Vi\xEA\xF2t Nam, \xFD\xF5\xECc").0;
    assert_eq!(decode(b"Vi\xEA\xF2t Nam, \xFD\xF5\xECc", Charset::Cp1258), nfc(&mark_by_mark));
}

#[test]
fn known_phrases_in_their_bytes() {
    let phrase = "Cộng hoà xã hội chủ nghĩa Việt Nam";
    for (charset, shown) in [
        (Charset::Tcvn3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam"),
        (Charset::VniWindows, "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam"),
        (Charset::Viscii, "Cµng hoà xã hµi chü nghîa Vi®t Nam"),
        (Charset::Vps, "C¶ng hoà xã h¶i chû nghïa ViŒt Nam"),
        (Charset::Cp1258, "Côòng hoà xaÞ hôòi chuÒ nghiÞa Viêòt Nam"),
        (Charset::Viqr, "Co^.ng hoa` xa~ ho^.i chu? nghi~a Vie^.t Nam"),
    ] {
        assert_eq!(convert(shown, charset), phrase, "{charset:?}");
    }
    // The second spelling of VNI, a mark in the other case, and ẳ, which few tables have.
    assert_eq!(convert("phaûi ñoïc kyï; Aùnh, Ñaëc; thaúng, Haúng HAÚNG", Charset::VniWindows), "phải đọc kỵ; Ánh, Đặc; thẳng, Hẳng HẲNG");
}

#[test]
fn conversion_leaves_what_is_no_byte() {
    assert_eq!(convert("“§iÒu 5” – ViÖt Nam, Đảng uỷ", Charset::Tcvn3), "“Điều 5” – Việt Nam, Đảng uỷ");
    assert_eq!(
        convert("nhµ n\u{2212}íc, th«ng t\u{2212}, 5 \u{2212} 3; x\u{2219}, v\u{3BC}", Charset::Tcvn3),
        "nhà nước, thông tư, 5 \u{2212} 3; xã, và"
    );
    assert_eq!(convert("Viá»‡t Nam, Äáº£ng", Charset::Utf8), "Viá»‡t Nam, Äáº£ng");
    assert_eq!(convert("Viá»‡t Nam", Charset::Utf8), "Việt Nam");
}

#[test]
fn what_has_no_bytes_is_refused() {
    for (text, charset) in [("Москва", Charset::Tcvn3), ("aü", Charset::VniWindows), ("漢", Charset::Viqr), ("ü", Charset::Vps)] {
        assert_eq!(encode(text, charset).is_none(), charset != Charset::Vps, "{text}");
    }
}

#[test]
fn unicode_with_and_without_mark() {
    for (bytes, charset) in [
        (&b"\xEF\xBB\xBFx\xC3\xA3"[..], Charset::Utf8),
        (b"\xFF\xFEx\0\xE3\0", Charset::Utf16Le),
        (b"\xFE\xFF\0x\0\xE3", Charset::Utf16Be),
        (b"xa\xCC\x83", Charset::Utf8),
    ] {
        assert_eq!(detect(bytes), charset);
        assert_eq!(decode(bytes, charset), "xã");
    }
    assert_eq!(decode(b"x\0\xE3\0\x7A", Charset::Utf16Le), "xã\u{FFFD}");
    assert_eq!(decode(b"x\xC3", Charset::Utf8), "x\u{FFFD}");
}

#[test]
fn runs_of_one_font_are_read_together() {
    let vni = font("VNI-Times");
    let mut runs = Runs::default();
    runs.push("Số 05: ", None);
    runs.push("Vie", vni);
    runs.push("ät Nam", vni);
    runs.push(" và ", None);
    runs.push("céng hoµ", font(".VnTimeH"));
    assert_eq!(runs.finish(), "Số 05: Việt Nam và CỘNG HOÀ");
}

proptest! {
    #[test]
    fn what_was_written_is_read(text in "[a-zA-Z0-9 .,'?^~()+*`\\\\dDàảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĐÂỨ“”–§ü]{0,60}") {
        for charset in CHARSETS {
            if let Some(bytes) = encode(&text, charset) {
                prop_assert_eq!(decode(&bytes, charset), as_read(&text, charset), "{:?}", charset);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_as_composed_text(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let told = detect(&bytes);
        for charset in CHARSETS.into_iter().chain([Charset::Latin1, told]) {
            let text = decode(&bytes, charset);
            prop_assert_eq!(nfc(&text), text.clone());
            convert(&text, charset);
        }
        looks_like_legacy(&decode(&bytes, Charset::Latin1));
    }
}
