//! Good examples: what is shared with everybody of the office, what waits, and nominating; and those that everybody may read.

use std::sync::Arc;

use app::examples::{self, Doer, ExampleWords, MOST_HOW, MOST_LINE, MOST_RESULT};
use app::lang::{date, on_behalf};
use app::letters::LetterFilter;
use app::programme::decide::{self, ExampleState};
use app::programme::learn::TOPICS;
use app::programme::model::Naming;
use app::views::{CaseView, DecidedView, ExampleView, LetterRow, TaskRow, UnitRow};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::library::{self, At, GoodExamples};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, letters, sent_back, voices};
use crate::site::Site;
use crate::standing::{Tag, may_work};
use crate::visit::{Choice, Frame, Turned, Visit};

/// The part of the menu that these pages stand in.
pub(super) const HERE: &str = "/outreach";

#[derive(Template)]
#[template(path = "examples.html")]
pub(crate) struct ExamplesPage {
    frame: Frame,
    /// Empty for who sees only what is shared.
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    /// Of the family `examples-none`.
    show: &'static str,
    can_nominate: bool,
}

struct Tab {
    href: String,
    words: String,
    here: bool,
}

struct Row {
    href: String,
    title: String,
    result: String,
    figure: Option<String>,
    meta: Vec<String>,
    tag: Tag,
}

/// The lists there are, the shared first.
const SHOWS: [ExampleState; 4] = [ExampleState::Accepted, ExampleState::Nominated, ExampleState::Returned, ExampleState::Withdrawn];
/// Letters that can be named, the latest first.
const MOST_LETTERS: usize = 100;

#[derive(Deserialize)]
pub(crate) struct Show {
    show: Option<String>,
}

/// The good examples that this person may read: what is shared, and else what their unit nominated or may judge.
pub(super) async fn read_by(site: &Site, visit: &Visit) -> Result<Vec<CaseView>, PageError> {
    let scope = visit.scope(site).await?;
    let mut views = examples::list(&site.app).await?;
    views.retain(|view| examples::is_shared(view) || scope.sees_case(view));
    Ok(views)
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit, Query(query): Query<Show>) -> Result<Page<ExamplesPage>, PageError> {
    let views = read_by(&site, &visit).await?;
    let acts = visit.acts().is_ok();
    let asked = SHOWS.into_iter().find(|s| query.show.as_deref() == Some(s.as_str()));
    let show = asked.filter(|_| acts).unwrap_or(ExampleState::Accepted);
    let frame = visit.frame(HERE);
    let of = |show: ExampleState| views.iter().filter_map(move |v| Some((v, v.example.as_ref().filter(|e| e.state == show)?)));
    let tab = |s: ExampleState| Tab {
        href: if s == ExampleState::Accepted { "/examples".to_owned() } else { format!("/examples?show={s}") },
        words: frame.code_with("examples-show", s.as_str(), &[("n", of(s).count().into())]),
        here: s == show,
    };
    Ok(Page(ExamplesPage {
        tabs: SHOWS.into_iter().filter(|_| acts).map(tab).collect(),
        rows: of(show).map(|(view, example)| row(&frame, view, example)).collect(),
        show: show.as_str(),
        can_nominate: acts,
        frame,
    }))
}

/// Where a good example stands.
pub(super) fn tag(frame: &Frame, example: &ExampleView) -> Tag {
    let class = match example.state {
        ExampleState::Accepted => "good",
        ExampleState::Nominated => "calm",
        ExampleState::Returned => "soon",
        ExampleState::Withdrawn => "",
    };
    Tag { class, words: frame.code("example-state", example.state.as_str()).into_owned() }
}

