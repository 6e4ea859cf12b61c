//! One good example: what was done, what came of it, who says so; and what can be done: accept, give back, better, withdraw,
//! let everybody read it; as a sheet of paper.

use app::cases;
use app::examples;
use app::lang::{moment, on_behalf};
use app::programme::decide::ExampleState;
use app::programme::ids::CaseId;
use app::programme::model::Naming;
use app::views::{CaseView, DecidedView, ExampleView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::PageError;
use crate::form::Form;
use crate::pages::examples::{self as list, ExampleFormPage, HERE};
use crate::pages::{Page, done, letters, sent_back};
use crate::shown::{self, Fact, Line};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "example.html")]
pub(crate) struct ExamplePage {
    frame: Frame,
    href: String,
    title: String,
    tag: Tag,
    /// What became of it, and why: class, words, the words that were given.
    told: Option<(&'static str, String, Option<String>)>,
    facts: Vec<Fact>,
    /// Nominated by the office itself: it lies with a body outside.
    of_office: bool,
    how: String,
    result: String,
    figure: Option<String>,
    history: Vec<Line>,
    may: examples::May,
    /// Accepted, shared.
    shared: bool,
    /// The words that are accepted.
    read: String,
}

#[derive(Template)]
#[template(path = "example_sheet.html")]
pub(crate) struct ExampleSheet {
    frame: Frame,
    href: String,
    title: String,
    unit: String,
    told: Option<String>,
    how: String,
    result: String,
    figure: Option<String>,
}

struct Loaded {
    view: CaseView,
    example: ExampleView,
    href: String,
}

/// The good example of an address. One that this person may not read is not there.
async fn load(site: &Site, visit: &Visit, id: &str) -> Result<Loaded, PageError> {
    let id: CaseId = id.parse().map_err(|_| PageError::NotFound)?;
    let view = list::read_by(site, visit).await?.into_iter().find(|view| view.id == id).ok_or(PageError::NotFound)?;
    let example = view.example.clone().ok_or(PageError::NotFound)?;
    Ok(Loaded { href: format!("/examples/{id}"), view, example })
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<ExamplePage>, PageError> {
    let Loaded { view, example, href } = load(&site, &visit, &id).await?;
    // Those who only read what is shared need not know who struggled with it before.
    let history = if visit.scope(&site).await?.sees_case(&view) { cases::history(&site.app, &view.id).await? } else { Vec::new() };
    let units = app::office::units(&site.app).await?;
    let may = examples::may(&site.app, &visit.by, &view.id).await?;
    let facts = facts(&site, &visit, &view, &example).await?;
    let frame = visit.frame(HERE);
    let erased = || frame.t("erased").into_owned();
    Ok(Page(ExamplePage {
        title: view.text.clone().unwrap_or_else(erased),
        tag: list::tag(&frame, &example),
        told: said_last(&frame, &example),
        of_office: example.state == ExampleState::Nominated && units.iter().all(|unit| Some(&unit.id) != view.at_unit.as_ref()),
        facts,
        how: example.how.clone().unwrap_or_else(erased),
        result: example.result.clone().unwrap_or_else(erased),
        figure: example.figure.clone(),
        history: shown::history(frame.lang, &history, &units),
        may,
        shared: example.state == ExampleState::Accepted,
        read: example.words.to_string(),
        href,
        frame,
    }))
}

/// What was decided last; of something that was nominated again, that it was before.
fn said_last(frame: &Frame, example: &ExampleView) -> Option<(&'static str, String, Option<String>)> {
    let before = example.before.as_ref().map(|decided| {
        let (_, words, note) = told(frame, decided);
        ("calm", frame.with("example-told-before", &[("words", words.into())]), note)
    });
    example.decided.as_ref().map(|decided| told(frame, decided)).or(before)
}

/// Who decided what, with the reason.
fn told(frame: &Frame, decided: &DecidedView) -> (&'static str, String, Option<String>) {
    let class = match decided.state {
        ExampleState::Accepted => "good",
        ExampleState::Nominated | ExampleState::Returned | ExampleState::Withdrawn => "soon",
    };
    let who = decided.by_name.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
    let unit = decided.for_unit.clone().unwrap_or_default();
    let args = [("who", who.into()), ("at", moment(decided.at).into()), ("unit", unit.into())];
    (class, frame.code_with("example-told", decided.state.as_str(), &args), decided.note.clone())
}

async fn facts(site: &Site, visit: &Visit, view: &CaseView, example: &ExampleView) -> Result<Vec<Fact>, PageError> {
    let (lang, scope) = (visit.lang, visit.scope(site).await?);
    let waits = example.state == ExampleState::Nominated;
    let inside = scope.sees_case(view);
    let who = example.nominated_by.clone().unwrap_or_else(|| app::lang::t(lang, "nobody").into_owned());
    let entered = example.entered_for.as_deref().map(|name| on_behalf(lang, name).into_owned());
    let nominated = [Some(who), Some(moment(view.opened_at)), entered].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let task = match view.task.as_ref().filter(|key| scope.sees_unit(&key.unit)) {
        Some(key) => app::tasks::show(&site.app, key).await?.and_then(|task| Some((task.row.text.clone()?, format!("/tasks/{key}")))),
        None => None,
    };
    let letter = match example.letter.as_ref().filter(|id| scope.sees_letter(id)) {
        Some(id) => app::letters::show(&site.app, id).await?.map(|l| (letters::title(lang, &l.row), format!("/letters/{id}"))),
        None => None,
    };
    let topic = example.topic.as_deref().map(|topic| app::lang::code(lang, "lesson-topic", topic).into_owned());
    let facts = [
        Some(Fact::new(lang, "example-unit", vec![view.unit_name.clone()])),
        inside.then(|| Fact::new(lang, "example-nominated", vec![nominated])),
        Fact::of(lang, "case-lies-with", view.at_unit_name.clone().filter(|_| waits).into_iter().collect()),
        task.map(|(words, href)| Fact::link(lang, "example-task", words, href)),
        letter.map(|(words, href)| Fact::link(lang, "letter", words, href)),
        Fact::of(lang, "example-topic", topic.into_iter().collect()),
        inside.then(|| Fact::new(lang, "example-naming", vec![app::lang::code(lang, "naming", example.naming.as_str()).into_owned()])),
        example.public_since.map(|at| {
            let words = app::lang::t_with(lang, "example-public-since", &[("at", moment(at).into())]).into_owned();
            Fact::link(lang, "case-publishing", words, format!("/good-examples#{}", view.id))
        }),
    ];
    Ok(facts.into_iter().flatten().collect())
}

/// As a page of A4, to be pinned up or handed on.
pub(crate) async fn sheet(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<ExampleSheet>, PageError> {
    let Loaded { view, example, href } = load(&site, &visit, &id).await?;
    let shared = example.state == ExampleState::Accepted;
    let frame = visit.frame(HERE);
    let erased = || frame.t("erased").into_owned();
    let waits = || frame.t("example-not-accepted").into_owned();
    let accepted = example.decided.as_ref().filter(|_| shared).map(|decided| list::decided_on(&frame, decided));
    Ok(Page(ExampleSheet {
        title: view.text.clone().unwrap_or_else(erased),
        unit: view.unit_name,
        told: Some(accepted.unwrap_or_else(waits)),
        how: example.how.unwrap_or_else(erased),
        result: example.result.unwrap_or_else(erased),
        figure: example.figure,
        href,
        frame,
    }))
}

/// A form filled in with the words that stand.
fn standing(view: &CaseView, example: &ExampleView) -> Form {
    let or = |words: &Option<String>| words.clone().unwrap_or_default();
    let mut fields = vec![
        ("title", or(&view.text)),
        ("how", or(&example.how)),
        ("result", or(&example.result)),
        ("figure", or(&example.figure)),
        ("letter", example.letter.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("topic", or(&example.topic)),
    ];
    let named: &[&str] = match example.naming {
        Naming::Unit => &[],
        Naming::Agreed => &["named"],
        Naming::AgreedPublic => &["named", "named_public"],
    };
    fields.extend(named.iter().map(|name| (*name, "1".to_owned())));
    Form::filled(fields)
}

fn edit_page(frame: Frame, loaded: &Loaded, page: impl FnOnce(Frame) -> ExampleFormPage) -> ExampleFormPage {
    let reason = loaded.example.decided.as_ref().or(loaded.example.before.as_ref()).map(|decided| {
        let (_, words, note) = told(&frame, decided);
        (words, note)
    });
    list::again_page(page(frame), &loaded.href, reason)
}

pub(crate) async fn edit_form(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<ExampleFormPage>, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    allowed(&site, &visit, &loaded.view.id, |may| may.better).await?;
    let base = list::base(&site, &visit).await?;
    let form = standing(&loaded.view, &loaded.example);
    Ok(Page(edit_page(visit.frame(HERE), &loaded, |frame| list::form_page(frame, &base, &form, &[]))))
}

/// A form that lacks something is put right by who may send it; others are told that they may not.
async fn allowed(site: &Site, visit: &Visit, id: &CaseId, of: impl Fn(examples::May) -> bool) -> Result<(), PageError> {
    let may = examples::may(&site.app, &visit.by, id).await?;
    if of(may) { Ok(()) } else { Err(PageError::Forbidden("not_yours".to_owned())) }
}

/// What the field says; where it is blank, who may send the form is asked for it.
async fn needed<'a>(
    (site, visit, id): (&Site, &Visit, &CaseId),
    form: &'a Form,
    (field, code): (&'static str, &'static str),
    of: impl Fn(examples::May) -> bool,
) -> Result<&'a str, PageError> {
    match form.some(field) {
        Some(words) => Ok(words),
        None => {
            allowed(site, visit, id, of).await?;
            Err(PageError::field(field, code))
        }
    }
}

/// Nominates again in other words.
pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    allowed(&site, &visit, &loaded.view.id, |may| may.better).await?;
    let base = list::base(&site, &visit).await?;
    let words = match list::read(&form, &base) {
        Ok(words) => words,
        Err(wrong) => {
            let page = edit_page(visit.frame(HERE), &loaded, |frame| list::form_page(frame, &base, &form, &wrong));
            return Ok(sent_back(Page(page)));
        }
    };
    examples::nominate_again(&site.app, &visit.by, &loaded.view.id, &words).await?;
    Ok(done(&loaded.href, "nominated-again").into_response())
}

pub(crate) async fn accept(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let Loaded { view, href, .. } = load(&site, &visit, &id).await?;
    let read = needed((&site, &visit, &view.id), &form, ("read", "bad-choice"), |may| may.decide).await?;
    let read = read.parse().map_err(|_| PageError::field("read", "bad-choice"))?;
    examples::accept(&site.app, &visit.by, &view.id, &read, form.some("note")).await?;
    Ok(done(&href, "example-accepted"))
}

pub(crate) async fn give_back(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let Loaded { view, href, .. } = load(&site, &visit, &id).await?;
    let reason = needed((&site, &visit, &view.id), &form, ("reason", "no-reason"), |may| may.decide).await?;
    examples::give_back(&site.app, &visit.by, &view.id, reason).await?;
    Ok(done(&href, "example-returned"))
}

pub(crate) async fn withdraw(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let Loaded { view, href, .. } = load(&site, &visit, &id).await?;
    let reason = needed((&site, &visit, &view.id), &form, ("reason", "no-reason"), |may| may.withdraw).await?;
    examples::withdraw(&site.app, &visit.by, &view.id, reason).await?;
    Ok(done(&href, "example-withdrawn"))
}

pub(crate) async fn publish(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _: Form) -> Result<Redirect, PageError> {
    let Loaded { view, href, .. } = load(&site, &visit, &id).await?;
    examples::publish(&site.app, &visit.by, &view.id, true).await?;
    Ok(done(&href, "example-public"))
}

pub(crate) async fn unpublish(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _: Form) -> Result<Redirect, PageError> {
    let Loaded { view, href, .. } = load(&site, &visit, &id).await?;
    examples::publish(&site.app, &visit.by, &view.id, false).await?;
    Ok(done(&href, "example-not-public"))
}
