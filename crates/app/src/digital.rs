//! The community digital team (Tổ công nghệ số cộng đồng): home visits, help points, classes of Bình dân học vụ số.
//!
//! Counts and hours, never people: a place and a short note are all that is written, and one that names somebody is refused.
//! An entry is an activity like any other: planned, held, corrected and taken back with a reason, evidence for tasks, and
//! what tells the contents of a letter.
//!
//! ```text
//! record(help point, thôn 3, 21 people, 150 minutes)  →  overview(June): 1 session, 21 people, nothing of safety taught yet
//! ```

mod show;

pub use show::{Asked, file, list, overview, show, workbook};

use crate::evidence::{self, observed};
use crate::loaded::{load, reach, registered};
use crate::meetings::{self, Plan};
use crate::open::{Stored, Work};
use crate::outreach::Topics;
use crate::{App, Result, unnamed, written};
use jiff::civil::Date;
use programme::decide::{self, Reach, Refusal};
use programme::digital;
use programme::event::Payload;
use programme::ids::*;
use programme::model::*;
use std::collections::BTreeMap;

/// Longest note, in characters: a line, no list.
pub const MOST_NOTE: usize = 200;

/// An entry of the team's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDigital {
    /// One of [`digital::KINDS`].
    pub kind: ActivityKind,
    /// The hamlet whose team it is.
    pub unit: UnitId,
    /// The letter that it serves.
    pub letter: Option<LetterId>,
    /// Keys of topics of the letter that it tells.
    pub topics: Vec<String>,
    pub tasks: Vec<TaskKey>,
    pub entry: Said,
}

/// What is said of an entry, first or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub on: Date,
    pub place: Option<String>,
    pub note: Option<String>,
    /// `None`: it is only planned.
    pub held: Option<Counts>,
    /// Minutes, photographs.
    pub files: Vec<(String, Vec<u8>)>,
    /// Why it is corrected; needed where it was held already.
    pub reason: Option<String>,
}

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub people: u32,
    pub visits: u32,
    pub minutes: u32,
    /// Learners of a class by what they learned.
    pub learners: BTreeMap<SkillGroup, u32>,
}

