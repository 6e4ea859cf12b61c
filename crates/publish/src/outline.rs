//! A talk outline: for every topic that a letter asks to speak of, the paragraphs of its attached directive and plan that say
//! most about it, word for word with where they stand.
//!
//! Which paragraphs belong to a topic is reckoned from shared words without accents, alone and in pairs; rare ones count more.
//! The same texts give the same quotes; which of them stay is for a person to say. Nothing is written where no source is.
//!
//! ```ignore
//! let found = outline::quotes(&topics, &sources);
//! let paper = outline::outline(head_of_the_office, &letter, &topics, &sources, &found);
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;
use text::fold::search_key;

use crate::letter::{Block, Heading, Level, OfficialLetter, Text};
use crate::words::fill;

/// Quotes of one topic at most.
const MOST_QUOTES: usize = 3;
/// Below this share of common weight (the cosine of two weighted sets of words) a paragraph says nothing about a topic.
const LEAST_SHARE: f64 = 0.04;
/// Shorter paragraphs are headings and names.
const LEAST_WORDS: usize = 8;
/// Where the text of a letter ends, folded.
const FOOT: &str = "noi nhan";

/// What a letter asks to speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// As the letter numbers it: "1.2"; may be empty.
    pub section: String,
    pub text: String,
}

/// A letter that may be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// As a sentence names it: "Chỉ thị số 15-CT/TU".
    pub named: String,
    /// One paragraph a line, without the head of the letter.
    pub text: String,
}

/// A paragraph of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Place of the source in the list.
    pub source: usize,
    /// Where it stands, in words: "mục 4, Chỉ thị số 15-CT/TU".
    pub place: String,
    /// Word for word, without its number.
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    kind: String,
    symbol: String,
    subject: String,
    sources: String,
    no_source: String,
    topics: String,
    section: String,
    under: String,
    opening: String,
    quote: String,
    missing: String,
    unchosen: String,
    own: String,
    now: String,
    open: String,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| crate::words::parse(include_str!("../words/outline.toml")))
}

/// For each topic the paragraphs of the sources that say most about it, the best first.
pub fn quotes(topics: &[Topic], sources: &[SourceText]) -> Vec<Vec<Quote>> {
    let all = sources.iter().enumerate().flat_map(|(nth, source)| paragraphs(nth, source));
    let paragraphs: Vec<(BTreeSet<String>, Quote)> = all.map(|quote| (terms(&quote.text), quote)).collect();
    let mut seen_in = BTreeMap::<&str, usize>::new();
    for term in paragraphs.iter().flat_map(|(terms, _)| terms) {
        *seen_in.entry(term).or_default() += 1;
    }
    let n = paragraphs.len() as f64;
    let weight = |term: &String| {
        let seen = seen_in.get(term.as_str()).copied().unwrap_or_default() as f64;
        ((n + 1.0) / (seen + 0.5)).ln().powi(2)
    };
    let whole = |terms: &BTreeSet<String>| terms.iter().map(&weight).sum::<f64>();
    let of_topic = |topic: &Topic| {
        let wanted = terms(&topic.text);
        let all = whole(&wanted);
        let share = |terms: &BTreeSet<String>| {
            let common: Vec<&String> = wanted.intersection(terms).collect();
            // One word alone is chance: most syllables belong to many words.
            let has_pair = common.iter().any(|term| term.contains(' '));
            let share = common.into_iter().map(&weight).sum::<f64>() / (all * whole(terms)).sqrt();
            if has_pair { share } else { 0.0 }
        };
        let mut found: Vec<(f64, usize)> = paragraphs.iter().map(|(terms, _)| share(terms)).zip(0..).collect();
        found.retain(|(share, _)| *share >= LEAST_SHARE);
        found.sort_by(|(a, at), (b, bt)| b.total_cmp(a).then(at.cmp(bt)));
        found.into_iter().take(MOST_QUOTES).filter_map(|(_, at)| paragraphs.get(at)).map(|(_, quote)| quote.clone()).collect()
    };
    topics.iter().map(of_topic).collect()
}

/// Words without accents, and pairs of neighbours: most Vietnamese words are two syllables.
fn terms(text: &str) -> BTreeSet<String> {
    let key = search_key(text);
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    words.iter().map(|word| (*word).to_owned()).chain(pairs).collect()
}

/// The paragraphs of a source that can be quoted, each with its place.
fn paragraphs(source: usize, letter: &SourceText) -> Vec<Quote> {
    let words = words();
    let mut last = None;
    let mut found = Vec::new();
    for line in letter.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if search_key(line).starts_with(FOOT) {
            break;
        }
        let (own, text) = numbered(line);
        let place = match (own, last) {
            (Some(number), _) => fill(&words.section, &[("number", number), ("letter", &letter.named)]),
            (None, Some(number)) => fill(&words.under, &[("number", number), ("letter", &letter.named)]),
            (None, None) => fill(&words.opening, &[("letter", &letter.named)]),
        };
        last = own.or(last);
        if text.split_whitespace().count() >= LEAST_WORDS {
            found.push(Quote { source, place, text: text.to_owned() });
        }
    }
    found
}

/// The number that a paragraph begins with ("2", "5.1", "II"), and the rest.
fn numbered(line: &str) -> (Option<&str>, &str) {
    let Some((first, rest)) = line.split_once(char::is_whitespace) else { return (None, line) };
    let bare = first.trim_end_matches(['.', '-', ')']);
    let is_number = !bare.is_empty() && bare.len() < first.len() && {
        let arabic = bare.split('.').all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
        arabic || bare.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
    };
    if is_number { (Some(bare), rest.trim_start()) } else { (None, line) }
}

