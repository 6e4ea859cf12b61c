//! Packs of verified entries: the office's own list as one that travels, and the packs of others that an administrator took
//! in once the issuer's key was accepted.
//!
//! A pack lies as a file beside the database, checked whole before it is put there; the database holds whose packs are taken
//! and which number was the latest, so that no older one takes its place. Not here: looking something up ([`crate::scams`]).
//!
//! ```text
//! let seen = packs::look(bytes)?;                                  // whose it is, before anybody accepts it
//! packs::install(&app, &by, bytes, Some(&seen.key), &from).await?; // accepts the key and puts the pack there
//! packs::own(&app, None).await?                                    // the office's own, signed
//! ```

mod loaded;

pub(crate) use loaded::{Kept, office_list};
pub use loaded::{Published, own as own_published, published};

use crate::noted::{Noted, note};
use crate::sessions::From;
use crate::{App, Error, Result, office};
use jiff::civil::Date;
use programme::chain::verify_pack;
use programme::decide;
use programme::ids::PersonId;
use programme::model::{Actor, Digest};
use programme::moment::Moment;
use scam::pack::{self, Pack};
use std::io::Write as _;
use std::path::PathBuf;
use store::scam_issuer::{self, Issuer};

/// Largest pack that is taken in, in bytes: two million entries have some 150 million. The pages take less.
pub const MAX_BYTES: u64 = 1 << 30;
/// Days after which a pack is told to be old.
pub const OLD_DAYS: i64 = 90;
/// Hex digits of a key by which its packs are known in addresses and file names.
const SHORT: usize = 16;

/// Why a pack is not taken; each has its words in the family `refusal`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackProblem {
    #[error("not a pack")]
    NotAPack,
    #[error("the pack breaks off")]
    Truncated,
    #[error("the signature is not the issuer's")]
    Signature,
    /// The part that is not what was signed.
    #[error("{0} was changed")]
    Tampered(String),
    /// Nobody accepted this key yet.
    #[error("the issuer {0} is not known")]
    UnknownIssuer(String),
    /// The number of the pack that is or was in use, and of this one.
    #[error("number {given} is older than {latest}")]
    Older { latest: u64, given: u64 },
    /// This one is in use already.
    #[error("in use already")]
    Same,
    /// The office's own list needs no pack.
    #[error("the office's own pack")]
    Own,
    #[error("too large")]
    TooLarge,
}

impl PackProblem {
    /// The code of its words.
    pub fn code(&self) -> &'static str {
        match self {
            PackProblem::NotAPack => "pack_not_a_pack",
            PackProblem::Truncated => "pack_truncated",
            PackProblem::Signature => "pack_signature",
            PackProblem::Tampered(_) => "pack_tampered",
            PackProblem::UnknownIssuer(_) => "pack_unknown_issuer",
            PackProblem::Older { .. } => "pack_older",
            PackProblem::Same => "pack_same",
            PackProblem::Own => "pack_own",
            PackProblem::TooLarge => "pack_too_large",
        }
    }

    /// Every code there is.
    pub const CODES: &'static [&'static str] = &[
        "pack_not_a_pack",
        "pack_truncated",
        "pack_signature",
        "pack_tampered",
        "pack_unknown_issuer",
        "pack_older",
        "pack_same",
        "pack_own",
        "pack_too_large",
    ];
}

impl std::convert::From<pack::Error> for Error {
    fn from(error: pack::Error) -> Error {
        let problem = match error {
            pack::Error::Format => PackProblem::NotAPack,
            pack::Error::Truncated => PackProblem::Truncated,
            pack::Error::Signature => PackProblem::Signature,
            pack::Error::Tampered(part) => PackProblem::Tampered(part),
            pack::Error::Io(source) if source.kind() == std::io::ErrorKind::UnexpectedEof => PackProblem::Truncated,
            pack::Error::Io(source) => return Error::Io { path: PathBuf::from("pack"), source },
        };
        Error::Pack(problem)
    }
}

/// What a pack says of itself, once its signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub issuer: String,
    /// 64 hex digits.
    pub key: String,
    pub number: u64,
    pub made: String,
    pub entries: u64,
    pub bytes: u64,
}

