//! Coming in, staying in, being kept out; roles with an end; what one person may see; what is kept of a person.

use crate::office::*;
use app::accounts::{self, AccountRefusal, Owner};
use app::people::{NewGrant, NewPerson};
use app::sessions::{self, Entered, From, SignedIn};
use app::{App, Error, Settings};
use jiff::Timestamp;
use programme::ids::PersonId;
use programme::model::*;
use std::cell::Cell;

thread_local! {
    /// Each test runs on a thread of its own, so each has its own time.
    static MINUTE: Cell<i64> = const { Cell::new(0) };
}

pub(crate) fn clock() -> Timestamp {
    let start: Timestamp = "2026-11-24T01:00:00Z".parse().unwrap();
    start + jiff::SignedDuration::from_mins(MINUTE.get())
}

pub(crate) fn minutes_pass(minutes: i64) {
    MINUTE.set(MINUTE.get() + minutes);
}

pub(crate) async fn quiet_office() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { clock, ..Settings::new(folder.path().join("data")) };
    office_in(folder, settings, Network::Internet).await
}

pub(crate) fn from(address: &str) -> From {
    From { address: address.to_owned(), agent: "Firefox".to_owned(), device: None }
}

pub(crate) const PASSWORD: &str = "ba con trâu trắng";

/// A member of the office with an account, and the recovery codes.
pub(crate) async fn account(o: &Office, name: &str, login: &str) -> (PersonId, Vec<String>) {
    let unit = o.clerk.unit.clone();
    let person = app::people::add(&o.app, &o.clerk, NewPerson { name: name.to_owned(), unit, roles: vec![Role::Clerk] }).await.unwrap();
    let invitation = accounts::invite(&o.app, &o.clerk, &person, login, &from("10.0.0.1")).await.unwrap();
    let codes = accounts::accept(&o.app, login, &invitation.code, PASSWORD, &from("10.0.0.2")).await.unwrap();
    (person, codes)
}

pub(crate) async fn comes_in(app: &App, login: &str, password: &str, from: &From) -> Option<SignedIn> {
    match sessions::sign_in(app, login, password, from).await.unwrap() {
        Entered::In(signed) => Some(signed),
        _ => None,
    }
}

/// A session of somebody who comes in by their password: its id, which is not its cookie.
pub(crate) async fn seat(app: &App, login: &str) -> String {
    let signed = comes_in(app, login, PASSWORD, &from("10.0.0.2")).await.unwrap();
    sessions::find(app, &signed.cookie).await.unwrap().unwrap().id
}

/// As [`seat`], with a recovery code beside the password.
pub(crate) async fn seat_with(app: &App, login: &str, recovery: &str) -> String {
    let Entered::Second { half } = sessions::sign_in(app, login, PASSWORD, &from("10.0.0.2")).await.unwrap() else { panic!("asked for") };
    let Entered::In(signed) = sessions::second(app, &half, recovery, &from("10.0.0.2")).await.unwrap() else { panic!("a code") };
    sessions::find(app, &signed.cookie).await.unwrap().unwrap().id
}

/// Turns the authenticator app on in a session, with the password; its secret.
pub(crate) async fn with_app(app: &App, person: &PersonId, session: &str) -> String {
    let new = accounts::begin_second_factor(app, person, session).await.unwrap();
    let owner = Owner { person, session, from: &from("10.0.0.2") };
    accounts::confirm_second_factor(app, owner, &app_code(&new.secret), PASSWORD).await.unwrap();
    new.secret
}

