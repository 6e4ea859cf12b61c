//! What became of a task at a date: a fold over its marks, never a stored flag.
//!
//! Marks may arrive in any order from several ledgers; the state follows from (time, office, seq) alone.
//!
//! ```text
//! assigned → acknowledged → in_progress → declared → accepted
//!                                    ↖ returned ↙
//! held: any of those before `declared`, until it is resumed
//! ```

use crate::model::{Entry, Mark, MarkKind, Task};
use crate::moment::Moment;
use jiff::civil::Date;

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskState {
    Assigned,
    Acknowledged,
    InProgress,
    /// Sent back for more.
    Returned,
    /// Paused by the side that assigned it.
    Held,
    Declared,
    Accepted,
    Withdrawn,
}

impl TaskState {
    pub fn as_str(self) -> &'static str {
        match self {
            TaskState::Assigned => "assigned",
            TaskState::Acknowledged => "acknowledged",
            TaskState::InProgress => "in_progress",
            TaskState::Returned => "returned",
            TaskState::Held => "held",
            TaskState::Declared => "declared",
            TaskState::Accepted => "accepted",
            TaskState::Withdrawn => "withdrawn",
        }
    }
}

impl Entry<Task> {
    /// True when the task had been assigned by then and was not withdrawn.
    pub fn stands(&self, as_of: Moment) -> bool {
        self.stamp.at <= as_of && !self.withdrawn(as_of)
    }

    /// A later assignment of the same key makes a withdrawn task stand again.
    fn withdrawn(&self, as_of: Moment) -> bool {
        self.last(&[MarkKind::Withdrawn], as_of).is_some_and(|m| m.stamp > self.stamp)
    }

    pub fn state(&self, as_of: Moment) -> TaskState {
        use MarkKind as M;
        if self.withdrawn(as_of) {
            return TaskState::Withdrawn;
        }
        let decisive = [M::Acknowledged, M::Progressed, M::Declared, M::Returned, M::Accepted];
        let verdict = self.last(&[M::Declared, M::Returned, M::Accepted], as_of).map(|m| m.kind);
        match verdict {
            Some(M::Accepted) => TaskState::Accepted,
            Some(M::Declared) => TaskState::Declared,
            _ if self.held(as_of) => TaskState::Held,
            Some(_) => TaskState::Returned,
            None => match self.last(&decisive, as_of).map(|m| m.kind) {
                Some(M::Progressed) => TaskState::InProgress,
                Some(_) if self.last(&[M::Progressed], as_of).is_some() => TaskState::InProgress,
                Some(_) => TaskState::Acknowledged,
                None => TaskState::Assigned,
            },
        }
    }

    /// The first acknowledgement; whoever progressed or declared has seen the task too.
    pub fn acknowledged(&self, as_of: Moment) -> Option<&Mark> {
        let seen = [MarkKind::Acknowledged, MarkKind::Progressed, MarkKind::Declared];
        self.marks.iter().find(|m| m.stamp.at <= as_of && seen.contains(&m.kind))
    }

    /// The declaration that stands: the last one, unless it was sent back.
    pub fn declared(&self, as_of: Moment) -> Option<&Mark> {
        self.last(&[MarkKind::Declared, MarkKind::Returned], as_of).filter(|m| m.kind == MarkKind::Declared)
    }

    /// The acceptance that stands.
    pub fn accepted(&self, as_of: Moment) -> Option<&Mark> {
        self.last(&[MarkKind::Accepted, MarkKind::Returned], as_of).filter(|m| m.kind == MarkKind::Accepted)
    }

    /// The last of these marks since the task was assigned: a new assignment of the same key begins anew.
    fn since_assigned(&self, kinds: &[MarkKind], as_of: Moment) -> Option<&Mark> {
        self.last(kinds, as_of).filter(|m| m.stamp > self.stamp)
    }

    /// True while the assigning side keeps the task paused.
    pub fn held(&self, as_of: Moment) -> bool {
        self.since_assigned(&[MarkKind::Held, MarkKind::Resumed], as_of).is_some_and(|m| m.kind == MarkKind::Held)
    }

    /// The day until which it is on time: the last extension granted by then, else the day of the assignment.
    pub fn due(&self, as_of: Moment) -> Option<Date> {
        let granted = self.since_assigned(&[MarkKind::ExtensionGranted], as_of);
        granted.and_then(Mark::day).or(self.facts.due)
    }

    /// The request for more time that waits for an answer; accepted work needs no more time.
    pub fn extension(&self, as_of: Moment) -> Option<&Mark> {
        let kinds = [MarkKind::ExtensionAsked, MarkKind::ExtensionGranted, MarkKind::ExtensionRefused];
        let open = self.since_assigned(&kinds, as_of).filter(|m| m.kind == MarkKind::ExtensionAsked);
        open.filter(|_| self.accepted(as_of).is_none() && self.stands(as_of))
    }

    /// Declared on or before the due day; `None` when no due date was set, or nothing can be said before it has passed.
    pub fn on_time(&self, as_of: Moment) -> Option<bool> {
        let due = self.due(as_of)?;
        match self.declared(as_of) {
            Some(declared) => Some(declared.stamp.at.day() <= due),
            None if self.held(as_of) => None,
            None => (as_of.day() > due).then_some(false),
        }
    }

    /// Past its due day without a standing declaration; never while it is paused.
    pub fn overdue(&self, as_of: Moment) -> bool {
        let past = self.due(as_of).is_some_and(|due| as_of.day() > due);
        past && self.declared(as_of).is_none() && self.stands(as_of) && !self.held(as_of)
    }
}

impl Mark {
    /// The day that stands at the other end.
    pub fn day(&self) -> Option<Date> {
        self.other.as_deref()?.parse().ok()
    }
}
