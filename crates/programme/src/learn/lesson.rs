//! One lesson: its text in the pieces that its products need, its sources, its questions.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whom a lesson speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// Heads and key officials: what they decide and answer for.
    Official,
    /// Party members, civil servants: what they do every day.
    Member,
    /// Citizens, the elderly too.
    Citizen,
}

impl Reader {
    pub const ALL: &'static [Reader] = &[Reader::Official, Reader::Member, Reader::Citizen];

    /// The reader of a code.
    pub fn of(code: &str) -> Option<Reader> {
        Reader::ALL.iter().copied().find(|reader| reader.as_str() == code)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Reader::Official => "official",
            Reader::Member => "member",
            Reader::Citizen => "citizen",
        }
    }
}

/// One topic for one kind of reader.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// `topic.reader`, as its file is called.
    pub id: String,
    pub topic: String,
    pub reader: Reader,
    pub title: String,
    /// What it is about and why it matters to this reader.
    pub lead: String,
    pub written: Date,
    /// From this day on it is not to be given out before somebody looked at it again.
    pub expires: Date,
    /// Who wrote it; which office reviewed it is recorded with the office, never here.
    pub author: String,
    #[serde(rename = "do")]
    pub dos: Vec<String>,
    #[serde(rename = "dont")]
    pub donts: Vec<String>,
    /// Three lines for the foot of a leaflet and the end of a broadcast.
    pub remember: Vec<String>,
    /// For the office's page on a social network.
    pub post: String,
    /// To be heard, not read.
    pub spoken: String,
    /// Questions for a cell meeting or a talk.
    pub discuss: Vec<String>,
    #[serde(rename = "point")]
    pub points: Vec<Point>,
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

impl Lesson {
    /// Nobody looked at it again in time: it is not given out any more.
    pub fn is_expired(&self, on: Date) -> bool {
        on >= self.expires
    }
}

/// A section of the page, a slide, a paragraph of the talk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub head: String,
    pub text: String,
}

/// An invented example.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub title: String,
    pub text: String,
    pub lesson: String,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub name: String,
    pub number: Option<String>,
    pub date: Option<Date>,
    pub article: Option<String>,
    pub note: Option<String>,
}

/// A question with one right answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub text: String,
    pub right: String,
    pub wrong: Vec<String>,
    /// Shown after answering.
    pub why: String,
}

/// Why a file is no lesson.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {what}")]
pub struct Error {
    pub file: String,
    pub what: String,
}

