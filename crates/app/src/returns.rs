//! Returns: the figures of a unit and period, each with its evidence; approved by the head, sealed by the office's key.
//!
//! Units that owe something and said nothing are shown by name, never waited for silently.
//! Not here: the official document made of a return (`publish`).

mod templates;

pub(crate) use templates::bounds;
pub use templates::{DIRECTIVE_REPORT, ReportTemplate, SECTIONS, SIGNED, Section, template, templates};

use crate::loaded::reach;
use crate::open::{Work, found};
use crate::snapshot::Snapshot;
use crate::views::*;
use crate::{App, Error, Result};
use jiff::civil::Date;
use programme::chain;
use programme::decide;
use programme::digital::is_digital;
use programme::event::Payload;
use programme::ids::*;
use programme::indicators::{self, Sources};
use programme::model::*;
use programme::moment::Moment;
use programme::period::Period;
use programme::rates::Rates;
use programme::scope::Scope;
use programme::services::{self, ByService, Count, Piece, Shown};
use programme::tree;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReturn {
    pub template: String,
    /// `None`: the office.
    pub unit: Option<UnitId>,
    pub period: Period,
    /// Only tasks of this letter.
    pub letter: Option<LetterId>,
}

type RateField = fn(&mut Rates) -> &mut u64;

/// The figures of a return that count tasks; each names the tasks that it counts.
const RATE_FIGURES: &[(&str, RateField)] = &[
    ("tasks", |r| &mut r.tasks),
    ("tasks_acknowledged", |r| &mut r.acknowledged),
    ("tasks_declared", |r| &mut r.declared),
    ("tasks_due", |r| &mut r.due),
    ("tasks_on_time", |r| &mut r.on_time),
    ("tasks_overdue", |r| &mut r.overdue),
    ("tasks_held", |r| &mut r.held),
    ("tasks_verifiable", |r| &mut r.verifiable),
    ("tasks_verified", |r| &mut r.verified),
    ("tasks_declared_only", |r| &mut r.declared_only),
];

/// Counts the figures as of now, or as of the end of a period that is over, and keeps them as a draft.
pub async fn draft(app: &App, by: &Actor, new: NewReturn) -> Result<ReturnId> {
    let mut work = app.work(by).await?;
    // Inside the transaction: nothing can be said between the count and the return.
    let all = app.snapshot().await?;
    let unit = new.unit.clone().unwrap_or_else(|| work.office.clone());
    decide::may_report(by, reach(&mut work, by, &unit).await?)?;
    if let Some(letter) = &new.letter {
        crate::loaded::registered(&mut work, letter).await?;
    }
    let today = work.now.day();
    let days = new.period.days(bounds(&new.template));
    let outside = days.is_some_and(|(first, last)| first > today || last < tree::SINCE);
    if outside || !templates::fits(&new.template, new.period) {
        return Err(decide::Refusal::PeriodOutside.into());
    }
    let as_of = days.map_or(today, |(_, last)| last.min(today));
    let from = days.map_or(Date::MIN, |(first, _)| first);
    let units = all.subtree(&unit);
    let same = |r: &&Entry<Return>| {
        r.facts.template == new.template && r.facts.unit == unit && r.facts.period == new.period && r.facts.letter == new.letter
    };
    let earlier = all.returns.values().filter(same).map(|r| r.facts.revision).max().unwrap_or(0);
    let scope = Scope { units, from, to: as_of };
    let children = all.child_returns(&scope, &new);
    let counted = all.counted(&scope.units, new.period, new.letter.as_ref());
    let at = Moment::end_of(as_of);
    let mut figures = all.rate_figures(&counted, at);
    figures.extend(all.indicator_figures(&scope, new.letter.as_ref()));
    let facts = Return {
        id: work.ids.make(),
        absent: all.absent(&counted, at),
        template: new.template,
        unit,
        period: new.period,
        revision: earlier + 1,
        as_of,
        letter: new.letter,
        figures,
        children,
        narrative: None,
        counted_at: None,
    };
    let id = facts.id.clone();
    work.append(vec![Payload::ReturnDrafted(facts)]).await?;
    work.commit().await?;
    Ok(id)
}

/// What somebody writes under one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    /// [`mark`] of what stood there when the writer began.
    pub over: String,
}

impl Said {
    /// Written where nothing stood.
    pub fn first(text: &str) -> Said {
        Said { text: text.to_owned(), over: mark("") }
    }
}

