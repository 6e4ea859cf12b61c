//! Handing in evidence, and getting a file back exactly as it was handed in, without the browser ever running it.

use app::evidence::{self, EvidenceUpload, NewActivity, ProgrammeEntry, Shown, Unfit};
use app::programme::ids::{ContentId, EvidenceId, TaskKey};
use app::programme::model::{ActivityKind, Need};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use crate::counts;
use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload, UploadedFile};
use crate::pages::task::Wrong;
use crate::pages::{Page, done, task as task_page};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "preview.html")]
pub(crate) struct PreviewPage {
    frame: Frame,
    href: String,
    name: String,
    size: String,
    is_picture: bool,
    lines: Vec<String>,
    /// The text goes on.
    more: bool,
}

pub(crate) async fn attach(
    State(site): State<Site>,
    visit: Visit,
    Path(task): Path<String>,
    upload: Upload,
) -> Result<Response, PageError> {
    let key = visit.task(&site, &task).await?;
    let Upload { form, files } = upload;
    let uploads = match taken(&form, files) {
        Ok(uploads) => uploads,
        Err((name, unfit)) => return again(&site, visit, &key, "evidence", &form, Wrong::File(&name, unfit)).await,
    };
    match attached(&site, &visit, &key, &form, uploads).await {
        Ok(()) => Ok(done(&format!("/tasks/{key}"), "evidence").into_response()),
        Err(error) => sent_back(&site, visit, &key, "evidence", &form, error).await,
    }
}

/// The files as they are kept: without what a camera wrote beside a picture, where that was asked for. The first one that
/// cannot be kept like that holds back all.
fn taken(form: &Form, files: Vec<UploadedFile>) -> Result<Vec<EvidenceUpload>, (String, Unfit)> {
    let note = form.some("note").map(str::to_owned);
    let clean = form.some("clean").is_some();
    let taken = |file: UploadedFile| {
        let name = file.name.clone();
        let upload = EvidenceUpload { name: file.name, bytes: file.bytes, observed_on: None, expires: None, note: note.clone() };
        match upload.unfit() {
            Some(unfit) => Err((name, unfit)),
            None if clean => upload.without_metadata().map_err(|unfit| (name, unfit)),
            None => Ok(upload),
        }
    };
    files.into_iter().map(taken).collect()
}

async fn attached(site: &Site, visit: &Visit, key: &TaskKey, form: &Form, uploads: Vec<EvidenceUpload>) -> Result<(), PageError> {
    if uploads.is_empty() {
        return Err(PageError::field("files", "no-file"));
    }
    // A form that does not ask leaves it open; one that asks wants an answer.
    let proves: Option<Need> = match form.all("proves").first() {
        None => None,
        Some(&"") => return Err(PageError::field("proves", "no-need")),
        Some(need) => Some(need.parse().map_err(|_| PageError::field("proves", "bad-choice"))?),
    };
    evidence::attach_files(&site.app, &visit.by, key, uploads, proves).await?;
    Ok(())
}

/// The task's page with the form as it was sent, where one of its fields is wrong; any other error as it is.
async fn sent_back(site: &Site, visit: Visit, key: &TaskKey, which: &str, form: &Form, error: PageError) -> Result<Response, PageError> {
    let wrong = match &error {
        PageError::Invalid(fields) => fields.first().cloned(),
        PageError::Unusable(code) => match (code.as_str(), which) {
            ("not_wanted", "evidence") => Some(FieldError { field: "proves", code: "bad-choice" }),
            ("in_the_future", "activity") => Some(FieldError { field: "on", code: "day-ahead" }),
            ("in_the_future", "programme") => Some(FieldError { field: "programme-on", code: "day-ahead" }),
            ("empty_text", "programme") => Some(FieldError { field: "programme-text", code: "no-text" }),
            ("too_long", "programme") => Some(FieldError { field: "programme-text", code: "too-long" }),
            _ => None,
        },
        _ => None,
    };
    let Some(wrong) = wrong else { return Err(error) };
    again(site, visit, key, which, form, Wrong::Field(wrong)).await
}

async fn again(site: &Site, visit: Visit, key: &TaskKey, which: &str, form: &Form, wrong: Wrong<'_>) -> Result<Response, PageError> {
    task_page::again(site, visit, key, which, form, wrong).await?.ok_or_else(|| PageError::Forbidden("not_yours".to_owned()))
}

/// An entry of the unit's work programme that plans the task.
pub(crate) async fn enter_programme(
    State(site): State<Site>,
    visit: Visit,
    Path(task): Path<String>,
    mut upload: Upload,
) -> Result<Response, PageError> {
    let key = visit.task(&site, &task).await?;
    let file = upload.files.pop().map(|file| (file.name, file.bytes));
    let entered = match dates::read(upload.form.one("on")) {
        None => Err(PageError::field("programme-on", "bad-day")),
        Some(on) => {
            let entry = ProgrammeEntry { text: upload.form.one("text").to_owned(), on, file };
            evidence::enter_programme(&site.app, &visit.by, &key, entry).await.map_err(PageError::from)
        }
    };
    match entered {
        Ok(_) => Ok(done(&format!("/tasks/{key}"), "programme").into_response()),
        Err(error) => sent_back(&site, visit, &key, "programme", &upload.form, error).await,
    }
}

