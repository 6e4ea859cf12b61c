//! A flipped byte in an event, a blob, a private text or a signature is found and named.

use crate::office::{Office, office};
use app::evidence::EvidenceUpload;
use app::verify::Damage;
use app::{letters, returns, tasks};
use programme::ids::ContentId;
use programme::model::*;
use programme::period::Period;
use sqlx::SqlitePool;
use std::path::PathBuf;

pub(crate) async fn worked() -> (Office, SqlitePool) {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let upload = EvidenceUpload {
        name: "bien-ban.txt".to_owned(),
        bytes: b"bien ban".to_vec(),
        observed_on: None,
        expires: None,
        note: Some("ghi".to_owned()),
    };
    app::evidence::attach_file(&o.app, &o.clerk, &key, upload).await.unwrap();
    let new = returns::NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Once, letter: None };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let digest = returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap().digest;
    returns::approve(&o.app, &o.clerk, &id, &digest).await.unwrap();
    returns::seal(&o.app, &o.clerk, &id).await.unwrap();
    assert_eq!(damage(&o).await, []);
    let path = o.folder.path().join("data").join("luytre.db");
    let pool = SqlitePool::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    (o, pool)
}

async fn damage(o: &Office) -> Vec<Damage> {
    app::verify::run(&o.app).await.unwrap().damage
}

async fn sql(pool: &SqlitePool, statement: &'static str) {
    assert!(sqlx::query(statement).execute(pool).await.unwrap().rows_affected() > 0, "{statement}");
}

fn blobs(o: &Office) -> Vec<PathBuf> {
    let folder = o.folder.path().join("data").join("blobs");
    let folders = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    let mut files: Vec<PathBuf> =
        folders.flat_map(|f| std::fs::read_dir(f).unwrap().map(|f| f.unwrap().path()).collect::<Vec<_>>()).collect();
    files.sort();
    files
}

#[tokio::test]
async fn every_event_is_guarded() {
    let (o, pool) = worked().await;
    let bodies: Vec<(i64, String)> = sqlx::query_as("select seq, body from event order by seq").fetch_all(&pool).await.unwrap();
    for (seq, body) in bodies {
        let mut bytes = body.clone().into_bytes();
        // A byte somewhere inside, another one for every event.
        let at = usize::try_from(seq).unwrap() * 37 % bytes.len();
        bytes[at] ^= 1;
        let flipped = String::from_utf8_lossy(&bytes).into_owned();
        sqlx::query("update event set body = $1 where seq = $2").bind(flipped).bind(seq).execute(&pool).await.unwrap();
        let found = damage(&o).await;
        let named = |d: &Damage| matches!(d, Damage::EventChanged { seq: s, .. } if *s == seq as u64);
        assert!(found.iter().any(named), "event {seq}: {found:?}");
        sqlx::query("update event set body = $1 where seq = $2").bind(body).bind(seq).execute(&pool).await.unwrap();
    }
    assert_eq!(damage(&o).await, []);
    sql(&pool, "delete from event where seq = 7").await;
    assert!(matches!(damage(&o).await[..], [Damage::EventsMissing { from: 7, to: 7, .. }, ..]));
}

#[tokio::test]
async fn blobs_are_guarded() {
    let (o, _) = worked().await;
    for path in blobs(&o) {
        let bytes = std::fs::read(&path).unwrap();
        let mut flipped = bytes.clone();
        flipped[0] ^= 1;
        std::fs::write(&path, flipped).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(matches!(&damage(&o).await[..], [Damage::BlobChanged { sha256, .. }] if *sha256 == name));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(&damage(&o).await[..], [Damage::BlobMissing { sha256, .. }] if *sha256 == name));
        std::fs::write(&path, bytes).unwrap();
    }
    assert_eq!(damage(&o).await, []);
}

