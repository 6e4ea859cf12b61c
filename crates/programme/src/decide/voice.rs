//! Decisions about what people outside of the office say: feedback, petitions, forged papers, scams, and what the Front
//! and the mass organisations recommend.
//!
//! The life is that of every case ([`super::case`]); here is what only some kinds have: the hand-over to an authority, what
//! is published of it, the judgement on what a scam report names.
//!
//! ```text
//! opened by a public form → answered → published, if who asked agreed
//!                         ↘ handed over to the authority in charge, then with its receipt
//! ```

use super::case::{Lies, may_answer, open, speaks};
use super::{Reach, Refusal, may_do};
use crate::event::Payload;
use crate::ids::ContentId;
use crate::model::*;
use crate::moment::Moment;
use jiff::civil::Date;

/// Days in which whoever asked by a public form is told something: the office's own promise, said on the form; no statute's.
pub const ANSWER_DAYS: i32 = 15;

/// When a case was handed over, and the file of the receipt once there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    pub on: Date,
    pub receipt: Option<ContentId>,
}

impl Referral {
    /// As it stands in a mark: `2026-11-24`, or `2026-11-24 CONTENT`.
    pub fn line(&self) -> String {
        self.receipt.as_ref().map_or_else(|| self.on.to_string(), |id| format!("{} {id}", self.on))
    }

    pub(crate) fn of_line(line: &str) -> Option<Referral> {
        let (on, receipt) = line.split_once(' ').map_or((line, None), |(on, receipt)| (on, Some(receipt)));
        Some(Referral { on: on.parse().ok()?, receipt: receipt.and_then(|id| id.parse().ok()) })
    }
}

/// Kinds that anybody may open by a public form.
pub fn is_public_kind(kind: CaseKind) -> bool {
    matches!(kind, CaseKind::Feedback | CaseKind::ScamReport | CaseKind::ForgedNotice | CaseKind::Appeal)
}

/// Kinds whose words only those read who answer, or who asked.
pub fn is_confidential(kind: CaseKind) -> bool {
    is_public_kind(kind) || matches!(kind, CaseKind::Supervision | CaseKind::Warning)
}

/// May read what people outside said and act on it: whoever answers in the name of a unit. To judge work, to speak for the
/// office or to learn is not that.
pub fn may_hear(by: &Actor, kind: CaseKind) -> Result<(), Refusal> {
    let hears = [Role::Officer, Role::Clerk, Role::Head, Role::Admin].into_iter().any(|role| by.is(role));
    if hears || !is_confidential(kind) { Ok(()) } else { Err(Refusal::RoleMissing { role: Role::Officer }) }
}

/// Opens a case for somebody whom nobody knows.
pub fn open_public(case: Case) -> Result<Vec<Payload>, Refusal> {
    let named = case.by_public && is_public_kind(case.kind);
    if named { Ok(vec![Payload::CaseOpened(case)]) } else { Err(Refusal::WrongKind) }
}

/// The Front or a mass organisation passes on what people ask, without names, or recommends something after a visit.
pub fn open_for_people(cases: Vec<Case>, by: &Actor, reach: Reach, of: UnitKind) -> Result<Vec<Payload>, Refusal> {
    may_do(by, reach)?;
    if !is_front(of) {
        return Err(Refusal::NotFront);
    }
    if cases.is_empty() {
        return Err(Refusal::EmptyText);
    }
    let fits = |case: &Case| match case.kind {
        CaseKind::Feedback => case.supervision.is_none(),
        CaseKind::Supervision => case.supervision.is_some(),
        _ => false,
    };
    if !cases.iter().all(fits) {
        return Err(Refusal::WrongKind);
    }
    if cases.iter().any(|case| case.to.as_ref() == Some(&case.unit)) {
        return Err(Refusal::ToOneself);
    }
    Ok(cases.into_iter().flat_map(opened_for_people).collect())
}

/// A visit after which nothing is recommended asks for no answer: it ends as it begins, and both sides have it on record.
fn opened_for_people(case: Case) -> impl Iterator<Item = Payload> {
    let closed = is_in_order(&case).then(|| Payload::CaseClosed { case: case.id.clone(), note: None });
    std::iter::once(Payload::CaseOpened(case)).chain(closed)
}

/// Says that all was in order, and recommends nothing.
pub fn is_in_order(case: &Case) -> bool {
    case.supervision.as_ref().is_some_and(|visit| visit.in_order)
}

