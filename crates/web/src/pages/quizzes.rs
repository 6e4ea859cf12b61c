//! The list of quizzes, and planning one.

use std::collections::BTreeMap;

use app::lang::{Lang, code, date, t};
use app::programme::decide::{self, Refusal};
use app::programme::ids::UnitId;
use app::programme::learn::{Reader, TOPICS};
use app::programme::quiz::gift::NO_TOPIC;
use app::programme::quiz::{MOST_QUESTIONS, MOST_TRIES, State};
use app::quizzes::{self, NewQuiz, QuizView};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "quizzes.html")]
pub(crate) struct QuizzesPage {
    frame: Frame,
    quizzes: Vec<Item>,
    can_plan: bool,
}

struct Item {
    href: String,
    title: String,
    meta: Vec<String>,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "quiz_new.html")]
pub(crate) struct QuizNewPage {
    frame: Frame,
    errors: Vec<WrongField>,
    title: String,
    topics: Vec<Choice>,
    readers: Vec<Choice>,
    n_questions: String,
    most_questions: usize,
    from: String,
    until: String,
    pass_percent: String,
    tries: String,
    most_tries: u32,
    course: String,
    units: Vec<UnitField>,
    tasks: Vec<Choice>,
}

/// A unit with the number of its people, as it was typed.
struct UnitField {
    id: UnitId,
    name: String,
    depth: u32,
    people: String,
}

pub(crate) fn may_quiz(visit: &Visit) -> bool {
    visit.of_office() && decide::may_quiz(&visit.by, &visit.by.unit).is_ok()
}

/// May see quizzes and what groups did in them.
pub(crate) fn sees_quizzes(visit: &Visit) -> bool {
    visit.of_office() && decide::may_see_quizzes(&visit.by, &visit.by.unit).is_ok()
}

/// Refuses everybody who holds no quizzes.
pub(crate) fn holds(visit: &Visit) -> Result<(), PageError> {
    if may_quiz(visit) { Ok(()) } else { Err(PageError::Forbidden("role_missing".to_owned())) }
}

pub(crate) fn tag(lang: Lang, state: State) -> Tag {
    let class = match state {
        State::Open => "soon",
        State::Waiting => "calm",
        State::Over => "sharp",
        State::Closed => "good",
        State::Off => "",
    };
    Tag { class, words: code(lang, "quiz-state", state.as_str()).into_owned() }
}

pub(crate) fn title(lang: Lang, view: &QuizView) -> String {
    view.title.clone().unwrap_or_else(|| app::lang::t(lang, "erased").into_owned())
}

/// A topic as people call it: one of the lessons' by its words, another as it was written.
pub(crate) fn topic_words(lang: Lang, topic: &str) -> String {
    match topic {
        NO_TOPIC => t(lang, "quiz-no-topic").into_owned(),
        topic if TOPICS.contains(&topic) => code(lang, "lesson-topic", topic).into_owned(),
        topic => topic.to_owned(),
    }
}

pub(crate) fn days_words(view: &QuizView) -> Option<String> {
    view.days.map(|days| format!("{} – {}", date(days.from), date(days.until)))
}

pub(crate) async fn list(Shared(site): Shared<Site>, visit: Visit) -> Result<Page<QuizzesPage>, PageError> {
    let views = quizzes::list(&site.app, &visit.by).await?;
    let can_plan = may_quiz(&visit);
    let frame = visit.frame("/manage");
    let item = |view: &QuizView| {
        let people: u64 = view.units.iter().map(|unit| u64::from(unit.people)).sum();
        let taken = view.results.as_ref().map_or_else(|| view.units.iter().map(|unit| unit.taken).sum(), |results| results.taken);
        let counted = frame.with("quiz-taken-of", &[("taken", taken.into()), ("people", people.into())]);
        Item {
            href: format!("/quizzes/{}", view.id),
            title: title(frame.lang, view),
            meta: [days_words(view), Some(counted)].into_iter().flatten().collect(),
            tag: tag(frame.lang, view.state),
        }
    };
    Ok(Page(QuizzesPage { quizzes: views.iter().map(item).collect(), can_plan, frame }))
}

pub(crate) async fn begin(Shared(site): Shared<Site>, visit: Visit) -> Result<Page<QuizNewPage>, PageError> {
    holds(&visit)?;
    Ok(Page(new_page(&site, visit, &Form::empty()).await?))
}

/// The office's own open tasks, which a quiz may serve.
async fn tasks(site: &Site, visit: &Visit, chosen: &[&str]) -> Result<Vec<Choice>, PageError> {
    let rows = app::tasks::list(&site.app, app::tasks::TaskFilter { unit: Some(visit.by.unit.clone()), ..Default::default() }).await?;
    let choice = |row: &app::views::TaskRow| {
        let value = row.key.to_string();
        Choice { chosen: chosen.contains(&value.as_str()), words: row.text.clone().unwrap_or_default(), value }
    };
    Ok(rows.iter().filter(|row| row.stands() && row.declared_at.is_none()).map(|row| choice(row)).collect())
}

