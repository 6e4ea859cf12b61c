//! Vectors of RFC 8785, the wire form as a snapshot, and what a flipped byte does.

use super::*;
use crate::event::{LedgerOpened, Payload};
use crate::model::*;
use expect_test::expect;
use proptest::prelude::*;
use serde_json::{Value, json};

/// RFC 8785 section 3.2.2 and 3.2.3, and the number samples of appendix B.
#[test]
fn canonical_json_is_that_of_rfc_8785() {
    let input: Value = serde_json::from_str(
        r#"{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#,
    )
    .unwrap();
    let expected =
        r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
    assert_eq!(canonical(&input).unwrap(), expected);
    // Sorting is by UTF-16 code units: the smiling face (a surrogate pair) comes before U+FB33.
    let keys = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
    let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}";
    assert_eq!(canonical(&keys).unwrap(), expected);
    let numbers: &[(u64, &str)] = &[
        (0x0000000000000000, "0"),
        (0x8000000000000000, "0"),
        (0x0000000000000001, "5e-324"),
        (0x7fefffffffffffff, "1.7976931348623157e+308"),
        (0x4340000000000000, "9007199254740992"),
        (0x4430000000000000, "295147905179352830000"),
        (0x44b52d02c7e14af5, "9.999999999999997e+22"),
        (0x44b52d02c7e14af6, "1e+23"),
        (0x444b1ae4d6e2ef50, "1e+21"),
        (0x3eb0c6f7a0b5ed8d, "0.000001"),
        (0x41b3de4355555555, "333333333.3333333"),
        (0x43143ff3c1cb0959, "1424953923781206.2"),
    ];
    for (bits, expected) in numbers {
        assert_eq!(canonical(&f64::from_bits(*bits)).unwrap(), *expected);
    }
}

fn event(seq: u64, prev: Digest, payload: Payload) -> Event {
    Event {
        v: 1,
        office: "xa".parse().unwrap(),
        epoch: 1,
        seq,
        at: "2026-06-05T01:02:03.000Z".parse().unwrap(),
        actor: "mai".parse().unwrap(),
        relies: Vec::new(),
        prev,
        payload,
    }
}

fn chain() -> (Vec<Link>, Key) {
    let key = Key::from_seed(&[7; 32]);
    let opened = LedgerOpened { public_key: key.public(), previous: None, lost: None };
    let first = link(event(1, Digest::ZERO, Payload::LedgerOpened(opened))).unwrap();
    let task: crate::ids::TaskKey = "o.u.2026-Q2".parse().unwrap();
    let second = link(event(2, first.hash, Payload::TaskAcknowledged { task: task.clone() })).unwrap();
    let third = link(event(3, second.hash, Payload::TaskDeclared { task, note: None })).unwrap();
    (vec![first, second, third], key)
}

fn walk<'a>(rows: impl IntoIterator<Item = (u64, &'a str, Digest)>, head: &Head, signature: &str) -> Vec<Damage> {
    let mut walk = Walk::new("xa".parse().unwrap());
    for (seq, bytes, hash) in rows {
        walk.step(seq, bytes, hash);
    }
    walk.finish(head, signature)
}

fn rows(links: &[Link]) -> impl Iterator<Item = (u64, &str, Digest)> {
    links.iter().map(|l| (l.event.seq, l.bytes.as_str(), l.hash))
}

#[test]
fn the_wire_form_stays() {
    let (links, _) = chain();
    expect![[r#"{"actor":"mai","at":"2026-06-05T01:02:03.000Z","data":{"note":null,"task":"o.u.2026-Q2"},"epoch":1,"kind":"task_declared/1","office":"xa","prev":"31bb9834d9d197a4f6caf5c6747297031afa392ce9a06cf5715b81d27370eaa9","relies":[],"seq":3,"v":1}"#]]
    .assert_eq(&links[2].bytes);
    assert_eq!(read(&links[2].bytes).unwrap(), links[2]);
}

#[test]
fn what_is_damaged_is_named() {
    let (links, key) = chain();
    let head = links[2].head();
    let signature = key.sign_head(&head);
    let office: UnitId = "xa".parse().unwrap();
    assert_eq!(walk(rows(&links), &head, &signature), []);
    let missing = rows(&links).filter(|(seq, ..)| *seq != 2);
    assert_eq!(walk(missing, &head, &signature), [Damage::EventsMissing { office: office.clone(), from: 2, to: 2 }]);
    let short = walk(rows(&links[..2]), &head, &signature);
    assert_eq!(short, [Damage::EventsMissing { office: office.clone(), from: 3, to: 3 }]);
    let foreign = Key::from_seed(&[8; 32]).sign_head(&head);
    assert_eq!(walk(rows(&links), &head, &foreign), [Damage::SignatureWrong { office: office.clone(), seq: 3 }]);
    let (mut swapped, other) = (links.clone(), link(event(2, Digest::ZERO, links[1].event.payload.clone())).unwrap());
    swapped[1] = other;
    assert_eq!(
        walk(rows(&swapped), &head, &signature),
        [Damage::ChainBroken { office: office.clone(), seq: 2 }, Damage::ChainBroken { office, seq: 3 }]
    );
}

#[test]
fn seals_hold_for_one_return_only() {
    let key = Key::from_seed(&[7; 32]);
    let (id, digest) = ("r1".parse().unwrap(), Digest::of(b"figures"));
    let signature = key.sign_return(&id, &digest);
    assert!(verify_return(&key.public(), &id, &digest, &signature));
    assert!(!verify_return(&key.public(), &"r2".parse().unwrap(), &digest, &signature));
    assert!(!verify_return(&key.public(), &id, &Digest::of(b"other"), &signature));
    assert!(!verify_return("", &id, &digest, &signature));
    assert!(!verify_return(&key.public(), &id, &digest, "zz"));
}

proptest! {
    // Signatures are slow in a debug build; a flip is found or not, so few cases tell.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_flipped_byte_is_always_found(which in 0..3usize, at in 0..10_000usize, bit in 0..7u8) {
        let (mut links, key) = chain();
        let head = links[2].head();
        let signature = key.sign_head(&head);
        let mut bytes = links[which].bytes.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        links[which].bytes = String::from_utf8(bytes).unwrap();
        let damage = walk(rows(&links), &head, &signature);
        let office: UnitId = "xa".parse().unwrap();
        let changed = Damage::EventChanged { office, seq: which as u64 + 1 };
        prop_assert!(damage.contains(&changed), "{:?}", damage);
    }

    #[test]
    fn a_flipped_digit_of_the_signature_is_found(at in 0..128usize) {
        let (links, key) = chain();
        let head = links[2].head();
        let mut signature = key.sign_head(&head).into_bytes();
        signature[at] = if signature[at] == b'0' { b'1' } else { b'0' };
        let signature = String::from_utf8(signature).unwrap();
        let office: UnitId = "xa".parse().unwrap();
        prop_assert_eq!(walk(rows(&links), &head, &signature), vec![Damage::SignatureWrong { office, seq: 3 }]);
    }
}
