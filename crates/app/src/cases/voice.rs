//! What only some kinds of case have: the hand-over to an authority, what is published, judgements on what a report names.

use super::shown::PublishedText;
use super::{Where, case};
use crate::indicator;
use crate::{App, Result, evidence};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::CaseId;
use programme::model::Actor;

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

/// Publishes what everybody may read of a case, in the words of who answers.
pub async fn publish(app: &App, by: &Actor, id: &CaseId, question: &str, answer: &str) -> Result<()> {
    let words = |text: &str| crate::written::note(text)?.ok_or(Refusal::EmptyText);
    let text = PublishedText { v: 1, question: words(question)?, answer: words(answer)? };
    let json = programme::chain::canonical(&text).map_err(store::Error::from)?;
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let text = work.text(&json).await?;
    let events = decide::publish_case(&case, by, lies.seen(), Some(text))?;
    work.append(events).await?;
    work.commit().await
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

/// Says of a number, link or account whether it is a scam's. Never a name: only what is one of these is kept.
pub async fn judge(app: &App, by: &Actor, id: &CaseId, value: &str, confirmed: bool) -> Result<()> {
    let value = indicator::plain(value).ok_or(Refusal::NoIndicator)?;
    let mut work = app.work(by).await?;
    let case = case(&mut work, id).await?;
    let lies = Where::of(&mut work, by, &case).await?;
    let value = work.text(&value).await?;
    let events = decide::judge_indicator(&case, by, lies.seen(), value, confirmed)?;
    work.append(events).await?;
    work.commit().await
}
