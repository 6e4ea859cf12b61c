//! Good examples: nominated with what is missing said at its field, given back, bettered, accepted, shared, public, withdrawn.

use app::programme::ids::PersonId;
use app::programme::model::Role;
use axum::http::StatusCode;

use crate::office::{Browser, Office};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

fn lacks(page: &str, words: &str) {
    assert!(!page.contains(words), "{words:?} in\n{page}");
}

const WORDS: [(&str, &str); 4] = [("title", "Nhóm cài đặt"), ("how", "Tối thứ Sáu"), ("result", "Bà con tự cài"), ("figure", "214 hộ")];

/// Nominates: its address.
async fn nominated(browser: &mut Browser, more: &[(&str, &str)]) -> String {
    browser.page("/examples/new").await;
    let fields: Vec<(&str, &str)> = WORDS.into_iter().chain(more.iter().copied()).collect();
    let at = browser.post("/examples", &fields).await.location("/examples");
    at.split('?').next().unwrap().to_owned()
}

/// The words that stand on a page, for whoever accepts them.
async fn read(browser: &mut Browser, at: &str) -> String {
    let page = browser.page(at).await;
    crate::office::between(&page, "name=\"read\" value=\"", "\"").unwrap().to_owned()
}

async fn people(office: &Office) -> [PersonId; 3] {
    [
        office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await,
        office.person("Lê Thị Lan", "Chi bộ thôn 2", Role::Officer).await,
        office.person("Đỗ Thị Hà", "Chi bộ thôn 2", Role::Learner).await,
    ]
}

#[tokio::test]
async fn a_nomination_climbs_comes_back_bettered_and_is_shared_down_to_all() {
    let office = Office::new().await;
    let [one, two, learner] = people(&office).await;
    let mut browser = office.browser().await;
    browser.becomes(&office, &one).await;
    has(&browser.page("/outreach").await, "href=\"/examples\"");
    let empty = browser.post("/examples", &[("title", "Nhóm cài đặt")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&empty.text(), "<a href=\"#how\">Ghi cách làm.");
    has(&empty.text(), "value=\"Nhóm cài đặt\"");
    let at = nominated(&mut browser, &[("topic", "passwords")]).await;
    let page = browser.page(&at).await;
    has(&page, "Đề cử</span>");
    has(&page, "Đảng ủy xã Tân Lũy");
    has(&page, "Nói về đơn vị, không nêu tên ai");
    lacks(&page, "/accept\"");
    browser.becomes(&office, &two).await;
    assert_eq!(browser.get(&at).await.status, StatusCode::NOT_FOUND, "what only waits is nobody else's");
    has(&browser.page("/examples").await, "Chưa có điển hình nào được công nhận");

    browser.becomes(&office, &office.by.person).await;
    has(&browser.page("/").await, "1 đề cử điển hình chờ công nhận");
    let old = read(&mut browser, &at).await;
    assert_eq!(browser.post(&format!("{at}/return"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
    has(&browser.act(&format!("{at}/return"), &[("reason", "Nói rõ tốn bao nhiêu")]).await, "Đã trả lại kèm lý do.");
    browser.becomes(&office, &one).await;
    has(&browser.page("/").await, "1 đề cử điển hình bị trả lại để bổ sung");
    let page = browser.page(&format!("{at}/edit")).await;
    has(&page, "Nói rõ tốn bao nhiêu");
    has(&page, "Tối thứ Sáu</textarea>");
    let better: Vec<(&str, &str)> = WORDS.into_iter().filter(|(name, _)| *name != "how").chain([("how", "Không tốn gì")]).collect();
    has(&browser.act(&format!("{at}/edit"), &better).await, "Đã sửa và đề cử lại.");

    browser.becomes(&office, &office.by.person).await;
    let stale = browser.post(&format!("{at}/accept"), &[("read", &old)]).await;
    has(&stale.text(), "Lời đề cử đã được sửa sau khi bạn mở trang");
    let now = read(&mut browser, &at).await;
    has(&browser.act(&format!("{at}/accept"), &[("read", &now), ("note", "Nên nhân rộng")]).await, "Đã công nhận.");
    browser.becomes(&office, &learner).await;
    let shared = browser.page("/examples").await;
    has(&shared, "Nhóm cài đặt");
    has(&shared, "Đảng ủy xã Tân Lũy công nhận ngày");
    lacks(&shared, "examples?show=");
    let page = browser.page(&at).await;
    has(&page, "Không tốn gì");
    lacks(&page, "Nói rõ tốn bao nhiêu");
    has(&browser.page(&format!("{at}/sheet")).await, "214 hộ");
}

#[tokio::test]
async fn what_is_public_names_nobody_who_did_not_agree_and_goes_with_its_withdrawal() {
    let office = Office::new().await;
    let [one, ..] = people(&office).await;
    let mut browser = office.browser().await;
    browser.becomes(&office, &one).await;
    let named = nominated(&mut browser, &[("named", "1")]).await;
    let free = nominated(&mut browser, &[]).await;
    browser.becomes(&office, &office.by.person).await;
    let own = nominated(&mut browser, &[]).await;
    has(&browser.page(&own).await, "Đề cử của chính cơ quan không ai trong cơ quan tự công nhận");
    lacks(&browser.page(&named).await, "Đề cử của chính cơ quan");
    for at in [&named, &free] {
        let read = read(&mut browser, at).await;
        browser.act(&format!("{at}/accept"), &[("read", &read)]).await;
    }
    has(&browser.page(&named).await, "nên không đăng công khai được");
    has(&browser.post(&format!("{named}/publish"), &[]).await.text(), "nêu tên người chưa đồng ý đăng công khai");
    let mut stranger = office.stranger();
    has(&stranger.page("/good-examples").await, "Chưa có điển hình nào đăng ở đây");
    browser.act(&format!("{free}/publish"), &[]).await;
    let public = stranger.page("/good-examples").await;
    has(&public, "Nhóm cài đặt");
    lacks(&public, "Trần Văn Bình");
    has(&browser.act(&format!("{free}/withdraw"), &[("reason", "Không còn làm")]).await, "Không còn làm");
    has(&stranger.page("/good-examples").await, "Chưa có điển hình nào đăng ở đây");
    has(&browser.page("/examples?show=withdrawn").await, "Thôi chia sẻ");
    let id = free.rsplit('/').next().unwrap();
    assert_eq!(browser.get(&format!("/difficulties/{id}")).await.location("/difficulties"), free, "the log leads there");
}

#[tokio::test]
async fn a_task_leads_to_a_nomination_of_its_unit() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "tổ chức quán triệt").await;
    let task = app::tasks::list(&office.app, Default::default()).await.unwrap().remove(0);
    let page = browser.page(&format!("/tasks/{}", task.key)).await;
    has(&page, &format!("/examples/new?task={}", task.key));
    lacks(&page, "value=\"good_example\"");
    has(&browser.page(&format!("/examples/new?task={}", task.key)).await, "<blockquote>");
    let key = task.key.to_string();
    let at = nominated(&mut browser, &[("task", &key)]).await;
    let page = browser.page(&at).await;
    has(&page, &task.unit_name);
    has(&page, &format!("nhập thay cho {}", task.unit_name));
    has(&page, &format!("href=\"/tasks/{key}\""));
    lacks(&page, "/accept\"");
}
