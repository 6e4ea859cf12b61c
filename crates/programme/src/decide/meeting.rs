//! Decisions about meetings: plan, take names, hold, call off.
//!
//! ```text
//! planned → names are given → held (head count ≥ names) : from then on it is an activity like any other
//! ```

use super::{Reach, Refusal, may_do};
use crate::digital::is_digital;
use crate::event::Payload;
use crate::ids::ContentId;
use crate::model::*;
use crate::moment::Moment;

/// Days before and after the meeting on which its code takes names.
pub const SIGN_IN_DAYS: i32 = 1;

/// Plans a meeting, or changes the plan of one that was not held (`known`).
pub fn plan_meeting(activity: Activity, known: Option<&Entry<Activity>>, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if let Some(known) = known {
        waiting(known)?;
    }
    Ok(vec![Payload::ActivityPlanned(Activity { people: 0, evidence: None, planned: true, ..activity })])
}

/// Neither held nor called off.
fn waiting(meeting: &Entry<Activity>) -> Result<(), Refusal> {
    let waits = meeting.facts.planned && !meeting.has(MarkKind::Withdrawn);
    if waits { Ok(()) } else { Err(Refusal::MeetingHeld) }
}

/// Somebody signs in with the meeting's code, about the day of the meeting.
pub fn sign_in(meeting: &Entry<Activity>, name: Sealed, now: Moment) -> Result<Vec<Payload>, Refusal> {
    waiting(meeting)?;
    let away = now.day().since(meeting.facts.on).map_or(i32::MAX, |span| span.get_days().abs());
    if away > SIGN_IN_DAYS {
        return Err(Refusal::NoMeeting);
    }
    Ok(vec![Payload::AttendanceGiven { activity: meeting.facts.id.clone(), name }])
}

/// Enters the names of a list that was kept on paper.
pub fn enter_names(meeting: &Entry<Activity>, names: Vec<Sealed>, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    waiting(meeting)?;
    let given = |name| Payload::AttendanceGiven { activity: meeting.facts.id.clone(), name };
    if names.is_empty() { Err(Refusal::EmptyText) } else { Ok(names.into_iter().map(given).collect()) }
}

/// Strikes a name out that stands on the list by mistake; whoever was there can be entered again.
pub fn strike_name(meeting: &Entry<Activity>, name: &ContentId, by: &Actor, reach: Reach) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    waiting(meeting)?;
    let stands = attended(meeting).any(|mark| mark.note.as_ref().is_some_and(|given| &given.id == name));
    let struck = Payload::AttendanceStruck { activity: meeting.facts.id.clone(), name: name.clone() };
    if stands { Ok(vec![struck]) } else { Err(Refusal::AlreadyDone) }
}

/// The names that stand on the list: those that were given and not struck out, whichever word came first.
pub fn attended(meeting: &Entry<Activity>) -> impl Iterator<Item = &Mark> {
    let struck = move |id: &ContentId| meeting.marks.iter().any(|m| m.kind == MarkKind::Struck && m.other.as_deref() == Some(id.as_str()));
    let given = meeting.marks.iter().filter(|m| m.kind == MarkKind::Attended);
    given.filter(move |mark| mark.note.as_ref().is_none_or(|name| !struck(&name.id)))
}

/// Names that stand on the list.
pub fn names_given(meeting: &Entry<Activity>) -> u32 {
    u32::try_from(attended(meeting).count()).unwrap_or(u32::MAX)
}

/// The head count of a meeting: that of the names, or a higher one with a word on why; never a lower one.
pub fn head_count(meeting: &Entry<Activity>, stated: Option<u32>, note: Option<&Sealed>) -> Result<u32, Refusal> {
    let given = names_given(meeting);
    match stated.unwrap_or(given) {
        people if people < given => Err(Refusal::FewerThanSigned),
        people if people > given && note.is_none() => Err(Refusal::EmptyText),
        people => Ok(people),
    }
}

/// The meeting was held: from now on it is an activity with `people`, `note` and `evidence`.
pub fn hold_meeting(meeting: &Entry<Activity>, held: Activity, by: &Actor, reach: Reach, now: Moment) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    waiting(meeting)?;
    // The digital team's work is held with its counts.
    if is_digital(held.kind) {
        return Err(Refusal::NotWanted);
    }
    if held.on > now.day() {
        return Err(Refusal::InTheFuture);
    }
    let people = head_count(meeting, Some(held.people), held.note.as_ref())?;
    Ok(vec![Payload::ActivityRecorded(Activity { people, planned: false, ..held })])
}

/// Calls a planned meeting off.
pub fn call_off(meeting: &Entry<Activity>, by: &Actor, reach: Reach, note: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    waiting(meeting)?;
    Ok(vec![Payload::Withdrawn { what: SubjectKind::Activity, id: meeting.facts.id.to_string(), note }])
}
