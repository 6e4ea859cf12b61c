//! Mail over TLS against a server of the test's own with a certificate of its own: it goes out only to the server that the
//! office vouched for, and the password is said to nobody else.

use crate::office::{Office, office};
use app::mail::{self, MailProblem, MailSettings, Secured};
use app::{App, Error};
use programme::model::*;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

const PASSWORD: &str = "tre xanh rặng lũy";

/// Who vouches for servers.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Authority { pem, issuer: Issuer::new(params, key) }
    }
}

/// What the server was given.
#[derive(Default)]
struct Given {
    letters: Vec<String>,
    /// Lines before and after the way was made private.
    clear: Vec<String>,
    private: Vec<String>,
}

/// A mail server behind TLS, at once or after STARTTLS.
struct Server {
    port: u16,
    given: Arc<Mutex<Given>>,
}

impl Server {
    fn start(authority: &Authority, name: &str, at_once: bool) -> Server {
        let key = KeyPair::generate().unwrap();
        let cert = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
        let config = Arc::new(builder.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let given = Arc::new(Mutex::new(Given::default()));
        let kept = given.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, kept) = (config.clone(), kept.clone());
                std::thread::spawn(move || serve(stream, &config, at_once, &kept));
            }
        });
        Server { port, given }
    }

    fn settings(&self, secured: Secured, authority: Option<&Authority>) -> MailSettings {
        MailSettings {
            host: "localhost".to_owned(),
            port: self.port,
            secured,
            authority: authority.map(|a| a.pem.clone()),
            user: "luytre".to_owned(),
            sender: "luytre@xa.vn".to_owned(),
            sender_name: "Đảng ủy xã Tân Lũy".to_owned(),
            address: "https://luytre.xa.vn".to_owned(),
            at: jiff::civil::time(7, 30, 0, 0),
        }
    }
}

fn serve(mut stream: TcpStream, config: &Arc<ServerConfig>, at_once: bool, given: &Mutex<Given>) -> Option<()> {
    if !at_once {
        let mut lines = BufReader::new(stream.try_clone().ok()?);
        write!(stream, "220 test ESMTP\r\n").ok()?;
        loop {
            let mut line = String::new();
            lines.read_line(&mut line).ok().filter(|n| *n > 0)?;
            given.lock().unwrap().clear.push(line.trim_end().to_owned());
            if line.starts_with("STARTTLS") {
                write!(stream, "220 go\r\n").ok()?;
                break;
            }
            write!(stream, "250-test\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n").ok()?;
        }
    }
    let tls = StreamOwned::new(ServerConnection::new(config.clone()).ok()?, stream);
    talk(tls, at_once, given)
}

fn say(both: &mut BufReader<impl Read + Write>, words: &str) -> Option<()> {
    let stream = both.get_mut();
    write!(stream, "{words}\r\n").and_then(|()| stream.flush()).ok()
}

fn talk(stream: impl Read + Write, greet: bool, given: &Mutex<Given>) -> Option<()> {
    let mut both = BufReader::new(stream);
    if greet {
        say(&mut both, "220 test ESMTP")?;
    }
    let mut letter: Option<Vec<String>> = None;
    loop {
        let mut line = String::new();
        both.read_line(&mut line).ok().filter(|n| *n > 0)?;
        let line = line.trim_end();
        if let Some(text) = &mut letter {
            if line == "." {
                given.lock().unwrap().letters.push(text.join("\n"));
                letter = None;
                say(&mut both, "250 taken")?;
            } else {
                text.push(line.to_owned());
            }
            continue;
        }
        given.lock().unwrap().private.push(line.to_owned());
        // PLAIN: NUL, user, NUL, password in base64.
        let right = "AUTH PLAIN AGx1eXRyZQB0cmUgeGFuaCBy4bq3bmcgbMWpeQ==";
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-test\r\n250 AUTH PLAIN",
            "AUTH" if line == right => "235 ok",
            "AUTH" => "535 5.7.8 no",
            "DATA" => {
                letter = Some(Vec::new());
                "354 go on"
            }
            _ => "250 ok",
        };
        say(&mut both, answer)?;
    }
}

async fn sends(o: &Office, settings: MailSettings, password: &str) -> Result<(), MailProblem> {
    mail::set(&o.app, &o.clerk, settings, Some(password)).await.map_err(problem)?;
    mail::try_out(&o.app, &o.clerk, "mai@xa.vn").await.map_err(problem)
}

