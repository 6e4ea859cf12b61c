//! The real program killed at random moments while an office works over HTTP, with every kind of write there is: whatever was
//! answered is there after the next start, and of what was not answered all is there or nothing.
//!
//! `KILL_MOMENTS` sets how many moments are tried (two by default, 50 for a release), `KILL_SEED` repeats a run whose seed was
//! printed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use crate::http::{Answer, Server, Visitor, between, left_over};
use crate::{err, luytre, out};
use app::office::{FirstAccount, SetUp};
use app::people::NewPerson;
use app::programme::model::{Network, Role};
use app::tokens::{NewToken, Purpose};
use sqlx::Connection as _;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const LETTER: &str = include_str!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt");
const PASSWORD: &str = "ba con trâu trắng";
const CELL: &str = "Chi bộ thôn 1";
/// Who works at the same time.
const WORKERS: usize = 3;

/// What was answered: the event or private table that keeps it, what it is about, and where people see it.
#[derive(Debug, Clone)]
struct Kept {
    kind: &'static str,
    about: String,
    page: String,
    words: String,
}

/// The people of one desk, signed in.
#[derive(Clone)]
struct Desk {
    clerk: Visitor,
    clerk_token: String,
    cell: Visitor,
    cell_token: String,
    program: Visitor,
    unit: String,
    cell_unit: String,
    mark: String,
    /// Today, when tasks are due, and until when they are put off.
    days: [String; 3],
    kept: Vec<Kept>,
}

/// An office with a clerk, somebody of a cell, and a token for programs.
fn office(data: &Path) -> (String, String, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let app = app::App::open(app::Settings::new(data)).await.unwrap();
        let account = Some(FirstAccount { login: "hanh".to_owned(), password: PASSWORD.to_owned() });
        let (template, place, person) = ("commune_party".to_owned(), "xã Tân Lũy".to_owned(), "Nguyễn Thị Hạnh".to_owned());
        let set_up = SetUp { template, place, person, commune: None, network: Network::Internet, units: None, account };
        let view = app::office::set_up(&app, set_up).await.unwrap().office;
        let first = app::people::first(&app).await.unwrap().unwrap();
        let by = app::people::actor(&app, &first.id).await.unwrap().unwrap();
        let cell = app::office::units(&app).await.unwrap().into_iter().find(|u| u.name == CELL).unwrap().id;
        let new = NewPerson { name: "Trần Văn Bình".to_owned(), unit: cell.clone(), roles: vec![Role::Officer, Role::Clerk] };
        let binh = app::people::add(&app, &by, new).await.unwrap();
        let from = app::sessions::From::default();
        let invited = app::accounts::invite(&app, &by, &binh, "binh", &from).await.unwrap();
        app::accounts::accept(&app, "binh", &invited.code, PASSWORD, &from).await.unwrap();
        let actor = app::people::actor(&app, &binh).await.unwrap().unwrap();
        let until = app.now().day().tomorrow().unwrap();
        let new = NewToken { name: "Một cửa".to_owned(), purpose: Purpose::Evidence, until };
        let entered = app::sessions::sign_in(&app, "binh", PASSWORD, &from).await.unwrap();
        let app::sessions::Entered::In(signed) = entered else { panic!("{entered:?}") };
        let session = app::sessions::find(&app, &signed.cookie).await.unwrap().unwrap().id;
        let token = app::tokens::create(&app, &actor, &session, new, PASSWORD, &from).await.unwrap().secret;
        app.close().await;
        (view.unit.id.to_string(), cell.to_string(), token)
    })
}

