//! Each person's own address and what they want there: nothing, unless they say otherwise.
//!
//! An address counts once the code that was sent to it was typed in, so that nobody can make the office write to others.

use super::MailProblem;
use crate::accounts::{AccountRefusal, code, digest, grouped, typed};
use crate::lang::{Lang, t, t_with};
use crate::{App, Result};
use programme::ids::PersonId;
use store::mail::{self, Choice};

programme::codes! {
    /// What mail a person wants.
    Want {
        Nothing = "nothing",
        /// What waits, once each morning.
        Morning = "morning",
        /// Also when something new comes.
        News = "news",
    }
}

impl Want {
    /// What a kept choice says; nothing where it is not known.
    pub(super) fn of(choice: &Choice) -> Want {
        choice.want.parse().unwrap_or(Want::Nothing)
    }
}

/// A person's own choice as they see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedView {
    pub address: Option<String>,
    pub want: Want,
    /// The address whose code is awaited.
    pub pending: Option<String>,
}

/// Minutes that a code is good for.
const CODE_MINUTES: i64 = 30;
const CODE_TRIES: i64 = 5;
/// Minutes between two codes, and how many a person may ask for on one day: nobody's box is filled from here.
const ASK_MINUTES: i64 = 2;
const ASKS_A_DAY: i64 = 5;

pub async fn show(app: &App, person: &PersonId) -> Result<WantedView> {
    let choice = current(app, person).await?;
    let want = Want::of(&choice);
    let pending = choice.pending.filter(|_| choice.code_until.is_some_and(|until| app.now() <= until));
    Ok(WantedView { address: choice.address, want, pending })
}

/// Sends a code to an address.
///
/// # Errors
/// [`AccountRefusal::BadAddress`], [`AccountRefusal::AskedTooOften`]; [`MailProblem`] when the letter could not be sent.
pub async fn ask(app: &App, person: &PersonId, address: &str) -> Result<()> {
    let address = address.trim();
    if super::smtp::address(address).is_none() {
        return Err(AccountRefusal::BadAddress.into());
    }
    if !super::is_set_up(app).await? {
        return Err(MailProblem::NotSetUp.into());
    }
    let now = app.now();
    let code = code(app, 8)?;
    let mut tx = app.inner.db.write().await?;
    let choice = mail::choice(&mut tx, person).await?.unwrap_or_else(|| none(person));
    let today = choice.asked_at.is_some_and(|at| at.day() == now.day());
    let asked_times = if today { choice.asked_times + 1 } else { 1 };
    if asked_times > ASKS_A_DAY || choice.asked_at.is_some_and(|at| now < at.plus_minutes(ASK_MINUTES)) {
        return Err(AccountRefusal::AskedTooOften.into());
    }
    let choice = Choice {
        pending: Some(address.to_owned()),
        code: Some(digest(app, &code)),
        code_until: Some(now.plus_minutes(CODE_MINUTES)),
        code_tries: 0,
        asked_at: Some(now),
        asked_times,
        ..choice
    };
    mail::put_choice(&mut tx, &choice).await?;
    // Counted before it is sent: a server that hangs is no way to ask more often.
    tx.commit().await?;
    let body = t_with(Lang::Vi, "mail-code-body", &[("code", grouped(&code).into()), ("minutes", CODE_MINUTES.into())]);
    super::send_now(app, address, &t(Lang::Vi, "mail-code-subject"), &body).await
}

/// Takes the code: from now on this is the person's address, with a digest each morning if they wanted nothing before.
///
/// # Errors
/// [`AccountRefusal::WrongCode`], also after too many tries and too long a time.
pub async fn confirm(app: &App, person: &PersonId, typed_code: &str) -> Result<()> {
    let mut tx = app.inner.db.write().await?;
    let choice = mail::choice(&mut tx, person).await?.ok_or(AccountRefusal::WrongCode)?;
    let in_time = choice.code_until.is_some_and(|until| app.now() <= until) && choice.code_tries < CODE_TRIES;
    let fits = choice.code.as_deref() == Some(&digest(app, &typed(typed_code)));
    if !(in_time && fits && choice.pending.is_some()) {
        let code_tries = choice.code_tries + 1;
        mail::put_choice(&mut tx, &Choice { code_tries, ..choice }).await?;
        tx.commit().await?;
        return Err(AccountRefusal::WrongCode.into());
    }
    let want = match Want::of(&choice) {
        Want::Nothing => Want::Morning,
        other => other,
    };
    let told_until = Some(app.now());
    let (address, want) = (choice.pending.clone(), want.as_str().to_owned());
    let choice = Choice { address, want, pending: None, code: None, code_until: None, told_until, ..choice };
    mail::put_choice(&mut tx, &choice).await?;
    Ok(tx.commit().await?)
}

/// Changes what is wanted.
pub async fn want(app: &App, person: &PersonId, want: Want) -> Result<()> {
    let mut tx = app.inner.db.write().await?;
    let choice = mail::choice(&mut tx, person).await?.unwrap_or_else(|| none(person));
    let (want, told_until) = (want.as_str().to_owned(), Some(app.now()));
    mail::put_choice(&mut tx, &Choice { want, told_until, ..choice }).await?;
    Ok(tx.commit().await?)
}

/// Forgets the address and all that is on its way there.
pub async fn remove(app: &App, person: &PersonId) -> Result<()> {
    let mut tx = app.inner.db.write().await?;
    let asked = mail::choice(&mut tx, person).await?;
    mail::forget(&mut tx, person).await?;
    if let Some(Choice { asked_at, asked_times, .. }) = asked {
        // Removing is no way to ask more often either.
        mail::put_choice(&mut tx, &Choice { asked_at, asked_times, ..none(person) }).await?;
    }
    Ok(tx.commit().await?)
}

async fn current(app: &App, person: &PersonId) -> Result<Choice> {
    let mut tx = app.inner.db.read().await?;
    Ok(mail::choice(&mut tx, person).await?.unwrap_or_else(|| none(person)))
}

fn none(person: &PersonId) -> Choice {
    Choice {
        person: person.clone(),
        address: None,
        want: Want::Nothing.as_str().to_owned(),
        pending: None,
        code: None,
        code_until: None,
        code_tries: 0,
        asked_at: None,
        asked_times: 0,
        told_day: None,
        told_until: None,
    }
}
