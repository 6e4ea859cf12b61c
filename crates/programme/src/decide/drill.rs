//! Decisions about drills: plan, approve, tell, start, stop, close. Every safeguard that depends on who and when stands here.
//!
//! ```text
//! planned → approved by the head, who did not plan it → staff told → started → letters go out on the days approved
//!         → closed: figures of groups stay, every row about a person goes
//! ```

use super::{Refusal, may_administer};
use crate::drill::{self, DrillState, LEAST_GROUP, MOST_PER_S, Told, Window};
use crate::event::Payload;
use crate::ids::UnitId;
use crate::model::*;
use crate::moment::Moment;
use jiff::civil::Date;

/// May plan and run drills: the office's officer or administrator.
pub fn may_drill(by: &Actor, office: &UnitId) -> Result<(), Refusal> {
    let may = (by.is(Role::Officer) || by.is(Role::Admin)) && &by.unit == office;
    if may { Ok(()) } else { Err(Refusal::RoleMissing { role: Role::Officer }) }
}

/// May see that drills are held and what groups did in them: whoever runs them, and the office's head.
pub fn may_see_drills(by: &Actor, office: &UnitId) -> Result<(), Refusal> {
    if by.is(Role::Head) && &by.unit == office { Ok(()) } else { may_drill(by, office) }
}

/// Plans a drill: on these days, so many letters a second.
pub fn plan_drill(
    activity: Activity,
    (window, per_s): (Window, u32),
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_drill(by, office)?;
    if !window.is_sound() || window.from < now.day() {
        return Err(Refusal::DrillDays);
    }
    if window.from < drill::first_day(now.day()) {
        return Err(Refusal::DrillTooSoon);
    }
    if !(1..=MOST_PER_S).contains(&per_s) {
        return Err(Refusal::DrillRate);
    }
    let activity = Activity { kind: ActivityKind::Drill, on: window.from, people: 0, evidence: None, planned: true, ..activity };
    Ok(vec![Payload::ActivityPlanned(activity)])
}

/// The list of addresses is what is approved: it does not change after.
pub fn may_enter_addresses(drill: &Entry<Activity>, (by, office): (&Actor, &UnitId), now: Moment) -> Result<(), Refusal> {
    may_drill(by, office)?;
    before_approval(drill, now)
}

fn before_approval(drill: &Entry<Activity>, now: Moment) -> Result<(), Refusal> {
    match drill::state(drill, now) {
        DrillState::Planned => Ok(()),
        state if is_over(state) => Err(Refusal::DrillOver),
        _ => Err(Refusal::DrillApproved),
    }
}

fn is_over(state: DrillState) -> bool {
    matches!(state, DrillState::Stopped | DrillState::Closed | DrillState::Off)
}

/// The head approves, in writing: nobody approves their own plan where somebody else could (`others`). `planned` are the days of
/// the plan, which lie within those that are approved.
pub fn approve_drill(
    drill: &Entry<Activity>,
    (approved, planned): (Window, Window),
    (n_addresses, others): (u64, bool),
    paper: Option<Sealed>,
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    if !by.is(Role::Head) || &by.unit != office {
        return Err(Refusal::RoleMissing { role: Role::Head });
    }
    before_approval(drill, now)?;
    if others && drill.stamp.by == by.person {
        return Err(Refusal::DrillOwnPlan);
    }
    if !approved.is_sound() || !planned.is_inside(approved) || planned.until < now.day() {
        return Err(Refusal::DrillDays);
    }
    if n_addresses < LEAST_GROUP {
        return Err(Refusal::DrillFew);
    }
    let Window { from, until } = approved;
    Ok(vec![Payload::DrillApproved { activity: drill.facts.id.clone(), from, until, paper }])
}

/// Staff were told: on a day that is not to come, in time before the first letter (`planned`).
pub fn announce_drill(
    drill: &Entry<Activity>,
    told: Told,
    planned: Window,
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_drill(by, office)?;
    match drill::state(drill, now) {
        DrillState::Approved => {}
        DrillState::Planned => return Err(Refusal::DrillStep),
        state if is_over(state) => return Err(Refusal::DrillOver),
        _ => return Err(Refusal::AlreadyDone),
    }
    if told.on > now.day() {
        return Err(Refusal::InTheFuture);
    }
    if !planned.told_in_time(told.on) {
        return Err(Refusal::DrillNotice);
    }
    Ok(vec![Payload::DrillAnnounced { activity: drill.facts.id.clone(), on: told.on, by_mail: told.by_mail }])
}

