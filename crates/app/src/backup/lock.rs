//! Locking a backup with a passphrase, or for the holders of keys, and opening it again: age, as anybody's tools know it.

use super::Problem;
use crate::{Error, Result};
use age::secrecy::{ExposeSecret as _, SecretString};
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write};

/// N = 2^18 of scrypt, as the `age` program takes: about a second and 256 MiB for each guess.
const WORK: u8 = 18;
/// The most work that a file may ask for: 1 GiB.
const MAX_WORK: u8 = 20;
const MAGIC: &[u8] = b"age-encryption.org/";

/// A passphrase; `Debug` hides it, and its memory is wiped.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// To open with. Keyboards for Vietnamese compose letters differently; the passphrase is the same (NFC).
    pub fn of(typed: &str) -> Passphrase {
        let composed = text::normalize::nfc(typed);
        Passphrase(SecretString::from(composed))
    }

    /// To lock with: [`Problem::WeakPassphrase`] by the rule that holds for passwords of accounts.
    pub fn strong(typed: &str) -> Result<Passphrase> {
        let passphrase = Passphrase::of(typed);
        let weak = crate::passwords::is_weak(passphrase.0.expose_secret().trim(), "");
        if weak { Err(Problem::WeakPassphrase.into()) } else { Ok(passphrase) }
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// What a backup is locked with.
#[derive(Debug, Clone)]
pub enum Lock {
    Passphrase(Passphrase),
    /// Public keys (`age1…`), any of whose holders can open it: for a machine that makes backups and must not read them.
    Recipients(Vec<String>),
}

/// What a backup is opened with.
#[derive(Debug, Clone)]
pub enum Unlock {
    Passphrase(Passphrase),
    /// The text of a key file, with secret keys (`AGE-SECRET-KEY-1…`) on lines of their own.
    Identity(Passphrase),
}

impl Lock {
    /// Everything written into the result is encrypted into `out`; it has to be finished.
    pub(super) fn wrap<W: Write>(&self, out: W) -> Result<io::Result<age::stream::StreamWriter<W>>> {
        let encryptor = match self {
            Lock::Passphrase(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
                recipient.set_work_factor(WORK);
                Encryptor::with_recipients(std::iter::once(&recipient as _))
            }
            Lock::Recipients(keys) => {
                let parsed: Option<Vec<x25519::Recipient>> = keys.iter().map(|key| key.trim().parse().ok()).collect();
                let parsed = parsed.ok_or(Problem::BadRecipient)?;
                Encryptor::with_recipients(parsed.iter().map(|r| r as _))
            }
        };
        Ok(encryptor.map_err(|_| Problem::BadRecipient)?.wrap_output(out))
    }
}

impl Unlock {
    /// The plain bytes of a file; where its encrypted bytes begin; see [`Problem`] for what can be wrong with it.
    pub(super) fn unwrap(&self, file: File) -> Result<age::stream::StreamReader<BufReader<File>>> {
        let mut reader = BufReader::new(file);
        if !reader.fill_buf().map_err(|_| Problem::Foreign)?.starts_with(MAGIC) {
            return Err(Problem::Foreign.into());
        }
        let decryptor = Decryptor::new_buffered(reader).map_err(|e| match e {
            DecryptError::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => Problem::Truncated,
            DecryptError::UnknownFormat => Problem::Newer,
            _ => Problem::Damaged,
        })?;
        let by_passphrase = decryptor.is_scrypt();
        let opened = match self {
            Unlock::Passphrase(_) if !by_passphrase => return Err(Problem::NeedsIdentity.into()),
            Unlock::Identity(_) if by_passphrase => return Err(Problem::NeedsPassphrase.into()),
            Unlock::Passphrase(passphrase) => {
                let mut identity = scrypt::Identity::new(passphrase.0.clone());
                identity.set_max_work_factor(MAX_WORK);
                decryptor.decrypt(std::iter::once(&identity as _))
            }
            Unlock::Identity(text) => {
                let lines = text.0.expose_secret().lines().map(str::trim).filter(|line| line.starts_with("AGE-SECRET-KEY-"));
                let parsed: Option<Vec<x25519::Identity>> = lines.map(|line| line.parse().ok()).collect();
                let parsed = parsed.filter(|keys| !keys.is_empty()).ok_or(Problem::BadIdentity)?;
                decryptor.decrypt(parsed.iter().map(|i| i as _))
            }
        };
        let wrong = if by_passphrase { Problem::WrongPassphrase } else { Problem::WrongIdentity };
        opened.map_err(|e| match e {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => wrong.into(),
            _ => Error::Backup(Problem::Damaged),
        })
    }
}
