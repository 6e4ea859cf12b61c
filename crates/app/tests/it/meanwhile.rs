//! A deed that was begun with a password or a session which is over when it is written: it comes to nothing.
//!
//! Each deed draws random bytes after the password was looked at and before anything is written. That is where these tests let
//! something else happen.

use crate::access::{PASSWORD, account, app_code, clock, comes_in, from, seat, seat_with, why, with_app};
use crate::device::{Device, Kind, Page};
use crate::office::{Office, office_in};
use app::accounts::{self, Owner};
use app::passkeys::{self, Address, NewKey, UsedKey};
use app::policy::{self, Policy};
use app::sessions::{self, Entered, SignedIn};
use app::tokens::{self, NewToken, Purpose};
use app::{App, Settings};
use programme::ids::PersonId;
use programme::model::*;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::cell::RefCell;
use tokio::task::JoinSet;

const NEW: &str = "lúa chín tháng mười";

type Deed = Box<dyn FnOnce()>;

thread_local! {
    static MEANWHILE: RefCell<Option<Deed>> = const { RefCell::new(None) };
}

fn random(bytes: &mut [u8]) -> bool {
    if let Some(deed) = MEANWHILE.take() {
        deed();
    }
    (Settings::new("").random)(bytes)
}

/// Is done, from its beginning to its end, when the next random bytes are drawn on this thread.
fn meanwhile<F: Future<Output = ()>>(deed: impl FnOnce() -> F + Send + 'static) {
    let done = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(deed());
    };
    let deed: Deed = Box::new(move || std::thread::spawn(done).join().unwrap());
    MEANWHILE.set(Some(deed));
}

fn nothing_waits() {
    assert!(MEANWHILE.take().is_none(), "it was never done");
}

async fn quiet() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { clock, random, ..Settings::new(folder.path().join("data")) };
    office_in(folder, settings, Network::Internet).await
}

struct Lan {
    o: Office,
    id: PersonId,
    /// Where she sits.
    own: String,
    /// Where somebody else sits who got in as her.
    other: String,
}

impl Lan {
    async fn new() -> Lan {
        let o = quiet().await;
        let (id, _) = account(&o, "Lê Thị Lan", "lan").await;
        let (own, other) = (seat(&o.app, "lan").await, seat(&o.app, "lan").await);
        Lan { o, id, own, other }
    }

    fn app(&self) -> &App {
        &self.o.app
    }

