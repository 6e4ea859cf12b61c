//! Who gets what answer at every address: the table is made from the router itself, so no address can be forgotten.
//!
//! Everybody asks for the same things: a letter from which only cell 1 owes a task, that task, its evidence, a difficulty
//! of that cell, a meeting of it, a report of the office, a colleague. `in`: sent to the page where people sign in.
//! Answers to forms are those to an empty form: 422 means that the person may, and something is missing.

use app::cases::NewCase;
use app::evidence::EvidenceUpload;
use app::meetings::NewMeeting;
use app::outreach::NewOutreach;
use app::people::NewPerson;
use app::programme::ids::{ActivityId, CaseId, ContentId, LetterId, PersonId, TaskKey};
use app::programme::model::{ActivityKind, Audience, CaseKind, Role, Service};
use app::programme::period::Period;
use app::returns::{DIRECTIVE_REPORT, NewReturn};
use app::tasks::Assign;
use app::tokens::Purpose;
use app::voices::NewVoice;
use axum::http::{Method, StatusCode};
use expect_test::expect_file;

use crate::api;
use crate::office::{Browser, Office};
use crate::{quizzes, scam};

/// Who asks; each in an office of their own, because forms change things.
const ASKERS: [&str; 8] = ["nobody", "learner", "cell 1", "cell 2", "clerk", "head", "assessor", "admin"];

/// (methods, address) of every route, as the router lists them.
pub(crate) fn routes() -> Vec<(Vec<Method>, String)> {
    let sources = [include_str!("../../src/pages.rs"), include_str!("../../src/api.rs")];
    let lines = sources.iter().flat_map(|source| source.lines()).filter_map(|line| line.trim().strip_prefix(".route(\""));
    let route = |line: &str| {
        let (path, handlers) = line.split_once('"').unwrap();
        let has = |method: &str| handlers.contains(&format!(" {method}(")) || handlers.contains(&format!(".{method}("));
        let methods = [("get", Method::GET), ("post", Method::POST)].into_iter().filter(|(name, _)| has(name)).map(|(_, m)| m);
        (methods.collect(), path.to_owned())
    };
    lines.map(route).collect()
}

