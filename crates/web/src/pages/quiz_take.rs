//! Taking a quiz by the code of a unit: no account, no name, one page with all questions, no script.

use std::collections::BTreeSet;

use app::lang::date;
use app::programme::decide::Refusal;
use app::programme::learn::{Reader, find};
use app::programme::quiz::{Kind, State as QuizState};
use app::quizzes::{self, Face, ItemResult, Outcome, Sheet};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::cookies;
use crate::error::PageError;
use crate::form::Form;
use crate::pages::quiz_bank::answer_words;
use crate::pages::{Page, only_here};
use crate::site::Site;
use crate::visit::{Frame, origin};

#[derive(Template)]
#[template(path = "quiz_take.html")]
pub(crate) struct TakePage {
    frame: Frame,
    /// Where the answers go; where no quiz is open, empty.
    action: String,
    title: String,
    lines: Vec<String>,
    /// What is read before.
    lessons: Vec<LessonLink>,
    /// Why nothing can be answered.
    closed: Option<String>,
    /// Somebody signed in takes it for themselves.
    own: bool,
    questions: Vec<QuestionField>,
    sitting: String,
}

/// A question to be answered.
pub(crate) struct QuestionField {
    pub(crate) at: usize,
    /// "Câu 3"; a card has none.
    pub(crate) number: Option<String>,
    pub(crate) text: String,
    pub(crate) several: bool,
    pub(crate) answers: Vec<String>,
}

/// A lesson of the library.
pub(crate) struct LessonLink {
    href: String,
    title: String,
}

#[derive(Template)]
#[template(path = "quiz_done.html")]
pub(crate) struct DonePage {
    frame: Frame,
    title: String,
    passed: bool,
    score: String,
    left: Option<String>,
    /// Where the next try begins, or the first of somebody else.
    again: Option<String>,
    next: Option<String>,
    items: Vec<ResultItem>,
    /// Where a certificate is asked for, and the sitting that it is for.
    certificate: Option<(String, String)>,
    /// What the certificate is for.
    course: String,
    own: bool,
}

/// One question after marking.
pub(crate) struct ResultItem {
    pub(crate) text: String,
    pub(crate) right: bool,
    /// Words, chosen, and whether right where that is told.
    pub(crate) answers: Vec<(String, bool, Option<bool>)>,
    pub(crate) said: Vec<String>,
    pub(crate) lesson: Option<String>,
}

#[derive(Template)]
#[template(path = "quiz_code.html")]
pub(crate) struct CodePage {
    frame: Frame,
    unknown: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    code: Option<String>,
    again: Option<String>,
}

fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(16).collect()
}

async fn frame(site: &Site, parts: &Parts) -> Result<Frame, PageError> {
    let office = app::office::show(&site.app).await?.ok_or(PageError::NotFound)?;
    // The code lets in: it stands in no way back.
    Ok(Frame::bare(site, &parts.headers, office.unit.name, "/q"))
}

/// The form for a code that is typed in.
pub(crate) async fn code(State(site): State<Site>, parts: Parts, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    if let Some(code) = asked.code.as_deref().map(typed).filter(|code| !code.is_empty()) {
        return Ok(Redirect::to(&format!("/q/{code}")).into_response());
    }
    Ok(Page(CodePage { frame: frame(&site, &parts).await?, unknown: false }).into_response())
}

