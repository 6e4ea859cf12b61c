//! Papers of a meeting: the pack beforehand, the list of who was there.

use super::form as letter_form;
use crate::lang::{Lang, code, date, moment, t, t_with};
use crate::views::{MeetingPack, MeetingView, TalkingPoint};
use crate::{App, Error, Result, meetings};
use programme::ids::{ActivityId, LetterId, UnitId};
use programme::model::SubjectKind;
use publish::{Align, Block, Column, Heading, IssueDate, Level, OfficialLetter, Row, Table, Text};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Documents are Vietnamese whatever the language of the pages.
const WORDS: Lang = Lang::Vi;
/// What is left open for a hand to fill in.
const OPEN: &str = "……………………………………………………";

/// The pack of a meeting on a letter: agenda, what to speak of with the sentence that it comes from, the form of the minutes.
/// Of a meeting that is planned, its own title, day and agenda.
pub async fn meeting_pack(app: &App, letter: &LetterId, meeting: Option<&ActivityId>) -> Result<OfficialLetter> {
    let not_found = |kind, id: &dyn ToString| Error::NotFound { kind, id: id.to_string() };
    let meeting = match meeting {
        Some(id) => Some(meetings::show(app, id).await?.ok_or_else(|| not_found(SubjectKind::Activity, id))?),
        None => None,
    };
    let unit = meeting.as_ref().map(|m| &m.unit.id);
    let pack = meetings::pack(app, letter, unit).await?.ok_or_else(|| not_found(SubjectKind::Letter, letter))?;
    let day = meeting.as_ref().map_or(app.now().day(), |m| m.on);
    let open_day = IssueDate { day: meeting.as_ref().map(|m| m.on.day()), month: Some(day.month()), year: day.year() };
    let subject = meeting.as_ref().and_then(|m| m.title.clone());
    let subject = subject.unwrap_or_else(|| t_with(WORDS, "document-pack-subject", &[("letter", pack.named.clone().into())]).into_owned());
    let kind = [t(WORDS, "document-pack-kind"), t(WORDS, "document-pack-symbol")];
    let mut paper = paper(app, unit, kind, subject, open_day).await?;
    paper.body = [agenda(&pack, meeting.as_ref()), points(&pack), minutes(&pack, meeting.as_ref())].concat();
    Ok(paper)
}

/// The list of who was there, and a name for its file.
pub(crate) async fn attendance_list(app: &App, meeting: &MeetingView) -> Result<(OfficialLetter, String)> {
    let title = meeting.title.clone().unwrap_or_default();
    let kind = [t(WORDS, "document-attendance-kind"), t(WORDS, "document-attendance-symbol")];
    let mut paper = paper(app, Some(&meeting.unit.id), kind, title, IssueDate::from(meeting.on)).await?;
    let told = [Some(meeting.unit.name.clone()), meeting.place.clone(), Some(date(meeting.on))];
    paper.opening = vec![Text::from(told.into_iter().flatten().collect::<Vec<_>>().join(", "))];
    let column = |key: &str, share, align| Column { head: t(WORDS, key).into_owned(), share, align };
    let columns = vec![
        column("document-attendance-number", 8, Align::Centre),
        column("document-attendance-name", 60, Align::Left),
        column("document-attendance-at", 32, Align::Centre),
    ];
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| t(WORDS, "document-erased").into_owned());
    let rows = meeting.attendees.iter().zip(1..).map(|(a, n): (_, u32)| Row::plain(vec![n.to_string(), name(&a.name), moment(a.at)]));
    paper.body = vec![Block::Table(Table { columns, rows: rows.collect() })];
    let file = t_with(WORDS, "document-attendance-file", &[("day", meeting.on.to_string().into())]).into_owned();
    Ok((paper, file))
}

