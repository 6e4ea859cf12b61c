//! Events of other offices: checked, appended, or kept until what they rely on has come.
//!
//! Importing the same twice changes nothing. A gap is refused and named. Two different events at one place of one
//! epoch are a fork: an alarm, and nothing is written. Packets, receipts and trust in keys belong to `exchange`.

use crate::ledger::{self, SignedHead, signed};
use crate::{Error, Result, Tx};
use programme::chain::{self, Link};
use programme::event::{Head, Payload};
use programme::ids::UnitId;
use programme::model::Digest;
use std::collections::BTreeSet;

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    Done {
        /// Events appended, from this import and from those that were waiting.
        appended: u64,
        known: u64,
        /// Events that wait, and for which heads.
        waiting: u64,
        missing: Vec<Head>,
    },
    /// The first event that is missing before the ones given.
    Gap { office: UnitId, expected: u64, found: u64 },
    /// Another event already stands at this place: someone has two histories.
    Fork { office: UnitId, seq: u64, known: Digest, found: Digest },
    /// An event that is not what it says, or a head not signed by the office's key.
    Broken { office: UnitId, seq: u64, what: Broken },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    Unreadable,
    NotOfThisOffice,
    NotCanonical,
    ChainBroken,
    KeyMissing,
    SignatureWrong,
    HeadNotLast,
}

/// Imports a run of one office's events (canonical JSON, in order) that ends at a signed head.
pub async fn import(tx: &mut Tx, office: &UnitId, bodies: &[String], head: &Head, signature: &str) -> Result<Imported> {
    let mut links = Vec::with_capacity(bodies.len());
    for (i, body) in bodies.iter().enumerate() {
        match checked(office, body) {
            Ok(link) => links.push(link),
            Err(what) => return Ok(Imported::Broken { office: office.clone(), seq: i as u64, what }),
        }
    }
    ledger::lock(tx, office).await?;
    let mut tail = tail(tx, office).await?;
    let mut known = 0;
    let mut fresh = Vec::new();
    for link in links {
        let seq = link.event.seq;
        if let Some(stored) = stored_hash(tx, office, seq).await? {
            if stored != link.hash {
                return Ok(Imported::Fork { office: office.clone(), seq, known: stored, found: link.hash });
            }
            known += 1;
            continue;
        }
        if seq != tail.seq + 1 {
            return Ok(Imported::Gap { office: office.clone(), expected: tail.seq + 1, found: seq });
        }
        if link.event.prev != tail.hash {
            return Ok(Imported::Broken { office: office.clone(), seq, what: Broken::ChainBroken });
        }
        tail = Tail { seq, hash: link.hash };
        fresh.push(link);
    }
    if !fresh.is_empty() {
        if let Some(what) = check_head(tx, office, &fresh, head, signature).await? {
            return Ok(Imported::Broken { office: office.clone(), seq: head.seq, what });
        }
        keep_pending(tx, office, &fresh, head, signature).await?;
    }
    let appended = release(tx).await?;
    let (waiting, missing) = waiting(tx, office).await?;
    Ok(Imported::Done { appended, known, waiting, missing })
}

fn checked(office: &UnitId, body: &str) -> std::result::Result<Link, Broken> {
    let link = chain::read(body).map_err(|_| Broken::Unreadable)?;
    if &link.event.office != office {
        return Err(Broken::NotOfThisOffice);
    }
    let canonical = chain::link(link.event.clone()).map_err(|_| Broken::NotCanonical)?;
    if canonical.bytes == body { Ok(link) } else { Err(Broken::NotCanonical) }
}

struct Tail {
    seq: u64,
    hash: Digest,
}

/// The end of what is known of an office: its ledger, and behind it what is pending.
async fn tail(tx: &mut Tx, office: &UnitId) -> Result<Tail> {
    let last: Option<String> = on!(tx, c => sqlx::query_scalar(
        "select body from pending where office = $1 order by seq desc limit 1")
        .bind(office.as_str()).fetch_optional(c).await?);
    if let Some(body) = last {
        let link = chain::read(&body)?;
        return Ok(Tail { seq: link.event.seq, hash: link.hash });
    }
    let head = ledger::head(tx, office).await?;
    Ok(head.map_or(Tail { seq: 0, hash: Digest::ZERO }, |h| Tail { seq: h.head.seq, hash: h.head.hash }))
}

async fn stored_hash(tx: &mut Tx, office: &UnitId, seq: u64) -> Result<Option<Digest>> {
    if let Some(head) = ledger::place(tx, office, seq).await? {
        return Ok(Some(head.hash));
    }
    let pending: Option<String> = on!(tx, c => sqlx::query_scalar(
        "select body from pending where office = $1 and seq = $2")
        .bind(office.as_str()).bind(signed(seq)).fetch_optional(c).await?);
    Ok(pending.map(|body| Digest::of(body.as_bytes())))
}

/// The head must be the last new event, signed by the key that the ledger named last.
async fn check_head(tx: &mut Tx, office: &UnitId, fresh: &[Link], head: &Head, signature: &str) -> Result<Option<Broken>> {
    if fresh.last().map(Link::head).as_ref() != Some(head) {
        return Ok(Some(Broken::HeadNotLast));
    }
    let named = fresh.iter().rev().find_map(|l| match &l.event.payload {
        Payload::LedgerOpened(opened) => Some(opened.public_key.clone()),
        _ => None,
    });
    let key = match named {
        Some(key) => Some(key),
        None => public_key(tx, office).await?,
    };
    Ok(match key {
        None => Some(Broken::KeyMissing),
        Some(key) if !chain::verify_head(&key, head, signature) => Some(Broken::SignatureWrong),
        Some(_) => None,
    })
}

