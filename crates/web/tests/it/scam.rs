//! Anybody may ask whether a message is a scam; nothing of it stays.

use axum::http::StatusCode;

use crate::office::Office;

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
