//! Working on drafted obligations: change, split, merge, add by hand, drop and restore, confirm.

use super::shape::clause;
use super::{ObligationText, ReadObligation, obligation};
use crate::loaded::registered;
use crate::open::{Work, found};
use crate::{App, Error, Result};
use programme::decide::{self, Refusal};
use programme::event::Payload;
use programme::ids::{LetterId, ObligationId};
use programme::model::*;
use programme::period::Recurrence;
use std::ops::Range;

/// What a clerk may change; `None` leaves a field as it is. An empty `due` text takes the date away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObligationEdit {
    pub text: Option<String>,
    pub to: Option<Vec<String>>,
    pub due: Option<Option<Due>>,
    pub recurs: Option<Option<Recurrence>>,
    pub reports_to: Option<Option<String>>,
    pub needs: Option<Vec<Need>>,
    pub checks: Option<Vec<String>>,
    /// Other words of the letter to quote, as bytes of its text.
    pub span: Option<Range<usize>>,
}

/// Changes an obligation; a confirmed one gets a successor, whose id is returned.
pub async fn edit(app: &App, by: &Actor, id: &ObligationId, edit: ObligationEdit) -> Result<ObligationId> {
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let current = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    let text = letter_text(&mut work, &current.facts.letter).await?;
    let date = registered(&mut work, &current.facts.letter).await?.facts.date;
    decide::due_fits(edit.due.flatten().filter(|due| Some(*due) != current.facts.due).map(Due::last_day), date)?;
    let mut words = words(&mut work, &current.facts).await?;
    if let Some(span) = &edit.span {
        words.quote = quote(&text, span)?;
    }
    apply_words(&mut words, &edit)?;
    let changed = changed(&mut work, &current.facts, &words, &edit).await?;
    work.seen(&current);
    let successor: ObligationId = work.ids.make();
    let confirmed = decide::holds(&current);
    let mut events = decide::edit_obligation(&current, changed.clone(), successor.clone())?;
    if confirmed {
        let changed = Obligation { id: successor.clone(), ..changed };
        events.extend(reassigned(&mut work, &current.facts, &changed).await?);
    }
    work.append(events).await?;
    work.commit().await?;
    Ok(if confirmed { successor } else { id.clone() })
}

/// What becomes of the tasks of an obligation that got a successor.
async fn reassigned(work: &mut Work, current: &Obligation, successor: &Obligation) -> Result<Vec<Payload>> {
    let tasks = store::task::about(&mut work.tx, current.id.as_str()).await?;
    let mut proved = Vec::new();
    for task in &tasks {
        let key = &task.facts.key;
        if !store::things::linked(&mut work.tx, SubjectKind::Evidence, "proves", &key.to_string()).await?.is_empty() {
            proved.push(key.clone());
        }
        work.seen(task);
    }
    Ok(decide::reassign(current, successor, &tasks, &proved, work.now))
}

