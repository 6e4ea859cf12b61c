//! The way of a letter through an office, played by its people as they would: with and without scripts, on a desk and on a phone.

use super::office::{Invited, Office, PASSWORD, in_days};
use super::person::Person;
use super::tab::Setting;
use crate::sample;

const DOER: &str = "Trần Văn Bình";
const ASSESSOR: &str = "Lê Văn Măng";
const MEETING: &str = "Tổ chức quán triệt, tuyên truyền sâu rộng";

#[test]
fn a_letter_goes_its_way_on_a_desk() {
    play(Setting { script: true, width: 1280 });
}

#[test]
fn a_letter_goes_its_way_on_a_phone() {
    play(Setting { script: true, width: 360 });
}

#[test]
fn a_letter_goes_its_way_on_a_desk_without_scripts() {
    play(Setting { script: false, width: 1280 });
}

#[test]
fn a_letter_goes_its_way_on_a_phone_without_scripts() {
    play(Setting { script: false, width: 360 });
}

fn play(setting: Setting) {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::start("way", &browser, setting);
    let clerk = office.set_up();
    everything_is_empty_and_says_what_to_do(&clerk);
    a_secret_letter_is_turned_away(&clerk);
    let [doer, assessor] = people_are_added(&clerk);
    a_letter_is_received_confirmed_and_assigned(&clerk);
    let doer = office.comes(&doer);
    a_task_is_acknowledged_and_declared(&doer);
    let assessor = office.comes(&assessor);
    it_is_returned_for_more_and_then_accepted(&assessor, &doer);
    the_machine_and_a_folder_are_inspected(&clerk);
    a_difficulty_is_raised_joined_and_answered(&doer, &clerk);
    a_meeting_is_planned_signed_into_and_held(&doer, &office);
    a_report_is_made_approved_and_downloaded(&clerk);
    the_record_is_whole(&clerk);
    programs_get_tokens(&doer);
    accounts_are_kept(&doer, &clerk);
    what_is_not_there_is_said_and_the_language_changes(&clerk);
    office.all_well();
}

fn everything_is_empty_and_says_what_to_do(clerk: &Person) {
    clerk.sees("Chưa có nhiệm vụ nào");
    clerk.opens("Văn bản");
    clerk.sees("Chưa có văn bản nào");
    clerk.opens("Nhiệm vụ");
    clerk.sees("Không có nhiệm vụ nào ở mục này");
    clerk.opens("Vướng mắc");
    clerk.sees("Không có vướng mắc nào");
    clerk.opens("Báo cáo");
    clerk.sees("Chưa có báo cáo nào");
    clerk.manages("Rà soát");
    clerk.sees("Chưa có lần rà soát nào");
}

/// The people and how they come in: who does the work, who judges it.
fn people_are_added(clerk: &Person) -> [Invited; 2] {
    let people = [(DOER, "Chi bộ thôn 1", "Cán bộ thực hiện"), (ASSESSOR, "Đảng ủy xã Tân Lũy", "Người đánh giá")];
    people.map(|(name, unit, role)| {
        clerk.manages("Người dùng");
        let form = clerk.at("Thêm người");
        form.fills("Họ và tên", name);
        form.chooses("Đơn vị", unit);
        form.ticks(role);
        form.presses("Thêm người");
        clerk.sees("Đã thêm người.");
        clerk.sees(name);
        clerk.presses("Tạo mã mời");
        clerk.sees("Trang này chỉ hiện một lần");
        Invited { login: clerk.reads("Tên đăng nhập"), code: clerk.reads("Mã mời") }
    })
}

