//! Why a backup is not made or does not come back. The sentence comes from the catalogue key `backup-CODE`.

/// An answer to people: each says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Not a backup of this program.
    Foreign,
    /// The end of the file is missing.
    Truncated,
    /// A byte is not what was written.
    Damaged,
    /// Or the beginning of the file, where the passphrase is tried, has changed.
    WrongPassphrase,
    /// None of the keys given opens it, or the beginning of the file has changed.
    WrongIdentity,
    /// Locked with a passphrase, and a key was given.
    NeedsPassphrase,
    /// Locked for a key, and a passphrase was given.
    NeedsIdentity,
    /// Written by a newer program.
    Newer,
    /// Shorter than twelve characters, or among the first that anybody would try.
    WeakPassphrase,
    /// Not the public key of anybody (`age1…`).
    BadRecipient,
    /// No secret key (`AGE-SECRET-KEY-1…`) in what was given.
    BadIdentity,
    /// A file of this name is there already.
    Exists,
    /// The folder to restore into holds something.
    FolderNotEmpty,
    /// The database to restore into holds something.
    DatabaseNotEmpty,
    /// Something was erased while it was being copied.
    ChangedMeanwhile,
    /// A drill with the backup of another office proves nothing about this one.
    OtherOffice,
    /// A backup within the data folder would go down with it, and into the next backup of the folder.
    InsideData,
}

impl Problem {
    /// Every code there is: each has its sentence in the catalogues.
    pub const CODES: &'static [&'static str] = &[
        "foreign",
        "truncated",
        "damaged",
        "wrong_passphrase",
        "wrong_identity",
        "needs_passphrase",
        "needs_identity",
        "newer",
        "weak_passphrase",
        "bad_recipient",
        "bad_identity",
        "exists",
        "folder_not_empty",
        "database_not_empty",
        "changed_meanwhile",
        "other_office",
        "inside_data",
    ];

    pub fn code(self) -> &'static str {
        match self {
            Problem::Foreign => "foreign",
            Problem::Truncated => "truncated",
            Problem::Damaged => "damaged",
            Problem::WrongPassphrase => "wrong_passphrase",
            Problem::WrongIdentity => "wrong_identity",
            Problem::NeedsPassphrase => "needs_passphrase",
            Problem::NeedsIdentity => "needs_identity",
            Problem::Newer => "newer",
            Problem::WeakPassphrase => "weak_passphrase",
            Problem::BadRecipient => "bad_recipient",
            Problem::BadIdentity => "bad_identity",
            Problem::Exists => "exists",
            Problem::FolderNotEmpty => "folder_not_empty",
            Problem::DatabaseNotEmpty => "database_not_empty",
            Problem::ChangedMeanwhile => "changed_meanwhile",
            Problem::OtherOffice => "other_office",
            Problem::InsideData => "inside_data",
        }
    }
}
