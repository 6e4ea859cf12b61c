//! Progress reports of a fictional commune.

use expect_test::expect;
use publish::{Figure, FigureState, Indicator, ProgressReport, TaskLine, progress_report};

use crate::{reports, unpack};

#[test]
fn party_report() {
    expect![[r#"
        ĐẢNG BỘ TỈNH SÔNG HỒNG / ĐẢNG ỦY XÃ TÂN LŨY / * | ĐẢNG CỘNG SẢN VIỆT NAM
        Số 31-BC/ĐU | Tân Lũy, ngày 02 tháng 12 năm 2026
        BÁO CÁO
        Kết quả thực hiện Chỉ thị số 05-CT/TU, tháng 11 năm 2026
        -----
        Thực hiện Chỉ thị số 05-CT/TU, ngày 15/9/2026 của Ban Thường vụ Tỉnh ủy Sông Hồng về tăng cường bảo đảm an toàn thông tin trong các cơ quan của hệ thống chính trị; Ban Thường vụ Đảng ủy xã báo cáo kết quả thực hiện tháng 11 năm 2026 (số liệu từ ngày 15/10/2026 đến ngày 14/11/2026) như sau:
        I- CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, QUÁN TRIỆT
        Số liệu có minh chứng được ghi kèm ký hiệu trong ngoặc vuông; danh mục minh chứng nêu tại Phụ lục 2.
        - Số hội nghị quán triệt, học tập: 12 hội nghị (tự báo; đã xác minh 9) [MC-001, MC-002].
        - Số lượt người dự quán triệt: 1.846 lượt người (đã xác minh) [MC-001, MC-002].
        - Số văn bản đã ban hành: 6 văn bản (đã xác minh) [MC-003].
        II- KẾT QUẢ THỰC HIỆN NHIỆM VỤ
        1. Tình hình chung
        Tự báo hoàn thành 5/6 nhiệm vụ (83,3%); đã xác minh 3/5 nhiệm vụ (60%). Còn 1 nhiệm vụ đã tự báo hoàn thành nhưng chưa được xác minh.
        Ngoài ra có 1 nhiệm vụ chỉ có thể tự báo, không tính vào tỷ lệ xác minh.
        Tỷ lệ thực hiện theo đơn vị
        TT | Đơn vị | Số nhiệm vụ | Đã tiếp nhận | Tự báo hoàn thành | Đúng hạn | Đã xác minh
        1 | Văn phòng Đảng ủy | 3 | 3/3 (100%) | 3/3 (100%) | 1/1 (100%) | 2/3 (66,7%)
        2 | Đảng ủy Ủy ban nhân dân xã | 2 | 2/2 (100%) | 1/2 (50%) | 0/1 (0%) | 1/2 (50%)
        3 | Chi bộ thôn Đông | 1 | 1/1 (100%) | 1/1 (100%) | – | –
         | Tổng cộng | 6 | 6/6 (100%) | 5/6 (83,3%) | 1/2 (50%) | 3/5 (60%)
        Chưa nhận được báo cáo của: Chi bộ thôn Đoài; Chi bộ Trường Trung học cơ sở Tân Lũy.
        2. Kết quả theo số liệu
        - Số tin, bài đã đăng: 21 tin, bài (tự báo, chưa xác minh) [MC-004].
        - Số lượt phát trên truyền thanh: 48 lượt (tự báo, chưa có minh chứng).
        - Số người được tập huấn kỹ năng: 203 người (tự báo; đã xác minh 198) [MC-005].
        - Số hệ thống thông tin đã rà soát: 4 hệ thống (đã xác minh) [MC-006, MC-007].
        - Số nguy cơ phát hiện và đã khắc phục: 17 nguy cơ (tự báo; đã xác minh 11) [MC-006, MC-007].
        - Số sự cố an ninh mạng: 0 sự cố (tự báo, chưa có minh chứng).
        - Số phản ánh, kiến nghị tiếp nhận và trả lời: chưa có số liệu (chưa có minh chứng).
        3. Kết quả theo từng nhiệm vụ
        Tổng số 6 nhiệm vụ; kết quả, thời hạn và minh chứng của từng nhiệm vụ nêu tại Phụ lục 3.
        4. Cách làm hay, điển hình
        - Chi bộ thôn Đông mở nhóm hỗ trợ cài đặt xác thực hai lớp tại nhà văn hóa vào tối thứ Sáu.
        III- KHÓ KHĂN, VƯỚNG MẮC, NGUYÊN NHÂN
        - Văn phòng Đảng ủy: Ba máy tính dùng hệ điều hành đã hết hạn hỗ trợ, chưa có kinh phí thay thế. Nguyên nhân: dự toán năm 2026 chưa bố trí khoản mua sắm thiết bị. Chưa được giải quyết.
        - Chi bộ thôn Đông: Chưa có tài liệu hướng dẫn cho người cao tuổi. Đã xử lý: Ban Xây dựng Đảng đã gửi bộ tờ rơi ngày 10/11/2026.
        IV- NHIỆM VỤ THỜI GIAN TỚI
        - Hoàn thành hồ sơ đề xuất cấp độ của mạng nội bộ trong tháng 12/2026.
        - Khắc phục sáu nguy cơ còn lại sau rà soát.
        V- KIẾN NGHỊ, ĐỀ XUẤT
        1. Phản ánh, kiến nghị đã tiếp nhận
        - Nhân dân thôn Đông: Nhiều cuộc gọi tự xưng cán bộ xã yêu cầu cài ứng dụng lạ. Đã trả lời: Công an xã đã thông báo trên truyền thanh ngày 08/11/2026.
        2. Đề xuất với cấp trên
        - Tỉnh hỗ trợ kinh phí thay thế máy tính đã hết hạn hỗ trợ.
        Nơi nhận: / - Ban Thường vụ Tỉnh ủy (để b/c); / - Các đồng chí Ủy viên Ban Chấp hành Đảng bộ xã; / - Lưu Văn phòng Đảng ủy. | T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ THƯỜNG TRỰC / Nguyễn Thị Lụa
        Phụ lục 1
        BẢNG SỐ LIỆU
        (Kèm theo Báo cáo số 31-BC/ĐU, ngày 02/12/2026 của Đảng ủy xã Tân Lũy)
        -----
        TT | Mã | Chỉ tiêu | Đơn vị tính | Tự báo | Đã xác minh | Tình trạng | Minh chứng
        1 | CT-01 | Số hội nghị quán triệt, học tập | hội nghị | 12 | 9 | Xác minh một phần | MC-001, MC-002
        2 | CT-02 | Số lượt người dự quán triệt | lượt người | 1.846 | 1.846 | Đã xác minh | MC-001, MC-002
        3 | CT-03 | Số văn bản đã ban hành | văn bản | 6 | 6 | Đã xác minh | MC-003
        4 | CT-04 | Số tin, bài đã đăng | tin, bài | 21 | – | Chưa xác minh | MC-004
        5 | CT-05 | Số lượt phát trên truyền thanh | lượt | 48 | – | Chưa có minh chứng | –
        6 | CT-06 | Số người được tập huấn kỹ năng | người | 203 | 198 | Xác minh một phần | MC-005
        7 | CT-07 | Số hệ thống thông tin đã rà soát | hệ thống | 4 | 4 | Đã xác minh | MC-006, MC-007
        8 | CT-08 | Số nguy cơ phát hiện và đã khắc phục | nguy cơ | 17 | 11 | Xác minh một phần | MC-006, MC-007
        9 | CT-09 | Số sự cố an ninh mạng | sự cố | 0 | – | Chưa có minh chứng | –
        10 | CT-10 | Số phản ánh, kiến nghị tiếp nhận và trả lời | phản ánh | – | – | Chưa có minh chứng | –
        Phụ lục 2
        DANH MỤC MINH CHỨNG
        (Kèm theo Báo cáo số 31-BC/ĐU, ngày 02/12/2026 của Đảng ủy xã Tân Lũy)
        -----
        TT | Ký hiệu | Loại minh chứng | Đơn vị | Ngày | SHA-256 (16 ký tự đầu)
        1 | MC-001 | Biên bản hội nghị, danh sách dự | Ban Xây dựng Đảng | 03/11/2026 | 9e3779b97f4a7c15
        2 | MC-002 | Biên bản sinh hoạt chi bộ | Chi bộ thôn Đông | 05/11/2026 | 3c6ef372fe94f82a
        3 | MC-003 | Văn bản đã ban hành | Văn phòng Đảng ủy | 06/11/2026 | daa66d2c7ddf743f
        4 | MC-004 | Ảnh chụp trang tin | Trung tâm Dịch vụ sự nghiệp công | 09/11/2026 | 78dde6e5fd29f054
        5 | MC-005 | Danh sách tập huấn, kết quả kiểm tra | Phòng Văn hóa - Xã hội | 20/11/2026 | 1715609f7c746c69
        6 | MC-006 | Kết quả rà soát máy tính (tự động) | Văn phòng Đảng ủy | 21/11/2026 | b54cda58fbbee87e
        7 | MC-007 | Kết quả rà soát tệp (tự động) | Văn phòng Đảng ủy | 21/11/2026 | 538454127b096493
        Phụ lục 3
        KẾT QUẢ THỰC HIỆN TỪNG NHIỆM VỤ
        (Kèm theo Báo cáo số 31-BC/ĐU, ngày 02/12/2026 của Đảng ủy xã Tân Lũy)
        -----
        TT | Nhiệm vụ | Thời hạn | Tự báo | Đúng hạn | Xác minh | Minh chứng
        Văn phòng Đảng ủy
        1 | Rà soát, lập danh mục máy tính, tài khoản và phần mềm | 30/11/2026 | Hoàn thành | Đúng hạn | Đã xác minh | MC-006
        2 | Kiểm tra việc lưu giữ tài liệu trên máy tính nối mạng Internet | Chưa nêu | Hoàn thành | – | Đã xác minh | MC-007
        3 | Cử đầu mối tiếp nhận phản ánh | Chưa nêu | Hoàn thành | – | Chưa | Chưa có minh chứng
        Đảng ủy Ủy ban nhân dân xã
        4 | Hoàn thành hồ sơ đề xuất cấp độ của mạng nội bộ | tháng 12/2026 | Chưa | – | Chưa | Chưa có minh chứng
        5 | Tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức | 20/11/2026 | Hoàn thành | Quá hạn | Đã xác minh | MC-005
        Chi bộ thôn Đông
        6 | Nắm bắt tâm tư, nguyện vọng của Nhân dân | Chưa nêu | Hoàn thành | – | Chỉ tự báo | Chưa có minh chứng
    "#]].assert_eq(&unpack::text(&progress_report(&reports::party())));
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
        TT | Mã | Chỉ tiêu | Đơn vị tính | Tự báo | Đã xác minh | Tình trạng | Minh chứng
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
