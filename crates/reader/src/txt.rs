//! Plain text in any encoding that Vietnamese was ever typed in: every physical line a line.
//!
//! Runs of blanks and tabs inside a line stay: in a letter they part the columns of its head.

use text::legacy::{self, Charset};

use crate::Problem;
use crate::writer::{Writer, clean};

pub(crate) fn read(bytes: &[u8], writer: &mut Writer, problems: &mut Vec<Problem>) {
    for line in decoded(bytes, problems).lines() {
        writer.line(None, line);
    }
}

/// The text of a file in whatever encoding, NFC, lines ended by `\n`; a legacy encoding is a guess and said to be one.
pub(crate) fn decoded(bytes: &[u8], problems: &mut Vec<Problem>) -> String {
    let charset = legacy::detect(bytes);
    if !matches!(charset, Charset::Utf8 | Charset::Utf16Le | Charset::Utf16Be) {
        problems.push(Problem::EncodingGuessed { charset: format!("{charset:?}") });
    }
    let bytes = match charset {
        Charset::Utf8 => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
        _ => bytes,
    };
    let text = legacy::decode(bytes, charset);
    clean(&text.replace("\r\n", "\n"))
}
