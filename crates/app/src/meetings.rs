//! Meetings: planned, names taken by a code on the day, held with an attendance list as evidence, prepared by a pack.
//!
//! Title, place, agenda, the code and every name are private texts. Once held, a meeting is an activity like any other.
//!
//! ```text
//! plan → "8F3KQ7PZ" on a poster → sign_in(code, name) × 32 → hold → evidence with the list of 32 names
//! ```

mod pack;

pub use pack::{MINUTES, pack};

use crate::accounts::AccountRefusal;
use crate::documents::{self, Format};
use crate::door::Giver;
use crate::evidence::{self, About, observed, words};
use crate::loaded::{load, reach, registered};
use crate::open::{Stored, Work, found};
use crate::sessions::From;
use crate::snapshot::{Snapshot, is_meeting};
use crate::views::{Attendee, HistoryRow, MeetingView};
use crate::{App, Error, Result, clash, schedule, texts};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::*;
use programme::model::*;
use programme::outreach;
use serde::{Deserialize, Serialize};
use store::{Tx, content};

/// Letters and digits of a code that nobody mistakes for one another.
const ALPHABET: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const CODE_LENGTH: usize = 8;
/// More names than any meeting of an office has.
const MOST_NAMES: usize = 2000;
/// How often the list is made anew when names come in while it is written.
const TRIES: usize = 3;

/// A meeting to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeeting {
    pub kind: ActivityKind,
    pub unit: UnitId,
    pub on: Date,
    pub title: String,
    pub place: Option<String>,
    pub agenda: Vec<String>,
    /// The letter that it is about.
    pub letter: Option<LetterId>,
    /// The tasks that it serves.
    pub tasks: Vec<TaskKey>,
}

/// How a meeting went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// `None`: as many as gave their names. More needs a note.
    pub people: Option<u32>,
    pub note: Option<String>,
}

/// The private words of a meeting, version 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Plan {
    pub(crate) v: u8,
    pub(crate) title: String,
    pub(crate) place: Option<String>,
    pub(crate) agenda: Vec<String>,
    pub(crate) code: String,
    pub(crate) letter: Option<String>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<String>,
}

impl Plan {
    /// The plan with these words; what may not be kept is refused.
    pub(crate) fn worded(self, title: &str, place: Option<&str>, agenda: &[String]) -> Result<Plan> {
        let agenda = agenda.iter().map(|line| crate::written::note(line)).collect::<std::result::Result<Vec<_>, _>>()?;
        let place = place.filter(|p| !p.trim().is_empty()).map(crate::written::name).transpose()?;
        Ok(Plan { title: crate::written::name(title)?, place, agenda: agenda.into_iter().flatten().collect(), ..self })
    }

    pub(crate) async fn sealed(&self, work: &mut Work) -> Result<Sealed> {
        let json = programme::chain::canonical(self).map_err(store::Error::from)?;
        work.text(&json).await
    }
}

/// Plans a meeting; its code takes names about the day.
pub async fn plan(app: &App, by: &Actor, new: NewMeeting) -> Result<ActivityId> {
    let mut work = app.work(by).await?;
    let reach = reach(&mut work, by, &new.unit).await?;
    for key in &new.tasks {
        load(&mut work, by, key).await?;
    }
    if let Some(letter) = &new.letter {
        registered(&mut work, letter).await?;
    }
    let letter = new.letter.as_ref().map(ToString::to_string);
    let plan = Plan { v: 1, code: code(&work.ids.salt()), letter, ..Plan::default() };
    let plan = plan.worded(&new.title, new.place.as_deref(), &new.agenda)?;
    let id: ActivityId = work.ids.make();
    let NewMeeting { kind, unit, on, tasks, .. } = new;
    let plan = Some(plan.sealed(&mut work).await?);
    let activity = Activity {
        id: id.clone(),
        kind,
        unit,
        on,
        people: 0,
        tasks,
        evidence: None,
        note: None,
        plan,
        planned: true,
        outreach: None,
        digital: None,
        reported: None,
    };
    let events = decide::plan_meeting(activity, None, by, reach)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// What of a planned meeting can still change; its unit, letter, tasks and code stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChange {
    pub kind: ActivityKind,
    pub on: Date,
    pub title: String,
    pub place: Option<String>,
    pub agenda: Vec<String>,
}

