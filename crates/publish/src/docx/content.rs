//! A laid-out letter as `word/document.xml`.
//!
//! Not for the other parts of the package.

use super::markup::{Cell, Grid, LineHeight, Look, Part, Shape, twips};
use crate::page::{
    AnnexPage, CheckMark, LANDSCAPE_MARGINS_MM, LINE_PT, Letterhead, Line, MARGINS_MM, PARAGRAPH_PT, Page, Piece, PieceTable,
    RECIPIENTS_MM, Recipients, SignatureLines, TEXT_MM, TableRow, Title,
};

/// Side margins of table cells.
const CELL_MM: f64 = 1.4;
/// Room for signature and seal between the position and the name.
const SEAL_PT: f64 = 70.0;
/// Where "Kính gửi:" stands, and its list of addressees.
const TO_MM: f64 = 25.0;
const TO_LIST_MM: f64 = 47.0;

/// The relation of the picture of the QR code.
pub(super) const CHECK_PICTURE: &str = "rIdCheck";

const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// The bytes of `word/document.xml`.
pub(super) fn document(page: &Page) -> Vec<u8> {
    let mut part = Part::new();
    part.element("w:document", NAMESPACES, |part| {
        part.element("w:body", &[], |part| {
            letterhead(part, &page.letterhead);
            if let Some(titled) = &page.titled {
                title(part, titled, true);
            }
            addressees(part, &page.to_label, &page.to);
            pieces(part, &page.pieces);
            signature(part, &page.recipients, &page.signature);
            page.check.iter().for_each(|mark| check(part, mark));
            sections(part, &page.annexes);
        });
    });
    part.into_bytes()
}

/// The bytes of the header that numbers the pages; `shown` false for first pages, which carry no number.
pub(super) fn header(shown: bool) -> Vec<u8> {
    let mut part = Part::new();
    part.element("w:hdr", NAMESPACES, |part| {
        part.paragraph(&Shape { align: "center", ..Shape::default() }, |part| {
            if shown {
                part.page_number(Look { size: crate::page::BODY_PT, ..Look::default() });
            }
        });
    });
    part.into_bytes()
}

fn look(line: &Line) -> Look {
    Look { size: line.size, bold: line.bold, italic: line.italic, ..Look::default() }
}

fn centred(part: &mut Part, line: &Line) {
    part.paragraph(&Shape { align: "center", ..Shape::default() }, |part| part.run(&line.text, look(line)));
}

/// A rule of `rule_mm` in the middle of `width_mm`: the border of a line too low to be seen.
fn rule(part: &mut Part, rule_mm: f64, width_mm: f64, after_pt: f64) {
    let side_mm = ((width_mm - rule_mm) / 2.0).max(0.0);
    let shape = Shape {
        rule: true,
        left_mm: side_mm,
        right_mm: side_mm,
        before_pt: 1.0,
        after_pt,
        line: LineHeight::Exactly(4.0),
        align: "center",
        ..Shape::default()
    };
    part.paragraph(&shape, |_| {});
}

fn letterhead(part: &mut Part, head: &Letterhead) {
    let widths_mm = [head.left_mm, head.right_mm];
    let cell = |width_mm| Cell { width_mm, span: 1, middle: false };
    part.table(&Grid { widths_mm: &widths_mm, ruled: false, air_mm: 0.0 }, |part| {
        part.row(true, false, |part| {
            part.cell(&cell(head.left_mm), |part| {
                head.left.iter().for_each(|line| centred(part, line));
                if head.star {
                    let star = Line { text: "*".to_owned(), size: 14.0, bold: false, italic: false };
                    centred(part, &star);
                } else {
                    rule(part, head.left_rule_mm, head.left_mm, 0.0);
                }
            });
            part.cell(&cell(head.right_mm), |part| {
                head.right.iter().for_each(|line| centred(part, line));
                rule(part, head.right_rule_mm, head.right_mm, 0.0);
            });
        });
        part.row(true, false, |part| {
            part.cell(&cell(head.left_mm), |part| {
                centred(part, &head.number);
                head.subject.iter().for_each(|line| centred(part, line));
                head.marks.iter().for_each(|mark| stamp(part, mark, head.left_mm));
            });
            part.cell(&cell(head.right_mm), |part| head.place_date.iter().for_each(|line| centred(part, line)));
        });
    });
    spacer(part, 10.0);
}

/// A red framed stamp: secrecy or urgency.
fn stamp(part: &mut Part, text: &str, width_mm: f64) {
    let wide_mm = crate::widths::mm(text, 13.0, true) + 6.0;
    let side_mm = ((width_mm - wide_mm) / 2.0).max(0.0);
    let shape = Shape { frame: true, left_mm: side_mm, right_mm: side_mm, before_pt: 6.0, align: "center", ..Shape::default() };
    part.paragraph(&shape, |part| part.run(text, Look { size: 13.0, bold: true, red: true, ..Look::default() }));
}

