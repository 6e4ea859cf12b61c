//! Passkeys: signing in with a key that a device keeps, instead of the password and the code.
//!
//! The device makes sure who holds it (a finger, a face, a PIN) before it signs, so a passkey counts as both factors. A key is
//! good for one name of this server only, which is why a page that was faked elsewhere gets nothing; it needs that name, and
//! HTTPS (or `localhost`). What can be guessed is a challenge that lives some minutes, in memory, for one try of one browser.
//!
//! Rules are those of signing in with the password: the same door counts failures, an account that is closed stays closed, a
//! new invitation ends all keys. The standard's own checks: `ceremony`.
//!
//! ```text
//! begin(…, password) → Wanted → the browser makes a key   → add(…)
//! ask(…)             → challenge → the browser uses a key → sign_in(…) → In { cookie, device } | Wait(minutes)
//! ```

mod cbor;
mod ceremony;

use crate::accounts::{AccountRefusal, Opened, Owner, Way, opened};
use crate::door::{Held, Taken};
use crate::sessions::{Entered, From, enter, note_access, note_failure, waits};
use crate::{App, Result, policy};
use ceremony::Signed;
use jiff::civil::Date;
use programme::ids::PersonId;
use programme::model::Digest;
use programme::moment::Moment;
use std::collections::BTreeMap;
use store::credential;
use store::passkey::{self, Passkey};
use store::{Tx, session};

/// The algorithms to ask devices for, COSE numbers, the best first.
pub const ALGORITHMS: [i64; 3] = ceremony::ALGORITHMS;
/// Minutes in which a browser has to answer a challenge.
pub const MINUTES: i64 = 5;
/// Keys that one person may have at a time.
const MOST_KEYS: usize = 10;
/// Longest name of a key, in characters.
pub const MOST_NAME: usize = 80;
/// Challenges that are awaited at a time; the oldest goes first, so that a flood of them fills no memory.
const MOST_AWAITED: usize = 20_000;

/// Where a page stands, as its browser knows it: what passkeys are bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `luytre.xa.vn`
    pub host: String,
    /// `https://luytre.xa.vn:8443`
    pub origin: String,
}

/// Why there can be no passkeys at an address; codes of the family `no-passkeys`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPasskeys {
    /// The address is a number of this machine itself, which also has the name `localhost`.
    Loopback,
    /// The address is a number and no name.
    Number,
    /// Without HTTPS.
    Plain,
}

impl NoPasskeys {
    pub const CODES: &'static [&'static str] = &["loopback", "number", "plain"];

    pub fn code(self) -> &'static str {
        match self {
            NoPasskeys::Loopback => "loopback",
            NoPasskeys::Number => "number",
            NoPasskeys::Plain => "plain",
        }
    }
}

impl Address {
    /// The address of a page: whether it came over HTTPS, and what stood in `Host`.
    ///
    /// # Errors
    /// [`NoPasskeys`] where browsers make none.
    pub fn of(secure: bool, host: &str) -> std::result::Result<Address, NoPasskeys> {
        let host = host.to_lowercase();
        let has_port = |(name, port): &(&str, &str)| !name.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let name = host.rsplit_once(':').filter(has_port).map_or(host.as_str(), |(name, _)| name);
        let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(name);
        if let Ok(number) = bare.parse::<std::net::IpAddr>() {
            return Err(if number.is_loopback() { NoPasskeys::Loopback } else { NoPasskeys::Number });
        }
        if !secure && name != "localhost" && !name.ends_with(".localhost") {
            return Err(NoPasskeys::Plain);
        }
        let scheme = if secure { "https" } else { "http" };
        Ok(Address { host: name.to_owned(), origin: format!("{scheme}://{host}") })
    }
}

/// Why a passkey was not taken. The sentence comes from the catalogue key `refusal-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyRefusal {
    /// The challenge is over, was used, or was another browser's.
    Over,
    /// No account has this key any more.
    Unknown,
    /// Made for another name of this server.
    Elsewhere,
    /// The device did not make sure who was there.
    Unverified,
    /// Whatever else does not fit: the signature, the owner, the form.
    Bad,
    /// The device counted backwards: somebody may have a copy of the key.
    Copied,
    /// The key is here already.
    There,
    /// A kind of signature that was not asked for.
    Kind,
    /// As many keys as one person may have.
    TooMany,
}

