//! Two databases behind one `Tx`: opening them for work, for reading only, or as they are.
//!
//! SQLite: WAL, `synchronous=FULL`, foreign keys, one writer, read-only readers. PostgreSQL: plain transactions.
//! SQL is written once, in the portable subset; the compiler checks each body for both (`on!`).

use crate::{Error, Result, migrate, private, search};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::cmp::Ordering;
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

/// An open database. Cloning is cheap; all clones share the pools.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite {
        readers: SqlitePool,
        writer: SqlitePool,
    },
    /// Who writes may have to read beside it: with one pool for both, as many writers as there are connections would wait
    /// for one another for ever.
    Postgres {
        readers: PgPool,
        writers: PgPool,
    },
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

/// Of SQLite's own 2 MiB for each: four of them held what a page of the year's record needs once.
const READER_CACHE: &str = "-512";

impl Db {
    /// Opens (and makes, if need be) a SQLite file and brings it to the newest version.
    pub async fn sqlite(path: &Path) -> Result<Db> {
        let db = Db::sqlite_bare(path).await?;
        migrate::keep_copy(&db, path).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// As [`Db::sqlite`], at whatever version it is: nothing is migrated.
    pub async fn sqlite_bare(path: &Path) -> Result<Db> {
        private::database(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a committed change survives a power cut, not only a crash of the program.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten with zeros: words that were erased must not lie on in free pages.
            .pragma("secure_delete", "on")
            // For other programs at the same file; those of this one queue for the only writer.
            .busy_timeout(BUSY);
        let writer = pool(1).connect_with(options.clone()).await?;
        // `pragma query_only` rather than mode=ro: a reader must be able to make the shared-memory file of the WAL.
        // Each reader keeps pages of its own (KiB, as a negative number); the system keeps them once for all.
        let options = options.pragma("query_only", "on").pragma("cache_size", READER_CACHE);
        let readers = pool(4).connect_lazy_with(options);
        Ok(Db::Sqlite { readers, writer })
    }

    /// Opens a SQLite file for reading only; an error when it is missing or not of the newest version, [`Error::LogBeside`]
    /// when what was written last can only be read in a folder that can be written.
    pub async fn sqlite_read_only(path: &Path) -> Result<Db> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(Duration::from_secs(30));
        let readers = match readable(options.clone()).await {
            // Beside the file nothing can be made, which a reader of a WAL needs, and nobody else has made it: the disk is
            // read-only, or the folder another's. Then the file cannot change under our eyes, unless changes still lie in a WAL.
            Err(Error::Database(e)) if matches!(sqlite_code(&e), Some(CANNOT_OPEN | READ_ONLY)) && path.is_file() => {
                if has_wal(path) {
                    return Err(Error::LogBeside { path: path.to_owned() });
                }
                readable(options.immutable(true)).await?
            }
            other => other?,
        };
        let db = Db::Sqlite { readers: readers.clone(), writer: readers };
        db.check_version().await?;
        Ok(db)
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
        let db = connected(options).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// By address: `postgres://…` or `sqlite:PATH`.
    pub async fn open(url: &str) -> Result<Db> {
        if is_postgres(url) { Db::postgres(url).await } else { Db::sqlite(sqlite_path(url)?).await }
    }

    /// As [`Db::open`], at whatever version it is: nothing is migrated.
    pub async fn open_bare(url: &str) -> Result<Db> {
        if is_postgres(url) { connected(PgConnectOptions::from_str(url)?).await } else { Db::sqlite_bare(sqlite_path(url)?).await }
    }

    /// As [`Db::open`], for reading only; an error when it is not of the newest version.
    pub async fn open_read_only(url: &str) -> Result<Db> {
        if !is_postgres(url) {
            return Db::sqlite_read_only(sqlite_path(url)?).await;
        }
        let options = PgConnectOptions::from_str(url)?.options([("default_transaction_read_only", "on")]);
        let db = connected(options).await?;
        db.check_version().await?;
        Ok(db)
    }

    /// An empty database that goes with its last connection, of the newest version: for trying something out.
    /// It lies in memory and only spills into a file without a name.
    pub(crate) async fn scratch() -> Result<Db> {
        let options = SqliteConnectOptions::new().filename("");
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let db = Db::Sqlite { readers: writer.clone(), writer };
        db.migrate().await?;
        Ok(db)
    }

    /// A read-only transaction.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Db::Postgres { readers, .. } => {
                let begun = readers.begin_with("begin isolation level repeatable read read only").await;
                Tx::Postgres(begun.map_err(silent)?)
            }
        })
    }

    /// A writing transaction; on SQLite writers queue here instead of failing midway.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("begin immediate").await?),
            Db::Postgres { writers, .. } => Tx::Postgres(writers.begin().await.map_err(silent)?),
        })
    }

    /// After an erasure: takes what is committed out of the log beside a SQLite file, in which the words that were erased still
    /// lie, and empties it. False when a reader was in the way for too long; then the next checkpoint does it.
    pub async fn empty_log(&self) -> Result<bool> {
        let Db::Sqlite { writer, .. } = self else { return Ok(true) };
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(writer).await?;
        Ok(busy == 0)
    }

    /// Waits until every connection is closed.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Postgres { readers, writers } => {
                readers.close().await;
                writers.close().await;
            }
        }
    }

    async fn migrate(&self) -> Result<()> {
        let mut tx = self.write().await?;
        migrate::migrate(&mut tx, migrate::known()).await?;
        search::delete_for_good(&mut tx).await?;
        tx.commit().await
    }

    async fn check_version(&self) -> Result<()> {
        let (found, known) = (migrate::version(&mut self.read().await?).await?, migrate::known());
        match found.cmp(&known) {
            Ordering::Less => Err(Error::TooOld { found, known }),
            Ordering::Equal => Ok(()),
            Ordering::Greater => Err(Error::TooNew { found, known }),
        }
    }
}

