//! Every folder of `fixtures/` holds one file `input.*` and the dump that is expected of it.
//!
//! `UPDATE_EXPECT=1` records the dumps anew. All texts are fictional.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use reader::{Limits, Problem};

pub(crate) fn inputs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut inputs: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .flat_map(|case| fs::read_dir(case.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem == "input"))
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn files_are_read_as_recorded() {
    let inputs = inputs();
    assert!(inputs.len() >= 10, "the fixtures are gone");
    for input in inputs {
        let bytes = fs::read(&input).unwrap();
        let name = input.file_name().unwrap().to_string_lossy();
        let read = reader::read(&bytes, &name, &Limits::default());
        let needs_programs =
            |p: &Problem| matches!(p, Problem::OcrMissing { .. } | Problem::OcrLanguageMissing { .. } | Problem::DrawingMissing { .. });
        if read.problems.iter().any(needs_programs) {
            println!("{}: left out, the programs for pictures are not installed", input.display());
            continue;
        }
        expect_file![input.with_file_name("expected.txt")].assert_eq(&super::dump(&read));
    }
}

#[test]
fn the_blocks_cover_the_text() {
    for input in inputs() {
        let bytes = fs::read(&input).unwrap();
        let doc = reader::read(&bytes, &input.to_string_lossy(), &Limits::default()).doc;
        let joined: Vec<&str> = doc.blocks.iter().map(|block| doc.block_text(block)).collect();
        assert_eq!(joined.join("\n"), doc.text, "{}", input.display());
    }
}

#[test]
fn letters_set_afterwards_into_holes_belong_to_their_words() {
    // As programs write what one font lacks: the line with holes as wide as the missing letters, then these from another font.
    let content = "BT /F 12 Tf 72 700 Td [(S)-500(NG H)-500( M)] TJ 1 0 0 1 78 700 Tm (O) Tj 1 0 0 1 108 700 Tm (O) Tj ET";
    let read = reader::read(&crate::build::pdf_page(content, ""), "hong.pdf", &Limits::default());
    assert_eq!(read.doc.text.trim(), "SONG HO M");
}
