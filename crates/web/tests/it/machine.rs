//! Other faults of the machine under the pages: a folder that turns read-only, a clock that is set back, a file that is cut
//! short or gone, a session that lies in memory only.

use app::programme::model::{Network, Role};
use app::{App, Settings};
use axum::http::StatusCode;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::disk::Disk;
use crate::office::{File, HOST, Office, between, browser};

const NOTE: File<'static> = File { name: "bien-ban.txt", kind: "text/plain", bytes: b"bien ban hop" };

/// The address of a task with one piece of evidence, and of its file.
async fn with_evidence(office: &Office, browser: &mut crate::office::Browser) -> (String, String) {
    browser.assigned(office, "").await;
    let task = format!("/tasks/{}", between(&browser.page("/tasks").await, "href=\"/tasks/", "\"").unwrap());
    let at = browser.upload(&format!("{task}/evidence"), &[NOTE]).await.location("evidence");
    let page = browser.page(&at).await;
    (task, format!("/files/{}", between(&page, "href=\"/files/", "\"").unwrap().split('/').next().unwrap()))
}

#[tokio::test]
async fn a_file_that_is_cut_short_is_named_not_given_out_and_put_right_by_handing_it_in_again() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let (task, file) = with_evidence(&office, &mut browser).await;
    let digest = app::programme::model::Digest::of(NOTE.bytes).to_string();
    let path = office.path().join("blobs").join(&digest[..2]).join(&digest);
    for damaged in [&NOTE.bytes[..4], b"BIEN BAN HOP"] {
        std::fs::write(&path, damaged).unwrap();
        for address in [file.clone(), format!("{file}/preview"), format!("{file}/picture")] {
            let answer = browser.get(&address).await;
            assert_eq!(answer.status, StatusCode::GONE, "{address}");
            assert!(answer.text().contains("Tệp trên máy chủ đã bị hỏng") && answer.text().contains("nộp lại"), "{}", answer.text());
        }
        let ledger = browser.act("/ledger", &[]).await;
        let link = format!("<a href=\"{task}\">Minh chứng “bien-ban.txt” của nhiệm vụ</a>");
        assert!(ledger.contains("Sổ cái không còn nguyên vẹn") && ledger.contains(&link), "{ledger}");
        browser.page(&task).await;
        // The original is still there: it takes the place of the damaged one.
        browser.upload(&format!("{task}/evidence"), &[NOTE]).await.location("again");
        assert_eq!(browser.get(&file).await.body, NOTE.bytes);
        assert!(browser.act("/ledger", &[]).await.contains("Sổ cái nguyên vẹn."));
    }
}

#[tokio::test]
async fn damage_that_the_daily_check_finds_reaches_the_administrator_and_whoever_watches() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let (task, _) = with_evidence(&office, &mut browser).await;
    let lan = office.person("Lê Thị Lan", "Đảng ủy xã Tân Lũy", app::programme::model::Role::Clerk).await;
    let digest = app::programme::model::Digest::of(NOTE.bytes).to_string();
    std::fs::remove_file(office.path().join("blobs").join(&digest[..2]).join(&digest)).unwrap();
    let banner = "<a href=\"/ledger\">Sổ cái không còn nguyên vẹn: lần kiểm tra 12:00, 24/11/2026 thấy 1 chỗ hỏng.";
    assert!(!browser.page("/").await.contains(banner), "nobody has looked yet");
    assert!(app::verify::check_daily(&office.app).await.unwrap().is_some());
    for page in ["/", "/manage", "/upkeep"] {
        assert!(browser.page(page).await.contains(banner), "{page}");
    }
    assert_eq!(office.stranger().page("/health").await, "damaged\n");
    let ledger = browser.page("/ledger").await;
    assert!(ledger.contains("Việc cần làm: đừng sửa") && ledger.contains("tên người, địa chỉ thư"), "{ledger}");
    let mut clerk = office.stranger();
    clerk.becomes(&office, &lan).await;
    for page in ["/", "/manage"] {
        assert!(!clerk.page(page).await.contains("Sổ cái không còn nguyên vẹn"), "{page}");
    }
    browser.upload(&format!("{task}/evidence"), &[NOTE]).await.location("again");
    browser.act("/ledger", &[]).await;
    assert!(!browser.page("/").await.contains(banner));
    assert_eq!(office.stranger().page("/health").await, "ok\n");
}

