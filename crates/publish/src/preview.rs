//! The words of a laid-out letter without its measures, for a screen: what stands where, in order.
//!
//! Taken from the same page that DOCX and PDF print, so that nobody approves on the screen what the paper does not say.
//! Not for printing, and not HTML: the caller makes that.
//!
//! ```
//! let shown = publish::preview(&publish::OfficialLetter { issuer: "Đảng ủy xã Tân Lũy".into(), ..Default::default() });
//! assert!(shown.left.iter().any(|line| line == "ĐẢNG ỦY XÃ TÂN LŨY"));
//! ```

use crate::letter::{OfficialLetter, Span};
use crate::page::{Line, Page, Piece};

/// A letter as lines and paragraphs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// The bodies above the text, on the left, then its number.
    pub left: Vec<String>,
    /// The national or Party title, then place and day.
    pub right: Vec<String>,
    pub title: Vec<String>,
    pub to_label: String,
    pub to: Vec<String>,
    pub parts: Vec<PreviewPart>,
    pub recipients_label: String,
    pub recipients: Vec<String>,
    /// Authority and position, then the name.
    pub signature: Vec<String>,
    pub annexes: Vec<PreviewAnnex>,
}

/// A paragraph, or a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviewPart {
    pub runs: Vec<Span>,
    /// Rank of a heading in the outline, from 1; zero for running text.
    pub rank: u8,
    pub centred: bool,
    pub table: Option<PreviewTable>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviewTable {
    pub head: Vec<String>,
    pub rows: Vec<PreviewRow>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviewRow {
    pub cells: Vec<String>,
    /// One cell over the whole width.
    pub group: bool,
    pub bold: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviewAnnex {
    pub title: Vec<String>,
    pub parts: Vec<PreviewPart>,
}

/// What `letter` says, in the order of the page.
pub fn preview(letter: &OfficialLetter) -> Preview {
    let page = Page::of(letter);
    let head = page.letterhead;
    let words = |lines: Vec<Line>| -> Vec<String> { lines.into_iter().map(|line| line.text).collect() };
    let mut left = words(head.left);
    left.push(head.number.text);
    left.extend(words(head.subject));
    Preview {
        left,
        right: [words(head.right), words(head.place_date)].concat(),
        title: page.titled.map(|title| words(title.lines)).unwrap_or_default(),
        to_label: page.to_label,
        to: page.to,
        parts: page.pieces.into_iter().map(part).collect(),
        recipients_label: page.recipients.label.text,
        recipients: page.recipients.lines,
        signature: [words(page.signature.above), words(page.signature.name)].concat(),
        annexes: page
            .annexes
            .into_iter()
            .map(|annex| PreviewAnnex { title: words(annex.heading.lines), parts: annex.pieces.into_iter().map(part).collect() })
            .collect(),
    }
}

fn part(piece: Piece) -> PreviewPart {
    match piece {
        Piece::Paragraph(paragraph) => PreviewPart {
            runs: paragraph.runs.into_iter().map(|run| Span { text: run.text, bold: run.bold, italic: run.italic }).collect(),
            rank: paragraph.outline,
            centred: paragraph.centred,
            table: None,
        },
        Piece::Table(table) => {
            let row = |row: crate::page::TableRow| PreviewRow { cells: row.cells, group: row.group, bold: row.bold };
            let table = PreviewTable { head: table.head, rows: table.rows.into_iter().map(row).collect() };
            PreviewPart { table: Some(table), ..PreviewPart::default() }
        }
    }
}
