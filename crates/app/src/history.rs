//! The history of a thing: its events in order, with the words and names that are still there.

use crate::behalf::doing_unit;
use crate::letters::meta;
use crate::snapshot::Snapshot;
use crate::views::{Change, HistoryRow, LetterMeta, TakenBack};
use crate::{Result, texts};
use programme::chain::Link;
use programme::digital::is_digital;
use programme::direction::Directed;
use programme::event::{Event, Payload};
use programme::ids::{ContentId, LetterId, TaskKey, UnitId};
use programme::model::{CaseKind, Evidence, Letter, SubjectKind};
use std::collections::BTreeMap;
use store::{Tx, content, ledger};

/// What a correction of a letter may change.
pub(crate) const LETTER_FIELDS: [&str; 6] = ["code", "kind", "date", "subject", "issuer", "signer"];

/// Every event about one thing.
pub(crate) async fn of(tx: &mut Tx, all: &Snapshot, kind: SubjectKind, id: &str) -> Result<Vec<HistoryRow>> {
    let links = ledger::history(tx, kind, id).await?;
    let mut corrections = corrections(tx, &links).await?;
    let mut rows = rows(tx, all, links).await?;
    rows.iter_mut().for_each(|row| row.changes = corrections.remove(&row.seq).unwrap_or_default());
    Ok(rows)
}

/// What each correction of a letter changed, by the number of its event; the events are those of one letter.
async fn corrections(tx: &mut Tx, links: &[Link]) -> Result<BTreeMap<u64, Vec<Change>>> {
    let mut changes = BTreeMap::new();
    let mut before: Option<&Letter> = None;
    for Link { event, .. } in links {
        let (Payload::LetterReceived(letter) | Payload::LetterEdited(letter)) = &event.payload else { continue };
        if let Some(before) = before.filter(|_| letter.received_at.is_some()) {
            let (old, new) = (readable(tx, before).await?, readable(tx, letter).await?);
            changes.insert(event.seq, changed((before, &old), (letter, &new)));
        }
        before = Some(letter);
    }
    Ok(changes)
}

/// What was read of a letter then; where that is damaged, the history goes on and says so.
async fn readable(tx: &mut Tx, letter: &Letter) -> Result<LetterMeta> {
    let read = meta(tx, letter).await;
    if texts::is_damaged(&read) { Ok(LetterMeta::damaged()) } else { read }
}

fn changed((before, old): (&Letter, &LetterMeta), (after, new): (&Letter, &LetterMeta)) -> Vec<Change> {
    let day = |letter: &Letter| letter.date.map(crate::lang::date);
    let kind = |letter: &Letter| letter.letter_type.as_deref().map(crate::documents::kind_name);
    let signer = |meta: &LetterMeta| meta.signer.as_ref().and_then(|s| s.name.clone());
    let ends = [
        (before.code.clone(), after.code.clone()),
        (kind(before), kind(after)),
        (day(before), day(after)),
        (old.subject.clone(), new.subject.clone()),
        (old.issuer.clone(), new.issuer.clone()),
        (signer(old), signer(new)),
    ];
    let all = LETTER_FIELDS.into_iter().zip(ends).map(|(field, (from, to))| Change { field, from, to });
    all.filter(|change| change.from != change.to).collect()
}

/// Events as lines, with the words and names that are still there.
pub(crate) async fn rows(tx: &mut Tx, all: &Snapshot, links: Vec<Link>) -> Result<Vec<HistoryRow>> {
    let back = taken_back(tx, &links).await?;
    let of_evidence = back.values().flat_map(called_by).cloned();
    let notes: Vec<ContentId> = links.iter().filter_map(|l| note(&l.event).cloned()).chain(of_evidence).collect();
    let found = content::many(tx, &notes.iter().collect::<Vec<_>>()).await?;
    let mut lies = Lies::default();
    Ok(links
        .into_iter()
        .map(|link| {
            let event = link.event;
            let note = note(&event).and_then(|id| found.get(id)).and_then(texts::shown);
            let on_behalf_of = on_behalf(all, &event, &mut lies);
            let evidence = back.get(&event.seq);
            let on_behalf_of = on_behalf_of.or_else(|| evidence.and_then(|e| all.acted_for(&event.actor, &e.unit, event.at)));
            let taken_back = evidence.map(|evidence| TakenBack {
                kind: evidence.kind,
                name: called_by(evidence).filter_map(|id| found.get(id)).find_map(|c| c.name.clone().or_else(|| texts::shown(c))),
            });
            HistoryRow {
                at: event.at,
                by_name: all.names.get(&event.actor).cloned(),
                by: event.actor.clone(),
                on_behalf_of,
                taken_back,
                changes: Vec::new(),
                kind: event.payload.kind().to_owned(),
                note,
                about: evidence.map_or_else(|| about(all, &event.payload), |evidence| Some(of_task(all, evidence))),
                subject: event.payload.subject(),
                other: other(all, &event.payload),
                office: event.office,
                seq: event.seq,
                hash: link.hash.to_string(),
            }
        })
        .collect())
}

