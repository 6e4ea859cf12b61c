//! Properties of characters and paragraphs: single property modifiers and the pages that hold them
//! ([MS-DOC] 2.6 and 2.9.33 ChpxFkp, 2.9.174 PapxFkp).

use std::ops::Range;

use super::{i32_at, index, u16_at, u32_at};
use crate::Problem;
use crate::limits::Budget;

/// What the file says about some characters; `None` leaves it to the style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CharProps {
    pub(super) font_ascii: Option<u16>,
    pub(super) font_other: Option<u16>,
    pub(super) hidden: Option<bool>,
    pub(super) caps: Option<bool>,
    pub(super) style: Option<u16>,
    pub(super) deleted: bool,
    /// The character stands for an object: a picture, a note's number.
    pub(super) special: bool,
    /// A code of a symbol font.
    pub(super) symbol: Option<u16>,
}

impl CharProps {
    pub(super) fn of(modifiers: &[u8]) -> CharProps {
        let mut props = CharProps::default();
        for (code, operand) in Modifiers(modifiers) {
            let on = operand.first().map(|v| v & 1 == 1);
            match code {
                0x4A4F => props.font_ascii = u16_at(operand, 0),
                0x4A51 => props.font_other = u16_at(operand, 0),
                0x083C => props.hidden = on,
                0x083B => props.caps = on,
                0x4A30 => props.style = u16_at(operand, 0),
                0x0800 => props.deleted = on == Some(true),
                0x0855 => props.special = on == Some(true),
                0x6A09 => props.symbol = u16_at(operand, 2),
                _ => {}
            }
        }
        props
    }

    /// What stands here, and below it what `base` says.
    pub(super) fn over(self, base: CharProps) -> CharProps {
        CharProps {
            font_ascii: self.font_ascii.or(base.font_ascii),
            font_other: self.font_other.or(base.font_other),
            hidden: self.hidden.or(base.hidden),
            caps: self.caps.or(base.caps),
            ..self
        }
    }
}

/// What the file says about a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct ParaProps {
    pub(super) style: u16,
    pub(super) in_table: bool,
    pub(super) row_end: bool,
    pub(super) inner_cell: bool,
    pub(super) inner_row_end: bool,
    pub(super) table_depth: Option<i32>,
    pub(super) list: Option<u16>,
    pub(super) list_depth: Option<u8>,
    /// 0–8 for headings, 9 for body text.
    pub(super) outline: Option<u8>,
    /// Edges of the row's cells and whether each shows nothing of its own.
    pub(super) row: Option<RowEdges>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowEdges {
    pub(super) left: i32,
    pub(super) cells: Vec<(i32, bool)>,
}

impl ParaProps {
    pub(super) fn apply(&mut self, modifiers: &[u8], data: &[u8]) {
        for (code, operand) in Modifiers(modifiers) {
            let on = operand.first() == Some(&1);
            match code {
                0x2416 => self.in_table = on,
                0x2417 => self.row_end = on,
                0x244B => self.inner_cell = on,
                0x244C => self.inner_row_end = on,
                0x6649 => self.table_depth = i32_at(operand, 0),
                0x460B => self.list = u16_at(operand, 0),
                0x260A => self.list_depth = operand.first().copied(),
                0x2640 => self.outline = operand.first().copied(),
                0xD608 => self.row = row_edges(operand).or(self.row.take()),
                // Modifiers that did not fit in the page.
                0x6646 | 0x646B => {
                    let at = index(u32_at(operand, 0).unwrap_or(u32::MAX));
                    let len = usize::from(u16_at(data, at).unwrap_or(0));
                    let more = data.get(at.saturating_add(2)..at.saturating_add(2).saturating_add(len)).unwrap_or_default();
                    self.apply_without_detour(more);
                }
                _ => {}
            }
        }
    }

    /// Modifiers in the data stream; they may not point there again.
    fn apply_without_detour(&mut self, modifiers: &[u8]) {
        self.apply(modifiers, &[]);
    }
}

/// sprmTDefTable: count, edges, then twenty bytes a cell whose first word tells merging ([MS-DOC] 2.9.319).
fn row_edges(operand: &[u8]) -> Option<RowEdges> {
    let count = usize::from(*operand.first()?);
    let edge = |place: usize| u16_at(operand, 1 + place * 2).map(|e| i32::from(e.cast_signed()));
    let left = edge(0)?;
    let mut cells = Vec::with_capacity(count);
    for place in 0..count {
        let flags = u16_at(operand, 1 + (count + 1) * 2 + place * 20).unwrap_or(0);
        let merged = flags & 3 == 1 || (flags >> 5) & 3 == 1;
        cells.push((edge(place + 1)?, merged));
    }
    Some(RowEdges { left, cells })
}

