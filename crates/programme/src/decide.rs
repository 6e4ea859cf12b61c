//! Command and state in, events or a typed refusal out.
//!
//! Nothing here reads a clock or a table: `app` loads what a decision needs, and `store` writes what follows.
//! Not here: how rights are granted; an [`Actor`] comes with the roles that hold today.
//!
//! ```text
//! decide::acknowledge(&task, &by, Reach::Own, now)  →  [TaskAcknowledged { task }]
//! decide::accept(&task, …the person who declared…)  →  Refusal::NotIndependent
//! ```

pub mod case;
pub mod digital;
pub mod drill;
pub mod example;
pub mod letter;
pub mod meeting;
pub mod other;
pub mod quiz;
pub mod register;
pub mod task;
pub mod time;
pub mod unit;
pub mod voice;

pub use case::*;
pub use digital::*;
pub use drill::*;
pub use example::*;
pub use letter::*;
pub use meeting::*;
pub use other::*;
pub use quiz::*;
pub use register::*;
pub use task::*;
pub use time::*;
pub use unit::*;
pub use voice::*;

use crate::ids::{LetterId, UnitId};
use crate::model::{Actor, Entry, Role, Secrecy, Task};
use crate::moment::Moment;
use std::collections::BTreeMap;

/// Why a command was refused. The sentence comes from the catalogue key `refusal-CODE`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", .0.code())]
pub struct Refused(pub Refusal);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A letter with a secrecy mark, on an installation that was not declared isolated (Law 117/2025).
    SecretLetter {
        secrecy: Secrecy,
    },
    /// A file with state-secret marks, on an installation that was not declared isolated.
    SecretMark {
        mark: String,
    },
    /// The quote does not lie in the letter's text.
    SpanOutside,
    EmptyText,
    /// Nothing to confirm: the letter has no drafted obligation.
    NothingToConfirm,
    /// Only a drafted obligation can be split, merged or dropped.
    NotDraft,
    /// Only two drafts that follow each other in the letter can be merged.
    NotNeighbours,
    /// Only a confirmed obligation can be assigned.
    NotConfirmed,
    /// Dropped or replaced by a successor.
    NoLongerHolds,
    NoUnit,
    /// The unit was closed before the day of assignment.
    UnitClosed {
        unit: UnitId,
    },
    /// A unit cannot lie below itself.
    UnitBelowItself,
    /// The office itself is neither moved nor closed here.
    UnitOfOffice,
    /// Units lie below the one that is to be closed.
    UnitHasUnits,
    /// Open tasks: they are finished, passed on or taken back before a unit is closed.
    UnitHasTasks,
    /// The unit right above was closed: it is reopened first.
    UnitAboveClosed,
    /// Another open unit right below the same one is called the same.
    UnitNameTaken,
    /// Every unit named already has this task for this period.
    AlreadyAssigned,
    /// The task was withdrawn.
    Withdrawn,
    /// It was already said.
    AlreadyDone,
    /// The task was not declared done, so there is nothing to judge.
    NotDeclared,
    /// The person does not act for this unit.
    NotYours,
    /// Who did the work cannot accept it.
    NotIndependent,
    /// Work that evidence can prove is not accepted on its word.
    NoEvidence,
    /// The act needs this role.
    RoleMissing {
        role: Role,
    },
    /// Evidence of something that has not happened yet.
    InTheFuture,
    /// A run without any verdict proves nothing.
    EmptyRun,
    /// Approval is for figures that have changed since.
    FiguresChanged,
    NotApproved,
    AlreadySealed,
    CaseClosed,
    /// An exception needs an end date that is not past.
    EndDatePast,
    /// The same file is a letter of the register already.
    AlreadyReceived {
        letter: LetterId,
    },
    /// It was damaged in the database, and is whole again by the file that was handed in.
    LetterMended {
        letter: LetterId,
    },
    /// A case is handed over between the day on which it came and today.
    ReferralDay,
    /// The same file was a letter of the register, and was taken out of it.
    ReceivedAndRemoved {
        letter: LetterId,
    },
    /// The letter was taken out of the register.
    LetterRemoved,
    /// Tasks of the letter stand: they are taken back before it leaves the register.
    LetterHasTasks,
    /// A file that cannot be looked into for secret marks, on an installation that was not declared isolated.
    NotExaminable,
    /// An empty file, or one of no kind that a letter can have.
    NoLetter,
    /// A file without a single byte.
    EmptyFile,
    /// A file that would run when somebody opens it.
    Program,
    /// The task has no such need.
    NotWanted,
    /// A text that is longer than anybody writes by hand.
    TooLong,
    /// A period that has not begun, or lies before the tree of units.
    PeriodOutside,
    /// Administrators belong to the office itself.
    AdminElsewhere,
    /// The office would be left without an administrator.
    LastAdmin,
    /// Nobody gives a role to themselves.
    OwnRoles,
    /// Whoever administers for a time gives no role for longer than that, and takes none away.
    BeyondOwnEnd,
    /// A task without a due day has none that could be moved.
    NoDue,
    /// More time means a later day.
    NotLater,
    /// A request for more time waits for its answer already.
    AlreadyAsked,
    /// There is no request that waits for an answer.
    NotAsked,
    /// The task is paused.
    OnHold,
    /// Only letters that came in are directed.
    NotIncoming,
    /// The case was joined into another one, which is answered for both.
    Joined,
    /// Only two cases of one kind can be joined.
    NotTheSame,
    /// The letter is no draft any more, or never was one.
    NotADraft,
    /// Another letter of the office has this number in this year.
    NumberTaken,
    /// A number in the register is digits, perhaps with a letter behind.
    BadNumber,
    /// Due before the day of the letter itself.
    DueBeforeLetter,
    /// Later than the letter asks: only an earlier day can be set.
    DuePastLetter,
    /// A draft proves nothing before it was signed.
    StillDraft,
    /// The report has no section of this code.
    NoSection,
    /// No address of a page: `https://` or `http://`, without blanks.
    NoAddress,
    /// Fewer people than signed in.
    FewerThanSigned,
    /// No meeting takes names under this code on this day.
    NoMeeting,
    /// The meeting was held, or called off.
    MeetingHeld,
    /// Passed-on work never gets more time than the task that it serves.
    PastParent,
    /// The case was not answered yet.
    NotAnswered,
    /// Who asked did not agree that it is published.
    NotAgreed,
    /// The case was not handed over to anybody.
    NotReferred,
    /// Only the Front and the mass organisations do this.
    NotFront,
    /// Cases of this kind know no such act.
    WrongKind,
    /// A good example stands at another step: what waits is accepted or given back, what was accepted is shared.
    ExampleStep,
    /// What the register says of a letter was changed since it was read.
    LetterChanged,
    /// The words of a nomination were changed since they were read.
    ExampleChanged,
    /// The words name a person who did not agree to be named to everybody.
    NamesPerson,
    /// Neither a link nor a telephone number nor an account.
    NoIndicator,
    /// Not a telephone number.
    NoPhone,
    /// The days of a drill: in order, not past, two weeks at the most, within what was approved.
    DrillDays,
    /// More letters a second than a drill may send.
    DrillRate,
    /// Staff are told at least three days before a drill, and no longer ago than a quarter.
    DrillNotice,
    /// A drill for fewer people than a result may be shown of.
    DrillFew,
    /// Who planned a drill does not approve it.
    DrillOwnPlan,
    /// The step before this one was not taken: approval, notice, start.
    DrillStep,
    /// What was approved is not changed any more.
    DrillApproved,
    /// The drill was stopped, closed or called off.
    DrillOver,
    /// The sender of the office's mail lies outside of its own domains.
    DrillSender,
    /// A domain that is nobody's own, or none.
    BadDomain,
    /// The days of a quiz: in order, not all past, two months at the most.
    QuizDays,
    /// A quiz needs questions, units and people in numbers that can be.
    QuizSize,
    /// A topic of which the bank holds no question.
    QuizTopic,
    /// What somebody outside asked is closed without an answer and without a word on why.
    CloseUnanswered,
    /// Somebody else changed it since it was read.
    ChangedMeanwhile,
    /// The form of a message to the office was used for another message.
    OtherSent,
    /// A drill was changed after whoever approves it had read it.
    DrillChanged,
    /// Nobody takes the quiz at this time.
    QuizNotOpen,
    /// The quiz was closed or called off.
    QuizOver,
    /// No more tries are left.
    QuizNoTries,
    /// As many sheets came from the unit as it has people.
    QuizFull,
    /// The sheet belongs to no sitting of this quiz.
    QuizSitting,
    /// Only whoever passed is certified, once.
    QuizNotPassed,
    /// What the digital team held lasts from a minute to a day.
    DigitalHours,
    /// Visits and people that cannot be those of such an activity.
    DigitalCounts,
    /// Learners by skill group that cannot be those of a class of so many people.
    DigitalLearners,
    /// A note or a place that names people, or their numbers.
    NamesPeople,
    /// Words for other people with somebody's number or mail address in them.
    PersonalNumber,
    /// Words for everybody that name a person.
    NamesSomebody,
    /// The number of somebody's citizen card, which no list of scams holds.
    IdentityNumber,
    /// A hotline or an emergency number, which no list of scams holds.
    Hotline,
    /// A domain of the state or of a known brand, which no list of scams holds.
    TrustedDomain,
    /// Only whoever an address belongs to takes part again.
    DrillOwnAddress,
    /// A drill so soon that nobody can be told in time.
    DrillTooSoon,
    /// An entry of the digital team was taken back.
    EntryWithdrawn,
    /// What is asked of others is not asked of oneself.
    ToOneself,
}

