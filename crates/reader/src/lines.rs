//! From pieces of text with places on a page to lines in reading order: for PDF and for recognised pictures.
//!
//! Two columns side by side, as in the head and at the foot of every official letter, come out left column first.
//! A table stays row by row, its columns parted by runs of blanks. Places are in points, y grows downwards.

use text::{Aside, BlockKind};

use crate::writer::{Runs, Writer, clean};

mod zones;

/// Text on one baseline without wide gaps inside.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    pub(crate) x: f32,
    pub(crate) right: f32,
    /// Of the baseline.
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) text: String,
    /// Place in the source: pieces that follow each other there belong together.
    pub(crate) order: usize,
}

/// A straight line, horizontal or vertical, as tables are ruled with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

/// Pieces on one baseline, left to right.
#[derive(Debug, Clone)]
struct Row {
    y: f32,
    size: f32,
    segments: Vec<Piece>,
}

impl Row {
    fn left(&self) -> f32 {
        self.segments.first().map_or(0.0, |s| s.x)
    }
}

/// Lines of a page of `height` points in reading order.
pub(crate) fn arrange(pieces: Vec<Piece>, rules: &[Rule], height: f32) -> Vec<Line> {
    let rows = rows(pieces);
    let pitch = usual_pitch(&rows);
    let margin = rows.iter().map(Row::left).fold(f32::INFINITY, f32::min);
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<f32> = None;
    let mut at = 0;
    let n_rows = rows.len();
    while let Some(row) = rows.get(at) {
        let edge = at == 0 || at + 1 == n_rows;
        if let Some(aside) = page_number(row, height).filter(|_| edge) {
            lines.push(Line { kind: BlockKind::Aside(aside), text: row.segments[0].text.trim().to_owned() });
            at += 1;
            continue;
        }
        if last.is_some_and(|y| row.y - y > pitch * 1.55) {
            lines.push(Line { kind: BlockKind::Line, text: String::new() });
        }
        match zones::two_columns(&rows[at..], rules) {
            Some(zone) => {
                let part = &rows[at..at + zone.n_rows];
                for line in zone.lines(part) {
                    lines.push(Line { kind: BlockKind::Line, text: line });
                }
                lines.push(Line { kind: BlockKind::Line, text: String::new() });
                at += zone.n_rows;
                last = None;
            }
            None => {
                lines.push(Line { kind: BlockKind::Line, text: row_text(row, margin) });
                last = Some(row.y);
                at += 1;
            }
        }
    }
    lines
}

/// Hands lines over; a page number is an aside.
pub(crate) fn write(lines: &[Line], page: u32, writer: &mut Writer) {
    for line in lines {
        if line.kind == BlockKind::Line {
            writer.line(Some(page), &line.text);
        } else {
            let mut runs = Runs::default();
            runs.push(&line.text, None);
            writer.paragraph(line.kind.clone(), Some(page), &runs);
        }
    }
}

fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.retain(|p| !p.text.trim().is_empty());
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        // A raised or lowered figure still stands in its line.
        match rows.last_mut().filter(|row| (piece.y - row.y).abs() <= 0.42 * row.size.max(piece.size)) {
            Some(row) => {
                if piece.size > row.size {
                    (row.y, row.size) = (piece.y, piece.size);
                }
                row.segments.push(piece);
            }
            None => rows.push(Row { y: piece.y, size: piece.size, segments: vec![piece] }),
        }
    }
    for row in &mut rows {
        row.segments.sort_by(|a, b| a.x.total_cmp(&b.x));
        row.segments = segments(std::mem::take(&mut row.segments));
    }
    rows
}

/// Joins the pieces of a row that only a blank parts.
fn segments(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        let Some(last) = joined.last_mut() else {
            joined.push(piece);
            continue;
        };
        let size = last.size.max(piece.size);
        let gap = piece.x - last.right;
        // Cells of neighbouring columns come from different places of the source and may almost touch.
        let widest = if piece.order == last.order + 1 || piece.order == last.order { 1.7 } else { 0.45 };
        if gap > widest * size {
            joined.push(piece);
            continue;
        }
        let parted = last.text.ends_with(char::is_whitespace) || piece.text.starts_with(char::is_whitespace);
        if gap > 0.12 * size && !parted {
            last.text.push(' ');
        }
        last.text.push_str(&piece.text);
        last.right = last.right.max(piece.right);
        last.order = piece.order;
        last.size = size;
    }
    joined
}