/// The key that an office's ledger, or what is pending of it, named last.
async fn public_key(tx: &mut Tx, office: &UnitId) -> Result<Option<String>> {
    let bodies: Vec<String> = on!(tx, c => sqlx::query_scalar("select body from pending where office = $1 order by seq")
        .bind(office.as_str()).fetch_all(c).await?);
    let mut key = crate::things::office_marks(tx, office)
        .await?
        .into_iter()
        .rev()
        .find(|m| m.kind == programme::model::MarkKind::Confirmed)
        .and_then(|m| m.other);
    for body in bodies {
        if let Payload::LedgerOpened(opened) = chain::read(&body)?.event.payload {
            key = Some(opened.public_key);
        }
    }
    Ok(key)
}

async fn keep_pending(tx: &mut Tx, office: &UnitId, fresh: &[Link], head: &Head, signature: &str) -> Result<()> {
    for link in fresh {
        on!(tx, c => { sqlx::query("insert into pending (office, seq, body) values ($1, $2, $3)")
            .bind(office.as_str()).bind(signed(link.event.seq)).bind(&link.bytes).execute(c).await?; });
    }
    on!(tx, c => { sqlx::query(
        "insert into pending_head (office, epoch, seq, hash, signature) values ($1, $2, $3, $4, $5)
         on conflict (office) do update set epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash,
         signature = excluded.signature")
        .bind(office.as_str()).bind(i64::from(head.epoch)).bind(signed(head.seq)).bind(head.hash.to_string())
        .bind(signature).execute(c).await?; });
    Ok(())
}

/// Moves events from `pending` to the ledger as long as what they rely on is there.
///
/// Event by event, not whole runs: two offices that answer each other rely on each other's middles.
async fn release(tx: &mut Tx) -> Result<u64> {
    let mut appended = 0;
    loop {
        let mut moved = 0;
        for (office, signed_head) in pending_heads(tx).await? {
            moved += release_office(tx, &office, signed_head).await?;
        }
        appended += moved;
        if moved == 0 {
            return Ok(appended);
        }
    }
}

async fn release_office(tx: &mut Tx, office: &UnitId, (end, signature): (Head, String)) -> Result<u64> {
    let mut ready = pending(tx, office).await?;
    let mut n_ready = 0;
    for link in &ready {
        if !missing(tx, &link.event.relies).await?.is_empty() {
            break;
        }
        n_ready += 1;
    }
    ready.truncate(n_ready);
    let Some(last) = ready.last() else { return Ok(0) };
    // The office signed only the end of the run: a head in the middle has no signature until the end has come too.
    let whole = last.head() == end;
    let signature = if whole { signature } else { String::new() };
    let head = SignedHead { head: last.head(), at: last.event.at, signature };
    ledger::lock(tx, office).await?;
    ledger::write(tx, &ready).await?;
    on!(tx, c => { sqlx::query("delete from pending where office = $1 and seq <= $2")
        .bind(office.as_str()).bind(signed(head.head.seq)).execute(c).await?; });
    if whole {
        on!(tx, c => { sqlx::query("delete from pending_head where office = $1")
            .bind(office.as_str()).execute(c).await?; });
    }
    ledger::put_head(tx, &head).await?;
    Ok(ready.len() as u64)
}

/// The signed ends that pending events lead to.
pub(crate) async fn pending_heads(tx: &mut Tx) -> Result<Vec<(UnitId, (Head, String))>> {
    let rows: Vec<(String, i64, i64, String, String)> = on!(tx, c => sqlx::query_as(
        "select office, epoch, seq, hash, signature from pending_head order by office").fetch_all(c).await?);
    let head = |(office, epoch, seq, hash, signature): (String, i64, i64, String, String)| {
        let damaged = |what: &str| Error::Damaged { table: "pending_head", id: office.clone(), what: what.to_owned() };
        let office: UnitId = office.parse().map_err(|_| damaged("office"))?;
        let head = Head {
            office: office.clone(),
            epoch: u32::try_from(epoch).map_err(|_| damaged("epoch"))?,
            seq: u64::try_from(seq).map_err(|_| damaged("seq"))?,
            hash: hash.parse().map_err(|_| damaged("hash"))?,
        };
        Ok((office, (head, signature)))
    };
    rows.into_iter().map(head).collect()
}

pub(crate) async fn pending(tx: &mut Tx, office: &UnitId) -> Result<Vec<Link>> {
    let bodies: Vec<String> = on!(tx, c => sqlx::query_scalar("select body from pending where office = $1 order by seq")
        .bind(office.as_str()).fetch_all(c).await?);
    bodies.iter().map(|body| Ok(chain::read(body)?)).collect()
}

/// How many of an office's events wait, and for which places of other ledgers.
pub async fn waiting(tx: &mut Tx, office: &UnitId) -> Result<(u64, Vec<Head>)> {
    let links = pending(tx, office).await?;
    let wanted: BTreeSet<&Head> = links.iter().flat_map(|l| &l.event.relies).collect();
    Ok((links.len() as u64, missing(tx, wanted).await?))
}

async fn missing<'a>(tx: &mut Tx, wanted: impl IntoIterator<Item = &'a Head>) -> Result<Vec<Head>> {
    let mut missing = Vec::new();
    for head in wanted {
        if ledger::place(tx, &head.office, head.seq).await?.is_none_or(|known| known.hash != head.hash) {
            missing.push(head.clone());
        }
    }
    Ok(missing)
}