fn row(frame: &Frame, view: &CaseView, example: &ExampleView) -> Row {
    let erased = || frame.t("erased").into_owned();
    let said = match &example.decided {
        Some(decided) => decided_on(frame, decided),
        None => frame.with("example-nominated-on", &[("date", date(view.opened_at.day()).into())]),
    };
    let entered = example.entered_for.as_deref().map(|name| on_behalf(frame.lang, name).into_owned());
    let topic = example.topic.as_deref().map(|topic| frame.code("lesson-topic", topic).into_owned());
    let public = example.public_since.map(|_| frame.t("example-is-public").into_owned());
    Row {
        href: format!("/examples/{}", view.id),
        title: view.text.clone().unwrap_or_else(erased),
        result: example.result.clone().unwrap_or_else(erased),
        figure: example.figure.clone(),
        meta: [Some(view.unit_name.clone()), Some(said), entered, topic, public].into_iter().flatten().collect(),
        tag: tag(frame, example),
    }
}

/// "Accepted by … on …", in a line.
pub(crate) fn decided_on(frame: &Frame, decided: &DecidedView) -> String {
    let unit = decided.for_unit.clone().unwrap_or_default();
    frame.code_with("example-on", decided.state.as_str(), &[("date", date(decided.at.day()).into()), ("unit", unit.into())])
}

#[derive(Template)]
#[template(path = "examples_public.html")]
pub(crate) struct PublicPage {
    frame: Frame,
    it: GoodExamples,
}

/// What the office lets everybody read.
pub(crate) async fn public(State(site): State<Site>, visit: Result<Visit, Turned>, parts: Parts) -> Result<Page<PublicPage>, PageError> {
    let frame = voices::frame(&site, visit, &parts, "/good-examples").await?;
    let views = examples::public(&site.app).await?;
    Ok(Page(PublicPage { it: library::good_examples(&frame, At::Server, &views), frame }))
}

#[derive(Template)]
#[template(path = "example_form.html")]
pub(crate) struct ExampleFormPage {
    frame: Frame,
    errors: Vec<WrongField>,
    action: String,
    back: String,
    /// Nominated before: its words are bettered.
    again: bool,
    /// Why it was given back or withdrawn.
    reason: Option<(String, Option<String>)>,
    task: String,
    task_title: Option<String>,
    /// More than one: the person says for which.
    units: Vec<Choice>,
    letters: Vec<Choice>,
    topics: Vec<Choice>,
    title: String,
    how: String,
    result: String,
    figure: String,
    named: bool,
    named_public: bool,
}

#[derive(Deserialize)]
pub(crate) struct Begin {
    task: Option<String>,
}

/// What the form is made from.
pub(super) struct Base {
    units: Vec<UnitRow>,
    /// Letters that the person sees and can name.
    letters: Vec<LetterRow>,
    today: Date,
}

pub(super) async fn base(site: &Site, visit: &Visit) -> Result<Base, PageError> {
    let scope = visit.scope(site).await?;
    let mut letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    letters.retain(|letter| scope.sees_letter(&letter.id) && !letter.removed);
    letters.truncate(MOST_LETTERS);
    Ok(Base { units: app::office::units(&site.app).await?, letters, today: site.app.now().day() })
}

async fn task_of(site: &Site, visit: &Visit, task: Option<&str>) -> Result<Option<Arc<TaskRow>>, PageError> {
    let Some(task) = task else { return Ok(None) };
    let key = visit.task(site, task).await?;
    Ok(app::tasks::show(&site.app, &key).await?.map(|view| view.row))
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit, Query(query): Query<Begin>) -> Result<Page<ExampleFormPage>, PageError> {
    visit.acts()?;
    let (base, task) = (base(&site, &visit).await?, task_of(&site, &visit, query.task.as_deref()).await?);
    Ok(Page(new_page(visit, &base, task.as_deref(), &Form::empty(), &[])))
}

/// Nominates; what is missing is said at its field.
pub(crate) async fn nominate(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.acts()?;
    let (base, task) = (base(&site, &visit).await?, task_of(&site, &visit, form.some("task")).await?);
    let words = match read(&form, &base) {
        Ok(words) => words,
        Err(wrong) => return Ok(sent_back(Page(new_page(visit, &base, task.as_deref(), &form, &wrong)))),
    };
    let doer = match (task, form.some("unit")) {
        (Some(row), _) => Doer::Task(row.key.clone()),
        (None, Some(unit)) => Doer::Unit(unit.parse().map_err(|_| PageError::field("unit", "bad-choice"))?),
        (None, None) => Doer::Unit(visit.by.unit.clone()),
    };
    let id = examples::nominate(&site.app, &visit.by, doer, &words).await?;
    Ok(done(&format!("/examples/{id}"), "nominated").into_response())
}

