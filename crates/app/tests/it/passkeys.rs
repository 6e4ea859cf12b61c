//! Passkeys: signing in with them, and every way to get in with one that is not one's own.

use crate::access::{PASSWORD, account, comes_in, from, minutes_pass, quiet_office, seat, why, with_app};
use crate::device::{Device, Kind, Made, Page, Used, bytes, text};
use crate::office::Office;
use app::accounts::{self, Owner};
use app::passkeys::{self, Address, NewKey, UsedKey};
use app::policy::{self, Policy};
use app::sessions::{self, Entered, From, SignedIn};
use app::{Error, Result};
use programme::ids::PersonId;

const HERE: &str = "https://luytre.xa.vn:8443";

fn here() -> Address {
    Address::of(true, "luytre.xa.vn:8443").unwrap()
}

fn page() -> Page {
    Page::of(HERE)
}

fn her() -> From {
    from("10.0.0.2")
}

/// Makes a key as its owner would: password, device, answer.
async fn adds(o: &Office, person: &PersonId, kind: Kind) -> Device {
    let session = session_of(o, person).await;
    adds_in(o, person, kind, &session).await
}

/// A session of this person.
async fn session_of(o: &Office, person: &PersonId) -> String {
    let login = accounts::show(&o.app, person).await.unwrap().unwrap().login;
    seat(&o.app, &login).await
}

/// Adds a key in one session.
async fn adds_in(o: &Office, person: &PersonId, kind: Kind, session: &str) -> Device {
    let wanted = passkeys::begin(&o.app, person, &here(), session, ("Điện thoại", PASSWORD), &her()).await.unwrap();
    let device = Device::new(kind, &wanted.handle);
    let made = device.makes(&page(), &wanted.challenge);
    let shown = NewKey { client: &made.client, attestation: &made.attestation };
    passkeys::add(&o.app, person, &here(), session, shown, &her()).await.unwrap();
    device
}

async fn hands_in(o: &Office, person: &PersonId, session: &str, made: &Made) -> Result<()> {
    let shown = NewKey { client: &made.client, attestation: &made.attestation };
    passkeys::add(&o.app, person, &here(), session, shown, &her()).await
}

async fn shows_in(o: &Office, used: &Used, browser: &str, address: &Address, from: &From) -> Result<Entered> {
    let Used { credential, client, authenticator, signature, handle } = used;
    let shown = UsedKey { credential, client, authenticator, signature, handle };
    passkeys::sign_in(&o.app, address, browser, shown, from).await
}

async fn shows(o: &Office, used: &Used) -> Result<Entered> {
    shows_in(o, used, "b", &here(), &her()).await
}

fn asks(o: &Office) -> String {
    passkeys::ask(&o.app, &here(), "b").unwrap()
}

async fn signs_in(o: &Office, device: &mut Device) -> Result<SignedIn> {
    match shows(o, &device.uses(&page(), &asks(o))).await? {
        Entered::In(signed) => Ok(signed),
        other => panic!("{other:?}"),
    }
}

/// How often something stands in the log of the door.
async fn noted(o: &Office, what: &str) -> usize {
    sessions::log(&o.app, 1000).await.unwrap().iter().filter(|row| row.what == what).count()
}

