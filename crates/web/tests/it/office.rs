//! A fictional office with a letter, and a browser that keeps its cookies and sends forms as browsers do.

use std::sync::atomic::{AtomicI64, Ordering};

use app::letters::{ObligationText, ReadLetter, ReadObligation, Upload, receive_read};
use app::office::{FirstAccount, SetUp};
use app::people::{NewGrant, NewPerson};
use app::programme::ids::{LetterId, PersonId, UnitId};
use app::programme::model::{Actor, Direction, Need, Network, Role, UnitKind};
use app::views::{LetterMeta, ReferenceMeta, SignerMeta};
use app::{App, Settings};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const HOST: &str = "127.0.0.1:8080";
/// The password of everybody in these tests.
pub(crate) const PASSWORD: &str = "ba con trâu trắng";
pub(crate) const SET_UP_CODE: &str = "7k2m-x4pq";

/// The letter's text; the sentence stands in it once.
pub(crate) const SENTENCE: &str = "Các chi bộ trực thuộc tổ chức hội nghị phổ biến trước ngày 20/12/2026.";

pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) by: Actor,
    folder: TempDir,
}

#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    /// How the address bar begins.
    scheme: &'static str,
    host: &'static str,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A form with files, as `multipart/form-data`.
pub(crate) struct File<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) bytes: &'a [u8],
}

fn noon() -> jiff::Timestamp {
    "2026-11-24T05:00:00Z".parse().unwrap()
}

/// A millisecond later with each look, so that what comes later is listed later. For one test: they would share it.
fn ticking() -> jiff::Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    noon() + jiff::SignedDuration::from_millis(LOOKS.fetch_add(1, Ordering::Relaxed))
}

impl Office {
    /// An installation on which nothing was set up yet.
    pub(crate) async fn empty() -> (App, TempDir) {
        Office::empty_in(TempDir::new().unwrap()).await
    }

    pub(crate) async fn empty_in(folder: TempDir) -> (App, TempDir) {
        let app = open(folder.path()).await;
        (app, folder)
    }

    pub(crate) async fn new() -> Office {
        Office::on(Network::Internet).await
    }

    pub(crate) async fn on(network: Network) -> Office {
        Office::in_folder(TempDir::new().unwrap(), network).await
    }

    pub(crate) async fn in_folder(folder: TempDir, network: Network) -> Office {
        let (app, folder) = Office::empty_in(folder).await;
        Office::set_up(app, folder, network).await
    }

    /// An office whose clock ticks, for the walk along all its pages.
    pub(crate) async fn that_ticks() -> Office {
        let folder = TempDir::new().unwrap();
        let app = App::open(Settings { clock: ticking, ..Settings::new(folder.path()) }).await.unwrap();
        Office::set_up(app, folder, Network::Internet).await
    }

    pub(crate) async fn set_up(app: App, folder: TempDir, network: Network) -> Office {
        let set_up = SetUp {
            template: "commune_party".to_owned(),
            place: "xã Tân Lũy".to_owned(),
            commune: None,
            person: "Nguyễn Thị Hạnh".to_owned(),
            network,
            units: None,
            account: Some(FirstAccount { login: "hanh".to_owned(), password: PASSWORD.to_owned() }),
        };
        app::office::set_up(&app, set_up).await.unwrap();
        let first = app::people::first(&app).await.unwrap().unwrap();
        let by = app::people::actor(&app, &first.id).await.unwrap().unwrap();
        Office { app, by, folder }
    }

