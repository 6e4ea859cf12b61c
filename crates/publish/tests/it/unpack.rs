//! Reads a DOCX back: every part must be well-formed, and the text comes out a paragraph or table row a line.

use std::io::{Cursor, Read};

use publish::OfficialLetter;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A DOCX of `letter`, and its text.
pub(crate) fn text(letter: &OfficialLetter) -> String {
    let parts = parts(&publish::docx(letter, jiff::Timestamp::UNIX_EPOCH).unwrap());
    let document = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    for (name, xml) in &parts {
        elements(xml).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    lines(document)
}

/// The bytes of one entry of a DOCX.
pub(crate) fn entry(docx: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut bytes = Vec::new();
    zip.by_name(name).ok()?.read_to_end(&mut bytes).unwrap();
    Some(bytes)
}

/// The parts of a DOCX that are text: name and content.
pub(crate) fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut parts = Vec::new();
    for name in names.into_iter().filter(|name| !name.ends_with(".png")) {
        let mut xml = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut xml).unwrap();
        parts.push((name, xml));
    }
    parts
}

/// Number of elements, or why the XML is not well-formed. XML 1.0 allows no control characters at all.
pub(crate) fn elements(xml: &str) -> Result<usize, String> {
    if let Some(c) = xml.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(format!("control character U+{:04X}", c as u32));
    }
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut n = 0;
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof if depth == 0 => return Ok(n),
            Event::Eof => return Err("ends inside an element".to_owned()),
            Event::Start(_) => (n, depth) = (n + 1, depth + 1),
            Event::Empty(_) => n += 1,
            Event::End(_) => depth -= 1,
            Event::GeneralRef(entity) if !["amp", "lt", "gt", "quot", "apos"].contains(&&*entity) => {
                return Err(format!("entity {}", &*entity));
            }
            _ => {}
        }
    }
}

fn lines(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut out, mut line, mut in_text, mut in_cell) = (String::new(), String::new(), false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return out,
            Event::Start(e) if e.name().as_ref() == "w:t" => in_text = true,
            Event::End(e) if e.name().as_ref() == "w:t" => in_text = false,
            Event::Start(e) if e.name().as_ref() == "w:tc" => in_cell = true,
            Event::Text(e) if in_text => line.push_str(&e),
            Event::GeneralRef(e) if in_text => {
                line.push_str(match &*e {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("entity {other}"),
                });
            }
            Event::Empty(e) if e.name().as_ref() == "w:noBreakHyphen" => line.push('-'),
            Event::Empty(e) if e.name().as_ref() == "w:tab" && !line.is_empty() => line.push(' '),
            Event::End(e) if e.name().as_ref() == "w:p" && in_cell && !line.is_empty() && !line.ends_with(" / ") => line.push_str(" / "),
            Event::End(e) if e.name().as_ref() == "w:tc" => {
                in_cell = false;
                line.truncate(line.trim_end_matches(" / ").len());
                line.push_str(" | ");
            }
            Event::End(e) if matches!(e.name().as_ref(), "w:tr" | "w:p") && !in_cell => {
                let text = line.trim_end_matches([' ', '|']);
                if !text.is_empty() {
                    out.push_str(text);
                    out.push('\n');
                }
                line.clear();
            }
            _ => {}
        }
    }
}
