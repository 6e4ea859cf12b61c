//! Handing in evidence: what a photo still tells, files that are refused or not what their names say, and what they prove.

use crate::office::{Browser, File, Office, between};
use app::letters::ObligationEdit;
use app::programme::model::{Need, Role};
use app::tasks::Assign;
use axum::http::StatusCode;

const GPS: &[u8] = b"GPS 20.95N 106.32E";

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "{words} is not on {page}");
}

fn lacks(page: &str, words: &str) {
    assert!(!page.contains(words), "{words} is on {page}");
}

/// A task of the first cell that asks for evidence of these kinds; the browser is that of its doer.
async fn task(office: &Office, browser: &mut Browser, needs: &[Need]) -> String {
    let doer = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let letter = office.letter("").await;
    let obligation = app::letters::show(&office.app, &letter).await.unwrap().unwrap().obligations[0].id.clone();
    let edit = ObligationEdit { needs: Some(needs.to_vec()), ..ObligationEdit::default() };
    let obligation = app::letters::edit(&office.app, &office.by, &obligation, edit).await.unwrap();
    app::letters::confirm(&office.app, &office.by, &letter).await.unwrap();
    let to = vec![crate::full::unit(office, "Chi bộ thôn 1").await];
    let assign = Assign { to, due: Some("2026-12-20".parse().unwrap()), ..Assign::of(obligation) };
    let key = app::tasks::assign(&office.app, &office.by, assign).await.unwrap().remove(0);
    browser.becomes(office, &doer).await;
    format!("/tasks/{key}")
}

fn file<'a>(name: &'a str, bytes: &'a [u8]) -> File<'a> {
    File { name, kind: "application/octet-stream", bytes }
}

fn jpeg(comment: &[u8]) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| [&[0xff, marker], &u16::try_from(body.len() + 2).unwrap().to_be_bytes()[..], body].concat();
    let comment = if comment.is_empty() { Vec::new() } else { segment(0xfe, comment) };
    [vec![0xff, 0xd8], comment, segment(0xda, b"\x01\x01\0\0\x3f\0"), vec![1, 2, 0xff, 0xd9]].concat()
}

/// What the list says of the piece of evidence with this name.
fn item<'a>(page: &'a str, name: &str) -> &'a str {
    let at = page.find(&format!(">{name}</a>")).unwrap_or_else(|| panic!("{name} is not on {page}"));
    let from = page[..at].rfind("<li class=\"with-tags\"").unwrap();
    &page[from..from + page[from..].find("</li>").unwrap()]
}

/// A form with files that is refused: what it says beside them. Nothing of it is kept.
async fn refused(browser: &mut Browser, task: &str, files: &[File<'_>], fields: &[(&str, &str)]) -> String {
    let answer = browser.upload_with(&format!("{task}/evidence"), files, fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let page = answer.text();
    has(&page, "Chưa có minh chứng.");
    let words = between(&page, "id=\"files-error\">", "<").unwrap().to_owned();
    has(&page, &format!("<a href=\"#files\">{words}"));
    words
}

#[tokio::test]
async fn each_file_says_whether_it_still_tells_of_the_camera() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let task = task(&office, &mut browser, &[]).await;
    let photo = jpeg(GPS);
    let files = [file("anh.jpg", &photo), file("bien-ban.pdf", b"%PDF-1.4 GPS 20.95N 106.32E")];
    let at = browser.upload_with(&format!("{task}/evidence"), &files, &[("clean", "1")]).await.location("evidence");
    let page = browser.page(&at).await;
    has(item(&page, "anh.jpg"), "ảnh không còn kèm vị trí, thời gian, thông tin máy ảnh");
    has(item(&page, "bien-ban.pdf"), "giữ nguyên tệp<");
    let href = between(item(&page, "anh.jpg"), "href=\"", "\"").unwrap().to_owned();
    assert_eq!(browser.get(&href).await.body, jpeg(b""), "without its comment");
    let href = between(item(&page, "bien-ban.pdf"), "href=\"", "\"").unwrap().to_owned();
    assert_eq!(browser.get(&href).await.body, files[1].bytes, "a document is kept as it is");

    let files = [file("goc.jpg", &photo), file("phim.mp4", b"\0\0\0\x18ftypisom")];
    browser.upload_with(&format!("{task}/evidence"), &files, &[]).await.location("evidence");
    let page = browser.page(&task).await;
    has(item(&page, "goc.jpg"), "giữ nguyên tệp, kể cả vị trí, thời gian, thông tin máy ảnh (nếu có)");
    has(item(&page, "phim.mp4"), "giữ nguyên tệp, kể cả vị trí, thời gian, thông tin máy ảnh (nếu có)");
}

#[tokio::test]
async fn a_photo_or_film_that_cannot_be_cleaned_is_refused_by_its_name() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let task = task(&office, &mut browser, &[]).await;
    let photo = jpeg(b"");
    let behind_a_byte = [b"\n".to_vec(), jpeg(GPS)].concat();
    for (name, bytes) in [
        ("IMG_1.heic", &b"\0\0\0\x18ftyphevc\0\0\0\0mif1"[..]),
        ("phim.mp4", b"\0\0\0\x18ftypisom\0\0\0\0mp42"),
        ("anh.tif", b"II*\0\x08\0\0\0"),
        ("giay.pdf", b"\xff\x0a\0\0"),
        ("anh.jpg", &behind_a_byte),
        ("hong.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
    ] {
        let words = refused(&mut browser, &task, &[file("tot.jpg", &photo), file(name, bytes)], &[("clean", "1")]).await;
        has(&words, &format!("khỏi tệp “{name}”"));
        has(&words, "Gửi lại ảnh ở dạng JPEG hoặc PNG");
        has(&words, "bỏ đánh dấu");
    }
}

#[tokio::test]
async fn programs_and_empty_files_are_refused_each_with_its_own_words() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let task = task(&office, &mut browser, &[]).await;
    for (name, bytes) in [("x.exe", &b"anything"[..]), ("cai.MSI", b"x"), ("anh.jpg.js", b"alert(1)"), ("bien-ban.pdf", b"MZ\x90\0\x03")] {
        let words = refused(&mut browser, &task, &[file(name, bytes)], &[]).await;
        has(&words, &format!("Tệp “{name}” là chương trình hoặc tệp lệnh, không nhận làm minh chứng."));
    }
    let words = refused(&mut browser, &task, &[file("rong.pdf", b"")], &[]).await;
    has(&words, "Tệp “rong.pdf” rỗng, không có nội dung.");
    let programme = [("text", "Họp"), ("on", "01/11/2026")];
    let answer = browser.upload_with(&format!("{task}/programme"), &[file("x.exe", b"MZ\0")], &programme).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&answer.text(), "Tệp là chương trình hoặc tệp lệnh, không nhận.");
}

