//! Walking everything that is stored and saying exactly what is damaged: chains, signatures, private contents, blobs.
//!
//! What was erased under a legal ground is not damage; it is counted apart.

use crate::blob::Blobs;
use crate::content::{self, Content};
use crate::{Db, Error, Result, Tx, import, ledger, projection};
use programme::chain::{self, Damage, Walk, return_digest, verify_return};
use programme::direction::Directed;
use programme::event::{Event, Payload};
use programme::ids::{ContentId, ReturnId, UnitId};
use programme::model::{Digest, Return, Sealed};
use std::collections::{BTreeMap, BTreeSet};

/// What a walk found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub offices: u64,
    pub events: u64,
    pub contents: u64,
    pub blobs: u64,
    /// Contents that no event of the own office names; where events are lost, theirs are among them.
    pub unnamed: u64,
    /// Contents erased, with the code of the legal ground.
    pub erased: Vec<(ContentId, String)>,
    pub damage: Vec<Damage>,
}

/// Events in memory at a time, a kilobyte each.
const ROWS: i64 = 1000;

/// What the events say must be there.
#[derive(Default)]
struct Claims {
    /// Of this installation's own office: only its contents must be here; others' come with packets. One piece of memory, which
    /// goes back whole: of a year they are two hundred thousand.
    sealed: Vec<(ContentId, Digest)>,
    /// Contents that some office says it erased, with the ground.
    erased: BTreeSet<(ContentId, String)>,
    returns: BTreeMap<ReturnId, Return>,
    seals: Vec<(ReturnId, Digest, String, String)>,
}

/// Checks everything. `own` is the office whose contents must be present.
pub async fn run(tx: &mut Tx, blobs: &Blobs, own: Option<&UnitId>) -> Result<Report> {
    let mut report = Report::default();
    let mut claims = Claims::default();
    let mut pending: BTreeMap<_, _> = import::pending_heads(tx).await?.into_iter().collect();
    let heads = ledger::heads(tx).await?;
    let mut offices = ledger::offices(tx).await?;
    let silent = own.filter(|own| !offices.contains(own));
    report.damage.extend(silent.map(|own| Damage::LedgerMissing { office: own.clone() }));
    offices.extend(heads.iter().map(|signed| signed.head.office.clone()));
    for office in &offices {
        let mut walk = walked(tx, office, own == Some(office), &mut claims, &mut report).await?;
        report.offices += 1;
        let signed = heads.iter().find(|signed| &signed.head.office == office);
        // Where events wait for another ledger, the signed end lies behind them.
        let end = match (pending.remove(office), signed) {
            (Some(end), Some(_)) => {
                for link in import::pending(tx, office).await? {
                    walk.step(link.event.seq, &link.bytes, link.hash);
                }
                Some(end)
            }
            (_, signed) => signed.map(|signed| (signed.head.clone(), signed.signature.clone())),
        };
        report.damage.extend(match end {
            Some((end, signature)) => walk.finish(&end, &signature),
            None => walk.finish_without_head(),
        });
    }
    claims.check_returns(&mut report.damage);
    check_contents(tx, blobs, claims, &mut report).await?;
    report.damage.sort();
    report.damage.dedup();
    Ok(report)
}

/// Walks one office's events, whatever became of the head that should stand at their end.
async fn walked(tx: &mut Tx, office: &UnitId, is_own: bool, claims: &mut Claims, report: &mut Report) -> Result<Walk> {
    let mut walk = Walk::new(office.clone());
    let mut from = 1;
    loop {
        let rows = ledger::indexed(tx, office, from, ROWS).await?;
        let Some(last) = rows.last() else { return Ok(walk) };
        from = u64::try_from(last.seq).unwrap_or_default() + 1;
        for row in &rows {
            report.events += 1;
            let seq = u64::try_from(row.seq).unwrap_or_default();
            // A hash that is not even hex differs from every digest: the event is named as changed.
            let stored = row.hash.parse().unwrap_or(Digest::ZERO);
            if let Some(event) = walk.step(seq, &row.body, stored) {
                if !row.is_index_of(&event) {
                    report.damage.push(Damage::IndexChanged { office: office.clone(), seq });
                }
                claims.add(&event, is_own);
            }
        }
    }
}

/// The first event that names each of these contents, of the events that can be read: where a damaged one belongs.
pub async fn naming(tx: &mut Tx, wanted: &BTreeSet<ContentId>) -> Result<BTreeMap<ContentId, Event>> {
    let mut found = BTreeMap::new();
    for office in ledger::offices(tx).await? {
        let mut from = 1;
        loop {
            let rows = ledger::rows(tx, &office, from, ROWS).await?;
            let Some(last) = rows.last() else { break };
            from = u64::try_from(last.seq).unwrap_or_default() + 1;
            for event in rows.iter().filter_map(|row| Some(chain::read(&row.body).ok()?.event)) {
                for sealed in sealed_in(&event.payload).into_iter().filter(|sealed| wanted.contains(&sealed.id)) {
                    found.entry(sealed.id.clone()).or_insert_with(|| event.clone());
                }
            }
        }
    }
    Ok(found)
}

