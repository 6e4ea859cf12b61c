//! The public interface for programs, `/api/v1`: JSON over the same use cases and within the same bounds as the pages.
//!
//! Whoever asks shows a token in `Authorization: Bearer` (the scam check alone is open to everybody, as its page is); a cookie
//! opens nothing here, so no page of another site can make a browser ask. What a token's person may not see is not there (404). Described in `data/openapi.json`, which is served
//! at `/api/openapi.json`; a test holds the routes below and the answers against it.
//! Not here: the page that explains it ([`crate::pages`]), what the fields mean ([`wire`]).
//!
//! ```text
//! async fn show(caller: Caller, State(site): State<Site>, Path(id): Path<String>) -> Answer<Response>
//! ```

mod evidence;
mod letters;
mod problem;
mod rates;
mod scam;
mod tasks;
mod wire;

use std::str::FromStr;

use app::access::Scope;
use app::lang::Lang;
use app::programme::model::{Actor, Digest};
use app::sessions::From as Origin;
use app::tokens::{self, Bearer, Purpose, Shown};
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;

use crate::error::{FieldError, PageError};
use crate::guard::Peer;
use crate::site::Site;

pub(crate) use problem::{Refused, page};

/// What a handler of the interface ends in.
pub(crate) type Answer<T> = Result<T, Refused>;

/// Where the interface lives; nothing else does.
pub(crate) const ROOT: &str = "/api/v1/";

/// The description of the interface: the one truth about it.
pub(crate) const DESCRIPTION: &str = include_str!("../data/openapi.json");

/// Items of one answer, where the caller asks for no number, and at most.
const USUAL_ITEMS: usize = 50;
const MOST_ITEMS: usize = 200;
/// Signs of a place in a list; ours are shorter.
const MOST_CURSOR: usize = 300;

/// Every address of the interface.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/api/v1/letters", get(letters::list))
        .route("/api/v1/letters/{letter}", get(letters::show))
        .route("/api/v1/tasks", get(tasks::list))
        .route("/api/v1/tasks/{task}", get(tasks::show))
        .route("/api/v1/tasks/{task}/evidence", post(evidence::add))
        .route("/api/v1/evidence/{evidence}", get(evidence::show))
        .route("/api/v1/evidence/{evidence}/file", get(evidence::file))
        .route("/api/v1/rates", get(rates::show))
        .route("/api/v1/scam", post(scam::ask))
}

/// The program that asks, as the person whose token it shows.
pub(crate) struct Caller {
    pub(crate) by: Actor,
    pub(crate) scope: Scope,
    purpose: Purpose,
}

impl Caller {
    /// Refuses a token that may only read.
    pub(crate) fn may_add_evidence(&self) -> Answer<()> {
        match self.purpose {
            Purpose::Evidence => Ok(()),
            Purpose::Read | Purpose::Calendar => Err(PageError::Forbidden("token_reads_only".to_owned()).into()),
        }
    }
}

impl FromRequestParts<Site> for Caller {
    type Rejection = Refused;
    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Answer<Caller> {
        let secret = secret(&parts.headers)?;
        match tokens::enter(&site.app, secret, &origin(parts)).await? {
            Shown::In(Bearer { purpose: Purpose::Calendar, .. }) => Err(PageError::Forbidden("token_for_calendar".to_owned()).into()),
            Shown::In(Bearer { by, purpose }) => {
                let scope = app::access::scope(&site.app, &by).await?;
                Ok(Caller { by, scope, purpose })
            }
            Shown::Wrong => Err(Refused::Unknown("token_wrong")),
            Shown::Wait(minutes) => Err(Refused::Waits(minutes)),
        }
    }
}

/// RFC 6750 section 2.1: the one place from which a token is taken.
fn secret(headers: &HeaderMap) -> Answer<&str> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let only = given.next().filter(|_| given.next().is_none()).ok_or(Refused::Unknown("token_missing"))?;
    let (scheme, secret) = only.to_str().ok().and_then(|value| value.split_once(' ')).ok_or(Refused::Unknown("token_missing"))?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(secret.trim()) } else { Err(Refused::Unknown("token_missing")) }
}

/// Where a program asks from; it has no device that was known before.
pub(crate) fn origin(parts: &Parts) -> Origin {
    let address = parts.extensions.get::<Peer>().map(|peer| peer.0.clone()).unwrap_or_default();
    Origin { address, ..Origin::default() }
}

/// The language in which problems are told: the first that the program names, Vietnamese where it names none of ours.
pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    let named = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Lang::of_locale(named.split([',', ';']).next().unwrap_or_default().trim())
}

