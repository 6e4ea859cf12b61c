//! Which letter of the register a letter carries on: by the codes that it says it implements.
//!
//! Looked for when a letter is read, and again whenever it is shown: the upper letter may come later.

use crate::snapshot::Snapshot;
use crate::views::{LetterMeta, ReferenceMeta};
use programme::ids::LetterId;
use programme::model::{Direction, Entry, Letter};
use text::fold::search_key;

/// A code without accents, case and blanks: letters are cited carelessly.
pub(crate) fn code_key(code: &str) -> String {
    search_key(code).chars().filter(|c| !c.is_whitespace()).collect()
}

impl Snapshot {
    /// The letter that this one carries on: as recorded, else as cited.
    pub(crate) fn upper_of(&self, letter: &Entry<Letter>) -> Option<&Entry<Letter>> {
        let recorded = letter.facts.implements.as_ref().and_then(|id| self.letters.get(id));
        recorded.or_else(|| self.upper_by_code(self.metas.get(&letter.facts.id)?, Some(&letter.facts.id)))
    }

    /// The nearest letter of the register that one with these references implements; the latest is the nearest.
    pub(crate) fn upper_by_code(&self, meta: &LetterMeta, own: Option<&LetterId>) -> Option<&Entry<Letter>> {
        let cited: Vec<&ReferenceMeta> = meta.references.iter().filter(|r| r.relation == "implements").collect();
        let letters = self.letters.values().filter(|l| Some(&l.facts.id) != own && l.facts.direction != Direction::Draft);
        letters.filter(|l| cited.iter().any(|r| means(r, &l.facts))).max_by_key(|l| (l.facts.date, &l.stamp))
    }
}

/// Whether a reference means this letter: its code, and its day where both say one.
pub(crate) fn means(reference: &ReferenceMeta, letter: &Letter) -> bool {
    let same_code = match (&reference.code, &letter.code) {
        (Some(cited), Some(code)) => code_key(cited) == code_key(code),
        _ => false,
    };
    let day = reference.date.as_deref().and_then(|d| d.parse::<jiff::civil::Date>().ok());
    same_code && day.is_none_or(|day| letter.date.is_none_or(|date| date == day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_cited_carelessly() {
        assert_eq!(code_key("86 - CV/BTGDVTU"), code_key("86-cv/btgdvtu"));
        assert_eq!(code_key("12-CV/ĐU"), code_key("12-CV/DU"));
    }
}
