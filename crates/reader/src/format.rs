//! Which kind of file some bytes are: the contents decide, the name only where contents cannot tell.
//!
//! `detect(b"{\\rtf1 …", "letter.doc")` is RTF, and the extension is worth a problem.

use crate::Problem;
use std::io::Cursor;

/// The kinds of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Txt,
    Markdown,
    Html,
    Docx,
    Doc,
    Rtf,
    Odt,
    Xlsx,
    Pdf,
    Png,
    Jpeg,
    Tiff,
    /// Nothing that can be read.
    Unknown,
}

impl Format {
    /// Short lower-case name, the usual extension.
    pub fn name(self) -> &'static str {
        match self {
            Format::Txt => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Rtf => "rtf",
            Format::Odt => "odt",
            Format::Xlsx => "xlsx",
            Format::Pdf => "pdf",
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Tiff => "tif",
            Format::Unknown => "unknown",
        }
    }

    fn of_extension(extension: &str) -> Option<Format> {
        Some(match extension {
            "txt" => Format::Txt,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "docx" | "docm" | "dotx" => Format::Docx,
            "doc" | "dot" => Format::Doc,
            "rtf" => Format::Rtf,
            "odt" | "ott" => Format::Odt,
            "xlsx" | "xlsm" => Format::Xlsx,
            "pdf" => Format::Pdf,
            "png" => Format::Png,
            "jpg" | "jpeg" => Format::Jpeg,
            "tif" | "tiff" => Format::Tiff,
            _ => return None,
        })
    }
}

/// The format of the contents with what is odd about it; a problem beside [`Format::Unknown`] says why.
pub(crate) fn detect(bytes: &[u8], name: &str) -> (Format, Vec<Problem>) {
    let extension = ending(name);
    let by_name = Format::of_extension(&extension);
    let found = match by_magic(bytes) {
        Ok(Some(format)) => format,
        Ok(None) if is_binary(bytes) => return (Format::Unknown, vec![Problem::Unsupported { kind: None }]),
        Ok(None) => match by_name {
            // Markdown looks like any text, and a fragment of HTML may start with its text.
            Some(Format::Markdown) => Format::Markdown,
            Some(Format::Html) if bytes.contains(&b'<') => Format::Html,
            _ => Format::Txt,
        },
        // A truncated archive has no directory: its name is the best hint left, and without one it is no document of ours.
        Err(Unreadable::Archive) => {
            return match by_name.filter(|f| matches!(f, Format::Docx | Format::Odt | Format::Xlsx)) {
                Some(guess) => (guess, vec![Problem::Damaged { format: guess, part: "zip".to_owned() }]),
                None => (Format::Unknown, vec![Problem::Unsupported { kind: Some("zip") }]),
            };
        }
        Err(Unreadable::Compound) => return (Format::Unknown, vec![Problem::Damaged { format: Format::Doc, part: "ole".to_owned() }]),
        Err(Unreadable::Old) => return (Format::Unknown, vec![Problem::OldWord]),
        Err(Unreadable::Locked(format)) => return (Format::Unknown, vec![Problem::Encrypted { format }]),
        Err(Unreadable::Kind(kind)) => return (Format::Unknown, vec![Problem::Unsupported { kind: Some(kind) }]),
    };
    let fits = by_name.is_none_or(|f| f == found || (f == Format::Markdown && found == Format::Txt));
    let problems = if fits { vec![] } else { vec![Problem::WrongExtension { extension, found }] };
    (found, problems)
}

/// What stands behind the last dot of a name, lower case; empty where there is none.
pub(crate) fn ending(name: &str) -> String {
    // Windows leaves dots and blanks at the end away.
    let name = name.trim_end_matches(['.', ' ']);
    name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default()
}

