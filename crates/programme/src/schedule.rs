//! Which tasks of a new period are to be opened: recurring obligations go on with the units that had them last.
//!
//! Only the period that `now` lies in is opened: a period that nobody opened while it ran is not made up afterwards. A task
//! that was withdrawn or is paused is not opened anew. Not for one-off or "regular" work, which has no period.
//!
//! ```text
//! monthly, last task 2026-M06 due 25 June; on 1 July  →  2026-M07 for the same unit, due 25 July
//! ```

use crate::decide::holds;
use crate::event::Payload;
use crate::ids::{TaskKey, UnitId};
use crate::model::*;
use crate::moment::Moment;
use crate::period::{Bounds, Period, Recurrence};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The tasks to open for one obligation; `tasks` are all of its tasks, `units` the units that are still open. Asked twice,
/// there is nothing left to open.
pub fn to_open(obligation: &Entry<Obligation>, tasks: &[Entry<Task>], units: &[Unit], now: Moment) -> Vec<Payload> {
    let recurs = obligation.facts.recurs.filter(|recurs| *recurs != Recurrence::Regular);
    let Some(recurs) = recurs.filter(|_| holds(obligation)) else { return Vec::new() };
    let period = Period::containing(now.day(), Some(recurs), Bounds::Calendar);
    let Some(first) = first_day(period) else { return Vec::new() };
    let mut last: BTreeMap<&UnitId, &Entry<Task>> = BTreeMap::new();
    for task in tasks.iter().filter(|t| first_day(t.facts.key.period).is_some_and(|day| day < first)) {
        let known = last.entry(&task.facts.key.unit).or_insert(task);
        if first_day(known.facts.key.period) < first_day(task.facts.key.period) {
            *known = task;
        }
    }
    let has = |unit: &UnitId| tasks.iter().any(|t| t.facts.key.period == period && &t.facts.key.unit == unit);
    let open = |unit: &UnitId| units.iter().any(|u| &u.id == unit && u.valid_to.is_none_or(|to| now.day() <= to));
    let wanted = |(unit, task): &(&UnitId, &Entry<Task>)| task.stands(now) && !task.held(now) && open(unit) && !has(unit);
    last.into_iter().filter(wanted).map(|(_, task)| Payload::TaskAssigned(next(&task.facts, period))).collect()
}

/// Without passed-on work that would serve nothing: its task above is neither opened with it nor `stands` already.
pub fn rooted(mut events: Vec<Payload>, stands: &BTreeSet<TaskKey>) -> Vec<Payload> {
    let task = |event: &Payload| if let Payload::TaskAssigned(task) = event { Some(task.clone()) } else { None };
    loop {
        let opened: BTreeSet<TaskKey> = events.iter().filter_map(task).map(|t| t.key).collect();
        let before = events.len();
        let serves = |key: &TaskKey| opened.contains(key) || stands.contains(key);
        events.retain(|event| task(event).and_then(|t| t.parent).is_none_or(|parent| serves(&parent)));
        // One that goes may take others with it.
        if events.len() == before {
            return events;
        }
    }
}

/// The same task in a later period.
fn next(task: &Task, period: Period) -> Task {
    let in_period = |key: &TaskKey| TaskKey { period, ..key.clone() };
    Task {
        key: in_period(&task.key),
        due: due(task, period),
        // Passed-on work serves the task of its own period.
        parent: task.parent.as_ref().map(in_period),
        ..task.clone()
    }
}

/// The same day in its period as before; where none was stated, what recurs is due at the end of the period.
fn due(task: &Task, period: Period) -> Option<Date> {
    let (_, end) = period.days(Bounds::Calendar)?;
    let before = task.key.period.days(Bounds::Calendar)?;
    let Some(due) = task.due.filter(|due| *due != before.1) else { return Some(end) };
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let later = months(first_day(period)?) - months(before.0);
    // A month that is too short ends sooner: the 31st becomes the 30th.
    due.checked_add(jiff::Span::new().months(later)).ok()
}

