//! The sheet that both sides sign when a case is handed over to the authority in charge.

use super::meeting::paper;
use crate::lang::{Lang, code, date, t, t_with};
use crate::views::CaseView;
use crate::{App, Result};
use publish::{Align, Block, Column, IssueDate, OfficialLetter, Row, Table, Text};

/// Documents are Vietnamese whatever the language of the pages.
const WORDS: Lang = Lang::Vi;
/// Room for a signature with its name.
const ROOM: &str = "\u{a0}\n\u{a0}\n\u{a0}";

/// The receipt of a hand-over, to be signed by both sides; `None`: the case was not handed over.
pub async fn hand_over(app: &App, case: &CaseView) -> Result<Option<OfficialLetter>> {
    let Some(referral) = &case.referral else { return Ok(None) };
    let kind = [t(WORDS, "document-hand-over-kind"), t(WORDS, "document-hand-over-symbol")];
    let subject = t(WORDS, "document-hand-over-subject").into_owned();
    let mut paper = paper(app, None, kind, subject, IssueDate::from(referral.on)).await?;
    let office = crate::office::show(app).await?.map(|office| office.unit.name).unwrap_or_default();
    let erased = || t(WORDS, "document-erased").into_owned();
    let line = |key: &str, value: String| Block::Paragraph(Text::default().bold(&t(WORDS, key)).plain(": ").plain(&value));
    let service = case.service.map(|s| code(WORDS, "service", s.as_str()).into_owned());
    let received = t_with(WORDS, "document-hand-over-received", &[("date", date(case.opened_at.day()).into())]).into_owned();
    let what: Vec<String> =
        [Some(code(WORDS, "case-kind", case.kind.as_str()).into_owned()), service, Some(received)].into_iter().flatten().collect();
    paper.body = vec![
        line("document-hand-over-from", office),
        line("document-hand-over-to", referral.to.clone().unwrap_or_else(erased)),
        line("document-hand-over-on", date(referral.on)),
        line("document-hand-over-what", what.join("; ")),
        line("document-hand-over-number", case.id.to_string()),
        Block::Paragraph(Text::default().bold(&t(WORDS, "document-hand-over-text"))),
        Block::Paragraph(Text::default().italic(&case.text.clone().unwrap_or_else(erased))),
        Block::Paragraph(Text::from(&*t(WORDS, "document-hand-over-copies"))),
        signatures(),
    ];
    Ok(Some(paper))
}

fn signatures() -> Block {
    let column = |key: &str| Column { head: t(WORDS, key).into_owned(), share: 50, align: Align::Centre };
    let columns = vec![column("document-hand-over-giver"), column("document-hand-over-taker")];
    Block::Table(Table { columns, rows: vec![Row::plain(vec![ROOM.to_owned(), ROOM.to_owned()])] })
}