/// What follows from the events, made anew beside and compared with what pages read, and the database's check of its own
/// file. Reading is enough: nothing is written into the database.
pub async fn derived(tx: &mut Tx) -> Result<Vec<Damage>> {
    let mut damage = Vec::new();
    if let Tx::Sqlite(t) = tx {
        // FTS5 remembers its index for each connection, and asks whether another connection has changed it when words are
        // looked for, not when it is checked: without this question it would take yesterday's index for damage.
        sqlx::query("select id from search where search match 'a' limit 1").execute(&mut **t).await?;
        let found: Vec<String> = sqlx::query_scalar("pragma integrity_check(20)").fetch_all(&mut **t).await?;
        damage.extend(found.into_iter().filter(|line| line != "ok").map(|what| Damage::DatabaseBroken { what }));
    }
    if !damage.is_empty() {
        return Ok(damage);
    }
    let scratch = Db::scratch().await?;
    let same = follows(tx, &scratch).await;
    scratch.close().await;
    match same {
        Ok(true) => {}
        Ok(false) => damage.push(Damage::ProjectionsChanged),
        // An event that cannot be read: the walk has named it, and what follows from it cannot be told.
        Err(Error::NotCanonical(_)) => {}
        Err(error) if error.trouble().is_some() => return Err(error),
        // A table is not there, or does not hold what it must.
        Err(_) => damage.push(Damage::ProjectionsChanged),
    }
    Ok(damage)
}

/// Whether what pages read follows from the events.
async fn follows(tx: &mut Tx, scratch: &Db) -> Result<bool> {
    let mut anew = scratch.write().await?;
    projection::replay(tx, &mut anew).await?;
    Ok(projection::dump(&mut anew).await? == projection::dump(tx).await?)
}

impl Claims {
    fn add(&mut self, event: &Event, own: bool) {
        if own {
            for sealed in sealed_in(&event.payload) {
                self.sealed.push((sealed.id.clone(), sealed.digest));
            }
        }
        match &event.payload {
            Payload::Erased { content, basis } => {
                self.erased.insert((content.clone(), basis.clone()));
            }
            Payload::ReturnDrafted(r) => {
                self.returns.insert(r.id.clone(), r.clone());
            }
            Payload::ReturnSealed { id, digest, public_key, signature } => {
                self.seals.push((id.clone(), *digest, public_key.clone(), signature.clone()));
            }
            _ => {}
        }
    }

    fn check_returns(&self, damage: &mut Vec<Damage>) {
        for (id, digest, public_key, signature) in &self.seals {
            let figures = self.returns.get(id).and_then(|r| return_digest(r).ok());
            if figures.is_some_and(|f| f != *digest) {
                damage.push(Damage::ReturnChanged { id: id.clone() });
            }
            if !verify_return(public_key, id, digest, signature) {
                damage.push(Damage::ReturnSignatureWrong { id: id.clone() });
            }
        }
    }
}

async fn check_contents(tx: &mut Tx, blobs: &Blobs, claims: Claims, report: &mut Report) -> Result<()> {
    let Claims { sealed: mut claimed, erased, .. } = claims;
    claimed.sort_unstable();
    claimed.dedup();
    let mut is_here = vec![false; claimed.len()];
    let mut after = String::new();
    loop {
        let page = content::page(tx, &after, 500).await?;
        let Some(last) = page.last() else { break };
        after = last.id.clone();
        for content in &page {
            let Ok(id) = content.id.parse::<ContentId>() else { continue };
            report.contents += 1;
            let first = claimed.partition_point(|(other, _)| *other < id);
            let n = claimed[first..].iter().take_while(|(other, _)| *other == id).count();
            is_here[first..first + n].fill(true);
            let claims = &claimed[first..first + n];
            report.unnamed += u64::from(n == 0);
            if let Some(basis) = &content.erased_basis {
                let erased_one = (id, basis.clone());
                // Nothing is gone by law because its row says so: the ledger has to say it.
                if erased.contains(&erased_one) {
                    report.erased.push(erased_one);
                } else {
                    report.damage.push(Damage::ContentMissing { content: erased_one.0 });
                }
                continue;
            }
            if let Some(damage) = check_content(content, &id, claims, blobs, &mut report.blobs) {
                report.damage.push(damage);
            }
        }
    }
    let missing = claimed.into_iter().zip(is_here).filter(|(_, is_here)| !is_here);
    report.damage.extend(missing.map(|((content, _), _)| Damage::ContentMissing { content }));
    Ok(())
}

