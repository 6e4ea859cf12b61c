//! Repair of the usual damage of text that came line by line: broken wraps, page numbers, lost blanks, marks.
//!
//! For text files, PDF and OCR, whose lines are not paragraphs. Not for deciding what a paragraph means: letterheads
//! and signature blocks are short lines and simply stay lines.
//! `"bảo đảm an\nninh mạng"` becomes one paragraph `"bảo đảm an ninh mạng"`.

mod blanks;
mod marks;

use crate::doc::{BlockKind, Doc};
use std::sync::LazyLock;

/// Lines joined to paragraphs, page numbers and signing stamps out, soft hyphens and Markdown marks gone, blanks that a
/// PDF lost put back where every piece is a Vietnamese syllable. Blocks that are paragraphs already only lose marks.
/// One empty line is kept where the source had any: it may end a title.
pub fn rejoin(doc: &Doc) -> Doc {
    let mut out = Doc::default();
    let mut run: Vec<Line> = Vec::new();
    let stripped = marks::Strip::for_text(&doc.text);
    for block in &doc.blocks {
        let text = doc.block_text(block);
        if block.kind == BlockKind::Line {
            run.extend(text.split('\n').map(|line| Line::new(&stripped.line(line), block.page)));
            continue;
        }
        flush(&mut run, &mut out);
        for line in text.split('\n') {
            let line = Line::new(&stripped.line(line), block.page);
            let filled = !line.is_blank() || text.trim().is_empty();
            if filled && !(block.kind == BlockKind::Paragraph && goes_on(&mut out, &line)) {
                out.push(block.kind.clone(), block.page, &line.text);
            }
        }
    }
    flush(&mut run, &mut out);
    out
}

/// Joins a paragraph to the one before, when a page break had split them.
fn goes_on(out: &mut Doc, line: &Line) -> bool {
    let Some(last) = out.blocks.last().filter(|last| last.kind == BlockKind::Paragraph) else { return false };
    let before = Line::new(out.block_text(last), last.page);
    if !joins(&before, line, true, None) {
        return false;
    }
    let (start, page) = (last.span.start, last.page);
    let mut text = before.text;
    append(&mut text, &line.text);
    out.blocks.pop();
    out.text.truncate(start.saturating_sub(1));
    out.push(BlockKind::Paragraph, page, &text);
    true
}

/// One physical line, its marks already taken off.
struct Line {
    text: String,
    page: Option<u32>,
    /// Blanks before the first letter.
    indent: usize,
    /// Characters, without the blanks around.
    length: usize,
    /// It was a cell of a table: it stays a line.
    is_cell: bool,
}

impl Line {
    fn new(raw: &str, page: Option<u32>) -> Line {
        let text = raw.trim();
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        Line { text: text.to_owned(), page, indent, length: text.chars().count(), is_cell: false }
    }

    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Two columns side by side: a tab or four blanks inside the line.
    fn has_gap(&self) -> bool {
        self.text.contains('\t') || self.text.contains("    ")
    }

    /// Capitals throughout: a title or a letterhead.
    fn is_capital(&self) -> bool {
        let (upper, lower) = self
            .text
            .chars()
            .fold((0, 0), |(upper, lower), c| (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase())));
        upper >= 4 && lower * 5 <= upper
    }

    /// A rule drawn with signs.
    fn is_rule(&self) -> bool {
        !self.is_blank() && !self.text.chars().any(char::is_alphanumeric)
    }
}

fn flush(run: &mut Vec<Line>, out: &mut Doc) {
    if run.is_empty() {
        return;
    }
    let mut lines = marks::without_furniture(std::mem::take(run));
    let damaged = blanks::are_lost(lines.iter().map(|line| line.text.as_str()));
    if damaged {
        for line in &mut lines {
            line.text = blanks::put_back(&line.text);
        }
    }
    let width = width(&lines);
    let mut place = 0;
    let mut blank_before = false;
    while place < lines.len() {
        if lines[place].is_blank() {
            blank_before = true;
            place += 1;
            continue;
        }
        if std::mem::take(&mut blank_before) && !out.blocks.is_empty() {
            out.push(BlockKind::Line, lines[place].page, "");
        }
        let (text, next) = paragraph(&lines, place, width);
        let joined = next > place + 1;
        out.push(if joined { BlockKind::Paragraph } else { BlockKind::Line }, lines[place].page, &text);
        place = next;
    }
}