/// Tells one wording of a section from another: 16 hex digits.
pub fn mark(text: &str) -> String {
    Digest::of(text.trim().as_bytes()).to_string().chars().take(16).collect()
}

/// Writes under the sections of a return: section code → text. The figures stay; an approval lapses. A section that is not
/// named, or that its writer left as it was shown, stays as it is now. Back come the sections that were changed both here
/// and by somebody else meanwhile; where there is one, nothing is kept.
pub async fn write(app: &App, by: &Actor, id: &ReturnId, narrative: &BTreeMap<String, Said>) -> Result<Vec<String>> {
    let mut work = app.work(by).await?;
    let entry = found(store::returns::get(&mut work.tx, id.as_str()).await?, SubjectKind::Return, id)?;
    work.seen(&entry);
    let reach = reach(&mut work, by, &entry.facts.unit).await?;
    let mut kept = narrative_of(&mut work.tx, &entry.facts).await?;
    let before = kept.clone();
    let mut clashes = Vec::new();
    for (code, said) in narrative {
        if !SECTIONS.iter().chain(&SIGNED).any(|known| known == code) {
            return Err(decide::Refusal::NoSection.into());
        }
        let (now, new) = (mark(kept.get(code).map_or("", String::as_str)), mark(&said.text));
        if new == now || new == said.over {
            continue;
        }
        if now != said.over {
            clashes.push(code.clone());
        }
        match crate::written::note(&said.text)? {
            Some(text) => kept.insert(code.clone(), text),
            None => kept.remove(code),
        };
    }
    if !clashes.is_empty() || kept == before {
        // Who may not write at all is told so, not of a clash.
        decide::write_return(&entry, by, reach, None)?;
        return Ok(clashes);
    }
    let json = chain::canonical(&kept).map_err(store::Error::from)?;
    let narrative = if kept.is_empty() { None } else { Some(work.text(&json).await?) };
    let events = decide::write_return(&entry, by, reach, narrative)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(clashes)
}

async fn narrative_of(tx: &mut store::Tx, facts: &Return) -> Result<BTreeMap<String, String>> {
    let Some(text) = crate::evidence::words(tx, facts.narrative.as_ref()).await? else { return Ok(BTreeMap::new()) };
    serde_json::from_str(&text).map_err(|e| Error::BadRecord { id: facts.id.to_string(), what: e.to_string() })
}

/// Counts the figures anew, as a further revision with the words that were written under this one.
pub async fn recount(app: &App, by: &Actor, id: &ReturnId) -> Result<ReturnId> {
    let not_found = || Error::NotFound { kind: SubjectKind::Return, id: id.to_string() };
    let known = show(app, id, 0).await?.ok_or_else(not_found)?;
    let new = NewReturn { template: known.template, unit: Some(known.unit.id), period: known.period, letter: known.letter };
    let new = draft(app, by, new).await?;
    if !known.narrative.is_empty() {
        let said = known.narrative.iter().map(|(code, text)| (code.clone(), Said::first(text))).collect();
        write(app, by, &new, &said).await?;
    }
    Ok(new)
}

/// Every event of a return, in order.
pub async fn history(app: &App, id: &ReturnId) -> Result<Vec<HistoryRow>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    crate::history::of(&mut tx, &all, SubjectKind::Return, id.as_str()).await
}

/// The head approves the figures as shown; `shown` is [`ReturnView::digest`].
pub async fn approve(app: &App, by: &Actor, id: &ReturnId, shown: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let entry = found(store::returns::get(&mut work.tx, id.as_str()).await?, SubjectKind::Return, id)?;
    work.seen(&entry);
    let shown: Digest = shown.parse().unwrap_or(Digest::ZERO);
    let events = decide::approve_return(&entry, by, &shown)?;
    work.append(events).await?;
    work.commit().await
}

/// Seals an approved return with the office's key; the sealed return proves the tasks of its unit that ask for a report.
pub async fn seal(app: &App, by: &Actor, id: &ReturnId) -> Result<()> {
    let mut work = app.work(by).await?;
    let entry = found(store::returns::get(&mut work.tx, id.as_str()).await?, SubjectKind::Return, id)?;
    work.seen(&entry);
    let reach = reach(&mut work, by, &entry.facts.unit).await?;
    let mut events = decide::seal_return(&entry, by, reach, &app.inner.key)?;
    events.extend(reported(&mut work, &entry.facts).await?);
    work.append(events).await?;
    work.commit().await
}