/// Against every digest that an event named for it, which is one unless somebody lies.
fn check_content(stored: &Content, id: &ContentId, claims: &[(ContentId, Digest)], blobs: &Blobs, n_blobs: &mut u64) -> Option<Damage> {
    let content = id.clone();
    let Some(sealed) = stored.sealed() else { return Some(Damage::ContentChanged { content }) };
    let plain: Option<Digest> = stored.sha256.as_deref().and_then(|d| d.parse().ok());
    let Some(plain) = plain.filter(|_| claims.iter().all(|(_, claim)| *claim == sealed.digest)) else {
        return Some(Damage::ContentChanged { content });
    };
    // No digest stands over the size, but the bytes do.
    let sized = |n: usize| u64::try_from(stored.size_bytes).ok() == Some(n as u64);
    if stored.kind == "text" {
        return match stored.body.as_deref().filter(|body| Digest::of(body.as_bytes()) == plain) {
            None => Some(Damage::ContentChanged { content }),
            Some(body) if !sized(body.len()) => Some(Damage::SizeChanged { content }),
            Some(_) => None,
        };
    }
    *n_blobs += 1;
    let sha256 = plain.to_string();
    match blobs.get(&plain) {
        // One that cannot be read keeps nobody from looking at the others.
        Err(_) => Some(Damage::BlobUnreadable { content, sha256 }),
        Ok(None) => Some(Damage::BlobMissing { content, sha256 }),
        Ok(Some(bytes)) if Digest::of(&bytes) != plain => Some(Damage::BlobChanged { content, sha256 }),
        Ok(Some(bytes)) if !sized(bytes.len()) => Some(Damage::SizeChanged { content }),
        Ok(Some(_)) => None,
    }
}

/// Every private text and file that a payload names.
pub fn sealed_in(payload: &Payload) -> Vec<&Sealed> {
    match payload {
        Payload::LetterReceived(l) | Payload::LetterEdited(l) => {
            [Some(&l.file), l.meta.as_ref(), l.text.as_ref()].into_iter().flatten().collect()
        }
        Payload::LetterWithdrawn { reason, .. } | Payload::CaseReturned { reason, .. } => vec![reason],
        Payload::ObligationDrafted(o) | Payload::ObligationEdited(o) => vec![&o.text],
        Payload::TaskProgressed { note, .. } | Payload::TaskReturned { note, .. } | Payload::ExtensionAsked { reason: note, .. } => {
            vec![note]
        }
        Payload::TaskDeclared { note, .. }
        | Payload::ExtensionDecided { note, .. }
        | Payload::LetterDirected(Directed { note, .. })
        | Payload::TaskHeld { note, .. }
        | Payload::TaskAccepted { note, .. }
        | Payload::Withdrawn { note, .. }
        | Payload::CaseRouted { note, .. }
        | Payload::CaseAccepted { note, .. }
        | Payload::CaseClosed { note, .. } => note.iter().collect(),
        Payload::EvidenceAttached(e) | Payload::RunRecorded { evidence: e, .. } => e.content.iter().chain(&e.note).collect(),
        Payload::AssetRegistered(a) => vec![&a.name],
        Payload::ExceptionGranted(e) => vec![&e.reason],
        Payload::CaseOpened(c) => std::iter::once(&c.text).chain(c.supervision.as_ref().map(|s| &s.words)).collect(),
        Payload::CaseReferred { to, receipt, .. } => std::iter::once(to).chain(receipt).collect(),
        Payload::CasePublished { text, .. } => text.iter().collect(),
        Payload::IndicatorJudged { value, .. } => vec![value],
        Payload::ReturnDrafted(r) => r.narrative.iter().collect(),
        Payload::CaseAnswered { answer, .. } => vec![answer],
        Payload::ActivityRecorded(a) | Payload::ActivityPlanned(a) => a.note.iter().chain(&a.plan).collect(),
        Payload::AttendanceGiven { name, .. } => vec![name],
        Payload::DrillApproved { paper, .. } => paper.iter().collect(),
        Payload::DrillStopped { reason, .. } => vec![reason],
        Payload::QuestionsKept { questions: kept, .. } | Payload::ContactsPosted { contacts: kept } => vec![kept],
        Payload::CertificateIssued { text, .. } => vec![text],
        Payload::CertificateRevoked { reason, .. } => reason.iter().collect(),
        Payload::LedgerOpened(_)
        | Payload::OfficeDeclared { .. }
        | Payload::UnitAdded(_)
        | Payload::UnitClosed { .. }
        | Payload::UnitReopened { .. }
        | Payload::AttendanceStruck { .. }
        | Payload::DrillAnnounced { .. }
        | Payload::DrillStarted { .. }
        | Payload::Granted(_)
        | Payload::LetterConfirmed { .. }
        | Payload::LetterRestored { .. }
        | Payload::ObligationSucceeded { .. }
        | Payload::CaseJoined { .. }
        | Payload::TaskAssigned(_)
        | Payload::TaskAcknowledged { .. }
        | Payload::ReturnApproved { .. }
        | Payload::ReturnSealed { .. }
        | Payload::Erased { .. } => Vec::new(),
    }
}
