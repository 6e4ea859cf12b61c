//! The content library: open to everybody, with what an office makes of it for whoever works there.

use std::io::{Cursor, Read};

use app::letters::{ReadLetter, Upload, receive_read};
use app::programme::model::{CaseKind, Direction};
use app::{App, Settings};
use axum::http::StatusCode;

use crate::office::{Office, between};

const LESSON: &str = "/learn/passwords/citizen";
const PRODUCTS: &str = "/library/passwords/citizen";

/// The words of a DOCX, markup left out.
fn words(docx: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let xml = xml.replace("<w:noBreakHyphen/>", "-");
    xml.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

#[tokio::test]
async fn anybody_reads_the_lessons_the_warnings_and_whom_to_call() {
    let office = Office::new().await;
    for mut browser in [office.stranger(), office.browser().await] {
        let library = browser.page("/learn").await;
        assert_eq!(library.matches("class=\"panel topic-card\"").count(), 13);
        assert_eq!(library.matches("href=\"/learn/").count(), 39);
        let lesson = browser.page(LESSON).await;
        for part in
            ["<h2 id=\"do\">Nên làm</h2>", "Ông Tấn và mã sáu số", "356/2025/NĐ-CP, ngày 31/12/2025, Điều 4", "Soạn ngày 27/11/2026"]
        {
            assert!(lesson.contains(part), "{part}");
        }
        let warnings = browser.page("/warnings").await;
        let to_write = usize::from(warnings.contains("href=\"/warnings/new\""));
        assert_eq!(warnings.matches("href=\"/warnings/").count() - to_write, 33);
        let warning = browser.page("/warnings/fake-vneid").await;
        assert!(warning.contains("Tôi là cán bộ Công an xã") && warning.contains("Chỉ cài VNeID từ kho ứng dụng"), "{warning}");
        let hotlines = browser.page("/hotlines").await;
        assert!(hotlines.contains("5656") && hotlines.contains("Nguồn: Báo điện tử VietNamNet"), "{hotlines}");
        for missing in ["/learn/passwords/nobody", "/warnings/nothing"] {
            assert_eq!(browser.get(missing).await.status, StatusCode::NOT_FOUND);
        }
    }
    let page = office.stranger().page("/learn").await;
    assert!(page.contains("<a href=\"/learn\" aria-current=\"page\">Bài học</a>"), "a way to the other public pages: {page}");
    assert!(!office.stranger().page(LESSON).await.contains(PRODUCTS));
    assert!(office.browser().await.page(LESSON).await.contains(PRODUCTS));
}

#[tokio::test]
async fn programs_follow_the_lessons_by_a_feed() {
    let office = Office::new().await;
    let mut browser = office.stranger();
    let feed = browser.get("/feed.atom").await;
    assert_eq!((feed.status, feed.header("content-type")), (StatusCode::OK, "application/atom+xml; charset=utf-8"));
    let text = feed.text();
    assert_eq!((text.matches("<entry>").count(), text.matches("<id>urn:uuid:").count()), (39, 40));
    assert!(text.contains("<updated>2026-11-27T05:00:00Z</updated>") && text.contains(&format!("href=\"{LESSON}\"")), "{text}");
}

#[tokio::test]
async fn what_is_published_stands_in_the_feed_with_its_own_day_and_id() {
    let office = Office::new().await;
    crate::rights::voices(&office).await;
    crate::rights::warning(&office).await;
    let mut browser = office.stranger();
    let text = browser.get("/feed.atom").await.text();
    let entry = |text: &str, title: &str| text.split("<entry>").find(|entry| entry.contains(title)).unwrap_or_default().to_owned();
    let answer = entry(&text, "<title>Hỏi đáp: Đèn đường hỏng</title>");
    assert!(answer.contains("href=\"/feedback/answers#") && answer.contains("<summary>Đã sửa</summary>"), "{text}");
    let warning = entry(&text, "<title>Cảnh báo: Giả công an</title>");
    assert!(warning.contains("href=\"/warnings/office/") && warning.contains("<updated>2026-11-24T"), "{warning}");
    assert!(!text.contains("Sổ đỏ bao giờ xong") && !text.contains("0912345678"), "what nobody published: {text}");
    let words = |how: &str| app::cases::WarningWords { title: "Giả công an".into(), how: how.into(), dos: "Tắt máy.".into() };
    let id = app::voices::news(&office.app).await.unwrap().into_iter().find(|view| view.kind == CaseKind::Warning).unwrap().id;
    app::cases::warn_anew(&office.app, &office.by, &id, &words("Kẻ gian nhắn tin.")).await.unwrap();
    let later = entry(&browser.get("/feed.atom").await.text(), "<title>Cảnh báo: Giả công an</title>");
    assert!(later.contains("<summary>Kẻ gian nhắn tin.</summary>"), "{later}");
    let id_of = |entry: &str| between(entry, "<id>", "</id>").unwrap().to_owned();
    assert_eq!(id_of(&later), id_of(&warning), "the same entry in other words");
    app::cases::unpublish(&office.app, &office.by, &id).await.unwrap();
    assert!(!browser.get("/feed.atom").await.text().contains("Cảnh báo:"), "taken back");
}

#[tokio::test]
async fn a_lesson_becomes_sheets_papers_sound_and_a_post() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let page = browser.page(PRODUCTS).await;
    assert!(page.contains("Thời lượng đọc: khoảng 54 giây") && page.contains("Mật khẩu là chìa khóa nhà trên mạng."), "{page}");
    assert!(page.contains("lãnh đạo duyệt"), "somebody looks at it first");
    let script = words(browser.get(&format!("{PRODUCTS}/files/script.docx")).await.body);
    assert!(script.contains("BÀI PHÁT THANH") && script.contains("Thưa bà con, đài truyền thanh xã xin nói về mật khẩu."), "{script}");
    let talk = words(browser.get(&format!("{PRODUCTS}/files/talk.docx")).await.body);
    assert!(talk.contains("ĐẢNG CỘNG SẢN VIỆT NAM") && talk.contains("Cuốn sổ ghi mật khẩu nên cất ở đâu cho chắc?"), "{talk}");
    for sheet in ["leaflet", "handout"] {
        let sheet = browser.page(&format!("{PRODUCTS}/{sheet}")).await;
        assert!(sheet.contains("Bật khóa hai lớp cho Zalo") && sheet.contains("gọi 156 hoặc nhắn 5656"), "{sheet}");
        assert!(!sheet.contains("<svg class=\"qr"), "only this machine could open what the code names");
    }
    let sound = browser.get(&format!("{PRODUCTS}/files/sound.wav")).await;
    match page.contains("files/sound.wav") {
        true => assert!(sound.body.starts_with(b"RIFF") && sound.body.len() > 500_000, "{} bytes", sound.body.len()),
        false => assert!(sound.status == StatusCode::NOT_FOUND && page.contains("espeak-ng")),
    }
    assert_eq!(browser.get(&format!("{PRODUCTS}/files/script.exe")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_lesson_that_expired_says_so_and_is_not_given_out() {
    let office = Office::new().await;
    office.app.close().await;
    let later = || "2027-06-30T05:00:00Z".parse().unwrap();
    let app = App::open(Settings { clock: later, ..Settings::new(office.path()) }).await.unwrap();
    let mut browser = crate::office::browser(&app);
    browser.signs_in("hanh").await;
    assert!(browser.page("/learn").await.contains("hết hạn, chờ xem lại"));
    assert!(browser.page(LESSON).await.contains("Bài này hết hạn dùng từ ngày 30/06/2027"));
    let page = browser.page(PRODUCTS).await;
    assert!(page.contains("hết hạn dùng") && !page.contains("/files/"), "{page}");
    for product in ["leaflet", "files/script.docx"] {
        assert_eq!(browser.get(&format!("{PRODUCTS}/{product}")).await.status, StatusCode::NOT_FOUND, "{product}");
    }
    assert!(!browser.get("/feed.atom").await.text().contains("passwords"));
}

#[tokio::test]
async fn a_talk_outline_quotes_what_is_in_the_register_and_nothing_else() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    assert!(browser.page(&letter).await.contains(&format!("{letter}/outline")));
    let page = browser.page(&format!("{letter}/outline")).await;
    assert!(page.contains("Chưa có văn bản nguồn.") && page.contains("Nghị quyết 1-NQ/TU"), "{page}");
    let without = words(browser.get(&format!("{letter}/outline/outline.docx?keep=0.0")).await.body);
    assert!(without.contains("ĐỀ CƯƠNG") && without.contains("Chưa có văn bản nguồn."), "{without}");
    let said = "Các cơ quan nêu rõ dấu hiệu lừa đảo để người dân biết mà tránh.";
    let text = format!("Mở đầu chung của nghị quyết này không nói gì thêm.\n4. {said}");
    let read =
        ReadLetter { code: Some("1-NQ/TU".to_owned()), letter_type: Some("NQ".to_owned()), text: text.clone(), ..ReadLetter::default() };
    let upload = Upload { name: "1.txt".to_owned(), bytes: text.into_bytes() };
    receive_read(&office.app, &office.by, upload, Direction::In, read).await.unwrap();
    let page = browser.page(&format!("{letter}/outline")).await;
    assert!(page.contains(said) && page.contains("mục 4, Nghị quyết số 1-NQ/TU"), "{page}");
    let keep = between(&page, "name=\"keep\" value=\"", "\"").unwrap();
    let with = words(browser.get(&format!("{letter}/outline/outline.docx?keep={keep}")).await.body);
    assert!(with.contains(&format!("“{said}” (mục 4, Nghị quyết số 1-NQ/TU)")), "{with}");
    let none = words(browser.get(&format!("{letter}/outline/outline.docx")).await.body);
    assert!(!none.contains(said) && none.contains("Không chọn đoạn trích nào"), "{none}");
}

#[tokio::test]
async fn the_office_posts_where_people_reach_it_and_the_police() {
    let office = Office::new().await;
    let mut villager = office.stranger();
    let page = villager.page("/hotlines").await;
    assert!(page.contains("được niêm yết tại trụ sở") && !page.contains("/contacts"), "{page}");
    for number in ["113", "114", "115"] {
        assert!(page.contains(&format!("<p class=\"number num\">{number}</p>")), "{number}: {page}");
    }
    let mut admin = office.browser().await;
    assert!(admin.page("/hotlines").await.contains("href=\"/contacts\"") && admin.page("/manage").await.contains("href=\"/contacts\""));
    let police = [("police-name", "Trực ban Công an xã"), ("police-number", "(0220) 123.4567"), ("checked", "23/11/2026")];
    for (field, wrong, words) in [
        ("police-name", "Đại úy Nguyễn Văn An", "có vẻ nêu tên người"),
        ("police-number", "gọi 0220 123 4567", "Ghi một số điện thoại"),
        ("checked", "25/11/2026", "chưa đến"),
    ] {
        let fields: Vec<_> = police.into_iter().map(|(name, value)| (name, if name == field { wrong } else { value })).collect();
        let refused = admin.post("/contacts", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let page = refused.text();
        assert!(
            page.contains(&format!("href=\"#{field}\"")) && page.contains(words) && page.contains("Trực ban") | (field == "police-name"),
            "{page}"
        );
    }
    assert!(!villager.page("/hotlines").await.contains("Ở xã mình"), "nothing of it was kept");
    assert!(admin.act("/contacts", &police).await.contains("Đã lưu số điện thoại, địa chỉ."));
    let page = villager.page("/hotlines").await;
    assert!(page.contains("<a href=\"tel:02201234567\">(0220) 123.4567</a>") && page.contains("kiểm tra lại ngày 23/11/2026"), "{page}");
    assert!(!page.contains("được niêm yết tại trụ sở"), "{page}");
    assert!(admin.page("/contacts").await.contains("value=\"Trực ban Công an xã\""));
    assert!(admin.page("/audit").await.contains("niêm yết số điện thoại, địa chỉ của cơ quan"), "a fact of the ledger");
    crate::rights::warning(&office).await;
    let warned = app::voices::news(&office.app).await.unwrap().remove(0).id;
    let sheet = villager.page(&format!("/warnings/office/{warned}")).await;
    assert!(sheet.contains("<p>Trực ban Công an xã: (0220) 123.4567</p>"), "on the sheet for the notice board: {sheet}");
    // The same after everything is read anew.
    office.app.close().await;
    let app = App::open(Settings::new(office.path())).await.unwrap();
    assert_eq!(app::contacts::show(&app).await.unwrap().unwrap().desks.len(), 1);
    admin = crate::office::browser(&app);
    admin.signs_in("hanh").await;
    assert!(admin.act("/contacts", &[("checked", "24/11/2026")]).await.contains("Đã lưu"), "all taken away");
    assert!(app::contacts::show(&app).await.unwrap().is_none());
}
