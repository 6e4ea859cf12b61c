//! An official letter laid out as far as both writers share it: every word in place, every measure decided.
//!
//! DOCX and PDF print this same page, so that they cannot drift apart. Rules: Decree 30/2020/NĐ-CP annex I for
//! State bodies, 36-HD/VPTW and 05-HD/VPTW for the Party. Not for drawing and not for words (`words/forms.toml`).
//!
//! ```ignore
//! let page = Page::of(&letter);
//! assert_eq!(page.number.text, "Số 05-CV/ĐU");
//! ```

mod letterhead;
mod pieces;
pub(crate) mod whole;

use serde::Serialize;

use crate::clean;
use crate::letter::{Check, OfficialLetter, Recipient, Signature, System};
use crate::qr::Qr;
use crate::widths;
use crate::words::{self, Form, fill};

pub(crate) use letterhead::{Letterhead, Title, short_date};
pub(crate) use pieces::{Piece, PieceTable, TableRow, roman};

/// A4 upright: width between the margins (210 − 30 − 15 mm).
pub(crate) const TEXT_MM: f64 = 165.0;
/// Width of the recipients beside the signature.
pub(crate) const RECIPIENTS_MM: f64 = 80.0;
/// A4 across: width between the margins (297 − 20 − 20 mm).
pub(crate) const LANDSCAPE_MM: f64 = 257.0;
/// Top, right, bottom, left margins of upright pages: 20, 15, 20, 30 mm in both forms.
pub(crate) const MARGINS_MM: [f64; 4] = [20.0, 15.0, 20.0, 30.0];
/// Top, right, bottom, left margins of pages across.
pub(crate) const LANDSCAPE_MARGINS_MM: [f64; 4] = [20.0, 20.0, 20.0, 20.0];
/// Size of running text and page numbers.
pub(crate) const BODY_PT: f64 = 14.0;
/// Size of letters in tables.
pub(crate) const TABLE_PT: f64 = 12.0;
/// As [`TABLE_PT`], in annexes, whose tables are wide and long.
pub(crate) const ANNEX_TABLE_PT: f64 = 11.0;
/// Least distance between lines of running text (36-HD asks for 18 pt; Decree 30 for at least single).
pub(crate) const LINE_PT: f64 = 18.0;
/// Space between paragraphs (Decree 30 asks for at least 6 pt).
pub(crate) const PARAGRAPH_PT: f64 = 6.0;
/// First line of a paragraph: 1 cm to 1.27 cm by Decree 30.
pub(crate) const FIRST_LINE_MM: f64 = 12.7;

/// Size of the words beside the QR code.
pub(crate) const CHECK_PT: f64 = 10.0;
/// Side of the QR code, with its quiet zone.
pub(crate) const CHECK_MM: f64 = 24.0;

/// One letter, ready to be drawn.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    /// For the file's properties: what the document is called.
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) letterhead: Letterhead,
    /// Type name and subject in the middle of the page, for documents with a type name.
    pub(crate) titled: Option<Title>,
    pub(crate) to_label: String,
    pub(crate) to: Vec<String>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) recipients: Recipients,
    pub(crate) signature: SignatureLines,
    pub(crate) check: Option<CheckMark>,
    pub(crate) annexes: Vec<AnnexPage>,
}

/// A run of words with their look.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

impl Line {
    fn new(text: String, size: f64) -> Self {
        Self { text, size, bold: false, italic: false }
    }

    fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    fn italic(self) -> Self {
        Self { italic: true, ..self }
    }
}

/// The block "Nơi nhận".
#[derive(Debug, Serialize)]
pub(crate) struct Recipients {
    pub(crate) label: Line,
    pub(crate) underlined: bool,
    /// Whole lines, with marks.
    #[serde(serialize_with = "whole::of_texts")]
    pub(crate) lines: Vec<String>,
    pub(crate) size: f64,
}

/// The block of the signature: lines of authority, the position, the name below the room for signature and seal.
#[derive(Debug, Serialize)]
pub(crate) struct SignatureLines {
    pub(crate) above: Vec<Line>,
    pub(crate) name: Vec<Line>,
}

/// The QR code below the signature, and the words beside it.
#[derive(Debug, Serialize)]
pub(crate) struct CheckMark {
    #[serde(serialize_with = "Qr::as_svg")]
    pub(crate) qr: Qr,
    pub(crate) alt: &'static str,
    #[serde(serialize_with = "whole::of_text")]
    pub(crate) text: String,
    pub(crate) size: f64,
    pub(crate) side_mm: f64,
}

/// One annex.
#[derive(Debug, Serialize)]
pub(crate) struct AnnexPage {
    pub(crate) landscape: bool,
    /// Whether its pages are numbered from 1 again (Decree 30, annex I) or go on.
    pub(crate) restart: bool,
    pub(crate) heading: Title,
    pub(crate) pieces: Vec<Piece>,
}

impl Page {
    /// Lays out `letter`.
    pub(crate) fn of(letter: &OfficialLetter) -> Self {
        let form = words::forms().of(letter.system);
        let letterhead = letterhead::letterhead(letter, form);
        let mut pieces = pieces::opening(letter, form);
        pieces.extend(pieces::body(&letter.body, letter.system, TEXT_MM, TABLE_PT));
        pieces.extend(letter.closing.iter().map(pieces::paragraph));
        pieces::finish(&mut pieces, &form.end);
        let to: Vec<String> = letter.to.iter().map(|to| clean::line(to)).collect();
        Self {
            title: letterhead::document_title(letter, form),
            author: clean::line(&letter.issuer),
            titled: letterhead::titled(letter, form),
            letterhead,
            to_label: form.to.clone(),
            to: if to.len() > 1 { ended(to, &form.list_end) } else { to },
            pieces,
            recipients: recipients(letter, form),
            signature: signature(letter),
            check: letter.check.as_ref().and_then(check),
            annexes: annexes(letter, form),
        }
    }
}

