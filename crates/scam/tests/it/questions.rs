//! Questions of every kind, as the page, the command and the interface ask them.

use expect_test::{Expect, expect};
use scam::filter::{Kind, normal};
use scam::pack::{BrandEntry, Lists};
use scam::pay::crc;
use scam::verdict::Listed;
use scam::{Known, Question, Verdict, ask};

/// A list of one number, one account, one host and one page.
fn look_up(kind: Kind, written: &str) -> Vec<Listed> {
    let listed = [
        (Kind::Phone, "0912000123"),
        (Kind::Account, "19034567890123"),
        (Kind::Host, "abc-xyz.top"),
        (Kind::Link, "bit.ly/lua-dao"),
        (Kind::Link, "fb.com/tuthien.gia"),
    ];
    let is = |(known, value): &&(Kind, &str)| *known == kind && normal(kind, written) == normal(kind, value);
    let one = |_| Listed {
        kind,
        quote: String::new(),
        source: "Ủy ban nhân dân xã Tân Lũy".to_owned(),
        on: "2026-11-20".to_owned(),
        until: Some("2027-11-20".to_owned()),
        reason: "scam_report".to_owned(),
        why: String::new(),
        appeal: Some("/scam/appeal?case=1".to_owned()),
    };
    listed.iter().find(is).map(one).into_iter().collect()
}

fn told(question: &Question<'_>) -> String {
    let answer = ask(question, Known::builtin(), &look_up);
    let mut lines = vec![answer.verdict.as_str().to_owned()];
    lines.extend(answer.read.iter().map(|line| format!("= {line}")));
    lines.extend(answer.reasons.iter().map(|reason| format!("- {} “{}”: {}", reason.rule, reason.quote, reason.why)));
    lines.extend(
        answer.listed.iter().map(|listed| format!("! {} {} {}", listed.kind.as_str(), listed.on, listed.appeal.as_deref().unwrap_or("-"))),
    );
    lines.push(format!("{} pieces of advice", answer.advice.len()));
    lines.join("\n") + "\n"
}

fn check(question: &Question<'_>, expected: &Expect) {
    expected.assert_eq(&told(question));
}

/// A code as banks make it.
pub(crate) fn vietqr(bank: &str, account: &str, amount: &str, note: &str) -> String {
    let field = |name: &str, value: &str| format!("{name}{:02}{value}", value.chars().count());
    let to = field("00", bank) + &field("01", account);
    let napas = field("00", "A000000727") + &field("01", &to) + &field("02", "QRIBFTTA");
    let whole = field("00", "01") + &field("01", "12") + &field("38", &napas) + &field("53", "704") + &field("54", amount);
    let whole = whole + &field("58", "VN") + &field("62", &field("08", note)) + "6304";
    format!("{whole}{:04X}", crc(whole.as_bytes()))
}

