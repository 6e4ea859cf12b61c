//! `luytre scam`: what a message, a link or a number says about itself; offline, and nothing is kept.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};

use anyhow::Result;
use app::engines::scam::wire::AnswerLine;
use app::engines::scam::{Answer, Verdict};
use app::lang::{Lang, code, t};
use app::offline;

use crate::args::ScamArgs;
use crate::failure::Failure;
use crate::terminal::{FINDINGS, FINE};
use crate::visible::{one_line, visible};

/// Bytes of a message from the standard input; what is beyond is not looked at.
const MOST_BYTES: u64 = 1 << 20;

pub(crate) fn run(args: &ScamArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    if let Some(path) = &args.batch {
        let failed = |source| Failure::File { path: path.display().to_string(), source };
        return batch(BufReader::new(File::open(path).map_err(failed)?), &failed, out);
    }
    let mut text = args.text.clone().unwrap_or_default();
    if text == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().take(MOST_BYTES).read_to_end(&mut bytes)?;
        text = String::from_utf8_lossy(&bytes).into_owned();
    }
    let answer = offline::scam(&text);
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&AnswerLine::from(&answer))?)?;
    } else {
        human(&answer, lang, out)?;
    }
    Ok(result(&answer))
}

/// One JSON string a line in, one answer a line out.
fn batch(lines: impl BufRead, failed: &dyn Fn(std::io::Error) -> Failure, out: &mut dyn Write) -> Result<u8> {
    let mut worst = FINE;
    for (at, line) in lines.lines().enumerate() {
        let line = line.map_err(failed)?;
        let text: String = serde_json::from_str(&line).map_err(|source| Failure::Line { line: at + 1, source })?;
        let answer = offline::scam(&text);
        writeln!(out, "{}", serde_json::to_string(&AnswerLine::from(&answer))?)?;
        worst = worst.max(result(&answer));
    }
    Ok(worst)
}

fn result(answer: &Answer) -> u8 {
    if answer.verdict == Verdict::NoSign { FINE } else { FINDINGS }
}

fn human(answer: &Answer, lang: Lang, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", code(lang, "scam-verdict", answer.verdict.as_str()))?;
    for reason in &answer.reasons {
        writeln!(out, "  • “{}”: {}", one_line(&reason.quote), visible(&reason.why))?;
    }
    writeln!(out, "{}", t(lang, "cli-scam-advice"))?;
    for advice in &answer.advice {
        writeln!(out, "  – {advice}")?;
    }
    Ok(())
}
