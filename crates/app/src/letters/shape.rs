//! The shape of a letter's plain text: its head, and the places where a sentence may be cut.
//!
//! The head as it is laid out: issuer, number and subject on the left, motto, place and day on the
//! right, the name of its type in the middle. Recognised in the plain lines that a reader gives; where the first lines are
//! of another kind, there is none and the text is shown as it stands.
//!
//! ```text
//! "TỈNH ỦY SÔNG HỒNG\n*\nSố 15-CT/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày …"  →  left: 3 lines, right: 2 lines
//! ```

use std::ops::Range;
use text::fold::search_key;

/// More lines than the head of any letter has.
const MOST_LINES: usize = 16;
/// Longest line of a head, in characters; a longer one is text.
const MOST_CHARS: usize = 120;
/// First lines on the right, folded.
const MOTTOS: [&str; 3] = ["dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc"];
/// The word before a letter's number.
const NUMBER: &str = "S\u{1ed1}";
/// "and": the accents tell it from other words.
const AND: &str = "v\u{e0}";

/// The lines of a head, by their place on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    pub left: Vec<String>,
    pub right: Vec<String>,
    /// Name of the type and what it is about.
    pub title: Vec<String>,
    /// Bytes of the text that the head takes up.
    pub end: usize,
}

/// Where a line of the head stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Left,
    Right,
    Title,
}

impl Letterhead {
    /// The head at the beginning of a text; `subject` as it was read from it.
    pub fn of(text: &str, subject: Option<&str>) -> Option<Letterhead> {
        let mut head = Letterhead::default();
        let (mut numbered, mut motto) = (false, false);
        let mut at = 0;
        for line in text.split_inclusive('\n').take(2 * MOST_LINES) {
            let words = line.trim();
            if !words.is_empty() {
                // The first line that is no part of a head ends it.
                let Some(place) = place(words, &head, numbered, subject) else { break };
                match place {
                    Place::Left => head.left.push(words.to_owned()),
                    Place::Right => head.right.push(words.to_owned()),
                    Place::Title => head.title.push(words.to_owned()),
                }
            }
            numbered |= is_number(words);
            motto |= is_motto(words);
            at += line.len();
            head.end = at;
        }
        (motto && numbered && head.left.len() > 1).then_some(head)
    }
}

/// Where a line belongs; `None`: the head has ended before it.
fn place(words: &str, head: &Letterhead, numbered: bool, subject: Option<&str>) -> Option<Place> {
    let lines = head.left.len() + head.right.len() + head.title.len();
    let title_open = !head.title.is_empty();
    let is_subject = subject.is_some_and(|s| folded(s).contains(&folded(words)) || folded(words).contains(&folded(s)));
    let names_issuer = !numbered && is_capital(words);
    let is_abstract = numbered && is_subject && !is_capital(words);
    let place = if lines >= MOST_LINES {
        return None;
    } else if is_rule(words) {
        if title_open { Place::Title } else { Place::Left }
    } else if !title_open && (is_motto(words) || is_day(words)) {
        Place::Right
    } else if !title_open && (is_number(words) || names_issuer || is_abstract) {
        Place::Left
    } else if numbered && !head.right.is_empty() && (is_capital(words) || is_subject) {
        Place::Title
    } else {
        return None;
    };
    (is_subject || words.chars().count() <= MOST_CHARS).then_some(place)
}

