//! Papers of a meeting: the pack beforehand, the list of who was there.

use super::form as letter_form;
use crate::lang::{Lang, code, date, moment, t, t_with};
use crate::views::{MeetingPack, MeetingView};
use crate::{App, Error, Result, meetings};
use programme::ids::{ActivityId, LetterId};
use programme::model::SubjectKind;
use publish::{Align, Block, Column, Heading, IssueDate, Level, OfficialLetter, Row, Table, Text};

/// Documents are Vietnamese whatever the language of the pages.
const WORDS: Lang = Lang::Vi;
/// What is left open for a hand to fill in.
const OPEN: &str = "……………………………………………………";

/// The pack of a meeting on a letter: agenda, what to speak of with the sentence that it comes from, the form of the minutes.
/// Of a meeting that is planned, its own title, day and agenda.
pub async fn meeting_pack(app: &App, letter: &LetterId, meeting: Option<&ActivityId>) -> Result<OfficialLetter> {
    let not_found = |kind, id: &dyn ToString| Error::NotFound { kind, id: id.to_string() };
    let pack = meetings::pack(app, letter).await?.ok_or_else(|| not_found(SubjectKind::Letter, letter))?;
    let meeting = match meeting {
        Some(id) => Some(meetings::show(app, id).await?.ok_or_else(|| not_found(SubjectKind::Activity, id))?),
        None => None,
    };
    let day = meeting.as_ref().map_or(app.now().day(), |m| m.on);
    let open_day = IssueDate { day: meeting.as_ref().map(|m| m.on.day()), month: Some(day.month()), year: day.year() };
    let subject = meeting.as_ref().and_then(|m| m.title.clone());
    let subject = subject.unwrap_or_else(|| t_with(WORDS, "document-pack-subject", &[("letter", pack.named.clone().into())]).into_owned());
    let mut paper = paper(app, "document-pack", subject, open_day).await?;
    paper.body = [agenda(&pack, meeting.as_ref()), points(&pack), minutes(&pack, meeting.as_ref())].concat();
    Ok(paper)
}

/// The list of who was there, and a name for its file.
pub(crate) async fn attendance_list(app: &App, meeting: &MeetingView) -> Result<(OfficialLetter, String)> {
    let title = meeting.title.clone().unwrap_or_default();
    let mut paper = paper(app, "document-attendance", title, IssueDate::from(meeting.on)).await?;
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

/// A paper with the office's head and foot and nothing in between; `family` names its type and symbol in the catalogue.
async fn paper(app: &App, family: &str, subject: String, day: IssueDate) -> Result<OfficialLetter> {
    let form = letter_form(app).await?;
    let office = form.report_office(&[], &[]);
    let [kind, symbol] = match family {
        "document-pack" => [t(WORDS, "document-pack-kind"), t(WORDS, "document-pack-symbol")],
        _ => [t(WORDS, "document-attendance-kind"), t(WORDS, "document-attendance-symbol")],
    };
    // "BC/ĐU", "BC-UBND": the symbol of a report with another type in front.
    let rest = form.report_symbol.trim_start_matches(char::is_alphabetic);
    Ok(OfficialLetter {
        system: office.system,
        superior: office.superior,
        issuer: office.issuer,
        symbol: format!("{symbol}{rest}"),
        place: office.place,
        date: day,
        heading: Heading::Titled { kind: kind.into_owned(), subject },
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
    for (point, n) in pack.points.iter().zip(1..) {
        blocks.push(Block::Numbered { numbers: vec![n], text: Text::from(point.text.as_str()) });
        let Some(quote) = &point.quote else { continue };
        let place = match &point.section {
            Some(section) => {
                t_with(WORDS, "document-pack-section", &[("section", section.clone().into()), ("letter", pack.named.clone().into())])
            }
            None => pack.named.clone().into(),
        };
        let line = t_with(WORDS, "document-pack-quote", &[("quote", quote.clone().into()), ("place", place.into_owned().into())]);
        blocks.push(Block::Paragraph(Text::default().italic(&line)));
    }
    blocks
}

fn minutes(pack: &MeetingPack, meeting: Option<&MeetingView>) -> Vec<Block> {
    let mut blocks = vec![part(3, "document-pack-minutes")];
    for field in &pack.minutes {
        let known = match (*field, meeting) {
            ("time", Some(meeting)) => Some(date(meeting.on)),
            ("place", Some(meeting)) => meeting.place.clone(),
            _ => None,
        };
        let value = known.unwrap_or_else(|| OPEN.to_owned());
        blocks.push(Block::Paragraph(Text::default().bold(&code(WORDS, "minutes", field)).plain(": ").plain(&value)));
    }
    blocks
}