/// The sentence code of a refusal.
pub(crate) fn why<T: std::fmt::Debug>(result: app::Result<T>) -> &'static str {
    match result.unwrap_err() {
        Error::Account(refusal) => refusal.code(),
        Error::Refused(refusal) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_invitation_becomes_an_account_once() {
    let o = quiet_office().await;
    let unit = o.clerk.unit.clone();
    let new = NewPerson { name: "Lê Thị Lan".to_owned(), unit, roles: vec![Role::Clerk] };
    let lan = app::people::add(&o.app, &o.clerk, new).await.unwrap();
    let here = from("10.0.0.2");
    let invited = accounts::invite(&o.app, &o.clerk, &lan, "Lan", &here).await.unwrap();
    assert_eq!(invited.login, "lan");
    assert_eq!(why(accounts::accept(&o.app, "lan", "2222-2222-22", PASSWORD, &here).await), "no_invitation");
    assert_eq!(why(accounts::accept(&o.app, "lan", &invited.code, "matkhau123456", &here).await), "weak_password");
    let typed = invited.code.to_uppercase().replace('-', " ");
    let codes = accounts::accept(&o.app, "LAN", &typed, PASSWORD, &here).await.unwrap();
    assert_eq!((codes.len(), codes[0].len()), (10, 19));
    assert_eq!(why(accounts::accept(&o.app, "lan", &invited.code, "một mật khẩu khác", &here).await), "no_invitation");
    assert!(comes_in(&o.app, "lan", PASSWORD, &here).await.is_some());
    // A second invitation is over after a week.
    let again = accounts::invite(&o.app, &o.clerk, &lan, "lan", &here).await.unwrap();
    minutes_pass(8 * 24 * 60);
    assert_eq!(why(accounts::accept(&o.app, "lan", &again.code, "một mật khẩu khác", &here).await), "no_invitation");
    let mai = o.clerk.person.clone();
    assert_eq!(why(accounts::invite(&o.app, &o.clerk, &mai, "lan", &here).await), "login_taken");
    assert_eq!(why(accounts::invite(&o.app, &o.clerk, &mai, "lê lan", &here).await), "bad_login");
    let cell = o.person("Vũ Văn Tư", "Chi bộ thôn 1", &[Role::Clerk]).await;
    assert_eq!(why(accounts::invite(&o.app, &cell, &mai, "mai", &here).await), "role_missing");
}

#[tokio::test]
async fn a_session_lives_while_it_is_used_and_ends_when_told() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let here = from("10.0.0.2");
    let one = comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap();
    let two = comes_in(&o.app, "lan", PASSWORD, &from("10.0.0.3")).await.unwrap();
    assert_ne!(one.cookie, two.cookie);
    let session = sessions::find(&o.app, &one.cookie).await.unwrap().unwrap();
    assert_eq!((&session.person, session.id == one.cookie), (&lan, false), "the cookie itself is stored nowhere");
    minutes_pass(7 * 60);
    assert!(sessions::find(&o.app, &one.cookie).await.unwrap().is_some());
    minutes_pass(7 * 60);
    assert!(sessions::find(&o.app, &one.cookie).await.unwrap().is_some(), "used in between");
    assert!(sessions::find(&o.app, &two.cookie).await.unwrap().is_none(), "idle for fourteen hours");
    for _ in 0..24 {
        minutes_pass(6 * 60);
        sessions::find(&o.app, &one.cookie).await.unwrap();
    }
    minutes_pass(3 * 24 * 60);
    assert!(sessions::find(&o.app, &one.cookie).await.unwrap().is_none(), "a week is the longest");
    let three = comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap();
    let four = comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap();
    let third = sessions::find(&o.app, &three.cookie).await.unwrap().unwrap();
    let listed = sessions::list(&o.app, &lan, &third.id).await.unwrap();
    assert_eq!((listed.len(), listed.iter().filter(|s| s.here).count()), (2, 1));
    assert!(!sessions::end(&o.app, &o.clerk.person, &third.id, &here).await.unwrap(), "not hers");
    let new = "lúa chín tháng mười";
    let owner = Owner { person: &lan, session: &third.id, from: &here };
    assert_eq!(why(accounts::change_password(&o.app, owner, "sai rồi", new).await), "wrong_password");
    accounts::change_password(&o.app, owner, PASSWORD, new).await.unwrap();
    assert!(sessions::find(&o.app, &three.cookie).await.unwrap().is_some());
    assert!(sessions::find(&o.app, &four.cookie).await.unwrap().is_none(), "a new password ends the others");
    sessions::sign_out(&o.app, &three.cookie, &here).await.unwrap();
    assert!(sessions::find(&o.app, &three.cookie).await.unwrap().is_none());
    let log: Vec<String> = sessions::log(&o.app, 10).await.unwrap().into_iter().map(|row| row.what).collect();
    assert!(log.contains(&"signed_out".to_owned()) && log.contains(&"password_set".to_owned()), "{log:?}");
}

