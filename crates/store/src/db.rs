//! Two databases behind one `Tx`, and the migrations.
//!
//! SQLite: WAL, `synchronous=FULL`, foreign keys, one writer, read-only readers. PostgreSQL: plain transactions.
//! SQL is written once, in the portable subset; the compiler checks each body for both (`on!`).

use crate::{Error, Result};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

/// An open database. Cloning is cheap; all clones share the pools.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite { readers: SqlitePool, writer: SqlitePool },
    Postgres(PgPool),
}

/// One transaction; dropped without `commit`, it leaves nothing behind.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one body against whichever database is open; the compiler checks it for both.
macro_rules! on {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::Tx::Sqlite(t) => {
                let $conn = &mut **t;
                $body
            }
            $crate::Tx::Postgres(t) => {
                let $conn = &mut **t;
                $body
            }
        }
    };
}

/// (version, SQL for SQLite, SQL for PostgreSQL): never edited after a release. They differ only for full-text search.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, include_str!("../migrations/0001_ledger_and_private.sql"), include_str!("../migrations/0001_ledger_and_private.sql")),
    (2, include_str!("../migrations/0002_projections.sql"), include_str!("../migrations/0002_projections.sql")),
    (3, include_str!("../migrations/0003_search_sqlite.sql"), include_str!("../migrations/0003_search_postgres.sql")),
    (4, include_str!("../migrations/0004_access.sql"), include_str!("../migrations/0004_access.sql")),
];

impl Db {
    /// Opens (and makes, if need be) a SQLite file and brings it to the newest version.
    pub async fn sqlite(path: &Path) -> Result<Db> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a committed change survives a power cut, not only a crash of the program.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(30));
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let db = Db::Sqlite { readers: writer.clone(), writer: writer.clone() };
        db.migrate().await?;
        // `pragma query_only` rather than mode=ro: a reader must be able to make the shared-memory file of the WAL.
        let readers = SqlitePoolOptions::new().max_connections(4).connect_with(options.pragma("query_only", "on")).await?;
        Ok(Db::Sqlite { readers, writer })
    }

    /// Connects to PostgreSQL (`postgres://…`) and brings it to the newest version.
    pub async fn postgres(url: &str) -> Result<Db> {
        Db::postgres_in(url, None).await
    }

    /// As [`Db::postgres`], with all tables in one schema, which must exist.
    pub async fn postgres_in(url: &str, schema: Option<&str>) -> Result<Db> {
        let mut options = PgConnectOptions::from_str(url)?;
        if let Some(schema) = schema {
            options = options.options([("search_path", schema)]);
        }
        // Whether anybody answers at the address is known soon; later, under load, a free connection is worth a longer wait.
        PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(5)).connect_with(options.clone()).await?.close().await;
        let db = Db::Postgres(PgPoolOptions::new().max_connections(8).connect_with(options).await?);
        db.migrate().await?;
        Ok(db)
    }

    /// By address: `postgres://…` or `sqlite:PATH`.
    pub async fn open(url: &str) -> Result<Db> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Db::postgres(url).await;
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
        Db::sqlite(Path::new(path.ok_or_else(|| Error::UnknownDatabase(url.to_owned()))?)).await
    }

    /// A read-only transaction.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin_with("begin isolation level repeatable read read only").await?),
        })
    }

    /// A writing transaction; on SQLite writers queue here instead of failing midway.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("begin immediate").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Waits until every connection is closed.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    async fn migrate(&self) -> Result<()> {
        let mut tx = self.write().await?;
        if let Tx::Postgres(t) = &mut tx {
            // Two programs may start at once; `if not exists` alone lets both try. The number is only a name.
            sqlx::query("select pg_advisory_xact_lock(5717)").execute(&mut **t).await?;
        }
        let make = "create table if not exists migration (version bigint primary key)";
        on!(&mut tx, c => { sqlx::raw_sql(make).execute(c).await?; });
        let found: i64 = on!(&mut tx, c => sqlx::query_scalar("select coalesce(max(version), 0) from migration")
            .fetch_one(c).await?);
        let known = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
        if found > known {
            return Err(Error::TooNew { found, known });
        }
        for (version, sqlite, postgres) in MIGRATIONS.iter().filter(|(version, ..)| *version > found) {
            match &mut tx {
                Tx::Sqlite(t) => sqlx::raw_sql(*sqlite).execute(&mut **t).await.map(|_| ())?,
                Tx::Postgres(t) => sqlx::raw_sql(*postgres).execute(&mut **t).await.map(|_| ())?,
            }
            on!(&mut tx, c => { sqlx::query("insert into migration (version) values ($1)").bind(*version).execute(c).await?; });
        }
        tx.commit().await
    }
}

impl Tx {
    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(t) => t.commit().await?,
            Tx::Postgres(t) => t.commit().await?,
        }
        Ok(())
    }
}
