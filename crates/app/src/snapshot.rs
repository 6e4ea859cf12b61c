//! Everything the ledgers say, in memory, for reading: pages are answered from it, commands never are.
//!
//! Loaded once and carried on: where the heads of the ledgers have moved, only what the events since then speak of is read
//! again, and what did not change is shared with the snapshot before ([`load`]). A commune's year fits easily; the national
//! table needs the `rollup` projection instead.

mod judged;
mod load;
mod table;

use crate::letters::ObligationText;
use crate::views::{ExtensionView, LetterMeta, TaskRow, UnitRow};
use crate::{App, Error, Result};
use judged::Judged;
pub(crate) use load::is_meeting;
use programme::event::Head;
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::rates::Rates;
use programme::sufficiency::{Observed, Proof, Verification, asks_for, verify};
use programme::tree;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use store::ledger;
pub(crate) use table::Table;

#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) heads: Vec<Head>,
    pub(crate) office: UnitId,
    pub(crate) head: Option<Head>,
    /// When the office's own ledger last spoke.
    pub(crate) last: Option<Moment>,
    pub(crate) network: Network,
    pub(crate) units: Table<UnitId, Unit>,
    pub(crate) grants: Arc<[Entry<Grant>]>,
    pub(crate) names: Arc<BTreeMap<PersonId, String>>,
    pub(crate) letters: Table<LetterId, Letter>,
    pub(crate) metas: Arc<BTreeMap<LetterId, LetterMeta>>,
    pub(crate) obligations: Table<ObligationId, Obligation>,
    pub(crate) words: Arc<BTreeMap<ObligationId, ObligationText>>,
    /// Of what was said of a task on its way only the first time is kept: no state and no rate asks for more.
    pub(crate) tasks: Table<TaskKey, Task>,
    /// Evidence by the task it is attached to.
    pub(crate) evidence: Arc<BTreeMap<TaskKey, Arc<[Entry<Evidence>]>>>,
    pub(crate) assets: Arc<[Entry<Asset>]>,
    pub(crate) results: Arc<BTreeMap<AssetId, Vec<Observed>>>,
    pub(crate) exceptions: Arc<[Entry<Exception>]>,
    pub(crate) cases: Arc<[Entry<Case>]>,
    /// What was held or published.
    pub(crate) activities: Arc<[Entry<Activity>]>,
    /// Meetings that were planned here, held or not.
    pub(crate) meetings: Arc<[Entry<Activity>]>,
    /// Drills, in whatever state.
    pub(crate) drills: Arc<[Entry<Activity>]>,
    /// Quizzes, in whatever state.
    pub(crate) quizzes: Arc<[Entry<Activity>]>,
    pub(crate) returns: Table<ReturnId, Return>,
    /// Words that rows show: why more time is asked for, what the head wrote.
    pub(crate) notes: Arc<BTreeMap<ContentId, String>>,
    /// The tasks as they stand today.
    judged: Judged,
    /// Letters compared so far, by the contents that hold their words: those never change, so this outlives a snapshot.
    pub(crate) compared: Comparisons,
}

/// What was compared, by the keys of both letters; shared by all snapshots of an installation.
type Comparisons = Arc<Mutex<BTreeMap<(String, String), Arc<Compared>>>>;

/// A lower letter held against an upper one: for each clause above the places of those below that carry it on.
#[derive(Debug)]
pub(crate) struct Compared {
    pub(crate) cites: bool,
    pub(crate) carried: Vec<Vec<usize>>,
}

