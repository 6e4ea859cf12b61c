//! Evidence: files and recorded activities, attached to tasks.
//!
//! A file is looked at for secret marks in memory before anything touches the disk. Results of engines: [`crate::runs`].

mod looks;
mod preview;

pub(crate) use looks::Looks;
pub use looks::{Camera, Look, looks};
pub use preview::{Preview, Shown, picture, preview};

use crate::loaded::{load, reach, registered};
use crate::open::{Stored, Work, found};
use crate::snapshot::Snapshot;
use crate::views::{ActivityView, EvidenceView, FileView};
use crate::{App, Result, texts};
use jiff::civil::Date;
use programme::decide::{self, Reach};
use programme::event::Payload;
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::sufficiency;
use store::{Tx, content};

/// A file that proves something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceUpload {
    pub name: String,
    pub bytes: Vec<u8>,
    /// The day that the file tells of; `None`: today.
    pub observed_on: Option<Date>,
    pub expires: Option<Date>,
    pub note: Option<String>,
}

impl EvidenceUpload {
    /// The same file without what a camera wrote beside a picture (place, time, maker). A document is no picture: it comes
    /// back as it is, with the pictures inside.
    ///
    /// # Errors
    /// [`Unfit::NotCleaned`]: a picture or a film of a kind whose metadata cannot be taken away here, or a broken one.
    pub fn without_metadata(self) -> std::result::Result<EvidenceUpload, Unfit> {
        match reader::picture::strip(&self.bytes) {
            Some(bytes) => Ok(EvidenceUpload { bytes, ..self }),
            None if reader::picture::is_recorded(&self.bytes, &self.name) => Err(Unfit::NotCleaned),
            None => Ok(self),
        }
    }

    /// Why the file is not taken, whoever hands it in.
    pub fn unfit(&self) -> Option<Unfit> {
        Unfit::of(&self.name, &self.bytes)
    }
}

/// Why a file is not taken as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Empty,
    Program,
    /// Metadata were to be removed, and cannot be.
    NotCleaned,
}

impl Unfit {
    pub const ALL: [Unfit; 3] = [Unfit::Empty, Unfit::Program, Unfit::NotCleaned];

    /// Code of the family `file-unfit`; its sentence names the file.
    pub fn code(self) -> &'static str {
        match self {
            Unfit::Empty => "empty",
            Unfit::Program => "program",
            Unfit::NotCleaned => "not-cleaned",
        }
    }

    fn of(name: &str, bytes: &[u8]) -> Option<Unfit> {
        if bytes.is_empty() {
            return Some(Unfit::Empty);
        }
        reader::ending::is_program(bytes, name).then_some(Unfit::Program)
    }
}

/// Something that was held or published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActivity {
    pub kind: ActivityKind,
    pub unit: UnitId,
    pub on: Date,
    /// How many people came, read or listened, as counted.
    pub people: u32,
    pub tasks: Vec<TaskKey>,
    pub note: Option<String>,
}

/// Attaches a file to a task.
pub async fn attach_file(app: &App, by: &Actor, key: &TaskKey, upload: EvidenceUpload) -> Result<EvidenceId> {
    let ids = attach_files(app, by, key, vec![upload], None).await?;
    ids.into_iter().next().ok_or_else(|| decide::Refusal::EmptyFile.into())
}

/// Attaches files to a task: all of them, or none when one may not be kept. `proves`: the one need of the task that they are
/// handed in for ([`Need::Other`]: none of those that are named); `None`: every need that files suffice for.
pub async fn attach_files(
    app: &App,
    by: &Actor,
    key: &TaskKey,
    uploads: Vec<EvidenceUpload>,
    proves: Option<Need>,
) -> Result<Vec<EvidenceId>> {
    let (files, about): (Vec<_>, Vec<_>) = uploads.into_iter().map(|u| ((u.name, u.bytes), (u.observed_on, u.expires, u.note))).unzip();
    let stored = keep(app, files).await?;
    let mut work = app.work(by).await?;
    let loaded = load(&mut work, by, key).await?;
    if let Some(need) = proves.filter(|need| *need != Need::Other) {
        let obligation =
            found(store::obligation::get(&mut work.tx, key.obligation.as_str()).await?, SubjectKind::Obligation, &key.obligation)?;
        if !obligation.facts.needs.contains(&need) || !sufficiency::takes_files(need) {
            return Err(decide::Refusal::NotWanted.into());
        }
    }
    let (mut ids, mut events) = (Vec::new(), Vec::new());
    for (file, (observed_on, expires, note)) in stored.iter().zip(about) {
        let note = work.note(note.as_deref()).await?;
        let about = About { expires, note, proves, ..About::of(observed_on, work.now) };
        let (id, attached) = of_file(&mut work, by, (&key.unit, loaded.reach), std::slice::from_ref(&loaded.task), file, about).await?;
        ids.push(id);
        events.extend(attached);
    }
    work.append(events).await?;
    work.commit().await?;
    Ok(ids)
}

