//! Tables of a document: those with cells, and those that a copy turned into lines, with tabs or one cell below the other.
//!
//! Not for what a row says.

use crate::Ctx;
use crate::clauses::trim;
use crate::grammar::Label;
use std::collections::BTreeMap;
use std::ops::Range;
use text::BlockKind;

/// The cells of a row by column, each with the tokens of its paragraphs.
pub(crate) type Row = BTreeMap<u32, Vec<Range<usize>>>;

/// The rows of a table by number.
type Rows = BTreeMap<u32, Row>;

/// All tables of some blocks: first those with cells, in the order of the document, then those printed as lines.
pub(crate) fn all(ctx: &Ctx<'_>, blocks: &Range<usize>) -> Vec<Rows> {
    let mut tables: BTreeMap<u32, Rows> = BTreeMap::new();
    for block in ctx.doc.blocks.get(blocks.clone()).unwrap_or_default() {
        if let BlockKind::Cell { table, row, column } = block.kind {
            let tokens = ctx.lexed.within(&block.span);
            tables.entry(table).or_default().entry(row).or_default().entry(column).or_default().push(tokens);
        }
    }
    tables.into_values().chain(printed(ctx, blocks)).collect()
}

/// Tables that are printed as lines.
fn printed(ctx: &Ctx<'_>, blocks: &Range<usize>) -> Vec<Rows> {
    let lines = lines_of(ctx, blocks);
    let mut tables = flattened(ctx, &lines);
    tables.extend(tabbed(ctx, &lines));
    tables
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
fn flattened(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> Vec<Rows> {
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
    let bounds = |rows: &Rows| {
        let cells = || rows.values().flat_map(|row| row.values().flatten());
        cells().map(|cell| cell.start).min().unwrap_or(0)..cells().map(|cell| cell.end).max().unwrap_or(0)
    };
    let mut stretches: Vec<Range<usize>> = printed(ctx, blocks).iter().map(bounds).collect();
    stretches.sort_by_key(|stretch| stretch.start);
    stretches
}

/// Tables copied as lines with tabs or upright strokes between the cells.
fn tabbed(ctx: &Ctx<'_>, lines: &[Range<usize>]) -> Vec<Rows> {
    let mut tables: Vec<Rows> = Vec::new();
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

pub(crate) fn is_head(columns: &BTreeMap<u32, Label>) -> bool {
    let has = |label: Label| columns.values().any(|column| *column == label);
    has(Label::Task) && (has(Label::Lead) || has(Label::When) && columns.len() >= 2)
}

/// What each column of a head row is for.
pub(crate) fn named(ctx: &Ctx<'_>, row: &Row) -> BTreeMap<u32, Label> {
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

pub(crate) fn joined(ranges: &[Range<usize>]) -> Option<Range<usize>> {
    let filled = || ranges.iter().filter(|range| !range.is_empty());
    Some(filled().next()?.start..filled().next_back()?.end)
}
