//! Certificates: what the office signs for whoever passed, found again by a code that nobody can guess.
//!
//! The name stands in a private text alone; the event holds an id. The code follows from that id and the office's key, so nothing
//! is kept for it. No figure stands in a certificate, and nothing leads from it to a sheet.

use super::take::{digest, opened};
use super::{by_code, known};
use crate::accounts::AccountRefusal;
use crate::evidence::words;
use crate::sessions::From;
use crate::texts::if_whole;
use crate::{App, Error, Result, schedule, voices};
use programme::decide::{self, Refusal};
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::quiz::certificate::{self, Certificate, Signed};
use ring::hmac;
use serde::{Deserialize, Serialize};

/// What a sealed text holds, version 1: the whole certificate, as it was signed.
#[derive(Debug, Serialize, Deserialize)]
struct Text {
    v: u8,
    signed: String,
    /// The learner that it was issued to; whoever took the quiz at a shared machine is known by no id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<PersonId>,
}

/// Whether a certificate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Holds,
    Revoked,
    /// Its name was erased: the office issued it, and no longer knows to whom.
    Erased,
}

/// What can be said of a certificate to whoever holds its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub standing: Standing,
    /// Absent after erasure.
    pub signed: Option<Signed>,
    /// When the office took it back.
    pub revoked_at: Option<Moment>,
}

/// A certificate in the office's own list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub id: CertificateId,
    pub content: ContentId,
    pub code: String,
    /// `None` after erasure.
    pub name: Option<String>,
    pub at: Moment,
    pub revoked: bool,
}

fn code(app: &App, id: &CertificateId) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.inner.key.secret("certificate code"));
    voices::code(hmac::sign(&key, id.as_str().as_bytes()).as_ref())
}

/// Gives a certificate to whoever passed at a shared machine and holds the token of that sitting. Returns its code.
///
/// # Errors
/// [`Refusal::QuizNotPassed`], [`Refusal::AlreadyDone`] for a second one.
pub async fn issue(app: &App, unit_code: &str, token: &str, name: &str, from: &From) -> Result<Option<String>> {
    let name = crate::written::person(name)?;
    crate::unnamed::refuse_in_name(&name)?;
    let Some(face) = by_code(app, unit_code, from).await? else { return Ok(None) };
    let sitting = opened(app, &face, token).ok_or(Refusal::QuizSitting)?;
    given(app, &face.id, &sitting, (name, None)).await.map(Some)
}

/// Gives a certificate to a learner who passed. Returns its code.
pub async fn issue_own(app: &App, by: &Actor, id: &ActivityId) -> Result<String> {
    let all = app.snapshot().await?;
    let name = all.names.get(&by.person).cloned().ok_or(Refusal::EmptyText)?;
    let sitting = super::learning::sitting(app, id, &by.person);
    given(app, id, &sitting, (name, Some(by.person.clone()))).await
}

async fn given(app: &App, id: &ActivityId, sitting: &str, (name, person): (String, Option<PersonId>)) -> Result<String> {
    let all = app.snapshot().await?;
    let office = crate::documents::form(app).await?.issuer;
    // The program writes it: an actor in the ledger would be a name beside a pass.
    let mut work = app.work(&schedule::program(&all.office)).await?;
    let (entry, plan) = known(&mut work, id).await?;
    let key = digest(sitting);
    let row = store::quiz::sitting(&mut work.tx, id, &key).await?.ok_or(Refusal::QuizNotPassed)?;
    let certificate: CertificateId = work.ids.make();
    let code = code(app, &certificate);
    let course = plan.course.clone().unwrap_or_default();
    let told = Certificate { code: code.clone(), name, course, office, date: work.now.day() };
    let text = Text { v: 1, signed: told.sign(&app.inner.key).text(), person };
    let json = programme::chain::canonical(&text).map_err(store::Error::from)?;
    let sealed = work.text(&json).await?;
    let events = decide::certify(&entry, (row.passed, row.certified, plan.course.is_some()), certificate, sealed)?;
    store::quiz::put(&mut work.tx, id, &key, &store::quiz::Sitting { certified: true, ..row }).await?;
    work.append(events).await?;
    work.commit().await?;
    Ok(code)
}

/// What can be said of the certificate with this code; `None`: the office issued none. Wrong codes are counted by address.
///
/// # Errors
/// [`AccountRefusal::Waits`] for an address from which too many wrong ones came.
pub async fn check_certificate(app: &App, asked: &str, from: &From) -> Result<Option<Checked>> {
    let all = app.snapshot().await?;
    let asked = voices::plain(asked);
    let found = all.quizzes.iter().flat_map(|quiz| certified(quiz).map(move |(id, mark)| (quiz, id, mark)));
    let Some((quiz, id, mark)) = { found }.find(|(_, id, _)| code(app, id) == asked) else {
        let (now, Ok(mut door)) = (app.now(), app.inner.certificate_door.lock()) else { return Ok(None) };
        return match door.take_at(&from.address, now) {
            Ok(_counted) => Ok(None),
            Err(_) => Err(Error::Account(AccountRefusal::Waits)),
        };
    };
    let revoked_at = revoked(quiz, &id).map(|mark| mark.stamp.at);
    let mut tx = app.inner.db.read().await?;
    let signed = text(&mut tx, mark).await?.map(|text| signed(&id, &text)).transpose()?;
    let standing = match (&signed, revoked_at) {
        (_, Some(_)) => Standing::Revoked,
        (None, None) => Standing::Erased,
        (Some(_), None) => Standing::Holds,
    };
    Ok(Some(Checked { standing, signed, revoked_at }))
}

