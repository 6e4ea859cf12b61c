//! What the library unpacks and builds by itself, counted before it is let near the file.
//!
//! Opening a PDF makes the library unpack cross-reference and object streams and list every page, all without limits; later it
//! keeps the object streams. So every dictionary of the file is looked at first, with the library's own parser, wherever in
//! the bytes it stands: what can become such a stream is unpacked once for its size.
//!
//! What cannot be seen: whether the library would ever reach an object. So a hostile-looking one that nothing refers to is
//! refused all the same, as is whatever such streams never have: another filter than Flate, values elsewhere in the file.
//!
//! `<</Type/ObjStm/N 3/First 20/Filter/LZWDecode>>stream` is refused, with `FlateDecode` it is measured.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Object};
use memchr::memmem;

use super::filters::{self, End};
use super::found::{Found, data_after, refused};
use super::locked::Locks;
use crate::Problem;
use crate::limits::Budget;

/// Objects in all tables together; the library needs some hundred bytes for each.
const MAX_OBJECTS: u64 = 1_000_000;
/// Pages that the library may be made to list; it needs a kilobyte for each.
const MAX_PAGES: u64 = 100_000;
/// Pages times entries of the largest dictionary: every page holds the dictionaries of its resources anew.
const MAX_PAGE_ENTRIES: u64 = 1_000_000;
/// Names in the file, or in one stream of objects: one dictionary of so many takes a quarter of a gigabyte.
const MAX_NAMES: usize = 3_000_000;
/// The most that a byte of deflate can become: 258 bytes for two bits.
const DEFLATE_RATIO: u64 = 1032;

/// Counts what opening the file can cost.
pub(super) fn check(bytes: &[u8], budget: &mut Budget) -> Result<(), Problem> {
    let mut census = Census::default();
    let mut locks = Locks::default();
    // Only their places: there may be millions.
    let mut streams: Vec<usize> = Vec::new();
    census.all(bytes, budget, |at, dict| {
        locks.note(dict);
        if data_after(&bytes[at + dict.data().len()..]).is_some() {
            streams.push(at);
        }
    })?;
    let found = |at: &usize| Found::at(bytes, *at);
    let mut total = Total { budget, unpacked_bytes: 0, objects: 0 };
    let mut holders = HashSet::new();
    for table in streams.iter().filter_map(found).filter(Found::is_table) {
        total.budget.check_time()?;
        let rows = total.unpacked(&table, table.data)?;
        total.table(&table.dict, &rows, &mut holders)?;
    }
    let held = || streams.iter().filter_map(found).filter(|f| f.holds_objects(&holders));
    let key = match held().next() {
        Some(_) => locks.key(bytes, held())?,
        None => None,
    };
    for stream in held() {
        total.budget.check_time()?;
        total.objects(&stream.dict)?;
        let data = match &key {
            Some(key) => {
                // While the library repairs a file it unpacks the locked bytes, too, but does not keep what comes of them.
                let before = total.unpacked_bytes;
                total.unpacked(&stream, stream.data)?;
                total.unpacked_bytes = before;
                key.unlocked(&stream).ok_or_else(refused).and_then(|data| total.unpacked(&stream, &data))?
            }
            None => total.unpacked(&stream, stream.data)?,
        };
        census.all(&data, total.budget, |_, _| {})?;
    }
    census.check()
}

/// What the library would have to hold.
struct Total<'b> {
    budget: &'b mut Budget,
    unpacked_bytes: u64,
    objects: u64,
}

