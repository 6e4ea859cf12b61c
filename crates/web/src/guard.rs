//! What every request passes before a page sees it, and what every answer carries.
//!
//! - `Host` must be one of the names this server is reached by: a foreign name that resolves to this machine (DNS rebinding)
//!   gets 421 and nothing else.
//! - A request that changes something must come from our own pages: `Origin` and `Sec-Fetch-Site`, beside the token of [`crate::form`].
//! - Every answer forbids scripts, frames, styles and requests from anywhere else.
//! - A handler that panics answers 500; the server goes on.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use crate::error::{self, Asked, PageError};
use crate::once::Held;
use crate::site::{Remote, Site};
use crate::{api, cookies, visit};

/// Nothing from elsewhere, no inline script or style; no string ever becomes markup by script.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Headers of every answer that does not bring its own.
static HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Where the links of drills lead: no cookie is set there.
const LINKS: &str = app::programme::drill::TOKEN_PATH;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The address that a request came from; empty where the server was not asked to know it (tests).
#[derive(Debug, Clone)]
pub(crate) struct Peer(pub(crate) String);

/// The names by which a server is reached.
#[derive(Debug)]
pub(crate) struct Hosts {
    own: Vec<String>,
    /// Given by whoever runs the server: they hold at every port, because a web server in front of this one has its own.
    given: Vec<String>,
    port: u16,
    /// Listens beyond this machine: any of its addresses may stand in `Host`. An address there is no danger: what DNS
    /// rebinding turns against a server is always a name.
    addresses: bool,
}

impl Hosts {
    pub(crate) fn new(listen: SocketAddr, further: &[String]) -> Hosts {
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let here = if listen.is_ipv6() { format!("[{}]", listen.ip()) } else { listen.ip().to_string() };
        let given = further.iter().map(|name| name.to_lowercase()).collect();
        Hosts { own: own.into_iter().chain([here]).collect(), given, port: listen.port(), addresses: !listen.ip().is_loopback() }
    }

    /// Whether a request with this `Host` means us.
    pub(crate) fn knows(&self, host: &str, secure: bool) -> bool {
        let usual = if secure { 443 } else { 80 };
        let (name, port) =
            match host.rsplit_once(':').filter(|(name, _)| !name.ends_with(':') && (!name.contains(':') || name.ends_with(']'))) {
                Some((name, port)) => (name, number(port)),
                None => (host, Some(usual)),
            };
        let name = name.to_lowercase();
        let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(&name);
        let is_address = bare.parse::<std::net::IpAddr>().is_ok();
        let ours = port == Some(self.port) && (self.own.contains(&name) || self.addresses && is_address);
        ours || port.is_some() && self.given.contains(&name)
    }
}

/// A port as it is written: digits, without sign and without noughts before them.
fn number(port: &str) -> Option<u16> {
    let is_plain = port.bytes().all(|b| b.is_ascii_digit()) && !port.starts_with('0');
    port.parse().ok().filter(|_| is_plain)
}

/// Checks, runs, dresses: the outermost layer.
pub(crate) async fn watch(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let id = site.request_id();
    let peer = request.extensions().get::<ConnectInfo<Remote>>().map(|peer| peer.0.0.ip().to_canonical().to_string());
    request.extensions_mut().insert(Peer(peer.unwrap_or_default()));
    let is_foreign = foreign(&site, &request);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let back = way_back(&site, request.headers());
    let for_programs = path.starts_with(api::ROOT);
    let is_page = !(for_programs || ["/assets/", "/calendar/", LINKS].iter().any(|bare| path.starts_with(bare)));
    let lang = if for_programs { api::lang(request.headers()) } else { cookies::lang(request.headers()) };
    let mark = if is_page { cookies::mark(request.headers_mut(), site.secure) } else { None };
    let bound = cookies::bound_to(request.headers(), site.secure).unwrap_or_default();
    let held = Held::default();
    request.extensions_mut().insert(held.clone());
    let (parts, body) = request.into_parts();
    let (known, request) = (parts.clone(), Request::from_parts(parts, body));
    let span = tracing::info_span!("request", request.id = %id);
    let response = match refusal(&site, &request) {
        Some(refused) => refused,
        // A task of its own, so that a panic ends there.
        None => {
            let (run, room) = (next.run(request), held.clone());
            let run = async move {
                let response = run.await;
                // What was sent lies in memory until here, whether or not somebody still waits for the answer.
                drop(room);
                response
            };
            tokio::spawn(run.instrument(span)).await.unwrap_or_else(|crash| PageError::Internal(crash.into()).into_response())
        }
    };
    let response = match held.again() {
        Some(number) => site.once.page(&number, &bound).await.unwrap_or(response),
        None => site.once.finish(&held, &bound, response).await,
    };
    let lacks_page = !for_programs && error::lacks_page(&response);
    let is_away = error::is_away(&response);
    let frame = if lacks_page { Some(error::frame(&site, known, is_foreign, is_away).await) } else { None };
    let asked = Asked { request: &id, back: &back, is_form: method == Method::POST, kept: held.typed() };
    let mut response = match frame {
        Some(frame) => error::page(&response, frame, asked),
        None if for_programs => api::page(response, lang, &id),
        None => response,
    };
    dress(response.headers_mut(), &id);
    if site.strict {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if let Some(mark) = mark {
        response.headers_mut().append(header::SET_COOKIE, mark);
    }
    // The address of a calendar is its secret; who came by the link of a drill's letter is nobody's business.
    let path = match &path {
        path if path.starts_with("/calendar/") => "/calendar/…",
        path if path.starts_with(LINKS) => "/d/…",
        path if path.starts_with("/drills/leave/") => "/drills/leave/…",
        path => path,
    };
    tracing::debug!(request.id = %id, %method, path, status = response.status().as_u16(), "answered");
    response
}

/// Came by a name that does not mean us: in `Host`, of which there must be one, or in an address that is written out whole.
fn foreign(site: &Site, request: &Request<Body>) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let only = hosts.next().filter(|_| hosts.next().is_none());
    let host = only.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let written_out = request.uri().authority().is_none_or(|authority| site.hosts.knows(authority.as_str(), site.secure));
    !(site.hosts.knows(host, site.secure) && written_out)
}

