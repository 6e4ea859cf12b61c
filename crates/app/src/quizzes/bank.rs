//! The bank: the questions of the lessons that ship with the program, and the office's own, which come and go by events.

use crate::lang::{Lang, code, t};
use crate::{App, Error, Result};
use programme::decide::{self, Refusal};
use programme::ids::QuestionId;
use programme::learn::{self, Reader};
use programme::model::*;
use programme::quiz::gift::{self, NO_TOPIC, Problem};
use programme::quiz::table::{self, Row, Words};
use programme::quiz::{Kind, Question, of_lesson};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;

/// A question of the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankQuestion {
    pub id: String,
    pub question: Question,
    /// The office's own; else of a lesson, and not to be changed here.
    pub own: bool,
}

/// What of the bank is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BankFilter {
    pub words: String,
    pub topic: Option<String>,
    pub reader: Option<Reader>,
    /// Only the office's own.
    pub own: bool,
}

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    pub kept: usize,
    /// Which the bank has already.
    pub known: usize,
    /// Why nothing was taken.
    pub problems: Vec<Problem>,
}

/// What a sealed text of the bank holds, version 1.
#[derive(Debug, Serialize, Deserialize)]
struct Batch {
    v: u8,
    questions: Vec<Kept>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    id: QuestionId,
    question: Question,
}

/// The bank as it stands: the lessons' questions first, the office's own after them.
pub async fn bank(app: &App, by: &Actor, filter: &BankFilter) -> Result<Vec<BankQuestion>> {
    let all = app.snapshot().await?;
    decide::may_see_quizzes(by, &all.office)?;
    let mut tx = app.inner.db.read().await?;
    let mut questions = whole(&mut tx).await?;
    let wanted = text::fold::search_key(&filter.words);
    questions.retain(|of| {
        let q = &of.question;
        let texts = || std::iter::once(&q.text).chain(q.answers.iter().map(|answer| &answer.text)).chain(&q.title);
        (!filter.own || of.own)
            && filter.topic.as_ref().is_none_or(|topic| topic == &q.topic)
            && filter.reader.is_none_or(|reader| q.reader == Some(reader))
            && (wanted.is_empty() || texts().any(|words| text::fold::search_key(words).contains(&wanted)))
    });
    Ok(questions)
}

/// A question of the office's own.
pub async fn one(app: &App, by: &Actor, id: &str) -> Result<Option<BankQuestion>> {
    let own = bank(app, by, &BankFilter { own: true, ..BankFilter::default() }).await?;
    Ok(own.into_iter().find(|question| question.id == id))
}

/// Questions that a quiz can be drawn from.
///
/// # Errors
/// [`Refusal::QuizTopic`] for a topic of which the bank holds no question.
pub(super) async fn pool(app: &App, topics: &[String], reader: Option<Reader>) -> Result<Vec<BankQuestion>> {
    let mut tx = app.inner.db.read().await?;
    let mut questions = whole(&mut tx).await?;
    if !topics.iter().all(|topic| questions.iter().any(|of| &of.question.topic == topic)) {
        return Err(Refusal::QuizTopic.into());
    }
    let fits = |q: &Question| topics.contains(&q.topic) && (reader.is_none() || q.reader.is_none() || q.reader == reader);
    questions.retain(|of| fits(&of.question));
    Ok(questions)
}

/// How many questions of each topic there are for a reader; `None`: for all.
pub async fn pool_size(app: &App, by: &Actor, reader: Option<Reader>) -> Result<BTreeMap<String, usize>> {
    let mut sizes = BTreeMap::new();
    for of in bank(app, by, &BankFilter::default()).await? {
        if reader.is_none() || of.question.reader.is_none() || of.question.reader == reader {
            *sizes.entry(of.question.topic).or_default() += 1;
        }
    }
    Ok(sizes)
}