/// Files on the disk, once each was looked at in memory: all of them, or none where one may not be kept.
pub(crate) async fn keep(app: &App, files: Vec<(String, Vec<u8>)>) -> Result<Vec<Stored>> {
    match files.iter().find_map(|(name, bytes)| Unfit::of(name, bytes)) {
        Some(Unfit::Empty) => return Err(decide::Refusal::EmptyFile.into()),
        Some(_) => return Err(decide::Refusal::Program.into()),
        None => {}
    }
    let mut stored = Vec::new();
    for (name, bytes) in crate::secrets::refuse_marks(app, files).await? {
        stored.push(app.store_file(&name, bytes).await?);
    }
    Ok(stored)
}

/// What is said of a file beside the file itself.
pub(crate) struct About {
    pub(crate) observed_at: Moment,
    pub(crate) expires: Option<Date>,
    pub(crate) note: Option<Sealed>,
    /// The one need that it is handed in for.
    pub(crate) proves: Option<Need>,
}

impl About {
    /// A file that tells of a day; `None`: of now.
    pub(crate) fn of(day: Option<Date>, now: Moment) -> About {
        About { observed_at: day.map_or(now, |day| observed(day, now)), expires: None, note: None, proves: None }
    }
}

/// A file as evidence of a unit (with where that lies from the actor) for some of its tasks: its id, and the events to append.
pub(crate) async fn of_file(
    work: &mut Work,
    by: &Actor,
    (unit, reach): (&UnitId, Reach),
    tasks: &[Entry<Task>],
    file: &Stored,
    about: About,
) -> Result<(EvidenceId, Vec<Payload>)> {
    let About { observed_at, expires, note, proves } = about;
    let evidence = Evidence {
        id: work.ids.make(),
        unit: unit.clone(),
        kind: EvidenceKind::File,
        tasks: tasks.iter().map(|task| task.facts.key.clone()).collect(),
        observed_at,
        expires,
        content: Some(work.file(file).await?),
        note,
        supersedes: None,
        proves,
    };
    Ok((evidence.id.clone(), decide::attach(evidence, tasks, by, reach, work.now)?))
}

/// As [`attach_file`], for a program that may send the same file again because the answer to the first time was lost: bytes
/// that already stand as evidence of the task make no second one. Says whether they were new.
pub async fn attach_once(app: &App, by: &Actor, key: &TaskKey, upload: EvidenceUpload) -> Result<(EvidenceId, bool)> {
    let file = keep(app, vec![(upload.name, upload.bytes)]).await?.pop().ok_or(decide::Refusal::EmptyFile)?;
    // Nobody else writes between looking and attaching: the ledger is held.
    let mut work = app.work(by).await?;
    let loaded = load(&mut work, by, key).await?;
    for id in store::things::linked(&mut work.tx, SubjectKind::Evidence, "proves", &key.to_string()).await? {
        let Some(known) = store::evidence::get(&mut work.tx, &id).await?.filter(|e| !e.has(MarkKind::Withdrawn)) else { continue };
        let Some(sealed) = &known.facts.content else { continue };
        let content = content::get(&mut work.tx, &sealed.id).await?;
        if content.and_then(|c| c.sha256).is_some_and(|sha256| sha256 == file.digest.to_string()) {
            return Ok((known.facts.id, false));
        }
    }
    let note = work.note(upload.note.as_deref()).await?;
    let about = About { expires: upload.expires, note, ..About::of(upload.observed_on, work.now) };
    let (id, events) = of_file(&mut work, by, (&key.unit, loaded.reach), &[loaded.task], &file, about).await?;
    work.append(events).await?;
    work.commit().await?;
    Ok((id, true))
}

/// One piece of evidence, with the tasks that it is attached to.
pub async fn show(app: &App, id: &EvidenceId) -> Result<Option<(EvidenceView, Vec<TaskKey>)>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    match store::evidence::get(&mut tx, id.as_str()).await? {
        Some(entry) => Ok(Some((view(&mut tx, &all, &entry).await?, entry.facts.tasks))),
        None => Ok(None),
    }
}

/// A day becomes its first moment; today becomes now.
pub(crate) fn observed(day: Date, now: Moment) -> Moment {
    if day == now.day() { now } else { Moment::start_of(day) }
}

/// An entry of the unit's work programme (chương trình công tác).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeEntry {
    /// What is planned, as the programme says it.
    pub text: String,
    /// The day of the programme.
    pub on: Date,
    /// The programme itself: name and bytes.
    pub file: Option<(String, Vec<u8>)>,
}

