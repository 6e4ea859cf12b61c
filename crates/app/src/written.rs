//! What people write into fields: names and notes, within bounds and without signs that nobody can see.
//!
//! Not for files and letters, whose bytes stay as they are.
//!
//! ```text
//! name("  Chi bộ\u{202e} thôn 1 ")  →  "Chi bộ thôn 1"      name("\u{200b}")  →  nothing was written
//! ```

use programme::decide::Refusal;

/// Longest name of a unit, meeting or place, in characters.
pub(crate) const MOST_NAME: usize = 200;
/// Longest name of a person, in characters.
const MOST_PERSON: usize = 100;
/// Longest note, answer or obligation, in characters: some ten pages.
pub const MOST_NOTE: usize = 20_000;

/// A name in one line.
pub(crate) fn name(text: &str) -> Result<String, Refusal> {
    within(text, MOST_NAME)
}

/// The name of a person, in one line.
pub(crate) fn person(text: &str) -> Result<String, Refusal> {
    within(text, MOST_PERSON)
}

/// True when two names differ in nothing but capitals; accents tell names apart.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    let folded = |name: &str| text::normalize::nfc(name).to_lowercase();
    folded(a) == folded(b)
}

fn within(text: &str, most: usize) -> Result<String, Refusal> {
    let seen: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| is_seen(*c)).collect();
    let name = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refusal::EmptyText),
        n if n > most => Err(Refusal::TooLong),
        _ => Ok(name),
    }
}

/// A note, with its lines; a blank one is none.
pub(crate) fn note(text: &str) -> Result<Option<String>, Refusal> {
    let seen: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || is_seen(*c)).collect();
    let note = seen.trim();
    match note.chars().count() {
        0 => Ok(None),
        n if n > MOST_NOTE => Err(Refusal::TooLong),
        _ => Ok(Some(note.to_owned())),
    }
}

/// Neither a control character nor one that only turns the direction of others or has no width.
pub fn is_seen(c: char) -> bool {
    let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_control() && !turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_not_kept() {
        assert_eq!(name("  Chi bộ\u{202e}\n thôn\u{0} 1 "), Ok("Chi bộ thôn 1".to_owned()));
        assert_eq!(name("\u{200b}\u{feff}"), Err(Refusal::EmptyText));
        assert_eq!(note("dòng 1\r\ndòng\u{1b}[31m 2 "), Ok(Some("dòng 1\ndòng[31m 2".to_owned())));
        assert_eq!(note(" \n "), Ok(None));
    }

    #[test]
    fn accents_tell_names_apart_and_capitals_do_not() {
        assert!(is_same("Chi bộ Thôn 1", "CHI BỘ THÔN 1"));
        assert!(is_same("Chi bộ", "Chi bo\u{323}\u{302}"), "composed or not");
        assert!(!is_same("Hội Phụ nữ", "Hội Phu nữ"));
    }

    #[test]
    fn nobody_writes_that_much_by_hand() {
        assert_eq!(name(&"a".repeat(201)), Err(Refusal::TooLong));
        assert!(person(&"ạ".repeat(100)).is_ok());
        assert_eq!(person(&"ạ".repeat(101)), Err(Refusal::TooLong));
        assert!(note(&"a".repeat(20_000)).is_ok());
        assert_eq!(note(&"a".repeat(20_001)), Err(Refusal::TooLong));
    }
}
