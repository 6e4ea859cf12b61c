//! The office: setting it up from a template, its units, its declared network.
//!
//! Not here: people and roles ([`crate::people`]); enrolment by the level above comes with the exchange of packets.

use crate::open::{OFFICE, Work, found};
use crate::snapshot::Snapshot;
use crate::views::{OfficeView, UnitRow};
use crate::{App, Error, Result};
use programme::decide::{self, Refusal};
use programme::event::{LedgerOpened, Payload};
use programme::ids::{GrantId, PersonId, UnitId};
use programme::model::*;
use programme::tree;
use serde::Deserialize;
use std::sync::LazyLock;

/// A kind of office with its usual units; names may hold `{place}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub id: String,
    pub kind: UnitKind,
    pub name: String,
    pub unit: Vec<TemplateUnit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateUnit {
    pub kind: UnitKind,
    pub name: String,
}

/// What an office needs to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// Id of a template, [`templates`].
    pub template: String,
    /// The place as it stands behind the office's name, `xã Tân Lũy`.
    pub place: String,
    /// Official code of the commune; `None` for a place that is not in the list.
    pub commune: Option<String>,
    /// The first person: clerk, head and admin until others are named.
    pub person: String,
    pub network: Network,
    /// The units, where they are not just those of the template.
    pub units: Option<Vec<TemplateUnit>>,
    /// How the first person signs in; `None`: not at all (a demonstration).
    pub account: Option<FirstAccount>,
}

/// The way in of the person who sets the office up.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstAccount {
    pub login: String,
    pub password: String,
}

impl std::fmt::Debug for FirstAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FirstAccount({})", self.login)
    }
}

/// An office that was set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    pub office: OfficeView,
    pub first: PersonId,
    /// Recovery codes of the first person, to be shown once.
    pub recovery: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// `None`: directly below the office.
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    pub name: String,
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let files = [include_str!("../data/templates/commune_party.toml"), include_str!("../data/templates/commune_state.toml")];
    files.into_iter().map(|f| toml::from_str(f).expect("a test reads every built-in template")).collect()
});

/// The templates there are.
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

pub(crate) fn template(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|t| t.id == id)
}

/// The office of this installation; `None` before it was set up.
pub async fn show(app: &App) -> Result<Option<OfficeView>> {
    let Some(all) = app.try_snapshot().await? else { return Ok(None) };
    Ok(Some(all.office_view(app.inner.key.public())))
}

/// The office's units as a tree in reading order, the office first.
pub async fn units(app: &App) -> Result<Vec<UnitRow>> {
    Ok(app.snapshot().await?.unit_rows())
}

/// Sets the office up: opens its ledger, adds its units, names the first person.
///
/// # Errors
/// [`Error::AlreadySetUp`], [`Error::UnknownTemplate`], [`Error::Account`] for the first account, refusals for the names.
pub async fn set_up(app: &App, what: SetUp) -> Result<Founded> {
    let template = template(&what.template).ok_or_else(|| Error::UnknownTemplate(what.template.clone()))?;
    let (place, first) = (crate::written::name(&what.place)?, crate::written::person(&what.person)?);
    let account = match &what.account {
        Some(account) => Some(first_account(app, account).await?),
        None => None,
    };
    let given = what.units.as_deref().unwrap_or(&template.unit);
    let units: Vec<(UnitKind, String)> =
        given.iter().map(|u| Ok((u.kind, crate::written::name(&named(&u.name, &place))?))).collect::<Result<_>>()?;
    if !wrong_units(&units.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>()).is_empty() {
        return Err(Refusal::UnitNameTaken.into());
    }
    let mut ids = app.ids()?;
    let commune = what.commune.as_deref().and_then(tree::commune);
    // Every office names the unit of a listed commune alike.
    let office = match commune.and_then(|c| c.code.as_deref()) {
        Some(code) => UnitId::built_in(template.kind, code),
        None => ids.make(),
    };
    let person: PersonId = ids.make();
    let by = Actor { person: person.clone(), unit: office.clone(), roles: Vec::new(), below: Vec::new() };
    let mut tx = app.inner.db.write().await?;
    if app.office_id(&mut tx).await?.is_some() {
        return Err(Error::AlreadySetUp);
    }
    store::setting::put(&mut tx, OFFICE, office.as_str()).await?;
    store::person::put(&mut tx, &person, &first).await?;
    let recovery = match account {
        Some((login, hash)) => crate::accounts::found_account(app, &mut tx, &person, &login, hash).await?,
        None => Vec::new(),
    };
    let mut work = app.work_in(tx, office.clone(), &by).await?;
    let opened = LedgerOpened { public_key: app.inner.key.public(), previous: None, lost: None };
    let mut events = vec![Payload::LedgerOpened(opened), Payload::OfficeDeclared { network: what.network }];
    let parent = commune.map(|c| c.id.clone());
    events.push(unit_added(&work, office.clone(), parent, template.kind, &named(&template.name, &place)));
    for (kind, name) in &units {
        let id = work.ids.make();
        events.push(unit_added(&work, id, Some(office.clone()), *kind, name));
    }
    for role in [Role::Admin, Role::Clerk, Role::Head] {
        let id: GrantId = work.ids.make();
        let (person, unit) = (person.clone(), office.clone());
        events.push(Payload::Granted(Grant { id, person, unit, role, subtree: true, until: None, delegated_by: None }));
    }
    work.append(events).await?;
    work.commit().await?;
    app.remember_office(&office)?;
    let office = show(app).await?.ok_or(Error::NotSetUp)?;
    Ok(Founded { office, first: person, recovery })
}

