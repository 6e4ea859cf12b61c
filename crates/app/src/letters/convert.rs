//! From a file to a letter ready for the ledger: `reader`, then `directive`, then our own words for what they found.

use super::ReadLetter;
use crate::views::{LetterMeta, ProblemMeta};

/// Reads a file; never fails, what went wrong stands in the problems.
pub fn read(bytes: &[u8], name: &str) -> ReadLetter {
    let read = reader::read(bytes, name, &reader::Limits::default());
    let doc = text::repair::rejoin(&read.doc);
    let problems = read
        .problems
        .iter()
        .map(|p| ProblemMeta { code: p.code().to_owned(), data: p.data().iter().map(|(k, v)| (k.to_string(), v.to_string())).collect() })
        .collect();
    ReadLetter { meta: LetterMeta { problems, ..LetterMeta::default() }, text: doc.text, ..ReadLetter::default() }
}
