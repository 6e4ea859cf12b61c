//! What the data of a picture say about their own size, read before the library decodes them.
//!
//! The library believes JPEG, JPEG 2000 and JBIG2 data whatever they claim. So their headers are compared with the dictionary
//! of the picture, and with what decoding them would take. What does not fit is not decoded here; another program may draw it.
//!
//! What cannot be seen: the sizes of the symbols of a JBIG2 dictionary, which are coded among their pixels. An arithmetic coder
//! gives them pixel by pixel, so the limit on time bounds them; Huffman-coded ones, of which a bit may be a row, are left alone.

use hayro_syntax::Filter;
use hayro_syntax::object::Dict;

/// What the dictionary of a picture says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) width: u64,
    pub(super) height: u64,
    /// The most pixels of any picture.
    pub(super) pixels: u64,
}

impl Frame {
    /// A coder may round up to its blocks.
    fn holds(self, width: u64, height: u64) -> bool {
        let area = width.saturating_mul(height);
        area <= self.pixels && area <= self.width.saturating_mul(self.height).saturating_mul(9) / 8 + 65_536
    }
}

/// Whether decoding costs what the dictionary says. `shared` are the common segments of JBIG2 pictures.
pub(super) fn is_honest(codec: Filter, data: &[u8], params: &Dict<'_>, shared: &[u8], frame: Frame) -> bool {
    match codec {
        Filter::DctDecode => jpeg(data, frame).is_some(),
        Filter::JpxDecode => jpeg_2000(data, frame).is_some(),
        Filter::Jbig2Decode => jbig2(data, shared, frame).is_some(),
        Filter::CcittFaxDecode => {
            let columns = params.get::<i64>(b"Columns").unwrap_or(1728);
            u64::try_from(columns).is_ok_and(|columns| columns > 0 && frame.holds(columns, frame.height))
        }
        _ => false,
    }
}

fn be16(data: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u16::from_be_bytes(*data.get(at..)?.first_chunk()?)))
}

fn be32(data: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u32::from_be_bytes(*data.get(at..)?.first_chunk()?)))
}