async fn new_page(site: &Site, visit: Visit, form: &Form) -> Result<QuizNewPage, PageError> {
    let sizes = quizzes::pool_size(&site.app, &visit.by, None).await?;
    let units = app::office::units(&site.app).await?;
    let tasks = tasks(site, &visit, &form.all("tasks")).await?;
    let today = site.app.now().day();
    let frame = visit.frame("/manage");
    let chosen = form.all("topics");
    let topic = |(topic, n): (&String, &usize)| Choice {
        chosen: chosen.contains(&topic.as_str()),
        words: frame.with("quiz-topic-size", &[("topic", topic_words(frame.lang, topic).into()), ("n", (*n as u64).into())]),
        value: topic.clone(),
    };
    let reader = |value: &'static str, words: String| Choice { chosen: form.one("reader") == value, words, value: value.to_owned() };
    let any = reader("", frame.t("quiz-reader-any").into_owned());
    let readers = Reader::ALL.iter().map(|of| reader(of.as_str(), frame.code("lesson-reader", of.as_str()).into_owned()));
    let typed = |name: &str, usual: &str| form.some(name).unwrap_or(usual).to_owned();
    let open = units.into_iter().filter(|unit| unit.valid_to.is_none_or(|to| today <= to));
    let field = |unit: app::views::UnitRow| UnitField {
        people: form.one(&format!("people-{}", unit.id)).to_owned(),
        id: unit.id,
        name: unit.name,
        depth: unit.depth.min(4),
    };
    Ok(QuizNewPage {
        errors: Vec::new(),
        title: form.one("title").to_owned(),
        topics: sizes.iter().map(topic).collect(),
        readers: std::iter::once(any).chain(readers).collect(),
        n_questions: typed("n_questions", "10"),
        most_questions: MOST_QUESTIONS,
        from: typed("from", &date(today)),
        until: form.one("until").to_owned(),
        pass_percent: typed("pass_percent", "80"),
        tries: typed("tries", "2"),
        most_tries: MOST_TRIES,
        course: form.one("course").to_owned(),
        units: open.map(field).collect(),
        tasks,
        frame,
    })
}

pub(crate) async fn plan(Shared(site): Shared<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    holds(&visit)?;
    let units: Vec<UnitId> = app::office::units(&site.app).await?.into_iter().map(|unit| unit.id).collect();
    let (new, mut wrong) = read(&form, &units);
    if wrong.is_empty() {
        match quizzes::plan(&site.app, &visit.by, new).await {
            Ok(id) => return Ok(done(&format!("/quizzes/{id}"), "quiz-planned").into_response()),
            Err(app::Error::Refused(Refusal::QuizDays)) => wrong.push(FieldError { field: "until", code: "quiz_days" }),
            Err(app::Error::Refused(Refusal::QuizTopic)) => wrong.push(FieldError { field: "topics", code: "bad-choice" }),
            Err(app::Error::Refused(Refusal::QuizSize)) => wrong.push(FieldError { field: "n_questions", code: "too-few-questions" }),
            Err(other) => return Err(other.into()),
        }
    }
    let page = new_page(&site, visit, &form).await?;
    Ok(Page(QuizNewPage { errors: wrong_fields(&page.frame, &wrong), ..page }).into_response())
}

/// How many people each unit has that takes part; `None` for a number that is none.
pub(crate) fn people(form: &Form, units: &[UnitId]) -> Option<BTreeMap<UnitId, u32>> {
    let mut people = BTreeMap::new();
    for unit in units {
        if let Some(typed) = form.some(&format!("people-{unit}")) {
            let n = typed.parse().ok().filter(|n| (1..=decide::MOST_QUIZ_PEOPLE).contains(n))?;
            people.insert(unit.clone(), n);
        }
    }
    Some(people)
}

/// The quiz that a form describes, and what is wrong with it.
fn read(form: &Form, units: &[UnitId]) -> (NewQuiz, Vec<FieldError>) {
    let mut wrong = Vec::new();
    let mut lacks = |field, code| wrong.push(FieldError { field, code });
    match form.one("title").chars().count() {
        0 => lacks("title", "no-quiz-title"),
        1..=200 => {}
        _ => lacks("title", "too-long-line"),
    }
    if form.one("course").chars().count() > 200 {
        lacks("course", "too-long-line");
    }
    let topics: Vec<String> = form.all("topics").into_iter().map(str::to_owned).collect();
    if topics.is_empty() {
        lacks("topics", "no-quiz-topics");
    }
    let (from, until) = (dates::read(form.one("from")), dates::read(form.one("until")));
    for (field, day) in [("from", from), ("until", until)] {
        if day.is_none() {
            lacks(field, if form.some(field).is_none() { "no-day" } else { "bad-day" });
        }
    }
    let n_questions = form.one("n_questions").parse().ok().filter(|n| (1..=MOST_QUESTIONS).contains(n));
    let pass_percent = form.one("pass_percent").parse().ok().filter(|n| (1..=100).contains(n));
    let tries = form.one("tries").parse().ok().filter(|n| (1..=MOST_TRIES).contains(n));
    let numbers = [("n_questions", n_questions.is_some()), ("pass_percent", pass_percent.is_some()), ("tries", tries.is_some())];
    for (field, _) in numbers.into_iter().filter(|(_, sound)| !sound) {
        lacks(field, "out-of-bounds");
    }
    let people = people(form, units);
    match &people {
        None => lacks("units", "bad-people"),
        Some(people) if people.is_empty() => lacks("units", "no-people"),
        Some(_) => {}
    }
    let new = NewQuiz {
        title: form.one("title").to_owned(),
        topics,
        reader: Reader::of(form.one("reader")),
        n_questions: n_questions.unwrap_or_default(),
        from: from.unwrap_or_default(),
        until: until.unwrap_or_default(),
        pass_percent: pass_percent.unwrap_or_default(),
        tries: tries.unwrap_or_default(),
        units: people.unwrap_or_default().into_iter().collect(),
        course: form.some("course").map(str::to_owned),
        tasks: form.all("tasks").into_iter().filter_map(|key| key.parse().ok()).collect(),
    };
    (new, wrong)
}
