//! The chain: canonical bytes, hashes, the signed head, and finding exactly what is damaged.
//!
//! `hash = SHA-256(canonical event)`, where the event contains the hash before it; the office signs
//! `{"epoch","hash","office","purpose":"luytre-head/1","seq"}` in canonical form (RFC 8785) with Ed25519 (RFC 8032).
//! Not here: keeping keys and bytes (`store`), trust in a public key (enrolment by the level above).
//!
//! ```text
//! let link = chain::link(event)?;           // bytes + hash
//! let signature = key.sign_head(&link.head());
//! assert!(verify_head(&key.public(), &link.head(), &signature));
//! ```

use crate::event::{Event, Head};
use crate::hex::{hex, unhex};
use crate::ids::{ContentId, ReturnId, UnitId};
use crate::model::{Digest, Return};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::Serialize;
use std::fmt;

/// An event that cannot be written in canonical form; with version-1 payloads this does not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the event has no canonical form: {0}")]
pub struct NotCanonical(pub String);

/// An event with the bytes that were hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub event: Event,
    /// Canonical JSON, UTF-8.
    pub bytes: String,
    pub hash: Digest,
}

impl Link {
    pub fn head(&self) -> Head {
        let Event { office, epoch, seq, .. } = &self.event;
        Head { office: office.clone(), epoch: *epoch, seq: *seq, hash: self.hash }
    }
}

/// Canonical JSON (RFC 8785) of anything that serialises; integers must stay below 2^53.
pub fn canonical<T: Serialize>(value: &T) -> Result<String, NotCanonical> {
    serde_jcs::to_string(value).map_err(|e| NotCanonical(e.to_string()))
}

/// Writes an event in canonical form and hashes it.
pub fn link(event: Event) -> Result<Link, NotCanonical> {
    let bytes = canonical(&event)?;
    let hash = Digest::of(bytes.as_bytes());
    Ok(Link { event, bytes, hash })
}

/// Reads an event back from its stored bytes; the hash is taken from the bytes as they are.
pub fn read(bytes: &str) -> Result<Link, NotCanonical> {
    let event: Event = serde_json::from_str(bytes).map_err(|e| NotCanonical(e.to_string()))?;
    Ok(Link { event, hash: Digest::of(bytes.as_bytes()), bytes: bytes.to_owned() })
}

/// What approval and seal of a return stand on.
pub fn return_digest(r: &Return) -> Result<Digest, NotCanonical> {
    Ok(Digest::of(canonical(r)?.as_bytes()))
}

/// An office's signing key. `Debug` hides it.
#[derive(Clone)]
pub struct Key(SigningKey);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key(public {})", self.public())
    }
}

impl Key {
    /// From 32 secret bytes (RFC 8032 seed).
    pub fn from_seed(seed: &[u8; 32]) -> Key {
        Key(SigningKey::from_bytes(seed))
    }

    /// The public half, 64 hex digits.
    pub fn public(&self) -> String {
        hex(&self.0.verifying_key().to_bytes())
    }

    /// A secret of the office for one purpose: SHA-256 of the signature over its name, which only the key can make
    /// (RFC 8032 signatures are deterministic). No message of the ledger begins alike.
    pub fn secret(&self, purpose: &str) -> [u8; 32] {
        let signature = self.0.sign(format!("luytre secret\n{purpose}").as_bytes()).to_bytes();
        Digest::of(&signature).0
    }

    /// Signs a head; 128 hex digits.
    pub fn sign_head(&self, head: &Head) -> String {
        hex(&self.0.sign(head_message(head).as_bytes()).to_bytes())
    }

    /// Signs a text that people read, 128 hex digits. Its first line says what it is: nothing else that is signed begins so.
    pub(crate) fn sign_text(&self, text: &str) -> String {
        hex(&self.0.sign(text.as_bytes()).to_bytes())
    }

    /// Signs a return's digest; 128 hex digits.
    pub fn sign_return(&self, id: &ReturnId, digest: &Digest) -> String {
        hex(&self.0.sign(return_message(id, digest).as_bytes()).to_bytes())
    }

    /// Signs the manifest of a pack of verified entries; 128 hex digits.
    pub fn sign_pack(&self, digest: &Digest) -> String {
        hex(&self.0.sign(pack_message(digest).as_bytes()).to_bytes())
    }
}

/// True when the office with this public key gave out this pack.
pub fn verify_pack(public: &str, digest: &Digest, signature: &str) -> bool {
    verify(public, &pack_message(digest), signature)
}

/// True when the office with this public key signed this head.
pub fn verify_head(public: &str, head: &Head, signature: &str) -> bool {
    verify(public, &head_message(head), signature)
}

/// True when the office with this public key sealed this return.
pub fn verify_return(public: &str, id: &ReturnId, digest: &Digest, signature: &str) -> bool {
    verify(public, &return_message(id, digest), signature)
}

/// True when the owner of this public key signed this text.
pub(crate) fn verify_text(public: &str, text: &str, signature: &str) -> bool {
    verify(public, text, signature)
}