#[tokio::test]
async fn a_key_of_every_kind_signs_its_owner_in() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let (binh, _) = account(&o, "Trần Văn Bình", "binh").await;
    for (n, kind) in [Kind::P256, Kind::Ed25519, Kind::Rsa].into_iter().enumerate() {
        let mut device = adds(&o, &lan, kind).await;
        assert_eq!(noted(&o, "passkey_made").await, n + 1);
        let signed = signs_in(&o, &mut device).await.unwrap();
        assert_eq!((&signed.person, noted(&o, "passkey_used").await), (&lan, 2 * n + 1));
        let session = sessions::find(&o.app, &signed.cookie).await.unwrap().unwrap();
        assert_eq!((session.person, session.must_enrol), (lan.clone(), false));
        assert_ne!(signed.cookie, signs_in(&o, &mut device).await.unwrap().cookie, "another secret each time");
        let keys = passkeys::list(&o.app, &lan).await.unwrap();
        assert_eq!((keys.len(), keys.iter().all(|k| k.used_on == Some(o.app.now().day()) && k.host == "luytre.xa.vn")), (n + 1, true));
    }
    // Two people's devices call them by names that tell nothing and differ; one person's keys share one.
    let of = async |person: &PersonId| passkeys::begin(&o.app, person, &here(), "s", ("x", PASSWORD), &her()).await.unwrap();
    let (one, other) = (of(&lan).await, of(&binh).await);
    assert_eq!((one.known.len(), other.known.len(), bytes(&one.handle).len()), (3, 0, 32));
    assert!(one.handle != other.handle && !one.handle.contains(lan.as_str()));
    // Renamed and removed by their owner alone.
    let id = passkeys::list(&o.app, &lan).await.unwrap().remove(0).id;
    assert!(!passkeys::rename(&o.app, &binh, &id, "Của tôi").await.unwrap());
    let (hers, his) = (session_of(&o, &lan).await, session_of(&o, &binh).await);
    let removes = async |person: &PersonId, session: &str, password: &str| {
        passkeys::remove(&o.app, Owner { person, session, from: &her() }, &id, password).await
    };
    assert!(!removes(&binh, &his, PASSWORD).await.unwrap());
    assert_eq!(why(removes(&lan, &hers, "").await), "wrong_password", "an open screen is not enough");
    assert!(passkeys::rename(&o.app, &lan, &id, " Máy\u{202e} bàn ").await.unwrap());
    assert_eq!(passkeys::list(&o.app, &lan).await.unwrap()[0].name, "Máy bàn");
    assert_eq!(why(passkeys::rename(&o.app, &lan, &id, " ").await), "empty_text");
    assert_eq!(why(passkeys::rename(&o.app, &lan, &id, &"a".repeat(81)).await), "too_long");
    assert!(removes(&lan, &hers, PASSWORD).await.unwrap());
    assert_eq!((passkeys::list(&o.app, &lan).await.unwrap().len(), noted(&o, "passkey_removed").await), (2, 1));
}

#[tokio::test]
async fn a_challenge_is_good_once_for_minutes_in_one_browser_at_one_address() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let mut device = adds(&o, &lan, Kind::P256).await;
    let used = device.uses(&page(), &asks(&o));
    assert!(matches!(shows(&o, &used).await.unwrap(), Entered::In(_)));
    assert_eq!(why(shows(&o, &used).await), "passkey_over", "replayed");
    let again = device.uses(&page(), &asks(&o));
    assert_eq!(why(shows_in(&o, &again, "another browser", &here(), &her()).await), "passkey_over");
    assert_eq!(why(shows(&o, &again).await), "passkey_over", "spent by the attempt");
    let late = device.uses(&page(), &asks(&o));
    minutes_pass(5);
    assert_eq!(why(shows(&o, &late).await), "passkey_over");
    let other = Address::of(true, "khac.xa.vn").unwrap();
    let there = device.uses(&page(), &asks(&o));
    assert_eq!(why(shows_in(&o, &there, "b", &other, &her()).await), "passkey_over", "shown at another address");
    assert_eq!(why(shows(&o, &device.uses(&page(), &text(&[7; 32]))).await), "passkey_over", "one of nobody's");
    assert_eq!(why(shows(&o, &device.uses(&page(), "")).await), "passkey_over");
    // One for making a key signs nobody in, and the other way round.
    let wanted = passkeys::begin(&o.app, &lan, &here(), "b", ("x", PASSWORD), &her()).await.unwrap();
    assert_eq!(why(shows(&o, &device.uses(&page(), &wanted.challenge)).await), "passkey_over");
    let challenge = passkeys::ask(&o.app, &here(), "s").unwrap();
    assert_eq!(why(hands_in(&o, &lan, "s", &Device::new(Kind::P256, "").makes(&page(), &challenge)).await), "passkey_over");
    // After all that her own is as good as before.
    signs_in(&o, &mut device).await.unwrap();
}