#[test]
fn a_listed_number_is_told_with_source_day_and_appeal() {
    check(
        &Question::Phone("+84 912 000 123"),
        &expect![[r#"
            danger
            = Số điện thoại 0912000123
            - list.verified “+84 912 000 123”: Có trong danh sách đã xác minh của Ủy ban nhân dân xã Tân Lũy từ ngày 20/11/2026: người dân phản ánh, cơ quan đã kiểm tra và xác nhận lừa đảo.
            ! phone 2026-11-20 /scam/appeal?case=1
            3 pieces of advice
        "#]],
    );
    check(
        &Question::Account { number: "1903 4567 8901 23", bank: "TCB" },
        &expect![[r#"
            danger
            = Số tài khoản 19034567890123 tại Techcombank
            - list.verified “1903 4567 8901 23”: Có trong danh sách đã xác minh của Ủy ban nhân dân xã Tân Lũy từ ngày 20/11/2026: người dân phản ánh, cơ quan đã kiểm tra và xác nhận lừa đảo.
            ! account 2026-11-20 /scam/appeal?case=1
            3 pieces of advice
        "#]],
    );
}

#[test]
fn a_number_in_no_list_is_never_called_safe() {
    let answer = ask(&Question::Phone("0913 555 777"), Known::builtin(), &look_up);
    assert_eq!(answer.verdict, Verdict::NoSign);
    assert!(answer.advice[0].starts_with("Chưa thấy trong danh sách"), "{:?}", answer.advice);
    let all = format!("{answer:?}");
    assert!(!all.contains("an toàn"), "{all}");
}

#[test]
fn a_strange_form_is_told_although_nobody_listed_it() {
    check(
        &Question::Phone("+224 622 123 456"),
        &expect![[r#"
        suspicious
        = Số điện thoại +224622123456
        - phone.missed_call “+224 622 123 456”: Đầu số +224 (Ghi-nê) từng được cảnh báo hay nháy máy để người nhận gọi lại, mất cước quốc tế rất cao. Không gọi lại. (VTV24, 02/03/2017; Cục Viễn thông, báo Dân Việt 01/11/2021)
        4 pieces of advice
    "#]],
    );
    check(
        &Question::Phone("+1900 545 413"),
        &expect![[r#"
        suspicious
        = Số điện thoại +1900545413
        - phone.dressed_up “+1900 545 413”: Số viết cho giống tổng đài “1900545413” của Việt Nam nhưng có dấu cộng hoặc mã nước ở đầu: số ngắn và tổng đài trong nước không có phần này.
        4 pieces of advice
    "#]],
    );
    check(
        &Question::Phone("1900545413"),
        &expect![[r#"
        no_sign
        = Số điện thoại 1900545413
        - phone.hotline “1900545413”: Trùng với số của tổng đài Vietcombank. Số hiện trên màn hình vẫn có thể bị giả: gác máy, rồi tự bấm số này để hỏi lại. (vietcombank.com.vn)
        3 pieces of advice
    "#]],
    );
    check(
        &Question::Account { number: "9704 3600 0000 0000 00", bank: "Ngân hàng Trái Đất" },
        &expect![[r#"
        no_sign
        = Số tài khoản 970436000000000000
        - account.card “9704 3600 0000 0000 00”: Đây là số thẻ, không phải số tài khoản. Ai có ảnh hai mặt thẻ hoặc số thẻ kèm mã OTP là lấy được tiền trong thẻ.
        - account.unknown_bank “Ngân hàng Trái Đất”: Chương trình không biết ngân hàng, ví nào tên “Ngân hàng Trái Đất”. Hỏi lại tên đầy đủ; chưa rõ thì chưa chuyển.
        3 pieces of advice
    "#]],
    );
}

#[test]
fn a_text_that_is_a_number_is_asked_about_as_one() {
    assert_eq!(told(&Question::Text(" 0912.000.123 ")), told(&Question::Phone(" 0912.000.123 ")));
    assert_eq!(told(&Question::Text("19034567890123")), told(&Question::Account { number: "19034567890123", bank: "" }));
}

#[test]
fn what_a_message_names_is_looked_up() {
    let listed = |text: &str| ask(&Question::Text(text), Known::builtin(), &look_up).listed;
    let told = listed("Chị gọi lại 0912.000.123 nhé, hoặc vào https://www.abc-xyz.top/qua?x=1, bit.ly/lua-dao");
    let kinds: Vec<&str> = told.iter().map(|listed| listed.kind.as_str()).collect();
    assert_eq!(kinds, ["host", "link", "phone"]);
    assert_eq!(listed("Chị xem bit.ly/anh-cuoi nhé"), [], "another page of a host that belongs to many");
    assert_eq!(listed("Chuyển vào STK 1903 4567 8901 23 cho mẹ").len(), 1);
    let missed = ask(&Question::Text("Máy em nhỡ cuộc gọi của +224 622 123 456, gọi lại nhé"), Known::builtin(), &look_up);
    assert!(missed.reasons.iter().any(|reason| reason.rule == "phone.missed_call"), "{missed:?}");
    assert_eq!(ask(&Question::Text("Gọi 0912000123"), Known::builtin(), &look_up).verdict, Verdict::Danger);
}

#[test]
fn a_listed_page_of_a_network_is_known_however_it_is_reached() {
    let listed = |text: &str| ask(&Question::Text(text), Known::builtin(), &look_up).listed;
    for link in [
        "https://www.facebook.com/tuthien.gia",
        "m.facebook.com/TuThien.Gia?mibextid=ZbWKwL",
        "https://web.facebook.com/tuthien.gia/posts/123?__tn__=K",
        "fb.com/pg/tuthien.gia/about",
    ] {
        let all = listed(&format!("Bà con ủng hộ qua trang {link} nhé"));
        assert_eq!(all.iter().map(|one| one.quote.as_str()).collect::<Vec<_>>(), [link]);
    }
    for other in ["facebook.com/tuthien.that", "https://facebook.com", "facebook.com/groups/tuthien.gia"] {
        assert_eq!(listed(other), Vec::new(), "{other}");
    }
}

#[test]
fn lists_of_packs_know_domains_and_shorteners_that_the_rules_do_not() {
    let brand = BrandEntry { title: "Điện lực tỉnh Lũy".to_owned(), domains: vec!["vietcombank-dienluc.top".to_owned()] };
    let lists = [Lists { brands: vec![brand], shorteners: vec!["ngan.luy.vn".to_owned()] }];
    let with = |text: &str| ask(&Question::Text(text), Known { lists: &lists, ..Known::builtin() }, &look_up);
    let link = "https://cskh.vietcombank-dienluc.top/hoa-don";
    assert_eq!(ask(&Question::Text(link), Known::builtin(), &look_up).verdict, Verdict::Danger);
    assert_eq!(with(link).verdict, Verdict::NoSign);
    assert_eq!(with("https://xvietcombank-dienluc.top/hoa-don").verdict, Verdict::Danger, "another name with the same end");
    let short = with("Chuyển tiền gấp qua https://ngan.luy.vn/a1 rồi gửi mã OTP");
    assert!(short.reasons.iter().any(|reason| reason.rule == "link.shortener"), "{short:?}");
}

#[test]
fn a_payment_code_is_told_in_plain_words() {
    check(
        &Question::Codes(&[vietqr("970436", "0123456789", "500000", "phi ho so vay")]),
        &expect![[r#"
        no_sign
        = Mã chuyển tiền VietQR: Vietcombank, tài khoản 0123456789
        = Số tiền ghi sẵn: 500.000 đồng
        = Nội dung ghi sẵn: phi ho so vay
        - pay.account “0123456789”: Mã này chuyển tiền vào tài khoản 0123456789 tại Vietcombank. Người dán mã đè lên mã thật của cửa hàng, cơ quan thì tiền vào tài khoản của họ: xem tên chủ tài khoản hiện trên điện thoại trước khi bấm chuyển.
        - pay.amount “500000”: Số tiền đã ghi sẵn trong mã: 500.000 đồng. So với số tiền mình phải trả.
        3 pieces of advice
    "#]],
    );
    check(
        &Question::Codes(&[vietqr("970407", "19034567890123", "100000", "ung ho")]),
        &expect![[r#"
            danger
            = Mã chuyển tiền VietQR: Techcombank, tài khoản 19034567890123
            = Số tiền ghi sẵn: 100.000 đồng
            = Nội dung ghi sẵn: ung ho
            - list.verified “19034567890123”: Có trong danh sách đã xác minh của Ủy ban nhân dân xã Tân Lũy từ ngày 20/11/2026: người dân phản ánh, cơ quan đã kiểm tra và xác nhận lừa đảo.
            - pay.account “19034567890123”: Mã này chuyển tiền vào tài khoản 19034567890123 tại Techcombank. Người dán mã đè lên mã thật của cửa hàng, cơ quan thì tiền vào tài khoản của họ: xem tên chủ tài khoản hiện trên điện thoại trước khi bấm chuyển.
            - pay.amount “100000”: Số tiền đã ghi sẵn trong mã: 100.000 đồng. So với số tiền mình phải trả.
            ! account 2026-11-20 /scam/appeal?case=1
            3 pieces of advice
        "#]],
    );
    check(
        &Question::Codes(&[vietqr("999999", "0123456789", "1", "").replace("0123456789", "9876543210")]),
        &expect![[r#"
        danger
        = Mã chuyển tiền VietQR: 999999, tài khoản 9876543210
        = Số tiền ghi sẵn: 1 đồng
        - pay.broken “9876543210”: Mã chuyển tiền không khớp số kiểm tra (CRC) trong mã: mã hỏng hoặc đã bị sửa. Không chuyển tiền theo mã này.
        - pay.unknown_bank “999999”: Mã ghi ngân hàng số 999999, không có trong danh sách ngân hàng mà chương trình biết.
        - pay.account “9876543210”: Mã này chuyển tiền vào tài khoản 9876543210 tại 999999. Người dán mã đè lên mã thật của cửa hàng, cơ quan thì tiền vào tài khoản của họ: xem tên chủ tài khoản hiện trên điện thoại trước khi bấm chuyển.
        - pay.amount “1”: Số tiền đã ghi sẵn trong mã: 1 đồng. So với số tiền mình phải trả.
        4 pieces of advice
    "#]],
    );
}

#[test]
fn other_codes_are_told_for_what_they_are() {
    check(
        &Question::Codes(&["https://vietc0mbank-vn.top/x".to_owned()]),
        &expect![[r#"
        danger
        = Đường dẫn: https://vietc0mbank-vn.top/x
        - link.looks_like “https://vietc0mbank-vn.top/x”: Địa chỉ này gần giống vietcombank.com.vn của Vietcombank nhưng không phải.
        - link.cheap “https://vietc0mbank-vn.top/x”: Đuôi tên miền rẻ, hay bị dùng để lừa đảo.
        3 pieces of advice
    "#]],
    );
    check(
        &Question::Codes(&["tel:+224622123456".to_owned(), "WIFI:T:WPA;S:Quan Tam;P:12345678;;".to_owned()]),
        &expect![[r#"
        suspicious
        = Số điện thoại +224622123456
        = Mạng Wi-Fi: Quan Tam
        - phone.missed_call “+224622123456”: Đầu số +224 (Ghi-nê) từng được cảnh báo hay nháy máy để người nhận gọi lại, mất cước quốc tế rất cao. Không gọi lại. (VTV24, 02/03/2017; Cục Viễn thông, báo Dân Việt 01/11/2021)
        - code.wifi “Quan Tam”: Mã này nối điện thoại vào một mạng Wi-Fi. Mạng lạ có thể đưa ra trang đăng nhập giả.
        4 pieces of advice
    "#]],
    );
    check(
        &Question::Codes(&["otpauth://totp/a?secret=JBSWY3DPEHPK3PXP".to_owned()]),
        &expect![[r#"
        suspicious
        = Mã bí mật của ứng dụng xác thực (không hiện ra ở đây)
        - code.secret “otpauth://”: Đây là mã bí mật để cài ứng dụng xác thực (OTP). Ai có mã này tạo được mã OTP của tài khoản: không gửi ảnh mã cho ai, không quét mã người khác đưa.
        3 pieces of advice
    "#]],
    );
}

#[test]
fn anything_may_be_asked() {
    let long = "0912 000 123, ".repeat(20_000);
    let codes = vec!["\0".repeat(5_000), "00020138".repeat(900), "<script>alert(1)</script>".to_owned()];
    for question in [
        Question::Text(&long),
        Question::Text("\0\0\0"),
        Question::Phone(&long),
        Question::Phone(""),
        Question::Phone("+"),
        Question::Account { number: "<b>1</b>", bank: "<script>" },
        Question::Account { number: "", bank: &long },
        Question::Codes(&codes),
        Question::Codes(&[]),
    ] {
        ask(&question, Known::builtin(), &look_up);
    }
}

#[test]
fn of_a_shortened_link_and_nothing_else_it_is_said_that_nobody_sees_where_it_leads() {
    check(
        &Question::Text("https://bit.ly/3abc"),
        &expect![[r#"
        no_sign
        - link.unseen “https://bit.ly/3abc”: Không xem được đích của đường dẫn rút gọn, hãy cẩn thận: chưa chắc ai gửi thì đừng mở.
        2 pieces of advice
    "#]],
    );
    check(
        &Question::Codes(&["https://bit.ly/3abc".to_owned()]),
        &expect![[r#"
        no_sign
        = Đường dẫn: https://bit.ly/3abc
        - link.unseen “https://bit.ly/3abc”: Không xem được đích của đường dẫn rút gọn, hãy cẩn thận: chưa chắc ai gửi thì đừng mở.
        2 pieces of advice
    "#]],
    );
    // One that only a pack knows.
    let packs = [Lists { shorteners: vec!["ngan.vn".to_owned()], ..Lists::default() }];
    let answer = ask(&Question::Text("ngan.vn/3abc"), Known { lists: &packs, ..Known::builtin() }, &scam::question::no_list);
    let reasons: Vec<&str> = answer.reasons.iter().map(|reason| reason.rule.as_str()).collect();
    assert_eq!((answer.verdict, reasons), (Verdict::NoSign, vec!["link.unseen"]));
}
