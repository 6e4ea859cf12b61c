//! A full disk under every write there is: the page says so and keeps what was typed, nothing half-written stays, and once
//! there is room the same form is taken and its effect is there. `faults.txt` is the table, made from the router itself and
//! from the deeds of a task: whatever is added there has no row until it was tried.
//!
//! Columns: the answer on the full disk, the answer with room, the address, what it wrote. Where the full disk kept nothing
//! back the row says why (`WITHOUT_DISK`), and the test has seen that nothing was written.

use axum::http::{Method, StatusCode};
use expect_test::expect_file;
use std::collections::BTreeMap;
use std::path::Path;

use app::programme::model::{Network, Role};

use crate::disk::{Disk, Row, Rows, form_twice, left_over, twice};
use crate::forms::{Form, forms};
use crate::full;
use crate::office::{Answer, Browser, File, Office, between};
use crate::rights::{routes, things};
use crate::scam::asks;
use crate::voices;

/// A letter with obligations, which stay to be confirmed once it was received.
const LETTER: &str = include_str!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt");

/// Forms that a full disk does not keep back, and why.
const WITHOUT_DISK: [(&str, &str); 10] = [
    ("/language", "a cookie of the browser"),
    ("/scam", "a question, of which nothing is kept"),
    ("/api/v1/scam", "a question, of which nothing is kept"),
    ("/scam/account", "a question, of which nothing is kept"),
    ("/scam/qr", "a question, of which nothing is kept"),
    ("/feedback/follow", "a question, of which nothing is kept"),
    ("/quizzes/{quiz}/scan", "a proposal, of which nothing is kept"),
    ("/mail/trial", "a letter to the mail server"),
    ("/sign-in", "the session lies in memory"),
    ("/sign-in/as", "the session lies in memory"),
];

/// What only a browser with a passkey sends, by script: tried on a full disk in `passkeys`, which has one.
const OF_DEVICES: [&str; 6] = [
    "/account/passkeys",
    "/account/passkeys/begin",
    "/account/passkeys/{passkey}/remove",
    "/account/passkeys/{passkey}/rename",
    "/sign-in/passkey",
    "/sign-in/passkey/begin",
];

/// The address of the router that a path belongs to.
fn route(path: &str, routes: &[String]) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let fits = |route: &str| {
        let (parts, of): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), route.split('/').collect());
        parts.len() == of.len() && parts.iter().zip(&of).all(|(part, of)| of.starts_with('{') || part == of)
    };
    // `/tasks/{task}/evidence` before `/tasks/{task}/{deed}`.
    routes.iter().filter(|route| fits(route)).min_by_key(|route| route.matches('{').count()).cloned()
}

/// The pages that can be reached, and the forms on them by where they lead.
async fn found(browser: &mut Browser, posts: &[String]) -> BTreeMap<String, (String, String)> {
    let (mut pages, mut at, mut forms_at) = (vec!["/".to_owned()], 0, BTreeMap::new());
    let mut shapes = BTreeMap::<String, usize>::new();
    let known: Vec<String> = routes().into_iter().map(|(_, path)| path).collect();
    while let Some(path) = pages.get(at).cloned() {
        at += 1;
        let page = browser.get(&path).await;
        if page.status != StatusCode::OK || !page.header("content-type").starts_with("text/html") {
            continue;
        }
        let text = page.text();
        for form in forms(&text) {
            // Deeds are told apart: each is a write of its own.
            let Some(mut to) = route(&form.action, posts) else { continue };
            if to.ends_with("/{deed}") {
                to = to.replace("{deed}", form.action.rsplit('/').next().unwrap_or_default());
            }
            forms_at.entry(to).or_insert((path.clone(), form.action.clone()));
        }
        for link in text.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = format!("/{}", link.split('#').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&"));
            // A few pages of every kind: a hundred tasks have the same forms. Things of one kind wait in different states, and
            // those of one millisecond come in any order.
            let shape = route(&link, &known).unwrap_or_default();
            let seen = shapes.entry(shape.clone()).or_default();
            if *seen < 8 && !shape.starts_with("/assets") && !pages.contains(&link) {
                *seen += 1;
                pages.push(link);
            }
        }
    }
    forms_at
}

