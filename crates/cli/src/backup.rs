//! `luytre backup` and `luytre restore`: one encrypted file out, the whole record back, or a drill of it.

use std::io::Write;
use std::sync::Arc;

use anyhow::Result;
use app::App;
use app::backup::{self, Lock, OnProgress, Passphrase, Progress, Standing, Unlock};
use app::lang::{Lang, code, code_with, moment, size, t_with};
use app::noted::{Noted, note};
use indicatif::ProgressBar;

use crate::args::{BackupArgs, RestoreArgs};
use crate::passphrase;
use crate::serve::{existing, settings};
use crate::terminal::{ERROR, FINDINGS, FINE, spinner};
use crate::verify;
use crate::visible::{self, visible};

pub(crate) async fn make(args: &BackupArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let settings = existing(&args.store)?;
    let lock = if args.recipient.is_empty() {
        Lock::Passphrase(Passphrase::strong(&passphrase::to_lock(args.passphrase_file.as_deref(), lang)?)?)
    } else {
        Lock::Recipients(args.recipient.clone())
    };
    let app = App::open(settings).await?;
    let (bar, progress) = watched(lang);
    let made = backup::make(&app, &args.backup, lock, progress).await;
    bar.finish_and_clear();
    let noted = if made.is_ok() { Noted::BackupMade } else { Noted::BackupFailed };
    note(&app, noted, None, &app::sessions::From::default()).await?;
    app.close().await;
    let made = made?;
    let words = [
        ("events", made.events.into()),
        ("files", made.files.into()),
        ("path", visible::path(&args.backup).into()),
        ("size", size(lang, made.size_bytes).into()),
    ];
    // Whoever has the keys opens it: no passphrase is to be kept.
    let key = if args.recipient.is_empty() { "cli-backup-made" } else { "cli-backup-made-for-keys" };
    writeln!(out, "{}", t_with(lang, key, &words))?;
    if made.damaged_files == 0 {
        return Ok(FINE);
    }
    writeln!(out, "{}", t_with(lang, "cli-backup-damaged", &[("n", made.damaged_files.into())]))?;
    Ok(FINDINGS)
}

pub(crate) async fn restore(args: &RestoreArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let settings = settings(&args.store)?;
    let data = settings.data.clone();
    let unlock = unlock(args, lang)?;
    let (bar, progress) = watched(lang);
    let restored = backup::restore(settings, &args.backup, unlock, args.last_known, progress).await;
    bar.finish_and_clear();
    let restored = restored?;
    let words = [
        ("office", visible(&restored.office_name).into()),
        ("path", visible::path(&data).into()),
        ("events", restored.events.into()),
        ("files", restored.files.into()),
        ("made", moment(restored.made_at).into()),
        ("epoch", restored.epoch.into()),
        ("seq", restored.head.seq.into()),
    ];
    writeln!(out, "{}", t_with(lang, "cli-restored", &words))?;
    verify::print(&restored.verify, lang, out)?;
    Ok(if restored.verify.whole { FINE } else { ERROR })
}

pub(crate) async fn drill(args: &RestoreArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let settings = existing(&args.store)?;
    let unlock = unlock(args, lang)?;
    let app = App::open(settings).await?;
    let (bar, progress) = watched(lang);
    let drilled = backup::drill(&app, &args.backup, unlock, progress).await;
    bar.finish_and_clear();
    let passed = drilled.as_ref().is_ok_and(backup::Drilled::passed);
    note(&app, if passed { Noted::DrillPassed } else { Noted::DrillFailed }, None, &app::sessions::From::default()).await?;
    app.close().await;
    let drilled = drilled?;
    let n_lost = if let Standing::Behind { events } = drilled.standing { events } else { 0 };
    let words = [
        ("office", visible(&drilled.restored.office_name).into()),
        ("made", moment(drilled.restored.made_at).into()),
        ("size", size(lang, drilled.size_bytes).into()),
        ("events", drilled.restored.events.into()),
        ("files", drilled.restored.files.into()),
        ("standing", code_with(lang, "backup-standing", drilled.standing.code(), &[("n", n_lost.into())]).into()),
    ];
    writeln!(out, "{}", t_with(lang, "cli-drilled", &words))?;
    writeln!(out, "{}", t_with(lang, "cli-drilled-age", &[("n", drilled.age_hours.into())]))?;
    verify::print(&drilled.restored.verify, lang, out)?;
    Ok(match (drilled.restored.verify.whole, drilled.standing) {
        (false, _) => ERROR,
        (true, Standing::Apart) => FINDINGS,
        (true, _) => FINE,
    })
}

fn unlock(args: &RestoreArgs, lang: Lang) -> Result<Unlock> {
    Ok(match &args.identity {
        Some(path) => Unlock::Identity(Passphrase::of(&passphrase::text_of(path)?)),
        None => Unlock::Passphrase(Passphrase::of(&passphrase::to_open(args.passphrase_file.as_deref(), lang)?)),
    })
}

/// A line that tells how far the work has come.
fn watched(lang: Lang) -> (ProgressBar, OnProgress) {
    let bar = spinner();
    let told = bar.clone();
    let progress = move |p: Progress| {
        let stage = code(lang, "backup-stage", p.stage.code());
        let total = if p.total_bytes == 0 { "…".to_owned() } else { size(lang, p.total_bytes) };
        let words = [("stage", stage.into()), ("done", size(lang, p.done_bytes).into()), ("total", total.into())];
        told.set_message(t_with(lang, "cli-backup-progress", &words).into_owned());
    };
    (bar, Arc::new(progress))
}
