//! Handing letters in: one page to choose files on, and what became of each. A bad file holds no other one back.

use app::Error;
use app::lang::{Lang, has, size, t};
use app::letters;
use app::programme::decide::Refusal;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::error::{FieldError, PageError};
use crate::form::{Upload, UploadedFile};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "upload.html")]
pub(crate) struct UploadPage {
    frame: Frame,
    errors: Vec<WrongField>,
}

#[derive(Template)]
#[template(path = "uploaded.html")]
pub(crate) struct UploadedPage {
    frame: Frame,
    title: String,
    /// Some file was refused for its secrecy mark: why and what to do stands below.
    secret: bool,
    files: Vec<Outcome>,
}

/// What became of one file.
struct Outcome {
    name: String,
    size: String,
    /// The letter that it became.
    href: Option<String>,
    /// The letter that it is already: its address, and whether it was taken out of the register.
    known: Option<(String, bool)>,
    /// Why it was not taken.
    reason: String,
    secret: bool,
    /// Nothing that it asks for was found.
    bare: bool,
}

pub(crate) async fn form(visit: Visit) -> Result<Page<UploadPage>, PageError> {
    visit.registers()?;
    Ok(Page(UploadPage { errors: Vec::new(), frame: visit.frame("/letters") }))
}

pub(crate) async fn receive(State(site): State<Site>, visit: Visit, upload: Upload) -> Result<Response, PageError> {
    visit.registers()?;
    if upload.files.is_empty() {
        let frame = visit.frame("/letters");
        let errors = wrong_fields(&frame, &[FieldError { field: "files", code: "no-file" }]);
        return Ok(Page(UploadPage { errors, frame }).into_response());
    }
    let (mut files, alone) = (Vec::new(), upload.files.len() == 1);
    for file in upload.files {
        files.push(one(&site, &visit, file, alone).await?);
    }
    match &files[..] {
        [Outcome { href: Some(href), bare, .. }] => Ok(done(href, if *bare { "received-bare" } else { "received" }).into_response()),
        _ => Ok(Page(uploaded(visit.frame("/letters"), files)).into_response()),
    }
}

/// One file; where it came alone and the machine refuses it, the answer is the page that says so.
async fn one(site: &Site, visit: &Visit, file: UploadedFile, alone: bool) -> Result<Outcome, PageError> {
    let lang = visit.lang;
    let (name, size) = (file.name.clone(), size(lang, file.bytes.len() as u64));
    let taken = letters::receive(&site.app, &visit.by, letters::Upload { name: file.name, bytes: file.bytes }).await;
    let refused = Outcome { name, size, href: None, known: None, reason: String::new(), secret: false, bare: false };
    match taken {
        Ok(letter) => {
            let bare = letters::show(&site.app, &letter).await?.is_none_or(|view| view.obligations.is_empty());
            Ok(Outcome { href: Some(format!("/letters/{letter}")), bare, ..refused })
        }
        Err(error) if alone && error.trouble().is_some() => Err(error.into()),
        Err(error) => Ok(Outcome { known: known(&error), reason: reason(lang, &error), secret: is_secret(&error), ..refused }),
    }
}

/// The letter that the same file is already.
fn known(error: &Error) -> Option<(String, bool)> {
    match error {
        Error::Refused(Refusal::AlreadyReceived { letter } | Refusal::LetterMended { letter }) => {
            Some((format!("/letters/{letter}"), false))
        }
        Error::Refused(Refusal::ReceivedAndRemoved { letter }) => Some((format!("/letters/{letter}"), true)),
        _ => None,
    }
}

fn is_secret(error: &Error) -> bool {
    matches!(error, Error::Refused(Refusal::SecretLetter { .. } | Refusal::SecretMark { .. }))
}

/// The refusal in words; whatever else went wrong goes to the log, without what the file holds.
fn reason(lang: Lang, error: &Error) -> String {
    if let Error::Refused(refusal) = error {
        let key = app::lang::code_key("refusal", refusal.code());
        if has(lang, &key) {
            return t(lang, &key).into_owned();
        }
    }
    tracing::error!("a letter was not received: {error:#}");
    match error.trouble() {
        Some(trouble) => app::lang::code(lang, "trouble-words", trouble.code()).into_owned(),
        None => t(lang, "upload-failed").into_owned(),
    }
}

fn uploaded(frame: Frame, files: Vec<Outcome>) -> UploadedPage {
    let n_taken = files.iter().filter(|file| file.href.is_some()).count();
    let args = [("taken", n_taken.into()), ("refused", (files.len() - n_taken).into())];
    UploadedPage { title: frame.with("uploaded-title", &args), secret: files.iter().any(|file| file.secret), files, frame }
}
