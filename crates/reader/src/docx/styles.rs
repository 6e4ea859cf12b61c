//! What the styles of a docx give to paragraphs and runs: fonts, capitals, hidden text, outline levels, numbering.
//!
//! ECMA-376 part 1, 17.7. Inheritance follows `basedOn`; the document defaults stand at the root.

use std::collections::HashMap;

use text::legacy;

use crate::limits::Budget;
use crate::writer::Font;
use crate::xml::{Node, Tag, Xml};
use crate::{Format, Problem};

/// Properties of characters, where they are said at all.
#[derive(Debug, Clone, Default)]
pub(crate) struct CharProps {
    pub(crate) style: Option<String>,
    /// Name of the font of letters above ASCII, or of ASCII letters where only those are said.
    pub(crate) font: Option<String>,
    pub(crate) caps: Option<bool>,
    pub(crate) hidden: Option<bool>,
    /// The mark of the paragraph, or the run, is deleted by a tracked change.
    pub(crate) deleted: bool,
}

impl CharProps {
    /// Reads the children of `rPr`, which has just been opened.
    pub(crate) fn read(xml: &mut Xml<'_>, budget: &mut Budget) -> Result<CharProps, Problem> {
        let mut props = CharProps::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "rStyle" => props.style = tag.attribute("val"),
                    "rFonts" => props.font = font_name(&tag).or(props.font),
                    "caps" => props.caps = Some(tag.is_on()),
                    "vanish" => props.hidden = Some(tag.is_on()),
                    "del" => props.deleted = true,
                    // The properties before a tracked change.
                    "rPrChange" => xml.skip(budget)?,
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(props)
    }

    /// What stands here, and below it what `base` says.
    fn over(self, base: &CharProps) -> CharProps {
        CharProps {
            style: self.style,
            font: self.font.or_else(|| base.font.clone()),
            caps: self.caps.or(base.caps),
            hidden: self.hidden.or(base.hidden),
            deleted: self.deleted,
        }
    }
}

fn font_name(tag: &Tag<'_>) -> Option<String> {
    // A theme's font overrules the plain name; themes hold Unicode fonts.
    if tag.attribute("hAnsiTheme").is_some() || tag.attribute("asciiTheme").is_some() {
        return Some(String::new());
    }
    tag.attribute("hAnsi").or_else(|| tag.attribute("ascii"))
}

/// Properties of paragraphs.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParaProps {
    pub(crate) style: Option<String>,
    /// Identifier of the list; "0" takes a paragraph out of its style's list.
    pub(crate) list: Option<String>,
    pub(crate) list_depth: Option<usize>,
    /// 0–8 for headings, 9 for body text.
    pub(crate) outline: Option<u8>,
    pub(crate) mark: CharProps,
}

impl ParaProps {
    /// Reads the children of `pPr`, which has just been opened.
    pub(crate) fn read(xml: &mut Xml<'_>, budget: &mut Budget) -> Result<ParaProps, Problem> {
        let mut props = ParaProps::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "pStyle" => props.style = tag.attribute("val"),
                    "numId" => props.list = tag.attribute("val"),
                    "ilvl" => props.list_depth = tag.number("val").and_then(|n| usize::try_from(n).ok()),
                    "outlineLvl" => props.outline = tag.number("val").and_then(|n| u8::try_from(n).ok()),
                    "rPr" => props.mark = CharProps::read(xml, budget)?,
                    "pPrChange" | "sectPr" | "tabs" => xml.skip(budget)?,
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(props)
    }
}

#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    name: String,
    para: ParaProps,
    chars: CharProps,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
    defaults: CharProps,
}

/// A chain of `basedOn` longer than this is a loop.
const MAX_CHAIN: usize = 32;

impl Styles {
    pub(crate) fn read(text: &str, budget: &mut Budget) -> Result<Styles, Problem> {
        let mut xml = Xml::new(text, budget, Format::Docx, "word/styles.xml");
        let mut styles = Styles::default();
        loop {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "rPrDefault" => {}
                    // Outside of any style: the defaults of the document.
                    "rPr" => styles.defaults = CharProps::read(&mut xml, budget)?,
                    "style" => styles.read_style(&tag, &mut xml, budget)?,
                    _ => {}
                },
                Node::End => return Ok(styles),
                Node::Close | Node::Text(_) => {}
            }
        }
    }

    fn read_style(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, budget: &mut Budget) -> Result<(), Problem> {
        let id = tag.attribute("styleId").unwrap_or_default();
        let is_paragraph = tag.attribute("type").as_deref() == Some("paragraph");
        let is_default = matches!(tag.attribute("default").as_deref(), Some("1" | "true" | "on"));
        if is_paragraph && is_default {
            self.default_paragraph = Some(id.clone());
        }
        let mut style = Style::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next(budget)? {
                Node::Open(tag) => match tag.name() {
                    "name" => style.name = tag.attribute("val").unwrap_or_default().to_lowercase(),
                    "basedOn" => style.based_on = tag.attribute("val"),
                    "pPr" => style.para = ParaProps::read(xml, budget)?,
                    "rPr" => style.chars = CharProps::read(xml, budget)?,
                    "tblStylePr" | "tblPr" | "trPr" | "tcPr" => xml.skip(budget)?,
                    _ => {}
                },
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        self.by_id.insert(id, style);
        Ok(())
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = id;
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.by_id.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
        .take(MAX_CHAIN)
    }

    /// The style of a paragraph that names none.
    pub(crate) fn paragraph_style<'s>(&'s self, props: &'s ParaProps) -> Option<&'s str> {
        props.style.as_deref().or(self.default_paragraph.as_deref())
    }

    /// Character properties of a paragraph's style with all it is based on and the document's defaults.
    pub(crate) fn paragraph_chars(&self, style: Option<&str>) -> CharProps {
        let own = self.chain(style).fold(CharProps::default(), |props, (_, style)| props.over(&style.chars));
        own.over(&self.defaults)
    }

    /// A run's properties over its character style over its paragraph's.
    pub(crate) fn run_chars(&self, run: CharProps, paragraph: &CharProps) -> CharProps {
        let Some(id) = run.style.clone() else { return run.over(paragraph) };
        let style = self.chain(Some(&id)).fold(CharProps::default(), |props, (_, style)| props.over(&style.chars));
        run.over(&style).over(paragraph)
    }

    /// List and depth that a style gives, with the style in the chain that said so.
    pub(crate) fn list(&self, style: Option<&str>) -> Option<(String, Option<usize>, String)> {
        self.chain(style).find_map(|(id, s)| s.para.list.clone().map(|list| (list, s.para.list_depth, id.to_owned())))
    }

    /// Depth 1–9 of a heading: the outline level, or a built-in name such as "heading 2".
    pub(crate) fn heading(&self, props: &ParaProps) -> Option<u8> {
        let style = self.paragraph_style(props);
        let outline = props.outline.or_else(|| self.chain(style).find_map(|(_, s)| s.para.outline));
        if let Some(level) = outline {
            return (level < 9).then_some(level + 1);
        }
        self.chain(style).find_map(|(_, s)| {
            let depth = s.name.strip_prefix("heading ")?.parse().ok()?;
            (1..=9).contains(&depth).then_some(depth)
        })
    }
}

/// What the properties' font says about its characters.
pub(crate) fn font_of(props: &CharProps) -> Font {
    props.font.as_deref().and_then(legacy::font)
}
