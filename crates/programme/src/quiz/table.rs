//! Questions as rows of a sheet, which officials fill in with the program they know.
//!
//! Columns: topic, reader, kind, question, answers A to H, letters of the right answers, explanation. The first row is the
//! heading. Of true and false the right letter says it: A is true, B is false.
//!
//! ```text
//! passwords | Đảng viên, cán bộ, công chức | Một đáp án | Ai được biết mật khẩu? | Chỉ mình tôi | Cả phòng | … | A | Vì …
//! ```

use super::gift::{MOST_PROBLEMS, NO_TOPIC, Problem};
use super::{Answer, Kind, LETTERS, MOST_ANSWERS, MOST_IMPORTED, Question, Wrong};
use crate::learn::Reader;
use std::collections::BTreeSet;

/// Columns of a row.
pub const COLUMNS: usize = 6 + MOST_ANSWERS;
const RIGHT: usize = 4 + MOST_ANSWERS;

/// The codes of problems, beside those of [`super::gift`] and of [`Wrong`].
pub const CODES: &[&str] = &["bad_reader", "bad_kind", "bad_letter", "gap", "formula", "not_a_sheet", "other_columns"];

/// One row: its number in the sheet, from 1, and its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub number: usize,
    pub cells: Vec<String>,
}

/// The words that stand for codes in a sheet: each may have several.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub readers: Vec<(String, Reader)>,
    pub kinds: Vec<(String, Kind)>,
    /// Topics as they are shown, and their codes.
    pub topics: Vec<(String, String)>,
}

/// Reads rows; the first is the heading. Empty rows are passed over.
///
/// # Errors
/// Every row that is no question, up to [`MOST_PROBLEMS`]: then none is taken.
pub fn parse(rows: &[Row], words: &Words) -> Result<Vec<Question>, Vec<Problem>> {
    let (mut questions, mut problems) = (Vec::new(), Vec::new());
    for row in rows.iter().skip(1).filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())) {
        match question(row, words).and_then(|read| read.check().map(|()| read).map_err(Wrong::as_str)) {
            Ok(_) if questions.len() >= MOST_IMPORTED => {
                problems.push(Problem { line: row.number, code: "too_many" });
                break;
            }
            Ok(question) => questions.push(question),
            Err(code) => problems.push(Problem { line: row.number, code }),
        }
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    if questions.is_empty() && problems.is_empty() {
        problems.push(Problem { line: 1, code: "nothing" });
    }
    if problems.is_empty() { Ok(questions) } else { Err(problems) }
}

fn question(row: &Row, words: &Words) -> Result<Question, &'static str> {
    let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    if row.cells.iter().skip(COLUMNS).any(|cell| !cell.trim().is_empty()) {
        return Err("other_columns");
    }
    let topic = named(&words.topics, cell(0)).unwrap_or_else(|| cell(0).to_owned());
    let reader = match cell(1) {
        "" => None,
        text => Some(named(&words.readers, text).or_else(|| Reader::of(text)).ok_or("bad_reader")?),
    };
    let letters = letters(cell(RIGHT))?;
    let kind = match cell(2) {
        "" if letters.len() > 1 => Kind::Several,
        "" => Kind::One,
        text => named(&words.kinds, text).or_else(|| text.parse().ok()).ok_or("bad_kind")?,
    };
    let answers = if kind == Kind::TrueFalse {
        [0, 1].map(|at| Answer { text: String::new(), right: letters.contains(&at), feedback: None }).to_vec()
    } else {
        let texts: Vec<&str> = (0..MOST_ANSWERS).map(|at| cell(4 + at)).collect();
        let n = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
        if texts[..n].contains(&"") {
            return Err("gap");
        }
        if letters.iter().any(|at| *at >= n) {
            return Err("bad_letter");
        }
        let answer = |(at, text): (usize, &&str)| Answer { text: (*text).to_owned(), right: letters.contains(&at), feedback: None };
        texts[..n].iter().enumerate().map(answer).collect()
    };
    let topic = if topic.is_empty() { NO_TOPIC.to_owned() } else { topic };
    Ok(Question { title: None, topic, reader, kind, text: cell(3).to_owned(), answers, why: some(cell(RIGHT + 1)) })
}

/// `A`, `a, c`, `AC`: the places of these letters.
fn letters(text: &str) -> Result<BTreeSet<usize>, &'static str> {
    let signs = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '.' | '+'));
    let place = |c: char| LETTERS.iter().position(|letter| *letter == c.to_ascii_uppercase()).ok_or("bad_letter");
    signs.map(place).collect()
}

fn named<T: Clone>(list: &[(String, T)], text: &str) -> Option<T> {
    let text = text.to_lowercase();
    list.iter().find(|(name, _)| name.to_lowercase() == text).map(|(_, value)| value.clone())
}

