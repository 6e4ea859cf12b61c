//! Who looks at a page, and in what language: read from cookies, with what every page shows around its own content.
//!
//! Sign-in comes later: until then one local administrator acts for a person of the office, chosen in the header.
//! Cookies hold a language tag, a person's id and a random visitor's mark; each is checked against a list before it is used.
//!
//! ```text
//! async fn show(visit: Visit, …) -> Result<Page<HomePage>, PageError> { Ok(Page(HomePage { frame: visit.frame("/"), … })) }
//! ```

use std::borrow::Cow;

use app::App;
use app::lang::{self, Arg, Lang};
use app::programme::ids::PersonId;
use app::programme::model::Actor;
use app::views::PersonRow;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::error::PageError;
use crate::site::Site;
use crate::{assets, form};

const LANG: &str = "luytre_lang";
const PERSON: &str = "luytre_person";
const VISITOR: &str = "luytre_visitor";

/// One visit: who acts, in what language, from where.
pub(crate) struct Visit {
    pub(crate) lang: Lang,
    pub(crate) by: Actor,
    office: String,
    acting: String,
    people: Vec<Choice>,
    token: String,
    path: String,
    notice: Option<&'static str>,
}

/// One entry of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) words: String,
    pub(crate) chosen: bool,
}

/// What stands around the content of every page, and the words of its templates.
pub(crate) struct Frame {
    pub(crate) lang: Lang,
    pub(crate) office: String,
    pub(crate) acting_name: String,
    pub(crate) people: Vec<Choice>,
    pub(crate) token: String,
    pub(crate) path: String,
    pub(crate) notice: Option<&'static str>,
    here: &'static str,
}

pub(crate) struct MenuItem {
    pub(crate) href: &'static str,
    pub(crate) key: &'static str,
    pub(crate) here: bool,
}

/// Why there is no visit: the office is not set up yet, or something failed.
pub(crate) enum Turned {
    ToSetUp,
    Failed(PageError),
}

const MENU: &[(&str, &str)] = &[
    ("/", "nav-home"),
    ("/letters", "nav-letters"),
    ("/tasks", "nav-tasks"),
    ("/inspection", "nav-inspection"),
    ("/difficulties", "nav-difficulties"),
    ("/returns", "nav-returns"),
    ("/units", "nav-units"),
    ("/ledger", "nav-ledger"),
];

impl Visit {
    /// The frame of a page in the part of the menu that begins with `here`.
    pub(crate) fn frame(self, here: &'static str) -> Frame {
        let Visit { lang, office, acting, people, token, path, notice, .. } = self;
        Frame { lang, office, acting_name: acting, people, token, path, notice, here }
    }
}

impl Frame {
    /// The frame of a page before there is an office.
    pub(crate) fn bare(lang: Lang, token: String) -> Frame {
        let (office, acting_name) = (String::new(), String::new());
        Frame { lang, office, acting_name, people: Vec::new(), token, path: "/setup".to_owned(), notice: None, here: "" }
    }

    pub(crate) fn t(&self, key: &str) -> Cow<'static, str> {
        lang::t(self.lang, key)
    }

    pub(crate) fn code(&self, family: &str, code: &str) -> Cow<'static, str> {
        lang::code(self.lang, family, code)
    }

    pub(crate) fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        lang::t_with(self.lang, key, args).into_owned()
    }

    /// A number for one form, see [`crate::once`].
    pub(crate) fn once(&self) -> String {
        crate::once::Once::draw()
    }

    pub(crate) fn asset(&self, name: &str) -> String {
        assets::href(name)
    }

    pub(crate) fn menu(&self) -> Vec<MenuItem> {
        MENU.iter().map(|&(href, key)| MenuItem { href, key, here: href == self.here }).collect()
    }
}

impl From<PageError> for Turned {
    fn from(error: PageError) -> Turned {
        Turned::Failed(error)
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Turned::ToSetUp => Redirect::to("/setup").into_response(),
            Turned::Failed(error) => error.into_response(),
        }
    }
}

