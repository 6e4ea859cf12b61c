//! Drills from the plan to the figures of groups, and for each safeguard a try to get around it.

use crate::office::{Office, days_pass, minutes_pass, office, refusal, settings};
use crate::sink::{Mood, Sink, text};
use app::drills::{self, DrillView, NewDrill};
use app::mail::{self, MailSettings, Secured};
use app::office::NewUnit;
use app::returns::{self, DIRECTIVE_REPORT, NewReturn};
use app::{App, Error};
use jiff::ToSpan as _;
use jiff::civil::Date;
use programme::decide::Refusal;
use programme::drill::{DrillState, Visit};
use programme::ids::ActivityId;
use programme::model::*;
use programme::period::Period;
use programme::services::Shown;
use std::time::{Duration, Instant};

const CELL: &str = "Chi bộ thôn 1";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const PERSON: Visit<'static> = Visit { head: false, agent: FIREFOX, takes_page: true, ahead: false, after_ms: None };

struct Drill {
    o: Office,
    sink: Sink,
    officer: Actor,
    head: Actor,
    id: ActivityId,
}

fn mail_settings(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port,
        secured: Secured::None,
        authority: None,
        user: String::new(),
        sender: "luytre@xa.vn".to_owned(),
        sender_name: "Đảng ủy xã Tân Lũy".to_owned(),
        address: "https://luytre.xa.vn".to_owned(),
        at: jiff::civil::time(7, 30, 0, 0),
    }
}

fn new(o: &Office, in_days: i64) -> NewDrill {
    let day = |days: i64| o.app.now().day().checked_add(days.days()).unwrap();
    NewDrill {
        title: "Đợt một".to_owned(),
        lure: "shared-file".to_owned(),
        from: day(in_days),
        until: day(in_days + 2),
        per_s: 100,
        tasks: Vec::new(),
    }
}

/// `n` addresses of the office, the first `of_cell` of a cell.
fn list(n: usize, of_cell: usize) -> String {
    (1..=n).map(|i| format!("n{i}@xa.vn;{}\n", if i <= of_cell { CELL } else { "" })).collect()
}

impl Drill {
    /// What whoever approves has read.
    async fn read(&self, id: &ActivityId) -> String {
        drills::show(&self.o.app, &self.head, id).await.unwrap().unwrap().read
    }

    /// Planned for five days on, without a list.
    async fn planned() -> Drill {
        let o = office(Network::Internet).await;
        let sink = Sink::start();
        mail::set(&o.app, &o.clerk, mail_settings(sink.port), None).await.unwrap();
        let officer = o.person("Lê Văn An", "Đảng ủy xã Tân Lũy", &[Role::Officer]).await;
        let head = o.person("Đỗ Thị Sen", "Đảng ủy xã Tân Lũy", &[Role::Head]).await;
        drills::add_domain(&o.app, &o.clerk, "xa.vn").await.unwrap();
        let id = drills::plan(&o.app, &officer, new(&o, 5)).await.unwrap();
        Drill { o, sink, officer, head, id }
    }

    /// Started and on its first day, with everybody told.
    async fn begun(list: &str) -> Drill {
        let d = Drill::planned().await;
        d.enter(list).await;
        drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
        drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await.unwrap();
        drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
        days_pass(5);
        d
    }

    async fn enter(&self, list: &str) {
        let entered = drills::enter(&self.o.app, &self.officer, &self.id, list).await.unwrap();
        assert_eq!(entered.wrong, []);
    }

    async fn view(&self) -> DrillView {
        drills::show(&self.o.app, &self.officer, &self.id).await.unwrap().unwrap()
    }

    async fn round(&self) -> drills::Sent {
        drills::round(&self.o.app).await.unwrap()
    }

    fn sent_to(&self) -> Vec<String> {
        let mut to: Vec<String> = self.sink.taken().iter().map(|letter| head_of(letter, "To")).collect();
        to.sort();
        to
    }

