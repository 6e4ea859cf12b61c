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

/// Digits in a row, blanks and points between them not counted, that are somebody's number rather than a day or a count.
const MOST_DIGITS: usize = 8;
/// Words of a name with its family name, from which on it is one by itself.
const WHOLE_NAME: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    titles: Vec<String>,
    places: Vec<String>,
    families: Vec<String>,
    everywhere: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../data/person_names.toml")).expect("a test reads this built-in table"));

/// Refuses a line that names people.
pub(crate) fn refuse(line: &str) -> Result<(), Refusal> {
    if names_people(line) { Err(Refusal::NamesPeople) } else { Ok(()) }
}

/// True for a line with somebody's number, mail address or name.
pub fn names_people(line: &str) -> bool {
    let line = text::normalize::nfc(line);
    has_number(&line) || has_name(&line)
}

fn has_number(line: &str) -> bool {
    let apart = |c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+'));
    let long = line.split(apart).any(|run| run.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS);
    let doc = text::Doc::from_lines(line);
    long || scan::scan_doc(&doc, &scan::builtin()).iter().any(|finding| finding.kind != scan::Kind::SecretMark)
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
}
