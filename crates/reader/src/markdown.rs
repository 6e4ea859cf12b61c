//! Markdown: headings, paragraphs, list items and tables; marks of emphasis and links are taken off.
//!
//! A small part of CommonMark and of GitHub's tables: enough for letters that were turned into Markdown by other programs.

use text::BlockKind;

use crate::Problem;
use crate::txt::decoded;
use crate::writer::{Runs, Writer};

pub(crate) fn read(bytes: &[u8], writer: &mut Writer, problems: &mut Vec<Problem>) {
    let text = decoded(bytes, problems);
    let mut reader = Reader { writer, paragraph: String::new(), tables: 0, row: 0, in_table: false };
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            reader.flush();
            fenced = !fenced;
        } else if fenced {
            reader.writer.line(None, line);
        } else {
            reader.line(line);
        }
    }
    reader.flush();
}

struct Reader<'w> {
    writer: &'w mut Writer,
    paragraph: String,
    tables: u32,
    row: u32,
    in_table: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        let is_row = trimmed.len() > 1 && trimmed.starts_with('|') && trimmed.ends_with('|');
        if !is_row && self.in_table {
            self.in_table = false;
            self.tables += 1;
        }
        if trimmed.is_empty() || is_rule(trimmed) {
            return self.flush();
        }
        if is_row {
            return self.row(trimmed);
        }
        let hashes = trimmed.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with(' ') {
            self.flush();
            let depth = u8::try_from(hashes).unwrap_or(6);
            return self.put(BlockKind::Heading(depth), trimmed[hashes..].trim_end_matches('#').trim());
        }
        let item = starts_item(trimmed);
        let quoted = trimmed.strip_prefix('>').map(str::trim_start);
        if item {
            self.flush();
        } else if !self.paragraph.is_empty() {
            self.paragraph.push('\n');
        }
        self.paragraph.push_str(quoted.unwrap_or(trimmed).trim_end_matches('\\'));
    }

    fn row(&mut self, line: &str) {
        self.flush();
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells.iter().all(|c| !c.is_empty() && c.bytes().all(|b| matches!(b, b'-' | b':'))) {
            return;
        }
        self.row = if self.in_table { self.row + 1 } else { 0 };
        self.in_table = true;
        for (column, cell) in (0u32..).zip(cells) {
            let mut runs = Runs::default();
            runs.push(&plain(&cell.replace("<br>", "\n")), None);
            self.writer.cell(self.tables, self.row, column, None, &runs);
        }
    }

    fn flush(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.put(BlockKind::Paragraph, &paragraph);
    }

    fn put(&mut self, kind: BlockKind, text: &str) {
        let mut runs = Runs::default();
        runs.push(&plain(text), None);
        self.writer.paragraph(kind, None, &runs);
    }
}

fn is_rule(line: &str) -> bool {
    let marks = line.bytes().filter(|b| *b != b' ').collect::<Vec<_>>();
    marks.len() >= 3 && matches!(marks[0], b'-' | b'*' | b'_') && marks.iter().all(|b| *b == marks[0])
}

fn starts_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "));
    numbered || ["- ", "+ ", "* "].iter().any(|mark| line.starts_with(mark))
}

/// Takes `**`, `__`, backquotes, link targets and escapes off.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\\' if after.starts_with(|n: char| n.is_ascii_punctuation()) => {
                out.push_str(&after[..1]);
                rest = &after[1..];
                continue;
            }
            '*' if after.starts_with('*') => rest = &after[1..],
            '_' if after.starts_with('_') && !after.starts_with("__") && !out.ends_with('_') => rest = &after[1..],
            '`' => rest = after,
            // Emphasis hugs its words; a star between blanks is a star.
            '*' if !out.ends_with(|n: char| n.is_whitespace()) || !after.starts_with(|n: char| n.is_whitespace()) => rest = after,
            ']' if after.starts_with('(') => match after.find(')') {
                Some(end) => rest = &after[end + 1..],
                None => {
                    out.push(c);
                    rest = after;
                }
            },
            '[' if after.contains("](") => rest = after,
            '!' if after.starts_with('[') && after.contains("](") => rest = &after[1..],
            _ => {
                out.push(c);
                rest = after;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(plain("**Số:** 12\\*, [xem](http://a) `x` 2 * 3 ______"), "Số: 12*, xem x 2 * 3 ______");
    }
}
