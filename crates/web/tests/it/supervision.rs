//! Supervision by the Front: visits, opinions on drafts, and what the office answers.

use std::sync::atomic::{AtomicI64, Ordering};

use app::programme::model::{CaseKind, Role};
use app::{App, Settings};
use axum::http::StatusCode;

use crate::office::Office;
use crate::voices::{cases, has, lacks, login, of_front, only};

/// Seconds that the clock of these stories goes ahead.
static DAYS_S: AtomicI64 = AtomicI64::new(0);

fn days_later() -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_795_496_400 + DAYS_S.load(Ordering::Relaxed)).unwrap()
}

#[tokio::test]
async fn a_recommendation_of_the_front_is_seen_by_both_until_the_front_closes_it() {
    let office = Office::new().await;
    let mut front = of_front(&office).await;
    let units = app::office::units(&office.app).await.unwrap();
    let of = units[0].id.to_string();
    let fields = [("form", "visit"), ("of", of.as_str()), ("on", "24/11/2026"), ("words", "Xem bộ phận một cửa")];
    let none = front.post("/supervision/new", &fields).await;
    has(&none.text(), "Chưa ghi kiến nghị nào.");
    let with = |more: &[(&'static str, &'static str)]| fields.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>();
    let past = with(&[("text", "Niêm yết phí"), ("due", ""), ("text", "Có ghế"), ("due", "23/11/2026")]);
    let past = front.post("/supervision/new", &past).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&past.text(), "id=\"due-2-error\">Hạn trả lời đã qua.");
    let own = units.iter().find(|unit| unit.kind == app::programme::model::UnitKind::Front).unwrap().id.to_string();
    let to_itself = [("form", "visit"), ("of", own.as_str()), ("on", "24/11/2026"), ("words", "Xem"), ("text", "Niêm yết phí")];
    assert_eq!(front.post("/supervision/new", &to_itself).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let two = with(&[("text", "Niêm yết phí"), ("due", "30/11/2026"), ("text", "Có ghế cho người già"), ("due", "")]);
    let page = front.act("/supervision/new", &two).await;
    has(&page, "Niêm yết phí");
    has(&page, "Có ghế cho người già");
    has(&page, "30/11/2026");
    let mut clerk = office.browser().await;
    has(&clerk.page("/").await, "2 phản ánh, kiến nghị chờ trả lời");
    let cell = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Head).await;
    let mut other = office.stranger();
    other.becomes(&office, &cell).await;
    lacks(&other.page("/cases?show=all").await, "Niêm yết phí");

    let case = cases(&office.app, CaseKind::Supervision).await.into_iter().find(|c| c.text.as_deref() == Some("Niêm yết phí")).unwrap();
    let case = format!("/cases/{}", case.id);
    office.app.close().await;
    DAYS_S.store(8 * 24 * 3600, Ordering::Relaxed);
    let app = App::open(Settings { clock: days_later, ..Settings::new(office.path()) }).await.unwrap();
    front.goes_on(&app);
    clerk.goes_on(&app);
    front.signs_in(&login(&app, "Vũ Thị Sen").await).await;
    clerk.signs_in("hanh").await;
    has(&front.page("/").await, "1 kiến nghị của đơn vị quá hạn chưa được trả lời");
    has(&clerk.page("/").await, "1 phản ánh, kiến nghị quá hạn trả lời");
    let page = clerk.act(&format!("{case}/answer"), &[("answer", "Đã niêm yết ngày 02/12")]).await;
    lacks(&page, "/close\"");
    has(&front.page("/").await, "1 kiến nghị của đơn vị đã được trả lời, chờ đóng lại");
    has(&front.act(&format!("{case}/close"), &[]).await, "Đã đóng lại.");
    lacks(&front.page("/").await, "quá hạn");
}

