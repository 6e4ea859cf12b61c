//! What a report of a scam may name so that it can be listed: a link, a telephone number, an account. Never a person, nor a
//! mail address, which may be a name.
//!
//! ```text
//! found("Gọi 0912 345 678 hoặc vào http://a-b.top/x nhé")  →  ["http://a-b.top/x", "0912345678"]
//! plain("Nguyễn Văn A")                                    →  None
//! ```

use programme::decide::Refusal;
use scam::filter::{Kind, may_be_identity, normal};
use scam::pack::Lists;
use std::collections::BTreeSet;

/// Digits of a telephone number or an account.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=19;
/// Longest link that is listed, in characters.
const MOST_LINK: usize = 300;

/// A link or a number as it is listed; `None` for anything else.
pub(crate) fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let links = scam::link::find(text);
    if let Some(link) = links.first().filter(|link| !link.is_mail && link.at == (0..text.len())) {
        // Somebody's page is listed in one form, however it was written: whoever judges sees what will be listed.
        let page = scam::builtin().domains().is_post(link).then(|| normal(Kind::Link, text)).flatten();
        return Some(page.unwrap_or_else(|| text.to_lowercase())).filter(|link| link.chars().count() <= MOST_LINK);
    }
    // From abroad or from here, it is one number.
    if let Some(home) = normal(Kind::Phone, text).filter(|number| text.starts_with('+') && number.starts_with('0')) {
        return Some(home);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')'));
    (is_number && DIGITS.contains(&digits.len())).then_some(digits)
}

/// What a listed value is, however it was written: an address with all its pages is its host, one page of a network that page, a
/// number is as it is dialled here.
pub(crate) fn identity(value: &str) -> String {
    if let Some(link) = scam::link::find(value).first() {
        let (kind, written) = match scam::builtin().domains().is_shared(&link.host) {
            true => (Kind::Link, value),
            false => (Kind::Host, link.host.as_str()),
        };
        return format!("{} {}", kind.as_str(), normal(kind, written).unwrap_or_else(|| written.to_owned()));
    }
    normal(Kind::Phone, value).unwrap_or_else(|| value.to_owned())
}

/// What a person judges, as it is listed.
///
/// # Errors
/// [`Refusal::NoIndicator`] for what is none, and what no list holds: see [`listable`]. The short numbers (113, 156) belong to
/// somebody known although they are too short for a list.
pub(crate) fn judged(text: &str) -> Result<String, Refusal> {
    if is_hotline(text) {
        return Err(Refusal::Hotline);
    }
    let value = plain(text).ok_or(Refusal::NoIndicator)?;
    listable(&value)?;
    Ok(value)
}

fn is_hotline(text: &str) -> bool {
    let Some(number) = normal(Kind::Phone, text) else { return false };
    let shared = programme::learn::hotlines().iter().filter_map(|hotline| normal(Kind::Phone, hotline.number.as_deref()?));
    scam::number::builtin().hotlines().iter().map(|hotline| hotline.number.clone()).chain(shared).any(|known| known == number)
}

/// Refuses what no list of scams holds, although a report may name it: the number of a citizen card, and a domain of the state
/// or of a known brand. Somebody's page on a social network is no such domain: it is listed alone, the network is not.
fn listable(value: &str) -> Result<(), Refusal> {
    if may_be_identity(value) {
        return Err(Refusal::IdentityNumber);
    }
    let trusted = Lists::of(scam::builtin());
    let domains = scam::builtin().domains();
    let is_trusted = |host: &str| host == "gov.vn" || host.ends_with(".gov.vn") || trusted.owner(host).is_some() || domains.has_posts(host);
    if scam::link::find(value).iter().any(|link| is_trusted(&link.host) && !domains.is_post(link)) {
        Err(Refusal::TrustedDomain)
    } else {
        Ok(())
    }
}

