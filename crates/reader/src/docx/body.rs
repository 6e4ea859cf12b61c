//! The flow of a docx part: paragraphs, tables, text boxes, fields and tracked changes as they would be printed.
//!
//! Deleted text, field codes and hidden text stay out; inserted text and field results come in.
//! ECMA-376 part 1, 17.2 to 17.4, 17.16.

use text::{Aside, BlockKind};

use super::numbering::Numbering;
use super::styles::{CharProps, ParaProps, Styles, font_of};
use crate::Problem;
use crate::limits::Budget;
use crate::writer::{Font, Runs, Writer};
use crate::xml::{Node, Tag, Xml};

/// Where the text being read belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Flow,
    Cell { table: u32, row: u32, column: u32 },
    Aside(Aside),
}

pub(crate) struct Body<'d> {
    styles: &'d Styles,
    numbering: Numbering,
    writer: &'d mut Writer,
    tables: u32,
    /// Open fields, innermost last: true while their code is being read.
    fields: Vec<bool>,
    /// A paragraph whose mark is deleted goes on in the next one.
    carried: Runs,
    /// Text boxes stand after the paragraph that they are anchored in.
    boxes: Vec<Runs>,
    box_depth: usize,
}

impl<'d> Body<'d> {
    pub(crate) fn new(styles: &'d Styles, numbering: Numbering, writer: &'d mut Writer) -> Body<'d> {
        Body { styles, numbering, writer, tables: 0, fields: vec![], carried: Runs::default(), boxes: vec![], box_depth: 0 }
    }

    /// Reads a whole part.
    pub(crate) fn read(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place) -> Result<(), Problem> {
        self.fields.clear();
        loop {
            match xml.next(budget)? {
                Node::Open(tag) => self.block(&tag, xml, budget, place)?,
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        let carried = std::mem::take(&mut self.carried);
        self.emit(place, None, &carried);
        Ok(())
    }

    /// One element between paragraphs; wrappers are simply walked into.
    fn block(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, budget: &mut Budget, place: Place) -> Result<(), Problem> {
        match tag.name() {
            "p" => self.paragraph(xml, budget, place),
            "tbl" => self.table(xml, budget, place),
            "del" | "moveFrom" | "Fallback" | "sectPr" | "sdtPr" | "tblPr" | "tblGrid" | "trPr" | "tblPrEx" => xml.skip(budget),
            // The lines that part notes from the text are notes themselves.
            "footnote" | "endnote" if tag.attribute("type").is_some_and(|t| t != "normal") => xml.skip(budget),
            _ => Ok(()),
        }
    }

    fn story(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place) -> Result<(), Problem> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => self.block(&tag, xml, budget, place)?,
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place) -> Result<(), Problem> {
        let table = self.tables;
        self.tables += 1;
        let mut row = 0;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "tr" => {
                        self.row(xml, budget, place, table, row)?;
                        row += 1;
                    }
                    "tblPr" | "tblGrid" | "sdtPr" | "Fallback" => xml.skip(budget)?,
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place, table: u32, row: u32) -> Result<(), Problem> {
        let mut column = 0;
        let mut deleted = false;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "gridBefore" => column = small(&tag),
                    // Only in the row's properties: the whole row is deleted by a tracked change.
                    "del" => deleted = true,
                    "tc" if deleted => xml.skip(budget)?,
                    "tc" => {
                        let inner = match place {
                            Place::Aside(_) => place,
                            _ => Place::Cell { table, row, column },
                        };
                        column += self.cell(xml, budget, inner)?;
                    }
                    "sdtPr" | "tblPrEx" | "Fallback" | "trPrChange" => xml.skip(budget)?,
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Reads a cell and gives its width in columns.
    fn cell(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place) -> Result<u32, Problem> {
        let mut width = 1;
        let mut goes_on = false;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "tcPr" | "cellDel" => {}
                    "gridSpan" => width = small(&tag).max(1),
                    "vMerge" => goes_on = tag.attribute("val").is_none_or(|v| v != "restart"),
                    "tcPrChange" => xml.skip(budget)?,
                    // The part of a merged cell below its first row shows nothing of its own.
                    "p" | "tbl" if goes_on => xml.skip(budget)?,
                    _ => self.block(&tag, xml, budget, place)?,
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(width)
    }

    fn paragraph(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place) -> Result<(), Problem> {
        let mut props = ParaProps::default();
        let mut chars = self.styles.paragraph_chars(self.styles.paragraph_style(&props));
        let mut runs = Runs::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "pPr" => {
                        props = ParaProps::read(xml, budget)?;
                        chars = self.styles.paragraph_chars(self.styles.paragraph_style(&props));
                    }
                    "r" => self.run(xml, budget, &chars, &mut runs)?,
                    "del" | "moveFrom" | "sdtPr" | "smartTagPr" | "Fallback" | "fldData" => xml.skip(budget)?,
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        if props.mark.deleted {
            self.carried.append(&runs);
        } else {
            let mut whole = std::mem::take(&mut self.carried);
            whole.append(&runs);
            self.emit(place, Some(&props), &whole);
        }
        if self.box_depth == 0 {
            for text in std::mem::take(&mut self.boxes) {
                self.writer.paragraph(BlockKind::Aside(Aside::TextBox), None, &text);
            }
        }
        if self.writer.is_full() {
            // The writer says so at its end; stopping here ends the loops above.
            return Err(Problem::TooMuchText { limit_bytes: budget.limits.text_bytes });
        }
        Ok(())
    }

    fn emit(&mut self, place: Place, props: Option<&ParaProps>, runs: &Runs) {
        let number = props.map(|p| self.number(p)).unwrap_or_default();
        let in_cell = matches!(place, Place::Cell { .. });
        // A running number alone is the content of many first columns; elsewhere it is an empty item.
        if runs.is_blank() && (!in_cell || number.is_empty()) {
            return;
        }
        let mut whole = Runs::default();
        whole.push(&number, None);
        whole.append(runs);
        if self.box_depth > 0 {
            self.boxes.push(whole);
            return;
        }
        match place {
            Place::Flow => {
                let heading = props.and_then(|p| self.styles.heading(p));
                self.writer.paragraph(heading.map_or(BlockKind::Paragraph, BlockKind::Heading), None, &whole);
            }
            Place::Cell { table, row, column } => self.writer.cell(table, row, column, None, &whole),
            Place::Aside(aside) => self.writer.paragraph(BlockKind::Aside(aside), None, &whole),
        }
    }

    fn number(&mut self, props: &ParaProps) -> String {
        let style = self.styles.paragraph_style(props);
        let of_style = self.styles.list(style);
        let (list, depth) = match (&props.list, &of_style) {
            (Some(list), _) => (list.clone(), props.list_depth.or(of_style.as_ref().and_then(|s| s.1))),
            (None, Some((list, depth, saying))) => {
                let depth = props.list_depth.or_else(|| self.numbering.depth_of_style(list, saying)).or(*depth);
                (list.clone(), depth)
            }
            (None, None) => return String::new(),
        };
        if list == "0" { String::new() } else { self.numbering.next(&list, depth.unwrap_or(0)) }
    }

    fn run(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, paragraph: &CharProps, runs: &mut Runs) -> Result<(), Problem> {
        let mut chars = None;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) if tag.name() == "rPr" => {
                    let own = CharProps::read(xml, budget)?;
                    chars = Some(self.styles.run_chars(own, paragraph));
                }
                Node::Open(tag) => self.run_item(&tag, xml, budget, chars.as_ref().unwrap_or(paragraph), runs)?,
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn run_item(
        &mut self,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
        budget: &mut Budget,
        chars: &CharProps,
        runs: &mut Runs,
    ) -> Result<(), Problem> {
        let shown = !self.fields.contains(&true) && chars.hidden != Some(true) && !chars.deleted;
        match tag.name() {
            "t" => {
                let text = text_of(xml, budget)?;
                if shown {
                    push_text(runs, &text, chars);
                }
            }
            "tab" | "ptab" if shown => runs.push_blank('\t'),
            "br" | "cr" if shown => runs.push_blank('\n'),
            // An optional hyphen, or the letter ư of TCVN3, which has the same code: the font decides.
            "softHyphen" if shown => push_text(runs, "\u{AD}", chars),
            "noBreakHyphen" if shown => runs.push_blank('-'),
            "sym" if shown => {
                let code = tag.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                // Codes of symbol fonts are written with or without the private area's offset.
                let code = code.map(|c| if c < 0x100 { c + 0xF000 } else { c });
                if let Some(c) = code.and_then(char::from_u32) {
                    runs.push_char(c, None);
                }
            }
            "fldChar" => match tag.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.push(true),
                Some("separate") => {
                    if let Some(last) = self.fields.last_mut() {
                        *last = false;
                    }
                }
                _ => {
                    self.fields.pop();
                }
            },
            "txbxContent" | "txBody" => {
                self.box_depth += 1;
                let carried = std::mem::take(&mut self.carried);
                let fields = std::mem::take(&mut self.fields);
                let outcome = self.story(xml, budget, Place::Aside(Aside::TextBox));
                self.carried = carried;
                self.fields = fields;
                self.box_depth -= 1;
                outcome?;
            }
            // Lettering art: watermarks and stamps, "MẬT" among them.
            "textpath" => {
                let mut text = Runs::default();
                text.push(&tag.attribute("string").unwrap_or_default(), None);
                self.boxes.push(text);
            }
            "delText" | "instrText" | "delInstrText" | "Fallback" | "rPr" => xml.skip(budget)?,
            _ => {}
        }
        Ok(())
    }
}

fn push_text(runs: &mut Runs, text: &str, chars: &CharProps) {
    let font = font_of(chars);
    match (font, chars.caps == Some(true)) {
        (None, true) => runs.push(&text.to_uppercase(), None),
        (Some(encoding), true) => runs.push(text, Font::Some(text::legacy::FontEncoding { capitals: true, ..encoding })),
        (_, false) => runs.push(text, font),
    }
}

/// The text up to the closing of the element just opened; a line end in the source is a blank.
fn text_of(xml: &mut Xml<'_>, budget: &mut Budget) -> Result<String, Problem> {
    let mut out = String::new();
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next(budget)? {
            Node::Text(text) => out.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })),
            Node::End => break,
            Node::Open(_) | Node::Close => {}
        }
    }
    Ok(out)
}

fn small(tag: &Tag<'_>) -> u32 {
    tag.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(0).min(1_000)
}