#[tokio::test]
async fn whatever_does_not_fit_is_refused_and_written_down() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let mut hers = adds(&o, &lan, Kind::P256).await;
    let challenge = || asks(&o);
    let evil = Page { origin: "https://luytre.xa.vn.evil.example".to_owned(), ..page() };
    let other_port = Page { origin: "https://luytre.xa.vn".to_owned(), ..page() };
    let plain = Page { origin: "http://luytre.xa.vn:8443".to_owned(), ..page() };
    let other_host = Page { host: "khac.xa.vn".to_owned(), ..page() };
    let mut tries: Vec<(&str, Used, &str)> = Vec::new();
    for (name, page, expected) in [
        ("another origin", evil, "passkey_elsewhere"),
        ("another port", other_port, "passkey_elsewhere"),
        ("without HTTPS", plain, "passkey_elsewhere"),
        ("for another name", other_host, "passkey_elsewhere"),
        ("inside another page", Page { cross_origin: true, ..page() }, "passkey_bad"),
        ("making in place of using", Page { deed: Some("webauthn.create"), ..page() }, "passkey_bad"),
    ] {
        tries.push((name, hers.uses(&page, &challenge()), expected));
    }
    for (name, flags) in [("nobody made sure of", 0x01), ("nobody there", 0x04), ("nothing said", 0x00)] {
        hers.flags = flags;
        tries.push((name, hers.uses(&page(), &challenge()), "passkey_unverified"));
    }
    hers.flags = 0x15;
    tries.push(("shared, but may not be", hers.uses(&page(), &challenge()), "passkey_bad"));
    hers.flags = 0x05;
    let good = |hers: &mut Device| hers.uses(&page(), &challenge());
    let flip = |field: &str, at: usize| {
        let mut bytes = bytes(field);
        bytes[at] ^= 1;
        text(&bytes)
    };
    let used = good(&mut hers);
    tries.push(("a changed signature", Used { signature: flip(&used.signature, 20), ..used }, "passkey_bad"));
    let used = good(&mut hers);
    tries.push(("a changed counter", Used { authenticator: flip(&used.authenticator, 33), ..used }, "passkey_bad"));
    let (used, unverified) = (good(&mut hers), Used { authenticator: flip(&good(&mut hers).authenticator, 33), ..good(&mut hers) });
    tries.push(("the signature of another answer", Used { signature: used.signature.clone(), ..unverified }, "passkey_bad"));
    for signature in [String::new(), text(&[0; 70]), "***".to_owned()] {
        tries.push(("no signature", Used { signature, ..good(&mut hers) }, "passkey_bad"));
    }
    tries.push(("cut short", Used { authenticator: text(&[0; 36]), ..good(&mut hers) }, "passkey_bad"));
    tries.push(("nobody's name", Used { handle: String::new(), ..good(&mut hers) }, "passkey_bad"));
    tries.push(("an unknown key", Used { credential: text(b"khong co"), ..good(&mut hers) }, "passkey_unknown"));
    for (n, (name, used, expected)) in tries.into_iter().enumerate() {
        // Each from an address of its own, so that the door is open for it.
        let from = from(&format!("10.1.{n}.1"));
        assert_eq!(why(shows_in(&o, &used, "b", &here(), &from).await), expected, "{name}");
        assert_eq!(noted(&o, "passkey_wrong").await, n + 1, "{name}");
    }
    for client in [String::new(), "***".to_owned(), text(b"{}"), text(b"[]"), text(&[0xff])] {
        assert_eq!(why(shows(&o, &Used { client, ..good(&mut hers) }).await), "passkey_bad");
    }
    signs_in(&o, &mut hers).await.unwrap();
}

#[tokio::test]
async fn nobody_signs_in_as_somebody_else() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let (thief, _) = account(&o, "Kẻ Trộm", "trom").await;
    let hers = adds(&o, &lan, Kind::P256).await;
    let mut own = adds(&o, &thief, Kind::P256).await;
    let with_her_key = Used { credential: text(&hers.id), handle: hers.handle.clone(), ..own.uses(&page(), &asks(&o)) };
    assert_eq!(why(shows(&o, &with_her_key).await), "passkey_bad", "signed by another key");
    let with_her_name = Used { handle: hers.handle.clone(), ..own.uses(&page(), &asks(&o)) };
    assert_eq!(why(shows(&o, &with_her_name).await), "passkey_bad", "the owner's name is not taken from the form");
    // A key that is hers is not entered a second time as one's own, and no challenge of hers is answered for oneself.
    let session = session_of(&o, &thief).await;
    let wanted = passkeys::begin(&o.app, &thief, &here(), &session, ("x", PASSWORD), &her()).await.unwrap();
    let copy = Device { id: hers.id.clone(), ..Device::new(Kind::P256, &wanted.handle) };
    assert_eq!(why(hands_in(&o, &thief, &session, &copy.makes(&page(), &wanted.challenge)).await), "passkey_there");
    let wanted = passkeys::begin(&o.app, &lan, &here(), "s", ("x", PASSWORD), &her()).await.unwrap();
    assert_eq!(why(hands_in(&o, &thief, "s", &Device::new(Kind::P256, "").makes(&page(), &wanted.challenge)).await), "passkey_over");
    assert_eq!(signs_in(&o, &mut own).await.unwrap().person, thief);
}

