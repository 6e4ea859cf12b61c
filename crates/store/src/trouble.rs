//! What the machine refuses: a full disk, a folder that cannot be written, a database that somebody else holds.
//!
//! Nobody's mistake and no damage: the transaction left nothing behind, and the same command works once the machine lets
//! it. Here the many ways in which SQLite, PostgreSQL and the file system say so become one word.
//!
//! ```text
//! SQLite 13, PostgreSQL 53100, ENOSPC, EDQUOT, EFBIG  →  Full
//! ```

use crate::Error;
use std::io::ErrorKind;

/// Why the machine did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No room left on the disk.
    Full,
    /// The disk or the folder cannot be written.
    ReadOnly,
    /// Somebody else has held the database for too long.
    Busy,
    /// The database does not answer.
    Away,
    /// The disk reports an error of its own.
    Disk,
}

impl Trouble {
    /// Every kind there is: each has its words in the catalogues.
    pub const ALL: &'static [Trouble] = &[Trouble::Full, Trouble::ReadOnly, Trouble::Busy, Trouble::Away, Trouble::Disk];

    pub fn code(self) -> &'static str {
        match self {
            Trouble::Full => "full",
            Trouble::ReadOnly => "read_only",
            Trouble::Busy => "busy",
            Trouble::Away => "away",
            Trouble::Disk => "disk",
        }
    }

    /// What a failure of the file system is; `None` where it is about one file and not about the machine.
    pub fn of_io(error: &std::io::Error) -> Option<Trouble> {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge | ErrorKind::WriteZero => Some(Trouble::Full),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Some(Trouble::ReadOnly),
            ErrorKind::ResourceBusy => Some(Trouble::Busy),
            // EIO: std has no kind for it.
            _ if cfg!(unix) && error.raw_os_error() == Some(5) => Some(Trouble::Disk),
            _ => None,
        }
    }
}

impl Error {
    /// What the machine refused, if that is what went wrong.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Error::Database(error) => of_database(error),
            Error::Io { source, .. } => Trouble::of_io(source),
            _ => None,
        }
    }
}

fn of_database(error: &sqlx::Error) -> Option<Trouble> {
    match error {
        sqlx::Error::PoolTimedOut => Some(Trouble::Busy),
        sqlx::Error::Io(error) => Trouble::of_io(error).or(Some(Trouble::Away)),
        sqlx::Error::Database(error) => {
            let code = error.code()?;
            of_postgres(&code).or_else(|| of_sqlite(code.parse().ok()?))
        }
        _ => None,
    }
}

/// SQLSTATE, always five signs; the codes of SQLite are at most four:
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn of_postgres(code: &str) -> Option<Trouble> {
    match code {
        "53100" => Some(Trouble::Full),
        "25006" => Some(Trouble::ReadOnly),
        "53300" | "55P03" | "40001" | "40P01" => Some(Trouble::Busy),
        "57P01" | "57P02" | "57P03" => Some(Trouble::Away),
        "58030" => Some(Trouble::Disk),
        _ => None,
    }
}

/// <https://www.sqlite.org/rescode.html>: the low byte is the primary code, the whole an exact one.
fn of_sqlite(code: i64) -> Option<Trouble> {
    /// `SQLITE_IOERR_SHMSIZE`: the file that readers share cannot grow; SQLite knows no other word for a full disk there.
    const SHARED_MEMORY_SIZE: i64 = 4874;
    match (code, code & 0xFF) {
        (SHARED_MEMORY_SIZE, _) | (_, 13) => Some(Trouble::Full),
        (_, 5 | 6) => Some(Trouble::Busy),
        (_, 8 | 14) => Some(Trouble::ReadOnly),
        (_, 10) => Some(Trouble::Disk),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_told_from_the_program() {
        let io = |code| Trouble::of_io(&std::io::Error::from_raw_os_error(code));
        if cfg!(target_os = "linux") {
            // ENOSPC, EFBIG, EDQUOT; EROFS, EACCES; EIO; ENOENT.
            assert_eq!([28, 27, 122].map(io), [Some(Trouble::Full); 3]);
            assert_eq!([30, 13].map(io), [Some(Trouble::ReadOnly); 2]);
            assert_eq!([io(5), io(2)], [Some(Trouble::Disk), None]);
        }
        assert_eq!([13, 4874].map(of_sqlite), [Some(Trouble::Full); 2]);
        // A detail of "busy", one of "read-only", a write that failed, a constraint.
        assert_eq!([517, 1544, 778, 2067].map(of_sqlite), [Some(Trouble::Busy), Some(Trouble::ReadOnly), Some(Trouble::Disk), None]);
        assert_eq!(["53100", "55P03", "23505"].map(of_postgres), [Some(Trouble::Full), Some(Trouble::Busy), None]);
    }
}