/// A file as far as it can be shown: a picture, or the text that is read out of it.
pub(crate) async fn preview(State(site): State<Site>, visit: Visit, Path(content): Path<String>) -> Result<Page<PreviewPage>, PageError> {
    let id = file_of(&site, &visit, &content).await?;
    let preview = evidence::preview(&site.app, &id).await?.ok_or(PageError::NotFound)?;
    let frame = visit.frame("/tasks");
    let (is_picture, lines, more) = match preview.shown {
        Shown::Picture => (true, Vec::new(), false),
        Shown::Text { lines, more } => (false, lines, more),
        Shown::Nothing => (false, Vec::new(), false),
    };
    let name = if preview.name.is_empty() { frame.t("unnamed-file").into_owned() } else { preview.name };
    let size = app::lang::size(frame.lang, preview.size_bytes);
    Ok(Page(PreviewPage { href: format!("/files/{id}"), is_picture, lines, more, name, size, frame }))
}

/// A picture to be shown in a page of ours: only kinds that hold no script, by their bytes, not by their name.
pub(crate) async fn picture(State(site): State<Site>, visit: Visit, Path(content): Path<String>) -> Result<Response, PageError> {
    let id = file_of(&site, &visit, &content).await?;
    let (media_type, bytes) = evidence::picture(&site.app, &id).await?.ok_or(PageError::NotFound)?;
    let policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_SECURITY_POLICY, policy)], bytes).into_response())
}

/// The file of an address, if this person may see it.
async fn file_of(site: &Site, visit: &Visit, content: &str) -> Result<ContentId, PageError> {
    let id: ContentId = content.parse().map_err(|_| PageError::NotFound)?;
    site.app.stands()?;
    if visit.scope(site).await?.sees_file(&id, &visit.by) { Ok(id) } else { Err(PageError::NotFound) }
}

/// Takes back what was handed in by mistake; the ledger keeps that it was there.
pub(crate) async fn withdraw(
    State(site): State<Site>,
    visit: Visit,
    Path((task, id)): Path<(String, String)>,
    form: Form,
) -> Result<Redirect, PageError> {
    let key = visit.task(&site, &task).await?;
    let id: EvidenceId = id.parse().map_err(|_| PageError::NotFound)?;
    evidence::withdraw(&site.app, &visit.by, &id, form.some("note")).await?;
    Ok(done(&format!("/tasks/{key}"), "withdrawn"))
}

/// Something that was held or published for a task, with how many people it reached.
pub(crate) async fn record_activity(
    State(site): State<Site>,
    visit: Visit,
    Path(task): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let key = visit.task(&site, &task).await?;
    match recorded(&site, &visit, &key, &form).await {
        Ok(()) => Ok(done(&format!("/tasks/{key}"), "activity").into_response()),
        Err(error) => sent_back(&site, visit, &key, "activity", &form, error).await,
    }
}

async fn recorded(site: &Site, visit: &Visit, key: &TaskKey, form: &Form) -> Result<(), PageError> {
    let kind: ActivityKind = form.one("kind").parse().map_err(|_| PageError::field("kind", "bad-choice"))?;
    let on = dates::read(form.one("on")).ok_or_else(|| PageError::field("on", "bad-day"))?;
    let people = form.some("people").map_or(Some(0), counts::read).ok_or(PageError::field("people", "bad-number"))?;
    let note = form.some("note").map(str::to_owned);
    let activity = NewActivity { kind, unit: key.unit.clone(), on, people, tasks: vec![key.clone()], note };
    evidence::record_activity(&site.app, &visit.by, activity).await?;
    Ok(())
}

/// A file as attachment: whatever it holds, it is saved and not shown, and could run nothing if it were.
pub(crate) async fn download(State(site): State<Site>, visit: Visit, Path(content): Path<String>) -> Result<Response, PageError> {
    let id = file_of(&site, &visit, &content).await?;
    let (name, bytes) = evidence::download(&site.app, &id).await?.ok_or(PageError::NotFound)?;
    Ok(attachment(&name, bytes))
}

/// Bytes to be saved under a name.
pub(crate) fn attachment(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(name)),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; frame-ancestors 'none'".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// RFC 6266 with the name in RFC 5987 form: only bytes that cannot end a header or a quoted string stand as they are.
fn disposition(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let name = if name.is_empty() { "file" } else { name };
    let ascii: String = name.chars().map(|c| if c.is_ascii() && plain(c as u8) { c } else { '_' }).collect();
    let encoded: String = name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_neither_end_the_header_nor_the_quotes() {
        assert_eq!(disposition("biên bản.pdf"), "attachment; filename=\"bi_n_b_n.pdf\"; filename*=UTF-8''bi%C3%AAn%20b%E1%BA%A3n.pdf");
        let hostile = disposition("a\"; x=\r\nSet-Cookie: b=1.html");
        assert!(!hostile.contains(['\r', '\n']), "{hostile}");
        assert_eq!(hostile.matches('"').count(), 2, "{hostile}");
        assert_eq!(disposition(""), "attachment; filename=\"file\"; filename*=UTF-8''file");
    }
}
