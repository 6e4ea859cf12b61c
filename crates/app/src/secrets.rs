//! The gate before the disk: a file with a state-secret mark is refused unless the installation is declared isolated.
//!
//! Law 117/2025 forbids keeping state secrets on machines connected to the Internet. The whole check runs in memory.

use crate::{App, Result};
use programme::decide::Refusal;
use programme::model::Network;

/// Gives the bytes back when they may be kept.
pub(crate) async fn refuse_marks(app: &App, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if app.snapshot().await?.network == Network::Isolated {
        return Ok(bytes);
    }
    let file = name.to_owned();
    let (bytes, mark) = app
        .engine(name, move || {
            let mark = mark(&bytes, &file);
            (bytes, mark)
        })
        .await?;
    match mark {
        Some(mark) => Err(Refusal::SecretMark { mark }.into()),
        None => Ok(bytes),
    }
}

/// The first state-secret mark, in the file's name, its stored text or the document read from it.
/// Only the rule's name comes out: what is marked is never repeated.
fn mark(bytes: &[u8], name: &str) -> Option<String> {
    let rules = scan::builtin();
    let doc = reader::read(bytes, name, &reader::Limits::default()).doc;
    let findings = scan::scan_doc(&doc, &rules).into_iter().chain(scan::scan_name(name, &rules));
    let mut marks = findings.filter(|f| f.kind == scan::Kind::SecretMark && f.confidence == scan::Confidence::High);
    marks.next().map(|f| f.rule.to_string())
}
