//! One drill, step by step: its letter, its list, approval, notice, start, stop, close, and what groups did in it.

use app::documents::{self, Format};
use app::drills::{self, DrillView, Entered, GroupResult};
use app::lang::{date, moment};
use app::programme::decide;
use app::programme::drill::{self, DrillState, LEAST_GROUP, TOLD_DAYS, TOLD_WITHIN_DAYS};
use app::programme::ids::ActivityId;
use app::programme::model::Role;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::drills::{headline, may_drill, runs, tag, title};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, evidence};
use crate::shown::{self, Fact, Line, Value};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "drill.html")]
pub(crate) struct DrillPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    tag: Tag,
    facts: Vec<Fact>,
    sender: String,
    subject: String,
    letter: String,
    units: Vec<(String, u64)>,
    /// Lines of the list that were not taken.
    wrong: Vec<String>,
    list: String,
    /// "xa.vn (24)".
    domains: Vec<String>,
    /// What whoever approves has read.
    read: String,
    /// What can be done now.
    step: Step,
    progress: Vec<String>,
    needs_a_look: bool,
    headline: Option<(String, String)>,
    /// Closed, with fewer people than may be shown.
    too_few: bool,
    groups: Vec<Row>,
    results_href: Option<String>,
    notice_words: String,
    reason: String,
    on: String,
    history: Vec<Line>,
}

/// The forms that a page has.
#[derive(Default)]
struct Step {
    list: bool,
    approve: bool,
    /// Somebody else has to approve.
    awaits_head: bool,
    announce: bool,
    start: bool,
    stop: bool,
    call_off: bool,
    close: bool,
}

/// One group in the table of results.
struct Row {
    name: String,
    with: Option<String>,
    sent: String,
    reported: String,
    visited: String,
    machines: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<DrillPage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    Ok(Page(page(&site, visit, view).await?))
}

/// The drill of an address, for whoever may see drills.
pub(super) async fn seen(site: &Site, visit: &Visit, id: &str) -> Result<DrillView, PageError> {
    let id: ActivityId = id.parse().map_err(|_| PageError::NotFound)?;
    drills::show(&site.app, &visit.by, &id).await?.ok_or(PageError::NotFound)
}

async fn page(site: &Site, visit: Visit, view: DrillView) -> Result<DrillPage, PageError> {
    let rows = drills::history(&site.app, &view.id).await?;
    let own = view.planner == visit.by.person && drills::others(&site.app, &visit.by.person).await?;
    let step = step(&visit, &view, own);
    let looks_after = may_drill(&visit);
    let frame = visit.frame("/manage");
    let history = shown::history(frame.lang, &rows, &[]);
    let by = view.window.map(decide::told_by).map(date).unwrap_or_default();
    let told = [("days", TOLD_DAYS.into()), ("most", TOLD_WITHIN_DAYS.into()), ("by", by.into())];
    Ok(DrillPage {
        errors: Vec::new(),
        href: format!("/drills/{}", view.id),
        title: title(frame.lang, &view),
        tag: tag(frame.lang, view.state),
        facts: facts(&frame, &view),
        sender: view.lure.map(|lure| lure.sender.clone()).unwrap_or_default(),
        subject: view.lure.map(|lure| lure.subject.clone()).unwrap_or_default(),
        letter: view.lure.map(|lure| lure.text(&frame.t("drill-link-here"))).unwrap_or_default(),
        units: view.units.clone(),
        domains: view.domains.iter().map(|(domain, n)| format!("{domain} ({n})")).collect(),
        read: view.read.clone(),
        wrong: Vec::new(),
        list: String::new(),
        step,
        progress: progress(&frame, &view),
        needs_a_look: looks_after && view.progress.unknown + view.progress.refused > 0,
        headline: headline(&frame, &view),
        too_few: view.results.as_ref().is_some_and(|results| !results.is_shown()),
        groups: view.results.iter().flat_map(|results| &results.groups).map(|group| row(&frame, group)).collect(),
        results_href: view.evidence.as_ref().map(|content| format!("/files/{content}")),
        notice_words: frame.with("drill-announce-when", &told),
        reason: String::new(),
        on: String::new(),
        history,
        frame,
    })
}

