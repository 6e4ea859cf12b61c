//! From runs of characters with fonts to the blocks of a [`Doc`]: the one place where legacy fonts are converted,
//! text is put into NFC, and the size of the outcome is bounded.
//!
//! Not for the layout of any format: readers decide what a paragraph or a cell is, and hand it over.

use text::legacy::{self, Charset, FontEncoding};
use text::normalize;
use text::{BlockKind, Doc};

use crate::Problem;
use crate::limits::Limits;

mod wrapped;

/// What a font says about its characters; `None` for the usual Unicode fonts.
pub(crate) type Font = Option<FontEncoding>;

/// A paragraph while it is being collected: characters with the font they are shown in.
#[derive(Debug, Default, Clone)]
pub(crate) struct Runs {
    text: String,
    /// Where in `text` each stretch of one encoding ends. Neighbours differ.
    stretches: Vec<(usize, Font)>,
}

impl Runs {
    pub(crate) fn push(&mut self, text: &str, font: Font) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        match self.stretches.last_mut() {
            // A letter and its mark may stand in two runs of different fonts, but of one encoding.
            Some(last) if last.1 == font => last.0 = end,
            _ => self.stretches.push((end, font)),
        }
    }

    pub(crate) fn push_char(&mut self, c: char, font: Font) {
        self.push(c.encode_utf8(&mut [0; 4]), font);
    }

    /// Appends all of `other`.
    pub(crate) fn append(&mut self, other: &Runs) {
        let mut start = 0;
        for &(end, font) in &other.stretches {
            self.push(other.text.get(start..end).unwrap_or_default(), font);
            start = end;
        }
    }

    /// A line end or tab, which belongs to whatever font is on.
    pub(crate) fn push_blank(&mut self, blank: char) {
        let font = self.stretches.last().and_then(|s| s.1);
        self.push_char(blank, font);
    }

    pub(crate) fn ends_with_blank(&self) -> bool {
        self.text.ends_with(char::is_whitespace)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.stretches.clear();
    }

    /// The text in Unicode, NFC, without characters that only matter for printing.
    pub(crate) fn to_text(&self) -> String {
        if self.stretches.iter().all(|s| s.1.is_none()) {
            return clean(&self.text);
        }
        // A document converted to Unicode often keeps its old font names: one Unicode letter in a legacy font shows it.
        let mut start = 0;
        let lying = self.stretches.iter().any(|&(end, font)| {
            let stretch = self.text.get(start..end).unwrap_or_default();
            start = end;
            font.is_some() && stretch.chars().any(is_unicode_vietnamese)
        });
        if lying {
            return clean(&self.text);
        }
        let mut out = String::with_capacity(self.text.len());
        let mut start = 0;
        for &(end, font) in &self.stretches {
            let text = self.text.get(start..end).unwrap_or_default();
            start = end;
            match font {
                None => out.push_str(text),
                Some(encoding) => out.push_str(&encoding.convert(text)),
            }
        }
        clean(&out)
    }
}

/// Letters that exist in Unicode Vietnamese text only, never as a code of a legacy font.
fn is_unicode_vietnamese(c: char) -> bool {
    matches!(
        c,
        '\u{1EA0}'
            ..='\u{1EF9}'
                | 'ă'
                | 'Ă'
                | 'đ'
                | 'Đ'
                | 'ơ'
                | 'Ơ'
                | 'ư'
                | 'Ư'
                | 'ĩ'
                | 'Ĩ'
                | 'ũ'
                | 'Ũ'
                | '\u{300}'
                | '\u{301}'
                | '\u{303}'
                | '\u{309}'
                | '\u{323}'
    )
}

/// NFC, one kind of blank, no soft hyphens or invisible characters, symbol fonts' private codes as plain characters.
pub(crate) fn clean(text: &str) -> String {
    if text.bytes().all(|b| matches!(b, 0x20..=0x7E | b'\n' | b'\t')) {
        return text.to_owned();
    }
    // A hair of a blank beside a blank only sets it a little wider.
    let thinned;
    let text = if text.contains(THIN_BLANKS) {
        thinned = without_thin_blanks(text);
        &thinned
    } else {
        text
    };
    let odd =
        |c: char| matches!(c, '\u{2010}' | '\u{2011}' | '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' | '\u{FFFC}' | '\u{E000}'..='\u{F8FF}');
    if !text.contains(odd) {
        return normalize::clean(text);
    }
    let kept: String = text
        .chars()
        .filter_map(|c| match c {
            '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\u{2010}' | '\u{2011}' => Some('-'),
            '\u{FFFC}' => None,
            '\u{E000}'..='\u{F8FF}' => symbol(c),
            c => Some(c),
        })
        .collect();
    normalize::clean(&kept)
}

/// Blanks narrower than a usual one.
const THIN_BLANKS: [char; 5] = ['\u{2005}', '\u{2006}', '\u{2008}', '\u{2009}', '\u{200A}'];

fn without_thin_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let beside = out.ends_with(' ') || chars.peek() == Some(&' ');
        if !(THIN_BLANKS.contains(&c) && beside) {
            out.push(c);
        }
    }
    out
}

