//! The reader from outside: files in, an annotated dump of the document out; and files that mean harm.

#[cfg(test)]
mod build;
#[cfg(test)]
mod build_pdf;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod hostile_pdf;
#[cfg(test)]
mod marks;
#[cfg(test)]
mod word;

use reader::Read;
use text::BlockKind;

/// Every block with its kind and page, then the problems; line ends and tabs inside a block are made visible.
fn dump(read: &Read) -> String {
    let mut out = format!("{}\n", read.format.name());
    for block in &read.doc.blocks {
        let kind = match &block.kind {
            BlockKind::Line => "line".to_owned(),
            BlockKind::Paragraph => "paragraph".to_owned(),
            BlockKind::Heading(depth) => format!("heading {depth}"),
            BlockKind::Cell { table, row, column } => format!("cell {table}:{row}:{column}"),
            BlockKind::Aside(aside) => format!("{aside:?}").to_lowercase(),
        };
        let page = block.page.map(|page| format!(" p{page}")).unwrap_or_default();
        let text = read.doc.block_text(block).replace('\n', "⏎").replace('\t', "⇥");
        out.push_str(&format!("[{kind}{page}] {text}\n"));
    }
    for problem in &read.problems {
        out.push_str(&format!("! {problem}\n"));
    }
    out
}