#[tokio::test]
async fn a_name_that_promises_something_else_is_said_to_who_accepts() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let task = task(&office, &mut browser, &[]).await;
    let files = [file("fake.jpg", b"<html><script>alert(1)</script>"), file("that.pdf", b"%PDF-1.4"), file("gia.docx", b"Bien ban")];
    browser.upload_with(&format!("{task}/evidence"), &files, &[("clean", "1")]).await.location("evidence");
    browser.becomes(&office, &office.by.person).await;
    let page = browser.page(&task).await;
    for (name, misnamed) in [("fake.jpg", true), ("that.pdf", false), ("gia.docx", true)] {
        assert_eq!(item(&page, name).contains("Nội dung tệp không khớp đuôi tệp"), misnamed, "{name}");
    }
    lacks(item(&page, "fake.jpg"), "<img");
}

#[tokio::test]
async fn pictures_are_shown_small_until_they_are_taken_back() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let task = task(&office, &mut browser, &[]).await;
    let photo = jpeg(b"");
    browser.upload(&format!("{task}/evidence"), &[file("anh.jpg", &photo)]).await.location("evidence");
    let page = browser.page(&task).await;
    let image = between(item(&page, "anh.jpg"), "<img ", ">").unwrap().to_owned();
    for part in ["alt=\"Ảnh thu nhỏ của anh.jpg\"", "width=\"96\"", "height=\"72\"", "loading=\"lazy\""] {
        has(&image, part);
    }
    let answer = browser.get(between(&image, "src=\"", "\"").unwrap()).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/jpeg"));
    let id = between(&page, &format!("action=\"{task}/evidence/"), "/withdraw").unwrap().to_owned();
    let page = browser.act(&format!("{task}/evidence/{id}/withdraw"), &[("note", "nhầm")]).await;
    lacks(item(&page, "anh.jpg"), "<img");
}

#[tokio::test]
async fn a_file_counts_only_for_what_it_is_handed_in_for() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let task = task(&office, &mut browser, &[Need::Meeting, Need::Training]).await;
    let to = format!("{task}/evidence");
    let page = browser.page(&task).await;
    let select = between(&page, "name=\"proves\"", "</select>").unwrap();
    has(select, "<option value=\"\" selected>Chọn một loại</option>");
    has(select, "<option value=\"training\">Tập huấn</option>");
    let minutes = [file("bien-ban.pdf", b"%PDF-1.4 minutes")];
    for (need, words) in [("", "Chọn các tệp này chứng minh cho loại nào."), ("report", "Lựa chọn không có trong danh sách.")]
    {
        let answer = browser.upload_with(&to, &minutes, &[("proves", need), ("note", "kèm ảnh")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{need}");
        let page = answer.text();
        has(between(&page, "id=\"proves-error\">", "<").unwrap(), words);
        has(&page, "value=\"kèm ảnh\"");
    }
    let at = browser.upload_with(&to, &minutes, &[("proves", "training")]).await.location("evidence");
    let page = browser.page(&at).await;
    has(item(&page, "bien-ban.pdf"), "chứng minh cho: Tập huấn");
    let lacking = between(&page, "Vì sao chưa được xác minh", "</ul>").unwrap();
    has(lacking, "Chưa có minh chứng loại “Hội nghị, sinh hoạt”.");
    has(lacking, "Minh chứng loại “Tập huấn” chờ một đơn vị độc lập chấp nhận.");
}

#[tokio::test]
async fn one_kind_of_evidence_is_chosen_already_and_none_is_not_asked() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let one = task(&office, &mut browser, &[Need::Meeting]).await;
    let page = browser.page(&one).await;
    has(&page, "<option value=\"meeting\" selected>Hội nghị, sinh hoạt</option><option value=\"other\">Khác");
    let at = browser.upload_with(&format!("{one}/evidence"), &[file("a.pdf", b"%PDF-")], &[("proves", "other")]).await.location("evidence");
    has(&browser.page(&at).await, "Chưa có minh chứng loại “Hội nghị, sinh hoạt”.");
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let none = task(&office, &mut browser, &[Need::Other]).await;
    lacks(&browser.page(&none).await, "name=\"proves\"");
}
