//! Ruled tables: from the lines drawn on a page to cells.
//!
//! Not for tables without lines. A frame around a page or a stamp is no table; a merged cell counts for all that it covers.

use super::rows::{Piece, Row, rows as rows_of};
use super::{Line, Rule};
use crate::writer::clean;
use text::BlockKind;

/// Lines closer than this are one line drawn twice, or the two sides of a thin bar.
const SAME: f32 = 3.0;
/// More lines than this, or more cells in one grid, are a drawing.
const MOST_RULES: usize = 1_500;
const MOST_CELLS: usize = 6_000;
const MOST_GRIDS: usize = 40;

#[derive(Debug)]
pub(super) struct Table {
    pub(super) top: f32,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    row: u32,
    column: u32,
    text: String,
}

impl Table {
    pub(super) fn write(&self, number: u32, lines: &mut Vec<Line>) {
        for cell in &self.cells {
            let kind = BlockKind::Cell { table: number, row: cell.row, column: cell.column };
            lines.push(Line { kind, text: cell.text.clone() });
        }
    }
}

/// Finds the tables of a page from top to bottom and takes their words out of the rows.
pub(super) fn take(rows: &mut Vec<Row>, rules: &[Rule]) -> Vec<Table> {
    let mut tables = Vec::new();
    for grid in grids(rules).into_iter().take(MOST_GRIDS) {
        let inside = |row: &Row, word: &Piece| grid.cell_at(word.middle(), row.y - 0.3 * row.size);
        let n_words: usize = rows.iter().map(|r| r.words.len()).sum();
        let mut cells: Vec<Vec<Piece>> = vec![vec![]; grid.owners.len()];
        for row in rows.iter() {
            for word in &row.words {
                if let Some(cell) = inside(row, word) {
                    cells[cell].push(word.clone());
                }
            }
        }
        if !is_table(&grid, &cells, n_words) {
            continue;
        }
        for row in rows.iter_mut() {
            let (y, size) = (row.y, row.size);
            row.words.retain(|word| grid.cell_at(word.middle(), y - 0.3 * size).is_none());
        }
        rows.retain(|row| !row.words.is_empty());
        tables.push(table(&grid, cells));
    }
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    tables
}

/// At least two columns and two cells have text, and no cell has nearly everything, as inside the frame of a page.
fn is_table(grid: &Grid, cells: &[Vec<Piece>], n_words: usize) -> bool {
    let filled: Vec<usize> = (0..cells.len()).filter(|c| !cells[*c].is_empty()).collect();
    let Some(first) = filled.first() else { return false };
    let columns = filled.iter().any(|c| c % grid.n_columns() != first % grid.n_columns());
    let largest = cells.iter().map(Vec::len).max().unwrap_or(0);
    columns && (largest * 10 < n_words * 8 || filled.len() >= 6)
}

fn table(grid: &Grid, cells: Vec<Vec<Piece>>) -> Table {
    let n_columns = grid.n_columns();
    let mut out = Vec::new();
    for (place, pieces) in cells.into_iter().enumerate() {
        if pieces.is_empty() {
            continue;
        }
        let last = grid.last_column(place);
        let width = grid.xs[last + 1] - grid.xs[place % n_columns];
        let (Ok(row), Ok(column)) = (u32::try_from(place / n_columns), u32::try_from(place % n_columns)) else { continue };
        out.push(Cell { row, column, text: cell_text(pieces, width) });
    }
    Table { top: grid.ys[0], cells: out }
}

/// The lines of a cell; a line that was only broken because it was full goes on with a blank.
fn cell_text(pieces: Vec<Piece>, width: f32) -> String {
    let rows = rows_of(pieces);
    let mut text = String::new();
    let mut before: Option<&Row> = None;
    for row in &rows {
        if let Some(before) = before {
            let room = width - (before.right() - before.left());
            let first = row.words.first().map_or(0.0, Piece::width);
            // Margins of a cell, and the blank, take about one em.
            let was_full = first + row.size > room;
            text.push(if was_full && !starts_item(&row.text()) { ' ' } else { '\n' });
        }
        text.push_str(&clean(&row.text()));
        before = Some(row);
    }
    text
}

fn starts_item(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next().unwrap_or(' ');
    matches!(first, '-' | '–' | '+' | '•' | '*') || (first.is_alphanumeric() && matches!(second, '.' | ')') && chars.next() == Some(' '))
}

/// Columns and rows between lines; every elementary cell knows the first cell of the merged cell that it belongs to.
#[derive(Debug)]
struct Grid {
    xs: Vec<f32>,
    ys: Vec<f32>,
    owners: Vec<usize>,
}

impl Grid {
    fn n_columns(&self) -> usize {
        self.xs.len() - 1
    }

    fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        let between = |edges: &[f32], value: f32| {
            let after = edges.partition_point(|e| *e <= value);
            (after > 0 && after < edges.len()).then(|| after - 1)
        };
        let (column, row) = (between(&self.xs, x)?, between(&self.ys, y)?);
        self.owners.get(row * self.n_columns() + column).copied()
    }

    /// The last column that a merged cell covers in its first row.
    fn last_column(&self, place: usize) -> usize {
        let n_columns = self.n_columns();
        let row = place / n_columns;
        (place % n_columns..n_columns).take_while(|c| self.owners[row * n_columns + c] == place).last().unwrap_or(place % n_columns)
    }

    /// Owners from where lines are drawn between neighbouring cells and where they are not.
    fn new(xs: Vec<f32>, ys: Vec<f32>, upright: &[Rule], level: &[Rule]) -> Option<Grid> {
        let (n_columns, n_rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if n_columns == 0 || n_rows == 0 || n_columns * n_rows > MOST_CELLS || n_columns * n_rows < 2 {
            return None;
        }
        let mut owners: Vec<usize> = (0..n_columns * n_rows).collect();
        for row in 0..n_rows {
            for column in 0..n_columns {
                let here = row * n_columns + column;
                let drawn_right =
                    covered(upright.iter().filter(|r| near(r.x0, xs[column + 1])).map(|r| (r.y0, r.y1)), ys[row], ys[row + 1]);
                if column + 1 < n_columns && !drawn_right {
                    merge(&mut owners, here, here + 1);
                }
                let drawn_below =
                    covered(level.iter().filter(|r| near(r.y0, ys[row + 1])).map(|r| (r.x0, r.x1)), xs[column], xs[column + 1]);
                if row + 1 < n_rows && !drawn_below {
                    merge(&mut owners, here, here + n_columns);
                }
            }
        }
        let owners = (0..owners.len()).map(|cell| root(&owners, cell)).collect();
        Some(Grid { xs, ys, owners })
    }
}

fn root(owners: &[usize], mut cell: usize) -> usize {
    while owners[cell] != cell {
        cell = owners[cell];
    }
    cell
}

/// The smaller place owns both, so that roots are first cells and chains only lead backwards.
fn merge(owners: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(owners, a), root(owners, b));
    owners[a.max(b)] = a.min(b);
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME
}

/// Whether lines cover more than half of a stretch.
fn covered(lines: impl Iterator<Item = (f32, f32)>, from: f32, to: f32) -> bool {
    let total: f32 = lines.map(|(a, b)| (b.min(to) - a.max(from)).max(0.0)).sum();
    total > 0.5 * (to - from)
}

/// Every group of lines that touch and cross, as a grid; small ones first, so that a table inside a frame is found.
fn grids(rules: &[Rule]) -> Vec<Grid> {
    let (level, upright): (Vec<Rule>, Vec<Rule>) = rules.iter().partition(|r| r.y1 - r.y0 < r.x1 - r.x0);
    let level = merged(level, |r| r.y0, |r| (r.x0, r.x1), |r, end| Rule { x1: end, ..r });
    let upright = merged(upright, |r| r.x0, |r| (r.y0, r.y1), |r, end| Rule { y1: end, ..r });
    if upright.is_empty() || level.len() < 2 || level.len() + upright.len() > MOST_RULES {
        return vec![];
    }
    let mut groups: Vec<usize> = (0..level.len() + upright.len()).collect();
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            let crosses = v.x0 >= h.x0 - SAME && v.x0 <= h.x1 + SAME && h.y0 >= v.y0 - SAME && h.y0 <= v.y1 + SAME;
            if crosses {
                merge(&mut groups, i, level.len() + j);
            }
        }
    }
    let group_of: Vec<usize> = (0..groups.len()).map(|rule| root(&groups, rule)).collect();
    let mut roots = group_of.clone();
    roots.sort_unstable();
    roots.dedup();
    let mut grids: Vec<Grid> = roots
        .iter()
        .filter_map(|group| {
            let of = |rules: &[Rule], offset: usize| -> Vec<Rule> {
                rules.iter().enumerate().filter(|(i, _)| group_of[offset + i] == *group).map(|(_, r)| *r).collect()
            };
            let (level, upright) = (of(&level, 0), of(&upright, level.len()));
            if upright.is_empty() || level.len() < 2 {
                return None;
            }
            // A table may have no lines at its sides.
            let xs = edges(upright.iter().map(|r| r.x0).chain(level.iter().flat_map(|r| [r.x0, r.x1])));
            let ys = edges(level.iter().map(|r| r.y0).chain(upright.iter().flat_map(|r| [r.y0, r.y1])));
            Grid::new(xs, ys, &upright, &level)
        })
        .collect();
    let area = |g: &Grid| (g.xs[g.xs.len() - 1] - g.xs[0]) * (g.ys[g.ys.len() - 1] - g.ys[0]);
    grids.sort_by(|a, b| area(a).total_cmp(&area(b)));
    grids
}

fn edges(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sorted: Vec<f32> = values.collect();
    sorted.sort_by(f32::total_cmp);
    let mut edges: Vec<f32> = Vec::new();
    for value in sorted {
        if edges.last().is_none_or(|last| value - last > SAME) {
            edges.push(value);
        }
    }
    edges
}

/// Joins pieces of one line: many programs draw the border of every cell for itself.
fn merged(
    mut rules: Vec<Rule>,
    place: impl Fn(&Rule) -> f32,
    ends: impl Fn(&Rule) -> (f32, f32),
    until: impl Fn(Rule, f32) -> Rule,
) -> Vec<Rule> {
    rules.sort_by(|a, b| place(a).total_cmp(&place(b)).then(ends(a).0.total_cmp(&ends(b).0)));
    let mut lines: Vec<Rule> = Vec::new();
    for rule in rules {
        // Neighbours in the sorted order may belong to a line some places back, drawn a hair higher.
        let joins = |last: &&mut Rule| {
            near(place(last), place(&rule)) && ends(&rule).0 <= ends(last).1 + SAME && ends(&rule).1 >= ends(last).0 - SAME
        };
        match lines.iter_mut().rev().take(12).find(joins) {
            Some(last) => {
                let end = ends(last).1.max(ends(&rule).1);
                *last = until(*last, end);
            }
            None => lines.push(rule),
        }
    }
    lines.retain(|r| ends(r).1 - ends(r).0 > 6.0);
    lines
}
