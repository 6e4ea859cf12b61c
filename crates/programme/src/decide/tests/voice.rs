//! What people outside say: opened by nobody in particular, answered, handed over, published as agreed, judged.

use super::*;
use jiff::civil::{Date, date};

fn case(kind: CaseKind, marks: &[(u8, MarkKind, &str)]) -> Entry<Case> {
    let unit = "office".parse().unwrap();
    let case = Case { by_public: true, to: Some("office".parse().unwrap()), ..Case::new("c".parse().unwrap(), kind, unit, sealed()) };
    entry(case, marks)
}

fn feedback(marks: &[(u8, MarkKind, &str)]) -> Entry<Case> {
    case(CaseKind::Feedback, marks)
}

const OWN: Lies<'static> = Lies::Within(Reach::Own);

#[test]
fn nobody_in_particular_opens_only_what_is_open_to_the_public() {
    assert!(open_public(feedback(&[]).facts).is_ok());
    assert_eq!(open_public(case(CaseKind::Difficulty, &[]).facts), Err(Refusal::WrongKind));
    assert_eq!(open_public(case(CaseKind::Supervision, &[]).facts), Err(Refusal::WrongKind));
    let inside = Case { by_public: false, ..feedback(&[]).facts };
    assert_eq!(open_public(inside), Err(Refusal::WrongKind));
}

#[test]
fn the_office_answers_and_closes_what_came_by_a_public_form() {
    let lan = by("lan", "office", &[Role::Clerk]);
    assert!(answer_case(&feedback(&[]), &[], &lan, OWN, &sealed()).is_ok(), "it received the question; it did not ask it");
    let answered = feedback(&[(2, MarkKind::Answered, "lan")]);
    assert!(close_case(&answered, &lan, OWN, Reach::Own, None).is_ok());
    let cell = by("an", "cell", &[Role::Officer]);
    assert_eq!(close_case(&answered, &cell, Lies::Within(Reach::Elsewhere), Reach::Elsewhere, None), Err(Refusal::NotYours));
}

#[test]
fn who_only_speaks_judges_or_learns_neither_answers_nor_passes_on() {
    let missing: Result<Vec<Payload>, Refusal> = Err(Refusal::RoleMissing { role: Role::Officer });
    for role in [Role::Speaker, Role::Assessor, Role::Learner] {
        let (other, case) = (by("tu", "office", &[role]), feedback(&[]));
        assert_eq!(answer_case(&case, &[], &other, OWN, &sealed()), missing, "{role}");
        assert_eq!(route_case(&case, &other, "cell".parse().unwrap(), None), missing, "{role}");
        assert_eq!(refer_case(&case, &other, OWN, sealed(), date(2026, 6, 5), at(9)), missing, "{role}");
        assert_eq!(publish_case(&case, &other, OWN, Some(sealed())), missing, "{role}");
        assert_eq!(close_case(&case, &other, OWN, Reach::Own, None), missing, "{role}");
        let both = by("tu", "office", &[role, Role::Officer]);
        assert!(answer_case(&case, &[], &both, OWN, &sealed()).is_ok(), "{role} beside the work");
    }
}

#[test]
fn published_is_only_what_who_asked_agreed_to_and_somebody_answered() {
    let lan = by("lan", "office", &[Role::Clerk]);
    let answered = feedback(&[(2, MarkKind::Answered, "lan")]);
    assert_eq!(publish_case(&answered, &lan, OWN, Some(sealed())), Err(Refusal::NotAgreed));
    let agreed = |mut case: Entry<Case>| {
        case.facts.agreed = true;
        case
    };
    assert_eq!(publish_case(&agreed(feedback(&[])), &lan, OWN, Some(sealed())), Err(Refusal::NotAnswered));
    assert!(publish_case(&agreed(answered.clone()), &lan, OWN, Some(sealed())).is_ok());
    assert_eq!(publish_case(&agreed(answered), &lan, OWN, None), Err(Refusal::AlreadyDone), "nothing to take back");
    assert!(publish_case(&case(CaseKind::ForgedNotice, &[]), &lan, OWN, Some(sealed())).is_ok(), "a clarification needs no consent");
    assert_eq!(publish_case(&case(CaseKind::Appeal, &[]), &lan, OWN, Some(sealed())), Err(Refusal::WrongKind));
}

