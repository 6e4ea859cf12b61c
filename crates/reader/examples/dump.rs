//! Prints what the reader makes of files: every block with its kind, then the problems.
//!
//! `cargo run -p reader --example dump -- letter.docx`; with `--time` before the names, how long each reading took instead.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use reader::{Limits, Read};
use text::BlockKind;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let mut timing = false;
    for argument in std::env::args().skip(1) {
        if argument == "--time" {
            timing = true;
            continue;
        }
        let path = Path::new(&argument);
        let bytes = std::fs::read(path)?;
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let started = Instant::now();
        let read = reader::read(&bytes, &name, &Limits::default());
        if timing {
            let first = started.elapsed();
            let best = (0..20).map(|_| time_of(&bytes, &name)).min().unwrap_or(first);
            writeln!(out, "{name}: {} bytes of text, first {first:?}, best {best:?}", read.doc.text.len())?;
        } else {
            dump(&mut out, &name, &read)?;
        }
    }
    Ok(())
}

fn time_of(bytes: &[u8], name: &str) -> std::time::Duration {
    let started = Instant::now();
    let read = reader::read(bytes, name, &Limits::default());
    std::hint::black_box(read.doc.text.len());
    started.elapsed()
}

fn dump(out: &mut impl Write, name: &str, read: &Read) -> std::io::Result<()> {
    writeln!(out, "== {name}: {}", read.format.name())?;
    for block in &read.doc.blocks {
        let kind = match &block.kind {
            BlockKind::Line => "line".to_owned(),
            BlockKind::Paragraph => "paragraph".to_owned(),
            BlockKind::Heading(depth) => format!("heading {depth}"),
            BlockKind::Cell { table, row, column } => format!("cell {table}:{row}:{column}"),
            BlockKind::Aside(aside) => format!("{aside:?}").to_lowercase(),
        };
        let page = block.page.map(|p| format!(" p{p}")).unwrap_or_default();
        writeln!(out, "[{kind}{page}] {}", read.doc.block_text(block).replace('\n', "⏎").replace('\t', "⇥"))?;
    }
    for problem in &read.problems {
        writeln!(out, "! {problem}")?;
    }
    Ok(())
}
