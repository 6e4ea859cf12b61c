//! Attacks on the list of people of the demonstration, who come in without a password: not in a real office, not from
//! another site, not from beyond this machine.

use app::programme::ids::PersonId;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::office::{HOST, Office, between};

struct Demo {
    app: app::App,
    person: PersonId,
    _folder: TempDir,
}

async fn demo() -> Demo {
    let (app, folder) = Office::empty().await;
    app::demo::run(&app, &folder.path().join("van-ban"), &|_| ()).await.unwrap();
    let person = app::people::first(&app).await.unwrap().unwrap().id;
    Demo { app, person, _folder: folder }
}

fn served(app: &app::App, listen: &str, names: &[&str]) -> Router {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    let settings = web::Settings { names, ..web::Settings::plain(listen.parse().unwrap()) };
    web::router(app.clone(), &settings).unwrap()
}

/// What one request gets: status, cookies that are set, text.
async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, Vec<String>, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let cookies = response.headers().get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap().to_owned()).collect();
    let body = to_bytes(response.into_body(), 10 << 20).await.unwrap();
    (status, cookies, String::from_utf8_lossy(&body).into_owned())
}

/// Fetches the page of the door as `host`, and the token and mark that its forms need.
async fn door(router: &Router, host: &str) -> (String, String, String) {
    let request = Request::builder().uri("/sign-in").header(header::HOST, host).body(Body::empty()).unwrap();
    let (status, cookies, page) = ask(router, request).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let mark = cookies.iter().find(|c| c.starts_with("luytre_visitor=")).unwrap().split(';').next().unwrap().to_owned();
    let token = between(&page, "name=\"token\" value=\"", "\"").unwrap().to_owned();
    (token, mark, page)
}

/// One click on a name, with these headers: the status, and whether somebody is in.
async fn click(router: &Router, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> (StatusCode, bool) {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::builder().method("POST").uri("/sign-in/as");
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let (status, cookies, _) = ask(router, request.body(Body::from(body)).unwrap()).await;
    (status, cookies.iter().any(|c| c.starts_with("luytre_session=")))
}

#[tokio::test]
async fn a_real_office_has_no_such_way_in() {
    let office = Office::new().await;
    let person = app::people::first(&office.app).await.unwrap().unwrap().id;
    let mut browser = office.stranger();
    let page = browser.page("/sign-in").await;
    assert!(!page.contains("/sign-in/as") && !page.contains("Hạnh"), "{page}");
    let answer = browser.post("/sign-in/as", &[("person", person.as_str())]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(browser.cookie("luytre_session").is_empty());
    // Nor once somebody is in, for another person.
    let clerk = office.person("Lê Thị Lan", "Chi bộ thôn 1", app::programme::model::Role::Clerk).await;
    browser.becomes(&office, &clerk).await;
    let session = browser.cookie("luytre_session");
    assert_eq!(browser.post("/sign-in/as", &[("person", person.as_str())]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.cookie("luytre_session"), session);
}

#[tokio::test]
async fn one_click_works_here_and_another_site_cannot_make_it() {
    let demo = demo().await;
    let router = served(&demo.app, HOST, &[]);
    let (token, mark, page) = door(&router, HOST).await;
    assert!(page.contains("/sign-in/as"));
    let own = format!("http://{HOST}");
    let (token, mark, person) = (("token", token.as_str()), ("cookie", mark.as_str()), ("person", demo.person.as_str()));
    let (host, origin) = (("host", HOST), ("origin", own.as_str()));
    let refused = (StatusCode::FORBIDDEN, false);
    assert_eq!(click(&router, &[person], &[host, origin, mark]).await, refused, "no token");
    assert_eq!(click(&router, &[token, person], &[host, origin]).await, refused, "the token without the mark it is bound to");
    assert_eq!(click(&router, &[token, person], &[host, mark, ("origin", "http://evil.example")]).await, refused);
    assert_eq!(click(&router, &[token, person], &[host, mark, ("origin", "null")]).await, refused);
    assert_eq!(click(&router, &[token, person], &[host, mark, ("sec-fetch-site", "same-site")]).await, refused);
    for host in ["evil.example:8080", "127.0.0.1.evil.example:8080", "127.0.0.1", "192.168.1.5:8080", "localhost.evil:8080"] {
        let rebound = click(&router, &[token, person], &[("host", host), mark]).await;
        assert_eq!(rebound, (StatusCode::MISDIRECTED_REQUEST, false), "{host}");
    }
    for nobody in ["00000000-0000-7000-8000-000000000000", "", "' or 1=1 --", "*"] {
        let (status, is_in) = click(&router, &[token, ("person", nobody)], &[host, origin, mark]).await;
        assert!(status.is_client_error() && !is_in, "{nobody:?}: {status}");
    }
    let by_link = Request::builder().uri(format!("/sign-in/as?person={}", demo.person)).header(header::HOST, HOST);
    let (status, cookies, _) = ask(&router, by_link.body(Body::empty()).unwrap()).await;
    assert!(status.is_client_error() && cookies.iter().all(|c| !c.starts_with("luytre_session=")), "{status}");
    assert_eq!(click(&router, &[token, person], &[host, origin, mark]).await, (StatusCode::SEE_OTHER, true));
}

#[tokio::test]
async fn beyond_this_machine_the_demonstration_has_no_people() {
    let demo = demo().await;
    // Listening for others; and on loopback behind another server that passes the world on under a name.
    let cases: [(&str, &[&str], &str); 3] = [
        ("0.0.0.0:8080", &[], "192.168.1.5:8080"),
        ("[::]:8080", &[], "[2001:db8::1]:8080"),
        ("127.0.0.1:8080", &["luytre.xa.vn"], "luytre.xa.vn:8080"),
    ];
    for (listen, names, host) in cases {
        let router = served(&demo.app, listen, names);
        let (token, mark, page) = door(&router, host).await;
        assert!(!page.contains("/sign-in/as"), "{listen}: the list of people is shown");
        let fields = [("token", token.as_str()), ("person", demo.person.as_str())];
        assert_eq!(click(&router, &fields, &[("host", host), ("cookie", &mark)]).await, (StatusCode::NOT_FOUND, false), "{listen}");
        // The header that a client writes itself opens nothing either.
        let claimed = [("host", "localhost:8080"), ("cookie", mark.as_str()), ("x-forwarded-for", "127.0.0.1")];
        assert_eq!(click(&router, &fields, &claimed).await, (StatusCode::NOT_FOUND, false), "{listen}");
    }
}
