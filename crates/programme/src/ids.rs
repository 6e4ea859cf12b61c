//! Names of things: one newtype per kind of id, so that no unit is ever passed where a person is meant.
//!
//! An id is text of 1 to 64 characters from `A-Z a-z 0-9 - _`; it stands in URLs, file names and JSON as it is.
//! Not for making randomness: [`Ids`] turns a time and a seed that the rim passes in into UUIDv7 (RFC 9562).
//!
//! ```text
//! let mut ids = Ids::new(now, seed);
//! let letter: LetterId = ids.make();
//! let commune = UnitId::built_in(UnitKind::Commune, "00004");
//! ```

use crate::model::UnitKind;
use crate::moment::Moment;
use crate::period::Period;
use arrayvec::ArrayString;
use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Text that cannot be an id, with the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {0:?}")]
pub struct BadId(pub String);

/// The text of an id. Half of what a year's record takes in memory are ids, and every page copies thousands: one as long as a
/// UUID lies within its owner, without a piece of memory of its own.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "Cow<'_, str>")]
enum Name {
    Short(ArrayString<36>),
    Long(Box<str>),
}

impl Name {
    fn of(text: &str) -> Name {
        ArrayString::from(text).map_or_else(|_| Name::Long(text.into()), Name::Short)
    }

    fn as_str(&self) -> &str {
        match self {
            Name::Short(text) => text,
            Name::Long(text) => text,
        }
    }
}

impl FromStr for Name {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Name, BadId> {
        let fine = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fine { Ok(Name::of(text)) } else { Err(BadId(text.to_owned())) }
    }
}

impl TryFrom<Cow<'_, str>> for Name {
    type Error = BadId;
    fn try_from(text: Cow<'_, str>) -> Result<Name, BadId> {
        text.parse()
    }
}

impl From<Uuid> for Name {
    fn from(id: Uuid) -> Name {
        Name::of(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

// In the order of the texts, wherever they lie.
impl Ord for Name {
    fn cmp(&self, other: &Name) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

macro_rules! ids { ($($(#[$doc:meta])* $name:ident)*) => { $(
    $(#[$doc])*
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct $name(Name);
    impl $name {
        pub fn as_str(&self) -> &str { self.0.as_str() }
    }
    impl TryFrom<String> for $name {
        type Error = BadId;
        fn try_from(text: String) -> Result<$name, BadId> { text.parse() }
    }
    impl FromStr for $name {
        type Err = BadId;
        fn from_str(text: &str) -> Result<$name, BadId> { text.parse().map($name) }
    }
    impl From<$name> for String { fn from(id: $name) -> String { id.as_str().to_owned() } }
    impl From<Uuid> for $name { fn from(id: Uuid) -> $name { $name(id.into()) } }
    impl fmt::Display for $name {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
    }
)* } }

ids! {
    /// A unit of the tree, from the nation to a party cell. An office is a unit with a key.
    UnitId
    /// A person; everything else about a person is private and never in an event.
    PersonId
    /// An incoming, outgoing or drafted letter.
    LetterId
    /// One obligation of a letter; a derived or corrected obligation has an id of its own.
    ObligationId
    /// One piece of evidence.
    EvidenceId
    /// A private text or file that an event names only by this id and a salted digest.
    ContentId
    /// A question of the office's own bank, or some that came together.
    QuestionId
    CertificateId
    /// A thing that can be inspected: a host, a site, a data set.
    AssetId
    /// A difficulty, incident, risk, feedback: anything with the life opened → routed → answered → closed.
    CaseId
    /// Something that was held: a conference, a broadcast, a lesson.
    ActivityId
    /// One revision of a report's data.
    ReturnId
    /// A written, dated exception from a check.
    ExceptionId
    /// A role given to a person.
    GrantId
}

/// The namespace of built-in units: UUIDv5 of the DNS name `unit.luytre` in the DNS namespace.
fn built_in_namespace() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"unit.luytre")
}

impl UnitId {
    /// The id of a unit that every office knows: UUIDv5 of its kind and official code, so that all name it alike.
    pub fn built_in(kind: UnitKind, code: &str) -> UnitId {
        Uuid::new_v5(&built_in_namespace(), format!("{}:{code}", kind.as_str()).as_bytes()).into()
    }
}

impl UnitId {
    /// The id of a body that is known by its name only, such as the issuer of a letter: the same name, the same id.
    pub fn named(name: &str) -> UnitId {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Uuid::new_v5(&built_in_namespace(), format!("named:{name}").as_bytes()).into()
    }
}

impl PersonId {
    /// The program itself, where it acts without anybody: opening periods, taking down who signed in. The same everywhere.
    pub fn program() -> PersonId {
        Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"program.luytre").into()
    }
}

/// Makes UUIDv7 from a time and a 32-byte random seed; the same input gives the same ids, so tests are stable.
#[derive(Debug, Clone)]
pub struct Ids {
    at: Moment,
    seed: [u8; 32],
    made: u32,
}

impl Ids {
    pub fn new(at: Moment, seed: [u8; 32]) -> Ids {
        Ids { at, seed, made: 0 }
    }

    /// Sixteen bytes nobody can guess without the seed.
    pub fn salt(&mut self) -> [u8; 16] {
        let mut salt = [0; 16];
        salt.copy_from_slice(&self.draw()[..16]);
        salt
    }

    /// The next id; ids of one `Ids` sort in the order they were made.
    pub fn make<T: From<Uuid>>(&mut self) -> T {
        let drawn = self.draw();
        let mut random = [0; 10];
        random.copy_from_slice(&drawn[..10]);
        // RFC 9562 section 6.2 method 1: a counter in the first random bits keeps ids of one millisecond in order.
        random[..2].copy_from_slice(&u16::try_from(self.made & 0x0fff).unwrap_or_default().to_be_bytes());
        let millis = u64::try_from(self.at.millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().into()
    }

    fn draw(&mut self) -> [u8; 32] {
        self.made += 1;
        Sha256::new().chain_update(self.seed).chain_update(self.made.to_be_bytes()).finalize().into()
    }
}

/// What a task is: one obligation × one unit × one period. As text `OBLIGATION.UNIT.PERIOD`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskKey {
    pub obligation: ObligationId,
    pub unit: UnitId,
    pub period: Period,
}

impl TaskKey {
    /// Before every task of this obligation, in their order: where looking for them begins. It is the key of none.
    pub fn before(obligation: &ObligationId) -> TaskKey {
        TaskKey { obligation: obligation.clone(), unit: UnitId(Name::of("")), period: Period::Once }
    }

    /// The unit that a key names in its text; empty for what is no key.
    pub fn unit_in(text: &str) -> &str {
        text.split('.').nth(1).unwrap_or_default()
    }
}

impl fmt::Display for TaskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.obligation, self.unit, self.period)
    }
}

