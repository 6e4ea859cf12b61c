//! Texts that were altered in the database: the page that is about one says so and what to do, pages on which one stands among
//! others say so in its place, and the rest of the office goes on.

use axum::http::StatusCode;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::office::{Browser, File, Office, between};

const LETTER: File<'static> =
    File { name: "cv-86.txt", kind: "text/plain", bytes: include_bytes!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt") };
/// What stands in the place of a damaged text.
const IN_ITS_PLACE: &str = "[Nội dung này đã bị hỏng trong cơ sở dữ liệu";

/// Alters what lies in the database behind the program's back, and starts the program anew.
async fn alters(office: &mut Office, browser: &mut Browser, statement: &'static str) {
    let options = SqliteConnectOptions::new().filename(office.path().join("luytre.db"));
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    let altered = sqlx::query(statement).execute(&mut db).await.unwrap().rows_affected();
    assert!(altered > 0, "{statement}");
    db.close().await.unwrap();
    office.restart().await;
    browser.goes_on(&office.app);
}

/// The page says that the stored text is damaged, what to do, and the number of the request.
async fn tells(browser: &mut Browser, address: &str) {
    let answer = browser.get(address).await;
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::GONE, "{address}: {page}");
    for words in ["Nội dung lưu trữ của tài liệu này đã bị hỏng", "luytre verify", "bản sao lưu", "tải lên lại", "Số của yêu cầu"]
    {
        assert!(page.contains(words), "{address}: no {words:?} in {page}");
    }
}

/// What a page of a letter says of it, and its text.
fn words(page: &str) -> [String; 2] {
    [("<h1>", "</h1>"), ("id=\"letter-text\"", "</section>")].map(|(from, to)| between(page, from, to).unwrap().to_owned())
}

#[tokio::test]
async fn a_letter_whose_text_is_damaged_says_so_and_is_put_right_by_its_file() {
    let mut office = Office::new().await;
    let mut browser = office.browser().await;
    let to = browser.upload("/letters/new", &[LETTER]).await.location("new");
    let letter = to.split('?').next().unwrap().to_owned();
    let whole = words(&browser.page(&letter).await);
    let damages = [
        // Cut short, altered by one word, no text any more, emptied.
        "update content set body = substr(body, 1, 40) where kind = 'text' and body like '%BAN TUYÊN GIÁO%' and body not like '{%'",
        "update content set body = replace(body, 'lừa đảo', 'lừa gạt') where kind = 'text' and body like '%lừa đảo%' and body not like '{%'",
        "update content set body = cast(x'ff00fe' as text) where kind = 'text' and body not like '{%'",
        "update content set body = null where kind = 'text' and body not like '{%'",
        // What was read of it: who, what about.
        "update content set body = replace(body, 'subject', 'subjekt') where kind = 'text' and body like '%\"subject\"%'",
    ];
    for damage in damages {
        alters(&mut office, &mut browser, damage).await;
        tells(&mut browser, &letter).await;
        for address in ["/", "/letters", "/tasks", "/units", "/manage", "/audit", "/search?words=lua+dao"] {
            let answer = browser.get(address).await;
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{address} after {damage}: {}", answer.text());
        }
        if damage.contains("subjekt") {
            assert!(browser.page("/letters").await.contains(IN_ITS_PLACE));
        }
        let report = app::verify::run(&office.app).await.unwrap();
        assert!(matches!(report.damage[..], [app::verify::Damage::ContentChanged { .. }]), "{:?}", report.damage);
        // The same file has the same words.
        assert!(browser.upload("/letters/new", &[LETTER]).await.text().contains("vừa được khôi phục từ tệp này"));
        office.restart().await;
        browser.goes_on(&office.app);
        assert_eq!(words(&browser.page(&letter).await), whole, "after {damage}");
        assert!(app::verify::run(&office.app).await.unwrap().whole);
    }
}

#[tokio::test]
async fn an_obligation_and_a_note_that_are_damaged_say_so_in_their_place() {
    let mut office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = browser.assigned(&office, "").await;
    let task = format!("/tasks/{}", between(&browser.page("/tasks").await, "href=\"/tasks/", "\"").unwrap());
    browser.upload(&format!("{task}/evidence"), &[File { name: "a.txt", kind: "text/plain", bytes: b"x" }]).await.location("evidence");
    alters(&mut office, &mut browser, "update content set body = 'kem danh sach' where body = 'kèm danh sách'").await;
    let page = browser.page(&task).await;
    assert!(page.contains(IN_ITS_PLACE) && !page.contains("kem danh sach"), "{page}");
    alters(&mut office, &mut browser, "update content set body = replace(body, 'hội nghị', 'tiệc') where body like '{%Tổ chức hội nghị%'")
        .await;
    for address in ["/tasks", &task, &letter] {
        let page = browser.page(address).await;
        assert!(page.contains(IN_ITS_PLACE) && !page.contains("tiệc"), "{address}: {page}");
    }
    let ledger = browser.act("/ledger", &[]).await;
    assert!(ledger.contains("Minh chứng “a.txt” của nhiệm vụ"), "the note of the file: {ledger}");
}

#[tokio::test]
async fn the_ledger_calls_a_damaged_note_on_a_task_no_evidence() {
    let mut office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let task = format!("/tasks/{}", between(&browser.page("/tasks").await, "href=\"/tasks/", "\"").unwrap());
    browser.act(&format!("{task}/acknowledge"), &[]).await;
    browser.act(&format!("{task}/progress"), &[("percent", "40"), ("note", "đã họp chi bộ")]).await;
    alters(&mut office, &mut browser, "update content set body = 'chưa họp' where body = 'đã họp chi bộ'").await;
    let ledger = browser.act("/ledger", &[]).await;
    assert!(ledger.contains("Lời ghi ở nhiệm vụ</a>") && !ledger.contains("Minh chứng “"), "{ledger}");
}