/// What only this form needs.
fn fill_in(form: &mut Form, to: &str, disk: &Path) {
    match to {
        "/upkeep/backup" | "/upkeep/drill" => form.set("path", &disk.join("backup.luytre").to_string_lossy()),
        "/inspection/files" => form.set("path", concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/office")),
        "/difficulties/{case}/pass" => {
            form.set("to", "named");
            form.set("name", "Ban Xây dựng Đảng tỉnh");
        }
        // It was held already, so not on a day to come.
        "/letters/{letter}/outreach/new" => {
            form.set("on", "24/11/2026");
            // No page is asked for.
            form.set("fetch", "");
        }
        "/letters/{letter}/outreach/{activity}/hold" => form.set("fetch", ""),
        "/digital" | "/digital/{entry}/edit" => {
            form.set("on", "24/11/2026");
            form.set("time", "2");
            form.set("visits", "3");
            form.set("people", "5");
            form.set("place", "Nhà văn hóa");
            form.set("note", "cài VNeID");
            form.set("reason", "đếm sót");
        }
        "/letters/{letter}/draft/number" => form.set("number", "17"),
        "/contacts" => ["office-number", "police-number", "one-stop-number"].into_iter().for_each(|number| form.set(number, "113")),
        // The words below are looked for in Vietnamese.
        "/language" => form.set("lang", "vi"),
        "/scam" => form.set("text", "Chị đọc giúp em mã OTP"),
        "/scam/account" => form.set("account", "0123456789"),
        "/cases/{voice}/refer" => form.set("on", "24/11/2026"),
        "/feedback" | "/scam/report" | "/scam/appeal" | "/check/report" => {
            let challenge = form.of("challenge").unwrap().to_owned();
            form.set("proof", &voices::proof(&challenge));
            form.set("service", "land");
        }
        "/feedback/follow" => form.set("code", "AAAAABBBBB"),
        "/feedback/new" => form.set("service", "land"),
        "/supervision/new" => form.set("due", "15/12/2026"),
        _ => {}
    }
}

struct Tried<'a> {
    disk: &'a Disk,
    office: Office,
    rows: &'a mut Rows,
    /// A pack of another office's.
    pack: Vec<u8>,
}

impl Tried<'_> {
    /// Sends one form on a full disk and again with room.
    async fn form(&mut self, browser: &mut Browser, to: &str, page: &str, action: &str) {
        // A log that was begun anew has no room of its own to write into.
        self.office.restart().await;
        browser.goes_on(&self.office.app);
        let shown = browser.get(page).await.text();
        let Some(mut form) = forms(&shown).into_iter().find(|form| form.action == action) else { return };
        fill_in(&mut form, to, &self.disk.mounted);
        let text = format!("{LETTER}\n{to}\n");
        let bytes = if to == "/packs" { self.pack.as_slice() } else { text.as_bytes() };
        if to == "/packs" {
            form.set("fingerprint", &app::packs::look(self.pack.clone()).unwrap().key);
        }
        let file = File { name: "cong-van.txt", kind: "text/plain", bytes };
        form_twice((self.disk, self.office.path()), browser, to, self.rows, (&form, &file)).await;
    }

    /// Every form that this person reaches and that nobody has tried yet.
    async fn forms_of(&mut self, browser: &mut Browser, posts: &[String]) {
        for _ in 0..3 {
            browser.goes_on(&self.office.app);
            let new = found(browser, posts).await;
            let new: Vec<_> = new.into_iter().filter(|(to, _)| !self.rows.contains_key(to) && !LAST.contains(&to.as_str())).collect();
            for (to, (page, action)) in new {
                self.form(browser, &to, &page, &action).await;
            }
        }
    }
}

/// What ends the visit or takes something away that others need.
const LAST: [&str; 7] = [
    "/units/{unit}/close",
    "/units/{unit}/reopen",
    "/grants/{grant}/revoke",
    "/people/{person}/erase",
    "/account/password",
    "/account/delegate",
    "/sign-out",
];

/// The forms that stand on pages, filled in with what the pages propose.
async fn on_pages(disk: &Disk, posts: &[String], rows: &mut Rows) {
    let office = Office::in_folder(disk.folder(), Network::Internet).await;
    let cell = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Clerk).await;
    let other = office.person("Trần Văn Bình", "Chi bộ thôn 2", Role::Officer).await;
    let things = things(&office, &other).await;
    // Signed in somewhere, so that there is something to end.
    office.session(&cell).await;
    let mut browser = office.browser().await;
    let other = Office::new().await;
    let pack = app::packs::own(&other.app, None).await.unwrap();
    let mut tried = Tried { disk, office, rows, pack };
    let attend = things.fill("/attend/{code}");
    let mut phone = tried.office.stranger();
    tried.form(&mut phone, "/attend/{code}", &attend, &attend).await;
    let asks = async |_: Option<&Answer>| asks(&mut phone, &serde_json::json!({"text": "Chị đọc giúp em mã OTP"})).await;
    twice(disk, tried.office.path(), "/api/v1/scam", tried.rows, asks).await;
    tried.forms_of(&mut browser, posts).await;
    let mut of_cell = tried.office.stranger();
    of_cell.becomes(&tried.office, &cell).await;
    tried.forms_of(&mut of_cell, posts).await;
    let front = tried.office.of_front().await;
    let mut of_front = tried.office.stranger();
    of_front.becomes(&tried.office, &front).await;
    tried.forms_of(&mut of_front, posts).await;
    let mut closed = None;
    for to in LAST {
        browser.goes_on(&tried.office.app);
        // The unit that was closed just now is one of many on the list.
        let reopens = closed.clone().filter(|_| to == "/units/{unit}/reopen").map(|page| (format!("{page}/reopen"), page));
        let form = match reopens {
            Some((action, page)) => Some((page, action)),
            None => found(&mut browser, posts).await.remove(to),
        };
        if let Some((page, action)) = form {
            tried.form(&mut browser, to, &page, &action).await;
            closed = Some(page).filter(|_| to == "/units/{unit}/close");
        }
    }
    full::is_whole(&tried.office.app).await;
    assert_eq!(left_over(&tried.office.path().join("blobs")), Vec::<std::path::PathBuf>::new());
}

