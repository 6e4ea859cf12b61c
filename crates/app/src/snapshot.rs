//! Everything the ledgers say, in memory, for reading: pages are answered from it, commands never are.
//!
//! Loaded when the heads of the ledgers have moved, shared until they move again. A commune's year fits easily;
//! the national table needs the `rollup` projection instead.

use crate::lang::{Lang, t};
use crate::letters::ObligationText;
use crate::views::{ExtensionView, LetterMeta, TaskRow, UnitRow};
use crate::{App, Error, Result};
use programme::event::Head;
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::sufficiency::{Observed, Proof, Verification, asks_for, verify};
use programme::tree;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use store::{Tx, content, ledger};

#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) heads: Vec<Head>,
    pub(crate) office: UnitId,
    pub(crate) head: Option<Head>,
    /// When the office's own ledger last spoke.
    pub(crate) last: Option<Moment>,
    pub(crate) network: Network,
    pub(crate) units: BTreeMap<UnitId, Entry<Unit>>,
    pub(crate) grants: Vec<Entry<Grant>>,
    pub(crate) names: BTreeMap<PersonId, String>,
    pub(crate) letters: BTreeMap<LetterId, Entry<Letter>>,
    pub(crate) metas: BTreeMap<LetterId, LetterMeta>,
    pub(crate) obligations: BTreeMap<ObligationId, Entry<Obligation>>,
    pub(crate) words: BTreeMap<ObligationId, ObligationText>,
    pub(crate) tasks: BTreeMap<TaskKey, Entry<Task>>,
    /// Evidence by the task it is attached to.
    pub(crate) evidence: BTreeMap<TaskKey, Vec<Entry<Evidence>>>,
    pub(crate) assets: Vec<Entry<Asset>>,
    pub(crate) results: BTreeMap<AssetId, Vec<Observed>>,
    pub(crate) exceptions: Vec<Entry<Exception>>,
    pub(crate) cases: Vec<Entry<Case>>,
    /// What was held or published.
    pub(crate) activities: Vec<Entry<Activity>>,
    /// Meetings that were planned here, held or not.
    pub(crate) meetings: Vec<Entry<Activity>>,
    pub(crate) returns: BTreeMap<ReturnId, Entry<Return>>,
    /// Words that rows show: why more time is asked for, what the head wrote.
    pub(crate) notes: BTreeMap<ContentId, String>,
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
        let heads: Vec<Head> = signed.iter().map(|h| h.head.clone()).collect();
        if heads.is_empty() {
            // An office without the end of its ledger is damaged, not new.
            return match self.office_id(&mut tx).await? {
                Some(office) => Err(Error::BadRecord { id: office.to_string(), what: "the head of the ledger is missing".to_owned() }),
                None => Ok(None),
            };
        }
        let cached = self.inner.snapshot.lock().ok().and_then(|held| held.clone());
        if let Some(snapshot) = cached.as_ref().filter(|s| s.heads == heads) {
            return Ok(Some(Arc::clone(snapshot)));
        }
        let Some(office) = self.office_id(&mut tx).await? else { return Ok(None) };
        let mut snapshot = Snapshot::load(&mut tx, office, heads).await?;
        if let Some(before) = cached {
            snapshot.compared = Arc::clone(&before.compared);
        }
        snapshot.last = signed.iter().find(|h| h.head.office == snapshot.office).map(|h| h.at);
        let snapshot = Arc::new(snapshot);
        if let Ok(mut held) = self.inner.snapshot.lock() {
            *held = Some(Arc::clone(&snapshot));
        }
        Ok(Some(snapshot))
    }
}

impl Snapshot {
    /// The present, which is never before the last thing that was said, even when the clock was set back.
    pub(crate) fn now(&self, app: &App) -> Moment {
        self.last.map_or(app.now(), |last| app.now().max(last))
    }