fn folded(words: &str) -> String {
    search_key(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_motto(words: &str) -> bool {
    let words = folded(words).replace('–', "-");
    MOTTOS.contains(&words.as_str())
}

/// "Sông Hồng, ngày 14 tháng 10 năm 2026", blanks for the numbers included.
fn is_day(words: &str) -> bool {
    let folded = folded(words);
    words.chars().count() <= MOST_CHARS && ["ngay", "thang", "nam"].iter().all(|part| folded.contains(part)) && words.contains(',')
}

fn is_number(words: &str) -> bool {
    words.strip_prefix(NUMBER).is_some_and(|rest| rest.starts_with([':', ' ']) && rest.contains(['-', '/']))
}

fn is_rule(words: &str) -> bool {
    words.chars().all(|c| matches!(c, '*' | '-' | '–' | '—' | '_'))
}

fn is_capital(words: &str) -> bool {
    words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_lowercase)
}

/// Words of a clause that are looked at for its verb.
const MOST_WORDS: usize = 8;
/// What goes on with a day or a number that stands before it, folded.
const OF_DAYS: [&str; 5] = ["ngay", "thang", "nam", "quy", "gio"];

/// Places inside a quoted sentence where it may be cut in two: behind ";", "." and ",", before "và" and a verb; never inside a day or
/// a number.
pub fn cuts(text: &str, span: Range<usize>) -> Vec<usize> {
    let Some(sentence) = text.get(span.clone()) else { return Vec::new() };
    let ends = |at: usize| sentence[at..].chars().next().is_none_or(char::is_whitespace);
    let marks = sentence.match_indices([';', ',', '.']).filter(|(at, mark)| ends(at + 1) && ends_clause(sentence, *at, mark));
    let behind = marks.map(|(at, mark)| at + mark.len());
    let before = sentence.match_indices(AND).filter(|(at, word)| {
        let begins = sentence[..*at].chars().next_back().is_some_and(char::is_whitespace);
        let next: Vec<&str> = sentence[at + word.len()..].split_whitespace().take(MOST_WORDS).collect();
        begins && ends(at + word.len()) && directive::begins_action(&next.join(" "))
    });
    let mut cuts: Vec<usize> = behind.chain(before.map(|(at, _)| at)).collect();
    cuts.sort_unstable();
    cuts.retain(|at| !sentence[..*at].trim().is_empty() && !sentence[*at..].trim().is_empty());
    // Behind a mark and before the word is one place.
    cuts.dedup_by(|later, earlier| sentence[*earlier..*later].trim().is_empty());
    cuts.into_iter().map(|at| span.start + at).collect()
}

/// Whether a mark ends a clause, and is no part of a day, a number, an abbreviation or a list's own number.
fn ends_clause(sentence: &str, at: usize, mark: &str) -> bool {
    let before = sentence[..at].split_whitespace().next_back().unwrap_or_default();
    let mut after = sentence[at + mark.len()..].split_whitespace();
    let next = after.next().unwrap_or_default();
    let digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match mark {
        "," if before.contains(|c: char| c.is_ascii_digit()) => {
            let of_day = OF_DAYS.contains(&search_key(next).as_str()) && after.next().is_some_and(digit);
            !digit(next) && !of_day
        }
        "." => {
            let counts = before.len() < 4 && before.chars().all(|c| c.is_ascii_digit());
            let short = before.chars().count() <= 3 && before.starts_with(char::is_uppercase);
            !counts && !short && !next.starts_with(char::is_lowercase)
        }
        _ => true,
    }
}

/// What a quoted clause asks for, without the marks that only join it to its neighbours.
pub(crate) fn clause(quote: &str) -> String {
    let bare = quote.trim().trim_end_matches([';', ',', '.']).trim_end();
    let rest = bare.strip_prefix(AND).filter(|rest| rest.starts_with(char::is_whitespace));
    rest.unwrap_or(bare).trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, subject: Option<&str>, expected: &Expect) {
        let shown = Letterhead::of(text, subject).map_or("none".to_owned(), |head| {
            let rest = text[head.end..].lines().next().unwrap_or_default();
            format!("{}\n{}\n{}\n> {rest}", head.left.join(" | "), head.right.join(" | "), head.title.join(" | "))
        });
        expected.assert_eq(&shown);
    }

    #[test]
    fn party_and_state_letters() {
        check(
            "TỈNH ỦY SÔNG HỒNG\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 86-CV/BTGDVTU\nVề tuyên truyền thực hiện\nChỉ thị số 15-CT/TU\n\n   \
             ĐẢNG CỘNG SẢN VIỆT NAM\n\nSông Hồng, ngày 14 tháng 10 năm 2026\n\nKính gửi: - Đảng ủy các xã,\n",
            Some("Về tuyên truyền thực hiện Chỉ thị số 15-CT/TU"),
            &expect![[r#"
                TỈNH ỦY SÔNG HỒNG | BAN TUYÊN GIÁO VÀ DÂN VẬN | * | Số 86-CV/BTGDVTU | Về tuyên truyền thực hiện | Chỉ thị số 15-CT/TU
                ĐẢNG CỘNG SẢN VIỆT NAM | Sông Hồng, ngày 14 tháng 10 năm 2026

                > Kính gửi: - Đảng ủy các xã,"#]],
        );
        check(
            "ỦY BAN NHÂN DÂN\nTỈNH SÔNG HỒNG\nSố: 118/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
             Sông Hồng, ngày 09 tháng 10 năm 2026\nKẾ HOẠCH\nRà soát điểm yếu\nThực hiện Chỉ thị số 15-CT/TU\n",
            Some("Rà soát điểm yếu"),
            &expect![[r#"
                ỦY BAN NHÂN DÂN | TỈNH SÔNG HỒNG | Số: 118/KH-UBND
                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc | Sông Hồng, ngày 09 tháng 10 năm 2026
                KẾ HOẠCH | Rà soát điểm yếu
                > Thực hiện Chỉ thị số 15-CT/TU"#]],
        );
    }

    #[test]
    fn what_is_no_letter_has_no_head() {
        check("Biên bản họp thôn\nSố người: 40", None, &expect!["none"]);
        check("TỈNH ỦY SÔNG HỒNG\nCác xã rà soát máy tính.", None, &expect!["none"]);
        check("", None, &expect!["none"]);
    }

    #[test]
    fn a_sentence_is_cut_at_its_marks_and_never_inside_a_number() {
        let text = "X. Rà soát 1,5 giờ, khắc phục; và báo cáo và lưu hồ sơ; Y.";
        let span = 3..text.find(" Y.").unwrap();
        let places: Vec<&str> = cuts(text, span).into_iter().map(|at| text[at..].trim_start().split(' ').next().unwrap()).collect();
        assert_eq!(places, ["khắc", "và", "và"]);
        let parts = |text: &str| cuts(text, 0..text.len()).into_iter().map(|at| text[at..].trim().to_owned()).collect::<Vec<_>>();
        let whole = "Báo cáo trước ngày 15, 30 hằng tháng và ngày 05, tháng 6, năm 2026 theo Chỉ thị số 15-CT/TU, ngày 31/12/2025";
        assert!(parts(whole).is_empty(), "{:?}", parts(whole));
        assert!(parts("1. Rà soát máy tính và thiết bị tại TP. Bến Tre và các xã").is_empty(), "no verb follows");
        assert_eq!(parts("Rà soát trước ngày 30/6/2026. Báo cáo kết quả"), ["Báo cáo kết quả"]);
        assert_eq!(parts("Rà soát xong trong năm 2026, báo cáo Đảng ủy"), ["báo cáo Đảng ủy"]);
        assert_eq!(cuts("ngắn", 0..6), Vec::<usize>::new());
        assert_eq!(cuts("ngắn", 1..99), Vec::<usize>::new());
    }
}
