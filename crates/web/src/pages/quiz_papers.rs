//! What is printed of a quiz: the questions of each form, the sheet to be marked, the key, a slip with the code for each unit.

use app::programme::quiz::LETTERS;
use app::quizzes::{self, PaperForm, PaperItem};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;

use crate::error::PageError;
use crate::pages::Page;
use crate::pages::account::Qr;
use crate::pages::quiz::seen;
use crate::pages::quiz_sheet::{Sheets, Wanted};
use crate::pages::quiz_take::fields;
use crate::pages::quizzes::{days_words, holds, title};
use crate::site::Site;
use crate::visit::{Frame, Visit, host};

#[derive(Template)]
#[template(path = "quiz_paper.html")]
pub(crate) struct PaperPage {
    frame: Frame,
    href: String,
    title: String,
    kind: &'static str,
    forms: Vec<FormPart>,
    /// How many questions.
    n: String,
    /// The answer sheets, where they are asked for.
    sheets: Option<Sheets>,
    slips: Vec<Slip>,
    days: String,
    /// The slips name an address that only this machine reaches.
    local: bool,
}

struct FormPart {
    variant: String,
    questions: Vec<Printed>,
    key: String,
}

struct Printed {
    text: String,
    answers: Vec<(char, String)>,
    several: bool,
    key: String,
}

struct Slip {
    unit: String,
    code: String,
    address: String,
    qr: Option<Qr>,
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path((id, paper)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Page<PaperPage>, PageError> {
    let kind = ["forms", "answer-sheet", "key", "slips"].into_iter().find(|kind| *kind == paper).ok_or(PageError::NotFound)?;
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    let forms = quizzes::forms(&site.app, &visit.by, &view.id).await?;
    let frame = visit.frame("/manage");
    let scheme = if site.secure { "https" } else { "http" };
    let slip = |unit: &quizzes::UnitPart| {
        let address = format!("{scheme}://{}/q/{}", host(&headers), unit.code);
        Slip { unit: unit.name.clone(), code: unit.code.clone(), qr: Qr::of(&address), address }
    };
    let sheets = if kind == "answer-sheet" { Some(Sheets::of(&frame, &view, &forms, &wanted)?) } else { None };
    Ok(Page(PaperPage {
        href: format!("/quizzes/{}", view.id),
        title: title(frame.lang, &view),
        kind,
        forms: forms.iter().map(|form| part(&frame, form)).collect(),
        n: frame.with("quiz-n-of", &[("n", (view.n_questions as u64).into())]),
        sheets,
        slips: view.units.iter().map(slip).collect(),
        days: days_words(&view).unwrap_or_default(),
        local: kind == "slips" && site.outside(&headers).is_none(),
        frame,
    }))
}

fn part(frame: &Frame, form: &PaperForm) -> FormPart {
    let printed = |item: &PaperItem| Printed {
        text: item.text.clone(),
        answers: LETTERS.iter().copied().zip(fields(frame, item.kind, &item.answers)).collect(),
        several: item.kind == app::programme::quiz::Kind::Several,
        key: item.key.clone(),
    };
    let letters = |item: &PaperItem| if item.key.chars().count() > 1 { format!("({})", item.key) } else { item.key.clone() };
    FormPart {
        variant: frame.with("quiz-variant", &[("n", form.variant.to_string().into())]),
        questions: form.items.iter().map(printed).collect(),
        key: form.items.iter().map(letters).collect(),
    }
}