/// The text of a row: its indent and its gaps as blanks, half an em each.
fn row_text(row: &Row, margin: f32) -> String {
    const MAX_BLANKS: usize = 60;
    let blanks = |width: f32| ((width / (0.5 * row.size)).round().max(0.0) as usize).min(MAX_BLANKS);
    let mut text = " ".repeat(blanks(row.left() - margin));
    let mut right = None;
    for segment in &row.segments {
        if let Some(right) = right {
            text.push_str(&" ".repeat(blanks(segment.x - right).max(4)));
        }
        text.push_str(segment.text.trim());
        right = Some(segment.right);
    }
    clean(&text)
}

/// The usual distance of two lines that follow each other.
fn usual_pitch(rows: &[Row]) -> f32 {
    let mut pitches: Vec<f32> = rows.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|p| *p > 1.0).collect();
    pitches.sort_by(f32::total_cmp);
    let size = rows.iter().map(|r| r.size).fold(0.0, f32::max);
    pitches.get(pitches.len() * 2 / 5).copied().unwrap_or(size * 1.3).max(1.0)
}

/// A lone number at the upper or lower end of the page.
fn page_number(row: &Row, height: f32) -> Option<Aside> {
    let [only] = row.segments.as_slice() else { return None };
    let digits = only.text.trim().trim_matches(|c: char| matches!(c, '-' | '–' | ' '));
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    match is_number {
        true if row.y < height * 0.1 => Some(Aside::Header),
        true if row.y > height * 0.9 => Some(Aside::Footer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    /// Text at column and line numbers of a typewriter: 6 points a letter, 14 a line.
    fn check(cells: &[(u8, u8, &str)], expected: Expect) {
        let piece = |order: usize, (column, row, text): &(u8, u8, &str)| {
            let x = f32::from(*column) * 6.0;
            let n_chars = u8::try_from(text.chars().count()).unwrap();
            Piece { x, right: x + f32::from(n_chars) * 6.0, y: f32::from(*row) * 14.0, size: 12.0, text: (*text).to_owned(), order }
        };
        let pieces = cells.iter().enumerate().map(|(order, cell)| piece(order * 2, cell)).collect();
        let lines: Vec<String> = arrange(pieces, &[], 840.0).into_iter().map(|l| l.text).collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn the_head_of_a_letter_is_read_column_by_column() {
        check(
            &[
                (4, 4, "ỦY BAN NHÂN DÂN"),
                (40, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                (7, 5, "XÃ TÂN LŨY"),
                (46, 5, "Độc lập - Tự do - Hạnh phúc"),
                (4, 7, "Số: 12/UBND"),
                (44, 7, "Tân Lũy, ngày 05 tháng 5 năm 2026"),
                (2, 8, "V/v bảo đảm an toàn"),
                (20, 11, "Kính gửi: Các thôn, tổ dân phố."),
                (4, 13, "Thực hiện kế hoạch, Ủy ban nhân dân xã yêu cầu các thôn"),
                (0, 14, "họp dân."),
            ],
            expect![[r#"
                ỦY BAN NHÂN DÂN
                XÃ TÂN LŨY
                Số: 12/UBND
                V/v bảo đảm an toàn
                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                Độc lập - Tự do - Hạnh phúc
                Tân Lũy, ngày 05 tháng 5 năm 2026

                                    Kính gửi: Các thôn, tổ dân phố.

                    Thực hiện kế hoạch, Ủy ban nhân dân xã yêu cầu các thôn
                họp dân."#]],
        );
    }

    #[test]
    fn a_table_stays_row_by_row_and_numbers_of_pages_are_asides() {
        check(
            &[(40, 2, "2"), (0, 6, "1"), (10, 6, "Họp dân"), (40, 6, "Tháng 5"), (0, 7, "2"), (10, 7, "Báo cáo"), (40, 7, "Tháng 6")],
            expect![[r#"
                2
                1         Họp dân                       Tháng 5
                2         Báo cáo                       Tháng 6"#]],
        );
    }
}
