//! Visitors who hold what the server has, on purpose or because of their line: places for connections, memory for what they
//! send, the end of the program. Others go on meanwhile, and a slow line gets its time.

use std::convert::Infallible;
use std::task::Poll;
use std::time::{Duration, Instant};

use app::programme::model::Role;
use app::tokens::Purpose;
use axum::body::Body;
use axum::http::{StatusCode, header};
use futures_util::StreamExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::Limits;

use crate::office::{Answer, Browser, File, HOST, Office, between, browser_of};

const MS: fn(u64) -> Duration = Duration::from_millis;

/// An installation behind a socket, until it is told to stop.
struct Served {
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    ends: JoinHandle<()>,
    _folder: Option<tempfile::TempDir>,
}

async fn served(limits: Limits, tls: bool) -> Served {
    let (app, folder) = Office::empty().await;
    let tls = tls.then(|| web::Tls::own(&folder.path().join("tls"), &["localhost".to_owned()]).unwrap());
    Served { _folder: Some(folder), ..behind_socket(app, limits, tls).await }
}

async fn behind_socket(app: app::App, limits: Limits, tls: Option<web::Tls>) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let settings = web::Settings { limits, tls, ..web::Settings::plain(address) };
    let (stop, stopped) = oneshot::channel::<()>();
    let ends = tokio::spawn(async move {
        let stopped = async { stopped.await.unwrap_or_default() };
        web::serve(app, listener, &settings, stopped).await.unwrap();
    });
    Served { port: address.port(), stop: Some(stop), ends, _folder: None }
}

impl Served {
    fn head(&self, path: &str, more: &str) -> String {
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{more}\r\n", self.port)
    }

    async fn sent(&self, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream
    }