impl Desk {
    fn new(server: &Server, (unit, cell_unit, secret): (&str, &str, &str)) -> Desk {
        let enter = |login: &str| {
            let mut visitor = server.visitor();
            let page = visitor.get("/sign-in").unwrap().text;
            let token = between(&page, "name=\"token\" value=\"", "\"").to_owned();
            let answer = visitor.form("/sign-in", &[("token", &token), ("login", login), ("password", PASSWORD)]).unwrap();
            assert_eq!(answer.status, 303, "{}", answer.text);
            let token = visitor.token().unwrap();
            (visitor, token)
        };
        let ((clerk, clerk_token), (cell, cell_token)) = (enter("hanh"), enter("binh"));
        let mut program = server.visitor();
        program.bearer = Some(secret.to_owned());
        let (unit, cell_unit) = (unit.to_owned(), cell_unit.to_owned());
        Desk { clerk, clerk_token, cell, cell_token, program, unit, cell_unit, mark: String::new(), days: days(), kept: Vec::new() }
    }

    fn at(&mut self, server: &Server) {
        for visitor in [&mut self.clerk, &mut self.cell, &mut self.program] {
            visitor.address = server.address.clone();
        }
    }

    /// What was sent was answered, if it was; then it must be there for ever.
    fn answered(&mut self, answer: Option<Answer>, path: &str, mut kept: Kept) -> Option<Answer> {
        let answer = answer?;
        assert!((200..400).contains(&answer.status), "{path}: {} {}", answer.status, answer.text);
        // A form that came back with what is wrong was not taken.
        assert!(!answer.text.contains("role=\"alert\""), "{path}: {}", answer.text);
        let made = answer.location.split(['?', '#']).next().unwrap_or_default();
        if kept.about.is_empty() {
            kept.about = made.rsplit('/').next().unwrap_or_default().to_owned();
        }
        if kept.page.is_empty() {
            kept.page = made.to_owned();
        }
        self.kept.push(kept);
        Some(answer)
    }

    /// The clerk sends a form.
    fn clerk(&mut self, path: &str, fields: &[(&str, &str)], kept: Kept) -> Option<Answer> {
        let fields = [&[("token", self.clerk_token.as_str())], fields].concat();
        let answer = self.clerk.form(path, &fields);
        self.answered(answer, path, kept)
    }

    /// The cell sends a form.
    fn cell(&mut self, path: &str, fields: &[(&str, &str)], kept: Kept) -> Option<Answer> {
        let fields = [&[("token", self.cell_token.as_str())], fields].concat();
        let answer = self.cell.form(path, &fields);
        self.answered(answer, path, kept)
    }

    /// An office's day, again and again, until the server is gone.
    fn works(&mut self, over: &AtomicBool) {
        for n in 0.. {
            let mark = format!("{} {n}", self.mark);
            let done = self.letter(&mark).and_then(|(letter, task)| {
                self.task(&mark, &task)?;
                self.meeting(&mark, &letter, &task)?;
                self.report(&mark, &letter)?;
                self.people(&mark)
            });
            if done.is_none() {
                assert!(over.load(Ordering::Relaxed), "the server went away by itself, or a page lacks what {mark} looked for");
                return;
            }
        }
    }

