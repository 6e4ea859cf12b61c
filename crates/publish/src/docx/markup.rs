//! The few WordprocessingML elements that letters need, with properties in the order that the schema asks for.
//!
//! Not for what a letter contains.

use crate::clean;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML part being written. Text and attribute values are always escaped here.
pub(super) struct Part {
    writer: Writer<Vec<u8>>,
}

const IN_MEMORY: &str = "writing into memory does not fail";

impl Part {
    pub(super) fn new() -> Self {
        let mut part = Self { writer: Writer::new(Vec::new()) };
        part.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        part
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner()
    }

    /// An element with what `inner` writes inside.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], inner: impl FnOnce(&mut Self)) {
        self.event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
        inner(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(text)));
    }

    /// `<w:name w:val="…"/>`
    pub(super) fn val(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect(IN_MEMORY);
    }
}

/// Twentieths of a point in a millimetre, as text.
pub(super) fn twips(mm: f64) -> String {
    ((mm * 1440.0 / 25.4).round() as i64).to_string()
}

/// Twentieths of a point in a point, as text.
pub(super) fn points(pt: f64) -> String {
    ((pt * 20.0).round() as i64).to_string()
}

/// Properties of a paragraph.
#[derive(Default)]
pub(super) struct Shape<'a> {
    pub(super) with_next: bool,
    /// A rule above an otherwise empty line.
    pub(super) rule: bool,
    /// A red frame around the paragraph.
    pub(super) frame: bool,
    pub(super) tabs_mm: &'a [f64],
    pub(super) before_pt: f64,
    pub(super) after_pt: f64,
    pub(super) line: LineHeight,
    pub(super) left_mm: f64,
    pub(super) right_mm: f64,
    /// Positive: first line further in; negative: the other lines further in.
    pub(super) first_mm: f64,
    pub(super) align: &'a str,
    /// Rank in the outline, from 1; zero for none.
    pub(super) outline: u8,
}

/// Distance between the lines of a paragraph.
#[derive(Default, Clone, Copy)]
pub(super) enum LineHeight {
    #[default]
    Single,
    AtLeast(f64),
    Exactly(f64),
}

/// Look of a run.
#[derive(Default, Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underlined: bool,
    pub(super) red: bool,
}

impl Part {
    /// A paragraph; `inner` writes its runs, `section` the section that ends with it.
    pub(super) fn paragraph(&mut self, shape: &Shape<'_>, inner: impl FnOnce(&mut Self)) {
        self.paragraph_ending(shape, |_| {}, inner);
    }

    /// As [`Part::paragraph`], with the section that ends with this paragraph.
    pub(super) fn paragraph_ending(&mut self, shape: &Shape<'_>, section: impl FnOnce(&mut Self), inner: impl FnOnce(&mut Self)) {
        self.element("w:p", &[], |part| {
            part.element("w:pPr", &[], |part| {
                part.shape(shape);
                section(part);
            });
            inner(part);
        });
    }

    fn shape(&mut self, shape: &Shape<'_>) {
        if shape.outline > 0 {
            self.val("w:pStyle", &format!("Heading{}", shape.outline));
        }
        if shape.with_next {
            self.empty("w:keepNext", &[]);
        }
        self.borders(shape);
        if !shape.tabs_mm.is_empty() {
            self.element("w:tabs", &[], |part| {
                for mm in shape.tabs_mm {
                    part.empty("w:tab", &[("w:val", "left"), ("w:pos", &twips(*mm))]);
                }
            });
        }
        let (line, rule) = match shape.line {
            LineHeight::Single => ("240".to_owned(), "auto"),
            LineHeight::AtLeast(pt) => (points(pt), "atLeast"),
            LineHeight::Exactly(pt) => (points(pt), "exact"),
        };
        let (before, after) = (points(shape.before_pt), points(shape.after_pt));
        self.empty("w:spacing", &[("w:before", &before), ("w:after", &after), ("w:line", &line), ("w:lineRule", rule)]);
        let (first, name) = (twips(shape.first_mm.abs()), if shape.first_mm < 0.0 { "w:hanging" } else { "w:firstLine" });
        self.empty("w:ind", &[("w:left", &twips(shape.left_mm)), ("w:right", &twips(shape.right_mm)), (name, &first)]);
        self.val("w:jc", if shape.align.is_empty() { "left" } else { shape.align });
    }

