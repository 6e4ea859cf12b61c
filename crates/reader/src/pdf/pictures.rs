//! Which pages are only pictures, and their picture in grey or as JPEG for recognition.
//!
//! A page counts as a picture when pictures cover it and its text layer is missing, made of unknown glyphs,
//! or the work of a recogniser that knew no Vietnamese.

use std::borrow::Cow;

use hayro_syntax::Filter;
use hayro_syntax::object::stream::{ImageColorSpace, ImageData, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

use super::codecs;
use super::content::{Content, Frame, Matrix, Placed};
use super::filters::{self, End, Step};
use crate::Limits;
use crate::limits::Budget;
use crate::lines::Line;
use crate::ocr::{Image, Source};

/// How much is kept of the pictures of a file until they are recognised.
pub(super) struct Room {
    bytes: usize,
    pictures: usize,
    text_bytes: usize,
}

impl Room {
    pub(super) fn new(limits: &Limits) -> Room {
        const KEPT_BYTES: usize = 96 << 20;
        Room { bytes: KEPT_BYTES, pictures: limits.ocr_pages, text_bytes: limits.text_bytes }
    }

    /// The text layer of a picture, which stands in for what is recognised.
    pub(super) fn keep_lines(&mut self, lines: Vec<Line>) -> Vec<Line> {
        let bytes: usize = lines.iter().map(|line| line.text.len() + size_of::<Line>()).sum();
        match self.text_bytes.checked_sub(bytes) {
            Some(left) => {
                self.text_bytes = left;
                lines
            }
            None => vec![],
        }
    }

    /// One picture that can be kept; the others are drawn when it is their turn.
    fn keep(&mut self, image: impl FnOnce() -> Option<Image>) -> Source {
        let is_wanted = self.pictures > 0 && self.bytes > 0;
        self.pictures = self.pictures.saturating_sub(1);
        match is_wanted.then(image).flatten().filter(|image| image.bytes.len() <= self.bytes) {
            Some(image) => {
                self.bytes -= image.bytes.len();
                Source::Image(image)
            }
            None => Source::Drawing,
        }
    }
}

/// The picture of a page whose text layer is missing or useless.
pub(super) fn of_page(content: &Content<'_>, frame: Frame, lines: &[Line], room: &mut Room, budget: &Budget) -> Option<Source> {
    let page_area = (frame.width * frame.height).max(1.0);
    let covered = content.images.iter().map(Placed::area).sum::<f32>() / page_area;
    let n_letters = lines.iter().flat_map(|l| l.text.chars()).filter(|c| c.is_alphabetic()).count();
    let unreadable = content.n_unknown > 20 && content.n_unknown * 3 > content.glyphs.len();
    let empty = n_letters < 40 && covered >= 0.3;
    let garbled = covered >= 0.6 && n_letters >= 100 && is_foreign(lines);
    if !(unreadable || empty || garbled) {
        return None;
    }
    let largest = content.images.iter().max_by(|a, b| a.area().total_cmp(&b.area()));
    let whole = largest.filter(|placed| !unreadable && placed.area() >= 0.85 * covered * page_area);
    // Tiles, strips and glyphs without characters have to be drawn.
    Some(room.keep(|| whole.and_then(|placed| image(placed, budget))))
}

/// What a scanner made of a whole page; a page of several pictures, or with something drawn besides, has to be drawn.
pub(super) fn whole_page(content: &Content<'_>, frame: Frame, room: &mut Room, budget: &Budget) -> Source {
    let page_area = (frame.width * frame.height).max(1.0);
    let whole = match content.images.as_slice() {
        [only] if only.area() >= 0.5 * page_area => Some(only),
        _ => None,
    };
    room.keep(|| whole.and_then(|placed| image(placed, budget)))
}

/// Vietnamese has a letter with a mark in almost every word; a recogniser for English leaves nearly none.
fn is_foreign(lines: &[Line]) -> bool {
    let letters = || lines.iter().flat_map(|l| l.text.chars()).filter(|c| c.is_alphabetic());
    letters().filter(|c| !c.is_ascii()).count() * 25 < letters().count()
}

fn image(placed: &Placed<'_>, budget: &Budget) -> Option<Image> {
    let stream = &placed.stream;
    let turn = turn(placed.matrix)?;
    if turn == Turn::None && matches!(stream.filters().as_slice(), [Filter::DctDecode]) {
        return Some(Image { bytes: stream.raw_data().into_owned(), extension: "jpg" });
    }
    let grey = turned(grey(stream, budget)?, turn);
    let mut bytes = format!("P5\n{} {}\n255\n", grey.width, grey.height).into_bytes();
    bytes.extend_from_slice(&grey.samples);
    Some(Image { bytes, extension: "pgm" })
}

/// Quarter turns clockwise that bring the picture upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

/// `None` for pictures that are mirrored or stand at an angle.
fn turn(m: Matrix) -> Option<Turn> {
    let size = m.iter().take(4).fold(0.0f32, |largest, v| largest.max(v.abs()));
    let sign = |v: f32| if v.abs() < 0.1 * size { 0 } else { v.signum() as i8 };
    match [m[0], m[1], m[2], m[3]].map(sign) {
        [1, 0, 0, -1] => Some(Turn::None),
        [0, 1, 1, 0] => Some(Turn::Quarter),
        [-1, 0, 0, 1] => Some(Turn::Half),
        [0, -1, -1, 0] => Some(Turn::ThreeQuarters),
        _ => None,
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Grey {
    width: usize,
    height: usize,
    samples: Vec<u8>,
}

fn turned(grey: Grey, turn: Turn) -> Grey {
    if turn == Turn::None {
        return grey;
    }
    let (w, h) = (grey.width, grey.height);
    let at = |x: usize, y: usize| grey.samples.get(y * w + x).copied().unwrap_or(255);
    let sample = |x: usize, y: usize| match turn {
        Turn::None => at(x, y),
        Turn::Quarter => at(y, h - 1 - x),
        Turn::Half => at(w - 1 - x, h - 1 - y),
        Turn::ThreeQuarters => at(w - 1 - y, x),
    };
    let (width, height) = if matches!(turn, Turn::Quarter | Turn::ThreeQuarters) { (h, w) } else { (w, h) };
    let samples = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| sample(x, y)).collect();
    Grey { width, height, samples }
}

fn grey(stream: &Stream<'_>, budget: &Budget) -> Option<Grey> {
    let dict = stream.dict();
    let number = |long: &[u8], short: &[u8]| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short));
    let (width, height) = (number(b"Width", b"W")?, number(b"Height", b"H")?);
    let is_mask = dict.get::<bool>(b"ImageMask").unwrap_or(false);
    let bits = if is_mask { 1 } else { number(b"BitsPerComponent", b"BPC").unwrap_or(8) };
    if u64::from(width) * u64::from(height) > budget.limits.pixels || width == 0 || height == 0 {
        return None;
    }
    let colors = Colors::of(dict, is_mask);
    let parameters = ImageDecodeParams {
        is_indexed: colors.palette.is_some(),
        bpc: u8::try_from(bits).ok(),
        num_components: u8::try_from(colors.components).ok(),
        target_dimension: None,
        width,
        height,
    };
    let decoded = decoded(stream, &parameters, budget)?;
    let (mut bits, mut components) = (bits, colors.components);
    if let Some(data) = &decoded.image_data {
        bits = u32::from(data.bits_per_component);
        components = match data.color_space {
            Some(ImageColorSpace::Gray) => 1,
            Some(ImageColorSpace::Rgb) => 3,
            Some(ImageColorSpace::Cmyk) => 4,
            Some(ImageColorSpace::Unknown(n)) => usize::from(n),
            None => components,
        };
    }
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let row_bytes = (width * components * usize::try_from(bits).ok()?).div_ceil(8);
    let mut samples = Vec::with_capacity(width * height);
    for row in 0..height {
        let Some(bytes) = decoded.data.get(row * row_bytes..(row + 1) * row_bytes) else { break };
        for x in 0..width {
            samples.push(colors.grey(|component| sample(bytes, x * components + component, bits), components, bits));
        }
    }
    samples.resize(width * height, 255);
    Some(Grey { width, height, samples })
}

