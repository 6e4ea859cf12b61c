//! Mail, planned inspections and the policy on second factors as pages.

use crate::office::{Office, between};
use app::policy::{self, Policy};
use app::programme::model::Role;
use axum::http::StatusCode;

#[tokio::test]
async fn mail_is_set_up_on_a_page_and_a_trial_says_what_is_wrong() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let page = browser.page("/mail").await;
    assert!(page.contains("Chưa thiết lập") && page.contains("value=\"http://127.0.0.1:8080\""), "{page}");
    assert!(browser.page("/account/mail").await.contains("chưa thiết lập máy chủ thư"));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let fields = |host: &'static str, name: &'static str| {
        [
            ("host", host),
            ("port", port.as_str()),
            ("secured", "none"),
            ("user", ""),
            ("password", "bí mật <b>"),
            ("sender", "luytre@xa.vn"),
            ("sender_name", name),
            ("address", "https://luytre.xa.vn/"),
            ("at", "07:30"),
        ]
    };
    let refused = browser.post("/mail", &fields("mail.xa.vn", "Ủy ban")).await;
    assert!(refused.text().contains("Không mã hóa chỉ dùng được tới chính máy này"), "{}", refused.text());
    let refused = browser.post("/mail", &fields("localhost", "a\r\nBcc: x@y.vn")).await;
    assert!(refused.text().contains("không đúng dạng"));
    let page = browser.act("/mail", &fields("localhost", "<script>alert(1)</script>")).await;
    assert!(page.contains("Đã lưu") && !page.contains("bí mật") && !page.contains("<script>alert"), "{page}");
    let tried = browser.post("/mail/trial", &[("to", "mai@xa.vn")]).await.text();
    assert!(tried.contains("từ chối kết nối"), "{tried}");
    let asked = browser.post("/account/mail/address", &[("address", "mai@xa.vn")]).await.text();
    assert!(asked.contains("từ chối kết nối"), "{asked}");
    assert!(browser.page("/upkeep").await.contains("0 thư chờ gửi"));
    assert!(browser.act("/mail/off", &[]).await.contains("Đã ngừng gửi thư"));
}

#[tokio::test]
async fn an_inspection_is_planned_and_ended() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let unit = office.by.unit.to_string();
    let fields = [("unit", unit.as_str()), ("what", "host"), ("every", "week"), ("hour", "6"), ("name", "")];
    let page = browser.act("/inspection/plans", &fields).await;
    assert!(page.contains("Thứ Hai hằng tuần, 6 giờ") && page.contains("Chưa chạy lần nào"), "{page}");
    let end = between(&page, "action=\"/inspection/plans/", "/end\"").unwrap().to_owned();
    let none = [("unit", unit.as_str()), ("what", "files"), ("every", "week"), ("hour", "6"), ("path", "/khong/co")];
    let again = browser.post("/inspection/plans", &none).await.text();
    assert!(again.contains("Đường dẫn phải là một thư mục") && again.contains("value=\"/khong/co\""), "what was typed stays: {again}");
    assert!(browser.act(&format!("/inspection/plans/{end}/end"), &[]).await.contains("Chưa có lịch nào"));
}

