//! Outreach on a page: the plan that a letter suggests, one activity said to be held, the grid that tells said from proved.

use app::programme::model::Role;
use axum::http::StatusCode;

use crate::forms::forms;
use crate::office::{Browser, File, Office, between};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

/// The letter of the sample, confirmed and assigned, as a colleague of the party board sees it.
async fn letter(office: &Office) -> (Browser, String) {
    let mut browser = office.browser().await;
    let letter = browser.assigned(office, "").await;
    (browser, letter)
}

#[tokio::test]
async fn a_plan_is_suggested_by_the_letter_and_changed_by_a_person() {
    let office = Office::new().await;
    let (mut browser, letter) = letter(&office).await;
    let href = format!("{letter}/outreach");
    has(&browser.page(&letter).await, &format!("href=\"{href}\""));
    has(&browser.page(&href).await, "Chưa có hoạt động nào.");
    let suggested = browser.page(&format!("{href}/plan?from=01/12/2026&until=31/12/2026")).await;
    has(&suggested, "Từ 01/12/2026 đến 31/12/2026");
    let mut form = forms(&suggested).into_iter().find(|form| form.action == format!("{href}/plan") && form.of("token").is_some()).unwrap();
    assert!(form.of("keep-broadcast").is_some() && form.of("unit-broadcast").is_some(), "the letter names loudspeakers");
    let nothing = File { name: "", kind: "", bytes: b"" };
    let day = form.of("on-broadcast-0").unwrap().to_owned();
    form.set("on-broadcast-0", "ngày mai");
    let refused = form.send(&mut browser, &nothing).await.text();
    has(&refused, "value=\"ngày mai\"");
    has(&refused, "href=\"#on\"");
    form.set("on-broadcast-0", &day);
    let at = form.send(&mut browser, &nothing).await.location(&href);
    assert_eq!(at, format!("{href}?done=outreach-planned"));
    let page = browser.page(&href).await;
    has(&page, "Tháng 12/2026");
    has(&page, "Dự kiến");
    has(&page, "đã xác minh 0.");
    has(&browser.page("/outreach").await, &format!("href=\"{href}\""));
}

#[tokio::test]
async fn every_cell_holds_its_own_meeting() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let sample = File {
        name: "cong-van-86.txt",
        kind: "text/plain",
        bytes: include_bytes!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt"),
    };
    let at = browser.upload_with("/letters/new", &[sample], &[]).await.location("/letters/new");
    let letter = at.split('?').next().unwrap();
    browser.act(&format!("{letter}/confirm"), &[]).await;
    let href = format!("{letter}/outreach");
    let suggested = browser.page(&format!("{href}/plan")).await;
    has(&suggested, "Mỗi chi bộ một buổi (5 đơn vị)");
    let mut form = forms(&suggested).into_iter().find(|form| form.action == format!("{href}/plan") && form.of("token").is_some()).unwrap();
    assert_eq!(form.of("unit-cell_meeting"), Some("each:party_cell"));
    let nothing = File { name: "", kind: "", bytes: b"" };
    form.set("unit-cell_meeting", "each:division");
    has(&form.send(&mut browser, &nothing).await.text(), "href=\"#unit\"");
    form.set("unit-cell_meeting", "each:party_cell");
    form.send(&mut browser, &nothing).await.location(&href);
    form.fields.retain(|(name, _)| name != "once");
    has(&form.send(&mut browser, &nothing).await.text(), "người khác đã đưa thêm hoạt động vào kế hoạch");
    let page = browser.page(&href).await;
    let meeting = |unit: &str| page.split("<li").any(|row| row.contains("Sinh hoạt chi bộ") && row.contains(unit));
    assert!(meeting("Chi bộ thôn 1") && meeting("Chi bộ thôn 2"), "no meeting for each cell in\n{page}");
}

