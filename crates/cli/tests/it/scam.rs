//! `luytre scam`: a message typed, a verdict with its reasons back.

use std::path::Path;

use qrcode::{Color, QrCode};

use crate::{err, luytre, out};

const MESSAGE: &str = "VCB: tai khoan cua ban bi khoa, xac thuc ngay tai https://vietc0mbank-vn.top/app.apk";

#[test]
fn people_are_told_why_and_what_to_do() {
    let answer = luytre(&["scam", MESSAGE]);
    assert_eq!((answer.status.code(), err(&answer).as_str()), (Some(1), ""));
    let text = out(&answer);
    assert!(text.starts_with("NGUY HIỂM") && text.contains("“https://vietc0mbank-vn.top/app.apk”: Địa chỉ này gần giống"), "{text}");
    let calm = luytre(&["scam", "Tối con về ăn cơm nhé mẹ"]);
    assert_eq!(calm.status.code(), Some(0));
    assert!(out(&calm).starts_with("Chưa thấy dấu hiệu lừa đảo\n"), "{}", out(&calm));
}

#[test]
fn machines_get_one_answer_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("messages.txt");
    std::fs::write(&path, format!("\"Tối con về\"\n{}\n", serde_json::to_string(MESSAGE).unwrap())).unwrap();
    let answer = luytre(&["scam", "--batch", path.to_str().unwrap()]);
    assert_eq!(answer.status.code(), Some(1));
    let lines: Vec<serde_json::Value> = out(&answer).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["verdict"], &lines[1]["verdict"]), (2, &"no_sign".into(), &"danger".into()));
    assert!(lines[1]["reasons"][0]["rule"].is_string() && lines[1]["reasons"][0]["quote"].is_string() && lines[1]["advice"][0].is_string());

    std::fs::write(&path, "\"a\"\nb\n").unwrap();
    let broken = luytre(&["scam", "--batch", path.to_str().unwrap()]);
    assert_eq!((broken.status.code(), err(&broken).contains("Dòng 2 không phải là một chuỗi JSON")), (Some(2), true), "{}", err(&broken));
    let missing = luytre(&["scam"]);
    assert_eq!((missing.status.code(), err(&missing).contains("<NỘI_DUNG>")), (Some(2), true), "{}", err(&missing));
}

/// A payment code as banks make it: 500,000 to an account at Vietcombank.
pub(crate) const PAYMENT: &str =
    "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA530370454065000005802VN62170813nop phi ho so6304E31C";

/// A picture of a code.
pub(crate) fn picture(text: &str, path: &Path) {
    let code = QrCode::new(text).expect("a text that fits into a code");
    let (width, colors) = (code.width(), code.to_colors());
    let side = (width + 8) as u32 * 6;
    let at = |point: u32| ((point / 6) as usize).checked_sub(4).filter(|at| *at < width);
    let dark = |x: u32, y: u32| at(x).zip(at(y)).is_some_and(|(x, y)| colors[y * width + x] == Color::Dark);
    image::GrayImage::from_fn(side, side, |x, y| image::Luma([if dark(x, y) { 0 } else { 255 }]))
        .save(path)
        .expect("a folder to write into");
}

#[test]
fn numbers_and_pictures_are_asked_about() {
    let phone = luytre(&["scam", "--phone", "+224 622 123 456"]);
    assert_eq!((phone.status.code(), err(&phone).as_str()), (Some(1), ""));
    assert!(out(&phone).starts_with("Số điện thoại +224622123456\nĐÁNG NGỜ") && out(&phone).contains("Ghi-nê"), "{}", out(&phone));
    let account = luytre(&["scam", "--json", "--account", "0123456789", "--bank", "VCB"]);
    let answer: serde_json::Value = serde_json::from_str(&out(&account)).unwrap();
    assert_eq!((account.status.code(), answer["read"][0].as_str()), (Some(0), Some("Số tài khoản 0123456789 tại Vietcombank")));
    assert_eq!((&answer["verdict"], &answer["listed"]), (&"no_sign".into(), &serde_json::json!([])));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ma.png");
    picture("https://vietc0mbank-vn.top/x", &path);
    let code = luytre(&["scam", "--qr", path.to_str().unwrap()]);
    assert_eq!(code.status.code(), Some(1));
    assert!(out(&code).starts_with("Đường dẫn: https://vietc0mbank-vn.top/x\nNGUY HIỂM"), "{}", out(&code));
    std::fs::write(&path, "no picture").unwrap();
    let none = luytre(&["scam", "--qr", path.to_str().unwrap()]);
    assert_eq!((none.status.code(), err(&none).contains("không phải ảnh PNG hoặc JPEG")), (Some(2), true), "{}", err(&none));
    for wrong in [&["scam", "--bank", "VCB"][..], &["scam", "a", "--phone", "113"], &["scam", "--phone", "113", "--qr", "a.png"]] {
        assert_eq!(luytre(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_pack_is_built_looked_at_put_in_use_and_asked() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (issuer, other, pack) = (at("issuer"), at("other"), at("danh-sach.pack"));
    for data in [&issuer, &other] {
        let made = luytre(&["demo", "--no-serve", "--data", data]);
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    }
    let built = luytre(&["scam", "pack", "build", &pack, "--data", &issuer, "--address", "https://luytre.tanluy.example"]);
    assert_eq!((built.status.code(), err(&built).as_str()), (Some(0), ""));
    let bytes = std::fs::read(&pack).unwrap();
    luytre(&["scam", "pack", "build", &pack, "--data", &issuer, "--address", "https://luytre.tanluy.example"]);
    assert_eq!(std::fs::read(&pack).unwrap(), bytes, "the same list gives the same bytes");
    let seen = luytre(&["scam", "pack", "verify", &pack]);
    let text = out(&seen);
    assert_eq!(seen.status.code(), Some(0), "{}", err(&seen));
    let fingerprint = text.split("Dấu vân tay: ").nth(1).unwrap().lines().next().unwrap().to_owned();

    let refused = luytre(&["scam", "pack", "install", &pack, "--data", &other]);
    assert_eq!((refused.status.code(), err(&refused).contains("Chưa nhận khóa")), (Some(2), true), "{}", err(&refused));
    let taken = luytre(&["scam", "pack", "install", &pack, "--data", &other, "--accept", &fingerprint]);
    assert_eq!(taken.status.code(), Some(0), "{}", err(&taken));
    let again = luytre(&["scam", "pack", "install", &pack, "--data", &other]);
    assert_eq!((again.status.code(), err(&again).contains("đang được dùng")), (Some(2), true), "{}", err(&again));

    let broken = at("hong.pack");
    std::fs::write(&broken, &bytes[..bytes.len() - 9]).unwrap();
    let cut = luytre(&["scam", "pack", "verify", &broken]);
    assert_eq!((cut.status.code(), err(&cut).contains("Gói bị cụt")), (Some(2), true), "{}", err(&cut));
    let mut changed = bytes;
    let at_end = changed.len() - 20;
    changed[at_end] ^= 1;
    std::fs::write(&broken, &changed).unwrap();
    let refused = luytre(&["scam", "pack", "install", &broken, "--data", &other]);
    assert_eq!((refused.status.code(), err(&refused).contains("không khớp với điều đã ký")), (Some(2), true), "{}", err(&refused));
}