/// Changes the plan of a meeting that was not held; names that were given stay.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it is no longer what was `read` ([`MeetingView::read`]).
pub async fn change(app: &App, by: &Actor, id: &ActivityId, read: Option<&str>, new: PlanChange) -> Result<()> {
    let mut work = app.work(by).await?;
    let meeting = known(&mut work, id).await?;
    clash::refuse(&meeting.facts, read)?;
    let reach = reach(&mut work, by, &meeting.facts.unit).await?;
    let old = plan_of(&mut work.tx, &meeting).await?.ok_or(Refusal::NoMeeting)?;
    let plan = old.worded(&new.title, new.place.as_deref(), &new.agenda)?;
    let plan = Some(plan.sealed(&mut work).await?);
    let activity = Activity { kind: new.kind, on: new.on, plan, ..meeting.facts.clone() };
    let events = decide::plan_meeting(activity, Some(&meeting), by, reach)?;
    work.append(events).await?;
    work.commit().await
}

/// Strikes out a name that stands on the list by mistake; the name itself is erased.
pub async fn strike_name(app: &App, by: &Actor, id: &ActivityId, name: &ContentId) -> Result<()> {
    let mut work = app.work(by).await?;
    let meeting = known(&mut work, id).await?;
    let reach = reach(&mut work, by, &meeting.facts.unit).await?;
    let mut events = decide::strike_name(&meeting, name, by, reach)?;
    let basis = crate::lang::t(crate::lang::Lang::Vi, "attend-struck-basis").into_owned();
    store::content::erase(&mut work.tx, name, &basis).await?;
    events.push(programme::event::Payload::Erased { content: name.clone(), basis });
    work.append(events).await?;
    work.commit().await?;
    texts::leave_no_trace(app).await;
    Ok(())
}

pub(crate) fn code(random: &[u8; 16]) -> String {
    let sign = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
    random.iter().take(CODE_LENGTH).map(sign).collect()
}

/// The meeting whose code this is, for somebody who holds it.
///
/// Wrong codes are counted by address, at a door of their own. A right one always passes: behind one router sits a whole
/// hall, and one rascal in it must not bar the others. That leaves a guesser no more than it takes from the hall: there
/// are 31^8 codes, so a thousand tries a second need some twenty-seven years for a meeting that is open for three days.
pub async fn by_code(app: &App, code: &str, from: &From) -> Result<Option<MeetingView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    if let Some(meeting) = coded(&mut tx, &all, &plain(code)).await? {
        return Ok(Some(view(&mut tx, &all, meeting).await?));
    }
    let (now, Ok(mut door)) = (app.now(), app.inner.meeting_door.lock()) else { return Ok(None) };
    match door.take_at(&from.address, now) {
        Ok(_counted) => Ok(None),
        Err(_) => Err(Error::Account(AccountRefusal::Waits)),
    }
}

/// Letters and digits of a code, as it was printed.
fn plain(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).take(2 * CODE_LENGTH).collect()
}

async fn coded<'a>(tx: &mut Tx, all: &'a Snapshot, code: &str) -> Result<Option<&'a Entry<Activity>>> {
    if code.is_empty() {
        return Ok(None);
    }
    // All plans at once: a guess must not cost a question to the database for every meeting.
    let plans: Vec<&ContentId> = all.meetings.iter().filter_map(|m| m.facts.plan.as_ref()).map(|plan| &plan.id).collect();
    let found = content::many(tx, &plans).await?;
    for entry in all.meetings.iter() {
        let body = entry.facts.plan.as_ref().and_then(|plan| found.get(&plan.id)).and_then(|content| content.body.as_deref());
        if body.map(|body| parsed(entry, body)).transpose()?.is_some_and(|plan| plan.code == code) {
            return Ok(Some(entry));
        }
    }
    Ok(None)
}