    /// Does something as her at the other place.
    async fn there<T>(&self, deed: impl AsyncFnOnce(&App, Owner<'_>) -> T) -> T {
        deed(self.app(), Owner { person: &self.id, session: &self.other, from: &from("10.0.0.9") }).await
    }

    /// She chooses another password meanwhile.
    fn changes_password(&self) {
        let (app, id, own) = (self.app().clone(), self.id.clone(), self.own.clone());
        meanwhile(async move || {
            let owner = Owner { person: &id, session: &own, from: &from("10.0.0.2") };
            accounts::change_password(&app, owner, PASSWORD, NEW).await.unwrap();
        });
    }

    /// An administrator signs her out everywhere meanwhile.
    fn is_put_out(&self) {
        let (app, by, id) = (self.app().clone(), self.o.clerk.clone(), self.id.clone());
        meanwhile(async move || sessions::end_all(&app, &by, &id, &from("10.0.0.1")).await.unwrap());
    }

    /// She turns an authenticator app on meanwhile.
    fn turns_app_on(&self) {
        let (app, id, own) = (self.app().clone(), self.id.clone(), self.own.clone());
        meanwhile(async move || {
            with_app(&app, &id, &own).await;
        });
    }

    async fn new_password_holds(&self) {
        nothing_waits();
        assert!(comes_in(self.app(), "lan", PASSWORD, &from("10.0.0.3")).await.is_none(), "the old one is over");
        assert!(comes_in(self.app(), "lan", NEW, &from("10.0.0.3")).await.is_some());
        assert_eq!(sessions::list(self.app(), &self.id, "").await.unwrap().len(), 2, "hers and the one just now");
    }
}

fn token(app: &App) -> NewToken {
    NewToken { name: "Lịch".to_owned(), purpose: Purpose::Read, until: app.now().day() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_password_change_is_undone_by_nothing_that_was_begun_before() {
    let lan = Lan::new().await;
    lan.changes_password();
    assert_eq!(why(lan.there(async |app, owner| accounts::new_recovery(app, owner, PASSWORD).await).await), "just_changed");
    lan.new_password_holds().await;

    let lan = Lan::new().await;
    lan.changes_password();
    let theirs = lan.there(async |app, owner| accounts::change_password(app, owner, PASSWORD, "một mật khẩu khác").await);
    assert_eq!(why(theirs.await), "just_changed");
    lan.new_password_holds().await;

    let lan = Lan::new().await;
    let secret = accounts::begin_second_factor(lan.app(), &lan.id, &lan.other).await.unwrap().secret;
    lan.changes_password();
    let theirs = lan.there(async |app, owner| accounts::confirm_second_factor(app, owner, &app_code(&secret), PASSWORD).await);
    assert_eq!(why(theirs.await), "just_changed");
    lan.new_password_holds().await;

    let lan = Lan::new().await;
    let by = app::people::actor(lan.app(), &lan.id).await.unwrap().unwrap();
    lan.changes_password();
    let theirs = lan.there(async |app, owner| tokens::create(app, &by, owner.session, token(app), PASSWORD, owner.from).await);
    assert_eq!(why(theirs.await), "just_changed");
    assert_eq!(tokens::list(lan.app(), &lan.id).await.unwrap(), [], "the new password ended all, and this one too");
    lan.new_password_holds().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_is_put_out_meanwhile_changes_nothing_any_more() {
    let lan = Lan::new().await;
    lan.is_put_out();
    assert_eq!(why(lan.there(async |app, owner| accounts::new_recovery(app, owner, PASSWORD).await).await), "just_changed");
    nothing_waits();
    let lan = Lan::new().await;
    lan.is_put_out();
    let theirs = lan.there(async |app, owner| accounts::change_password(app, owner, PASSWORD, NEW).await);
    assert_eq!(why(theirs.await), "just_changed");
    nothing_waits();
    assert!(comes_in(lan.app(), "lan", PASSWORD, &from("10.0.0.3")).await.is_some(), "the password is hers as before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_invitation_is_undone_by_nothing_that_was_begun_before() {
    // Invited meanwhile, and accepted meanwhile.
    for accepts in [false, true] {
        let lan = Lan::new().await;
        let (app, by, id) = (lan.app().clone(), lan.o.clerk.clone(), lan.id.clone());
        meanwhile(async move || {
            let invited = accounts::invite(&app, &by, &id, "lan", &from("10.0.0.1")).await.unwrap();
            if accepts {
                accounts::accept(&app, "lan", &invited.code, NEW, &from("10.0.0.2")).await.unwrap();
            }
        });
        assert_eq!(why(lan.there(async |app, owner| accounts::new_recovery(app, owner, PASSWORD).await).await), "just_changed");
        nothing_waits();
        let account = accounts::show(lan.app(), &lan.id).await.unwrap().unwrap();
        assert_eq!((account.invited_until.is_some(), account.recovery_left), (!accepts, 10));
        assert_eq!(comes_in(lan.app(), "lan", NEW, &from("10.0.0.3")).await.is_some(), accepts);
        assert_eq!(comes_in(lan.app(), "lan", PASSWORD, &from("10.0.0.3")).await.is_some(), !accepts);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_comes_in_by_what_is_over_when_they_would_be_in() {
    // By the old password.
    let lan = Lan::new().await;
    lan.changes_password();
    assert_eq!(sessions::sign_in(lan.app(), "lan", PASSWORD, &from("10.0.0.9")).await.unwrap(), Entered::Wrong);
    lan.new_password_holds().await;
    // By the password alone, where an app is asked for by now.
    let lan = Lan::new().await;
    lan.turns_app_on();
    assert_eq!(sessions::sign_in(lan.app(), "lan", PASSWORD, &from("10.0.0.9")).await.unwrap(), Entered::Wrong);
    nothing_waits();
    assert_eq!(sessions::list(lan.app(), &lan.id, "").await.unwrap().len(), 1, "hers");
    // By an account that was given to somebody anew.
    let lan = Lan::new().await;
    let (app, by, id) = (lan.app().clone(), lan.o.clerk.clone(), lan.id.clone());
    meanwhile(async move || app::privacy::erase(&app, &by, &id, "law_91_2025").await.unwrap());
    assert_eq!(sessions::sign_in(lan.app(), "lan", PASSWORD, &from("10.0.0.9")).await.unwrap(), Entered::Wrong);
    nothing_waits();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_session_that_lies_in_memory_only_is_none_either() {
    let lan = Lan::new().await;
    let (app, id, own) = (lan.app().clone(), lan.id.clone(), lan.own.clone());
    let record = lan.o.folder.path().join("data/luytre.db");
    let (holds, held) = std::sync::mpsc::channel();
    meanwhile(async move || {
        let owner = Owner { person: &id, session: &own, from: &from("10.0.0.2") };
        accounts::change_password(&app, owner, PASSWORD, NEW).await.unwrap();
        // From now on nothing can be written, so the session would be kept in memory.
        let mut other = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(record)).await.unwrap();
        sqlx::query("begin immediate").execute(&mut other).await.unwrap();
        holds.send(other).unwrap();
    });
    assert_eq!(sessions::sign_in(lan.app(), "lan", PASSWORD, &from("10.0.0.9")).await.unwrap(), Entered::Wrong);
    nothing_waits();
    let signed = comes_in(lan.app(), "lan", NEW, &from("10.0.0.9")).await.expect("by the right one, in memory");
    assert!(sessions::find(lan.app(), &signed.cookie).await.unwrap().is_some());
    held.recv().unwrap().close().await.unwrap();
    assert_eq!(sessions::list(lan.app(), &lan.id, "").await.unwrap().len(), 1, "hers");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_rule_of_the_office_counts_for_whoever_is_on_their_way_in() {
    let lan = Lan::new().await;
    let (app, admin) = (lan.app().clone(), lan.o.clerk.clone());
    let invited = accounts::invite(&app, &admin, &admin.person, "mai", &from("10.0.0.1")).await.unwrap();
    accounts::accept(&app, "mai", &invited.code, PASSWORD, &from("10.0.0.2")).await.unwrap();
    with_app(&app, &admin.person, &seat(&app, "mai").await).await;
    meanwhile(async move || policy::set(&app, &admin, Policy::Everybody, &from("10.0.0.1")).await.unwrap());
    let signed = comes_in(lan.app(), "lan", PASSWORD, &from("10.0.0.9")).await.unwrap();
    nothing_waits();
    assert!(sessions::find(lan.app(), &signed.cookie).await.unwrap().unwrap().must_enrol, "she has to set one up first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_right_password_that_waits_for_its_code_ends_with_the_password_and_with_the_app() {
    let o = quiet().await;
    let (id, codes) = account(&o, "Lê Thị Lan", "lan").await;
    let here = from("10.0.0.2");
    let own = seat(&o.app, "lan").await;
    with_app(&o.app, &id, &own).await;
    let half = async |password: &str| match sessions::sign_in(&o.app, "lan", password, &from("10.0.0.9")).await.unwrap() {
        Entered::Second { half } => half,
        other => panic!("{other:?}"),
    };
    let waits = half(PASSWORD).await;
    let owner = Owner { person: &id, session: &own, from: &here };
    accounts::change_password(&o.app, owner, PASSWORD, NEW).await.unwrap();
    assert_eq!(sessions::second(&o.app, &waits, &codes[0], &from("10.0.0.9")).await.unwrap(), Entered::Wrong);
    assert_eq!(accounts::show(&o.app, &id).await.unwrap().unwrap().recovery_left, 10, "no code was struck out for it");
    let waits = half(NEW).await;
    accounts::remove_second_factor(&o.app, owner, NEW).await.unwrap();
    assert_eq!(sessions::second(&o.app, &waits, &codes[0], &from("10.0.0.9")).await.unwrap(), Entered::Wrong);
    // And what ends after the code was right, before the door is open.
    let secret = accounts::begin_second_factor(&o.app, &id, &own).await.unwrap().secret;
    accounts::confirm_second_factor(&o.app, owner, &app_code(&secret), NEW).await.unwrap();
    let waits = half(NEW).await;
    let (app, person, session) = (o.app.clone(), id.clone(), own.clone());
    meanwhile(async move || {
        let owner = Owner { person: &person, session: &session, from: &from("10.0.0.2") };
        accounts::change_password(&app, owner, NEW, PASSWORD).await.unwrap();
    });
    assert_eq!(sessions::second(&o.app, &waits, &codes[0], &from("10.0.0.9")).await.unwrap(), Entered::Wrong);
    nothing_waits();
    assert_eq!(sessions::list(&o.app, &id, "").await.unwrap().len(), 1, "hers");
}

fn here() -> Address {
    Address::of(true, "luytre.xa.vn").unwrap()
}

fn page() -> Page {
    Page::of("https://luytre.xa.vn")
}

async fn adds(app: &App, person: &PersonId, session: &str) -> app::Result<Device> {
    let wanted = passkeys::begin(app, person, &here(), session, ("Điện thoại", PASSWORD), &from("10.0.0.2")).await?;
    let device = Device::new(Kind::P256, &wanted.handle);
    let made = device.makes(&page(), &wanted.challenge);
    let shown = NewKey { client: &made.client, attestation: &made.attestation };
    passkeys::add(app, person, &here(), session, shown, &from("10.0.0.2")).await?;
    Ok(device)
}

async fn uses(app: &App, device: &mut Device) -> app::Result<Entered> {
    let used = device.uses(&page(), &passkeys::ask(app, &here(), "b").unwrap());
    let shown = UsedKey {
        credential: &used.credential,
        client: &used.client,
        authenticator: &used.authenticator,
        signature: &used.signature,
        handle: &used.handle,
    };
    passkeys::sign_in(app, &here(), "b", shown, &from("10.0.0.9")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_passkey_that_the_old_password_began_is_not_taken() {
    let lan = Lan::new().await;
    let begun = passkeys::begin(lan.app(), &lan.id, &here(), &lan.own, ("x", PASSWORD), &from("10.0.0.9")).await.unwrap();
    let made = Device::new(Kind::P256, &begun.handle).makes(&page(), &begun.challenge);
    let owner = Owner { person: &lan.id, session: &lan.own, from: &from("10.0.0.2") };
    accounts::change_password(lan.app(), owner, PASSWORD, NEW).await.unwrap();
    let shown = NewKey { client: &made.client, attestation: &made.attestation };
    assert_eq!(why(passkeys::add(lan.app(), &lan.id, &here(), &lan.own, shown, &from("10.0.0.9")).await), "just_changed");
    assert_eq!(passkeys::list(lan.app(), &lan.id).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_passkey_that_is_removed_or_outlived_meanwhile_opens_nothing() {
    let lan = Lan::new().await;
    let mut device = adds(lan.app(), &lan.id, &lan.own).await.unwrap();
    assert!(matches!(uses(lan.app(), &mut device).await.unwrap(), Entered::In(SignedIn { .. })));
    let (app, person, session) = (lan.app().clone(), lan.id.clone(), lan.own.clone());
    let id = passkeys::list(&app, &person).await.unwrap().remove(0).id;
    let used = device.uses(&page(), &passkeys::ask(lan.app(), &here(), "b").unwrap());
    meanwhile(async move || {
        let owner = Owner { person: &person, session: &session, from: &from("10.0.0.2") };
        assert!(passkeys::remove(&app, owner, &id, PASSWORD).await.unwrap());
    });
    let shown = UsedKey {
        credential: &used.credential,
        client: &used.client,
        authenticator: &used.authenticator,
        signature: &used.signature,
        handle: &used.handle,
    };
    assert_eq!(why(passkeys::sign_in(lan.app(), &here(), "b", shown, &from("10.0.0.9")).await), "passkey_over");
    nothing_waits();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn many_requests_of_a_thief_do_not_bring_the_old_password_back() {
    let lan = Lan::new().await;
    let mut deeds = JoinSet::new();
    for n in 0..12 {
        let (app, id, other) = (lan.app().clone(), lan.id.clone(), lan.other.clone());
        deeds.spawn(async move {
            let owner = Owner { person: &id, session: &other, from: &from("10.0.0.9") };
            if n % 2 == 0 {
                let _late = accounts::new_recovery(&app, owner, PASSWORD).await;
            } else {
                let _late = accounts::remove_second_factor(&app, owner, PASSWORD).await;
            }
            let _late = sessions::sign_in(&app, "lan", PASSWORD, &from("10.0.0.9")).await;
        });
    }
    let owner = Owner { person: &lan.id, session: &lan.own, from: &from("10.0.0.2") };
    accounts::change_password(lan.app(), owner, PASSWORD, NEW).await.unwrap();
    deeds.join_all().await;
    lan.new_password_holds().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_app_that_stands_is_turned_off_first_and_with_the_password() {
    let o = quiet().await;
    let (id, codes) = account(&o, "Lê Thị Lan", "lan").await;
    let own = seat(&o.app, "lan").await;
    let owner = Owner { person: &id, session: &own, from: &from("10.0.0.9") };
    let first = accounts::begin_second_factor(&o.app, &id, &own).await.unwrap().secret;
    assert_eq!(why(accounts::confirm_second_factor(&o.app, owner, &app_code(&first), "").await), "wrong_password");
    with_app(&o.app, &id, &own).await;
    assert_eq!(why(accounts::begin_second_factor(&o.app, &id, &own).await), "factor_stands", "nobody with an open screen replaces it");
    assert_eq!(why(accounts::remove_second_factor(&o.app, owner, "").await), "wrong_password");
    // Neither with a secret that was drawn before the app stood.
    let again = seat_with(&o.app, "lan", &codes[0]).await;
    let owner = Owner { session: &again, ..owner };
    accounts::remove_second_factor(&o.app, owner, PASSWORD).await.unwrap();
    let [one, two] = [again.clone(), seat(&o.app, "lan").await];
    let early = accounts::begin_second_factor(&o.app, &id, &two).await.unwrap().secret;
    with_app(&o.app, &id, &one).await;
    let late = Owner { session: &two, ..owner };
    let code = app_code(&early);
    assert_eq!(why(accounts::confirm_second_factor(&o.app, late, &code, PASSWORD).await), "factor_expired");
}
