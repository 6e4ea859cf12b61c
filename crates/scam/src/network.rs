//! Somebody's page on a network of many, in one form: `m.facebook.com/ten?mibextid=a` and `https://fb.com/ten` are one page, and
//! what lies below it belongs to it.
//!
//! The forms are part of how packs are keyed. They stand here and not among the rules: rules change with every release, and a
//! page that was listed must still be found by then.

/// A network, its addresses and what of an address is a page.
struct Network {
    /// The first is the one in which pages are listed; each with everything below it (`m.`, `web.`).
    hosts: &'static [&'static str],
    /// What of a query says which page it is; everything else follows the reader about.
    keeps: &'static [&'static str],
    /// Parts of a path that name no page by themselves.
    rooms: &'static [&'static str],
    /// Beginnings of a path that mean another.
    same: &'static [(&'static str, &'static str)],
}

const NETWORKS: &[Network] = &[
    Network {
        hosts: &["facebook.com", "fb.com"],
        keeps: &["story_fbid", "fbid", "v", "id"],
        rooms: &[
            "events",
            "groups",
            "hashtag",
            "home.php",
            "l.php",
            "login",
            "login.php",
            "marketplace",
            "p",
            "pages",
            "people",
            "permalink.php",
            "photo",
            "photo.php",
            "photos",
            "posts",
            "profile.php",
            "r",
            "reel",
            "search",
            "share",
            "sharer.php",
            "stories",
            "story.php",
            "v",
            "videos",
            "watch",
        ],
        same: &[("pg/", "")],
    },
    Network { hosts: &["instagram.com"], keeps: &[], rooms: &["accounts", "explore", "p", "reel", "reels", "stories", "tv"], same: &[] },
    Network { hosts: &["zalo.me"], keeps: &[], rooms: &["g", "s"], same: &[] },
    Network {
        hosts: &["t.me", "telegram.me"],
        keeps: &[],
        rooms: &["addstickers", "c", "proxy", "share"],
        same: &[("s/", ""), ("joinchat/", "+")],
    },
    Network { hosts: &["tiktok.com"], keeps: &[], rooms: &["discover", "foryou", "live", "search", "tag", "video"], same: &[] },
    Network {
        hosts: &["youtube.com"],
        keeps: &["v", "list"],
        rooms: &["c", "channel", "embed", "feed", "live", "playlist", "results", "shorts", "user", "watch"],
        same: &[("shorts/", "watch?v="), ("live/", "watch?v="), ("embed/", "watch?v=")],
    },
    Network { hosts: &["sites.google.com"], keeps: &[], rooms: &["a", "d", "site", "view"], same: &[] },
    Network {
        hosts: &["docs.google.com"],
        keeps: &[],
        rooms: &["a", "d", "document", "e", "file", "forms", "presentation", "spreadsheets", "u"],
        same: &[],
    },
    Network {
        hosts: &["drive.google.com"],
        keeps: &["id"],
        rooms: &["d", "drive", "file", "folders", "open", "u", "uc"],
        same: &[("drive/folders/", "folders/")],
    },
];

/// Most parts of a page above another.
const DEEPEST: usize = 6;

/// The page in the form in which it is listed, `None` on a host that is no such network. Host and path in small letters, the
/// path from its slash on, without fragment.
pub(crate) fn page(host: &str, path: &str) -> Option<String> {
    let network = of(host)?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let mut name = parts.join("/");
    for (from, to) in network.same {
        if let Some(rest) = name.strip_prefix(from).filter(|rest| !rest.is_empty()) {
            name = format!("{to}{rest}");
            break;
        }
    }
    let given =
        |key: &&str| query.split('&').find_map(|pair| pair.split_once('=').filter(|(name, value)| name == key && !value.is_empty()));
    let kept: Vec<String> = network.keeps.iter().filter_map(given).map(|(key, value)| format!("{key}={value}")).collect();
    if !name.is_empty() && !name.contains('?') && !kept.is_empty() {
        name = format!("{name}?{}", kept.join("&"));
    }
    let first = network.hosts[0];
    if first == "facebook.com" {
        name = profile(&name).unwrap_or(name);
    }
    Some(if name.is_empty() { first.to_owned() } else { format!("{first}/{name}") })
}

/// Somebody who has a number for a name: `people/An-Nguyen/100012` and `100012` alone lead to `profile.php?id=100012`.
fn profile(name: &str) -> Option<String> {
    let of_people = name.strip_prefix("people/").and_then(|rest| rest.split_once('/')).map(|(_, rest)| rest);
    let (number, below) = of_people.unwrap_or(name).split_once('/').unwrap_or((of_people.unwrap_or(name), ""));
    let is_number = number.len() >= 5 && number.bytes().all(|b| b.is_ascii_digit());
    let slash = if below.is_empty() { "" } else { "/" };
    is_number.then(|| format!("profile.php?id={number}{slash}{below}"))
}

