//! Domain names: whose they are, and whom they try to look like.
//!
//! What somebody bought is the part before the public suffix; what stands left of it is free to write. A name is compared with
//! the brands that people trust: the same letters under another ending, one letter changed, letters that look alike, the
//! brand as a part of a longer name, or left of a name that is somebody else's.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::brands::{Brand, Brands};
use crate::skeleton::skeleton;

/// What a name says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// It is the brand's own, or another known one.
    Own,
    /// Nearly the name of a brand, whose own is given.
    LooksLike { brand: String, own: String },
    /// A brand's name within somebody else's.
    Borrows { brand: String, own: String },
    /// `gov.vn` anywhere but at its end.
    FakeGov,
    /// Numbers in the place of a name.
    Address,
    /// Letters of several alphabets.
    Mixed,
    /// Hides where it leads.
    Shortener,
    /// Anybody makes a page there within minutes, without a name.
    FreePage,
    /// An ending that costs nearly nothing and is often misused.
    CheapEnding,
    /// Words that pages use which want a password or money (`login`, `xacthuc`).
    Bait { word: String },
}

/// A host in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// In Unicode, small letters, without `www.`.
    pub host: String,
    /// What somebody bought: one label and the public suffix.
    pub bought: String,
    /// That label.
    pub label: String,
    pub suffix: String,
    /// Labels left of what was bought.
    pub left: Vec<String>,
}

impl Name {
    /// `None` for an address in numbers and for what has no public suffix.
    pub fn of(host: &str) -> Option<Name> {
        if host.parse::<IpAddr>().is_ok() {
            return None;
        }
        let host = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host);
        // Punycode as browsers read it; a name that they refuse stays as it is written.
        let host = match host.contains("xn--") || !host.is_ascii() {
            true => idna::domain_to_unicode(host).0,
            false => host.to_owned(),
        };
        let bought = psl::domain_str(&host)?.to_owned();
        let (label, suffix) = bought.split_once('.')?;
        let (label, suffix) = (label.to_owned(), suffix.to_owned());
        let rest = host.strip_suffix(bought.as_str())?.trim_end_matches('.');
        let left = rest.split('.').filter(|label| !label.is_empty()).map(str::to_owned).collect();
        Some(Name { left, label, suffix, bought, host })
    }
}

/// Words that bait in a domain name.
const BAITS: &[&str] = &[
    "login",
    "dangnhap",
    "verify",
    "verification",
    "xacthuc",
    "xacminh",
    "xacnhan",
    "secure",
    "security",
    "baomat",
    "account",
    "taikhoan",
    "update",
    "capnhat",
    "nhanqua",
    "quatang",
    "trungthuong",
    "nhanthuong",
    "tangqua",
    "trian",
    "uudai",
    "vaytien",
    "vaynhanh",
    "vayonline",
    "hotro",
    "support",
    "hoantien",
    "hoanthue",
    "trocap",
    "nhantien",
    "kichhoat",
    "unlock",
    "mokhoa",
    "phatnguoi",
    "tracuu",
    "nopphat",
    "dichvucong",
    "vneid",
    "ctv",
    "kiemtien",
    "nhiemvu",
    "sukien",
    "event",
    "giftcode",
    "baohiem",
    "dinhdanh",
    "otp",
    "ebank",
    "ibank",
    "digibank",
    "bankplus",
    "cskh",
];

/// What is known of names: brands, shorteners, hosts of free pages, cheap endings.
#[derive(Debug)]
pub struct Domains {
    pub(crate) brands: Brands,
    pub(crate) shorteners: Vec<String>,
    pub(crate) free_pages: Vec<String>,
    pub(crate) posts: Vec<String>,
    pub(crate) cheap: Vec<String>,
}

impl Domains {
    /// Whether many people who have nothing to do with each other have pages on this host: what one of them does says nothing of
    /// the others.
    pub fn is_shared(&self, host: &str) -> bool {
        let Some(name) = Name::of(host) else { return false };
        let is_in = |list: &[String]| list.iter().any(|known| known == &name.host || known == &name.bought);
        self.brands.owns(&name) || is_in(&self.shorteners) || self.free_pages.contains(&name.host) || self.has_posts(host)
    }

    /// Whether everybody has a page on this network of somebody known.
    pub fn has_posts(&self, host: &str) -> bool {
        let is_of = |network: &String| host == network || host.strip_suffix(network.as_str()).is_some_and(|rest| rest.ends_with('.'));
        self.posts.iter().any(is_of)
    }

    /// Whether a link leads to somebody's own page on such a network: listed by itself, never with its host.
    pub fn is_post(&self, link: &crate::link::Link) -> bool {
        let page = link.path.split(['?', '#']).next().unwrap_or_default();
        let named = crate::network::is_page(&link.host, &link.path).unwrap_or_else(|| !page.trim_matches('/').is_empty());
        named && self.has_posts(&link.host)
    }

    /// Titles of the brands and the domains that are theirs.
    pub(crate) fn brands(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.brands.titles()
    }