    /// A letter and the task that comes of it: their addresses.
    fn letter(&mut self, mark: &str) -> Option<(String, String)> {
        let fields = [("token", self.clerk_token.clone())];
        let fields = [(fields[0].0, fields[0].1.as_str())];
        let answer = self.clerk.upload("/letters/new", "files", &fields, &[(&format!("{mark}.txt"), &format!("{LETTER}\n{mark}\n"))]);
        let answer = self.answered(answer, "/letters/new", kept("letter_received", "", "", ""))?;
        let letter = answer.location.split('?').next()?.to_owned();
        let id = letter.rsplit('/').next()?.to_owned();
        let note = format!("bút phê {mark}");
        let lead = self.cell_unit.clone();
        self.clerk(&format!("{letter}/confirm"), &[], kept("letter_confirmed", &id, &letter, ""))?;
        let page = kept("letter_directed", &id, &letter, &note);
        self.clerk(&format!("{letter}/direction"), &[("lead", &lead), ("note", &note)], page)?;
        let page = self.clerk.get(&letter)?.text;
        let to = page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.ends_with("/assign"))?.to_owned();
        let obligation = to.split('/').nth(4)?.to_owned();
        let task = format!("/tasks/{obligation}.{lead}.once");
        let due = self.days[1].clone();
        let fields = [("units", lead.as_str()), ("due", &due), ("period", "once")];
        self.clerk(&to, &fields, kept("task_assigned", &obligation, &task, ""))?;
        let written = format!("{letter}/implement");
        let answer = self.clerk(&written, &[], kept("letter_edited", "", "", ""));
        answer.map(|_| (letter, task))
    }

    /// A task on its way between the cell and the office.
    fn task(&mut self, mark: &str, task: &str) -> Option<()> {
        let key = task.rsplit('/').next()?.to_owned();
        let of = |kind: &'static str, words: &str| kept(kind, &key, task, words);
        let at = |deed: &str| format!("{task}/{deed}");
        let note = |what: &str| format!("{what} {mark}");
        self.cell(&at("acknowledge"), &[], of("task_acknowledged", ""))?;
        let words = note("tiến độ");
        self.cell(&at("progress"), &[("note", &words)], of("task_progressed", &words))?;
        let token = self.cell_token.clone();
        let (one, two) = (note("một"), note("hai"));
        let files = [(format!("{one}.txt"), one), (format!("{two}.txt"), two)];
        let files = [(files[0].0.as_str(), files[0].1.as_str()), (files[1].0.as_str(), files[1].1.as_str())];
        let answer = self.cell.upload(&at("evidence"), "files", &[("token", &token), ("note", mark)], &files);
        self.answered(answer, "evidence", of("evidence_attached", files[0].0))?;
        self.kept.push(of("evidence_attached", files[1].0));
        let (name, csv) = (format!("{}.csv", note("api")), note("a;b"));
        let path = format!("/api/v1{task}/evidence");
        let answer = self.program.upload(&path, "file", &[], &[(&name, &csv)]);
        let place = of("evidence_attached", &name);
        self.answered(answer, &path, place)?;
        let (later, words) = (self.days[2].clone(), note("xin lùi"));
        self.cell(&at("extension"), &[("until", &later), ("note", &words)], of("extension_asked", &words))?;
        let words = note("đồng ý");
        self.clerk(&at("grant"), &[("until", &later), ("note", &words)], of("extension_decided", &words))?;
        let words = note("loa hỏng");
        self.cell(&at("difficulty"), &[("note", &words)], of("case_opened", &words))?;
        self.difficulty(&note("vướng"), &note("trả lời"))?;
        let words = note("báo xong");
        self.cell(&at("declare"), &[("note", &words)], of("task_declared", &words))?;
        let words = note("thiếu");
        self.clerk(&at("return"), &[("note", &words)], of("task_returned", &words))?;
        let words = note("báo lại");
        self.cell(&at("declare"), &[("note", &words)], of("task_declared", &words))?;
        let words = note("chấp nhận");
        self.clerk(&at("accept"), &[("note", &words)], of("task_accepted", &words)).map(|_| ())
    }

    /// One that is raised without a task, and answered.
    fn difficulty(&mut self, text: &str, answer: &str) -> Option<()> {
        let raised = self.cell("/difficulties", &[("text", text)], kept("case_opened", "", "", text))?;
        let case = raised.location.split('?').next()?.to_owned();
        let id = case.rsplit('/').next()?.to_owned();
        let words = kept("case_answered", &id, &case, answer);
        self.clerk(&format!("{case}/answer"), &[("answer", answer)], words).map(|_| ())
    }

    /// A meeting: planned, names from paper and by the code, held.
    fn meeting(&mut self, mark: &str, letter: &str, task: &str) -> Option<()> {
        let (unit, today) = (self.cell_unit.clone(), self.days[0].clone());
        let (letter, task) = (letter.rsplit('/').next()?.to_owned(), task.rsplit('/').next()?.to_owned());
        let title = format!("Sinh hoạt {mark}");
        let what = [("unit", unit.as_str()), ("letter", &letter), ("title", &title), ("kind", "cell_meeting")];
        let fields = [&what[..], &[("on", &today), ("place", "thôn"), ("agenda", "Khai mạc"), ("tasks", &task)]].concat();
        let planned = self.cell("/meetings", &fields, kept("activity_planned", "", "", &title))?;
        let meeting = planned.location.split('?').next()?.to_owned();
        let id = meeting.rsplit('/').next()?.to_owned();
        let name = format!("Đỗ Văn {}", letters_of(mark));
        let words = kept("attendance_given", &id, &meeting, &name);
        self.cell(&format!("{meeting}/names"), &[("names", &name)], words)?;
        let page = self.cell.get(&meeting)?.text;
        let code = between(&page, "class=\"mono strong\">", "<").to_owned();
        let name = format!("Lê Thị {}", letters_of(mark));
        let words = kept("attendance_given", &id, &meeting, &name);
        self.cell(&format!("/attend/{code}"), &[("name", &name)], words)?;
        let (token, minutes) = (self.cell_token.clone(), format!("biên bản {mark}.txt"));
        let fields = [("token", token.as_str()), ("people", "12"), ("note", mark)];
        let answer = self.cell.upload(&format!("{meeting}/hold"), "files", &fields, &[(&minutes, mark)]);
        self.answered(answer, "hold", kept("activity_recorded", &id, &format!("/tasks/{task}"), &minutes)).map(|_| ())
    }

    /// A report: counted, written, approved and signed.
    fn report(&mut self, mark: &str, letter: &str) -> Option<()> {
        let letter = letter.rsplit('/').next()?.to_owned();
        let made = self.clerk("/returns", &[("period", "once"), ("letter", &letter)], kept("return_drafted", "", "", ""))?;
        let report = made.location.split('?').next()?.to_owned();
        let id = report.rsplit('/').next()?.to_owned();
        let words = format!("kết quả {mark}");
        self.clerk(&format!("{report}/words"), &[("results", &words)], kept("return_drafted", &id, &report, &words))?;
        let page = self.clerk.get(&format!("{report}/sign"))?.text;
        let digest = between(&page, "name=\"digest\" value=\"", "\"").to_owned();
        self.clerk(&format!("{report}/approve"), &[("digest", &digest)], kept("return_sealed", &id, &report, &words)).map(|_| ())
    }

    /// Units, people, roles, accounts, settings.
    fn people(&mut self, mark: &str) -> Option<()> {
        let name = format!("Tổ {mark}");
        self.clerk("/units", &[("name", &name), ("kind", "party_cell")], kept("unit_added", &name, "/units", &name))?;
        // One that is closed again has no page any more.
        let name = format!("Tạm {mark}");
        self.clerk("/units", &[("name", &name), ("kind", "party_cell")], kept("unit_added", &name, "/units", ""))?;
        let page = self.clerk.get("/units")?.text;
        let unit = between(page[..page.find(&name)?].rsplit("href=\"/units/").next()?, "", "\"").to_owned();
        self.clerk(&format!("/units/{unit}/close"), &[("sure", "yes")], kept("unit_closed", &unit, "/units", ""))?;
        let name = format!("Phạm Thị {}", letters_of(mark));
        let home = self.unit.clone();
        let fields = [("name", name.as_str()), ("unit", &home), ("roles", "clerk")];
        let added = self.clerk("/people", &fields, kept("person", &name, "", &name))?;
        let person = added.location.split('?').next()?.to_owned();
        let id = person.rsplit('/').next()?.to_owned();
        let cell = self.cell_unit.clone();
        let granted = kept("granted", &id, &person, CELL);
        self.clerk(&format!("{person}/grants"), &[("unit", &cell), ("roles", "learner")], granted)?;
        let login: String = format!("p.{}", letters_of(mark)).chars().filter(|c| c.is_ascii_lowercase() || *c == '.').collect();
        self.clerk(&format!("{person}/invite"), &[("login", &login)], kept("credential", &login, &person, &login))?;
        let sender = format!("Cơ quan {mark}");
        let server = [("host", "localhost"), ("port", "2525"), ("secured", "none"), ("sender", "luytre@xa.vn")];
        let fields = [&server[..], &[("sender_name", &sender), ("address", "http://127.0.0.1:8080"), ("at", "07:30")]].concat();
        // Another desk sets it as well: the last one stands.
        self.clerk("/mail", &fields, kept("setting", "localhost", "/mail", "localhost"))?;
        self.clerk("/account/mail/want", &[("want", "news")], kept("mail_choice", "news", "/account/mail", ""))?;
        let plan = [("unit", home.as_str()), ("what", "host"), ("every", "month"), ("hour", "6"), ("name", mark)];
        // An installation has room for twenty plans.
        if self.kept.iter().filter(|kept| kept.kind == "plan").count() >= 3 {
            return Some(());
        }
        self.clerk("/inspection/plans", &plan, kept("plan", mark, "/inspection/plans", mark)).map(|_| ())
    }
}

