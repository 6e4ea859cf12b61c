//! Decisions about the register itself: correct what was read of a letter, take a letter out, put it back.

use super::{Refusal, may_register};
use crate::event::Payload;
use crate::ids::UnitId;
use crate::model::*;
use jiff::civil::Date;

impl Entry<Letter> {
    /// The mark by which the letter was taken out of the register, as long as it was not put back.
    pub fn removed(&self) -> Option<&Mark> {
        let last = self.marks.iter().rev().find(|m| matches!(m.kind, MarkKind::Withdrawn | MarkKind::Resumed));
        last.filter(|m| m.kind == MarkKind::Withdrawn)
    }

    /// When it was taken in, whatever was corrected later.
    pub fn received_at(&self) -> crate::moment::Moment {
        self.facts.received_at.unwrap_or(self.stamp.at)
    }
}

/// Nothing more is said of a letter that was taken out of the register, before it is put back.
pub fn in_register(letter: &Entry<Letter>) -> Result<(), Refusal> {
    if letter.removed().is_some() { Err(Refusal::LetterRemoved) } else { Ok(()) }
}

/// True when another letter of the office has the number of `changed` in its year. `others` are the letters of all.
pub(super) fn number_taken(changed: &Letter, others: &[Entry<Letter>], office: &UnitId) -> bool {
    let year = |letter: &Letter| letter.date.map(Date::year);
    let code = |letter: &Letter| letter.code.as_deref().map(str::to_lowercase);
    let own = |l: &&Entry<Letter>| {
        l.removed().is_none() && l.facts.direction != Direction::In && &l.facts.office == office && l.facts.id != changed.id
    };
    let taken = |l: &Letter| code(l).is_some() && code(l) == code(changed) && year(l) == year(changed);
    others.iter().filter(own).any(|l| taken(&l.facts))
}

/// A person corrects what was read of a letter that came in or went out: number, type, day, and the words in `meta`. It stays the
/// letter that it is, taken in when it was.
pub fn correct_letter(
    current: &Entry<Letter>,
    changed: Letter,
    others: &[Entry<Letter>],
    by: &Actor,
    office: &UnitId,
) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    in_register(current)?;
    let known = &current.facts;
    if known.direction == Direction::Draft {
        return Err(Refusal::StillDraft);
    }
    let Letter { code, letter_type, date, meta, .. } = changed;
    // Of a letter marked Tuyệt mật no abstract is ever kept.
    let meta = meta.filter(|_| known.secrecy != Some(Secrecy::TuyetMat));
    let changed = Letter { code, letter_type, date, meta, received_at: Some(current.received_at()), ..known.clone() };
    // What says nothing new is no event.
    if changed == (Letter { received_at: changed.received_at, ..known.clone() }) {
        return Ok(Vec::new());
    }
    // A twin may be corrected in all the rest; its number was no other's choice.
    let year = |letter: &Letter| letter.date.map(Date::year);
    let renumbered = changed.code != known.code || year(&changed) != year(known);
    if known.direction == Direction::Out && renumbered && number_taken(&changed, others, office) {
        return Err(Refusal::NumberTaken);
    }
    Ok(vec![Payload::LetterEdited(changed)])
}

/// Takes a letter out of the register. `n_tasks`: tasks of it that stand; they are taken back first.
pub fn withdraw_letter(
    letter: &Entry<Letter>,
    reason: Sealed,
    n_tasks: usize,
    by: &Actor,
    office: &UnitId,
) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    match n_tasks {
        _ if letter.removed().is_some() => Err(Refusal::AlreadyDone),
        0 => Ok(vec![Payload::LetterWithdrawn { letter: letter.facts.id.clone(), reason }]),
        _ => Err(Refusal::LetterHasTasks),
    }
}

