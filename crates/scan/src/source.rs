//! The bytes of a text with what is needed to look at them without decoding them: the charset, and a view in which every ASCII
//! character is one byte.
//!
//! Anchors (digits, `@`) are ASCII in every charset in use here, so they are searched in the stored bytes and their offsets
//! are offsets of the file. Only the few words around a hit are ever decoded.
//!
//! ```text
//! UTF-16 "1\0" "2\0"  →  view "12"; view offset 1 is file offset 2
//! ```

use std::borrow::Cow;
use std::ops::Range;

use text::legacy::{self, Charset};

/// The charset is told by the beginning of a file.
const SAMPLE_BYTES: usize = 64 << 10;

/// Stands in the view for whatever is not ASCII.
const OTHER: u8 = 0xFF;

pub(crate) struct Source<'a> {
    raw: &'a [u8],
    pub(crate) charset: Charset,
    /// One byte a character of ASCII; for one-byte and UTF-8 texts the raw bytes themselves.
    pub(crate) view: Cow<'a, [u8]>,
    /// Bytes of the file for one byte of the view.
    unit: usize,
}

impl<'a> Source<'a> {
    /// A file's bytes, charset unknown.
    pub(crate) fn detect(raw: &'a [u8]) -> Source<'a> {
        let mut end = raw.len().min(SAMPLE_BYTES);
        // A sample that ends inside a UTF-8 letter would not be UTF-8.
        while end < raw.len() && end > 0 && raw[end] & 0xC0 == 0x80 {
            end -= 1;
        }
        Source::new(raw, legacy::detect(&raw[..end]))
    }

    pub(crate) fn new(raw: &'a [u8], charset: Charset) -> Source<'a> {
        let narrow = |get: fn([u8; 2]) -> u16| -> Cow<'a, [u8]> {
            let units = raw.chunks_exact(2).map(|pair| get([pair[0], pair[1]]));
            Cow::Owned(units.map(|unit| u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(OTHER)).collect())
        };
        let (view, unit) = match charset {
            Charset::Utf16Le => (narrow(u16::from_le_bytes), 2),
            Charset::Utf16Be => (narrow(u16::from_be_bytes), 2),
            _ => (Cow::Borrowed(raw), 1),
        };
        Source { raw, charset, view, unit }
    }

    /// The text of a stretch of the view, in NFC; letters cut in half at its ends are lost.
    pub(crate) fn text(&self, view: Range<usize>) -> String {
        legacy::decode(&self.raw[view.start * self.unit..view.end * self.unit], self.charset)
    }

    /// The place in the file of a stretch of the view.
    pub(crate) fn span(&self, view: Range<usize>) -> Range<usize> {
        view.start * self.unit..view.end * self.unit
    }

    /// The stretch of the view that holds a stretch of the file.
    pub(crate) fn view_of(&self, raw: Range<usize>) -> Range<usize> {
        raw.start / self.unit..raw.end.div_ceil(self.unit)
    }

    pub(crate) fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The line around a place, without its line end, at most `reach` to each side.
    pub(crate) fn line(&self, at: usize, reach: usize) -> Range<usize> {
        let from = at.saturating_sub(reach);
        let to = self.view.len().min(at + reach);
        let start = memchr::memrchr2(b'\n', b'\r', &self.view[from..at]).map_or(from, |found| from + found + 1);
        let end = memchr::memchr2(b'\n', b'\r', &self.view[at..to]).map_or(to, |found| at + found);
        start..end
    }

    /// True where the character that ends before, or begins at, this place is a letter or digit.
    pub(crate) fn is_word(&self, at: usize, before: bool) -> bool {
        let byte = if before { at.checked_sub(1).and_then(|at| self.view.get(at)) } else { self.view.get(at) };
        match byte {
            None => false,
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric() || *byte == b'_',
            // In one-byte charsets a letter may be any byte; a number that touches one is rare and usually text damage.
            Some(_) if self.charset != Charset::Utf8 => false,
            Some(_) if before => {
                let from = at.saturating_sub(4);
                String::from_utf8_lossy(&self.view[from..at]).chars().next_back().is_some_and(char::is_alphanumeric)
            }
            Some(_) => {
                let to = self.view.len().min(at + 4);
                String::from_utf8_lossy(&self.view[at..to]).chars().next().is_some_and(char::is_alphanumeric)
            }
        }
    }
}
