//! Attacks by many tries at once, and by floods: guessing stays limited, and nobody is locked out by what others do.

use crate::access::*;
use crate::office::Office;
use app::accounts::{self, Owner};
use app::sessions::{self, Entered, From};
use programme::model::*;
use std::collections::BTreeMap;
use tokio::task::JoinSet;

/// What came of so many tries that all stand before the door at once.
async fn at_once<T: Send + 'static>(tries: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    tries.into_iter().collect::<JoinSet<T>>().join_all().await
}

fn kind(entered: &Entered) -> &'static str {
    match entered {
        Entered::In(_) => "in",
        Entered::Second { .. } => "second",
        Entered::Wrong => "wrong",
        Entered::Wait(_) => "wait",
    }
}

fn counted(kinds: impl IntoIterator<Item = &'static str>) -> BTreeMap<&'static str, usize> {
    let mut counted = BTreeMap::new();
    kinds.into_iter().for_each(|kind| *counted.entry(kind).or_default() += 1);
    counted
}

/// Signs in without waiting for the answer.
fn tries(o: &Office, login: &str, password: &str, from: &From) -> impl Future<Output = Entered> + Send + 'static + use<> {
    let (app, login, password, from) = (o.app.clone(), login.to_owned(), password.to_owned(), from.clone());
    async move { sessions::sign_in(&app, &login, &password, &from).await.unwrap() }
}

async fn lines(o: &Office, what: &str) -> usize {
    sessions::log(&o.app, 1000).await.unwrap().iter().filter(|line| line.what == what).count()
}

#[tokio::test]
async fn four_hundred_passwords_at_once_are_five() {
    let o = quiet_office().await;
    account(&o, "Lê Thị Lan", "lan").await;
    let attacker = from("10.0.0.9");
    let guess = |n: usize| if n == 200 { PASSWORD.to_owned() } else { format!("đoán thử lần {n}") };
    let came = at_once((0..400).map(|n| tries(&o, "lan", &guess(n), &attacker))).await;
    assert_eq!(counted(came.iter().map(kind)), BTreeMap::from([("wrong", 5), ("wait", 395)]));
    assert_eq!((lines(&o, "wrong").await, lines(&o, "waits").await), (5, 1), "a flood is written down once");
    // Right ones that come together are no guesses.
    let came = at_once((0..4).map(|_| tries(&o, "lan", PASSWORD, &from("10.0.0.2")))).await;
    assert_eq!(counted(came.iter().map(kind)), BTreeMap::from([("in", 4)]));
    assert!(comes_in(&o.app, "lan", PASSWORD, &from("10.0.0.2")).await.is_some());
}

#[tokio::test]
async fn many_codes_of_the_app_at_once_are_five() {
    let o = quiet_office().await;
    let (lan, recovery) = account(&o, "Lê Thị Lan", "lan").await;
    let thief = from("10.0.0.9");
    let secret = with_app(&o.app, &lan, &seat(&o.app, "lan").await).await;
    minutes_pass(1);
    // Whoever knows the password begins as often as they like.
    let mut halves = Vec::new();
    for _ in 0..40 {
        let Entered::Second { half } = sessions::sign_in(&o.app, "lan", PASSWORD, &thief).await.unwrap() else { panic!("asked for") };
        halves.push(half);
    }
    let right = app_code(&secret);
    let guess = |n: usize| {
        if n == 20 {
            right.clone()
        } else if n == 30 {
            recovery[0].clone()
        } else {
            format!("{n:06}")
        }
    };
    let shown = halves.into_iter().enumerate().map(|(n, half)| {
        let (app, code, thief) = (o.app.clone(), guess(n), thief.clone());
        async move { sessions::second(&app, &half, &code, &thief).await.unwrap() }
    });
    assert_eq!(counted(at_once(shown).await.iter().map(kind)), BTreeMap::from([("wrong", 5), ("wait", 35)]));
    assert_eq!(accounts::show(&o.app, &lan).await.unwrap().unwrap().recovery_left, 10);
}

#[tokio::test]
async fn many_invitation_codes_at_once_are_five() {
    let o = quiet_office().await;
    let lan = o.person("Lê Thị Lan", "Chi bộ thôn 1", &[Role::Clerk]).await.person;
    let invited = accounts::invite(&o.app, &o.clerk, &lan, "lan", &from("10.0.0.1")).await.unwrap();
    let guess = |n: usize| if n == 60 { invited.code.clone() } else { format!("2222-2222-{n:02}") };
    let accepted = (0..99).map(|n| {
        let (app, code) = (o.app.clone(), guess(n));
        async move { why(accounts::accept(&app, "lan", &code, PASSWORD, &from("10.0.0.9")).await) }
    });
    assert_eq!(counted(at_once(accepted).await), BTreeMap::from([("no_invitation", 5), ("waits", 94)]));
    accounts::accept(&o.app, "lan", &invited.code, PASSWORD, &from("10.0.0.2")).await.unwrap();
    // An open screen is no place to guess the password at either.
    let asked = (0..40).map(|n| {
        let (app, lan) = (o.app.clone(), lan.clone());
        async move {
            let owner = Owner { person: &lan, session: "s", from: &from("10.0.0.9") };
            why(accounts::new_recovery(&app, owner, &format!("đoán thử lần {n}")).await)
        }
    });
    minutes_pass(16);
    assert_eq!(counted(at_once(asked).await), BTreeMap::from([("wrong_password", 5), ("waits", 35)]));
}

