//! Where a task stands, in the words that offices use: not begun; under way, in time, soon due, overdue; done, in time or late.
//!
//! ```text
//! acknowledged, due in three days → "Đang thực hiện: sắp đến hạn"
//! ```

use app::lang::{Lang, code};
use app::programme::decide::{self, Reach};
use app::programme::model::Actor;
use app::programme::sufficiency::{Lack, Verification};
use app::programme::task::TaskState;
use app::views::TaskRow;
use jiff::civil::Date;

/// Days before the due day from which a task is "soon due".
const SOON_DAYS: i32 = 5;

/// A word in a coloured frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) class: &'static str,
    pub(crate) words: String,
}

/// Codes of the family `standing`, as every office groups its tasks.
pub(crate) fn standing(task: &TaskRow, today: Date) -> &'static str {
    match task.state {
        TaskState::Withdrawn => "withdrawn",
        TaskState::Held => "held",
        TaskState::Declared | TaskState::Accepted => match task.on_time {
            Some(true) => "done-in-time",
            Some(false) => "done-late",
            None => "done",
        },
        TaskState::Returned if !task.overdue => "returned",
        TaskState::Assigned if task.overdue => "not-begun-overdue",
        TaskState::Assigned => "not-begun",
        TaskState::Acknowledged | TaskState::InProgress | TaskState::Returned => match task.due {
            _ if task.overdue => "overdue",
            Some(due) if is_soon(due, today) => "soon-due",
            Some(_) => "in-time",
            None => "under-way",
        },
    }
}

/// A due day that is near; one that has passed is.
fn is_soon(due: Date, today: Date) -> bool {
    due.since(today).is_ok_and(|span| span.get_days() <= SOON_DAYS)
}

/// Open work whose day is near, begun or not.
pub(crate) fn due_soon(task: &TaskRow, today: Date) -> bool {
    let open = task.declared_at.is_none() && !matches!(task.state, TaskState::Held | TaskState::Withdrawn);
    open && !task.overdue && task.due.is_some_and(|due| is_soon(due, today))
}

pub(crate) fn tag(lang: Lang, task: &TaskRow, today: Date) -> Tag {
    let standing = standing(task, today);
    let class = match standing {
        "not-begun-overdue" | "overdue" => "bad",
        "soon-due" | "done-late" | "returned" => "soon",
        "in-time" | "under-way" => "calm",
        "done-in-time" | "done" => "good",
        _ => "",
    };
    Tag { class, words: code(lang, "standing", standing).into_owned() }
}

/// Whether what was done is also proven; nothing before it was declared, unless it is verified already.
pub(crate) fn proof(lang: Lang, task: &TaskRow) -> Option<Tag> {
    let done = matches!(task.state, TaskState::Declared | TaskState::Accepted);
    let (class, word) = match &task.verification {
        Verification::Verified => ("good", "verified"),
        Verification::DeclaredOnly => ("", "declared-only"),
        // Nothing is accepted without evidence, so what there was is gone.
        Verification::Lacking(_) if task.state == TaskState::Accepted && task.evidence == 0 => ("soon", "evidence-gone"),
        Verification::Lacking(lacks) if done => match lacks.first() {
            Some(Lack::NotAccepted { .. }) => ("soon", "waits-for-acceptance"),
            _ => ("soon", "not-verified"),
        },
        Verification::Lacking(_) => return None,
    };
    Some(Tag { class, words: code(lang, "proof", word).into_owned() })
}

/// Whether evidence of a kind that suffices lacks.
pub(crate) fn lacks_evidence(verification: &Verification) -> bool {
    lacks(verification, |lack| matches!(lack, Lack::NoEvidence { .. }))
}

/// Whether evidence is there and too old.
pub(crate) fn is_stale(verification: &Verification) -> bool {
    lacks(verification, |lack| matches!(lack, Lack::Stale { .. }))
}

/// Whether evidence is there and waits for somebody independent.
pub(crate) fn waits_for_acceptance(verification: &Verification) -> bool {
    lacks(verification, |lack| matches!(lack, Lack::NotAccepted { .. }))
}

fn lacks(verification: &Verification, of: impl Fn(&Lack) -> bool) -> bool {
    matches!(verification, Verification::Lacking(lacks) if lacks.iter().any(of))
}

/// Whether somebody may do the work of a unit; asked here only so that nobody is shown a button that would be refused.
pub(crate) fn may_work(by: &Actor, reach: Reach) -> bool {
    decide::may_do(by, reach).is_ok()
}

/// Whether somebody may judge the work of a unit, as above.
pub(crate) fn may_judge(by: &Actor, reach: Reach) -> bool {
    decide::may_judge(by, reach).is_ok()
}
