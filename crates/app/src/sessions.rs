//! Signing in, and who is signed in. A session is a random cookie; only its digest is stored.
//!
//! Wrong password, unknown login and a wait of the door look alike in time and words. A second factor is asked for after
//! the password, never before, so that nobody learns who has one; a passkey is both at once ([`crate::passkeys`]).
//! Sessions end by themselves, on request, by an administrator, and when the password changes.
//!
//! ```text
//! sign_in → In { cookie, device }   |   Second { half }   |   Wrong   |   Wait(minutes)
//! ```

mod memory;

use crate::accounts::{Way, check_sealed, digest, holds, rewrite, typed};
use crate::door::{Caller, Door, Held, Taken};
use crate::open::found;
use crate::{App, Result, policy};
use memory::{end_unwritten, put_unwritten, unwritten, unwritten_acts_for};
use programme::decide;
use programme::ids::{PersonId, UnitId};
use programme::model::{Actor, Digest, SubjectKind};
use programme::moment::Moment;
use std::sync::{MutexGuard, PoisonError};
use store::access::{self, Access};
use store::credential::{self, Credential};
use store::session::{self, Session};
use store::{Tx, person, token};

pub(crate) use memory::{end_unwritten_of, is_fresh, is_open};

/// Where a request comes from, as far as it matters at the door.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct From {
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    /// The cookie of a device that was used before.
    pub device: Option<String>,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    In(SignedIn),
    /// The password was right; `half` is worth a code for some minutes.
    Second {
        half: String,
    },
    Wrong,
    /// Not looked at: to be tried again in so many minutes.
    Wait(i64),
}

/// Cookies of somebody who came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub person: PersonId,
    pub cookie: String,
    pub device: String,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    pub id: String,
    pub created_at: Moment,
    pub seen_at: Moment,
    pub agent: String,
    pub address: String,
    pub here: bool,
}

/// One line of what happened at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    pub at: Moment,
    pub what: String,
    pub name: Option<String>,
    pub login: String,
    pub address: String,
}

/// What can happen at the door; codes of the family `access`.
pub const ACCESS: &[&str] = &[
    "signed_in",
    "wrong",
    "wrong_code",
    "waits",
    "signed_out",
    "ended",
    "put_out",
    "password_set",
    "invited",
    "invitation_wrong",
    "second_factor_on",
    "second_factor_off",
    "recovery_used",
    "recovery_made",
    "token_made",
    "token_revoked",
    "factor_policy",
    "passkey_made",
    "passkey_removed",
    "passkey_used",
    "passkey_wrong",
    "passkey_copied",
];

/// Minutes without a request after which a session is over, and its longest life.
const IDLE_MINUTES: i64 = 8 * 60;
const LIFE_MINUTES: i64 = 7 * 24 * 60;
/// `seen_at` is written no more often.
const SEEN_MINUTES: i64 = 5;
/// Minutes between the password and the code.
const HALF_MINUTES: i64 = 5;
const HALF_TRIES: u8 = 5;
/// Days that the log of the door is kept.
const KEPT_DAYS: i64 = 180;

/// Somebody whose password was right and whose code is awaited.
#[derive(Debug, Clone)]
pub(crate) struct Half {
    way: Way,
    until: Moment,
    tries: u8,
}

/// Looks at a login and its password.
pub async fn sign_in(app: &App, login: &str, password: &str, from: &From) -> Result<Entered> {
    let login: String = login.trim().to_lowercase().chars().take(100).collect();
    let mut tx = app.inner.db.read().await?;
    let known = credential::by_login(&mut tx, &login).await?;
    drop(tx);
    let taken = match app.take_try(&login, known.is_some(), from) {
        Ok(taken) => taken,
        Err(held) => return waits(app, held, &login, from).await,
    };
    let full = taken.full;
    let turn = if full.is_some() { app.inner.lane.turn().await } else { None };
    if full.is_some() && turn.is_none() {
        app.give_back(taken);
        return Ok(Entered::Wait(1));
    }
    let hash = known.as_ref().and_then(|c| c.password.clone());
    // Also without an account: the answer takes its time in either case.
    let right = holds(app, password, hash).await?;
    drop(turn);
    let Some(c) = known.filter(|_| right) else {
        if app.is_noted(&taken, from) {
            let what = if full.is_some() { "waits" } else { "wrong" };
            note_failure(app, what, None, &login, from).await?;
        }
        // Where others wait, nobody learns that this one was looked at.
        return Ok(full.map_or(Entered::Wrong, Entered::Wait));
    };
    app.give_back(taken);
    let mut tx = app.inner.db.read().await?;
    let way = Way::of(&mut tx, c).await?;
    drop(tx);
    if asks_more(app, &way).await? {
        return Ok(Entered::Second { half: app.open_half(way)? });
    }
    Ok(enter(app, &way, from, "signed_in", false).await?.map_or(Entered::Wrong, Entered::In))
}

