//! Who may do what when, as commands in and events or refusals out.

mod case;
mod drill;
mod example;
mod meeting;
mod quiz;
mod time;
mod voice;

use super::*;
use crate::direction::Directed;
use crate::event::Payload;
use crate::ids::{ObligationId, TaskKey};
use crate::model::*;
use crate::moment::Moment;
use crate::period::Period;
use crate::task::TaskState;
use std::collections::BTreeSet;

fn at(minute: u8) -> Moment {
    format!("2026-06-05T01:{minute:02}:00.000Z").parse().unwrap()
}

fn by(person: &str, unit: &str, roles: &[Role]) -> Actor {
    Actor { person: person.parse().unwrap(), unit: unit.parse().unwrap(), roles: roles.to_vec(), below: roles.to_vec() }
}

fn stamp(minute: u8, person: &str) -> Stamp {
    Stamp { at: at(minute), office: "office".parse().unwrap(), seq: u64::from(minute), by: person.parse().unwrap() }
}

fn sealed() -> Sealed {
    Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO }
}

fn key() -> TaskKey {
    TaskKey { obligation: "o".parse().unwrap(), unit: "cell".parse().unwrap(), period: Period::Once }
}

fn entry<F>(facts: F, marks: &[(u8, MarkKind, &str)]) -> Entry<F> {
    let mark = |(minute, kind, person): &(u8, MarkKind, &str)| Mark { stamp: stamp(*minute, person), kind: *kind, note: None, other: None };
    Entry { facts, stamp: stamp(1, "clerk"), marks: marks.iter().map(mark).collect::<BTreeSet<_>>() }
}

fn task(marks: &[(u8, MarkKind, &str)]) -> Entry<Task> {
    entry(Task { key: key(), letter: "l".parse().unwrap(), due: None, parent: None, cooperating: Vec::new() }, marks)
}

fn obligation(marks: &[(u8, MarkKind, &str)]) -> Entry<Obligation> {
    let facts = Obligation {
        id: "o".parse().unwrap(),
        letter: "l".parse().unwrap(),
        start: 10,
        end: 30,
        text: sealed(),
        due: Some("2026-06".parse().unwrap()),
        recurs: None,
        needs: vec![Need::Meeting],
        checks: Vec::new(),
        method: Method::Read,
        confidence: 80,
        derived_from: None,
    };
    entry(facts, marks)
}

const MEETING: [Need; 1] = [Need::Meeting];

fn evidence(marks: &[(u8, MarkKind, &str)]) -> Entry<Evidence> {
    let facts = Evidence {
        id: "e".parse().unwrap(),
        unit: "cell".parse().unwrap(),
        kind: EvidenceKind::File,
        tasks: vec![key()],
        observed_at: at(1),
        expires: None,
        content: None,
        note: None,
        supersedes: None,
        proves: None,
    };
    Entry { stamp: stamp(1, "an"), ..entry(facts, marks) }
}

fn unit(id: &str) -> Unit {
    Unit {
        id: id.parse().unwrap(),
        parent: None,
        kind: UnitKind::PartyCell,
        code: None,
        name: id.to_owned(),
        valid_from: "2025-07-01".parse().unwrap(),
        valid_to: None,
    }
}

use MarkKind::{Accepted, Acknowledged, Confirmed, Declared, Progressed, Returned, Withdrawn};

#[test]
fn a_task_lives_its_life() {
    let state = |marks: &[(u8, MarkKind, &str)]| task(marks).state(at(9));
    assert_eq!(state(&[]), TaskState::Assigned);
    assert_eq!(state(&[(2, Acknowledged, "an")]), TaskState::Acknowledged);
    assert_eq!(state(&[(2, Progressed, "an"), (3, Acknowledged, "an")]), TaskState::InProgress);
    assert_eq!(state(&[(2, Declared, "an"), (3, Progressed, "an")]), TaskState::Declared, "a late word takes nothing back");
    assert_eq!(state(&[(2, Declared, "an"), (3, Returned, "mai")]), TaskState::Returned);
    assert_eq!(state(&[(2, Declared, "an"), (3, Accepted, "mai")]), TaskState::Accepted);
    assert_eq!(state(&[(2, Declared, "an"), (3, Withdrawn, "mai")]), TaskState::Withdrawn);
    assert_eq!(task(&[(2, Declared, "an")]).state(at(1)), TaskState::Assigned, "a minute before");
}