/// The due dates for a telephone, and a secret for a program: each shown once, and revoked.
fn programs_get_tokens(doer: &Person) {
    doer.opens("Nhiệm vụ");
    doer.presses("Đưa hạn vào lịch");
    for (name, purpose, shown) in [
        ("Lịch trên điện thoại", "Lịch (chỉ xem hạn, cuộc họp)", "Địa chỉ lịch"),
        ("Phần mềm một cửa", "Đọc và nộp minh chứng", "Mã truy cập"),
    ] {
        doer.unfolds("Tạo mã truy cập");
        doer.fills("Đặt tên", name);
        doer.chooses("Dùng để", purpose);
        doer.at("Mã truy cập và lịch").fills("Mật khẩu đang dùng", PASSWORD);
        doer.presses("Tạo mã");
        doer.sees("mã này chỉ hiện một lần");
        assert!(doer.shows(shown), "{shown}");
        doer.presses("Về trang tài khoản");
        doer.sees(name);
    }
    doer.at("Phần mềm một cửa").presses("Thu hồi");
    doer.sees("Đã thu hồi mã truy cập.");
    doer.presses("Hướng dẫn cho người lập trình");
    doer.sees("Các địa chỉ");
}

fn accounts_are_kept(doer: &Person, clerk: &Person) {
    doer.unfolds(DOER);
    doer.opens("Tài khoản của tôi");
    doer.sees("Nơi đang đăng nhập");
    doer.presses("Bật ứng dụng xác thực");
    doer.fills("Mã 6 số", "000000");
    doer.fills("Mật khẩu đang dùng", PASSWORD);
    doer.presses("Bật");
    doer.sees("Mã không đúng.");
    clerk.manages("Nhật ký");
    clerk.sees("báo hoàn thành");
    clerk.presses("Đăng nhập");
    clerk.sees("Được cấp mã mời");
    clerk.manages("Người dùng");
    clerk.presses(ASSESSOR);
    clerk.presses("Thu hồi");
    clerk.sees("Đã thu hồi vai trò.");
    doer.unfolds(DOER);
    doer.presses("Đăng xuất");
    doer.sees("Đã đăng xuất.");
    doer.fills("Tên đăng nhập", "binh.tran");
    doer.fills("Mật khẩu", "không phải mật khẩu này");
    doer.presses("Đăng nhập");
    doer.sees("không đúng");
    doer.fills("Mật khẩu", PASSWORD);
    doer.presses("Đăng nhập");
    doer.sees("Tổng quan");
}

fn a_secret_letter_is_turned_away(clerk: &Person) {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("cong-van-3.txt");
    std::fs::write(&secret, "TỈNH ỦY SÔNG HỒNG\nMẬT\nSố 3-CV/TU\nNội dung riêng.").unwrap();
    clerk.opens("Văn bản");
    clerk.presses("Nhận văn bản");
    clerk.uploads("Tệp văn bản", &secret);
    clerk.presses_and_waits("Nhận và đọc", "Không nhận được 1 tệp");
    clerk.sees("người được giao quản lý bí mật nhà nước");
    clerk.sees("Luật Bảo vệ bí mật nhà nước");
}

