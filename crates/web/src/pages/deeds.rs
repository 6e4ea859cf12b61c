//! What can be done with a task now, and doing it: one step that comes next, the rest folded away.
//!
//! The table of deeds is here; whether a deed is allowed is decided by `programme` again when it is done.

use app::programme::decide::{Reach, Refusal};
use app::programme::ids::{TaskKey, UnitId};
use app::programme::model::Actor;
use app::programme::sufficiency::Verification;
use app::programme::task::TaskState;
use app::tasks::{self, ExtensionDecision};
use app::views::{ExtensionView, TaskRow, TaskView};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
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

    /// The id of its field for words.
    pub(crate) fn note_id(&self) -> &'static str {
        note_field(self.verb)
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
    /// Evidence is what the unit brings next: key of the words on why.
    pub(crate) bring_evidence: Option<&'static str>,
    pub(crate) others: Vec<Action>,
    /// This person could accept the task if they had not done its work themselves.
    pub(crate) not_independent: bool,
}

/// What this person may do now. Nothing stands here that would be refused.
pub(crate) fn deeds(view: &TaskView, by: &Actor, reach: Reach, has_units_below: bool) -> Deeds {
    use TaskState as S;
    let row = &view.row;
    let (work, judge) = (standing::may_work(by, reach), standing::may_judge(by, reach));
    let (open, done) = (is_open(row.state), matches!(row.state, S::Declared | S::Accepted));
    let judged = Judged::of(view, by, judge);
    let bring_evidence = evidence_first(row).filter(|_| work);
    let mut list = Vec::new();
    let mut add = |holds: bool, action: Action| list.extend(holds.then_some(action));
    add(work && row.state == S::Assigned, Action::of("acknowledge", Note::No));
    add(judged.accepts && !judged.lacks, Action::of("accept", Note::May));
    // What proves nothing as it stands goes back for more.
    let back_first = judge && judged.lacks && bring_evidence.is_none();
    add(back_first, Action::of("return", Note::Must));
    // A decision on time that was asked for comes first only while the work goes on.
    let asked = row.extension.as_ref().filter(|asked| judge && asked.by != by.person);
    list.extend(asked.filter(|_| !done).into_iter().flat_map(answers));
    let mut add = |holds: bool, action: Action| list.extend(holds.then_some(action));
    add(work && open && row.state != S::Assigned, Action::of("declare", Note::May));
    let next = match list.first().map(|first| first.verb) {
        Some("declare") if bring_evidence.is_some() => None,
        Some(_) => Some(list.remove(0)),
        None => None,
    };
    let mut add = |holds: bool, action: Action| list.extend(holds.then_some(action));
    add(judged.accepts && judged.lacks, Action::of("accept", Note::May));
    add(judge && done && !back_first, Action::of("return", Note::Must));
    add(work && row.state == S::Assigned, Action::of("declare", Note::May));
    add(work && open, Action::of("progress", Note::Must));
    list.extend(asked.filter(|_| done).into_iter().flat_map(answers));
    list.extend(rest(view, work, reach == Reach::Below, has_units_below));
    Deeds { next, bring_evidence, others: list, not_independent: judged.not_independent }
}

fn is_open(state: TaskState) -> bool {
    use TaskState as S;
    matches!(state, S::Assigned | S::Acknowledged | S::InProgress | S::Returned)
}

/// How a declared task lies before who may judge it.
struct Judged {
    accepts: bool,
    /// Accepting it would prove nothing: evidence lacks, and none waits.
    lacks: bool,
    not_independent: bool,
}

impl Judged {
    fn of(view: &TaskView, by: &Actor, judge: bool) -> Judged {
        let row = &view.row;
        let waits = standing::waits_for_acceptance(&row.verification);
        // Evidence that came after an acceptance waits for one of its own.
        let acceptable = match row.state {
            TaskState::Declared => row.verification != Verification::DeclaredOnly && row.evidence > 0,
            TaskState::Accepted => waits,
            _ => false,
        };
        let done = matches!(row.state, TaskState::Declared | TaskState::Accepted);
        let is_doer = view.doers.contains(&by.person);
        Judged {
            accepts: judge && acceptable && !is_doer,
            lacks: done && !waits && standing::lacks_evidence(&row.verification),
            not_independent: judge && acceptable && is_doer,
        }
    }
}

/// Why evidence is what the unit brings next.
fn evidence_first(row: &TaskRow) -> Option<&'static str> {
    match row.state {
        TaskState::Declared | TaskState::Accepted => {
            (standing::lacks_evidence(&row.verification) || standing::is_stale(&row.verification)).then_some("task-next-evidence-more")
        }
        TaskState::Acknowledged | TaskState::InProgress | TaskState::Returned => {
            (row.evidence == 0 && row.verification != Verification::DeclaredOnly).then_some("task-next-evidence-hint")
        }
        TaskState::Assigned | TaskState::Held | TaskState::Withdrawn => None,
    }
}

/// The two answers to a request for more time.
fn answers(asked: &ExtensionView) -> [Action; 2] {
    let day = Day { id: "until-grant", value: dates::written(asked.until), required: true };
    [Action { day: Some(day), ..Action::of("grant", Note::May) }, Action::of("refuse", Note::Must)]
}