/// SQLite's result codes `SQLITE_READONLY` and `SQLITE_CANTOPEN`.
const READ_ONLY: i64 = 8;
const CANNOT_OPEN: i64 = 14;
/// How long another program may hold the database before whoever waits is told.
const BUSY: Duration = Duration::from_secs(10);
/// How long PostgreSQL may say nothing before it counts as away: a connection is asked whether it lives before it is handed out.
const AWAY: Duration = Duration::from_secs(8);

/// A pool of SQLite connections, none of which is handed out in the middle of a transaction.
///
/// On a full disk SQLite rolls a transaction back by itself; the roll-back that follows then fails, and the connection
/// believes for ever that a transaction is open: the only writer would refuse everything until the program is started anew.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

fn sqlite_path(url: &str) -> Result<&Path> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
    Ok(Path::new(path.ok_or_else(|| Error::UnknownDatabase(url.to_owned()))?))
}

async fn connected(options: PgConnectOptions) -> Result<Db> {
    // Whether anybody answers at the address is known soon; later, under load, a free connection is worth a longer wait.
    PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(5)).connect_with(options.clone()).await?.close().await;
    let pool = || PgPoolOptions::new().max_connections(4).acquire_timeout(AWAY);
    Ok(Db::Postgres { readers: pool().connect_with(options.clone()).await?, writers: pool().connect_lazy_with(options) })
}

/// Where no connection of PostgreSQL comes in time, the server does not answer: nobody holds the database, as with SQLite.
fn silent(error: sqlx::Error) -> sqlx::Error {
    match error {
        sqlx::Error::PoolTimedOut => sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()),
        other => other,
    }
}

/// A pool whose first connection has read something: only then SQLite has looked at the file.
async fn readable(options: SqliteConnectOptions) -> Result<SqlitePool> {
    let pool = SqlitePoolOptions::new().max_connections(2).connect_with(options).await?;
    sqlx::query("select count(*) from sqlite_master").execute(&pool).await?;
    Ok(pool)
}

/// The primary result code; its low byte, the rest is a detail of it.
fn sqlite_code(error: &sqlx::Error) -> Option<i64> {
    let code: i64 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xFF)
}

fn has_wal(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    std::fs::metadata(wal).is_ok_and(|m| m.len() > 0)
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
