//! Visitors who send too much, too slowly or nothing at all, over real connections: none of them holds the server.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::office::Office;

/// An empty installation behind a socket: its port. It serves until the test is over.
async fn served() -> (u16, tempfile::TempDir) {
    let (app, folder) = Office::empty().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { web::serve(app, listener, &web::Settings::plain(address), std::future::pending::<()>()).await });
    (address.port(), folder)
}

async fn sent(port: u16, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

/// All that comes until the server ends the connection.
async fn answered(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection may end with a reset when the server did not take all that was sent.
    stream.read_to_end(&mut answer).await.ok();
    String::from_utf8_lossy(&answer).into_owned()
}

fn post(port: u16, path: &str, more: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n{more}\r\n\r\n")
}

#[tokio::test]
async fn a_form_that_is_too_long_is_refused_before_it_is_sent() {
    let (port, _folder) = served().await;
    for path in ["/sign-in", "/sign-in/code", "/language", "/invitation", "/setup", "/attend/ABCDEFGH"] {
        let stream = sent(port, post(port, path, "Content-Length: 62914560").as_bytes()).await;
        let answer = tokio::time::timeout(Duration::from_secs(5), answered(stream)).await.expect("an answer at once");
        assert!(answer.starts_with("HTTP/1.1 413"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn who_is_refused_while_sending_still_reads_why() {
    let (port, _folder) = served().await;
    let mut stream = sent(port, post(port, "/sign-in", "Content-Length: 62914560").as_bytes()).await;
    for _ in 0..320 {
        stream.write_all(&[b'a'; 1 << 16]).await.expect("the server reads on");
    }
    let answer = answered(stream).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("Nội dung quá dài"), "{answer}");
}

#[tokio::test]
async fn a_form_without_an_end_ends_after_a_megabyte() {
    let (port, _folder) = served().await;
    let mut stream = sent(port, post(port, "/sign-in", "Transfer-Encoding: chunked").as_bytes()).await;
    let chunk = [b"10000\r\n".to_vec(), vec![b'a'; 0x10000], b"\r\n".to_vec()].concat();
    let mut taken = 0;
    while taken < 256 << 20 && stream.write_all(&chunk).await.is_ok() {
        taken += chunk.len();
    }
    // What is read away after the answer, so that it can be read, and what lies in the buffers of the two sockets was not kept.
    assert!(taken < 80 << 20, "{taken} bytes went out");
}

#[tokio::test]
async fn who_sends_nothing_is_shown_out_and_others_come_in_meanwhile() {
    let (port, _folder) = served().await;
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let began = Instant::now();
    let mut held = Vec::new();
    for _ in 0..50 {
        held.push(sent(port, b"").await);
        held.push(sent(port, format!("GET /health HTTP/1.1\r\n{host}X-Slow: ").as_bytes()).await);
        // Kept open after a first answer.
        held.push(sent(port, format!("GET /health HTTP/1.1\r\n{host}\r\n").as_bytes()).await);
    }
    let visitor = sent(port, format!("GET /health HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes()).await;
    let answer = tokio::time::timeout(Duration::from_secs(5), answered(visitor)).await.expect("an answer meanwhile");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let ends = futures_util::future::join_all(held.into_iter().map(answered));
    tokio::time::timeout(Duration::from_secs(30), ends).await.expect("all of them were shown out");
    assert!(began.elapsed() > Duration::from_secs(5), "a slow line is given its time");
}
