//! One's own passkeys: the part of the account's page about them, and what the script asks for and hands in.
//!
//! The page is a plain form; the script (`passkey.js`) fetches what the browser needs, lets the browser make the key, and sends
//! the form with the answer in it. Signing in with one: [`crate::pages::sign_in`].

use app::accounts::AccountRefusal;
use app::lang::{Lang, date};
use app::passkeys::{self, Address, NewKey, NoPasskeys, PasskeyView, Wanted};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use crate::cookies;
use crate::error::PageError;
use crate::form::Form;
use crate::pages::{account, done_at};
use crate::site::Site;
use crate::visit::{Visit, host};

/// The part of the account's page.
pub(crate) struct Keys {
    pub(crate) items: Vec<KeyItem>,
    /// The form for a new one, or why there is none at this address.
    pub(crate) adding: Result<Adding, String>,
    pub(crate) most: usize,
}

pub(crate) struct KeyItem {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) meta: Vec<String>,
    /// It is for another name of this server.
    pub(crate) elsewhere: Option<String>,
    /// The form that takes it away stands open.
    pub(crate) open: bool,
    /// Id of the field for the password in it.
    pub(crate) field: String,
}

/// The form for a new one.
pub(crate) struct Adding {
    pub(crate) words: Words,
    /// Browsers trust the server only once this computer was told to.
    pub(crate) own_certificate: bool,
    pub(crate) most: usize,
}

/// What a form says about the one name that its keys are good for.
pub(crate) struct Words {
    pub(crate) hint: String,
    /// Of a browser that was not let, or did not find one.
    pub(crate) cancelled: String,
    pub(crate) security: String,
}

impl Words {
    fn of(lang: Lang, host: &str, [hint, cancelled]: [&str; 2]) -> Words {
        let words = |key: &str| app::lang::t_with(lang, key, &[("host", host.into())]).into_owned();
        Words { hint: words(hint), cancelled: words(cancelled), security: words("passkeys-security") }
    }

    /// For signing in, where the address allows it.
    pub(crate) fn for_signing_in(site: &Site, headers: &HeaderMap) -> Option<Words> {
        let address = Address::of(site.secure, &host(headers)).ok()?;
        Some(Words::of(cookies::lang(headers), &address.host, ["passkeys-in-hint", "passkeys-cancelled"]))
    }
}

impl Keys {
    pub(crate) async fn of(site: &Site, visit: &Visit) -> Result<Keys, PageError> {
        let host = visit.address(site).ok().map(|address| address.host);
        let keys = passkeys::list(&site.app, &visit.by.person).await?;
        let adding = Adding::at(site, visit).map_err(|why| app::lang::code(visit.lang, "no-passkeys", why.code()).into_owned());
        let items = keys.into_iter().map(|key| item(visit.lang, key, host.as_deref())).collect();
        Ok(Keys { items, adding, most: passkeys::MOST_NAME })
    }

    /// Opens the form that takes one away, as it was sent.
    pub(crate) fn opens(&mut self, key: &str) {
        for item in self.items.iter_mut().filter(|item| item.id == key) {
            (item.open, item.field) = (true, "key-old".to_owned());
        }
    }
}

impl Adding {
    pub(crate) fn at(site: &Site, visit: &Visit) -> Result<Adding, NoPasskeys> {
        let words = Words::of(visit.lang, &visit.address(site)?.host, ["passkeys-host", "passkeys-not-made"]);
        Ok(Adding { words, own_certificate: site.secure && !site.strict, most: passkeys::MOST_NAME })
    }
}

