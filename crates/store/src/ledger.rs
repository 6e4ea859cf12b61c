//! The ledger: appending to one's own chain, reading any.
//!
//! Appending locks the office's head row first (`for update`; on SQLite there is one writer anyway), links each event
//! to the one before, signs the new head, and updates the projections: all in the caller's transaction.
//! Not here: other offices' events ([`crate::import`]).

use crate::{Error, Result, Tx, projection};
use programme::chain::{self, Key, Link};
use programme::event::{Event, Head, Payload};
use programme::ids::{PersonId, UnitId};
use programme::model::{Stamp, SubjectKind};
use programme::moment::Moment;
use sqlx::FromRow;

/// The end of a ledger, signed by its office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    pub head: Head,
    pub at: Moment,
    /// Ed25519, 128 hex digits.
    pub signature: String,
}

/// One stored event, as it lies in its row.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct EventRow {
    pub office: String,
    pub seq: i64,
    pub hash: String,
    pub body: String,
}

#[derive(FromRow)]
struct HeadRow {
    office: String,
    epoch: i64,
    seq: i64,
    hash: String,
    at: String,
    signature: String,
}

impl TryFrom<HeadRow> for SignedHead {
    type Error = Error;
    fn try_from(row: HeadRow) -> Result<SignedHead> {
        let damaged = |what: &str| Error::Damaged { table: "head", id: row.office.clone(), what: what.to_owned() };
        Ok(SignedHead {
            head: Head {
                office: row.office.parse().map_err(|_| damaged("office"))?,
                epoch: u32::try_from(row.epoch).map_err(|_| damaged("epoch"))?,
                seq: u64::try_from(row.seq).map_err(|_| damaged("seq"))?,
                hash: row.hash.parse().map_err(|_| damaged("hash"))?,
            },
            at: row.at.parse().map_err(|_| damaged("at"))?,
            signature: row.signature,
        })
    }
}

/// Holds the office's head until the end of the transaction: nobody else appends meanwhile.
pub async fn lock(tx: &mut Tx, office: &UnitId) -> Result<()> {
    // SQLite has one writer and no `for update`.
    if let Tx::Postgres(t) = tx {
        // An office without any event has no row to lock; an advisory lock on its name serves both cases.
        sqlx::query("select pg_advisory_xact_lock(hashtext($1))").bind(office.as_str()).execute(&mut **t).await?;
        sqlx::query("select seq from head where office = $1 for update").bind(office.as_str()).execute(&mut **t).await?;
    }
    Ok(())
}

pub async fn head(tx: &mut Tx, office: &UnitId) -> Result<Option<SignedHead>> {
    let row: Option<HeadRow> = on!(tx, c => sqlx::query_as(
        "select office, epoch, seq, hash, at, signature from head where office = $1")
        .bind(office.as_str()).fetch_optional(c).await?);
    row.map(SignedHead::try_from).transpose()
}

/// The heads of all known ledgers, by office.
pub async fn heads(tx: &mut Tx) -> Result<Vec<SignedHead>> {
    let rows: Vec<HeadRow> = on!(tx, c => sqlx::query_as(
        "select office, epoch, seq, hash, at, signature from head order by office").fetch_all(c).await?);
    rows.into_iter().map(SignedHead::try_from).collect()
}

/// Who appends what, when.
#[derive(Debug, Clone)]
pub struct Append<'a> {
    pub office: &'a UnitId,
    pub actor: &'a PersonId,
    pub now: Moment,
    /// Heads of other ledgers that the decision was taken on.
    pub relies: Vec<Head>,
    pub key: &'a Key,
}

/// Appends events to the office's own ledger, signs the head and updates the projections.
pub async fn append(tx: &mut Tx, append: Append<'_>, payloads: Vec<Payload>) -> Result<Vec<Link>> {
    lock(tx, append.office).await?;
    let before = head(tx, append.office).await?;
    // A clock that was set back must not make a later statement look older.
    let at = before.as_ref().map_or(append.now, |b| append.now.max(b.at));
    let mut prev = before.as_ref().map(|b| b.head.clone());
    let mut links = Vec::with_capacity(payloads.len());
    for payload in payloads {
        let opens = matches!(payload, Payload::LedgerOpened(_));
        let epoch = prev.as_ref().map_or(0, |h| h.epoch) + u32::from(opens);
        let link = chain::link(Event {
            v: 1,
            office: append.office.clone(),
            epoch,
            seq: prev.as_ref().map_or(1, |h| h.seq + 1),
            at,
            actor: append.actor.clone(),
            relies: append.relies.clone(),
            prev: prev.as_ref().map_or(programme::model::Digest::ZERO, |h| h.hash),
            payload,
        })?;
        prev = Some(link.head());
        links.push(link);
    }
    write(tx, &links).await?;
    if let Some(head) = prev {
        let signature = append.key.sign_head(&head);
        put_head(tx, &SignedHead { head, at, signature }).await?;
    }
    Ok(links)
}