#[cfg(feature = "pdf")]
impl Page {
    /// Gives words wider than their line places to break at.
    pub(crate) fn break_long_words(&mut self) {
        let lines = |lines: &mut Vec<Line>, width_mm: f64| {
            lines.iter_mut().for_each(|line| line.text = pieces::breakable(&line.text, line.size, width_mm));
        };
        let head = &mut self.letterhead;
        head.number.text = pieces::breakable(&head.number.text, head.number.size, head.left_mm);
        lines(&mut head.left, head.left_mm);
        lines(&mut head.subject, head.left_mm);
        lines(&mut head.place_date, head.right_mm);
        lines(&mut self.signature.above, TEXT_MM - RECIPIENTS_MM);
        lines(&mut self.signature.name, TEXT_MM - RECIPIENTS_MM);
        if let Some(titled) = &mut self.titled {
            lines(&mut titled.lines, TEXT_MM);
        }
        self.to.iter_mut().for_each(|to| *to = pieces::breakable(to, BODY_PT, TEXT_MM / 2.0));
        let recipients = &mut self.recipients;
        recipients.lines.iter_mut().for_each(|line| *line = pieces::breakable(line, recipients.size, RECIPIENTS_MM - 8.0));
        if let Some(check) = &mut self.check {
            check.text = pieces::breakable(&check.text, check.size, RECIPIENTS_MM);
        }
        pieces::break_long_words(&mut self.pieces, TEXT_MM);
        for annex in &mut self.annexes {
            let width_mm = if annex.landscape { LANDSCAPE_MM } else { TEXT_MM };
            lines(&mut annex.heading.lines, width_mm);
            pieces::break_long_words(&mut annex.pieces, width_mm);
        }
    }
}

/// `lines` as a list: "- a;", "- b.".
fn ended(lines: Vec<String>, separator: &str) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let marked = lines.into_iter().enumerate().map(|(i, line)| {
        let bare = line.trim_start_matches("- ").trim_end_matches([';', ',', '.', ' ']);
        format!("- {bare}{}", if i == last { "." } else { separator })
    });
    marked.collect()
}

fn recipients(letter: &OfficialLetter, form: &Form) -> Recipients {
    let party = letter.system == System::Party;
    let name = |recipient: &Recipient| {
        let name = clean::line(&recipient.name);
        match recipient.purpose.as_deref().map(clean::line).filter(|purpose| !purpose.is_empty()) {
            // Whoever typed the purpose behind the name said it already.
            Some(purpose) if !name.ends_with(&format!("({purpose})")) => format!("{name} ({purpose})"),
            _ => name,
        }
    };
    let mut lines = ended(letter.recipients.iter().map(name).collect(), &form.list_end);
    let archive = clean::line(&letter.archive);
    if !archive.is_empty() {
        if let Some(last) = lines.last_mut() {
            last.truncate(last.len() - 1);
            last.push_str(&form.list_end);
        }
        lines.push(fill(&form.archive, &[("archive", archive.trim_end_matches('.'))]));
    }
    let label = Line::new(form.recipients.clone(), if party { 14.0 } else { 12.0 });
    Recipients { label: if party { label } else { label.bold().italic() }, underlined: party, lines, size: if party { 12.0 } else { 11.0 } }
}

fn signature(letter: &OfficialLetter) -> SignatureLines {
    // The Party sets the position upright, the State bold (Decree 30, annex I: 13 to 14 pt, bold).
    let position_bold = letter.system != System::Party;
    let lines = |text: String, bold: bool| {
        let lines = widths::lines(&text, BODY_PT, bold, TEXT_MM - RECIPIENTS_MM);
        lines.into_iter().map(move |text| Line { text, size: BODY_PT, bold, italic: false })
    };
    let Signature { authority, position, name } = &letter.signature;
    let mut above: Vec<Line> = authority.iter().flat_map(|line| lines(clean::capitals(line), true)).collect();
    above.extend(lines(clean::capitals(position), position_bold));
    SignatureLines { above, name: lines(clean::line(name), true).collect() }
}

/// `None` where the address is longer than a code holds.
fn check(check: &Check) -> Option<CheckMark> {
    let words = &words::forms().check;
    let [address, page, code] = [&check.address, &check.page, &check.code].map(|text| clean::line(text));
    Some(CheckMark {
        qr: Qr::of(&address)?,
        alt: &words.qr_alt,
        text: fill(&words.text, &[("page", &page), ("code", &code)]),
        size: CHECK_PT,
        side_mm: CHECK_MM,
    })
}

fn annexes(letter: &OfficialLetter, form: &Form) -> Vec<AnnexPage> {
    let only = letter.annexes.len() == 1;
    let annex = letter.annexes.iter().zip(1_u32..).map(|(annex, n)| {
        let label = if only { form.annex_only.clone() } else { fill(&form.annex, &[("n", &n.to_string()), ("roman", &roman(n))]) };
        let width_mm = if annex.landscape { LANDSCAPE_MM } else { TEXT_MM };
        AnnexPage {
            landscape: annex.landscape,
            restart: letter.system != System::Party,
            heading: letterhead::annex_heading(letter, form, &label, &annex.title, width_mm),
            pieces: pieces::body(&annex.blocks, letter.system, width_mm, ANNEX_TABLE_PT),
        }
    });
    annex.collect()
}