/// Records what the team of a unit held, or plans to hold.
///
/// # Errors
/// [`Refusal::NamesPeople`]: place or note name somebody; [`Refusal::DigitalCounts`] and its neighbours: counts that cannot be.
pub async fn record(app: &App, by: &Actor, new: NewDigital) -> Result<ActivityId> {
    let files = evidence::keep(app, new.entry.files.clone()).await?;
    let all = app.snapshot().await?;
    let mut work = app.work(by).await?;
    let reach = reach(&mut work, by, &new.unit).await?;
    for key in &new.tasks {
        load(&mut work, by, key).await?;
    }
    let NewDigital { kind, unit, letter, topics, tasks, entry } = new;
    if !digital::is_digital(kind) {
        return Err(Refusal::NotWanted.into());
    }
    let mut outreach = None;
    if let Some(letter) = &letter {
        registered(&mut work, letter).await?;
        let topics: Vec<String> = Topics::of(&all, letter).all.into_iter().map(|(key, _)| key).filter(|key| topics.contains(key)).collect();
        // At home, at a help point and in a class the team meets citizens.
        let told = Outreach { letter: letter.clone(), topics, audiences: vec![Audience::Citizens], copies: None, speaker: None };
        outreach = Some(told).filter(|told| !told.topics.is_empty());
    }
    let plan = Plan { v: 1, letter: letter.as_ref().map(ToString::to_string), ..Plan::default() };
    let id: ActivityId = work.ids.make();
    let blank = Activity {
        id: id.clone(),
        kind,
        unit,
        on: entry.on,
        people: 0,
        tasks,
        evidence: None,
        note: None,
        plan: None,
        planned: true,
        outreach,
        digital: None,
        reported: None,
    };
    let events = said(&mut work, by, (None, blank, plan), reach, entry, &files).await?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Says more or other of an entry: another day or place of what is planned, how it went, or what was wrong. Kind, unit,
/// letter and tasks stay.
///
/// # Errors
/// [`Refusal::EmptyText`] without a reason where it was held already; [`Refusal::MeetingHeld`] where what was held would be
/// a plan again; [`Refusal::EntryWithdrawn`] once it was taken back.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it is no longer what was `read`.
pub async fn change(app: &App, by: &Actor, id: &ActivityId, read: Option<&str>, entry: Said) -> Result<()> {
    let files = evidence::keep(app, entry.files.clone()).await?;
    let mut work = app.work(by).await?;
    let known = known(&mut work, id).await?;
    crate::clash::refuse(&known.facts, read)?;
    let reach = reach(&mut work, by, &known.facts.unit).await?;
    let plan = meetings::plan_of(&mut work.tx, &known).await?.unwrap_or_default();
    let facts = known.facts.clone();
    let events = said(&mut work, by, (Some(&known), facts, plan), reach, entry, &files).await?;
    work.append(events).await?;
    work.commit().await
}

/// Takes an entry back, with the evidence that it became; the ledger keeps that it was there.
pub async fn withdraw(app: &App, by: &Actor, id: &ActivityId, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let known = known(&mut work, id).await?;
    let reach = reach(&mut work, by, &known.facts.unit).await?;
    unnamed::refuse(reason)?;
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let mut events = decide::withdraw_digital(&known, reason, by, reach)?;
    for evidence in evidence_of(&known.facts) {
        events.extend(taken_back(&mut work, by, reach, evidence).await?);
    }
    work.append(events).await?;
    work.commit().await
}

/// The evidence of an entry: its own, then further files.
pub(crate) fn evidence_of(facts: &Activity) -> impl Iterator<Item = &EvidenceId> {
    facts.evidence.iter().chain(facts.digital.iter().flat_map(|work| &work.also))
}

async fn known(work: &mut Work, id: &ActivityId) -> Result<Entry<Activity>> {
    let entry = meetings::known(work, id).await?;
    crate::open::found(Some(entry).filter(|entry| digital::is_digital(entry.facts.kind)), SubjectKind::Activity, id)
}

async fn taken_back(work: &mut Work, by: &Actor, reach: Reach, id: &EvidenceId) -> Result<Vec<Payload>> {
    let Some(evidence) = store::evidence::get(&mut work.tx, id.as_str()).await?.filter(|e| !e.has(MarkKind::Withdrawn)) else {
        return Ok(Vec::new());
    };
    work.seen(&evidence);
    Ok(decide::withdraw_evidence(&evidence, by, reach, None)?)
}

/// The events by which an entry comes to say this.
async fn said(
    work: &mut Work,
    by: &Actor,
    (known, facts, plan): (Option<&Entry<Activity>>, Activity, Plan),
    reach: Reach,
    entry: Said,
    files: &[Stored],
) -> Result<Vec<Payload>> {
    let line = |text: &Option<String>| text.as_deref().filter(|text| !text.trim().is_empty()).map(written::name).transpose();
    let (place, note, reason) = (line(&entry.place)?, line(&entry.note)?, line(&entry.reason)?);
    for words in [&place, &note, &reason].into_iter().flatten() {
        unnamed::refuse(words)?;
    }
    let plan = Plan { title: title(facts.kind, place.as_deref()), place, ..plan };
    let plan = Some(plan.sealed(work).await?);
    let note = work.note(note.as_deref()).await?;
    let activity = Activity { on: entry.on, note, plan, ..facts };
    let Some(counts) = entry.held else {
        if !files.is_empty() {
            return Err(Refusal::NotWanted.into());
        }
        return Ok(decide::plan_meeting(activity, known, by, reach)?);
    };
    let reason = match known {
        Some(known) if !known.facts.planned => work.note(reason.as_deref()).await?,
        _ => None,
    };
    let (mut events, evidence, also) = proof(work, by, (known, &activity), reach, files).await?;
    let Counts { people, visits, minutes, learners } = counts;
    let digital = Some(Box::new(DigitalWork { minutes, visits, learners, also, reason }));
    events.extend(decide::hold_digital(known, Activity { people, evidence, digital, ..activity }, by, reach, work.now)?);
    Ok(events)
}

/// "Điểm hỗ trợ xã hội số: Nhà văn hóa thôn 3"; what is written into the record is Vietnamese whatever the page's language.
fn title(kind: ActivityKind, place: Option<&str>) -> String {
    let kind = crate::lang::code(crate::lang::Lang::Vi, "activity-kind", kind.as_str());
    place.map_or_else(|| kind.to_string(), |place| format!("{kind}: {place}"))
}

/// The evidence of what was held, anew with every file where it is corrected: whoever accepted the work accepted other
/// figures. The events, the entry's own evidence, and that of further files.
async fn proof(
    work: &mut Work,
    by: &Actor,
    (known, activity): (Option<&Entry<Activity>>, &Activity),
    reach: Reach,
    files: &[Stored],
) -> Result<(Vec<Payload>, Option<EvidenceId>, Vec<EvidenceId>)> {
    let stamp = Stamp { at: work.now, office: work.office.clone(), seq: 0, by: by.person.clone() };
    let entry = known.cloned().unwrap_or_else(|| Entry { facts: activity.clone(), stamp, marks: Default::default() });
    let tasks = meetings::standing(work, by, &entry).await?;
    let (mut events, mut contents) = (Vec::new(), Vec::new());
    for old in evidence_of(activity) {
        contents.extend(store::evidence::get(&mut work.tx, old.as_str()).await?.and_then(|old| old.facts.content));
        events.extend(taken_back(work, by, reach, old).await?);
    }
    for file in files {
        contents.push(work.file(file).await?);
    }
    let mut contents = contents.into_iter();
    let mut evidence = |work: &mut Work, kind: EvidenceKind, content: Option<Sealed>| {
        let evidence = Evidence {
            id: work.ids.make(),
            unit: activity.unit.clone(),
            kind,
            tasks: tasks.iter().map(|task| task.facts.key.clone()).collect(),
            observed_at: observed(activity.on, work.now),
            expires: None,
            content,
            note: activity.note.clone(),
            supersedes: None,
            proves: None,
        };
        let id = evidence.id.clone();
        events.extend(decide::attach(evidence, &tasks, by, reach, work.now)?);
        Ok::<EvidenceId, Refusal>(id)
    };
    let first = contents.next();
    let own = match first.is_some() || !tasks.is_empty() {
        true => Some(evidence(work, EvidenceKind::Activity, first)?),
        false => None,
    };
    let also = contents.map(|content| evidence(work, EvidenceKind::File, Some(content))).collect::<std::result::Result<_, _>>()?;
    Ok((events, own, also))
}
