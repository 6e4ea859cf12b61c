//! An account as somebody showed that it is theirs, held against what stands when something is written because of that.
//!
//! Looking at a password takes its time, and what was right at its beginning may be over at its end: the password was changed,
//! an invitation was used, the session was ended. So nothing is written into an account but by [`Opened::change`] and
//! [`rewrite`], and nobody comes in but by a [`Way`] that still stands: both read again inside of the transaction that writes.

use super::{AccountRefusal, holds};
use crate::sessions::{From, is_open};
use crate::{App, Result};
use programme::ids::PersonId;
use store::credential::{self, Credential};
use store::{Tx, passkey};

/// The owner of an account, in the session from which they change it.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    pub person: &'a PersonId,
    /// Id of the session, which is not its cookie.
    pub session: &'a str,
    pub from: &'a From,
}

/// An account as it was when its owner was looked at, and their session.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    account: Credential,
    session: String,
}

impl Opened {
    /// Whoever sits in this session, whose password is not asked for again.
    pub(crate) async fn unasked(app: &App, owner: Owner<'_>) -> Result<Opened> {
        let account = app.credential(owner.person).await?.ok_or(AccountRefusal::NoAccount)?;
        Ok(Opened { account, session: owner.session.to_owned() })
    }

    pub(crate) fn account(&self) -> &Credential {
        &self.account
    }

    /// The account as it stands now, in the transaction that writes because of it.
    ///
    /// # Errors
    /// [`AccountRefusal::JustChanged`] where it is no longer what was looked at, or the session has ended.
    pub(crate) async fn stands(&self, app: &App, tx: &mut Tx) -> Result<Credential> {
        let now = credential::locked(tx, &self.account.person).await?.ok_or(AccountRefusal::NoAccount)?;
        let shown = |c: &Credential| (c.password.clone(), c.changed_at, c.second_factor.clone(), c.invitation.clone());
        if shown(&now) != shown(&self.account) || !is_open(app, tx, &self.session, &now.person).await? {
            return Err(AccountRefusal::JustChanged.into());
        }
        Ok(now)
    }

    /// Changes what `change` means to, and nothing else, of an account that still stands.
    ///
    /// # Errors
    /// [`AccountRefusal::JustChanged`].
    pub(crate) async fn change(&self, app: &App, tx: &mut Tx, change: impl FnOnce(&mut Credential)) -> Result<Credential> {
        self.stands(app, tx).await?;
        rewrite(tx, &self.account.person, change).await
    }
}

/// One's own account, opened with one's own password: what changes it asks for that again. Guessing is counted.
pub(crate) async fn opened(app: &App, owner: Owner<'_>, password: &str) -> Result<Opened> {
    let opened = Opened::unasked(app, owner).await?;
    let taken = app.take_try(&opened.account.login, true, owner.from).map_err(|_| AccountRefusal::Waits)?;
    if !holds(app, password, opened.account.password.clone()).await? {
        return Err(AccountRefusal::WrongPassword.into());
    }
    app.give_back(taken);
    Ok(opened)
}

/// Writes an account as it stands in this transaction, changed; one that nobody made yet begins empty.
pub(crate) async fn rewrite(tx: &mut Tx, person: &PersonId, change: impl FnOnce(&mut Credential)) -> Result<Credential> {
    let mut account = credential::locked(tx, person).await?.unwrap_or_else(|| empty(person.clone()));
    change(&mut account);
    credential::put(tx, &account).await?;
    Ok(account)
}

fn empty(person: PersonId) -> Credential {
    Credential {
        person,
        login: String::new(),
        password: None,
        second_factor: None,
        second_factor_step: -1,
        recovery: Vec::new(),
        invitation: None,
        invited_until: None,
        changed_at: None,
    }
}

/// What leads into an account: the password, the app, the passkeys, as they were when somebody was looked at.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    account: Credential,
    /// Ids of the passkeys.
    keys: Vec<String>,
}

impl Way {
    pub(crate) async fn of(tx: &mut Tx, account: Credential) -> Result<Way> {
        let mut keys: Vec<String> = passkey::of(tx, &account.person).await?.into_iter().map(|key| key.id).collect();
        keys.sort();
        Ok(Way { account, keys })
    }

    pub(crate) fn account(&self) -> &Credential {
        &self.account
    }

    pub(crate) fn has_key(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Whether all that leads in is still the same; `account` is the one that stands now.
    pub(crate) async fn stands(&self, tx: &mut Tx, account: Option<Credential>) -> Result<bool> {
        let Some(account) = account else { return Ok(false) };
        let now = Way::of(tx, account).await?;
        let leads = |way: &Way| (way.account.password.clone(), way.account.second_factor.clone(), way.keys.clone());
        Ok(leads(&now) == leads(self))
    }
}
