//! Coming in and going out: password, code, invitation; the language. The only pages for people whom nobody knows yet.

use app::accounts;
use app::lang::Lang;
use app::passkeys::{Address, UsedKey};
use app::sessions::{self, Entered, SignedIn};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::cookies;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::guard::way_back;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::passkeys::{self, Words};
use crate::pages::{Page, done, only_here};
use crate::site::Site;
use crate::visit::{Choice, Frame, Turned, Visit, host, origin, own_path};

#[derive(Template)]
#[template(path = "sign_in.html")]
pub(crate) struct SignInPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// Why the attempt before came to nothing.
    refused: Option<String>,
    login: String,
    to: String,
    /// The people of a demonstration, who need no password.
    demo: Vec<Choice>,
    /// Signing in with a passkey, where the address allows it.
    passkey: Option<Words>,
}

#[derive(Template)]
#[template(path = "second.html")]
pub(crate) struct SecondPage {
    frame: Frame,
    refused: bool,
    half: String,
    to: String,
    passkey: Option<Words>,
}

#[derive(Template)]
#[template(path = "invitation.html")]
pub(crate) struct InvitationPage {
    frame: Frame,
    errors: Vec<WrongField>,
    refused: Option<String>,
    login: String,
    code: String,
}

/// Codes that are shown once.
#[derive(Template)]
#[template(path = "recovery.html")]
pub(crate) struct RecoveryPage {
    pub(crate) frame: Frame,
    pub(crate) codes: Vec<String>,
    pub(crate) next: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    to: String,
    done: Option<String>,
}

/// What stands around a page for whoever is not signed in: the office's name.
pub(super) async fn frame(site: &Site, headers: &HeaderMap, path: &str) -> Result<Frame, PageError> {
    let office = app::office::show(&site.app).await?.map(|office| office.unit.name).unwrap_or_default();
    Ok(Frame::bare(site, headers, office, path))
}

/// What stands around a page that is open to everybody, in the public part that begins with `here`: beside the other pages for
/// who is signed in, beside the other public ones for everybody else.
pub(super) async fn public_frame(site: &Site, visit: Result<Visit, Turned>, parts: &Parts, here: &'static str) -> Result<Frame, PageError> {
    match visit {
        Ok(visit) => Ok(visit.frame(here)),
        Err(_) => Ok(frame(site, &parts.headers, own_path(parts.uri.path()).as_str()).await?.in_public(here)),
    }
}

async fn sign_in_page(site: &Site, headers: &HeaderMap, to: &str) -> Result<SignInPage, PageError> {
    let demo = if site.local && app::demo::is_demo(&site.app).await? { demo_people(site, headers).await? } else { Vec::new() };
    let frame = frame(site, headers, "/sign-in").await?;
    let passkey = Words::for_signing_in(site, headers);
    Ok(SignInPage { frame, errors: Vec::new(), refused: None, login: String::new(), to: own_path(to), demo, passkey })
}

async fn demo_people(site: &Site, headers: &HeaderMap) -> Result<Vec<Choice>, PageError> {
    let lang = cookies::lang(headers);
    let people = app::people::list(&site.app).await?;
    let choice = |p: app::views::PersonRow| {
        let roles: Vec<_> = p.roles.iter().map(|r| app::lang::code(lang, "role", r.as_str())).collect();
        let words = format!("{} – {} ({})", p.name.unwrap_or_default(), p.unit_name, roles.join(", "));
        Choice { value: p.id.to_string(), words, chosen: false }
    };
    Ok(people.into_iter().map(choice).collect())
}

pub(crate) async fn form(State(site): State<Site>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    if app::office::show(&site.app).await?.is_none() {
        return Ok(Redirect::to("/setup").into_response());
    }
    let mut page = sign_in_page(&site, &headers, &asked.to).await?;
    page.frame.notice = app::lang::NOTICES.iter().copied().find(|n| Some(*n) == asked.done.as_deref());
    Ok(Page(page).into_response())
}

