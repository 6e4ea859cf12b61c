//! A full disk under the writes that `faults.rs` does not come to by itself: they need more than a page proposes, or a state
//! that passes. Each is refused with words, leaves nothing, and works once there is room.

use app::cases::NewCase;
use app::programme::model::{CaseKind, Network, Role};
use axum::http::StatusCode;
use tempfile::TempDir;

use crate::faults::{Disk, says_what_happened};
use crate::office::{Answer, Browser, File, Office, PASSWORD, SET_UP_CODE};
use crate::rights::things;

struct Tried {
    disk: Disk,
    office: Office,
    browser: Browser,
}

impl Tried {
    /// Sends the same on a full disk and again with room: the second answer.
    async fn both(&mut self, path: &str, fields: &[(&str, &str)], files: Option<&[File<'_>]>) -> Answer {
        // A log that was begun anew has no room of its own to write into.
        self.office.restart().await;
        self.browser.goes_on(&self.office.app);
        self.disk.fill();
        let full = self.send(path, fields, files).await;
        assert_eq!(full.status, StatusCode::INSUFFICIENT_STORAGE, "{path}: {}", full.text());
        says_what_happened(&full, path);
        self.disk.free();
        self.send(path, fields, files).await
    }

    async fn send(&mut self, path: &str, fields: &[(&str, &str)], files: Option<&[File<'_>]>) -> Answer {
        match files {
            Some(files) => self.browser.upload_with(path, files, fields).await,
            None => self.browser.post(path, fields).await,
        }
    }

    async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        self.both(path, fields, None).await.location(path)
    }

    async fn whole(&self) {
        let report = app::verify::run(&self.office.app).await.unwrap();
        assert!(report.whole, "{:?}", report.damage);
    }
}

async fn on_a_small_disk() -> Option<Tried> {
    let disk = Disk::mount()?;
    let office = Office::in_folder(TempDir::new_in(&disk.mounted).unwrap(), Network::Internet).await;
    let browser = office.browser().await;
    Some(Tried { disk, office, browser })
}

#[tokio::test]
async fn a_letter_is_worked_on_where_the_disk_runs_full_again_and_again() {
    let Some(mut tried) = on_a_small_disk().await else { return };
    let letter = format!("/letters/{}", tried.office.letter("").await);
    tried.form(&format!("{letter}/obligations"), &[("sentence", "Nơi nhận: như trên.")]).await;
    let page = tried.browser.page(&letter).await;
    let of = format!("href=\"{letter}/obligations/");
    let ids: Vec<String> = page.split(&of).skip(1).filter_map(|rest| rest.split('/').next()).map(str::to_owned).collect();
    let (first, second) = (ids[0].clone(), ids.iter().find(|id| **id != ids[0]).expect("the one that was added, once").clone());
    let at = |id: &str, verb: &str| format!("{letter}/obligations/{id}/{verb}");
    tried.form(&at(&first, "edit"), &[("text", "Tổ chức hội nghị lớn"), ("to", "Các chi bộ trực thuộc"), ("needs", "meeting")]).await;
    tried.form(&at(&second, "drop"), &[]).await;
    tried.form(&at(&second, "restore"), &[]).await;
    tried.form(&at(&first, "merge"), &[("with", &second)]).await;
    assert!(tried.browser.page(&letter).await.contains("Tổ chức hội nghị lớn"));
    tried.whole().await;
}

#[tokio::test]
async fn meetings_reports_and_difficulties_outlive_a_full_disk() {
    let Some(mut tried) = on_a_small_disk().await else { return };
    let other = tried.office.person("Trần Văn Bình", "Chi bộ thôn 2", Role::Officer).await;
    let things = things(&tried.office, &other).await;
    let minutes = [File { name: "bien-ban.txt", kind: "text/plain", bytes: b"bien ban hop chi bo" }];
    let more = [File { name: "bo-sung.txt", kind: "text/plain", bytes: b"bien ban bo sung" }];
    let meeting = things.fill("/meetings/{meeting}");
    let hold = format!("{meeting}/hold");
    tried.both(&hold, &[("people", "12"), ("note", "đủ mặt")], Some(&minutes)).await.location(&hold);
    let add = format!("{meeting}/minutes");
    tried.both(&add, &[], Some(&more)).await.location(&add);
    let page = tried.browser.page(&meeting).await;
    assert!(page.contains("Đã họp, 12 người dự"), "{page}");

    let activity = [("kind", "article"), ("on", "2026-11-20"), ("people", "3"), ("note", "bài trên loa")];
    tried.form(&things.fill("/tasks/{task}/activity"), &activity).await;
    let report = things.fill("/returns/{id}");
    tried.form(&format!("{report}/words"), &[("results", "Đã quán triệt"), ("next", "Tiếp tục")]).await;

    let text = "Loa cũng hỏng".to_owned();
    let task: app::programme::ids::TaskKey = things.fill("{task}").parse().unwrap();
    let case = NewCase { kind: CaseKind::Difficulty, unit: task.unit.clone(), task: Some(task), text, via: None, to: None };
    let case = app::cases::raise(&tried.office.app, &tried.office.by, case).await.unwrap();
    let into = things.fill("{case}");
    let joined = tried.both(&format!("/difficulties/{case}/join"), &[("into", &into)], None).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text());
    tried.whole().await;
}

