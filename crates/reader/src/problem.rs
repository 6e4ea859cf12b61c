//! What went wrong, or needs a second look, while a file was read: a code and data, never a sentence.
//!
//! The words for people stand in the message catalogues, one message per [`Problem::code`] with the names of [`Problem::data`].

use thiserror::Error;

use crate::Format;

/// One thing a clerk should know about a file that was read. The text that could be read is there all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} {:?}", self.code(), self.data())]
pub enum Problem {
    /// The file has no bytes.
    Empty,
    /// The file is larger than [`crate::Limits::bytes`].
    TooLarge { bytes: u64, limit_bytes: u64 },
    /// The contents are of no kind that can be read; `kind` names it where it was recognised ("xls", "rar"…).
    Unsupported { kind: Option<&'static str> },
    /// The extension says something else than the contents; the contents decided.
    WrongExtension { extension: String, found: Format },
    /// A password is needed.
    Encrypted { format: Format },
    /// Word 6.0, 95 or older: to be saved again as DOCX.
    OldWord,
    /// A part is broken or missing; what could be read was read. `part` is a technical name ("word/document.xml", "page 3").
    Damaged { format: Format, part: String },
    /// A part is damaged, and nothing of the file could be read.
    Unreadable { format: Format, part: String },
    /// Deeper nesting than [`crate::Limits::depth`]; the rest was left out.
    TooDeep { limit: usize },
    /// More archive members than [`crate::Limits::entries`].
    TooManyEntries { entries: usize, limit: usize },
    /// A compressed part unpacks to more than the limits allow: perhaps a bomb.
    TooMuchUnpacked { part: String, limit_bytes: u64 },
    /// More text than [`crate::Limits::text_bytes`] or [`crate::Limits::blocks`]; the rest was left out.
    TooMuchText { limit_bytes: usize },
    /// More pages than [`crate::Limits::pages`]; the rest was left out.
    TooManyPages { pages: usize, limit: usize },
    /// Reading took longer than [`crate::Limits::time`]; the rest was left out.
    TooSlow { limit_ms: u64 },
    /// The reader itself failed on this file.
    ReaderFailed { format: Format },
    /// Nothing at all could be read from the file.
    NoText,
    /// The fonts did not tell the encoding; it was recognised from the letters.
    EncodingGuessed { charset: String },
    /// Text was recognised from pictures: numbers, dates and names have to be compared with the original.
    Recognised { pages: usize },
    /// Pictures of pages need Tesseract, which is not installed.
    OcrMissing { pages: usize, debian: &'static str, windows: &'static str },
    /// Pictures of pages were not recognised: the folder for temporary files cannot be written.
    OcrNoFolder { pages: usize },
    /// Pages of a PDF have to be drawn before they can be recognised, and pdftoppm is not installed.
    DrawingMissing { pages: usize, debian: &'static str, windows: &'static str },
    /// Tesseract is installed without Vietnamese.
    OcrLanguageMissing { pages: usize, debian: &'static str, windows: &'static str },
    /// Tesseract failed or took longer than [`crate::Limits::ocr_page_time`] on a page.
    OcrFailed { page: u32 },
    /// More pictures of pages than [`crate::Limits::ocr_pages`]; the rest was left out.
    OcrPagesLeft { pages: usize, limit: usize },
}

impl Problem {
    /// Key of the message in the catalogues.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Empty => "reader-empty",
            Problem::TooLarge { .. } => "reader-too-large",
            Problem::Unsupported { .. } => "reader-unsupported",
            Problem::WrongExtension { .. } => "reader-wrong-extension",
            Problem::Encrypted { .. } => "reader-encrypted",
            Problem::OldWord => "reader-old-word",
            Problem::Damaged { .. } => "reader-damaged",
            Problem::Unreadable { .. } => "reader-unreadable",
            Problem::TooDeep { .. } => "reader-too-deep",
            Problem::TooManyEntries { .. } => "reader-too-many-entries",
            Problem::TooMuchUnpacked { .. } => "reader-too-much-unpacked",
            Problem::TooMuchText { .. } => "reader-too-much-text",
            Problem::TooManyPages { .. } => "reader-too-many-pages",
            Problem::TooSlow { .. } => "reader-too-slow",
            Problem::ReaderFailed { .. } => "reader-failed",
            Problem::NoText => "reader-no-text",
            Problem::EncodingGuessed { .. } => "reader-encoding-guessed",
            Problem::Recognised { .. } => "reader-recognised",
            Problem::OcrMissing { .. } => "reader-ocr-missing",
            Problem::OcrNoFolder { .. } => "reader-ocr-no-folder",
            Problem::OcrLanguageMissing { .. } => "reader-ocr-language-missing",
            Problem::DrawingMissing { .. } => "reader-drawing-missing",
            Problem::OcrFailed { .. } => "reader-ocr-failed",
            Problem::OcrPagesLeft { .. } => "reader-ocr-pages-left",
        }
    }

    /// Every code, so that a catalogue can be checked for completeness.
    pub const CODES: &'static [&'static str] = &[
        "reader-empty",
        "reader-too-large",
        "reader-unsupported",
        "reader-wrong-extension",
        "reader-encrypted",
        "reader-old-word",
        "reader-damaged",
        "reader-unreadable",
        "reader-too-deep",
        "reader-too-many-entries",
        "reader-too-much-unpacked",
        "reader-too-much-text",
        "reader-too-many-pages",
        "reader-too-slow",
        "reader-failed",
        "reader-no-text",
        "reader-encoding-guessed",
        "reader-recognised",
        "reader-ocr-missing",
        "reader-ocr-no-folder",
        "reader-ocr-language-missing",
        "reader-drawing-missing",
        "reader-ocr-failed",
        "reader-ocr-pages-left",
    ];

    /// Values for the message, by name.
    pub fn data(&self) -> Vec<(&'static str, String)> {
        match self {
            Problem::Empty | Problem::OldWord | Problem::NoText => vec![],
            Problem::TooLarge { bytes, limit_bytes } => vec![("bytes", bytes.to_string()), ("limit_bytes", limit_bytes.to_string())],
            Problem::Unsupported { kind } => vec![("kind", kind.unwrap_or_default().to_owned())],
            Problem::WrongExtension { extension, found } => vec![("extension", extension.clone()), ("found", found.name().to_owned())],
            Problem::Encrypted { format } | Problem::ReaderFailed { format } => vec![("format", format.name().to_owned())],
            Problem::Damaged { format, part } | Problem::Unreadable { format, part } => {
                vec![("format", format.name().to_owned()), ("part", part.clone())]
            }
            Problem::TooDeep { limit } => vec![("limit", limit.to_string())],
            Problem::TooManyEntries { entries, limit } => vec![("entries", entries.to_string()), ("limit", limit.to_string())],
            Problem::TooMuchUnpacked { part, limit_bytes } => vec![("part", part.clone()), ("limit_bytes", limit_bytes.to_string())],
            Problem::TooMuchText { limit_bytes } => vec![("limit_bytes", limit_bytes.to_string())],
            Problem::TooSlow { limit_ms } => vec![("limit_ms", limit_ms.to_string())],
            Problem::EncodingGuessed { charset } => vec![("charset", charset.clone())],
            Problem::OcrFailed { page } => vec![("page", page.to_string())],
            Problem::Recognised { pages } | Problem::OcrNoFolder { pages } => vec![("pages", pages.to_string())],
            Problem::OcrMissing { pages, debian, windows }
            | Problem::DrawingMissing { pages, debian, windows }
            | Problem::OcrLanguageMissing { pages, debian, windows } => {
                vec![("pages", pages.to_string()), ("debian", (*debian).to_owned()), ("windows", (*windows).to_owned())]
            }
            Problem::TooManyPages { pages, limit } | Problem::OcrPagesLeft { pages, limit } => {
                vec![("pages", pages.to_string()), ("limit", limit.to_string())]
            }
        }
    }
}