/// A lesson from the text of its file, whose name tells topic and reader.
///
/// # Errors
/// [`Error`] says what is missing, unknown or does not fit the name.
pub fn parse(file: &str, text: &str) -> Result<Lesson, Error> {
    let wrong = |what: String| Error { file: file.to_owned(), what };
    let lesson: Lesson = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let named = format!("{}.{}", lesson.topic, lesson.reader.as_str());
    if lesson.id != named || file.strip_suffix(".toml") != Some(named.as_str()) {
        return Err(wrong(format!("id, topic and reader do not say the same: {}, {named}", lesson.id)));
    }
    if lesson.expires <= lesson.written {
        return Err(wrong("expires before it was written".to_owned()));
    }
    if lesson.sources.is_empty() || lesson.points.is_empty() || lesson.questions.iter().any(|question| question.wrong.len() < 2) {
        return Err(wrong("a source, a point and two wrong answers to each question are needed".to_owned()));
    }
    Ok(lesson)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::learn::{TOPICS, builtin, find, shipped::FILES};

    #[test]
    fn every_topic_is_there_for_every_reader() {
        let topics: BTreeSet<&str> = builtin().iter().map(|lesson| lesson.topic.as_str()).collect();
        assert_eq!(topics.len(), 13);
        for topic in topics {
            let readers: BTreeSet<Reader> = builtin().iter().filter(|lesson| lesson.topic == topic).map(|lesson| lesson.reader).collect();
            assert_eq!(readers.len(), Reader::ALL.len(), "{topic}");
            assert!(TOPICS.contains(&topic), "{topic} has no place in the library");
        }
        let shipped = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/lessons")).unwrap().count();
        assert_eq!(FILES.len(), shipped, "a file has no line in the list");
    }

    #[test]
    fn a_lesson_is_found_by_topic_and_reader_and_ends_on_its_day() {
        let lesson = find("passwords", "citizen").unwrap();
        assert_eq!(lesson.id, "passwords.citizen");
        let day_before = lesson.expires.yesterday().unwrap();
        assert!(!lesson.is_expired(day_before) && lesson.is_expired(lesson.expires));
        assert!(find("passwords", "nobody").is_none() && find("nothing", "citizen").is_none());
    }

    #[test]
    fn every_lesson_says_where_its_facts_come_from() {
        let names_an_act = |lesson: &Lesson| {
            let texts = lesson.points.iter().map(|point| &point.text).chain([&lesson.spoken, &lesson.post]);
            texts.filter(|text| text.contains("Nghị định số") || text.contains("Luật")).count() > 0
        };
        for lesson in builtin() {
            assert!(lesson.sources.iter().all(|source| !source.name.trim().is_empty()), "{}", lesson.id);
            let numbered = lesson.sources.iter().any(|source| source.number.is_some());
            assert!(numbered || !names_an_act(lesson), "{} names an act and no source has a number", lesson.id);
        }
    }

    /// Words of each sentence of a text.
    fn sentences(text: &str) -> Vec<usize> {
        text.split(['.', '?', '!', ';', '\n']).map(|sentence| sentence.split_whitespace().count()).filter(|words| *words > 0).collect()
    }

    #[test]
    fn sentences_are_short_enough_to_be_read() {
        for lesson in builtin() {
            let points = lesson.points.iter().map(|point| point.text.as_str());
            let cases = lesson.cases.iter().flat_map(|case| [case.text.as_str(), case.lesson.as_str()]);
            let lists = lesson.dos.iter().chain(&lesson.donts).chain(&lesson.remember).map(String::as_str);
            let texts = points.chain(cases).chain(lists).chain([lesson.lead.as_str(), &lesson.post, &lesson.spoken]);
            let words: Vec<usize> = texts.flat_map(sentences).collect();
            let average = words.iter().sum::<usize>() as f64 / words.len() as f64;
            assert!(average <= 20.0, "{}: {average:.1} words a sentence", lesson.id);
            assert!(words.iter().all(|n| *n <= 40), "{}: a sentence of {:?} words", lesson.id, words.iter().max());
        }
    }

    #[test]
    fn no_lesson_names_an_act_that_is_no_longer_in_force() {
        let dead = [
            "13/2023/NĐ-CP",
            "85/2016/NĐ-CP",
            "86/2015/QH13",
            "24/2018/QH14",
            "29/2018/QH14",
            "TCVN 11930",
            "12/2022/TT-BTTTT",
            "66-QĐ/TW",
        ];
        for (file, text) in FILES {
            assert!(dead.iter().all(|act| !text.contains(act)), "{file}");
        }
    }

    #[test]
    fn the_right_answer_does_not_give_itself_away_by_its_length() {
        let questions: Vec<&Question> = builtin().iter().flat_map(|lesson| &lesson.questions).collect();
        let longest = |question: &&&Question| question.wrong.iter().all(|wrong| wrong.chars().count() < question.right.chars().count());
        let share = questions.iter().filter(longest).count() as f64 / questions.len() as f64;
        assert!(questions.len() >= 100 && share <= 0.4, "{share:.2} of {}", questions.len());
    }

    #[test]
    fn a_file_that_is_no_lesson_says_why() {
        let (file, text) = FILES[0];
        assert!(parse(file, text).is_ok());
        assert!(parse("other.citizen.toml", text).unwrap_err().to_string().contains("do not say the same"));
        let unknown = format!("colour = \"red\"\n{text}");
        assert!(parse(file, &unknown).unwrap_err().to_string().contains("colour"));
        let early = text.replacen("expires = \"20", "expires = \"19", 1);
        assert!(parse(file, &early).unwrap_err().to_string().contains("expires"));
    }
}
