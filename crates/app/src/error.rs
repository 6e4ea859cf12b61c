//! What a use case can end in beside its result.

use crate::backup::Problem;
use programme::decide::Refusal;
use programme::model::SubjectKind;
use std::path::PathBuf;
use store::Trouble;

/// Everything that can go wrong in a use case. `Refused` and `NotFound` are answers to people; the rest is for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The programme's rules say no.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// The thing that the command is about is not there.
    #[error("no {kind} with the id {id}")]
    NotFound { kind: SubjectKind, id: String },
    /// The office was not set up yet.
    #[error("the office is not set up")]
    NotSetUp,
    /// The office was set up before.
    #[error("the office is set up already")]
    AlreadySetUp,
    #[error("no office template {0:?}")]
    UnknownTemplate(String),
    /// Something about an account that its owner or an administrator can put right.
    #[error("refused: {}", .0.code())]
    Account(crate::accounts::AccountRefusal),
    /// Mail cannot be sent, or not with these settings.
    #[error("mail: {}", .0)]
    Mail(crate::mail::MailProblem),
    /// An inspection cannot be planned like this.
    #[error("plan: {0}")]
    Plan(&'static str),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    /// The key file does not hold a key.
    #[error("{path}: not an office key")]
    BadKey { path: PathBuf },
    /// The key file is not the one that this office's ledger names: every new head would look forged.
    #[error("{path}: not the key of this office")]
    WrongKey { path: PathBuf },
    /// The folder held an office, and its ledger is gone: it has to come back from a backup, a new one would hide the loss.
    #[error("{path}: an office was here, its ledger is gone")]
    LedgerLost { path: PathBuf },
    #[error("no random numbers from the operating system")]
    NoRandomness,
    /// A data file inside the program is wrong; a test guards each.
    #[error("built-in data {name}: {what}")]
    BadData { name: &'static str, what: String },
    /// A private record cannot be read back.
    #[error("stored text {id}: {what}")]
    BadRecord { id: String, what: String },
    /// An official document could not be written.
    #[error(transparent)]
    Document(publish::Error),
    /// A backup is not made, or does not come back.
    #[error("backup: {}", .0.code())]
    Backup(Problem),
    /// A pack of verified entries is not taken.
    #[error("pack: {0}")]
    Pack(crate::packs::PackProblem),
    /// Another program serves this folder already.
    #[error("{path}: served already")]
    ServedAlready { path: PathBuf },
    /// The data folder was moved or deleted while the program runs: what would be written now would be lost.
    #[error("{path}: the data folder is not there any more")]
    FolderGone { path: PathBuf },
    /// The record names a file whose bytes are not on the disk any more.
    #[error("the file of content {content} is gone")]
    FileGone { content: String },
    /// The bytes on the disk are not those that were handed in: cut short, or changed.
    #[error("the file of content {content} is damaged")]
    FileChanged { content: String },
    /// An engine ended by a panic; its input is named.
    #[error("the engine failed on {0}")]
    EngineFailed(String),
}

impl Error {
    /// What the machine refused (a full disk, a database that somebody else holds), if that is what went wrong: nothing was
    /// written, and the same command works once the machine lets it.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Error::Store(error) => error.trouble(),
            Error::Io { source, .. } => Trouble::of_io(source),
            _ => None,
        }
    }

    /// Whether a stored text is not what was kept: [`store::Error::TextDamaged`].
    pub fn is_text_damaged(&self) -> bool {
        matches!(self, Error::Store(store::Error::TextDamaged { .. }))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error::Backup(problem)
    }
}

pub type Result<T> = std::result::Result<T, Error>;
