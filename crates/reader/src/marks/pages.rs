//! The pictures of a file: the file itself, or the pages of a PDF as a scanner makes it, one after the other.

use std::sync::Arc;

use super::{Grey, Unread};
use crate::limits::Budget;
use crate::ocr::{Drawer, Source};
use crate::{Limits, Problem, fence, pdf};

/// One picture of a file.
#[derive(Debug)]
pub struct Page {
    /// From 1.
    pub number: u32,
    pub grey: Result<Grey, Unread>,
}

/// The pictures of a PDF, a PNG or a JPEG, at most so many; each is decoded when it is asked for, so that only one is held.
///
/// # Errors
/// [`Unread`] for a file that has none.
pub fn pages(bytes: &[u8], most: usize) -> Result<Box<dyn Iterator<Item = Page> + Send>, Unread> {
    if !bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        let grey = Grey::decode(bytes);
        return match grey {
            Err(Unread::NoPicture) => Err(Unread::NoPicture),
            grey => Ok(Box::new(std::iter::once(Page { number: 1, grey }))),
        };
    }
    let limits = Limits { pages: most, ocr_pages: most, ..Limits::default() };
    if bytes.len() as u64 > limits.bytes {
        return Err(Unread::TooLarge);
    }
    let file: Arc<[u8]> = Arc::from(bytes);
    let found = {
        let (file, limits) = (Arc::clone(&file), limits.clone());
        fence::run(limits.time + limits.time / 8, move || pdf::page_pictures(&file, &mut Budget::new(&limits)))
    };
    let sources = match found {
        Ok(Ok(sources)) => sources,
        Ok(Err(Problem::TooManyPages { .. })) => return Err(Unread::TooLarge),
        _ => return Err(Unread::Broken),
    };
    let drawer = Drawer::new();
    let page = move |(number, source): (u32, Source)| {
        let grey = match source {
            Source::Image(image) if image.extension == "jpg" => Grey::decode(&image.bytes),
            Source::Image(image) => Grey::from_pgm(&image.bytes),
            Source::WholeFile(_) => Grey::decode(&file),
            Source::Drawing => match &drawer {
                Some(drawer) => drawer.draw(&file, number, &limits).ok_or(Unread::Broken).and_then(|bytes| Grey::from_pgm(&bytes)),
                None => Err(Unread::NoDrawing),
            },
        };
        Page { number, grey }
    };
    Ok(Box::new(sources.into_iter().map(page)))
}
