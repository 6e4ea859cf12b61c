//! The piece table: which stretch of the file holds which characters ([MS-DOC] 2.8.35, 2.9.177).

use super::fib::Fib;
use super::{Streams, damaged, index, u16_at, u32_at};
use crate::Problem;
use crate::limits::Budget;

/// Characters `start..end` of the document, one or two bytes each from `offset` of the main stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) offset: u32,
    pub(super) one_byte: bool,
}

pub(super) fn read(fib: &Fib, streams: &Streams, budget: &mut Budget) -> Result<Vec<Piece>, Problem> {
    let clx = streams.table.get(fib.pieces.clone()).ok_or_else(|| damaged("Clx"))?;
    let mut at = 0;
    // Properties of fast saves stand before the table itself.
    while clx.get(at) == Some(&1) {
        let len = u16_at(clx, at + 1).ok_or_else(|| damaged("Clx"))?;
        at += 3 + usize::from(len);
    }
    if clx.get(at) != Some(&2) {
        return Err(damaged("Clx"));
    }
    let plc = clx.get(at + 5..).ok_or_else(|| damaged("Clx"))?;
    let len = index(u32_at(clx, at + 1).unwrap_or(0)).min(plc.len());
    let count = len.saturating_sub(4) / 12;
    let mut pieces = Vec::with_capacity(count);
    for place in 0..count {
        budget.tick()?;
        let (Some(start), Some(end)) = (u32_at(plc, place * 4), u32_at(plc, place * 4 + 4)) else { break };
        let Some(packed) = u32_at(plc, (count + 1) * 4 + place * 8 + 2) else { break };
        if end <= start {
            continue;
        }
        let one_byte = packed & 0x4000_0000 != 0;
        let offset = packed & 0x3FFF_FFFF;
        pieces.push(Piece { start, end, offset: if one_byte { offset / 2 } else { offset }, one_byte });
    }
    if pieces.is_empty() { Err(damaged("PlcPcd")) } else { Ok(pieces) }
}
