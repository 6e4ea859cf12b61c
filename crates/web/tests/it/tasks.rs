//! Pages of tasks, people and units: what they offer, and forms with a mistake that come back with what was typed.

use crate::full::{self, unit};
use crate::office::{Browser, File, Office, PASSWORD, SET_UP_CODE, between, browser};
use app::programme::ids::PersonId;
use app::programme::model::Role;
use axum::http::StatusCode;

const MINUTES: [File<'_>; 1] = [File { name: "biên bản.pdf", kind: "application/pdf", bytes: b"%PDF-1.4 minutes" }];

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "{words} is not on {page}");
}

fn lacks(page: &str, words: &str) {
    assert!(!page.contains(words), "{words} is on {page}");
}

/// The section of the page with what comes next.
fn next(page: &str) -> &str {
    between(page, "class=\"next", "</section>").unwrap()
}

/// A task of the first cell, due on 20/12/2026; the browser is that of its doer.
async fn task(office: &Office, browser: &mut Browser) -> (String, PersonId) {
    let doer = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let key = full::task(office, "Chi bộ thôn 1", "").await;
    browser.becomes(office, &doer).await;
    (format!("/tasks/{key}"), doer)
}

/// A form that came back: what it says beside the field, in which what was typed still stands.
async fn comes_back(browser: &mut Browser, path: &str, fields: &[(&str, &str)], beside: (&str, &str)) -> String {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text());
    let page = answer.text();
    has(&page, &format!("<a href=\"#{}\">{}", beside.0, beside.1));
    has(&page, &format!("id=\"{}-error\">{}", beside.0, beside.1));
    page
}

#[tokio::test]
async fn who_entered_the_work_is_told_who_accepts_it_and_the_history_says_for_whom() {
    let office = Office::new().await;
    let lan = office.person("Lê Thị Lan", "Đảng ủy xã Tân Lũy", Role::Clerk).await;
    let mut browser = office.browser().await;
    let (task, _) = task(&office, &mut browser).await;
    browser.becomes(&office, &lan).await;
    browser.act(&format!("{task}/acknowledge"), &[]).await;
    let at = browser.upload(&format!("{task}/evidence"), &MINUTES).await.location("evidence");
    has(&browser.page(&at).await, "còn chờ người độc lập với đơn vị chấp nhận");
    let page = browser.act(&format!("{task}/declare"), &[]).await;
    lacks(&page, &format!("action=\"{task}/accept\""));
    has(&page, "nên không tự chấp nhận được. Người chấp nhận được: Nguyễn Thị Hạnh.");
    has(&page, "Lê Thị Lan tiếp nhận, nhập thay cho Chi bộ thôn 1");
    has(&page, "Lê Thị Lan báo hoàn thành, nhập thay cho Chi bộ thôn 1");
    browser.becomes(&office, &office.by.person).await;
    has(next(&browser.page(&task).await), &format!("action=\"{task}/accept\""));
    let audit = browser.page("/audit").await;
    has(&audit, "Lê Thị Lan tiếp nhận, nhập thay cho Chi bộ thôn 1");
    lacks(&audit, "Nguyễn Thị Hạnh giao nhiệm vụ, nhập thay");
}

#[tokio::test]
async fn a_declared_task_is_judged_before_its_time_is_talked_of() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let (task, doer) = task(&office, &mut browser).await;
    browser.act(&format!("{task}/acknowledge"), &[]).await;
    browser.act(&format!("{task}/extension"), &[("until", "30/12/2026"), ("note", "mưa bão")]).await;
    browser.becomes(&office, &office.by.person).await;
    has(next(&browser.page(&task).await), &format!("action=\"{task}/grant\""));
    browser.becomes(&office, &doer).await;
    browser.act(&format!("{task}/declare"), &[]).await;
    browser.becomes(&office, &office.by.person).await;
    let page = browser.page(&task).await;
    lacks(&page, &format!("action=\"{task}/accept\""));
    has(&page, "Nộp thêm để được xem xét chấp nhận");
    has(&page, &format!("action=\"{task}/return\""));
    browser.becomes(&office, &doer).await;
    browser.upload(&format!("{task}/evidence"), &MINUTES).await.location("evidence");
    browser.becomes(&office, &office.by.person).await;
    let page = browser.page(&task).await;
    has(next(&page), &format!("action=\"{task}/accept\""));
    has(&page, &format!("action=\"{task}/grant\""));
}

