//! Unpacking of PDF streams under the limits.
//!
//! Deflate is done here, because only so can it be stopped; rarer filters expand little and are left to the library.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Stream};

use crate::Problem;
use crate::limits::Budget;

/// The unpacked bytes of a stream that is no picture; empty where it is broken.
pub(super) fn unpacked(stream: &Stream<'_>, budget: &mut Budget) -> Result<Vec<u8>, Problem> {
    let filters = stream.filters();
    let raw = stream.raw_data();
    let plain_deflate = matches!(filters.as_slice(), [Filter::FlateDecode]) && !has_predictor(stream.dict());
    let bytes = if filters.is_empty() {
        raw.into_owned()
    } else if plain_deflate {
        inflated(&raw, budget)?
    } else {
        if filters.contains(&Filter::FlateDecode) {
            // Unpacked once for its size, then by the library, which knows predictors and chains.
            inflated_size(&raw, budget)?;
        }
        // The other filters give at most some hundred bytes for one.
        let allowance = budget.allowance(raw.len() as u64);
        if raw.len() as u64 > allowance {
            return Err(too_much(allowance));
        }
        stream.decoded_data().map(|d| d.into_owned()).unwrap_or_default()
    };
    budget.spend(bytes.len() as u64);
    Ok(bytes)
}

fn has_predictor(dict: &Dict<'_>) -> bool {
    let parameters = dict.get::<Dict<'_>>(b"DecodeParms").or_else(|| dict.get::<Dict<'_>>(b"DP"));
    parameters.and_then(|p| p.get::<i32>(b"Predictor")).is_some_and(|p| p > 1)
}

fn inflated(raw: &[u8], budget: &Budget) -> Result<Vec<u8>, Problem> {
    let allowance = budget.allowance(raw.len() as u64);
    let mut out = Vec::with_capacity(raw.len().saturating_mul(4).min(1 << 20));
    // A broken end still leaves what came before it.
    let _ = ZlibDecoder::new(raw).take(allowance + 1).read_to_end(&mut out);
    if out.is_empty() {
        // Some writers leave the two bytes of the header out.
        let _ = DeflateDecoder::new(raw).take(allowance + 1).read_to_end(&mut out);
    }
    if out.len() as u64 > allowance { Err(too_much(allowance)) } else { Ok(out) }
}

fn inflated_size(raw: &[u8], budget: &Budget) -> Result<u64, Problem> {
    let allowance = budget.allowance(raw.len() as u64);
    let mut decoder = ZlibDecoder::new(raw).take(allowance + 1);
    let mut buffer = [0; 16 << 10];
    let mut size = 0;
    while let Ok(n @ 1..) = decoder.read(&mut buffer) {
        size += n as u64;
    }
    if size > allowance { Err(too_much(allowance)) } else { Ok(size) }
}

fn too_much(limit_bytes: u64) -> Problem {
    Problem::TooMuchUnpacked { part: "stream".to_owned(), limit_bytes }
}

/// Looks at every cross-reference and object stream of the file and counts what they unpack to.
///
/// The library reads them on opening, so a bomb among them has to be found before that.
pub(super) fn check_object_streams(bytes: &[u8], budget: &mut Budget) -> Result<(), Problem> {
    const KEYWORD: &[u8] = b"stream";
    const HEADER_BYTES: usize = 600;
    let mut total = 0u64;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, KEYWORD)) {
        budget.tick()?;
        let start = at + found;
        at = start + KEYWORD.len();
        if bytes[..start].ends_with(b"end") {
            continue;
        }
        let header = &bytes[start.saturating_sub(HEADER_BYTES)..start];
        let header = &header[header.windows(3).rposition(|w| w == b"obj").unwrap_or(0)..];
        let names = |name: &[u8]| header.windows(name.len()).any(|w| w == name);
        if !(names(b"ObjStm") || names(b"XRef")) {
            continue;
        }
        let body = bytes[at..].trim_ascii_start();
        total += inflated_size(body, budget)?;
        if total > budget.allowance(bytes.len() as u64) {
            return Err(Problem::TooMuchUnpacked { part: "objects".to_owned(), limit_bytes: budget.limits.unpacked_bytes });
        }
    }
    Ok(())
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = 0;
    while let Some(found) = haystack.get(at..)?.iter().position(|b| *b == first) {
        at += found;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}
