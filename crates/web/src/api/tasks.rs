//! Tasks of the units that the token sees.

use std::sync::Arc;

use app::programme::ids::{LetterId, TaskKey, UnitId};
use app::tasks::{self, TaskFilter};
use app::views::TaskRow;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::wire::{self, Names, Part, Task};
use super::{Answer, Asked, Caller, json};
use crate::error::PageError;
use crate::site::Site;

const KNOWN: &[&str] = &["unit", "letter", "period", "state", "due_from", "due_to", "overdue", "limit", "cursor"];

/// The states that a task which stands can be in.
const STATES: &[&str] = &["assigned", "acknowledged", "in_progress", "returned", "held", "declared", "accepted"];

pub(super) async fn list(caller: Caller, State(site): State<Site>, RawQuery(query): RawQuery, headers: HeaderMap) -> Answer<Response> {
    let asked = Asked::of(query.as_deref(), KNOWN)?;
    let unit: Option<UnitId> = asked.value("unit", "bad-id")?;
    let letter: Option<LetterId> = asked.value("letter", "bad-id")?;
    let period = asked.value("period", "bad-period")?;
    let (from, to) = (asked.day("due_from")?, asked.day("due_to")?);
    let overdue: Option<bool> = asked.value("overdue", "bad-switch")?;
    let state = asked.text("state");
    if state.is_some_and(|state| !STATES.contains(&state)) {
        return Err(PageError::field("state", "bad-choice").into());
    }
    let wanted = |row: &Arc<TaskRow>| {
        caller.scope.sees_unit(&row.key.unit)
            && state.is_none_or(|state| row.state.as_str() == state)
            && overdue.is_none_or(|overdue| row.overdue == overdue)
            && from.is_none_or(|from| row.due.is_some_and(|due| due >= from))
            && to.is_none_or(|to| row.due.is_some_and(|due| due <= to))
    };
    let rows = tasks::list(&site.app, TaskFilter { unit, letter, period, ..TaskFilter::default() }).await?;
    let (rows, next) = asked.part(rows.into_iter().filter(wanted).collect(), place)?;
    json(&headers, &Part { items: rows.iter().map(|row| Task::from(&**row)).collect(), next })
}

/// What is due first stands first; what has no day stands last.
fn place(row: &Arc<TaskRow>) -> String {
    let day = row.due.map_or_else(|| "none".to_owned(), |due| due.to_string());
    format!("{day}_{}", row.key)
}

pub(super) async fn show(caller: Caller, State(site): State<Site>, Path(key): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let key = seen(&caller, &key)?;
    let view = tasks::show(&site.app, &key).await?.ok_or(PageError::NotFound)?;
    let names = Names::of(app::office::units(&site.app).await?);
    json(&headers, &wire::task(&view, &names, |key| caller.scope.sees_unit(&key.unit)))
}

/// The task of an address. One that the token may not see is not there.
pub(super) fn seen(caller: &Caller, key: &str) -> Answer<TaskKey> {
    let key: TaskKey = key.parse().map_err(|_| PageError::NotFound)?;
    if caller.scope.sees_unit(&key.unit) { Ok(key) } else { Err(PageError::NotFound.into()) }
}