/// More bytes than the samples of any page: grey of an A4 page at 600 dpi has 35 million, colours at 400 dpi 46 million.
const MAX_SAMPLE_BYTES: u64 = 96 << 20;
/// A table of colours has at most 256 of four bytes.
const MAX_PALETTE_BYTES: u64 = 64 << 10;

/// Samples of a picture, and what their codec said about them.
struct Decoded<'a> {
    data: Cow<'a, [u8]>,
    image_data: Option<ImageData>,
}

/// Decodes as many samples as the dictionary says there are, and nothing that gives more.
fn decoded<'a>(stream: &Stream<'a>, parameters: &ImageDecodeParams, budget: &Budget) -> Option<Decoded<'a>> {
    let steps = filters::steps(stream)?;
    let (width, height) = (u64::from(parameters.width), u64::from(parameters.height));
    let row_bits = width * u64::from(parameters.num_components?) * u64::from(parameters.bpc?);
    let sample_bytes = row_bits.div_ceil(8) * height;
    if sample_bytes > MAX_SAMPLE_BYTES {
        return None;
    }
    let Some((last, before)) = steps.split_last() else {
        return Some(Decoded { data: stream.raw_data(), image_data: None });
    };
    let raw = stream.raw_data();
    if filters::is_codec(last.filter) {
        let shared = match last.params.get::<Stream<'_>>(b"JBIG2Globals") {
            Some(globals) => agreed(globals.raw_data(), &filters::steps(&globals)?)?.into_owned(),
            None => vec![],
        };
        let frame = codecs::Frame { width, height, pixels: budget.limits.pixels };
        if !codecs::is_honest(last.filter, &agreed(raw, before)?, &last.params, &shared, frame) {
            return None;
        }
        let decoded = stream.decoded_image(parameters).ok()?;
        return Some(Decoded { data: decoded.data, image_data: decoded.image_data });
    }
    let mut data = raw;
    for step in before {
        budget.check_time().ok()?;
        data = filters::undo(&data, step, MAX_SAMPLE_BYTES).ok()?.into();
    }
    // Writers add some bytes at the end; predictors one before each row.
    let most = sample_bytes + height + sample_bytes / 8 + (64 << 10);
    Some(Decoded { data: filters::undo(&data, last, most).ok()?.into(), image_data: None })
}

