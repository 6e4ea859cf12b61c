//! Tokens: secrets by which a program acts for a person, over the public interface or as the address of a calendar.
//!
//! A token never may more than its person: it acts for one unit of theirs, with the roles that they hold there at the time
//! of each request, cut to what the token is for. It ends on its day, when it is revoked, when the password changes, when
//! the person's roles in that unit end and when the account is closed. Only a digest is stored; the secret is shown once.
//! Not here: what the interface answers (`web`), the words of a calendar ([`crate::calendar`]).
//!
//! ```text
//! let issued = tokens::create(&app, &by, &session, new, password, &from).await?;      // issued.secret: luytre_5d0c…
//! tokens::enter(&app, &issued.secret, &from).await?                          // In(Bearer { by, purpose: Read, … })
//! ```

use crate::accounts::{AccountRefusal, Owner, opened};
use crate::sessions::{From, note_access};
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide::Refusal;
use programme::ids::{PersonId, UnitId};
use programme::model::{Actor, Digest};
use programme::moment::Moment;
use store::credential;
use store::token::{self, Token};

/// What a token is for; codes of the family `token-purpose`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading over the interface.
    Read,
    /// Reading, and adding evidence.
    Evidence,
    /// The address of a calendar, and nothing else.
    Calendar,
}

impl Purpose {
    pub const ALL: [Purpose; 3] = [Purpose::Read, Purpose::Evidence, Purpose::Calendar];

    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Read => "read",
            Purpose::Evidence => "evidence",
            Purpose::Calendar => "calendar",
        }
    }

    /// The purpose with this code.
    pub fn of(code: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.as_str() == code)
    }
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    pub purpose: Purpose,
    /// The last day on which it is good.
    pub until: Date,
}

/// A token that was made: the secret is known here and never again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub token: TokenView,
    pub secret: String,
}

/// A token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenView {
    pub id: String,
    pub name: String,
    pub purpose: Purpose,
    pub unit_name: String,
    pub created_at: Moment,
    pub until: Date,
    /// The last day of use, in Vietnam.
    pub used_on: Option<Date>,
    /// Over: its day has passed, or the roles that it stood on have ended.
    pub over: bool,
}

/// A program that showed a good token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The person, in the token's unit, with the roles that hold now.
    pub by: Actor,
    pub purpose: Purpose,
}

/// What came of showing a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    In(Bearer),
    /// No such token, or one that is over: which of them is told to nobody.
    Wrong,
    /// Not looked at: to be tried again in so many minutes.
    Wait(i64),
}

/// Tokens that one person may have at a time.
const MOST_TOKENS: usize = 20;
/// What every secret begins with, so that searches for leaked secrets find it.
const PREFIX: &str = "luytre_";

/// The last day that a token made now may have.
pub fn latest_end(app: &App) -> Date {
    let today = app.now().day();
    today.checked_add(jiff::Span::new().years(1)).unwrap_or(today)
}

/// Makes a token for oneself, in the unit that one acts for. One's own password is asked for again, so that an open
/// screen gives nobody a lasting way in; the demonstration has no passwords.
///
/// # Errors
/// [`AccountRefusal::WrongPassword`], [`AccountRefusal::JustChanged`], [`AccountRefusal::TooManyTokens`],
/// [`AccountRefusal::TokenEnd`]; [`Refusal::EndDatePast`], refusals for the name.
pub async fn create(app: &App, by: &Actor, session: &str, new: NewToken, password: &str, from: &From) -> Result<Issued> {
    let name = crate::written::name(&new.name)?;
    let today = app.now().day();
    if new.until < today {
        return Err(Refusal::EndDatePast.into());
    }
    if new.until > latest_end(app) {
        return Err(AccountRefusal::TokenEnd.into());
    }
    let opened = match app.credential(&by.person).await? {
        None if crate::demo::is_demo(app).await? => None,
        _ => Some(opened(app, Owner { person: &by.person, session, from }, password).await?),
    };
    let unit_name = app.snapshot().await?.unit_name(&by.unit);
    let secret = format!("{PREFIX}{}", app.random_hex::<32>()?);
    let made = Token {
        id: app.random_hex::<8>()?,
        digest: digest(&secret),
        person: by.person.clone(),
        unit: by.unit.clone(),
        name,
        purpose: new.purpose.as_str().to_owned(),
        created_at: app.now(),
        until: new.until,
        used_on: None,
    };
    let mut tx = app.inner.db.write().await?;
    let login = match opened {
        Some(opened) => opened.stands(app, &mut tx).await?.login,
        None => String::new(),
    };
    token::remove_ended(&mut tx, today).await?;
    if token::of(&mut tx, &by.person).await?.len() >= MOST_TOKENS {
        return Err(AccountRefusal::TooManyTokens.into());
    }
    token::put(&mut tx, &made).await?;
    note_access(app, &mut tx, "token_made", Some(&by.person), &login, from).await?;
    tx.commit().await?;
    Ok(Issued { token: view(made, new.purpose, unit_name, false), secret })
}

