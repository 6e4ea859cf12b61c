//! The bank of questions: searched, brought in and taken out as files, the office's own written, changed and withdrawn.

use app::programme::ids::QuestionId;
use app::programme::learn::{Reader, TOPICS};
use app::programme::quiz::{Answer, Kind, LETTERS, Question, Wrong};
use app::quizzes::{self, BankFilter, BankQuestion};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::quizzes::{holds, may_quiz, topic_words};
use crate::pages::{Page, done, done_with, evidence};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

/// Questions on one page.
const A_PAGE: usize = 40;

#[derive(Template)]
#[template(path = "quiz_bank.html")]
pub(crate) struct BankPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// Rows or lines of a file that are no questions.
    wrong: Vec<String>,
    words: String,
    topics: Vec<Choice>,
    readers: Vec<Choice>,
    own: bool,
    /// How many there are.
    found: String,
    questions: Vec<Item>,
    earlier: Option<String>,
    later: Option<String>,
    /// What files hold: the questions that are shown.
    query: String,
    can_keep: bool,
}

struct Item {
    meta: Vec<String>,
    text: String,
    answers: Vec<(String, bool)>,
    why: Option<String>,
    /// Of the office's own.
    edit: Option<String>,
}

#[derive(Template)]
#[template(path = "question.html")]
pub(crate) struct QuestionPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    is_new: bool,
    topic: String,
    topics: Vec<String>,
    readers: Vec<Choice>,
    kinds: Vec<Choice>,
    text: String,
    answers: Vec<AnswerField>,
    why: String,
}

struct AnswerField {
    letter: char,
    label: String,
    right_label: String,
    text: String,
    right: bool,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    find: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    reader: String,
    own: Option<String>,
    #[serde(default)]
    from: usize,
}