fn is_frame(marker: u8) -> bool {
    (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

/// Exactly one frame header (ITU-T T.81, B.2.2), before the first scan, and it fits.
fn jpeg(data: &[u8], frame: Frame) -> Option<()> {
    let mut at = data.starts_with(&[0xFF, 0xD8]).then_some(2)?;
    let mut n_frames = 0;
    loop {
        at += memchr::memchr(0xFF, data.get(at..)?)?;
        match *data.get(at + 1)? {
            // A filler before the marker itself.
            0xFF => at += 1,
            // What stands alone has no place here, and decoders differ in what they make of it.
            0x00 | 0x01 | 0xD0..=0xD9 => return None,
            0xDA => break,
            marker => {
                if is_frame(marker) {
                    n_frames += 1;
                    let (height, width) = (be16(data, at + 5)?, be16(data, at + 7)?);
                    if !frame.holds(width, height) || *data.get(at + 9)? > 4 {
                        return None;
                    }
                }
                at += 2 + length(data, at)?;
            }
        }
    }
    let scans = &data[at..];
    let mut markers = memchr::memchr_iter(0xFF, scans).filter_map(|at| scans.get(at + 1)).take_while(|marker| **marker != 0xD9);
    (n_frames == 1 && !markers.any(|marker| is_frame(*marker))).then_some(())
}

/// The library takes some thirty bytes for every sample of every component.
const MAX_JPX_SAMPLES: u64 = 12_000_000;
const MAX_JPX_TILES: u64 = 512;

/// Every code stream (ITU-T T.800, Annex A) in the data, whatever box it is in.
fn jpeg_2000(data: &[u8], frame: Frame) -> Option<()> {
    let mut n_streams = 0;
    for at in memchr::memmem::find_iter(data, b"\xFF\x4F\xFF\x51") {
        n_streams += 1;
        code_stream(&data[at + 2..], frame)?;
    }
    (n_streams > 0).then_some(())
}

fn code_stream(data: &[u8], frame: Frame) -> Option<()> {
    let [x1, y1, x0, y0, tile_width, tile_height] = [6, 10, 14, 18, 22, 26].map(|at| be32(data, at));
    let (width, height) = (x1?.checked_sub(x0?)?, y1?.checked_sub(y0?)?);
    let n_components = be16(data, 38)?;
    let n_tiles = (width.div_ceil(tile_width?.max(1)) + 1) * (height.div_ceil(tile_height?.max(1)) + 1);
    let samples = width.checked_mul(height)?.checked_mul(n_components)?;
    if !frame.holds(width, height) || n_components > 4 || samples > MAX_JPX_SAMPLES || n_tiles > MAX_JPX_TILES + 3 {
        return None;
    }
    let mut at = 0;
    // The main header ends with the first part of a tile.
    while be16(data, at)? != 0xFF90 {
        is_plain_coding(data, at)?;
        at += 2 + length(data, at)?;
    }
    while be16(data, at) == Some(0xFF90) {
        let start = at;
        let part = usize::try_from(be32(data, at + 6)?).ok()?;
        at += 2 + length(data, at)?;
        while be16(data, at)? != 0xFF93 {
            is_plain_coding(data, at)?;
            at += 2 + length(data, at)?;
        }
        // Zero stands for all the rest.
        at = if part == 0 { data.len() } else { start + part.max(14) };
    }
    Some(())
}

fn length(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(be16(data, at + 2)?).ok().filter(|length| *length >= 2)
}

/// Coding styles whose blocks are of the usual sizes; the library keeps some hundred bytes for each block.
fn is_plain_coding(data: &[u8], at: usize) -> Option<()> {
    let style = match be16(data, at)? {
        // For all components.
        0xFF52 => at + 9,
        // For one component, which has one byte where there are so few.
        0xFF53 => at + 6,
        _ => return Some(()),
    };
    let has_precincts = data.get(if style == at + 9 { at + 4 } else { at + 5 })? & 1 == 1;
    let levels = usize::from(*data.get(style)?);
    let block_bits = data.get(style + 1)?.checked_add(*data.get(style + 2)?)?.checked_add(4)?;
    let mut precincts = data.get(style + 5..)?.iter().take(levels + 1);
    let small = |sizes: &u8| sizes & 15 < 5 || sizes >> 4 < 5;
    (levels <= 10 && block_bits >= 8 && !(has_precincts && precincts.any(small))).then_some(())
}

/// Segments of a JBIG2 picture (ITU-T T.88, 7.2 and 7.4) and of what it shares with others.
fn jbig2(data: &[u8], shared: &[u8], frame: Frame) -> Option<()> {
    let mut cost = Jbig2 { frame, area: 0, n_dictionaries: 0, unknown_height: None };
    cost.segments(shared)?;
    cost.segments(data)
}

struct Jbig2 {
    frame: Frame,
    /// Pixels of all regions, and what takes as much as they.
    area: u64,
    n_dictionaries: u32,
    /// The width of a page that is as high as its stripes say.
    unknown_height: Option<u64>,
}

impl Jbig2 {
    fn segments(&mut self, data: &[u8]) -> Option<()> {
        let mut at = 0;
        while at < data.len() {
            // What is left may be an end that was cut off: the library stops there, too.
            let Some((kind, start, length)) = segment(data, at) else { return Some(()) };
            let body = &data[start..data.len().min(start + length)];
            self.segment(kind, body)?;
            at = start + length;
        }
        Some(())
    }

    fn segment(&mut self, kind: u8, body: &[u8]) -> Option<()> {
        const MAX_DICTIONARIES: u32 = 4;
        let region = || Some((be32(body, 0)?, be32(body, 4)?));
        let (width, height) = match kind {
            // Symbols: their sizes are not told.
            0 => {
                self.n_dictionaries += 1;
                let is_huffman = be16(body, 0)? & 1 == 1;
                return (!is_huffman && self.n_dictionaries <= MAX_DICTIONARIES).then_some(());
            }
            6 | 7 | 38 | 39 | 42 | 43 => region()?,
            // Patterns, all of them in one row; the library widens them to words.
            16 => (be32(body, 3)?.checked_add(1)?.checked_mul(2048)?, u64::from(*body.get(2)?)),
            22 | 23 => {
                let (width, height) = region()?;
                self.add(width, height)?;
                // Every cell of the grid is a number.
                (be32(body, 18)?.checked_mul(64)?, be32(body, 22)?)
            }
            48 => {
                let (width, height) = region()?;
                if height == u64::from(u32::MAX) {
                    self.unknown_height = Some(width);
                    return Some(());
                }
                if !self.frame.holds(width, height) {
                    return None;
                }
                (width, height)
            }
            50 => match self.unknown_height {
                Some(width) => {
                    let height = be32(body, 0)?.checked_add(1)?;
                    return self.frame.holds(width, height).then_some(());
                }
                None => return Some(()),
            },
            49 | 51 | 52 | 62 => return Some(()),
            // Parts that are kept for later, tables, colours: no scanner writes them.
            _ => return None,
        };
        self.add(width, height)
    }

    fn add(&mut self, width: u64, height: u64) -> Option<()> {
        self.area = self.area.checked_add(width.checked_mul(height)?)?;
        (self.area <= self.frame.pixels.saturating_mul(8)).then_some(())
    }
}

/// Type of a segment, and where its data start and how long they are.
fn segment(data: &[u8], at: usize) -> Option<(u8, usize, usize)> {
    let number = be32(data, at)?;
    let flags = *data.get(at + 4)?;
    let count = *data.get(at + 5)?;
    let (n_referred, counted) = match count >> 5 {
        7 => {
            let n = usize::try_from(be32(data, at + 5)? & 0x1FFF_FFFF).ok()?;
            (n, 4 + (n + 1).div_ceil(8))
        }
        n => (usize::from(n), 1),
    };
    let reference = match number {
        0..=256 => 1,
        257..=65_536 => 2,
        _ => 4,
    };
    let page = if flags & 0x40 == 0 { 1 } else { 4 };
    let end = at + 5 + counted + n_referred.checked_mul(reference)? + page;
    let length = be32(data, end)?;
    // Of unknown length: it is searched for its end, which no scanner asks for.
    let kind = if length == u64::from(u32::MAX) { u8::MAX } else { flags & 0x3F };
    let length = if kind == u8::MAX { 0 } else { usize::try_from(length).ok()? };
    (end + 4 <= data.len()).then_some((kind, end + 4, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 100, height: 100, pixels: 60_000_000 };

    #[test]
    fn jpegs_that_lie_are_found() {
        let head = |marker: u8, height: [u8; 2]| [0xFF, marker, 0, 11, 8, height[0], height[1], 0, 100, 1, 1, 0x11, 0];
        let start = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0xFF, 0xC0];
        let scan = [0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0, 0xFF, 0xD9, 0xFF, 0xC0];
        let honest = [&start[..], &head(0xC0, [0, 100]), &scan].concat();
        assert!(jpeg(&honest, FRAME).is_some());
        assert!(jpeg(&[&start[..], &head(0xC2, [0xFF, 0xFF]), &scan].concat(), FRAME).is_none());
        assert!(jpeg(&[&start[..], &head(0xC0, [0, 100]), &head(0xC1, [0, 100]), &scan].concat(), FRAME).is_none());
        assert!(jpeg(&[&start[..], &head(0xC0, [0, 100]), &scan[..6], &head(0xC2, [0, 100])].concat(), FRAME).is_none());
        assert!(jpeg(&[&start[..], &scan].concat(), FRAME).is_none());
    }

    #[test]
    fn jbig2_that_lies_is_found() {
        let segment = |kind: u8, body: &[u8]| {
            let length = u32::try_from(body.len()).unwrap().to_be_bytes();
            [&[0, 0, 0, 1, kind, 0, 1][..], &length, body].concat()
        };
        let page = |width: u32, height: u32| segment(48, &[width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[0; 11]].concat());
        assert!(jbig2(&page(100, 100), &[], FRAME).is_some());
        assert!(jbig2(&page(65_535, 65_535), &[], FRAME).is_none());
        assert!(jbig2(&page(100, 100), &segment(0, &[0, 1, 0, 0]), FRAME).is_none());
        let region = segment(38, &[[0, 0, 0xFF, 0xFF].as_slice(), &[0, 0, 0xFF, 0xFF], &[0; 10]].concat());
        assert!(jbig2(&[page(100, 100), region].concat(), &[], FRAME).is_none());
        let patterns = segment(16, &[0, 8, 8, 0x7F, 0xFF, 0xFF, 0xFF]);
        assert!(jbig2(&[page(100, 100), patterns].concat(), &[], FRAME).is_none());
    }
}