#[test]
fn a_hand_over_has_a_day_that_has_come_and_keeps_its_receipt() {
    let lan = by("lan", "office", &[Role::Clerk]);
    let refer = |on: Date| refer_case(&feedback(&[]), &lan, OWN, sealed(), on, at(9));
    assert_eq!(refer(date(2026, 6, 6)), Err(Refusal::ReferralDay), "a day to come");
    assert_eq!(refer(date(2026, 6, 4)), Err(Refusal::ReferralDay), "before it came");
    assert!(refer(date(2026, 6, 5)).is_ok());
    assert_eq!(keep_receipt(&feedback(&[]), &lan, OWN, sealed()), Err(Refusal::NotReferred));
    let mut referred = feedback(&[(2, MarkKind::Referred, "lan")]);
    let mark = Mark { note: Some(sealed()), other: Some("2026-06-05".to_owned()), ..referred.marks.pop_first().unwrap() };
    referred.marks.insert(mark);
    let kept = keep_receipt(&referred, &lan, OWN, sealed()).unwrap();
    let [Payload::CaseReferred { on, receipt: Some(_), .. }] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!(*on, date(2026, 6, 5));
    let line = Referral { on: *on, receipt: Some("n".parse().unwrap()) };
    assert_eq!(Referral::of_line(&line.line()), Some(line));
}

#[test]
fn only_the_front_and_mass_organisations_speak_for_people() {
    let hoa = by("hoa", "front", &[Role::Head]);
    let petition = || vec![Case { by_public: false, unit: "front".parse().unwrap(), ..feedback(&[]).facts }];
    assert!(open_for_people(petition(), &hoa, Reach::Own, UnitKind::Front).is_ok());
    assert_eq!(open_for_people(petition(), &hoa, Reach::Own, UnitKind::PartyCell), Err(Refusal::NotFront));
    assert_eq!(open_for_people(Vec::new(), &hoa, Reach::Own, UnitKind::Front), Err(Refusal::EmptyText));
    let own = vec![Case { unit: "front".parse().unwrap(), to: Some("front".parse().unwrap()), ..petition().remove(0) }];
    assert_eq!(open_for_people(own, &hoa, Reach::Own, UnitKind::Front), Err(Refusal::ToOneself));
    let bare = vec![Case { kind: CaseKind::Supervision, ..petition().remove(0) }];
    assert_eq!(open_for_people(bare, &hoa, Reach::Own, UnitKind::Front), Err(Refusal::WrongKind), "a recommendation names its visit");
}

#[test]
fn what_the_front_recommended_only_the_front_closes() {
    let mut answered = feedback(&[(2, MarkKind::Answered, "lan")]);
    (answered.facts.kind, answered.facts.by_public, answered.facts.unit) = (CaseKind::Supervision, false, "front".parse().unwrap());
    let (hoa, lan) = (by("hoa", "front", &[Role::Head]), by("lan", "office", &[Role::Clerk]));
    assert_eq!(close_case(&answered, &lan, OWN, Reach::Below, None), Err(Refusal::NotYours), "not the office in its name");
    assert!(close_case(&answered, &hoa, Lies::Within(Reach::Elsewhere), Reach::Own, None).is_ok());
}

#[test]
fn the_latest_judgement_on_an_indicator_is_the_last_in_order() {
    let lan = by("lan", "office", &[Role::Clerk]);
    let report = case(CaseKind::ScamReport, &[]);
    let until = Some(date(2027, 6, 5));
    assert!(judge_indicator(&report, &lan, OWN, sealed(), until).is_ok());
    assert_eq!(judge_indicator(&feedback(&[]), &lan, OWN, sealed(), until), Err(Refusal::WrongKind));
}