/// The evidence that was taken back, by the number of the event that did.
async fn taken_back(tx: &mut Tx, links: &[Link]) -> Result<BTreeMap<u64, Evidence>> {
    let mut back = BTreeMap::new();
    for Link { event, .. } in links {
        if let Payload::Withdrawn { what: SubjectKind::Evidence, id, .. } = &event.payload {
            back.extend(store::evidence::get(tx, id).await?.map(|entry| (event.seq, entry.facts)));
        }
    }
    Ok(back)
}

/// What a piece of evidence is called by: its file, else the note beside it.
fn called_by(evidence: &Evidence) -> impl Iterator<Item = &ContentId> {
    evidence.content.iter().chain(&evidence.note).map(|sealed| &sealed.id)
}

/// Where a case lies while its history goes by.
#[derive(Default)]
struct Lies(Option<UnitId>);

fn on_behalf(all: &Snapshot, event: &Event, lies: &mut Lies) -> Option<String> {
    let unit = match &event.payload {
        Payload::LetterDirected(_) => return all.spoke_for_head(&event.actor, event.at),
        Payload::CaseRouted { to, .. } => {
            lies.0 = Some(to.clone());
            None
        }
        // Its answer was given where the other one lies.
        Payload::CaseJoined { .. } => {
            lies.0 = None;
            None
        }
        Payload::CaseAnswered { .. } => lies.0.as_ref(),
        Payload::CaseOpened(case) => {
            lies.0 = case.via.clone().or_else(|| case.to.clone());
            Some(&case.unit)
        }
        payload => doing_unit(payload),
    };
    unit.and_then(|unit| all.acted_for(&event.actor, unit, event.at))
}

fn note(event: &Event) -> Option<&ContentId> {
    let note = match &event.payload {
        Payload::TaskProgressed { note, .. } | Payload::TaskReturned { note, .. } => Some(note),
        Payload::ExtensionAsked { reason, .. } | Payload::LetterWithdrawn { reason, .. } => Some(reason),
        Payload::TaskDeclared { note, .. }
        | Payload::ExtensionDecided { note, .. }
        | Payload::TaskHeld { note, .. }
        | Payload::LetterDirected(Directed { note, .. })
        | Payload::TaskAccepted { note, .. }
        | Payload::Withdrawn { note, .. }
        | Payload::CaseRouted { note, .. }
        | Payload::CaseClosed { note, .. } => note.as_ref(),
        Payload::CaseAnswered { answer, .. } => Some(answer),
        Payload::CaseReferred { to, .. } => Some(to),
        Payload::DrillStopped { reason, .. } => Some(reason),
        Payload::CertificateRevoked { reason, .. } => reason.as_ref(),
        // Names stand on the list of whoever was there, and nowhere else.
        Payload::AttendanceGiven { .. } | Payload::AttendanceStruck { .. } => None,
        // Its words are of several parts, and stand on its page.
        Payload::CaseOpened(case) if case.kind == CaseKind::GoodExample => None,
        Payload::CaseOpened(case) => Some(&case.text),
        Payload::CaseReturned { reason, .. } => Some(reason),
        Payload::CaseAccepted { note, .. } => note.as_ref(),
        Payload::EvidenceAttached(evidence) => evidence.note.as_ref(),
        Payload::ActivityRecorded(activity) => activity.digital.as_ref().and_then(|work| work.reason.as_ref()),
        Payload::ExceptionGranted(exception) => Some(&exception.reason),
        _ => None,
    };
    note.map(|n| &n.id)
}

/// The name of what an event is about, without opening anything that is sealed.
pub(crate) fn about(all: &Snapshot, payload: &Payload) -> Option<String> {
    let (kind, id) = payload.subject();
    let letter = |id: &LetterId| all.letters.get(id).and_then(|l| l.facts.code.clone());
    match kind {
        SubjectKind::Unit => id.parse().ok().map(|id| all.unit_name(&id)),
        SubjectKind::Letter => letter(&id.parse().ok()?),
        SubjectKind::Task => Some(task_name(all, &id.parse().ok()?)),
        SubjectKind::Obligation => letter(&all.obligations.get(&id.parse().ok()?)?.facts.letter),
        SubjectKind::Grant => {
            let grant = &all.grants.iter().find(|g| g.facts.id.as_str() == id)?.facts;
            Some(
                [all.names.get(&grant.person).cloned(), Some(all.unit_name(&grant.unit))]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", "),
            )
        }
        SubjectKind::Evidence => {
            let (Payload::EvidenceAttached(evidence) | Payload::RunRecorded { evidence, .. }) = payload else { return None };
            Some(of_task(all, evidence))
        }
        SubjectKind::Case => all.cases.iter().find(|c| c.facts.id.as_str() == id).map(|c| all.unit_name(&c.facts.unit)),
        SubjectKind::Activity => {
            let meeting = all
                .meetings
                .iter()
                .chain(all.drills.iter())
                .chain(all.quizzes.iter())
                .chain(all.activities.iter())
                .find(|a| a.facts.id.as_str() == id)?;
            Some(format!("{}, {}", all.unit_name(&meeting.facts.unit), crate::lang::date(meeting.facts.on)))
        }
        _ => None,
    }
}

