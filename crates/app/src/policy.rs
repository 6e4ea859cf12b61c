//! Whom the office asks for a second factor: an authenticator app or a passkey. Nobody, whoever administers or leads, or
//! everybody.
//!
//! It counts from the next sign-in: whoever comes in without one is led to set one up before anything else. Nobody is shut
//! out by it: setting one up needs nothing but the password that was just right, and whoever makes the rule has a second
//! factor and recovery codes already. Whoever loses both is invited anew by an administrator.

use crate::accounts::{AccountRefusal, has_passkey};
use crate::sessions::{From, note_access};
use crate::{App, Result};
use programme::decide;
use programme::ids::PersonId;
use programme::model::{Actor, Role};
use store::setting;

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

/// Sets whom the office asks, from everybody's next sign-in on.
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
    let login = own.map(|c| c.login).unwrap_or_default();
    note_access(app, &mut tx, "factor_policy", Some(&by.person), &login, from).await?;
    Ok(tx.commit().await?)
}

/// Whether this person is asked for a second factor, in any unit in which they hold a role.
pub(crate) async fn asks(app: &App, person: &PersonId) -> Result<bool> {
    let leads = |role: Role| matches!(role, Role::Admin | Role::Head);
    Ok(match show(app).await? {
        Policy::Nobody => false,
        Policy::Everybody => true,
        Policy::Leaders => crate::people::grants(app, person).await?.iter().any(|g| leads(g.role)),
    })
}