    fn borders(&mut self, shape: &Shape<'_>) {
        let border = |part: &mut Self, side: &str, size: &str, space: &str, colour: &str| {
            part.empty(side, &[("w:val", "single"), ("w:sz", size), ("w:space", space), ("w:color", colour)]);
        };
        if shape.rule {
            self.element("w:pBdr", &[], |part| border(part, "w:top", "6", "1", "000000"));
        } else if shape.frame {
            self.element("w:pBdr", &[], |part| {
                for side in ["w:top", "w:left", "w:bottom", "w:right"] {
                    border(part, side, "12", "1", "C00000");
                }
            });
        }
    }

    /// A run of text; hyphens inside codes ("MC-012", "57-CT/TW") are written so that no line ends there.
    pub(super) fn run(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        self.element("w:r", &[], |part| {
            part.look(look);
            for (i, piece) in clean::between_code_hyphens(text).into_iter().enumerate() {
                if i > 0 {
                    part.empty("w:noBreakHyphen", &[]);
                }
                part.element("w:t", &[("xml:space", "preserve")], |part| part.text(piece));
            }
        });
    }

    /// A square picture of `side_mm` in the line: the part that the relation `id` names. Element by element as
    /// ECMA-376 part 1, 20.4.2.8 asks.
    pub(super) fn picture(&mut self, id: &str, alt: &str, side_mm: f64) {
        const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
        let side = ((side_mm * 36_000.0).round() as i64).to_string();
        let (main, picture) = (format!("{DRAWING}/main"), format!("{DRAWING}/picture"));
        self.element("w:r", &[], |part| {
            part.element("w:drawing", &[], |part| {
                let wp = format!("{DRAWING}/wordprocessingDrawing");
                let flush = [("xmlns:wp", wp.as_str()), ("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
                part.element("wp:inline", &flush, |part| {
                    part.empty("wp:extent", &[("cx", &side), ("cy", &side)]);
                    part.empty("wp:docPr", &[("id", "1"), ("name", id), ("descr", alt)]);
                    part.element("a:graphic", &[("xmlns:a", &main)], |part| {
                        part.element("a:graphicData", &[("uri", &picture)], |part| {
                            part.element("pic:pic", &[("xmlns:pic", &picture)], |part| part.picture_parts(id, alt, &side));
                        });
                    });
                });
            });
        });
    }

    fn picture_parts(&mut self, id: &str, alt: &str, side: &str) {
        self.element("pic:nvPicPr", &[], |part| {
            part.empty("pic:cNvPr", &[("id", "1"), ("name", id), ("descr", alt)]);
            part.empty("pic:cNvPicPr", &[]);
        });
        self.element("pic:blipFill", &[], |part| {
            part.empty("a:blip", &[("r:embed", id)]);
            part.element("a:stretch", &[], |part| part.empty("a:fillRect", &[]));
        });
        self.element("pic:spPr", &[], |part| {
            part.element("a:xfrm", &[], |part| {
                part.empty("a:off", &[("x", "0"), ("y", "0")]);
                part.empty("a:ext", &[("cx", side), ("cy", side)]);
            });
            part.element("a:prstGeom", &[("prst", "rect")], |part| part.empty("a:avLst", &[]));
        });
    }

    pub(super) fn tab(&mut self, look: Look) {
        self.element("w:r", &[], |part| {
            part.look(look);
            part.empty("w:tab", &[]);
        });
    }

    /// The number of the page, as a field.
    pub(super) fn page_number(&mut self, look: Look) {
        for kind in ["begin", "instruction", "separate", "text", "end"] {
            self.element("w:r", &[], |part| {
                part.look(look);
                match kind {
                    "instruction" => {
                        part.element("w:instrText", &[("xml:space", "preserve")], |part| part.text(" PAGE "));
                    }
                    "text" => part.element("w:t", &[], |part| part.text("2")),
                    _ => part.empty("w:fldChar", &[("w:fldCharType", kind)]),
                }
            });
        }
    }

    fn look(&mut self, look: Look) {
        self.element("w:rPr", &[], |part| {
            for (on, name) in [(look.bold, "w:b"), (look.italic, "w:i")] {
                if on {
                    part.empty(name, &[]);
                }
            }
            if look.red {
                part.val("w:color", "C00000");
            }
            let half_points = ((look.size * 2.0).round() as i64).to_string();
            part.val("w:sz", &half_points);
            part.val("w:szCs", &half_points);
            if look.underlined {
                part.val("w:u", "single");
            }
        });
    }
}

/// Look of a table as a whole.
pub(super) struct Grid<'a> {
    pub(super) widths_mm: &'a [f64],
    pub(super) ruled: bool,
    /// Side margins of its cells.
    pub(super) air_mm: f64,
}

/// One cell: its column, how many columns it spans, how it stands.
pub(super) struct Cell {
    pub(super) width_mm: f64,
    pub(super) span: usize,
    pub(super) middle: bool,
}

impl Part {
    /// A table of fixed widths; `rows` writes its rows.
    pub(super) fn table(&mut self, grid: &Grid<'_>, rows: impl FnOnce(&mut Self)) {
        let total: f64 = grid.widths_mm.iter().sum();
        self.element("w:tbl", &[], |part| {
            part.element("w:tblPr", &[], |part| {
                part.empty("w:tblW", &[("w:w", &twips(total)), ("w:type", "dxa")]);
                part.val("w:jc", "center");
                if grid.ruled {
                    part.element("w:tblBorders", &[], |part| {
                        for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                            let thin = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];
                            part.empty(side, &thin);
                        }
                    });
                }
                part.val_type("w:tblLayout", "fixed");
                part.element("w:tblCellMar", &[], |part| {
                    for side in ["w:left", "w:right"] {
                        part.empty(side, &[("w:w", &twips(grid.air_mm)), ("w:type", "dxa")]);
                    }
                });
            });
            part.element("w:tblGrid", &[], |part| {
                for mm in grid.widths_mm {
                    part.empty("w:gridCol", &[("w:w", &twips(*mm))]);
                }
            });
            rows(part);
        });
    }

    fn val_type(&mut self, name: &str, kind: &str) {
        self.empty(name, &[("w:type", kind)]);
    }

    /// A row; `whole` keeps it on one page, `header` repeats it on every page.
    pub(super) fn row(&mut self, whole: bool, header: bool, cells: impl FnOnce(&mut Self)) {
        self.element("w:tr", &[], |part| {
            if whole || header {
                part.element("w:trPr", &[], |part| {
                    for (on, name) in [(whole, "w:cantSplit"), (header, "w:tblHeader")] {
                        if on {
                            part.empty(name, &[]);
                        }
                    }
                });
            }
            cells(part);
        });
    }

    pub(super) fn cell(&mut self, cell: &Cell, inner: impl FnOnce(&mut Self)) {
        self.element("w:tc", &[], |part| {
            part.element("w:tcPr", &[], |part| {
                part.empty("w:tcW", &[("w:w", &twips(cell.width_mm)), ("w:type", "dxa")]);
                if cell.span > 1 {
                    part.val("w:gridSpan", &cell.span.to_string());
                }
                if cell.middle {
                    part.val("w:vAlign", "center");
                }
            });
            inner(part);
        });
    }
}