#[tokio::test]
async fn evidence_taken_back_after_acceptance_leaves_a_way_for_both_sides() {
    let office = Office::new().await;
    let head = office.person("Phạm Văn Đá", "Đảng ủy xã Tân Lũy", Role::Head).await;
    let mut browser = office.browser().await;
    let (task, doer) = task(&office, &mut browser).await;
    browser.upload(&format!("{task}/evidence"), &MINUTES).await.location("evidence");
    browser.act(&format!("{task}/declare"), &[]).await;
    browser.becomes(&office, &head).await;
    has(&browser.act(&format!("{task}/accept"), &[]).await, "Đã xác minh");
    browser.becomes(&office, &doer).await;
    let page = browser.page(&task).await;
    let withdraw = between(&page, &format!("action=\"{task}/evidence/"), "\"").unwrap().to_owned();
    let page = browser.act(&format!("{task}/evidence/{withdraw}"), &[("note", "nhầm tệp")]).await;
    has(&page, "Minh chứng đã bị thu hồi sau khi chấp nhận");
    has(&page, "Trần Văn Bình thu hồi minh chứng: Tệp “biên bản.pdf”");
    has(&page, "<span class=\"tag soon\">Minh chứng đã thu hồi</span>");
    has(next(&page), "href=\"#add-evidence\"");
    browser.becomes(&office, &head).await;
    let page = browser.page(&task).await;
    has(&page, "Minh chứng đã bị thu hồi sau khi chấp nhận");
    has(next(&page), &format!("action=\"{task}/return\""));
    lacks(&page, "Đang chờ đơn vị thực hiện");
    browser.becomes(&office, &doer).await;
    let other = [File { name: "danh sách.pdf", kind: "application/pdf", bytes: b"%PDF-1.4 list" }];
    browser.upload(&format!("{task}/evidence"), &other).await.location("evidence");
    browser.becomes(&office, &head).await;
    let page = browser.page(&task).await;
    lacks(&page, "Minh chứng đã bị thu hồi sau khi chấp nhận");
}

#[tokio::test]
async fn deeds_with_a_mistake_come_back_with_what_was_typed() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let (task, _) = task(&office, &mut browser).await;
    let to = |deed: &str| format!("{task}/{deed}");
    let early = [("until", "01/12/2026"), ("note", "mưa bão")];
    let page = comes_back(&mut browser, &to("extension"), &early, ("until-extension", "Hạn mới phải sau hạn hiện tại.")).await;
    has(&page, "value=\"01/12/2026\"");
    has(&page, ">mưa bão</textarea>");
    comes_back(&mut browser, &to("progress"), &[("note", " ")], ("note-progress", "Chưa ghi nội dung.")).await;
    browser.act(&to("extension"), &[("until", "30/12/2026"), ("note", "mưa bão")]).await;
    let activity = [("kind", "article"), ("on", "20/11/2026"), ("people", "ba"), ("note", "bài trên loa")];
    let page = comes_back(&mut browser, &to("activity"), &activity, ("people", "Số không đúng.")).await;
    has(&page, "value=\"bài trên loa\"");
    let ahead = [("kind", "article"), ("on", "20/11/2027"), ("people", "3"), ("note", "")];
    comes_back(&mut browser, &to("activity"), &ahead, ("on", "Ngày này chưa đến")).await;
    let none = browser.upload(&to("evidence"), &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&none.text(), "id=\"files-error\">Chưa chọn tệp nào.");
    has(&none.text(), "value=\"kèm danh sách\"");

    let planned = [("text", "Họp ra nghị quyết tháng"), ("on", "01/11/2026")];
    let at = browser.upload_with(&to("programme"), &[], &planned).await.location("programme");
    has(&browser.page(&at).await, "ghi nhận 01/11/2026");
    let none = browser.upload_with(&to("programme"), &[], &[("text", "Họp"), ("on", "mai")]).await.text();
    has(&none, "id=\"programme-on-error\">Ngày không đúng.");
    has(&none, ">Họp</textarea>");

    browser.becomes(&office, &office.by.person).await;
    let same = [("until", "20/12/2026"), ("note", "")];
    comes_back(&mut browser, &to("grant"), &same, ("until-grant", "Hạn mới phải sau hạn hiện tại.")).await;
    let cell = unit(&office, "Chi bộ thôn 1").await.to_string();
    browser.act("/units", &[("name", "Tổ đảng Đông"), ("kind", "party_cell"), ("parent", &cell)]).await;
    let below = unit(&office, "Tổ đảng Đông").await.to_string();
    comes_back(&mut browser, &to("delegate"), &[("until", "15/12/2026")], ("units", "Chọn ít nhất một đơn vị.")).await;
    let late = [("units", below.as_str()), ("until", "25/12/2026")];
    let page = comes_back(&mut browser, &to("delegate"), &late, ("until-delegate", "Hạn giao xuống không được muộn hơn")).await;
    has(&page, &format!("value=\"{below}\" checked"));
}