fn problem(error: Error) -> MailProblem {
    match error {
        Error::Mail(problem) => problem,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_letter_goes_out_over_tls_and_over_starttls_to_the_server_that_the_office_vouched_for() {
    let o = office(Network::Internet).await;
    let authority = Authority::new();
    for (secured, at_once) in [(Secured::Tls, true), (Secured::Starttls, false)] {
        let server = Server::start(&authority, "localhost", at_once);
        assert_eq!(sends(&o, server.settings(secured, Some(&authority)), PASSWORD).await, Ok(()), "{secured}");
        let given = server.given.lock().unwrap();
        assert_eq!(given.letters.len(), 1, "{secured}");
        assert!(given.letters[0].contains("To: mai@xa.vn"));
        assert!(given.clear.iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"), "said in the clear: {:?}", given.clear);
    }
}

#[tokio::test]
async fn another_server_gets_neither_the_letter_nor_the_password() {
    let o = office(Network::Internet).await;
    let (ours, theirs) = (Authority::new(), Authority::new());
    for (secured, at_once) in [(Secured::Tls, true), (Secured::Starttls, false)] {
        let of_others = Server::start(&theirs, "localhost", at_once);
        let misnamed = Server::start(&ours, "mail.khac.example", at_once);
        for (server, vouched) in [(&of_others, Some(&ours)), (&of_others, None), (&misnamed, Some(&ours))] {
            assert_eq!(sends(&o, server.settings(secured, vouched), PASSWORD).await, Err(MailProblem::Tls), "{secured}");
            let given = server.given.lock().unwrap();
            assert!(given.letters.is_empty() && given.private.is_empty(), "{:?}", given.private);
            assert!(!given.clear.iter().any(|line| line.starts_with("AUTH")), "{:?}", given.clear);
        }
    }
    let server = Server::start(&ours, "localhost", true);
    for pem in ["", "không phải chứng thư", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let settings = MailSettings { authority: Some(pem.to_owned()), ..server.settings(Secured::Tls, None) };
        assert_eq!(sends(&o, settings, PASSWORD).await, Err(MailProblem::BadAuthority), "{pem:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_said_in_words_and_stands_nowhere() {
    let o = office(Network::Internet).await;
    let authority = Authority::new();
    let server = Server::start(&authority, "localhost", true);
    let settings = server.settings(Secured::Tls, Some(&authority));
    let wrong = "mật khẩu sai hẳn";
    let error = sends(&o, settings.clone(), wrong).await.unwrap_err();
    assert_eq!(error, MailProblem::WrongPassword);
    let words = app::lang::code(app::lang::Lang::Vi, "mail-problem", error.as_str());
    assert_eq!(words, "Máy chủ không nhận tên đăng nhập hoặc mật khẩu.");
    assert!(server.given.lock().unwrap().letters.is_empty());
    let told = format!("{:?} {:?}", Error::Mail(error), mail::show(&o.app, &o.clerk).await.unwrap());
    assert!(!told.contains(wrong) && told.contains("localhost"), "{told}");
    assert_eq!(sends(&o, settings, PASSWORD).await, Ok(()));
}

#[tokio::test]
async fn names_never_become_headers() {
    let o = office(Network::Internet).await;
    let authority = Authority::new();
    let server = Server::start(&authority, "localhost", true);
    let named = |name: &str| MailSettings { sender_name: name.to_owned(), ..server.settings(Secured::Tls, Some(&authority)) };
    for name in ["Đảng ủy\r\nBcc: ke@gian.vn", "x\nBcc: ke@gian.vn", "x\rBcc: ke@gian.vn", "x\0y"] {
        assert_eq!(sends(&o, named(name), PASSWORD).await, Err(MailProblem::BadSender), "{name:?}");
    }
    for name in ["Xã \"Tân Lũy\" <ke@gian.vn>, a@b.vn", "=?utf-8?q?=0D=0ABcc:_ke@gian.vn?=", "Ủy ban; (nhân dân) \\ xã", &"dài ".repeat(25)]
    {
        assert_eq!(sends(&o, named(name), PASSWORD).await, Ok(()), "{name:?}");
    }
    for letter in &server.given.lock().unwrap().letters {
        let heads = letter.split("\n\n").next().unwrap();
        let names: Vec<&str> =
            heads.lines().filter(|l| !l.starts_with([' ', '\t'])).filter_map(|l| l.split_once(':')).map(|h| h.0).collect();
        assert!(names.iter().filter(|n| n.eq_ignore_ascii_case("from")).count() == 1, "{heads}");
        assert!(!names.iter().any(|n| n.eq_ignore_ascii_case("bcc")), "{heads}");
        assert!(heads.contains("<luytre@xa.vn>") && heads.lines().all(|l| l.len() <= 998 && l.is_ascii()), "{heads}");
    }
}

/// What `app` writes to the log in the middle of all this holds no password either: it is never given to it.
#[tokio::test]
async fn the_settings_page_has_no_password_to_show() {
    let o = office(Network::Internet).await;
    let authority = Authority::new();
    let server = Server::start(&authority, "localhost", true);
    sends(&o, server.settings(Secured::Tls, Some(&authority)), PASSWORD).await.unwrap();
    let Office { app, folder, clerk, .. } = o;
    app.close().await;
    drop(app);
    let app = App::open(crate::office::settings(&folder)).await.unwrap();
    mail::try_out(&app, &clerk, "mai@xa.vn").await.unwrap();
    assert_eq!(server.given.lock().unwrap().letters.len(), 2, "the kept password opens the server after a restart");
    let shown = mail::show(&app, &clerk).await.unwrap().unwrap();
    assert!(!serde_json::to_string(&shown).unwrap().contains(PASSWORD));
}
