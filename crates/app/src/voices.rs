//! What people say whom nobody knows: feedback, reports of scams and of forged papers, appeals; and what of it everybody
//! may read. No name, no address, no session: a code of ten signs is all that leads back to a case, and only its keyed
//! digest is kept.
//!
//! ```text
//! send(&app, NewVoice { kind: Feedback, … }, "7KQ2M9XPAB")   →   follow(&app, "7KQ2M-9XPAB") → the answer
//! ```

mod front;

pub use front::{NewPetition, NewVisit, Recommendation, petition, supervise};

use crate::cases::{self, CaseFilter};
use crate::views::CaseView;
use crate::{App, Result, indicator, schedule};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::CaseId;
use programme::model::*;
use programme::moment::Moment;
use programme::services::{self, ServiceCount};
use ring::hmac;
use std::collections::BTreeMap;

/// Letters and digits that nobody mistakes for one another.
const ALPHABET: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// There are 31^10 codes: of ten thousand cases a guesser who tries a thousand codes a second finds one in two thousand
/// years. So nobody is counted at this door, and no address is looked at.
pub(crate) const CODE_LENGTH: usize = 10;
/// Ends the first line of an appeal, which is the value that it means.
const AFTER_VALUE: char = '\n';
/// Longest text of a public form, in characters.
pub const MOST: usize = 5_000;

/// What somebody sends by a public form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVoice {
    pub kind: CaseKind,
    pub service: Option<Service>,
    pub text: String,
    /// That question and answer are published.
    pub agreed: bool,
    /// The case that an appeal is about.
    pub about: Option<CaseId>,
}

/// A code of ten signs from bytes that nobody can guess.
pub fn code(bytes: &[u8]) -> String {
    let sign = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
    bytes.iter().take(CODE_LENGTH).map(sign).collect()
}

/// A code in two halves, as people read it out: "7KQ2M-9XPAB".
pub fn spaced(code: &str) -> String {
    let (one, two) = code.split_at(code.len() / 2);
    format!("{one}-{two}")
}

/// The signs of a code as it was typed.
pub(crate) fn plain(code: &str) -> String {
    let signs = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    signs.take(CODE_LENGTH + 1).collect()
}

/// Keyed, so that a copy of the table leads to no code.
fn digest(app: &App, code: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.inner.key.secret("case code"));
    programme::hex::hex(hmac::sign(&key, plain(code).as_bytes()).as_ref())
}

/// Whether a case has this code already.
pub async fn is_known(app: &App, code: &str) -> Result<bool> {
    let mut tx = app.inner.db.read().await?;
    Ok(store::case_code::find(&mut tx, &digest(app, code)).await?.is_some())
}

/// Opens a case under a code; the same code again opens nothing more.
///
/// # Errors
/// [`Refusal::OtherSent`] when the code belongs to other words: these would be lost.
pub async fn send(app: &App, new: NewVoice, code: &str) -> Result<()> {
    if new.text.chars().count() > MOST {
        return Err(Refusal::TooLong.into());
    }
    let office = app.snapshot().await?.office.clone();
    let digest = digest(app, code);
    let mut work = app.work(&schedule::program(&office)).await?;
    let text = work.note(Some(&new.text)).await?.ok_or(Refusal::EmptyText)?;
    if let Some(known) = store::case_code::find(&mut work.tx, &digest).await? {
        let known = store::cases::get(&mut work.tx, known.as_str()).await?;
        let same = match known {
            Some(case) => {
                crate::texts::note(&mut work.tx, Some(&case.facts.text)).await?.is_some_and(|known| known.trim() == new.text.trim())
            }
            None => false,
        };
        return if same { Ok(()) } else { Err(Refusal::OtherSent.into()) };
    }
    let id: CaseId = work.ids.make();
    let NewVoice { kind, service, agreed, about, .. } = new;
    let (due, to) = (due(work.now), Some(office.clone()));
    let case = Case { service, agreed, about, due, to, by_public: true, ..Case::new(id.clone(), kind, office, text) };
    let events = decide::open_public(case)?;
    store::case_code::put(&mut work.tx, &digest, &id).await?;
    work.append(events).await?;
    work.commit().await
}