impl Asked {
    fn filter(&self) -> BankFilter {
        let topic = Some(self.topic.clone()).filter(|topic| !topic.is_empty());
        BankFilter { words: self.find.clone(), topic, reader: Reader::of(&self.reader), own: self.own.is_some() }
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("find", &self.find), ("topic", &self.topic), ("reader", &self.reader)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if self.own.is_some() {
            query.append_pair("own", "1");
        }
        query.finish()
    }
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page<BankPage>, PageError> {
    Ok(Page(page(&site, visit, &asked).await?))
}

async fn page(site: &Site, visit: Visit, asked: &Asked) -> Result<BankPage, PageError> {
    let sizes = quizzes::pool_size(&site.app, &visit.by, None).await?;
    let found = quizzes::bank(&site.app, &visit.by, &asked.filter()).await?;
    let can_keep = may_quiz(&visit);
    let frame = visit.frame("/manage");
    let (n, query) = (found.len(), asked.query());
    let to = |from: usize| format!("/quizzes/bank?{query}{}from={from}", if query.is_empty() { "" } else { "&" });
    let topics =
        sizes.keys().map(|topic| Choice { chosen: topic == &asked.topic, words: topic_words(frame.lang, topic), value: topic.clone() });
    Ok(BankPage {
        errors: Vec::new(),
        wrong: Vec::new(),
        words: asked.find.clone(),
        topics: topics.collect(),
        readers: readers(&frame, &asked.reader),
        own: asked.own.is_some(),
        found: frame.with("bank-n", &[("n", (n as u64).into())]),
        questions: found.iter().skip(asked.from).take(A_PAGE).map(|of| item(&frame, of, can_keep)).collect(),
        earlier: (asked.from > 0).then(|| to(asked.from.saturating_sub(A_PAGE))),
        later: (asked.from + A_PAGE < n).then(|| to(asked.from + A_PAGE)),
        query,
        can_keep,
        frame,
    })
}

fn readers(frame: &Frame, chosen: &str) -> Vec<Choice> {
    let choice = |of: &Reader| Choice {
        chosen: of.as_str() == chosen,
        words: frame.code("lesson-reader", of.as_str()).into_owned(),
        value: of.as_str().to_owned(),
    };
    Reader::ALL.iter().map(choice).collect()
}

/// An answer's words; of true and false they are the page's.
pub(crate) fn answer_words(frame: &Frame, kind: Kind, at: usize, text: &str) -> String {
    match kind {
        Kind::TrueFalse => frame.t(if at == 0 { "quiz-true" } else { "quiz-false" }).into_owned(),
        _ => text.to_owned(),
    }
}

fn item(frame: &Frame, of: &BankQuestion, can_keep: bool) -> Item {
    let q = &of.question;
    let reader = q.reader.map(|reader| frame.code("lesson-reader", reader.as_str()).into_owned());
    let kind = frame.code("question-kind", q.kind.as_str()).into_owned();
    let own = of.own.then(|| frame.t("bank-own-question").into_owned());
    let answer = |(at, answer): (usize, &Answer)| (answer_words(frame, q.kind, at, &answer.text), answer.right);
    Item {
        meta: [Some(topic_words(frame.lang, &q.topic)), reader, Some(kind), own].into_iter().flatten().collect(),
        text: q.text.clone(),
        answers: q.answers.iter().enumerate().map(answer).collect(),
        why: q.why.clone(),
        edit: (of.own && can_keep).then(|| format!("/quizzes/bank/{}/edit", of.id)),
    }
}

/// A file with the questions that are shown, or one to be filled in.
pub(crate) async fn file(
    State(site): State<Site>,
    visit: Visit,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    holds(&visit)?;
    let filter = asked.filter();
    let (name, bytes) = match name.as_str() {
        "bank.gift" => ("ngan-hang-cau-hoi-gift.txt", quizzes::export_gift(&site.app, &visit.by, &filter).await?.into_bytes()),
        "bank.xlsx" => ("ngan-hang-cau-hoi.xlsx", quizzes::export_xlsx(&site.app, &visit.by, &filter).await?),
        "template.xlsx" => ("mau-nhap-cau-hoi.xlsx", quizzes::template(&site.app).await?),
        _ => return Err(PageError::NotFound),
    };
    Ok(evidence::attachment(name, bytes))
}

/// Takes a file in: all of its questions, or none with every line that is wrong.
pub(crate) async fn import(State(site): State<Site>, visit: Visit, upload: Upload) -> Result<Response, PageError> {
    holds(&visit)?;
    let Some(file) = upload.files.into_iter().next() else { return Err(PageError::field("file", "no-file")) };
    let is_sheet = file.bytes.starts_with(b"PK");
    let done = quizzes::import(&site.app, &visit.by, file.bytes).await?;
    if done.problems.is_empty() {
        let notice = if done.kept == 0 { "questions-known" } else { "questions-kept" };
        return Ok(done_with("/quizzes/bank", notice, done.kept).into_response());
    }
    let page = page(&site, visit, &Asked::default()).await?;
    let place = if is_sheet { "bank-row" } else { "bank-line" };
    let line = |problem: &app::programme::quiz::gift::Problem| {
        let why = page.frame.code("question-wrong", problem.code).into_owned();
        page.frame.with(place, &[("n", (problem.line as u64).into()), ("why", why.into())])
    };
    let wrong = done.problems.iter().map(line).collect();
    let errors = wrong_fields(&page.frame, &[FieldError { field: "file", code: "wrong-questions" }]);
    Ok(Page(BankPage { errors, wrong, ..page }).into_response())
}

pub(crate) async fn begin(visit: Visit) -> Result<Page<QuestionPage>, PageError> {
    holds(&visit)?;
    Ok(Page(question_page(visit, None, &empty())))
}

fn empty() -> Question {
    let answers = vec![Answer { text: String::new(), right: false, feedback: None }; 2];
    Question { title: None, topic: String::new(), reader: Some(Reader::Member), kind: Kind::One, text: String::new(), answers, why: None }
}

fn question_page(visit: Visit, id: Option<&str>, q: &Question) -> QuestionPage {
    let frame = visit.frame("/manage");
    let kind = |kind: &Kind| Choice {
        chosen: *kind == q.kind,
        words: frame.code("question-kind", kind.as_str()).into_owned(),
        value: kind.to_string(),
    };
    let answer = |(at, letter): (usize, &char)| AnswerField {
        letter: *letter,
        label: frame.with("question-answer", &[("letter", letter.to_string().into())]),
        right_label: frame.with("question-right", &[("letter", letter.to_string().into())]),
        text: q.answers.get(at).map(|answer| answer.text.clone()).unwrap_or_default(),
        right: q.answers.get(at).is_some_and(|answer| answer.right),
    };
    QuestionPage {
        errors: Vec::new(),
        href: id.map_or_else(|| "/quizzes/bank".to_owned(), |id| format!("/quizzes/bank/{id}")),
        is_new: id.is_none(),
        topic: if q.topic.is_empty() { String::new() } else { topic_words(frame.lang, &q.topic) },
        topics: TOPICS.iter().map(|topic| topic_words(frame.lang, topic)).collect(),
        readers: readers(&frame, q.reader.map_or("", Reader::as_str)),
        kinds: Kind::ALL.iter().map(kind).collect(),
        text: q.text.clone(),
        answers: LETTERS.iter().enumerate().map(answer).collect(),
        why: q.why.clone().unwrap_or_default(),
        frame,
    }
}

/// The question that a form describes.
fn read(form: &Form, old: &Question) -> Question {
    let typed = form.one("topic").to_lowercase();
    let words = quizzes::table_words();
    let known = words.topics.iter().find(|(name, _)| name.to_lowercase() == typed).map(|(_, topic)| topic.clone());
    let kind = form.one("kind").parse().unwrap_or(Kind::One);
    let right = form.all("right");
    let fields =
        LETTERS.iter().map(|letter| (form.one(&format!("answer-{letter}")).to_owned(), right.contains(&letter.to_string().as_str())));
    let feedback = |text: &str| old.answers.iter().find(|answer| answer.text == text).and_then(|answer| answer.feedback.clone());
    let mut answers: Vec<Answer> = fields.map(|(text, right)| Answer { feedback: feedback(&text), text, right }).collect();
    match kind {
        Kind::TrueFalse => {
            answers.truncate(2);
            answers.iter_mut().for_each(|answer| answer.text.clear());
        }
        _ => answers.retain(|answer| !answer.text.is_empty() || answer.right),
    }
    Question {
        title: old.title.clone(),
        topic: known.unwrap_or_else(|| form.one("topic").to_owned()),
        reader: Reader::of(form.one("reader")),
        kind,
        text: form.one("text").replace("\r\n", "\n"),
        answers,
        why: form.some("why").map(|why| why.replace("\r\n", "\n")),
    }
}

/// Keeps what a form describes, or shows it again with what is wrong.
async fn kept(site: &Site, visit: Visit, form: &Form, old: Option<(QuestionId, Question)>) -> Result<Response, PageError> {
    let (id, old) = old.map_or((None, empty()), |(id, question)| (Some(id), question));
    let question = read(form, &old);
    if let Err(wrong) = question.check() {
        let field = match wrong {
            Wrong::NoTopic => "topic",
            Wrong::NoText | Wrong::TooLong | Wrong::BadSign => "text",
            _ => "answers",
        };
        let page = question_page(visit, id.as_ref().map(QuestionId::as_str), &question);
        let words = page.frame.code("question-wrong", wrong.as_str()).into_owned();
        return Ok(Page(QuestionPage { errors: vec![WrongField { field, words }], ..page }).into_response());
    }
    quizzes::keep(&site.app, &visit.by, id, question).await?;
    Ok(done("/quizzes/bank", "question-kept").into_response())
}

pub(crate) async fn add(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    holds(&visit)?;
    kept(&site, visit, &form, None).await
}

async fn own(site: &Site, visit: &Visit, id: &str) -> Result<(QuestionId, Question), PageError> {
    holds(visit)?;
    let own = quizzes::one(&site.app, &visit.by, id).await?.ok_or(PageError::NotFound)?;
    Ok((id.parse().map_err(|_| PageError::NotFound)?, own.question))
}

pub(crate) async fn edit_form(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<QuestionPage>, PageError> {
    let (_, question) = own(&site, &visit, &id).await?;
    Ok(Page(question_page(visit, Some(&id), &question)))
}

pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let old = own(&site, &visit, &id).await?;
    kept(&site, visit, &form, Some(old)).await
}

pub(crate) async fn withdraw(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let (id, _) = own(&site, &visit, &id).await?;
    quizzes::withdraw(&site.app, &visit.by, &id).await?;
    Ok(done("/quizzes/bank", "question-withdrawn"))
}
