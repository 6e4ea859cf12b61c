//! GIFT read and written: the kinds that the bank holds, what is refused by its line, and that nothing is lost on the way.

use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn told(text: &str) -> String {
    let one = |q: &Question| {
        let answer = |a: &Answer| {
            let said = a.feedback.as_ref().map(|said| format!(" ({said})")).unwrap_or_default();
            format!("\n  {} {}{said}", if a.right { "+" } else { "-" }, a.text)
        };
        let reader = q.reader.map(|reader| format!("/{}", reader.as_str())).unwrap_or_default();
        let title = q.title.as_ref().map(|title| format!(" [{title}]")).unwrap_or_default();
        let why = q.why.as_ref().map(|why| format!("\n  ! {why}")).unwrap_or_default();
        format!("{}{reader} {}{title}: {}{}{why}\n", q.topic, q.kind, q.text, q.answers.iter().map(answer).collect::<String>())
    };
    match parse(text) {
        Ok(questions) => questions.iter().map(one).collect(),
        Err(problems) => problems.iter().map(|p| format!("{} {}\n", p.line, p.code)).collect(),
    }
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&told(text));
}

#[test]
fn the_kinds_that_the_bank_holds() {
    check(
        "// của phòng Văn hóa\n$CATEGORY: passwords/member\n\n::Chia sẻ:: Có nên đưa mật khẩu\ncho đồng nghiệp? {\n =Không#Đúng vậy\n \
         ~Có, khi nghỉ phép#Chưa đúng ####Ai giữ thì người ấy chịu.}\n\n$CATEGORY: $course$/top/Riêng\n\nTrái đất tròn.{T#Xem lại#Giỏi}\n\n\
         // hai đáp án\nChọn hai {~%50%a ~%50%b ~%-100%c}\n\nMật khẩu là {=bí mật ~công khai} của mỗi người.\n",
        &expect![[r#"
            passwords/member one [Chia sẻ]: Có nên đưa mật khẩu cho đồng nghiệp?
              + Không (Đúng vậy)
              - Có, khi nghỉ phép (Chưa đúng)
              ! Ai giữ thì người ấy chịu.
            Riêng true_false: Trái đất tròn.
              +  (Giỏi)
              -  (Xem lại)
            Riêng several: Chọn hai
              + a
              + b
              - c
            Riêng one: Mật khẩu là _____ của mỗi người.
              + bí mật
              - công khai
        "#]],
    );
}

#[test]
fn escaped_signs_are_signs() {
    check(
        r"Bấm \{OK\} \= 1 \~ 2 \# \: \\ hết\ndòng hai {=a\=b ~c\}d}",
        &expect![[r#"
            khac one: Bấm {OK} = 1 ~ 2 # : \ hết
            dòng hai
              + a=b
              - c}d
        "#]],
    );
}

#[test]
fn what_the_bank_cannot_hold_is_told_by_its_line() {
    check(
        "Viết một đoạn. {}\n\nBao nhiêu? {#3:1}\n\nNối {=a -> b =c -> d}\n\nAi viết? {=Nam =Cao}\n\n[html]<b>Hỏi</b> {=a ~b}\n\n\
         Gần đúng {=a ~%50%b ~c}\n\nLẻ {~%30%a ~%30%b ~c}\n\nKhông đóng {=a ~b\n\nKhông có gì để chọn\n\nHai khối {=a ~b} và {=c ~d}\n\n\
         ::Tên {=a ~b}\n\nGì đây {có lẽ}\n\nTrùng {=a ~a}\n\nBa phần {~%33.3%a ~%33.3%b ~%33.3%c}\n",
        &expect![[r#"
            1 essay
            3 number
            5 matching
            7 short_answer
            9 markup
            11 partly_right
            13 weights
            15 unclosed
            17 no_answers
            19 two_blocks
            21 title
            23 stray
            25 same_answers
            27 all_right
        "#]],
    );
    check(
        "// chỉ có ghi chú\n",
        &expect![[r#"
        1 nothing
    "#]],
    );
}

#[test]
fn hostile_files_end_early() {
    assert_eq!(told(&"x".repeat(MOST_BYTES + 1)), "1 too_large\n");
    assert_eq!(parse(&"a {}\n\n".repeat(100_000)).unwrap_err().len(), MOST_PROBLEMS);
    let many = parse(&"a {=b ~c}\n\n".repeat(MOST_IMPORTED + 5)).unwrap_err();
    assert_eq!(many, [Problem { line: MOST_IMPORTED * 2 + 1, code: "too_many" }]);
    let deep = "{".repeat(100_000);
    assert_eq!(told(&deep), "1 unclosed\n");
}

/// Any text without signs that no keyboard makes, as it is kept.
fn text() -> impl Strategy<Value = String> {
    let signs = prop_oneof![
        Just("=".to_owned()),
        Just("~%50%".to_owned()),
        Just("####".to_owned()),
        Just("::".to_owned()),
        Just("//".to_owned()),
        Just("[html]".to_owned()),
        Just("->".to_owned()),
        Just("\\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("$CATEGORY: x".to_owned()),
        Just("{T}".to_owned()),
        "[a-zàđ ]{1,6}",
        "\\PC{1,3}"
    ];
    proptest::collection::vec(signs, 1..6)
        .prop_map(|parts| parts.concat().trim().to_owned())
        .prop_filter("kept texts are not empty", |text| !text.is_empty())
}

fn any_question() -> impl Strategy<Value = Question> {
    let topic = "[a-zđ][a-zđ ]{0,8}[a-zđ]";
    let reader = proptest::option::of(prop_oneof![Just(Reader::Official), Just(Reader::Member), Just(Reader::Citizen)]);
    let answers = proptest::collection::vec((text(), any::<bool>(), proptest::option::of(text())), 2..=8);
    let title = proptest::option::of(text().prop_map(|text| text.replace('\n', " ").trim().to_owned()));
    (topic, reader, 0..3usize, text(), answers, proptest::option::of(text()), title).prop_map(
        |(topic, reader, kind, text, answers, why, title)| {
            let kind = Kind::ALL[kind];
            let answer = |(text, right, feedback)| Answer { text, right, feedback };
            let mut answers: Vec<Answer> = answers.into_iter().map(answer).collect();
            if kind == Kind::TrueFalse {
                answers.truncate(2);
                let first = answers[0].right;
                answers[1].right = !first;
                answers.iter_mut().for_each(|answer| answer.text.clear());
            }
            if kind == Kind::One {
                answers.iter_mut().enumerate().for_each(|(at, answer)| answer.right = at == 0);
            }
            Question { title, topic, reader, kind, text, answers, why }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_the_same(questions in proptest::collection::vec(any_question(), 1..4)) {
        let kept: Vec<Question> = questions.into_iter().filter(|question| question.check().is_ok()).collect();
        prop_assume!(!kept.is_empty());
        prop_assert_eq!(parse(&write(&kept)), Ok(kept));
    }

    #[test]
    fn no_text_is_too_odd(text in "[={}~#%:/\\\\\n a-c\\[\\]$]{0,80}") {
        let _ = parse(&text);
    }
}