/// What can be done beside the way from assignment to acceptance.
fn rest(view: &TaskView, work: bool, is_below: bool, has_units_below: bool) -> Vec<Action> {
    let row = &view.row;
    let (open, stands) = (work && is_open(row.state), work && row.stands());
    let mut list = Vec::new();
    let mut add = |holds: bool, action: Action| list.extend(holds.then_some(action));
    let day = Day { id: "until-extension", value: String::new(), required: true };
    add(open && row.due.is_some() && row.extension.is_none(), Action { day: Some(day), ..Action::of("extension", Note::Must) });
    let day = Day { id: "until-delegate", value: row.due.map(dates::written).unwrap_or_default(), required: false };
    add(open && has_units_below, Action { day: Some(day), units: true, ..Action::of("delegate", Note::No) });
    add(stands, Action::of("difficulty", Note::Must));
    add(is_below && open, Action::of("hold", Note::Must));
    add(is_below && work && row.state == TaskState::Held, Action::of("resume", Note::May));
    add(is_below && stands, Action::of("withdraw", Note::May));
    list
}

/// Does what the last part of the address says.
pub(crate) async fn act(
    State(site): State<Site>,
    visit: Visit,
    Path((address, deed)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let key = visit.task(&site, &address).await?;
    let said = if form.some("until").is_some_and(|text| dates::read(text).is_none()) {
        Err(Refused::Field(FieldError { field: day_field(&deed), code: "bad-day" }))
    } else {
        say(&site, &visit, &key, &deed, &form).await
    };
    let (wrong, refusal) = match said {
        Ok(notice) => return Ok(done(&format!("/tasks/{key}"), notice).into_response()),
        Err(Refused::Page(error)) => return Err(error),
        Err(Refused::Field(wrong)) => (wrong, PageError::Forbidden("not_yours".to_owned())),
        Err(Refused::Ledger(refusal)) => match wrong_field(&deed, &refusal) {
            Some(wrong) => (wrong, app::Error::from(refusal).into()),
            None => return Err(app::Error::from(refusal).into()),
        },
    };
    // A deed that is not offered has no form that could come back.
    task::again(&site, visit, &key, &deed, &form, task::Wrong::Field(wrong)).await?.ok_or(refusal)
}

/// Why a deed was not done.
enum Refused {
    Field(FieldError),
    Ledger(Refusal),
    Page(PageError),
}

impl From<app::Error> for Refused {
    fn from(error: app::Error) -> Refused {
        match error {
            app::Error::Refused(refusal) => Refused::Ledger(refusal),
            other => Refused::Page(other.into()),
        }
    }
}

/// The field of a deed's form that a refusal speaks of; `None` for one that no other words in the form would change.
fn wrong_field(deed: &str, refusal: &Refusal) -> Option<FieldError> {
    let (field, code) = match refusal {
        Refusal::PastParent if deed == "delegate" => (day_field(deed), "later-than-own"),
        Refusal::NotLater | Refusal::PastParent | Refusal::EndDatePast => (day_field(deed), refusal.code()),
        Refusal::NoUnit => ("units", "choose-units"),
        Refusal::EmptyText => (note_field(deed), "no-text"),
        Refusal::TooLong => (note_field(deed), "too-long"),
        _ => return None,
    };
    Some(FieldError { field, code })
}

fn day_field(deed: &str) -> &'static str {
    match deed {
        "grant" => "until-grant",
        "delegate" => "until-delegate",
        _ => "until-extension",
    }
}

/// The id of the field for words.
fn note_field(deed: &str) -> &'static str {
    match deed {
        "progress" => "note-progress",
        "declare" => "note-declare",
        "return" => "note-return",
        "accept" => "note-accept",
        "withdraw" => "note-withdraw",
        "difficulty" => "note-difficulty",
        "extension" => "note-extension",
        "grant" => "note-grant",
        "refuse" => "note-refuse",
        "hold" => "note-hold",
        _ => "note-resume",
    }
}

/// Does one deed; the notice to come back with.
async fn say(site: &Site, visit: &Visit, key: &TaskKey, deed: &str, form: &Form) -> Result<&'static str, Refused> {
    let (app, by, note) = (&site.app, &visit.by, form.some("note"));
    let until = || dates::read(form.one("until")).ok_or(Refused::Field(FieldError { field: day_field(deed), code: "bad-day" }));
    let decision = |granted| ExtensionDecision { granted, until: None, note: note.map(str::to_owned) };
    let notice = match deed {
        "acknowledge" => tasks::acknowledge(app, by, key).await.map(|()| "acknowledge"),
        "progress" => tasks::progress(app, by, key, form.one("note")).await.map(|()| "progress"),
        "declare" => tasks::declare(app, by, key, note).await.map(|()| "declare"),
        "return" => tasks::return_for_more(app, by, key, form.one("note")).await.map(|()| "return"),
        "accept" => tasks::accept(app, by, key, note).await.map(|()| "accept"),
        "withdraw" => tasks::withdraw(app, by, key, note).await.map(|()| "taken-back"),
        "difficulty" => difficulties::raise(app, by, key, form.one("note")).await.map(|_| "difficulty"),
        "extension" => tasks::ask_extension(app, by, key, until()?, form.one("note")).await.map(|()| "extension"),
        "grant" => {
            let decision = ExtensionDecision { until: Some(until()?), ..decision(true) };
            tasks::decide_extension(app, by, key, decision).await.map(|()| "extended")
        }
        "refuse" => tasks::decide_extension(app, by, key, decision(false)).await.map(|()| "not-extended"),
        "hold" => tasks::hold(app, by, key, form.one("note")).await.map(|()| "held"),
        "resume" => tasks::resume(app, by, key, note).await.map(|()| "resumed"),
        "delegate" => {
            let to: Vec<UnitId> = form.all("units").into_iter().filter_map(|id| id.parse().ok()).collect();
            if to.is_empty() {
                return Err(Refused::Field(FieldError { field: "units", code: "choose-units" }));
            }
            let due = form.some("until").map(|_| until()).transpose()?;
            tasks::delegate(app, by, key, &to, due).await.map(|_| "passed-on")
        }
        _ => return Err(Refused::Page(PageError::NotFound)),
    };
    Ok(notice?)
}
