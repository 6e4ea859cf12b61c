//! Looking for letters and tasks, and figures that open into just what they count.

use crate::full::{self, unit};
use crate::office::{File, Office};
use app::office::NewUnit;
use app::programme::model::{Role, UnitKind};
use axum::http::StatusCode;

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "{words} is not on {page}");
}

fn lacks(page: &str, words: &str) {
    assert!(!page.contains(words), "{words} is on {page}");
}

#[tokio::test]
async fn a_search_shows_where_the_words_stand_and_those_in_a_row_come_first() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = |number: u32, words: &str| {
        format!(
            "TỈNH ỦY SÔNG HỒNG\nSố {number}-CV/TU\nSông Hồng, ngày {number:02} tháng 10 năm 2026\nKính gửi: Đảng ủy xã Tân Lũy\n{words}\n"
        )
    };
    let apart = letter(20, "Giao Đảng ủy xã An Lạc cùng các phường rà soát máy tính. Họp tại phượng đường.");
    let in_a_row = letter(10, "Giao Đảng ủy xã Lạc Phượng rà soát máy tính của cơ quan.");
    for (name, text) in [("a.txt", &apart), ("b.txt", &in_a_row)] {
        let file = File { name, kind: "text/plain", bytes: text.as_bytes() };
        browser.upload("/letters/new", &[file]).await.location("new");
    }
    let page = browser.page("/letters?q=lac+phuong").await;
    has(&page, "Giao Đảng ủy xã <mark>Lạc Phượng</mark> rà soát máy tính");
    let place = |code: &str| page.find(code).unwrap_or_else(|| panic!("{code} is not on {page}"));
    assert!(place("10-CV/TU</a>") < place("20-CV/TU</a>"), "the later letter has the words apart");
    lacks(&browser.page("/letters").await, "<mark>");
}

#[tokio::test]
async fn tasks_are_found_by_their_words_and_by_period() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let key = full::task(&office, "Chi bộ thôn 1", "").await;
    let task = format!("href=\"/tasks/{key}\"");
    has(&browser.page("/tasks?q=hoi+nghi+15-ct").await, &task);
    let none = browser.page("/tasks?q=kh%C3%B4ng+c%C3%B3+%26+%22").await;
    lacks(&none, &task);
    has(&none, "Thử ít từ hơn");
    has(&none, "value=\"không có &#38; &#34;\"");
    has(&none, "&#38;q=kh%C3%B4ng+c%C3%B3+%26+%22\"");
    has(&browser.page("/tasks?period=once").await, &task);
    lacks(&browser.page("/tasks?period=2026-Q4").await, &task);
}

#[tokio::test]
async fn a_figure_with_units_below_opens_into_their_tasks_too() {
    let office = Office::new().await;
    let cell = unit(&office, "Chi bộ thôn 1").await;
    let new = NewUnit { parent: Some(cell.clone()), kind: UnitKind::PartyCell, name: "Tổ đảng Đông".to_owned() };
    app::office::add_unit(&office.app, &office.by, new).await.unwrap();
    let key = full::task(&office, "Tổ đảng Đông", "").await;
    let mut browser = office.browser().await;
    let with_below = format!("/tasks?show=all&#38;unit={cell}&#38;below=1");
    has(&browser.page("/").await, &format!("<a href=\"{with_below}\">Chi bộ thôn 1</a>"));
    has(&browser.page("/units").await, &format!("<a href=\"{with_below}\">1</a>"));
    let page = browser.page(&with_below.replace("&#38;", "&")).await;
    has(&page, &format!("href=\"/tasks/{key}\""));
    has(&page, "name=\"below\" value=\"1\" checked");
    has(&page, "&#38;below=1&#38;letter=");
    lacks(&browser.page(&format!("/tasks?show=all&unit={cell}")).await, &format!("href=\"/tasks/{key}\""));
}

#[tokio::test]
async fn a_person_is_erased_after_a_tick_and_signed_out_by_one_button() {
    let office = Office::new().await;
    let lan = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Officer).await;
    office.account(&lan).await;
    let mut browser = office.browser().await;
    let answer = browser.post(&format!("/people/{lan}/erase"), &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&answer.text(), "<details open><summary>Xóa dữ liệu cá nhân");
    has(&answer.text(), "id=\"sure-error\"");
    let mut of_lan = office.stranger();
    of_lan.becomes(&office, &lan).await;
    has(&of_lan.page("/account").await, "Lê Thị Lan");
    let page = browser.act(&format!("/people/{lan}/sessions/end"), &[]).await;
    has(&page, "Người này đã bị đăng xuất khỏi mọi nơi.");
    assert_eq!(of_lan.get("/account").await.status, StatusCode::SEE_OTHER, "no longer signed in");
}

#[tokio::test]
async fn what_waits_in_the_register_stands_on_the_home_page_until_it_is_done() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = office.letter("").await;
    let home = browser.page("/").await;
    has(&home, "<a class=\"soon\" href=\"/letters?kind=waiting\">1 văn bản chờ xác nhận nghĩa vụ</a>");
    lacks(&home, "Nhận văn bản</a>");
    has(&browser.page("/letters?kind=waiting").await, "15-CT/TU</a>");
    browser.act(&format!("/letters/{letter}/confirm"), &[]).await;
    let home = browser.page("/").await;
    lacks(&home, "chờ xác nhận nghĩa vụ");
    has(&home, "<a class=\"soon\" href=\"/letters?kind=unassigned\">1 văn bản còn nghĩa vụ chưa giao</a>");
    has(&browser.page("/letters?kind=unassigned").await, "15-CT/TU</a>");
    browser.act(&format!("/letters/{letter}/assign"), &[]).await;
    lacks(&browser.page("/").await, "/letters?kind=unassigned");
}