/// The codes of refusals: the list of all, and the one that each has.
macro_rules! refusals { ($($refusal:pat => $code:literal,)*) => {
    impl Refusal {
        /// Every code there is: each has its sentence in the catalogues.
        pub const CODES: &'static [&'static str] = &[$($code,)*];

        pub fn code(&self) -> &'static str {
            match self { $($refusal => $code,)* }
        }
    }
} }

refusals! {
    Refusal::SecretLetter { .. } => "secret_letter",
    Refusal::SecretMark { .. } => "secret_mark",
    Refusal::SpanOutside => "span_outside",
    Refusal::EmptyText => "empty_text",
    Refusal::NothingToConfirm => "nothing_to_confirm",
    Refusal::NotDraft => "not_draft",
    Refusal::NotNeighbours => "not_neighbours",
    Refusal::NotConfirmed => "not_confirmed",
    Refusal::NoLongerHolds => "no_longer_holds",
    Refusal::NoUnit => "no_unit",
    Refusal::UnitClosed { .. } => "unit_closed",
    Refusal::UnitBelowItself => "unit_below_itself",
    Refusal::UnitOfOffice => "unit_of_office",
    Refusal::UnitHasUnits => "unit_has_units",
    Refusal::UnitHasTasks => "unit_has_tasks",
    Refusal::UnitAboveClosed => "unit_above_closed",
    Refusal::UnitNameTaken => "unit_name_taken",
    Refusal::AlreadyAssigned => "already_assigned",
    Refusal::Withdrawn => "withdrawn",
    Refusal::AlreadyDone => "already_done",
    Refusal::NotDeclared => "not_declared",
    Refusal::NotYours => "not_yours",
    Refusal::NotIndependent => "not_independent",
    Refusal::RoleMissing { .. } => "role_missing",
    Refusal::InTheFuture => "in_the_future",
    Refusal::EmptyRun => "empty_run",
    Refusal::FiguresChanged => "figures_changed",
    Refusal::NotApproved => "not_approved",
    Refusal::AlreadySealed => "already_sealed",
    Refusal::CaseClosed => "case_closed",
    Refusal::EndDatePast => "end_date_past",
    Refusal::NoEvidence => "no_evidence",
    Refusal::LetterMended { .. } => "letter_mended",
    Refusal::ReferralDay => "referral_day",
    Refusal::AlreadyReceived { .. } => "already_received",
    Refusal::ReceivedAndRemoved { .. } => "received_and_removed",
    Refusal::LetterRemoved => "letter_removed",
    Refusal::LetterHasTasks => "letter_has_tasks",
    Refusal::NotExaminable => "not_examinable",
    Refusal::NoLetter => "no_letter",
    Refusal::EmptyFile => "empty_file",
    Refusal::Program => "program",
    Refusal::NotWanted => "not_wanted",
    Refusal::TooLong => "too_long",
    Refusal::PeriodOutside => "period_outside",
    Refusal::AdminElsewhere => "admin_elsewhere",
    Refusal::LastAdmin => "last_admin",
    Refusal::OwnRoles => "own_roles",
    Refusal::BeyondOwnEnd => "beyond_own_end",
    Refusal::NoDue => "no_due",
    Refusal::NotLater => "not_later",
    Refusal::AlreadyAsked => "already_asked",
    Refusal::NotAsked => "not_asked",
    Refusal::OnHold => "on_hold",
    Refusal::NotIncoming => "not_incoming",
    Refusal::Joined => "joined",
    Refusal::NotTheSame => "not_the_same",
    Refusal::NotADraft => "not_a_draft",
    Refusal::NumberTaken => "number_taken",
    Refusal::BadNumber => "bad_number",
    Refusal::DueBeforeLetter => "due_before_letter",
    Refusal::DuePastLetter => "due_past_letter",
    Refusal::StillDraft => "still_draft",
    Refusal::NoSection => "no_section",
    Refusal::NoAddress => "no_address",
    Refusal::FewerThanSigned => "fewer_than_signed",
    Refusal::NoMeeting => "no_meeting",
    Refusal::MeetingHeld => "meeting_held",
    Refusal::PastParent => "past_parent",
    Refusal::NotAnswered => "not_answered",
    Refusal::NotAgreed => "not_agreed",
    Refusal::NotReferred => "not_referred",
    Refusal::NotFront => "not_front",
    Refusal::WrongKind => "wrong_kind",
    Refusal::ExampleStep => "example_step",
    Refusal::LetterChanged => "letter_changed",
    Refusal::ExampleChanged => "example_changed",
    Refusal::NamesPerson => "names_person",
    Refusal::NoIndicator => "no_indicator",
    Refusal::NoPhone => "no_phone",
    Refusal::DrillDays => "drill_days",
    Refusal::DrillRate => "drill_rate",
    Refusal::DrillNotice => "drill_notice",
    Refusal::DrillFew => "drill_few",
    Refusal::DrillOwnPlan => "drill_own_plan",
    Refusal::DrillStep => "drill_step",
    Refusal::DrillApproved => "drill_approved",
    Refusal::DrillOver => "drill_over",
    Refusal::DrillSender => "drill_sender",
    Refusal::BadDomain => "bad_domain",
    Refusal::QuizDays => "quiz_days",
    Refusal::QuizSize => "quiz_size",
    Refusal::QuizTopic => "quiz_topic",
    Refusal::CloseUnanswered => "close_unanswered",
    Refusal::ChangedMeanwhile => "changed_meanwhile",
    Refusal::OtherSent => "other_sent",
    Refusal::DrillChanged => "drill_changed",
    Refusal::QuizNotOpen => "quiz_not_open",
    Refusal::QuizOver => "quiz_over",
    Refusal::QuizNoTries => "quiz_no_tries",
    Refusal::QuizFull => "quiz_full",
    Refusal::QuizSitting => "quiz_sitting",
    Refusal::QuizNotPassed => "quiz_not_passed",
    Refusal::DigitalHours => "digital_hours",
    Refusal::DigitalCounts => "digital_counts",
    Refusal::DigitalLearners => "digital_learners",
    Refusal::NamesPeople => "names_people",
    Refusal::PersonalNumber => "personal_number",
    Refusal::NamesSomebody => "names_somebody",
    Refusal::IdentityNumber => "identity_number",
    Refusal::Hotline => "hotline",
    Refusal::TrustedDomain => "trusted_domain",
    Refusal::DrillOwnAddress => "drill_own_address",
    Refusal::EntryWithdrawn => "entry_withdrawn",
    Refusal::DrillTooSoon => "drill_too_soon",
    Refusal::ToOneself => "to_oneself",
}