/// The code that an authenticator app shows now.
pub(crate) fn app_code(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let seconds = u64::try_from(clock().as_second()).unwrap();
    totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(seconds).to_string()
}

#[tokio::test]
async fn an_administrator_ends_all_that_a_person_is_signed_in_with() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let (binh, _) = account(&o, "Trần Văn Bình", "binh").await;
    let here = from("10.0.0.2");
    let at_desk = comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap();
    let on_phone = comes_in(&o.app, "lan", PASSWORD, &from("10.0.0.3")).await.unwrap();
    let of_binh = comes_in(&o.app, "binh", PASSWORD, &here).await.unwrap();
    let clerk = app::people::actor(&o.app, &binh).await.unwrap().unwrap();
    assert_eq!(why(sessions::end_all(&o.app, &clerk, &lan, &here).await), "role_missing");
    assert!(sessions::find(&o.app, &on_phone.cookie).await.unwrap().is_some());
    sessions::end_all(&o.app, &o.clerk, &lan, &here).await.unwrap();
    for cookie in [&at_desk.cookie, &on_phone.cookie] {
        assert_eq!(sessions::find(&o.app, cookie).await.unwrap(), None);
    }
    assert!(sessions::find(&o.app, &of_binh.cookie).await.unwrap().is_some());
    let noted = sessions::log(&o.app, 100).await.unwrap();
    assert_eq!(noted.iter().filter(|row| row.what == "put_out").map(|row| row.login.as_str()).collect::<Vec<_>>(), ["lan"]);
    assert!(comes_in(&o.app, "lan", PASSWORD, &here).await.is_some(), "the password is still good");
}

#[tokio::test]
async fn a_second_factor_is_asked_for_after_the_password_and_each_code_counts_once() {
    let o = quiet_office().await;
    let (lan, recovery) = account(&o, "Lê Thị Lan", "lan").await;
    let here = from("10.0.0.2");
    let (own, thief) = (comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap(), comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap());
    let keep = sessions::find(&o.app, &own.cookie).await.unwrap().unwrap().id;
    let new = accounts::begin_second_factor(&o.app, &lan, &keep).await.unwrap();
    assert!(new.address.starts_with("otpauth://totp/Luy%20Tre:lan?secret="), "{}", new.address);
    let owner = Owner { person: &lan, session: &keep, from: &here };
    assert_eq!(why(accounts::confirm_second_factor(&o.app, owner, "000000", PASSWORD).await), "wrong_code");
    assert_eq!(why(accounts::confirm_second_factor(&o.app, owner, &app_code(&new.secret), "").await), "wrong_password");
    accounts::confirm_second_factor(&o.app, owner, &app_code(&new.secret), PASSWORD).await.unwrap();
    assert!(sessions::find(&o.app, &own.cookie).await.unwrap().is_some(), "where the code was typed");
    assert!(sessions::find(&o.app, &thief.cookie).await.unwrap().is_none(), "came in with the password alone");
    let half = |entered| match entered {
        Entered::Second { half } => half,
        other => panic!("{other:?}"),
    };
    assert_eq!(sessions::sign_in(&o.app, "lan", "sai", &here).await.unwrap(), Entered::Wrong, "nobody learns who has one");
    let first = half(sessions::sign_in(&o.app, "lan", PASSWORD, &here).await.unwrap());
    assert_eq!(sessions::second(&o.app, &first, &app_code(&new.secret), &here).await.unwrap(), Entered::Wrong, "used to confirm");
    minutes_pass(1);
    assert!(matches!(sessions::second(&o.app, &first, &app_code(&new.secret), &here).await.unwrap(), Entered::In(_)));
    assert_eq!(sessions::second(&o.app, &first, &app_code(&new.secret), &here).await.unwrap(), Entered::Wrong, "a half is used up");
    let second = half(sessions::sign_in(&o.app, "lan", PASSWORD, &here).await.unwrap());
    assert!(matches!(sessions::second(&o.app, &second, &recovery[3], &here).await.unwrap(), Entered::In(_)));
    let third = half(sessions::sign_in(&o.app, "lan", PASSWORD, &here).await.unwrap());
    assert_eq!(sessions::second(&o.app, &third, &recovery[3], &here).await.unwrap(), Entered::Wrong, "a recovery code is used up");
    minutes_pass(6);
    assert_eq!(sessions::second(&o.app, &third, &recovery[4], &here).await.unwrap(), Entered::Wrong, "too late");
    assert_eq!(accounts::show(&o.app, &lan).await.unwrap().unwrap().recovery_left, 9);
    let fresh = accounts::new_recovery(&o.app, owner, PASSWORD).await.unwrap();
    assert!(!fresh.contains(&recovery[4]));
    let keep = seat_with(&o.app, "lan", &fresh[0]).await;
    let owner = Owner { session: &keep, ..owner };
    assert_eq!(why(accounts::remove_second_factor(&o.app, owner, "sai rồi").await), "wrong_password");
    accounts::remove_second_factor(&o.app, owner, PASSWORD).await.unwrap();
    assert!(comes_in(&o.app, "lan", PASSWORD, &here).await.is_some());
}

