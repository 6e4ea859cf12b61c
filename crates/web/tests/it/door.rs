//! Attacks on the way in: fixed sessions, forged cookies, timing, ways back that lead elsewhere, guessing.

use axum::http::{StatusCode, header};
use std::time::{Duration, Instant};

use crate::office::{Browser, HOST, Office, PASSWORD};

fn session(browser: &Browser) -> String {
    browser.cookie("luytre_session")
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_worth_nothing() {
    let office = Office::new().await;
    let mut browser = office.stranger();
    let planted = "a".repeat(64);
    browser.plant("luytre_session", &planted);
    assert!(browser.get("/tasks").await.location("/tasks").starts_with("/sign-in"));
    let answer = browser.post("/sign-in", &[("login", "hanh"), ("password", PASSWORD)]).await;
    assert_eq!(answer.location("/sign-in"), "/");
    let own = session(&browser);
    assert_ne!(own, planted);
    let mut attacker = office.stranger();
    attacker.plant("luytre_session", &planted);
    assert!(attacker.get("/tasks").await.location("/tasks").starts_with("/sign-in"));
    // Signing in again gives another secret; signing out ends it on the server, not only in the browser.
    browser.signs_in("hanh").await;
    assert_ne!(session(&browser), own);
    let last = session(&browser);
    assert_eq!(browser.post("/sign-out", &[]).await.location("/sign-out"), "/sign-in?done=signed-out");
    attacker.plant("luytre_session", &last);
    assert!(attacker.get("/tasks").await.location("/tasks").starts_with("/sign-in"));
    for shape in ["", "x", "../../../etc/passwd", &"A".repeat(5000), "%00", "' or 1=1 --"] {
        attacker.plant("luytre_session", shape);
        assert!(attacker.get("/tasks").await.location("/tasks").starts_with("/sign-in"), "{shape}");
    }
}

#[tokio::test]
async fn a_form_of_one_session_is_no_form_of_another() {
    let office = Office::new().await;
    let mut before = office.stranger();
    let token = before.token().await;
    before.signs_in("hanh").await;
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("token", &token).finish();
    let builder = before.request("POST", "/sign-out").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = builder.header(header::ORIGIN, format!("http://{HOST}")).body(body.into()).unwrap();
    assert_eq!(before.send(request).await.status, StatusCode::FORBIDDEN, "a token from before signing in");
}

#[tokio::test]
async fn the_way_on_after_signing_in_stays_here() {
    let office = Office::new().await;
    let tries =
        ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "\t//evil.example"];
    for to in tries {
        let mut browser = office.stranger();
        let answer = browser.post("/sign-in", &[("login", "hanh"), ("password", PASSWORD), ("to", to)]).await;
        assert_eq!(answer.location("/sign-in"), "/", "{to:?}");
        assert!(answer.headers.get_all(header::SET_COOKIE).iter().all(|c| !c.to_str().unwrap().starts_with("x=")), "{to:?}");
        let asked = format!("/sign-in?to={}", form_urlencoded::byte_serialize(to.as_bytes()).collect::<String>());
        assert!(!office.stranger().page(&asked).await.contains("evil.example"), "{to:?}");
    }
    let mut browser = office.stranger();
    assert_eq!(browser.get("/tasks?show=open").await.location("/tasks"), "/sign-in?to=%2Ftasks");
    let answer = browser.post("/sign-in", &[("login", "hanh"), ("password", PASSWORD), ("to", "/tasks")]).await;
    assert_eq!(answer.location("/sign-in"), "/tasks");
}

