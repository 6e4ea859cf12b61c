//! What is made of one lesson: a script for the loudspeaker, a paper for a cell meeting, and (feature `pdf`) a leaflet, a
//! hand-out in large type, slides.
//!
//! The words are the lesson's; what stands around them is in `words/lesson.toml`. Not for pages of the web, which say the same
//! in their own templates.
//!
//! ```ignore
//! let paper = publish::lesson::script(head_of_the_office, lesson);
//! ```

mod parts;
mod warning;

use jiff::civil::Date;
use programme::learn::{Lesson, Source, spoken};

use crate::letter::{Block, Heading, Level, OfficialLetter, Text};
use crate::words::fill;

pub(crate) use parts::words;
pub use warning::{Warning, warning_script};

/// What an office sets under everything that it gives out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imprint {
    pub office: String,
    /// One line each.
    pub hotlines: Vec<String>,
    /// Where the lesson stands on the office's pages; none where the office has no address that others reach.
    pub address: Option<String>,
}

/// `dd/mm/yyyy`.
fn day(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// From which day a lesson is and until when it may be given out.
pub fn dated(lesson: &Lesson) -> String {
    fill(&words().dated, &[("written", &day(lesson.written)), ("expires", &day(lesson.expires))])
}

/// A source on one line: name, number, date, article.
pub fn source_line(source: &Source) -> String {
    let words = words();
    let number = source.number.as_ref().map(|number| fill(&words.number, &[("number", number)]));
    let date = source.date.map(|date| fill(&words.date, &[("date", &day(date))]));
    let article = source.article.as_ref().map(|article| format!(", {article}"));
    [Some(source.name.clone()), number, date, article].into_iter().flatten().collect()
}

/// The sentences of a text, each with its end mark; a mark inside quotation marks or before a small letter ends none.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…')) {
        let end = at + mark.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        let ends = rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“');
        if ends {
            found.extend(text.get(from..end).map(str::trim));
            from = end;
        }
    }
    found.extend(text.get(from..).map(str::trim).filter(|rest| !rest.is_empty()));
    found
}

/// What is read over a loudspeaker: the broadcast, then the three lines to remember.
pub fn spoken_text(lesson: &Lesson) -> String {
    let lines = std::iter::once(lesson.spoken.as_str()).chain(lesson.remember.iter().map(String::as_str));
    lines.collect::<Vec<_>>().join("\n")
}

/// How long that takes, in words: "1 phút 24 giây".
pub fn spoken_time(lesson: &Lesson) -> String {
    time(&spoken_text(lesson))
}

fn time(text: &str) -> String {
    let words = &words().script;
    let seconds = spoken::seconds(text);
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let form = if minutes == 0 { &words.seconds } else { &words.minutes };
    fill(form, &[("minutes", &minutes.to_string()), ("seconds", &rest.to_string())])
}

/// The line that says how long the broadcast takes, and by what pace that was reckoned.
pub fn spoken_time_line(lesson: &Lesson) -> String {
    time_line(&spoken_text(lesson))
}

fn time_line(text: &str) -> String {
    let syllables = spoken::syllables(text).to_string();
    let pace = spoken::SYLLABLES_PER_S.to_string().replace('.', ",");
    fill(&words().script.time, &[("time", &time(text)), ("syllables", &syllables), ("pace", &pace)])
}

/// `paper` (head and foot of the office) as the script of a broadcast, one sentence a paragraph.
pub fn script(paper: OfficialLetter, lesson: &Lesson) -> OfficialLetter {
    let words = &words().script;
    let reader = words_of_reader(lesson);
    let mut body = vec![part(1, &words.text)];
    body.extend(sentences(&lesson.spoken).into_iter().map(|sentence| Block::Paragraph(Text::from(sentence))));
    body.push(part(2, &words.again));
    body.extend(lesson.remember.iter().map(|line| Block::Item(Text::default().bold(line))));
    body.push(part(3, &words.unread));
    body.extend(sources(lesson));
    body.push(Block::Item(Text::from(dated(lesson))));
    body.push(Block::Item(Text::from(words.review.as_str())));
    OfficialLetter {
        symbol: format!("{}{}", words.symbol, paper.symbol),
        heading: Heading::Titled { kind: words.kind.clone(), subject: lesson.title.clone() },
        opening: vec![Text::default().italic(reader), Text::default().italic(&spoken_time_line(lesson))],
        body,
        ..paper
    }
}

