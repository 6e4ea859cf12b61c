//! The addresses to ask for: everything that three people reach by following links, grouped by shape.

use crate::Target;
use crate::client::{self, Client};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Addresses of one shape and person that are followed and asked for.
const EACH: usize = 12;
const SEARCHES: &[&str] =
    &["/letters?q=mat+khau", "/letters?q=l%E1%BB%ABa+%C4%91%E1%BA%A3o", "/letters?q=17-CV", "/letters?q=bieu+duong+dot+31"];
/// What citizens ask the scam check; written for this list.
const MESSAGES: &[&str] = &[
    "Công an phường thông báo: căn cước của ông chưa đồng bộ, bấm vào http://vneid-capnhat.top để cập nhật trước 17h hôm nay",
    "Mẹ ơi con đổi số mới rồi, mẹ chuyển cho con 5 triệu vào tài khoản 0123456789 đóng tiền học nhé",
    "Trường THCS thông báo: sáng thứ Bảy họp phụ huynh lúc 8 giờ tại phòng 12, kính mời quý phụ huynh đến dự.",
    "https://vietcornbank.com.vn/dang-nhap",
];

pub(crate) fn targets(cookies: &[String]) -> Vec<Vec<Target>> {
    let mut groups: BTreeMap<String, Vec<Target>> = BTreeMap::new();
    for cookie in cookies {
        for target in reached(cookie) {
            groups.entry(target.shape.clone()).or_default().push(target);
        }
    }
    let search = |path: &&str| Target {
        shape: "/letters?q (search)".to_owned(),
        path: (*path).to_owned(),
        cookie: cookies[0].clone(),
        is_page: true,
        form: Vec::new(),
    };
    let form = Client::default().get("/scam", "").unwrap();
    let asked = |text: &&'static str| Target {
        shape: "/scam (asked)".to_owned(),
        path: "/scam".to_owned(),
        cookie: client::cookies(&form),
        is_page: true,
        form: vec![("token", client::token(&form)), ("text", (*text).to_owned())],
    };
    groups.insert("/scam (asked)".to_owned(), MESSAGES.iter().map(asked).collect());
    groups.insert("/letters?q (search)".to_owned(), SEARCHES.iter().map(search).collect());
    groups.into_values().collect()
}

fn reached(cookie: &str) -> Vec<Target> {
    let mut client = Client::default();
    let (mut seen, mut known): (BTreeSet<String>, BTreeMap<String, usize>) = Default::default();
    let mut open = VecDeque::from(["/".to_owned(), "/account".to_owned(), "/manage".to_owned()]);
    let mut found = Vec::new();
    while let Some(path) = open.pop_front() {
        let shape = shape(&path);
        if !seen.insert(path.clone()) || known.get(&shape).is_some_and(|n| *n >= EACH) {
            continue;
        }
        let answer = client.get(&path, cookie).unwrap();
        if answer.status != 200 {
            continue;
        }
        *known.entry(shape.clone()).or_default() += 1;
        let is_page = answer.header("content-type").starts_with("text/html");
        found.push(Target { shape, path, cookie: cookie.to_owned(), is_page, form: Vec::new() });
        if is_page {
            let text = answer.text();
            open.extend(text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).filter_map(own));
        }
    }
    found
}

/// An address of a page of this server, as written in a link.
fn own(href: &str) -> Option<String> {
    let path = href.split('#').next()?.replace("&amp;", "&").replace("&#38;", "&");
    (path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/assets")).then_some(path)
}

/// The address with its ids and the values of its filters left out.
fn shape(path: &str) -> String {
    let (path, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q)));
    let plain = |part: &&str| part.len() < 8 || !part.bytes().any(|b| b.is_ascii_digit());
    let parts: Vec<&str> = path.split('/').map(|part| if plain(&part) { part } else { "{}" }).collect();
    let names = query.map(|q| q.split('&').filter_map(|pair| pair.split('=').next()).collect::<BTreeSet<_>>());
    let names = names.map_or_else(String::new, |names| format!("?{}", names.into_iter().collect::<Vec<_>>().join("&")));
    format!("{}{names}", parts.join("/"))
}
