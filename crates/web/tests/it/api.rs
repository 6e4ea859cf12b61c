//! The interface for programs: what it answers is what its description says, a token never opens more than its person may,
//! and what is sent to it can do no harm.

use app::evidence::EvidenceUpload;
use app::programme::ids::{PersonId, TaskKey};
use app::programme::model::Role;
use app::tasks::Assign;
use app::tokens::{NewToken, Purpose};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::Value;

use crate::office::{Answer, Browser, HOST, Office, PASSWORD};
use crate::schema::{faults, target};

fn description() -> Value {
    serde_json::from_str(include_str!("../../data/openapi.json")).unwrap()
}

/// A token of this person.
pub(crate) async fn token(office: &Office, person: &PersonId, purpose: Purpose) -> String {
    let session = office.session(person).await;
    let by = app::people::actor(&office.app, person).await.unwrap().unwrap();
    let until = office.app.now().day().tomorrow().unwrap();
    let new = NewToken { name: "Một cửa".to_owned(), purpose, until };
    app::tokens::create(&office.app, &by, &session, new, PASSWORD, &app::sessions::From::default()).await.unwrap().secret
}

/// Asks with a token, and holds the answer against the description.
pub(crate) async fn ask(program: &mut Browser, token: &str, path: &str) -> Answer {
    let request = program.request("GET", path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    let answer = program.send(request.body(Body::empty()).unwrap()).await;
    is_described(&Method::GET, path, &answer);
    answer
}

/// Hands in a file.
pub(crate) async fn hand_in(program: &mut Browser, token: &str, path: &str, name: &str, bytes: &[u8]) -> Answer {
    hand_in_with(program, token, path, (name, bytes), "kèm danh sách").await
}

/// Hands in a file and a note.
async fn hand_in_with(program: &mut Browser, token: &str, path: &str, (name, bytes): (&str, &[u8]), note: &str) -> Answer {
    let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let tail = format!("\r\n--cut\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n{note}\r\n--cut--\r\n");
    let request = program.request("POST", path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    let answer = program.send(request.body(Body::from([head.as_bytes(), bytes, tail.as_bytes()].concat())).unwrap()).await;
    is_described(&Method::POST, path, &answer);
    answer
}

pub(crate) fn is_described(method: &Method, path: &str, answer: &Answer) {
    let root = description();
    let plain = path.split('?').next().unwrap();
    let fits = |described: &str| {
        let parts = described.split('/').zip(plain.split('/'));
        described.split('/').count() == plain.split('/').count() && parts.into_iter().all(|(d, p)| d.starts_with('{') || d == p)
    };
    let paths = root["paths"].as_object().unwrap();
    let (_, item) = paths.iter().find(|(described, _)| fits(described)).unwrap_or_else(|| panic!("{path} is not described"));
    let operation = &item[method.as_str().to_lowercase()];
    let status = answer.status.as_str();
    let mut response = &operation["responses"][status];
    if let Some(reference) = response["$ref"].as_str() {
        response = target(&root, reference);
    }
    assert!(response.is_object(), "{path} answered {status}, which is not described");
    let kind = answer.header("content-type");
    match response["content"].as_object() {
        None => assert_eq!((kind, answer.body.len()), ("", 0), "{path} {status}"),
        Some(content) => {
            let schema = &content.get(kind).unwrap_or_else(|| panic!("{path} {status} came as {kind}"))["schema"];
            if kind.ends_with("json") {
                let body: Value = serde_json::from_slice(&answer.body).unwrap();
                assert_eq!(faults(&root, schema, &body, ""), Vec::<String>::new(), "{path} {status}");
            }
        }
    }
    for (name, said) in response["headers"].as_object().into_iter().flatten() {
        assert!(!answer.header(name).is_empty() || said["required"] == false, "{path} {status} came without {name}");
    }
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

/// An office in which cell 1 owes a task, and the clerks of both cells.
struct Cells {
    office: Office,
    task: TaskKey,
    evidence: String,
    letter: String,
    own: PersonId,
    other: PersonId,
}

async fn cells() -> Cells {
    let office = Office::new().await;
    let (app, by) = (&office.app, &office.by);
    let letter = office.letter("").await;
    app::letters::confirm(app, by, &letter).await.unwrap();
    let obligation = app::letters::show(app, &letter).await.unwrap().unwrap().obligations[0].id.clone();
    let units = app::office::units(app).await.unwrap();
    let cell = units.iter().find(|u| u.name == "Chi bộ thôn 1").unwrap().id.clone();
    let task = app::tasks::assign(app, by, Assign { to: vec![cell], ..Assign::of(obligation) }).await.unwrap().remove(0);
    let file = EvidenceUpload { name: "a.txt".to_owned(), bytes: b"a".to_vec(), observed_on: None, expires: None, note: None };
    let evidence = app::evidence::attach_file(app, by, &task, file).await.unwrap().to_string();
    let own = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Clerk).await;
    let other = office.person("Trần Văn Bình", "Chi bộ thôn 2", Role::Clerk).await;
    Cells { task, evidence, letter: letter.to_string(), own, other, office }
}

#[test]
fn the_description_names_every_route_and_no_other() {
    let source = include_str!("../../src/api.rs");
    let routes = source.lines().filter_map(|line| line.trim().strip_prefix(".route(\""));
    let mut routes: Vec<String> = routes
        .flat_map(|line| {
            let (path, handlers) = line.split_once('"').unwrap();
            let has = |method: &&str| handlers.contains(&format!("{method}("));
            ["get", "post"].into_iter().filter(has).map(|method| format!("{method} {path}")).collect::<Vec<_>>()
        })
        .collect();
    let root = description();
    let paths = root["paths"].as_object().unwrap().iter();
    let mut described: Vec<String> =
        paths.flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))).collect();
    let page = include_str!("../../src/pages/api.rs");
    for known in &described {
        let (method, path) = known.split_once(' ').unwrap();
        assert!(page.contains(&format!("(\"{}\", \"{path}\"", method.to_uppercase())), "{known} is missing on the page");
    }
    routes.sort();
    described.sort();
    assert_eq!(routes, described);
}