pub(crate) fn task_name(all: &Snapshot, key: &TaskKey) -> String {
    let letter = all.tasks.get(key).and_then(|task| all.letters.get(&task.facts.letter)).and_then(|l| l.facts.code.clone());
    std::iter::once(all.unit_name(&key.unit)).chain(letter).collect::<Vec<_>>().join(", ")
}

/// The task that a piece of evidence is for, or the unit where it is for none.
fn of_task(all: &Snapshot, evidence: &Evidence) -> String {
    evidence.tasks.first().map_or_else(|| all.unit_name(&evidence.unit), |key| task_name(all, key))
}

fn other(all: &Snapshot, payload: &Payload) -> Option<String> {
    match payload {
        Payload::TaskAssigned(task) => task.due.map(|d| d.to_string()),
        // Behind a restore a new epoch begins: nobody opened the ledger then.
        Payload::LedgerOpened(opened) => opened.previous.as_ref().map(|_| "restored".to_owned()),
        // `role below|own until`, the last empty where there is no end: the words are the page's.
        Payload::Granted(grant) => {
            let (below, until) = (if grant.subtree { "below" } else { "own" }, grant.until.map(crate::lang::date).unwrap_or_default());
            Some(format!("{} {below} {until}", grant.role))
        }
        // Counted once; whatever comes after that are words.
        Payload::ReturnDrafted(r) => r.counted_at.map(|_| "words".to_owned()),
        // The sentence tells the two ends apart by these words.
        Payload::ExtensionDecided { granted: false, .. } => Some("refused".to_owned()),
        Payload::ExtensionAsked { until, .. } | Payload::ExtensionDecided { until, .. } => Some(crate::lang::date(*until)),
        Payload::TaskHeld { held, .. } => Some(if *held { "held" } else { "resumed" }.to_owned()),
        Payload::TaskAccepted { unit, .. } | Payload::CaseAccepted { unit, .. } => Some(unit.to_string()),
        // A body outside of the office's tree is nobody's row: its name stands here.
        Payload::CaseRouted { to, .. } if to != &all.office && all.units.get(to).is_none_or(|u| u.facts.parent.is_none()) => {
            Some(all.unit_name(to))
        }
        Payload::CaseRouted { to, .. } => Some(to.to_string()),
        // The sentence says by the kind what was opened.
        Payload::CaseOpened(case) => Some(if case.by_public { "public".to_owned() } else { case.kind.to_string() }),
        Payload::CaseReferred { receipt, .. } => Some(if receipt.is_some() { "receipt" } else { "handed" }.to_owned()),
        Payload::CasePublished { text, .. } => Some(if text.is_some() { "published" } else { "taken-back" }.to_owned()),
        Payload::IndicatorJudged { confirmed, .. } => Some(if *confirmed { "confirmed" } else { "refused" }.to_owned()),
        Payload::LetterConfirmed { obligations, .. } => Some(if obligations.is_empty() { "to-know" } else { "obligations" }.to_owned()),
        // The sentence says by this what became of the letter.
        Payload::LetterEdited(letter) if letter.received_at.is_some() => Some("corrected".to_owned()),
        Payload::LetterEdited(letter) => Some(letter.direction.to_string()),
        Payload::LetterDirected(directed) => Some(directed.lead.to_string()),
        // The sentence tells a drill from a meeting by this.
        // Of the digital team's work it says whether it was put right.
        Payload::ActivityPlanned(activity) | Payload::ActivityRecorded(activity) if is_digital(activity.kind) => {
            let corrected = activity.digital.as_ref().is_some_and(|work| work.reason.is_some());
            Some(if corrected { "digital-corrected" } else { "digital" }.to_owned())
        }
        Payload::ActivityPlanned(activity) | Payload::ActivityRecorded(activity) => Some(activity.kind.to_string()),
        Payload::DrillAnnounced { on, .. } => Some(crate::lang::date(*on)),
        Payload::DrillApproved { from, until, .. } => Some(format!("{} – {}", crate::lang::date(*from), crate::lang::date(*until))),
        Payload::CaseJoined { into, .. } => Some(into.to_string()),
        Payload::ObligationSucceeded { by, .. } => Some(by.to_string()),
        Payload::OfficeDeclared { network } => Some(network.to_string()),
        Payload::EvidenceAttached(evidence) => Some(evidence.kind.to_string()),
        Payload::Erased { basis, .. } => Some(basis.clone()),
        _ => None,
    }
}
