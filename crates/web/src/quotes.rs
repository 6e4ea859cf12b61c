//! The text of a letter cut into pieces, so that each sentence that became an obligation can be marked, overlaps included.
//!
//! ```text
//! "Giao A rà soát; B báo cáo." with 1: 0..15, 2: 5..26  →  [1] "Giao " [1 2] "A rà soát;" [2] " B báo cáo."
//! ```

use std::ops::Range;

/// A paragraph of the letter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) pieces: Vec<Piece>,
}

/// A stretch of text under the same obligations; none: `numbers` is empty.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Numbers of the obligations, apart by blanks.
    pub(crate) numbers: String,
    pub(crate) class: &'static str,
    /// Obligations that begin here: their links arrive at this piece.
    pub(crate) begins: Vec<usize>,
    /// Obligations that end here: their number is shown behind.
    pub(crate) ends: Vec<usize>,
}

/// One obligation's place in the text.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) number: usize,
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    pub(crate) confirmed: bool,
}

/// Cuts the text from byte `from` on at line ends and at the ends of quotes. A quote that does not fit the text is left out.
pub(crate) fn blocks(text: &str, from: usize, quotes: &[Quote]) -> Vec<Block> {
    let quotes: Vec<&Quote> = quotes.iter().filter(|q| q.span.start < q.span.end && text.get(q.span.clone()).is_some()).collect();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        if !line.trim().is_empty() && from <= start {
            blocks.push(Block { pieces: pieces(text, start..end, &quotes) });
        }
        start = end + 1;
    }
    blocks
}

fn pieces(text: &str, line: Range<usize>, quotes: &[&Quote]) -> Vec<Piece> {
    let mut cuts = vec![line.start, line.end];
    for quote in quotes {
        cuts.extend([quote.span.start, quote.span.end].into_iter().filter(|cut| line.contains(cut)));
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|pair| piece(text, pair[0]..pair[1], quotes)).collect()
}

fn piece(text: &str, span: Range<usize>, quotes: &[&Quote]) -> Piece {
    let over: Vec<&&Quote> = quotes.iter().filter(|q| q.span.start < span.end && span.start < q.span.end).collect();
    let numbers: Vec<String> = over.iter().map(|q| q.number.to_string()).collect();
    let number = |fits: &dyn Fn(&Quote) -> bool| over.iter().filter(|q| fits(q)).map(|q| q.number).collect();
    Piece {
        text: text[span.clone()].to_owned(),
        numbers: numbers.join(" "),
        class: if !over.is_empty() && over.iter().all(|q| q.confirmed) { "confirmed" } else { "drafted" },
        begins: number(&|q| q.span.start == span.start),
        ends: number(&|q| q.span.end == span.end),
    }
}

/// Where a sentence stands in the text, whatever the blanks between its words.
pub(crate) fn find(text: &str, sentence: &str) -> Option<Range<usize>> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let first = words.first()?;
    text.match_indices(first).map(|(start, _)| start).find_map(|start| {
        let mut at = start;
        for (idx, word) in words.iter().enumerate() {
            let rest = &text[at..];
            let blanks = rest.len() - rest.trim_start().len();
            if (idx > 0 && blanks == 0) || !rest[blanks..].starts_with(word) {
                return None;
            }
            at += blanks + word.len();
        }
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(number: usize, span: Range<usize>) -> Quote {
        Quote { number, span, confirmed: false }
    }

    #[test]
    fn overlapping_quotes_are_cut_where_they_begin_and_end() {
        let text = "Head\n\nGive A; B does.";
        let shown: Vec<_> = blocks(text, 0, &[quote(1, 6..13), quote(2, 11..21)])
            .into_iter()
            .flat_map(|b| b.pieces)
            .map(|p| format!("{}[{}]{:?}{:?}", p.text, p.numbers, p.begins, p.ends))
            .collect();
        assert_eq!(shown, ["Head[][][]", "Give [1][1][]", "A;[1 2][2][1]", " B does.[2][][2]"]);
    }

    #[test]
    fn a_quote_over_lines_and_a_quote_out_of_place() {
        let blocks = blocks("one\ntwo", 0, &[quote(1, 1..6), quote(2, 5..99)]);
        let shown: Vec<_> = blocks.iter().flat_map(|b| &b.pieces).map(|p| (p.text.as_str(), p.numbers.as_str())).collect();
        assert_eq!(shown, [("o", ""), ("ne", "1"), ("tw", "1"), ("o", "")]);
    }

    #[test]
    fn a_sentence_is_found_across_line_ends_and_never_half_a_word() {
        let text = "Các phòng  rà soát\nmáy tính trước ngày 20.";
        assert_eq!(find(text, "phòng rà soát máy  tính").map(|r| &text[r]), Some("phòng  rà soát\nmáy tính"));
        assert_eq!(find(text, "phòng rà soátmáy"), None);
        assert_eq!(find(text, "  "), None);
    }
}