#[test]
fn the_doer_does_and_somebody_else_judges() {
    let (an, mai) = (by("an", "cell", &[Role::Officer]), by("mai", "office", &[Role::Head]));
    let clerk = by("lan", "office", &[Role::Clerk]);
    let assessor = by("binh", "other", &[Role::Assessor]);
    let open = task(&[]);
    assert!(acknowledge(&open, &an, Reach::Own, at(2)).is_ok());
    assert!(acknowledge(&open, &clerk, Reach::Below, at(2)).is_ok(), "keyed in for a unit without the program");
    assert_eq!(acknowledge(&open, &mai, Reach::Below, at(2)), Err(Refusal::NotYours));
    assert_eq!(accept(&open, &MEETING, &[], &mai, Reach::Below, at(2), None), Err(Refusal::NotDeclared));
    let declared = task(&[(2, Declared, "an")]);
    let proof = [evidence(&[])];
    assert_eq!(accept(&declared, &MEETING, &[], &mai, Reach::Below, at(3), None), Err(Refusal::NoEvidence));
    let taken_back = [evidence(&[(2, Withdrawn, "an")])];
    assert_eq!(accept(&declared, &MEETING, &taken_back, &mai, Reach::Below, at(3), None), Err(Refusal::NoEvidence));
    assert!(accept(&declared, &[Need::DeclaredOnly], &[], &mai, Reach::Below, at(3), None).is_ok(), "its word is all there is");
    assert_eq!(declare(&declared, &an, Reach::Own, at(3), None), Err(Refusal::AlreadyDone));
    assert_eq!(progress(&declared, &an, Reach::Own, at(3), sealed()), Err(Refusal::AlreadyDone));
    assert!(accept(&declared, &MEETING, &proof, &mai, Reach::Below, at(3), None).is_ok());
    assert!(accept(&declared, &MEETING, &proof, &assessor, Reach::Elsewhere, at(3), None).is_ok());
    assert_eq!(accept(&declared, &MEETING, &proof, &an, Reach::Own, at(3), None), Err(Refusal::NotIndependent));
    let accepted = task(&[(2, Declared, "an"), (3, Accepted, "mai")]);
    assert_eq!(accept(&accepted, &MEETING, &proof, &mai, Reach::Below, at(4), None), Err(Refusal::AlreadyDone), "said once");
    assert!(accept(&accepted, &MEETING, &proof, &assessor, Reach::Elsewhere, at(4), None).is_ok(), "another one's judgement");
    let late = Entry { stamp: stamp(4, "an"), ..evidence(&[]) };
    assert!(accept(&accepted, &MEETING, &[evidence(&[]), late], &mai, Reach::Below, at(5), None).is_ok(), "there is more to judge");
    let less = [evidence(&[(4, Withdrawn, "an")]), evidence(&[])];
    assert!(accept(&accepted, &MEETING, &less, &mai, Reach::Below, at(5), None).is_ok(), "there is less to judge by");
    let promoted = by("an", "office", &[Role::Head]);
    assert_eq!(accept(&declared, &MEETING, &proof, &promoted, Reach::Below, at(3), None), Err(Refusal::NotIndependent), "the same person");
    assert_eq!(return_for_more(&open, &mai, Reach::Below, at(3), sealed()), Err(Refusal::NotDeclared));
    assert_eq!(declare(&task(&[(2, Withdrawn, "mai")]), &an, Reach::Own, at(3), None), Err(Refusal::Withdrawn));
    assert_eq!(withdraw_task(&open, &an, Reach::Own, at(3), None), Err(Refusal::NotYours));
    assert!(withdraw_task(&open, &mai, Reach::Below, at(3), None).is_ok());
}

fn given<'a>(obligation: &'a Entry<Obligation>, units: &'a [Unit], existing: &'a [Entry<Task>]) -> Assignment<'a> {
    Assignment { obligation, units, existing, period: Period::Once, due: None, letter_date: None, parent: None, cooperating: &[] }
}