    /// The token in the letter to somebody.
    fn token(&self, to: &str) -> String {
        let letter = self.sink.taken().into_iter().find(|letter| head_of(letter, "To") == to).unwrap();
        text(&letter).split("/d/").nth(1).unwrap()[..32].to_owned()
    }
}

fn head_of(letter: &str, name: &str) -> String {
    let heads = letter.split("\n\n").next().unwrap();
    heads.lines().find_map(|l| l.strip_prefix(&format!("{name}: "))).unwrap_or_default().to_owned()
}

fn stored(o: &Office) -> Vec<u8> {
    let data = o.folder.path().join("data");
    [std::fs::read(data.join("luytre.db")).unwrap(), std::fs::read(data.join("luytre.db-wal")).unwrap_or_default()].concat()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[tokio::test]
async fn a_drill_goes_from_its_plan_to_the_figures_of_groups() {
    let d = Drill::begun(&list(26, 12)).await;
    assert_eq!(d.view().await.state, DrillState::Running);
    let sent = d.round().await;
    assert_eq!((sent.sent, sent.refused, sent.unknown), (26, 0, 0));
    assert_eq!(d.round().await, drills::Sent::default(), "each once");
    let to = d.sent_to();
    assert_eq!((to.len(), to.iter().collect::<std::collections::BTreeSet<_>>().len()), (26, 26));
    minutes_pass(4);
    // Two of the cell open it, one of them reports; three of the office report.
    for n in [1, 2] {
        assert!(drills::visit(&d.o.app, &d.token(&format!("n{n}@xa.vn")), PERSON).await.unwrap().is_some());
    }
    for n in [1, 20, 21, 22] {
        let pasted = format!("Xem giúp thư này: https://luytre.xa.vn/d/{} có sao không?", d.token(&format!("n{n}@xa.vn")));
        assert!(drills::report(&d.o.app, &pasted).await.unwrap());
    }
    assert_eq!(d.view().await.progress.reported, Some(4));
    assert!(holds(&stored(&d.o), "n20@xa.vn"), "while letters go out");
    drills::close(&d.o.app, &d.officer, &d.id).await.unwrap();
    assert!(!holds(&stored(&d.o), "n20@xa.vn"), "no address is left on the disk");
    let view = d.view().await;
    let results = view.results.unwrap();
    assert_eq!((results.sent, results.reported, results.visited, results.machines), (26, 4, 2, 0));
    assert_eq!((results.first_report_minutes, results.lure.as_str()), (Some(4), "shared-file"));
    let mut groups: Vec<_> = results.groups.iter().map(|g| (g.name.as_str(), g.sent, g.reported, g.visited)).collect();
    groups.sort();
    assert_eq!(groups, [(CELL, 12, 1, 2), ("Đảng ủy xã Tân Lũy", 14, 3, 0)]);
    assert_eq!((view.state, view.progress.all), (DrillState::Closed, 0));
    let new = NewReturn { template: DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Once, letter: None };
    let id = returns::draft(&d.o.app, &d.head, new).await.unwrap();
    let figures = returns::show(&d.o.app, &id, 0).await.unwrap().unwrap().figures;
    let figure = |code: &str| figures.iter().find(|f| f.code == code).unwrap().value.and_then(Shown::exact);
    assert_eq!(
        ["drills", "drill_recipients", "drill_reports"].map(figure),
        [Some(1), Some(26), Some(4)],
        "the share that reported: 4 of 26"
    );
    let kinds: Vec<String> = drills::history(&d.o.app, &d.id).await.unwrap().into_iter().map(|h| h.kind).collect();
    assert_eq!(kinds, ["activity_planned/1", "drill_approved/1", "drill_announced/1", "drill_started/1", "activity_recorded/1"]);
    let report = app::verify::run(&d.o.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
    assert!(app::meetings::list(&d.o.app, None).await.unwrap().is_empty(), "a drill is no meeting");
}

#[tokio::test]
async fn approval_nothing_starts_without_the_head_and_nobody_approves_their_own_plan() {
    let d = Drill::planned().await;
    d.enter(&list(10, 0)).await;
    let read = d.read(&d.id).await;
    d.enter(&list(11, 0)).await;
    assert_eq!(refusal(drills::approve(&d.o.app, &d.head, &d.id, &read, None).await), Refusal::DrillChanged, "another list was read");
    let view = drills::show(&d.o.app, &d.head, &d.id).await.unwrap().unwrap();
    assert_eq!(view.domains, [("xa.vn".to_owned(), 11)], "where the letters go");
    assert_eq!(
        refusal(drills::approve(&d.o.app, &d.officer, &d.id, &d.read(&d.id).await, None).await),
        Refusal::RoleMissing { role: Role::Head }
    );
    assert_eq!(refusal(drills::start(&d.o.app, &d.officer, &d.id).await), Refusal::DrillStep);
    assert_eq!(refusal(drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await), Refusal::DrillStep);
    let both = d.o.person("Hoàng Sơn", "Đảng ủy xã Tân Lũy", &[Role::Head, Role::Officer]).await;
    let own = drills::plan(&d.o.app, &both, new(&d.o, 5)).await.unwrap();
    drills::enter(&d.o.app, &both, &own, &list(10, 0)).await.unwrap();
    assert_eq!(refusal(drills::approve(&d.o.app, &both, &own, &d.read(&own).await, None).await), Refusal::DrillOwnPlan);
    let paper = Some(("phieu.pdf".to_owned(), b"%PDF-1.4 signed".to_vec()));
    let isolated = drills::approve(&d.o.app, &d.head, &own, &d.read(&own).await, Some(("a.exe".to_owned(), b"MZ".to_vec()))).await;
    assert!(isolated.is_err(), "what is taken as the signed paper is looked at as any file");
    drills::approve(&d.o.app, &d.head, &own, &d.read(&own).await, paper).await.unwrap_or_else(|e| panic!("{e}"));
    // What was approved is what goes out.
    let changed = drills::enter(&d.o.app, &both, &own, &list(30, 0)).await;
    assert!(matches!(changed, Err(Error::Refused(Refusal::DrillApproved))), "{changed:?}");
    days_pass(5);
    assert_eq!(d.round().await, drills::Sent::default());
    assert_eq!(d.sent_to(), Vec::<String>::new());
}

#[tokio::test]
async fn notice_whoever_was_not_told_in_time_gets_no_letter() {
    let d = Drill::planned().await;
    d.enter(&list(12, 0)).await;
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    let today = d.o.app.now().day();
    let tell = async |on: Date| drills::announce(&d.o.app, &d.officer, &d.id, Some(on)).await;
    assert_eq!(refusal(tell(today.checked_add(1.days()).unwrap()).await), Refusal::InTheFuture);
    assert_eq!(refusal(tell(today.checked_sub(100.days()).unwrap()).await), Refusal::DrillNotice);
    assert_eq!(refusal(drills::start(&d.o.app, &d.officer, &d.id).await), Refusal::DrillStep, "not told at all");
    drills::announce(&d.o.app, &d.officer, &d.id, None).await.unwrap();
    // The server puts everybody off until it is too late.
    d.sink.is(Mood::Later);
    assert_eq!(d.round().await.told, 0);
    d.sink.is(Mood::Fine);
    days_pass(4);
    assert_eq!(d.round().await.told, 0, "a day before is no notice");
    drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
    days_pass(1);
    assert_eq!(d.round().await.sent, 0);
    assert_eq!(d.sent_to(), Vec::<String>::new());
}

#[tokio::test]
async fn notice_by_mail_says_what_is_held_and_leads_out() {
    let d = Drill::planned().await;
    d.enter(&list(12, 0)).await;
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    drills::announce(&d.o.app, &d.officer, &d.id, None).await.unwrap();
    assert_eq!(d.round().await.told, 12);
    assert_eq!(d.round().await.told, 0, "told once");
    let letter = d.sink.taken().into_iter().find(|letter| head_of(letter, "To") == "n7@xa.vn").unwrap();
    let body = text(&letter);
    assert!(body.contains("không ghi tên ai") && body.contains("https://luytre.xa.vn/report-mail"), "{body}");
    let way = body.split("/drills/leave/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    assert_eq!(drills::left(&d.o.app, &way).await.unwrap(), Some(false));
    // Another one's way cannot be made from one's own.
    let forged = way.replacen(".7.", ".8.", 1);
    assert_eq!((drills::left(&d.o.app, &forged).await.unwrap(), drills::leave(&d.o.app, &forged).await.unwrap()), (None, false));
    assert!(drills::leave(&d.o.app, &way).await.unwrap());
    drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
    days_pass(5);
    while d.sink.take().is_some() {}
    assert_eq!(d.round().await.sent, 11);
    assert!(!d.sent_to().contains(&"n7@xa.vn".to_owned()));
}

/// The officer enters an address among their own mail settings, with the code that came there.
async fn proves(d: &Drill, address: &str) {
    // One code a minute.
    minutes_pass(2);
    app::mail::wanted::ask(&d.o.app, &d.officer.person, address).await.unwrap();
    let letter = d.sink.taken().into_iter().rfind(|letter| head_of(letter, "To") == address).unwrap();
    let code = text(&letter).split(": ").nth(1).unwrap().lines().next().unwrap().to_owned();
    app::mail::wanted::confirm(&d.o.app, &d.officer.person, &code).await.unwrap();
}

#[tokio::test]
async fn opt_out_is_honoured_and_nobody_sees_it() {
    let d = Drill::planned().await;
    let out = async || drills::opt_out(&d.o.app, &d.officer.person, " N3@xa.vn").await;
    assert_eq!(refusal(out().await), Refusal::DrillOwnAddress, "nobody takes somebody else out");
    proves(&d, "n3@xa.vn").await;
    out().await.unwrap();
    while d.sink.take().is_some() {}
    d.enter(&list(12, 0)).await;
    assert_eq!(d.view().await.progress.all, 12, "the list tells nothing");
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await.unwrap();
    drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
    days_pass(5);
    d.round().await;
    assert_eq!((d.sent_to().len(), d.sent_to().contains(&"n3@xa.vn".to_owned())), (11, false));
    let progress = d.view().await.progress;
    assert_eq!((progress.all, progress.done, progress.refused, progress.unknown), (12, 12, 0, 0), "nor does the progress");
    assert_eq!(drills::letters(&d.o.app, &d.officer, &d.id).await.unwrap(), []);
    let before_close = stored(&d.o);
    drills::close(&d.o.app, &d.officer, &d.id).await.unwrap();
    assert!(holds(&before_close, "n4@xa.vn"), "the test looks at the right bytes");
    assert!(drills::is_out(&d.o.app, "n3@xa.vn").await.unwrap(), "and it stays");
    // Somebody else undoes nothing, whatever address they proved.
    let back = async || drills::opt_in(&d.o.app, &d.officer.person, "N3@xa.vn").await;
    proves(&d, "n4@xa.vn").await;
    assert_eq!(refusal(back().await), Refusal::DrillOwnAddress);
    assert!(drills::is_out(&d.o.app, "n3@xa.vn").await.unwrap());
    proves(&d, "n3@xa.vn").await;
    back().await.unwrap();
    assert!(!drills::is_out(&d.o.app, "n3@xa.vn").await.unwrap());
}

#[tokio::test]
async fn own_addresses_only_and_only_from_an_own_sender() {
    let d = Drill::planned().await;
    let mixed = format!("{}x@gmail.com\ny@xa.vn.evil.com\nz@khac.vn", list(12, 0));
    let entered = drills::enter(&d.o.app, &d.officer, &d.id, &mixed).await.unwrap();
    let wrong: Vec<(usize, &str)> = entered.wrong.iter().map(|w| (w.line, w.why)).collect();
    assert_eq!((entered.taken, wrong), (0, vec![(13, "foreign"), (14, "foreign"), (15, "foreign")]));
    assert_eq!(d.view().await.progress.all, 0, "all of it or nothing");
    assert_eq!(refusal(drills::add_domain(&d.o.app, &d.o.clerk, "gmail.com").await), Refusal::BadDomain);
    assert_eq!(refusal(drills::add_domain(&d.o.app, &d.officer, "khac.vn").await), Refusal::RoleMissing { role: Role::Admin });
    d.enter(&list(12, 0)).await;
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await.unwrap();
    let foreign = MailSettings { sender: "luytre@khac.vn".to_owned(), ..mail_settings(d.sink.port) };
    mail::set(&d.o.app, &d.o.clerk, foreign, None).await.unwrap();
    assert_eq!(refusal(drills::start(&d.o.app, &d.officer, &d.id).await), Refusal::DrillSender);
    // A domain that is struck out is nobody's own any more.
    mail::set(&d.o.app, &d.o.clerk, mail_settings(d.sink.port), None).await.unwrap();
    let own = drills::domains(&d.o.app).await.unwrap().remove(0);
    drills::remove_domain(&d.o.app, &d.o.clerk, &own.id).await.unwrap();
    assert_eq!(refusal(drills::start(&d.o.app, &d.officer, &d.id).await), Refusal::DrillSender);
}

#[tokio::test]
async fn the_letter_is_plain_neutral_and_carries_nothing_that_tracks() {
    let d = Drill::begun(&list(10, 0)).await;
    d.round().await;
    let letter = d.sink.taken().remove(0);
    let body = text(&letter);
    assert_eq!(body.matches("://").count(), 1, "one link: {body}");
    assert!(letter.contains("Content-Type: text/plain") && !letter.contains("multipart") && !body.contains('<'), "{letter}");
    assert_eq!(head_of(&letter, "Auto-Submitted"), "auto-generated");
    assert!(head_of(&letter, "From").ends_with("<luytre@xa.vn>"), "the office's own sender: {letter}");
    for name in ["Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To"] {
        assert_eq!(head_of(&letter, name), "");
    }
}

#[tokio::test]
async fn tokens_lie_nowhere_but_as_digests_and_go_when_it_is_closed() {
    let d = Drill::begun(&list(12, 0)).await;
    d.round().await;
    let token = d.token("n5@xa.vn");
    assert!(!holds(&stored(&d.o), &token), "the token itself was never on the disk");
    minutes_pass(1);
    assert!(drills::visit(&d.o.app, &token, PERSON).await.unwrap().is_some());
    assert_eq!(drills::visit(&d.o.app, &token.replace(&token[..1], "g"), PERSON).await.unwrap(), None);
    drills::close(&d.o.app, &d.officer, &d.id).await.unwrap();
    assert_eq!(drills::visit(&d.o.app, &token, PERSON).await.unwrap(), None);
    assert!(!drills::report(&d.o.app, &format!("/d/{token}")).await.unwrap());
    let view = d.view().await;
    assert_eq!((view.units.len(), view.progress), (0, drills::Progress::default()), "no row is left");
    let file = app::evidence::download(&d.o.app, &view.evidence.unwrap()).await.unwrap().unwrap().1;
    let file = String::from_utf8(file).unwrap();
    assert!(!file.contains("@xa.vn") && !file.contains("number"), "{file}");
}

#[tokio::test]
async fn groups_of_fewer_than_ten_have_no_figure_anywhere() {
    let d = Drill::planned().await;
    // A unit of its own below the cell, with four people.
    let parent = Some(d.o.unit(CELL).await);
    let team = NewUnit { parent, kind: UnitKind::PartyCell, name: "Tổ đảng Đông".to_owned() };
    app::office::add_unit(&d.o.app, &d.o.clerk, team).await.unwrap();
    let team: String = (1..=4).map(|n| format!("t{n}@xa.vn;Tổ đảng Đông\n")).collect();
    d.enter(&format!("{}{team}", list(20, 8))).await;
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await.unwrap();
    drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
    days_pass(5);
    d.round().await;
    minutes_pass(2);
    drills::report(&d.o.app, &format!("/d/{}", d.token("t1@xa.vn"))).await.unwrap();
    drills::close(&d.o.app, &d.officer, &d.id).await.unwrap();
    let results = d.view().await.results.unwrap();
    let mut groups: Vec<_> = results.groups.iter().map(|g| (g.name.as_str(), g.with.join(","), g.sent, g.reported)).collect();
    groups.sort();
    assert_eq!(groups, [(CELL, "Tổ đảng Đông".to_owned(), 12, 1), ("Đảng ủy xã Tân Lũy", String::new(), 12, 0)]);
}

#[tokio::test]
async fn groups_a_list_of_nine_is_neither_approved_nor_counted() {
    let d = Drill::planned().await;
    d.enter(&list(9, 0)).await;
    assert_eq!(refusal(drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await), Refusal::DrillFew);
    // Ten on the list of whom one stays out are nine.
    let d = Drill::begun(&list(10, 0)).await;
    proves(&d, "n1@xa.vn").await;
    drills::opt_out(&d.o.app, &d.officer.person, "n1@xa.vn").await.unwrap();
    d.round().await;
    minutes_pass(2);
    drills::report(&d.o.app, &format!("/d/{}", d.token("n2@xa.vn"))).await.unwrap();
    assert_eq!(d.view().await.progress.reported, None);
    drills::close(&d.o.app, &d.officer, &d.id).await.unwrap();
    let results = d.view().await.results.unwrap();
    assert!(!results.is_shown());
    assert_eq!((results.sent, results.reported, results.first_report_minutes, results.median_report_minutes), (0, 0, None, None));
}

#[tokio::test]
async fn results_are_for_those_who_run_drills_and_the_head_alone() {
    let d = Drill::begun(&list(12, 0)).await;
    for (unit, role) in
        [(CELL, Role::Head), (CELL, Role::Officer), ("Đảng ủy xã Tân Lũy", Role::Learner), ("Đảng ủy xã Tân Lũy", Role::Clerk)]
    {
        let who = d.o.person("Người Xem", unit, &[role]).await;
        assert_eq!(refusal(drills::show(&d.o.app, &who, &d.id).await), Refusal::RoleMissing { role: Role::Officer }, "{unit} {role}");
        assert_eq!(refusal(drills::list(&d.o.app, &who).await), Refusal::RoleMissing { role: Role::Officer });
        assert_eq!(refusal(drills::close(&d.o.app, &who, &d.id).await), Refusal::RoleMissing { role: Role::Officer });
    }
    assert!(drills::show(&d.o.app, &d.head, &d.id).await.unwrap().is_some());
    assert_eq!(
        refusal(drills::letters(&d.o.app, &d.head, &d.id).await),
        Refusal::RoleMissing { role: Role::Officer },
        "addresses are for sending"
    );
}

#[tokio::test]
async fn the_rate_is_never_exceeded() {
    let d = Drill::planned().await;
    let slow = NewDrill { per_s: 10, ..new(&d.o, 5) };
    let id = drills::plan(&d.o.app, &d.officer, slow).await.unwrap();
    let d = Drill { id, ..d };
    d.enter(&list(18, 0)).await;
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await.unwrap();
    drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
    days_pass(5);
    let began = Instant::now();
    assert_eq!(d.round().await.sent, 18);
    // Six at once, and a wait for each six: the third six goes after 1.2 seconds at the earliest.
    assert!(began.elapsed() >= Duration::from_millis(1200), "{:?}", began.elapsed());
    let fast = NewDrill { per_s: 101, ..new(&d.o, 5) };
    assert_eq!(refusal(drills::plan(&d.o.app, &d.officer, fast).await), Refusal::DrillRate);
}

#[tokio::test]
async fn the_stop_button_stops_at_once_and_for_ever() {
    let d = Drill::planned().await;
    let slow = NewDrill { per_s: 20, ..new(&d.o, 5) };
    let id = drills::plan(&d.o.app, &d.officer, slow).await.unwrap();
    let d = Drill { id, ..d };
    d.enter(&list(60, 0)).await;
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await.unwrap();
    drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
    days_pass(5);
    let stop = async {
        while d.sink.taken().len() < 7 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drills::stop(&d.o.app, &d.head, &d.id, "có người báo nhầm cho công ty ngoài").await.unwrap();
        d.sink.taken().len()
    };
    let (_, at_stop) = tokio::join!(d.round(), stop);
    let in_the_end = d.sent_to().len();
    assert!(in_the_end <= at_stop + 6 && in_the_end < 60, "no more than what was under way: {at_stop}, {in_the_end}");
    assert_eq!(d.round().await.sent, 0);
    assert_eq!(refusal(drills::start(&d.o.app, &d.officer, &d.id).await), Refusal::DrillOver);
    let view = d.view().await;
    assert_eq!((view.state, view.stopped.as_deref()), (DrillState::Stopped, Some("có người báo nhầm cho công ty ngoài")));
    drills::close(&d.o.app, &d.officer, &d.id).await.unwrap();
    assert_eq!(d.view().await.state, DrillState::Closed);
}

#[tokio::test]
async fn the_days_that_were_approved_are_the_only_ones() {
    let d = Drill::planned().await;
    d.enter(&list(12, 0)).await;
    drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await.unwrap();
    drills::announce(&d.o.app, &d.officer, &d.id, Some(d.o.app.now().day())).await.unwrap();
    drills::start(&d.o.app, &d.officer, &d.id).await.unwrap();
    assert_eq!((d.round().await, d.view().await.state), (drills::Sent::default(), DrillState::Waiting));
    days_pass(4);
    assert_eq!(d.round().await, drills::Sent::default(), "the day before");
    days_pass(4);
    assert_eq!((d.round().await, d.view().await.state), (drills::Sent::default(), DrillState::Over), "the day after");
    let long = NewDrill { until: new(&d.o, 5).from.checked_add(14.days()).unwrap(), ..new(&d.o, 5) };
    assert_eq!(refusal(drills::plan(&d.o.app, &d.officer, long).await), Refusal::DrillDays);
    // Nobody closes it: the program does, a week later.
    days_pass(6);
    assert_eq!(d.round().await.closed, 0);
    days_pass(2);
    assert_eq!(d.round().await.closed, 1);
    assert_eq!((d.view().await.state, d.view().await.units.len()), (DrillState::Closed, 0));
}

#[tokio::test]
async fn what_machines_open_counts_for_nobody() {
    let d = Drill::begun(&list(12, 0)).await;
    d.round().await;
    minutes_pass(5);
    let open = async |n: usize, visit: Visit<'_>| drills::visit(&d.o.app, &d.token(&format!("n{n}@xa.vn")), visit).await.unwrap().is_some();
    for n in 1..=6 {
        assert!(open(n, Visit { agent: "Barracuda Sentinel (EE)", ..PERSON }).await);
    }
    assert!(open(7, Visit { head: true, ..PERSON }).await);
    // The person behind the scanner comes later.
    assert!(open(1, PERSON).await && open(1, PERSON).await);
    drills::close(&d.o.app, &d.officer, &d.id).await.unwrap();
    let results = d.view().await.results.unwrap();
    assert_eq!((results.visited, results.machines), (1, 6));
}

#[tokio::test]
async fn a_crash_sends_nothing_twice_and_names_what_nobody_knows() {
    let d = Drill::begun(&list(12, 0)).await;
    d.sink.is(Mood::Silent);
    let killed = tokio::time::timeout(Duration::from_millis(1500), drills::round(&d.o.app)).await;
    assert!(killed.is_err(), "the program ended while the server had some letters");
    let taken = d.sent_to();
    assert!((1..=6).contains(&taken.len()), "{taken:?}");
    let Drill { o, sink, officer, id, .. } = d;
    let Office { app, folder, clerk } = o;
    app.close().await;
    drop(app);
    let app = App::open(settings(&folder)).await.unwrap();
    sink.is(Mood::Fine);
    let sent = drills::round(&app).await.unwrap();
    assert_eq!((sent.unknown, sent.sent), (6, 6), "what was under way is left alone, the others go");
    let unknown = drills::letters(&app, &officer, &id).await.unwrap();
    assert!(unknown.iter().all(|letter| letter.unknown));
    let named: Vec<String> = unknown.iter().map(|letter| letter.address.clone()).collect();
    assert!(taken.iter().all(|to| named.contains(to)), "{taken:?} {named:?}");
    assert_eq!(sink.taken().len(), taken.len() + 6);
    // The log of the server knows two ids of them; one has arrived, one goes once more under the same id.
    let (first, second) = (&unknown[0], &unknown[1]);
    drills::settle(&app, &officer, &id, first.number, true).await.unwrap();
    drills::settle(&app, &officer, &id, second.number, false).await.unwrap();
    assert_eq!(refusal(drills::settle(&app, &officer, &id, first.number, false).await), Refusal::AlreadyDone, "what went stays gone");
    assert_eq!(drills::round(&app).await.unwrap().sent, 1);
    let last = sink.take().unwrap();
    assert_eq!(head_of(&last, "Message-ID"), format!("<{}@xa.vn>", second.message_id));
    assert_eq!(drills::letters(&app, &officer, &id).await.unwrap().len(), 4);
    let _office = Office { app, folder, clerk };
}

#[tokio::test]
async fn a_server_that_puts_off_or_refuses_is_asked_again_or_believed() {
    let d = Drill::begun(&list(10, 0)).await;
    d.sink.is(Mood::Later);
    assert_eq!(d.round().await.sent, 0);
    d.sink.is(Mood::Fine);
    assert_eq!(d.round().await.sent, 0, "not at once again");
    minutes_pass(6);
    assert_eq!(d.round().await.sent, 10);
    let d = Drill::begun(&list(10, 0)).await;
    d.sink.is(Mood::RecipientRefused);
    assert_eq!(d.round().await.refused, 10);
    d.sink.is(Mood::Fine);
    assert_eq!(d.round().await.sent, 0);
    let letters = drills::letters(&d.o.app, &d.officer, &d.id).await.unwrap();
    assert_eq!((letters.len(), letters[0].unknown), (10, false));
    drills::settle(&d.o.app, &d.officer, &d.id, letters[0].number, false).await.unwrap();
    assert_eq!(d.round().await.sent, 1);
    let d = Drill::begun(&list(10, 0)).await;
    d.sink.is(Mood::SenderRefused);
    let sent = d.round().await;
    assert_eq!((sent.stopped.map(|p| p.as_str()), sent.refused), (Some("sender_refused"), 0), "it lies with the server");
    d.sink.is(Mood::Fine);
    assert_eq!(d.round().await.sent, 10);
}

#[tokio::test]
async fn a_drill_is_called_off_with_its_list_and_serves_a_task_when_it_is_closed() {
    let d = Drill::planned().await;
    d.enter(&list(12, 0)).await;
    drills::stop(&d.o.app, &d.officer, &d.id, "hoãn").await.unwrap();
    let view = d.view().await;
    assert_eq!((view.state, view.progress.all, view.stopped.as_deref()), (DrillState::Off, 0, Some("hoãn")));
    assert_eq!(refusal(drills::approve(&d.o.app, &d.head, &d.id, &d.read(&d.id).await, None).await), Refusal::DrillOver);
    let text = app::documents::drill_sheet(&d.o.app, &view).await.unwrap();
    let bytes = app::documents::render(&d.o.app, text, app::documents::Format::Docx, d.o.app.now()).await.unwrap().unwrap();
    let text = app::letters::read(&bytes, "phieu.docx").text;
    assert!(text.contains("Một tệp vừa được chia sẻ với bạn") && text.contains("không dùng để nhận xét"), "{text}");
}

#[tokio::test]
async fn a_drill_is_never_recorded_by_hand() {
    let o = office(Network::Internet).await;
    let unit = o.clerk.unit.clone();
    let by_hand =
        app::evidence::NewActivity { kind: ActivityKind::Drill, unit, on: o.app.now().day(), people: 100, tasks: Vec::new(), note: None };
    assert_eq!(refusal(app::evidence::record_activity(&o.app, &o.clerk, by_hand).await), Refusal::NotWanted);
}
