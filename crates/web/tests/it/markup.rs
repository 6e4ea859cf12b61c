//! Markup typed into every field of every form: it stays text on every page, those that refuse it too.
//!
//! Forms are found by walking along the links of an office at work, so a new field is tried without being named here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::forms::{Form, forms};
use crate::office::{self, Browser, File, Office, SET_UP_CODE, between};
use crate::sink::Sink;
use app::programme::model::{CaseKind, Role, Service};
use app::voices::NewVoice;

const MARK: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
const FILE: File<'_> = File { name: "<img src=x onerror=alert(3)>.txt", kind: "text/plain", bytes: b"Bien ban." };
/// Times that forms of one shape are sent.
const OF_A_SHAPE: usize = 3;
/// Pages of one shape that are walked: one more than a form can have made, so what stood there before is walked too.
const PAGES: usize = OF_A_SHAPE + 1;
const FROM: &[&str] = &["/", "/letters?kind=draft", "/cases?show=answered"];
/// Would end the walk, or asks for what only a device or a letter in the post knows.
const NEVER: &[&str] = &["/sign-out", "/account/password", "/account/recovery", "/account/factor", "/account/acting", "/language"];
/// Ends what other forms need: each is sent when all before it were.
const LAST: &[&str] = &[
    "/extension",
    "/grant",
    "/refuse",
    "/answer",
    "/pass",
    "/join",
    "/hold",
    "/resume",
    "/evidence/{}/withdraw",
    "/declare",
    "/return",
    "/accept",
    "/withdraw",
    "/call-off",
    "/stop",
    "/drop",
    "/close",
    "/strike",
    "/revoke",
    "/erase",
    "/end",
    "/off",
    "/remove",
];

/// Fields that take only what has a form of its own, and something that has it.
fn of_form(route: &str, field: &str, n: usize, mail: u16) -> Option<String> {
    let value = match (route, field) {
        ("/setup", "code") => SET_UP_CODE.to_owned(),
        (_, "login") => format!("nguoi.{n}"),
        (_, "host") => "127.0.0.1".to_owned(),
        (_, "port") => mail.to_string(),
        (_, "sender") | ("/mail/trial", "to") | ("/account/mail/address" | "/drills/opt-out", "address") => "luytre@xa.vn".to_owned(),
        (_, "address") => "https://luytre.xa.vn".to_owned(),
        ("/mail", "user" | "authority") => String::new(),
        ("/letters/{}/draft/number", "number") => n.to_string(),
        ("/contacts", field) if field.ends_with("-number") => "0220 123 4567".to_owned(),
        (_, "people" | "copies" | "visits") => "7".to_owned(),
        ("/digital" | "/digital/{}/edit", "time") => "2,5".to_owned(),
        (_, field) if field.starts_with("learners-") => "7".to_owned(),
        (_, "link") => "https://tanluy.example/loa".to_owned(),
        ("/cases/{}/judge", "value") => "0912345678".to_owned(),
        (_, "due") | ("/drills", "from" | "until") => "15/12/2026".to_owned(),
        ("/drills", "per_s") => "50".to_owned(),
        ("/quizzes", "from" | "until") | ("/quizzes/{}/change", "until") => "15/12/2026".to_owned(),
        ("/quizzes", "n_questions" | "tries") => "1".to_owned(),
        ("/quizzes", "pass_percent") => "50".to_owned(),
        (_, field) if field.starts_with("people-") => "7".to_owned(),
        ("/quizzes/{}/sheets", "lines") => "101 -".to_owned(),
        ("/drills/domains", "domain") => "xa.vn".to_owned(),
        ("/drills/{}/addresses", "list") => (1..=12).map(|n| format!("n{n}@xa.vn\n")).collect(),
        ("/drills/{}/announce", "on") => "24/11/2026".to_owned(),
        _ => return None,
    };
    Some(value)
}

struct Walk {
    browser: Browser,
    sent: BTreeMap<String, usize>,
    /// Address and field → whether something was kept with markup in it.
    kept: BTreeMap<String, bool>,
    mail: u16,
}