#[test]
fn only_what_was_confirmed_is_assigned_and_only_once() {
    let units = [unit("a"), unit("b")];
    let assign_to = |o: &Entry<Obligation>, existing: &[Entry<Task>]| assign(given(o, &units, existing), at(5));
    assert_eq!(assign_to(&obligation(&[]), &[]), Err(Refusal::NotConfirmed));
    let confirmed = obligation(&[(2, Confirmed, "clerk")]);
    let events = assign_to(&confirmed, &[]).unwrap();
    let [Payload::TaskAssigned(first), _] = &events[..] else { panic!("{events:?}") };
    assert_eq!(first.due.map(|d| d.to_string()).as_deref(), Some("2026-06-30"), "a month is due on its last day");
    let existing: Vec<Entry<Task>> = events
        .iter()
        .filter_map(|e| match e {
            Payload::TaskAssigned(t) => Some(entry(t.clone(), &[])),
            _ => None,
        })
        .collect();
    assert_eq!(assign_to(&confirmed, &existing[..1]).unwrap().len(), 1, "who has it already is passed over");
    assert_eq!(assign_to(&confirmed, &existing), Err(Refusal::AlreadyAssigned));
    let closed = [Unit { valid_to: Some("2026-06-01".parse().unwrap()), ..unit("c") }];
    let refused = assign(given(&confirmed, &closed, &[]), at(5));
    assert_eq!(refused, Err(Refusal::UnitClosed { unit: "c".parse().unwrap() }));
    assert_eq!(assign(given(&confirmed, &[], &[]), at(5)), Err(Refusal::NoUnit));
    let on = |due: &str, letter: &str| {
        let (due, letter_date) = (due.parse().ok(), letter.parse().ok());
        assign(Assignment { due, letter_date, ..given(&confirmed, &units[..1], &[]) }, at(5))
    };
    assert!(on("2026-06-30", "2026-06-05").is_ok() && on("2026-06-05", "2026-06-05").is_ok(), "never later than the letter says");
    assert_eq!(on("2026-07-01", ""), Err(Refusal::DuePastLetter));
    assert_eq!(on("2026-06-04", "2026-06-05"), Err(Refusal::DueBeforeLetter));
    let mut monthly = confirmed.clone();
    monthly.facts.recurs = Some(crate::period::Recurrence::Monthly);
    let later = Assignment { due: "2026-07-31".parse().ok(), ..given(&monthly, &units[..1], &[]) };
    assert!(assign(later, at(5)).is_ok(), "another period has another day");
    let helpers: Vec<UnitId> = ["b", "a", "b"].map(|id| id.parse().unwrap()).to_vec();
    let helped = assign(Assignment { cooperating: &helpers, ..given(&confirmed, &units[..1], &[]) }, at(5)).unwrap();
    let [Payload::TaskAssigned(first)] = &helped[..] else { panic!("{helped:?}") };
    assert_eq!(first.cooperating, ["b".parse().unwrap()], "each once, and never the unit that leads");
}

#[test]
fn a_draft_changes_and_what_was_confirmed_gets_a_successor() {
    let next: ObligationId = "o2".parse().unwrap();
    let (draft, confirmed) = (obligation(&[]), obligation(&[(2, Confirmed, "clerk")]));
    let kinds = |events: Vec<Payload>| events.iter().map(Payload::kind).collect::<Vec<_>>();
    assert_eq!(kinds(edit_obligation(&draft, draft.facts.clone(), next.clone()).unwrap()), ["obligation_edited/1"]);
    assert_eq!(
        kinds(edit_obligation(&confirmed, confirmed.facts.clone(), next.clone()).unwrap()),
        ["obligation_drafted/1", "letter_confirmed/1", "obligation_succeeded/1"]
    );
    let dropped = obligation(&[(3, Withdrawn, "clerk")]);
    assert_eq!(edit_obligation(&dropped, dropped.facts.clone(), next), Err(Refusal::NoLongerHolds));
    assert_eq!(drop_obligation(&confirmed), Err(Refusal::NotDraft));
    let half = |start, end| Obligation { start, end, ..draft.facts.clone() };
    assert!(split_obligation(&draft, half(10, 18), half(19, 30)).is_ok());
    assert_eq!(split_obligation(&draft, half(10, 20), half(19, 30)), Err(Refusal::SpanOutside), "halves do not overlap");
    assert_eq!(draft_obligation(half(10, 31), 30), Err(Refusal::SpanOutside));
    let fresh = entry(letter("l", Direction::In, None), &[]);
    assert_eq!(confirm_letter(&fresh, &[confirmed, dropped.clone()]), Err(Refusal::NothingToConfirm));
    assert_eq!(kinds(confirm_letter(&fresh, std::slice::from_ref(&dropped)).unwrap()), ["letter_confirmed/1"], "it is only to be known");
    let known = entry(letter("l", Direction::In, None), &[(2, Confirmed, "clerk")]);
    assert_eq!(confirm_letter(&known, &[dropped]), Err(Refusal::NothingToConfirm));
}

