//! `luytre inspect host`: the state of this machine, read only.

use std::io::Write;

use anyhow::Result;
use app::engines::inspect::{Checks, Finding, Reason, Verdict, sarif, wire};
use app::lang::{Lang, check_title, code, inspect_gap, inspect_reason, inspect_value, t, t_with};
use app::offline;

use crate::args::HostArgs;
use crate::failure::Failure;
use crate::terminal::{FINDINGS, FINE, day, json_text};
use crate::visible::{one_line, visible};

pub(crate) fn host(args: &HostArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    if let Some(root) = &args.root {
        // Where no system is, every setting is missing, which must not look like a verdict.
        let failed = |source| Failure::File { path: root.display().to_string(), source };
        std::fs::read_dir(root).map_err(failed)?;
        if cfg!(unix) && root.join("etc").symlink_metadata().is_err() {
            return Err(Failure::NoSystem { path: root.display().to_string() }.into());
        }
    }
    let name = host_name().unwrap_or_else(|| t(lang, "cli-this-machine").into_owned());
    let (findings, checks) = offline::inspect_host(args.root.clone(), &name, crate::terminal::now());
    if args.sarif {
        writeln!(out, "{}", json_text(&sarif::log(&findings, &checks, env!("CARGO_PKG_VERSION")))?)?;
    } else if args.json {
        for (finding, check) in findings.iter().filter_map(|f| Some((f, checks.get(&f.check)?))) {
            writeln!(out, "{}", wire::json_line(finding, check))?;
        }
    } else {
        human(&findings, &checks, &name, lang, out)?;
    }
    let bad = findings.iter().any(|f| matches!(f.verdict, Verdict::Fail | Verdict::Warn));
    Ok(if bad { FINDINGS } else { FINE })
}

fn human(findings: &[Finding], checks: &Checks, name: &str, lang: Lang, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", t_with(lang, "cli-inspect-title", &[("name", visible(name).into())]))?;
    for verdict in [Verdict::Fail, Verdict::Warn, Verdict::Error, Verdict::NotTested, Verdict::Pass, Verdict::NotApplicable] {
        let mut rows: Vec<&Finding> = findings.iter().filter(|f| f.verdict == verdict).collect();
        rows.sort_by_key(|f| std::cmp::Reverse(f.severity));
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "\n{} ({})", code(lang, "verdict", verdict.as_str()), rows.len())?;
        for finding in rows {
            let Some(check) = checks.get(&finding.check) else { continue };
            writeln!(out, "  • {} [{}]", check_title(lang, &finding.check), finding.check)?;
            if !finding.observed.is_empty() {
                let seen = finding.observed.iter().map(|o| format!("{}: {}", o.label, observed(lang, &o.value)));
                writeln!(out, "    {}", one_line(&seen.collect::<Vec<_>>().join("; ")))?;
            }
            if let Some(reason) = finding.reason.as_ref().filter(|r| !matches!(r, Reason::OutOfScope)) {
                writeln!(out, "    {}", inspect_reason(lang, reason))?;
            }
            for gap in &finding.partial {
                writeln!(out, "    {}", inspect_gap(lang, gap))?;
            }
            if let Some(remedy) = wire::remedy(finding, check) {
                writeln!(out, "    {} {remedy}", t(lang, "cli-remedy"))?;
            }
        }
    }
    let passed = findings.iter().filter(|f| f.verdict == Verdict::Pass).count();
    let judged = findings.iter().filter(|f| matches!(f.verdict, Verdict::Pass | Verdict::Fail | Verdict::Warn)).count();
    let unseen = findings.iter().filter(|f| matches!(f.verdict, Verdict::NotTested | Verdict::Error)).count();
    let args = [("passed", passed.into()), ("judged", judged.into()), ("unseen", unseen.into())];
    writeln!(out, "\n{}", t_with(lang, "cli-inspect-sum", &args))?;
    Ok(())
}

/// A value as people say it; a day among them as offices write it.
fn observed(lang: Lang, value: &str) -> String {
    match value.parse::<jiff::civil::Date>() {
        Ok(date) if date.to_string() == value => day(lang, value),
        _ => inspect_value(lang, value).into_owned(),
    }
}

/// The machine's own name, where it tells one.
fn host_name() -> Option<String> {
    let named = std::fs::read_to_string("/etc/hostname").ok().or_else(|| std::env::var("COMPUTERNAME").ok());
    named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}
