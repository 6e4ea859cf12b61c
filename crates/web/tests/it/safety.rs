//! Attacks: markup in every field of a letter, forms from elsewhere, foreign host names, hostile files.

use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::office::{File, HOST, Office, between};

const MARK: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

/// Every address that takes a form, as listed for the router.
fn post_routes() -> Vec<String> {
    let source = include_str!("../../src/pages.rs");
    let routes = source.split(".route(\"").skip(1).filter_map(|r| r.split_once("\","));
    routes
        .filter(|(_, handlers)| handlers.split(".route(").next().unwrap_or_default().lines().next().unwrap_or_default().contains("post("))
        .map(|(path, _)| path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/"))
        .collect()
}

#[tokio::test]
async fn markup_in_a_letter_stays_text_on_every_page() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = browser.assigned(&office, MARK).await;
    browser.act("/units", &[("name", MARK), ("kind", "other")]).await;
    browser.act("/people", &[("name", MARK), ("unit", office.by.unit.as_str()), ("roles", "officer")]).await;
    let tasks = browser.page("/tasks").await;
    let task = format!("/tasks/{}", between(&tasks, "href=\"/tasks/", "\"").unwrap());
    browser.act(&format!("{task}/progress"), &[("note", MARK)]).await;
    browser.act(&format!("{task}/difficulty"), &[("note", MARK)]).await;
    let hostile = [File { name: "<img src=x onerror=alert(3)>.html", kind: "text/html", bytes: MARK.as_bytes() }];
    browser.upload(&format!("{task}/evidence"), &hostile).await.location("evidence");
    browser.act(&format!("{task}/activity"), &[("kind", "article"), ("on", "2026-11-20"), ("note", MARK)]).await;
    let unit = between(&browser.page(&format!("{letter}/direction")).await, "<option value=\"0", "\"").map(|id| format!("0{id}")).unwrap();
    browser.act(&format!("{letter}/direction"), &[("lead", unit.as_str()), ("note", MARK)]).await;
    let draft = browser.post(&format!("{letter}/implement"), &[]).await.location("implement");
    let draft = draft.split('?').next().unwrap().to_owned();
    let fields = ["paragraph", "subject", "to", "recipients", "authority", "position", "signer"].map(|field| (field, MARK));
    browser.act(&draft, &fields).await;
    browser.act(&format!("{draft}/number"), &[("number", "12"), ("date", "2026-11-20")]).await;
    let of_letter = |page: &str| format!("{letter}/{page}");
    let pages_of_letter =
        vec![of_letter("chain"), of_letter("direction"), format!("{draft}/preview"), draft.clone(), "/letters?kind=draft".to_owned()];
    let narrow = "/letters?number=%22%3E%3Cscript%3E&issuer=%22%3E%3Cscript%3E&from=%22%3E%3Cscript%3E".to_owned();
    let file = [File { name: "<img src=x onerror=alert(3)>.txt", kind: "text/plain", bytes: b"" }];
    let refused = browser.upload("/letters/new", &file).await.text();
    assert!(!refused.contains("<img") && refused.contains("&#60;img"), "the name of a refused file");
    let case = browser.post("/difficulties", &[("text", MARK)]).await.location("/difficulties");
    let case = case.split('?').next().unwrap().to_owned();
    browser.act(&format!("{case}/pass"), &[("to", "named"), ("name", &format!("Tỉnh ủy {MARK}")), ("note", MARK)]).await;
    browser.act(&format!("{case}/answer"), &[("answer", MARK)]).await;
    let letter_id = letter.trim_start_matches("/letters/");
    let task_id = task.trim_start_matches("/tasks/");
    let new = browser.page(&format!("/meetings/new?task={task_id}")).await;
    let unit = between(&new, "name=\"unit\" value=\"", "\"").unwrap();
    let of_letter = [("letter", letter_id), ("unit", unit), ("tasks", task_id), ("kind", "conference"), ("on", "2026-11-24")];
    let words = [("title", MARK), ("place", MARK), ("agenda", MARK)];
    let meeting = browser.post("/meetings", &[of_letter.as_slice(), words.as_slice()].concat()).await.location("/meetings");
    let meeting = meeting.split('?').next().unwrap().to_owned();
    let code = between(&browser.page(&meeting).await, "class=\"mono strong\">", "<").unwrap().to_owned();
    let attend = format!("/attend/{code}");
    browser.act(&attend, &[("name", MARK)]).await;
    browser.upload_with(&format!("{meeting}/hold"), &hostile, &[("people", "9"), ("note", MARK)]).await.location("hold");
    let report = browser.post("/returns", &[("period", "2026-M11")]).await.location("/returns");
    let report = report.split('?').next().unwrap().to_owned();
    browser.act(&format!("{report}/words"), &[("results", MARK), ("next", MARK)]).await;
    let obligation = between(&browser.page(&letter).await, &format!("href=\"{letter}/obligations/"), "/").unwrap().to_owned();
    let search = format!("/letters?q={}", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
    let of_obligation = |verb: &str| format!("{letter}/obligations/{obligation}/{verb}");
    let pages = ["/", "/letters", "/tasks", "/units", "/meetings", "/difficulties", "/returns", "/ledger"].map(str::to_owned).into_iter();
    let meetings = [
        meeting.clone(),
        format!("{meeting}/attendance"),
        format!("{meeting}/minutes"),
        attend,
        format!("/meetings/new?letter={letter_id}"),
    ];
    for path in pages
        .chain([letter.clone(), task, format!("{report}/preview"), report, case, search, narrow])
        .chain(["edit", "assign", "split"].map(of_obligation))
        .chain(meetings)
        .chain(pages_of_letter)
    {
        let page = browser.page(&path).await;
        assert!(!page.contains("<script>") && !page.contains("<img"), "{path} carries markup of a letter");
        assert!(!page.contains(" style=") && !page.contains(" onclick="), "{path} would need a looser policy");
    }
}

#[tokio::test]
async fn a_form_needs_its_token_and_its_own_page() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let token = browser.token().await;
    let stranger = office.stranger().token().await;
    let routes = post_routes();
    assert!(routes.len() > 12, "{routes:?}");
    let own = format!("http://{HOST}");
    for path in &routes {
        for (token, origin, site) in [
            ("", own.as_str(), "same-origin"),
            (stranger.as_str(), own.as_str(), "same-origin"),
            (token.as_str(), "http://evil.example", "cross-site"),
            (token.as_str(), "null", "same-origin"),
            (token.as_str(), own.as_str(), "same-site"),
        ] {
            for form in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=cut"] {
                let body = match form {
                    "application/x-www-form-urlencoded" => format!("token={token}"),
                    _ => format!("--cut\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--cut--\r\n"),
                };
                let builder = browser.request("POST", path).header(header::CONTENT_TYPE, form).header(header::ORIGIN, origin);
                let answer = browser.send(builder.header("sec-fetch-site", site).body(Body::from(body)).unwrap()).await;
                // A form of the other kind is not read at all.
                let refused = [StatusCode::FORBIDDEN, StatusCode::UNPROCESSABLE_ENTITY].contains(&answer.status);
                assert!(refused, "{path} {form} {origin}: {}", answer.status);
            }
        }
    }
    assert!(app::letters::list(&office.app, app::letters::LetterFilter::default()).await.unwrap().is_empty());
}