/// Codes of the fonts Symbol and Wingdings, as Word stores them (U+F000 + code), for what they are used for in letters.
fn symbol(c: char) -> Option<char> {
    match c {
        '\u{F0B7}' | '\u{F06C}' | '\u{F09F}' => Some('•'),
        '\u{F0A7}' | '\u{F06E}' => Some('▪'),
        '\u{F0FC}' | '\u{F050}' => Some('✓'),
        '\u{F0FE}' | '\u{F052}' | '\u{F054}' => Some('☑'),
        '\u{F06F}' | '\u{F0A8}' | '\u{F071}' | '\u{F072}' => Some('☐'),
        '\u{F0D8}' => Some('➢'),
        '\u{F076}' => Some('❖'),
        '\u{F0E0}' => Some('→'),
        '\u{F0B3}' => Some('≥'),
        '\u{F0A3}' => Some('≤'),
        '\u{F0B4}' => Some('×'),
        '\u{F020}'..='\u{F07E}' => char::from_u32(c as u32 - 0xF000),
        _ => None,
    }
}

/// Collects blocks until the limits are reached.
#[derive(Debug)]
pub(crate) struct Writer {
    doc: Doc,
    text_bytes: usize,
    blocks: usize,
    full: bool,
    /// Whether any font told an encoding: then letters are not guessed at the end.
    fonts_told: bool,
    /// What paragraphs lost that lines keep, should the paragraphs turn out to be lines.
    layout: wrapped::Layout,
}

impl Writer {
    pub(crate) fn new(limits: &Limits) -> Writer {
        Writer {
            doc: Doc::default(),
            text_bytes: limits.text_bytes,
            blocks: limits.blocks,
            full: false,
            fonts_told: false,
            layout: wrapped::Layout::default(),
        }
    }

    /// A block of its own; blank ones are dropped.
    pub(crate) fn paragraph(&mut self, kind: BlockKind, page: Option<u32>, runs: &Runs) {
        if runs.is_blank() {
            return self.layout.blank_before(self.doc.blocks.len());
        }
        if self.has_room(runs.len()) {
            self.fonts_told |= runs.stretches.iter().any(|s| s.1.is_some());
            let text = runs.to_text();
            let tidied = tidy(&text);
            if !tidied.is_empty() {
                self.layout.indent(self.doc.blocks.len(), &text);
                self.doc.push(kind, page, &tidied);
            }
        }
    }

    /// A paragraph of a cell; the paragraphs of one cell become one block, its lines divided by `\n`.
    pub(crate) fn cell(&mut self, table: u32, row: u32, column: u32, page: Option<u32>, runs: &Runs) {
        let kind = BlockKind::Cell { table, row, column };
        let goes_on = self.doc.blocks.last().is_some_and(|b| b.kind == kind);
        if !goes_on {
            return self.paragraph(kind, page, runs);
        }
        if !runs.is_blank() && self.has_room(runs.len()) {
            self.fonts_told |= runs.stretches.iter().any(|s| s.1.is_some());
            let text = runs.to_text();
            let text = tidy(&text);
            self.doc.text.push('\n');
            self.doc.text.push_str(&text);
            let end = self.doc.text.len();
            if let Some(last) = self.doc.blocks.last_mut() {
                last.span.end = end;
            }
        }
    }

    /// A physical line; blank ones stay, because they part paragraphs.
    pub(crate) fn line(&mut self, page: Option<u32>, text: &str) {
        if self.has_room(text.len()) {
            self.doc.push(BlockKind::Line, page, text.trim_end());
        }
    }

    fn has_room(&mut self, bytes: usize) -> bool {
        self.full |= self.doc.text.len() + bytes > self.text_bytes || self.doc.blocks.len() >= self.blocks;
        !self.full
    }

    /// Whether the limits are reached; then reading on is of no use.
    pub(crate) fn is_full(&self) -> bool {
        self.full
    }

    /// Blocks written so far: where a page's recognised text is to be put in later.
    pub(crate) fn n_blocks(&self) -> usize {
        self.doc.blocks.len()
    }

    /// The document, with a guess at the encoding where the letters look legacy and no font told it.
    pub(crate) fn finish(self, problems: &mut Vec<Problem>) -> Doc {
        if self.full {
            problems.push(Problem::TooMuchText { limit_bytes: self.text_bytes });
        }
        let guess = if self.fonts_told { None } else { legacy::looks_like_legacy(&self.doc.text) };
        let doc = match guess {
            None => self.doc,
            Some(charset) => {
                problems.push(Problem::EncodingGuessed { charset: format!("{charset:?}") });
                reconverted(&self.doc, charset)
            }
        };
        self.layout.unwrap(doc)
    }
}

fn reconverted(doc: &Doc, charset: Charset) -> Doc {
    let mut converted = Doc::default();
    for block in &doc.blocks {
        let text = clean(&legacy::convert(doc.block_text(block), charset));
        converted.push(block.kind.clone(), block.page, &text);
    }
    converted
}

/// No blanks at line ends, no blank lines at the ends or inside: a block has no layout of its own.
fn tidy(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace());
    if !text.contains('\n') {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}
