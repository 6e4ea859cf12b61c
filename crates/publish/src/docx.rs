//! Writes a laid-out letter as DOCX (WordprocessingML, ECMA-376 part 1, transitional).
//!
//! Written element by element with quick-xml, because the header rows that repeat, the rows that stay whole and
//! the language of the text, all needed here, are missing from the DOCX crates. Not for layout decisions.
//!
//! ```
//! let bytes = publish::docx(&publish::OfficialLetter::default(), jiff::Timestamp::UNIX_EPOCH)?;
//! assert_eq!(&bytes[..2], b"PK");
//! # Ok::<(), publish::Error>(())
//! ```

mod content;
mod markup;
mod package;

use crate::Error;
use crate::letter::OfficialLetter;
use crate::page::Page;

/// `letter` as the bytes of a DOCX file that says it was made at `created` (UTC, whole seconds).
///
/// The same letter and time give the same bytes. Characters that XML or official texts cannot hold are left out.
///
/// # Errors
/// [`Error::Container`] or [`Error::Part`] if the container cannot be written, which memory never refuses.
pub fn docx(letter: &OfficialLetter, created: jiff::Timestamp) -> Result<Vec<u8>, Error> {
    let page = Page::of(letter);
    package::pack(&page, &content::document(&page), created)
}