/// `paper` (head and foot of the office) as the outline of a talk on `letter`; `kept` holds the quotes of each topic that a
/// person chose.
pub fn outline(paper: OfficialLetter, letter: &str, topics: &[Topic], sources: &[SourceText], kept: &[Vec<Quote>]) -> OfficialLetter {
    let words = words();
    let part = |n, text: &str| Block::Heading { level: Level::Part, numbers: vec![n], text: text.to_owned() };
    let mut body = vec![part(1, &words.sources)];
    match sources {
        [] => body.push(Block::Paragraph(Text::from(words.no_source.as_str()))),
        sources => body.extend(sources.iter().map(|source| Block::Item(Text::from(source.named.as_str())))),
    }
    body.push(part(2, &words.topics));
    for (topic, nth) in topics.iter().zip(1_u32..) {
        let numbers: Option<Vec<u32>> = topic.section.split('.').map(|n| n.parse().ok()).collect();
        body.push(Block::Numbered { numbers: numbers.unwrap_or_else(|| vec![nth]), text: Text::default().bold(&topic.text) });
        let quotes = kept.get(nth as usize - 1).map(Vec::as_slice).unwrap_or_default();
        body.extend(quotes.iter().map(|quote| {
            let line = fill(&words.quote, &[("text", &quote.text), ("place", &quote.place)]);
            Block::Paragraph(Text::default().italic(&line))
        }));
        if quotes.is_empty() {
            let missing = if sources.is_empty() { &words.missing } else { &words.unchosen };
            body.push(Block::Paragraph(Text::from(missing.as_str())));
        }
        for open in [&words.own, &words.now] {
            body.extend([Block::Paragraph(Text::from(open.as_str())), Block::Paragraph(Text::from(words.open.as_str()))]);
        }
    }
    OfficialLetter {
        symbol: format!("{}{}", words.symbol, paper.symbol),
        heading: Heading::Titled { kind: words.kind.clone(), subject: fill(&words.subject, &[("letter", letter)]) },
        body,
        ..paper
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directive() -> SourceText {
        let text = "Thời gian qua, một số nơi còn để lộ thông tin cá nhân của người dân; lừa đảo qua điện thoại, tin nhắn diễn biến phức tạp.\n\
            1. Tổ chức quán triệt nội dung Chỉ thị đến toàn thể cán bộ, đảng viên.\n\
            2. Rà soát, kiểm tra toàn bộ hệ thống thông tin, máy tính thuộc phạm vi quản lý, xong trước ngày 15/12/2026.\n\
            Mỗi máy tính có một người chịu trách nhiệm sao lưu dữ liệu hằng tuần.\n\
            4. Đẩy mạnh cảnh báo các thủ đoạn lừa đảo tới người dân qua hệ thống truyền thanh cơ sở.\n\
            Nơi nhận:\n- Đảng ủy các xã, phường có cảnh báo lừa đảo qua điện thoại.";
        SourceText { named: "Chỉ thị số 15-CT/TU".to_owned(), text: text.to_owned() }
    }

    fn topic(section: &str, text: &str) -> Topic {
        Topic { section: section.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_topic_is_answered_by_the_paragraphs_that_speak_of_it() {
        let topics = [
            topic("1.1", "Cảnh báo thủ đoạn lừa đảo qua điện thoại, tin nhắn trên truyền thanh"),
            topic("1.2", "Sao lưu dữ liệu của máy tính"),
            topic("1.3", "Biểu dương tập thể điển hình"),
        ];
        let found = quotes(&topics, &[directive()]);
        let places: Vec<Vec<&str>> = found.iter().map(|of| of.iter().map(|quote| quote.place.as_str()).collect()).collect();
        assert_eq!(places[0], ["mục 4, Chỉ thị số 15-CT/TU", "phần mở đầu, Chỉ thị số 15-CT/TU"]);
        assert_eq!(places[1][0], "dưới mục 2, Chỉ thị số 15-CT/TU");
        assert_eq!(places[2], [""; 0]);
        let directive = directive();
        assert!(found.iter().flatten().all(|quote| directive.text.contains(&quote.text)), "word for word");
        assert_eq!(found, quotes(&topics, &[directive]), "the same every time");
    }

    #[test]
    fn without_a_source_nothing_is_made_up() {
        let topics = [topic("1.1", "Cảnh báo lừa đảo")];
        assert_eq!(quotes(&topics, &[]), [Vec::new()]);
        let paper = outline(OfficialLetter::default(), "Công văn số 86-CV/BTGDVTU", &topics, &[], &[Vec::new()]);
        let text = format!("{:?}", paper.body);
        assert!(text.contains("Chưa có văn bản nguồn trong sổ") && text.contains("Chưa có văn bản nguồn.\""), "{text}");
        let Heading::Titled { subject, .. } = paper.heading else { panic!() };
        assert_eq!(subject, "tuyên truyền theo Công văn số 86-CV/BTGDVTU");
    }

    #[test]
    fn a_paragraph_begins_with_its_number() {
        let number = |line| numbered(line).0;
        assert_eq!([number("5.1. Đảng ủy"), number("II- KẾT QUẢ"), number("3) Ba")], [Some("5.1"), Some("II"), Some("3")]);
        assert_eq!([number("15/12/2026 là hạn"), number("2026. Năm"), number("- Lưu"), number("I đây")], [None; 4]);
    }
}
