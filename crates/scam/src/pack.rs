//! Packs: lists of verified numbers and links that travel, signed by whoever answers for them.
//!
//! One file, without a name in it that could lead anywhere: a manifest, its signature, and the parts whose digests the
//! manifest holds: a filter, small exact lists, an index of buckets, the buckets. A bucket holds the entries whose SHA-256
//! begins with the same sixteen bits, and is also a file of its own under a public address ([`files`]): whoever asks for a
//! bucket says sixteen bits of what they ask about and nothing more, and holds the answer against the signed manifest.
//!
//! The same entries and facts give the same bytes. Nothing here signs: keys are the caller's affair.
//!
//! ```text
//! let pack = build(&entries, &lists, &facts)?;              // sign pack.digest(), then pack.sealed(&signature)
//! let open = Pack::open(bytes, &|key, digest, signature| …)?;   // refuses what is not whole
//! open.find(Kind::Phone, "0912 000 123")?                  // filter, then bucket
//! ```

mod build;
mod line;

use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use build::{Built, as_kind, build, files, kinds};
pub use line::Line;

use crate::filter::{Filter, Key, Kind, key};

/// The first bytes of a pack.
pub const MAGIC: &[u8] = b"LUYTRE-SCAM-PACK/1\n";
/// The name of the format in the manifest.
const FORMAT: &str = "luytre-scam-pack/1";
/// Hex digits of a signature.
const SIGNATURE: usize = 128;
/// Longest manifest, in bytes: 256 groups take some twenty thousand.
const MAX_MANIFEST: u64 = 256 << 10;
/// Longest filter: 18 bits for each of thirty million entries.
const MAX_FILTER: u64 = 72 << 20;
const MAX_LISTS: u64 = 4 << 20;
/// Longest group of the index: 256 lines of under a hundred bytes.
const MAX_GROUP: u64 = 32 << 10;
/// Longest bucket: six million entries would have to be unevenly spread to reach it.
const MAX_BUCKET: u64 = 1 << 20;

/// Where a pack lies: memory or a file.
pub trait Source {
    /// Bytes altogether.
    fn size(&self) -> u64;
    /// Fills `into` from this byte on.
    ///
    /// # Errors
    /// Of the disk, or when there are not so many.
    fn read(&self, from: u64, into: &mut [u8]) -> io::Result<()>;
}

impl Lists {
    /// The brands and shorteners that these rules know.
    pub fn of(rules: &crate::Rules) -> Lists {
        let brand = |(title, domains): (&str, &[String])| BrandEntry { domains: domains.to_vec(), title: title.to_owned() };
        Lists { brands: rules.domains.brands().map(brand).collect(), shorteners: rules.domains.shorteners.clone() }
    }

    /// The brand whose own domain a host is.
    pub fn owner(&self, host: &str) -> Option<&BrandEntry> {
        let owns = |domain: &String| host == domain || host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.'));
        self.brands.iter().find(|brand| brand.domains.iter().any(owns))
    }
}

impl Source for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }
    fn read(&self, from: u64, into: &mut [u8]) -> io::Result<()> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let part = from.checked_add(into.len()).and_then(|end| self.get(from..end));
        into.copy_from_slice(part.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not a pack of this format")]
    Format,
    #[error("the pack breaks off or is too long")]
    Truncated,
    #[error("the signature is not the issuer's")]
    Signature,
    /// The part, by its name in [`files`].
    #[error("{0} is not what the manifest says")]
    Tampered(String),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Who gives a pack out, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The issuer's name.
    pub issuer: String,
    /// Ed25519, 64 hex digits.
    pub key: String,
    /// Grows with every pack of the issuer.
    pub number: u64,
    /// The day, `YYYY-MM-DD`.
    pub made: String,
    /// Where errors can be told of: an address to which the id of an entry's case is added.
    pub appeal: Option<String>,
}

/// An entry to be packed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub kind: Kind,
    pub value: String,
    pub on: String,
    pub until: Option<String>,
    /// A code: small letters and `_`.
    pub reason: String,
    /// The id of the case that it was judged in; empty where there is none to tell.
    pub about: String,
}

/// Small exact lists that come with a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    pub brands: Vec<BrandEntry>,
    pub shorteners: Vec<String>,
}

/// A name that people trust, with the domains that are its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandEntry {
    pub domains: Vec<String>,
    pub title: String,
}

/// What the issuer signs. Fields stand in the order of their names, so that the bytes are canonical (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub appeal: Option<String>,
    pub entries: u64,
    pub filter: Part,
    pub format: String,
    /// The parts of the index that are not empty: the first byte of its buckets in hex.
    pub groups: Vec<Group>,
    pub issuer: String,
    pub key: String,
    pub lists: Part,
    pub made: String,
    pub number: u64,
}

