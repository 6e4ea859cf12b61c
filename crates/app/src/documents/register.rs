//! The evidence that a document cites: each piece once, under a short reference, with the digest that finds it again.
//!
//! A file is named by the SHA-256 of its bytes; what has no file, by the hash of the event that recorded it.

use crate::Result;
use crate::cases::ExampleText;
use crate::lang::{Lang, code};
use crate::snapshot::Snapshot;
use crate::views::FigureRef;
use jiff::civil::Date;
use programme::event::Payload;
use programme::ids::{ContentId, EvidenceId, TaskKey};
use programme::model::{Activity, CaseKind, Entry, Evidence, EvidenceKind, MarkKind, Sealed, SubjectKind, Verdict};
use programme::moment::Moment;
use publish::EvidenceLine;
use std::collections::{BTreeMap, BTreeSet};
use store::content::Content;
use store::{Tx, content, ledger};

pub(super) struct Register<'a> {
    tx: &'a mut Tx,
    all: &'a Snapshot,
    /// What was held, by the evidence that it became.
    of_activities: BTreeMap<&'a EvidenceId, &'a Entry<Activity>>,
    as_of: Moment,
    lines: Vec<EvidenceLine>,
    /// Subject id → reference.
    known: BTreeMap<String, String>,
    /// Read ahead, many at a time: the files of evidence, and the hashes of the events that recorded things.
    files: BTreeMap<ContentId, Content>,
    hashes: BTreeMap<(SubjectKind, String), String>,
}

