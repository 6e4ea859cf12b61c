//! People of the office and the roles they hold. Names are private; roles are facts in the ledger.
//!
//! A role is held in one unit, with or without the units below, until a day or for good; whoever holds it may delegate it
//! for a time. Not here: how people sign in ([`crate::accounts`]), erasing and handing out a person's data
//! ([`crate::privacy`]).

use crate::open::{Work, found};
use crate::snapshot::Snapshot;
use crate::views::{GrantRow, PersonRow};
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::event::Payload;
use programme::ids::{GrantId, PersonId, UnitId};
use programme::model::*;
use programme::moment::Moment;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    pub name: String,
    pub unit: UnitId,
    pub roles: Vec<Role>,
}

/// Roles to be given to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    pub person: PersonId,
    pub unit: UnitId,
    pub roles: Vec<Role>,
    /// Also in every unit below.
    pub subtree: bool,
    /// The last day; `None`: for good.
    pub until: Option<Date>,
}

/// Everyone who holds a role today, by name.
pub async fn list(app: &App) -> Result<Vec<PersonRow>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let mut rows: BTreeMap<PersonId, PersonRow> = BTreeMap::new();
    for grant in all.grants_at(now) {
        let row = rows.entry(grant.facts.person.clone()).or_insert_with(|| all.person_row(&grant.facts));
        row.roles.push(grant.facts.role);
    }
    let mut rows: Vec<PersonRow> = rows.into_values().collect();
    rows.sort_by_cached_key(|r| text::fold::sort_key(r.name.as_deref().unwrap_or_default()));
    Ok(rows)
}

/// Everyone whose name is known, by name; whoever holds no role any more stands in the unit of their last one.
pub async fn everyone(app: &App) -> Result<Vec<PersonRow>> {
    let all = app.snapshot().await?;
    let mut rows = list(app).await?;
    for grant in all.grants.iter().rev().filter(|g| all.names.contains_key(&g.facts.person)) {
        if !rows.iter().any(|row| row.id == grant.facts.person) {
            rows.push(all.person_row(&grant.facts));
        }
    }
    rows.sort_by_cached_key(|r| text::fold::sort_key(r.name.as_deref().unwrap_or_default()));
    Ok(rows)
}

/// The roles that a person holds today.
pub async fn grants(app: &App, person: &PersonId) -> Result<Vec<GrantRow>> {
    let all = app.snapshot().await?;
    let row = |g: &Grant| GrantRow {
        id: g.id.clone(),
        unit: g.unit.clone(),
        unit_name: all.unit_name(&g.unit),
        role: g.role,
        subtree: g.subtree,
        until: g.until,
        delegated_by: g.delegated_by.clone(),
        delegated_by_name: g.delegated_by.as_ref().and_then(|by| all.names.get(by).cloned()),
    };
    Ok(all.grants_at(all.now(app)).map(|g| &g.facts).filter(|g| &g.person == person).map(row).collect())
}

/// A person's name; `None` after an erasure.
pub async fn name(app: &App, person: &PersonId) -> Result<Option<String>> {
    Ok(app.snapshot().await?.names.get(person).cloned())
}

/// The person named at set-up.
pub async fn first(app: &App) -> Result<Option<PersonRow>> {
    let all = app.snapshot().await?;
    let first = all.grants.iter().min_by_key(|g| &g.stamp).map(|g| g.facts.person.clone());
    Ok(list(app).await?.into_iter().find(|p| Some(&p.id) == first.as_ref()))
}

/// A person as actor, with the roles that hold today; `None` for a person without any.
pub async fn actor(app: &App, person: &PersonId) -> Result<Option<Actor>> {
    actor_in(app, person, None).await
}

/// As [`actor`], acting for this unit where the person holds a role in it; else for the unit of their oldest role.
pub async fn actor_in(app: &App, person: &PersonId, unit: Option<&UnitId>) -> Result<Option<Actor>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    Ok(acting(&all, person, unit, now))
}

/// As [`actor_in`], at a moment.
pub(crate) fn acting(all: &Snapshot, person: &PersonId, unit: Option<&UnitId>, now: Moment) -> Option<Actor> {
    let grants: Vec<&Grant> = all.grants_at(now).map(|g| &g.facts).filter(|g| &g.person == person).collect();
    let home = &grants.iter().find(|g| Some(&g.unit) == unit).or(grants.first())?.unit;
    let roles_of = |subtree: bool| {
        let mut roles: Vec<Role> = grants.iter().filter(|g| &g.unit == home && (g.subtree || !subtree)).map(|g| g.role).collect();
        roles.sort();
        roles.dedup();
        roles
    };
    Some(Actor { person: person.clone(), unit: home.clone(), roles: roles_of(false), below: roles_of(true) })
}

