//! Documents in which every line was typed as a paragraph of its own, as happens when a text file is pasted into Word.
//!
//! Their paragraphs are lines in truth; given out as such, they are joined like the lines of the text file they were.

use text::{BlockKind, Doc};

/// What makes lines of paragraphs again: blank ones and indents.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Numbers of the blocks that stand behind a blank paragraph; each once.
    blanks: Vec<usize>,
    /// Blanks in front of a block.
    indents: Vec<(usize, String)>,
}

impl Layout {
    pub(super) fn blank_before(&mut self, block: usize) {
        if self.blanks.last() != Some(&block) {
            self.blanks.push(block);
        }
    }

    pub(super) fn indent(&mut self, block: usize, text: &str) {
        let indent: String = text.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
        if !indent.is_empty() {
            self.indents.push((block, indent));
        }
    }

    /// The document with its paragraphs as lines where they are lines in truth.
    pub(super) fn unwrap(&self, doc: Doc) -> Doc {
        if !is_wrapped(&doc) {
            return doc;
        }
        let mut out = Doc::default();
        for (place, block) in doc.blocks.iter().enumerate() {
            let text = doc.block_text(block);
            if block.kind != BlockKind::Paragraph {
                out.push(block.kind.clone(), block.page, text);
                continue;
            }
            if self.blanks.binary_search(&place).is_ok() {
                out.push(BlockKind::Line, block.page, "");
            }
            let indent = self.indents.binary_search_by_key(&place, |entry| entry.0).map(|at| self.indents[at].1.as_str());
            for (line_idx, line) in text.split('\n').enumerate() {
                let indent = indent.ok().filter(|_| line_idx == 0).unwrap_or_default();
                out.push(BlockKind::Line, block.page, &format!("{indent}{line}"));
            }
        }
        out
    }
}

/// Whether paragraph after paragraph breaks off in the middle of a sentence and goes on in small letters.
fn is_wrapped(doc: &Doc) -> bool {
    const LEAST: usize = 6;
    const LINE_CHARS: std::ops::RangeInclusive<usize> = 40..=120;
    let paragraphs = || doc.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| doc.block_text(b));
    let broken = paragraphs().zip(paragraphs().skip(1)).filter(|(line, next)| {
        LINE_CHARS.contains(&line.chars().count())
            && line.ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && next.starts_with(char::is_lowercase)
            // `a) …` and `đ. …` are items.
            && next.chars().nth(1).is_some_and(char::is_alphabetic)
    });
    let n_broken = broken.count();
    n_broken >= LEAST && n_broken * 6 >= paragraphs().count()
}

#[cfg(test)]
mod tests {
    use super::super::{Runs, Writer};
    use crate::Limits;
    use text::BlockKind;

    #[test]
    fn pasted_lines_are_lines() {
        let lines =
            ["Thực hiện kế hoạch của tỉnh về bảo đảm an toàn thông tin,", "xã yêu cầu các thôn tổ chức họp dân trước ngày hai mươi và", ""];
        let read = |times: usize| {
            let mut writer = Writer::new(&Limits::default());
            for line in lines.iter().cycle().take(times) {
                let mut runs = Runs::default();
                runs.push(line, None);
                writer.paragraph(BlockKind::Paragraph, None, &runs);
            }
            writer.finish(&mut vec![]).blocks.into_iter().map(|b| b.kind).collect::<Vec<_>>()
        };
        assert_eq!(read(4), vec![BlockKind::Paragraph; 3]);
        assert_eq!(read(21), vec![BlockKind::Line; 20]);
    }
}
