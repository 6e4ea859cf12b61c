//! Plain tables as a workbook: each sheet with its title, its heads and its rows, ready to be filtered and printed.
//!
//! Every text is a text: nothing that somebody wrote can become a formula. Not for the report, whose figures lead to their
//! evidence ([`crate::workbook`]).
//!
//! ```text
//! table_workbook("Tổ công nghệ số", "xã Tân Lũy, tháng 6/2026", &[by_unit, by_group], at)  →  bytes of an XLSX file
//! ```

use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::report::made_at;
use crate::{Error, clean};

const FONT: &str = "Times New Roman";
const A4: u8 = 9;
/// Characters that a cell holds, with some left over.
const MOST_IN_CELL: usize = 32_000;
/// Characters of a sheet's name.
const MOST_IN_NAME: usize = 31;
/// The row of the heads, counted from zero: title, what it is about, a blank, then they.
const HEAD: u32 = 3;

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSheet {
    pub name: String,
    /// Each with its width in characters.
    pub columns: Vec<(String, f64)>,
    pub rows: Vec<Vec<Cell>>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Count(u64),
    /// Shown with one digit behind the comma.
    Number(f64),
}

struct Looks {
    title: Format,
    about: Format,
    head: Format,
    text: Format,
    count: Format,
    number: Format,
}

/// Sheets as the bytes of an XLSX file that says it was made at `created` (UTC, whole seconds). The same input gives the
/// same bytes.
///
/// # Errors
/// [`Error::Workbook`] if the container cannot be written, which memory never refuses.
pub fn table_workbook(title: &str, about: &str, sheets: &[TableSheet], created: jiff::Timestamp) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(clean::line(title)).set_creation_datetime(&made_at(created)?));
    let looks = looks();
    for sheet in sheets {
        book.push_worksheet(written(title, about, sheet, &looks)?);
    }
    Ok(book.save_to_buffer()?)
}

fn looks() -> Looks {
    let about = Format::new().set_font_name(FONT).set_font_size(12);
    let cell = about.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x9A_A8_A1)).set_align(FormatAlign::Top);
    Looks {
        title: about.clone().set_bold().set_font_size(14),
        head: cell.clone().set_text_wrap().set_bold().set_background_color(Color::RGB(0xE7_EC_EA)).set_align(FormatAlign::Center),
        text: cell.clone().set_text_wrap(),
        count: cell.clone().set_num_format("[$-42A]#,##0").set_align(FormatAlign::Right),
        number: cell.set_num_format("[$-42A]#,##0.0").set_align(FormatAlign::Right),
        about,
    }
}

fn written(title: &str, about: &str, table: &TableSheet, looks: &Looks) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(clean::line(&table.name).chars().take(MOST_IN_NAME).collect::<String>())?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?.set_freeze_panes(HEAD + 1, 1)?;
    sheet.write_string_with_format(0, 0, clean::line(title), &looks.title)?;
    sheet.write_string_with_format(1, 0, clean::line(about), &looks.about)?;
    for ((head, width), column) in table.columns.iter().zip(0u16..) {
        sheet.write_string_with_format(HEAD, column, head, &looks.head)?.set_column_width(column, *width)?;
    }
    for (row, number) in table.rows.iter().zip(HEAD + 1..) {
        for (cell, column) in row.iter().zip(0u16..) {
            match cell {
                Cell::Count(n) => sheet.write_number_with_format(number, column, *n as f64, &looks.count)?,
                Cell::Number(n) => sheet.write_number_with_format(number, column, *n, &looks.number)?,
                Cell::Text(text) => {
                    let text: String = clean::line(text).chars().take(MOST_IN_CELL).collect();
                    // One that begins like a formula is marked as text, also for whoever edits the cell.
                    let quoted = text.starts_with(['=', '+', '-', '@']).then(|| looks.text.clone().set_quote_prefix());
                    sheet.write_string_with_format(number, column, text, quoted.as_ref().unwrap_or(&looks.text))?
                }
            };
        }
    }
    if let (Some(last), false) = (u16::try_from(table.columns.len()).unwrap_or_default().checked_sub(1), table.rows.is_empty()) {
        sheet.autofilter(HEAD, 0, HEAD + u32::try_from(table.rows.len()).unwrap_or_default(), last)?;
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_workbook_of_numbers_and_texts() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let rows = vec![vec![text("Thôn 3"), Cell::Count(14), Cell::Number(2.5)], vec![text("=1+1"), Cell::Count(0), Cell::Number(0.0)]];
        let columns = ["Đơn vị", "Lượt hộ", "Số giờ"].map(|head| (head.to_owned(), 12.0)).to_vec();
        let sheet = TableSheet { name: "Theo đơn vị, một tên dài hơn ba mươi mốt chữ".to_owned(), columns, rows };
        let made = || table_workbook("Tổ công nghệ số", "xã Tân Lũy", std::slice::from_ref(&sheet), jiff::Timestamp::UNIX_EPOCH).unwrap();
        let bytes = made();
        assert_eq!(&bytes[..2], b"PK");
        assert_eq!(made(), bytes, "the same twice");
        let empty = TableSheet { rows: Vec::new(), columns: Vec::new(), ..sheet };
        assert!(table_workbook("a", "b", &[empty], jiff::Timestamp::UNIX_EPOCH).is_ok());
    }
}