#[tokio::test]
async fn whoever_has_to_is_led_to_a_second_factor_before_anything_else() {
    let office = Office::new().await;
    let code = |secret: &str| {
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let seconds = u64::try_from(office.app.now().millis() / 1000).unwrap();
        totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(seconds).to_string()
    };
    let from = app::sessions::From::default();
    let mut admin = office.browser().await;
    assert!(admin.page("/factor-policy").await.contains("Trước khi yêu cầu người khác"));
    assert_eq!(admin.post("/factor-policy", &[("who", "everybody")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let keep = app::sessions::find(&office.app, &admin.cookie("luytre_session")).await.unwrap().unwrap().id;
    let new = app::accounts::begin_second_factor(&office.app, &office.by.person, &keep).await.unwrap();
    let owner = app::accounts::Owner { person: &office.by.person, session: &keep, from: &from };
    app::accounts::confirm_second_factor(&office.app, owner, &code(&new.secret), crate::office::PASSWORD).await.unwrap();
    let lan = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Officer).await;
    let mut before = office.stranger();
    before.becomes(&office, &lan).await;
    before.page("/tasks").await;
    assert!(admin.act("/factor-policy", &[("who", "everybody")]).await.contains("Đã lưu yêu cầu"));
    assert_eq!(policy::show(&office.app).await.unwrap(), Policy::Everybody);

    assert_eq!(before.get("/tasks").await.location("/tasks"), "/account/factor?done=factor-asked", "who is in already, too");
    let mut browser = office.stranger();
    browser.becomes(&office, &lan).await;
    for path in ["/", "/tasks", "/account", "/account/data", "/manage"] {
        assert_eq!(browser.get(path).await.location(path), "/account/factor?done=factor-asked");
    }
    assert_eq!(browser.post("/account/password", &[]).await.location("form"), "/account/factor?done=factor-asked");
    let page = browser.page("/account/factor?done=factor-asked").await;
    assert!(page.contains("Cơ quan yêu cầu xác thực hai bước"), "{page}");
    let secret = between(&page, "mono strong\">", "<").unwrap().replace(' ', "");
    // Any page draws a new secret; the form is sent with the token of the page that was shown.
    let token = between(&page, "name=\"token\" value=\"", "\"").unwrap();
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("token", token).append_pair("code", &code(&secret)).finish();
    let builder = browser.request("POST", "/account/factor").header("content-type", "application/x-www-form-urlencoded");
    let request = builder.header("origin", "http://127.0.0.1:8080").body(body.into()).unwrap();
    assert_eq!(browser.send(request).await.location("factor"), "/account?done=factor-on");
    assert!(browser.page("/tasks").await.contains("<main"));
    assert!(before.get("/tasks").await.location("/tasks").starts_with("/sign-in"), "the session without the code is over");
    assert_eq!(browser.post("/account/factor/off", &[("old", crate::office::PASSWORD)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Signing out is always open.
    assert!(browser.post("/sign-out", &[]).await.location("out").starts_with("/sign-in"));
}

#[tokio::test]
async fn whoever_administers_for_a_time_is_told_what_does_not_last() {
    let office = Office::new().await;
    let nam = office.person("Đỗ Thị Năm", "Đảng ủy xã Tân Lũy", Role::Clerk).await;
    let bay = office.person("Đinh Văn Bảy", "Chi bộ thôn 1", Role::Head).await;
    let until = office.app.now().plus_days(3).day();
    app::people::delegate(&office.app, &office.by, &nam, Role::Admin, until).await.unwrap();
    let mut admin = office.browser().await;
    assert!(!admin.page("/people").await.contains("Quyền quản trị của bạn kết thúc"));
    let mut browser = office.stranger();
    browser.becomes(&office, &nam).await;
    let page = browser.page("/people").await;
    assert!(page.contains("Quyền quản trị của bạn kết thúc ngày 27/11/2026"), "{page}");
    let unit = office.by.unit.to_string();
    let added = browser.act("/people", &[("name", "Hồ Thị Ba"), ("unit", &unit), ("roles", "head")]).await;
    assert!(added.contains("đến hết ngày 27/11/2026") && added.contains("value=\"27/11/2026\""), "{added}");
    let forever = [("unit", unit.as_str()), ("roles", "clerk"), ("until", "")];
    let refused = browser.post(&format!("/people/{bay}/grants"), &forever).await.text();
    assert!(refused.contains("href=\"#until\"") && refused.contains("không trao vai trò dài hơn thời hạn của mình"), "{refused}");
    let refused = browser.post(&format!("/people/{bay}/invite"), &[("login", "bay.dinh")]).await;
    assert!(refused.status.is_client_error() && refused.text().contains("cũng không mời lại"), "{}", refused.text());
    let grant = app::people::grants(&office.app, &bay).await.unwrap().remove(0).id;
    let refused = browser.post(&format!("/grants/{grant}/revoke"), &[("back", "/people")]).await;
    assert!(refused.status.is_client_error() && refused.text().contains("không thu hồi vai trò dài hơn"), "{}", refused.text());
    assert!(browser.act(&format!("/people/{bay}/sessions/end"), &[]).await.contains("đã bị đăng xuất khỏi mọi nơi"));
}

#[tokio::test]
async fn an_authenticator_app_takes_the_password_and_none_stands_beside_it() {
    let office = Office::new().await;
    let code = |secret: &str| {
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let seconds = u64::try_from(office.app.now().millis() / 1000).unwrap();
        totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(seconds).to_string()
    };
    let mut browser = office.browser().await;
    let page = browser.page("/account/factor").await;
    assert!(page.contains("name=\"old\""), "{page}");
    let code = code(&between(&page, "mono strong\">", "<").unwrap().replace(' ', ""));
    for old in ["", "sai hoàn toàn rồi"] {
        let again = browser.post("/account/factor", &[("code", &code), ("old", old)]).await.text();
        assert!(again.contains("href=\"#factor-old\"") && again.contains("Mật khẩu không đúng."), "{again}");
    }
    assert!(
        browser.act("/account/factor", &[("code", &code), ("old", crate::office::PASSWORD)]).await.contains("Đã bật ứng dụng xác thực")
    );
    let stands = browser.get("/account/factor").await;
    assert_eq!(stands.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stands.text().contains("Tắt ứng dụng đó ở trang Tài khoản của tôi trước"), "{}", stands.text());
    assert!(browser.page("/account").await.contains("action=\"/account/factor/off\""));
    // Where the office asks for it, it is changed for another one, with the password again.
    assert!(browser.act("/factor-policy", &[("who", "everybody")]).await.contains("Đã lưu yêu cầu"));
    let page = browser.page("/account").await;
    assert!(!page.contains("/account/factor/off") && page.contains("Đổi ứng dụng xác thực"), "{page}");
    assert!(browser.page("/account/factor").await.contains("name=\"old\""));
}
