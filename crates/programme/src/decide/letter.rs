//! Decisions about letters and their obligations: receive, edit, split, add, drop, confirm.

use super::register::{in_register, number_taken};
use super::{Refusal, may_register};
use crate::direction::Directed;
use crate::event::Payload;
use crate::ids::{ObligationId, TaskKey, UnitId};
use crate::model::*;
use crate::moment::Moment;
use jiff::civil::Date;

/// The office begins a letter of its own.
pub fn draft_letter(letter: Letter, by: &Actor, office: &UnitId) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    if letter.direction == Direction::Draft { Ok(vec![Payload::LetterEdited(letter)]) } else { Err(Refusal::NotADraft) }
}

/// Changes or numbers a draft. `others` are the letters of the register: a number stands once in a year.
pub fn edit_draft(
    current: &Letter,
    changed: Letter,
    others: &[Entry<Letter>],
    by: &Actor,
    office: &UnitId,
) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    if current.direction != Direction::Draft {
        return Err(Refusal::NotADraft);
    }
    let changed = Letter { id: current.id.clone(), direction: Direction::Draft, ..changed };
    if number_taken(&changed, others, office) {
        return Err(Refusal::NumberTaken);
    }
    Ok(vec![Payload::LetterEdited(changed)])
}

/// Asks units of the Front and the mass organisations for their opinion on a draft until a day, instead of whoever was asked
/// before; without units nobody is asked any more.
pub fn ask_opinion(
    current: &Letter,
    units: &[&Unit],
    until: Date,
    (by, office): (&Actor, &UnitId),
    today: Date,
) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    if current.direction != Direction::Draft {
        return Err(Refusal::NotADraft);
    }
    if !units.iter().all(|unit| super::is_front(unit.kind)) {
        return Err(Refusal::NotFront);
    }
    if !units.is_empty() && until < today {
        return Err(Refusal::EndDatePast);
    }
    let asked = units.iter().map(|unit| Asked { unit: unit.id.clone(), until }).collect();
    Ok(vec![Payload::LetterEdited(Letter { asked, ..current.clone() })])
}

/// Until when a unit may read a draft because its opinion is asked for; once it is signed, no longer.
pub fn asked_until(letter: &Letter, unit: &UnitId, today: Date) -> Option<Date> {
    let asked = letter.asked.iter().filter(|_| letter.direction == Direction::Draft);
    asked.filter(|asked| &asked.unit == unit && today <= asked.until).map(|asked| asked.until).max()
}

/// The signed copy takes the draft's place; it is looked at like every letter that comes in.
pub fn sign_letter(current: &Letter, signed: Letter, network: Network, by: &Actor, office: &UnitId) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    if current.direction != Direction::Draft {
        return Err(Refusal::NotADraft);
    }
    let signed = admitted(signed, network)?;
    Ok(vec![Payload::LetterEdited(Letter { id: current.id.clone(), direction: Direction::Out, ..signed })])
}

/// A letter with a secrecy mark is taken only on an isolated installation;
/// of a letter marked *Tuyệt mật* neither abstract nor text is ever kept (Decree 63/2026, register of secrets).
pub fn receive_letter(letter: Letter, network: Network) -> Result<Vec<Payload>, Refusal> {
    Ok(vec![Payload::LetterReceived(admitted(letter, network)?)])
}

fn admitted(mut letter: Letter, network: Network) -> Result<Letter, Refusal> {
    if let Some(secrecy) = letter.secrecy {
        if network != Network::Isolated {
            return Err(Refusal::SecretLetter { secrecy });
        }
        if secrecy == Secrecy::TuyetMat {
            letter.meta = None;
            letter.text = None;
        }
    }
    Ok(letter)
}

