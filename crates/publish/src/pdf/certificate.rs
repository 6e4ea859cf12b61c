//! A certificate on A4 across: the page of data that `certificate.typ` lays out.

use std::sync::OnceLock;

use programme::quiz::certificate::Signed;
use serde::{Deserialize, Serialize};

use super::desk::Form;
use super::{Pdf, typeset};
use crate::qr::Qr;
use crate::words::fill;
use crate::{Error, clean};

/// Fixed words, from `words/certificate.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateWords {
    word: String,
    certifies: String,
    passed: String,
    on: String,
    code: String,
    check: String,
    qr: String,
    proof: String,
    signed: String,
}

#[derive(Debug, Serialize)]
struct Page {
    superior: String,
    office: String,
    word: &'static str,
    certifies: &'static str,
    name: String,
    passed: &'static str,
    course: String,
    on: String,
    code_words: &'static str,
    code: String,
    check: &'static str,
    address: String,
    qr: Option<String>,
    qr_words: &'static str,
    proof: Option<String>,
    proof_words: &'static str,
    signed: &'static str,
    key: String,
}

/// A certificate as PDF/A-2a and PDF/UA-1, made at `created` (UTC, whole seconds); `address`: where its page stands, `superior`:
/// the body above the office, as on its letters.
///
/// # Errors
/// [`Error::Typeset`] if the typesetter or the checks of the PDF standard refuse the page.
pub fn certificate_pdf(signed: &Signed, superior: &str, address: &str, created: jiff::Timestamp) -> Result<Pdf, Error> {
    static WORDS: OnceLock<CertificateWords> = OnceLock::new();
    let words = WORDS.get_or_init(|| crate::words::parse(include_str!("../../words/certificate.toml")));
    let told = &signed.certificate;
    let two = |n: i8| format!("{n:02}");
    // From the third month on a day below ten alone has its nought: Decree 30/2020, Annex I.
    let month = if told.date.month() < 3 { two(told.date.month()) } else { told.date.month().to_string() };
    let (day, year) = (two(told.date.day()), told.date.year().to_string());
    let half = told.code.len() / 2;
    let page = Page {
        superior: clean::line(superior),
        office: clean::line(&told.office),
        word: &words.word,
        certifies: &words.certifies,
        name: clean::line(&told.name),
        passed: &words.passed,
        course: clean::line(&told.course),
        on: fill(&words.on, &[("day", &day), ("month", &month), ("year", &year)]),
        code_words: &words.code,
        code: format!("{}-{}", &told.code[..half], &told.code[half..]),
        check: &words.check,
        address: clean::line(address),
        qr: Qr::of(address).map(|qr| qr.svg()),
        qr_words: &words.qr,
        proof: Qr::of(&signed.text()).map(|qr| qr.svg()),
        proof_words: &words.proof,
        signed: &words.signed,
        key: signed.key.get(..16).unwrap_or_default().to_owned(),
    };
    typeset(Form::Certificate, &serde_json::to_string(&page)?, created)
}