/// A page in its one form, and those that it lies below, the nearest first: a post, then whoever wrote it.
pub(crate) fn with_those_above(page: &str) -> Vec<String> {
    let mut all = vec![page.to_owned()];
    let Some((host, name)) = page.split_once('/') else { return all };
    let Some(network) = of(host) else { return all };
    if let Some((_, query)) = name.split_once('?').filter(|(what, _)| network.rooms.contains(what) && *what != "profile.php") {
        let of = query.split('&').find_map(|pair| pair.strip_prefix("id=")).filter(|_| host == "facebook.com");
        all.extend(of.map(|id| format!("{host}/profile.php?id={id}")));
    }
    let parts: Vec<&str> = name.split('/').collect();
    let shorter = (1..parts.len().min(DEEPEST + 1)).rev().map(|length| &parts[..length]);
    all.extend(shorter.filter(|parts| names_a_page(network, parts)).map(|parts| format!("{host}/{}", parts.join("/"))));
    all
}

/// Whether a path on this host names a page of somebody's, and not only a room of the network; `None` on another host.
pub(crate) fn is_page(host: &str, path: &str) -> Option<bool> {
    let network = of(host)?;
    let path = path.split('#').next().unwrap_or_default().to_lowercase();
    let page = page(host, &path)?;
    Some(page.split_once('/').is_some_and(|(_, name)| names_a_page(network, &name.split('/').collect::<Vec<_>>())))
}

fn names_a_page(network: &Network, parts: &[&str]) -> bool {
    parts.iter().any(|part| !network.rooms.contains(part))
}

fn of(host: &str) -> Option<&'static Network> {
    let is_of = |known: &&str| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'));
    NETWORKS.iter().find(|network| network.hosts.iter().any(is_of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_form() {
        for (host, path, one) in [
            ("m.facebook.com", "/tuthien.gia", "facebook.com/tuthien.gia"),
            ("web.facebook.com", "/tuthien.gia/?mibextid=zb&ref=a", "facebook.com/tuthien.gia"),
            ("fb.com", "/pg/tuthien.gia/posts", "facebook.com/tuthien.gia/posts"),
            ("facebook.com", "/profile.php?mibextid=a&id=100012", "facebook.com/profile.php?id=100012"),
            ("facebook.com", "/people/an-nguyen/100012/", "facebook.com/profile.php?id=100012"),
            ("facebook.com", "/100012/posts/7", "facebook.com/profile.php?id=100012/posts/7"),
            ("facebook.com", "/story.php?id=100012&story_fbid=7&__tn__=a", "facebook.com/story.php?story_fbid=7&id=100012"),
            ("facebook.com", "?id=100012", "facebook.com"),
            ("telegram.me", "/s/viec-nhe", "t.me/viec-nhe"),
            ("t.me", "/joinchat/abc", "t.me/+abc"),
            ("m.youtube.com", "/shorts/abc?feature=share", "youtube.com/watch?v=abc"),
            ("youtube.com", "/watch?t=1&v=abc", "youtube.com/watch?v=abc"),
            ("drive.google.com", "/file/d/abc/view?usp=sharing", "drive.google.com/file/d/abc/view"),
        ] {
            assert_eq!(page(host, path).as_deref(), Some(one), "{host}{path}");
        }
        for other in ["a-b.top", "notfacebook.com", "facebook.com.a-b.top", "forms.gle"] {
            assert_eq!(page(other, "/x"), None, "{other}");
        }
    }

    #[test]
    fn what_lies_below_a_page_belongs_to_it() {
        let above = |page: &str| with_those_above(page).split_off(1);
        assert_eq!(above("facebook.com/tuthien.gia/posts/1"), ["facebook.com/tuthien.gia/posts", "facebook.com/tuthien.gia"]);
        assert_eq!(above("facebook.com/groups/tien/posts/1").last().unwrap(), "facebook.com/groups/tien", "the group, not all groups");
        assert_eq!(above("facebook.com/story.php?story_fbid=7&id=100012"), ["facebook.com/profile.php?id=100012"]);
        assert_eq!(above("facebook.com/profile.php?id=100012/posts/7").last().unwrap(), "facebook.com/profile.php?id=100012");
        assert_eq!(above("docs.google.com/forms/d/e/abc/viewform"), ["docs.google.com/forms/d/e/abc"]);
        assert_eq!(above("a-b.top/x/y"), Vec::<String>::new());
        assert_eq!(with_those_above(&format!("t.me/{}", ["a"; 99].join("/"))).len(), 1 + DEEPEST);
    }

    #[test]
    fn a_room_of_the_network_is_nobodys_page() {
        for (host, path) in
            [("facebook.com", "/groups/"), ("m.facebook.com", "/profile.php?ref=a"), ("t.me", ""), ("youtube.com", "/watch#v=a")]
        {
            assert_eq!(is_page(host, path), Some(false), "{host}{path}");
        }
        assert_eq!(is_page("facebook.com", "/groups/Tien"), Some(true));
        assert_eq!(is_page("a-b.top", "/x"), None);
    }
}
