//! A backup comes back: whole, on either database, with a new epoch, while others go on working.

use crate::office::{Office, office_in, read_letter, settings, settings_at};
use app::backup::{self, Lock, Passphrase, Problem, Standing, Unlock, quietly};
use app::evidence::EvidenceUpload;
use app::letters::Upload;
use app::{App, Error, Settings, letters, people, tasks, verify};
use programme::event::Payload;
use programme::model::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

/// A pair of keys for tests: no passphrase, so no second of work.
pub(crate) const RECIPIENT: &str = "age1ug4le82ga3ngxxk55lqrzc3qz8z7ckcv8ec0q3v7fz9emewqpfxqc6j2jm";
pub(crate) const IDENTITY: &str = "# a key for tests\nAGE-SECRET-KEY-1F4JXD233UWNDHFH786RHRZDZLQ5AYQVM7TMV2UFQK4SVHZW8H0SQE7KAGA\n";

pub(crate) fn lock() -> Lock {
    Lock::Recipients(vec![RECIPIENT.to_owned()])
}

pub(crate) fn unlock() -> Unlock {
    Unlock::Identity(Passphrase::of(IDENTITY))
}

/// An office with a task, a file and a note.
/// A backup is written and read on other threads: its tests share a clock that all threads see and only ever counts up.
static NOW_MS: AtomicI64 = AtomicI64::new(1_780_650_000_000);

fn clock() -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(NOW_MS.fetch_add(1000, Ordering::Relaxed)).unwrap()
}

pub(crate) async fn worked() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { clock, ..settings(&folder) };
    let o = office_in(folder, settings, Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    for n in 0..3 {
        let bytes = format!("biên bản {n}").repeat(40_000 * n + 1).into_bytes();
        let upload =
            EvidenceUpload {
                name: format!("bien-ban-{n}.txt"), bytes, observed_on: None, expires: None, note: Some("ghi chú".to_owned())
            };
        app::evidence::attach_file(&o.app, &o.clerk, &key, upload).await.unwrap();
    }
    o
}

