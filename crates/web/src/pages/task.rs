//! One task: the sentence that asks for it, its evidence, what is lacking, its history, and what can be done with it.

use std::collections::BTreeMap;

use app::evidence::{Look, Unfit};
use app::lang::{Lang, code, code_key, date, moment, t, t_with};
use app::programme::decide::{Reach, reach};
use app::programme::digital::is_digital;
use app::programme::ids::{ContentId, TaskKey, UnitId};
use app::programme::model::{ActivityKind, Actor, EvidenceKind, Need, Verdict};
use app::programme::moment::Moment;
use app::programme::period::Period;
use app::programme::sufficiency::{Lack, Verification, takes_files};
use app::programme::task::TaskState;
use app::tasks;
use app::views::{ActivityView, EvidenceView, ExtensionView, FileView, TaskView, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::deeds::{Action, deeds};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, sent_back};
use crate::shown::{self, CaseItem, Fact, Line};
use crate::site::Site;
use crate::standing::{self, Tag};
use crate::visit::{Choice, Frame, Visit};

/// A small picture is the file itself: a larger one is only shown when somebody asks for it.
const MOST_THUMBNAIL_BYTES: u64 = 5 << 20;

/// Files of the evidence, by what they are.
type Looks = BTreeMap<ContentId, Look>;

/// What is wrong with a form of the page: a field, or a file by its name.
pub(crate) enum Wrong<'a> {
    Field(FieldError),
    File(&'a str, Unfit),
}

/// Names of those who may accept, as many as a sentence holds.
const MOST_NAMES: usize = 5;

#[derive(Template)]
#[template(path = "task.html")]
pub(crate) struct TaskPage {
    frame: Frame,
    href: String,
    letter_href: String,
    letter_title: String,
    title: String,
    unit_name: String,
    standing: Tag,
    proof: Option<Tag>,
    quote: String,
    /// Evidence was taken back after the work was accepted, and nothing stands in its place.
    evidence_gone: bool,
    /// Why it was sent back, when it was.
    returned: Option<String>,
    facts: Vec<Fact>,
    /// That the task was taken back from its unit.
    taken_back: Option<String>,
    lacks: Vec<String>,
    /// What the word that it is done would be worth now.
    declare_words: Option<String>,
    evidence: Vec<EvidenceItem>,
    activities: Vec<String>,
    activity_kinds: Vec<Choice>,
    /// What the files of the form for evidence can be handed in for.
    needs: Vec<Choice>,
    errors: Vec<WrongField>,
    /// The form that stands open: `activity` or `programme`.
    open: &'static str,
    typed: Typed,
    can_work: bool,
    cases: Vec<CaseItem>,
    history: Vec<Line>,
    next: Option<Action>,
    /// Why evidence comes next.
    bring_evidence: Option<String>,
    /// Could accept, had they not done the work themselves.
    not_independent: bool,
    others: Vec<Action>,
    /// Who has to act, when it is not the one who looks.
    waits_for: Option<String>,
    /// Whose work is entered, when it is not one's own unit's.
    on_behalf: Option<String>,
    extension: Option<String>,
    below: Vec<Choice>,
    slip_href: String,
    /// Where what was done well for it is nominated.
    example_href: String,
    meeting_href: String,
    digital_href: String,
}

/// What stands in the forms for evidence, activities and the work programme.
#[derive(Default)]
struct Typed {
    on: String,
    people: String,
    note: String,
    programme_on: String,
    programme_text: String,
    evidence_note: String,
    clean: bool,
}

struct EvidenceItem {
    id: String,
    href: Option<String>,
    preview: Option<String>,
    thumbnail: Option<Thumbnail>,
    /// The contents are of another kind than the name says.
    is_misnamed: bool,
    title: String,
    kind: String,
    meta: Vec<String>,
    note: Option<String>,
    sha256: Option<String>,
    withdrawn: bool,
    /// Where it is taken back, for who may.
    withdraw_href: Option<String>,
    results_words: String,
    results: Vec<ResultItem>,
}

struct Thumbnail {
    src: String,
    words: String,
}

