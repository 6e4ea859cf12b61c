//! Drills as pages show them. While a drill is open only how far it has got and how many reported is shown, and nothing by unit: a
//! counter of opened links that moves as somebody is seen at their desk would name them.

use super::{Plan, Results, plan_of};
use crate::evidence::download;
use crate::snapshot::Snapshot;
use crate::views::HistoryRow;
use crate::{App, Result, texts};
use programme::decide;
use programme::drill::{self, DrillState, LEAST_GROUP, Lure, Told, Window};
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use std::collections::BTreeMap;
use store::Tx;
use store::drill::Recipient;

/// A drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillView {
    pub id: ActivityId,
    /// `None` after erasure.
    pub title: Option<String>,
    pub lure: Option<&'static Lure>,
    pub window: Option<Window>,
    pub per_s: u32,
    pub state: DrillState,
    /// Who planned it, and who approved it when.
    pub planned_by: Option<String>,
    pub planner: PersonId,
    pub approved: Option<(Option<String>, Moment)>,
    /// The signed paper.
    pub paper: Option<ContentId>,
    pub told: Option<Told>,
    /// Why it was stopped or called off.
    pub stopped: Option<String>,
    /// Addresses by unit, while there are any.
    pub units: Vec<(String, u64)>,
    /// The same by domain before it is approved: whoever approves sees where the letters go.
    pub domains: Vec<(String, u64)>,
    /// Stands for letter, days and list as they are now, for whoever approves what they have read.
    pub read: String,
    pub progress: Progress,
    pub results: Option<Results>,
    /// The file that holds them.
    pub evidence: Option<ContentId>,
    pub tasks: Vec<TaskKey>,
}

/// How far the letters have got. Whoever takes no part counts as done, so that nobody sees who that is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub all: u64,
    pub done: u64,
    pub refused: u64,
    pub unknown: u64,
    /// Letters that were reported; `None` while they are too few to be shown.
    pub reported: Option<u64>,
}

/// A letter that a person has to look after; nothing that its reader did stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub number: i64,
    pub address: String,
    /// By which the mail server's log knows it.
    pub message_id: String,
    /// It is unknown whether it went; else the server refused it.
    pub unknown: bool,
}

/// Every drill, the latest first.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`] for everybody but who runs drills and the office's head.
pub async fn list(app: &App, by: &Actor) -> Result<Vec<DrillView>> {
    let all = app.snapshot().await?;
    decide::may_see_drills(by, &all.office)?;
    let mut views = Vec::new();
    for entry in all.drills.iter() {
        views.push(view(app, &all, entry).await?);
    }
    views.sort_by(|a, b| (b.window.map(|w| w.from), &b.id).cmp(&(a.window.map(|w| w.from), &a.id)));
    Ok(views)
}

pub async fn show(app: &App, by: &Actor, id: &ActivityId) -> Result<Option<DrillView>> {
    let all = app.snapshot().await?;
    decide::may_see_drills(by, &all.office)?;
    match all.drills.iter().find(|entry| &entry.facts.id == id) {
        Some(entry) => {
            // A damaged plan is told on its own page; the list goes on without its words.
            plan_of(&mut app.inner.db.read().await?, entry).await?;
            Ok(Some(view(app, &all, entry).await?))
        }
        None => Ok(None),
    }
}

/// Every event of a drill, in order.
pub async fn history(app: &App, id: &ActivityId) -> Result<Vec<HistoryRow>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    crate::history::of(&mut tx, &all, SubjectKind::Activity, id.as_str()).await
}

/// The letters that somebody has to look after: of which nobody knows whether they went, and those that were refused.
pub async fn letters(app: &App, by: &Actor, id: &ActivityId) -> Result<Vec<Letter>> {
    let all = app.snapshot().await?;
    decide::may_drill(by, &all.office)?;
    let mut tx = app.inner.db.read().await?;
    let mut letters = Vec::new();
    for state in ["unknown", "refused"] {
        let of_state = store::drill::in_state(&mut tx, id, state).await?;
        letters.extend(of_state.into_iter().map(|letter| Letter {
            message_id: super::send::message_id("letter", id, letter.number),
            number: letter.number,
            address: letter.address,
            unknown: state == "unknown",
        }));
    }
    Ok(letters)
}