fn verify(public: &str, message: &str, signature: &str) -> bool {
    let (Some(public), Some(signature)) = (unhex::<32>(public), unhex::<64>(signature)) else { return false };
    // Strict: refuses the weak keys and the malleable signatures that RFC 8032 leaves open.
    VerifyingKey::from_bytes(&public).is_ok_and(|key| key.verify_strict(message.as_bytes(), &Signature::from_bytes(&signature)).is_ok())
}

// Every value is an id, a number or hex: written by hand it is already canonical, and cannot fail.
fn head_message(head: &Head) -> String {
    let Head { office, epoch, seq, hash } = head;
    format!(r#"{{"epoch":{epoch},"hash":"{hash}","office":"{office}","purpose":"luytre-head/1","seq":{seq}}}"#)
}

fn return_message(id: &ReturnId, digest: &Digest) -> String {
    format!(r#"{{"digest":"{digest}","purpose":"luytre-return/1","return":"{id}"}}"#)
}

fn pack_message(digest: &Digest) -> String {
    format!(r#"{{"digest":"{digest}","purpose":"luytre-scam-pack/1"}}"#)
}

/// Exactly what is damaged. The sentence comes from the catalogue key `damage-CODE`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// The bytes of an event do not give its stored hash.
    EventChanged { office: UnitId, seq: u64 },
    /// The bytes are no event of this program.
    EventUnreadable { office: UnitId, seq: u64 },
    /// The event stands at a place that is not its own.
    EventMisplaced { office: UnitId, seq: u64 },
    /// Events from `from` to `to` are not there.
    EventsMissing { office: UnitId, from: u64, to: u64 },
    /// The event does not continue the one before.
    ChainBroken { office: UnitId, seq: u64 },
    /// The stored head is not the last event.
    HeadWrong { office: UnitId, seq: u64 },
    /// The head's signature is not by the office's key.
    SignatureWrong { office: UnitId, seq: u64 },
    /// The ledger does not begin by naming its key.
    KeyMissing { office: UnitId },
    /// Events without the signed head of their ledger; the last that is there is number `seq`, whether more came after it
    /// nobody can tell.
    HeadMissing { office: UnitId, seq: u64 },
    /// The office was set up, and its ledger is not there.
    LedgerMissing { office: UnitId },
    /// What the database keeps beside an event, to find it by, does not say what the event says.
    IndexChanged { office: UnitId, seq: u64 },
    /// The tables that pages read do not follow from the events.
    ProjectionsChanged,
    /// The database's own check of its file found something.
    DatabaseBroken { what: String },
    /// A private text or file that an event names is not there.
    ContentMissing { content: ContentId },
    /// A private text or file is not what the event sealed.
    ContentChanged { content: ContentId },
    /// The bytes of a file are not on the disk.
    BlobMissing { content: ContentId, sha256: String },
    /// The bytes of a file have changed.
    BlobChanged { content: ContentId, sha256: String },
    /// What lies in the place of a file cannot be read: a folder, a bad part of the disk.
    BlobUnreadable { content: ContentId, sha256: String },
    /// The size that is kept beside a text or a file is not that of its bytes.
    SizeChanged { content: ContentId },
    /// The figures of a sealed return are not those that were signed.
    ReturnChanged { id: ReturnId },
    /// The seal of a return is not by the office's key.
    ReturnSignatureWrong { id: ReturnId },
}

impl Damage {
    /// Every code there is: each has its sentence in the catalogues.
    pub const CODES: &'static [&'static str] = &[
        "event_changed",
        "event_unreadable",
        "event_misplaced",
        "events_missing",
        "chain_broken",
        "head_wrong",
        "signature_wrong",
        "key_missing",
        "head_missing",
        "ledger_missing",
        "index_changed",
        "projections_changed",
        "database_broken",
        "content_missing",
        "content_changed",
        "blob_missing",
        "blob_changed",
        "blob_unreadable",
        "size_changed",
        "return_changed",
        "return_signature_wrong",
    ];

    pub fn code(&self) -> &'static str {
        match self {
            Damage::EventChanged { .. } => "event_changed",
            Damage::EventUnreadable { .. } => "event_unreadable",
            Damage::EventMisplaced { .. } => "event_misplaced",
            Damage::EventsMissing { .. } => "events_missing",
            Damage::ChainBroken { .. } => "chain_broken",
            Damage::HeadWrong { .. } => "head_wrong",
            Damage::SignatureWrong { .. } => "signature_wrong",
            Damage::KeyMissing { .. } => "key_missing",
            Damage::HeadMissing { .. } => "head_missing",
            Damage::LedgerMissing { .. } => "ledger_missing",
            Damage::IndexChanged { .. } => "index_changed",
            Damage::ProjectionsChanged => "projections_changed",
            Damage::DatabaseBroken { .. } => "database_broken",
            Damage::ContentMissing { .. } => "content_missing",
            Damage::ContentChanged { .. } => "content_changed",
            Damage::BlobMissing { .. } => "blob_missing",
            Damage::BlobChanged { .. } => "blob_changed",
            Damage::BlobUnreadable { .. } => "blob_unreadable",
            Damage::SizeChanged { .. } => "size_changed",
            Damage::ReturnChanged { .. } => "return_changed",
            Damage::ReturnSignatureWrong { .. } => "return_signature_wrong",
        }
    }

    /// What the sentence of the code names: places and ids.
    pub fn data(&self) -> Vec<(&'static str, String)> {
        match self {
            Damage::EventChanged { office, seq }
            | Damage::EventUnreadable { office, seq }
            | Damage::EventMisplaced { office, seq }
            | Damage::ChainBroken { office, seq }
            | Damage::HeadWrong { office, seq }
            | Damage::IndexChanged { office, seq }
            | Damage::HeadMissing { office, seq }
            | Damage::SignatureWrong { office, seq } => vec![("office", office.to_string()), ("seq", seq.to_string())],
            Damage::EventsMissing { office, from, to } => {
                vec![("office", office.to_string()), ("from", from.to_string()), ("to", to.to_string())]
            }
            Damage::KeyMissing { office } | Damage::LedgerMissing { office } => vec![("office", office.to_string())],
            Damage::ProjectionsChanged => Vec::new(),
            Damage::DatabaseBroken { what } => vec![("what", what.clone())],
            Damage::ContentMissing { content } | Damage::ContentChanged { content } | Damage::SizeChanged { content } => {
                vec![("content", content.to_string())]
            }
            Damage::BlobMissing { content, sha256 }
            | Damage::BlobChanged { content, sha256 }
            | Damage::BlobUnreadable { content, sha256 } => vec![("content", content.to_string()), ("sha256", sha256.clone())],
            Damage::ReturnChanged { id } | Damage::ReturnSignatureWrong { id } => vec![("id", id.to_string())],
        }
    }
}

