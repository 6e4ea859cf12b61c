//! A form that was clicked twice: a browser shows the answer to the last click, so that one has the page as well.

use axum::http::StatusCode;

use crate::office::{Answer, Browser, Office, PASSWORD, SET_UP_CODE, between, browser};
use crate::quizzes;

/// Sends the same form of a page twice, the second while the first may still run.
async fn clicked_twice(browser: &mut Browser, on: &str, path: &str, fields: &[(&str, &str)]) -> [Answer; 2] {
    let page = browser.page(on).await;
    let hidden = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"").unwrap().to_owned();
    let (token, once) = (hidden("token"), hidden("once"));
    let all: Vec<(&str, &str)> = [("token", token.as_str()), ("once", once.as_str())].into_iter().chain(fields.iter().copied()).collect();
    let mut other = browser.clone();
    let (first, second) = tokio::join!(browser.post_exactly(path, &all), other.post_exactly(path, &all));
    [first, second]
}

fn same_page(answers: &[Answer; 2]) -> String {
    for answer in answers {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let [first, second] = answers.each_ref().map(Answer::text);
    assert_eq!(first, second);
    first
}

#[tokio::test]
async fn the_recovery_codes_of_a_new_office_are_shown_to_both_clicks() {
    let (app, _folder) = Office::empty().await;
    let mut first = browser(&app);
    first.post("/setup", &[("code", SET_UP_CODE)]).await.location("code");
    first.act("/setup", &[("step", "place"), ("other", "xã Tân Lũy")]).await;
    first.act("/setup", &[("step", "kind"), ("template", "commune_party"), ("network", "internet")]).await;
    first.act("/setup", &[("step", "units"), ("units-party_cell", "Chi bộ thôn 1")]).await;
    let account = [("step", "account"), ("person", "Nguyễn Thị Hạnh"), ("login", "hanh"), ("password", PASSWORD), ("again", PASSWORD)];
    let answers = clicked_twice(&mut first, "/setup", "/setup", &account).await;
    assert_eq!(same_page(&answers).matches("class=\"mono\"").count(), 10, "recovery codes");
    assert!(answers.iter().all(|answer| answer.header("set-cookie").contains("session")), "both are signed in");
}

#[tokio::test]
async fn the_result_of_a_quiz_is_shown_to_both_clicks_and_counts_once() {
    let office = Office::new().await;
    let (id, code) = quizzes::quiz(&office.app, &office.by).await;
    let mut learner = office.stranger();
    let path = format!("/q/{code}");
    let page = learner.page(&path).await;
    let sitting = between(&page, "name=\"sitting\" value=\"", "\"").unwrap().to_owned();
    let sheet = [("sitting", sitting.as_str()), ("a0", "0"), ("a1", "0"), ("a2", "0")];
    assert!(same_page(&clicked_twice(&mut learner, &path, &path, &sheet).await).contains("trên 3 câu"));
    let shown = app::quizzes::show(&office.app, &office.by, &id).await.unwrap().unwrap();
    assert_eq!(shown.units.iter().map(|unit| unit.taken).sum::<u64>(), 1);
}

#[tokio::test]
async fn a_second_click_makes_no_second_token_for_programs() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let until = office.app.now().day().tomorrow().unwrap().to_string();
    let new = [("name", "Một cửa"), ("purpose", "calendar"), ("until", until.as_str()), ("old", PASSWORD)];
    same_page(&clicked_twice(&mut browser, "/account", "/account/tokens", &new).await);
    assert_eq!(browser.page("/account").await.matches("/revoke\"").count(), 1);
}
