//! The head's direction on an incoming letter (bút phê): who leads, who helps, until when, in what words.

use app::letters::{self, NewDirection};
use app::programme::decide::Refusal;
use app::programme::ids::UnitId;
use app::programme::model::Direction;
use app::views::{DirectionView, LetterView, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, letter, letters as register};
use crate::shown;
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "direction.html")]
pub(crate) struct DirectionPage {
    frame: Frame,
    errors: Vec<WrongField>,
    letter_href: String,
    letter_title: String,
    subject: Option<String>,
    action: String,
    leads: Vec<Choice>,
    helpers: Vec<Choice>,
    due: String,
    note: String,
    /// What becomes of work that the letter gives to everybody.
    open_words: String,
}

pub(crate) async fn form(State(site): State<Site>, visit: Visit, Path(letter): Path<String>) -> Result<Page<DirectionPage>, PageError> {
    let view = letter::load(&site, &visit, &letter).await?;
    visit.registers()?;
    if view.row.direction != Direction::In {
        return Err(PageError::NotFound);
    }
    let units = app::office::units(&site.app).await?;
    Ok(Page(page(visit.frame("/letters"), &view, &units, site.app.now().day())))
}

pub(crate) async fn give(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = letter::load(&site, &visit, &letter).await?;
    visit.registers()?;
    match read(&form, &view) {
        Ok(new) => {
            let today = site.app.now().day();
            let notice = if new.due.is_some_and(|due| due < today) { "directed-past" } else { "directed" };
            match letters::direct(&site.app, &visit.by, new).await {
                Ok(()) => Ok(done(&format!("/letters/{letter}"), notice).into_response()),
                Err(app::Error::Refused(refusal @ Refusal::DueBeforeLetter)) => {
                    let units = app::office::units(&site.app).await?;
                    let page = again(page(visit.frame("/letters"), &view, &units, today), &form, &[]);
                    let words = shown::wrong_due(&page.frame, &refusal, view.row.date, None);
                    Ok(Page(DirectionPage { errors: vec![WrongField { field: "due", words }], ..page }).into_response())
                }
                Err(error) => Err(error.into()),
            }
        }
        Err(wrong) => {
            let units = app::office::units(&site.app).await?;
            let page = page(visit.frame("/letters"), &view, &units, site.app.now().day());
            Ok(Page(again(page, &form, &wrong)).into_response())
        }
    }
}

fn read(form: &Form, letter: &LetterView) -> Result<NewDirection, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let lead = form.some("lead").and_then(|id| id.parse::<UnitId>().ok());
    if lead.is_none() {
        wrong.push(FieldError { field: "lead", code: "no-lead" });
    }
    let due = form.some("due").map(dates::read);
    if due == Some(None) {
        wrong.push(FieldError { field: "due", code: "bad-day" });
    }
    let Some(lead) = lead.filter(|_| wrong.is_empty()) else { return Err(wrong) };
    Ok(NewDirection {
        letter: letter.row.id.clone(),
        lead,
        cooperating: form.all("cooperating").into_iter().filter_map(|id| id.parse().ok()).collect(),
        due: due.flatten(),
        note: form.some("note").map(str::to_owned),
    })
}

fn page(frame: Frame, letter: &LetterView, units: &[UnitRow], today: Date) -> DirectionPage {
    let given: Option<&DirectionView> = letter.direction_given.as_ref();
    let open: Vec<&UnitRow> = units.iter().filter(|u| u.depth > 0 && u.valid_to.is_none_or(|to| today <= to)).collect();
    let choices = |chosen: &dyn Fn(&UnitId) -> bool| -> Vec<Choice> {
        open.iter().map(|u| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: chosen(&u.id) }).collect()
    };
    DirectionPage {
        errors: Vec::new(),
        letter_href: format!("/letters/{}", letter.row.id),
        letter_title: register::title(frame.lang, &letter.row),
        subject: letter.row.subject.clone(),
        action: format!("/letters/{}/direction", letter.row.id),
        open_words: frame.with("direction-open-units", &[("to", frame.t("obligation-all-recipients").into_owned().into())]),
        leads: choices(&|id| given.is_some_and(|d| &d.lead.id == id)),
        helpers: choices(&|id| given.is_some_and(|d| d.cooperating.iter().any(|u| &u.id == id))),
        due: given.and_then(|d| d.due).map(dates::written).unwrap_or_default(),
        note: given.and_then(|d| d.note.clone()).unwrap_or_default(),
        frame,
    }
}

fn again(page: DirectionPage, form: &Form, wrong: &[FieldError]) -> DirectionPage {
    let chosen = |name: &'static str| {
        let values: Vec<String> = form.all(name).into_iter().map(str::to_owned).collect();
        move |choice: Choice| Choice { chosen: values.contains(&choice.value), ..choice }
    };
    DirectionPage {
        errors: wrong_fields(&page.frame, wrong),
        leads: page.leads.into_iter().map(chosen("lead")).collect(),
        helpers: page.helpers.into_iter().map(chosen("cooperating")).collect(),
        due: form.one("due").to_owned(),
        note: form.one("note").to_owned(),
        ..page
    }
}