/// Whether the password alone leads nowhere: there is an app, or a passkey is all that this person has as the second factor that
/// the office asks for. Then it does not lead to setting up another one either.
async fn asks_more(app: &App, way: &Way) -> Result<bool> {
    Ok(way.account().second_factor.is_some() || way.has_key() && policy::asks(app, &way.account().person).await?)
}

/// Somebody who is not looked at; a flood of them is written down once.
pub(crate) async fn waits(app: &App, held: Held, login: &str, from: &From) -> Result<Entered> {
    if held.first {
        note_failure(app, "waits", None, login, from).await?;
    }
    Ok(Entered::Wait(held.minutes))
}

/// Looks at the code that follows a right password: one of the app, or a recovery code, which is then used up.
pub async fn second(app: &App, half: &str, code: &str, from: &From) -> Result<Entered> {
    let Some(known) = app.use_half(half) else { return Ok(Entered::Wrong) };
    let login = &known.way.account().login;
    let taken = match app.take_try(login, true, from) {
        Ok(taken) => taken,
        Err(held) => return waits(app, held, login, from).await,
    };
    match spend(app, &known.way, code, from).await {
        Ok(Spent::For(what)) => {
            app.close_half(half);
            app.give_back(taken);
            Ok(enter(app, &known.way, from, what, true).await?.map_or(Entered::Wrong, Entered::In))
        }
        // What the half stood on is no more, so nobody guessed.
        Ok(Spent::Over) => {
            app.close_half(half);
            app.give_back(taken);
            Ok(Entered::Wrong)
        }
        Ok(Spent::Wrong) => Ok(Entered::Wrong),
        // A code that could not be struck out was no wrong one.
        Err(error) => {
            app.give_back(taken);
            Err(error)
        }
    }
}

/// What became of a code.
enum Spent {
    /// It is used up; what is written down.
    For(&'static str),
    Wrong,
    /// Not looked at: the password, the app or the keys are others than those that were asked for first.
    Over,
}

/// Uses a code up. A wrong one is written down.
async fn spend(app: &App, way: &Way, code: &str, from: &From) -> Result<Spent> {
    let (person, login) = (&way.account().person, &way.account().login);
    let mut tx = app.inner.db.write().await?;
    let Some(current) = credential::locked(&mut tx, person).await? else { return Ok(Spent::Over) };
    if !way.stands(&mut tx, Some(current.clone())).await? {
        return Ok(Spent::Over);
    }
    let current = Credential { second_factor_step: current.second_factor_step.max(app.spent_step(person)), ..current };
    if let Some(step) = check_sealed(app, &current, code)? {
        let kept = async move {
            rewrite(&mut tx, person, |c| c.second_factor_step = step).await?;
            Ok(tx.commit().await?)
        };
        match kept.await {
            // A code counts once, also where that cannot be written down.
            Err(crate::Error::Store(error)) if error.trouble().is_some() => app.spend_step(person, step),
            kept => kept?,
        }
        return Ok(Spent::For("signed_in"));
    }
    let spent = digest(app, &typed(code));
    if current.recovery.contains(&spent) {
        rewrite(&mut tx, person, |c| c.recovery.retain(|code| *code != spent)).await?;
        tx.commit().await?;
        return Ok(Spent::For("recovery_used"));
    }
    drop(tx);
    note_failure(app, "wrong_code", Some(person), login, from).await?;
    Ok(Spent::Wrong)
}

/// A person of the demonstration, who has no password: only in a folder that the demonstration made.
pub async fn sign_in_as(app: &App, person: &PersonId, from: &From) -> Result<Option<SignedIn>> {
    if !crate::demo::is_demo(app).await? || crate::people::actor(app, person).await?.is_none() {
        return Ok(None);
    }
    open(app, person, "demo", from, "signed_in", None).await
}

/// Lets somebody in whose right to it was shown, with or without a second factor: a new cookie each time, so that nothing known
/// before is worth anything. `None` where what was shown leads in no more.
pub(crate) async fn enter(app: &App, way: &Way, from: &From, what: &str, with_second: bool) -> Result<Option<SignedIn>> {
    let Credential { person, login, .. } = way.account();
    let signed = open(app, person, login, from, what, Some(Shown { way, with_second })).await?;
    if signed.is_some() {
        app.with_door(login, true, from, |door, caller| door.passed(caller));
    }
    Ok(signed)
}

/// By what somebody comes in.
#[derive(Clone, Copy)]
struct Shown<'a> {
    way: &'a Way,
    with_second: bool,
}