#[tokio::test]
async fn a_counter_that_goes_backwards_is_refused_and_written_down() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let mut device = adds(&o, &lan, Kind::Ed25519).await;
    device.counter = 40;
    signs_in(&o, &mut device).await.unwrap();
    for (n, counter) in [40, 12, 0].into_iter().enumerate() {
        (device.counter, device.counts) = (counter, false);
        assert_eq!(why(signs_in(&o, &mut device).await), "passkey_copied", "{counter} after 41");
        assert_eq!(noted(&o, "passkey_copied").await, n + 1);
    }
    device.counter = 42;
    signs_in(&o, &mut device).await.unwrap();
    // Most telephones do not count at all.
    let mut phone = adds(&o, &lan, Kind::P256).await;
    phone.counts = false;
    signs_in(&o, &mut phone).await.unwrap();
    signs_in(&o, &mut phone).await.unwrap();
}

#[tokio::test]
async fn whoever_may_not_come_in_by_password_may_not_by_passkey() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let mut device = adds(&o, &lan, Kind::P256).await;
    // Five wrong tries and the door stays shut, to the same person elsewhere it does not.
    for _ in 0..5 {
        let used = device.uses(&page(), &asks(&o));
        assert_eq!(why(shows(&o, &Used { signature: text(&[1; 70]), ..used }).await), "passkey_bad");
    }
    let right = device.uses(&page(), &asks(&o));
    assert_eq!(shows(&o, &right).await.unwrap(), Entered::Wait(16));
    assert_eq!(noted(&o, "waits").await, 1);
    assert_eq!(sessions::sign_in(&o.app, "lan", PASSWORD, &her()).await.unwrap(), Entered::Wait(16), "one door for both");
    let right = device.uses(&page(), &asks(&o));
    assert!(matches!(shows_in(&o, &right, "b", &here(), &from("10.0.0.9")).await.unwrap(), Entered::In(_)));
    // Keys of nobody are counted by where they come from.
    let flood = from("10.0.0.7");
    for _ in 0..50 {
        let used = Used { credential: text(b"?"), ..device.uses(&page(), &asks(&o)) };
        assert_eq!(why(shows_in(&o, &used, "b", &here(), &flood).await), "passkey_unknown");
    }
    let used = Used { credential: text(b"?"), ..device.uses(&page(), &asks(&o)) };
    assert_eq!(shows_in(&o, &used, "b", &here(), &flood).await.unwrap(), Entered::Wait(16));
    minutes_pass(16);
    signs_in(&o, &mut device).await.unwrap();
    // A new invitation ends the keys with the password, once it is used.
    let invitation = accounts::invite(&o.app, &o.clerk, &lan, "lan", &her()).await.unwrap();
    signs_in(&o, &mut device).await.unwrap();
    accounts::accept(&o.app, "lan", &invitation.code, "lúa chín tháng mười", &her()).await.unwrap();
    assert_eq!(passkeys::list(&o.app, &lan).await.unwrap(), []);
    assert_eq!(why(signs_in(&o, &mut device).await), "passkey_unknown");
}

