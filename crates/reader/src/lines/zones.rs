//! Two columns of lines side by side: found by the empty strip between them.
//!
//! The head of a letter and its foot ("Nơi nhận" and the signature) are read column by column. A list whose second
//! column starts at one place, a table, and text of more columns are read across.

use super::rows::Row;
use super::{Line, Rule};
use crate::writer::clean;

/// Rows that read as two columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zone {
    pub(super) n_rows: usize,
    /// Where the strip is.
    middle: f32,
}

/// An empty strip down the page.
#[derive(Debug, Clone, Copy)]
struct Strip {
    left: f32,
    right: f32,
}

impl Strip {
    fn width(self) -> f32 {
        self.right - self.left
    }

    fn middle(self) -> f32 {
        (self.left + self.right) / 2.0
    }
}

/// No head or foot has more rows.
const MOST_ROWS: usize = 48;

impl Zone {
    /// The left column's lines, a blank one, then the right one's; also a blank one where lines stand far apart.
    pub(super) fn lines(self, rows: &[Row]) -> Vec<String> {
        let mut lines = Vec::new();
        for is_left in [true, false] {
            let mut last: Option<f32> = None;
            for row in rows.iter().filter_map(|row| row.side(self.middle, is_left)) {
                if last.is_some_and(|y| row.y - y > 2.0 * row.size) {
                    lines.push(Line::blank().text);
                }
                lines.push(clean(&row.text()));
                last = Some(row.y);
            }
            if is_left {
                lines.push(Line::blank().text);
            }
        }
        lines
    }
}

/// A zone that begins with the first of `rows`; `at_top` when they begin the page, whose blanks are `blank` ems wide.
pub(super) fn two_columns(rows: &[Row], rules: &[Rule], at_top: bool, blank: f32) -> Option<Zone> {
    let rows = &rows[..rows.len().min(MOST_ROWS)];
    let left = rows.iter().map(Row::left).fold(f32::INFINITY, f32::min);
    let right = rows.iter().map(Row::right).fold(f32::NEG_INFINITY, f32::max);
    let first = rows.first()?;
    let window = Strip { left: left + 0.15 * (right - left), right: left + 0.8 * (right - left) };
    if !begins(first, window, at_top) {
        return None;
    }
    // A signature takes room; a head does not.
    let most_apart = if at_top { 3.4 } else { 10.0 };
    // Rows of the left column alone, before the right one goes on.
    let most_alone = if at_top { 4 } else { 12 };
    let mut n_alone = 0;
    // Strips that are empty down to each row.
    let mut strips = vec![window];
    let mut found = None;
    for (place, row) in rows.iter().enumerate() {
        // At the foot of a letter there never are three columns.
        let crowded = !at_top && row.n_columns() > 2;
        if crowded || (place > 0 && row.y - rows[place - 1].y > most_apart * row.size) {
            break;
        }
        strips = narrowed(&strips, row, blank);
        if strips.is_empty() {
            break;
        }
        let part = &rows[..=place];
        let best = strips.iter().filter(|s| is_between(**s, part)).max_by(|a, b| a.width().total_cmp(&b.width()));
        if let Some(strip) = best {
            // "Kính gửi" with a broad blank is no row of the head any more.
            let apart = place > 0 && row.y - rows[place - 1].y > 1.9 * row.size;
            if at_top && apart && gap_at(row, strip.middle()).is_some_and(|gap| gap < 1.2) {
                break;
            }
            n_alone = if row.right() < strip.middle() { n_alone + 1 } else { 0 };
            if n_alone > most_alone {
                break;
            }
            let n_rows = trimmed(part, strip.middle(), at_top);
            if n_rows >= 2 && reads_in_columns(&rows[..n_rows], *strip, rules, at_top) {
                found = Some(Zone { n_rows, middle: strip.middle() });
            }
        }
    }
    found
}

/// Something stands in the right half, with nothing or a gap before it. The left column of a head may begin higher.
fn begins(row: &Row, window: Strip, at_top: bool) -> bool {
    let right_only = row.left() > window.left + 0.3 * window.width();
    let left_only = at_top && row.right() < window.right;
    right_only || left_only || row.words.windows(2).any(|pair| pair[1].x - pair[0].right >= 0.6 * row.size)
}

/// What a row leaves of the strips: an empty place has to be wider than the blanks of the row.
fn narrowed(strips: &[Strip], row: &Row, blank: f32) -> Vec<Strip> {
    let least = (1.6 * row.blank().unwrap_or(blank)).max(0.4) * row.size;
    let mut left = strips.to_vec();
    let mut from = f32::NEG_INFINITY;
    let mut spaces: Vec<Strip> = Vec::new();
    for word in &row.words {
        if word.x - from >= least {
            spaces.push(Strip { left: from, right: word.x });
        }
        from = from.max(word.right);
    }
    spaces.push(Strip { left: from, right: f32::INFINITY });
    let meet = |a: Strip, b: Strip| Strip { left: a.left.max(b.left), right: a.right.min(b.right) };
    left = left.into_iter().flat_map(|strip| spaces.iter().map(move |space| meet(strip, *space))).collect();
    left.retain(|s| s.width() >= 0.3 * row.size);
    left
}