/// Undoes filters that the library is going to undo once more; only those where it cannot come to more bytes.
fn agreed<'d>(raw: Cow<'d, [u8]>, steps: &[Step<'_>]) -> Option<Cow<'d, [u8]>> {
    let mut data = raw;
    for step in steps {
        data = match step.filter {
            Filter::AsciiHexDecode | Filter::Ascii85Decode => filters::undo(&data, step, MAX_SAMPLE_BYTES).ok()?.into(),
            Filter::FlateDecode if step.params.get::<i32>(b"Predictor").is_none_or(|p| p == 1) => {
                let inflated = filters::inflate(&data, usize::try_from(MAX_SAMPLE_BYTES).ok()?);
                (inflated.end == End::Whole).then_some(inflated.bytes)?.into()
            }
            _ => return None,
        };
    }
    Some(data)
}

/// One sample of a row, in its own scale.
fn sample(row: &[u8], place: usize, bits: u32) -> u8 {
    let byte = |at: usize| row.get(at).copied().unwrap_or(0);
    match bits {
        1 => byte(place / 8) >> (7 - place % 8) & 1,
        2 => byte(place / 4) >> (6 - place % 4 * 2) & 3,
        4 => byte(place / 2) >> (4 - place % 2 * 4) & 15,
        16 => byte(place * 2),
        _ => byte(place),
    }
}

/// How samples become grey.
struct Colors {
    components: usize,
    palette: Option<Vec<u8>>,
    inverted: bool,
}

impl Colors {
    fn of(dict: &Dict<'_>, is_mask: bool) -> Colors {
        let space = dict.get::<Object<'_>>(b"ColorSpace").or_else(|| dict.get::<Object<'_>>(b"CS"));
        let (components, palette) = match space {
            Some(Object::Name(name)) => (components_of(&name), None),
            Some(Object::Array(array)) => Colors::of_array(&array),
            _ => (1, None),
        };
        let first = dict.get::<Array<'_>>(b"Decode").and_then(|d| d.iter::<f32>().next());
        Colors { components: if is_mask { 1 } else { components }, palette, inverted: first == Some(1.0) }
    }

    fn of_array(array: &Array<'_>) -> (usize, Option<Vec<u8>>) {
        let mut parts = array.iter::<Object<'_>>();
        let Some(Object::Name(kind)) = parts.next() else { return (1, None) };
        match kind.as_str() {
            "ICCBased" => match parts.next() {
                Some(Object::Stream(profile)) => (profile.dict().get::<usize>(b"N").unwrap_or(3).clamp(1, 4), None),
                _ => (3, None),
            },
            "Indexed" | "I" => {
                let _base = parts.next();
                let n_colors = match parts.next() {
                    Some(Object::Number(last)) => usize::try_from(last.as_i64()).unwrap_or(255).min(255) + 1,
                    _ => 256,
                };
                let table: Vec<u8> = match parts.next() {
                    Some(Object::String(table)) => PdfString::as_bytes(&table).to_vec(),
                    Some(Object::Stream(table)) => table_of(&table).unwrap_or_default(),
                    _ => vec![],
                };
                let per_color = (table.len() / n_colors).max(1);
                (1, Some(table.chunks(per_color).map(|c| luma(c, 255)).collect()))
            }
            "CalRGB" | "Lab" => (3, None),
            "DeviceN" => (4, None),
            _ => (1, None),
        }
    }

    fn grey(&self, component: impl Fn(usize) -> u8, n_components: usize, bits: u32) -> u8 {
        let first = component(0);
        let grey = match (&self.palette, n_components) {
            (Some(palette), _) => palette.get(usize::from(first)).copied().unwrap_or(255),
            (None, 1) if bits == 1 => first.saturating_mul(255),
            (None, 1) if bits < 8 => first.saturating_mul(if bits == 2 { 85 } else { 17 }),
            (None, 1) => first,
            (None, 3) => luma(&[first, component(1), component(2)], 255),
            (None, n) => luma(&(0..n.min(4)).map(&component).collect::<Vec<u8>>(), 255),
        };
        if self.inverted { 255 - grey } else { grey }
    }
}