struct ResultItem {
    class: &'static str,
    words: String,
    name: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(task): Path<String>) -> Result<Page<TaskPage>, PageError> {
    let key = visit.task(&site, &task).await?;
    let view = tasks::show(&site.app, &key).await?.ok_or(PageError::NotFound)?;
    let units = app::office::units(&site.app).await?;
    let by = visit.by.clone();
    let files: Vec<&FileView> = view.evidence.iter().filter(|e| is_handed_in(e)).filter_map(|e| e.file.as_ref()).collect();
    let looks = app::evidence::looks(&site.app, &files).await?;
    let mut page = page(visit.frame("/tasks"), (&view, &looks), &units, &by, site.app.now().day());
    if page.not_independent {
        let names = tasks::judges(&site.app, &key).await?;
        page.waits_for = Some(who_accepts(&page.frame, names));
    }
    Ok(Page(page))
}

/// The page again after a form that cannot be taken, with what was written in it: `form` is a deed, `evidence`, `activity` or
/// `programme`. `None`: this person is not offered that form.
pub(crate) async fn again(
    site: &Site,
    visit: Visit,
    key: &TaskKey,
    which: &str,
    form: &Form,
    wrong: Wrong<'_>,
) -> Result<Option<Response>, PageError> {
    let Page(mut page) = show(State(site.clone()), visit, Path(key.to_string())).await?;
    let one = |name: &str| form.one(name).to_owned();
    if matches!(which, "evidence" | "activity" | "programme") && !page.can_work {
        return Ok(None);
    }
    match which {
        "evidence" => {
            page.typed.evidence_note = one("note");
            page.typed.clean = form.some("clean").is_some();
            let need = one("proves");
            page.needs.iter_mut().for_each(|choice| choice.chosen = choice.value == need);
        }
        "activity" => {
            page.open = "activity";
            (page.typed.on, page.typed.people, page.typed.note) = (one("on"), one("people"), one("note"));
            let kind = one("kind");
            page.activity_kinds.iter_mut().for_each(|choice| choice.chosen = choice.value == kind);
        }
        "programme" => {
            page.open = "programme";
            (page.typed.programme_on, page.typed.programme_text) = (one("on"), one("text"));
        }
        deed => {
            let Some(action) = page.next.iter_mut().chain(&mut page.others).find(|action| action.verb == deed) else { return Ok(None) };
            action.typed = Some(one("note"));
            let units = form.all("units");
            page.below.iter_mut().for_each(|choice| choice.chosen = units.contains(&choice.value.as_str()));
            action.day.iter_mut().for_each(|day| day.value = one("until"));
        }
    }
    page.errors = match wrong {
        Wrong::Field(wrong) => wrong_fields(&page.frame, &[wrong]),
        Wrong::File(name, unfit) => {
            let name = if name.is_empty() { page.frame.t("unnamed-file").into_owned() } else { name.to_owned() };
            let words = page.frame.with(&code_key("file-unfit", unfit.code()), &[("name", name.into())]);
            vec![WrongField { field: "files", words }]
        }
    };
    Ok(Some(sent_back(Page(page))))
}