pub(crate) async fn sign_in(State(site): State<Site>, parts: Parts, form: Form) -> Result<Response, PageError> {
    let (login, password, to) = (form.one("login"), form.raw("password"), own_path(form.one("to")));
    let mut wrong = Vec::new();
    if login.is_empty() {
        wrong.push(FieldError { field: "login", code: "no-login" });
    }
    if password.is_empty() {
        wrong.push(FieldError { field: "password", code: "no-password" });
    }
    let entered = match wrong.is_empty() {
        true => Some(sessions::sign_in(&site.app, login, password, &origin(&parts)).await?),
        false => None,
    };
    let refused = match entered {
        Some(Entered::In(signed)) => return Ok(welcome(&site, &signed, Redirect::to(&to).into_response())),
        Some(Entered::Second { half }) => {
            let frame = frame(&site, &parts.headers, "/sign-in").await?;
            let passkey = Words::for_signing_in(&site, &parts.headers);
            return Ok(Page(SecondPage { frame, refused: false, half, to, passkey }).into_response());
        }
        entered => entered,
    };
    let page = sign_in_page(&site, &parts.headers, &to).await?;
    let refused = refused.map(|entered| match entered {
        Entered::Wait(minutes) => page.frame.with("sign-in-wait", &[("minutes", minutes.into())]),
        _ => page.frame.t("sign-in-wrong").into_owned(),
    });
    let errors = wrong_fields(&page.frame, &wrong);
    Ok(Page(SignInPage { refused, errors, login: login.to_owned(), ..page }).into_response())
}

/// The code that follows a right password.
pub(crate) async fn second(State(site): State<Site>, parts: Parts, form: Form) -> Result<Response, PageError> {
    let (half, to) = (form.one("half"), own_path(form.one("to")));
    match sessions::second(&site.app, half, form.one("code"), &origin(&parts)).await? {
        Entered::In(signed) => Ok(welcome(&site, &signed, Redirect::to(&to).into_response())),
        _ => {
            let frame = frame(&site, &parts.headers, "/sign-in").await?;
            let passkey = Words::for_signing_in(&site, &parts.headers);
            Ok(Page(SecondPage { frame, refused: true, half: half.to_owned(), to, passkey }).into_response())
        }
    }
}

/// What a browser needs to use a passkey.
pub(crate) async fn passkey_begin(State(site): State<Site>, parts: Parts, _form: Form) -> Result<Response, PageError> {
    let address = passkeys::allowed(Address::of(site.secure, &host(&parts.headers)))?;
    let browser = cookies::bound_to(&parts.headers, site.secure).unwrap_or_default();
    let challenge = app::passkeys::ask(&site.app, &address, &browser)?;
    Ok(passkeys::options(&address, &challenge))
}

/// A passkey in place of password and code.
pub(crate) async fn passkey(State(site): State<Site>, parts: Parts, form: Form) -> Result<Response, PageError> {
    let address = passkeys::allowed(Address::of(site.secure, &host(&parts.headers)))?;
    let (browser, to) = (cookies::bound_to(&parts.headers, site.secure).unwrap_or_default(), own_path(form.one("to")));
    let shown = UsedKey {
        credential: form.one("credential"),
        client: form.one("client"),
        authenticator: form.one("authenticator"),
        signature: form.one("signature"),
        handle: form.one("handle"),
    };
    let entered = app::passkeys::sign_in(&site.app, &address, &browser, shown, &origin(&parts)).await;
    let page = sign_in_page(&site, &parts.headers, &to).await?;
    let refused = match entered {
        Ok(Entered::In(signed)) => return Ok(welcome(&site, &signed, Redirect::to(&to).into_response())),
        Ok(Entered::Wait(minutes)) => page.frame.with("sign-in-wait", &[("minutes", minutes.into())]),
        Ok(_) => page.frame.t("sign-in-wrong").into_owned(),
        Err(app::Error::Account(refusal)) => page.frame.code("refusal", refusal.code()).into_owned(),
        Err(other) => return Err(other.into()),
    };
    Ok(Page(SignInPage { refused: Some(refused), ..page }).into_response())
}

/// One click for the people of a demonstration, on this machine only.
pub(crate) async fn sign_in_as(State(site): State<Site>, parts: Parts, form: Form) -> Result<Response, PageError> {
    let person = form.one("person").parse().map_err(|_| PageError::field("person", "bad-choice"))?;
    let signed = match site.local {
        true => sessions::sign_in_as(&site.app, &person, &origin(&parts)).await?,
        false => None,
    };
    let signed = signed.ok_or(PageError::NotFound)?;
    Ok(welcome(&site, &signed, Redirect::to(&own_path(form.one("to"))).into_response()))
}

pub(crate) async fn sign_out(State(site): State<Site>, parts: Parts, _form: Form) -> Result<Response, PageError> {
    if let Some(cookie) = cookies::session(&parts.headers, site.secure) {
        sessions::sign_out(&site.app, &cookie, &origin(&parts)).await?;
    }
    Ok(with_cookies(done("/sign-in", "signed-out").into_response(), [cookies::end_session(site.secure)]))
}