impl<'a> Register<'a> {
    pub(super) async fn new(tx: &'a mut Tx, all: &'a Snapshot, as_of: Moment) -> Result<Register<'a>> {
        let (files, hashes) = (BTreeMap::new(), BTreeMap::new());
        let of_activities = all.activities.iter().filter_map(|a| Some((a.facts.evidence.as_ref()?, a))).collect();
        Ok(Register { tx, all, of_activities, as_of, lines: Vec::new(), known: BTreeMap::new(), files, hashes })
    }

    /// Reads ahead what citing these things will ask for: one by one a year's evidence would take seconds.
    pub(super) async fn read_ahead(&mut self, refs: impl Iterator<Item = &FigureRef>, tasks: impl Iterator<Item = &TaskKey>) -> Result<()> {
        let mut of_kind: BTreeMap<SubjectKind, BTreeSet<&str>> = BTreeMap::new();
        for what in refs {
            of_kind.entry(what.kind).or_default().insert(&what.id);
        }
        let all = self.all;
        let mut files: BTreeSet<&ContentId> = BTreeSet::new();
        for evidence in tasks.flat_map(|key| all.attached(key)) {
            match &evidence.facts.content {
                Some(content) => _ = files.insert(&content.id),
                None => _ = of_kind.entry(SubjectKind::Evidence).or_default().insert(evidence.facts.id.as_str()),
            }
        }
        self.files = content::many(self.tx, &files.into_iter().collect::<Vec<_>>()).await?;
        for (kind, ids) in of_kind {
            let found = ledger::first_hashes(self.tx, kind, &ids.into_iter().collect::<Vec<_>>()).await?;
            self.hashes.extend(found.into_iter().map(|(id, hash)| ((kind, id), hash)));
        }
        Ok(())
    }

    /// The lines in the order of their references.
    pub(super) fn lines(self) -> Vec<EvidenceLine> {
        self.lines
    }

    /// The reference of what a figure was counted from.
    pub(super) async fn cite(&mut self, what: &FigureRef) -> Result<String> {
        match what.kind {
            SubjectKind::Asset => self.result(&what.id, None).await,
            SubjectKind::Activity => {
                let activity = self.all.activity(&what.id);
                let kind = activity.map(|a| code(Lang::Vi, "activity-kind", a.facts.kind.as_str()).into_owned());
                let unit = activity.map(|a| self.all.unit_name(&a.facts.unit));
                let day = activity.map(|a| a.facts.on);
                let words = [kind, what.label.clone()].into_iter().flatten().collect();
                self.record_at(what.kind, &what.id, words, unit, day).await
            }
            SubjectKind::Letter => {
                let letter = self.all.letters.values().find(|l| l.facts.id.as_str() == what.id);
                let file = letter.map(|l| l.facts.file.clone());
                let unit = letter.map(|l| self.all.unit_name(&l.facts.office)).unwrap_or_default();
                let kind = [Some(code(Lang::Vi, "evidence-kind", "letter").into_owned()), what.label.clone()];
                let day = letter.and_then(|l| l.facts.date);
                let sha256 = self.sha256(file.as_ref()).await?;
                Ok(self.add(&what.id, joined(&kind.into_iter().flatten().collect::<Vec<_>>()), unit, day, sha256))
            }
            SubjectKind::Case if self.all.case(&what.id).is_some_and(|c| c.facts.kind == CaseKind::GoodExample) => {
                let kind = code(Lang::Vi, "case-kind", CaseKind::GoodExample.as_str()).into_owned();
                self.record_at(what.kind, &what.id, std::iter::once(kind).chain(what.label.clone()).collect(), None, None).await
            }
            kind => self.record(kind, &what.id, what.label.clone().into_iter().collect()).await,
        }
    }

    /// The reference of a risk: of the last run that found it.
    pub(super) async fn cite_risk(&mut self, what: &FigureRef) -> Result<String> {
        self.result(&what.id, Some(Verdict::Fail)).await
    }

    /// The last run that looked at an asset, "pc", or at one thing about it, "pc/lx.disk"; that stood then, and said this.
    async fn result(&mut self, id: &str, verdict: Option<Verdict>) -> Result<String> {
        let (asset, check) = id.split_once('/').map_or((id, None), |(asset, check)| (asset, Some(check)));
        for run in store::things::runs_of(self.tx, asset, check, verdict).await? {
            let Some(entry) = store::evidence::get(self.tx, run.as_str()).await? else { continue };
            let stood = entry.stamp.at.max(entry.facts.observed_at) <= self.as_of;
            if stood && entry.last(&[MarkKind::Withdrawn], self.as_of).is_none() {
                return self.evidence(&entry).await;
            }
        }
        self.record(SubjectKind::Asset, id, Vec::new()).await
    }

    /// References of the evidence attached to a task that stood when the report was counted; of work that somebody accepted,
    /// what they had before them: what came later waits for the next judgement.
    pub(super) async fn of_task(&mut self, key: &TaskKey) -> Result<Vec<String>> {
        let (all, as_of) = (self.all, self.as_of);
        let attached = all.attached(key);
        let accepted = all.tasks.get(key).and_then(|task| task.accepted(as_of)).map(|mark| mark.stamp.at);
        let is_judged = |e: &Entry<Evidence>| {
            let by_machine = e.facts.kind.is_run();
            by_machine || accepted.is_none_or(|at| e.stamp.at <= at)
        };
        let mut cited = Vec::new();
        let stood = |e: &&Entry<Evidence>| e.stamp.at <= as_of && e.last(&[MarkKind::Withdrawn], as_of).is_none();
        for entry in attached.iter().filter(stood).filter(|e| is_judged(e)) {
            cited.push(self.evidence(entry).await?);
        }
        Ok(cited)
    }

    /// The words of a good example as they stood then; none after erasure.
    pub(super) async fn example(&mut self, id: &str, at: Moment) -> Result<Option<ExampleText>> {
        let links = ledger::history(self.tx, SubjectKind::Case, id).await?;
        let opened = links.into_iter().rev().filter(|link| link.event.at <= at).find_map(|link| match link.event.payload {
            Payload::CaseOpened(case) => Some(case.text),
            _ => None,
        });
        let Some(text) = opened else { return Ok(None) };
        let body = content::get(self.tx, &text.id).await?.and_then(|content| content.body);
        Ok(body.and_then(|json| serde_json::from_str(&json).ok()))
    }

    async fn evidence(&mut self, entry: &Entry<Evidence>) -> Result<String> {
        let facts = &entry.facts;
        if let Some(reference) = self.known.get(facts.id.as_str()) {
            return Ok(reference.clone());
        }
        // An activity and the evidence that it became are one thing to a reader.
        if let Some(activity) = self.of_activities.get(&facts.id) {
            let label = crate::texts::note(self.tx, activity.facts.note.as_ref()).await?;
            let what =
                FigureRef { kind: SubjectKind::Activity, id: activity.facts.id.to_string(), label, is_digital: false, is_shut: false };
            return Box::pin(self.cite(&what)).await;
        }
        let sha256 = match self.sha256(facts.content.as_ref()).await? {
            digest if !digest.is_empty() => digest,
            _ => self.event_hash(SubjectKind::Evidence, facts.id.as_str()).await?,
        };
        let kind = code(Lang::Vi, "evidence-kind", facts.kind.as_str()).into_owned();
        let name = match &facts.content {
            Some(sealed) => self.file(sealed).await?.and_then(|c| c.name),
            None => None,
        };
        let unit = self.all.unit_name(&facts.unit);
        let words = joined(&[Some(kind), name.filter(|_| facts.kind == EvidenceKind::File)].into_iter().flatten().collect::<Vec<_>>());
        Ok(self.add(facts.id.as_str(), words, unit, Some(facts.observed_at.day()), sha256))
    }

    async fn record(&mut self, kind: SubjectKind, id: &str, words: Vec<String>) -> Result<String> {
        let words = [vec![code(Lang::Vi, "subject", kind.as_str()).into_owned()], words].concat();
        self.record_at(kind, id, words, None, None).await
    }

    async fn record_at(
        &mut self,
        kind: SubjectKind,
        id: &str,
        words: Vec<String>,
        unit: Option<String>,
        day: Option<Date>,
    ) -> Result<String> {
        let sha256 = self.event_hash(kind, id).await?;
        let case = self.all.case(id);
        let unit = unit.or_else(|| case.map(|c| self.all.unit_name(&c.facts.unit))).unwrap_or_default();
        let day = day.or_else(|| case.map(|c| c.stamp.at.day()));
        Ok(self.add(id, joined(&words), unit, day, sha256))
    }

    fn add(&mut self, id: &str, kind: String, unit: String, date: Option<Date>, sha256: String) -> String {
        if let Some(reference) = self.known.get(id) {
            return reference.clone();
        }
        let reference = format!("MC-{:03}", self.lines.len() + 1);
        self.known.insert(id.to_owned(), reference.clone());
        self.lines.push(EvidenceLine { reference: reference.clone(), kind, unit, date, sha256 });
        reference
    }

    async fn sha256(&mut self, sealed: Option<&Sealed>) -> Result<String> {
        let Some(sealed) = sealed else { return Ok(String::new()) };
        Ok(self.file(sealed).await?.and_then(|c| c.sha256).unwrap_or_default())
    }

    async fn file(&mut self, sealed: &Sealed) -> Result<Option<Content>> {
        match self.files.get(&sealed.id) {
            Some(content) => Ok(Some(content.clone())),
            None => Ok(content::get(self.tx, &sealed.id).await?),
        }
    }

    async fn event_hash(&mut self, kind: SubjectKind, id: &str) -> Result<String> {
        if let Some(hash) = self.hashes.get(&(kind, id.to_owned())) {
            return Ok(hash.clone());
        }
        let mut found = ledger::first_hashes(self.tx, kind, &[id]).await?;
        Ok(found.remove(id).unwrap_or_default())
    }
}

fn joined(words: &[String]) -> String {
    words.join(": ")
}
