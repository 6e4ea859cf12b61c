//! One report: figures in groups with the words that belong beside them, a preview, approval, the seal, the downloads.

use std::collections::BTreeMap;

use app::documents::{self, Format, Preview, PreviewPiece};
use app::lang::{Lang, code, date, moment, t, t_with};
use app::letters::LetterFilter;
use app::programme::decide;
use app::programme::ids::ReturnId;
use app::programme::indicators::FEEDBACK;
use app::programme::model::{Role, SubjectKind};
use app::programme::period::{Bounds, Period};
use app::programme::services::{ServiceCount, Shown};
use app::returns::{self, Said, Section};
use app::views::{FigureRef, FigureView, HistoryRow, LetterRow, ReturnState, ReturnView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::returns::{meta, tag, title};
use crate::pages::{Page, done, evidence, sent_back};
use crate::shown::{self, Line, Plain};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

/// References shown with a figure; the document's annex has them all.
const MAX_REFS: usize = 40;
/// The figures alone, as a workbook.
const WORKBOOK: &str = "xlsx";
/// The template whose sections stand in for those of a report without its own.
const PLAIN: &str = "ad_hoc";

#[derive(Template)]
#[template(path = "return.html")]
pub(crate) struct ReturnPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    as_of_words: String,
    tag: Tag,
    /// Which tasks, activities and difficulties the period counts.
    counts: Vec<String>,
    absent: Vec<String>,
    sections: Vec<SectionItem>,
    signature: [SignedItem; 2],
    /// Of the revision before.
    changes: Vec<String>,
    changes_title: String,
    lapsed: Option<String>,
    can_write: bool,
    can_approve: bool,
    /// Somebody else has to approve it.
    waits_for_head: bool,
    sealed: bool,
    formats: Vec<&'static str>,
    seal: Vec<Plain>,
    history: Vec<Line>,
}

pub(super) struct SectionItem {
    code: &'static str,
    pub(super) number: &'static str,
    pub(super) title: String,
    groups: Vec<Group>,
    /// Feedback by service, under the section that has its figures.
    services: Vec<[String; 4]>,
    pub(super) text: String,
    /// What tells these words from others that somebody may write meanwhile.
    mark: String,
    /// What somebody else wrote since the page was opened, where it is not what stands in the field.
    theirs: Option<String>,
    wrong: bool,
}

/// A line of the signature.
struct SignedItem {
    code: &'static str,
    text: String,
    mark: String,
}

struct Group {
    title: Option<String>,
    figures: Vec<FigureItem>,
}

struct FigureItem {
    code: String,
    name: String,
    value: Option<String>,
    refs_words: String,
    refs: Vec<RefItem>,
    /// That there are more than are shown here.
    more: Option<String>,
}

struct RefItem {
    words: String,
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "return_preview.html")]
pub(crate) struct PreviewPage {
    frame: Frame,
    href: String,
    title: String,
    letter: Preview,
    /// That the files hold more tasks.
    left_out: Option<String>,
}

/// What a page of a report is made of.
pub(super) struct Loaded {
    pub(super) view: ReturnView,
    letters: Vec<LetterRow>,
    history: Vec<HistoryRow>,
    /// The revision before this one.
    before: Option<ReturnView>,
    may_write: bool,
    pub(super) may_approve: bool,
    /// In whose name it is signed, and the signer's position: as written for it, else as on all papers of the office.
    pub(super) signature: [String; 2],
}

