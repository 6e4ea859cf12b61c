//! Recognition of pages that are only pictures, through Tesseract as an external program found at run time.
//!
//! Without it the text of such pages is missing, and the problem names the package to install.
//! Recognised text is never certain: that it was recognised is always said.

use std::sync::Arc;

use text::Doc;

use crate::lines::{self, Line};
use crate::{Format, Limits, Problem};

mod program;
mod words;

use program::{Failure, Programs, WorkFolder};

/// A picture in a form that Tesseract reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) bytes: Vec<u8>,
    /// "jpg" or "pgm".
    pub(crate) extension: &'static str,
}

/// Where the picture of a page comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Image(Image),
    /// The file itself is the picture.
    WholeFile(Format),
    /// The page of the PDF has to be drawn by another program.
    Drawing,
}

/// A page to be recognised.
#[derive(Debug)]
pub(crate) struct Picture {
    page: u32,
    source: Source,
    /// What the page's own text layer says, for want of anything better.
    lines: Vec<Line>,
    /// Number of blocks before this page.
    at: usize,
}

impl Picture {
    pub(crate) fn whole_file(format: Format) -> Picture {
        Picture { page: 1, source: Source::WholeFile(format), lines: vec![], at: 0 }
    }

    pub(crate) fn of_page(page: u32, source: Source, lines: Vec<Line>, at: usize) -> Picture {
        Picture { page, source, lines, at }
    }
}

/// What there is to install for pictures, by operating system.
const TESSERACT: (&str, &str) = ("tesseract-ocr tesseract-ocr-vie", "UB-Mannheim.TesseractOCR");
const VIETNAMESE: (&str, &str) = ("tesseract-ocr-vie", "tessdata/vie.traineddata");
const DRAWING: (&str, &str) = ("poppler-utils", "oschwartz10612.Poppler");

/// Draws pages of a PDF whose picture is not simply there.
pub(crate) struct Drawer {
    programs: Programs,
    folder: WorkFolder,
}

impl Drawer {
    /// `None` without a program that draws, or a folder to draw in.
    pub(crate) fn new() -> Option<Drawer> {
        let programs = Programs::find();
        let folder = WorkFolder::new().ok().filter(|_| programs.can_draw())?;
        Some(Drawer { programs, folder })
    }

    /// A page as a portable grey map.
    pub(crate) fn draw(&self, file: &[u8], page: u32, limits: &Limits) -> Option<Vec<u8>> {
        let pdf = self.folder.write("pages.pdf", file).ok()?;
        let drawn = self.programs.draw(&pdf, page, &self.folder, limits).ok()?;
        let bytes = std::fs::read(&drawn).ok();
        // One at a time: a hundred pages are a gigabyte.
        let _ = std::fs::remove_file(drawn);
        bytes
    }
}

/// Recognises the pictures and puts their lines where their pages belong in `doc`.
pub(crate) fn complete(doc: Doc, pictures: &[Picture], file: &Arc<[u8]>, limits: &Limits, problems: &mut Vec<Problem>) -> Doc {
    if pictures.is_empty() {
        return doc;
    }
    let programs = Programs::find();
    let recognised = match programs.check() {
        Ok(()) => recognise_all(&programs, pictures, file, limits, problems),
        Err(failure) => {
            let pages = pictures.len();
            problems.push(match failure {
                Failure::NoVietnamese => Problem::OcrLanguageMissing { pages, debian: VIETNAMESE.0, windows: VIETNAMESE.1 },
                Failure::NoFolder => Problem::OcrNoFolder { pages },
                _ => Problem::OcrMissing { pages, debian: TESSERACT.0, windows: TESSERACT.1 },
            });
            vec![]
        }
    };
    merged(&doc, pictures, recognised, limits)
}