/// What a session leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leads {
    Nowhere,
    ToFactor,
    In,
}

/// What that which was shown leads to by now; `account` is the one that stands.
async fn leads(app: &App, tx: &mut Tx, shown: Shown<'_>, account: Option<Credential>) -> Result<Leads> {
    if !shown.way.stands(tx, account).await? || !shown.with_second && asks_more(app, shown.way).await? {
        return Ok(Leads::Nowhere);
    }
    let led = !shown.with_second && policy::asks(app, &shown.way.account().person).await?;
    Ok(if led { Leads::ToFactor } else { Leads::In })
}

async fn open(app: &App, person: &PersonId, login: &str, from: &From, what: &str, shown: Option<Shown<'_>>) -> Result<Option<SignedIn>> {
    let cookie = app.random_hex::<32>()?;
    let now = app.now();
    let new = Session {
        id: cookie_digest(&cookie),
        person: person.clone(),
        unit: None,
        created_at: now,
        seen_at: now,
        agent: from.agent.chars().filter(|c| !c.is_control()).take(120).collect(),
        address: from.address.clone(),
        must_enrol: false,
    };
    let leads_in = match write_down(app, new.clone(), shown, what, login, from).await {
        Err(error) if error.trouble().is_some() => {
            tracing::warn!("somebody signed in, and it could not be written down: {error}");
            keep_unwritten(app, new, shown).await?
        }
        written => written?,
    };
    if !leads_in {
        return Ok(None);
    }
    Ok(Some(SignedIn { person: person.clone(), cookie, device: device_cookie(app, login)? }))
}

/// False where what was shown leads in no more: looked at once more in this transaction, as its other end may be long ago.
async fn write_down(app: &App, new: Session, shown: Option<Shown<'_>>, what: &str, login: &str, from: &From) -> Result<bool> {
    let now = app.now();
    let mut tx = app.inner.db.write().await?;
    let leads = match shown {
        Some(shown) => {
            let account = credential::locked(&mut tx, &new.person).await?;
            leads(app, &mut tx, shown, account).await?
        }
        None => Leads::In,
    };
    if leads == Leads::Nowhere {
        return Ok(false);
    }
    session::remove_stale(&mut tx, now.plus_minutes(-IDLE_MINUTES), now.plus_minutes(-LIFE_MINUTES)).await?;
    access::forget(&mut tx, now.plus_minutes(-KEPT_DAYS * 24 * 60)).await?;
    let new = Session { must_enrol: leads == Leads::ToFactor, ..new };
    session::put(&mut tx, &new).await?;
    note_access(app, &mut tx, what, Some(&new.person), login, from).await?;
    tx.commit().await?;
    Ok(true)
}

/// Keeps a session in memory until the program ends: on a full disk an administrator has to come in to see that it is full.
/// Nothing else is let pass: a recovery code that could not be struck out opens no session, and neither does what leads in no more.
async fn keep_unwritten(app: &App, new: Session, shown: Option<Shown<'_>>) -> Result<bool> {
    let Some(shown) = shown else {
        put_unwritten(app, new);
        return Ok(true);
    };
    let now = async || {
        let mut tx = app.inner.db.read().await?;
        let account = credential::of(&mut tx, &new.person).await?;
        leads(app, &mut tx, shown, account).await
    };
    let led = now().await?;
    if led == Leads::Nowhere {
        return Ok(false);
    }
    put_unwritten(app, Session { must_enrol: led == Leads::ToFactor, ..new.clone() });
    // Whoever changes the account ends what lies in memory after it is written: what was put there between is found here.
    let stands = now().await? == led;
    if !stands {
        end_unwritten(app, &new.id, None);
    }
    Ok(stands)
}

/// The session of a cookie, if it is still good; using it keeps it alive.
pub async fn find(app: &App, cookie: &str) -> Result<Option<Session>> {
    let id = cookie_digest(cookie);
    let mut tx = app.inner.db.read().await?;
    let found = session::get(&mut tx, &id).await?.or_else(|| unwritten(app, &id));
    drop(tx);
    let now = app.now();
    let good = |s: &Session| now < s.seen_at.plus_minutes(IDLE_MINUTES) && now < s.created_at.plus_minutes(LIFE_MINUTES);
    let Some(mut session) = found.filter(good) else { return Ok(None) };
    if session.seen_at.plus_minutes(SEEN_MINUTES) <= now {
        session.seen_at = now;
        match keep_alive(app, &session).await {
            // Whoever only reads must not be kept out by a full disk.
            Err(error) if error.trouble().is_some() => tracing::debug!("that somebody is here could not be written down: {error}"),
            kept => kept?,
        }
    }
    Ok(Some(session))
}