/// An issuer whose key was accepted, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerView {
    pub name: String,
    pub key: String,
    pub accepted_at: Moment,
    pub number: i64,
    pub made: Option<Date>,
    pub entries: i64,
    /// `None`: no pack of theirs is in use.
    pub installed_at: Option<Moment>,
    /// It is in use, and its file is not there or not what was installed.
    pub broken: bool,
    /// Made long ago.
    pub old: bool,
}

/// The digits of a key in groups of four, as people compare them over the telephone.
pub fn fingerprint(key: &str) -> String {
    let digits: Vec<char> = key.chars().take(2 * SHORT).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Whether somebody typed this key, or its fingerprint, with or without blanks.
fn is_of(typed: &str, key: &str) -> bool {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    digits == key || digits.len() == 2 * SHORT && key.starts_with(&digits)
}

/// By what the packs of a key are known in addresses.
pub fn short(key: &str) -> &str {
    key.get(..SHORT).unwrap_or(key)
}

pub(crate) fn signature_holds(key: &str, digest: &[u8; 32], signature: &str) -> bool {
    verify_pack(key, &Digest(*digest), signature)
}

/// Reads a pack whole and holds every part of it against its signature; whose it is says nothing of whether to believe them.
///
/// # Errors
/// [`Error::Pack`] with what is wrong.
pub fn look(bytes: Vec<u8>) -> Result<Seen> {
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(PackProblem::TooLarge.into());
    }
    let pack = Pack::open(bytes, &signature_holds)?;
    pack.verify()?;
    let manifest = pack.manifest;
    let pack::Manifest { issuer, key, number, made, entries, .. } = manifest;
    Ok(Seen { issuer, key, number, made, entries, bytes: size })
}

/// Puts a pack in use. `accept`: the key that the administrator compared with its owner and takes from now on; without it
/// only packs of keys that were accepted before are taken.
///
/// # Errors
/// [`Error::Pack`]; the refusal of who is no administrator.
pub async fn install(app: &App, by: &Actor, bytes: Vec<u8>, accept: Option<&str>, from: &From) -> Result<Seen> {
    decide::may_administer(by)?;
    install_at_machine(app, bytes, accept, Some(&by.person), from).await
}

/// As [`install`], for whoever sits at the machine itself.
///
/// # Errors
/// [`Error::Pack`].
pub async fn install_at_machine(app: &App, bytes: Vec<u8>, accept: Option<&str>, by: Option<&PersonId>, from: &From) -> Result<Seen> {
    let (seen, bytes) = app.engine("pack", move || look(bytes.clone()).map(|seen| (seen, bytes))).await??;
    if seen.key == app.inner.key.public() {
        return Err(PackProblem::Own.into());
    }
    let mut tx = app.inner.db.write().await?;
    let known = scam_issuer::all(&mut tx).await?.into_iter().find(|issuer| issuer.key == seen.key);
    let accepted = known.is_some() || accept.is_some_and(|typed| is_of(typed, &seen.key));
    if !accepted {
        return Err(PackProblem::UnknownIssuer(seen.key).into());
    }
    let number = i64::try_from(seen.number).map_err(|_| PackProblem::NotAPack)?;
    if let Some(known) = &known {
        let latest = (known.number, known.made.as_str());
        let given = (number, seen.made.as_str());
        if given < latest {
            let latest = u64::try_from(known.number).unwrap_or_default();
            return Err(PackProblem::Older { latest, given: seen.number }.into());
        }
        if given == latest && known.installed_at.is_some() && !is_broken(app, &seen.key) {
            return Err(PackProblem::Same.into());
        }
    }
    let now = app.now();
    let issuer = Issuer {
        key: seen.key.clone(),
        name: seen.issuer.clone(),
        accepted_at: known.as_ref().map_or(now, |known| known.accepted_at),
        number,
        made: seen.made.clone(),
        entries: i64::try_from(seen.entries).unwrap_or(i64::MAX),
        installed_at: Some(now),
    };
    scam_issuer::put(&mut tx, &issuer).await?;
    let written = write(app, &bytes)?;
    tx.commit().await?;
    // From here on the database names it; a file that does not come to its place is told as broken, and is put in again.
    let place = path(app, &seen.key);
    written.persist(&place).map_err(|error| Error::Io { path: place, source: error.error })?;
    app.forget_packs();
    note(app, if known.is_some() { Noted::PackInstalled } else { Noted::PackIssuerAccepted }, by, from).await?;
    Ok(seen)
}

