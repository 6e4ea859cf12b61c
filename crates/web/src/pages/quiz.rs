//! One quiz: codes of its units, what came in, sheets keyed in from paper, figures of groups, certificates.

use app::lang::{date, moment};
use app::programme::decide::Refusal;
use app::programme::drill::percent;
use app::programme::ids::{ActivityId, UnitId};
use app::programme::model::Role;
use app::programme::quiz::State;
use app::quizzes::{self, Group, Issued, KeyedIn, QuizView};
use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::people::BASIS;
use crate::pages::quizzes::{days_words, holds, may_quiz, people, tag, title, topic_words};
use crate::pages::{CHANGED, Page, done, done_with};
use crate::shown::{self, Fact, Line, Value};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "quiz.html")]
pub(crate) struct QuizPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    read: String,
    title: String,
    tag: Tag,
    facts: Vec<Fact>,
    units: Vec<UnitRow>,
    /// Figures stand, codes and forms are gone.
    closed: bool,
    can: Can,
    headline: Option<(String, String)>,
    /// Closed, with fewer people than may be shown.
    too_few: bool,
    groups: Vec<GroupRow>,
    hard: Vec<(String, String)>,
    results_href: Option<String>,
    certificates: Vec<CertificateRow>,
    /// Names may be erased by whoever is signed in.
    may_erase: bool,
    until: String,
    reason: String,
    history: Vec<Line>,
}

/// The forms that a page has.
#[derive(Default)]
struct Can {
    take: bool,
    key_in: bool,
    change: bool,
    close: bool,
    print: bool,
}

struct UnitRow {
    id: UnitId,
    name: String,
    people: u32,
    taken: u64,
    code: String,
}

/// One group in the table of results.
struct GroupRow {
    name: String,
    with: Option<String>,
    taken: String,
    passed: String,
}

struct CertificateRow {
    id: String,
    name: String,
    code: String,
    href: String,
    on: String,
    revoked: bool,
    erased: bool,
}

#[derive(Template)]
#[template(path = "quiz_sheets.html")]
pub(crate) struct SheetsPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    units: Vec<Choice>,
    lines: String,
    /// Lines that are no sheets.
    wrong: Vec<String>,
    hint: String,
}

pub(crate) async fn show(Shared(site): Shared<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<QuizPage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    Ok(Page(page(&site, visit, view).await?))
}

/// The quiz of an address, for whoever may see quizzes.
pub(super) async fn seen(site: &Site, visit: &Visit, id: &str) -> Result<QuizView, PageError> {
    let id: ActivityId = id.parse().map_err(|_| PageError::NotFound)?;
    quizzes::show(&site.app, &visit.by, &id).await?.ok_or(PageError::NotFound)
}

async fn page(site: &Site, visit: Visit, view: QuizView) -> Result<QuizPage, PageError> {
    let rows = quizzes::history(&site.app, &view.id).await?;
    let holds = may_quiz(&visit);
    let issued = if holds { quizzes::issued(&site.app, &visit.by, &view.id).await? } else { Vec::new() };
    let may_erase = visit.by.is(Role::Admin);
    let frame = visit.frame("/manage");
    let results = view.results.as_ref();
    let headline = results.and_then(|results| {
        let passed = results.passed?;
        let args = [("passed", passed.into()), ("taken", results.taken.into())];
        Some((format!("{}%", percent(passed, results.taken)?), frame.with("quiz-headline", &args)))
    });
    let stands = !matches!(view.state, State::Closed | State::Off);
    let can = Can {
        take: view.state == State::Open,
        key_in: holds && matches!(view.state, State::Open | State::Over),
        change: holds && stands,
        close: holds && matches!(view.state, State::Open | State::Over),
        print: holds && stands,
    };
    let unit = |part: &quizzes::UnitPart| UnitRow {
        id: part.unit.clone(),
        name: part.name.clone(),
        people: part.people,
        taken: part.taken,
        code: part.code.clone(),
    };
    let hard = |hard: &quizzes::Hard| {
        let known = percent(hard.known, hard.asked).unwrap_or_default();
        (
            hard.text.clone(),
            frame.with("quiz-hard-known", &[("percent", known.into()), ("topic", topic_words(frame.lang, &hard.topic).into())]),
        )
    };
    Ok(QuizPage {
        errors: Vec::new(),
        read: view.read.clone(),
        href: format!("/quizzes/{}", view.id),
        title: title(frame.lang, &view),
        tag: tag(frame.lang, view.state),
        facts: facts(&frame, &view),
        units: view.units.iter().map(unit).collect(),
        closed: !stands,
        can,
        headline,
        too_few: results.is_some_and(|results| results.passed.is_none()),
        groups: results.iter().flat_map(|results| &results.groups).map(|group| group_row(&frame, group)).collect(),
        hard: results.iter().flat_map(|results| &results.hard).map(hard).collect(),
        results_href: view.evidence.as_ref().map(|file| format!("/files/{file}")),
        certificates: issued.iter().map(|issued| certificate_row(&frame, issued)).collect(),
        may_erase,
        until: view.days.map(|days| date(days.until)).unwrap_or_default(),
        reason: String::new(),
        history: shown::history(frame.lang, &rows, &[]),
        frame,
    })
}

