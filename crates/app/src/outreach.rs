//! Outreach: the plan of a letter (topic × form × audience × day × unit), what was held of it, and what it has reached.
//!
//! An activity of a plan is an activity like any other; where people come together for it, it is a meeting ([`crate::meetings`]).
//! A letter's topics are those that it lists; of one that lists none, its obligations to teach, meet or publish.
//!
//! ```text
//! suggest(letter, 1 June, 31 August) → 24 lines, a person keeps 20 → plan → hold(link, copies, files) → show: 18 of 28 reached
//! ```

mod show;
mod topics;

pub(crate) use show::{is_late, of_unit};
pub use show::{late, list, show, speakers, suggest};
pub(crate) use topics::Topics;

use crate::evidence::{self, About, observed};
use crate::loaded::{reach, registered};
use crate::meetings::{self, Plan};
use crate::open::{Stored, Work};
use crate::snapshot::Snapshot;
use crate::{App, Result, clash, unnamed};
use jiff::civil::Date;
use programme::decide::{self, Reach, Refusal};
use programme::event::Payload;
use programme::ids::*;
use programme::model::*;
use programme::outreach;

/// Longest address of a page, in characters.
const MOST_LINK: usize = 1000;
/// Most activities that are planned at once.
pub const MOST_AT_ONCE: usize = 500;

/// An activity of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutreach {
    pub kind: ActivityKind,
    pub unit: UnitId,
    pub on: Date,
    /// `None`: the form and the topics.
    pub title: Option<String>,
    pub place: Option<String>,
    /// Keys of topics of the letter.
    pub topics: Vec<String>,
    pub audiences: Vec<Audience>,
    pub speaker: Option<PersonId>,
}

/// How something that was planned turned out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldOutreach {
    /// `None`: on the day that was planned.
    pub on: Option<Date>,
    /// People that it reached, where somebody counted them; the note says how.
    pub people: Option<u32>,
    /// How often it was sent out, or copies printed.
    pub copies: Option<u32>,
    /// Where it can be read or heard.
    pub link: Option<String>,
    pub note: Option<String>,
    /// The page as printed, photographs, the broadcast log.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Plans activities for a letter: all of them, or none.
pub async fn plan(app: &App, by: &Actor, letter: &LetterId, rows: Vec<NewOutreach>) -> Result<Vec<ActivityId>> {
    if rows.len() > MOST_AT_ONCE {
        return Err(Refusal::TooLong.into());
    }
    let all = app.snapshot().await?;
    let mut work = app.work(by).await?;
    registered(&mut work, letter).await?;
    let (mut ids, mut events) = (Vec::new(), Vec::new());
    for row in rows {
        let reach = reach(&mut work, by, &row.unit).await?;
        let activity = planned(&mut work, &all, letter, row, "").await?;
        ids.push(activity.id.clone());
        events.extend(decide::plan_meeting(activity, None, by, reach)?);
    }
    if events.is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    work.append(events).await?;
    work.commit().await?;
    Ok(ids)
}

/// Changes what was planned and has not been held; who does it stays, and so does the code of a meeting.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it is no longer what was `read`; [`Refusal::NoMeeting`] where the activity is none of the
/// letter's plan; [`Refusal::MeetingHeld`] once it was held or called off.
pub async fn change(app: &App, by: &Actor, id: &ActivityId, read: Option<&str>, new: NewOutreach) -> Result<()> {
    let all = app.snapshot().await?;
    let mut work = app.work(by).await?;
    let known = meetings::known(&mut work, id).await?;
    let reach = reach(&mut work, by, &known.facts.unit).await?;
    clash::refuse(&known.facts, read)?;
    let letter = known.facts.outreach.as_ref().map(|o| o.letter.clone()).ok_or(Refusal::NoMeeting)?;
    let old = meetings::plan_of(&mut work.tx, &known).await?.ok_or(Refusal::NoMeeting)?;
    let new = NewOutreach { unit: known.facts.unit.clone(), ..new };
    let made = planned(&mut work, &all, &letter, new, &old.code).await?;
    let activity = Activity { id: id.clone(), ..made };
    let events = decide::plan_meeting(activity, Some(&known), by, reach)?;
    work.append(events).await?;
    work.commit().await
}

/// The activity that a line of a plan describes. `code`: that of a meeting whose plan it was, which stands on posters already.
async fn planned(work: &mut Work, all: &Snapshot, letter: &LetterId, row: NewOutreach, code: &str) -> Result<Activity> {
    let of_letter = Topics::of(all, letter);
    let known = &of_letter.all;
    let topics: Vec<String> = known.iter().map(|(key, _)| key.clone()).filter(|key| row.topics.contains(key)).collect();
    if topics.is_empty() || row.audiences.is_empty() || outreach::form(row.kind).is_none() {
        return Err(Refusal::EmptyText.into());
    }
    let now = work.now;
    let speaks = |person: &PersonId| all.grants_at(now).any(|g| &g.facts.person == person && g.facts.role == Role::Speaker);
    if row.speaker.as_ref().is_some_and(|person| !speaks(person)) {
        return Err(Refusal::RoleMissing { role: Role::Speaker }.into());
    }
    let code = match outreach::gathers(row.kind) {
        true if code.is_empty() => meetings::code(&work.ids.salt()),
        _ => code.to_owned(),
    };
    let agenda: Vec<String> = known.iter().filter(|(key, _)| topics.contains(key)).map(|(_, text)| first_words(text)).collect();
    let title = row.title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| usual_title(row.kind, &topics));
    let plan = Plan { v: 1, code, letter: Some(letter.to_string()), ..Plan::default() };
    let plan = plan.worded(&title, row.place.as_deref(), &agenda)?;
    Ok(Activity {
        id: work.ids.make(),
        kind: row.kind,
        on: row.on,
        people: 0,
        tasks: of_letter.served(all, (&row.unit, row.kind), &topics),
        unit: row.unit,
        evidence: None,
        note: None,
        plan: Some(plan.sealed(work).await?),
        planned: true,
        outreach: Some(Outreach { letter: letter.clone(), topics, audiences: row.audiences, copies: None, speaker: row.speaker }),
        digital: None,
        reported: None,
    })
}