fn refusal(site: &Site, request: &Request<Body>) -> Option<Response> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    // Two names could be read by two servers in two ways (RFC 9112 section 3.2).
    if headers.get_all(header::HOST).iter().count() > 1 {
        return Some(StatusCode::BAD_REQUEST.into_response());
    }
    if foreign(site, request) {
        return Some(StatusCode::MISDIRECTED_REQUEST.into_response());
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    (!reads && !from_own_page(headers, host)).then(|| PageError::Forbidden("origin".to_owned()).into_response())
}

/// Browsers say where a form came from; one that says nothing at all is held by the token alone.
fn from_own_page(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    // `Host` may name the usual port that `Origin` leaves out.
    let own_origin = |origin: &str| {
        let usual = match origin.split_once("://") {
            Some(("https", from)) => Some((from, ":443")),
            Some(("http", from)) => Some((from, ":80")),
            _ => None,
        };
        usual.is_some_and(|(from, port)| {
            from.eq_ignore_ascii_case(host) || from.eq_ignore_ascii_case(host.strip_suffix(port).unwrap_or(host))
        })
    };
    text("origin").is_none_or(own_origin) && text("sec-fetch-site").is_none_or(|site| site == "same-origin")
}

/// The page that the visitor came from, if it is ours: only its path, so that no answer leads elsewhere.
pub(crate) fn way_back(site: &Site, headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|r| r.to_str().ok()).unwrap_or_default();
    let own = referer.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    match own {
        Some((host, path)) if site.hosts.knows(host, site.secure) => visit::own_path(&format!("/{path}")),
        _ => "/".to_owned(),
    }
}

fn dress(headers: &mut HeaderMap, id: &str) {
    for (name, value) in HEADERS {
        if !headers.contains_key(*name) {
            headers.insert(*name, HeaderValue::from_static(value));
        }
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_that_mean_us() {
        let local = Hosts::new("127.0.0.1:8080".parse().unwrap(), &[]);
        let wide = Hosts::new("0.0.0.0:8443".parse().unwrap(), &["LuyTre.xa.vn".to_owned()]);
        let usual = Hosts::new("192.168.1.5:443".parse().unwrap(), &["luytre.xa.vn".to_owned()]);
        for (hosts, host, known) in [
            (&local, "127.0.0.1:8080", true),
            (&local, "LOCALHOST:8080", true),
            (&local, "[::1]:8080", true),
            (&local, "192.168.1.5:8080", false),
            (&local, "127.0.0.1:+8080", false),
            (&local, "127.0.0.1:08080", false),
            (&local, "127.0.0.1:", false),
            (&local, "a@127.0.0.1:8080", false),
            (&local, "localhost", false),
            (&local, "evil.example:8080", false),
            (&wide, "192.168.1.5:8443", true),
            (&wide, "[fe80::1]:8443", true),
            (&wide, "luytre.xa.vn:8443", true),
            (&wide, "luytre.xa.vn", true),
            (&wide, "luytre.xa.vn:80", true),
            (&wide, "luytre.xa.vn:x", false),
            (&wide, "192.168.1.5", false),
            (&wide, "luytre.xa.vn.evil.example:8443", false),
            (&wide, "evil.example:8443", false),
            (&wide, "192.168.1.5.evil.example:8443", false),
            (&usual, "luytre.xa.vn", true),
            (&usual, "192.168.1.5", true),
            (&usual, "", false),
        ] {
            assert_eq!(hosts.knows(host, hosts.port == 443 || hosts.port == 8443), known, "{host}");
        }
    }
}