/// Figures in the groups that a reader looks for; what is in none stands at the end.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "figures-tasks",
        &[
            "tasks",
            "tasks_acknowledged",
            "tasks_declared",
            "tasks_due",
            "tasks_on_time",
            "tasks_overdue",
            "tasks_held",
            "tasks_verifiable",
            "tasks_verified",
            "tasks_declared_only",
        ],
    ),
    ("figures-meetings", &["conferences", "attendances"]),
    ("figures-letters", &["letters_issued"]),
    (
        "figures-outreach",
        &[
            "topics_told",
            "articles",
            "broadcasts",
            "talks",
            "publications",
            "public_events",
            "speaker_sessions",
            "copies_printed",
            "times_broadcast",
            "people_trained",
            "people_tested",
        ],
    ),
    ("nav-digital", &["home_visits", "help_points", "people_helped", "digital_learners", "safety_learners", "digital_hours"]),
    ("figures-inspection", &["systems_reviewed", "risks_found", "risks_fixed", "incidents"]),
    ("figures-drills", &["drills", "drill_recipients", "drill_reports"]),
    ("figures-difficulties", &["difficulties"]),
    ("figures-feedback", &["feedback_received", "feedback_answered", "feedback_overdue", "scam_reports"]),
    ("figures-supervision", &["supervision_received", "supervision_in_time", "supervision_overdue"]),
    ("figures-examples", &["good_examples", "good_examples_nominated"]),
];

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<ReturnPage>, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    Ok(Page(page(visit.frame("/returns"), &loaded)))
}

/// Keeps the words under the sections. Words that cannot be kept come back as they were written.
pub(crate) async fn write(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    // An empty form takes nothing away: every field of ours is sent, if only as a blank one.
    let said = written(&form, &loaded);
    if said.is_empty() && loaded.may_write {
        return Err(PageError::field("leadership", "no-text"));
    }
    // Words that are already kept are not kept anew before signing: that would undo an approval.
    let to_sign = form.one("then") == "sign";
    if !to_sign || brings_other(&loaded, &said) {
        let wrong = keep(&site, &visit, &loaded, &said).await?;
        if !wrong.is_empty() {
            return again(&site, visit, &loaded.view.id, &said, &wrong).await;
        }
    }
    if to_sign && others_spoke(&loaded, &said) {
        return Ok(done(&format!("/returns/{id}"), "words-changed").into_response());
    }
    if to_sign {
        return Ok(Redirect::to(&format!("/returns/{id}/sign")).into_response());
    }
    let to = format!("/returns/{id}");
    Ok(match form.one("then") {
        "preview" => Redirect::to(&format!("{to}/preview")),
        _ => done(&to, "written"),
    }
    .into_response())
}

/// Whether somebody else changed words since the page was made that whoever signs has before them.
fn others_spoke(loaded: &Loaded, said: &BTreeMap<String, Said>) -> bool {
    let kept = |code: &str| loaded.view.narrative.get(code).map_or("", String::as_str);
    said.iter().any(|(code, said)| said.over != returns::mark(kept(code)))
}

/// The words that a form brings, by section, each over what the page showed.
fn written(form: &Form, loaded: &Loaded) -> BTreeMap<String, Said> {
    let sent = returns::SECTIONS.iter().chain(&returns::SIGNED).filter(|code| !form.all(code).is_empty());
    let said = |code: &&str| Said {
        text: form.one(code).replace('\r', ""),
        over: form.some(&format!("over-{code}")).map_or_else(|| returns::mark(""), str::to_owned),
    };
    let mut all: BTreeMap<String, Said> = sent.map(|code| ((*code).to_owned(), said(code))).collect();
    // The usual signature is nobody's words as long as nobody changes it.
    for (code, usual) in returns::SIGNED.into_iter().zip(&loaded.signature) {
        if !loaded.view.narrative.contains_key(code) && all.get(code).is_some_and(|said| said.text.trim() == usual) {
            all.remove(code);
        }
    }
    all
}

/// Keeps what was written; what is wrong with it, if anything.
async fn keep(site: &Site, visit: &Visit, loaded: &Loaded, said: &BTreeMap<String, Said>) -> Result<Vec<FieldError>, PageError> {
    match returns::write(&site.app, &visit.by, &loaded.view.id, said).await {
        Ok(clashes) => {
            let ours = returns::SECTIONS.into_iter().chain(returns::SIGNED).filter(|code| clashes.iter().any(|c| c == code));
            Ok(ours.map(|field| FieldError { field, code: "changed-meanwhile" }).collect())
        }
        Err(app::Error::Refused(decide::Refusal::TooLong)) => {
            let longest = returns::SECTIONS.into_iter().max_by_key(|code| said.get(*code).map_or(0, |said| said.text.len()));
            Ok(longest.map(|field| FieldError { field, code: "too-long" }).into_iter().collect())
        }
        Err(other) => Err(other.into()),
    }
}

