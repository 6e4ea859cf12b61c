//! Whose turn it is: what waits for one person beside their unit's own work, and how the units below them stand.
//!
//! The home page and the morning's letter say the same, because both ask here. What somebody may judge or approve is decided
//! by the same rules as the deed itself. Not here: one unit's own work ([`crate::reminders`]).

use crate::outreach::is_late;
use crate::snapshot::Snapshot;
use crate::views::UnitReminders;
use crate::{App, Result};
use programme::decide::{self, Reach};
use programme::model::*;
use programme::moment::Moment;

/// What waits for one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turn {
    /// Results that were declared and that this person may accept or send back.
    pub to_judge: usize,
    /// Good examples that were nominated and that this person may accept or give back.
    pub examples: usize,
    /// Reports of their unit that they, as its head, have not approved.
    pub to_approve: usize,
    /// Letters that came in and that this person, who keeps the register, has not confirmed.
    pub to_confirm: usize,
    /// Letters with confirmed obligations that no unit was given; for the same person.
    pub to_assign: usize,
    /// What their unit planned to tell the public, whose day has passed and of which nobody said how it went.
    pub to_record: usize,
    pub below: Below,
}

/// The sums of the units below, for whoever leads them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Below {
    pub overdue: usize,
    pub returned: usize,
    pub due_soon: usize,
    pub unacknowledged: usize,
    /// Those among them that nobody acknowledged for three days.
    pub unseen: usize,
    pub to_answer: usize,
}

impl Below {
    /// True when there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Below::default()
    }
}

/// What waits for this person, acting for the unit that they act for; `due`: [`crate::reminders::due`] of today.
pub async fn show(app: &App, by: &Actor, due: &[UnitReminders]) -> Result<Turn> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    Ok(of(&all, by, due, now))
}

pub(crate) fn of(all: &Snapshot, by: &Actor, due: &[UnitReminders], now: Moment) -> Turn {
    let parents = all.parents();
    let leads = by.below.iter().any(|role| role.works());
    let mut below = Below::default();
    for unit in due.iter().filter(|r| leads && decide::reach(by, &r.unit.id, &parents) == Reach::Below) {
        below.overdue += unit.overdue.len();
        below.returned += unit.returned.len();
        below.due_soon += unit.due_soon.len();
        below.unacknowledged += unit.unacknowledged.len();
        below.unseen += unit.unseen.len();
        below.to_answer += unit.to_answer.len();
    }
    let may_judge = |task: &&Entry<Task>| {
        let key = &task.facts.key;
        let reach = decide::reach(by, &key.unit, &parents);
        let Some(obligation) = all.obligations.get(&key.obligation) else { return false };
        all.rates(task, now).gap > 0
            && decide::may_judge(by, reach).is_ok()
            && decide::accept(task, &obligation.facts.needs, all.attached(key), by, reach, now, None).is_ok()
    };
    let may_accept = |case: &&Entry<Case>| {
        let reach = decide::reach(by, &case.facts.unit, &parents);
        decide::accept_example(case, by, reach, &case.facts.text.id, None).is_ok()
    };
    let drafted =
        |r: &&Entry<Return>| r.facts.unit == by.unit && !r.has(MarkKind::Sealed) && !r.has(MarkKind::Withdrawn) && !decide::is_approved(r);
    let acts = by.roles.iter().any(|role| role.acts());
    let letters = if decide::may_register(by, &all.office).is_ok() { crate::letters::rows(all, now) } else { Vec::new() };
    Turn {
        to_confirm: letters.iter().filter(|l| l.waits()).count(),
        to_assign: letters.iter().filter(|l| l.unassigned).count(),
        examples: all.cases.iter().filter(may_accept).count(),
        to_judge: all.tasks.values().filter(may_judge).count(),
        to_record: all.meetings.iter().filter(|a| acts && a.facts.unit == by.unit && is_late(a, now.day())).count(),
        to_approve: if by.is(Role::Head) { all.returns.values().filter(drafted).count() } else { 0 },
        below,
    }
}