/// An empty line of exactly `pt` points.
fn spacer(part: &mut Part, pt: f64) {
    part.paragraph(&Shape { line: LineHeight::Exactly(pt), ..Shape::default() }, |_| {});
}

/// A centred title; the first line of a document's title and of an annex is in its outline.
fn title(part: &mut Part, title: &Title, spaced: bool) {
    let n = title.lines.len();
    for (i, line) in title.lines.iter().enumerate() {
        let shape = Shape {
            align: "center",
            with_next: true,
            before_pt: if i == 0 && spaced { 6.0 } else { 0.0 },
            after_pt: if i + 1 == n && !title.dash.is_empty() { 0.0 } else { 2.0 },
            outline: u8::from(i == 0),
            ..Shape::default()
        };
        part.paragraph(&shape, |part| part.run(&line.text, look(line)));
    }
    if title.dash.is_empty() {
        rule(part, title.rule_mm, TEXT_MM, 12.0);
    } else {
        let shape = Shape { align: "center", after_pt: 8.0, ..Shape::default() };
        part.paragraph(&shape, |part| part.run(&title.dash, Look { size: 14.0, ..Look::default() }));
    }
}

fn addressees(part: &mut Part, label: &str, to: &[String]) {
    let look = Look { size: crate::page::BODY_PT, ..Look::default() };
    let line = LineHeight::AtLeast(LINE_PT);
    if let [only] = to {
        let shape = Shape { align: "center", line, before_pt: 6.0, after_pt: 12.0, ..Shape::default() };
        part.paragraph(&shape, |part| part.run(&format!("{label} {only}"), look));
        return;
    }
    for (i, addressee) in to.iter().enumerate() {
        let first = i == 0;
        let hang_mm = 3.0;
        let shape = Shape {
            line,
            left_mm: TO_LIST_MM + hang_mm,
            first_mm: -(if first { TO_LIST_MM + hang_mm - TO_MM } else { hang_mm }),
            tabs_mm: &[TO_LIST_MM],
            before_pt: if first { 6.0 } else { 0.0 },
            after_pt: if i + 1 == to.len() { 12.0 } else { 2.0 },
            ..Shape::default()
        };
        part.paragraph(&shape, |part| {
            if first {
                part.run(label, look);
                part.tab(look);
            }
            part.run(addressee, look);
        });
    }
}

fn pieces(part: &mut Part, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => {
                let shape = Shape {
                    with_next: paragraph.with_next,
                    after_pt: PARAGRAPH_PT,
                    before_pt: if paragraph.centred { PARAGRAPH_PT } else { 0.0 },
                    line: LineHeight::AtLeast(LINE_PT),
                    first_mm: paragraph.first_mm,
                    align: if paragraph.centred { "center" } else { "both" },
                    outline: paragraph.outline,
                    ..Shape::default()
                };
                part.paragraph(&shape, |part| {
                    for run in &paragraph.runs {
                        let look = Look { size: paragraph.size, bold: run.bold, italic: run.italic, ..Look::default() };
                        part.run(&run.text, look);
                    }
                });
            }
            Piece::Table(table) => {
                ruled_table(part, table);
                spacer(part, 10.0);
            }
        }
    }
}

fn ruled_table(part: &mut Part, table: &PieceTable) {
    let look = |bold| Look { size: table.size, bold, ..Look::default() };
    part.table(&Grid { widths_mm: &table.widths_mm, ruled: true, air_mm: CELL_MM }, |part| {
        part.row(true, true, |part| {
            for (head, width_mm) in table.head.iter().zip(&table.widths_mm) {
                part.cell(&Cell { width_mm: *width_mm, span: 1, middle: true }, |part| {
                    part.paragraph(&cell_shape("center", true), |part| part.run(head, look(true)));
                });
            }
        });
        for row in &table.rows {
            part.row(!row.may_break, false, |part| row_cells(part, table, row, look(row.bold)));
        }
    });
}

fn row_cells(part: &mut Part, table: &PieceTable, row: &TableRow, look: Look) {
    if row.group {
        let cell = Cell { width_mm: table.widths_mm.iter().sum(), span: table.widths_mm.len(), middle: true };
        let text = row.cells.first().map_or("", String::as_str);
        // A group's name stays with its first row.
        part.cell(&cell, |part| part.paragraph(&cell_shape("left", true), |part| part.run(text, look)));
        return;
    }
    for ((text, width_mm), align) in row.cells.iter().zip(&table.widths_mm).zip(&table.aligns) {
        part.cell(&Cell { width_mm: *width_mm, span: 1, middle: true }, |part| {
            part.paragraph(&cell_shape(align, false), |part| part.run(text, look));
        });
    }
}