/// The return as evidence for the unit's standing tasks, of its letter and period, that ask for a report.
async fn reported(work: &mut Work, r: &Return) -> Result<Option<Payload>> {
    let mut tasks = Vec::new();
    for task in store::task::by_unit(&mut work.tx, r.unit.as_str()).await? {
        let facts = &task.facts;
        let period = [r.period, Period::Once].contains(&facts.key.period);
        if !period || !task.stands(work.now) || r.letter.as_ref().is_some_and(|l| l != &facts.letter) {
            continue;
        }
        let obligation = store::obligation::get(&mut work.tx, facts.key.obligation.as_str()).await?;
        if obligation.is_some_and(|o| o.facts.needs.contains(&Need::Report)) {
            work.seen(&task);
            tasks.push(facts.key.clone());
        }
    }
    let evidence = Evidence {
        id: work.ids.make(),
        unit: r.unit.clone(),
        kind: EvidenceKind::Return,
        tasks,
        observed_at: work.now,
        expires: None,
        content: None,
        note: None,
        supersedes: None,
        proves: None,
    };
    Ok((!evidence.tasks.is_empty()).then_some(Payload::EvidenceAttached(evidence)))
}

/// All returns, the latest first; their figures without what they were counted from, and without their digests.
pub async fn list(app: &App) -> Result<Vec<ReturnView>> {
    let all = app.snapshot().await?;
    let mut views: Vec<(Moment, ReturnView)> = all.returns.values().map(|r| (r.stamp.at, view(&all, r, |_| 0))).collect();
    views.sort_by(|a, b| (b.0, &b.1.id).cmp(&(a.0, &a.1.id)));
    Ok(views.into_iter().map(|(_, view)| view).collect())
}

/// One return, each figure with the first of what it was counted from, at most so many.
pub async fn show(app: &App, id: &ReturnId, most_refs: usize) -> Result<Option<ReturnView>> {
    let all = app.snapshot().await?;
    let Some(entry) = all.returns.get(id) else { return Ok(None) };
    let digest = chain::return_digest(&entry.facts).map(|d| d.to_string()).unwrap_or_default();
    Ok(Some(ReturnView { digest, ..worded(app, &all, entry, |_| most_refs).await? }))
}

/// One return as lists show it: enough to name it.
pub async fn brief(app: &App, id: &ReturnId) -> Result<Option<ReturnView>> {
    let all = app.snapshot().await?;
    Ok(all.returns.get(id).map(|entry| view(&all, entry, |_| 0)))
}

/// A return with its words, without its digest; `most_refs` by a figure's code.
pub(crate) async fn worded(app: &App, all: &Snapshot, entry: &Entry<Return>, most_refs: impl Fn(&str) -> usize) -> Result<ReturnView> {
    let mut view = view(all, entry, most_refs);
    let mut tx = app.inner.db.read().await?;
    let mut labels = labels(&mut tx, all, view.figures.iter().flat_map(|f| &f.refs)).await?.into_iter();
    for reference in view.figures.iter_mut().flat_map(|f| &mut f.refs) {
        reference.label = labels.next().flatten();
    }
    view.narrative = narrative_of(&mut tx, &entry.facts).await?;
    Ok(view)
}

/// A return as pages see it, without its digest, each figure with at most so many of what it was counted from.
fn view(all: &Snapshot, entry: &Entry<Return>, most_refs: impl Fn(&str) -> usize) -> ReturnView {
    let facts = &entry.facts;
    let mark = |kind| entry.marks.iter().rev().find(|m: &&Mark| m.kind == kind);
    let (approved, sealed) = (mark(MarkKind::Approved).filter(|_| decide::is_approved(entry)), mark(MarkKind::Sealed));
    let state = match (approved, sealed) {
        (_, Some(_)) => ReturnState::Sealed,
        (Some(_), None) => ReturnState::Approved,
        (None, None) => ReturnState::Draft,
    };
    let refs = |f: &Figure| f.evidence.iter().take(most_refs(&f.code)).map(|id| all.reference(id)).collect();
    let feedback = all.feedback(&facts.figures);
    let figure = |f: &Figure| {
        let value = f.value.map(|n| feedback.as_ref().and_then(|told| told_of(&told.all, &f.code)).unwrap_or(Shown::Exactly(n)));
        let (code, is_told) = (f.code.clone(), matches!(value, None | Some(Shown::Exactly(_))));
        if is_told {
            FigureView { code, value, refs: refs(f), n_refs: f.evidence.len() }
        } else {
            FigureView { code, value, refs: Vec::new(), n_refs: 0 }
        }
    };
    ReturnView {
        id: facts.id.clone(),
        template: facts.template.clone(),
        unit: all.unit_row(&facts.unit, 0),
        period: facts.period,
        revision: facts.revision,
        as_of: facts.as_of,
        counted_at: decide::counted_at(entry),
        state,
        letter: facts.letter.clone(),
        narrative: BTreeMap::new(),
        figures: facts.figures.iter().map(figure).collect(),
        feedback,
        absent: facts.absent.iter().map(|u| all.unit_row(u, 1)).collect(),
        digest: String::new(),
        approved_by: approved.map(|m| all.names.get(&m.stamp.by).cloned().unwrap_or_else(|| m.stamp.by.to_string())),
        approved_at: approved.map(|m| m.stamp.at),
        signature: sealed.and_then(|m| m.other.clone()),
        sealed_at: sealed.map(|m| m.stamp.at),
    }
}