/// What is wrong with the names of units that lie right below one: the place in the list, and [`Refusal::TooLong`], or
/// [`Refusal::UnitNameTaken`] for one that an earlier one has.
pub fn wrong_units(names: &[&str]) -> Vec<(usize, Refusal)> {
    let wrong = |(at, name): (usize, &&str)| match crate::written::name(name) {
        Err(refusal) => Some((at, refusal)),
        Ok(name) => {
            names[..at].iter().any(|earlier| crate::written::is_same(earlier.trim(), &name)).then_some((at, Refusal::UnitNameTaken))
        }
    };
    names.iter().enumerate().filter_map(wrong).collect()
}

/// A fresh code that guards the set-up of an empty installation; `None` when the office is set up already.
pub async fn set_up_code(app: &App) -> Result<Option<String>> {
    if app.try_snapshot().await?.is_some() {
        return Ok(None);
    }
    Ok(Some(crate::accounts::grouped(&crate::accounts::code(app, 8)?)))
}

/// Login and hash of the first account.
async fn first_account(app: &App, account: &FirstAccount) -> Result<(String, String)> {
    let login = crate::accounts::login_name(&account.login)?;
    if crate::passwords::is_weak(&account.password, &login) {
        return Err(crate::accounts::AccountRefusal::WeakPassword.into());
    }
    Ok((login, crate::accounts::hash(app, &account.password).await?))
}

fn named(name: &str, place: &str) -> String {
    name.replace("{place}", place.trim())
}

fn unit_added(work: &Work, id: UnitId, parent: Option<UnitId>, kind: UnitKind, name: &str) -> Payload {
    let valid_from = work.now.day();
    Payload::UnitAdded(Unit { id, parent, kind, code: None, name: name.to_owned(), valid_from, valid_to: None })
}

/// Adds a unit below the office.
pub async fn add_unit(app: &App, by: &Actor, new: NewUnit) -> Result<UnitId> {
    let name = crate::written::name(&new.name)?;
    decide::may_administer(by)?;
    let mut work = app.work(by).await?;
    let parent = new.parent.unwrap_or_else(|| work.office.clone());
    let parent = found(store::unit::get(&mut work.tx, parent.as_str()).await?, SubjectKind::Unit, &parent)?.facts.id;
    // Inside the transaction: nothing can be said between the look and the deed.
    let all = app.snapshot().await?;
    name_is_free(&all, None, Some(&parent), &name)?;
    let id: UnitId = work.ids.make();
    let added = unit_added(&work, id.clone(), Some(parent), new.kind, &name);
    work.append(vec![added]).await?;
    work.commit().await?;
    Ok(id)
}

/// Refuses a name that another open unit right below the same one has; `own`: the unit that is to have it.
fn name_is_free(all: &Snapshot, own: Option<&UnitId>, parent: Option<&UnitId>, name: &str) -> Result<()> {
    let beside = |u: &&Unit| u.parent.as_ref() == parent && u.valid_to.is_none() && Some(&u.id) != own;
    let taken = parent.is_some() && all.units.values().map(|u| &u.facts).filter(beside).any(|u| crate::written::is_same(&u.name, name));
    if taken { Err(Refusal::UnitNameTaken.into()) } else { Ok(()) }
}