#[test]
fn neighbours_merge_and_a_dropped_draft_comes_back() {
    let draft = |id: &str, start, end, marks: &[(u8, MarkKind, &str)]| {
        let entry = obligation(marks);
        Entry { facts: Obligation { id: id.parse().unwrap(), start, end, ..entry.facts.clone() }, ..entry }
    };
    let (a, b, c) = (draft("a", 10, 20, &[]), draft("b", 21, 30, &[]), draft("c", 31, 40, &[]));
    let all = [a.clone(), b.clone(), c.clone()];
    let over = |start, end| Obligation { start, end, ..a.facts.clone() };
    let merged = merge_obligations(&a, &b, &all, over(10, 30)).unwrap();
    let [Payload::ObligationEdited(kept), Payload::Withdrawn { id, .. }] = &merged[..] else { panic!("{merged:?}") };
    assert_eq!((kept.id.as_str(), kept.start, kept.end, id.as_str()), ("a", 10, 30, "b"));
    assert_eq!(merge_obligations(&a, &c, &all, over(10, 40)), Err(Refusal::NotNeighbours));
    assert_eq!(merge_obligations(&b, &a, &all, over(10, 30)), Err(Refusal::NotNeighbours), "in the order of the letter");
    assert_eq!(merge_obligations(&a, &a, &all, over(10, 20)), Err(Refusal::NotNeighbours));
    assert_eq!(merge_obligations(&a, &b, &all, over(10, 40)), Err(Refusal::SpanOutside));
    let confirmed = draft("b", 21, 30, &[(2, Confirmed, "clerk")]);
    assert_eq!(merge_obligations(&a, &confirmed, &all, over(10, 30)), Err(Refusal::NotDraft));

    let gone = draft("b", 21, 30, &[(3, Withdrawn, "clerk")]);
    assert!(merge_obligations(&a, &c, &[a.clone(), gone.clone(), c.clone()], over(10, 40)).is_ok(), "what was dropped is in nobody's way");
    assert_eq!(merge_obligations(&a, &gone, &all, over(10, 30)), Err(Refusal::NotDraft));
    assert_eq!(restore_obligation(&gone), Ok(vec![Payload::ObligationEdited(gone.facts.clone())]));
    assert_eq!(restore_obligation(&b), Err(Refusal::AlreadyDone));
    let back = Entry { stamp: stamp(4, "clerk"), ..gone };
    assert!(!dropped(&back) && drop_obligation(&back).is_ok(), "stated anew it holds, and may be dropped again");
}

fn letter(id: &str, direction: Direction, code: Option<&str>) -> Letter {
    let (id, office, file) = (id.parse().unwrap(), "office".parse().unwrap(), sealed());
    let (code, letter_type, date) = (code.map(str::to_owned), None, code.map(|_| "2026-06-05".parse().unwrap()));
    let (secrecy, urgency, meta, text, implements, received_at) = (None, None, None, None, None, None);
    Letter {
        id,
        office,
        direction,
        code,
        letter_type,
        date,
        secrecy,
        urgency,
        file,
        meta,
        text,
        implements,
        received_at,
        asked: Vec::new(),
    }
}