/// What may be told of a figure that counts what people said.
fn told_of(all: &Count, code: &str) -> Option<Shown> {
    let shown = [all.received, all.answered, all.overdue];
    indicators::FEEDBACK.iter().zip(shown).find(|(of, _)| **of == code).map(|(_, shown)| shown)
}

/// What each of these is called, in their order; their words are read all at once.
async fn labels(tx: &mut store::Tx, all: &Snapshot, refs: impl Iterator<Item = &FigureRef>) -> Result<Vec<Option<String>>> {
    let refs: Vec<&FigureRef> = refs.collect();
    let worded = |r: &FigureRef| match r.kind {
        SubjectKind::Activity => all.activity(&r.id).and_then(|a| a.facts.note.as_ref()),
        SubjectKind::Asset => all.asset(asset_and_check(&r.id).0).map(|a| &a.facts.name),
        // What people outside said is read by who answers it, not by who reads a report.
        SubjectKind::Case => all.case(&r.id).filter(|c| !decide::is_confidential(c.facts.kind)).map(|c| &c.facts.text),
        _ => None,
    };
    let texts: Vec<&ContentId> = refs.iter().filter_map(|r| worded(r)).map(|sealed| &sealed.id).collect();
    let texts = store::content::many(tx, &texts).await?;
    let label = |r: &&FigureRef| {
        let words = worded(r).and_then(|sealed| texts.get(&sealed.id)).and_then(crate::texts::shown);
        match r.kind {
            SubjectKind::Letter => r.id.parse().ok().and_then(|id: LetterId| all.letters.get(&id)?.facts.code.clone()),
            SubjectKind::Task => r.id.parse::<TaskKey>().ok().map(|key| all.unit_name(&key.unit)),
            // Several of a day look alike: what tells them apart is whose they are.
            SubjectKind::Activity if r.is_digital => {
                all.activity(&r.id).map(|a| format!("{}, {}", all.unit_name(&a.facts.unit), crate::lang::date(a.facts.on)))
            }
            SubjectKind::Activity => words.or_else(|| all.activity(&r.id).map(|a| crate::lang::date(a.facts.on))),
            SubjectKind::Asset => Some(format!("{} {}", words.unwrap_or_default(), asset_and_check(&r.id).1).trim().to_owned()),
            SubjectKind::Case if all.case(&r.id).is_some_and(|c| c.facts.kind == CaseKind::GoodExample) => {
                words.as_deref().and_then(crate::cases::title_of_example)
            }
            SubjectKind::Case => words,
            _ => None,
        }
    };
    Ok(refs.iter().map(label).collect())
}

/// What an inspection is counted by: an asset, and the check on it.
fn asset_and_check(id: &str) -> (&str, &str) {
    id.split_once('/').unwrap_or((id, ""))
}

/// Whether a figure counts tasks.
pub(crate) fn counts_tasks(figure: &str) -> bool {
    RATE_FIGURES.iter().any(|(code, _)| *code == figure)
}

/// The keys of the tasks that a return counts.
pub(crate) fn counted_tasks(figures: &[Figure]) -> impl Iterator<Item = &str> {
    figures.iter().filter(|f| f.code == RATE_FIGURES[0].0).flat_map(|f| &f.evidence).map(String::as_str)
}

/// What the figures of a return count each task for: task key → rates. Nothing is judged anew, so a sealed return says
/// of its tasks what it said when it was sealed.
pub(crate) fn rated(figures: &[Figure]) -> HashMap<&str, Rates> {
    let mut rated: HashMap<&str, Rates> = HashMap::new();
    for (code, field) in RATE_FIGURES {
        for key in figures.iter().filter(|f| f.code == *code).flat_map(|f| &f.evidence) {
            *field(rated.entry(key).or_default()) = 1;
        }
    }
    rated.values_mut().for_each(|r| r.gap = u64::from(r.declared > 0 && r.verifiable > 0 && r.verified == 0));
    rated
}

