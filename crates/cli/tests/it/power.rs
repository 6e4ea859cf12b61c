//! The real program, killed and stopped in the middle of work: whatever it acknowledged is there afterwards, a page that was
//! open can still be sent, and two of them never serve one folder.
//!
//! `KILL_MOMENTS` sets how many random moments are tried (two by default, 50 for a release).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use crate::{err, luytre, out};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_luytre"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env_remove("LUYTRE_DATABASE")
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
        let address = said.split("http://").nth(1).and_then(|a| a.split([' ', '\n']).next()).expect(&said).to_owned();
        Server { child, address }
    }

    fn visitor(&self) -> Visitor {
        Visitor { address: self.address.clone(), cookies: Vec::new() }
    }

    #[cfg(unix)]
    fn told_to_stop(&self) {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A browser of few words.
#[derive(Clone)]
struct Visitor {
    address: String,
    cookies: Vec<(String, String)>,
}

struct Answer {
    status: u16,
    location: String,
    text: String,
}

impl Visitor {
    fn head(&self, method: &str, path: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (address, cookies) = (&self.address, cookies.join("; "));
        format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\nCookie: {cookies}\r\n")
    }

    /// `None` when the server went away before it had answered.
    fn answer(&mut self, mut stream: TcpStream) -> Option<Answer> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let all = String::from_utf8_lossy(&bytes).into_owned();
        let (head, text) = all.split_once("\r\n\r\n")?;
        let header = |name: &str| {
            let of = |line: &&str| line.to_lowercase().starts_with(name);
            head.lines().filter(of).map(|line| line.split_once(": ").map_or("", |(_, value)| value)).collect::<Vec<_>>()
        };
        for (name, value) in header("set-cookie").iter().filter_map(|c| c.split(';').next()?.split_once('=')) {
            self.cookies.retain(|(n, _)| n != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, location: header("location").first().map_or("", |l| *l).to_owned(), text: text.to_owned() })
    }

    fn get(&mut self, path: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        write!(stream, "{}\r\n", self.head("GET", path)).ok()?;
        self.answer(stream)
    }

    fn post(&mut self, path: &str, kind: &str, body: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        write!(stream, "{}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n", self.head("POST", path), body.len()).ok()?;
        stream.write_all(body).ok()?;
        self.answer(stream)
    }

    fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        self.post(path, "application/x-www-form-urlencoded", body(fields).as_bytes())
    }

    fn upload(&mut self, path: &str, token: &str, name: &str, text: &str) -> Option<Answer> {
        let part = |head: &str, value: &str| format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n");
        let file = part(&format!("name=\"files\"; filename=\"{name}\""), text);
        let body = format!("{}{file}--cut--\r\n", part("name=\"token\"", token));
        self.post(path, "multipart/form-data; boundary=cut", body.as_bytes())
    }

    /// Signs in as the person of the demonstration whose line holds these words; the token of their forms.
    fn signs_in(&mut self, words: &str) -> Option<String> {
        let page = self.get("/sign-in")?.text;
        let at = page.find(words).expect("somebody of the demonstration");
        let person = between(&page[page[..at].rfind("name=\"person\"")?..], "value=\"", "\"").to_owned();
        let token = between(&page, "name=\"token\" value=\"", "\"").to_owned();
        let answer = self.form("/sign-in/as", &[("token", &token), ("person", &person)])?;
        assert_eq!(answer.status, 303, "{}", answer.text);
        self.token()
    }

    fn token(&mut self) -> Option<String> {
        let page = self.get("/account")?;
        Some(between(&page.text, "name=\"token\" value=\"", "\"").to_owned())
    }
}

fn body(fields: &[(&str, &str)]) -> String {
    let code = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", code(value))).collect::<Vec<_>>().join("&")
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found)
}

/// A folder with the office of the demonstration.
fn demo() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let made = luytre(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    (folder, data)
}

/// What was acknowledged: a page, and what must stand on it.
struct Kept {
    page: String,
    words: String,
}

