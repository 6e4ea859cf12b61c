//! The sheet by which the head approves a drill in writing: what goes out, to how many, when, and what keeps people safe in it.

use super::meeting::paper;
use crate::drills::DrillView;
use crate::lang::{Lang, code, date, t, t_with};
use crate::{App, Result};
use publish::{Block, IssueDate, Level, OfficialLetter, Text};

/// Documents are Vietnamese whatever the language of the pages.
const WORDS: Lang = Lang::Vi;
const SAFEGUARDS: [&str; 6] = [
    "document-drill-safe-notice",
    "document-drill-safe-out",
    "document-drill-safe-ask",
    "document-drill-safe-group",
    "document-drill-safe-deleted",
    "document-drill-safe-stop",
];

/// The sheet to be signed.
pub async fn drill_sheet(app: &App, drill: &DrillView) -> Result<OfficialLetter> {
    let today = app.now().day();
    let day = IssueDate { day: None, month: Some(today.month()), year: today.year() };
    let kind = [t(WORDS, "document-drill-kind"), t(WORDS, "document-drill-symbol")];
    let mut sheet = paper(app, None, kind, drill.title.clone().unwrap_or_default(), day).await?;
    let numbered = |n: u32, text: Text| Block::Numbered { numbers: vec![n], text };
    let part = |n: u32, key: &str| Block::Heading { level: Level::Part, numbers: vec![n], text: t(WORDS, key).into_owned() };
    let mut body = vec![part(1, "document-drill-what")];
    if let Some(window) = drill.window {
        let all = drill.progress.all;
        let days = [("from", date(window.from).into()), ("until", date(window.until).into()), ("n", all.into())];
        body.push(numbered(1, Text::from(t_with(WORDS, "document-drill-days", &days).into_owned())));
    }
    body.push(numbered(2, Text::from(t_with(WORDS, "document-drill-rate", &[("n", drill.per_s.into())]).into_owned())));
    if let Some(lure) = drill.lure {
        let difficulty = code(WORDS, "drill-difficulty", lure.difficulty().as_str());
        body.push(numbered(3, Text::from(t_with(WORDS, "document-drill-difficulty", &[("difficulty", difficulty.into())]).into_owned())));
        body.push(part(2, "document-drill-letter"));
        let line = |key: &str, value: &str| Block::Paragraph(Text::default().bold(&t(WORDS, key)).plain(": ").plain(value));
        body.push(line("drill-letter-from", &lure.sender));
        body.push(line("drill-letter-subject", &lure.subject));
        let text = lure.text(&t(WORDS, "document-drill-link"));
        body.extend(text.lines().filter(|line| !line.trim().is_empty()).map(|line| Block::Paragraph(Text::default().italic(line))));
    }
    body.push(part(3, "document-drill-safe"));
    body.extend(SAFEGUARDS.iter().zip(1..).map(|(key, n)| numbered(n, Text::from(t(WORDS, key).into_owned()))));
    body.push(Block::Paragraph(Text::from(t(WORDS, "document-drill-approve").into_owned())));
    sheet.body = body;
    Ok(sheet)
}
