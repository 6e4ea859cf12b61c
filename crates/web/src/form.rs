//! Forms as they were posted, with their token checked before anything is read out of them.
//!
//! The token is HMAC-SHA-256 of the session (or, before anybody signed in, of the visitor's mark) under a key that follows from the office's: a page of another site
//! can neither read nor guess it. Both extractors refuse a form without it, so no handler can forget.
//!
//! ```text
//! async fn drop(visit: Visit, Path(id): Path<String>, form: Form) -> …   // form.one("reason")
//! ```

use app::programme::model::Digest;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use sha2::Sha256;
use std::time::Duration;

use crate::cookies;
use crate::error::PageError;
use crate::guard::Peer;
use crate::lines::owner;
use crate::once::Held;
use crate::room::Place;
use crate::site::{MAX_UPLOAD_BYTES, Site};
use crate::visit::SignedIn;

/// Files in one upload; more are refused rather than dropped.
const MAX_FILES: usize = 20;
/// Parts of one upload, files or not; each costs time, however short it is.
const MAX_PARTS: usize = 500;
/// Fields of a form without files: the longest draft with all that belongs to each paragraph.
const MAX_FIELDS: usize = 5_000;
/// Bytes of all text fields of one form with their names, counted as they would stand on a page: a form that is sent back
/// must not come back many times as long.
const MAX_TEXT_BYTES: usize = 1 << 20;
/// The same while nobody is signed in.
const MAX_OPEN_BYTES: usize = 64 << 10;
/// Forms that are longer, or do not say how long they are, take room ([`crate::room`]); nobody waits with a shorter one.
const SMALL_BYTES: usize = 64 << 10;
/// The same while nobody is signed in: more than any form needs there.
const SMALL_OPEN_BYTES: usize = 16 << 10;
/// So many of those from one address that have not come whole.
const OPEN_OF_ONE_ADDRESS: usize = 8;

/// The fields of a posted form, in order.
pub(crate) struct Form {
    fields: Vec<(String, String)>,
}

/// A posted form with files.
pub(crate) struct Upload {
    pub(crate) form: Form,
    pub(crate) files: Vec<UploadedFile>,
}

pub(crate) struct UploadedFile {
    /// The name the browser gave, without folders.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Form {
    /// Stands for what the form says, without what the page put into it.
    fn said(&self) -> String {
        let typed = self.fields.iter().filter(|(name, _)| !["token", "once", "challenge", "proof"].contains(&name.as_str()));
        let text: String = typed.map(|(name, value)| format!("{name}\0{value}\0")).collect();
        Digest::of(text.as_bytes()).to_string()
    }

    /// A form whose fields are not shown again.
    pub(crate) fn empty() -> Form {
        Form { fields: Vec::new() }
    }

    /// A form as if it had been filled in so.
    pub(crate) fn filled(fields: Vec<(&str, String)>) -> Form {
        Form { fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
    }

    /// Nothing was sent: the form is seen for the first time.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The first value of a field, trimmed; empty when it is not there.
    pub(crate) fn one(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// The first value of a field as it was typed: blanks at the ends of a password count.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// As [`Form::one`], `None` when empty.
    pub(crate) fn some(&self, name: &str) -> Option<&str> {
        Some(self.one(name)).filter(|v| !v.is_empty())
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(n, _)| n == name).map(|(_, v)| v.trim()).collect()
    }
}

/// The token that a visitor's forms carry.
pub(crate) fn token(key: &[u8; 32], visitor: &str) -> String {
    app::programme::hex::hex(&mac(key, visitor).finalize().into_bytes())
}

fn token_holds(key: &[u8; 32], visitor: &str, token: &str) -> bool {
    let bytes: Option<Vec<u8>> =
        token.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok())).collect();
    // `verify_slice` compares in constant time.
    !visitor.is_empty() && bytes.is_some_and(|b| mac(key, visitor).verify_slice(&b).is_ok())
}

