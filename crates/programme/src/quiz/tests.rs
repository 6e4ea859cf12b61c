//! Questions, forms, marking, sheets and days.

use super::*;
use crate::learn;
use proptest::prelude::*;

fn question(n: usize, kind: Kind) -> Question {
    let answer = |at| Answer { text: format!("q{n}a{at}"), right: at == 0, feedback: None };
    let n_answers = if kind == Kind::TrueFalse { 2 } else { 4 };
    let answers = (0..n_answers).map(answer).collect();
    Question { title: None, topic: "t".into(), reader: None, kind, text: format!("q{n}"), answers, why: None }
}

fn questions(n: usize) -> Vec<Question> {
    (0..n).map(|n| question(n, if n % 3 == 2 { Kind::TrueFalse } else { Kind::One })).collect()
}

#[test]
fn every_question_of_every_lesson_can_be_asked() {
    let all: Vec<(String, Question)> = learn::builtin().iter().flat_map(of_lesson).collect();
    assert!(all.len() >= 39 * 3, "{}", all.len());
    for (id, question) in &all {
        assert_eq!(question.check(), Ok(()), "{id}");
        assert!(id.len() <= 64, "{id}");
    }
    let ids: BTreeSet<&String> = all.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), all.len(), "no id twice");
}

#[test]
fn what_cannot_be_asked() {
    let with = |change: fn(&mut Question)| {
        let mut question = question(1, Kind::One);
        change(&mut question);
        question.check().err().map(Wrong::as_str)
    };
    assert_eq!(with(|_| ()), None);
    assert_eq!(with(|q| q.text = " ".into()), Some("no_text"));
    assert_eq!(with(|q| q.topic = "a/b".into()), Some("no_topic"));
    assert_eq!(with(|q| q.answers.truncate(1)), Some("few_answers"));
    assert_eq!(with(|q| q.answers = vec![q.answers[0].clone(); 9]), Some("many_answers"));
    assert_eq!(with(|q| q.answers[1].text = " ".into()), Some("empty_answer"));
    assert_eq!(with(|q| q.answers[1].text = q.answers[0].text.clone()), Some("same_answers"));
    assert_eq!(with(|q| q.answers[0].right = false), Some("no_right"));
    assert_eq!(with(|q| q.answers[1].right = true), Some("one_right"));
    assert_eq!(with(|q| q.text = "x".repeat(2001)), Some("too_long"));
    assert_eq!(with(|q| q.text = "x\u{7}".into()), Some("bad_sign"));
    assert_eq!(
        with(|q| {
            q.kind = Kind::Several;
            q.answers.iter_mut().for_each(|answer| answer.right = true);
        }),
        Some("all_right")
    );
}

#[test]
fn a_form_follows_from_its_seed_and_forms_differ() {
    let all = questions(12);
    assert_eq!(form(&all, "s 101"), form(&all, "s 101"));
    let forms: BTreeSet<String> = VARIANTS.iter().map(|variant| format!("{:?}", form(&all, &format!("s {variant}")))).collect();
    assert_eq!(forms.len(), VARIANTS.len());
    let true_false = form(&all, "s").into_iter().filter(|item| all[item.question].kind == Kind::TrueFalse);
    assert!(true_false.into_iter().all(|item| item.answers == [0, 1]), "true comes before false on every form");
    assert_eq!(draw(100, 10, "s"), draw(100, 10, "s"));
    assert_eq!(draw(3, 10, "s"), [0, 1, 2]);
}

#[test]
fn the_pass_mark_is_reached_exactly_or_not() {
    let passes = |right, of, percent| Score { right, of }.passes(percent);
    assert_eq!(
        [passes(8, 10, 80), passes(7, 10, 80), passes(2, 3, 67), passes(0, 0, 0), passes(5, 5, 100)],
        [true, false, false, false, true]
    );
}

#[test]
fn of_several_all_and_nothing_else_is_right() {
    let mut several = question(1, Kind::Several);
    several.answers[2].right = true;
    let is = |chosen: &[usize]| several.is_right(&chosen.iter().copied().collect());
    assert_eq!([is(&[0, 2]), is(&[0]), is(&[0, 1, 2]), is(&[])], [true, false, false, false]);
}

