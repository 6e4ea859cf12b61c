//! Mail against a server of the test's own: what is sent, to whom, once; and what each failure is called.

use crate::office::{Office, days_pass, minutes_pass, office, settings};
use crate::sink::{Mood, Sink, text};
use app::accounts::AccountRefusal;
use app::mail::wanted::{self, Want};
use app::mail::{self, MailProblem, MailSettings, Secured};
use app::{App, Error, letters, tasks};
use programme::model::*;
use std::net::TcpListener;

fn settings_of(sink: &Sink) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port: sink.port,
        secured: Secured::None,
        authority: None,
        user: "luytre".to_owned(),
        sender: "luytre@xa.vn".to_owned(),
        sender_name: "Đảng ủy xã Tân Lũy".to_owned(),
        address: "https://luytre.xa.vn".to_owned(),
        at: jiff::civil::time(7, 30, 0, 0),
    }
}

fn head(letter: &str, name: &str) -> String {
    let heads = letter.split("\n\n").next().unwrap();
    heads.lines().find_map(|l| l.strip_prefix(&format!("{name}: "))).unwrap_or_default().to_owned()
}

async fn set_up(o: &Office) -> Sink {
    let sink = Sink::start();
    mail::set(&o.app, &o.clerk, settings_of(&sink), Some("mật khẩu thư")).await.unwrap();
    sink
}

/// A person of cell 1 with a proven address; the letter with the code is out of the sink again.
async fn reader(o: &Office, sink: &Sink, want: Want) -> Actor {
    let an = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    wanted::ask(&o.app, &an.person, "an@xa.vn").await.unwrap();
    let letter = sink.take().unwrap();
    assert_eq!(head(&letter, "To"), "an@xa.vn");
    let body = text(&letter);
    let code = body.split(": ").nth(1).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(refusal(wanted::confirm(&o.app, &an.person, "sai-sai").await), "wrong_code");
    wanted::confirm(&o.app, &an.person, &code).await.unwrap();
    assert_eq!(refusal(wanted::confirm(&o.app, &an.person, &code).await), "wrong_code", "used up");
    wanted::want(&o.app, &an.person, want).await.unwrap();
    an
}

fn refusal<T: std::fmt::Debug>(result: app::Result<T>) -> &'static str {
    match result.unwrap_err() {
        Error::Account(refusal) => refusal.code(),
        Error::Refused(refusal) => refusal.code(),
        Error::Mail(problem) => problem.as_str(),
        other => panic!("{other}"),
    }
}

async fn task(o: &Office) -> programme::ids::TaskKey {
    let letter = o.letter(&[("Chi bộ thôn 1", "tổ chức hội nghị phổ biến", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0)
}

#[tokio::test]
async fn nothing_goes_out_before_somebody_set_it_up_and_somebody_asked() {
    let o = office(Network::Internet).await;
    task(&o).await;
    days_pass(4);
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default());
    let an = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    assert_eq!(refusal(wanted::ask(&o.app, &an.person, "an@xa.vn").await), "not_set_up");
    let sink = set_up(&o).await;
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default());
    wanted::ask(&o.app, &an.person, "an@xa.vn").await.unwrap();
    assert_eq!(sink.taken().len(), 1, "the code");
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default(), "an address that nobody proved gets nothing more");
    assert_eq!(refusal(mail::set(&o.app, &an, settings_of(&sink), None).await), "role_missing");
    assert_eq!(refusal(mail::show(&o.app, &an).await), "role_missing");
    assert_eq!(refusal(mail::try_out(&o.app, &an, "x@y.vn").await), "role_missing");
}

#[tokio::test]
async fn the_password_lies_sealed_and_goes_to_no_other_server() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    let database = std::fs::read(o.folder.path().join("data/luytre.db")).unwrap();
    let journal = std::fs::read(o.folder.path().join("data/luytre.db-wal")).unwrap_or_default();
    let stored = [database, journal].concat();
    let has = |words: &str| stored.windows(words.len()).any(|w| w == words.as_bytes());
    assert!(has("luytre@xa.vn") && !has("mật khẩu thư"));
    mail::set(&o.app, &o.clerk, settings_of(&sink), None).await.unwrap();
    mail::try_out(&o.app, &o.clerk, "mai@xa.vn").await.unwrap();
    let other = Sink::start();
    mail::set(&o.app, &o.clerk, settings_of(&other), None).await.unwrap();
    assert_eq!(refusal(mail::try_out(&o.app, &o.clerk, "mai@xa.vn").await), "wrong_password", "to be typed again");
}

