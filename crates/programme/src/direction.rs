//! The head's direction on an incoming letter (bút phê): who sees to it, who helps, until when.
//!
//! It comes before assignment and answers what the letter leaves open. It may be given anew; the latest holds. Kept as a
//! mark on the letter. Not for what the letter itself says: obligations keep their own addressees and days.
//!
//! ```text
//! letter.direction(now)  →  Some((mark, Directed { lead: "van-phong", cooperating: ["chi-bo-1"], due: 2026-06-20, … }))
//! ```

use crate::ids::{LetterId, UnitId};
use crate::model::{Entry, Letter, Mark, MarkKind, Sealed};
use crate::moment::Moment;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the head wrote on a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directed {
    pub letter: LetterId,
    /// The unit that answers for it (chủ trì).
    pub lead: UnitId,
    /// Units that help (phối hợp).
    pub cooperating: Vec<UnitId>,
    pub due: Option<Date>,
    pub note: Option<Sealed>,
}

impl Directed {
    /// Lead, day and helpers as a mark keeps them; ids hold no blanks.
    pub(crate) fn line(&self) -> String {
        let due = self.due.map_or("-".to_owned(), |due| due.to_string());
        let units = self.cooperating.iter().map(UnitId::as_str);
        [self.lead.as_str(), &due].into_iter().chain(units).collect::<Vec<_>>().join(" ")
    }

    fn of(letter: &LetterId, mark: &Mark) -> Option<Directed> {
        let mut words = mark.other.as_deref()?.split(' ');
        Some(Directed {
            letter: letter.clone(),
            lead: words.next()?.parse().ok()?,
            due: words.next()?.parse().ok(),
            cooperating: words.filter_map(|unit| unit.parse().ok()).collect(),
            note: mark.note.clone(),
        })
    }
}

impl Entry<Letter> {
    /// The direction that holds, with the mark that gave it.
    pub fn direction(&self, as_of: Moment) -> Option<(&Mark, Directed)> {
        let mark = self.last(&[MarkKind::Directed], as_of)?;
        Some((mark, Directed::of(&self.facts.id, mark)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stamp;

    #[test]
    fn a_mark_says_what_was_directed() {
        let id: LetterId = "l".parse().unwrap();
        let unit = |id: &str| -> UnitId { id.parse().unwrap() };
        for (due, cooperating) in [(None, vec![]), (Some("2026-06-20".parse().unwrap()), vec![unit("b"), unit("c")])] {
            let directed = Directed { letter: id.clone(), lead: unit("a"), cooperating, due, note: None };
            let stamp = Stamp { at: "2026-06-05T01:00:00.000Z".parse().unwrap(), office: unit("o"), seq: 1, by: "p".parse().unwrap() };
            let mark = Mark { stamp, kind: MarkKind::Directed, note: None, other: Some(directed.line()) };
            assert_eq!(Directed::of(&id, &mark), Some(directed));
        }
    }
}