/// The text of the paragraph that starts at `start`, and where the next one starts.
fn paragraph(lines: &[Line], start: usize, width: Option<Width>) -> (String, usize) {
    let mut text = lines[start].text.clone();
    let (mut last, mut next) = (start, start + 1);
    loop {
        let after = (next..lines.len()).find(|&place| !lines[place].is_blank());
        let Some(after) = after else { break };
        if !joins(&lines[last], &lines[after], after > last + 1, width) {
            break;
        }
        append(&mut text, &lines[after].text);
        (last, next) = (after, after + 1);
    }
    if next > start + 1 {
        text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    (text, last + 1)
}

/// Joins two lines with a blank, or without one after a hyphen that the line break made or kept.
fn append(text: &mut String, line: &str) {
    let before_hyphen = text.strip_suffix('-').and_then(|head| head.chars().next_back());
    let starts_small = line.starts_with(char::is_lowercase);
    match before_hyphen {
        Some(letter) if letter.is_alphanumeric() => {
            let head = text.trim_end_matches('-').rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            let tail = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            // Two whole syllables were a compound (`chính trị-xã hội`); otherwise the word was cut.
            if starts_small && !(blanks::is_syllable(head) && blanks::is_syllable(tail)) {
                text.pop();
            }
        }
        _ => text.push(' '),
    }
    text.push_str(line);
}

/// Characters of a full line; `None` when the source does not break its paragraphs.
fn width(lines: &[Line]) -> Option<Width> {
    let mut lengths: Vec<usize> = lines.iter().filter(|line| !line.is_blank() && !line.has_gap()).map(|line| line.length).collect();
    lengths.sort_unstable();
    let longest = *lengths.last()?;
    // No typewriter, PDF or OCR line of A4 is longer: somebody wrote a paragraph per line.
    (longest <= 200).then(|| Width { full: lengths[lengths.len() * 9 / 10], longest })
}

/// How long the lines of a source are, in characters.
#[derive(Clone, Copy)]
struct Width {
    /// Nine of ten lines are no longer.
    full: usize,
    longest: usize,
}

fn joins(current: &Line, next: &Line, apart: bool, width: Option<Width>) -> bool {
    if current.is_cell || next.is_cell || current.is_rule() || next.is_rule() || current.has_gap() || next.has_gap() || is_start(&next.text)
    {
        return false;
    }
    let Some(last) = current.text.chars().next_back() else { return false };
    let small = next.text.starts_with(char::is_lowercase);
    let ended = matches!(last, '.' | ';' | ':' | '!' | '?' | '…');
    let open = !ended && ends_open(&current.text);
    if apart {
        // A page break splits a paragraph; a letterhead is too short to be split.
        return !ended && current.length >= 40 && !current.is_capital() && (small || open);
    }
    let Some(Width { full: width, longest }) = width else { return !ended && (small || open) && !current.is_capital() };
    if current.is_capital() || next.is_capital() && !open {
        return false;
    }
    let first_word = next.text.split_whitespace().next().unwrap_or_default().chars().count();
    // The first word of the next line would have fitted: the break was meant.
    let full = (current.length + 1 + first_word) * 100 > width * 86;
    let half = current.length * 100 >= width * 45;
    if ended {
        return full && (small || last == '.' && next.indent <= current.indent && current.length + 1 + first_word > longest);
    }
    if small || open || last == '-' { half } else { full }
}

/// A list mark, or a word that always begins a line of its own.
fn is_start(text: &str) -> bool {
    if crate::repair::marks::list_mark(text) {
        return true;
    }
    let small = text.to_lowercase();
    WORDS.start.iter().any(|word| {
        small.strip_prefix(word.as_str()).is_some_and(|rest| {
            let numbered = rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == 'i' || c == 'v' || c == 'x');
            let plain = text.starts_with(char::is_uppercase);
            match word.as_str() {
                word if WORDS.numbered(word) => plain && numbered,
                _ => plain && !rest.starts_with(char::is_alphabetic),
            }
        })
    })
}

fn ends_open(text: &str) -> bool {
    let small = text.to_lowercase();
    let ends = |words: &[String]| {
        let whole = |head: &str| head.is_empty() || head.ends_with(char::is_whitespace);
        words.iter().any(|word| small.strip_suffix(word.as_str()).is_some_and(whole))
    };
    small.ends_with(',') || ends(&WORDS.open) && !ends(&WORDS.closed)
}

/// The word lists of `data/repair.txt`.
struct Words {
    page: Vec<String>,
    stamp: Vec<String>,
    start: Vec<String>,
    open: Vec<String>,
    /// End a line though their last word is an open one.
    closed: Vec<String>,
    numbered: Vec<String>,
    number_column: Vec<String>,
}

impl Words {
    /// `điều`, `chương` … only begin something new when a number follows.
    fn numbered(&self, word: &str) -> bool {
        self.numbered.iter().any(|known| known == word)
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let section = |name: &str| -> Vec<String> {
        include_str!("../data/repair.txt")
            .lines()
            .skip_while(|line| line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) != Some(name))
            .skip(1)
            .take_while(|line| !line.starts_with('['))
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(str::to_owned)
            .collect()
    };
    Words {
        page: section("page"),
        stamp: section("stamp"),
        start: [section("start"), section("numbered")].concat(),
        open: section("open"),
        closed: section("closed"),
        numbered: section("numbered"),
        number_column: section("number_column"),
    }
});

#[cfg(test)]
mod tests;