async fn keep_alive(app: &App, session: &Session) -> Result<()> {
    let mut tx = app.inner.db.write().await?;
    // Not `put` alone: a session that was ended meanwhile must not come back.
    if session::get(&mut tx, &session.id).await?.is_some() {
        session::put(&mut tx, session).await?;
    }
    Ok(tx.commit().await?)
}

/// Remembers for which of several units somebody acts.
pub async fn act_for(app: &App, id: &str, unit: &UnitId) -> Result<()> {
    if unwritten_acts_for(app, id, unit) {
        return Ok(());
    }
    let mut tx = app.inner.db.write().await?;
    if let Some(session) = session::get(&mut tx, id).await? {
        session::put(&mut tx, &Session { unit: Some(unit.clone()), ..session }).await?;
    }
    Ok(tx.commit().await?)
}

/// A person's sessions; `here` is the id of the one that asks.
pub async fn list(app: &App, person: &PersonId, here: &str) -> Result<Vec<SessionView>> {
    let mut tx = app.inner.db.read().await?;
    let view = |s: Session| SessionView {
        here: s.id == here,
        id: s.id,
        created_at: s.created_at,
        seen_at: s.seen_at,
        agent: s.agent,
        address: s.address,
    };
    Ok(session::of(&mut tx, person).await?.into_iter().map(view).collect())
}