/// A person's tokens, the latest first.
pub async fn list(app: &App, person: &PersonId) -> Result<Vec<TokenView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let tokens = token::of(&mut tx, person).await?;
    drop(tx);
    let today = app.now().day();
    let mut views = Vec::with_capacity(tokens.len());
    for t in tokens {
        let Some(purpose) = Purpose::of(&t.purpose) else { continue };
        let over = t.until < today || actor_of(app, person, &t.unit).await?.is_none();
        let unit_name = all.unit_name(&t.unit);
        views.push(view(t, purpose, unit_name, over));
    }
    Ok(views)
}

fn view(t: Token, purpose: Purpose, unit_name: String, over: bool) -> TokenView {
    let Token { id, name, created_at, until, used_on, .. } = t;
    TokenView { id, name, purpose, unit_name, created_at, until, used_on, over }
}

/// Ends one of a person's own tokens; an id of somebody else's changes nothing.
pub async fn revoke(app: &App, person: &PersonId, id: &str, from: &From) -> Result<bool> {
    let mut tx = app.inner.db.write().await?;
    if !token::of(&mut tx, person).await?.iter().any(|t| t.id == id) {
        return Ok(false);
    }
    token::remove(&mut tx, id).await?;
    let login = credential::of(&mut tx, person).await?.map(|c| c.login).unwrap_or_default();
    note_access(app, &mut tx, "token_revoked", Some(person), &login, from).await?;
    tx.commit().await?;
    Ok(true)
}

/// Looks at a secret that a program shows. Wrong ones are counted by address, at a door of their own; a right one is let pass
/// whatever others at that address do: there is nothing to guess in 256 bits.
pub async fn enter(app: &App, secret: &str, from: &From) -> Result<Shown> {
    let digest = digest(secret);
    let mut tx = app.inner.db.read().await?;
    let found = token::by_digest(&mut tx, &digest).await?;
    drop(tx);
    if let Some(bearer) = bearer(app, found).await? {
        return Ok(Shown::In(bearer));
    }
    let Ok(mut door) = app.inner.token_door.lock() else { return Ok(Shown::Wrong) };
    Ok(match door.take_at(&from.address, app.now()) {
        Ok(_counted) => Shown::Wrong,
        Err(held) => Shown::Wait(held.minutes),
    })
}

async fn bearer(app: &App, found: Option<Token>) -> Result<Option<Bearer>> {
    let today = app.now().day();
    let Some(t) = found.filter(|t| today <= t.until) else { return Ok(None) };
    let Some(purpose) = Purpose::of(&t.purpose) else { return Ok(None) };
    let Some(by) = actor_of(app, &t.person, &t.unit).await? else { return Ok(None) };
    if t.used_on != Some(today) {
        let mut tx = app.inner.db.write().await?;
        token::used(&mut tx, &t.id, today).await?;
        tx.commit().await?;
    }
    Ok(Some(Bearer { by, purpose }))
}

/// The person in just this unit; `None` when the account is closed or no role is left there. Nobody slips into another
/// unit of theirs, for which the token was not made.
async fn actor_of(app: &App, person: &PersonId, unit: &UnitId) -> Result<Option<Actor>> {
    let open = app.credential(person).await?.is_some_and(|c| c.password.is_some()) || crate::demo::is_demo(app).await?;
    let actor = if open { crate::people::actor_in(app, person, Some(unit)).await? } else { None };
    Ok(actor.filter(|by| &by.unit == unit))
}

fn digest(secret: &str) -> String {
    Digest::of(secret.as_bytes()).to_string()
}
