//! The running text and the tables of a letter, with their numbers written and their widths decided.
//!
//! Not for the head of the letter.

use serde::Serialize;

use super::{BODY_PT, FIRST_LINE_MM, whole};
use crate::clean;
use crate::letter::{Align, Block, Level, OfficialLetter, RowKind, Span, System, Table, Text};
use crate::widths;
use crate::words::{self, Form, fill};

/// A row of more lines than this may break over two pages: it might not fit on one.
const N_WHOLE_LINES: usize = 20;
/// Room taken by the two side margins of a cell, and a little for hinting.
const CELL_AIR_MM: f64 = 3.2;
/// Machines without Times New Roman print with fonts that run a little wider than it.
const OTHER_FONTS: f64 = 1.08;

/// A paragraph or a table.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(crate) enum Piece {
    Paragraph(Paragraph),
    Table(PieceTable),
}

#[derive(Debug, Serialize)]
pub(crate) struct Paragraph {
    pub(crate) runs: Vec<Run>,
    pub(crate) size: f64,
    /// Indent of the first line.
    pub(crate) first_mm: f64,
    pub(crate) centred: bool,
    /// Rank in the outline, from 1; zero for running text.
    pub(crate) outline: u8,
    /// Stays on the page of what follows.
    pub(crate) with_next: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct Run {
    #[serde(serialize_with = "whole::of_text")]
    pub(crate) text: String,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct PieceTable {
    pub(crate) size: f64,
    pub(crate) widths_mm: Vec<f64>,
    #[serde(serialize_with = "whole::of_texts")]
    pub(crate) head: Vec<String>,
    pub(crate) aligns: Vec<&'static str>,
    pub(crate) rows: Vec<TableRow>,
}

#[derive(Debug, Serialize)]
pub(crate) struct TableRow {
    #[serde(serialize_with = "whole::of_texts")]
    pub(crate) cells: Vec<String>,
    /// Names a group, over the whole width.
    pub(crate) group: bool,
    pub(crate) bold: bool,
    /// Too tall to be kept on one page.
    pub(crate) may_break: bool,
}

/// What stands before the numbered body: grounds and prose.
pub(super) fn opening(letter: &OfficialLetter, form: &Form) -> Vec<Piece> {
    let n = letter.grounds.len();
    let italic = letter.system != System::Party;
    let grounds = letter.grounds.iter().enumerate().map(|(i, ground)| {
        let bare = clean::line(ground);
        let bare = bare.trim_start_matches("- ").trim_end_matches([';', ',', '.', ' ']);
        let end = if i + 1 == n && italic { "." } else { ";" };
        let text = fill(&form.grounds, &[("text", &format!("{bare}{end}"))]);
        running(vec![Run { text, bold: false, italic }], FIRST_LINE_MM)
    });
    grounds.chain(letter.opening.iter().map(paragraph)).collect()
}

/// A justified paragraph.
pub(super) fn paragraph(text: &Text) -> Piece {
    running(runs(text), FIRST_LINE_MM)
}

/// The blocks of a body or annex; `width_mm` is the width between the margins, `table_pt` the size in tables.
pub(super) fn body(blocks: &[Block], system: System, width_mm: f64, table_pt: f64) -> Vec<Piece> {
    let form = words::forms().of(system);
    // The outline begins at rank 1, whether or not the document has parts.
    let has_parts = blocks.iter().any(|block| matches!(block, Block::Heading { level: Level::Part, .. }));
    let pieces = blocks.iter().map(|block| match block {
        Block::Heading { level, numbers, text } => heading(*level, numbers, text, has_parts, form),
        Block::Paragraph(text) => paragraph(text),
        Block::Numbered { numbers, text } => {
            let runs = runs(text);
            let bold = runs.first().is_some_and(|run| run.bold);
            let number = Run { text: format!("{} ", dotted(numbers)), bold, italic: false };
            running(std::iter::once(number).chain(runs).collect(), FIRST_LINE_MM)
        }
        Block::Item(text) => {
            let dash = Run { text: "- ".to_owned(), bold: false, italic: false };
            running(std::iter::once(dash).chain(runs(text)).collect(), FIRST_LINE_MM)
        }
        Block::Caption(text) => Piece::Paragraph(Paragraph {
            runs: vec![Run { text: clean::line(text), bold: true, italic: false }],
            size: table_pt,
            first_mm: 0.0,
            centred: true,
            outline: 0,
            with_next: true,
        }),
        Block::Table(table) => Piece::Table(laid_out(table, width_mm, table_pt)),
    });
    pieces.collect()
}

/// Sets the form's end mark behind the last running paragraph.
pub(super) fn finish(pieces: &mut [Piece], end: &str) {
    let Some(Piece::Paragraph(paragraph)) = pieces.last_mut() else { return };
    // A signature does not stand alone on its page.
    paragraph.with_next = true;
    let Some(run) = paragraph.runs.last_mut() else { return };
    let bare = run.text.trim_end_matches(['.', ';', ',', '/', ' ']).len();
    run.text.truncate(bare);
    // "(Gửi kèm …)" ends with its bracket in Party letters; State letters still close with their own mark.
    if !(run.text.ends_with(')') && end == ".") {
        run.text.push_str(end);
    }
}

fn running(runs: Vec<Run>, first_mm: f64) -> Piece {
    Piece::Paragraph(Paragraph { runs, size: BODY_PT, first_mm, centred: false, outline: 0, with_next: false })
}

fn heading(level: Level, numbers: &[u32], text: &str, has_parts: bool, form: &Form) -> Piece {
    let text = clean::line(text);
    let (text, italic, outline) = match level {
        Level::Part => {
            let n = numbers.last().copied().map(roman).unwrap_or_default();
            (fill(&form.part, &[("n", &n), ("text", &clean::capitals(&text))]), false, 1)
        }
        Level::Section => (format!("{} {text}", dotted(numbers)), false, 2),
        Level::Subsection => (format!("{} {text}", dotted(numbers)), true, 3),
    };
    Piece::Paragraph(Paragraph {
        runs: vec![Run { text, bold: true, italic }],
        size: BODY_PT,
        first_mm: FIRST_LINE_MM,
        centred: false,
        outline: if has_parts { outline } else { outline.saturating_sub(1).max(1) },
        with_next: true,
    })
}

/// "2.1." for [2, 1].
fn dotted(numbers: &[u32]) -> String {
    numbers.iter().map(|n| format!("{n}.")).collect()
}

/// Roman numeral of `n`; numbers beyond 39 (no document has so many parts) come out as a row of X.
pub(crate) fn roman(n: u32) -> String {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    format!("{}{}", "X".repeat((n / 10) as usize), UNITS[(n % 10) as usize])
}

/// Words too wide for their line, with invisible places to break them (Word and its kin need no such help).
#[cfg(feature = "pdf")]
pub(super) fn break_long_words(pieces: &mut [Piece], width_mm: f64) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => {
                let size = paragraph.size;
                paragraph.runs.iter_mut().for_each(|run| run.text = breakable(&run.text, size, width_mm * 0.6));
            }
            Piece::Table(table) => {
                let (widths, size) = (&table.widths_mm, table.size);
                for row in &mut table.rows {
                    for (cell, width) in row.cells.iter_mut().zip(widths) {
                        *cell = breakable(cell, size, (width - CELL_AIR_MM).max(1.0));
                    }
                }
                for (head, width) in table.head.iter_mut().zip(widths) {
                    *head = breakable(head, size, (width - CELL_AIR_MM).max(1.0));
                }
            }
        }
    }
}