#[tokio::test]
async fn every_failure_has_its_own_name() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    for (mood, code) in [
        (Mood::WrongPassword, "wrong_password"),
        (Mood::SenderRefused, "sender_refused"),
        (Mood::RecipientRefused, "recipient_refused"),
        (Mood::Later, "later"),
    ] {
        sink.is(mood);
        assert_eq!(refusal(mail::try_out(&o.app, &o.clerk, "mai@xa.vn").await), code);
    }
    sink.is(Mood::Fine);
    assert_eq!(refusal(mail::try_out(&o.app, &o.clerk, "mai@xa.vn\r\nRCPT TO:<x@y.vn>").await), "bad_recipient");
    assert_eq!(sink.taken(), Vec::<String>::new());
    mail::try_out(&o.app, &o.clerk, "mai@xa.vn").await.unwrap();
    let letter = sink.taken().remove(0);
    assert!(text(&letter).starts_with("Thư này báo"), "{letter}");
    assert_eq!(head(&letter, "Auto-Submitted"), "auto-generated");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let with = async |change: &dyn Fn(&mut MailSettings)| {
        let mut settings = settings_of(&sink);
        change(&mut settings);
        mail::set(&o.app, &o.clerk, settings, Some("x")).await?;
        mail::try_out(&o.app, &o.clerk, "mai@xa.vn").await
    };
    assert_eq!(refusal(with(&|s| s.port = closed).await), "refused");
    assert_eq!(refusal(with(&|s| (s.host, s.secured) = ("khong-co.invalid".to_owned(), Secured::Tls)).await), "name_not_found");
    assert_eq!(refusal(with(&|s| s.secured = Secured::Tls).await), "tls");
    assert_eq!(refusal(with(&|s| s.secured = Secured::Starttls).await), "no_starttls");
    assert_eq!(refusal(with(&|s| s.host = "mail.xa.vn".to_owned()).await), "in_the_clear");
}

#[tokio::test]
async fn one_digest_a_day_with_the_way_to_each_task() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    let key = task(&o).await;
    let an = reader(&o, &sink, Want::Morning).await;
    days_pass(4);
    let sent = mail::round(&o.app).await.unwrap();
    assert_eq!((sent.made, sent.sent, sent.failed), (1, 1, 0));
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default(), "once a day");
    let letter = sink.taken().remove(0);
    let body = text(&letter);
    assert!(body.contains(&format!("https://luytre.xa.vn/tasks/{key}")) && body.contains("tổ chức hội nghị"), "{body}");
    assert!(!body.contains("mật khẩu thư"));
    assert!(!letter.contains("hội nghị"), "the subject says nothing: {letter}");
    days_pass(1);
    assert_eq!(mail::round(&o.app).await.unwrap().sent, 1, "the next day again");
    wanted::want(&o.app, &an.person, Want::Nothing).await.unwrap();
    days_pass(1);
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default());
    // Erased: nothing of the address is left.
    let before = app::privacy::export(&o.app, &o.clerk, &an.person).await.unwrap();
    assert_eq!(before.mail, ["an@xa.vn"]);
    app::privacy::erase(&o.app, &o.clerk, &an.person, "law_91_2025").await.unwrap();
    assert_eq!(wanted::show(&o.app, &an.person).await.unwrap(), wanted::WantedView { address: None, want: Want::Nothing, pending: None });
}

#[tokio::test]
async fn a_head_reads_what_waits_for_them_and_how_the_units_below_stand() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    let key = task(&o).await;
    let mai = o.person("Trần Thị Mai", "Đảng ủy xã Tân Lũy", &[Role::Head]).await;
    wanted::ask(&o.app, &mai.person, "mai@xa.vn").await.unwrap();
    let code = sink.code().unwrap();
    wanted::confirm(&o.app, &mai.person, &code).await.unwrap();
    days_pass(4);
    mail::round(&o.app).await.unwrap();
    let body = text(&sink.take().unwrap());
    assert!(body.contains("Các đơn vị trực thuộc\r\nChưa tiếp nhận: 1"), "{body}");
    assert!(!body.contains("hội nghị") && !body.contains("Đến lượt"), "only counts of the units below: {body}");
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let file = app::evidence::EvidenceUpload {
        name: "bien-ban.txt".to_owned(),
        bytes: b"x".to_vec(),
        observed_on: None,
        expires: None,
        note: None,
    };
    app::evidence::attach_file(&o.app, &cell, &key, file).await.unwrap();
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    let day = o.app.now().day();
    let new = app::returns::NewReturn {
        template: app::returns::DIRECTIVE_REPORT.to_owned(),
        unit: None,
        period: programme::period::Period::Month(day.year(), day.month()),
        letter: None,
    };
    app::returns::draft(&o.app, &o.clerk, new).await.unwrap();
    days_pass(1);
    mail::round(&o.app).await.unwrap();
    let body = text(&sink.take().unwrap());
    for words in ["Việc đang chờ ông/bà xử lý", "Đến lượt ông/bà", "chờ chấp nhận hoặc trả lại: 1", "Báo cáo chờ duyệt: 1"]
    {
        assert!(body.contains(words), "{words}: {body}");
    }
    // The doer is nobody's judge: the same morning says nothing of it to them.
    let due = app::reminders::due(&o.app, o.app.now().day()).await.unwrap();
    assert_eq!(app::turn::show(&o.app, &cell, &due).await.unwrap(), app::turn::Turn::default());
    assert_eq!(app::turn::show(&o.app, &mai, &due).await.unwrap().to_judge, 1);
}

