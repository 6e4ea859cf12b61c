//! Tables of formats that end cells and rows by marks in the flow of text (RTF, binary Word).
//!
//! The definition of a row's cells comes before or after their text; a table ends with the first paragraph outside of it.

use super::{Cell, Row, emit};
use crate::writer::{Runs, Writer};

/// What ends here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Cell,
    Row,
    NestedCell,
    NestedRow,
}

/// The definition of one cell of a row.
#[derive(Debug, Clone, Copy, Default)]
struct Definition {
    right: i32,
    merged: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Tables {
    rows: Vec<Row>,
    cells: Vec<Cell>,
    paragraphs: Vec<Runs>,
    definitions: Vec<Definition>,
    defining: Definition,
    left: i32,
    /// Rows of a nested table of the cell being read; written into that cell, because a block cannot hold a table.
    nested_cells: Vec<Runs>,
    in_table: bool,
    /// Whether the paragraph being read stands in a table inside a cell.
    nested: bool,
    nested_paragraphs: Vec<Runs>,
    n_tables: u32,
}

/// More cells in one row or rows in one table than any letter has; what lies beyond is dropped.
const MAX_CELLS: usize = 200_000;

impl Tables {
    /// Whether the paragraph being read stands in a row.
    pub(crate) fn in_row(&self) -> bool {
        self.in_table
    }

    /// Says whether the paragraph being read stands in a row.
    pub(crate) fn set_in_row(&mut self, in_row: bool) {
        self.set_depth(usize::from(in_row));
    }

    /// How many tables the paragraph being read stands in.
    pub(crate) fn set_depth(&mut self, depth: usize) {
        self.in_table = depth > 0;
        self.nested = depth > 1;
    }

    /// Begins the definition of a row.
    pub(crate) fn define_row(&mut self, left: i32) {
        self.definitions.clear();
        self.defining = Definition::default();
        self.left = left;
    }

    /// The next cell shows nothing of its own.
    pub(crate) fn define_merged(&mut self) {
        self.defining.merged = true;
    }

    /// Ends the definition of a cell at its right edge, in twentieths of a point.
    pub(crate) fn define_cell(&mut self, right: i32) {
        if self.definitions.len() < 1_000 {
            self.definitions.push(Definition { right, ..self.defining });
        }
        self.defining = Definition::default();
    }

    pub(crate) fn paragraph(&mut self, runs: Runs) {
        let paragraphs = if self.nested { &mut self.nested_paragraphs } else { &mut self.paragraphs };
        if paragraphs.len() < MAX_CELLS {
            paragraphs.push(runs);
        }
    }

    /// Ends a cell or a row with the text before the mark.
    pub(crate) fn mark(&mut self, mark: Mark, runs: Runs, writer: &mut Writer) {
        match mark {
            Mark::NestedCell => {
                let mut cell = Runs::default();
                for paragraph in std::mem::take(&mut self.nested_paragraphs).iter().chain([&runs]) {
                    if !cell.is_empty() {
                        cell.push_blank('\n');
                    }
                    cell.append(paragraph);
                }
                self.nested_cells.push(cell);
            }
            Mark::NestedRow => {
                let mut line = Runs::default();
                for cell in std::mem::take(&mut self.nested_cells) {
                    if !line.is_empty() {
                        line.push_blank('\t');
                    }
                    line.append(&cell);
                }
                self.nested = false;
                self.paragraph(line);
            }
            Mark::Cell => {
                self.paragraph(runs);
                let paragraphs = std::mem::take(&mut self.paragraphs);
                if self.cells.len() < MAX_CELLS {
                    self.cells.push(Cell { paragraphs, ..Cell::default() });
                }
            }
            Mark::Row => self.row_end(runs, writer),
        }
    }

    fn row_end(&mut self, runs: Runs, writer: &mut Writer) {
        self.paragraph(runs);
        let rest = std::mem::take(&mut self.paragraphs);
        if rest.iter().any(|r| !r.is_blank()) {
            self.cells.push(Cell { paragraphs: rest, ..Cell::default() });
        }
        let mut cells = std::mem::take(&mut self.cells);
        if cells.len() == self.definitions.len() {
            for (cell, definition) in cells.iter_mut().zip(&self.definitions) {
                cell.right = Some(definition.right);
                cell.merged = definition.merged;
            }
        }
        self.rows.push(Row { left: self.left, cells });
        if self.rows.len() >= MAX_CELLS {
            self.end(writer);
        }
    }

    /// Writes the table read so far, if there is one.
    pub(crate) fn end(&mut self, writer: &mut Writer) {
        if !self.cells.is_empty() || !self.paragraphs.is_empty() {
            let rest = Runs::default();
            self.row_end(rest, writer);
        }
        if self.rows.is_empty() {
            return;
        }
        emit(&std::mem::take(&mut self.rows), self.n_tables, writer);
        self.n_tables += 1;
    }
}
