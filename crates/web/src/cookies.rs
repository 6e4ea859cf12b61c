//! Cookies: what is read from a request, and how each is set. Every value is checked against a list or a shape before use.
//!
//! - `luytre_session`: a random secret of who is signed in; over HTTPS under the name `__Host-luytre_session`, which no
//!   other host and no unprotected page can set.
//! - `luytre_device`: this device was used by this login before.
//! - `luytre_visitor`: a random mark that forms are bound to before anybody signs in.
//! - `luytre_lang`: the language.

use app::lang::Lang;
use axum::http::{HeaderMap, HeaderValue, header};

const LANG: &str = "luytre_lang";
const VISITOR: &str = "luytre_visitor";
const DEVICE: &str = "luytre_device";
const SESSION: &str = "luytre_session";
const SESSION_SECURE: &str = "__Host-luytre_session";

const YEAR_S: u32 = 31_536_000;

/// The language of the cookie; Vietnamese otherwise.
pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    cookie(headers, LANG).and_then(|tag| tag.parse().ok()).unwrap_or_default()
}

/// The visitor's random mark, if the cookie holds one.
pub(crate) fn visitor(headers: &HeaderMap) -> Option<String> {
    cookie(headers, VISITOR).filter(|v| is_hex(v, 32)).map(str::to_owned)
}

/// The secret of a session, if there is one.
pub(crate) fn session(headers: &HeaderMap, secure: bool) -> Option<String> {
    let name = if secure { SESSION_SECURE } else { SESSION };
    cookie(headers, name).filter(|v| is_hex(v, 64)).map(str::to_owned)
}

pub(crate) fn device(headers: &HeaderMap) -> Option<String> {
    let fits = |v: &&str| v.split_once('.').is_some_and(|(nonce, proof)| is_hex(nonce, 32) && is_hex(proof, 64));
    cookie(headers, DEVICE).filter(fits).map(str::to_owned)
}

/// What the forms of this visitor are bound to: the session, or before signing in the visitor's mark.
pub(crate) fn bound_to(headers: &HeaderMap, secure: bool) -> Option<String> {
    session(headers, secure).or_else(|| visitor(headers))
}

pub(crate) fn set_lang(lang: Lang, secure: bool) -> Option<HeaderValue> {
    set(LANG, lang.as_str(), Some(YEAR_S), secure)
}

/// Lives as long as the browser, and as long as the server keeps it.
pub(crate) fn set_session(secret: &str, secure: bool) -> Option<HeaderValue> {
    set(if secure { SESSION_SECURE } else { SESSION }, secret, None, secure)
}

pub(crate) fn end_session(secure: bool) -> Option<HeaderValue> {
    set(if secure { SESSION_SECURE } else { SESSION }, "", Some(0), secure)
}

pub(crate) fn set_device(proof: &str, secure: bool) -> Option<HeaderValue> {
    set(DEVICE, proof, Some(YEAR_S), secure)
}

/// Gives a request without a visitor's mark one, so that the forms of its answer already hold the right token. It lives as long
/// as the browser: nobody is known again the next day.
pub(crate) fn mark(headers: &mut HeaderMap, secure: bool) -> Option<HeaderValue> {
    if visitor(headers).is_some() {
        return None;
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    let mark = app::programme::hex::hex(&bytes);
    headers.append(header::COOKIE, HeaderValue::from_str(&format!("{VISITOR}={mark}")).ok()?);
    set(VISITOR, &mark, None, secure)
}

/// A cookie that scripts cannot read and other sites cannot send with forms.
fn set(name: &str, value: &str, max_age_s: Option<u32>, secure: bool) -> Option<HeaderValue> {
    let age = max_age_s.map_or_else(String::new, |s| format!("; Max-Age={s}"));
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")).ok()
}

fn is_hex(text: &str, len: usize) -> bool {
    text.len() == len && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|c| c.to_str().ok());
    cookies.flat_map(|c| c.split(';')).filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_given_once_and_must_look_like_one() {
        let mut headers = HeaderMap::new();
        assert!(mark(&mut headers, false).is_some());
        assert!(visitor(&headers).is_some());
        assert!(mark(&mut headers, false).is_none());
        headers.insert(header::COOKIE, HeaderValue::from_static("luytre_visitor=short; luytre_lang=en; luytre_session=../x"));
        assert_eq!((visitor(&headers), lang(&headers), session(&headers, false)), (None, Lang::En, None));
    }

    #[test]
    fn over_https_a_session_has_a_name_of_its_own() {
        let secret = "a".repeat(64);
        let cookie = set_session(&secret, true).unwrap();
        assert_eq!(cookie, format!("__Host-luytre_session={secret}; Path=/; HttpOnly; SameSite=Lax; Secure").as_str());
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(&format!("luytre_session={secret}")).unwrap());
        assert_eq!(session(&headers, true), None, "one that was set without protection counts for nothing");
        assert_eq!(session(&headers, false), Some(secret));
    }
}