impl PasskeyRefusal {
    pub const CODES: &'static [&'static str] = &[
        "passkey_over",
        "passkey_unknown",
        "passkey_elsewhere",
        "passkey_unverified",
        "passkey_bad",
        "passkey_copied",
        "passkey_there",
        "passkey_kind",
        "passkey_too_many",
    ];

    pub fn code(self) -> &'static str {
        match self {
            PasskeyRefusal::Over => "passkey_over",
            PasskeyRefusal::Unknown => "passkey_unknown",
            PasskeyRefusal::Elsewhere => "passkey_elsewhere",
            PasskeyRefusal::Unverified => "passkey_unverified",
            PasskeyRefusal::Bad => "passkey_bad",
            PasskeyRefusal::Copied => "passkey_copied",
            PasskeyRefusal::There => "passkey_there",
            PasskeyRefusal::Kind => "passkey_kind",
            PasskeyRefusal::TooMany => "passkey_too_many",
        }
    }
}

impl std::convert::From<PasskeyRefusal> for crate::Error {
    fn from(refusal: PasskeyRefusal) -> crate::Error {
        AccountRefusal::Passkey(refusal).into()
    }
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyView {
    pub id: String,
    pub name: String,
    pub host: String,
    pub synced: bool,
    pub created_at: Moment,
    /// The last day of use, in Vietnam.
    pub used_on: Option<Date>,
}

/// What a browser is to make a key of; all of it may be seen by whoever holds the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub challenge: String,
    pub host: String,
    /// What the device is to call the person, base64url.
    pub handle: String,
    pub login: String,
    pub person: String,
    /// Keys that are there already, so that no device makes a second one.
    pub known: Vec<String>,
}

/// What a browser shows of a key that was made; base64url.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewKey<'a> {
    pub client: &'a str,
    pub attestation: &'a str,
}

/// What a browser shows of a key that was used; base64url.
#[derive(Debug, Clone, Copy, Default)]
pub struct UsedKey<'a> {
    pub credential: &'a str,
    pub client: &'a str,
    pub authenticator: &'a str,
    pub signature: &'a str,
    /// What the device calls the person.
    pub handle: &'a str,
}

/// A challenge on its way: where and in which browser it was asked for, and what it is for.
#[derive(Debug, Clone)]
pub(crate) struct Awaited {
    address: Address,
    browser: Digest,
    until: Moment,
    /// For a key to be made: whose, and under which names. `None`: for signing in.
    new: Option<NewOwner>,
}

#[derive(Debug, Clone)]
struct NewOwner {
    /// As the password opened it.
    opened: Opened,
    handle: String,
    name: String,
}

/// Begins to make a key for oneself. One's own password is asked for again, so that an open screen gives nobody a lasting way
/// in. `browser` is the session that asks: a secret that only this browser has.
///
/// # Errors
/// [`AccountRefusal`]: wrong password, waits, no account; [`PasskeyRefusal::TooMany`]; refusals for the name.
pub async fn begin(app: &App, by: &PersonId, address: &Address, browser: &str, new: (&str, &str), from: &From) -> Result<Wanted> {
    let (name, password) = new;
    let name = crate::written::name(name)?;
    if name.chars().count() > MOST_NAME {
        return Err(programme::decide::Refusal::TooLong.into());
    }
    let opened = opened(app, Owner { person: by, session: browser, from }, password).await?;
    let login = opened.account().login.clone();
    let mut tx = app.inner.db.read().await?;
    let keys = passkey::of(&mut tx, by).await?;
    let names = store::person::names(&mut tx).await?;
    drop(tx);
    if keys.len() >= MOST_KEYS {
        return Err(PasskeyRefusal::TooMany.into());
    }
    let handle = match keys.first() {
        Some(key) => key.handle.clone(),
        None => draw(app)?,
    };
    let owner = NewOwner { opened, handle: handle.clone(), name };
    Ok(Wanted {
        challenge: await_answer(app, address, browser, Some(owner))?,
        host: address.host.clone(),
        handle,
        person: names.get(by).cloned().unwrap_or_else(|| login.clone()),
        login,
        known: keys.into_iter().filter(|key| key.host == address.host).map(|key| key.credential).collect(),
    })
}

