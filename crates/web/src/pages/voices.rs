//! The public forms: feedback, a report of a scam or of a forged paper, an appeal; no account, no address, a code to follow.

use app::lang::date;
use app::programme::decide::{ANSWER_DAYS, Refusal};
use app::programme::ids::CaseId;
use app::programme::model::{CaseKind, Service};
use app::voices::{self, MOST, NewVoice};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::library::{self, At, Published, ScamList};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, only_here, sent_back, sign_in};
use crate::proof::{self, NotNow};
use crate::site::Site;
use crate::visit::{Choice, Frame, Turned, Visit};

#[derive(Template)]
#[template(path = "voice_form.html")]
pub(crate) struct VoicePage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// Why it was not taken now.
    not_now: Option<String>,
    /// Code of the families `voice-title`, `voice-intro`, `voice-text`, `voice-hint`.
    kind: &'static str,
    action: &'static str,
    services: Vec<Choice>,
    /// The label of one more field, where the kind has one, and what stands in it.
    extra: Option<&'static str>,
    extra_value: String,
    text: String,
    agreed: bool,
    about: Option<About>,
    challenge: String,
    bits: u32,
    max: usize,
    days: String,
}

/// What an appeal is about: the case, and what is listed because of it. Of several values the one that is meant is chosen.
struct About {
    case: String,
    values: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "voice_sent.html")]
pub(crate) struct SentPage {
    frame: Frame,
    code: String,
    days: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The code that stands on a paper.
    code: Option<String>,
    /// The case that listed something.
    case: Option<String>,
    /// What is listed because of it.
    value: Option<String>,
}

/// Each form, by its address.
const FORMS: [(&str, CaseKind); 4] = [
    ("/feedback", CaseKind::Feedback),
    ("/scam/report", CaseKind::ScamReport),
    ("/check/report", CaseKind::ForgedNotice),
    ("/scam/appeal", CaseKind::Appeal),
];
/// Longest line of the one further field.
const MOST_EXTRA: usize = 300;

fn form_at(path: &str) -> Result<(&'static str, CaseKind), PageError> {
    FORMS.into_iter().find(|(at, _)| *at == path).ok_or(PageError::NotFound)
}

/// Beside the other pages for who is signed in, alone for everybody else. Before there is an office nothing is here.
pub(super) async fn frame(site: &Site, visit: Result<Visit, Turned>, parts: &Parts, here: &'static str) -> Result<Frame, PageError> {
    match visit {
        Err(Turned::ToSetUp) => Err(PageError::NotFound),
        other => sign_in::public_frame(site, other, parts, here).await,
    }
}

pub(crate) async fn form(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let (action, kind) = form_at(parts.uri.path())?;
    let frame = frame(&site, visit, &parts, action).await?;
    let case = asked.case.as_deref().filter(|_| kind == CaseKind::Appeal);
    let about = about(&site, case, asked.value.as_deref()).await?;
    if kind == CaseKind::Appeal && about.is_none() {
        return Ok(Redirect::to("/scam/list").into_response());
    }
    let page = blank(&site, frame, (action, kind), about);
    let typed: String = asked.code.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    Ok(Page(VoicePage { extra_value: if page.extra.is_some() { typed } else { String::new() }, ..page }).into_response())
}

/// What is listed because of this case, or `value` alone where it is; `None` where nothing is.
async fn about(site: &Site, case: Option<&str>, value: Option<&str>) -> Result<Option<About>, PageError> {
    let Some(case) = case else { return Ok(None) };
    let listed = voices::listed(&site.app).await?.into_iter().filter(|listed| listed.case.as_str() == case);
    let mut values: Vec<Choice> = listed.map(|l| Choice { words: l.value.clone(), value: l.value, chosen: false }).collect();
    if values.iter().any(|choice| Some(choice.value.as_str()) == value) {
        values.retain(|choice| Some(choice.value.as_str()) == value);
    }
    Ok(Some(About { case: case.to_owned(), values }).filter(|about| !about.values.is_empty()))
}