/// `paper` as what a cell needs for an hour on the lesson: agenda, talk, questions, what goes into the minutes.
pub fn talk(paper: OfficialLetter, lesson: &Lesson) -> OfficialLetter {
    let (words, all) = (&words().talk, words());
    let mut body = vec![part(1, &words.agenda)];
    body.extend(numbered(&words.steps));
    body.push(part(2, &words.talk));
    for (point, n) in lesson.points.iter().zip(1..) {
        body.push(Block::Heading { level: Level::Section, numbers: vec![n], text: point.head.clone() });
        body.push(Block::Paragraph(Text::from(point.text.as_str())));
    }
    body.push(part(3, &words.cases));
    for (case, n) in lesson.cases.iter().zip(1..) {
        body.push(Block::Heading { level: Level::Section, numbers: vec![n], text: case.title.clone() });
        body.push(Block::Paragraph(Text::from(case.text.as_str()).plain(" ").italic(&words.invented)));
        body.push(Block::Paragraph(Text::default().bold(&case.lesson)));
    }
    body.push(part(4, &words.lists));
    let list = |head: &str, lines: &[String]| {
        let lines = lines.iter().map(|line| Block::Item(Text::from(line.as_str())));
        std::iter::once(Block::Paragraph(Text::default().bold(head).plain(":"))).chain(lines).collect::<Vec<_>>()
    };
    body.extend(list(&parts::sentence_case(&all.do_), &lesson.dos));
    body.extend(list(&parts::sentence_case(&all.dont), &lesson.donts));
    body.extend(list(&parts::sentence_case(&all.remember), &lesson.remember));
    body.push(part(5, &words.discuss));
    body.extend(numbered(&lesson.discuss));
    body.push(part(6, &words.minutes));
    for line in &words.minutes_lines {
        body.push(Block::Paragraph(Text::default().bold(line)));
        body.push(Block::Paragraph(Text::from(words.open.as_str())));
    }
    body.push(part(7, &all.sources));
    body.extend(sources(lesson));
    body.push(Block::Item(Text::from(dated(lesson))));
    OfficialLetter {
        symbol: format!("{}{}", words.symbol, paper.symbol),
        heading: Heading::Titled { kind: words.kind.clone(), subject: lesson.title.clone() },
        opening: vec![Text::default().italic(words_of_reader(lesson)), Text::from(lesson.lead.as_str())],
        body,
        ..paper
    }
}

/// Whom a lesson is for, in words.
pub(crate) fn words_of_reader(lesson: &Lesson) -> &'static str {
    words().readers.get(lesson.reader.as_str()).map_or("", String::as_str)
}

fn part(n: u32, text: &str) -> Block {
    Block::Heading { level: Level::Part, numbers: vec![n], text: text.to_owned() }
}

fn numbered(lines: &[String]) -> impl Iterator<Item = Block> + '_ {
    lines.iter().zip(1..).map(|(line, n)| Block::Numbered { numbers: vec![n], text: Text::from(line.as_str()) })
}

fn sources(lesson: &Lesson) -> impl Iterator<Item = Block> + '_ {
    lesson.sources.iter().map(|source| {
        let note = source.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
        Block::Item(Text::from(format!("{}{note}", source_line(source))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use programme::learn::{builtin, find};

    fn lesson() -> &'static Lesson {
        find("passwords", "citizen").unwrap()
    }

    #[test]
    fn a_text_falls_into_its_sentences() {
        let text = "Gọi 113. Nghe “gấp, bí mật” thì dừng! Số 57-CT/TW có từ 31.12.2025 rồi. “Ai đó?” hỏi lại.";
        let wanted = ["Gọi 113.", "Nghe “gấp, bí mật” thì dừng!", "Số 57-CT/TW có từ 31.12.2025 rồi.", "“Ai đó?” hỏi lại."];
        assert_eq!(sentences(text), wanted);
        for lesson in builtin() {
            let all = sentences(&lesson.spoken);
            assert_eq!(all.join(" "), lesson.spoken.split_whitespace().collect::<Vec<_>>().join(" "), "{}", lesson.id);
            assert!(all.len() > 5, "{}", lesson.id);
        }
    }

    #[test]
    fn a_script_says_how_long_it_takes_and_what_is_not_read() {
        let paper = script(OfficialLetter { symbol: "-UBND".to_owned(), ..OfficialLetter::default() }, lesson());
        assert_eq!(paper.symbol, "PT-UBND");
        let opening: Vec<String> = paper.opening.iter().map(ToString::to_string).collect();
        assert_eq!(opening[0], "Dành cho bà con nhân dân");
        assert!(
            opening[1].starts_with("Thời lượng đọc: khoảng 54 giây (176 tiếng") && opening[1].contains("3,3 tiếng mỗi giây"),
            "{}",
            opening[1]
        );
        let text = format!("{:?}", paper.body);
        let first = text.find("Thưa bà con, đài truyền thanh xã xin nói về mật khẩu.").unwrap();
        let (again, unread) = (text.find("Nghi bị lộ, đổi ngay.").unwrap(), text.find("356/2025/NĐ-CP, ngày 31/12/2025, Điều 4").unwrap());
        assert!(first < again && again < unread && text.contains("Dùng trước ngày 30/06/2027."));
    }

    #[test]
    fn a_talk_has_agenda_points_questions_and_room_for_minutes() {
        let paper = talk(OfficialLetter::default(), lesson());
        let text = format!("{:?}", paper.body);
        for part in
            ["Chương trình", "Khóa hai lớp là gì", "Ông Tấn và mã sáu số", "Nên làm", "Cuốn sổ ghi mật khẩu", "Ý kiến đã nêu:", "Nguồn"]
        {
            assert!(text.contains(part), "{part}");
        }
    }

    #[test]
    fn every_lesson_makes_its_papers() {
        for lesson in builtin() {
            for paper in [script(OfficialLetter::default(), lesson), talk(OfficialLetter::default(), lesson)] {
                assert!(crate::docx(&paper, jiff::Timestamp::UNIX_EPOCH).unwrap().len() > 5_000, "{}", lesson.id);
            }
        }
    }
}
