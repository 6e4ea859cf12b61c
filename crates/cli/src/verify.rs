//! `luytre verify`: one sentence whether the record is whole, then what is damaged. It only reads: a copy on a disk that
//! cannot be written is verified like any other.

use std::io::Write;

use anyhow::Result;
use app::App;
use app::lang::{Lang, sentence, t, t_with};
use app::verify::VerifyReport;

use crate::args::StoreArgs;
use crate::failure::Failure;
use crate::serve::settings;
use crate::terminal::{ERROR, FINE};
use crate::visible::visible;

pub(crate) async fn run(args: &StoreArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let settings = settings(args)?;
    // Looking must not make an empty record where there is none.
    if settings.database.is_none() && !settings.data.join("luytre.db").is_file() {
        return Err(Failure::NoRecord { path: settings.data.display().to_string() }.into());
    }
    let app = App::open_read_only(settings).await?;
    let report = app::verify::run_deep(&app).await?;
    let damaged = report.damage.iter().flat_map(|d| d.data()).filter(|(name, _)| *name == "content");
    // Where the tables that name the pages are damaged too, the damage is told without them.
    let places = app::verify::places(&app, &damaged.filter_map(|(_, id)| id.parse().ok()).collect()).await.unwrap_or_default();
    app.close().await;
    print(&report, lang, out)?;
    for place in places.values() {
        let name = visible(place.name.as_deref().unwrap_or_default());
        let args = |key, id: String| [("name", name.as_str().into()), (key, id.into())];
        for task in &place.tasks {
            writeln!(out, "    {}", t_with(lang, "cli-damage-task", &args("task", task.to_string())))?;
        }
        if let Some(letter) = &place.letter {
            writeln!(out, "    {}", t_with(lang, "cli-damage-letter", &args("letter", letter.to_string())))?;
        }
    }
    if !report.whole {
        writeln!(out, "{}", t(lang, "ledger-damaged-do"))?;
    }
    writeln!(out, "{}", t(lang, "ledger-not-covered"))?;
    Ok(if report.whole { FINE } else { ERROR })
}

/// The sentence, the damage, what was erased by law.
pub(crate) fn print(report: &VerifyReport, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let counts = [
        ("events", report.events.into()),
        ("offices", report.offices.into()),
        ("contents", report.contents.into()),
        ("blobs", report.blobs.into()),
        ("damage", report.damage.len().into()),
    ];
    let key = if report.whole { "cli-verify-whole" } else { "cli-verify-damaged" };
    writeln!(out, "{}", t_with(lang, key, &counts))?;
    for damage in &report.damage {
        let data = damage.data();
        let data = data.iter().map(|(name, value)| (*name, value.as_str()));
        writeln!(out, "  • {}", visible(&sentence(lang, "damage", damage.code(), data)))?;
    }
    for (content, basis) in &report.erased {
        let args = [("content", content.to_string().into()), ("basis", visible(basis).into())];
        writeln!(out, "  • {}", t_with(lang, "cli-verify-erased", &args))?;
    }
    Ok(())
}