/// The head of the office says who sees to a letter that came in; the clerk may enter it in the head's name.
/// `units` are those of the office.
pub fn direct(
    letter: &Entry<Letter>,
    mut what: Directed,
    units: &[Unit],
    by: &Actor,
    office: &UnitId,
    now: Moment,
) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    in_register(letter)?;
    if letter.facts.direction != Direction::In {
        return Err(Refusal::NotIncoming);
    }
    due_fits(what.due, letter.facts.date)?;
    let Directed { lead, cooperating, .. } = &mut what;
    cooperating.sort();
    cooperating.dedup();
    cooperating.retain(|unit| unit != lead);
    for id in cooperating.iter().chain([&*lead]) {
        let unit = units.iter().find(|u| &u.id == id).ok_or(Refusal::NoUnit)?;
        if unit.valid_to.is_some_and(|to| to < now.day()) {
            return Err(Refusal::UnitClosed { unit: id.clone() });
        }
    }
    Ok(vec![Payload::LetterDirected(what)])
}

/// A day before that of the letter itself is a slip; one that is past today is not.
pub fn due_fits(due: Option<Date>, letter: Option<Date>) -> Result<(), Refusal> {
    match (due, letter) {
        (Some(due), Some(letter)) if due < letter => Err(Refusal::DueBeforeLetter),
        _ => Ok(()),
    }
}

/// A drafted obligation: its quote must lie in the letter's text of `text_len` bytes.
pub fn draft_obligation(obligation: Obligation, text_len: usize) -> Result<Vec<Payload>, Refusal> {
    let inside = obligation.start < obligation.end && obligation.end <= text_len as u64;
    if inside { Ok(vec![Payload::ObligationDrafted(obligation)]) } else { Err(Refusal::SpanOutside) }
}

/// True when the obligation was confirmed and still holds.
pub fn holds(obligation: &Entry<Obligation>) -> bool {
    obligation.has(MarkKind::Confirmed) && !gone(obligation)
}

/// True when a draft was taken out of its letter; what is stated of it later on brings it back.
pub fn dropped(obligation: &Entry<Obligation>) -> bool {
    obligation.marks.iter().any(|m| m.kind == MarkKind::Withdrawn && m.stamp > obligation.stamp)
}

/// True when the obligation was dropped or has a successor.
pub fn gone(obligation: &Entry<Obligation>) -> bool {
    dropped(obligation) || obligation.has(MarkKind::Succeeded)
}

/// Editing a draft changes it; editing a confirmed obligation makes a successor with the id `successor`.
pub fn edit_obligation(current: &Entry<Obligation>, changed: Obligation, successor: ObligationId) -> Result<Vec<Payload>, Refusal> {
    if gone(current) {
        return Err(Refusal::NoLongerHolds);
    }
    let changed = Obligation { id: current.facts.id.clone(), letter: current.facts.letter.clone(), ..changed };
    if !current.has(MarkKind::Confirmed) {
        return Ok(vec![Payload::ObligationEdited(changed)]);
    }
    let letter = changed.letter.clone();
    Ok(vec![
        Payload::ObligationDrafted(Obligation { id: successor.clone(), ..changed }),
        Payload::LetterConfirmed { letter, obligations: vec![successor.clone()] },
        Payload::ObligationSucceeded { obligation: current.facts.id.clone(), by: successor },
    ])
}

/// The tasks of an obligation that got a successor: those that were not begun (neither progress nor declaration, no pause,
/// no open request for more time, and not among `proved`, which have evidence) are taken back and given out anew under the successor. What was begun stays as it
/// was given.
pub fn reassign(current: &Obligation, successor: &Obligation, tasks: &[Entry<Task>], proved: &[TaskKey], now: Moment) -> Vec<Payload> {
    let begun = |t: &Entry<Task>| {
        let said = t.last(&[MarkKind::Progressed, MarkKind::Declared], now).is_some();
        said || t.held(now) || t.extension(now).is_some() || proved.contains(&t.facts.key)
    };
    let mut events = Vec::new();
    for task in tasks.iter().filter(|t| t.stands(now) && t.facts.key.obligation == current.id && !begun(t)) {
        let facts = &task.facts;
        events.push(Payload::Withdrawn { what: SubjectKind::Task, id: facts.key.to_string(), note: None });
        // A day that somebody set by hand stays; the obligation's own goes along with it.
        let own = task.due(now) == current.due.map(Due::last_day);
        let due = if own { successor.due.map(Due::last_day) } else { task.due(now) };
        let key = TaskKey { obligation: successor.id.clone(), ..facts.key.clone() };
        events.push(Payload::TaskAssigned(Task { key, due, ..facts.clone() }));
    }
    events
}

