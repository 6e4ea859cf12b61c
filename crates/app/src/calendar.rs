//! The calendar of a unit: the days on which its open tasks are due, its meetings, what it tells the public, the days on which
//! report periods close.
//!
//! It leaves the house, into telephones and the programs behind them. So it names no person, holds nothing of a letter
//! that bears a mark of secrecy, and only as much of a task as its title.
//!
//! ```text
//! calendar::of(&app, &bearer.by, lang, "https://luytre.xa.vn").await?  →  BEGIN:VCALENDAR…
//! ```

use crate::lang::{Lang, code, t, t_with};
use crate::returns::{DIRECTIVE_REPORT, template, templates};
use crate::snapshot::Snapshot;
use crate::{App, Result, access};
use jiff::Span;
use jiff::civil::Date;
use programme::decide;
use programme::model::{Actor, Entry, Task};
use programme::moment::Moment;
use programme::period::{Bounds, Period};
use programme::task::TaskState;
use publish::{Calendar, CalendarEntry};
use std::collections::BTreeMap;

/// Days that something past stays in the calendar.
const PAST_DAYS: i64 = 90;
/// Signs of a title, after which it is cut.
const TITLE_SIGNS: usize = 120;

/// The calendar of the unit that somebody acts for, as iCalendar; `base` is the address of this server without a slash at
/// its end. The same state of the ledgers gives the same bytes on the same day.
pub async fn of(app: &App, by: &Actor, lang: Lang, base: &str) -> Result<String> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let since = now.day().checked_sub(Span::new().days(PAST_DAYS)).unwrap_or(now.day());
    let mut entries = Vec::new();
    if access::scope(app, by).await?.sees_unit(&by.unit) {
        let tasks = all.tasks.values().filter(|t| t.facts.key.unit == by.unit && is_open(t, now) && is_plain(&all, t));
        entries.extend(tasks.filter_map(|task| due(&all, task, now, lang, base)));
        entries.extend(meetings(app, by, since, lang, base).await?);
        entries.extend(told(app, by, since, lang, base).await?);
        if decide::may_register(by, &all.office).is_ok() {
            entries.extend(closings(&all, by, now.day(), lang, base));
        }
    }
    entries.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let unit = all.unit_name(&by.unit);
    let name = t_with(lang, "calendar-name", &[("unit", unit.into())]).into_owned();
    let stamp = all.last.unwrap_or(now).timestamp();
    Ok(publish::calendar(&Calendar { name, stamp, entries }))
}

fn is_open(task: &Entry<Task>, now: Moment) -> bool {
    use TaskState as S;
    matches!(task.state(now), S::Assigned | S::Acknowledged | S::InProgress | S::Returned)
}

/// True when the letter that the task comes from bears no mark of secrecy.
fn is_plain(all: &Snapshot, task: &Entry<Task>) -> bool {
    all.letters.get(&task.facts.letter).is_some_and(|letter| letter.facts.secrecy.is_none())
}

fn due(all: &Snapshot, task: &Entry<Task>, now: Moment, lang: Lang, base: &str) -> Option<CalendarEntry> {
    let row = all.task_row(task, now);
    let key = row.key.clone();
    let words = match row.letter_code.clone() {
        Some(code) => t_with(lang, "calendar-task-letter", &[("code", code.into())]).into_owned(),
        None => String::new(),
    };
    let text = row.text.clone().unwrap_or_else(|| t(lang, "calendar-task-erased").into_owned());
    Some(CalendarEntry {
        uid: format!("task-{key}@luytre"),
        day: row.due?,
        title: t_with(lang, "calendar-task", &[("text", cut(&text).into())]).into_owned(),
        words,
        place: None,
        address: format!("{base}/tasks/{key}"),
    })
}

async fn meetings(app: &App, by: &Actor, since: Date, lang: Lang, base: &str) -> Result<Vec<CalendarEntry>> {
    let meetings = crate::meetings::list(app, Some(&by.unit)).await?;
    let entry = |m: crate::views::MeetingView| CalendarEntry {
        uid: format!("meeting-{}@luytre", m.id),
        day: m.on,
        title: cut(&m.title.unwrap_or_else(|| code(lang, "activity-kind", m.kind.as_str()).into_owned())),
        words: code(lang, "activity-kind", m.kind.as_str()).into_owned(),
        place: m.place,
        address: format!("{base}/meetings/{}", m.id),
    };
    Ok(meetings.into_iter().filter(|m| !m.called_off && m.on >= since).map(entry).collect())
}

/// Broadcasts, posts, pages: what the unit planned or did of a letter's outreach that nobody comes together for.
async fn told(app: &App, by: &Actor, since: Date, lang: Lang, base: &str) -> Result<Vec<CalendarEntry>> {
    let rows = crate::outreach::of_unit(app, &by.unit, since).await?;
    let entry = |row: crate::views::OutreachRow| {
        let form = code(lang, "activity-kind", row.kind.as_str()).into_owned();
        CalendarEntry {
            uid: format!("outreach-{}@luytre", row.id),
            day: row.on,
            title: cut(&row.title.unwrap_or_else(|| form.clone())),
            words: form,
            place: row.place,
            address: format!("{base}/letters/{}/outreach/{}", row.letter, row.id),
        }
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// The last days of the running and the next period of each report that the office makes; before its first one, of those
/// that it could make by the calendar.
fn closings(all: &Snapshot, by: &Actor, today: Date, lang: Lang, base: &str) -> Vec<CalendarEntry> {
    let mut latest: BTreeMap<&str, Period> = BTreeMap::new();
    for made in all.returns.values().filter(|r| r.facts.unit == by.unit && r.facts.period != Period::Once) {
        let period = latest.entry(made.facts.template.as_str()).or_insert(made.facts.period);
        *period = (*period).max(made.facts.period);
    }
    if latest.is_empty() {
        let by_calendar = templates().iter().filter(|t| t.bounds == Bounds::Calendar && t.recurrence.is_some());
        latest.extend(by_calendar.map(|t| (t.id.as_str(), Period::containing(today, t.recurrence, t.bounds))));
    }
    let mut entries = Vec::new();
    for (id, first) in latest {
        let bounds = template(id).map_or(Bounds::Calendar, |t| t.bounds);
        let ends = std::iter::successors(Some(first), |p| Some(p.next())).filter_map(|p| Some((p, p.days(bounds)?.1)));
        // A report of long ago is followed by periods enough to reach today; more than a life of months is none.
        for (period, day) in ends.take(1200).skip_while(|(_, day)| *day < today).take(2) {
            let name = code(lang, "report-template", if template(id).is_some() { id } else { DIRECTIVE_REPORT }).into_owned();
            entries.push(CalendarEntry {
                uid: format!("period-{id}-{period}-{}@luytre", by.unit),
                day,
                title: t_with(
                    lang,
                    "calendar-period",
                    &[("report", name.into()), ("period", in_sentence(&crate::lang::period(lang, period)).into())],
                )
                .into_owned(),
                words: String::new(),
                place: None,
                address: format!("{base}/returns"),
            });
        }
    }
    entries
}

/// So much of a text as a day of a calendar has room for.
fn cut(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(TITLE_SIGNS) {
        Some((at, _)) => format!("{}…", one_line[..at].trim_end()),
        None => one_line,
    }
}

/// As words stand within a sentence, where a heading begins with a capital.
fn in_sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
