//! What the ending of a file's name promises, against what the file holds; and files that are programs.
//!
//! ```text
//! fits(b"<html>", "anh.jpg") → false      is_program(b"MZ\x90\0", "bien-ban.pdf") → true
//! ```

use crate::format::{self, COMPOUND, EMPTY_ZIP, ZIP};
use crate::picture::{self, Kind};

/// Endings that a double click runs, or opens as a disk with who knows what on it, on Windows and on telephones.
const PROGRAMS: &[&str] = &[
    "exe", "com", "bat", "cmd", "js", "jse", "mjs", "vbs", "vbe", "wsf", "wsh", "ps1", "psm1", "msi", "msp", "mst", "msix", "appx", "dll",
    "scr", "url", "iso", "img", "vhd", "vhdx", "pif", "cpl", "sys", "ocx", "apk", "xapk", "ipa", "jar", "hta", "lnk", "reg", "msc",
    "gadget", "deb", "rpm", "dmg", "sh",
];

/// True for what would run when somebody opens it: by the ending of its name, and by its contents whatever the name says.
pub fn is_program(bytes: &[u8], name: &str) -> bool {
    const FIRST: &[&[u8]] = &[
        // Linux, macOS, Android, WebAssembly, a shortcut of Windows, a script.
        b"\x7fELF",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"dex\n0",
        b"\0asm",
        b"\x4c\0\0\0\x01\x14\x02\0",
        b"#!/",
    ];
    // Windows and DOS: a text may start with these letters as well, but holds no zeros.
    let windows = matches!(bytes, [b'M', b'Z', ..] | [b'Z', b'M', ..]) && bytes.iter().take(512).any(|b| *b == 0);
    windows || FIRST.iter().any(|first| bytes.starts_with(first)) || PROGRAMS.contains(&format::ending(name).as_str())
}

/// False when the contents are not of the kind that the name says. A name without an ending, or with one that is not known
/// here, promises nothing.
pub fn fits(bytes: &[u8], name: &str) -> bool {
    let starts = |firsts: &[&[u8]]| firsts.iter().any(|first| bytes.starts_with(first));
    let media = |known: &[Kind]| Kind::of(bytes).is_some_and(|kind| known.contains(&kind));
    // Of the kinds that have many shapes it is asked only whether they are of that family at all.
    let recorded = || Kind::of(bytes).is_none() && picture::is_recorded(bytes, "");
    match format::ending(name).as_str() {
        "jpg" | "jpeg" | "jpe" | "jfif" | "mpo" => media(&[Kind::Jpeg]),
        "png" | "apng" => media(&[Kind::Png]),
        "gif" => media(&[Kind::Gif]),
        "webp" => media(&[Kind::Webp]),
        "bmp" | "dib" => starts(&[b"BM"]),
        "heic" | "heif" | "hif" | "avif" | "mp4" | "m4v" | "m4a" | "mov" | "3gp" | "3g2" | "cr3" => picture::is_iso_media(bytes),
        "tif" | "tiff" | "dng" | "svg" | "avi" | "mkv" | "webm" | "wmv" | "psd" | "jxl" | "jp2" => recorded(),
        "pdf" => format::is_pdf(bytes),
        // A locked one is wrapped in the container of the old ones.
        "docx" | "docm" | "dotx" | "xlsx" | "xlsm" | "pptx" | "pptm" => starts(&[ZIP, EMPTY_ZIP, COMPOUND]),
        "odt" | "ott" | "ods" | "odp" | "zip" => starts(&[ZIP, EMPTY_ZIP]),
        "doc" | "dot" => starts(&[COMPOUND, b"{\\rt"]) || format::is_old_word(bytes),
        // Excel before 1995 had no container.
        "xls" => starts(&[COMPOUND, b"\x09\0", b"\x09\x02", b"\x09\x04", b"\x09\x08"]),
        "ppt" | "msg" => starts(&[COMPOUND]),
        "rtf" => starts(&[b"{\\rt"]),
        "rar" => starts(&[b"Rar!"]),
        "7z" => starts(&[b"7z\xbc\xaf"]),
        "txt" | "md" | "csv" | "json" | "xml" | "html" | "htm" => !is_other_than_text(bytes),
        _ => true,
    }
}

fn is_other_than_text(bytes: &[u8]) -> bool {
    format::is_binary(bytes)
        || picture::is_recorded(bytes, "")
        || format::is_pdf(bytes)
        || bytes.starts_with(ZIP)
        || bytes.starts_with(COMPOUND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_promises_something_else_is_seen() {
        for (bytes, name) in [
            (&b"<html><script>alert(1)</script>"[..], "fake.jpg"),
            (b"Bien ban", "bien-ban.pdf"),
            (b"Bien ban", "bien-ban.docx"),
            (b"%PDF-1.7", "bien-ban.docx"),
            (b"\x89PNG\r\n\x1a\n", "anh.JPG"),
            (b"PK\x03\x04", "bien-ban.txt"),
            (b"\0\0\0\x18ftypheic", "anh.jpeg"),
        ] {
            assert!(!fits(bytes, name), "{name}");
        }
    }

    #[test]
    fn names_that_tell_the_truth_or_promise_nothing_are_left_alone() {
        for (bytes, name) in [
            (&b"\xff\xd8\xff\xe0"[..], "anh.jpg"),
            (b"\0\0\0\x18ftypheic", "anh.heic"),
            (b"\0\0\0\x14ftypqt  ", "phim.MOV"),
            (b"II*\0", "anh.dng"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "co-mat-khau.docx"),
            (b"{\\rtf1", "cu.doc"),
            (b"junk %PDF-1.4", "quet.pdf"),
            ("Biên bản họp ngày 12".as_bytes(), "bien-ban.txt"),
            (b"anything", "so-tay.one"),
            (b"anything", "so-tay"),
        ] {
            assert!(fits(bytes, name), "{name}");
        }
    }

    #[test]
    fn programs_are_known_by_name_and_by_contents() {
        for name in ["x.exe", "X.BAT", "anh.jpg.js", "cai.msi", "a.dll", "a.scr", "a.apk", "x.exe. .", "a.lnk"] {
            assert!(is_program(b"anything", name), "{name}");
        }
        for bytes in [&b"MZ\x90\0\x03"[..], b"\x7fELF\x02\x01", b"#!/bin/sh\nrm", b"dex\n035\0"] {
            assert!(is_program(bytes, "bien-ban.pdf"), "{bytes:?}");
        }
        for (bytes, name) in [(&b"MZ la ten mot xa"[..], "ten.txt"), (b"PK\x03\x04", "so.docx"), (b"# Bien ban", "a.md"), (b"x", "exe")] {
            assert!(!is_program(bytes, name), "{name}");
        }
    }
}
