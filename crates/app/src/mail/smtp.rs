//! One conversation with a mail server (RFC 5321), stage by stage, so that a failure can be named by its stage.
//!
//! Not here: what is sent and when; passwords are passed in and kept nowhere.

use super::{MailProblem, MailSettings, Secured};
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::{Error, response};
use std::time::Duration;
use tokio::net::TcpStream;

/// The whole conversation ends after so long; nobody waits longer before a page.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// Reaching the server.
const REACH: Duration = Duration::from_secs(10);

/// A server with its password, for as long as one round lasts.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) settings: MailSettings,
    pub(super) password: Option<String>,
}

/// A letter to be sent.
pub(crate) struct Outgoing<'a> {
    /// The left half of its Message-ID.
    pub(crate) id: &'a str,
    pub(crate) to: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) body: &'a str,
    /// The name beside the sender's address, where it is not that of the settings.
    pub(crate) from: Option<&'a str>,
}

/// Says that no person wrote this, so that no holiday notice answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<AutoSubmitted, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(AutoSubmitted::name(), "auto-generated".to_owned())
    }
}

/// An address that a letter can go to: one, in ASCII, without a sign that could end a line or a command.
pub(crate) fn address(text: &str) -> Option<Address> {
    let plain =
        text.is_ascii() && text.len() <= 254 && !text.contains(|c: char| c.is_control() || c.is_whitespace() || "<>,;\"".contains(c));
    text.parse().ok().filter(|_| plain)
}

/// Whether a server can be used like this.
pub(super) fn check(settings: &MailSettings) -> Result<(), MailProblem> {
    let host = &settings.host;
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if host.is_empty() || host.len() > 253 || !host.chars().all(name) || settings.port == 0 {
        return Err(MailProblem::BadHost);
    }
    if settings.secured == Secured::None && !is_loopback(host) {
        return Err(MailProblem::InTheClear);
    }
    if settings.authority.is_some() {
        tls(settings)?;
    }
    let unseen = |text: &str| text.chars().any(char::is_control);
    if address(&settings.sender).is_none() || unseen(&settings.sender_name) || unseen(&settings.user) {
        return Err(MailProblem::BadSender);
    }
    let link = &settings.address;
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if rest.is_empty() || link.len() > 200 || !rest.chars().all(fits) { Err(MailProblem::BadLink) } else { Ok(()) }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Hands a letter to the server; whole or not at all, as far as the server says so.
pub(super) async fn deliver(server: &Server, letter: &Outgoing<'_>) -> Result<(), MailProblem> {
    check(&server.settings)?;
    let ready = Ready::of(server, letter)?;
    let talk = async {
        let mut talk = connect(server).await?;
        let sent = converse(&mut talk, server, ready).await;
        // The letter is the server's from here on; whether it says goodbye does not matter.
        talk.abort().await;
        sent
    };
    tokio::time::timeout(PATIENCE, talk).await.unwrap_or(Err(MailProblem::NoAnswer))
}

/// A letter with its two addresses, ready to be handed over.
pub(super) struct Ready {
    from: Address,
    to: Address,
    message: Vec<u8>,
}

impl Ready {
    pub(super) fn of(server: &Server, letter: &Outgoing<'_>) -> Result<Ready, MailProblem> {
        let to = address(letter.to).ok_or(MailProblem::BadRecipient)?;
        let from = address(&server.settings.sender).ok_or(MailProblem::BadSender)?;
        let message = message(server, letter, from.clone(), to.clone())?;
        Ok(Ready { from, to, message })
    }
}

fn message(server: &Server, letter: &Outgoing<'_>, from: Address, to: Address) -> Result<Vec<u8>, MailProblem> {
    let name = letter.from.unwrap_or(&server.settings.sender_name).to_owned();
    let name = Some(name).filter(|name| !name.is_empty());
    let id = format!("<{}@{}>", letter.id, from.domain());
    // Every server passes base64 on as it is, whatever its lines look like.
    let body = Body::new_with_encoding(letter.body.to_owned(), ContentTransferEncoding::Base64).map_err(|_| MailProblem::ContentRefused)?;
    let built = Message::builder()
        .from(Mailbox::new(name, from))
        .to(Mailbox::new(None, to))
        .subject(letter.subject)
        .message_id(Some(id))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN)
        .body(body);
    Ok(built.map_err(|_| MailProblem::ContentRefused)?.formatted())
}

