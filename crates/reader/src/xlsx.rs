//! Excel 2007+ workbooks: every sheet a table, every filled cell a cell at its place, values as they are shown.
//!
//! Formulas give the value that was stored with them. Dates come as day/month/year, as Vietnamese offices write them.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use text::BlockKind;

use crate::limits::Budget;
use crate::package::Package;
use crate::writer::{Runs, Writer};
use crate::{Format, Problem};

const FORMAT: Format = Format::Xlsx;

/// All parts together; strings take several times their size in the memory of the library.
const PARTS_BYTES: u64 = 40 << 20;

pub(crate) fn read(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) {
    if let Err(problem) = read_sheets(bytes, budget, writer) {
        problems.push(problem);
    }
}

fn read_sheets(bytes: &[u8], budget: &mut Budget, writer: &mut Writer) -> Result<(), Problem> {
    Package::open(bytes, FORMAT, budget)?.check_sizes(PARTS_BYTES.min(budget.limits.unpacked_bytes), budget)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Problem::Encrypted { format: FORMAT },
        _ => damaged("xl/workbook.xml"),
    })?;
    let names = workbook.sheet_names();
    for (table, name) in (0u32..).zip(&names) {
        budget.check_time()?;
        if names.len() > 1 {
            write(writer, BlockKind::Heading(1), name);
        }
        let mut cells = match workbook.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            // A sheet of charts has no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(_) => return Err(damaged(name)),
        };
        loop {
            budget.tick()?;
            let cell = cells.next_cell().map_err(|_| damaged(name))?;
            let Some(cell) = cell else { break };
            let (row, column) = cell.get_position();
            let text = shown(cell.get_value());
            if !text.trim().is_empty() {
                write(writer, BlockKind::Cell { table, row, column }, &text);
            }
            if writer.is_full() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn damaged(part: &str) -> Problem {
    Problem::Damaged { format: FORMAT, part: part.to_owned() }
}

fn write(writer: &mut Writer, kind: BlockKind, text: &str) {
    let mut runs = Runs::default();
    runs.push(text, None);
    writer.paragraph(kind, None, &runs);
}

pub(crate) fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Excel calculates with fifteen digits; the noise beyond them is not shown.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let value = moment.as_f64();
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&value) {
        let minutes = (value * 1440.0).round();
        return format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    let (year, month, day, hour, minute, _, _) = moment.to_ymd_hms_milli();
    let date = format!("{day:02}/{month:02}/{year}");
    if hour == 0 && minute == 0 { date } else { format!("{date} {hour:02}:{minute:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn values_are_shown() {
        let date = |value| shown(&DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false)));
        assert_eq!([date(46_147.0), date(46_147.5), date(0.75)], ["05/05/2026", "05/05/2026 12:00", "18:00"]);
        assert_eq!([number_text(0.1 + 0.2), number_text(12.0), number_text(1e9)], ["0.3", "12", "1000000000"]);
    }
}