fn kept(kind: &'static str, about: &str, page: &str, words: &str) -> Kept {
    Kept { kind, about: about.to_owned(), page: page.to_owned(), words: words.to_owned() }
}

/// A mark as letters only, for names.
fn letters_of(mark: &str) -> String {
    mark.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_digit(10).and_then(|d| char::from_u32('a' as u32 + d)).unwrap_or(c)).collect()
}

/// Today and days some months on, as people write them.
#[expect(clippy::disallowed_methods, reason = "the server under test reads the same clock")]
fn days() -> [String; 3] {
    let today = app::programme::moment::Moment::from(jiff::Timestamp::now()).day();
    [0, 120, 150].map(|n| today.saturating_add(jiff::Span::new().days(n)).strftime("%d/%m/%Y").to_string())
}

/// Everything that the database holds: rows of the private tables, and each event as kind, subject and body.
struct Record {
    rows: BTreeMap<&'static str, Vec<String>>,
    events: Vec<(String, String, String)>,
    contents: Vec<(String, Option<String>)>,
}

fn record(data: &Path) -> Record {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data.join("luytre.db"));
        let mut db = sqlx::sqlite::SqliteConnection::connect_with(&options).await.unwrap();
        let mut rows = BTreeMap::new();
        for (table, sql) in [
            ("person", "select name from person where name is not null"),
            ("setting", "select value from setting"),
            ("credential", "select login from credential"),
            ("plan", "select name from plan"),
            ("mail_choice", "select want from mail_choice"),
        ] {
            rows.insert(table, sqlx::query_scalar(sql).fetch_all(&mut db).await.unwrap());
        }
        let events = sqlx::query_as("select kind, subject, body from event order by seq").fetch_all(&mut db).await.unwrap();
        let contents = sqlx::query_as("select id, sha256 from content").fetch_all(&mut db).await.unwrap();
        db.close().await.unwrap();
        Record { rows, events, contents }
    })
}

