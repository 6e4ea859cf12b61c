//! Reads a page that the office published, once: what stood there is evidence, whatever becomes of the page later.
//!
//! Only what everybody may read is asked for: no sign-in, no cookies, no scripts, and no address inside of a network, however
//! the name or a redirect leads there. Never on an isolated installation. Not for watching pages: a person asks, once.
//!
//! ```text
//! read(&app, "https://tanluy.example/canh-bao") → ("trang-da-dang.txt", address, time, digests, the words)
//! ```

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use programme::model::{Digest, Network};
use programme::moment::Moment;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

use crate::lang::{Lang, moment, t_with};
use crate::{App, Result};

/// A page and all that leads to it come within this time.
const LIMIT: Duration = Duration::from_secs(15);
/// Largest page, in bytes.
const MOST_BYTES: u64 = 4 << 20;
/// Most redirects on the way.
const MOST_WAYS: u32 = 5;
/// The name of the file that is kept.
const NAME: &str = "trang-da-dang.txt";

/// Why a page could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// The installation is declared isolated.
    Isolated,
    /// The address leads into a network, not to a page that everybody reads.
    Inside,
    /// Nobody answered in time, or not as a web server that can be trusted.
    Away,
    /// The page is not there, or not for everybody.
    Refused,
    /// No text: a picture, a video, a file; or a page that only scripts fill.
    NotText,
    TooLarge,
}

impl Unread {
    pub const ALL: &'static [Unread] =
        &[Unread::Isolated, Unread::Inside, Unread::Away, Unread::Refused, Unread::NotText, Unread::TooLarge];

    /// As the fields of forms name it.
    pub fn code(self) -> &'static str {
        match self {
            Unread::Isolated => "page-isolated",
            Unread::Inside => "page-inside",
            Unread::Away => "page-away",
            Unread::Refused => "page-refused",
            Unread::NotText => "page-not-text",
            Unread::TooLarge => "page-too-large",
        }
    }
}

/// Whether this installation may ask for pages at all.
pub async fn may_ask(app: &App) -> Result<bool> {
    Ok(app.snapshot().await?.network != Network::Isolated)
}

/// The words of a page as a file to be kept: its name and bytes.
pub async fn read(app: &App, address: &str) -> Result<std::result::Result<(String, Vec<u8>), Unread>> {
    if !may_ask(app).await? {
        return Ok(Err(Unread::Isolated));
    }
    let (address, now) = (address.to_owned(), app.now());
    app.engine("page", move || recorded(&address, now, is_public)).await
}

/// `allowed` says of an address whether it may be asked.
fn recorded(address: &str, now: Moment, allowed: fn(IpAddr) -> bool) -> std::result::Result<(String, Vec<u8>), Unread> {
    let mut answer = agent(allowed).get(address).call().map_err(why)?;
    if !answer.status().is_success() {
        return Err(Unread::Refused);
    }
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !["text/html", "text/plain", "application/xhtml"].iter().any(|page| kind.starts_with(page)) {
        return Err(Unread::NotText);
    }
    let bytes = bytes(answer.body_mut())?;
    let text = words(&bytes).ok_or(Unread::NotText)?;
    let facts = [
        ("address", address.to_owned().into()),
        ("at", moment(now).into()),
        ("bytes", bytes.len().into()),
        ("page", Digest::of(&bytes).to_string().into()),
        ("words", Digest::of(text.as_bytes()).to_string().into()),
    ];
    // What is written into the record is Vietnamese whatever the page's language.
    let record = format!("{}\n\n{text}\n", t_with(Lang::Vi, "published-record", &facts));
    Ok((NAME.to_owned(), record.into_bytes()))
}

fn agent(allowed: fn(IpAddr) -> bool) -> Agent {
    let certificates = rustls_native_certs::load_native_certs().certs;
    let roots: Vec<Certificate<'static>> = certificates.iter().map(|c| Certificate::from_der(c.as_ref()).to_owned()).collect();
    let tls = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .root_certs(RootCerts::new_with_certs(&roots))
        .build();
    let config = Config::builder()
        .timeout_global(Some(LIMIT))
        .max_redirects(MOST_WAYS)
        .http_status_as_error(false)
        // A proxy would look names up by itself, past the check of addresses.
        .proxy(None)
        .user_agent("luytre")
        .accept("text/html, text/plain")
        .tls_config(tls)
        .build();
    Agent::with_parts(config, DefaultConnector::default(), Outside { inner: DefaultResolver::default(), allowed })
}

/// Looks names up and keeps of what they lead to only what may be asked; asked again at every redirect.
#[derive(Debug)]
struct Outside {
    inner: DefaultResolver,
    allowed: fn(IpAddr) -> bool,
}

