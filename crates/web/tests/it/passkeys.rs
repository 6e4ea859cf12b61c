//! Passkeys as pages: where they are offered, what the script asks for and sends, and what a browser cannot get by sending
//! something else. What is checked about a key itself: the tests of `app`.

use crate::device::{Device, Kind, Made, Page, Used};
use crate::office::{Answer, Browser, Office, PASSWORD, between, browser_of};
use app::passkeys;
use app::policy::{self, Policy};
use app::programme::model::{Network, Role};
use axum::http::{StatusCode, header};
use serde_json::Value;

const HOST: &str = "localhost:8080";

fn json(answer: &Answer) -> Value {
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"), "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

impl Browser {
    fn page_here(&self) -> Page {
        Page::of(&self.origin())
    }

    async fn makes(&mut self, name: &str) -> (Device, Made) {
        let options = json(&self.post("/account/passkeys/begin", &[("name", name), ("old", PASSWORD)]).await);
        let device = Device::new(Kind::P256, &text(&options["user"]["id"]));
        let made = device.makes(&self.page_here(), &text(&options["challenge"]));
        (device, made)
    }

    async fn hands_in(&mut self, made: &Made) -> Answer {
        self.post("/account/passkeys", &[("client", &made.client), ("attestation", &made.attestation)]).await
    }

    /// Makes a key, as the script would.
    async fn adds(&mut self, name: &str) -> Device {
        let (device, made) = self.makes(name).await;
        assert_eq!(self.hands_in(&made).await.location("passkeys"), "/account?done=passkey-added#passkeys");
        device
    }

    async fn uses(&mut self, device: &mut Device) -> Used {
        let options = json(&self.post("/sign-in/passkey/begin", &[]).await);
        device.uses(&self.page_here(), &text(&options["challenge"]))
    }

    async fn shows(&mut self, used: &Used, to: &str) -> Answer {
        let fields = [
            ("credential", used.credential.as_str()),
            ("client", &used.client),
            ("authenticator", &used.authenticator),
            ("signature", &used.signature),
            ("handle", &used.handle),
            ("to", to),
        ];
        self.post("/sign-in/passkey", &fields).await
    }
}

#[tokio::test]
async fn a_key_is_made_on_the_account_page_and_signs_in_without_a_password() {
    let office = Office::new().await;
    let mut browser = office.stranger().at(HOST);
    browser.signs_in("hanh").await;
    assert!(browser.page("/account").await.contains("Chưa có khóa nào"));
    let options = json(&browser.post("/account/passkeys/begin", &[("name", "x"), ("old", PASSWORD)]).await);
    assert_eq!((&options["rp"]["id"], &options["attestation"]), (&"localhost".into(), &"none".into()));
    assert_eq!((&options["user"]["name"], &options["user"]["displayName"]), (&"hanh".into(), &"Nguyễn Thị Hạnh".into()));
    let asked = &options["authenticatorSelection"];
    assert_eq!((&asked["residentKey"], &asked["userVerification"]), (&"required".into(), &"required".into()));
    let mut device = browser.adds("Máy <b>cơ quan</b>").await;
    let page = browser.page("/account?done=passkey-added").await;
    assert!(page.contains("Đã thêm khóa truy cập.") && page.contains("Máy &#60;b&#62;cơ quan"), "{page}");
    assert!(page.contains("Tạo ngày 24/11/2026") && page.contains("Chưa dùng lần nào"), "{page}");
    let other = json(&browser.post("/account/passkeys/begin", &[("name", "x"), ("old", PASSWORD)]).await);
    assert_eq!(other["excludeCredentials"][0]["id"].as_str(), Some(crate::device::text(&device.id).as_str()));

    let mut machine = office.stranger().at(HOST);
    let page = machine.page("/sign-in").await;
    assert!(page.contains("Đăng nhập bằng khóa truy cập") && page.contains("passkey.js") && page.contains("cần JavaScript"), "{page}");
    let used = machine.uses(&mut device).await;
    let answer = machine.shows(&used, "/tasks").await;
    assert_eq!(answer.location("passkey"), "/tasks");
    machine.page("/tasks").await;
    assert!(machine.page("/audit?show=door").await.contains("Đăng nhập bằng khóa truy cập"));
    assert!(machine.page("/account").await.contains("Dùng lần cuối ngày 24/11/2026"));
    let data = machine.get("/account/data").await.text();
    assert!(data.contains("\"host\": \"localhost\""), "{data}");

    let id = passkeys::list(&office.app, &office.by.person).await.unwrap().remove(0).id;
    let renamed = machine.act(&format!("/account/passkeys/{id}/rename"), &[("name", "Khóa USB")]).await;
    assert!(renamed.contains("Đã đổi tên") && renamed.contains("Khóa USB"));
    let remove = format!("/account/passkeys/{id}/remove");
    let again = machine.post(&remove, &[("old", "sai rồi nhé")]).await.text();
    assert!(again.contains("Mật khẩu không đúng.") && again.contains("href=\"#key-old\"") && again.contains("id=\"key-old\""), "{again}");
    assert!(machine.act(&remove, &[("old", PASSWORD)]).await.contains("Đã gỡ khóa truy cập."));
    let mut again = office.stranger().at(HOST);
    let used = again.uses(&mut device).await;
    let refused = again.shows(&used, "/").await;
    assert!(refused.text().contains("không còn dùng được") && refused.headers.get(header::SET_COOKIE).is_none(), "{}", refused.text());
}

#[tokio::test]
async fn an_answer_is_good_in_the_browser_that_asked_and_only_once() {
    let office = Office::new().await;
    let mut owner = office.stranger().at(HOST);
    owner.signs_in("hanh").await;
    let mut device = owner.adds("Điện thoại").await;
    let session = |browser: &Browser| browser.cookie("luytre_session");

    let (mut victim, mut thief) = (office.stranger().at(HOST), office.stranger().at(HOST));
    // Handed to another browser: what somebody who listens, or sets a trap with a challenge of their own, would do.
    let used = victim.uses(&mut device).await;
    assert!(thief.shows(&used, "/").await.text().contains("đã dùng rồi"));
    assert_eq!(session(&thief), "");
    let trap = thief.uses(&mut device).await;
    assert!(victim.shows(&trap, "/").await.text().contains("đã dùng rồi"), "signed in as somebody else unawares");
    assert_eq!(session(&victim), "");
    // Its own browser may show it, and not a second time.
    let used = victim.uses(&mut device).await;
    let planted = "a".repeat(64);
    assert_eq!(victim.shows(&used, "//evil.example").await.location("passkey"), "/", "and the way on stays here");
    let first = session(&victim);
    assert!(first.len() == 64 && first != planted);
    victim.post("/sign-out", &[]).await;
    assert!(victim.shows(&used, "/").await.text().contains("đã dùng rồi"), "replayed");
    assert_eq!(session(&victim), "");
    // A key that was made for a challenge of one session is not taken in another one.
    let lan = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Clerk).await;
    let (_, made) = owner.makes("x").await;
    let mut other = office.stranger().at(HOST);
    other.becomes(&office, &lan).await;
    let refused = other.hands_in(&made).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("đã dùng rồi"), "{}", refused.text());
    assert_eq!(passkeys::list(&office.app, &lan).await.unwrap(), []);
    // Somebody else's key is not there, to rename or to remove.
    let id = passkeys::list(&office.app, &office.by.person).await.unwrap().remove(0).id;
    for deed in ["rename", "remove"] {
        assert_eq!(other.post(&format!("/account/passkeys/{id}/{deed}"), &[("name", "x")]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(passkeys::list(&office.app, &office.by.person).await.unwrap().len(), 1);
    // Asked for and shown from our own pages only.
    for path in ["/sign-in/passkey/begin", "/sign-in/passkey", "/account/passkeys/begin", "/account/passkeys"] {
        assert_eq!(owner.post_exactly(path, &[("old", PASSWORD), ("name", "x")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn guessing_is_held_back_at_the_same_door() {
    let office = Office::new().await;
    let mut owner = office.stranger().at(HOST);
    owner.signs_in("hanh").await;
    let mut device = owner.adds("Điện thoại").await;
    let mut guesser = office.stranger().at(HOST);
    for _ in 0..5 {
        let used = Used { signature: crate::device::text(&[7; 70]), ..guesser.uses(&mut device).await };
        assert!(guesser.shows(&used, "/").await.text().contains("Khóa truy cập không đúng."));
    }
    let used = guesser.uses(&mut device).await;
    assert!(guesser.shows(&used, "/").await.text().contains("Thử lại sau 16 phút"));
    owner.post("/sign-out", &[]).await;
    let used = owner.uses(&mut device).await;
    assert_eq!(owner.shows(&used, "/").await.location("passkey"), "/", "the owner’s own device comes in all the same");
    let wrong = json(&owner.post("/account/passkeys/begin", &[("name", "x"), ("old", "sai rồi nhé")]).await);
    assert_eq!(wrong["refused"], "Mật khẩu không đúng.");
}

#[tokio::test]
async fn where_the_address_does_not_allow_it_the_page_says_why_and_offers_nothing() {
    let office = Office::new().await;
    let section = |page: &str| between(page, "<h2 id=\"passkeys\">", "</section>").unwrap().to_owned();
    let mut number = office.browser().await;
    let page = section(&number.page("/account").await);
    assert!(page.contains("mở bằng tên localhost") && !page.contains("<form"), "{page}");
    assert!(!office.stranger().page("/sign-in").await.contains("khóa truy cập"));
    for path in ["/account/passkeys/begin", "/account/passkeys", "/sign-in/passkey/begin", "/sign-in/passkey"] {
        assert_eq!(number.post(path, &[("old", PASSWORD), ("name", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    let wide = || web::Settings { names: vec!["luytre.xa.vn".to_owned()], ..web::Settings::plain("0.0.0.0:8080".parse().unwrap()) };
    for (host, words) in [("luytre.xa.vn:8080", "không mã hóa"), ("192.168.1.5:8080", "--name")] {
        let mut browser = browser_of(&office.app, &wide()).at(host);
        browser.signs_in("hanh").await;
        let page = section(&browser.page("/account").await);
        assert!(page.contains(words) && !page.contains("<form"), "{host}: {page}");
    }
}

#[tokio::test]
async fn over_https_each_name_of_the_server_has_its_own_keys() {
    let office = Office::new().await;
    let folder = tempfile::tempdir().unwrap();
    let names = vec!["luytre.xa.vn".to_owned(), "noibo.xa.vn".to_owned()];
    let tls = Some(web::Tls::own(folder.path(), &names).unwrap());
    let settings = web::Settings { names, tls, ..web::Settings::plain("0.0.0.0:8443".parse().unwrap()) };
    let at = |host| browser_of(&office.app, &settings).at(host);
    let mut browser = at("luytre.xa.vn:8443");
    browser.signs_in("hanh").await;
    assert!(browser.page("/account").await.contains("chứng chỉ tự tạo"), "the browser has to trust it first");
    let mut device = browser.adds("Máy cơ quan").await;
    let mut same = at("luytre.xa.vn:8443");
    let used = same.uses(&mut device).await;
    assert_eq!(same.shows(&used, "/").await.location("passkey"), "/");
    assert_eq!(same.cookie("__Host-luytre_session").len(), 64);
    // Under the other name the browser would not offer the key; whoever sends it all the same is told.
    let mut other = at("noibo.xa.vn:8443");
    let options = json(&other.post("/sign-in/passkey/begin", &[]).await);
    assert_eq!(options["rpId"], "noibo.xa.vn");
    for page in [other.page_here(), Page { host: "luytre.xa.vn".to_owned(), ..other.page_here() }, same.page_here()] {
        let challenge = text(&json(&other.post("/sign-in/passkey/begin", &[]).await)["challenge"]);
        let refused = other.shows(&device.uses(&page, &challenge), "/").await;
        assert!(refused.text().contains("tạo cho tên máy chủ khác"), "{}", refused.text());
    }
    other.signs_in("hanh").await;
    let page = other.page("/account").await;
    assert!(page.contains("Chỉ dùng được khi mở trang này bằng tên luytre.xa.vn"), "{page}");
}

#[tokio::test]
async fn whoever_has_to_set_up_a_second_factor_may_choose_a_passkey() {
    let office = Office::new().await;
    let mut admin = office.stranger().at(HOST);
    admin.signs_in("hanh").await;
    admin.adds("Điện thoại").await;
    assert!(admin.page("/people").await.contains("có xác thực hai bước"));
    assert!(!admin.page("/factor-policy").await.contains("Trước khi yêu cầu người khác"));
    assert!(admin.act("/factor-policy", &[("who", "everybody")]).await.contains("Đã lưu yêu cầu"));
    assert_eq!(policy::show(&office.app).await.unwrap(), Policy::Everybody);
    let id = passkeys::list(&office.app, &office.by.person).await.unwrap().remove(0).id;
    let kept = admin.post(&format!("/account/passkeys/{id}/remove"), &[("old", PASSWORD)]).await;
    assert!(kept.status == StatusCode::UNPROCESSABLE_ENTITY && kept.text().contains("phải còn"), "{}", kept.text());

    let lan = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Officer).await;
    let mut browser = office.stranger().at(HOST);
    browser.becomes(&office, &lan).await;
    assert_eq!(browser.get("/tasks").await.location("/tasks"), "/account/factor?done=factor-asked");
    assert!(browser.page("/account/factor").await.contains("Hoặc dùng khóa truy cập"));
    let mut device = browser.adds("Khóa USB").await;
    browser.page("/tasks").await;
    // From now on the password alone leads to the page that asks for the rest.
    let mut thief = office.stranger().at(HOST);
    let login = office.account(&lan).await;
    let page = thief.post("/sign-in", &[("login", &login), ("password", PASSWORD)]).await.text();
    assert!(page.contains("hoặc nhập một mã khôi phục") && page.contains("Đăng nhập bằng khóa truy cập"), "{page}");
    assert!(thief.get("/account/factor").await.location("factor").starts_with("/sign-in"));
    let used = thief.uses(&mut device).await;
    assert_eq!(thief.shows(&used, "/tasks").await.location("passkey"), "/tasks");
}

#[tokio::test]
async fn on_a_full_disk_a_passkey_signs_in_and_none_is_made() {
    let Some(disk) = crate::disk::Disk::mount() else { return };
    let office = Office::in_folder(disk.folder(), Network::Internet).await;
    let mut owner = office.stranger().at(HOST);
    owner.signs_in("hanh").await;
    let mut device = owner.adds("Điện thoại").await;
    let (_, second) = owner.makes("Khóa USB").await;
    let mut machine = office.stranger().at(HOST);
    let counted = machine.uses(&mut device).await;
    machine.shows(&counted, "/").await.location("passkey");
    machine.post("/sign-out", &[]).await;
    disk.fill();
    assert_eq!(owner.hands_in(&second).await.status, StatusCode::INSUFFICIENT_STORAGE);
    let key = format!("/account/passkeys/{}", between(&owner.page("/account").await, "/account/passkeys/", "/rename").unwrap());
    let (rename, remove) = (format!("{key}/rename"), format!("{key}/remove"));
    assert_eq!(owner.post(&rename, &[("name", "Máy bàn")]).await.status, StatusCode::INSUFFICIENT_STORAGE);
    assert_eq!(owner.post(&remove, &[("old", PASSWORD)]).await.status, StatusCode::INSUFFICIENT_STORAGE);
    assert!(!owner.page("/account").await.contains("Máy bàn"));
    let used = machine.uses(&mut device).await;
    assert_eq!(machine.shows(&used, "/").await.location("passkey"), "/");
    machine.page("/upkeep").await;
    machine.post("/sign-out", &[]).await;
    assert!(machine.shows(&used, "/").await.text().contains("đã dùng rồi"), "not a second time, though nothing was written down");
    device.counter = 0;
    let backwards = machine.uses(&mut device).await;
    assert!(machine.shows(&backwards, "/").await.text().contains("chạy lùi"), "what was written down before still counts");
    disk.free();
    let (_, third) = owner.makes("Khóa USB").await;
    assert_eq!(owner.hands_in(&third).await.location("passkeys"), "/account?done=passkey-added#passkeys");
    assert_eq!(owner.post(&rename, &[("name", "Máy bàn")]).await.location("rename"), "/account?done=passkey-renamed#passkeys");
    assert_eq!(owner.post(&remove, &[("old", PASSWORD)]).await.location("remove"), "/account?done=passkey-removed#passkeys");
}
