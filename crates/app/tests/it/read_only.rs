//! Looking at a record changes nothing in its folder, works where nothing can be written, and upgrades nothing.

use crate::office::{Office, office, settings};
use app::evidence::EvidenceUpload;
use app::{App, letters, tasks, verify};
use programme::model::*;
use sqlx::SqlitePool;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

async fn worked() -> Office {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let upload =
        EvidenceUpload { name: "bien-ban.txt".to_owned(), bytes: b"bien ban".to_vec(), observed_on: None, expires: None, note: None };
    app::evidence::attach_file(&o.app, &o.clerk, &key, upload).await.unwrap();
    o
}

/// Every file below a folder with its bytes, but for what SQLite's readers share: it holds nothing of the record.
fn files(folder: &Path) -> BTreeMap<PathBuf, Digest> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let empty_wal = path.ends_with("luytre.db-wal") && std::fs::metadata(&path).unwrap().len() == 0;
        if path.ends_with("luytre.db-shm") || empty_wal {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), Digest::of(&std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn verifying_writes_nothing() {
    let o = worked().await;
    o.app.close().await;
    let data = o.folder.path().join("data");
    let before = files(&data);
    let app = App::open_read_only(settings(&o.folder)).await.unwrap();
    let report = verify::run_deep(&app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
    let refused = app::people::add(
        &app,
        &o.clerk,
        app::people::NewPerson { name: "Lê Văn Bốn".to_owned(), unit: o.clerk.unit.clone(), roles: vec![Role::Clerk] },
    );
    assert!(refused.await.is_err());
    app.close().await;
    assert_eq!(files(&data), before);
}

#[tokio::test]
async fn a_record_in_use_is_verified_beside_the_work() {
    let o = worked().await;
    let app = App::open_read_only(settings(&o.folder)).await.unwrap();
    let mut events = 0;
    // More rounds than there are connections: one that has looked before must see what others wrote since.
    for _ in 0..6 {
        let report = verify::run_deep(&app).await.unwrap();
        assert!(report.whole && report.events > events, "{:?}", report.damage);
        assert!(verify::run_deep(&o.app).await.unwrap().whole);
        events = report.events;
        o.letter(&[("Chi bộ thôn 1", &format!("báo cáo {events}"), &[Need::Meeting])]).await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_where_nothing_can_be_made_is_read_as_it_is() {
    let o = worked().await;
    o.app.close().await;
    let data = o.folder.path().join("data");
    // What a disk that is read-only does to SQLite, whoever runs the test: the file that readers share cannot be made.
    std::os::unix::fs::symlink("/nowhere/at/all", data.join("luytre.db-shm")).unwrap();
    let app = App::open_read_only(settings(&o.folder)).await.unwrap();
    assert!(verify::run_deep(&app).await.unwrap().whole);
    app.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn changes_that_lie_in_the_log_are_read_where_nothing_can_be_made() {
    let o = worked().await;
    let events = verify::run(&o.app).await.unwrap().events;
    let (data, copy) = (o.folder.path().join("data"), tempfile::tempdir().unwrap());
    let there = copy.path().join("data");
    assert!(std::process::Command::new("cp").arg("-r").args([&data, &there]).status().unwrap().success());
    assert!(std::fs::metadata(there.join("luytre.db-wal")).unwrap().len() > 0, "the program still runs");
    std::fs::remove_file(there.join("luytre.db-shm")).unwrap();
    std::os::unix::fs::symlink("/nowhere/at/all", there.join("luytre.db-shm")).unwrap();
    let before = files(&there);
    let app = App::open_read_only(settings(&copy)).await.unwrap();
    let report = verify::run_deep(&app).await.unwrap();
    assert!(report.whole && report.events == events, "{report:?}");
    app.close().await;
    assert_eq!(files(&there), before);
}

#[tokio::test]
async fn an_inspector_needs_no_key_and_makes_none() {
    let o = worked().await;
    o.app.close().await;
    let key = o.folder.path().join("data").join("office.key");
    std::fs::remove_file(&key).unwrap();
    let app = App::open_read_only(settings(&o.folder)).await.unwrap();
    assert!(verify::run_deep(&app).await.unwrap().whole && !key.exists());
}

#[tokio::test]
async fn an_older_record_is_not_upgraded_by_looking() {
    let o = worked().await;
    o.app.close().await;
    let pool = SqlitePool::connect(&format!("sqlite://{}", o.folder.path().join("data/luytre.db").display())).await.unwrap();
    sqlx::query("update setting set value = '0' where name = 'projections'").execute(&pool).await.unwrap();
    let opened = App::open_read_only(settings(&o.folder)).await;
    assert!(matches!(opened, Err(app::Error::Store(store::Error::TooOld { .. }))), "{opened:?}");
    sqlx::query("delete from migration where version = (select max(version) from migration)").execute(&pool).await.unwrap();
    let opened = App::open_read_only(settings(&o.folder)).await;
    assert!(matches!(opened, Err(app::Error::Store(store::Error::TooOld { .. }))), "{opened:?}");
}
