//! Secrets by which programs act for a person: how long they last, what they outlive, what they never do.

use crate::access::seat;
use crate::office::*;
use app::accounts;
use app::evidence::{self, EvidenceUpload};
use app::people::NewGrant;
use app::sessions::From;
use app::tokens::{self, Issued, NewToken, Purpose, Shown};
use app::{Error, Settings, backup, letters, tasks};
use jiff::ToSpan;
use programme::ids::TaskKey;
use programme::model::*;

const PASSWORD: &str = "ba con trâu trắng";

fn from() -> From {
    From { address: "10.0.0.2".to_owned(), agent: "Firefox".to_owned(), device: None }
}

/// Gives a person an account.
async fn account(o: &Office, by: &Actor, login: &str) {
    let invitation = accounts::invite(&o.app, &o.clerk, &by.person, login, &from()).await.unwrap();
    accounts::accept(&o.app, login, &invitation.code, PASSWORD, &from()).await.unwrap();
}

/// The clerk of cell 1, with an account.
async fn tu(o: &Office) -> Actor {
    let tu = o.person("Vũ Văn Tư", "Chi bộ thôn 1", &[Role::Clerk]).await;
    account(o, &tu, "vu.tu").await;
    tu
}

/// Makes a token in a session of its own.
async fn create(o: &Office, by: &Actor, days: i64, password: &str) -> app::Result<Issued> {
    let session = match accounts::show(&o.app, &by.person).await.unwrap() {
        Some(account) => seat(&o.app, &account.login).await,
        None => String::new(),
    };
    tokens::create(&o.app, by, &session, new(o, days), password, &from()).await
}

fn new(o: &Office, days: i64) -> NewToken {
    let until = o.app.now().day().checked_add(days.days()).unwrap();
    NewToken { name: "Phần mềm một cửa".to_owned(), purpose: Purpose::Evidence, until }
}

async fn comes_in(o: &Office, secret: &str) -> bool {
    matches!(tokens::enter(&o.app, secret, &from()).await.unwrap(), Shown::In(_))
}

fn why<T: std::fmt::Debug>(result: app::Result<T>) -> &'static str {
    match result.unwrap_err() {
        Error::Account(refusal) => refusal.code(),
        Error::Refused(refusal) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_token_lasts_to_its_day_and_no_day_lies_further_than_a_year() {
    let o = office(Network::Internet).await;
    let tu = tu(&o).await;
    let make = async |days| create(&o, &tu, days, PASSWORD).await;
    assert_eq!(why(make(-1).await), "end_date_past");
    assert_eq!(why(make(367).await), "token_end");
    assert!(make(365).await.is_ok());
    let week = make(7).await.unwrap();
    assert_eq!((week.secret.len(), &week.secret[..7]), (71, "luytre_"));
    days_pass(7);
    assert!(comes_in(&o, &week.secret).await, "on its last day");
    days_pass(1);
    assert!(!comes_in(&o, &week.secret).await, "the day after");
    let mut listed = tokens::list(&o.app, &tu.person).await.unwrap();
    listed.retain(|t| t.id == week.token.id);
    assert_eq!((listed[0].over, listed[0].used_on), (true, Some(week.token.until)), "still told, as over");
    make(7).await.unwrap();
    assert!(tokens::list(&o.app, &tu.person).await.unwrap().iter().all(|t| t.id != week.token.id), "swept with the next one");
}

#[tokio::test]
async fn whoever_makes_one_gives_the_password_again_and_has_twenty_at_most() {
    let o = office(Network::Internet).await;
    let tu = tu(&o).await;
    let session = seat(&o.app, "vu.tu").await;
    let make = async |password| tokens::create(&o.app, &tu, &session, new(&o, 7), password, &from()).await;
    assert_eq!(why(make("").await), "wrong_password");
    for _ in 0..20 {
        make(PASSWORD).await.unwrap();
    }
    assert_eq!(why(make(PASSWORD).await), "too_many_tokens");
    for _ in 0..5 {
        assert!(make("một mật khẩu khác").await.is_err());
    }
    assert_eq!(why(make(PASSWORD).await), "waits", "guessing is counted as it is at the door");
    let without = o.person("Lê Thị Lan", "Chi bộ thôn 1", &[Role::Clerk]).await;
    assert_eq!(why(create(&o, &without, 7, "").await), "no_account");
}

#[tokio::test]
async fn roles_that_end_on_a_day_end_the_token_and_a_new_one_goes_no_further() {
    let o = office(Network::Internet).await;
    let tu = tu(&o).await;
    let cell = o.unit("Chi bộ thôn 2").await;
    let until = o.app.now().day().checked_add(3.days()).unwrap();
    let grant = NewGrant { person: tu.person.clone(), unit: cell.clone(), roles: vec![Role::Clerk], subtree: false, until: Some(until) };
    app::people::grant(&o.app, &o.clerk, grant).await.unwrap();
    let there = app::people::actor_in(&o.app, &tu.person, Some(&cell)).await.unwrap().unwrap();
    let made = create(&o, &there, 30, PASSWORD).await.unwrap();
    let Shown::In(bearer) = tokens::enter(&o.app, &made.secret, &from()).await.unwrap() else { panic!("it is good") };
    assert_eq!((&bearer.by.unit, bearer.purpose), (&cell, Purpose::Evidence));
    days_pass(4);
    assert!(!comes_in(&o, &made.secret).await, "not even for the other unit of the same person");
    assert!(tokens::list(&o.app, &tu.person).await.unwrap()[0].over);
}

#[tokio::test]
async fn a_new_way_into_the_account_ends_what_was_made_before() {
    let o = office(Network::Internet).await;
    let tu = tu(&o).await;
    let made = create(&o, &tu, 30, PASSWORD).await.unwrap();
    assert!(comes_in(&o, &made.secret).await);
    account(&o, &tu, "vu.tu").await;
    assert!(!comes_in(&o, &made.secret).await);
    assert_eq!(tokens::list(&o.app, &tu.person).await.unwrap(), []);
}

#[tokio::test]
async fn ones_own_data_tell_of_tokens_and_hold_no_secret() {
    let o = office(Network::Internet).await;
    let tu = tu(&o).await;
    let made = create(&o, &tu, 30, PASSWORD).await.unwrap();
    let data = app::privacy::export(&o.app, &tu, &tu.person).await.unwrap().to_json();
    assert!(data.contains("Phần mềm một cửa") && data.contains("token_made"), "{data}");
    let digest = Digest::of(made.secret.as_bytes()).to_string();
    assert!(!data.contains(&made.secret) && !data.contains(&digest));
    o.app.close().await;
    let mut files = vec![o.folder.path().to_owned()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|f| f.unwrap().path()));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            let holds = bytes.windows(made.secret.len()).any(|part| part == made.secret.as_bytes());
            assert!(!holds, "the secret stands in {}", path.display());
        }
    }
}