/// Writes linked events and their changes; the caller has checked the chain.
pub(crate) async fn write(tx: &mut Tx, links: &[Link]) -> Result<()> {
    // 10 columns a row; SQLite takes 32,766 parameters a statement.
    for chunk in links.chunks(1000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(
                "insert into event (office, seq, epoch, at, actor, kind, subject_kind, subject, hash, body) ");
            query.push_values(chunk, |mut row, link| {
                let event = &link.event;
                let (subject_kind, subject) = event.payload.subject();
                row.push_bind(event.office.as_str()).push_bind(signed(event.seq)).push_bind(i64::from(event.epoch))
                    .push_bind(event.at.to_string()).push_bind(event.actor.as_str()).push_bind(event.payload.kind())
                    .push_bind(subject_kind.as_str()).push_bind(subject).push_bind(link.hash.to_string())
                    .push_bind(link.bytes.as_str());
            });
            query.build().execute(c).await?;
        });
    }
    projection::apply(tx, links.iter().map(|l| &l.event)).await
}

pub(crate) async fn put_head(tx: &mut Tx, signed_head: &SignedHead) -> Result<()> {
    let Head { office, epoch, seq, hash } = &signed_head.head;
    on!(tx, c => { sqlx::query(
        "insert into head (office, epoch, seq, hash, at, signature) values ($1, $2, $3, $4, $5, $6)
         on conflict (office) do update set epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash,
         at = excluded.at, signature = excluded.signature")
        .bind(office.as_str()).bind(i64::from(*epoch)).bind(signed(*seq)).bind(hash.to_string())
        .bind(signed_head.at.to_string()).bind(&signed_head.signature).execute(c).await?; });
    Ok(())
}

/// The place of one event, if it is known.
pub async fn place(tx: &mut Tx, office: &UnitId, seq: u64) -> Result<Option<Head>> {
    let row: Option<(i64, String)> = on!(tx, c => sqlx::query_as(
        "select epoch, hash from event where office = $1 and seq = $2")
        .bind(office.as_str()).bind(signed(seq)).fetch_optional(c).await?);
    let Some((epoch, hash)) = row else { return Ok(None) };
    let damaged = || Error::Damaged { table: "event", id: format!("{office}/{seq}"), what: "hash".to_owned() };
    Ok(Some(Head {
        office: office.clone(),
        epoch: u32::try_from(epoch).map_err(|_| damaged())?,
        seq,
        hash: hash.parse().map_err(|_| damaged())?,
    }))
}

/// The places of other offices' events that these statements come from: what an event that builds on them relies on.
pub async fn relied(tx: &mut Tx, own: &UnitId, stamps: impl IntoIterator<Item = &Stamp>) -> Result<Vec<Head>> {
    let mut latest = std::collections::BTreeMap::<&UnitId, u64>::new();
    for stamp in stamps.into_iter().filter(|s| &s.office != own) {
        let seq = latest.entry(&stamp.office).or_default();
        *seq = (*seq).max(stamp.seq);
    }
    let mut heads = Vec::new();
    for (office, seq) in latest {
        heads.extend(place(tx, office, seq).await?);
    }
    Ok(heads)
}

/// Rows of one ledger from `from` on, in order.
pub async fn rows(tx: &mut Tx, office: &UnitId, from: u64, limit: i64) -> Result<Vec<EventRow>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select office, seq, hash, body from event where office = $1 and seq >= $2 order by seq limit $3")
        .bind(office.as_str()).bind(signed(from)).bind(limit).fetch_all(c).await?))
}

/// An event with everything that its row keeps to find it by.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct IndexedRow {
    pub seq: i64,
    pub epoch: i64,
    pub at: String,
    pub actor: String,
    pub kind: String,
    pub subject_kind: String,
    pub subject: String,
    pub hash: String,
    pub body: String,
}