/// A part by its size and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub bytes: u64,
    pub sha256: String,
}

/// A part of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub bytes: u64,
    pub of: String,
    pub sha256: String,
}

/// Where a bucket lies.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    name: u16,
    bytes: u32,
    from: u64,
    sha256: [u8; 32],
}

/// A pack that was held against its signature and its manifest; each bucket is held against the index when it is read.
#[derive(Debug)]
pub struct Pack<S> {
    pub manifest: Manifest,
    pub lists: Lists,
    /// The digest that was signed.
    pub digest: [u8; 32],
    manifest_bytes: Vec<u8>,
    signature: String,
    filter: Filter,
    filter_from: u64,
    groups: Vec<(String, Vec<u8>)>,
    buckets: Vec<Bucket>,
    source: S,
}

/// Says whether this key made this signature over this digest.
pub type Verify<'a> = &'a dyn Fn(&str, &[u8; 32], &str) -> bool;

impl<S: Source> Pack<S> {
    /// Opens a pack: everything but the buckets is read and held against the signature.
    ///
    /// # Errors
    /// [`Error`].
    pub fn open(source: S, verify: Verify<'_>) -> Result<Pack<S>, Error> {
        let mut from = 0;
        let mut next = |bytes: u64, most: u64| -> Result<Vec<u8>, Error> {
            if bytes > most || source.size().saturating_sub(from) < bytes {
                return Err(Error::Truncated);
            }
            let mut part = vec![0; usize::try_from(bytes).map_err(|_| Error::Truncated)?];
            source.read(from, &mut part)?;
            from += bytes;
            Ok(part)
        };
        if next(MAGIC.len() as u64, 64).map_err(|_| Error::Format)? != MAGIC {
            return Err(Error::Format);
        }
        let length = next(4, 4)?;
        let length = length.iter().rev().fold(0_u64, |length, byte| length << 8 | u64::from(*byte));
        let manifest_bytes = next(length, MAX_MANIFEST)?;
        let signature = String::from_utf8(next(SIGNATURE as u64, SIGNATURE as u64)?).map_err(|_| Error::Signature)?;
        let manifest: Manifest = serde_json::from_slice(&manifest_bytes).map_err(|_| Error::Format)?;
        let digest: [u8; 32] = Sha256::digest(&manifest_bytes).into();
        if manifest.format != FORMAT || !is_sound(&manifest) {
            return Err(Error::Format);
        }
        if !verify(&manifest.key, &digest, &signature) {
            return Err(Error::Signature);
        }
        let filter_from = MAGIC.len() as u64 + 4 + length + SIGNATURE as u64;
        let filter = held(next(manifest.filter.bytes, MAX_FILTER)?, &manifest.filter.sha256, "filter.bin")?;
        let filter = Filter::from_bytes(&filter).map_err(|_| Error::Format)?;
        let lists = held(next(manifest.lists.bytes, MAX_LISTS)?, &manifest.lists.sha256, "lists.json")?;
        let lists: Lists = serde_json::from_slice(&lists).map_err(|_| Error::Format)?;
        let mut groups = Vec::new();
        for group in &manifest.groups {
            let bytes = held(next(group.bytes, MAX_GROUP)?, &group.sha256, &build::index_name(&group.of))?;
            groups.push((group.of.clone(), bytes));
        }
        let mut buckets = Vec::new();
        for (of, bytes) in &groups {
            for line in std::str::from_utf8(bytes).map_err(|_| Error::Format)?.lines() {
                let bucket = bucket(line, of, from).ok_or(Error::Format)?;
                if buckets.last().is_some_and(|last: &Bucket| last.name >= bucket.name) {
                    return Err(Error::Format);
                }
                from += u64::from(bucket.bytes);
                buckets.push(bucket);
            }
        }
        if from != source.size() {
            return Err(Error::Truncated);
        }
        Ok(Pack { manifest, lists, digest, manifest_bytes, signature, filter, filter_from, groups, buckets, source })
    }

    /// The entry of a value, however it is written; the filter is asked first, and nearly always says no.
    ///
    /// # Errors
    /// [`Error::Tampered`] for a bucket that is not what was signed, [`Error::Io`].
    pub fn find(&self, kind: Kind, value: &str) -> Result<Option<Line>, Error> {
        let Some(key) = key(kind, value) else { return Ok(None) };
        if !self.filter.may_hold(&key) {
            return Ok(None);
        }
        let Some(bytes) = self.bucket(key.bucket())? else { return Ok(None) };
        Ok(lines(&bytes)?.into_iter().find(|line| line.is_of(kind, &key)))
    }

