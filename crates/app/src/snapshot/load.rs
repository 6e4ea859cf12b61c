//! Bringing a snapshot to where the ledgers are: anew, or from the one before by the events since.
//!
//! The events only say *what* to read again; it is read from the same projections either way, so both ways give the same,
//! which a test holds us to.

use super::judged::Judged;
use super::{Snapshot, Table};
use crate::lang::{Lang, t};
use crate::letters::ObligationText;
use crate::views::LetterMeta;
use crate::{Result, texts};
use programme::chain;
use programme::event::{Change, Head, Payload};
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::sufficiency::Observed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::content::Content;
use store::ledger::SignedHead;
use store::{Tx, content, ledger};

/// With more events than these it is quicker to read everything again.
const MOST_EVENTS: usize = 500;

/// What some events speak of: its kind and id.
type Touched = BTreeSet<(SubjectKind, String)>;

/// The snapshot as of these heads; `clock` is the time.
pub(super) async fn current(
    tx: &mut Tx,
    office: UnitId,
    signed: &[SignedHead],
    before: Option<&Snapshot>,
    clock: Moment,
) -> Result<Snapshot> {
    let heads: Vec<Head> = signed.iter().map(|h| h.head.clone()).collect();
    let touched = match before.filter(|before| before.office == office) {
        Some(before) => touched(tx, &before.heads, &heads).await?.map(|touched| (before, touched)),
        None => None,
    };
    let (mut snapshot, changed) = match touched {
        Some((before, touched)) => {
            let next = carried_on(tx, before, &touched).await?;
            let changed = next.changed_tasks(before, &touched);
            (next, changed)
        }
        None => (anew(tx, &office).await?, None),
    };
    if let Some(before) = before {
        snapshot.compared = Arc::clone(&before.compared);
    }
    snapshot.head = heads.iter().find(|h| h.office == office).cloned();
    snapshot.last = signed.iter().find(|h| h.head.office == office).map(|h| h.at);
    snapshot.heads = heads;
    snapshot.judge_all(snapshot.not_before_last(clock), changed.as_ref());
    // Every test of a page holds the short way against the long one.
    #[cfg(debug_assertions)]
    hold_against(&snapshot, anew(tx, &office).await?, clock);
    Ok(snapshot)
}

/// What was spoken of between two states; `None` when everything has to be read again.
async fn touched(tx: &mut Tx, before: &[Head], now: &[Head]) -> Result<Option<Touched>> {
    let mut touched = Touched::new();
    let mut n_events = 0;
    for head in now {
        let known = before.iter().find(|h| h.office == head.office);
        if known == Some(head) {
            continue;
        }
        let from = match known {
            // A ledger that does not carry on from where it was known is another one.
            Some(known) if ledger::place(tx, &known.office, known.seq).await?.as_ref() != Some(known) => return Ok(None),
            Some(known) => known.seq + 1,
            None => 1,
        };
        let rows = ledger::rows(tx, &head.office, from, MOST_EVENTS as i64 + 1).await?;
        n_events += rows.len();
        if n_events > MOST_EVENTS {
            return Ok(None);
        }
        for row in &rows {
            let event = chain::read(&row.body).map_err(store::Error::from)?.event;
            if matches!(event.payload, Payload::Erased { .. }) {
                return Ok(None);
            }
            for change in event.changes() {
                match change {
                    Change::Facts(_) => {
                        touched.insert(event.payload.subject());
                    }
                    Change::Mark { of: SubjectKind::Office, .. } => return Ok(None),
                    Change::Mark { of, id, .. } => {
                        touched.insert((of, id));
                    }
                    Change::Results { results, .. } => {
                        touched.extend(results.into_iter().map(|r| (SubjectKind::Asset, r.asset.to_string())));
                    }
                }
            }
        }
    }
    let gone = before.iter().any(|known| now.iter().all(|head| head.office != known.office));
    Ok((!gone).then_some(touched))
}

#[cfg(debug_assertions)]
fn hold_against(carried_on: &Snapshot, mut anew: Snapshot, clock: Moment) {
    anew.heads.clone_from(&carried_on.heads);
    anew.head.clone_from(&carried_on.head);
    (anew.last, anew.compared) = (carried_on.last, Arc::clone(&carried_on.compared));
    anew.judge_all(anew.not_before_last(clock), None);
    debug_assert_eq!(format!("{carried_on:?}"), format!("{anew:?}"));
}

