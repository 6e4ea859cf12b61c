//! The rim: exit codes, the clock, lines on the terminal, progress on long work.

use std::io::{ErrorKind, IsTerminal, Write};
use std::time::Duration;

use anyhow::{Context, Result};
use app::lang::Lang;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

pub(crate) const FINE: u8 = 0;
pub(crate) const FINDINGS: u8 = 1;
pub(crate) const ERROR: u8 = 2;

#[expect(clippy::disallowed_methods, reason = "the command line is the rim: here the clock is read and passed on")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// A JSON value over several lines.
pub(crate) fn json_text(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string_pretty(value).context("JSON")
}

/// A line that moves while something long goes on; silent when nobody watches.
pub(crate) fn spinner() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// Text cut after so many characters, with a mark that something is missing.
pub(crate) fn short(text: &str, n_chars: usize) -> String {
    if text.chars().count() <= n_chars {
        return text.to_owned();
    }
    text.chars().take(n_chars.saturating_sub(1)).chain(['…']).collect()
}

/// A day or month as offices write it: `05/6/2026`, with a zero before days below 10 and before the months 1 and 2
/// (Decree 30/2020, annex I, part II.4). English keeps the form that no reader takes for another day.
pub(crate) fn day(lang: Lang, iso: &str) -> String {
    let month = |month: &str| if matches!(month, "01" | "02") { month.to_owned() } else { month.trim_start_matches('0').to_owned() };
    match (lang, iso.split('-').collect::<Vec<_>>().as_slice()) {
        (Lang::Vi, [y, m, d]) => format!("{d}/{}/{y}", month(m)),
        (Lang::Vi, [y, m]) => format!("{}/{y}", month(m)),
        _ => iso.to_owned(),
    }
}

/// A line on the terminal; whoever listened may have gone away, which ends nothing.
pub(crate) fn say(line: std::fmt::Arguments<'_>) {
    writeln!(std::io::stdout(), "{line}").ok();
}

/// As [`say`], beside the results: what went wrong.
pub(crate) fn complain(line: std::fmt::Arguments<'_>) {
    writeln!(std::io::stderr(), "{line}").ok();
}

/// Whoever reads our output has stopped reading (`luytre read … | head`): the command ends, and that is no error of ours.
pub(crate) fn reader_left(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
