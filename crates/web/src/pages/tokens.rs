//! Tokens of one's own: making one, whose secret is shown once, and revoking one. The list is a card of the account.

use app::lang::date;
use app::tokens::{self, NewToken, Purpose, TokenView};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::Redirect;

use crate::dates;
use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, calendar, done};
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

pub(crate) async fn make(State(site): State<Site>, visit: Visit, parts: Parts, form: Form) -> Result<Page<TokenPage>, PageError> {
    let name = form.some("name").ok_or_else(|| PageError::field("name", "no-name"))?.to_owned();
    let purpose = Purpose::of(form.one("purpose")).ok_or_else(|| PageError::field("purpose", "bad-choice"))?;
    let until = dates::read(form.one("until")).ok_or_else(|| PageError::field("until", "bad-day"))?;
    let new = NewToken { name, purpose, until };
    let issued = tokens::create(&site.app, &visit.by, new, form.raw("old"), &visit.origin).await?;
    let is_calendar = purpose == Purpose::Calendar;
    let secret = if is_calendar { calendar::address(&site, &parts, &issued.secret) } else { issued.secret };
    Ok(Page(TokenPage { frame: visit.frame("/manage"), name: issued.token.name, secret, is_calendar }))
}

pub(crate) async fn revoke(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    let revoked = tokens::revoke(&site.app, &visit.by.person, &id, &visit.origin).await?;
    if revoked { Ok(done("/account", "token-revoked")) } else { Err(PageError::NotFound) }
}