#[tokio::test]
async fn only_our_own_names_are_answered() {
    let office = Office::new().await;
    for (host, status) in [
        (HOST, StatusCode::OK),
        ("localhost:8080", StatusCode::OK),
        ("[::1]:8080", StatusCode::OK),
        ("127.0.0.1:9", StatusCode::MISDIRECTED_REQUEST),
        ("evil.example:8080", StatusCode::MISDIRECTED_REQUEST),
        ("", StatusCode::MISDIRECTED_REQUEST),
    ] {
        let request = axum::http::Request::get("/sign-in").header(header::HOST, host).body(Body::empty()).unwrap();
        let answer = office.stranger().send(request).await;
        assert_eq!(answer.status, status, "{host}");
        assert!(status.is_success() || !answer.text().contains("token"), "{host}");
    }
}

#[tokio::test]
async fn a_server_is_named_once_and_in_one_way() {
    let office = Office::new().await;
    for (target, hosts, status) in [
        ("http://127.0.0.1:8080/sign-in", &[HOST][..], StatusCode::OK),
        ("http://evil.example/sign-in", &[HOST], StatusCode::MISDIRECTED_REQUEST),
        ("http://127.0.0.1:9/sign-in", &[HOST], StatusCode::MISDIRECTED_REQUEST),
        ("/sign-in", &["127.0.0.1:+8080"], StatusCode::MISDIRECTED_REQUEST),
        ("/sign-in", &["127.0.0.1:08080"], StatusCode::MISDIRECTED_REQUEST),
        ("/sign-in", &[HOST, "evil.example"], StatusCode::BAD_REQUEST),
        ("/sign-in", &["evil.example", HOST], StatusCode::BAD_REQUEST),
        ("/sign-in", &[HOST, HOST], StatusCode::BAD_REQUEST),
    ] {
        let request = axum::http::Request::get(target);
        let request = hosts.iter().fold(request, |request, host| request.header(header::HOST, *host));
        let answer = office.stranger().send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{target} {hosts:?}");
        assert!(status.is_success() || !answer.text().contains("name=\"token\""), "{target} {hosts:?}");
    }
}