/// Whether a form brings other words than those that are kept.
fn brings_other(loaded: &Loaded, said: &BTreeMap<String, Said>) -> bool {
    let kept = |code: &String| loaded.view.narrative.get(code).map_or("", |text| text.trim());
    said.iter().any(|(code, said)| said.text.trim() != kept(code) && returns::mark(&said.text) != said.over)
}

/// The page as it is now, with what was typed where its writer changed anything.
async fn again(
    site: &Site,
    visit: Visit,
    id: &ReturnId,
    said: &BTreeMap<String, Said>,
    wrong: &[FieldError],
) -> Result<Response, PageError> {
    let loaded = load(site, &visit, id.as_str()).await?;
    let mut page = page(visit.frame("/returns"), &loaded);
    page.errors = wrong_fields(&page.frame, wrong);
    for section in &mut page.sections {
        section.wrong = wrong.iter().any(|w| w.field == section.code);
        let typed = said.get(section.code).filter(|said| returns::mark(&said.text) != said.over);
        if let Some(said) = typed {
            let theirs = std::mem::replace(&mut section.text, said.text.clone());
            section.theirs = (said.over != section.mark && theirs.trim() != said.text.trim()).then_some(theirs);
        }
    }
    for field in &mut page.signature {
        if let Some(said) = said.get(field.code).filter(|said| returns::mark(&said.text) != said.over) {
            field.text.clone_from(&said.text);
        }
    }
    Ok(sent_back(Page(page)))
}

/// Counts anew; words that were written meanwhile go along.
pub(crate) async fn recount(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    let said = written(&form, &loaded);
    if brings_other(&loaded, &said) {
        let wrong = keep(&site, &visit, &loaded, &said).await?;
        if !wrong.is_empty() {
            return again(&site, visit, &loaded.view.id, &said, &wrong).await;
        }
    }
    let new = returns::recount(&site.app, &visit.by, &loaded.view.id).await?;
    Ok(done(&format!("/returns/{new}"), "drafted").into_response())
}

pub(crate) async fn preview(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<PreviewPage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let (letter, left_out) = documents::report_in_brief(&site.app, &view.id).await?;
    let frame = visit.frame("/returns");
    let left_out = (left_out > 0).then(|| frame.with("return-preview-left-out", &[("n", (left_out as u64).into())]));
    Ok(Page(PreviewPage {
        href: format!("/returns/{id}"),
        title: title(frame.lang, &view),
        letter: documents::preview(&letter),
        left_out,
        frame,
    }))
}

/// The head approves the figures and words that were shown, and they are signed with the office's key. Words that were
/// not kept yet are kept first and looked at once more.
pub(crate) async fn approve(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    let (said, href) = (written(&form, &loaded), format!("/returns/{id}"));
    if loaded.may_approve && brings_other(&loaded, &said) {
        let wrong = keep(&site, &visit, &loaded, &said).await?;
        if !wrong.is_empty() {
            return again(&site, visit, &loaded.view.id, &said, &wrong).await;
        }
        return Ok(done(&href, "written-first").into_response());
    }
    let view = loaded.view;
    if view.state == ReturnState::Draft {
        returns::approve(&site.app, &visit.by, &view.id, form.one("digest")).await?;
    }
    returns::seal(&site.app, &visit.by, &view.id).await?;
    Ok(done(&href, "sealed").into_response())
}