fn blank(site: &Site, frame: Frame, (action, kind): (&'static str, CaseKind), about: Option<About>) -> VoicePage {
    let service = |s: &Service| Choice { value: s.to_string(), words: frame.code("service", s.as_str()).into_owned(), chosen: false };
    VoicePage {
        errors: Vec::new(),
        not_now: None,
        kind: kind.as_str(),
        action,
        services: Service::ALL.iter().filter(|_| kind == CaseKind::Feedback).map(service).collect(),
        extra: match kind {
            CaseKind::ScamReport => Some("voice-indicator"),
            CaseKind::ForgedNotice => Some("voice-paper"),
            _ => None,
        },
        extra_value: String::new(),
        text: String::new(),
        agreed: false,
        about,
        challenge: proof::challenge(&site.key, site.app.now()),
        bits: proof::BITS,
        max: MOST,
        days: frame.with("voice-days", &[("n", ANSWER_DAYS.into())]),
        frame,
    }
}

/// Takes the message, and shows the code to follow it by: on the answer itself, so that it stands in no address and no log.
pub(crate) async fn send(State(site): State<Site>, visit: Result<Visit, Turned>, parts: Parts, form: Form) -> Result<Response, PageError> {
    let (action, kind) = form_at(parts.uri.path())?;
    let frame = frame(&site, visit, &parts, action).await?;
    let about = about(&site, form.some("case").filter(|_| kind == CaseKind::Appeal), None).await?;
    if kind == CaseKind::Appeal && about.is_none() {
        return Err(PageError::field("case", "bad-choice"));
    }
    let (now, challenge) = (site.app.now(), form.one("challenge"));
    let is_ours = proof::is_ours(&site.key, challenge, now);
    let code = voices::code(&proof::secret(&site.key, challenge));
    // Sent twice: the second click would otherwise hide the code.
    let is_known = is_ours && voices::is_known(&site.app, &code).await?;
    let mut page = filled(blank(&site, frame, (action, kind), about), &form, is_ours);
    let new = match read(kind, &form, page.about.as_ref()) {
        Ok(new) => new,
        Err(wrong) => {
            page.errors = wrong_fields(&page.frame, &[wrong]);
            return Ok(sent_back(Page(page)));
        }
    };
    if let Some(not_now) = (!is_known).then(|| site.gate.take(&site.key, challenge, form.one("proof"), now)).and_then(Result::err) {
        return Ok(refused(page, not_now));
    }
    match voices::send(&site.app, new, &code).await {
        Ok(()) => Ok(sent(page.frame, &code)),
        // Words that were sent before from the same page have its code; these get one of their own.
        Err(app::Error::Refused(Refusal::OtherSent)) => {
            let words = page.frame.with("voice-other", &[("n", proof::WAIT_S.into())]);
            Ok(sent_back(Page(VoicePage { challenge: proof::challenge(&site.key, now), not_now: Some(words), ..page })))
        }
        Err(app::Error::Refused(Refusal::EmptyText)) => {
            page.errors = wrong_fields(&page.frame, &[FieldError { field: "text", code: "no-text" }]);
            Ok(sent_back(Page(page)))
        }
        Err(other) => Err(other.into()),
    }
}

fn read(kind: CaseKind, form: &Form, about: Option<&About>) -> Result<NewVoice, FieldError> {
    let service = match kind {
        CaseKind::Feedback => Some(form.one("service").parse().map_err(|_| FieldError { field: "service", code: "no-service" })?),
        _ => None,
    };
    let text = form.some("text").ok_or(FieldError { field: "text", code: "no-text" })?;
    let text = match form.some("extra") {
        Some(extra) if extra.chars().count() > MOST_EXTRA => return Err(FieldError { field: "extra", code: "too-long-line" }),
        Some(extra) => format!("{extra}\n{text}"),
        None => match about {
            Some(about) => voices::words_of_appeal(meant(about, form)?, text),
            None => text.to_owned(),
        },
    };
    if text.chars().count() > MOST {
        return Err(FieldError { field: "text", code: "voice-too-long" });
    }
    let about: Option<CaseId> = form.some("case").and_then(|id| id.parse().ok());
    Ok(NewVoice { kind, service, text, agreed: form.some("agreed").is_some(), about: about.filter(|_| kind == CaseKind::Appeal) })
}

/// The listed value that an appeal means.
fn meant<'a>(about: &'a About, form: &Form) -> Result<&'a str, FieldError> {
    let sent = about.values.iter().find(|choice| choice.value == form.one("value"));
    let only = || about.values.first().filter(|_| about.values.len() == 1 && form.some("value").is_none());
    sent.or_else(only).map(|choice| choice.value.as_str()).ok_or(FieldError { field: "value", code: "bad-choice" })
}

/// The form with what was typed; a challenge that is still good stays, so that the wait goes on.
fn filled(page: VoicePage, form: &Form, is_ours: bool) -> VoicePage {
    let chosen = |name: &'static str| move |choice: Choice| Choice { chosen: choice.value == form.one(name), ..choice };
    let about = |about: About| About { values: about.values.into_iter().map(chosen("value")).collect(), ..about };
    VoicePage {
        services: page.services.into_iter().map(chosen("service")).collect(),
        about: page.about.map(about),
        extra_value: form.one("extra").to_owned(),
        text: form.one("text").to_owned(),
        agreed: form.some("agreed").is_some(),
        challenge: if is_ours { form.one("challenge").to_owned() } else { page.challenge },
        ..page
    }
}

