//! What the office's page says of work: who has to do what, what each figure counts, and where it leads.

use app::office::NewUnit;
use app::programme::model::{Role, UnitKind};
use app::tasks::{self, TaskFilter};

use crate::office::{Browser, Office, between};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

fn lacks(page: &str, words: &str) {
    assert!(!page.contains(words), "{words:?} in\n{page}");
}

/// A letter whose obligation is given to every cell, due on 20/12/2026.
async fn given(office: &Office, browser: &mut Browser) {
    let letter = office.letter("").await;
    browser.act(&format!("/letters/{letter}/confirm"), &[]).await;
    let obligation = app::letters::show(&office.app, &letter).await.unwrap().unwrap().obligations.remove(0).id;
    let what = tasks::Assign { due: Some("2026-12-20".parse().unwrap()), ..tasks::Assign::of(obligation) };
    tasks::assign(&office.app, &office.by, what).await.unwrap();
}

/// How many tasks the list behind a link of the page names.
async fn listed(browser: &mut Browser, page: &str, link: &str) -> usize {
    has(page, &format!("href=\"{link}\""));
    browser.page(link).await.matches("<li class=\"with-tags\"").count()
}

#[tokio::test]
async fn a_unit_that_was_given_work_today_reads_that_it_has_work() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    given(&office, &mut browser).await;
    let page = browser.page("/").await;
    let turns = between(&page, "id=\"waits\"", "</section>").unwrap();
    has(turns, "Chi bộ thôn 1</a>");
    has(turns, "1 nhiệm vụ chưa tiếp nhận</span>");
    let officer = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    browser.becomes(&office, &officer).await;
    let page = browser.page("/").await;
    let own = between(&page, "id=\"own\"", "</section>").unwrap();
    has(own, "1 nhiệm vụ chưa tiếp nhận");
    has(own, "1 nhiệm vụ chưa xong, trong đó 0 đang thực hiện; hạn sắp tới 20/12/2026");
    lacks(&page, "Mọi nhiệm vụ của đơn vị tôi đã báo xong");
    let task = format!("/tasks/{}", between(own, "href=\"/tasks/", "\"").unwrap());
    browser.act(&format!("{task}/acknowledge"), &[]).await;
    let page = browser.page("/").await;
    has(&page, "1 nhiệm vụ chưa xong, trong đó 1 đang thực hiện; hạn sắp tới 20/12/2026");
    browser.act(&format!("{task}/declare"), &[]).await;
    has(&browser.page("/").await, "Mọi nhiệm vụ của đơn vị tôi đã báo xong hoặc đang tạm dừng.");
}

#[tokio::test]
async fn each_card_opens_what_it_counts_and_says_what_is_missing() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    given(&office, &mut browser).await;
    let keys: Vec<_> = tasks::list(&office.app, TaskFilter::default()).await.unwrap().into_iter().map(|row| row.key.clone()).collect();
    let whole = keys.len();
    let officer = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let by = app::people::actor(&office.app, &officer).await.unwrap().unwrap();
    let own = keys.iter().find(|key| key.unit == by.unit).unwrap();
    tasks::declare(&office.app, &by, own, None).await.unwrap();
    let page = browser.page("/").await;
    for link in ["acknowledged", "done", "on-time"] {
        assert_eq!(listed(&mut browser, &page, &format!("/tasks?show={link}")).await, 1, "{link}");
    }
    for link in ["not-begun", "open"] {
        assert_eq!(listed(&mut browser, &page, &format!("/tasks?show={link}")).await, whole - 1, "{link}");
    }
    assert_eq!(listed(&mut browser, &page, "/tasks?show=gap").await, 1);
    has(&page, &format!("chưa tiếp nhận: {}", whole - 1));
    // Its day is in December: done before it, not due.
    has(&page, "1 / 1 nhiệm vụ đã đến hạn hoặc xong trước hạn");
}

#[tokio::test]
async fn work_that_is_due_soon_is_listed_as_such_begun_or_not() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let (obligation, units) = {
        let rows = tasks::list(&office.app, TaskFilter::default()).await.unwrap();
        (rows[0].key.obligation.clone(), app::office::units(&office.app).await.unwrap())
    };
    let today = office.app.now().day();
    let to = units.iter().find(|u| u.name == "Ban Xây dựng Đảng").unwrap().id.clone();
    let what = tasks::Assign { to: vec![to.clone()], due: Some(today.tomorrow().unwrap()), ..tasks::Assign::of(obligation) };
    tasks::assign(&office.app, &office.by, what).await.unwrap();
    let officer = office.person("Ngô Văn Bình", "Ban Xây dựng Đảng", Role::Officer).await;
    browser.becomes(&office, &officer).await;
    has(&browser.page("/").await, "1 nhiệm vụ sắp đến hạn");
    let list = browser.page(&format!("/tasks?show=soon&unit={to}")).await;
    assert_eq!(list.matches("<li class=\"with-tags\"").count(), 1, "{list}");
}

#[tokio::test]
async fn a_period_without_tasks_says_so_and_leaves_a_way_out() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    for path in ["/?period=monthly:2026-M10", "/?as_of=2026-01-01"] {
        let page = browser.page(path).await;
        has(&page, "Không có nhiệm vụ nào trong kỳ hoặc đến ngày đã chọn");
        has(&page, "<select id=\"period\"");
        has(&page, "<details class=\"noprint\" open>");
        lacks(&page, "Nhận một văn bản");
    }
}

#[tokio::test]
async fn work_that_was_passed_on_is_counted_once_and_said() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    lacks(&browser.page("/tasks?show=all").await, "chuyển xuống");
    let keys: Vec<_> = tasks::list(&office.app, TaskFilter::default()).await.unwrap().into_iter().map(|row| row.key.clone()).collect();
    let (n, parent) = (keys.len(), keys[0].unit.clone());
    let new = NewUnit { parent: Some(parent), kind: UnitKind::Other, name: "Tổ giúp việc".to_owned() };
    let below = app::office::add_unit(&office.app, &office.by, new).await.unwrap();
    tasks::delegate(&office.app, &office.by, &keys[0], &[below], None).await.unwrap();
    let page = browser.page("/").await;
    has(&page, &format!("0 / {n} nhiệm vụ<"));
    has(&page, "Việc chuyển xuống đơn vị dưới hiện ở cả hai nơi");
    has(between(&page, "id=\"by-unit\"", "</section>").unwrap(), "Tổ giúp việc");
    let words = format!("{} nhiệm vụ, trong đó 1 do đơn vị trên chuyển xuống (số tổng hợp chỉ tính một lần)", n + 1);
    has(&browser.page("/tasks?show=all").await, &words);
    let units = browser.page("/units").await;
    let office_row = between(&units, "Đảng ủy xã Tân Lũy</a>", "</tr>").unwrap();
    has(office_row, &format!("&#38;below=1\">{n}</a></td>"));
    has(office_row, ">0</a>");
    has(between(&units, "Tổ giúp việc</a>", "</tr>").unwrap(), "&#38;below=1\">1</a></td>");
}