/// How an actor stands to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The actor's own unit.
    Own,
    /// A unit below the actor's.
    Below,
    Elsewhere,
}

/// Where `unit` lies seen from the actor; `parents` maps each unit to its parent.
pub fn reach(by: &Actor, unit: &UnitId, parents: &BTreeMap<UnitId, UnitId>) -> Reach {
    match &by.unit == unit {
        true => Reach::Own,
        false if lies_below(&by.unit, unit, parents) => Reach::Below,
        false => Reach::Elsewhere,
    }
}

/// True when `unit` lies below `top`; `parents` maps each unit to its parent.
pub fn lies_below(top: &UnitId, unit: &UnitId, parents: &BTreeMap<UnitId, UnitId>) -> bool {
    let mut at = unit;
    // A ring in a damaged tree must not hang.
    for _ in 0..parents.len() {
        match parents.get(at) {
            Some(parent) if parent == top => return true,
            Some(parent) => at = parent,
            None => break,
        }
    }
    false
}

/// The task was not taken back.
fn standing(task: &Entry<Task>, now: Moment) -> Result<(), Refusal> {
    if task.stands(now) { Ok(()) } else { Err(Refusal::Withdrawn) }
}

/// Stands and is not paused.
fn working(task: &Entry<Task>, now: Moment) -> Result<(), Refusal> {
    standing(task, now)?;
    if task.held(now) { Err(Refusal::OnHold) } else { Ok(()) }
}