impl IndexedRow {
    /// Whether the row says of the event what the event says itself.
    pub fn is_index_of(&self, event: &Event) -> bool {
        let (subject_kind, subject) = event.payload.subject();
        self.epoch == i64::from(event.epoch)
            && self.at == event.at.to_string()
            && self.actor == event.actor.as_str()
            && self.kind == event.payload.kind()
            && self.subject_kind == subject_kind.as_str()
            && self.subject == subject
    }
}

/// As [`rows`], with what each row keeps beside the event.
pub async fn indexed(tx: &mut Tx, office: &UnitId, from: u64, limit: i64) -> Result<Vec<IndexedRow>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select seq, epoch, at, actor, kind, subject_kind, subject, hash, body from event
         where office = $1 and seq >= $2 order by seq limit $3")
        .bind(office.as_str()).bind(signed(from)).bind(limit).fetch_all(c).await?))
}

/// The offices that said anything.
pub async fn offices(tx: &mut Tx) -> Result<std::collections::BTreeSet<UnitId>> {
    let all: Vec<String> = on!(tx, c => sqlx::query_scalar("select distinct office from event").fetch_all(c).await?);
    let damaged = |id: &String| Error::Damaged { table: "event", id: id.clone(), what: "office".to_owned() };
    all.iter().map(|id| id.parse().map_err(|_| damaged(id))).collect()
}

/// Every event about one thing, in order of time.
pub async fn history(tx: &mut Tx, kind: SubjectKind, id: &str) -> Result<Vec<Link>> {
    let rows: Vec<EventRow> = on!(tx, c => sqlx::query_as(
        "select office, seq, hash, body from event where subject_kind = $1 and subject = $2 order by at, office, seq")
        .bind(kind.as_str()).bind(id).fetch_all(c).await?);
    rows.iter().map(|row| Ok(chain::read(&row.body)?)).collect()
}

/// The hash of the first event about each of these things, by id; what nothing was said about is absent.
pub async fn first_hashes(tx: &mut Tx, kind: SubjectKind, ids: &[&str]) -> Result<std::collections::BTreeMap<String, String>> {
    let mut found = std::collections::BTreeMap::new();
    for chunk in ids.chunks(500) {
        let rows: Vec<(String, String)> = on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(
                "select subject, hash from (select subject, hash, row_number() over
                 (partition by subject order by at, office, seq) as place from event where subject_kind = ");
            query.push_bind(kind.as_str()).push(" and subject in (");
            let mut list = query.separated(", ");
            for id in chunk {
                list.push_bind(*id);
            }
            query.push(")) as said where place = 1");
            query.build_query_as().fetch_all(c).await?
        });
        found.extend(rows);
    }
    Ok(found)
}

/// What one person did, the latest last: time, kind of event, kind and id of the thing.
pub async fn by_actor(tx: &mut Tx, actor: &PersonId) -> Result<Vec<(Moment, String, SubjectKind, String)>> {
    let rows: Vec<(String, String, String, String)> = on!(tx, c => sqlx::query_as(
        "select at, kind, subject_kind, subject from event where actor = $1 order by at, office, seq")
        .bind(actor.as_str()).fetch_all(c).await?);
    let bad = |id: &str, what: &str| crate::projection::damaged("event", id, &what);
    let read = |(at, kind, of, id): (String, String, String, String)| {
        let at = at.parse().map_err(|_| bad(&id, "not a time"))?;
        let of = of.parse().map_err(|_| bad(&id, "not a kind of thing"))?;
        Ok((at, kind, of, id))
    };
    rows.into_iter().map(read).collect()
}

/// The latest events of an office's ledger before a number, the latest first.
pub async fn before(tx: &mut Tx, office: &UnitId, seq: u64, limit: i64) -> Result<Vec<Link>> {
    let rows: Vec<EventRow> = on!(tx, c => sqlx::query_as(
        "select office, seq, hash, body from event where office = $1 and seq < $2 order by seq desc limit $3")
        .bind(office.as_str()).bind(signed(seq)).bind(limit).fetch_all(c).await?);
    rows.iter().map(|row| Ok(chain::read(&row.body)?)).collect()
}

/// How many events there are in all ledgers.
pub async fn count(tx: &mut Tx) -> Result<u64> {
    let n: i64 = on!(tx, c => sqlx::query_scalar("select count(*) from event").fetch_one(c).await?);
    Ok(u64::try_from(n).unwrap_or_default())
}

pub(crate) fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