async fn anew(tx: &mut Tx, office: &UnitId) -> Result<Snapshot> {
    let marks = store::things::office_marks(tx, office).await?;
    let declared = marks.iter().rev().find(|m| m.kind == MarkKind::Declared);
    let network = declared.and_then(|m| m.other.as_deref()?.parse().ok()).unwrap_or(Network::Internet);
    let letters = store::letter::all(tx).await?;
    let obligations = store::obligation::all(tx).await?;
    let tasks = store::things::tasks_in_brief(tx).await?;
    let mut evidence: BTreeMap<TaskKey, Vec<Entry<Evidence>>> = BTreeMap::new();
    for entry in ordered(store::evidence::all(tx).await?, |e| &e.id) {
        for task in &entry.facts.tasks {
            evidence.entry(task.clone()).or_default().push(entry.clone());
        }
    }
    let mut results: BTreeMap<AssetId, Vec<Observed>> = BTreeMap::new();
    for observed in store::things::all_results(tx).await? {
        results.entry(observed.asset.clone()).or_default().push(observed);
    }
    let all_activities = ordered(store::activity::all(tx).await?, |a| &a.id);
    let meetings = all_activities.iter().filter(|a| is_meeting(&a.facts)).cloned().collect();
    let drills = all_activities.iter().filter(|a| a.facts.kind == ActivityKind::Drill).cloned().collect();
    let quizzes = all_activities.iter().filter(|a| a.facts.kind == ActivityKind::Quiz).cloned().collect();
    let activities = all_activities.into_iter().filter(|a| !a.facts.planned).collect();
    Ok(Snapshot {
        head: None,
        last: None,
        heads: Vec::new(),
        office: office.clone(),
        network,
        units: Table::of(store::unit::all(tx).await?, |u| u.id.clone()),
        grants: ordered(store::role_grant::all(tx).await?, |g| &g.id).into(),
        names: Arc::new(names(tx).await?),
        metas: Arc::new(metas(tx, &letters).await?),
        words: Arc::new(words(tx, &obligations).await?),
        notes: Arc::new(notes(tx, tasks.iter().flat_map(|t| &t.marks).chain(letters.iter().flat_map(|l| &l.marks))).await?),
        letters: Table::of(letters, |l| l.id.clone()),
        obligations: Table::of(obligations, |o| o.id.clone()),
        tasks: Table::of(tasks, |t| t.key.clone()),
        compared: Arc::default(),
        judged: Judged::none(),
        evidence: Arc::new(evidence.into_iter().map(|(key, list)| (key, list.into())).collect()),
        assets: ordered(store::asset::all(tx).await?, |a| &a.id).into(),
        results: Arc::new(results),
        exceptions: ordered(store::exception::all(tx).await?, |e| &e.id).into(),
        cases: ordered(store::cases::all(tx).await?, |c| &c.id).into(),
        activities,
        meetings,
        drills,
        quizzes,
        returns: Table::of(store::returns::all(tx).await?, |r| r.id.clone()),
    })
}

/// The snapshot before with what was touched read again.
async fn carried_on(tx: &mut Tx, before: &Snapshot, touched: &Touched) -> Result<Snapshot> {
    let mut next = before.clone();
    // Names are private: no event says when one changes.
    next.names = Arc::new(names(tx).await?);
    for (kind, id) in touched {
        match kind {
            SubjectKind::Unit => put(&mut next.units, store::unit::get(tx, id).await?, |u| u.id.clone()),
            SubjectKind::Letter => next.put_letter(tx, id).await?,
            SubjectKind::Obligation => next.put_obligation(tx, id).await?,
            SubjectKind::Task => next.put_task(tx, id).await?,
            SubjectKind::Evidence => next.put_evidence(tx, id).await?,
            SubjectKind::Asset => next.put_asset(tx, id).await?,
            SubjectKind::Activity => next.put_activity(tx, id).await?,
            SubjectKind::Grant => put_in(&mut next.grants, store::role_grant::get(tx, id).await?, |g| &g.id),
            SubjectKind::Exception => put_in(&mut next.exceptions, store::exception::get(tx, id).await?, |e| &e.id),
            SubjectKind::Case => put_in(&mut next.cases, store::cases::get(tx, id).await?, |c| &c.id),
            SubjectKind::Return => put(&mut next.returns, store::returns::get(tx, id).await?, |r| r.id.clone()),
            SubjectKind::Question | SubjectKind::Content | SubjectKind::Office => {}
        }
    }
    Ok(next)
}

