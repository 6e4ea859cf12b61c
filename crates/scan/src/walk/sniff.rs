//! What a file's beginning says: text to be scanned as stored, a document for `reader`, an archive, or something else.
//!
//! Not for naming formats: `reader` does that for documents.
//!
//! ```text
//! b"%PDF-1.7…" → Document      b"PK\x03\x04…" in "a.zip" → Archive      b"STT;Họ tên" → Text
//! ```

use std::path::Path;

use text::legacy::{self, Charset};

/// So much of a file decides.
pub(super) const HEAD_BYTES: u64 = 8 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    Text,
    Document,
    Archive,
    Binary,
}

/// Beginnings of documents that `reader` reads, or names in a problem.
const DOCUMENTS: &[&[u8]] =
    &[b"%PDF-", b"{\\rtf", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\x89PNG\r\n\x1A\n", b"\xFF\xD8\xFF", b"II*\0", b"MM\0*"];

const ARCHIVES: &[&[u8]] = &[b"\x1F\x8B", b"7z\xBC\xAF\x27\x1C", b"Rar!\x1A\x07", b"BZh", b"\xFD7zXZ\0", b"\x28\xB5\x2F\xFD"];

/// Endings of documents that are ZIP archives inside.
const ZIPPED: &[&str] = &["docx", "docm", "dotx", "odt", "ott", "ods", "odp", "xlsx", "xlsm", "pptx", "pptm"];

pub(super) fn contents(head: &[u8], path: &Path) -> Contents {
    let begins = |signs: &[&[u8]]| signs.iter().any(|sign| head.starts_with(sign));
    if begins(DOCUMENTS) {
        return Contents::Document;
    }
    if head.starts_with(b"PK\x03\x04") {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        // The first member of an office file gives it away under any name.
        let office = memchr::memmem::find(head, b"[Content_Types].xml").is_some() || head.get(30..38) == Some(b"mimetype");
        return if office || ZIPPED.contains(&ending.as_str()) { Contents::Document } else { Contents::Archive };
    }
    if begins(ARCHIVES) || head.get(257..262) == Some(b"ustar") {
        return Contents::Archive;
    }
    if head.contains(&0) && !matches!(legacy::detect(head), Charset::Utf16Le | Charset::Utf16Be) {
        return Contents::Binary;
    }
    Contents::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings() {
        let of = |head: &[u8], name: &str| contents(head, Path::new(name));
        assert_eq!(of(b"%PDF-1.7\n", "a.txt"), Contents::Document);
        assert_eq!(of(b"PK\x03\x04 and so on", "a.zip"), Contents::Archive);
        assert_eq!(of(b"PK\x03\x04 and so on", "a.DOCX"), Contents::Document);
        assert_eq!(of("STT;Họ tên".as_bytes(), "a.bin"), Contents::Text);
        assert_eq!(of(b"H\0o\0 \0t\0e\0n\0 \0v\0i\0 \0d\0u\0", "a"), Contents::Text);
        assert_eq!(of(b"\x7FELF\x02\x01\x01\0\0\0\0\0", "a"), Contents::Binary);
        assert_eq!(of(b"", "a"), Contents::Text);
    }
}
