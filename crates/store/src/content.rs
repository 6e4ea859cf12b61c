//! Private texts and files: what an event names only by an id and a salted digest.
//!
//! Erasing removes salt, body and name; the event stays and tells nothing. Bytes of files lie in [`crate::blob`].
//! A text that is not what was kept is never given out as if it were: [`get`] fails with [`Error::TextDamaged`], [`many`] marks
//! it, so that one damaged note does not hide the list that it stands in.

use crate::{Error, Result, Tx};
use programme::ids::ContentId;
use programme::model::{Digest, Sealed};
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};
use std::collections::{BTreeMap, BTreeSet};

/// A private text or file on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContent {
    pub id: ContentId,
    pub salt: [u8; 16],
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Text(String),
    /// The blob must have been put before.
    File {
        name: String,
        digest: Digest,
        size_bytes: u64,
    },
}

impl NewContent {
    /// How an event names it.
    pub fn sealed(&self) -> Sealed {
        let plain = match &self.what {
            What::Text(text) => Digest::of(text.as_bytes()),
            What::File { digest, .. } => *digest,
        };
        Sealed::new(self.id.clone(), &self.salt, &plain)
    }
}

/// A private text or file as stored; after erasure salt, digest, body and name are `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub id: String,
    /// `text` or `file`.
    pub kind: String,
    /// Hex.
    pub salt: Option<String>,
    /// Of the plain bytes, hex.
    pub sha256: Option<String>,
    pub body: Option<String>,
    pub name: Option<String>,
    pub size_bytes: i64,
    pub erased_basis: Option<String>,
    /// The bytes of a text are not those that were kept; then `body` is `None`. Of a file its blob tells.
    pub damaged: bool,
}

impl<'r, R: Row> FromRow<'r, R> for Content
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Content> {
        let (kind, sha256): (String, Option<String>) = (row.try_get("kind")?, row.try_get("sha256")?);
        let erased_basis: Option<String> = row.try_get("erased_basis")?;
        // Bytes that are no text any more are damage of this row, and no failure of whoever reads a hundred of them.
        let body: Option<String> = row.try_get("body").unwrap_or_default();
        let fits = |body: &String| sha256.as_deref().and_then(|d| d.parse().ok()) == Some(Digest::of(body.as_bytes()));
        let damaged = kind == "text" && erased_basis.is_none() && !body.as_ref().is_some_and(fits);
        Ok(Content {
            id: row.try_get("id")?,
            kind,
            salt: row.try_get("salt")?,
            sha256,
            body: body.filter(|_| !damaged),
            name: row.try_get("name")?,
            size_bytes: row.try_get("size_bytes")?,
            erased_basis,
            damaged,
        })
    }
}

impl Content {
    /// How the stored salt and digest would be sealed; `None` after erasure or when they are unreadable.
    pub fn sealed(&self) -> Option<Sealed> {
        let salt = unhex(self.salt.as_deref()?)?;
        let plain: Digest = self.sha256.as_deref()?.parse().ok()?;
        Some(Sealed::new(self.id.parse().ok()?, &salt, &plain))
    }
}

const COLUMNS: &str = "select id, kind, salt, sha256, body, name, size_bytes, erased_basis from content";

pub async fn put(tx: &mut Tx, content: &NewContent) -> Result<Sealed> {
    let (kind, digest, body, name, size) = match &content.what {
        What::Text(text) => ("text", Digest::of(text.as_bytes()), Some(text.as_str()), None, text.len() as u64),
        What::File { name, digest, size_bytes } => ("file", *digest, None, Some(name.as_str()), *size_bytes),
    };
    let salt = programme::hex::hex(&content.salt);
    on!(tx, c => { sqlx::query(
        "insert into content (id, kind, salt, sha256, body, name, size_bytes) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(content.id.as_str()).bind(kind).bind(salt).bind(digest.to_string()).bind(body).bind(name)
        .bind(i64::try_from(size).unwrap_or(i64::MAX)).execute(c).await?; });
    Ok(content.sealed())
}

/// # Errors
/// [`Error::TextDamaged`] when it is a text that is not what was kept.
pub async fn get(tx: &mut Tx, id: &ContentId) -> Result<Option<Content>> {
    let content = stored(tx, id).await?;
    if content.as_ref().is_some_and(|content| content.damaged) { Err(Error::TextDamaged { content: id.clone() }) } else { Ok(content) }
}

/// As [`get`], also when it is damaged: what is to be erased need not be readable.
pub async fn stored(tx: &mut Tx, id: &ContentId) -> Result<Option<Content>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select id, kind, salt, sha256, body, name, size_bytes, erased_basis from content where id = $1")
        .bind(id.as_str()).fetch_optional(c).await?))
}

