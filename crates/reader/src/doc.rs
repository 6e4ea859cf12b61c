//! Binary Word documents (Word 97 to 2003) by [MS-DOC]: text through the piece table, so that files saved by
//! "fast save" come out whole; fonts, tables, fields and list numbers from the property tables.
//!
//! Not for Word 6 and 95, whose files look alike from outside: they give [`Problem::OldWord`].

use std::io::{Cursor, Read};

use crate::limits::Budget;
use crate::writer::Writer;
use crate::{Format, Problem};

mod fib;
mod lists;
mod pieces;
mod props;
mod story;
mod styles;

use fib::Fib;
use story::Story;

const FORMAT: Format = Format::Doc;

/// The streams of the compound file that hold the document.
struct Streams {
    /// Text and properties of the text.
    main: Vec<u8>,
    /// All tables that the header points into.
    table: Vec<u8>,
    /// Properties too large for their usual place.
    data: Vec<u8>,
}

pub(crate) fn read(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) {
    if let Err(problem) = read_streams(bytes, budget, writer, problems) {
        problems.push(problem);
    }
}

fn read_streams(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) -> Result<(), Problem> {
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged("ole"))?;
    // A stream cannot be longer than the file that holds it, whatever its entry says.
    let limit = bytes.len() as u64;
    let mut stream = |name: &str| {
        let mut content = Vec::new();
        let opened = compound.open_stream(name).ok()?;
        // A broken chain of sectors still gives its beginning.
        let _ = opened.take(limit).read_to_end(&mut content);
        Some(content)
    };
    let main = stream("WordDocument").ok_or_else(|| damaged("WordDocument"))?;
    let fib = Fib::read(&main)?;
    let table = stream(if fib.second_table { "1Table" } else { "0Table" }).ok_or_else(|| damaged("Table"))?;
    let data = stream("Data").unwrap_or_default();
    let streams = Streams { main, table, data };
    let pieces = pieces::read(&fib, &streams, budget)?;
    let mut story = Story::new(&fib, &streams, pieces, budget, problems);
    story.read(budget, writer)
}

fn damaged(part: &str) -> Problem {
    Problem::Damaged { format: FORMAT, part: part.to_owned() }
}

/// Little-endian numbers anywhere in a stream; `None` beyond its end.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let end = at.checked_add(2)?;
    bytes.get(at..end)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    bytes.get(at..end)?.try_into().ok().map(u32::from_le_bytes)
}

fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    u32_at(bytes, at).map(u32::cast_signed)
}

/// An offset of 32 bits as an index.
fn index(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
