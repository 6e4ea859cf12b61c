//! `luytre scam`: what a message, a link, a number or a picture of a code says about itself; offline, and nothing is kept.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::Result;
use app::App;
use app::engines::scam::picture::MAX_BYTES;
use app::engines::scam::wire::AnswerLine;
use app::engines::scam::{Answer, Verdict};
use app::lang::{Lang, code, t, t_with};
use app::scams::{self, Asked};

use crate::args::ScamArgs;
use crate::failure::Failure;
use crate::serve::existing;
use crate::terminal::{FINDINGS, FINE};
use crate::visible::{one_line, visible};

/// Bytes of a message from the standard input; what is beyond is not looked at.
const MOST_BYTES: u64 = 1 << 20;

pub(crate) async fn run(args: &ScamArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    // An office's lists only where it is named: a question must not make a record, nor find one by chance.
    let app = match args.store.data.is_some() || args.store.database.is_some() {
        true => Some(App::open_read_only(existing(&args.store)?).await?),
        false => None,
    };
    if let Some(path) = &args.batch {
        let failed = |source| failed(path, source);
        return batch(BufReader::new(File::open(path).map_err(failed)?), &failed, app.as_ref(), out).await;
    }
    let answer = ask(asked(args)?, app.as_ref()).await?;
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&AnswerLine::from(&answer))?)?;
    } else {
        human(&answer, lang, out)?;
    }
    Ok(result(&answer))
}

fn failed(path: &Path, source: std::io::Error) -> Failure {
    Failure::File { path: path.display().to_string(), source }
}

fn asked(args: &ScamArgs) -> Result<Asked> {
    if let Some(number) = &args.phone {
        return Ok(Asked::Phone(number.clone()));
    }
    if let Some(number) = &args.account {
        return Ok(Asked::Account { number: number.clone(), bank: args.bank.clone().unwrap_or_default() });
    }
    if let Some(path) = &args.qr {
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|source| failed(path, source))?;
        file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|source| failed(path, source))?;
        return Ok(Asked::Picture(bytes));
    }
    let mut text = args.text.clone().unwrap_or_default();
    if text == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().take(MOST_BYTES).read_to_end(&mut bytes)?;
        text = match String::from_utf8(bytes) {
            // The end may lie within a sign.
            Err(error) if error.utf8_error().error_len().is_none() => {
                let whole = error.utf8_error().valid_up_to();
                String::from_utf8_lossy(&error.as_bytes()[..whole]).into_owned()
            }
            read => read.map_err(|_| Failure::NothingAsked)?,
        };
    }
    // No sign in nothing is no answer.
    if !text.contains(char::is_alphanumeric) {
        return Err(Failure::NothingAsked.into());
    }
    Ok(Asked::Text(text))
}

async fn ask(asked: Asked, app: Option<&App>) -> Result<Answer> {
    let told = match app {
        Some(app) => scams::ask(app, asked).await?,
        None => scams::ask_alone(&asked),
    };
    Ok(told.map_err(Failure::Picture)?)
}

/// One JSON string a line in, one answer a line out.
async fn batch(lines: impl BufRead, failed: &dyn Fn(std::io::Error) -> Failure, app: Option<&App>, out: &mut dyn Write) -> Result<u8> {
    let mut worst = FINE;
    for (at, line) in lines.lines().enumerate() {
        let line = line.map_err(failed)?;
        let text: String = serde_json::from_str(&line).map_err(|source| Failure::Line { line: at + 1, source })?;
        let answer = ask(Asked::Text(text), app).await?;
        writeln!(out, "{}", serde_json::to_string(&AnswerLine::from(&answer))?)?;
        worst = worst.max(result(&answer));
    }
    Ok(worst)
}

fn result(answer: &Answer) -> u8 {
    if answer.verdict == Verdict::NoSign { FINE } else { FINDINGS }
}

fn human(answer: &Answer, lang: Lang, out: &mut dyn Write) -> Result<()> {
    for line in &answer.read {
        writeln!(out, "{}", visible(line))?;
    }
    writeln!(out, "{}", code(lang, "scam-verdict", answer.verdict.as_str()))?;
    for reason in &answer.reasons {
        writeln!(out, "  • “{}”: {}", one_line(&reason.quote), visible(&reason.why))?;
    }
    for appeal in answer.listed.iter().filter_map(|listed| listed.appeal.as_deref()) {
        writeln!(out, "  {}", t_with(lang, "cli-scam-appeal", &[("address", visible(appeal).into())]))?;
    }
    writeln!(out, "{}", t(lang, "cli-scam-advice"))?;
    for advice in &answer.advice {
        writeln!(out, "  – {advice}")?;
    }
    Ok(())
}