/// Whom the server has to be, and who vouches for it: where a certificate was given, that one alone.
fn tls(settings: &MailSettings) -> Result<TlsParameters, MailProblem> {
    let builder = TlsParameters::builder(settings.host.clone());
    let Some(authority) = &settings.authority else { return builder.build().map_err(|_| MailProblem::Tls) };
    if !authority.contains("-----BEGIN CERTIFICATE-----") {
        return Err(MailProblem::BadAuthority);
    }
    let given = Certificate::from_pem(authority.as_bytes()).map_err(|_| MailProblem::BadAuthority)?;
    builder.certificate_store(CertificateStore::None).add_root_certificate(given).build().map_err(|_| MailProblem::BadAuthority)
}

pub(super) async fn connect(server: &Server) -> Result<AsyncSmtpConnection, MailProblem> {
    let settings = &server.settings;
    let (host, port) = (settings.host.as_str(), settings.port);
    let at_once = match settings.secured {
        Secured::Tls => Some(tls(settings)?),
        Secured::Starttls | Secured::None => None,
    };
    // The name of this machine is nobody's business: an address literal, as RFC 5321 4.1.3 allows.
    let hello = ClientId::default();
    let plain = if at_once.is_none() { prompt(host, port).await } else { None };
    let connected = match (at_once, plain) {
        (None, Some(stream)) => AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await,
        // Its error tells what kept us from the server.
        (at_once, _) => AsyncSmtpConnection::connect_tokio1((host, port), Some(REACH), &hello, at_once, None).await,
    };
    let mut talk = match connected {
        Ok(talk) => talk,
        Err(error) => return Err(not_reached(host, port, &error).await),
    };
    if settings.secured == Secured::Starttls {
        if !talk.can_starttls() {
            talk.abort().await;
            return Err(MailProblem::NoStarttls);
        }
        talk.starttls(tls(settings)?, &hello).await.map_err(|_| MailProblem::Tls)?;
    }
    Ok(talk)
}

/// A connection that sends at once: the end of a letter is a packet of its own, and would wait for the answer to the one before
/// (RFC 1122 4.2.3.2), 40 ms for each letter. Where TLS comes first it has to.
async fn prompt(host: &str, port: u16) -> Option<TcpStream> {
    let stream = tokio::time::timeout(REACH, TcpStream::connect((host, port))).await.ok()?.ok()?;
    stream.set_nodelay(true).ok()?;
    Some(stream)
}

/// What kept us from the server: looked at once more, piece by piece, because the error does not tell.
async fn not_reached(host: &str, port: u16, error: &Error) -> MailProblem {
    if error.is_tls() {
        return MailProblem::Tls;
    }
    if error.is_response() || error.is_transient() || error.is_permanent() {
        return MailProblem::Later;
    }
    if tokio::net::lookup_host((host, port)).await.is_err() {
        return MailProblem::NameNotFound;
    }
    match tokio::time::timeout(REACH, TcpStream::connect((host, port))).await {
        Ok(Ok(_)) if error.is_timeout() => MailProblem::NoAnswer,
        // Reached, but nobody spoke SMTP there, or not in the way that was set: usually the wrong port for this TLS.
        Ok(Ok(_)) => MailProblem::Tls,
        Ok(Err(e)) if e.kind() == std::io::ErrorKind::ConnectionRefused => MailProblem::Refused,
        Ok(Err(_)) | Err(_) => MailProblem::NoAnswer,
    }
}

async fn converse(talk: &mut AsyncSmtpConnection, server: &Server, ready: Ready) -> Result<(), MailProblem> {
    greet(talk, server).await?;
    let message = address_letter(talk, ready).await?;
    hand_over(talk, &message).await
}

/// Says who we are, where the server asks.
pub(super) async fn greet(talk: &mut AsyncSmtpConnection, server: &Server) -> Result<(), MailProblem> {
    if !server.settings.user.is_empty() {
        let password = server.password.clone().ok_or(MailProblem::WrongPassword)?;
        let credentials = Credentials::new(server.settings.user.clone(), password);
        stage(talk.auth(DEFAULT_MECHANISMS, &credentials).await, MailProblem::WrongPassword)?;
    }
    Ok(())
}

