//! Whether a file was taken by a camera or drawn, of whatever kind: what may tell of a place, and is no document.

use super::Kind;
use crate::format;

/// Endings of pictures and films, for contents that no signature tells.
const ENDINGS: &[&str] = &[
    "jpg", "jpeg", "jpe", "jfif", "mpo", "png", "apng", "gif", "webp", "bmp", "dib", "tif", "tiff", "heic", "heif", "hif", "avif", "jxl",
    "jp2", "jpx", "j2k", "svg", "ico", "psd", "dng", "raw", "raf", "cr2", "cr3", "crw", "nef", "nrw", "arw", "srf", "sr2", "orf", "rw2",
    "pef", "srw", "x3f", "mrw", "3fr", "erf", "kdc", "rwl", "iiq", "gpr", "mp4", "m4v", "mov", "qt", "3gp", "3g2", "avi", "mkv", "webm",
    "wmv", "mpg", "mpeg", "mts", "m2ts", "insp", "insv", "lrv",
];

/// True for a picture or a film: by its contents, and where these tell nothing also by the ending of its name. Documents
/// that hold pictures are none.
pub fn is_recorded(bytes: &[u8], name: &str) -> bool {
    if Kind::of(bytes).is_some() || signed(bytes) || is_iso_media(bytes) || is_svg(bytes) {
        return true;
    }
    if format::is_document(bytes) {
        return false;
    }
    tells_of_a_camera(bytes) || (format::is_binary(bytes) && ENDINGS.contains(&format::ending(name).as_str()))
}

/// Still pictures, raw pictures of cameras, and films, by their first bytes.
fn signed(bytes: &[u8]) -> bool {
    const FIRST: &[&[u8]] = &[
        // TIFF, also the raw files made of it (DNG, NEF, ARW, CR2), BigTIFF, Olympus, Panasonic, Canon, Fujifilm, Minolta, Sigma.
        b"II*\0",
        b"MM\0*",
        b"II+\0",
        b"MM\0+",
        b"IIRO",
        b"IIRS",
        b"MMOR",
        b"IIU\0",
        b"II\x1a\0\0\0HEAP",
        b"FUJIFILMCCD-RAW",
        b"\0MRM",
        b"FOVb",
        // JPEG XL, JPEG 2000, PSD, OpenEXR, QOI, MNG, JNG, ICO.
        b"\xff\x0a",
        b"\0\0\0\x0cJXL ",
        b"\0\0\0\x0cjP  ",
        b"\xff\x4f\xff\x51",
        b"8BPS\0",
        b"v/1\x01",
        b"qoif",
        b"\x8aMNG",
        b"\x8bJNG",
        b"\0\0\x01\0",
        // Matroska and WebM, Windows Media, MPEG, Flash.
        b"\x1a\x45\xdf\xa3",
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
        b"\0\0\x01\xba",
        b"\0\0\x01\xb3",
        b"FLV\x01",
    ];
    let avi = bytes.starts_with(b"RIFF") && bytes.get(8..11) == Some(b"AVI");
    // Two letters are no signature: the four reserved bytes behind the length have to be empty, too.
    let bmp = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    FIRST.iter().any(|first| bytes.starts_with(first)) || avi || bmp
}

/// HEIF, AVIF, MP4, QuickTime, CR3 and all that is made of boxes (ISO/IEC 14496-12), whatever the brand.
pub(crate) fn is_iso_media(bytes: &[u8]) -> bool {
    const BOXES: [&[u8]; 7] = [b"ftyp", b"moov", b"mdat", b"wide", b"pnot", b"styp", b"skip"];
    bytes.get(4..8).is_some_and(|first| BOXES.contains(&first)) && bytes[0] < b' '
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = start[..start.len().min(4096)].to_ascii_lowercase();
    let declared = [&b"<?xml"[..], b"<!--", b"<!doctype svg"].iter().any(|first| head.starts_with(first));
    let is_page = holds(&head, b"<html");
    head.starts_with(b"<svg") || (declared && !is_page && holds(&head, b"<svg"))
}

/// Traces of a picture behind something else, such as one byte too many at its start.
fn tells_of_a_camera(bytes: &[u8]) -> bool {
    const TRACES: [&[u8]; 4] = [b"Exif\0\0", b"JFIF\0", b"http://ns.adobe.com/xap/", b"\x89PNG\r\n"];
    let head = &bytes[..bytes.len().min(64 << 10)];
    TRACES.iter().any(|trace| holds(head, trace))
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(bytes, words).is_some()
}
