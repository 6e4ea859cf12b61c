//! What waits, and for whom: the work of one's own unit first, then who holds up whom in the office.

use std::sync::Arc;

use app::lang::date;
use app::programme::ids::UnitId;
use app::turn::{Below, Turn};
use app::views::{DashboardView, TaskRow, UnitReminders};

use crate::visit::Frame;

/// Something that waits for somebody.
pub(crate) struct Wait {
    /// Whose turn it is.
    pub(crate) who: String,
    /// What it is, with how many there are.
    pub(crate) what: String,
    pub(crate) href: String,
    pub(crate) class: &'static str,
}

/// Units named for one reason; the others are counted.
const MAX_NAMED: usize = 20;

/// What one unit has to do, the most urgent first; then how much work it has open at all. Empty only where there is none.
/// `hears`: for somebody who may read what people say to the office.
pub(crate) fn of_unit(frame: &Frame, unit: &UnitId, reminders: &[UnitReminders], hears: bool) -> Vec<Wait> {
    let Some(own) = reminders.iter().find(|r| &r.unit.id == unit) else { return Vec::new() };
    let tasks = |show: &str| format!("/tasks?show={show}&unit={unit}");
    let lists = [
        ("overdue", own.overdue.len(), one_or(&own.overdue, tasks("overdue")), "bad"),
        ("returned", own.returned.len(), one_or(&own.returned, tasks("open")), "soon"),
        ("due-soon", own.due_soon.len(), one_or(&own.due_soon, tasks("soon")), "soon"),
        ("unacknowledged", own.unacknowledged.len(), one_or(&own.unacknowledged, tasks("not-begun")), seen_class(own)),
        ("extensions", own.extensions.len(), one_or(&own.extensions, "/tasks?show=open".to_owned()), "calm"),
        ("to-answer", own.to_answer.len(), "/difficulties".to_owned(), "calm"),
        ("answered", own.answered.len(), "/difficulties".to_owned(), "good"),
        ("voices-late", own.voices_late.len(), "/cases?show=overdue".to_owned(), "bad"),
        ("voices", own.voices.len(), "/cases?show=open".to_owned(), "calm"),
        ("voices-unanswered", own.voices_unanswered.len(), "/cases?show=overdue".to_owned(), "bad"),
        ("voices-answered", own.voices_answered.len(), "/cases?show=answered".to_owned(), "good"),
        ("examples-returned", own.examples_returned.len(), "/examples?show=returned".to_owned(), "soon"),
    ];
    let wait = |(code, n, href, class): (&str, usize, String, &'static str)| Wait {
        who: own.unit.name.clone(),
        what: frame.code_with("waits", code, &[("n", n.into())]),
        href,
        class,
    };
    let shown = |(code, n, _, _): &(&str, usize, String, &str)| *n > 0 && (hears || !code.starts_with("voices"));
    let waits = lists.into_iter().filter(shown).map(wait);
    waits.chain(open_work(frame, own, tasks("open"))).collect()
}

/// How many tasks are open and under way, and when the next is due.
fn open_work(frame: &Frame, own: &UnitReminders, href: String) -> Option<Wait> {
    let code = match own.next_due {
        Some(_) => "open-until",
        None => "open",
    };
    let day = own.next_due.map(date).unwrap_or_default();
    let args = [("n", own.n_open.into()), ("begun", own.n_under_way.into()), ("date", day.into())];
    let what = frame.code_with("waits", code, &args);
    (own.n_open > 0).then(|| Wait { who: own.unit.name.clone(), what, href, class: "calm" })
}

fn seen_class(unit: &UnitReminders) -> &'static str {
    if unit.unseen.is_empty() { "calm" } else { "soon" }
}

