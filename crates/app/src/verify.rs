//! Is the record whole? Walks chains, signatures, private contents and blobs; names exactly what is damaged.

use crate::snapshot::Snapshot;
use crate::{App, Result, history, kept, lang, texts};
pub use programme::chain::Damage;
use programme::event::{Event, Payload};
use programme::ids::{ContentId, LetterId, ObligationId, TaskKey};
use programme::model::SubjectKind;
use programme::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;

/// What the walk found. The sentence for each damage comes from the catalogue key `damage-CODE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// True when nothing is damaged.
    pub whole: bool,
    pub offices: u64,
    pub events: u64,
    pub contents: u64,
    pub blobs: u64,
    /// Contents that no event names; where events are lost, theirs are among them.
    pub unnamed: u64,
    /// When the record was checked the last time and how many events it had then, where it has fewer now.
    pub fewer: Option<(Moment, u64)>,
    /// Contents erased, with the code of the legal ground: not damage.
    pub erased: Vec<(ContentId, String)>,
    pub damage: Vec<Damage>,
}

/// What the last walk found, as it is kept for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub at: Moment,
    pub whole: bool,
    pub events: u64,
    pub contents: u64,
    pub blobs: u64,
    /// Contents erased on a legal ground.
    pub erased: u64,
    /// Code and values of each damage: the sentence is `damage-CODE`.
    pub damage: Vec<(String, Vec<(String, String)>)>,
}

/// How many events were said since the record was checked.
pub async fn said_since(app: &App, checked: &Checked) -> Result<u64> {
    let all = app.snapshot().await?;
    Ok(all.heads.iter().map(|head| head.seq).sum::<u64>().saturating_sub(checked.events))
}

/// The name of the setting that keeps [`Checked`].
const LAST: &str = "verify.last";
/// A record is walked again after this long, in milliseconds.
const EVERY_MS: i64 = 86_400_000;

/// Walks what was recorded, as [`run`], and keeps what it found: of a year's record that takes seconds, too long for a page.
pub async fn check(app: &App) -> Result<Checked> {
    let report = run(app).await?;
    let owned = |d: &Damage| d.data().into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    let checked = Checked {
        at: app.now(),
        whole: report.whole,
        events: report.events,
        contents: report.contents,
        blobs: report.blobs,
        erased: report.erased.len() as u64,
        damage: report.damage.iter().map(|d| (d.code().to_owned(), owned(d))).collect(),
    };
    let mut tx = app.inner.db.write().await?;
    kept::put(&mut tx, LAST, &checked).await?;
    tx.commit().await?;
    Ok(checked)
}

/// What the last [`check`] found; `None` before the first.
pub async fn last(app: &App) -> Result<Option<Checked>> {
    let mut tx = app.inner.db.read().await?;
    kept::get(&mut tx, LAST).await
}

/// [`check`], where the last one is a day old and there is something to walk.
pub async fn check_daily(app: &App) -> Result<Option<Checked>> {
    let fresh = last(app).await?.is_some_and(|checked| app.now().millis() - checked.at.millis() < EVERY_MS);
    // Asked of the settings: a record that is damaged must be walked, and what pages read may be what is damaged.
    let office = app.office_id(&mut app.inner.db.read().await?).await?;
    if fresh || office.is_none() {
        return Ok(None);
    }
    Ok(Some(check(app).await?))
}

/// Walks what was recorded.
pub async fn run(app: &App) -> Result<VerifyReport> {
    let mut tx = app.inner.db.read().await?;
    walked(app, &mut tx).await
}

async fn walked(app: &App, tx: &mut Tx) -> Result<VerifyReport> {
    let office = app.office_id(tx).await?;
    let report = report_of(store::verify::run(tx, &app.inner.blobs, office.as_ref()).await?);
    // What is kept of the last walk helps, and is no reason not to walk.
    let last: Option<Checked> = kept::get(tx, LAST).await.unwrap_or_default();
    let fewer = last.filter(|last| last.events > report.events).map(|last| (last.at, last.events));
    Ok(VerifyReport { fewer, ..report })
}

/// As [`run`], and makes anew beside what pages read, to compare. Nothing is written, and nobody is kept from writing.
pub async fn run_deep(app: &App) -> Result<VerifyReport> {
    let mut tx = app.inner.db.read().await?;
    let mut report = walked(app, &mut tx).await?;
    report.damage.extend(store::verify::derived(&mut tx).await?);
    report.whole = report.damage.is_empty();
    Ok(report)
}

