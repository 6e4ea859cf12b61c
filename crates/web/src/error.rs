//! What can go wrong in front of a visitor: one variant per outcome that the visitor can see.
//!
//! A [`PageError`] travels as a response that carries its kind; [`page`] turns it into a page in the visitor's language,
//! with a request number and a way back. What is inside goes to the log only, once, here.

use app::Trouble;
use app::lang::{code, has, t};
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::cookies;
use crate::once::Typed;
use crate::site::Site;
use crate::visit::{Frame, Visit};

/// An outcome that is not the page that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    #[error("not found")]
    NotFound,
    /// May not be done, by this unit or in this way; the code of the refusal, for the catalogue.
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// The form cannot be used as it is.
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldError>),
    /// What was filled in cannot be taken; the code of the refusal.
    #[error("unusable: {0}")]
    Unusable(String),
    /// Somebody was faster, or the thing is no longer in the state that the action needs; the code of the refusal.
    #[error("conflict: {0}")]
    Conflict(String),
    #[error("too large")]
    TooLarge,
    /// The words of a form, without files.
    #[error("text too long")]
    TextTooLong,
    /// Too many others are sending something: there was no room to take it in.
    #[error("crowded")]
    Crowded,
    /// The machine refuses: nothing was written, and the same form can be sent again.
    #[error("the machine refuses: {}", .0.code())]
    Trouble(Trouble),
    /// The record names a file that is not on the disk any more.
    #[error("file gone")]
    FileGone,
    /// Its bytes are not those that were handed in.
    #[error("file changed")]
    FileChanged,
    /// The data folder was moved or deleted under the running program.
    #[error("data folder gone")]
    FolderGone,
    /// A stored text is not what was kept.
    #[error("text damaged")]
    TextDamaged,
    #[error("internal: {0:#}")]
    Internal(#[from] anyhow::Error),
}

/// What is wrong with one field: its id in the form, and the code of the family `field` that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

/// What a failed response carries until the page is made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fault {
    /// Refusal code, if one is known.
    pub(crate) code: Option<String>,
    pub(crate) fields: Vec<FieldError>,
    /// Code of the family `trouble`.
    pub(crate) trouble: Option<&'static str>,
}

/// Seconds after which a browser or a program may try again.
const RETRY_S: u16 = 60;
/// Code of the family `trouble`: nothing of the form was read, so there is nothing to keep.
const CROWDED: &str = "crowded";
const TEXT_TOO_LONG: &str = "text_too_long";

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    status: u16,
    title: String,
    words: String,
    reason: Option<String>,
    /// A state-secret mark: why and what to do stands in place of the usual words.
    secret: bool,
    fields: Vec<String>,
    request: String,
    back: String,
    /// What was typed, to be sent again as it is.
    kept: Option<Typed>,
    /// A form came to nothing through no fault of its own, and could not be kept here.
    not_kept: bool,
}

impl PageError {
    /// One wrong field.
    pub fn field(field: &'static str, code: &'static str) -> PageError {
        PageError::Invalid(vec![FieldError { field, code }])
    }
}

impl From<app::Error> for PageError {
    fn from(error: app::Error) -> PageError {
        if let Some(trouble) = error.trouble() {
            // Once, here: the pages below only pass it on.
            tracing::error!("the machine refuses ({}): {error}", trouble.code());
            return PageError::Trouble(trouble);
        }
        match error {
            app::Error::FileGone { .. } => {
                tracing::error!("{error}");
                PageError::FileGone
            }
            app::Error::FileChanged { .. } => {
                tracing::error!("{error}");
                PageError::FileChanged
            }
            app::Error::FolderGone { .. } => {
                tracing::error!("{error}");
                PageError::FolderGone
            }
            error if error.is_text_damaged() => {
                tracing::error!("{error}");
                PageError::TextDamaged
            }
            app::Error::NotFound { .. } => PageError::NotFound,
            app::Error::Refused(refusal) => refused(&refusal),
            app::Error::Account(refusal) => PageError::Unusable(refusal.code().to_owned()),
            app::Error::Mail(problem) => PageError::Unusable(problem.as_str().to_owned()),
            app::Error::Pack(problem) => PageError::Unusable(problem.code().to_owned()),
            app::Error::Plan("no_folder") => PageError::field("path", "no-folder"),
            app::Error::Plan("too_many") => PageError::Conflict("too_many_plans".to_owned()),
            app::Error::Plan(_) => PageError::field("hour", "bad-choice"),
            app::Error::AlreadySetUp => PageError::Conflict("already_done".to_owned()),
            other => PageError::Internal(other.into()),
        }
    }
}