fn mac(key: &[u8; 32], visitor: &str) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length").chain_update(visitor.as_bytes())
}

/// The same form came before, and was taken.
fn again() -> PageError {
    PageError::Conflict("sent_before".to_owned())
}

fn stale() -> PageError {
    PageError::Forbidden("token".to_owned())
}

impl FromRequest<Site> for Form {
    type Rejection = PageError;
    async fn from_request(request: Request, site: &Site) -> Result<Form, PageError> {
        let bound = cookies::bound_to(request.headers(), site.secure).unwrap_or_default();
        let held = request.extensions().get::<Held>().cloned().unwrap_or_default();
        let path = request.uri().path().to_owned();
        let bytes = text(request, site, &held).await?;
        let fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().take(MAX_FIELDS + 1).collect();
        let weighs: usize = fields.iter().map(|(name, value)| weight(name) + weight(value)).sum();
        if fields.len() > MAX_FIELDS || weighs > MAX_TEXT_BYTES {
            return Err(PageError::TextTooLong);
        }
        let form = Form { fields };
        if !token_holds(&site.key, &bound, form.one("token")) {
            return Err(stale());
        }
        held.keep(&path, &form.fields, None);
        site.app.stands()?;
        if site.once.take(form.one("once"), form.said(), &held) { Ok(form) } else { Err(again()) }
    }
}

/// Bytes of a text on a page, where each sign of markup takes five.
fn weight(text: &str) -> usize {
    text.len() + 4 * text.bytes().filter(|b| matches!(b, b'<' | b'>' | b'&' | b'"' | b'\'')).count()
}

/// The body of a form without files. Anybody may send one, so nothing beyond the limit is taken in, and not for long.
async fn text(request: Request, site: &Site, held: &Held) -> Result<Bytes, PageError> {
    let is_signed_in = request.extensions().get::<SignedIn>().is_some();
    let (most, small) = if is_signed_in { (MAX_TEXT_BYTES, SMALL_BYTES) } else { (MAX_OPEN_BYTES, SMALL_OPEN_BYTES) };
    if length(request.headers(), request.body()).is_some_and(|length| length > most) {
        return Err(PageError::TextTooLong);
    }
    if !is_of_kind(request.headers(), "application/x-www-form-urlencoded") {
        return Err(PageError::field("form", "not-a-form"));
    }
    let read = whole(request, site, held, (most, small), site.limits.form_time).await;
    read.map_err(|error| if matches!(error, PageError::TooLarge) { PageError::TextTooLong } else { error })
}

/// The JSON that a program sends without having shown who it is; `None` for a body of another type.
pub(crate) async fn json(request: Request, site: &Site, most: usize) -> Result<Option<Bytes>, PageError> {
    if !is_of_kind(request.headers(), "application/json") {
        return Ok(None);
    }
    if length(request.headers(), request.body()).is_some_and(|length| length > most) {
        return Err(PageError::TooLarge);
    }
    let held = request.extensions().get::<Held>().cloned().unwrap_or_default();
    whole(request, site, &held, (most, SMALL_OPEN_BYTES), site.limits.upload_time).await.map(Some)
}

fn is_of_kind(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
}

/// All of a body of at most so many bytes; one that is not small takes room.
async fn whole(request: Request, site: &Site, held: &Held, (most, small): (usize, usize), time: Duration) -> Result<Bytes, PageError> {
    let (head, body) = request.into_parts();
    let length = length(&head.headers, &body);
    let place = match length {
        Some(length) if length <= small => None,
        _ => Some(place(&head.extensions, site).await?),
    };
    let body = match &place {
        Some(place) => {
            held.hold(place);
            place.take(body, length.unwrap_or(most), time)
        }
        None => body,
    };
    match tokio::time::timeout(time, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(PageError::TooLarge),
        Ok(Err(_)) | Err(_) => Err(place.and_then(|place| place.refusal()).unwrap_or_else(|| PageError::field("form", "not-a-form"))),
    }
}