/// The last day on which an answer is in time.
fn due(now: Moment) -> Option<Date> {
    now.day().checked_add(jiff::Span::new().days(decide::ANSWER_DAYS)).ok()
}

/// The case of a code, for whoever holds it.
pub async fn follow(app: &App, code: &str) -> Result<Option<CaseView>> {
    if plain(code).len() != CODE_LENGTH {
        return Ok(None);
    }
    let mut tx = app.inner.db.read().await?;
    let id = store::case_code::find(&mut tx, &digest(app, code)).await?;
    drop(tx);
    match id {
        Some(id) => cases::show(app, &id).await,
        None => Ok(None),
    }
}

/// What everybody may read of one kind: questions with their answers, clarifications of forged papers, warnings; the latest
/// first.
pub async fn published(app: &App, kind: CaseKind) -> Result<Vec<CaseView>> {
    Ok(latest(cases::list(app, CaseFilter { kind: Some(kind), ..CaseFilter::default() }).await?))
}

/// What everybody may read of all of these kinds, the latest first.
pub async fn news(app: &App) -> Result<Vec<CaseView>> {
    let mut all = Vec::new();
    for kind in [CaseKind::Warning, CaseKind::ForgedNotice, CaseKind::Feedback] {
        all.extend(published(app, kind).await?);
    }
    Ok(latest(all))
}

fn latest(mut views: Vec<CaseView>) -> Vec<CaseView> {
    views.retain(|view| view.published.is_some());
    views.sort_by_key(|view| std::cmp::Reverse(view.published.as_ref().map(|p| p.at)));
    views
}

/// Something that was confirmed to be a scam's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub value: String,
    pub on: Date,
    /// The last day on which it stands there.
    pub until: Date,
    /// The report on which it was judged.
    pub case: CaseId,
}

/// The links, numbers and accounts whose latest judgement confirms them and whose day has not passed; the latest first.
pub async fn listed(app: &App) -> Result<Vec<Listed>> {
    let today = app.now().day();
    let views = cases::list(app, CaseFilter { kind: Some(CaseKind::ScamReport), ..CaseFilter::default() }).await?;
    // However a value was written, the latest judgement on it holds: what an appeal took out is in no other row.
    let mut latest: BTreeMap<String, (Moment, Option<Listed>)> = BTreeMap::new();
    for view in &views {
        for judged in &view.judged {
            let Some(value) = judged.value.clone() else { continue };
            let one = indicator::identity(&value);
            if latest.get(&one).is_none_or(|(at, _)| *at <= judged.at) {
                let stands = judged.until.filter(|until| *until >= today);
                let listed = stands.map(|until| Listed { value, on: judged.at.day(), until, case: view.id.clone() });
                latest.insert(one, (judged.at, listed));
            }
        }
    }
    let mut listed: Vec<Listed> = latest.into_values().filter_map(|(_, listed)| listed).collect();
    listed.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.value.cmp(&b.value)));
    Ok(listed)
}

/// The words of an appeal: the listed value that it means, and why it should not be listed. One report may have listed several.
pub fn words_of_appeal(value: &str, why: &str) -> String {
    format!("{value}{AFTER_VALUE}{why}")
}

/// The value that an appeal means, of those that are listed; `None` where it does not say.
pub fn appealed<'a>(words: &str, listed: &'a [Listed]) -> Option<&'a str> {
    let (value, _) = words.split_once(AFTER_VALUE)?;
    listed.iter().map(|listed| listed.value.as_str()).find(|listed| *listed == value.trim())
}

/// The links and numbers that a report names, for whoever judges them.
pub fn named(text: &str) -> Vec<String> {
    indicator::found(text)
}

/// Feedback by the service concerned, small groups not told apart.
pub async fn by_service(app: &App) -> Result<Vec<ServiceCount>> {
    let all = app.snapshot().await?;
    Ok(services::of_cases(all.cases.iter(), all.now(app)).rows)
}