/// `text` with a zero-width space every few letters inside words wider than `width_mm`.
#[cfg(feature = "pdf")]
pub(super) fn breakable(text: &str, size: f64, width_mm: f64) -> String {
    const BREAK: char = '\u{200b}';
    let mut broken = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let too_wide = widths::mm(word.trim_end(), size, true) > width_mm;
        for (i, letter) in word.chars().enumerate() {
            if too_wide && i > 0 && i.is_multiple_of(4) {
                broken.push(BREAK);
            }
            broken.push(letter);
        }
    }
    broken
}

/// The runs of a paragraph: no blank at either end, none doubled where two runs meet.
fn runs(text: &Text) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(text.0.len());
    for Span { text, bold, italic } in &text.0 {
        let mut text = clean::span(text);
        if runs.last().is_none_or(|run| run.text.ends_with(' ')) {
            text = text.trim_start_matches(' ').to_owned();
        }
        if !text.is_empty() {
            runs.push(Run { text, bold: *bold, italic: *italic });
        }
    }
    if let Some(run) = runs.last_mut() {
        run.text.truncate(run.text.trim_end_matches(' ').len());
    }
    runs
}

fn laid_out(table: &Table, width_mm: f64, size: f64) -> PieceTable {
    let n_columns = table.columns.len();
    let widths_mm = column_widths(table, width_mm, size);
    let rows = table.rows.iter().map(|row| {
        let group = row.kind == RowKind::Group;
        let bold = row.kind != RowKind::Plain;
        let cells = fitted(&row.cells, if group { 1 } else { n_columns });
        let lines = |(cell, width): (&String, &f64)| {
            widths::lines(cell, size, bold, (width - CELL_AIR_MM).max(1.0))
                .iter()
                .map(|line| {
                    // A word wider than its cell is broken by the writers.
                    (widths::mm(line, size, bold) / (width - CELL_AIR_MM).max(1.0)).ceil() as usize
                })
                .sum::<usize>()
        };
        let tallest = cells.iter().zip(&widths_mm).map(lines).max().unwrap_or(1);
        TableRow { cells, group, bold, may_break: tallest > N_WHOLE_LINES }
    });
    PieceTable {
        size,
        head: table.columns.iter().map(|column| clean::line(&column.head)).collect(),
        aligns: table.columns.iter().map(|column| align_name(column.align)).collect(),
        rows: rows.collect(),
        widths_mm,
    }
}

