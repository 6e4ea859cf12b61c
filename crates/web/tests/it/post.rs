//! A mail server of the tests' own, which takes every letter and keeps it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub(crate) struct Post {
    pub(crate) port: u16,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Post {
    pub(crate) fn start() -> Post {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = letters.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                talk(&stream, &kept);
            }
        });
        Post { port, letters }
    }

    /// The code in the last letter, which is taken out; `None` where it has none.
    pub(crate) fn code(&self) -> Option<String> {
        let text = text(&self.letters.lock().unwrap().pop()?);
        text.split(": ").nth(1)?.lines().next().map(str::to_owned)
    }
}

fn talk(stream: &TcpStream, letters: &Mutex<Vec<String>>) -> Option<()> {
    let mut say = stream;
    let mut lines = BufReader::new(stream).lines();
    write!(say, "220 test ESMTP\r\n").ok()?;
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "DATA" => {
                write!(say, "354 go on\r\n").ok()?;
                let text: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|l| l != ".").collect();
                letters.lock().unwrap().push(text.join("\n"));
                "250 taken"
            }
            "QUIT" => {
                write!(say, "221 bye\r\n").ok()?;
                return Some(());
            }
            _ => "250 ok",
        };
        write!(say, "{answer}\r\n").ok()?;
    }
    Some(())
}

/// The text of a letter, whose body is base64.
fn text(letter: &str) -> String {
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut n, mut bytes) = (0usize, 0, Vec::new());
    for value in letter.split_once("\n\n").unwrap().1.chars().filter_map(|sign| SIGNS.find(sign)) {
        (bits, n) = ((bits << 6 | value) & 0xFFFF, n + 6);
        if n >= 8 {
            n -= 8;
            bytes.push(u8::try_from(bits >> n & 0xFF).unwrap());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
