//! A letter and the register: what was read of it is corrected, it is taken out and put back, and may be there twice.

use app::documents;
use app::lang::{date, moment};
use app::letters::{self, LetterEdit};
use app::programme::decide::Refusal;
use app::programme::model::{Direction, Secrecy};
use app::views::LetterView;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::letter::load;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, letters as list, sent_back};
use crate::shown;
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "letter_edit.html")]
pub(crate) struct LetterEditPage {
    frame: Frame,
    errors: Vec<WrongField>,
    letter_href: String,
    letter_title: String,
    action: String,
    code: String,
    kinds: Vec<Choice>,
    day: String,
    /// Neither subject nor issuer nor signer of it is kept.
    top_secret: bool,
    subject: String,
    issuer: String,
    signer: String,
    /// What the form is sent over.
    over: String,
    /// What the register said when the form was made, by field.
    was: Vec<(&'static str, String)>,
    /// Fields that were changed here and elsewhere meanwhile: name, and what the register says now.
    theirs: Vec<(String, String)>,
}

/// What the letter's page says about the register.
pub(super) struct Standing {
    /// Out of the register: what is said of it.
    pub(super) removed: Option<Removed>,
    /// Letters that it may be the same as: address, words, and the reason that would be given.
    pub(super) twins: Vec<(String, String, String)>,
    pub(super) can_correct: bool,
    pub(super) can_remove: bool,
    pub(super) can_put_back: bool,
    /// Tasks that keep it in the register.
    pub(super) has_tasks: Option<String>,
}

pub(super) struct Removed {
    pub(super) said: String,
    pub(super) reason: Option<String>,
}

/// `registers`: who looks at it keeps the register.
pub(super) fn standing(frame: &Frame, view: &LetterView, registers: bool) -> Standing {
    let in_register = view.removed.is_none();
    let n_tasks = view.obligations.iter().flat_map(|o| &o.tasks).filter(|task| task.stands()).count();
    let removed = view.removed.as_ref().map(|removed| {
        let who = removed.by_name.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
        let reason = removed.reason.as_ref().map(|words| frame.with("letter-removed-reason", &[("reason", words.clone().into())]));
        Removed { said: frame.with("letter-removed-said", &[("who", who.into()), ("at", moment(removed.at).into())]), reason }
    });
    let twin = |twin: &app::views::TwinView| {
        let args =
            || [("code", shown::letter_code(frame.lang, twin.code.as_deref()).into()), ("date", date(twin.received_at.day()).into())];
        (format!("/letters/{}", twin.id), frame.with("letter-twin", &args()), frame.with("letter-twin-reason", &args()))
    };
    Standing {
        removed,
        twins: view.twins.iter().filter(|_| in_register).map(twin).collect(),
        can_correct: registers && in_register && view.row.direction != Direction::Draft,
        can_remove: registers && in_register,
        can_put_back: registers && !in_register,
        has_tasks: (n_tasks > 0).then(|| frame.with("letter-remove-has-tasks", &[("n", n_tasks.into())])),
    }
}

/// The letter of an address, for those who may correct it.
async fn to_correct(site: &Site, visit: &Visit, letter: &str) -> Result<LetterView, PageError> {
    let view = load(site, visit, letter).await?;
    visit.registers()?;
    match view.row.direction {
        Direction::Draft => Err(PageError::NotFound),
        _ if view.removed.is_some() => Err(app::Error::from(Refusal::LetterRemoved).into()),
        _ => Ok(view),
    }
}

pub(crate) async fn edit_form(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
) -> Result<Page<LetterEditPage>, PageError> {
    let view = to_correct(&site, &visit, &letter).await?;
    Ok(Page(page(visit.frame("/letters"), &view)))
}

pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = to_correct(&site, &visit, &letter).await?;
    let by = visit.by.clone();
    let page = page(visit.frame("/letters"), &view);
    let edit = match read(&form, &page.kinds, site.app.now().day()) {
        Ok(edit) => edit,
        Err(wrong) => {
            let errors = wrong_fields(&page.frame, &wrong);
            return Ok(Page(again(page, &form, errors)).into_response());
        }
    };
    match letters::correct(&site.app, &by, &view.row.id, edit).await {
        Ok(()) => Ok(done(&format!("/letters/{letter}"), "letter-corrected").into_response()),
        Err(app::Error::Refused(Refusal::LetterChanged)) => {
            // Changed once more between the two readings: then this page shows it the next time.
            let now = letters::show(&site.app, &view.row.id).await?.ok_or(PageError::NotFound)?;
            let page = changed_meanwhile(self::page(page.frame, &now), &form);
            // Both said the same.
            let is_said = page.was.iter().all(|(field, now)| *now == page.value(field));
            Ok(if is_said { done(&format!("/letters/{letter}"), "letter-corrected").into_response() } else { sent_back(Page(page)) })
        }
        Err(app::Error::Refused(refusal @ (Refusal::NumberTaken | Refusal::TooLong))) => {
            let field = if refusal == Refusal::NumberTaken { "code" } else { "subject" };
            let errors = vec![WrongField { field, words: page.frame.code("refusal", refusal.code()).into_owned() }];
            Ok(Page(again(page, &form, errors)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn remove(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = load(&site, &visit, &letter).await?;
    visit.registers()?;
    let Some(reason) = form.some("reason") else {
        return super::again(&site, visit, &view, FieldError { field: "reason", code: "no-reason" }, "").await;
    };
    letters::withdraw(&site.app, &visit.by, &view.row.id, reason).await?;
    Ok(done(&format!("/letters/{letter}"), "letter-removed").into_response())
}

pub(crate) async fn put_back(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let view = load(&site, &visit, &letter).await?;
    visit.registers()?;
    letters::put_back(&site.app, &visit.by, &view.row.id).await?;
    Ok(done(&format!("/letters/{letter}"), "letter-put-back"))
}

fn read(form: &Form, kinds: &[Choice], today: Date) -> Result<LetterEdit, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let day = form.some("date").map(dates::read);
    match day {
        Some(None) => wrong.push(FieldError { field: "date", code: "bad-day" }),
        Some(Some(day)) if day > today => wrong.push(FieldError { field: "date", code: "issued-ahead" }),
        Some(Some(day)) if day.year() < FIRST_YEAR => wrong.push(FieldError { field: "date", code: "issued-old" }),
        _ => {}
    }
    if form.some("kind").is_some_and(|kind| kinds.iter().all(|known| known.value != kind)) {
        wrong.push(FieldError { field: "kind", code: "bad-choice" });
    }
    for field in ["code", "issuer", "signer"] {
        if form.one(field).chars().count() > MOST_NAME {
            wrong.push(FieldError { field, code: "too-long-line" });
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let some = |name: &str| form.some(name).map(str::to_owned);
    Ok(LetterEdit {
        code: some("code"),
        letter_type: some("kind"),
        date: day.flatten(),
        subject: some("subject"),
        issuer: some("issuer"),
        signer: some("signer"),
        over: some("over"),
    })
}

/// The year of the first letter of today's offices.
const FIRST_YEAR: i16 = 1945;

/// Longest number, issuer or name, in characters.
const MOST_NAME: usize = 200;

fn page(frame: Frame, view: &LetterView) -> LetterEditPage {
    let (row, meta) = (&view.row, &view.meta);
    let kind = row.letter_type.as_deref();
    let choice = |value: &str, words: String| Choice { value: value.to_owned(), words, chosen: kind.unwrap_or_default() == value };
    let known = documents::kinds();
    // A type that the table does not name stays what it is.
    let own = kind.filter(|kind| known.iter().all(|(code, _)| code != kind)).map(|kind| choice(kind, kind.to_owned()));
    let none = choice("", frame.t("letter-kind-none").into_owned());
    let kinds = std::iter::once(none).chain(own).chain(known.iter().map(|(code, name)| choice(code, (*name).to_owned())));
    let page = LetterEditPage {
        errors: Vec::new(),
        letter_href: format!("/letters/{}", row.id),
        letter_title: list::title(frame.lang, row),
        action: format!("/letters/{}/edit", row.id),
        code: row.code.clone().unwrap_or_default(),
        kinds: kinds.collect(),
        day: row.date.map(dates::written).unwrap_or_default(),
        top_secret: row.secrecy == Some(Secrecy::TuyetMat),
        subject: row.subject.clone().unwrap_or_default(),
        issuer: row.issuer.clone().unwrap_or_default(),
        signer: meta.signer.as_ref().and_then(|s| s.name.clone()).unwrap_or_default(),
        over: view.version.clone(),
        was: Vec::new(),
        theirs: Vec::new(),
        frame,
    };
    let was = FIELDS.iter().map(|(field, _)| (*field, page.value(field).to_owned())).collect();
    LetterEditPage { was, ..page }
}

/// The fields of the form, with the keys of their names.
const FIELDS: [(&str, &str); 6] = [
    ("code", "letters-number"),
    ("kind", "letter-kind"),
    ("date", "letter-date"),
    ("subject", "letter-subject"),
    ("issuer", "letter-issuer"),
    ("signer", "letter-signer-name"),
];

impl LetterEditPage {
    fn value(&self, field: &str) -> &str {
        match field {
            "code" => &self.code,
            "kind" => self.kinds.iter().find(|kind| kind.chosen).map_or("", |kind| &kind.value),
            "date" => &self.day,
            "subject" => &self.subject,
            "issuer" => &self.issuer,
            _ => &self.signer,
        }
    }

    /// As people read it.
    fn words(&self, field: &str) -> String {
        let kind = self.kinds.iter().find(|kind| kind.chosen).map(|kind| kind.words.clone());
        let words = kind.filter(|_| field == "kind").unwrap_or_else(|| self.value(field).to_owned());
        if words.is_empty() { self.frame.t("letter-correct-empty").into_owned() } else { words }
    }

    /// The page with other values in the fields.
    fn with(self, value: impl Fn(&str) -> String) -> LetterEditPage {
        let kind = value("kind");
        LetterEditPage {
            code: value("code"),
            kinds: self.kinds.into_iter().map(|c| Choice { chosen: c.value == kind, ..c }).collect(),
            day: value("date"),
            subject: value("subject"),
            issuer: value("issuer"),
            signer: value("signer"),
            ..self
        }
    }
}

/// The form once more, over what the register says `now`: a field that was left as it was shows what stands there, one that
/// was changed keeps what was typed. Sent again, it counts.
fn changed_meanwhile(now: LetterEditPage, form: &Form) -> LetterEditPage {
    let is_mine = |field: &str| form.one(field).trim() != form.one(&format!("was-{field}"));
    let both = FIELDS.iter().filter(|(field, _)| {
        let (typed, now) = (form.one(field).trim(), now.value(field));
        is_mine(field) && now != form.one(&format!("was-{field}")) && now != typed
    });
    let theirs: Vec<(String, String)> = both.map(|(field, key)| (now.frame.t(key).into_owned(), now.words(field))).collect();
    let values: Vec<(&str, String)> = FIELDS
        .iter()
        .map(|(field, _)| (*field, if is_mine(field) { form.one(field).trim().to_owned() } else { now.value(field).to_owned() }))
        .collect();
    let words = now.frame.code("refusal", Refusal::LetterChanged.code()).into_owned();
    let errors = vec![WrongField { field: if theirs.is_empty() { "edit" } else { "theirs" }, words }];
    let page = now.with(|field| values.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone()).unwrap_or_default());
    LetterEditPage { theirs, errors, ..page }
}

/// The form as it was sent, with what is wrong; sent once more it is still over what was shown first.
fn again(page: LetterEditPage, form: &Form, errors: Vec<WrongField>) -> LetterEditPage {
    let was = FIELDS.iter().map(|(field, _)| (*field, form.one(&format!("was-{field}")).to_owned())).collect();
    LetterEditPage { errors, over: form.one("over").to_owned(), was, ..page.with(|field| form.one(field).to_owned()) }
}