/// Widths by the columns' shares, but none narrower than its widest word (unless words ask for over half the page).
fn column_widths(table: &Table, width_mm: f64, size: f64) -> Vec<f64> {
    let word_mm = |text: &str, bold: bool| {
        let words = text.split(' ').map(|word| widths::mm(word, size, bold));
        words.fold(0.0, f64::max) * OTHER_FONTS + CELL_AIR_MM
    };
    let mut least_mm: Vec<f64> = table.columns.iter().map(|column| word_mm(&clean::line(&column.head), true)).collect();
    for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
        for (least, cell) in least_mm.iter_mut().zip(&row.cells) {
            *least = least.max(word_mm(&clean::line(cell), row.kind == RowKind::Total));
        }
    }
    let cap_mm = width_mm / (table.columns.len().max(1) as f64) * 1.5;
    let shares: Vec<f64> = table.columns.iter().map(|column| f64::from(column.share.max(1))).collect();
    let mut fixed: Vec<Option<f64>> = vec![None; shares.len()];
    loop {
        let taken: f64 = fixed.iter().flatten().sum();
        let free: f64 = shares.iter().zip(&fixed).filter(|(_, fixed)| fixed.is_none()).map(|(share, _)| share).sum();
        let by_share = |share: f64| (width_mm - taken).max(0.0) * share / free;
        let too_narrow = (0..shares.len()).find(|i| fixed[*i].is_none() && by_share(shares[*i]) < least_mm[*i].min(cap_mm));
        match too_narrow {
            // The last free column takes what is left.
            Some(i) if fixed.iter().filter(|fixed| fixed.is_none()).count() > 1 => {
                fixed[i] = Some(least_mm[i].min(cap_mm));
            }
            _ => {
                let width = |(share, fixed): (&f64, &Option<f64>)| fixed.unwrap_or_else(|| by_share(*share));
                let widths: Vec<f64> = shares.iter().zip(&fixed).map(width).collect();
                // Only words wider than the page can ask for more than there is; then all shrink alike.
                let total: f64 = widths.iter().sum();
                return widths.iter().map(|width| width * width_mm / total).collect();
            }
        }
    }
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
    }
}

/// `cells` as exactly `n` cleaned cells: missing ones empty, surplus ones joined to the last.
fn fitted(cells: &[String], n: usize) -> Vec<String> {
    let mut fitted: Vec<String> = cells.iter().take(n).map(|cell| clean::line(cell)).collect();
    fitted.resize(n, String::new());
    if let (Some(last), Some(surplus)) = (fitted.last_mut(), cells.get(n..)) {
        for cell in surplus {
            last.push(' ');
            last.push_str(&clean::line(cell));
        }
    }
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_outlines() {
        assert_eq!(dotted(&[2, 1]), "2.1.");
        assert_eq!([1, 4, 9, 10, 14].map(roman).join(" "), "I IV IX X XIV");
    }

    #[test]
    fn no_column_is_narrower_than_its_widest_word() {
        let heads = ["TT", "Đơn vị", "Số nhiệm vụ", "Minh chứng"];
        let column =
            |head: &str| crate::letter::Column {
                head: head.into(), share: if head == "Đơn vị" { 99 } else { 1 }, ..Default::default()
            };
        let row = crate::letter::Row::plain(["1", "Văn phòng", "9", "MC-009–MC-014"].map(String::from).into());
        let widths = column_widths(&Table { columns: heads.map(column).into(), rows: vec![row] }, 165.0, 12.0);
        let room = |word: &str, bold| widths::mm(word, 12.0, bold) + CELL_AIR_MM;
        assert!(widths[2] > room("nhiệm", true) && widths[3] > room("MC-009–MC-014", false), "{widths:?}");
        assert!((widths.iter().sum::<f64>() - 165.0).abs() < 1e-6);
    }

    #[test]
    fn cells_fit_their_columns() {
        let cells = ["a", "b", "c"].map(String::from);
        assert_eq!(fitted(&cells, 2), ["a", "b c"]);
        assert_eq!(fitted(&cells, 4), ["a", "b", "c", ""]);
    }
}
