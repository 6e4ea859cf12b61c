//! Keeping it running: how the program is, backups and the drill that proves they can be brought back. For the
//! administrator; `/health` says one word to whoever watches that the program runs.

use std::path::PathBuf;

use app::Trouble;
use app::backup::{self, Lock, Passphrase, Record, Standing, Unlock, quietly};
use app::lang::{Lang, date, moment, number, size};
use app::noted::{Noted, note};
use app::programme::model::Role;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::cookies;
use crate::error::{self, PageError};
use crate::form::Form;
use crate::pages::{Page, done, ledger};
use crate::shown::Plain;
use crate::site::Site;
use crate::visit::{Frame, Visit};

/// A backup that is older is said aloud.
const OLD_DAYS: i64 = 7;
/// A clock so far behind the latest entry was set back.
const BEHIND_MINUTES: i64 = 5;

#[derive(Template)]
#[template(path = "upkeep.html")]
pub(crate) struct UpkeepPage {
    frame: Frame,
    facts: Vec<Plain>,
    /// That there is no backup, or none that is new enough; that the disk runs full.
    warnings: Vec<String>,
    /// That the record is damaged.
    damaged: Option<String>,
    /// What came of the drill that was just run.
    drilled: Option<String>,
    refused: Option<String>,
    path: String,
}

const ADMIN: &[Role] = &[Role::Admin];

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<UpkeepPage>, PageError> {
    visit.needs(ADMIN)?;
    Ok(Page(page(&site, visit).await?))
}

/// Makes a backup at a path of this machine: a stick, another disk.
pub(crate) async fn make(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let Some(path) = absolute(&form) else { return field(&site, visit, &form, "no-path").await };
    if form.raw("passphrase") != form.raw("again") {
        return field(&site, visit, &form, "not-same").await;
    }
    if let Some(words) = mistyped(visit.lang, path.clone(), false).await {
        return refused(&site, visit, &form, words).await;
    }
    let made = match Passphrase::strong(form.raw("passphrase")) {
        Ok(passphrase) => {
            let made = backup::make(&site.app, &path, Lock::Passphrase(passphrase), quietly()).await;
            let noted = if made.is_ok() { Noted::BackupMade } else { Noted::BackupFailed };
            note(&site.app, noted, Some(&visit.by.person), &visit.origin).await?;
            made.map(|_| ())
        }
        Err(problem) => Err(problem),
    };
    match made {
        Ok(()) => Ok(done("/upkeep", "backed-up").into_response()),
        Err(error) => again(&site, visit, &form, error).await,
    }
}

/// Brings a backup back beside the record, checks it, and takes it away again.
pub(crate) async fn drill(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let Some(path) = absolute(&form) else { return field(&site, visit, &form, "no-path").await };
    if let Some(words) = mistyped(visit.lang, path.clone(), true).await {
        return refused(&site, visit, &form, words).await;
    }
    let unlock = Unlock::Passphrase(Passphrase::of(form.raw("passphrase")));
    let drilled = backup::drill(&site.app, &path, unlock, quietly()).await;
    let passed = drilled.as_ref().is_ok_and(backup::Drilled::passed);
    note(&site.app, if passed { Noted::DrillPassed } else { Noted::DrillFailed }, Some(&visit.by.person), &visit.origin).await?;
    match drilled {
        Ok(drilled) => {
            let mut page = page(&site, visit).await?;
            let standing = match &drilled.standing {
                Standing::Behind { events } => page.frame.code_with("backup", "standing-behind", &[("n", (*events).into())]),
                other => page.frame.code("backup", &format!("standing-{}", other.code())).into_owned(),
            };
            let words = match drilled.standing {
                _ if !drilled.restored.verify.whole => "upkeep-drill-damaged",
                Standing::Apart => "upkeep-drill-apart",
                Standing::Same | Standing::Behind { .. } => "upkeep-drill-whole",
            };
            let args = [("hours", drilled.age_hours.into()), ("standing", standing.into())];
            let words = Some(page.frame.with(words, &args));
            let (drilled, refused) = if drilled.passed() { (words, None) } else { (None, words) };
            page = UpkeepPage { drilled, refused, ..page };
            Ok(Page(page).into_response())
        }
        Err(error) => again(&site, visit, &form, error).await,
    }
}

/// A few words for a watching program, without signing in; what is wrong stands in the log and on the administrator's pages.
/// A disk that runs full is said here first, while it is still time; a damaged record is said until it is whole again. Both
/// with 200: the program answers, and starting it anew would help neither. A data folder that is gone is 503: nothing is
/// recorded until it is back.
pub(crate) async fn health(State(site): State<Site>, headers: HeaderMap) -> Result<Response, PageError> {
    if !site.app.is_there() {
        let is_person = headers.get(header::ACCEPT).is_some_and(|accept| accept.to_str().is_ok_and(|a| a.contains("text/html")));
        if is_person {
            return Err(PageError::FolderGone);
        }
        let words = format!("data folder gone\n{}\n", app::lang::code(cookies::lang(&headers), "trouble-words", "folder_gone"));
        return Ok((StatusCode::SERVICE_UNAVAILABLE, Extension(error::Said), words).into_response());
    }
    app::office::show(&site.app).await?;
    let damaged = app::verify::last(&site.app).await?.is_some_and(|checked| !checked.whole);
    let little = app::room::left(&site.app).is_some_and(app::room::Room::is_little);
    let word = if damaged { "damaged" } else { "ok" };
    Ok(format!("{word}{}\n", if little { ", disk nearly full" } else { "" }).into_response())
}

fn absolute(form: &Form) -> Option<PathBuf> {
    Some(PathBuf::from(form.one("path"))).filter(|path| path.is_absolute())
}

