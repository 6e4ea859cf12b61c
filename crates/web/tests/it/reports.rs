//! Reports: the template brings its period, words stand beside figures and are never lost, the head approves what stands there.

use app::programme::model::{Network, Role};
use app::{App, Settings};
use axum::http::StatusCode;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::office::{Browser, Office, between};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

/// A report of this month: its address and its page.
async fn drafted(browser: &mut Browser) -> (String, String) {
    let new = [("template", "monthly"), ("period", "2026-M11")];
    let at = browser.post("/returns", &new).await.location("/returns");
    let page = browser.page(&at).await;
    (at.split('?').next().unwrap().to_owned(), page)
}

fn digest(page: &str) -> String {
    between(page, "name=\"digest\" value=\"", "\"").unwrap().to_owned()
}

#[tokio::test]
async fn a_template_brings_its_periods_and_the_page_says_what_counts() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let page = browser.page("/returns/new").await;
    let (usual, others) = page.split_once("<details>").unwrap();
    assert!(usual.contains("Báo cáo quý<") && !usual.contains("ngày 15 đến ngày 14"), "a Party office reports by the calendar");
    has(others, "Báo cáo quý (từ ngày 15 đến ngày 14)");
    let page = browser.page("/returns/new?template=state_monthly").await;
    has(&page, ">Tháng 12/2026 (15/11/2026 – 14/12/2026)</option>");
    has(&page, ">15-CT/TU</option>");
    let (_, page) = drafted(&mut browser).await;
    has(&page, "Báo cáo tháng – Tháng 11/2026");
    has(&page, "việc định kỳ của Tháng 11/2026");
    has(&page, "từ ngày 01/11/2026 đến ngày 24/11/2026");
    has(&page, "Số 0: đã có nguồn");
    for (section, group) in [("I. Công tác lãnh đạo", "Hội nghị, sinh hoạt"), ("II. Kết quả", "Tuyên truyền"), ("II. Kết quả", "Rà soát")]
    {
        let part = between(&page, &format!(">{section}"), "</section>").unwrap();
        has(part, &format!("colspan=\"3\">{group}</th>"));
        has(part, "<textarea");
    }
    let alone = between(&page, ">III. Khó khăn", "</section>").unwrap();
    assert!(!alone.contains("rowgroup"), "a group that is alone needs no name");
    let tasks = between(&page, "id=\"f-tasks\"", "</tr>").unwrap();
    has(tasks, "<strong>5</strong>");
    has(tasks, "href=\"/tasks/");
    let wrong = browser.post("/returns", &[("template", "monthly"), ("period", "2026-Q2")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.post("/returns", &[("template", "poem"), ("period", "2026-M11")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// What tells the words that a page shows in a section from others.
fn over(page: &str, section: &str) -> String {
    between(page, &format!("name=\"over-{section}\" value=\""), "\"").unwrap().to_owned()
}

#[tokio::test]
async fn words_are_kept_previewed_and_never_lost() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let (href, _) = drafted(&mut browser).await;
    let said = [("difficulties", "Thiếu máy chiếu.\r\nĐường truyền chậm."), ("leadership", "")];
    let page = browser.act(&format!("{href}/words"), &said).await;
    has(&page, "Đã lưu phần lời.");
    has(&page, ">Thiếu máy chiếu.\nĐường truyền chậm.</textarea>");
    has(&page, "viết phần lời của báo cáo; số liệu giữ nguyên");
    let preview = browser.page(&format!("{href}/preview")).await;
    has(&preview, "Thiếu máy chiếu.</p>");
    has(&preview, "BÁO CÁO");
    has(&preview, "ĐẢNG ỦY XÃ TÂN LŨY");

    let late = [("difficulties", "Lời của người khác"), ("next", "Mua loa")];
    let answer = browser.post(&format!("{href}/words"), &late).await.text();
    has(&answer, "Người khác vừa lưu phần lời của mục này");
    has(&answer, ">Lời của người khác</textarea>");
    has(&answer, "<blockquote class=\"written\">Thiếu máy chiếu.\nĐường truyền chậm.</blockquote>");
    has(&answer, ">Mua loa</textarea>");
    let long = "x".repeat(20_001);
    let answer = browser.post(&format!("{href}/words"), &[("next", &long)]).await.text();
    has(&answer, "<a href=\"#next\">Nội dung quá dài");
    has(&answer, &long);

    let over = over(&answer, "difficulties");
    let unsaved = [("over-difficulties", over.as_str()), ("difficulties", "Thiếu máy chiếu."), ("next", "Mua máy")];
    let page = browser.act(&format!("{href}/approve"), &unsaved).await;
    has(&page, "Phần lời vừa viết đã được lưu.");
    has(&page, ">Mua máy</textarea>");
    has(&page, "Đang soạn");
    let look = browser.page(&format!("{href}/sign")).await;
    let same = [("digest", &*digest(&look)), ("difficulties", "Thiếu máy chiếu."), ("next", "Mua máy")];
    let page = browser.act(&format!("{href}/approve"), &same).await;
    has(&page, "Báo cáo đã ký, sẵn sàng gửi");
    has(&page, "<p class=\"written\">Mua máy</p>");
    assert!(!page.contains("<textarea"), "nothing is left to write");
    let (first, rest) = page.split_once("/report.docx\">").unwrap();
    assert!(first.ends_with(&format!("class=\"button\" href=\"{href}")) && rest.starts_with("Tải DOCX"), "the download comes first");
    assert_eq!(browser.post(&format!("{href}/words"), &[("next", "x")]).await.status, StatusCode::CONFLICT);
    let figures = browser.get(&format!("{href}/report.xlsx")).await;
    assert!(figures.body.starts_with(b"PK") && figures.header("content-disposition").contains("so-lieu-2026-M11.xlsx"));
}

#[tokio::test]
async fn before_signing_a_page_says_what_is_missing() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let (href, page) = drafted(&mut browser).await;
    has(&page, "<button form=\"words\" name=\"then\" value=\"sign\">Duyệt và ký</button>");
    assert!(!page.contains("/approve\""), "no button of the report itself signs it");
    let look = browser.act(&format!("{href}/words"), &[("then", "sign"), ("next", "Mua máy")]).await;
    has(&look, "Xem lại trước khi ký");
    has(&look, "5 đơn vị chưa gửi số liệu");
    has(&look, "<li>Chi bộ thôn 1</li>");
    has(&look, "4 mục chưa có phần lời");
    has(&look, "<li>III. Khó khăn");
    assert!(!look.contains("<li>IV. "), "what was typed is kept before the look");
    has(&look, "<li>Hội nghị, buổi sinh hoạt</li>");
    has(&look, ">Vẫn duyệt và ký</button>");
    has(&browser.page(&href).await, "Đang soạn");

    // Somebody writes after the look: what it spoke of is no longer what would be signed.
    let seen = digest(&look);
    browser.act(&format!("{href}/words"), &[("results", "Lời thêm")]).await;
    let stale = browser.post(&format!("{href}/approve"), &[("digest", &seen)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let again = browser.post(&format!("{href}/words"), &[("then", "sign"), ("next", "Mua xe")]).await.text();
    has(&again, "Người khác vừa lưu phần lời của mục này");
    // Nor does whoever opened the report before that and changes nothing come to the look without having read it.
    let empty = app::returns::mark("");
    let opened = [("then", "sign"), ("over-results", empty.as_str()), ("results", "")];
    let page = browser.act(&format!("{href}/words"), &opened).await;
    has(&page, "Phần lời đã được người khác sửa sau khi bạn mở báo cáo.");
    has(&page, ">Lời thêm</textarea>");

    let officer = office.person("Trần Văn Bình", "Đảng ủy xã Tân Lũy", Role::Officer).await;
    let mut other = office.stranger();
    other.becomes(&office, &officer).await;
    assert_eq!(other.get(&format!("{href}/sign")).await.status, StatusCode::FORBIDDEN);

    let look = browser.page(&format!("{href}/sign")).await;
    let page = browser.act(&format!("{href}/approve"), &[("digest", &digest(&look))]).await;
    has(&page, "Báo cáo đã ký, sẵn sàng gửi");
    assert_eq!(browser.get(&format!("{href}/sign")).await.location("sign"), href);
}

#[tokio::test]
async fn figures_are_counted_again_and_the_change_is_said() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let (href, _) = drafted(&mut browser).await;
    browser.act(&format!("{href}/words"), &[("results", "Đã làm tốt")]).await;
    let list = browser.page("/tasks").await;
    let task = format!("/tasks/{}", between(&list, "href=\"/tasks/", "\"").unwrap());
    browser.act(&format!("{task}/activity"), &[("kind", "conference"), ("on", "2026-11-20"), ("people", "86")]).await;
    let page = browser.act(&format!("{href}/recount"), &[]).await;
    has(&page, "Khác với lần 1");
    has(&page, "Lượt người dự: Chưa có nguồn → 86");
    has(&page, ">Đã làm tốt</textarea>");
    let officer = office.person("Trần Văn Bình", "Đảng ủy xã Tân Lũy", Role::Officer).await;
    browser.becomes(&office, &officer).await;
    let page = browser.page(&href).await;
    has(&page, "Chờ người đứng đầu");
    assert!(!page.contains("/approve\""), "only the head approves");
}

#[tokio::test]
async fn who_signs_says_in_whose_name_and_sees_the_figures_first() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let (href, page) = drafted(&mut browser).await;
    has(&page, ">T/M BAN THƯỜNG VỤ</textarea>");
    has(&page, ">BÍ THƯ</textarea>");
    // Left as they stand they are nobody's words; a save of nothing new is none.
    let usual = [("authority", "T/M BAN THƯỜNG VỤ"), ("position", "BÍ THƯ"), ("next", "")];
    let page = browser.act(&format!("{href}/words"), &usual).await;
    assert!(!page.contains("viết phần lời của báo cáo"), "nothing was written");
    let other = [("authority", "T/M BAN THƯỜNG VỤ"), ("position", "PHÓ BÍ THƯ THƯỜNG TRỰC")];
    browser.act(&format!("{href}/words"), &other).await;
    let preview = browser.page(&format!("{href}/preview")).await;
    has(&preview, "PHÓ BÍ THƯ THƯỜNG TRỰC");
    let look = browser.page(&format!("{href}/sign")).await;
    has(&look, "<dd>T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ THƯỜNG TRỰC, Nguyễn Thị Hạnh</dd>");
    has(&look, "<dt>Nhiệm vụ</dt><dd>5</dd>");
}

/// A second later with each look.
fn ticking() -> jiff::Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    let noon: jiff::Timestamp = "2026-11-24T05:00:00Z".parse().unwrap();
    noon + jiff::SignedDuration::from_secs(LOOKS.fetch_add(1, Ordering::Relaxed))
}

#[tokio::test]
async fn a_sealed_report_is_the_same_file_whenever_it_is_fetched() {
    let folder = tempfile::TempDir::new().unwrap();
    let app = App::open(Settings { clock: ticking, ..Settings::new(folder.path()) }).await.unwrap();
    let office = Office::set_up(app, folder, Network::Internet).await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let (href, _) = drafted(&mut browser).await;
    let fetched = async |browser: &mut Browser, name: &str| {
        let answer = browser.get(&format!("{href}/report.{name}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.body
    };
    let before = fetched(&mut browser, "xlsx").await;
    assert_ne!(fetched(&mut browser, "xlsx").await, before, "a draft says when it was made");
    let look = browser.page(&format!("{href}/sign")).await;
    browser.act(&format!("{href}/approve"), &[("digest", &digest(&look))]).await;
    for name in ["docx", "xlsx"] {
        let first = fetched(&mut browser, name).await;
        browser.assigned(&office, &format!(" khác {name}")).await;
        assert!(first == fetched(&mut browser, name).await, "{name}: {} bytes", first.len());
    }
}