/// What a unit is called and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChange {
    /// `None`: where it lies now.
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    pub name: String,
    /// Official code, where the unit has one.
    pub code: Option<String>,
}

/// Changes a unit; its tasks, people and past stay with it.
pub async fn change_unit(app: &App, by: &Actor, id: &UnitId, new: UnitChange) -> Result<()> {
    let name = crate::written::name(&new.name)?;
    let code = new.code.as_deref().filter(|code| !code.trim().is_empty()).map(crate::written::name).transpose()?;
    let mut work = app.work(by).await?;
    // Inside the transaction: nothing can be said between the look and the deed.
    let all = app.snapshot().await?;
    let known = found(store::unit::get(&mut work.tx, id.as_str()).await?, SubjectKind::Unit, id)?;
    work.seen(&known);
    if let Some(parent) = &new.parent {
        found(store::unit::get(&mut work.tx, parent.as_str()).await?, SubjectKind::Unit, parent)?;
    }
    let parent = new.parent.or_else(|| known.facts.parent.clone());
    name_is_free(&all, Some(id), parent.as_ref(), &name)?;
    let changed = Unit { parent, kind: new.kind, name, code, ..known.facts.clone() };
    let events = decide::change_unit(changed, &known.facts, &all.office, &all.parents(), by)?;
    work.append(events).await?;
    work.commit().await
}

/// Closes a unit today, and says which units carry its work on. Refused while units lie below it or it has open tasks.
pub async fn close_unit(app: &App, by: &Actor, id: &UnitId, successors: Vec<UnitId>) -> Result<()> {
    let mut work = app.work(by).await?;
    // Inside the transaction: nothing can be said between the look and the deed.
    let all = app.snapshot().await?;
    let known = found(store::unit::get(&mut work.tx, id.as_str()).await?, SubjectKind::Unit, id)?;
    work.seen(&known);
    for successor in &successors {
        found(store::unit::get(&mut work.tx, successor.as_str()).await?, SubjectKind::Unit, successor)?;
    }
    let now = work.now;
    let below = all.units.values().filter(|u| u.facts.parent.as_ref() == Some(id) && u.facts.valid_to.is_none()).count();
    let open = |task: &&Entry<Task>| &task.facts.key.unit == id && task.stands(now) && task.declared(now).is_none();
    let tasks = all.tasks.values().filter(open).count();
    let events = decide::close_unit(&known.facts, now.day(), successors, &all.office, (below, tasks), by)?;
    work.append(events).await?;
    work.commit().await
}

/// Lets a closed unit work again from today; what it did before stays as it was.
pub async fn reopen_unit(app: &App, by: &Actor, id: &UnitId) -> Result<()> {
    let mut work = app.work(by).await?;
    let known = found(store::unit::get(&mut work.tx, id.as_str()).await?, SubjectKind::Unit, id)?;
    work.seen(&known);
    let parent = match &known.facts.parent {
        Some(parent) => store::unit::get(&mut work.tx, parent.as_str()).await?,
        None => None,
    };
    let on = work.now.day();
    let all = app.snapshot().await?;
    name_is_free(&all, Some(id), known.facts.parent.as_ref(), &known.facts.name)?;
    let events = decide::reopen_unit(&known.facts, parent.as_ref().map(|p| &p.facts), on, by)?;
    work.append(events).await?;
    work.commit().await
}

/// Declares how this installation is connected; letters with secrecy marks need `Isolated`.
pub async fn declare_network(app: &App, by: &Actor, network: Network) -> Result<()> {
    decide::may_administer(by)?;
    let mut work = app.work(by).await?;
    work.append(vec![Payload::OfficeDeclared { network }]).await?;
    work.commit().await
}

impl Snapshot {
    fn office_view(&self, public_key: String) -> OfficeView {
        let unit = self.unit_row(&self.office, 0);
        let facts = self.units.get(&self.office).map(|e| e.facts.clone());
        let above = facts.map(|u| tree::above(&u).iter().map(|u| u.name.clone()).collect()).unwrap_or_default();
        OfficeView { unit, above, public_key, network: self.network, head: self.head.clone() }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn templates_read() {
        let ids: Vec<&str> = super::templates().iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids, ["commune_party", "commune_state"]);
    }
}