pub(super) fn a_letter_is_received_confirmed_and_assigned(clerk: &Person) {
    clerk.opens("Văn bản");
    clerk.presses("Nhận văn bản");
    clerk.uploads("Tệp văn bản", &sample("letters/chi-thi-15-ct-tu.docx"));
    clerk.presses("Nhận và đọc");
    clerk.sees("Đã nhận và đọc văn bản.");
    clerk.sees("15-CT/TU");
    clerk.at("Hướng dẫn công tác tuyên truyền Chỉ thị").presses("Bỏ");
    clerk.sees("Đã bỏ nghĩa vụ.");
    clerk.at("Hướng dẫn công tác tuyên truyền Chỉ thị").presses("Khôi phục");
    clerk.sees("Đã khôi phục nghĩa vụ.");
    clerk.at("Hướng dẫn công tác tuyên truyền Chỉ thị").presses("Bỏ");
    clerk.at("Rà soát, kiểm tra toàn bộ").presses("Tách làm hai");
    clerk.sees("Cắt ở đâu?");
    clerk.ticks("hệ thống thông tin, 2. cơ sở dữ liệu");
    clerk.presses("Tách");
    clerk.sees("Đã tách làm hai nghĩa vụ.");
    clerk.at("Rà soát, kiểm tra toàn bộ").presses("Gộp với thẻ");
    clerk.sees("Đã gộp hai nghĩa vụ.");
    clerk.presses("Ghi ý kiến chỉ đạo");
    clerk.presses("Lưu ý kiến chỉ đạo");
    clerk.sees("Chưa chọn đơn vị chủ trì.");
    clerk.fills("Nội dung chỉ đạo", "Chi bộ thôn 1 làm điểm, báo cáo Ban Thường vụ");
    clerk.chooses("Đơn vị chủ trì", "Chi bộ thôn 1");
    clerk.ticks("Ban Xây dựng Đảng");
    clerk.presses("Lưu ý kiến chỉ đạo");
    clerk.sees("Đã ghi ý kiến chỉ đạo.");
    clerk.at("Đưa nội dung Chỉ thị vào sinh hoạt chi bộ").presses("Sửa");
    clerk.finds("Đơn vị được giao", "Tất cả nơi nhận");
    clerk.fills("Hạn", "31/02/2026");
    clerk.presses("Lưu");
    clerk.sees("Ngày không đúng.");
    clerk.presses("Xem lại các đơn vị được nhận ra");
    clerk.sees("Chương trình nhận ra");
    clerk.fills("Việc phải làm", "Đưa nội dung Chỉ thị vào sinh hoạt chi bộ tháng 12");
    clerk.fills("Hạn", &in_days(33));
    clerk.presses("Lưu");
    clerk.sees("Đã lưu nghĩa vụ.");
    clerk.at("đang chờ xác nhận").presses("Xác nhận");
    clerk.sees("Đã xác nhận các nghĩa vụ.");
    clerk.presses("Giao theo nơi văn bản nêu");
    clerk.sees("Đã giao nhiệm vụ.");
    clerk.at("Đưa nội dung Chỉ thị vào sinh hoạt chi bộ tháng 12").presses("Giao thêm đơn vị");
    clerk.sees("đều đã được giao trong kỳ này");
    clerk.presses("Hủy");
    a_letter_is_written_and_signed(clerk);
    clerk.opens("Văn bản");
    clerk.fills("Tìm theo số", "chi thi an toan");
    clerk.presses("Tìm");
    clerk.sees("1 văn bản");
}

fn a_letter_is_written_and_signed(clerk: &Person) {
    clerk.presses("Soạn văn bản triển khai");
    clerk.sees("Đã soạn dự thảo từ các nghĩa vụ đã giao.");
    clerk.presses("Thêm đoạn sau 1");
    clerk.fills("Họ tên người ký", "Phạm Văn Nứa");
    clerk.presses("Lưu và xem thử");
    clerk.sees("Phạm Văn Nứa");
    clerk.presses("Sửa tiếp");
    clerk.presses("Ghi số và ngày");
    clerk.sees("Chưa ghi số.");
    clerk.fills("Số văn bản", "17");
    clerk.presses("Ghi số và ngày");
    clerk.sees("Dự thảo 17-CV/ĐU");
    let (name, bytes) = clerk.downloads("Tải DOCX");
    assert!(name.starts_with("17-CV") && bytes.starts_with(b"PK"), "{name} is no DOCX");
    let folder = tempfile::tempdir().unwrap();
    let signed = folder.path().join("17-da-ky.docx");
    std::fs::write(&signed, bytes).unwrap();
    clerk.uploads("Tệp bản đã ký", &signed);
    clerk.presses("Đưa vào sổ văn bản đi");
    clerk.sees("Đã đưa bản đã ký vào sổ văn bản đi.");
    clerk.presses("Chuỗi văn bản");
    clerk.sees("việc của văn bản cấp trên");
    clerk.opens("Văn bản");
    clerk.presses("Văn bản đi");
    clerk.sees("17-CV/ĐU");
}

/// The list is long, so it is narrowed to the unit first.
fn the_task(person: &Person, title: &str) {
    person.opens("Nhiệm vụ");
    person.chooses("Đơn vị", "Chi bộ thôn 1");
    person.presses("Xem");
    person.presses(title);
}

