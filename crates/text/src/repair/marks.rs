//! Signs that are no text: Markdown marks, soft hyphens, page numbers, the stamps of signing software.
//!
//! Not for list marks, which are text: they are only recognised here, so that a list is never joined to one line.

use super::{Line, WORDS};

/// A row of a table whose cells are lines is no longer, in lines.
const MOST_CELL_LINES: usize = 40;

/// Which marks this source uses; Markdown is only taken off where there is some.
pub(super) struct Strip {
    markdown: bool,
}

impl Strip {
    pub(super) fn for_text(text: &str) -> Strip {
        Strip { markdown: text.contains("**") || text.contains("\\*") || text.lines().any(|line| line.starts_with("# ")) }
    }

    pub(super) fn line(&self, line: &str) -> String {
        let line = inline(line);
        if !self.markdown {
            return line;
        }
        let trimmed = line.trim_end();
        let body = trimmed.trim_start_matches('#');
        let headed = body.len() < trimmed.len() && body.starts_with(' ');
        let text = if headed { body } else { trimmed };
        let text = text.replace("**", "").replace("__", "");
        let text = match text.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')) {
            Some(inner) if inner.chars().any(char::is_alphabetic) => inner.to_owned(),
            _ => text,
        };
        unescaped(&text)
    }
}

/// `\*` is a star, `\-` a dash.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(c);
        }
    }
    out
}

/// Without soft hyphens and zero-width signs; every kind of blank but the tab is a plain one.
pub(super) fn inline(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{c}' | '\r' | '\u{7}'))
        .map(|c| if c != '\t' && c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// A dash, bullet or number that begins an item: `- Các sở`, `1. `, `2.1. `, `a) `, `IV. `.
pub(super) fn list_mark(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    if matches!(first, '-' | '–' | '+' | '*' | '•' | '·' | '●' | '○' | '▪' | '■' | '\u{f0b7}' | '\u{f02d}') {
        let rest = chars.as_str().trim_start();
        // `- 2024` goes on with a span of years that the line break cut.
        return rest.starts_with(|c: char| c.is_alphabetic() || c == '“' || c == '"');
    }
    let Some(end) = text.find([' ', '\t']) else { return false };
    let mark = &text[..end];
    let Some(body) = mark.strip_suffix(['.', ')', '-', '/']) else {
        // `1.1 Tên mục`
        let number = mark.contains('.')
            && mark.split('.').all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
        return number && text[end..].trim_start().starts_with(char::is_uppercase);
    };
    let roman = !body.is_empty() && body.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let number = !body.is_empty() && body.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let letter = body.chars().count() == 1 && body.chars().all(char::is_lowercase) && mark.ends_with([')', '.']);
    let rest = text[end..].trim_start();
    roman
        || letter && mark.ends_with(')')
        || (number || letter) && rest.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"' || c == '(')
}

/// Without page numbers and signing stamps.
pub(super) fn without_furniture(lines: Vec<Line>) -> Vec<Line> {
    let signed = lines.iter().any(|line| is_signing_time(&line.text));
    let stamps: Vec<bool> = lines.iter().map(|line| signed && is_stamp(&line.text)).collect();
    let cells = cells(&lines);
    let kept = |line: &Line, stamp: bool| line.is_cell || !(is_page_number(&line.text) || is_signing_time(&line.text) || stamp);
    let lines = lines.into_iter().zip(cells).map(|(line, is_cell)| Line { is_cell, ..line });
    lines.zip(stamps).filter(|(line, stamp)| kept(line, *stamp)).map(|(line, _)| line).collect()
}

/// Which lines were cells of a table: from the line that says `STT` and the other heads of columns under it, row by row,
/// each with its number first, to as many lines behind the last number as there are columns.
fn cells(lines: &[Line]) -> Vec<bool> {
    let mut cells = vec![false; lines.len()];
    let is_column = |line: &Line| WORDS.number_column.iter().any(|word| line.text.to_lowercase() == *word);
    for head in (0..lines.len()).filter(|&place| is_column(&lines[place])) {
        let mut last = head;
        let mut width = 0;
        for number in 1.. {
            let Some(row) = (last + 1..lines.len().min(last + MOST_CELL_LINES)).find(|&place| is_row_number(&lines[place], number)) else {
                break;
            };
            width = if number == 1 { row - head } else { width };
            last = row;
        }
        let end = if last > head { lines.len().min(last + width) } else { head };
        cells[head..end].fill(true);
    }
    cells
}

fn is_row_number(line: &Line, number: u32) -> bool {
    line.text.parse() == Ok(number)
}

/// `2`, `- 2 -`, `2/5`, `Trang 2/5`.
fn is_page_number(text: &str) -> bool {
    if text.len() > 40 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let small = text.to_lowercase();
    let rest = WORDS.page.iter().find_map(|word| small.strip_prefix(word.as_str())).unwrap_or(&small);
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|'));
    let mut parts = rest.splitn(2, '/').map(str::trim);
    parts.all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())) && !rest.is_empty()
}

fn is_stamp(text: &str) -> bool {
    let small = text.to_lowercase();
    WORDS
        .stamp
        .iter()
        .any(|word| small.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with(':')))
}

/// A date with time and zone: `29-09-2025 13:41:12 +07:00`, `2026-05-13T14:41:57+07:00`.
fn is_signing_time(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.len() <= 120 && text.contains("+07") && text.matches(':').count() >= 2 && digits >= 12 && text.chars().count() <= 60
}