#[tokio::test]
async fn private_texts_are_guarded() {
    let (o, pool) = worked().await;
    sql(&pool, "update content set body = body || ' ' where body = 'ghi'").await;
    assert!(matches!(damage(&o).await[..], [Damage::ContentChanged { .. }]));
    sql(&pool, "update content set salt = null, body = null, erased_basis = 'law_91_2025' where body = 'ghi '").await;
    assert!(
        matches!(damage(&o).await[..], [Damage::ContentMissing { .. }]),
        "gone by law, says the row, and the ledger knows nothing of it"
    );
    sql(&pool, "delete from content where erased_basis is not null").await;
    assert!(matches!(damage(&o).await[..], [Damage::ContentMissing { .. }]));
}

#[tokio::test]
async fn signatures_are_guarded() {
    let (o, pool) = worked().await;
    let flip = "update head set signature = (case substr(signature, 1, 1) when '0' then '1' else '0' end) || substr(signature, 2)";
    sql(&pool, flip).await;
    assert!(matches!(damage(&o).await[..], [Damage::SignatureWrong { .. }]));

    // A seal stands in an event: whoever changes it and repairs the hash breaks the chain's end and the seal itself.
    let (o, pool) = worked().await;
    let (seq, body): (i64, String) =
        sqlx::query_as("select seq, body from event where kind = 'return_sealed/1'").fetch_one(&pool).await.unwrap();
    let at = body.find(r#""signature":""#).unwrap() + 13;
    let digit = if &body[at..=at] == "0" { "1" } else { "0" };
    let body = format!("{}{digit}{}", &body[..at], &body[at + 1..]);
    let hash = Digest::of(body.as_bytes()).to_string();
    sqlx::query("update event set body = $1, hash = $2 where seq = $3").bind(body).bind(hash).bind(seq).execute(&pool).await.unwrap();
    let found = damage(&o).await;
    assert!(found.iter().any(|d| matches!(d, Damage::ReturnSignatureWrong { .. })), "{found:?}");
    assert!(found.iter().any(|d| matches!(d, Damage::HeadWrong { .. })), "{found:?}");
}

#[tokio::test]
async fn orphans_of_a_crash_are_swept_at_start() {
    let (o, pool) = worked().await;
    pool.close().await;
    let n = blobs(&o).len();
    let stray = o.folder.path().join("data").join("blobs").join("ab");
    std::fs::create_dir_all(&stray).unwrap();
    std::fs::write(stray.join("ab00"), "half").unwrap();
    // Somebody still uses the folder: what looks like an orphan may be on its way into the record.
    let beside = app::App::open(crate::office::settings(&o.folder)).await.unwrap();
    assert_eq!(blobs(&o).len(), n + 1);
    beside.close().await;
    drop(beside);
    let Office { app, folder, clerk } = o;
    app.close().await;
    drop(app);
    let again = app::App::open(crate::office::settings(&folder)).await.unwrap();
    let o = Office { app: again, folder, clerk };
    assert_eq!(blobs(&o).len(), n);
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

async fn deep(o: &Office) -> Vec<Damage> {
    app::verify::run_deep(&o.app).await.unwrap().damage
}

#[tokio::test]
async fn what_pages_read_is_guarded_too() {
    let (o, pool) = worked().await;
    assert_eq!(deep(&o).await, []);
    sql(&pool, "update mark set kind = 'accepted', by_person = 'x' where of_kind = 'return' and kind = 'sealed'").await;
    assert_eq!(deep(&o).await, [Damage::ProjectionsChanged]);
    app::verify::rebuild(&o.app).await.unwrap();
    assert_eq!(deep(&o).await, [], "replayed from the events");
    sql(&pool, "update event set actor = 'x' where seq = 3").await;
    assert!(matches!(damage(&o).await[..], [Damage::IndexChanged { seq: 3, .. }]));
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_named_and_the_others_are_walked() {
    let (o, pool) = worked().await;
    let whole = app::verify::run_deep(&o.app).await.unwrap();
    sql(&pool, "update event set body = replace(body, 'task_assigned', 'tasx_assigned') where kind = 'task_assigned/1'").await;
    let seq: i64 = sqlx::query_scalar("select min(seq) from event where kind = 'task_assigned/1'").fetch_one(&pool).await.unwrap();
    sql(&pool, "delete from content where body = 'ghi'").await;
    let report = app::verify::run_deep(&o.app).await.unwrap();
    assert!(matches!(report.damage[0], Damage::EventChanged { seq: s, .. } if s == seq as u64), "{:?}", report.damage);
    assert!(report.damage.iter().any(|d| matches!(d, Damage::ContentMissing { .. })), "{:?}", report.damage);
    assert_eq!(report.events, whole.events);
}

#[tokio::test]
async fn a_table_that_is_gone_is_damage_and_no_failure() {
    let (o, pool) = worked().await;
    sqlx::query("drop table task").execute(&pool).await.unwrap();
    assert_eq!(deep(&o).await, [Damage::ProjectionsChanged]);
    // Also the daily check goes on, which does not ask the pages' tables.
    assert!(app::verify::check_daily(&o.app).await.unwrap().is_some_and(|checked| checked.whole));
}

#[tokio::test]
async fn a_ledger_that_is_gone_is_no_new_office() {
    let (o, pool) = worked().await;
    sql(&pool, "delete from head").await;
    let office = o.clerk.unit.clone();
    let last = app::verify::run(&o.app).await.unwrap().events;
    assert!(last > 5, "events are walked also where their head is gone");
    assert_eq!(damage(&o).await, [Damage::HeadMissing { office: office.clone(), seq: last }]);
    assert!(app::office::show(&o.app).await.is_err(), "no page for setting up");
    sql(&pool, "delete from event").await;
    assert!(damage(&o).await.contains(&Damage::LedgerMissing { office }));
    let files = blobs(&o);
    o.app.close().await;
    pool.close().await;
    for name in ["luytre.db", "luytre.db-wal", "luytre.db-shm"] {
        let _ = std::fs::remove_file(o.folder.path().join("data").join(name));
    }
    let opened = app::App::open(crate::office::settings(&o.folder)).await;
    assert!(matches!(opened, Err(app::Error::LedgerLost { .. })), "{opened:?}");
    assert_eq!(blobs(&o), files, "and its files stay");
    assert!(!o.folder.path().join("data").join("luytre.db").exists(), "no empty ledger in its place");
}

#[tokio::test]
async fn what_is_left_of_a_ledger_that_was_cut_off_is_told() {
    let (o, pool) = worked().await;
    let office = o.clerk.unit.clone();
    let whole = app::verify::check(&o.app).await.unwrap();
    assert_eq!(app::verify::run(&o.app).await.unwrap().fewer, None);
    sql(&pool, "delete from event where seq > 6").await;
    let cut = app::verify::run(&o.app).await.unwrap();
    assert!(cut.damage.contains(&Damage::EventsMissing { office: office.clone(), from: 7, to: whole.events }), "{:?}", cut.damage);
    sql(&pool, "delete from head").await;
    let headless = app::verify::run(&o.app).await.unwrap();
    assert_eq!((headless.events, headless.fewer), (6, Some((whole.at, whole.events))));
    assert!(headless.damage.contains(&Damage::HeadMissing { office, seq: 6 }), "{:?}", headless.damage);
    assert!(headless.unnamed > 0, "the words of the events that are gone are still there");
}

#[tokio::test]
async fn a_folder_in_the_place_of_a_file_is_damage_and_the_others_are_looked_at() {
    let (o, pool) = worked().await;
    let files = blobs(&o);
    std::fs::remove_file(&files[0]).unwrap();
    std::fs::create_dir(&files[0]).unwrap();
    std::fs::remove_file(&files[1]).unwrap();
    let found = damage(&o).await;
    assert!(matches!(found[..], [Damage::BlobMissing { .. }, Damage::BlobUnreadable { .. }]), "{found:?}");
    let content: String = sqlx::query_scalar("select id from content where sha256 = $1")
        .bind(files[0].file_name().unwrap().to_str().unwrap())
        .fetch_one(&pool)
        .await
        .unwrap();
    let read = app::evidence::download(&o.app, &content.parse().unwrap()).await;
    assert!(matches!(read, Err(app::Error::FileChanged { .. })), "{read:?}");
}

#[tokio::test]
async fn a_size_that_is_not_that_of_the_bytes_is_found() {
    let (o, pool) = worked().await;
    sql(&pool, "update content set size_bytes = size_bytes + 1 where body = 'ghi'").await;
    assert!(matches!(damage(&o).await[..], [Damage::SizeChanged { .. }]));
    sql(&pool, "update content set size_bytes = size_bytes - 1 where body = 'ghi'").await;
    sql(&pool, "update content set size_bytes = 0 where name = 'bien-ban.txt'").await;
    assert!(matches!(damage(&o).await[..], [Damage::SizeChanged { .. }]));
}

#[tokio::test]
async fn what_a_damaged_text_belongs_to_is_told_without_its_words() {
    let (o, pool) = worked().await;
    sql(&pool, "update content set body = 'x' where body = 'ghi' or body like '%subject%' or body like '%hội nghị%' or body like '{%họp%'")
        .await;
    let damaged: Vec<ContentId> = damage(&o)
        .await
        .into_iter()
        .map(|damage| match damage {
            Damage::ContentChanged { content } => content,
            other => panic!("{other:?}"),
        })
        .collect();
    // As the command line does: nothing is remembered from before the damage.
    let looking = app::App::open_read_only(crate::office::settings(&o.folder)).await.unwrap();
    let places = app::verify::places(&looking, &damaged.into_iter().collect()).await.unwrap();
    let told: Vec<String> = places
        .values()
        .map(|place| {
            let said = place.said.as_ref().unwrap();
            let about = said.about.clone().unwrap_or_default();
            let (tasks, letter) = (place.tasks.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), place.letter.as_ref());
            format!("{} {}: {about} | {:?} | {tasks:?} | {:?}", said.seq, said.kind, place.name, letter.map(|(_, title)| title))
        })
        .collect();
    expect_test::expect![[r#"
        23 letter: 12-CV/ĐU | Some("cong-van.txt") | [] | Some("12-CV/ĐU")
        24 obligation: 12-CV/ĐU | None | [] | Some("12-CV/ĐU")
        27 evidence: Chi bộ thôn 1, 12-CV/ĐU | Some("bien-ban.txt") | ["Chi bộ thôn 1, 12-CV/ĐU"] | None"#]]
    .assert_eq(&told.join("\n"));
}

/// Whether the words lie in the database or its log, whatever page they are on.
fn lies(o: &Office, words: &str) -> bool {
    ["luytre.db", "luytre.db-wal"].iter().any(|name| {
        let bytes = std::fs::read(o.folder.path().join("data").join(name)).unwrap_or_default();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    })
}

#[tokio::test]
async fn what_was_erased_lies_in_no_free_page_and_not_in_the_log() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "Xuyenmocanlao họp", &[Need::Meeting])]).await;
    let gone = o.person("Quách Thị Dẻ Xuân", "Chi bộ thôn 1", &[Role::Officer]).await;
    let text = letters::show(&o.app, &letter).await.unwrap().unwrap();
    assert!(text.text.unwrap().contains("Xuyenmocanlao"));
    assert!(lies(&o, "Quách Thị Dẻ Xuân") && lies(&o, "Xuyenmocanlao") && lies(&o, "uyenmocanlao"));
    app::privacy::erase(&o.app, &o.clerk, &gone.person, "law_91_2025").await.unwrap();
    assert!(!lies(&o, "Quách Thị Dẻ Xuân"));
    let pool = SqlitePool::connect(&format!("sqlite://{}", o.folder.path().join("data").join("luytre.db").display())).await.unwrap();
    let texts: Vec<String> = sqlx::query_scalar("select id from content where body like '%uyenmocanlao%'").fetch_all(&pool).await.unwrap();
    pool.close().await;
    for text in texts {
        app::evidence::erase(&o.app, &o.clerk, &text.parse().unwrap(), "law_91_2025").await.unwrap();
    }
    assert!(!lies(&o, "uyenmocanlao"), "neither the letter's text nor the words that it was found by");
    assert!(app::verify::run_deep(&o.app).await.unwrap().whole);
}
