//! The office's mail server: where letters go out, a trial, and turning it off. For the administrator.

use app::mail::{self, MailSettings, Secured};
use app::noted::{Noted, note};
use app::programme::model::Role;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

const ADMIN: &[Role] = &[Role::Admin];
/// Submission with TLS from the first byte (RFC 8314).
const PORT: u16 = 465;

#[derive(Template)]
#[template(path = "mail.html")]
pub(crate) struct MailPage {
    frame: Frame,
    refused: Option<String>,
    /// What is set up, in one sentence.
    standing: String,
    is_on: bool,
    host: String,
    port: String,
    secured: Vec<Choice>,
    authority: String,
    user: String,
    sender: String,
    sender_name: String,
    address: String,
    at: String,
    /// Where the trial was to go.
    to: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, headers: HeaderMap) -> Result<Page<MailPage>, PageError> {
    visit.needs(ADMIN)?;
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let own = format!("{}://{host}", if site.secure { "https" } else { "http" });
    Ok(Page(page(&site, visit, own).await?))
}

async fn page(site: &Site, visit: Visit, own: String) -> Result<MailPage, PageError> {
    let known = mail::show(&site.app, &visit.by).await?;
    let office = app::office::show(&site.app).await?.map(|o| o.unit.name).unwrap_or_default();
    let frame = visit.frame("/manage");
    let is_on = known.is_some();
    let settings = known.unwrap_or_else(|| MailSettings {
        host: String::new(),
        port: PORT,
        secured: Secured::Tls,
        authority: None,
        user: String::new(),
        sender: String::new(),
        sender_name: office,
        address: own,
        at: jiff::civil::time(7, 30, 0, 0),
    });
    let standing = match is_on {
        true => frame.with("mail-on", &[("host", settings.host.as_str().into())]),
        false => frame.t("mail-none").into_owned(),
    };
    Ok(MailPage { standing, is_on, refused: None, to: String::new(), ..filled(frame, &settings) })
}

/// The form, filled in.
fn filled(frame: Frame, settings: &MailSettings) -> MailPage {
    let way = |s: Secured| Choice {
        value: s.as_str().to_owned(),
        words: frame.code("mail-secured", s.as_str()).into_owned(),
        chosen: s == settings.secured,
    };
    MailPage {
        refused: None,
        standing: String::new(),
        is_on: false,
        host: settings.host.clone(),
        port: settings.port.to_string(),
        secured: Secured::ALL.iter().copied().map(way).collect(),
        authority: settings.authority.clone().unwrap_or_default(),
        user: settings.user.clone(),
        sender: settings.sender.clone(),
        sender_name: settings.sender_name.clone(),
        address: settings.address.clone(),
        at: settings.at.strftime("%H:%M").to_string(),
        to: String::new(),
        frame,
    }
}

pub(crate) async fn save(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let settings = MailSettings {
        host: form.one("host").to_owned(),
        port: form.one("port").parse().map_err(|_| PageError::field("port", "bad-number"))?,
        secured: form.one("secured").parse().map_err(|_| PageError::field("secured", "bad-choice"))?,
        authority: form.some("authority").map(str::to_owned),
        user: form.one("user").to_owned(),
        sender: form.one("sender").to_owned(),
        sender_name: form.one("sender_name").to_owned(),
        address: form.one("address").trim_end_matches('/').to_owned(),
        at: form.one("at").parse().map_err(|_| PageError::field("at", "bad-choice"))?,
    };
    match mail::set(&site.app, &visit.by, settings.clone(), Some(form.raw("password"))).await {
        Ok(()) => {
            note(&site.app, Noted::MailSet, Some(&visit.by.person), &visit.origin).await?;
            Ok(done("/mail", "mail-saved").into_response())
        }
        Err(app::Error::Mail(problem)) => {
            let page = page(&site, visit, String::new()).await?;
            let refused = Some(page.frame.code("mail-problem", problem.as_str()).into_owned());
            let (standing, is_on) = (page.standing, page.is_on);
            Ok(Page(MailPage { refused, standing, is_on, ..filled(page.frame, &settings) }).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn try_out(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    match mail::try_out(&site.app, &visit.by, form.one("to")).await {
        Ok(()) => Ok(done("/mail", "mail-tried").into_response()),
        Err(app::Error::Mail(problem)) => {
            let page = page(&site, visit, String::new()).await?;
            let refused = Some(page.frame.code("mail-problem", problem.as_str()).into_owned());
            Ok(Page(MailPage { refused, to: form.one("to").to_owned(), ..page }).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn off(State(site): State<Site>, visit: Visit, _form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    mail::turn_off(&site.app, &visit.by).await?;
    note(&site.app, Noted::MailOff, Some(&visit.by.person), &visit.origin).await?;
    Ok(done("/mail", "mail-off").into_response())
}