/// The things that everybody asks for, by the name of the part of an address.
pub(crate) struct Things(Vec<(&'static str, String)>);

impl Things {
    pub(crate) fn fill(&self, path: &str) -> String {
        let part = |part: &str| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            Some(name) => {
                let of = |route: &str| path.contains(route);
                let name = match name {
                    "document" if of("/draft/") => "draft document",
                    "document" => "return document",
                    "letter" if of("/draft") || of("}/check") => "draft",
                    other => other,
                };
                self.0.iter().find(|(n, _)| *n == name).unwrap_or_else(|| panic!("no {name} for {path}")).1.clone()
            }
            None => part.to_owned(),
        };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    }
}

/// A drill that begins in a week.
pub(crate) fn drill_of(app: &app::App) -> app::drills::NewDrill {
    use jiff::ToSpan as _;
    let from = app.now().day().checked_add(7.days()).unwrap();
    let (title, lure) = ("Đợt một".to_owned(), "canteen".to_owned());
    app::drills::NewDrill { title, lure, from, until: from, per_s: 50, tasks: Vec::new() }
}

/// A domain of the office, and a drill that is planned: their ids.
async fn drill(app: &app::App, by: &app::programme::model::Actor) -> (String, String) {
    app::drills::add_domain(app, by, "xa.vn").await.unwrap();
    let domain = app::drills::domains(app).await.unwrap().remove(0).id;
    (domain.to_string(), app::drills::plan(app, by, drill_of(app)).await.unwrap().to_string())
}

/// A question of the office's own: its id.
async fn question(app: &app::App, by: &app::programme::model::Actor) -> String {
    app::quizzes::import(app, by, "$CATEGORY: Khác\n\nHai cộng hai? {=bốn ~năm}\n".as_bytes().to_vec()).await.unwrap();
    let own = app::quizzes::BankFilter { own: true, ..Default::default() };
    app::quizzes::bank(app, by, &own).await.unwrap().remove(0).id
}

pub(crate) async fn things(office: &Office, colleague: &PersonId) -> Things {
    let (app, by) = (&office.app, &office.by);
    let letter = office.letter("").await;
    app::letters::confirm(app, by, &letter).await.unwrap();
    let view = app::letters::show(app, &letter).await.unwrap().unwrap();
    let obligation = view.obligations[0].id.clone();
    let units = app::office::units(app).await.unwrap();
    let cell = units.iter().find(|u| u.name == "Chi bộ thôn 1").unwrap().id.clone();
    let what =
        Assign { obligation: obligation.clone(), to: vec![cell.clone()], period: None, due: None, parent: None, cooperating: Vec::new() };
    let task = app::tasks::assign(app, by, what).await.unwrap().remove(0);
    let file = EvidenceUpload { name: "a.txt".to_owned(), bytes: b"a".to_vec(), observed_on: None, expires: None, note: None };
    let evidence = app::evidence::attach_file(app, by, &task, file).await.unwrap();
    let content = app::tasks::show(app, &task).await.unwrap().unwrap().evidence[0].file.clone().unwrap().content;
    let text = "Loa hỏng".to_owned();
    let case = NewCase { kind: CaseKind::Difficulty, unit: cell, task: Some(task.clone()), text, via: None, to: None };
    let case = app::cases::raise(app, by, case).await.unwrap();
    let new = NewReturn { template: DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Month(2026, 11), letter: None };
    let report = app::returns::draft(app, by, new).await.unwrap();
    let draft = app::drafts::make(app, by, &letter).await.unwrap();
    let (meeting, code, name) = meeting(office, &letter, &task).await;
    let activity = broadcast(office, &letter, &task).await;
    let (domain, drill) = drill(app, by).await;
    let grant = app::people::grants(app, colleague).await.unwrap()[0].id.clone();
    let voice = voices(office).await;
    let check = app::checks::code(app, &draft).await.unwrap().unwrap();
    let known = vec![
        ("voice", voice.to_string()),
        ("warning", warning(office).await),
        ("check", check),
        ("letter", letter.to_string()),
        ("draft", draft.to_string()),
        ("obligation", obligation.to_string()),
        ("task", task.to_string()),
        ("evidence", evidence.to_string()),
        ("content", content.to_string()),
        ("case", case.to_string()),
        ("id", report.to_string()),
        ("meeting", meeting.to_string()),
        ("activity", activity.to_string()),
        ("code", code),
        ("name", name.to_string()),
        ("unit", task.unit.to_string()),
        ("person", colleague.to_string()),
        ("grant", grant.to_string()),
        ("drill", drill),
        ("domain", domain),
        ("of", app::packs::own_published(&office.app).await.unwrap().short().to_owned()),
    ];
    let example = ("example", examples(office, colleague).await.to_string());
    Things(known.into_iter().chain(fixed()).chain(learned(app, by).await).chain([example]).collect())
}

/// What an address names that is the same in every office, or that nobody has.
fn fixed() -> Vec<(&'static str, String)> {
    vec![
        ("draft document", "draft.docx".to_owned()),
        ("topic", "passwords".to_owned()),
        ("reader", "citizen".to_owned()),
        ("form", "fake-vneid".to_owned()),
        ("product", "script.docx".to_owned()),
        ("paper", "outline.docx".to_owned()),
        ("deed", "acknowledge".to_owned()),
        ("pack", "pack.docx".to_owned()),
        ("return document", "report.docx".to_owned()),
        ("session", "0".repeat(64)),
        ("token", "0".repeat(16)),
        ("passkey", "0".repeat(16)),
        ("file", "x.ics".to_owned()),
        ("plan", "0".to_owned()),
        ("sheet", "sheet.docx".to_owned()),
        ("way", "0".to_owned()),
        ("link", "0".repeat(32)),
        ("version", "0".to_owned()),
        ("*name", "style.css".to_owned()),
        ("*part", "manifest.json".to_owned()),
    ]
}

/// A quiz that is open, with a certificate that was given, and a question of the office's own.
async fn learned(app: &app::App, by: &app::programme::model::Actor) -> Vec<(&'static str, String)> {
    let (quiz, sitter) = quizzes::quiz(app, by).await;
    let proven = quizzes::certificate(app, by, &sitter, "Bùi Thị Mận").await;
    let certificate = app::quizzes::issued(app, by, &quiz).await.unwrap().remove(0).id;
    let (entry, proof) = help_point(app, by).await;
    vec![
        ("entry", entry.to_string()),
        ("proof", proof.to_string()),
        ("quiz", quiz.to_string()),
        ("sitter", sitter),
        ("proven", proven),
        ("scroll", "chung-nhan.txt".to_owned()),
        ("certificate", certificate.to_string()),
        ("question", question(app, by).await),
        ("bank", "bank.gift".to_owned()),
        ("print", "slips".to_owned()),
    ]
}

/// A session of a help point that the first cell's people held, with its file.
pub(crate) async fn help_point(app: &app::App, by: &app::programme::model::Actor) -> (ActivityId, ContentId) {
    let units = app::office::units(app).await.unwrap();
    let entry = app::digital::Said {
        on: app.now().day(),
        place: Some("Nhà văn hóa thôn 1".to_owned()),
        note: None,
        held: Some(app::digital::Counts { people: 8, minutes: 90, ..Default::default() }),
        files: vec![("bien-ban.txt".to_owned(), "Biên bản mở điểm hỗ trợ".into())],
        reason: None,
    };
    let new = app::digital::NewDigital {
        kind: ActivityKind::HelpPoint,
        unit: units.iter().find(|unit| unit.name == "Chi bộ thôn 1").unwrap().id.clone(),
        letter: None,
        topics: Vec::new(),
        tasks: Vec::new(),
        entry,
    };
    let id = app::digital::record(app, by, new).await.unwrap();
    let file = app::digital::show(app, &id).await.unwrap().unwrap().files.remove(0);
    (id, file.content)
}

/// Good examples of the colleague's unit: four that wait, of which the first is given out; one that is shared, one public.
/// Each deed that ends the waiting (accepting, giving back, withdrawing) finds one, whichever comes first.
pub(crate) async fn examples(office: &Office, colleague: &PersonId) -> CaseId {
    use app::examples::{self, Doer, ExampleWords};
    let (app, by) = (&office.app, &office.by);
    let of_unit = app::people::actor(app, colleague).await.unwrap().unwrap();
    let mut ids = Vec::new();
    for title in ["Loa sớm", "Chợ an toàn", "Bản tin xóm", "Góc tra cứu", "Nhóm cài đặt", "Tờ rơi"] {
        let (how, result) = ("Mỗi sáng ba phút".to_owned(), "Không ai mất tiền".to_owned());
        let naming = app::programme::model::Naming::Unit;
        let words = ExampleWords { title: title.to_owned(), how, result, figure: None, letter: None, topic: None, naming };
        ids.push(examples::nominate(app, &of_unit, Doer::Unit(of_unit.unit.clone()), &words).await.unwrap());
    }
    for id in &ids[4..] {
        let read = app::cases::show(app, id).await.unwrap().unwrap().example.unwrap().words;
        examples::accept(app, by, id, &read, None).await.unwrap();
    }
    examples::publish(app, by, &ids[5], true).await.unwrap();
    ids.remove(0)
}

/// A meeting that is planned, with one name on its list: its id, its code, the name's.
pub(crate) async fn meeting(office: &Office, letter: &LetterId, task: &TaskKey) -> (ActivityId, String, ContentId) {
    let (app, by) = (&office.app, &office.by);
    let new = NewMeeting {
        kind: ActivityKind::CellMeeting,
        unit: task.unit.clone(),
        on: app.now().day(),
        title: "Sinh hoạt chi bộ".to_owned(),
        place: None,
        agenda: Vec::new(),
        letter: Some(letter.clone()),
        tasks: vec![task.clone()],
    };
    let meeting = app::meetings::plan(app, by, new).await.unwrap();
    app::meetings::enter_names(app, by, &meeting, &["Đỗ Văn Tám".to_owned()]).await.unwrap();
    let planned = app::meetings::show(app, &meeting).await.unwrap().unwrap();
    (meeting, planned.code.unwrap(), planned.attendees[0].id.clone().unwrap())
}

/// A broadcast that is planned for a letter.
pub(crate) async fn broadcast(office: &Office, letter: &LetterId, task: &TaskKey) -> ActivityId {
    let (app, by) = (&office.app, &office.by);
    let topic = app::outreach::show(app, letter).await.unwrap().unwrap().topics[0].0.clone();
    let row = NewOutreach {
        kind: ActivityKind::Broadcast,
        unit: task.unit.clone(),
        on: app.now().day(),
        title: None,
        place: None,
        topics: vec![topic],
        audiences: vec![Audience::Citizens],
        speaker: None,
    };
    app::outreach::plan(app, by, letter, vec![row]).await.unwrap().remove(0)
}

/// A warning of the office that stands.
pub(crate) async fn warning(office: &Office) -> String {
    let [title, how, dos] = ["Giả công an", "Kẻ gian gọi điện.", "Tắt máy."].map(str::to_owned);
    app::cases::warn(&office.app, &office.by, None, &app::cases::WarningWords { title, how, dos }).await.unwrap().to_string()
}

/// Feedback that nobody answered yet; beside it some that was answered and published, some that was handed over, and the report of a
/// scam because of which a number is listed.
pub(crate) async fn voices(office: &Office) -> CaseId {
    let (app, by) = (&office.app, &office.by);
    let new = |kind, service, text: &str| NewVoice { kind, service, text: text.to_owned(), agreed: true, about: None };
    app::voices::send(app, new(CaseKind::Feedback, Some(Service::Land), "Sổ đỏ bao giờ xong"), "AAAAABBBBB").await.unwrap();
    app::voices::send(app, new(CaseKind::ScamReport, None, "0912345678 xưng công an"), "AAAAACCCCC").await.unwrap();
    let voice = app::voices::follow(app, "AAAAABBBBB").await.unwrap().unwrap().id;
    app::voices::send(app, new(CaseKind::Feedback, Some(Service::Land), "Đèn đường hỏng"), "AAAAADDDDD").await.unwrap();
    let answered = app::voices::follow(app, "AAAAADDDDD").await.unwrap().unwrap().id;
    app::cases::answer(app, by, &answered, "Đã sửa").await.unwrap();
    app::cases::publish(app, by, &answered, "Đèn đường hỏng", "Đã sửa").await.unwrap();
    app::voices::send(app, new(CaseKind::Feedback, Some(Service::Security), "Bị dọa qua điện thoại"), "AAAAAEEEEE").await.unwrap();
    let referred = app::voices::follow(app, "AAAAAEEEEE").await.unwrap().unwrap().id;
    app::cases::refer(app, by, &referred, "Công an xã", app.now().day()).await.unwrap();
    let scam = app::voices::follow(app, "AAAAACCCCC").await.unwrap().unwrap().id;
    app::cases::judge(app, by, &scam, "0912345678", Some(12)).await.unwrap();
    let appeal = NewVoice { about: Some(scam), ..new(CaseKind::Appeal, None, "Số này của trạm y tế") };
    app::voices::send(app, appeal, "AAAAAFFFFF").await.unwrap();
    voice
}

async fn answer(browser: &mut Browser, token: &str, method: &Method, path: &str) -> String {
    let answer = match *method {
        // Programs come with a token, and with nothing else.
        Method::GET if path.starts_with("/api/v1/") => api::ask(browser, token, path).await,
        Method::POST if path == "/api/v1/scam" => scam::asks(browser, &serde_json::json!({"text": "a"})).await,
        Method::POST if path.starts_with("/api/v1/") => api::hand_in(browser, token, path, "a.txt", b"").await,
        Method::GET => browser.get(path).await,
        // The addresses that take files take nothing else.
        _ if ["/letters/new", "/scam/qr", "/packs"].contains(&path)
            || ["/evidence", "/programme", "/signed", "/hold", "/minutes", "/receipt", "/addresses"]
                .iter()
                .any(|end| path.ends_with(end))
            || path == "/quizzes/bank/import"
            || path.starts_with("/quizzes/") && path.ends_with("/scan")
            || path == "/digital"
            || path.starts_with("/digital/") && path.ends_with("/edit")
            || path.starts_with("/drills/") && path.ends_with("/approve") =>
        {
            browser.upload(path, &[]).await
        }
        _ => browser.post(path, &[]).await,
    };
    let to_door = answer.status == StatusCode::SEE_OTHER && answer.header("location").starts_with("/sign-in?to=");
    if to_door { "in".to_owned() } else { answer.status.as_str().to_owned() }
}

/// Somebody of the office who asks; `None`: nobody.
async fn person(office: &Office, asker: &str) -> Option<PersonId> {
    let units = app::office::units(&office.app).await.unwrap();
    let role = match asker {
        "learner" => Some(("Chi bộ thôn 1", Role::Learner)),
        "cell 1" => Some(("Chi bộ thôn 1", Role::Clerk)),
        "cell 2" => Some(("Chi bộ thôn 2", Role::Head)),
        "clerk" => Some((units[0].name.as_str(), Role::Clerk)),
        "head" => Some((units[0].name.as_str(), Role::Head)),
        "assessor" => Some(("Chi bộ thôn 2", Role::Assessor)),
        "admin" => Some((units[0].name.as_str(), Role::Admin)),
        "assessor of the office" => Some((units[0].name.as_str(), Role::Assessor)),
        _ => None,
    };
    let (unit, role) = role?;
    let unit = units.iter().find(|u| u.name == unit).unwrap().id.clone();
    let new = NewPerson { name: "Người Hỏi".to_owned(), unit, roles: vec![role] };
    Some(app::people::add(&office.app, &office.by, new).await.unwrap())
}

/// The answers that one asker gets, in the order of the routes.
async fn column(asker: &str) -> Vec<String> {
    let office = Office::new().await;
    let colleague = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Officer).await;
    let things = things(&office, &colleague).await;
    let mut browser = office.stranger();
    let (mut login, mut token) = (None, "luytre_0".to_owned());
    if let Some(person) = person(&office, asker).await {
        login = Some(office.account(&person).await);
        token = api::token(&office, &person, Purpose::Evidence).await;
    }
    let mut answers = Vec::new();
    for (methods, path) in routes() {
        for method in methods {
            // Some addresses end the session or change who asks.
            if let Some(login) = login
                .as_ref()
                .filter(|_| answers.is_empty() || path.starts_with("/sign") || ["/ledger", "/meetings"].contains(&path.as_str()))
            {
                browser.signs_in(login).await;
            }
            answers.push(answer(&mut browser, &token, &method, &things.fill(&path)).await);
        }
    }
    answers
}

