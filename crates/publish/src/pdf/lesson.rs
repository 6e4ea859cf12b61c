//! One lesson as leaflet, hand-out or slides: the page of data that `lesson.typ` lays out.

use std::fmt::Write;
use std::sync::OnceLock;

use programme::learn::Lesson;
use serde::{Deserialize, Serialize};

use super::desk::Form;
use super::{Pdf, typeset};
use crate::lesson::{Imprint, dated, sentences, source_line, words, words_of_reader};
use crate::page::whole;
use crate::{Error, clean};

/// What a lesson is laid out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    /// One sheet of A4: what to do in front, why on the back.
    Leaflet,
    /// A5 in large type, for people who read with effort.
    Handout,
    /// 16:9, one point a slide.
    Slides,
}

impl Sheet {
    pub const ALL: &'static [Sheet] = &[Sheet::Leaflet, Sheet::Handout, Sheet::Slides];

    pub fn as_str(self) -> &'static str {
        match self {
            Sheet::Leaflet => "leaflet",
            Sheet::Handout => "handout",
            Sheet::Slides => "slides",
        }
    }
}

/// Fixed words on sheets, from `words/sheet.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetWords {
    case: String,
    discuss: String,
    address: String,
    qr_alt: String,
}

/// What the template finds as `page.words`.
#[derive(Debug, Serialize)]
struct PageWords {
    #[serde(rename = "do")]
    dos: &'static str,
    dont: &'static str,
    remember: &'static str,
    sources: &'static str,
    case: &'static str,
    discuss: &'static str,
    address: &'static str,
    qr_alt: &'static str,
}

#[derive(Debug, Serialize)]
struct Page {
    kind: Sheet,
    title: String,
    lead: String,
    reader: &'static str,
    dos: Vec<String>,
    donts: Vec<String>,
    remember: Vec<String>,
    points: Vec<PagePoint>,
    cases: Vec<PageCase>,
    discuss: Vec<String>,
    #[serde(serialize_with = "whole::of_texts")]
    sources: Vec<String>,
    office: String,
    hotlines: Vec<String>,
    address: Option<String>,
    /// A drawing as SVG.
    qr: Option<String>,
    dated: String,
    words: PageWords,
}

#[derive(Debug, Serialize)]
struct PagePoint {
    head: String,
    #[serde(serialize_with = "whole::of_text")]
    text: String,
    #[serde(serialize_with = "whole::of_texts")]
    sentences: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PageCase {
    title: String,
    #[serde(serialize_with = "whole::of_text")]
    text: String,
    #[serde(serialize_with = "whole::of_texts")]
    sentences: Vec<String>,
    lesson: String,
}

/// `lesson` as PDF/A-2a and PDF/UA-1 with the office's imprint, made at `created` (UTC, whole seconds).
///
/// # Errors
/// [`Error::Typeset`] if the typesetter or the checks of the PDF standard refuse the page.
pub fn lesson_pdf(lesson: &Lesson, imprint: &Imprint, sheet: Sheet, created: jiff::Timestamp) -> Result<Pdf, Error> {
    typeset(Form::Lesson, &serde_json::to_string(&page(lesson, imprint, sheet))?, created)
}

fn sheet_words() -> &'static SheetWords {
    static WORDS: OnceLock<SheetWords> = OnceLock::new();
    WORDS.get_or_init(|| crate::words::parse(include_str!("../../words/sheet.toml")))
}

fn page(lesson: &Lesson, imprint: &Imprint, sheet: Sheet) -> Page {
    let lines = |lines: &[String]| lines.iter().map(|line| clean::line(line)).collect();
    let spoken = |text: &str| sentences(text).into_iter().map(clean::line).collect();
    let (fixed, of_sheet) = (words(), sheet_words());
    Page {
        kind: sheet,
        title: clean::line(&lesson.title),
        lead: clean::line(&lesson.lead),
        reader: words_of_reader(lesson),
        dos: lines(&lesson.dos),
        donts: lines(&lesson.donts),
        remember: lines(&lesson.remember),
        points: lesson
            .points
            .iter()
            .map(|p| PagePoint { head: clean::line(&p.head), text: clean::line(&p.text), sentences: spoken(&p.text) })
            .collect(),
        cases: lesson
            .cases
            .iter()
            .map(|c| PageCase {
                title: clean::line(&c.title),
                text: clean::line(&c.text),
                sentences: spoken(&c.text),
                lesson: clean::line(&c.lesson),
            })
            .collect(),
        discuss: lines(&lesson.discuss),
        sources: lesson.sources.iter().map(|source| clean::line(&source_line(source))).collect(),
        office: clean::line(&imprint.office),
        hotlines: lines(&imprint.hotlines),
        qr: imprint.address.as_deref().and_then(qr),
        address: imprint.address.as_deref().map(clean::line),
        dated: dated(lesson),
        words: PageWords {
            dos: &fixed.do_,
            dont: &fixed.dont,
            remember: &fixed.remember,
            sources: &fixed.sources,
            case: &of_sheet.case,
            discuss: &of_sheet.discuss,
            address: &of_sheet.address,
            qr_alt: &of_sheet.qr_alt,
        },
    }
}

/// A QR code as SVG; `None` for a text that is too long for one.
pub(super) fn qr(text: &str) -> Option<String> {
    let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(side).enumerate() {
        let mut at = 0;
        for run in row.chunk_by(|a, b| a == b) {
            // Four light modules around it, as the standard asks (ISO/IEC 18004).
            if run.first() == Some(&qrcode::Color::Dark) {
                write!(path, "M{} {}h{n}v1h-{n}z", at + 4, y + 4, n = run.len()).ok()?;
            }
            at += run.len();
        }
    }
    let side = side + 8;
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}"/></svg>"##
    ))
}
