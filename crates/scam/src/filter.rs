//! Lists of reported numbers, accounts and hosts as filters: millions of entries in 18 bits each, looked up without asking
//! anybody.
//!
//! What is listed is normalised and hashed first. A filter answers "may be listed": two of 100,000 others are taken for
//! listed, so a hit is looked up in the list itself before anything is said. Telephone and account numbers are few enough to
//! be tried out one by one: a filter hides nothing, it only is small.
//!
//! ```text
//! let filter = Filter::build(&keys)?;
//! filter.may_hold(&key(Kind::Phone, "0912 000 123"))
//! ```

use sha2::{Digest as _, Sha256};
use xorf::{BinaryFuse16, Descriptor, Filter as _};

use crate::domain::Name;
use crate::network;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Phone,
    Account,
    /// Every page of a host.
    Host,
    /// One page, where the host belongs to many.
    Link,
}

impl Kind {
    /// The word in packs and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Phone => "phone",
            Kind::Account => "account",
            Kind::Host => "host",
            Kind::Link => "link",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Kind> {
        [Kind::Phone, Kind::Account, Kind::Host, Kind::Link].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// The SHA-256 of a normalised entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// The first two bytes: which bucket of a pack it lies in.
    pub fn bucket(&self) -> u16 {
        u16::from_be_bytes([self.0[0], self.0[1]])
    }

    fn number(&self) -> u64 {
        self.0.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// The key of an entry, however it is written: `+84 912 000 123` and `0912.000.123` are one.
/// `None` for what cannot be an entry of this kind.
pub fn key(kind: Kind, value: &str) -> Option<Key> {
    let normal = normal(kind, value)?;
    Some(Key(Sha256::digest(format!("{}:{normal}", kind.as_str())).into()))
}

/// An entry in the one form in which it is compared.
pub fn normal(kind: Kind, value: &str) -> Option<String> {
    match kind {
        Kind::Phone => phone_number(value),
        Kind::Account => digits(value).filter(|digits| (6..=19).contains(&digits.len())),
        Kind::Host => host(value),
        Kind::Link => page(value),
    }
}

fn host(value: &str) -> Option<String> {
    let value = value.to_lowercase();
    // An address in numbers has no name and is one all the same.
    value.parse::<std::net::IpAddr>().map(|address| address.to_string()).ok().or_else(|| Some(Name::of(&value)?.host))
}

/// Host and path of the one link that a text is, in small letters, without scheme, fragment and last slash, on a network of many
/// in the one form of its pages; `None` for anything else. What is listed is kept in small letters, and most networks read the
/// names of pages so.
fn page(value: &str) -> Option<String> {
    let value = value.trim();
    let links = crate::link::find(value);
    let link = links.first().filter(|link| !link.is_mail && link.at == (0..value.len()))?;
    let path = link.path.split('#').next().unwrap_or_default().trim_end_matches('/').to_lowercase();
    let host = host(&link.host)?;
    network::page(&host, &path).or_else(|| Some(format!("{host}{path}")))
}

/// The forms in which a value may be listed: of a page of a network also the pages that it lies below, the nearest first.
pub fn normals(kind: Kind, value: &str) -> Vec<String> {
    let own = normal(kind, value);
    if kind == Kind::Link { own.map(|page| network::with_those_above(&page)).unwrap_or_default() } else { own.into_iter().collect() }
}

pub(crate) fn digits(value: &str) -> Option<String> {
    let fits = value.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')'));
    fits.then(|| value.chars().filter(char::is_ascii_digit).collect())
}

/// The last code of a province, with which the number of a citizen card begins (Circular 59/2021/TT-BCA).
const LAST_PROVINCE: u32 = 96;

/// Twelve digits that begin as the number of a citizen card, whatever the others mean: such a number is taken for somebody's.
pub fn may_be_identity(digits: &str) -> bool {
    let province = digits.get(..3).and_then(|three| three.parse().ok()).unwrap_or(0);
    digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit()) && (1..=LAST_PROVINCE).contains(&province)
}

/// Twelve digits built as the number of a citizen card: a province, then the century and the sex of somebody alive, 0 to 3. The
/// first ones also look like the way into a foreign network.
pub(crate) fn is_identity(digits: &str) -> bool {
    may_be_identity(digits) && matches!(digits.as_bytes()[3], b'0'..=b'3')
}

/// A Vietnamese number from its zero on, any other with its country.
pub(crate) fn phone_number(value: &str) -> Option<String> {
    let digits = digits(value)?;
    let abroad = value.trim_start().starts_with('+') || digits.starts_with("00") && !is_identity(&digits);
    let bare = digits.strip_prefix("00").filter(|_| abroad).unwrap_or(&digits);
    let national = bare.strip_prefix("84").filter(|rest| (9..=10).contains(&rest.len()) && (abroad || !rest.starts_with('0')));
    let number = national
        .map_or_else(|| if abroad { format!("+{bare}") } else { digits.clone() }, |rest| format!("0{}", rest.trim_start_matches('0')));
    (3..=16).contains(&number.len()).then_some(number)
}