/// From whom and to whom, until the server waits for the letter itself: nothing of it has left yet.
pub(super) async fn address_letter(talk: &mut AsyncSmtpConnection, ready: Ready) -> Result<Vec<u8>, MailProblem> {
    let Ready { from, to, message } = ready;
    stage(talk.command(Mail::new(Some(from), Vec::new())).await, MailProblem::SenderRefused)?;
    stage(talk.command(Rcpt::new(to, Vec::new())).await, MailProblem::RecipientRefused)?;
    stage(talk.command(Data).await, MailProblem::ContentRefused)?;
    Ok(message)
}

/// The letter itself. [`MailProblem::NoAnswer`] and [`MailProblem::BrokenOff`]: nobody knows whether the server has it.
pub(super) async fn hand_over(talk: &mut AsyncSmtpConnection, message: &[u8]) -> Result<(), MailProblem> {
    stage(talk.message(message).await, MailProblem::ContentRefused)
}

fn stage(answer: Result<Response, Error>, refused: MailProblem) -> Result<(), MailProblem> {
    match answer {
        Ok(response) if response.is_positive() => Ok(()),
        Ok(response) if response.code().severity == response::Severity::TransientNegativeCompletion => Err(MailProblem::Later),
        Ok(_) => Err(refused),
        // Mechanisms that do not fit are refused here, before anything is sent.
        Err(error) if error.is_permanent() || error.is_client() => Err(refused),
        Err(error) if error.is_transient() => Err(MailProblem::Later),
        Err(error) if error.is_timeout() => Err(MailProblem::NoAnswer),
        Err(_) => Err(MailProblem::BrokenOff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> MailSettings {
        MailSettings {
            host: "mail.xa.vn".to_owned(),
            port: 465,
            secured: Secured::Tls,
            authority: None,
            user: String::new(),
            sender: "luytre@xa.vn".to_owned(),
            sender_name: "Ủy ban".to_owned(),
            address: "https://luytre.xa.vn".to_owned(),
            at: jiff::civil::time(7, 30, 0, 0),
        }
    }

    #[test]
    fn nothing_that_ends_a_line_or_a_command_is_an_address() {
        assert!(address("mai.tran@xa.vn").is_some());
        for bad in ["a@b.vn\r\nBcc: x@y.vn", "a@b.vn\nRCPT TO:<x@y>", "<a@b.vn>", "a@b.vn,c@d.vn", "a b@c.vn", "a", "", "ả@b.vn"] {
            assert!(address(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn settings_that_cannot_be_used_are_named() {
        let with = |change: &dyn Fn(&mut MailSettings)| {
            let mut settings = settings();
            change(&mut settings);
            check(&settings)
        };
        assert_eq!(with(&|_| ()), Ok(()));
        assert_eq!(with(&|s| s.secured = Secured::None), Err(MailProblem::InTheClear));
        let local = |host: &str| with(&|s| (s.host, s.secured) = (host.to_owned(), Secured::None));
        assert_eq!((local("127.0.0.1"), local("localhost")), (Ok(()), Ok(())));
        assert_eq!(local("localhost.evil.vn"), Err(MailProblem::InTheClear));
        assert_eq!(with(&|s| s.host = "mail.xa.vn\r\nQUIT".to_owned()), Err(MailProblem::BadHost));
        assert_eq!(with(&|s| s.sender_name = "x\r\nBcc: a@b.vn".to_owned()), Err(MailProblem::BadSender));
        assert_eq!(with(&|s| s.sender = "a@b.vn\r\nX: y".to_owned()), Err(MailProblem::BadSender));
        for bad in ["javascript:alert(1)", "https://", "https://a.vn/ x", "https://a.vn\r\nX: y", "https://u@evil.vn"] {
            assert_eq!(with(&|s| s.address = bad.to_owned()), Err(MailProblem::BadLink), "{bad:?}");
        }
    }

    #[test]
    fn a_subject_never_becomes_a_header() {
        let server = Server { settings: settings(), password: None };
        let letter =
            Outgoing { id: "1", to: "mai@xa.vn", subject: "Việc\r\nBcc: kẻ@gian.vn", body: "Dòng một\n.\nDòng ba\n", from: None };
        let text = message(&server, &letter, address("luytre@xa.vn").unwrap(), address("mai@xa.vn").unwrap()).unwrap();
        let text = String::from_utf8(text).unwrap();
        let heads = text.split("\r\n\r\n").next().unwrap();
        assert!(!heads.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{heads}");
        for line in ["Auto-Submitted: auto-generated", "Message-ID: <1@xa.vn>", "To: mai@xa.vn"] {
            assert!(heads.contains(line), "{line}: {heads}");
        }
        assert!(text.is_ascii());
    }
}