/// The text that anybody can check without this server; of a certificate that holds.
pub async fn proof(app: &App, code: &str, from: &From) -> Result<Option<Signed>> {
    let checked = check_certificate(app, code, from).await?;
    Ok(checked.filter(|checked| checked.standing == Standing::Holds).and_then(|checked| checked.signed))
}

fn certified(quiz: &Entry<Activity>) -> impl Iterator<Item = (CertificateId, &Mark)> {
    let of_kind = quiz.marks.iter().filter(|mark| mark.kind == MarkKind::Certified);
    of_kind.filter_map(|mark| Some((mark.other.as_deref()?.parse().ok()?, mark)))
}

fn revoked<'a>(quiz: &'a Entry<Activity>, id: &CertificateId) -> Option<&'a Mark> {
    quiz.marks.iter().find(|mark| mark.kind == MarkKind::Revoked && mark.other.as_deref() == Some(id.as_str()))
}

async fn text(tx: &mut store::Tx, mark: &Mark) -> Result<Option<Text>> {
    let Some(body) = words(tx, mark.note.as_ref()).await? else { return Ok(None) };
    let bad = |e: serde_json::Error| Error::BadRecord { id: "certificate".to_owned(), what: e.to_string() };
    serde_json::from_str(&body).map(Some).map_err(bad)
}

fn signed(id: &CertificateId, text: &Text) -> Result<Signed> {
    certificate::verify(&text.signed).map_err(|e| Error::BadRecord { id: id.to_string(), what: e.to_string() })
}

/// The certificates of a quiz, for whoever holds quizzes: who has one, and no figure.
pub async fn issued(app: &App, by: &Actor, id: &ActivityId) -> Result<Vec<Issued>> {
    let all = app.snapshot().await?;
    decide::may_quiz(by, &all.office)?;
    let Some(quiz) = all.quizzes.iter().find(|quiz| &quiz.facts.id == id) else { return Ok(Vec::new()) };
    let mut tx = app.inner.db.read().await?;
    let mut list = Vec::new();
    for (certificate, mark) in certified(quiz) {
        let name =
            if_whole(text(&mut tx, mark).await)?.map(|text| signed(&certificate, &text)).transpose()?.map(|signed| signed.certificate.name);
        let Some(content) = mark.note.as_ref().map(|note| note.id.clone()) else { continue };
        let revoked = revoked(quiz, &certificate).is_some();
        list.push(Issued { code: code(app, &certificate), id: certificate, content, name, at: mark.stamp.at, revoked });
    }
    // By name, so that the order does not tell who passed when.
    list.sort_by(|a, b| a.name.as_deref().map(text::fold::fold).cmp(&b.name.as_deref().map(text::fold::fold)).then(a.id.cmp(&b.id)));
    Ok(list)
}

/// The office's public key, as its ledger names it: what certificates are held against.
pub async fn office_key(app: &App) -> Result<Option<String>> {
    let mut tx = app.inner.db.read().await?;
    crate::open::named_key(&mut tx).await
}

/// Whether this program makes certificates as PDF; a page to be printed is always there.
pub fn makes_certificate_pdf() -> bool {
    cfg!(feature = "pdf")
}

/// A certificate as PDF; `address`: where its page stands. `None`: this program makes none.
#[cfg(feature = "pdf")]
pub async fn certificate_pdf(app: &App, signed: &Signed, address: &str) -> Result<Option<Vec<u8>>> {
    let (signed, address, at) = (signed.clone(), address.to_owned(), app.now().timestamp());
    let superior = crate::documents::form(app).await?.superior;
    let made = app.engine("pdf", move || publish::certificate_pdf(&signed, &superior, &address, at)).await?;
    Ok(Some(made.map_err(Error::Document)?.bytes))
}

#[cfg(not(feature = "pdf"))]
pub async fn certificate_pdf(_: &App, _: &Signed, _: &str) -> Result<Option<Vec<u8>>> {
    Ok(None)
}

/// Takes a certificate back; who holds its code reads that.
pub async fn revoke(app: &App, by: &Actor, quiz: &ActivityId, id: &CertificateId, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let entry = store::activity::get(&mut work.tx, quiz.as_str()).await?.filter(|a| a.facts.kind == ActivityKind::Quiz);
    let entry = crate::open::found(entry, SubjectKind::Activity, quiz)?;
    work.seen(&entry);
    let reason = work.note(Some(reason)).await?;
    let office = work.office.clone();
    let events = decide::revoke_certificate(&entry, id, reason, (by, &office))?;
    work.append(events).await?;
    work.commit().await
}

/// The texts of certificates that were issued to a person, to be erased with them.
pub(crate) async fn of_person(tx: &mut store::Tx, all: &crate::snapshot::Snapshot, person: &PersonId) -> Result<Vec<(ContentId, Signed)>> {
    let mut of_person = Vec::new();
    for quiz in all.quizzes.iter() {
        for (id, mark) in certified(quiz) {
            let Some(text) = if_whole(text(tx, mark).await)? else { continue };
            if let (true, Some(note)) = (text.person.as_ref() == Some(person), &mark.note) {
                of_person.push((note.id.clone(), signed(&id, &text)?));
            }
        }
    }
    Ok(of_person)
}