/// The parameters of a request, each known and given once. A misspelt filter is refused: left out, it would answer with
/// more than was asked for.
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    pub(crate) fn of(query: Option<&str>, known: &[&str]) -> Answer<Asked> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        let wrong = |code| Err(PageError::Invalid(vec![FieldError { field: "query", code }]).into());
        for (at, (name, _)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                return wrong("unknown-parameter");
            }
            if pairs[..at].iter().any(|(before, _)| before == name) {
                return wrong("twice");
            }
        }
        Ok(Asked(pairs))
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Words of at most so many signs.
    pub(crate) fn words(&self, name: &'static str, most: usize) -> Answer<Option<String>> {
        let words = self.text(name);
        let fits = words.is_none_or(|words| words.chars().count() <= most);
        if fits { Ok(words.map(str::to_owned)) } else { Err(PageError::field(name, "too-long-line").into()) }
    }

    /// A value in its form; `code` says what is wrong with any other.
    pub(crate) fn value<T: FromStr>(&self, name: &'static str, code: &'static str) -> Answer<Option<T>> {
        let value = self.text(name).map(str::parse).transpose();
        value.map_err(|_| PageError::field(name, code).into())
    }

    /// A day, `2026-12-25` and in no other form.
    pub(crate) fn day(&self, name: &'static str) -> Answer<Option<jiff::civil::Date>> {
        let day: Option<jiff::civil::Date> = self.value(name, "bad-iso-day")?;
        let canonical = day.is_none_or(|day| self.text(name) == Some(day.to_string().as_str()));
        if canonical { Ok(day) } else { Err(PageError::field(name, "bad-iso-day").into()) }
    }

    fn limit(&self) -> Answer<usize> {
        let limit = self.value("limit", "bad-limit")?.unwrap_or(USUAL_ITEMS);
        if (1..=MOST_ITEMS).contains(&limit) { Ok(limit) } else { Err(PageError::field("limit", "bad-limit").into()) }
    }

    /// One part of a list: `place` gives each item a place, and the items come in the order of their places. What comes or
    /// goes between two calls neither repeats nor hides another item.
    pub(crate) fn part<T>(&self, mut items: Vec<T>, place: impl Fn(&T) -> String) -> Answer<(Vec<T>, Option<String>)> {
        let limit = self.limit()?;
        let after = self.text("cursor").unwrap_or_default();
        if after.chars().count() > MOST_CURSOR {
            return Err(PageError::field("cursor", "bad-cursor").into());
        }
        items.sort_by_cached_key(&place);
        items.retain(|item| place(item).as_str() > after);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(place);
        Ok((items, next))
    }
}

/// An answer with its ETag, or 304 where the caller holds it already.
pub(crate) fn json<T: Serialize>(headers: &HeaderMap, body: &T) -> Answer<Response> {
    let bytes = serde_json::to_vec(body).map_err(|e| PageError::Internal(e.into()))?;
    let tag = Digest::of(&bytes).to_string();
    Ok(tagged(headers, &tag, || ([(header::CONTENT_TYPE, "application/json")], bytes).into_response()))
}

/// An answer under a tag, or 304 for a caller who names it (RFC 9110 section 13.1.2). Kept only by the caller itself.
pub(crate) fn tagged(headers: &HeaderMap, tag: &str, answer: impl FnOnce() -> Response) -> Response {
    let tag = format!("\"{tag}\"");
    let held = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
    let known = held.map(str::trim).any(|held| held == "*" || held.strip_prefix("W/").unwrap_or(held) == tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { answer() };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// Serves the description; it holds no secret and is the same for everybody.
pub(crate) async fn description(headers: HeaderMap) -> Response {
    let tag = Digest::of(DESCRIPTION.as_bytes()).to_string();
    tagged(&headers, &tag, || ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_in_parts_that_neither_repeat_nor_miss() {
        let asked = |query: &str| Asked::of(Some(query), &["limit", "cursor"]);
        let place = |n: &u32| format!("{n:03}");
        let part = |query: &str, items: &[u32]| asked(query).and_then(|a| a.part(items.to_vec(), place)).ok().unwrap();
        assert_eq!(part("limit=2", &[3, 1, 2]), (vec![1, 2], Some("002".to_owned())));
        assert_eq!(part("limit=2&cursor=002", &[1, 3]), (vec![3], None), "one that has gone meanwhile");
        assert_eq!(part("cursor=zzz", &[1, 2]), (vec![], None));
        for bad in ["limit=0", "limit=201", "limit=x", "limit=1&limit=2", "token=x", &format!("cursor={}", "a".repeat(301))] {
            assert!(asked(bad).and_then(|a| a.part(vec![1], place)).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_is_taken_from_one_place() {
        let with = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
            }
            secret(&headers).ok().map(str::to_owned)
        };
        assert_eq!(with(&["Bearer abc"]).as_deref(), Some("abc"));
        assert_eq!(with(&["bearer  abc"]).as_deref(), Some("abc"));
        for none in [&[][..], &["abc"], &["Basic abc"], &["Bearer abc", "Bearer def"]] {
            assert_eq!(with(none), None, "{none:?}");
        }
    }
}
