//! What the desk shows beside letters and tasks: requests that wait, directions, drafts, meetings.

use super::{CaseView, TaskRow};
use crate::drafts::DraftBody;
use jiff::civil::Date;
use programme::ids::*;
use programme::model::{ActivityKind, Audience, Direction};
use programme::moment::Moment;
use programme::outreach::{Coverage, Reached};
use std::sync::Arc;

/// A request for more time that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionView {
    pub until: Date,
    /// `None` after erasure.
    pub reason: Option<String>,
    pub asked_at: Moment,
    pub by: PersonId,
    pub by_name: Option<String>,
}

/// A unit with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitName {
    pub id: UnitId,
    pub name: String,
}

/// The head's direction on an incoming letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectionView {
    pub lead: UnitName,
    pub cooperating: Vec<UnitName>,
    pub due: Option<Date>,
    pub note: Option<String>,
    pub at: Moment,
    /// The head; `None` where nobody, or more than one, was the head at that time.
    pub by_name: Option<String>,
    /// Who entered it in the head's name; `None` where the head did.
    pub entered_by: Option<String>,
}

/// A letter that the office is writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftView {
    pub id: LetterId,
    /// Once it has its number.
    pub code: Option<String>,
    pub date: Option<Date>,
    pub body: DraftBody,
    /// The letter that it carries on.
    pub implements: Option<LetterId>,
    pub implements_code: Option<String>,
    pub edited_at: Moment,
    pub edited_by: Option<String>,
    /// The units that can be asked for an opinion on it.
    pub fronts: Vec<FrontView>,
}

/// A unit that can be asked for its opinion on a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontView {
    pub unit: UnitId,
    pub name: String,
    /// The last day on which it reads the draft; `None`: it is not asked.
    pub until: Option<Date>,
}

/// What one unit should be reminded of on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitReminders {
    pub unit: UnitName,
    /// New tasks that nobody acknowledged, from the first moment.
    pub unacknowledged: Vec<Arc<TaskRow>>,
    /// Those among them that nobody acknowledged for three days.
    pub unseen: Vec<Arc<TaskRow>>,
    /// Due within five days.
    pub due_soon: Vec<Arc<TaskRow>>,
    pub overdue: Vec<Arc<TaskRow>>,
    /// Sent back for more.
    pub returned: Vec<Arc<TaskRow>>,
    /// Difficulties of the unit that were answered and that its side has not closed.
    pub answered: Vec<CaseView>,
    /// Difficulties that lie with the unit and wait for its answer.
    pub to_answer: Vec<CaseView>,
    /// What people outside said, or the Front recommended, and the unit has not answered: in time, and past its day.
    pub voices: Vec<CaseView>,
    pub voices_late: Vec<CaseView>,
    /// What the unit itself recommended or passed on: past its day without an answer, and answered but not closed.
    pub voices_unanswered: Vec<CaseView>,
    pub voices_answered: Vec<CaseView>,
    /// Good examples that the unit nominated and that were given back to it.
    pub examples_returned: Vec<CaseView>,
    /// Requests for more time of the units right below.
    pub extensions: Vec<Arc<TaskRow>>,
    /// Tasks that are not declared done and not paused, with all that stand above.
    pub n_open: usize,
    /// Those among them that were begun.
    pub n_under_way: usize,
    /// The first due day of an open task that has not passed.
    pub next_due: Option<Date>,
}

/// A meeting that was planned, held or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingView {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub unit: UnitName,
    pub on: Date,
    /// `None` after erasure.
    pub title: Option<String>,
    pub place: Option<String>,
    pub agenda: Vec<String>,
    /// What people sign in with, on the day, the day before and the day after.
    pub code: Option<String>,
    /// The first and the last day on which the code takes names.
    pub names_from: Date,
    pub names_until: Date,
    /// The letter that it is about.
    pub letter: Option<LetterId>,
    pub tasks: Vec<TaskKey>,
    pub attendees: Vec<Attendee>,
    /// `None` until it was held.
    pub people: Option<u32>,
    pub note: Option<String>,
    /// With the list of names, once it was held.
    pub evidence: Option<EvidenceId>,
    pub called_off: bool,
    /// Stands for what is kept of it now, for whoever changes it.
    pub read: String,
}

/// Somebody who was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Of the name as it was given, to strike it out by.
    pub id: Option<ContentId>,
    /// `None` after erasure.
    pub name: Option<String>,
    pub at: Moment,
}

