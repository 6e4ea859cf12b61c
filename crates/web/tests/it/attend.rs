//! Attacks on the one page that takes something from people without an account: names for a meeting, by its code.
//! Everybody in these tests comes from one address, as a hall behind one router does.

use app::meetings::NewMeeting;
use app::programme::ids::ActivityId;
use app::programme::model::ActivityKind;
use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::office::{Answer, Browser, HOST, Office};

const WAIT: &str = "quá nhiều tên";

/// A meeting on so many days from today: its id and the address on its poster.
async fn meeting(office: &Office, in_days: i64) -> (ActivityId, String) {
    let new = NewMeeting {
        kind: ActivityKind::CellMeeting,
        unit: office.by.unit.clone(),
        on: office.app.now().day().checked_add(jiff::Span::new().days(in_days)).unwrap(),
        title: "Sinh hoạt chi bộ".to_owned(),
        place: None,
        agenda: Vec::new(),
        letter: None,
        tasks: Vec::new(),
    };
    let id = app::meetings::plan(&office.app, &office.by, new).await.unwrap();
    let code = app::meetings::show(&office.app, &id).await.unwrap().unwrap().code.unwrap();
    (id, format!("/attend/{code}"))
}

async fn names(office: &Office, id: &ActivityId) -> Vec<String> {
    let view = app::meetings::show(&office.app, id).await.unwrap().unwrap();
    view.attendees.into_iter().filter_map(|a| a.name).collect()
}

async fn gives(phone: &mut Browser, at: &str, name: &str) -> Answer {
    phone.post(at, &[("name", name)]).await
}

