//! Which letter of the register a letter carries on: by the codes that it says it implements.
//!
//! Looked for when a letter is read, and again whenever it is shown: the upper letter may come later.

use crate::snapshot::Snapshot;
use crate::views::{LetterMeta, ReferenceMeta};
use jiff::civil::Date;
use programme::ids::LetterId;
use programme::model::{Direction, Entry, Letter};
use std::collections::BTreeMap;
use text::fold::search_key;

/// A code without accents, case and blanks: letters are cited carelessly.
pub(crate) fn code_key(code: &str) -> String {
    search_key(code).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The letters of the register by their folded codes; drafts have not gone anywhere yet.
pub(crate) struct Codes<'a>(BTreeMap<String, Vec<&'a Entry<Letter>>>);

impl<'a> Codes<'a> {
    pub(crate) fn of(all: &'a Snapshot) -> Codes<'a> {
        let mut codes: BTreeMap<String, Vec<&Entry<Letter>>> = BTreeMap::new();
        for letter in all.registered().filter(|l| l.facts.direction != Direction::Draft) {
            if let Some(code) = &letter.facts.code {
                codes.entry(code_key(code)).or_default().push(letter);
            }
        }
        Codes(codes)
    }

    /// The letters that a reference means: its code, and its day where both say one.
    pub(crate) fn meant(&self, reference: &ReferenceMeta) -> impl Iterator<Item = &'a Entry<Letter>> {
        let day = reference.date.as_deref().and_then(|d| d.parse::<Date>().ok());
        let same = reference.code.as_deref().and_then(|code| self.0.get(&code_key(code)));
        same.into_iter().flatten().copied().filter(move |l| day.is_none_or(|day| l.facts.date.is_none_or(|date| date == day)))
    }

    /// The nearest letter that one with these references implements; the latest is the nearest.
    pub(crate) fn upper(&self, meta: &LetterMeta, own: Option<&LetterId>) -> Option<&'a Entry<Letter>> {
        let cited = meta.references.iter().filter(|r| r.relation == "implements");
        cited.flat_map(|r| self.meant(r)).filter(|l| Some(&l.facts.id) != own).max_by_key(|l| (l.facts.date, l.received_at(), &l.stamp))
    }
}

impl Snapshot {
    /// The letter that this one carries on: as recorded, else as cited.
    pub(crate) fn upper_of<'a>(&'a self, codes: &Codes<'a>, letter: &Entry<Letter>) -> Option<&'a Entry<Letter>> {
        let recorded = letter.facts.implements.as_ref().and_then(|id| self.letters.get(id)).filter(|l| l.removed().is_none());
        recorded.or_else(|| codes.upper(self.metas.get(&letter.facts.id)?, Some(&letter.facts.id)))
    }
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
