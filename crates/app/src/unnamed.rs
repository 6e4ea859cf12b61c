//! Whether a line names people: their numbers, their mail, or a name as Vietnamese people bear it.
//!
//! For fields that hold counts and a place and nothing else. A guess in favour of the people: what may be a name is taken
//! for one, and whoever writes is told to leave it out. A place that is called after somebody is a place.
//!
//! ```text
//! names_people("Nhà văn hóa thôn 3, trường Nguyễn Trãi")   →  false
//! names_people("hộ ông Nguyễn Văn A, 0912 345 678")        →  true
//! ```

use programme::decide::Refusal;
use serde::Deserialize;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// Digits in a row, blanks and points between them not counted, that are somebody's number rather than a day or a count.
const MOST_DIGITS: usize = 8;
/// Numbers that everybody may call: help for children, rescue, police, fire, first aid, reports of junk calls.
const HOTLINES: [&str; 8] = ["111", "112", "113", "114", "115", "156", "1022", "5656"];
/// Words of a name with its family name, from which on it is one by itself.
const WHOLE_NAME: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    titles: Vec<String>,
    places: Vec<String>,
    families: Vec<String>,
    everywhere: Vec<String>,
    currencies: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../data/person_names.toml")).expect("a test reads this built-in table"));

/// Refuses a line that names people.
pub(crate) fn refuse(line: &str) -> Result<(), Refusal> {
    if names_people(line) { Err(Refusal::NamesPeople) } else { Ok(()) }
}

/// Refuses words for other people that hold somebody's number or mail address.
pub(crate) fn refuse_numbers(words: &str) -> Result<(), Refusal> {
    if has_number(&folded(words)) { Err(Refusal::PersonalNumber) } else { Ok(()) }
}

/// Refuses words for everybody that hold somebody's number, mail address or name.
pub(crate) fn refuse_published(words: &str) -> Result<(), Refusal> {
    refuse_numbers(words)?;
    if has_name(&folded(words)) { Err(Refusal::NamesSomebody) } else { Ok(()) }
}

/// Refuses a name with a mail address, or with as many digits as a number of somebody has.
pub(crate) fn refuse_in_name(name: &str) -> Result<(), Refusal> {
    let name = folded(name);
    let n_digits = name.chars().filter(char::is_ascii_digit).count();
    if name.contains('@') || n_digits > MOST_DIGITS { Err(Refusal::PersonalNumber) } else { Ok(()) }
}

/// True for a line with somebody's number, mail address or name.
pub fn names_people(line: &str) -> bool {
    let line = folded(line);
    has_number(&line) || has_name(&line)
}

/// Digits and letters as they are usually typed, whatever their width; without signs that nobody sees between them.
fn folded(words: &str) -> String {
    words.nfkc().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')).collect()
}

fn has_number(words: &str) -> bool {
    let apart = |c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')' | '\u{2010}'..='\u{2015}'));
    let (mut rest, mut left) = (words, String::with_capacity(words.len()));
    while let Some(start) = rest.find(|c: char| !apart(c)) {
        let (before, tail) = rest.split_at(start);
        let (run, after) = tail.split_at(tail.find(apart).unwrap_or(tail.len()));
        left.push_str(before);
        if is_nobodys(run, after) {
            left.push(' ');
        } else if run.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS {
            return true;
        } else {
            left.push_str(run);
        }
        rest = after;
    }
    left.push_str(rest);
    let doc = text::Doc::from_lines(&left);
    scan::scan_doc(&doc, &scan::builtin()).iter().any(|finding| finding.kind != scan::Kind::SecretMark)
}

