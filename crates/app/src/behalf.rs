//! In whose name somebody acted: for whom a clerk entered what another unit did, or what the head said.
//!
//! An event names the person; the unit follows from the roles that the person held at that time. Not for what anybody may
//! do: that is `programme::decide`.

use crate::snapshot::Snapshot;
use programme::event::Payload;
use programme::ids::{PersonId, UnitId};
use programme::model::*;
use programme::moment::Moment;

impl Snapshot {
    fn held(&self, at: Moment) -> impl Iterator<Item = &Grant> {
        let holds = move |g: &&Entry<Grant>| g.stamp.at <= at && g.last(&[MarkKind::Withdrawn], at).is_none();
        self.grants.iter().filter(holds).map(|g| &g.facts).filter(move |g| g.until.is_none_or(|until| at.day() <= until))
    }

    /// The name of the unit for which a person acted without being of it; `None` for the unit's own people.
    pub(crate) fn acted_for(&self, person: &PersonId, unit: &UnitId, at: Moment) -> Option<String> {
        let mut units = self.held(at).filter(|g| &g.person == person).map(|g| &g.unit).peekable();
        // Of a person without any role nobody knows whose they were.
        units.peek()?;
        (!units.any(|own| own == unit)).then(|| self.unit_name(unit))
    }

    /// The heads of the office at that time.
    pub(crate) fn heads(&self, at: Moment) -> Vec<&PersonId> {
        self.held(at).filter(|g| g.role == Role::Head && g.unit == self.office).map(|g| &g.person).collect()
    }

    /// The name of the head in whose name somebody else spoke; of the office where nobody, or more than one, is its head.
    pub(crate) fn spoke_for_head(&self, person: &PersonId, at: Moment) -> Option<String> {
        let heads = self.heads(at);
        if heads.contains(&person) {
            return None;
        }
        let only = if let [head] = heads[..] { self.names.get(head).cloned() } else { None };
        Some(only.unwrap_or_else(|| self.unit_name(&self.office)))
    }
}

/// The unit whose doing an event tells of; judging, assigning and keeping the register are done in one's own name.
pub(crate) fn doing_unit(payload: &Payload) -> Option<&UnitId> {
    match payload {
        Payload::TaskAcknowledged { task }
        | Payload::TaskProgressed { task, .. }
        | Payload::TaskDeclared { task, .. }
        | Payload::ExtensionAsked { task, .. } => Some(&task.unit),
        Payload::EvidenceAttached(evidence) | Payload::RunRecorded { evidence, .. } => Some(&evidence.unit),
        Payload::ActivityRecorded(activity) | Payload::ActivityPlanned(activity) => Some(&activity.unit),
        _ => None,
    }
}
