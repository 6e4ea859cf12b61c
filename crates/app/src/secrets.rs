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

/// The secrecy mark of a letter's head, as the reading of letters finds it.
fn mark(bytes: &[u8], name: &str) -> Option<String> {
    let read = crate::letters::read(bytes, name);
    read.secrecy.map(|s| s.to_string())
}
