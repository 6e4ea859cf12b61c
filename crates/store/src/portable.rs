//! The rows of every table that does not follow from others, as lines that either database can take in: for backups.
//!
//! A table is a run of lines of JSON: first the names of its columns, then one array a row, in the order of the key.
//! Kept is every table there is but the projections (they are replayed), what lets in by a secret alone, and the list of
//! migrations: a table that a later migration adds is kept without a change here. Not here: files, encryption.
//!
//! ```text
//! ["id","name"]
//! ["01976…","Trần Thị Mai"]
//! ```

use crate::{Error, Result, Tx, projection};
use futures_util::TryStreamExt as _;
use serde_json::Value;
use sqlx::Row as _;

/// Tables whose rows let somebody in by a secret alone: a restored one would open again to whom it was closed since the
/// backup was made, to an old visitor or to a token that was revoked because it had leaked. Whoever still needs one makes
/// another; passwords come back, because nobody could sign in without them. And the letters that waited to be sent: they have
/// gone out since. Who was written to in a drill is forgotten when it is closed: no backup remembers it longer.
pub const LEFT_OUT: &[&str] = &["drill_recipient", "outbox", "session", "token"];

/// How many rows one statement takes in; its parameters stay below SQLite's 32,766 up to 65 columns.
const ROWS: usize = 500;

/// The kinds of columns of the portable subset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Boolean,
    Real,
    Bytes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    name: String,
    kind: Kind,
    /// Place in the primary key, from 1; 0: not part of it.
    key: i64,
}

/// A table that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    columns: Vec<Column>,
}

/// The tables to keep, by name, but none before another whose rows it refers to.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>> {
    // Each keeps the list of its tables under a name of its own. `shadow` and `virtual` tables are those of full-text search.
    let names: Vec<String> = match tx {
        Tx::Sqlite(t) => {
            sqlx::query_scalar("select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%'")
                .fetch_all(&mut **t)
                .await?
        }
        Tx::Postgres(t) => {
            sqlx::query_scalar(
                "select table_name::text from information_schema.tables
                 where table_schema = current_schema() and table_type = 'BASE TABLE'",
            )
            .fetch_all(&mut **t)
            .await?
        }
    };
    let left_out = |name: &String| name == "migration" || name == "search" || LEFT_OUT.contains(&name.as_str());
    let mut names: Vec<String> = names.into_iter().filter(|n| !left_out(n) && !projection::tables().any(|p| p == n)).collect();
    names.sort();
    let mut tables = Vec::with_capacity(names.len() + 1);
    for name in in_order(tx, names).await? {
        let columns = columns(tx, &name).await?;
        tables.push(Table { name, columns });
    }
    tables.push(search());
    Ok(tables)
}

async fn in_order(tx: &mut Tx, names: Vec<String>) -> Result<Vec<String>> {
    let mut left = Vec::with_capacity(names.len());
    for name in names {
        let refers_to: Vec<String> = match tx {
            Tx::Sqlite(t) => {
                sqlx::query_scalar("select \"table\" from pragma_foreign_key_list($1)").bind(&name).fetch_all(&mut **t).await?
            }
            Tx::Postgres(t) => {
                sqlx::query_scalar(
                    "select c.relname::text from pg_constraint k join pg_class c on c.oid = k.confrelid
                     where k.contype = 'f' and k.conrelid = to_regclass(quote_ident($1))",
                )
                .bind(&name)
                .fetch_all(&mut **t)
                .await?
            }
        };
        left.push((name, refers_to));
    }
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |name: &String, refers_to: &[String]| left.iter().any(|(other, _)| other != name && refers_to.contains(other));
        // Two that refer to each other come by name: their rows fit only where such references are checked at the end.
        let next = left.iter().position(|(name, refers_to)| !waits(name, refers_to)).unwrap_or_default();
        ordered.push(left.remove(next).0);
    }
    Ok(ordered)
}

/// The words to find things by: the index over them is each database's own, and is made anew from them.
fn search() -> Table {
    let column = |name: &str, key| Column { name: name.to_owned(), kind: Kind::Text, key };
    Table { name: "search".to_owned(), columns: vec![column("kind", 1), column("id", 2), column("words", 3)] }
}

async fn columns(tx: &mut Tx, table: &str) -> Result<Vec<Column>> {
    let rows: Vec<(String, String, i64)> = match tx {
        Tx::Sqlite(t) => {
            sqlx::query_as("select name, lower(type), pk from pragma_table_info($1) order by cid").bind(table).fetch_all(&mut **t).await?
        }
        Tx::Postgres(t) => {
            sqlx::query_as(
                "select c.column_name::text, c.data_type::text, coalesce(k.ordinal_position, 0)::bigint
                 from information_schema.columns c
                 left join information_schema.table_constraints p on p.table_schema = c.table_schema
                  and p.table_name = c.table_name and p.constraint_type = 'PRIMARY KEY'
                 left join information_schema.key_column_usage k on k.constraint_schema = p.constraint_schema
                  and k.constraint_name = p.constraint_name and k.table_name = c.table_name and k.column_name = c.column_name
                 where c.table_schema = current_schema() and c.table_name = $1 order by c.ordinal_position",
            )
            .bind(table)
            .fetch_all(&mut **t)
            .await?
        }
    };
    let column = |(name, kind, key): (String, String, i64)| {
        let kind = match kind.as_str() {
            "text" => Kind::Text,
            "bigint" | "integer" => Kind::Integer,
            "boolean" => Kind::Boolean,
            "double precision" => Kind::Real,
            "blob" | "bytea" => Kind::Bytes,
            other => return Err(damaged(table, &format!("column {name} of the unknown type {other}"))),
        };
        Ok(Column { name, kind, key })
    };
    rows.into_iter().map(column).collect()
}

