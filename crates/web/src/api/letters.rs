//! Letters of the register. Drafts are the office's own until they are sent, and are not here.

use app::letters::{self, LetterFilter};
use app::programme::ids::{LetterId, UnitId};
use app::programme::model::Direction;
use app::views::LetterRow;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::wire::{self, Letter, Part};
use super::{Answer, Asked, Caller, json};
use crate::error::PageError;
use crate::site::Site;

const KNOWN: &[&str] = &["direction", "words", "number", "from", "to", "unit", "limit", "cursor"];

pub(super) async fn list(caller: Caller, State(site): State<Site>, RawQuery(query): RawQuery, headers: HeaderMap) -> Answer<Response> {
    let asked = Asked::of(query.as_deref(), KNOWN)?;
    let direction: Option<Direction> = asked.value("direction", "bad-choice")?;
    if direction == Some(Direction::Draft) {
        return Err(PageError::field("direction", "bad-choice").into());
    }
    let unit: Option<UnitId> = asked.value("unit", "bad-id")?;
    // Which letters another unit works on is that unit's own.
    let hidden = unit.as_ref().is_some_and(|unit| !caller.scope.sees_unit(unit));
    let (words, number) = (asked.words("words", 200)?, asked.words("number", 100)?);
    let filter =
        LetterFilter { direction, words, number, issuer: None, from: asked.day("from")?, to: asked.day("to")?, unit, with_removed: false };
    let rows = if hidden { Vec::new() } else { letters::list(&site.app, filter).await? };
    let sees = |row: &LetterRow| row.direction != Direction::Draft && caller.scope.sees_letter(&row.id);
    let (rows, next) = asked.part(rows.into_iter().filter(sees).collect(), place)?;
    json(&headers, &Part { items: rows.iter().map(Letter::from).collect(), next })
}

/// The latest first: places are counted from the end of the calendar.
fn place(row: &LetterRow) -> String {
    let day = row.date.unwrap_or_else(|| row.received_at.day());
    let left = i64::from(9999 - day.year()) * 400 + i64::from(400 - day.day_of_year());
    format!("{left:08}_{:016}_{}", i64::MAX / 1000 - row.received_at.millis(), row.id)
}

pub(super) async fn show(caller: Caller, State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let id: LetterId = id.parse().map_err(|_| PageError::NotFound)?;
    let view = letters::show(&site.app, &id).await?.ok_or(PageError::NotFound)?;
    if view.row.direction == Direction::Draft || view.removed.is_some() || !caller.scope.sees_letter(&id) {
        return Err(PageError::NotFound.into());
    }
    json(&headers, &wire::letter(&view, |key| caller.scope.sees_unit(&key.unit)))
}