#[tokio::test]
async fn one_code_that_is_sent_many_times_makes_one_account() {
    let o = quiet_office().await;
    let lan = o.person("Lê Thị Lan", "Chi bộ thôn 1", &[Role::Clerk]).await.person;
    let invited = accounts::invite(&o.app, &o.clerk, &lan, "lan", &from("10.0.0.1")).await.unwrap();
    let accepted = (0..4).map(|n| {
        let (app, code) = (o.app.clone(), invited.code.clone());
        async move { accounts::accept(&app, "lan", &code, &format!("{PASSWORD} {n}"), &from("10.0.0.2")).await.is_ok() }
    });
    assert_eq!(at_once(accepted).await.into_iter().filter(|accepted| *accepted).count(), 1);
}

/// Fifty wrong tries from one address, each at a login that nobody has.
async fn fills(o: &Office, address: &From) {
    for n in 0..50 {
        assert_eq!(sessions::sign_in(&o.app, &format!("bia{n}"), "sai hoàn toàn", address).await.unwrap(), Entered::Wrong);
    }
}

#[tokio::test]
async fn invented_logins_lock_nobody_out_behind_the_same_address() {
    let o = quiet_office().await;
    account(&o, "Lê Thị Lan", "lan").await;
    account(&o, "Đỗ Thị Năm", "nam").await;
    // Behind a proxy on the same machine everybody comes from here.
    let proxy = from("127.0.0.1");
    fills(&o, &proxy).await;
    assert!(comes_in(&o.app, "lan", PASSWORD, &proxy).await.is_some(), "a new computer, and the right password");
    // Whether there is such a login shows neither in the first answer nor in the second.
    for login in ["nam", "khong.ai"] {
        assert_eq!(sessions::sign_in(&o.app, login, "sai hoàn toàn", &proxy).await.unwrap(), Entered::Wait(16), "{login}");
        assert_eq!(sessions::sign_in(&o.app, login, PASSWORD, &proxy).await.unwrap(), Entered::Wait(16), "{login}: no second try");
    }
    for n in 0..60 {
        assert!(matches!(sessions::sign_in(&o.app, &format!("them{n}"), "sai hoàn toàn", &proxy).await.unwrap(), Entered::Wait(_)));
    }
    assert_eq!((lines(&o, "wrong").await, lines(&o, "waits").await), (50, 1), "what others type does not fill the disk");
    minutes_pass(16);
    assert!(comes_in(&o.app, "nam", PASSWORD, &proxy).await.is_some());
}

#[tokio::test]
async fn a_flood_at_a_full_address_slows_down_nobody_elsewhere() {
    let o = quiet_office().await;
    account(&o, "Lê Thị Lan", "lan").await;
    let proxy = from("127.0.0.1");
    let device = comes_in(&o.app, "lan", PASSWORD, &proxy).await.unwrap().device;
    fills(&o, &proxy).await;
    let mut flood: JoinSet<Entered> = (0..300).map(|n| tries(&o, &format!("lut{n}"), "sai hoàn toàn", &proxy)).collect();
    let first = flood.join_next().await.unwrap().unwrap();
    assert_eq!(first, Entered::Wait(1), "only so many wait, the others are told so at once");
    assert!(comes_in(&o.app, "lan", PASSWORD, &from("10.0.0.5")).await.is_some(), "from elsewhere");
    let own = From { device: Some(device), ..proxy.clone() };
    assert!(comes_in(&o.app, "lan", PASSWORD, &own).await.is_some(), "from her own computer");
    let left = flood.len();
    let minutes: Vec<Entered> = flood.join_all().await;
    assert!(minutes.iter().all(|entered| matches!(entered, Entered::Wait(_))) && left > 0, "{left}");
    let looked_at = minutes.iter().filter(|entered| **entered != Entered::Wait(1)).count();
    // Twenty wait at a time, and some more come while the first are looked at.
    assert!((1..=100).contains(&looked_at), "{looked_at}");
    assert!(comes_in(&o.app, "lan", PASSWORD, &proxy).await.is_some(), "as soon as the flood is over");
}