#[tokio::test]
async fn what_is_read_is_what_the_description_says() {
    let cells = cells().await;
    let secret = token(&cells.office, &cells.own, Purpose::Read).await;
    let mut program = cells.office.stranger();
    let Cells { task, evidence, letter, .. } = &cells;
    let letters = json(&ask(&mut program, &secret, "/api/v1/letters?words=thong+tin&direction=in&limit=1").await);
    assert_eq!(letters["items"][0]["number"], "15-CT/TU");
    let one = json(&ask(&mut program, &secret, &format!("/api/v1/letters/{letter}")).await);
    assert_eq!(one["obligations"][0]["quote"], crate::office::SENTENCE);
    assert_eq!(one["obligations"][0]["tasks"][0], task.to_string());
    let tasks = json(&ask(&mut program, &secret, "/api/v1/tasks?state=assigned&due_to=2026-12-31&overdue=false").await);
    assert_eq!(tasks["items"].as_array().unwrap().len(), 0, "the letter gives no date, so none is due by then");
    let tasks = json(&ask(&mut program, &secret, "/api/v1/tasks").await);
    assert_eq!((&tasks["items"][0]["proof"], &tasks["next"]), (&Value::from("lacking"), &Value::Null));
    let shown = json(&ask(&mut program, &secret, &format!("/api/v1/tasks/{task}")).await);
    assert_eq!(shown["evidence"][0]["id"], *evidence.as_str());
    ask(&mut program, &secret, &format!("/api/v1/evidence/{evidence}")).await;
    let file = ask(&mut program, &secret, &format!("/api/v1/evidence/{evidence}/file")).await;
    assert_eq!((file.body.as_slice(), file.header("content-type")), (&b"a"[..], "application/octet-stream"));
    let by = app::people::actor(&cells.office.app, &cells.own).await.unwrap().unwrap();
    app::tasks::acknowledge(&cells.office.app, &by, task).await.unwrap();
    app::tasks::declare(&cells.office.app, &by, task, None).await.unwrap();
    let rates = json(&ask(&mut program, &secret, &format!("/api/v1/rates?letter={letter}")).await);
    let total = &rates["total"];
    assert_eq!([&total["declared"], &total["verified"], &total["gap"]], [1, 0, 1], "said and proved stand apart");
    assert_eq!(rates["units"].as_array().unwrap().len(), 1, "only one's own unit");
    let text = [letters, one, tasks, shown, rates].map(|v| v.to_string()).concat();
    assert!(!text.contains("Lan") && !text.contains("Hạnh"), "no answer names a person");
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let cells = cells().await;
    let secret = token(&cells.office, &cells.own, Purpose::Read).await;
    let mut program = cells.office.stranger();
    for path in ["/api/v1/tasks".to_owned(), format!("/api/v1/evidence/{}/file", cells.evidence)] {
        let first = ask(&mut program, &secret, &path).await;
        let tag = first.header("etag").to_owned();
        for (held, status) in [(tag.clone(), 304), (format!("\"x\", W/{tag}"), 304), ("\"x\"".to_owned(), 200)] {
            let request = program.request("GET", &path).header(header::AUTHORIZATION, format!("Bearer {secret}"));
            let answer = program.send(request.header(header::IF_NONE_MATCH, &held).body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status.as_u16(), status, "{path} {held}");
            is_described(&Method::GET, &path, &answer);
            assert_eq!(answer.header("cache-control"), "private, no-cache");
        }
    }
}

