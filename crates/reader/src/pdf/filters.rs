//! Undoing the filters of PDF streams, each of them within a bound, in any order (ISO 32000-1, 7.4).
//!
//! The library has the same decoders without bounds: a kilobyte may become a gigabyte in one of them, and chains multiply.
//! Not for the codecs of pictures (see [`super::codecs`]).
//!
//! `68656c6c6f>` with `[/ASCIIHexDecode]` is `hello`.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use weezl::{BitOrder, LzwStatus};

/// One filter with its parameters.
pub(super) struct Step<'a> {
    pub(super) filter: Filter,
    pub(super) params: Dict<'a>,
}

/// The filters of a stream in the order of their undoing; `None` when one of them is unknown, or there are absurdly many.
pub(super) fn steps<'a>(stream: &Stream<'a>) -> Option<Vec<Step<'a>>> {
    const MAX_FILTERS: usize = 8;
    let dict = stream.dict();
    let filters = stream.filters();
    let get = |short: &[u8], long: &[u8]| dict.get::<Object<'a>>(short).or_else(|| dict.get::<Object<'a>>(long));
    let n_named = match get(b"F", b"Filter") {
        Some(Object::Name(_)) => 1,
        Some(Object::Array(names)) => names.raw_iter().take(MAX_FILTERS + 1).count(),
        // The data are in another file.
        Some(Object::String(_) | Object::Dict(_)) => return None,
        _ => 0,
    };
    if n_named != filters.len() || n_named > MAX_FILTERS {
        return None;
    }
    let params: Vec<Dict<'a>> = match get(b"DP", b"DecodeParms") {
        Some(Object::Dict(params)) => vec![params],
        Some(Object::Array(list)) => params_of(&list),
        _ => vec![],
    };
    let mut params = params.into_iter();
    Some(filters.into_iter().map(|filter| Step { filter, params: params.next().unwrap_or_default() }).collect())
}

fn params_of<'a>(list: &Array<'a>) -> Vec<Dict<'a>> {
    list.iter::<Object<'a>>().map(|params| params.into_dict().unwrap_or_default()).collect()
}

pub(super) fn is_codec(filter: Filter) -> bool {
    matches!(filter, Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode)
}

/// The most was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch;

/// Undoes one filter; what is broken ends where it breaks. `most` is in bytes, before a predictor shortens them.
pub(super) fn undo(data: &[u8], step: &Step<'_>, most: u64) -> Result<Vec<u8>, TooMuch> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    match step.filter {
        Filter::AsciiHexDecode => hex(data, most),
        Filter::Ascii85Decode => base85(data, most),
        Filter::RunLengthDecode => run_length(data, most),
        Filter::LzwDecode => lzw(data, &step.params, most).map(|bytes| unpredicted(bytes, &step.params)),
        Filter::FlateDecode => {
            let inflated = inflate(data, most);
            if inflated.end == End::TooMuch { Err(TooMuch) } else { Ok(unpredicted(inflated.bytes, &step.params)) }
        }
        // What an empty password protects was decrypted already.
        Filter::Crypt => Ok(data.to_vec()),
        Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode => Ok(vec![]),
    }
}

fn within(bytes: Vec<u8>, most: usize) -> Result<Vec<u8>, TooMuch> {
    if bytes.len() > most { Err(TooMuch) } else { Ok(bytes) }
}

fn hex(data: &[u8], most: usize) -> Result<Vec<u8>, TooMuch> {
    let mut out = Vec::with_capacity(data.len() / 2 + 1);
    let mut high = None;
    for byte in data.iter().take_while(|b| **b != b'>') {
        let Some(digit) = char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok()) else {
            if byte.is_ascii_whitespace() || *byte == 0 {
                continue;
            }
            break;
        };
        match high.take() {
            Some(high) => out.push(high << 4 | digit),
            None => high = Some(digit),
        }
    }
    out.extend(high.map(|high: u8| high << 4));
    within(out, most)
}