#[tokio::test]
async fn people_units_and_tokens_with_a_mistake_come_back_on_their_page() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let cell = unit(&office, "Chi bộ thôn 1").await.to_string();
    let nobody = [("name", ""), ("unit", cell.as_str())];
    let page = comes_back(&mut browser, "/people", &nobody, ("person-name", "Chưa ghi tên.")).await;
    has(&page, "id=\"roles-error\">Chưa chọn vai trò nào.");
    has(&page, &format!("<option value=\"{cell}\" selected>"));
    let long = "Lê".repeat(51);
    let person = [("name", long.as_str()), ("unit", cell.as_str()), ("roles", "officer")];
    let page = comes_back(&mut browser, "/people", &person, ("person-name", "Họ và tên dài quá 100 ký tự.")).await;
    has(&page, "id=\"role-officer\" name=\"roles\" value=\"officer\" aria-describedby=\"may-officer\" checked");
    has(&page, "Cán bộ thực hiện");
    let admin = [("name", "Lê Thị Mai"), ("unit", cell.as_str()), ("roles", "admin")];
    has(&comes_back(&mut browser, "/people", &admin, ("roles", "")).await, "value=\"Lê Thị Mai\"");

    let office_unit = office.by.unit.to_string();
    let twin = [("name", "CHI BỘ thôn 1"), ("kind", "other"), ("parent", office_unit.as_str())];
    let page = comes_back(&mut browser, "/units", &twin, ("unit-name", "Đã có đơn vị cùng tên")).await;
    has(&page, "value=\"CHI BỘ thôn 1\"");
    let other = [("name", "Chi bộ thôn 1"), ("kind", "party_cell"), ("parent", cell.as_str())];
    has(&browser.act("/units", &other).await, "Chi bộ thôn 1");
    let two = format!("/units/{}", unit(&office, "Chi bộ thôn 2").await);
    let renamed = [("name", "Chi bộ thôn 1"), ("kind", "party_cell"), ("parent", office_unit.as_str())];
    comes_back(&mut browser, &two, &renamed, ("name", "Đã có đơn vị cùng tên")).await;
    let long = "ă".repeat(201);
    comes_back(&mut browser, "/units", &[("name", &long), ("kind", "other")], ("unit-name", "Tên dài quá 200 ký tự.")).await;

    let token = [("name", "Lịch của tôi"), ("purpose", "read"), ("until", "01/01/2020"), ("old", PASSWORD)];
    let page = comes_back(&mut browser, "/account/tokens", &token, ("token-until", "Ngày kết thúc phải là")).await;
    has(&page, "value=\"Lịch của tôi\"");
    let wrong = [("name", "Lịch"), ("purpose", "read"), ("until", "01/01/2027"), ("old", "sai")];
    lacks(&comes_back(&mut browser, "/account/tokens", &wrong, ("token-old", "")).await, "value=\"sai\"");
    let short = [("old", PASSWORD), ("password", "123"), ("again", "123")];
    comes_back(&mut browser, "/account/password", &short, ("password", "")).await;
    let other = [("old", PASSWORD), ("password", "bốn con cò bay lả"), ("again", "khác")];
    comes_back(&mut browser, "/account/password", &other, ("again", "Hai lần nhập mật khẩu không giống nhau.")).await;
}

#[tokio::test]
async fn an_app_that_scanned_the_code_once_goes_on_with_it() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let secret = |page: &str| between(page, "<span class=\"mono strong\">", "</span>").unwrap().to_owned();
    let shown = secret(&browser.page("/account/factor").await);
    let wrong = browser.post("/account/factor", &[("code", "000000")]).await.text();
    has(&wrong, "role=\"alert\"");
    has(&wrong, "id=\"factor-old\"");
    assert_eq!(secret(&wrong), shown, "a wrong code does not part the phone from the page");
    assert_eq!(secret(&browser.page("/account/factor").await), shown);
    let mut elsewhere = office.browser().await;
    assert_ne!(secret(&elsewhere.page("/account/factor").await), shown, "another session has another one");
    assert_eq!(secret(&browser.page("/account/factor").await), shown);
}