fn certificate_row(frame: &Frame, issued: &Issued) -> CertificateRow {
    CertificateRow {
        id: issued.id.to_string(),
        name: issued.name.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        code: app::voices::spaced(&issued.code),
        href: format!("/certificate/{}", issued.code),
        on: moment(issued.at),
        revoked: issued.revoked,
        erased: issued.name.is_none(),
    }
}

fn group_row(frame: &Frame, group: &Group) -> GroupRow {
    let share = percent(group.passed, group.taken).map(|share| format!("{} ({share}%)", group.passed));
    GroupRow {
        name: group.name.clone(),
        with: (!group.with.is_empty()).then(|| frame.with("drill-group-with", &[("units", group.with.join(", ").into())])),
        taken: group.taken.to_string(),
        passed: share.unwrap_or_default(),
    }
}

fn facts(frame: &Frame, view: &QuizView) -> Vec<Fact> {
    let plain = |words: String| vec![Value { words, href: None }];
    let fact = |key: &str, words: String| Fact { name: frame.t(key).into_owned(), values: plain(words) };
    let topics: Vec<String> = view.topics.iter().map(|topic| topic_words(frame.lang, topic)).collect();
    let reader = view.reader.map_or_else(|| frame.t("quiz-reader-any"), |reader| frame.code("lesson-reader", reader.as_str()));
    let mut facts = vec![
        fact("quiz-days", days_words(view).unwrap_or_default()),
        fact("quiz-topics", topics.join(", ")),
        fact("quiz-reader", reader.into_owned()),
        fact("quiz-n-questions", view.n_questions.to_string()),
        fact("quiz-pass", format!("{}%", view.pass_percent)),
        fact("quiz-tries", view.tries.to_string()),
    ];
    facts.extend(view.course.clone().map(|course| fact("quiz-course", course)));
    facts.extend(view.called_off.clone().map(|why| fact("quiz-off-reason", why)));
    if !view.tasks.is_empty() {
        let task =
            |key: &app::programme::ids::TaskKey| Value { words: frame.t("quiz-task").into_owned(), href: Some(format!("/tasks/{key}")) };
        facts.push(Fact { name: frame.t("drill-tasks").into_owned(), values: view.tasks.iter().map(task).collect() });
    }
    facts
}

/// The page again, with what is wrong with one field.
async fn wrong(site: &Site, visit: Visit, view: QuizView, form: &Form, error: FieldError) -> Result<Response, PageError> {
    let page = page(site, visit, view).await?;
    let errors = wrong_fields(&page.frame, &[error]);
    let until = form.some("until").map_or(page.until.clone(), str::to_owned);
    Ok(Page(QuizPage { errors, reason: form.one("reason").to_owned(), until, ..page }).into_response())
}