#[tokio::test]
async fn the_secret_of_an_app_belongs_to_one_session_for_ten_minutes() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let here = from("10.0.0.2");
    let begin = async |session: &str| accounts::begin_second_factor(&o.app, &lan, session).await.unwrap().secret;
    let confirm = async |session: &str, code: &str| {
        accounts::confirm_second_factor(&o.app, Owner { person: &lan, session, from: &here }, code, PASSWORD).await
    };
    let [one, two] = [&seat(&o.app, "lan").await, &seat(&o.app, "lan").await];
    let secret = begin(one).await;
    assert_eq!(why(confirm(one, "000000").await), "wrong_code");
    assert_eq!(begin(one).await, secret, "the phone and the page still go together");
    let other = begin(two).await;
    assert_ne!(other, secret);
    assert_eq!(why(confirm(one, &app_code(&other)).await), "wrong_code", "no session chooses for another one");
    assert_eq!(why(confirm("three", &app_code(&secret)).await), "factor_expired");
    minutes_pass(11);
    assert_eq!(why(confirm(one, &app_code(&secret)).await), "factor_expired");
    let fresh = begin(one).await;
    assert_ne!(fresh, secret);
    confirm(one, &app_code(&fresh)).await.unwrap();
    assert_eq!(why(confirm(one, &app_code(&fresh)).await), "factor_expired", "used up");
}

#[tokio::test]
async fn guessing_ends_soon_and_never_locks_the_owner_out() {
    let o = quiet_office().await;
    account(&o, "Lê Thị Lan", "lan").await;
    let hers = from("10.0.0.2");
    let device = comes_in(&o.app, "lan", PASSWORD, &hers).await.unwrap().device;
    let attacker = from("10.0.0.2");
    for n in 0..5 {
        assert_eq!(sessions::sign_in(&o.app, "lan", &format!("đoán thử {n}"), &attacker).await.unwrap(), Entered::Wrong);
    }
    assert_eq!(sessions::sign_in(&o.app, "lan", PASSWORD, &attacker).await.unwrap(), Entered::Wait(16));
    let own = From { device: Some(device.clone()), ..hers.clone() };
    assert!(comes_in(&o.app, "lan", PASSWORD, &own).await.is_some(), "her own computer, behind the same address");
    let forged = From { device: Some(device.replace('.', "0.")), ..attacker.clone() };
    assert!(matches!(sessions::sign_in(&o.app, "lan", PASSWORD, &forged).await.unwrap(), Entered::Wait(_)));
    minutes_pass(15);
    assert!(comes_in(&o.app, "lan", PASSWORD, &attacker).await.is_some());
}

