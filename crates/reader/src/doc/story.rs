//! The stories of a binary Word document, character by character: paragraphs, cells, fields, notes, headers, text boxes.
//!
//! Marks that end paragraphs and cells are characters of the text; what they mean stands in the paragraph's properties.

use text::{Aside, BlockKind};

use super::fib::Fib;
use super::lists::Lists;
use super::pieces::Piece;
use super::props::{self, CharProps, ParaProps, Stretches};
use super::styles::Styles;
use super::{Streams, index, u32_at};
use crate::Problem;
use crate::grid::rows::{Mark, Tables};
use crate::limits::Budget;
use crate::writer::{Runs, Writer};

pub(super) struct Story<'s> {
    fib: &'s Fib,
    streams: &'s Streams,
    pieces: Vec<Piece>,
    chars: Option<Stretches<CharProps>>,
    paragraphs: Option<Stretches<(u16, Vec<u8>)>>,
    styles: Styles,
    lists: Lists,
    tables: Tables,
    /// Open fields, innermost last: true while their code is being read.
    fields: Vec<bool>,
    /// The paragraph so far; its style, and with it the fonts, is only known at its end.
    segments: Vec<(CharProps, String)>,
    segment_bytes: usize,
}

impl<'s> Story<'s> {
    pub(super) fn new(
        fib: &'s Fib,
        streams: &'s Streams,
        pieces: Vec<Piece>,
        budget: &mut Budget,
        problems: &mut Vec<Problem>,
    ) -> Story<'s> {
        let table = |range: &std::ops::Range<usize>| streams.table.get(range.clone()).unwrap_or_default();
        let mut kept = |outcome: Problem| problems.push(outcome);
        let chars = props::pages(&streams.main, table(&fib.char_pages), 1, budget, props::char_entry).map_err(&mut kept).ok();
        let paragraphs = props::pages(&streams.main, table(&fib.para_pages), 13, budget, props::para_entry).map_err(&mut kept).ok();
        Story {
            fib,
            streams,
            pieces,
            chars,
            paragraphs,
            styles: Styles::read(fib, streams),
            lists: Lists::read(fib, streams),
            tables: Tables::default(),
            fields: vec![],
            segments: vec![],
            segment_bytes: 0,
        }
    }

    pub(super) fn read(&mut self, budget: &mut Budget, writer: &mut Writer) -> Result<(), Problem> {
        let [main, footnotes, headers, macros, comments, endnotes, boxes, header_boxes] = self.fib.story_chars;
        self.part(0, main, None, budget, writer)?;
        self.tables.end(writer);
        let mut at = main;
        self.part(at, footnotes, Some(Aside::Footnote), budget, writer)?;
        at = at.saturating_add(footnotes);
        for (start, len, aside) in self.header_stories(headers) {
            self.part(at.saturating_add(start), len, Some(aside), budget, writer)?;
        }
        at = at.saturating_add(headers).saturating_add(macros);
        for (len, aside) in
            [(comments, Aside::Comment), (endnotes, Aside::Footnote), (boxes, Aside::TextBox), (header_boxes, Aside::TextBox)]
        {
            self.part(at, len, Some(aside), budget, writer)?;
            at = at.saturating_add(len);
        }
        Ok(())
    }

    /// Headers and footers: after six separators of notes, six stories a section ([MS-DOC] 2.8.22 Plcfhdd).
    fn header_stories(&self, headers: u32) -> Vec<(u32, u32, Aside)> {
        let plc = self.streams.table.get(self.fib.headers.clone()).unwrap_or_default();
        let count = (plc.len() / 4).saturating_sub(1);
        let mut stories = Vec::new();
        for place in 6..count {
            let (Some(start), Some(end)) = (u32_at(plc, place * 4), u32_at(plc, place * 4 + 4)) else { break };
            let aside = if matches!((place - 6) % 6, 0 | 1 | 4) { Aside::Header } else { Aside::Footer };
            if start < end && end <= headers {
                stories.push((start, end - start, aside));
            }
        }
        stories
    }

    fn part(&mut self, start: u32, len: u32, aside: Option<Aside>, budget: &mut Budget, writer: &mut Writer) -> Result<(), Problem> {
        let end = start.saturating_add(len);
        self.fields.clear();
        let mut high = None;
        for piece_idx in 0..self.pieces.len() {
            let piece = self.pieces[piece_idx];
            let (from, to) = (piece.start.max(start), piece.end.min(end));
            let width = if piece.one_byte { 1 } else { 2 };
            for cp in from..to.max(from) {
                budget.tick()?;
                let offset = piece.offset.saturating_add((cp - piece.start).saturating_mul(width));
                let Some(unit) = self.unit(offset, piece.one_byte) else { break };
                let c = match (unit, high.take()) {
                    (0xD800..0xDC00, _) => {
                        high = Some(unit);
                        continue;
                    }
                    (0xDC00..0xE000, Some(first)) => char::decode_utf16([first, unit]).next().and_then(Result::ok),
                    (unit, _) => char::from_u32(u32::from(unit)),
                };
                self.character(c.unwrap_or(' '), offset, aside, writer);
                if writer.is_full() || self.segment_bytes > budget.limits.text_bytes {
                    return Ok(());
                }
            }
        }
        self.paragraph_end(&ParaProps::default(), aside, writer);
        Ok(())
    }

    fn unit(&self, offset: u32, one_byte: bool) -> Option<u16> {
        let at = index(offset);
        if !one_byte {
            return super::u16_at(&self.streams.main, at);
        }
        let byte = *self.streams.main.get(at)?;
        if (0x80..0xA0).contains(&byte) {
            let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
            return text.and_then(|t| u16::try_from(u32::from(t)).ok());
        }
        Some(u16::from(byte))
    }

    fn character(&mut self, c: char, offset: u32, aside: Option<Aside>, writer: &mut Writer) {
        match c {
            '\u{13}' => return self.fields.push(true),
            '\u{14}' => {
                if let Some(last) = self.fields.last_mut() {
                    *last = false;
                }
                return;
            }
            '\u{15}' => {
                self.fields.pop();
                return;
            }
            _ if self.fields.contains(&true) => return,
            _ => {}
        }
        let props = self.chars.as_mut().and_then(|s| s.at(offset).copied()).unwrap_or_default();
        if props.deleted {
            return;
        }
        match c {
            '\r' => {
                let paragraph = self.paragraph_props(offset);
                self.paragraph_end(&paragraph, aside, writer);
            }
            '\u{7}' => {
                let paragraph = self.paragraph_props(offset);
                self.cell_end(&paragraph, aside, writer);
            }
            '\u{C}' => {
                if self.segments.iter().any(|(_, text)| !text.trim().is_empty()) {
                    let paragraph = self.paragraph_props(offset);
                    self.paragraph_end(&paragraph, aside, writer);
                }
            }
            '\u{B}' | '\u{E}' => self.add('\n', props),
            '\t' => self.add('\t', props),
            '\u{1E}' => self.add('-', props),
            // An optional hyphen, or the letter ư of TCVN3, which has the same code; the fonts decide at the end.
            '\u{1F}' => self.add('\u{AD}', props),
            '(' if props.special && props.symbol.is_some() => {
                let code = props.symbol.unwrap_or(0);
                let code = if code < 0x100 { code + 0xF000 } else { code };
                self.add(char::from_u32(u32::from(code)).unwrap_or(' '), props);
            }
            c if c < ' ' => {}
            c => self.add(c, props),
        }
    }

    fn add(&mut self, c: char, props: CharProps) {
        self.segment_bytes += c.len_utf8();
        match self.segments.last_mut() {
            Some((last, text)) if *last == props => text.push(c),
            _ => self.segments.push((props, c.to_string())),
        }
    }

    fn paragraph_props(&mut self, offset: u32) -> ParaProps {
        let found = self.paragraphs.as_mut().and_then(|s| s.at(offset));
        let Some((style, modifiers)) = found else { return ParaProps::default() };
        let mut props = self.styles.paragraph(*style);
        props.apply(modifiers, &self.streams.data);
        props
    }

    /// The paragraph's text with the fonts that its style gives, and its number.
    fn take_runs(&mut self, props: &ParaProps) -> (Runs, String) {
        let base = self.styles.chars(props.style);
        let mut runs = Runs::default();
        for (own, text) in std::mem::take(&mut self.segments) {
            let styled = own.style.map_or(own, |style| own.over(self.styles.char_style(style)));
            let chars = styled.over(base);
            if chars.hidden == Some(true) {
                continue;
            }
            let font = self.styles.font(&chars);
            match (font, chars.caps == Some(true)) {
                (None, true) => runs.push(&text.to_uppercase(), None),
                (Some(encoding), true) => runs.push(&text, Some(text::legacy::FontEncoding { capitals: true, ..encoding })),
                (_, false) => runs.push(&text, font),
            }
        }
        self.segment_bytes = 0;
        let number = match props.list {
            Some(list @ 1..0x7FF) => self.lists.next(list, props.list_depth.unwrap_or(0)),
            _ => String::new(),
        };
        // A running number alone is the content of many first columns; elsewhere it is an empty item.
        let number = if props.in_table || !runs.is_blank() { number } else { String::new() };
        (runs, number)
    }

    fn numbered_runs(&mut self, props: &ParaProps) -> Runs {
        let (runs, number) = self.take_runs(props);
        if number.is_empty() {
            return runs;
        }
        let mut whole = Runs::default();
        whole.push(&number, None);
        whole.append(&runs);
        whole
    }

    fn paragraph_end(&mut self, props: &ParaProps, aside: Option<Aside>, writer: &mut Writer) {
        let runs = self.numbered_runs(props);
        if let Some(aside) = aside {
            return writer.paragraph(BlockKind::Aside(aside), None, &runs);
        }
        let depth = props.table_depth.unwrap_or(i32::from(props.in_table));
        if depth <= 0 && !props.in_table {
            self.tables.set_depth(0);
            self.tables.end(writer);
            let kind = match props.outline {
                Some(depth @ 0..=8) => BlockKind::Heading(depth + 1),
                _ => BlockKind::Paragraph,
            };
            return writer.paragraph(kind, None, &runs);
        }
        self.tables.set_depth(usize::try_from(depth).unwrap_or(1).max(1));
        match (props.inner_row_end, props.inner_cell) {
            (true, _) => self.tables.mark(Mark::NestedRow, runs, writer),
            (false, true) => self.tables.mark(Mark::NestedCell, runs, writer),
            (false, false) => self.tables.paragraph(runs),
        }
    }

    fn cell_end(&mut self, props: &ParaProps, aside: Option<Aside>, writer: &mut Writer) {
        let runs = self.numbered_runs(props);
        if let Some(aside) = aside {
            return writer.paragraph(BlockKind::Aside(aside), None, &runs);
        }
        self.tables.set_depth(1);
        if !props.row_end {
            return self.tables.mark(Mark::Cell, runs, writer);
        }
        if let Some(row) = &props.row {
            self.tables.define_row(row.left);
            for &(right, merged) in &row.cells {
                if merged {
                    self.tables.define_merged();
                }
                self.tables.define_cell(right);
            }
        }
        self.tables.mark(Mark::Row, runs, writer);
    }
}
