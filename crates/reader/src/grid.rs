//! Tables whose rows only know where their cells end: edges become columns.
//!
//! RTF and binary Word give each row its own cell edges. A cell's column is the place of its left edge among
//! all edges of the table, so that a merged heading and the narrow cells below it line up.

pub(crate) mod rows;

use crate::writer::{Runs, Writer};

/// One cell of a row as it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub(crate) paragraphs: Vec<Runs>,
    /// Right edge in twentieths of a point, where it is known.
    pub(crate) right: Option<i32>,
    /// Part of the cell above or to the left: shows nothing of its own.
    pub(crate) merged: bool,
}

/// A row with its left edge.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) left: i32,
    pub(crate) cells: Vec<Cell>,
}

/// Edges closer than this (twentieths of a point) are one edge drawn twice.
const SAME_EDGE: i32 = 60;

/// Writes a whole table; its cells are given in reading order.
pub(crate) fn emit(rows: &[Row], table: u32, writer: &mut Writer) {
    let edges = edges(rows);
    for (row_idx, row) in (0u32..).zip(rows) {
        let mut left = Some(row.left);
        for (cell_idx, cell) in (0u32..).zip(&row.cells) {
            let known = left.filter(|_| row.cells.iter().all(|c| c.right.is_some()));
            let column = known.and_then(|edge| column_of(&edges, edge)).unwrap_or(cell_idx);
            left = cell.right;
            if cell.merged {
                continue;
            }
            for paragraph in &cell.paragraphs {
                writer.cell(table, row_idx, column, None, paragraph);
            }
        }
    }
}

fn edges(rows: &[Row]) -> Vec<i32> {
    let mut all: Vec<i32> = rows.iter().flat_map(|r| std::iter::once(r.left).chain(r.cells.iter().filter_map(|c| c.right))).collect();
    all.sort_unstable();
    let mut edges: Vec<i32> = Vec::new();
    for edge in all {
        if edges.last().is_none_or(|last| edge.saturating_sub(*last) > SAME_EDGE) {
            edges.push(edge);
        }
    }
    edges
}

fn column_of(edges: &[i32], left: i32) -> Option<u32> {
    let place = edges.iter().position(|e| (e.saturating_sub(left)).abs() <= SAME_EDGE)?;
    u32::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn a_wide_cell_counts_for_the_columns_below_it() {
        let cell = |text: &str, right| {
            let mut runs = Runs::default();
            runs.push(text, None);
            Cell { paragraphs: vec![runs], right: Some(right), merged: false }
        };
        let rows = [
            Row { left: 0, cells: vec![cell("wide", 2000), cell("last", 3000)] },
            Row { left: 10, cells: vec![cell("a", 1000), cell("b", 1995), cell("c", 3000)] },
        ];
        let mut writer = Writer::new(&Limits::default());
        emit(&rows, 0, &mut writer);
        let doc = writer.finish(&mut vec![]);
        let kinds: Vec<String> = doc.blocks.iter().map(|b| format!("{:?} {}", b.kind, doc.block_text(b))).collect();
        assert_eq!(
            kinds,
            [
                "Cell { table: 0, row: 0, column: 0 } wide",
                "Cell { table: 0, row: 0, column: 2 } last",
                "Cell { table: 0, row: 1, column: 0 } a",
                "Cell { table: 0, row: 1, column: 1 } b",
                "Cell { table: 0, row: 1, column: 2 } c",
            ]
        );
    }
}
