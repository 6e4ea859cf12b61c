//! Letters found by their words, and where in a letter the words stand.

use crate::{App, Result};
use programme::ids::LetterId;
use programme::model::SubjectKind;
use std::collections::BTreeMap;
use std::ops::Range;
use store::search::Words;
use text::fold::{Mapped, search_key, search_key_with_map};

/// Letters that one search finds.
const MOST: i64 = 1000;
/// Bytes of a letter's text that are looked through for a place to show.
const LOOKED_AT: usize = 200_000;
/// Characters shown before and after the words.
const AROUND: usize = 70;

/// How well a letter fits: the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    InARow,
    Apart,
}

/// A place in a letter's text where words stand that were looked for, as the letter writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    pub before: String,
    pub hit: String,
    pub after: String,
}

/// Ids of the letters that have all words, anywhere in their register data or text.
pub(super) async fn hits(app: &App, words: &str) -> Result<BTreeMap<String, Fit>> {
    let words = search_key(words);
    let mut tx = app.inner.db.read().await?;
    let all = store::search::find(&mut tx, SubjectKind::Letter, &words, Words::All, MOST).await?;
    let in_a_row = store::search::find(&mut tx, SubjectKind::Letter, &words, Words::InARow, MOST).await?;
    let mut hits: BTreeMap<String, Fit> = all.into_iter().map(|id| (id, Fit::Apart)).collect();
    hits.extend(in_a_row.into_iter().map(|id| (id, Fit::InARow)));
    Ok(hits)
}

/// Where the words stand in the texts of these letters. A letter is left out that has them in its register data only,
/// or that bears a mark of secrecy.
pub async fn excerpts(app: &App, letters: &[LetterId], words: &str) -> Result<BTreeMap<LetterId, Excerpt>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let mut found = BTreeMap::new();
    for id in letters {
        let open = all.letters.get(id).filter(|letter| letter.facts.secrecy.is_none());
        let Some(text) = open.and_then(|letter| letter.facts.text.as_ref()) else { continue };
        let body = store::content::stored(&mut tx, &text.id).await?.and_then(|content| content.body);
        if let Some(excerpt) = body.and_then(|body| excerpt(&body, words)) {
            found.insert(id.clone(), excerpt);
        }
    }
    Ok(found)
}

/// The first place that has the words one after the other; else the first that has the longest of them.
fn excerpt(text: &str, words: &str) -> Option<Excerpt> {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let key = search_key(words);
    let mapped = search_key_with_map(text);
    let longest = key.split(|c: char| !c.is_alphanumeric()).max_by_key(|word| word.len()).unwrap_or_default();
    let hit = whole_words(&mapped, &key).or_else(|| whole_words(&mapped, longest))?;
    let (before, after) = (&text[..hit.start], &text[hit.end..]);
    // Cut at a blank, so that no word is left in halves.
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at + before[at..].find(char::is_whitespace).unwrap_or(0));
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| after[..at].rfind(char::is_whitespace).unwrap_or(at));
    let dots = |cut: bool| if cut { "…" } else { "" };
    Some(Excerpt {
        before: one_line(&format!("{} {}", dots(start > 0), &before[start..])).trim_start().to_owned(),
        hit: one_line(&text[hit]),
        after: one_line(&format!("{} {}", &after[..end], dots(end < after.len()))).trim_end().to_owned(),
    })
}

/// Every stretch of blanks and line ends as one blank.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}

/// Where `needle` stands first in the original, not inside a longer word.
fn whole_words(mapped: &Mapped, needle: &str) -> Option<Range<usize>> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut hits = mapped.text.match_indices(needle).filter(|(_, hit)| !hit.is_empty());
    let whole =
        hits.find(|(at, hit)| !letter(mapped.text[..*at].chars().next_back()) && !letter(mapped.text[at + hit.len()..].chars().next()));
    whole.map(|(at, hit)| mapped.original(at..at + hit.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &str) -> String {
        excerpt(text, words).map_or("-".to_owned(), |e| format!("{}[{}]{}", e.before, e.hit, e.after))
    }

    #[test]
    fn the_words_stand_as_the_letter_writes_them() {
        assert_eq!(shown("ỦY BAN NHÂN DÂN\nXÃ LẠC PHƯỢNG", "lac phuong"), "ỦY BAN NHÂN DÂN XÃ [LẠC PHƯỢNG]");
        assert_eq!(shown("Bảo đảm an ninh mạng.", "An  Ninh"), "Bảo đảm [an ninh] mạng.");
        assert_eq!(shown("Số: 118/KH-UBND", "118/kh"), "Số: [118/KH]-UBND");
    }

    #[test]
    fn words_that_stand_apart_are_shown_by_the_longest() {
        assert_eq!(shown("dữ liệu của cán bộ, mạng nội bộ", "mạng liệu"), "dữ [liệu] của cán bộ, mạng nội bộ");
    }

    #[test]
    fn a_part_of_a_word_is_no_hit() {
        assert_eq!(shown("chuyển đổi số, yên tâm", "yen"), "chuyển đổi số, [yên] tâm");
        assert_eq!(shown("chuyển đổi số", "yen"), "-");
        assert_eq!(shown("chuyển đổi số", " .. "), "-");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = format!("{} mật khẩu {}", "trước ".repeat(60), "sau ".repeat(60));
        let shown = shown(&text, "mat khau");
        assert!(shown.starts_with("… trước trước") && shown.ends_with("sau sau …"), "{shown}");
        assert!(shown.chars().count() < 180, "{shown}");
    }
}
