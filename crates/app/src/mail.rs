//! Mail from the office's own server, where one is set up: nothing is sent before, and nothing but what people asked for.
//!
//! Settings and their trial here; each person's address in [`wanted`], what is written in `digest`, the way out in
//! `round`, one conversation with a server in `smtp`.
//!
//! ```text
//! mail::set(&app, &admin, settings, password).await?;  mail::try_out(&app, &admin, "mai@xa.vn").await?;
//! mail::round(&app).await?;                            // by the scheduler
//! ```

mod digest;
mod line;
mod round;
mod smtp;
pub mod wanted;

pub(crate) use line::{Fate, Line};
pub use round::{Sent, round};
pub(crate) use smtp::{Outgoing, Server, address};

use crate::lang::{Lang, t};
use crate::{App, Error, Result, seal};
use jiff::civil::Time;
use programme::decide;
use programme::model::Actor;
use programme::moment::Moment;
use serde::{Deserialize, Serialize};
use store::setting;

const SETTING: &str = "mail";
const PURPOSE: &str = "mail password";

programme::codes! {
    /// How the way to the server is kept private.
    Secured {
        /// TLS from the first byte, usually port 465 (RFC 8314).
        Tls = "tls",
        /// TLS before anything is said, usually port 587; never without.
        Starttls = "starttls",
        /// In the clear: only to this machine itself.
        None = "none",
    }
    /// Why mail cannot be sent, in words that somebody can act on; codes of the family `mail-problem`.
    MailProblem {
        NotSetUp = "not_set_up",
        BadHost = "bad_host",
        BadSender = "bad_sender",
        BadRecipient = "bad_recipient",
        BadLink = "bad_link",
        /// What was given as the certificate to trust is none.
        BadAuthority = "bad_authority",
        /// Without TLS to another machine.
        InTheClear = "in_the_clear",
        NameNotFound = "name_not_found",
        Refused = "refused",
        NoAnswer = "no_answer",
        Tls = "tls",
        /// The server offers no STARTTLS.
        NoStarttls = "no_starttls",
        WrongPassword = "wrong_password",
        SenderRefused = "sender_refused",
        RecipientRefused = "recipient_refused",
        ContentRefused = "content_refused",
        /// "Later" (4xx): greylisting, a full queue.
        Later = "later",
        BrokenOff = "broken_off",
        /// The kept password cannot be opened with this office's key.
        PasswordLost = "password_lost",
    }
}

/// The office's mail server and how it is used; the password stands apart, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub secured: Secured,
    /// The only certificate (PEM) that vouches for the server; `None`: those that this machine trusts.
    #[serde(default)]
    pub authority: Option<String>,
    /// Empty: the server asks for no name.
    pub user: String,
    /// The address that letters come from.
    pub sender: String,
    /// The name beside it.
    pub sender_name: String,
    /// Where the pages are reached from the outside, for links: `https://luytre.xa.vn`.
    pub address: String,
    /// When digests are made, in Vietnam.
    pub at: Time,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    settings: MailSettings,
    password: Option<String>,
}

impl MailProblem {
    /// Another try of the same letter would end the same.
    pub(crate) fn is_final(self) -> bool {
        matches!(self, MailProblem::BadRecipient | MailProblem::RecipientRefused | MailProblem::ContentRefused)
    }

    /// It lies with one letter, not with the server: the next letter is worth a try.
    pub(crate) fn is_of_letter(self) -> bool {
        self.is_final() || self == MailProblem::Later
    }
}

impl From<MailProblem> for Error {
    fn from(problem: MailProblem) -> Error {
        Error::Mail(problem)
    }
}

/// The settings; `None` before anything was set up.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`] for anybody but the administrator.
pub async fn show(app: &App, by: &Actor) -> Result<Option<MailSettings>> {
    decide::may_administer(by)?;
    Ok(kept(app).await?.map(|k| k.settings))
}

/// Whether mail is set up at all: who may not see how, may see this.
pub async fn is_set_up(app: &App) -> Result<bool> {
    Ok(kept(app).await?.is_some())
}