/// Walks one office's ledger event by event and notes what does not fit.
///
/// After a damaged event the walk goes on from the *stored* hash, so that one flipped byte is named once.
#[derive(Debug)]
pub struct Walk {
    office: UnitId,
    next_seq: u64,
    prev: Digest,
    epoch: u32,
    pub public_key: Option<String>,
    pub last: Option<Head>,
    pub damage: Vec<Damage>,
}

impl Walk {
    pub fn new(office: UnitId) -> Walk {
        Walk { office, next_seq: 1, prev: Digest::ZERO, epoch: 0, public_key: None, last: None, damage: Vec::new() }
    }

    /// Takes the next stored row; returns the event when it can be trusted to be what was written.
    pub fn step(&mut self, seq: u64, bytes: &str, stored: Digest) -> Option<Event> {
        let office = self.office.clone();
        if seq > self.next_seq {
            self.damage.push(Damage::EventsMissing { office: office.clone(), from: self.next_seq, to: seq - 1 });
        }
        let gap = seq != self.next_seq;
        let prev = std::mem::replace(&mut self.prev, stored);
        self.next_seq = seq + 1;
        self.last = Some(Head { office: office.clone(), epoch: self.epoch, seq, hash: stored });
        if Digest::of(bytes.as_bytes()) != stored {
            self.damage.push(Damage::EventChanged { office, seq });
            return None;
        }
        let Ok(Link { event, .. }) = read(bytes) else {
            self.damage.push(Damage::EventUnreadable { office, seq });
            return None;
        };
        if event.office != self.office || event.seq != seq {
            self.damage.push(Damage::EventMisplaced { office, seq });
            return None;
        }
        if let crate::event::Payload::LedgerOpened(opened) = &event.payload {
            self.public_key = Some(opened.public_key.clone());
        }
        self.epoch = event.epoch;
        self.last = Some(Head { office: office.clone(), epoch: event.epoch, seq, hash: stored });
        if !gap && event.prev != prev {
            self.damage.push(Damage::ChainBroken { office, seq });
        }
        Some(event)
    }

    /// Compares the end of the walk with the stored head and its signature.
    pub fn finish(mut self, head: &Head, signature: &str) -> Vec<Damage> {
        let office = self.office.clone();
        if head.seq >= self.next_seq {
            // The head was signed over events that are not there any more.
            self.damage.push(Damage::EventsMissing { office: office.clone(), from: self.next_seq, to: head.seq });
        } else if self.last.as_ref() != Some(head) {
            self.damage.push(Damage::HeadWrong { office: office.clone(), seq: head.seq });
        }
        match &self.public_key {
            None => self.damage.push(Damage::KeyMissing { office }),
            Some(key) if !verify_head(key, head, signature) => {
                self.damage.push(Damage::SignatureWrong { office, seq: head.seq });
            }
            Some(_) => {}
        }
        self.damage
    }

    /// Where the ledger has no signed head to compare with.
    pub fn finish_without_head(mut self) -> Vec<Damage> {
        let office = self.office.clone();
        if self.public_key.is_none() {
            self.damage.push(Damage::KeyMissing { office: office.clone() });
        }
        self.damage.push(Damage::HeadMissing { office, seq: self.next_seq - 1 });
        self.damage
    }
}

#[cfg(test)]
mod tests;