fn base85(data: &[u8], most: usize) -> Result<Vec<u8>, TooMuch> {
    let mut out = Vec::with_capacity((data.len() / 5 * 4 + 4).min(most));
    let mut group = [0; 5];
    let mut len = 0;
    for byte in data {
        match byte {
            b'!'..=b'u' => {
                group[len] = byte - b'!';
                len += 1;
                if len == 5 {
                    out.extend_from_slice(&four(group));
                    len = 0;
                }
            }
            b'z' if len == 0 => out.extend_from_slice(&[0; 4]),
            byte if byte.is_ascii_whitespace() || *byte == 0 => {}
            _ => break,
        }
        if out.len() > most {
            return Err(TooMuch);
        }
    }
    if len > 1 {
        group[len..].fill(84);
        out.extend_from_slice(&four(group)[..len - 1]);
    }
    within(out, most)
}

fn four(group: [u8; 5]) -> [u8; 4] {
    group.iter().fold(0u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit))).to_be_bytes()
}

fn run_length(data: &[u8], most: usize) -> Result<Vec<u8>, TooMuch> {
    let mut out = Vec::new();
    let mut rest = data;
    while let [length, after @ ..] = rest {
        let length = usize::from(*length);
        match (length, after) {
            (0..=127, after) => {
                let Some((literal, after)) = after.split_at_checked(length + 1) else { break };
                out.extend_from_slice(literal);
                rest = after;
            }
            (129.., [byte, after @ ..]) => {
                out.resize(out.len() + 257 - length, *byte);
                rest = after;
            }
            _ => break,
        }
        if out.len() > most {
            return Err(TooMuch);
        }
    }
    Ok(out)
}

const CHUNK: usize = 64 << 10;

fn lzw(data: &[u8], params: &Dict<'_>, most: usize) -> Result<Vec<u8>, TooMuch> {
    let early = params.get::<i32>(b"EarlyChange").unwrap_or(1) != 0;
    let mut decoder = match early {
        true => weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8),
        false => weezl::decode::Decoder::new(BitOrder::Msb, 8),
    };
    let mut out = Vec::new();
    let mut chunk = vec![0; CHUNK];
    let mut rest = data;
    loop {
        let step = decoder.decode_bytes(rest, &mut chunk);
        rest = rest.get(step.consumed_in..).unwrap_or_default();
        out.extend_from_slice(&chunk[..step.consumed_out]);
        if out.len() > most {
            return Err(TooMuch);
        }
        let stands = step.consumed_in == 0 && step.consumed_out == 0;
        if stands || !matches!(step.status, Ok(LzwStatus::Ok)) {
            return Ok(out);
        }
    }
}

/// How an unpacking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With its last block, or where the data end.
    Whole,
    /// At a code that does not exist; so many bytes stand behind it.
    Broken {
        left: usize,
    },
    TooMuch,
}

pub(super) struct Inflated {
    pub(super) bytes: Vec<u8>,
    pub(super) end: End,
}

/// Deflate with or without its header of two bytes, as the library tells them apart; the check sum at the end is not asked for.
pub(super) fn inflate(data: &[u8], most: usize) -> Inflated {
    let packed = match data {
        [method, flags, packed @ ..]
            if method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31) && flags & 0x20 == 0 =>
        {
            packed
        }
        _ => data,
    };
    let mut bytes = Vec::with_capacity(packed.len().saturating_mul(4).min(1 << 20));
    let mut inflater = Decompress::new(false);
    let mut chunk = vec![0; CHUNK];
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let rest = packed.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default();
        let status = inflater.decompress(rest, &mut chunk, FlushDecompress::None);
        let fresh = usize::try_from(inflater.total_out() - written).unwrap_or(0);
        bytes.extend_from_slice(chunk.get(..fresh).unwrap_or_default());
        if bytes.len() > most {
            return Inflated { bytes, end: End::TooMuch };
        }
        let stands = fresh == 0 && inflater.total_in() == read;
        match status {
            Ok(Status::StreamEnd) => return Inflated { bytes, end: End::Whole },
            Ok(Status::Ok | Status::BufError) if !stands => {}
            Ok(_) => return Inflated { bytes, end: End::Whole },
            Err(_) => return Inflated { bytes, end: End::Broken { left: rest.len() } },
        }
    }
}

