//! Pictures without what the camera wrote beside them: place, time, maker, thumbnails. How the picture is turned stays.
//!
//! Works on the container alone (JPEG: ITU-T T.81 and Exif 2.3, PNG: RFC 2083, WebP: RFC 9649); pixels are never decoded.
//!
//! ```text
//! strip(photo with GPS) → the same picture without it      strip(HEIC) → None: not known
//! ```

/// The kinds of picture that browsers show and this module knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
}

impl Kind {
    /// By the first bytes, whatever the name says.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Kind::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
            _ => None,
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
        }
    }
}

/// The picture without its metadata; `None` for what is no picture of a known kind, or a broken one.
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    match Kind::of(bytes)? {
        Kind::Jpeg => strip_jpeg(bytes),
        Kind::Png => strip_png(bytes),
        Kind::Webp => strip_webp(bytes),
    }
}

fn strip_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    const END: u8 = 0xd9;
    const START_OF_SCAN: u8 = 0xda;
    let mut out = bytes[..2].to_vec();
    let mut at = 2;
    loop {
        // Any number of fill bytes may stand before a marker.
        while bytes.get(at)? == &0xff && bytes.get(at + 1)? == &0xff {
            at += 1;
        }
        let (0xff, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?) else { return None };
        if marker == END {
            // Behind the end other pictures may follow (thumbnails, depth), with metadata of their own.
            out.extend([0xff, END]);
            return Some(out);
        }
        // Markers that have no segment, and what is none outside of a scan: behind a segment that is dropped they would
        // become part of the scan before it.
        if matches!(marker, 0 | 1 | 0xd0..=0xd8) {
            return None;
        }
        let len = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + len).filter(|segment| segment.len() >= 4)?;
        match marker {
            // JFIF says how pixels are spaced, ICC and Adobe how colours are meant.
            0xe0 | 0xe2 | 0xee => out.extend(segment),
            0xe1 => out.extend(orientation(&segment[4..]).into_iter().flat_map(orientation_segment)),
            0xe3..=0xef | 0xfe => {}
            _ => out.extend(segment),
        }
        at += segment.len();
        if marker == START_OF_SCAN {
            let scan = scan_len(&bytes[at..]);
            out.extend(&bytes[at..at + scan]);
            at += scan;
            // A picture that was cut off still shows its upper part.
            if at == bytes.len() {
                return Some(out);
            }
        }
    }
}

/// Bytes of one scan: up to a marker that is neither a stuffed byte nor a restart.
fn scan_len(bytes: &[u8]) -> usize {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(ends).unwrap_or(bytes.len())
}

/// The orientation (1 to 8) in an Exif block, `Exif\0\0` and a TIFF directory.
fn orientation(exif: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
    let tiff = exif.strip_prefix(b"Exif\0\0")?;
    let big = match tiff.get(..2)? {
        b"MM" => true,
        b"II" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let pair = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let long = |at: usize| -> Option<usize> {
        let four = <[u8; 4]>::try_from(tiff.get(at..at.checked_add(4)?)?).ok()?;
        usize::try_from(if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }).ok()
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map(|n| directory + 2 + n * 12)
        .find(|at| short(*at) == Some(ORIENTATION))
        .and_then(|at| short(at + 8))
        .filter(|o| (2..=8).contains(o))
}

/// An Exif segment that holds an orientation and nothing else.
fn orientation_segment(orientation: u16) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend(orientation.to_be_bytes());
    // The rest of the entry's value, and no further directory.
    tiff.extend([0; 6]);
    let len = u16::try_from(tiff.len() + 2).unwrap_or_default();
    [&[0xff, 0xe1], &len.to_be_bytes()[..], &tiff].concat()
}