/// Splits a draft in two: the first keeps its id, the second is new. `first` and `second` carry text and span.
pub fn split_obligation(current: &Entry<Obligation>, first: Obligation, second: Obligation) -> Result<Vec<Payload>, Refusal> {
    if gone(current) || current.has(MarkKind::Confirmed) {
        return Err(Refusal::NotDraft);
    }
    let whole = &current.facts;
    let inside = whole.start <= first.start && first.start < first.end && second.end <= whole.end;
    if !(inside && first.end <= second.start && second.start < second.end) {
        return Err(Refusal::SpanOutside);
    }
    Ok(vec![Payload::ObligationEdited(first), Payload::ObligationDrafted(second)])
}

/// Joins a draft with the one that follows it in the letter: the first keeps its id, the second is taken out. `all` are the
/// obligations of the letter; `merged` carries text and span of both.
pub fn merge_obligations(
    first: &Entry<Obligation>,
    second: &Entry<Obligation>,
    all: &[Entry<Obligation>],
    merged: Obligation,
) -> Result<Vec<Payload>, Refusal> {
    if [first, second].into_iter().any(|o| gone(o) || o.has(MarkKind::Confirmed)) {
        return Err(Refusal::NotDraft);
    }
    let (a, b) = (&first.facts, &second.facts);
    let between = |o: &&Entry<Obligation>| !gone(o) && (a.start..b.start).contains(&o.facts.start) && o.facts.id != a.id;
    if a.id == b.id || a.letter != b.letter || a.start > b.start || all.iter().any(|o| between(&o)) {
        return Err(Refusal::NotNeighbours);
    }
    if (merged.start, merged.end) != (a.start, a.end.max(b.end)) {
        return Err(Refusal::SpanOutside);
    }
    let id = b.id.to_string();
    let merged = Obligation { id: a.id.clone(), letter: a.letter.clone(), ..merged };
    Ok(vec![Payload::ObligationEdited(merged), Payload::Withdrawn { what: SubjectKind::Obligation, id, note: None }])
}

/// Brings a dropped draft back, as it was.
pub fn restore_obligation(current: &Entry<Obligation>) -> Result<Vec<Payload>, Refusal> {
    if dropped(current) { Ok(vec![Payload::ObligationEdited(current.facts.clone())]) } else { Err(Refusal::AlreadyDone) }
}

/// Takes a draft out of the letter.
pub fn drop_obligation(current: &Entry<Obligation>) -> Result<Vec<Payload>, Refusal> {
    if gone(current) || current.has(MarkKind::Confirmed) {
        return Err(Refusal::NotDraft);
    }
    let id = current.facts.id.to_string();
    Ok(vec![Payload::Withdrawn { what: SubjectKind::Obligation, id, note: None }])
}

/// A person confirms every obligation of the letter that is still a draft.
pub fn confirm_letter(letter: &Entry<Letter>, obligations: &[Entry<Obligation>]) -> Result<Vec<Payload>, Refusal> {
    let standing = || obligations.iter().filter(|o| !gone(o));
    let drafts: Vec<ObligationId> = standing().filter(|o| !o.has(MarkKind::Confirmed)).map(|o| o.facts.id.clone()).collect();
    // A letter that gives nobody anything to do is confirmed too: somebody looked and found it so.
    let to_know = standing().next().is_none() && !letter.has(MarkKind::Confirmed);
    if drafts.is_empty() && !to_know {
        return Err(Refusal::NothingToConfirm);
    }
    Ok(vec![Payload::LetterConfirmed { letter: letter.facts.id.clone(), obligations: drafts }])
}