/// What waits for the person who looks, beside their unit's own work; `below`: with the sums of the units below.
pub(crate) fn of_person(frame: &Frame, turn: &Turn, below: bool) -> Vec<Wait> {
    let sums = if below { turn.below } else { Below::default() };
    let lists = [
        ("to-confirm", turn.to_confirm, "/letters?kind=waiting", "soon"),
        ("to-assign", turn.to_assign, "/letters?kind=unassigned", "soon"),
        ("to-judge", turn.to_judge, "/tasks?show=gap", "soon"),
        ("to-approve", turn.to_approve, "/returns", "soon"),
        ("to-record", turn.to_record, "/outreach#late", "soon"),
        ("examples", turn.examples, "/examples?show=nominated", "calm"),
        ("below-overdue", sums.overdue, "/tasks?show=overdue", "bad"),
        ("below-due-soon", sums.due_soon, "/tasks?show=soon", "soon"),
        ("below-unacknowledged", sums.unacknowledged, "/tasks?show=not-begun", "calm"),
    ];
    let wait = |(code, n, href, class): (&str, usize, &str, &'static str)| Wait {
        who: String::new(),
        what: frame.code_with("waits", code, &[("n", n.into())]),
        href: href.to_owned(),
        class,
    };
    lists.into_iter().filter(|(_, n, _, _)| *n > 0).map(wait).collect()
}

/// The task itself where there is only one.
fn one_or(rows: &[Arc<TaskRow>], list: String) -> String {
    match rows {
        [one] => format!("/tasks/{}", one.key),
        _ => list,
    }
}

/// Who waits for whom in the whole office: units that are late, results that nobody judged, questions without an answer.
pub(crate) fn for_whom(frame: &Frame, view: &DashboardView, reminders: &[UnitReminders]) -> Vec<Wait> {
    let mut waits = Vec::new();
    if !view.gap.is_empty() {
        let what = frame.code_with("waits", "judge", &[("n", view.gap.len().into())]);
        waits.push(Wait { who: frame.t("waits-judge-who").into_owned(), what, href: "/tasks?show=gap".to_owned(), class: "soon" });
    }
    for r in reminders {
        let lists = [
            ("to-answer", r.to_answer.len(), "/difficulties", "calm"),
            ("voices-late", r.voices_late.len(), "/cases?show=overdue", "bad"),
            ("extensions", r.extensions.len(), "/tasks?show=open", "calm"),
        ];
        for (code, n, href, class) in lists.into_iter().filter(|(_, n, _, _)| *n > 0) {
            let what = frame.code_with("waits", code, &[("n", n.into())]);
            waits.push(Wait { who: r.unit.name.clone(), what, href: href.to_owned(), class });
        }
    }
    let (mut late, in_time): (Vec<&UnitReminders>, Vec<&UnitReminders>) = reminders.iter().partition(|r| !r.overdue.is_empty());
    late.sort_by_key(|r| std::cmp::Reverse(r.overdue.len()));
    for r in late {
        let parts = [("overdue", r.overdue.len()), ("unacknowledged", r.unacknowledged.len())];
        let parts = parts.into_iter().filter(|(_, n)| *n > 0).map(|(code, n)| frame.code_with("waits", code, &[("n", n.into())]));
        let href = format!("/tasks?show=overdue&unit={}", r.unit.id);
        waits.push(Wait { who: r.unit.name.clone(), what: parts.collect::<Vec<_>>().join("; "), href, class: "bad" });
    }
    waits.extend(unacknowledged(frame, in_time));
    waits
}

/// Units that have not acknowledged what they were given, those that were given it days ago first.
fn unacknowledged(frame: &Frame, mut units: Vec<&UnitReminders>) -> Vec<Wait> {
    units.retain(|r| !r.unacknowledged.is_empty());
    units.sort_by_key(|r| std::cmp::Reverse((r.unseen.len(), r.unacknowledged.len())));
    let others = units.split_off(units.len().min(MAX_NAMED));
    let wait = |r: &&UnitReminders| {
        let code = if r.unseen.is_empty() { "unacknowledged" } else { "unacknowledged-long" };
        let what = frame.code_with("waits", code, &[("n", r.unacknowledged.len().into()), ("long", r.unseen.len().into())]);
        Wait { who: r.unit.name.clone(), what, href: format!("/tasks?show=not-begun&unit={}", r.unit.id), class: seen_class(r) }
    };
    let mut waits: Vec<Wait> = units.iter().map(wait).collect();
    if !others.is_empty() {
        let n: usize = others.iter().map(|r| r.unacknowledged.len()).sum();
        waits.push(Wait {
            who: frame.with("waits-other-units", &[("n", others.len().into())]),
            what: frame.code_with("waits", "unacknowledged", &[("n", n.into())]),
            href: "/tasks?show=not-begun".to_owned(),
            class: "calm",
        });
    }
    waits
}
