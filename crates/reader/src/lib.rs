//! Bytes of any office file to a plain document, with the problems that were met.
//!
//! For reading what a person would read on paper: text in reading order, list numbers, tables, headings, and beside it
//! headers, footers and notes. Not for layout or macros, and not for judging what the text means. Of pictures the text is
//! read, and [`picture`] takes away what cameras write beside them. [`ending`] says whether a name tells the truth, and
//! [`program`] runs what others have made, [`sheet`] reads a table that somebody filled in, [`marks`] a sheet of boxes.
//! [`read`] never fails and never panics: a damaged, locked or hostile file gives what could be read and says why not more.
//!
//! ```
//! let read = reader::read(b"S\xE8 12", "letter.txt", &reader::Limits::default());
//! ```

use std::sync::Arc;

use text::Doc;

mod doc;
mod docx;
pub mod ending;
mod fence;
mod format;
mod grid;
mod html;
mod limits;
mod lines;
mod markdown;
pub mod marks;
mod numbering;
mod ocr;
mod odt;
mod package;
mod pdf;
pub mod picture;
mod problem;
pub mod program;
mod rtf;
pub mod sheet;
mod txt;
mod writer;
mod xlsx;
mod xml;

pub use format::Format;
pub use limits::Limits;
pub use problem::Problem;

use limits::Budget;
use writer::Writer;

/// What came out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What the contents are, whatever the name says.
    pub format: Format,
    pub doc: Doc,
    /// Empty when everything was read as it stands; a text recognised from pictures always says so.
    pub problems: Vec<Problem>,
}

/// Reads a file; `name` is only asked where the contents cannot tell, and compared with them.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Read {
    if bytes.is_empty() {
        return Read { format: Format::Unknown, doc: Doc::default(), problems: vec![Problem::Empty] };
    }
    if bytes.len() as u64 > limits.bytes {
        let problem = Problem::TooLarge { bytes: bytes.len() as u64, limit_bytes: limits.bytes };
        return Read { format: Format::Unknown, doc: Doc::default(), problems: vec![problem] };
    }
    let shared: Arc<[u8]> = Arc::from(bytes);
    let (format, mut problems) = match detect_fenced(&shared, name, limits) {
        Ok(found) => found,
        Err(problem) => (Format::Unknown, vec![problem]),
    };
    let damaged = problems.iter().any(|p| matches!(p, Problem::Damaged { .. }));
    if format == Format::Unknown || damaged {
        return Read { format, doc: Doc::default(), problems: nothing_left(problems) };
    }
    let fenced = {
        let (bytes, limits) = (Arc::clone(&shared), limits.clone());
        // The work ends by its own clock; the fence only stands a little behind it.
        let time = limits.time + limits.time / 8;
        fence::run(time, move || read_as(format, &bytes, &limits))
    };
    let mut parsed = fenced.unwrap_or_else(|stopped| Parsed::failed(format, stopped, limits));
    problems.append(&mut parsed.problems);
    let doc = ocr::complete(parsed.doc, &parsed.pictures, &shared, limits, &mut problems);
    if doc.text.trim().is_empty() {
        problems = nothing_left(problems);
        if problems.is_empty() {
            problems.push(Problem::NoText);
        }
    }
    Read { format, doc, problems }
}

/// Of a file from which no text came: where a part is damaged, there is no rest that can be read all the same.
fn nothing_left(problems: Vec<Problem>) -> Vec<Problem> {
    let of_all = |problem| match problem {
        Problem::Damaged { format, part } => Problem::Unreadable { format, part },
        other => other,
    };
    problems.into_iter().map(of_all).collect()
}

/// What a reader hands over: text, and pages that are only pictures.
pub(crate) struct Parsed {
    doc: Doc,
    pictures: Vec<ocr::Picture>,
    problems: Vec<Problem>,
}

impl Parsed {
    fn failed(format: Format, stopped: fence::Stopped, limits: &Limits) -> Parsed {
        let problem = match stopped {
            fence::Stopped::Panicked => Problem::ReaderFailed { format },
            fence::Stopped::TooSlow => Problem::TooSlow { limit_ms: u64::try_from(limits.time.as_millis()).unwrap_or(u64::MAX) },
        };
        Parsed { doc: Doc::default(), pictures: vec![], problems: vec![problem] }
    }
}

fn detect_fenced(bytes: &Arc<[u8]>, name: &str, limits: &Limits) -> Result<(Format, Vec<Problem>), Problem> {
    let (bytes, name) = (Arc::clone(bytes), name.to_owned());
    // Looking into an archive or a compound file is parsing, too, but never takes long.
    fence::run(limits.time / 8, move || format::detect(&bytes, &name)).map_err(|_| Problem::ReaderFailed { format: Format::Unknown })
}

fn read_as(format: Format, bytes: &Arc<[u8]>, limits: &Limits) -> Parsed {
    let mut budget = Budget::new(limits);
    let mut writer = Writer::new(limits);
    let mut problems = Vec::new();
    let mut pictures = Vec::new();
    // These are decoded whole, which takes several times their size: no more of them than can come out.
    let text = beginning(bytes, limits.text_bytes);
    match format {
        Format::Txt => txt::read(text, &mut writer, &mut problems),
        Format::Markdown => markdown::read(text, &mut writer, &mut problems),
        Format::Html => html::read(text, &mut budget, &mut writer, &mut problems),
        Format::Docx => docx::read(bytes, &mut budget, &mut writer, &mut problems),
        Format::Doc => doc::read(bytes, &mut budget, &mut writer, &mut problems),
        Format::Rtf => rtf::read(bytes, &mut budget, &mut writer, &mut problems),
        Format::Odt => odt::read(bytes, &mut budget, &mut writer, &mut problems),
        Format::Xlsx => xlsx::read(bytes, &mut budget, &mut writer, &mut problems),
        Format::Pdf => pictures = pdf::read(bytes, &mut budget, &mut writer, &mut problems),
        Format::Png | Format::Jpeg | Format::Tiff => pictures.push(ocr::Picture::whole_file(format)),
        Format::Unknown => {}
    }
    // The writer says itself that it is full.
    problems.retain(|p| !matches!(p, Problem::TooMuchText { .. }));
    let cut = matches!(format, Format::Txt | Format::Markdown | Format::Html) && text.len() < bytes.len();
    let slow = problems.iter().any(|p| matches!(p, Problem::TooSlow { .. }));
    if cut && !slow && !writer.is_full() {
        problems.push(Problem::TooMuchText { limit_bytes: limits.text_bytes });
    }
    let doc = writer.finish(&mut problems);
    Parsed { doc, pictures, problems }
}

/// At most `limit` bytes, cut behind a line, so that no character is torn.
fn beginning(bytes: &[u8], limit: usize) -> &[u8] {
    if bytes.len() <= limit {
        return bytes;
    }
    let cut = &bytes[..limit];
    cut.iter().rposition(|b| *b == b'\n').map_or(cut, |end| &cut[..=end])
}
