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
mod round;
mod smtp;
pub mod wanted;

pub use round::{Sent, round};

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

/// How the way to the server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secured {
    /// TLS from the first byte, usually port 465 (RFC 8314).
    Tls,
    /// TLS before anything is said, usually port 587; never without.
    Starttls,
    /// In the clear: only to this machine itself.
    None,
}

impl Secured {
    pub const ALL: [Secured; 3] = [Secured::Tls, Secured::Starttls, Secured::None];

    pub fn as_str(self) -> &'static str {
        match self {
            Secured::Tls => "tls",
            Secured::Starttls => "starttls",
            Secured::None => "none",
        }
    }

    /// The way of a code.
    pub fn of(code: &str) -> Option<Secured> {
        Secured::ALL.into_iter().find(|s| s.as_str() == code)
    }
}

/// The office's mail server and how it is used; the password stands apart, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub secured: Secured,
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

/// Why mail cannot be sent, in words that somebody can act on; codes of the family `mail-problem`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailProblem {
    NotSetUp,
    BadHost,
    BadSender,
    BadRecipient,
    BadLink,
    /// Without TLS to another machine.
    InTheClear,
    NameNotFound,
    Refused,
    NoAnswer,
    Tls,
    /// The server offers no STARTTLS.
    NoStarttls,
    WrongPassword,
    SenderRefused,
    RecipientRefused,
    ContentRefused,
    /// "Later" (4xx): greylisting, a full queue.
    Later,
    BrokenOff,
    /// The kept password cannot be opened with this office's key.
    PasswordLost,
}

impl MailProblem {
    pub const ALL: [MailProblem; 18] = [
        MailProblem::NotSetUp,
        MailProblem::BadHost,
        MailProblem::BadSender,
        MailProblem::BadRecipient,
        MailProblem::BadLink,
        MailProblem::InTheClear,
        MailProblem::NameNotFound,
        MailProblem::Refused,
        MailProblem::NoAnswer,
        MailProblem::Tls,
        MailProblem::NoStarttls,
        MailProblem::WrongPassword,
        MailProblem::SenderRefused,
        MailProblem::RecipientRefused,
        MailProblem::ContentRefused,
        MailProblem::Later,
        MailProblem::BrokenOff,
        MailProblem::PasswordLost,
    ];

    pub fn code(self) -> &'static str {
        match self {
            MailProblem::NotSetUp => "not_set_up",
            MailProblem::BadHost => "bad_host",
            MailProblem::BadSender => "bad_sender",
            MailProblem::BadRecipient => "bad_recipient",
            MailProblem::BadLink => "bad_link",
            MailProblem::InTheClear => "in_the_clear",
            MailProblem::NameNotFound => "name_not_found",
            MailProblem::Refused => "refused",
            MailProblem::NoAnswer => "no_answer",
            MailProblem::Tls => "tls",
            MailProblem::NoStarttls => "no_starttls",
            MailProblem::WrongPassword => "wrong_password",
            MailProblem::SenderRefused => "sender_refused",
            MailProblem::RecipientRefused => "recipient_refused",
            MailProblem::ContentRefused => "content_refused",
            MailProblem::Later => "later",
            MailProblem::BrokenOff => "broken_off",
            MailProblem::PasswordLost => "password_lost",
        }
    }

    /// Another try of the same letter would end the same.
    fn is_final(self) -> bool {
        matches!(self, MailProblem::BadRecipient | MailProblem::RecipientRefused | MailProblem::ContentRefused)
    }

    /// It lies with one letter, not with the server: the next letter is worth a try.
    fn is_of_letter(self) -> bool {
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
    Ok(smtp::deliver(&server, &smtp::Outgoing { id: &id, to, subject, body }).await?)
}

/// The settings with the password opened.
async fn server(app: &App) -> Result<Option<smtp::Server>> {
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