pub(crate) fn problem<T>(result: &app::Result<T>) -> Option<Problem> {
    match result {
        Err(Error::Backup(problem)) => Some(*problem),
        _ => None,
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

async fn made(o: &Office) -> PathBuf {
    let file = o.folder.path().join("sao-luu.luytre");
    backup::make(&o.app, &file, lock(), quietly()).await.unwrap();
    file
}

#[tokio::test]
async fn what_was_there_comes_back_and_the_office_goes_on() {
    let o = worked().await;
    let file = o.folder.path().join("sao-luu.luytre");
    assert_eq!(backup::status(&o.app).await.unwrap(), backup::Status::default());
    for weak in ["ngắn quá", "123456789012", "aaaaaaaaaaaa", "matkhau12345"] {
        assert_eq!(problem(&Passphrase::strong(weak)), Some(Problem::WeakPassphrase), "{weak}");
    }
    let inside = o.folder.path().join("data").join("logs");
    std::fs::create_dir(&inside).unwrap();
    assert_eq!(problem(&backup::make(&o.app, &inside.join("a.luytre"), lock(), quietly()).await), Some(Problem::InsideData));
    std::fs::remove_dir(&inside).unwrap();
    let passphrase = "tre già măng mọc";
    let made = backup::make(&o.app, &file, Lock::Passphrase(Passphrase::strong(passphrase).unwrap()), quietly()).await.unwrap();
    assert_eq!((made.files, made.damaged_files, made.size_bytes), (4, 0, std::fs::metadata(&file).unwrap().len()));
    let kept = backup::status(&o.app).await.unwrap().backup.unwrap();
    assert_eq!((kept.at, kept.size_bytes, kept.result.as_str()), (made.at, made.size_bytes, "whole"));
    let before = verify::run(&o.app).await.unwrap();
    let tasks_before = tasks::list(&o.app, Default::default()).await.unwrap();
    o.app.close().await;

    let target = o.folder.path().join("moi").join("data");
    let again = Settings { data: target.clone(), ..settings(&o.folder) };
    // Typed on a keyboard that composes its letters in two strokes.
    let decomposed = Unlock::Passphrase(Passphrase::of("tre gia\u{300} ma\u{306}ng mo\u{323}c"));
    let back = backup::restore(again.clone(), &file, decomposed, Some(made.head.seq + 5), quietly()).await.unwrap();
    assert!(back.verify.whole, "{:?}", back.verify.damage);
    assert_eq!((back.office_name.as_str(), back.epoch, &back.head), ("Đảng ủy xã Tân Lũy", 2, &made.head));
    assert_eq!((back.verify.events, back.verify.blobs), (before.events, before.blobs));
    assert_eq!(names(target.parent().unwrap()), ["data"], "nothing else is left");
    #[cfg(unix)]
    for (path, mode) in [(target.clone(), 0o700), (target.join("office.key"), 0o600), (file.clone(), 0o600)] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
    }

    let app = App::open(again).await.unwrap();
    let first = people::first(&app).await.unwrap().unwrap();
    assert_eq!(first.name.as_deref(), Some("Trần Thị Mai"));
    assert_eq!(tasks::list(&app, Default::default()).await.unwrap(), tasks_before);
    let found = letters::list(&app, letters::LetterFilter { words: Some("an toàn thông tin".to_owned()), ..Default::default() }).await;
    assert_eq!(found.unwrap().len(), 1, "found by its words");
    let clerk = people::actor(&app, &first.id).await.unwrap().unwrap();
    let read = read_letter(&[("Chi bộ thôn 2", "báo cáo", &[Need::Meeting])]);
    let upload = Upload { name: "moi.txt".to_owned(), bytes: b"moi".to_vec() };
    letters::receive_read(&app, &clerk, upload, Direction::In, read).await.unwrap();
    let report = verify::run_deep(&app).await.unwrap();
    assert!(report.whole && report.events > before.events + 1, "{:?}", report.damage);
    assert_eq!(backup::status(&app).await.unwrap().backup.unwrap().at, made.at);
    let opened = epoch(&target).await;
    let Payload::LedgerOpened(opened) = opened else { panic!("the new epoch") };
    assert_eq!((opened.previous.as_ref(), opened.lost), (Some(&made.head), Some((made.head.seq + 1, made.head.seq + 5))));
}

/// The last event that opened an epoch.
async fn epoch(data: &Path) -> Payload {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", data.join("luytre.db").display())).await.unwrap();
    let body: String = sqlx::query_scalar("select body from event where kind = 'ledger_opened/1' order by seq desc limit 1")
        .fetch_one(&pool)
        .await
        .unwrap();
    programme::chain::read(&body).unwrap().event.payload
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_beside_the_work_holds_a_prefix() {
    let o = worked().await;
    let (app, clerk) = (o.app.clone(), o.clerk.clone());
    let work = tokio::spawn(async move {
        for n in 0..200 {
            let read = read_letter(&[("Chi bộ thôn 1", "họp", &[Need::Meeting])]);
            let upload = Upload { name: "cong-van.txt".to_owned(), bytes: format!("công văn {n}").into_bytes() };
            letters::receive_read(&app, &clerk, upload, Direction::In, read).await.unwrap();
        }
    });
    let mut seen = Vec::new();
    for n in 0..3 {
        let file = o.folder.path().join(format!("{n}.luytre"));
        let made = backup::make(&o.app, &file, lock(), quietly()).await.unwrap();
        seen.push((file, made));
    }
    work.await.unwrap();
    let all = bodies(&o.folder.path().join("data")).await;
    assert!(seen[0].1.events < all.len() as u64, "the work went on beside it");
    for (n, (file, made)) in seen.iter().enumerate() {
        let data = o.folder.path().join(format!("moi-{n}"));
        let back = backup::restore(Settings { data: data.clone(), ..settings(&o.folder) }, file, unlock(), None, quietly()).await.unwrap();
        assert!(back.verify.whole, "{:?}", back.verify.damage);
        let came = bodies(&data).await;
        let n_events = usize::try_from(made.events).unwrap();
        assert_eq!(came[..n_events], all[..n_events]);
        assert_eq!(came.len(), n_events + 1, "and the new epoch");
    }
}

async fn bodies(data: &Path) -> Vec<String> {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", data.join("luytre.db").display())).await.unwrap();
    sqlx::query_scalar("select body from event order by seq").fetch_all(&pool).await.unwrap()
}

#[tokio::test]
async fn a_drill_says_what_would_be_lost_and_leaves_nothing() {
    let o = worked().await;
    let file = made(&o).await;
    let data = o.folder.path().join("data");
    let before = names(&data);
    let same = backup::drill(&o.app, &file, unlock(), quietly()).await.unwrap();
    assert_eq!((same.standing, same.restored.verify.whole), (Standing::Same, true));
    let events = verify::run(&o.app).await.unwrap().events;
    o.letter(&[("Chi bộ thôn 1", "báo cáo", &[Need::Meeting])]).await;
    let behind = verify::run(&o.app).await.unwrap().events - events;
    NOW_MS.fetch_add(3 * 86_400_000, Ordering::Relaxed);
    let later = backup::drill(&o.app, &file, unlock(), quietly()).await.unwrap();
    assert_eq!(later.standing, Standing::Behind { events: behind });
    assert!((72..90).contains(&later.age_hours), "{}", later.age_hours);
    let other = worked().await;
    assert_eq!(problem(&backup::drill(&other.app, &file, unlock(), quietly()).await), Some(Problem::OtherOffice));
    let foreign = backup::status(&other.app).await.unwrap();
    assert_eq!((foreign.drill, foreign.drill_failed.map(|f| f.result)), (None, Some("other_office".to_owned())));
    assert_eq!(names(&data), before);
    let status = backup::status(&o.app).await.unwrap();
    assert_eq!(status.drill.map(|d| (d.at, d.result)), Some((later.at, "whole".to_owned())));
    let wrong = Unlock::Passphrase(Passphrase::of("không phải"));
    assert_eq!(problem(&backup::drill(&o.app, &file, wrong, quietly()).await), Some(Problem::NeedsIdentity));
    assert_eq!(backup::status(&o.app).await.unwrap().drill_failed.unwrap().result, "needs_identity");
    // The record in use was brought back from an older copy of the folder: it does not know the end of this backup.
    let newer = o.folder.path().join("newer.luytre");
    backup::make(&o.app, &newer, lock(), quietly()).await.unwrap();
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", data.join("luytre.db").display())).await.unwrap();
    sqlx::query("delete from event where seq = (select max(seq) from event)").execute(&pool).await.unwrap();
    pool.close().await;
    let apart = backup::drill(&o.app, &newer, unlock(), quietly()).await.unwrap();
    assert_eq!((apart.standing, apart.passed()), (Standing::Apart, false));
    let status = backup::status(&o.app).await.unwrap();
    assert_eq!((status.drill.map(|d| d.at), status.drill_failed.map(|f| f.result)), (Some(later.at), Some("apart".to_owned())));
    // One that was killed left everything in the clear: gone at the next start.
    std::fs::create_dir(data.join(".drill-x")).unwrap();
    let Office { app, folder, .. } = o;
    app.close().await;
    drop(app);
    App::open(settings(&folder)).await.unwrap();
    assert_eq!(names(&data).iter().filter(|n| n.starts_with(".drill")).count(), 0);
}

#[tokio::test]
async fn what_was_kept_on_one_database_comes_back_on_the_other() {
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else { return };
    let o = worked().await;
    let file = made(&o).await;
    let schema = format!("backup_{}", std::process::id());
    let admin = sqlx::PgPool::connect(&url).await.unwrap();
    for what in ["drop schema if exists ", "create schema "] {
        let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new(what);
        query.push(&schema).push(if what.starts_with("drop") { " cascade" } else { "" });
        query.build().execute(&admin).await.unwrap();
    }
    let address = format!("{url}?options[search_path]={schema}");
    let on_postgres = Settings { data: o.folder.path().join("pg"), database: Some(address), ..settings(&o.folder) };
    let broken = o.folder.path().join("cut.luytre");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&broken, &bytes[..bytes.len() - 100]).unwrap();
    assert_eq!(problem(&backup::restore(on_postgres.clone(), &broken, unlock(), None, quietly()).await), Some(Problem::Truncated));
    // The same empty database again: what was refused left nothing in it.
    let back = backup::restore(on_postgres.clone(), &file, unlock(), None, quietly()).await.unwrap();
    assert!(back.verify.whole && back.epoch == 2);
    let again = Settings { data: o.folder.path().join("pg-2"), ..on_postgres.clone() };
    assert_eq!(problem(&backup::restore(again, &file, unlock(), None, quietly()).await), Some(Problem::DatabaseNotEmpty));

    let app = App::open(on_postgres).await.unwrap();
    let first = people::first(&app).await.unwrap().unwrap();
    let clerk = people::actor(&app, &first.id).await.unwrap().unwrap();
    let read = read_letter(&[("Chi bộ thôn 2", "báo cáo", &[Need::Meeting])]);
    letters::receive_read(&app, &clerk, Upload { name: "a.txt".to_owned(), bytes: b"a".to_vec() }, Direction::In, read).await.unwrap();
    assert!(verify::run_deep(&app).await.unwrap().whole);
    let file = o.folder.path().join("tu-pg.luytre");
    let made = backup::make(&app, &file, lock(), quietly()).await.unwrap();
    let on_sqlite = Settings { data: o.folder.path().join("sqlite"), ..settings(&o.folder) };
    let back = backup::restore(on_sqlite.clone(), &file, unlock(), None, quietly()).await.unwrap();
    assert_eq!((back.verify.whole, back.epoch, back.head), (true, 3, made.head));
    let tasks_there = tasks::list(&app, Default::default()).await.unwrap();
    let home = App::open(on_sqlite).await.unwrap();
    assert_eq!(tasks::list(&home, Default::default()).await.unwrap(), tasks_there);
    app.close().await;
    let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new("drop schema ");
    query.push(&schema).push(" cascade");
    query.build().execute(&admin).await.unwrap();
}

#[tokio::test]
async fn damage_of_before_is_told_and_what_is_left_comes_back() {
    let o = worked().await;
    let data = o.folder.path().join("data");
    let blob = std::fs::read_dir(data.join("blobs")).unwrap().flat_map(|f| std::fs::read_dir(f.unwrap().path()).unwrap()).next();
    std::fs::write(blob.unwrap().unwrap().path(), "rotten").unwrap();
    let file = o.folder.path().join("sao-luu.luytre");
    let made = backup::make(&o.app, &file, lock(), quietly()).await.unwrap();
    assert_eq!(made.damaged_files, 1);
    let target = Settings { data: o.folder.path().join("moi"), ..settings(&o.folder) };
    let back = backup::restore(target, &file, unlock(), None, quietly()).await.unwrap();
    assert!(matches!(back.verify.damage[..], [verify::Damage::BlobChanged { .. }]));
}

const FOLDER: &str = "LUYTRE_BACKUP_FOLDER";

/// The child's part of the next test; does nothing in a normal run of the tests.
#[tokio::test]
async fn making() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let app = App::open(settings_at(&folder.join("data"))).await.unwrap();
    for n in 0.. {
        backup::make(&app, &folder.join(format!("{n}.luytre")), lock(), quietly()).await.unwrap();
    }
}

#[tokio::test]
async fn a_kill_leaves_no_half_file_under_a_name() {
    let o = worked().await;
    o.app.close().await;
    let mut n_whole = 0;
    for round in 0..6_u64 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "backup::making", "--nocapture", "--test-threads=1"])
            .env(FOLDER, o.folder.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // From before the first is begun to well into a later one, however slow the machine is.
        let finished = || names(o.folder.path()).iter().filter(|n| n.ends_with(".luytre")).count() as u64;
        let started = std::time::Instant::now();
        while finished() < round / 2 && started.elapsed().as_secs() < 30 {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::thread::sleep(std::time::Duration::from_millis(7 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        for name in names(o.folder.path()).into_iter().filter(|n| n.ends_with(".luytre")) {
            let file = o.folder.path().join(name);
            let target = Settings { data: o.folder.path().join("thu"), ..settings(&o.folder) };
            assert!(backup::restore(target, &file, unlock(), None, quietly()).await.unwrap().verify.whole);
            std::fs::remove_dir_all(o.folder.path().join("thu")).unwrap();
            std::fs::remove_file(file).unwrap();
            n_whole += 1;
        }
    }
    assert!(n_whole > 0, "the child never finished one");
}