fn item(lang: Lang, key: PasskeyView, here: Option<&str>) -> KeyItem {
    let on = |words: &str, day| app::lang::t_with(lang, words, &[("date", date(day).into())]).into_owned();
    let used = match key.used_on {
        Some(day) => on("passkeys-used", day),
        None => app::lang::t(lang, "passkeys-unused").into_owned(),
    };
    let synced = key.synced.then(|| app::lang::t(lang, "passkeys-synced").into_owned());
    let elsewhere = || app::lang::t_with(lang, "passkeys-elsewhere", &[("host", key.host.as_str().into())]).into_owned();
    KeyItem {
        elsewhere: (here != Some(key.host.as_str())).then(elsewhere),
        meta: [Some(on("passkeys-since", key.created_at.day())), Some(used), synced].into_iter().flatten().collect(),
        open: false,
        field: format!("key-old-{}", key.id),
        id: key.id,
        name: key.name,
    }
}

/// The address of a page, which must be one for passkeys: no page of ours sends the form anywhere else.
pub(crate) fn allowed(address: Result<Address, NoPasskeys>) -> Result<Address, PageError> {
    address.map_err(|_| PageError::Unusable("passkey_address".to_owned()))
}

/// What a browser needs to make a passkey; the words of a refusal where the password is wrong or the name is none.
pub(crate) async fn begin(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let address = allowed(visit.address(&site))?;
    let new = (form.one("name"), form.raw("old"));
    let code = match passkeys::begin(&site.app, &visit.by.person, &address, &visit.session, new, &visit.origin).await {
        Ok(wanted) => return Ok(json_answer(&creation(&wanted, &app::lang::t(visit.lang, "product")))),
        Err(app::Error::Account(refusal)) => refusal.code(),
        Err(app::Error::Refused(refusal)) => refusal.code(),
        Err(other) => return Err(other.into()),
    };
    Ok(json_answer(&json!({ "refused": app::lang::code(visit.lang, "refusal", code) })))
}

/// `PublicKeyCredentialCreationOptionsJSON`.
fn creation(wanted: &Wanted, product: &str) -> Value {
    let key = |id: &String| json!({ "type": "public-key", "id": id });
    json!({
        "rp": { "id": wanted.host, "name": product },
        "user": { "id": wanted.handle, "name": wanted.login, "displayName": wanted.person },
        "challenge": wanted.challenge,
        "pubKeyCredParams": passkeys::ALGORITHMS.map(|alg| json!({ "type": "public-key", "alg": alg })),
        "timeout": passkeys::MINUTES * 60_000,
        "excludeCredentials": wanted.known.iter().map(key).collect::<Vec<_>>(),
        "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "required" },
        "attestation": "none",
    })
}

/// `PublicKeyCredentialRequestOptionsJSON`: any passkey that the browser has for this name.
pub(crate) fn options(address: &Address, challenge: &str) -> Response {
    let timeout = passkeys::MINUTES * 60_000;
    json_answer(&json!({ "rpId": address.host, "challenge": challenge, "timeout": timeout, "userVerification": "required" }))
}

fn json_answer(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

pub(crate) async fn add(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    let address = allowed(visit.address(&site))?;
    let shown = NewKey { client: form.one("client"), attestation: form.one("attestation") };
    passkeys::add(&site.app, &visit.by.person, &address, &visit.session, shown, &visit.origin).await?;
    Ok(done_at("/account", "passkey-added", "#passkeys"))
}

pub(crate) async fn rename(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let found = passkeys::rename(&site.app, &visit.by.person, &id, form.one("name")).await?;
    if found { Ok(done_at("/account", "passkey-renamed", "#passkeys")) } else { Err(PageError::NotFound) }
}

pub(crate) async fn remove(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    match passkeys::remove(&site.app, visit.owner(), &id, form.raw("old")).await {
        Ok(true) => Ok(done_at("/account", "passkey-removed", "#passkeys").into_response()),
        Ok(false) => Err(PageError::NotFound),
        Err(app::Error::Account(refusal @ (AccountRefusal::WrongPassword | AccountRefusal::Waits))) => {
            account::key_again(&site, visit, &id, refusal.code()).await
        }
        Err(other) => Err(other.into()),
    }
}
