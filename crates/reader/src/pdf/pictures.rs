//! Which pages are only pictures, and the picture as pixels or JPEG for recognition.

use hayro_syntax::Filter;
use hayro_syntax::object::Name;
use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};

use super::content::{Content, Frame, Placed};
use crate::limits::Budget;
use crate::lines::Line;
use crate::ocr::Image;

/// The picture of a page whose text layer is missing or useless.
pub(super) fn of_page(content: &Content<'_>, frame: Frame, lines: &[Line], budget: &mut Budget) -> Option<Image> {
    let _ = (content, frame, lines, budget);
    None
}
