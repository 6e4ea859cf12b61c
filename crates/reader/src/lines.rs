//! From pieces of text with places on a page to lines in reading order: for PDF and for recognised pictures.
//!
//! Two columns side by side, as in the head and at the foot of every official letter, come out left column first
//! (see [`zones`]). A table with ruled lines becomes cells (see [`tables`]); one without stays row by row, its columns
//! parted by runs of blanks. Places are in points, y grows downwards.

use text::{Aside, BlockKind};

use crate::writer::{Runs, Writer, clean};

mod rows;
mod tables;
mod zones;

pub(crate) use rows::Piece;
use rows::Row;

/// A straight line, horizontal or vertical, as tables are ruled with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

/// A line of a column, or a cell whose lines are parted by `\n`. Tables count from 0 on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

impl Line {
    fn plain(text: String) -> Line {
        Line { kind: BlockKind::Line, text }
    }

    fn blank() -> Line {
        Line::plain(String::new())
    }
}

/// Lines of a page of `height` points in reading order.
pub(crate) fn arrange(pieces: Vec<Piece>, rules: &[Rule], height: f32) -> Vec<Line> {
    let mut rows = rows::rows(pieces);
    let margin = rows.iter().map(Row::left).fold(f32::INFINITY, f32::min);
    let page = Page { height, margin, pitch: usual_pitch(&rows), blank: usual_blank(&rows) };
    let tables = tables::take(&mut rows, rules);
    let mut lines = Vec::new();
    let mut rest = rows.as_slice();
    for (number, table) in (0u32..).zip(&tables) {
        let above = rest.partition_point(|row| row.y < table.top);
        page.flow(&rest[..above], rules, &mut lines);
        table.write(number, &mut lines);
        rest = &rest[above..];
    }
    page.flow(rest, rules, &mut lines);
    lines
}

/// What is usual on a page.
struct Page {
    height: f32,
    margin: f32,
    /// Points from line to line.
    pitch: f32,
    /// Width of a blank in ems.
    blank: f32,
}

impl Page {
    /// Rows between tables.
    fn flow(&self, rows: &[Row], rules: &[Rule], lines: &mut Vec<Line>) {
        // From row to row more than this is the space between paragraphs.
        const PARTED: f32 = 1.3;
        let mut last: Option<f32> = None;
        let mut at = 0;
        while let Some(row) = rows.get(at) {
            if let Some(aside) = self.page_number(row) {
                lines.push(Line { kind: BlockKind::Aside(aside), text: row.text().trim().to_owned() });
                at += 1;
                continue;
            }
            if last.is_some_and(|y| row.y - y > self.pitch * PARTED) {
                lines.push(Line::blank());
            }
            let at_top = lines.len() <= 4 && row.y < self.height * 0.4;
            if let Some(zone) = zones::two_columns(&rows[at..], rules, at_top, self.blank) {
                lines.extend(zone.lines(&rows[at..at + zone.n_rows]).into_iter().map(Line::plain));
                lines.push(Line::blank());
                at += zone.n_rows;
                last = None;
                continue;
            }
            lines.push(Line::plain(self.row_text(row)));
            last = Some(row.y);
            at += 1;
        }
    }

    /// The text of a row with its indent as blanks, half an em each.
    fn row_text(&self, row: &Row) -> String {
        clean(&(" ".repeat(rows::blanks(row.left() - self.margin, row.size)) + &row.text()))
    }

    /// A lone number at the upper or lower end of the page.
    fn page_number(&self, row: &Row) -> Option<Aside> {
        let [only] = row.words.as_slice() else { return None };
        let digits = only.text.trim().trim_matches(|c: char| matches!(c, '-' | '–' | ' '));
        let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        match is_number {
            true if row.y < self.height * 0.1 => Some(Aside::Header),
            true if row.y > self.height * 0.9 => Some(Aside::Footer),
            _ => None,
        }
    }
}

/// Hands lines over; a page number is an aside. `tables` counts the tables of the whole document.
pub(crate) fn write(lines: &[Line], page: u32, tables: &mut u32, writer: &mut Writer) {
    let before = *tables;
    for line in lines {
        let mut runs = Runs::default();
        match line.kind {
            BlockKind::Line => writer.line(Some(page), &line.text),
            BlockKind::Cell { table, row, column } => {
                runs.push(&line.text, None);
                *tables = before + table + 1;
                writer.cell(before + table, row, column, Some(page), &runs);
            }
            _ => {
                runs.push(&line.text, None);
                writer.paragraph(line.kind.clone(), Some(page), &runs);
            }
        }
    }
}

/// The usual distance of two lines of one paragraph.
fn usual_pitch(rows: &[Row]) -> f32 {
    let mut pitches: Vec<f32> = rows.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|p| *p > 4.0).collect();
    pitches.sort_by(f32::total_cmp);
    let size = rows.iter().map(|r| r.size).fold(0.0, f32::max);
    pitches.get(pitches.len() * 2 / 5).copied().unwrap_or(size * 1.3).clamp(4.0, (size * 2.2).max(4.0))
}

fn usual_blank(rows: &[Row]) -> f32 {
    let mut gaps: Vec<f32> = rows.iter().flat_map(Row::gaps).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.25)
}

#[cfg(test)]
mod tests;