#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Turned;
    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Visit, Turned> {
        let office = app::office::show(&site.app).await.map_err(PageError::from)?.ok_or(Turned::ToSetUp)?;
        let people = app::people::list(&site.app).await.map_err(PageError::from)?;
        let chosen = cookie(&parts.headers, PERSON).and_then(|id| id.parse().ok());
        let by = acting(&site.app, chosen, &people).await?;
        let done = Query::<Done>::try_from_uri(&parts.uri).ok().and_then(|q| q.0.done);
        let lang = lang(&parts.headers);
        let visitor = visitor(&parts.headers).unwrap_or_default();
        let choices = people.iter().map(|p| choice(lang, p, &by.person)).collect::<Vec<_>>();
        Ok(Visit {
            lang,
            office: office.unit.name,
            acting: people.iter().find(|p| p.id == by.person).map_or_else(String::new, |p| p.unit_name.clone()),
            people: choices,
            token: form::token(&site.key, &visitor),
            path: own_path(parts.uri.path()),
            notice: app::lang::NOTICES.iter().copied().find(|n| Some(*n) == done.as_deref()),
            by,
        })
    }
}

fn choice(lang: Lang, person: &PersonRow, acting: &PersonId) -> Choice {
    let name = person.name.clone().unwrap_or_else(|| lang::t(lang, "nobody").into_owned());
    let roles: Vec<_> = person.roles.iter().map(|r| lang::code(lang, "role", r.as_str())).collect();
    let words = format!("{} – {} ({})", person.unit_name, name, roles.join(", "));
    Choice { value: person.id.to_string(), words, chosen: &person.id == acting }
}

/// The chosen person, if it is one of the office; else the one named at set-up.
async fn acting(app: &App, chosen: Option<PersonId>, people: &[PersonRow]) -> Result<Actor, PageError> {
    let chosen = chosen.filter(|id| people.iter().any(|p| &p.id == id));
    let person = match chosen {
        Some(person) => Some(person),
        None => app::people::first(app).await?.map(|p| p.id),
    };
    let actor = match person {
        Some(person) => app::people::actor(app, &person).await?,
        None => None,
    };
    actor.ok_or_else(|| PageError::Forbidden("not_yours".to_owned()))
}

/// The language of the cookie; Vietnamese otherwise.
pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    cookie(headers, LANG).and_then(|tag| tag.parse().ok()).unwrap_or_default()
}

/// The visitor's random mark, if the cookie holds one.
pub(crate) fn visitor(headers: &HeaderMap) -> Option<String> {
    cookie(headers, VISITOR).filter(|v| v.len() == 32 && v.bytes().all(|b| b.is_ascii_hexdigit())).map(str::to_owned)
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|c| c.to_str().ok());
    cookies.flat_map(|c| c.split(';')).filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// A cookie that scripts cannot read and other sites cannot send with forms.
fn set_cookie(name: &str, value: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000")).ok()
}

pub(crate) fn lang_cookie(lang: Lang) -> Option<HeaderValue> {
    set_cookie(LANG, lang.as_str())
}

pub(crate) fn person_cookie(person: &PersonId) -> Option<HeaderValue> {
    set_cookie(PERSON, person.as_str())
}

/// Gives a request without a visitor's mark one, so that the forms of its answer already hold the right token.
pub(crate) fn mark(headers: &mut HeaderMap) -> Option<HeaderValue> {
    if visitor(headers).is_some() {
        return None;
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    let mark: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    headers.append(header::COOKIE, HeaderValue::from_str(&format!("{VISITOR}={mark}")).ok()?);
    set_cookie(VISITOR, &mark)
}

/// A path of this server; anything that could lead elsewhere becomes the first page.
pub(crate) fn own_path(path: &str) -> String {
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if plain { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leads_elsewhere() {
        assert_eq!(own_path("/letters?q=a"), "/letters?q=a");
        for path in ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""] {
            assert_eq!(own_path(path), "/", "{path}");
        }
    }

    #[test]
    fn a_mark_is_given_once_and_must_look_like_one() {
        let mut headers = HeaderMap::new();
        assert!(mark(&mut headers).is_some());
        assert!(visitor(&headers).is_some());
        assert!(mark(&mut headers).is_none());
        headers.insert(header::COOKIE, HeaderValue::from_static("luytre_visitor=short; luytre_lang=en"));
        assert_eq!((visitor(&headers), lang(&headers)), (None, Lang::En));
    }
}