/// A filter over keys.
#[derive(Debug)]
pub struct Filter(BinaryFuse16);

/// Why bytes are no filter.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    #[error("not a filter of this format")]
    Format,
    #[error("a filter cannot be made of these keys")]
    Keys,
}

/// Bytes before the fingerprints: name of the format, seed, three lengths.
const HEAD: usize = 8 + 8 + 3 * 4;
const MAGIC: &[u8; 8] = b"LTBF16\0\x01";

impl Filter {
    /// # Errors
    /// [`Error::Keys`] when none can be made.
    pub fn build(keys: &[Key]) -> Result<Filter, Error> {
        let mut numbers: Vec<u64> = keys.iter().map(Key::number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        BinaryFuse16::try_from(&numbers).map(Filter).map_err(|_| Error::Keys)
    }

    /// Whether the key may be listed; false is certain.
    pub fn may_hold(&self, key: &Key) -> bool {
        !self.0.fingerprints.is_empty() && self.0.contains(&key.number())
    }

    /// The filter as bytes, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Descriptor { seed, segment_length, segment_length_mask, segment_count_length } = self.0.descriptor.clone();
        let mut bytes = Vec::with_capacity(HEAD + 2 * self.0.fingerprints.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&seed.to_le_bytes());
        for length in [segment_length, segment_length_mask, segment_count_length] {
            bytes.extend_from_slice(&length.to_le_bytes());
        }
        bytes.extend(self.0.fingerprints.iter().flat_map(|fingerprint| fingerprint.to_le_bytes()));
        bytes
    }

    /// # Errors
    /// [`Error::Format`] for anything whose parts do not fit each other: a look-up in it could leave its bounds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Filter, Error> {
        let (head, rest) = bytes.split_at_checked(HEAD).ok_or(Error::Format)?;
        let (magic, numbers) = head.split_at(MAGIC.len());
        let number = |at: usize| numbers[at..at + 4].iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let seed = u64::from(number(4)) << 32 | u64::from(number(0));
        let (segment_length, segment_length_mask, segment_count_length) = (number(8), number(12), number(16));
        let fingerprints: Box<[u16]> = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let needed = u64::from(segment_count_length) + 2 * u64::from(segment_length);
        let is_whole = magic == MAGIC
            && rest.len() % 2 == 0
            && segment_length.is_power_of_two()
            && segment_length_mask == segment_length - 1
            && segment_count_length.checked_rem(segment_length) == Some(0)
            && fingerprints.len() as u64 == needed;
        let descriptor = Descriptor { seed, segment_length, segment_length_mask, segment_count_length };
        if is_whole { Ok(Filter(BinaryFuse16 { descriptor, fingerprints })) } else { Err(Error::Format) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(n: u32) -> Vec<Key> {
        (0..n).map(|n| Key(Sha256::digest(n.to_le_bytes()).into())).collect()
    }

    #[test]
    fn one_number_has_one_key_however_it_is_written() {
        let known = key(Kind::Phone, "0912000123");
        for written in ["+84912000123", "84 912 000 123", "0912.000.123", "0084 912-000-123", "+84 (0)912 000 123"] {
            assert_eq!(key(Kind::Phone, written), known, "{written}");
        }
        assert_ne!(key(Kind::Account, "0912000123"), known, "an account is something else");
        assert_ne!(key(Kind::Phone, "+375912000123"), known);
        assert_eq!(key(Kind::Host, "WWW.abc.TOP"), key(Kind::Host, "abc.top"));
        assert_eq!(key(Kind::Link, "https://m.Facebook.com/TuThien.gia/?ref=a#b"), key(Kind::Link, "fb.com/tuthien.gia"));
        for none in ["", "hello", "12"] {
            assert_eq!(key(Kind::Phone, none), None, "{none}");
        }
    }

    #[test]
    fn what_is_listed_is_found_after_a_journey_as_bytes() {
        let all = keys(20_000);
        let filter = Filter::from_bytes(&Filter::build(&all[..10_000]).unwrap().to_bytes()).unwrap();
        assert!(all[..10_000].iter().all(|key| filter.may_hold(key)));
        let wrong = all[10_000..].iter().filter(|key| filter.may_hold(key)).count();
        assert!(wrong <= 5, "{wrong} of 10,000");
        assert!(!Filter::build(&[]).unwrap().may_hold(&all[0]));
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let bytes = Filter::build(&keys(100)).unwrap().to_bytes();
        for end in 0..bytes.len() {
            assert_eq!(Filter::from_bytes(&bytes[..end]).err(), Some(Error::Format), "cut at {end}");
        }
        for at in (0..MAGIC.len()).chain(16..HEAD) {
            let mut other = bytes.clone();
            other[at] ^= 0x55;
            assert_eq!(Filter::from_bytes(&other).err(), Some(Error::Format), "changed at {at}");
        }
    }
}