/// Somebody signs in by the meeting's code. Nobody has to be known to the program for that: it takes the name down itself.
/// `device` is the mark that the browser keeps.
///
/// # Errors
/// [`AccountRefusal::Waits`] when too many names came from this device, or from this address, so that nobody fills the list
/// with made-up names; others behind the same router go on.
pub async fn sign_in(app: &App, code: &str, name: &str, from: &From, device: &str) -> Result<ActivityId> {
    let name = crate::written::person(name)?;
    crate::unnamed::refuse_in_name(&name)?;
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let id = coded(&mut tx, &all, &plain(code)).await?.map(|entry| entry.facts.id.clone()).ok_or(Refusal::NoMeeting)?;
    drop(tx);
    let giver = Giver { meeting: id.as_str(), address: &from.address, device, sheet: false };
    if app.inner.meeting_door.lock().ok().and_then(|mut door| door.take_name(giver, app.now())).is_some() {
        return Err(Error::Account(AccountRefusal::Waits));
    }
    let mut work = app.work(&schedule::program(&all.office)).await?;
    let meeting = known(&mut work, &id).await?;
    if decide::names_given(&meeting) as usize >= MOST_NAMES {
        return Err(Refusal::TooLong.into());
    }
    if names(&mut work.tx, &meeting).await?.iter().any(|given| same(given, &name)) {
        return Err(Refusal::AlreadyDone.into());
    }
    let name = work.text(&name).await?;
    let events = decide::sign_in(&meeting, name, work.now)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Enters names from a list on paper; names that were given already are passed over. Returns how many were new.
pub async fn enter_names(app: &App, by: &Actor, id: &ActivityId, list: &[String]) -> Result<usize> {
    let mut work = app.work(by).await?;
    let meeting = known(&mut work, id).await?;
    let reach = reach(&mut work, by, &meeting.facts.unit).await?;
    let mut given = names(&mut work.tx, &meeting).await?;
    if given.len() + list.len() > MOST_NAMES {
        return Err(Refusal::TooLong.into());
    }
    let mut new = Vec::new();
    for name in list.iter().filter(|name| !name.trim().is_empty()) {
        let name = crate::written::person(name)?;
        crate::unnamed::refuse_in_name(&name)?;
        if !given.iter().any(|known| same(known, &name)) {
            new.push(work.text(&name).await?);
            given.push(name);
        }
    }
    let n = new.len();
    let events = decide::enter_names(&meeting, new, by, reach)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(n)
}

fn same(one: &str, other: &str) -> bool {
    text::fold::fold(one) == text::fold::fold(other)
}

/// The meeting was held: an activity with its head count, and evidence for its tasks with the list of names as a file.
pub async fn hold(app: &App, by: &Actor, id: &ActivityId, held: Held) -> Result<()> {
    hold_with_minutes(app, by, id, held, Vec::new()).await
}

/// As [`hold`], with files, such as the minutes, as evidence too: all of it, or nothing.
pub async fn hold_with_minutes(app: &App, by: &Actor, id: &ActivityId, held: Held, files: Vec<(String, Vec<u8>)>) -> Result<()> {
    let minutes = evidence::keep(app, files).await?;
    for _ in 0..TRIES {
        let Some(view) = show(app, id).await? else { break };
        let list = attendance_list(app, &view).await?;
        if hold_with(app, by, id, &held, (&view, list.as_ref(), &minutes)).await? {
            return Ok(());
        }
    }
    let all = app.snapshot().await?;
    found(all.meetings.iter().find(|m| &m.facts.id == id), SubjectKind::Activity, id)?;
    Err(Refusal::FiguresChanged.into())
}

/// The names as a document; `None` where nobody gave one.
async fn attendance_list(app: &App, view: &MeetingView) -> Result<Option<Stored>> {
    if view.attendees.is_empty() {
        return Ok(None);
    }
    let (letter, name) = documents::attendance_list(app, view).await?;
    let bytes = documents::render(app, letter, Format::Docx, app.now()).await?.unwrap_or_default();
    Ok(Some(app.store_file(&format!("{name}.{}", Format::Docx.extension()), bytes).await?))
}

/// False when names came in since the list was made.
async fn hold_with(app: &App, by: &Actor, id: &ActivityId, held: &Held, seen: (&MeetingView, Option<&Stored>, &[Stored])) -> Result<bool> {
    let all = app.snapshot().await?;
    let mut work = app.work(by).await?;
    let meeting = all.as_given(known(&mut work, id).await?);
    if meeting.facts.planned && decide::names_given(&meeting) as usize != seen.0.attendees.len() {
        return Ok(false);
    }
    let reach = reach(&mut work, by, &meeting.facts.unit).await?;
    let note = work.note(held.note.as_deref()).await?;
    let people = decide::head_count(&meeting, held.people, note.as_ref())?;
    let tasks = standing(&mut work, by, &meeting).await?;
    let file = match seen.1 {
        Some(file) => Some(work.file(file).await?),
        None => None,
    };
    let facts = &meeting.facts;
    let evidence = Evidence {
        id: work.ids.make(),
        unit: facts.unit.clone(),
        kind: EvidenceKind::Activity,
        tasks: tasks.iter().map(|t| t.facts.key.clone()).collect(),
        observed_at: observed(facts.on, work.now),
        expires: None,
        content: file,
        note: note.clone(),
        supersedes: None,
        proves: None,
    };
    let activity = Activity { people, note, evidence: Some(evidence.id.clone()), ..facts.clone() };
    let mut events = decide::hold_meeting(&meeting, activity, by, reach, work.now)?;
    // Evidence first, as of every activity: what the meeting names is there already.
    events.splice(0..0, decide::attach(evidence, &tasks, by, reach, work.now)?);
    events.splice(0..0, minutes_events(&mut work, by, &meeting, (&tasks, reach), seen.2).await?);
    work.append(events).await?;
    work.commit().await?;
    Ok(true)
}

/// Attaches files, such as the minutes, to the tasks that a meeting serves: all of them, or none when one may not be kept.
pub async fn attach_minutes(app: &App, by: &Actor, id: &ActivityId, files: Vec<(String, Vec<u8>)>) -> Result<()> {
    let stored = evidence::keep(app, files).await?;
    let mut work = app.work(by).await?;
    let meeting = known(&mut work, id).await?;
    let reach = reach(&mut work, by, &meeting.facts.unit).await?;
    let tasks = standing(&mut work, by, &meeting).await?;
    let events = minutes_events(&mut work, by, &meeting, (&tasks, reach), &stored).await?;
    work.append(events).await?;
    work.commit().await
}

/// Files as evidence of what a meeting served.
async fn minutes_events(
    work: &mut Work,
    by: &Actor,
    meeting: &Entry<Activity>,
    (tasks, reach): (&[Entry<Task>], decide::Reach),
    files: &[Stored],
) -> Result<Vec<programme::event::Payload>> {
    let mut events = Vec::new();
    for file in files {
        let about = About::of(Some(meeting.facts.on), work.now);
        let (_, attached) = evidence::of_file(work, by, (&meeting.facts.unit, reach), tasks, file, about).await?;
        events.extend(attached);
    }
    Ok(events)
}

/// The tasks of a meeting that were not taken back meanwhile; those need no proof any more.
pub(crate) async fn standing(work: &mut Work, by: &Actor, meeting: &Entry<Activity>) -> Result<Vec<Entry<Task>>> {
    let mut tasks = Vec::new();
    for key in &meeting.facts.tasks {
        let task = load(work, by, key).await?.task;
        if task.stands(work.now) {
            tasks.push(task);
        }
    }
    Ok(tasks)
}

/// Calls a planned meeting off.
pub async fn call_off(app: &App, by: &Actor, id: &ActivityId, note: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let meeting = known(&mut work, id).await?;
    let reach = reach(&mut work, by, &meeting.facts.unit).await?;
    let note = work.note(note).await?;
    let events = decide::call_off(&meeting, by, reach, note)?;
    work.append(events).await?;
    work.commit().await
}

/// Meetings that were planned, the latest day first; outreach that nobody comes together for is elsewhere.
pub async fn list(app: &App, unit: Option<&UnitId>) -> Result<Vec<MeetingView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let mut views = Vec::new();
    let gathers = |m: &&Entry<Activity>| outreach::gathers(m.facts.kind);
    for meeting in all.meetings.iter().filter(gathers).filter(|m| unit.is_none_or(|unit| unit == &m.facts.unit)) {
        views.push(view(&mut tx, &all, meeting).await?);
    }
    views.sort_by(|a, b| (b.on, &b.id).cmp(&(a.on, &a.id)));
    Ok(views)
}