/// The rows of questions, below a heading: what [`parse`] reads again, but for what is said to single answers and for titles,
/// which a sheet has no column for.
pub fn rows(questions: &[Question], words: &Words) -> Vec<Vec<String>> {
    questions.iter().map(|question| row(question, words)).collect()
}

fn row(question: &Question, words: &Words) -> Vec<String> {
    let word = |found: Option<&String>, code: &str| found.cloned().unwrap_or_else(|| code.to_owned());
    let topic = words.topics.iter().find(|(_, code)| code == &question.topic).map(|(name, _)| name);
    let reader = question.reader.map(|of| word(words.readers.iter().find(|(_, r)| *r == of).map(|(name, _)| name), of.as_str()));
    let kind = words.kinds.iter().find(|(_, kind)| *kind == question.kind).map(|(name, _)| name);
    let mut cells =
        vec![word(topic, &question.topic), reader.unwrap_or_default(), word(kind, question.kind.as_str()), question.text.clone()];
    cells.extend((0..MOST_ANSWERS).map(|at| question.answers.get(at).map_or(String::new(), |answer| answer.text.clone())));
    cells.push(question.right().iter().filter_map(|at| LETTERS.get(*at)).collect());
    cells.push(question.why.clone().unwrap_or_default());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words {
            readers: vec![("Người dân".into(), Reader::Citizen)],
            kinds: vec![("Một đáp án".into(), Kind::One), ("Nhiều đáp án".into(), Kind::Several), ("Đúng/Sai".into(), Kind::TrueFalse)],
            topics: vec![("Mật khẩu".into(), "passwords".into())],
        }
    }

    fn read(lines: &[&str]) -> Result<Vec<Question>, Vec<Problem>> {
        let row = |(at, line): (usize, &&str)| Row { number: at + 1, cells: line.split('|').map(str::to_owned).collect() };
        parse(&lines.iter().enumerate().map(row).collect::<Vec<_>>(), &words())
    }

    #[test]
    fn a_sheet_is_read_and_written_again() {
        let lines = [
            "heading",
            "Mật khẩu|người dân|Một đáp án|Ai được biết?|Chỉ tôi|Cả phòng|||||||a|Vì thế",
            "",
            "passwords|||Chọn hai|x|y|z||||||A, c|",
            "Chủ đề riêng||Đúng/Sai|Trái đất tròn.|||||||||A|",
        ];
        let questions = read(&lines).unwrap();
        let told: Vec<String> = questions
            .iter()
            .map(|q| format!("{} {:?} {} {} {:?} {:?}", q.topic, q.reader, q.kind, q.answers.len(), q.right(), q.why))
            .collect();
        assert_eq!(
            told,
            [
                "passwords Some(Citizen) one 2 {0} Some(\"Vì thế\")",
                "passwords None several 3 {0, 2} None",
                "Chủ đề riêng None true_false 2 {0} None"
            ]
        );
        let again: Vec<Row> = std::iter::once(Vec::new())
            .chain(rows(&questions, &words()))
            .enumerate()
            .map(|(at, cells)| Row { number: at + 1, cells })
            .collect();
        assert_eq!(parse(&again, &words()), Ok(questions));
    }

    #[test]
    fn each_wrong_row_is_told_by_its_number() {
        let lines = [
            "heading",
            "t|ai đó||Hỏi|x|y|||||||A|",
            "t||lạ|Hỏi|x|y|||||||A|",
            "t|||Hỏi|x|y|||||||Z|",
            "t|||Hỏi|x|y|||||||C|",
            "t|||Hỏi|x||z||||||A|",
            "t|||Hỏi|x|y||||||||",
            "t||||x|y|||||||A|",
            "t|||Hỏi|x|x|||||||A|",
            "t||Một đáp án|Hỏi|x|y|||||||AB|",
            "t|||Hỏi|x|y|||||||A||thừa",
        ];
        let problems: Vec<String> = read(&lines).unwrap_err().iter().map(|p| format!("{} {}", p.line, p.code)).collect();
        assert_eq!(
            problems,
            [
                "2 bad_reader",
                "3 bad_kind",
                "4 bad_letter",
                "5 bad_letter",
                "6 gap",
                "7 no_right",
                "8 no_text",
                "9 same_answers",
                "10 one_right",
                "11 other_columns"
            ]
        );
        assert_eq!(read(&["heading"]).unwrap_err(), [Problem { line: 1, code: "nothing" }]);
    }

    #[test]
    fn a_hundred_thousand_rows_end_early() {
        let mut lines = vec!["t|||Hỏi|x|y|||||||A|"; 100_000];
        assert_eq!(read(&lines).unwrap_err(), [Problem { line: MOST_IMPORTED + 2, code: "too_many" }]);
        lines.fill("t|||Hỏi|x|y|||||||Z|");
        assert_eq!(read(&lines).unwrap_err().len(), MOST_PROBLEMS);
    }
}
