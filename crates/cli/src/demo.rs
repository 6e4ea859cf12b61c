//! `luytre demo`: the whole way on an example commune, a summary, then the pages.

use std::path::{Path, PathBuf};

use anyhow::Result;
use app::demo::{Step, Summary};
use app::lang::{Lang, code, t, t_with};
use app::programme::model::{CheckResult, Verdict};
use app::programme::rates::Rates;
use app::{App, Settings};

use crate::args::DemoArgs;
use crate::failure::Failure;
use crate::serve::{listen, pages};
use crate::terminal::{ERROR, FINE, say, spinner};
use crate::visible;

pub(crate) async fn run(args: &DemoArgs, lang: Lang) -> Result<u8> {
    // Whoever reaches a demonstration is in it: it has no passwords.
    if !args.no_serve && !args.listen.ip().is_loopback() {
        return Err(Failure::DemoBeyond { address: args.listen.to_string() }.into());
    }
    let listener = match args.no_serve {
        true => None,
        false => Some(listen(args.listen).await?),
    };
    let folder = match &args.data {
        Some(folder) => folder.clone(),
        None => fresh_folder(),
    };
    if folder.join("luytre.db").exists() {
        return Err(Failure::NotEmpty { path: folder.display().to_string() }.into());
    }
    say(format_args!("{}", t(lang, "cli-demo-title")));
    let app = App::open(Settings::new(&folder)).await?;
    let documents = folder.join(t(lang, "cli-demo-folder").as_ref());
    let bar = spinner();
    let total = Step::ALL.len();
    let summary = app::demo::run(&app, &documents, &|step| {
        let n = Step::ALL.iter().position(|s| *s == step).map_or(0, |idx| idx + 1);
        let words = format!("[{n}/{total}] {}", code(lang, "demo", step.code()));
        if bar.is_hidden() {
            say(format_args!("{words}"));
        } else {
            bar.println(&words);
            bar.set_message(words);
        }
    })
    .await?;
    bar.finish_and_clear();
    print_summary(&summary, &folder, lang);
    let whole = summary.verify.whole;
    match listener {
        Some(listener) => {
            let settings = web::Settings::plain(listener.local_addr()?);
            pages(app, listener, settings, lang).await
        }
        None => {
            app.close().await;
            Ok(if whole { FINE } else { ERROR })
        }
    }
}

/// A folder of its own for every run, named by the time, below the system's folder for passing things.
fn fresh_folder() -> PathBuf {
    std::env::temp_dir().join(format!("luytre-{}-{}", crate::terminal::now().as_millisecond(), std::process::id()))
}

fn print_summary(summary: &Summary, folder: &Path, lang: Lang) {
    say(format_args!("\n{}", summary.office));
    for letter in &summary.letters {
        let args = [
            ("code", letter.code.clone().unwrap_or_default().into()),
            ("subject", letter.subject.clone().unwrap_or_default().into()),
            ("n", letter.obligations.into()),
        ];
        say(format_args!("  • {}", t_with(lang, "cli-demo-letter", &args)));
    }
    say(format_args!("  {}", t_with(lang, "cli-demo-tasks", &[("n", summary.tasks.into()), ("units", summary.units_with_tasks.into())])));
    say(format_args!("  {}", verdicts("cli-demo-checks", &summary.checks, lang)));
    say(format_args!("  {}", verdicts("cli-demo-scan", &summary.scan, lang)));
    print_rates(&summary.rates, lang);
    say(format_args!("\n{}", t(lang, "cli-demo-documents")));
    for path in &summary.documents {
        say(format_args!("  {}", visible::path(path)));
    }
    let key = if summary.verify.whole { "cli-verify-whole" } else { "cli-verify-damaged" };
    let report = &summary.verify;
    let counts = [
        ("events", report.events.into()),
        ("offices", report.offices.into()),
        ("contents", report.contents.into()),
        ("blobs", report.blobs.into()),
        ("damage", report.damage.len().into()),
    ];
    say(format_args!("\n{}", t_with(lang, key, &counts)));
    say(format_args!("{}", t_with(lang, "cli-demo-data", &[("path", visible::path(folder).into())])));
}

fn verdicts(key: &str, results: &[CheckResult], lang: Lang) -> String {
    let count = |verdicts: &[Verdict]| results.iter().filter(|r| verdicts.contains(&r.verdict)).count();
    let args = [
        ("passed", count(&[Verdict::Pass]).into()),
        ("failed", count(&[Verdict::Fail, Verdict::Warn]).into()),
        ("unseen", count(&[Verdict::NotTested, Verdict::Error]).into()),
    ];
    t_with(lang, key, &args).into_owned()
}

/// The headline: declared against verified, the gap in plain words.
fn print_rates(rates: &Rates, lang: Lang) {
    let percent = |value: Option<u8>| value.map_or_else(|| "–".to_owned(), |p| format!("{p} %"));
    let row = |key: &str, part: u64, whole: u64, share: Option<u8>| {
        say(format_args!("  {:<24} {:>4} / {:<4} {:>6}", t(lang, key), part, whole, percent(share)));
    };
    say(format_args!(""));
    row("cli-rate-acknowledged", rates.acknowledged, rates.tasks, rates.acknowledged_percent());
    row("cli-rate-declared", rates.declared, rates.tasks, rates.declared_percent());
    row("cli-rate-on-time", rates.on_time, rates.due, rates.on_time_percent());
    row("cli-rate-verified", rates.verified, rates.verifiable, rates.verified_percent());
    say(format_args!("  {}", t_with(lang, "cli-rate-gap", &[("n", rates.gap.into()), ("only", rates.declared_only.into())])));
}
