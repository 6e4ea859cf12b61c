//! What is written to a person: what waits for them and their own units' work, in the morning, and what came since the last time.
//!
//! Mail leaves the office: a subject says nothing, nothing that came with a secret letter is quoted, and an isolated
//! installation writes numbers only (domain rules 2.6). Never a code, a password or a link that opens anything by itself.

use super::MailSettings;
use super::wanted::Want;
use crate::lang::{Lang, date, t, t_with};
use crate::snapshot::Snapshot;
use crate::turn::{self, Turn};
use crate::views::{TaskRow, UnitReminders};
use crate::{App, Result, people, reminders};
use programme::ids::{PersonId, UnitId};
use programme::model::*;
use programme::moment::Moment;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::mail::{self, Choice, Outgoing};

/// News of one person goes out no more often.
const NEWS_MINUTES: i64 = 30;
/// Tasks named under one heading; the others are counted.
const NAMED: usize = 10;
/// Characters of a task's words.
const WORDS: usize = 120;
/// RFC 5322 recommends no longer lines.
const WIDTH: usize = 76;

/// Puts everything that is due now into the outbox; returns how many letters.
pub(super) async fn make(app: &App, settings: &MailSettings) -> Result<usize> {
    let Some(all) = app.try_snapshot().await? else { return Ok(0) };
    let mut tx = app.inner.db.read().await?;
    let choices = mail::choices(&mut tx).await?;
    drop(tx);
    let now = app.now();
    let morning = Moment::start_of(now.day()).plus_minutes(i64::from(settings.at.hour()) * 60 + i64::from(settings.at.minute()));
    let today = now.day().to_string();
    let (mut due, mut made) = (None, 0);
    for choice in choices.into_iter().filter(|c| Want::of(c) != Want::Nothing) {
        let units = units_of(&all, &choice.person, now);
        let writer = Writer { all: &all, settings, now, units: &units, person: &choice.person };
        let mut next = choice.clone();
        let mut letter = None;
        if morning <= now && choice.told_day.as_deref() != Some(&today) {
            if due.is_none() {
                due = Some(reminders::due(app, now.day()).await?);
            }
            next.told_day = Some(today.clone());
            letter = writer.morning(due.as_deref().unwrap_or_default()).map(|(s, b)| (format!("day {today}"), s, b));
        }
        let rested = choice.told_until.is_none_or(|at| at.plus_minutes(NEWS_MINUTES) <= now);
        if letter.is_none() && Want::of(&choice) == Want::News && rested {
            letter = writer.news(choice.told_until.unwrap_or(now)).map(|(s, b)| (format!("news {now}"), s, b));
        }
        if letter.is_some() {
            next.told_until = Some(now);
        }
        if next != choice {
            made += usize::from(letter.is_some());
            keep(app, &next, letter, now).await?;
        }
    }
    Ok(made)
}

/// The letter and the note that it was written, together or not at all.
async fn keep(app: &App, choice: &Choice, letter: Option<(String, String, String)>, now: Moment) -> Result<()> {
    let id = app.ids()?.make::<programme::ids::ContentId>().to_string();
    let mut tx = app.inner.db.write().await?;
    // Meanwhile the person may have changed their mind: what they say stands, only what was told is ours.
    let Some(current) = mail::choice(&mut tx, &choice.person).await?.filter(|c| c.address.is_some() && c.want == choice.want) else {
        return Ok(());
    };
    let (told_day, told_until) = (choice.told_day.clone(), choice.told_until);
    mail::put_choice(&mut tx, &Choice { told_day, told_until, ..current }).await?;
    if let Some((slot, subject, body)) = letter {
        let (person, state) = (choice.person.clone(), "waiting".to_owned());
        let new = Outgoing { id, person, slot, subject, body, state, tries: 0, created_at: now, next_at: now, problem: None };
        mail::put(&mut tx, &new).await?;
    }
    Ok(tx.commit().await?)
}

/// The units in which a person works; who only learns has none.
fn units_of(all: &Snapshot, person: &PersonId, now: Moment) -> BTreeSet<UnitId> {
    let works = |g: &&Entry<Grant>| &g.facts.person == person && g.facts.role.works();
    all.grants_at(now).filter(works).map(|g| g.facts.unit.clone()).collect()
}

