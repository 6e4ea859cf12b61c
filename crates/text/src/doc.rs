//! The plain document: one string with its structure beside it.
//!
//! Every reader ends here and every engine starts here, so that a rule never sees a file format.
//! Positions are byte offsets into [`Doc::text`]; they stay valid because the text never changes after building.

use std::ops::Range;

/// A document as plain text (Unicode NFC, lines ended by `\n`) with its blocks in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doc {
    pub text: String,
    pub blocks: Vec<Block>,
}

/// One block: a stretch of [`Doc::text`], without the line end that closes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Bytes of [`Doc::text`].
    pub span: Range<usize>,
    /// Page of the source, counted from 1, where the format knows pages.
    pub page: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// One physical line of a source that breaks lines by itself (plain text, PDF, OCR);
    /// [`crate::repair::rejoin`] turns lines into paragraphs.
    Line,
    /// A whole paragraph of a source that knows paragraphs. An automatic list number stands in the text.
    Paragraph,
    /// A heading of depth 1–9.
    Heading(u8),
    /// A cell of a table; row and column count from 0, merged cells stand once at their first place.
    Cell { table: u32, row: u32, column: u32 },
    /// A header or footer of the page, a footnote, a comment: text outside the flow.
    Aside(Aside),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    Header,
    Footer,
    Footnote,
    Comment,
    TextBox,
}

impl Doc {
    /// Appends a block; its text must not end with a line end.
    pub fn push(&mut self, kind: BlockKind, page: Option<u32>, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(Block { kind, span: start..self.text.len(), page });
    }

    /// The text of one block.
    pub fn block_text(&self, block: &Block) -> &str {
        self.text.get(block.span.clone()).unwrap_or_default()
    }

    /// Every line of `text` as a [`BlockKind::Line`].
    pub fn from_lines(text: &str) -> Doc {
        let mut doc = Doc::default();
        for line in text.lines() {
            doc.push(BlockKind::Line, None, line.trim_end());
        }
        doc
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_place() {
        let doc = Doc::from_lines("Số: 12/CT-UBND\n\nKính gửi: các xã");
        let texts: Vec<_> = doc.blocks.iter().map(|b| doc.block_text(b)).collect();
        assert_eq!(texts, ["Số: 12/CT-UBND", "", "Kính gửi: các xã"]);
        assert_eq!(doc.text, "Số: 12/CT-UBND\n\nKính gửi: các xã");
    }
}
