//! Pictures of every kind with more in them than they are drawn from, made here byte for byte.

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
    // Without an end, what was put behind the picture cannot be told from it.
    assert_eq!(strip(&[&[0xff, 0xd8][..], &scan, b"GPS 20.95N"].concat()), None);
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
    assert_eq!(exif::orientation(&clean[exif + 6..]), Some(6));
    assert_eq!(strip(&clean).unwrap(), clean, "nothing is left to take away");
    assert!(!holds(&strip(&jpeg(1)).unwrap(), b"Exif"), "upright needs no word");
}

#[test]
fn a_jpeg_keeps_only_what_it_is_drawn_from() {
    let drawn = [segment(0xdb, &[7; 65]), segment(0xda, b"\x01\x01\0\0\x3f\0"), vec![1, 2, 0xff, 0xd9]].concat();
    let with = |marker: u8, body: &[u8]| [&[0xff, 0xd8][..], &segment(marker, body), &drawn].concat();
    let plain = [&[0xff, 0xd8][..], &drawn].concat();
    for (what, marker, body) in [
        ("more pictures", 0xe2, &b"MPF\0GPS"[..]),
        ("a thumbnail", 0xe0, b"JFXX\0\x10GPS"),
        ("colours that are none", 0xee, b"Adobe GPS"),
        ("words", 0xfe, b"GPS"),
        ("IPTC", 0xed, b"Photoshop 3.0\0GPS"),
        ("C2PA", 0xeb, b"JP\0\x01GPS"),
        ("an extension", 0xf0, b"GPS"),
        ("another extension", 0xfd, b"GPS"),
    ] {
        assert_eq!(strip(&with(marker, body)), Some(plain.clone()), "{what}");
    }
    let spacing = b"JFIF\0\x01\x01\x01\0\x48\0\x48";
    let jfif = with(0xe0, &[&spacing[..], b"\0\0"].concat());
    assert_eq!(strip(&with(0xe0, &[&spacing[..], b"\x01\x01GPS"].concat())), Some(jfif), "bytes behind the fields of JFIF");
    let adobe = b"Adobe\0\x64\0\0\0\0\x01";
    assert_eq!(strip(&with(0xee, &[&adobe[..], b"GPS"].concat())), Some(with(0xee, adobe)), "bytes behind the fields of Adobe");
    let colours = with(0xe2, b"ICC_PROFILE\0\x01\x01sRGB");
    assert_eq!(strip(&colours), Some(colours), "colours stay");
    assert_eq!(strip(&[&plain[..], b"GPS"].concat()), Some(plain));
}

fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(body);
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], name, body, &sum.sum().to_be_bytes()].concat()
}

