//! Finding letters and obligations by their words: FTS5 on SQLite, `tsvector('simple')` on PostgreSQL.
//!
//! The caller passes words already folded (`text::fold::search_key`: no accents, đ → d), the same for storing and
//! finding. All words must occur. Results are ids; their rank is nobody's promise.

use crate::{Result, Tx};
use programme::model::SubjectKind;

/// Stores the words of one thing, in place of those it had.
pub async fn put(tx: &mut Tx, kind: SubjectKind, id: &str, words: &str) -> Result<()> {
    remove(tx, kind, id).await?;
    // PostgreSQL would take `118/kh-ubnd` for one word, the name of a file.
    let words: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    on!(tx, c => { sqlx::query("insert into search (kind, id, words) values ($1, $2, $3)")
        .bind(kind.as_str()).bind(id).bind(words).execute(c).await?; });
    Ok(())
}

/// Has the index of SQLite forget words with the thing that they stood in; of itself it marks them as gone, and they lie on
/// until it is merged. Written once for each file, which is then made anew without what it kept of before.
pub(crate) async fn delete_for_good(tx: &mut Tx) -> Result<()> {
    let Tx::Sqlite(t) = tx else { return Ok(()) };
    let set: Option<i64> = sqlx::query_scalar("select v from search_config where k = 'secure-delete'").fetch_optional(&mut **t).await?;
    if set != Some(1) {
        sqlx::query("insert into search (search, rank) values ('secure-delete', 1)").execute(&mut **t).await?;
        sqlx::query("insert into search (search) values ('rebuild')").execute(&mut **t).await?;
    }
    Ok(())
}

pub async fn remove(tx: &mut Tx, kind: SubjectKind, id: &str) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from search where kind = $1 and id = $2")
        .bind(kind.as_str()).bind(id).execute(c).await?; });
    Ok(())
}

/// How words that are looked for have to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// All of them, anywhere.
    All,
    /// One right after the other, as they were given.
    InARow,
}

/// Ids of things of one kind that contain the words; sorted by id.
pub async fn find(tx: &mut Tx, kind: SubjectKind, words: &str, how: Words, limit: i64) -> Result<Vec<String>> {
    // Letters and digits only: neither engine's query language reaches it.
    let terms: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(20).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    // The engines share no syntax for matching words.
    Ok(match tx {
        Tx::Sqlite(t) => {
            let between = if how == Words::All { "\" AND \"" } else { " " };
            sqlx::query_scalar("select id from search where search match $1 and kind = $2 order by id limit $3")
                .bind(format!("words : (\"{}\")", terms.join(between)))
                .bind(kind.as_str())
                .bind(limit)
                .fetch_all(&mut **t)
                .await?
        }
        Tx::Postgres(t) => {
            sqlx::query_scalar(
                "select id from search
                 where to_tsvector('simple', words) @@ (case when $4 then phraseto_tsquery('simple', $1) else plainto_tsquery('simple', $1) end)
                 and kind = $2 order by id limit $3",
            )
            .bind(terms.join(" "))
            .bind(kind.as_str())
            .bind(limit)
            .bind(how == Words::InARow)
            .fetch_all(&mut **t)
            .await?
        }
    })
}
