//! Where a passphrase comes from: the environment, a file, or the keyboard without an echo. Never the command line, which
//! every user of the machine can read.

use std::path::Path;

use anyhow::Result;
use app::lang::{Lang, t};

use crate::failure::Failure;

const VARIABLE: &str = "LUYTRE_BACKUP_PASSPHRASE";

/// To open a backup with.
pub(crate) fn to_open(file: Option<&Path>, lang: Lang) -> Result<String> {
    match given(file)? {
        Some(given) => Ok(given),
        None => ask(&t(lang, "cli-backup-ask-open")),
    }
}

/// To lock a backup with: typed twice, because nobody sees a slip.
pub(crate) fn to_lock(file: Option<&Path>, lang: Lang) -> Result<String> {
    if let Some(given) = given(file)? {
        return Ok(given);
    }
    let typed = ask(&t(lang, "cli-backup-ask"))?;
    // A weak one is refused before it is asked for again.
    app::backup::Passphrase::strong(&typed)?;
    if ask(&t(lang, "cli-backup-ask-again"))? != typed {
        return Err(Failure::PassphrasesDiffer.into());
    }
    Ok(typed)
}

fn given(file: Option<&Path>) -> Result<Option<String>> {
    if let Some(path) = file {
        return Ok(Some(first_line(&text_of(path)?)));
    }
    Ok(std::env::var(VARIABLE).ok().filter(|value| !value.is_empty()))
}

/// The text of a small file.
pub(crate) fn text_of(path: &Path) -> Result<String> {
    let failed = |source| Failure::File { path: path.display().to_string(), source };
    Ok(std::fs::read_to_string(path).map_err(failed)?)
}

fn first_line(text: &str) -> String {
    // Editors on Windows put a mark before the first letter.
    text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned()
}

fn ask(words: &str) -> Result<String> {
    rpassword::prompt_password(words).map_err(|error| {
        tracing::debug!(%error, "no terminal to ask for a passphrase");
        Failure::NoPassphrase.into()
    })
}
