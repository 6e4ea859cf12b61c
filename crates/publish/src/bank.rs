//! Questions as a workbook that officials fill in: one row a question, lists to choose from, no formulas.
//!
//! What it holds is read again by [`programme::quiz::table`]. Not for titles and for what is said to single answers.

use programme::quiz::table::{self, Words};
use programme::quiz::{LETTERS, MOST_IMPORTED, Question};
use rust_xlsxwriter::{Color, DataValidation, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use serde::Deserialize;
use std::sync::OnceLock;

use crate::report::made_at;
use crate::words::fill;
use crate::{Error, clean};

const FONT: &str = "Times New Roman";
const A4: u8 = 9;
/// Characters that a cell holds, with some left over.
const MOST_IN_CELL: usize = 32_000;

/// Fixed words, from `words/bank.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BankWords {
    sheet: String,
    lists: String,
    title: String,
    topic: String,
    reader: String,
    kind: String,
    text: String,
    answer: String,
    right: String,
    why: String,
}

fn fixed() -> &'static BankWords {
    static WORDS: OnceLock<BankWords> = OnceLock::new();
    WORDS.get_or_init(|| crate::words::parse(include_str!("../words/bank.toml")))
}

/// Questions as the bytes of an XLSX file that says it was made at `created` (UTC, whole seconds); `words` name the codes, the
/// first word of each is written.
///
/// # Errors
/// [`Error::Workbook`] if the container cannot be written, which memory never refuses.
pub fn bank_workbook(questions: &[Question], words: &Words, created: jiff::Timestamp) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(&fixed().title).set_creation_datetime(&made_at(created)?));
    let lists = [firsts(&words.topics), firsts(&words.readers), firsts(&words.kinds)];
    book.push_worksheet(filled(questions, words, &lists)?);
    book.push_worksheet(listed(&lists)?);
    Ok(book.save_to_buffer()?)
}

/// The first word of each code.
fn firsts<T: PartialEq>(words: &[(String, T)]) -> Vec<String> {
    let is_first = |(at, (_, of)): &(usize, &(String, T))| words.iter().position(|(_, other)| other == of) == Some(*at);
    words.iter().enumerate().filter(is_first).map(|(_, (word, _))| word.clone()).collect()
}

fn heads() -> Vec<(String, f64)> {
    let words = fixed();
    let mut heads = vec![(words.topic.clone(), 22.0), (words.reader.clone(), 20.0), (words.kind.clone(), 14.0), (words.text.clone(), 50.0)];
    heads.extend(LETTERS.iter().map(|letter| (fill(&words.answer, &[("letter", &letter.to_string())]), 26.0)));
    heads.extend([(words.right.clone(), 12.0), (words.why.clone(), 50.0)]);
    heads
}

fn filled(questions: &[Question], words: &Words, lists: &[Vec<String>; 3]) -> Result<Worksheet, XlsxError> {
    let about = Format::new().set_font_name(FONT).set_font_size(12).set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x9A_A8_A1));
    let head = about.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color(Color::RGB(0xE7_EC_EA));
    let cell = about.set_text_wrap().set_align(FormatAlign::Top);
    let mut sheet = Worksheet::new();
    sheet.set_name(&fixed().sheet)?.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 4)?;
    for ((words, width), column) in heads().iter().zip(0u16..) {
        sheet.write_string_with_format(0, column, words, &head)?.set_column_width(column, *width)?;
    }
    for (row, number) in table::rows(questions, words).iter().zip(1u32..) {
        for (text, column) in row.iter().zip(0u16..) {
            // A line end of the text stays one; anything else that cannot be seen goes.
            let text: String = text.split('\n').map(clean::line).collect::<Vec<_>>().join("\n").chars().take(MOST_IN_CELL).collect();
            // A text stays a text: one that begins like a formula is marked as text, also for whoever edits the cell.
            let quoted = text.starts_with(['=', '+', '-', '@']).then(|| cell.clone().set_quote_prefix());
            sheet.write_string_with_format(number, column, text, quoted.as_ref().unwrap_or(&cell))?;
        }
    }
    let last = u32::try_from(MOST_IMPORTED).unwrap_or(u32::MAX);
    for (list, column) in lists.iter().zip(0u16..) {
        let letter = ["A", "B", "C"][usize::from(column)];
        let source = format!("='{}'!${letter}$1:${letter}${}", fixed().lists, list.len());
        // A topic may be a word of the office's own.
        let choice = DataValidation::new().allow_list_formula(source.as_str().into()).show_error_message(column > 0);
        sheet.add_data_validation(1, column, last, column, &choice)?;
    }
    Ok(sheet)
}

fn listed(lists: &[Vec<String>; 3]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(&fixed().lists)?;
    for (list, column) in lists.iter().zip(0u16..) {
        sheet.set_column_width(column, 30.0)?;
        for (word, row) in list.iter().zip(0u32..) {
            sheet.write_string(row, column, word)?;
        }
    }
    Ok(sheet)
}