/// Whether digits are hotlines, days or a sum of money, by their shape and the word `after` them.
fn is_nobodys(run: &str, after: &str) -> bool {
    let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let length = groups.iter().map(|group| group.len()).sum::<usize>();
    let is_call = length <= 10 && groups.first().is_some_and(|group| group.starts_with("1800") || group.starts_with("1900"));
    let is_day = |of: &[&str]| matches!(of, [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() == 4);
    let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let is_thousands =
        run.trim().contains('.') && !run.trim().starts_with('0') && run.trim().split('.').skip(1).all(|group| group.len() == 3);
    let is_sum = is_thousands && TABLE.currencies.contains(&word);
    let is_known = is_call || is_sum || groups.chunks(3).all(is_day) || groups.iter().all(|group| HOTLINES.contains(group));
    !groups.is_empty() && is_known
}

/// A name behind a title, a whole name, or two shorter ones: a list.
fn has_name(line: &str) -> bool {
    let mut short = 0;
    for part in line.split([',', ';', '(', ')', '/', '|', '\n', '\t', ':', '.']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let mut at = 0;
        while at < words.len() {
            let n = words[at..].iter().take_while(|word| is_capital(word)).count();
            if n == 0 {
                at += 1;
                continue;
            }
            let before = at.checked_sub(1).map(|before| words[before].to_lowercase());
            // "Phố Lê Lợi": at the beginning of a line the place has a capital of its own.
            let place = before.clone().unwrap_or_else(|| words[at].to_lowercase());
            let is_place = TABLE.places.contains(&place);
            match n {
                _ if is_place => {}
                n if named(&words[at..at + n], before.as_deref()) => return true,
                2 if is_family(words[at]) => short += 1,
                _ => {}
            }
            at += n;
        }
    }
    short > 1
}

/// Whether capital words in a row, behind one that is not, are somebody's name.
fn named(words: &[&str], before: Option<&str>) -> bool {
    let joined = words.join(" ").to_lowercase();
    if TABLE.everywhere.iter().any(|name| joined.ends_with(name)) {
        return false;
    }
    let titled = before.is_some_and(is_title);
    // "Ông Tư" at the beginning of a line: the title has its capital from there.
    let begins_titled = words.len() > 1 && before.is_none() && is_title(&words[0].to_lowercase());
    titled || begins_titled || words.len() >= WHOLE_NAME && words.iter().take(words.len() - 1).any(|word| is_family(word))
}

fn is_capital(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_family(word: &str) -> bool {
    TABLE.families.contains(&word.to_lowercase())
}

fn is_title(word: &str) -> bool {
    TABLE.titles.iter().any(|title| title == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_counts_name_nobody() {
        for line in [
            "",
            "Nhà văn hóa thôn 3",
            "Nhà văn hóa thôn Trần Phú, gần chợ Mới",
            "Trường tiểu học Nguyễn Thị Minh Khai",
            "Đoàn TNCS Hồ Chí Minh xã cùng đi",
            "Tổ Công nghệ số cộng đồng, Hội Phụ nữ",
            "UBND xã Tân Lũy, điểm hỗ trợ số 2",
            "cài VNeID cho 12 người, từ 19h30 đến 21h ngày 20/11/2026",
            "ngày 20-11-2026, 14 hộ",
            "Phố Lê Lợi",
            "các hộ ở xóm Đông",
        ] {
            assert!(!names_people(line), "{line}");
        }
    }

    #[test]
    fn people_are_known_by_name_and_number() {
        for line in [
            "Nguyễn Văn An",
            "nhà ông Tư",
            "Ông Tư, bà Năm",
            "hộ bà Trần Thị B",
            "Trần An, Lê Bình",
            "NGUYỄN VĂN AN; TRẦN THỊ BÌNH",
            "Nguyen Van An cai VNeID",
            "gọi 0912 345 678",
            "CCCD 001099012345",
            "0912.345.678",
            "thu gửi an.nguyen@example.vn",
            "tk 1234 5678 9012",
        ] {
            assert!(names_people(line), "{line}");
        }
    }

    #[test]
    fn numbers_are_refused_in_every_spelling_and_hotlines_are_not() {
        for words in [
            "Gọi Công an xã hoặc 113",
            "Gọi 113 - 114 - 115, hoặc nhắn 5656",
            "Tổng đài 1900 545 415 và 1800-1091",
            "Tiết kiệm 1.250.000.000 đồng trong năm",
            "Từ 20-11-2026 - 25-11-2026, ông Tư trực",
        ] {
            assert_eq!(refuse_numbers(words), Ok(()), "{words}");
        }
        for words in [
            "CCCD ００１０９９０１２３４５",
            "gọi 0912\u{ad}345\u{200b}678",
            "gọi 0912 113 114",
            "0912345678 đồng ý",
            "gọi (0912) 345-678",
            "CMND 123456789",
            "hỏi an.nguyen＠example.vn",
            "chuyển vào 1234 5678 9012 tại ngân hàng",
        ] {
            assert_eq!(refuse_numbers(words), Err(Refusal::PersonalNumber), "{words}");
        }
        assert_eq!(refuse_published("Ông Tư ở thôn 3"), Err(Refusal::NamesSomebody));
        assert_eq!(refuse_published("Đảng ủy xã không thu khoản nào"), Ok(()));
    }

    #[test]
    fn a_name_holds_no_number() {
        assert_eq!(refuse_in_name("Nguyễn Văn Bình 2"), Ok(()));
        for name in ["Bình 0912 345 678", "Bình ０９１２３４５６７８", "binh@xa.vn"] {
            assert_eq!(refuse_in_name(name), Err(Refusal::PersonalNumber), "{name}");
        }
    }
}