/// Keeps the key that a device made. `browser` is the session that shows it: where the key becomes the second factor that the
/// office asks for, all others end, for they were opened without one.
///
/// # Errors
/// [`PasskeyRefusal`]; [`AccountRefusal::JustChanged`] where the password that began it is not the one any more.
pub async fn add(app: &App, by: &PersonId, address: &Address, browser: &str, shown: NewKey<'_>, from: &From) -> Result<()> {
    let challenge = ceremony::challenge_of(shown.client)?;
    let awaited = answered(app, &challenge, address, browser)?;
    let owner = awaited.new.filter(|owner| &owner.opened.account().person == by).ok_or(PasskeyRefusal::Over)?;
    let made = ceremony::made(shown.client, shown.attestation, &challenge, address)?;
    let asked = policy::asks(app, by).await?;
    let mut tx = app.inner.db.write().await?;
    let account = owner.opened.stands(app, &mut tx).await?;
    if passkey::by_credential(&mut tx, &made.credential).await?.is_some() {
        return Err(PasskeyRefusal::There.into());
    }
    let keys = passkey::of(&mut tx, by).await?.len();
    if keys >= MOST_KEYS {
        return Err(PasskeyRefusal::TooMany.into());
    }
    let is_factor = asked && keys == 0 && account.second_factor.is_none();
    let new = Passkey {
        id: app.random_hex::<8>()?,
        credential: made.credential,
        person: by.clone(),
        handle: owner.handle,
        host: address.host.clone(),
        name: owner.name,
        public_key: made.public_key,
        counter: made.counter,
        synced: made.synced,
        created_at: app.now(),
        used_on: None,
    };
    passkey::put(&mut tx, &new).await?;
    if is_factor {
        session::remove_of(&mut tx, by, Some(browser)).await?;
    }
    session::enrolled(&mut tx, by).await?;
    note_access(app, &mut tx, "passkey_made", Some(by), &account.login, from).await?;
    tx.commit().await?;
    if is_factor {
        crate::sessions::end_unwritten_of(app, by, Some(browser));
    }
    Ok(())
}

/// A challenge for signing in; whose key answers it is seen then.
pub fn ask(app: &App, address: &Address, browser: &str) -> Result<String> {
    await_answer(app, address, browser, None)
}

/// Looks at a key that was used for signing in. Whoever it belongs to is in: the device made sure of them, so no code is asked for.
///
/// # Errors
/// [`PasskeyRefusal`].
pub async fn sign_in(app: &App, address: &Address, browser: &str, shown: UsedKey<'_>, from: &From) -> Result<Entered> {
    let challenge = ceremony::challenge_of(shown.client)?;
    let awaited = answered(app, &challenge, address, browser);
    let mut tx = app.inner.db.read().await?;
    let (key, account) = owner(&mut tx, shown.credential).await?;
    drop(tx);
    let login = account.as_ref().map(|a| a.account().login.clone()).unwrap_or_default();
    let taken = match take_try(app, &login, from) {
        Ok(taken) => taken,
        Err(held) => return waits(app, held, &login, from).await,
    };
    // A browser that took too long is no guesser.
    if !awaited.is_ok_and(|awaited| awaited.new.is_none()) {
        app.give_back(taken);
        return Err(PasskeyRefusal::Over.into());
    }
    let counted = match (&key, &account) {
        (Some(key), Some(_)) => looked_at(key, shown, &challenge, address),
        _ => Err(PasskeyRefusal::Unknown),
    };
    let counted = match (counted, &key) {
        (Ok(counter), Some(key)) => use_counts(app, key, counter).await?,
        (counted, _) => counted.map(|_| ()),
    };
    match (counted, account) {
        (Ok(()), Some(account)) => {
            app.give_back(taken);
            // It was one of the keys of a way that a new password or another key has changed meanwhile: to be tried again.
            Ok(Entered::In(enter(app, &account, from, "passkey_used", true).await?.ok_or(PasskeyRefusal::Over)?))
        }
        (counted, account) => {
            let refusal = counted.err().unwrap_or(PasskeyRefusal::Unknown);
            let what = if refusal == PasskeyRefusal::Copied { "passkey_copied" } else { "passkey_wrong" };
            note_failure(app, what, account.as_ref().map(|a| &a.account().person), &login, from).await?;
            Err(refusal.into())
        }
    }
}

