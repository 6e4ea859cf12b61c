//! Accounts: how a person comes in. A name to sign in with, a password of their own choice, an authenticator app,
//! recovery codes for the day on which the app is lost.
//!
//! Nobody ever knows another person's password: an administrator hands out an invitation code, good once and for some
//! days, and its owner chooses the password. Signing in itself: [`crate::sessions`].
//! Not here: what a person may do ([`crate::people`]).

mod way;

use crate::open::found;
use crate::passkeys::PasskeyRefusal;
use crate::sessions::{From, is_fresh, note_access, note_failure};
use crate::{App, Error, Result, passwords, policy, seal};
use programme::decide;
use programme::ids::PersonId;
use programme::model::*;
use programme::moment::Moment;
use store::credential::{self, Credential};
use store::{Tx, passkey, session, token};
use totp_rs::{Builder, Totp};

pub use way::Owner;
pub(crate) use way::{Opened, Way, opened, rewrite};

/// Why something about an account was refused. The sentence comes from the catalogue key `refusal-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountRefusal {
    WeakPassword,
    WrongPassword,
    /// The code of the app or a recovery code does not fit.
    WrongCode,
    LoginTaken,
    BadLogin,
    /// The invitation is over, was used, or never was.
    NoInvitation,
    /// The person has no account.
    NoAccount,
    /// Too many wrong codes: to be tried again later.
    Waits,
    /// As many tokens as one person may have.
    TooManyTokens,
    /// A token may not live that long.
    TokenEnd,
    /// Not an e-mail address that a letter can go to.
    BadAddress,
    /// Another code was sent a short time ago, or too many on this day.
    AskedTooOften,
    /// The office asks this person for a second factor.
    FactorRequired,
    /// Who asks others for a second factor has one, and recovery codes, first.
    FactorFirst,
    /// The secret that was shown for an app has waited too long.
    FactorExpired,
    /// Another app stands already: it is turned off first.
    FactorStands,
    /// The account or the session is no longer what it was when the password was looked at.
    JustChanged,
    /// A passkey was not taken.
    Passkey(PasskeyRefusal),
}

impl AccountRefusal {
    pub const CODES: &'static [&'static str] = &[
        "weak_password",
        "wrong_password",
        "wrong_code",
        "login_taken",
        "bad_login",
        "no_invitation",
        "no_account",
        "waits",
        "too_many_tokens",
        "token_end",
        "bad_address",
        "asked_too_often",
        "factor_required",
        "factor_first",
        "factor_expired",
        "factor_stands",
        "just_changed",
    ];

    pub fn code(self) -> &'static str {
        match self {
            AccountRefusal::WeakPassword => "weak_password",
            AccountRefusal::WrongPassword => "wrong_password",
            AccountRefusal::WrongCode => "wrong_code",
            AccountRefusal::LoginTaken => "login_taken",
            AccountRefusal::BadLogin => "bad_login",
            AccountRefusal::NoInvitation => "no_invitation",
            AccountRefusal::NoAccount => "no_account",
            AccountRefusal::Waits => "waits",
            AccountRefusal::TooManyTokens => "too_many_tokens",
            AccountRefusal::TokenEnd => "token_end",
            AccountRefusal::BadAddress => "bad_address",
            AccountRefusal::AskedTooOften => "asked_too_often",
            AccountRefusal::FactorRequired => "factor_required",
            AccountRefusal::FactorFirst => "factor_first",
            AccountRefusal::FactorExpired => "factor_expired",
            AccountRefusal::FactorStands => "factor_stands",
            AccountRefusal::JustChanged => "just_changed",
            AccountRefusal::Passkey(refusal) => refusal.code(),
        }
    }
}

impl std::convert::From<AccountRefusal> for Error {
    fn from(refusal: AccountRefusal) -> Error {
        Error::Account(refusal)
    }
}

/// What an administrator hands to a person: shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub login: String,
    pub code: String,
    pub until: Moment,
}

/// An account as its owner and the administrator see it; no secret stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    pub person: PersonId,
    pub login: String,
    pub has_password: bool,
    /// An authenticator app.
    pub second_factor: bool,
    /// A passkey, or several.
    pub passkey: bool,
    pub recovery_left: usize,
    pub changed_at: Option<Moment>,
    pub invited_until: Option<Moment>,
}

/// The secret of an authenticator app on its way: to be shown as text and as a QR code of `address`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecondFactor {
    /// Base32, as typed into an app by hand.
    pub secret: String,
    /// `otpauth://totp/…`.
    pub address: String,
}

