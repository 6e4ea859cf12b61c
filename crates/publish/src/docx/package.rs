//! The parts around the text of a DOCX file: styles, settings, properties, relations, and the container.
//!
//! Not for the text itself. Every entry has the same fixed time, so that the same letter gives the same bytes.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::content;
use super::markup::Part;
use crate::Error;
use crate::page::Page;

/// Named on purpose though not embedded: every Windows office has it, and others replace it with equal metrics.
const FONT: &str = "Times New Roman";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The finished file.
pub(super) fn pack(page: &Page, document: &[u8], created: jiff::Timestamp) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), Error> {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
        Ok(())
    };
    add("[Content_Types].xml", &content_types())?;
    add("_rels/.rels", &root_relations())?;
    add("docProps/core.xml", &properties(page, created))?;
    add("word/document.xml", document)?;
    add("word/_rels/document.xml.rels", &document_relations(page.check.is_some()))?;
    add("word/styles.xml", &styles())?;
    add("word/settings.xml", &settings())?;
    add("word/headerNumbered.xml", &content::header(true))?;
    add("word/headerBare.xml", &content::header(false))?;
    if let Some(check) = &page.check {
        add("word/media/check.png", &check.qr.png()?)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> Vec<u8> {
    let mut part = Part::new();
    part.element("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |part| {
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        part.empty("Default", &[("Extension", "rels"), ("ContentType", rels)]);
        part.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        part.empty("Default", &[("Extension", "png"), ("ContentType", "image/png")]);
        let core = "application/vnd.openxmlformats-package.core-properties+xml".to_owned();
        for (name, kind) in [
            ("/docProps/core.xml", core),
            ("/word/document.xml", format!("{WORD}.document.main+xml")),
            ("/word/styles.xml", format!("{WORD}.styles+xml")),
            ("/word/settings.xml", format!("{WORD}.settings+xml")),
            ("/word/headerNumbered.xml", format!("{WORD}.header+xml")),
            ("/word/headerBare.xml", format!("{WORD}.header+xml")),
        ] {
            part.empty("Override", &[("PartName", name), ("ContentType", &kind)]);
        }
    });
    part.into_bytes()
}

fn relations(list: &[(&str, String, &str)]) -> Vec<u8> {
    let mut part = Part::new();
    part.element("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |part| {
        for (id, kind, target) in list {
            part.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    });
    part.into_bytes()
}

fn root_relations() -> Vec<u8> {
    relations(&[
        ("rIdDocument", format!("{OFFICE}/officeDocument"), "word/document.xml"),
        ("rIdCore", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
    ])
}

fn document_relations(has_check: bool) -> Vec<u8> {
    let mut list = vec![
        ("rIdStyles", format!("{OFFICE}/styles"), "styles.xml"),
        ("rIdSettings", format!("{OFFICE}/settings"), "settings.xml"),
        ("rIdNumbered", format!("{OFFICE}/header"), "headerNumbered.xml"),
        ("rIdBare", format!("{OFFICE}/header"), "headerBare.xml"),
    ];
    if has_check {
        list.push((content::CHECK_PICTURE, format!("{OFFICE}/image"), "media/check.png"));
    }
    relations(&list)
}

fn properties(page: &Page, created: jiff::Timestamp) -> Vec<u8> {
    let mut part = Part::new();
    let spaces = [
        ("xmlns:cp", format!("{PACKAGE}/metadata/core-properties")),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/".to_owned()),
        ("xmlns:dcterms", "http://purl.org/dc/terms/".to_owned()),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance".to_owned()),
    ];
    let spaces: Vec<(&str, &str)> = spaces.iter().map(|(name, value)| (*name, value.as_str())).collect();
    part.element("cp:coreProperties", &spaces, |part| {
        part.element("dc:title", &[], |part| part.text(&page.title));
        part.element("dc:creator", &[], |part| part.text(&page.author));
        part.element("dc:language", &[], |part| part.text("vi-VN"));
        let time = created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        for name in ["dcterms:created", "dcterms:modified"] {
            part.element(name, &[("xsi:type", "dcterms:W3CDTF")], |part| part.text(&time));
        }
    });
    part.into_bytes()
}

fn styles() -> Vec<u8> {
    let mut part = Part::new();
    part.element("w:styles", &[("xmlns:w", W)], |part| {
        part.element("w:docDefaults", &[], |part| {
            part.element("w:rPrDefault", &[], |part| {
                part.element("w:rPr", &[], |part| {
                    let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|script| (script, FONT));
                    part.empty("w:rFonts", &fonts);
                    part.val("w:sz", "28");
                    part.val("w:szCs", "28");
                    part.empty("w:lang", &[("w:val", "vi-VN"), ("w:eastAsia", "vi-VN"), ("w:bidi", "ar-SA")]);
                });
            });
            part.element("w:pPrDefault", &[], |part| {
                part.element("w:pPr", &[], |part| part.empty("w:widowControl", &[]));
            });
        });
        style(part, "Normal", "Normal", 0);
        for rank in 1..=3_u8 {
            style(part, &format!("Heading{rank}"), &format!("heading {rank}"), rank);
        }
    });
    part.into_bytes()
}

/// A paragraph style; headings carry their rank, so that Word's navigation shows the outline.
fn style(part: &mut Part, id: &str, name: &str, rank: u8) {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", id)];
    if rank == 0 {
        attributes.insert(1, ("w:default", "1"));
    }
    part.element("w:style", &attributes, |part| {
        part.val("w:name", name);
        if rank > 0 {
            part.val("w:basedOn", "Normal");
            part.val("w:next", "Normal");
        }
        part.empty("w:qFormat", &[]);
        if rank > 0 {
            part.element("w:pPr", &[], |part| part.val("w:outlineLvl", &(rank - 1).to_string()));
        }
    });
}

fn settings() -> Vec<u8> {
    let mut part = Part::new();
    part.element("w:settings", &[("xmlns:w", W)], |part| {
        part.val("w:defaultTabStop", "720");
        part.val("w:characterSpacingControl", "doNotCompress");
        // Mode 15 keeps Word 2013 and later from opening the letter in compatibility mode.
        part.element("w:compat", &[], |part| {
            let uri = "http://schemas.microsoft.com/office/word";
            part.empty("w:compatSetting", &[("w:name", "compatibilityMode"), ("w:uri", uri), ("w:val", "15")]);
        });
    });
    part.into_bytes()
}