/// What was not allowed, what cannot be so whatever the state of things is, and what another state would have taken.
fn refused(refusal: &app::programme::decide::Refusal) -> PageError {
    use app::programme::decide::Refusal as R;
    let code = refusal.code().to_owned();
    match refusal {
        R::NotYours
        | R::NotFront
        | R::NotIndependent
        | R::DrillOwnPlan
        | R::RoleMissing { .. }
        | R::SecretLetter { .. }
        | R::SecretMark { .. }
        | R::NotExaminable => PageError::Forbidden(code),
        R::AdminElsewhere
        | R::EmptyText
        | R::TooLong
        | R::NoUnit
        | R::NoLetter
        | R::EmptyFile
        | R::Program
        | R::NotWanted
        | R::PeriodOutside
        | R::InTheFuture
        | R::ReferralDay
        | R::BadNumber
        | R::DueBeforeLetter
        | R::DuePastLetter
        | R::NoIndicator
        | R::Hotline
        | R::CloseUnanswered
        | R::IdentityNumber
        | R::NamesPeople
        | R::NamesSomebody
        | R::PersonalNumber
        | R::QuizTopic
        | R::TrustedDomain
        | R::ToOneself
        | R::EndDatePast
        | R::DrillDays
        | R::DrillTooSoon
        | R::DrillRate
        | R::DrillNotice
        | R::DrillFew
        | R::DrillSender
        | R::BadDomain => PageError::Unusable(code),
        _ => PageError::Conflict(code),
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut trouble = None;
        let (status, code, fields) = match self {
            PageError::Trouble(kind) => {
                trouble = Some(kind.code());
                (status_of(kind), None, Vec::new())
            }
            PageError::Crowded => {
                trouble = Some(CROWDED);
                (StatusCode::SERVICE_UNAVAILABLE, None, Vec::new())
            }
            PageError::FileGone => {
                trouble = Some("file_gone");
                (StatusCode::GONE, None, Vec::new())
            }
            PageError::FileChanged => {
                trouble = Some("file_changed");
                (StatusCode::GONE, None, Vec::new())
            }
            PageError::FolderGone => {
                trouble = Some("folder_gone");
                (StatusCode::SERVICE_UNAVAILABLE, None, Vec::new())
            }
            PageError::TextDamaged => {
                trouble = Some("text_damaged");
                (StatusCode::GONE, None, Vec::new())
            }
            PageError::NotFound => (StatusCode::NOT_FOUND, None, Vec::new()),
            PageError::Forbidden(code) => (StatusCode::FORBIDDEN, Some(code), Vec::new()),
            PageError::Invalid(fields) => (StatusCode::UNPROCESSABLE_ENTITY, None, fields),
            PageError::Unusable(code) => (StatusCode::UNPROCESSABLE_ENTITY, Some(code), Vec::new()),
            PageError::Conflict(code) => (StatusCode::CONFLICT, Some(code), Vec::new()),
            PageError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, None, Vec::new()),
            PageError::TextTooLong => {
                trouble = Some(TEXT_TOO_LONG);
                (StatusCode::PAYLOAD_TOO_LARGE, None, Vec::new())
            }
            PageError::Internal(error) => {
                tracing::error!("a page failed: {error:#}");
                (StatusCode::INTERNAL_SERVER_ERROR, None, Vec::new())
            }
        };
        let mut response = status.into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY_S));
        }
        response.extensions_mut().insert(Fault { code, fields, trouble });
        response
    }
}

