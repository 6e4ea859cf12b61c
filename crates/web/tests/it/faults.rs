//! A full disk under every form there is: the page says so, nothing half-written stays, and once there is room the same form
//! is taken. The disk is a real one, some megabytes of memory mounted for the test; where that cannot be done (no root, no
//! Linux) the test says so and ends, and `store` tries the same on a database that may not grow.

#![expect(clippy::print_stderr, reason = "a test that is left out says so")]

use axum::http::{Method, StatusCode};
use expect_test::expect_file;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

use app::programme::model::{Network, Role};

use crate::forms::{Form, forms};
use crate::office::{Answer, Browser, File, Office, PASSWORD, between};
use crate::rights::{routes, things};

/// A letter with obligations, which stay to be confirmed once it was received.
const LETTER: &str = include_str!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt");

/// A disk of its own that can be filled.
pub(crate) struct Disk {
    pub(crate) mounted: PathBuf,
    _folder: TempDir,
}

impl Disk {
    pub(crate) fn mount() -> Option<Disk> {
        let folder = TempDir::new().unwrap();
        let mounted = folder.path().to_owned();
        let ended = Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(&mounted).output();
        if !ended.is_ok_and(|out| out.status.success()) {
            eprintln!("left out: no disk can be mounted here (root on Linux is needed)");
            return None;
        }
        Some(Disk { mounted, _folder: folder })
    }

    /// Takes all room that is left, to the last byte.
    pub(crate) fn fill(&self) {
        let mut ballast = std::fs::File::options().create(true).append(true).open(self.mounted.join("ballast")).unwrap();
        for piece in [1 << 20, 1 << 12, 1] {
            while ballast.write_all(&vec![0; piece]).is_ok() {}
        }
    }

    pub(crate) fn free(&self) {
        std::fs::remove_file(self.mounted.join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.mounted).output().ok();
    }
}

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
            // A few pages of every kind: a hundred tasks have the same forms.
            let shape = route(&link, &known).unwrap_or_default();
            let seen = shapes.entry(shape.clone()).or_default();
            if *seen < 4 && !shape.starts_with("/assets") && !pages.contains(&link) {
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
        // The words below are looked for in Vietnamese.
        "/language" => form.set("lang", "vi"),
        _ => {}
    }
}

struct Tried {
    disk: Disk,
    office: Office,
    /// By address: the answers on the full disk and after it.
    answers: BTreeMap<String, (u16, u16)>,
}

impl Tried {
    /// Sends one form on a full disk and again with room.
    async fn form(&mut self, browser: &mut Browser, to: &str, page: &str, action: &str) {
        // A log that was begun anew has no room of its own to write into.
        self.office.restart().await;
        browser.goes_on(&self.office.app);
        let shown = browser.get(page).await.text();
        let Some(mut form) = forms(&shown).into_iter().find(|form| form.action == action) else { return };
        fill_in(&mut form, to, &self.disk.mounted);
        let text = format!("{LETTER}\n{to}\n");
        let file = File { name: "cong-van.txt", kind: "text/plain", bytes: text.as_bytes() };
        self.disk.fill();
        let full = form.send(browser, &file).await;
        if full.status == StatusCode::INSUFFICIENT_STORAGE {
            says_what_happened(&full, to);
        } else {
            assert!(!full.status.is_server_error(), "{to}: {} {}", full.status, full.text());
        }
        for readable in ["/", "/letters", "/tasks", "/account"] {
            let read = browser.get(readable).await.status;
            assert!(read.is_success() || read.is_redirection(), "{readable} after {to} on a full disk: {read}");
        }
        self.disk.free();
        let again = match full.status {
            StatusCode::INSUFFICIENT_STORAGE => form.send(browser, &file).await.status,
            other => other,
        };
        self.answers.insert(to.to_owned(), (full.status.as_u16(), again.as_u16()));
    }