fn png(more: &[Vec<u8>]) -> Vec<u8> {
    let head = b"\x89PNG\r\n\x1a\n".to_vec();
    [head, chunk(b"IHDR", &[0; 13]), more.concat(), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")].concat()
}

#[test]
fn a_png_keeps_only_what_it_is_drawn_from() {
    let plain = png(&[]);
    for name in [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"dSIG", b"caBX", b"prIv", b"sPLT", b"hIST", b"eXIf"] {
        assert_eq!(strip(&png(&[chunk(name, b"GPS 20.95N")])), Some(plain.clone()), "{}", String::from_utf8_lossy(name));
    }
    assert_eq!(strip(&[&plain[..], b"GPS"].concat()), Some(plain.clone()));
    assert_eq!(strip(&png(&[chunk(b"gAMA", b"GPS 20.95N")])), Some(plain), "too long to be a gamma");
    let moving = png(&[chunk(b"gAMA", &[0; 4]), chunk(b"acTL", &[0; 8]), chunk(b"fcTL", &[0; 26]), chunk(b"fdAT", b"x")]);
    assert_eq!(strip(&moving), Some(moving));
    let turned = strip(&png(&[chunk(b"eXIf", &[&exif::directory_of(8)[..], b"GPS"].concat())])).unwrap();
    assert_eq!(turned, png(&[chunk(b"eXIf", &exif::directory_of(8))]), "how it is turned stays");
    assert_eq!(strip(&turned), Some(turned.clone()));
}

fn part(name: &[u8], body: &[u8]) -> Vec<u8> {
    [name, &u32::try_from(body.len()).unwrap().to_le_bytes()[..], body, &vec![0; body.len() % 2]].concat()
}

fn webp(parts: &[Vec<u8>]) -> Vec<u8> {
    let body = [b"WEBP".to_vec(), parts.concat()].concat();
    [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body].concat()
}

#[test]
fn a_webp_keeps_only_what_it_is_drawn_from() {
    let head = |flags: u8| part(b"VP8X", &[flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    let dirty = webp(&[head(0x0c), part(b"VP8 ", b"abc"), part(b"EXIF", b"GPS"), part(b"XMP ", b"GPS"), part(b"PRIV", b"GPS")]);
    let plain = webp(&[head(0), part(b"VP8 ", b"abc")]);
    assert_eq!(strip(&dirty), Some(plain.clone()));
    assert_eq!(strip(&[&plain[..], b"GPS"].concat()), Some(plain));
    let frame = |more: Vec<u8>| part(b"ANMF", &[vec![0; 16], part(b"ALPH", b"a"), part(b"VP8L", b"b"), more].concat());
    let moving = |more: Vec<u8>| webp(&[head(2), part(b"ANIM", &[0; 6]), frame(more)]);
    assert_eq!(strip(&moving(part(b"EXIF", b"GPS"))), Some(moving(Vec::new())));
    let turned = strip(&webp(&[head(8), part(b"VP8 ", b"abc"), part(b"EXIF", &[&exif::directory_of(6)[..], b"GPS"].concat())]));
    assert_eq!(turned, Some(webp(&[head(8), part(b"VP8 ", b"abc"), part(b"EXIF", &exif::directory_of(6))])));
    assert_eq!(strip(&webp(&[b"VP8 \xff\0\0\0abc".to_vec()])), None, "longer than the file");
}

#[test]
fn a_gif_keeps_its_pictures_and_its_loop() {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    let (timing, picture) = (b"\x21\xf9\x04\0\x0a\0\0\0".to_vec(), b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".to_vec());
    let repeated = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0".to_vec();
    let comment = b"\x21\xfe\x03GPS\0".to_vec();
    let xmp = b"\x21\xff\x0bXMP DataXMP\x03GPS\0".to_vec();
    let text = b"\x21\x01\x0c\0\0\0\0\0\0\0\0\0\0\0\0\x03GPS\0".to_vec();
    let longer = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\x03GPS\0".to_vec();
    let dirty = [&head, &repeated, &comment, &xmp, &text, &longer, &timing, &picture, &b"\x3bGPS".to_vec()].map(Vec::as_slice).concat();
    let clean = [head, repeated, timing, picture, b"\x3b".to_vec()].concat();
    assert_eq!(strip(&dirty), Some(clean.clone()));
    assert_eq!(strip(&clean), Some(clean.clone()));
    for cut in 0..clean.len() {
        assert_eq!(strip(&clean[..cut]), None);
    }
}

#[test]
fn whatever_a_camera_took_is_known_though_it_cannot_be_cleaned() {
    for brand in
        [b"heic", b"hevc", b"heim", b"hevx", b"avif", b"avis", b"heif", b"mif2", b"MiHE", b"1pic", b"miaf", b"isom", b"crx ", b"qt  "]
    {
        let file = [&b"\0\0\0\x18ftyp"[..], brand, b"\0\0\0\0mif1GPS"].concat();
        assert!(is_recorded(&file, "tep") && strip(&file).is_none(), "{}", String::from_utf8_lossy(brand));
    }
    let behind_a_byte = [b"\n".to_vec(), jpeg(6)].concat();
    for (bytes, name) in [
        (&b"II*\0\x08\0\0\0"[..], "anh.tif"),
        (b"MM\0*GPS", "anh.dng"),
        (b"FUJIFILMCCD-RAW GPS", "a.raf"),
        (b"\xff\x0aGPS", "a.jxl"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "a.jp2"),
        (b"BM\x46\0\0\0\0\0\0\0\x36", "a"),
        (b"BMGPS\0\0\0\0\0\0\0\0\0\0\x01\x02", "a.bmp"),
        (b"\xef\xbb\xbf<?xml version=\"1.0\"?><svg>GPS</svg>", "a.svg"),
        (b"\0\0\x07\x08moov", "phim"),
        (b"\x01\x02\x03\x04\0\x05", "la.NEF"),
        (&behind_a_byte, "anh.jpg"),
    ] {
        assert!(is_recorded(bytes, name) && strip(bytes).is_none(), "{name}");
    }
    assert!(is_recorded(&jpeg(6), "bien-ban.pdf"), "whatever the name says");
    for (bytes, name) in [
        (&b"%PDF-1.4\n<</Author(Mai)>> \xff\xd8\xff\xe1 Exif\0\0"[..], "bien-ban.pdf"),
        (b"PK\x03\x04 word/media/i.jpg Exif\0\0", "bien-ban.docx"),
        (b"<html><svg></svg></html>", "fake.jpg"),
        ("BM 02/BC: biểu mẫu".as_bytes(), "bieu-mau.txt"),
        (b"\x30\x82\x01\x0a\x02\0\0\0", "chu-ky.p7s"),
    ] {
        assert!(!is_recorded(bytes, name), "{name}");
    }
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