/// Takes the pack of a key out of use; the key stays accepted, and no older pack of it is ever taken.
///
/// # Errors
/// The refusal of who is no administrator.
pub async fn remove(app: &App, by: &Actor, key: &str, from: &From) -> Result<()> {
    decide::may_administer(by)?;
    let mut tx = app.inner.db.write().await?;
    let known = scam_issuer::all(&mut tx).await?.into_iter().find(|issuer| issuer.key == key && issuer.installed_at.is_some());
    let known = known.ok_or(decide::Refusal::AlreadyDone)?;
    scam_issuer::put(&mut tx, &Issuer { installed_at: None, ..known }).await?;
    tx.commit().await?;
    match std::fs::remove_file(path(app, key)) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(Error::Io { path: path(app, key), source }),
        _ => {}
    }
    app.forget_packs();
    note(app, Noted::PackRemoved, Some(&by.person), from).await
}

/// Every issuer that was accepted.
///
/// # Errors
/// Of the database.
pub async fn issuers(app: &App) -> Result<Vec<IssuerView>> {
    let mut tx = app.inner.db.read().await?;
    let all = scam_issuer::all(&mut tx).await?;
    drop(tx);
    let loaded = app.packs().await?;
    let today = app.now().day();
    let view = |issuer: Issuer| {
        let made: Option<Date> = issuer.made.parse().ok();
        let in_use = issuer.installed_at.is_some();
        let age = made.and_then(|made| today.since(made).ok()).map_or(0, |age| i64::from(age.get_days()));
        IssuerView {
            broken: in_use && !loaded.holds(&issuer.key),
            old: in_use && age > OLD_DAYS,
            name: issuer.name,
            accepted_at: issuer.accepted_at,
            number: issuer.number,
            entries: issuer.entries,
            installed_at: issuer.installed_at,
            key: issuer.key,
            made,
        }
    };
    Ok(all.into_iter().map(view).collect())
}

/// The office's own list as a signed pack. `address`: where the office's pages are served, without a slash at the end.
///
/// # Errors
/// [`Error::NotSetUp`].
pub async fn own(app: &App, address: Option<&str>) -> Result<Vec<u8>> {
    let list = office_list(app).await?;
    let office = office::show(app).await?.ok_or(Error::NotSetUp)?;
    let mut tx = app.inner.db.read().await?;
    // Whoever looks at a copy of the record has no key to sign with.
    if crate::open::named_key(&mut tx).await?.is_some_and(|named| named != app.inner.key.public()) {
        return Err(Error::WrongKey { path: app.inner.settings.data.join("office.key") });
    }
    drop(tx);
    let facts = pack::Facts {
        issuer: office.unit.name,
        key: app.inner.key.public(),
        number: list.number,
        made: list.day.to_string(),
        appeal: address.map(|address| format!("{address}/scam/appeal?case=")),
    };
    let built = pack::build(&list.entries(), &pack::Lists::of(scam::builtin()), &facts)?;
    let signature = app.inner.key.sign_pack(&Digest(built.digest()));
    Ok(built.sealed(&signature))
}

/// Every part of a pack as a file, by names that come from numbers alone.
///
/// # Errors
/// [`Error::Pack`].
pub fn parts(bytes: Vec<u8>) -> Result<Vec<(String, Vec<u8>)>> {
    Ok(pack::files(&Pack::open(bytes, &signature_holds)?)?)
}

fn folder(app: &App) -> PathBuf {
    app.inner.settings.data.join("packs")
}

/// Where the pack of a key lies. A key is hex digits and nothing else, so no name leads anywhere.
pub(crate) fn path(app: &App, key: &str) -> PathBuf {
    folder(app).join(format!("{}.pack", key.chars().filter(char::is_ascii_hexdigit).collect::<String>()))
}

fn is_broken(app: &App, key: &str) -> bool {
    !path(app, key).is_file()
}

/// The bytes under a name of their own, which goes with an error on the way.
fn write(app: &App, bytes: &[u8]) -> Result<tempfile::NamedTempFile> {
    let folder = folder(app);
    let io = |source| Error::Io { path: folder.clone(), source };
    std::fs::create_dir_all(&folder).map_err(io)?;
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&folder).map_err(io)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(io)?;
    Ok(file)
}

impl std::convert::From<PackProblem> for Error {
    fn from(problem: PackProblem) -> Error {
        Error::Pack(problem)
    }
}
