//! The members of a backup as a plain tar (POSIX.1-1988 `ustar`), so that public tools unpack it.
//!
//! Reading needs no parser: what a header must hold follows from the manifest, and it is compared byte for byte. Only the
//! manifest's own size is read from its header.

use programme::model::Digest;
use sha2::{Digest as _, Sha256};

pub(super) const BLOCK: usize = 512;
/// Two empty blocks end a tar.
pub(super) const END: usize = 2 * BLOCK;
/// The largest size that eleven octal digits hold; above it comes GNU's binary form.
const OCTAL_MAX: u64 = 0o777_7777_7777;

/// The block before a member's bytes; `name` has at most 100 bytes.
pub(super) fn header(name: &str, size_bytes: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    put(&mut block, 0, name.as_bytes());
    put(&mut block, 100, b"0000600\0");
    put(&mut block, 108, b"0000000\0");
    put(&mut block, 116, b"0000000\0");
    if size_bytes <= OCTAL_MAX {
        put(&mut block, 124, format!("{size_bytes:011o}\0").as_bytes());
    } else {
        put(&mut block, 124, &[0x80, 0, 0, 0]);
        put(&mut block, 128, &size_bytes.to_be_bytes());
    }
    // No time of change: the same content gives the same bytes.
    put(&mut block, 136, b"00000000000\0");
    put(&mut block, 148, b"        ");
    put(&mut block, 156, b"0");
    put(&mut block, 257, b"ustar\x0000");
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    put(&mut block, 148, format!("{sum:06o}\0 ").as_bytes());
    block
}

fn put(block: &mut [u8; BLOCK], at: usize, bytes: &[u8]) {
    block.iter_mut().skip(at).zip(bytes).for_each(|(b, byte)| *b = *byte);
}

/// The size in a header of ours with eleven octal digits; `None` for any other block.
pub(super) fn size_of(block: &[u8; BLOCK], name: &str) -> Option<u64> {
    let size = u64::from_str_radix(std::str::from_utf8(&block[124..135]).ok()?, 8).ok()?;
    (*block == header(name, size)).then_some(size)
}

/// How many zeros fill the last block of a member.
pub(super) fn padding(size_bytes: u64) -> usize {
    let over = (size_bytes % BLOCK as u64) as usize;
    if over == 0 { 0 } else { BLOCK - over }
}

/// How many bytes a member takes, header and filling included.
pub(super) fn taken(size_bytes: u64) -> u64 {
    BLOCK as u64 + size_bytes + padding(size_bytes) as u64
}

/// SHA-256 and size of what passes by.
#[derive(Default)]
pub(super) struct Meter {
    hasher: Sha256,
    pub(super) size_bytes: u64,
}

impl Meter {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.size_bytes += bytes.len() as u64;
    }

    pub(super) fn digest(self) -> Digest {
        Digest(self.hasher.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_was_asked_for() {
        let block = header("manifest.json", 700);
        assert_eq!(size_of(&block, "manifest.json"), Some(700));
        assert_eq!(size_of(&block, "other.json"), None);
        for at in 0..BLOCK {
            let mut flipped = block;
            flipped[at] ^= 1;
            assert_ne!(size_of(&flipped, "manifest.json"), Some(700), "byte {at}");
        }
        assert_eq!((padding(0), padding(1), padding(512), taken(700)), (0, 511, 0, 512 + 1024));
        let huge = header("blobs/x", OCTAL_MAX + 1);
        assert_eq!((huge[124], &huge[128..136]), (0x80, &(OCTAL_MAX + 1).to_be_bytes()[..]));
    }
}
