//! Progress reports of a fictional commune.

use expect_test::{expect, expect_file};
use publish::{Figure, FigureState, Indicator, ProgressReport, TaskLine, progress_report};

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
        báo cáo kết quả thực hiện (số liệu từ ngày 01/01/0 đến ngày 01/01/0) như sau:
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
        (Chưa có nội dung.)
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
fn evidence_that_no_list_knows_is_shown_as_unknown() {
    let task = TaskLine { text: "rà soát".into(), evidence: vec!["MC-404".into()], ..TaskLine::default() };
    let text = unpack::text(&progress_report(&ProgressReport { tasks: vec![task], ..ProgressReport::default() }));
    assert!(text.contains("MC-404 | Chưa có trong sổ minh chứng"), "{text}");
}
