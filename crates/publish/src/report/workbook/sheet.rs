//! A sheet that is filled row by row: its title, its heads, how cells look, and everything that paper needs.
//!
//! Not for what stands in which sheet.

use jiff::civil::Date;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;
use std::path::Path;

use super::day;
use crate::citation;
use crate::clean;
use crate::report::wording::{self, permille, words};
use crate::report::{EvidenceLine, Figure, ProgressReport, Rate, window};
use crate::words::fill;

/// Characters that a cell holds, with some left over.
const MOST_IN_CELL: usize = 32_000;
/// The row of the heads, counted from zero: title, office with period, a blank, then they.
pub(super) const HEAD: u32 = 3;
const A4: u8 = 9;
const LINE_PT: f64 = 15.5;
/// How much of a line is filled before it breaks: letters of the font are narrower than the widths are counted in.
const FILLED: f64 = 1.0;
const FONT: &str = "Times New Roman";

pub(super) struct Looks {
    title: Format,
    about: Format,
    head: Format,
    text: Format,
    centred: Format,
    number: Format,
    percent: Format,
    day: Format,
    link: Format,
    linked_number: Format,
}

pub(super) struct Sheet<'a> {
    sheet: Worksheet,
    looks: &'a Looks,
    row: u32,
    /// Of the columns, in characters.
    widths: Vec<f64>,
    /// Lines that the row needs: not every program finds that out for itself.
    n_lines: f64,
}

/// The workbook, and where the rows of its sheets lie until it is packed.
pub(super) struct File {
    pub(super) book: Workbook,
    has_room: bool,
}

impl File {
    /// Rows lie in files of the folder, or in memory without one.
    pub(super) fn new(room: Option<&Path>) -> Result<File, XlsxError> {
        let mut book = Workbook::new();
        if let Some(room) = room {
            book.set_tempdir(room)?;
        }
        Ok(File { book, has_room: room.is_some() })
    }

    fn sheet(&mut self) -> Result<Worksheet, XlsxError> {
        if self.has_room { self.book.new_worksheet_with_low_memory() } else { Ok(Worksheet::new()) }
    }
}

impl Looks {
    pub(super) fn new() -> Looks {
        let about = Format::new().set_font_name(FONT).set_font_size(12);
        let cell = about.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x9A_A8_A1)).set_align(FormatAlign::Top);
        let text = cell.clone().set_text_wrap().set_indent(1);
        // Thousands as Vietnamese offices set them apart, whatever the machine's own language.
        let number = cell.clone().set_num_format("[$-42A]#,##0").set_align(FormatAlign::Right);
        let blue = |format: &Format| format.clone().set_font_color(Color::RGB(0x0B_53_94)).set_underline(FormatUnderline::Single);
        Looks {
            title: about.clone().set_bold().set_font_size(14),
            head: cell.clone().set_text_wrap().set_bold().set_background_color(Color::RGB(0xE7_EC_EA)).set_align(FormatAlign::Center),
            centred: cell.clone().set_text_wrap().set_align(FormatAlign::Center),
            percent: cell.clone().set_num_format("[$-42A]0.0%").set_align(FormatAlign::Right),
            day: cell.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            link: blue(&cell).set_text_wrap().set_align(FormatAlign::Center),
            linked_number: blue(&number),
            number,
            text,
            about,
        }
    }
}

/// Of a row with so many lines, in points.
fn height(n_lines: f64) -> f64 {
    LINE_PT * n_lines + 4.0
}

