//! Rows: words on one baseline from left to right, whatever column they stand in.

/// A word, or several that the source wrote in one go.
///
/// A blank at an end of the text says that the source has one there; without it the neighbour may touch.
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

impl Piece {
    pub(super) fn middle(&self) -> f32 {
        (self.x + self.right) / 2.0
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.x
    }
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) words: Vec<Piece>,
}

impl Row {
    pub(super) fn left(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.x)
    }

    pub(super) fn right(&self) -> f32 {
        self.words.iter().map(|w| w.right).fold(f32::NEG_INFINITY, f32::max)
    }

    /// The words on one side of a line down the page.
    pub(super) fn side(&self, middle: f32, is_left: bool) -> Option<Row> {
        let words: Vec<Piece> = self.words.iter().filter(|w| (w.middle() < middle) == is_left).cloned().collect();
        let size = words.iter().map(|w| w.size).fold(0.0, f32::max);
        // Columns of different print have slightly different baselines.
        let y = words.first()?.y;
        Some(Row { y, size, words })
    }

    /// Capitals throughout.
    pub(super) fn is_capital(&self) -> bool {
        let chars = || self.words.iter().flat_map(|w| w.text.chars());
        chars().filter(|c| c.is_uppercase()).count() >= 4 && !chars().any(char::is_lowercase)
    }

    /// The usual blank of the row in ems, where it has enough of them.
    pub(super) fn blank(&self) -> Option<f32> {
        let gaps = self.gaps();
        (gaps.len() >= 3).then(|| gaps[gaps.len() / 3])
    }

    /// Gaps between words in ems, small ones first.
    pub(super) fn gaps(&self) -> Vec<f32> {
        let mut gaps: Vec<f32> = self.words.windows(2).map(|pair| (pair[1].x - pair[0].right) / self.size.max(1.0)).collect();
        gaps.sort_by(f32::total_cmp);
        gaps
    }

    /// Number of stretches of text that wide gaps part.
    pub(super) fn n_columns(&self) -> usize {
        1 + self.words.windows(2).filter(|pair| is_wide(&pair[0], &pair[1])).count()
    }

    /// The words with one blank between them, wide gaps as runs of blanks.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut before: Option<&Piece> = None;
        for word in &self.words {
            if let Some(before) = before {
                let wide = is_wide(before, word) && !is_mark(&text);
                let n_blanks = if wide { blanks(word.x - before.right, self.size).max(4) } else { 1 };
                text.push_str(&" ".repeat(n_blanks));
            }
            text.push_str(word.text.trim());
            before = Some(word);
        }
        text
    }
}

/// How many blanks of half an em fill a width.
pub(super) fn blanks(width: f32, size: f32) -> usize {
    const MOST: f32 = 60.0;
    // Bounded before it is cut to a whole number.
    (width / (0.5 * size.max(1.0))).round().clamp(0.0, MOST) as usize
}

/// Wider than justified text ever makes a blank.
fn is_wide(before: &Piece, after: &Piece) -> bool {
    let together = after.order == before.order || after.order == before.order + 1;
    // Cells of neighbouring columns come from different places of the source and may almost touch.
    let widest = if together { 1.7 } else { 0.8 };
    after.x - before.right > widest * before.size.max(after.size)
}

/// The number or dash of an item, after which a tab leads to its text.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 6 && text.ends_with(['.', ')', '-', '–', '•', '+', '*', '▪', '➢', '/'])
}

pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    // Print that nobody can see is not meant for reading.
    pieces.retain(|p| !p.text.trim().is_empty() && p.size >= 1.5);
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        // A raised or lowered figure still stands in its line.
        match rows.last_mut().filter(|row| belongs(row, &piece)) {
            Some(row) => {
                if piece.size > row.size {
                    (row.y, row.size) = (piece.y, piece.size);
                }
                row.words.push(piece);
            }
            None => rows.push(Row { y: piece.y, size: piece.size, words: vec![piece] }),
        }
    }
    for row in &mut rows {
        row.words.sort_by(|a, b| a.x.total_cmp(&b.x));
        row.words = joined(std::mem::take(&mut row.words));
    }
    rows
}

fn belongs(row: &Row, piece: &Piece) -> bool {
    let (large, small) = if piece.size > row.size { (piece.size, row.size) } else { (row.size, piece.size) };
    let apart = (piece.y - row.y).abs();
    // Figures above the line are small and close; two lines of print never come so near without touching.
    apart <= 0.25 * large
        || (apart <= 0.45 * large && (small <= 0.8 * large || !row.words.iter().rev().take(64).any(|w| overlap(w, piece))))
}

fn overlap(a: &Piece, b: &Piece) -> bool {
    a.right.min(b.right) - a.x.max(b.x) > 0.1 * a.width().min(b.width()).max(1.0)
}

/// Joins pieces of one word: the print changed inside it, or the program set it letter by letter.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    // Distance, in ems, from which on there is a blank between pieces.
    const BLANK: f32 = 0.12;
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        let touches = joined.last().is_some_and(|last| {
            let parted = last.text.ends_with(char::is_whitespace) || piece.text.starts_with(char::is_whitespace);
            !parted && piece.x - last.right <= BLANK * last.size.max(piece.size)
        });
        match joined.last_mut().filter(|_| touches) {
            Some(last) => {
                last.text.push_str(&piece.text);
                last.right = last.right.max(piece.right);
                last.order = piece.order;
                last.size = last.size.max(piece.size);
            }
            None => joined.push(piece),
        }
    }
    joined
}