struct Writer<'a> {
    all: &'a Arc<Snapshot>,
    settings: &'a MailSettings,
    now: Moment,
    units: &'a BTreeSet<UnitId>,
    person: &'a PersonId,
}

impl Writer<'_> {
    fn morning(&self, due: &[UnitReminders]) -> Option<(String, String)> {
        let mut lines = self.turn(due);
        for unit in due.iter().filter(|r| self.units.contains(&r.unit.id)) {
            let mut of_unit = Vec::new();
            let lists = [
                ("mail-overdue", &unit.overdue),
                ("mail-returned", &unit.returned),
                ("mail-soon", &unit.due_soon),
                ("mail-unseen", &unit.unseen),
                ("mail-extensions", &unit.extensions),
            ];
            for (key, tasks) in lists {
                self.list(&mut of_unit, key, tasks);
            }
            let counts = [
                ("mail-answered", unit.answered.len()),
                ("mail-to-answer", unit.to_answer.len()),
                ("mail-voices", unit.voices.len() + unit.voices_late.len()),
                ("mail-voices-late", unit.voices_late.len() + unit.voices_unanswered.len()),
                ("mail-voices-answered", unit.voices_answered.len()),
                ("mail-examples-returned", unit.examples_returned.len()),
            ];
            for (key, n) in counts {
                if n > 0 {
                    of_unit.push(t_with(Lang::Vi, key, &[("n", n.into())]).into_owned());
                }
            }
            // Work that goes on as it should is no reason to write.
            if !of_unit.is_empty() {
                lines.extend([String::new(), unit.unit.name.clone()]);
                lines.extend(of_unit);
            }
        }
        let day = date(self.now.day());
        let head = t_with(Lang::Vi, "mail-morning-head", &[("date", day.into())]).into_owned();
        (!lines.is_empty()).then(|| self.letter("mail-morning-subject", head, lines))
    }

    /// What waits for the person beside their units' own work, and how the units below stand: numbers only.
    fn turn(&self, due: &[UnitReminders]) -> Vec<String> {
        let acting = self.units.iter().filter_map(|unit| people::acting(self.all, self.person, Some(unit), self.now));
        let turns: Vec<Turn> = acting.map(|by| turn::of(self.all, &by, due, self.now)).collect();
        let sum = |of: fn(&Turn) -> usize| turns.iter().map(of).sum::<usize>();
        let counted = |head: &str, counts: &[(&str, usize)]| {
            let words = |(key, n): &(&str, usize)| t_with(Lang::Vi, key, &[("n", (*n).into())]).into_owned();
            let lines: Vec<String> = counts.iter().filter(|(_, n)| *n > 0).map(words).collect();
            let head = (!lines.is_empty()).then(|| [String::new(), t(Lang::Vi, head).into_owned()]);
            head.into_iter().flatten().chain(lines).collect::<Vec<_>>()
        };
        // Somebody may judge the same result from two of their units: it is one result.
        let most = |of: fn(&Turn) -> usize| turns.iter().map(of).max().unwrap_or_default();
        let judged = [("mail-to-judge", most(|turn| turn.to_judge)), ("mail-examples", most(|turn| turn.examples))];
        let own = [("mail-to-approve", sum(|turn| turn.to_approve)), ("mail-to-record", sum(|turn| turn.to_record))];
        let mut lines = counted("mail-turn", &[judged[0], judged[1], own[0], own[1]]);
        lines.extend(counted(
            "mail-below",
            &[
                ("mail-overdue", sum(|turn| turn.below.overdue)),
                ("mail-returned", sum(|turn| turn.below.returned)),
                ("mail-soon", sum(|turn| turn.below.due_soon)),
                ("mail-unseen", sum(|turn| turn.below.unseen)),
                ("mail-to-answer", sum(|turn| turn.below.to_answer)),
            ],
        ));
        lines
    }

    /// What was assigned to the person's units or sent back to them after a moment.
    fn news(&self, since: Moment) -> Option<(String, String)> {
        let mine = |task: &&Entry<Task>| self.units.contains(&task.facts.key.unit) && task.stands(self.now);
        let row = |task: &Entry<Task>| self.all.task_row(task, self.now);
        let assigned: Vec<Arc<TaskRow>> = self.all.tasks.values().filter(mine).filter(|t| since < t.stamp.at).map(row).collect();
        let returned = |task: &&Entry<Task>| task.marks.iter().any(|m| m.kind == MarkKind::Returned && since < m.stamp.at);
        let returned: Vec<Arc<TaskRow>> = self.all.tasks.values().filter(mine).filter(returned).map(row).collect();
        let mut lines = Vec::new();
        self.list(&mut lines, "mail-assigned", &assigned);
        self.list(&mut lines, "mail-returned", &returned);
        let head = t(Lang::Vi, "mail-news-head").into_owned();
        (!lines.is_empty()).then(|| self.letter("mail-news-subject", head, lines))
    }

    fn list(&self, lines: &mut Vec<String>, key: &str, tasks: &[Arc<TaskRow>]) {
        if tasks.is_empty() {
            return;
        }
        lines.push(t_with(Lang::Vi, key, &[("n", tasks.len().into())]).into_owned());
        let (open, closed): (Vec<&TaskRow>, Vec<&TaskRow>) = tasks.iter().map(|task| &**task).partition(|task| self.may_quote(task));
        for task in open.iter().take(NAMED) {
            let words = task.text.clone().unwrap_or_default();
            let cut: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS).collect();
            let cut = if cut.chars().count() == WORDS { format!("{cut}…") } else { cut };
            lines.push(match task.due {
                Some(due) => t_with(Lang::Vi, "mail-task-due", &[("task", cut.into()), ("date", date(due).into())]).into_owned(),
                None => t_with(Lang::Vi, "mail-task", &[("task", cut.into())]).into_owned(),
            });
            lines.push(format!("  {}/tasks/{}", self.settings.address, task.key));
        }
        if open.len() > NAMED {
            lines.push(t_with(Lang::Vi, "mail-more", &[("n", (open.len() - NAMED).into())]).into_owned());
        }
        if !closed.is_empty() {
            lines.push(t_with(Lang::Vi, "mail-closed", &[("n", closed.len().into())]).into_owned());
        }
    }

    fn may_quote(&self, task: &TaskRow) -> bool {
        let letter = self.all.letters.get(&task.letter);
        self.all.network != Network::Isolated && letter.is_some_and(|l| l.facts.secrecy.is_none())
    }

    fn letter(&self, subject: &str, head: String, lines: Vec<String>) -> (String, String) {
        let foot = t_with(Lang::Vi, "mail-foot", &[("address", self.settings.address.as_str().into())]).into_owned();
        let lines = std::iter::once(head).chain(lines).chain([String::new(), foot]);
        let body: String = lines.flat_map(|line| wrapped(&line)).map(|line| line + "\r\n").collect();
        (t(Lang::Vi, subject).into_owned(), body)
    }
}

/// Short lines, broken between words; a word that is longer, as an address is, stays whole.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines().chain(text.is_empty().then_some("")) {
        let indent: String = paragraph.chars().take_while(|c| *c == ' ').collect();
        let mut line = indent.clone();
        for word in paragraph.split_whitespace() {
            if line.len() > indent.len() && line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::replace(&mut line, format!("{indent}  ")));
                line.push_str(word);
                continue;
            }
            if line.len() > indent.len() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_addresses_whole() {
        let long = format!("- {} https://luytre.xa.vn/{}", "phổ biến chỉ thị ".repeat(8), "x".repeat(90));
        let lines = wrapped(&long);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|l| l.chars().count() <= WIDTH || l.trim_start().starts_with("https://")), "{lines:?}");
        assert_eq!(lines.iter().flat_map(|l| l.split_whitespace()).collect::<Vec<_>>(), long.split_whitespace().collect::<Vec<_>>());
        assert_eq!(wrapped(""), [""]);
        assert_eq!(wrapped("một\n\nhai"), ["một", "", "hai"]);
    }
}
