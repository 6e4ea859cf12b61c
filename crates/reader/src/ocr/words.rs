//! Tesseract's table of words (TSV) as pieces of text with their places.
//!
//! Columns of the table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.

use crate::lines::Piece;

/// The words of one sheet, in points of a page that is 595 points wide.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) pieces: Vec<Piece>,
    pub(super) height: f32,
}

const PAGE_WIDTH: f32 = 595.0;

struct Entry<'t> {
    level: u8,
    line: [&'t str; 3],
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    confidence: f32,
    text: &'t str,
}

impl<'t> Entry<'t> {
    fn parse(row: &'t str) -> Option<Entry<'t>> {
        let mut columns = row.split('\t');
        let level = columns.next()?.parse().ok()?;
        let _page = columns.next()?;
        let line = [columns.next()?, columns.next()?, columns.next()?];
        let _word = columns.next()?;
        let mut number = || columns.next()?.parse().ok();
        let (left, top, width, height, confidence) = (number()?, number()?, number()?, number()?, number()?);
        Some(Entry { level, line, left, top, width, height, confidence, text: columns.next().unwrap_or_default().trim() })
    }

    /// Specks, ruled lines and the rims of stamps come out as signs that Tesseract itself doubts.
    fn is_noise(&self) -> bool {
        let lettered = self.text.chars().any(char::is_alphanumeric);
        self.text.is_empty() || self.confidence < 8.0 || (!lettered && self.confidence < 55.0)
    }
}

pub(super) fn sheets(table: &str, limit: usize) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut scale = 1.0;
    let mut line: Vec<Entry<'_>> = Vec::new();
    let mut order = 0;
    for entry in table.lines().skip(1).filter_map(Entry::parse) {
        if line.first().is_some_and(|first| first.line != entry.line || entry.level == 1) {
            order = end_line(&mut line, scale, order, sheets.last_mut());
        }
        match entry.level {
            1 if sheets.len() >= limit => break,
            1 => {
                scale = PAGE_WIDTH / entry.width.max(1.0);
                sheets.push(Sheet { pieces: vec![], height: entry.height * scale });
            }
            5 if !entry.is_noise() => line.push(entry),
            _ => {}
        }
    }
    end_line(&mut line, scale, order, sheets.last_mut());
    sheets
}

/// Turns the words of one line into pieces on one baseline: the foot of its usual words, so that dashes and tails do not count.
fn end_line(line: &mut Vec<Entry<'_>>, scale: f32, order: usize, sheet: Option<&mut Sheet>) -> usize {
    let words = std::mem::take(line);
    let Some(sheet) = sheet else { return order };
    // A line that is doubted as a whole is a stamp, a signature or dirt.
    if middle(words.iter().map(|w| w.confidence)) < 30.0 {
        return order;
    }
    let height = middle(words.iter().map(|w| w.height));
    let bottom = middle(words.iter().filter(|w| w.height >= 0.6 * height).map(|w| w.top + w.height));
    let size = (height * scale * 0.95).clamp(6.0, 24.0);
    let mut order = order + 2;
    for word in words {
        order += 1;
        let x = word.left * scale;
        sheet.pieces.push(Piece { x, right: x + word.width * scale, y: bottom * scale, size, text: word.text.to_owned(), order });
    }
    order
}

fn middle(values: impl Iterator<Item = f32>) -> f32 {
    let mut sorted: Vec<f32> = values.collect();
    sorted.sort_by(f32::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_places() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t1190\t1684\t-1\t\n\
            4\t1\t1\t1\t1\t0\t100\t100\t300\t24\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t100\t60\t24\t96.1\tSố:\n\
            5\t1\t1\t1\t1\t2\t170\t100\t60\t20\t90\t12\n\
            5\t1\t1\t1\t1\t3\t300\t100\t60\t20\t12\t|\n";
        let sheets = sheets(table, 10);
        let words: Vec<(&str, f32, usize)> = sheets[0].pieces.iter().map(|p| (p.text.as_str(), p.x, p.order)).collect();
        assert_eq!(words, [("Số:", 50.0, 3), ("12", 85.0, 4)]);
        assert_eq!(sheets[0].height, 842.0);
    }
}
