//! Changing, closing and reopening units of the office's tree; what the office posts of itself.

use super::{Refusal, lies_below, may_administer};
use crate::event::Payload;
use crate::ids::UnitId;
use crate::model::{Actor, Sealed, Unit};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Changes what a unit is called and where it lies; `parents` maps each unit to its parent. The office keeps its place.
pub fn change_unit(
    changed: Unit,
    known: &Unit,
    office: &UnitId,
    parents: &BTreeMap<UnitId, UnitId>,
    by: &Actor,
) -> Result<Vec<Payload>, Refusal> {
    may_administer(by)?;
    if &known.id == office && changed.parent != known.parent {
        return Err(Refusal::UnitOfOffice);
    }
    if let Some(parent) = changed.parent.as_ref().filter(|parent| Some(*parent) != known.parent.as_ref())
        && (parent == &known.id || lies_below(&known.id, parent, parents))
    {
        return Err(Refusal::UnitBelowItself);
    }
    Ok(vec![Payload::UnitAdded(Unit { id: known.id.clone(), valid_from: known.valid_from, valid_to: known.valid_to, ..changed })])
}

/// Closes a unit from the day after `on`; what it did stays its own. Refused while units lie below it or tasks of it are open.
pub fn close_unit(
    known: &Unit,
    on: Date,
    successors: Vec<UnitId>,
    office: &UnitId,
    open: (usize, usize),
    by: &Actor,
) -> Result<Vec<Payload>, Refusal> {
    may_administer(by)?;
    match open {
        _ if &known.id == office => Err(Refusal::UnitOfOffice),
        _ if known.valid_to.is_some() => Err(Refusal::AlreadyDone),
        _ if successors.contains(&known.id) => Err(Refusal::UnitBelowItself),
        (units, _) if units > 0 => Err(Refusal::UnitHasUnits),
        (_, tasks) if tasks > 0 => Err(Refusal::UnitHasTasks),
        _ => Ok(vec![
            Payload::UnitAdded(Unit { valid_to: Some(on), ..known.clone() }),
            Payload::UnitClosed { unit: known.id.clone(), on, successors },
        ]),
    }
}

/// Lets a closed unit work again from `on`, where it lay before; the days in between stay without it. `parent`: the unit above.
pub fn reopen_unit(known: &Unit, parent: Option<&Unit>, on: Date, by: &Actor) -> Result<Vec<Payload>, Refusal> {
    may_administer(by)?;
    match parent {
        _ if known.valid_to.is_none() => Err(Refusal::AlreadyDone),
        Some(parent) if parent.valid_to.is_some() => Err(Refusal::UnitAboveClosed),
        _ => Ok(vec![Payload::UnitAdded(Unit { valid_to: None, ..known.clone() }), Payload::UnitReopened { unit: known.id.clone(), on }]),
    }
}

/// Posts where people reach the office and who is near it.
pub fn post_contacts(contacts: Sealed, by: &Actor) -> Result<Vec<Payload>, Refusal> {
    may_administer(by)?;
    Ok(vec![Payload::ContactsPosted { contacts }])
}