/// Whether a report on a period counts a task of a period: one-off work is reported in every period until it is done,
/// periodic work in its own.
pub(crate) fn reported_in(of_task: Period, period: Period) -> bool {
    of_task == period || of_task == Period::Once || period == Period::Once || period.contains(of_task)
}

impl Snapshot {
    /// The unit and every unit below it.
    pub(crate) fn subtree(&self, unit: &UnitId) -> BTreeSet<UnitId> {
        let mut inside: BTreeSet<UnitId> = [unit.clone()].into_iter().collect();
        loop {
            let below = |u: &&Entry<Unit>| u.facts.parent.as_ref().is_some_and(|p| inside.contains(p));
            let more: Vec<UnitId> =
                self.units.values().filter(below).map(|u| u.facts.id.clone()).filter(|id| !inside.contains(id)).collect();
            if more.is_empty() {
                return inside;
            }
            inside.extend(more);
        }
    }

    /// Root tasks of the units, letter and period: what the figures of a return count.
    pub(crate) fn counted(&self, units: &BTreeSet<UnitId>, period: Period, letter: Option<&LetterId>) -> Vec<&Entry<Task>> {
        let wanted = |t: &&Entry<Task>| {
            units.contains(&t.facts.key.unit)
                && t.facts.parent.is_none()
                && letter.is_none_or(|l| l == &t.facts.letter)
                && reported_in(t.facts.key.period, period)
        };
        self.tasks.values().filter(wanted).collect()
    }

    fn rate_figures(&self, counted: &[&Entry<Task>], at: Moment) -> Vec<Figure> {
        let rated: Vec<(String, Rates)> = counted.iter().map(|t| (t.facts.key.to_string(), self.rates(t, at))).collect();
        let figure = |(code, field): &(&str, RateField)| {
            let of_tasks = rated.iter().map(|(key, rates)| (key, *field(&mut rates.clone())));
            Figure {
                code: (*code).to_owned(),
                value: Some(of_tasks.clone().map(|(_, n)| n).sum()),
                evidence: of_tasks.filter(|(_, n)| *n > 0).map(|(key, _)| key.clone()).collect(),
            }
        };
        RATE_FIGURES.iter().map(figure).collect()
    }

    /// What the figures of a return count of feedback, by the service concerned.
    fn feedback(&self, figures: &[Figure]) -> Option<ByService> {
        let [received, answered, overdue] = indicators::FEEDBACK.map(|code| figures.iter().find(|f| f.code == code));
        let ids = |figure: Option<&Figure>| figure.into_iter().flat_map(|f| &f.evidence).cloned().collect::<BTreeSet<String>>();
        let (answered, overdue) = (ids(answered), ids(overdue));
        let piece = |id: &String| Piece {
            service: self.case(id).and_then(|c| c.facts.service).unwrap_or(Service::Other),
            answered: answered.contains(id),
            overdue: overdue.contains(id),
        };
        Some(services::by_service(received?.evidence.iter().map(piece)))
    }

    /// The indicators; of a report on one letter only what was done for that letter.
    fn indicator_figures(&self, scope: &Scope, only: Option<&LetterId>) -> Vec<Figure> {
        let of_task = |key: &TaskKey| only.is_none_or(|only| self.tasks.get(key).is_some_and(|t| &t.facts.letter == only));
        let tells = |a: &Activity| a.outreach.as_ref().is_some_and(|o| Some(&o.letter) == only);
        let of_letter = |a: &&Entry<Activity>| only.is_none() || tells(&a.facts) || a.facts.tasks.iter().any(of_task);
        let activities: Vec<Entry<Activity>> = self.activities.iter().filter(of_letter).cloned().collect();
        let named = |c: &Case| c.nomination.as_ref().is_some_and(|n| n.letter.as_ref() == only);
        // As the report's part on difficulties lists them: one that names no task may well be the letter's.
        let no_task = |c: &Case| c.kind == CaseKind::Difficulty && c.task.is_none();
        let of_case = |c: &&Entry<Case>| only.is_none() || named(&c.facts) || c.facts.task.as_ref().map_or(no_task(&c.facts), of_task);
        let cases: Vec<Entry<Case>> = self.cases.iter().filter(of_case).cloned().collect();
        let letters: Vec<Entry<Letter>> = self.registered().filter(|l| self.cites(l, only)).cloned().collect();
        let results: Vec<_> = self.results.values().flatten().cloned().collect();
        let sources = Sources { activities: &activities, letters: &letters, cases: &cases, assets: &self.assets, results: &results };
        let mut figures = indicators::figures(sources, scope);
        figures.retain(|f| only.is_none() || !indicators::OF_NO_LETTER.contains(&f.code.as_str()));
        figures
    }

