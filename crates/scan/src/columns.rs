//! Columns: what the header above a cell says about the numbers in it, in delimited text and in tables of documents.
//!
//! ```text
//! STT,Họ tên,Số CCCD        the third field of every later line stands under "Số CCCD"
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use text::{BlockKind, Doc};

use crate::rule::{Hit, Rules};
use crate::source::Source;

/// A header line is not longer, and no row from its start to a hit is.
const MAX_LINE: usize = 4_096;
/// Titles may stand above the header of a table, in this many rows.
const HEADER_ROWS: u32 = 6;

pub(crate) enum Columns {
    None,
    /// Delimited text: the delimiter and the words of each header field.
    Text {
        delimiter: u8,
        headers: Vec<Vec<Hit>>,
    },
    /// Tables: the cells' places in order, with the number of their header's words.
    Cells {
        cells: Vec<(Range<usize>, usize)>,
        headers: Vec<Vec<Hit>>,
    },
}

impl Columns {
    /// Finds the header of delimited text: two or more delimiters, as many in the next line, words of rules in it, no number.
    pub(crate) fn of_text(source: &Source<'_>, rules: &Rules) -> Columns {
        let header = source.line(0, MAX_LINE);
        let next = source.line((header.end + 2).min(source.view.len()), MAX_LINE);
        let view = &source.view[header.clone()];
        let count = |line: &Range<usize>, delimiter: u8| memchr::memchr_iter(delimiter, &source.view[line.clone()]).count();
        let delimiter = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|delimiter| count(&header, *delimiter));
        let Some(delimiter) = delimiter.filter(|one| count(&header, *one) >= 2) else { return Columns::None };
        let is_header =
            count(&next, delimiter) >= count(&header, delimiter) && !view.windows(6).any(|six| six.iter().all(u8::is_ascii_digit));
        if !is_header {
            return Columns::None;
        }
        let text = source.text(header);
        let headers: Vec<_> = text.split(char::from(delimiter)).map(|field| rules.look(field).hits).collect();
        Columns::Text { delimiter, headers }
    }

    /// Finds, for every cell of a table, the nearest cell above it in its first rows that has words and no digits.
    pub(crate) fn of_doc(doc: &Doc, rules: &Rules) -> Columns {
        let mut headers = vec![Vec::new()];
        let mut of_column: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        let mut cells = Vec::new();
        for block in &doc.blocks {
            let BlockKind::Cell { table, row, column } = block.kind else { continue };
            let text = doc.block_text(block);
            if row < HEADER_ROWS && !text.contains(|c: char| c.is_ascii_digit()) {
                let hits = rules.look(text).hits;
                if !hits.is_empty() {
                    of_column.insert((table, column), headers.len());
                    headers.push(hits);
                }
            }
            cells.push((block.span.clone(), of_column.get(&(table, column)).copied().unwrap_or(0)));
        }
        if cells.is_empty() { Columns::None } else { Columns::Cells { cells, headers } }
    }

    /// The words of the header above a place of the view.
    pub(crate) fn hits(&self, source: &Source<'_>, at: usize) -> Option<&[Hit]> {
        match self {
            Columns::None => None,
            Columns::Text { delimiter, headers } => {
                let start = source.line(at, MAX_LINE).start;
                // The header itself is prose: the words in it are not above, but beside.
                if start == 0 {
                    return None;
                }
                let mut quoted = false;
                let mut column = 0;
                for byte in &source.view[start..at] {
                    quoted ^= *byte == b'"';
                    column += usize::from(byte == delimiter && !quoted);
                }
                headers.get(column).map(Vec::as_slice)
            }
            Columns::Cells { cells, headers } => {
                let index = cells.partition_point(|(span, _)| span.end <= at);
                let (span, header) = cells.get(index)?;
                span.contains(&at).then(|| headers[*header].as_slice())
            }
        }
    }
}
