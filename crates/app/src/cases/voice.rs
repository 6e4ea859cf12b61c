//! What only some kinds of case have: the hand-over to an authority, what is published, judgements on what a report names.

use super::shown::PublishedText;
use super::{Where, case};
use crate::indicator;
use crate::loaded::reach;
use crate::{App, Result, evidence, unnamed};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::CaseId;
use programme::model::{Actor, Case, CaseKind};

/// Hands a case over to the authority in charge, by its name.
pub async fn refer(app: &App, by: &Actor, id: &CaseId, to: &str, on: Date) -> Result<()> {
    let name = crate::written::name(to)?;
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let to = work.text(&name).await?;
    let events = decide::refer_case(&case, by, lies.seen(), to, on, work.now)?;
    work.append(events).await?;
    work.commit().await
}

/// Keeps the receipt that the authority signed; of several files the first one.
pub async fn keep_receipt(app: &App, by: &Actor, id: &CaseId, files: Vec<(String, Vec<u8>)>) -> Result<()> {
    let stored = evidence::keep(app, files).await?;
    let file = stored.first().ok_or(Refusal::EmptyFile)?;
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let receipt = work.file(file).await?;
    let events = decide::keep_receipt(&case, by, lies.seen(), receipt)?;
    work.append(events).await?;
    work.commit().await
}

/// Words as they may be published.
///
/// # Errors
/// [`Refusal`] where there are none, too many, or somebody is named.
pub fn publishable(text: &str) -> Result<String> {
    let words = crate::written::note(text)?.ok_or(Refusal::EmptyText)?;
    unnamed::refuse_published(&words)?;
    Ok(words)
}

/// Publishes what everybody may read of a case, in the words of who answers.
pub async fn publish(app: &App, by: &Actor, id: &CaseId, question: &str, answer: &str) -> Result<()> {
    publish_text(app, by, id, PublishedText { v: 1, title: None, question: publishable(question)?, answer: publishable(answer)? }).await
}

async fn publish_text(app: &App, by: &Actor, id: &CaseId, text: PublishedText) -> Result<()> {
    let json = programme::chain::canonical(&text).map_err(store::Error::from)?;
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    if (case.facts.kind == CaseKind::Warning) != text.title.is_some() {
        return Err(Refusal::WrongKind.into());
    }
    let lies = Where::of(&mut work, by, &case).await?;
    let text = work.text(&json).await?;
    let events = decide::publish_case(&case, by, lies.seen(), Some(text))?;
    work.append(events).await?;
    work.commit().await
}

/// Longest title of a warning, in characters.
pub const MOST_TITLE: usize = crate::written::MOST_NAME;

/// The words of a warning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WarningWords {
    pub title: String,
    /// How the scam goes.
    pub how: String,
    /// What to do, one thing a line.
    pub dos: String,
}

impl WarningWords {
    fn text(&self) -> Result<PublishedText> {
        let title = crate::written::name(&publishable(&self.title)?)?;
        Ok(PublishedText { v: 1, title: Some(title), question: publishable(&self.how)?, answer: publishable(&self.dos)? })
    }
}

/// Warns everybody in the name of the office, because of a report (`about`) or without one.
pub async fn warn(app: &App, by: &Actor, about: Option<&CaseId>, words: &WarningWords) -> Result<CaseId> {
    let text = words.text()?;
    let title = text.title.clone().unwrap_or_default();
    let json = programme::chain::canonical(&text).map_err(store::Error::from)?;
    let mut work = app.work(by).await?;
    if let Some(about) = about {
        let report = case(&mut work, about).await?;
        if report.facts.kind != CaseKind::ScamReport {
            return Err(Refusal::WrongKind.into());
        }
    }
    let office = work.office.clone();
    let reach = reach(&mut work, by, &office).await?;
    let (title, text) = (work.text(&title).await?, work.text(&json).await?);
    let id: CaseId = work.ids.make();
    let warning = Case::new(id.clone(), CaseKind::Warning, office.clone(), title);
    let warning = Case { to: Some(office), about: about.cloned(), ..warning };
    let events = decide::warn(warning, by, reach, text)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// The same warning in other words; one that was taken back stands again.
pub async fn warn_anew(app: &App, by: &Actor, id: &CaseId, words: &WarningWords) -> Result<()> {
    publish_text(app, by, id, words.text()?).await
}

/// Takes back what was published.
pub async fn unpublish(app: &App, by: &Actor, id: &CaseId) -> Result<()> {
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let events = decide::publish_case(&case, by, lies.seen(), None)?;
    work.append(events).await?;
    work.commit().await
}

/// For how many months something is listed, where nobody says otherwise.
pub const USUAL_MONTHS: u32 = 12;
/// At most: then a person looks at it again.
pub const MOST_MONTHS: u32 = 24;

/// Says of a number, link or account whether it is a scam's: listed for so many months, or not at all. Never a name: only what
/// is one of these is kept.
pub async fn judge(app: &App, by: &Actor, id: &CaseId, value: &str, months: Option<u32>) -> Result<()> {
    let value = indicator::judged(value)?;
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let value = work.text(&value).await?;
    let span = |months: u32| jiff::Span::new().months(i64::from(months.clamp(1, MOST_MONTHS)));
    let until = months.and_then(|months| work.now.day().checked_add(span(months)).ok());
    let events = decide::judge_indicator(&case, by, lies.seen(), value, until)?;
    work.append(events).await?;
    work.commit().await
}

/// Grants an appeal: the value, which stands in the list because of the report that the appeal is about, is taken out of it.
pub async fn grant_appeal(app: &App, by: &Actor, id: &CaseId, value: &str) -> Result<()> {
    let value = indicator::plain(value).ok_or(Refusal::NoIndicator)?;
    let mut work = app.work(by).await?;
    let appeal = case(&mut work, id).await?;
    let about = appeal.facts.about.clone().ok_or(Refusal::WrongKind)?;
    let report = case(&mut work, &about).await?;
    let lies = Where::of(&mut work, by, &appeal).await?;
    let value = work.text(&value).await?;
    let events = decide::grant_appeal(&appeal, &report, by, lies.seen(), value)?;
    work.append(events).await?;
    work.commit().await
}