fn a_task_is_acknowledged_and_declared(doer: &Person) {
    the_task(doer, MEETING);
    doer.presses("Tiếp nhận");
    doer.sees("Đã tiếp nhận nhiệm vụ.");
    doer.uploads("Tệp minh chứng", &sample("office/van-phong/bien-ban-hoi-nghi-quan-triet.txt"));
    doer.presses("Nộp minh chứng");
    doer.sees("Đã nhận minh chứng.");
    doer.unfolds("Ghi một hoạt động");
    doer.chooses("Loại hoạt động", "Sinh hoạt chi bộ");
    doer.fills("Số người", "42");
    doer.presses("Ghi hoạt động");
    doer.sees("42 người");
    doer.at("Báo hoàn thành").fills("Ghi chú", "Chi bộ đã họp");
    doer.at("Báo hoàn thành").presses("Báo hoàn thành");
    doer.sees("Đã ghi: đơn vị tự báo hoàn thành.");
    doer.sees("Chờ chấp nhận");
}

fn it_is_returned_for_more_and_then_accepted(assessor: &Person, doer: &Person) {
    assessor.opens("Tổng quan");
    assessor.presses("Xem các nhiệm vụ này");
    assessor.at("Chi bộ thôn 1").presses(MEETING);
    assessor.unfolds("Trả lại");
    assessor.fills("Còn thiếu gì", "Thiếu danh sách dự họp");
    assessor.presses_button("Trả lại");
    assessor.sees("Đã trả lại nhiệm vụ để làm thêm.");
    the_task(doer, MEETING);
    doer.sees("Thiếu danh sách dự họp");
    doer.at("Báo hoàn thành").presses("Báo hoàn thành");
    assessor.opens("Nhiệm vụ");
    assessor.presses("Báo xong");
    assessor.at("Chi bộ thôn 1").presses(MEETING);
    assessor.at("Chấp nhận").presses("Chấp nhận");
    assessor.sees("Đã chấp nhận kết quả.");
    assessor.sees("Đã xác minh");
}

fn the_machine_and_a_folder_are_inspected(clerk: &Person) {
    clerk.manages("Rà soát");
    clerk.at("Rà soát máy này").fills("Tên máy", "Máy một cửa");
    clerk.at("Rà soát máy này").presses("Rà soát máy này");
    clerk.sees("Đã rà soát và ghi kết quả.");
    clerk.sees("Máy một cửa");
    clerk.at("Quét một thư mục").fills("Đường dẫn thư mục", sample("office").canonicalize().unwrap().to_str().unwrap());
    clerk.presses("Quét thư mục");
    clerk.sees("Đã rà soát và ghi kết quả.");
}

fn a_difficulty_is_raised_joined_and_answered(doer: &Person, clerk: &Person) {
    the_task(doer, "Rà soát, kiểm tra toàn bộ");
    doer.unfolds("Nêu vướng mắc");
    doer.fills("Vướng ở đâu", "Thôn không có máy tính để rà soát");
    doer.presses_button("Nêu vướng mắc");
    doer.sees("Đã gửi vướng mắc.");
    doer.opens("Vướng mắc");
    doer.presses("Nêu vướng mắc");
    doer.fills("Vướng ở đâu", "Chưa có máy tính thì rà soát bằng cách nào");
    doer.presses("Gửi vướng mắc");
    doer.sees("Đang ở Đảng ủy xã Tân Lũy");
    clerk.opens("Vướng mắc");
    clerk.presses("Thôn không có máy tính để rà soát");
    clerk.unfolds("Gộp với vướng mắc cùng nội dung");
    clerk.chooses("Gộp vào", "Chi bộ thôn 1: Chưa có máy tính");
    clerk.presses_button("Gộp");
    clerk.sees("Các vướng mắc được trả lời chung");
    clerk.fills("Nội dung trả lời", "Văn phòng Đảng ủy rà soát giúp trong tuần");
    clerk.presses("Gửi trả lời");
    clerk.sees("Đã gửi trả lời.");
    doer.opens("Vướng mắc");
    doer.presses("Đã trả lời");
    doer.presses("Thôn không có máy tính để rà soát");
    doer.sees("Văn phòng Đảng ủy rà soát giúp trong tuần");
    doer.presses("Đã nhận trả lời");
    doer.sees("Đã đóng vướng mắc.");
}