impl Snapshot {
    /// The tasks whose rows other words or another judgement may stand in; `None`: any.
    fn changed_tasks(&self, before: &Snapshot, touched: &Touched) -> Option<BTreeSet<TaskKey>> {
        if self.names != before.names {
            return None;
        }
        let mut changed = BTreeSet::new();
        for (kind, id) in touched {
            match kind {
                SubjectKind::Task => changed.extend(id.parse::<TaskKey>()),
                SubjectKind::Obligation => {
                    let id = id.parse::<ObligationId>().ok()?;
                    changed.extend(self.tasks_of(&id).map(|t| t.facts.key.clone()));
                }
                SubjectKind::Letter => {
                    changed.extend(self.tasks.values().filter(|t| t.facts.letter.as_str() == id).map(|t| t.facts.key.clone()));
                }
                SubjectKind::Evidence => {
                    let of = |list: &Arc<[Entry<Evidence>]>| list.iter().any(|e| e.facts.id.as_str() == id);
                    changed.extend(self.evidence.iter().filter(|(_, list)| of(list)).map(|(key, _)| key.clone()));
                }
                SubjectKind::Unit | SubjectKind::Asset | SubjectKind::Exception => return None,
                SubjectKind::Activity
                | SubjectKind::Grant
                | SubjectKind::Case
                | SubjectKind::Return
                | SubjectKind::Question
                | SubjectKind::Content
                | SubjectKind::Office => {}
            }
        }
        Some(changed)
    }

    async fn put_letter(&mut self, tx: &mut Tx, id: &str) -> Result<()> {
        let Some(letter) = store::letter::get(tx, id).await? else { return Ok(()) };
        let letter = vec![letter];
        Arc::make_mut(&mut self.metas).extend(metas(tx, &letter).await?);
        Arc::make_mut(&mut self.notes).extend(notes(tx, letter.iter().flat_map(|l| &l.marks)).await?);
        put(&mut self.letters, letter.into_iter().next(), |l| l.id.clone());
        Ok(())
    }

    async fn put_obligation(&mut self, tx: &mut Tx, id: &str) -> Result<()> {
        let Some(obligation) = store::obligation::get(tx, id).await? else { return Ok(()) };
        let obligation = vec![obligation];
        Arc::make_mut(&mut self.words).extend(words(tx, &obligation).await?);
        put(&mut self.obligations, obligation.into_iter().next(), |o| o.id.clone());
        Ok(())
    }

    async fn put_task(&mut self, tx: &mut Tx, id: &str) -> Result<()> {
        let Some(mut task) = store::task::get(tx, id).await? else { return Ok(()) };
        let mut begun = false;
        task.marks.retain(|m| m.kind != MarkKind::Progressed || !std::mem::replace(&mut begun, true));
        let found = notes(tx, task.marks.iter()).await?;
        if !found.is_empty() {
            Arc::make_mut(&mut self.notes).extend(found);
        }
        put(&mut self.tasks, Some(task), |t| t.key.clone());
        Ok(())
    }

    async fn put_evidence(&mut self, tx: &mut Tx, id: &str) -> Result<()> {
        let Some(evidence) = store::evidence::get(tx, id).await? else { return Ok(()) };
        let by_task = Arc::make_mut(&mut self.evidence);
        for task in &evidence.facts.tasks {
            put_in(by_task.entry(task.clone()).or_default(), Some(evidence.clone()), |e| &e.id);
        }
        Ok(())
    }

    async fn put_asset(&mut self, tx: &mut Tx, id: &str) -> Result<()> {
        let Some(asset) = store::asset::get(tx, id).await? else { return Ok(()) };
        let results = store::things::results_of(tx, &asset.facts.id).await?;
        if !results.is_empty() {
            Arc::make_mut(&mut self.results).insert(asset.facts.id.clone(), results);
        }
        put_in(&mut self.assets, Some(asset), |a| &a.id);
        Ok(())
    }

    async fn put_activity(&mut self, tx: &mut Tx, id: &str) -> Result<()> {
        let activity = store::activity::get(tx, id).await?;
        put_in(&mut self.meetings, activity.clone().filter(|a| is_meeting(&a.facts)), |a| &a.id);
        put_in(&mut self.drills, activity.clone().filter(|a| a.facts.kind == ActivityKind::Drill), |a| &a.id);
        put_in(&mut self.quizzes, activity.clone().filter(|a| a.facts.kind == ActivityKind::Quiz), |a| &a.id);
        put_in(&mut self.activities, activity.filter(|a| !a.facts.planned), |a| &a.id);
        Ok(())
    }
}