fn strip_png(bytes: &[u8]) -> Option<Vec<u8>> {
    const DROPPED: [&[u8]; 6] = [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"];
    let mut out = bytes[..8].to_vec();
    let mut at = 8;
    loop {
        let len = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(12)?.checked_add(len)?;
        let chunk = bytes.get(at..end)?;
        let name = &chunk[4..8];
        if !DROPPED.contains(&name) {
            out.extend(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

fn strip_webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const EXIF_AND_XMP: u8 = 0b0000_1100;
    let size = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let whole = bytes.get(8..8usize.checked_add(size)?)?;
    let mut out = b"WEBP".to_vec();
    let mut at = 4;
    while at < whole.len() {
        let name = whole.get(at..at + 4)?;
        let len = usize::try_from(u32::from_le_bytes(whole.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(8)?.checked_add(len)?.checked_add(len % 2)?;
        let mut chunk = whole.get(at..end.min(whole.len()))?.to_vec();
        if name == b"VP8X" && chunk.len() > 8 {
            chunk[8] &= !EXIF_AND_XMP;
        }
        if name != b"EXIF" && name != b"XMP " {
            out.extend(chunk);
        }
        at = end;
    }
    let len = u32::try_from(out.len()).ok()?;
    Some([b"RIFF", &len.to_le_bytes()[..], &out].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let len = u16::try_from(body.len() + 2).unwrap();
        [&[0xff, marker], &len.to_be_bytes()[..], body].concat()
    }

    /// A JPEG with an Exif block that is turned by `orientation` and names a place.
    fn jpeg(orientation: u8) -> Vec<u8> {
        let mut tiff = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend(b"\x12\x01\x03\0\x01\0\0\0");
        tiff.extend([orientation, 0, 0, 0]);
        tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0GPS 20.95N 106.32E");
        let parts = [
            vec![0xff, 0xd8],
            segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xe1, &tiff),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>20.95N</x:xmpmeta>"),
            segment(0xfe, b"May anh cua Mai"),
            segment(0xdb, &[7; 65]),
            segment(0xda, b"\x01\x01\0\0\x3f\0"),
            vec![1, 2, 3, 0xff, 0, 4, 0xff, 0xd9],
            b"\xff\xd8\xff\xe1 a second picture with GPS".to_vec(),
        ];
        parts.concat()
    }

    #[test]
    fn what_is_left_never_reads_differently() {
        // A stuffed byte behind a comment: without the comment it would belong to the scan.
        let scan = [segment(0xda, b"\x01\x01\0\0\x3f\0"), vec![1, 2]].concat();
        let behind = [segment(0xfe, b"May anh"), segment(0, b"GPS 20.95N"), vec![0xff, 0xd9]].concat();
        assert_eq!(strip(&[&[0xff, 0xd8][..], &scan, &behind].concat()), None);
        assert_eq!(strip(&[&[0xff, 0xd8, 0xff, 0xe0, 0, 1][..], &scan, &[0xff, 0xd9]].concat()), None, "a length that is none");
    }

    fn holds(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|w| w == words)
    }

    #[test]
    fn a_photo_loses_its_place_and_stays_upright() {
        let clean = strip(&jpeg(6)).unwrap();
        for gone in [&b"GPS"[..], b"20.95N", b"xmpmeta", b"Mai", b"second picture"] {
            assert!(!holds(&clean, gone), "{}", String::from_utf8_lossy(gone));
        }
        assert!(holds(&clean, b"JFIF") && clean.ends_with(&[0xff, 0xd9]));
        let exif = clean.windows(6).position(|w| w == b"Exif\0\0").unwrap();
        assert_eq!(orientation(&clean[exif..]), Some(6));
        assert_eq!(strip(&clean).unwrap(), clean, "nothing is left to take away");
        assert!(!holds(&strip(&jpeg(1)).unwrap(), b"Exif"), "upright needs no word");
    }

    #[test]
    fn a_png_and_a_webp_lose_their_texts() {
        let chunk = |name: &[u8], body: &[u8]| [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], name, body, &[0; 4]].concat();
        let head = b"\x89PNG\r\n\x1a\n".to_vec();
        let png = [head.clone(), chunk(b"IHDR", &[0; 13]), chunk(b"tEXt", b"GPS"), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")].concat();
        let kept = [head, chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")].concat();
        assert_eq!(strip(&png), Some(kept));
        let part = |name: &[u8], body: &[u8]| {
            [name, &u32::try_from(body.len()).unwrap().to_le_bytes()[..], body, &vec![0; body.len() % 2]].concat()
        };
        let riff = |parts: Vec<Vec<u8>>| {
            let body = [b"WEBP".to_vec(), parts.concat()].concat();
            [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body].concat()
        };
        let webp = riff(vec![part(b"VP8X", &[0x0c, 0, 0, 0, 1, 0, 0, 1, 0, 0]), part(b"VP8 ", b"abc"), part(b"EXIF", b"GPS")]);
        assert_eq!(strip(&webp), Some(riff(vec![part(b"VP8X", &[0, 0, 0, 0, 1, 0, 0, 1, 0, 0]), part(b"VP8 ", b"abc")])));
    }

    #[test]
    fn what_is_broken_or_unknown_is_left_to_the_caller() {
        assert_eq!(strip(b"\0\0\0\x18ftypheic"), None);
        assert_eq!(strip(b"<svg/>"), None);
        let whole = jpeg(6);
        for cut in 0..whole.len() {
            strip(&whole[..cut]);
        }
        assert_eq!(strip(b"\xff\xd8\xff\xe1\xff\xff"), None);
    }
}
