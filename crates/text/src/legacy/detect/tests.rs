//! Texts as offices wrote them, and texts that must be left alone.

use crate::legacy::{Charset, decode, detect, encode, looks_like_legacy};

const LETTER: &str = "ĐẢNG BỘ TỈNH SÔNG HỒNG
ĐẢNG ỦY XÃ TÂN LŨY
Số 12-CV/ĐU
V/v tuyên truyền, phổ biến Chỉ thị về bảo đảm an ninh mạng
Kính gửi: Các chi bộ trực thuộc Đảng ủy xã,
Thực hiện kế hoạch của Ban Thường vụ Tỉnh ủy, Đảng ủy xã yêu cầu các chi bộ tổ chức sinh hoạt chuyên đề, \
rà soát tài khoản dùng chung, thay đổi mật khẩu và báo cáo kết quả trước ngày 15/8/2026. Những vướng mắc phát sinh \
đề nghị phản ánh về Văn phòng Đảng ủy để được hướng dẫn kịp thời./.";

const LEGACY: [Charset; 6] = [Charset::Tcvn3, Charset::VniWindows, Charset::Viscii, Charset::Vps, Charset::Viqr, Charset::Cp1258];

#[test]
fn a_letter_is_told_in_every_charset() {
    for charset in LEGACY.into_iter().chain([Charset::Utf8, Charset::Utf16Le, Charset::Utf16Be]) {
        let bytes = encode(LETTER, charset).expect("every letter has its bytes");
        assert_eq!(detect(&bytes), charset);
        let expected = if charset == Charset::Tcvn3 { LETTER.to_lowercase() } else { LETTER.to_owned() };
        let read = decode(&bytes, charset);
        assert_eq!(if charset == Charset::Tcvn3 { read.to_lowercase() } else { read }, expected);
    }
}

#[test]
fn each_line_is_told_by_itself() {
    for charset in LEGACY {
        for line in LETTER.lines() {
            let bytes = encode(line, charset).expect("every letter has its bytes");
            let told = detect(&bytes);
            assert_eq!(decode(&bytes, told), decode(&bytes, charset), "{charset:?}, read as {told:?}");
        }
    }
}

#[test]
fn text_under_a_western_font_is_told() {
    let shown = |charset| {
        let bytes = encode(LETTER, charset).expect("every letter has its bytes");
        decode(&bytes, Charset::Latin1)
    };
    for charset in [Charset::Tcvn3, Charset::VniWindows, Charset::Viscii, Charset::Vps, Charset::Cp1258, Charset::Utf8] {
        assert_eq!(looks_like_legacy(&shown(charset)), Some(charset));
    }
    for proper in [LETTER, "là có và bé", "Tổ dân phố số 5", "Straße für Größe", "plain ASCII", "", "25 °C, 10 µm, § 5 © 2026"]
    {
        assert_eq!(looks_like_legacy(proper), None, "{proper}");
    }
}

#[test]
fn other_languages_stay_as_they_are() {
    for text in [
        "Der Vorstand der Bücherei teilt mit: Für die Öffnungszeiten über Ostern gelten Änderungen, größere Säle schließen früher.",
        "Le préfet a été informé dès le début; à la réunion où la sécurité était à l'ordre du jour, il a répété ses règles.",
        "El niño comió en el jardín. Además, mañana habrá una reunión aquí con más señores; así será también en otoño.",
        "A reunião não está marcada; só amanhã é que saberão se há lugar à mesa para três pessoas, além do cão e da avó.",
        "Sjön är blå och älven går över ängen, både på våren och hösten. Övriga frågor får läggas till.",
        "Café Müller, naïve façade, coöperate, résumé",
        "Preis: 25 € · § 5 Abs. 2 · ±3 µm · 1½ Liter · © 2026 Müller®",
        "São Paulo, Málaga, Zürich",
    ] {
        let western: Vec<u8> = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(detect(&western), Charset::Latin1, "{text}");
        assert_eq!(looks_like_legacy(text), None, "{text}");
        assert_eq!(detect(text.as_bytes()), Charset::Utf8);
    }
    let russian = encoding_rs::WINDOWS_1251.encode("Совещание состоится завтра в большом зале, просьба всем быть").0.into_owned();
    let chinese = encoding_rs::GBK.encode("明天下午在会议室召开信息安全工作会议请各单位准时参加").0.into_owned();
    let japanese = encoding_rs::SHIFT_JIS.encode("明日の会議は午後三時から始まります").0.into_owned();
    let polish = encoding_rs::WINDOWS_1250.encode("Zażółć gęślą jaźń, spotkanie odbędzie się w środę").0.into_owned();
    for bytes in [russian, chinese, japanese, polish] {
        assert_eq!(detect(&bytes), Charset::Latin1);
    }
}

#[test]
fn data_is_no_language() {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..3000).map(|_| noise()).collect();
        assert_eq!(detect(&bytes), Charset::Latin1);
    }
    for bytes in
        [&b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x03\xE8"[..], b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", b"PK\x03\x04\x14\0\x08\x08\x08\0"]
    {
        assert!(matches!(detect(bytes), Charset::Latin1 | Charset::Utf8));
    }
}

#[test]
fn plain_ascii_is_utf8() {
    for text in [
        "",
        "a",
        "UBND xa Tan Luy, so 12/CV-UBND",
        "let x = a^b + f(u+1) - (a+b)*d; // e^x isn't o'clock",
        "Don't. It's Bob's. What? No! e.g. i.e. a.m. p.m.",
        "printf(\"%d\", a(b(c)));",
        "user@example.vn http://www.example.vn/a.b.c?d=e~f",
        "DU'O'NG trong e-mail",
    ] {
        assert_eq!(detect(text.as_bytes()), Charset::Utf8, "{text}");
        assert_eq!(looks_like_legacy(text), None, "{text}");
    }
    assert_eq!(detect(b"Ki'nh gu+?i a'c chi bo^. xa~ Ta^n Lu~y"), Charset::Viqr);
    assert_eq!(detect(b"Vie^.t Nam"), Charset::Viqr);
}

#[test]
fn damaged_unicode_is_still_unicode() {
    let bytes = encode(LETTER, Charset::Utf8).expect("UTF-8 has every letter");
    for end in 2..bytes.len().min(400) {
        let told = detect(&bytes[..end]);
        assert_eq!(told, Charset::Utf8, "cut at byte {end}");
    }
    let mut spotted = bytes;
    spotted[40] = 0xFF;
    assert_eq!(detect(&spotted), Charset::Utf8);
    let wide = encode(LETTER, Charset::Utf16Le).expect("UTF-16 has every letter");
    assert_eq!(detect(&wide[..wide.len() - 1]), Charset::Utf16Le);
}

#[test]
fn short_texts_are_told_when_they_can_be() {
    for (shown, charset) in [
        ("C\u{E9}ng hoµ x· héi", Charset::Tcvn3),
        ("§¬n vÞ", Charset::Tcvn3),
        ("- Nh\u{AD} trªn", Charset::Tcvn3),
        ("Ñôn vò", Charset::VniWindows),
        ("Vieät Nam", Charset::VniWindows),
    ] {
        let bytes: Vec<u8> = shown.chars().map(|c| c as u8).collect();
        assert_eq!(detect(&bytes), charset, "{shown}");
        assert_eq!(looks_like_legacy(shown), Some(charset), "{shown}");
    }
}