fn refused(page: VoicePage, why: NotNow) -> Response {
    let (status, key) = match why {
        NotNow::Stale => (StatusCode::UNPROCESSABLE_ENTITY, "voice-stale"),
        NotNow::TooSoon => (StatusCode::UNPROCESSABLE_ENTITY, "voice-too-soon"),
        NotNow::TooMany => (StatusCode::TOO_MANY_REQUESTS, "voice-too-many"),
    };
    let words = page.frame.with(key, &[("n", proof::WAIT_S.into())]);
    (status, Page(VoicePage { not_now: Some(words), ..page })).into_response()
}

fn sent(frame: Frame, code: &str) -> Response {
    let days = frame.with("voice-days", &[("n", ANSWER_DAYS.into())]);
    only_here(Page(SentPage { code: voices::spaced(code), days, frame }))
}

#[derive(Template)]
#[template(path = "voice_follow.html")]
pub(crate) struct FollowPage {
    frame: Frame,
    errors: Vec<WrongField>,
    found: Option<Found>,
}

/// Where a case stands, for who holds its code.
struct Found {
    title: String,
    text: String,
    steps: Vec<String>,
    answer: Option<String>,
    published: bool,
}

pub(crate) async fn follow_form(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
) -> Result<Page<FollowPage>, PageError> {
    Ok(Page(FollowPage { frame: frame(&site, visit, &parts, "/feedback/follow").await?, errors: Vec::new(), found: None }))
}

pub(crate) async fn follow(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    form: Form,
) -> Result<Response, PageError> {
    let frame = frame(&site, visit, &parts, "/feedback/follow").await?;
    let Some(view) = voices::follow(&site.app, form.one("code")).await? else {
        let errors = wrong_fields(&frame, &[FieldError { field: "code", code: "no-such-code" }]);
        return Ok(sent_back(Page(FollowPage { errors, found: None, frame })));
    };
    let on = |key: &str, day: jiff::civil::Date| frame.with(key, &[("date", date(day).into())]);
    let waits = view.settled_at.is_none();
    let steps = [
        Some(on("voice-received-on", view.opened_at.day())),
        view.due.filter(|_| waits).map(|due| on("voice-due-on", due)),
        view.referral.as_ref().map(|referral| on("voice-referred-on", referral.on)),
        view.answered_at.map(|at| on("voice-answered-on", at.day())),
        view.closed_at.map(|at| on("voice-closed-on", at.day())),
    ];
    let found = Found {
        title: frame.code("case-kind", view.kind.as_str()).into_owned(),
        text: view.text.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        steps: steps.into_iter().flatten().collect(),
        answer: view.answer.clone().or_else(|| view.closed_note.clone()),
        published: view.published.is_some(),
    };
    Ok(Page(FollowPage { errors: Vec::new(), found: Some(found), frame }).into_response())
}

#[derive(Template)]
#[template(path = "voice_published.html")]
pub(crate) struct PublishedPage {
    frame: Frame,
    it: Published,
}

pub(crate) async fn answers(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
) -> Result<Page<PublishedPage>, PageError> {
    published(&site, frame(&site, visit, &parts, "/feedback/answers").await?, CaseKind::Feedback).await
}

pub(crate) async fn clarifications(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
) -> Result<Page<PublishedPage>, PageError> {
    published(&site, frame(&site, visit, &parts, "/clarifications").await?, CaseKind::ForgedNotice).await
}

async fn published(site: &Site, frame: Frame, kind: CaseKind) -> Result<Page<PublishedPage>, PageError> {
    let views = voices::published(&site.app, kind).await?;
    Ok(Page(PublishedPage { it: library::published(&frame, At::Server, kind, &views), frame }))
}

#[derive(Template)]
#[template(path = "scam_list.html")]
pub(crate) struct ScamListPage {
    frame: Frame,
    it: ScamList,
}

pub(crate) async fn scam_list(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
) -> Result<Page<ScamListPage>, PageError> {
    let frame = frame(&site, visit, &parts, "/scam/list").await?;
    let listed = voices::listed(&site.app).await?;
    let own = app::packs::own_published(&site.app).await?;
    let pack = (format!("/scam/packs/{}/pack", own.short()), app::packs::fingerprint(own.key()));
    Ok(Page(ScamListPage { it: library::scam_list(At::Server, Some(""), &listed, Some(pack)), frame }))
}