/// The Front and the mass organisations.
pub fn is_front(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::Front | UnitKind::MassOrganisation)
}

/// The last hand-over: to whom, when, and the receipt.
pub fn referral(case: &Entry<Case>) -> Option<(&Sealed, Referral)> {
    let mark = case.last(&[MarkKind::Referred], Moment::LAST)?;
    Some((mark.note.as_ref()?, Referral::of_line(mark.other.as_deref()?)?))
}

/// The files of every receipt that was kept of a case, also of an earlier hand-over.
pub fn receipts(case: &Entry<Case>) -> impl Iterator<Item = ContentId> + '_ {
    let marks = case.marks.iter().filter(|mark| mark.kind == MarkKind::Referred);
    marks.filter_map(|mark| Referral::of_line(mark.other.as_deref()?)?.receipt)
}

/// Hands a case over to the authority in charge.
pub fn refer_case(case: &Entry<Case>, by: &Actor, lies: Lies<'_>, to: Sealed, on: Date, now: Moment) -> Result<Vec<Payload>, Refusal> {
    open(case)?;
    may_answer(case, by, lies)?;
    if case.has(MarkKind::Joined) {
        return Err(Refusal::Joined);
    }
    if !(case.stamp.at.day()..=now.day()).contains(&on) {
        return Err(Refusal::ReferralDay);
    }
    Ok(vec![Payload::CaseReferred { case: case.facts.id.clone(), to, on, receipt: None }])
}

/// Keeps the receipt that the authority signed.
pub fn keep_receipt(case: &Entry<Case>, by: &Actor, lies: Lies<'_>, receipt: Sealed) -> Result<Vec<Payload>, Refusal> {
    may_answer(case, by, lies)?;
    let (to, referral) = referral(case).ok_or(Refusal::NotReferred)?;
    Ok(vec![Payload::CaseReferred { case: case.facts.id.clone(), to: to.clone(), on: referral.on, receipt: Some(receipt) }])
}

/// Warns everybody in the name of the office, which the actor reaches so: opened, published and closed at once, because nobody
/// asked and nothing waits in it.
pub fn warn(case: Case, by: &Actor, reach: Reach, text: Sealed) -> Result<Vec<Payload>, Refusal> {
    if case.kind != CaseKind::Warning || case.by_public {
        return Err(Refusal::WrongKind);
    }
    may_warn(by, reach)?;
    let id = case.id.clone();
    let published = Payload::CasePublished { case: id.clone(), text: Some(text) };
    Ok(vec![Payload::CaseOpened(case), published, Payload::CaseClosed { case: id, note: None }])
}

/// May warn everybody in the name of the office: whoever may answer for it.
pub fn may_warn(by: &Actor, reach: Reach) -> Result<(), Refusal> {
    may_hear(by, CaseKind::Warning)?;
    may_do(by, reach)
}

/// Publishes what everybody may read of a case: of feedback only where who asked agreed and an answer is there; of a forged
/// paper the clarification; of a warning other words than before. `None` takes it back.
pub fn publish_case(case: &Entry<Case>, by: &Actor, lies: Lies<'_>, text: Option<Sealed>) -> Result<Vec<Payload>, Refusal> {
    match case.facts.kind {
        // Nobody asked, so nobody answers themselves.
        CaseKind::Warning => may_hear(by, case.facts.kind).and_then(|()| speaks(by, lies))?,
        _ => may_answer(case, by, lies)?,
    }
    match case.facts.kind {
        CaseKind::ForgedNotice | CaseKind::Warning => {}
        CaseKind::Feedback if !case.facts.agreed => return Err(Refusal::NotAgreed),
        CaseKind::Feedback if text.is_some() && !case.has(MarkKind::Answered) => return Err(Refusal::NotAnswered),
        CaseKind::Feedback => {}
        _ => return Err(Refusal::WrongKind),
    }
    if text.is_none() && published(case).is_none() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::CasePublished { case: case.facts.id.clone(), text }])
}

/// What everybody may read of a case, and since when.
pub fn published(case: &Entry<Case>) -> Option<(&Sealed, Moment)> {
    let mark = case.last(&[MarkKind::Published], Moment::LAST)?;
    Some((mark.note.as_ref()?, mark.stamp.at))
}

