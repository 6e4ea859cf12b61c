//! Pictures without what the camera wrote beside them: place, time, maker, thumbnails. How the picture is turned stays.
//!
//! Works on the container alone (JPEG: ITU-T T.81 and Exif 2.3, PNG: W3C PNG 3, WebP: RFC 9649, GIF 89a); pixels are never
//! decoded. Only parts that a picture is drawn from are kept: what is not known is left away, not the other way round.
//!
//! ```text
//! strip(photo with GPS) → the same picture without it      strip(HEIC) → None, and is_recorded(HEIC) → true
//! ```

mod exif;
mod gif;
mod jpeg;
mod png;
mod recorded;
#[cfg(test)]
mod tests;
mod webp;

pub(crate) use recorded::is_iso_media;
pub use recorded::is_recorded;

/// The kinds of picture that browsers show and this module knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    Gif,
}

impl Kind {
    /// By the first bytes, whatever the name says.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Kind::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Gif),
            _ => None,
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
            Kind::Gif => "image/gif",
        }
    }
}

/// The picture without its metadata; `None` for what is no picture of a known kind, or a broken one. A picture that was
/// stripped before comes back byte for byte.
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    match Kind::of(bytes)? {
        Kind::Jpeg => jpeg::strip(bytes),
        Kind::Png => png::strip(bytes),
        Kind::Webp => webp::strip(bytes),
        Kind::Gif => gif::strip(bytes),
    }
}