/// Bytes of a body, where it says so.
fn length(headers: &HeaderMap, body: &Body) -> Option<usize> {
    let told = || headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
    body.size_hint().exact().and_then(|length| usize::try_from(length).ok()).or_else(told)
}

/// Room for a body of whoever sends it: a person, or an address while nobody is signed in.
async fn place(sender: &Extensions, site: &Site) -> Result<Place, PageError> {
    if let Some(SignedIn(person)) = sender.get() {
        return site.room.enter(person, site.limits.unfinished_of_one).await;
    }
    let address = sender.get::<Peer>().map(|peer| peer.0.clone()).unwrap_or_default();
    let address = address.parse().map_or(address, |ip| owner(ip).to_string());
    site.room.enter(&address, OPEN_OF_ONE_ADDRESS).await
}

/// The parts of an upload, counted and timed while they come.
pub(crate) struct Parts {
    parts: Multipart,
    place: Place,
    count: usize,
}

impl Parts {
    /// Takes room for the body; `None` when it has no parts at all.
    pub(crate) async fn of(request: Request, site: &Site) -> Result<Option<Parts>, PageError> {
        let held = request.extensions().get::<Held>().cloned().unwrap_or_default();
        let place = place(request.extensions(), site).await?;
        held.hold(&place);
        let length = length(request.headers(), request.body()).unwrap_or(MAX_UPLOAD_BYTES);
        let request = request.map(|body| place.take(body, length, site.limits.upload_time));
        Ok(Multipart::from_request(request, site).await.ok().map(|parts| Parts { parts, place, count: 0 }))
    }

    /// The next part; too many of them are too large an upload.
    pub(crate) async fn next(&mut self) -> Result<Option<Part<'_>>, PageError> {
        let place = &self.place;
        let field = self.parts.next_field().await.map_err(|error| broken(&error, place))?;
        self.count += 1;
        let is_one_too_many = field.is_some() && self.count > MAX_PARTS;
        if is_one_too_many { Err(PageError::TooLarge) } else { Ok(field.map(|field| Part { field, place })) }
    }
}

/// One part of an upload.
pub(crate) struct Part<'a> {
    field: Field<'a>,
    place: &'a Place,
}

impl Part<'_> {
    pub(crate) fn name(&self) -> String {
        self.field.name().unwrap_or_default().to_owned()
    }

    /// The name of the file, if it is one.
    pub(crate) fn file_name(&self) -> Option<String> {
        self.field.file_name().map(base_name)
    }

    /// All of its bytes; `None` as soon as they are more than so many.
    pub(crate) async fn whole(mut self, most: usize) -> Result<Option<Vec<u8>>, PageError> {
        let mut bytes = Vec::new();
        while let Some(more) = self.field.chunk().await.map_err(|error| broken(&error, self.place))? {
            if bytes.len() + more.len() > most {
                return Ok(None);
            }
            // In steps of a quarter: twice as much as there is would be taken otherwise.
            if bytes.capacity() - bytes.len() < more.len() {
                bytes.reserve_exact(more.len().max(bytes.len() / 4));
            }
            bytes.extend_from_slice(&more);
        }
        Ok(Some(bytes))
    }
}

