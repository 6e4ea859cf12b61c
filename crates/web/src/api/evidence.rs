//! Evidence: one piece, its file, and handing one in.

use app::evidence::{self, EvidenceUpload};
use app::programme::ids::{EvidenceId, TaskKey};
use app::views::EvidenceView;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::wire::{self, Names};
use super::{Answer, Caller, Refused, json, tagged, tasks};
use crate::error::PageError;
use crate::form::{Part, Parts};
use crate::pages::attachment;
use crate::site::Site;
use crate::visit::SignedIn;

/// Bytes of a note, before its characters are counted.
const MAX_NOTE_BYTES: usize = 1 << 17;

/// Evidence of the unit's own, with the tasks that the token sees.
async fn seen(caller: &Caller, site: &Site, id: &str) -> Answer<(EvidenceView, Vec<TaskKey>)> {
    let id: EvidenceId = id.parse().map_err(|_| PageError::NotFound)?;
    let (view, mut keys) = evidence::show(&site.app, &id).await?.ok_or(PageError::NotFound)?;
    keys.retain(|key| caller.scope.sees_unit(&key.unit));
    if caller.scope.sees_unit(&view.unit) { Ok((view, keys)) } else { Err(PageError::NotFound.into()) }
}

pub(super) async fn show(caller: Caller, State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let (view, keys) = seen(&caller, &site, &id).await?;
    let names = Names::of(app::office::units(&site.app).await?);
    json(&headers, &wire::evidence(&view, &keys, &names))
}

/// The bytes exactly as they were handed in, to be saved and never shown.
pub(super) async fn file(caller: Caller, State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let (view, _) = seen(&caller, &site, &id).await?;
    let file = view.file.ok_or(PageError::NotFound)?;
    let digest = file.sha256.ok_or(PageError::NotFound)?;
    let (name, bytes) = evidence::download(&site.app, &file.content).await?.ok_or(PageError::NotFound)?;
    Ok(tagged(&headers, &digest, || attachment(&name, bytes)))
}

/// Hands in one file. The token and its rights are looked at before anything of the body is read.
pub(super) async fn add(caller: Caller, State(site): State<Site>, Path(key): Path<String>, mut request: Request) -> Answer<Response> {
    let key = tasks::seen(&caller, &key)?;
    caller.may_add_evidence()?;
    if request.uri().query().is_some_and(|query| !query.is_empty()) {
        return Err(PageError::field("query", "unknown-parameter").into());
    }
    request.extensions_mut().insert(SignedIn(caller.by.person.to_string()));
    let upload = read(request, &site).await?;
    let (id, new) = evidence::attach_once(&site.app, &caller.by, &key, upload).await?;
    let (view, mut keys) = evidence::show(&site.app, &id).await?.ok_or(PageError::NotFound)?;
    keys.retain(|key| caller.scope.sees_unit(&key.unit));
    let names = Names::of(app::office::units(&site.app).await?);
    let mut response = json(&HeaderMap::new(), &wire::evidence(&view, &keys, &names))?;
    if new {
        *response.status_mut() = StatusCode::CREATED;
    }
    let place = format!("/api/v1/evidence/{id}").parse().map_err(|_| PageError::NotFound)?;
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// The parts `file` and `note`, each once and nothing else.
async fn read(request: Request, site: &Site) -> Answer<EvidenceUpload> {
    let mut parts = Parts::of(request, site).await?.ok_or(Refused::MediaType("multipart/form-data"))?;
    let (mut file, mut note) = (None, None);
    while let Some(part) = parts.next().await.map_err(broken)? {
        match part.name().as_str() {
            "file" if file.is_none() => file = Some((part.file_name().unwrap_or_default(), whole(part, usize::MAX).await?)),
            "note" if note.is_none() => {
                let text = whole(part, MAX_NOTE_BYTES).await?;
                let text = String::from_utf8(text).map_err(|_| Refused::Unreadable)?;
                // As it was sent: what is not kept of it (and a note to a file that is there already) counts too.
                if text.chars().count() > app::MOST_NOTE {
                    return Err(too_long());
                }
                note = Some(text);
            }
            "file" => return Err(PageError::field("file", "twice").into()),
            "note" => return Err(PageError::field("note", "twice").into()),
            _ => return Err(PageError::field("body", "unknown-parameter").into()),
        }
    }
    let (name, bytes) = file.filter(|(_, bytes)| !bytes.is_empty()).ok_or_else(|| PageError::field("file", "no-file"))?;
    Ok(EvidenceUpload { name, bytes, observed_on: None, expires: None, note })
}

/// All bytes of a part; only a note can have too many.
async fn whole(part: Part<'_>, most: usize) -> Answer<Vec<u8>> {
    part.whole(most).await.map_err(broken)?.ok_or_else(too_long)
}

fn too_long() -> Refused {
    PageError::field("note", "too-long").into()
}

fn broken(error: PageError) -> Refused {
    if matches!(error, PageError::TooLarge | PageError::Crowded) { error.into() } else { Refused::Unreadable }
}
