//! The first sheet of a workbook as rows of texts with their numbers: for tables that people fill in, not for reading documents.
//!
//! Stricter than [`crate::read`]: a formula, or more rows or columns than were asked for, refuses the whole sheet with the number
//! of the row, because half of a table is worse than none.
//!
//! ```text
//! let rows = sheet::read(&bytes, &sheet::Limits { rows: 2_000, columns: 14, ..Default::default() })?;
//! ```

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use calamine::{Reader as _, Xlsx};

use crate::limits::Budget;
use crate::package::Package;
use crate::{Format, fence, xlsx};

/// How much a sheet may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Number of the last row that may have a filled cell.
    pub rows: usize,
    pub columns: usize,
    /// Bytes of all texts together.
    pub text_bytes: usize,
    /// Bytes that the parts of the file may unpack to.
    pub unpacked_bytes: u64,
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { rows: 10_000, columns: 50, text_bytes: 8 << 20, unpacked_bytes: 24 << 20, time: Duration::from_secs(4) }
    }
}

/// A row with a filled cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// As the program shows it, from 1.
    pub number: usize,
    pub cells: Vec<String>,
}

/// Why a sheet was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No workbook, a locked or a damaged one, or one without a sheet.
    NoSheet,
    /// It unpacks to more than anybody fills in, or takes too long.
    TooLarge,
    /// A row or column further out than any table has.
    TooMuch { row: usize },
    /// A cell is calculated.
    Formula { row: usize },
}

/// Reads the first sheet.
///
/// # Errors
/// [`Problem`]; it never panics, whatever the bytes are.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Row>, Problem> {
    let (shared, bounds): (Arc<[u8]>, Limits) = (Arc::from(bytes), limits.clone());
    fence::run(limits.time + limits.time / 8, move || rows(&shared, &bounds)).unwrap_or(Err(Problem::TooLarge))
}

fn rows(bytes: &[u8], limits: &Limits) -> Result<Vec<Row>, Problem> {
    let of_file = crate::Limits { time: limits.time, unpacked_bytes: limits.unpacked_bytes, ..crate::Limits::default() };
    let mut budget = Budget::new(&of_file);
    let mut package = Package::open(bytes, Format::Xlsx, &budget).map_err(|problem| match problem {
        crate::Problem::TooManyEntries { .. } => Problem::TooLarge,
        _ => Problem::NoSheet,
    })?;
    package.check_sizes(limits.unpacked_bytes, &mut budget).map_err(|_| Problem::TooLarge)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Problem::NoSheet)?;
    let name = workbook.sheet_names().first().cloned().ok_or(Problem::NoSheet)?;
    let mut formulas = workbook.worksheet_cells_reader(&name).map_err(|_| Problem::NoSheet)?;
    while let Some(cell) = formulas.next_formula().map_err(|_| Problem::NoSheet)? {
        budget.tick().map_err(|_| Problem::TooLarge)?;
        if !cell.get_value().is_empty() {
            return Err(Problem::Formula { row: cell.get_position().0 as usize + 1 });
        }
    }
    drop(formulas);
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| Problem::NoSheet)?;
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut text_bytes = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| Problem::NoSheet)? {
        budget.tick().map_err(|_| Problem::TooLarge)?;
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        let text = xlsx::shown(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        text_bytes += text.len();
        if text_bytes > limits.text_bytes {
            return Err(Problem::TooLarge);
        }
        if row >= limits.rows || column >= limits.columns {
            return Err(Problem::TooMuch { row: row + 1 });
        }
        let cells = rows.entry(row + 1).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = text;
        }
    }
    Ok(rows.into_iter().map(|(number, cells)| Row { number, cells }).collect())
}
