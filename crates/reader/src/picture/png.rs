//! PNG and APNG: the chunks that a decoder draws from, in their sizes.

use super::exif;

/// Chunks that are kept, and the most bytes that each may hold; `None`: as many as it has.
const KEPT: &[(&[u8; 4], Option<usize>)] = &[
    (b"IHDR", Some(13)),
    (b"PLTE", Some(768)),
    (b"IDAT", None),
    (b"tRNS", Some(256)),
    // Colours and spacing.
    (b"cHRM", Some(32)),
    (b"gAMA", Some(4)),
    (b"iCCP", None),
    (b"sBIT", Some(4)),
    (b"sRGB", Some(1)),
    (b"cICP", Some(4)),
    (b"mDCV", Some(24)),
    (b"cLLI", Some(8)),
    (b"bKGD", Some(6)),
    (b"pHYs", Some(9)),
    // Moving pictures.
    (b"acTL", Some(8)),
    (b"fcTL", Some(26)),
    (b"fdAT", None),
];

pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes[..8].to_vec();
    let mut at = 8;
    loop {
        let len = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(12)?.checked_add(len)?;
        let whole = bytes.get(at..end)?;
        let (name, body) = (&whole[4..8], &whole[8..8 + len]);
        match name {
            // Behind the end anything may follow.
            b"IEND" => {
                out.extend(chunk(b"IEND", &[]));
                return Some(out);
            }
            b"eXIf" => out.extend(exif::orientation(body).into_iter().flat_map(|o| chunk(b"eXIf", &exif::directory_of(o)))),
            _ => match KEPT.iter().find(|(kept, _)| *kept == name) {
                Some((_, most)) if most.is_none_or(|most| len <= most) => out.extend(whole),
                // Too long to be what it says, and needed: broken.
                Some((b"IHDR" | b"PLTE", _)) => return None,
                _ => {}
            },
        }
        at = end;
    }
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(body);
    let len = u32::try_from(body.len()).unwrap_or_default();
    [&len.to_be_bytes()[..], name, body, &sum.sum().to_be_bytes()].concat()
}