#[test]
fn sheets_are_keyed_in_as_they_were_marked() {
    let all = questions(4);
    let form_of = |variant| form(&all, &format!("s {variant}"));
    let (one, two) = (form_of(101), form_of(102));
    let find = |variant| match variant {
        101 => Some(one.as_slice()),
        102 => Some(two.as_slice()),
        _ => None,
    };
    let line = |variant: u16, form: &[Item]| {
        let letter = |item: &Item| LETTERS[item.answers.iter().position(|at| *at == 0).unwrap()];
        format!("{variant} {}", form.iter().map(letter).collect::<String>())
    };
    let text = format!("{}\n\n{}\n101 ----\n", line(101, &one), line(102, &two).to_lowercase());
    let sheets = read_sheets(&text, find).unwrap();
    let scores: Vec<u32> = sheets.iter().map(|(_, sheet)| score(&all, &sheet.chosen(find(sheet.variant).unwrap())).right).collect();
    assert_eq!(scores, [4, 4, 0]);
    assert_eq!(sheets.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3, 4]);
    let wrong = |text: &str| {
        let told = |wrong: &WrongSheet| format!("{} {}", wrong.line, wrong.why);
        read_sheets(text, find).unwrap_err().iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(
        wrong("105 AAAA\n101 AAA\n101 AAAAA\n101 AAxA\n101 A(AAA\n101 A)AAA\nAAAA\n101 HHHH"),
        ["1 variant", "2 too_few", "3 too_many", "4 sign", "5 brackets", "6 brackets", "7 variant", "8 no_such_answer"]
    );
    assert!(read_sheets("101 (AB)A-.", find).is_ok_and(|sheets| sheets[0].1.marked[0].len() == 2) || one[0].answers.len() == 2);
    let numbers: Vec<_> = read_sheets("101/5 ----\n102/2----\n101 ----", find).unwrap().iter().map(|(_, sheet)| sheet.number).collect();
    assert_eq!(numbers, [Some(5), Some(2), None]);
    assert_eq!(
        wrong("101/2 ----\n101/ ----\n101/0 ----\n101/99999999999 ----\n101/5 --?-\n101/5 -(A?)--"),
        ["1 number", "2 number", "3 number", "4 number", "5 doubtful", "6 doubtful"]
    );
    assert_eq!(wrong(&"101 ----\n".repeat(MOST_SHEETS + 3)), [format!("{} too_many_sheets", MOST_SHEETS + 1)]);
}

#[test]
fn what_was_doubtful_is_put_in_and_nothing_else_is_changed() {
    let put = |line: &str, put: &[(usize, &str)]| completed(line, &put.iter().map(|(n, put)| (*n, (*put).to_owned())).collect());
    assert_eq!(put("101/5 A?C(AD)?", &[(2, "b"), (5, "a, d")]), "101/5 ABC(AD)(AD)");
    assert_eq!(put("? AB?", &[(0, "103"), (3, "-")]), "103 AB-");
    assert_eq!(put("101 ABCDA B?", &[(7, "C"), (1, "D"), (99, "A")]), "101 ABCDA BC", "what somebody keyed in stands");
    assert_eq!(put("101 A?", &[(2, " ")]), "101 A?", "nothing was put in: still doubtful");
    assert_eq!(put("101 A?", &[(2, "x/?")]), "101 A(X/?)", "refused where it is read");
    assert_eq!(put("", &[(0, "101")]), "");
}

#[test]
fn days_of_a_quiz() {
    let days = |from: &str, until: &str| Days { from: from.parse().unwrap(), until: until.parse().unwrap() };
    assert!(days("2026-11-27", "2026-11-27").is_sound());
    assert!(!days("2026-11-27", "2026-11-26").is_sound());
    assert!(days("2026-11-01", "2027-01-01").is_sound());
    assert!(!days("2026-11-01", "2027-01-02").is_sound(), "63 days");
}

proptest! {
    #[test]
    fn a_form_asks_every_question_once_with_all_its_answers(n in 1..50usize, seed in "[a-z0-9]{0,20}") {
        let all = questions(n);
        let form = form(&all, &seed);
        let asked: BTreeSet<usize> = form.iter().map(|item| item.question).collect();
        prop_assert_eq!(asked.len(), n);
        for item in form {
            let answers: BTreeSet<usize> = item.answers.iter().copied().collect();
            prop_assert_eq!(answers, (0..all[item.question].answers.len()).collect());
        }
    }
}