pub(crate) fn report_of(report: store::verify::Report) -> VerifyReport {
    VerifyReport {
        whole: report.damage.is_empty(),
        offices: report.offices,
        events: report.events,
        contents: report.contents,
        blobs: report.blobs,
        unnamed: report.unnamed,
        fewer: None,
        erased: report.erased,
        damage: report.damage,
    }
}

/// Where a private content stands in the record: what people call it, and the page that it belongs to. Nothing of it stands on
/// words that are damaged themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Of the file, or of the file that a text was read from or stands beside.
    pub name: Option<String>,
    /// With whose it is and the number of its letter.
    pub tasks: Vec<(TaskKey, String)>,
    /// With its number, day and subject, as far as they can be told.
    pub letter: Option<(LetterId, String)>,
    pub said: Option<Said>,
}

/// The event that names a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub seq: u64,
    pub at: Moment,
    /// What the event is about, and how that is called.
    pub kind: SubjectKind,
    pub about: Option<String>,
}

/// Where the contents with these ids stand; one that no event of the record names has an empty place.
pub async fn places(app: &App, contents: &BTreeSet<ContentId>) -> Result<BTreeMap<ContentId, Place>> {
    let mut places: BTreeMap<ContentId, Place> = contents.iter().map(|id| (id.clone(), Place::default())).collect();
    if contents.is_empty() {
        return Ok(places);
    }
    // Where the tables that pages read are damaged too, the events still tell.
    let all = app.snapshot().await.ok();
    let mut tx = app.inner.db.read().await?;
    for (id, event) in store::verify::naming(&mut tx, contents).await? {
        let mut place = place(all.as_deref(), &event);
        for id in std::iter::once(&id).chain(file_of(&event.payload)) {
            let content = store::content::stored(&mut tx, id).await?;
            place.name = place.name.or_else(|| content.and_then(|content| content.name));
        }
        places.insert(id, place);
    }
    Ok(places)
}

/// What an event and the pages tell of where a content belongs.
fn place(all: Option<&Snapshot>, event: &Event) -> Place {
    let (kind, subject) = event.payload.subject();
    let task = |key: &TaskKey| (key.clone(), all.map(|all| history::task_name(all, key)).unwrap_or_default());
    let tasks = match &event.payload {
        Payload::EvidenceAttached(evidence) | Payload::RunRecorded { evidence, .. } => evidence.tasks.iter().map(task).collect(),
        _ if kind == SubjectKind::Task => subject.parse().iter().map(task).collect(),
        _ => Vec::new(),
    };
    let obligation = |id: ObligationId| all.and_then(|all| all.obligations.get(&id)).map(|o| o.facts.letter.clone());
    let letter = match kind {
        SubjectKind::Letter => subject.parse().ok(),
        SubjectKind::Obligation => subject.parse().ok().and_then(obligation),
        _ => None,
    };
    Place {
        name: None,
        tasks,
        letter: letter.map(|id| (id.clone(), all.map(|all| title(all, &id)).unwrap_or_default())),
        said: Some(Said { seq: event.seq, at: event.at, kind, about: all.and_then(|all| history::about(all, &event.payload)) }),
    }
}

/// The file that stands beside a text: what a letter was read from, what a note of evidence is about.
fn file_of(payload: &Payload) -> Option<&ContentId> {
    match payload {
        Payload::LetterReceived(letter) | Payload::LetterEdited(letter) => Some(&letter.file.id),
        Payload::EvidenceAttached(evidence) | Payload::RunRecorded { evidence, .. } => evidence.content.as_ref().map(|file| &file.id),
        _ => None,
    }
}

/// Number, day and subject of a letter, as far as they can be told.
fn title(all: &Snapshot, id: &LetterId) -> String {
    let facts = all.letters.get(id).map(|letter| &letter.facts);
    let subject = all.metas.get(id).and_then(|meta| meta.subject.clone()).filter(|subject| *subject != texts::damaged());
    let parts = [facts.and_then(|l| l.code.clone()), facts.and_then(|l| l.date).map(lang::date), subject.map(|words| format!("“{words}”"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whether the office's signing key lies in the data folder. Without it the record can be read and checked, and nothing can be
/// added to it.
pub fn has_key(app: &App) -> bool {
    app.inner.settings.data.join("office.key").is_file()
}

/// Drops every projection and replays all ledgers; returns the number of events.
pub async fn rebuild(app: &App) -> Result<u64> {
    let mut tx = app.inner.db.write().await?;
    let n = store::projection::rebuild(&mut tx).await?;
    tx.commit().await?;
    if let Ok(mut held) = app.inner.snapshot.lock() {
        *held = None;
    }
    Ok(n)
}
