//! Whole letters in, what was read out.

mod letters;
mod rules;

use super::read;
use text::Doc;

#[test]
fn nothing_is_no_letter() {
    let reading = read(&Doc::default());
    assert_eq!(reading.problems.iter().map(|problem| problem.code()).collect::<Vec<_>>(), ["letter.no_letterhead"]);
}

mod laws {
    use super::read;
    use proptest::prelude::*;
    use text::{BlockKind, Doc};

    const SCRAPS: &[&str] = &[
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂN LŨY",
        "Số: 12/KH-UBND",
        "Số:",
        "Số * -CV/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Tân Lũy, ngày   tháng 5 năm 2026",
        "KẾ HOẠCH",
        "QUYẾT ĐỊNH",
        "V/v rà soát",
        "Kính gửi:",
        "- Các thôn;",
        "Kính gửi: Sở A; Sở B.",
        "Căn cứ Nghị định số 30/2020/NĐ-CP",
        "như sau:",
        "1. Giao Công an xã kiểm tra; báo cáo trước ngày 30/6/2026.",
        "1.1. ",
        "a) ",
        "- ",
        "+ Tổ bảo vệ:",
        "I- ",
        "Điều 1.",
        "Phần thứ nhất",
        "(Gửi kèm Kế hoạch số 1-KH/TU",
        "các sở: Nội vụ, Y tế và",
        "Đơn vị chủ trì: ",
        "Thời gian:",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lê Văn Tre",
        "PHỤ LỤC",
        "STT",
        "Nhiệm vụ",
        "Chủ trì",
        "\"",
        "(",
        "…",
        ";",
        ":",
        ".",
        "",
        "ngày",
        "tháng 13",
        "31/02/2026",
        "hằng quý",
        "số 12-",
        "/",
        "Nội dung tuyên truyền",
        "Hình thức tuyên truyền: hội nghị, tờ rơi",
        "định kỳ",
        "của",
        "đồng chí",
        "theo",
        "\t",
        "    ",
    ];

    /// Scraps of letters in any order, as lines, paragraphs or cells.
    fn scraps() -> impl Strategy<Value = Doc> {
        let scrap = prop::sample::select(SCRAPS);
        let kind = (0..4_u32, 0..3_u32, 0..4_u32);
        prop::collection::vec((prop::collection::vec(scrap, 1..4), kind), 0..30).prop_map(|blocks| {
            let mut doc = Doc::default();
            for (scraps, (kind, row, column)) in blocks {
                let kind = match kind {
                    0 => BlockKind::Paragraph,
                    1 => BlockKind::Cell { table: 0, row, column },
                    _ => BlockKind::Line,
                };
                doc.push(kind, None, &scraps.join(" "));
            }
            doc
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn any_scraps_are_read_and_every_quote_stands_in_the_text(doc in scraps()) {
            let reading = read(&doc);
            for task in &reading.tasks {
                prop_assert!(reading.doc.text.get(task.span.clone()).is_some_and(|quote| !quote.trim().is_empty()));
                prop_assert!(!task.to.is_empty() && !task.rules.is_empty());
                prop_assert!((0.0..=1.0).contains(&task.confidence));
            }
            prop_assert_eq!(&read(&doc), &reading);
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,200}") {
            let reading = read(&Doc::from_lines(&text));
            prop_assert!(reading.doc.blocks.iter().all(|block| reading.doc.text.get(block.span.clone()).is_some()));
        }
    }
}