#[test]
fn what_is_listed_is_listed_until_a_day() {
    let marked = |other: &str| {
        let mut report = case(CaseKind::ScamReport, &[(2, MarkKind::Judged, "lan")]);
        let mark = Mark { note: Some(sealed()), other: Some(other.to_owned()), ..report.marks.pop_first().unwrap() };
        report.marks.insert(mark);
        judged(&report).next().unwrap().until
    };
    assert_eq!(marked("confirmed 2026-09-30"), Some(date(2026, 9, 30)));
    assert_eq!(marked("confirmed"), Some(date(2027, 6, 5)), "of an earlier program: a year");
    assert_eq!(marked("refused"), None);
}

#[test]
fn a_granted_appeal_takes_what_it_is_about_from_the_list_and_nothing_else() {
    let lan = by("lan", "office", &[Role::Clerk]);
    let report = case(CaseKind::ScamReport, &[(2, MarkKind::Closed, "lan")]);
    let mut appeal = feedback(&[]);
    (appeal.facts.kind, appeal.facts.about) = (CaseKind::Appeal, Some(report.facts.id.clone()));
    let granted = grant_appeal(&appeal, &report, &lan, OWN, sealed()).unwrap();
    let [Payload::IndicatorJudged { case, confirmed: false, until: None, .. }] = granted.as_slice() else { panic!("{granted:?}") };
    assert_eq!(*case, report.facts.id);
    let mut other = appeal.clone();
    other.facts.about = Some("another".parse().unwrap());
    assert_eq!(grant_appeal(&other, &report, &lan, OWN, sealed()), Err(Refusal::WrongKind));
    assert_eq!(grant_appeal(&feedback(&[]), &report, &lan, OWN, sealed()), Err(Refusal::WrongKind));
    let nobody = by("hoa", "elsewhere", &[]);
    assert!(grant_appeal(&appeal, &report, &nobody, Lies::Within(Reach::Elsewhere), sealed()).is_err());
}

#[test]
fn the_office_warns_by_whoever_answers_for_it_and_takes_it_back() {
    let text = || Some(sealed());
    let warning = || Case { by_public: false, ..case(CaseKind::Warning, &[]).facts };
    let lan = by("lan", "office", &[Role::Officer]);
    let warned = warn(warning(), &lan, Reach::Own, sealed()).unwrap();
    let [Payload::CaseOpened(_), Payload::CasePublished { text: Some(_), .. }, Payload::CaseClosed { .. }] = warned.as_slice() else {
        panic!("{warned:?}")
    };
    assert_eq!(warn(warning(), &by("an", "cell", &[Role::Head]), Reach::Elsewhere, sealed()), Err(Refusal::NotYours));
    for role in [Role::Speaker, Role::Assessor, Role::Learner] {
        let other = by("tu", "office", &[role]);
        assert_eq!(warn(warning(), &other, Reach::Own, sealed()), Err(Refusal::RoleMissing { role: Role::Officer }), "{role}");
    }
    let mut stands = entry(warning(), &[(2, MarkKind::Published, "lan"), (3, MarkKind::Closed, "lan")]);
    assert!(publish_case(&stands, &lan, OWN, text()).is_ok(), "in other words");
    stands.marks = stands.marks.into_iter().map(|mark| Mark { note: text(), ..mark }).collect();
    assert!(publish_case(&stands, &lan, OWN, None).is_ok(), "taken back, though closed and opened by the same unit");
    let report = case(CaseKind::ScamReport, &[]);
    assert_eq!(publish_case(&report, &lan, OWN, text()), Err(Refusal::WrongKind), "what people sent stays with who answers");
    assert_eq!(warn(report.facts, &lan, Reach::Own, sealed()), Err(Refusal::WrongKind));
    assert_eq!(open_case(warning(), &lan, Reach::Own), Err(Refusal::WrongKind), "a warning without words");
}
