//! What cannot be answered, as RFC 9457 problem details: the words of the catalogue for people, a code for programs, the
//! number of the request for whoever keeps the server.
//!
//! ```text
//! {"type":"/api#problem-404","title":"Không có, …","status":404,"detail":null,"code":null,"request":"4f1a-17","errors":[]}
//! ```

use app::lang::{Lang, code, code_key, has, t};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::{Fault, PageError, kind};

/// Why an answer is not the one that was asked for.
pub(crate) enum Refused {
    Page(PageError),
    /// No token, or none that is good; the code of the refusal.
    Unknown(&'static str),
    /// Too many wrong tokens: to be tried again in so many minutes.
    Waits(i64),
    /// This address asked too much: to be tried again in so many seconds.
    TooOften(u64),
    /// A body of a type that is not taken; the one that is.
    MediaType(&'static str),
    /// A body that breaks off or is not what its type says.
    Unreadable,
}

/// RFC 9457 section 3.1, with members of our own.
#[derive(Serialize)]
struct Problem {
    r#type: String,
    title: String,
    status: u16,
    detail: Option<String>,
    code: Option<String>,
    request: String,
    errors: Vec<Wrong>,
}

/// What is wrong with one parameter or part.
#[derive(Serialize)]
struct Wrong {
    field: &'static str,
    code: &'static str,
    detail: String,
}

impl From<PageError> for Refused {
    fn from(error: PageError) -> Refused {
        Refused::Page(error)
    }
}

impl From<app::Error> for Refused {
    fn from(error: app::Error) -> Refused {
        Refused::Page(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, code, name, value) = match self {
            Refused::Page(error) => return error.into_response(),
            Refused::Unreadable => return StatusCode::BAD_REQUEST.into_response(),
            Refused::Unknown(code) => {
                let challenge = if code == "token_missing" { "" } else { ", error=\"invalid_token\"" };
                (StatusCode::UNAUTHORIZED, Some(code), header::WWW_AUTHENTICATE, format!("Bearer realm=\"luytre\"{challenge}"))
            }
            Refused::Waits(minutes) => {
                (StatusCode::TOO_MANY_REQUESTS, Some("token_waits"), header::RETRY_AFTER, minutes.saturating_mul(60).to_string())
            }
            Refused::TooOften(seconds) => (StatusCode::TOO_MANY_REQUESTS, Some("scam_too_often"), header::RETRY_AFTER, seconds.to_string()),
            Refused::MediaType(taken) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, None, header::ACCEPT, taken.to_owned()),
        };
        let mut response = status.into_response();
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
        response.extensions_mut().insert(Fault { code: code.map(str::to_owned), ..Fault::default() });
        response
    }
}

/// The problem of a failed response, with the headers that it brought; other responses pass as they are.
pub(crate) fn page(response: Response, lang: Lang, request: &str) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let fault = parts.extensions.remove::<Fault>().unwrap_or_default();
    let kind = kind(status);
    let of_trouble = fault.trouble.map(|c| code_key("trouble-words", c));
    let words = fault.code.as_deref().map(|c| code_key("refusal", c)).or(of_trouble).filter(|key| has(lang, key));
    let wrong = |f: &crate::error::FieldError| Wrong { field: f.field, code: f.code, detail: code(lang, "field", f.code).into_owned() };
    let problem = Problem {
        r#type: format!("/api#problem-{kind}"),
        title: code(lang, "api-problem", kind).into_owned(),
        status: status.as_u16(),
        detail: words.map(|key| t(lang, &key).into_owned()),
        code: fault.code.or(fault.trouble.map(str::to_owned)),
        request: request.to_owned(),
        errors: fault.fields.iter().map(wrong).collect(),
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.as_str()));
    (parts, body).into_response()
}