fn status_of(trouble: Trouble) -> StatusCode {
    match trouble {
        Trouble::Full => StatusCode::INSUFFICIENT_STORAGE,
        Trouble::Busy | Trouble::Away | Trouble::ReadOnly => StatusCode::SERVICE_UNAVAILABLE,
        Trouble::Disk => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The code of a failed response, for people (`error-title`, `error-words`) and for programs (`api-problem`) alike.
pub(crate) fn kind(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "401",
        403 => "403",
        404 => "404",
        405 => "405",
        409 => "409",
        410 => "410",
        413 => "413",
        415 => "415",
        421 => "421",
        422 => "422",
        429 => "429",
        503 => "503",
        507 => "507",
        _ if status.is_client_error() => "400",
        _ => "500",
    }
}

/// What the page of a failed response says beside the response itself.
pub(crate) struct Asked<'a> {
    /// The number of the request.
    pub(crate) request: &'a str,
    /// The page that the visitor came from.
    pub(crate) back: &'a str,
    pub(crate) is_form: bool,
    /// The fields of the form that was sent, where they may stand on a page.
    pub(crate) kept: Option<Typed>,
}

/// A failed response that says already what there is to say, to a program that watches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said;

/// Whether a response failed and says nothing yet that a person could read.
pub(crate) fn lacks_page(response: &Response) -> bool {
    if response.extensions().get::<Said>().is_some() {
        return false;
    }
    let status = response.status();
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    (status.is_client_error() || status.is_server_error()) && !is_page
}

/// Whether a request failed because the database does not answer.
pub(crate) fn is_away(response: &Response) -> bool {
    response.extensions().get::<Fault>().is_some_and(|fault| fault.trouble == Some(Trouble::Away.code()))
}

/// What stands around the page of a failed request: the menu for who is signed in, the bare frame for everybody else.
/// Somebody who came by a foreign name sees nothing of the office; a database that does not answer is not asked again.
pub(crate) async fn frame(site: &Site, mut parts: Parts, foreign: bool, away: bool) -> Frame {
    let lang = cookies::lang(&parts.headers);
    if away {
        return Frame::bare(site, &parts.headers, String::new(), "/");
    }
    if foreign {
        let mut frame = Frame::bare(site, &HeaderMap::new(), String::new(), "/");
        // Nor a token, so no form.
        (frame.lang, frame.token) = (lang, String::new());
        return frame;
    }
    if let Ok(visit) = Visit::from_request_parts(&mut parts, site).await {
        let mut frame = visit.frame("");
        // An address that only takes forms is no way back.
        (frame.notice, frame.path) = (None, "/".to_owned());
        return frame;
    }
    let office = app::office::show(&site.app).await.ok().flatten().map(|office| office.unit.name);
    Frame::bare(site, &parts.headers, office.unwrap_or_default(), "/")
}

/// The page for a failed response.
pub(crate) fn page(response: &Response, frame: Frame, asked: Asked<'_>) -> Response {
    let Asked { request, back, is_form, kept } = asked;
    let (status, lang) = (response.status(), frame.lang);
    let fault = response.extensions().get::<Fault>().cloned().unwrap_or_default();
    let kind = kind(status);
    let secret = fault.code.as_deref().is_some_and(|code| matches!(code, "secret_letter" | "secret_mark"));
    let reason = fault.code.map(|c| app::lang::code_key("refusal", &c)).filter(|key| has(lang, key)).map(|key| t(lang, &key).into_owned());
    let (family, kind) = fault.trouble.map_or(("error", kind), |trouble| ("trouble", trouble));
    let kept = kept.filter(|_| fault.trouble.is_some());
    let page = ErrorPage {
        frame,
        status: status.as_u16(),
        title: code(lang, &format!("{family}-title"), kind).into_owned(),
        words: code(lang, &format!("{family}-words"), kind).into_owned(),
        reason,
        secret,
        fields: fault.fields.iter().map(|f| code(lang, "field", f.code).into_owned()).collect(),
        request: request.to_owned(),
        back: back.to_owned(),
        not_kept: is_form && fault.trouble.is_some_and(|trouble| ![CROWDED, TEXT_TOO_LONG].contains(&trouble)) && kept.is_none(),
        kept,
    };
    let retry = response.headers().get(header::RETRY_AFTER).cloned();
    let mut response = match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => status.into_response(),
    };
    if let Some(retry) = retry {
        response.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    response
}
