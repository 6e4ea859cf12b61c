//! Every fictional letter of `fixtures/`, with what a clerk would say it says.

use crate::{Reading, read};
use expect_test::expect_file;
use std::fmt::Write as _;
use std::path::Path;
use text::{BlockKind, Doc};

/// A letter as text: each line a line, or with `#paragraphs` first a paragraph; `| a | b |` is a row of a letterhead
/// table, `|| a | b |` one of an annex.
fn doc(text: &str) -> Doc {
    let paragraphs = text.starts_with("#paragraphs\n");
    let mut doc = Doc::default();
    let (mut table, mut row, mut open) = (0, 0, "");
    for line in text.strip_prefix("#paragraphs\n").unwrap_or(text).lines() {
        let kind = if line.starts_with("||") {
            "||"
        } else if line.starts_with('|') {
            "|"
        } else {
            ""
        };
        if kind != open {
            (table, row, open) = (table + u32::from(!kind.is_empty()), 0, kind);
        }
        if kind.is_empty() {
            doc.push(if paragraphs { BlockKind::Paragraph } else { BlockKind::Line }, None, line);
            continue;
        }
        for (column, cell) in (0..).zip(line.trim_matches('|').split('|')) {
            doc.push(BlockKind::Cell { table, row, column }, None, cell.trim());
        }
        row += 1;
    }
    doc
}

/// The reading as a clerk would note it.
fn shown(reading: &Reading) -> String {
    let letter = &reading.letter;
    let mut out = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    line("system", Some(letter.system.code()));
    line("superior", letter.superior.as_deref());
    line("issuer", letter.issuer.as_deref());
    line("type", letter.kind.as_deref());
    line("code", letter.code.as_deref());
    line("place, date", Some(&format!("{}, {}", letter.place.as_deref().unwrap_or("-"), letter.date.as_deref().unwrap_or("-"))));
    line("subject", letter.subject.as_deref());
    line("secrecy", letter.secrecy.map(crate::Secrecy::code));
    line("urgency", letter.urgency.map(crate::Urgency::code));
    for to in &letter.to {
        line("to", Some(to));
    }
    for copy in &letter.copies {
        line("copy", Some(&copy.text));
    }
    let signature = [&letter.signature.authority, &letter.signature.position, &letter.signature.name];
    let signature: Vec<&str> = signature.into_iter().map(|part| part.as_deref().unwrap_or("-")).collect();
    line("signature", Some(&signature.join(" / ")));
    for reference in &letter.references {
        let parts = [reference.kind.as_deref(), reference.date.as_deref(), reference.issuer.as_deref()];
        let parts: Vec<&str> = parts.into_iter().map(|part| part.unwrap_or("-")).collect();
        line("cites", Some(&format!("{} | {} | {}", reference.code, parts.join(" | "), reference.relation.code())));
    }
    for attachment in &letter.attachments {
        line("attached", Some(attachment));
    }
    for topic in &letter.topics {
        line("topic", Some(&format!("[{}] {}", topic.section, topic.text)));
    }
    for channel in &letter.channels {
        line("channel", Some(channel));
    }
    for task in &reading.tasks {
        let mut notes = vec![task.evidence.code().to_owned()];
        notes.extend(task.due.as_ref().map(|due| format!("due {due}")));
        notes.extend(task.recurs.map(|recurs| recurs.code().to_owned()));
        notes.extend(task.reports_to.as_ref().map(|to| format!("to {to}")));
        notes.extend(task.difficulty.then(|| "difficulty".to_owned()));
        notes.extend(task.declared_only.then(|| "declared only".to_owned()));
        notes.extend(task.product.as_ref().map(|product| format!("product {product}")));
        let parts = task.parts.iter().map(|part| {
            let sign = if part.declared_only { "declared only" } else { part.evidence.code() };
            format!("{sign}: {}", &reading.doc.text[part.span.clone()])
        });
        notes.extend(parts);
        let _ = writeln!(out, "[{}] {} | {}\n    {}", task.section, task.to.join(" + "), task.text, notes.join("; "));
    }
    out
}

#[test]
fn every_letter_says_what_its_clerk_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut cases: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 25);
    for case in cases {
        let text = std::fs::read_to_string(case.join("input.txt")).unwrap();
        let reading = read(&doc(&text));
        for task in &reading.tasks {
            let quoted: Vec<&str> = reading.doc.text[task.span.clone()].split_whitespace().collect();
            assert_eq!(quoted.join(" "), task.text, "{}", case.display());
        }
        expect_file![case.join("expected.txt")].assert_eq(&shown(&reading));
    }
}