/// The contents with these ids; unknown ids are absent, and one that is damaged says so.
pub async fn many(tx: &mut Tx, ids: &[&ContentId]) -> Result<BTreeMap<ContentId, Content>> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(500) {
        let rows: Vec<Content> = on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(COLUMNS);
            query.push(" where id in (");
            let mut list = query.separated(", ");
            for id in chunk {
                list.push_bind(id.as_str());
            }
            query.push(")");
            query.build_query_as().fetch_all(c).await?
        });
        for row in rows {
            let damaged = |_| Error::Damaged { table: "content", id: row.id.clone(), what: "id".to_owned() };
            found.insert(row.id.parse().map_err(damaged)?, row);
        }
    }
    Ok(found)
}

/// Every stored content, for `verify`.
pub async fn page(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<Content>> {
    Ok(on!(tx, c => sqlx::query_as(
        "select id, kind, salt, sha256, body, name, size_bytes, erased_basis from content
         where id > $1 order by id limit $2").bind(after).bind(limit).fetch_all(c).await?))
}

/// SHA-256 of every file that some content names.
pub async fn digests(tx: &mut Tx) -> Result<BTreeSet<String>> {
    let all: Vec<String> = on!(tx, c => sqlx::query_scalar(
        "select distinct sha256 from content where kind = 'file' and sha256 is not null").fetch_all(c).await?);
    Ok(all.into_iter().collect())
}

/// The files with exactly these bytes.
pub async fn with_digest(tx: &mut Tx, digest: &Digest) -> Result<BTreeSet<ContentId>> {
    let ids: Vec<String> = on!(tx, c => sqlx::query_scalar("select id from content where kind = 'file' and sha256 = $1")
        .bind(digest.to_string()).fetch_all(c).await?);
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

/// Puts a text back wherever one with its digest lies damaged; returns in how many places. What was erased has no digest.
pub async fn mend(tx: &mut Tx, text: &str) -> Result<u64> {
    let digest = Digest::of(text.as_bytes()).to_string();
    let done = on!(tx, c => sqlx::query(
        "update content set body = $1 where kind = 'text' and sha256 = $2 and erased_basis is null
         and (body is null or body <> $1)").bind(text).bind(digest).execute(c).await?.rows_affected());
    Ok(done)
}

/// Removes salt, digest, body and name. Returns the blob's digest when no other content names it any more.
pub async fn erase(tx: &mut Tx, id: &ContentId, basis: &str) -> Result<Option<Digest>> {
    let digest = stored(tx, id).await?.filter(|c| c.kind == "file").and_then(|c| c.sha256);
    on!(tx, c => { sqlx::query(
        "update content set salt = null, sha256 = null, body = null, name = null, erased_basis = $2 where id = $1")
        .bind(id.as_str()).bind(basis).execute(c).await?; });
    let Some(digest) = digest else { return Ok(None) };
    let others: i64 = on!(tx, c => sqlx::query_scalar("select count(*) from content where sha256 = $1")
        .bind(&digest).fetch_one(c).await?);
    Ok(if others == 0 { digest.parse().ok() } else { None })
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|p| std::str::from_utf8(p).ok().and_then(|p| u8::from_str_radix(p, 16).ok())).collect()
}
