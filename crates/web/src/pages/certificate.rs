//! Did the office certify this? Open to whoever holds the code; with the text that anybody can check without this server.

use app::lang::{date, moment};
use app::programme::quiz::certificate::Signed;
use app::quizzes::{self, Checked, Standing};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::error::PageError;
use crate::pages::account::Qr;
use crate::pages::{Page, evidence, voices};
use crate::site::Site;
use crate::visit::{Frame, Turned, Visit, host, origin};

#[derive(Template)]
#[template(path = "certificate.html")]
pub(crate) struct CertificatePage {
    frame: Frame,
    code: String,
    /// Of the family `certificate`; empty where nothing was asked.
    answer: &'static str,
    class: &'static str,
    facts: Vec<(String, String)>,
    /// The signed text.
    proof: Option<String>,
    files: Vec<(String, String)>,
}

/// The certificate itself, to be printed.
#[derive(Template)]
#[template(path = "certificate_print.html")]
pub(crate) struct PrintPage {
    frame: Frame,
    href: String,
    name: String,
    course: String,
    office: String,
    day: String,
    code: String,
    address: String,
    qr: Option<Qr>,
    proof_qr: Option<Qr>,
    /// Only this machine reaches the address.
    local: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    code: Option<String>,
}

fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(20).collect()
}

/// The form for a code that is typed in.
pub(crate) async fn form(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    if let Some(code) = asked.code.as_deref().map(typed).filter(|code| !code.is_empty()) {
        return Ok(Redirect::to(&format!("/certificate/{code}")).into_response());
    }
    let frame = voices::frame(&site, visit, &parts, "/check").await?;
    let empty = CertificatePage { code: String::new(), answer: "", class: "", facts: Vec::new(), proof: None, files: Vec::new(), frame };
    Ok(Page(empty).into_response())
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let frame = voices::frame(&site, visit, &parts, "/check").await?;
    let code = typed(&code);
    let checked = quizzes::check_certificate(&site.app, &code, &origin(&parts)).await?;
    let status = if checked.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok((status, Page(page(frame, &code, checked))).into_response())
}

fn page(frame: Frame, code: &str, checked: Option<Checked>) -> CertificatePage {
    let (answer, class) = match checked.as_ref().map(|checked| checked.standing) {
        Some(Standing::Holds) => ("holds", "good"),
        Some(Standing::Revoked) => ("revoked", "bad"),
        Some(Standing::Erased) => ("erased", "soon"),
        None => ("unknown", "bad"),
    };
    let holds = answer == "holds";
    let mut facts = Vec::new();
    if let Some(checked) = &checked {
        let mut fact = |key: &str, value: String| facts.push((frame.t(key).into_owned(), value));
        // Of one that was taken back nobody is named any more.
        if let Some(signed) = checked.signed.as_ref().filter(|_| holds) {
            fact("certificate-name", signed.certificate.name.clone());
            fact("certificate-course", signed.certificate.course.clone());
            fact("certificate-office", signed.certificate.office.clone());
            fact("certificate-date", date(signed.certificate.date));
        }
        if let Some(at) = checked.revoked_at {
            fact("certificate-revoked-at", moment(at));
        }
    }
    let file = |name: &str, key: &str| (format!("/certificate/{code}/{name}"), frame.t(key).into_owned());
    let mut files = Vec::new();
    if holds {
        files.push(file("print", "certificate-print"));
        if quizzes::makes_certificate_pdf() {
            files.push(file("chung-nhan.pdf", "certificate-pdf"));
        }
        files.push(file("chung-nhan.txt", "certificate-text"));
    }
    let proof = checked.and_then(|checked| checked.signed).filter(|_| holds).map(|signed| signed.text());
    CertificatePage { code: app::voices::spaced(code), answer, class, facts, proof, files, frame }
}

/// Where the page of a code stands, as whoever asks reaches this server.
fn address(site: &Site, parts: &Parts, code: &str) -> String {
    let scheme = if site.secure { "https" } else { "http" };
    format!("{scheme}://{}/certificate/{code}", host(&parts.headers))
}

async fn holding(site: &Site, parts: &Parts, code: &str) -> Result<Signed, PageError> {
    quizzes::proof(&site.app, code, &origin(parts)).await?.ok_or(PageError::NotFound)
}

pub(crate) async fn print(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Path(code): Path<String>,
) -> Result<Page<PrintPage>, PageError> {
    let code = typed(&code);
    let signed = holding(&site, &parts, &code).await?;
    let frame = voices::frame(&site, visit, &parts, "/check").await?;
    let address = address(&site, &parts, &code);
    let told = &signed.certificate;
    Ok(Page(PrintPage {
        href: format!("/certificate/{code}"),
        name: told.name.clone(),
        course: told.course.clone(),
        office: told.office.clone(),
        day: frame.with("certificate-on", &[("day", date(told.date).into())]),
        code: app::voices::spaced(&code),
        qr: Qr::of(&address),
        proof_qr: Qr::of(&signed.text()),
        address,
        local: site.outside(&parts.headers).is_none(),
        frame,
    }))
}

/// The certificate as a file: its signed text, or a sheet to be printed.
pub(crate) async fn file(
    State(site): State<Site>,
    parts: Parts,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let code = typed(&code);
    let signed = holding(&site, &parts, &code).await?;
    let bytes = match name.as_str() {
        "chung-nhan.txt" => signed.text().into_bytes(),
        "chung-nhan.pdf" => {
            let address = address(&site, &parts, &code);
            quizzes::certificate_pdf(&site.app, &signed, &address).await?.ok_or(PageError::NotFound)?
        }
        _ => return Err(PageError::NotFound),
    };
    Ok(evidence::attachment(&name, bytes))
}