    /// The bytes of a bucket, held against the index; `None` where it is empty.
    ///
    /// # Errors
    /// As [`Pack::find`].
    pub fn bucket(&self, name: u16) -> Result<Option<Vec<u8>>, Error> {
        let Ok(at) = self.buckets.binary_search_by_key(&name, |bucket| bucket.name) else { return Ok(None) };
        let Bucket { bytes, from, sha256, .. } = self.buckets[at];
        let mut read = vec![0; bytes as usize];
        self.source.read(from, &mut read)?;
        let is_whole = <[u8; 32]>::from(Sha256::digest(&read)) == sha256;
        if is_whole { Ok(Some(read)) } else { Err(Error::Tampered(build::bucket_name(name))) }
    }

    /// Reads every bucket and holds it against the index, its lines against its name, the filter and the manifest's number.
    ///
    /// # Errors
    /// As [`Pack::find`].
    pub fn verify(&self) -> Result<(), Error> {
        let mut entries = 0;
        for bucket in &self.buckets {
            let tampered = || Error::Tampered(build::bucket_name(bucket.name));
            let lines = lines(&self.bucket(bucket.name)?.unwrap_or_default())?;
            let sorted = lines.windows(2).all(|pair| (pair[0].rest, pair[0].kind) < (pair[1].rest, pair[1].kind));
            let fits = |line: &Line| self.filter.may_hold(&line.key(bucket.name));
            if lines.is_empty() || !sorted || !lines.iter().all(fits) {
                return Err(tampered());
            }
            entries += lines.len() as u64;
        }
        if entries == self.manifest.entries { Ok(()) } else { Err(Error::Tampered("manifest.json".to_owned())) }
    }

    /// The manifest as it was signed.
    pub fn manifest_bytes(&self) -> &[u8] {
        &self.manifest_bytes
    }

    /// 128 hex digits.
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// The bytes of a part of the index; `None` where it is empty.
    pub fn group(&self, of: &str) -> Option<&[u8]> {
        self.groups.iter().find(|(known, _)| known == of).map(|(_, bytes)| bytes.as_slice())
    }

    /// The bytes of the filter.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn filter_bytes(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; usize::try_from(self.manifest.filter.bytes).map_err(|_| Error::Truncated)?];
        self.source.read(self.filter_from, &mut bytes)?;
        Ok(bytes)
    }

    /// The names of the buckets that are not empty.
    pub fn bucket_names(&self) -> impl Iterator<Item = u16> {
        self.buckets.iter().map(|bucket| bucket.name)
    }

    /// Where somebody says that a line is wrong.
    pub fn appeal(&self, line: &Line) -> Option<String> {
        let address = self.manifest.appeal.as_deref()?;
        Some(format!("{address}{}", line.about))
    }
}

/// What a signed manifest says of itself is no path, no markup and no riddle.
fn is_sound(manifest: &Manifest) -> bool {
    let is_hex = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let is_name = |text: &str| (1..=200).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    let is_web = |address: &String| {
        ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme))
            && address.len() <= 300
            && !address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\''))
    };
    let groups = &manifest.groups;
    is_hex(&manifest.key, 64)
        && is_name(&manifest.issuer)
        && line::is_day(&manifest.made)
        && manifest.appeal.as_ref().is_none_or(is_web)
        && groups.len() <= 256
        && groups.iter().all(|group| is_hex(&group.of, 2) && is_hex(&group.sha256, 64))
        && groups.windows(2).all(|pair| pair[0].of < pair[1].of)
}

/// Bytes that have the digest that the manifest names.
fn held(bytes: Vec<u8>, sha256: &str, name: &str) -> Result<Vec<u8>, Error> {
    if line::hex(&Sha256::digest(&bytes)) == sha256 { Ok(bytes) } else { Err(Error::Tampered(name.to_owned())) }
}

/// A line of the index: `ab12 4711 <sha256>`.
fn bucket(text: &str, group: &str, from: u64) -> Option<Bucket> {
    let mut parts = text.split(' ');
    let (name, bytes, sha256) = (parts.next()?, parts.next()?, parts.next()?);
    let is_plain = parts.next().is_none() && name.len() == 4 && name.starts_with(group);
    let bytes = bytes.parse().ok().filter(|bytes| (1..=MAX_BUCKET).contains(&u64::from(*bytes)))?;
    let name = u16::from_str_radix(name, 16).ok()?;
    is_plain.then_some(Bucket { name, bytes, from, sha256: line::unhex(sha256)? })
}

/// The lines of a bucket.
fn lines(bytes: &[u8]) -> Result<Vec<Line>, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Format)?;
    text.lines().map(|text| Line::read(text).ok_or(Error::Format)).collect()
}

/// The key of a value, for whoever asks for a bucket: its name in hex, and the digits that stand in its line.
pub fn place(kind: Kind, value: &str) -> Option<(String, String)> {
    let Key(bytes) = key(kind, value)?;
    Some((line::hex(&bytes[..2]), line::hex(&bytes[2..line::KEPT])))
}