pub async fn show(app: &App, id: &ActivityId) -> Result<Option<MeetingView>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    match all.meetings.iter().find(|m| &m.facts.id == id && outreach::gathers(m.facts.kind)) {
        Some(meeting) => {
            // A damaged plan is told on its own page; the list goes on without its words.
            plan_of(&mut tx, meeting).await?;
            Ok(Some(view(&mut tx, &all, &all.as_given(meeting.clone())).await?))
        }
        None => Ok(None),
    }
}

/// Every event of a meeting, in order.
pub async fn history(app: &App, id: &ActivityId) -> Result<Vec<HistoryRow>> {
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    crate::history::of(&mut tx, &all, SubjectKind::Activity, id.as_str()).await
}

pub(crate) async fn known(work: &mut Work, id: &ActivityId) -> Result<Entry<Activity>> {
    let entry = store::activity::get(&mut work.tx, id.as_str()).await?.filter(|a| is_meeting(&a.facts));
    let entry = found(entry, SubjectKind::Activity, id)?;
    work.seen(&entry);
    Ok(entry)
}

pub(crate) async fn plan_of(tx: &mut Tx, meeting: &Entry<Activity>) -> Result<Option<Plan>> {
    let Some(body) = words(tx, meeting.facts.plan.as_ref()).await? else { return Ok(None) };
    parsed(meeting, &body).map(Some)
}

