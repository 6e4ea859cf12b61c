//! OpenDocument text: paragraphs, headings, list numbers, tables, notes; headers and footers from the page styles.
//!
//! Deleted text of tracked changes stays out. OpenDocument 1.3 part 3: 5 (text), 9 (tables), 16.30 (lists).

use std::collections::HashMap;

use text::{Aside, BlockKind, legacy};

use crate::limits::Budget;
use crate::numbering::{Counters, Level, Style};
use crate::package::Package;
use crate::writer::{Font, Runs, Writer};
use crate::xml::{Node, Tag, Xml};
use crate::{Format, Problem};

const FORMAT: Format = Format::Odt;

pub(crate) fn read(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) {
    if let Err(problem) = read_parts(bytes, budget, writer) {
        problems.push(problem);
    }
}

fn read_parts(bytes: &[u8], budget: &mut Budget, writer: &mut Writer) -> Result<(), Problem> {
    let mut package = Package::open(bytes, FORMAT, budget)?;
    let manifest = package.text("META-INF/manifest.xml", budget)?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Problem::Encrypted { format: FORMAT });
    }
    let styles_text = package.text("styles.xml", budget)?.unwrap_or_default();
    let content =
        package.text("content.xml", budget)?.ok_or_else(|| Problem::Damaged { format: FORMAT, part: "content.xml".to_owned() })?;
    let mut styles = Styles::default();
    styles.read(&styles_text, "styles.xml", budget)?;
    styles.read(&content, "content.xml", budget)?;
    let mut body = Body { styles: &styles, writer, counters: HashMap::new(), tables: 0, notes: vec![] };
    body.part(&content, "content.xml", "text", Place::Flow, budget)?;
    body.part(&styles_text, "styles.xml", "master-styles", Place::Flow, budget)
}

/// A style of characters or paragraphs; `None` leaves a property to the parent.
#[derive(Debug, Default, Clone)]
struct CharStyle {
    parent: Option<String>,
    font: Option<String>,
    hidden: Option<bool>,
    capitals: Option<bool>,
}

/// How the characters of a stretch are shown.
#[derive(Debug, Default, Clone, Copy)]
struct Chars {
    font: Font,
    hidden: bool,
    capitals: bool,
}

#[derive(Debug, Default)]
struct Styles {
    chars: HashMap<String, CharStyle>,
    lists: HashMap<String, Vec<Level>>,
    /// Lists that paragraph styles are in.
    list_of: HashMap<String, String>,
}

const MAX_CHAIN: usize = 32;

impl Styles {
    fn read(&mut self, text: &str, part: &str, budget: &mut Budget) -> Result<(), Problem> {
        let mut xml = Xml::new(text, budget, FORMAT, part);
        let mut current = String::new();
        let mut list = String::new();
        loop {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "body" => xml.skip(budget)?,
                    "style" => {
                        current = tag.attribute("name").unwrap_or_default();
                        self.chars
                            .insert(current.clone(), CharStyle { parent: tag.attribute("parent-style-name"), ..CharStyle::default() });
                        if let Some(list) = tag.attribute("list-style-name").filter(|l| !l.is_empty()) {
                            self.list_of.insert(current.clone(), list);
                        }
                    }
                    "text-properties" => {
                        if let Some(style) = self.chars.get_mut(&current) {
                            style.font = tag.attribute("font-name").or_else(|| tag.attribute("font-family"));
                            style.hidden = tag.attribute("display").map(|d| d == "none");
                            style.capitals = tag.attribute("text-transform").map(|t| t == "uppercase");
                        }
                    }
                    "list-style" | "outline-style" => {
                        list = tag.attribute("name").unwrap_or_default();
                        self.lists.insert(list.clone(), vec![Level::default(); 9]);
                        current.clear();
                    }
                    "list-level-style-number" | "list-level-style-bullet" | "outline-level-style" => self.level(&list, &tag),
                    _ => {}
                },
                Node::End => return Ok(()),
                Node::Close | Node::Text(_) => {}
            }
        }
    }

    fn level(&mut self, list: &str, tag: &Tag<'_>) {
        let depth = tag.number("level").and_then(|n| usize::try_from(n).ok()).unwrap_or(1).saturating_sub(1);
        let Some(level) = self.lists.get_mut(list).and_then(|levels| levels.get_mut(depth)) else { return };
        level.start = tag.number("start-value").unwrap_or(1);
        if let Some(bullet) = tag.attribute("bullet-char") {
            (level.style, level.template) = (Style::Bullet, crate::writer::clean(&bullet));
            return;
        }
        level.style = Style::of_odt(&tag.attribute("num-format").unwrap_or_default());
        let shown = usize::try_from(tag.number("display-levels").unwrap_or(1)).unwrap_or(1).clamp(1, depth + 1);
        let numbers: Vec<String> = (depth + 2 - shown..=depth + 1).map(|d| format!("%{d}")).collect();
        let around = |name| tag.attribute(name).unwrap_or_default();
        if level.style != Style::None {
            level.template = format!("{}{}{}", around("num-prefix"), numbers.join("."), around("num-suffix"));
        }
    }

    /// What a style says, over what stands around it.
    fn chars(&self, style: Option<&str>, around: Chars) -> Chars {
        let (mut font, mut hidden, mut capitals) = (None, None, None);
        let mut next = style;
        for _ in 0..MAX_CHAIN {
            let Some(style) = next.and_then(|name| self.chars.get(name)) else { break };
            font = font.or(style.font.as_deref());
            hidden = hidden.or(style.hidden);
            capitals = capitals.or(style.capitals);
            next = style.parent.as_deref();
        }
        Chars {
            font: font.map_or(around.font, legacy::font),
            hidden: hidden.unwrap_or(around.hidden),
            capitals: capitals.unwrap_or(around.capitals),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Flow,
    Cell { table: u32, row: u32, column: u32 },
    Aside(Aside),
}

/// The list that a paragraph stands in.
#[derive(Debug, Clone, Default)]
struct Item {
    list: String,
    depth: usize,
    /// Only the first paragraph of an item has its number.
    numbered: bool,
}

struct Body<'d> {
    styles: &'d Styles,
    writer: &'d mut Writer,
    counters: HashMap<String, Counters>,
    tables: u32,
    /// Notes and text boxes stand after the paragraph that they hang on.
    notes: Vec<(Aside, Runs)>,
}