/// The bytes of a table of colours.
fn table_of(stream: &Stream<'_>) -> Option<Vec<u8>> {
    let mut data = stream.raw_data();
    for step in &filters::steps(stream)? {
        data = filters::undo(&data, step, MAX_PALETTE_BYTES).ok()?.into();
    }
    (data.len() as u64 <= MAX_PALETTE_BYTES).then(|| data.into_owned())
}

fn components_of(name: &Name<'_>) -> usize {
    match name.as_str() {
        "DeviceRGB" | "RGB" | "CalRGB" => 3,
        "DeviceCMYK" | "CMYK" => 4,
        _ => 1,
    }
}

/// Brightness of one colour: grey, red-green-blue, or inks.
fn luma(color: &[u8], white: u32) -> u8 {
    let weighted = |r: u8, g: u8, b: u8| (u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000;
    let value = match *color {
        [grey] => u32::from(grey),
        [r, g, b] => weighted(r, g, b),
        [c, m, y, k] => white.saturating_sub(weighted(c, m, y) + u32::from(k)),
        _ => white,
    };
    u8::try_from(value.min(255)).unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_turned_upright() {
        let grey = || Grey { width: 3, height: 2, samples: vec![1, 2, 3, 4, 5, 6] };
        assert_eq!(turned(grey(), Turn::Quarter), Grey { width: 2, height: 3, samples: vec![4, 1, 5, 2, 6, 3] });
        assert_eq!(turned(grey(), Turn::Half).samples, [6, 5, 4, 3, 2, 1]);
        assert_eq!(turned(grey(), Turn::ThreeQuarters).samples, [3, 6, 2, 5, 1, 4]);
        assert_eq!(turn([100.0, 0.0, 0.0, -140.0, 0.0, 0.0]), Some(Turn::None));
    }
}
