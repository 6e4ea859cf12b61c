//! Damaged texts in, paragraphs (¶) and lines (|) out.

use super::rejoin;
use crate::doc::{BlockKind, Doc};
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn check(text: &str, expected: &Expect) {
    let doc = rejoin(&Doc::from_lines(text));
    let shown: Vec<String> = doc
        .blocks
        .iter()
        .map(|block| {
            let sign = if block.kind == BlockKind::Paragraph { "¶" } else { "|" };
            format!("{sign}{}", doc.block_text(block))
        })
        .collect();
    expected.assert_eq(&shown.join("\n"));
}

#[test]
fn wrapped_lines_become_paragraphs_and_letterheads_stay_lines() {
    check(
        "ỦY BAN NHÂN DÂN\nXÃ TÂN LŨY\n\nKính gửi: Các thôn.\n\n\
         Thực hiện kế hoạch của tỉnh về bảo đảm an toàn thông tin, Ủy ban nhân dân xã\n\
         yêu cầu các thôn tổ chức họp dân trước ngày 20/5/2026, nội dung theo tài liệu\n\
         gửi kèm.\n\
         1. Trưởng thôn chủ trì.\n\
         2. Công an xã phối hợp.",
        &expect![[r#"
            |ỦY BAN NHÂN DÂN
            |XÃ TÂN LŨY
            |
            |Kính gửi: Các thôn.
            |
            ¶Thực hiện kế hoạch của tỉnh về bảo đảm an toàn thông tin, Ủy ban nhân dân xã yêu cầu các thôn tổ chức họp dân trước ngày 20/5/2026, nội dung theo tài liệu gửi kèm.
            |1. Trưởng thôn chủ trì.
            |2. Công an xã phối hợp."#]],
    );
}

#[test]
fn a_sentence_that_ends_at_the_margin_does_not_end_its_paragraph() {
    check(
        "Các chi bộ tổ chức học tập, quán triệt đầy đủ nội dung của chỉ thị và thống nhất\n\
         đầu mối, phân định rõ trách nhiệm quản lý của từng cơ quan, từng đơn vị ở xã.\n\
         Quy hoạch hạ tầng dữ liệu bảo đảm hiện đại, đồng bộ và an toàn cho toàn xã.\n\
         Các chi bộ gửi báo cáo về Văn phòng.",
        &expect![[r#"
            ¶Các chi bộ tổ chức học tập, quán triệt đầy đủ nội dung của chỉ thị và thống nhất đầu mối, phân định rõ trách nhiệm quản lý của từng cơ quan, từng đơn vị ở xã. Quy hoạch hạ tầng dữ liệu bảo đảm hiện đại, đồng bộ và an toàn cho toàn xã.
            |Các chi bộ gửi báo cáo về Văn phòng."#]],
    );
}

#[test]
fn a_page_break_does_not_split_a_paragraph() {
    check(
        "Gắn công tác tuyên truyền với phong trào và công tác bảo vệ nền nếp của\n\n- 2 -\n\nĐảng bộ xã trong toàn bộ hệ thống, bảo đảm mọi thôn đều có người phụ trách.",
        &expect![
            "¶Gắn công tác tuyên truyền với phong trào và công tác bảo vệ nền nếp của Đảng bộ xã trong toàn bộ hệ thống, bảo đảm mọi thôn đều có người phụ trách."
        ],
    );
}

#[test]
fn markdown_marks_and_signing_stamps_go() {
    check(
        "**Số \\* -CV/ĐU**\n*(Gửi kèm Kế hoạch)*\nNgười ký: ĐẢNG ỦY XÃ\n29-09-2025 13:41:12 +07:00",
        &expect![[r#"
            |Số * -CV/ĐU
            |(Gửi kèm Kế hoạch)"#]],
    );
}

#[test]
fn lost_blanks_come_back() {
    check(
        "Đểbảo đảm công tác, Ban Thường vụĐảng uỷxã đềnghịcác chi bộkhẩn trương chuẩn bịtốt hồsơ, gửi vềVăn phòng.",
        &expect!["|Để bảo đảm công tác, Ban Thường vụ Đảng uỷ xã đề nghị các chi bộ khẩn trương chuẩn bị tốt hồ sơ, gửi về Văn phòng."],
    );
}

#[test]
fn words_cut_by_a_hyphen_are_whole_again() {
    check(
        "Cán bộ khi sử dụng mạng Inter-\nnet và các tổ chức chính trị-\nxã hội theo Nghị định số 30/2020/NĐ-\nCP của Chính phủ cùng thực hiện.",
        &expect![[r#"
            ¶Cán bộ khi sử dụng mạng Internet và các tổ chức chính trị-xã hội theo Nghị định số 30/2020/NĐ-CP của Chính phủ cùng thực hiện."#]],
    );
}

#[test]
fn years_that_a_break_cut_off_are_no_list() {
    check("Hội đã tổ chức đại hội nhiệm kỳ (2019\n- 2024) đúng hạn.", &expect!["¶Hội đã tổ chức đại hội nhiệm kỳ (2019 - 2024) đúng hạn."]);
}

proptest! {
    #[test]
    fn every_span_lies_inside_the_text(text in "([a-zđêộ .,;\n-]|Điều|Nơi nhận|\\*\\*){0,80}") {
        let once = rejoin(&Doc::from_lines(&text));
        let spans_fit = once.blocks.iter().all(|block| once.text.get(block.span.clone()).is_some());
        prop_assert!(spans_fit);
    }

    #[test]
    fn no_letter_is_lost(text in "[a-zà-ỹ0-9 ,;\n]{0,120}") {
        let count = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        prop_assert_eq!(count(&rejoin(&Doc::from_lines(&text)).text), count(&text));
    }
}