#[tokio::test]
async fn a_folder_that_turns_read_only_is_told_and_goes_on_once_it_can_be_written() {
    let Some(disk) = Disk::mount() else { return };
    let office = Office::in_folder(disk.folder(), Network::Internet).await;
    let mut browser = office.browser().await;
    let (task, file) = with_evidence(&office, &mut browser).await;
    // The folder of files alone: what is open already, as the database is, goes on being written on such a disk.
    let blobs = office.path().join("blobs");
    let mount = |args: &[&str]| std::process::Command::new("mount").args(args).arg(&blobs).status().unwrap().success();
    assert!(mount(&["--bind", blobs.to_str().unwrap()]) && mount(&["-o", "remount,ro,bind"]));
    let other = File { bytes: b"bien ban khac", ..NOTE };
    let refused = browser.upload(&format!("{task}/evidence"), &[other]).await;
    let (reads, page) = (browser.get(&file).await.status, refused.text());
    assert!(std::process::Command::new("umount").arg("-l").arg(&blobs).status().unwrap().success());
    assert_eq!((refused.status, reads), (StatusCode::SERVICE_UNAVAILABLE, StatusCode::OK), "{page}");
    for words in ["Không ghi được vào ổ đĩa", "chưa được ghi", "Chọn lại tệp", "bien-ban.txt", "kèm danh sách"] {
        assert!(page.contains(words), "no {words:?} in {page}");
    }
    assert!(!browser.page(&task).await.contains("2 minh chứng"));
    let other = File { bytes: b"bien ban khac", ..NOTE };
    browser.upload(&format!("{task}/evidence"), &[other]).await.location("again");
    let report = app::verify::run_deep(&office.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}

#[tokio::test]
async fn a_data_folder_that_is_moved_away_is_told_nothing_is_made_in_its_place_and_all_goes_on_when_it_is_back() {
    let outer = tempfile::TempDir::new().unwrap();
    let app = App::open(Settings { clock: moved, ..Settings::new(outer.path().join("data")) }).await.unwrap();
    let (data, away) = (outer.path().join("data"), outer.path().join("away"));
    let office = Office::set_up(app, outer, Network::Internet).await;
    let mut browser = office.browser().await;
    let (task, file) = with_evidence(&office, &mut browser).await;
    assert_eq!(office.stranger().page("/health").await, "ok\n");

    std::fs::rename(&data, &away).unwrap();
    let mut stranger = office.stranger();
    let watched = stranger.get("/health").await;
    assert_eq!(watched.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(watched.text().starts_with("data folder gone\n") && watched.text().contains("đưa đúng thư mục đó về chỗ cũ"));
    let of_person = stranger.request("GET", "/health").header("accept", "text/html,*/*").body(axum::body::Body::empty()).unwrap();
    let page = stranger.send(of_person).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text().contains("<h1>Thư mục dữ liệu không còn ở chỗ cũ</h1>"), "{}", page.text());
    let unit = [("name", "Tổ mới"), ("kind", "party_cell")];
    let refused = browser.post("/units", &unit).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.text().contains("chưa được ghi") && refused.text().contains("value=\"Tổ mới\""), "{}", refused.text());
    let other = File { bytes: b"bien ban khac", ..NOTE };
    let upload = browser.upload(&format!("{task}/evidence"), &[other]).await;
    let letter = browser.upload("/letters/new", &[NOTE]).await;
    let checked = browser.post("/ledger", &[]).await;
    for answer in [upload, letter, checked, browser.get(&file).await] {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
        assert!(answer.text().contains("Thư mục dữ liệu không còn ở chỗ cũ"), "{}", answer.text());
    }
    assert!(!data.exists(), "no folder is made in the place of the one that is gone");

    std::fs::rename(&away, &data).unwrap();
    assert_eq!(office.stranger().page("/health").await, "ok\n");
    assert_eq!(browser.get(&file).await.body, NOTE.bytes);
    browser.post("/units", &unit).await.location("again");
    assert!(app::verify::run_deep(&office.app).await.unwrap().whole);
    // A copy in its place is another folder: what is open is not what lies there.
    std::fs::rename(&data, &away).unwrap();
    std::fs::create_dir(&data).unwrap();
    for name in ["luytre.db", "in-use"] {
        std::fs::copy(away.join(name), data.join(name)).unwrap();
    }
    assert_eq!(office.stranger().get("/health").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

/// Milliseconds that the clock of one test was moved by.
static MOVED_MS: AtomicI64 = AtomicI64::new(0);

fn moved() -> jiff::Timestamp {
    let noon: jiff::Timestamp = "2026-11-24T05:00:00Z".parse().unwrap();
    jiff::Timestamp::from_millisecond(noon.as_millisecond() + MOVED_MS.load(Ordering::Relaxed)).unwrap()
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_order_sessions_and_the_truth() {
    let office = Office::new().await;
    office.app.close().await;
    let app = App::open(Settings { clock: moved, ..Settings::new(office.path()) }).await.unwrap();
    let mut person = browser(&app);
    MOVED_MS.store(3 * 3_600_000, Ordering::Relaxed);
    person.signs_in("hanh").await;
    person.act("/units", &[("name", "Tổ trước"), ("kind", "party_cell")]).await;
    assert!(!person.page("/upkeep").await.contains("Đồng hồ của máy chủ chậm hơn"));
    MOVED_MS.store(0, Ordering::Relaxed);
    assert_eq!(person.get("/tasks").await.status, StatusCode::OK, "the session goes on");
    let upkeep = person.page("/upkeep").await;
    assert!(upkeep.contains("Đồng hồ của máy chủ chậm hơn việc ghi gần nhất 180 phút"), "{upkeep}");
    person.act("/units", &[("name", "Tổ sau"), ("kind", "party_cell")]).await;
    let audit = person.page("/audit").await;
    // 15:00 in Vietnam: never before what was recorded already.
    let (later, earlier) = (audit.find("Tổ sau"), audit.find("Tổ trước"));
    assert!(later.is_none() || later < earlier, "the latest first: {audit}");
    let mut late = browser(&app);
    late.signs_in("hanh").await;
    late.page("/tasks").await;
    let report = app::verify::run_deep(&app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}

#[tokio::test]
async fn somebody_who_came_in_on_a_full_disk_acts_for_the_unit_they_chose() {
    let Some(disk) = Disk::mount() else { return };
    let mut office = Office::in_folder(disk.folder(), Network::Internet).await;
    let units = app::office::units(&office.app).await.unwrap();
    let unit = units.into_iter().find(|u| u.name == "Chi bộ thôn 2").unwrap().id;
    office.gives_first(&unit, Role::Clerk).await;
    office.restart().await;
    disk.fill();
    let mut browser = office.browser().await;
    let page = browser.act("/account/acting", &[("unit", unit.as_str()), ("back", "/account")]).await;
    assert!(page.contains(&format!("value=\"{unit}\" selected")), "{HOST}: {page}");
}