impl Record {
    fn has(&self, kept: &Kept) -> bool {
        match self.rows.get(kept.kind) {
            Some(rows) => rows.iter().any(|row| row.contains(&kept.about)),
            None => {
                let of = |kind: &str| kind.split('/').next() == Some(kept.kind);
                self.events.iter().any(|(kind, subject, body)| of(kind) && (*subject == kept.about || body.contains(&kept.about)))
            }
        }
    }

    /// What is half there: texts and files that no event names, one of two files that came together, a meeting's minutes
    /// without the meeting.
    fn halves(&self) -> Vec<String> {
        let bodies: String = self.events.iter().map(|(.., body)| body.as_str()).collect();
        let mut halves: Vec<String> = self.contents.iter().map(|(id, _)| id.clone()).filter(|id| !bodies.contains(id.as_str())).collect();
        let n = |of: &str, task: &str| self.events.iter().filter(|(kind, _, body)| kind.starts_with(of) && body.contains(task)).count();
        for (_, task, _) in self.events.iter().filter(|(kind, ..)| kind.starts_with("task_acknowledged")) {
            // Two files, one of a program, and for a meeting the list of names and the minutes.
            let (evidence, held) = (n("evidence_attached", task), n("activity_recorded", task));
            if !matches!((evidence, held), (0 | 2 | 3, 0) | (5, 1)) {
                halves.push(format!("{task} has {evidence} pieces of evidence and {held} meetings"));
            }
        }
        halves
    }
}