/// Keeps the settings; `password`: a new one, or `None` to keep the one there is. It goes nowhere but to the server that it
/// was typed for: for another server or user it has to be typed again.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`]; the [`MailProblem`] of the field that is wrong.
pub async fn set(app: &App, by: &Actor, settings: MailSettings, password: Option<&str>) -> Result<()> {
    decide::may_administer(by)?;
    smtp::check(&settings)?;
    let before = kept(app).await?;
    let same = |k: &Kept| k.settings.host == settings.host && k.settings.port == settings.port && k.settings.user == settings.user;
    let password = match password.filter(|p| !p.is_empty()) {
        Some(new) => Some(seal::seal(app, PURPOSE, new.as_bytes())?),
        None => before.filter(same).and_then(|k| k.password),
    };
    let mut tx = app.inner.db.write().await?;
    crate::kept::put(&mut tx, SETTING, &Kept { settings, password }).await?;
    Ok(tx.commit().await?)
}

/// Forgets the server: from now on nothing is sent.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`].
pub async fn turn_off(app: &App, by: &Actor) -> Result<()> {
    decide::may_administer(by)?;
    let mut tx = app.inner.db.write().await?;
    setting::put(&mut tx, SETTING, "").await?;
    Ok(tx.commit().await?)
}

/// Sends a letter that says nothing but that mail works, at once.
///
/// # Errors
/// [`decide::Refusal::RoleMissing`]; [`MailProblem`]: what has to be put right.
pub async fn try_out(app: &App, by: &Actor, to: &str) -> Result<()> {
    decide::may_administer(by)?;
    send_now(app, to, &t(Lang::Vi, "mail-trial-subject"), &t(Lang::Vi, "mail-trial-body")).await
}

/// Sends a letter while somebody waits for it.
async fn send_now(app: &App, to: &str, subject: &str, body: &str) -> Result<()> {
    let server = server(app).await?.ok_or(MailProblem::NotSetUp)?;
    let id = app.ids()?.make::<programme::ids::ContentId>().to_string();
    Ok(smtp::deliver(&server, &smtp::Outgoing { id: &id, to, subject, body, from: None }).await?)
}

/// The settings with the password opened.
pub(crate) async fn server(app: &App) -> Result<Option<smtp::Server>> {
    let Some(Kept { settings, password }) = kept(app).await? else { return Ok(None) };
    let open = |sealed: String| seal::unseal(app, PURPOSE, &sealed).and_then(|bytes| String::from_utf8(bytes).ok());
    let password = match password {
        Some(sealed) => Some(open(sealed).ok_or(MailProblem::PasswordLost)?),
        None => None,
    };
    Ok(Some(smtp::Server { settings, password }))
}

async fn kept(app: &App) -> Result<Option<Kept>> {
    let mut tx = app.inner.db.read().await?;
    crate::kept::get(&mut tx, SETTING).await
}

/// How mail stands, for whoever keeps the program running.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailStanding {
    pub waiting: usize,
    /// Given up in the last seven days.
    pub given_up: usize,
    /// The latest problem, and when.
    pub problem: Option<(String, Moment)>,
}

/// Counts what is on its way; `None` where mail is not set up.
pub async fn standing(app: &App) -> Result<Option<MailStanding>> {
    if !is_set_up(app).await? {
        return Ok(None);
    }
    let mut tx = app.inner.db.read().await?;
    let week = app.now().plus_minutes(-7 * 24 * 60);
    let rows = store::mail::standing(&mut tx).await?;
    let count = |wanted: &dyn Fn(&str, Moment) -> bool| rows.iter().filter(|(state, _, at)| wanted(state, *at)).count();
    Ok(Some(MailStanding {
        waiting: count(&|state, _| state == "waiting" || state == "sending"),
        given_up: count(&|state, at| state == "given_up" && week <= at),
        problem: rows.iter().find_map(|(state, problem, at)| Some((problem.clone().filter(|_| state != "sent")?, *at))),
    }))
}
