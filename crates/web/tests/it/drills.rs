//! Drills from outside: what the pages show to whom, and what stands behind the link of a letter.

use app::mail::{MailSettings, Secured};
use app::programme::ids::{ActivityId, PersonId};
use app::programme::model::{Actor, Digest, Role};
use axum::body::Body;
use axum::http::{StatusCode, header};
use sqlx::Connection as _;

use crate::office::{Browser, File, Office, between};
use crate::rights::drill_of;
use crate::sink::{Sink, text};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

pub(crate) fn mail_settings(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port,
        secured: Secured::None,
        authority: None,
        user: String::new(),
        sender: "luytre@xa.vn".to_owned(),
        sender_name: "Đảng ủy xã Tân Lũy".to_owned(),
        address: "https://luytre.xa.vn".to_owned(),
        at: jiff::civil::time(7, 30, 0, 0),
    }
}

/// Where the reader of the last letter that told of a drill leaves.
pub(crate) fn way_out(server: &Sink) -> String {
    let letter = text(&server.take().unwrap());
    letter.split("/drills/leave/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

/// Gives a letter a token that the test knows: only its digest is kept.
pub(crate) async fn plant(office: &Office, number: i64, token: &str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(office.path().join("luytre.db"));
    let mut db = sqlx::sqlite::SqliteConnection::connect_with(&options).await.unwrap();
    let planted = "update drill_recipient set token = $2, state = 'sent', sent_at = '2026-11-24T04:00:00.000Z' where number = $1";
    let planted = sqlx::query(planted).bind(number).bind(Digest::of(token.as_bytes()).to_string()).execute(&mut db).await.unwrap();
    assert_eq!(planted.rows_affected(), 1);
    db.close().await.unwrap();
}

struct Drill {
    office: Office,
    head: PersonId,
    id: ActivityId,
    _server: Sink,
}

impl Drill {
    /// Started for some days on, with twelve addresses, of which the fourth has got its letter.
    async fn begun() -> Drill {
        let office = Office::new().await;
        let server = Sink::start();
        let (app, by) = (&office.app, &office.by);
        app::mail::set(app, by, mail_settings(server.port), None).await.unwrap();
        app::drills::add_domain(app, by, "xa.vn").await.unwrap();
        let id = app::drills::plan(app, by, drill_of(app)).await.unwrap();
        let list: String = (1..=12).map(|n| format!("n{n}@xa.vn\n")).collect();
        app::drills::enter(app, by, &id, &list).await.unwrap();
        let head = office.person("Đỗ Thị Sen", "Đảng ủy xã Tân Lũy", Role::Head).await;
        let sen: Actor = app::people::actor(app, &head).await.unwrap().unwrap();
        let read = app::drills::show(app, &sen, &id).await.unwrap().unwrap().read;
        app::drills::approve(app, &sen, &id, &read, None).await.unwrap();
        app::drills::announce(app, by, &id, Some(app.now().day())).await.unwrap();
        app::drills::start(app, by, &id).await.unwrap();
        plant(&office, 4, TOKEN).await;
        Drill { office, head, id, _server: server }
    }

    fn page(&self) -> String {
        format!("/drills/{}", self.id)
    }
}

async fn comes(browser: &mut Browser, method: &str, path: &str, agent: &str) -> crate::office::Answer {
    let request = browser.request(method, path).header(header::USER_AGENT, agent).header(header::ACCEPT, "text/html,*/*;q=0.8");
    browser.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_page_behind_the_link_has_nothing_to_fill_in_and_sets_no_cookie() {
    let drill = Drill::begun().await;
    let mut signed_in = drill.office.browser().await;
    for browser in [&mut drill.office.stranger(), &mut signed_in] {
        let answer = comes(browser, "GET", &format!("/d/{TOKEN}"), FIREFOX).await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = answer.text();
        assert!(page.contains("Đây là thư diễn tập") && page.contains("Tổ bếp ăn"), "{page}");
        for element in ["<input", "<form", "<textarea", "<select", "<button", "<iframe", "<img", "contenteditable"] {
            assert!(!page.contains(element), "{element}: {page}");
        }
        assert!(answer.headers.get(header::SET_COOKIE).is_none(), "nobody is marked");
        assert!(page.contains(&format!("href=\"/report-mail?link={TOKEN}\"")), "{page}");
        assert!(!page.contains("n4@xa.vn"), "{page}");
    }
    let gone = comes(&mut drill.office.stranger(), "GET", &format!("/d/{}", "f".repeat(32)), FIREFOX).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.text().contains("Liên kết không còn") && !gone.text().contains("<input"), "{}", gone.text());
}

#[tokio::test]
async fn a_scanner_is_no_person_and_a_report_is_thanked_for() {
    let drill = Drill::begun().await;
    let mut browser = drill.office.stranger();
    let link = format!("/d/{TOKEN}");
    assert_eq!(comes(&mut browser, "HEAD", &link, FIREFOX).await.status, StatusCode::OK);
    comes(&mut browser, "GET", &link, "Barracuda Sentinel").await;
    let seen = async |column: &'static str| {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(drill.office.path().join("luytre.db"));
        let mut db = sqlx::sqlite::SqliteConnection::connect_with(&options).await.unwrap();
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new("select count(*) from drill_recipient where ");
        query.push(column).push(" is not null");
        let (n,): (i64,) = query.build_query_as().fetch_one(&mut db).await.unwrap();
        db.close().await.unwrap();
        n
    };
    assert_eq!((seen("machine_at").await, seen("visited_at").await), (1, 0));
    comes(&mut browser, "GET", &link, FIREFOX).await;
    assert_eq!((seen("visited_at").await, seen("reported_at").await), (1, 0));
    let form = browser.page(&format!("/report-mail?link={TOKEN}")).await;
    assert!(form.contains(&format!("/d/{TOKEN}</textarea>")), "{form}");
    let hostile = browser.page("/report-mail?link=%3Cscript%3E").await;
    assert!(!hostile.contains("script>alert") && hostile.contains("></textarea>"), "{hostile}");
    let thanks = browser.post("/report-mail", &[("text", &format!("Nhờ xem giúp http://x/d/{TOKEN}"))]).await.text();
    assert!(thanks.contains("Cảm ơn bạn đã báo") && !thanks.contains("Nhờ xem giúp"), "{thanks}");
    assert_eq!(seen("reported_at").await, 1);
    let real =
        browser.post("/report-mail", &[("text", "VCB: tai khoan bi khoa, xac thuc tai https://vietc0mbank-vn.top ngay")]).await.text();
    assert!(real.contains("NGUY HIỂM") && real.contains("Báo cho ai"), "{real}");
}

#[tokio::test]
async fn nobody_but_who_runs_drills_and_the_head_sees_one() {
    let drill = Drill::begun().await;
    let mut head = drill.office.stranger();
    head.becomes(&drill.office, &drill.head).await;
    let page = head.page(&drill.page()).await;
    assert!(page.contains("DỪNG NGAY") && page.contains("không dùng để nhận xét"), "{page}");
    assert!(!page.contains("@xa.vn"), "addresses stand on no page of the drill: {page}");
    assert_eq!(head.get(&format!("{}/letters", drill.page())).await.status, StatusCode::FORBIDDEN);
    for (unit, role) in [("Chi bộ thôn 1", Role::Head), ("Đảng ủy xã Tân Lũy", Role::Learner), ("Đảng ủy xã Tân Lũy", Role::Clerk)]
    {
        let person = drill.office.person("Người Xem", unit, role).await;
        let mut other = drill.office.stranger();
        other.becomes(&drill.office, &person).await;
        for path in ["/drills".to_owned(), drill.page(), format!("{}/sheet.docx", drill.page())] {
            assert_eq!(other.get(&path).await.status, StatusCode::FORBIDDEN, "{path} {unit} {role}");
        }
        assert!(other.page("/manage").await.contains("/drills/opt-out"), "but everybody may stay out");
    }
    let mut runs = drill.office.browser().await;
    let page = runs.act(&format!("{}/stop", drill.page()), &[("reason", "nhầm danh sách")]).await;
    assert!(page.contains("Đã dừng") && page.contains("nhầm danh sách"), "{page}");
}

#[tokio::test]
async fn wrong_lines_come_back_with_their_numbers_and_the_list_with_them() {
    let office = Office::new().await;
    app::drills::add_domain(&office.app, &office.by, "xa.vn").await.unwrap();
    let mut browser = office.browser().await;
    let far = [("title", "Đợt một"), ("lure", "canteen"), ("from", "26/11/9999"), ("until", "28/11/9999"), ("per_s", "50")];
    assert!(browser.post("/drills", &far).await.text().contains("Năm này quá xa"));
    let soon = [("title", "Đợt một"), ("lure", "canteen"), ("from", "26/11/2026"), ("until", "28/11/2026"), ("per_s", "50")];
    let soon = browser.post("/drills", &soon).await.text();
    assert!(soon.contains("Ngày đầu quá gần"), "{soon}");
    let new = [("title", "Đợt một"), ("lure", "canteen"), ("from", "30/11/2026"), ("until", "20/12/2026"), ("per_s", "50")];
    let long = browser.post("/drills", &new).await.text();
    assert!(long.contains("nhiều nhất 14 ngày") && long.contains("value=\"Đợt một\""), "{long}");
    let at = browser.post("/drills", &[&new[..3], &[("until", "01/12/2026"), ("per_s", "50")]].concat()).await.location("/drills");
    let drill = at.split('?').next().unwrap().to_owned();
    let list = "n1@xa.vn\nn2@gmail.com\n";
    let none = File { name: "", kind: "", bytes: b"" };
    let back = browser.upload_with(&format!("{drill}/addresses"), &[none], &[("list", list)]).await.text();
    assert!(back.contains("Dòng 2") && back.contains("n2@gmail.com") && back.contains("n1@xa.vn"), "{back}");
    let csv: String = (1..=11).map(|n| format!("n{n}@xa.vn;Chi bộ thôn 1\r\n")).collect();
    let file = File { name: "ds.csv", kind: "text/csv", bytes: csv.as_bytes() };
    let to = browser.upload_with(&format!("{drill}/addresses"), &[file], &[("list", "")]).await.location("addresses");
    assert!(to.ends_with("?done=drill-list&n=11"), "{to}");
    let page = browser.page(&drill).await;
    assert!(between(&page, "Chi bộ thôn 1</dt><dd>", "<") == Some("11"), "{page}");
    assert!(page.contains("Chờ người đứng đầu duyệt") || page.contains("Duyệt đợt diễn tập"), "{page}");
}

#[tokio::test]
async fn a_way_out_asks_first_and_a_foreign_one_leads_nowhere() {
    let drill = Drill::begun().await;
    let mut browser = drill.office.stranger();
    let foreign = format!("/drills/leave/{}.4.{}", drill.id, "0".repeat(32));
    assert_eq!(browser.get(&foreign).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post(&foreign, &[]).await.status, StatusCode::NOT_FOUND);
    let mut mine = drill.office.browser().await;
    for part in ["out", "in"] {
        let other = mine.post("/drills/opt-out", &[("address", "n4@xa.vn"), ("part", part)]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(other.text().contains("Chỉ chủ địa chỉ mới chọn đứng ngoài hoặc nhận lại") && other.text().contains("value=\"n4@xa.vn\""));
    }
    assert!(!app::drills::is_out(&drill.office.app, "n4@xa.vn").await.unwrap(), "nobody takes somebody else out");
    let wrong = mine.post("/drills/opt-out", &[("address", "khong-phai"), ("part", "out")]).await.text();
    assert!(wrong.contains("Địa chỉ thư không đúng dạng"), "{wrong}");
}
