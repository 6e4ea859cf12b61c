//! Plain text in, findings out: charsets, labels, columns, marks.

use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use scan::{Confidence, Finding, scan_bytes};
use text::legacy::{self, Charset};

fn shown(findings: &[Finding]) -> String {
    let mut lines = String::new();
    for finding in findings {
        let masked = finding.masked.as_deref().unwrap_or("null");
        let line = finding.place.line.unwrap_or(0);
        writeln!(lines, "{}: {} {} {masked}", line, finding.kind.as_str(), finding.confidence.as_str()).unwrap();
    }
    lines
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&shown(&scan_bytes(text.as_bytes(), &scan::builtin())));
}

#[test]
fn a_letter_with_everything() {
    check(
        "TỐI MẬT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKính gửi: các chi bộ\n\
         Ông Trần Ví Dụ, CCCD số 001 203 000 123, ĐT 0912.345.678,\nthư nam.tran@vi-du.vn, STK 123456789012,\n\
         mã số thuế 0100109106, hồ sơ 202511201530.\n",
        &expect![[r#"
            1: secret_mark high null
            4: cccd high 00***********23
            4: phone high 09********78
            5: email high na*************vn
            5: bank_account high 12********12
            6: mst high 01******06
        "#]],
    );
}

#[test]
fn the_nearest_label_decides() {
    check(
        "CMND cũ 012345678, CCCD 001203000123, GPLX 790123456789",
        &expect![[r#"
        1: cmnd high 01*****78
        1: cccd high 00********23
        1: driver_licence high 79********89
    "#]],
    );
    check(
        "Mã hồ sơ 0912345678; điện thoại 0912345678",
        &expect![[r#"
        1: phone high 09******78
    "#]],
    );
    check(
        "Số tài khoản\n0912345678",
        &expect![[r#"
        2: bank_account high 09******78
    "#]],
    );
}

#[test]
fn a_column_speaks_for_its_cells() {
    check(
        "STT;Họ tên;Số CCCD;Mã hàng\n1;Ví Dụ;001203000123;0912345678\n2;Ví Dụ;096185004417;0987654321\n",
        &expect![[r#"
        2: cccd high 00********23
        3: cccd high 09********17
    "#]],
    );
}

#[test]
fn a_regulation_about_marks_has_none() {
    check(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQUY CHẾ\nBảo vệ bí mật nhà nước\nĐiều 3. Độ mật\n\
         1. Độ mật gồm Tuyệt mật, Tối mật, Mật.\n2. Dấu \"MẬT\" đóng dưới số, ký hiệu.\nTUYỆT MẬT\nTỐI MẬT\nMẬT\n",
        &expect![[r#""#]],
    );
}

#[test]
fn a_lifted_mark_is_low() {
    check(
        "MẬT\nGIẢI MẬT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
        &expect![[r#"
        1: secret_mark low null
    "#]],
    );
}

/// A letter long enough that every charset is told by its words.
const LETTER: &str = "MẬT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
    Ủy ban nhân dân xã Tân Lũy đề nghị các thôn, tổ dân phố rà soát danh sách hộ gia đình, báo cáo trước ngày mười lăm.\n\
    Người liên hệ: chị Nguyễn Thị Ví Dụ, số định danh cá nhân 001203000123, điện thoại 0912345678, tài khoản số 123456789012.\n";

#[test]
fn every_charset_gives_the_same_findings_at_the_stored_bytes() {
    let rules = scan::builtin();
    let plain = scan_bytes(LETTER.as_bytes(), &rules);
    assert_eq!(plain.len(), 4, "{}", shown(&plain));
    let charsets = [
        Charset::Utf16Le,
        Charset::Utf16Be,
        Charset::Tcvn3,
        Charset::VniWindows,
        Charset::Viscii,
        Charset::Vps,
        Charset::Viqr,
        Charset::Cp1258,
    ];
    for charset in charsets {
        let bytes = legacy::encode(LETTER, charset).unwrap();
        assert_eq!(legacy::detect(&bytes), charset);
        let found = scan_bytes(&bytes, &rules);
        assert_eq!(shown(&found), shown(&plain), "{charset:?}");
        let spans = |findings: &[Finding], bytes: &[u8], charset| -> Vec<String> {
            let spans = findings.iter().map(|finding| finding.place.span.clone().unwrap());
            spans.map(|span| legacy::decode(&bytes[span], charset).to_uppercase()).collect()
        };
        assert_eq!(spans(&found, &bytes, charset), spans(&plain, LETTER.as_bytes(), Charset::Utf8), "{charset:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_scanned_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        scan_bytes(&bytes, &scan::builtin());
    }

    #[test]
    fn no_mask_shows_its_value(tail in "[0-9]{6}", blank in "[ .-]?") {
        let value = format!("001{blank}203{blank}{}{blank}{}", &tail[..3], &tail[3..]);
        let findings = scan_bytes(format!("CCCD: {value}, ĐT 0912345678").as_bytes(), &scan::builtin());
        for finding in findings {
            prop_assert!(finding.confidence >= Confidence::Low);
            let masked = finding.masked.unwrap();
            prop_assert_eq!(masked.chars().filter(char::is_ascii_digit).count(), 4);
        }
    }
}
