//! A browser's half of HTTP/1.1, as much as the load needs: one connection that is kept, forms, cookies by hand.

use crate::ADDRESS;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// The password of everybody in the record, as `year` sets it.
const PASSWORD: &str = "ba con trâu trắng";

#[derive(Default)]
pub(crate) struct Client {
    connection: Option<BufReader<TcpStream>>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    pub(crate) fn get(&mut self, path: &str, cookie: &str) -> std::io::Result<Answer> {
        self.send("GET", path, cookie, "", b"")
    }

    pub(crate) fn post(&mut self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> std::io::Result<Answer> {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.send("POST", path, cookie, "application/x-www-form-urlencoded", body.join("&").as_bytes())
    }

    pub(crate) fn send(&mut self, method: &str, path: &str, cookie: &str, kind: &str, body: &[u8]) -> std::io::Result<Answer> {
        // A connection that the server closed meanwhile is opened again, once.
        let kept = self.connection.is_some();
        match self.try_send(method, path, cookie, kind, body) {
            Err(_) if kept => {
                self.connection = None;
                self.try_send(method, path, cookie, kind, body)
            }
            other => other,
        }
    }

    fn try_send(&mut self, method: &str, path: &str, cookie: &str, kind: &str, body: &[u8]) -> std::io::Result<Answer> {
        if self.connection.is_none() {
            let stream = TcpStream::connect(ADDRESS)?;
            stream.set_nodelay(true)?;
            self.connection = Some(BufReader::new(stream));
        }
        let connection = self.connection.as_mut().unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {ADDRESS}\r\nCookie: {cookie}\r\n").into_bytes();
        if method == "POST" {
            request.extend(format!("Origin: http://{ADDRESS}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n", body.len()).bytes());
        }
        request.extend(b"\r\n");
        request.extend(body);
        connection.get_mut().write_all(&request)?;
        let answer = read(connection)?;
        if answer.header("connection") == "close" {
            self.connection = None;
        }
        Ok(answer)
    }
}

fn read(from: &mut BufReader<TcpStream>) -> std::io::Result<Answer> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    let bad = || std::io::Error::other("no answer");
    let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(bad)?;
    let mut answer = Answer { status, ..Answer::default() };
    loop {
        line.clear();
        from.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if answer.header("transfer-encoding") == "chunked" {
        loop {
            line.clear();
            from.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16).map_err(|_| bad())?;
            let mut chunk = vec![0; length + 2];
            from.read_exact(&mut chunk)?;
            answer.body.extend(&chunk[..length]);
            if length == 0 {
                return Ok(answer);
            }
        }
    }
    let mut body = vec![0; answer.header("content-length").parse().unwrap_or(0)];
    from.read_exact(&mut body)?;
    answer.body = body;
    Ok(answer)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Signs a person in; the cookies to send from then on.
pub(crate) fn sign_in(login: &str) -> String {
    let mut client = Client::default();
    let form = client.get("/sign-in", "").unwrap();
    let visitor = cookies(&form);
    let token = token(&form);
    let fields = [("token", token.as_str()), ("login", login), ("password", PASSWORD), ("to", "/")];
    let answer = client.post("/sign-in", &visitor, &fields).unwrap();
    assert_eq!(answer.status, 303, "{login} cannot sign in: {}", answer.text());
    cookies(&answer)
}

/// The token that a form sends back.
pub(crate) fn token(form: &Answer) -> String {
    between(&form.text(), "name=\"token\" value=\"", "\"").unwrap()
}

/// The cookies that an answer sets, as they are sent back.
pub(crate) fn cookies(answer: &Answer) -> String {
    let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
    let pairs: Vec<&str> = set.filter_map(|(_, v)| v.split(';').next()).filter(|pair| !pair.ends_with('=')).collect();
    pairs.join("; ")
}

/// The text between two marks, the first time they stand there.
pub(crate) fn between(text: &str, from: &str, to: &str) -> Option<String> {
    text.split_once(from)?.1.split_once(to).map(|(found, _)| found.to_owned())
}
