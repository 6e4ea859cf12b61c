//! The chain of letters from the centre down.

use crate::office::office;
use app::letters::{self, Upload};
use app::views::{ChainNode, ChainView};
use app::{drafts, tasks};
use expect_test::expect;
use programme::ids::LetterId;
use programme::model::*;

const DIRECTIVE: &str = "ĐẢNG BỘ TỈNH SÔNG HỒNG\nTỈNH ỦY SÔNG HỒNG\n*\nSố 15-CT/TU\nĐẢNG CỘNG SẢN VIỆT NAM\n\
    Sông Hồng, ngày 05 tháng 5 năm 2026\nCHỈ THỊ\nvề an toàn hệ thống thông tin\n-----\n\
    Thực hiện Chỉ thị số 57-CT/TW, ngày 31/12/2025 của Ban Bí thư, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy:\n\
    1. Rà soát, kiểm tra toàn bộ hệ thống thông tin, máy tính thuộc phạm vi quản lý.\n\
    2. Tổ chức tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức.\n\
    3. Thực hiện sao lưu dữ liệu hằng tuần.\nNơi nhận:\n- Các cấp ủy.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nTrần Văn Minh\n";

const BOARD: &str = "TỈNH ỦY SÔNG HỒNG\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 86-CV/BTGDVTU\nVề thực hiện Chỉ thị số 15-CT/TU\n\
    ĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày 14 tháng 5 năm 2026\nKính gửi: - Đảng ủy các xã, phường.\n\
    Thực hiện Chỉ thị số 15-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy, Ban Tuyên giáo và Dân vận đề nghị:\n\
    1. Văn phòng Đảng ủy: Rà soát, kiểm tra hệ thống thông tin, máy tính dùng chung.\n\
    2. Ban Xây dựng Đảng: Tập huấn kỹ năng an toàn thông tin cho cán bộ.\n\
    Nơi nhận:\n- Như trên.\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nLê Văn Tâm\n";

fn lines(nodes: &[ChainNode], depth: usize, out: &mut Vec<String>) {
    for node in nodes {
        let known = node.letter.as_ref().map_or("cited", |_| if node.asked { "asked" } else { "known" });
        out.push(format!("{}{} {known}", "  ".repeat(depth), node.code.as_deref().unwrap_or("(no number)")));
        for carried in node.carries.iter().flat_map(|c| &c.carried) {
            out.push(format!("{}  + {}", "  ".repeat(depth), carried.clause.text));
        }
        for left in node.carries.iter().flat_map(|c| &c.left_out) {
            out.push(format!("{}  - {}", "  ".repeat(depth), left.text));
        }
        lines(&node.below, depth + 1, out);
    }
}

fn words(chain: &ChainView) -> String {
    let mut out = Vec::new();
    lines(&chain.top, 0, &mut out);
    out.join("\n")
}

#[tokio::test]
async fn from_the_centre_down_with_what_is_carried_on() {
    let o = office(Network::Internet).await;
    let receive = async |name: &str, text: &str| {
        let upload = Upload { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let id = letters::receive(&o.app, &o.clerk, upload).await.unwrap();
        letters::confirm(&o.app, &o.clerk, &id).await.unwrap();
        id
    };
    // The board's letter comes before the directive that it carries on.
    let board = receive("86.txt", BOARD).await;
    receive("15.txt", DIRECTIVE).await;
    tasks::assign_all(&o.app, &o.clerk, &board).await.unwrap();
    let draft: LetterId = drafts::make(&o.app, &o.clerk, &board).await.unwrap();
    let chain = letters::chain(&o.app, &draft).await.unwrap().unwrap();
    expect![[r#"
        57-CT/TW cited
          15-CT/TU known
            86-CV/BTGDVTU known
              + Rà soát, kiểm tra toàn bộ hệ thống thông tin, máy tính thuộc phạm vi quản lý
              + Tổ chức tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức
              - Thực hiện sao lưu dữ liệu hằng tuần
              (no number) asked
                + Rà soát, kiểm tra hệ thống thông tin, máy tính dùng chung
                + Tập huấn kỹ năng an toàn thông tin cho cán bộ"#]]
    .assert_eq(&words(&chain));
    let again = letters::chain(&o.app, &board).await.unwrap().unwrap();
    assert_eq!(words(&again).replace("asked", "known"), words(&chain).replace("asked", "known"), "the same chain from every letter of it");
    assert_eq!(letters::chain(&o.app, &"none".parse().unwrap()).await.unwrap(), None);
    let obligation = |chain: &ChainView| chain.top[0].below[0].below[0].carries.as_ref().unwrap().carried[0].clause.obligation.clone();
    assert!(obligation(&chain).is_some());
}