fn cell_shape(align: &str, with_next: bool) -> Shape<'_> {
    Shape { align, with_next, before_pt: 2.0, after_pt: 2.0, ..Shape::default() }
}

fn signature(part: &mut Part, recipients: &Recipients, signature: &SignatureLines) {
    let gap = Shape { with_next: true, line: LineHeight::Exactly(6.0), ..Shape::default() };
    part.paragraph(&gap, |_| {});
    let right_mm = TEXT_MM - RECIPIENTS_MM;
    let cell = |width_mm| Cell { width_mm, span: 1, middle: false };
    part.table(&Grid { widths_mm: &[RECIPIENTS_MM, right_mm], ruled: false, air_mm: 0.0 }, |part| {
        part.row(true, false, |part| {
            part.cell(&cell(RECIPIENTS_MM), |part| {
                let label = &recipients.label;
                let underlined = Look { underlined: recipients.underlined, ..look(label) };
                part.paragraph(&Shape::default(), |part| {
                    if !recipients.lines.is_empty() {
                        part.run(&label.text, underlined);
                    }
                });
                let hanging = Shape { left_mm: 2.0, first_mm: -2.0, right_mm: 4.0, ..Shape::default() };
                for line in &recipients.lines {
                    part.paragraph(&hanging, |part| {
                        part.run(line, Look { size: recipients.size, ..Look::default() });
                    });
                }
            });
            part.cell(&cell(right_mm), |part| {
                signature.above.iter().for_each(|line| centred(part, line));
                spacer(part, SEAL_PT);
                signature.name.iter().for_each(|line| centred(part, line));
            });
        });
    });
}

/// The QR code and its words, kept on one page.
fn check(part: &mut Part, mark: &CheckMark) {
    spacer(part, 12.0);
    let cell = |width_mm| Cell { width_mm, span: 1, middle: true };
    let left_mm = mark.side_mm + 2.0;
    part.table(&Grid { widths_mm: &[left_mm, TEXT_MM - left_mm], ruled: false, air_mm: 0.0 }, |part| {
        part.row(true, false, |part| {
            part.cell(&cell(left_mm), |part| {
                part.paragraph(&Shape::default(), |part| part.picture(CHECK_PICTURE, mark.alt, mark.side_mm));
            });
            part.cell(&cell(TEXT_MM - left_mm), |part| {
                let shape = Shape { right_mm: TEXT_MM - left_mm - RECIPIENTS_MM, ..Shape::default() };
                part.paragraph(&shape, |part| part.run(&mark.text, Look { size: mark.size, ..Look::default() }));
            });
        });
    });
}

/// Ends the letter's section and writes one section for each annex.
fn sections(part: &mut Part, annexes: &[AnnexPage]) {
    let hidden = Shape { line: LineHeight::Exactly(1.0), ..Shape::default() };
    let Some((last, others)) = annexes.split_last() else {
        spacer(part, 1.0);
        section(part, false, true, true);
        return;
    };
    part.paragraph_ending(&hidden, |part| section(part, false, true, true), |_| {});
    for annex in others {
        annex_content(part, annex);
        part.paragraph_ending(&hidden, |part| section(part, annex.landscape, annex.restart, annex.restart), |_| {});
    }
    annex_content(part, last);
    section(part, last.landscape, last.restart, last.restart);
}

fn annex_content(part: &mut Part, annex: &AnnexPage) {
    title(part, &annex.heading, false);
    pieces(part, &annex.pieces);
}

/// `<w:sectPr>`: the paper; `restart` numbers its pages from 1, `first_bare` leaves its first page unnumbered.
fn section(part: &mut Part, landscape: bool, restart: bool, first_bare: bool) {
    part.element("w:sectPr", &[], |part| {
        part.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rIdNumbered")]);
        part.empty("w:headerReference", &[("w:type", "first"), ("r:id", "rIdBare")]);
        part.val("w:type", "nextPage");
        let (long, short) = (twips(297.0), twips(210.0));
        let [top, right, bottom, left] = if landscape { LANDSCAPE_MARGINS_MM } else { MARGINS_MM };
        if landscape {
            part.empty("w:pgSz", &[("w:w", &long), ("w:h", &short), ("w:orient", "landscape")]);
        } else {
            part.empty("w:pgSz", &[("w:w", &short), ("w:h", &long)]);
        }
        part.empty(
            "w:pgMar",
            &[
                ("w:top", &twips(top)),
                ("w:right", &twips(right)),
                ("w:bottom", &twips(bottom)),
                ("w:left", &twips(left)),
                ("w:header", &twips(10.0)),
                ("w:footer", &twips(10.0)),
                ("w:gutter", "0"),
            ],
        );
        if restart {
            part.empty("w:pgNumType", &[("w:start", "1")]);
        }
        if first_bare {
            part.empty("w:titlePg", &[]);
        }
    });
}
