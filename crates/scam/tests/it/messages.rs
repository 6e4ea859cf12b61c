//! Messages in, verdicts and reasons out.

use expect_test::{Expect, expect};
use scam::check;

fn said(message: &str, expected: &Expect) {
    let answer = check(message, scam::builtin());
    let reasons = answer.reasons.iter().map(|reason| format!("{}: {}\n", reason.rule, reason.quote)).collect::<String>();
    expected.assert_eq(&format!("{}\n{reasons}", answer.verdict.as_str()));
}

#[test]
fn a_link_that_is_not_the_banks() {
    said(
        "VCB: Tai khoan cua ban dang nhap tren thiet bi la, huy tai https://vcb-huy.cc/app.apk truoc 24h",
        &expect![[r#"
        danger
        link.borrows: https://vcb-huy.cc/app.apk
        link.program: https://vcb-huy.cc/app.apk
        link.cheap: https://vcb-huy.cc/app.apk
        story.account: dang nhap tren thiet bi
        asks.click: tai https://vcb-huy.cc/app.apk
        words.like: bi la, huy tai https://vcb-huy.cc/app.apk truoc
    "#]],
    );
}

#[test]
fn a_code_is_asked_for_and_a_code_is_not_asked_for() {
    said(
        "Chị đọc giúp em mã O.T.P vừa gửi về máy nhé",
        &expect![[r#"
        danger
        asks.otp: đọc giúp em mã O.T.P
        words.like: mã O.T.P vừa gửi về máy
    "#]],
    );
    said(
        "Techcombank: OTP của quý khách là 482913. Không cung cấp mã OTP cho bất kỳ ai.",
        &expect![[r#"
        no_sign
    "#]],
    );
}

#[test]
fn a_warning_that_quotes_is_no_scam() {
    said(
        "Công an xã cảnh báo: kẻ gian gọi điện nói \"tài khoản của bác liên quan rửa tiền, chuyển tiền vào tài khoản an toàn\". Bà con không làm theo.",
        &expect![[r#"
        no_sign
    "#]],
    );
}

#[test]
fn a_mother_and_a_stranger() {
    said(
        "Mẹ ck cho con 2tr đóng học phí như mọi lần nhé, tối con gọi",
        &expect![[r#"
        no_sign
    "#]],
    );
    said(
        "Mẹ ơi con đổi số, máy con hỏng. Con cần gấp 25 triệu đóng cọc, mẹ ck vào tài khoản chủ nhà giúp con, đừng gọi lại",
        &expect![[r#"
            danger
            story.other_name: tài khoản chủ nhà
            story.relative: cần gấp 25 triệu
            asks.money: 25 triệu đóng cọc, mẹ ck vào tài khoản
            pressure.soon: cần gấp
            claims.stranger: đổi số
            words.like: hỏng. Con cần gấp 25 triệu đóng
        "#]],
    );
}

#[test]
fn what_says_nothing_is_never_called_safe() {
    for message in ["", " ", "0912000123", "🙂🙂", "\u{0}\u{FFFD}", &"a".repeat(100_000), &"mã OTP ".repeat(20_000)] {
        let answer = check(message, scam::builtin());
        assert!(
            !answer.advice.is_empty() && answer.advice.iter().all(|advice| !advice.to_lowercase().contains("an toàn")),
            "{:?}",
            answer.advice
        );
    }
}