#[tokio::test]
async fn every_address_answers_everybody_as_it_should() {
    let mut columns = Vec::new();
    for asker in ASKERS {
        columns.push(column(asker).await);
    }
    let heads: String = ASKERS.iter().map(|asker| format!("{asker:>10}")).collect();
    let mut table = vec![format!("{:4} {:58}{heads}", "", "")];
    let mut row = 0;
    for (methods, path) in routes() {
        assert!(!methods.is_empty(), "{path} takes neither GET nor POST");
        for method in methods {
            let cells: String = columns.iter().map(|column| format!("{:>10}", column[row])).collect();
            table.push(format!("{method:4} {path:58}{cells}"));
            row += 1;
        }
    }
    let table: Vec<&str> = table.iter().map(|line| line.trim_end()).collect();
    expect_file!["rights.txt"].assert_eq(&format!("{}\n", table.join("\n")));
}

/// Links of ours on a page, without what only this page knows.
fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    let bare = |link: &str| format!("/{}", link.split('#').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&"));
    links.map(bare).filter(|link| !link.starts_with("/assets")).collect()
}

#[tokio::test]
async fn no_link_leads_where_its_reader_may_not_go() {
    let mut shut = Vec::new();
    for asker in ASKERS.into_iter().chain(["assessor of the office"]) {
        let office = Office::new().await;
        let colleague = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Officer).await;
        things(&office, &colleague).await;
        let mut browser = office.stranger();
        if let Some(person) = person(&office, asker).await {
            browser.becomes(&office, &person).await;
        }
        let (mut known, mut at) = (["/", "/sign-in"].map(|path| (path.to_owned(), String::new())).to_vec(), 0);
        while let Some((path, from)) = known.get(at).cloned() {
            at += 1;
            let page = browser.get(&path).await;
            if [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&page.status) {
                shut.push(format!("{asker}: {from} leads to {path}, which answers {}", page.status));
            }
            if page.status == StatusCode::OK && page.header("content-type").starts_with("text/html") && at < 400 {
                let new = links(&page.text()).into_iter().filter(|link| known.iter().all(|(path, _)| path != link)).collect::<Vec<_>>();
                known.extend(new.into_iter().map(|link| (link, path.clone())));
            }
        }
        assert!(known.len() > 10, "{asker} found only {} pages", known.len());
    }
    assert_eq!(shut, Vec::<String>::new());
}
