//! Working on one obligation of a letter: edit, merge with the next, drop and restore, add by giving a sentence.

use app::lang::due as due_words;
use app::letters::{self, ObligationEdit};
use app::programme::decide::Refusal;
use app::programme::model::{Due, Need};
use app::programme::period::Recurrence;
use app::views::{LetterView, ObligationState, ObligationView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::letter::{self, cards};
use crate::pages::{Page, done, done_at, letters as register};
use crate::quotes;
use crate::shown;
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "obligation_edit.html")]
pub(crate) struct ObligationEditPage {
    frame: Frame,
    errors: Vec<WrongField>,
    letter_href: String,
    letter_title: String,
    action: String,
    quote: String,
    text: String,
    to: String,
    due: String,
    /// The units that the addressees are taken to mean, and how many.
    units: Vec<String>,
    units_words: String,
    recurs: Vec<Choice>,
    needs: Vec<Choice>,
    declared_only: bool,
    /// Editing makes a successor, because a person confirmed it.
    confirmed: bool,
}

/// A wrong field in a form that is shown again.
pub(crate) struct WrongField {
    pub(crate) field: &'static str,
    pub(crate) words: String,
}

impl WrongField {
    /// What the field names as its description.
    pub(crate) fn id(&self) -> String {
        format!("{}-error", self.field)
    }
}

const RECURRENCES: [Recurrence; 6] =
    [Recurrence::Regular, Recurrence::Weekly, Recurrence::Monthly, Recurrence::Quarterly, Recurrence::HalfYearly, Recurrence::Yearly];

/// The obligation of an address, with its letter; for those who work on it.
pub(crate) async fn load(site: &Site, visit: &Visit, letter: &str, obligation: &str) -> Result<(LetterView, ObligationView), PageError> {
    let view = letter::load(site, visit, letter).await?;
    visit.registers()?;
    let found = view.obligations.iter().find(|o| o.id.as_str() == obligation).cloned();
    found.map(|o| (view, o)).ok_or(PageError::NotFound)
}

pub(crate) async fn edit_form(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
) -> Result<Page<ObligationEditPage>, PageError> {
    let (letter, obligation) = load(&site, &visit, &letter, &obligation).await?;
    let page = page(visit.frame("/letters"), &letter, &obligation);
    Ok(Page(with_units(&site, page, &letter).await?))
}

pub(crate) async fn edit(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (view, current) = load(&site, &visit, &letter, &obligation).await?;
    match read(&form).and_then(|edit| if form.some("show").is_some() { Err(Vec::new()) } else { Ok(edit) }) {
        Ok(edit) => {
            let past = edit.due.flatten().is_some_and(|due| due.last_day() < site.app.now().day());
            match letters::edit(&site.app, &visit.by, &current.id, edit).await {
                Ok(_) => {
                    let anchor = cards::anchor(&view.obligations, current.start);
                    Ok(done_at(&format!("/letters/{letter}"), if past { "edited-past" } else { "edited" }, &anchor).into_response())
                }
                Err(app::Error::Refused(refusal @ Refusal::DueBeforeLetter)) => {
                    let page = again(page(visit.frame("/letters"), &view, &current), &form, &[]);
                    let words = shown::wrong_due(&page.frame, &refusal, view.row.date, None);
                    let page = ObligationEditPage { errors: vec![WrongField { field: "due", words }], ..page };
                    Ok(Page(with_units(&site, page, &view).await?).into_response())
                }
                Err(error) => Err(error.into()),
            }
        }
        // Somebody only asks which units are meant, or something is wrong.
        Err(wrong) => {
            let page = again(page(visit.frame("/letters"), &view, &current), &form, &wrong);
            Ok(Page(with_units(&site, page, &view).await?).into_response())
        }
    }
}

pub(crate) async fn merge(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
    form: Form,
) -> Result<Redirect, PageError> {
    let (view, current) = load(&site, &visit, &letter, &obligation).await?;
    let next = view.obligations.iter().find(|o| o.id.as_str() == form.one("with")).ok_or(PageError::NotFound)?;
    letters::merge(&site.app, &visit.by, &current.id, &next.id).await?;
    Ok(done_at(&format!("/letters/{letter}"), "merged", &cards::anchor(&view.obligations, current.start)))
}

pub(crate) async fn drop(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let (view, current) = load(&site, &visit, &letter, &obligation).await?;
    letters::drop(&site.app, &visit.by, &current.id).await?;
    Ok(done_at(&format!("/letters/{letter}"), "dropped", &cards::anchor(&view.obligations, current.start)))
}

pub(crate) async fn restore(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, obligation)): Path<(String, String)>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let (view, current) = load(&site, &visit, &letter, &obligation).await?;
    letters::restore(&site.app, &visit.by, &current.id).await?;
    Ok(done_at(&format!("/letters/{letter}"), "restored", &cards::anchor(&view.obligations, current.start)))
}

/// A sentence copied or selected from the letter becomes an obligation.
pub(crate) async fn add(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = letter::load(&site, &visit, &letter).await?;
    visit.registers()?;
    let sentence = form.some("sentence").unwrap_or_default();
    let Some(span) = view.text.as_deref().and_then(|text| quotes::find(text, sentence)).filter(|_| !sentence.is_empty()) else {
        let code = if sentence.is_empty() { "no-text" } else { "not-in-letter" };
        return letter::again(&site, visit, &view, FieldError { field: "sentence", code }, sentence).await;
    };
    letters::add(&site.app, &visit.by, &view.row.id, span, ObligationEdit::default()).await?;
    Ok(done(&format!("/letters/{letter}"), "added").into_response())
}