impl App {
    /// The current state of all ledgers; `NotSetUp` before the office is.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>> {
        self.try_snapshot().await?.ok_or(Error::NotSetUp)
    }

    pub(crate) async fn try_snapshot(&self) -> Result<Option<Arc<Snapshot>>> {
        let mut tx = self.inner.db.read().await?;
        let signed = ledger::heads(&mut tx).await?;
        if let Some(current) = self.held().filter(|s| s.is_current(self, &signed)) {
            return Ok(Some(current));
        }
        // One brings it up to date while the others wait: they would all read the same. Whoever waits holds no connection, or
        // the one that reads would wait for theirs.
        drop(tx);
        let _alone = self.inner.loading.lock().await;
        let before = self.held();
        let mut tx = self.inner.db.read().await?;
        let signed = ledger::heads(&mut tx).await?;
        if let Some(current) = before.clone().filter(|s| s.is_current(self, &signed)) {
            return Ok(Some(current));
        }
        let office = self.office_id(&mut tx).await?;
        let office = match (office, signed.is_empty()) {
            (Some(office), false) => office,
            // An office without the end of its ledger is damaged, not new.
            (Some(office), true) => {
                return Err(Error::BadRecord { id: office.to_string(), what: "the head of the ledger is missing".to_owned() });
            }
            (None, _) => return Ok(None),
        };
        let snapshot = Arc::new(load::current(&mut tx, office, &signed, before.as_deref(), self.now()).await?);
        if let Ok(mut held) = self.inner.snapshot.lock() {
            *held = Some(Arc::clone(&snapshot));
        }
        Ok(Some(snapshot))
    }

    fn held(&self) -> Option<Arc<Snapshot>> {
        self.inner.snapshot.lock().ok().and_then(|held| held.clone())
    }
}

impl Snapshot {
    /// Nothing was said since, and the day is the same.
    fn is_current(&self, app: &App, signed: &[ledger::SignedHead]) -> bool {
        let same_heads = self.heads.len() == signed.len() && self.heads.iter().zip(signed).all(|(known, now)| known == &now.head);
        same_heads && self.judged.day == self.now(app).day()
    }

    /// The present, which is never before the last thing that was said, even when the clock was set back.
    pub(crate) fn now(&self, app: &App) -> Moment {
        self.not_before_last(app.now())
    }

    fn not_before_last(&self, now: Moment) -> Moment {
        self.last.map_or(now, |last| now.max(last))
    }

    pub(crate) fn parents(&self) -> BTreeMap<UnitId, UnitId> {
        self.units.values().filter_map(|u| Some((u.facts.id.clone(), u.facts.parent.clone()?))).collect()
    }

    /// The name of a unit, from the ledgers or the built-in tree; its id when nobody named it.
    pub(crate) fn unit_name(&self, id: &UnitId) -> String {
        let named = self.units.get(id).map(|u| u.facts.name.clone());
        named.or_else(|| tree::BUILT_IN.get(id).map(|u| u.name.clone())).unwrap_or_else(|| id.to_string())
    }

    pub(crate) fn unit_row(&self, id: &UnitId, depth: u32) -> UnitRow {
        let unit = self.units.get(id).map(|u| &u.facts).or_else(|| tree::BUILT_IN.get(id));
        UnitRow {
            id: id.clone(),
            parent: unit.and_then(|u| u.parent.clone()),
            kind: unit.map_or(UnitKind::Other, |u| u.kind),
            code: unit.and_then(|u| u.code.clone()),
            name: self.unit_name(id),
            depth,
            valid_to: unit.and_then(|u| u.valid_to),
        }
    }

    /// The office and everything below it, depth first, each level in the order units were added.
    pub(crate) fn unit_rows(&self) -> Vec<UnitRow> {
        let mut children: BTreeMap<&UnitId, Vec<&Entry<Unit>>> = BTreeMap::new();
        for unit in self.units.values() {
            if let Some(parent) = &unit.facts.parent {
                children.entry(parent).or_default().push(unit);
            }
        }
        for list in children.values_mut() {
            list.sort_by_key(|u| &u.stamp);
        }
        let mut rows = Vec::new();
        let mut stack = vec![(&self.office, 0)];
        // A ring in a damaged tree must not hang.
        while let Some((id, depth)) = stack.pop().filter(|_| rows.len() <= self.units.len()) {
            rows.push(self.unit_row(id, depth));
            let below = children.get(id).into_iter().flatten().rev();
            stack.extend(below.map(|u| (&u.facts.id, depth + 1)));
        }
        rows
    }

    /// Units below the office that hold at `now`, for assigning.
    pub(crate) fn units_below(&self, now: Moment) -> Vec<Unit> {
        let rows = self.unit_rows();
        let open = |r: &&UnitRow| r.id != self.office && r.valid_to.is_none_or(|to| now.day() <= to);
        rows.iter().filter(open).filter_map(|r| self.units.get(&r.id)).map(|u| u.facts.clone()).collect()
    }

