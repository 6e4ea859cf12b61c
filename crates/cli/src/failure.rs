//! What went wrong, in the words of the catalogue: a clerk gets a sentence and what to do, technical detail comes behind it.

use std::error::Error as _;
use std::io::ErrorKind;

use app::Error;
use app::lang::{Lang, code, t, t_with};

use crate::terminal::complain;
use crate::visible::{self, visible};

mod database;

/// A failure that the command line itself has words for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{path}: {source}")]
    File { path: String, source: std::io::Error },
    /// A picture in which nothing can be read.
    #[error("picture: {0}")]
    Picture(app::engines::scam::picture::Unread),
    /// A line that is no JSON string.
    #[error("line {line}: {source}")]
    Line { line: usize, source: serde_json::Error },
    /// The address cannot be listened at.
    #[error("{address}: {source}")]
    Listen { address: String, source: std::io::Error },
    /// Pages beyond this machine need HTTPS, or somebody who says that they know what they do.
    #[error("{address} is not a loopback address")]
    NotSecure { address: String },
    /// The demonstration has no passwords.
    #[error("{address} is not a loopback address")]
    DemoBeyond { address: String },
    /// Certificate or key cannot be used.
    #[error("{path}: {detail}")]
    Certificate { path: String, detail: String },
    /// Certificate or key cannot be used, for a reason that has a sentence of its own.
    #[error("{path}: {key}")]
    CertificateFile { path: String, key: &'static str },
    /// The folder for the example holds a record already.
    #[error("{path} holds a record")]
    NotEmpty { path: String },
    /// The folder to serve holds files, none of which is the program's.
    #[error("{path} holds somebody else's files")]
    OtherFolder { path: String },
    #[error("no folder for data is known on this platform")]
    NoDataFolder,
    /// The folder for a site holds files that no site has.
    #[error("{path} holds other files")]
    SiteNotEmpty { path: String },
    /// The folder to be inspected is not the root of a system.
    #[error("{path} holds no system")]
    NoSystem { path: String },
    /// There is no record in the folder.
    #[error("{path} holds no record")]
    NoRecord { path: String },
    /// Nobody has an account of this name.
    #[error("no account {login}")]
    NoAccount { login: String },
    /// No terminal to ask for a passphrase, and none was given.
    #[error("no passphrase")]
    NoPassphrase,
    #[error("nothing to look at")]
    NothingAsked,
    #[error("two passphrases that differ")]
    PassphrasesDiffer,
    /// The service manager of Windows refuses.
    #[cfg(windows)]
    #[error(transparent)]
    Service { source: windows_service::Error },
}

impl From<web::TlsError> for Failure {
    fn from(error: web::TlsError) -> Failure {
        use web::TlsError as E;
        match error {
            E::Io { path, source } => Failure::File { path: path.display().to_string(), source },
            E::NotPem { ref path } => Failure::Certificate { path: path.display().to_string(), detail: String::new() },
            E::Binary { path } => Failure::CertificateFile { path: path.display().to_string(), key: "cli-certificate-binary" },
            E::Locked { path } => Failure::CertificateFile { path: path.display().to_string(), key: "cli-certificate-locked" },
            E::Mismatch { path } => Failure::CertificateFile { path: path.display().to_string(), key: "cli-certificate-mismatch" },
            E::Unusable { path, what } => Failure::Certificate { path: path.display().to_string(), detail: what },
        }
    }
}

/// Says on the terminal what went wrong.
pub(crate) fn tell(lang: Lang, error: &anyhow::Error) {
    complain(format_args!("{}", t_with(lang, "cli-error", &[("what", words(lang, error).into())])));
}