fn page(frame: Frame, letter: &LetterView, o: &ObligationView) -> ObligationEditPage {
    let lang = frame.lang;
    let recurs = std::iter::once(None).chain(RECURRENCES.into_iter().map(Some)).map(|r| Choice {
        value: r.map_or_else(String::new, |r| r.as_str().to_owned()),
        words: shown::recurs(lang, r),
        chosen: r == o.recurs,
    });
    let needs = Need::ALL.iter().filter(|n| **n != Need::DeclaredOnly).map(|n| Choice {
        value: n.to_string(),
        words: frame.code("need", n.as_str()).into_owned(),
        chosen: o.needs.contains(n),
    });
    ObligationEditPage {
        errors: Vec::new(),
        letter_href: format!("/letters/{}", letter.row.id),
        letter_title: register::title(lang, &letter.row),
        action: format!("/letters/{}/obligations/{}/edit", letter.row.id, o.id),
        quote: o.quote.clone().unwrap_or_default(),
        text: o.text.clone().unwrap_or_default(),
        to: if o.to.is_empty() { String::new() } else { shown::addressees(lang, &o.to).join("\n") },
        due: o.due.map(due_words).unwrap_or_default(),
        units: Vec::new(),
        units_words: String::new(),
        recurs: recurs.collect(),
        needs: needs.collect(),
        declared_only: o.needs.contains(&Need::DeclaredOnly),
        confirmed: o.state == ObligationState::Confirmed,
        frame,
    }
}

/// The page with the units that its addressees are taken to mean.
async fn with_units(site: &Site, page: ObligationEditPage, letter: &LetterView) -> Result<ObligationEditPage, PageError> {
    let units = letters::recognised(&site.app, &letter.row.id, &addressees(&page.to)).await?;
    Ok(ObligationEditPage {
        units_words: page.frame.with("obligation-units", &[("n", units.len().into())]),
        units: units.into_iter().map(|unit| unit.name).collect(),
        ..page
    })
}

/// Addressees as typed, one a line.
fn addressees(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(shown::addressee).collect()
}

/// The form as it was sent, with what is wrong.
fn again(page: ObligationEditPage, form: &Form, wrong: &[FieldError]) -> ObligationEditPage {
    let chosen = |name: &'static str| {
        let values: Vec<String> = form.all(name).into_iter().map(str::to_owned).collect();
        move |choice: Choice| Choice { chosen: values.contains(&choice.value), ..choice }
    };
    ObligationEditPage {
        errors: wrong_fields(&page.frame, wrong),
        text: form.one("text").to_owned(),
        to: form.one("to").to_owned(),
        due: form.one("due").to_owned(),
        recurs: page.recurs.into_iter().map(chosen("recurs")).collect(),
        needs: page.needs.into_iter().map(chosen("needs")).collect(),
        declared_only: form.some("declared_only").is_some(),
        ..page
    }
}

/// What is wrong in words: those of the field, else those of the refusal with this code.
pub(crate) fn wrong_fields(frame: &Frame, wrong: &[FieldError]) -> Vec<WrongField> {
    let of_field = |code: &str| app::lang::has(frame.lang, &app::lang::code_key("field", code));
    let words = |code: &str| frame.code(if of_field(code) { "field" } else { "refusal" }, code).into_owned();
    wrong.iter().map(|e| WrongField { field: e.field, words: words(e.code) }).collect()
}

fn read(form: &Form) -> Result<ObligationEdit, Vec<FieldError>> {
    let mut wrong = Vec::new();
    if form.some("text").is_none() {
        wrong.push(FieldError { field: "text", code: "no-text" });
    }
    let due = form.some("due").map(parse_due);
    if due == Some(None) {
        wrong.push(FieldError { field: "due", code: "bad-date" });
    }
    let recurs = form.some("recurs").map(|r| r.parse::<Recurrence>());
    if matches!(recurs, Some(Err(_))) {
        wrong.push(FieldError { field: "recurs", code: "bad-choice" });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(ObligationEdit {
        text: form.some("text").map(str::to_owned),
        to: Some(addressees(form.one("to"))),
        due: Some(due.flatten()),
        recurs: Some(recurs.and_then(Result::ok)),
        needs: Some(needs(form)),
        ..ObligationEdit::default()
    })
}

/// What can only be declared asks for no evidence beside.
fn needs(form: &Form) -> Vec<Need> {
    match form.some("declared_only") {
        Some(_) => vec![Need::DeclaredOnly],
        None => form.all("needs").into_iter().filter_map(|n| n.parse().ok()).collect(),
    }
}

/// A day as people write it (`25/12/2026`), a month (`12/2026`), or either in ISO form.
fn parse_due(text: &str) -> Option<Due> {
    let parts: Vec<&str> = text.split(['/', '.']).map(str::trim).collect();
    match parts[..] {
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}").parse().ok(),
        [month, year] => format!("{year}-{month:0>2}").parse().ok(),
        _ => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_dates_as_people_write_them() {
        for (text, due) in [("5/6/2026", "2026-06-05"), ("25/12/2026", "2026-12-25"), ("6/2026", "2026-06"), ("2026-06-05", "2026-06-05")] {
            assert_eq!(parse_due(text).map(|d| d.to_string()).as_deref(), Some(due), "{text}");
        }
        for text in ["31/02/2026", "13/2026", "soon", "1/1/1/1"] {
            assert_eq!(parse_due(text), None, "{text}");
        }
    }
}