/// Lines per picture, `None` where recognition failed; one page after the other on every processor.
fn recognise_all(
    programs: &Programs,
    pictures: &[Picture],
    file: &Arc<[u8]>,
    limits: &Limits,
    problems: &mut Vec<Problem>,
) -> Vec<Option<Vec<Vec<Line>>>> {
    let Ok(folder) = WorkFolder::new() else {
        problems.push(Problem::OcrNoFolder { pages: pictures.len() });
        return vec![];
    };
    if pictures.len() > limits.ocr_pages {
        problems.push(Problem::OcrPagesLeft { pages: pictures.len() - limits.ocr_pages, limit: limits.ocr_pages });
    }
    let todo = &pictures[..pictures.len().min(limits.ocr_pages)];
    let n_workers = std::thread::available_parallelism().map_or(1, |n| n.get()).min(8);
    let mut outcomes = Vec::new();
    for batch in todo.chunks(n_workers) {
        let done: Vec<_> = std::thread::scope(|scope| {
            let spawned: Vec<_> = batch.iter().map(|picture| scope.spawn(|| recognise(programs, picture, file, &folder, limits))).collect();
            spawned.into_iter().map(|worker| worker.join().unwrap_or(Err(Failure::Failed))).collect()
        });
        outcomes.extend(done);
    }
    let mut pages = 0;
    let (mut undrawn, mut unwritten) = (0, 0);
    let mut recognised = Vec::new();
    for (picture, outcome) in todo.iter().zip(outcomes) {
        match outcome {
            Ok(sheets) => {
                pages += sheets.len();
                recognised.push(Some(sheets));
                continue;
            }
            Err(Failure::NoDrawing) => undrawn += 1,
            Err(Failure::NoFolder) => unwritten += 1,
            Err(_) => problems.push(Problem::OcrFailed { page: picture.page }),
        }
        recognised.push(None);
    }
    if unwritten > 0 {
        problems.push(Problem::OcrNoFolder { pages: unwritten });
    }
    if undrawn > 0 {
        problems.push(Problem::DrawingMissing { pages: undrawn, debian: DRAWING.0, windows: DRAWING.1 });
    }
    if pages > 0 {
        problems.push(Problem::Recognised { pages });
    }
    recognised
}

/// The lines of every sheet of one picture; only a multi-page TIFF has more than one.
fn recognise(programs: &Programs, picture: &Picture, file: &[u8], folder: &WorkFolder, limits: &Limits) -> Result<Vec<Vec<Line>>, Failure> {
    let stem = format!("page{}", picture.page);
    let input = match &picture.source {
        Source::Image(image) => folder.write(&format!("{stem}.{}", image.extension), &image.bytes)?,
        Source::WholeFile(format) => folder.write(&format!("{stem}.{}", format.name()), file)?,
        Source::Drawing => {
            let pdf = folder.write(&format!("{stem}.pdf"), file)?;
            programs.draw(&pdf, picture.page, folder, limits)?
        }
    };
    let table = programs.recognise(&input, &stem, folder, limits)?;
    Ok(words::sheets(&table, limits.pages).into_iter().map(|sheet| lines::arrange(sheet.pieces, &[], sheet.height)).collect())
}

fn merged(doc: &Doc, pictures: &[Picture], recognised: Vec<Option<Vec<Vec<Line>>>>, limits: &Limits) -> Doc {
    let mut out = Doc::default();
    let mut blocks = doc.blocks.iter().enumerate().peekable();
    let mut recognised = recognised.into_iter();
    for picture in pictures {
        while let Some((_, block)) = blocks.next_if(|(place, _)| *place < picture.at) {
            out.push(block.kind.clone(), block.page, doc.block_text(block));
        }
        let sheets = recognised.next().flatten().unwrap_or_else(|| vec![picture.lines.clone()]);
        for (page, sheet) in (picture.page..).zip(sheets) {
            for line in sheet {
                if out.text.len() + line.text.len() < limits.text_bytes {
                    out.push(line.kind, Some(page), line.text.trim_end());
                }
            }
        }
    }
    for (_, block) in blocks {
        out.push(block.kind.clone(), block.page, doc.block_text(block));
    }
    out
}
