//! The real program as a server, and browsers of few words that talk to it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use crate::{err, luytre};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(data: &Path) -> Server {
        Server::start_with(data, &[])
    }

    /// With these variables of the environment.
    pub(crate) fn start_with(data: &Path, environment: &[(&str, &str)]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_luytre"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env_remove("LUYTRE_DATABASE")
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
        let address = said.split("http://").nth(1).and_then(|a| a.split([' ', '\n']).next()).expect(&said).to_owned();
        Server { child, address }
    }

    pub(crate) fn visitor(&self) -> Visitor {
        Visitor { address: self.address.clone(), cookies: Vec::new(), bearer: None }
    }

    #[cfg(unix)]
    pub(crate) fn told_to_stop(&self) {
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
pub(crate) struct Visitor {
    pub(crate) address: String,
    cookies: Vec<(String, String)>,
    /// A token of a program, sent with every request.
    pub(crate) bearer: Option<String>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) text: String,
}

impl Visitor {
    pub(crate) fn head(&self, method: &str, path: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (address, cookies) = (&self.address, cookies.join("; "));
        let bearer = self.bearer.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\n{bearer}Cookie: {cookies}\r\n"
        )
    }

    /// `None` when the server went away before it had answered.
    pub(crate) fn answer(&mut self, mut stream: TcpStream) -> Option<Answer> {
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

    pub(crate) fn get(&mut self, path: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        write!(stream, "{}\r\n", self.head("GET", path)).ok()?;
        self.answer(stream)
    }

    pub(crate) fn post(&mut self, path: &str, kind: &str, body: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        write!(stream, "{}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n", self.head("POST", path), body.len()).ok()?;
        stream.write_all(body).ok()?;
        self.answer(stream)
    }

    pub(crate) fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        self.post(path, "application/x-www-form-urlencoded", body(fields).as_bytes())
    }

    /// A form with files, each a name and a text; the token is the first field.
    pub(crate) fn upload(&mut self, path: &str, part: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Option<Answer> {
        let field = |head: &str, value: &str| format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n");
        let fields: String = fields.iter().map(|(name, value)| field(&format!("name=\"{name}\""), value)).collect();
        let files: String = files.iter().map(|(name, text)| field(&format!("name=\"{part}\"; filename=\"{name}\""), text)).collect();
        self.post(path, "multipart/form-data; boundary=cut", format!("{fields}{files}--cut--\r\n").as_bytes())
    }

    /// Signs in as the person of the demonstration whose line holds these words; the token of their forms.
    pub(crate) fn signs_in(&mut self, words: &str) -> Option<String> {
        let page = self.get("/sign-in")?.text;
        let at = page.find(words).expect("somebody of the demonstration");
        let person = between(&page[page[..at].rfind("name=\"person\"")?..], "value=\"", "\"").to_owned();
        let token = between(&page, "name=\"token\" value=\"", "\"").to_owned();
        let answer = self.form("/sign-in/as", &[("token", &token), ("person", &person)])?;
        assert_eq!(answer.status, 303, "{}", answer.text);
        self.token()
    }

    pub(crate) fn token(&mut self) -> Option<String> {
        let page = self.get("/account")?;
        Some(between(&page.text, "name=\"token\" value=\"", "\"").to_owned())
    }
}

pub(crate) fn body(fields: &[(&str, &str)]) -> String {
    let code = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", code(value))).collect::<Vec<_>>().join("&")
}

pub(crate) fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found)
}

/// A folder with the office of the demonstration.
pub(crate) fn demo() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let made = luytre(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    (folder, data)
}

/// A person of the demonstration who keeps the register and administers.
pub(crate) const CLERK: &str = "Quản trị";

/// Files that were being written and are no blobs.
pub(crate) fn left_over(data: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let files = entries(&data.join("blobs")).into_iter().filter(|path| path.is_dir()).flat_map(|path| entries(&path));
    files.filter(|path| path.file_name().is_none_or(|name| name.len() != 64)).collect()
}