#[tokio::test]
async fn all_that_waits_for_a_unit_is_acknowledged_at_once() {
    let office = Office::new().await;
    let doer = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let mut browser = office.browser().await;
    browser.assigned(&office, " một").await;
    browser.becomes(&office, &doer).await;
    lacks(&browser.page("/tasks").await, "/tasks/acknowledge");
    browser.becomes(&office, &office.by.person).await;
    browser.assigned(&office, " hai").await;
    lacks(&browser.page("/tasks").await, "/tasks/acknowledge");
    browser.becomes(&office, &doer).await;
    let page = browser.page("/tasks").await;
    has(&page, "Tiếp nhận cả 2 nhiệm vụ của đơn vị mình");
    let seen = between(&page, "name=\"seen\" value=\"", "\"").unwrap().to_owned();
    let before = browser.post("/tasks/acknowledge", &[("seen", "2026-01-01T00:00:00Z")]).await;
    assert_eq!(before.status, StatusCode::CONFLICT, "what was not on the list is not acknowledged");
    let page = browser.act("/tasks/acknowledge", &[("seen", &seen)]).await;
    has(&page, "Đã tiếp nhận tất cả nhiệm vụ của đơn vị.");
    lacks(&page, "Chưa thực hiện");
    browser.becomes(&office, &office.by.person).await;
    assert_eq!(browser.page("/audit").await.matches("Trần Văn Bình tiếp nhận").count(), 2, "each task has its event");
}

#[tokio::test]
async fn the_units_of_a_new_office_have_names_of_their_own() {
    let (app, _folder) = Office::empty().await;
    let mut browser = browser(&app);
    browser.get("/setup").await;
    browser.post("/setup", &[("code", SET_UP_CODE)]).await;
    browser.post("/setup", &[("step", "place"), ("other", "xã Tân Lũy")]).await;
    browser.post("/setup", &[("step", "kind"), ("template", "commune_party"), ("network", "isolated")]).await;
    let long = "ơ".repeat(201);
    let cells = format!("Chi bộ thôn 1\nChi bộ thôn 2\nchi bộ thôn 1\n{long}");
    let units = [("step", "units"), ("units-party_cell", cells.as_str()), ("units-union", "Chi bộ thôn 2")];
    let page = comes_back(&mut browser, "/setup", &units, ("party_cell", "“chi bộ thôn 1” được ghi hai lần.")).await;
    has(&page, "dài quá 200 ký tự.");
    has(&page, "Chi bộ thôn 1\nChi bộ thôn 2\nchi bộ thôn 1\n");
}

#[tokio::test]
async fn a_held_meeting_leads_on_to_saying_that_the_work_is_done() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let (task, _) = task(&office, &mut browser).await;
    browser.act(&format!("{task}/acknowledge"), &[]).await;
    let planned = [("on", "24/11/2026"), ("title", "Họp chi bộ"), ("kind", "cell_meeting")];
    let key = task.trim_start_matches("/tasks/");
    let unit = unit(&office, "Chi bộ thôn 1").await.to_string();
    let page = browser.page(&format!("/meetings/new?task={key}")).await;
    let letter = between(&page, "name=\"letter\" value=\"", "\"").unwrap().to_owned();
    let fields: Vec<(&str, &str)> =
        planned.iter().copied().chain([("unit", unit.as_str()), ("letter", letter.as_str()), ("tasks", key)]).collect();
    let at = browser.post("/meetings", &fields).await.location("/meetings");
    let meeting = at.split('?').next().unwrap().to_owned();
    lacks(&browser.page(&meeting).await, "Báo hoàn thành: ");
    browser.upload_with(&format!("{meeting}/hold"), &[], &[("people", "12"), ("note", "đủ người")]).await.location("hold");
    let page = browser.page(&meeting).await;
    has(next(&page), &format!("<a href=\"{task}#next\">Báo hoàn thành: "));
    browser.act(&format!("{task}/declare"), &[]).await;
    lacks(&browser.page(&meeting).await, "Báo hoàn thành: ");
}