/// The modifiers of a run of bytes: code and operand.
struct Modifiers<'a>(&'a [u8]);

impl<'a> Iterator for Modifiers<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let code = u16_at(self.0, 0)?;
        let rest = &self.0[2..];
        let (skip, len) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // The length comes first; that of a table definition is two bytes and counts one too many.
            _ if code == 0xD608 => (2, usize::from(u16_at(rest, 0)?).checked_sub(1)?),
            _ => match usize::from(*rest.first()?) {
                255 if code == 0xC615 => (0, rest.len()),
                len => (1, len),
            },
        };
        let operand = rest.get(skip..skip + len)?;
        self.0 = &rest[skip + len..];
        Some((code, operand))
    }
}

/// Values of stretches of the main stream, found by the place of a character.
#[derive(Debug)]
pub(super) struct Stretches<T> {
    sorted: Vec<(Range<u32>, T)>,
    last: usize,
}

impl<T> Stretches<T> {
    pub(super) fn at(&mut self, offset: u32) -> Option<&T> {
        let holds = |place: usize| self.sorted.get(place).is_some_and(|(range, _)| range.contains(&offset));
        if !holds(self.last) {
            self.last = if holds(self.last + 1) { self.last + 1 } else { self.sorted.partition_point(|(range, _)| range.end <= offset) };
        }
        self.sorted.get(self.last).filter(|(range, _)| range.contains(&offset)).map(|(_, value)| value)
    }
}

const PAGE_BYTES: usize = 512;

/// Reads all pages of properties that `plc` lists: `entry_bytes` per stretch, `value` turns a page and an entry into a value.
pub(super) fn pages<T>(
    main: &[u8],
    plc: &[u8],
    entry_bytes: usize,
    budget: &mut Budget,
    value: impl Fn(&[u8], &[u8]) -> T,
) -> Result<Stretches<T>, Problem> {
    let count = plc.len().saturating_sub(4) / 8;
    let mut sorted = Vec::new();
    // More pages than the file has room for repeat some of them.
    for place in 0..count.min(main.len() / PAGE_BYTES) {
        let Some(number) = u32_at(plc, (count + 1) * 4 + place * 4) else { break };
        let start = index(number & 0x3F_FFFF) * PAGE_BYTES;
        let Some(page) = main.get(start..start + PAGE_BYTES) else { continue };
        let runs = usize::from(page[PAGE_BYTES - 1]);
        for run in 0..runs {
            budget.tick()?;
            let (Some(from), Some(to)) = (u32_at(page, run * 4), u32_at(page, run * 4 + 4)) else { break };
            let entry_at = (runs + 1) * 4 + run * entry_bytes;
            let Some(entry) = page.get(entry_at..entry_at + entry_bytes) else { break };
            if from < to {
                sorted.push((from..to, value(page, entry)));
            }
        }
    }
    sorted.sort_by_key(|(range, _)| range.start);
    Ok(Stretches { sorted, last: 0 })
}

/// The value of a character page's entry.
pub(super) fn char_entry(page: &[u8], entry: &[u8]) -> CharProps {
    let at = usize::from(entry[0]) * 2;
    let len = usize::from(page.get(at).copied().unwrap_or(0));
    match page.get(at + 1..at + 1 + len) {
        Some(modifiers) if at > 0 => CharProps::of(modifiers),
        _ => CharProps::default(),
    }
}

/// The style and modifiers of a paragraph page's entry.
pub(super) fn para_entry(page: &[u8], entry: &[u8]) -> (u16, Vec<u8>) {
    let at = usize::from(entry[0]) * 2;
    let words = usize::from(page.get(at).copied().unwrap_or(0));
    let (start, len) = match words {
        0 => (at + 2, usize::from(page.get(at + 1).copied().unwrap_or(0)) * 2),
        words => (at + 1, words * 2 - 1),
    };
    let content = page.get(start..(start + len).min(page.len())).unwrap_or_default();
    let style = u16_at(content, 0).unwrap_or(0);
    (style, content.get(2..).unwrap_or_default().to_vec())
}
