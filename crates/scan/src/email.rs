//! E-mail addresses: from every `@` outwards, ASCII only (RFC 5321 without quoted local parts).
//!
//! Not for proving that an address exists. Sign-ins inside addresses of services (`postgres://app:…@host`) are not mail.
//!
//! ```text
//! "gửi ubnd@tanluy.example.vn nhé"  →  "ubnd@tanluy.example.vn"
//! ```

use std::ops::Range;

/// RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.2.
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 255;

/// Endings that mark a file and not a domain (`anh@2x.png`).
const FILE_ENDINGS: &[&[u8]] = &[b"png", b"jpg", b"jpeg", b"gif", b"svg", b"webp", b"ico", b"css", b"js", b"ts", b"py", b"exe", b"zip"];

/// The places of all addresses in a view.
pub(crate) fn places(view: &[u8]) -> Vec<Range<usize>> {
    memchr::memchr_iter(b'@', view).filter_map(|at| place(view, at)).collect()
}

fn place(view: &[u8], at: usize) -> Option<Range<usize>> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte);
    let local = view[at.saturating_sub(MAX_LOCAL)..at].iter().rev().take_while(|byte| is_local(byte)).count();
    let mut start = at - local;
    while start < at && !view[start].is_ascii_alphanumeric() {
        start += 1;
    }
    let is_domain = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'.' || **byte == b'-';
    let domain = view[at + 1..].iter().take(MAX_DOMAIN).take_while(is_domain).count();
    let mut end = at + 1 + domain;
    while end > at + 1 && !view[end - 1].is_ascii_alphanumeric() {
        end -= 1;
    }
    let labels: Vec<&[u8]> = view[at + 1..end].split(|byte| *byte == b'.').collect();
    let top = labels.last()?;
    let domain_ok = labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty() && !label.starts_with(b"-"))
        && (2..=24).contains(&top.len())
        && top.iter().all(u8::is_ascii_alphabetic)
        && !FILE_ENDINGS.contains(&top.to_ascii_lowercase().as_slice());
    let local_ok = start < at && view[at - 1] != b'.' && !view[start..at].windows(2).any(|pair| pair == b"..");
    (domain_ok && local_ok && !is_sign_in(view, start)).then_some(start..end)
}

/// True where `//` or `user:` stands directly before: the sign-in part of a service's address.
fn is_sign_in(view: &[u8], start: usize) -> bool {
    let word = view[start.saturating_sub(MAX_LOCAL)..start].iter().rev().take_while(|byte| !byte.is_ascii_whitespace());
    let word: Vec<u8> = word.copied().collect();
    word.first().is_some_and(|byte| matches!(byte, b':' | b'/')) && word.windows(2).any(|pair| pair == b"//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        places(text.as_bytes()).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        assert_eq!(all("Gửi ubnd@tanluy.example.vn. Cảm ơn"), ["ubnd@tanluy.example.vn"]);
        assert_eq!(all("<nam.tran+1@vi-du.vn>,b@c.vn"), ["nam.tran+1@vi-du.vn", "b@c.vn"]);
        assert_eq!(all("mailto:tiep.dan@vi-du.vn"), ["tiep.dan@vi-du.vn"]);
    }

    #[test]
    fn what_looks_like_an_address() {
        assert_eq!(all("anh@2x.png"), Vec::<&str>::new());
        assert_eq!(all("postgres://app:bi-mat@db.vi-du.vn:5432/ho_so"), Vec::<&str>::new());
        assert_eq!(all("ssh root@10.0.0.1"), Vec::<&str>::new());
        assert_eq!(all("@gmail.com a@b"), Vec::<&str>::new());
    }
}