#[tokio::test]
async fn roles_end_are_delegated_and_come_back() {
    let o = quiet_office().await;
    let unit = o.unit("Chi bộ thôn 1").await;
    let tu = o.person("Vũ Văn Tư", "Chi bộ thôn 1", &[Role::Head]).await;
    let nam = o.person("Đỗ Thị Năm", "Chi bộ thôn 2", &[Role::Clerk]).await;
    let until = o.app.now().plus_days(3).day();
    assert_eq!(why(app::people::delegate(&o.app, &nam, &tu.person, Role::Head, until).await), "role_missing");
    app::people::delegate(&o.app, &tu, &nam.person, Role::Head, until).await.unwrap();
    let acting = app::people::actor_in(&o.app, &nam.person, Some(&unit)).await.unwrap().unwrap();
    assert_eq!((acting.unit == unit, acting.roles.as_slice(), acting.below.is_empty()), (true, &[Role::Head][..], true));
    assert_eq!(why(app::people::delegate(&o.app, &acting, &o.clerk.person, Role::Head, until).await), "role_missing", "not passed on");
    minutes_pass(4 * 24 * 60);
    assert_eq!(app::people::actor_in(&o.app, &nam.person, Some(&unit)).await.unwrap().unwrap().unit, nam.unit, "over");
    let until = o.app.now().plus_days(30).day();
    app::people::delegate(&o.app, &tu, &nam.person, Role::Head, until).await.unwrap();
    let own = app::people::grants(&o.app, &tu.person).await.unwrap().remove(0);
    app::people::revoke(&o.app, &o.clerk, &own.id).await.unwrap();
    assert_eq!(app::people::grants(&o.app, &nam.person).await.unwrap().len(), 1, "it ends with the giver's own role");
    let admin = app::people::grants(&o.app, &o.clerk.person).await.unwrap().into_iter().find(|g| g.role == Role::Admin).unwrap();
    assert_eq!(why(app::people::revoke(&o.app, &o.clerk, &admin.id).await), "last_admin");
    let elsewhere = NewGrant { person: nam.person.clone(), unit, roles: vec![Role::Admin], subtree: false, until: None };
    assert_eq!(why(app::people::grant(&o.app, &o.clerk, elsewhere).await), "admin_elsewhere");
}

#[tokio::test]
async fn the_people_of_a_unit_see_what_is_theirs() {
    let o = quiet_office().await;
    let letter = o.letter(&[("Chi bộ thôn 1", "tổ chức hội nghị", &[Need::Meeting])]).await;
    let other = o.letter(&[("Chi bộ thôn 2", "rà soát máy tính của mình", &[Need::Other])]).await;
    for id in [&letter, &other] {
        app::letters::confirm(&o.app, &o.clerk, id).await.unwrap();
        app::tasks::assign_all(&o.app, &o.clerk, id).await.unwrap();
    }
    let (one, two) = (o.unit("Chi bộ thôn 1").await, o.unit("Chi bộ thôn 2").await);
    let seen = async |actor: &Actor| {
        let scope = app::access::scope(&o.app, actor).await.unwrap();
        [scope.sees_unit(&one), scope.sees_unit(&two), scope.sees_letter(&letter), scope.sees_letter(&other)]
    };
    assert_eq!(seen(&o.clerk).await, [true, true, true, true]);
    assert_eq!(seen(&o.person("Vũ Văn Tư", "Chi bộ thôn 1", &[Role::Clerk]).await).await, [true, false, true, false]);
    assert_eq!(seen(&o.person("Hồ Thị Ba", "Chi bộ thôn 1", &[Role::Learner]).await).await, [false, false, false, false]);
    assert_eq!(seen(&o.person("Lê Văn Sáu", "Chi bộ thôn 2", &[Role::Assessor]).await).await, [true, true, true, true]);
}

