//! XML as a flat run of openings, closings and text, with nesting bounded.
//!
//! Names come without their prefix: the office formats never need it to tell two elements apart in one part.
//! `<w:p><w:t>a&amp;b</w:t></w:p>` gives Open(p) Open(t) Text(a) Text(&) Text(b) Close Close.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::limits::Budget;
use crate::{Format, Problem};

pub(crate) enum Node<'a> {
    Open(Tag<'a>),
    Close,
    Text(Cow<'a, str>),
    End,
}

/// An opening tag.
pub(crate) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    pub(crate) fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// The value of an attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.0.attributes().with_checks(false).flatten().find(|a| local(a.key.0) == name).map(|a| {
            match a.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(_) => a.value.into_owned(),
            }
        })
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// An on-off element of WordprocessingML: on unless `val` says otherwise.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    limit: usize,
    format: Format,
    part: &'a str,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str, budget: &Budget, format: Format, part: &'a str) -> Xml<'a> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { reader, depth: 0, limit: budget.limits.depth, format, part }
    }

    pub(crate) fn next(&mut self, budget: &mut Budget) -> Result<Node<'a>, Problem> {
        loop {
            budget.tick()?;
            let event = self.reader.read_event().map_err(|_| self.damaged())?;
            return Ok(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > self.limit {
                        return Err(Problem::TooDeep { limit: self.limit });
                    }
                    Node::Open(Tag(tag))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => Node::Text(Cow::Owned(c.to_string())),
                    _ => match quick_xml::escape::resolve_predefined_entity(&reference.into_inner()) {
                        Some(text) => Node::Text(Cow::Borrowed(text)),
                        None => continue,
                    },
                },
                Event::Eof if self.depth > 0 => {
                    // Truncated: say so once, then end.
                    self.depth = 0;
                    return Err(self.damaged());
                }
                Event::Eof => Node::End,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            });
        }
    }

    /// Leaves out everything up to the closing of the element just opened.
    pub(crate) fn skip(&mut self, budget: &mut Budget) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next(budget)?, Node::End) {
                break;
            }
        }
        Ok(())
    }

    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    fn damaged(&self) -> Problem {
        Problem::Damaged { format: self.format, part: self.part.to_owned() }
    }
}