/// True for the containers and marked-up texts that documents come in, by their first bytes alone.
pub(crate) fn is_document(bytes: &[u8]) -> bool {
    const FIRST: &[&[u8]] = &[ZIP, EMPTY_ZIP, COMPOUND, b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"];
    let start = behind_blanks(bytes);
    FIRST.iter().any(|first| bytes.starts_with(first))
        || is_old_word(bytes)
        || is_pdf(bytes)
        || start.starts_with(b"{\\rt")
        || start.starts_with(b"MIME-Version:")
        || is_word_xml(start)
        || is_html(start)
}

pub(crate) const ZIP: &[u8] = b"PK\x03\x04";
pub(crate) const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
/// Old Office files: Word, Excel, PowerPoint, Outlook, installers.
pub(crate) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

fn behind_blanks(bytes: &[u8]) -> &[u8] {
    let start = bytes.trim_ascii_start();
    start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start()
}

/// Word before 1997.
pub(crate) fn is_old_word(bytes: &[u8]) -> bool {
    matches!(bytes, [0xDB, 0xA5, 0x2D, 0, ..] | [0x9B, 0xA5, 0x21, 0, ..] | [0x31, 0xBE, 0, 0, ..] | [0xDC, 0xA5, ..])
}

/// The head may stand behind other bytes, as long as it is near the start.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-")
}

enum Unreadable {
    Archive,
    Compound,
    Old,
    Locked(Format),
    Kind(&'static str),
}

fn by_magic(bytes: &[u8]) -> Result<Option<Format>, Unreadable> {
    let start = behind_blanks(bytes);
    let format = match bytes {
        _ if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) => return in_archive(bytes).map(Some),
        _ if bytes.starts_with(COMPOUND) => return in_compound(bytes).map(Some),
        _ if is_old_word(bytes) => return Err(Unreadable::Old),
        [0x89, b'P', b'N', b'G', ..] => Format::Png,
        [0xFF, 0xD8, 0xFF, ..] => Format::Jpeg,
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Format::Tiff,
        [0x1F, 0x8B, ..] => return Err(Unreadable::Kind("gz")),
        [b'R', b'a', b'r', b'!', ..] => return Err(Unreadable::Kind("rar")),
        [b'7', b'z', 0xBC, 0xAF, ..] => return Err(Unreadable::Kind("7z")),
        _ if start.starts_with(b"{\\rt") => Format::Rtf,
        _ if is_pdf(bytes) => Format::Pdf,
        _ if start.starts_with(b"MIME-Version:") => return Err(Unreadable::Kind("mhtml")),
        _ if is_word_xml(start) => return Err(Unreadable::Kind("xml")),
        _ if is_html(start) => Format::Html,
        _ => return Ok(None),
    };
    Ok(Some(format))
}

fn in_archive(bytes: &[u8]) -> Result<Format, Unreadable> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Err(Unreadable::Archive) };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    if has("ppt/presentation.xml") {
        return Err(Unreadable::Kind("pptx"));
    }
    if has("content.xml") {
        return match start_of_member(&mut archive, "mimetype") {
            Some(mime) if mime.contains("opendocument.spreadsheet") => Err(Unreadable::Kind("ods")),
            Some(mime) if mime.contains("opendocument.presentation") => Err(Unreadable::Kind("odp")),
            _ => Ok(Format::Odt),
        };
    }
    // Some programs name the main part otherwise; the list of contents knows it by type.
    match start_of_member(&mut archive, "[Content_Types].xml") {
        Some(types) if types.contains("wordprocessingml.document.main") => Ok(Format::Docx),
        Some(types) if types.contains("spreadsheetml.sheet.main") => Ok(Format::Xlsx),
        _ => Err(Unreadable::Kind("zip")),
    }
}

fn start_of_member(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    use std::io::Read;
    let member = archive.by_name(name).ok()?;
    let mut start = Vec::new();
    member.take(64 << 10).read_to_end(&mut start).ok()?;
    Some(String::from_utf8_lossy(&start).into_owned())
}