fn page(frame: Frame, (view, looks): (&TaskView, &Looks), units: &[UnitRow], by: &Actor, today: Date) -> TaskPage {
    let (lang, row) = (frame.lang, &view.row);
    let reach = reach_of(by, &row.key.unit, units);
    // A drill is recorded by what it leaves, never by hand; the digital team's work with its counts, on its own page; a good
    // example is nominated.
    let apart = |kind: ActivityKind| matches!(kind, ActivityKind::Drill | ActivityKind::GoodExample) || is_digital(kind);
    let kinds = ActivityKind::ALL.iter().filter(|kind| !apart(**kind));
    let can_work = standing::may_work(by, reach);
    let below = below(&row.key.unit, units);
    let deeds = deeds(view, by, reach, !below.is_empty());
    let idle = deeds.next.is_none() && deeds.bring_evidence.is_none();
    let waits_for = waits_for(row.state, &row.verification).filter(|_| idle).map(|key| t(lang, key).into_owned());
    let declare_words = declare_words(&row.verification).map(|key| t(lang, key).into_owned());
    TaskPage {
        href: format!("/tasks/{}", row.key),
        letter_href: format!("/letters/{}", row.letter),
        letter_title: shown::letter_code(lang, row.letter_code.as_deref()),
        title: row.text.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        unit_name: row.unit_name.clone(),
        standing: standing::tag(lang, row, today),
        proof: standing::proof(lang, row),
        quote: view.obligation.quote.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        evidence_gone: evidence_gone(view),
        returned: returned(view),
        facts: facts(lang, view),
        lacks: if row.stands() { shown::lacks(lang, &row.verification) } else { Vec::new() },
        taken_back: (!row.stands()).then(|| t(lang, "task-taken-back-words").into_owned()),
        declare_words,
        evidence: view
            .evidence
            .iter()
            .map(|e| {
                let look = e.file.as_ref().and_then(|f| looks.get(&f.content));
                evidence(lang, e, look, can_work.then_some(&row.key))
            })
            .collect(),
        needs: needs(&frame, &view.obligation.needs),
        activities: view.activities.iter().map(|a| activity(lang, a)).collect(),
        activity_kinds: kinds
            .map(|k| Choice { value: k.to_string(), words: frame.code("activity-kind", k.as_str()).into_owned(), chosen: false })
            .collect(),
        errors: Vec::new(),
        open: "",
        typed: Typed { on: dates::written(today), programme_on: dates::written(today), clean: true, ..Typed::default() },
        can_work: can_work && row.stands(),
        cases: view.cases.iter().map(|c| shown::case(lang, c, units)).collect(),
        history: shown::history(lang, &view.history, units),
        next: deeds.next,
        bring_evidence: deeds.bring_evidence.map(|key| t(lang, key).into_owned()),
        not_independent: deeds.not_independent,
        others: deeds.others,
        waits_for,
        on_behalf: (reach == Reach::Below && can_work).then(|| frame.with("task-on-behalf", &[("unit", row.unit_name.as_str().into())])),
        extension: row.extension.as_ref().map(|asked| extension(lang, asked)),
        below,
        example_href: format!("/examples/new?task={}", row.key),
        slip_href: format!("/slip?task={}", row.key),
        meeting_href: format!("/meetings/new?task={}", row.key),
        digital_href: format!("/digital/new?task={}", row.key),
        frame,
    }
}

/// The last word of whoever sent the task back, as long as it stands so.
fn returned(view: &TaskView) -> Option<String> {
    let last = view.history.iter().rev().find(|row| row.kind.starts_with("task_returned/"));
    last.filter(|_| view.row.state == TaskState::Returned).and_then(|row| row.note.clone())
}

/// Whether evidence was taken back after the acceptance that stands, so that the work lacks it again.
fn evidence_gone(view: &TaskView) -> bool {
    let after = view.history.iter().rev().take_while(|row| !row.kind.starts_with("task_accepted/"));
    let row = &view.row;
    let lacks = row.state == TaskState::Accepted && standing::lacks_evidence(&row.verification);
    lacks && after.filter(|row| row.taken_back.is_some()).count() > 0
}

/// Whose turn it is, for those who can only wait.
fn waits_for(state: TaskState, verification: &Verification) -> Option<&'static str> {
    let done = matches!(state, TaskState::Declared | TaskState::Accepted);
    let more = standing::lacks_evidence(verification) || standing::is_stale(verification);
    match (state, verification) {
        (_, Verification::Verified) => Some("task-waits-for-nobody"),
        (_, Verification::DeclaredOnly) if done => Some("task-waits-for-nobody"),
        _ if done && standing::waits_for_acceptance(verification) => Some("task-waits-for-judge"),
        _ if done && more => Some("task-waits-for-evidence"),
        (TaskState::Declared, _) => Some("task-waits-for-judge"),
        (TaskState::Held, _) => Some("task-waits-held"),
        (TaskState::Withdrawn, _) => None,
        _ => Some("task-waits-for-unit"),
    }
}

/// What the word that it is done is worth while the task is as it is.
fn declare_words(verification: &Verification) -> Option<&'static str> {
    match verification {
        Verification::Lacking(lacks) if lacks.iter().all(|lack| matches!(lack, Lack::NotAccepted { .. })) => Some("task-declare-waits"),
        Verification::Lacking(_) => Some("task-declare-lacks"),
        Verification::Verified | Verification::DeclaredOnly => None,
    }
}