pub(super) async fn whole(tx: &mut Tx) -> Result<Vec<BankQuestion>> {
    let built_in = learn::builtin().iter().flat_map(of_lesson).map(|(id, question)| BankQuestion { id, question, own: false });
    let mut questions: Vec<BankQuestion> = built_in.collect();
    questions.extend(own(tx).await?.into_iter().map(|(id, question)| BankQuestion { id: id.to_string(), question, own: true }));
    Ok(questions)
}

/// The office's own questions: of each the latest text, without those that were withdrawn after it.
async fn own(tx: &mut Tx) -> Result<BTreeMap<QuestionId, Question>> {
    let said = store::quiz::said_of_questions(tx).await?;
    let sealed = store::quiz::kept(&said);
    let ids: Vec<_> = sealed.iter().map(|sealed| &sealed.id).collect();
    let bodies = store::content::many(tx, &ids).await?;
    let mut own = BTreeMap::new();
    for (id, mark) in &said {
        match (mark.kind, &mark.note) {
            (MarkKind::Kept, Some(note)) => {
                let Some(body) = bodies.get(&note.id).and_then(|content| content.body.as_deref()) else { continue };
                let bad = |e: serde_json::Error| Error::BadRecord { id: id.clone(), what: e.to_string() };
                let batch: Batch = serde_json::from_str(body).map_err(bad)?;
                own.extend(batch.questions.into_iter().map(|kept| (kept.id, kept.question)));
            }
            (MarkKind::Withdrawn, _) => {
                if let Ok(id) = id.parse::<QuestionId>() {
                    own.remove(&id);
                }
            }
            _ => {}
        }
    }
    Ok(own)
}

/// Keeps a question: a new one, or other words for one of the office's own.
pub async fn keep(app: &App, by: &Actor, id: Option<QuestionId>, question: Question) -> Result<()> {
    question.check().map_err(|_| Refusal::NotWanted)?;
    keep_all(app, by, vec![(id, question)]).await
}

async fn keep_all(app: &App, by: &Actor, questions: Vec<(Option<QuestionId>, Question)>) -> Result<()> {
    let mut work = app.work(by).await?;
    let known = own(&mut work.tx).await?;
    let mut kept = Vec::new();
    for (id, question) in questions {
        if id.as_ref().is_some_and(|id| !known.contains_key(id)) {
            return Err(Refusal::NoLongerHolds.into());
        }
        kept.push(Kept { id: id.unwrap_or_else(|| work.ids.make()), question });
    }
    let json = programme::chain::canonical(&Batch { v: 1, questions: kept }).map_err(store::Error::from)?;
    let (batch, office) = (work.ids.make(), work.office.clone());
    let sealed = work.text(&json).await?;
    let events = decide::keep_questions(batch, sealed, (by, &office))?;
    work.append(events).await?;
    work.commit().await
}

/// Takes a question of the office's own out of the bank.
pub async fn withdraw(app: &App, by: &Actor, id: &QuestionId) -> Result<()> {
    let mut work = app.work(by).await?;
    let stands = own(&mut work.tx).await?.contains_key(id);
    let office = work.office.clone();
    let events = decide::withdraw_question(id, stands, (by, &office))?;
    work.append(events).await?;
    work.commit().await
}

