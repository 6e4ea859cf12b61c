//! Whom the office asks for a second factor: an authenticator app or a passkey. Nobody, whoever administers or leads, or
//! everybody.
//!
//! It counts at once: whoever has none is led to set one up before anything else, at their next sign-in or, where they are
//! signed in, with their next request. Nobody is shut out by it: setting one up needs nothing but the password that was
//! right, and whoever makes the rule has a second factor and recovery codes already. Whoever loses both is invited anew by
//! an administrator.

use crate::accounts::{AccountRefusal, has_passkey};
use crate::sessions::{From, end_unwritten_of, note_access};
use crate::snapshot::Snapshot;
use crate::{App, Result};
use programme::decide;
use programme::ids::PersonId;
use programme::model::{Actor, Entry, Grant, Role};
use programme::moment::Moment;
use store::{credential, passkey, session, setting};

const SETTING: &str = "factor-policy";

programme::codes! {
    /// Whom the office asks.
    Policy {
        Nobody = "nobody",
        /// Administrators and heads.
        Leaders = "leaders",
        Everybody = "everybody",
    }
}

pub async fn show(app: &App) -> Result<Policy> {
    let mut tx = app.inner.db.read().await?;
    Ok(setting::get(&mut tx, SETTING).await?.and_then(|code| code.parse().ok()).unwrap_or(Policy::Nobody))
}

/// Sets whom the office asks, from now on.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`]; [`AccountRefusal::FactorFirst`] for somebody without a second factor or recovery codes.
pub async fn set(app: &App, by: &Actor, policy: Policy, from: &From) -> Result<()> {
    decide::may_administer(by)?;
    let own = app.credential(&by.person).await?;
    let has_passkey = has_passkey(app, &by.person).await?;
    let ready = own.as_ref().is_some_and(|c| (c.second_factor.is_some() || has_passkey) && !c.recovery.is_empty());
    if policy != Policy::Nobody && !ready {
        return Err(AccountRefusal::FactorFirst.into());
    }
    let mut tx = app.inner.db.write().await?;
    setting::put(&mut tx, SETTING, policy.as_str()).await?;
    let all = app.snapshot().await?;
    let now = all.now(app);
    let holders = passkey::holders(&mut tx).await?;
    let mut led = Vec::new();
    for other in credential::all(&mut tx).await?.into_iter().filter(|c| c.person != by.person && c.second_factor.is_none()) {
        if !is_asked(&all, policy, &other.person, now) {
            continue;
        }
        // Whoever is on their way in is let finish first, or finds the new rule.
        credential::locked(&mut tx, &other.person).await?;
        match holders.contains(&other.person) {
            // The password alone leads nowhere any more, and which session came in by it is not known.
            true => session::remove_of(&mut tx, &other.person, None).await?,
            false => session::must_enrol(&mut tx, &other.person).await?,
        }
        led.push(other.person);
    }
    let login = own.map(|c| c.login).unwrap_or_default();
    note_access(app, &mut tx, "factor_policy", Some(&by.person), &login, from).await?;
    tx.commit().await?;
    led.iter().for_each(|person| end_unwritten_of(app, person, None));
    Ok(())
}

/// Whether this person is asked for a second factor, in any unit in which they hold a role.
pub(crate) async fn asks(app: &App, person: &PersonId) -> Result<bool> {
    let policy = show(app).await?;
    if policy == Policy::Nobody {
        return Ok(false);
    }
    let all = app.snapshot().await?;
    Ok(is_asked(&all, policy, person, all.now(app)))
}

fn is_asked(all: &Snapshot, policy: Policy, person: &PersonId, now: Moment) -> bool {
    let leads = |g: &Entry<Grant>| &g.facts.person == person && matches!(g.facts.role, Role::Admin | Role::Head);
    match policy {
        Policy::Nobody => false,
        Policy::Everybody => true,
        Policy::Leaders => all.grants_at(now).any(leads),
    }
}
