//! Two columns of lines side by side: found by the empty strip between them.
//!
//! Not for tables: more than two columns, or lines ruled across the strip, are rows to be read across.

use super::{Piece, Row, Rule};
use crate::writer::clean;

/// Rows that read as two columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zone {
    pub(super) n_rows: usize,
    gutter: Gutter,
}

/// The empty strip.
#[derive(Debug, Clone, Copy)]
struct Gutter {
    left: f32,
    right: f32,
}

impl Gutter {
    fn middle(self) -> f32 {
        (self.left + self.right) / 2.0
    }

    /// The strip that is left when a piece stands beside it.
    fn beside(self, piece: &Piece) -> Gutter {
        if (piece.x + piece.right) / 2.0 < self.middle() {
            Gutter { left: self.left.max(piece.right), ..self }
        } else {
            Gutter { right: self.right.min(piece.x), ..self }
        }
    }
}

impl Zone {
    /// The left column's lines, then the right one's.
    pub(super) fn lines(self, rows: &[Row]) -> Vec<String> {
        let side =
            |is_left: bool| rows.iter().flat_map(move |row| row.segments.iter().filter(move |s| (s.x < self.gutter.middle()) == is_left));
        side(true).chain(side(false)).map(|s| clean(s.text.trim())).collect()
    }
}

/// A zone that begins with the first of `rows`.
pub(super) fn two_columns(rows: &[Row], rules: &[Rule]) -> Option<Zone> {
    // The strip is known from the first row with two pieces; rows before it may belong to one column only.
    const LEAD: usize = 4;
    let first = rows.iter().take(LEAD).position(|row| row.segments.len() == 2)?;
    let [left, right] = rows[first].segments.as_slice() else { return None };
    let mut gutter = Gutter { left: left.right, right: right.x };
    if !in_the_middle(gutter, rows) {
        return None;
    }
    let mut n_rows = 0;
    let mut n_both = 0;
    for (place, row) in rows.iter().enumerate() {
        let apart = place > 0 && row.y - rows[place - 1].y > 2.6 * row.size.max(rows[place - 1].size);
        // Rows before the first full one have to stand close to it.
        if row.segments.len() > 2 || (apart && (n_both == 0 || row.segments.len() != 2)) {
            break;
        }
        let narrowed = row.segments.iter().fold(gutter, |g, segment| g.beside(segment));
        if narrowed.right - narrowed.left < 0.4 * row.size {
            break;
        }
        gutter = narrowed;
        n_both += usize::from(row.segments.len() == 2);
        n_rows = place + 1;
    }
    if n_rows <= first || n_rows < 2 || is_ruled(&rows[..n_rows], gutter, rules) {
        return None;
    }
    Some(Zone { n_rows, gutter })
}

/// Columns of a letter share the page; a number in front of an item, or a date behind it, does not make columns.
fn in_the_middle(gutter: Gutter, rows: &[Row]) -> bool {
    let left = rows.iter().flat_map(|r| &r.segments).map(|s| s.x).fold(f32::INFINITY, f32::min);
    let right = rows.iter().flat_map(|r| &r.segments).map(|s| s.right).fold(0.0, f32::max);
    let width = right - left;
    let middle = (gutter.middle() - left) / width.max(1.0);
    (0.2..=0.8).contains(&middle)
}

/// Lines drawn across the strip make it a table.
fn is_ruled(rows: &[Row], gutter: Gutter, rules: &[Rule]) -> bool {
    let top = rows.first().map_or(0.0, |r| r.y - 1.5 * r.size);
    let bottom = rows.last().map_or(0.0, |r| r.y + 1.5 * r.size);
    let across = |rule: &&Rule| {
        rule.y1 - rule.y0 < 1.0 && (top..=bottom).contains(&rule.y0) && rule.x0 < gutter.left - 5.0 && rule.x1 > gutter.right + 5.0
    };
    rules.iter().filter(across).count() >= 2
}
