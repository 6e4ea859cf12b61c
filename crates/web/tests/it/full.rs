//! A full disk under the writes that `faults.rs` does not come to by itself: they need more than a page proposes, or a state
//! that passes. Each adds its row to the table there.

use app::cases::NewCase;
use app::office::NewUnit;
use app::programme::ids::{PersonId, TaskKey};
use app::programme::model::{CaseKind, Network, Role, UnitKind};
use app::sessions::From;
use app::tasks::Assign;
use app::tokens::Purpose;
use axum::http::StatusCode;
use sqlx::Connection as _;

use crate::api;
use crate::disk::{Disk, Rows, form_twice, says_what_happened, twice};
use crate::forms::{Form, forms};
use crate::office::{Answer, Browser, File, Office, PASSWORD, SET_UP_CODE, between, browser};
use crate::rights::things;
use crate::sink::Sink;

struct Tried<'a> {
    disk: &'a Disk,
    rows: &'a mut Rows,
    office: Office,
    browser: Browser,
}

const LETTER: &[u8] = include_bytes!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt");
const NO_FILE: File<'static> = File { name: "", kind: "", bytes: b"" };
const MINUTES: File<'static> = File { name: "bien-ban.txt", kind: "text/plain", bytes: b"bien ban hop chi bo" };