#[tokio::test]
async fn news_comes_when_a_task_does() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    reader(&o, &sink, Want::News).await;
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default());
    task(&o).await;
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default(), "not more often than each half hour");
    minutes_pass(31);
    assert_eq!(mail::round(&o.app).await.unwrap().sent, 1);
    minutes_pass(31);
    assert_eq!(mail::round(&o.app).await.unwrap(), mail::Sent::default(), "told once");
}

#[tokio::test]
async fn an_isolated_installation_writes_numbers_only() {
    let o = office(Network::Isolated).await;
    let sink = set_up(&o).await;
    let key = task(&o).await;
    reader(&o, &sink, Want::Morning).await;
    days_pass(4);
    assert_eq!(mail::round(&o.app).await.unwrap().sent, 1);
    let body = text(&sink.taken()[0]);
    assert!(body.contains("Chưa tiếp nhận: 1") && !body.contains("hội nghị") && !body.contains(&key.to_string()), "{body}");
}

#[tokio::test]
async fn a_letter_cut_off_by_a_crash_goes_once_more_as_the_same_one() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    task(&o).await;
    reader(&o, &sink, Want::Morning).await;
    days_pass(4);
    sink.is(Mood::Silent);
    let killed = tokio::time::timeout(std::time::Duration::from_millis(1500), mail::round(&o.app)).await;
    assert!(killed.is_err(), "the program ended while the server had the letter");
    assert_eq!(sink.taken().len(), 1);
    let Office { app, folder, .. } = o;
    app.close().await;
    drop(app);
    let app = App::open(settings(&folder)).await.unwrap();
    sink.is(Mood::Fine);
    assert_eq!(mail::round(&app).await.unwrap().sent, 0, "it may still be under way");
    assert_eq!(mail::standing(&app).await.unwrap().unwrap().waiting, 1);
    minutes_pass(11);
    assert_eq!(mail::round(&app).await.unwrap().sent, 1);
    let ids: Vec<String> = sink.taken().iter().map(|l| head(l, "Message-ID")).collect();
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
    assert!(ids[0].ends_with("@xa.vn>"), "{ids:?}");
    assert_eq!(mail::round(&app).await.unwrap(), mail::Sent::default());
}

#[tokio::test]
async fn a_letter_that_cannot_go_is_tried_ever_more_seldom_and_given_up_after_a_day() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    task(&o).await;
    reader(&o, &sink, Want::Morning).await;
    days_pass(4);
    sink.is(Mood::WrongPassword);
    assert_eq!(mail::round(&o.app).await.unwrap().stopped, Some(MailProblem::WrongPassword));
    assert_eq!(mail::round(&o.app).await.unwrap().failed, 0, "not at once again");
    let mut tries = 1;
    // From four in the afternoon to seven in the morning: before the next digest.
    for _ in 0..(15 * 6) {
        minutes_pass(10);
        tries += mail::round(&o.app).await.unwrap().failed;
    }
    assert!((6..=9).contains(&tries), "{tries}");
    minutes_pass(10 * 60);
    mail::round(&o.app).await.unwrap();
    let standing = mail::standing(&o.app).await.unwrap().unwrap();
    assert_eq!((standing.given_up, standing.problem.map(|p| p.0).as_deref()), (1, Some("wrong_password")));
    assert_eq!(sink.taken(), Vec::<String>::new());
}

#[tokio::test]
async fn nobody_fills_another_ones_box_with_codes() {
    let o = office(Network::Internet).await;
    let sink = set_up(&o).await;
    let an = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    wanted::ask(&o.app, &an.person, "nguoi.khac@xa.vn").await.unwrap();
    assert_eq!(refusal(wanted::ask(&o.app, &an.person, "nguoi.khac@xa.vn").await), "asked_too_often");
    for _ in 0..6 {
        minutes_pass(3);
        wanted::remove(&o.app, &an.person).await.unwrap();
        let _ = wanted::ask(&o.app, &an.person, "nguoi.khac@xa.vn").await;
    }
    assert_eq!(sink.taken().len(), 5);
    for _ in 0..5 {
        assert_eq!(refusal(wanted::confirm(&o.app, &an.person, "2222-2222").await), "wrong_code");
    }
    let code = text(&sink.taken()[4]).split(": ").nth(1).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(refusal(wanted::confirm(&o.app, &an.person, &code).await), "wrong_code", "after five wrong ones the right one is late");
    assert_eq!(refusal(wanted::ask(&o.app, &an.person, "a@b.vn\r\nBcc: c@d.vn").await), AccountRefusal::BadAddress.code());
}