/// Writes of every kind until the server is gone; what it acknowledged.
fn works(mut visitor: Visitor, token: &str, kind: usize, mark: &str, over: &AtomicBool) -> Vec<Kept> {
    let mut kept = Vec::new();
    for n in 0.. {
        let words = format!("{mark}-{kind}-{n}");
        let fields =
            |name: &'static str| [("token", token), (name, words.as_str()), ("kind", "party_cell"), ("unit", ""), ("roles", "clerk")];
        let (answer, page) = match kind {
            0 => (visitor.form("/units", &fields("name")), Some("/units")),
            1 => (visitor.upload("/letters/new", token, &format!("{words}.txt"), &format!("{LETTER}\n{words}\n")), None),
            _ => return kept,
        };
        let Some(answer) = answer else { return kept };
        if answer.status == 303 {
            let page = page.map_or_else(|| answer.location.split(['?', '#']).next().unwrap_or_default().to_owned(), str::to_owned);
            kept.push(Kept { page, words: if kind == 0 { words } else { String::new() } });
        } else if over.load(Ordering::Relaxed) {
            return kept;
        }
    }
    kept
}

const LETTER: &str = include_str!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt");

#[test]
fn what_was_answered_survives_a_kill_at_any_moment() {
    let moments: u32 = std::env::var("KILL_MOMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(2);
    let (_folder, data) = demo();
    let mut kept = Vec::new();
    let mut sessions: Vec<Visitor> = Vec::new();
    for moment in 0..moments {
        let mut server = Server::start(&data);
        let mut visitor = server.visitor();
        let token = visitor.signs_in(CLERK).unwrap();
        sessions.push(visitor.clone());
        let after = Duration::from_millis(100 + RandomState::new().build_hasher().finish() % 1500);
        let over = AtomicBool::new(false);
        let mark = format!("Tổ {moment}");
        let found: Vec<Kept> = std::thread::scope(|scope| {
            let over = &over;
            let (token, mark) = (token.as_str(), mark.as_str());
            let start = |kind| {
                let visitor = visitor.clone();
                scope.spawn(move || works(visitor, token, kind, mark, over))
            };
            let workers = [0, 0, 1].map(start);
            std::thread::sleep(after);
            over.store(true, Ordering::Relaxed);
            // SIGKILL on Unix, TerminateProcess on Windows: no handler runs.
            server.child.kill().unwrap();
            server.child.wait().unwrap();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        kept.extend(found);
        let verify = luytre(&["verify", "--data", data.to_str().unwrap()]);
        assert_eq!(verify.status.code(), Some(0), "after {after:?}: {}{}", out(&verify), err(&verify));
        let server = Server::start(&data);
        assert_eq!(left_over(&data), Vec::<PathBuf>::new());
        let mut pages: std::collections::BTreeMap<&str, String> = Default::default();
        let mut reader = sessions.last().unwrap().clone();
        reader.address = server.address.clone();
        for kept in &kept {
            let page = pages.entry(&kept.page).or_insert_with(|| {
                let answer = reader.get(&kept.page).unwrap();
                assert_eq!(answer.status, 200, "lost: {}", kept.page);
                answer.text
            });
            assert!(page.contains(&kept.words), "lost: {} on {}", kept.words, kept.page);
        }
        for session in &mut sessions {
            session.address = server.address.clone();
            assert_eq!(session.get("/").unwrap().status, 200, "a session was lost");
        }
    }
    assert!(kept.iter().any(|kept| kept.page == "/units"), "no unit was ever acknowledged");
    println!("{moments} kills, {} acknowledged writes, none lost", kept.len());
}

/// A person of the demonstration who keeps the register and administers.
const CLERK: &str = "Quản trị";

/// Files that were being written and are no blobs.
fn left_over(data: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let files = entries(&data.join("blobs")).into_iter().filter(|path| path.is_dir()).flat_map(|path| entries(&path));
    files.filter(|path| path.file_name().is_none_or(|name| name.len() != 64)).collect()
}

#[cfg(unix)]
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
    assert_eq!(visitor.get("/").unwrap().status, 200, "the first goes on");
}