pub(crate) async fn report(
    State(site): State<Site>,
    visit: Visit,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let until = match view.period {
        Period::Once => format!("den-{}", view.as_of),
        period => period.to_string(),
    };
    // What was sealed is the same file whenever it is fetched.
    let at = view.sealed_at.unwrap_or_else(|| site.app.now());
    if name == format!("report.{WORKBOOK}") {
        let bytes = documents::report_workbook(&site.app, &view.id, at).await?;
        return Ok(evidence::attachment(&format!("so-lieu-{until}.{WORKBOOK}"), bytes));
    }
    let format = Format::all().iter().copied().find(|f| name == format!("report.{}", f.extension())).ok_or(PageError::NotFound)?;
    let letter = documents::report(&site.app, &view.id).await?;
    let bytes = documents::render(&site.app, letter, format, at).await?.ok_or(PageError::NotFound)?;
    Ok(evidence::attachment(&format!("bao-cao-{until}.{}", format.extension()), bytes))
}

/// The report of an address, as lists show it. One that this person may not see is not there.
async fn seen(site: &Site, visit: &Visit, id: &str) -> Result<ReturnView, PageError> {
    let id: ReturnId = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    let view = returns::brief(&site.app, &id).await?;
    view.filter(|view| scope.sees_unit(&view.unit.id)).ok_or(PageError::NotFound)
}