pub(crate) async fn change(Shared(site): Shared<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    let units: Vec<UnitId> = view.units.iter().map(|unit| unit.unit.clone()).collect();
    let Some(until) = dates::read(form.one("until")) else {
        return wrong(&site, visit, view, &form, FieldError { field: "until", code: "bad-day" }).await;
    };
    let Some(people) = people(&form, &units) else {
        return wrong(&site, visit, view, &form, FieldError { field: "units", code: "bad-people" }).await;
    };
    match quizzes::change(&site.app, &visit.by, &view.id, form.some("read"), (until, &people)).await {
        Ok(()) => Ok(done(&format!("/quizzes/{id}"), "quiz-changed").into_response()),
        Err(app::Error::Refused(Refusal::ChangedMeanwhile)) => {
            let view = seen(&site, &visit, &id).await?;
            wrong(&site, visit, view, &form, FieldError { field: "until", code: CHANGED }).await
        }
        Err(app::Error::Refused(Refusal::QuizDays)) => {
            wrong(&site, visit, view, &form, FieldError { field: "until", code: "quiz_days" }).await
        }
        Err(app::Error::Refused(Refusal::QuizSize)) => {
            wrong(&site, visit, view, &form, FieldError { field: "units", code: "fewer-than-taken" }).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn close(Shared(site): Shared<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let view = seen(&site, &visit, &id).await?;
    quizzes::close(&site.app, &visit.by, &view.id).await?;
    Ok(done(&format!("/quizzes/{id}"), "quiz-closed"))
}

pub(crate) async fn call_off(Shared(site): Shared<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    let Some(reason) = form.some("reason") else {
        return wrong(&site, visit, view, &form, FieldError { field: "reason", code: "no-reason" }).await;
    };
    quizzes::call_off(&site.app, &visit.by, &view.id, reason).await?;
    Ok(done(&format!("/quizzes/{id}"), "quiz-off").into_response())
}

/// The page on which a clerk keys in sheets, quick by the keyboard: a line a sheet.
pub(crate) async fn sheets(Shared(site): Shared<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<SheetsPage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    Ok(Page(sheets_page(visit, &view, &Form::empty())))
}

fn sheets_page(visit: Visit, view: &QuizView, form: &Form) -> SheetsPage {
    let frame = visit.frame("/manage");
    let unit = |part: &quizzes::UnitPart| Choice {
        chosen: form.one("unit") == part.unit.as_str(),
        words: frame
            .with("quiz-unit-taken", &[("unit", part.name.clone().into()), ("taken", part.taken.into()), ("people", part.people.into())]),
        value: part.unit.to_string(),
    };
    let letters = "ABCD".chars().cycle().take(view.n_questions).collect::<String>();
    SheetsPage {
        errors: Vec::new(),
        href: format!("/quizzes/{}", view.id),
        title: title(frame.lang, view),
        units: view.units.iter().map(unit).collect(),
        lines: form.one("lines").to_owned(),
        wrong: Vec::new(),
        hint: frame.with("quiz-lines-hint", &[("n", (view.n_questions as u64).into()), ("example", format!("101 {letters}").into())]),
        frame,
    }
}

pub(crate) async fn key_in(Shared(site): Shared<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    let unit: UnitId = form.one("unit").parse().map_err(|_| PageError::field("unit", "choose-units"))?;
    if form.some("lines").is_none() {
        return Err(PageError::field("lines", "no-sheets"));
    }
    let (wrong, code) = match quizzes::key_in(&site.app, &visit.by, &view.id, &unit, form.one("lines")).await {
        Ok(KeyedIn::Taken(n)) => return Ok(done_with(&format!("/quizzes/{id}/sheets"), "quiz-sheets", n).into_response()),
        Ok(KeyedIn::Wrong(wrong)) => (wrong, "wrong-sheets"),
        Err(app::Error::Refused(Refusal::QuizFull)) => (Vec::new(), "quiz_full"),
        Err(other) => return Err(other.into()),
    };
    let page = sheets_page(visit, &view, &form);
    let errors = wrong_fields(&page.frame, &[FieldError { field: "lines", code }]);
    let line = |w: &app::programme::quiz::WrongSheet| page.frame.code_with("quiz-sheet-wrong", w.why, &[("line", (w.line as u64).into())]);
    let wrong = wrong.iter().map(line).collect();
    Ok(Page(SheetsPage { errors, wrong, ..page }).into_response())
}

pub(crate) async fn revoke(
    Shared(site): Shared<Site>,
    visit: Visit,
    Path((id, certificate)): Path<(String, String)>,
    form: Form,
) -> Result<Redirect, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let certificate = certificate.parse().map_err(|_| PageError::NotFound)?;
    quizzes::revoke(&site.app, &visit.by, &view.id, &certificate, form.one("reason")).await?;
    Ok(done(&format!("/quizzes/{id}"), "certificate-revoked"))
}

/// The name goes, on request of whom it belongs to; that a certificate was given stays.
pub(crate) async fn erase(
    Shared(site): Shared<Site>,
    visit: Visit,
    Path((id, certificate)): Path<(String, String)>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let view = seen(&site, &visit, &id).await?;
    visit.needs(&[Role::Admin])?;
    let issued = quizzes::issued(&site.app, &visit.by, &view.id).await?;
    let content = issued.into_iter().find(|issued| issued.id.as_str() == certificate).ok_or(PageError::NotFound)?.content;
    app::evidence::erase(&site.app, &visit.by, &content, BASIS).await?;
    Ok(done(&format!("/quizzes/{id}"), "certificate-erased"))
}
