//! What can be done with a task now, and doing it: one step that comes next, the rest folded away.
//!
//! The table of deeds is here; whether a deed is allowed is decided by `programme` again when it is done.

use app::programme::decide::Reach;
use app::programme::ids::UnitId;
use app::programme::model::Actor;
use app::programme::sufficiency::{Lack, Verification};
use app::programme::task::TaskState;
use app::tasks::{self, ExtensionDecision};
use app::views::TaskView;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::dates;
use crate::error::PageError;
use crate::form::Form;
use crate::pages::{difficulties, done, task};
use crate::site::Site;
use crate::standing;
use crate::visit::Visit;

/// Something that the acting person may do now.
pub(crate) struct Action {
    /// Code of the families `task-do…`, and last part of the address.
    pub(crate) verb: &'static str,
    pub(crate) note: Note,
    /// Asks for a day: the earliest that fits, and the one that stands in the field.
    pub(crate) day: Option<Day>,
    /// Asks for units below.
    pub(crate) units: bool,
    /// What was written already, when the form comes back; then it stands open.
    pub(crate) typed: Option<String>,
}

pub(crate) struct Day {
    /// Id of the field.
    pub(crate) id: &'static str,
    pub(crate) value: String,
    pub(crate) required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Note {
    No,
    May,
    Must,
}

impl Action {
    fn of(verb: &'static str, note: Note) -> Action {
        Action { verb, note, day: None, units: false, typed: None }
    }

    pub(crate) fn asks_note(&self) -> bool {
        self.note != Note::No
    }

    pub(crate) fn note_required(&self) -> bool {
        self.note == Note::Must
    }
}

/// The deeds of one person on one task: the one that comes next first, if there is one, then the rest.
pub(crate) struct Deeds {
    pub(crate) next: Option<Action>,
    /// Evidence comes before the word that it is done.
    pub(crate) bring_evidence: bool,
    pub(crate) others: Vec<Action>,
}

/// What this person may do now.
pub(crate) fn deeds(view: &TaskView, by: &Actor, reach: Reach, has_units_below: bool) -> Deeds {
    use TaskState as S;
    let row = &view.row;
    let (work, judge) = (standing::may_work(by, reach), standing::may_judge(by, reach));
    let open = matches!(row.state, S::Assigned | S::Acknowledged | S::InProgress | S::Returned);
    let declared_only = row.verification == Verification::DeclaredOnly;
    // Evidence that came after an acceptance waits for one of its own.
    let waits = matches!(&row.verification, Verification::Lacking(lacks) if lacks.iter().any(|l| matches!(l, Lack::NotAccepted { .. })));
    let acceptable = row.state == S::Declared && !declared_only || row.state == S::Accepted && waits;
    let bring_evidence = work && open && row.state != S::Assigned && row.evidence == 0 && !declared_only;
    let mut list = Vec::new();
    let mut add = |holds: bool, action: Action| list.extend(holds.then_some(action));
    add(work && row.state == S::Assigned, Action::of("acknowledge", Note::No));
    if let Some(asked) = row.extension.as_ref().filter(|_| judge) {
        let day = Day { id: "until-grant", value: dates::written(asked.until), required: true };
        add(true, Action { day: Some(day), ..Action::of("grant", Note::May) });
        add(true, Action::of("refuse", Note::Must));
    }
    add(judge && acceptable, Action::of("accept", Note::May));
    add(work && open && row.state != S::Assigned, Action::of("declare", Note::May));
    let next = match list.first().map(|first| first.verb) {
        Some("declare") if bring_evidence => None,
        Some(_) => Some(list.remove(0)),
        None => None,
    };
    let mut add = |holds: bool, action: Action| list.extend(holds.then_some(action));
    add(work && row.state == S::Assigned, Action::of("declare", Note::May));
    add(work && open, Action::of("progress", Note::Must));
    add(judge && matches!(row.state, S::Declared | S::Accepted), Action::of("return", Note::Must));
    let later = row.due.filter(|_| work && open && row.extension.is_none());
    if later.is_some() {
        let day = Day { id: "until-extension", value: String::new(), required: true };
        add(true, Action { day: Some(day), ..Action::of("extension", Note::Must) });
    }
    if work && open && has_units_below {
        let value = row.due.map(dates::written).unwrap_or_default();
        let day = Day { id: "until-delegate", value, required: false };
        add(true, Action { day: Some(day), units: true, ..Action::of("delegate", Note::No) });
    }
    add(work && row.state != S::Withdrawn, Action::of("difficulty", Note::Must));
    add(reach == Reach::Below && work && open, Action::of("hold", Note::Must));
    add(reach == Reach::Below && work && row.state == S::Held, Action::of("resume", Note::May));
    add(reach == Reach::Below && work && row.state != S::Withdrawn, Action::of("withdraw", Note::May));
    Deeds { next, bring_evidence, others: list }
}

/// Does what the last part of the address says.
pub(crate) async fn act(
    State(site): State<Site>,
    visit: Visit,
    Path((address, deed)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let key = visit.task(&site, &address).await?;
    if form.some("until").is_some_and(|text| dates::read(text).is_none()) {
        return Ok(task::again(&site, visit, &key, &deed, &form).await?.into_response());
    }
    let (app, by, note) = (&site.app, &visit.by, form.some("note"));
    let until = || dates::read(form.one("until")).ok_or_else(|| PageError::field("until", "bad-day"));
    let decision = |granted| ExtensionDecision { granted, until: None, note: note.map(str::to_owned) };
    let notice = match deed.as_str() {
        "acknowledge" => tasks::acknowledge(app, by, &key).await.map(|()| "acknowledge"),
        "progress" => tasks::progress(app, by, &key, form.one("note")).await.map(|()| "progress"),
        "declare" => tasks::declare(app, by, &key, note).await.map(|()| "declare"),
        "return" => tasks::return_for_more(app, by, &key, form.one("note")).await.map(|()| "return"),
        "accept" => tasks::accept(app, by, &key, note).await.map(|()| "accept"),
        "withdraw" => tasks::withdraw(app, by, &key, note).await.map(|()| "taken-back"),
        "difficulty" => difficulties::raise(app, by, &key, form.one("note")).await.map(|_| "difficulty"),
        "extension" => tasks::ask_extension(app, by, &key, until()?, form.one("note")).await.map(|()| "extension"),
        "grant" => {
            let decision = ExtensionDecision { until: Some(until()?), ..decision(true) };
            tasks::decide_extension(app, by, &key, decision).await.map(|()| "extended")
        }
        "refuse" => tasks::decide_extension(app, by, &key, decision(false)).await.map(|()| "not-extended"),
        "hold" => tasks::hold(app, by, &key, form.one("note")).await.map(|()| "held"),
        "resume" => tasks::resume(app, by, &key, note).await.map(|()| "resumed"),
        "delegate" => {
            let to: Vec<UnitId> = form.all("units").into_iter().filter_map(|id| id.parse().ok()).collect();
            let due = form.some("until").map(|_| until()).transpose()?;
            tasks::delegate(app, by, &key, &to, due).await.map(|_| "passed-on")
        }
        _ => return Err(PageError::NotFound),
    };
    Ok(done(&format!("/tasks/{key}"), notice?).into_response())
}