/// A key and the open account that it belongs to.
async fn owner(tx: &mut Tx, credential: &str) -> Result<(Option<Passkey>, Option<Way>)> {
    let Some(key) = passkey::by_credential(tx, credential).await? else { return Ok((None, None)) };
    let way = match credential::of(tx, &key.person).await?.filter(|account| account.password.is_some()) {
        Some(account) => Some(Way::of(tx, account).await?),
        None => None,
    };
    Ok((Some(key), way))
}

fn looked_at(key: &Passkey, shown: UsedKey<'_>, challenge: &str, address: &Address) -> std::result::Result<u32, PasskeyRefusal> {
    if key.host != address.host {
        return Err(PasskeyRefusal::Elsewhere);
    }
    // Nobody's list was sent along, so the device has to say whose key it is.
    if shown.handle != key.handle {
        return Err(PasskeyRefusal::Bad);
    }
    let signed = Signed { client: shown.client, authenticator: shown.authenticator, signature: shown.signature };
    ceremony::used(&key.public_key, signed, challenge, address)
}

/// Writes a use down, where the device's counter moved on. On a full disk the answer is the same without it: the challenge is
/// spent, so nothing can be shown twice.
async fn use_counts(app: &App, key: &Passkey, counter: u32) -> Result<std::result::Result<(), PasskeyRefusal>> {
    let written = async {
        let mut tx = app.inner.db.write().await?;
        let counts = passkey::count_use(&mut tx, &key.id, counter, app.now().day()).await?;
        let there = counts || passkey::by_credential(&mut tx, &key.credential).await?.is_some();
        tx.commit().await?;
        Ok(if counts {
            Ok(())
        } else if there {
            Err(PasskeyRefusal::Copied)
        } else {
            Err(PasskeyRefusal::Unknown)
        })
    };
    match written.await {
        Err(crate::Error::Store(error)) if error.trouble().is_some() => {
            tracing::warn!("the use of a passkey could not be written down: {error}");
            Ok(if counter > key.counter || counter == 0 && key.counter == 0 { Ok(()) } else { Err(PasskeyRefusal::Copied) })
        }
        written => written,
    }
}

/// A person's passkeys, the latest first.
pub async fn list(app: &App, person: &PersonId) -> Result<Vec<PasskeyView>> {
    let mut tx = app.inner.db.read().await?;
    let view =
        |p: Passkey| PasskeyView { id: p.id, name: p.name, host: p.host, synced: p.synced, created_at: p.created_at, used_on: p.used_on };
    Ok(passkey::of(&mut tx, person).await?.into_iter().map(view).collect())
}