/// Puts a letter back into the register, as it was: also beside a twin of the same number, which its page then names.
pub fn restore_letter(letter: &Entry<Letter>, by: &Actor, office: &UnitId) -> Result<Vec<Payload>, Refusal> {
    may_register(by, office)?;
    if letter.removed().is_none() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Payload::LetterRestored { letter: letter.facts.id.clone() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(direction: Direction, code: &str, marks: &[(u8, MarkKind)]) -> Entry<Letter> {
        let json = r#"{"id":"l","office":"office","direction":"in","code":null,"letter_type":null,"date":"2026-06-05","secrecy":null,
            "urgency":null,"file":{"id":"f","digest":"0000000000000000000000000000000000000000000000000000000000000000"},
            "meta":null,"text":null,"implements":null}"#;
        let facts = Letter { direction, code: Some(code.to_owned()), ..serde_json::from_str(json).unwrap() };
        let stamp = |minute: u8| Stamp {
            at: format!("2026-06-05T01:{minute:02}:00.000Z").parse().unwrap(),
            office: "office".parse().unwrap(),
            seq: u64::from(minute),
            by: "lan".parse().unwrap(),
        };
        let mark = |(minute, kind): &(u8, MarkKind)| Mark { stamp: stamp(*minute), kind: *kind, note: None, other: None };
        Entry { facts, stamp: stamp(1), marks: marks.iter().map(mark).collect() }
    }

    fn clerk() -> (Actor, UnitId) {
        let office: UnitId = "office".parse().unwrap();
        (Actor { person: "lan".parse().unwrap(), unit: office.clone(), roles: vec![Role::Clerk], below: Vec::new() }, office)
    }

    fn reason() -> Sealed {
        Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO }
    }

    #[test]
    fn a_letter_is_corrected_and_stays_the_one_that_was_taken_in() {
        let (lan, office) = clerk();
        let letter = entry(Direction::In, "12-CV/ĐU", &[]);
        let other = Letter { direction: Direction::Out, code: Some("13-CV/ĐU".to_owned()), date: None, ..letter.facts.clone() };
        let events = correct_letter(&letter, other.clone(), &[], &lan, &office).unwrap();
        let [Payload::LetterEdited(now)] = &events[..] else { panic!("{events:?}") };
        let expected = Letter { direction: Direction::In, received_at: Some(letter.stamp.at), ..other.clone() };
        assert_eq!(now, &expected, "its way is not corrected, and its day of receipt stays");
        let later = Entry {
            facts: now.clone(),
            stamp: Stamp { seq: 9, at: "2026-07-01T01:00:00.000Z".parse().unwrap(), ..letter.stamp.clone() },
            ..letter.clone()
        };
        assert_eq!(later.received_at(), letter.stamp.at);
        assert_eq!(correct_letter(&letter, letter.facts.clone(), &[], &lan, &office), Ok(Vec::new()), "nothing new is no event");
        let secret = Entry { facts: Letter { secrecy: Some(Secrecy::TuyetMat), ..letter.facts.clone() }, ..letter.clone() };
        let told = Letter { meta: Some(reason()), ..other.clone() };
        let events = correct_letter(&secret, told, &[], &lan, &office).unwrap();
        assert!(matches!(&events[..], [Payload::LetterEdited(Letter { meta: None, .. })]), "{events:?}");
        let draft = entry(Direction::Draft, "12-CV/ĐU", &[]);
        assert_eq!(correct_letter(&draft, other.clone(), &[], &lan, &office), Err(Refusal::StillDraft));
        let an = Actor { unit: "cell".parse().unwrap(), ..lan };
        assert_eq!(correct_letter(&letter, other, &[], &an, &office), Err(Refusal::RoleMissing { role: Role::Clerk }));
    }

    #[test]
    fn an_outgoing_letter_is_not_corrected_to_the_number_of_another() {
        let (lan, office) = clerk();
        let mut taken = entry(Direction::Out, "13-CV/ĐU", &[]);
        taken.facts.id = "m".parse().unwrap();
        let letter = entry(Direction::Out, "12-CV/ĐU", &[]);
        let changed = Letter { code: Some("13-cv/đu".to_owned()), ..letter.facts.clone() };
        assert_eq!(correct_letter(&letter, changed.clone(), &[taken.clone()], &lan, &office), Err(Refusal::NumberTaken));
        let twin = entry(Direction::Out, "13-CV/ĐU", &[]);
        let rest = Letter { letter_type: Some("CV".to_owned()), ..twin.facts.clone() };
        assert!(correct_letter(&twin, rest, &[taken.clone()], &lan, &office).is_ok(), "the rest of a twin can be put right");
        let other_year = Letter { date: Some("2025-06-05".parse().unwrap()), ..changed.clone() };
        assert!(correct_letter(&letter, other_year, &[taken.clone()], &lan, &office).is_ok(), "numbers begin anew each year");
        taken.marks = entry(Direction::Out, "", &[(2, MarkKind::Withdrawn)]).marks;
        assert!(correct_letter(&letter, changed, &[taken], &lan, &office).is_ok(), "a letter out of the register holds no number");
    }

    #[test]
    fn a_letter_goes_out_of_the_register_without_tasks_and_comes_back() {
        let (lan, office) = clerk();
        let letter = entry(Direction::In, "12-CV/ĐU", &[]);
        assert_eq!(withdraw_letter(&letter, reason(), 1, &lan, &office), Err(Refusal::LetterHasTasks));
        assert!(withdraw_letter(&letter, reason(), 0, &lan, &office).is_ok());
        assert_eq!(restore_letter(&letter, &lan, &office), Err(Refusal::AlreadyDone));
        let out = entry(Direction::In, "12-CV/ĐU", &[(2, MarkKind::Withdrawn)]);
        assert_eq!(withdraw_letter(&out, reason(), 0, &lan, &office), Err(Refusal::AlreadyDone));
        assert_eq!(correct_letter(&out, out.facts.clone(), &[], &lan, &office), Err(Refusal::LetterRemoved));
        assert!(restore_letter(&out, &lan, &office).is_ok());
        let back = entry(Direction::In, "12-CV/ĐU", &[(2, MarkKind::Withdrawn), (3, MarkKind::Resumed)]);
        assert!(back.removed().is_none() && in_register(&back).is_ok());
    }
}
