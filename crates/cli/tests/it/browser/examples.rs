//! A good example on a desk and on a phone, with and without scripts: nominated, given back, bettered, accepted, shared, public.

use super::office::{Invited, Office};
use super::person::Person;
use super::tab::Setting;

#[test]
fn a_good_example_is_shared_on_a_desk() {
    play(Setting { script: true, width: 1280 });
}

#[test]
fn a_good_example_is_shared_on_a_phone_without_scripts() {
    play(Setting { script: false, width: 360 });
}

fn play(setting: Setting) {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::start("examples", &browser, setting);
    let clerk = office.set_up();
    let doer = office.comes(&somebody_of_a_cell(&clerk));
    it_is_nominated(&doer);
    it_is_given_back(&clerk);
    it_is_bettered(&doer);
    it_is_accepted_and_public(&clerk);
    everybody_reads_it(&office, &doer);
    it_is_withdrawn(&clerk);
    office.all_well();
}

fn somebody_of_a_cell(clerk: &Person) -> Invited {
    clerk.manages("Người dùng");
    let form = clerk.at("Thêm người");
    form.fills("Họ và tên", "Trần Văn Bình");
    form.chooses("Đơn vị", "Chi bộ thôn 1");
    form.ticks("Cán bộ thực hiện");
    form.presses("Thêm người");
    clerk.presses("Tạo mã mời");
    Invited { login: clerk.reads("Tên đăng nhập"), code: clerk.reads("Mã mời") }
}

fn it_is_nominated(doer: &Person) {
    doer.opens("Tuyên truyền");
    doer.presses("Điển hình, cách làm hay");
    doer.sees("Chưa có điển hình nào được công nhận");
    doer.presses("Đề cử");
    doer.fills("Đã làm gì", "Nhóm cài đặt xác thực hai lớp");
    doer.fills("Cách làm", "Tối thứ Sáu ngồi tại nhà văn hóa, bà con tự bấm theo tờ hướng dẫn.");
    doer.fills("Kết quả", "Phần lớn hộ đã bật xác thực hai lớp.");
    doer.fills("Con số, nếu có", "214 hộ");
    doer.chooses("Chủ đề", "Mật khẩu");
    doer.presses("Gửi đề cử");
    doer.sees("Đã ghi đề cử; đang chờ công nhận.");
    doer.sees("Nói về đơn vị, không nêu tên ai");
}

fn it_is_given_back(clerk: &Person) {
    clerk.opens("Tổng quan");
    clerk.presses("1 đề cử điển hình chờ công nhận");
    clerk.presses("Nhóm cài đặt xác thực hai lớp");
    clerk.unfolds("Trả lại để bổ sung");
    clerk.fills("Cần bổ sung gì", "Nói rõ tốn bao nhiêu");
    clerk.presses_button("Trả lại");
    clerk.sees("Đã trả lại kèm lý do.");
}

fn it_is_bettered(doer: &Person) {
    doer.opens("Tổng quan");
    doer.presses("1 đề cử điển hình bị trả lại");
    doer.presses("Nhóm cài đặt xác thực hai lớp");
    doer.sees("Nói rõ tốn bao nhiêu");
    doer.presses("Sửa và đề cử lại");
    doer.fills("Cách làm", "Tối thứ Sáu ngồi tại nhà văn hóa. Không phát sinh kinh phí.");
    doer.presses("Đề cử lại");
    doer.sees("Đã sửa và đề cử lại.");
}

fn it_is_accepted_and_public(clerk: &Person) {
    clerk.opens("Tuyên truyền");
    clerk.presses("Điển hình, cách làm hay");
    clerk.presses("Đề cử (1)");
    clerk.presses("Nhóm cài đặt xác thực hai lớp");
    clerk.sees("Không phát sinh kinh phí");
    clerk.fills("Nhận xét", "Nên nhân rộng");
    clerk.presses("Công nhận và chia sẻ");
    clerk.sees("Đã công nhận.");
    clerk.presses("Đăng công khai");
    clerk.sees("Đã đăng công khai.");
}

fn everybody_reads_it(office: &Office, doer: &Person) {
    doer.opens("Tuyên truyền");
    doer.presses("Điển hình, cách làm hay");
    doer.sees("214 hộ");
    doer.presses("Nhóm cài đặt xác thực hai lớp");
    doer.sees("Nên nhân rộng");
    doer.presses("Bản in A4");
    doer.sees("công nhận ngày");
    let stranger = office.phone("/learn");
    stranger.presses("Điển hình, cách làm hay");
    stranger.sees("Nhóm cài đặt xác thực hai lớp");
}

fn it_is_withdrawn(clerk: &Person) {
    clerk.unfolds("Thôi chia sẻ");
    clerk.fills("Lý do", "Cách làm đã thay đổi");
    clerk.presses_button("Thôi chia sẻ");
    clerk.sees("Đã rút; không ai khác thấy nữa.");
    clerk.sees("Cách làm đã thay đổi");
}
