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
