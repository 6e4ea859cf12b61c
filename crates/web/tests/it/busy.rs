//! Another program holds the database for long: who reads goes on, who writes is told after some seconds and can send the
//! same form again from that page.

use app::office::{FirstAccount, SetUp};
use app::programme::model::Network;
use axum::http::StatusCode;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::office::{Office, PASSWORD, between, browser};

#[tokio::test]
async fn a_database_that_somebody_else_holds_is_told_and_nothing_typed_is_lost() {
    let (app, folder) = Office::empty().await;
    let set_up = SetUp {
        template: "commune_party".to_owned(),
        place: "xã Tân Lũy".to_owned(),
        commune: None,
        person: "Nguyễn Thị Hạnh".to_owned(),
        network: Network::Internet,
        units: None,
        account: Some(FirstAccount { login: "hanh".to_owned(), password: PASSWORD.to_owned() }),
    };
    app::office::set_up(&app, set_up).await.unwrap();
    let mut person = browser(&app);
    person.signs_in("hanh").await;
    let fields = [("name", "Tổ <một> \"hai\""), ("kind", "other")];

    let options = SqliteConnectOptions::new().filename(folder.path().join("luytre.db"));
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let held = other.begin_with("begin immediate").await.unwrap();
    let refused = person.post("/units", &fields).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text());
    assert_eq!(refused.header("retry-after"), "60");
    let page = refused.text();
    for words in ["Cơ sở dữ liệu đang bận", "chưa được ghi", "Đợi khoảng một phút", "action=\"/units\"", "Gửi lại"]
    {
        assert!(page.contains(words), "no {words:?} in {page}");
    }
    assert!(page.contains(refused.header("x-request-id")), "the number of the request: {page}");
    assert!(page.contains("value=\"Tổ &#60;một&#62; &#34;hai&#34;\""), "what was typed, as text: {page}");
    for readable in ["/", "/letters", "/units", "/health"] {
        assert_eq!(person.get(readable).await.status, StatusCode::OK, "{readable}");
    }
    assert!(!person.page("/units").await.contains("Tổ &#60;một"));
    // A stranger comes in meanwhile: the session lies in memory until it can be written down.
    let mut late = browser(&app);
    late.signs_in("hanh").await;
    late.page("/tasks").await;

    held.rollback().await.unwrap();
    let once = between(&page, "name=\"once\" value=\"", "\"").map(str::to_owned);
    let again: Vec<(&str, &str)> = fields.into_iter().chain(once.as_deref().map(|once| ("once", once))).collect();
    assert_eq!(person.post("/units", &again).await.status, StatusCode::SEE_OTHER, "the very same form");
    let units = app::office::units(&app).await.unwrap();
    assert_eq!(units.iter().filter(|unit| unit.name.starts_with("Tổ <một>")).count(), 1, "once");
    late.page("/tasks").await;
}
