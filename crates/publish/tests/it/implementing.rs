//! Implementing letters of a fictional commune.

use expect_test::{Expect, expect, expect_file};
use publish::{Block, Heading, ImplementingLetter, ObligationText, UnitObligations, UpperLetter, implementing_letter};

use crate::{letters, unpack};

#[test]
fn party_committee() {
    expect_file!["../../fixtures/letter-party.txt"].assert_eq(&unpack::text(&implementing_letter(&letters::party())));
}

#[test]
fn peoples_committee() {
    expect![[r#"
        ỦY BAN NHÂN DÂN / TỈNH SÔNG HỒNG / ỦY BAN NHÂN DÂN XÃ TÂN LŨY | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc
        Số: 214/UBND-VHXH / V/v triển khai / Kế hoạch số 118/KH-UBND / của Ủy ban nhân dân tỉnh / KHẨN | Tân Lũy, ngày 09 tháng 10 năm 2026
        Kính gửi: - Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã;
        - Phòng Văn hóa - Xã hội; Phòng Kinh tế;
        - Công an xã;
        - Trung tâm Phục vụ hành chính công xã;
        - Các trường học, trạm y tế trên địa bàn xã.
        Thực hiện Kế hoạch số 118/KH-UBND ngày 02/10/2026 của Ủy ban nhân dân tỉnh Sông Hồng về bảo vệ hệ thống thông tin của cơ quan nhà nước cấp xã; Ủy ban nhân dân xã yêu cầu các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:
        1. Nhiệm vụ cụ thể của các cơ quan, đơn vị
        1.1. Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã:
        - Thống kê máy tính, thiết bị mạng, tài khoản; gửi danh mục trước ngày 25/10/2026.
        - Bảo đảm mọi máy tính được cập nhật bản vá và có phần mềm diệt vi-rút (thực hiện thường xuyên).
        1.2. Phòng Văn hóa - Xã hội: Chủ trì tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức toàn xã (thời hạn: 20/11/2026; báo cáo Chủ tịch Ủy ban nhân dân xã).
        1.3. Công an xã: Thông báo kịp thời các thủ đoạn lừa đảo mới trên hệ thống truyền thanh; hướng dẫn người dân trình báo.
        Các cơ quan, đơn vị nghiêm túc triển khai thực hiện. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời báo cáo Ủy ban nhân dân xã (qua Phòng Văn hóa - Xã hội) để xem xét, chỉ đạo.
        (Gửi kèm Kế hoạch số 118/KH-UBND ngày 02/10/2026 của Ủy ban nhân dân tỉnh Sông Hồng)./.
        Nơi nhận: / - Như trên; / - Sở Khoa học và Công nghệ tỉnh (để b/c); / - Thường trực Đảng ủy, Thường trực HĐND xã (để b/c); / - Chủ tịch, các Phó Chủ tịch UBND xã; / - Lưu: VT, VHXH. | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Trần Văn Khoai
    "#]].assert_eq(&unpack::text(&implementing_letter(&letters::state())));
}

#[test]
fn front_asks_and_does_not_order() {
    expect![[r#"
        ỦY BAN MẶT TRẬN TỔ QUỐC / VIỆT NAM XÃ TÂN LŨY / BAN THƯỜNG TRỰC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc
        Số: 07/MTTQ-BTT / V/v triển khai thực hiện / Chỉ thị số 05-CT/TU / của Ban Thường vụ Tỉnh ủy Sông Hồng | Tân Lũy, ngày 12 tháng 10 năm 2026
        Kính gửi: Các tổ chức chính trị - xã hội xã
        Thực hiện Chỉ thị số 05-CT/TU ngày 15/9/2026 của Ban Thường vụ Tỉnh ủy Sông Hồng về tăng cường bảo đảm an toàn thông tin trong các cơ quan của hệ thống chính trị; Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã đề nghị các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:
        1. Nhiệm vụ cụ thể của các cơ quan, đơn vị
        1.1. Ban công tác Mặt trận các thôn: Phổ biến tờ rơi phòng, chống lừa đảo đến từng hộ.
        Các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.
        Nơi nhận: / - Như trên; / - Thường trực Đảng ủy (để b/c); / - Lưu: VT. | TM. BAN THƯỜNG TRỰC / CHỦ TỊCH / Lê Thị Sen
    "#]].assert_eq(&unpack::text(&implementing_letter(&letters::front())));
}

fn task(text: &str) -> ObligationText {
    ObligationText { text: text.into(), ..ObligationText::default() }
}

fn upper(kind: &str, code: &str, issuer: &str, subject: Option<&str>) -> UpperLetter {
    let subject = subject.map(String::from);
    UpperLetter { kind: kind.into(), code: code.into(), issuer: issuer.into(), subject, ..UpperLetter::default() }
}

#[test]
fn the_subject_names_the_directive_and_the_letter_that_passed_it_on() {
    let passed_on = upper(
        "Công văn",
        "277-CV/BTGDVTU",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        Some("Về tuyên truyền thực hiện Chỉ thị số 57-CT/TW của Ban Bí thư"),
    );
    let plan = upper("Kế hoạch", "21-KH/BCĐ", "Ban Chỉ đạo tỉnh", None);
    let directive = upper("Chỉ thị", "57-CT/TW", "Ban Bí thư", None);
    let other = upper("Công văn", "743-CV/TU", "Tỉnh ủy", Some("Triển khai Chỉ thị số 57-CT/TW"));
    let heads = |upper: Vec<UpperLetter>| {
        let letter = implementing_letter(&ImplementingLetter { office: letters::party_office(), upper, ..ImplementingLetter::default() });
        let Heading::Subject(subject) = letter.heading else { panic!("a công văn") };
        format!("{subject}\n{}\n", letter.opening[0])
    };
    expect![[r#"
        triển khai thực hiện Chỉ thị số 57-CT/TW của Ban Bí thư theo Công văn số 277-CV/BTGDVTU
        Thực hiện Công văn số 277-CV/BTGDVTU của Ban Tuyên giáo và Dân vận Tỉnh ủy về tuyên truyền thực hiện Chỉ thị số 57-CT/TW của Ban Bí thư; Kế hoạch số 21-KH/BCĐ của Ban Chỉ đạo tỉnh; Công văn số 743-CV/TU của Tỉnh ủy về triển khai Chỉ thị số 57-CT/TW; Ban Thường vụ Đảng ủy xã yêu cầu các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:
    "#]]
    .assert_eq(&heads(vec![passed_on.clone(), plan.clone(), directive.clone(), other]));
    expect![[r#"
        triển khai thực hiện Kế hoạch số 21-KH/BCĐ của Ban Chỉ đạo tỉnh
        Thực hiện Kế hoạch số 21-KH/BCĐ của Ban Chỉ đạo tỉnh; Chỉ thị số 57-CT/TW của Ban Bí thư; Ban Thường vụ Đảng ủy xã yêu cầu các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:
    "#]]
    .assert_eq(&heads(vec![plan, directive.clone()]));
    let draft = UpperLetter { code: "-CV/ĐU".into(), ..passed_on.clone() };
    assert!(heads(vec![draft, directive.clone()]).starts_with("triển khai thực hiện Chỉ thị số 57-CT/TW của Ban Bí thư\n"));
    let reminder = upper("Công văn", "9-CV/TU", "Tỉnh ủy", Some("V/v đôn đốc một số nhiệm vụ"));
    assert!(heads(vec![reminder, directive]).starts_with("triển khai thực hiện Công văn số 9-CV/TU của Tỉnh ủy\n"));
    assert!(heads(vec![passed_on]).starts_with("triển khai thực hiện Công văn số 277-CV/BTGDVTU của Ban Tuyên giáo và Dân vận Tỉnh ủy\n"));
}

#[test]
fn the_closing_stands_once() {
    let check = |texts: &[&str], route: Option<&str>, expected: &Expect| {
        let common = texts.iter().map(|text| task(text)).collect();
        let difficulties_to = route.map(String::from);
        let letter = implementing_letter(&ImplementingLetter { common, difficulties_to, ..ImplementingLetter::default() });
        let items = letter.body.iter().filter_map(|block| if let Block::Item(text) = block { Some(text) } else { None });
        expected.assert_eq(&items.chain(&letter.closing).map(|text| format!("{text}\n")).collect::<String>());
    };
    let difficulties = "trong quá trình thực hiện, nếu có khó khăn, vướng mắc, báo cáo Ban Tuyên giáo và Dân vận Tỉnh ủy";
    let own_route = Some("Ban Thường vụ Đảng ủy xã");
    // The office's own way of difficulties takes the place of the one above.
    check(
        &["nghiêm túc triển khai thực hiện.", difficulties, "rà soát máy tính"],
        own_route,
        &expect![[r#"
            Rà soát máy tính.
            Các cơ quan, đơn vị nghiêm túc triển khai thực hiện. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời báo cáo Ban Thường vụ Đảng ủy xã để xem xét, chỉ đạo.
        "#]],
    );
    // A duty that says more stays whole, and the closing says the rest.
    check(
        &["nghiêm túc triển khai thực hiện, báo cáo trước ngày 20/12/2026"],
        own_route,
        &expect![[r#"
            Nghiêm túc triển khai thực hiện, báo cáo trước ngày 20/12/2026.
            Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời báo cáo Ban Thường vụ Đảng ủy xã để xem xét, chỉ đạo.
        "#]],
    );
    check(
        &[difficulties, "nghiêm túc triển khai thực hiện và tổng hợp khó khăn"],
        None,
        &expect![[r#"
            Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, báo cáo Ban Tuyên giáo và Dân vận Tỉnh ủy.
            Nghiêm túc triển khai thực hiện và tổng hợp khó khăn.
        "#]],
    );
}

#[test]
fn no_deadline_is_made_up() {
    let unit = |tasks| UnitObligations { unit: "Văn phòng".into(), tasks };
    let input = ImplementingLetter { units: vec![unit(vec![task("rà soát")]), unit(Vec::new())], ..ImplementingLetter::default() };
    let text = unpack::text(&implementing_letter(&input));
    assert!(text.contains("1.1. Văn phòng: Rà soát."), "{text}");
    assert!(!text.contains("thời hạn") && !text.contains("1.2."), "{text}");
}
