//! A meeting from its plan to the evidence: papers, names by a code, names from paper, the head count, the minutes.

use app::programme::model::Role;
use axum::http::StatusCode;

use crate::office::{Browser, File, Office, between};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

fn value(page: &str, field: &str) -> String {
    between(page, &format!("name=\"{field}\" value=\""), "\"").unwrap().to_owned()
}

/// Plans a cell meeting on the letter as somebody of cell 1: its address.
async fn planned(browser: &mut Browser, letter: &str, on: &str) -> String {
    let page = browser.page(&format!("/meetings/new?letter={}", letter.trim_start_matches("/letters/"))).await;
    let task = between(&page, "name=\"tasks\" value=\"", "\"").unwrap().to_owned();
    let (unit, letter) = (value(&page, "unit"), value(&page, "letter"));
    let fields = [
        ("unit", unit.as_str()),
        ("letter", letter.as_str()),
        ("title", "Sinh hoạt chi bộ tháng 11"),
        ("kind", "cell_meeting"),
        ("on", on),
        ("place", "Nhà văn hóa thôn 1"),
        ("agenda", "Khai mạc\r\nQuán triệt Chỉ thị"),
        ("tasks", task.as_str()),
    ];
    let at = browser.post("/meetings", &fields).await.location("/meetings");
    at.split('?').next().unwrap().to_owned()
}

async fn cell_one(office: &Office) -> (Browser, String) {
    let cell = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let mut browser = office.browser().await;
    let letter = browser.assigned(office, "").await;
    browser.becomes(office, &cell).await;
    (browser, letter)
}

#[tokio::test]
async fn a_meeting_is_planned_from_a_letter_with_its_papers() {
    let office = Office::new().await;
    let (mut browser, letter) = cell_one(&office).await;
    let page = browser.page(&format!("/meetings/new?letter={}", letter.trim_start_matches("/letters/"))).await;
    has(&page, "value=\"Quán triệt, triển khai Chỉ thị số 15-CT/TU\"");
    has(&page, "Quán triệt nội dung Chỉ thị số 15-CT/TU\n");
    has(&page, "value=\"cell_meeting\" selected");
    has(&page, "name=\"tasks\"");
    assert_eq!(page.matches("name=\"tasks\"").count(), 1, "only the unit's own task");
    let letter_id = value(&page, "letter");
    let wrong = browser.post("/meetings", &[("letter", letter_id.as_str()), ("title", " "), ("agenda", "Khai mạc")]).await.text();
    has(&wrong, "<a href=\"#title\">Chưa ghi tên cuộc họp.");
    has(&wrong, "<a href=\"#on\">Chưa chọn ngày.");
    has(&wrong, ">Khai mạc</textarea>");

    let meeting = planned(&mut browser, &letter, "2026-11-27").await;
    let page = browser.page(&meeting).await;
    has(&page, "<li>Quán triệt Chỉ thị</li>");
    has(&page, "Các chi bộ trực thuộc tổ chức hội nghị phổ biến");
    has(&page, "Nhận ghi tên từ ngày 26/11/2026 đến ngày 28/11/2026.");
    assert!(!page.contains("/hold\""), "it has not been held before its day");
    let answer = browser.get(&format!("{meeting}/pack.docx")).await;
    assert!(answer.body.starts_with(b"PK") && answer.header("content-disposition").contains("tai-lieu-hop-2026-11-27.docx"));
    has(&browser.page(&format!("{meeting}/minutes")).await, "Ý kiến trao đổi, thảo luận");
    has(&browser.page(&format!("{meeting}/poster")).await, "http://127.0.0.1:8080/attend/");
    has(&browser.page("/meetings").await, "Sắp tới");
    let code = between(&browser.page(&meeting).await, "class=\"mono strong\">", "<").unwrap().to_owned();
    let early = office.stranger().page(&format!("/attend/{code}")).await;
    has(&early, "chỉ nhận ghi tên từ ngày 26/11/2026 đến ngày 28/11/2026");
    let page = browser.act(&format!("{meeting}/call-off"), &[("note", "bão")]).await;
    has(&page, "Đã hủy");
    has(&office.stranger().page(&format!("/attend/{code}")).await, "Cuộc họp này đã hủy.");
}