async fn view(app: &App, all: &Snapshot, entry: &Entry<Activity>) -> Result<DrillView> {
    let (facts, now) = (&entry.facts, all.now(app));
    let mut tx = app.inner.db.read().await?;
    let plan = plan_of(&mut tx, entry).await;
    let is_damaged = texts::is_damaged(&plan);
    let plan = texts::if_whole(plan)?;
    let mark = |kind: MarkKind| entry.marks.iter().rev().find(|mark| mark.kind == kind);
    let approval = mark(MarkKind::Approved);
    let stopped = mark(MarkKind::Stopped).or_else(|| mark(MarkKind::Withdrawn)).and_then(|mark| mark.note.as_ref());
    let stopped = texts::note(&mut tx, stopped).await?;
    let units = store::drill::by_unit(&mut tx, &facts.id).await?;
    let state = drill::state(entry, now);
    // Whoever approves looks at the list itself; afterwards it is thousands of letters on their way.
    let list = match state {
        DrillState::Planned => store::drill::all(&mut tx, &facts.id).await?,
        _ => Vec::new(),
    };
    let progress = progress(&mut tx, &facts.id).await?;
    let file = match &facts.evidence {
        Some(id) => store::evidence::get(&mut tx, id.as_str()).await?.and_then(|evidence| evidence.facts.content),
        None => None,
    };
    drop(tx);
    let evidence = file.map(|file| file.id);
    let results = match &evidence {
        Some(id) => download(app, id).await?.map(|(_, bytes)| Results::read(&bytes)).transpose()?,
        None => None,
    };
    let history = history(app, &facts.id).await?;
    let planned = history.iter().find(|row| row.kind.starts_with("activity_planned"));
    Ok(DrillView {
        id: facts.id.clone(),
        lure: plan.as_ref().and_then(Plan::lure),
        window: plan.as_ref().map(Plan::window),
        per_s: plan.as_ref().map_or(0, |plan| plan.per_s),
        title: plan.map(|plan| plan.title).or_else(|| is_damaged.then(texts::damaged)),
        state,
        planner: entry.stamp.by.clone(),
        planned_by: planned.and_then(|row| row.by_name.clone()),
        approved: approval.map(|mark| (all.names.get(&mark.stamp.by).cloned(), mark.stamp.at)),
        paper: approval.and_then(|mark| mark.note.as_ref()).map(|paper| paper.id.clone()),
        told: drill::told(entry),
        stopped,
        units: units.into_iter().map(|(unit, n)| (all.unit_name(&unit), n)).collect(),
        domains: domains(&list),
        read: fingerprint(entry, &list),
        progress,
        results,
        evidence,
        tasks: facts.tasks.clone(),
    })
}

/// How many addresses each domain has.
fn domains(list: &[Recipient]) -> Vec<(String, u64)> {
    let mut domains: BTreeMap<&str, u64> = BTreeMap::new();
    for recipient in list {
        *domains.entry(recipient.address.rsplit('@').next().unwrap_or_default()).or_default() += 1;
    }
    domains.into_iter().map(|(domain, n)| (domain.to_owned(), n)).collect()
}

/// What changes with the plan of a drill and with each address of its list.
pub(super) fn fingerprint(drill: &Entry<Activity>, list: &[Recipient]) -> String {
    let mut lines: Vec<String> = list.iter().map(|recipient| format!("{}\t{}\n", recipient.unit, recipient.address)).collect();
    lines.sort_unstable();
    let plan = drill.facts.plan.as_ref().map(|plan| plan.id.to_string()).unwrap_or_default();
    Digest::of(format!("{plan}\n{}", lines.concat()).as_bytes()).to_string()
}

async fn progress(tx: &mut Tx, id: &ActivityId) -> Result<Progress> {
    let states = store::drill::states(tx, id).await?;
    let of = |state: &str| states.get(state).copied().unwrap_or_default();
    let sent = of("sent");
    let reported = store::drill::reported(tx, id).await?;
    Ok(Progress {
        all: states.values().sum(),
        done: sent + of("left_out"),
        refused: of("refused"),
        unknown: of("unknown"),
        reported: (sent >= LEAST_GROUP).then_some(reported),
    })
}
