//! Making a pack, and its parts as files under a public address.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::line::hex;
use super::{Entry, Error, FORMAT, Facts, Group, Line, Lists, MAGIC, Manifest, Pack, Part, SIGNATURE, Source};
use crate::filter::{Filter, Key, Kind, key};

/// A pack that is not signed yet.
#[derive(Debug)]
pub struct Built {
    pub manifest: Manifest,
    manifest_bytes: Vec<u8>,
    body: Vec<u8>,
}

impl Built {
    /// What is to be signed.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.manifest_bytes).into()
    }

    /// The pack with its signature, 128 hex digits.
    pub fn sealed(&self, signature: &str) -> Vec<u8> {
        let length = u32::try_from(self.manifest_bytes.len()).unwrap_or(u32::MAX);
        let mut pack = Vec::with_capacity(MAGIC.len() + 4 + self.manifest_bytes.len() + SIGNATURE + self.body.len());
        for part in [MAGIC, &length.to_le_bytes(), &self.manifest_bytes, signature.as_bytes(), &self.body] {
            pack.extend_from_slice(part);
        }
        pack
    }
}

/// Packs entries; what cannot be an entry of its kind is left out.
///
/// # Errors
/// [`Error::Format`] when no filter or manifest can be made of them.
pub fn build(entries: &[Entry], lists: &Lists, facts: &Facts) -> Result<Built, Error> {
    let mut keyed: Vec<(Key, Line)> = entries.iter().filter_map(line).collect();
    keyed.sort_by(|(a, one), (b, other)| (a, one.kind, &other.on).cmp(&(b, other.kind, &one.on)));
    // The same entry twice: the later one counts.
    keyed.dedup_by(|(a, one), (b, other)| a == b && one.kind == other.kind);
    let keys: Vec<Key> = keyed.iter().map(|(key, _)| *key).collect();
    let filter = Filter::build(&keys).map_err(|_| Error::Format)?.to_bytes();
    let lists = serde_json::to_vec(lists).map_err(|_| Error::Format)?;
    let mut buckets: BTreeMap<u16, String> = BTreeMap::new();
    for (key, line) in &keyed {
        let bucket = buckets.entry(key.bucket()).or_default();
        bucket.push_str(&line.written());
        bucket.push('\n');
    }
    let mut groups: BTreeMap<u8, String> = BTreeMap::new();
    for (name, bucket) in &buckets {
        let line = format!("{name:04x} {} {}\n", bucket.len(), hex(&Sha256::digest(bucket.as_bytes())));
        groups.entry(name.to_be_bytes()[0]).or_default().push_str(&line);
    }
    let part = |bytes: &[u8]| Part { bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) };
    let group = |(of, lines): (&u8, &String)| {
        let Part { bytes, sha256 } = part(lines.as_bytes());
        Group { bytes, of: format!("{of:02x}"), sha256 }
    };
    let manifest = Manifest {
        appeal: facts.appeal.clone(),
        entries: keyed.len() as u64,
        filter: part(&filter),
        format: FORMAT.to_owned(),
        groups: groups.iter().map(group).collect(),
        issuer: facts.issuer.clone(),
        key: facts.key.clone(),
        lists: part(&lists),
        made: facts.made.clone(),
        number: facts.number,
    };
    let manifest_bytes = serde_json::to_vec(&manifest).map_err(|_| Error::Format)?;
    let mut body = filter;
    body.extend_from_slice(&lists);
    groups.values().for_each(|group| body.extend_from_slice(group.as_bytes()));
    buckets.values().for_each(|bucket| body.extend_from_slice(bucket.as_bytes()));
    Ok(Built { manifest, manifest_bytes, body })
}

/// As what a listed value is looked up: digits as a telephone number and as an account, for accounts often are such numbers; a
/// link as its page, and as its whole host unless the host belongs to many.
pub fn kinds(value: &str, domains: &crate::domain::Domains) -> Vec<Kind> {
    if let Some(link) = crate::link::find(value).first() {
        let whole = !domains.is_shared(&link.host);
        return if whole { vec![Kind::Host, Kind::Link] } else { vec![Kind::Link] };
    }
    [Kind::Phone, Kind::Account].into_iter().filter(|kind| key(*kind, value).is_some()).collect()
}

/// The form of a listed value in which it is looked up as this kind.
pub fn as_kind(kind: Kind, value: &str) -> String {
    match (kind, crate::link::find(value).first()) {
        (Kind::Host, Some(link)) => link.host.clone(),
        _ => value.to_owned(),
    }
}

fn line(entry: &Entry) -> Option<(Key, Line)> {
    let key = key(entry.kind, &entry.value)?;
    let line = Line::of(&key, entry)?;
    Some((key, line))
}

/// The name of a part of the index.
pub(super) fn index_name(of: &str) -> String {
    format!("index/{of}.txt")
}

/// The name of a bucket.
pub(super) fn bucket_name(name: u16) -> String {
    format!("bucket/{name:04x}.txt")
}

/// Every part of a pack as a file for any web server, by names that come from numbers alone: what a pack says never becomes
/// a path. Empty buckets have no file; that they are empty is said by the signed index.
///
/// # Errors
/// As [`Pack::find`].
pub fn files<S: Source>(pack: &Pack<S>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut files = vec![
        ("manifest.json".to_owned(), pack.manifest_bytes().to_vec()),
        ("manifest.sig".to_owned(), pack.signature().as_bytes().to_vec()),
        ("filter.bin".to_owned(), pack.filter_bytes()?),
        ("lists.json".to_owned(), serde_json::to_vec(&pack.lists).map_err(|_| Error::Format)?),
    ];
    for group in &pack.manifest.groups {
        files.push((index_name(&group.of), pack.group(&group.of).unwrap_or_default().to_vec()));
    }
    for name in pack.bucket_names() {
        files.push((bucket_name(name), pack.bucket(name)?.unwrap_or_default()));
    }
    Ok(files)
}