#[test]
fn the_front_reads_a_draft_only_while_it_is_asked() {
    let (office, front): (UnitId, UnitId) = ("office".parse().unwrap(), "front".parse().unwrap());
    let lan = by("lan", "office", &[Role::Clerk]);
    let (today, until): (jiff::civil::Date, jiff::civil::Date) = ("2026-06-05".parse().unwrap(), "2026-06-10".parse().unwrap());
    let draft = letter("l", Direction::Draft, None);
    let unit = |kind| Unit { id: front.clone(), kind, ..unit("front") };
    let ask = |letter: &Letter, kind, by: &Actor, until| ask_opinion(letter, &[&unit(kind)], until, (by, &office), today);
    let asked = ask(&draft, UnitKind::Front, &lan, until).unwrap();
    let [Payload::LetterEdited(asked)] = asked.as_slice() else { panic!("{asked:?}") };
    let reads = |letter: &Letter, day: &str| asked_until(letter, &front, day.parse().unwrap());
    assert_eq!((reads(asked, "2026-06-10"), reads(asked, "2026-06-11")), (Some(until), None), "to its last day");
    assert_eq!(asked_until(asked, &office, today), None);
    let signed = Letter { direction: Direction::Out, ..asked.clone() };
    assert_eq!(reads(&signed, "2026-06-06"), None, "it is a draft no longer");
    let stopped = ask_opinion(asked, &[], today, (&lan, &office), today).unwrap();
    let [Payload::LetterEdited(stopped)] = stopped.as_slice() else { panic!("{stopped:?}") };
    assert_eq!(reads(stopped, "2026-06-06"), None, "nobody is asked any more");
    assert_eq!(ask(&draft, UnitKind::PartyCell, &lan, until), Err(Refusal::NotFront));
    assert_eq!(ask(&draft, UnitKind::Front, &lan, "2026-06-04".parse().unwrap()), Err(Refusal::EndDatePast));
    assert_eq!(ask(&signed, UnitKind::Front, &lan, until), Err(Refusal::NotADraft));
    assert!(ask(&draft, UnitKind::Front, &by("hoa", "cell", &[Role::Head]), until).is_err());
}

#[test]
fn a_draft_is_numbered_once_and_replaced_by_its_signed_copy() {
    let office: UnitId = "office".parse().unwrap();
    let lan = by("lan", "office", &[Role::Clerk]);
    let draft = letter("l", Direction::Draft, None);
    assert!(draft_letter(draft.clone(), &lan, &office).is_ok());
    assert_eq!(draft_letter(draft.clone(), &by("an", "cell", &[Role::Head]), &office), Err(Refusal::RoleMissing { role: Role::Clerk }));
    let others = [entry(letter("m", Direction::Out, Some("12-CV/ĐU")), &[]), entry(letter("n", Direction::In, Some("13-CV/ĐU")), &[])];
    let number = |code: &str| edit_draft(&draft, letter("l", Direction::Draft, Some(code)), &others, &lan, &office);
    assert_eq!(number("12-cv/đu"), Err(Refusal::NumberTaken));
    assert!(number("13-CV/ĐU").is_ok(), "the number of somebody else's letter");
    let signed = |secrecy| Letter { secrecy, ..letter("x", Direction::In, Some("14-CV/ĐU")) };
    let events = sign_letter(&draft, signed(None), Network::Internet, &lan, &office).unwrap();
    let [Payload::LetterEdited(out)] = &events[..] else { panic!("{events:?}") };
    assert_eq!((out.id.as_str(), out.direction), ("l", Direction::Out));
    let secret = sign_letter(&draft, signed(Some(Secrecy::Mat)), Network::Internet, &lan, &office);
    assert_eq!(secret, Err(Refusal::SecretLetter { secrecy: Secrecy::Mat }));
    assert_eq!(edit_draft(out, draft.clone(), &[], &lan, &office), Err(Refusal::NotADraft));
}