/// The parameters of a predictor that can be undone.
struct Predictor {
    png: bool,
    colors: usize,
    bits: usize,
    /// Bytes of a row, without its tag.
    row: usize,
}

impl Predictor {
    fn of(params: &Dict<'_>) -> Option<Predictor> {
        const MAX_COLUMNS: usize = 1 << 20;
        let number = |key: &[u8], default| params.get::<i32>(key).map_or(Some(default), |n| usize::try_from(n).ok());
        let kind = number(b"Predictor", 1)?;
        let (colors, bits, columns) = (number(b"Colors", 1)?, number(b"BitsPerComponent", 8)?, number(b"Columns", 1)?);
        let is_sane = matches!(bits, 1 | 2 | 4 | 8 | 16) && (1..=32).contains(&colors) && (1..=MAX_COLUMNS).contains(&columns);
        let row = (columns * colors * bits).div_ceil(8);
        (is_sane && (kind == 2 || kind >= 10)).then_some(Predictor { png: kind >= 10, colors, bits, row })
    }
}

/// Undoes a predictor in place (ISO 32000-1, 7.4.4.4); an unfinished last row is left out.
pub(super) fn unpredicted(mut data: Vec<u8>, params: &Dict<'_>) -> Vec<u8> {
    let Some(predictor) = Predictor::of(params) else { return data };
    if !predictor.png {
        for row in data.chunks_exact_mut(predictor.row) {
            add_left(row, &predictor);
        }
        return data;
    }
    let distance = (predictor.colors * predictor.bits).div_ceil(8);
    let (row, tagged) = (predictor.row, predictor.row + 1);
    let n_rows = data.len() / tagged;
    for place in 0..n_rows {
        let tag = data[place * tagged];
        data.copy_within(place * tagged + 1..(place + 1) * tagged, place * row);
        let (done, rest) = data.split_at_mut(place * row);
        let above = done.len().checked_sub(row).map_or(&[][..], |start| &done[start..]);
        unfilter(tag, distance, above, &mut rest[..row]);
    }
    data.truncate(n_rows * row);
    data
}