/// Starts a drill that was approved and that staff were told of; letters wait for the first day.
pub fn start_drill(
    drill: &Entry<Activity>,
    planned: Window,
    n_addresses: u64,
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_drill(by, office)?;
    match drill::state(drill, now) {
        DrillState::Announced => {}
        DrillState::Planned | DrillState::Approved => return Err(Refusal::DrillStep),
        state if is_over(state) => return Err(Refusal::DrillOver),
        _ => return Err(Refusal::AlreadyDone),
    }
    let approved = drill::approved(drill).ok_or(Refusal::DrillStep)?;
    if !planned.is_inside(approved) || planned.until < now.day() {
        return Err(Refusal::DrillDays);
    }
    let told = drill::told(drill).ok_or(Refusal::DrillStep)?;
    if !planned.told_in_time(told.on) {
        return Err(Refusal::DrillNotice);
    }
    if n_addresses < LEAST_GROUP {
        return Err(Refusal::DrillFew);
    }
    Ok(vec![Payload::DrillStarted { activity: drill.facts.id.clone() }])
}

/// Whether a letter may go out at this time.
pub fn may_send(drill: &Entry<Activity>, planned: Window, now: Moment) -> bool {
    let approved = drill::approved(drill).is_some_and(|approved| planned.is_inside(approved));
    drill::state(drill, now) == DrillState::Running && approved && planned.holds(now.day())
}

/// The last day on which somebody can have been told and still get a letter of the drill.
pub fn told_by(planned: Window) -> Date {
    planned.from.checked_sub(jiff::Span::new().days(drill::TOLD_DAYS)).unwrap_or(Date::MIN)
}

/// Stops a drill at once and for ever: whoever may see it may.
pub fn stop_drill(drill: &Entry<Activity>, reason: Sealed, (by, office): (&Actor, &UnitId), now: Moment) -> Result<Vec<Payload>, Refusal> {
    may_see_drills(by, office)?;
    match drill::state(drill, now) {
        DrillState::Waiting | DrillState::Running | DrillState::Over => {
            Ok(vec![Payload::DrillStopped { activity: drill.facts.id.clone(), reason }])
        }
        state if is_over(state) => Err(Refusal::DrillOver),
        _ => {
            let (what, id) = (SubjectKind::Activity, drill.facts.id.to_string());
            Ok(vec![Payload::Withdrawn { what, id, note: Some(reason) }])
        }
    }
}

/// Closes a drill that was started: the activity with its result. Whoever runs drills does, or the program itself, some days
/// after the last one.
pub fn close_drill(
    drill: &Entry<Activity>,
    recorded: Activity,
    (by, office): (&Actor, &UnitId),
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    let by_itself = by.person == crate::ids::PersonId::program() && closes_itself(drill, now);
    if !by_itself {
        may_drill(by, office)?;
    }
    match drill::state(drill, now) {
        DrillState::Running | DrillState::Over | DrillState::Stopped => {}
        DrillState::Closed | DrillState::Off => return Err(Refusal::DrillOver),
        _ => return Err(Refusal::DrillStep),
    }
    Ok(vec![Payload::ActivityRecorded(Activity { kind: ActivityKind::Drill, planned: false, ..recorded })])
}

/// Whether nobody closed it for so long that the program does.
pub fn closes_itself(drill: &Entry<Activity>, now: Moment) -> bool {
    let open = matches!(drill::state(drill, now), DrillState::Over | DrillState::Stopped);
    let last = drill::approved(drill).map(|window| window.until);
    let over = last.and_then(|last| last.checked_add(jiff::Span::new().days(drill::CLOSES_AFTER_DAYS)).ok());
    open && over.is_some_and(|over| over < now.day())
}

/// Enters a domain whose addresses are the office's own; only an administrator does.
pub fn own_domain(asset: Asset, domain: &str, by: &Actor) -> Result<Vec<Payload>, Refusal> {
    may_administer(by)?;
    let label = |part: &str| {
        let sound = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (1..=63).contains(&part.len()) && sound && !part.starts_with('-') && !part.ends_with('-')
    };
    // An address in numbers is no domain: nobody has mail there.
    let is_named = domain.rsplit('.').next().is_some_and(|top| top.len() > 1 && !top.bytes().all(|b| b.is_ascii_digit()));
    let is_domain = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label) && is_named;
    if !is_domain || drill::forbidden().is_public(domain) {
        return Err(Refusal::BadDomain);
    }
    Ok(vec![Payload::AssetRegistered(Asset { kind: AssetKind::MailDomain, ..asset })])
}

/// Strikes a domain out.
pub fn disown_domain(asset: &Entry<Asset>, by: &Actor) -> Result<Vec<Payload>, Refusal> {
    may_administer(by)?;
    let (what, id) = (SubjectKind::Asset, asset.facts.id.to_string());
    let stands = asset.facts.kind == AssetKind::MailDomain && !asset.has(MarkKind::Withdrawn);
    if stands { Ok(vec![Payload::Withdrawn { what, id, note: None }]) } else { Err(Refusal::AlreadyDone) }
}
