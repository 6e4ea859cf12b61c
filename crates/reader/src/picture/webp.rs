//! WebP: the chunks that a decoder draws from, also inside of the frames of a moving picture.

use super::exif;

const EXIF_FLAG: u8 = 0b0000_1000;
const XMP_FLAG: u8 = 0b0000_0100;

pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let whole = bytes.get(8..8usize.checked_add(size)?)?;
    let parts = parts(whole.get(4..)?)?;
    let exif = parts.iter().find(|(name, _)| *name == b"EXIF").and_then(|(_, body)| orientation(body));
    let mut out = b"WEBP".to_vec();
    for (name, body) in parts {
        match name {
            b"VP8X" => {
                let mut body = body.get(..10)?.to_vec();
                body[0] &= !(EXIF_FLAG | XMP_FLAG);
                body[0] |= exif.map_or(0, |_| EXIF_FLAG);
                out.extend(part(name, &body)?);
            }
            b"ANIM" => out.extend(part(name, body.get(..6)?)?),
            b"ANMF" => out.extend(part(name, &frame(body)?)?),
            b"VP8 " | b"VP8L" | b"ALPH" | b"ICCP" => out.extend(part(name, body)?),
            _ => {}
        }
    }
    // Where a picture says how it is turned, it says so behind its pixels.
    if let Some(orientation) = exif {
        out.extend(part(b"EXIF", &exif::directory_of(orientation))?);
    }
    let len = u32::try_from(out.len()).ok()?;
    Some([b"RIFF", &len.to_le_bytes()[..], &out].concat())
}

fn orientation(body: &[u8]) -> Option<u16> {
    // Some programs write the name that stands before the block in JPEG.
    exif::orientation(body.strip_prefix(b"Exif\0\0").unwrap_or(body))
}

/// One frame: where it stands (16 bytes), and its pixels.
fn frame(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = body.get(..16)?.to_vec();
    for (name, body) in parts(&body[16..])? {
        if matches!(name, b"VP8 " | b"VP8L" | b"ALPH") {
            out.extend(part(name, body)?);
        }
    }
    Some(out)
}

/// The chunks that stand one behind the other; `None` when one is longer than what is there.
fn parts(bytes: &[u8]) -> Option<Vec<(&[u8; 4], &[u8])>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let name = bytes.get(at..at + 4)?.try_into().ok()?;
        let len = usize::try_from(u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(8)?.checked_add(len)?;
        found.push((name, bytes.get(at + 8..end)?));
        // An odd length is filled up to an even one.
        at = end + len % 2;
    }
    Some(found)
}

fn part(name: &[u8; 4], body: &[u8]) -> Option<Vec<u8>> {
    let len = u32::try_from(body.len()).ok()?;
    Some([name, &len.to_le_bytes()[..], body, &[0][..body.len() % 2]].concat())
}
