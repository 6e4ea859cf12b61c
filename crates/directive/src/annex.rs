//! Tables that assign tasks: `STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm`.
//!
//! A table counts when a row among its first names a column of tasks and one of who or when. Not for other tables.

use crate::Ctx;
use crate::clauses::trim;
use crate::grammar::Label;
use crate::lex::Shape;
use crate::model::Task;
use crate::tasks::{row_task, when};
use crate::units;
use std::collections::BTreeMap;
use std::ops::Range;
use text::BlockKind;

/// Rows among which the head of a table is looked for.
const HEAD_ROWS: usize = 4;

type Row = BTreeMap<u32, Vec<Range<usize>>>;

/// The tasks of all tables from a block on; those before `annex` carry the section of their item instead of `PL`.
pub(crate) fn read(ctx: &Ctx<'_>, blocks: Range<usize>) -> Vec<Task> {
    let mut tables: BTreeMap<u32, BTreeMap<u32, Row>> = BTreeMap::new();
    let all = blocks.clone();
    for index in blocks {
        let Some(block) = ctx.doc.blocks.get(index) else { break };
        if let BlockKind::Cell { table, row, column } = block.kind {
            let tokens = ctx.lexed.within(&block.span);
            tables.entry(table).or_default().entry(row).or_default().entry(column).or_default().push(tokens);
        }
    }
    for (place, rows) in flattened(ctx, &lines_of(ctx, &all)).into_iter().enumerate() {
        tables.insert(u32::MAX - u32::try_from(place).unwrap_or(0), rows);
    }
    for rows in tabbed(ctx, &lines_of(ctx, &all)) {
        tables.insert(u32::MAX - u32::try_from(tables.len()).unwrap_or(0), rows);
    }
    let mut tasks = Vec::new();
    let mut counted = 0;
    let mut columns = BTreeMap::new();
    for rows in tables.values() {
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

/// The lines of the text that are no cells of a table.
fn lines_of(ctx: &Ctx<'_>, blocks: &Range<usize>) -> Vec<Range<usize>> {
    let all = ctx.doc.blocks.get(blocks.clone()).unwrap_or_default();
    let plain = all.iter().filter(|block| matches!(block.kind, BlockKind::Line | BlockKind::Paragraph));
    plain.map(|block| ctx.lexed.within(&block.span)).filter(|tokens| !tokens.is_empty()).collect()
}

/// Tables whose cells became lines of their own, one below the other: the names of the columns, then row by row, each
/// beginning with its number. A row that has more or fewer lines than there are columns ends the table: what belongs
/// where could only be guessed.
fn flattened(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> Vec<BTreeMap<u32, Row>> {
    let label = |line: &Range<usize>| {
        let columns = &ctx.grammar.cues.columns;
        columns.patterns.whole(ctx.lexed, &trim(ctx, line.clone())).map(|rule| columns.rules[rule].value)
    };
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let names: Vec<Label> = lines[at..].iter().map_while(label).collect();
        let width = names.len();
        if width < 3 || names[0] != Label::Number || !names.contains(&Label::Task) {
            at += 1;
            continue;
        }
        let row =
            |from: usize| -> Row { (0..).zip(&lines[from..from + width]).map(|(column, line)| (column, vec![line.clone()])).collect() };
        let mut rows = BTreeMap::from([(0, row(at))]);
        at += width;
        for n in 1_u32.. {
            let next = at + width;
            let begins =
                |line: usize, n: u32| lines.get(line).is_some_and(|line| line.len() <= 2 && ctx.lexed.number(line.start) == Some(n));
            // A row of another length: the next number comes too early or too late.
            let torn = !begins(next, n + 1) && (at + 1..next + width).any(|line| begins(line, n + 1));
            if next > lines.len() || !begins(at, n) || torn {
                break;
            }
            rows.insert(n, row(at));
            at = next;
        }
        tables.push(rows);
    }
    tables
}

/// The stretches of tokens that are tables though they are printed as lines, in order.
pub(crate) fn lines_in_tables(ctx: &Ctx<'_>, blocks: &Range<usize>) -> Vec<Range<usize>> {
    let lines = lines_of(ctx, blocks);
    let mut tables = flattened(ctx, &lines);
    tables.extend(tabbed(ctx, &lines));
    let bounds = |rows: &BTreeMap<u32, Row>| {
        let cells = || rows.values().flat_map(|row| row.values().flatten());
        cells().map(|cell| cell.start).min().unwrap_or(0)..cells().map(|cell| cell.end).max().unwrap_or(0)
    };
    let mut stretches: Vec<Range<usize>> = tables.iter().map(bounds).collect();
    stretches.sort_by_key(|stretch| stretch.start);
    stretches
}

/// Tables copied as lines with tabs or upright strokes between the cells.
fn tabbed(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> Vec<BTreeMap<u32, Row>> {
    let mut tables: Vec<BTreeMap<u32, Row>> = Vec::new();
    let mut open = false;
    for line in lines {
        let row = cells_of(ctx, line);
        if row.len() < 2 {
            open = false;
        } else if is_head(&named(ctx, &row)) {
            tables.push(BTreeMap::from([(0, row)]));
            open = true;
        } else if let Some(rows) = tables.last_mut().filter(|_| open) {
            rows.insert(u32::try_from(rows.len()).unwrap_or(u32::MAX), row);
        }
    }
    tables
}

/// The cells of a line; an empty one between two signs keeps its place.
fn cells_of(ctx: &Ctx<'_>, line: &Range<usize>) -> Row {
    let lexed = ctx.lexed;
    let mut row = Row::new();
    let (mut column, mut start) = (0, line.start);
    for token in line.clone() {
        let stroke = lexed.is_sign(token, &['|']);
        let from = if token > line.start { lexed.tokens[token - 1].end } else { lexed.tokens[token].start };
        let tabs = lexed.text[from..lexed.tokens[token].start].matches('\t').count();
        if stroke || tabs > 0 {
            if start < token {
                row.entry(column).or_default().push(start..token);
            }
            column += u32::try_from(tabs.max(1)).unwrap_or(1);
            start = token + usize::from(stroke);
        }
    }
    if start < line.end {
        row.entry(column).or_default().push(start..line.end);
    }
    row
}

fn is_head(columns: &BTreeMap<u32, Label>) -> bool {
    let has = |label: Label| columns.values().any(|column| *column == label);
    has(Label::Task) && (has(Label::Lead) || has(Label::When) && columns.len() >= 2)
}

/// What each column of a head row is for.
fn named(ctx: &Ctx<'_>, row: &Row) -> BTreeMap<u32, Label> {
    let columns = &ctx.grammar.cues.columns;
    let mut found = BTreeMap::new();
    for (column, ranges) in row {
        let Some(all) = joined(ranges) else { continue };
        let bracket = all.clone().find(|&token| ctx.lexed.is_sign(token, &['('])).unwrap_or(all.end);
        let name = trim(ctx, all.start..bracket);
        if let Some(rule) = columns.patterns.whole(ctx.lexed, &name) {
            found.insert(*column, columns.rules[rule].value);
        }
    }
    found
}

fn joined(ranges: &[Range<usize>]) -> Option<Range<usize>> {
    let filled = || ranges.iter().filter(|range| !range.is_empty());
    Some(filled().next()?.start..filled().next_back()?.end)
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
