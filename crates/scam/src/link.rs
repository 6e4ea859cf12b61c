//! Links in a message, also those that are written so that a machine may not see them (`hxxp`, `abc[.]top`).

use std::net::IpAddr;
use std::ops::Range;

/// A link as it stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the message.
    pub at: Range<usize>,
    /// The host in small letters, without port and the last dot; of punycode what it means stands in
    /// [`crate::domain::Name`].
    pub host: String,
    /// What comes after the host.
    pub path: String,
    /// Stands before an `@` in front of the host, where a careless eye takes it for the host.
    pub before_at: Option<String>,
    /// The host of a mail address.
    pub is_mail: bool,
}

/// Longest host, in bytes (RFC 1035).
const MAX_HOST: usize = 253;

/// Names of top-level domains that are also common words: without more than a dot before them they are the end of one
/// sentence and the beginning of the next ("xong.co gi").
const WORDS: &[&str] = &[
    "co", "la", "to", "me", "my", "so", "ai", "do", "gi", "ma", "ba", "mo", "ve", "be", "ca", "in", "it", "at", "is", "no", "the", "ms",
    "mu", "sa", "ga", "de", "vi", "ng", "th", "tr", "sh", "hm", "zip", "mom", "ha", "ho", "lo", "mi", "ni", "nu", "pa", "ta", "tu", "va",
    "om",
];

/// Endings that nobody can have (RFC 2606): examples in lessons have them.
const RESERVED: &[&str] = &["example", "invalid", "test"];

/// All links of a message in the order in which they stand there.
pub fn find(text: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let alone = text.trim();
    let mut from = 0;
    while let Some((start, end)) = chunk(text, from) {
        from = end;
        let is_alone = text[start..end].len() == alone.len();
        links.extend(of_chunk(text, start..end, is_alone));
    }
    links
}

/// The next stretch without blanks that has a dot in it.
fn chunk(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let start = at + rest.find(|c: char| !c.is_whitespace())?;
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |length| start + length);
        if text[start..end].contains('.') {
            return Some((start, end));
        }
        at = end;
    }
}

/// The link in a stretch without blanks: after a scheme, or where a host begins.
fn of_chunk(text: &str, within: Range<usize>, is_alone: bool) -> Option<Link> {
    let whole = &text[within.clone()];
    let is_edge = |c: char| matches!(c, '(' | '[' | '{' | '<' | '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '*' | '_' | ':' | ',' | ';');
    let lower = whole.to_ascii_lowercase();
    let scheme = ["https://", "http://", "hxxps://", "hxxp://"].iter().find_map(|scheme| lower.find(scheme).map(|at| (at, scheme.len())));
    let (start, host_at) = match scheme {
        Some((at, length)) => (at, at + length),
        None => {
            let start = whole.find(|c: char| !is_edge(c))?;
            // "tại:abc.top", "link=abc.top": what stands before the last such sign is no host.
            let head = whole[start..].find(['/', '?', '#']).map_or(whole.len(), |length| start + length);
            let signs = whole[start..head].rmatch_indices([':', '=', ',', ';', '(', '"', '>', '|']);
            let start = signs.map(|(at, sign)| start + at + sign.len()).find(|at| begins_host(&whole[*at..head])).unwrap_or(start);
            (start, start)
        }
    };
    let tail = whole[host_at..].trim_end_matches(|c: char| is_edge(c) || matches!(c, '.' | '!' | '?' | ')' | ']' | '}' | '>' | '…'));
    let split = tail.find(['/', '?', '#', '\\']).unwrap_or(tail.len());
    let is_of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | ':' | '[' | ']' | '(' | ')' | '{' | '}');
    let (tail, split) = match tail[..split].find(|c: char| !is_of_host(c)) {
        Some(end) => (&tail[..end], end),
        None => (tail, split),
    };
    let (authority, path) = tail.split_at(split);
    let (before_at, host) = match authority.rsplit_once('@') {
        Some((before, host)) => (Some(before.to_owned()), host),
        None => (None, authority),
    };
    let host = host.replace("[.]", ".").replace("(.)", ".").replace("{.}", ".");
    let host = host.split_once(':').map_or(host.as_str(), |(host, _)| host).trim_end_matches('.').to_lowercase();
    let is_mail = scheme.is_none() && before_at.is_some();
    let is_told = scheme.is_some() || is_alone || is_mail || host.starts_with("www.");
    let end = within.start + host_at + tail.len();
    let link = Link { at: within.start + start..end, before_at: before_at.filter(|_| !is_mail), path: path.to_owned(), is_mail, host };
    is_host(&link.host, is_told || path.len() > 1).then_some(link)
}

fn begins_host(text: &str) -> bool {
    text.contains('.') && text.chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether this can be a host: an address, or a name that ends in a known top-level domain.
fn is_host(host: &str, is_told: bool) -> bool {
    if host.parse::<IpAddr>().is_ok() {
        return is_told || host.bytes().filter(|b| *b == b'.').count() == 3;
    }
    let mut labels = host.split('.');
    let shaped = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    if host.len() > MAX_HOST || !host.contains('.') || !labels.all(shaped) {
        return false;
    }
    let Some((rest, top)) = host.rsplit_once('.') else { return false };
    let known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known()) || top.starts_with("xn--") || RESERVED.contains(&top);
    if is_told {
        return known;
    }
    let is_sentence = !rest.contains('.') && (WORDS.contains(&top) || !rest.is_ascii());
    known && !is_sentence && rest.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(text: &str) -> Vec<String> {
        find(text).into_iter().map(|link| link.host + &link.path).collect()
    }

    #[test]
    fn links_are_found_as_people_write_them() {
        assert_eq!(hosts("Vao https://vietc0mbank-vn.top/login?x=1 de xac thuc"), ["vietc0mbank-vn.top/login?x=1"]);
        assert_eq!(hosts("bấm vào abc.top."), ["abc.top"]);
        assert_eq!(hosts("tại:abc-xyz.vn,xin cảm ơn"), ["abc-xyz.vn"]);
        assert_eq!(hosts("hxxp://abc[.]top/a"), ["abc.top/a"]);
        assert_eq!(hosts("(xem www.bidv.com.vn)"), ["www.bidv.com.vn"]);
        assert_eq!(hosts("http://203.0.113.7:8080/app.apk"), ["203.0.113.7/app.apk"]);
        assert_eq!(hosts("thư tới hotro@vietcornbank.com nhé"), ["vietcornbank.com"]);
        assert_eq!(hosts("HTTPS://ABC.TOP"), ["abc.top"]);
    }

    #[test]
    fn sentences_and_numbers_are_no_links() {
        for text in [
            "Xong.co gi goi anh",
            "Em đi rồi.la sao",
            "tổng 1.500.000 đồng",
            "TP.HCM",
            "v.v",
            "c.ô.n.g a.n",
            "ngày 2.9.2026",
            "kế hoạch.docx",
            "chào anh.em ở",
        ] {
            assert_eq!(hosts(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_stands_before_the_at_is_told() {
        let link = find("https://vietcombank.com.vn@abc.top/x").remove(0);
        assert_eq!((link.host.as_str(), link.before_at.as_deref()), ("abc.top", Some("vietcombank.com.vn")));
    }
}