/// The sentence for an error.
fn words(lang: Lang, error: &anyhow::Error) -> String {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return of_failure(lang, failure);
    }
    match error.downcast_ref::<Error>() {
        Some(Error::Refused(refusal)) => code(lang, "refusal", refusal.code()).into_owned(),
        Some(Error::NotSetUp) => t(lang, "cli-not-set-up").into_owned(),
        Some(Error::AlreadySetUp) => t(lang, "cli-already-set-up").into_owned(),
        Some(Error::Pack(problem)) => code(lang, "refusal", problem.code()).into_owned(),
        Some(Error::Backup(problem)) => code(lang, "backup", problem.code()).into_owned(),
        Some(Error::Io { path, source }) => file(lang, &path.display().to_string(), source),
        Some(Error::BadKey { path }) => t_with(lang, "cli-bad-key", &[("path", visible::path(path).into())]).into_owned(),
        Some(Error::WrongKey { path }) => t_with(lang, "cli-wrong-key", &[("path", visible::path(path).into())]).into_owned(),
        Some(Error::ServedAlready { path }) => t_with(lang, "cli-served-already", &[("path", visible::path(path).into())]).into_owned(),
        Some(Error::LedgerLost { path }) => t_with(lang, "cli-ledger-lost", &[("path", visible::path(path).into())]).into_owned(),
        Some(Error::Store(store)) => {
            let message = store.to_string();
            // A file of the record, not the database: `PATH: what the system says`.
            if let Some(source) = store.source().and_then(|source| source.downcast_ref::<std::io::Error>()) {
                let path = message.strip_suffix(&source.to_string()).map_or(message.as_str(), |path| path.trim_end_matches(": "));
                return file(lang, path, source);
            }
            t_with(lang, database::key(&message), &[("detail", visible(database::brief(&message)).into())]).into_owned()
        }
        _ => t_with(lang, "cli-internal", &[("detail", visible(&format!("{error:#}")).into())]).into_owned(),
    }
}

fn of_failure(lang: Lang, failure: &Failure) -> String {
    let with = |key: &str, name: &str, value: &str| t_with(lang, key, &[(name, visible(value).into())]).into_owned();
    match failure {
        Failure::File { path, source } => file(lang, path, source),
        Failure::Line { line, .. } => t_with(lang, "cli-scam-line", &[("n", (*line).into())]).into_owned(),
        Failure::Listen { address, source } if source.kind() == ErrorKind::AddrInUse => with("cli-listen-in-use", "address", address),
        Failure::Listen { address, .. } => with("cli-listen", "address", address),
        Failure::NotSecure { address } => with("cli-not-secure", "address", address),
        Failure::DemoBeyond { address } => with("cli-demo-beyond", "address", address),
        Failure::Certificate { path, detail } => {
            t_with(lang, "cli-tls-certificate", &[("path", visible(path).into()), ("detail", visible(detail).into())]).into_owned()
        }
        Failure::CertificateFile { path, key } => with(key, "path", path),
        Failure::NotEmpty { path } => with("cli-not-empty", "path", path),
        Failure::OtherFolder { path } => with("cli-other-folder", "path", path),
        Failure::Picture(unread) => code(lang, "field", unread.code()).into_owned(),
        Failure::SiteNotEmpty { path } => with("cli-site-not-empty", "path", path),
        Failure::NoDataFolder => t(lang, "cli-no-data-folder").into_owned(),
        Failure::NoSystem { path } => with("cli-no-system", "path", path),
        Failure::NoRecord { path } => with("cli-no-record", "path", path),
        Failure::NoAccount { login } => with("cli-no-account", "login", login),
        Failure::NoPassphrase => t(lang, "cli-no-passphrase").into_owned(),
        Failure::NothingAsked => t(lang, "cli-scam-nothing").into_owned(),
        Failure::PassphrasesDiffer => t(lang, "cli-passphrases-differ").into_owned(),
        #[cfg(windows)]
        Failure::Service { source } => with("cli-service-failed", "detail", &source.to_string()),
    }
}

fn file(lang: Lang, path: &str, source: &std::io::Error) -> String {
    let key = match source.kind() {
        ErrorKind::NotFound => "cli-file-not-found",
        ErrorKind::PermissionDenied => "cli-file-denied",
        ErrorKind::IsADirectory => "cli-file-is-folder",
        ErrorKind::InvalidInput => "cli-file-not-regular",
        // Where a folder is to be made, a file of its name stands in the way.
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "cli-file-not-folder",
        ErrorKind::InvalidData => "cli-file-unusable",
        ErrorKind::ReadOnlyFilesystem => "cli-file-read-only",
        ErrorKind::StorageFull => "cli-file-disk-full",
        _ => "cli-file-failed",
    };
    t_with(lang, key, &[("path", visible(path).into()), ("detail", source.to_string().into())]).into_owned()
}