fn form(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> axum::http::request::Builder {
    assert!(!fields.is_empty());
    browser.request("POST", path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn body(fields: &[(&str, &str)]) -> Body {
    Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish())
}

#[tokio::test]
async fn a_guesser_is_held_back_and_the_hall_behind_the_same_router_goes_on() {
    let office = Office::new().await;
    let (id, attend) = meeting(&office, 0).await;
    let mut guesser = office.stranger();
    for n in 0..50 {
        assert_eq!(guesser.get(&format!("/attend/AAAA{n:04}")).await.status, StatusCode::NOT_FOUND);
    }
    let barred = guesser.get("/attend/BBBBBBBB").await;
    assert_eq!(barred.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(barred.text().contains("Chờ 15 phút"), "{}", barred.text());
    let posted = gives(&mut guesser, "/attend/BBBBBBBB", "Kẻ Đoán").await;
    assert_eq!(posted.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut neighbour = office.stranger();
    neighbour.page(&attend).await;
    assert_eq!(gives(&mut neighbour, &attend, "Đảng viên Một").await.status, StatusCode::SEE_OTHER);
    assert_eq!(names(&office, &id).await, ["Đảng viên Một"]);
    office.stranger().signs_in("hanh").await;
}

#[tokio::test]
async fn a_code_of_any_shape_is_only_looked_up() {
    let office = Office::new().await;
    let (_, attend) = meeting(&office, 0).await;
    let code = attend.trim_start_matches("/attend/").to_owned();
    let shapes = ["%20", "%00", "..%2F..%2Fetc%2Fpasswd", "'%20or%201=1%20--", "%25", "%F0%9F%92%A9", "*", "____"].map(str::to_owned);
    // A part of a code, and a code with something behind it, are no codes.
    let near = [code[..7].to_owned(), format!("{code}A"), format!("{code}{code}"), "A".repeat(5000)];
    for shape in shapes.into_iter().chain(near) {
        let answer = office.stranger().get(&format!("/attend/{shape}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{shape}");
        assert!(!answer.text().contains("name=\"name\""), "{shape}: a form for nothing");
    }
    let not_text = office.stranger().get("/attend/%FF").await;
    assert!(not_text.status.is_client_error(), "{}", not_text.status);
}

#[tokio::test]
async fn one_phone_cannot_fill_the_list_and_the_next_phone_signs_in() {
    let office = Office::new().await;
    let (id, attend) = meeting(&office, 0).await;
    let mut flood = office.stranger();
    for n in 0..60 {
        assert_eq!(gives(&mut flood, &attend, &format!("Người Bịa {n}")).await.status, StatusCode::SEE_OTHER);
    }
    let refused = gives(&mut flood, &attend, "Người Bịa Nữa").await.text();
    assert!(refused.contains(WAIT) && refused.contains("value=\"Người Bịa Nữa\""), "{refused}");
    let mut next = office.stranger();
    assert_eq!(gives(&mut next, &attend, "Đảng viên Hai").await.status, StatusCode::SEE_OTHER);
    assert_eq!(names(&office, &id).await.len(), 61);
    // Whoever throws the mark away after every name is counted by the address, for this meeting only.
    let mut n_taken = 61;
    for n in 0..400 {
        let mut fresh = office.stranger();
        if gives(&mut fresh, &attend, &format!("Người Ma {n}")).await.status != StatusCode::SEE_OTHER {
            break;
        }
        n_taken += 1;
    }
    assert_eq!(n_taken, 300);
    let (_, other) = meeting(&office, 0).await;
    assert_eq!(gives(&mut office.stranger(), &other, "Đảng viên Ba").await.status, StatusCode::SEE_OTHER, "another meeting");
    // Those who hold the meeting write down whoever was kept out.
    let list = ["Đảng viên Bốn".to_owned()];
    assert_eq!(app::meetings::enter_names(&office.app, &office.by, &id, &list).await.unwrap(), 1);
}

#[tokio::test]
async fn trying_names_does_not_tell_who_is_there() {
    let office = Office::new().await;
    let (_, attend) = meeting(&office, 0).await;
    gives(&mut office.stranger(), &attend, "Nguyễn Văn Bình").await;
    let mut curious = office.stranger();
    for _ in 0..60 {
        assert!(gives(&mut curious, &attend, "nguyễn văn  bình").await.text().contains("đã có trong danh sách"));
    }
    let page = gives(&mut curious, &attend, "Nguyễn Văn Bình").await.text();
    assert!(page.contains(WAIT) && !page.contains("đã có trong danh sách"), "{page}");
}

#[tokio::test]
async fn what_stands_in_a_name_stays_text_and_in_one_line() {
    let office = Office::new().await;
    let (id, attend) = meeting(&office, 0).await;
    let mark = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
    let hostile = [mark, "=HYPERLINK(\"http://evil.example\")", "A\r\nSet-Cookie: x=1", "\u{202e}gnoud nas iab", "{{ 7*7 }}"];
    let mut phone = office.stranger();
    for name in hostile {
        let answer = gives(&mut phone, &attend, name).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
        assert!(answer.headers.get_all(header::SET_COOKIE).iter().all(|c| !c.to_str().unwrap().starts_with("x=")));
    }
    for nothing in ["", " \u{200b}\t", &"a".repeat(201)] {
        assert_eq!(gives(&mut office.stranger(), &attend, nothing).await.status, StatusCode::OK, "{nothing:?}");
    }
    let kept = names(&office, &id).await;
    assert_eq!(kept, [mark, hostile[1], "A Set-Cookie: x=1", "gnoud nas iab", "{{ 7*7 }}"]);
    let again = gives(&mut phone, &attend, mark).await.text();
    let mut browser = office.browser().await;
    for page in [again, browser.page(&format!("/meetings/{id}")).await, browser.page(&format!("/meetings/{id}/attendance")).await] {
        assert!(page.contains("&#60;script&#62;alert(1)"), "{page}");
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{page}");
    }
}

#[tokio::test]
async fn a_meeting_that_is_not_open_takes_no_name() {
    let office = Office::new().await;
    for in_days in [-2, 2] {
        let (id, attend) = meeting(&office, in_days).await;
        let answer = gives(&mut office.stranger(), &attend, "Đến Sai Ngày").await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{in_days}");
        assert!(answer.text().contains("chỉ nhận ghi tên từ ngày"), "{}", answer.text());
        assert!(names(&office, &id).await.is_empty());
    }
    let (id, attend) = meeting(&office, 0).await;
    app::meetings::call_off(&office.app, &office.by, &id, None).await.unwrap();
    let answer = gives(&mut office.stranger(), &attend, "Không Biết Hủy").await;
    assert_eq!((answer.status, names(&office, &id).await.len()), (StatusCode::CONFLICT, 0));
    let (id, attend) = meeting(&office, 0).await;
    let mut phone = office.stranger();
    assert_eq!(gives(&mut phone, &attend, "Đảng viên Một").await.status, StatusCode::SEE_OTHER);
    app::meetings::hold(&office.app, &office.by, &id, app::meetings::Held::default()).await.unwrap();
    // The very form that was taken before, sent once more after the list was closed.
    let answer = gives(&mut phone, &attend, "Đến Muộn").await;
    assert_eq!((answer.status, names(&office, &id).await.len()), (StatusCode::CONFLICT, 1));
}

#[tokio::test]
async fn a_form_that_comes_again_or_from_elsewhere_writes_nothing() {
    let office = Office::new().await;
    let (id, attend) = meeting(&office, 0).await;
    let mut phone = office.stranger();
    let token = phone.token().await;
    let own = format!("http://{HOST}");
    let send = async |phone: &mut Browser, fields: &[(&str, &str)], headers: &[(&str, &str)]| {
        let request = headers.iter().fold(form(phone, &attend, fields), |request, (name, value)| request.header(*name, *value));
        phone.send(request.body(body(fields)).unwrap()).await.status
    };
    let name = ("name", "Đảng viên Một");
    let good = [("token", token.as_str()), name];
    assert_eq!(send(&mut phone, &[name], &[("origin", &own)]).await, StatusCode::FORBIDDEN, "no token");
    let other = office.stranger().token().await;
    assert_eq!(send(&mut phone, &[("token", &other), name], &[("origin", &own)]).await, StatusCode::FORBIDDEN, "another's token");
    assert_eq!(send(&mut phone, &good, &[("origin", "http://evil.example")]).await, StatusCode::FORBIDDEN);
    assert_eq!(send(&mut phone, &good, &[("origin", &own), ("sec-fetch-site", "cross-site")]).await, StatusCode::FORBIDDEN);
    assert!(names(&office, &id).await.is_empty());
    assert_eq!(send(&mut phone, &good, &[("origin", &own)]).await, StatusCode::SEE_OTHER);
    assert_eq!(send(&mut phone, &good, &[("origin", &own)]).await, StatusCode::OK, "the same name is not taken twice");
    assert_eq!(names(&office, &id).await, ["Đảng viên Một"]);
}

#[tokio::test]
async fn the_code_opens_nothing_but_its_page() {
    let office = Office::new().await;
    let (id, attend) = meeting(&office, 0).await;
    let mut phone = office.stranger();
    gives(&mut phone, &attend, "Đảng viên Một").await;
    assert!(!phone.page(&attend).await.contains("Đảng viên Một"), "names are for those who may see the meeting");
    for path in ["", "/attendance", "/minutes", "/poster", "/pack.docx"] {
        let answer = phone.get(&format!("/meetings/{id}{path}")).await;
        assert!(answer.location(path).starts_with("/sign-in?to="), "{path}");
    }
}
