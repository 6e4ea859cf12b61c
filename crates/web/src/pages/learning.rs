//! A learner's own page: cards that come back, quizzes of their unit, their own results. Nobody else opens it.

use app::lang::date;
use app::programme::decide::Refusal;
use app::programme::ids::ActivityId;
use app::programme::learn::Reader;
use app::programme::quiz::Kind;
use app::programme::quiz::leitner::DAYS;
use app::quizzes::{self, CardView, Learning};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::quiz_take::{self, QuestionField, ResultItem, fields, marked};
use crate::pages::quizzes::topic_words;
use crate::pages::{Page, only_here};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "learning.html")]
pub(crate) struct LearningPage {
    frame: Frame,
    reader: String,
    readers: Vec<Choice>,
    /// What came of the card before.
    marked: Option<(ResultItem, String)>,
    card: Option<Card>,
    status: String,
    boxes: Vec<(String, usize)>,
    open: Vec<OpenItem>,
    results: Vec<(String, String, bool)>,
}

struct Card {
    id: String,
    topic: String,
    place: String,
    question: QuestionField,
}

struct OpenItem {
    title: String,
    meta: Vec<String>,
    /// Where it is taken; none when it was passed or no try is left.
    href: Option<String>,
    certificate: Option<String>,
    passed: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    reader: Option<String>,
}

fn reader_of(code: &str) -> Reader {
    Reader::of(code).unwrap_or(Reader::Member)
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page<LearningPage>, PageError> {
    let reader = reader_of(asked.reader.as_deref().unwrap_or_default());
    let learning = quizzes::learning(&site.app, &visit.by, reader).await?;
    Ok(Page(page(visit, reader, &learning, None)))
}

fn page(visit: Visit, reader: Reader, learning: &Learning, marked: Option<(ResultItem, String)>) -> LearningPage {
    let frame = visit.frame("/manage");
    let choice = |of: &Reader| Choice {
        chosen: *of == reader,
        words: frame.code("lesson-reader", of.as_str()).into_owned(),
        value: of.as_str().to_owned(),
    };
    let status = match (&learning.next, learning.due, learning.next_due) {
        (Some(_), 0, _) => frame.with("learning-new", &[("n", (learning.new as u64).into())]),
        (Some(_), due, _) => frame.with("learning-due", &[("n", (due as u64).into())]),
        (None, _, Some(day)) => frame.with("learning-done-until", &[("day", date(day).into())]),
        (None, _, None) => frame.t("learning-nothing").into_owned(),
    };
    let in_box =
        |(n, (days, count)): (u64, (&i64, &usize))| (frame.with("learning-box", &[("n", n.into()), ("days", (*days).into())]), *count);
    let open = learning.open.iter().map(|quiz| {
        let left = quiz.face.tries.saturating_sub(quiz.tried);
        let until = frame.with("learning-until", &[("day", date(quiz.face.days.until).into())]);
        OpenItem {
            title: quiz.face.title.clone(),
            meta: vec![until, frame.with("quiz-left", &[("n", left.into())])],
            href: (!quiz.passed && left > 0).then(|| format!("/my-learning/quizzes/{}", quiz.face.id)),
            certificate: (quiz.passed && !quiz.certified && quiz.face.course.is_some())
                .then(|| format!("/my-learning/quizzes/{}/certificate", quiz.face.id)),
            passed: quiz.passed,
        }
    });
    let result = |row: &quizzes::OwnRow| {
        let score = frame.with("quiz-score", &[("right", row.best.into()), ("of", row.questions.into())]);
        (row.title.clone().unwrap_or_else(|| frame.t("erased").into_owned()), score, row.passed)
    };
    LearningPage {
        reader: reader.as_str().to_owned(),
        readers: Reader::ALL.iter().map(choice).collect(),
        marked,
        card: learning.next.as_ref().map(|card| card_of(&frame, card)),
        status,
        boxes: (1..).zip(DAYS.iter().zip(&learning.boxes)).map(in_box).collect(),
        open: open.collect(),
        results: learning.results.iter().map(result).collect(),
        frame,
    }
}

fn card_of(frame: &Frame, card: &CardView) -> Card {
    let place = match card.box_number {
        Some(n) => frame.with("learning-in-box", &[("n", n.into())]),
        None => frame.t("learning-first").into_owned(),
    };
    Card {
        id: card.id.clone(),
        topic: topic_words(frame.lang, &card.topic),
        place,
        question: QuestionField {
            at: 0,
            number: None,
            text: card.text.clone(),
            several: card.kind == Kind::Several,
            answers: fields(frame, card.kind, &card.answers),
        },
    }
}

/// Marks a card, and shows what came of it above the next one.
pub(crate) async fn answer(State(site): State<Site>, visit: Visit, form: Form) -> Result<Page<LearningPage>, PageError> {
    let reader = reader_of(form.one("reader"));
    let chosen = marked(&form, 1).pop().unwrap_or_default();
    let came = quizzes::answer_card(&site.app, &visit.by, form.one("card"), &chosen).await?.ok_or(PageError::NotFound)?;
    let learning = quizzes::learning(&site.app, &visit.by, reader).await?;
    let page = page(visit, reader, &learning, None);
    let back = page.frame.with("learning-back", &[("n", came.card.box_number.into()), ("day", date(came.card.due).into())]);
    let marked = Some((quiz_take::result(&page.frame, &came.result), back));
    Ok(Page(LearningPage { marked, ..page }))
}

fn id_of(id: &str) -> Result<ActivityId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

pub(crate) async fn quiz(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let quiz = id_of(&id)?;
    let sheet = match quizzes::own_sheet(&site.app, &visit.by, &quiz).await {
        Ok(sheet) => sheet.ok_or(PageError::NotFound)?,
        // Passed, or no try left: the learner's page says so.
        Err(app::Error::Refused(Refusal::AlreadyDone | Refusal::QuizNoTries)) => return Ok(Redirect::to("/my-learning").into_response()),
        Err(other) => return Err(other.into()),
    };
    let frame = visit.frame("/manage");
    Ok(Page(quiz_take::page(frame, &format!("/my-learning/quizzes/{id}"), sheet).for_oneself()).into_response())
}

pub(crate) async fn hand_in(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let quiz = id_of(&id)?;
    let n = app::programme::quiz::MOST_QUESTIONS;
    match quizzes::hand_in_own(&site.app, &visit.by, &quiz, &marked(&form, n)).await {
        Ok(Some(outcome)) => {
            let ways = (format!("/my-learning/quizzes/{id}"), format!("/my-learning/quizzes/{id}/certificate"));
            Ok(only_here(Page(quiz_take::done(visit.frame("/manage"), outcome, ways, true))))
        }
        Ok(None) => Err(PageError::NotFound),
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn certify(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let code = quizzes::issue_own(&site.app, &visit.by, &id_of(&id)?).await?;
    Ok(Redirect::to(&format!("/certificate/{code}?done=certificate")))
}
