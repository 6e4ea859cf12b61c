//! What each unit should be reminded of on a day: work that waits, answers that came, requests to decide.
//!
//! Data only; who is told, and how, is the rim's. Nothing here is kept: it follows from the record every time.

use crate::cases::{self, CaseFilter};
use crate::views::{CaseView, TaskRow, UnitName, UnitReminders};
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide;
use programme::ids::UnitId;
use programme::moment::Moment;
use programme::task::TaskState;
use std::collections::BTreeMap;

/// A new task that nobody acknowledged for so many days was perhaps not seen: mail reminds of it, pages show it from the first moment.
const UNSEEN_DAYS: i32 = 3;
/// A due day within so many days is near.
const SOON_DAYS: i32 = 5;

/// The units that have to be reminded of something, in the order of the tree.
pub async fn due(app: &App, today: Date) -> Result<Vec<UnitReminders>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let as_of = if today == now.day() { now } else { Moment::end_of(today) };
    let mut by_unit: BTreeMap<UnitId, UnitReminders> = BTreeMap::new();
    let blank = |unit: &UnitId| UnitReminders::of(all.unit_named(unit));
    for task in all.tasks.values().filter(|t| t.stands(as_of)) {
        let row = all.task_row(task, as_of);
        let unit = &row.key.unit;
        if row.extension.is_some() {
            let above = all.units.get(unit).and_then(|u| u.facts.parent.clone()).unwrap_or_else(|| all.office.clone());
            by_unit.entry(above.clone()).or_insert_with(|| blank(&above)).extensions.push(row.clone());
        }
        let days_old = days(task.stamp.at.day(), today);
        let waits = Waits::of(&row, today, days_old);
        let reminders = by_unit.entry(unit.clone()).or_insert_with(|| blank(unit));
        if waits.open {
            reminders.n_open += 1;
            reminders.n_under_way += usize::from(!waits.unacknowledged);
            reminders.next_due = [reminders.next_due, row.due.filter(|due| today <= *due)].into_iter().flatten().min();
        }
        let lists = [
            (waits.unacknowledged, &mut reminders.unacknowledged),
            (waits.unseen, &mut reminders.unseen),
            (waits.soon, &mut reminders.due_soon),
            (row.overdue, &mut reminders.overdue),
            (row.state == TaskState::Returned, &mut reminders.returned),
        ];
        for (_, list) in lists.into_iter().filter(|(wanted, _)| *wanted) {
            list.push(row.clone());
        }
    }
    for case in cases::list(app, CaseFilter { open: true, ..CaseFilter::default() }).await? {
        if decide::is_confidential(case.kind) {
            remind_of_voice(&mut by_unit, &case, today, blank);
            continue;
        }
        if let Some(example) = &case.example {
            if example.state == decide::ExampleState::Returned {
                by_unit.entry(case.unit.clone()).or_insert_with(|| blank(&case.unit)).examples_returned.push(case);
            }
            continue;
        }
        let (unit, answered) = if case.answered_at.is_some() { (Some(case.unit.clone()), true) } else { (case.at_unit.clone(), false) };
        let Some(unit) = unit.filter(|_| answered || case.joined_into.is_none()) else { continue };
        let reminders = by_unit.entry(unit.clone()).or_insert_with(|| blank(&unit));
        let list: &mut Vec<CaseView> = if answered { &mut reminders.answered } else { &mut reminders.to_answer };
        list.push(case);
    }
    let rows = all.unit_rows();
    Ok(rows.iter().filter_map(|unit| by_unit.remove(&unit.id)).filter(|r| !r.is_empty()).collect())
}

/// What people outside said waits where it lies; what the Front recommended comes back to it, answered or late.
fn remind_of_voice(by_unit: &mut BTreeMap<UnitId, UnitReminders>, case: &CaseView, today: Date, blank: impl Fn(&UnitId) -> UnitReminders) {
    let mut of = |unit: &UnitId, list: fn(&mut UnitReminders) -> &mut Vec<CaseView>| {
        list(by_unit.entry(unit.clone()).or_insert_with(|| blank(unit))).push(case.clone());
    };
    let late = case.overdue(today);
    if case.settled_at.is_some() {
        if !case.by_public {
            of(&case.unit, |r| &mut r.voices_answered);
        }
    } else if let Some(at) = case.at_unit.as_ref().filter(|_| case.joined_into.is_none()) {
        of(at, if late { |r| &mut r.voices_late } else { |r| &mut r.voices });
        if late && !case.by_public && at != &case.unit {
            of(&case.unit, |r| &mut r.voices_unanswered);
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |span| span.get_days())
}

struct Waits {
    open: bool,
    unacknowledged: bool,
    unseen: bool,
    soon: bool,
}

impl Waits {
    fn of(row: &TaskRow, today: Date, days_old: i32) -> Waits {
        let open = row.declared_at.is_none() && row.state != TaskState::Held;
        let unacknowledged = row.state == TaskState::Assigned;
        Waits {
            open,
            unacknowledged,
            unseen: unacknowledged && days_old >= UNSEEN_DAYS,
            soon: open && row.due.is_some_and(|due| (0..=SOON_DAYS).contains(&days(today, due))),
        }
    }
}

impl UnitReminders {
    fn of(unit: UnitName) -> UnitReminders {
        UnitReminders {
            unit,
            unacknowledged: Vec::new(),
            unseen: Vec::new(),
            due_soon: Vec::new(),
            overdue: Vec::new(),
            returned: Vec::new(),
            answered: Vec::new(),
            to_answer: Vec::new(),
            voices: Vec::new(),
            voices_late: Vec::new(),
            voices_unanswered: Vec::new(),
            voices_answered: Vec::new(),
            examples_returned: Vec::new(),
            extensions: Vec::new(),
            n_open: 0,
            n_under_way: 0,
            next_due: None,
        }
    }

    /// True when there is nothing to say: no work is open, and nobody waits for an answer.
    pub fn is_empty(&self) -> bool {
        let tasks = [&self.unacknowledged, &self.due_soon, &self.overdue, &self.returned, &self.extensions];
        let voices = [&self.voices, &self.voices_late, &self.voices_unanswered, &self.voices_answered, &self.answered, &self.to_answer];
        let cases = voices.into_iter().chain([&self.examples_returned]);
        self.n_open == 0 && tasks.iter().all(|list| list.is_empty()) && cases.into_iter().all(|list| list.is_empty())
    }
}