fn is_between(strip: Strip, rows: &[Row]) -> bool {
    let words = || rows.iter().flat_map(|r| &r.words);
    words().any(|w| w.middle() < strip.middle()) && words().any(|w| w.middle() > strip.middle())
}

/// Number of rows without those at the end that belong to one column only and stand apart: a new paragraph.
/// The name below a signature stands apart, too, but in the right column.
fn trimmed(rows: &[Row], middle: f32, at_top: bool) -> usize {
    let has = |row: &Row, is_left: bool| row.words.iter().any(|w| (w.middle() < middle) == is_left);
    let last_of = |is_left: bool| rows.iter().rposition(|row| has(row, is_left)).unwrap_or(0);
    let mut end = last_of(true).min(last_of(false)) + 1;
    while let (Some(row), Some(next)) = (rows.get(end - 1), rows.get(end)) {
        let signed = !at_top && has(next, false);
        // A line of capitals begins the title of the letter.
        let parted = next.y - row.y > 1.9 * next.size.max(row.size) || (at_top && next.is_capital() && !row.is_capital());
        if !signed && parted {
            break;
        }
        end += 1;
    }
    end
}

fn reads_in_columns(rows: &[Row], strip: Strip, rules: &[Rule], at_top: bool) -> bool {
    let middle = strip.middle();
    let column = |is_left: bool| rows.iter().filter_map(|row| row.side(middle, is_left)).collect::<Vec<Row>>();
    let (left, right) = (column(true), column(false));
    let crowded = rows.iter().filter(|row| row.n_columns() > 2).count();
    let gap = rows.iter().filter_map(|row| gap_at(row, middle)).fold(0.0, f32::max);
    let enough = left.len() >= 2 && right.len() >= 2;
    if crowded * 3 > rows.len() || is_ruled(rows, strip, rules) {
        return false;
    }
    // Names of offices and of the state, or the title of who signs, whatever the columns look like.
    if enough && right[0].is_capital() && (!at_top || left[0].is_capital()) && right.iter().any(|row| !row.is_capital()) {
        return true;
    }
    if is_list(&right) || is_tabbed(&left, &right, rows.len()) {
        return false;
    }
    if at_top {
        return enough && (gap >= 1.2 || (gap >= 0.9 && (is_centred(&right) || is_centred(&left))));
    }
    // The title of who signs may stand alone, his name being part of a picture.
    let lone = left.len() >= 3 && right.len() == 1 && right[0].left() > middle && right[0].n_columns() == 1 && gap < f32::EPSILON;
    // Either no row has text on both sides, or they stand clearly apart.
    let apart = !(f32::EPSILON..0.9).contains(&gap);
    (enough && apart && is_centred(&right)) || lone
}

/// The gap of a row at a place, in ems; `None` when only one side has text.
fn gap_at(row: &Row, middle: f32) -> Option<f32> {
    let pair = row.words.windows(2).find(|pair| pair[0].middle() < middle && pair[1].middle() > middle)?;
    Some((pair[1].x - pair[0].right) / row.size.max(1.0))
}

/// Lines of different length around one axis.
fn is_centred(rows: &[Row]) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= 0.9 * rows[0].size;
    let mut middles: Vec<f32> = rows.iter().map(|r| (r.left() + r.right()) / 2.0).collect();
    middles.sort_by(f32::total_cmp);
    let Some(axis) = middles.get(middles.len() / 2) else { return false };
    let n_near = middles.iter().filter(|m| near(**m, *axis)).count();
    rows.len() >= 2 && n_near * 10 >= rows.len() * 6
}

/// Lines of different length that begin at one place, as entries of a list do.
fn is_list(rows: &[Row]) -> bool {
    let Some(first) = rows.first() else { return false };
    let n_flush = rows.iter().filter(|r| (r.left() - first.left()).abs() <= 2.0).count();
    let n_short = rows.iter().filter(|r| (r.right() - first.right()).abs() > 6.0).count();
    rows.len() >= 3 && n_flush * 10 >= rows.len() * 9 && n_short > 0
}

/// Labels with values behind a tab: both sides begin at the same place in every row.
fn is_tabbed(left: &[Row], right: &[Row], n_rows: usize) -> bool {
    let aligned = |side: &[Row]| side.iter().all(|row| (row.left() - side[0].left()).abs() < 3.0);
    left.len() == n_rows && right.len() == n_rows && aligned(left) && aligned(right)
}

/// Lines drawn across the strip make it a table.
fn is_ruled(rows: &[Row], strip: Strip, rules: &[Rule]) -> bool {
    let top = rows.first().map_or(0.0, |r| r.y - 1.5 * r.size);
    let bottom = rows.last().map_or(0.0, |r| r.y + 1.5 * r.size);
    let across = |rule: &&Rule| {
        rule.y1 - rule.y0 < 1.0 && (top..=bottom).contains(&rule.y0) && rule.x0 < strip.left - 5.0 && rule.x1 > strip.right + 5.0
    };
    rules.iter().filter(across).count() >= 2
}