impl<'a> Sheet<'a> {
    /// A sheet for this file, whose rows are kept outside of memory.
    pub(super) fn new(
        file: &mut File,
        input: &ProgressReport,
        looks: &'a Looks,
        name: &str,
        columns: &[(&str, f64)],
    ) -> Result<Sheet<'a>, XlsxError> {
        let words = &words().workbook;
        let mut sheet = file.sheet()?;
        sheet.set_name(name)?.set_default_row_height(height(1.0));
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        sheet.set_footer(format!("&C{}", words.page)).set_repeat_rows(HEAD, HEAD)?.set_freeze_panes(HEAD + 1, 2)?;
        let mut sheet = Sheet { sheet, looks, row: 0, widths: Vec::new(), n_lines: 1.0 };
        sheet.put(0, &citation::sentence(&fill(&words.title, &[("period", &input.period.label)])), &looks.title)?;
        sheet.row = 1;
        let about = format!("{} {}", clean::line(&input.office.issuer), window(&input.period));
        sheet.put(0, &about, &looks.about)?;
        sheet.row = HEAD;
        sheet.widths = columns.iter().map(|(_, width)| *width).collect();
        for ((head, width), column) in columns.iter().zip(0..) {
            sheet.put(column, head, &looks.head)?;
            sheet.sheet.set_column_width(column, *width)?;
        }
        sheet.next()?;
        Ok(sheet)
    }

    pub(super) fn row(&self) -> u32 {
        self.row
    }

    /// Ends the row, as high as its texts are.
    pub(super) fn next(&mut self) -> Result<(), XlsxError> {
        // What is one line high needs no entry of its own, of which a year's evidence would make twenty thousand.
        if self.n_lines > 1.0 {
            self.sheet.set_row_height(self.row, height(self.n_lines))?;
        }
        self.n_lines = 1.0;
        self.row += 1;
        Ok(())
    }

    /// The sheet, its columns ready to be filtered.
    pub(super) fn finished(mut self) -> Result<Worksheet, XlsxError> {
        if self.row > HEAD + 1 {
            let last_column = u16::try_from(self.widths.len()).unwrap_or_default().saturating_sub(1);
            self.sheet.autofilter(HEAD, 0, self.row - 1, last_column)?;
        }
        Ok(self.sheet)
    }

    /// A text stays a text: one that begins like a formula is marked as text, also for whoever edits the cell.
    fn put(&mut self, column: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
        let text: String = clean::line(text).chars().take(MOST_IN_CELL).collect();
        self.makes_room(column, &text);
        let quoted = text.starts_with(['=', '+', '-', '@']).then(|| look.clone().set_quote_prefix());
        self.sheet.write_string_with_format(self.row, column, text, quoted.as_ref().unwrap_or(look))?;
        Ok(())
    }

    /// Makes the row as high as the text needs in this column.
    fn makes_room(&mut self, column: u16, text: &str) {
        if let Some(width) = self.widths.get(usize::from(column)) {
            // A word that does not fit goes to the next line whole, so a line holds less than its width.
            self.n_lines = self.n_lines.max((text.chars().count() as f64 / (width * FILLED)).ceil());
        }
    }

    pub(super) fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.put(column, text, &self.looks.text)
    }

    pub(super) fn count(&mut self, column: u16, n: u64) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(self.row, column, n as f64, &self.looks.number)?;
        Ok(())
    }

    /// The number of a row.
    pub(super) fn number(&mut self, n: u64) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(self.row, 0, n as f64, &self.looks.centred)?;
        Ok(())
    }

    /// A rate as a percentage; of none it has none.
    pub(super) fn rate(&mut self, column: u16, rate: Rate) -> Result<(), XlsxError> {
        // Rounded as on paper: a cell's format alone would make 100,0% of all but one in many.
        let Some(permille) = permille(rate) else {
            return self.put(column, &words().rates.none, &self.looks.centred);
        };
        let share = f64::from(permille) / 1000.0;
        self.sheet.write_number_with_format(self.row, column, share, &self.looks.percent)?;
        Ok(())
    }

    pub(super) fn day(&mut self, column: u16, date: Option<Date>) -> Result<(), XlsxError> {
        let Some(date) = date else { return self.put(column, &words().annex_evidence.none, &self.looks.centred) };
        self.sheet.write_datetime_with_format(self.row, column, day(date)?, &self.looks.day)?;
        Ok(())
    }

    /// A figure that leads to its rows; what has none is said to have none.
    pub(super) fn figure(&mut self, column: u16, figure: Option<Figure>, link: Option<&str>) -> Result<(), XlsxError> {
        let looks = self.looks;
        let (value, look) = match figure {
            None => return self.put(column, &words().annex_figures.none, &looks.centred),
            Some(told @ (Figure::Few | Figure::AtLeast(_) | Figure::Untold)) => {
                return self.put(column, &wording::figure(told), &looks.centred);
            }
            Some(Figure::Permille(n)) => (n as f64 / 1000.0, &looks.percent),
            Some(Figure::Count(n)) if link.is_some() => (n as f64, &looks.linked_number),
            Some(Figure::Count(n)) => (n as f64, &looks.number),
        };
        if let Some(link) = link {
            // The link belongs to the cell; the number then takes the place of its words.
            self.sheet.write_url_with_format(self.row, column, link, look)?;
        }
        self.sheet.write_number_with_format(self.row, column, value, look)?;
        Ok(())
    }

    pub(super) fn link(&mut self, column: u16, link: &str, text: &str) -> Result<(), XlsxError> {
        self.makes_room(column, text);
        self.sheet.write_url_with_format(self.row, column, Url::new(link).set_text(text), &self.looks.link)?;
        Ok(())
    }

    /// A reference that leads to its row of the register; one that no register knows stands as it is.
    pub(super) fn reference(&mut self, column: u16, reference: &str, places: &BTreeMap<String, u32>) -> Result<(), XlsxError> {
        match places.get(reference) {
            Some(row) => self.link(column, &format!("internal:'{}'!A{}", words().workbook.evidence, row + 1), reference),
            None => self.text(column, reference),
        }
    }

    /// All references of a task in one cell, which can lead to one place only: to the row of the first.
    pub(super) fn references(&mut self, column: u16, references: &[String], places: &BTreeMap<String, u32>) -> Result<(), XlsxError> {
        let references: Vec<String> = references.iter().map(|reference| clean::line(reference)).collect();
        let text: String = references.join(", ").chars().take(MOST_IN_CELL).collect();
        match references.first().and_then(|first| places.get(first)) {
            Some(row) => self.link(column, &format!("internal:'{}'!A{}", words().workbook.evidence, row + 1), &text),
            None => self.text(column, &text),
        }
    }

    /// Kind, unit and day of a piece of evidence, from this column on.
    pub(super) fn line(&mut self, column: u16, line: Option<&EvidenceLine>) -> Result<(), XlsxError> {
        let heads = &words().annex_evidence;
        let or_none = |text: &str| if text.is_empty() { heads.none.clone() } else { text.to_owned() };
        self.text(column, line.map_or(heads.unknown.as_str(), |line| line.kind.as_str()))?;
        self.text(column + 1, &or_none(line.map_or("", |line| &line.unit)))?;
        self.day(column + 2, line.and_then(|line| line.date))
    }
}
