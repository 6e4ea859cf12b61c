//! Good examples: nominated by a unit, accepted by the level above, given back, shared, withdrawn.

use super::*;
use crate::ids::ContentId;

fn words(id: &str) -> Sealed {
    Sealed { id: id.parse().unwrap(), digest: Digest::ZERO }
}

fn named(naming: Naming) -> Case {
    let nomination = Some(Box::new(Nomination { letter: None, topic: None, naming }));
    let case = Case::new("g".parse().unwrap(), CaseKind::GoodExample, "cell".parse().unwrap(), words("said"));
    Case { nomination, to: Some("office".parse().unwrap()), ..case }
}

/// Nominated by An in the first minute.
fn example(marks: &[(u8, MarkKind, &str)]) -> Entry<Case> {
    Entry { stamp: stamp(1, "an"), ..entry(named(Naming::Unit), marks) }
}

/// The same with an agreement, accepted by Mai.
fn shared(naming: Naming) -> Entry<Case> {
    Entry { facts: named(naming), ..example(&[(2, Accepted, "mai")]) }
}

fn read() -> ContentId {
    "said".parse().unwrap()
}

fn codes(events: &[Payload]) -> Vec<&'static str> {
    events.iter().map(Payload::kind).collect()
}

#[test]
fn who_works_in_a_unit_nominates_what_it_did_and_the_clerk_may_enter_it() {
    let (an, hoc) = (by("an", "cell", &[Role::Officer]), by("hoc", "cell", &[Role::Learner]));
    let (clerk, other) = (by("lan", "office", &[Role::Clerk]), by("ha", "hamlet", &[Role::Head]));
    assert_eq!(codes(&nominate(named(Naming::Unit), &an, Reach::Own).unwrap()), ["case_opened/1"]);
    assert!(nominate(named(Naming::Unit), &clerk, Reach::Below).is_ok());
    assert_eq!(nominate(named(Naming::Unit), &hoc, Reach::Own), Err(Refusal::RoleMissing { role: Role::Officer }));
    assert_eq!(nominate(named(Naming::Unit), &other, Reach::Elsewhere), Err(Refusal::NotYours));
    let bare = Case { nomination: None, ..named(Naming::Unit) };
    assert_eq!(nominate(bare.clone(), &an, Reach::Own), Err(Refusal::WrongKind), "whom it names was not said");
    assert_eq!(open_case(bare, &an, Reach::Own), Err(Refusal::WrongKind), "no difficulty either");
}

#[test]
fn the_level_above_or_an_assessor_of_another_unit_accepts_and_never_who_wrote_it() {
    let accept = |who: &Actor, reach: Reach| accept_example(&example(&[]), who, reach, &read(), None);
    let (an, head_of_cell) = (by("an", "cell", &[Role::Officer]), by("binh", "cell", &[Role::Head]));
    let (head, assessor) = (by("mai", "office", &[Role::Head]), by("tu", "board", &[Role::Assessor]));
    assert_eq!(codes(&accept(&head, Reach::Below).unwrap()), ["case_accepted/1"]);
    assert!(accept(&assessor, Reach::Elsewhere).is_ok());
    for (who, reach, why) in [
        (&an, Reach::Own, "who wrote it"),
        (&head_of_cell, Reach::Own, "the head of the same unit"),
        (&by("ha", "hamlet", &[Role::Head]), Reach::Elsewhere, "a unit beside it"),
        (&by("tu", "cell", &[Role::Assessor]), Reach::Own, "an assessor of the same unit"),
        (&by("an", "office", &[Role::Clerk]), Reach::Below, "who entered it, acting for the level above"),
        (&by("hoc", "office", &[Role::Learner]), Reach::Below, "who only learns"),
    ] {
        assert_eq!(accept(who, reach), Err(Refusal::NotIndependent), "{why}");
        assert_eq!(return_example(&example(&[]), who, reach, sealed()), Err(Refusal::NotIndependent), "{why}");
    }
    let reworded = accept_example(&example(&[]), &head, Reach::Below, &"older".parse().unwrap(), None);
    assert_eq!(reworded, Err(Refusal::ExampleChanged), "words that nobody read are not accepted");
}

#[test]
fn every_step_is_taken_once_and_in_order() {
    let (an, head) = (by("an", "cell", &[Role::Officer]), by("mai", "office", &[Role::Head]));
    let accept = |case: &Entry<Case>| accept_example(case, &head, Reach::Below, &read(), None);
    let again = |case: &Entry<Case>| nominate_again(case, named(Naming::Unit), &an, Reach::Own).map(|events| codes(&events));
    let accepted = example(&[(2, Accepted, "mai")]);
    let returned = example(&[(2, Returned, "mai")]);
    let withdrawn = example(&[(2, Accepted, "mai"), (3, Withdrawn, "mai")]);
    assert_eq!(accept(&accepted), Err(Refusal::ExampleStep), "accepted already");
    assert_eq!(accept(&returned), Err(Refusal::ExampleStep), "it lies with its unit");
    assert_eq!(accept(&withdrawn), Err(Refusal::ExampleStep));
    assert_eq!(return_example(&accepted, &head, Reach::Below, sealed()), Err(Refusal::ExampleStep), "shared is withdrawn, not given back");
    assert_eq!(again(&accepted), Err(Refusal::ExampleStep), "what was accepted keeps its words");
    for open in [example(&[]), returned.clone(), withdrawn] {
        assert_eq!(again(&open), Ok(vec!["case_opened/1"]));
    }
    let bettered = Entry { stamp: stamp(3, "an"), ..returned };
    assert_eq!(example_state(&bettered, at(2)), Some(ExampleState::Returned));
    assert_eq!(example_state(&bettered, at(3)), Some(ExampleState::Nominated));
    assert!(accept(&bettered).is_ok());
    let moved = Case { unit: "hamlet".parse().unwrap(), ..named(Naming::Unit) };
    assert_eq!(nominate_again(&bettered, moved, &an, Reach::Own), Err(Refusal::NotTheSame), "it stays its unit's");
}