fn in_compound(bytes: &[u8]) -> Result<Format, Unreadable> {
    let Ok(compound) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Err(Unreadable::Compound) };
    let has = |name: &str| compound.is_stream(name);
    if has("WordDocument") {
        Ok(Format::Doc)
    } else if has("EncryptedPackage") {
        Err(Unreadable::Locked(Format::Docx))
    } else if has("Workbook") || has("Book") {
        Err(Unreadable::Kind("xls"))
    } else if has("PowerPoint Document") {
        Err(Unreadable::Kind("ppt"))
    } else if has("__properties_version1.0") {
        Err(Unreadable::Kind("msg"))
    } else {
        Err(Unreadable::Kind("ole"))
    }
}

fn is_html(start: &[u8]) -> bool {
    let head: Vec<u8> = start[..start.len().min(4096)].to_ascii_lowercase();
    const OPENINGS: [&[u8]; 10] =
        [b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<title", b"<table", b"<div", b"<p>", b"<p "];
    if OPENINGS.iter().any(|o| head.starts_with(o)) {
        return true;
    }
    let declared = head.starts_with(b"<?xml") || head.starts_with(b"<!--") || head.starts_with(b"<!doctype");
    declared && head.windows(5).any(|w| w == b"<html")
}

/// Word 2003 XML and "flat" packages: one XML file that holds what a DOCX holds.
fn is_word_xml(start: &[u8]) -> bool {
    let head = &start[..start.len().min(2048)];
    let has = |word: &[u8]| head.windows(word.len()).any(|w| w == word);
    head.starts_with(b"<?xml") && (has(b"wordDocument") || has(b"xmlPackage"))
}

/// Text has next to no control bytes. UTF-16 has a zero in every ASCII letter, so zeros alone do not count
/// when they stand at every other place.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if head.starts_with(&[0xFF, 0xFE])
        || head.starts_with(&[0xFE, 0xFF])
        || (even.max(odd) * 5 > head.len() && even.min(odd) * 50 < head.len())
    {
        return false;
    }
    // Old Vietnamese encodings use some control codes as capitals, but rarely.
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    controls * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], name: &str, format: Format, problems: &[Problem]) {
        assert_eq!(detect(bytes, name), (format, problems.to_vec()), "{name}");
    }

    #[test]
    fn contents_decide() {
        let wrong = |extension: &str, found| [Problem::WrongExtension { extension: extension.to_owned(), found }];
        check(b"{\\rtf1 a}", "a.rtf", Format::Rtf, &[]);
        check(b"{\\rtf1 a}", "a.DOC", Format::Rtf, &wrong("doc", Format::Rtf));
        check(b"\n<html><body>x", "a.doc", Format::Html, &wrong("doc", Format::Html));
        check(b"<?xml version='1.0'?><!DOCTYPE html><html/>", "a.html", Format::Html, &[]);
        check(b"junk %PDF-1.4", "a.pdf", Format::Pdf, &[]);
        check(b"plain", "a.pdf", Format::Txt, &wrong("pdf", Format::Txt));
        check(b"# Title", "a.md", Format::Markdown, &[]);
        check(b"T\0h\0u\0", "a.txt", Format::Txt, &[]);
        check(&[0, 1, 2, 3, 0, 0, 0, 9, 9, 1], "a.bin", Format::Unknown, &[Problem::Unsupported { kind: None }]);
        let damaged = [Problem::Damaged { format: Format::Docx, part: "zip".to_owned() }];
        check(b"PK\x03\x04 torn", "a.docx", Format::Docx, &damaged);
        check(b"PK\x03\x04 torn", "a", Format::Unknown, &[Problem::Unsupported { kind: Some("zip") }]);
        check(b"Rar!\x1a\x07", "a.docx", Format::Unknown, &[Problem::Unsupported { kind: Some("rar") }]);
        check(b"<?xml version='1.0'?><w:wordDocument>", "a.doc", Format::Unknown, &[Problem::Unsupported { kind: Some("xml") }]);
        check(&[0xDB, 0xA5, 0x2D, 0, 0], "a.doc", Format::Unknown, &[Problem::OldWord]);
    }
}