#[tokio::test]
async fn a_persons_data_is_handed_out_and_erased_and_the_chain_stays_whole() {
    let o = quiet_office().await;
    let (lan, _) = account(&o, "Lê Thị Lan", "lan").await;
    let signed = comes_in(&o.app, "lan", PASSWORD, &from("10.0.0.2")).await.unwrap();
    let actor = app::people::actor(&o.app, &lan).await.unwrap().unwrap();
    let letter = app::letters::receive_read(
        &o.app,
        &actor,
        app::letters::Upload { name: "a.txt".to_owned(), bytes: b"a".to_vec() },
        Direction::In,
        read_letter(&[("Chi bộ thôn 1", "tổ chức hội nghị", &[])]),
    );
    letter.await.unwrap();
    let data = app::privacy::export(&o.app, &actor, &lan).await.unwrap();
    assert_eq!((data.name.as_deref(), data.login.as_deref(), data.sessions.len()), (Some("Lê Thị Lan"), Some("lan"), 1));
    assert_eq!(data.deeds[0].1, "letter_received/1");
    assert_eq!(why(app::privacy::export(&o.app, &actor, &o.clerk.person).await), "role_missing");
    assert_eq!(why(app::privacy::erase(&o.app, &o.clerk, &o.clerk.person, "law_91_2025").await), "not_independent");
    app::privacy::erase(&o.app, &o.clerk, &lan, "law_91_2025").await.unwrap();
    let left = app::privacy::export(&o.app, &o.clerk, &lan).await.unwrap();
    assert_eq!((left.name, left.login, left.sessions.len(), left.access.len()), (None, None, 0, 0));
    assert!(sessions::find(&o.app, &signed.cookie).await.unwrap().is_none());
    assert!(app::people::actor(&o.app, &lan).await.unwrap().is_none());
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn the_first_account_is_made_with_the_office() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Settings { clock, ..Settings::new(folder.path().join("data")) }).await.unwrap();
    let account = |password: &str| app::office::FirstAccount { login: "mai".to_owned(), password: password.to_owned() };
    let set_up = |password: &str| app::office::SetUp {
        template: "commune_party".to_owned(),
        place: "xã Tân Lũy".to_owned(),
        commune: None,
        person: "Trần Thị Mai".to_owned(),
        network: Network::Internet,
        units: Some(vec![app::office::TemplateUnit { kind: UnitKind::PartyCell, name: "Chi bộ {place}".to_owned() }]),
        account: Some(account(password)),
    };
    assert_eq!(why(app::office::set_up(&app, set_up("ngắn")).await), AccountRefusal::WeakPassword.code());
    let founded = app::office::set_up(&app, set_up(PASSWORD)).await.unwrap();
    assert_eq!(founded.recovery.len(), 10);
    let units: Vec<String> = app::office::units(&app).await.unwrap().into_iter().map(|u| u.name).collect();
    assert_eq!(units, ["Đảng ủy xã Tân Lũy", "Chi bộ xã Tân Lũy"]);
    assert_eq!(comes_in(&app, "mai", PASSWORD, &from("127.0.0.1")).await.unwrap().person, founded.first);
    assert_eq!(sessions::sign_in_as(&app, &founded.first, &from("127.0.0.1")).await.unwrap(), None, "no demonstration");
}

#[tokio::test]
async fn wrong_codes_of_meetings_bar_nobody_from_signing_in() {
    let o = quiet_office().await;
    account(&o, "Lê Thị Lan", "lan").await;
    let here = from("10.0.0.9");
    for n in 0..50 {
        assert!(app::meetings::by_code(&o.app, &format!("sai{n}"), &here).await.unwrap().is_none());
    }
    assert_eq!(why(app::meetings::by_code(&o.app, "sai50", &here).await), "waits");
    assert!(comes_in(&o.app, "lan", PASSWORD, &here).await.is_some());
}