/// The links and numbers in a message, each once.
pub(crate) fn found(text: &str) -> Vec<String> {
    let links: Vec<_> = scam::link::find(text).into_iter().map(|link| link.at).collect();
    let mut seen = BTreeSet::new();
    let mut all: Vec<String> = links.iter().filter_map(|at| plain(&text[at.clone()])).collect();
    let mut rest = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        rest.push(if links.iter().any(|link| link.contains(&at)) { '|' } else { c });
    }
    let numbers = rest.split(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+')));
    all.extend(numbers.filter_map(plain));
    all.retain(|value| seen.insert(value.clone()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_links_are_listed_and_names_are_not() {
        assert_eq!(plain(" 0912.345.678 ").as_deref(), Some("0912345678"));
        assert_eq!(plain("+84 912 345 678").as_deref(), Some("0912345678"));
        assert_eq!(plain("http://Ngan-Hang.top/a").as_deref(), Some("http://ngan-hang.top/a"));
        for other in ["Nguyễn Văn A", "nguyenvana@thu.vn", "0912 345 678 anh Tám", "12/2026", "1234567", ""] {
            assert_eq!(plain(other), None, "{other}");
        }
    }

    #[test]
    fn no_list_holds_a_citizen_card_or_a_trusted_domain() {
        for card in ["001203000123", "096299000000"] {
            assert_eq!(listable(card), Err(Refusal::IdentityNumber), "{card}");
        }
        for trusted in ["https://www.vietcombank.com.vn/the", "http://dichvucong.gov.vn", "xatanluy.gov.vn"] {
            assert_eq!(listable(trusted), Err(Refusal::TrustedDomain), "{trusted}");
        }
        for other in ["0912345678", "http://vietcombank.com.vn.a-b.top/x", "http://gov.vn-tra-cuu.top", "102874563210", "097203000123"] {
            assert_eq!(listable(other), Ok(()), "{other}");
        }
    }

    #[test]
    fn one_thing_is_one_however_it_is_written() {
        let same = |all: &[&str]| all.iter().map(|value| identity(value)).collect::<BTreeSet<_>>().len();
        assert_eq!(same(&["0987654321", "84987654321", "+84 987 654 321", "0987.654.321"]), 1);
        assert_eq!(same(&["http://xau-lam.example/dangnhap", "https://www.xau-lam.example/", "xau-lam.example"]), 1);
        assert_eq!(same(&["facebook.com/mot", "https://m.facebook.com/Mot?ref=a"]), 1);
        assert_eq!(same(&["facebook.com/mot", "facebook.com/hai", "0987654321", "102874563210", "xau-lam.example"]), 5);
    }

    #[test]
    fn a_number_that_helps_people_is_not_listed() {
        for hotline in ["113", " 156 ", "5656", "1900 545413"] {
            assert_eq!(judged(hotline), Err(Refusal::Hotline), "{hotline}");
        }
        assert_eq!(judged("112 3"), Err(Refusal::NoIndicator));
        assert_eq!(judged("1900 111 222").as_deref(), Ok("1900111222"));
    }

    #[test]
    fn a_page_on_a_social_network_is_listed_and_the_network_is_not() {
        for page in [
            "https://www.facebook.com/tuthien.gia",
            "m.facebook.com/profile.php?id=100012",
            "https://t.me/viec-nhe",
            "zalo.me/g/abcdef123",
            "https://forms.gle/Ab1",
        ] {
            assert_eq!(plain(page).map(|page| listable(&page)), Some(Ok(())), "{page}");
            assert_eq!(scam::pack::kinds(page, scam::builtin().domains()), [Kind::Link], "{page}");
        }
        assert_eq!(plain("https://m.facebook.com/TuThien.gia?mibextid=zb").as_deref(), Some("facebook.com/tuthien.gia"));
        for network in [
            "https://facebook.com/groups",
            "https://facebook.com",
            "facebook.com/",
            "facebook.com/?ref=a",
            "http://t.me#a",
            "https://forms.gle",
            "https://vietcombank.com.vn/facebook.com/x",
        ] {
            assert_eq!(plain(network).map(|network| listable(&network)), Some(Err(Refusal::TrustedDomain)), "{network}");
        }
    }

    #[test]
    fn what_a_message_names() {
        assert_eq!(found("Gọi 0912 345 678 hoặc vào http://a-b.top/x nhé. 0912345678!"), ["http://a-b.top/x", "0912345678"]);
        assert_eq!(found("Tối con về ăn cơm"), Vec::<String>::new());
    }
}