#[tokio::test]
async fn a_visit_after_which_all_was_in_order_is_on_record_at_once() {
    let office = Office::new().await;
    let mut front = of_front(&office).await;
    let of = app::office::units(&office.app).await.unwrap()[0].id.to_string();
    let in_order = [("form", "visit"), ("of", of.as_str()), ("on", "24/11/2026"), ("words", "Xem bộ phận một cửa"), ("in-order", "1")];
    let page = front.act("/supervision/new", &in_order).await;
    has(&page, "Giám sát, 24/11/2026; không có kiến nghị");
    has(&page, "Đã đóng");
    lacks(&page, "/close\"");
    let mut clerk = office.browser().await;
    lacks(&clerk.page("/").await, "chờ trả lời");
    let page = clerk.page("/cases?show=all").await;
    has(&page, "Xem bộ phận một cửa");
    lacks(&clerk.page(&only(&office, CaseKind::Supervision).await).await, "/answer\"");
}

#[tokio::test]
async fn the_front_reads_a_draft_while_it_is_asked_and_says_what_it_recommends() {
    let office = Office::new().await;
    let mut front = of_front(&office).await;
    let mut clerk = office.browser().await;
    let letter = clerk.assigned(&office, "").await;
    let at = clerk.post(&format!("{letter}/implement"), &[]).await.location("implement");
    let of_draft = at.split("/draft").next().unwrap().to_owned();
    let draft = of_draft.trim_start_matches("/letters/").to_owned();
    assert_eq!(front.get(&of_draft).await.status, StatusCode::NOT_FOUND, "no draft is for everybody");
    let units = app::office::units(&office.app).await.unwrap();
    let of = units.iter().find(|unit| unit.kind == app::programme::model::UnitKind::Front).unwrap().id.to_string();
    let past = clerk.post(&format!("{of_draft}/draft/ask"), &[("fronts", of.as_str()), ("until", "23/11/2026")]).await;
    has(&past.text(), "id=\"until-error\">Hạn trả lời đã qua.");
    let page = clerk.act(&format!("{of_draft}/draft/ask"), &[("fronts", of.as_str()), ("until", "30/11/2026")]).await;
    has(&page, "đang được lấy ý kiến đến hết ngày 30/11/2026");

    has(&front.page("/cases").await, &format!("href=\"{of_draft}\""));
    let page = front.page(&of_draft).await;
    has(&page, "Cơ quan lấy ý kiến đơn vị bạn về dự thảo này đến hết ngày 30/11/2026.");
    for deed in ["/draft", "/draft/preview", "/draft/draft.docx"] {
        assert_eq!(front.get(&format!("{of_draft}{deed}")).await.status, StatusCode::FORBIDDEN, "{deed}: it reads and changes nothing");
    }
    let form = front.page(&format!("/supervision/new?letter={draft}")).await;
    has(&form, &format!("<option value=\"{draft}\" selected>"));
    has(&form, "<option value=\"draft_opinion\" selected>");
    let office_unit = units[0].id.to_string();
    let fields = [
        ("form", "draft_opinion"),
        ("of", office_unit.as_str()),
        ("letter", draft.as_str()),
        ("on", "24/11/2026"),
        ("words", "Dự thảo rõ ràng"),
        ("text", "Thêm thời hạn ở mục 2"),
        ("due", ""),
    ];
    has(&front.act("/supervision/new", &fields).await, "Phản biện dự thảo, 24/11/2026");
    let case = only(&office, CaseKind::Supervision).await;
    has(&clerk.page(&case).await, &format!("href=\"{of_draft}\""));
    has(&clerk.act(&format!("{case}/answer"), &[("answer", "Đã thêm")]).await, "Đã thêm");

    clerk.act(&format!("{of_draft}/draft/ask"), &[("until", "")]).await;
    assert_eq!(front.get(&of_draft).await.status, StatusCode::NOT_FOUND, "asked no more, it reads no more");
    has(&front.page(&case).await, "Đã thêm");
}
