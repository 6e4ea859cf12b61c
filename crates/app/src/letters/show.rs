//! Letters for pages: the list, and one letter beside its obligations.

use super::search;
use super::upper::{Codes, code_key};
use crate::addressees::{self, Called};
use crate::snapshot::Snapshot;
use crate::views::*;
use crate::{App, Result, history};
use jiff::civil::Date;
use programme::decide;
use programme::direction::Directed;
use programme::ids::{LetterId, ObligationId, UnitId};
use programme::model::*;
use programme::moment::Moment;
use programme::rates::Rates;
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;

/// Which letters to list; empty: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterFilter {
    pub direction: Option<Direction>,
    /// Words that must all occur, with or without accents.
    pub words: Option<String>,
    /// A part of the number and symbol, however carelessly written.
    pub number: Option<String>,
    /// A part of the issuer's name, with or without accents.
    pub issuer: Option<String>,
    /// Days of the letter, both included.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// A unit that has a task of the letter, helps with one, or was named by the head.
    pub unit: Option<UnitId>,
    /// Those too that were taken out of the register.
    pub with_removed: bool,
}

/// Letters by their day, the latest first; one without a day stands where it was received. Of a search those come first
/// that have the words one after the other: `lac phuong` is Lạc Phượng before a letter of An Lạc to its phường.
pub async fn list(app: &App, filter: LetterFilter) -> Result<Vec<LetterRow>> {
    let all = app.snapshot().await?;
    let words = filter.words.as_deref().map(str::trim).filter(|w| !w.is_empty());
    let hits = match words {
        None => None,
        Some(words) => Some(search::hits(app, words).await?),
    };
    let now = all.now(app);
    let counts = Counts::of(&all, None, now);
    let listed = |l: &&Entry<Letter>| filter.with_removed || l.removed().is_none();
    let mut rows: Vec<LetterRow> = all
        .letters
        .values()
        .filter(listed)
        .filter(|l| hits.as_ref().is_none_or(|hits| hits.contains_key(l.facts.id.as_str())))
        .filter(|l| all.fits(&filter, l, now))
        .map(|l| row(&all, l, counts.of_letter(&l.facts.id)))
        .collect();
    let day = |row: &LetterRow| row.date.unwrap_or_else(|| row.received_at.day());
    rows.sort_by(|a, b| (day(b), b.received_at, &b.id).cmp(&(day(a), a.received_at, &a.id)));
    if let Some(hits) = hits {
        rows.sort_by_key(|row| hits.get(row.id.as_str()).copied());
    }
    Ok(rows)
}

/// The letters of the register, without any filter.
pub(crate) fn rows(all: &Snapshot, now: Moment) -> Vec<LetterRow> {
    let counts = Counts::of(all, None, now);
    all.registered().map(|l| row(all, l, counts.of_letter(&l.facts.id))).collect()
}

/// The units that addressees mean as they stand written, for a letter: what assigning would suggest.
pub async fn recognised(app: &App, letter: &LetterId, to: &[String]) -> Result<Vec<UnitName>> {
    let all = app.snapshot().await?;
    let meant = addressees::expand_in(all.recipients(letter), to, &all.called(all.now(app)));
    Ok(meant.iter().map(|id| all.unit_named(id)).collect())
}

pub async fn show(app: &App, id: &LetterId) -> Result<Option<LetterView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let now = all.now(app);
    let Some(brief) = brief(&mut tx, &all, id, now).await? else { return Ok(None) };
    let units = all.called(now);
    let of_letter = all.obligations.values().filter(|o| &o.facts.letter == id);
    let mut obligations: Vec<ObligationView> = of_letter.map(|o| all.obligation_view(o, &units, now)).collect();
    obligations.sort_by_key(|o| (o.start, o.end));
    Ok(Some(LetterView { obligations, history: history::of(&mut tx, &all, SubjectKind::Letter, id.as_str()).await?, ..brief }))
}

