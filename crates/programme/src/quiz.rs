//! Quizzes: questions and how they are marked, printed forms, repetition, certificates.
//!
//! A score belongs to nobody here: what is counted is how many of a unit took part and how many passed. Not here: who may do
//! what when ([`crate::decide`]), files ([`gift`] and [`table`] see text only), pages.
//!
//! ```text
//! let form = form(&questions, "quiz-seed 101");   // the same order for the same seed, for ever
//! let score = score(&questions, &answers);        // Score { right: 8, of: 10 }
//! score.passes(80)                                // true
//! ```

pub mod certificate;
pub mod gift;
mod keying;
pub mod leitner;
pub mod printed;
pub mod table;

pub use keying::{MOST_SHEETS, Sheet, WRONG_SHEETS, WrongSheet, completed, read_sheets};

use crate::learn::{Lesson, Reader};
use crate::model::*;
use crate::moment::Moment;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// Answers of one question; each has a letter on paper.
pub const MOST_ANSWERS: usize = 8;
/// Letters of answers, as they are printed and keyed in.
pub const LETTERS: [char; MOST_ANSWERS] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
/// Questions of one quiz.
pub const MOST_QUESTIONS: usize = 50;
/// Questions that one file brings.
pub const MOST_IMPORTED: usize = 2_000;
/// Days that a quiz is open.
pub const MOST_DAYS: i32 = 62;
/// Tries of one person.
pub const MOST_TRIES: u32 = 5;
/// Numbers of the printed forms (mã đề).
pub const VARIANTS: [u16; 4] = [101, 102, 103, 104];
/// Longest text of a question or an explanation, in characters.
const MOST_TEXT: usize = 2_000;
/// Longest answer, or words about one.
const MOST_ANSWER: usize = 500;
/// Longest topic or title.
const MOST_TOPIC: usize = 100;

crate::codes! {
    /// How a question is answered.
    Kind {
        One = "one",
        Several = "several",
        TrueFalse = "true_false",
    }
    /// Where a quiz stands.
    State {
        /// Its first day is to come.
        Waiting = "waiting",
        Open = "open",
        /// Its last day is past; paper sheets can still be keyed in.
        Over = "over",
        /// Results are fixed, and every row of a sitting is gone.
        Closed = "closed",
        /// Called off before it was closed.
        Off = "off",
    }
    /// Why a question cannot be kept.
    Wrong {
        NoText = "no_text",
        NoTopic = "no_topic",
        FewAnswers = "few_answers",
        ManyAnswers = "many_answers",
        EmptyAnswer = "empty_answer",
        SameAnswers = "same_answers",
        NoRight = "no_right",
        OneRight = "one_right",
        AllRight = "all_right",
        TooLong = "too_long",
        BadSign = "bad_sign",
    }
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub text: String,
    pub right: bool,
    /// What is said to whoever chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
}

/// A question of the bank. In this form it stands in private texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Of a lesson (`passwords`), or a word of the office's own.
    pub topic: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<Reader>,
    pub kind: Kind,
    pub text: String,
    /// Of true and false: first what "true" says, then what "false" says, both without text.
    pub answers: Vec<Answer>,
    /// Shown after answering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Question {
    /// What is wrong with it, if anything: nothing else is kept, asked or printed.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Wrong> {
        let within = |text: &str, most: usize| if text.chars().count() > most { Err(Wrong::TooLong) } else { Ok(()) };
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        within(&self.text, MOST_TEXT)?;
        within(&words(&self.why), MOST_TEXT)?;
        within(&self.topic, MOST_TOPIC)?;
        within(&words(&self.title), MOST_TOPIC)?;
        let of_answers = self.answers.iter().flat_map(|answer| [answer.text.clone(), words(&answer.feedback)]);
        let all: Vec<String> = of_answers.collect();
        all.iter().try_for_each(|text| within(text, MOST_ANSWER))?;
        let whole = [self.text.clone(), words(&self.why), self.topic.clone(), words(&self.title)];
        if whole.iter().chain(&all).any(|text| text.chars().any(|c| c.is_control() && c != '\n')) {
            return Err(Wrong::BadSign);
        }
        if self.text.trim().is_empty() {
            return Err(Wrong::NoText);
        }
        if self.topic.trim().is_empty() || self.topic.contains(['/', '\n']) {
            return Err(Wrong::NoTopic);
        }
        self.check_answers()
    }

    fn check_answers(&self) -> Result<(), Wrong> {
        let right = self.answers.iter().filter(|answer| answer.right).count();
        match (self.answers.len(), self.kind) {
            (2, Kind::TrueFalse) => return if right == 1 { Ok(()) } else { Err(Wrong::OneRight) },
            (0 | 1, _) => return Err(Wrong::FewAnswers),
            (_, Kind::TrueFalse) => return Err(Wrong::ManyAnswers),
            (n, _) if n > MOST_ANSWERS => return Err(Wrong::ManyAnswers),
            _ => {}
        }
        if self.answers.iter().any(|answer| answer.text.trim().is_empty()) {
            return Err(Wrong::EmptyAnswer);
        }
        let different: BTreeSet<&str> = self.answers.iter().map(|answer| answer.text.trim()).collect();
        if different.len() < self.answers.len() {
            return Err(Wrong::SameAnswers);
        }
        match (self.kind, right) {
            (_, 0) => Err(Wrong::NoRight),
            (Kind::Several, n) if n == self.answers.len() => Err(Wrong::AllRight),
            (Kind::One, n) if n > 1 => Err(Wrong::OneRight),
            _ => Ok(()),
        }
    }

    /// The places of the right answers.
    pub fn right(&self) -> BTreeSet<usize> {
        self.answers.iter().enumerate().filter(|(_, answer)| answer.right).map(|(at, _)| at).collect()
    }

    /// Right is whoever chose all right answers and nothing else.
    pub fn is_right(&self, chosen: &BTreeSet<usize>) -> bool {
        chosen == &self.right()
    }
}