impl FromStr for TaskKey {
    type Err = BadId;
    fn from_str(text: &str) -> Result<TaskKey, BadId> {
        let bad = || BadId(text.to_owned());
        let mut parts = text.splitn(3, '.');
        let (obligation, unit, period) = (parts.next().ok_or_else(bad)?, parts.next().ok_or_else(bad)?, parts.next().ok_or_else(bad)?);
        Ok(TaskKey { obligation: obligation.parse()?, unit: unit.parse()?, period: period.parse().map_err(|_| bad())? })
    }
}

impl TryFrom<String> for TaskKey {
    type Error = BadId;
    fn try_from(text: String) -> Result<TaskKey, BadId> {
        text.parse()
    }
}

impl From<TaskKey> for String {
    fn from(key: TaskKey) -> String {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_time_and_seed_and_stay_in_order() {
        let at: Moment = "2026-06-05T01:02:03.000Z".parse().unwrap();
        let mut ids = Ids::new(at, [7; 32]);
        let first: LetterId = ids.make();
        let second: LetterId = ids.make();
        assert!(first < second);
        assert!(first.as_str().starts_with("019e954d-2af8-7001-"), "{first}");
        assert_eq!(&first.as_str()[14..15], "7", "version 7");
        let again: LetterId = Ids::new(at, [7; 32]).make();
        assert_eq!(first, again);
    }

    #[test]
    fn an_id_is_its_text_however_long_it_is() {
        let (short, long) = ("f".repeat(36), "e".repeat(37));
        let ids = || [&long, &short].map(|text| text.parse::<UnitId>().unwrap());
        assert_eq!(ids(), ids());
        assert!(ids().is_sorted(), "in the order of the texts");
        assert_eq!(ids().map(|id| id.to_string()), [long.clone(), short.clone()]);
        let json = serde_json::to_string(&ids()).unwrap();
        assert_eq!(json, format!("[\"{long}\",\"{short}\"]"));
        assert_eq!(serde_json::from_str::<[UnitId; 2]>(&json).unwrap(), ids());
        assert_eq!(format!("{:?}", "u-1".parse::<UnitId>().unwrap()), "UnitId(\"u-1\")");
        for bad in ["", "a b", "é", &"g".repeat(65)] {
            assert_eq!(bad.parse::<UnitId>(), Err(BadId(bad.to_owned())));
            assert!(serde_json::from_str::<UnitId>(&format!("\"{bad}\"")).is_err());
        }
        assert!("g".repeat(64).parse::<UnitId>().is_ok());
    }

    #[test]
    fn the_text_of_a_key_names_its_unit() {
        let key = TaskKey { obligation: "o1".parse().unwrap(), unit: "u1".parse().unwrap(), period: Period::Month(2026, 11) };
        assert_eq!(TaskKey::unit_in(&key.to_string()), "u1");
        assert_eq!(TaskKey::unit_in("o1"), "");
    }

    #[test]
    fn built_in_units_are_named_alike_everywhere() {
        let one = UnitId::built_in(UnitKind::Commune, "00004");
        assert_eq!(one, UnitId::built_in(UnitKind::Commune, "00004"));
        assert_ne!(one, UnitId::built_in(UnitKind::Province, "00004"));
        assert_eq!(&one.as_str()[14..15], "5", "version 5");
        assert_eq!(UnitId::named("Tỉnh ủy  Sông Hồng"), UnitId::named("TỈNH ỦY Sông Hồng"));
    }

    #[test]
    fn a_task_key_reads_back() {
        let key: TaskKey = "o-1.u-1.2026-Q2".parse().unwrap();
        assert_eq!(key.period.to_string(), "2026-Q2");
        assert_eq!(key.to_string(), "o-1.u-1.2026-Q2");
        assert!(TaskKey::before(&key.obligation) < key && key < TaskKey::before(&"o-2".parse().unwrap()));
        assert!("o.u".parse::<TaskKey>().is_err());
        assert!("a/b".parse::<UnitId>().is_err());
    }
}