/// Adds a person with roles in one unit. Roles in the office itself also hold in its units. What an administrator for a time
/// gives ends on their own last day ([`own_end`]).
///
/// # Errors
/// [`Refusal::RoleMissing`], [`Refusal::AdminElsewhere`], refusals for the name.
pub async fn add(app: &App, by: &Actor, new: NewPerson) -> Result<PersonId> {
    decide::may_administer(by)?;
    let name = crate::written::person(&new.name)?;
    let mut work = app.work(by).await?;
    // Inside the transaction: nothing can be said between the look and the deed.
    let all = app.snapshot().await?;
    let person: PersonId = work.ids.make();
    store::person::put(&mut work.tx, &person, &name).await?;
    let subtree = new.unit == work.office;
    let until = all.administers(&by.person, work.now).flatten();
    let grant = NewGrant { person: person.clone(), unit: new.unit, roles: new.roles, subtree, until };
    let events = granted(&mut work, &all, by, &grant).await?;
    work.append(events).await?;
    work.commit().await?;
    Ok(person)
}

/// Gives another person roles.
///
/// # Errors
/// As [`add`]; [`Refusal::EndDatePast`]; [`Refusal::OwnRoles`] for oneself; [`Refusal::BeyondOwnEnd`] when an administrator for a
/// time gives a role for longer.
pub async fn grant(app: &App, by: &Actor, new: NewGrant) -> Result<()> {
    decide::may_administer(by)?;
    if new.person == by.person {
        return Err(Refusal::OwnRoles.into());
    }
    let mut work = app.work(by).await?;
    // Inside the transaction: nothing can be said between the look and the deed.
    let all = app.snapshot().await?;
    found(store::person::names(&mut work.tx).await?.get(&new.person), SubjectKind::Grant, &new.person)?;
    let events = granted(&mut work, &all, by, &new).await?;
    work.append(events).await?;
    work.commit().await
}

async fn granted(work: &mut Work, all: &Snapshot, by: &Actor, new: &NewGrant) -> Result<Vec<Payload>> {
    if new.roles.is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    if new.roles.contains(&Role::Admin) && new.unit != work.office {
        return Err(Refusal::AdminElsewhere.into());
    }
    if new.until.is_some_and(|until| until < work.now.day()) {
        return Err(Refusal::EndDatePast.into());
    }
    // Else a role for a time would be one for good, by way of somebody else.
    all.administers_until(&by.person, new.until, work.now)?;
    found(store::unit::get(&mut work.tx, new.unit.as_str()).await?, SubjectKind::Unit, &new.unit)?;
    let grant = |id: GrantId, role: Role| {
        let NewGrant { person, unit, subtree, until, .. } = new.clone();
        Payload::Granted(Grant { id, person, unit, role, subtree, until, delegated_by: None })
    };
    Ok(new.roles.iter().map(|role| grant(work.ids.make(), *role)).collect())
}

/// Takes a role away from today on. The office keeps at least one administrator who can sign in, without an end date.
///
/// # Errors
/// [`Refusal::RoleMissing`], [`Refusal::LastAdmin`]; [`Refusal::BeyondOwnEnd`] from an administrator for a time for a role that
/// lasts longer.
pub async fn revoke(app: &App, by: &Actor, id: &GrantId) -> Result<()> {
    let mut work = app.work(by).await?;
    // Inside the transaction: two who take the role from one another at the same time must not both succeed.
    let all = app.snapshot().await?;
    let grant = found(store::role_grant::get(&mut work.tx, id.as_str()).await?, SubjectKind::Grant, id)?;
    // Whoever delegated a role may also end that before its time.
    if grant.facts.delegated_by.as_ref() != Some(&by.person) {
        decide::may_administer(by)?;
        all.administers_until(&by.person, grant.facts.until, work.now)?;
    }
    if grant.facts.role == Role::Admin {
        keeps_admin(&mut work, &all, |g| g.id != *id).await?;
    }
    work.seen(&grant);
    work.append(vec![Payload::Withdrawn { what: SubjectKind::Grant, id: id.to_string(), note: None }]).await?;
    work.commit().await
}

/// The last day on which a person administers; `None`: for good, or never.
pub async fn own_end(app: &App, person: &PersonId) -> Result<Option<Date>> {
    let all = app.snapshot().await?;
    Ok(all.administers(person, all.now(app)).flatten())
}

/// Refused unless among the grants that stay is an administrator for good who can sign in. One who stands in for another, or
/// whose role ends on a day, does not count: on the day after there would be nobody. Where nobody has a password, as in a
/// demonstration, people are chosen by their names and all can come in.
pub(crate) async fn keeps_admin(work: &mut Work, all: &Snapshot, stays: impl Fn(&Grant) -> bool) -> Result<()> {
    let accounts = store::credential::all(&mut work.tx).await?;
    let able: BTreeSet<PersonId> = accounts.into_iter().filter(|c| c.password.is_some()).map(|c| c.person).collect();
    let comes_in = |g: &Grant| able.is_empty() || able.contains(&g.person);
    let kept = all.admins_at(work.now).any(|g| g.until.is_none() && g.delegated_by.is_none() && stays(g) && comes_in(g));
    if kept { Ok(()) } else { Err(Refusal::LastAdmin.into()) }
}

