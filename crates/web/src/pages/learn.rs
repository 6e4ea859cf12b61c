//! The content library for everybody: lessons by topic and reader, forms of scam, where to report, the feed.

use app::programme::learn;
use app::programme::model::Role;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use crate::error::PageError;
use crate::feed;
use crate::library::{self, At, Home, Hotlines, Index, LessonView, WarningView, Warnings};
use crate::pages::{Page, sign_in, warn};
use crate::site::Site;
use crate::visit::{Frame, Turned, Visit};

#[derive(Template)]
#[template(path = "learn.html")]
pub(crate) struct IndexPage {
    frame: Frame,
    it: Index,
    feed: String,
}

#[derive(Template)]
#[template(path = "lesson.html")]
pub(crate) struct LessonPage {
    frame: Frame,
    it: LessonView,
    /// What can be made of it; for whoever works here.
    products: Option<String>,
}

#[derive(Template)]
#[template(path = "warnings.html")]
pub(crate) struct WarningsPage {
    frame: Frame,
    it: Warnings,
}

#[derive(Template)]
#[template(path = "warning.html")]
pub(crate) struct WarningPage {
    frame: Frame,
    it: WarningView,
}

#[derive(Template)]
#[template(path = "public_home.html")]
pub(crate) struct PublicHome {
    frame: Frame,
    it: Home,
}

#[derive(Template)]
#[template(path = "hotlines.html")]
pub(crate) struct HotlinesPage {
    frame: Frame,
    it: Hotlines,
}

pub(crate) async fn index(State(site): State<Site>, visit: Result<Visit, Turned>, parts: Parts) -> Result<Page<IndexPage>, PageError> {
    let frame = sign_in::public_frame(&site, visit, &parts, "/learn").await?;
    let it = library::index(&frame, At::Server, site.app.now().day());
    Ok(Page(IndexPage { it, feed: At::Server.feed(), frame }))
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Path((topic, reader)): Path<(String, String)>,
) -> Result<Page<LessonPage>, PageError> {
    let lesson = learn::find(&topic, &reader).ok_or(PageError::NotFound)?;
    let works = visit.as_ref().is_ok_and(|visit| visit.works().is_ok());
    let frame = sign_in::public_frame(&site, visit, &parts, "/learn").await?;
    let it = library::lesson(&frame, At::Server, lesson, site.app.now().day());
    Ok(Page(LessonPage { products: works.then(|| format!("/library/{topic}/{reader}")), it, frame }))
}

pub(crate) async fn warnings(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
) -> Result<Page<WarningsPage>, PageError> {
    let own = warn::all(&site).await?;
    let may_warn = match &visit {
        Ok(visit) => visit.may_warn(&site).await?,
        Err(_) => false,
    };
    let frame = sign_in::public_frame(&site, visit, &parts, "/warnings").await?;
    Ok(Page(WarningsPage { it: library::warnings(&frame, At::Server, &own, may_warn), frame }))
}

pub(crate) async fn warning(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
    Path(form): Path<String>,
) -> Result<Page<WarningPage>, PageError> {
    let form = library::find_warning(&form).ok_or(PageError::NotFound)?;
    let frame = sign_in::public_frame(&site, visit, &parts, "/warnings").await?;
    Ok(Page(WarningPage { it: library::warning(&frame, At::Server, form), frame }))
}

pub(crate) async fn hotlines(
    State(site): State<Site>,
    visit: Result<Visit, Turned>,
    parts: Parts,
) -> Result<Page<HotlinesPage>, PageError> {
    let posted = app::contacts::show(&site.app).await?;
    let may_post = visit.as_ref().is_ok_and(|visit| visit.needs(&[Role::Admin]).is_ok());
    let frame = sign_in::public_frame(&site, visit, &parts, "/hotlines").await?;
    Ok(Page(HotlinesPage { it: library::hotlines(&frame, At::Server, posted.as_ref(), may_post), frame }))
}

/// The first page of whoever is not signed in.
pub(super) async fn home(site: &Site, parts: &Parts) -> Result<Page<PublicHome>, PageError> {
    let own = warn::all(site).await?;
    let frame = sign_in::frame(site, &parts.headers, "/").await?.in_public("/");
    Ok(Page(PublicHome { it: library::home(&frame, At::Server, &own), frame }))
}

/// What is new, for programs that watch feeds.
pub(crate) async fn feed(State(site): State<Site>, parts: Parts) -> Result<Response, PageError> {
    let frame = sign_in::frame(&site, &parts.headers, "/feed.atom").await?;
    // Before an office is set up nothing was published.
    let news = if frame.office.is_empty() { Vec::new() } else { app::voices::news(&site.app).await? };
    let feed = feed::feed(&frame, At::Server, &news, site.app.now().day());
    let xml = feed.render().map_err(|error| PageError::Internal(error.into()))?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}