impl<'a> Tried<'a> {
    async fn new(disk: &'a Disk, rows: &'a mut Rows) -> Tried<'a> {
        let office = Office::in_folder(disk.folder(), Network::Internet).await;
        let browser = office.browser().await;
        Tried { disk, rows, office, browser }
    }

    /// Starts the program anew: a log that was begun anew has no room of its own to write into.
    async fn anew(&mut self) {
        self.office.restart().await;
        self.browser.goes_on(&self.office.app);
    }

    /// Sends these fields on a full disk and again with room: the second answer.
    async fn post(&mut self, to: &str, path: &str, fields: &[(&str, &str)], file: Option<&File<'_>>) -> Answer {
        self.anew().await;
        let token = self.browser.token().await;
        let fields: Vec<(&str, &str)> = [("token", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let form = Form::of_fields(path, file.is_some(), &fields);
        let on = (self.disk, self.office.path());
        form_twice(on, &mut self.browser, to, self.rows, (&form, file.unwrap_or(&NO_FILE))).await
    }

    /// The same where the answer leads on.
    async fn act(&mut self, to: &str, path: &str, fields: &[(&str, &str)]) -> String {
        let at = self.post(to, path, fields, None).await.location(to);
        self.browser.page(&at).await
    }

    /// Sends the form of a page that leads to `action`, with some fields set.
    async fn form(&mut self, to: &str, page: &str, action: &str, set: &[(&str, &str)]) -> Answer {
        self.anew().await;
        let shown = self.browser.page(page).await;
        let form = forms(&shown).into_iter().find(|form| form.action == action);
        let mut form = form.unwrap_or_else(|| panic!("no form for {action} on {page}: {shown}"));
        set.iter().for_each(|(name, value)| form.set(name, value));
        form_twice((self.disk, self.office.path()), &mut self.browser, to, self.rows, (&form, &NO_FILE)).await
    }

    async fn becomes(&mut self, person: &PersonId) {
        self.browser.becomes(&self.office, person).await;
    }

    async fn sql(&self, statement: &'static str) {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.office.path().join("luytre.db"));
        let mut db = sqlx::sqlite::SqliteConnection::connect_with(&options).await.unwrap();
        assert!(sqlx::query(statement).execute(&mut db).await.unwrap().rows_affected() > 0, "{statement}");
        db.close().await.unwrap();
    }
}

pub(crate) async fn is_whole(app: &app::App) {
    let report = app::verify::run_deep(app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}

/// Every write of this file; its rows.
pub(crate) async fn prepared(disk: &Disk, rows: &mut Rows) {
    for n in 0..10 {
        let mut tried = Tried::new(disk, rows).await;
        match n {
            0 => letters(&mut tried).await,
            1 => tasks(&mut tried).await,
            2 => meetings(&mut tried).await,
            3 => difficulties_and_reports(&mut tried).await,
            4 => accounts(&mut tried).await,
            5 => door(&mut tried).await,
            6 => mail(&mut tried).await,
            7 => drills(&mut tried).await,
            8 => quizzes(&mut tried).await,
            _ => upkeep(&mut tried).await,
        }
        is_whole(&tried.office.app).await;
        tried.office.app.close().await;
    }
    set_up(disk, rows).await;
}

async fn letters(tried: &mut Tried<'_>) {
    let letter = format!("/letters/{}", tried.office.letter("").await);
    let route = |verb: &str| format!("/letters/{{letter}}/obligations/{{obligation}}/{verb}");
    tried.act("/letters/{letter}/obligations", &format!("{letter}/obligations"), &[("sentence", "Nơi nhận: như trên.")]).await;
    let page = tried.browser.page(&letter).await;
    let of = format!("href=\"{letter}/obligations/");
    let ids: Vec<String> = page.split(&of).skip(1).filter_map(|rest| rest.split('/').next()).map(str::to_owned).collect();
    let (first, second) = (ids[0].clone(), ids.iter().find(|id| **id != ids[0]).expect("the one that was added, once").clone());
    let at = |id: &str, verb: &str| format!("{letter}/obligations/{id}/{verb}");
    let words = [("text", "Tổ chức hội nghị lớn"), ("to", "Các chi bộ trực thuộc"), ("needs", "meeting")];
    let page = tried.act(&route("edit"), &at(&first, "edit"), &words).await;
    assert!(page.contains("Tổ chức hội nghị lớn"), "{page}");
    tried.act(&route("drop"), &at(&second, "drop"), &[]).await;
    tried.act(&route("restore"), &at(&second, "restore"), &[]).await;
    tried.act(&route("merge"), &at(&first, "merge"), &[("with", &second)]).await;

    let wrong = format!("/letters/{}", tried.office.letter("-nhầm").await);
    let page = tried.act("/letters/{letter}/remove", &format!("{wrong}/remove"), &[("reason", "Nhận nhầm")]).await;
    assert!(page.contains("Lý do: Nhận nhầm"), "{page}");
    tried.act("/letters/{letter}/restore", &format!("{wrong}/restore"), &[]).await;

    let sample = File { name: "cong-van.txt", kind: "text/plain", bytes: LETTER };
    let at = tried.browser.upload("/letters/new", &[sample]).await.location("/letters/new");
    let page = tried.browser.page(&at).await;
    let splits: Vec<String> = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|h| h.ends_with("/split"))
        .map(str::to_owned)
        .collect();
    for split in splits {
        let page = tried.browser.page(&split).await;
        if let Some(at) = between(&page, "name=\"at\" value=\"", "\"") {
            tried.act(&route("split"), &split, &[("at", at)]).await;
            return;
        }
    }
    panic!("no sentence of the sample can be cut");
}

/// A unit of the office by its name.
pub(crate) async fn unit(office: &Office, name: &str) -> app::programme::ids::UnitId {
    app::office::units(&office.app).await.unwrap().into_iter().find(|u| u.name == name).unwrap().id
}

/// A task of a unit, due on some day, from a letter with a mark of its own.
pub(crate) async fn task(office: &Office, unit: &str, mark: &str) -> TaskKey {
    let letter = office.letter(mark).await;
    app::letters::confirm(&office.app, &office.by, &letter).await.unwrap();
    let obligation = app::letters::show(&office.app, &letter).await.unwrap().unwrap().obligations[0].id.clone();
    let to = vec![self::unit(office, unit).await];
    let due = Some("2026-12-20".parse().unwrap());
    let assign = Assign { obligation, to, period: None, due, parent: None, cooperating: Vec::new() };
    app::tasks::assign(&office.app, &office.by, assign).await.unwrap().remove(0)
}

async fn tasks(tried: &mut Tried<'_>) {
    let cell = tried.office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Officer).await;
    let parent = Some(unit(&tried.office, "Chi bộ thôn 1").await);
    let below = NewUnit { parent, kind: UnitKind::PartyCell, name: "Tổ đảng Đông".to_owned() };
    let below = app::office::add_unit(&tried.office.app, &tried.office.by, below).await.unwrap();
    let (one, two) = (task(&tried.office, "Chi bộ thôn 1", "").await, task(&tried.office, "Chi bộ thôn 1", " 2").await);
    let head = tried.office.by.person.clone();
    let route = |deed: &str| format!("/tasks/{{task}}/{deed}");
    let at = |key: &TaskKey, deed: &str| format!("/tasks/{key}/{deed}");
    tried.becomes(&cell).await;
    tried.act("/tasks/acknowledge", "/tasks/acknowledge", &[]).await;
    let activity = [("kind", "article"), ("on", "20/11/2026"), ("people", "3"), ("note", "bài trên loa")];
    tried.act("/tasks/{task}/activity", &at(&one, "activity"), &activity).await;
    tried.act(&route("extension"), &at(&one, "extension"), &[("until", "28/12/2026"), ("note", "mưa bão")]).await;
    app::tasks::ask_extension(&tried.office.app, &of(tried, &cell).await, &two, "2026-12-29".parse().unwrap(), "lũ").await.unwrap();
    tried.becomes(&head).await;
    tried.act(&route("grant"), &at(&one, "grant"), &[("until", "27/12/2026"), ("note", "được")]).await;
    tried.act(&route("refuse"), &at(&two, "refuse"), &[("note", "không được")]).await;
    tried.becomes(&cell).await;
    let page = tried.act(&route("delegate"), &at(&two, "delegate"), &[("units", below.as_str()), ("until", "20/12/2026")]).await;
    assert!(page.contains("Tổ đảng Đông"), "{page}");
    app::tasks::declare(&tried.office.app, &of(tried, &cell).await, &one, None).await.unwrap();
    tried.becomes(&head).await;
    tried.act(&route("return"), &at(&one, "return"), &[("note", "thiếu danh sách")]).await;
    app::tasks::declare(&tried.office.app, &of(tried, &cell).await, &one, None).await.unwrap();
    tried.act(&route("accept"), &at(&one, "accept"), &[("note", "đủ")]).await;
    let token = api::token(&tried.office, &cell, Purpose::Evidence).await;
    tried.anew().await;
    let (to, path) = ("/api/v1/tasks/{task}/evidence", format!("/api/v1/tasks/{one}/evidence"));
    let (disk, data) = (tried.disk, tried.office.path().to_owned());
    let mut program = tried.office.stranger();
    let send = async |full: Option<&Answer>| {
        if let Some(full) = full {
            says_what_happened(full, to);
        }
        api::hand_in(&mut program, &token, &path, "so-lieu.csv", b"a;b").await
    };
    assert_eq!(twice(disk, &data, to, tried.rows, send).await.status, StatusCode::CREATED);
}