pub(crate) async fn form(
    State(site): State<Site>,
    parts: Parts,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let (code, from) = (typed(&code), origin(&parts));
    let frame = frame(&site, &parts).await?;
    let face = match quizzes::by_code(&site.app, &code, &from).await {
        Ok(Some(face)) => face,
        Ok(None) => return Ok((StatusCode::NOT_FOUND, Page(CodePage { frame, unknown: true })).into_response()),
        Err(other) => return Err(other.into()),
    };
    match quizzes::sheet(&site.app, &code, asked.again.as_deref(), &from).await {
        Ok(Some(sheet)) => Ok(Page(page(frame, &format!("/q/{code}"), sheet)).into_response()),
        Ok(None) => Ok((StatusCode::NOT_FOUND, Page(CodePage { frame, unknown: true })).into_response()),
        Err(app::Error::Refused(refusal)) => Ok((StatusCode::CONFLICT, Page(closed(frame, &face, &refusal))).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn lines(frame: &Frame, face: &Face) -> Vec<String> {
    vec![
        face.unit_name.clone(),
        frame.with("quiz-n-of", &[("n", (face.n_questions as u64).into())]),
        frame.with("quiz-pass-at", &[("percent", face.pass_percent.into())]),
        frame.with("quiz-tries-of", &[("n", face.tries.into())]),
    ]
}

fn address((topic, reader): &(String, Reader)) -> String {
    format!("/learn/{topic}/{}", reader.as_str())
}

/// The lessons of a course, by title.
fn lessons(of: &[(String, Reader)]) -> Vec<LessonLink> {
    let link = |lesson: &(String, Reader)| {
        let title = find(&lesson.0, lesson.1.as_str())?.title.clone();
        Some(LessonLink { href: address(lesson), title })
    };
    of.iter().filter_map(link).collect()
}

pub(super) fn closed(frame: Frame, face: &Face, refusal: &Refusal) -> TakePage {
    let days = [("from", date(face.days.from).into()), ("until", date(face.days.until).into())];
    let words = match (refusal, face.state) {
        (Refusal::QuizNotOpen | Refusal::QuizOver, QuizState::Waiting | QuizState::Over) => frame.with("quiz-not-now", &days),
        _ => frame.code("refusal", refusal.code()).into_owned(),
    };
    TakePage {
        action: String::new(),
        title: face.title.clone(),
        lines: lines(&frame, face),
        lessons: lessons(&face.lessons),
        closed: Some(words),
        own: false,
        questions: Vec::new(),
        sitting: String::new(),
        frame,
    }
}

pub(super) fn page(frame: Frame, action: &str, sheet: Sheet) -> TakePage {
    let question = |(at, item): (usize, &quizzes::SheetItem)| QuestionField {
        at,
        number: Some(frame.with("quiz-question", &[("n", (at as u64 + 1).into())])),
        text: item.text.clone(),
        several: item.kind == Kind::Several,
        answers: fields(&frame, item.kind, &item.answers),
    };
    TakePage {
        action: action.to_owned(),
        title: sheet.face.title.clone(),
        lines: lines(&frame, &sheet.face),
        lessons: lessons(&sheet.face.lessons),
        closed: None,
        own: false,
        questions: sheet.items.iter().enumerate().map(question).collect(),
        sitting: sheet.token,
        frame,
    }
}

impl TakePage {
    pub(super) fn for_oneself(self) -> TakePage {
        TakePage { own: true, ..self }
    }
}

pub(super) fn fields(frame: &Frame, kind: Kind, answers: &[String]) -> Vec<String> {
    match kind {
        Kind::TrueFalse => (0..2).map(|at| answer_words(frame, kind, at, "")).collect(),
        _ => answers.to_vec(),
    }
}

/// The answers of a form: for each question the places that were chosen. A place that no question has is as good as none.
pub(super) fn marked(form: &Form, n: usize) -> Vec<BTreeSet<usize>> {
    (0..n).map(|at| form.all(&format!("a{at}")).into_iter().filter_map(|place| place.parse().ok()).collect()).collect()
}

pub(crate) async fn hand_in(State(site): State<Site>, parts: Parts, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let (code, from) = (typed(&code), origin(&parts));
    let frame = frame(&site, &parts).await?;
    let Some(face) = quizzes::by_code(&site.app, &code, &from).await? else {
        return Ok((StatusCode::NOT_FOUND, Page(CodePage { frame, unknown: true })).into_response());
    };
    let device = cookies::visitor(&parts.headers).unwrap_or_default();
    let marked = marked(&form, face.n_questions);
    match quizzes::hand_in(&site.app, &code, form.one("sitting"), &marked, &from, &device).await {
        Ok(Some(outcome)) => {
            let ways = (format!("/q/{code}"), format!("/q/{code}/certificate"));
            Ok(only_here(Page(done(frame, outcome, ways, false))))
        }
        Ok(None) => Err(PageError::NotFound),
        Err(app::Error::Refused(refusal)) => Ok((StatusCode::CONFLICT, Page(closed(frame, &face, &refusal))).into_response()),
        Err(other) => Err(other.into()),
    }
}

pub(super) fn done(frame: Frame, outcome: Outcome, (way, certificate): (String, String), own: bool) -> DonePage {
    let items = outcome.items.iter().map(|item| result(&frame, item)).collect();
    let again = if own { way.clone() } else { format!("{way}?again={}", outcome.token) };
    let args = [("right", outcome.score.right.into()), ("of", outcome.score.of.into())];
    let left = (!outcome.passed).then(|| frame.with("quiz-left", &[("n", outcome.tries_left.into())]));
    DonePage {
        title: outcome.face.title.clone(),
        passed: outcome.passed,
        score: frame.with("quiz-score", &args),
        left,
        again: (outcome.tries_left > 0).then_some(again),
        next: (!own).then_some(way),
        items,
        certificate: (outcome.passed && outcome.face.course.is_some()).then_some((certificate, outcome.token)),
        course: frame.with("quiz-certificate-hint", &[("course", outcome.face.course.unwrap_or_default().into())]),
        own,
        frame,
    }
}

pub(super) fn result(frame: &Frame, item: &ItemResult) -> ResultItem {
    let answer =
        |(at, (text, chosen, right)): (usize, &(String, bool, Option<bool>))| (answer_words(frame, item.kind, at, text), *chosen, *right);
    ResultItem {
        text: item.text.clone(),
        right: item.right,
        answers: item.answers.iter().enumerate().map(answer).collect(),
        said: item.said.clone(),
        lesson: item.lesson.as_ref().map(address),
    }
}

/// Gives a certificate to whoever passed: the one place that asks for a name.
pub(crate) async fn certify(State(site): State<Site>, parts: Parts, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let (code, from) = (typed(&code), origin(&parts));
    match quizzes::issue(&site.app, &code, form.one("sitting"), form.one("name"), &from).await {
        Ok(Some(issued)) => Ok(Redirect::to(&format!("/certificate/{issued}?done=certificate")).into_response()),
        Ok(None) => Err(PageError::NotFound),
        Err(app::Error::Refused(Refusal::EmptyText)) => Err(PageError::field("name", "no-own-name")),
        Err(app::Error::Refused(Refusal::TooLong)) => Err(PageError::field("name", "person-too-long")),
        Err(other) => Err(other.into()),
    }
}