#[tokio::test]
async fn keys_are_handed_out_with_a_persons_data_and_erased_with_it() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let mut device = adds(&o, &lan, Kind::P256).await;
    let data = app::privacy::export(&o.app, &o.clerk, &lan).await.unwrap();
    assert_eq!((data.passkeys.len(), data.passkeys[0].0.as_str()), (1, "Điện thoại"));
    let json = data.to_json();
    assert!(json.contains("\"host\": \"luytre.xa.vn\"") && !json.contains(&text(&device.id)), "{json}");
    // An answer that was on its way meanwhile comes too late.
    let wanted = passkeys::begin(&o.app, &lan, &here(), "s", ("x", PASSWORD), &her()).await.unwrap();
    app::privacy::erase(&o.app, &o.clerk, &lan, "law_91_2025").await.unwrap();
    assert_eq!(app::privacy::export(&o.app, &o.clerk, &lan).await.unwrap().passkeys, []);
    assert_eq!(why(hands_in(&o, &lan, "s", &Device::new(Kind::P256, "").makes(&page(), &wanted.challenge)).await), "no_account");
    assert_eq!(why(signs_in(&o, &mut device).await), "passkey_unknown");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_new_key_takes_the_password_and_a_device_that_says_what_was_asked() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let hers = session_of(&o, &lan).await;
    let begins =
        async |name: &str, password: &str, from: &From| passkeys::begin(&o.app, &lan, &here(), &hers, (name, password), from).await;
    assert_eq!(why(begins("x", "sai rồi nhé", &her()).await), "wrong_password");
    assert_eq!(why(begins("\u{200b}", PASSWORD, &her()).await), "empty_text");
    assert_eq!(why(begins(&"a".repeat(81), PASSWORD, &her()).await), "too_long");
    let guesser = from("10.0.0.8");
    for _ in 0..5 {
        begins("x", "đoán bừa thôi nhé", &guesser).await.unwrap_err();
    }
    assert_eq!(why(begins("x", PASSWORD, &guesser).await), "waits", "guessing here is guessing at the door");
    let nobody = o.clerk.person.clone();
    assert_eq!(why(passkeys::begin(&o.app, &nobody, &here(), "s", ("x", PASSWORD), &her()).await), "no_account");

    let device = Device::new(Kind::P256, "");
    let key = device.public_key();
    let with = |at: usize, byte: u8| [&key[..at], &[byte], &key[at + 1..]].concat();
    let extra = [0xa1, 0x61, 0x78, 0xf5];
    let evil = Page { origin: "https://evil.example".to_owned(), ..page() };
    for (name, expected, make) in [
        ("from another origin", "passkey_elsewhere", &(|c: &str| device.makes(&evil, c)) as &dyn Fn(&str) -> Made),
        ("for another name", "passkey_elsewhere", &|c| device.makes(&Page { host: "evil.example".to_owned(), ..page() }, c)),
        ("using in place of making", "passkey_bad", &|c| device.makes(&Page { deed: Some("webauthn.get"), ..page() }, c)),
        ("inside another page", "passkey_bad", &|c| device.makes(&Page { cross_origin: true, ..page() }, c)),
        ("nobody made sure of", "passkey_unverified", &|c| Device { flags: 0x01, ..Device::new(Kind::P256, "") }.makes(&page(), c)),
        ("another kind of signature", "passkey_kind", &|c| device.makes_with(&page(), c, &with(4, 0x27), &[])),
        ("another curve", "passkey_kind", &|c| device.makes_with(&page(), c, &with(6, 2), &[])),
        ("a key cut short", "passkey_bad", &|c| device.makes_with(&page(), c, &key[..70], &[])),
        ("more than was said", "passkey_bad", &|c| device.makes_with(&page(), c, &key, &extra)),
        ("a key without a name", "passkey_bad", &|c| Device { id: Vec::new(), ..Device::new(Kind::P256, "") }.makes(&page(), c)),
        ("a name too long", "passkey_bad", &|c| Device { id: vec![7; 1024], ..Device::new(Kind::P256, "") }.makes(&page(), c)),
        ("no object", "passkey_bad", &|c| Made { attestation: text(&[0xa0]), ..device.makes(&page(), c) }),
        ("after the object", "passkey_bad", &|c| {
            let made = device.makes(&page(), c);
            Made { attestation: text(&[&bytes(&made.attestation)[..], &[0]].concat()), ..made }
        }),
    ] {
        let wanted = begins("x", PASSWORD, &her()).await.unwrap();
        assert_eq!(why(hands_in(&o, &lan, &hers, &make(&wanted.challenge)).await), expected, "{name}");
    }
    assert_eq!(passkeys::list(&o.app, &lan).await.unwrap(), []);
    // Extensions that the device announces are passed over; a shared key says so.
    let wanted = begins("x", PASSWORD, &her()).await.unwrap();
    let synced = Device { flags: 0x9d, ..Device::new(Kind::P256, &wanted.handle) };
    hands_in(&o, &lan, &hers, &synced.makes_with(&page(), &wanted.challenge, &synced.public_key(), &extra)).await.unwrap();
    assert!(passkeys::list(&o.app, &lan).await.unwrap()[0].synced);
    for _ in 1..10 {
        adds(&o, &lan, Kind::Ed25519).await;
    }
    assert_eq!(why(begins("x", PASSWORD, &her()).await), "passkey_too_many");
}

