//! People of the office and the roles they hold. Names are private; roles are facts in the ledger.

use crate::open::found;
use crate::snapshot::Snapshot;
use crate::views::PersonRow;
use crate::{App, Result};
use programme::decide::Refusal;
use programme::event::Payload;
use programme::ids::{ContentId, GrantId, PersonId, UnitId};
use programme::model::*;
use programme::moment::Moment;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    pub name: String,
    pub unit: UnitId,
    pub roles: Vec<Role>,
}

/// Everyone who holds a role today, by name.
pub async fn list(app: &App) -> Result<Vec<PersonRow>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let mut rows: BTreeMap<PersonId, PersonRow> = BTreeMap::new();
    for grant in all.grants_at(now) {
        let row = rows.entry(grant.person.clone()).or_insert_with(|| PersonRow {
            id: grant.person.clone(),
            name: all.names.get(&grant.person).cloned(),
            unit: grant.unit.clone(),
            unit_name: all.unit_name(&grant.unit),
            roles: Vec::new(),
        });
        row.roles.push(grant.role);
    }
    let mut rows: Vec<PersonRow> = rows.into_values().collect();
    rows.sort_by_cached_key(|r| text::fold::sort_key(r.name.as_deref().unwrap_or_default()));
    Ok(rows)
}

/// The person named at set-up.
pub async fn first(app: &App) -> Result<Option<PersonRow>> {
    let all = app.snapshot().await?;
    let first = all.grants.iter().min_by_key(|g| &g.stamp).map(|g| g.facts.person.clone());
    Ok(list(app).await?.into_iter().find(|p| Some(&p.id) == first.as_ref()))
}

/// A person as actor, with the roles that hold today; `None` for a person without any.
pub async fn actor(app: &App, person: &PersonId) -> Result<Option<Actor>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let grants: Vec<&Grant> = all.grants_at(now).filter(|g| &g.person == person).collect();
    let Some(home) = grants.first() else { return Ok(None) };
    let mut roles: Vec<Role> = grants.iter().filter(|g| g.unit == home.unit).map(|g| g.role).collect();
    roles.sort();
    roles.dedup();
    Ok(Some(Actor { person: person.clone(), unit: home.unit.clone(), roles }))
}

/// Adds a person with roles in one unit.
pub async fn add(app: &App, by: &Actor, new: NewPerson) -> Result<PersonId> {
    if !by.is(Role::Admin) {
        return Err(Refusal::RoleMissing { role: Role::Admin }.into());
    }
    let name = crate::written::name(&new.name)?;
    if new.roles.is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    let mut work = app.work(by).await?;
    found(store::unit::get(&mut work.tx, new.unit.as_str()).await?, SubjectKind::Unit, &new.unit)?;
    let person: PersonId = work.ids.make();
    store::person::put(&mut work.tx, &person, &name).await?;
    let mut events = Vec::new();
    for role in new.roles {
        let id: GrantId = work.ids.make();
        let (person, unit) = (person.clone(), new.unit.clone());
        events.push(Payload::Granted(Grant { id, person, unit, role, subtree: false, until: None, delegated_by: None }));
    }
    work.append(events).await?;
    work.commit().await?;
    Ok(person)
}

/// Removes a person's name under a legal ground; the id stays, because events name it.
pub async fn erase(app: &App, by: &Actor, person: &PersonId, basis: &str) -> Result<()> {
    if !by.is(Role::Admin) {
        return Err(Refusal::RoleMissing { role: Role::Admin }.into());
    }
    let mut work = app.work(by).await?;
    store::person::erase(&mut work.tx, person).await?;
    let content = ContentId::try_from(person.to_string()).map_err(|_| Refusal::NoLongerHolds)?;
    work.append(vec![Payload::Erased { content, basis: basis.to_owned() }]).await?;
    work.commit().await
}

impl Snapshot {
    fn grants_at(&self, now: Moment) -> impl Iterator<Item = &Grant> {
        self.grants
            .iter()
            .filter(move |g| g.last(&[MarkKind::Withdrawn], now).is_none())
            .map(|g| &g.facts)
            .filter(move |g| g.until.is_none_or(|until| now.day() <= until))
    }
}
