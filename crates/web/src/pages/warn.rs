//! Warnings that the office writes itself: the form, and the page that everybody reads, prints and reads out.

use app::cases::{self, WarningWords};
use app::lessons;
use app::programme::decide::Refusal;
use app::programme::ids::CaseId;
use app::programme::model::CaseKind;
use app::views::CaseView;
use app::voices;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::library::At;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, attachment, cases as list, done, sent_back, sign_in};
use crate::site::Site;
use crate::visit::{Frame, Turned, Visit};
use crate::warned::{self, WarnedView};

#[derive(Template)]
#[template(path = "warn.html")]
pub(crate) struct WarnPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// The report because of which it is written: its id and its words.
    about: Option<(String, String)>,
    words: WarningWords,
}

#[derive(Template)]
#[template(path = "warned.html")]
pub(crate) struct WarnedPage {
    frame: Frame,
    it: WarnedView,
    /// Where it is changed and given out as a paper, for whoever answers for the office.
    own: Option<Own>,
}

struct Own {
    case: String,
    script: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    about: Option<String>,
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page<WarnPage>, PageError> {
    visit.warns(&site).await?;
    let report = report(&site, &visit, asked.about.as_deref()).await?;
    let frame = visit.frame("/cases");
    let words = WarningWords { dos: frame.t("warn-usual").into_owned(), ..WarningWords::default() };
    Ok(page(frame, &[], report.as_ref(), words))
}

fn page(frame: Frame, wrong: &[FieldError], report: Option<&CaseView>, words: WarningWords) -> Page<WarnPage> {
    let said = |view: &CaseView| view.text.clone().unwrap_or_else(|| frame.t("erased").into_owned());
    let about = report.map(|view| (view.id.to_string(), said(view)));
    Page(WarnPage { errors: wrong_fields(&frame, wrong), about, words, frame })
}

/// The report that a warning is about; one that this person may not read is not there.
async fn report(site: &Site, visit: &Visit, about: Option<&str>) -> Result<Option<CaseView>, PageError> {
    let Some(about) = about else { return Ok(None) };
    let mut reports = list::read_by(site, visit).await?;
    reports.retain(|view| view.kind == CaseKind::ScamReport && view.id.as_str() == about);
    reports.pop().map(Some).ok_or(PageError::NotFound)
}

pub(crate) async fn publish(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.warns(&site).await?;
    let report = report(&site, &visit, form.some("about")).await?;
    let words = words(&form);
    match cases::warn(&site.app, &visit.by, report.as_ref().map(|view| &view.id), &words).await {
        Ok(id) => Ok(done(&At::Server.warned(&id), "warned").into_response()),
        Err(app::Error::Refused(why)) if is_of_words(&why) => {
            let wrong = wrong(&words, &why);
            Ok(sent_back(page(visit.frame("/cases"), &[wrong], report.as_ref(), words)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The words of a warning, as they were sent.
pub(super) fn words(form: &Form) -> WarningWords {
    let sent = |name| form.one(name).to_owned();
    WarningWords { title: sent("title"), how: sent("question"), dos: sent("reply") }
}

/// Refused for its words, which can be changed.
pub(super) fn is_of_words(why: &Refusal) -> bool {
    matches!(why, Refusal::PersonalNumber | Refusal::NamesSomebody | Refusal::EmptyText | Refusal::TooLong)
}

/// All fields are looked at in one deed: the first of them that is refused by itself is named.
pub(super) fn wrong(words: &WarningWords, why: &Refusal) -> FieldError {
    let fields = [("title", &words.title), ("question", &words.how)];
    let first = fields.into_iter().find(|(_, words)| cases::publishable(words).is_err());
    let too_long = words.title.chars().count() > cases::MOST_TITLE;
    let field = if too_long { "title" } else { first.map_or("reply", |(field, _)| field) };
    FieldError { field, code: why.code() }
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Path(id): Path<String>,
) -> Result<Page<WarnedPage>, PageError> {
    let view = standing(&site, &id).await?;
    let own = match &visit {
        Ok(visit) if visit.may_warn(&site).await? => {
            Some(Own { case: format!("/cases/{}", view.id), script: format!("{}/script.docx", At::Server.warned(&view.id)) })
        }
        _ => None,
    };
    let frame = sign_in::public_frame(&site, visit, &parts, "/warnings").await?;
    let posted = app::contacts::show(&site.app).await?;
    let server = site.outside(&parts.headers);
    let it = warned::show(&frame, At::Server, server.as_deref(), &view, posted.as_ref()).ok_or(PageError::NotFound)?;
    Ok(Page(WarnedPage { it, own, frame }))
}

/// The warning of an address, which stands now.
async fn standing(site: &Site, id: &str) -> Result<CaseView, PageError> {
    let id: CaseId = id.parse().map_err(|_| PageError::NotFound)?;
    if app::office::show(&site.app).await?.is_none() {
        return Err(PageError::NotFound);
    }
    let view = cases::show(&site.app, &id).await?;
    view.filter(|view| view.kind == CaseKind::Warning && view.published.is_some()).ok_or(PageError::NotFound)
}

/// What is read over a loudspeaker, as a paper.
pub(crate) async fn script(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    visit.warns(&site).await?;
    let view = standing(&site, &id).await?;
    let office = visit.office();
    let warning = warned::warning(office, &view).ok_or(PageError::NotFound)?;
    let bytes = lessons::warning_script(&site.app, &warning).await?.ok_or(PageError::NotFound)?;
    Ok(attachment("bai-phat-thanh-canh-bao.docx", bytes))
}

/// The warnings that stand; none before there is an office.
pub(super) async fn all(site: &Site) -> Result<Vec<CaseView>, PageError> {
    match app::office::show(&site.app).await? {
        Some(_) => Ok(voices::published(&site.app, CaseKind::Warning).await?),
        None => Ok(Vec::new()),
    }
}