/// Enters what a unit's work programme plans for a task; it proves planning, never that it was done.
pub async fn enter_programme(app: &App, by: &Actor, key: &TaskKey, entry: ProgrammeEntry) -> Result<EvidenceId> {
    let stored = keep(app, entry.file.into_iter().collect()).await?.pop();
    let mut work = app.work(by).await?;
    let loaded = load(&mut work, by, key).await?;
    let content = match &stored {
        Some(file) => Some(work.file(file).await?),
        None => None,
    };
    let evidence = Evidence {
        id: work.ids.make(),
        unit: key.unit.clone(),
        kind: EvidenceKind::WorkProgramme,
        tasks: vec![key.clone()],
        observed_at: observed(entry.on, work.now),
        expires: None,
        content,
        note: Some(work.note(Some(&entry.text)).await?.ok_or(decide::Refusal::EmptyText)?),
        supersedes: None,
        proves: None,
    };
    let id = evidence.id.clone();
    let events = decide::attach(evidence, &[loaded.task], by, loaded.reach, loaded.now)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Records an activity, and as evidence for its tasks.
pub async fn record_activity(app: &App, by: &Actor, new: NewActivity) -> Result<ActivityId> {
    let mut work = app.work(by).await?;
    let reach = reach(&mut work, by, &new.unit).await?;
    let mut tasks = Vec::new();
    for key in &new.tasks {
        tasks.push(load(&mut work, by, key).await?.task);
    }
    let note = work.note(new.note.as_deref()).await?;
    let id: ActivityId = work.ids.make();
    let mut events = Vec::new();
    let mut evidence_id = None;
    if !tasks.is_empty() {
        let evidence = Evidence {
            id: work.ids.make(),
            unit: new.unit.clone(),
            kind: EvidenceKind::Activity,
            tasks: new.tasks.clone(),
            observed_at: observed(new.on, work.now),
            expires: None,
            content: None,
            note: note.clone(),
            supersedes: None,
            proves: None,
        };
        evidence_id = Some(evidence.id.clone());
        events.extend(decide::attach(evidence, &tasks, by, reach, work.now)?);
    }
    let NewActivity { kind, unit, on, people, tasks, .. } = new;
    let activity = Activity {
        id: id.clone(),
        kind,
        unit,
        on,
        people,
        tasks,
        evidence: evidence_id,
        note,
        plan: None,
        planned: false,
        outreach: None,
        digital: None,
        reported: None,
    };
    events.extend(decide::record_activity(activity, by, reach, work.now)?);
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Attaches a letter of this ledger, such as the one that the task asked for; somebody independent still accepts it.
pub async fn attach_letter(app: &App, by: &Actor, key: &TaskKey, letter: &LetterId) -> Result<EvidenceId> {
    let mut work = app.work(by).await?;
    let loaded = load(&mut work, by, key).await?;
    let entry = registered(&mut work, letter).await?;
    if entry.facts.direction == Direction::Draft {
        return Err(decide::Refusal::StillDraft.into());
    }
    let evidence = Evidence {
        id: work.ids.make(),
        unit: key.unit.clone(),
        kind: EvidenceKind::Letter,
        tasks: vec![key.clone()],
        observed_at: entry.facts.date.map_or(entry.received_at(), |day| observed(day, work.now)),
        expires: None,
        content: Some(entry.facts.file.clone()),
        note: None,
        supersedes: None,
        proves: None,
    };
    let id = evidence.id.clone();
    let events = decide::attach(evidence, &[loaded.task], by, loaded.reach, loaded.now)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Takes evidence back; the file stays until it is erased.
pub async fn withdraw(app: &App, by: &Actor, id: &EvidenceId, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let evidence = found(store::evidence::get(&mut work.tx, id.as_str()).await?, SubjectKind::Evidence, id)?;
    let reach = reach(&mut work, by, &evidence.facts.unit).await?;
    let note = work.note(note).await?;
    work.seen(&evidence);
    let mut events = decide::withdraw_evidence(&evidence, by, reach, note)?;
    // What was held and the evidence that it became are one thing: no figure counts what was taken back.
    let activities = store::activity::by_unit(&mut work.tx, evidence.facts.unit.as_str()).await?;
    for activity in activities.iter().filter(|a| a.facts.evidence.as_ref() == Some(id) && !a.has(MarkKind::Withdrawn)) {
        let id = activity.facts.id.to_string();
        events.push(Payload::Withdrawn { what: SubjectKind::Activity, id, note: None });
    }
    work.append(events).await?;
    work.commit().await
}

/// Name and bytes of a file, exactly those that were handed in; `None` when it was erased or never there.
///
/// # Errors
/// [`crate::Error::FileGone`], [`crate::Error::FileChanged`]: what lies on the disk is not what the record names.
pub async fn download(app: &App, id: &ContentId) -> Result<Option<(String, Vec<u8>)>> {
    let mut tx = app.inner.db.read().await?;
    let Some(content) = content::get(&mut tx, id).await?.filter(|c| c.kind == "file") else { return Ok(None) };
    drop(tx);
    let Some(digest) = content.sha256.as_deref().and_then(|d| d.parse::<Digest>().ok()) else { return Ok(None) };
    let blobs = app.inner.blobs.clone();
    let read = move || match blobs.get(&digest) {
        // A folder in its place: whatever it is, it is not what was handed in.
        Err(store::Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::IsADirectory => Ok(Some((false, Vec::new()))),
        read => read.map(|bytes| bytes.map(|bytes| (Digest::of(&bytes) == digest, bytes))),
    };
    let (fits, bytes) = app.engine(id.as_str(), read).await??.ok_or_else(|| crate::Error::FileGone { content: id.to_string() })?;
    if !fits {
        return Err(crate::Error::FileChanged { content: id.to_string() });
    }
    Ok(Some((content.name.unwrap_or_default(), bytes)))
}

/// Removes a private text or file under a legal ground; the event that named it stays and tells nothing.
pub async fn erase(app: &App, by: &Actor, id: &ContentId, basis: &str) -> Result<()> {
    if !by.is(Role::Admin) {
        return Err(decide::Refusal::RoleMissing { role: Role::Admin }.into());
    }
    let mut work = app.work(by).await?;
    found(content::stored(&mut work.tx, id).await?, SubjectKind::Content, id)?;
    let orphan = content::erase(&mut work.tx, id, basis).await?;
    for letter in store::letter::all(&mut work.tx).await? {
        let Letter { id: letter, meta, text, .. } = &letter.facts;
        if [meta, text].into_iter().flatten().any(|sealed| &sealed.id == id) {
            store::search::remove(&mut work.tx, SubjectKind::Letter, letter.as_str()).await?;
        }
    }
    work.append(vec![Payload::Erased { content: id.clone(), basis: basis.to_owned() }]).await?;
    work.commit().await?;
    // After the commit, which holds: should this fail, the sweep at the next start removes the file.
    if let Some(Err(error)) = orphan.map(|digest| app.inner.blobs.remove(&digest)) {
        tracing::error!("an erased file stays on the disk until the next start: {error}");
    }
    texts::leave_no_trace(app).await;
    Ok(())
}

pub(crate) async fn file_view(tx: &mut Tx, id: &ContentId) -> Result<FileView> {
    let content = content::get(tx, id).await?;
    let size = content.as_ref().map_or(0, |c| c.size_bytes);
    Ok(FileView {
        content: id.clone(),
        name: content.as_ref().and_then(|c| c.name.clone()),
        size_bytes: u64::try_from(size).unwrap_or_default(),
        sha256: content.and_then(|c| c.sha256),
    })
}

/// What an event names, exactly as it was kept; `None` after erasure.
///
/// # Errors
/// [`store::Error::TextDamaged`].
pub(crate) async fn words(tx: &mut Tx, sealed: Option<&Sealed>) -> Result<Option<String>> {
    match sealed {
        Some(sealed) => Ok(content::get(tx, &sealed.id).await?.and_then(|c| c.body)),
        None => Ok(None),
    }
}

pub(crate) async fn view(tx: &mut Tx, all: &Snapshot, entry: &Entry<Evidence>) -> Result<EvidenceView> {
    let facts = &entry.facts;
    let file = match &facts.content {
        Some(sealed) => Some(file_view(tx, &sealed.id).await?),
        None => None,
    };
    let run = facts.kind.is_run();
    let results = if run { store::things::run_results(tx, &facts.id).await? } else { Vec::new() };
    Ok(EvidenceView {
        id: facts.id.clone(),
        kind: facts.kind,
        unit: facts.unit.clone(),
        observed_at: facts.observed_at,
        received_at: entry.stamp.at,
        expires: facts.expires,
        by: entry.stamp.by.clone(),
        by_name: all.names.get(&entry.stamp.by).cloned(),
        on_behalf_of: all.acted_for(&entry.stamp.by, &facts.unit, entry.stamp.at),
        file,
        note: texts::note(tx, facts.note.as_ref()).await?,
        proves: facts.proves,
        withdrawn: entry.has(MarkKind::Withdrawn),
        results,
    })
}

pub(crate) async fn activity_view(tx: &mut Tx, entry: &Entry<Activity>) -> Result<ActivityView> {
    let facts = &entry.facts;
    Ok(ActivityView {
        id: facts.id.clone(),
        kind: facts.kind,
        unit: facts.unit.clone(),
        on: facts.on,
        people: facts.people,
        note: texts::note(tx, facts.note.as_ref()).await?,
    })
}
