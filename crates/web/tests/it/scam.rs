//! Anybody may ask whether a message is a scam; nothing of it stays.

use std::io::Cursor;

use axum::body::Body;
use axum::http::{StatusCode, header};
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{Color, QrCode};
use serde_json::{Value, json};

use crate::office::{Answer, Browser, File, Office, between};

/// A PNG of a code, as a telephone's screen shows it.
pub(crate) fn picture(text: &str) -> Vec<u8> {
    let code = QrCode::new(text).unwrap();
    let (width, colors) = (code.width(), code.to_colors());
    let side = (width + 8) as u32 * 6;
    let at = |point: u32| ((point / 6) as usize).checked_sub(4).filter(|at| *at < width);
    let dark = |x: u32, y: u32| at(x).zip(at(y)).is_some_and(|(x, y)| colors[y * width + x] == Color::Dark);
    let grey = GrayImage::from_fn(side, side, |x, y| Luma([if dark(x, y) { 0 } else { 255 }]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(grey).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A payment code as banks make it: 500,000 to an account at Vietcombank.
const PAYMENT: &str = "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA53037045406500000\
    5802VN62170813nop phi ho so6304";

fn payment() -> String {
    format!("{PAYMENT}{:04X}", app::engines::scam::pay::crc(PAYMENT.as_bytes()))
}

/// An office that listed a number.
async fn listing() -> Office {
    let office = Office::new().await;
    let new = app::voices::NewVoice {
        kind: app::programme::model::CaseKind::ScamReport,
        service: None,
        text: "0912345678 xưng công an".to_owned(),
        agreed: false,
        about: None,
    };
    app::voices::send(&office.app, new, "AAAAACCCCC").await.unwrap();
    let case = app::voices::follow(&office.app, "AAAAACCCCC").await.unwrap().unwrap().id;
    app::cases::judge(&office.app, &office.by, &case, "0912345678", Some(12)).await.unwrap();
    office
}

async fn sends(browser: &mut Browser, name: &str, bytes: &[u8]) -> Answer {
    browser.page("/scam").await;
    browser.upload("/scam/qr", &[File { name, kind: "image/png", bytes }]).await
}

#[tokio::test]
async fn anybody_asks_and_is_told_why_and_what_to_do() {
    let office = Office::new().await;
    for mut browser in [office.stranger(), office.browser().await] {
        let page = browser.page("/scam").await;
        assert!(page.contains("không lưu lại nội dung"), "{page}");
        let answer =
            browser.post("/scam", &[("text", "VCB: tai khoan bi khoa, xac thuc tai https://vietc0mbank-vn.top <b>ngay</b>")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        assert!(
            text.contains("NGUY HIỂM") && text.contains("<q>https://vietc0mbank-vn.top</q>") && text.contains("vietcombank.com.vn"),
            "{text}"
        );
        assert!(text.contains("Không trả lời, không bấm") && text.contains("&#60;b&#62;ngay") && !text.contains("<b>ngay"), "{text}");
        let calm = browser.post("/scam", &[("text", "Tối con về ăn cơm nhé mẹ")]).await.text();
        assert!(calm.contains("Chưa thấy dấu hiệu") && !calm.contains("an toàn"), "{calm}");
    }
}

#[tokio::test]
async fn too_little_and_too_much_is_told() {
    let office = Office::new().await;
    let mut browser = office.stranger();
    browser.page("/scam").await;
    assert!(browser.post("/scam", &[("text", "  ")]).await.text().contains("Hãy dán nội dung cần kiểm tra."));
    let long = "Chị đọc mã OTP. ".repeat(400);
    let answer = browser.post("/scam", &[("text", &long)]).await.text();
    assert!(answer.contains("dài quá 5.000 chữ cái") && answer.contains("Chị đọc mã OTP."), "what was typed is still there");
}

#[tokio::test]
async fn a_listed_number_is_told_with_its_source_its_days_and_where_to_appeal() {
    let office = listing().await;
    let mut browser = office.stranger();
    browser.page("/scam").await;
    for (path, field) in [("/scam", "text"), ("/scam/account", "account")] {
        let text = browser.post(path, &[(field, "0912.345.678"), ("bank", "Vietcombank")]).await.text();
        assert!(text.contains("NGUY HIỂM") && text.contains("người dân phản ánh, cơ quan đã kiểm tra"), "{text}");
        assert!(text.contains("từ ngày 24/11/2026 đến hết ngày 24/11/2027") && text.contains("href=\"/scam/appeal?case="), "{text}");
    }
    let unknown = browser.post("/scam", &[("text", "0913 555 777")]).await.text();
    assert!(unknown.contains("Chưa thấy trong danh sách đã xác minh") && !unknown.contains("an toàn"), "{unknown}");
    let none = browser.post("/scam/account", &[("account", " ")]).await.text();
    assert!(none.contains("Hãy nhập số tài khoản"), "{none}");
}

#[tokio::test]
async fn a_picture_of_a_payment_code_is_told_in_plain_words_and_checked() {
    let office = Office::new().await;
    for mut browser in [office.stranger(), office.browser().await] {
        let answer = sends(&mut browser, "ma.png", &picture(&payment())).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        for told in ["Vietcombank, tài khoản 0123456789", "500.000 đồng", "Nội dung ghi sẵn: nop phi ho so<"] {
            assert!(text.contains(told), "{told}: {text}");
        }
        let link = sends(&mut browser, "ma.png", &picture("https://vietc0mbank-vn.top/<script>alert(1)</script>")).await.text();
        assert!(link.contains("NGUY HIỂM") && !link.contains("<script>alert"), "{link}");
    }
}

#[tokio::test]
async fn what_is_no_picture_of_a_code_is_told_and_does_no_harm() {
    let office = Office::new().await;
    let mut browser = office.stranger();
    let blank = picture("x").len();
    let mut plain = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(GrayImage::new(40, 40)).write_to(&mut plain, ImageFormat::Png).unwrap();
    let mut bomb = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(GrayImage::new(8_000, 8_000)).write_to(&mut bomb, ImageFormat::Png).unwrap();
    for (bytes, told) in [
        (plain.into_inner(), "Không thấy mã QR"),
        (bomb.into_inner(), "quá nhiều điểm ảnh"),
        (b"<svg onload=alert(1)>".to_vec(), "không phải ảnh PNG hoặc JPEG"),
        (picture("x")[..blank / 2].to_vec(), "Ảnh bị hỏng"),
        (vec![0; 8 * 1024 * 1024 + 1], "lớn hơn 8 MB"),
    ] {
        let answer = sends(&mut browser, "<b>a</b>.png", &bytes).await;
        assert_eq!(answer.status, StatusCode::OK, "{told}");
        assert!(answer.text().contains(told), "{told}: {}", answer.text());
    }
    let large = sends(&mut browser, "a.png", &vec![0; 9 * 1024 * 1024]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.text().contains("Ảnh lớn hơn 8 MB") && large.text().contains("action=\"/scam/qr\""), "the page again: {}", large.text());
    browser.page("/scam").await;
    assert!(browser.upload("/scam/qr", &[]).await.text().contains("Hãy chọn hoặc chụp"));
    let words = browser.post("/scam/account", &[("account", "abc")]).await.text();
    assert!(words.contains("Đây không phải số tài khoản") && !words.contains("Không thấy dấu hiệu"), "{words}");
    let card = browser.post("/scam", &[("text", "001203000123")]).await.text();
    assert!(card.contains("có dạng số căn cước") && !card.contains("Số điện thoại +"), "{card}");
}

/// Asks the interface, without any token, and holds the answer against the description.
pub(crate) async fn asks(browser: &mut Browser, question: &Value) -> Answer {
    sends_body(browser, "application/json", serde_json::to_vec(question).unwrap()).await
}

async fn sends_body(browser: &mut Browser, kind: &str, body: Vec<u8>) -> Answer {
    let request = browser.request("POST", "/api/v1/scam").header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
    let answer = browser.send(request).await;
    crate::api::is_described(&axum::http::Method::POST, "/api/v1/scam", &answer);
    answer
}

async fn told(browser: &mut Browser, question: &Value) -> (StatusCode, Value) {
    let answer = asks(browser, question).await;
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

#[tokio::test]
async fn programs_ask_without_a_token_and_get_what_the_command_prints() {
    use base64::Engine as _;
    let office = listing().await;
    let mut program = office.stranger();
    let (status, answer) = told(&mut program, &json!({"text": "Chị đọc giúp em mã OTP nhé"})).await;
    assert_eq!((status, &answer["verdict"], &answer["reasons"][0]["rule"]), (StatusCode::OK, &json!("suspicious"), &json!("asks.otp")));
    let (_, answer) = told(&mut program, &json!({"phone": "+84 912 345 678"})).await;
    assert_eq!((&answer["verdict"], &answer["listed"][0]["kind"]), (&json!("danger"), &json!("phone")));
    let (_, answer) = told(&mut program, &json!({"account": "0912345678", "bank": "VCB"})).await;
    assert_eq!((&answer["verdict"], &answer["listed"][0]["kind"]), (&json!("danger"), &json!("account")));
    let (_, answer) = told(&mut program, &json!({"link": "https://vietc0mbank-vn.top"})).await;
    assert_eq!(answer["verdict"], "danger");
    let qr = base64::engine::general_purpose::STANDARD.encode(picture(&payment()));
    let (_, answer) = told(&mut program, &json!({"qr": qr})).await;
    assert_eq!(answer["read"][0], "Mã chuyển tiền VietQR: Vietcombank, tài khoản 0123456789");
}

#[tokio::test]
async fn a_question_of_another_form_is_refused_with_what_is_wrong() {
    let office = Office::new().await;
    let mut program = office.stranger();
    for (question, code) in [
        (json!({}), "one-question"),
        (json!({"text": "a", "phone": "113"}), "one-question"),
        (json!({"bank": "VCB"}), "one-question"),
        (json!({"text": 7}), "bad-question"),
        (json!({"text": "a", "more": "b"}), "bad-question"),
        (json!([]), "bad-question"),
        (json!(["đọc mã OTP"]), "bad-question"),
        (json!({"account": "0123456789", "bank": null}), "bad-question"),
        (json!({"qr": "%%%"}), "bad-base64"),
        (json!({"qr": "aGVsbG8="}), "no-picture"),
        (json!({"phone": "1".repeat(101)}), "too-long-line"),
        (json!({"text": "a".repeat(5_001)}), "message-too-long"),
    ] {
        let (status, answer) = told(&mut program, &question).await;
        assert_eq!((status, answer["errors"][0]["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some(code)), "{question:.80}");
    }
    assert_eq!(sends_body(&mut program, "text/plain", b"{}".to_vec()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(sends_body(&mut program, "application/json", b"{\"text\": \"a".to_vec()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        sends_body(&mut program, "application/json", "[".repeat(100_000).into_bytes()).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(sends_body(&mut program, "application/json", vec![b' '; 12 << 20]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let request = program
        .request("POST", "/api/v1/scam")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ORIGIN, "https://evil.example");
    assert_eq!(
        program.send(request.body(Body::from("{\"text\":\"a\"}")).unwrap()).await.status,
        StatusCode::FORBIDDEN,
        "no other site's page"
    );
    let (status, answer) = told(&mut program, &json!({"text": "\u{0}<script>\u{202E}"})).await;
    assert_eq!((status, &answer["verdict"]), (StatusCode::OK, &json!("no_sign")));
}

#[tokio::test]
async fn anybody_takes_the_office_s_list_in_parts_and_says_sixteen_bits() {
    let office = listing().await;
    let mut browser = office.stranger();
    let page = browser.page("/scam/list").await;
    let pack = format!("/scam/packs/{}", between(&page, "href=\"/scam/packs/", "\"").unwrap());
    let whole = browser.get(&pack).await;
    assert_eq!((whole.status, whole.header("cache-control")), (StatusCode::OK, "public, max-age=3600"));
    let seen = app::packs::look(whole.body.clone()).unwrap();
    assert_eq!(seen.entries, 2);
    let (bucket, digits) = app::engines::scam::pack::place(app::engines::scam::filter::Kind::Phone, "0912 345 678").unwrap();
    let base = pack.strip_suffix("/pack").unwrap().to_owned();
    let lines = browser.get(&format!("{base}/bucket/{bucket}.txt")).await;
    assert!(lines.text().starts_with(&digits) && !lines.text().contains("0912"), "{}", lines.text());
    let tag = lines.header("etag").to_owned();
    let again =
        browser.request("GET", &format!("{base}/bucket/{bucket}.txt")).header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    assert_eq!(browser.send(again).await.status, StatusCode::NOT_MODIFIED);
    for part in ["manifest.json", "manifest.sig", "filter.bin", "lists.json"] {
        assert_eq!(browser.get(&format!("{base}/{part}")).await.status, StatusCode::OK, "{part}");
    }
    for none in ["bucket/zzzz.txt", "bucket/..%2f..%2foffice.key", "../office.key", "office.key", "index/", "bucket/%00.txt"] {
        assert_eq!(browser.get(&format!("{base}/{none}")).await.status, StatusCode::NOT_FOUND, "{none}");
    }
}

#[tokio::test]
async fn the_administrator_takes_a_pack_in_once_its_fingerprint_was_typed() {
    let issuer = listing().await;
    let bytes = app::packs::own(&issuer.app, None).await.unwrap();
    let key = app::packs::look(bytes.clone()).unwrap().key;
    let office = Office::new().await;
    let mut admin = office.browser().await;
    let page = admin.page("/packs").await;
    assert!(page.contains("Chưa dùng gói nào của nơi khác"), "{page}");
    let file = || [File { name: "a.pack", kind: "application/octet-stream", bytes: &bytes }];
    let unknown = admin.upload("/packs", &file()).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text().contains(&app::packs::fingerprint(&key)), "{}", unknown.text());
    let broken = admin.upload("/packs", &[File { name: "a.pack", kind: "", bytes: &bytes[..bytes.len() - 1] }]).await.text();
    assert!(broken.contains("Gói bị cụt hoặc thừa"), "{broken}");
    let taken = admin.upload_with("/packs", &file(), &[("fingerprint", &app::packs::fingerprint(&key))]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let page = admin.page("/packs").await;
    assert!(page.contains("Đang dùng từ") && page.contains("2 mục"), "{page}");
    let mut anybody = office.stranger();
    anybody.page("/scam").await;
    assert!(anybody.post("/scam", &[("text", "0912345678")]).await.text().contains("NGUY HIỂM"));
    admin.act("/packs/remove", &[("key", &key)]).await;
    assert!(!anybody.post("/scam", &[("text", "0912345678")]).await.text().contains("NGUY HIỂM"));
}
