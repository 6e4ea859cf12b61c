//! What a clerk would find in the finished files: words in, words out.

#![expect(clippy::unwrap_used, reason = "a test that cannot unpack its file has failed")]

#[path = "../../examples/sample/letters.rs"]
mod letters;
#[path = "../../examples/sample/reports.rs"]
mod reports;

mod forms;
mod hostile;
mod implementing;
mod long;
mod report;
#[cfg(feature = "pdf")]
mod sheets;
mod unpack;
mod workbook;