    /// Whether a letter cites the code of another one.
    fn cites(&self, letter: &Entry<Letter>, only: Option<&LetterId>) -> bool {
        let Some(only) = only else { return true };
        let code = self.letters.get(only).and_then(|l| l.facts.code.as_deref());
        let meta = self.metas.get(&letter.facts.id);
        code.is_some_and(|code| meta.is_some_and(|m| m.references.iter().any(|r| r.code.as_deref() == Some(code))))
    }

    /// The latest sealed returns of other offices below, for the same template and period.
    fn child_returns(&self, scope: &Scope, new: &NewReturn) -> Vec<ChildReturn> {
        let mut latest: BTreeMap<&UnitId, &Entry<Return>> = BTreeMap::new();
        let sealed = |r: &&Entry<Return>| {
            let facts = &r.facts;
            r.has(MarkKind::Sealed)
                && r.stamp.office != self.office
                && scope.units.contains(&facts.unit)
                && facts.template == new.template
                && facts.period == new.period
        };
        for entry in self.returns.values().filter(sealed) {
            let known = latest.entry(&entry.facts.unit).or_insert(entry);
            if known.facts.revision < entry.facts.revision {
                *known = entry;
            }
        }
        let child = |entry: &Entry<Return>| {
            let digest = chain::return_digest(&entry.facts).ok()?;
            Some(ChildReturn { unit: entry.facts.unit.clone(), id: entry.facts.id.clone(), digest })
        };
        latest.into_values().filter_map(child).collect()
    }

    /// Units with tasks that neither said nor showed anything.
    fn absent(&self, counted: &[&Entry<Task>], at: Moment) -> Vec<UnitId> {
        let mut owing: BTreeSet<&UnitId> = BTreeSet::new();
        let mut heard: BTreeSet<&UnitId> = BTreeSet::new();
        for task in counted.iter().filter(|t| t.stands(at)) {
            let unit = &task.facts.key.unit;
            owing.insert(unit);
            if task.declared(at).is_some() || self.evidence.contains_key(&task.facts.key) {
                heard.insert(unit);
            }
        }
        owing.difference(&heard).map(|u| (*u).clone()).collect()
    }

    /// What kind of thing an id of a figure's evidence is.
    fn reference(&self, id: &str) -> FigureRef {
        let kind = if id.parse::<TaskKey>().is_ok_and(|key| self.tasks.contains_key(&key)) {
            SubjectKind::Task
        } else if id.parse().is_ok_and(|id: LetterId| self.letters.contains_key(&id)) {
            SubjectKind::Letter
        } else if self.activity(id).is_some() {
            SubjectKind::Activity
        } else if self.case(id).is_some() {
            SubjectKind::Case
        } else {
            SubjectKind::Asset
        };
        let is_digital = self.activity(id).is_some_and(|a| is_digital(a.facts.kind));
        FigureRef { kind, id: id.to_owned(), label: None, is_digital, is_shut: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_figures_count_a_task_for() {
        let figure = |code: &str, tasks: &[&str]| Figure {
            code: code.to_owned(),
            value: Some(tasks.len() as u64),
            evidence: tasks.iter().map(ToString::to_string).collect(),
        };
        let figures = [
            figure("tasks", &["a", "b", "c"]),
            figure("tasks_declared", &["a", "b", "c"]),
            figure("tasks_verifiable", &["a", "b"]),
            figure("tasks_verified", &["b"]),
            figure("tasks_declared_only", &["c"]),
            figure("incidents", &["x"]),
        ];
        let rated = rated(&figures);
        let gaps: BTreeMap<&str, u64> = rated.iter().map(|(key, rates)| (*key, rates.gap)).collect();
        assert_eq!(gaps, BTreeMap::from([("a", 1), ("b", 0), ("c", 0)]), "declared, provable and not proved");
        assert_eq!(rated["c"], Rates { tasks: 1, declared: 1, declared_only: 1, ..Rates::default() });
    }
}
