//! Automatic numbering of binary Word documents ([MS-DOC] 2.9.185 PlfLst, 2.9.184 PlfLfo, 2.9.150 LVL).
//!
//! A paragraph names a use of a list (LFO, from 1); the use names the list and may change its levels.

use std::collections::{HashMap, HashSet};

use super::fib::Fib;
use super::{Streams, i32_at, u16_at, u32_at};
use crate::numbering::{Counters, Level, Style};
use crate::writer::clean;

#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: HashMap<i32, Vec<Level>>,
    uses: Vec<Use>,
    counters: HashMap<i32, Counters>,
    begun: HashSet<u16>,
}

#[derive(Debug, Default)]
struct Use {
    list: i32,
    starts: Vec<(usize, i64)>,
    levels: Vec<(usize, Level)>,
}

impl Lists {
    /// What cannot be read is missing from the text, but does not stop it.
    pub(super) fn read(fib: &Fib, streams: &Streams) -> Lists {
        let mut lists = Lists::default();
        lists.read_lists(&streams.table, fib.lists.start, fib.lists.is_empty());
        let _ = lists.read_uses(&streams.table, fib.list_uses.start, fib.list_uses.is_empty());
        lists
    }

    fn read_lists(&mut self, table: &[u8], at: usize, none: bool) -> Option<()> {
        if none {
            return None;
        }
        let count = usize::from(u16_at(table, at)?).min(4096);
        let mut level_at = at + 2 + count * 28;
        for place in 0..count {
            let entry = at + 2 + place * 28;
            let id = i32_at(table, entry)?;
            let simple = table.get(entry + 26)? & 1 == 1;
            let mut levels = Vec::new();
            for _ in 0..if simple { 1 } else { 9 } {
                let (level, len) = level(table.get(level_at..)?)?;
                levels.push(level);
                level_at += len;
            }
            self.levels.insert(id, levels);
        }
        Some(())
    }

    fn read_uses(&mut self, table: &[u8], at: usize, none: bool) -> Option<()> {
        if none {
            return None;
        }
        let count = usize::try_from(u32_at(table, at)?).ok()?.min(65_536);
        let mut counts = Vec::new();
        for place in 0..count {
            let entry = at + 4 + place * 16;
            self.uses.push(Use { list: i32_at(table, entry)?, ..Use::default() });
            counts.push(*table.get(entry + 12)?);
        }
        let mut data_at = at + 4 + count * 16;
        for (used, n_levels) in self.uses.iter_mut().zip(counts) {
            data_at += 4;
            for _ in 0..n_levels {
                let (start, flags) = (i32_at(table, data_at)?, u32_at(table, data_at + 4)?);
                data_at += 8;
                let depth = usize::try_from(flags & 0xF).ok()?;
                if flags & 0x20 != 0 {
                    let (level, len) = level(table.get(data_at..)?)?;
                    data_at += len;
                    if flags & 0x10 != 0 {
                        used.starts.push((depth, level.start));
                    }
                    used.levels.push((depth, level));
                } else if flags & 0x10 != 0 {
                    used.starts.push((depth, i64::from(start)));
                }
            }
        }
        Some(())
    }

    /// Counts a paragraph and gives its printed number with the blank after it.
    pub(super) fn next(&mut self, use_number: u16, depth: u8) -> String {
        let Some(used) = usize::from(use_number).checked_sub(1).and_then(|place| self.uses.get(place)) else { return String::new() };
        let Some(base) = self.levels.get(&used.list) else { return String::new() };
        let counters = self.counters.entry(used.list).or_default();
        if self.begun.insert(use_number) {
            for &(depth, start) in &used.starts {
                counters.restart(depth, start);
            }
        }
        let mut levels = base.clone();
        for (depth, level) in &used.levels {
            if let Some(place) = levels.get_mut(*depth) {
                *place = level.clone();
            }
        }
        counters.next(&levels, usize::from(depth))
    }
}

/// One level with its length in bytes.
fn level(bytes: &[u8]) -> Option<(Level, usize)> {
    let flags = *bytes.get(5)?;
    let follow = *bytes.get(15)?;
    let chars_len = usize::from(*bytes.get(24)?);
    let paragraph_len = usize::from(*bytes.get(25)?);
    let limit = *bytes.get(26)?;
    let text_at = 28 + paragraph_len + chars_len;
    let n_chars = usize::from(u16_at(bytes, text_at)?);
    let mut template = String::new();
    for place in 0..n_chars {
        let unit = u16_at(bytes, text_at + 2 + place * 2)?;
        match unit {
            // Codes below nine stand for the numbers of the levels.
            0..=8 => template.push_str(&format!("%{}", unit + 1)),
            unit => template.push(char::from_u32(u32::from(unit)).unwrap_or(' ')),
        }
    }
    let level = Level {
        style: Style::of_code(*bytes.get(4)?),
        start: i64::from(i32_at(bytes, 0)?),
        template: clean(&template),
        legal: flags & 4 != 0,
        blank_after: follow != 2,
        restart: (flags & 8 != 0).then_some(limit),
    };
    Some((level, text_at + 2 + n_chars * 2))
}