/// A letter with its text, without its obligations and its history.
async fn brief(tx: &mut Tx, all: &Snapshot, id: &LetterId, now: Moment) -> Result<Option<LetterView>> {
    let Some(letter) = all.letters.get(id) else { return Ok(None) };
    let text = match &letter.facts.text {
        Some(text) => store::content::get(tx, &text.id).await?.and_then(|c| c.body),
        None => None,
    };
    let row = row(all, letter, Counts::of(all, Some(id), now).of_letter(id));
    // Read again, where a list may do with what is known: this page stands on it.
    super::register::meta(tx, &letter.facts).await?;
    let meta = all.metas.get(id).cloned().unwrap_or_default();
    Ok(Some(LetterView {
        meta: LetterMeta { problems: super::register::problems_left(&letter.facts, &meta, row.obligations), ..meta },
        row,
        removed: all.removed_view(tx, letter).await?,
        twins: all.twins(letter),
        text,
        version: super::register::version(&letter.facts)?,
        implements: all.upper_of(&Codes::of(all), letter).map(|upper| upper.facts.id.clone()),
        direction_given: all.direction_view(letter, now),
        file: crate::evidence::file_view(tx, &letter.facts.file.id).await?,
        obligations: Vec::new(),
        history: Vec::new(),
    }))
}

/// What the letters of the register come to, counted in one walk for all of them.
struct Counts<'a>(BTreeMap<&'a LetterId, Count>);

#[derive(Clone, Copy, Default)]
struct Count {
    obligations: u64,
    /// Confirmed obligations that no unit was given.
    unassigned: u64,
    rates: Rates,
}

impl<'a> Counts<'a> {
    /// `only`: no other letter.
    fn of(all: &'a Snapshot, only: Option<&LetterId>, now: Moment) -> Counts<'a> {
        let mut counts: BTreeMap<&LetterId, Count> = BTreeMap::new();
        let wanted = |letter: &LetterId| only.is_none_or(|only| only == letter);
        for task in all.tasks.values().filter(|t| t.facts.parent.is_none() && wanted(&t.facts.letter)) {
            counts.entry(&task.facts.letter).or_default().rates += all.rates(task, now);
        }
        let given: BTreeSet<&ObligationId> = all.tasks.values().filter(|t| t.stands(now)).map(|t| &t.facts.key.obligation).collect();
        for obligation in all.obligations.values().filter(|o| wanted(&o.facts.letter) && state(o) < ObligationState::Succeeded) {
            let count = counts.entry(&obligation.facts.letter).or_default();
            count.obligations += 1;
            count.unassigned += u64::from(decide::holds(obligation) && !given.contains(&obligation.facts.id));
        }
        Counts(counts)
    }

    fn of_letter(&self, letter: &LetterId) -> Count {
        self.0.get(letter).copied().unwrap_or_default()
    }
}

fn row(all: &Snapshot, letter: &Entry<Letter>, count: Count) -> LetterRow {
    let facts = &letter.facts;
    let meta = all.metas.get(&facts.id);
    LetterRow {
        id: facts.id.clone(),
        direction: facts.direction,
        code: facts.code.clone(),
        letter_type: facts.letter_type.clone(),
        date: facts.date,
        received_at: letter.received_at(),
        issuer: meta.and_then(|m| m.issuer.clone()),
        subject: meta.and_then(|m| m.subject.clone()),
        secrecy: facts.secrecy,
        urgency: facts.urgency,
        confirmed: letter.has(MarkKind::Confirmed),
        unassigned: facts.direction != Direction::Draft && count.unassigned > 0,
        removed: letter.removed().is_some(),
        obligations: count.obligations,
        rates: count.rates,
    }
}

fn state(obligation: &Entry<Obligation>) -> ObligationState {
    if decide::dropped(obligation) {
        ObligationState::Dropped
    } else if obligation.has(MarkKind::Succeeded) {
        ObligationState::Succeeded
    } else if decide::holds(obligation) {
        ObligationState::Confirmed
    } else {
        ObligationState::Draft
    }
}

impl Snapshot {
    /// Whether a letter is one of those asked for, its words apart.
    fn fits(&self, filter: &LetterFilter, letter: &Entry<Letter>, now: Moment) -> bool {
        let facts = &letter.facts;
        let meta = self.metas.get(&facts.id);
        let asked = |text: &Option<String>| text.clone().filter(|t| !t.trim().is_empty());
        let number = asked(&filter.number).map(|n| code_key(&n));
        let issuer = asked(&filter.issuer).map(|i| text::fold::search_key(i.trim()));
        let day = facts.date;
        filter.direction.is_none_or(|d| d == facts.direction)
            && number.is_none_or(|n| facts.code.as_deref().is_some_and(|code| code_key(code).contains(&n)))
            && issuer.is_none_or(|i| meta.and_then(|m| m.issuer.as_deref()).is_some_and(|name| text::fold::search_key(name).contains(&i)))
            && filter.from.is_none_or(|from| day.is_some_and(|day| from <= day))
            && filter.to.is_none_or(|to| day.is_some_and(|day| day <= to))
            && filter.unit.as_ref().is_none_or(|unit| self.concerns(letter, unit, now))
    }