#[test]
fn a_good_example_is_no_question_and_a_question_no_example() {
    let (head, within) = (by("mai", "office", &[Role::Head]), Lies::Within(Reach::Own));
    assert_eq!(answer_case(&example(&[]), &[], &head, within, &sealed()), Err(Refusal::WrongKind));
    assert_eq!(close_case(&example(&[]), &head, within, Reach::Below, None), Err(Refusal::WrongKind));
    let difficulty = entry(Case::new("d".parse().unwrap(), CaseKind::Difficulty, "cell".parse().unwrap(), sealed()), &[]);
    assert_eq!(accept_example(&difficulty, &head, Reach::Below, &read(), None), Err(Refusal::WrongKind));
    assert_eq!(withdraw_example(&difficulty, &head, Reach::Below, sealed()), Err(Refusal::WrongKind));
    assert_eq!(example_state(&difficulty, at(9)), None);
}

#[test]
fn its_unit_or_the_level_above_withdraws_with_what_everybody_could_read() {
    let (an, head) = (by("an", "cell", &[Role::Officer]), by("mai", "office", &[Role::Head]));
    let withdraw =
        |case: &Entry<Case>, who: &Actor, reach: Reach| withdraw_example(case, who, reach, sealed()).map(|events| codes(&events));
    assert_eq!(withdraw(&example(&[]), &an, Reach::Own), Ok(vec!["withdrawn/1"]));
    assert_eq!(withdraw(&example(&[]), &head, Reach::Below), Err(Refusal::NotYours), "what waits is accepted or given back");
    assert_eq!(withdraw(&shared(Naming::Unit), &head, Reach::Below), Ok(vec!["withdrawn/1"]));
    assert_eq!(withdraw(&shared(Naming::Unit), &by("ha", "hamlet", &[Role::Head]), Reach::Elsewhere), Err(Refusal::NotYours));
    let mut public = shared(Naming::Unit);
    public.marks.insert(Mark { stamp: stamp(3, "mai"), kind: MarkKind::Published, note: Some(words("said")), other: None });
    assert_eq!(withdraw(&public, &an, Reach::Own), Ok(vec!["case_published/1", "withdrawn/1"]));
    assert_eq!(withdraw(&example(&[(2, Withdrawn, "an")]), &an, Reach::Own), Err(Refusal::ExampleStep), "once");
}

#[test]
fn public_is_what_was_accepted_and_names_nobody_without_agreement() {
    let (clerk, office) = (by("lan", "office", &[Role::Clerk]), "office".parse().unwrap());
    let publish = |case: &Entry<Case>, who: &Actor, public: bool| publish_example(case, who, &office, public).map(|events| codes(&events));
    assert_eq!(publish(&shared(Naming::Unit), &clerk, true), Ok(vec!["case_published/1"]));
    assert_eq!(publish(&shared(Naming::AgreedPublic), &clerk, true), Ok(vec!["case_published/1"]));
    assert_eq!(publish(&shared(Naming::Agreed), &clerk, true), Err(Refusal::NamesPerson), "agreed inside the office only");
    assert_eq!(publish(&example(&[]), &clerk, true), Err(Refusal::ExampleStep), "nominated is not accepted");
    let an = by("an", "cell", &[Role::Head]);
    assert_eq!(publish(&shared(Naming::Unit), &an, true), Err(Refusal::RoleMissing { role: Role::Clerk }), "the pages are the office's");
    assert_eq!(publish(&shared(Naming::Unit), &clerk, false), Err(Refusal::AlreadyDone), "nothing to take back");
    let mut public = shared(Naming::Unit);
    public.marks.insert(Mark { stamp: stamp(3, "lan"), kind: MarkKind::Published, note: Some(words("said")), other: None });
    assert_eq!(publish(&public, &clerk, true), Err(Refusal::AlreadyDone));
    assert_eq!(publish(&public, &clerk, false), Ok(vec!["case_published/1"]));
    assert_eq!(shared_with_all(&public).map(|sealed| sealed.id.clone()), Some(read()));
    public.marks.insert(Mark { stamp: stamp(4, "mai"), kind: Withdrawn, note: Some(sealed()), other: None });
    assert_eq!(shared_with_all(&public), None);
}
