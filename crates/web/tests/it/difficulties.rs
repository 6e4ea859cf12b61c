//! Difficulties: raised with a task or without, joined and answered once, passed above and answered on its behalf, closed by who asked.

use app::programme::model::Role;
use axum::http::StatusCode;

use crate::office::{Browser, Office, between};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

/// Raises one without a task: its address.
async fn raised(browser: &mut Browser, text: &str) -> String {
    let at = browser.post("/difficulties", &[("text", text)]).await.location("/difficulties");
    at.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_same_difficulty_is_answered_once_and_everybody_who_asked_is_told() {
    let office = Office::new().await;
    let one = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let two = office.person("Lê Thị Lan", "Chi bộ thôn 2", Role::Clerk).await;
    let mut browser = office.browser().await;
    browser.becomes(&office, &one).await;
    let page = browser.page("/difficulties/new").await;
    has(&page, "Nêu vướng mắc");
    assert!(!page.contains("id=\"unit\""), "there is only one unit to speak for");
    let empty = browser.post("/difficulties", &[("text", " ")]).await.text();
    has(&empty, "<a href=\"#text\">Chưa ghi nội dung.");
    let first = raised(&mut browser, "Chưa có máy chiếu").await;
    let page = browser.page(&first).await;
    has(&page, "Trần Văn Bình (Chi bộ thôn 1) nêu lúc");
    has(&page, "Đang ở Đảng ủy xã Tân Lũy");
    assert!(!page.contains("/answer\"") && !page.contains("/join\""), "the asker neither answers nor joins");
    browser.becomes(&office, &two).await;
    assert_eq!(browser.get(&first).await.status, StatusCode::NOT_FOUND, "what another cell asks is its own affair");
    let second = raised(&mut browser, "Thiếu máy chiếu").await;

    browser.becomes(&office, &office.by.person).await;
    has(&browser.page("/difficulties").await, "Chờ trả lời (2)");
    let into = first.rsplit('/').next().unwrap();
    let page = browser.act(&format!("{second}/join"), &[("into", into)]).await;
    has(&page, "Các vướng mắc được trả lời chung");
    has(&page, "Chi bộ thôn 2: Thiếu máy chiếu");
    let page = browser.page(&second).await;
    has(&page, "Đã gộp để trả lời chung với:");
    assert!(!page.contains("/answer\""), "it is answered at the other one");
    has(&browser.page("/difficulties?show=open").await, "trả lời chung với 1 vướng mắc khác");
    let empty = browser.post(&format!("{first}/answer"), &[]).await.text();
    has(&empty, "<a href=\"#answer\">Chưa ghi nội dung.");
    let page = browser.act(&format!("{first}/answer"), &[("answer", "Cấp trong tháng 12")]).await;
    has(&page, "Nguyễn Thị Hạnh trả lời lúc");

    browser.becomes(&office, &two).await;
    let page = browser.page(&second).await;
    has(&page, "Cấp trong tháng 12");
    has(&page, "Đã nhận trả lời");
    let page = browser.act(&format!("{second}/close"), &[]).await;
    has(&page, "Đã đóng vướng mắc.");
    has(&page, "Vướng mắc này không chờ gì ở bạn.");
    has(&browser.page("/difficulties?show=mine").await, "Thiếu máy chiếu");
}

#[tokio::test]
async fn what_the_office_cannot_answer_goes_above_and_the_answer_is_entered_for_it() {
    let office = Office::new().await;
    let cell = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let mut browser = office.browser().await;
    browser.becomes(&office, &cell).await;
    let case = raised(&mut browser, "Chưa rõ thời gian tổng kết").await;
    assert!(!browser.page(&case).await.contains("Ngoài cơ quan"), "a cell writes to nobody above the office");
    browser.becomes(&office, &office.by.person).await;
    let unnamed = browser.post(&format!("{case}/pass"), &[("to", "named"), ("note", "Kính chuyển")]).await.text();
    has(&unnamed, "<a href=\"#name\">Chưa ghi tên.");
    has(&unnamed, ">Kính chuyển</textarea>");
    let above = [("to", "named"), ("name", "Ban Tuyên giáo Tỉnh ủy"), ("note", "Kính chuyển")];
    let page = browser.act(&format!("{case}/pass"), &above).await;
    has(&page, "Đang ở Ban Tuyên giáo Tỉnh ủy");
    has(&page, "chuyển tiếp đến Ban Tuyên giáo Tỉnh ủy");
    has(&page, "Nhập thay câu trả lời");
    let page = browser.act(&format!("{case}/answer"), &[("answer", "Trong quý IV")]).await;
    has(&page, "Ban Tuyên giáo Tỉnh ủy trả lời; Nguyễn Thị Hạnh nhập thay lúc");
    browser.becomes(&office, &cell).await;
    has(&browser.act(&format!("{case}/close"), &[]).await, "Đã đóng");
    let answer = between(&browser.page(&case).await, "class=\"said reply\"", "</article>").unwrap().to_owned();
    has(&answer, "Trong quý IV");
}