/// Somebody of the office as the use cases know them.
async fn of(tried: &Tried<'_>, person: &PersonId) -> app::programme::model::Actor {
    app::people::actor(&tried.office.app, person).await.unwrap().unwrap()
}

async fn meetings(tried: &mut Tried<'_>) {
    let other = tried.office.person("Trần Văn Bình", "Chi bộ thôn 2", Role::Officer).await;
    let meeting = things(&tried.office, &other).await.fill("/meetings/{meeting}");
    let hold = [("people", "12"), ("note", "đủ mặt")];
    tried.post("/meetings/{meeting}/hold", &format!("{meeting}/hold"), &hold, Some(&MINUTES)).await;
    let more = File { name: "bo-sung.txt", bytes: b"bien ban bo sung", ..MINUTES };
    tried.post("/meetings/{meeting}/minutes", &format!("{meeting}/minutes"), &[], Some(&more)).await;
    let page = tried.browser.page(&meeting).await;
    assert!(page.contains("Đã họp, 12 người dự"), "{page}");
}

async fn difficulties_and_reports(tried: &mut Tried<'_>) {
    let other = tried.office.person("Trần Văn Bình", "Chi bộ thôn 2", Role::Officer).await;
    let things = things(&tried.office, &other).await;
    let text = "Loa cũng hỏng".to_owned();
    let task: TaskKey = things.fill("{task}").parse().unwrap();
    let case = NewCase { kind: CaseKind::Difficulty, unit: task.unit.clone(), task: Some(task), text, via: None, to: None };
    let case = app::cases::raise(&tried.office.app, &tried.office.by, case).await.unwrap();
    tried.act("/difficulties/{case}/join", &format!("/difficulties/{case}/join"), &[("into", &things.fill("{case}"))]).await;

    let report = things.fill("/returns/{id}");
    let page = tried.act("/returns/{id}/words", &format!("{report}/words"), &[("results", "Đã quán triệt"), ("next", "Tiếp tục")]).await;
    assert!(page.contains("Đã quán triệt"), "{page}");
    let again = tried.post("/returns/{id}/recount", &format!("{report}/recount"), &[], None).await.location("recount");
    let report = again.split('?').next().unwrap();
    let digest = between(&tried.browser.page(&format!("{report}/sign")).await, "name=\"digest\" value=\"", "\"").unwrap().to_owned();
    let page = tried.act("/returns/{id}/approve", &format!("{report}/approve"), &[("digest", &digest)]).await;
    assert!(page.contains("Đã ký"), "{page}");
}