    fn concerns(&self, letter: &Entry<Letter>, unit: &UnitId, now: Moment) -> bool {
        let facts = &letter.facts;
        let has_task = |t: &Entry<Task>| t.facts.letter == facts.id && (&t.facts.key.unit == unit || t.facts.cooperating.contains(unit));
        let named = |d: Directed| &d.lead == unit || d.cooperating.contains(unit);
        letter.direction(now).is_some_and(|(_, directed)| named(directed)) || self.tasks.values().any(|t| t.stands(now) && has_task(t))
    }

    /// Whom a letter is addressed to, as written.
    fn recipients(&self, letter: &LetterId) -> &[String] {
        self.metas.get(letter).map_or(&[], |m| &m.to)
    }

    /// The units below the office with what they are called, for addressees.
    pub(crate) fn called(&self, now: Moment) -> Vec<Called> {
        self.units_below(now).into_iter().map(Called::of).collect()
    }

    /// `units`: [`Snapshot::called`].
    pub(crate) fn obligation_view(&self, obligation: &Entry<Obligation>, units: &[Called], now: Moment) -> ObligationView {
        let facts = &obligation.facts;
        let words = self.words.get(&facts.id);
        let to = words.map(|w| w.to.clone()).unwrap_or_default();
        let byte = |b: u64| usize::try_from(b).unwrap_or(usize::MAX);
        let recipients = self.recipients(&facts.letter);
        let meant = addressees::expand_in(recipients, &to, units);
        let directed = self.letters.get(&facts.letter).and_then(|l| l.direction(now)).map(|(_, directed)| directed);
        // What the letter leaves open, the head's direction answers.
        let directed = directed.filter(|_| addressees::leaves_open(recipients, &to, units));
        ObligationView {
            id: facts.id.clone(),
            letter: facts.letter.clone(),
            state: state(obligation),
            section: words.and_then(|w| w.section.clone()),
            text: words.map(|w| w.text.clone()),
            quote: words.map(|w| w.quote.clone()),
            start: byte(facts.start),
            end: byte(facts.end),
            directed: directed.is_some(),
            suggested_cooperating: directed.as_ref().map(|d| d.cooperating.clone()).unwrap_or_default(),
            suggested_due: directed.as_ref().and_then(|d| d.due).filter(|_| facts.due.is_none()),
            suggested: if let Some(directed) = directed { vec![directed.lead] } else { meant },
            to,
            due: facts.due,
            recurs: facts.recurs,
            reports_to: words.and_then(|w| w.reports_to.clone()),
            needs: facts.needs.clone(),
            checks: facts.checks.clone(),
            method: facts.method,
            confidence: facts.confidence,
            derived_from: facts.derived_from.clone(),
            tasks: self.tasks_of(&facts.id).map(|t| self.task_row(t, now)).collect(),
        }
    }
}
