//! `luytre verify`: one sentence whether the record is whole, then what is damaged. It only reads: a copy on a disk that
//! cannot be written is verified like any other.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use app::App;
use app::lang::{Arg, Lang, code, moment, sentence, t, t_with};
use app::programme::ids::ContentId;
use app::verify::{Damage, Place, VerifyReport};

use crate::args::StoreArgs;
use crate::serve::existing;
use crate::terminal::{ERROR, FINDINGS, FINE};
use crate::visible::{self, visible};

pub(crate) async fn run(args: &StoreArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let settings = existing(args)?;
    let key = settings.data.join("office.key");
    let app = App::open_read_only(settings).await?;
    let report = app::verify::run_deep(&app).await?;
    let damaged = report.damage.iter().flat_map(|d| d.data()).filter(|(name, _)| *name == "content");
    // Where the tables that name the pages are damaged too, the damage is told without them.
    let places = app::verify::places(&app, &damaged.filter_map(|(_, id)| id.parse().ok()).collect()).await.unwrap_or_default();
    let has_key = app::verify::has_key(&app);
    app.close().await;
    print_with(&report, &places, lang, out)?;
    if !report.whole {
        writeln!(out, "{}", t(lang, "ledger-damaged-do"))?;
    }
    if !has_key {
        writeln!(out, "{}", t_with(lang, "cli-verify-no-key", &[("path", visible::path(&key).into())]))?;
    }
    writeln!(out, "{}", t(lang, "ledger-covered"))?;
    writeln!(out, "{}", t(lang, "cli-verify-covered"))?;
    writeln!(out, "{}", t(lang, "ledger-not-covered"))?;
    Ok(match (report.whole, has_key) {
        (false, _) => ERROR,
        (true, false) => FINDINGS,
        (true, true) => FINE,
    })
}

/// The sentence, the damage, what was erased by law.
pub(crate) fn print(report: &VerifyReport, lang: Lang, out: &mut dyn Write) -> Result<()> {
    print_with(report, &BTreeMap::new(), lang, out)
}

/// As [`print()`], and below each damage what it belongs to.
fn print_with(report: &VerifyReport, places: &BTreeMap<ContentId, Place>, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let counts = [
        ("events", report.events.into()),
        ("offices", report.offices.into()),
        ("contents", report.contents.into()),
        ("blobs", report.blobs.into()),
        ("damage", report.damage.len().into()),
    ];
    let key = match (report.whole, report.events) {
        (true, _) => "cli-verify-whole",
        (false, 0) => "cli-verify-no-events",
        (false, _) => "cli-verify-damaged",
    };
    writeln!(out, "{}", t_with(lang, key, &counts))?;
    for damage in &report.damage {
        let data = damage.data();
        let data = data.iter().map(|(name, value)| (*name, value.as_str()));
        writeln!(out, "  • {}", visible(&sentence(lang, "damage", damage.code(), data)))?;
        let content = damage.data().into_iter().find(|(name, _)| *name == "content").and_then(|(_, id)| id.parse().ok());
        for line in content.and_then(|id: ContentId| places.get(&id)).map(|place| belongs(lang, place)).unwrap_or_default() {
            writeln!(out, "      {}", visible(&line))?;
        }
    }
    if let Some((at, before)) = report.fewer {
        let args = [("at", moment(at).into()), ("before", before.into()), ("now", report.events.into())];
        writeln!(out, "  • {}", t_with(lang, "cli-verify-fewer", &args))?;
    }
    let lost = |damage: &Damage| matches!(damage, Damage::HeadMissing { .. } | Damage::LedgerMissing { .. } | Damage::EventsMissing { .. });
    if report.unnamed > 0 && report.damage.iter().any(lost) {
        writeln!(out, "  • {}", t_with(lang, "cli-verify-unnamed", &[("n", report.unnamed.into())]))?;
    }
    for (content, basis) in &report.erased {
        let args = [("content", content.to_string().into()), ("basis", visible(basis).into())];
        writeln!(out, "  • {}", t_with(lang, "cli-verify-erased", &args))?;
    }
    Ok(())
}

/// What a damaged content belongs to, a line each.
fn belongs(lang: Lang, place: &Place) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |key: &str, args: &[(&str, Arg<'_>)]| lines.push(t_with(lang, key, args).into_owned());
    if let Some(name) = &place.name {
        line("cli-damage-file", &[("name", name.as_str().into())]);
    }
    for (task, name) in &place.tasks {
        line("cli-damage-task", &[("name", name.as_str().into()), ("task", task.to_string().into())]);
    }
    if let Some((letter, name)) = &place.letter {
        line("cli-damage-letter", &[("name", name.as_str().into()), ("letter", letter.to_string().into())]);
    }
    if let Some(said) = &place.said {
        let kind = code(lang, "subject", said.kind.as_str());
        let about = said.about.as_ref().map_or(kind.clone().into_owned(), |about| format!("{kind}: {about}"));
        line("ledger-damage-said", &[("seq", said.seq.into()), ("at", moment(said.at).into()), ("about", about.into())]);
    }
    lines
}