/// Says of a number, link or account whether a person found it to be a scam's: listed until a day, or not at all.
pub fn judge_indicator(
    case: &Entry<Case>,
    by: &Actor,
    lies: Lies<'_>,
    value: Sealed,
    until: Option<Date>,
) -> Result<Vec<Payload>, Refusal> {
    if case.facts.kind != CaseKind::ScamReport {
        return Err(Refusal::WrongKind);
    }
    may_answer(case, by, lies)?;
    Ok(vec![Payload::IndicatorJudged { case: case.facts.id.clone(), value, confirmed: until.is_some(), until }])
}

/// Grants an appeal: what it is about is taken from the list. Who may answer the appeal may; the report that it is about may
/// be closed long since.
pub fn grant_appeal(
    appeal: &Entry<Case>,
    report: &Entry<Case>,
    by: &Actor,
    lies: Lies<'_>,
    value: Sealed,
) -> Result<Vec<Payload>, Refusal> {
    let is_about = appeal.facts.kind == CaseKind::Appeal && appeal.facts.about.as_ref() == Some(&report.facts.id);
    if !is_about || report.facts.kind != CaseKind::ScamReport {
        return Err(Refusal::WrongKind);
    }
    may_answer(appeal, by, lies)?;
    Ok(vec![Payload::IndicatorJudged { case: report.facts.id.clone(), value, confirmed: false, until: None }])
}

/// How long something is listed where nobody said it, in days: a year, after which a person looks at it again.
pub const LISTED_DAYS: i64 = 365;

/// A judgement on something that a scam report names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement<'a> {
    pub value: &'a Sealed,
    /// The last day on which it is listed; `None`: it is not.
    pub until: Option<Date>,
    pub stamp: &'a Stamp,
}

/// The judgements on what a scam report names, in order: the latest on the same words holds.
pub fn judged(case: &Entry<Case>) -> impl Iterator<Item = Judgement<'_>> {
    let marks = case.marks.iter().filter(|m| m.kind == MarkKind::Judged);
    marks.filter_map(|m| {
        let (finding, day) = m.other.as_deref()?.split_once(' ').unwrap_or((m.other.as_deref()?, ""));
        let usual = || m.stamp.at.day().checked_add(jiff::Span::new().days(LISTED_DAYS)).ok();
        let until = if finding == "confirmed" { day.parse().ok().or_else(usual) } else { None };
        Some(Judgement { value: m.note.as_ref()?, until, stamp: &m.stamp })
    })
}

/// When somebody was told what became of it: answered, or handed over.
pub fn settled(case: &Entry<Case>, as_of: Moment) -> Option<Moment> {
    let told = [MarkKind::Answered, MarkKind::Referred, MarkKind::Closed];
    case.marks.iter().find(|m| told.contains(&m.kind) && m.stamp.at <= as_of).map(|m| m.stamp.at)
}

/// Past its day without an answer, as of then.
pub fn case_overdue(case: &Entry<Case>, as_of: Moment) -> bool {
    let day = settled(case, as_of).map_or(as_of.day(), Moment::day);
    case.facts.due.is_some_and(|due| due < day) && case.stamp.at <= as_of
}

/// Answered on its last day or before, as of then; what was promised for no day is in time.
pub fn answered_in_time(case: &Entry<Case>, as_of: Moment) -> bool {
    let answered = case.marks.iter().find(|m| m.kind == MarkKind::Answered && m.stamp.at <= as_of).map(|m| m.stamp.at.day());
    answered.is_some_and(|day| case.facts.due.is_none_or(|due| day <= due))
}

/// Where feedback stands, for everything that counts it: the report of a period and the list of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackState {
    /// The office answered it.
    Answered,
    /// Told otherwise what became of it: handed over to another authority, or closed. Not an answer, and nothing waits.
    Settled,
    Waiting,
    /// Waits past its day.
    Overdue,
}

/// Where feedback stands as of then; `None` for what is not feedback, such as a report of a scam, and for what came later.
pub fn feedback_state(case: &Entry<Case>, as_of: Moment) -> Option<FeedbackState> {
    if case.facts.kind != CaseKind::Feedback || case.stamp.at > as_of {
        return None;
    }
    Some(match case {
        case if case.last(&[MarkKind::Answered], as_of).is_some() => FeedbackState::Answered,
        case if settled(case, as_of).is_some() => FeedbackState::Settled,
        case if case_overdue(case, as_of) => FeedbackState::Overdue,
        _ => FeedbackState::Waiting,
    })
}
