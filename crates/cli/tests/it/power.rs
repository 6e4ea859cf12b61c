//! The real program, told to stop in the middle of work: what is under way is finished, a page that was open can still be
//! sent, and two of them never serve one folder. What a kill does to it is tried in `kill.rs`.

#![cfg(unix)]

use crate::http::{CLERK, Server, body, demo};
use crate::{err, luytre};
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn told_to_stop_it_finishes_what_is_under_way_and_open_pages_can_still_be_sent() {
    let (_folder, data) = demo();
    let mut server = Server::start(&data);
    let mut visitor = server.visitor();
    let token = visitor.signs_in(CLERK).unwrap();
    // A form that is half sent while the program is told to stop.
    let form = body(&[("token", &token), ("name", "Tổ dở dang"), ("kind", "party_cell"), ("unit", "")]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = visitor.head("POST", "/units");
    write!(stream, "{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n", form.len()).unwrap();
    stream.write_all(&form.as_bytes()[..20]).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    server.told_to_stop();
    std::thread::sleep(Duration::from_millis(300));
    stream.write_all(&form.as_bytes()[20..]).unwrap();
    let answer = visitor.answer(stream).expect("the answer that was under way");
    assert_eq!(answer.status, 303, "{}", answer.text);
    let began = Instant::now();
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(10), "stopping took {:?}", began.elapsed());

    let again = Server::start(&data);
    visitor.address = again.address.clone();
    let sent = visitor.form("/units", &[("token", &token), ("name", "Tổ mở từ trước"), ("kind", "party_cell"), ("unit", "")]).unwrap();
    assert_eq!(sent.status, 303, "the token of a page that was open before: {}", sent.text);
    let units = visitor.get("/units").unwrap().text;
    assert!(units.contains("Tổ dở dang") && units.contains("Tổ mở từ trước"));

    let second = luytre(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()]);
    assert_eq!(second.status.code(), Some(2));
    assert!(err(&second).contains("đang được một luytre khác phục vụ"), "{}", err(&second));
    assert_eq!(crate::out(&second), "", "no address and no code of a program that does not serve");
    assert_eq!(visitor.get("/").unwrap().status, 200, "the first goes on");
}
