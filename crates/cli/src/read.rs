//! `luytre read`: what a letter says, for people or as JSON; `--implements` compares two letters.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use anyhow::Result;
use app::engines::directive::Task;
use app::engines::directive::wire::{self, ProblemJson};
use app::engines::reader::Limits;
use app::lang::{Lang, code, sentence, t, t_with};
use app::offline::{self, Letter};

use crate::args::ReadArgs;
use crate::failure::{Failure, tell};
use crate::terminal::{ERROR, FINDINGS, FINE, day, json_text, short};
use crate::visible::{one_line, visible};

pub(crate) fn run(args: &ReadArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    if let Some(upper) = &args.implements {
        return compare(upper, args, lang, out);
    }
    let mut result = FINE;
    for path in &args.files {
        // One file that cannot be opened does not keep the others from being read.
        match open(path) {
            Ok(letter) if args.json => {
                let json = wire::read_json(&shown(path), &letter.reading, problems(&letter, lang));
                writeln!(out, "{}", serde_json::to_string(&json)?)?;
            }
            Ok(letter) => human(path, &letter, lang, out)?,
            Err(error) => {
                result = ERROR;
                tell(lang, &error);
            }
        }
    }
    Ok(result)
}

fn open(path: &Path) -> Result<Letter> {
    let failed = |source| Failure::File { path: path.display().to_string(), source };
    // Asked before opening: a pipe would wait for its writer, a device has no end.
    let meta = std::fs::metadata(path).map_err(failed)?;
    if !meta.is_file() && !meta.is_dir() {
        return Err(failed(ErrorKind::InvalidInput.into()).into());
    }
    let mut bytes = Vec::new();
    // One byte more than is read shows the reader that the file is too large.
    let limit = Limits::default().bytes.saturating_add(1);
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(offline::read(&bytes, &shown(path)))
}

/// The file's name without its folders: what a letter is called does not depend on where it lies.
fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn problems(letter: &Letter, lang: Lang) -> Vec<ProblemJson> {
    let of_file = letter.problems.iter().map(|problem| {
        let data = problem.data();
        let data = data.iter().map(|(name, value)| (*name, value.as_str()));
        (problem.code().to_owned(), sentence(lang, "problem", problem.code(), data).into_owned())
    });
    let of_letter = letter.reading.problems.iter().map(|p| (p.code().to_owned(), code(lang, "problem", p.code()).into_owned()));
    of_file.chain(of_letter).map(|(code, message)| ProblemJson { code, message }).collect()
}

fn human(path: &Path, letter: &Letter, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let read = &letter.reading.letter;
    let none = || t(lang, "cli-read-none").into_owned();
    writeln!(out, "{}", visible(&shown(path)))?;
    let line = |key: &str, value: Option<String>| format!("  {}: {}", t(lang, key), value.map_or_else(none, |value| one_line(&value)));
    // What tells how a letter is to be handled comes before what it says; most letters bear no such mark.
    let secrecy = read.secrecy.map(|mark| ("cli-read-secrecy", code(lang, "secrecy", mark.code())));
    let urgency = read.urgency.map(|mark| ("cli-read-urgency", code(lang, "urgency", mark.code())));
    for (key, mark) in [secrecy, urgency].into_iter().flatten() {
        writeln!(out, "{}", line(key, Some(mark.into_owned())))?;
    }
    writeln!(out, "{}", line("cli-read-code", read.code.clone()))?;
    writeln!(out, "{}", line("cli-read-date", read.date.as_deref().map(|date| day(lang, date))))?;
    let issuer = [read.superior.clone(), read.issuer.clone()].into_iter().flatten().collect::<Vec<_>>().join(" – ");
    writeln!(out, "{}", line("cli-read-issuer", Some(issuer).filter(|i| !i.is_empty())))?;
    writeln!(out, "{}", line("cli-read-subject", read.subject.clone()))?;
    writeln!(out, "{}", line("cli-read-to", Some(read.to.join("; ")).filter(|to| !to.is_empty())))?;
    for reference in &read.references {
        let date = reference.date.as_deref().map(|date| day(lang, date));
        let facts = [Some(reference.code.clone()), date, reference.issuer.clone()];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        writeln!(out, "  {}: {}", code(lang, "relation", reference.relation.code()), one_line(&facts))?;
    }
    list(out, &t(lang, "cli-read-topics"), read.topics.iter().map(|topic| format!("{} {}", topic.section, short(&topic.text, 110))))?;
    list(out, &t(lang, "cli-read-channels"), read.channels.iter().cloned())?;
    list(out, &t(lang, "cli-read-attachments"), read.attachments.iter().cloned())?;
    list(
        out,
        &t_with(lang, "cli-read-tasks", &[("n", letter.reading.tasks.len().into())]),
        letter.reading.tasks.iter().map(|task| task_line(task, lang)),
    )?;
    list(out, &t(lang, "cli-read-problems"), problems(letter, lang).into_iter().map(|p| p.message))?;
    writeln!(out)?;
    Ok(())
}

fn list(out: &mut dyn Write, title: &str, lines: impl Iterator<Item = String>) -> Result<()> {
    for (idx, line) in lines.enumerate() {
        if idx == 0 {
            writeln!(out, "  {title}")?;
        }
        writeln!(out, "    • {}", one_line(&line))?;
    }
    Ok(())
}

fn task_line(task: &Task, lang: Lang) -> String {
    let everyone = || t(lang, "cli-read-everyone").into_owned();
    let to = if task.to == ["*"] { everyone() } else { task.to.join("; ") };
    let due = task.due.as_deref().map(|due| day(lang, due)).or_else(|| task.recurs.map(|r| code(lang, "recurs", r.code()).into_owned()));
    let due = due.unwrap_or_else(|| t(lang, "cli-read-no-due").into_owned());
    let section = if task.section.is_empty() { String::new() } else { format!("{} ", task.section) };
    format!("{section}{to}: {} [{due}]", short(&task.text, 140))
}

fn compare(upper: &Path, args: &ReadArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let upper_letter = open(upper)?;
    let mut left_out = false;
    for path in &args.files {
        let lower = open(path)?;
        let comparison = offline::compare(&upper_letter, &lower);
        let (above, below) = (shown(upper), shown(path));
        let json = wire::comparison_json((&above, &upper_letter.reading), (&below, &lower.reading), &comparison);
        left_out |= json.obligations.iter().any(|o| !o.carried);
        if args.json {
            writeln!(out, "{}", json_text(&json)?)?;
            continue;
        }
        let carried = json.obligations.iter().filter(|o| o.carried).count();
        let names = (visible(&above), visible(&below));
        let counts =
            [("upper", names.0.into()), ("lower", names.1.into()), ("carried", carried.into()), ("n", json.obligations.len().into())];
        writeln!(out, "{}", t_with(lang, "cli-compare", &counts))?;
        if !json.cites {
            writeln!(out, "{}", t(lang, "cli-compare-not-cited"))?;
        }
        let clause = |c: &wire::ClauseJson| format!("{} {}", c.section, short(&c.text, 120));
        list(out, &t(lang, "cli-compare-carried"), json.obligations.iter().filter(|o| o.carried).map(|o| clause(&o.upper)))?;
        list(out, &t(lang, "cli-compare-left-out"), json.obligations.iter().filter(|o| !o.carried).map(|o| clause(&o.upper)))?;
        list(out, &t(lang, "cli-compare-new"), json.new.iter().map(clause))?;
    }
    Ok(if left_out { FINDINGS } else { FINE })
}