fn parsed(meeting: &Entry<Activity>, body: &str) -> Result<Plan> {
    serde_json::from_str(body).map_err(|e| Error::BadRecord { id: meeting.facts.id.to_string(), what: e.to_string() })
}

/// The names given; those that were erased are absent.
async fn names(tx: &mut Tx, meeting: &Entry<Activity>) -> Result<Vec<String>> {
    Ok(attendees(tx, meeting).await?.into_iter().filter_map(|a| a.name).collect())
}

async fn attendees(tx: &mut Tx, meeting: &Entry<Activity>) -> Result<Vec<Attendee>> {
    let marks: Vec<&Mark> = decide::attended(meeting).collect();
    let ids: Vec<&ContentId> = marks.iter().filter_map(|m| m.note.as_ref()).map(|n| &n.id).collect();
    let found = content::many(tx, &ids).await?;
    let name = |mark: &Mark| mark.note.as_ref().and_then(|n| found.get(&n.id)).and_then(texts::shown);
    Ok(marks
        .into_iter()
        .map(|mark| Attendee { id: mark.note.as_ref().map(|n| n.id.clone()), name: name(mark), at: mark.stamp.at })
        .collect())
}

async fn view(tx: &mut Tx, all: &Snapshot, meeting: &Entry<Activity>) -> Result<MeetingView> {
    let facts = &meeting.facts;
    let plan = plan_of(tx, meeting).await;
    let is_damaged = texts::is_damaged(&plan);
    let plan = texts::if_whole(plan)?;
    let Plan { title, place, agenda, code, letter, .. } = plan.clone().unwrap_or_default();
    let of_task = || facts.tasks.first().and_then(|key| all.tasks.get(key)).map(|task| task.facts.letter.clone());
    let days = jiff::Span::new().days(decide::SIGN_IN_DAYS);
    Ok(MeetingView {
        id: facts.id.clone(),
        kind: facts.kind,
        unit: all.unit_named(&facts.unit),
        on: facts.on,
        title: plan.map(|_| title).or_else(|| is_damaged.then(texts::damaged)),
        place,
        agenda,
        code: Some(code).filter(|code| !code.is_empty()),
        names_from: facts.on.checked_sub(days).unwrap_or(facts.on),
        names_until: facts.on.checked_add(days).unwrap_or(facts.on),
        letter: letter.and_then(|id| id.parse().ok()).or_else(of_task),
        tasks: facts.tasks.clone(),
        attendees: attendees(tx, meeting).await?,
        people: (!facts.planned).then_some(facts.people),
        note: texts::note(tx, facts.note.as_ref()).await?,
        evidence: facts.evidence.clone(),
        called_off: meeting.has(MarkKind::Withdrawn),
        read: clash::mark(facts),
    })
}
