//! A grey picture, and decoding one from a file that anybody could have made.
//!
//! Nothing is decoded before its size is known to be small enough: a file of some kilobytes can unfold to gigabytes.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::{Point, Unread};

/// Largest file of one picture, in bytes.
const MAX_BYTES: usize = 24 << 20;
/// Most points of a picture: A4 at 600 dpi has 35 million.
const MAX_PIXELS: u64 = 36_000_000;
/// Longest side.
const MAX_SIDE: u32 = 12_000;
/// Bytes that decoding may take.
const MAX_ALLOC: u64 = 112 << 20;
/// Longest side at which marks are measured: eight points a millimetre of a sheet that fills the picture.
pub(super) const WORKING_SIDE: usize = 2_400;
/// Points a millimetre below which a cross in a box is a smudge.
pub(super) const LEAST_SCALE: f32 = 3.0;

/// A grey picture: 0 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    samples: Vec<u8>,
}

impl Grey {
    /// `None` where the samples are not as many as the sides say, or none.
    pub fn new(width: usize, height: usize, samples: Vec<u8>) -> Option<Grey> {
        let sound = width > 0 && height > 0 && width.checked_mul(height) == Some(samples.len());
        sound.then_some(Grey { width, height, samples })
    }

    /// A picture from a PNG or a JPEG, known by its first bytes. A telephone's note which way up it was held is not asked: a
    /// sheet says so itself.
    ///
    /// # Errors
    /// [`Unread`].
    pub fn decode(bytes: &[u8]) -> Result<Grey, Unread> {
        if bytes.len() > MAX_BYTES {
            return Err(Unread::TooLarge);
        }
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
        let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
        let (width, height) = (width as usize, height as usize);
        Grey::new(width, height, picture.into_luma8().into_raw()).ok_or(Unread::Broken)
    }

    /// The portable grey map that our own PDF reader and pdftoppm write: `P5`, sides, 255, samples.
    pub(super) fn from_pgm(bytes: &[u8]) -> Result<Grey, Unread> {
        let mut numbers = Vec::new();
        let mut at = bytes.strip_prefix(b"P5").map(|_| 2).ok_or(Unread::Broken)?;
        while numbers.len() < 3 {
            let blank = |b: &u8| b.is_ascii_whitespace();
            at += bytes[at..].iter().take_while(|b| blank(b)).count();
            let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            let number = std::str::from_utf8(&bytes[at..at + digits]).ok().and_then(|digits| digits.parse::<usize>().ok());
            numbers.push(number.ok_or(Unread::Broken)?);
            at += digits;
        }
        let [width, height, 255] = numbers[..] else { return Err(Unread::Broken) };
        let n = width.checked_mul(height).filter(|n| *n as u64 <= MAX_PIXELS).ok_or(Unread::TooManyPixels)?;
        let samples = bytes.get(at + 1..at + 1 + n).ok_or(Unread::Broken)?;
        Grey::new(width, height, samples.to_vec()).ok_or(Unread::Broken)
    }

    /// A picture point by point.
    pub(super) fn drawn(width: usize, height: usize, point: impl Fn(usize, usize) -> f32) -> Grey {
        let sample = |at: usize| point(at % width, at / width).clamp(0.0, 255.0) as u8;
        Grey { width, height, samples: (0..width * height).map(sample).collect() }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.height
    }

    pub(super) fn pixel(&self, x: usize, y: usize) -> u8 {
        self.samples.get(y * self.width + x).copied().unwrap_or(u8::MAX)
    }

    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..(y + 1) * self.width]
    }

    pub(super) fn holds(&self, (x, y): Point) -> bool {
        x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32
    }

    /// The level between points; at the rim that of the rim.
    pub(super) fn at(&self, (x, y): Point) -> f32 {
        let (x, y) = ((x - 0.5).clamp(0.0, (self.width - 1) as f32), (y - 0.5).clamp(0.0, (self.height - 1) as f32));
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (fx, fy) = (x - left as f32, y - top as f32);
        let level = |x: usize, y: usize| f32::from(self.samples[y * self.width + x]);
        let upper = level(left, top) * (1.0 - fx) + level(right, top) * fx;
        let lower = level(left, bottom) * (1.0 - fx) + level(right, bottom) * fx;
        upper * (1.0 - fy) + lower * fy
    }

    /// The same picture, no longer than so many points: each is the mean of those that it stands for.
    pub(super) fn at_most(&self, side: usize) -> Grey {
        let longest = self.width.max(self.height);
        if longest <= side {
            return self.clone();
        }
        let scaled = |length: usize| (length * side / longest).max(1);
        let (width, height) = (scaled(self.width), scaled(self.height));
        let span = |at: usize, of: usize, from: usize| (at * from / of, ((at + 1) * from / of).max(at * from / of + 1));
        let mut samples = Vec::with_capacity(width * height);
        let mut sums = vec![0u32; width];
        for y in 0..height {
            let (top, bottom) = span(y, height, self.height);
            sums.fill(0);
            for row in (top..bottom).map(|y| self.row(y)) {
                for (x, sum) in sums.iter_mut().enumerate() {
                    let (left, right) = span(x, width, self.width);
                    *sum += row[left..right].iter().map(|sample| u32::from(*sample)).sum::<u32>();
                }
            }
            samples.extend(sums.iter().enumerate().map(|(x, sum)| {
                let (left, right) = span(x, width, self.width);
                let n = u32::try_from((right - left) * (bottom - top)).unwrap_or(1).max(1);
                u8::try_from(sum / n).unwrap_or(u8::MAX)
            }));
        }
        Grey { width, height, samples }
    }
}
