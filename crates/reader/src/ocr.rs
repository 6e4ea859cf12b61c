//! Recognition of pictures: not done yet, and said so.

use std::sync::Arc;

use text::Doc;

use crate::lines::Line;
use crate::{Format, Limits, Problem};

pub(crate) struct Image;
pub(crate) struct Picture;

impl Picture {
    pub(crate) fn whole_file(_format: Format) -> Picture {
        Picture
    }

    pub(crate) fn of_page(_page: u32, _image: Image, _lines: Vec<Line>, _at: usize) -> Picture {
        Picture
    }
}

pub(crate) fn complete(doc: Doc, pictures: Vec<Picture>, _bytes: &Arc<[u8]>, _limits: &Limits, problems: &mut Vec<Problem>) -> Doc {
    if !pictures.is_empty() {
        problems.push(Problem::Unsupported { kind: Some("ocr") });
    }
    doc
}