#[tokio::test]
async fn accounts_and_sessions_outlive_a_full_disk() {
    let Some(mut tried) = on_a_small_disk().await else { return };
    // A session that is ended from elsewhere stays until its end is written, and is over then.
    let mut elsewhere = tried.office.browser().await;
    let page = tried.browser.page("/account").await;
    let sessions = page.split("action=\"/account/sessions/").skip(1).filter_map(|rest| rest.split('/').next());
    let session = sessions.last().expect("the other session").to_owned();
    tried.form(&format!("/account/sessions/{session}/end"), &[]).await;
    elsewhere.goes_on(&tried.office.app);
    assert!(elsewhere.get("/").await.location("/").starts_with("/sign-in"));

    let new = tried.office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Clerk).await;
    let from = app::sessions::From::default();
    let invited = app::accounts::invite(&tried.office.app, &tried.office.by, &new, "lan", &from).await.unwrap();
    let fields = [("login", "lan"), ("code", invited.code.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
    tried.browser = tried.office.stranger();
    let accepted = tried.both("/invitation", &fields, None).await;
    assert_eq!(accepted.status, StatusCode::OK, "the code was not used up by the try that failed");
    tried.browser.page("/tasks").await;
    tried.whole().await;
}

#[tokio::test]
async fn an_office_is_founded_once_there_is_room() {
    let Some(disk) = Disk::mount() else { return };
    let (app, folder) = Office::empty_in(TempDir::new_in(&disk.mounted).unwrap()).await;
    // A log that was begun anew has no room of its own to write into.
    app.close().await;
    let app = app::App::open(app::Settings::new(folder.path())).await.unwrap();
    let mut browser = crate::office::browser(&app);
    browser.post("/setup", &[("code", SET_UP_CODE)]).await.location("code");
    browser.act("/setup", &[("step", "place"), ("other", "xã Tân Lũy")]).await;
    browser.act("/setup", &[("step", "kind"), ("template", "commune_party"), ("network", "internet")]).await;
    browser.act("/setup", &[("step", "units"), ("units-party_cell", "Chi bộ thôn 1")]).await;
    let account = [("step", "account"), ("person", "Nguyễn Thị Hạnh"), ("login", "hanh"), ("password", PASSWORD), ("again", PASSWORD)];
    disk.fill();
    let full = browser.post("/setup", &account).await;
    assert_eq!(full.status, StatusCode::INSUFFICIENT_STORAGE, "{}", full.text());
    says_what_happened(&full, "/setup");
    assert!(app::office::show(&app).await.unwrap().is_none(), "half an office");
    disk.free();
    let founded = browser.post("/setup", &account).await;
    assert_eq!(founded.status, StatusCode::OK, "{}", founded.text());
    assert_eq!(founded.text().matches("class=\"mono\"").count(), 10, "recovery codes");
    let report = app::verify::run(&app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}