/// What can be done now; `own`: this person planned it, and somebody else has to approve it.
fn step(visit: &Visit, view: &DrillView, own: bool) -> Step {
    let runs = may_drill(visit);
    let heads = visit.of_office() && visit.by.is(Role::Head) && !own;
    let enough = view.progress.all >= LEAST_GROUP;
    let none = Step::default();
    match view.state {
        DrillState::Planned => Step { list: runs, approve: heads && enough, awaits_head: !heads && enough, call_off: true, ..none },
        DrillState::Approved => Step { announce: runs, call_off: true, ..none },
        DrillState::Announced => Step { start: runs, call_off: true, ..none },
        DrillState::Waiting => Step { stop: true, ..none },
        DrillState::Running | DrillState::Over => Step { stop: true, close: runs, ..none },
        DrillState::Stopped => Step { close: runs, ..none },
        DrillState::Closed | DrillState::Off => none,
    }
}

fn facts(frame: &Frame, view: &DrillView) -> Vec<Fact> {
    let lang = frame.lang;
    let days = view.window.map(|window| format!("{} – {}", date(window.from), date(window.until)));
    let difficulty = view.lure.map(|lure| frame.code("drill-difficulty", lure.difficulty().as_str()).into_owned());
    let approved = view.approved.as_ref().map(|(name, at)| match name {
        Some(name) => format!("{name}, {}", moment(*at)),
        None => moment(*at),
    });
    let told = view.told.map(|told| {
        let key = if told.by_mail { "drill-told-by-mail" } else { "drill-told-otherwise" };
        frame.with(key, &[("day", date(told.on).into())])
    });
    let paper = view
        .paper
        .as_ref()
        .map(|paper| Fact::link(lang, "drill-paper", frame.t("drill-paper-open").into_owned(), format!("/files/{paper}")));
    let task = |key: &app::programme::ids::TaskKey| Value {
        words: frame.code("subject", "task").into_owned(),
        href: Some(format!("/tasks/{key}")),
    };
    let tasks = Fact { name: frame.t("drill-tasks").into_owned(), values: view.tasks.iter().map(task).collect() };
    let facts = [
        Fact::of(lang, "drill-days", days.into_iter().collect()),
        Fact::of(lang, "drill-lure", view.lure.map(|lure| lure.title.clone()).into_iter().collect()),
        Fact::of(lang, "drill-difficulty", difficulty.into_iter().collect()),
        Fact::of(lang, "drill-rate", vec![frame.with("drill-per-s", &[("n", view.per_s.into())])]),
        Fact::of(lang, "drill-planned-by", view.planned_by.clone().into_iter().collect()),
        Fact::of(lang, "drill-approved-by", approved.into_iter().collect()),
        paper,
        Fact::of(lang, "drill-told", told.into_iter().collect()),
        Fact::of(lang, "drill-stopped-why", view.stopped.clone().into_iter().collect()),
        Some(tasks).filter(|fact| !fact.values.is_empty()),
    ];
    facts.into_iter().flatten().collect()
}

fn progress(frame: &Frame, view: &DrillView) -> Vec<String> {
    let progress = view.progress;
    let begun = matches!(view.state, DrillState::Running | DrillState::Over | DrillState::Stopped | DrillState::Waiting);
    if !begun || progress.all == 0 {
        return Vec::new();
    }
    let count = |key: &str, n: u64| (n > 0).then(|| frame.with(key, &[("n", n.into())]));
    let done = frame.with("drill-progress", &[("n", progress.done.into()), ("all", progress.all.into())]);
    let reported = progress.reported.map(|n| frame.with("drill-progress-reported", &[("n", n.into())]));
    [Some(done), reported, count("drill-progress-refused", progress.refused), count("drill-progress-unknown", progress.unknown)]
        .into_iter()
        .flatten()
        .collect()
}

fn row(frame: &Frame, group: &GroupResult) -> Row {
    let share = |n: u64| match drill::percent(n, group.sent) {
        Some(percent) => format!("{n} ({percent}%)"),
        None => n.to_string(),
    };
    Row {
        name: group.name.clone(),
        with: (!group.with.is_empty()).then(|| frame.with("drill-group-with", &[("units", group.with.join(", ").into())])),
        sent: group.sent.to_string(),
        reported: share(group.reported),
        visited: share(group.visited),
        machines: group.machines.to_string(),
    }
}

