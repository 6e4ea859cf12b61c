//! What went wrong, in the words of the catalogue: a clerk gets a sentence and what to do, technical detail comes behind it.

use std::io::ErrorKind;

use app::Error;
use app::lang::{Lang, code, t, t_with};

/// A failure that the command line itself has words for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{path}: {source}")]
    File { path: String, source: std::io::Error },
    /// The address cannot be listened at.
    #[error("{address}: {source}")]
    Listen { address: String, source: std::io::Error },
    /// Pages beyond this machine need accounts and TLS, which this version does not have.
    #[error("{address} is not a loopback address")]
    NotLoopback { address: String },
    /// The folder for the example holds a record already.
    #[error("{path} holds a record")]
    NotEmpty { path: String },
    #[error("no folder for data is known on this platform")]
    NoDataFolder,
    /// There is no record in the folder.
    #[error("{path} holds no record")]
    NoRecord { path: String },
}

/// The sentence for an error.
pub(crate) fn words(lang: Lang, error: &anyhow::Error) -> String {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return of_failure(lang, failure);
    }
    match error.downcast_ref::<Error>() {
        Some(Error::Refused(refusal)) => code(lang, "refusal", refusal.code()).into_owned(),
        Some(Error::NotSetUp) => t(lang, "cli-not-set-up").into_owned(),
        Some(Error::AlreadySetUp) => t(lang, "cli-already-set-up").into_owned(),
        Some(Error::Io { path, source }) => file(lang, &path.display().to_string(), source),
        Some(Error::BadKey { path }) => t_with(lang, "cli-bad-key", &[("path", path.display().to_string().into())]).into_owned(),
        Some(Error::Store(store)) => t_with(lang, "cli-store", &[("detail", store.to_string().into())]).into_owned(),
        _ => t_with(lang, "cli-internal", &[("detail", format!("{error:#}").into())]).into_owned(),
    }
}

fn of_failure(lang: Lang, failure: &Failure) -> String {
    let with = |key: &str, name: &str, value: &str| t_with(lang, key, &[(name, value.into())]).into_owned();
    match failure {
        Failure::File { path, source } => file(lang, path, source),
        Failure::Listen { address, source } if source.kind() == ErrorKind::AddrInUse => with("cli-listen-in-use", "address", address),
        Failure::Listen { address, .. } => with("cli-listen", "address", address),
        Failure::NotLoopback { address } => with("cli-not-loopback", "address", address),
        Failure::NotEmpty { path } => with("cli-not-empty", "path", path),
        Failure::NoDataFolder => t(lang, "cli-no-data-folder").into_owned(),
        Failure::NoRecord { path } => with("cli-no-record", "path", path),
    }
}

fn file(lang: Lang, path: &str, source: &std::io::Error) -> String {
    let key = match source.kind() {
        ErrorKind::NotFound => "cli-file-not-found",
        ErrorKind::PermissionDenied => "cli-file-denied",
        ErrorKind::IsADirectory => "cli-file-is-folder",
        ErrorKind::InvalidInput => "cli-file-not-regular",
        _ => "cli-file-failed",
    };
    t_with(lang, key, &[("path", path.into()), ("detail", source.to_string().into())]).into_owned()
}
