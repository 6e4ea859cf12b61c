//! Word 2007+ documents: the parts of the package in reading order.
//!
//! Not for layout: page breaks, columns and positions are unknown to a docx until it is printed.

use text::Aside;

use crate::limits::Budget;
use crate::package::Package;
use crate::writer::Writer;
use crate::xml::{Node, Xml};
use crate::{Format, Problem};

mod body;
mod numbering;
mod styles;

use body::{Body, Place};
use numbering::Numbering;
use styles::Styles;

const FORMAT: Format = Format::Docx;

/// Reads the main text first, then headers, footers, notes and comments as asides.
pub(crate) fn read(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) {
    if let Err(problem) = read_parts(bytes, budget, writer, problems) {
        problems.push(problem);
    }
}

fn read_parts(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) -> Result<(), Problem> {
    let mut package = Package::open(bytes, FORMAT, budget)?;
    let names = package.names();
    let main = main_part(&mut package, &names, budget)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    // Without styles or numbering the text is still worth having.
    let styles = match package.text(&format!("{folder}/styles.xml"), budget) {
        Ok(Some(text)) => Styles::read(&text, budget).map_err(|p| problems.push(p)).unwrap_or_default(),
        Ok(None) => Styles::default(),
        Err(problem) => {
            problems.push(problem);
            Styles::default()
        }
    };
    let numbering = match package.text(&format!("{folder}/numbering.xml"), budget) {
        Ok(Some(text)) => Numbering::read(&text, budget).map_err(|p| problems.push(p)).unwrap_or_default(),
        Ok(None) => Numbering::default(),
        Err(problem) => {
            problems.push(problem);
            Numbering::default()
        }
    };
    let Some(text) = package.text(&main, budget)? else { return Err(Problem::Damaged { format: FORMAT, part: main }) };
    let mut body = Body::new(&styles, numbering, writer);
    let outcome = body.read(&mut Xml::new(&text, budget, FORMAT, &main), budget, Place::Flow);
    if let Err(problem) = outcome {
        let over = matches!(problem, Problem::TooSlow { .. });
        problems.push(problem);
        if over {
            return Ok(());
        }
    }
    drop(text);
    for (part, aside) in asides(&names, &folder) {
        let Some(text) = package.text(&part, budget)? else { continue };
        body.read(&mut Xml::new(&text, budget, FORMAT, &part), budget, Place::Aside(aside))?;
    }
    Ok(())
}

/// Parts outside the flow, each kind in the order of its numbers.
fn asides(names: &[String], folder: &str) -> Vec<(String, Aside)> {
    let kinds = [
        ("header", Aside::Header),
        ("footer", Aside::Footer),
        ("footnotes", Aside::Footnote),
        ("endnotes", Aside::Footnote),
        ("comments", Aside::Comment),
    ];
    let mut parts = Vec::new();
    for (stem, aside) in kinds {
        let mut found: Vec<&String> = names
            .iter()
            .filter(|name| {
                let number = name.strip_prefix(folder).and_then(|n| n.strip_prefix('/')).and_then(|n| n.strip_prefix(stem));
                number.and_then(|n| n.strip_suffix(".xml")).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
            })
            .collect();
        found.sort_by_key(|name| (name.len(), name.as_str()));
        parts.extend(found.into_iter().map(|name| (name.clone(), aside)));
    }
    parts
}

fn main_part(package: &mut Package<'_>, names: &[String], budget: &mut Budget) -> Result<String, Problem> {
    const USUAL: &str = "word/document.xml";
    if names.iter().any(|n| n == USUAL) {
        return Ok(USUAL.to_owned());
    }
    let types = package.text("[Content_Types].xml", budget)?.unwrap_or_default();
    let mut xml = Xml::new(&types, budget, FORMAT, "[Content_Types].xml");
    loop {
        match xml.next(budget)? {
            Node::Open(tag) if tag.attribute("ContentType").is_some_and(|t| t.contains("wordprocessingml.document.main")) => {
                return Ok(tag.attribute("PartName").unwrap_or_default().trim_start_matches('/').to_owned());
            }
            Node::End => return Ok(USUAL.to_owned()),
            _ => {}
        }
    }
}