#[tokio::test]
async fn what_was_held_has_something_to_show_for_it() {
    let office = Office::new().await;
    let (mut browser, letter) = letter(&office).await;
    let new = format!("{letter}/outreach/new");
    let page = browser.page(&new).await;
    let (unit, topic) =
        (between(&page, "name=\"unit\"><option value=\"", "\"").unwrap(), between(&page, "name=\"topics\" value=\"", "\"").unwrap());
    let said = [("kind", "broadcast"), ("unit", unit), ("on", "24/11/2026"), ("topics", topic), ("audiences", "citizens"), ("held", "yes")];
    let refused = browser.upload_with(&new, &[], &said).await.text();
    has(&refused, "chưa có gì để chứng minh");
    has(&refused, "value=\"citizens\" checked");
    let script = [said.as_slice(), &[("link", "javascript:alert(1)")]].concat();
    has(&browser.upload_with(&new, &[], &script).await.text(), "Địa chỉ trang phải bắt đầu bằng https://");
    let inside = [said.as_slice(), &[("link", "http://127.0.0.1:9/canh-bao"), ("fetch", "yes")]].concat();
    let refused = browser.upload_with(&new, &[], &inside).await.text();
    has(&refused, "Địa chỉ này dẫn vào mạng nội bộ");
    has(&refused, "value=\"http://127.0.0.1:9/canh-bao\"");
    let told = [said.as_slice(), &[("note", "Phát lúc 6 giờ 30, 8 cụm loa"), ("copies", "3"), ("people", "1.200")]].concat();
    let log = File { name: "nhat-ky.txt", kind: "text/plain", bytes: b"06:30" };
    assert_eq!(browser.upload_with(&new, &[log], &told).await.status, StatusCode::SEE_OTHER);
    let page = browser.page(&format!("{letter}/outreach")).await;
    has(&page, "Tự báo đã làm");
    has(
        &page,
        "Đã đến 1/1 ô nội dung × đối tượng theo tự báo; đã xác minh 0.".replace("1/1", between(&page, "Đã đến ", " ô").unwrap()).as_str(),
    );
    let activity = between(&page, &format!("<a class=\"title\" href=\"{letter}/outreach/"), "\"").unwrap();
    let page = browser.page(&format!("{letter}/outreach/{activity}")).await;
    has(&page, "1200");
    assert!(!page.contains("/hold\""), "it is held once");
}

#[tokio::test]
async fn what_is_planned_can_be_changed_until_it_was_held() {
    let office = Office::new().await;
    let (mut browser, letter) = letter(&office).await;
    let new = format!("{letter}/outreach/new");
    let page = browser.page(&new).await;
    let (unit, topic) =
        (between(&page, "name=\"unit\"><option value=\"", "\"").unwrap(), between(&page, "name=\"topics\" value=\"", "\"").unwrap());
    let said = [("kind", "broadcast"), ("unit", unit), ("on", "24/12/2026"), ("topics", topic), ("audiences", "citizens")];
    browser.upload_with(&new, &[], &said).await.location(&format!("{letter}/outreach"));
    let page = browser.page(&format!("{letter}/outreach")).await;
    let activity = between(&page, &format!("<a class=\"title\" href=\"{letter}/outreach/"), "\"").unwrap();
    let activity = format!("{letter}/outreach/{activity}");
    has(&browser.page(&activity).await, &format!("href=\"{activity}/edit\""));
    let page = browser.page(&format!("{activity}/edit")).await;
    has(&page, "value=\"citizens\" checked");
    let nothing = File { name: "", kind: "", bytes: b"" };
    let mut form = forms(&page).into_iter().find(|form| form.action == format!("{activity}/edit")).unwrap();
    form.set("on", "30/02/2027");
    has(&form.send(&mut browser, &nothing).await.text(), "Ngày không đúng");
    form.set("on", "05/01/9999");
    has(&form.send(&mut browser, &nothing).await.text(), "Năm này quá xa");
    form.set("on", "05/01/2027");
    form.set("title", "Phát thanh chợ phiên");
    form.send(&mut browser, &nothing).await.location(&activity);
    let page = browser.page(&activity).await;
    has(&page, "Phát thanh chợ phiên");
    has(&page, "05/01/2027");
    let numbered = [("on", "24/11/2026"), ("note", "Phát lúc 6 giờ 30, hỏi ông Tư 0912 345 678")];
    let back = browser.upload_with(&format!("{activity}/hold"), &[], &numbered).await;
    has(&back.text(), "Xóa các số và địa chỉ đó rồi gửi lại.");
    has(&back.text(), "hỏi ông Tư 0912 345 678</textarea>");
    let told = [("on", "24/11/2026"), ("note", "Phát lúc 6 giờ 30")];
    browser.upload_with(&format!("{activity}/hold"), &[], &told).await.location(&activity);
    assert_eq!(browser.get(&format!("{activity}/edit")).await.status, StatusCode::NOT_FOUND);
    assert!(!browser.page(&activity).await.contains("/edit\""), "what was held stays as it was said");
}

#[tokio::test]
async fn a_unit_that_the_letter_does_not_concern_sees_none_of_it() {
    let office = Office::new().await;
    let learner = office.person("Vũ Văn Học", "Chi bộ thôn 2", Role::Learner).await;
    let (mut browser, letter) = letter(&office).await;
    browser.becomes(&office, &learner).await;
    for path in ["", "/plan", "/new"] {
        let status = browser.get(&format!("{letter}/outreach{path}")).await.status;
        assert!(status == StatusCode::NOT_FOUND || status == StatusCode::FORBIDDEN, "{path} {status}");
    }
    assert!(!browser.page("/outreach").await.contains(&letter));
}