#[tokio::test]
async fn every_answer_carries_its_guards() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    for path in ["/", "/letters", "/nowhere", "/assets/0/style.css", "/assets/0/nothing.css"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}");
        for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")] {
            assert_eq!(answer.header(name), value, "{path}");
        }
    }
    let cookie = office.stranger().get("/sign-in").await.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn a_hostile_file_is_only_ever_saved() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let tasks = browser.page("/tasks").await;
    let task = format!("/tasks/{}", between(&tasks, "href=\"/tasks/", "\"").unwrap());
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    let files = [
        File { name: "../../../tài liệu.svg", kind: "image/svg+xml", bytes: svg },
        File { name: "a.html", kind: "text/html", bytes: b"<script>alert(1)</script>" },
    ];
    browser.upload(&format!("{task}/evidence"), &files).await.location("evidence");
    let page = browser.page(&task).await;
    assert!(page.contains(">tài liệu.svg<"), "the name has lost its folders");
    let links = page.split("href=\"/files/").skip(1).filter_map(|l| l.split('"').next());
    let links: Vec<&str> = links.filter(|link| !link.contains('/')).collect();
    assert_eq!(links.len(), 2);
    for link in links {
        let shown = browser.page(&format!("/files/{link}/preview")).await;
        assert!(!shown.contains("<script>") && !shown.contains("<svg xmlns") && !shown.contains("onload=\""), "{shown}");
        assert_eq!(browser.get(&format!("/files/{link}/picture")).await.status, StatusCode::NOT_FOUND, "markup is no picture");
        let answer = browser.get(&format!("/files/{link}")).await;
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(answer.header("content-disposition").starts_with("attachment; filename="));
        assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    for path in ["/files/..%2f..%2foffice.key", "/files/x", "/assets/0/..%2f..%2fCargo.toml", "/tasks/x", "/letters/x", "/returns/x"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_upload_has_an_end() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let big = vec![b'x'; 65 << 20];
    let answer = browser.upload("/letters/new", &[File { name: "big.txt", kind: "text/plain", bytes: &big }]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("Tệp quá lớn"));
    let many: Vec<File<'_>> = (0..21).map(|_| File { name: "a.txt", kind: "text/plain", bytes: b"a" }).collect();
    assert_eq!(browser.upload("/letters/new", &many).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn parts_and_fields_are_counted_and_what_is_too_long_does_not_come_back() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let tasks = browser.page("/tasks").await;
    let path = format!("/tasks/{}/evidence", between(&tasks, "href=\"/tasks/", "\"").unwrap());
    let began = std::time::Instant::now();
    // No file among them: the page of the task comes back where the form can be read.
    for (n, status) in
        [(499, StatusCode::UNPROCESSABLE_ENTITY), (500, StatusCode::PAYLOAD_TOO_LARGE), (300_000, StatusCode::PAYLOAD_TOO_LARGE)]
    {
        let answer = browser.upload_with(&path, &[], &vec![("z", ""); n]).await;
        assert_eq!(answer.status, status, "{n} empty fields: {}", answer.text());
    }
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    let (long_name, markup, note) = ("n".repeat(60_000), "<".repeat(1_000_000), "a".repeat(2 << 20));
    for fields in [vec![(long_name.as_str(), ""); 20], vec![("note", markup.as_str())], vec![("note", note.as_str())]] {
        let answer = browser.upload_with(&path, &[], &fields).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.len() < 50_000, "{} bytes came back", answer.body.len());
    }
    for fields in [vec![("note", markup.as_str())], vec![("z", ""); 5_000]] {
        let answer = browser.post("/difficulties", &fields).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.len() < 50_000, "{} bytes came back", answer.body.len());
    }
}