    async fn load(tx: &mut Tx, office: UnitId, heads: Vec<Head>) -> Result<Snapshot> {
        let marks = store::things::office_marks(tx, &office).await?;
        let declared = marks.iter().rev().find(|m| m.kind == MarkKind::Declared);
        let network = declared.and_then(|m| m.other.as_deref()?.parse().ok()).unwrap_or(Network::Internet);
        let letters: BTreeMap<_, _> = by(store::letter::all(tx).await?, |l| l.id.clone());
        let obligations: BTreeMap<_, _> = by(store::obligation::all(tx).await?, |o| o.id.clone());
        let metas = metas(tx, &letters).await?;
        let words = words(tx, &obligations).await?;
        let mut evidence: BTreeMap<TaskKey, Vec<Entry<Evidence>>> = BTreeMap::new();
        for entry in store::evidence::all(tx).await? {
            for task in &entry.facts.tasks {
                evidence.entry(task.clone()).or_default().push(entry.clone());
            }
        }
        let mut results: BTreeMap<AssetId, Vec<Observed>> = BTreeMap::new();
        for observed in store::things::all_results(tx).await? {
            results.entry(observed.asset.clone()).or_default().push(observed);
        }
        let all_activities = store::activity::all(tx).await?;
        let meetings = all_activities.iter().filter(|a| a.facts.plan.is_some()).cloned().collect();
        let activities = all_activities.into_iter().filter(|a| !a.facts.planned).collect();
        let tasks: BTreeMap<_, _> = by(store::task::all(tx).await?, |t| t.key.clone());
        let notes = notes(tx, &tasks, &letters).await?;
        Ok(Snapshot {
            head: heads.iter().find(|h| h.office == office).cloned(),
            last: None,
            heads,
            office,
            network,
            units: by(store::unit::all(tx).await?, |u| u.id.clone()),
            grants: store::role_grant::all(tx).await?,
            names: names(tx).await?,
            metas,
            words,
            letters,
            obligations,
            tasks,
            notes,
            compared: Arc::default(),
            evidence,
            assets: store::asset::all(tx).await?,
            results,
            exceptions: store::exception::all(tx).await?,
            cases: store::cases::all(tx).await?,
            activities,
            meetings,
            returns: by(store::returns::all(tx).await?, |r| r.id.clone()),
        })
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

    /// Is the task proved, as of then?
    pub(crate) fn verification(&self, task: &Entry<Task>, as_of: Moment) -> Verification {
        let none = Vec::new();
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
        let proof = Proof {
            needs,
            checks,
            task,
            evidence: self.evidence.get(key).unwrap_or(&none),
            assets: &assets,
            results: &results,
            exceptions: &self.exceptions,
        };
        verify(proof, as_of)
    }

    pub(crate) fn task_row(&self, task: &Entry<Task>, as_of: Moment) -> TaskRow {
        let key = &task.facts.key;
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
            overdue: task.overdue(as_of),
            state: task.state(as_of),
            acknowledged_at: task.acknowledged(as_of).map(|m| m.stamp.at),
            declared_at: task.declared(as_of).map(|m| m.stamp.at),
            on_time: task.on_time(as_of),
            verification: self.verification(task, as_of),
            evidence: self.evidence.get(key).map_or(0, |e| e.iter().filter(|e| !e.has(MarkKind::Withdrawn)).count() as u64),
        }
    }
}

impl Snapshot {
    fn extension_view(&self, asked: &Mark) -> Option<ExtensionView> {
        let Stamp { at: asked_at, by, .. } = asked.stamp.clone();
        let reason = asked.note.as_ref().and_then(|n| self.notes.get(&n.id)).cloned();
        let by_name = self.names.get(&by).cloned();
        Some(ExtensionView { until: asked.day()?, reason, asked_at, by, by_name })
    }
}

/// The reasons of the requests for more time, and the words of the head's directions.
async fn notes(
    tx: &mut Tx,
    tasks: &BTreeMap<TaskKey, Entry<Task>>,
    letters: &BTreeMap<LetterId, Entry<Letter>>,
) -> Result<BTreeMap<ContentId, String>> {
    let asked = tasks.values().flat_map(|t| &t.marks).filter(|m| m.kind == MarkKind::ExtensionAsked);
    let directed = letters.values().flat_map(|l| &l.marks).filter(|m| m.kind == MarkKind::Directed);
    let wanted: Vec<&ContentId> = asked.chain(directed).filter_map(|m| m.note.as_ref()).map(|n| &n.id).collect();
    let found = content::many(tx, &wanted).await?;
    Ok(found.into_iter().filter_map(|(id, content)| Some((id, content.body?))).collect())
}

/// The names of persons, and of the program where it acted itself.
async fn names(tx: &mut Tx) -> Result<BTreeMap<PersonId, String>> {
    let mut names = store::person::names(tx).await?;
    names.insert(PersonId::program(), t(Lang::Vi, "document-program").into_owned());
    names.extend(crate::backup::restorer().ok().map(|id| (id, t(Lang::Vi, "document-restorer").into_owned())));
    Ok(names)
}

fn by<K: Ord, F>(entries: Vec<Entry<F>>, key: impl Fn(&F) -> K) -> BTreeMap<K, Entry<F>> {
    entries.into_iter().map(|e| (key(&e.facts), e)).collect()
}

async fn metas(tx: &mut Tx, letters: &BTreeMap<LetterId, Entry<Letter>>) -> Result<BTreeMap<LetterId, LetterMeta>> {
    let wanted: Vec<&ContentId> = letters.values().filter_map(|l| l.facts.meta.as_ref()).map(|m| &m.id).collect();
    let found = content::many(tx, &wanted).await?;
    let mut metas = BTreeMap::new();
    for (id, letter) in letters {
        if let Some(meta) = &letter.facts.meta
            && let Some(body) = found.get(&meta.id).and_then(|c| c.body.as_deref())
        {
            metas.insert(id.clone(), parse(&meta.id, body)?);
        }
    }
    Ok(metas)
}

async fn words(tx: &mut Tx, obligations: &BTreeMap<ObligationId, Entry<Obligation>>) -> Result<BTreeMap<ObligationId, ObligationText>> {
    let wanted: Vec<&ContentId> = obligations.values().map(|o| &o.facts.text.id).collect();
    let found = content::many(tx, &wanted).await?;
    let mut words = BTreeMap::new();
    for (id, obligation) in obligations {
        let text = &obligation.facts.text.id;
        if let Some(body) = found.get(text).and_then(|c| c.body.as_deref()) {
            words.insert(id.clone(), parse(text, body)?);
        }
    }
    Ok(words)
}

fn parse<T: serde::de::DeserializeOwned>(id: &ContentId, body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|e| Error::BadRecord { id: id.to_string(), what: e.to_string() })
}