impl Total<'_> {
    fn too_much(&self) -> Problem {
        Problem::TooMuchUnpacked { part: "objects".to_owned(), limit_bytes: self.budget.limits.unpacked_bytes }
    }

    /// The unpacked data of a stream, paid for.
    fn unpacked(&mut self, found: &Found<'_>, data: &[u8]) -> Result<Vec<u8>, Problem> {
        let left = self.budget.limits.unpacked_bytes.saturating_sub(self.unpacked_bytes);
        let raw_bytes = found.raw_bytes().min(data.len());
        let Some(step) = found.step()? else {
            self.pay(raw_bytes as u64)?;
            return Ok(data[..raw_bytes].to_vec());
        };
        let inflated = filters::inflate(data, usize::try_from(left).unwrap_or(usize::MAX));
        let size = match inflated.end {
            End::Whole => inflated.bytes.len() as u64,
            End::TooMuch => return Err(self.too_much()),
            // The library goes on behind what is broken.
            End::Broken { left } => {
                let behind = (raw_bytes + left).saturating_sub(data.len()) as u64;
                inflated.bytes.len() as u64 + behind * DEFLATE_RATIO
            }
        };
        self.pay(size)?;
        Ok(filters::unpredicted(inflated.bytes, &step.params))
    }

    fn pay(&mut self, bytes: u64) -> Result<(), Problem> {
        self.unpacked_bytes = self.unpacked_bytes.saturating_add(bytes);
        if self.unpacked_bytes > self.budget.limits.unpacked_bytes { Err(self.too_much()) } else { Ok(()) }
    }

    fn count(&mut self, objects: u64) -> Result<(), Problem> {
        self.objects = self.objects.saturating_add(objects);
        if self.objects > MAX_OBJECTS { Err(self.too_much()) } else { Ok(()) }
    }

    /// The objects that an object stream says it has.
    fn objects(&mut self, dict: &Dict<'_>) -> Result<(), Problem> {
        match dict.get_raw::<Object<'_>>(b"N") {
            Some(MaybeRef::NotRef(Object::Number(n))) => self.count(u64::try_from(n.as_i64()).unwrap_or(0).saturating_add(1)),
            Some(MaybeRef::Ref(_)) => Err(refused()),
            // Without the number the library looks for none.
            _ => self.count(1),
        }
    }

    /// Reads the rows of a cross-reference stream (ISO 32000-1, 7.5.8.3) for the streams that they say hold objects.
    fn table(&mut self, dict: &Dict<'_>, table: &[u8], holders: &mut HashSet<u32>) -> Result<(), Problem> {
        let widths: Vec<usize> = match dict.get_raw::<Array<'_>>(b"W") {
            Some(MaybeRef::NotRef(widths)) => widths.iter::<u8>().map(usize::from).take(3).collect(),
            _ => vec![],
        };
        let &[kind, place, index] = widths.as_slice() else { return Ok(()) };
        // However wide the kind is said to be, the library takes it for one byte.
        let kind = kind.min(1);
        if place == 0 || place > 8 {
            return Ok(());
        }
        self.count((table.len() / (kind + place + index)) as u64)?;
        if kind == 1 {
            for row in table.chunks_exact(kind + place + index).filter(|row| row[0] == 2) {
                let number = row[1..=place].iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
                holders.extend(u32::try_from(number));
            }
        }
        Ok(())
    }
}

/// What can become a page.
#[derive(Default)]
struct Census {
    dicts: u64,
    largest: u64,
    /// Whatever stands in the tree of pages is taken for a page, and whatever has contents when there is no tree.
    kids: u64,
    contents: u64,
    /// Lists of kids that stand elsewhere: how long they are is not known.
    lists_elsewhere: u64,
}

impl Census {
    /// Counts every dictionary of some bytes and shows it to `each`, with its place.
    fn all<'d>(&mut self, data: &'d [u8], budget: &Budget, mut each: impl FnMut(usize, &Dict<'d>)) -> Result<(), Problem> {
        if memchr::memchr_iter(b'/', data).count() > MAX_NAMES {
            return Err(Problem::TooMuchUnpacked { part: "objects".to_owned(), limit_bytes: budget.limits.unpacked_bytes });
        }
        for at in memmem::find_iter(data, b"<<") {
            budget.check_time()?;
            if let Some(dict) = Dict::from_bytes(&data[at..]) {
                self.count(&dict);
                each(at, &dict);
            }
        }
        Ok(())
    }

    fn count(&mut self, dict: &Dict<'_>) {
        self.dicts += 1;
        self.largest = self.largest.max(dict.len() as u64);
        self.contents += u64::from(dict.contains_key(b"Contents"));
        match dict.get_raw::<Object<'_>>(b"Kids") {
            Some(MaybeRef::NotRef(Object::Array(kids))) => self.kids += kids.raw_iter().count() as u64,
            Some(MaybeRef::Ref(_)) => self.lists_elsewhere += 1,
            _ => {}
        }
    }

    fn check(&self) -> Result<(), Problem> {
        let elsewhere = self.lists_elsewhere.saturating_mul(self.dicts);
        let pages = self.kids.saturating_add(self.contents).saturating_add(elsewhere);
        let limit = MAX_PAGES.min(MAX_PAGE_ENTRIES / self.largest.max(1));
        let told = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        if pages > limit { Err(Problem::TooManyPages { pages: told(pages), limit: told(limit) }) } else { Ok(()) }
    }
}