impl Body<'_> {
    /// Reads what stands in the element `root` of a part.
    fn part(&mut self, text: &str, part: &str, root: &str, place: Place, budget: &mut Budget) -> Result<(), Problem> {
        let mut xml = Xml::new(text, budget, FORMAT, part);
        loop {
            match xml.next(budget)? {
                Node::Open(tag) if tag.name() == root => self.blocks(&mut xml, budget, place, &mut Item::default())?,
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn blocks(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place, item: &mut Item) -> Result<(), Problem> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => self.block(&tag, xml, budget, place, item)?,
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn block(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, budget: &mut Budget, place: Place, item: &mut Item) -> Result<(), Problem> {
        match tag.name() {
            "p" | "h" => self.paragraph(tag, xml, budget, place, item),
            "list" => {
                let list = tag.attribute("style-name").unwrap_or_else(|| item.list.clone());
                let depth = if item.list.is_empty() { 0 } else { item.depth + 1 };
                if depth == 0 && tag.attribute("continue-numbering").as_deref() != Some("true") && tag.attribute("continue-list").is_none()
                {
                    self.counters.remove(&list);
                }
                self.blocks(xml, budget, place, &mut Item { list, depth, numbered: false })
            }
            "list-item" | "list-header" => {
                item.numbered = tag.name() == "list-item";
                if let Some(start) = tag.number("start-value") {
                    self.counters.entry(item.list.clone()).or_default().restart(item.depth, start);
                }
                self.blocks(xml, budget, place, item)
            }
            "table" => self.table(xml, budget, place),
            "tracked-changes" | "sequence-decls" | "forms" | "variable-decls" => xml.skip(budget),
            "header" | "header-left" | "header-first" => self.blocks(xml, budget, Place::Aside(Aside::Header), &mut Item::default()),
            "footer" | "footer-left" | "footer-first" => self.blocks(xml, budget, Place::Aside(Aside::Footer), &mut Item::default()),
            // Frames between paragraphs hold text boxes.
            "text-box" => self.blocks(xml, budget, Place::Aside(Aside::TextBox), &mut Item::default()),
            _ => Ok(()),
        }
    }

    fn table(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, place: Place) -> Result<(), Problem> {
        let table = self.tables;
        self.tables += 1;
        let (mut row, mut column, mut repeat) = (0u32, 0u32, 0u32);
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "table-row" => {
                        row = row.saturating_add(repeat);
                        repeat = count(&tag, "number-rows-repeated");
                        column = 0;
                    }
                    "table-cell" | "covered-table-cell" => {
                        let is_covered = tag.name() == "covered-table-cell";
                        let cell = Place::Cell { table, row, column };
                        column = column.saturating_add(count(&tag, "number-columns-repeated"));
                        match place {
                            _ if is_covered => xml.skip(budget)?,
                            Place::Aside(_) => self.blocks(xml, budget, place, &mut Item::default())?,
                            _ => self.blocks(xml, budget, cell, &mut Item::default())?,
                        }
                    }
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, budget: &mut Budget, place: Place, item: &mut Item) -> Result<(), Problem> {
        let style = tag.attribute("style-name");
        let heading = (tag.name() == "h").then(|| tag.number("outline-level").and_then(|n| u8::try_from(n).ok()).unwrap_or(1).clamp(1, 9));
        let mut runs = Runs::default();
        let number = self.number(item, style.as_deref());
        let hung = std::mem::take(&mut self.notes);
        runs.push(&number, None);
        let chars = self.styles.chars(style.as_deref(), Chars::default());
        self.inline(xml, budget, chars, &mut runs)?;
        let notes = std::mem::replace(&mut self.notes, hung);
        // A running number alone is the content of many first columns; elsewhere it is an empty item.
        let in_cell = matches!(place, Place::Cell { .. });
        if !runs.is_blank() && (in_cell || runs.len() > number.len()) {
            match place {
                Place::Flow => self.writer.paragraph(heading.map_or(BlockKind::Paragraph, BlockKind::Heading), None, &runs),
                Place::Cell { table, row, column } => self.writer.cell(table, row, column, None, &runs),
                Place::Aside(Aside::TextBox) => self.notes.push((Aside::TextBox, runs)),
                Place::Aside(aside) => self.writer.paragraph(BlockKind::Aside(aside), None, &runs),
            }
        }
        self.notes.extend(notes);
        // Inside a box the paragraph around it has yet to end.
        if !matches!(place, Place::Aside(Aside::TextBox | Aside::Footnote | Aside::Comment)) {
            for (aside, text) in std::mem::take(&mut self.notes) {
                self.writer.paragraph(BlockKind::Aside(aside), None, &text);
            }
        }
        if self.writer.is_full() { Err(Problem::TooMuchText { limit_bytes: budget.limits.text_bytes }) } else { Ok(()) }
    }

    fn number(&mut self, item: &mut Item, style: Option<&str>) -> String {
        let numbered = std::mem::take(&mut item.numbered);
        let list = if item.list.is_empty() { style.and_then(|s| self.styles.list_of.get(s)) } else { Some(&item.list) };
        let Some((list, levels)) = list.filter(|_| numbered).and_then(|l| Some((l.clone(), self.styles.lists.get(l)?))) else {
            return String::new();
        };
        self.counters.entry(list).or_default().next(levels, item.depth)
    }

    fn inline(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, chars: Chars, runs: &mut Runs) -> Result<(), Problem> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Text(_) if chars.hidden => {}
                Node::Text(text) => push_collapsed(runs, &text, chars),
                Node::Open(tag) => match tag.name() {
                    "span" => {
                        let own = self.styles.chars(tag.attribute("style-name").as_deref(), chars);
                        self.inline(xml, budget, own, runs)?;
                    }
                    // The text of a drawn shape.
                    "p" | "h" => self.paragraph(&tag, xml, budget, Place::Aside(Aside::TextBox), &mut Item::default())?,
                    "tab" => runs.push_blank('\t'),
                    "line-break" => runs.push_blank('\n'),
                    "s" => (0..count(&tag, "c").min(200)).for_each(|_| runs.push_blank(' ')),
                    "note" => self.aside(xml, budget, Aside::Footnote)?,
                    "annotation" => self.aside(xml, budget, Aside::Comment)?,
                    "text-box" => self.aside(xml, budget, Aside::TextBox)?,
                    "note-citation" | "ruby-text" | "desc" | "title" => xml.skip(budget)?,
                    _ => {}
                },
                Node::End => break,
                Node::Close => {}
            }
        }
        Ok(())
    }

    fn aside(&mut self, xml: &mut Xml<'_>, budget: &mut Budget, aside: Aside) -> Result<(), Problem> {
        let before = self.notes.len();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "note-citation" | "creator" | "date" | "creator-initials" => xml.skip(budget)?,
                    "table" => self.table(xml, budget, Place::Aside(Aside::TextBox))?,
                    "p" | "h" => self.paragraph(&tag, xml, budget, Place::Aside(Aside::TextBox), &mut Item::default())?,
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        self.notes.iter_mut().skip(before).for_each(|note| note.0 = aside);
        Ok(())
    }
}

fn count(tag: &Tag<'_>, name: &str) -> u32 {
    tag.number(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(1).clamp(1, 100_000)
}

/// Blanks of the source are one blank; wider ones have their own element.
fn push_collapsed(runs: &mut Runs, text: &str, chars: Chars) {
    let upper;
    let (text, font) = match chars.font {
        None if chars.capitals => {
            upper = text.to_uppercase();
            (upper.as_str(), None)
        }
        Some(encoding) if chars.capitals => (text, Some(legacy::FontEncoding { capitals: true, ..encoding })),
        font => (text, font),
    };
    for (place, word) in text.split([' ', '\t', '\n', '\r']).enumerate() {
        if place > 0 && !runs.is_empty() && !runs.ends_with_blank() {
            runs.push_blank(' ');
        }
        runs.push(word, font);
    }
}