/// Splits a drafted obligation before byte `at` of the letter's text; returns the second half's id.
pub async fn split(app: &App, by: &Actor, id: &ObligationId, at: usize) -> Result<ObligationId> {
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let current = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    let text = letter_text(&mut work, &current.facts.letter).await?;
    let old = words(&mut work, &current.facts).await?;
    let (start, end) = span(&current.facts);
    let first = trimmed(&text, start..at)?;
    let second = trimmed(&text, at..end)?;
    let half = |span: &Range<usize>| quote(&text, span).map(|quote| ObligationText { text: clause(&quote), quote, ..old.clone() });
    let (first_words, second_words) = (half(&first)?, half(&second)?);
    let keep = |span: Range<usize>| ObligationEdit { span: Some(span), ..ObligationEdit::default() };
    let first = changed(&mut work, &current.facts, &first_words, &keep(first)).await?;
    let mut second = changed(&mut work, &current.facts, &second_words, &keep(second)).await?;
    second.id = work.ids.make();
    let id = second.id.clone();
    let events = decide::split_obligation(&current, first, second)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Joins a drafted obligation with the draft that follows it in the letter; what one of them leaves open the other says.
pub async fn merge(app: &App, by: &Actor, id: &ObligationId, next: &ObligationId) -> Result<()> {
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let first = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    let second = found(store::obligation::get(&mut work.tx, next.as_str()).await?, SubjectKind::Obligation, next)?;
    let all = store::obligation::about(&mut work.tx, first.facts.letter.as_str()).await?;
    let text = letter_text(&mut work, &first.facts.letter).await?;
    let (a, b) = (words(&mut work, &first.facts).await?, words(&mut work, &second.facts).await?);
    let whole = span(&first.facts).0..span(&first.facts).1.max(span(&second.facts).1);
    let quoted = quote(&text, &whole)?;
    // Words that nobody changed are those of the letter again.
    let as_read = a.text == clause(&a.quote) && b.text == clause(&b.quote);
    let joined = ObligationText {
        text: if as_read { clause(&quoted) } else { format!("{}; {}", clause(&a.text), b.text) },
        quote: quoted,
        to: union(&a.to, &b.to),
        section: a.section.or(b.section),
        reports_to: a.reports_to.or(b.reports_to),
    };
    let (one, other) = (&first.facts, &second.facts);
    let both = ObligationEdit {
        due: Some(one.due.into_iter().chain(other.due).min_by_key(|due| due.last_day())),
        recurs: Some(one.recurs.or(other.recurs)),
        needs: Some(union(&one.needs, &other.needs)),
        checks: Some(union(&one.checks, &other.checks)),
        span: Some(whole),
        ..ObligationEdit::default()
    };
    let merged = changed(&mut work, one, &joined, &both).await?;
    [&first, &second].into_iter().for_each(|o| work.seen(o));
    let events = decide::merge_obligations(&first, &second, &all, merged)?;
    work.append(events).await?;
    work.commit().await
}

/// Brings a dropped draft back, as it was.
pub async fn restore(app: &App, by: &Actor, id: &ObligationId) -> Result<()> {
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let current = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    work.seen(&current);
    registered(&mut work, &current.facts.letter).await?;
    let events = decide::restore_obligation(&current)?;
    work.append(events).await?;
    work.commit().await
}

/// Makes an obligation of words that a person chose in the letter's text.
pub async fn add(app: &App, by: &Actor, letter: &LetterId, span: Range<usize>, edit: ObligationEdit) -> Result<ObligationId> {
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let date = registered(&mut work, letter).await?.facts.date;
    decide::due_fits(edit.due.flatten().map(Due::last_day), date)?;
    let text = letter_text(&mut work, letter).await?;
    let span = trimmed(&text, span)?;
    let chosen = quote(&text, &span)?;
    let mut words = ObligationText { text: chosen.clone(), quote: chosen, to: vec!["*".to_owned()], ..Default::default() };
    apply_words(&mut words, &edit)?;
    let read = ReadObligation {
        span,
        words,
        due: edit.due.flatten(),
        recurs: edit.recurs.flatten(),
        needs: edit.needs.unwrap_or_default(),
        checks: edit.checks.unwrap_or_default(),
        confidence: 100,
    };
    let obligation = obligation(&mut work, letter, &read, Method::Hand).await?;
    let id = obligation.id.clone();
    let events = decide::draft_obligation(obligation, text.len())?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Takes a drafted obligation out.
pub async fn drop(app: &App, by: &Actor, id: &ObligationId) -> Result<()> {
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let current = found(store::obligation::get(&mut work.tx, id.as_str()).await?, SubjectKind::Obligation, id)?;
    work.seen(&current);
    registered(&mut work, &current.facts.letter).await?;
    let events = decide::drop_obligation(&current)?;
    work.append(events).await?;
    work.commit().await
}

/// A person confirms every drafted obligation of the letter.
pub async fn confirm(app: &App, by: &Actor, letter: &LetterId) -> Result<()> {
    let mut work = app.work(by).await?;
    decide::may_register(by, &work.office)?;
    let current = registered(&mut work, letter).await?;
    let obligations = store::obligation::about(&mut work.tx, letter.as_str()).await?;
    let events = decide::confirm_letter(&current, &obligations)?;
    work.append(events).await?;
    work.commit().await
}

fn union<T: Clone + PartialEq>(a: &[T], b: &[T]) -> Vec<T> {
    a.iter().chain(b.iter().filter(|thing| !a.contains(thing))).cloned().collect()
}

fn span(obligation: &Obligation) -> (usize, usize) {
    let byte = |b: u64| usize::try_from(b).unwrap_or(usize::MAX);
    (byte(obligation.start), byte(obligation.end))
}

fn quote(text: &str, span: &Range<usize>) -> Result<String> {
    text.get(span.clone()).map(str::to_owned).ok_or_else(|| Refusal::SpanOutside.into())
}

/// The span without blanks at its ends.
fn trimmed(text: &str, span: Range<usize>) -> Result<Range<usize>> {
    let chosen = quote(text, &span)?;
    let start = span.start + (chosen.len() - chosen.trim_start().len());
    let end = start + chosen.trim().len();
    if start < end { Ok(start..end) } else { Err(Refusal::EmptyText.into()) }
}

async fn letter_text(work: &mut Work, letter: &LetterId) -> Result<String> {
    let entry = registered(work, letter).await?;
    let Some(text) = entry.facts.text else { return Err(Refusal::SpanOutside.into()) };
    let content = found(store::content::get(&mut work.tx, &text.id).await?, SubjectKind::Content, &text.id)?;
    content.body.ok_or_else(|| Refusal::NoLongerHolds.into())
}

async fn words(work: &mut Work, obligation: &Obligation) -> Result<ObligationText> {
    let id = &obligation.text.id;
    let content = found(store::content::get(&mut work.tx, id).await?, SubjectKind::Content, id)?;
    let body = content.body.ok_or(Refusal::NoLongerHolds)?;
    serde_json::from_str(&body).map_err(|e| Error::BadRecord { id: id.to_string(), what: e.to_string() })
}

fn apply_words(words: &mut ObligationText, edit: &ObligationEdit) -> Result<()> {
    if let Some(text) = &edit.text {
        words.text = crate::written::note(text)?.ok_or(Refusal::EmptyText)?;
    }
    if let Some(to) = &edit.to {
        words.to = to.iter().map(|name| crate::written::name(name)).collect::<std::result::Result<_, _>>()?;
    }
    if let Some(reports_to) = &edit.reports_to {
        words.reports_to = reports_to.clone();
    }
    if words.text.is_empty() { Err(Refusal::EmptyText.into()) } else { Ok(()) }
}

async fn changed(work: &mut Work, old: &Obligation, words: &ObligationText, edit: &ObligationEdit) -> Result<Obligation> {
    let json = programme::chain::canonical(words).map_err(store::Error::from)?;
    let text = work.text(&json).await?;
    let (start, end) = edit.span.as_ref().map_or((old.start, old.end), |s| (s.start as u64, s.end as u64));
    Ok(Obligation {
        start,
        end,
        text,
        due: edit.due.unwrap_or(old.due),
        recurs: edit.recurs.unwrap_or(old.recurs),
        needs: edit.needs.clone().unwrap_or_else(|| old.needs.clone()),
        checks: edit.checks.clone().unwrap_or_else(|| old.checks.clone()),
        confidence: 100,
        ..old.clone()
    })
}