/// What the secret of an app is sealed for.
const FACTOR: &str = "second factor";
/// Minutes that the secret of an app waits for its first code, and in which the password that opened a session counts for it.
pub(crate) const FACTOR_MINUTES: i64 = 10;
/// Days that an invitation is good for.
const INVITATION_DAYS: u32 = 7;
/// Recovery codes that are handed out together.
const RECOVERY_CODES: usize = 10;
/// Letters and digits that nobody takes for another.
const SIGNS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz2";

/// Gives a person an account, or a way back into it: the old password, app, passkeys, sessions and tokens end when it is used.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`]; [`decide::Refusal::BeyondOwnEnd`] from an administrator for a time to somebody who administers
/// or leads for longer;
/// [`AccountRefusal::BadLogin`], [`AccountRefusal::LoginTaken`].
pub async fn invite(app: &App, by: &Actor, person: &PersonId, login: &str, from: &From) -> Result<Invitation> {
    decide::may_administer(by)?;
    let login = login_name(login)?;
    let mut tx = app.inner.db.write().await?;
    let all = app.snapshot().await?;
    all.may_let_in(&by.person, person, all.now(app))?;
    found(store::person::names(&mut tx).await?.get(person), SubjectKind::Grant, person)?;
    if credential::by_login(&mut tx, &login).await?.is_some_and(|c| &c.person != person) {
        return Err(AccountRefusal::LoginTaken.into());
    }
    let code = code(app, 10)?;
    let until = app.now().plus_days(INVITATION_DAYS);
    let invitation = Some(digest(app, &code));
    let new = |c: &mut Credential| (c.login, c.invitation, c.invited_until) = (login.clone(), invitation, Some(until));
    rewrite(&mut tx, person, new).await?;
    note_access(app, &mut tx, "invited", Some(person), &login, from).await?;
    tx.commit().await?;
    Ok(Invitation { login, code: grouped(&code), until })
}

/// As [`invite`], for whoever holds the machine that the record lies on: the way back of the last administrator. It is
/// written into the log of the door like any other.
///
/// # Errors
/// [`AccountRefusal::NoAccount`] for a login that nobody has.
pub async fn invite_at_machine(app: &App, login: &str) -> Result<Invitation> {
    let login = login.trim().to_lowercase();
    let mut tx = app.inner.db.write().await?;
    let current = credential::by_login(&mut tx, &login).await?.ok_or(AccountRefusal::NoAccount)?;
    let code = code(app, 10)?;
    let until = app.now().plus_days(INVITATION_DAYS);
    let (person, invitation) = (current.person, Some(digest(app, &code)));
    rewrite(&mut tx, &person, |c| (c.invitation, c.invited_until) = (invitation, Some(until))).await?;
    note_access(app, &mut tx, "invited", Some(&person), &login, &From::default()).await?;
    tx.commit().await?;
    Ok(Invitation { login, code: grouped(&code), until })
}

