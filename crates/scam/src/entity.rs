//! Links, telephone numbers and sums of money in a message: where they stand.

use std::ops::Range;

use crate::lexicon::{LINK, MONEY, NUMBER, PHONE, Word};
use crate::link::{self, Link};

/// Something in a message that is no word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) at: Range<usize>,
    pub(crate) kind: Word,
}

/// Everything in a message that is no word, in order, and its links taken apart.
pub(crate) fn find(text: &str) -> (Vec<Entity>, Vec<Link>) {
    let links = link::find(text);
    let mut entities: Vec<Entity> = links.iter().map(|link| Entity { at: link.at.clone(), kind: LINK }).collect();
    let taken = |at: usize| links.iter().any(|link| link.at.contains(&at));
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins =
            bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && bytes[at - 1] < 0x80) && !taken(at);
        if !begins {
            at += 1;
            continue;
        }
        let (end, kind) = number(text, at);
        if let Some(kind) = kind {
            let start = if text[..at].ends_with('+') { at - 1 } else { at };
            entities.push(Entity { at: start..end, kind });
        }
        at = end;
    }
    entities.sort_by_key(|entity| entity.at.start);
    (entities, links)
}

/// The number that begins here: its end, and what it is. `None`: it goes on as a word (`0tp`).
fn number(text: &str, start: usize) -> (usize, Option<Word>) {
    let bytes = text.as_bytes();
    let mut end = start;
    let mut digits = 0;
    while end < bytes.len() {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        match bytes[end] {
            b'0'..=b'9' => digits += 1,
            b'.' | b',' | b' ' | b'-' if is_digit(end + 1) => {}
            _ => break,
        }
        end += 1;
    }
    let plain: String = text[start..end].chars().filter(char::is_ascii_digit).collect();
    let unit = unit(&text[end..]);
    if let Some(length) = unit.filter(|_| digits <= 12) {
        return (end + length, Some(MONEY));
    }
    if text[end..].chars().next().is_some_and(char::is_alphanumeric) {
        return (end, None);
    }
    let is_phone = (9..=11).contains(&digits) && plain.starts_with('0') || (11..=12).contains(&digits) && plain.starts_with("84");
    let is_hotline = (8..=11).contains(&digits) && (plain.starts_with("1900") || plain.starts_with("1800"));
    (end, Some(if is_phone || is_hotline { PHONE } else { NUMBER }))
}

/// Bytes of a unit of money that follows a number, with the blank before it.
fn unit(rest: &str) -> Option<usize> {
    const UNITS: &[&str] = &[
        "nghìn đồng",
        "triệu đồng",
        "tỷ đồng",
        "ngàn đồng",
        "nghìn",
        "ngàn",
        "nghin",
        "ngan",
        "triệu",
        "trieu",
        "tỷ",
        "tỉ",
        "ty",
        "đồng",
        "dong",
        "vnđ",
        "vnd",
        "củ",
        "cành",
        "usd",
        "usdt",
        "tr",
        "k",
        "đ",
        "d",
        "₫",
        "$",
    ];
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let after = &rest[blank..];
    let window: String = after.chars().take(12).flat_map(char::to_lowercase).collect();
    let unit = UNITS.iter().find(|unit| window.starts_with(**unit))?;
    let ends = window[unit.len()..].chars().next().is_none_or(|next| !next.is_alphabetic());
    // A lone letter belongs to the number only where nothing stands between.
    let fits = ends && (blank == 0 || unit.len() > 1 && blank == 1);
    // Small and capital letters of these units are of equal length.
    fits.then_some(blank + unit.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart() {
        let found = |text: &str| find(text).0.into_iter().map(|entity| (text[entity.at].to_owned(), entity.kind)).collect::<Vec<_>>();
        let one = |text: &str, kind: Word| vec![(text.to_owned(), kind)];
        assert_eq!(found("goi 0912 000 123 ngay"), one("0912 000 123", PHONE));
        assert_eq!(found("so +84912000123."), one("+84912000123", PHONE));
        assert_eq!(found("phi 500.000đ nhe"), one("500.000đ", MONEY));
        assert_eq!(found("ck 2tr mua thuoc"), one("2tr", MONEY));
        assert_eq!(found("nhan 5 triệu đồng"), one("5 triệu đồng", MONEY));
        assert_eq!(found("ma 482913"), one("482913", NUMBER));
        assert_eq!(found("ma 0tp"), vec![]);
        assert_eq!(found("xem abc.vn/123456"), one("abc.vn/123456", LINK));
    }
}