/// The list of addresses: pasted, or a file; all of it or nothing.
pub(crate) async fn addresses(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    runs(&visit)?;
    let pasted = upload.form.one("list").to_owned();
    let file = || upload.files.first().map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    let list = Some(pasted.clone()).filter(|pasted| !pasted.is_empty()).or_else(file).unwrap_or_default();
    if list.trim().is_empty() {
        return Err(PageError::field("list", "no-addresses"));
    }
    let Entered { taken, wrong } = drills::enter(&site.app, &visit.by, &view.id, &list).await?;
    if wrong.is_empty() {
        return Ok(crate::pages::done_with(&format!("/drills/{id}"), "drill-list", taken).into_response());
    }
    let page = page(&site, visit, view).await?;
    let words = |w: &drills::WrongLine| {
        let args = [("line", w.line.into()), ("text", w.text.clone().into())];
        page.frame.code_with("drill-line", w.why, &args)
    };
    let wrong = wrong.iter().map(words).collect();
    let errors = wrong_fields(&page.frame, &[FieldError { field: "list", code: "drill-lines" }]);
    Ok(Page(DrillPage { wrong, list: pasted, errors, ..page }).into_response())
}

pub(crate) async fn approve(State(site): State<Site>, visit: Visit, Path(id): Path<String>, upload: Upload) -> Result<Redirect, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let paper = upload.files.into_iter().next().map(|file| (file.name, file.bytes));
    drills::approve(&site.app, &visit.by, &view.id, upload.form.one("read"), paper).await?;
    Ok(done(&format!("/drills/{id}"), "drill-approved"))
}

/// Staff were told on a day, or the program tells each of them now.
pub(crate) async fn announce(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    runs(&visit)?;
    let on = match form.one("how") {
        "mail" => None,
        _ => match dates::deed(form.one("on"), site.app.now().day()) {
            Ok(day) => Some(day),
            Err(code) => return wrong(&site, visit, view, &form, ("on", code)).await,
        },
    };
    match drills::announce(&site.app, &visit.by, &view.id, on).await {
        Ok(()) => Ok(done(&format!("/drills/{id}"), "drill-announced").into_response()),
        Err(app::Error::Refused(refusal @ (decide::Refusal::DrillNotice | decide::Refusal::InTheFuture))) => {
            wrong(&site, visit, view, &form, ("on", refusal.code())).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The page again, with what is wrong with one field.
async fn wrong(
    site: &Site,
    visit: Visit,
    view: DrillView,
    form: &Form,
    (field, code): (&'static str, &'static str),
) -> Result<Response, PageError> {
    let page = page(site, visit, view).await?;
    let errors = wrong_fields(&page.frame, &[FieldError { field, code }]);
    let (reason, on) = (form.one("reason").to_owned(), form.one("on").to_owned());
    Ok(Page(DrillPage { errors, reason, on, ..page }).into_response())
}

pub(crate) async fn start(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let view = seen(&site, &visit, &id).await?;
    runs(&visit)?;
    drills::start(&site.app, &visit.by, &view.id).await?;
    Ok(done(&format!("/drills/{id}"), "drill-started"))
}

/// At once: the program looks before every handful of letters whether it still may.
pub(crate) async fn stop(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let Some(reason) = form.some("reason") else { return wrong(&site, visit, view, &form, ("reason", "no-reason")).await };
    drills::stop(&site.app, &visit.by, &view.id, reason).await?;
    Ok(done(&format!("/drills/{id}"), "drill-stopped").into_response())
}

pub(crate) async fn close(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let view = seen(&site, &visit, &id).await?;
    drills::close(&site.app, &visit.by, &view.id).await?;
    Ok(done(&format!("/drills/{id}"), "drill-closed"))
}

/// The sheet that the head signs.
pub(crate) async fn sheet(State(site): State<Site>, visit: Visit, Path((id, name)): Path<(String, String)>) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let format = Format::all().iter().copied().find(|f| name == format!("sheet.{}", f.extension())).ok_or(PageError::NotFound)?;
    let sheet = documents::drill_sheet(&site.app, &view).await?;
    let bytes = documents::render(&site.app, sheet, format, site.app.now()).await?.ok_or(PageError::NotFound)?;
    let day = view.window.map(|window| window.from.to_string()).unwrap_or_default();
    Ok(evidence::attachment(&format!("phieu-duyet-dien-tap-{day}.{}", format.extension()), bytes))
}
