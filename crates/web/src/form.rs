//! Forms as they were posted, with their token checked before anything is read out of them.
//!
//! The token is HMAC-SHA-256 of the session (or, before anybody signed in, of the visitor's mark) under a key that follows from the office's: a page of another site
//! can neither read nor guess it. Both extractors refuse a form without it, so no handler can forget.
//!
//! ```text
//! async fn drop(visit: Visit, Path(id): Path<String>, form: Form) -> …   // form.one("reason")
//! ```

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use sha2::Sha256;
use tokio::sync::Semaphore;

use crate::cookies;
use crate::error::PageError;
use crate::once::Held;
use crate::site::Site;

/// Files in one upload; more are refused rather than dropped.
const MAX_FILES: usize = 20;
/// Bytes of all text fields of one form.
const MAX_TEXT_BYTES: usize = 1 << 20;
/// Forms longer than this are taken in so many at a time: anybody may send them, and each lies in memory until it is whole.
const LARGE_BYTES: usize = 64 << 10;
static LARGE: Semaphore = Semaphore::const_new(32);
/// Time for the whole of a form without files: a megabyte over a slow line.
const FORM_TIME: Duration = Duration::from_secs(60);
/// An upload of which nothing came for so long has ended.
const SILENCE: Duration = Duration::from_secs(30);

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
    /// A form whose fields are not shown again.
    pub(crate) fn empty() -> Form {
        Form { fields: Vec::new() }
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
    app::programme::chain::hex(&mac(key, visitor).finalize().into_bytes())
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
        let bytes = text(request).await?;
        let fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
        let form = Form { fields };
        if !token_holds(&site.key, &bound, form.one("token")) {
            return Err(stale());
        }
        held.keep(&path, &form.fields, None);
        if site.once.take(form.one("once"), &held) { Ok(form) } else { Err(again()) }
    }
}

/// The body of a form without files. Anybody may send one, so nothing beyond the limit is taken in, and not for long.
async fn text(request: Request) -> Result<Bytes, PageError> {
    let (head, body) = request.into_parts();
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if header(CONTENT_LENGTH).parse().is_ok_and(|length: usize| length > MAX_TEXT_BYTES) {
        return Err(PageError::TooLarge);
    }
    if !header(CONTENT_TYPE).starts_with("application/x-www-form-urlencoded") {
        return Err(PageError::field("form", "not-a-form"));
    }
    let is_large = header(CONTENT_LENGTH).parse().map_or(true, |length: usize| length > LARGE_BYTES);
    let taken = async {
        let _place = if is_large { LARGE.acquire().await.ok() } else { None };
        Limited::new(body, MAX_TEXT_BYTES).collect().await
    };
    match tokio::time::timeout(FORM_TIME, taken).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(PageError::TooLarge),
        Ok(Err(_)) | Err(_) => Err(PageError::field("form", "not-a-form")),
    }
}

/// Something of an upload, which must go on coming.
pub(crate) async fn in_time<T>(part: impl Future<Output = Result<T, MultipartError>>) -> Result<T, PageError> {
    match tokio::time::timeout(SILENCE, part).await {
        Ok(part) => part.map_err(|e| broken(&e)),
        Err(_) => Err(PageError::field("files", "not-a-form")),
    }
}

/// All bytes of one part of an upload.
pub(crate) async fn whole(mut part: Field<'_>) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(more) = in_time(part.chunk()).await? {
        bytes.extend_from_slice(&more);
    }
    Ok(bytes)
}

impl FromRequest<Site> for Upload {
    type Rejection = PageError;
    async fn from_request(request: Request, site: &Site) -> Result<Upload, PageError> {
        let bound = cookies::bound_to(request.headers(), site.secure).unwrap_or_default();
        let held = request.extensions().get::<Held>().cloned().unwrap_or_default();
        let path = request.uri().path().to_owned();
        let mut parts = Multipart::from_request(request, site).await.map_err(|_| PageError::field("files", "not-a-form"))?;
        let mut upload = Upload { form: Form { fields: Vec::new() }, files: Vec::new() };
        let mut text_bytes = 0;
        while let Some(part) = in_time(parts.next_field()).await? {
            let name = part.name().unwrap_or_default().to_owned();
            // The token is the first field of every form of ours: nothing is taken in before it holds.
            if upload.form.fields.is_empty() && name != "token" {
                return Err(stale());
            }
            if let Some(file) = part.file_name().map(base_name) {
                let bytes = whole(part).await?;
                if !(file.is_empty() && bytes.is_empty()) {
                    upload.files.push(UploadedFile { name: file, bytes });
                }
            } else {
                let value = String::from_utf8(whole(part).await?).map_err(|_| PageError::field("files", "not-a-form"))?;
                text_bytes += value.len();
                upload.form.fields.push((name, value));
            }
            if upload.files.len() > MAX_FILES || text_bytes > MAX_TEXT_BYTES {
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
        if site.once.take(upload.form.one("once"), &held) { Ok(upload) } else { Err(again()) }
    }
}

fn broken(error: &MultipartError) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { PageError::TooLarge } else { PageError::field("files", "not-a-form") }
}

/// The last part of a file name, whatever system it comes from, without control characters: a name, never a path.
pub(crate) fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
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
    }
}