async fn accounts(tried: &mut Tried<'_>) {
    // A session that is ended from elsewhere stays until its end is written, and is over then.
    let mut elsewhere = tried.office.browser().await;
    let page = tried.browser.page("/account").await;
    let sessions = page.split("action=\"/account/sessions/").skip(1).filter_map(|rest| rest.split('/').next());
    let session = sessions.last().expect("the other session").to_owned();
    tried.act("/account/sessions/{session}/end", &format!("/account/sessions/{session}/end"), &[]).await;
    elsewhere.goes_on(&tried.office.app);
    assert!(elsewhere.get("/tasks").await.location("/tasks").starts_with("/sign-in"));

    let unit = unit(&tried.office, "Chi bộ thôn 2").await;
    tried.office.gives_first(&unit, Role::Clerk).await;
    let page = tried.act("/account/acting", "/account/acting", &[("unit", unit.as_str()), ("back", "/account")]).await;
    assert!(page.contains(&format!("value=\"{unit}\" selected")), "{page}");

    let lan = tried.office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Clerk).await;
    tried.becomes(&lan).await;
    tried.anew().await;
    let page = tried.browser.page("/account/factor").await;
    let secret = between(&page, "mono strong\">", "<").unwrap().replace(' ', "");
    let code = code(&tried.office, &secret);
    let form = forms(&page).into_iter().find(|form| form.action == "/account/factor");
    let mut form = form.expect("the form for the first code");
    form.set("code", &code);
    form.set("old", PASSWORD);
    form_twice((tried.disk, tried.office.path()), &mut tried.browser, "/account/factor", tried.rows, (&form, &NO_FILE)).await;
    tried.act("/account/factor/off", "/account/factor/off", &[("old", PASSWORD)]).await;
}

/// What an authenticator app shows at the hour of these tests.
fn code(office: &Office, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let seconds = u64::try_from(office.app.now().millis() / 1000).unwrap();
    totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(seconds).to_string()
}

