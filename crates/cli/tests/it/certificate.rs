//! `luytre certificate verify`: what it says of a good certificate, a changed one, and one of another key.

use crate::luytre;

/// What the office signed, what somebody changed in it, and what another key signed: by the text alone, without a server.
#[test]
fn a_certificate_is_checked_by_its_text_alone() {
    use app::programme::chain::Key;
    use app::programme::quiz::certificate::Certificate;
    let (own, other) = (Key::from_seed(&[7; 32]), Key::from_seed(&[8; 32]));
    let folder = tempfile::tempdir().unwrap();
    let certificate = |key: &Key| {
        let (code, name, course) = ("7KQ2M9XPAB".to_owned(), "Bùi Thị Mận".to_owned(), "An toàn mật khẩu".to_owned());
        Certificate { code, name, course, office: "Đảng ủy xã Tân Lũy".to_owned(), date: "2026-11-28".parse().unwrap() }.sign(key).text()
    };
    let verify = |text: &str, more: &[&str]| {
        let file = folder.path().join("chung-nhan.txt");
        std::fs::write(&file, text).unwrap();
        let args = [&["--lang", "vi", "certificate", "verify", file.to_str().unwrap()], more].concat();
        let output = luytre(&args);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let key = own.public();
    let good = certificate(&own);
    let (code, said) = verify(&good, &["--key", &key]);
    assert!(code == Some(0) && said.contains("Chữ ký đúng: Đảng ủy xã Tân Lũy đã cấp cho Bùi Thị Mận"), "{code:?} {said}");
    let (code, said) = verify(&good.replace("Bùi Thị Mận", "Bùi Thị Sen"), &["--key", &key]);
    assert!(code == Some(1) && said.contains("nội dung đã bị sửa"), "{code:?} {said}");
    let (code, said) = verify(&certificate(&other), &["--key", &key]);
    assert!(code == Some(1) && said.contains("không phải của cơ quan này"), "{code:?} {said}");
    // Without a key both look the same, and neither is said to be good.
    for key in [&own, &other] {
        let (code, said) = verify(&certificate(key), &[]);
        assert!(code == Some(1) && said.starts_with("Không xác định được ai đã cấp"), "{code:?} {said}");
        assert!(said.contains(&app::packs::fingerprint(&key.public())) && !said.contains("Chữ ký đúng"), "{said}");
        assert!(said.contains("Tệp tự ghi: Đảng ủy xã Tân Lũy cấp cho Bùi Thị Mận"), "{said}");
    }
    let (code, said) = verify("Giấy chứng nhận", &["--key", &key]);
    assert!(code == Some(1) && said.contains("Không phải chứng nhận"), "{code:?} {said}");
    let none = folder.path().join("khong-co");
    let output =
        luytre(&["certificate", "verify", folder.path().join("chung-nhan.txt").to_str().unwrap(), "--data", none.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("không có sổ cái nào") && !none.exists(), "{said}");
}
