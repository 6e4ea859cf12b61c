//! Codes in a picture: a PNG or JPEG is decoded in memory, made grey and of a handy size, and searched.
//!
//! Anybody sends pictures, so nothing is decoded before its size is known to be small enough: a file of some kilobytes can
//! unfold to gigabytes. What a code says is text like any other, never more.

mod corners;

use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

/// Largest file, in bytes: a photograph of a telephone has two to six million.
pub const MAX_BYTES: usize = 8 << 20;
/// Most points of a picture: telephones make twelve to sixteen million.
const MAX_PIXELS: u64 = 16_000_000;
/// Longest side.
const MAX_SIDE: u32 = 12_000;
/// Bytes that decoding may take.
const MAX_ALLOC: u64 = 100 << 20;
/// Longest sides at which codes are looked for, the likeliest first: a code that fills a photograph is found small, one in a
/// corner of it only large.
const SIDES: [u32; 3] = [1_200, 2_400, 600];
/// Most codes of one picture.
pub const MAX_CODES: usize = 8;
/// Most corners of codes: each is held against every other one, so a wall of them would keep a core for hours; measured, 100
/// take half a second and 900 a quarter of a minute. Eight codes have twenty-four.
const MAX_CORNERS: usize = 100;
/// Longest text of one code, in bytes: a code of the largest version holds 7,089 digits.
const MAX_TEXT: usize = 8_000;

/// Why nothing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    #[error("the file is too large")]
    TooLarge,
    #[error("the picture has too many points")]
    TooManyPixels,
    #[error("neither PNG nor JPEG")]
    NoPicture,
    #[error("the picture is broken")]
    Broken,
    #[error("no code in the picture")]
    NoCode,
}

impl Unread {
    /// The word by which catalogues know it.
    pub fn code(self) -> &'static str {
        match self {
            Unread::TooLarge => "picture-too-large",
            Unread::TooManyPixels => "picture-too-many-pixels",
            Unread::NoPicture => "no-picture",
            Unread::Broken => "picture-broken",
            Unread::NoCode => "no-code",
        }
    }
}

/// What the codes of a picture say, each once, in the order in which they were found.
///
/// # Errors
/// [`Unread`].
pub fn codes(bytes: &[u8]) -> Result<Vec<String>, Unread> {
    let grey = decode(bytes)?;
    let longest = grey.width().max(grey.height());
    let mut found: Vec<String> = Vec::new();
    for side in SIDES {
        if side > longest && side != SIDES[0] {
            continue;
        }
        search(at_most(&grey, side), &mut found);
        if !found.is_empty() {
            break;
        }
    }
    if found.is_empty() { Err(Unread::NoCode) } else { Ok(found) }
}

fn decode(bytes: &[u8]) -> Result<GrayImage, Unread> {
    if bytes.len() > MAX_BYTES {
        return Err(Unread::TooLarge);
    }
    // By the first bytes, never by a name.
    let format = image::guess_format(bytes).ok().filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg));
    let format = format.ok_or(Unread::NoPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let refused = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => Unread::TooManyPixels,
        _ => Unread::Broken,
    };
    let decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_ALLOC {
        return Err(Unread::TooManyPixels);
    }
    if width == 0 || height == 0 {
        return Err(Unread::Broken);
    }
    let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok(on_white(picture))
}

/// Grey, with what can be seen through shown on white: codes are often drawn in black on nothing.
fn on_white(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let with_alpha = picture.into_luma_alpha8();
    GrayImage::from_fn(with_alpha.width(), with_alpha.height(), |x, y| {
        let [grey, alpha] = with_alpha.get_pixel(x, y).0;
        let (grey, alpha) = (u16::from(grey), u16::from(alpha));
        image::Luma([u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)])
    })
}

fn at_most(grey: &GrayImage, side: u32) -> GrayImage {
    let longest = grey.width().max(grey.height());
    if longest <= side {
        return grey.clone();
    }
    let scaled = |length: u32| u32::try_from(u64::from(length) * u64::from(side) / u64::from(longest)).unwrap_or(side).max(1);
    image::imageops::resize(grey, scaled(grey.width()), scaled(grey.height()), FilterType::Triangle)
}

/// Finds codes, covers them with white and looks again: the corners of neighbours are else taken for one code's.
fn search(mut grey: GrayImage, found: &mut Vec<String>) {
    for _ in 0..MAX_CODES {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let pixel = |x: usize, y: usize| grey.as_raw().get(y * width + x).copied().unwrap_or(u8::MAX);
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
        // The crate does not name its colours: white is what a white picture has.
        let white = rqrr::PreparedImage::prepare_from_bitmap(1, 1, |_, _| false).get_pixel_at(0, 0);
        if corners::count(width, height, &|x, y| prepared.get_pixel_at(x, y) != white) > MAX_CORNERS {
            return;
        }
        let mut read = Vec::new();
        for grid in prepared.detect_grids() {
            let mut text = Vec::new();
            if grid.decode_to(&mut text).is_ok() {
                read.push((String::from_utf8_lossy(&text[..text.len().min(MAX_TEXT)]).into_owned(), grid.bounds));
            }
        }
        if read.is_empty() {
            return;
        }
        for (text, corners) in read {
            cover(&mut grey, corners.map(|corner| (corner.x, corner.y)));
            if found.len() < MAX_CODES && !text.trim().is_empty() && !found.contains(&text) {
                found.push(text);
            }
        }
    }
}

/// Paints the upright rectangle around these corners white.
fn cover(grey: &mut GrayImage, corners: [(i32, i32); 4]) {
    let (width, height) = (grey.width(), grey.height());
    let within = |at: i32, end: u32| u32::try_from(at).unwrap_or(0).min(end);
    let (xs, ys) = (corners.map(|(x, _)| within(x, width)), corners.map(|(_, y)| within(y, height)));
    let range = |all: [u32; 4]| all.into_iter().min().unwrap_or(0)..all.into_iter().max().unwrap_or(0);
    for y in range(ys) {
        for x in range(xs) {
            grey.put_pixel(x, y, image::Luma([u8::MAX]));
        }
    }
}