/// What is wrong with a path that was typed, if anything: a slip of the hand is no failed backup and is not remembered as one.
/// `there`: the file must exist; else its folder must, and the file must not.
async fn mistyped(lang: Lang, path: PathBuf, there: bool) -> Option<String> {
    let looked = tokio::task::spawn_blocking(move || {
        let folder = path.parent().is_some_and(std::path::Path::is_dir);
        match (there, path.exists()) {
            (true, found) => (!found).then_some(false),
            (false, true) => Some(true),
            (false, false) => (!folder).then_some(false),
        }
    });
    let exists = looked.await.ok().flatten()?;
    let taken = || app::lang::code(lang, "backup", backup::Problem::Exists.code());
    Some(if exists { taken() } else { app::lang::t(lang, "upkeep-path-failed") }.into_owned())
}

/// The page with what is wrong with one field; a code of the family `field`.
async fn field(site: &Site, visit: Visit, form: &Form, code: &str) -> Result<Response, PageError> {
    let words = app::lang::code(visit.lang, "field", code).into_owned();
    refused(site, visit, form, words).await
}

async fn refused(site: &Site, visit: Visit, form: &Form, words: String) -> Result<Response, PageError> {
    let page = UpkeepPage { refused: Some(words), path: form.one("path").to_owned(), ..page(site, visit).await? };
    Ok(Page(page).into_response())
}

/// The page with what went wrong, when it is something that the administrator can put right.
async fn again(site: &Site, visit: Visit, form: &Form, error: app::Error) -> Result<Response, PageError> {
    let is_full = matches!(&error, app::Error::Io { source, .. } if Trouble::of_io(source) == Some(Trouble::Full));
    let words = match &error {
        app::Error::Backup(problem) => app::lang::code(visit.lang, "backup", problem.code()).into_owned(),
        app::Error::Io { .. } if is_full => app::lang::code(visit.lang, "trouble-words", Trouble::Full.code()).into_owned(),
        app::Error::Io { .. } => app::lang::t(visit.lang, "upkeep-path-failed").into_owned(),
        _ => return Err(error.into()),
    };
    let status = if is_full { StatusCode::INSUFFICIENT_STORAGE } else { StatusCode::OK };
    Ok((status, refused(site, visit, form, words).await?).into_response())
}

async fn page(site: &Site, visit: Visit) -> Result<UpkeepPage, PageError> {
    let status = backup::status(&site.app).await?;
    let mail = app::mail::standing(&site.app).await?;
    let now = site.app.now();
    let office = app::office::show(&site.app).await?;
    let minutes = app::clock::behind_minutes(&site.app).await?;
    let damaged = ledger::damaged(site, &visit).await?;
    let frame = visit.frame("/manage");
    let lang = frame.lang;
    let last = |key, record: &Option<Record>| {
        Plain::new(lang, key, record.as_ref().map_or_else(|| frame.t("upkeep-never").into_owned(), |r| words(lang, r)))
    };
    let mut facts = vec![last("upkeep-backup", &status.backup), last("upkeep-drill", &status.drill)];
    facts.extend(status.backup_failed.as_ref().map(|r| Plain::new(lang, "upkeep-backup-failed", failed(&frame, r))));
    facts.extend(status.drill_failed.as_ref().map(|r| Plain::new(lang, "upkeep-drill-failed", failed(&frame, r))));
    if let Some(mail) = mail {
        let args = [("waiting", mail.waiting.into()), ("given", mail.given_up.into())];
        facts.push(Plain::new(lang, "upkeep-mail", frame.with("upkeep-mail-words", &args)));
        let why = |(code, at): &(String, _)| format!("{} · {}", moment(*at), frame.code("mail-problem", code));
        facts.extend(mail.problem.as_ref().map(|p| Plain::new(lang, "upkeep-mail-problem", why(p))));
    }
    facts.push(Plain::new(lang, "upkeep-version", env!("CARGO_PKG_VERSION").to_owned()));
    facts.push(Plain::new(lang, "upkeep-started", moment(site.started)));
    let behind = (minutes >= BEHIND_MINUTES).then(|| frame.with("clock-behind", &[("minutes", minutes.into())]));
    facts.extend(
        office
            .and_then(|o| o.head)
            .map(|head| Plain::new(lang, "ledger-events", number(lang, i64::try_from(head.seq).unwrap_or(i64::MAX)))),
    );
    let fresh = status.backup.as_ref().is_some_and(|r| now < r.at.plus_minutes(OLD_DAYS * 24 * 60));
    let warning = match &status.backup {
        _ if fresh => None,
        None => Some(frame.t("upkeep-no-backup").into_owned()),
        Some(record) => Some(frame.with("upkeep-old-backup", &[("date", date(record.at.day()).into())])),
    };
    let room = app::room::left(&site.app);
    facts.extend(room.map(|room| {
        let of = [("free", size(lang, room.free_bytes).into()), ("total", size(lang, room.total_bytes).into())];
        Plain::new(lang, "room-left", frame.with("room-of", &of))
    }));
    let little =
        room.filter(|room| room.is_little()).map(|room| frame.with("room-little", &[("free", size(lang, room.free_bytes).into())]));
    let warnings = little.into_iter().chain(behind).chain(warning).collect();
    Ok(UpkeepPage { facts, warnings, damaged, drilled: None, refused: None, path: String::new(), frame })
}

fn words(lang: Lang, record: &Record) -> String {
    let when = moment(record.at);
    format!("{when} · {}", size(lang, record.size_bytes))
}

fn failed(frame: &Frame, record: &Record) -> String {
    let known = backup::Problem::CODES.iter().chain(backup::FAILURES).any(|code| *code == record.result);
    let why = if known { frame.code("backup", &record.result) } else { frame.t("upkeep-failed") };
    format!("{} · {why}", moment(record.at))
}