    /// What speaks against a host, the worst first; empty where nothing does.
    pub fn signs(&self, host: &str) -> Vec<Sign> {
        let Some(name) = Name::of(host) else {
            return if host.parse::<IpAddr>().is_ok() { vec![Sign::Address] } else { Vec::new() };
        };
        if self.brands.owns(&name) {
            return vec![Sign::Own];
        }
        let listed = |list: &[String]| list.iter().any(|known| known == &name.bought || known == &name.suffix || known == &name.host);
        let (is_free, bait) = (listed(&self.free_pages), bait(&name));
        let top = name.suffix.rsplit('.').next().unwrap_or_default();
        let is_cheap = self.cheap.iter().any(|cheap| cheap == top);
        let is_baited = is_free || is_cheap || bait.is_some();
        let brand = self.brands.alike(&name, is_baited).map(looks_like).or_else(|| self.brands.within(&name, is_baited).map(borrows));
        let mut signs: Vec<Sign> = brand.into_iter().collect();
        if is_fake_gov(&name) {
            signs.insert(0, Sign::FakeGov);
        }
        if is_mixed(&name.host) {
            signs.push(Sign::Mixed);
        }
        let others = [
            listed(&self.shorteners).then_some(Sign::Shortener),
            is_free.then_some(Sign::FreePage),
            is_cheap.then_some(Sign::CheapEnding),
            bait.map(|word| Sign::Bait { word: word.to_owned() }),
        ];
        signs.extend(others.into_iter().flatten());
        signs
    }
}

fn looks_like(brand: &Brand) -> Sign {
    Sign::LooksLike { brand: brand.title.clone(), own: brand.domains[0].clone() }
}

fn borrows(brand: &Brand) -> Sign {
    Sign::Borrows { brand: brand.title.clone(), own: brand.domains[0].clone() }
}

pub(crate) fn is_official_zone(name: &Name) -> bool {
    name.suffix == "gov.vn" || name.suffix.ends_with(".gov.vn")
}

/// `gov.vn`, `gov-vn` or `govvn` somewhere else than at the end, or `gov` beside another ending that begins with `vn`.
fn is_fake_gov(name: &Name) -> bool {
    if is_official_zone(name) {
        return false;
    }
    let head = name.host.strip_suffix(&format!(".{}", name.suffix)).unwrap_or(&name.host);
    let squeezed: String = head.chars().filter(|c| c.is_alphanumeric()).collect();
    let parts: Vec<&str> = head.split(['.', '-']).collect();
    let is_vietnamese = name.host.contains("vn") || name.host.contains("viet");
    squeezed.contains("govvn")
        || squeezed.contains("chinhphuvn")
        || parts.contains(&"govn")
        || parts.contains(&"gov") && is_vietnamese && !name.host.ends_with(".gov")
        || name.label == "gov" && name.suffix != "vn"
        || name.label.len() > 3 && name.label.ends_with("gov") && matches!(name.suffix.as_str(), "vn" | "com.vn")
}

/// Latin letters beside those of another alphabet in one label.
fn is_mixed(host: &str) -> bool {
    host.split('.').any(|label| {
        let latin = label.chars().any(|c| c.is_ascii_alphabetic());
        let other = label.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !text::fold::search_key(&c.to_string()).is_ascii());
        latin && other
    })
}

/// Whether a word baits.
pub(crate) fn is_bait(word: &str) -> bool {
    BAITS.iter().any(|bait| look(bait) == word)
}

fn bait(name: &Name) -> Option<&'static str> {
    let head = name.host.strip_suffix(&format!(".{}", name.suffix)).unwrap_or(&name.host);
    let squeezed: String = head.chars().filter(|c| c.is_alphanumeric()).collect();
    BAITS
        .iter()
        .find(|word| if word.len() <= 4 { head.split(['.', '-']).any(|part| part == **word) } else { squeezed.contains(**word) })
        .copied()
}

/// Names that differ from a known one by one letter: every known one without one of its letters leads to it.
#[derive(Debug, Default)]
pub(crate) struct Near {
    without: HashMap<Box<str>, Vec<u32>>,
}

impl Near {
    pub(crate) fn add(&mut self, name: &str, of: u32) {
        for key in shorter(name).chain([name.to_owned()]) {
            let known = self.without.entry(key.into()).or_default();
            if !known.contains(&of) {
                known.push(of);
            }
        }
    }

    /// Those that may be one step away: to be looked at with [`is_one_step`].
    pub(crate) fn candidates(&self, name: &str) -> Vec<u32> {
        let mut found: Vec<u32> =
            shorter(name).chain([name.to_owned()]).filter_map(|key| self.without.get(key.as_str())).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn shorter(name: &str) -> impl Iterator<Item = String> {
    name.char_indices().map(|(at, c)| [&name[..at], &name[at + c.len_utf8()..]].concat())
}

/// Whether two names are the same but for one letter more, less or other, or two neighbours that changed places.
pub(crate) fn is_one_step(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    if short.len() < long.len() {
        return short[same..] == long[same + 1..];
    }
    let swapped =
        same + 1 < short.len() && short[same] == long[same + 1] && short[same + 1] == long[same] && short[same + 2..] == long[same + 2..];
    same == short.len() || short[same + 1..] == long[same + 1..] || swapped
}

/// The name as it looks, without hyphens.
pub(crate) fn look(label: &str) -> String {
    skeleton(&label.replace('-', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_falls_into_its_parts() {
        let name = Name::of("www.a.b.vietcombank.com.vn").unwrap();
        assert_eq!((name.bought.as_str(), name.label.as_str(), name.left.join(".").as_str()), ("vietcombank.com.vn", "vietcombank", "a.b"));
        assert_eq!(Name::of("xn--vitcombank-n7a.com").unwrap().label, "viêtcombank");
        assert_eq!(Name::of("203.0.113.7"), None);
        assert_eq!(Name::of("com.vn"), None);
    }

    #[test]
    fn one_step_is_one_letter() {
        for (a, b) in [("bidv", "bidv"), ("bidv", "bidvv"), ("bidv", "bdv"), ("bidv", "bibv"), ("bidv", "bdiv")] {
            assert!(is_one_step(a, b), "{a} {b}");
        }
        for (a, b) in [("bidv", "bi"), ("bidv", "vbid"), ("bidv", "dbvi")] {
            assert!(!is_one_step(a, b), "{a} {b}");
        }
    }
}
