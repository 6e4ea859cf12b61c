//! JPEG: the segments that a decoder draws from, and of the rest the pixel spacing, the colours and the orientation.

use super::exif;

const EXIF: &[u8] = b"Exif\0\0";

pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
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
        if matches!(marker, 0..=0xbf | 0xc8 | 0xd0..=0xd8) {
            return None;
        }
        let len = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + len).filter(|segment| segment.len() >= 4)?;
        match marker {
            // Frames, tables, restarts, scans.
            0xc0..=0xcf | 0xda..=0xdf => out.extend(segment),
            _ => out.extend(of_application(marker, &segment[4..])),
        }
        at += segment.len();
        if marker == START_OF_SCAN {
            // Without an end nobody can say where the picture ends and something else begins.
            let scan = scan_len(bytes.get(at..)?)?;
            out.extend(&bytes[at..at + scan]);
            at += scan;
        }
    }
}

/// What is kept of a segment that is not drawn from: the spacing of pixels (JFIF without its thumbnail), how colours are
/// meant (ICC, Adobe), how the picture is turned. Empty for everything else.
fn of_application(marker: u8, body: &[u8]) -> Vec<u8> {
    let kept = match marker {
        // Five bytes of name, two of version, five of spacing; then the size of a thumbnail, which is none.
        0xe0 if body.len() >= 14 && body.starts_with(b"JFIF\0") => [&body[..12], &[0, 0]].concat(),
        0xe1 => match body.strip_prefix(EXIF).and_then(exif::orientation) {
            Some(orientation) => [EXIF, &exif::directory_of(orientation)].concat(),
            None => return Vec::new(),
        },
        0xe2 if body.starts_with(b"ICC_PROFILE\0") => body.to_vec(),
        0xee if body.len() >= 12 && body.starts_with(b"Adobe") => body[..12].to_vec(),
        _ => return Vec::new(),
    };
    let len = u16::try_from(kept.len() + 2).unwrap_or_default();
    [&[0xff, marker], &len.to_be_bytes()[..], &kept].concat()
}

/// Bytes of one scan: up to a marker that is neither a stuffed byte nor a restart.
fn scan_len(bytes: &[u8]) -> Option<usize> {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(ends)
}