/// People come in: by password, by code, by invitation, and as somebody of the demonstration.
async fn door(tried: &mut Tried<'_>) {
    let from = From::default();
    tried.browser = tried.office.stranger();
    let password = [("login", "hanh"), ("password", PASSWORD)];
    tried.post("/sign-in", "/sign-in", &password, None).await;
    tried.browser.page("/tasks").await;

    let lan = tried.office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Clerk).await;
    let invited = app::accounts::invite(&tried.office.app, &tried.office.by, &lan, "lan", &from).await.unwrap();
    let fields = [("login", "lan"), ("code", invited.code.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
    tried.browser = tried.office.stranger();
    let accepted = tried.post("/invitation", "/invitation", &fields, None).await;
    assert!(accepted.text().contains("class=\"mono\""), "the code was not used up by the try that failed: {}", accepted.text());
    tried.browser.page("/tasks").await;

    tried.sql("insert into setting (name, value) values ('demo', '')").await;
    tried.browser = tried.office.stranger();
    tried.post("/sign-in/as", "/sign-in/as", &[("person", lan.as_str())], None).await;
    tried.browser.page("/tasks").await;
    tried.sql("delete from setting where name = 'demo'").await;

    let session = tried.office.session(&lan).await;
    let new = app::accounts::begin_second_factor(&tried.office.app, &lan, &session).await.unwrap();
    let owner = app::accounts::Owner { person: &lan, session: &session, from: &from };
    app::accounts::confirm_second_factor(&tried.office.app, owner, &code(&tried.office, &new.secret), PASSWORD).await.unwrap();
    // A code counts once, so each try has a half and a code of its own: a recovery code, which has to be struck out.
    let page = accepted.text();
    let recovery = between(&page, "class=\"mono\">", "<").unwrap().to_owned();
    tried.browser = tried.office.stranger();
    tried.anew().await;
    let half = async |browser: &mut Browser| {
        let page = browser.post("/sign-in", &[("login", "lan"), ("password", PASSWORD)]).await.text();
        between(&page, "name=\"half\" value=\"", "\"").unwrap().to_owned()
    };
    let half = half(&mut tried.browser).await;
    let token = tried.browser.token().await;
    let form = Form::of_fields("/sign-in/code", false, &[("token", &token), ("half", &half), ("code", &recovery)]);
    form_twice((tried.disk, tried.office.path()), &mut tried.browser, "/sign-in/code", tried.rows, (&form, &NO_FILE)).await;
    tried.browser.page("/tasks").await;
}

async fn mail(tried: &mut Tried<'_>) {
    let server = Sink::start();
    let port = server.port.to_string();
    let set = [("host", "127.0.0.1"), ("port", &port), ("secured", "none"), ("sender", "luytre@xa.vn"), ("sender_name", "Ủy ban")];
    let set: Vec<(&str, &str)> = set.into_iter().chain([("address", "https://luytre.xa.vn"), ("at", "07:30")]).collect();
    tried.act("/mail", "/mail", &set).await;
    tried.act("/mail/trial", "/mail/trial", &[("to", "hanh@xa.vn")]).await;
    server.take().expect("the trial letter");
    tried.act("/account/mail/address", "/account/mail/address", &[("address", "hanh@xa.vn")]).await;
    let code = server.code().expect("a letter with a code");
    tried.act("/account/mail/code", "/account/mail/code", &[("code", &code)]).await;
    tried.act("/account/mail/want", "/account/mail/want", &[("want", "news")]).await;
    let page = tried.act("/account/mail/remove", "/account/mail/remove", &[]).await;
    assert!(!page.contains("hanh@xa.vn"), "{page}");
    tried.act("/mail/off", "/mail/off", &[]).await;
}

async fn drills(tried: &mut Tried<'_>) {
    let server = Sink::start();
    let head = tried.office.person("Đỗ Thị Sen", "Đảng ủy xã Tân Lũy", Role::Head).await;
    let (app, by) = (tried.office.app.clone(), tried.office.by.clone());
    app::mail::set(&app, &by, crate::drills::mail_settings(server.port), None).await.unwrap();
    tried.act("/drills/domains", "/drills/domains", &[("domain", "xa.vn")]).await;
    tried.form("/drills/domains/{domain}/remove", "/drills", &domain(tried).await, &[]).await;
    tried.act("/drills/domains", "/drills/domains", &[("domain", "xa.vn")]).await;
    let days = [("from", "30/11/2026"), ("until", "01/12/2026")];
    let new = [("title", "Đợt một"), ("lure", "canteen"), ("per_s", "50")].into_iter().chain(days).collect::<Vec<_>>();
    let at = tried.post("/drills", "/drills", &new, None).await.location("/drills");
    let drill = at.split('?').next().unwrap().to_owned();
    let id: app::programme::ids::ActivityId = drill.rsplit('/').next().unwrap().parse().unwrap();
    let list: String = (1..=12).map(|n| format!("n{n}@xa.vn\n")).collect();
    let none = File { name: "", kind: "", bytes: b"" };
    tried.post("/drills/{drill}/addresses", &format!("{drill}/addresses"), &[("list", &list)], Some(&none)).await;
    tried.becomes(&head).await;
    let paper = File { name: "phieu.txt", ..MINUTES };
    let page = tried.browser.page(&drill).await;
    let read = between(&page, "name=\"read\" value=\"", "\"").unwrap().to_owned();
    tried.post("/drills/{drill}/approve", &format!("{drill}/approve"), &[("read", &read)], Some(&paper)).await.location("approve");
    tried.becomes(&by.person).await;
    tried.act("/drills/{drill}/announce", &format!("{drill}/announce"), &[("how", "mail")]).await;
    app::drills::round(&tried.office.app).await.unwrap();
    let way = crate::drills::way_out(&server);
    let leave = format!("/drills/leave/{way}");
    tried.post("/drills/leave/{way}", &leave, &[], None).await;
    let app = tried.office.app.clone();
    app::mail::wanted::ask(&app, &by.person, "khac@xa.vn").await.unwrap();
    app::mail::wanted::confirm(&app, &by.person, &server.code().expect("a letter with a code")).await.unwrap();
    tried.act("/drills/opt-out", "/drills/opt-out", &[("address", "khac@xa.vn"), ("part", "out")]).await;
    tried.act("/drills/{drill}/start", &format!("{drill}/start"), &[]).await;
    // Some went, and of one nobody knows: as the program leaves them on the first day.
    tried.sql("update drill_recipient set state = 'sent', token = 't' || number, sent_at = '2026-11-24T04:00:00.000Z'").await;
    tried.sql("update drill_recipient set state = 'unknown' where number = 3").await;
    let token = "0123456789abcdef0123456789abcdef";
    crate::drills::plant(&tried.office, 4, token).await;
    let settled = [("number", "3"), ("what", "arrived")];
    tried.act("/drills/{drill}/letters", &format!("{drill}/letters"), &settled).await;
    let reported = tried.post("/report-mail", "/report-mail", &[("text", &format!("/d/{token}"))], None).await.text();
    assert!(reported.contains("Cảm ơn bạn đã báo"), "{reported}");
    tried.act("/drills/{drill}/stop", &format!("{drill}/stop"), &[("reason", "xong sớm")]).await;
    let page = tried.act("/drills/{drill}/close", &format!("{drill}/close"), &[]).await;
    assert!(page.contains("8%"), "one of twelve: {page}");
    assert!(app::drills::show(&tried.office.app, &by, &id).await.unwrap().unwrap().results.is_some());
}

async fn quizzes(tried: &mut Tried<'_>) {
    let by = tried.office.by.clone();
    let gift = File { name: "a.txt", kind: "text/plain", bytes: "$CATEGORY: Khác\n\nHai cộng hai? {=bốn ~năm}\n".as_bytes() };
    tried.post("/quizzes/bank/import", "/quizzes/bank/import", &[], Some(&gift)).await.location("import");
    let words = [("topic", "Khác"), ("kind", "one"), ("text", "Một cộng một?"), ("answer-A", "hai"), ("answer-B", "ba"), ("right", "A")];
    tried.act("/quizzes/bank", "/quizzes/bank", &words).await;
    let own = app::quizzes::BankFilter { own: true, ..Default::default() };
    let question = app::quizzes::bank(&tried.office.app, &by, &own).await.unwrap().remove(0).id;
    tried.act("/quizzes/bank/{question}/edit", &format!("/quizzes/bank/{question}/edit"), &words).await;
    tried.act("/quizzes/bank/{question}/withdraw", &format!("/quizzes/bank/{question}/withdraw"), &[]).await;
    let people = [by.unit.clone(), unit(&tried.office, "Chi bộ thôn 1").await].map(|unit| format!("people-{unit}"));
    let new = [("title", "Kiểm tra"), ("topics", "Khác"), ("n_questions", "1"), ("from", "24/11/2026"), ("until", "10/12/2026")];
    let more = [("pass_percent", "50"), ("tries", "2"), ("course", "Tính nhẩm"), (people[0].as_str(), "3"), (people[1].as_str(), "3")];
    let fields: Vec<(&str, &str)> = new.into_iter().chain(more).collect();
    let at = tried.post("/quizzes", "/quizzes", &fields, None).await.location("/quizzes");
    let quiz = at.split('?').next().unwrap().to_owned();
    let id: app::programme::ids::ActivityId = quiz.rsplit('/').next().unwrap().parse().unwrap();
    let changed = [("until", "11/12/2026"), (people[0].as_str(), "3"), (people[1].as_str(), "3")];
    tried.act("/quizzes/{quiz}/change", &format!("{quiz}/change"), &changed).await;
    let view = app::quizzes::show(&tried.office.app, &by, &id).await.unwrap().unwrap();
    let part = view.units.iter().find(|part| part.unit != by.unit).unwrap();
    let take = format!("/q/{}", part.code);
    // One of the two questions is left in the bank.
    let place = |page: &str, right: &str, wrong: &str| page.find(right).zip(page.find(wrong)).is_some_and(|(right, wrong)| right < wrong);
    let right = |page: &str| if place(page, ">hai<", ">ba<") || place(page, ">bốn<", ">năm<") { "0" } else { "1" };
    let page = tried.browser.page(&take).await;
    let sitting = between(&page, "name=\"sitting\" value=\"", "\"").unwrap().to_owned();
    let came = tried.post("/q/{sitter}", &take, &[("sitting", &sitting), ("a0", right(&page))], None).await.text();
    assert!(came.contains("Đúng 1 trên 1 câu"), "{came}");
    let named = [("sitting", sitting.as_str()), ("name", "Bùi Thị Mận")];
    tried.act("/q/{sitter}/certificate", &format!("{take}/certificate"), &named).await;
    let sheets = [("unit", part.unit.as_str()), ("lines", "101 A")];
    tried.act("/quizzes/{quiz}/sheets", &format!("{quiz}/sheets"), &sheets).await;
    let seal = app::quizzes::scan_seal(&tried.office.app, &id, &part.unit, 2);
    let scanned = [("unit-1", part.unit.as_str()), ("seal-1", &seal), ("line-1", "102/2 ?"), ("put-1-1", "B")];
    tried.act("/quizzes/{quiz}/scan/take", &format!("{quiz}/scan/take"), &scanned).await;
    let own = quiz.replace("/quizzes/", "/my-learning/quizzes/");
    let page = tried.browser.page(&own).await;
    tried.post("/my-learning/quizzes/{quiz}", &own, &[("a0", right(&page))], None).await;
    tried.act("/my-learning/quizzes/{quiz}/certificate", &format!("{own}/certificate"), &[]).await;
    let page = tried.browser.page("/my-learning").await;
    let card = between(&page, "name=\"card\" value=\"", "\"").unwrap().to_owned();
    tried.post("/my-learning", "/my-learning", &[("card", &card), ("a0", "0")], None).await;
    let issued = app::quizzes::issued(&tried.office.app, &by, &id).await.unwrap();
    let of = |n: usize, what: &str| format!("{quiz}/certificates/{}/{what}", issued[n].id);
    tried.act("/quizzes/{quiz}/certificates/{certificate}/revoke", &of(0, "revoke"), &[("reason", "cấp nhầm")]).await;
    tried.act("/quizzes/{quiz}/certificates/{certificate}/erase", &of(1, "erase"), &[]).await;
    tried.act("/quizzes/{quiz}/close", &format!("{quiz}/close"), &[]).await;
    let (other, _) = crate::quizzes::quiz(&tried.office.app, &by).await;
    tried.act("/quizzes/{quiz}/call-off", &format!("/quizzes/{other}/call-off"), &[("reason", "trùng lịch")]).await;
}

/// Where the only domain of the office is struck out.
async fn domain(tried: &Tried<'_>) -> String {
    format!("/drills/domains/{}/remove", app::drills::domains(&tried.office.app).await.unwrap()[0].id)
}

async fn upkeep(tried: &mut Tried<'_>) {
    let backup = tried.disk.mounted.join("xa.luytre").to_string_lossy().into_owned();
    let secret = [("path", backup.as_str()), ("passphrase", PASSWORD)];
    let fields: Vec<(&str, &str)> = secret.into_iter().chain([("again", PASSWORD)]).collect();
    tried.act("/upkeep/backup", "/upkeep/backup", &fields).await;
    let drilled = tried.post("/upkeep/drill", "/upkeep/drill", &secret, None).await.text();
    assert!(drilled.contains("role=\"status\"") && !drilled.contains("role=\"alert\""), "{drilled}");
    let unit = tried.office.by.unit.to_string();
    let plan = [("unit", unit.as_str()), ("what", "host"), ("every", "week"), ("hour", "6"), ("name", "")];
    tried.browser.act("/inspection/plans", &plan).await;
    tried.sql("update plan set worse = 1").await;
    tried.form("/inspection/plans/seen", "/inspection/plans", "/inspection/plans/seen", &[]).await;
    std::fs::remove_file(backup).unwrap();
}

async fn set_up(disk: &Disk, rows: &mut Rows) {
    let (app, folder) = Office::empty_in(disk.folder()).await;
    // A log that was begun anew has no room of its own to write into.
    app.close().await;
    let app = app::App::open(app::Settings::new(folder.path())).await.unwrap();
    let mut browser = browser(&app);
    browser.post("/setup", &[("code", SET_UP_CODE)]).await.location("code");
    browser.act("/setup", &[("step", "place"), ("other", "xã Tân Lũy")]).await;
    browser.act("/setup", &[("step", "kind"), ("template", "commune_party"), ("network", "internet")]).await;
    browser.act("/setup", &[("step", "units"), ("units-party_cell", "Chi bộ thôn 1")]).await;
    let token = browser.token().await;
    let account = [("person", "Nguyễn Thị Hạnh"), ("login", "hanh"), ("password", PASSWORD), ("again", PASSWORD)];
    let account: Vec<(&str, &str)> = [("token", token.as_str()), ("step", "account")].into_iter().chain(account).collect();
    let form = Form::of_fields("/setup", false, &account);
    let founded = form_twice((disk, folder.path()), &mut browser, "/setup", rows, (&form, &NO_FILE)).await;
    assert_eq!(founded.text().matches("class=\"mono\"").count(), 10, "recovery codes");
    is_whole(&app).await;
}