impl FromRequest<Site> for Upload {
    type Rejection = PageError;
    async fn from_request(request: Request, site: &Site) -> Result<Upload, PageError> {
        let bound = cookies::bound_to(request.headers(), site.secure).unwrap_or_default();
        let held = request.extensions().get::<Held>().cloned().unwrap_or_default();
        let path = request.uri().path().to_owned();
        let no_form = || PageError::field("files", "not-a-form");
        let mut parts = Parts::of(request, site).await?.ok_or_else(no_form)?;
        let mut upload = Upload { form: Form { fields: Vec::new() }, files: Vec::new() };
        let mut room = MAX_TEXT_BYTES;
        while let Some(part) = parts.next().await? {
            let name = part.name();
            // The token is the first field of every form of ours: nothing is taken in before it holds.
            if upload.form.fields.is_empty() && name != "token" {
                return Err(stale());
            }
            if let Some(file) = part.file_name() {
                let bytes = part.whole(usize::MAX).await?.ok_or(PageError::TooLarge)?;
                if !(file.is_empty() && bytes.is_empty()) {
                    upload.files.push(UploadedFile { name: file, bytes });
                }
            } else {
                let value = part.whole(room).await?.ok_or(PageError::TooLarge)?;
                let value = String::from_utf8(value).map_err(|_| no_form())?;
                room = room.checked_sub(weight(&name) + weight(&value)).ok_or(PageError::TooLarge)?;
                upload.form.fields.push((name, value));
            }
            if upload.files.len() > MAX_FILES {
                return Err(PageError::TooLarge);
            }
            if upload.form.fields.len() == 1 && !token_holds(&site.key, &bound, upload.form.one("token")) {
                return Err(stale());
            }
        }
        if upload.form.fields.is_empty() {
            return Err(stale());
        }
        held.keep(&path, &upload.form.fields, Some(upload.files.iter().map(|file| file.name.clone()).collect()));
        site.app.stands()?;
        if site.once.take(upload.form.one("once"), upload.form.said(), &held) { Ok(upload) } else { Err(again()) }
    }
}

fn broken(error: &MultipartError, place: &Place) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return PageError::TooLarge;
    }
    place.refusal().unwrap_or_else(|| PageError::field("files", "not-a-form"))
}

/// Characters of a file name, and of what behind its last dot says what it is.
const MOST_NAME: usize = 200;
const MOST_ENDING: usize = 10;

/// The last part of a file name, whatever system it comes from, without characters that nobody sees: a name, never a path, and
/// none that reads backwards. What is too long loses its middle, so that it still says what kind of file it is.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: Vec<char> = last.chars().filter(|c| app::is_seen(*c)).collect();
    let ending = clean.iter().rev().position(|c| *c == '.').map_or(0, |n| n + 1);
    let ending = if ending > MOST_ENDING { 0 } else { ending };
    let kept = if clean.len() > MOST_NAME { MOST_NAME - ending } else { clean.len() - ending };
    let clean: String = clean[..kept].iter().chain(&clean[clean.len() - ending..]).collect();
    if matches!(clean.trim(), "." | "..") { String::new() } else { clean.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_visitor() {
        let key = [7; 32];
        let token = token(&key, "anna");
        assert!(token_holds(&key, "anna", &token));
        assert!(!token_holds(&key, "ben", &token));
        assert!(!token_holds(&[8; 32], "anna", &token));
        assert!(!token_holds(&key, "anna", ""));
        assert!(!token_holds(&key, "", &super::token(&key, "")));
    }

    #[test]
    fn a_file_name_is_never_a_path() {
        assert_eq!(base_name("../../etc/passwd"), "passwd");
        assert_eq!(base_name(r"C:\Users\a\ke hoach.docx"), "ke hoach.docx");
        assert_eq!(base_name(".."), "");
        assert_eq!(base_name("a\r\nb: c.txt"), "ab: c.txt");
        assert_eq!(base_name("ke-hoach\u{202e}fdp.exe"), "ke-hoachfdp.exe", "it reads as what it is");
    }

    #[test]
    fn a_long_file_name_keeps_its_ending() {
        assert_eq!(base_name(&format!("{}.pdf", "a".repeat(300))), format!("{}.pdf", "a".repeat(196)));
        assert_eq!(base_name(&"b".repeat(300)), "b".repeat(200));
        assert_eq!(base_name(&format!("c.{}", "d".repeat(300))).len(), 200, "no ending is that long");
    }
}