/// What a meeting on a letter needs beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingPack {
    pub letter: LetterId,
    pub letter_code: Option<String>,
    pub subject: Option<String>,
    /// The letter as a sentence names it.
    pub named: String,
    pub agenda: Vec<String>,
    pub points: Vec<TalkingPoint>,
    /// What the minutes say; words from the catalogue family `minutes`.
    pub minutes: Vec<&'static str>,
}

/// Something to speak of, with the sentence of the letter that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkingPoint {
    pub section: Option<String>,
    pub text: String,
    pub quote: Option<String>,
    /// `None`: a content that an outreach letter lists.
    pub obligation: Option<ObligationId>,
}

/// The chain that a letter stands in, from the centre down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainView {
    /// The letter that the chain was asked for.
    pub letter: LetterId,
    /// One place in nearly every chain.
    pub top: Vec<ChainNode>,
}

/// One letter of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainNode {
    /// `None`: cited, but not in the register.
    pub letter: Option<LetterId>,
    pub asked: bool,
    pub direction: Option<Direction>,
    pub code: Option<String>,
    pub letter_type: Option<String>,
    pub date: Option<Date>,
    pub issuer: Option<String>,
    pub subject: Option<String>,
    /// What it carries on of the nearest letter of the register above it; `None` at the top, or where no words are kept.
    pub carries: Option<CarriedView>,
    pub below: Vec<ChainNode>,
}

/// What became of an upper letter's clauses in a lower one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedView {
    /// The lower letter cites the upper one by its code.
    pub cites: bool,
    pub carried: Vec<CarriedClause>,
    pub left_out: Vec<Clause>,
}

/// A clause with the ones that carry it on, the most similar first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedClause {
    pub clause: Clause,
    pub by: Vec<Clause>,
}

/// What a letter asks for in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// `None` in a letter that has no obligations here, such as the office's own.
    pub obligation: Option<ObligationId>,
    pub section: Option<String>,
    pub text: String,
}

/// A letter out of the register: since when, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedView {
    pub at: Moment,
    /// `None` after erasure, as the reason.
    pub by_name: Option<String>,
    pub reason: Option<String>,
}

/// A letter with the number, day and issuer of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinView {
    pub id: LetterId,
    pub code: Option<String>,
    pub received_at: Moment,
}

/// A letter that wants something told, with what was reached of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutreachLetter {
    pub letter: LetterId,
    pub code: Option<String>,
    pub subject: Option<String>,
    pub n_topics: usize,
    pub n_activities: usize,
    pub coverage: Coverage,
}

/// Somebody who speaks for the office, with what they spoke at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerView {
    pub person: PersonId,
    /// `None` after erasure.
    pub name: Option<String>,
    pub unit_name: String,
    /// Held and planned, the latest day first.
    pub sessions: Vec<OutreachRow>,
}

/// The outreach of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutreachView {
    pub letter: LetterId,
    pub code: Option<String>,
    /// The letter as a sentence names it.
    pub named: String,
    /// Keys and texts of the contents to be told.
    pub topics: Vec<(String, String)>,
    pub coverage: Coverage,
    pub forms: Vec<FormReach>,
    pub units: Vec<UnitReach>,
    /// By day.
    pub activities: Vec<OutreachRow>,
}

/// A form that the letter names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormReach {
    pub said: String,
    /// None where its words are not known.
    pub kinds: Vec<ActivityKind>,
    /// Planned, held, proved.
    pub counts: [u64; 3],
}

/// A unit that the letter gave something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitReach {
    pub unit: UnitName,
    /// Planned, held, proved.
    pub counts: [u64; 3],
}

/// One activity of a letter's outreach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutreachRow {
    pub id: ActivityId,
    pub letter: LetterId,
    pub kind: ActivityKind,
    pub unit: UnitName,
    pub on: Date,
    /// `None` after erasure.
    pub title: Option<String>,
    pub place: Option<String>,
    pub link: Option<String>,
    /// Keys of topics of the letter.
    pub topics: Vec<String>,
    pub audiences: Vec<Audience>,
    pub copies: Option<u32>,
    /// With the name, unless it was erased.
    pub speaker: Option<(PersonId, Option<String>)>,
    pub people: u32,
    pub tasks: Vec<TaskKey>,
    pub reached: Reached,
    /// Its day has passed, and nobody said how it went.
    pub late: bool,
    /// Stands for what is kept of it now, for whoever changes it.
    pub read: String,
}
