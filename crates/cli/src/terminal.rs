//! The rim: exit codes, the clock, lines on the terminal, progress on long work.

use std::io::IsTerminal;
use std::time::Duration;

use anyhow::{Context, Result};
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

/// A line on the terminal; whoever listened may have gone away, which ends nothing.
pub(crate) fn say(line: std::fmt::Arguments<'_>) {
    use std::io::Write;
    writeln!(std::io::stdout(), "{line}").ok();
}