/// Who accepts instead of the one who did the work.
fn who_accepts(frame: &Frame, names: Vec<String>) -> String {
    if names.is_empty() {
        return frame.t("task-accept-nobody").into_owned();
    }
    let names = names.into_iter().take(MOST_NAMES).collect::<Vec<_>>().join(", ");
    frame.with("task-accept-others", &[("names", names.into())])
}

fn extension(lang: Lang, asked: &ExtensionView) -> String {
    let name = asked.by_name.clone().unwrap_or_else(|| t(lang, "nobody").into_owned());
    let reason = asked.reason.clone().unwrap_or_else(|| t(lang, "erased").into_owned());
    t_with(lang, "task-extension", &[("name", name.into()), ("date", date(asked.until).into()), ("reason", reason.into())]).into_owned()
}

/// The open units right below one, to which a task can be passed on.
fn below(unit: &UnitId, units: &[UnitRow]) -> Vec<Choice> {
    let right_below = units.iter().filter(|u| u.parent.as_ref() == Some(unit) && u.valid_to.is_none());
    right_below.map(|u| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: false }).collect()
}

fn reach_of(by: &Actor, unit: &UnitId, units: &[UnitRow]) -> Reach {
    let parents: BTreeMap<UnitId, UnitId> = units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
    reach(by, unit, &parents)
}

fn facts(lang: Lang, view: &TaskView) -> Vec<Fact> {
    let (row, obligation) = (&view.row, &view.obligation);
    let due = row.due.map_or_else(|| t(lang, "due-none").into_owned(), date);
    let moved = row.first_due.map(|first| t_with(lang, "task-first-due", &[("date", date(first).into())]).into_owned());
    let children = view.children.iter().map(|c| c.unit_name.clone()).collect();
    let facts = [
        Some(Fact::new(lang, "due", std::iter::once(due).chain(moved).collect())),
        Fact::of(lang, "task-cooperating", row.cooperating.iter().map(|u| u.name.clone()).collect()),
        row.section.clone().map(|section| Fact::new(lang, "task-section", vec![section])),
        (row.period != Period::Once).then(|| Fact::new(lang, "period", vec![shown::period(lang, row.period)])),
        obligation.recurs.map(|r| Fact::new(lang, "recurs", vec![shown::recurs(lang, Some(r))])),
        Fact::of(lang, "obligation-reports-to", obligation.reports_to.iter().cloned().collect()),
        Fact::of(lang, "task-needs", shown::needs(lang, &obligation.needs)),
        Fact::of(lang, "task-acknowledged-at", row.acknowledged_at.map(moment).into_iter().collect()),
        Fact::of(lang, "task-declared-at", row.declared_at.map(moment).into_iter().collect()),
        view.parent.as_ref().map(|key| Fact::link(lang, "task-parent", t(lang, "task").into_owned(), format!("/tasks/{key}"))),
        Fact::of(lang, "task-children", children),
    ];
    facts.into_iter().flatten().collect()
}

/// The kinds of evidence among which files are handed in: those that the task asks for, and something else. Nothing to
/// choose where it asks for none.
fn needs(frame: &Frame, wanted: &[Need]) -> Vec<Choice> {
    let wanted: Vec<Need> = wanted.iter().copied().filter(|need| *need != Need::Other && takes_files(*need)).collect();
    let (first, one) = (wanted.first().copied(), wanted.len() == 1);
    let Some(first) = first else { return Vec::new() };
    let open = Choice { value: String::new(), words: frame.t("evidence-need-choose").into_owned(), chosen: true };
    let named = |need: Need| Choice {
        value: need.to_string(),
        words: frame.code("need", need.as_str()).into_owned(),
        chosen: one && need == first,
    };
    let other = Choice { value: Need::Other.to_string(), words: frame.t("evidence-need-other").into_owned(), chosen: false };
    (!one).then_some(open).into_iter().chain(wanted.into_iter().map(named)).chain([other]).collect()
}

