//! Is the record whole? Walks chains, signatures, private contents and blobs; names exactly what is damaged.

use crate::{App, Result, kept};
pub use programme::chain::Damage;
use programme::ids::{ContentId, LetterId, TaskKey};
use programme::model::Letter;
use programme::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the walk found. The sentence for each damage comes from the catalogue key `damage-CODE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// True when nothing is damaged.
    pub whole: bool,
    pub offices: u64,
    pub events: u64,
    pub contents: u64,
    pub blobs: u64,
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
    let office = app.office_id(&mut tx).await?;
    let report = store::verify::run(&mut tx, &app.inner.blobs, office.as_ref()).await?;
    Ok(report_of(report))
}

/// As [`run`], and makes anew beside what pages read, to compare. Nothing is written, and nobody is kept from writing.
pub async fn run_deep(app: &App) -> Result<VerifyReport> {
    let mut tx = app.inner.db.read().await?;
    let office = app.office_id(&mut tx).await?;
    let mut report = report_of(store::verify::run(&mut tx, &app.inner.blobs, office.as_ref()).await?);
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
        erased: report.erased,
        damage: report.damage,
    }
}

/// Where a private content stands in the record: what people call it, and the page that it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Of a file; `None` for a text.
    pub name: Option<String>,
    pub tasks: Vec<TaskKey>,
    pub letter: Option<LetterId>,
}

/// Where the contents with these ids stand; one that no file, evidence or letter of the record is has an empty place.
pub async fn places(app: &App, contents: &BTreeSet<ContentId>) -> Result<BTreeMap<ContentId, Place>> {
    let mut places: BTreeMap<ContentId, Place> = contents.iter().map(|id| (id.clone(), Place::default())).collect();
    if contents.is_empty() {
        return Ok(places);
    }
    let mut tx = app.inner.db.read().await?;
    for (id, content) in store::content::many(&mut tx, &contents.iter().collect::<Vec<_>>()).await? {
        places.entry(id).or_default().name = content.name;
    }
    for evidence in store::evidence::all(&mut tx).await? {
        let sealed = evidence.facts.content.iter().chain(&evidence.facts.note);
        if let Some(id) = sealed.map(|sealed| &sealed.id).find(|id| contents.contains(*id)) {
            places.entry(id.clone()).or_default().tasks.extend(evidence.facts.tasks);
        }
    }
    for letter in store::letter::all(&mut tx).await? {
        let Letter { id: letter, file, meta, text, .. } = letter.facts;
        for sealed in std::iter::once(&file).chain(&meta).chain(&text).filter(|sealed| contents.contains(&sealed.id)) {
            places.entry(sealed.id.clone()).or_default().letter = Some(letter.clone());
        }
    }
    Ok(places)
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
