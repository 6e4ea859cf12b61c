//! Word's automatic numbering (ECMA-376 part 1, 17.9): lists, their levels, and the running numbers.
//!
//! `<w:numId w:val="3"/>` of a paragraph → list 3 → its abstract list with levels → "2.1. ".

use std::collections::{HashMap, HashSet};

use crate::limits::Budget;
use crate::numbering::{Counters, Level, Style};
use crate::writer::clean;
use crate::xml::{Node, Tag, Xml};
use crate::{Format, Problem};

#[derive(Debug, Default)]
struct AbstractList {
    levels: Vec<Level>,
    /// Paragraph styles that stand for a level.
    styles: HashMap<String, usize>,
    /// The list's levels stand in the abstract list that declares this style.
    linked_to: Option<String>,
    declares: Option<String>,
}

#[derive(Debug, Default, Clone)]
struct List {
    abstract_id: String,
    starts: Vec<(usize, i64)>,
    levels: Vec<(usize, Level)>,
}

/// All lists of a document with their running numbers.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    abstracts: HashMap<String, AbstractList>,
    lists: HashMap<String, List>,
    /// Lists that share an abstract list go on counting each other's numbers.
    counters: HashMap<String, Counters>,
    begun: HashSet<String>,
}

impl Numbering {
    pub(crate) fn read(text: &str, budget: &mut Budget) -> Result<Numbering, Problem> {
        let mut xml = Xml::new(text, budget, Format::Docx, "word/numbering.xml");
        let mut numbering = Numbering::default();
        loop {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "abstractNum" => {
                        let id = tag.attribute("abstractNumId").unwrap_or_default();
                        let list = read_abstract(&mut xml, budget)?;
                        numbering.abstracts.insert(id, list);
                    }
                    "num" => {
                        let id = tag.attribute("numId").unwrap_or_default();
                        let list = read_list(&mut xml, budget)?;
                        numbering.lists.insert(id, list);
                    }
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(numbering)
    }

    /// The depth that a paragraph style stands for in a list.
    pub(crate) fn depth_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let abstract_id = self.abstract_of(&self.lists.get(list)?.abstract_id)?;
        self.abstracts.get(abstract_id)?.styles.get(style).copied()
    }

    /// Counts a paragraph and gives its printed number with the blank after it; empty for an unknown list.
    pub(crate) fn next(&mut self, list_id: &str, depth: usize) -> String {
        let Some(list) = self.lists.get(list_id).cloned() else { return String::new() };
        let Some(abstract_id) = self.abstract_of(&list.abstract_id).map(str::to_owned) else { return String::new() };
        let Some(base) = self.abstracts.get(&abstract_id) else { return String::new() };
        let counters = self.counters.entry(abstract_id).or_default();
        if self.begun.insert(list_id.to_owned()) {
            for &(depth, start) in &list.starts {
                counters.restart(depth, start);
            }
        }
        if list.levels.is_empty() {
            return counters.next(&base.levels, depth);
        }
        let mut levels = base.levels.clone();
        for (depth, level) in &list.levels {
            if let Some(place) = levels.get_mut(*depth) {
                *place = level.clone();
            }
        }
        counters.next(&levels, depth)
    }

    fn abstract_of<'s>(&'s self, id: &'s str) -> Option<&'s str> {
        let list = self.abstracts.get(id)?;
        let Some(style) = &list.linked_to else { return Some(id) };
        let mut declaring: Vec<&String> =
            self.abstracts.iter().filter(|(_, l)| l.declares.as_ref() == Some(style)).map(|(id, _)| id).collect();
        declaring.sort();
        Some(declaring.first().map_or(id, |id| id.as_str()))
    }
}

fn read_abstract(xml: &mut Xml<'_>, budget: &mut Budget) -> Result<AbstractList, Problem> {
    let mut list = AbstractList { levels: vec![Level::default(); 9], ..AbstractList::default() };
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next(budget)? {
            Node::Open(tag) => match tag.name() {
                "numStyleLink" => list.linked_to = tag.attribute("val"),
                "styleLink" => list.declares = tag.attribute("val"),
                "lvl" => {
                    let (depth, level, style) = read_level(&tag, xml, budget)?;
                    if let Some(place) = list.levels.get_mut(depth) {
                        *place = level;
                    }
                    if let Some(style) = style {
                        list.styles.insert(style, depth);
                    }
                }
                _ => {}
            },
            Node::End => break,
            Node::Close | Node::Text(_) => {}
        }
    }
    Ok(list)
}

fn read_list(xml: &mut Xml<'_>, budget: &mut Budget) -> Result<List, Problem> {
    let mut list = List::default();
    let mut overridden = 0;
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next(budget)? {
            Node::Open(tag) => match tag.name() {
                "abstractNumId" => list.abstract_id = tag.attribute("val").unwrap_or_default(),
                "lvlOverride" => overridden = depth_of(&tag),
                "startOverride" => list.starts.push((overridden, tag.number("val").unwrap_or(1))),
                "lvl" => {
                    let (depth, level, _) = read_level(&tag, xml, budget)?;
                    list.levels.push((depth, level));
                }
                _ => {}
            },
            Node::End => break,
            Node::Close | Node::Text(_) => {}
        }
    }
    Ok(list)
}

fn read_level(tag: &Tag<'_>, xml: &mut Xml<'_>, budget: &mut Budget) -> Result<(usize, Level, Option<String>), Problem> {
    let depth = depth_of(tag);
    let mut level = Level::default();
    let mut style = None;
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next(budget)? {
            Node::Open(tag) => match tag.name() {
                "start" => level.start = tag.number("val").unwrap_or(1),
                "numFmt" => level.style = Style::of_docx(&tag.attribute("val").unwrap_or_default()),
                "lvlText" => level.template = clean(&tag.attribute("val").unwrap_or_default()),
                "isLgl" => level.legal = tag.is_on(),
                "suff" => level.blank_after = tag.attribute("val").as_deref() != Some("nothing"),
                "lvlRestart" => level.restart = tag.number("val").and_then(|n| u8::try_from(n).ok()),
                "pStyle" => style = tag.attribute("val"),
                "pPr" | "rPr" => xml.skip(budget)?,
                _ => {}
            },
            Node::End => break,
            Node::Close | Node::Text(_) => {}
        }
    }
    Ok((depth, level, style))
}

fn depth_of(tag: &Tag<'_>) -> usize {
    tag.number("ilvl").and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}