/// Planned, with names to be given; a drill and a quiz are planned too, but nobody gives a name for them.
pub(crate) fn is_meeting(activity: &Activity) -> bool {
    activity.plan.is_some() && !matches!(activity.kind, ActivityKind::Drill | ActivityKind::Quiz)
}

fn put<K: Ord + Clone, F>(table: &mut Table<K, F>, entry: Option<Entry<F>>, key: impl Fn(&F) -> K) {
    if let Some(entry) = entry {
        table.put(key(&entry.facts), entry);
    }
}

/// In the order of ids: the databases do not all sort text the same.
fn ordered<K: Ord, F>(mut list: Vec<Entry<F>>, key: impl Fn(&F) -> &K) -> Vec<Entry<F>> {
    list.sort_by(|a, b| key(&a.facts).cmp(key(&b.facts)));
    list
}

/// Puts a thing into a list that is kept in the order of ids.
fn put_in<K: Ord, F: Clone>(list: &mut Arc<[Entry<F>]>, entry: Option<Entry<F>>, key: impl Fn(&F) -> &K) {
    let Some(entry) = entry else { return };
    let mut next = list.to_vec();
    match next.binary_search_by(|known| key(&known.facts).cmp(key(&entry.facts))) {
        Ok(at) => next[at] = entry,
        Err(at) => next.insert(at, entry),
    }
    *list = next.into();
}

/// The reasons of the requests for more time, and the words of the head's directions.
async fn notes(tx: &mut Tx, marks: impl Iterator<Item = &Mark>) -> Result<BTreeMap<ContentId, String>> {
    let shown = marks.filter(|m| matches!(m.kind, MarkKind::ExtensionAsked | MarkKind::Directed));
    let wanted: Vec<&ContentId> = shown.filter_map(|m| m.note.as_ref()).map(|n| &n.id).collect();
    let found = content::many(tx, &wanted).await?;
    Ok(found.into_iter().filter_map(|(id, content)| Some((id, texts::shown(&content)?))).collect())
}

/// The names of persons, and of the program where it acted itself.
async fn names(tx: &mut Tx) -> Result<BTreeMap<PersonId, String>> {
    let mut names = store::person::names(tx).await?;
    names.insert(PersonId::program(), t(Lang::Vi, "document-program").into_owned());
    names.extend(crate::backup::restorer().ok().map(|id| (id, t(Lang::Vi, "document-restorer").into_owned())));
    Ok(names)
}

async fn metas(tx: &mut Tx, letters: &[Entry<Letter>]) -> Result<BTreeMap<LetterId, LetterMeta>> {
    let wanted: Vec<&ContentId> = letters.iter().filter_map(|l| l.facts.meta.as_ref()).map(|m| &m.id).collect();
    let found = content::many(tx, &wanted).await?;
    let mut metas = BTreeMap::new();
    for letter in letters {
        if let Some(meta) = &letter.facts.meta
            && let Some(content) = found.get(&meta.id).filter(|content| content.erased_basis.is_none())
        {
            metas.insert(letter.facts.id.clone(), parse(content).unwrap_or_else(LetterMeta::damaged));
        }
    }
    Ok(metas)
}

async fn words(tx: &mut Tx, obligations: &[Entry<Obligation>]) -> Result<BTreeMap<ObligationId, ObligationText>> {
    let wanted: Vec<&ContentId> = obligations.iter().map(|o| &o.facts.text.id).collect();
    let found = content::many(tx, &wanted).await?;
    let mut words = BTreeMap::new();
    for obligation in obligations {
        let text = &obligation.facts.text.id;
        if let Some(content) = found.get(text).filter(|content| content.erased_basis.is_none()) {
            let damaged = || ObligationText { text: texts::damaged(), ..ObligationText::default() };
            words.insert(obligation.facts.id.clone(), parse(content).unwrap_or_else(damaged));
        }
    }
    Ok(words)
}

/// What stands in a text; `None` where it is damaged: that is told where it is read, and the office goes on.
fn parse<T: serde::de::DeserializeOwned>(content: &Content) -> Option<T> {
    serde_json::from_str(content.body.as_deref()?).ok()
}