/// The path with its ids taken out.
fn shape(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let code = path.starts_with("/attend/");
    path.split('/').map(|part| if part.len() > 20 || (code && part.len() == 8) { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

fn stays_text(page: &str, path: &str) {
    for raw in ["<script>", "<img src=x"] {
        assert!(!page.contains(raw), "{path} carries {raw} as markup");
    }
}

/// Where the links of a page lead to.
fn links(page: &str) -> impl Iterator<Item = String> {
    let links = page.split(" href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|path| format!("/{}", path.replace("&#38;", "&"))).filter(|link| !link.starts_with("/assets/"))
}

impl Walk {
    /// Walks along all links, and sends the forms of every page that are `wanted`.
    async fn walks(&mut self, from: &[&str], wanted: impl Fn(&str) -> bool) {
        let mut ways: VecDeque<String> = from.iter().map(ToString::to_string).collect();
        let (mut known, mut pages) = (BTreeSet::new(), BTreeMap::<String, usize>::new());
        while let Some(path) = ways.pop_front() {
            let n = pages.entry(shape(&path)).or_default();
            *n += 1;
            if *n > PAGES {
                continue;
            }
            let answer = self.browser.get(&path).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
            if !answer.header("content-type").starts_with("text/html") {
                continue;
            }
            let page = answer.text();
            stays_text(&page, &path);
            for form in forms(&page).into_iter().filter(|form| wanted(&shape(&form.action))) {
                self.sends(&form).await;
            }
            ways.extend(links(&page).filter(|link| known.insert(link.clone())));
        }
    }

    /// Sends a form with markup in every field; where it is refused, once more with markup where anything may stand.
    async fn sends(&mut self, form: &Form) {
        let route = shape(&form.action);
        let sent = self.sent.entry(format!("{route} {}", form.typed.join(" "))).or_default();
        *sent += 1;
        let n = *sent;
        // What is answered is not passed on any more: the others are.
        if n > if route.ends_with("/answer") { 1 } else { OF_A_SHAPE } {
            return;
        }
        for strict in [false, true] {
            let mut form = form.clone();
            let mut marked = Vec::new();
            if form.of("fetch").is_some() {
                // No page is asked for.
                form.set("fetch", "");
            }
            for field in form.typed.clone() {
                match of_form(&route, &field, n, self.mail).filter(|_| strict) {
                    Some(value) => form.set(&field, &value),
                    None => {
                        form.set(&field, MARK);
                        marked.push(field);
                    }
                }
            }
            let token = self.browser.token().await;
            let answer = form.anew(&token).send(&mut self.browser, &FILE).await;
            assert!(!answer.status.is_server_error(), "{}: {}", form.action, answer.text());
            stays_text(&answer.text(), &form.action);
            let taken = answer.status.is_redirection();
            for field in &marked {
                *self.kept.entry(format!("{route} {field}")).or_default() |= taken;
            }
            if taken {
                let to = answer.location(&form.action);
                let page = self.browser.get(&to).await.text();
                stays_text(&page, &to);
                return;
            }
        }
    }
}

/// What people outside said: one matter that waits, one that was answered.
async fn voices(office: &Office) {
    let (app, by) = (&office.app, &office.by);
    for (kind, code) in [(CaseKind::Feedback, "AAAAABBBBB"), (CaseKind::Feedback, "AAAAACCCCC"), (CaseKind::ScamReport, "AAAAADDDDD")] {
        let text = format!("{MARK} 0912345678");
        let new = NewVoice { kind, service: Some(Service::Other), text, agreed: true, about: None };
        app::voices::send(app, new, code).await.unwrap();
    }
    let answered = app::voices::follow(app, "AAAAACCCCC").await.unwrap().unwrap().id;
    app::cases::answer(app, by, &answered, MARK).await.unwrap();
}

#[tokio::test]
async fn markup_in_any_field_stays_text_on_every_page() {
    let office = Office::that_ticks().await;
    let mail = Sink::start();
    let mut browser = office.browser().await;
    browser.assigned(&office, MARK).await;
    // One that still waits to be confirmed.
    office.letter(&format!("{MARK} hai")).await;
    voices(&office).await;
    let colleague = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Officer).await;
    crate::rights::examples(&office, &colleague).await;
    let mut walk = Walk { browser, sent: BTreeMap::new(), kept: BTreeMap::new(), mail: mail.port };
    let never = |route: &str| NEVER.contains(&route) || route.contains("/passkeys") || route.contains("/sessions/");
    let last = |route: &str| LAST.iter().position(|end| route.ends_with(end));
    for _ in 0..3 {
        walk.walks(FROM, |route| last(route).is_none() && !never(route)).await;
    }
    let meetings = app::meetings::list(&office.app, None).await.unwrap();
    let open: Vec<_> = meetings.iter().filter(|m| m.people.is_none() && !m.called_off).collect();
    assert!(!open.is_empty());
    for meeting in open {
        let poster = walk.browser.page(&format!("/meetings/{}/poster", meeting.id)).await;
        let attend = format!("/attend/{}", between(&poster, "/attend/", "<").unwrap());
        walk.walks(&[&attend], |route| route == "/attend/{}").await;
    }
    for n in 0..LAST.len() {
        walk.walks(FROM, |route| last(route) == Some(n) && !never(route)).await;
    }
    walk.walks(FROM, |_| false).await;
    let front = office.of_front().await;
    walk.browser.becomes(&office, &front).await;
    walk.walks(&["/cases"], |route| ["/feedback/new", "/supervision/new"].contains(&route)).await;
    walk.walks(FROM, |_| false).await;
    walk.browser = office.stranger();
    walk.walks(&["/sign-in", "/invitation"], |_| true).await;
    let (app, _folder) = Office::empty().await;
    walk.browser = office::browser(&app);
    for _ in 0..5 {
        walk.walks(&["/setup"], |route| route == "/setup").await;
    }
    walk.walks(FROM, |_| false).await;
    let lines = walk.kept.iter().map(|(field, kept)| format!("{} {field}\n", if *kept { "kept   " } else { "refused" }));
    expect_test::expect_file!["markup.txt"].assert_eq(&lines.collect::<String>());
}
