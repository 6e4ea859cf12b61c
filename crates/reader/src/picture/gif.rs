//! GIF: the pictures, their timing and how often they are repeated; no comments, no texts, nothing of other programs.

/// How many bytes a table of colours has, by the packed byte that announces it.
fn colours(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        match *bytes.get(at)? {
            // Behind the end anything may follow.
            0x3b => {
                out.push(0x3b);
                return Some(out);
            }
            0x2c => {
                let data = at + 10 + colours(*bytes.get(at + 9)?) + 1;
                let end = behind_blocks(bytes, data)?;
                out.extend(&bytes[at..end]);
                at = end;
            }
            0x21 => {
                let end = behind_blocks(bytes, at + 2)?;
                out.extend(of_extension(&bytes[at..end]));
                at = end;
            }
            _ => return None,
        }
    }
}

/// What is kept of an extension: the timing of a picture, and how often all are repeated.
fn of_extension(extension: &[u8]) -> &[u8] {
    const REPEATED: [&[u8]; 2] = [b"\x21\xff\x0bNETSCAPE2.0\x03\x01", b"\x21\xff\x0bANIMEXTS1.0\x03\x01"];
    let timing = matches!(extension, [0x21, 0xf9, 4, _, _, _, _, 0]);
    let repeated = extension.len() == 19 && REPEATED.iter().any(|start| extension.starts_with(start));
    if timing || repeated { extension } else { &[] }
}

/// Where a row of blocks ends: each says its length, and an empty one is the last.
fn behind_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let len = usize::from(*bytes.get(at)?);
        at += 1 + len;
        if len == 0 {
            return Some(at);
        }
    }
}
