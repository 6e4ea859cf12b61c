//! Tables that assign tasks: `STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm`.
//!
//! A table counts when a row among its first names a column of tasks and one of who or when. Not for other tables, nor for
//! finding them, which [`crate::tables`] does.

use crate::Ctx;
use crate::clauses::trim;
use crate::grammar::Label;
use crate::lex::Shape;
use crate::model::Task;
use crate::tables::{self, Row, is_head, joined, named};
use crate::tasks::{row_task, when};
use crate::units;
use std::collections::BTreeMap;
use std::ops::Range;

/// Rows among which the head of a table is looked for.
const HEAD_ROWS: usize = 4;

/// The tasks of all tables of some blocks, in sections `PL.1`, `PL.2` and so on, as their rows are numbered.
pub(crate) fn read(ctx: &Ctx<'_>, blocks: Range<usize>) -> Vec<Task> {
    let mut tasks = Vec::new();
    let mut counted = 0;
    let mut columns = BTreeMap::new();
    for rows in tables::all(ctx, &blocks) {
        let rows: Vec<&Row> = rows.values().collect();
        let head = rows.iter().take(HEAD_ROWS).position(|row| is_head(&named(ctx, row)));
        let start = match head {
            Some(head) => {
                columns = named(ctx, rows[head]);
                head + 1
            }
            // A table that a page break cut goes on with the columns of the one before.
            None if !tasks.is_empty()
                && rows.first().is_some_and(|row| row.len() >= columns.len().saturating_sub(1) && columns.len() >= 3) =>
            {
                0
            }
            None => continue,
        };
        for row in &rows[start..] {
            tasks.extend(task(ctx, row, &columns, &mut counted));
        }
    }
    tasks
}

/// The task of a row; `None` for a row that only groups others.
fn task(ctx: &Ctx<'_>, row: &Row, columns: &BTreeMap<u32, Label>, counted: &mut u32) -> Option<Task> {
    let cell = |label: Label| columns.iter().find(|(_, column)| **column == label).and_then(|(column, _)| joined(row.get(column)?));
    let text = trim(ctx, cell(Label::Task)?);
    let lead = cell(Label::Lead);
    let due = cell(Label::When);
    if text.is_empty() || lead.is_none() && due.is_none() && cell(Label::Product).is_none() {
        return None;
    }
    // A second line of the head, as (1) (2) (3).
    if text.clone().all(|token| matches!(ctx.lexed.tokens[token].shape, Shape::Number | Shape::Sign)) {
        return None;
    }
    *counted += 1;
    let number = cell(Label::Number).map(|range| trim(ctx, range)).filter(|range| !range.is_empty());
    let number = number.map_or_else(|| counted.to_string(), |range| ctx.lexed.string(&range));
    let to = lead.map(|range| cell_units(ctx, &range)).unwrap_or_default();
    let mut task = row_task(ctx, &text, format!("PL.{number}"), to);
    if let Some(due) = due {
        when(ctx, &mut task, &due);
    }
    if let Some(partners) = cell(Label::Partner) {
        task.partners = cell_units(ctx, &partners);
    }
    task.product = cell(Label::Product).map(|range| ctx.lexed.string(&trim(ctx, range))).filter(|product| !product.is_empty());
    Some(task)
}

/// Units of a cell, where lines and dashes separate names as well.
fn cell_units(ctx: &Ctx<'_>, range: &Range<usize>) -> Vec<String> {
    let text = ctx.lexed.slice(range);
    let lines: Vec<&str> =
        text.split('\n').map(|line| line.trim_start_matches(['-', '–', '+', '•', ' '])).filter(|line| !line.trim().is_empty()).collect();
    let complete = lines.len() > 1 && lines.iter().all(|line| line.starts_with(char::is_uppercase));
    if complete {
        return lines.iter().flat_map(|line| units::split(line)).collect();
    }
    units::split(&lines.join(" "))
}