#[tokio::test]
async fn a_polyglot_picture_is_a_picture_and_nothing_else() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let tasks = browser.page("/tasks").await;
    let task = format!("/tasks/{}", between(&tasks, "href=\"/tasks/", "\"").unwrap());
    // The head of a PNG, then markup; a JPEG whose comment is a page; a script that begins like a GIF.
    let png = [&b"\x89PNG\r\n\x1a\n"[..], b"<script>alert(1)</script>"].concat();
    let files = [
        File { name: "a.html.png", kind: "text/html", bytes: &png },
        File { name: "b.gif", kind: "text/javascript", bytes: b"GIF89a=alert(1)//" },
    ];
    browser.upload(&format!("{task}/evidence"), &files).await.location("evidence");
    let page = browser.page(&task).await;
    let links: Vec<&str> =
        page.split("href=\"/files/").skip(1).filter_map(|l| l.split("/preview\"").next()).filter(|l| l.len() == 36).collect();
    assert_eq!(links.len(), 2, "{links:?}");
    let mut statuses = Vec::new();
    for link in links {
        let answer = browser.get(&format!("/files/{link}/picture")).await;
        statuses.push(answer.status);
        if answer.status == StatusCode::OK {
            assert_eq!(answer.header("content-type"), "image/png");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
        }
    }
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::NOT_FOUND]);
}

#[tokio::test]
async fn two_gigabytes_are_refused_before_they_are_taken_in() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let token = browser.token().await;
    let head = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n\
         --cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n"
    );
    let sent = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&sent);
    // A megabyte at a time, made when it is asked for.
    let stream = futures_util::stream::unfold(0_u64, move |n| {
        let piece = if n == 0 { head.clone().into_bytes() } else { vec![b'x'; 1 << 20] };
        counted.fetch_add(piece.len() as u64, Ordering::Relaxed);
        async move { (n < 2048).then_some((Ok::<_, std::io::Error>(piece), n + 1)) }
    });
    let builder = browser.request("POST", "/letters/new").header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    let request = builder.header(header::ORIGIN, format!("http://{HOST}")).body(Body::from_stream(stream)).unwrap();
    let answer = browser.send(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(sent.load(Ordering::Relaxed) < 70 << 20, "{} bytes were taken in", sent.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_zip_that_blows_up_is_refused_in_time_and_leaves_the_server_well() {
    use std::io::Write as _;
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..600 {
        bomb.write_all(&zeros).unwrap();
    }
    let bytes = bomb.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 << 20, "it looks harmless: {}", bytes.len());
    let began = std::time::Instant::now();
    let answer = browser.upload("/letters/new", &[File { name: "bom.docx", kind: "application/zip", bytes: &bytes }]).await;
    assert!([StatusCode::OK, StatusCode::SEE_OTHER].contains(&answer.status), "{}: {}", answer.status, answer.text());
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    browser.page("/letters").await;
}