/// Takes the questions of a file into the bank: GIFT or a workbook, by what the bytes are. All of them, or none.
pub async fn import(app: &App, by: &Actor, bytes: Vec<u8>) -> Result<Imported> {
    let office = app.snapshot().await?.office.clone();
    decide::may_quiz(by, &office)?;
    let read = app.engine("questions", move || read(&bytes)).await?;
    let questions = match read {
        Ok(questions) => questions,
        Err(problems) => return Ok(Imported { problems, ..Imported::default() }),
    };
    let mut tx = app.inner.db.read().await?;
    let same = |q: &Question| (q.text.clone(), q.answers.iter().map(|answer| (answer.text.clone(), answer.right)).collect::<Vec<_>>());
    let mut there: BTreeSet<_> = whole(&mut tx).await?.iter().map(|of| same(&of.question)).collect();
    drop(tx);
    let n = questions.len();
    let new: Vec<_> = questions.into_iter().filter(|q| there.insert(same(q))).map(|q| (None, q)).collect();
    let kept = new.len();
    if kept > 0 {
        keep_all(app, by, new).await?;
    }
    Ok(Imported { kept, known: n - kept, problems: Vec::new() })
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<Question>, Vec<Problem>> {
    let problem = |line, code| Err(vec![Problem { line, code }]);
    if bytes.len() > gift::MOST_BYTES {
        return problem(1, "too_large");
    }
    if !bytes.starts_with(b"PK") {
        let Ok(text) = std::str::from_utf8(bytes) else { return problem(1, "not_a_sheet") };
        return gift::parse(text);
    }
    let limits = reader::sheet::Limits { rows: programme::quiz::MOST_IMPORTED + 100, columns: table::COLUMNS + 2, ..Default::default() };
    match reader::sheet::read(bytes, &limits) {
        Ok(rows) => {
            let rows: Vec<Row> = rows.into_iter().map(|row| Row { number: row.number, cells: row.cells }).collect();
            table::parse(&rows, &table_words())
        }
        Err(reader::sheet::Problem::Formula { row }) => problem(row, "formula"),
        Err(reader::sheet::Problem::TooMuch { row }) => problem(row, "too_many"),
        Err(reader::sheet::Problem::TooLarge) => problem(1, "too_large"),
        Err(reader::sheet::Problem::NoSheet) => problem(1, "not_a_sheet"),
    }
}

/// The words of a sheet, Vietnamese first: a sheet that was filled in in either language is read.
pub fn table_words() -> Words {
    let both = |family: &str, of: &str| [Lang::Vi, Lang::En].map(|lang| code(lang, family, of).into_owned());
    let readers = Reader::ALL.iter().flat_map(|reader| both("lesson-reader", reader.as_str()).map(|words| (words, *reader)));
    let kinds = Kind::ALL.iter().flat_map(|kind| both("question-kind", kind.as_str()).map(|words| (words, *kind)));
    let topics = learn::TOPICS.iter().flat_map(|topic| both("lesson-topic", topic).map(|words| (words, (*topic).to_owned())));
    let none = [Lang::Vi, Lang::En].map(|lang| (t(lang, "quiz-no-topic").into_owned(), NO_TOPIC.to_owned()));
    let topics = topics.chain(none);
    Words { readers: readers.collect(), kinds: kinds.collect(), topics: topics.collect() }
}

/// Questions of the bank as a GIFT file.
pub async fn export_gift(app: &App, by: &Actor, filter: &BankFilter) -> Result<String> {
    let questions: Vec<Question> = bank(app, by, filter).await?.into_iter().map(|of| of.question).collect();
    Ok(gift::write(&questions))
}

/// Questions of the bank as a workbook, with the lists to choose from.
pub async fn export_xlsx(app: &App, by: &Actor, filter: &BankFilter) -> Result<Vec<u8>> {
    let questions: Vec<Question> = bank(app, by, filter).await?.into_iter().map(|of| of.question).collect();
    workbook(app, questions).await
}

/// A workbook to be filled in, with one example of each kind.
pub async fn template(app: &App) -> Result<Vec<u8>> {
    let examples = gift::parse(include_str!("../../data/questions.gift"));
    let bad = |problems: Vec<Problem>| Error::BadData { name: "questions.gift", what: format!("{problems:?}") };
    workbook(app, examples.map_err(bad)?).await
}

async fn workbook(app: &App, questions: Vec<Question>) -> Result<Vec<u8>> {
    let at = app.now().timestamp();
    let made = app.engine("xlsx", move || publish::bank_workbook(&questions, &table_words(), at)).await?;
    made.map_err(Error::Document)
}
