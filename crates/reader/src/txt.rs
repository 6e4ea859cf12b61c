//! Plain text in any encoding that Vietnamese was ever typed in: every physical line a line.
//!
//! Runs of blanks and tabs inside a line stay: in a letter they part the columns of its head.

use text::legacy::{self, Charset};

use crate::writer::{Writer, clean};

pub(crate) fn read(bytes: &[u8], writer: &mut Writer) {
    for line in decoded(bytes).lines() {
        writer.line(None, line);
    }
}

/// The text of a file in whatever encoding, NFC, lines ended by `\n`.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let charset = legacy::detect(bytes);
    let bytes = match charset {
        Charset::Utf8 => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
        _ => bytes,
    };
    let text = legacy::decode(bytes, charset);
    clean(&text.replace("\r\n", "\n"))
}