/// Calls one of a person's own keys otherwise; an id of somebody else's changes nothing.
///
/// # Errors
/// Refusals for the name.
pub async fn rename(app: &App, person: &PersonId, id: &str, name: &str) -> Result<bool> {
    let name = crate::written::name(name)?;
    if name.chars().count() > MOST_NAME {
        return Err(programme::decide::Refusal::TooLong.into());
    }
    let mut tx = app.inner.db.write().await?;
    if !passkey::of(&mut tx, person).await?.iter().any(|key| key.id == id) {
        return Ok(false);
    }
    passkey::rename(&mut tx, id, &name).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends one of a person's own keys; an id of somebody else's changes nothing. The password is asked for again, so that an open
/// screen takes nobody's way in away.
///
/// # Errors
/// [`AccountRefusal::WrongPassword`], [`AccountRefusal::JustChanged`]; [`AccountRefusal::FactorRequired`] for the last one of
/// somebody whom the office asks for a second factor, and who has no other.
pub async fn remove(app: &App, owner: Owner<'_>, id: &str, password: &str) -> Result<bool> {
    let person = owner.person;
    if !list(app, person).await?.iter().any(|key| key.id == id) {
        return Ok(false);
    }
    let opened = opened(app, owner, password).await?;
    let mut tx = app.inner.db.write().await?;
    let account = opened.stands(app, &mut tx).await?;
    let keys = passkey::of(&mut tx, person).await?;
    if !keys.iter().any(|key| key.id == id) {
        return Ok(false);
    }
    if keys.len() == 1 && account.second_factor.is_none() && policy::asks(app, person).await? {
        return Err(AccountRefusal::FactorRequired.into());
    }
    passkey::remove(&mut tx, id).await?;
    note_access(app, &mut tx, "passkey_removed", Some(person), &account.login, owner.from).await?;
    tx.commit().await?;
    Ok(true)
}

/// Thirty-two random bytes, base64url.
fn draw(app: &App) -> Result<String> {
    let mut bytes = [0; 32];
    app.fill(&mut bytes)?;
    Ok(ceremony::to_text(&bytes))
}

fn await_answer(app: &App, address: &Address, browser: &str, new: Option<NewOwner>) -> Result<String> {
    let (challenge, now) = (draw(app)?, app.now());
    let awaited = Awaited { address: address.clone(), browser: Digest::of(browser.as_bytes()), until: now.plus_minutes(MINUTES), new };
    if let Ok(mut all) = app.inner.awaited_keys.lock() {
        all.retain(|_, awaited| now < awaited.until);
        if all.len() >= MOST_AWAITED {
            drop_oldest(&mut all);
        }
        all.insert(challenge.clone(), awaited);
    }
    Ok(challenge)
}

fn drop_oldest(all: &mut BTreeMap<String, Awaited>) {
    let oldest = all.iter().min_by_key(|(_, awaited)| awaited.until).map(|(challenge, _)| challenge.clone());
    if let Some(oldest) = oldest {
        all.remove(&oldest);
    }
}

/// Takes a challenge out, so that nothing answers it a second time, whatever comes of the first.
fn answered(app: &App, challenge: &str, address: &Address, browser: &str) -> std::result::Result<Awaited, PasskeyRefusal> {
    let taken = app.inner.awaited_keys.lock().ok().and_then(|mut all| all.remove(challenge));
    let fits = |a: &Awaited| app.now() < a.until && a.browser == Digest::of(browser.as_bytes()) && &a.address == address;
    taken.filter(fits).ok_or(PasskeyRefusal::Over)
}

/// A try at the door: with a login as for its password, without one as for secrets that stand for themselves.
fn take_try(app: &App, login: &str, from: &From) -> std::result::Result<Taken, Held> {
    if login.is_empty() { app.door().take_at(&from.address, app.now()) } else { app.take_try(login, true, from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_at_which_browsers_make_passkeys() {
        let of = |secure, host| Address::of(secure, host).map(|a| format!("{} {}", a.host, a.origin)).map_err(NoPasskeys::code);
        for (secure, host, expected) in [
            (true, "LuyTre.xa.vn", Ok("luytre.xa.vn https://luytre.xa.vn")),
            (true, "luytre.xa.vn:8443", Ok("luytre.xa.vn https://luytre.xa.vn:8443")),
            (true, "may-chu:8443", Ok("may-chu https://may-chu:8443")),
            (false, "localhost:8080", Ok("localhost http://localhost:8080")),
            (false, "luytre.localhost", Ok("luytre.localhost http://luytre.localhost")),
            (false, "luytre.xa.vn:8080", Err("plain")),
            (false, "notlocalhost", Err("plain")),
            (false, "127.0.0.1:8080", Err("loopback")),
            (true, "[::1]:8443", Err("loopback")),
            (true, "192.168.1.5:8443", Err("number")),
            (true, "[fe80::1]", Err("number")),
        ] {
            assert_eq!(of(secure, host), expected.map(str::to_owned), "{host}");
        }
    }
}