/// Handed in by a person, not made by an engine or out of the register.
fn is_handed_in(e: &EvidenceView) -> bool {
    matches!(e.kind, EvidenceKind::File | EvidenceKind::Activity | EvidenceKind::WorkProgramme)
}

/// When it was observed: the day alone, where nobody gave an hour.
fn observed(e: &EvidenceView) -> String {
    let day = e.observed_at.day();
    if e.observed_at == Moment::start_of(day) { date(day) } else { moment(e.observed_at) }
}

/// One piece of evidence; `of`: the task from which the acting person may take it back.
fn evidence(lang: Lang, e: &EvidenceView, look: Option<&Look>, of: Option<&TaskKey>) -> EvidenceItem {
    let file_name = |name: &Option<String>| name.clone().filter(|n| !n.is_empty()).unwrap_or_else(|| t(lang, "unnamed-file").into_owned());
    let kind = code(lang, "evidence-kind", e.kind.as_str()).into_owned();
    let name = e.by_name.clone().unwrap_or_else(|| t(lang, "nobody").into_owned());
    let meta = [
        Some(t_with(lang, "evidence-by", &[("name", name.into())]).into_owned()),
        e.on_behalf_of.as_ref().map(|unit| t_with(lang, "evidence-on-behalf", &[("unit", unit.as_str().into())]).into_owned()),
        Some(t_with(lang, "evidence-observed", &[("at", observed(e).into())]).into_owned()),
        e.expires.map(|day| t_with(lang, "evidence-expires", &[("date", date(day).into())]).into_owned()),
        e.file.as_ref().map(|f| app::lang::size(lang, f.size_bytes)),
        look.map(|look| code(lang, "file-camera", look.camera.code()).into_owned()),
        e.proves.map(|need| t_with(lang, "evidence-proves", &[("need", code(lang, "need", need.as_str()).into())]).into_owned()),
    ];
    // After an erasure there is nothing left to download.
    let there = e.file.as_ref().filter(|f| f.sha256.is_some());
    EvidenceItem {
        id: e.id.to_string(),
        href: there.map(|f| format!("/files/{}", f.content)),
        preview: there.map(|f| format!("/files/{}/preview", f.content)),
        thumbnail: there.filter(|f| !e.withdrawn && f.size_bytes <= MOST_THUMBNAIL_BYTES && look.is_some_and(|look| look.is_picture)).map(
            |f| Thumbnail {
                src: format!("/files/{}/picture", f.content),
                words: t_with(lang, "evidence-thumbnail", &[("name", file_name(&f.name).into())]).into_owned(),
            },
        ),
        is_misnamed: look.is_some_and(|look| look.is_misnamed),
        title: e.file.as_ref().map_or_else(|| kind.clone(), |f| file_name(&f.name)),
        kind,
        meta: meta.into_iter().flatten().collect(),
        note: e.note.clone(),
        sha256: there.and_then(|f| f.sha256.clone()),
        withdrawn: e.withdrawn,
        withdraw_href: of.filter(|_| !e.withdrawn).map(|key| format!("/tasks/{key}/evidence/{}/withdraw", e.id)),
        results_words: t_with(lang, "evidence-results", &[("n", e.results.len().into())]).into_owned(),
        results: e
            .results
            .iter()
            .map(|r| ResultItem {
                class: match r.verdict {
                    Verdict::Pass => "good",
                    Verdict::Fail | Verdict::Error => "bad",
                    Verdict::Warn => "soon",
                    Verdict::NotApplicable | Verdict::NotTested => "",
                },
                words: code(lang, "verdict", r.verdict.as_str()).into_owned(),
                name: app::lang::check_title(lang, &r.check).into_owned(),
            })
            .collect(),
    }
}

fn activity(lang: Lang, a: &ActivityView) -> String {
    let kind = code(lang, "activity-kind", a.kind.as_str());
    let args = [("kind", kind.into()), ("date", date(a.on).into()), ("people", a.people.into())];
    let words = t_with(lang, "activity-held", &args);
    a.note.as_ref().map_or_else(|| words.clone().into_owned(), |note| format!("{words} – {note}"))
}