/// Every write there is: the addresses that take forms, and the deeds of a task.
fn writes(posts: &[String]) -> Vec<String> {
    let arm = |line: &str| Some(line.trim().strip_prefix('"')?.split_once("\" => ")?.0.to_owned());
    let act = include_str!("../../src/pages/deeds.rs").split_once("let notice = match deed").unwrap().1;
    let deeds = act.lines().filter_map(arm).map(|deed| format!("/tasks/{{task}}/{deed}"));
    let mut all: Vec<String> =
        posts.iter().filter(|to| !to.ends_with("/{deed}") && !OF_DEVICES.contains(&to.as_str())).cloned().chain(deeds).collect();
    all.sort();
    all
}

#[tokio::test]
async fn every_write_outlives_a_full_disk() {
    let posts: Vec<String> = routes().into_iter().filter(|(methods, _)| methods.contains(&Method::POST)).map(|(_, path)| path).collect();
    let mut rows = Rows::new();
    let Some(disk) = Disk::mount() else { return };
    full::prepared(&disk, &mut rows).await;
    let Some(disk) = Disk::mount() else { return };
    on_pages(&disk, &posts, &mut rows).await;
    let mut table = Vec::new();
    for to in writes(&posts) {
        let Some(Row { full, again, wrote }) = rows.remove(&to) else { panic!("{to} was never tried on a full disk") };
        let why = WITHOUT_DISK.iter().find(|(without, _)| *without == to).map(|(_, why)| *why);
        // The disk was compared before and after: nothing was written while it was full, whatever the answer.
        assert_eq!(full == 507, why.is_none(), "{to} answered {full} on a full disk; WITHOUT_DISK says {why:?}");
        let without = why.map(|why| format!(" (full disk: {why})")).unwrap_or_default();
        let wrote = if wrote.is_empty() { "nothing".to_owned() } else { wrote };
        table.push(format!("{full} {again} {to:60} {wrote}{without}"));
    }
    assert_eq!(rows, Rows::new(), "rows of no address");
    expect_file!["faults.txt"].assert_eq(&format!("{}\n", table.join("\n")));
}

#[tokio::test]
async fn on_a_full_disk_people_still_come_in_and_the_administrator_sees_why() {
    let Some(disk) = Disk::mount() else { return };
    let mut office = Office::in_folder(disk.folder(), Network::Internet).await;
    office.restart().await;
    let mut browser = office.stranger();
    disk.fill();
    let wrong = browser.post("/sign-in", &[("login", "hanh"), ("password", "sai hoàn toàn rồi")]).await;
    assert!(wrong.text().contains("không đúng"), "{}", wrong.text());
    browser.signs_in("hanh").await;
    let page = browser.page("/upkeep").await;
    assert!(page.contains("Ổ đĩa chỉ còn 0"), "{page}");
    assert_eq!(office.stranger().page("/health").await, "ok, disk nearly full\n");
    let mut new = forms(&browser.page("/units").await).into_iter().find(|form| form.action == "/units").unwrap();
    new.set("name", "Chi bộ <b>mới</b>");
    let file = File { name: "", kind: "", bytes: b"" };
    let refused = new.send(&mut browser, &file).await;
    assert_eq!(refused.status, StatusCode::INSUFFICIENT_STORAGE);
    let again = forms(&refused.text()).into_iter().find(|form| form.action == "/units").unwrap();
    assert_eq!((again.action.as_str(), again.of("name")), ("/units", Some("Chi bộ <b>mới</b>")));
    disk.free();
    assert_eq!(again.send(&mut browser, &file).await.location("/units"), "/units?done=unit");
    assert_eq!(browser.post("/sign-out", &[]).await.location("/sign-out"), "/sign-in?done=signed-out");
    assert!(browser.get("/tasks").await.location("/tasks").starts_with("/sign-in"), "a session in memory ends as any other");
}

#[tokio::test]
async fn a_file_that_is_gone_is_told_with_what_to_do() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let task = format!("/tasks/{}", between(&browser.page("/tasks").await, "href=\"/tasks/", "\"").unwrap());
    let file = File { name: "bien-ban.txt", kind: "text/plain", bytes: b"bien ban hop" };
    let at = browser.upload(&format!("{task}/evidence"), &[file]).await.location("evidence");
    let page = browser.page(&at).await;
    let content = format!("/files/{}", between(&page, "href=\"/files/", "\"").unwrap().split('/').next().unwrap());
    assert_eq!(browser.get(&content).await.status, StatusCode::OK);
    std::fs::remove_dir_all(office.path().join("blobs")).unwrap();
    let gone = browser.get(&content).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text().contains("Tệp không còn trên máy chủ") && gone.text().contains("bản sao lưu"), "{}", gone.text());
    browser.page(&task).await;
}