/// "Tọa đàm, nói chuyện: nội dung 1.1, 1.2"; what is written into the record is Vietnamese whatever the page's language.
fn usual_title(kind: ActivityKind, topics: &[String]) -> String {
    use crate::lang::{Lang, code, t_with};
    let form = code(Lang::Vi, "activity-kind", kind.as_str()).into_owned();
    t_with(Lang::Vi, "outreach-title", &[("form", form.into()), ("topics", topics.join(", ").into())]).into_owned()
}

/// A topic as a line of an agenda: its first sentence, or as much of it as a line holds.
fn first_words(text: &str) -> String {
    const MOST: usize = 160;
    let sentence = text.split_inclusive(['.', ';']).next().unwrap_or(text).trim_end_matches(['.', ';']);
    if sentence.chars().count() <= MOST {
        return sentence.trim().to_owned();
    }
    let cut: String = sentence.chars().take(MOST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

/// Something planned was held or published: from now on it counts, with its evidence.
///
/// # Errors
/// [`Refusal::EmptyText`] where there is nothing to show for it: no link, no file, no word; or people without how they were counted.
pub async fn hold(app: &App, by: &Actor, id: &ActivityId, held: HeldOutreach) -> Result<()> {
    let files = evidence::keep(app, held.files.clone()).await?;
    let all = app.snapshot().await?;
    let mut work = app.work(by).await?;
    let known = all.as_given(meetings::known(&mut work, id).await?);
    let reach = reach(&mut work, by, &known.facts.unit).await?;
    let plan = meetings::plan_of(&mut work.tx, &known).await?.unwrap_or_default();
    let events = held_events(&mut work, by, (&known, plan), reach, held, &files).await?;
    work.append(events).await?;
    work.commit().await
}

/// Records something of a letter's outreach that was held or published without having been planned.
pub async fn record(app: &App, by: &Actor, letter: &LetterId, new: NewOutreach, held: HeldOutreach) -> Result<ActivityId> {
    let files = evidence::keep(app, held.files.clone()).await?;
    let all = app.snapshot().await?;
    let mut work = app.work(by).await?;
    registered(&mut work, letter).await?;
    let reach = reach(&mut work, by, &new.unit).await?;
    let facts = planned(&mut work, &all, letter, new, "").await?;
    let id = facts.id.clone();
    let stamp = Stamp { at: work.now, office: work.office.clone(), seq: 0, by: by.person.clone() };
    let entry = Entry { facts, stamp, marks: Default::default() };
    let plan = meetings::plan_of(&mut work.tx, &entry).await?.unwrap_or_default();
    let events = held_events(&mut work, by, (&entry, plan), reach, held, &files).await?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Whether a note can be kept: it says what was done, and holds nobody's number or mail address.
pub fn may_note(note: &str) -> bool {
    unnamed::refuse_numbers(note).is_ok()
}

async fn held_events(
    work: &mut Work,
    by: &Actor,
    (known, plan): (&Entry<Activity>, Plan),
    reach: Reach,
    held: HeldOutreach,
    files: &[Stored],
) -> Result<Vec<Payload>> {
    let facts = &known.facts;
    held.note.as_deref().map_or(Ok(()), unnamed::refuse_numbers)?;
    let note = work.note(held.note.as_deref()).await?;
    let link = held.link.as_deref().map(str::trim).filter(|link| !link.is_empty()).map(str::to_owned);
    if link.as_deref().is_some_and(|link| !is_web_address(link)) {
        return Err(Refusal::NoAddress.into());
    }
    if note.is_none() && link.is_none() && files.is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    let on = held.on.unwrap_or(facts.on);
    let tasks = meetings::standing(work, by, known).await?;
    let (first, rest) = match files.split_first() {
        Some((first, rest)) => (Some(work.file(first).await?), rest),
        None => (None, files),
    };
    let evidence = Evidence {
        id: work.ids.make(),
        unit: facts.unit.clone(),
        kind: EvidenceKind::Activity,
        tasks: tasks.iter().map(|task| task.facts.key.clone()).collect(),
        observed_at: observed(on, work.now),
        expires: None,
        content: first,
        note: note.clone(),
        supersedes: None,
        proves: None,
    };
    let outreach = facts.outreach.clone().map(|outreach| Outreach { copies: held.copies, ..outreach });
    let people = held.people.unwrap_or(0);
    let plan = Some(Plan { link, ..plan }.sealed(work).await?);
    let activity = Activity { on, people, note, plan, outreach, evidence: Some(evidence.id.clone()), ..facts.clone() };
    let mut events = decide::attach(evidence, &tasks, by, reach, work.now)?;
    for file in rest {
        let about = About::of(Some(on), work.now);
        events.extend(evidence::of_file(work, by, (&facts.unit, reach), &tasks, file, about).await?.1);
    }
    events.extend(decide::hold_meeting(known, activity, by, reach, work.now)?);
    Ok(events)
}

/// An address of a page as somebody pasted it: http or https, nothing that a browser would run.
pub fn is_web_address(link: &str) -> bool {
    let plain = link.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let web = link.starts_with("https://") || link.starts_with("http://");
    plain && web && link.chars().count() <= MOST_LINK
}