fn damaged(table: &str, what: &str) -> Error {
    Error::Damaged { table: "portable", id: table.to_owned(), what: what.to_owned() }
}

/// Hands out the lines of a table, without their ends; returns the number of rows. Within one reading transaction the
/// same lines come in the same order every time.
pub async fn export(tx: &mut Tx, table: &Table, each: &mut dyn FnMut(&str) -> std::io::Result<()>) -> Result<u64> {
    let io = |source| Error::Io { path: table.name.clone().into(), source };
    let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    each(&Value::from(names).to_string()).map_err(io)?;
    let mut keys: Vec<&Column> = table.columns.iter().filter(|c| c.key > 0).collect();
    keys.sort_by_key(|c| c.key);
    let order = if keys.is_empty() { table.columns.iter().collect() } else { keys };
    let mut n = 0;
    on!(tx, c => {
        let mut query = sqlx::QueryBuilder::new("select ");
        push_names(&mut query, table.columns.iter());
        query.push(" from ").push(quoted(&table.name)).push(" order by ");
        push_names(&mut query, order.into_iter());
        let mut rows = query.build().fetch(c);
        while let Some(row) = rows.try_next().await? {
            let mut values = Vec::with_capacity(table.columns.len());
            for (i, column) in table.columns.iter().enumerate() {
                values.push(match column.kind {
                    Kind::Text => row.try_get::<Option<String>, _>(i)?.into(),
                    Kind::Integer => row.try_get::<Option<i64>, _>(i)?.into(),
                    Kind::Boolean => row.try_get::<Option<bool>, _>(i)?.into(),
                    Kind::Real => row.try_get::<Option<f64>, _>(i)?.into(),
                    Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(i)?.map(|bytes| programme::hex::hex(&bytes)).into(),
                });
            }
            each(&Value::Array(values).to_string()).map_err(io)?;
            n += 1;
        }
    });
    Ok(n)
}

/// Takes lines of a table in: `columns` is its first line, `rows` any of the others. Names are only looked up, never
/// written into a statement; a table or column that is not there is an error.
pub async fn import(tx: &mut Tx, table: &Table, columns: &str, rows: &[String]) -> Result<()> {
    let names: Vec<String> = serde_json::from_str(columns).map_err(|e| damaged(&table.name, &e.to_string()))?;
    let known = |name: &String| table.columns.iter().find(|c| &c.name == name);
    let columns: Option<Vec<&Column>> = names.iter().map(known).collect();
    let columns = columns.filter(|c| !c.is_empty()).ok_or_else(|| damaged(&table.name, "a column that is not there"))?;
    for chunk in rows.chunks(ROWS) {
        let mut parsed = Vec::with_capacity(chunk.len());
        for line in chunk {
            let values: Vec<Value> = serde_json::from_str(line).map_err(|e| damaged(&table.name, &e.to_string()))?;
            let fits = values.len() == columns.len() && values.iter().zip(&columns).all(|(v, c)| c.kind.takes(v));
            parsed.push(fits.then_some(values).ok_or_else(|| damaged(&table.name, "a row of another shape"))?);
        }
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new("insert into ");
            query.push(quoted(&table.name)).push(" (");
            push_names(&mut query, columns.iter().copied());
            query.push(") ");
            query.push_values(&parsed, |mut row, values| {
                for (value, column) in values.iter().zip(&columns) {
                    match column.kind {
                        Kind::Text => row.push_bind(value.as_str()),
                        Kind::Integer => row.push_bind(value.as_i64()),
                        Kind::Boolean => row.push_bind(value.as_bool()),
                        Kind::Real => row.push_bind(value.as_f64()),
                        Kind::Bytes => row.push_bind(value.as_str().and_then(crate::content::unhex)),
                    };
                }
            });
            query.build().execute(c).await?;
        });
    }
    Ok(())
}

impl Kind {
    fn takes(self, value: &Value) -> bool {
        match self {
            _ if value.is_null() => true,
            Kind::Text => value.is_string(),
            Kind::Integer => value.is_i64(),
            Kind::Boolean => value.is_boolean(),
            Kind::Real => value.is_number(),
            Kind::Bytes => value.as_str().is_some_and(|hex| crate::content::unhex(hex).is_some()),
        }
    }
}

fn push_names<'a, DB: sqlx::Database>(query: &mut sqlx::QueryBuilder<DB>, columns: impl Iterator<Item = &'a Column>) {
    let mut list = query.separated(", ");
    for column in columns {
        list.push(quoted(&column.name));
    }
}

/// A name as the database itself told it, safe whatever it holds.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
