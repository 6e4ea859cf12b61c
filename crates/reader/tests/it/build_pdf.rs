//! PDFs made in code whose streams may be anything: chains of filters, tables in streams, objects in streams, locks.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::build::deflate_bomb;

/// The object of a stream; its dictionary is `<<` + `entries` + its length + `>>`.
pub(crate) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{entries}/Length {}>>stream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

/// A PDF of numbered objects with a table as old as the format; the first is the catalogue.
pub(crate) fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let (mut out, offsets) = body(objects);
    let at = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    out.extend_from_slice(format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n").as_bytes());
    out
}

/// The same with a table in a stream. `within` are the objects that other streams hold: number, stream, place in it.
pub(crate) fn pdf_with_table(objects: &[Vec<u8>], within: &[(u32, u32, u16)], trailer: &str) -> Vec<u8> {
    let (mut out, offsets) = body(objects);
    let at = out.len();
    let number = objects.len() + 1;
    let size = number + 1 + within.len();
    let mut rows = vec![[0u8; 7]; size];
    for (place, offset) in (1..).zip(offsets.iter().copied().chain([at])) {
        rows[place][0] = 1;
        rows[place][1..5].copy_from_slice(&u32::try_from(offset).unwrap().to_be_bytes());
    }
    for (object, stream, place) in within {
        let row = &mut rows[usize::try_from(*object).unwrap()];
        row[0] = 2;
        row[1..5].copy_from_slice(&stream.to_be_bytes());
        row[5..].copy_from_slice(&place.to_be_bytes());
    }
    let table = stream(&format!("/Type/XRef/Size {size}/W[1 4 2]/Root 1 0 R{trailer}"), &rows.concat());
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    out.extend_from_slice(&table);
    out.extend_from_slice(format!("\nendobj\nstartxref\n{at}\n%%EOF\n").as_bytes());
    out
}

fn body(objects: &[Vec<u8>]) -> (Vec<u8>, Vec<usize>) {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    (out, offsets)
}

/// One page with the given content, which is object 4; object 5 is the font, object 6 the first of `more`.
pub(crate) fn page_objects(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>>>");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    objects.extend(more);
    objects
}

pub(crate) fn page(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    pdf(&page_objects(content, resources, more), "")
}

/// A page that a picture covers; object 6 is the picture, 7 the first of `more`.
pub(crate) fn picture(entries: &str, data: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![stream(&format!("/Type/XObject/Subtype/Image{entries}"), data)];
    objects.extend_from_slice(more);
    page(stream("", b"q 595 0 0 842 0 0 cm /I Do Q"), "/XObject<</I 6 0 R>>", objects)
}

pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Six hundred mebibytes of `unit`.
pub(crate) fn zlib_bomb(unit: &str) -> Vec<u8> {
    [&[0x78, 0xDA], deflate_bomb("", unit, 600).as_slice()].concat()
}

pub(crate) fn hex(data: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = data.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    digits.chain([b'>']).collect()
}

pub(crate) fn base85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for four in data.chunks(4) {
        let mut group = [0; 4];
        group[..four.len()].copy_from_slice(four);
        let mut value = u32::from_be_bytes(group);
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = b'!' + u8::try_from(value % 85).unwrap();
            value /= 85;
        }
        out.extend_from_slice(&digits[..=four.len()]);
    }
    out.extend_from_slice(b"~>");
    out
}

pub(crate) fn lzw(data: &[u8]) -> Vec<u8> {
    weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8).encode(data).unwrap()
}

/// Blanks without end: once the table of LZW is full, twelve bits are four thousand bytes.
pub(crate) fn lzw_bomb(megabytes: usize) -> Vec<u8> {
    let (mut out, mut bits, mut n_bits) = (Vec::new(), 0u32, 0);
    let mut put = |code: u32, width: u32| {
        bits = bits << width | code;
        n_bits += width;
        while n_bits >= 8 {
            n_bits -= 8;
            out.push(u8::try_from(bits >> n_bits & 0xFF).unwrap());
        }
    };
    put(256, 9);
    put(u32::from(b' '), 9);
    for code in 258..4096u32 {
        put(code, (code + 1).ilog2() + 1);
    }
    for _ in 0..megabytes * 274 {
        put(4095, 12);
    }
    put(257, 12);
    put(0, 8);
    out
}

/// Runs of bytes that are again runs, three times over: a gigabyte.
pub(crate) fn runs_bomb() -> Vec<u8> {
    // Each stage ends with its own mark, which the one before it has to give.
    [[129; 4 << 10].as_slice(), &[2, 0, 128, 128, 128]].concat()
}

/// Encryption of the first kind with an empty password, all of whose keys are known (ISO 32000-1, 7.6.3): `/O` is 32 times
/// `(`, the permissions are -4 and the file's name is 16 zeros.
pub(crate) struct Lock;

impl Lock {
    const FILE_KEY: [u8; 5] = [0x6A, 0xF8, 0xAE, 0xAD, 0x81];
    /// Of object 4.
    const OBJECT_KEY: [u8; 10] = [0xA8, 0x54, 0x3E, 0x39, 0xAB, 0xB3, 0xC0, 0x97, 0x35, 0x46];
    const PADDING: [u8; 32] = [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68,
        0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ];

    /// What the trailer says of it.
    pub(crate) fn trailer() -> String {
        let user: String = rc4(&Lock::FILE_KEY, &Lock::PADDING).iter().map(|b| format!("{b:02x}")).collect();
        let (owner, id) = ("28".repeat(32), "00".repeat(16));
        format!("/ID[<{id}><{id}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner}>/U<{user}>>>")
    }

    /// The data of object 4, locked.
    pub(crate) fn lock(data: &[u8]) -> Vec<u8> {
        rc4(&Lock::OBJECT_KEY, data)
    }
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0u8, 0u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
    };
    data.iter().map(|byte| byte ^ next()).collect()
}
