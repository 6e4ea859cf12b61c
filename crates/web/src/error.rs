//! What can go wrong in front of a visitor: one variant per outcome that the visitor can see.
//!
//! A [`PageError`] travels as a response that carries its kind; [`page`] turns it into a page in the visitor's language,
//! with a request number and a way back. What is inside goes to the log only, once, here.

use app::lang::{Lang, code, has, t};
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::assets;

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
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// Refusal code, if one is known.
    code: Option<String>,
    fields: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    lang: Lang,
    style: String,
    icon: String,
    status: u16,
    title: String,
    words: String,
    reason: Option<String>,
    /// A state-secret mark: why and what to do stands in place of the usual words.
    secret: bool,
    fields: Vec<String>,
    request: String,
    back: String,
}

impl ErrorPage {
    fn t(&self, key: &str) -> std::borrow::Cow<'static, str> {
        t(self.lang, key)
    }
}

impl PageError {
    /// One wrong field.
    pub fn field(field: &'static str, code: &'static str) -> PageError {
        PageError::Invalid(vec![FieldError { field, code }])
    }
}

impl From<app::Error> for PageError {
    fn from(error: app::Error) -> PageError {
        use app::programme::decide::Refusal as R;
        match error {
            app::Error::NotFound { .. } => PageError::NotFound,
            app::Error::Refused(refusal) => {
                let code = refusal.code().to_owned();
                match refusal {
                    R::NotYours | R::NotIndependent | R::RoleMissing { .. } | R::SecretLetter { .. } | R::SecretMark { .. } => {
                        PageError::Forbidden(code)
                    }
                    R::NotExaminable => PageError::Forbidden(code),
                    R::AdminElsewhere
                    | R::EmptyText
                    | R::TooLong
                    | R::NoUnit
                    | R::NoLetter
                    | R::PeriodOutside
                    | R::InTheFuture
                    | R::EndDatePast => PageError::Unusable(code),
                    _ => PageError::Conflict(code),
                }
            }
            app::Error::Account(refusal) => PageError::Unusable(refusal.code().to_owned()),
            app::Error::Mail(problem) => PageError::Unusable(problem.code().to_owned()),
            app::Error::Plan("no_folder") => PageError::field("path", "no-folder"),
            app::Error::Plan("too_many") => PageError::Conflict("too_many_plans".to_owned()),
            app::Error::Plan(_) => PageError::field("hour", "bad-choice"),
            app::Error::AlreadySetUp => PageError::Conflict("already_done".to_owned()),
            other => PageError::Internal(other.into()),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, code, fields) = match self {
            PageError::NotFound => (StatusCode::NOT_FOUND, None, Vec::new()),
            PageError::Forbidden(code) => (StatusCode::FORBIDDEN, Some(code), Vec::new()),
            PageError::Invalid(fields) => (StatusCode::UNPROCESSABLE_ENTITY, None, fields),
            PageError::Unusable(code) => (StatusCode::UNPROCESSABLE_ENTITY, Some(code), Vec::new()),
            PageError::Conflict(code) => (StatusCode::CONFLICT, Some(code), Vec::new()),
            PageError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, None, Vec::new()),
            PageError::Internal(error) => {
                tracing::error!("a page failed: {error:#}");
                (StatusCode::INTERNAL_SERVER_ERROR, None, Vec::new())
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Fault { code, fields });
        response
    }
}

/// The page for a failed response; other responses pass as they are.
pub(crate) fn page(response: Response, lang: Lang, request: &str, back: &str) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if !failed || is_page {
        return response;
    }
    let fault = response.extensions().get::<Fault>().cloned().unwrap_or(Fault { code: None, fields: Vec::new() });
    let kind = match status.as_u16() {
        403 => "403",
        404 | 405 => "404",
        409 => "409",
        413 => "413",
        421 => "421",
        422 | 400 | 415 => "422",
        _ => "500",
    };
    let secret = fault.code.as_deref().is_some_and(|code| matches!(code, "secret_letter" | "secret_mark"));
    let reason = fault.code.map(|c| app::lang::code_key("refusal", &c)).filter(|key| has(lang, key)).map(|key| t(lang, &key).into_owned());
    let page = ErrorPage {
        lang,
        style: assets::href("style.css"),
        icon: assets::href("icon.svg"),
        status: status.as_u16(),
        title: code(lang, "error-title", kind).into_owned(),
        words: code(lang, "error-words", kind).into_owned(),
        reason,
        secret,
        fields: fault.fields.iter().map(|f| code(lang, "field", f.code).into_owned()).collect(),
        request: request.to_owned(),
        back: back.to_owned(),
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => status.into_response(),
    }
}