/// A phone in the hall, whatever the others sit at.
fn a_meeting_is_planned_signed_into_and_held(doer: &Person, office: &Office) {
    the_task(doer, "Đưa nội dung Chỉ thị vào sinh hoạt chi bộ tháng 12");
    doer.presses("Lên kế hoạch họp");
    doer.fills("Tên cuộc họp", "Sinh hoạt chi bộ chuyên đề an toàn thông tin");
    doer.fills("Địa điểm", "Nhà văn hóa thôn 1");
    doer.presses("Lên kế hoạch");
    doer.sees("Đã lên kế hoạch họp.");
    doer.sees("Nội dung trao đổi");
    let (name, bytes) = doer.downloads("Tài liệu họp (DOCX)");
    assert!(name.ends_with(".docx") && bytes.starts_with(b"PK"), "{name} is no DOCX");
    doer.presses("Mẫu biên bản");
    doer.presses("Sinh hoạt chi bộ chuyên đề");
    let code = doer.reads("Mã ghi tên");
    doer.presses("Trang chiếu hoặc in");
    doer.sees("Mở máy ảnh của điện thoại");
    let phone = office.phone(&format!("/attend/{code}"));
    phone.sees("Sinh hoạt chi bộ chuyên đề");
    phone.fills("Họ và tên", "Phạm Thị Nga");
    phone.presses("Ghi tên");
    phone.sees("Đã ghi tên bạn");
    doer.presses("Sinh hoạt chi bộ chuyên đề");
    doer.sees("Phạm Thị Nga");
    doer.unfolds("Nhập tên từ danh sách giấy");
    doer.fills("Danh sách tên", "Đỗ Văn Tám");
    doer.presses("Ghi các tên này");
    doer.sees("2 người đã ghi tên");
    doer.presses("In danh sách");
    doer.sees("Phạm Thị Nga");
    assert!(!doer.shows("điểm") && !doer.shows("kết quả kiểm tra"), "a list of names bears no score");
    doer.presses("Sinh hoạt chi bộ chuyên đề");
    doer.fills("Số người dự", "1");
    doer.presses("Đã họp");
    doer.sees("Số người dự không thể ít hơn");
    doer.fills("Số người dự", "2");
    doer.presses("Đã họp");
    doer.sees("Đã họp, 2 người dự");
    doer.opens("Cuộc họp");
    doer.sees("Sinh hoạt chi bộ chuyên đề");
}

fn a_report_is_made_approved_and_downloaded(clerk: &Person) {
    clerk.opens("Báo cáo");
    clerk.presses("Lập báo cáo");
    clerk.presses("Báo cáo quý");
    clerk.presses("Lập báo cáo");
    clerk.sees("Đã tính số liệu.");
    clerk.fills("Nhận xét về kết quả", "Các chi bộ đã họp đúng kế hoạch.");
    clerk.presses("Lưu và xem trước");
    clerk.sees("Các chi bộ đã họp đúng kế hoạch.");
    clerk.presses("Báo cáo quý");
    clerk.fills("Việc sẽ làm kỳ tới", "Rà soát máy tính ở các thôn.");
    clerk.presses("Duyệt và ký");
    clerk.sees("Xem lại trước khi ký");
    clerk.presses("Vẫn duyệt và ký");
    clerk.sees("Báo cáo đã được duyệt và ký.");
    let (name, bytes) = clerk.downloads("Tải DOCX");
    assert!(name.ends_with(".docx") && bytes.starts_with(b"PK"), "{name} is no DOCX");
    clerk.opens("Báo cáo");
    clerk.sees("Đã ký");
}

fn the_record_is_whole(clerk: &Person) {
    clerk.opens("Tổng quan");
    clerk.sees("Mọi nhiệm vụ báo xong đều đã được xác minh");
    clerk.manages("Sổ cái");
    clerk.sees("Sổ cái chưa được kiểm tra lần nào");
    clerk.presses("Kiểm tra lại ngay");
    clerk.sees("Sổ cái nguyên vẹn.");
}

fn what_is_not_there_is_said_and_the_language_changes(clerk: &Person) {
    clerk.finds_nothing_at("/khong-co-trang-nay");
    clerk.sees("Không tìm thấy trang");
    clerk.presses("Về trang tổng quan");
    clerk.presses("English");
    clerk.sees("Overview");
    clerk.presses("Tiếng Việt");
    clerk.sees("Tổng quan");
}