    /// Every form that this person reaches and that nobody has tried yet.
    async fn forms_of(&mut self, browser: &mut Browser, posts: &[String]) {
        for _ in 0..3 {
            browser.goes_on(&self.office.app);
            let new = found(browser, posts).await;
            let new: Vec<_> = new.into_iter().filter(|(to, _)| !self.answers.contains_key(to) && !LAST.contains(&to.as_str())).collect();
            for (to, (page, action)) in new {
                self.form(browser, &to, &page, &action).await;
            }
        }
    }
}

/// What ends the visit or takes something away that others need.
const LAST: [&str; 7] = [
    "/units/{unit}/close",
    "/grants/{grant}/revoke",
    "/people/{person}/erase",
    "/account/password",
    "/account/delegate",
    "/account/sessions/{session}/end",
    "/sign-out",
];

pub(crate) fn says_what_happened(answer: &Answer, to: &str) {
    let text = answer.text();
    assert!(text.contains("<h1>Ổ đĩa đã đầy</h1>") && text.contains("chưa được ghi"), "{to}: {text}");
    assert!(text.contains(answer.header("x-request-id")), "{to}: no number to read out");
    let secret = ["password", "passphrase"].iter().any(|name| text.contains(&format!("name=\"{name}\"")));
    assert!(!secret && !text.contains(PASSWORD), "{to}: a secret came back");
    assert!(text.contains("Gửi lại") || text.contains("không được giữ lại trên trang này"), "{to}: {text}");
}

#[tokio::test]
async fn every_form_outlives_a_full_disk() {
    let Some(disk) = Disk::mount() else { return };
    let office = Office::in_folder(TempDir::new_in(&disk.mounted).unwrap(), Network::Internet).await;
    let cell = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Clerk).await;
    let other = office.person("Trần Văn Bình", "Chi bộ thôn 2", Role::Officer).await;
    let things = things(&office, &other).await;
    office.account(&cell).await;
    let mut browser = office.browser().await;
    let posts: Vec<String> = routes().into_iter().filter(|(methods, _)| methods.contains(&Method::POST)).map(|(_, path)| path).collect();
    let mut tried = Tried { disk, office, answers: BTreeMap::new() };
    let attend = things.fill("/attend/{code}");
    let mut phone = tried.office.stranger();
    tried.form(&mut phone, "/attend/{code}", &attend, &attend).await;
    tried.forms_of(&mut browser, &posts).await;
    let mut of_cell = tried.office.stranger();
    of_cell.becomes(&tried.office, &cell).await;
    tried.forms_of(&mut of_cell, &posts).await;
    for to in LAST {
        browser.goes_on(&tried.office.app);
        if let Some((page, action)) = found(&mut browser, &posts).await.remove(to) {
            tried.form(&mut browser, to, &page, &action).await;
        }
    }
    let report = app::verify::run(&tried.office.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
    assert_eq!(left_over(&tried.office.path().join("blobs")), Vec::<PathBuf>::new());
    let row = |to: &String| {
        let of = tried.answers.get(to).map_or("- -".to_owned(), |(full, again)| format!("{full} {again}"));
        format!("{of:8} {to}")
    };
    let mut all: Vec<String> = posts.iter().filter(|to| !to.ends_with("/{deed}")).chain(tried.answers.keys()).cloned().collect();
    all.sort();
    all.dedup();
    let table: Vec<String> = all.iter().map(row).collect();
    expect_file!["faults.txt"].assert_eq(&format!("{}\n", table.join("\n")));
}

/// Files below the blobs that are no blobs.
fn left_over(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let files = entries(folder).into_iter().filter(|path| path.is_dir()).flat_map(|path| entries(&path));
    files.filter(|path| path.file_name().is_none_or(|name| name.len() != 64)).collect()
}

#[tokio::test]
async fn on_a_full_disk_people_still_come_in_and_the_administrator_sees_why() {
    let Some(disk) = Disk::mount() else { return };
    let mut office = Office::in_folder(TempDir::new_in(&disk.mounted).unwrap(), Network::Internet).await;
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
    assert!(browser.get("/").await.location("/").starts_with("/sign-in"), "a session in memory ends as any other");
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