/// A stream of numbers that a seed repeats (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

#[test]
fn what_was_answered_survives_a_kill_at_any_moment() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let moments = number("KILL_MOMENTS").unwrap_or(2);
    let seed = number("KILL_SEED").unwrap_or_else(|| u64::from(std::process::id()) << 16 | 1);
    println!("KILL_SEED={seed}");
    let mut numbers = Numbers(seed);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (unit, cell, secret) = office(&data);
    let mut server = Server::start(&data);
    let mut desk = Desk::new(&server, (&unit, &cell, &secret));
    let mut kept = Vec::new();
    for moment in 0..moments {
        // Some while into the second round of three desks at once.
        let after = Duration::from_millis(1500 + numbers.next() % 4500);
        let over = AtomicBool::new(false);
        let found: Vec<Kept> = std::thread::scope(|scope| {
            let (over, desk) = (&over, &desk);
            let start = |worker| {
                let mut desk = Desk { mark: format!("mốc {moment} bàn {worker}"), kept: Vec::new(), ..desk.clone() };
                scope.spawn(move || {
                    desk.works(over);
                    desk.kept
                })
            };
            let workers: Vec<_> = (0..WORKERS).map(start).collect();
            std::thread::sleep(after);
            over.store(true, Ordering::Relaxed);
            // SIGKILL on Unix, TerminateProcess on Windows: no handler runs.
            server.child.kill().unwrap();
            server.child.wait().unwrap();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        println!("killed after {after:?}: {} writes were answered", found.len());
        kept.extend(found);
        let verify = luytre(&["verify", "--data", data.to_str().unwrap()]);
        assert_eq!(verify.status.code(), Some(0), "after {after:?}: {}{}", out(&verify), err(&verify));
        server = Server::start(&data);
        desk.at(&server);
        all_there(&data, &mut desk.clerk, &kept);
    }
    let kinds: BTreeSet<&str> = kept.iter().map(|kept| kept.kind).collect();
    println!("{moments} kills, {} answered writes of {} kinds, none lost: {kinds:?}", kept.len(), kinds.len());
    assert!(kinds.len() >= 15, "the office never got far: {kinds:?}");
}

/// Every answered write stands in the record and on its page, and nothing is there by half.
fn all_there(data: &Path, reader: &mut Visitor, kept: &[Kept]) {
    assert_eq!(left_over(data), Vec::<PathBuf>::new());
    let record = record(data);
    assert_eq!(record.halves(), Vec::<String>::new());
    let named: BTreeSet<String> = record.contents.iter().filter_map(|(_, sha256)| sha256.clone()).collect();
    let folders = std::fs::read_dir(data.join("blobs")).unwrap().map(|folder| folder.unwrap().path());
    for blob in folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|blob| blob.unwrap().file_name()) {
        assert!(named.contains(&*blob.to_string_lossy()), "a file that no record names: {blob:?}");
    }
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    for kept in kept {
        assert!(record.has(kept), "lost from the record: {kept:?}");
        let page = pages.entry(&kept.page).or_insert_with(|| {
            let answer = reader.get(&kept.page).unwrap();
            assert_eq!(answer.status, 200, "lost: {kept:?} {}", answer.text);
            answer.text
        });
        assert!(page.contains(&kept.words), "lost from its page: {kept:?}\n{page}");
    }
}