/// The words of a form, or what is wrong with them.
pub(super) fn read(form: &Form, base: &Base) -> Result<ExampleWords, Vec<FieldError>> {
    let fields = [
        ("title", "no-example-title", MOST_LINE),
        ("how", "no-example-how", MOST_HOW),
        ("result", "no-example-result", MOST_RESULT),
        ("figure", "", MOST_LINE),
    ];
    let wrong = fields.into_iter().filter_map(|(field, missing, most)| match form.one(field).chars().count() {
        0 => (!missing.is_empty()).then_some(FieldError { field, code: missing }),
        n => (n > most).then_some(FieldError { field, code: "too-long-line" }),
    });
    let wrong: Vec<FieldError> = wrong.collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let naming = match (form.some("named_public"), form.some("named")) {
        (Some(_), _) => Naming::AgreedPublic,
        (None, Some(_)) => Naming::Agreed,
        (None, None) => Naming::Unit,
    };
    let text = |field: &str| form.one(field).replace('\r', "");
    Ok(ExampleWords {
        title: text("title"),
        how: text("how"),
        result: text("result"),
        figure: form.some("figure").map(str::to_owned),
        letter: base.letters.iter().find(|l| l.id.as_str() == form.one("letter")).map(|l| l.id.clone()),
        topic: TOPICS.iter().copied().find(|topic| *topic == form.one("topic")),
        naming,
    })
}

fn new_page(visit: Visit, base: &Base, task: Option<&TaskRow>, form: &Form, wrong: &[FieldError]) -> ExampleFormPage {
    let by = visit.by.clone();
    let page = form_page(visit.frame(HERE), base, form, wrong);
    let chosen = form.some("unit").unwrap_or(by.unit.as_str());
    let parents = base.units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
    let may = |u: &&UnitRow| u.valid_to.is_none_or(|to| base.today <= to) && may_work(&by, decide::reach(&by, &u.id, &parents));
    let choice = |u: &UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.id.as_str() == chosen };
    ExampleFormPage {
        action: "/examples".to_owned(),
        back: task.map_or("/examples".to_owned(), |row| format!("/tasks/{}", row.key)),
        task: task.map(|row| row.key.to_string()).unwrap_or_default(),
        task_title: task.map(|row| row.text.clone().unwrap_or_else(|| page.frame.t("erased").into_owned())),
        units: base.units.iter().filter(may).map(choice).collect(),
        ..page
    }
}

/// The form with what stands in its fields.
pub(super) fn form_page(frame: Frame, base: &Base, form: &Form, wrong: &[FieldError]) -> ExampleFormPage {
    let choice = |value: &str, words: String, name: &str| Choice { value: value.to_owned(), words, chosen: form.one(name) == value };
    let letter = |l: &LetterRow| choice(l.id.as_str(), letters::title(frame.lang, l), "letter");
    let topic = |topic: &&str| choice(topic, frame.code("lesson-topic", topic).into_owned(), "topic");
    ExampleFormPage {
        errors: wrong_fields(&frame, wrong),
        action: String::new(),
        back: String::new(),
        again: false,
        reason: None,
        task: String::new(),
        task_title: None,
        units: Vec::new(),
        letters: base.letters.iter().map(letter).collect(),
        topics: TOPICS.iter().map(topic).collect(),
        title: form.one("title").to_owned(),
        how: form.one("how").to_owned(),
        result: form.one("result").to_owned(),
        figure: form.one("figure").to_owned(),
        named: form.some("named").is_some(),
        named_public: form.some("named_public").is_some(),
        frame,
    }
}

/// The form of what was nominated before, with the reason for which it came back.
pub(super) fn again_page(page: ExampleFormPage, href: &str, reason: Option<(String, Option<String>)>) -> ExampleFormPage {
    ExampleFormPage { action: format!("{href}/edit"), back: href.to_owned(), again: true, reason, ..page }
}