/// Takes an invitation and the password that its owner chose; recovery codes come back, shown once.
///
/// # Errors
/// [`AccountRefusal::NoInvitation`], [`AccountRefusal::WeakPassword`], [`AccountRefusal::Waits`].
pub async fn accept(app: &App, login: &str, code: &str, password: &str, from: &From) -> Result<Vec<String>> {
    let login: String = login.trim().to_lowercase().chars().take(100).collect();
    let mut tx = app.inner.db.read().await?;
    let known = credential::by_login(&mut tx, &login).await?;
    drop(tx);
    let taken = app.take_try(&login, known.is_some(), from).map_err(|_| AccountRefusal::Waits)?;
    let wanted = digest(app, &typed(code));
    let invited = |c: &Credential| c.invitation.as_deref() == Some(&wanted) && c.invited_until.is_some_and(|until| app.now() <= until);
    // Before the password is hashed, which takes its time: a flood of made-up codes costs nothing.
    if !known.as_ref().is_some_and(invited) {
        if app.is_noted(&taken, from) {
            note_failure(app, "invitation_wrong", None, &login, from).await?;
        }
        return Err(AccountRefusal::NoInvitation.into());
    }
    app.give_back(taken);
    if passwords::is_weak(password, &login) {
        return Err(AccountRefusal::WeakPassword.into());
    }
    let hash = hash(app, password).await?;
    let mut tx = app.inner.db.write().await?;
    // Inside the transaction once more: a code counts once.
    let person = credential::by_login(&mut tx, &login).await?.ok_or(AccountRefusal::NoInvitation)?.person;
    credential::locked(&mut tx, &person).await?.filter(invited).ok_or(AccountRefusal::NoInvitation)?;
    let codes = codes(app)?;
    rewrite(&mut tx, &person, |c| begin_anew(app, c, hash, &codes)).await?;
    session::remove_of(&mut tx, &person, None).await?;
    token::remove_of(&mut tx, &person).await?;
    passkey::remove_of(&mut tx, &person).await?;
    note_access(app, &mut tx, "password_set", Some(&person), &login, from).await?;
    tx.commit().await?;
    crate::sessions::end_unwritten_of(app, &person, None);
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

/// The account of the person named at set-up, whose password stands in the same form.
pub(crate) async fn found_account(app: &App, tx: &mut Tx, person: &PersonId, login: &str, hash: String) -> Result<Vec<String>> {
    let codes = codes(app)?;
    let new = |c: &mut Credential| {
        login.clone_into(&mut c.login);
        begin_anew(app, c, hash, &codes);
    };
    rewrite(tx, person, new).await?;
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

/// Changes one's own password; all other sessions and all tokens end.
///
/// # Errors
/// [`AccountRefusal`]: wrong, weak, changed meanwhile.
pub async fn change_password(app: &App, owner: Owner<'_>, old: &str, new: &str) -> Result<()> {
    let Owner { person, session, from } = owner;
    let opened = opened(app, owner, old).await?;
    if passwords::is_weak(new, &opened.account().login) {
        return Err(AccountRefusal::WeakPassword.into());
    }
    let (password, changed_at) = (Some(hash(app, new).await?), Some(app.now()));
    let mut tx = app.inner.db.write().await?;
    let new = opened.change(app, &mut tx, |c| (c.password, c.changed_at) = (password, changed_at)).await?;
    session::remove_of(&mut tx, person, Some(session)).await?;
    // Whoever knew the old password may have made some.
    token::remove_of(&mut tx, person).await?;
    note_access(app, &mut tx, "password_set", Some(person), &new.login, from).await?;
    tx.commit().await?;
    crate::sessions::end_unwritten_of(app, person, Some(session));
    Ok(())
}

/// New recovery codes; the old ones are worth nothing from now on.
///
/// # Errors
/// [`AccountRefusal::WrongPassword`], [`AccountRefusal::JustChanged`].
pub async fn new_recovery(app: &App, owner: Owner<'_>, password: &str) -> Result<Vec<String>> {
    let opened = opened(app, owner, password).await?;
    let codes = codes(app)?;
    let recovery = codes.iter().map(|code| digest(app, code)).collect();
    let mut tx = app.inner.db.write().await?;
    let new = opened.change(app, &mut tx, |c| c.recovery = recovery).await?;
    note_access(app, &mut tx, "recovery_made", Some(owner.person), &new.login, owner.from).await?;
    tx.commit().await?;
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

/// A secret on its way into an app: of one session, until it is confirmed or its time is over.
#[derive(Debug, Clone)]
pub(crate) struct PendingFactor {
    person: PersonId,
    secret: [u8; 20],
    until: Moment,
}

/// A secret for an authenticator app, which counts once its first code was typed. In one session it stays the same for
/// [`FACTOR_MINUTES`], so that a wrong code does not part the app from the page.
///
/// # Errors
/// [`AccountRefusal::FactorStands`] beside one that can be turned off first.
pub async fn begin_second_factor(app: &App, by: &PersonId, session: &str) -> Result<NewSecondFactor> {
    let current = app.credential(by).await?.ok_or(AccountRefusal::NoAccount)?;
    may_follow(app, &current).await?;
    let secret = match pending_factor(app, by, session) {
        Some(secret) => secret,
        None => {
            let mut secret = [0; 20];
            app.fill(&mut secret)?;
            let pending = PendingFactor { person: by.clone(), secret, until: app.now().plus_minutes(FACTOR_MINUTES) };
            if let Ok(mut all) = app.inner.pending_factors.lock() {
                all.retain(|_, pending| app.now() <= pending.until);
                all.insert(session.to_owned(), pending);
            }
            secret
        }
    };
    let secret = totp(&secret).secret().to_base32();
    let address = format!("otpauth://totp/Luy%20Tre:{}?secret={secret}&issuer=Luy%20Tre", current.login);
    Ok(NewSecondFactor { secret, address })
}

/// The secret that waits in this session of this person.
fn pending_factor(app: &App, by: &PersonId, session: &str) -> Option<[u8; 20]> {
    let all = app.inner.pending_factors.lock().ok()?;
    all.get(session).filter(|pending| &pending.person == by && app.now() <= pending.until).map(|pending| pending.secret)
}

/// Whether the second factor can be turned off; where the office asks for one and there is no other, an app is only changed for
/// another.
pub async fn may_turn_off_factor(app: &App, person: &PersonId) -> Result<bool> {
    Ok(!policy::asks(app, person).await? || has_passkey(app, person).await?)
}

/// Refused beside an app that can be turned off: two things that are written down, each with the password.
async fn may_follow(app: &App, current: &Credential) -> Result<()> {
    if current.second_factor.is_some() && may_turn_off_factor(app, &current.person).await? {
        return Err(AccountRefusal::FactorStands.into());
    }
    Ok(())
}

/// Whether the first code of an app takes the password too. Not where somebody was led to it right after their password.
pub async fn factor_asks_password(app: &App, owner: Owner<'_>) -> Result<bool> {
    Ok(!is_fresh(app, owner.session, owner.person).await?)
}

/// The first code of the app: from now on it is asked for. All other sessions end, for they were opened without it; the owner's is
/// the one that shows the code. The password is asked for again, so that an open screen gives nobody a lasting way in.
///
/// # Errors
/// [`AccountRefusal::WrongCode`], [`AccountRefusal::WrongPassword`], [`AccountRefusal::JustChanged`],
/// [`AccountRefusal::FactorStands`]; [`AccountRefusal::FactorExpired`] when no secret waits in this session any more.
pub async fn confirm_second_factor(app: &App, owner: Owner<'_>, code: &str, password: &str) -> Result<()> {
    let Owner { person, session, from } = owner;
    let secret = pending_factor(app, person, session).ok_or(AccountRefusal::FactorExpired)?;
    let step = check(&secret, code, app.now(), -1).ok_or(AccountRefusal::WrongCode)?;
    let opened = match factor_asks_password(app, owner).await? {
        true => opened(app, owner, password).await?,
        false => Opened::unasked(app, owner).await?,
    };
    may_follow(app, opened.account()).await?;
    let second_factor = Some(seal::seal(app, FACTOR, &secret)?);
    let mut tx = app.inner.db.write().await?;
    let new = opened.change(app, &mut tx, |c| (c.second_factor, c.second_factor_step) = (second_factor, step)).await?;
    session::remove_of(&mut tx, person, Some(session)).await?;
    session::enrolled(&mut tx, person).await?;
    note_access(app, &mut tx, "second_factor_on", Some(person), &new.login, from).await?;
    tx.commit().await?;
    crate::sessions::end_unwritten_of(app, person, Some(session));
    if let Ok(mut pending) = app.inner.pending_factors.lock() {
        pending.retain(|_, pending| &pending.person != person);
    }
    Ok(())
}

/// Signing in without the app again.
///
/// # Errors
/// [`AccountRefusal::WrongPassword`], [`AccountRefusal::JustChanged`]; [`AccountRefusal::FactorRequired`] where the office asks
/// this person for a second factor and they have no passkey.
pub async fn remove_second_factor(app: &App, owner: Owner<'_>, password: &str) -> Result<()> {
    let opened = opened(app, owner, password).await?;
    let mut tx = app.inner.db.write().await?;
    let new = opened.change(app, &mut tx, |c| c.second_factor = None).await?;
    // After the account is held: nobody takes the last key away meanwhile.
    if policy::asks(app, owner.person).await? && passkey::of(&mut tx, owner.person).await?.is_empty() {
        return Err(AccountRefusal::FactorRequired.into());
    }
    note_access(app, &mut tx, "second_factor_off", Some(owner.person), &new.login, owner.from).await?;
    Ok(tx.commit().await?)
}

/// One person's account.
pub async fn show(app: &App, person: &PersonId) -> Result<Option<AccountView>> {
    let Some(account) = app.credential(person).await? else { return Ok(None) };
    let has_passkey = has_passkey(app, person).await?;
    Ok(Some(view(&account, has_passkey)))
}

/// Every account there is, by login.
pub async fn list(app: &App) -> Result<Vec<AccountView>> {
    let mut tx = app.inner.db.read().await?;
    let holders = passkey::holders(&mut tx).await?;
    Ok(credential::all(&mut tx).await?.iter().map(|c| view(c, holders.contains(&c.person))).collect())
}

fn view(c: &Credential, has_passkey: bool) -> AccountView {
    AccountView {
        person: c.person.clone(),
        login: c.login.clone(),
        has_password: c.password.is_some(),
        second_factor: c.second_factor.is_some(),
        passkey: has_passkey,
        recovery_left: c.recovery.len(),
        changed_at: c.changed_at,
        invited_until: c.invited_until.filter(|_| c.invitation.is_some()),
    }
}

pub(crate) async fn has_passkey(app: &App, person: &PersonId) -> Result<bool> {
    let mut tx = app.inner.db.read().await?;
    Ok(!passkey::of(&mut tx, person).await?.is_empty())
}

impl App {
    pub(crate) async fn credential(&self, person: &PersonId) -> Result<Option<Credential>> {
        let mut tx = self.inner.db.read().await?;
        Ok(credential::of(&mut tx, person).await?)
    }

    pub(crate) fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        if (self.inner.settings.random)(bytes) { Ok(()) } else { Err(Error::NoRandomness) }
    }
}

/// An account with nothing but its name and what its owner chose just now.
fn begin_anew(app: &App, account: &mut Credential, hash: String, codes: &[String]) {
    account.password = Some(hash);
    account.changed_at = Some(app.now());
    account.recovery = codes.iter().map(|code| digest(app, code)).collect();
    (account.second_factor, account.second_factor_step) = (None, -1);
    (account.invitation, account.invited_until) = (None, None);
}

/// A name to sign in with: small Latin letters, digits, dots, hyphens.
pub(crate) fn login_name(typed: &str) -> std::result::Result<String, AccountRefusal> {
    let name = typed.trim().to_lowercase();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let fine = (3..=40).contains(&name.len()) && name.chars().all(fits) && name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if fine { Ok(name) } else { Err(AccountRefusal::BadLogin) }
}

pub(crate) async fn hash(app: &App, password: &str) -> Result<String> {
    let mut salt = [0; 16];
    app.fill(&mut salt)?;
    let password = password.to_owned();
    let hash = app.hashing(move || passwords::hash(&password, &salt)).await?;
    hash.ok_or_else(|| Error::EngineFailed("argon2".to_owned()))
}

pub(crate) async fn holds(app: &App, password: &str, hash: Option<String>) -> Result<bool> {
    let password = password.to_owned();
    app.hashing(move || passwords::holds(&password, hash.as_deref())).await
}

/// A fresh code of so many signs, five bits each.
pub(crate) fn code(app: &App, signs: usize) -> Result<String> {
    let mut bytes = vec![0; signs];
    app.fill(&mut bytes)?;
    // 31 signs stand for 32 values, one of them twice: a tenth of a bit is lost, no sign is hard to read.
    Ok(bytes.iter().map(|b| char::from(SIGNS[usize::from(b & 31)])).collect())
}

fn codes(app: &App) -> Result<Vec<String>> {
    (0..RECOVERY_CODES).map(|_| code(app, 16)).collect()
}

/// As shown: in groups, so that it can be copied from paper.
pub(crate) fn grouped(code: &str) -> String {
    code.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect::<Vec<_>>().join("-")
}

/// As typed, whatever the case, blanks and hyphens.
pub(crate) fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// What is stored of a code: useless without the office's key.
pub(crate) fn digest(app: &App, code: &str) -> String {
    let key = app.inner.key.secret("codes");
    Digest::of(&[&key[..], code.as_bytes()].concat()).to_string()
}

fn totp(secret: &[u8; 20]) -> Totp {
    // RFC 6238 as every app knows it: SHA-1, six digits, thirty seconds, one step either way.
    Builder::new().with_secret(secret.to_vec()).with_skew(1).build_noncompliant()
}

/// The step whose code this is, if it lies after `last`.
fn check(secret: &[u8; 20], code: &str, now: Moment, last: i64) -> Option<i64> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.millis() / 1000).ok()?;
    let step = totp(secret).check(&code, seconds).and_then(|step| i64::try_from(step).ok())?;
    (step > last).then_some(step)
}

/// The step of a code of the person's app, if it is one that was not used yet.
pub(crate) fn check_sealed(app: &App, credential: &Credential, code: &str) -> Result<Option<i64>> {
    let Some(sealed) = &credential.second_factor else { return Ok(None) };
    let secret = seal::unseal(app, FACTOR, sealed).and_then(|bytes| bytes.try_into().ok());
    let secret: [u8; 20] =
        secret.ok_or_else(|| Error::BadRecord { id: credential.person.to_string(), what: "sealed secret".to_owned() })?;
    Ok(check(&secret, code, app.now(), credential.second_factor_step))
}