#[tokio::test]
async fn people_sign_in_without_an_account_and_the_meeting_becomes_evidence() {
    let office = Office::new().await;
    let (mut browser, letter) = cell_one(&office).await;
    let meeting = planned(&mut browser, &letter, "2026-11-24").await;
    let code = between(&browser.page(&meeting).await, "class=\"mono strong\">", "<").unwrap().to_owned();
    let attend = format!("/attend/{code}");
    let mut phone = office.stranger();
    let page = phone.page(&attend.to_lowercase()).await;
    has(&page, "Sinh hoạt chi bộ tháng 11");
    assert!(!page.contains("Đảng viên Một"), "names are for those who may see the meeting");
    has(&phone.post(&attend, &[("name", " ")]).await.text(), "Chưa ghi họ và tên.");
    has(&phone.act(&attend, &[("name", "Đảng viên Một")]).await, "Đã ghi tên bạn");
    let again = phone.post(&attend, &[("name", "đảng viên một")]).await.text();
    has(&again, "Tên này đã có trong danh sách.");
    assert!(!again.contains("Trần Văn Bình"));

    let numbered = "1. Đảng viên Hai\r\n2. Đảng viên Ba 0912 345 678\r\n";
    let back = browser.post(&format!("{meeting}/names"), &[("names", numbered)]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&back.text(), "Xóa các số và địa chỉ đó rồi gửi lại.");
    has(&back.text(), "Đảng viên Ba 0912 345 678");
    let page = browser.act(&format!("{meeting}/names"), &[("names", "1. Đảng viên Hai\r\n2. Đảng viên Một\r\n")]).await;
    has(&page, "2 người đã ghi tên");
    has(&browser.page(&format!("{meeting}/attendance")).await, "<td>2</td><td>Đảng viên Hai</td>");
    let hold = format!("{meeting}/hold");
    let held = async |browser: &mut Browser, people: &str, note: &str, files: &[File<'_>]| {
        browser.upload_with(&hold, files, &[("people", people), ("note", note)]).await
    };
    has(&held(&mut browser, "1", "", &[]).await.text(), "Số người dự không thể ít hơn");
    has(&held(&mut browser, "5", "", &[]).await.text(), "<a href=\"#note\">");
    let minutes = [File { name: "biên bản.pdf", kind: "application/pdf", bytes: b"%PDF-1.4 minutes" }];
    let at = held(&mut browser, "5", "ba đồng chí cao tuổi", &minutes).await.location("hold");
    let page = browser.page(&at).await;
    has(&page, "Đã họp, 5 người dự");
    has(&page, "Cuộc họp là minh chứng cho");
    has(&phone.page(&attend).await, "danh sách đã khép");
    assert_eq!(phone.post(&attend, &[("name", "Đến Muộn")]).await.status, StatusCode::CONFLICT);
    let task = format!("/tasks/{}", between(&page, "href=\"/tasks/", "\"").unwrap());
    let page = browser.page(&task).await;
    has(&page, "biên bản.pdf");
    has(&page, "Sinh hoạt chi bộ ngày 24/11/2026, 5 người");
}

#[tokio::test]
async fn a_wrong_code_says_so_and_guessing_ends() {
    let office = Office::new().await;
    let (mut browser, letter) = cell_one(&office).await;
    let meeting = planned(&mut browser, &letter, "2026-11-24").await;
    let stranger = office.person("Lê Thị Lan", "Chi bộ thôn 2", Role::Head).await;
    browser.becomes(&office, &stranger).await;
    assert_eq!(browser.get(&meeting).await.status, StatusCode::NOT_FOUND, "another cell's meeting");
    assert!(!browser.page("/meetings").await.contains(&meeting));
    let mut phone = office.stranger();
    let wrong = phone.get("/attend/AAAAAAAA").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    has(&wrong.text(), "Không có cuộc họp nào dùng mã này");
    for n in 0..60 {
        phone.get(&format!("/attend/AAAA{n:04}")).await;
    }
    let barred = phone.get("/attend/BBBBBBBB").await;
    assert_eq!(barred.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&barred.text(), "Chờ 15 phút");
    // Others in the same room, behind the same address, hold the right code.
    browser.signs_in("hanh").await;
    let code = between(&browser.page(&meeting).await, "class=\"mono strong\">", "<").unwrap().to_owned();
    let attend = format!("/attend/{code}");
    let markup = "<script>alert(1)</script>";
    let page = phone.act(&attend, &[("name", markup)]).await;
    has(&page, "Đã ghi tên bạn");
    let list = browser.page(&format!("{meeting}/attendance")).await;
    assert!(!list.contains(markup) && list.contains("&#60;script&#62;"), "{list}");
    // The same form sent again, another writing of the name, and one that is far too long.
    has(&phone.post(&attend, &[("name", markup)]).await.text(), "Tên này đã có trong danh sách.");
    assert!(phone.post(&attend, &[("name", &"Nguyễn ".repeat(5000))]).await.status != StatusCode::SEE_OTHER);
    let without = phone.post_exactly(&attend, &[("name", "Không Mã")]).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN, "a form of another site");
}

#[tokio::test]
async fn nobody_comes_into_a_real_office_as_into_the_demonstration() {
    let office = Office::new().await;
    let mut stranger = office.stranger();
    assert!(!stranger.page("/sign-in").await.contains("/sign-in/as"), "no list of people");
    let first = app::people::first(&office.app).await.unwrap().unwrap();
    let answer = stranger.post("/sign-in/as", &[("person", first.id.as_str())]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(stranger.cookie("luytre_session").is_empty());
    let forged = stranger.post_exactly("/sign-in/as", &[("person", first.id.as_str())]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "without the token of our own page");
}