/// The filters of PNG (its specification, 9.2). `above` is empty for the first row.
fn unfilter(tag: u8, distance: usize, above: &[u8], row: &mut [u8]) {
    let up = |place: usize| above.get(place).copied().unwrap_or(0);
    for place in 0..row.len() {
        let left = place.checked_sub(distance).map_or(0, |p| row[p]);
        let corner = place.checked_sub(distance).map_or(0, up);
        let predicted = match tag {
            1 => left,
            2 => up(place),
            3 => left.midpoint(up(place)),
            4 => paeth(left, up(place), corner),
            _ => return,
        };
        row[place] = row[place].wrapping_add(predicted);
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let estimate = a + b - c;
    let [to_left, to_up, to_corner] = [a, b, c].map(|n| (estimate - n).abs());
    if to_left <= to_up && to_left <= to_corner {
        left
    } else if to_up <= to_corner {
        up
    } else {
        corner
    }
}

/// The predictor of TIFF: every sample is the difference from the one before it of the same colour.
fn add_left(row: &mut [u8], predictor: &Predictor) {
    let Predictor { colors, bits, .. } = *predictor;
    match bits {
        8 => {
            for place in colors..row.len() {
                row[place] = row[place].wrapping_add(row[place - colors]);
            }
        }
        16 => {
            for place in (colors * 2..row.len().saturating_sub(1)).step_by(2) {
                let value = |at: usize| u16::from_be_bytes([row[at], row[at + 1]]);
                let sum = value(place).wrapping_add(value(place - colors * 2)).to_be_bytes();
                row[place..place + 2].copy_from_slice(&sum);
            }
        }
        _ => {
            let mask = (1u8 << bits) - 1;
            for place in colors..row.len() * 8 / bits {
                let shift = |at: usize| 8 - bits - at * bits % 8;
                let before = row[(place - colors) * bits / 8] >> shift(place - colors) & mask;
                let cell = &mut row[place * bits / 8];
                let sum = (*cell >> shift(place) & mask).wrapping_add(before) & mask;
                *cell = *cell & !(mask << shift(place)) | sum << shift(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use hayro_syntax::object::FromBytes;

    use super::*;

    fn undone(filter: Filter, params: &'static str, data: &[u8], most: u64) -> Result<Vec<u8>, TooMuch> {
        undo(data, &Step { filter, params: Dict::from_bytes(params.as_bytes()).unwrap() }, most)
    }

    #[test]
    fn filters_are_undone_within_their_bound() {
        let cases: [(Filter, &[u8], &[u8]); 7] = [
            (Filter::AsciiHexDecode, b"68 65 6c6C 6f>junk", b"hello"),
            (Filter::AsciiHexDecode, b"686", b"h`"),
            (Filter::Ascii85Decode, b"87cUR\nDZ~>", b"Hello"),
            (Filter::Ascii85Decode, b"zz~>", &[0; 8]),
            (Filter::RunLengthDecode, &[1, b'h', b'e', 255, b'l', 0, b'o', 128, 9], b"hello"),
            (Filter::LzwDecode, &[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], b"-----A---B"),
            (Filter::FlateDecode, &[0x78, 0x9c, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], b"hello"),
        ];
        for (filter, data, expected) in cases {
            assert_eq!(undone(filter, "<<>>", data, 100).as_deref(), Ok(expected), "{filter:?}");
            assert_eq!(undone(filter, "<<>>", data, 1), Err(TooMuch), "{filter:?}");
        }
    }

    #[test]
    fn predictors_are_undone() {
        let png = [1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1, 0, 9, 9, 9];
        let rows = [1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5, 9, 9, 9];
        assert_eq!(unpredicted(png.to_vec(), &Dict::from_bytes(b"<</Predictor 15/Columns 3>>").unwrap()), rows);
        let tiff = Dict::from_bytes(b"<</Predictor 2/Columns 2/Colors 2>>").unwrap();
        assert_eq!(unpredicted(vec![1, 2, 3, 4, 5, 6, 7, 8], &tiff), [1, 2, 4, 6, 5, 6, 12, 14]);
        let bits = Dict::from_bytes(b"<</Predictor 2/Columns 8/BitsPerComponent 1>>").unwrap();
        assert_eq!(unpredicted(vec![0b1000_1000], &bits), [0b1111_0000]);
        let words = Dict::from_bytes(b"<</Predictor 2/Columns 2/BitsPerComponent 16>>").unwrap();
        assert_eq!(unpredicted(vec![0, 255, 0, 1], &words), [0, 255, 1, 0]);
        let absurd = Dict::from_bytes(b"<</Predictor 12/Columns 2000000000>>").unwrap();
        assert_eq!(unpredicted(vec![7], &absurd), [7]);
    }

    #[test]
    fn a_broken_end_is_told_from_a_missing_one() {
        let whole = [0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
        assert_eq!(inflate(&whole, 100).end, End::Whole);
        assert_eq!(inflate(&whole[..4], 100).end, End::Whole);
        // A block of the fourth kind, which there is not, and three bytes behind it.
        assert!(matches!(inflate(&[0x07, 1, 2, 3], 100).end, End::Broken { left: 3.. }));
    }
}
