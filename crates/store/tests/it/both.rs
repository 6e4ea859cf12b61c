//! Runs one test body on SQLite and, when `TEST_POSTGRES_URL` is set, on PostgreSQL in a schema of its own.

use programme::chain::Key;
use programme::event::{LedgerOpened, Payload};
use programme::ids::{PersonId, UnitId};
use programme::model::*;
use programme::moment::Moment;
use store::ledger::{Append, append};
use store::{Db, Tx};
use tempfile::TempDir;

/// A database for one test; the folder goes when it is dropped.
pub(crate) struct Open {
    pub(crate) db: Db,
    pub(crate) name: &'static str,
    pub(crate) folder: TempDir,
}

/// The databases to test on, each empty.
pub(crate) async fn databases() -> Vec<Open> {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Db::sqlite(&folder.path().join("test.db")).await.unwrap();
    let mut open = vec![Open { db: sqlite, name: "sqlite", folder }];
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => {
            let folder = tempfile::tempdir().unwrap();
            let schema = schema(&folder);
            let admin = Db::postgres(&url).await.unwrap();
            raw(&admin, &schema, "drop schema if exists SCHEMA cascade; create schema SCHEMA").await;
            admin.close().await;
            let db = Db::postgres_in(&url, Some(&schema)).await.unwrap();
            open.push(Open { db, name: "postgres", folder });
        }
        Err(_) => eprintln!("TEST_POSTGRES_URL is not set: this test ran on SQLite only"),
    }
    open
}

fn schema(folder: &TempDir) -> String {
    let name = folder.path().file_name().unwrap().to_string_lossy().to_lowercase();
    format!("test_{}", name.trim_start_matches('.').replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
}

async fn raw(db: &Db, schema: &str, sql: &str) {
    let Db::Postgres { writers: pool, .. } = db else { return };
    for statement in sql.split(';') {
        let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new("");
        query.push(statement.replace("SCHEMA", schema));
        query.build().execute(pool).await.unwrap();
    }
}

impl Open {
    /// Closes the database and, on PostgreSQL, drops its schema.
    pub(crate) async fn close(self) {
        if let Db::Postgres { .. } = &self.db {
            raw(&self.db, &schema(&self.folder), "drop schema SCHEMA cascade").await;
        }
        self.db.close().await;
    }
}

/// Runs the body in one writing transaction on each database and commits it.
pub(crate) async fn both(body: impl AsyncFn(&mut Tx)) {
    for open in databases().await {
        let mut tx = open.db.write().await.unwrap();
        body(&mut tx).await;
        tx.commit().await.unwrap();
        open.close().await;
    }
}

pub(crate) fn unit(id: &str) -> UnitId {
    id.parse().unwrap()
}

pub(crate) fn person(id: &str) -> PersonId {
    id.parse().unwrap()
}

pub(crate) fn at(minute: u32) -> Moment {
    format!("2026-06-05T{:02}:{:02}:00.000Z", minute / 60, minute % 60).parse().unwrap()
}

/// A key that depends on the office's name only.
pub(crate) fn key(office: &str) -> Key {
    Key::from_seed(&Digest::of(office.as_bytes()).0)
}

pub(crate) fn opened(office: &str) -> Payload {
    Payload::LedgerOpened(LedgerOpened { public_key: key(office).public(), previous: None, lost: None })
}

pub(crate) fn unit_added(id: &str, parent: &str, name: &str) -> Payload {
    Payload::UnitAdded(Unit {
        id: unit(id),
        parent: Some(unit(parent)),
        kind: UnitKind::PartyCell,
        code: None,
        name: name.to_owned(),
        valid_from: "2025-07-01".parse().unwrap(),
        valid_to: None,
    })
}

pub(crate) fn task(id: &str) -> programme::ids::TaskKey {
    format!("o1.{id}.2026-Q2").parse().unwrap()
}

pub(crate) fn task_assigned(id: &str) -> Payload {
    let due = Some("2026-06-30".parse().unwrap());
    Payload::TaskAssigned(Task { key: task(id), letter: "l1".parse().unwrap(), due, parent: None, cooperating: Vec::new() })
}

/// Appends as the office, relying on what `relies` says.
pub(crate) async fn say(tx: &mut Tx, office: &str, minute: u32, payloads: Vec<Payload>) {
    let (office_id, actor, key) = (unit(office), person("p1"), key(office));
    let append_as = Append { office: &office_id, actor: &actor, now: at(minute), relies: Vec::new(), key: &key };
    append(tx, append_as, payloads).await.unwrap();
}