#[tokio::test]
async fn the_office_asks_for_a_second_factor_from_the_next_request_on() {
    use app::policy::{self, Policy};
    let o = quiet_office().await;
    let here = from("10.0.0.2");
    let (lan, mut recovery) = account(&o, "Lê Thị Lan", "lan").await;
    let admin = o.clerk.person.clone();
    let invitation = accounts::invite(&o.app, &o.clerk, &admin, "mai", &here).await.unwrap();
    accounts::accept(&o.app, "mai", &invitation.code, PASSWORD, &here).await.unwrap();
    assert_eq!(why(policy::set(&o.app, &o.clerk, Policy::Leaders, &here).await), "factor_first", "nobody shuts themselves out");
    let hers = seat(&o.app, "mai").await;
    with_app(&o.app, &admin, &hers).await;
    let clerk = app::people::actor(&o.app, &lan).await.unwrap().unwrap();
    assert_eq!(why(policy::set(&o.app, &clerk, Policy::Nobody, &here).await), "role_missing");

    let session = async |signed: SignedIn| sessions::find(&o.app, &signed.cookie).await.unwrap().unwrap().must_enrol;
    policy::set(&o.app, &o.clerk, Policy::Leaders, &here).await.unwrap();
    let before = comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap();
    assert!(!session(before.clone()).await, "a clerk is no leader");
    policy::set(&o.app, &o.clerk, Policy::Everybody, &here).await.unwrap();
    assert!(session(before.clone()).await, "whoever is in is led to it with the next request");
    let next = comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap();
    assert!(session(next.clone()).await);
    let keep = sessions::find(&o.app, &next.cookie).await.unwrap().unwrap().id;
    let new = accounts::begin_second_factor(&o.app, &lan, &keep).await.unwrap();
    let owner = Owner { person: &lan, session: &keep, from: &here };
    accounts::confirm_second_factor(&o.app, owner, &app_code(&new.secret), "").await.expect("led to it right after the password");
    assert!(!session(next.clone()).await);
    assert!(sessions::find(&o.app, &before.cookie).await.unwrap().is_none(), "the other one was opened without it");
    policy::set(&o.app, &o.clerk, Policy::Leaders, &here).await.unwrap();
    policy::set(&o.app, &o.clerk, Policy::Everybody, &here).await.unwrap();
    assert!(!session(next).await, "with a second factor nobody is led anywhere");
    assert_eq!(why(accounts::remove_second_factor(&o.app, owner, PASSWORD).await), "factor_required");
    assert_eq!(
        why(accounts::remove_second_factor(&o.app, Owner { person: &admin, session: &hers, from: &here }, PASSWORD).await),
        "factor_required"
    );
    // A lost telephone: a recovery code opens the door, and a new app takes the place of the old one.
    let (half, spare) = (sessions::sign_in(&o.app, "lan", PASSWORD, &here).await.unwrap(), recovery.remove(0));
    let Entered::Second { half } = half else { panic!("{half:?}") };
    let Entered::In(signed) = sessions::second(&o.app, &half, &spare, &here).await.unwrap() else { panic!("a recovery code opens") };
    let keep = sessions::find(&o.app, &signed.cookie).await.unwrap().unwrap().id;
    let (old, secret) = (new.secret, with_app(&o.app, &lan, &keep).await);
    minutes_pass(1);
    let Entered::Second { half } = sessions::sign_in(&o.app, "lan", PASSWORD, &here).await.unwrap() else { panic!("asked for") };
    assert_eq!(
        sessions::second(&o.app, &half, &app_code(&old), &here).await.unwrap(),
        Entered::Wrong,
        "the lost telephone is worth nothing"
    );
    assert!(matches!(sessions::second(&o.app, &half, &app_code(&secret), &here).await.unwrap(), Entered::In(_)));
    // The last administrator, without telephone and codes: whoever holds the machine makes an invitation.
    assert_eq!(why(accounts::invite_at_machine(&o.app, "khong-co").await), "no_account");
    let invitation = accounts::invite_at_machine(&o.app, " Mai ").await.unwrap();
    accounts::accept(&o.app, "mai", &invitation.code, PASSWORD, &here).await.unwrap();
    assert_eq!(why(accounts::accept(&o.app, "mai", &invitation.code, PASSWORD, &here).await), "no_invitation");
    let back = comes_in(&o.app, "mai", PASSWORD, &here).await.expect("without the lost app");
    assert!(session(back).await, "and has to set up a new one");
    let log = sessions::log(&o.app, 20).await.unwrap();
    assert!(log.iter().any(|l| l.what == "invited" && l.login == "mai" && l.address.is_empty()), "{log:?}");
    // Whoever lost everything is invited anew, and led to a new app.
    let invitation = accounts::invite(&o.app, &o.clerk, &lan, "lan", &here).await.unwrap();
    accounts::accept(&o.app, "lan", &invitation.code, PASSWORD, &here).await.unwrap();
    assert!(session(comes_in(&o.app, "lan", PASSWORD, &here).await.unwrap()).await);
}
