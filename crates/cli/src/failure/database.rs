//! What the database says, as a sentence that tells a clerk what to do.
//!
//! Only `store` knows the databases; here is nothing but the text of its errors, of which a few parts are fixed: SQLite's
//! result code (<https://www.sqlite.org/rescode.html>) and what the pool says. The text itself stays behind, in brackets.
//!
//! ```text
//! key("database: error returned from database: (code: 26) file is not a database") == "cli-database-damaged"
//! ```

/// Parts of messages and their sentences; the first that fits decides.
const MESSAGES: &[(&str, &str)] = &[
    ("unknown database address", "cli-database-address"),
    ("error with configuration", "cli-database-address"),
    ("the database has version", "cli-database-too-new"),
    // An empty file is a database of version 0.
    ("the database has the older version 0,", "cli-database-empty"),
    ("the database has the older version", "cli-database-too-old"),
    ("pool timed out", "cli-database-unreachable"),
    ("error communicating with database", "cli-database-unreachable"),
    // What stands in the tables is not what this program wrote: an event, a row, a table of PostgreSQL that is not there.
    ("the event has no canonical form", "cli-database-damaged"),
    (", row ", "cli-database-damaged"),
    ("relation \"", "cli-database-damaged"),
];

/// `SQLITE_IOERR_SHMSIZE`: the file that readers share cannot grow; SQLite knows no other word for a full disk there.
const SHARED_MEMORY_SIZE: u32 = 4874;

/// SQLite's primary result codes.
const SQLITE: &[(u32, &str)] = &[
    // An error in the words of SQL: the words are the same every day, so a table or a column is not there.
    (1, "cli-database-damaged"),
    (5, "cli-database-busy"),
    (8, "cli-database-read-only"),
    (10, "cli-database-disk"),
    (11, "cli-database-damaged"),
    (13, "cli-database-full"),
    (14, "cli-database-no-access"),
    (26, "cli-database-damaged"),
];

/// The key of the sentence for a message of the store.
pub(super) fn key(message: &str) -> &'static str {
    let by_text = MESSAGES.iter().find(|(part, _)| message.contains(part)).map(|(_, key)| *key);
    let by_code = || {
        // The low byte is the primary code, the rest a detail of it.
        let exact = sqlite_code(message)?;
        let primary = if exact == SHARED_MEMORY_SIZE { 13 } else { exact & 0xFF };
        SQLITE.iter().find(|(code, _)| *code == primary).map(|(_, key)| *key)
    };
    by_text.or_else(by_code).unwrap_or("cli-store")
}

/// The message without the list of everything that would have been right instead.
pub(super) fn brief(message: &str) -> &str {
    message.split_once(", expected").map_or(message, |(brief, _)| brief)
}

fn sqlite_code(message: &str) -> Option<u32> {
    message.split_once("(code: ")?.1.split_once(')')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_sentences() {
        assert_eq!(key("database: error returned from database: (code: 26) file is not a database"), "cli-database-damaged");
        // SQLITE_READONLY_DIRECTORY: the folder, not the file.
        assert_eq!(key("database: error returned from database: (code: 1544) attempt to write"), "cli-database-read-only");
        assert_eq!(key("database: error returned from database: (code: 4874) disk I/O error"), "cli-database-full");
        assert_eq!(key("database: pool timed out while waiting for an open connection"), "cli-database-unreachable");
        assert_eq!(key("the database has the older version 2, this program needs 3"), "cli-database-too-old");
        assert_eq!(key("the database has the older version 0, this program needs 9"), "cli-database-empty");
        assert_eq!(key("table unit, row 7: not an id"), "cli-database-damaged");
        assert_eq!(key("database: error returned from database: (code: 1) no such table: content"), "cli-database-damaged");
        assert_eq!(key("database: error returned from database: permission denied"), "cli-store");
    }
}