#[tokio::test]
async fn a_passkey_is_a_second_factor() {
    let o = quiet_office().await;
    let (lan, recovery) = account(&o, "Lê Thị Lan", "lan").await;
    let admin = o.clerk.person.clone();
    let invitation = accounts::invite(&o.app, &o.clerk, &admin, "mai", &her()).await.unwrap();
    accounts::accept(&o.app, "mai", &invitation.code, PASSWORD, &her()).await.unwrap();
    adds(&o, &admin, Kind::P256).await;
    let (nam, _) = account(&o, "Đỗ Thị Năm", "nam").await;
    adds(&o, &nam, Kind::P256).await;
    let before = comes_in(&o.app, "nam", PASSWORD, &her()).await.unwrap();
    policy::set(&o.app, &o.clerk, Policy::Everybody, &her()).await.unwrap();
    let over = sessions::find(&o.app, &before.cookie).await.unwrap().is_none();
    assert!(over, "she has a key, and came in without it");
    let must_enrol = async |signed: &SignedIn| sessions::find(&o.app, &signed.cookie).await.unwrap().unwrap().must_enrol;
    let led = comes_in(&o.app, "lan", PASSWORD, &her()).await.unwrap();
    assert!(must_enrol(&led).await);
    let thief = comes_in(&o.app, "lan", PASSWORD, &from("10.0.0.9")).await.unwrap();
    let session = sessions::find(&o.app, &led.cookie).await.unwrap().unwrap().id;
    let mut device = adds_in(&o, &lan, Kind::P256, &session).await;
    assert!(!must_enrol(&led).await, "set up");
    assert!(sessions::find(&o.app, &thief.cookie).await.unwrap().is_none(), "with the password alone");
    assert!(!must_enrol(&signs_in(&o, &mut device).await.unwrap()).await);
    assert!(accounts::show(&o.app, &lan).await.unwrap().unwrap().passkey);
    // Whoever has the password alone gets no further, and can set up no app of their own.
    let Entered::Second { half } = sessions::sign_in(&o.app, "lan", PASSWORD, &her()).await.unwrap() else {
        panic!("the password is enough")
    };
    assert_eq!(sessions::second(&o.app, &half, "000000", &her()).await.unwrap(), Entered::Wrong);
    let Entered::In(signed) = sessions::second(&o.app, &half, &recovery[0], &her()).await.unwrap() else { panic!("a recovery code") };
    assert!(!must_enrol(&signed).await);
    // One of the two has to stay.
    let id = passkeys::list(&o.app, &lan).await.unwrap().remove(0).id;
    let session = sessions::find(&o.app, &signed.cookie).await.unwrap().unwrap().id;
    let owner = Owner { person: &lan, session: &session, from: &her() };
    assert_eq!(why(passkeys::remove(&o.app, owner, &id, PASSWORD).await), "factor_required");
    with_app(&o.app, &lan, &session).await;
    assert!(signs_in(&o, &mut device).await.is_ok(), "no code is asked for beside it");
    accounts::remove_second_factor(&o.app, owner, PASSWORD).await.unwrap();
    assert_eq!(why(passkeys::remove(&o.app, owner, &id, PASSWORD).await), "factor_required");
    policy::set(&o.app, &o.clerk, Policy::Nobody, &her()).await.unwrap();
    assert!(comes_in(&o.app, "lan", PASSWORD, &her()).await.is_some(), "where nobody asks, the password is enough as before");
    assert!(passkeys::remove(&o.app, owner, &id, PASSWORD).await.unwrap());
    assert!(matches!(signs_in(&o, &mut device).await, Err(Error::Account(_))));
}