#[tokio::test]
async fn one_unit_sees_nothing_of_another() {
    let cells = cells().await;
    let (own, other) = (token(&cells.office, &cells.own, Purpose::Read).await, token(&cells.office, &cells.other, Purpose::Evidence).await);
    let mut program = cells.office.stranger();
    let Cells { task, evidence, letter, .. } = &cells;
    for path in [format!("letters/{letter}"), format!("tasks/{task}"), format!("evidence/{evidence}"), format!("evidence/{evidence}/file")]
    {
        let path = format!("/api/v1/{path}");
        assert_eq!(ask(&mut program, &own, &path).await.status, StatusCode::OK, "{path}");
        assert_eq!(ask(&mut program, &other, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["letters".to_owned(), "tasks".to_owned(), format!("tasks?unit={}", task.unit), format!("letters?unit={}", task.unit)] {
        let list = json(&ask(&mut program, &other, &format!("/api/v1/{path}")).await);
        assert_eq!(list["items"].as_array().unwrap().len(), 0, "{path}");
    }
    let rates = json(&ask(&mut program, &other, &format!("/api/v1/rates?unit={}", task.unit)).await);
    assert_eq!((&rates["total"]["tasks"], rates["units"].as_array().unwrap().len()), (&Value::from(0), 0));
    let refused = hand_in(&mut program, &other, &format!("/api/v1/tasks/{task}/evidence"), "a.txt", b"b").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_sent_twice_is_one_piece_of_evidence() {
    let cells = cells().await;
    let secret = token(&cells.office, &cells.own, Purpose::Evidence).await;
    let mut program = cells.office.stranger();
    let path = format!("/api/v1/tasks/{}/evidence", cells.task);
    let minutes = "Biên bản họp chi bộ.".as_bytes();
    let first = hand_in(&mut program, &secret, &path, "biên bản.txt", minutes).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = hand_in(&mut program, &secret, &path, "khác.txt", minutes).await;
    assert_eq!((again.status, again.header("location")), (StatusCode::OK, first.header("location")));
    assert_eq!(json(&again)["file"]["name"], "biên bản.txt");
    assert_eq!(json(&again)["note"], "kèm danh sách");
    let shown = json(&ask(&mut program, &secret, &format!("/api/v1/tasks/{}", cells.task)).await);
    assert_eq!(shown["evidence"].as_array().unwrap().len(), 2, "the one that was there, and this");
}

#[tokio::test]
async fn a_note_is_as_long_as_described_whatever_else_it_is() {
    let cells = cells().await;
    let secret = token(&cells.office, &cells.own, Purpose::Evidence).await;
    let mut program = cells.office.stranger();
    let path = format!("/api/v1/tasks/{}/evidence", cells.task);
    let most = "ạ".repeat(app::MOST_NOTE);
    let more = format!("{most}\u{7}");
    // Also where the file is there already, and where the last sign would not have been kept.
    for (note, status) in [(&more, 422), (&most, 201), (&more, 422), (&most, 200)] {
        let answer = hand_in_with(&mut program, &secret, &path, ("a.txt", b"another"), note).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    }
}

#[tokio::test]
async fn a_token_ends_with_all_that_it_stands_on() {
    let cells = cells().await;
    let app = &cells.office.app;
    let from = app::sessions::From::default();
    let path = format!("/api/v1/tasks/{}", cells.task);
    let mut program = cells.office.stranger();
    // Revoked; only by its owner.
    let secret = token(&cells.office, &cells.own, Purpose::Read).await;
    let id = app::tokens::list(app, &cells.own).await.unwrap()[0].id.clone();
    assert!(!app::tokens::revoke(app, &cells.other, &id, &from).await.unwrap());
    assert_eq!(ask(&mut program, &secret, &path).await.status, StatusCode::OK);
    assert_eq!(app::tokens::list(app, &cells.own).await.unwrap()[0].used_on, Some(app.now().day()));
    assert!(app::tokens::revoke(app, &cells.own, &id, &from).await.unwrap());
    let answer = ask(&mut program, &secret, &path).await;
    assert_eq!((answer.status, &json(&answer)["code"]), (StatusCode::UNAUTHORIZED, &Value::from("token_wrong")));
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"luytre\", error=\"invalid_token\"");
    // The password changed: whoever knew the old one may have made it.
    let secret = token(&cells.office, &cells.own, Purpose::Read).await;
    let session = cells.office.session(&cells.own).await;
    let owner = app::accounts::Owner { person: &cells.own, session: &session, from: &from };
    app::accounts::change_password(app, owner, PASSWORD, "mười hai con giáp đủ").await.unwrap();
    assert_eq!(ask(&mut program, &secret, &path).await.status, StatusCode::UNAUTHORIZED);
    // The roles ended; one in another unit does not carry it on.
    let secret = token(&cells.office, &cells.other, Purpose::Read).await;
    let unit = app::office::units(app).await.unwrap().into_iter().find(|u| u.id == cells.task.unit).unwrap().id;
    let new = app::people::NewGrant { person: cells.other.clone(), unit, roles: vec![Role::Clerk], subtree: false, until: None };
    app::people::grant(app, &cells.office.by, new).await.unwrap();
    assert_eq!(ask(&mut program, &secret, &path).await.status, StatusCode::NOT_FOUND, "made for cell 2, so never good for cell 1");
    let grants = app::people::grants(app, &cells.other).await.unwrap();
    let grant = grants.into_iter().find(|g| g.unit != cells.task.unit).unwrap().id;
    app::people::revoke(app, &cells.office.by, &grant).await.unwrap();
    assert_eq!(ask(&mut program, &secret, "/api/v1/tasks").await.status, StatusCode::UNAUTHORIZED);
    assert!(app::tokens::list(app, &cells.other).await.unwrap()[0].over);
    // The person was erased.
    let third = cells.office.person("Vũ Thị Hoa", "Chi bộ thôn 2", Role::Clerk).await;
    let secret = token(&cells.office, &third, Purpose::Read).await;
    app::privacy::erase(app, &cells.office.by, &third, "request").await.unwrap();
    assert_eq!(ask(&mut program, &secret, "/api/v1/tasks").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app::tokens::list(app, &third).await.unwrap(), []);
}

#[tokio::test]
async fn a_token_does_only_what_it_is_for_and_comes_from_one_place() {
    let cells = cells().await;
    let read = token(&cells.office, &cells.own, Purpose::Read).await;
    let calendar = token(&cells.office, &cells.own, Purpose::Calendar).await;
    let mut program = cells.office.stranger();
    let path = format!("/api/v1/tasks/{}/evidence", cells.task);
    let refused = hand_in(&mut program, &read, &path, "a.txt", b"b").await;
    assert_eq!((refused.status, &json(&refused)["code"]), (StatusCode::FORBIDDEN, &Value::from("token_reads_only")));
    let refused = ask(&mut program, &calendar, "/api/v1/tasks").await;
    assert_eq!((refused.status, &json(&refused)["code"]), (StatusCode::FORBIDDEN, &Value::from("token_for_calendar")));
    // Neither in the address nor as a cookie, and a session opens nothing here.
    let mut browser = cells.office.browser().await;
    for query in ["", &format!("?access_token={read}"), &format!("?token={read}")] {
        let answer = browser.get(&format!("/api/v1/tasks{query}")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{query}");
        assert_eq!(answer.header("set-cookie"), "");
    }
    let answer = ask(&mut program, &read, &format!("/api/v1/tasks?access_token={read}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody gets used to writing it there");
    // Another site's page may not even ask.
    let request = program.request("GET", "/api/v1/tasks").header(header::ORIGIN, "https://evil.example");
    let answer = program.send(request.header(header::AUTHORIZATION, format!("Bearer {read}")).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(program.get("/api/v1/nothing").await.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn wrong_tokens_are_counted_and_bar_nobody_else() {
    let cells = cells().await;
    let good = token(&cells.office, &cells.own, Purpose::Read).await;
    let mut program = cells.office.stranger();
    assert_eq!(ask(&mut program, &good, "/api/v1/tasks").await.status, StatusCode::OK);
    let mut last = None;
    for n in 0..60 {
        last = Some(ask(&mut program, &format!("luytre_{n:064x}"), "/api/v1/tasks").await);
    }
    let last = last.unwrap();
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.header("retry-after").parse::<u32>().unwrap() >= 60);
    assert_eq!(ask(&mut program, &good, "/api/v1/tasks").await.status, StatusCode::OK, "one that came in before");
}

#[tokio::test]
async fn hostile_uploads_are_refused_or_harmless() {
    let cells = cells().await;
    let secret = token(&cells.office, &cells.own, Purpose::Evidence).await;
    let mut program = cells.office.stranger();
    let path = format!("/api/v1/tasks/{}/evidence", cells.task);
    let large = hand_in(&mut program, &secret, &path, "lon.bin", &vec![b'x'; 65 << 20]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let empty = hand_in(&mut program, &secret, &path, "rong.txt", b"").await;
    assert_eq!((empty.status, &json(&empty)["errors"][0]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &Value::from("no-file")));
    let secret_mark = "ỦY BAN NHÂN DÂN XÃ TÂN LŨY\nMẬT\nBIÊN BẢN".as_bytes();
    let marked = hand_in(&mut program, &secret, &path, "bien-ban.txt", secret_mark).await;
    assert_eq!((marked.status, &json(&marked)["code"]), (StatusCode::FORBIDDEN, &Value::from("secret_mark")));
    for (kind, body, status) in [
        ("application/json", "{}", 415),
        ("multipart/form-data", "", 415),
        ("multipart/form-data; boundary=cut", "no part at all", 400),
        ("multipart/form-data; boundary=cut", "--cut\r\nContent-Disposition: form-data; name=\"unit\"\r\n\r\nx\r\n--cut--\r\n", 422),
        ("multipart/form-data; boundary=cut", "--cut--\r\n", 422),
    ] {
        let request = program.request("POST", &path).header(header::AUTHORIZATION, format!("Bearer {secret}"));
        let answer = program.send(request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{kind} {body}");
        is_described(&Method::POST, &path, &answer);
    }
    // A name that would be a path, and one that would be a header of the answer.
    for name in ["../../../etc/cron.d/x.html", "a\\\"; x=%0d%0aSet-Cookie: b=1.html"] {
        let bytes = format!("<script>alert(1)</script>{name}");
        let made = hand_in(&mut program, &secret, &path, name, bytes.as_bytes()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{name}: {}", made.text());
        let file = ask(&mut program, &secret, json(&made)["file"]["href"].as_str().unwrap()).await;
        let disposition = file.header("content-disposition");
        assert!(disposition.starts_with("attachment; ") && !disposition.contains('/'), "{disposition}");
        assert_eq!((file.header("set-cookie"), file.header("x-content-type-options")), ("", "nosniff"));
        assert_eq!(file.body, bytes.as_bytes());
    }
}

#[tokio::test]
async fn a_token_is_made_and_revoked_in_the_pages_and_the_log_says_so() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let until = office.app.now().day().tomorrow().unwrap().to_string();
    let fields = |old| [("name", "Lịch của tôi"), ("purpose", "calendar"), ("until", until.as_str()), ("old", old)];
    let wrong = browser.post("/account/tokens", &fields("sai mật khẩu này")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = browser.post("/account/tokens", &fields(PASSWORD)).await.text();
    let secret = crate::office::between(&page, &format!("http://{HOST}/calendar/luytre_"), ".ics").unwrap().to_owned();
    let account = browser.page("/account").await;
    assert!(account.contains("Lịch của tôi") && !account.contains(&secret), "shown once");
    let id = crate::office::between(&account, "/account/tokens/", "/revoke").unwrap().to_owned();
    browser.act(&format!("/account/tokens/{id}/revoke"), &[]).await;
    assert!(!browser.page("/account").await.contains("Lịch của tôi"));
    let log = app::sessions::log(&office.app, 10).await.unwrap();
    let done: Vec<&str> = log.iter().map(|row| row.what.as_str()).collect();
    assert!(done.contains(&"token_made") && done.contains(&"token_revoked"), "{done:?}");
    let too_long = [("name", "a"), ("purpose", "read"), ("until", "2028-01-01"), ("old", PASSWORD)];
    assert_eq!(browser.post("/account/tokens", &too_long).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
