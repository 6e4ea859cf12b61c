//! `luytre scan`: secret marks and personal numbers in files and folders.

use std::io::Write;

use anyhow::Result;
use app::engines::scan::{FileReport, Report, sarif, wire};
use app::lang::{Lang, code, sentence, t_with};
use app::offline;

use crate::args::ScanArgs;
use crate::failure::Failure;
use crate::terminal::{FINDINGS, FINE, json_text, spinner};
use crate::visible;

pub(crate) fn run(args: &ScanArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    for path in &args.paths {
        let failed = |source| Failure::File { path: path.display().to_string(), source };
        std::fs::symlink_metadata(path).map_err(failed)?;
    }
    let bar = spinner();
    let report = offline::scan(&args.paths, &|progress| {
        bar.set_message(
            t_with(lang, "cli-scan-progress", &[("done", progress.files_done.into()), ("total", progress.files_total.into())]).into_owned(),
        );
    });
    bar.finish_and_clear();
    if args.sarif {
        writeln!(out, "{}", json_text(&sarif::log(&report.files, &offline::scan_rules(), env!("CARGO_PKG_VERSION")))?)?;
    } else if args.json {
        for file in &report.files {
            let path = file.path.display().to_string();
            for finding in &file.findings {
                writeln!(out, "{}", wire::finding_line(&path, finding))?;
            }
            for problem in &file.problems {
                writeln!(out, "{}", wire::problem_line(&path, problem))?;
            }
        }
        writeln!(out, "{}", wire::summary_line(&report.summary))?;
    } else {
        human(&report, lang, out)?;
    }
    Ok(if report.summary.findings > 0 { FINDINGS } else { FINE })
}

fn human(report: &Report, lang: Lang, out: &mut dyn Write) -> Result<()> {
    for file in &report.files {
        one_file(file, lang, out)?;
    }
    let summary = &report.summary;
    let counts = [
        ("files", summary.files.into()),
        ("findings", summary.findings.into()),
        ("skipped", summary.skipped.into()),
        ("size", app::lang::size(lang, summary.bytes).into()),
    ];
    writeln!(out, "{}", t_with(lang, "cli-scan-sum", &counts))?;
    Ok(())
}

fn one_file(file: &FileReport, lang: Lang, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", visible::path(&file.path))?;
    for finding in &file.findings {
        let place = &finding.place;
        let line = place.line.map(|n| t_with(lang, "cli-scan-line", &[("n", n.into())]).into_owned());
        let page = place.page.map(|n| t_with(lang, "cli-scan-page", &[("n", n.into())]).into_owned());
        let at = page.or(place.cell.clone()).or(line).unwrap_or_default();
        let kind = code(lang, "scan-kind", finding.kind.as_str());
        let masked = finding.masked.clone().unwrap_or_default();
        writeln!(out, "  • {kind} {masked} {at} ({})", code(lang, "confidence", finding.confidence.as_str()))?;
    }
    for problem in &file.problems {
        let data = problem.data();
        let data = data.iter().map(|(name, value)| (*name, value.as_str()));
        writeln!(out, "  – {}", visible::visible(&sentence(lang, "problem", problem.code(), data)))?;
    }
    Ok(())
}
