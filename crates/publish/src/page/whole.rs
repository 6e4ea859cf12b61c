//! Codes, dates and references that stay on one line, told apart from the words around them.
//!
//! ```ignore
//! assert_eq!(parts("Căn cứ 05-CT/TU, ngày"), ["Căn cứ ", "05-CT/TU,", " ngày"]);
//! ```
//!
//! Not a pattern of the typesetter: each of its matches keeps a quarter of a megabyte, and a year's report has 50,000.

use serde::{Serialize, Serializer};

/// A longer word may be broken: it might not fit in its line.
const N_LONGEST: usize = 24;

/// `text` in parts: words that may be broken anywhere, then what stays whole, then words again; both may be empty.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = 0;
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        if stays_whole(bare) {
            parts.extend([text.get(rest..at), text.get(at..at + bare.len())].into_iter().flatten());
            rest = at + bare.len();
        }
        at += word.len();
    }
    parts.extend(text.get(rest..));
    parts
}

/// A code (05-CT/TU), a reference (MC-012), a date (05/10/2026), or a short form (b/c); no pair of plain words (và/hoặc), no range.
fn stays_whole(word: &str) -> bool {
    let n = word.chars().count();
    let has_joint = word.contains(['/', '-']);
    let ends_in_sign = word.starts_with(['/', '-']) || word.ends_with(['/', '-']);
    let is_code = word.chars().any(|c| c.is_ascii_digit());
    let is_short_form = word.split('/').all(|part| part.chars().filter(|c| c.is_alphabetic()).count() == 1);
    has_joint && !ends_in_sign && n <= N_LONGEST && (is_code || is_short_form) && !word.contains('\u{200b}')
}

/// As the template takes a text: its [`parts`].
pub(crate) fn of_text<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    parts(text).serialize(to)
}

/// As [`of_text`], of each text.
pub(crate) fn of_texts<S: Serializer>(texts: &[String], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(texts.iter().map(|text| parts(text)))
}

#[cfg(test)]
mod tests {
    use super::parts;

    /// Parts that stay whole stand in brackets.
    fn check(text: &str, wanted: &str) {
        let marked = parts(text).into_iter().enumerate().map(|(i, part)| if i % 2 == 1 { format!("[{part}]") } else { part.to_owned() });
        assert_eq!(marked.collect::<String>(), wanted);
        assert_eq!(parts(text).concat(), text, "nothing is lost");
    }

    #[test]
    fn codes_dates_and_references_stay_whole() {
        check("Căn cứ Chỉ thị 05-CT/TU, ngày 05/10/2026.", "Căn cứ Chỉ thị [05-CT/TU,] ngày [05/10/2026.]");
        check("331/2026/NĐ-CP", "[331/2026/NĐ-CP]");
        check("MC-012, MC-004–MC-009", "[MC-012,] [MC-004–MC-009]");
        check("gửi (b/c); p/h", "gửi [(b/c);] [p/h]");
    }

    #[test]
    fn plain_words_may_be_broken() {
        check("", "");
        check("rà soát và/hoặc xử lý - báo cáo", "rà soát và/hoặc xử lý - báo cáo");
        check("- a  b -", "- a  b -");
        check("số 12/ và -3", "số 12/ và -3");
        check("https://example.vn/tin-tuc/2026/10/bai-viet", "https://example.vn/tin-tuc/2026/10/bai-viet");
        check("MC\u{200b}-012", "MC\u{200b}-012");
    }
}
