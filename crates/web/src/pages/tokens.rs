//! Tokens of one's own: making one, whose secret is shown once, and revoking one. The list is a card of the account.

use app::accounts::AccountRefusal;
use app::lang::date;
use app::programme::decide::Refusal;
use app::tokens::{self, NewToken, Purpose, TokenView};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::{Redirect, Response};
use jiff::civil::Date;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::{Page, account, calendar, done, only_here};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "token.html")]
pub(crate) struct TokenPage {
    frame: Frame,
    name: String,
    /// The secret itself, or the address of the calendar that it opens.
    secret: String,
    is_calendar: bool,
}

/// A token in the list.
pub(crate) struct TokenItem {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) meta: Vec<String>,
    pub(crate) over: bool,
}

impl TokenItem {
    pub(crate) fn of(frame: &Frame, t: &TokenView) -> TokenItem {
        let day = |key: &str, day| frame.with(key, &[("date", date(day).into())]);
        let used = t.used_on.map_or_else(|| frame.t("account-token-unused").into_owned(), |on| day("account-token-used", on));
        let purpose = frame.code("token-purpose", t.purpose.as_str()).into_owned();
        let meta = vec![purpose, t.unit_name.clone(), day("account-token-end", t.until), used];
        TokenItem { id: t.id.clone(), name: t.name.clone(), meta, over: t.over }
    }
}

pub(crate) async fn make(State(site): State<Site>, visit: Visit, parts: Parts, form: Form) -> Result<Response, PageError> {
    let purpose = Purpose::of(form.one("purpose")).ok_or_else(|| PageError::field("purpose", "bad-choice"))?;
    let until = match read(&form) {
        Ok(until) => until,
        Err(wrong) => return account::again(&site, visit, "token", &form, &wrong).await,
    };
    let new = NewToken { name: form.one("name").to_owned(), purpose, until };
    let issued = match tokens::create(&site.app, &visit.by, &visit.session, new, form.raw("old"), &visit.origin).await {
        Ok(issued) => issued,
        Err(error) => {
            let wrong = wrong_field(&error).ok_or_else(|| PageError::from(error))?;
            return account::again(&site, visit, "token", &form, &[wrong]).await;
        }
    };
    let is_calendar = purpose == Purpose::Calendar;
    let secret = if is_calendar { calendar::address(&site, &parts, &issued.secret) } else { issued.secret };
    Ok(only_here(Page(TokenPage { frame: visit.frame("/manage"), name: issued.token.name, secret, is_calendar })))
}

/// The last day of the token; or all that is wrong with the form.
fn read(form: &Form) -> Result<Date, Vec<FieldError>> {
    let mut wrong = Vec::new();
    if form.some("name").is_none() {
        wrong.push(FieldError { field: "token-name", code: "no-name" });
    }
    let until = dates::read(form.one("until"));
    if until.is_none() {
        wrong.push(FieldError { field: "token-until", code: "bad-day" });
    }
    until.filter(|_| wrong.is_empty()).ok_or(wrong)
}

/// The field that a refusal speaks of.
fn wrong_field(error: &app::Error) -> Option<FieldError> {
    let (field, code) = match error {
        app::Error::Refused(Refusal::EmptyText) => ("token-name", "no-name"),
        app::Error::Refused(Refusal::TooLong) => ("token-name", "name-too-long"),
        app::Error::Refused(refusal @ Refusal::EndDatePast) => ("token-until", refusal.code()),
        app::Error::Account(refusal @ AccountRefusal::TokenEnd) => ("token-until", refusal.code()),
        app::Error::Account(refusal @ AccountRefusal::TooManyTokens) => ("token-name", refusal.code()),
        app::Error::Account(refusal @ (AccountRefusal::WrongPassword | AccountRefusal::Waits)) => ("token-old", refusal.code()),
        _ => return None,
    };
    Some(FieldError { field, code })
}

pub(crate) async fn revoke(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let revoked = tokens::revoke(&site.app, &visit.by.person, &id, &visit.origin).await?;
    if revoked { Ok(done("/account", "token-revoked")) } else { Err(PageError::NotFound) }
}
