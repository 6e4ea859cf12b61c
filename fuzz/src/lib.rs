//! What the targets share: which panics count, limits for reading, and packing of zip documents.

use reader::{Limits, Problem};
use std::io::{Cursor, Write};
use std::panic;
use std::time::Duration;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Makes a panic in our own code end the run. A panic inside a third-party crate is caught by the reader's fence and
/// told as a problem, which is what the fence is for; it is only counted when it comes through to the target.
pub fn watch_own_panics() {
    let to_abort = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let foreign = info.location().is_some_and(|place| place.file().contains("/registry/src/"));
        if !foreign {
            to_abort(info);
        }
    }));
}

/// Limits for inputs of some ten thousand bytes: whatever takes two seconds with so little is a finding.
pub fn limits() -> Limits {
    Limits { time: Duration::from_secs(2), ocr_pages: 0, ..Limits::default() }
}

/// Reads the bytes under a name and checks what every reader promises.
pub fn read(bytes: &[u8], name: &str) {
    let read = reader::read(bytes, name, &limits());
    let slow = read.problems.iter().any(|problem| matches!(problem, Problem::TooSlow { .. }));
    assert!(!slow, "reading {} bytes took over two seconds", bytes.len());
    let mut end = 0;
    for block in &read.doc.blocks {
        assert!(read.doc.text.get(block.span.clone()).is_some(), "a block lies on letter borders inside the text");
        assert!(block.span.start >= end, "blocks stand in the order of the text");
        end = block.span.end;
    }
    for problem in &read.problems {
        assert!(!problem.code().is_empty());
    }
}

/// A zip package from readable input: lines `=== name` begin its members. Nothing is compressed, so that the fuzzer
/// works on the contents and not on checksums.
pub fn packed(input: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for member in split(input) {
        let end = member.iter().position(|byte| *byte == b'\n').unwrap_or(member.len());
        let (name, contents) = member.split_at(end);
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        // Two members of one name are refused by the writer; the first one counts.
        if archive.start_file(String::from_utf8_lossy(name), options).is_ok() {
            archive.write_all(contents.get(1..).unwrap_or_default()).expect("memory takes everything");
        }
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn split(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    const MARK: &[u8] = b"=== ";
    let starts_member = |at: usize| input[at..].starts_with(MARK) && (at == 0 || input[at - 1] == b'\n');
    let mut starts: Vec<usize> = (0..input.len()).filter(|at| starts_member(*at)).collect();
    starts.push(input.len());
    let ends = starts.clone().into_iter().skip(1);
    starts.into_iter().zip(ends).map(move |(start, end)| &input[start + MARK.len()..end]).collect::<Vec<_>>().into_iter()
}
