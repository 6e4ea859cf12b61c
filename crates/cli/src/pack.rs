//! `luytre scam pack`: the office's list as a signed pack, a pack looked at, a pack put in use.

use std::fs::File;
use std::io::{Read as _, Write};
use std::path::Path;

use anyhow::Result;
use app::lang::{Lang, t_with};
use app::packs::{self, MAX_BYTES, PackProblem, Seen};
use app::sessions::From;
use app::{App, Error};

use crate::args::PackTask;
use crate::failure::Failure;
use crate::serve::{existing, settings};
use crate::terminal::FINE;
use crate::visible::visible;

pub(crate) async fn run(task: &PackTask, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    match task {
        PackTask::Build { pack, address, store } => {
            let settings = existing(store)?;
            let app = App::open_read_only(settings).await?;
            let bytes = packs::own(&app, address.as_deref()).await?;
            app.close().await;
            let seen = packs::look(bytes.clone())?;
            std::fs::write(pack, bytes).map_err(|source| failed(pack, source))?;
            told("cli-pack-built", pack, &seen, lang, out)?;
        }
        PackTask::Verify { pack } => told("cli-pack-whole", pack, &packs::look(read(pack)?)?, lang, out)?,
        PackTask::Install { pack, accept, store } => {
            let bytes = read(pack)?;
            let app = App::open(settings(store)?).await?;
            let seen = packs::install_at_machine(&app, bytes, accept.as_deref(), None, &From::default()).await?;
            app.close().await;
            told("cli-pack-installed", pack, &seen, lang, out)?;
        }
    }
    Ok(FINE)
}

fn failed(path: &Path, source: std::io::Error) -> Failure {
    Failure::File { path: path.display().to_string(), source }
}

/// The bytes of a pack; what is longer than any pack is not read to its end.
fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|source| failed(path, source))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|source| failed(path, source))?;
    if bytes.len() as u64 > MAX_BYTES { Err(Error::from(PackProblem::TooLarge).into()) } else { Ok(bytes) }
}

fn told(key: &str, path: &Path, seen: &Seen, lang: Lang, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", t_with(lang, key, &[("path", visible(&path.display().to_string()).into())]))?;
    let day = seen.made.parse().map_or_else(|_| seen.made.clone(), app::lang::date);
    let lines = [
        ("cli-pack-issuer", visible(&seen.issuer).into()),
        ("cli-pack-fingerprint", packs::fingerprint(&seen.key).into()),
        ("cli-pack-number", seen.number.to_string().into()),
        ("cli-pack-made", day.into()),
        ("cli-pack-entries", seen.entries.into()),
    ];
    for (key, value) in lines {
        writeln!(out, "  {}", t_with(lang, key, &[("value", value)]))?;
    }
    Ok(())
}
