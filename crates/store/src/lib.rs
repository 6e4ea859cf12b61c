//! SQL on SQLite and PostgreSQL: ledger, projections, private tables, blobs.
//!
//! Every function takes `&mut Tx`; one use case is one transaction, opened and committed in `app`.
//! Appending events updates the projections in the same transaction. Nothing else writes facts.
//! Not here: decisions (`programme`), words, clock, randomness.
//!
//! ```text
//! let mut tx = db.write().await?;
//! ledger::lock(&mut tx, &office).await?;
//! let task = task::get(&mut tx, &key).await?;
//! ledger::append(&mut tx, &office, &by, now, payloads, &key).await?;
//! tx.commit().await?;
//! ```

#[macro_use]
mod db;

pub mod access;
pub mod blob;
pub mod case_code;
pub mod content;
pub mod credential;
pub mod drill;
pub mod import;
pub mod ledger;
pub mod mail;
pub mod migrate;
pub mod passkey;
pub mod person;
pub mod plan;
pub mod portable;
mod private;
pub mod projection;
pub mod quiz;
pub mod scam_issuer;
pub mod search;
pub mod session;
pub mod setting;
pub mod things;
pub mod token;
mod trouble;
pub mod verify;

pub use db::{Db, Tx};
pub use things::{activity, asset, cases, evidence, exception, letter, obligation, returns, role_grant, task, unit};
pub use trouble::Trouble;

use std::path::PathBuf;

/// What went wrong, and where.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    /// A stored row does not hold what this program wrote.
    #[error("table {table}, row {id}: {what}")]
    Damaged { table: &'static str, id: String, what: String },
    /// A private text is not what was kept: altered in the database, or cut short.
    #[error("the text of content {content} is damaged")]
    TextDamaged { content: programme::ids::ContentId },
    #[error(transparent)]
    NotCanonical(#[from] programme::chain::NotCanonical),
    #[error("unknown database address: {0}")]
    UnknownDatabase(String),
    /// The database was written by a newer program.
    #[error("the database has version {found}, this program knows {known}")]
    TooNew { found: i64, known: i64 },
    /// The database was written by an older program, and it was opened for reading only.
    #[error("the database has the older version {found}, this program needs {known}")]
    TooOld { found: i64, known: i64 },
    /// The latest changes lie in the log beside a SQLite file, and where it lies nothing can be written, which reading them
    /// takes. A copy of both files in a folder that can be written opens.
    #[error("{path}: changes lie in the log beside it, which can only be read where something can be written")]
    LogBeside { path: PathBuf },
}

pub type Result<T> = std::result::Result<T, Error>;
