//! Implementing letters of a fictional commune.

use expect_test::{expect, expect_file};
use publish::{ImplementingLetter, ObligationText, UnitObligations, implementing_letter};

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
        Số: 07/MTTQ-BTT / V/v triển khai thực hiện / Chỉ thị số 05-CT/TU | Tân Lũy, ngày 12 tháng 10 năm 2026
        Kính gửi: Các tổ chức chính trị - xã hội xã
        Thực hiện Chỉ thị số 05-CT/TU ngày 15/9/2026 của Ban Thường vụ Tỉnh ủy Sông Hồng về tăng cường bảo đảm an toàn thông tin trong các cơ quan của hệ thống chính trị; Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã đề nghị các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:
        1. Nhiệm vụ cụ thể của các cơ quan, đơn vị
        1.1. Ban công tác Mặt trận các thôn: Phổ biến tờ rơi phòng, chống lừa đảo đến từng hộ.
        Các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.
        Nơi nhận: / - Như trên; / - Thường trực Đảng ủy (để b/c); / - Lưu: VT. | TM. BAN THƯỜNG TRỰC / CHỦ TỊCH / Lê Thị Sen
    "#]].assert_eq(&unpack::text(&implementing_letter(&letters::front())));
}

#[test]
fn no_deadline_is_made_up() {
    let task = ObligationText { text: "rà soát".into(), ..ObligationText::default() };
    let unit = |tasks| UnitObligations { unit: "Văn phòng".into(), tasks };
    let input = ImplementingLetter { units: vec![unit(vec![task]), unit(Vec::new())], ..ImplementingLetter::default() };
    let text = unpack::text(&implementing_letter(&input));
    assert!(text.contains("1.1. Văn phòng: Rà soát."), "{text}");
    assert!(!text.contains("thời hạn") && !text.contains("1.2."), "{text}");
}