pub(crate) async fn invitation_form(State(site): State<Site>, headers: HeaderMap) -> Result<Response, PageError> {
    if app::office::show(&site.app).await?.is_none() {
        return Ok(Redirect::to("/setup").into_response());
    }
    let frame = frame(&site, &headers, "/invitation").await?;
    let page = InvitationPage { frame, errors: Vec::new(), refused: None, login: String::new(), code: String::new() };
    Ok(Page(page).into_response())
}

/// A password of one's own for the code that the administrator handed over; whoever has both is in.
pub(crate) async fn accept(State(site): State<Site>, parts: Parts, form: Form) -> Result<Response, PageError> {
    let (login, code, password) = (form.one("login"), form.one("code"), form.raw("password"));
    let wrong = wrong_password(&form);
    let accepted = match wrong.is_empty() {
        true => Some(accounts::accept(&site.app, login, code, password, &origin(&parts)).await),
        false => None,
    };
    let refused = match accepted {
        Some(Ok(codes)) => {
            let Entered::In(signed) = sessions::sign_in(&site.app, login, password, &origin(&parts)).await? else {
                return Ok(Redirect::to("/sign-in").into_response());
            };
            return codes_page(&site, &parts, &signed, codes).await;
        }
        Some(Err(app::Error::Account(refusal))) => Some(refusal.code()),
        Some(Err(other)) => return Err(other.into()),
        None => None,
    };
    let frame = frame(&site, &parts.headers, "/invitation").await?;
    let refused = refused.map(|code| frame.code("refusal", code).into_owned());
    let errors = wrong_fields(&frame, &wrong);
    Ok(Page(InvitationPage { frame, errors, refused, login: login.to_owned(), code: code.to_owned() }).into_response())
}

/// Two new passwords that have to be the same one.
pub(crate) fn wrong_password(form: &Form) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if form.raw("password").is_empty() {
        wrong.push(FieldError { field: "password", code: "no-password" });
    } else if form.raw("password") != form.raw("again") {
        wrong.push(FieldError { field: "again", code: "not-same" });
    }
    wrong
}

/// Somebody came in for the first time: the codes first, then the work.
pub(crate) async fn codes_page(site: &Site, parts: &Parts, signed: &SignedIn, codes: Vec<String>) -> Result<Response, PageError> {
    let frame = frame(site, &parts.headers, "/").await?;
    Ok(welcome(site, signed, only_here(Page(RecoveryPage { frame, codes, next: "/".to_owned() }))))
}

pub(crate) async fn language(State(site): State<Site>, headers: HeaderMap, form: Form) -> Result<Response, PageError> {
    let lang: Lang = form.one("lang").parse().map_err(|_| PageError::field("lang", "bad-choice"))?;
    let back = Redirect::to(&same_page(&way_back(&site, &headers), form.one("back"))).into_response();
    Ok(with_cookies(back, [cookies::set_lang(lang, site.secure)]))
}

/// The page as it was, with what was searched for and filtered there, where the browser says so; what it said was done is not
/// said again.
fn same_page(from: &str, path: &str) -> String {
    let Some((_, query)) = from.split_once('?').filter(|(from, _)| *from == path) else { return own_path(path) };
    let is_notice = |pair: &&str| ["done=", "n="].iter().any(|key| pair.starts_with(key));
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_notice(pair)).collect();
    if kept.is_empty() { own_path(path) } else { format!("{path}?{}", kept.join("&")) }
}

fn welcome(site: &Site, signed: &SignedIn, response: Response) -> Response {
    with_cookies(response, [cookies::set_session(&signed.cookie, site.secure), cookies::set_device(&signed.device, site.secure)])
}

fn with_cookies<const N: usize>(mut response: Response, cookies: [Option<HeaderValue>; N]) -> Response {
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_language_keeps_what_was_searched_for_and_repeats_no_notice() {
        for (from, path, back) in [
            ("/tasks?q=an+toan&page=2", "/tasks", "/tasks?q=an+toan&page=2"),
            ("/tasks?done=assigned&n=3&q=an", "/tasks", "/tasks?q=an"),
            ("/tasks?done=assigned", "/tasks", "/tasks"),
            ("/letters?q=a", "/tasks", "/tasks"),
            ("/", "//evil.example/", "/"),
        ] {
            assert_eq!(same_page(from, path), back, "{from}");
        }
    }
}