/// Lets somebody else act in one's own role until a day. What was delegated is not passed on, and ends with one's own.
///
/// # Errors
/// [`Refusal::RoleMissing`] for a role that is not one's own, [`Refusal::EndDatePast`].
pub async fn delegate(app: &App, by: &Actor, to: &PersonId, role: Role, until: Date) -> Result<()> {
    let mut work = app.work(by).await?;
    // Inside the transaction: nothing can be said between the look and the deed.
    let all = app.snapshot().await?;
    let own = |g: &&Entry<Grant>| {
        let g = &g.facts;
        g.person == by.person && g.unit == by.unit && g.role == role && g.delegated_by.is_none()
    };
    let Some(own) = all.grants_at(work.now).find(own) else { return Err(Refusal::RoleMissing { role }.into()) };
    if until < work.now.day() {
        return Err(Refusal::EndDatePast.into());
    }
    if to == &by.person {
        return Err(Refusal::AlreadyDone.into());
    }
    found(all.names.get(to), SubjectKind::Grant, to)?;
    let until = own.facts.until.map_or(until, |end| end.min(until));
    let (id, person) = (work.ids.make(), to.clone());
    let grant = Grant { id, person, until: Some(until), delegated_by: Some(by.person.clone()), ..own.facts.clone() };
    work.append(vec![Payload::Granted(grant)]).await?;
    work.commit().await
}

impl Snapshot {
    /// The grants of administrators that hold at a moment.
    fn admins_at(&self, now: Moment) -> impl Iterator<Item = &Grant> {
        self.grants_at(now).map(|g| &g.facts).filter(|g| g.role == Role::Admin && g.unit == self.office)
    }

    /// The last day on which a person administers; `None`: never, `Some(None)`: for good.
    fn administers(&self, person: &PersonId, now: Moment) -> Option<Option<Date>> {
        let ends: Vec<Option<Date>> = self.admins_at(now).filter(|g| &g.person == person).map(|g| g.until).collect();
        if ends.contains(&None) { Some(None) } else { ends.into_iter().max() }
    }

    /// Refused unless a person administers until that day at least; `None`: for good. Whose role was taken away meanwhile does no
    /// longer administer.
    fn administers_until(&self, person: &PersonId, until: Option<Date>, now: Moment) -> std::result::Result<(), Refusal> {
        match self.administers(person, now) {
            None => Err(Refusal::RoleMissing { role: Role::Admin }),
            Some(None) => Ok(()),
            Some(Some(end)) if until.is_some_and(|until| until <= end) => Ok(()),
            Some(Some(_)) => Err(Refusal::BeyondOwnEnd),
        }
    }

    /// Whether one person may make a way into another's account, or end it: whoever administers for a time does neither to
    /// somebody who administers or leads for longer.
    pub(crate) fn may_let_in(&self, by: &PersonId, person: &PersonId, now: Moment) -> std::result::Result<(), Refusal> {
        let leads = |g: &&Grant| &g.person == person && matches!(g.role, Role::Admin | Role::Head);
        let mut led = self.grants_at(now).map(|g| &g.facts).filter(leads);
        led.try_for_each(|g| self.administers_until(by, g.until, now))
    }

    /// The grants that hold at a moment: neither taken away nor over, and a delegated one only while its giver holds it.
    pub(crate) fn grants_at(&self, now: Moment) -> impl Iterator<Item = &Entry<Grant>> {
        let holds =
            move |g: &Entry<Grant>| g.last(&[MarkKind::Withdrawn], now).is_none() && g.facts.until.is_none_or(|until| now.day() <= until);
        let backed = move |g: &Entry<Grant>| match &g.facts.delegated_by {
            None => true,
            Some(giver) => self.grants.iter().any(|own| {
                let (own_facts, g) = (&own.facts, &g.facts);
                &own_facts.person == giver
                    && own_facts.unit == g.unit
                    && own_facts.role == g.role
                    && own_facts.delegated_by.is_none()
                    && holds(own)
            }),
        };
        self.grants.iter().filter(move |g| holds(g) && backed(g))
    }

    fn person_row(&self, grant: &Grant) -> PersonRow {
        PersonRow {
            id: grant.person.clone(),
            name: self.names.get(&grant.person).cloned(),
            unit: grant.unit.clone(),
            unit_name: self.unit_name(&grant.unit),
            roles: Vec::new(),
        }
    }
}
