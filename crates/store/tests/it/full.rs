//! A full disk: whoever writes is told so, nothing half-written stays, and the same write works once there is room.

use store::{Db, Trouble, person};

async fn pages(db: &Db, most: u32) {
    let Db::Sqlite { writer, .. } = db else { panic!("SQLite") };
    // As a disk that cannot grow: SQLite says the same in both cases (SQLITE_FULL). The number holds for one connection.
    sqlx::query(sqlx::AssertSqlSafe(format!("pragma max_page_count = {most}"))).fetch_all(writer).await.unwrap();
}

async fn write(db: &Db, name: &str) -> store::Result<()> {
    let mut tx = db.write().await?;
    for n in 0..50 {
        person::put(&mut tx, &format!("{name}-{n}").parse().unwrap(), &"Nguyễn Thị Hạnh ".repeat(100)).await?;
    }
    tx.commit().await
}

#[tokio::test]
async fn the_only_writer_outlives_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::sqlite(&folder.path().join("luytre.db")).await.unwrap();
    write(&db, "a").await.unwrap();
    pages(&db, 1).await;
    for _ in 0..3 {
        let refused = write(&db, "b").await.unwrap_err();
        assert_eq!(refused.trouble(), Some(Trouble::Full), "{refused}");
        assert_eq!(person::names(&mut db.read().await.unwrap()).await.unwrap().len(), 50, "nothing half-written");
        // A connection that was given up for a new one knows nothing of the limit.
        pages(&db, 1).await;
    }
    pages(&db, 1_000_000).await;
    write(&db, "b").await.unwrap();
    assert_eq!(person::names(&mut db.read().await.unwrap()).await.unwrap().len(), 100);
}

#[tokio::test]
async fn what_is_committed_is_on_the_disk_and_not_only_with_the_system() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::sqlite(&folder.path().join("luytre.db")).await.unwrap();
    let Db::Sqlite { writer, .. } = &db else { panic!("SQLite") };
    let journal: String = sqlx::query_scalar("pragma journal_mode").fetch_one(writer).await.unwrap();
    let synchronous: i64 = sqlx::query_scalar("pragma synchronous").fetch_one(writer).await.unwrap();
    // FULL: in the mode WAL every commit waits for its fsync; NORMAL would lose the last ones with the power.
    assert_eq!((journal.as_str(), synchronous), ("wal", 2));
}
