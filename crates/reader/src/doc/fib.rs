//! The header of a binary Word document ([MS-DOC] 2.5, File Information Block).

use std::ops::Range;

use super::{FORMAT, damaged, index, u16_at, u32_at};
use crate::Problem;

/// Where the tables of a document stand and how long its stories are.
#[derive(Debug, Default)]
pub(super) struct Fib {
    /// The table stream is `1Table`, not `0Table`.
    pub(super) second_table: bool,
    /// Characters of the stories in the order they stand: main text, footnotes, headers, macros, comments, endnotes,
    /// text boxes, text boxes of headers.
    pub(super) story_chars: [u32; 8],
    pub(super) styles: Range<usize>,
    pub(super) headers: Range<usize>,
    pub(super) char_pages: Range<usize>,
    pub(super) para_pages: Range<usize>,
    pub(super) fonts: Range<usize>,
    pub(super) pieces: Range<usize>,
    pub(super) lists: Range<usize>,
    pub(super) list_uses: Range<usize>,
}

/// First version with this structure: Word 97.
const WORD_97: u16 = 0x00C1;

impl Fib {
    pub(super) fn read(main: &[u8]) -> Result<Fib, Problem> {
        let header = || damaged("FIB");
        let magic = u16_at(main, 0).ok_or_else(header)?;
        let version = u16_at(main, 2).ok_or_else(header)?;
        if magic != 0xA5EC || version < WORD_97 {
            let old = matches!(magic, 0xA5DC | 0xA5DB | 0xA59B) || (magic == 0xA5EC && version < WORD_97);
            return Err(if old { Problem::OldWord } else { header() });
        }
        let flags = u16_at(main, 0x0A).ok_or_else(header)?;
        if flags & 0x0100 != 0 {
            return Err(Problem::Encrypted { format: FORMAT });
        }
        // The two arrays before the offsets tell their own lengths.
        let words = usize::from(u16_at(main, 32).ok_or_else(header)?);
        let longs_at = 34 + words * 2 + 2;
        let longs = usize::from(u16_at(main, longs_at - 2).ok_or_else(header)?);
        let offsets_at = longs_at + longs * 4 + 2;
        let mut story_chars = [0; 8];
        for (place, count) in story_chars.iter_mut().enumerate() {
            *count = u32_at(main, longs_at + 12 + place * 4).ok_or_else(header)?.min(i32::MAX.cast_unsigned());
        }
        let table = |pair: usize| {
            let start = index(u32_at(main, offsets_at + pair * 8).unwrap_or(0));
            let len = index(u32_at(main, offsets_at + pair * 8 + 4).unwrap_or(0));
            start..start.saturating_add(len)
        };
        Ok(Fib {
            second_table: flags & 0x0200 != 0,
            story_chars,
            styles: table(1),
            headers: table(11),
            char_pages: table(12),
            para_pages: table(13),
            fonts: table(15),
            pieces: table(33),
            lists: table(73),
            list_uses: table(74),
        })
    }
}