    /// The evidence attached to a task, withdrawn too, in the order of ids.
    pub(crate) fn attached(&self, key: &TaskKey) -> &[Entry<Evidence>] {
        self.evidence.get(key).map_or(&[], |list| &**list)
    }

    /// What was held or published, by its id as text.
    pub(crate) fn activity(&self, id: &str) -> Option<&Entry<Activity>> {
        by_id(&self.activities, id, |a| a.id.as_str())
    }

    pub(crate) fn case(&self, id: &str) -> Option<&Entry<Case>> {
        by_id(&self.cases, id, |c| c.id.as_str())
    }

    pub(crate) fn asset(&self, id: &str) -> Option<&Entry<Asset>> {
        by_id(&self.assets, id, |a| a.id.as_str())
    }

    /// Is the task proved, as of then?
    fn verification(&self, task: &Entry<Task>, as_of: Moment) -> Verification {
        let key = &task.facts.key;
        let Some(obligation) = self.obligations.get(&key.obligation) else {
            return Verification::Lacking(Vec::new());
        };
        let (needs, checks) = (&obligation.facts.needs, &obligation.facts.checks);
        let runs = [EvidenceKind::Inspection, EvidenceKind::Scan];
        let assets: Vec<Entry<Asset>> = match runs.iter().any(|run| asks_for(needs, checks, *run)) {
            true => self.assets.iter().filter(|a| a.facts.unit == key.unit).cloned().collect(),
            false => Vec::new(),
        };
        let results: Vec<Observed> = assets.iter().filter_map(|a| self.results.get(&a.facts.id)).flatten().cloned().collect();
        let proof =
            Proof { needs, checks, task, evidence: self.attached(key), assets: &assets, results: &results, exceptions: &self.exceptions };
        verify(proof, as_of)
    }

    /// The tasks of an obligation, in the order of their keys.
    pub(crate) fn tasks_of<'a>(&'a self, obligation: &'a ObligationId) -> impl Iterator<Item = &'a Entry<Task>> {
        let from_first = self.tasks.from(&TaskKey::before(obligation));
        from_first.take_while(move |(key, _)| &key.obligation == obligation).map(|(_, task)| task)
    }

    fn judge(&self, task: &Entry<Task>, as_of: Moment) -> TaskRow {
        let key = &task.facts.key;
        let verification = self.verification(task, as_of);
        let words = self.words.get(&key.obligation);
        TaskRow {
            key: key.clone(),
            unit_name: self.unit_name(&key.unit),
            letter: task.facts.letter.clone(),
            letter_code: self.letters.get(&task.facts.letter).and_then(|l| l.facts.code.clone()),
            section: words.and_then(|w| w.section.clone()),
            text: words.map(|w| w.text.clone()),
            period: key.period,
            due: task.due(as_of),
            first_due: task.facts.due.filter(|first| task.due(as_of) != Some(*first)),
            extension: task.extension(as_of).and_then(|asked| self.extension_view(asked)),
            cooperating: task.facts.cooperating.iter().map(|id| self.unit_named(id)).collect(),
            parent: task.facts.parent.clone(),
            overdue: task.overdue(as_of),
            state: task.state(as_of),
            acknowledged_at: task.acknowledged(as_of).map(|m| m.stamp.at),
            declared_at: task.declared(as_of).map(|m| m.stamp.at),
            on_time: task.on_time(as_of),
            rates: Rates::of(task, &verification, as_of),
            verification,
            evidence: self.attached(key).iter().filter(|e| !e.has(MarkKind::Withdrawn)).count() as u64,
        }
    }
}

/// An entry of a list that is in the order of its ids.
fn by_id<'a, F>(entries: &'a [Entry<F>], id: &str, of: impl Fn(&F) -> &str) -> Option<&'a Entry<F>> {
    let at = entries.binary_search_by(|e| of(&e.facts).cmp(id)).ok()?;
    entries.get(at)
}

impl Snapshot {
    fn extension_view(&self, asked: &Mark) -> Option<ExtensionView> {
        let Stamp { at: asked_at, by, .. } = asked.stamp.clone();
        let reason = asked.note.as_ref().and_then(|n| self.notes.get(&n.id)).cloned();
        let by_name = self.names.get(&by).cloned();
        Some(ExtensionView { until: asked.day()?, reason, asked_at, by, by_name })
    }
}