impl Resolver for Outside {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> std::result::Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut outside = self.empty();
        found.iter().filter(|address| (self.allowed)(address.ip())).for_each(|address| outside.push(*address));
        if outside.is_empty() { Err(ureq::Error::Other(Box::new(LeadsInside))) } else { Ok(outside) }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the name leads into a network")]
struct LeadsInside;

fn why(error: ureq::Error) -> Unread {
    match error {
        ureq::Error::Other(inner) if inner.is::<LeadsInside>() => Unread::Inside,
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => Unread::Refused,
        ureq::Error::BodyExceedsLimit(_) => Unread::TooLarge,
        _ => Unread::Away,
    }
}

fn bytes(body: &mut Body) -> std::result::Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    body.as_reader().take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Unread::Away)?;
    if bytes.len() as u64 > MOST_BYTES { Err(Unread::TooLarge) } else { Ok(bytes) }
}

/// The words of a page; `None` where it has none.
fn words(bytes: &[u8]) -> Option<String> {
    let read = reader::read(bytes, "page.html", &reader::Limits::default());
    let is_page = matches!(read.format, reader::Format::Html | reader::Format::Txt);
    let text = read.doc.text.trim();
    (is_page && !text.is_empty()).then(|| text.to_owned())
}

/// An address of the open network: neither this machine, nor one inside of a network, nor one kept for something else
/// (IANA's registries of special-purpose addresses, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast();
    let reserved = matches!((a, b, c), (0, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _) | (240..=255, ..));
    !special && !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Global unicast is 2000::/3; of it 2001::/23 (with Teredo), 2001:db8::/32 and 2002::/16 (6to4) lead elsewhere.
    let is_global = (0x2000..0x4000).contains(&first);
    let is_special = (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || first == 0x2002 || (first == 0x3fff && second < 0x1000);
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;

    fn now() -> Moment {
        Moment::from(jiff::Timestamp::UNIX_EPOCH)
    }

    fn check(address: &str, wanted: bool) {
        assert_eq!(is_public(address.parse().expect("an address")), wanted, "{address}");
    }

    #[test]
    fn only_the_open_network_is_asked() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
            "ff02::1",
        ] {
            check(inside, false);
        }
        for open in ["8.8.8.8", "103.1.2.3", "2606:4700::1111", "2405:4800::1"] {
            check(open, true);
        }
    }

    /// A web server that gives each visitor the next of these answers; its address.
    fn server(answers: Vec<String>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let mut reader = BufReader::new(stream.try_clone().expect("a copy"));
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    line.clear();
                }
                stream.write_all(answer.as_bytes()).ok();
            }
        });
        address
    }

    fn page(kind: &str, body: &str) -> String {
        format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
    }

    fn read_from(answers: Vec<String>) -> std::result::Result<String, Unread> {
        let at = server(answers);
        let (name, bytes) = recorded(&at, now(), |_| true)?;
        assert_eq!(name, NAME);
        Ok(String::from_utf8(bytes).expect("text"))
    }

    #[test]
    fn the_words_of_a_page_are_kept_and_its_digests() {
        let html = "<!doctype html><html><head><title>Cảnh báo</title><script>alert(1)</script></head><body><p>Không đọc mã OTP cho ai.</p></body></html>";
        let record = read_from(vec![page("text/html; charset=utf-8", html)]).expect("it is read");
        assert!(record.contains("Không đọc mã OTP cho ai.") && !record.contains("alert"), "{record}");
        assert!(record.contains(&Digest::of(html.as_bytes()).to_string()), "{record}");
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        assert_eq!(read_from(vec![page("image/png", "\u{89}PNG")]), Err(Unread::NotText));
        assert_eq!(read_from(vec![page("text/html", "<html><body><script>1</script></body></html>")]), Err(Unread::NotText));
        assert_eq!(read_from(vec!["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned()]), Err(Unread::Refused));
        assert_eq!(read_from(vec![page("text/plain", &"a".repeat(5 << 20))]), Err(Unread::TooLarge));
        assert_eq!(recorded("http://127.0.0.1:9", now(), |_| true), Err(Unread::Away));
        let to = |place: &str| format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let round = server(vec![to("/again"); 9]);
        assert_eq!(recorded(&round, now(), |_| true), Err(Unread::Refused));
    }

    #[test]
    fn no_name_and_no_redirect_leads_inside() {
        for inside in ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data"] {
            assert_eq!(recorded(inside, now(), is_public), Err(Unread::Inside), "{inside}");
        }
        // The first is let through, to see that the second is asked about too.
        let at =
            server(vec!["HTTP/1.1 302 Found\r\nLocation: http://[::1]:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()]);
        assert_eq!(recorded(&at, now(), |address| address.is_ipv4()), Err(Unread::Inside));
    }
}
