//! Implementing letters of a fictional commune.

use expect_test::expect;
use publish::{ImplementingLetter, ObligationText, UnitObligations, implementing_letter};

use crate::{letters, unpack};

#[test]
fn party_committee() {
    expect![[r#"
        ĐẢNG BỘ TỈNH SÔNG HỒNG / ĐẢNG ỦY XÃ TÂN LŨY / * | ĐẢNG CỘNG SẢN VIỆT NAM
        Số     -CV/ĐU / Về triển khai thực hiện Chỉ thị số 05-CT/TU | Tân Lũy, ngày      tháng 10 năm 2026
        Kính gửi: - Các cơ quan tham mưu, giúp việc Đảng ủy xã;
        - Đảng ủy Ủy ban nhân dân xã;
        - Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội xã;
        - Các đảng bộ, chi bộ trực thuộc.
        Thực hiện Chỉ thị số 05-CT/TU, ngày 15/9/2026 của Ban Thường vụ Tỉnh ủy Sông Hồng về tăng cường bảo đảm an toàn thông tin trong các cơ quan của hệ thống chính trị; Ban Thường vụ Đảng ủy xã yêu cầu các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:
        1. Nội dung quán triệt, triển khai
        - Tổ chức quán triệt, phổ biến đầy đủ nội dung Chỉ thị đến từng cán bộ, đảng viên; người đứng đầu chịu trách nhiệm trực tiếp về an toàn thông tin của cơ quan, đơn vị mình.
        - Phổ biến các quy định về bảo vệ bí mật nhà nước và bảo vệ dữ liệu cá nhân; hướng dẫn cán bộ đặt mật khẩu mạnh, bật xác thực hai lớp, nhận biết thư và cuộc gọi giả mạo.
        2. Nhiệm vụ cụ thể của các cơ quan, đơn vị
        2.1. Ban Xây dựng Đảng:
        - Tham mưu Ban Thường vụ Đảng ủy đưa nội dung Chỉ thị vào chương trình sinh hoạt chi bộ và hoạt động của đội ngũ báo cáo viên.
        - Tổng hợp kết quả thực hiện của các chi bộ (thực hiện hằng quý; báo cáo Ban Thường vụ Đảng ủy).
        2.2. Văn phòng Đảng ủy:
        - Rà soát, lập danh mục toàn bộ máy tính, tài khoản và phần mềm đang dùng trong các cơ quan Đảng của xã (thời hạn: 30/11/2026).
        - Kiểm tra việc soạn thảo, lưu giữ tài liệu mật; bảo đảm không có tài liệu mật trên máy tính nối mạng Internet (thực hiện hằng tháng).
        - Đầu mối tiếp nhận phản ánh về lừa đảo qua mạng của cán bộ, đảng viên và Nhân dân.
        2.3. Đảng ủy Ủy ban nhân dân xã: Chỉ đạo hoàn thành hồ sơ đề xuất cấp độ của mạng nội bộ và trang thông tin điện tử của xã (thời hạn: tháng 12/2026).
        2.4. Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội xã: Vận động đoàn viên, hội viên và Nhân dân nâng cao cảnh giác với lừa đảo trên không gian mạng; kịp thời chuyển phản ánh, kiến nghị đến cơ quan có thẩm quyền.
        2.5. Các đảng bộ, chi bộ trực thuộc: Đưa nội dung Chỉ thị vào kỳ sinh hoạt gần nhất; mỗi chi bộ cử một đảng viên làm đầu mối.
        Các cơ quan, đơn vị nghiêm túc triển khai thực hiện. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời báo cáo Ban Thường vụ Đảng ủy (qua Ban Xây dựng Đảng) để xem xét, chỉ đạo.
        (Phân công nhiệm vụ chi tiết tại Phụ lục kèm theo)
        (Gửi kèm Chỉ thị số 05-CT/TU, ngày 15/9/2026 của Ban Thường vụ Tỉnh ủy Sông Hồng)
        Nơi nhận: / - Như trên; / - Ban Thường vụ Tỉnh ủy (để b/c); / - Các đồng chí Ủy viên Ban Chấp hành Đảng bộ xã (để chỉ đạo); / - Trung tâm Dịch vụ sự nghiệp công xã (để tuyên truyền); / - Lưu Văn phòng Đảng ủy. | T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ THƯỜNG TRỰC / Nguyễn Thị Lụa
        Phụ lục
        PHÂN CÔNG NHIỆM VỤ
        (Kèm theo Công văn số     -CV/ĐU, ngày      tháng 10 năm 2026 của Đảng ủy xã Tân Lũy)
        -----
        TT | Nhiệm vụ | Thời hạn | Định kỳ | Báo cáo về
        Tất cả các cơ quan, đơn vị
        1 | Tổ chức quán triệt, phổ biến đầy đủ nội dung Chỉ thị đến từng cán bộ, đảng viên; người đứng đầu chịu trách nhiệm trực tiếp về an toàn thông tin của cơ quan, đơn vị mình | Chưa nêu thời hạn | – | Chưa nêu
        2 | Phổ biến các quy định về bảo vệ bí mật nhà nước và bảo vệ dữ liệu cá nhân; hướng dẫn cán bộ đặt mật khẩu mạnh, bật xác thực hai lớp, nhận biết thư và cuộc gọi giả mạo | Chưa nêu thời hạn | – | Chưa nêu
        Ban Xây dựng Đảng
        3 | Tham mưu Ban Thường vụ Đảng ủy đưa nội dung Chỉ thị vào chương trình sinh hoạt chi bộ và hoạt động của đội ngũ báo cáo viên | Chưa nêu thời hạn | – | Chưa nêu
        4 | Tổng hợp kết quả thực hiện của các chi bộ | – | hằng quý | Ban Thường vụ Đảng ủy
        Văn phòng Đảng ủy
        5 | Rà soát, lập danh mục toàn bộ máy tính, tài khoản và phần mềm đang dùng trong các cơ quan Đảng của xã | 30/11/2026 | – | Chưa nêu
        6 | Kiểm tra việc soạn thảo, lưu giữ tài liệu mật; bảo đảm không có tài liệu mật trên máy tính nối mạng Internet | – | hằng tháng | Chưa nêu
        7 | Đầu mối tiếp nhận phản ánh về lừa đảo qua mạng của cán bộ, đảng viên và Nhân dân | Chưa nêu thời hạn | – | Chưa nêu
        Đảng ủy Ủy ban nhân dân xã
        8 | Chỉ đạo hoàn thành hồ sơ đề xuất cấp độ của mạng nội bộ và trang thông tin điện tử của xã | tháng 12/2026 | – | Chưa nêu
        Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội xã
        9 | Vận động đoàn viên, hội viên và Nhân dân nâng cao cảnh giác với lừa đảo trên không gian mạng; kịp thời chuyển phản ánh, kiến nghị đến cơ quan có thẩm quyền | Chưa nêu thời hạn | – | Chưa nêu
        Các đảng bộ, chi bộ trực thuộc
        10 | Đưa nội dung Chỉ thị vào kỳ sinh hoạt gần nhất; mỗi chi bộ cử một đảng viên làm đầu mối | Chưa nêu thời hạn | – | Chưa nêu
    "#]].assert_eq(&unpack::text(&implementing_letter(&letters::party())));
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
