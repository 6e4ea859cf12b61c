//! A dictionary of a PDF that a stream follows, found by its place in the bytes and read with the library's own parser.
//!
//! Not for the streams of pages, which the library finds by their numbers.
//!
//! `Found::at(b"7 0 obj <</N 3/First 20>>stream …", 8)` has the id 7 and its data begins behind `stream`.

use std::collections::HashSet;

use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, FromBytes, MaybeRef, Object, Stream};
use memchr::memmem;

use super::filters::{self, Step};
use crate::{Format, Problem};

/// A dictionary that a stream follows.
pub(super) struct Found<'a> {
    pub(super) dict: Dict<'a>,
    /// Of `12 0 obj`, and where that stands; `None` where something else is before the dictionary.
    pub(super) id: Option<(u32, usize)>,
    /// From the first byte of the data to the end of the file.
    pub(super) data: &'a [u8],
}

pub(super) fn refused() -> Problem {
    Problem::Damaged { format: Format::Pdf, part: "objects".to_owned() }
}

/// The data behind a dictionary, if it is that of a stream.
pub(super) fn data_after(after: &[u8]) -> Option<&[u8]> {
    let data = without_comments(after).strip_prefix(b"stream")?;
    let ends: [&[u8]; 3] = [b"\r\n", b"\n", b"\r"];
    ends.iter().find_map(|end| data.strip_prefix(*end))
}

pub(super) fn without_comments(mut bytes: &[u8]) -> &[u8] {
    loop {
        let blank = bytes.iter().take_while(|b| is_blank(**b)).count();
        bytes = &bytes[blank..];
        if bytes.first() != Some(&b'%') {
            return bytes;
        }
        let line = bytes.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len());
        bytes = &bytes[line..];
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0
}

/// Reads `12 0 obj` backwards from `at`.
pub(super) fn id_before(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let trimmed = |bytes: &[u8]| bytes.len() - bytes.iter().rev().take_while(|b| is_blank(**b)).count();
    let digits = |bytes: &[u8]| bytes.len() - bytes.iter().rev().take(10).take_while(|b| b.is_ascii_digit()).count();
    let before = bytes[..trimmed(&bytes[..at])].strip_suffix(b"obj")?;
    let before = &before[..trimmed(before)];
    let (front, generation) = before.split_at(digits(before));
    let number = &front[..trimmed(front)];
    let start = digits(number);
    // Streams of objects are of the first generation.
    if generation != b"0" || number.len() == front.len() {
        return None;
    }
    Some((std::str::from_utf8(&number[start..]).ok()?.parse().ok()?, start))
}

impl<'a> Found<'a> {
    pub(super) fn at(bytes: &'a [u8], at: usize) -> Option<Found<'a>> {
        let dict: Dict<'a> = Dict::from_bytes(&bytes[at..])?;
        let data = data_after(&bytes[at + dict.data().len()..])?;
        Some(Found { dict, id: id_before(bytes, at), data })
    }

    /// A cross-reference stream; the library does not look at its type.
    pub(super) fn is_table(&self) -> bool {
        self.dict.contains_key(b"W") && self.dict.contains_key(b"Size")
    }

    /// An object stream: by its type, by its keys, or because a table says that objects are in it.
    pub(super) fn holds_objects(&self, holders: &HashSet<u32>) -> bool {
        let is_named = match self.dict.get_raw::<Object<'_>>(b"Type") {
            Some(MaybeRef::NotRef(Object::Name(name))) => name.as_str() == "ObjStm",
            Some(MaybeRef::Ref(_)) => true,
            _ => false,
        };
        let has_keys = self.dict.contains_key(b"N") && self.dict.contains_key(b"First");
        let is_holder = match self.id {
            Some((id, _)) => holders.contains(&id),
            None => !holders.is_empty(),
        };
        is_named || has_keys || is_holder
    }

    /// The most bytes that the library may take for its data.
    pub(super) fn raw_bytes(&self) -> usize {
        let length = match self.dict.get_raw::<Object<'_>>(b"Length") {
            Some(MaybeRef::NotRef(Object::Number(length))) => usize::try_from(length.as_i64()).unwrap_or(0),
            Some(MaybeRef::Ref(_)) => self.data.len(),
            _ => 0,
        };
        let to_end = memmem::find(self.data, b"endstream").unwrap_or(self.data.len());
        length.max(to_end).min(self.data.len())
    }

    /// Its one filter if it has one; whatever else is refused.
    pub(super) fn step(&self) -> Result<Option<Step<'_>>, Problem> {
        for key in [b"F".as_slice(), b"Filter", b"DP", b"DecodeParms"] {
            match self.dict.get_raw::<Object<'_>>(key) {
                Some(MaybeRef::Ref(_)) => return Err(refused()),
                Some(MaybeRef::NotRef(Object::Array(list))) if has_reference(list.data()) => return Err(refused()),
                Some(MaybeRef::NotRef(Object::Dict(dict))) if has_reference(dict.data()) => return Err(refused()),
                _ => {}
            }
        }
        // A stream of our own, because that of the file may be longer than the parser needs to see.
        let header = [self.dict.data(), b"stream\n\nendstream"].concat();
        let stream = Stream::from_bytes(&header).ok_or_else(refused)?;
        let steps = filters::steps(&stream).ok_or_else(refused)?;
        match steps.as_slice() {
            [] => Ok(None),
            [step] if step.filter == Filter::FlateDecode => {
                let columns = step.params.get::<i64>(b"Columns").unwrap_or(1);
                if !(1..=65_535).contains(&columns) {
                    return Err(refused());
                }
                let params = self.params().unwrap_or_default();
                Ok(Some(Step { filter: Filter::FlateDecode, params }))
            }
            _ => Err(refused()),
        }
    }

    fn params(&self) -> Option<Dict<'_>> {
        let object = self.dict.get::<Object<'_>>(b"DP").or_else(|| self.dict.get::<Object<'_>>(b"DecodeParms"))?;
        match object {
            Object::Array(list) => list.iter::<Object<'_>>().next()?.into_dict(),
            object => object.into_dict(),
        }
    }
}

/// `0 R` somewhere; names with an R in them do not matter.
fn has_reference(data: &[u8]) -> bool {
    memchr::memchr_iter(b'R', data).any(|at| at > 0 && is_blank(data[at - 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_objects_are_found_before_their_dictionaries() {
        let of = |bytes: &[u8]| id_before(bytes, bytes.len() - 2);
        assert_eq!(of(b"12 0 obj<<"), Some((12, 0)));
        assert_eq!(of(b"x 12  0 obj\r\n <<"), Some((12, 2)));
        for bytes in [b"endobj<<".as_slice(), b"0 obj<<", b"12 1 obj<<", b"12 0 obj%<<"] {
            assert_eq!(of(bytes), None, "{bytes:?}");
        }
        assert_eq!(data_after(b" %x\n stream\r\nabc"), Some(b"abc".as_slice()));
        assert_eq!(data_after(b"endstream\nabc"), None);
    }
}
