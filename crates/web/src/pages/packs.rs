//! Packs of verified entries: for the administrator whose packs are in use; for everybody the parts of a pack, so that
//! somebody elsewhere can ask with sixteen bits.

use app::lang::{date, moment};
use app::packs::{self, IssuerView, PackProblem};
use app::programme::model::{Digest, Role};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::api::tagged;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, sent_back};
use crate::site::Site;
use crate::visit::{Frame, Visit};

/// Seconds for which others may keep a part without asking again: a list changes by the day.
const KEEP: &str = "public, max-age=3600";

#[derive(Template)]
#[template(path = "packs.html")]
pub(crate) struct PacksPage {
    frame: Frame,
    errors: Vec<WrongField>,
    issuers: Vec<Row>,
    /// The office's own: fingerprint, entries, address.
    own: Own,
    /// A pack of an issuer that nobody accepted yet: name and fingerprint.
    unknown: Option<(String, String)>,
}

struct Row {
    name: String,
    fingerprint: String,
    key: String,
    number: String,
    made: String,
    entries: String,
    state: String,
    class: &'static str,
    in_use: bool,
}

struct Own {
    fingerprint: String,
    href: String,
}

async fn page(site: &Site, visit: Visit, errors: &[FieldError], unknown: Option<(String, String)>) -> Result<PacksPage, PageError> {
    let frame = visit.frame("/manage");
    let issuers = packs::issuers(&site.app).await?.iter().map(|issuer| row(&frame, issuer)).collect();
    let own = packs::own_published(&site.app).await?;
    let own = Own { fingerprint: packs::fingerprint(own.key()), href: format!("/scam/packs/{}/pack", own.short()) };
    Ok(PacksPage { errors: wrong_fields(&frame, errors), issuers, own, unknown, frame })
}

fn row(frame: &Frame, issuer: &IssuerView) -> Row {
    let (key, class) = match (issuer.installed_at, issuer.broken, issuer.old) {
        (None, ..) => ("packs-removed", "plain"),
        (_, true, _) => ("packs-broken", "bad"),
        (_, _, true) => ("packs-old", "soon"),
        _ => ("packs-in-use", "good"),
    };
    let at = issuer.installed_at.unwrap_or(issuer.accepted_at);
    Row {
        name: issuer.name.clone(),
        fingerprint: packs::fingerprint(&issuer.key),
        key: issuer.key.clone(),
        number: issuer.number.to_string(),
        made: issuer.made.map(date).unwrap_or_default(),
        entries: frame.with("packs-entries", &[("n", issuer.entries.into())]),
        state: frame.with(key, &[("at", moment(at).into())]),
        class,
        in_use: issuer.installed_at.is_some(),
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<PacksPage>, PageError> {
    visit.needs(&[Role::Admin])?;
    Ok(Page(page(&site, visit, &[], None).await?))
}

/// Takes a pack in; of an issuer that is new its fingerprint has to be typed, as its owner reads it out.
pub(crate) async fn install(State(site): State<Site>, visit: Visit, upload: Upload) -> Result<Response, PageError> {
    visit.needs(&[Role::Admin])?;
    let accept = upload.form.some("fingerprint").map(str::to_owned);
    let Some(file) = upload.files.into_iter().next() else {
        return Ok(sent_back(Page(page(&site, visit, &[FieldError { field: "pack", code: "no-file" }], None).await?)));
    };
    let looked = file.bytes.clone();
    match packs::install(&site.app, &visit.by, file.bytes, accept.as_deref(), &visit.origin).await {
        Ok(_) => Ok(done("/packs", "pack-installed").into_response()),
        Err(app::Error::Pack(problem)) => {
            let unknown = match &problem {
                PackProblem::UnknownIssuer(key) => packs::look(looked).ok().map(|seen| (seen.issuer, packs::fingerprint(key))),
                _ => None,
            };
            let field = if unknown.is_some() { "fingerprint" } else { "pack" };
            Ok(sent_back(Page(page(&site, visit, &[FieldError { field, code: problem.code() }], unknown).await?)))
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn remove(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    visit.needs(&[Role::Admin])?;
    packs::remove(&site.app, &visit.by, form.one("key"), &visit.origin).await?;
    Ok(done("/packs", "pack-removed"))
}

/// A part of a pack, for everybody; nothing is said of who asked, and other machines may keep it.
pub(crate) async fn part(
    State(site): State<Site>,
    Path((of, part)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let pack = packs::published(&site.app, &of).await.map_err(|error| match error {
        app::Error::NotSetUp => PageError::NotFound,
        other => other.into(),
    })?;
    let bytes = pack.ok_or(PageError::NotFound)?.part(&part)?.ok_or(PageError::NotFound)?;
    let kind = match part.rsplit_once('.') {
        Some((_, "json")) => "application/json",
        Some((_, "txt" | "sig")) => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let tag = Digest::of(&bytes).to_string();
    let mut response = tagged(&headers, &tag, || ([(header::CONTENT_TYPE, kind)], bytes).into_response());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP));
    if part == "pack" {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"danh-sach-lua-dao.pack\""));
    }
    Ok(response)
}
