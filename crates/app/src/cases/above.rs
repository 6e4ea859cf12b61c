//! Passing a difficulty on to a body above the office, known to the ledger or not.

use super::case;
use crate::letters;
use crate::{App, Result, documents};
use programme::decide::{self, Refusal};
use programme::event::Payload;
use programme::ids::{CaseId, UnitId};
use programme::model::*;
use programme::tree;

/// Which body above the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Above {
    /// The office's parent unit.
    Parent,
    /// The body that issued the letter of the case's task.
    Issuer,
    /// A body by its name.
    Named(String),
}

/// Passes a case on to a body above; one that no ledger knows is added by its name. Returns the unit at which it lies now.
pub async fn route_above(app: &App, by: &Actor, id: &CaseId, to: Above, note: Option<&str>) -> Result<UnitId> {
    let name = match to {
        Above::Parent => None,
        Above::Issuer => Some(issuer(app, id).await?.ok_or(Refusal::NoUnit)?),
        Above::Named(name) => Some(crate::written::name(&name)?),
    };
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let case = case(&mut work, id).await?;
    let units = store::unit::all(&mut work.tx).await?;
    let mut events = Vec::new();
    let to = match name {
        None => {
            let office = units.iter().find(|u| u.facts.id == work.office);
            office.and_then(|u| u.facts.parent.clone()).ok_or(Refusal::NoUnit)?
        }
        Some(name) => {
            let same = |other: &str| text::fold::search_key(other) == text::fold::search_key(&name);
            match units.iter().find(|u| same(&u.facts.name)) {
                Some(known) => known.facts.id.clone(),
                None => {
                    let unit = outside(&name, work.now.day());
                    let id = unit.id.clone();
                    events.push(Payload::UnitAdded(unit));
                    id
                }
            }
        }
    };
    let note = work.note(note).await?;
    events.extend(decide::route_case(&case, by, to.clone(), note)?);
    work.append(events).await?;
    work.commit().await?;
    Ok(to)
}

/// A body outside of the office's tree, known by its name.
fn outside(name: &str, today: jiff::civil::Date) -> Unit {
    Unit {
        id: UnitId::named(name),
        parent: None,
        kind: UnitKind::Other,
        code: None,
        name: name.to_owned(),
        valid_from: today.min(tree::SINCE),
        valid_to: None,
    }
}

/// Who issued the letter of the case's task, as a sentence names it.
async fn issuer(app: &App, id: &CaseId) -> Result<Option<String>> {
    let all = app.snapshot().await?;
    let key = all.cases.iter().find(|c| &c.facts.id == id).and_then(|c| c.facts.task.clone());
    let Some(letter) = key.and_then(|key| all.tasks.get(&key)).map(|t| t.facts.letter.clone()) else { return Ok(None) };
    let view = letters::show(app, &letter).await?;
    Ok(view.map(|view| documents::issuer(&view)).filter(|name| !name.is_empty()))
}