fn first_day(period: Period) -> Option<Date> {
    period.days(Bounds::Calendar).map(|(first, _)| first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn entry<F>(facts: F, marks: &[MarkKind]) -> Entry<F> {
        let stamp =
            |seq| Stamp { at: "2025-08-01T01:00:00.000Z".parse().unwrap(), office: "o".parse().unwrap(), seq, by: "p".parse().unwrap() };
        let mark = |(kind, seq): (&MarkKind, u64)| Mark { stamp: stamp(seq), kind: *kind, note: None, other: None };
        Entry { facts, stamp: stamp(1), marks: marks.iter().zip(2..).map(mark).collect::<BTreeSet<_>>() }
    }

    fn obligation(recurs: &str) -> Entry<Obligation> {
        let text = Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO };
        let facts = Obligation {
            id: "o".parse().unwrap(),
            letter: "l".parse().unwrap(),
            start: 0,
            end: 1,
            text,
            due: None,
            recurs: recurs.parse().ok(),
            needs: Vec::new(),
            checks: Vec::new(),
            method: Method::Read,
            confidence: 90,
            derived_from: None,
        };
        entry(facts, &[MarkKind::Confirmed])
    }

    fn task(key: &str, due: Option<&str>, marks: &[MarkKind]) -> Entry<Task> {
        let due = due.map(|day| day.parse().unwrap());
        entry(Task { key: key.parse().unwrap(), letter: "l".parse().unwrap(), due, parent: None, cooperating: Vec::new() }, marks)
    }

    /// What is opened on a day for units `a` and `b`, in words.
    fn opened(recurs: &str, tasks: &[Entry<Task>], on: Date) -> String {
        let unit = |id: &str, valid_to| Unit {
            id: id.parse().unwrap(),
            parent: None,
            kind: UnitKind::PartyCell,
            code: None,
            name: id.to_owned(),
            valid_from: date(2025, 7, 1),
            valid_to,
        };
        let units = [unit("a", None), unit("b", None), unit("closed", Some(date(2026, 6, 15)))];
        let events = to_open(&obligation(recurs), tasks, &units, Moment::start_of(on));
        let line = |event: &Payload| match event {
            Payload::TaskAssigned(task) => format!("{} {}", task.key, task.due.map_or("-".to_owned(), |d| d.to_string())),
            other => panic!("{other:?}"),
        };
        events.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_same_units_go_on_with_the_same_day() {
        let tasks = [task("o.a.2026-M06", Some("2026-06-25"), &[]), task("o.b.2026-M06", None, &[]), task("o.closed.2026-M06", None, &[])];
        assert_eq!(opened("monthly", &tasks, date(2026, 7, 1)), "o.a.2026-M07 2026-07-25; o.b.2026-M07 2026-07-31");
        assert_eq!(opened("monthly", &tasks, date(2026, 6, 30)), "", "the period still runs");
        let month_end = [task("o.a.2026-M06", Some("2026-06-30"), &[])];
        assert_eq!(opened("weekly", &month_end, date(2026, 7, 1)), "o.a.2026-M07 2026-07-31", "the end stays the end");
        let late = [task("o.a.2026-M01", Some("2026-01-30"), &[])];
        assert_eq!(opened("monthly", &late, date(2026, 2, 1)), "o.a.2026-M02 2026-02-28");
        let next_month = [task("o.a.2026-Q1", Some("2026-04-05"), &[])];
        assert_eq!(opened("quarterly", &next_month, date(2026, 4, 2)), "o.a.2026-Q2 2026-07-05");
        let year = [task("o.a.2025", Some("2025-12-10"), &[])];
        assert_eq!(opened("yearly", &year, date(2026, 1, 1)), "o.a.2026 2026-12-10");
    }

    #[test]
    fn what_is_there_was_taken_back_or_has_no_period_is_not_opened() {
        let june = || task("o.a.2026-M06", None, &[]);
        let july = |marks: &[MarkKind]| task("o.a.2026-M07", None, marks);
        let on = date(2026, 7, 1);
        assert_eq!(opened("monthly", &[june(), july(&[])], on), "", "asked twice");
        assert_eq!(opened("monthly", &[june(), july(&[MarkKind::Withdrawn])], on), "", "somebody took it back");
        assert_eq!(opened("monthly", &[task("o.a.2026-M06", None, &[MarkKind::Withdrawn])], on), "");
        assert_eq!(opened("monthly", &[task("o.a.2026-M06", None, &[MarkKind::Held])], on), "", "paused");
        assert_eq!(opened("regular", &[june()], on), "");
        assert_eq!(opened("monthly", &[task("o.a.once", None, &[])], on), "");
        assert_eq!(opened("monthly", &[june()], date(2026, 9, 3)), "o.a.2026-M09 2026-09-30", "what was missed is not made up");
    }

    #[test]
    fn passed_on_work_serves_the_task_of_its_own_period() {
        let mut child = task("o.a.2026-M06", None, &[]);
        child.facts.parent = Some("p.b.2026-M06".parse().unwrap());
        let next = next(&child.facts, Period::Month(2026, 7));
        assert_eq!(next.parent.as_ref().map(|key| key.to_string()).as_deref(), Some("p.b.2026-M07"));
        let mut below = next.clone();
        (below.key, below.parent) = ("q.c.2026-M07".parse().unwrap(), Some(next.key.clone()));
        let events = || vec![Payload::TaskAssigned(below.clone()), Payload::TaskAssigned(next.clone())];
        assert_eq!(rooted(events(), &BTreeSet::new()), [], "nothing above: neither it nor what serves it is opened");
        assert_eq!(rooted(events(), &next.parent.iter().cloned().collect()).len(), 2);
    }
}
