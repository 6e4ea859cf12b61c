//! A mail server of the tests' own, which keeps every letter it takes, in whatever mood it is.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Fine,
    WrongPassword,
    SenderRefused,
    RecipientRefused,
    Later,
    /// Takes the letter and never says so.
    Silent,
}

/// A mail server that keeps what it was given.
pub(crate) struct Sink {
    pub(crate) port: u16,
    mood: Arc<Mutex<Mood>>,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub(crate) fn start() -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mood, letters) = (Arc::new(Mutex::new(Mood::Fine)), Arc::new(Mutex::new(Vec::new())));
        let (m, l) = (mood.clone(), letters.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (m, l) = (*m.lock().unwrap(), l.clone());
                std::thread::spawn(move || talk(&stream, m, &l));
            }
        });
        Sink { port, mood, letters }
    }

    pub(crate) fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The last letter, which is taken out.
    pub(crate) fn take(&self) -> Option<String> {
        self.letters.lock().unwrap().pop()
    }

    /// The code in the last letter, which is taken out; `None` where it has none.
    pub(crate) fn code(&self) -> Option<String> {
        text(&self.take()?).split(": ").nth(1)?.lines().next().map(str::to_owned)
    }

    pub(crate) fn taken(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

fn talk(stream: &TcpStream, mood: Mood, letters: &Mutex<Vec<String>>) -> Option<()> {
    let mut say = stream;
    let mut lines = BufReader::new(stream).lines();
    write!(say, "220 test ESMTP\r\n").ok()?;
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-test\r\n250 AUTH PLAIN LOGIN",
            "AUTH" if mood == Mood::WrongPassword => "535 5.7.8 no",
            "AUTH" => "235 ok",
            "MAIL" if mood == Mood::SenderRefused => "550 5.7.1 not you",
            "RCPT" if mood == Mood::RecipientRefused => "550 5.1.1 nobody",
            "RCPT" if mood == Mood::Later => "451 4.7.1 greylisted",
            "DATA" => {
                write!(say, "354 go on\r\n").ok()?;
                let text: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|l| l != ".").collect();
                letters.lock().unwrap().push(text.join("\n"));
                if mood == Mood::Silent {
                    std::thread::sleep(std::time::Duration::from_secs(5));
                    return None;
                }
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
pub(crate) fn text(letter: &str) -> String {
    let (mut bits, mut n, mut bytes) = (0u32, 0, Vec::new());
    for sign in letter.split_once("\n\n").unwrap().1.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        (bits, n) = (bits << 6 | u32::from(value), n + 6);
        if n >= 8 {
            n -= 8;
            bytes.push(u8::try_from(bits >> n & 0xff).unwrap());
        }
    }
    String::from_utf8(bytes).unwrap()
}
