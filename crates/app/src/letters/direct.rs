//! The head's direction on an incoming letter (bút phê).

use crate::snapshot::Snapshot;
use crate::views::{DirectionView, UnitName};
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide;
use programme::direction::Directed;
use programme::ids::{LetterId, UnitId};
use programme::model::*;
use programme::moment::Moment;

/// Who sees to a letter, who helps, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDirection {
    pub letter: LetterId,
    pub lead: UnitId,
    pub cooperating: Vec<UnitId>,
    pub due: Option<Date>,
    /// What the head wrote.
    pub note: Option<String>,
}

/// Gives the direction, or gives it anew; entered by the clerk it is said to be the head's.
pub async fn direct(app: &App, by: &Actor, new: NewDirection) -> Result<()> {
    let mut work = app.work(by).await?;
    let NewDirection { letter, lead, cooperating, due, note } = new;
    let entry = crate::loaded::registered(&mut work, &letter).await?;
    let units = crate::loaded::units_below(&mut work).await?;
    let note = work.note(note.as_deref()).await?;
    let what = Directed { letter, lead, cooperating, due, note };
    let events = decide::direct(&entry, what, &units, by, &work.office, work.now)?;
    work.append(events).await?;
    work.commit().await
}

impl Snapshot {
    pub(crate) fn unit_named(&self, id: &UnitId) -> UnitName {
        UnitName { id: id.clone(), name: self.unit_name(id) }
    }

    /// The direction that holds, with the words and names that are still there.
    pub(crate) fn direction_view(&self, letter: &Entry<Letter>, now: Moment) -> Option<DirectionView> {
        let (mark, directed) = letter.direction(now)?;
        let Stamp { at, by, .. } = &mark.stamp;
        let name = |person| self.names.get(person).cloned();
        let for_head = self.spoke_for_head(by, *at);
        let heads = self.heads(*at);
        Some(DirectionView {
            lead: self.unit_named(&directed.lead),
            cooperating: directed.cooperating.iter().map(|id| self.unit_named(id)).collect(),
            due: directed.due,
            note: directed.note.as_ref().and_then(|n| self.notes.get(&n.id)).cloned(),
            at: *at,
            by_name: if for_head.is_none() { name(by) } else { heads.first().filter(|_| heads.len() == 1).and_then(|head| name(head)) },
            entered_by: for_head.and_then(|_| name(by)),
        })
    }
}
