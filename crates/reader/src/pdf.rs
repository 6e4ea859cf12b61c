//! PDF: the text layer as lines in reading order, page by page, and the pages that are only pictures.
//!
//! A PDF knows glyphs and places, neither words nor paragraphs: blanks, lines and columns are inferred (see [`crate::lines`]).
//! Not for forms, attachments or scripts.

use std::sync::Arc;

use hayro_syntax::object::{Array, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use text::{Aside, BlockKind};

use crate::limits::Budget;
use crate::lines::{self, Line};
use crate::ocr::{Picture, Source};
use crate::writer::Writer;
use crate::{Format, Problem};

mod cmap;
mod codecs;
mod content;
mod encoding;
mod filters;
mod fonts;
mod found;
mod locked;
mod objects;
mod pictures;
mod streams;
mod words;

use content::{Content, Frame};
use fonts::Fonts;

const FORMAT: Format = Format::Pdf;

/// The bytes of the file as hayro-syntax wants them.
struct Shared(Arc<[u8]>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Writes the text layer; gives the pages that have to be recognised from their picture.
pub(crate) fn read(bytes: &Arc<[u8]>, budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) -> Vec<Picture> {
    match read_pages(bytes, budget, writer, problems) {
        Ok(pictures) => pictures,
        Err(problem) => {
            problems.push(problem);
            vec![]
        }
    }
}

fn read_pages(bytes: &Arc<[u8]>, budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) -> Result<Vec<Picture>, Problem> {
    // The library unpacks and lists much while it opens the file, without a limit of its own.
    objects::check(bytes, budget)?;
    let pdf = Pdf::new(Arc::new(Shared(Arc::clone(bytes)))).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Problem::Encrypted { format: FORMAT }
        }
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Problem::Damaged { format: FORMAT, part: "xref".to_owned() },
    })?;
    if !has_end(bytes) {
        problems.push(Problem::Damaged { format: FORMAT, part: "end".to_owned() });
    }
    let pages = pdf.pages();
    let limit = budget.limits.pages;
    if pages.len() > limit {
        problems.push(Problem::TooManyPages { pages: pages.len(), limit });
    }
    if pages.is_empty() {
        return Err(Problem::Damaged { format: FORMAT, part: "pages".to_owned() });
    }
    let mut fonts = Fonts::default();
    let mut pictures = Vec::new();
    let mut room = pictures::Room::new(&budget.limits);
    let mut tables = 0;
    for (number, page) in (1u32..).zip(pages.iter().take(limit)) {
        let frame = Frame::of(page);
        let mut content = Content::default();
        // What was read of a page until then stays.
        let outcome = budget.check_time().and_then(|()| page_content(page, frame, &mut content, &mut fonts, budget));
        let is_over = matches!(outcome, Err(Problem::TooSlow { .. }));
        if let Err(problem) = outcome {
            problems.push(named(problem, number));
        }
        let (content, frame) = content.turned(frame);
        let (pieces, slanted) = words::pieces(&content);
        let mut lines = lines::arrange(pieces, &content.rules, frame.height);
        lines.extend(slanted.into_iter().map(|text| Line { kind: BlockKind::Aside(Aside::TextBox), text }));
        match pictures::of_page(&content, frame, &lines, &mut room, budget) {
            Some(image) => pictures.push(Picture::of_page(number, image, room.keep_lines(lines), writer.n_blocks())),
            None => lines::write(&lines, number, &mut tables, writer),
        }
        if writer.is_full() || is_over {
            break;
        }
    }
    Ok(pictures)
}

/// The picture of each page, whether it has a text layer or not: what a scanner put on it, or the page to be drawn.
///
/// # Errors
/// [`Problem::TooManyPages`], and what keeps the file from being read at all.
pub(crate) fn page_pictures(bytes: &Arc<[u8]>, budget: &mut Budget) -> Result<Vec<(u32, Source)>, Problem> {
    objects::check(bytes, budget)?;
    let damaged = |_| Problem::Damaged { format: FORMAT, part: "xref".to_owned() };
    let pdf = Pdf::new(Arc::new(Shared(Arc::clone(bytes)))).map_err(damaged)?;
    let (pages, limit) = (pdf.pages(), budget.limits.pages);
    if pages.len() > limit {
        return Err(Problem::TooManyPages { pages: pages.len(), limit });
    }
    let mut room = pictures::Room::new(&budget.limits);
    let mut fonts = Fonts::default();
    let mut found = Vec::new();
    for (number, page) in (1u32..).zip(pages.iter()) {
        let frame = Frame::of(page);
        let mut content = Content::default();
        budget.check_time()?;
        // A page that cannot be read may still be drawn.
        let source = match page_content(page, frame, &mut content, &mut fonts, budget) {
            Ok(()) => pictures::whole_page(&content, frame, &mut room, budget),
            Err(_) => Source::Drawing,
        };
        found.push((number, source));
    }
    Ok(found)
}

/// A file that was cut off has lost its end, even where all that is left can be read.
fn has_end(bytes: &[u8]) -> bool {
    // Mail programs and scanners append to the file; more than this they never do.
    const TAIL_BYTES: usize = 4 << 10;
    bytes[bytes.len().saturating_sub(TAIL_BYTES)..].windows(5).any(|w| w == b"%%EOF")
}

fn named(problem: Problem, page: u32) -> Problem {
    match problem {
        Problem::Damaged { format, .. } => Problem::Damaged { format, part: format!("page {page}") },
        other => other,
    }
}

fn page_content<'a>(
    page: &Page<'a>,
    frame: Frame,
    content: &mut Content<'a>,
    fonts: &mut Fonts,
    budget: &mut Budget,
) -> Result<(), Problem> {
    let data = page_stream(page, budget)?;
    let resources = page.resources();
    content.read(&data, &resources.fonts, &resources.x_objects, frame, fonts, budget)
}

/// All content streams of a page, joined; a broken one is left out.
fn page_stream(page: &Page<'_>, budget: &mut Budget) -> Result<Vec<u8>, Problem> {
    let raw = page.raw();
    if let Some(stream) = raw.get::<Stream<'_>>(b"Contents") {
        return streams::unpacked(&stream, budget);
    }
    let mut all = Vec::new();
    if let Some(array) = raw.get::<Array<'_>>(b"Contents") {
        for stream in array.iter::<Stream<'_>>() {
            budget.tick()?;
            all.extend(streams::unpacked(&stream, budget)?);
            all.push(b'\n');
        }
    }
    Ok(all)
}