/// The questions of a lesson, each under an id that stays as long as its text does.
pub fn of_lesson(lesson: &Lesson) -> Vec<(String, Question)> {
    let question = |question: &crate::learn::Question| {
        let answer = |right| move |text: &String| Answer { text: text.clone(), right, feedback: None };
        let right = std::iter::once(&question.right).map(answer(true));
        let made = Question {
            title: None,
            topic: lesson.topic.clone(),
            reader: Some(lesson.reader),
            kind: Kind::One,
            text: question.text.clone(),
            answers: right.chain(question.wrong.iter().map(answer(false))).collect(),
            why: Some(question.why.clone()).filter(|why| !why.is_empty()),
        };
        let digest = crate::hex::hex(&Sha256::digest(question.text.as_bytes())[..6]);
        (format!("{}-{}-{digest}", lesson.topic, lesson.reader.as_str()), made)
    };
    lesson.questions.iter().map(question).collect()
}

/// One question in a form: which, and its answers in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub question: usize,
    pub answers: Vec<usize>,
}

/// The order of questions and answers that follows from a seed. True and false keep theirs.
pub fn form(questions: &[Question], seed: &str) -> Vec<Item> {
    let mut dice = Dice::new(seed);
    let mut order: Vec<usize> = (0..questions.len()).collect();
    dice.shuffle(&mut order);
    let mut item = |question: usize| {
        let mut answers: Vec<usize> = (0..questions[question].answers.len()).collect();
        if questions[question].kind != Kind::TrueFalse {
            dice.shuffle(&mut answers);
        }
        Item { question, answers }
    };
    order.into_iter().map(&mut item).collect()
}

/// So many of `all` that follow from a seed, in the order in which they stand.
pub fn draw(all: usize, n: usize, seed: &str) -> Vec<usize> {
    let mut order: Vec<usize> = (0..all).collect();
    Dice::new(seed).shuffle(&mut order);
    order.truncate(n);
    order.sort_unstable();
    order
}

/// Numbers that follow from a seed: SHA-256 of it with a counter, so that a form can be made again by anybody.
struct Dice {
    seed: String,
    n: u64,
}

impl Dice {
    fn new(seed: &str) -> Dice {
        Dice { seed: seed.to_owned(), n: 0 }
    }

    fn below(&mut self, most: usize) -> usize {
        self.n += 1;
        let digest = Sha256::digest(format!("{}\n{}", self.seed, self.n).as_bytes());
        let number = digest.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        // Of 2^64 numbers the last few are dealt unevenly: nobody could tell.
        usize::try_from(number % most.max(1) as u64).unwrap_or_default()
    }

    fn shuffle(&mut self, list: &mut [usize]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// How many answers were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub right: u32,
    pub of: u32,
}

impl Score {
    /// Whether it reaches the pass mark, in percent; of nothing nobody passes.
    pub fn passes(self, percent: u32) -> bool {
        self.of > 0 && u64::from(self.right) * 100 >= u64::from(percent) * u64::from(self.of)
    }
}

/// Marks the answers: the chosen places of every question, in the order of the questions.
pub fn score(questions: &[Question], chosen: &[BTreeSet<usize>]) -> Score {
    let right = questions.iter().zip(chosen).filter(|(question, chosen)| question.is_right(chosen)).count();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Score { right: number(right), of: number(questions.len()) }
}

/// The days of a quiz, both counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    pub from: Date,
    pub until: Date,
}

impl Days {
    pub fn is_sound(self) -> bool {
        let days = self.from.until(self.until).map_or(-1, |span| span.get_days());
        (0..MOST_DAYS).contains(&days)
    }

    pub fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// Where a quiz with these days stands at this time.
pub fn state(quiz: &Entry<Activity>, days: Days, now: Moment) -> State {
    match now.day() {
        _ if quiz.has(MarkKind::Withdrawn) => State::Off,
        _ if !quiz.facts.planned => State::Closed,
        day if day < days.from => State::Waiting,
        day if days.until < day => State::Over,
        _ => State::Open,
    }
}

#[cfg(test)]
mod tests;
