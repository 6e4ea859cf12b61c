//! The one thing in an Exif block that a picture needs to look right: how it is turned.

/// The orientation (2 to 8) in the TIFF directory of an Exif block; `None`: upright, or not said.
pub(super) fn orientation(tiff: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
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

/// A TIFF directory that holds an orientation and nothing else.
pub(super) fn directory_of(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend(orientation.to_be_bytes());
    // The rest of the entry's value, and no further directory.
    tiff.extend([0; 6]);
    tiff
}
