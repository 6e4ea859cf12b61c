//! Writes a laid-out letter as PDF/A-2a and PDF/UA-1, typeset by typst with Liberation Serif inside.
//!
//! The template is fixed and the letter enters it as data only, so that no text of a letter is ever read as
//! markup; the typesetter sees no file, no package, no clock and no network. Not for signing.
//!
//! ```
//! let pdf = publish::pdf(&publish::OfficialLetter::default(), jiff::Timestamp::UNIX_EPOCH)?;
//! assert_eq!(&pdf.bytes[..5], b"%PDF-");
//! # Ok::<(), publish::Error>(())
//! ```

mod certificate;
mod desk;
mod lesson;

use std::collections::BTreeSet;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::Error;
use crate::letter::OfficialLetter;
use crate::page::Page;
pub use certificate::certificate_pdf;
use desk::{Desk, Form};
pub use lesson::{Sheet, lesson_pdf};

/// Named in the file as the program that made it.
const CREATOR: &str = "luytre";

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    /// Characters that the font lacks (say, emoji); a box was printed in their place.
    pub missing_glyphs: Vec<char>,
    pub n_pages: usize,
}

/// `letter` as PDF/A-2a and PDF/UA-1 that says it was made at `created` (UTC, whole seconds).
///
/// The same letter and time give the same bytes.
///
/// # Errors
/// [`Error::Typeset`] if the typesetter or the checks of the PDF standard refuse the page.
pub fn pdf(letter: &OfficialLetter, created: jiff::Timestamp) -> Result<Pdf, Error> {
    let mut page = Page::of(letter);
    page.break_long_words();
    typeset(Form::Letter, &serde_json::to_string(&page)?, created)
}

/// The page of data that `json` is, by the form's template.
fn typeset(form: Form, json: &str, created: jiff::Timestamp) -> Result<Pdf, Error> {
    let (json, missing_glyphs) = printable(form, json);
    let desk = Desk::new(form, serde_json::from_str(&json)?);
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|errors| refused(&errors))?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| Error::Typeset(vec![error.message().to_string()]))?;
    let options = PdfOptions {
        // Identifies the document by its content: equal pages, equal files.
        ident: Smart::Custom(json),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: timestamp(created),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors))?;
    // What the typesetter remembers is of no use to the next letter, and a server does not grow.
    comemo::evict(0);
    Ok(Pdf { bytes, missing_glyphs, n_pages: document.pages().len() })
}

/// `json` with every character that the form's faces lack replaced, and those characters.
fn printable(form: Form, json: &str) -> (String, Vec<char>) {
    let mut missing = BTreeSet::new();
    let text = json.chars().map(|c| {
        if form.has_glyph(c) {
            c
        } else {
            missing.insert(c);
            form.missing_glyph()
        }
    });
    let text = text.collect();
    (text, missing.into_iter().collect())
}

fn refused(errors: &[SourceDiagnostic]) -> Error {
    Error::Typeset(errors.iter().map(|error| error.message.to_string()).collect())
}

fn timestamp(created: jiff::Timestamp) -> Option<Timestamp> {
    let utc = jiff::tz::Offset::UTC.to_datetime(created);
    let unsigned = |n: i8| u8::try_from(n).ok();
    let datetime = Datetime::from_ymd_hms(
        utc.year().into(),
        unsigned(utc.month())?,
        unsigned(utc.day())?,
        unsigned(utc.hour())?,
        unsigned(utc.minute())?,
        unsigned(utc.second())?,
    )?;
    Some(Timestamp::new_utc(datetime))
}

#[cfg(test)]
mod tests;