/// May do the unit's work: its own people, or the office's clerk, officer or admin on behalf of a unit below.
/// Who only learns, speaks or assesses does nothing in the unit's name.
pub fn may_do(by: &Actor, reach: Reach) -> Result<(), Refusal> {
    let on_behalf = by.is_below(Role::Clerk) || by.is_below(Role::Officer) || by.is_below(Role::Admin);
    match reach {
        Reach::Own if !by.roles.is_empty() && !by.roles.iter().any(|role| role.acts()) => Err(Refusal::RoleMissing { role: Role::Officer }),
        Reach::Own => Ok(()),
        Reach::Below if on_behalf => Ok(()),
        Reach::Below | Reach::Elsewhere => Err(Refusal::NotYours),
    }
}

/// May judge the unit's work: the level above, or an assessor of another unit.
pub fn may_judge(by: &Actor, reach: Reach) -> Result<(), Refusal> {
    match reach {
        Reach::Below if by.below.iter().any(|role| role.works()) => Ok(()),
        Reach::Elsewhere if by.is(Role::Assessor) => Ok(()),
        Reach::Below | Reach::Own | Reach::Elsewhere => Err(Refusal::NotIndependent),
    }
}

/// May keep the register of letters and work on their obligations: clerks and admins of the office, and its head.
pub fn may_register(by: &Actor, office: &UnitId) -> Result<(), Refusal> {
    let may = [Role::Clerk, Role::Admin, Role::Head].into_iter().any(|role| by.is(role)) && &by.unit == office;
    if may { Ok(()) } else { Err(Refusal::RoleMissing { role: Role::Clerk }) }
}

/// May change what the installation is: its units, its network.
pub fn may_administer(by: &Actor) -> Result<(), Refusal> {
    if by.is(Role::Admin) { Ok(()) } else { Err(Refusal::RoleMissing { role: Role::Admin }) }
}

#[cfg(test)]
mod tests;
