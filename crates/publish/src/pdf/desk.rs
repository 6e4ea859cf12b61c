//! The world that the typesetter sees: one template, the fonts, one page of data, and nothing else.
//!
//! Every file, package and clock is refused, so that even a mistake in the template could reach nothing.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Value};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Faces of the official letters, which stand first in [`FONTS`].
const N_SERIF: usize = 4;

/// Liberation Serif 2.1.5: equal in metrics to Times New Roman. Be Vietnam Pro 1.002, as the pages have it: for what is put up
/// on walls and screens. Both under the SIL Open Font License 1.1.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let faces: [&'static [u8]; 6] = [
        include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
        include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
        include_bytes!("../../fonts/LiberationSerif-Italic.ttf"),
        include_bytes!("../../fonts/LiberationSerif-BoldItalic.ttf"),
        include_bytes!("../../fonts/BeVietnamPro-Regular.ttf"),
        include_bytes!("../../fonts/BeVietnamPro-Bold.ttf"),
    ];
    faces.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// What is typeset, and so by which template and in which faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Letter,
    Lesson,
    Certificate,
}

impl Form {
    fn template(self) -> &'static str {
        match self {
            Form::Letter => include_str!("letter.typ"),
            Form::Lesson => include_str!("lesson.typ"),
            Form::Certificate => include_str!("certificate.typ"),
        }
    }

    /// Stands for a character that a face has no shape for.
    pub(super) fn missing_glyph(self) -> char {
        match self {
            Form::Letter => '□',
            // Be Vietnam Pro has no box.
            Form::Lesson | Form::Certificate => '?',
        }
    }

    /// Whether all faces of the form have a shape for `c`.
    pub(super) fn has_glyph(self, c: char) -> bool {
        let (serif, sans) = FONTS.split_at(N_SERIF.min(FONTS.len()));
        let faces = if self == Form::Letter { serif } else { sans };
        c.is_ascii() || faces.iter().all(|font| font.info().coverage.contains(c.into()))
    }
}

/// What lies before the typesetter for one document.
pub(super) struct Desk {
    library: LazyHash<Library>,
    template: Source,
}

impl Desk {
    /// `page` is what the template finds as `sys.inputs.page`.
    pub(super) fn new(form: Form, page: Value) -> Self {
        let mut inputs = Dict::new();
        inputs.insert("page".into(), page);
        let library = Library::builder().with_inputs(inputs).build();
        Self { library: LazyHash::new(library), template: Source::detached(form.template()) }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
