//! Choosing for whom one acts, and the language: two cookies, then back to where one was.

use app::lang::Lang;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::PageError;
use crate::form::Form;
use crate::pages::done;
use crate::site::Site;
use crate::visit::{lang_cookie, own_path, person_cookie};

pub(crate) async fn person(State(site): State<Site>, form: Form) -> Result<Response, PageError> {
    let people = app::people::list(&site.app).await?;
    let person = people.into_iter().find(|p| p.id.as_str() == form.one("person"));
    let person = person.ok_or_else(|| PageError::field("acting-person", "bad-choice"))?;
    Ok(with_cookie(person_cookie(&person.id), done(&own_path(form.one("back")), "acting")))
}

pub(crate) async fn language(form: Form) -> Result<Response, PageError> {
    let lang: Lang = form.one("lang").parse().map_err(|_| PageError::field("lang", "bad-choice"))?;
    Ok(with_cookie(lang_cookie(lang), Redirect::to(&own_path(form.one("back")))))
}

fn with_cookie(cookie: Option<HeaderValue>, to: Redirect) -> Response {
    let mut response = to.into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