/// A paper with the head and foot of a unit (`None`: the office) and nothing in between; `kind` is its type and symbol.
pub(super) async fn paper(
    app: &App,
    unit: Option<&UnitId>,
    [kind, symbol]: [Cow<'static, str>; 2],
    subject: String,
    day: IssueDate,
) -> Result<OfficialLetter> {
    let bare = bare_paper(app, unit, day).await?;
    Ok(OfficialLetter { symbol: format!("{symbol}{}", bare.symbol), heading: Heading::Titled { kind: kind.into_owned(), subject }, ..bare })
}

/// A paper with the head and foot of a unit (`None`: the office) and nothing in between; its symbol is what follows the type
/// of a paper: "/ĐU", "-UBND".
pub(crate) async fn bare_paper(app: &App, unit: Option<&UnitId>, day: IssueDate) -> Result<OfficialLetter> {
    let mut form = letter_form(app).await?;
    let all = app.snapshot().await?;
    if let Some(unit) = unit.filter(|unit| **unit != all.office) {
        let unit = all.unit_row(unit, 0);
        // The office as it calls itself on its own letters.
        let above = unit.parent.as_ref().filter(|above| **above != all.office);
        let above = above.map_or_else(|| form.issuer.clone(), |above| all.unit_name(above));
        form = form.of_unit(unit.kind, &unit.name, &above);
    }
    let office = form.report_office(&[], &[]);
    Ok(OfficialLetter {
        system: office.system,
        superior: office.superior,
        issuer: office.issuer,
        // "BC/ĐU", "BC-UBND": the symbol of a report without its type.
        symbol: form.report_symbol.trim_start_matches(char::is_alphabetic).to_owned(),
        place: office.place,
        date: day,
        signature: office.signature,
        ..OfficialLetter::default()
    })
}

fn part(n: u32, key: &str) -> Block {
    Block::Heading { level: Level::Part, numbers: vec![n], text: t(WORDS, key).into_owned() }
}

fn agenda(pack: &MeetingPack, meeting: Option<&MeetingView>) -> Vec<Block> {
    let own = meeting.map(|m| &m.agenda).filter(|agenda| !agenda.is_empty());
    let lines = own.unwrap_or(&pack.agenda).iter().zip(1..);
    let numbered = lines.map(|(line, n)| Block::Numbered { numbers: vec![n], text: Text::from(line.as_str()) });
    std::iter::once(part(1, "document-pack-agenda")).chain(numbered).collect()
}

fn points(pack: &MeetingPack) -> Vec<Block> {
    let mut blocks = vec![part(2, "document-pack-points")];
    let (mut n, mut quoted, mut said) = (0, BTreeSet::new(), Vec::<String>::new());
    // What several points were taken from stands once, below the last of them.
    for points in pack.points.chunk_by(|a, b| a.quote == b.quote && a.section == b.section) {
        let mut texts: Vec<&str> = points.iter().map(|point| point.text.trim()).collect();
        texts.dedup();
        // A content of the letter that is work as well, or holds it word for word, is spoken of once.
        texts.retain(|text| !said.iter().any(|said| said.contains(&bare(text))));
        if texts.is_empty() {
            continue;
        }
        said.extend(texts.iter().map(|text| bare(text)));
        for text in &texts {
            n += 1;
            blocks.push(Block::Numbered { numbers: vec![n], text: Text::from(format!("{}.", publish::sentence(text)).as_str()) });
        }
        let Some(source) = points.first().filter(|point| quoted.insert((&point.quote, &point.section))) else { continue };
        blocks.extend(origin(pack, source, &texts).map(|line| Block::Paragraph(Text::default().italic(&line))));
    }
    blocks
}

/// Words to compare: without their capitals and without the sign at their end.
fn bare(words: &str) -> String {
    words.trim().trim_end_matches(['.', ';', ',']).to_lowercase()
}

/// The sentence of the letter and where it stands; only where, if the points already say the same words.
fn origin(pack: &MeetingPack, point: &TalkingPoint, texts: &[&str]) -> Option<String> {
    let quote = point.quote.as_ref()?;
    let letter = || ("letter", pack.named.clone().into());
    let place = match &point.section {
        Some(section) => t_with(WORDS, "document-pack-section", &[("section", section.clone().into()), letter()]),
        None => pack.named.clone().into(),
    };
    let (place, said) = (place.into_owned().into(), texts.iter().any(|text| bare(text) == bare(quote)));
    let line = match said {
        true => t_with(WORDS, "document-pack-place", &[("place", place)]),
        false => t_with(WORDS, "document-pack-quote", &[("quote", quote.clone().into()), ("place", place)]),
    };
    Some(line.into_owned())
}

fn minutes(pack: &MeetingPack, meeting: Option<&MeetingView>) -> Vec<Block> {
    let mut blocks = vec![part(3, "document-pack-minutes")];
    for field in &pack.minutes {
        let known = match (*field, meeting) {
            ("time", Some(meeting)) => Some(date(meeting.on)),
            ("place", Some(meeting)) => meeting.place.clone(),
            _ => None,
        };
        let label = Text::default().bold(&code(WORDS, "minutes", field));
        // The dotted line stands alone: beside the label it would not fit, and an even right edge would tear the label apart.
        match known {
            Some(value) => blocks.push(Block::Paragraph(label.plain(": ").plain(&value))),
            None => blocks.extend([Block::Paragraph(label.plain(":")), Block::Paragraph(Text::from(OPEN))]),
        }
    }
    blocks
}
