//! Progress reports of a fictional commune.

use expect_test::{expect, expect_file};
use jiff::civil::date;
use publish::{Due, Feedback, Figure, FigureState, Indicator, ProgressReport, Rate, TaskLine, UnitRates, progress_report};

use crate::{reports, unpack};

#[test]
fn party_report() {
    expect_file!["../../fixtures/report-party.txt"].assert_eq(&unpack::text(&progress_report(&reports::party())));
}

#[test]
fn state_report_has_its_own_numerals_and_end() {
    let text = unpack::text(&progress_report(&reports::state()));
    for line in ["Kính gửi: Ủy ban nhân dân tỉnh Sông Hồng", "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ", "Phụ lục III"] {
        assert!(text.lines().any(|found| found == line), "{line} is missing in {text}");
    }
    assert!(text.contains("hết hạn hỗ trợ./."), "{text}");
}

#[test]
fn a_report_of_nothing_says_so() {
    expect![[r#"
         | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc
        Số:     / | , ngày      tháng      năm     
        BÁO CÁO
        Kết quả thực hiện nhiệm vụ
        báo cáo kết quả thực hiện (số liệu đến hết ngày 01/01/0) như sau:
        I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, QUÁN TRIỆT
        Trong kỳ chưa có số liệu về lãnh đạo, chỉ đạo, quán triệt.
        II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ
        1. Tình hình chung
        Trong kỳ chưa có nhiệm vụ được giao.
        2. Kết quả theo số liệu
        Trong kỳ chưa có số liệu.
        3. Kết quả theo từng nhiệm vụ
        Trong kỳ chưa có nhiệm vụ được giao.
        4. Cách làm hay, điển hình
        Trong kỳ chưa ghi nhận.
        III. KHÓ KHĂN, VƯỚNG MẮC, NGUYÊN NHÂN
        Trong kỳ chưa ghi nhận khó khăn, vướng mắc do các đơn vị gửi lên.
        IV. NHIỆM VỤ THỜI GIAN TỚI
        Chưa có nhiệm vụ mới được giao cho kỳ tới.
        V. KIẾN NGHỊ, ĐỀ XUẤT
        1. Phản ánh, kiến nghị đã tiếp nhận
        Chưa ghi nhận.
        2. Đề xuất với cấp trên
        Chưa ghi nhận./.
        Phụ lục I
        BẢNG SỐ LIỆU
        (Kèm theo Báo cáo số     / ngày      tháng      năm      của )
        TT | Chỉ tiêu | Cách tính | Đơn vị tính | Tự báo | Đã xác minh | Tình trạng | Minh chứng
        Phụ lục II
        DANH MỤC MINH CHỨNG
        (Kèm theo Báo cáo số     / ngày      tháng      năm      của )
        Trong kỳ chưa có minh chứng.
        Phụ lục III
        KẾT QUẢ THỰC HIỆN TỪNG NHIỆM VỤ
        (Kèm theo Báo cáo số     / ngày      tháng      năm      của )
        Trong kỳ chưa có nhiệm vụ được giao.
    "#]]
    .assert_eq(&unpack::text(&progress_report(&ProgressReport::default())));
}

#[test]
fn a_figure_without_evidence_is_never_verified() {
    let bare = Indicator { verified: Some(Figure::Count(3)), ..Indicator::default() };
    assert_eq!(bare.state(), FigureState::NoEvidence);
    let report = ProgressReport { indicators: vec![bare], ..ProgressReport::default() };
    let text = unpack::text(&progress_report(&report));
    assert!(text.contains("3 (tự báo, chưa có minh chứng)"), "{text}");
    assert!(!text.contains("| 3 |"), "{text}");
}

#[test]
fn an_obligation_of_many_units_is_one_row() {
    let task = |unit: &str, text: &str, declared, verified, evidence: &str| TaskLine {
        unit: unit.into(),
        text: text.into(),
        due: Due::Date(date(2026, 11, 30)),
        declared,
        on_time: Some(declared),
        verified,
        evidence: evidence.split_whitespace().map(String::from).collect(),
        ..TaskLine::default()
    };
    let names: Vec<String> = (1..=16).map(|n| format!("Chi bộ thôn {n}")).collect();
    let mut tasks = Vec::new();
    for (unit, n) in names.iter().zip(1..) {
        let proof = if n <= 3 { format!("MC-{n:03}") } else { String::new() };
        tasks.push(task(unit, "quán triệt Chỉ thị", n <= 3, n == 1, &proof));
        tasks.push(task(unit, "rà soát máy tính", n > 2, n > 2, ""));
        tasks.push(task(unit, "lập danh sách", n <= 8, false, ""));
        tasks.push(task(unit, "cử đầu mối", false, false, ""));
    }
    tasks.push(task("Văn phòng Đảng ủy", "sao lưu dữ liệu", true, true, "MC-004"));
    tasks.push(task("Ban Xây dựng Đảng", "sao lưu dữ liệu", false, false, "MC-002"));
    let text = unpack::text(&progress_report(&ProgressReport { tasks, ..ProgressReport::default() }));
    let table = text.rsplit("Minh chứng\n").next().unwrap_or_default();
    expect![[r#"
        1 | Quán triệt Chỉ thị | 30/11/2026 | 16 đơn vị (chưa báo: 13; đã báo: Chi bộ thôn 1; Chi bộ thôn 2; Chi bộ thôn 3) | 3/16 | 3/16 | 1/16 | MC-001–MC-003
        2 | Rà soát máy tính | 30/11/2026 | 16 đơn vị (chưa báo: Chi bộ thôn 1; Chi bộ thôn 2) | 14/16 | 14/16 | 14/16 | Chưa có
        3 | Lập danh sách | 30/11/2026 | 16 đơn vị (chưa báo: 8 đơn vị) | 8/16 | 8/16 | 0/16 | Chưa có
        4 | Cử đầu mối | 30/11/2026 | 16 đơn vị | 0/16 | 0/16 | 0/16 | Chưa có
        5 | Sao lưu dữ liệu | 30/11/2026 | Văn phòng Đảng ủy; Ban Xây dựng Đảng (chưa báo: Ban Xây dựng Đảng) | 1/2 | 1/2 | 1/2 | MC-002, MC-004
    "#]].assert_eq(table);
    assert!(text.contains("Tổng số 66 nhiệm vụ giao cho các đơn vị, thuộc 5 nội dung;"), "{text}");
}

#[test]
fn all_means_all_in_a_percentage() {
    let rate = |count| Rate { count, of: 9 };
    let unit = UnitRates { n_tasks: 9, declared: rate(7), on_time: rate(9), verified: rate(8), unverified: 1, ..UnitRates::default() };
    let text = unpack::text(&progress_report(&ProgressReport { rates: vec![unit], ..ProgressReport::default() }));
    assert!(text.contains("Tự báo hoàn thành 7/9 nhiệm vụ (77,8%); đã xác minh 8/9 nhiệm vụ (88,9%) [Phụ lục III]. Còn 1"), "{text}");
    assert!(text.contains("9/9 (100%)"), "{text}");
}

#[test]
fn evidence_that_no_list_knows_is_shown_as_unknown() {
    let task = TaskLine { text: "rà soát".into(), evidence: vec!["MC-404".into()], ..TaskLine::default() };
    let text = unpack::text(&progress_report(&ProgressReport { tasks: vec![task], ..ProgressReport::default() }));
    assert!(text.contains("MC-404 | Chưa có trong sổ minh chứng"), "{text}");
}

#[test]
fn a_question_keeps_its_mark_and_gets_no_full_stop() {
    let asked =
        Feedback { text: "làm sổ ở đâu?".into(), answer: Some("đến bộ phận một cửa!".into()), ..Feedback::default() };
    let report = ProgressReport { feedback: vec![asked], proposals: vec!["cấp thêm máy".into()], ..ProgressReport::default() };
    let text = unpack::text(&progress_report(&report));
    assert!(text.contains("Làm sổ ở đâu? Trả lời: đến bộ phận một cửa!"), "{text}");
    assert!(text.contains("Cấp thêm máy.") && !text.contains("?.") && !text.contains("!."), "{text}");
}

#[test]
fn nothing_denies_what_a_person_wrote() {
    let words = |part, line: &str| publish::Written { part, title: None, paragraphs: vec![line.into()] };
    let of = |written| unpack::text(&progress_report(&ProgressReport { written, ..ProgressReport::default() }));
    let empty = of(vec![words(5, "  ")]);
    assert_eq!(empty.matches("Chưa ghi nhận.").count(), 2, "{empty}");
    let proposed = of(vec![words(5, "Đề nghị Thành ủy hỗ trợ kinh phí.")]);
    assert!(proposed.contains("Đề nghị Thành ủy hỗ trợ kinh phí.") && !proposed.contains("Chưa ghi nhận."), "{proposed}");
    assert!(!proposed.contains("Đề xuất với cấp trên"), "no heading without words below it: {proposed}");
    let all = of((1..=5).map(|part| words(part, "Đã làm tốt.")).collect());
    for denial in ["chưa có số liệu", "Trong kỳ chưa ghi nhận", "Tiếp tục thực hiện"] {
        assert!(!all.contains(denial), "{denial}: {all}");
    }
    // What the record knows is said beside the words, numbered without a gap.
    let feedback = vec![Feedback { text: "đường truyền chậm".into(), ..Feedback::default() }];
    let report =
        ProgressReport {
            written: vec![words(2, "Đã làm tốt."), words(5, "Đề nghị hỗ trợ.")], feedback, ..ProgressReport::default()
        };
    let text = unpack::text(&progress_report(&report));
    assert!(text.contains("1. Phản ánh, kiến nghị đã tiếp nhận") && text.contains("2. Kết quả theo từng nhiệm vụ"), "{text}");
}

#[test]
fn what_a_person_wrote_stands_below_its_title() {
    let words =
        publish::Written { part: 3, title: Some("Tồn tại, hạn chế".into()), paragraphs: vec!["Còn thiếu máy chiếu.".into()] };
    let text = unpack::text(&progress_report(&ProgressReport { written: vec![words], ..ProgressReport::default() }));
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.ends_with("TỒN TẠI, HẠN CHẾ")).expect("the title");
    assert_eq!(lines[at + 1], "Còn thiếu máy chiếu.");
}