pub(super) async fn load(site: &Site, visit: &Visit, id: &str) -> Result<Loaded, PageError> {
    let id = seen(site, visit, id).await?.id;
    let mut view = returns::show(&site.app, &id, MAX_REFS).await?.ok_or(PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    for cited in view.figures.iter_mut().flat_map(|figure| &mut figure.refs) {
        cited.is_shut = cited.kind == SubjectKind::Case && !scope.opens_case(&cited.id, &visit.by);
    }
    let of_same = |r: &ReturnView| r.template == view.template && r.unit.id == view.unit.id && r.period == view.period;
    let others = returns::list(&site.app).await?;
    let usual = documents::usual_signature(&site.app).await?;
    let signature = std::array::from_fn(|n| view.narrative.get(returns::SIGNED[n]).unwrap_or(&usual[n]).clone());
    let before = others.into_iter().filter(|r| of_same(r) && r.letter == view.letter && r.revision < view.revision);
    Ok(Loaded {
        signature,
        before: before.max_by_key(|r| r.revision),
        letters: app::letters::list(&site.app, LetterFilter::default()).await?,
        history: returns::history(&site.app, &view.id).await?,
        may_write: view.state != ReturnState::Sealed && decide::may_report(&visit.by, visit.reach(site, &view.unit.id).await?).is_ok(),
        may_approve: visit.by.is(Role::Head) && visit.by.unit == view.unit.id,
        view,
    })
}

fn page(frame: Frame, loaded: &Loaded) -> ReturnPage {
    let (lang, view) = (frame.lang, &loaded.view);
    let sealed = view.state == ReturnState::Sealed;
    let changes_title = loaded.before.as_ref().map(|b| t_with(lang, "return-changes", &[("n", b.revision.into())]).into_owned());
    ReturnPage {
        errors: Vec::new(),
        href: format!("/returns/{}", view.id),
        title: title(lang, view),
        as_of_words: meta(lang, view, &loaded.letters).join(", "),
        tag: tag(lang, view.state),
        counts: counts(lang, view),
        absent: view.absent.iter().map(|u| u.name.clone()).collect(),
        sections: sections(lang, view),
        signature: std::array::from_fn(|n| SignedItem {
            code: returns::SIGNED[n],
            text: loaded.signature[n].clone(),
            mark: returns::mark(view.narrative.get(returns::SIGNED[n]).map_or("", String::as_str)),
        }),
        changes: loaded.before.as_ref().map(|before| changes(lang, before, view)).unwrap_or_default(),
        changes_title: changes_title.unwrap_or_default(),
        lapsed: lapsed(lang, view, &loaded.history),
        can_write: loaded.may_write,
        can_approve: !sealed && loaded.may_approve,
        waits_for_head: !sealed && !loaded.may_approve,
        sealed,
        formats: Format::all().iter().map(|f| f.extension()).chain([WORKBOOK]).collect(),
        seal: seal(lang, view),
        history: shown::history(lang, &loaded.history, &[]),
        frame,
    }
}

/// Says which tasks the period counts, and from when to when all the rest.
fn counts(lang: Lang, view: &ReturnView) -> Vec<String> {
    let bounds = returns::template(&view.template).map_or(Bounds::Calendar, |t| t.bounds);
    let of_tasks = match view.period {
        Period::Once => t(lang, "return-counts-once").into_owned(),
        period => t_with(lang, "return-counts-period", &[("period", shown::period(lang, period).into())]).into_owned(),
    };
    let rest = match view.period.days(bounds) {
        Some((first, last)) => {
            let args = [("from", date(first).into()), ("to", date(last.min(view.as_of)).into())];
            t_with(lang, "return-counts-days", &args).into_owned()
        }
        None => t_with(lang, "return-counts-until", &[("to", date(view.as_of).into())]).into_owned(),
    };
    let no_letter = view.letter.is_some().then(|| t(lang, "return-counts-no-letter").into_owned());
    let at = t_with(lang, "return-counts-at", &[("at", moment(view.counted_at).into())]).into_owned();
    [of_tasks, rest].into_iter().chain(no_letter).chain([at]).collect()
}

pub(super) fn sections(lang: Lang, view: &ReturnView) -> Vec<SectionItem> {
    let Some(template) = returns::template(&view.template).or_else(|| returns::template(PLAIN)) else { return Vec::new() };
    let placed = |code: &str| template.sections.iter().find(|s| s.figures.iter().any(|f| f == code)).map_or("results", |s| s.code.as_str());
    let item = |(section, number): (&Section, &'static str)| SectionItem {
        code: returns::SECTIONS.into_iter().find(|code| *code == section.code).unwrap_or_default(),
        number,
        // The document has the template's own title, which is Vietnamese as the document is.
        title: match lang {
            Lang::Vi => section.title.clone(),
            Lang::En => code(lang, "report-section", &section.code).into_owned(),
        },
        services: if placed(FEEDBACK[0]) == section.code { by_service(lang, view) } else { Vec::new() },
        groups: groups(lang, &view.figures.iter().filter(|f| placed(&f.code) == section.code).collect::<Vec<_>>()),
        mark: returns::mark(view.narrative.get(&section.code).map_or("", String::as_str)),
        text: view.narrative.get(&section.code).cloned().unwrap_or_default(),
        theirs: None,
        wrong: false,
    };
    template.sections.iter().zip(["I", "II", "III", "IV", "V"]).map(item).collect()
}

/// Figures under the names of their groups; a group that is alone needs no name.
fn groups(lang: Lang, figures: &[&FigureView]) -> Vec<Group> {
    let mut groups = Vec::new();
    for (key, codes) in GROUPS {
        let of_group: Vec<FigureItem> = figures.iter().filter(|f| codes.contains(&f.code.as_str())).map(|f| figure(lang, f)).collect();
        if !of_group.is_empty() {
            groups.push(Group { title: Some(t(lang, key).into_owned()), figures: of_group });
        }
    }
    let rest: Vec<FigureItem> =
        figures.iter().filter(|f| !GROUPS.iter().any(|(_, codes)| codes.contains(&f.code.as_str()))).map(|f| figure(lang, f)).collect();
    if !rest.is_empty() {
        groups.push(Group { title: None, figures: rest });
    }
    if let [only] = &mut groups[..] {
        only.title = None;
    }
    groups
}

fn value(lang: Lang, value: Option<Shown>) -> Option<String> {
    value.map(|told| shown::told(lang, told))
}

/// Feedback by service, and all of it in the last row; empty where the report counts none.
fn by_service(lang: Lang, view: &ReturnView) -> Vec<[String; 4]> {
    let Some(told) = view.feedback.as_ref().filter(|told| !told.rows.is_empty()) else { return Vec::new() };
    let row = |row: &ServiceCount| shown::by_service(lang, code(lang, "service", row.service.as_str()).into_owned(), &row.count);
    let all = shown::by_service(lang, t(lang, "return-services-all").into_owned(), &told.all);
    told.rows.iter().map(row).chain([all]).collect()
}

fn figure(lang: Lang, f: &FigureView) -> FigureItem {
    FigureItem {
        code: f.code.clone(),
        name: code(lang, "indicator", &f.code).into_owned(),
        value: value(lang, f.value),
        refs_words: t_with(lang, "return-refs", &[("n", f.n_refs.into())]).into_owned(),
        refs: f.refs.iter().map(|r| reference(lang, &f.code, r)).collect(),
        more: f.n_refs.checked_sub(MAX_REFS + 1).map(|n| t_with(lang, "return-more-refs", &[("n", (n + 1).into())]).into_owned()),
    }
}

/// Every figure opens: the kind of thing, what it is called, and where its page is.
fn reference(lang: Lang, figure: &str, r: &FigureRef) -> RefItem {
    let is_example = figure.starts_with("good_examples");
    let kind = if is_example { code(lang, "case-kind", "good_example") } else { code(lang, "subject", r.kind.as_str()) };
    let words = r.label.as_ref().map_or_else(|| kind.clone().into_owned(), |label| format!("{kind}: {label}"));
    let href = match r.kind {
        _ if r.is_shut => None,
        SubjectKind::Letter => Some(format!("/letters/{}", r.id)),
        SubjectKind::Task => Some(format!("/tasks/{}", r.id)),
        SubjectKind::Case if is_example => Some(format!("/examples/{}", r.id)),
        SubjectKind::Case => Some(format!("/difficulties/{}", r.id)),
        SubjectKind::Return => Some(format!("/returns/{}", r.id)),
        SubjectKind::Activity if r.is_digital => Some(format!("/digital/{}", r.id)),
        _ => None,
    };
    RefItem { words, href }
}

/// What the figures were in the revision before, where they are others now.
fn changes(lang: Lang, before: &ReturnView, now: &ReturnView) -> Vec<String> {
    let words = |v: Option<Shown>| value(lang, v).unwrap_or_else(|| t(lang, "return-no-value").into_owned());
    let change = |f: &FigureView| {
        let old = before.figures.iter().find(|b| b.code == f.code)?.value;
        let name = code(lang, "indicator", &f.code).into_owned();
        let args = [("name", name.into()), ("old", words(old).into()), ("new", words(f.value).into())];
        (old != f.value).then(|| t_with(lang, "return-change", &args).into_owned())
    };
    let changed: Vec<String> = now.figures.iter().filter_map(change).collect();
    if changed.is_empty() { vec![t(lang, "return-no-change").into_owned()] } else { changed }
}

/// An approval that was for other words.
fn lapsed(lang: Lang, view: &ReturnView, history: &[HistoryRow]) -> Option<String> {
    let approved = history.iter().rev().find(|row| row.kind.starts_with("return_approved"))?;
    let args = [("at", moment(approved.at).into())];
    (view.state == ReturnState::Draft).then(|| t_with(lang, "return-lapsed", &args).into_owned())
}

fn seal(lang: Lang, view: &ReturnView) -> Vec<Plain> {
    let mut facts = Vec::new();
    facts.extend(view.approved_by.clone().map(|name| Plain::new(lang, "return-approved-by", name)));
    facts.extend(view.approved_at.map(|at| Plain::new(lang, "return-approved-at", moment(at))));
    facts.extend(view.sealed_at.map(|at| Plain::new(lang, "return-sealed-at", moment(at))));
    facts.push(Plain::digits(lang, "return-digest", view.digest.clone()));
    let signature = view.signature.clone().map(|s| Plain::digits(lang, "return-signature", s));
    let not_yet = || Plain::new(lang, "return-signature", t(lang, "return-not-sealed").into_owned());
    facts.push(signature.unwrap_or_else(not_yet));
    facts
}