    /// Stops the program and starts it anew in the same folder.
    pub(crate) async fn restart(&mut self) {
        self.app.close().await;
        self.app = open(self.folder.path()).await;
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A browser in which the person who set the office up is signed in.
    pub(crate) async fn browser(&self) -> Browser {
        let mut browser = self.stranger();
        browser.signs_in("hanh").await;
        browser
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn stranger(&self) -> Browser {
        assert!(self.folder.path().exists());
        browser(&self.app)
    }

    /// Gives a person an account: the name to sign in with.
    pub(crate) async fn account(&self, person: &PersonId) -> String {
        if let Some(account) = app::accounts::show(&self.app, person).await.unwrap() {
            return account.login;
        }
        let login = format!("p{}", person.as_str().replace('-', ""));
        let from = app::sessions::From::default();
        let invitation = app::accounts::invite(&self.app, &self.by, person, &login, &from).await.unwrap();
        app::accounts::accept(&self.app, &login, &invitation.code, PASSWORD, &from).await.unwrap();
        login
    }

    /// A session of a person with an account: its id, which is not its cookie.
    pub(crate) async fn session(&self, person: &PersonId) -> String {
        let (login, from) = (self.account(person).await, app::sessions::From::default());
        let entered = app::sessions::sign_in(&self.app, &login, PASSWORD, &from).await.unwrap();
        let app::sessions::Entered::In(signed) = entered else { panic!("{entered:?}") };
        app::sessions::find(&self.app, &signed.cookie).await.unwrap().unwrap().id
    }

    pub(crate) async fn person(&self, name: &str, unit: &str, role: Role) -> PersonId {
        let units = app::office::units(&self.app).await.unwrap();
        let unit = units.into_iter().find(|u| u.name == unit).unwrap().id;
        app::people::add(&self.app, &self.by, NewPerson { name: name.to_owned(), unit, roles: vec![role] }).await.unwrap()
    }

    /// Somebody of the Front.
    pub(crate) async fn of_front(&self) -> PersonId {
        let units = app::office::units(&self.app).await.unwrap();
        let unit = units.into_iter().find(|u| u.kind == UnitKind::Front).unwrap().name;
        self.person("Vũ Thị Sen", &unit, Role::Officer).await
    }

    /// Gives the person who set the office up a role in another unit: another administrator has to, and does it once.
    pub(crate) async fn gives_first(&self, unit: &UnitId, role: Role) {
        let other = self.person("Phạm Văn Nứa", "Đảng ủy xã Tân Lũy", Role::Admin).await;
        let by = app::people::actor(&self.app, &other).await.unwrap().unwrap();
        let new = NewGrant { person: self.by.person.clone(), unit: unit.clone(), roles: vec![role], subtree: false, until: None };
        app::people::grant(&self.app, &by, new).await.unwrap();
    }

    /// A letter whose one obligation goes to all cells; `mark` stands in every field that a letter fills.
    pub(crate) async fn letter(&self, mark: &str) -> LetterId {
        let m = |words: &str| format!("{words}{mark}");
        let text = format!("{mark}TỈNH ỦY SÔNG HỒNG\n{SENTENCE}{mark}\nNơi nhận: như trên.{mark}");
        let start = text.find(SENTENCE).unwrap();
        let read = ReadLetter {
            code: Some(m("15-CT/TU")),
            letter_type: Some(m("CT")),
            meta: LetterMeta {
                system: "party".to_owned(),
                issuer: Some(m("Tỉnh ủy Sông Hồng")),
                superior: Some(m("Trung ương")),
                place: Some(m("Sông Hồng")),
                subject: Some(m("Về an toàn thông tin")),
                to: vec![m("Các chi bộ")],
                copies: vec![m("Lưu")],
                purposes: vec![(m("Lưu"), m("để b/c"))],
                signer: Some(SignerMeta { authority: Some(m("T/M")), position: Some(m("Bí thư")), name: Some(m("Đỗ Văn Măng")) }),
                references: ["implements", "cites"]
                    .map(|relation| ReferenceMeta {
                        code: Some(m("1-NQ/TU")),
                        letter_type: Some(m("NQ")),
                        date: Some(m("2026")),
                        issuer: Some(m("TU")),
                        relation: relation.to_owned(),
                    })
                    .to_vec(),
                attachments: vec![m("Phụ lục")],
                topics: vec![(m("1.1"), m("Dấu hiệu"))],
                channels: vec![m("Loa")],
                ..LetterMeta::default()
            },
            obligations: vec![ReadObligation {
                span: start..start + SENTENCE.len(),
                words: ObligationText {
                    section: Some(m("2.1")),
                    text: m("Tổ chức hội nghị"),
                    quote: m(SENTENCE),
                    to: vec!["Các chi bộ trực thuộc".to_owned(), m("Ai nữa")],
                    reports_to: Some(m("Tỉnh ủy")),
                },
                needs: vec![Need::Meeting],
                confidence: 90,
                ..ReadObligation::default()
            }],
            text,
            ..ReadLetter::default()
        };
        let upload = Upload { name: m("chỉ thị.txt"), bytes: format!("x{mark}").into_bytes() };
        receive_read(&self.app, &self.by, upload, Direction::In, read).await.unwrap()
    }
}

async fn open(folder: &std::path::Path) -> App {
    App::open(Settings { clock: noon, ..Settings::new(folder) }).await.unwrap()
}

pub(crate) fn browser(app: &App) -> Browser {
    let plain = web::Settings::plain(HOST.parse().unwrap());
    browser_of(app, &web::Settings { set_up_code: Some(SET_UP_CODE.to_owned()), ..plain })
}

/// A browser before a server with other settings.
pub(crate) fn browser_of(app: &App, settings: &web::Settings) -> Browser {
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let router = web::router(app.clone(), settings).unwrap();
    Browser { router, cookies: Vec::new(), scheme, host: HOST }
}

impl Browser {
    /// The same browser, with another name of the server in its address bar.
    pub(crate) fn at(mut self, host: &'static str) -> Browser {
        self.host = host;
        self
    }

    /// Somebody whom nobody knows, before the same server.
    pub(crate) fn nobody(&self) -> Browser {
        Browser { cookies: Vec::new(), ..self.clone() }
    }

    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    pub(crate) async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, _) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(n, _)| n != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let body = to_bytes(body, 100 << 20).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let builder = Request::builder().method(method).uri(path).header(header::HOST, self.host);
        if cookies.is_empty() { builder } else { builder.header(header::COOKIE, cookies.join("; ")) }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = self.request("GET", path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// The page, which must be there.
    pub(crate) async fn page(&mut self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        assert!(answer.body.len() < 150_000, "{path} has {} bytes", answer.body.len());
        answer.text()
    }

    pub(crate) fn cookie(&self, name: &str) -> String {
        self.cookies.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Sets a cookie as an attacker would.
    pub(crate) fn plant(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(n, _)| n != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    /// Signs in, whoever was signed in before.
    pub(crate) async fn signs_in(&mut self, login: &str) {
        self.cookies.retain(|(name, _)| name != "luytre_session");
        let answer = self.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await;
        assert_eq!(answer.location("/sign-in"), "/");
    }

    /// Signs in as this person of the office.
    pub(crate) async fn becomes(&mut self, office: &Office, person: &PersonId) {
        let login = office.account(person).await;
        self.signs_in(&login).await;
    }

    /// The token of the forms this browser gets.
    pub(crate) async fn token(&mut self) -> String {
        let mut page = self.get("/").await;
        while page.status.is_redirection() {
            page = self.get(&page.location("/")).await;
        }
        between(&page.text(), "name=\"token\" value=\"", "\"").unwrap().to_owned()
    }

    /// Posts a form with its token, as our own pages do.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", &token).extend_pairs(fields);
        let builder = self.request("POST", path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = builder.header(header::ORIGIN, self.origin()).body(Body::from(form.finish())).unwrap();
        self.send(request).await
    }

    /// Posts exactly these fields.
    pub(crate) async fn post_exactly(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let builder = self.request("POST", path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = builder.header(header::ORIGIN, self.origin()).body(Body::from(body)).unwrap();
        self.send(request).await
    }

    /// Goes on at the same office after the program was started anew.
    pub(crate) fn goes_on(&mut self, app: &App) {
        self.router = browser(app).router;
    }

    /// A letter of the office that is confirmed and assigned: its page.
    pub(crate) async fn assigned(&mut self, office: &Office, mark: &str) -> String {
        let letter = format!("/letters/{}", office.letter(mark).await);
        self.act(&format!("{letter}/confirm"), &[]).await;
        self.act(&format!("{letter}/assign"), &[]).await;
        letter
    }

    /// Posts and follows the way back, which must be on this server.
    pub(crate) async fn act(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.post(path, fields).await;
        let to = answer.location(path);
        self.page(&to).await
    }

    pub(crate) async fn upload(&mut self, path: &str, files: &[File<'_>]) -> Answer {
        self.upload_with(path, files, &[("note", "kèm danh sách")]).await
    }

    /// Files with the other fields of their form.
    pub(crate) async fn upload_with(&mut self, path: &str, files: &[File<'_>], fields: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let fields: Vec<(&str, &str)> = [("token", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.upload_exactly(path, files, &fields).await
    }

    /// Files with exactly these fields, the first of which is the token.
    pub(crate) async fn upload_exactly(&mut self, path: &str, files: &[File<'_>], fields: &[(&str, &str)]) -> Answer {
        let (token, rest) = fields.split_first().unwrap();
        let mut body = field(token.0, token.1);
        for file in files {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{}\"\r\n", file.name).bytes());
            body.extend(format!("Content-Type: {}\r\n\r\n", file.kind).bytes());
            body.extend(file.bytes);
            body.extend(b"\r\n");
        }
        rest.iter().for_each(|(name, value)| body.extend(field(name, value)));
        body.extend(b"--cut--\r\n");
        let builder = self.request("POST", path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        let request = builder.header(header::ORIGIN, self.origin()).body(Body::from(body)).unwrap();
        self.send(request).await
    }
}

fn field(name: &str, value: &str) -> Vec<u8> {
    format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(crate) fn location(&self, path: &str) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{path}: {}", self.text());
        let to = self.header("location").to_owned();
        assert!(to.starts_with('/') && !to.starts_with("//"), "{to}");
        to
    }
}

/// The text between two marks, the first time they stand there.
pub(crate) fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(found, _)| found)
}