#[tokio::test]
async fn a_letter_only_to_be_known_is_done_with_by_one_button() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let text = "TỈNH ỦY SÔNG HỒNG\nSố 7-TB/TU\nSông Hồng, ngày 05 tháng 10 năm 2026\nThông báo số điện thoại mới.";
    let file = File { name: "tb.txt", kind: "text/plain", bytes: text.as_bytes() };
    let letter = browser.upload("/letters/new", &[file]).await.location("new").split('?').next().unwrap().to_owned();
    has(&browser.page(&letter).await, "Văn bản chỉ để biết</button>");
    let page = browser.act(&format!("{letter}/confirm"), &[]).await;
    has(&page, "Đã ghi: văn bản chỉ để biết.");
    has(&page, "Nguyễn Thị Hạnh ghi văn bản chỉ để biết");
    has(&page, "Đã xác nhận</span>");
    lacks(&page, "Văn bản chỉ để biết</button>");
    lacks(&browser.page("/").await, "chờ xác nhận nghĩa vụ");
}

#[tokio::test]
async fn a_letter_taken_out_is_found_again_and_its_twin_comes_back() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = |words: &str| {
        format!(
            "ĐẢNG BỘ TỈNH SÔNG HỒNG\nĐẢNG ỦY XÃ TÂN LŨY\nSố 45-CV/ĐU\nTân Lũy, ngày 05 tháng 10 năm 2026\nKính gửi: Các chi bộ\n{words}\n"
        )
    };
    let mut pages = Vec::new();
    for (name, words) in [("a.txt", "Giao các chi bộ họp."), ("b.txt", "Giao các chi bộ họp ngay.")] {
        let text = letter(words);
        let file = File { name, kind: "text/plain", bytes: text.as_bytes() };
        let at = browser.upload("/letters/new", &[file]).await.location("new");
        pages.push(at.split('?').next().unwrap().to_owned());
    }
    lacks(&browser.page("/letters").await, "Đã gỡ khỏi sổ");
    let twin = &pages[1];
    browser.act(&format!("{twin}/remove"), &[("reason", "trùng")]).await;
    has(&browser.page("/letters").await, "Đã gỡ khỏi sổ <span class=\"num\">1</span>");
    has(&browser.page("/letters?kind=removed").await, &format!("href=\"{twin}\""));
    let officer = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let mut other = office.stranger();
    other.becomes(&office, &officer).await;
    lacks(&other.page("/letters?kind=removed").await, &format!("href=\"{twin}\""));
    browser.act(&format!("{twin}/restore"), &[]).await;
    lacks(&browser.page("/letters").await, "Đã gỡ khỏi sổ");

    // Its number stands as it is; the rest can be put right, and the history says what was.
    let fields =
        [("code", "45-CV/ĐU"), ("letter_type", "CV"), ("date", "05/10/2026"), ("subject", "Về việc họp"), ("issuer", ""), ("signer", "")];
    let page = browser.act(&format!("{twin}/edit"), &fields).await;
    has(&page, "Trích yếu: (không ghi) → Về việc họp");
    let n_corrected = |page: &str| page.matches("sửa thông tin văn bản").count();
    let before = n_corrected(&page);
    let page = browser.act(&format!("{twin}/edit"), &fields).await;
    assert_eq!(n_corrected(&page), before, "nothing new is written down");
}

#[tokio::test]
async fn a_task_taken_back_can_be_given_again() {
    let office = Office::new().await;
    let key = full::task(&office, "Chi bộ thôn 1", "").await;
    let mut browser = office.browser().await;
    let page = browser.act(&format!("/tasks/{key}/withdraw"), &[("note", "giao nhầm")]).await;
    has(&page, "Nhiệm vụ này đã thu hồi");
    lacks(&page, "id=\"add-evidence\"");
    lacks(&page, "Vì sao chưa được xác minh");
    let letter = app::letters::list(&office.app, app::letters::LetterFilter::default()).await.unwrap().remove(0).id;
    let cell = unit(&office, "Chi bộ thôn 1").await;
    let form = browser.page(&format!("/letters/{letter}/obligations/{}/assign", key.obligation)).await;
    has(&form, &format!("name=\"units\" value=\"{cell}\""));
    browser.act(&format!("/letters/{letter}/obligations/{}/assign", key.obligation), &[("units", &cell.to_string())]).await;
    let page = browser.page(&format!("/tasks/{key}")).await;
    lacks(&page, "Nhiệm vụ này đã thu hồi");
    has(&page, "id=\"add-evidence\"");
}

#[tokio::test]
async fn who_only_learns_is_shown_no_work_that_they_could_not_open() {
    let office = Office::new().await;
    full::task(&office, "Chi bộ thôn 1", "").await;
    let learner = office.person("Vũ Thị Sen", "Chi bộ thôn 1", Role::Learner).await;
    let mut browser = office.stranger();
    browser.becomes(&office, &learner).await;
    let home = browser.page("/").await;
    lacks(&home, "Việc của đơn vị tôi");
    has(&home, "Chưa có nhiệm vụ nào");
}
