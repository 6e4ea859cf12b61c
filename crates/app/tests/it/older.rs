//! The data folder of an older program is opened by today's: brought up, replayed, whole, and it goes on.
//!
//! `fixtures/folder-3` was written with tables of version 3 (the fictional commune of the other tests: a letter, a task,
//! evidence, a sealed report). Never written again: whoever changes the tables adds a folder of the version before.

use crate::office::{Office, read_letter, settings_at};
use app::letters::Upload;
use app::{App, letters, people, tasks, verify};
use programme::model::*;
use std::path::Path;
use tempfile::TempDir;

const WRITE: &str = "LUYTRE_WRITE_FIXTURE";

/// Writes a fixture into the folder that the environment names; does nothing in a normal run of the tests.
#[tokio::test]
async fn writing() {
    let Ok(into) = std::env::var(WRITE) else { return };
    let (Office { app, folder, .. }, pool) = crate::damage::worked().await;
    // Small pages, for a small fixture.
    for statement in ["pragma journal_mode = delete", "pragma page_size = 1024", "vacuum"] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;
    app.close().await;
    drop(app);
    copy(&folder.path().join("data"), Path::new(&into));
}

fn copy(from: &Path, into: &Path) {
    std::fs::create_dir_all(into).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = into.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn fixture() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/folder-3"), &folder.path().join("data"));
    folder
}

/// Opens the folder, looks at all of it, and goes on.
async fn opened(folder: &TempDir) {
    // The system's own randomness: the fixture's ids were drawn as these tests draw theirs.
    let app = App::open(settings_at(&folder.path().join("data"))).await.unwrap();
    let report = verify::run_deep(&app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
    assert_eq!((report.offices, report.blobs), (1, 2));
    let first = people::first(&app).await.unwrap().unwrap();
    assert_eq!(first.name.as_deref(), Some("Trần Thị Mai"));
    assert_eq!(tasks::list(&app, Default::default()).await.unwrap().len(), 1);
    let clerk = people::actor(&app, &first.id).await.unwrap().unwrap();
    let upload = Upload { name: "moi.txt".to_owned(), bytes: b"moi".to_vec() };
    letters::receive_read(&app, &clerk, upload, Direction::In, read_letter(&[("Chi bộ thôn 2", "họp", &[])])).await.unwrap();
    let report = verify::run_deep(&app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
    app.close().await;
}

#[tokio::test]
async fn a_folder_of_version_3_is_opened_and_goes_on() {
    opened(&fixture()).await;
}

#[tokio::test]
async fn one_of_before_full_text_search_is_brought_up_with_a_copy_beside_it() {
    let folder = fixture();
    let data = folder.path().join("data");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", data.join("luytre.db").display())).await.unwrap();
    for undo in [
        "drop table search",
        "delete from migration where version >= 3",
        "update setting set value = '0' where name = 'projections'",
        "delete from task",
    ] {
        sqlx::query(undo).execute(&pool).await.unwrap();
    }
    pool.close().await;
    opened(&folder).await;
    let copy = data.join("luytre.db.before-3");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let version: i64 = sqlx::query_scalar("select max(version) from migration").fetch_one(&pool).await.unwrap();
    assert_eq!(version, 2, "as it was");
}