    async fn page(&self, path: &str) -> String {
        let stream = self.sent(&self.head(path, "Connection: close\r\n")).await;
        let answer = tokio::time::timeout(Duration::from_secs(5), all(stream)).await.expect("an answer meanwhile");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Connections that ask for so many megabytes and take none of them.
    async fn takes_nothing(&self, n: usize) -> (Vec<TcpStream>, usize) {
        let asset = format!("/assets/{}/style.css", between(&self.page("/setup").await, "href=\"/assets/", "/").unwrap());
        let asked = self.head(&asset, "").repeat(500);
        let mut held = Vec::new();
        for _ in 0..n {
            let socket = TcpSocket::new_v4().unwrap();
            socket.set_recv_buffer_size(2048).unwrap();
            let mut stream = socket.connect(([127, 0, 0, 1], self.port).into()).await.unwrap();
            stream.write_all(asked.as_bytes()).await.unwrap();
            held.push(stream);
        }
        (held, 500 * self.page(&asset).await.len())
    }
}

/// What comes until the server ends the connection, with a reset or without.
async fn all(mut stream: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    answer
}

#[tokio::test]
async fn an_answer_that_is_not_taken_ends() {
    let server = served(Limits { answer_silence: MS(1500), ..Limits::default() }, false).await;
    let (held, whole) = server.takes_nothing(20).await;
    tokio::time::sleep(MS(4000)).await;
    let ends = futures_util::future::join_all(held.into_iter().map(all));
    let taken = tokio::time::timeout(MS(5000), ends).await.expect("all of them were ended");
    for answer in taken {
        assert!(answer.len() < whole / 2, "{} of {whole} bytes came", answer.len());
    }
}

#[tokio::test]
async fn who_takes_nothing_makes_room_when_all_places_are_taken() {
    let limits =
        Limits { places: 60, stalled: MS(500), first_words: MS(2000), answer_silence: Duration::from_secs(60), ..Limits::default() };
    let server = served(limits, false).await;
    let (mut held, _) = server.takes_nothing(50).await;
    tokio::time::sleep(MS(1000)).await;
    for _ in 0..3 {
        held.extend(server.takes_nothing(50).await.0);
        let health = server.page("/health").await;
        assert!(health.starts_with("HTTP/1.1 200"), "{health}");
    }
    assert_eq!(held.len(), 200);
}

#[tokio::test]
async fn told_to_stop_it_waits_only_for_answers_under_way() {
    let mut server = served(Limits::default(), false).await;
    let mut kept = server.sent(&server.head("/health", "")).await;
    kept.read_exact(&mut [0; 15]).await.unwrap();
    let silent = server.sent("").await;
    let half = server.sent("GET /health HTTP/1.1\r\nHos").await;
    let post = format!(
        "POST /language HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\n\r\na=",
        server.port
    );
    let mut under_way = server.sent(&post).await;
    tokio::time::sleep(MS(300)).await;
    server.stop.take().unwrap().send(()).unwrap();
    let idle = futures_util::future::join_all([kept, silent, half].map(all));
    tokio::time::timeout(MS(2000), idle).await.expect("connections that wait for nothing are closed");
    tokio::time::sleep(MS(300)).await;
    assert!(!server.ends.is_finished(), "an answer is under way");
    under_way.write_all(b"1&").await.unwrap();
    let answer = String::from_utf8(all(under_way).await).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"), "the form was read, and has no token: {answer}");
    tokio::time::timeout(MS(2000), server.ends).await.expect("nothing more is waited for").unwrap();
}

#[tokio::test]
async fn told_to_stop_it_waits_for_no_handshake() {
    let mut server = served(Limits::default(), true).await;
    let _held = [server.sent("").await, server.sent("\x16\x03\x01").await];
    tokio::time::sleep(MS(200)).await;
    server.stop.take().unwrap().send(()).unwrap();
    tokio::time::timeout(MS(2000), server.ends).await.expect("nobody is waited for").unwrap();
}

/// An office with a task, in which the visitors share one server with these limits.
struct Sending {
    office: Office,
    first: Browser,
    second: Browser,
    task: String,
}

async fn sending(limits: Limits) -> Sending {
    let office = Office::new().await;
    let settings = web::Settings { limits, ..web::Settings::plain(HOST.parse().unwrap()) };
    let stranger = browser_of(&office.app, &settings);
    let (mut first, mut second) = (stranger.clone(), stranger);
    first.signs_in("hanh").await;
    let cells = office.person("Trần Văn Tre", "Đảng ủy xã Tân Lũy", Role::Admin).await;
    second.becomes(&office, &cells).await;
    first.assigned(&office, "").await;
    let tasks = first.page("/tasks").await;
    let task = between(&tasks, "href=\"/tasks/", "\"").unwrap().to_owned();
    Sending { office, first, second, task }
}

/// A file that comes in these pieces, each after this time. Where it is held, nothing more comes until its sender goes away.
fn pieces(token: &str, pieces: Vec<(Duration, Vec<u8>)>, held: Option<oneshot::Receiver<()>>) -> (Body, usize) {
    let file = "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n";
    let head = format!("--cut\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n{file}");
    let tail = held.is_none().then(|| (Duration::ZERO, b"\r\n--cut--\r\n".to_vec()));
    let all = [(Duration::ZERO, head.into_bytes())].into_iter().chain(pieces).chain(tail);
    let length = all.clone().map(|(_, piece)| piece.len()).sum();
    let stream = futures_util::stream::iter(all).then(|(after, piece)| async move {
        tokio::time::sleep(after).await;
        Ok::<_, Infallible>(piece)
    });
    let goes_away = futures_util::stream::once(async {
        if let Some(held) = held {
            held.await.ok();
        }
        Ok(Vec::new())
    });
    (Body::from_stream(stream.chain(goes_away)), length)
}

impl Browser {
    /// Sends a body, in the background.
    async fn sends(&mut self, path: &str, body: impl FnOnce(&str) -> (Body, usize)) -> JoinHandle<Answer> {
        let token = self.token().await;
        let (body, length) = body(&token);
        let builder = self.request("POST", path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        let request = builder.header(header::ORIGIN, self.origin()).header(header::CONTENT_LENGTH, length).body(body).unwrap();
        let mut browser = self.clone();
        tokio::spawn(async move { browser.send(request).await })
    }
}

fn megabyte() -> Vec<(Duration, Vec<u8>)> {
    // Nothing in it ends a line: what could be the beginning of an end is held back.
    vec![(Duration::ZERO, vec![b'x'; 1 << 16]); 16]
}

const SMALL: &[File<'_>] = &[File { name: "b.txt", kind: "text/plain", bytes: "Biên bản họp chi bộ".as_bytes() }];

#[tokio::test]
async fn one_person_has_two_uploads_under_way_and_others_send_meanwhile() {
    let limits = Limits { room_wait: MS(700), stalled: Duration::from_secs(60), ..Limits::default() };
    let Sending { office, mut first, mut second, task } = sending(limits).await;
    let path = format!("/tasks/{task}/evidence");
    let mut held = Vec::new();
    for _ in 0..2 {
        let (stays, goes) = oneshot::channel();
        held.push((stays, first.sends(&path, |token| pieces(token, megabyte(), Some(goes))).await));
    }
    tokio::time::sleep(MS(200)).await;
    let third = first.upload(&path, SMALL).await;
    assert_eq!((third.status, third.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "60"));
    assert!(third.text().contains("Máy chủ đang nhận quá nhiều tệp") && !third.text().contains("Mật khẩu và mã"), "{}", third.text());
    let programs = crate::api::token(&office, &office.by.person, Purpose::Evidence).await;
    let api = crate::api::hand_in(&mut first, &programs, &format!("/api/v1/tasks/{task}/evidence"), "b.txt", b"x").await;
    assert_eq!((api.status, api.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "60"), "{}", api.text());
    assert!(api.text().contains("\"crowded\""), "{}", api.text());
    second.page("/tasks").await;
    assert_ne!(second.upload("/letters/new", SMALL).await.status, StatusCode::SERVICE_UNAVAILABLE, "somebody else");
    let (stays, first_one) = held.remove(0);
    drop(stays);
    first_one.await.unwrap();
    first.upload(&path, SMALL).await.location(&path);
}

#[tokio::test]
async fn room_for_what_is_sent_has_an_end_and_who_stands_still_loses_it() {
    let mega = 1 << 20;
    let tight = Limits { room_bytes: 3 * mega, room_of_one_bytes: 3 * mega, room_wait: MS(500), ..Limits::default() };
    let patient = Limits { stalled: Duration::from_secs(60), ..tight.clone() };
    let Sending { office: _office, mut first, mut second, task, .. } = sending(patient).await;
    let path = format!("/tasks/{task}/evidence");
    let two = || [megabyte(), megabyte()].concat();
    let (stays, goes) = oneshot::channel();
    let held = first.sends(&path, |token| pieces(token, two(), Some(goes))).await;
    tokio::time::sleep(MS(300)).await;
    let body = |token: &str| pieces(token, two(), None);
    let answer = second.sends("/letters/new", body).await.await.unwrap();
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
    second.upload("/letters/new", SMALL).await.location("a small one still fits, and what was refused has left");
    drop(stays);
    assert_eq!(held.await.unwrap().status, StatusCode::UNPROCESSABLE_ENTITY, "it breaks off");

    let hasty = Limits { stalled: MS(200), room_wait: MS(3000), ..tight };
    let Sending { office: _office, mut first, mut second, task, .. } = sending(hasty).await;
    let path = format!("/tasks/{task}/evidence");
    let (_stays, goes) = oneshot::channel();
    let held = first.sends(&path, |token| pieces(token, two(), Some(goes))).await;
    let answer = second.sends("/letters/new", body).await.await.unwrap();
    assert_ne!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
    let ended = held.await.unwrap();
    assert_eq!(ended.status, StatusCode::UNPROCESSABLE_ENTITY, "it stood still while somebody waited: {}", ended.text());

    // More than fits comes together: none of them is refused because all have half of what they need.
    let slowly = || vec![(MS(10), vec![b'y'; 1 << 16]); 32];
    let body = |token: &str| pieces(token, slowly(), None);
    let both = [first.sends("/letters/new", body).await, second.sends("/letters/new", body).await];
    for answer in futures_util::future::join_all(both).await {
        assert_ne!(answer.unwrap().status, StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn an_upload_that_trickles_ends_and_one_that_comes_slowly_is_taken() {
    let limits = Limits { body_start: MS(1000), upload_time: MS(4000), least_bytes_per_s: 1024, ..Limits::default() };
    let Sending { office: _office, mut first, task, .. } = sending(limits).await;
    let path = format!("/tasks/{task}/evidence");
    let every = |ms: u64, bytes: usize, n: usize| vec![(MS(ms), vec![b'x'; bytes]); n];
    let began = Instant::now();
    let trickle = first.sends(&path, |token| pieces(token, every(100, 10, 100), None)).await;
    let slow = first.sends(&path, |token| pieces(token, every(100, 400, 25), None)).await;
    assert_eq!(trickle.await.unwrap().status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(began.elapsed() < MS(2400), "{:?}", began.elapsed());
    slow.await.unwrap().location("four kilobytes in a second");
    assert!(began.elapsed() >= MS(2400), "{:?}", began.elapsed());
    let endless = first.sends(&path, |token| pieces(token, every(100, 4000, 100), None)).await;
    let began = Instant::now();
    assert_eq!(endless.await.unwrap().status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(began.elapsed() < MS(5000), "{:?}", began.elapsed());
}

/// A form whose length nobody says and which does not end.
fn endless(builder: axum::http::request::Builder) -> axum::http::Request<Body> {
    let stream = futures_util::stream::iter([Ok::<_, Infallible>("a=")]).chain(futures_util::stream::pending());
    builder.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from_stream(stream)).unwrap()
}

#[tokio::test]
async fn strangers_with_slow_forms_hold_up_nobody() {
    let Sending { office, mut first, .. } = sending(Limits { room_wait: MS(500), ..Limits::default() }).await;
    let mut held = Vec::new();
    for _ in 0..40 {
        let mut slow = first.nobody();
        let request = endless(slow.request("POST", "/sign-in"));
        held.push(tokio::spawn(async move { slow.send(request).await }));
    }
    tokio::time::sleep(MS(200)).await;
    let began = Instant::now();
    let pad = "a".repeat(100_000);
    let unit = office.by.unit.to_string();
    first.post("/account/acting", &[("unit", &unit), ("pad", &pad)]).await.location("a long form of somebody who is known");
    first.nobody().signs_in("hanh").await;
    assert!(began.elapsed() < MS(3000), "{:?}", began.elapsed());
    tokio::time::sleep(MS(600)).await;
    let refused = held.iter().filter(|held| held.is_finished()).count();
    assert_eq!(refused, 32, "one address has eight of them under way");
    for held in held.into_iter().filter(JoinHandle::is_finished) {
        assert_eq!(held.await.unwrap().status, StatusCode::SERVICE_UNAVAILABLE);
    }
    let long = first.nobody().post("/sign-in", &[("login", "hanh"), ("password", &pad)]).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(long.text().contains("Nội dung quá dài") && !long.text().contains("Tệp"), "{}", long.text());
}

/// A file whose bytes are all there, with their end, when they are looked for the second time.
fn between_two_looks(token: &str) -> (Body, usize) {
    let head = format!("--cut\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n");
    let file = "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nBiên bản\r\n--cut--\r\n";
    let mut whole = Some([head.as_bytes(), file.as_bytes()].concat());
    let length = whole.as_ref().map_or(0, Vec::len);
    let mut looks = 0;
    let stream = futures_util::stream::poll_fn(move |cx| {
        looks += 1;
        if looks == 1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(whole.take().map(Ok::<_, Infallible>))
    });
    (Body::from_stream(stream), length)
}

#[tokio::test]
async fn an_upload_that_comes_all_at_once_a_moment_late_is_taken() {
    let Sending { office: _office, mut first, task, .. } = sending(Limits::default()).await;
    let path = format!("/tasks/{task}/evidence");
    first.sends(&path, between_two_looks).await.await.unwrap().location(&path);
}

#[tokio::test]
async fn a_connection_goes_on_after_an_upload_whose_last_bytes_come_late() {
    let office = Office::new().await;
    let token = crate::api::token(&office, &office.by.person, Purpose::Evidence).await;
    let server = behind_socket(office.app.clone(), Limits::default(), None).await;
    let body = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nBiên bản\r\n--cut--\r\n";
    let address = format!("POST /api/v1/tasks/letter.obligation.once/evidence HTTP/1.1\r\nHost: 127.0.0.1:{}", server.port);
    let kind = "Content-Type: multipart/form-data; boundary=cut";
    let head = format!("{address}\r\nAuthorization: Bearer {token}\r\n{kind}\r\nContent-Length: {}\r\n\r\n", body.len());
    let mut stream = server.sent("").await;
    for late in [2, 4, 6] {
        let (first, last) = body.split_at(body.len() - late);
        for piece in [&head, first, last] {
            stream.write_all(piece.as_bytes()).await.unwrap();
            tokio::time::sleep(MS(100)).await;
        }
        let mut answer = [0; 4096];
        let n = stream.read(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..n]);
        assert!(answer.starts_with("HTTP/1.1 404 ") && !answer.contains("onnection: close"), "{answer}");
    }
}