/// Ends one of a person's own sessions; an id of somebody else's changes nothing.
pub async fn end(app: &App, person: &PersonId, id: &str, from: &From) -> Result<bool> {
    if end_unwritten(app, id, Some(person)) {
        return Ok(true);
    }
    let mut tx = app.inner.db.write().await?;
    let Some(found) = session::get(&mut tx, id).await?.filter(|s| &s.person == person) else { return Ok(false) };
    session::remove(&mut tx, &found.id).await?;
    let login = credential::of(&mut tx, person).await?.map(|c| c.login).unwrap_or_default();
    note_access(app, &mut tx, "ended", Some(person), &login, from).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends everything that a person is signed in with, tokens too: a telephone was lost, a password may be known.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`] from whoever is no administrator; [`crate::Error::NotFound`] for nobody.
pub async fn end_all(app: &App, by: &Actor, person: &PersonId, from: &From) -> Result<()> {
    decide::may_administer(by)?;
    let mut tx = app.inner.db.write().await?;
    found(person::names(&mut tx).await?.get(person), SubjectKind::Grant, person)?;
    let login = credential::of(&mut tx, person).await?.map(|c| c.login).unwrap_or_default();
    session::remove_of(&mut tx, person, None).await?;
    token::remove_of(&mut tx, person).await?;
    note_access(app, &mut tx, "put_out", Some(person), &login, from).await?;
    tx.commit().await?;
    end_unwritten_of(app, person, None);
    Ok(())
}

/// Signs out.
pub async fn sign_out(app: &App, cookie: &str, from: &From) -> Result<()> {
    let id = cookie_digest(cookie);
    end_unwritten(app, &id, None);
    let mut tx = app.inner.db.write().await?;
    if let Some(found) = session::get(&mut tx, &id).await? {
        session::remove(&mut tx, &id).await?;
        let login = credential::of(&mut tx, &found.person).await?.map(|c| c.login).unwrap_or_default();
        note_access(app, &mut tx, "signed_out", Some(&found.person), &login, from).await?;
    }
    Ok(tx.commit().await?)
}

/// What happened at the door, the latest first.
pub async fn log(app: &App, limit: u32) -> Result<Vec<AccessRow>> {
    let mut tx = app.inner.db.read().await?;
    let names = person::names(&mut tx).await?;
    let row = |a: Access| AccessRow {
        at: a.at,
        what: a.what,
        name: a.person.as_ref().and_then(|p| names.get(p).cloned()),
        login: a.login,
        address: a.address,
    };
    Ok(access::list(&mut tx, i64::from(limit)).await?.into_iter().map(row).collect())
}

/// Writes into the log of the door that somebody did not come in. On a full disk the answer is the same without the line:
/// the door counts in memory.
pub(crate) async fn note_failure(app: &App, what: &str, person: Option<&PersonId>, login: &str, from: &From) -> Result<()> {
    let noted = async {
        let mut tx = app.inner.db.write().await?;
        note_access(app, &mut tx, what, person, login, from).await?;
        Ok(tx.commit().await?)
    };
    match noted.await {
        Err(crate::Error::Store(error)) if error.trouble().is_some() => {
            tracing::warn!("a failed attempt to sign in could not be written down: {error}");
            Ok(())
        }
        noted => noted,
    }
}

/// Writes a line into the log of the door.
pub(crate) async fn note_access(app: &App, tx: &mut Tx, what: &str, person: Option<&PersonId>, login: &str, from: &From) -> Result<()> {
    let (what, login, address) = (what.to_owned(), login.to_owned(), from.address.clone());
    Ok(access::append(tx, &Access { at: app.now(), what, person: person.cloned(), login, address }).await?)
}

fn cookie_digest(cookie: &str) -> String {
    Digest::of(cookie.as_bytes()).to_string()
}

/// `nonce.proof`: this login came in on this device before.
fn device_cookie(app: &App, login: &str) -> Result<String> {
    let nonce = app.random_hex::<16>()?;
    Ok(format!("{nonce}.{}", device_proof(app, login, &nonce)))
}

fn device_proof(app: &App, login: &str, nonce: &str) -> String {
    let key = app.inner.key.secret("device");
    // The key leads and all parts have a fixed length or none of the separators.
    Digest::of(&[&key[..], nonce.as_bytes(), b"\n", login.as_bytes()].concat()).to_string()
}

impl App {
    /// Lets one more try pass, which counts as failed until it is given back; else tells how long to wait. `known`: whether
    /// anybody has this login. To be asked before anything is waited for, or many at once would all be let pass.
    pub(crate) fn take_try(&self, login: &str, known: bool, from: &From) -> std::result::Result<Taken, Held> {
        let now = self.now();
        self.with_door(login, known, from, |door, caller| door.take(caller, now))
    }

    /// The try was right, or could not be looked at.
    pub(crate) fn give_back(&self, taken: Taken) {
        self.door().give_back(taken);
    }

    /// Whether a wrong try is written down: each one, but those at a full address only now and then.
    pub(crate) fn is_noted(&self, taken: &Taken, from: &From) -> bool {
        taken.full.is_none() || self.door().tell_full(&from.address, self.now())
    }

    pub(crate) fn door(&self) -> MutexGuard<'_, Door> {
        // What is counted stays true, whatever happened to whoever counted last.
        self.inner.door.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_door<T>(&self, login: &str, is_known: bool, from: &From, act: impl FnOnce(&mut Door, Caller<'_>) -> T) -> T {
        let known = |cookie: &&str| cookie.split_once('.').is_some_and(|(nonce, proof)| proof == device_proof(self, login, nonce));
        let device = from.device.as_deref().filter(known);
        act(&mut self.door(), Caller { login, known: is_known, address: &from.address, device })
    }

    fn open_half(&self, way: Way) -> Result<String> {
        let half = self.random_hex::<32>()?;
        let now = self.now();
        if let Ok(mut halves) = self.inner.halves.lock() {
            halves.retain(|_, h| now < h.until);
            halves.insert(half.clone(), Half { way, until: now.plus_minutes(HALF_MINUTES), tries: 0 });
        }
        Ok(half)
    }

    /// So many random bytes as hex digits: a secret that a cookie or a form can carry.
    pub(crate) fn random_hex<const N: usize>(&self) -> Result<String> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(programme::hex::hex(&bytes))
    }

    /// One try of a half; over after too many, and after some minutes.
    fn use_half(&self, half: &str) -> Option<Half> {
        let mut halves = self.inner.halves.lock().ok()?;
        let known = halves.get_mut(half)?;
        known.tries += 1;
        (self.now() < known.until && known.tries <= HALF_TRIES).then(|| known.clone())
    }

    /// The last step of a person's authenticator app that counted and could not be written down.
    fn spent_step(&self, person: &PersonId) -> i64 {
        self.inner.spent_steps.lock().ok().and_then(|spent| spent.get(person).copied()).unwrap_or(-1)
    }

    fn spend_step(&self, person: &PersonId, step: i64) {
        if let Ok(mut spent) = self.inner.spent_steps.lock() {
            spent.insert(person.clone(), step);
        }
    }

    fn close_half(&self, half: &str) {
        if let Ok(mut halves) = self.inner.halves.lock() {
            halves.remove(half);
        }
    }
}
