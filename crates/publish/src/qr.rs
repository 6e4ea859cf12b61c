//! QR codes (ISO/IEC 18004) as drawings: SVG for what is typeset, PNG for what word processors open.
//!
//! ```ignore
//! let drawing = Qr::of("https://xa-tan-luy.example/check/7KQ2M9XPAB")?.svg();
//! ```
//!
//! Not for reading them.

use std::fmt::Write;

use qrcode::{Color, QrCode};
use serde::{Serialize, Serializer};

/// Light modules on each side, as the standard asks.
const N_QUIET: usize = 4;
/// Dots of a module in PNG: sharp at 24 mm on 600 dpi.
const N_DOTS: usize = 12;

/// The modules of one code.
#[derive(Debug)]
pub(crate) struct Qr {
    /// Modules of a side.
    width: usize,
    /// Row by row; true is dark.
    dark: Vec<bool>,
}

impl Qr {
    /// The code of `text`; `None` for a text that is too long for one.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let code = QrCode::new(text.as_bytes()).ok()?;
        let dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark);
        Some(Self { width: code.width(), dark: dark.collect() })
    }

    pub(crate) fn svg(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.dark.chunks(self.width).enumerate() {
            let mut at = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    // A string takes all that is written.
                    let _ = write!(path, "M{} {}h{n}v1h-{n}z", at + N_QUIET, y + N_QUIET, n = run.len());
                }
                at += run.len();
            }
        }
        let side = self.width + 2 * N_QUIET;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}"/></svg>"##
        )
    }

    /// For the pages of data that the typesetter takes.
    pub(crate) fn as_svg<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.svg().serialize(to)
    }

    /// One bit a dot.
    ///
    /// # Errors
    /// Of the encoder, which memory never refuses.
    pub(crate) fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let side = (self.width + 2 * N_QUIET) * N_DOTS;
        let row = side.div_ceil(8);
        let mut bits = vec![0_u8; row * side];
        for (i, byte) in bits.iter_mut().enumerate() {
            let (x, y) = (i % row * 8, i / row);
            for dot in (0..8).filter(|dot| !self.is_dark(x + dot, y)) {
                *byte |= 0x80 >> dot;
            }
        }
        let mut bytes = Vec::new();
        // The largest code has 177 modules.
        let pixels = u32::try_from(side).unwrap_or_default();
        let mut encoder = png::Encoder::new(&mut bytes, pixels, pixels);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&bits)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// Of a dot of the picture.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        let module = |dot: usize| (dot / N_DOTS).checked_sub(N_QUIET).filter(|module| *module < self.width);
        match (module(x), module(y)) {
            (Some(x), Some(y)) => self.dark.get(y * self.width + x).copied().unwrap_or_default(),
            _ => false,
        }
    }
}
