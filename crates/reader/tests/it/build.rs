//! Files made in code: zip packages with members that lie, PDFs from objects, compound files.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc, FlushCompress};

/// One member of a package.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) packed: Vec<u8>,
    pub(crate) deflated: bool,
    pub(crate) size: u32,
    pub(crate) crc: u32,
    pub(crate) encrypted: bool,
}

impl Member {
    pub(crate) fn text(name: &'static str, text: &str) -> Member {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = Crc::new();
        crc.update(text.as_bytes());
        Member { name, packed, deflated: true, size: u32::try_from(text.len()).unwrap(), crc: crc.sum(), encrypted: false }
    }

    /// `start`, then `times` × one mebibyte of `unit`: a few hundred kilobytes that unpack to gigabytes.
    pub(crate) fn bomb(name: &'static str, start: &str, unit: &str, times: usize) -> Member {
        Member { name, packed: deflate_bomb(start, unit, times), deflated: true, size: 600 << 20, crc: 0, encrypted: false }
    }
}

/// A deflate stream whose flushed blocks are repeated, so that it need not be computed whole.
pub(crate) fn deflate_bomb(start: &str, unit: &str, times: usize) -> Vec<u8> {
    let block = |text: &[u8]| {
        let mut compress = flate2::Compress::new(Compression::best(), false);
        let mut out = Vec::with_capacity(text.len() + 1024);
        compress.compress_vec(text, &mut out, FlushCompress::Full).unwrap();
        out
    };
    let mut packed = block(start.as_bytes());
    let mebibyte = block(unit.repeat((1 << 20) / unit.len()).as_bytes());
    for _ in 0..times {
        packed.extend_from_slice(&mebibyte);
    }
    // An empty final block.
    packed.extend_from_slice(&[0x03, 0x00]);
    packed
}

pub(crate) fn package(members: &[Member]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for member in members {
        let offset = u32::try_from(out.len()).unwrap();
        let flags: u16 = member.encrypted.into();
        let method: u16 = if member.deflated { 8 } else { 0 };
        let mut common = Vec::new();
        for value in [20, flags, method, 0, 0] {
            common.extend_from_slice(&value.to_le_bytes());
        }
        let packed_len = u32::try_from(member.packed.len()).unwrap();
        for value in [member.crc, packed_len, member.size] {
            common.extend_from_slice(&value.to_le_bytes());
        }
        common.extend_from_slice(&u16::try_from(member.name.len()).unwrap().to_le_bytes());
        common.extend_from_slice(&0u16.to_le_bytes());
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&common);
        out.extend_from_slice(member.name.as_bytes());
        out.extend_from_slice(&member.packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(member.name.as_bytes());
    }
    let at = u32::try_from(out.len()).unwrap();
    let count = u16::try_from(members.len()).unwrap();
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&u32::try_from(directory.len()).unwrap().to_le_bytes());
    out.extend_from_slice(&at.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

pub(crate) fn docx(body: &str) -> Vec<u8> {
    package(&[Member::text("word/document.xml", &format!("<w:document {W}><w:body>{body}</w:body></w:document>"))])
}

/// A PDF of numbered objects; the first is the catalogue. Extra entries go into the trailer.
pub(crate) fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let at = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    out.extend_from_slice(format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n").as_bytes());
    out
}

/// A PDF with one page whose content is `content`.
pub(crate) fn pdf_page(content: &str, resources: &str) -> Vec<u8> {
    pdf(
        &[
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>>>"),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        ],
        "",
    )
}

pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}