#[tokio::test]
async fn wrong_names_and_wrong_passwords_look_and_last_alike() {
    let office = Office::new().await;
    let page = async |login: &str| {
        let mut browser = office.stranger();
        let answer = browser.post("/sign-in", &[("login", login), ("password", "sai hoàn toàn rồi")]).await;
        answer.text().replace(login, "LOGIN")
    };
    let words = |page: &str| page.split("<main").nth(1).unwrap().split("<form").next().unwrap().to_owned();
    assert_eq!(words(&page("hanh").await), words(&page("khong.ai").await));
    // Each try from an address of its own, so that none is held back at the door.
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for n in 0..15 {
        for (list, login) in times.iter_mut().zip(["hanh", "khong.ai"]) {
            let from = app::sessions::From { address: format!("10.{}.0.{n}", list.len()), ..Default::default() };
            let began = Instant::now();
            app::sessions::sign_in(&office.app, login, "sai hoàn toàn rồi", &from).await.unwrap();
            list.push(began.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut list| {
        list.sort();
        list[list.len() / 2].as_secs_f64()
    });
    assert!(known > 0.005, "a password is never checked in passing: {known}");
    assert!((0.6..1.7).contains(&(known / unknown)), "known {known} s, unknown {unknown} s");
}

#[tokio::test]
async fn guessing_is_held_back_and_the_page_says_for_how_long() {
    let office = Office::new().await;
    let mut owner = office.browser().await;
    let mut guesser = office.stranger();
    for _ in 0..5 {
        let answer = guesser.post("/sign-in", &[("login", "hanh"), ("password", "đoán bừa thôi nhé")]).await.text();
        assert!(answer.contains("không đúng"), "{answer}");
        assert!(!answer.contains("đoán bừa"), "a password never comes back");
    }
    let answer = guesser.post("/sign-in", &[("login", "hanh"), ("password", PASSWORD)]).await.text();
    assert!(answer.contains("Thử lại sau 16 phút"), "{answer}");
    // The owner's own device comes in all the same.
    owner.signs_in("hanh").await;
    owner.page("/account").await;
}

#[tokio::test]
async fn nobody_gives_themselves_a_role() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let own = format!("/people/{}", office.by.person);
    let page = browser.page(&own).await;
    assert!(!page.contains(&format!("action=\"{own}/grants\"")) && page.contains("phải do quản trị viên khác thêm"), "{page}");
    let fields = [("unit", office.by.unit.as_str()), ("roles", "assessor")];
    let answer = browser.post(&format!("{own}/grants"), &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("Không ai tự thêm vai trò cho chính mình"), "{}", answer.text());
    let lan = office.person("Lê Thị Lan", "Chi bộ thôn 1", app::programme::model::Role::Clerk).await;
    assert!(browser.page(&format!("/people/{lan}")).await.contains(&format!("action=\"/people/{lan}/grants\"")));
}

#[tokio::test]
async fn many_requests_at_once_are_no_more_guesses_than_one_after_the_other() {
    let office = Office::new().await;
    let guesses = async {
        let mut tried = tokio::task::JoinSet::new();
        for n in 0..60 {
            let mut guesser = office.stranger();
            let password = if n == 30 { PASSWORD.to_owned() } else { format!("đoán bừa lần {n}") };
            tried.spawn_local(async move { guesser.post("/sign-in", &[("login", "hanh"), ("password", &password)]).await.text() });
        }
        tried.join_all().await
    };
    let pages = tokio::task::LocalSet::new().run_until(guesses).await;
    let count = |words: &str| pages.iter().filter(|page| page.contains(words)).count();
    assert_eq!((count("không đúng"), count("Thử lại sau")), (5, 55));
}

#[tokio::test]
async fn whoever_is_not_signed_in_finds_what_is_for_everybody_on_the_first_page() {
    let office = Office::new().await;
    crate::rights::warning(&office).await;
    let mut stranger = office.stranger();
    let page = stranger.page("/").await;
    for words in
        ["<h1>An toàn trên mạng</h1>", "href=\"/sign-in\">Đăng nhập để làm việc", "Cảnh báo của Đảng ủy xã Tân Lũy", "href=\"/scam\""]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Tổng quan") && !page.contains("Chưa có nhiệm vụ nào"), "{page}");
    let mut clerk = office.browser().await;
    assert!(clerk.page("/").await.contains("<h1>Tổng quan</h1>"), "for who is signed in all stays as it is");
    clerk.post("/sign-out", &[]).await;
    assert!(clerk.page("/").await.contains("<h1>An toàn trên mạng</h1>"));
    assert_eq!(stranger.get("/tasks").await.location("/tasks"), "/sign-in?to=%2Ftasks", "a page of the work leads to the door and back");
}