#[test]
fn the_head_directs_what_came_in_and_the_clerk_may_enter_it() {
    let letter = |direction| entry(letter("l", direction, None), &[]);
    let what = |lead: &str, cooperating: &[&str]| Directed {
        letter: "l".parse().unwrap(),
        lead: lead.parse().unwrap(),
        cooperating: cooperating.iter().map(|id| id.parse().unwrap()).collect(),
        due: None,
        note: None,
    };
    let units = [unit("a"), unit("b")];
    let incoming = letter(Direction::In);
    let office: UnitId = "office".parse().unwrap();
    let directs = |by: &Actor, what| direct(&incoming, what, &units, by, &office, at(5));
    let (mai, lan) = (by("mai", "office", &[Role::Head]), by("lan", "office", &[Role::Clerk]));
    let events = directs(&mai, what("a", &["b", "a", "b"])).unwrap();
    let [Payload::LetterDirected(given)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(given.cooperating, ["b".parse().unwrap()]);
    assert!(directs(&lan, what("a", &[])).is_ok());
    assert_eq!(directs(&by("an", "a", &[Role::Head]), what("a", &[])), Err(Refusal::RoleMissing { role: Role::Clerk }));
    assert_eq!(directs(&mai, what("elsewhere", &[])), Err(Refusal::NoUnit));
    assert_eq!(direct(&letter(Direction::Out), what("a", &[]), &units, &mai, &office, at(5)), Err(Refusal::NotIncoming));
}

#[test]
fn tasks_follow_their_obligation_unless_they_were_begun() {
    let old = obligation(&[(2, Confirmed, "clerk")]).facts;
    let new = Obligation { id: "o2".parse().unwrap(), due: Some("2026-07".parse().unwrap()), ..old.clone() };
    let of = |unit: &str, due: &str, marks: &[(u8, MarkKind, &str)]| {
        let facts = Task { key: TaskKey { unit: unit.parse().unwrap(), ..key() }, due: Some(due.parse().unwrap()), ..task(&[]).facts };
        entry(facts, marks)
    };
    let own = of("a", "2026-06-30", &[]);
    let by_hand = of("b", "2026-06-15", &[(2, Acknowledged, "an")]);
    let begun = of("c", "2026-06-30", &[(2, Progressed, "an")]);
    let proved = of("d", "2026-06-30", &[]);
    let tasks = [own, by_hand, begun, proved.clone()];
    let words = |event: &Payload| match event {
        Payload::Withdrawn { id, .. } => format!("- {id}"),
        Payload::TaskAssigned(task) => format!("+ {} {}", task.key, task.due.unwrap()),
        other => panic!("{other:?}"),
    };
    let events = reassign(&old, &new, &tasks, &[proved.facts.key], at(5));
    let lines: Vec<String> = events.iter().map(words).collect();
    assert_eq!(lines, ["- o.a.once", "+ o2.a.once 2026-07-31", "- o.b.once", "+ o2.b.once 2026-06-15"]);
}

#[test]
fn the_register_is_the_clerks_and_who_learns_only_learns() {
    let office: UnitId = "office".parse().unwrap();
    let refused: &Result<(), Refusal> = &Err(Refusal::RoleMissing { role: Role::Clerk });
    assert_eq!(may_register(&by("lan", "office", &[Role::Clerk]), &office), Ok(()));
    assert_eq!(may_register(&by("lan", "room", &[Role::Clerk]), &office), *refused, "a unit's clerk keeps no register of the office");
    assert_eq!(may_register(&by("mai", "office", &[Role::Head]), &office), Ok(()));
    assert_eq!(may_register(&by("an", "cell", &[Role::Head]), &office), *refused);
    assert_eq!(may_register(&by("an", "cell", &[Role::Learner]), &office), *refused);
    let learner = by("an", "cell", &[Role::Learner]);
    assert_eq!(declare(&task(&[]), &learner, Reach::Own, at(2), None), Err(Refusal::RoleMissing { role: Role::Officer }));
}

#[test]
fn the_head_approves_only_what_the_own_unit_reports() {
    let facts = Return {
        id: "r".parse().unwrap(),
        template: "directive_report".to_owned(),
        unit: "office".parse().unwrap(),
        period: Period::Once,
        revision: 1,
        as_of: "2026-06-05".parse().unwrap(),
        letter: None,
        figures: Vec::new(),
        children: Vec::new(),
        absent: Vec::new(),
        narrative: None,
        counted_at: None,
    };
    let shown = crate::chain::return_digest(&facts).unwrap();
    let draft = entry(facts, &[]);
    assert!(approve_return(&draft, &by("mai", "office", &[Role::Head]), &shown).is_ok());
    assert_eq!(approve_return(&draft, &by("an", "cell", &[Role::Head]), &shown), Err(Refusal::NotYours));
    let lan = by("lan", "office", &[Role::Clerk]);
    let [Payload::ReturnDrafted(written)] = &write_return(&draft, &lan, Reach::Own, Some(sealed())).unwrap()[..] else { panic!() };
    assert_ne!(crate::chain::return_digest(written).unwrap(), shown, "an approval of what stood there before lapses");
    assert_eq!((&written.id, written.counted_at), (&draft.facts.id, Some(at(1))), "the figures are as old as they were");
    assert_eq!(may_report(&by("an", "cell", &[Role::Head]), Reach::Elsewhere), Err(Refusal::NotYours));
}

#[test]
fn exceptions_need_the_head_and_an_end() {
    let exception = |until: &str| Exception {
        id: "x".parse().unwrap(),
        asset: "pc".parse().unwrap(),
        check: "lx.fw".to_owned(),
        until: until.parse().unwrap(),
        reason: sealed(),
    };
    let (head, clerk) = (by("mai", "office", &[Role::Head]), by("lan", "office", &[Role::Clerk]));
    assert!(grant_exception(exception("2026-06-05"), &head, at(1)).is_ok());
    assert_eq!(grant_exception(exception("2026-06-04"), &head, at(1)), Err(Refusal::EndDatePast));
    assert_eq!(grant_exception(exception("2026-12-31"), &clerk, at(1)), Err(Refusal::RoleMissing { role: Role::Head }));
}

#[test]
fn work_is_passed_on_to_others_and_never_gets_more_time() {
    let task = Entry { facts: Task { due: Some("2026-06-20".parse().unwrap()), ..task(&[]).facts }, ..task(&[]) };
    let source = obligation(&[(2, Confirmed, "clerk")]).facts;
    let an = by("an", "cell", &[Role::Officer]);
    let pass_on = |units: &[Unit], due: Option<&str>| {
        let due = due.map(|d| d.parse().unwrap());
        let mut child = super::tests::task(&[]);
        (child.facts.key.unit, child.facts.parent) = ("team".parse().unwrap(), Some(key()));
        let children = [child];
        let what = Delegation { task: &task, source: &source, units, children: &children, due };
        delegate(what, &"d".parse().unwrap(), &an, Reach::Own, at(3))
    };
    assert_eq!(pass_on(&[unit("cell")], None), Err(Refusal::NotYours));
    assert_eq!(pass_on(&[], None), Err(Refusal::NoUnit));
    assert_eq!(pass_on(&[unit("team")], None), Err(Refusal::AlreadyAssigned), "it serves this task already");
    assert_eq!(pass_on(&[unit("team"), unit("group")], None).unwrap().len(), 3, "only the new one gets it");
    let due = |events: Vec<Payload>| match events.last() {
        Some(Payload::TaskAssigned(t)) => (t.due.map(|d| d.to_string()), t.parent.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(pass_on(&[unit("group")], Some("2026-07-31")), Err(Refusal::PastParent), "nobody gets more time than was given");
    assert_eq!(due(pass_on(&[unit("group")], None).unwrap()), (Some("2026-06-20".to_owned()), Some(key())));
    assert_eq!(due(pass_on(&[unit("group")], Some("2026-06-10")).unwrap()).0.as_deref(), Some("2026-06-10"));
}

#[test]
fn every_code_is_listed() {
    let source = include_str!("../decide.rs");
    for code in Refusal::CODES {
        assert!(source.contains(&format!("=> \"{code}\",")), "{code}");
    }
    assert_eq!(source.matches("=> \"").count(), Refusal::CODES.len());
}

#[test]
fn who_stands_where() {
    let unit = |id: &str| -> UnitId { id.parse().unwrap() };
    let parents: BTreeMap<UnitId, UnitId> = [(unit("cell"), unit("board")), (unit("board"), unit("office"))].into_iter().collect();
    let by = by("p", "office", &[]);
    assert_eq!(reach(&by, &unit("office"), &parents), Reach::Own);
    assert_eq!(reach(&by, &unit("cell"), &parents), Reach::Below);
    assert_eq!(reach(&by, &unit("other"), &parents), Reach::Elsewhere);
    assert_eq!(may_do(&by, Reach::Below), Err(Refusal::NotYours));
    assert_eq!(may_judge(&by, Reach::Own), Err(Refusal::NotIndependent));
}

#[test]
fn who_judges_others_does_none_of_their_work() {
    let missing = Err(Refusal::RoleMissing { role: Role::Officer });
    for role in [Role::Assessor, Role::Learner, Role::Speaker] {
        let by = by("p", "office", &[role]);
        assert_eq!(may_do(&by, Reach::Own), missing, "{role:?}");
        assert_eq!(other::may_report(&by, Reach::Own), missing, "{role:?}");
        assert_eq!(other::may_report(&by, Reach::Below), missing, "{role:?} for the units below");
    }
    let assessor = by("p", "office", &[Role::Assessor]);
    assert!(may_judge(&assessor, Reach::Elsewhere).is_ok());
    assert!(may_judge(&assessor, Reach::Below).is_ok());
    let clerk = by("p", "office", &[Role::Clerk, Role::Assessor]);
    assert!(may_do(&clerk, Reach::Own).is_ok(), "another role of the same person");
}
