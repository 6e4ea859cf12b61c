//! The versions of the database: bringing it up, and the copy that is kept beside a SQLite file before that.
//!
//! Not here: the projections' own version, which is raised without any migration ([`crate::projection`]).
//!
//! ```text
//! if migrate::version(&mut tx).await? < migrate::known() { migrate::migrate(&mut tx, migrate::known()).await?; }
//! ```

use crate::{Db, Error, Result, Tx, blob};
use std::path::{Path, PathBuf};

/// (version, SQL for SQLite, SQL for PostgreSQL): never edited after a release. They differ only for full-text search.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, include_str!("../migrations/0001_ledger_and_private.sql"), include_str!("../migrations/0001_ledger_and_private.sql")),
    (2, include_str!("../migrations/0002_projections.sql"), include_str!("../migrations/0002_projections.sql")),
    (3, include_str!("../migrations/0003_search_sqlite.sql"), include_str!("../migrations/0003_search_postgres.sql")),
    (4, include_str!("../migrations/0004_access.sql"), include_str!("../migrations/0004_access.sql")),
    (5, include_str!("../migrations/0005_token.sql"), include_str!("../migrations/0005_token.sql")),
    (6, include_str!("../migrations/0006_mail_and_plans.sql"), include_str!("../migrations/0006_mail_and_plans.sql")),
    (7, include_str!("../migrations/0007_factor_policy.sql"), include_str!("../migrations/0007_factor_policy.sql")),
    (8, include_str!("../migrations/0008_passkey.sql"), include_str!("../migrations/0008_passkey.sql")),
    (9, include_str!("../migrations/0009_mark_by_kind.sql"), include_str!("../migrations/0009_mark_by_kind.sql")),
    (10, include_str!("../migrations/0010_search_words_sqlite.sql"), include_str!("../migrations/0010_search_words_postgres.sql")),
    (11, include_str!("../migrations/0011_drill.sql"), include_str!("../migrations/0011_drill.sql")),
    (12, include_str!("../migrations/0012_case_code.sql"), include_str!("../migrations/0012_case_code.sql")),
    (13, include_str!("../migrations/0013_quiz.sql"), include_str!("../migrations/0013_quiz.sql")),
    (14, include_str!("../migrations/0014_scam_pack.sql"), include_str!("../migrations/0014_scam_pack.sql")),
];

/// How many copies made before a migration stay beside the file.
const COPIES: usize = 2;

/// The newest version that this program knows.
pub fn known() -> i64 {
    MIGRATIONS.last().map_or(0, |(version, ..)| *version)
}

/// The version that the database has; 0 when this program never made anything in it.
pub async fn version(tx: &mut Tx) -> Result<i64> {
    // Each keeps the list of its tables under a name of its own.
    let made: bool = match tx {
        Tx::Sqlite(t) => sqlx::query_scalar("select count(*) > 0 from sqlite_master where name = 'migration'").fetch_one(&mut **t).await?,
        Tx::Postgres(t) => sqlx::query_scalar("select to_regclass('migration') is not null").fetch_one(&mut **t).await?,
    };
    if !made {
        return Ok(0);
    }
    Ok(on!(tx, c => sqlx::query_scalar("select coalesce(max(version), 0) from migration").fetch_one(c).await?))
}

/// Brings the database to a version, [`known`] or an older one; an error when it is newer than this program.
pub async fn migrate(tx: &mut Tx, up_to: i64) -> Result<()> {
    if let Tx::Postgres(t) = tx {
        // Two programs may start at once; `if not exists` alone lets both try. The number is only a name.
        sqlx::query("select pg_advisory_xact_lock(5717)").execute(&mut **t).await?;
    }
    let make = "create table if not exists migration (version bigint primary key)";
    on!(tx, c => { sqlx::raw_sql(make).execute(c).await?; });
    let found = version(tx).await?;
    if found > known() {
        return Err(Error::TooNew { found, known: known() });
    }
    for (version, sqlite, postgres) in MIGRATIONS.iter().filter(|(version, ..)| (found + 1..=up_to).contains(version)) {
        match tx {
            Tx::Sqlite(t) => sqlx::raw_sql(*sqlite).execute(&mut **t).await.map(|_| ())?,
            Tx::Postgres(t) => sqlx::raw_sql(*postgres).execute(&mut **t).await.map(|_| ())?,
        }
        on!(tx, c => { sqlx::query("insert into migration (version) values ($1)").bind(*version).execute(c).await?; });
    }
    Ok(())
}

/// How a copy is called that is being written: one that is left was killed on the way.
pub const COPYING: &str = ".copying-";

/// Before a migration changes an existing file, keeps a copy of it as `NAME.before-N`, N the first version to come.
///
/// A migration is one transaction, so a crash does no harm; the copy is for a migration that was wrong. Only SQLite:
/// whoever runs a PostgreSQL server keeps copies of it there.
pub(crate) async fn keep_copy(db: &Db, path: &Path) -> Result<()> {
    let Db::Sqlite { writer, .. } = db else { return Ok(()) };
    let found = version(&mut db.read().await?).await?;
    if found == 0 || found >= known() {
        return Ok(());
    }
    let io = |source| Error::Io { path: path.to_owned(), source };
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // For its owner alone, as a temporary file is; SQLite writes into a file that is there and empty.
    let copy = tempfile::Builder::new().prefix(COPYING).tempfile_in(folder).map_err(io)?;
    sqlx::query("vacuum into $1").bind(copy.path().to_string_lossy().into_owned()).execute(writer).await?;
    copy.as_file().sync_all().map_err(io)?;
    let kept = before(path, found + 1);
    copy.persist(&kept).map_err(|e| Error::Io { path: kept, source: e.error })?;
    blob::sync_folder(folder)?;
    let mut copies: Vec<PathBuf> = (1..=known()).map(|version| before(path, version)).filter(|copy| copy.is_file()).collect();
    copies.truncate(copies.len().saturating_sub(COPIES));
    for old in copies {
        std::fs::remove_file(&old).map_err(|source| Error::Io { path: old, source })?;
    }
    Ok(())
}

fn before(path: &Path, version: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{version}"));
    name.into()
}