#[tokio::test]
async fn a_restored_office_lets_no_token_in() {
    let o = crate::backup::worked().await;
    let tu = tu(&o).await;
    let made = create(&o, &tu, 30, PASSWORD).await.unwrap();
    let file = o.folder.path().join("sao-luu.luytre");
    backup::make(&o.app, &file, crate::backup::lock(), backup::quietly()).await.unwrap();
    assert!(comes_in(&o, &made.secret).await);
    let again = Settings { data: o.folder.path().join("moi"), ..settings(&o.folder) };
    backup::restore(again.clone(), &file, crate::backup::unlock(), None, backup::quietly()).await.unwrap();
    let app = app::App::open(again).await.unwrap();
    assert!(accounts::show(&app, &tu.person).await.unwrap().is_some(), "the account is back");
    assert_eq!(tokens::enter(&app, &made.secret, &from()).await.unwrap(), Shown::Wrong);
}

async fn task(o: &Office) -> TaskKey {
    let letter = o.letter(&[("Chi bộ thôn 1", "họp", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0)
}

fn minutes() -> EvidenceUpload {
    EvidenceUpload { name: "a.txt".to_owned(), bytes: b"minutes".to_vec(), observed_on: None, expires: None, note: None }
}

#[tokio::test]
async fn the_same_file_at_the_same_time_is_one_piece_of_evidence() {
    let o = office(Network::Internet).await;
    let key = task(&o).await;
    let once = || evidence::attach_once(&o.app, &o.clerk, &key, minutes());
    let (a, b, c) = tokio::join!(once(), once(), once());
    let all = [a.unwrap(), b.unwrap(), c.unwrap()];
    assert!(all.iter().all(|(id, _)| id == &all[0].0), "{all:?}");
    assert_eq!(all.iter().filter(|(_, new)| *new).count(), 1);
    assert_eq!(tasks::show(&o.app, &key).await.unwrap().unwrap().evidence.len(), 1);
}

#[tokio::test]
async fn what_was_withdrawn_can_be_handed_in_again() {
    let o = office(Network::Internet).await;
    let key = task(&o).await;
    let (first, _) = evidence::attach_once(&o.app, &o.clerk, &key, minutes()).await.unwrap();
    evidence::withdraw(&o.app, &o.clerk, &first, Some("nhầm tệp")).await.unwrap();
    let (second, new) = evidence::attach_once(&o.app, &o.clerk, &key, minutes()).await.unwrap();
    assert!(new && second != first);
    let empty = EvidenceUpload { bytes: Vec::new(), ..minutes() };
    assert!(evidence::attach_once(&o.app, &o.clerk, &key, empty).await.is_err());
}
